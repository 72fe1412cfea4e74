import AsyncHTTPClient
import Files
import Foundation
import NIOCore

/// Sends one request at a time to a server and says what came of it.
struct EndpointClient: Sendable {
  private let client: HTTPClient
  private let key: EndpointKey?
  private let timeoutSeconds: Double
  /// No answer of a language model is longer.
  private static let largestBody = 256 << 20

  enum Reply: Sendable {
    /// The body of a whole answer, which can be read as one.
    case answered(body: String)
    /// A failure that may pass; the server may say when.
    case transient(reason: String, retryAfter: Double?)
    /// This request will never be answered, others may be.
    case refused(reason: String)
    /// No request will be answered.
    case failed(reason: String)
  }

  init(_ settings: EndpointSettings, key: EndpointKey?) {
    self.key = key
    timeoutSeconds = settings.timeoutSeconds
    var configuration = HTTPClient.Configuration()
    // A key must not follow to where a server points.
    configuration.redirectConfiguration = .disallow
    let timeout = TimeAmount.milliseconds(Int64((settings.timeoutSeconds * 1000).rounded(.up)))
    configuration.timeout.connect = min(timeout, .seconds(30))
    configuration.timeout.read = timeout
    configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = settings.concurrency
    // Repetitions are counted here, and wait longer.
    configuration.connectionPool.retryConnectionEstablishment = false
    client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
  }

  func shutdown() async throws { try await client.shutdown() }

  func send(_ request: TeacherRequest) async -> Reply {
    var message = HTTPClientRequest(url: request.place)
    message.method = .POST
    message.headers.add(name: "Content-Type", value: "application/json")
    message.headers.add(name: "Accept", value: "application/json")
    message.headers.add(name: "User-Agent", value: "swiftlet/\(MachineFacts.programVersion)")
    if let key { message.headers.add(name: key.header.name, value: key.header.value) }
    message.body = .bytes(ByteBuffer(string: request.body))
    do {
      let deadline = ContinuousClock.now + .seconds(timeoutSeconds)
      let response = try await client.execute(
        message, timeout: .milliseconds(Int64((timeoutSeconds * 1000).rounded(.up))))
      var body = Data()
      // The client's own limit ends with the head of the answer.
      for try await part in response.body {
        body.append(contentsOf: part.readableBytesView)
        if ContinuousClock.now > deadline { throw HTTPClientError.deadlineExceeded }
        if body.count > EndpointClient.largestBody {
          return .refused(reason: "an answer of more than \(EndpointClient.largestBody) bytes")
        }
      }
      return reply(
        status: Int(response.status.code), retryAfter: response.headers.first(name: "Retry-After"),
        body: String(decoding: body, as: UTF8.self))
    } catch {
      return .transient(reason: reason(error), retryAfter: nil)
    }
  }

  private func reply(status: Int, retryAfter: String?, body: String) -> Reply {
    var reason: String { "status \(status) (\(ServerMessage.text(of: body, without: key)))" }
    switch status {
    case 200..<300:
      do throws(TeacherAnswer.Malformed) {
        let body = key?.removed(fromAnswer: body) ?? body
        _ = try TeacherAnswer(reading: body, key: key)
        return .answered(body: body)
      } catch {
        return error.mayPass
          ? .transient(reason: error.found, retryAfter: nil) : .refused(reason: error.found)
      }
    case 408, 409, 425, 429, 500..<600:
      return .transient(
        reason: reason,
        retryAfter: retryAfter.flatMap { RetryPolicy.seconds(ofRetryAfter: $0) })
    case 400, 413, 422: return .refused(reason: reason)
    default: return .failed(reason: reason)
    }
  }

  private func reason(_ error: any Error) -> String {
    switch error as? HTTPClientError {
    case .readTimeout, .deadlineExceeded, .connectTimeout, .getConnectionFromPoolTimeout:
      return "no answer within \(timeoutSeconds) s"
    case .remoteConnectionClosed: return "a connection that was closed before the answer was whole"
    case let error?: return ServerMessage.line(error.description, without: key)
    case nil:
      let text = "\(error)"
      if text.contains("refused") { return "a refused connection" }
      return ServerMessage.line(text, without: key)
    }
  }
}
