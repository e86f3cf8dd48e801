//! What is being typed into single fields: kept beside the engine's value until the engine shows it.
//!
//! A field sends what was typed soon after the last keystroke, and at the latest [`LONGEST`] seconds after the
//! first, so that a sudden end loses less than a second of typing. While a field has unsent text it
//! ignores what others set; once the engine has taken it, the engine's word is shown. What the engine refuses stays in its field with
//! the reason, until it is changed or given up.

use std::collections::HashMap;

use egui::Id;
use serde_json::Value;
use tresse_engine::{Command, CommandError};

use super::confirm::Confirmed;

/// A pause in typing of this many seconds sends.
pub const PAUSE: f64 = 0.35;
/// Nothing typed stays unsent longer than this many seconds.
pub const LONGEST: f64 = 0.7;
/// So many seconds after the engine took what was typed, its own value is shown again, whatever it made of it.
const PATIENCE: f64 = 5.0;

/// Makes the command that sets a field to a text.
pub type Setter = Box<dyn Fn(&str) -> Command>;
/// Says what came of a command, once something did.
type Came = Box<dyn Fn() -> Option<Result<Value, CommandError>>>;

struct Draft {
    text: String,
    base: String,
    /// None: it is sent when the field says so.
    set: Option<Setter>,
    dirty: Option<Dirty>,
    sent: Option<Sent>,
    held: bool,
    /// What is sent of what is held, should the field not be there to say so.
    ready: Option<Ready>,
    /// Why the engine did not take what was sent last.
    refused: Option<String>,
}

#[derive(Clone, Copy)]
struct Dirty {
    first_key: f64,
    last_key: f64,
}

/// A value that a field will send itself, and the command that sets it.
pub struct Ready {
    /// The value, as the engine will have it.
    pub value: String,
    /// What sets it.
    pub command: Command,
}

struct Sent {
    text: String,
    came: Option<Came>,
    /// When the engine was heard to have taken it.
    taken: Option<f64>,
    /// The person took it back before that.
    undone: bool,
}

/// Every field with something typed in it.
#[derive(Default)]
pub struct Drafts {
    open: HashMap<Id, Draft>,
    /// The field of a document that has, or last had, the keyboard.
    pub field: Option<Id>,
    /// How what the open dialogue asked for went.
    pub form: Confirmed,
}

impl Drafts {
    /// What the field shows: the draft where there is one, else the engine's value.
    pub fn text(&mut self, id: Id, value: &str, now: f64) -> String {
        self.typed_text(id, value, now)
            .unwrap_or_else(|| value.to_owned())
    }

    /// What was typed into the field, as it was typed, where the engine does not show it yet.
    pub fn typed_text(&mut self, id: Id, value: &str, now: f64) -> Option<String> {
        let draft = self.open.get(&id)?;
        if draft.is_over(value, now) {
            self.open.remove(&id);
            return None;
        }
        (!draft.is_undone()).then(|| draft.text.clone())
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
        let draft = self.written(id, value, text);
        draft.set.get_or_insert_with(set);
        draft.held = false;
        let first_key = draft.dirty.map_or(now, |dirty| dirty.first_key);
        draft.dirty = Some(Dirty {
            first_key,
            last_key: now,
        });
    }

    /// The same, in a field that says itself when it is sent ([`Self::submit`]). `ready`: what it will send, if that is known by now.
    pub fn noted(&mut self, id: Id, value: &str, text: &str, ready: Option<Ready>) {
        let draft = self.written(id, value, text);
        draft.held = true;
        draft.ready = ready;
    }

    /// Whether something was typed into such a field that was not sent since.
    pub fn is_noted(&self, id: Id) -> bool {
        self.open.get(&id).is_some_and(|draft| draft.held)
    }

    fn written(&mut self, id: Id, value: &str, text: &str) -> &mut Draft {
        let draft = self.open.entry(id).or_insert_with(|| Draft {
            text: String::new(),
            base: value.to_owned(),
            set: None,
            dirty: None,
            sent: None,
            held: false,
            ready: None,
            refused: None,
        });
        if draft.sent.is_none() {
            value.clone_into(&mut draft.base);
        }
        text.clone_into(&mut draft.text);
        draft
    }

    /// The field sends a value: `text` is how it was typed. Until it is taken, that is shown.
    pub fn submit(&mut self, id: Id, (value, sent): (&str, &str), text: &str) {
        let draft = self.written(id, value, text);
        value.clone_into(&mut draft.base);
        draft.held = false;
        draft.ready = None;
        draft.sent = Some(Sent::of(sent.to_owned()));
    }

    /// What is typed cannot be sent as it is: it waits for more typing.
    pub fn hold(&mut self, id: Id) {
        if let Some(draft) = self.open.get_mut(&id) {
            draft.held = true;
            draft.dirty = None;
        }
    }

    /// What is typed stays, marked with why it was not sent.
    pub fn refuse(&mut self, id: Id, why: String) {
        if let Some(draft) = self.open.get_mut(&id) {
            draft.held = false;
            draft.ready = None;
            draft.sent = None;
            draft.refused = Some(why);
        }
    }

    /// The person left the field: what is typed is sent at once.
    pub fn left(&mut self, id: Id) -> Option<Command> {
        self.open.get_mut(&id).and_then(Draft::send)
    }

    /// The person gave the field up: what was not sent, or not taken, is forgotten.
    pub fn forget(&mut self, id: Id) {
        self.open.remove(&id);
    }

    /// Commands whose time has come, each with its field.
    pub fn due(&mut self, now: f64) -> Vec<(Id, Command)> {
        let ripe = |dirty: Dirty| now - dirty.last_key >= PAUSE || now - dirty.first_key >= LONGEST;
        self.open
            .iter_mut()
            .filter(|(_, draft)| draft.dirty.is_some_and(ripe))
            .filter_map(|(id, draft)| Some((*id, draft.send()?)))
            .collect()
    }

    /// Commands for everything typed and not sent, each with its field: before undo, before leaving a view, at the end.
    pub fn flush(&mut self) -> Vec<(Id, Command)> {
        self.open
            .iter_mut()
            .filter_map(|(id, draft)| Some((*id, draft.send().or_else(|| draft.send_ready())?)))
            .collect()
    }

    /// The command of a field was handed to the engine; `came` says what comes of it.
    pub fn handed(
        &mut self,
        id: Id,
        came: impl Fn() -> Option<Result<Value, CommandError>> + 'static,
    ) {
        let sent = self.open.get_mut(&id).and_then(|draft| draft.sent.as_mut());
        if let Some(sent) = sent {
            sent.came = Some(Box::new(came));
        }
    }

    /// Hears what came of what was sent: why something was not taken, `say` puts it in words.
    pub fn hear(&mut self, now: f64, say: impl Fn(&CommandError) -> String) -> Vec<String> {
        let waiting = self.open.values_mut();
        let refused = waiting.filter_map(|draft| draft.hear(now, &say)).collect();
        // Of a field that is not shown any more nobody asks.
        self.open.retain(|_, draft| !draft.is_settled(now));
        refused
    }

    /// Why what is typed in a field was not taken.
    pub fn not_taken(&self, id: Id) -> Option<&str> {
        self.open.get(&id)?.refused.as_deref()
    }

    /// Forgets what was sent, so that the engine's values show at once (after an undo). What it will refuse comes back.
    pub fn settle(&mut self) {
        for sent in self
            .open
            .values_mut()
            .filter_map(|draft| draft.sent.as_mut())
        {
            sent.undone = true;
        }
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
    fn send(&mut self) -> Option<Command> {
        self.dirty.take()?;
        let set = self.set.as_ref()?;
        let shown = self.sent.as_ref().map_or(&self.base, |sent| &sent.text);
        if *shown == self.text {
            self.refused = None;
            return None;
        }
        let command = set(&self.text);
        self.base = self
            .sent
            .take()
            .map_or_else(|| std::mem::take(&mut self.base), |sent| sent.text);
        self.sent = Some(Sent::of(self.text.clone()));
        Some(command)
    }

    fn send_ready(&mut self) -> Option<Command> {
        let Ready { value, command } = self.ready.take()?;
        self.held = false;
        self.sent = Some(Sent::of(value));
        Some(command)
    }

    /// Whether it was taken long ago, and nothing was typed since.
    fn is_settled(&self, now: f64) -> bool {
        let taken = self.sent.as_ref().and_then(|sent| sent.taken);
        let still = self.dirty.is_none() && !self.held && self.refused.is_none();
        still && taken.is_some_and(|at| now - at >= 2.0 * PATIENCE)
    }

    fn hear(&mut self, now: f64, say: impl Fn(&CommandError) -> String) -> Option<String> {
        let sent = self.sent.as_mut().filter(|sent| sent.taken.is_none())?;
        let answer = sent.came.as_ref()?()?;
        match answer {
            Err(error) if error.is_refusal() => {
                let why = say(&error);
                self.sent = None;
                self.refused = Some(why.clone());
                Some(why)
            }
            _ => {
                sent.taken = Some(now);
                self.refused = None;
                None
            }
        }
    }

    /// Whether the engine's value says all that there is to say.
    fn is_over(&self, value: &str, now: f64) -> bool {
        if self.dirty.is_some() || self.held {
            return false;
        }
        if self.refused.is_some() && self.sent.is_none() {
            return self.text == value;
        }
        let Some(sent) = &self.sent else {
            return true;
        };
        sent.taken.is_some_and(|at| {
            sent.undone || value != self.base || value == sent.text || now - at >= PATIENCE
        })
    }

    fn is_undone(&self) -> bool {
        let undone = self.sent.as_ref().is_some_and(|sent| sent.undone);
        undone && self.dirty.is_none() && !self.held && self.refused.is_none()
    }
}

impl Sent {
    fn of(text: String) -> Self {
        Self {
            text,
            came: None,
            taken: None,
            undone: false,
        }
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
            lan: None,
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

    fn refused() -> Result<Value, CommandError> {
        Err(CommandError::new("too-long", "too long"))
    }

    /// Types a text over « old » and has it sent and answered.
    fn answered(came: fn() -> Result<Value, CommandError>) -> (Drafts, Id, Vec<String>) {
        let (mut drafts, id) = (Drafts::default(), Id::unique("f"));
        drafts.typed(id, "old", "new", 1.0, set);
        for (id, _) in drafts.due(1.4) {
            drafts.handed(id, move || Some(came()));
        }
        let told = drafts.hear(1.5, |error| error.code.clone());
        (drafts, id, told)
    }

    #[test]
    fn a_pause_sends_what_was_typed_and_the_engines_value_then_takes_over() {
        let (mut drafts, id) = (Drafts::default(), Id::unique("f"));
        drafts.typed(id, "old", "new", 1.0, set);
        assert!(drafts.due(1.1).is_empty());
        let sent = drafts.due(1.4);
        assert_eq!((sent[0].0, name(&sent[0].1)), (id, "new"));
        drafts.handed(id, || None);
        assert!(drafts.hear(1.5, |error| error.code.clone()).is_empty());
        assert_eq!(drafts.text(id, "theirs", 99.0), "new", "no answer yet");
        drafts.handed(id, || Some(Ok(Value::Null)));
        assert!(drafts.hear(99.0, |error| error.code.clone()).is_empty());
        assert_eq!(drafts.text(id, "new", 99.1), "new");
        assert_eq!(
            drafts.text(id, "theirs", 99.2),
            "theirs",
            "the draft is gone"
        );
    }

    #[test]
    fn what_the_engine_made_into_what_was_there_is_shown_after_a_while() {
        let (mut drafts, id, told) = answered(|| Ok(Value::Null));
        assert_eq!(told, Vec::<String>::new());
        assert_eq!(drafts.text(id, "old", 2.0), "new");
        assert_eq!(drafts.text(id, "old", 9.0), "old");
    }

    #[test]
    fn what_is_refused_stays_with_the_reason_until_it_is_changed_or_given_up() {
        let (mut drafts, id, told) = answered(refused);
        assert_eq!(told, ["too-long"]);
        assert_eq!(drafts.text(id, "old", 1_000.0), "new");
        assert_eq!(
            drafts.text(id, "theirs", 1_001.0),
            "new",
            "whatever others set"
        );
        drafts.settle();
        assert_eq!(
            drafts.text(id, "old", 1_002.0),
            "new",
            "an undo took another edit back"
        );
        assert_eq!(drafts.not_taken(id), Some("too-long"));
        // A better one is taken.
        drafts.typed(id, "old", "newer", 1_003.0, set);
        let sent = drafts.flush();
        assert_eq!(name(&sent[0].1), "newer");
        drafts.handed(id, || Some(Ok(Value::Null)));
        assert!(drafts.hear(1_004.0, |error| error.code.clone()).is_empty());
        assert_eq!(drafts.not_taken(id), None);
        assert_eq!(drafts.text(id, "newer", 1_005.0), "newer");
        let (mut drafts, id, _) = answered(refused);
        drafts.forget(id);
        assert_eq!(drafts.text(id, "old", 2.0), "old");
        let (mut drafts, id, _) = answered(refused);
        drafts.typed(id, "old", "old", 2.0, set);
        assert!(drafts.flush().is_empty(), "typed back");
        assert_eq!(drafts.not_taken(id), None);
    }

    #[test]
    fn what_an_undo_takes_back_shows_at_once_unless_it_is_refused() {
        let (mut drafts, id) = (Drafts::default(), Id::unique("f"));
        drafts.typed(id, "old", "new", 1.0, set);
        assert_eq!(drafts.flush().len(), 1);
        drafts.settle();
        assert_eq!(drafts.text(id, "old", 1.1), "old");
        drafts.handed(id, || Some(refused()));
        assert_eq!(drafts.hear(1.2, |error| error.code.clone()).len(), 1);
        assert_eq!(drafts.text(id, "old", 1.3), "new");
    }

    #[test]
    fn what_a_field_would_send_itself_goes_with_all_the_rest_when_it_is_left_behind() {
        let (mut drafts, id) = (Drafts::default(), Id::unique("f"));
        let ready = Ready {
            value: "2093-01-03".to_owned(),
            command: set()("2093-01-03"),
        };
        drafts.noted(id, "2093-01-01", "3 janvier", Some(ready));
        assert!(drafts.due(99.0).is_empty(), "the field is there");
        let sent = drafts.flush();
        assert_eq!(name(&sent[0].1), "2093-01-03");
        assert!(drafts.flush().is_empty());
        drafts.handed(id, || Some(Ok(Value::Null)));
        assert!(drafts.hear(1.1, |error| error.code.clone()).is_empty());
        assert_eq!(drafts.typed_text(id, "2093-01-03", 1.2), None);
    }

    #[test]
    fn what_was_taken_long_ago_of_a_field_that_is_gone_is_forgotten() {
        let (mut drafts, id, _) = answered(|| Ok(Value::Null));
        assert!(drafts.hear(2.0, |error| error.code.clone()).is_empty());
        assert!(drafts.open.contains_key(&id));
        assert!(drafts.hear(99.0, |error| error.code.clone()).is_empty());
        assert!(drafts.open.is_empty());
    }

    #[test]
    fn what_a_field_sends_itself_shows_as_it_was_typed_until_it_is_taken() {
        let (mut drafts, id) = (Drafts::default(), Id::unique("f"));
        drafts.noted(id, "2093-01-01", "3 ja", None);
        assert!(drafts.flush().is_empty());
        drafts.submit(id, ("2093-01-01", "2093-01-03"), "3 janvier");
        assert_eq!(
            drafts.typed_text(id, "2093-01-01", 1.0).as_deref(),
            Some("3 janvier")
        );
        drafts.handed(id, || Some(Ok(Value::Null)));
        assert!(drafts.hear(1.1, |error| error.code.clone()).is_empty());
        assert_eq!(drafts.typed_text(id, "2093-01-03", 1.2), None);
    }

    #[test]
    fn steady_typing_is_sent_within_the_second() {
        let (mut drafts, id) = (Drafts::default(), Id::unique("f"));
        let mut sent = Vec::new();
        for step in 0..20 {
            let now = f64::from(step) * 0.1;
            drafts.typed(id, "", &"x".repeat(step as usize + 1), now, set);
            let due = drafts.due(now);
            sent.extend(due.iter().map(|(_, command)| name(command).to_owned()));
        }
        assert!(sent.len() >= 2, "{sent:?}");
        let rest = drafts.flush();
        sent.extend(rest.iter().map(|(_, command)| name(command).to_owned()));
        assert_eq!(sent.last().unwrap(), &"x".repeat(20));
        assert_eq!(drafts.unsent(), 0);
    }

    #[test]
    fn typing_a_value_back_sends_nothing() {
        let (mut drafts, id) = (Drafts::default(), Id::unique("f"));
        drafts.typed(id, "a", "ab", 0.0, set);
        drafts.typed(id, "a", "a", 0.1, set);
        assert!(drafts.left(id).is_none());
    }

    #[test]
    fn unsent_text_is_not_overwritten_by_what_others_set() {
        let (mut drafts, id) = (Drafts::default(), Id::unique("f"));
        drafts.typed(id, "a", "mine", 0.0, set);
        assert_eq!(drafts.text(id, "theirs", 0.1), "mine");
    }
}
