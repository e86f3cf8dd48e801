//! Putting words together, from Markdown's events and from HTML's tags alike.

use super::rich::{Kind, Rich, Style};

/// Words in the making.
#[derive(Debug, Default)]
pub(super) struct Builder {
    rich: Rich,
    strong: u16,
    stressed: u16,
    struck: u16,
    code: u16,
    hidden: u16,
    lists: u16,
    links: Vec<Option<usize>>,
    after_item: bool,
}

fn step(count: &mut u16, on: bool) {
    *count = if on {
        count.saturating_add(1)
    } else {
        count.saturating_sub(1)
    };
}

impl Builder {
    pub(super) fn strong(&mut self, on: bool) {
        step(&mut self.strong, on);
    }

    pub(super) fn stressed(&mut self, on: bool) {
        step(&mut self.stressed, on);
    }

    pub(super) fn struck(&mut self, on: bool) {
        step(&mut self.struck, on);
    }

    pub(super) fn code_tag(&mut self, on: bool) {
        step(&mut self.code, on);
    }

    /// What lies inside some tags is not for reading.
    pub(super) fn hide(&mut self, on: bool) {
        step(&mut self.hidden, on);
    }

    fn style(&self) -> Style {
        let link = self.links.iter().rev().find_map(|link| *link);
        Style {
            strong: self.strong > 0,
            stressed: self.stressed > 0,
            struck: self.struck > 0,
            kind: match link {
                Some(link) => Kind::Link(link),
                None if self.code > 0 => Kind::Code,
                None => Kind::Words,
            },
        }
    }

    /// Adds words as HTML sees them: blanks run together, none at a line's start.
    pub(super) fn words(&mut self, text: &str) {
        let mut text = text.replace(['\n', '\r', '\t'], " ");
        if self.at_line_start() {
            text = text.trim_start_matches(' ').to_owned();
        }
        self.text(&text);
    }

    /// Adds words as they are.
    pub(super) fn text(&mut self, text: &str) {
        if self.hidden > 0 || text.is_empty() {
            return;
        }
        let mut text = text;
        if self.after_item {
            // Lists that were made by hand carry their own dash.
            text = text.trim_start();
            for dash in ["- ", "– ", "• ", ". "] {
                text = text.strip_prefix(dash).unwrap_or(text);
            }
            if text.is_empty() {
                return;
            }
            self.after_item = false;
        }
        self.rich.push(text, self.style());
    }

    pub(super) fn code(&mut self, text: &str) {
        let kind = match self.style().kind {
            Kind::Link(link) => Kind::Link(link),
            _ => Kind::Code,
        };
        let style = Style {
            kind,
            ..self.style()
        };
        self.after_item = false;
        if self.hidden == 0 {
            self.rich.push(text, style);
        }
    }

    /// An image is shown by its words, never fetched.
    pub(super) fn image(&mut self, words: &str) {
        let style = Style {
            kind: Kind::Image,
            ..Style::default()
        };
        if self.hidden == 0 {
            self.rich.push(words, style);
        }
    }

    /// Only addresses that a browser or a mail program opens become links.
    pub(super) fn link_start(&mut self, address: &str) {
        let link = super::may_open(address).then(|| {
            self.rich.links.push(address.to_owned());
            self.rich.links.len() - 1
        });
        self.links.push(link);
    }

    pub(super) fn link_end(&mut self) {
        self.links.pop();
    }

    fn at_line_start(&self) -> bool {
        self.rich.text.is_empty() || self.rich.text.ends_with('\n')
    }

    pub(super) fn line_break(&mut self) {
        if !self.rich.text.is_empty() {
            self.rich.push("\n", Style::default());
        }
    }

    pub(super) fn paragraph_break(&mut self) {
        self.rich.trim_end();
        self.after_item = false;
        self.line_break();
    }

    pub(super) fn list(&mut self, opens: bool) {
        step(&mut self.lists, opens);
        self.paragraph_break();
    }

    pub(super) fn item(&mut self) {
        self.paragraph_break();
        let indent = "  ".repeat(usize::from(self.lists.saturating_sub(1).min(8)));
        self.rich.push(&format!("{indent}• "), Style::default());
        self.after_item = true;
    }

    /// The words, blanks at their end taken off.
    pub(super) fn finish(mut self) -> Rich {
        self.rich.trim_end();
        self.rich
    }

    pub(super) fn is_empty(&self) -> bool {
        self.rich.text.is_empty()
    }
}
