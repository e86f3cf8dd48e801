//! The calendar, with the keyboard and with the mouse.

use egui::{Key, Modifiers};
use egui_kittest::SnapshotResults;
use tresse_desktop::i18n::Lang;

use super::{
    driving::Desk,
    stage,
    support::{LOOKS, Look},
};

fn open(look: Look) -> Desk {
    let mut desk = stage::plan(look);
    desk.click("Calendrier");
    desk
}

const GUESTS: &str = "« Inviter trente employeurs », à faire";

#[test]
fn days_hold_what_is_due_and_what_comes_again() {
    let mut desk = open(Look::PLAIN);
    assert!(desk.reads("mai 2090"));
    assert!(desk.has("22 mai 2090, 1 chose"));
    assert!(desk.has(GUESTS));
    assert!(desk.has("« Relever les prêts du mois », à faire"));
    // Next month it comes again, on the last day.
    desk.click("Mois suivant");
    assert!(desk.reads("juin 2090"));
    assert!(desk.has("30 juin 2090, 1 chose"));
    desk.click("Aujourd’hui");
    assert!(desk.reads("mai 2090"));
    // A deadline leads to its objective.
    for _ in 0..4 {
        desk.click("Mois suivant");
    }
    desk.click("Échéance : Mettre au pot : salles, matériel, heures");
    desk.until("the roadmap", |desk| {
        desk.has("Modifier l’objectif « Mettre au pot : salles, matériel, heures »")
    });
}

#[test]
fn keys_go_from_day_to_day_open_one_and_carry_what_falls_on_it() {
    let mut desk = open(Look::PLAIN);
    desk.click("Aujourd’hui");
    desk.settle();
    for key in [Key::ArrowDown, Key::ArrowLeft, Key::ArrowLeft] {
        desk.press(Modifiers::NONE, key);
    }
    // The twenty-second of May, opened.
    desk.press(Modifiers::NONE, Key::Enter);
    assert!(desk.has("Ouvrir « Inviter trente employeurs », à faire"));
    desk.write("Nouvelle action pour ce jour", "Réserver la salle");
    desk.press(Modifiers::NONE, Key::Enter);
    desk.until("the action", |desk| {
        desk.has("« Réserver la salle », à faire")
    });
    assert_eq!(stage::action(&desk, "Réserver la salle").due, "2090-05-22");
    desk.press(Modifiers::NONE, Key::Escape);
    // What is chosen is carried a week on; its start stays.
    desk.named(GUESTS).focus();
    desk.settle();
    desk.press(Modifiers::ALT, Key::ArrowDown);
    desk.until("a week later", |desk| {
        stage::action(desk, "Inviter trente employeurs").due == "2090-05-29"
    });
    assert_eq!(
        stage::action(&desk, "Inviter trente employeurs").start,
        "2090-05-04"
    );
    // And taken back in one step.
    desk.press(Modifiers::COMMAND, Key::Z);
    desk.until("it is back", |desk| {
        stage::action(desk, "Inviter trente employeurs").due == "2090-05-22"
    });
}

#[test]
fn what_keys_carry_keeps_the_keyboard_from_day_to_day_and_into_another_month() {
    let mut desk = open(Look::PLAIN);
    desk.named(GUESTS).focus();
    desk.settle();
    let due = |desk: &Desk| stage::action(desk, "Inviter trente employeurs").due;
    for (key, day) in [
        (Key::ArrowDown, "2090-05-29"),
        (Key::ArrowRight, "2090-05-30"),
        (Key::ArrowDown, "2090-06-06"),
        (Key::ArrowDown, "2090-06-13"),
        (Key::ArrowLeft, "2090-06-12"),
    ] {
        desk.press(Modifiers::ALT, key);
        desk.until(day, |desk| due(desk) == day && desk.has(GUESTS));
        assert!(desk.named(GUESTS).is_focused(), "{day}");
    }
    assert!(desk.reads("juin 2090"));
}

#[test]
fn a_due_day_is_dragged_to_another_day() {
    let mut desk = open(Look::PLAIN);
    let from = desk.named(GUESTS).rect().center();
    let to = desk.named("24 mai 2090, rien").rect().center();
    desk.harness.hover_at(from);
    desk.harness.run();
    desk.harness.drag_at(from);
    desk.harness.run();
    for step in 1..=4 {
        desk.harness
            .hover_at(from + (to - from) * (step as f32 / 4.0));
        desk.harness.run();
    }
    desk.harness.drop_at(to);
    desk.until("it is due then", |desk| {
        stage::action(desk, "Inviter trente employeurs").due == "2090-05-24"
    });
}

#[test]
fn the_calendar_in_pictures() {
    let mut pictures = SnapshotResults::new();
    let mut take = |mut desk: Desk, name: String| {
        desk.harness.remove_cursor();
        desk.settle();
        pictures.add(desk.harness.try_snapshot(name));
    };
    for look in LOOKS {
        take(open(look), format!("calendar-{}", look.name()));
    }
    for look in [LOOKS[0], LOOKS[3]] {
        let mut desk = open(look);
        desk.named("22 mai 2090, 1 chose").focus();
        desk.settle();
        desk.press(Modifiers::NONE, Key::Enter);
        take(desk, format!("calendar-day-{}", look.name()));
        let mut desk = stage::bare(look);
        desk.click("Calendrier");
        take(desk, format!("calendar-new-{}", look.name()));
    }
    let mut desk = stage::desk(LOOKS[0], Lang::En, |engine| {
        stage::network(engine);
    });
    desk.click("Action plan");
    desk.click("Calendar");
    take(desk, "english-calendar-light-1024".to_owned());
}
