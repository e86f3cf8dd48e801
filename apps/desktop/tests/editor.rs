//! The text editor in a window: what keys and mouse do, what it tells the engine, and what it costs.
#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot go on says so by panicking"
)]

mod support;

use egui::{Event, Key, Modifiers, Pos2, Ui};
use egui_kittest::{
    Harness,
    kittest::{NodeT, Queryable},
};
use support::{LOOKS, Look, window, window_at};
use tresse_desktop::editor::{Editor, EditorEvent, Options, Output};
use tresse_engine::{TextEdit, TextView};

const LABEL: &str = "Texte de la page";

/// An editor with a little engine behind it: it applies what it is sent, at once or when told.
struct Desk {
    editor: Editor,
    view: TextView,
    queue: Vec<TextEdit>,
    asked: Vec<EditorEvent>,
    slow: bool,
    read_only: bool,
}

impl Desk {
    fn new(text: &str) -> Self {
        let view = TextView {
            text: text.into(),
            version: 1,
            acked: 0,
        };
        Self {
            editor: Editor::new(&view),
            view,
            queue: Vec::new(),
            asked: Vec::new(),
            slow: false,
            read_only: false,
        }
    }

    fn show(ui: &mut Ui, desk: &mut Self) {
        let options = Options {
            label: LABEL,
            placeholder: "Écrivez ici",
            read_only: desk.read_only,
            height: None,
        };
        let Output { events, .. } = desk.editor.show(ui, &desk.view, &options);
        for event in events {
            match event {
                EditorEvent::Edit(edit) => desk.queue.push(edit),
                other => desk.asked.push(other),
            }
        }
        if !desk.slow {
            desk.deliver();
        }
    }

    /// The engine takes what it was sent. Nobody else wrote since, so positions need no care.
    fn deliver(&mut self) {
        for edit in std::mem::take(&mut self.queue) {
            let mut text: Vec<char> = self.view.text.chars().collect();
            let at = edit.at.unwrap();
            text.splice(at..at + edit.delete.unwrap(), edit.insert.unwrap().chars());
            self.view.text = text.into_iter().collect::<String>().into();
            self.view.version += 1;
            assert_eq!(edit.seq.unwrap(), self.view.acked + 1);
            self.view.acked = edit.seq.unwrap();
        }
    }

    /// Somebody else changes the text.
    fn remote(&mut self, old: &str, new: &str) {
        self.view.text = self.view.text.replacen(old, new, 1).into();
        self.view.version += 1;
    }
}

fn desk(text: &str) -> Harness<'static, Desk> {
    let mut harness = window(Look::PLAIN, Desk::new(text), Desk::show);
    harness.get_by_label(LABEL).focus();
    harness.run();
    harness
}

/// A desk whose frames follow quickly, for clicks that belong together.
fn quick_desk(text: &str) -> Harness<'static, Desk> {
    let mut harness = window_at(Look::PLAIN, 1.0 / 60.0, Desk::new(text), Desk::show);
    harness.get_by_label(LABEL).focus();
    harness.run();
    harness
}

fn text(harness: &Harness<'_, Desk>) -> String {
    harness.state().editor.text()
}

fn press(harness: &mut Harness<'_, Desk>, modifiers: Modifiers, keys: &[Key]) {
    for &key in keys {
        harness.key_press_modifiers(modifiers, key);
        harness.run();
    }
}

fn type_text(harness: &mut Harness<'_, Desk>, words: &str) {
    harness.event(Event::Text(words.to_owned()));
    harness.run();
}

fn selected(harness: &Harness<'_, Desk>) -> String {
    let range = harness.state().editor.selected();
    text(harness)
        .chars()
        .skip(range.start)
        .take(range.len())
        .collect()
}

fn long_text(paragraphs: usize) -> String {
    let paragraph = |n| {
        format!(
            "Paragraphe {n} : le réseau se retrouve, décide et garde la trace de ce qu’il apprend, \
                 pas à pas, sans que personne ne soit au-dessus des autres.\n"
        )
    };
    (0..paragraphs)
        .map(paragraph)
        .collect::<Vec<String>>()
        .concat()
}

#[test]
fn a_person_finds_the_field_by_its_name_and_types_into_it() {
    let mut harness = window(Look::PLAIN, Desk::new(""), Desk::show);
    let field = harness.get_by_role_and_label(egui::Role::MultilineTextInput, LABEL);
    assert_eq!(field.accesskit_node().placeholder(), Some("Écrivez ici"));
    field.focus();
    harness.run();
    harness.get_by_label(LABEL).type_text("L’œuvre — été");
    harness.run();
    assert_eq!(text(&harness), "L’œuvre — été");
    let value = harness.get_by_label(LABEL).accesskit_node().value();
    assert_eq!(value.as_deref(), Some("L’œuvre — été"));
    assert_eq!(&*harness.state().view.text, "L’œuvre — été");
}

#[test]
fn assistive_tools_can_set_the_text_and_replace_the_selection() {
    let mut harness = desk("un deux");
    harness
        .get_by_label(LABEL)
        .set_text_value_accesskit("trois");
    harness.run();
    assert_eq!(text(&harness), "trois");
    press(&mut harness, Modifiers::COMMAND, &[Key::A]);
    harness
        .get_by_label(LABEL)
        .replace_selected_text_accesskit("quatre");
    harness.run();
    assert_eq!(text(&harness), "quatre");
    assert_eq!(&*harness.state().view.text, "quatre");
}

#[test]
fn keys_move_select_and_delete_as_elsewhere() {
    let mut harness = desk("un deux\ntrois");
    press(&mut harness, Modifiers::NONE, &[Key::End]);
    type_text(&mut harness, "!");
    assert_eq!(text(&harness), "un deux!\ntrois");
    press(&mut harness, Modifiers::CTRL, &[Key::ArrowLeft]);
    press(
        &mut harness,
        Modifiers::CTRL | Modifiers::SHIFT,
        &[Key::ArrowRight],
    );
    assert_eq!(selected(&harness), "deux");
    type_text(&mut harness, "dix");
    press(&mut harness, Modifiers::CTRL, &[Key::Backspace]);
    assert_eq!(text(&harness), "un !\ntrois");
    press(
        &mut harness,
        Modifiers::NONE,
        &[Key::ArrowDown, Key::Home, Key::Delete],
    );
    assert_eq!(text(&harness), "un !\nrois");
    press(&mut harness, Modifiers::NONE, &[Key::Backspace]);
    assert_eq!(text(&harness), "un !rois");
    press(&mut harness, Modifiers::CTRL, &[Key::End]);
    press(&mut harness, Modifiers::SHIFT, &[Key::Home]);
    assert_eq!(selected(&harness), "un !rois");
}

#[test]
fn up_and_down_keep_to_their_place_across() {
    let mut harness = desk("une longue ligne\nx\nune longue ligne");
    press(
        &mut harness,
        Modifiers::NONE,
        &[Key::End, Key::ArrowDown, Key::ArrowDown],
    );
    let end = text(&harness).chars().count();
    assert_eq!(harness.state().editor.selected(), end..end);
    press(&mut harness, Modifiers::NONE, &[Key::ArrowUp]);
    assert_eq!(harness.state().editor.selected(), 18..18);
}

#[test]
fn copy_cut_and_paste_go_through_the_clipboard() {
    let mut harness = desk("un deux");
    press(
        &mut harness,
        Modifiers::SHIFT,
        &[Key::ArrowRight, Key::ArrowRight],
    );
    harness.event(Event::Cut);
    harness.step();
    let copied = harness
        .output()
        .platform_output
        .commands
        .iter()
        .any(|command| matches!(command, egui::OutputCommand::CopyText(text) if text == "un"));
    assert!(copied);
    harness.event(Event::Paste("a\r\nb\n".to_owned()));
    harness.run();
    assert_eq!(text(&harness), "a\nb\n deux");
    assert_eq!(&*harness.state().view.text, "a\nb\n deux");
}

#[test]
fn undo_and_redo_are_asked_of_the_engine() {
    let mut harness = desk("un");
    press(&mut harness, Modifiers::COMMAND, &[Key::Z, Key::Y]);
    press(
        &mut harness,
        Modifiers::COMMAND | Modifiers::SHIFT,
        &[Key::Z],
    );
    assert_eq!(
        harness.state().asked,
        [EditorEvent::Undo, EditorEvent::Redo, EditorEvent::Redo]
    );
    assert_eq!(text(&harness), "un");
}

#[test]
fn after_an_undo_the_caret_is_where_the_text_changed() {
    let mut harness = desk(&long_text(200));
    type_text(&mut harness, "mot");
    press(&mut harness, Modifiers::CTRL, &[Key::End]);
    press(&mut harness, Modifiers::COMMAND, &[Key::Z]);
    harness
        .state_mut()
        .remote("motParagraphe 0", "Paragraphe 0");
    harness.run();
    assert_eq!(harness.state().editor.selected(), 0..0);
}

#[test]
fn what_an_input_method_composes_is_text_only_when_committed() {
    let mut harness = desk("un ");
    press(&mut harness, Modifiers::NONE, &[Key::End]);
    harness.event(Event::Ime(egui::ImeEvent::Preedit {
        text: "e".to_owned(),
        active_range_chars: None,
    }));
    harness.run();
    assert_eq!(text(&harness), "un ");
    harness.event(Event::Ime(egui::ImeEvent::Commit("été".to_owned())));
    harness.run();
    assert_eq!(text(&harness), "un été");
}

#[test]
fn the_mouse_places_the_caret_and_selects_words_and_lines() {
    let mut harness = desk("un deux trois\nquatre");
    let row = harness.get_by_label(LABEL).rect().min + egui::vec2(20.0, 24.0);
    let click = |harness: &mut Harness<'_, Desk>, at: Pos2| {
        harness.drag_at(at);
        harness.run();
        harness.drop_at(at);
        harness.run();
    };
    click(&mut harness, row);
    assert_eq!(harness.state().editor.selected().len(), 0);
    harness.drag_at(row);
    harness.step();
    harness.hover_at(row + egui::vec2(400.0, 0.0));
    harness.run();
    harness.drop_at(row + egui::vec2(400.0, 0.0));
    harness.run();
    assert_eq!(selected(&harness), "un deux trois");
}

#[test]
fn two_quick_presses_select_a_word_and_three_a_line() {
    let mut harness = quick_desk("un deux trois\nquatre");
    let at = harness.get_by_label(LABEL).rect().min + egui::vec2(52.0, 24.0);
    let button = |pressed| Event::PointerButton {
        pos: at,
        button: egui::PointerButton::Primary,
        pressed,
        modifiers: Modifiers::NONE,
    };
    harness.hover_at(at);
    harness.run();
    for expected in ["", "deux", "un deux trois\n"] {
        harness.event(button(true));
        harness.step();
        assert_eq!(selected(&harness), expected);
        harness.event(button(false));
        harness.step();
    }
}

#[test]
fn tab_leaves_the_editor_but_moves_a_lists_item_deeper() {
    let mut harness = desk("texte\n- item");
    press(&mut harness, Modifiers::CTRL, &[Key::End]);
    press(&mut harness, Modifiers::NONE, &[Key::Tab]);
    assert_eq!(text(&harness), "texte\n  - item");
    press(&mut harness, Modifiers::SHIFT, &[Key::Tab]);
    assert_eq!(text(&harness), "texte\n- item");
    press(&mut harness, Modifiers::CTRL, &[Key::Home]);
    press(&mut harness, Modifiers::NONE, &[Key::Tab]);
    assert_eq!(
        text(&harness),
        "texte\n- item",
        "outside a list nothing is typed"
    );
}

#[test]
fn a_read_only_text_can_be_read_and_copied_but_not_changed() {
    let mut harness = desk("un deux");
    harness.state_mut().read_only = true;
    harness.run();
    type_text(&mut harness, "non");
    press(&mut harness, Modifiers::NONE, &[Key::Delete, Key::Enter]);
    harness.event(Event::Paste("non".to_owned()));
    press(&mut harness, Modifiers::COMMAND, &[Key::A]);
    assert_eq!(selected(&harness), "un deux");
    assert_eq!(text(&harness), "un deux");
}

#[test]
fn what_others_write_comes_in_while_caret_and_view_stay() {
    let mut harness = desk(&long_text(400));
    press(&mut harness, Modifiers::NONE, &[Key::PageDown; 6]);
    type_text(&mut harness, "ici");
    let caret = |harness: &Harness<'_, Desk>| {
        let end = harness.state().editor.selected().end;
        let before: String = text(harness).chars().take(end).collect();
        before.chars().rev().take(3).collect::<String>()
    };
    assert_eq!(caret(&harness), "ici");
    let seen = first_seen_row(&harness);
    harness
        .state_mut()
        .remote("Paragraphe 0 ", "Un début\ntout neuf\n\nParagraphe 0 ");
    harness.run();
    assert!(text(&harness).starts_with("Un début\ntout neuf"));
    assert_eq!(caret(&harness), "ici");
    assert!(!seen.starts_with("Paragraphe 0"), "the view has moved");
    assert_eq!(first_seen_row(&harness), seen);
}

/// The words of the first row that assistive tools are told of.
fn first_seen_row(harness: &Harness<'_, Desk>) -> String {
    let text = harness
        .get_by_label(LABEL)
        .accesskit_node()
        .document_range()
        .text();
    text.lines().next().unwrap().to_owned()
}

#[test]
fn screen_readers_follow_the_caret_through_the_rows() {
    let mut harness = desk("un\ndeux trois");
    press(&mut harness, Modifiers::CTRL, &[Key::End]);
    press(
        &mut harness,
        Modifiers::CTRL | Modifiers::SHIFT,
        &[Key::ArrowLeft],
    );
    let field = harness.get_by_label(LABEL);
    let node = field.accesskit_node();
    assert_eq!(node.document_range().text(), "un\ndeux trois");
    assert_eq!(node.text_selection().unwrap().text(), "trois");
}

#[test]
fn a_text_that_lacks_what_was_typed_is_not_taken_over() {
    let mut harness = desk("un deux");
    harness.state_mut().slow = true;
    type_text(&mut harness, "A");
    type_text(&mut harness, "B");
    harness.state_mut().remote("deux", "DEUX");
    harness.run();
    assert_eq!(text(&harness), "ABun deux");
    assert_eq!(harness.state().queue.len(), 2);
    harness.state_mut().deliver();
    harness.run();
    assert_eq!(text(&harness), "ABun DEUX");
    assert_eq!(harness.state().editor.selected(), 2..2);
}

#[test]
fn a_keystroke_in_a_very_long_text_lays_out_a_line_or_two() {
    let mut harness = desk(&long_text(1_400));
    assert!(text(&harness).chars().count() > 200_000);
    let laid = |harness: &Harness<'_, Desk>| harness.state().editor.lines_laid_out();
    assert!(laid(&harness) < 60, "{} lines at first", laid(&harness));
    press(&mut harness, Modifiers::CTRL, &[Key::End]);
    press(&mut harness, Modifiers::NONE, &[Key::PageUp; 3]);
    let before = laid(&harness);
    assert!(before < 240, "{before} lines to go to the end and back");
    for letter in ["a", "é", " ", "b"] {
        type_text(&mut harness, letter);
    }
    assert!(
        laid(&harness) - before <= 8,
        "{} lines for four letters",
        laid(&harness) - before
    );
    let before = laid(&harness);
    press(&mut harness, Modifiers::NONE, &[Key::Enter]);
    harness.run();
    assert!(
        laid(&harness) - before <= 6,
        "{} lines for a new one",
        laid(&harness) - before
    );
    let before = laid(&harness);
    for _ in 0..5 {
        harness.step();
    }
    assert_eq!(laid(&harness), before, "standing still costs no layout");
}

#[test]
fn the_wheel_goes_through_the_text() {
    let mut harness = desk(&long_text(300));
    let middle = harness.get_by_label(LABEL).rect().center();
    harness.hover_at(middle);
    harness.event(Event::MouseWheel {
        unit: egui::MouseWheelUnit::Point,
        delta: egui::vec2(0.0, -600.0),
        phase: egui::TouchPhase::Move,
        source: egui::MouseWheelSource::Unknown,
        modifiers: Modifiers::NONE,
    });
    harness.run();
    let row = first_seen_row(&harness);
    assert!(!row.starts_with("Paragraphe 0"), "{row}");
}

#[test]
fn an_editor_looks_as_it_should() {
    let text = "# Charte du réseau\n\nNous partageons **sans rien perdre** de ce que nous *sommes*.\n\n\
        ## Ce qui nous tient\n\n- l’entraide, d’abord\n  - entre structures\n  - entre personnes\n\
        - [x] une rencontre par mois\n- [ ] un bilan par an\n\n1. dire\n2. écouter\n\n\
        > Garder sa propre identité mais partager.\n\nVoir [le guide](https://exemple.fr/guide) et `pilote = tournant`.\n\n\
        ```\ncode : ici\n```\n\nUne phrase assez longue pour que l’on voie comment elle passe à la ligne quand la colonne \
        est pleine, ce qui arrive vite quand on écrit à plusieurs.\n";
    let mut results = egui_kittest::SnapshotResults::new();
    for look in [LOOKS[0], LOOKS[1]] {
        let mut harness = window(look, Desk::new(text), Desk::show);
        harness.get_by_label(LABEL).focus();
        harness.run();
        let start = text.find("Nous partageons").unwrap();
        harness.state_mut().editor.select(start..start + 40);
        harness.run();
        results.add(harness.try_snapshot(format!("editor-{}", look.name())));
    }
    results.unwrap();
}
