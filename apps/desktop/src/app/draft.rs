//! What is being typed into single fields: kept beside the engine's value until the engine shows it.
//!
//! A field sends what was typed soon after the last keystroke, and at the latest [`LONGEST`] seconds after the
//! first, so that a sudden end loses less than a second of typing. While a field has unsent text it
//! ignores what others set; once it has sent, it takes the engine's word.

use std::collections::HashMap;

use egui::Id;
use tresse_engine::Command;

/// A pause in typing of this many seconds sends.
pub const PAUSE: f64 = 0.35;
/// Nothing typed stays unsent longer than this many seconds.
pub const LONGEST: f64 = 0.7;
/// After this many seconds without an answer the engine's value is shown again.
const PATIENCE: f64 = 5.0;

/// Makes the command that sets a field to a text.
pub type Setter = Box<dyn Fn(&str) -> Command>;

struct Draft {
    text: String,
    base: String,
    set: Setter,
    dirty: Option<Dirty>,
    sent: Option<Sent>,
    held: bool,
}

#[derive(Clone, Copy)]
struct Dirty {
    first_key: f64,
    last_key: f64,
}

struct Sent {
    text: String,
    at: f64,
}

/// Every field with something typed in it.
#[derive(Default)]
pub struct Drafts {
    open: HashMap<Id, Draft>,
    /// The field of a document that has, or last had, the keyboard.
    pub field: Option<Id>,
}

impl Drafts {
    /// What the field shows: the draft where there is one, else the engine's value.
    pub fn text(&mut self, id: Id, value: &str, now: f64) -> String {
        let Some(draft) = self.open.get_mut(&id) else {
            return value.to_owned();
        };
        if draft.dirty.is_none() && !draft.held {
            let waits = draft.sent.as_ref().is_some_and(|sent| {
                value == draft.base && value != sent.text && now - sent.at < PATIENCE
            });
            if !waits {
                self.open.remove(&id);
                return value.to_owned();
            }
        }
        draft.text.clone()
    }

    /// The person changed the field's text.
    pub fn typed(
        &mut self,
        id: Id,
        value: &str,
        text: &str,
        now: f64,
        set: impl FnOnce() -> Setter,
    ) {
        let draft = self.open.entry(id).or_insert_with(|| Draft {
            text: String::new(),
            base: value.to_owned(),
            set: set(),
            dirty: None,
            sent: None,
            held: false,
        });
        draft.held = false;
        text.clone_into(&mut draft.text);
        let first_key = draft.dirty.map_or(now, |dirty| dirty.first_key);
        draft.dirty = Some(Dirty {
            first_key,
            last_key: now,
        });
    }

    /// What is typed cannot be sent as it is: it waits for more typing.
    pub fn hold(&mut self, id: Id) {
        if let Some(draft) = self.open.get_mut(&id) {
            draft.held = true;
            draft.dirty = None;
        }
    }

    /// The person left the field: what is typed is sent at once.
    pub fn left(&mut self, id: Id, now: f64) -> Option<Command> {
        self.open.get_mut(&id).and_then(|draft| draft.send(now))
    }

    /// The person gave the field up: what was not sent is forgotten.
    pub fn forget(&mut self, id: Id) {
        self.open.remove(&id);
    }

    /// Commands whose time has come.
    pub fn due(&mut self, now: f64) -> Vec<Command> {
        let ripe = |dirty: Dirty| now - dirty.last_key >= PAUSE || now - dirty.first_key >= LONGEST;
        self.open
            .values_mut()
            .filter(|draft| draft.dirty.is_some_and(ripe))
            .filter_map(|draft| draft.send(now))
            .collect()
    }

    /// Commands for everything typed and not sent: before undo, before leaving a view, at the end.
    pub fn flush(&mut self, now: f64) -> Vec<Command> {
        self.open
            .values_mut()
            .filter_map(|draft| draft.send(now))
            .collect()
    }

    /// Forgets what was sent, so that the engine's values show at once (after an undo).
    pub fn settle(&mut self) {
        self.open
            .retain(|_, draft| draft.dirty.is_some() || draft.held);
    }

    /// How many fields hold text that was not sent.
    pub fn unsent(&self) -> usize {
        self.open
            .values()
            .filter(|draft| draft.dirty.is_some())
            .count()
    }
}

impl Draft {
    fn send(&mut self, now: f64) -> Option<Command> {
        self.dirty.take()?;
        let shown = self.sent.as_ref().map_or(&self.base, |sent| &sent.text);
        if *shown == self.text {
            return None;
        }
        self.base = self
            .sent
            .take()
            .map_or_else(|| std::mem::take(&mut self.base), |sent| sent.text);
        self.sent = Some(Sent {
            text: self.text.clone(),
            at: now,
        });
        Some((self.set)(&self.text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set() -> Setter {
        Box::new(|text| Command::MeSet {
            name: Some(text.to_owned()),
            lang: None,
            internet: None,
            relay: None,
            presence: None,
        })
    }

    fn name(command: &Command) -> &str {
        match command {
            Command::MeSet {
                name: Some(name), ..
            } => name,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_pause_sends_what_was_typed_and_the_engines_value_then_takes_over() {
        let (mut drafts, id) = (Drafts::default(), Id::unique("f"));
        drafts.typed(id, "old", "new", 1.0, set);
        assert!(drafts.due(1.1).is_empty());
        assert_eq!(name(&drafts.due(1.4)[0]), "new");
        assert_eq!(
            drafts.text(id, "old", 1.5),
            "new",
            "the engine has not answered yet"
        );
        assert_eq!(drafts.text(id, "new", 1.6), "new");
        assert_eq!(
            drafts.text(id, "theirs", 1.7),
            "theirs",
            "the draft is gone"
        );
    }

    #[test]
    fn steady_typing_is_sent_within_the_second() {
        let (mut drafts, id) = (Drafts::default(), Id::unique("f"));
        let mut sent = Vec::new();
        for step in 0..20 {
            let now = f64::from(step) * 0.1;
            drafts.typed(id, "", &"x".repeat(step as usize + 1), now, set);
            sent.extend(
                drafts
                    .due(now)
                    .iter()
                    .map(|command| name(command).to_owned()),
            );
        }
        assert!(sent.len() >= 2, "{sent:?}");
        sent.extend(
            drafts
                .flush(3.0)
                .iter()
                .map(|command| name(command).to_owned()),
        );
        assert_eq!(sent.last().unwrap(), &"x".repeat(20));
        assert_eq!(drafts.unsent(), 0);
    }

    #[test]
    fn typing_a_value_back_sends_nothing() {
        let (mut drafts, id) = (Drafts::default(), Id::unique("f"));
        drafts.typed(id, "a", "ab", 0.0, set);
        drafts.typed(id, "a", "a", 0.1, set);
        assert!(drafts.left(id, 0.2).is_none());
    }

    #[test]
    fn unsent_text_is_not_overwritten_by_what_others_set() {
        let (mut drafts, id) = (Drafts::default(), Id::unique("f"));
        drafts.typed(id, "a", "mine", 0.0, set);
        assert_eq!(drafts.text(id, "theirs", 0.1), "mine");
    }
}
