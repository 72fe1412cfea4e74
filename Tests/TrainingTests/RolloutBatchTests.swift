import GoldenVectors
import Testing
import Training

@Suite struct RolloutBatchTests {
  /// Which tokens are learnt and by how many an update divides, with truncated answers and without, in one micro-batch
  /// and in two.
  @Test func learntTokensMatchTRL() throws {
    var masking: [Bool] = []
    try GoldenGroup("grpo/advantages").run { golden in
      let rows = try #require(golden["completion_ids"]?.array).map { row in
        (row.array ?? []).compactMap(\.int).map { Int32($0) }
      }
      // TRL takes an answer for whole that ends in padding, too.
      let ends = [Int32(try golden.int("eos_token_id")), Int32(try golden.int("pad_token_id"))]
      let rollouts = rows.map { row in
        Rollout(
          answer: PolicyTests.answer("7", "7", stopped: row.last.map(ends.contains) ?? false),
          tokens: [9] + row, promptCount: 1, samplingLogProbabilities: row.map { _ in -1 })
      }
      let masksTruncated = try golden.bool("mask_truncated_completions")
      masking.append(masksTruncated)
      let expected = try #require(golden["completion_mask"]?.array).map { row in
        (row.array ?? []).compactMap(\.int)
      }
      for size in [rows.count, rows.count / 2] {
        let batches = RolloutBatch.microBatches(of: rollouts, size: size, masksTruncated: masksTruncated)
        #expect(batches.map(\.index) == Array(0..<rows.count / size))
        for (number, batch) in batches.enumerated() {
          let width = batch.lossMask.count / size
          let found = (0..<size).map { row in
            batch.lossMask[row * width..<(row + 1) * width].map { $0 ? 1 : 0 }
          }
          // A micro-batch is as wide as its longest answer; TRL's rows are as wide as the update's.
          let wanted = expected[number * size..<(number + 1) * size].map { Array($0.prefix(width)) }
          #expect(found == wanted, "\(golden.name), \(size) answers a micro-batch")
          #expect(batch.updateTokens == (try golden.int("num_items_in_batch")), "\(golden.name)")
        }
      }
    }
    #expect(masking.contains(true) && masking.contains(false))
  }
}
