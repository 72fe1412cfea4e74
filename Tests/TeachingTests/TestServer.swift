import Files
import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// A server on a free port of this machine that answers as a test says, and notes what it was asked.
final class TestServer: Sendable {
  struct Call: Sendable {
    /// From 0.
    let number: Int
    let path: String
    let authorization: String?
    let apiKey: String?
    let body: JSONValue

    /// The user's message, or the prompt of the completions interface.
    var prompt: String {
      body["messages"]?.array?.last?["content"]?.string ?? body["prompt"]?.string ?? ""
    }
  }

  enum Reply: Sendable {
    case json(JSONValue)
    case status(Int, String, retryAfter: String? = nil)
    case text(String)
    /// A length that the body does not reach.
    case truncated
    /// Nothing at all.
    case silence
    /// The answer, once so many requests wait for theirs.
    case together(Int, JSONValue)
  }

  private struct State {
    var listener: (any Channel)?
    var connections: [any Channel] = []
    var calls: [Call] = []
    var waiting: [(any Channel, ByteBuffer)] = []
  }

  private let state = Mutex(State())
  private let script: @Sendable (Call) -> Reply
  /// The same after a restart.
  private let boundPort = Mutex(0)

  init(_ script: @escaping @Sendable (Call) -> Reply) throws {
    self.script = script
    try start()
  }

  deinit { close() }

  var port: Int { boundPort.withLock { $0 } }
  var address: String { "http://127.0.0.1:\(port)/v1" }
  var calls: [Call] { state.withLock(\.calls) }

  func start() throws {
    let bootstrap = ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelInitializer { [weak self] channel in
        let server = self
        server?.state.withLock { $0.connections.append(channel) }
        return channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandlers(
            ByteToMessageHandler(HTTPRequestDecoder()), RequestHandler(server: server))
        }
      }
    let listener = try bootstrap.bind(host: "127.0.0.1", port: port).wait()
    boundPort.withLock { $0 = listener.localAddress?.port ?? 0 }
    state.withLock { $0.listener = listener }
  }

  /// Dies: closes the port and every connection.
  func stop() { for channel in close() { try? channel.closeFuture.wait() } }

  @discardableResult private func close() -> [any Channel] {
    let open = state.withLock { state in
      defer { (state.listener, state.connections) = (nil, []) }
      return [state.listener].compactMap { $0 } + state.connections
    }
    for channel in open { channel.close(promise: nil) }
    return open
  }

  fileprivate func answer(_ head: HTTPRequestHead, _ body: ByteBuffer, on channel: any Channel) {
    let text = String(decoding: body.readableBytesView, as: UTF8.self)
    let call = state.withLock { state in
      let call = Call(
        number: state.calls.count, path: head.uri, authorization: head.headers.first(name: "Authorization"),
        apiKey: head.headers.first(name: "api-key"),
        body: (try? JSONValue(parsing: text, source: "request")) ?? .null)
      state.calls.append(call)
      return call
    }
    switch script(call) {
    case .json(let value): send(value.text(), on: channel)
    case .text(let text): send(text, on: channel)
    case .status(let status, let text, let retryAfter):
      send(text, status: status, header: retryAfter.map { "Retry-After: \($0)\r\n" } ?? "", on: channel)
    case .truncated:
      let part = ByteBuffer(string: "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"choices\": [{\"mess")
      channel.writeAndFlush(part).whenComplete { _ in channel.close(promise: nil) }
    case .silence: break
    case .together(let count, let value):
      let ready = state.withLock { state in
        state.waiting.append((channel, TestServer.response(value.text())))
        guard state.waiting.count >= count else { return [(any Channel, ByteBuffer)]() }
        defer { state.waiting = [] }
        return state.waiting
      }
      for (channel, response) in ready { channel.writeAndFlush(response, promise: nil) }
    }
  }

  private func send(_ text: String, status: Int = 200, header: String = "", on channel: any Channel) {
    channel.writeAndFlush(TestServer.response(text, status: status, header: header), promise: nil)
  }

  private static func response(_ text: String, status: Int = 200, header: String = "") -> ByteBuffer {
    ByteBuffer(
      string: "HTTP/1.1 \(status) Status\r\nContent-Length: \(text.utf8.count)\r\n\(header)\r\n\(text)")
  }
}

private final class RequestHandler: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  private weak var server: TestServer?
  private var head: HTTPRequestHead?
  private var body = ByteBuffer()

  init(server: TestServer?) { self.server = server }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head):
      self.head = head
      body.clear()
    case .body(var part): body.writeBuffer(&part)
    case .end: if let head { server?.answer(head, body, on: context.channel) }
    }
  }
}
