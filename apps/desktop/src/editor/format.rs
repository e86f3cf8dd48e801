//! Markdown's signs put on and taken off for the person: what a toolbar and shortcuts do.

use super::{
    core::{Core, Selection},
    lists::Lead,
};

/// A sign of Markdown that can be put on what is selected, or taken off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// `**strong**`
    Strong,
    /// `*stressed*`
    Stressed,
    /// `## heading`
    Heading,
    /// `- item`
    Bullets,
    /// `1. item`
    Numbers,
    /// `- [ ] item`
    Tasks,
    /// `> quote`
    Quote,
}

impl Core {
    /// Puts a sign on the selection, or takes it off where it is already.
    pub(super) fn format(&mut self, format: Format) {
        match format {
            Format::Strong => self.surround("**"),
            Format::Stressed => self.surround("*"),
            Format::Heading => self.lead_lines(|_| "## ".to_owned()),
            Format::Bullets => self.lead_lines(|_| "- ".to_owned()),
            Format::Numbers => self.lead_lines(|index| format!("{}. ", index + 1)),
            Format::Tasks => self.lead_lines(|_| "- [ ] ".to_owned()),
            Format::Quote => self.lead_lines(|_| "> ".to_owned()),
        }
    }

    fn surround(&mut self, sign: &str) {
        if self.selection.is_empty() {
            let word = self.buffer.word_at(self.selection.head);
            let is_word = self
                .buffer
                .slice(word.clone())
                .chars()
                .any(char::is_alphanumeric);
            if is_word {
                self.selection = Selection {
                    anchor: word.start,
                    head: word.end,
                    ..Selection::default()
                };
            }
        }
        let range = self.selection.range();
        let count = sign.chars().count();
        let before = range.start.saturating_sub(count);
        let after = (range.end + count).min(self.buffer.len());
        let is_on = self.buffer.slice(before..range.start) == sign
            && self.buffer.slice(range.end..after) == sign;
        let start = if is_on {
            self.splice(range.end..after, "");
            self.splice(before..range.start, "");
            before
        } else {
            self.splice(range.end..range.end, sign);
            self.splice(range.start..range.start, sign);
            range.start + count
        };
        self.selection = Selection {
            anchor: start,
            head: start + range.len(),
            ..Selection::default()
        };
    }

    fn lead_lines(&mut self, sign: impl Fn(usize) -> String) {
        let lines = self.selected_lines();
        let first = *lines.start();
        let leads = |core: &Self, line: usize| {
            let text = core.buffer.line(line);
            let length = Lead::read(&text).map_or_else(
                || {
                    let hashes = text.chars().take_while(|&c| c == '#').count();
                    let spaced = text[hashes..].starts_with(' ');
                    if (1..=6).contains(&hashes) && spaced {
                        hashes + 1
                    } else {
                        0
                    }
                },
                |lead| lead.len(),
            );
            (text, length)
        };
        let all_on = lines.clone().all(|line| {
            let (text, length) = leads(self, line);
            text.chars().take(length).collect::<String>().trim_start() == sign(line - first)
        });
        for line in lines.rev() {
            let (_, length) = leads(self, line);
            let start = self.buffer.start_of(line);
            self.splice(start..start + length, "");
            if !all_on {
                self.put_before_line(start, &sign(line - first));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use tresse_engine::TextView;

    use super::*;

    fn core(text: &str, anchor: usize, head: usize) -> Core {
        let mut core = Core::new(&TextView {
            text: text.into(),
            version: 1,
            acked: 0,
        });
        core.selection = Selection {
            anchor,
            head,
            ..Selection::default()
        };
        core
    }

    #[test]
    fn a_sign_goes_on_and_off_again() {
        let mut core = core("un mot ici", 4, 4);
        core.format(Format::Strong);
        assert_eq!(core.buffer.text(), "un **mot** ici");
        assert_eq!(core.buffer.slice(core.selection.range()), "mot");
        core.format(Format::Strong);
        assert_eq!(core.buffer.text(), "un mot ici");
    }

    #[test]
    fn lines_become_a_list_another_list_and_lines_again() {
        let mut core = core("pain\nsel", 0, 8);
        core.format(Format::Bullets);
        assert_eq!(core.buffer.text(), "- pain\n- sel");
        core.format(Format::Numbers);
        assert_eq!(core.buffer.text(), "1. pain\n2. sel");
        core.format(Format::Numbers);
        assert_eq!(core.buffer.text(), "pain\nsel");
        core.format(Format::Heading);
        assert_eq!(core.buffer.text(), "## pain\n## sel");
    }
}
