import Foundation

/// How long to wait before a request is repeated: twice as long each time, at most a minute, and by chance up to half of it
/// less, so that requests which failed together do not come again together.
package struct RetryPolicy: Sendable {
  package let firstDelaySeconds: Double
  package static let longestDelaySeconds = 60.0

  package init(firstDelaySeconds: Double) {
    self.firstDelaySeconds = firstDelaySeconds
  }

  /// - Parameters:
  ///   - repetition: from 0
  ///   - retryAfter: seconds that the server asks for; the wait is no shorter.
  package func delay(
    before repetition: Int, retryAfter: Double?, using random: inout some RandomNumberGenerator
  ) -> Double {
    let full = min(RetryPolicy.longestDelaySeconds, firstDelaySeconds * pow(2, Double(repetition)))
    return max(retryAfter ?? 0, full * Double.random(in: 0.5...1, using: &random))
  }

  /// The seconds of a `Retry-After` header (RFC 9110, section 10.2.3): a number, or the time between now and a date. At most
  /// a day; nil for what is neither.
  package static func seconds(ofRetryAfter text: String, now: Date = Date()) -> Double? {
    let text = text.trimmingCharacters(in: .whitespaces)
    let formatter = DateFormatter()
    formatter.locale = Locale(identifier: "en_US_POSIX")
    formatter.timeZone = TimeZone(secondsFromGMT: 0)
    formatter.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
    guard let seconds = Double(text) ?? formatter.date(from: text)?.timeIntervalSince(now), seconds.isFinite
    else {
      return nil
    }
    return min(max(0, seconds), 86_400)
  }
}
