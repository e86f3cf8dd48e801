//! Keystrokes that came in together: they make one edit, as if somebody had typed faster.
//!
//! A script, a paste or an engine that has fallen behind bring many at once. Each alone would be a change of its own, with its own lookup of what would take it
//! back; where one goes on from the other, one change says the same.

use serde_json::Value;
use tresse_model::{DocId, NetworkId};

use crate::{Command, CommandError, TextEdit, handle::Reply};

/// How many characters one edit grows to.
const MOST: usize = 4_096;

/// Edits of one page, each of which goes on where the one before ended.
#[derive(Debug)]
pub(crate) struct Keystrokes {
    network: NetworkId,
    page: DocId,
    splice: Joined,
    /// As they came, to carry them out one by one should all together be refused; and who waits for each.
    each: Vec<(TextEdit, Option<Reply>)>,
}

/// What several splices do together.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Joined {
    at: usize,
    delete: usize,
    insert: String,
    /// Characters of `insert`.
    length: usize,
}

impl Joined {
    /// An edit by a place in today's text; those by an editor that types ahead count themselves.
    fn of(edit: &TextEdit) -> Option<Self> {
        let TextEdit {
            text: None,
            at: Some(at),
            delete,
            insert,
            base: None,
            seq: None,
        } = edit
        else {
            return None;
        };
        let insert = insert.clone().unwrap_or_default();
        Some(Self {
            at: *at,
            delete: delete.unwrap_or(0),
            length: insert.chars().count(),
            insert,
        })
    }

    /// Takes in the next one, if both together are one splice that is in order exactly if this one is. `false`: they are not.
    fn join(&mut self, next: &Self) -> bool {
        if self.length + next.length > MOST {
            return false;
        }
        let end = self.at.checked_add(self.length);
        if next.delete == 0 && Some(next.at) == end {
            self.insert.push_str(&next.insert);
            self.length += next.length;
            return true;
        }
        // Taken back before anybody saw it: what was just typed, then what stood before it.
        let backwards =
            next.length == 0 && end.is_some() && next.at.checked_add(next.delete) == end;
        let typed = next.delete.min(self.length);
        let Some(delete) = self
            .delete
            .checked_add(next.delete - typed)
            .filter(|_| backwards)
        else {
            return false;
        };
        let keep = self.length - typed;
        self.insert = self.insert.chars().take(keep).collect();
        self.length = keep;
        self.delete = delete;
        self.at -= next.delete - typed;
        true
    }

    fn edit(&self) -> TextEdit {
        TextEdit {
            at: Some(self.at),
            delete: Some(self.delete),
            insert: Some(self.insert.clone()),
            ..TextEdit::default()
        }
    }
}

impl Keystrokes {
    /// Begins with a command, if it is one that others may go on from; takes then who waits for it.
    pub(crate) fn begin(command: &Command, reply: &mut Option<Reply>) -> Option<Self> {
        let Command::PageEdit {
            network,
            page,
            edit,
        } = command
        else {
            return None;
        };
        Some(Self {
            network: *network,
            page: *page,
            splice: Joined::of(edit)?,
            each: vec![(edit.clone(), reply.take())],
        })
    }

    /// Takes in what `next` began with, if it goes on from this; else gives it back.
    pub(crate) fn join(&mut self, next: Self) -> Option<Self> {
        let same = (self.network, self.page) == (next.network, next.page);
        if !same || !self.splice.join(&next.splice) {
            return Some(next);
        }
        self.each.extend(next.each);
        None
    }

    /// Carries them out, all at once, or one by one where that is refused: an answer for each of them.
    pub(crate) fn carry_out(
        self,
        mut execute: impl FnMut(Command) -> Result<Value, CommandError>,
    ) -> Vec<(Option<Reply>, Result<Value, CommandError>)> {
        let (network, page) = (self.network, self.page);
        let mut one = |edit| {
            execute(Command::PageEdit {
                network,
                page,
                edit,
            })
        };
        let all = one(self.splice.edit());
        let again = all.is_err() && self.each.len() > 1;
        let each = self.each.into_iter().map(|(edit, reply)| {
            let result = if again { one(edit) } else { all.clone() };
            (reply, result)
        });
        each.collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn splice(at: usize, delete: usize, insert: &str) -> Joined {
        Joined {
            at,
            delete,
            insert: insert.into(),
            length: insert.chars().count(),
        }
    }

    fn apply(text: &str, splice: &Joined) -> Option<String> {
        let mut letters: Vec<char> = text.chars().collect();
        let end = splice.at + splice.delete;
        (end <= letters.len()).then(|| {
            letters.splice(splice.at..end, splice.insert.chars());
            letters.into_iter().collect()
        })
    }

    #[test]
    fn a_word_typed_and_its_end_taken_back_are_one_edit() {
        let mut word = splice(3, 0, "r");
        for next in [
            splice(4, 0, "é"),
            splice(5, 0, "z"),
            splice(5, 1, ""),
            splice(5, 0, "seau"),
        ] {
            assert!(word.join(&next), "{next:?}");
        }
        assert_eq!(word, splice(3, 0, "réseau"));
        assert!(!word.join(&splice(3, 0, "elsewhere")));
        assert!(!word.join(&splice(9, 1, "")), "what stands behind it");
        // Further back than what was typed.
        assert!(word.join(&splice(1, 8, "")));
        assert_eq!(word, splice(1, 2, ""));
    }

    proptest! {
        #[test]
        fn what_is_joined_does_what_each_did_in_turn(
            text in "[a-zé]{0,12}",
            edits in proptest::collection::vec((0_usize..14, 0_usize..4, "[a-zé]{0,3}"), 1..8),
        ) {
            let edits: Vec<Joined> =
                edits.iter().map(|(at, delete, insert)| splice(*at, *delete, insert)).collect();
            let mut joined = edits[0].clone();
            let mut in_turn = apply(&text, &joined);
            for next in &edits[1..] {
                let before = joined.clone();
                if !joined.join(next) {
                    prop_assert_eq!(&joined, &before, "untouched where it is not taken in");
                    break;
                }
                in_turn = in_turn.and_then(|text| apply(&text, next));
                prop_assert_eq!(apply(&text, &joined), in_turn.clone());
            }
        }
    }
}
