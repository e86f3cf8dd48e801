//! What cannot be taken as it was written, in the window: it stays where it was written, with the reason.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on says so by panicking"
)]

mod driving;
mod support;

use driving::{Desk, ask, seed};
use egui::{Key, Modifiers};
use egui_kittest::SnapshotResults;
use support::{Look, looking};
use tresse_desktop::{
    i18n::{I18n, Lang},
    start::add::Add,
};
use tresse_engine::{
    Command, DecisionCommand, Engine,
    model::{Answer, DocId, ItemId, Stance},
};

/// High enough for whole dialogues and pages: only what is in sight can be clicked.
const HIGH: Look = Look {
    dark: false,
    size: [1024, 1600],
};
const ACTION: &str = "Tenir le panneau d’affichage";
const OBJECTIVE: &str = "Un réseau lisible, qui s’évalue";
/// Much longer than a field once waited for an answer.
const LONG: f64 = 120.0;

fn full(engine: &Engine) {
    let network = seed::network(engine);
    let _: ItemId = ask(
        engine,
        Command::ActionAdd {
            network,
            title: ACTION.into(),
            objective: None,
            owner: None,
            due: Some("2093-01-31".into()),
            territory: None,
            status: None,
            group: None,
            working_group: None,
            start: Some("2093-01-01".into()),
            effort: Some("2 h".into()),
            every: None,
            territory_scale: None,
        },
        "action",
    );
}

fn at_the_action(look: Look) -> Desk {
    let mut desk = Desk::of_ana(look, full);
    desk.click("Plan d’action");
    let open = format!("Ouvrir l’action « {ACTION} »");
    desk.until("the row", |desk| desk.has(&open));
    desk.click(&open);
    desk
}

/// Puts a text into a field at once, as from the clipboard.
fn paste(desk: &mut Desk, field: &str, text: &str) {
    desk.named(field).focus();
    desk.harness.run();
    desk.harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
    desk.harness.run();
    desk.harness.event(egui::Event::Paste(text.to_owned()));
    desk.settle();
}

/// Presses something that may be out of sight, as a screen reader does.
fn press_far(desk: &mut Desk, name: &str) {
    desk.named(name).click_accesskit();
    desk.settle();
}

const TOO_LONG: &str = "Pas enregistré : Ce texte est trop long";
const BACKWARDS: &str = "Pas enregistré : La fin serait avant le début";

#[test]
fn a_title_means_and_a_rule_that_are_too_long_stay_where_they_were_pasted() {
    let long = "très ".repeat(2_100);
    let mut desk = at_the_action(HIGH);
    paste(&mut desk, "Action", &long);
    desk.until("the title", |desk| desk.reads(TOO_LONG));
    desk.time_goes_on(LONG);
    assert_eq!(desk.value("Action"), long);
    assert!(desk.reads(TOO_LONG));
    // Shortened, it is taken.
    desk.write("Action", "Très beau panneau");
    desk.until("it is taken", |desk| !desk.reads(TOO_LONG));
    let taken = |desk: &Desk| {
        let view = desk.engine().fresh_view().unwrap();
        let actions = &view.networks[0].plan.content.actions;
        actions.iter().any(|one| one.title == "Très beau panneau")
    };
    desk.until("the engine has it", taken);
    desk.press(Modifiers::NONE, Key::Escape);

    desk.click("Feuille de route");
    desk.click(&format!("Modifier l’objectif « {OBJECTIVE} »"));
    paste(&mut desk, "Moyens", &long);
    desk.until("the means", |desk| desk.reads(TOO_LONG));
    desk.time_goes_on(LONG);
    assert_eq!(desk.value("Moyens"), long);

    desk.click("Charte");
    paste(&mut desk, "Règles d’échange", &long);
    desk.until("the rule", |desk| desk.reads(TOO_LONG));
    desk.time_goes_on(LONG);
    assert_eq!(desk.value("Règles d’échange"), long);
    // What was not taken is not lost by looking elsewhere either.
    desk.click("Membres");
    desk.click("Charte");
    assert_eq!(desk.value("Règles d’échange"), long);
    press_far(
        &mut desk,
        "Revenir à ce qui est enregistré : Règles d’échange",
    );
    assert!(
        desk.value("Règles d’échange")
            .starts_with("Chacun lit à son rythme")
    );
}

#[test]
fn an_end_before_the_start_and_an_unreadable_date_stay_with_the_reason_until_they_are_given_up() {
    let mut desk = at_the_action(HIGH);
    desk.write("Échéance", "3/12/2092");
    desk.press(Modifiers::NONE, Key::Enter);
    desk.until("the refusal", |desk| desk.reads(BACKWARDS));
    desk.time_goes_on(LONG);
    assert_eq!(desk.value("Échéance"), "3/12/2092");
    assert!(desk.reads(BACKWARDS));
    // Escape gives it up, and nothing else: the dialogue stays.
    desk.named("Échéance").focus();
    desk.settle();
    desk.press(Modifiers::NONE, Key::Escape);
    assert_eq!(desk.value("Échéance"), "31 janvier 2093");
    assert!(!desk.reads(BACKWARDS));

    let unreadable = "n’a pas été compris comme une date";
    desk.write("Début", "après la fonte");
    desk.press(Modifiers::NONE, Key::Enter);
    desk.until("it is said", |desk| desk.reads(unreadable));
    desk.time_goes_on(LONG);
    assert_eq!(desk.value("Début"), "après la fonte");
    assert!(desk.reads("Pas enregistré : « après la fonte »"));
    desk.write("Début", "2/1/2093");
    desk.press(Modifiers::NONE, Key::Enter);
    desk.until("it is taken", |desk| {
        desk.value("Début") == "2 janvier 2093"
    });
    assert!(!desk.reads("Pas enregistré"));
}

#[test]
fn in_a_table_what_was_not_taken_stays_behind_a_mark() {
    let mut desk = Desk::of_ana(HIGH, full);
    desk.click("Plan d’action");
    let due = format!("Échéance : {ACTION}");
    desk.until("the row", |desk| desk.has(&due));
    desk.write(&due, "3/12/2092");
    desk.press(Modifiers::NONE, Key::Enter);
    let mark = format!("{due} : pas enregistré");
    desk.until("the mark", |desk| desk.has(&mark));
    desk.time_goes_on(LONG);
    assert_eq!(desk.value(&due), "3/12/2092");
    desk.click(&mark);
    assert!(desk.reads(BACKWARDS));
    desk.click("Revenir à ce qui est enregistré");
    assert!(!desk.has(&mark));
    assert_eq!(desk.value(&due), "31 janv. 2093");
}

#[test]
fn a_role_is_not_given_with_days_that_make_no_sense_and_what_was_written_is_not_lost() {
    let mut desk = Desk::of_ana(HIGH, full);
    desk.click("Membres");
    desk.click("Donner un rôle…");
    let until = "Jusqu’au (facultatif)";
    let given = "Pilotage : Ana Vasconcel";
    for (written, said) in [
        ("1/1/2019", "La fin serait avant le début"),
        ("à la Saint-Glinglin", "Écrivez une date comme 24/11/2026"),
    ] {
        desk.write(until, written);
        assert!(desk.reads(said), "{written}");
        desk.click("Donner ce rôle");
        assert_eq!(desk.value(until), written, "the form is still there");
        assert!(!desk.reads(given));
    }
    // A click beside it takes nothing away.
    desk.harness.hover_at(egui::pos2(8.0, 8.0));
    desk.harness.drag_at(egui::pos2(8.0, 8.0));
    desk.harness.drop_at(egui::pos2(8.0, 8.0));
    desk.settle();
    assert_eq!(desk.value(until), "à la Saint-Glinglin");
    // A name that is too long for a role is said before anything is sent.
    desk.click("Rôle");
    press_far(&mut desk, "Un autre rôle");
    desk.write("Nom du rôle", &"porte-parole ".repeat(8));
    assert!(desk.reads("Un rôle s’écrit en quelques mots"));
    desk.write("Nom du rôle", "Porte-parole");
    desk.write(until, "1/3/2093");
    desk.click("Donner ce rôle");
    desk.until("it is given", |desk| {
        desk.reads("Porte-parole : Ana Vasconcel") && !desk.has(until)
    });
}

/// In front of an objective that is made of feedback, and the feedback.
fn at_feedback() -> (Desk, ItemId) {
    let mut desk = Desk::of_ana(HIGH, full);
    let network = desk.engine().view().networks[0].id;
    let text = "Deux réunions sans ordre du jour.".to_owned();
    let add = Command::FeedbackAdd {
        network,
        text,
        thread: None,
    };
    let feedback = ask(desk.engine(), add, "feedback");
    desk.click("Membres");
    desk.click("Rôles et pilotage");
    desk.click("En faire un objectif…");
    desk.write("Objectif", "Un ordre du jour trois jours avant");
    (desk, feedback)
}

#[test]
fn what_the_engine_refuses_is_said_in_the_dialogue_that_asked_for_it() {
    let (mut desk, feedback) = at_feedback();
    // It is taken back elsewhere meanwhile.
    let network = desk.engine().view().networks[0].id;
    let back = Command::FeedbackRemove {
        network,
        feedback,
        restore: false,
    };
    desk.engine().call(back).unwrap();
    desk.click("Ajouter cet objectif");
    let gone = "Cet élément n’existe plus";
    desk.until("the refusal", |desk| desk.reads(gone));
    desk.time_goes_on(LONG);
    assert!(desk.reads(gone), "it is no message that goes by");
    assert_eq!(desk.value("Objectif"), "Un ordre du jour trois jours avant");
}

#[test]
fn an_objective_from_feedback_says_that_its_deadline_was_not_understood() {
    let (mut desk, _) = at_feedback();
    desk.write("Échéance (facultatif)", "bientôt");
    assert!(desk.reads("Écrivez une date comme 24/11/2026"));
    desk.write("Échéance (facultatif)", "1/2/2093");
    desk.click("Ajouter cet objectif");
    desk.until("it became one", |desk| desk.reads("devenu un objectif"));
}

#[test]
fn a_template_that_is_broken_is_told_with_its_line() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("jardins.json");
    let text = "{\n  \"tresse-template\": 1,\n  \"name\": \"Jardins\",\n  \"chartre\": []\n}\n";
    std::fs::write(&file, text).unwrap();
    let read = tresse_engine::read_template(&file);
    let refused = read.unwrap_err();
    let words = I18n::new(Lang::Fr);
    let desk = Desk::of_ana(Look::PLAIN, |_| {});
    let app = desk.engine().fresh_view().unwrap();
    let mut harness = support::window(Look::PLAIN, Add::default(), move |ui, add: &mut Add| {
        let mut asks = Vec::new();
        add.ui(ui, &words, &app, &mut asks);
    });
    harness.run();
    let click = |harness: &mut egui_kittest::Harness<'_, Add>, name: &str| {
        let found = looking::named(harness, name, egui::accessibility::is_input);
        found.unwrap().click();
        harness.run();
    };
    click(&mut harness, "Créer un réseau");
    let words = I18n::new(Lang::Fr);
    harness.state_mut().template(&words, Err(refused));
    harness.run();
    assert!(
        looking::reads(&harness, "il y a une erreur à la ligne 4 du fichier"),
        "{}",
        looking::all_texts(&harness)
    );
    assert!(looking::reads(&harness, "« chartre »"));
}

#[test]
fn a_count_stays_and_undoing_it_says_why() {
    let mut desk = Desk::of_ana(Look::PLAIN, full);
    let network = desk.engine().view().networks[0].id;
    let decision: DocId = ask(
        desk.engine(),
        Command::Decision(DecisionCommand::Create {
            network,
            title: "Ouvrir aux bénévoles ?".into(),
            meeting: None,
            template: Some("vote".into()),
            question: None,
        }),
        "decision",
    );
    let answer = Answer::Stance {
        stance: Stance::For,
        words: String::new(),
    };
    for command in [
        DecisionCommand::Start {
            network,
            decision,
            closes: None,
        },
        DecisionCommand::Cast {
            network,
            decision,
            answer,
        },
        DecisionCommand::End { network, decision },
        DecisionCommand::Count {
            network,
            decision,
            reason: None,
        },
    ] {
        desk.engine().call(Command::Decision(command)).unwrap();
    }
    desk.settle();
    desk.press(Modifiers::COMMAND, Key::Z);
    desk.until("the reason", |desk| {
        desk.reads("Cela reste : vous avez compté les voix d’une décision")
    });
    let view = desk.engine().fresh_view().unwrap();
    assert_eq!(view.networks[0].decisions.decisions.len(), 1);
}

#[test]
fn what_was_not_taken_in_pictures() {
    let mut pictures = SnapshotResults::new();
    for (dark, width) in [(false, 1024), (true, 1600)] {
        let size = [width, 1300];
        let look = Look { dark, size };
        let mut desk = at_the_action(look);
        desk.write("Charge de travail", "beaucoup");
        desk.write("Échéance", "3/12/2092");
        desk.press(Modifiers::NONE, Key::Enter);
        desk.until("the refusals", |desk| desk.reads(BACKWARDS));
        // The messages at the edge have gone; the marks stay.
        desk.time_goes_on(LONG);
        let name = format!("not-taken-{}", look.name());
        pictures.add(looking::picture(&mut desk.harness, &name));
    }
}
