/// Written as `{"name": …, "x": […], "y": […]}`.
extension LineChart.Series: Codable {
  private enum CodingKeys: CodingKey { case name, x, y }

  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    let (x, y) = (try values.decode([Double].self, forKey: .x), try values.decode([Double].self, forKey: .y))
    self.init(name: try values.decode(String.self, forKey: .name), points: zip(x, y).map { ($0, $1) })
  }

  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(name, forKey: .name)
    try values.encode(points.map(\.x), forKey: .x)
    try values.encode(points.map(\.y), forKey: .y)
  }
}
