import Evaluation
import Testing

@Suite struct ArchivedRequestsTests {
  private static func answers(of asked: [Int], leavingOut missing: Int?) throws -> [String] {
    var requests = ArchivedRequests<Int, String>(nil)
    for request in asked { try requests.add(request) { _ in fatalError("no archive, no key") } }
    return try requests.answers(progress: nil) { requests, onFinish, _ in
      for index in requests.indices.reversed() where index != missing {
        try onFinish(index, "\(requests[index])")
      }
    }
  }

  @Test func answersStandInTheOrderOfTheRequests() throws {
    #expect(try Self.answers(of: [7, 5, 6], leavingOut: nil) == ["7", "5", "6"])
  }

  /// Else the answers after it would be taken for those to the questions before.
  @Test func aMissingAnswerTraps() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = try Self.answers(of: [7, 5, 6], leavingOut: 1)
    }
    let errors = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(errors.contains("request 1 has no answer"), "\(errors)")
  }
}
