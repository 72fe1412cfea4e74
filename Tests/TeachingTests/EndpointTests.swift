import Corpus
import Files
import Foundation
import Kernels
import Synchronization
import Teaching
import Testing
import Training

/// The client of OpenAI-style servers, against a server of this process.
@Suite("a teacher behind an endpoint")
struct EndpointTests {
  @Test("is asked again after 429, 500, a truncated body, no JSON, no choices and silence") func failures()
    throws
  {
    let bench = try TeachingBench()
    let server = try TestServer { call in
      switch call.number {
      case 0: .status(429, "slow down", retryAfter: "0")
      case 1: .status(500, #"{"error": {"message": "out of memory"}}"#)
      case 2: .truncated
      case 3: .text("<html>busy</html>")
      case 4: .json(["error": ["message": "overloaded"]])
      case 5: .silence
      default: .json(.sum(call))
      }
    }
    let report = try bench.run(
      bench.recipe(server, sums: 1, ["teacher.timeout_seconds=0.4", "teacher.retries=6"]))
    #expect(server.calls.count == 7)
    #expect(report.requests?.retries == 6 && report.requests?.answered == 1 && report.kept == 1)
    let line = try #require(bench.lines().first)
    #expect(line["reasoning"]?.string == "0 and 4 make 4 in question 0.")
    #expect(line["answer"]?.string == "4" && line["teacher_answer"]?.string == "4")
  }

  @Test("waits as long as Retry-After says") func retryAfter() throws {
    let bench = try TeachingBench()
    let times = Mutex<[ContinuousClock.Instant]>([])
    let server = try TestServer { call in
      times.withLock { $0.append(.now) }
      return call.number == 0 ? .status(503, "", retryAfter: "1") : .json(.sum(call))
    }
    _ = try bench.run(bench.recipe(server, sums: 1))
    let waited = times.withLock { $0[0].duration(to: $0[1]) }
    #expect(waited >= .seconds(1))
  }

  @Test("ends with 69 and one line when repetitions are used up, and keeps what came") func gone() throws {
    let bench = try TeachingBench()
    let server = try TestServer { call in call.number < 5 ? .json(.sum(call)) : .status(502, "gone") }
    let recipe = try bench.recipe(server, sums: 12, ["teacher.concurrency=1", "teacher.retries=1"])
    let error = #expect(throws: TeachingError.self) { try bench.run(recipe) }
    #expect(error?.exitCode == .serviceUnavailable)
    #expect(error?.description.contains("status 502 (gone), 2 times; 5 of 12 answers are kept") == true)
    #expect(error?.description.contains("\n") == false)
    // Four in a row, each asked twice.
    #expect(server.calls.count == 13)
    #expect(!FileManager.default.fileExists(atPath: bench.output))
    #expect(try bench.store.runs().first?.status == .failed)
  }

  @Test("asks no finished request again, in this sitting or a later one") func cache() throws {
    let bench = try TeachingBench()
    let isDown = Mutex(true)
    let server = try TestServer { call in
      call.number >= 7 && isDown.withLock { $0 } ? .status(500, "") : .json(.sum(call))
    }
    let recipe = try bench.recipe(server, sums: 20, ["teacher.retries=0", "teacher.concurrency=3"])
    #expect(throws: TeachingError.self) { try bench.run(recipe) }
    let failed = server.calls.count - 7
    isDown.withLock { $0 = false }
    let report = try bench.run(recipe)
    #expect(report.requests?.cached == 7 && report.requests?.answered == 13 && report.kept == 20)
    #expect(Set((server.calls.prefix(7) + server.calls.suffix(13)).map(\.prompt)).count == 20)
    let first = try bench.lines()
    let again = try bench.run(recipe, overwrites: true)
    #expect(again.requests?.cached == 20 && again.requests?.answered == 0)
    #expect(again.requests?.usage == TokenUsage())
    #expect(again.requests?.totalUsage == TokenUsage(promptTokens: 200, completionTokens: 400))
    #expect(try bench.lines() == first)
    #expect(server.calls.count == 7 + failed + 13)
    // Another address is another request.
    let other = try TestServer { .json(.sum($0)) }
    let moved = try bench.run(bench.recipe(other, sums: 20), overwrites: true)
    #expect(moved.requests?.cached == 0 && other.calls.count == 20)
  }

  @Test("a second run on the same output asks nothing, and takes nothing from the first") func secondRun()
    throws
  {
    let bench = try TeachingBench()
    let server = try TestServer { .json(.sum($0)) }
    let recipe = try bench.recipe(server, sums: 12)
    let other = try bench.recipe(server, sums: 12, ["teacher.temperature=0.1"])
    let refusals = Mutex<[FileError?]>([])
    let report = try bench.run(recipe) { run in
      run.progress = { _ in
        let error = #expect(throws: FileError.self) { try bench.run(other, overwrites: true) }
        refusals.withLock { $0.append(error) }
      }
    }
    #expect(report.kept == 12 && server.calls.count == 12)
    let lines = refusals.withLock { $0 }
    #expect(!lines.isEmpty && lines.allSatisfy { $0 == .inUse(path: bench.output) })
    #expect(try bench.store.runs().count == 1)
    // When the first has ended, the second may run.
    #expect(try bench.run(other, overwrites: true).requests?.answered == 12)
  }

  @Test("a run on another output waits for what the first is asking, and pays nothing twice") func together()
    throws
  {
    let bench = try TeachingBench()
    // The first run's eight requests are answered when all of them wait; the second run has as many by then.
    let server = try TestServer { call in call.number < 8 ? .together(8, .sum(call)) : .json(.sum(call)) }
    let recipe = try bench.recipe(server, sums: 8, ["teacher.concurrency=8"])
    let ready = DispatchSemaphore(value: 0)
    let reports = Mutex<[TeachingReport?]>([])
    let (store, folder) = (bench.store, bench.folder.path)
    let threads = ["first.jsonl", "second.jsonl"].map { name in
      Thread {
        var run = TeachingRun(recipe, file: folder + "/recipe.yaml", output: folder + "/" + name)
        run.shouldStop = { false }
        let report = try? run.start(store: store)
        reports.withLock { $0.append(report) }
        ready.signal()
      }
    }
    for thread in threads { thread.start() }
    for _ in threads { ready.wait() }
    let requests = reports.withLock { $0.compactMap(\.?.requests) }
    #expect(requests.count == 2 && server.calls.count == 8, "\(server.calls.map(\.prompt))")
    #expect(requests.map(\.answered).reduce(0, +) == 8 && requests.map(\.cached).reduce(0, +) == 8)
    let left = try FileManager.default.contentsOfDirectory(atPath: bench.folder.path)
    #expect(!left.contains { $0.hasSuffix(".lock") }, "\(left)")
  }

  @Test("when the time is over, what is asked is given up after its grace, and asked again later")
  func outOfTime() throws {
    let bench = try TeachingBench()
    let isSilent = Mutex(true)
    let server = try TestServer { call in
      isSilent.withLock { $0 } && call.number > 0 ? .silence : .json(.sum(call))
    }
    let recipe = try bench.recipe(
      server, sums: 3, ["teacher.concurrency=1", "teacher.retries=0", "teacher.timeout_seconds=900"])
    let started = ContinuousClock.now
    let error = #expect(throws: TeachingError.self) {
      try bench.run(recipe) { run in
        run.isOutOfTime = { server.calls.count > 1 }
        run.shouldStop = run.isOutOfTime
        run.graceSeconds = 0.1
      }
    }
    #expect(error == .interrupted(kept: 1, of: 3))
    #expect(ContinuousClock.now - started < .seconds(600), "the server's silence has 900 seconds")
    isSilent.withLock { $0 = false }
    #expect(try bench.run(recipe).kept == 3)
    #expect(server.calls.count == 4, "the answer that came is asked for once")
  }

  @Test("survives the death of its server and its return, and sends no finished request again")
  func restart() throws {
    let bench = try TeachingBench()
    let holder = Mutex<TestServer?>(nil)
    let server = try TestServer { call in
      // Both workers wait, and all that was asked before is finished.
      if call.number == 4 { return .silence }
      if call.number == 5 {
        let server = holder.withLock { $0 }
        DispatchQueue.global().async {
          server?.stop()
          Thread.sleep(forTimeInterval: 0.3)
          try? server?.start()
        }
        return .silence
      }
      return .json(.sum(call))
    }
    holder.withLock { $0 = server }
    defer { holder.withLock { $0 = nil } }
    let report = try bench.run(
      bench.recipe(server, sums: 12, ["teacher.concurrency=2", "teacher.retry_delay_seconds=0.1"]))
    #expect(report.kept == 12)
    #expect((report.requests?.retries ?? 0) > 0)
    let prompts = server.calls.map(\.prompt)
    let sent = Dictionary(grouping: prompts) { $0 }.mapValues(\.count)
    #expect(prompts.prefix(4).allSatisfy { sent[$0] == 1 }, "\(prompts)")
    #expect(prompts[4...5].allSatisfy { sent[$0] == 2 } && prompts.count == 14, "\(prompts)")
  }

  @Test("repetitions wait longer each time, and as long as a server asks") func waits() {
    let policy = RetryPolicy(firstDelaySeconds: 1)
    var random = SeededRandom(seed: 1)
    for repetition in 0..<9 {
      let full = min(60, Double(1 << repetition))
      let delay = policy.delay(before: repetition, retryAfter: nil, using: &random)
      #expect((full / 2...full).contains(delay))
    }
    #expect(policy.delay(before: 0, retryAfter: 30, using: &random) == 30)
    let now = Date(timeIntervalSince1970: 1_445_412_480)
    #expect(RetryPolicy.seconds(ofRetryAfter: " 12 ") == 12)
    #expect(RetryPolicy.seconds(ofRetryAfter: "Wed, 21 Oct 2015 07:28:10 GMT", now: now) == 10)
    #expect(RetryPolicy.seconds(ofRetryAfter: "Wed, 21 Oct 2015 07:27:10 GMT", now: now) == 0)
    #expect(
      RetryPolicy.seconds(ofRetryAfter: "soon") == nil && RetryPolicy.seconds(ofRetryAfter: "nan") == nil)
  }

  @Test("has eight requests in flight") func inFlight() throws {
    let bench = try TeachingBench()
    // Nobody is answered before eight wait: with fewer at a time, all would time out.
    let server = try TestServer { .together(8, .sum($0)) }
    let report = try bench.run(bench.recipe(server, sums: 16, ["teacher.retries=0"]))
    #expect(report.kept == 16)
  }

  @Test("is asked no more often than the recipe allows") func pace() throws {
    let bench = try TeachingBench()
    let server = try TestServer { .json(.sum($0)) }
    let start = ContinuousClock.now
    _ = try bench.run(bench.recipe(server, sums: 6, ["teacher.requests_per_minute=1200"]))
    #expect(ContinuousClock.now - start >= .milliseconds(250))
  }

  @Test("goes on after a refused prompt, and ends with 69 when all are refused") func refusals() throws {
    let bench = try TeachingBench()
    let server = try TestServer { call in
      if call.prompt.contains(" 3 ") { return .status(400, #"{"error": {"message": "too long"}}"#) }
      if call.prompt.contains(" 4 ") { return .json(["choices": [["message": ["refusal": "no"]]]]) }
      return .json(.sum(call))
    }
    let report = try bench.run(bench.recipe(server, sums: 6))
    #expect(report.requests?.refused == 2 && report.kept == 4 && server.calls.count == 6)
    let strict = try TestServer { _ in .status(400, #"{"error": {"message": "unknown field"}}"#) }
    let error = #expect(throws: TeachingError.self) {
      try bench.run(bench.recipe(strict, sums: 100), overwrites: true)
    }
    #expect(error?.exitCode == .serviceUnavailable && error?.description.contains("unknown field") == true)
    #expect(strict.calls.count < 40)
    let forbidden = try TestServer { _ in .status(401, "no") }
    #expect(throws: TeachingError.self) {
      try bench.run(bench.recipe(forbidden, sums: 100), overwrites: true)
    }
    #expect(forbidden.calls.count <= 8)
  }

  @Test("without the key's variable there is one clear line, and no request") func missingKey() throws {
    let bench = try TeachingBench()
    let server = try TestServer { .json(.sum($0)) }
    let recipe = try bench.recipe(server, sums: 1, ["teacher.api_key_environment=TEACHER_KEY"])
    for environment in [[:], ["TEACHER_KEY": " "], ["TEACHER_KEY": "a b"]] {
      let error = #expect(throws: TeachingError.self) { try bench.run(recipe, environment: environment) }
      #expect(error?.exitCode == .usage && error?.description.contains("api_key_environment") == true)
      #expect(error?.description.contains("\n") == false)
    }
    #expect(server.calls.isEmpty)
  }

  @Test("a key in place of its variable's name is neither stored nor shown") func pastedKey() throws {
    let bench = try TeachingBench()
    let server = try TestServer { .json(.sum($0)) }
    let key = "hf_VerySecret4711"
    var recipe = try bench.recipe(server, sums: 1)
    recipe.teacher = try bench.recipe(server, sums: 1, ["teacher.api_key_environment=\(key)"]).teacher
    let error = #expect(throws: TeachingError.self) { try bench.run(recipe) }
    #expect(error?.exitCode == .usage && error?.description.contains(key) == false)
    #expect(try bench.store.runs().isEmpty)
    #expect(try bench.allBytes().range(of: Data(key.utf8)) == nil)
    for setting in [
      "api_key_environment=sk-very-secret", "base_url='http://u:sk-very-secret@h/v1'",
      "query={Api-Key: sk-very-secret}", "extra_body={access_token: sk-very-secret}",
    ] {
      let mistake = #expect(throws: RecipeError.self) {
        try bench.recipe(server, sums: 1, ["teacher." + setting])
      }
      #expect(mistake?.description.contains("secret") == false, "\(mistake?.description ?? "")")
    }
  }

  @Test("a word that is the key of a server without keys stays in the answers, and goes from messages")
  func dummyKey() throws {
    let bench = try TeachingBench()
    let server = try TestServer { call in
      if call.prompt.contains(" 1 ") { return .status(403, "the test failed") }
      return .json(.chat("4", reasoning: "A test of \"a/b\" shows: 0 and 4 make 4."))
    }
    let recipe = try bench.recipe(server, sums: 1, ["teacher.api_key_environment=TEACHER_KEY"])
    _ = try bench.run(recipe, environment: ["TEACHER_KEY": "test"])
    #expect(try bench.lines().first?["reasoning"]?.string == "A test of \"a/b\" shows: 0 and 4 make 4.")
    let error = #expect(throws: TeachingError.self) {
      try bench.run(
        bench.recipe(server, sums: 2, ["teacher.api_key_environment=TEACHER_KEY"]), overwrites: true,
        environment: ["TEACHER_KEY": "test"])
    }
    #expect(error?.description.contains("the [key] failed") == true, "\(error?.description ?? "")")
  }

  @Test("a key that a server repeats with its strokes escaped is stored nowhere") func escapedKey() throws {
    let bench = try TeachingBench()
    let key = "sk/very/secret/4711/abc"
    let escaped = key.replacing("/", with: "\\/")
    let server = try TestServer { call in
      if call.prompt.contains(" 1 ") { return .status(403, "{\"error\": {\"message\": \"no \(escaped)\"}}") }
      if call.number == 0 { return .status(500, "[\"\(escaped)\"]") }
      return .text(
        "{\"choices\": [{\"message\": {\"reasoning\": \"\(escaped): 0 and 4 make 4.\", \"content\": \"4\"}}]}"
      )
    }
    let settings = ["teacher.api_key_environment=TEACHER_KEY"]
    _ = try bench.run(bench.recipe(server, sums: 1, settings), environment: ["TEACHER_KEY": key])
    #expect(try bench.lines().first?["reasoning"]?.string == "[key]: 0 and 4 make 4.")
    let error = #expect(throws: TeachingError.self) {
      try bench.run(
        bench.recipe(server, sums: 2, settings), overwrites: true, environment: ["TEACHER_KEY": key])
    }
    #expect(error?.description.contains("(no [key])") == true, "\(error?.description ?? "")")
    let bytes = try bench.allBytes()
    #expect(bytes.range(of: Data(key.utf8)) == nil && bytes.range(of: Data(escaped.utf8)) == nil)
  }

  @Test("prompts that never get an answer are counted, and the others are kept") func poisonedPrompts() throws
  {
    let bench = try TeachingBench()
    // More than would end the collection in a row.
    let server = try TestServer { call in
      if ["1", "5", "9"].contains(where: { call.prompt.contains(" \($0) ") }) {
        return .status(500, "too hard")
      }
      if call.prompt.contains(" 3 ") || call.prompt.contains(" 7 ") {
        return .json(["error": ["message": "context"]])
      }
      return .json(.sum(call))
    }
    let report = try bench.run(
      bench.recipe(server, sums: 10, ["teacher.retries=1", "teacher.concurrency=1"]))
    #expect(report.kept == 5 && server.calls.count == 15)
    #expect(report.json["requests"]?["failed"]?.int == 5)
    #expect(report.summary.contains("5 failed") && report.summary.contains("too hard"))
  }

  @Test("an answer without a text is paid for once, and counted") func paidRefusals() throws {
    let bench = try TeachingBench()
    let server = try TestServer { call in
      if !call.prompt.contains(" 2 ") { return .json(.sum(call)) }
      return .json([
        "choices": [["message": ["content": nil, "refusal": "no"]]],
        "usage": ["prompt_tokens": 7, "completion_tokens": 3],
      ])
    }
    let recipe = try bench.recipe(server, sums: 4)
    let report = try bench.run(recipe)
    #expect(report.kept == 3 && report.requests?.refused == 1)
    #expect(report.requests?.usage == TokenUsage(promptTokens: 37, completionTokens: 63))
    let again = try bench.run(recipe, overwrites: true)
    #expect(server.calls.count == 4)
    #expect(again.requests?.refused == 1 && again.requests?.cached == 3)
    #expect(again.requests?.usage == TokenUsage())
    #expect(again.requests?.totalUsage == TokenUsage(promptTokens: 37, completionTokens: 63))
  }

  @Test("the key is sent, and stands in no file and no message, though the server repeats it")
  func keyStaysSecret()
    throws
  {
    let bench = try TeachingBench()
    let key = "sk-very-secret-4711"
    let server = try TestServer { call in
      let sent = call.authorization ?? "nothing"
      if call.number == 0 { return .status(500, "you sent \(sent)") }
      if call.prompt.contains(" 2 ") { return .status(403, "no access for \(sent)") }
      return .json(
        .chat("\(call.prompt.contains(" 0 ") ? 4 : 5)", reasoning: "You sent \(sent), so I add 4 to it."))
    }
    let recipe = try bench.recipe(server, sums: 2, ["teacher.api_key_environment=TEACHER_KEY"])
    _ = try bench.run(recipe, environment: ["TEACHER_KEY": key + "\n"])
    #expect(server.calls.allSatisfy { $0.authorization == "Bearer " + key })
    #expect(try bench.lines().count == 2)
    let error = #expect(throws: TeachingError.self) {
      try bench.run(
        bench.recipe(server, sums: 3, ["teacher.api_key_environment=TEACHER_KEY"]), overwrites: true,
        environment: ["TEACHER_KEY": key])
    }
    #expect(error?.description.contains("no access for Bearer [key]") == true)
    let bytes = try bench.allBytes()
    #expect(bytes.range(of: Data("Bearer [key]".utf8)) != nil)
    #expect(bytes.range(of: Data(key.utf8)) == nil)
  }

  @Test("is sent the recipe's settings, a seed of its own for each sample, and counts tokens and cost")
  func chat() throws {
    let bench = try TeachingBench()
    let server = try TestServer { call in
      var answer = JSONValue.sum(call).object ?? JSONObject()
      if var choice = answer["choices"]?.array?.first?.object {
        choice["logprobs"] = ["content": [["token": "4", "logprob": -0.5]]]
        answer["choices"] = [.object(choice)]
      }
      return .json(.object(answer))
    }
    let recipe = try bench.recipe(
      server, sums: 1,
      [
        "teacher.samples=2", "teacher.seed=40", "teacher.temperature=0.5", "teacher.logprobs=3",
        "teacher.system=Think.", "teacher.price={input_per_million: 1000, output_per_million: 10000}",
        "teacher.extra_body={reasoning: {effort: low}}", "curation.near_duplicate_similarity=1",
      ])
    let report = try bench.run(recipe)
    #expect(Set(server.calls.map { $0.body["seed"]?.int }) == [40, 41])
    let body = try #require(server.calls.first?.body)
    #expect(server.calls.first?.path == "/v1/chat/completions")
    #expect(body["model"]?.string == "m" && body["temperature"]?.double == 0.5 && body["logprobs"] == true)
    #expect(body["top_logprobs"]?.int == 3 && body["reasoning"]?["effort"]?.string == "low")
    #expect(body["messages"]?.array?.map { $0["role"]?.string } == ["system", "user"])
    // Both samples say the same, and the second is a duplicate.
    #expect(report.answers == 2 && report.kept == 1 && report.dropped == [.duplicate: 1])
    #expect(report.requests?.usage == TokenUsage(promptTokens: 20, completionTokens: 40))
    #expect(abs((report.cost?.now ?? 0) - 0.42) < 1e-9)
    #expect(report.json["cost"]?.double == report.cost?.now)
    let line = try #require(bench.lines().first)
    #expect(line["logprobs"]?["content"]?.array?.first?["logprob"]?.double == -0.5)
    #expect(line["sampling"]?["seed"]?.int == 40 && line["teacher"]?.string == "m")
    #expect(
      line["request_hash"]?.string?.count == 64 && line["source"]?.string?.hasSuffix("sums.jsonl:1") == true)
  }

  @Test(
    "of a reasoning model gets no sampling keys, its own name of the limit, its key and its query as it wants them"
  )
  func otherKeys() throws {
    let bench = try TeachingBench()
    let key = "key-of-a-server-4711"
    let server = try TestServer { call in
      for name in ["temperature", "top_p", "max_tokens"] where call.body[name] != nil {
        return .status(400, #"{"error": {"message": "Unsupported parameter: \#(name)"}}"#)
      }
      guard call.body["max_completion_tokens"]?.int == 99, call.apiKey == key, call.authorization == nil,
        call.path == "/v1/chat/completions?api-version=2024-10-21&n%20m=2"
      else { return .status(403, "\(call.path)") }
      return .json(.sum(call))
    }
    let environment = ["TEACHER_KEY": key]
    let error = #expect(throws: TeachingError.self) { try bench.run(bench.recipe(server, sums: 1)) }
    #expect(error?.description.contains("Unsupported parameter: temperature") == true)
    #expect(error?.description.contains("omit_keys") == true, "\(error?.description ?? "")")
    let recipe = try bench.recipe(
      server, sums: 2,
      [
        "teacher.omit_keys=[temperature, top_p]", "teacher.max_tokens_key=max_completion_tokens",
        "teacher.max_tokens=99", "teacher.api_key_environment=TEACHER_KEY", "teacher.api_key_header=api-key",
        "teacher.query={api-version: 2024-10-21, n m: 2}",
      ])
    let report = try bench.run(recipe, overwrites: true, environment: environment)
    #expect(report.kept == 2)
    #expect(try bench.lines().allSatisfy { $0["sampling"] == ["max_completion_tokens": 99] })
    // Without our limit a server's own takes its place.
    let own = try bench.recipe(
      server, sums: 2,
      [
        "teacher.omit_keys=[temperature, top_p, max_tokens]",
        "teacher.extra_body={max_completion_tokens: 99}",
        "teacher.max_tokens_key=max_completion_tokens", "teacher.api_key_environment=TEACHER_KEY",
        "teacher.api_key_header=api-key", "teacher.query={api-version: 2024-10-21, n m: 2}",
      ])
    #expect(try bench.run(own, overwrites: true, environment: environment).kept == 2)
    #expect(try bench.lines().allSatisfy { $0["sampling"] == [:] })
    #expect(try bench.allBytes().range(of: Data(key.utf8)) == nil)
  }

  @Test("is asked by the completions interface too; a cut-off answer is dropped") func completions() throws {
    let bench = try TeachingBench()
    let server = try TestServer { call in
      .json([
        "choices": [
          [
            "text": "0 and 4 make 4.</think>4",
            "finish_reason": .string(call.body["seed"]?.int == 1 ? "length" : "stop"),
          ]
        ]
      ])
    }
    let report = try bench.run(
      bench.recipe(server, sums: 1, ["teacher.api=completions", "teacher.samples=2", "teacher.seed=0"]))
    #expect(server.calls.first?.path == "/v1/completions")
    #expect(server.calls.first?.body["messages"] == nil)
    #expect(report.kept == 1 && report.dropped == [.truncated: 1] && report.requests?.uncounted == 2)
    #expect(try bench.lines().first?["reasoning"]?.string == "0 and 4 make 4.")
  }
}
