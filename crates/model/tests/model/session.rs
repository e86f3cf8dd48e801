//! An editor that types ahead of the engine ends with the engine's text, and nobody's words are
//! lost.

use std::collections::VecDeque;

use proptest::prelude::*;
use tresse_model::{SessionError, Splice, TextSession};

use crate::support::splice;

/// The engine: its text, and what it has published.
struct Engine {
    text: String,
    session: TextSession,
}

impl Engine {
    fn new(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            session: TextSession::new(7, text.chars().count()),
        }
    }

    fn publish(&self) -> (String, u64, u64) {
        (
            self.text.clone(),
            self.session.version(),
            self.session.acked(),
        )
    }

    fn others(&mut self, splice: &Splice) {
        assert!(splice.apply_to(&mut self.text));
        self.session.remote(std::slice::from_ref(splice));
    }

    fn editor(&mut self, (base, seq, splice): &(u64, u64, Splice)) {
        for splice in self.session.local(*base, *seq, splice).unwrap() {
            assert!(
                splice.apply_to(&mut self.text),
                "{splice:?} in {:?}",
                self.text
            );
        }
        assert_eq!(self.session.len(), self.text.chars().count());
    }
}

/// The editor: shows its own text at once, adopts the engine's when that holds all it sent.
struct Editor {
    text: String,
    base: u64,
    sent: u64,
}

impl Editor {
    fn types(&mut self, splice: Splice) -> (u64, u64, Splice) {
        assert!(splice.apply_to(&mut self.text));
        self.sent += 1;
        (self.base, self.sent, splice)
    }

    fn sees(&mut self, (text, version, acked): (String, u64, u64)) {
        if acked == self.sent {
            self.text = text;
            self.base = version;
        }
    }
}

#[derive(Debug, Clone)]
enum Step {
    Types(u16, u16, u8),
    Others(u16, u16, u8),
    /// The engine takes the editor's oldest message.
    Takes,
    /// The engine publishes.
    Publishes,
    /// The editor sees the oldest publication.
    Sees,
}

fn step() -> impl Strategy<Value = Step> {
    let place = || (any::<u16>(), 0..5u16, 0..4u8);
    prop_oneof![
        4 => place().prop_map(|(at, delete, len)| Step::Types(at, delete, len)),
        3 => place().prop_map(|(at, delete, len)| Step::Others(at, delete, len)),
        4 => Just(Step::Takes),
        3 => Just(Step::Publishes),
        3 => Just(Step::Sees),
    ]
}

/// Each writer's characters are like no other's.
fn fresh(next: &mut u32, len: u8) -> String {
    (0..len)
        .filter_map(|_| {
            *next += 1;
            char::from_u32(*next)
        })
        .collect()
}

fn at(text: &str, at: u16, delete: u16, insert: String) -> Splice {
    let len = text.chars().count();
    let at = usize::from(at) % (len + 1);
    let delete = usize::from(delete).min(len - at);
    Splice { at, delete, insert }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn the_editor_always_ends_with_the_engines_text_and_nothing_typed_is_lost(
        deletes: bool,
        steps in proptest::collection::vec(step(), 1..80),
    ) {
        let mut engine = Engine::new("0123456789");
        let mut editor = Editor { text: engine.text.clone(), base: 7, sent: 0 };
        let (mut wire, mut screen) = (VecDeque::new(), VecDeque::new());
        let (mut mine, mut theirs) = (0x4E00, 0x1_0000);
        let (mut my_count, mut their_count) = (0, 0);
        for step in steps {
            match step {
                Step::Types(place, delete, len) => {
                    let words = fresh(&mut mine, len);
                    my_count += words.chars().count();
                    let delete = if deletes { delete } else { 0 };
                    wire.push_back(editor.types(at(&editor.text, place, delete, words)));
                }
                Step::Others(place, delete, len) => {
                    let words = fresh(&mut theirs, len);
                    their_count += words.chars().count();
                    let delete = if deletes { delete } else { 0 };
                    engine.others(&at(&engine.text, place, delete, words));
                }
                Step::Takes => if let Some(message) = wire.pop_front() {
                    engine.editor(&message);
                },
                Step::Publishes => screen.push_back(engine.publish()),
                Step::Sees => if let Some(view) = screen.pop_front() {
                    editor.sees(view);
                },
            }
        }
        for message in wire {
            engine.editor(&message);
        }
        editor.sees(engine.publish());
        prop_assert_eq!(&editor.text, &engine.text);
        if !deletes {
            prop_assert_eq!(engine.text.chars().count(), 10 + my_count + their_count);
        }
    }

    #[test]
    fn what_one_puts_in_is_kept_where_the_other_takes_out(
        (at_mine, delete_mine) in (0..10usize, 0..10usize),
        (at_theirs, delete_theirs) in (0..10usize, 0..10usize),
    ) {
        let mut engine = Engine::new("0123456789");
        engine.others(&splice(at_theirs, delete_theirs.min(10 - at_theirs), "EUX"));
        engine.editor(&(7, 1, splice(at_mine, delete_mine.min(10 - at_mine), "moi")));
        prop_assert!(engine.text.contains("moi"));
        let letters: String = engine.text.chars().filter(char::is_ascii_uppercase).collect();
        prop_assert_eq!(letters, "EUX");
    }

    #[test]
    fn no_message_makes_the_session_panic(
        messages in proptest::collection::vec((0..20u64, 0..6u64, any::<u8>(), any::<u8>()), 0..30),
    ) {
        let mut engine = Engine::new("0123456789");
        for (base, seq, at, delete) in messages {
            let message = splice(usize::from(at % 16), usize::from(delete % 4), "x");
            if at % 3 == 0 {
                let len = engine.text.chars().count();
                engine.others(&splice(usize::from(at) % (len + 1), 0, "y"));
            }
            if let Ok(splices) = engine.session.local(base, seq, &message) {
                for splice in splices {
                    prop_assert!(splice.apply_to(&mut engine.text));
                }
            }
            prop_assert_eq!(engine.session.len(), engine.text.chars().count());
        }
    }
}

#[test]
fn words_at_one_place_stand_side_by_side_the_editors_first() {
    let mut engine = Engine::new("ab");
    engine.others(&splice(1, 0, "EUX"));
    engine.editor(&(7, 1, splice(1, 0, "m")));
    engine.editor(&(7, 2, splice(2, 0, "oi")));
    assert_eq!(engine.text, "amoiEUXb");
}

#[test]
fn taking_out_a_stretch_spares_what_others_put_inside_it() {
    let mut engine = Engine::new("0123456789");
    engine.others(&splice(5, 0, "XX"));
    let placed = engine.session.local(7, 1, &splice(2, 6, "-")).unwrap();
    assert_eq!(placed, [splice(2, 3, "-"), splice(5, 3, "")]);
}

#[test]
fn messages_that_cannot_be_placed_are_refused() {
    let mut session = TextSession::new(1, 3);
    let x = splice(0, 0, "x");
    assert_eq!(
        session.local(1, 2, &x),
        Err(SessionError::BadSeq { seq: 2, acked: 0 })
    );
    assert_eq!(
        session.local(0, 1, &x),
        Err(SessionError::BadBase { base: 0 })
    );
    assert_eq!(
        session.local(9, 1, &x),
        Err(SessionError::BadBase { base: 9 })
    );
    let out = session.local(1, 1, &splice(2, 2, "")).unwrap_err();
    assert_eq!(out.code(), "out-of-bounds");
    assert_eq!(session.version(), 1);
    session.local(1, 1, &x).unwrap();
    assert_eq!(
        (session.version(), session.acked(), session.len()),
        (2, 1, 4)
    );
    assert_eq!(session.local(1, 1, &x).unwrap_err().code(), "bad-base");
}

#[test]
fn after_a_refusal_the_editor_must_adopt_before_it_goes_on() {
    let mut session = TextSession::new(1, 3);
    session.local(1, 1, &splice(0, 0, "abc")).unwrap();
    assert!(session.local(1, 2, &splice(50, 0, "x")).is_err());
    session.refuse(2);
    assert_eq!(session.acked(), 2);
    let late = session.local(1, 3, &splice(0, 0, "y")).unwrap_err();
    assert_eq!(late.code(), "bad-base");
    session.refuse(3);
    let now = session.version();
    assert!(session.local(now, 4, &splice(0, 0, "y")).is_ok());
}

#[test]
fn an_editor_opened_anew_counts_from_one() {
    let mut engine = Engine::new("ab");
    engine.editor(&(7, 1, splice(0, 0, "x")));
    engine.editor(&(7, 2, splice(0, 0, "y")));
    engine.others(&splice(0, 0, "Z"));
    let now = engine.session.version();
    engine.editor(&(now, 1, splice(1, 0, "w")));
    assert_eq!(engine.text, "Zwyxab");
    assert_eq!(engine.session.acked(), 1);
}
