//! Plain words out of Markdown.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// How long an [`excerpt`] for a list is, in characters.
pub const EXCERPT: usize = 160;

/// The first words of a Markdown text without its markup, on one line, at most `max` characters.
/// Cut between words where it can be, with « … » at the end.
pub fn excerpt(markdown: &str, max: usize) -> String {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    let mut words = Words::new(max);
    let mut hidden = 0;
    for event in Parser::new_ext(beginning(markdown, excerpt_reads(max)), options) {
        match event {
            Event::Start(Tag::MetadataBlock(_) | Tag::HtmlBlock) => hidden += 1,
            Event::End(TagEnd::MetadataBlock(_) | TagEnd::HtmlBlock) => hidden -= 1,
            Event::Text(text) | Event::Code(text) if hidden == 0 => words.say(&text),
            Event::SoftBreak | Event::HardBreak | Event::Rule => words.pause(),
            Event::End(end) if !is_inline(end) => words.pause(),
            _ => {}
        }
        if words.full {
            break;
        }
    }
    words.end()
}

/// A line's words without the marks of Markdown that begin it: a bullet, a number, a box, a heading.
pub fn plain_line(line: &str) -> String {
    let mut rest = line.trim();
    loop {
        let before = rest;
        for mark in ["#", ">", "- [ ]", "- [x]", "- [X]", "- ", "* ", "+ "] {
            rest = rest.strip_prefix(mark).unwrap_or(rest).trim_start();
        }
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        if (1..=3).contains(&digits) {
            let after = &rest[digits..];
            let after = after
                .strip_prefix(". ")
                .or_else(|| after.strip_prefix(") "));
            rest = after.map_or(rest, str::trim_start);
        }
        if rest == before {
            break;
        }
    }
    rest.replace("**", "")
        .replace("__", "")
        .replace('`', "")
        .trim()
        .to_owned()
}

/// Of how much of a text an [`excerpt`] of at most `max` characters is made, in bytes: enough to find so many in, so that a long page costs no more
/// than a short one.
pub const fn excerpt_reads(max: usize) -> usize {
    max.saturating_mul(16).saturating_add(4_096)
}

fn beginning(markdown: &str, most: usize) -> &str {
    let mut end = markdown.len().min(most);
    while !markdown.is_char_boundary(end) {
        end -= 1;
    }
    &markdown[..end]
}

fn is_inline(end: TagEnd) -> bool {
    matches!(
        end,
        TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Link
            | TagEnd::Image
            | TagEnd::Superscript
            | TagEnd::Subscript
    )
}

/// Gathers words up to a bound, with one space between them.
struct Words {
    max: usize,
    text: String,
    len: usize,
    space: bool,
    full: bool,
}

impl Words {
    fn new(max: usize) -> Self {
        Self {
            max,
            text: String::new(),
            len: 0,
            space: false,
            full: false,
        }
    }

    fn pause(&mut self) {
        self.space = self.len > 0;
    }

    fn say(&mut self, text: &str) {
        for char in text.chars() {
            if char.is_whitespace() || char.is_control() {
                self.pause();
                continue;
            }
            if self.len + usize::from(self.space) >= self.max {
                self.full = true;
                return;
            }
            if std::mem::take(&mut self.space) {
                self.text.push(' ');
                self.len += 1;
            }
            self.text.push(char);
            self.len += 1;
        }
    }

    fn end(mut self) -> String {
        if !self.full || self.max == 0 {
            return self.text;
        }
        // Between words if that keeps at least half of it; else in the middle of one.
        let half = self.text.len() / 2;
        match self.text.rfind(' ') {
            _ if self.space => {}
            Some(at) if at >= half => self.text.truncate(at),
            _ => {}
        }
        while self.text.chars().count() >= self.max {
            self.text.pop();
        }
        let kept = self.text.trim_end_matches([',', ';', ':', '.', ' ']).len();
        self.text.truncate(kept);
        self.text.push('…');
        self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_marks_that_begin_a_line_are_no_words_of_it() {
        for (line, words) in [
            ("- [ ] Écrire au maire", "Écrire au maire"),
            ("  * **Écrire** au maire  ", "Écrire au maire"),
            ("## Budget", "Budget"),
            ("12. Relire", "Relire"),
            ("> - 3) Voir", "Voir"),
            ("2027 sera l’année du bilan", "2027 sera l’année du bilan"),
            ("-", "-"),
            ("- ", "-"),
        ] {
            assert_eq!(plain_line(line), words, "{line}");
        }
    }

    #[test]
    fn markup_is_left_out_and_words_stay_apart() {
        let page = "---\nauteur: x\n---\n# Compte *rendu*\n\nPrésents : **Ana**, [Bo](https://x.org)\net `Chloé`.\n\n\
                    - un\n- deux\n\n| a | b |\n|---|---|\n| c | d |\n\n<div>caché</div>\n\nFin";
        assert_eq!(
            excerpt(page, EXCERPT),
            "Compte rendu Présents : Ana, Bo et Chloé. un deux a b c d Fin"
        );
    }

    #[test]
    fn a_long_text_is_cut_between_words() {
        assert_eq!(excerpt("Un deux trois, quatre", 16), "Un deux trois…");
        assert_eq!(excerpt("Un deux trois", 13), "Un deux trois");
        assert_eq!(excerpt("anticonstitutionnellement", 8), "anticon…");
        assert_eq!(excerpt("mot", 0), "");
    }

    proptest! {
        #[test]
        fn any_text_has_an_excerpt_within_the_bound(text in "\\PC{0,300}", max in 0..60usize) {
            let excerpt = excerpt(&text, max);
            prop_assert!(excerpt.chars().count() <= max);
            prop_assert!(!excerpt.contains('\n'));
        }
    }
}
