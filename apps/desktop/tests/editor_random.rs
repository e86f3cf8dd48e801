//! Random keys, words, clicks and other people's changes: what the editor holds is always what it told the engine.
#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot go on says so by panicking"
)]

use egui::{Context, Event, ImeEvent, Key, Modifiers, PointerButton, Pos2, RawInput, Rect};
use proptest::prelude::*;
use tresse_desktop::{
    editor::{Editor, EditorEvent, Format, Options},
    theme,
};
use tresse_engine::{TextEdit, TextView};

/// One thing that happens.
#[derive(Debug, Clone)]
enum Act {
    Key(Key, Modifiers),
    Type(String),
    Paste(String),
    Compose(String, Option<String>),
    Click(Pos2, bool),
    Format(Format),
    /// The engine takes what it was sent.
    Deliver,
    /// Somebody adds at the text's end while edits may be under way.
    RemoteEnd(String),
    /// Somebody changes the text anywhere, once all is delivered.
    Remote(usize, usize, String),
}

struct Bench {
    ctx: Context,
    editor: Editor,
    view: TextView,
    sent: Vec<TextEdit>,
    /// What the editor must hold: the text it last took over with its own edits since.
    mirror: Vec<char>,
    base: u64,
    seq: u64,
    time: f64,
}

fn apply(text: &mut Vec<char>, edit: &TextEdit) {
    let (at, delete) = (edit.at.unwrap(), edit.delete.unwrap());
    text.splice(at..at + delete, edit.insert.as_ref().unwrap().chars());
}

impl Bench {
    fn new(text: &str) -> Self {
        let ctx = Context::default();
        theme::apply(&ctx, false);
        let view = TextView {
            text: text.into(),
            version: 1,
            acked: 0,
        };
        let mut bench = Self {
            ctx,
            editor: Editor::new(&view),
            sent: Vec::new(),
            mirror: text.chars().collect(),
            base: 1,
            seq: 0,
            time: 0.0,
            view,
        };
        bench.pass(Vec::new());
        bench
    }

    /// One pass, and what must be true after it.
    fn pass(&mut self, events: Vec<Event>) {
        if self.view.version != self.base && self.view.acked == self.seq {
            self.base = self.view.version;
            self.mirror = self.view.text.chars().collect();
        }
        self.time += 0.05;
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, egui::vec2(360.0, 240.0))),
            time: Some(self.time),
            events,
            ..RawInput::default()
        };
        let (editor, view) = (&mut self.editor, &self.view);
        let mut edits = Vec::new();
        let mut output = self.ctx.run_ui(input, |ui| {
            let options = Options {
                label: "text",
                placeholder: "",
                read_only: false,
                height: None,
            };
            let output = editor.show(ui, view, &options);
            output.response.request_focus();
            edits.extend(output.events);
        });
        // Nothing is painted here.
        output.textures_delta.clear();
        for event in edits {
            if let EditorEvent::Edit(edit) = event {
                self.seq += 1;
                assert_eq!(edit.seq, Some(self.seq));
                assert_eq!(edit.base, Some(self.base));
                apply(&mut self.mirror, &edit);
                self.sent.push(edit);
            }
        }
        let held = self.editor.text();
        assert_eq!(held, self.mirror.iter().collect::<String>());
        assert!(self.editor.selected().end <= self.mirror.len());
    }

    fn deliver(&mut self) {
        let mut text: Vec<char> = self.view.text.chars().collect();
        for edit in self.sent.drain(..) {
            apply(&mut text, &edit);
            self.view.acked = edit.seq.unwrap();
            self.view.version += 1;
        }
        self.view.text = text.into_iter().collect::<String>().into();
    }

    fn remote(&mut self, at: usize, delete: usize, insert: &str) {
        let mut text: Vec<char> = self.view.text.chars().collect();
        let at = at.min(text.len());
        let end = (at + delete).min(text.len());
        text.splice(at..end, insert.chars());
        self.view.text = text.into_iter().collect::<String>().into();
        self.view.version += 1;
    }

    fn act(&mut self, act: Act) {
        let button = |pos, pressed| Event::PointerButton {
            pos,
            button: PointerButton::Primary,
            pressed,
            modifiers: Modifiers::NONE,
        };
        match act {
            Act::Key(key, modifiers) => self.pass(vec![Event::Key {
                key,
                physical_key: None,
                pressed: true,
                repeat: false,
                modifiers,
            }]),
            Act::Type(words) => self.pass(vec![Event::Text(words)]),
            Act::Paste(words) => self.pass(vec![Event::Paste(words)]),
            Act::Compose(text, commit) => {
                let preedit = |text| {
                    Event::Ime(ImeEvent::Preedit {
                        text,
                        active_range_chars: None,
                    })
                };
                self.pass(vec![preedit(text)]);
                self.pass(vec![commit.map_or_else(
                    || preedit(String::new()),
                    |commit| Event::Ime(ImeEvent::Commit(commit)),
                )]);
            }
            Act::Click(pos, drag) => {
                self.pass(vec![Event::PointerMoved(pos), button(pos, true)]);
                let to = if drag {
                    pos + egui::vec2(90.0, 60.0)
                } else {
                    pos
                };
                self.pass(vec![Event::PointerMoved(to)]);
                self.pass(vec![button(to, false)]);
            }
            Act::Format(format) => {
                // Nothing newer is left to take over in the pass that sends the signs.
                self.deliver();
                self.pass(Vec::new());
                self.editor.format(format);
                self.pass(Vec::new());
            }
            Act::Deliver => self.deliver(),
            Act::RemoteEnd(words) => self.remote(usize::MAX / 2, 0, &words),
            Act::Remote(at, delete, insert) => {
                self.deliver();
                self.remote(at, delete, &insert);
                self.pass(Vec::new());
            }
        }
    }
}

fn key() -> impl Strategy<Value = Act> {
    let keys = prop::sample::select(vec![
        Key::ArrowLeft,
        Key::ArrowRight,
        Key::ArrowUp,
        Key::ArrowDown,
        Key::Home,
        Key::End,
        Key::PageUp,
        Key::PageDown,
        Key::Backspace,
        Key::Delete,
        Key::Enter,
        Key::Tab,
        Key::A,
        Key::B,
        Key::I,
        Key::Z,
    ]);
    let modifiers = prop::sample::select(vec![
        Modifiers::NONE,
        Modifiers::NONE,
        Modifiers::SHIFT,
        Modifiers::COMMAND | Modifiers::CTRL,
        Modifiers::COMMAND | Modifiers::CTRL | Modifiers::SHIFT,
    ]);
    (keys, modifiers).prop_map(|(key, modifiers)| Act::Key(key, modifiers))
}

fn act() -> impl Strategy<Value = Act> {
    let words = "[-a1éœ*` \n#>.]{1,6}";
    prop_oneof![
        8 => key(),
        4 => words.prop_map(Act::Type),
        2 => "[a\r\n\té👩‍👧]{1,8}".prop_map(Act::Paste),
        1 => ("[a-c]{1,3}", prop::option::of("[é漢]{0,2}")).prop_map(|(a, b)| Act::Compose(a, b)),
        3 => (0.0_f32..360.0, 0.0_f32..240.0, any::<bool>())
            .prop_map(|(x, y, drag)| Act::Click(egui::pos2(x, y), drag)),
        1 => prop::sample::select(vec![
            Format::Strong, Format::Stressed, Format::Heading, Format::Bullets,
            Format::Numbers, Format::Tasks, Format::Quote,
        ]).prop_map(Act::Format),
        3 => Just(Act::Deliver),
        1 => words.prop_map(Act::RemoteEnd),
        2 => (0_usize..80, 0_usize..20, words).prop_map(|(a, d, w)| Act::Remote(a, d, w)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]
    #[test]
    fn what_the_editor_holds_is_what_it_told_the_engine(
        text in "[-a éœ*`\n#>.1]{0,120}",
        acts in prop::collection::vec(act(), 1..40),
    ) {
        let mut bench = Bench::new(&text);
        for act in acts {
            bench.act(act);
        }
        bench.deliver();
        bench.pass(Vec::new());
        prop_assert_eq!(bench.editor.text(), &*bench.view.text);
        prop_assert!(bench.editor.settled(&bench.view));
    }
}
