import Corpus
import Files

/// One request to a teacher, whole but for the key.
struct TeacherRequest: Sendable {
  /// Index of the question among those that are asked.
  let question: Int
  /// Which of the question's answers, from 0.
  let sample: Int
  /// Where it goes: an address, or a model's directory.
  let place: String
  /// How the answer is drawn, the seed of this sample among it.
  let sampling: JSONObject
  /// JSON.
  let body: String

  /// SHA-256 of place, number of the sample and body. Without a seed the samples of a prompt have one body, and the
  /// number keeps them apart.
  let hash: String

  init(question: Int, sample: Int, place: String, sampling: JSONObject, body: JSONObject) {
    self.question = question
    self.sample = sample
    self.place = place
    self.sampling = sampling
    self.body = JSONValue.object(body).text()
    hash = Fingerprint.sha256(Array("\(place)\n\(sample)\n\(self.body)".utf8))
  }
}

extension EndpointSettings {
  /// The request for one answer to `prompt`, as the OpenAI interface writes it.
  func request(_ prompt: String, question: Int, sample: Int) throws -> TeacherRequest {
    var body = JSONObject([("model", .string(model))])
    switch interface {
    case .chat:
      let instructions = system.map { [["role": "system", "content": .string($0)] as JSONValue] } ?? []
      body["messages"] = .array(instructions + [["role": "user", "content": .string(prompt)]])
    case .completions: body["prompt"] = .string(prompt)
    }
    let sampling = samplingKeys(sample: sample)
    for entry in sampling.entries { body[entry.key] = entry.value }
    if let logProbabilities {
      switch interface {
      case .chat:
        body["logprobs"] = true
        if logProbabilities > 0 { body["top_logprobs"] = .int(logProbabilities) }
      case .completions: body["logprobs"] = .int(logProbabilities)
      }
    }
    for (key, text) in (extraBody?.values ?? [:]).sorted(by: { $0.key < $1.key }) {
      body[key] = try JSONValue(parsing: text, source: "extra_body.\(key)")
    }
    return TeacherRequest(
      question: question, sample: sample, place: address, sampling: sampling, body: body)
  }
}
