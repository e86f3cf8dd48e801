//! Text without marks of control, which no font draws and no reader means: they come in from a terminal, a PDF or a hostile hand.
//! What is written in a field is cleaned, and so is what is read, since nobody knows with what program another member writes.

use std::borrow::Cow;

/// The text on one line: its ends of lines, tabs and other marks of control are each a space. A line's end of two signs is one space.
pub(crate) fn one_line(text: &str) -> Cow<'_, str> {
    let breaks = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    if !text.contains(breaks) {
        return Cow::Borrowed(text);
    }
    let text = text.replace("\r\n", "\n");
    Cow::Owned(text.replace(breaks, " "))
}

/// The text with its lines and tabs and without other marks of control. A lone `\r` ends a line too.
pub(crate) fn plain(text: &str) -> Cow<'_, str> {
    let marks = |c: char| c.is_control() && !matches!(c, '\n' | '\t');
    if !text.contains(marks) {
        return Cow::Borrowed(text);
    }
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    Cow::Owned(text.replace(marks, ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_no_other_lines_in_it() {
        assert_eq!(
            one_line("Été à\r\nDié\tet\u{85}là\u{2028}-bas\u{0}"),
            "Été à Dié et là -bas "
        );
        assert!(matches!(one_line("Été « à » Dié 👩🏽‍🌾"), Cow::Borrowed(_)));
    }

    #[test]
    fn a_text_keeps_its_lines_and_loses_what_nobody_reads() {
        assert_eq!(plain("a\r\nb\rc\td\u{1b}[31m\u{7f}"), "a\nb\nc\td[31m");
        assert!(matches!(plain("a\n\tb\u{200d}"), Cow::Borrowed(_)));
    }
}
