//! The timeline, with the keyboard and with the mouse.

use egui::{Key, Modifiers, Pos2};
use egui_kittest::SnapshotResults;
use tresse_desktop::i18n::Lang;
use tresse_engine::Command;

use super::{
    driving::Desk,
    stage,
    support::{LOOKS, Look},
};

fn open(look: Look) -> Desk {
    let mut desk = stage::plan(look);
    desk.click("Frise");
    desk
}

const SHEET: &str = "Écrire la fiche d’orientation";
const ROW: &str = "« Écrire la fiche d’orientation » : du 20 avril 2090 au 28 mai 2090, en cours";

fn days(desk: &Desk, title: &str) -> (String, String) {
    let action = stage::action(desk, title);
    (action.start, action.due)
}

fn of(start: &str, due: &str) -> (String, String) {
    (start.to_owned(), due.to_owned())
}

#[test]
fn rows_say_when_each_action_is_and_what_holds_it_up() {
    let desk = open(Look::PLAIN);
    assert!(desk.has(ROW));
    assert!(desk.has(
        "« Former les deux accueils de Pont-d’Ourve » : du 2 avril 2090 au 6 mai 2090, en cours, en retard"
    ));
    assert!(desk.has(
        "« Essayer la fiche dans trois permanences » : du 29 mai 2090 au 25 juin 2090, à faire, attend une autre action"
    ));
}

#[test]
fn keys_go_from_action_to_action_move_them_and_open_them() {
    let mut desk = open(Look::PLAIN);
    desk.named(ROW).focus();
    desk.settle();
    // By weeks, a key moves by a day.
    desk.click("Semaines");
    desk.named(ROW).focus();
    desk.settle();
    desk.press(Modifiers::ALT, Key::ArrowRight);
    desk.until("it moved", |desk| {
        days(desk, SHEET) == of("2090-04-21", "2090-05-29")
    });
    // The keyboard stays with it.
    desk.press(Modifiers::ALT | Modifiers::SHIFT, Key::ArrowLeft);
    desk.until("its end moved", |desk| {
        days(desk, SHEET) == of("2090-04-21", "2090-05-28")
    });
    // A move is taken back as one.
    desk.press(Modifiers::COMMAND, Key::Z);
    desk.press(Modifiers::COMMAND, Key::Z);
    desk.until("both are back", |desk| {
        days(desk, SHEET) == of("2090-04-20", "2090-05-28")
    });
    desk.press(Modifiers::NONE, Key::ArrowDown);
    desk.press(Modifiers::NONE, Key::Enter);
    desk.until("the one below", |desk| {
        desk.has("Charge de travail")
            && desk.value("Action") == "Essayer la fiche dans trois permanences"
    });
}

#[test]
fn what_keys_move_past_its_neighbours_keeps_the_keyboard() {
    let mut desk = open(Look::PLAIN);
    desk.click("Trimestres");
    let bar = |desk: &Desk| {
        desk.text_from("« Écrire la fiche d’orientation » : ")
            .unwrap()
    };
    let y = |desk: &Desk| desk.named(&bar(desk)).rect().center().y;
    desk.named(ROW).focus();
    desk.settle();
    let (first, mut before) = (y(&desk), bar(&desk));
    for _ in 0..6 {
        desk.press(Modifiers::ALT, Key::ArrowRight);
        desk.until("it moved", |desk| bar(desk) != before);
        desk.settle();
        before = bar(&desk);
        assert!(desk.named(&before).is_focused(), "{before}");
    }
    assert!(y(&desk) > first, "it stands further down");
}

#[test]
fn a_bar_is_dragged_and_so_is_its_end() {
    let mut desk = open(Look::PLAIN);
    desk.click("Semaines");
    let row = desk.named(ROW).rect();
    // Today lies a quarter in; sixteen points a day; the action ends eleven days after today.
    let chart = {
        let names = ((row.width() + 8.0) * 0.36).min(364.0);
        (row.left() + names, row.right())
    };
    let today = chart.0 + (chart.1 - chart.0) / 4.0;
    let y = row.center().y;
    drag(
        &mut desk,
        Pos2::new(today + 40.0, y),
        Pos2::new(today + 40.0 + 48.0, y),
    );
    desk.until("three days later", |desk| {
        days(desk, SHEET) == of("2090-04-23", "2090-05-31")
    });
}

/// Presses, goes there in steps, and lets go.
fn drag(desk: &mut Desk, from: Pos2, to: Pos2) {
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
    desk.settle();
}

#[test]
fn who_reads_only_moves_nothing() {
    let mut desk = open(Look::PLAIN);
    let network = desk.engine().fresh_view().unwrap().networks[0].id;
    desk.engine()
        .call(Command::NetworkLeave { network })
        .unwrap();
    desk.settle();
    desk.named(ROW).focus();
    desk.settle();
    desk.press(Modifiers::ALT, Key::ArrowRight);
    assert_eq!(days(&desk, SHEET), of("2090-04-20", "2090-05-28"));
}

#[test]
fn the_timeline_in_pictures() {
    let mut pictures = SnapshotResults::new();
    let mut take = |mut desk: Desk, name: String| {
        desk.harness.remove_cursor();
        desk.settle();
        pictures.add(desk.harness.try_snapshot(name));
    };
    for look in LOOKS {
        take(open(look), format!("timeline-{}", look.name()));
    }
    for look in [LOOKS[0], LOOKS[3]] {
        let mut desk = open(look);
        desk.click("Semaines");
        desk.named(ROW).focus();
        take(desk, format!("timeline-weeks-{}", look.name()));
        let mut desk = open(look);
        desk.click("Trimestres");
        desk.choose("Regrouper", "Par groupe de travail");
        take(desk, format!("timeline-quarters-{}", look.name()));
        let mut desk = stage::bare(look);
        desk.click("Frise");
        take(desk, format!("timeline-new-{}", look.name()));
    }
    let mut desk = stage::desk(LOOKS[0], Lang::En, |engine| {
        stage::network(engine);
    });
    desk.click("Action plan");
    desk.click("Timeline");
    take(desk, "english-timeline-light-1024".to_owned());
}
