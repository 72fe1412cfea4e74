import GoldenVectors
import TensorCore

/// Runs a function of a case's arrays forward and backward and compares the result and every gradient.
///
/// - Parameters: `inputs` are the arrays that get a gradient, compared with `d_NAME`; `arrange` brings an array of the
///   case into the layout that the function takes, and is applied to expected values as well.
func verify(
  _ golden: GoldenCase, inputs: [String], output: String = "y", seed: String? = "dy",
  tolerance: Double = 1e-5,
  arrange: (GoldenArray) throws -> Tensor = { Tensor($0.shape, try $0.numbers.map { Float($0) }) },
  _ function: ([Tensor]) throws -> Tensor
) throws {
  let parameters = try inputs.map { Parameter(name: $0, value: try arrange(golden.array($0))) }
  let y = try function(parameters.map { $0() })
  try requireClose(
    y.values, expected(golden.array(output), arrange), tolerance: tolerance, "\(golden.name) \(output)")
  if let seed {
    y.backward(try arrange(golden.array(seed)))
  } else {
    y.backward()
  }
  for parameter in parameters {
    let gradient = parameter.gradient?.array() ?? []
    try requireClose(
      gradient, expected(golden.array("d_\(parameter.name)"), arrange), tolerance: tolerance,
      "\(golden.name) d_\(parameter.name)")
  }
}

/// The expected values in the function's layout. They are rounded to Float, far below any tolerance.
private func expected(_ array: GoldenArray, _ arrange: (GoldenArray) throws -> Tensor) throws -> [Double] {
  try arrange(array).values.map { Double($0) }
}

/// [batch, heads, tokens, dimension] as the flat [batch · tokens, heads · dimension] of our ops.
func flatTokens(_ array: GoldenArray) throws -> Tensor {
  let values = try array.numbers
  let (batch, heads, tokens, size) = (array.shape[0], array.shape[1], array.shape[2], array.shape[3])
  var flat = [Float](repeating: 0, count: values.count)
  for b in 0..<batch {
    for h in 0..<heads {
      for t in 0..<tokens {
        for d in 0..<size {
          flat[((b * tokens + t) * heads + h) * size + d] = Float(
            values[((b * heads + h) * tokens + t) * size + d])
        }
      }
    }
  }
  return Tensor([batch * tokens, heads * size], flat)
}
