import TensorCore

/// The log-probability of each row's label, log softmax(x / T)[label].
///
/// - Parameters: `logits` [rows, vocabulary]; `labels` [rows]; `temperature` above 0.
/// - Returns: [rows, 1]
public func labelLogProbabilities(_ logits: Tensor, labels: [Int32], temperature: Float = 1) -> Tensor {
  gatherColumns(logSoftmax(tempered(logits, by: temperature)), indices: labels)
}

/// The entropy of each row, −Σ p log p of p = softmax(x / T), in nats.
///
/// - Parameters: `logits` [rows, vocabulary]; `temperature` above 0.
/// - Returns: [rows], summed in Double and off the tape.
public func entropies(_ logits: Tensor, temperature: Float = 1) -> [Double] {
  withoutGradient {
    let products = entropyTerms(logits, temperature: temperature)
    let columns = products.columns
    return products.buffer.withSpan { values in
      (0..<products.rows).map { row in
        var sum = 0.0
        for column in 0..<columns { sum += Double(values[row * columns + column]) }
        return -sum
      }
    }
  }
}

/// Σ p log p over all rows: minus the sum of their entropies, on the tape.
///
/// - Parameters: `logits` [rows, vocabulary]; `temperature` above 0.
/// - Returns: a scalar
public func negativeEntropy(_ logits: Tensor, temperature: Float = 1) -> Tensor {
  sum(entropyTerms(logits, temperature: temperature))
}

private func entropyTerms(_ logits: Tensor, temperature: Float) -> Tensor {
  let logits = tempered(logits, by: temperature)
  return multiply(softmax(logits), logSoftmax(logits))
}

private func tempered(_ logits: Tensor, by temperature: Float) -> Tensor {
  temperature == 1 ? logits : scale(logits, by: 1 / temperature)
}
