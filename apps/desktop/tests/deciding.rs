//! Decisions in the window, on a real profile: put to the members, answered, counted and concluded, each method with its form.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on says so by panicking"
)]

mod driving;
mod support;

use std::sync::Arc;

use driving::{Desk, ask, seed};
use egui::{Key, Modifiers};
use egui_kittest::SnapshotResults;
use support::{Look, looking};
use tresse_desktop::{
    app::draft::Drafts,
    i18n::{I18n, Lang},
    views::{Cx, decisions::DecisionsUi},
};
use tresse_engine::{
    AppView, Command, DecisionCommand as C, DecisionView, Engine, NetworkView, Phase, TextEdit,
    model::{
        Answer, CharterField, Conflict, ConflictValue, DecisionField, DocId, ItemId, Method,
        NetworkId, Stance, Verdict,
    },
};

/// High enough for the whole look: only what is in sight can be clicked.
const HIGH: Look = Look {
    dark: false,
    size: [1400, 2400],
};

#[test]
fn a_vote_is_prepared_answered_counted_and_concluded_by_the_window() {
    let mut desk = Desk::of_ana(HIGH, |engine| {
        seed::network(engine);
    });
    desk.click("Décisions");
    assert!(desk.reads("Pas encore de décision"));
    desk.click("Poser une première question");
    desk.write("Titre de la décision", "Ouvrir aux bénévoles");
    desk.click("Vote");
    desk.click("Préparer");
    desk.until("it is there", |desk| desk.has("Poser la question"));
    desk.write(
        "La question, en une phrase",
        "Accueillons-nous des bénévoles ?",
    );
    desk.write("Quorum", "1");
    desk.press(Modifiers::NONE, Key::Tab);
    desk.write("Clôture, le jour", "hier");
    assert!(desk.reads("Ce jour ou cette heure ne se lit pas"));
    desk.write("Clôture, le jour", " ");
    desk.click("Poser la question");
    desk.until("it is open", |desk| desk.has("Donner ma voix"));
    assert!(desk.text_from("Il faut").is_none(), "nobody has answered");

    desk.click("Pour");
    desk.write("Pourquoi (facultatif)", "Oui, dès janvier");
    desk.click("Donner ma voix");
    desk.until("it is cast", |desk| desk.has("Changer ma voix"));
    assert!(desk.reads("Pour l’instant : adoptée."));
    assert!(desk.reads("Résultat provisoire : chacun peut encore répondre"));
    desk.click("Contre");
    desk.click("Changer ma voix");
    desk.until("it is changed", |desk| {
        desk.reads("Pour l’instant : non adoptée.")
    });

    desk.click("Clore maintenant");
    desk.until("it is closed", |desk| desk.has("Dépouiller"));
    assert!(desk.reads("N’importe quel membre peut dépouiller"));
    desk.click("Dépouiller");
    desk.until("it is counted", |desk| desk.has("Dire ce qui en sort"));
    desk.click("Dire ce qui en sort");
    desk.write("La décision, en quelques mots", "Pas cette année.");
    desk.click("Enregistrer");
    desk.until("it is concluded", |desk| desk.reads("Pas cette année."));
    let view = desk.engine().fresh_view().unwrap();
    let row = view.networks[0].decisions.decisions[0].clone();
    assert_eq!(
        (row.phase, row.outcome.as_str()),
        (Phase::Concluded, "Pas cette année.")
    );
}

#[test]
fn a_decision_whose_day_has_come_is_recalled_until_another_day_is_written() {
    let mut desk = Desk::of_ana(HIGH, |engine| {
        let network = seed::network(engine);
        concluded(engine, network);
    });
    let recalled = "À revoir, comme prévu : Prêter le local";
    desk.click(recalled);
    desk.until("it is open", |desk| desk.reads("Prêté un an, à l’essai."));
    assert!(desk.text_from("Ce jour est venu").is_some());
    desk.write("À revoir le", "3/3/2093");
    desk.press(egui::Modifiers::NONE, egui::Key::Tab);
    desk.until("the new day is taken", |desk| {
        desk.text_from("Ce jour est venu").is_none()
    });
    desk.click("Accueil");
    assert!(!desk.has(recalled));
}

#[test]
fn the_charters_rule_is_taken_over_and_a_vote_that_departs_from_it_says_so() {
    let mut desk = Desk::of_ana(HIGH, |engine| {
        let network = seed::network(engine);
        let method = Command::CharterSet {
            network,
            field: CharterField::Method,
            value: Some("vote".into()),
        };
        engine.call(method).unwrap();
    });
    desk.click("Charte");
    assert!(desk.reads("Règle reprise par les décisions"));
    desk.choose("Une proposition est adoptée par", "deux tiers");
    desk.write("Quorum", "1");
    desk.press(egui::Modifiers::NONE, egui::Key::Tab);
    desk.click("Décisions");
    desk.click("Nouvelle décision");
    desk.write("Titre de la décision", "Ouvrir le local");
    desk.click("Préparer");
    desk.until("it is open", |desk| desk.has("Poser la question"));
    let departs = "Cette décision s’écarte de la règle de la charte : adoptée par deux tiers. C’est possible ; dites pourquoi à ceux qui répondent.";
    assert_eq!(desk.value("Quorum"), "1");
    assert!(!desk.reads(departs));
    desk.choose("Adoptée par", "plus de la moitié");
    desk.until("it says so", |desk| desk.reads(departs));
    desk.click("Reprendre la règle de la charte");
    desk.until("it departs no more", |desk| !desk.reads(departs));
    // From two rules at once it is one step, undone as one.
    let takes = "Reprendre la règle de la charte";
    desk.choose("Adoptée par", "plus de la moitié");
    desk.write("Quorum", "2");
    desk.press(Modifiers::NONE, Key::Tab);
    desk.click(takes);
    desk.until("it departs no more", |desk| !desk.has(takes));
    assert_eq!(desk.value("Quorum"), "1");
    desk.press(Modifiers::COMMAND, Key::Z);
    desk.until("both are as they were", |desk| {
        desk.value("Quorum") == "2" && desk.value("Adoptée par") == "plus de la moitié"
    });
    // The charter's rule is recalled in a meeting as well.
    desk.click("Rencontres");
    desk.click("Nouvelle rencontre");
    desk.write("Titre de la rencontre", "Comité");
    desk.click("Créer la rencontre");
    desk.until("it is open", |desk| desk.has("Ouvrir la rencontre"));
    desk.click("Nos règles, d’après la charte");
    assert!(desk.reads("· adoptée par deux tiers"));
}

/// The page of a decision, as the engine would show it.
struct Page {
    app: AppView,
    net: Arc<NetworkView>,
    words: I18n,
    drafts: Drafts,
    ui: DecisionsUi,
}

impl Page {
    fn paint(&mut self, ui: &mut egui::Ui) {
        let mut cx = Cx {
            words: &self.words,
            app: &self.app,
            net: &self.net,
            drafts: &mut self.drafts,
            asks: &mut Vec::new(),
            today: jiff::civil::date(2026, 11, 24),
            now: 0,
            time: 0.0,
        };
        egui::CentralPanel::default().show(ui, |ui| self.ui.ui(ui, &mut cx));
    }
}

#[test]
fn ballots_that_have_not_come_are_counted_in_words_and_the_result_may_change() {
    let dir = tempfile::tempdir().unwrap();
    let profile = dir.path().join("profile");
    let mut known = None;
    driving::profile_of("Ana Vasconcel", &profile, |engine| {
        let network = seed::network(engine);
        let decision = one(engine, network, "vote");
        let stance = Stance::For;
        let answer = Answer::Stance {
            stance,
            words: String::new(),
        };
        let cast = C::Cast {
            network,
            decision,
            answer,
        };
        engine.call(Command::Decision(cast)).unwrap();
        let app = AppView::clone(&engine.fresh_view().unwrap());
        known = Some((app, network, decision));
    });
    let (app, network, decision) = known.unwrap();
    for (awaited, words) in [
        (1, "1 voix pas encore reçue : le résultat peut changer."),
        (3, "3 voix pas encore reçues : le résultat peut changer."),
    ] {
        let mut net = NetworkView::clone(&app.networks[0]);
        let mut view = DecisionView::clone(&net.open_decisions[0]);
        (view.awaited, view.provisional, view.voted) = (awaited, true, 1 + awaited);
        net.open_decisions = vec![Arc::new(view)];
        let mut ui = DecisionsUi::default();
        ui.open(network, decision, &mut Vec::new());
        let page = Page {
            app: app.clone(),
            net: Arc::new(net),
            words: I18n::new(Lang::Fr),
            drafts: Drafts::default(),
            ui,
        };
        let mut harness = support::window(HIGH, page, |ui, page| page.paint(ui));
        harness.run();
        assert!(looking::reads(&harness, words));
        assert!(looking::reads(&harness, "Pour l’instant : adoptée."));
    }
}

/// An open decision by a method; by consent, I object.
fn one(engine: &Engine, network: NetworkId, method: &str) -> DocId {
    let create = C::Create {
        network,
        title: format!("Décision {method}"),
        meeting: None,
        template: Some(method.into()),
        question: None,
    };
    let decision: DocId = ask(engine, Command::Decision(create), "decision");
    let add = |text: &str| {
        let text = text.to_owned();
        let add = C::OptionAdd {
            network,
            decision,
            text,
        };
        ask::<ItemId>(engine, Command::Decision(add), "option")
    };
    let call = |command: C| engine.call(Command::Decision(command)).unwrap();
    if Method::from_word(method).is_some_and(Method::has_options) {
        add("La Navette");
        add("Le Fil");
    }
    if method == "criteria" {
        for text in ["Prix par apprenant", "Accessibilité"] {
            let text = text.to_owned();
            call(C::CriterionAdd {
                network,
                decision,
                text,
            });
        }
    }
    call(C::Start {
        network,
        decision,
        closes: None,
    });
    if method == "criteria" {
        let (field, value) = (DecisionField::Step, Some("confront".to_owned()));
        call(C::Set {
            network,
            decision,
            field,
            value,
        });
    }
    if method == "consent" {
        let answer = Answer::Stance {
            stance: Stance::Objection,
            words: "Trop cher pour nous".into(),
        };
        call(C::Cast {
            network,
            decision,
            answer,
        });
    }
    call(C::Open { network, decision });
    decision
}

/// A network with an open decision by each of some methods.
fn decisions(engine: &Engine) {
    let network = seed::network(engine);
    for method in ["choose-ranked", "criteria", "consent", "choose-dots"] {
        one(engine, network, method);
    }
}

/// Opens a decision from the register, whatever is said of it there.
fn row(desk: &mut Desk, title: &str) {
    let name = desk.text_from(&format!("{title}, ")).unwrap();
    desk.click(&name);
}

#[test]
fn each_method_has_a_form_that_says_what_it_asks() {
    let mut desk = Desk::of_ana(HIGH, |engine| {
        decisions(engine);
    });
    assert!(desk.reads("Ma voix est attendue"));
    desk.click("Décisions");
    row(&mut desk, "Décision choose-ranked");
    desk.until("it is open", |desk| desk.has("Classer à la suite : Le Fil"));
    desk.click("Classer à la suite : Le Fil");
    desk.click("Classer à la suite : La Navette");
    desk.click("Monter La Navette");
    desk.click("Donner ma voix");
    desk.until("it is cast", |desk| desk.reads("En tête : La Navette"));

    row(&mut desk, "Décision criteria");
    desk.until("it is open", |desk| {
        desk.has("Importance : Prix par apprenant")
    });
    desk.click("Zéro pour Importance : Prix par apprenant");
    desk.click("Zéro pour Le Fil, Accessibilité");
    desk.click("Donner ma voix");
    desk.until("it is cast", |desk| desk.has("Changer ma voix"));
    assert!(desk.reads("Aucun critère n’a reçu d’importance"));

    row(&mut desk, "Décision consent");
    desk.until("it is open", |desk| {
        desk.reads("1 objection reste ouverte.")
    });
    desk.click("Répondre à l’objection de Ana Vasconcel");
    desk.write(
        "Comment l’objection est prise en compte",
        "Prêté, pas acheté",
    );
    desk.click("Enregistrer la réponse");
    desk.until("it is answered", |desk| desk.reads("Prêté, pas acheté"));
    desk.click("J’objectais : la proposition en a tenu compte");
    desk.click("Changer ma voix");
    desk.until("it is adopted", |desk| {
        desk.reads("Pour l’instant : adoptée.")
    });

    // The register finds by words and by how far it has come.
    desk.write("Chercher une décision", "dots");
    let shown = |title: &str| desk.text_from(&format!("{title}, ")).is_some();
    assert!(shown("Décision choose-dots") && !shown("Décision criteria"));
}

#[test]
fn pictures_of_a_decision_by_criteria_and_of_what_is_prepared() {
    let mut results = SnapshotResults::new();
    for look in [
        Look {
            dark: false,
            size: [1024, 700],
        },
        Look {
            dark: true,
            size: [1600, 1400],
        },
    ] {
        let mut desk = Desk::that_morning(look, |engine| {
            let network = seed::network(engine);
            let decision = one(engine, network, "criteria");
            let view = engine.fresh_view().unwrap();
            let open = view.networks[0].decision(&decision).unwrap();
            let given = |from: u32| {
                let ids = open.content.criteria.iter().zip(from..);
                ids.map(|(line, weight)| (line.id, weight)).collect()
            };
            let scores = open.content.options.iter().zip(2..);
            let answer = Answer::Grid {
                weights: given(4),
                scores: scores.map(|(line, from)| (line.id, given(from))).collect(),
                words: String::new(),
            };
            let call = |command: C| engine.call(Command::Decision(command)).unwrap();
            call(C::Cast {
                network,
                decision,
                answer,
            });
            call(C::Close { network, decision });
        });
        desk.click("Décisions");
        row(&mut desk, "Décision criteria");
        desk.until("it is open", |desk| desk.has("Changer ma voix"));
        desk.hide_machines();
        let name = format!("decision-result-{}", look.name());
        results.add(looking::picture(&mut desk.harness, &name));
    }
    for look in [
        Look {
            dark: true,
            size: [1024, 1400],
        },
        Look {
            dark: false,
            size: [1600, 1400],
        },
    ] {
        let mut desk = Desk::that_morning(look, |engine| {
            seed::network(engine);
        });
        desk.click("Décisions");
        desk.click("Poser une première question");
        desk.write("Titre de la décision", "Ouvrir aux bénévoles");
        desk.click("Vote");
        desk.click("Préparer");
        desk.until("it is there", |desk| desk.has("Poser la question"));
        desk.hide_machines();
        let name = format!("decision-draft-{}", look.name());
        results.add(looking::picture(&mut desk.harness, &name));
    }
}

/// On a laptop and, dark, on a desk.
const TWO: [Look; 2] = [
    Look {
        dark: false,
        size: support::SMALL,
    },
    Look {
        dark: true,
        size: support::LARGE,
    },
];

#[test]
fn a_register_without_decisions_and_what_a_new_one_starts_from_in_pictures() {
    let mut results = SnapshotResults::new();
    for look in TWO {
        let mut desk = Desk::that_morning(look, |engine| {
            seed::network(engine);
        });
        let mut take = |desk: &mut Desk, name: &str| {
            let name = format!("{name}-{}", look.name());
            results.add(looking::picture(&mut desk.harness, &name));
        };
        desk.click("Décisions");
        take(&mut desk, "decisions-empty");
        desk.click("Poser une première question");
        desk.write("Titre de la décision", "Ouvrir aux bénévoles");
        take(&mut desk, "decision-new");
    }
}

/// What a decision is about.
const ABOUT: &str = "## Pourquoi un outil\n\nNous formons dans **quatre lieux**, et chacun achète le sien.\n\n\
    - qui s’en servira ;\n- pour combien de temps.\n";

#[test]
fn criteria_that_are_collected_the_text_and_a_link_to_an_action_in_pictures() {
    let mut results = SnapshotResults::new();
    let high = Look {
        size: [1024, 1050],
        ..TWO[0]
    };
    for look in [high, TWO[1]] {
        let mut desk = Desk::that_morning(look, |engine| {
            let network = seed::network(engine);
            let decision = collecting(engine, network);
            let edit = TextEdit {
                text: Some(ABOUT.into()),
                ..TextEdit::default()
            };
            let text = C::Edit {
                network,
                decision,
                edit,
            };
            engine.call(Command::Decision(text)).unwrap();
            concluded(engine, network);
        });
        let mut take = |desk: &mut Desk, name: &str| {
            let name = format!("{name}-{}", look.name());
            results.add(looking::picture(&mut desk.harness, &name));
        };
        desk.click("Décisions");
        row(&mut desk, "Choisir un outil");
        desk.until("criteria are collected", |desk| {
            desk.reads("Étape 1 : recueillir les critères")
        });
        take(&mut desk, "decision-collect");
        desk.click("Texte");
        desk.until("the text", |desk| desk.reads("Pourquoi un outil"));
        take(&mut desk, "decision-text");
        row(&mut desk, "Prêter le local");
        desk.until("it is open", |desk| desk.has("Lier une action…"));
        desk.click("Lier une action…");
        desk.write("Chercher une action du plan", "a");
        take(&mut desk, "decision-link");
    }
}

/// Criteria and options of a tool, still collected.
fn collecting(engine: &Engine, network: NetworkId) -> DocId {
    let create = C::Create {
        network,
        title: "Choisir un outil".into(),
        meeting: None,
        template: Some("criteria".into()),
        question: Some("Quel outil de formation à distance achetons-nous ?".into()),
    };
    let decision: DocId = ask(engine, Command::Decision(create), "decision");
    for text in [
        "Prix par apprenant",
        "Accessibilité",
        "Fonctionne sans réseau",
    ] {
        let add = C::CriterionAdd {
            network,
            decision,
            text: text.into(),
        };
        engine.call(Command::Decision(add)).unwrap();
    }
    for text in ["La Navette", "Le Fil"] {
        let add = C::OptionAdd {
            network,
            decision,
            text: text.into(),
        };
        engine.call(Command::Decision(add)).unwrap();
    }
    let start = C::Start {
        network,
        decision,
        closes: None,
    };
    engine.call(Command::Decision(start)).unwrap();
    decision
}

#[test]
fn a_simple_choice_that_is_counted_names_what_was_chosen_first_in_pictures() {
    let mut results = SnapshotResults::new();
    for look in TWO {
        let mut page = page_of("choose-simple");
        let net = Arc::make_mut(&mut page.net);
        let mut view = DecisionView::clone(&net.open_decisions[0]);
        // Nine people answered, most of them by the second of the list.
        let tally = view.tally.as_mut().unwrap();
        (tally.electors, tally.cast) = (11, 9);
        tally.choices.reverse();
        for (choice, people) in tally.choices.iter_mut().zip([6u8, 3]) {
            (choice.points, choice.people) = (u64::from(people), usize::from(people));
        }
        let option = tally.choices[0].option;
        tally.verdict = Verdict::Chosen { option };
        (view.electors, view.voted, view.provisional) = (11, 9, false);
        view.phase = Phase::Counted;
        net.open_decisions = vec![Arc::new(view)];
        let mut harness = support::window(look, page, |ui, page| page.paint(ui));
        let name = format!("decided-simple-{}", look.name());
        results.add(looking::picture(&mut harness, &name));
    }
}

#[test]
fn what_was_said_at_once_of_a_decision_in_pictures() {
    let mut results = SnapshotResults::new();
    for look in TWO {
        let mut page = page_of("vote");
        let net = Arc::make_mut(&mut page.net);
        let mut view = DecisionView::clone(&net.open_decisions[0]);
        let me = Some(page.app.me.member);
        view.content.outcome = "Prêté un an, à l’essai.".into();
        let values = [
            (
                "outcome",
                [
                    "Prêté un an, à l’essai.",
                    "Prêté aux seules associations du canton.",
                ],
            ),
            ("stage", ["open", "withdrawn"]),
            ("closes", ["2093-03-01T12:00:00Z", "2094-06-01T12:00:00Z"]),
        ];
        for (field, values) in values {
            let authors = values.into_iter().zip([None, me]);
            let values = authors.map(|(value, author)| ConflictValue {
                value: value.into(),
                author,
            });
            view.content.conflicts.push(Conflict {
                field: field.into(),
                values: values.collect(),
            });
        }
        view.content.why = "trop tôt".into();
        net.open_decisions = vec![Arc::new(view)];
        let high = Look {
            size: [look.size[0], 1400],
            ..look
        };
        let mut harness = support::window(high, page, |ui, page| page.paint(ui));
        let name = format!("decision-at-once-{}", look.name());
        results.add(looking::picture(&mut harness, &name));
    }
}

/// The page of an open decision by a method, without the register.
fn page_of(method: &str) -> Page {
    let dir = tempfile::tempdir().unwrap();
    let profile = dir.path().join("profile");
    let mut known = None;
    driving::profile_of("Ana Vasconcel", &profile, |engine| {
        let network = seed::network(engine);
        let decision = one(engine, network, method);
        let app = AppView::clone(&engine.fresh_view().unwrap());
        known = Some((app, network, decision));
    });
    let (app, network, decision) = known.unwrap();
    let mut net = NetworkView::clone(&app.networks[0]);
    net.decisions = Arc::default();
    let mut ui = DecisionsUi::default();
    ui.open(network, decision, &mut Vec::new());
    Page {
        app,
        net: Arc::new(net),
        words: I18n::new(Lang::Fr),
        drafts: Drafts::default(),
        ui,
    }
}

#[test]
fn where_names_are_left_out_nobody_is_told_who_moved_the_result_last() {
    let mut desk = Desk::of_ana(HIGH, |engine| {
        let network = seed::network(engine);
        for (title, names) in [("Avec noms", "shown"), ("Sans noms", "hidden")] {
            let create = C::Create {
                network,
                title: title.into(),
                meeting: None,
                template: Some("vote".into()),
                question: None,
            };
            let decision: DocId = ask(engine, Command::Decision(create), "decision");
            let call = |command: C| engine.call(Command::Decision(command)).unwrap();
            call(C::Set {
                network,
                decision,
                field: DecisionField::Names,
                value: Some(names.into()),
            });
            call(C::Start {
                network,
                decision,
                closes: None,
            });
        }
    });
    desk.click("Décisions");
    for (title, told) in [("Avec noms", true), ("Sans noms", false)] {
        row(&mut desk, title);
        desk.until("it is open", |desk| desk.has("Donner ma voix"));
        assert!(desk.reads("posée aux membres par Ana Vasconcel"));
        assert_eq!(desk.reads("modifiée par Ana Vasconcel"), told, "{title}");
    }
}

#[test]
fn a_date_is_looked_for_from_a_new_decision_and_stands_in_the_register() {
    let mut desk = Desk::of_ana(HIGH, |engine| {
        seed::network(engine);
    });
    desk.click("Décisions");
    desk.click("Poser une première question");
    desk.write("Titre de la décision", "Quand faire la fête ?");
    desk.click("Trouver une date");
    desk.click("Chercher une date");
    desk.until("days can be proposed", |desk| desk.has("Jour à proposer"));
    assert_eq!(desk.value("Titre de la rencontre"), "Quand faire la fête ?");
    desk.write("Jour à proposer", "5/3/2093");
    desk.write("Heure à proposer", "le soir");
    desk.press(Modifiers::NONE, Key::Enter);
    assert!(desk.reads("Écrivez l’heure sur 24 heures"));
    assert_eq!(desk.value("Jour à proposer"), "5/3/2093");
    desk.write("Heure à proposer", "9h30");
    desk.press(Modifiers::NONE, Key::Enter);
    desk.until("it is proposed", |desk| {
        desk.reads("jeudi 5 mars 2093 à 09:30")
    });

    desk.click("Décisions");
    let row = desk.text_from("Quand faire la fête ?, ").unwrap();
    assert!(row.contains("Trouver une date · 1 date proposée"), "{row}");
    assert!(row.contains("Votre réponse est attendue"), "{row}");
    // It is no decision that has come further, and it is found by its words.
    desk.write("Chercher une décision", "budget");
    assert!(desk.text_from("Quand faire la fête ?, ").is_none());
    desk.write("Chercher une décision", "fete");
    desk.click(&row);
    desk.until("the meeting is open", |desk| desk.has("Jour à proposer"));
    let view = desk.engine().fresh_view().unwrap();
    assert!(view.networks[0].decisions.decisions.is_empty());
}

#[test]
fn an_action_of_the_plan_is_found_linked_to_a_decision_and_unlinked() {
    let mut desk = Desk::of_ana(HIGH, |engine| {
        let network = seed::network(engine);
        for number in 0..300 {
            let title = format!("Coudre la banderole {number}");
            engine.call(seed::action(network, title)).unwrap();
        }
        concluded(engine, network);
    });
    let linked = |desk: &Desk| {
        let view = desk.engine().fresh_view().unwrap();
        let actions = view.networks[0].open_decisions[0].actions.clone();
        let titles = actions.into_iter().map(|one| one.title);
        titles.collect::<Vec<_>>()
    };
    desk.click("Décisions");
    row(&mut desk, "Prêter le local");
    desk.until("it is open", |desk| desk.has("Lier une action…"));
    assert!(desk.text_from("Dit par Ana Vasconcel le ").is_some());
    desk.click("Lier une action…");
    // Only what is in sight is laid out.
    assert!(desk.has("Lier « Nous présenter en une page »"));
    assert!(!desk.has("Lier « Coudre la banderole 200 »"));
    desk.write("Chercher une action du plan", "fîche ecrire");
    desk.click("Lier « Écrire la fiche d’orientation »");
    desk.until("it is linked", |desk| {
        linked(desk) == ["Écrire la fiche d’orientation"]
    });
    // What is linked is not offered again.
    desk.click("Lier une action…");
    desk.write("Chercher une action du plan", "orientation");
    assert!(desk.reads("Aucune action du plan ne correspond."));
    desk.click("Annuler");
    desk.click("Délier « Écrire la fiche d’orientation »");
    desk.until("it is unlinked", |desk| linked(desk).is_empty());
    desk.press(Modifiers::COMMAND, Key::Z);
    desk.until("that is undone", |desk| linked(desk).len() == 1);
    desk.click("Écrire la fiche d’orientation");
    desk.until("the action is open", |desk| desk.has("Terminé"));
    let view = desk.engine().fresh_view().unwrap();
    let actions = &view.networks[0].plan.content.actions;
    assert_eq!(actions.len(), 307, "none was made");
}

/// A decision that was taken by word of mouth.
fn concluded(engine: &Engine, network: NetworkId) -> DocId {
    let create = C::Create {
        network,
        title: "Prêter le local".into(),
        meeting: None,
        template: Some("noted".into()),
        question: None,
    };
    let decision: DocId = ask(engine, Command::Decision(create), "decision");
    let conclude = C::Outcome {
        network,
        decision,
        outcome: Some("Prêté un an, à l’essai.".into()),
        review: Some("2020-03-03".into()),
    };
    engine.call(Command::Decision(conclude)).unwrap();
    decision
}

/// Every way to answer.
const BALLOTS: [&str; 10] = [
    "sense",
    "advice",
    "consent",
    "vote",
    "gradients",
    "choose-simple",
    "choose-dots",
    "choose-score",
    "choose-ranked",
    "criteria",
];

#[test]
fn the_ballots_in_pictures() {
    let mut results = SnapshotResults::new();
    for look in [
        Look {
            dark: false,
            size: [1024, 1100],
        },
        Look {
            dark: true,
            size: [1024, 1100],
        },
    ] {
        let mut desk = Desk::that_morning(look, |engine| {
            let network = seed::network(engine);
            for method in BALLOTS {
                one(engine, network, method);
            }
        });
        desk.click("Décisions");
        for method in BALLOTS {
            desk.write("Chercher une décision", method);
            row(&mut desk, &format!("Décision {method}"));
            desk.until("it is open", |desk| {
                desk.has("Donner ma voix") || desk.has("Changer ma voix")
            });
            desk.hide_machines();
            let name = format!("decision-ballot-{method}-{}", look.name());
            results.add(looking::picture(&mut desk.harness, &name));
        }
    }
}
