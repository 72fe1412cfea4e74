import Foundation

/// What in a page, or in a picture, would be fetched or run; empty for one that needs no other file.
func outsideReferences(in page: String) -> [String] {
  // The name of a language, which nothing fetches.
  let own = page.replacing("xmlns=\"http://www.w3.org/2000/svg\"", with: "").lowercased()
  return ["http:", "https:", "src=", "href=", "url(", "@import", "<script", "<link", "<iframe", "<object"]
    .filter(
      own.contains)
}
