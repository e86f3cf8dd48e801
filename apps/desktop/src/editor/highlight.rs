//! A light colouring of Markdown, one line at a time: enough to see the shape of a text while writing it.

use std::ops::Range;

use super::lists::Lead;

/// What a stretch of a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(super) struct Kind {
    /// Heading level, 0 for none.
    pub(super) heading: u8,
    /// Strong.
    pub(super) strong: bool,
    /// Stressed.
    pub(super) stressed: bool,
    /// In a quote.
    pub(super) quote: bool,
    /// What it does.
    pub(super) part: Part,
}

/// What a stretch does in its line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(super) enum Part {
    /// Words to read.
    #[default]
    Words,
    /// Words of a link.
    Link,
    /// Code.
    Code,
    /// Signs of Markdown itself.
    Sign,
    /// A list's sign.
    Bullet,
}

impl Kind {
    fn part(self, part: Part) -> Self {
        Self { part, ..self }
    }
}

/// Cuts a line into stretches (byte ranges) that cover it whole.
pub(super) fn spans(line: &str, in_code: bool) -> Vec<(Range<usize>, Kind)> {
    let mut out = Spans::default();
    if in_code {
        out.push(0..line.len(), Kind::default().part(Part::Code));
        return out.0;
    }
    let mut base = Kind::default();
    let mut start = 0;
    let hashes = line.bytes().take_while(|&byte| byte == b'#').count();
    if (1..=6).contains(&hashes) && line[hashes..].starts_with(' ') {
        base.heading = hashes as u8;
        base.strong = true;
        start = hashes + 1;
        out.push(0..start, base.part(Part::Sign));
    } else if is_rule(line) {
        out.push(0..line.len(), base.part(Part::Sign));
        return out.0;
    } else if let Some(lead) = Lead::read(line) {
        start = lead.indent.len() + lead.sign.len();
        base.quote = !lead.is_item;
        let part = if lead.is_item {
            Part::Bullet
        } else {
            Part::Sign
        };
        out.push(0..start, base.part(part));
    }
    inline(line, start..line.len(), base, &mut out);
    out.0
}

#[derive(Default)]
struct Spans(Vec<(Range<usize>, Kind)>);

impl Spans {
    fn push(&mut self, range: Range<usize>, kind: Kind) {
        if range.is_empty() {
            return;
        }
        match self.0.last_mut() {
            Some((last, same)) if *same == kind && last.end == range.start => last.end = range.end,
            _ => self.0.push((range, kind)),
        }
    }
}

fn is_rule(line: &str) -> bool {
    let signs: Vec<char> = line.chars().filter(|c| !c.is_whitespace()).collect();
    signs.len() >= 3
        && matches!(signs[0], '-' | '*' | '_')
        && signs.iter().all(|&sign| sign == signs[0])
}

/// Colours emphasis, code and links inside `range`; what it does not know stays plain.
fn inline(line: &str, range: Range<usize>, base: Kind, out: &mut Spans) {
    let text = &line[..range.end];
    let mut plain = range.start;
    let mut at = range.start;
    while at < range.end {
        let Some(found) = construct(text, at) else {
            at += text[at..].chars().next().map_or(1, char::len_utf8);
            continue;
        };
        out.push(plain..at, base);
        let sign = base.part(Part::Sign);
        match found {
            Construct::Escape(end) => {
                out.push(at..at + 1, sign);
                out.push(at + 1..end, base);
                at = end;
            }
            Construct::Code(end) => {
                out.push(at..end, base.part(Part::Code));
                at = end;
            }
            Construct::Emphasis { marks, end } => {
                let kind = Kind {
                    strong: base.strong || marks >= 2,
                    stressed: base.stressed || marks != 2,
                    ..base
                };
                out.push(at..at + marks, kind.part(Part::Sign));
                inline(line, at + marks..end - marks, kind, out);
                out.push(end - marks..end, kind.part(Part::Sign));
                at = end;
            }
            Construct::Link { words, end } => {
                out.push(at..words.start, sign);
                out.push(words.clone(), base.part(Part::Link));
                out.push(words.end..end, sign);
                at = end;
            }
        }
        plain = at;
    }
    out.push(plain..range.end, base);
}

enum Construct {
    Escape(usize),
    Code(usize),
    Emphasis { marks: usize, end: usize },
    Link { words: Range<usize>, end: usize },
}

fn construct(text: &str, at: usize) -> Option<Construct> {
    let rest = &text[at..];
    match rest.as_bytes()[0] {
        b'\\' => {
            let next = rest[1..]
                .chars()
                .next()
                .filter(char::is_ascii_punctuation)?;
            Some(Construct::Escape(at + 1 + next.len_utf8()))
        }
        b'`' => {
            let ticks = rest.bytes().take_while(|&byte| byte == b'`').count();
            let close = rest[ticks..].find(&rest[..ticks])?;
            Some(Construct::Code(at + 2 * ticks + close))
        }
        mark @ (b'*' | b'_') => emphasis(text, at, mark),
        b'[' => {
            let middle = at + rest.find("](")?;
            let end = middle + text[middle..].find(')')? + 1;
            let words = at + 1..middle;
            (!text[words.clone()].contains('[')).then_some(Construct::Link { words, end })
        }
        b'<' => {
            let end = at + rest.find('>')? + 1;
            let inner = &text[at + 1..end - 1];
            (inner.starts_with("http://") || inner.starts_with("https://")).then_some(
                Construct::Link {
                    words: at + 1..end - 1,
                    end,
                },
            )
        }
        _ => None,
    }
}

fn emphasis(text: &str, at: usize, mark: u8) -> Option<Construct> {
    let rest = &text[at..];
    let marks = rest.bytes().take_while(|&byte| byte == mark).count().min(3);
    let inside = &rest[marks..];
    if inside.starts_with(char::is_whitespace) || inside.is_empty() {
        return None;
    }
    let before = text[..at].chars().next_back();
    if mark == b'_' && before.is_some_and(char::is_alphanumeric) {
        return None;
    }
    let sign = &rest[..marks];
    let mut from = inside.chars().next().map_or(1, char::len_utf8);
    while let Some(found) = inside.get(from..).and_then(|tail| tail.find(sign)) {
        let close = from + found;
        let held = !inside[..close].ends_with([' ', '\\']);
        let after = inside[close + marks..].chars().next();
        let word_goes_on = mark == b'_' && after.is_some_and(char::is_alphanumeric);
        let longer = after == Some(char::from(mark));
        if held && !word_goes_on && !longer {
            return Some(Construct::Emphasis {
                marks,
                end: at + 2 * marks + close,
            });
        }
        from = close + marks;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn words(line: &str, pick: impl Fn(&Kind) -> bool) -> Vec<&str> {
        spans(line, false)
            .into_iter()
            .filter(|(_, kind)| pick(kind) && kind.part != Part::Sign)
            .map(|(range, _)| &line[range])
            .collect()
    }

    #[test]
    fn the_shape_of_a_line_is_seen() {
        let line = "- un **mot fort**, un *autre*, `du code` et [un lien](https://a.fr).";
        assert_eq!(words(line, |kind| kind.strong), ["mot fort"]);
        assert_eq!(words(line, |kind| kind.stressed), ["autre"]);
        assert_eq!(words(line, |kind| kind.part == Part::Code), ["`du code`"]);
        assert_eq!(words(line, |kind| kind.part == Part::Link), ["un lien"]);
        assert_eq!(words(line, |kind| kind.part == Part::Bullet), ["- "]);
        assert_eq!(words("## Titre", |kind| kind.heading == 2), ["Titre"]);
        assert_eq!(
            words("snake_case_name", |kind| kind.stressed),
            Vec::<&str>::new()
        );
        assert_eq!(words("2 * 3 * 4", |kind| kind.stressed), Vec::<&str>::new());
    }

    proptest! {
        #[test]
        fn the_stretches_cover_the_line_and_nothing_panics(
            line in "[-a é*_`\\[\\]()<>#0-9.\\\\h:/]{0,40}", code: bool,
        ) {
            let mut at = 0;
            for (range, _) in spans(&line, code) {
                prop_assert_eq!(range.start, at);
                prop_assert!(line.is_char_boundary(range.end));
                at = range.end;
            }
            prop_assert_eq!(at, line.len());
        }
    }
}
