//! The text: a rope, and for each line whether it stands inside a fenced block of code.
//!
//! Places are counted in Unicode scalar values from the start of the text, as in the engine's edits. A line ends
//! with `\n`; a `\r` before it is kept and belongs to the line's end.

use std::ops::Range;

use ropey::Rope;
use unicode_segmentation::UnicodeSegmentation;

/// The text and what the highlighter must know of the lines above a line.
#[derive(Debug)]
pub(super) struct Buffer {
    rope: Rope,
    lines: Vec<Line>,
}

/// What a line does to fences, and whether it starts inside one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Line {
    fence: Option<Fence>,
    inside: Option<Mark>,
}

/// The sign that a fence is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    Backtick,
    Tilde,
}

/// A line that opens (or, when bare, closes) a block of code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Fence {
    mark: Mark,
    bare: bool,
}

impl Fence {
    fn read(line: &str) -> Option<Self> {
        let text = line.trim_start_matches(' ');
        if line.len() - text.len() > 3 {
            return None;
        }
        let mark = match text.as_bytes().first() {
            Some(b'`') => Mark::Backtick,
            Some(b'~') => Mark::Tilde,
            _ => return None,
        };
        let sign = if mark == Mark::Backtick { '`' } else { '~' };
        let rest = text.trim_start_matches(sign);
        if text.len() - rest.len() < 3 || (mark == Mark::Backtick && rest.contains('`')) {
            return None;
        }
        let bare = rest.trim().is_empty();
        Some(Self { mark, bare })
    }
}

impl Line {
    /// How the next line starts.
    fn after(self) -> Option<Mark> {
        match (self.inside, self.fence) {
            (None, Some(fence)) => Some(fence.mark),
            (Some(open), Some(fence)) if fence.bare && fence.mark == open => None,
            (inside, _) => inside,
        }
    }
}

impl Buffer {
    pub(super) fn new(text: &str) -> Self {
        let rope = Rope::from_str(text);
        let lines = vec![Line::default(); rope.len_lines()];
        let mut buffer = Self { rope, lines };
        buffer.refence(0, buffer.lines.len() - 1);
        buffer
    }

    /// Length in scalar values.
    pub(super) fn len(&self) -> usize {
        self.rope.len_chars()
    }

    /// How many lines; one more than there are `\n`.
    pub(super) fn lines(&self) -> usize {
        self.lines.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.rope.len_chars() == 0
    }

    /// The whole text.
    pub(super) fn text(&self) -> String {
        self.rope.to_string()
    }

    pub(super) fn slice(&self, range: Range<usize>) -> String {
        self.rope.slice(range).to_string()
    }

    /// Whether the whole text is this one.
    pub(super) fn is(&self, text: &str) -> bool {
        self.rope.len_bytes() == text.len() && self.rope == text
    }

    /// The line that a place stands in.
    pub(super) fn line_of(&self, at: usize) -> usize {
        self.rope.char_to_line(at.min(self.len()))
    }

    /// Where a line starts.
    pub(super) fn start_of(&self, line: usize) -> usize {
        self.rope.line_to_char(line.min(self.lines() - 1))
    }

    /// A line's places, its end (`\n` or `\r\n`) left out.
    pub(super) fn range_of(&self, line: usize) -> Range<usize> {
        let start = self.start_of(line);
        let slice = self.rope.line(line);
        let mut end = start + slice.len_chars();
        if end > start && self.rope.char(end - 1) == '\n' {
            end -= 1;
            if end > start && self.rope.char(end - 1) == '\r' {
                end -= 1;
            }
        }
        start..end
    }

    /// A line's text, its end left out.
    pub(super) fn line(&self, line: usize) -> String {
        self.slice(self.range_of(line))
    }

    /// Whether the line is inside a fenced block, or is one of its fences.
    pub(super) fn in_code(&self, line: usize) -> bool {
        self.lines
            .get(line)
            .is_some_and(|line| line.inside.is_some() || line.fence.is_some())
    }

    /// Replaces a range. Costs what the edit costs, plus the lines whose fencing it changes.
    pub(super) fn replace(&mut self, range: Range<usize>, insert: &str) {
        let first = self.line_of(range.start);
        let last = self.line_of(range.end);
        self.rope.remove(range.clone());
        self.rope.insert(range.start, insert);
        let fresh = insert.bytes().filter(|&byte| byte == b'\n').count();
        let inside = self.lines[first].inside;
        let new = std::iter::repeat_n(Line::default(), fresh + 1);
        self.lines.splice(first..=last, new);
        self.lines[first].inside = inside;
        self.refence(first, first + fresh);
    }

    /// Reads the fences of lines `first..=last` again and follows their effect as far as it reaches.
    fn refence(&mut self, first: usize, last: usize) {
        let mut inside = self.lines[first].inside;
        for index in first..self.lines.len() {
            if index <= last {
                // A fence shows in its first signs; a long line need not be read whole.
                let slice = self.rope.line(index);
                let head: String = slice.chars().take(200).collect();
                self.lines[index].fence = Fence::read(head.trim_end());
            } else if self.lines[index].inside == inside {
                return;
            }
            self.lines[index].inside = inside;
            inside = self.lines[index].after();
        }
    }

    /// The place one visible character to the left.
    pub(super) fn before(&self, at: usize) -> usize {
        let line = self.line_of(at);
        let range = self.range_of(line);
        if at <= range.start {
            return if line == 0 {
                0
            } else {
                self.range_of(line - 1).end
            };
        }
        let column = at.min(range.end) - range.start;
        range.start + last_boundary(&self.line(line), column)
    }

    /// The place one visible character to the right.
    pub(super) fn after(&self, at: usize) -> usize {
        let line = self.line_of(at);
        let range = self.range_of(line);
        if at >= range.end {
            return if line + 1 < self.lines() {
                self.start_of(line + 1)
            } else {
                self.len()
            };
        }
        let column = at - range.start;
        let mut count = 0;
        for grapheme in self.line(line).graphemes(true) {
            count += grapheme.chars().count();
            if count > column {
                break;
            }
        }
        range.start + count
    }

    /// The nearest place that is not inside a visible character, nor inside a line's end.
    pub(super) fn snap(&self, at: usize) -> usize {
        let at = at.min(self.len());
        let range = self.range_of(self.line_of(at));
        if at <= range.start || at >= range.end {
            return at.clamp(range.start, range.end);
        }
        let back = self.before(at);
        if self.after(back) == at { at } else { back }
    }

    /// The place before the word to the left.
    pub(super) fn word_before(&self, at: usize) -> usize {
        let line = self.line_of(at);
        let range = self.range_of(line);
        if at <= range.start {
            return self.before(at);
        }
        let column = at.min(range.end) - range.start;
        let text = self.line(line);
        let mut found = 0;
        let mut count = 0;
        for piece in text.split_word_bounds() {
            if count >= column {
                break;
            }
            if is_word(piece) {
                found = count;
            }
            count += piece.chars().count();
        }
        range.start + found
    }

    /// The place after the word to the right.
    pub(super) fn word_after(&self, at: usize) -> usize {
        let line = self.line_of(at);
        let range = self.range_of(line);
        if at >= range.end {
            return self.after(at);
        }
        let column = at - range.start;
        let mut count = 0;
        for piece in self.line(line).split_word_bounds() {
            count += piece.chars().count();
            if count > column && is_word(piece) {
                return range.start + count;
            }
        }
        range.end
    }

    /// The word (or run of other signs) that a place stands in.
    pub(super) fn word_at(&self, at: usize) -> Range<usize> {
        let line = self.line_of(at);
        let range = self.range_of(line);
        let column = at.clamp(range.start, range.end) - range.start;
        let mut count = 0;
        let mut last = range.start..range.start;
        for piece in self.line(line).split_word_bounds() {
            let next = count + piece.chars().count();
            let found = range.start + count..range.start + next;
            let ends_here = next == column && is_word(piece);
            if column < next || ends_here {
                return found;
            }
            last = found;
            count = next;
        }
        last
    }
}

fn is_word(piece: &str) -> bool {
    piece.chars().any(char::is_alphanumeric)
}

/// The last boundary between visible characters before `column`.
fn last_boundary(text: &str, column: usize) -> usize {
    let mut count = 0;
    for grapheme in text.graphemes(true) {
        let next = count + grapheme.chars().count();
        if next >= column {
            break;
        }
        count = next;
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_caret_steps_over_whole_characters_and_line_ends() {
        let buffer = Buffer::new("e\u{301}a\r\n👩‍👩‍👧b");
        assert_eq!(buffer.after(0), 2, "a letter and its accent are one");
        assert_eq!(buffer.after(3), 5, "the line's end is one step");
        assert_eq!(buffer.before(5), 3);
        assert_eq!(buffer.after(5), 10, "a family is one");
        assert_eq!(buffer.before(10), 5);
        assert_eq!(buffer.snap(1), 0);
        assert_eq!(buffer.snap(4), 3);
        assert_eq!(buffer.snap(7), 5);
    }

    #[test]
    fn words_are_those_of_people() {
        let buffer = Buffer::new("L’œuvre commune, enfin");
        assert_eq!(buffer.word_after(0), 7);
        assert_eq!(buffer.word_after(7), 15);
        assert_eq!(buffer.word_before(15), 8);
        assert_eq!(buffer.slice(buffer.word_at(10)), "commune");
        assert_eq!(buffer.slice(buffer.word_at(15)), "commune");
    }

    #[test]
    fn code_is_what_lies_between_fences_of_one_kind() {
        let mut buffer = Buffer::new("a\n```rust\nb\n~~~\n```\nc");
        let code = |buffer: &Buffer| -> Vec<bool> {
            (0..buffer.lines())
                .map(|line| buffer.in_code(line))
                .collect()
        };
        assert_eq!(code(&buffer), [false, true, true, true, true, false]);
        let opening = buffer.range_of(1);
        buffer.replace(opening, "texte");
        assert_eq!(code(&buffer), [false, false, false, true, true, true]);
    }

    proptest! {
        #[test]
        fn a_text_edited_is_the_same_as_a_text_read_anew(
            text in "[ab`~\n\ré]{0,60}",
            edits in prop::collection::vec((0_usize..70, 0_usize..6, "[x`\n]{0,5}"), 0..12),
        ) {
            let mut buffer = Buffer::new(&text);
            let mut model: Vec<char> = text.chars().collect();
            for (at, delete, insert) in edits {
                let at = at.min(model.len());
                let end = (at + delete).min(model.len());
                buffer.replace(at..end, &insert);
                model.splice(at..end, insert.chars());
                let whole: String = model.iter().collect();
                let fresh = Buffer::new(&whole);
                prop_assert!(buffer.is(&whole));
                prop_assert_eq!(&buffer.lines, &fresh.lines);
                for place in 0..=buffer.len() {
                    prop_assert!(buffer.snap(place) <= place);
                    prop_assert!(buffer.after(place) > place || place == buffer.len());
                    prop_assert!(buffer.before(place) < place || place == 0);
                    prop_assert!(buffer.word_after(place) > place || place == buffer.len());
                    prop_assert!(buffer.word_before(place) < place || place == 0);
                }
            }
        }
    }
}
