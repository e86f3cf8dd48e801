//! Evaluation in the window: played on a real profile, and in pictures of answers that are made up.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on says so by panicking"
)]

mod driving;
mod support;

use std::{collections::BTreeMap, sync::Arc};

use driving::{Desk, seed};
use egui_kittest::{Harness, SnapshotResults};
use support::{Look, looking, window};
use tresse_desktop::{
    app::{asks::Ask, draft::Drafts},
    i18n::{I18n, Lang},
    theme,
    views::{Cx, evaluation::EvaluationUi},
};
use tresse_engine::{
    AppView, Command, ContributionKind, ContributionsView, Engine, EvaluationCommand,
    EvaluationView, Given, GivenThing, MemberContributions, MyAnswer, NetworkView, Options,
    model::{
        Assessed, Gift, ItemId, MemberId, OwnEvaluation, PulseAnswer, PulseRhythm, PulseSettings,
        QUESTIONS, Question, STATEMENTS, assessment_facts, pulse_facts,
    },
};

/// High enough for a whole look: only what is in sight can be clicked.
const HIGH: Look = Look {
    dark: false,
    size: [1024, 2000],
};
const TODAY: &str = "2026-11-24";

#[test]
fn a_pulse_is_begun_answered_and_reworded_by_the_window() {
    let mut desk = Desk::of_ana(HIGH, |engine| {
        seed::network(engine);
    });
    desk.click("Évaluation");
    desk.click("Baromètre");
    assert!(desk.reads("Prendre le pouls du réseau"));
    desk.click("Commencer le baromètre");
    desk.until("questions are asked", |desk| {
        desk.reads("Il reste 5 questions.")
    });
    // Home asks for it, and leads to it.
    desk.click("Accueil");
    let asked = desk.text_from("Baromètre à remplir").unwrap();
    desk.click(&asked);
    let heard = "Votre parole est-elle entendue ?";
    desk.click(&format!("{heard} — 4 sur 5"));
    desk.until("it is answered", |desk| desk.reads("Il reste 4 questions."));
    desk.write(&format!("Un mot sur « {heard} »"), "mieux");
    desk.until("the word is kept", |desk| {
        let view = desk.engine().fresh_view().unwrap().networks[0]
            .evaluation
            .clone();
        let mine = view.mine.iter().find(|one| one.question == "heard");
        mine.is_some_and(|one| one.word == "mieux" && one.score == Some(4))
    });
    // One answer alone is not shown.
    assert!(desk.reads("À moins de 3 réponses, seul leur nombre est affiché."));
    // Chosen again, it is taken back.
    desk.click(&format!("{heard} — 4 sur 5"));
    desk.until("it is taken back", |desk| {
        desk.reads("Il reste 5 questions.")
    });

    desk.click("Changer les questions et le rythme");
    desk.click("Ne plus poser « Les rencontres sont-elles utiles ? »");
    desk.until("it is asked no more", |desk| {
        desk.reads("Il reste 4 questions.")
    });
    desk.click("Remettre");
    desk.until("it is asked again", |desk| {
        desk.reads("Il reste 5 questions.")
    });
    desk.write("Nouvelle question", "Et le goûter ?");
    desk.click("Ajouter la question");
    desk.until("one more is asked", |desk| {
        desk.has("Et le goûter ? — 5 sur 5")
    });
}

#[test]
fn a_weak_corner_leads_to_a_sheet_and_the_sheet_becomes_a_page() {
    let mut desk = Desk::of_ana(HIGH, |engine| {
        seed::network(engine);
    });
    desk.click("Évaluation");
    desk.click("Coopérer");
    desk.click("J’ai le temps et les moyens de tenir mes engagements. — 1 sur 5");
    desk.until("a sheet is proposed", |desk| {
        desk.has("La carte des ressources")
    });
    desk.click("La carte des ressources");
    assert!(desk.has("Toutes les fiches"));
    desk.click("En faire une page");
    desk.until("the page is there", |desk| {
        let view = desk.engine().fresh_view().unwrap();
        let pages = &view.networks[0].library.pages;
        pages
            .iter()
            .any(|page| page.title == "La carte des ressources")
    });
    desk.until("it is shown", |desk| desk.reads("La carte des ressources"));
}

#[test]
fn what_was_learned_and_what_one_gave_are_written_by_the_window() {
    let mut desk = Desk::of_ana(HIGH, |engine| {
        seed::network(engine);
    });
    desk.click("Évaluation");
    desk.write("Ce que nous avons appris", "Commencer petit.");
    desk.until("it is kept", |desk| {
        let view = desk.engine().fresh_view().unwrap();
        let objectives = &view.networks[0].plan.content.objectives;
        objectives
            .iter()
            .any(|one| one.learned == "Commencer petit.")
    });
    desk.click("Contributions");
    desk.until("they are gathered", |desk| {
        desk.has("Contributions de Ana Vasconcel")
    });
    desk.click("Contributions de Ana Vasconcel");
    assert!(desk.reads("Pages écrites"));
    desk.write("Ce que j’ai donné", "J’ai prêté la salle 4.");
    desk.click("Ajouter");
    desk.until("it stands there", |desk| {
        desk.has("Retirer « J’ai prêté la salle 4. »")
    });
    desk.click("Retirer « J’ai prêté la salle 4. »");
    desk.click("Remettre");
    desk.until("it is back", |desk| {
        desk.has("Retirer « J’ai prêté la salle 4. »")
    });
    // Nobody looks any more, wherever one goes: nothing is put together.
    for away in ["Résultats", "Accueil"] {
        desk.click(away);
        desk.until("they are put away", |desk| {
            let view = desk.engine().fresh_view().unwrap();
            view.networks[0].contributions.is_none()
        });
        desk.click("Évaluation");
        if desk.has("Contributions") {
            desk.click("Contributions");
        }
        desk.until("they are gathered again", |desk| {
            desk.has("Retirer « J’ai prêté la salle 4. »")
        });
    }
}

fn person(number: u8) -> MemberId {
    MemberId::from_bytes([number; 20])
}

/// A year of answers of up to nine people.
fn answers() -> BTreeMap<MemberId, OwnEvaluation> {
    let mut all: BTreeMap<MemberId, OwnEvaluation> = BTreeMap::new();
    for (turn, (period, people)) in [
        ("2026-01-01", 5),
        ("2026-04-01", 7),
        ("2026-07-01", 9),
        ("2026-10-01", 4),
    ]
    .into_iter()
    .enumerate()
    {
        for number in 0..people {
            for (place, question) in QUESTIONS.into_iter().enumerate() {
                // The last question is answered by two only.
                if place == 4 && number > 1 {
                    continue;
                }
                let score = 2 + (usize::from(number) * 7 + place * 3 + turn) % 4;
                let said = ["", "clair", "", "plus court", "merci Édith"];
                let answer = PulseAnswer {
                    period: period.into(),
                    question: question.into(),
                    score: u8::try_from(score).unwrap(),
                    word: said[(usize::from(number) + place) % 5].into(),
                    asked: String::new(),
                };
                all.entry(person(number + 1))
                    .or_default()
                    .answers
                    .push(answer);
            }
        }
    }
    for number in 0..5u8 {
        for on in ["2026-03-17", "2026-10-20"] {
            for (place, one) in STATEMENTS.iter().enumerate() {
                let later = usize::from(on > "2026-06-01");
                let low = place / 4 == 1;
                let score = if low { 1 } else { 3 } + (usize::from(number) + place + later) % 3;
                all.entry(person(number + 1))
                    .or_default()
                    .assessed
                    .push(Assessed {
                        on: on.into(),
                        statement: one.key.into(),
                        score: u8::try_from(score).unwrap(),
                    });
            }
        }
    }
    all
}

fn made_up() -> EvaluationView {
    let question = |key: &str| Question {
        key: key.into(),
        text: String::new(),
        removed: false,
        conflicts: Vec::new(),
    };
    let settings = PulseSettings {
        rhythm: Some(PulseRhythm::Quarterly),
        start: "2026-01-01".into(),
        threshold: 3,
        questions: QUESTIONS.into_iter().map(question).collect(),
        conflicts: Vec::new(),
    };
    let all = answers();
    let people = all.iter().map(|(member, own)| (*member, own)).collect();
    let mine = QUESTIONS.iter().enumerate().map(|(place, key)| MyAnswer {
        question: (*key).into(),
        score: (place < 2).then_some(4),
        word: if place == 0 {
            "on avance".into()
        } else {
            String::new()
        },
    });
    EvaluationView {
        pulse: pulse_facts(&settings, &people, TODAY),
        assessment: assessment_facts(&people, &BTreeMap::new(), &person(1), 3, TODAY),
        mine: mine.collect(),
        asked: 3,
        settings,
    }
}

fn gave() -> ContributionsView {
    let thing = |on: &str, title: &str| GivenThing {
        on: on.into(),
        title: title.into(),
        doc: None,
    };
    let given = |kind, things: Vec<GivenThing>| Given {
        kind,
        count: things.len(),
        things,
    };
    let pages = given(
        ContributionKind::Pages,
        vec![
            thing("2026-10-12", "Bilan du forum de Pont-d’Ourve"),
            thing("2026-06-02", "Louer une salle accessible : qui appeler"),
        ],
    );
    let actions = given(
        ContributionKind::Actions,
        vec![thing("2026-09-30", "Remettre la remorque en état")],
    );
    let answers = Given {
        kind: ContributionKind::Answers,
        count: 6,
        things: Vec::new(),
    };
    let member = |number, name: &str, given: Vec<Given>, own: Vec<Gift>| MemberContributions {
        member: person(number),
        name: name.into(),
        given,
        own,
        is_me: number == 1,
    };
    let gift = Gift {
        id: ItemId::from_bytes([1; 10]),
        text: "J’ai conduit le camion au forum, aller et retour.".into(),
        on: "2026-10-12".into(),
        conflicts: Vec::new(),
    };
    ContributionsView {
        together: vec![pages.clone(), actions.clone(), answers.clone()],
        members: vec![
            member(1, "Ana Vasconcel", vec![pages, answers], vec![gift]),
            member(2, "Bo Lindqvist", vec![actions], Vec::new()),
            member(3, "Claire Montsegret", Vec::new(), Vec::new()),
        ],
    }
}

/// What is painted, and what was asked for.
struct Shown {
    app: AppView,
    net: Arc<NetworkView>,
    words: I18n,
    drafts: Drafts,
    asks: Vec<Ask>,
    ui: EvaluationUi,
}

impl Shown {
    fn paint(&mut self, ui: &mut egui::Ui) {
        let mut asks = Vec::new();
        let mut cx = Cx {
            words: &self.words,
            app: &self.app,
            net: &self.net,
            drafts: &mut self.drafts,
            asks: &mut asks,
            today: jiff::civil::date(2026, 11, 24),
            now: 0,
            time: 0.0,
        };
        let paper = egui::Frame::new().fill(theme::tokens(ui).color.paper);
        egui::CentralPanel::default()
            .frame(paper)
            .show(ui, |ui| self.ui.ui(ui, &mut cx));
        self.asks.extend(asks);
    }
}

fn stage(lang: Lang, look: Look, filled: bool) -> Harness<'static, Shown> {
    let dir = tempfile::tempdir().unwrap();
    let profile = dir.path().join("profile");
    let open = tresse_engine::Protection::Open;
    Engine::init(&profile, "Ana Vasconcel", "fr", &open).unwrap();
    let engine = Engine::open(&profile, Options::default()).unwrap();
    if filled {
        seed::network(&engine);
    } else {
        let command = Command::NetworkCreate {
            name: seed::NAME.into(),
            template: None,
        };
        engine.call(command).unwrap();
    }
    let app = AppView::clone(&engine.fresh_view().unwrap());
    engine.close();
    let mut net = NetworkView::clone(&app.networks[0]);
    if filled {
        net.evaluation = Arc::new(made_up());
        net.contributions = Some(Arc::new(gave()));
    }
    let shown = Shown {
        app,
        net: Arc::new(net),
        words: I18n::new(lang),
        drafts: Drafts::default(),
        asks: Vec::new(),
        ui: EvaluationUi::default(),
    };
    let mut harness = window(look, shown, |ui, shown| shown.paint(ui));
    harness.run();
    harness
}

fn click(harness: &mut Harness<'static, Shown>, name: &str) {
    looking::named(harness, name, egui::accessibility::is_input)
        .unwrap_or_else(|| panic!("nothing is called « {name} »\n{harness:?}"))
        .click();
    harness.run();
}

#[test]
fn evaluation_in_pictures() {
    let mut results = SnapshotResults::new();
    for (dark, size) in [
        (false, [1024, 1500]),
        (true, [1024, 1500]),
        (false, [1600, 1500]),
        (false, [760, 1500]),
    ] {
        let look = Look { dark, size };
        for (name, tab) in [
            ("results", "Résultats"),
            ("pulse", "Baromètre"),
            ("cooperation", "Coopérer"),
            ("contributions", "Contributions"),
            ("toolbox", "Boîte à outils"),
        ] {
            let mut harness = stage(Lang::Fr, look, true);
            click(&mut harness, tab);
            let name = format!("evaluation-{name}-{}", look.name());
            results.add(looking::picture(&mut harness, &name));
        }
    }
    let mut harness = stage(Lang::En, Look::PLAIN, true);
    click(&mut harness, "Cooperating");
    results.add(looking::picture(
        &mut harness,
        "english-cooperation-light-1024",
    ));
    results.unwrap();
}

#[test]
fn what_one_comes_to_from_evaluation_in_pictures() {
    let mut results = SnapshotResults::new();
    for dark in [false, true] {
        let look = Look {
            dark,
            ..Look::PLAIN
        };
        let mut take = |harness: &mut Harness<'static, Shown>, name: &str| {
            let name = format!("evaluation-{name}-{}", look.name());
            results.add(looking::picture(harness, &name));
        };
        let mut harness = stage(Lang::Fr, look, false);
        take(&mut harness, "results-new");
        click(&mut harness, "Baromètre");
        take(&mut harness, "pulse-new");
        let mut harness = stage(Lang::Fr, look, true);
        click(&mut harness, "Contributions");
        click(&mut harness, "Contributions de Ana Vasconcel");
        take(&mut harness, "member");
        click(&mut harness, "Boîte à outils");
        click(&mut harness, "Décider par consentement, en cinq étapes");
        take(&mut harness, "sheet");
        let size = [1024, 2900];
        let mut harness = stage(Lang::Fr, Look { dark, size }, true);
        click(&mut harness, "Baromètre");
        click(&mut harness, "Changer les questions et le rythme");
        take(&mut harness, "pulse-settings");
    }
}

#[test]
fn a_score_asks_for_what_it_says_and_plots_say_in_words_what_they_show() {
    let mut harness = stage(Lang::Fr, HIGH, true);
    click(&mut harness, "Baromètre");
    click(&mut harness, "Votre parole est-elle entendue ? — 3 sur 5");
    let network = harness.state().net.id;
    let expected = Command::Evaluation(EvaluationCommand::Answer {
        network,
        question: "heard".into(),
        score: Some(3),
        word: None,
        withdraw: false,
    });
    let sent = |ask: &Ask| matches!(ask, Ask::Send(command) if *command == expected);
    assert!(harness.state().asks.iter().any(sent));
    assert!(
        looking::reads(&harness, "rép., trop peu"),
        "two answers are not broken down"
    );
    click(&mut harness, "Coopérer");
    assert!(looking::reads(&harness, "Moi : Vouloir"));
    assert!(looking::reads(&harness, "Le réseau au fil du temps : 3"));
}
