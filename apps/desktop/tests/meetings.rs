//! Meetings in the window, driven by the names that a person finds on it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on says so by panicking"
)]

mod driving;
mod support;

use driving::{
    Desk,
    seed::{self, meeting, minutes},
};
use egui_kittest::{SnapshotResult, SnapshotResults};
use support::{
    Look,
    looking::{self, picture},
};
use tresse_desktop::views::ROOM;
use tresse_engine::{
    Engine, MakeWhat, MeetingCommand,
    model::{Can, DocId, MeetingPart},
};

/// High enough for the whole look: only what is in sight can be clicked.
const HIGH: Look = Look {
    dark: false,
    size: [1280, 1600],
};

fn count(desk: &Desk) -> usize {
    let view = desk.engine().fresh_view().unwrap();
    view.networks[0].meetings.meetings.len()
}

#[test]
fn a_meeting_is_made_prepared_and_held_in_the_window() {
    let mut desk = Desk::of_ana(HIGH, |engine| {
        seed::network(engine);
    });
    desk.click("Rencontres");
    desk.click("Nouvelle rencontre");
    desk.write("Titre de la rencontre", "Comité de mars");
    desk.click("Créer la rencontre");
    desk.until("it is open", |desk| desk.has("Ouvrir la rencontre"));
    assert_eq!(count(&desk), 1);
    desk.write("Lieu ou lien", "Salle des fêtes");
    desk.press(egui::Modifiers::NONE, egui::Key::Tab);

    desk.click("Ordre du jour");
    desk.write("Nouveau point", "Budget");
    desk.press(egui::Modifiers::NONE, egui::Key::Enter);
    desk.until("the item is there", |desk| {
        desk.has("« Budget » est traité")
    });
    desk.choose("Durée de « Budget »", "10 min");
    desk.until("the sum is there", |desk| desk.reads("10 min prévues"));
    desk.click("« Budget » est traité");
    desk.until("it is done", |desk| {
        let view = desk.engine().fresh_view().unwrap();
        let meeting = view.networks[0].open_meetings.first().cloned();
        meeting.is_some_and(|meeting| meeting.content.agenda.iter().all(|item| item.done))
    });

    desk.click("Présences");
    desk.click("Ana Vasconcel : Présent");
    desk.until("I said so myself", |desk| desk.reads("de ma main"));

    desk.click("Clôture");
    desk.write("Mon mot", "Élan");
    desk.click("Dire");
    desk.until("my word is there", |desk| {
        let view = desk.engine().fresh_view().unwrap();
        let meeting = view.networks[0].open_meetings.first().cloned();
        meeting.is_some_and(|meeting| meeting.sheet.round.len() == 1)
    });
    // Undone, it stands in its field no more.
    assert_eq!(desk.value("Mon mot"), "Élan");
    desk.press(egui::Modifiers::COMMAND, egui::Key::Z);
    desk.until("it is taken back", |desk| desk.value("Mon mot").is_empty());
}

#[test]
fn a_line_of_the_minutes_becomes_an_action_without_being_typed_again() {
    let mut desk = driving::at_a_line(HIGH, "- Écrire au maire\n");
    desk.click("Faire une action");
    desk.until("it is told below", |desk| desk.reads("Ce qui en est né"));
    let view = desk.engine().fresh_view().unwrap();
    let actions = &view.networks[0].plan.content.actions;
    assert!(actions.iter().any(|one| one.title == "Écrire au maire"));
    // What the line has become is opened, and not made again.
    assert!(!desk.has("Faire une action"));
    desk.click("Ouvrir l’action");
    desk.until("the action is open", |desk| desk.has("Terminé"));
    desk.click("Terminé");
    desk.press(egui::Modifiers::COMMAND, egui::Key::Z);
    desk.until("both are undone", |desk| !desk.reads("Ce qui en est né"));
    assert!(desk.has("Faire une action"));
}

#[test]
fn a_line_on_which_one_clicks_twice_at_once_becomes_one_action() {
    let mut desk = driving::at_a_line(HIGH, "- Écrire au maire\n");
    let button = desk.named("Faire une action");
    button.click();
    button.click();
    desk.until("it is told below", |desk| desk.reads("Ce qui en est né"));
    let view = desk.engine().fresh_view().unwrap();
    let actions = view.networks[0].plan.content.actions.iter();
    let made = actions.filter(|one| one.title == "Écrire au maire").count();
    assert_eq!(made, 1);
}

#[test]
fn a_decision_made_from_a_line_leads_to_its_meeting_and_back() {
    let mut desk = Desk::of_ana(HIGH, |engine| {
        let network = seed::network(engine);
        meeting(engine, network, "Bilan", Some("2093-06-03"));
        let meeting = meeting(engine, network, "Comité", Some("2093-03-03"));
        let minutes = minutes(network, meeting, "Louer la salle des fêtes ?\n");
        engine.call(minutes.into()).unwrap();
    });
    desk.click("Rencontres");
    desk.click("Ouvrir « Comité », mardi 3 mars 2093 à 18:30");
    desk.click("Trace");
    desk.settle();
    desk.click("Faire une décision");
    desk.until("it is told below", |desk| desk.reads("Ce qui en est né"));
    assert!(desk.has("Faire une action") && !desk.has("Faire une décision"));
    // The one below leads there as well.
    desk.click("Louer la salle des fêtes ?");
    desk.until("the decision is open", |desk| {
        desk.has("Ouvrir la rencontre « Comité »")
    });
    desk.choose(
        "Rencontre d’où elle vient",
        "Bilan · mercredi 3 juin 2093 à 18:30",
    );
    desk.until("it comes from the other", |desk| {
        desk.has("Ouvrir la rencontre « Bilan »")
    });
    desk.click("Ouvrir la rencontre « Bilan »");
    desk.until("that meeting is open", |desk| {
        desk.has("Ouvrir la rencontre")
    });
    assert_eq!(desk.value("Titre de la rencontre"), "Bilan");
}

/// The second of the only rule's next days, in words.
fn second_day(desk: &Desk) -> String {
    let view = desk.engine().fresh_view().unwrap();
    let day = view.networks[0].meetings.series[0].next[1].day.clone();
    let words = tresse_desktop::i18n::I18n::new(tresse_desktop::i18n::Lang::Fr);
    let weekday = day.parse::<jiff::civil::Date>().unwrap().weekday();
    let names = [
        "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche",
    ];
    let at = usize::try_from(weekday.to_monday_zero_offset()).unwrap();
    format!("{} {}", names[at], words.date(&day))
}

#[test]
fn a_regular_meeting_is_ruled_and_prepared_by_opening_it() {
    let mut desk = Desk::of_ana(HIGH, |engine| {
        seed::network(engine);
    });
    desk.click("Rencontres");
    desk.click("Rencontres régulières");
    desk.write("Nom de la rencontre régulière", "Café");
    desk.click("Ajouter une règle");
    desk.until("its days are there", |desk| desk.reads("Prochaines dates"));
    desk.choose("À quel rythme", "Toutes les 2 semaines");
    let day = second_day(&desk);
    desk.click(&format!("Sauter {day}"));
    desk.until("it is skipped", |desk| {
        desk.reads(&format!("{day} : n’a pas lieu"))
    });
    desk.click(&format!("Rétablir {day}"));
    desk.until("it is back", |desk| desk.has(&format!("Sauter {day}")));
    assert_eq!(count(&desk), 0);
    desk.click(&format!("Ouvrir « Café », {day}"));
    desk.until("it is prepared", |desk| desk.has("Ouvrir la rencontre"));
    assert_eq!(count(&desk), 1);
}

#[test]
fn a_day_is_looked_for_and_the_first_page_asks_for_my_answer() {
    let mut desk = Desk::of_ana(HIGH, |engine| {
        let network = seed::network(engine);
        let meeting = meeting(engine, network, "Bilan", None);
        let option = MeetingCommand::Option {
            network,
            meeting,
            on: "2093-03-05".into(),
            at: "18:00".into(),
            off: false,
        };
        engine.call(option.into()).unwrap();
    });
    assert!(desk.reads("Date à répondre : Bilan"));
    desk.click("Rencontres");
    desk.click("Date à répondre : Bilan");
    desk.click("jeudi 5 mars 2093 à 18:00 : Oui");
    desk.until("it is counted", |desk| {
        desk.reads("1 oui · 0 si besoin · 0 non · 0 sans réponse")
    });
    desk.click("Retenir jeudi 5 mars 2093 à 18:00");
    desk.until("it is the day", |desk| desk.reads("Choisie"));
    desk.click("Accueil");
    assert!(!desk.reads("Date à répondre : Bilan"));
    assert!(desk.reads("Prochaine rencontre"));
}

#[test]
fn the_first_page_leads_to_the_meeting_whose_days_i_have_not_answered() {
    let mut desk = Desk::of_ana(HIGH, undated);
    desk.click("Date à répondre : Journée de rentrée");
    desk.until("the meeting is open", |desk| desk.has("Jour à proposer"));
    assert_eq!(desk.value("Titre de la rencontre"), "Journée de rentrée");
}

/// Two meetings, with two points on the agenda of the first, which has begun.
fn unfinished(engine: &Engine) {
    let network = seed::network(engine);
    let first = meeting(engine, network, "Comité", Some("2093-03-03"));
    meeting(engine, network, "Comité d’avril", Some("2093-04-07"));
    for title in ["Budget", "Fête"] {
        let add = MeetingCommand::AgendaAdd {
            network,
            meeting: first,
            title: title.into(),
            length: None,
            before: None,
        };
        engine.call(add.into()).unwrap();
    }
    let begun = MeetingCommand::Set {
        network,
        meeting: first,
        field: tresse_engine::model::MeetingField::State,
        value: Some("running".into()),
    };
    engine.call(begun.into()).unwrap();
}

/// The titles on the agenda of the meeting that is open.
fn agenda(desk: &Desk) -> Vec<String> {
    let view = desk.engine().fresh_view().unwrap();
    let items = view.networks[0].open_meetings[0].content.agenda.clone();
    items.into_iter().map(|item| item.title).collect()
}

#[test]
fn who_ends_a_meeting_is_offered_to_carry_on_what_was_not_dealt_with() {
    let mut desk = Desk::of_ana(HIGH, unfinished);
    let left = "2 points de l’ordre du jour n’ont pas été traités.";
    desk.click("Rencontres");
    desk.click("Ouvrir « Comité », mardi 3 mars 2093 à 18:30");
    desk.until("it is open", |desk| desk.has("Terminer la rencontre"));
    assert!(!desk.reads(left), "it is still going on");
    desk.click("Terminer la rencontre");
    desk.until("the offer", |desk| desk.reads(left));
    assert!(desk.reads("Les reporter à la rencontre suivante, mardi 7 avril 2093 à 18:30 ?"));
    desk.click("Reporter les 2 points non traités");
    desk.until("nothing is left", |desk| !desk.reads(left));
    desk.click("Ouvrir « Comité d’avril », mardi 7 avril 2093 à 18:30");
    desk.until("they stand there", |desk| {
        agenda(desk) == ["Budget", "Fête"]
    });
}

#[test]
fn what_is_not_done_is_carried_on_from_the_agenda_while_the_meeting_goes_on() {
    let mut desk = Desk::of_ana(HIGH, unfinished);
    desk.click("Rencontres");
    desk.click("Ouvrir « Comité », mardi 3 mars 2093 à 18:30");
    desk.click("Ordre du jour");
    desk.click("« Budget » est traité");
    desk.click("Reporter le point non traité");
    desk.until("it says where to", |desk| {
        desk.has("Reporté à : Comité d’avril")
    });
    desk.click("Reporté à : Comité d’avril");
    desk.until("it stands there", |desk| agenda(desk) == ["Fête"]);
}

#[test]
fn a_tap_on_a_name_gives_the_floor_and_the_balance_shows_it() {
    let mut desk = Desk::of_ana(HIGH, |engine| {
        let network = seed::network(engine);
        let meeting = meeting(engine, network, "Comité", Some("2093-03-03"));
        let show = MeetingCommand::FloorShow {
            network,
            meeting,
            off: false,
        };
        engine.call(show.into()).unwrap();
        let spoke = MeetingCommand::FloorTurn {
            network,
            meeting,
            member: None,
            seconds: 125,
        };
        engine.call(spoke.into()).unwrap();
    });
    let sheet = |desk: &Desk| {
        let view = desk.engine().fresh_view().unwrap();
        view.networks[0].open_meetings[0].sheet.clone()
    };
    desk.click("Rencontres");
    desk.click("Ouvrir « Comité », mardi 3 mars 2093 à 18:30");
    desk.click("Clôture");
    let tap = "Ana Vasconcel prend ou rend la parole";
    assert!(!desk.has(tap), "nobody is named who has not agreed");
    assert!(desk.reads("Les autres") && desk.reads("2 min 05"));
    desk.click("J’accepte que mon temps de parole s’affiche à mon nom");
    desk.until("I am named", |desk| desk.has(tap));
    assert!(desk.reads("0 min 00"));
    desk.click(tap);
    desk.until("my time goes on", |desk| !desk.reads("0 min 00"));
    assert_eq!(sheet(&desk).floor[0].seconds, 0, "it is written at the end");
    desk.click(tap);
    desk.until("it is written", |desk| sheet(desk).floor[0].seconds > 0);
    let sheet = sheet(&desk);
    let seconds = sheet.floor[0].seconds;
    assert_eq!((sheet.floor.len(), sheet.floor_others), (1, 125));
    assert!(desk.reads(&format!("{} min {:02}", seconds / 60, seconds % 60)));
    assert!(desk.reads("2 min 05"), "the others' time stands still");
}

#[test]
fn a_meeting_fills_the_window_until_escape() {
    let mut desk = Desk::of_ana(HIGH, |engine| {
        let network = seed::network(engine);
        let meeting = meeting(engine, network, "Comité", Some("2093-03-03"));
        for title in ["Budget", "Fête"] {
            let add = MeetingCommand::AgendaAdd {
                network,
                meeting,
                title: title.into(),
                length: Some(20),
                before: None,
            };
            engine.call(add.into()).unwrap();
        }
    });
    desk.click("Rencontres");
    desk.click("Ouvrir « Comité », mardi 3 mars 2093 à 18:30");
    desk.click("Plein écran pour la salle");
    assert!(!desk.has("Membres"));
    assert!(desk.reads("Maintenant"));
    desk.click("Traité, point suivant");
    desk.until("the next item is spoken of", |desk| {
        let view = desk.engine().fresh_view().unwrap();
        let meeting = view.networks[0].open_meetings.first().cloned();
        meeting.is_some_and(|meeting| meeting.content.agenda[0].done)
    });
    desk.press(egui::Modifiers::NONE, egui::Key::Escape);
    desk.until("the tabs are back", |desk| desk.has("Membres"));
}

#[test]
fn what_a_room_reads_is_half_as_large_again_and_shows_the_minutes_alone() {
    let wide = Look {
        dark: false,
        size: [1600, 1000],
    };
    let mut desk = driving::at_a_line(wide, "- Écrire au maire\n");
    let zoom = |desk: &Desk| desk.harness.ctx.zoom_factor();
    let preview = "Afficher ou masquer l’aperçu";
    assert!(zoom(&desk) <= 1.0 && desk.has(preview));
    desk.click("Plein écran pour la salle");
    desk.until("it is larger", |desk| zoom(desk) >= 1.5);
    assert!(!desk.has(preview), "the minutes stand alone");
    assert_eq!(desk.value("Texte").trim(), "- Écrire au maire");
    desk.press(egui::Modifiers::NONE, egui::Key::Escape);
    desk.until("it is as before", |desk| zoom(desk) <= 1.0);
    assert!(desk.has(preview));
}

#[test]
fn a_meeting_that_is_over_opens_on_its_minutes() {
    let mut desk = Desk::of_ana(HIGH, |engine| {
        let network = seed::network(engine);
        let meeting = meeting(engine, network, "Comité", Some("2093-03-03"));
        let over = MeetingCommand::Set {
            network,
            meeting,
            field: tresse_engine::model::MeetingField::State,
            value: Some("closed".into()),
        };
        engine.call(over.into()).unwrap();
    });
    desk.click("Rencontres");
    desk.click("Passées");
    desk.click("Ouvrir « Comité », mardi 3 mars 2093 à 18:30");
    desk.until("its minutes are there", |desk| desk.has("Faire une action"));
}

#[test]
fn escape_leaves_a_field_first_and_then_the_room() {
    let mut desk = Desk::of_ana(HIGH, |engine| {
        let network = seed::network(engine);
        meeting(engine, network, "Comité", Some("2093-03-03"));
    });
    let escape = |desk: &mut Desk| desk.press(egui::Modifiers::NONE, egui::Key::Escape);
    desk.click("Rencontres");
    desk.click("Ouvrir « Comité », mardi 3 mars 2093 à 18:30");
    desk.click("Plein écran pour la salle");
    desk.click("Tour de clôture");
    desk.write("Mon mot", "Élan");
    escape(&mut desk);
    assert!(!desk.has("Membres"), "only the field is left");
    assert_eq!(desk.value("Mon mot"), "Élan");
    escape(&mut desk);
    assert!(desk.has("Membres"), "now the room is left");
    // The minutes are a field too.
    desk.click("Plein écran pour la salle");
    desk.click("Trace");
    desk.write("Texte", "Ana ouvre.");
    escape(&mut desk);
    assert!(!desk.has("Membres"), "only the minutes are left");
    escape(&mut desk);
    assert!(desk.has("Membres"), "now the room is left");
}

#[test]
fn tab_goes_through_the_head_as_it_is_read_and_comes_to_the_bin_last() {
    let mut desk = Desk::of_ana(HIGH, |engine| {
        let network = seed::network(engine);
        meeting(engine, network, "Comité", Some("2093-03-03"));
    });
    desk.click("Rencontres");
    desk.click("Ouvrir « Comité », mardi 3 mars 2093 à 18:30");
    desk.until("it is open", |desk| desk.has("Ouvrir la rencontre"));
    let names = looking::names_by_tab(&mut desk.harness, 45);
    let at = |name: &str| {
        let place = names.iter().position(|one| one == name);
        place.unwrap_or_else(|| panic!("Tab never comes to « {name} »: {names:?}"))
    };
    let head = [
        "Titre de la rencontre",
        "Plein écran pour la salle",
        "Nos règles, d’après la charte",
        "Historique",
        "Mettre la rencontre à la corbeille",
    ];
    assert!(head.map(at).is_sorted(), "{names:?}");
    // What Ctrl and a number reach is reached without them as well.
    let places = [
        "Accueil",
        "Charte",
        "Plan d’action",
        "Rencontres",
        "Décisions",
        "Bibliothèque",
        "Veille",
        "Ressources",
        "Membres",
        "Évaluation",
    ];
    assert!(places.map(at).is_sorted(), "{names:?}");
    assert!(at("Évaluation") < at("Titre de la rencontre"));
}

#[test]
fn the_rules_of_the_charter_are_recalled_from_a_meeting_in_one_click() {
    let mut desk = Desk::of_ana(HIGH, |engine| {
        let network = seed::network(engine);
        meeting(engine, network, "Comité", Some("2093-03-03"));
    });
    desk.click("Rencontres");
    desk.click("Ouvrir « Comité », mardi 3 mars 2093 à 18:30");
    desk.click("Nos règles, d’après la charte");
    assert!(desk.has("Ouvrir la charte"));
}

/// A meeting with something in each of its parts.
fn full(engine: &Engine) {
    let network = seed::network(engine);
    let me = engine.fresh_view().unwrap().me.member;
    let rule = MeetingCommand::SeriesAdd {
        network,
        title: "Comité".into(),
        rhythm: "1 months day 31".into(),
        from: "2093-01-01".into(),
        until: Some("2093-12-31".into()),
        at: Some("18:30".into()),
        length: Some(90),
        place: Some("Salle des fêtes".into()),
        group: None,
    };
    let series = driving::ask(engine, rule.into(), "series");
    let prepare = MeetingCommand::Prepare {
        network,
        series,
        day: "2093-03-31".into(),
    };
    let meeting: DocId = driving::ask(engine, prepare.into(), "meeting");
    for (title, length) in [("Accueil", 10), ("Budget de la fête", 45), ("Divers", 15)] {
        let add = MeetingCommand::AgendaAdd {
            network,
            meeting,
            title: title.into(),
            length: Some(length),
            before: None,
        };
        let item = driving::ask(engine, add.into(), "item");
        if title == "Budget de la fête" {
            let bring = MeetingCommand::AgendaBring {
                network,
                meeting,
                item,
                member: me,
                what: "le devis de la salle".into(),
                off: false,
            };
            engine.call(bring.into()).unwrap();
        }
    }
    for command in [
        MeetingCommand::Part {
            network,
            meeting,
            part: MeetingPart::Facilitator,
            member: me,
            off: false,
        },
        minutes(
            network,
            meeting,
            "# Comité de mars\n\nAna ouvre.\n\n- Écrire au maire\n",
        ),
        MeetingCommand::Make {
            network,
            meeting,
            line: "- Écrire au maire".into(),
            what: MakeWhat::Action,
        },
        MeetingCommand::AttendanceMine {
            network,
            meeting,
            word: Some("present".into()),
            by: None,
        },
        MeetingCommand::RoundSay {
            network,
            meeting,
            word: Some("Élan".into()),
        },
        MeetingCommand::FloorAgree {
            network,
            off: false,
        },
        MeetingCommand::FloorShow {
            network,
            meeting,
            off: false,
        },
        MeetingCommand::FloorTurn {
            network,
            meeting,
            member: Some(me),
            seconds: 95,
        },
        MeetingCommand::FloorTurn {
            network,
            meeting,
            member: None,
            seconds: 240,
        },
    ] {
        engine.call(command.into()).unwrap();
    }
}

/// A meeting today, to which I came.
fn today(engine: &Engine) {
    let network = seed::network(engine);
    let on = tresse_engine::Moment::real().today();
    let meeting = meeting(engine, network, "Comité", Some(&on));
    let came = MeetingCommand::AttendanceMine {
        network,
        meeting,
        word: Some("present".into()),
        by: None,
    };
    engine.call(came.into()).unwrap();
}

#[test]
fn attendance_over_time_is_reached_at_every_width_also_while_a_meeting_is_open() {
    for size in [[1280, 800], [720, 700]] {
        let mut desk = Desk::of_ana(Look { dark: false, size }, today);
        let wide = size[0] > 1000;
        desk.click("Rencontres");
        let meeting = desk.text_from("Ouvrir « Comité »").unwrap();
        if wide {
            desk.click(&meeting);
            desk.until("it is open", |desk| desk.has("Ouvrir la rencontre"));
        }
        assert!(!desk.reads("Moi : 1 sur 1"), "{size:?}");
        desk.click("Assiduité");
        desk.until("the rates are there", |desk| desk.reads("Moi : 1 sur 1"));
        assert!(desk.text_from("Année ").is_some(), "{size:?}");
        // And back: to the list where it has the whole width, to the meeting where it stands beside.
        if wide {
            desk.click("Assiduité");
            desk.until("the meeting is back", |desk| {
                desk.has("Ouvrir la rencontre")
            });
        } else {
            desk.click("Revenir à la liste des rencontres");
            desk.until("the list is back", |desk| desk.has(&meeting));
        }
        assert!(!desk.reads("Moi : 1 sur 1"), "{size:?}");
    }
}

#[test]
fn the_parts_of_a_meeting_in_pictures() {
    let mut pictures = SnapshotResults::new();
    for look in [
        Look {
            dark: false,
            size: [1024, 700],
        },
        Look {
            dark: true,
            size: [1600, 1000],
        },
    ] {
        let mut desk = Desk::that_morning(look, full);
        desk.click("Rencontres");
        desk.click("Ouvrir « Comité », mardi 31 mars 2093 à 18:30");
        desk.until("it is open", |desk| desk.has("Ouvrir la rencontre"));
        for (part, name) in [
            ("Préparer", "prepare"),
            ("Ordre du jour", "agenda"),
            ("Trace", "minutes"),
            ("Présences", "attendance"),
            ("Clôture", "closing"),
        ] {
            desk.click(part);
            desk.settle();
            let name = format!("meeting-{name}-{}", look.name());
            pictures.add(picture(&mut desk.harness, &name));
        }
        desk.click("Nos règles, d’après la charte");
        let name = format!("meeting-charter-{}", look.name());
        pictures.add(picture(&mut desk.harness, &name));
    }
}

/// A day is being looked for; one of the days has my answer.
fn undated(engine: &Engine) {
    let network = seed::network(engine);
    let meeting = meeting(engine, network, "Journée de rentrée", None);
    for (on, at) in [
        ("2093-09-08", "18:00"),
        ("2093-09-10", ""),
        ("2093-09-15", "09:30"),
    ] {
        let option = MeetingCommand::Option {
            network,
            meeting,
            on: on.into(),
            at: at.into(),
            off: false,
        };
        engine.call(option.into()).unwrap();
    }
    let answer = MeetingCommand::AvailabilitySet {
        network,
        meeting,
        on: "2093-09-10".into(),
        at: String::new(),
        answer: Some(Can::Maybe),
    };
    engine.call(answer.into()).unwrap();
}

/// On a laptop and, dark, from a projector.
const TWO: [Look; 2] = [
    Look {
        dark: false,
        size: [1024, 700],
    },
    Look {
        dark: true,
        size: [1600, 1000],
    },
];

#[test]
fn a_network_that_has_not_met_yet_in_pictures() {
    let mut pictures = SnapshotResults::new();
    for look in TWO {
        let mut desk = Desk::that_morning(look, |engine| {
            seed::network(engine);
        });
        desk.click("Rencontres");
        let name = format!("meetings-empty-{}", look.name());
        pictures.add(picture(&mut desk.harness, &name));
    }
}

#[test]
fn a_meeting_that_is_over_with_points_left_in_pictures() {
    let mut pictures = SnapshotResults::new();
    for look in TWO {
        let mut desk = Desk::that_morning(look, unfinished);
        desk.click("Rencontres");
        desk.click("Ouvrir « Comité », mardi 3 mars 2093 à 18:30");
        desk.until("it is open", |desk| desk.has("Terminer la rencontre"));
        desk.click("Terminer la rencontre");
        desk.until("the offer", |desk| {
            desk.has("Reporter les 2 points non traités")
        });
        let name = format!("meeting-left-over-{}", look.name());
        pictures.add(picture(&mut desk.harness, &name));
    }
}

#[test]
fn the_room_in_pictures() {
    let mut pictures = SnapshotResults::new();
    for look in TWO {
        let mut desk = Desk::that_morning(look, full);
        desk.click("Rencontres");
        desk.click("Ouvrir « Comité », mardi 31 mars 2093 à 18:30");
        desk.until("it is open", |desk| desk.has("Ouvrir la rencontre"));
        desk.click("Plein écran pour la salle");
        desk.settle();
        // A window stays as large as it is, whatever the size of its text.
        let [width, height] = look.size.map(|side| f32::from(side) / ROOM);
        desk.harness.set_size(egui::vec2(width, height));
        desk.settle();
        let name = format!("meeting-room-{}", look.name());
        pictures.add(by_the_clock(&mut desk, &name));
        desk.click("Tour de clôture");
        let name = format!("meeting-room-round-{}", look.name());
        pictures.add(by_the_clock(&mut desk, &name));
    }
}

/// A picture in which how much time is left, which goes by the clock, is covered.
fn by_the_clock(desk: &mut Desk, name: &str) -> SnapshotResult {
    desk.harness.remove_cursor();
    desk.settle();
    let left = desk.text_from("reste ").unwrap();
    let mut left = looking::placed(&desk.harness, &left);
    // However many letters it takes.
    left.set_width(240.0);
    desk.harness.mask(left);
    desk.harness.try_snapshot(name)
}

#[test]
fn finding_a_day_and_regular_meetings_in_pictures() {
    let mut pictures = SnapshotResults::new();
    for look in TWO {
        let mut desk = Desk::that_morning(look, undated);
        desk.click("Rencontres");
        desk.click("Date à répondre : Journée de rentrée");
        desk.until("it is open", |desk| desk.has("Ouvrir la rencontre"));
        let name = format!("meeting-dates-{}", look.name());
        pictures.add(picture(&mut desk.harness, &name));
        let mut desk = Desk::that_morning(look, full);
        desk.click("Rencontres");
        desk.click("Rencontres régulières");
        desk.settle();
        let name = format!("meeting-rules-{}", look.name());
        pictures.add(picture(&mut desk.harness, &name));
    }
}
