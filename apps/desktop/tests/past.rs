//! The past of documents in the window: moving through time, comparing, putting back, and who wrote a line.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on says so by panicking"
)]

mod driving;
mod support;

use driving::{Desk, launch, seed};
use egui::{Key, Modifiers};
use egui_kittest::SnapshotResults;
use support::{LARGE, LOOKS, Look, SMALL};
use tempfile::TempDir;
use tresse_engine::{
    Command, DecisionCommand, Engine, MeetingCommand, TextEdit,
    model::{ActionField, DocId, NetworkField, NetworkId, RoleField},
};

/// High enough for all of it: only what is in sight can be clicked.
const HIGH: Look = Look {
    dark: false,
    size: [1280, 1100],
};

fn write(engine: &Engine, network: NetworkId, text: &str) {
    let text = Some(text.to_owned());
    let edit = TextEdit {
        text,
        ..TextEdit::default()
    };
    engine.call(Command::CharterEdit { network, edit }).unwrap();
}

fn charter_says(desk: &Desk) -> String {
    let view = desk.engine().fresh_view().unwrap();
    view.networks[0].charter.body.text.to_string()
}

#[test]
fn what_was_written_in_one_sitting_is_one_step_and_nothing_of_it_went() {
    let mut desk = Desk::of_ana(HIGH, |engine| {
        let network = seed::network(engine);
        write(
            engine,
            network,
            "Chacun parle à son tour.\nOn se voit le mardi.\n",
        );
        write(engine, network, "On se voit le jeudi.\n");
    });
    desk.click("Charte");
    desk.click("Historique");
    desk.until("the last step", |desk| desk.reads("étape 1 sur 1"));
    // All of it was one stretch of work: it is compared with the beginning, and nothing went.
    assert!(desk.reads("On se voit le jeudi."));
    assert!(!desk.has("Remettre « mardi »"));
    desk.press(Modifiers::NONE, Key::Escape);
    assert_eq!(charter_says(&desk), "On se voit le jeudi.\n");
}

/// A profile with the demo: three years of many people's work, on dates that never change.
fn demo() -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    driving::profile_of("Ana Vasconcel", &dir.path().join("profile"), |engine| {
        let lang = Some("fr".to_owned());
        engine.call(Command::DemoCreate { lang }).unwrap();
    });
    dir
}

fn desk_on(demo: &TempDir, look: Look) -> Desk {
    let mut desk = Desk::on(look, launch(&demo.path().join("profile")));
    desk.until("the demo", |desk| desk.has("Charte"));
    desk
}

fn moment(desk: &Desk) -> String {
    desk.value("Moment du passé")
}

#[test]
fn what_a_network_said_of_itself_is_read_again_and_put_back() {
    let mut desk = Desk::of_ana(HIGH, |engine| {
        let network = seed::network(engine);
        let field = NetworkField::ReviewDate;
        for value in ["2026-12-01", "2027-06-01"] {
            let value = Some(value.to_owned());
            let command = Command::NetworkSet {
                network,
                field,
                value,
            };
            engine.call(command).unwrap();
        }
    });
    desk.click("Nom, type et ouverture du réseau");
    desk.click("Historique du réseau");
    desk.until("the steps", |desk| desk.has("Moment du passé"));
    assert!(desk.reads("1er juin 2027"));
}

#[test]
fn what_a_role_was_for_and_how_it_goes_round_is_read_in_the_history_of_the_network() {
    let mut desk = Desk::of_ana(HIGH, |engine| {
        let network = seed::network(engine);
        let me = engine.fresh_view().unwrap().me.member;
        let set = |field, value: &str| Command::RoleSet {
            network,
            role: "pilot".into(),
            field,
            value: Some(value.into()),
        };
        engine.call(set(RoleField::Remit, "Tenir le cap")).unwrap();
        engine.call(set(RoleField::Start, "2026-01-05")).unwrap();
        engine.call(set(RoleField::Term, "6 mois")).unwrap();
        let turn = Command::RotationTurn {
            network,
            role: "pilot".into(),
            member: me,
            before: None,
            off: false,
        };
        engine.call(turn).unwrap();
    });
    desk.click("Membres");
    desk.click("Rôles et pilotage");
    desk.click("Historique du réseau");
    desk.until("the steps", |desk| desk.has("Moment du passé"));
    for said in [
        "Rôle : Pilotage",
        "Tenir le cap",
        "Premier jour du premier tour : 5 janvier 2026",
        "Durée d’un tour : 6 mois",
        "Dans cet ordre : Ana Vasconcel",
    ] {
        desk.until(said, |desk| desk.reads(said));
    }
}

#[test]
fn how_long_the_turns_of_a_role_were_is_put_back_from_the_history_of_the_network() {
    let demo = demo();
    let mut desk = desk_on(&demo, HIGH);
    let network = desk.engine().view().networks[0].id;
    let set = Command::RoleSet {
        network,
        role: "pilot".into(),
        field: RoleField::Term,
        value: Some("6 months".into()),
    };
    desk.engine().call(set).unwrap();
    desk.settle();
    desk.click("Membres");
    desk.click("Rôles et pilotage");
    desk.click("Historique du réseau");
    let back = "Remettre « 12 mois »";
    desk.until("my step", |desk| desk.has(back));
    desk.click(back);
    desk.until("it is back", |desk| {
        let view = desk.engine().fresh_view().unwrap();
        view.networks[0].piloting.role("pilot").unwrap().term == "12 months"
    });
    desk.until("nothing differs any more", |desk| !desk.has(back));
}

#[test]
fn one_moves_through_time_compares_and_puts_back() {
    let demo = demo();
    let mut desk = desk_on(&demo, HIGH);
    desk.click("Charte");
    desk.click("Historique");
    desk.until("the steps", |desk| desk.has("Moment du passé"));
    let newest = moment(&desk);
    assert!(newest.contains(" 20") && newest.contains(", "), "{newest}");
    // By keys, to the beginning and back.
    desk.named("Moment du passé").focus();
    desk.harness.run();
    desk.press(Modifiers::NONE, Key::ArrowLeft);
    let before = moment(&desk);
    assert_ne!(before, newest);
    desk.press(Modifiers::NONE, Key::ArrowRight);
    assert_eq!(moment(&desk), newest);
    desk.press(Modifiers::NONE, Key::Home);
    assert!(desk.reads("étape 1 sur"), "{}", moment(&desk));
    desk.press(Modifiers::NONE, Key::End);
    assert_eq!(moment(&desk), newest);
    // By a button.
    desk.click("Étape précédente");
    assert_eq!(moment(&desk), before);

    // What went since then is put back where it was.
    desk.press(Modifiers::NONE, Key::Escape);
    let whole = charter_says(&desk);
    let (first, rest) = whole.split_once('\n').unwrap();
    let network = desk.engine().view().networks[0].id;
    write(desk.engine(), network, rest);
    desk.settle();
    desk.click("Historique");
    desk.until("my step", |desk| {
        desk.has("Moment du passé") && desk.reads("étape 5 sur 5")
    });
    desk.click("Étape précédente");
    desk.click("Ce qui a changé depuis");
    let back = format!("Remettre « {first} »");
    desk.until("what went", |desk| desk.has(&back));
    let text = charter_says(&desk);
    desk.click(&back);
    desk.until("it is back", |desk| desk.reads("C’est remis en place."));
    assert_eq!(charter_says(&desk), whole);
    desk.until("nothing differs any more", |desk| !desk.has(&back));
    desk.press(Modifiers::NONE, Key::Escape);
    desk.click("Annuler");
    desk.until("it went again", |desk| charter_says(desk) == text);
}

#[test]
fn the_plan_tells_what_changed_between_two_dates_and_a_value_comes_back() {
    let demo = demo();
    let mut desk = desk_on(&demo, HIGH);
    desk.click("Plan d’action");
    desk.click("Historique");
    desk.until("the steps", |desk| desk.has("Moment du passé"));
    desk.until("counts", |desk| desk.reads("objectifs · "));
    desk.click("Entre deux dates");
    desk.write("Du", "1er février 2024");
    desk.write("au", "31/12/2025");
    desk.press(Modifiers::NONE, Key::Tab);
    desk.until("the counts of before", |desk| desk.reads("Auparavant : "));
    desk.until("added things", |desk| desk.reads("Ajout, par "));
    desk.write("au", "un jour");
    desk.until("a hint", |desk| {
        desk.reads("Donnez deux dates pour voir ce qui a changé entre elles.")
    });
    desk.press(Modifiers::NONE, Key::Escape);
    desk.press(Modifiers::NONE, Key::Escape);

    let view = desk.engine().fresh_view().unwrap();
    let network = view.networks[0].id;
    let mut actions = view.networks[0].plan.content.actions.iter();
    let action = actions.find(|action| !action.territory.is_empty()).unwrap();
    let set = Command::ActionSet {
        network,
        action: action.id,
        field: ActionField::Territory,
        value: Some("Sur la lune".into()),
    };
    desk.engine().call(set).unwrap();
    desk.settle();
    desk.click("Historique");
    desk.until("my step", |desk| desk.reads("Sur la lune"));
    let back = format!("Remettre « {} »", action.territory);
    desk.until("it can be put back", |desk| desk.has(&back));
    desk.click(&back);
    desk.until("it is back", |desk| {
        let view = desk.engine().fresh_view().unwrap();
        let mut actions = view.networks[0].plan.content.actions.iter();
        actions.any(|now| now.id == action.id && now.territory == action.territory)
    });
    // The step stays what it was; there is nothing to put back in it any more.
    desk.until("it is done", |desk| !desk.has(&back));
}

#[test]
fn the_line_under_the_caret_tells_who_wrote_it() {
    let mut desk = Desk::of_ana(HIGH, |engine| {
        let network = seed::network(engine);
        write(engine, network, "Une ligne.\n\nUne autre.\n");
    });
    desk.click("Charte");
    desk.click("Qui a écrit cette ligne ?");
    desk.until("who", |desk| desk.reads("Ligne 1 : Ana Vasconcel, "));
    desk.named("Texte").focus();
    desk.harness.run();
    desk.press(Modifiers::CTRL, Key::End);
    desk.until("the last line is empty", |desk| {
        desk.reads("Ligne 4 : vide")
    });
    desk.press(Modifiers::NONE, Key::ArrowUp);
    desk.until("the one above is hers", |desk| {
        desk.reads("Ligne 3 : Ana Vasconcel, ")
    });
    desk.click("Qui a écrit cette ligne ?");
    assert!(!desk.reads("Ligne 3"));
}

/// A meeting and a decision with the same text, reworded once.
fn noted(engine: &Engine) {
    let network = seed::network(engine);
    let create = MeetingCommand::Create {
        network,
        title: "Comité".into(),
        on: Some("2093-03-03".into()),
        at: Some("18:30".into()),
        length: None,
        place: None,
        group: None,
    };
    let meeting: DocId = driving::ask(engine, create.into(), "meeting");
    let create = DecisionCommand::Create {
        network,
        title: "Ouvrir le samedi".into(),
        meeting: None,
        template: None,
        question: None,
    };
    let decision: DocId = driving::ask(engine, Command::Decision(create), "decision");
    let text = Some("Nous étions neuf.\n\nOn se revoit en mai.\n".to_owned());
    let edit = TextEdit {
        text,
        ..TextEdit::default()
    };
    let minutes = MeetingCommand::Edit {
        network,
        meeting,
        edit: edit.clone(),
    };
    engine.call(minutes.into()).unwrap();
    let words = DecisionCommand::Edit {
        network,
        decision,
        edit,
    };
    engine.call(Command::Decision(words)).unwrap();
}

fn open_decision(desk: &mut Desk) {
    let row = desk.text_from("Ouvrir le samedi, ").unwrap();
    desk.click(&row);
}

#[test]
fn minutes_and_the_text_of_a_decision_tell_who_wrote_each_line() {
    let mut desk = Desk::of_ana(HIGH, noted);
    desk.click("Rencontres");
    desk.click("Ouvrir « Comité », mardi 3 mars 2093 à 18:30");
    desk.click("Trace");
    desk.click("Qui a écrit cette ligne ?");
    desk.until("who wrote the minutes", |desk| {
        desk.reads("Ligne 1 : Ana Vasconcel, ")
    });
    desk.named("Texte").focus();
    desk.harness.run();
    desk.press(Modifiers::NONE, Key::ArrowDown);
    desk.until("the next is empty", |desk| desk.reads("Ligne 2 : vide"));

    desk.click("Décisions");
    open_decision(&mut desk);
    desk.click("Texte");
    desk.click("Qui a écrit cette ligne ?");
    desk.until("who wrote the decision", |desk| {
        desk.reads("Ligne 1 : Ana Vasconcel, ")
    });
}

#[test]
fn minutes_are_read_as_they_stood_compared_between_two_dates_and_a_passage_comes_back() {
    let demo = demo();
    let mut desk = desk_on(&demo, HIGH);
    desk.click("Rencontres");
    desk.click("Passées");
    desk.click("Ouvrir « Rencontre du réseau », lundi 12 octobre 2026 à 14:00");
    desk.click("Trace");
    desk.until("the minutes", |desk| desk.has("Texte"));
    let minutes = |desk: &Desk| {
        let view = desk.engine().fresh_view().unwrap();
        let meeting = view.networks[0].open_meetings.first().unwrap();
        (meeting.id, meeting.body.text.to_string())
    };
    let (meeting, whole) = minutes(&desk);
    let network = desk.engine().view().networks[0].id;
    let gone = "Soixante-deux personnes sont venues. ";
    assert!(whole.contains(gone));
    let edit = TextEdit {
        text: Some(whole.replace(gone, "")),
        ..TextEdit::default()
    };
    let edit = MeetingCommand::Edit {
        network,
        meeting,
        edit,
    };
    desk.engine().call(edit.into()).unwrap();
    desk.settle();

    desk.click("Historique");
    desk.until("the steps", |desk| desk.has("Moment du passé"));
    let newest = moment(&desk);
    desk.named("Moment du passé").focus();
    desk.harness.run();
    desk.press(Modifiers::NONE, Key::Home);
    assert!(desk.reads("étape 1 sur"), "{}", moment(&desk));
    assert_ne!(moment(&desk), newest);
    desk.press(Modifiers::NONE, Key::End);
    assert_eq!(moment(&desk), newest);
    desk.click("Étape précédente");
    assert_ne!(moment(&desk), newest);

    // Before the meeting nothing was written, after it all of it was.
    desk.click("Entre deux dates");
    desk.write("Du", "1er septembre 2026");
    desk.write("au", "31/10/2026");
    desk.press(Modifiers::NONE, Key::Tab);
    desk.until("what was written then", |desk| desk.reads(gone.trim()));
    let back = format!("Remettre « {} »", gone.trim());
    assert!(!desk.has(&back), "nothing of it went by then");

    // What went since is put back, and that is taken back.
    desk.click("Ce qui a changé depuis");
    desk.until("what went", |desk| desk.has(&back));
    desk.click(&back);
    desk.until("it is back", |desk| desk.reads("C’est remis en place."));
    assert_eq!(minutes(&desk).1, whole);
    desk.press(Modifiers::NONE, Key::Escape);
    desk.click("Annuler");
    desk.until("it went again", |desk| !minutes(desk).1.contains(gone));
}

#[test]
fn a_decision_s_history_goes_on_while_it_is_shown() {
    let mut desk = Desk::of_ana(HIGH, noted);
    desk.click("Décisions");
    open_decision(&mut desk);
    desk.click("Historique");
    desk.until("the text", |desk| desk.reads("On se revoit en mai."));
    let view = desk.engine().fresh_view().unwrap();
    let network = view.networks[0].id;
    let decision = view.networks[0].open_decisions[0].id;
    let edit = TextEdit {
        text: Some("On se revoit en juin.\n".to_owned()),
        ..TextEdit::default()
    };
    let edit = DecisionCommand::Edit {
        network,
        decision,
        edit,
    };
    desk.engine().call(Command::Decision(edit)).unwrap();
    desk.until("what it became", |desk| desk.reads("On se revoit en juin."));
}

#[test]
fn the_past_of_a_page_of_minutes_and_of_the_network_in_pictures() {
    let demo = demo();
    let mut pictures = SnapshotResults::new();
    for look in [LOOKS[0], LOOKS[3]] {
        let mut desk = desk_on(&demo, look);
        let mut take = |desk: &mut Desk, what: &str| {
            desk.until("the steps", |desk| desk.has("Moment du passé"));
            desk.settle();
            desk.click("Ce qui a changé depuis");
            desk.named("Moment du passé").focus();
            desk.harness.run();
            desk.press(Modifiers::NONE, Key::Home);
            desk.harness.remove_cursor();
            desk.settle();
            let name = format!("past-{what}-{}", look.name());
            pictures.add(desk.harness.try_snapshot(name));
            desk.press(Modifiers::NONE, Key::Escape);
        };
        desk.click("Membres");
        desk.click("Rôles et pilotage");
        desk.click("Historique du réseau");
        take(&mut desk, "network");
        desk.click("Bibliothèque");
        let page = "Ouvrir la page « Nos mots : petit glossaire »";
        desk.until("the list", |desk| desk.has("Chercher dans les pages"));
        desk.write("Chercher dans les pages", "petit glossaire");
        desk.until("the page", |desk| desk.has(page));
        desk.click(page);
        desk.until("it is open", |desk| desk.has("Historique"));
        desk.click("Historique");
        take(&mut desk, "page");
        desk.click("Rencontres");
        desk.click("Passées");
        desk.click("Ouvrir « Rencontre du réseau », lundi 12 octobre 2026 à 14:00");
        desk.click("Trace");
        desk.until("the minutes", |desk| desk.has("Texte"));
        desk.click("Historique");
        take(&mut desk, "minutes");
    }
}

#[test]
fn the_past_looks_calm_in_light_and_dark_narrow_and_wide() {
    let demo = demo();
    let mut pictures = SnapshotResults::new();
    let mut take = |desk: &mut Desk, name: String| {
        desk.harness.remove_cursor();
        desk.settle();
        pictures.add(desk.harness.try_snapshot(name));
    };
    for look in [LOOKS[0], LOOKS[3]] {
        let mut desk = desk_on(&demo, look);
        let newest = |desk: &mut Desk| {
            desk.click("Historique");
            desk.until("the steps", |desk| desk.has("Moment du passé"));
            desk.settle();
        };
        desk.click("Charte");
        newest(&mut desk);
        desk.click("Étape précédente");
        take(&mut desk, format!("past-charter-{}", look.name()));
        desk.named("Moment du passé").focus();
        desk.harness.run();
        desk.press(Modifiers::NONE, Key::Home);
        desk.click("Ce qui a changé depuis");
        take(&mut desk, format!("past-charter-since-{}", look.name()));
        desk.press(Modifiers::NONE, Key::Escape);

        desk.click("Plan d’action");
        newest(&mut desk);
        desk.click("Entre deux dates");
        desk.write("Du", "2025-01-01");
        desk.write("au", "2025-12-31");
        desk.press(Modifiers::NONE, Key::Tab);
        take(&mut desk, format!("past-plan-dates-{}", look.name()));
        desk.press(Modifiers::NONE, Key::Escape);

        desk.click("Membres");
        desk.click("Rôles et pilotage");
        desk.click("Historique du réseau");
        desk.until("the steps", |desk| desk.has("Moment du passé"));
        desk.click("Entre deux dates");
        desk.write("Du", "2026-02-01");
        desk.write("au", "2026-10-31");
        desk.press(Modifiers::NONE, Key::Tab);
        desk.until("the roles", |desk| desk.reads("Rôle : Pilotage"));
        take(&mut desk, format!("past-network-dates-{}", look.name()));
        desk.press(Modifiers::NONE, Key::Escape);
    }
    let narrow = Look {
        dark: false,
        size: [720, 700],
    };
    let mut desk = desk_on(&demo, narrow);
    desk.click("Plan d’action");
    desk.click("Historique");
    desk.until("the steps", |desk| desk.has("Moment du passé"));
    take(&mut desk, "past-plan-light-720".to_owned());
    drop(desk);
    for (dark, size) in [(false, SMALL), (true, LARGE)] {
        let look = Look { dark, size };
        let mut desk = desk_on(&demo, look);
        desk.click("Bibliothèque");
        let page = "Ouvrir la page « Nos mots : petit glossaire »";
        desk.until("the list", |desk| desk.has("Chercher dans les pages"));
        desk.write("Chercher dans les pages", "petit glossaire");
        desk.until("the page", |desk| desk.has(page));
        desk.click(page);
        desk.until("it is open", |desk| desk.has("Qui a écrit cette ligne ?"));
        desk.click("Qui a écrit cette ligne ?");
        desk.until("who", |desk| desk.reads("Ligne 1 : "));
        take(&mut desk, format!("past-lines-{}", look.name()));
    }
}
