//! A place in a text that stays with its words while others write.

use std::panic::{AssertUnwindSafe, catch_unwind};

use automerge::{ActorId, Automerge, Cursor, ReadDoc};
use serde::{Deserialize, Serialize};

use crate::read::body;

/// A place between two characters of a document's one text, named by the character after it: whoever has that
/// character finds the place, whatever was written elsewhere meanwhile.
///
/// Bounded and of one form. What somebody else says may name nothing here, or something that is no character of the
/// text: then it is no place ([`Caret::index`]).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Caret {
    /// After the last character.
    End,
    /// Before the character that this actor's operation of this number put there.
    Before {
        /// The actor.
        actor: [u8; 16],
        /// The operation's number.
        op: u32,
    },
}

impl Caret {
    /// The place before the character with this index; at or after the end of the text, its end. `None` where the
    /// document has no text, or another program wrote that character.
    pub fn at(doc: &Automerge, index: usize) -> Option<Self> {
        let text = body(doc, None)?;
        if index >= doc.length(&text) {
            return Some(Self::End);
        }
        // Automerge gives a cursor's two parts as text or bytes only.
        let cursor = doc.get_cursor(&text, index, None).ok()?.to_string();
        let (op, actor) = cursor.split_once('@')?;
        let actor = ActorId::try_from(actor).ok()?;
        Some(Self::Before {
            actor: actor.to_bytes().try_into().ok()?,
            op: op.parse().ok()?,
        })
    }

    /// How many characters stand before this place now. `None` where what it names is not here (yet), or no character
    /// of the text.
    pub fn index(&self, doc: &Automerge) -> Option<usize> {
        let text = body(doc, None)?;
        let (actor, op) = match self {
            Self::End => return Some(doc.length(&text)),
            Self::Before { actor, op } => (ActorId::from(&actor[..]), op),
        };
        let cursor = Cursor::try_from(format!("{op}@{actor}")).ok()?;
        // Automerge 0.12 panics where the operation is there and made something else than a part of this text.
        let found = || doc.get_cursor_position(&text, &cursor, None).ok();
        catch_unwind(AssertUnwindSafe(found)).ok().flatten()
    }
}

#[cfg(test)]
mod tests {
    use automerge::{ActorId, ROOT, transaction::Transactable};
    use proptest::prelude::*;

    use super::*;
    use crate::{DocKind, genesis};

    fn page(text: &str) -> Automerge {
        let mut doc = genesis(DocKind::Page).with_actor(ActorId::from(&[3; 16][..]));
        splice(&mut doc, 0, 0, text);
        doc
    }

    fn splice(doc: &mut Automerge, at: usize, delete: isize, insert: &str) {
        let body = body(doc, None).unwrap();
        let mut edit = doc.transaction();
        edit.splice_text(body, at, delete, insert).unwrap();
        edit.commit();
    }

    #[test]
    fn a_caret_stays_with_its_word_while_others_write_before_and_after_it() {
        let mut doc = page("un deux trois");
        let caret = Caret::at(&doc, 3).unwrap();
        splice(&mut doc, 0, 0, "zéro ");
        splice(&mut doc, 18, 0, " quatre");
        assert_eq!(caret.index(&doc), Some(8));
    }

    #[test]
    fn the_end_stays_the_end_and_an_empty_text_has_one() {
        let mut doc = page("");
        let caret = Caret::at(&doc, 0).unwrap();
        assert_eq!((caret, caret.index(&doc)), (Caret::End, Some(0)));
        splice(&mut doc, 0, 0, "abc");
        assert_eq!(caret.index(&doc), Some(3));
    }

    #[test]
    fn a_caret_before_what_was_taken_out_goes_to_what_follows() {
        let mut doc = page("abcdef");
        let caret = Caret::at(&doc, 2).unwrap();
        splice(&mut doc, 1, 3, "");
        assert_eq!(caret.index(&doc), Some(1));
    }

    #[test]
    fn what_names_nothing_here_or_no_character_is_no_place() {
        let mut doc = page("abc");
        let mut edit = doc.transaction();
        edit.put(ROOT, "autre", "chose").unwrap();
        edit.commit();
        let named = |actor: u8, op| Caret::Before {
            actor: [actor; 16],
            op,
        };
        assert_eq!(named(9, 4).index(&doc), None);
        assert_eq!(named(3, u32::MAX).index(&doc), None);
        let places = (0..200).filter_map(|op| named(3, op).index(&doc));
        assert_eq!(places.collect::<Vec<_>>(), [0, 1, 2]);
    }

    proptest! {
        #[test]
        fn a_caret_finds_its_place_again(text in "[a-zé\u{1F600}]{0,40}", index in 0usize..45) {
            let doc = page(&text);
            let length = text.chars().count();
            let caret = Caret::at(&doc, index).unwrap();
            prop_assert_eq!(caret.index(&doc), Some(index.min(length)));
        }
    }
}
