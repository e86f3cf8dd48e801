//! Roles and steering in the window: played on a real profile, and in pictures of a village that is made up.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on says so by panicking"
)]

mod driving;
#[path = "trust/stage.rs"]
mod stage;
mod support;
#[path = "trust/village.rs"]
mod village;

use std::collections::{BTreeMap, BTreeSet};

use driving::{Desk, ask, seed};
use egui_kittest::SnapshotResults;
use stage::{Stage, person};
use support::Look;
use tresse_desktop::{app::asks::Ask, i18n::Lang, views::members::Decision};
use tresse_engine::{
    ActionBrief, Command, HandOverView, Moment, ObjectiveProgress, PilotingAsked, PilotingView,
    PostView, RoleView, ThreadView,
    model::{
        DocId, EndedHeld, Held, ItemId, MemberId, NetworkId, Piloting, Role, RoleFacts, RoleField,
        Status, SwapSaid, held_before, piloting_facts,
    },
};
use village::{ANA, BO, CLAIRE, DRISS};

const TODAY: &str = "2026-11-24";
/// High enough for the whole look: only what is in sight can be clicked.
const HIGH: Look = Look {
    dark: false,
    size: [1024, 2000],
};

#[test]
fn a_role_is_described_goes_round_and_is_handed_over_by_the_window() {
    let mut desk = Desk::of_ana(HIGH, |engine| {
        seed::network(engine);
    });
    desk.click("Membres");
    desk.click("Rôles et pilotage");
    assert!(desk.reads("Personne ne tient ce rôle pour le moment."));
    assert!(desk.reads("Aucun retour pour le moment."));

    desk.click("Mission et tour de rôle : Pilotage");
    desk.write("Mission", "Tenir la feuille de route");
    desk.write("Premier jour du premier tour", "1/1/2020");
    desk.press(egui::Modifiers::NONE, egui::Key::Tab);
    desk.choose("Durée d’un tour", "3 mois");
    desk.choose("Ajouter à l’ordre", "Ana Vasconcel");
    desk.until("the calendar is there", |desk| {
        desk.reads("Les tours à venir")
    });
    assert!(desk.reads("1. Ana Vasconcel"));
    desk.click("Terminé");
    assert!(desk.reads("Tenir la feuille de route"));
    assert!(desk.reads("La passation n’est pas encore notée."));

    // The first page says so, and leads to the role itself.
    desk.click("Accueil");
    let asked = desk.text_from("C’est votre tour depuis le").unwrap();
    desk.click(&asked);
    assert!(desk.named("Passation : Pilotage").is_focused());

    // The hand-over is recorded, and a page of where things are begun and opened.
    desk.click("Passation : Pilotage");
    desk.click("Noter la passation");
    desk.until("it is recorded", |desk| !desk.has("Noter la passation"));
    desk.click("Commencer cette page");
    desk.click("Ouvrir cette page");
    desk.until("the page is open", |desk| {
        desk.reads("Passation – Pilotage")
    });
    desk.click("Membres");
    assert!(!desk.reads("La passation n’est pas encore notée."));
    let view = desk.engine().fresh_view().unwrap();
    let pilot = view.networks[0].piloting.role("pilot").unwrap().clone();
    assert_eq!(pilot.facts.holders.len(), 1);
    assert!(pilot.hand_over.page.is_some());
}

#[test]
fn a_mandate_that_would_end_before_it_begins_is_told_so_and_not_given() {
    let mut desk = Desk::of_ana(HIGH, |engine| {
        seed::network(engine);
    });
    desk.click("Membres");
    desk.click("Rôles et pilotage");
    desk.click("Donner un rôle…");
    desk.write("À partir du", "1/3/2027");
    desk.write("Jusqu’au (facultatif)", "1/2/2027");
    assert!(desk.reads(
        "La fin serait avant le début : choisissez une fin plus tardive, ou un début plus tôt."
    ));
    desk.write("Jusqu’au (facultatif)", "1/4/2027");
    assert!(!desk.reads(
        "La fin serait avant le début : choisissez une fin plus tardive, ou un début plus tôt."
    ));
    desk.click("Donner ce rôle");
    desk.until("it is given", |desk| {
        let view = desk.engine().fresh_view().unwrap();
        view.networks[0].members.mandates.len() == 1
    });
}

#[test]
fn feedback_is_written_answered_and_becomes_an_objective_and_all_of_it_is_undone() {
    let mut desk = Desk::of_ana(HIGH, |engine| {
        seed::network(engine);
    });
    desk.click("Membres");
    desk.click("Rôles et pilotage");
    desk.write("Nouveau retour", "Trop de réunions.");
    desk.click("Écrire ce retour : Nouveau retour");
    desk.until("it is there", |desk| {
        desk.reads("attend une réponse du pilotage")
    });
    desk.write("Votre réponse à Ana Vasconcel", "Une sur deux, alors.");
    desk.click("Répondre : Votre réponse à Ana Vasconcel");
    desk.until("the answer is there", |desk| {
        desk.has("Ce que j’ai écrit le 24 nov. 2026") || desk.reads("Une sur deux, alors.")
    });
    desk.click("En faire un objectif…");
    desk.write("Objectif", "Une trace par réunion");
    desk.click("Ajouter cet objectif");
    desk.until("it became one", |desk| {
        desk.reads("Ana Vasconcel en a fait un objectif : Une trace par réunion")
    });
    let objectives = |desk: &Desk| {
        let view = desk.engine().fresh_view().unwrap();
        let plan = view.networks[0].plan.content.objectives.clone();
        plan.iter()
            .filter(|one| one.title == "Une trace par réunion")
            .count()
    };
    assert_eq!(objectives(&desk), 1);
    desk.press(egui::Modifiers::COMMAND, egui::Key::Z);
    desk.until("both are undone", |desk| !desk.reads("devenu un objectif"));
    assert_eq!(objectives(&desk), 0);
}

#[test]
fn what_roles_ask_of_me_stands_on_the_first_page() {
    let mut desk = Desk::of_ana(HIGH, |engine| {
        let network: NetworkId = seed::network(engine);
        let me = engine.fresh_view().unwrap().me.member;
        let set = |field, value: &str| Command::RoleSet {
            network,
            role: "pilot".into(),
            field,
            value: Some(value.into()),
        };
        engine.call(set(RoleField::Start, "2020-01-01")).unwrap();
        engine.call(set(RoleField::Term, "10 ans")).unwrap();
        let turn = Command::RotationTurn {
            network,
            role: "pilot".into(),
            member: me,
            before: None,
            off: false,
        };
        engine.call(turn).unwrap();
        let today: jiff::civil::Date = Moment::real().today().parse().unwrap();
        let soon = today + jiff::Span::new().days(9);
        let give = Command::MandateGive {
            network,
            role: "secretary".into(),
            holder: me,
            from: "2020-01-01".into(),
            to: Some(soon.to_string()),
        };
        engine.call(give).unwrap();
        let begun: ItemId = ask(
            engine,
            Command::FeedbackAdd {
                network,
                text: "x".into(),
                thread: None,
            },
            "feedback",
        );
        let _: DocId = ask(
            engine,
            Command::HandOverPage {
                network,
                role: "pilot".into(),
                title: None,
            },
            "page",
        );
        assert!(begun.to_string().len() > 4);
    });
    assert!(
        desk.reads("C’est votre tour depuis le 1er janvier 2020 : Pilotage. Notez la passation.")
    );
    desk.click("Membres");
    desk.click("Voir les rôles");
    assert!(desk.reads("Depuis le 1er janvier 2020"));
    desk.click("Accueil");
    let ends = desk
        .text_from("Votre mandat (Secrétariat) prend fin le")
        .unwrap();
    assert!(
        ends.ends_with("et personne n’est encore prévu pour la suite."),
        "{ends}"
    );
    desk.click(&ends);
    assert!(desk.named("Passation : Secrétariat").is_focused());
}

/// A mandate as somebody recorded it on its first day.
fn held(
    mandate: &str,
    role: &str,
    holder: MemberId,
    from: &str,
    to: Option<&str>,
    by: MemberId,
) -> Held {
    Held {
        mandate: mandate.into(),
        role: role.into(),
        holder,
        from: from.into(),
        to: to.map(Into::into),
        by,
        said_on: from.into(),
    }
}

/// What somebody ended: of a role that goes on, and the last of one of which nothing else is left.
fn village_before() -> [EndedHeld; 2] {
    let ended = |held, by, on: &str| EndedHeld {
        held,
        by,
        on: on.into(),
    };
    [
        ended(
            held("e1", "pilot", CLAIRE, "2026-01-01", None, ANA),
            BO,
            "2026-06-30",
        ),
        ended(
            held("e2", "Régie du festival", BO, "2024-03-01", None, CLAIRE),
            CLAIRE,
            "2024-09-30",
        ),
    ]
}

/// What is left of a role that nobody holds any more.
fn festival() -> RoleFacts {
    RoleFacts {
        role: "régie du festival".into(),
        name: "Régie du festival".into(),
        holders: Vec::new(),
        rotation: None,
    }
}

/// The village's roles: one that goes round, with a swap; one that the pilot gave alone; a conversation.
fn village_roles() -> PilotingView {
    let ended = village_before();
    let held = [
        held("m1", "pilot", ANA, "2026-07-01", Some("2026-12-31"), BO),
        held("m2", "facilitator", DRISS, "2026-09-01", None, ANA),
        held("m3", "coordinator", CLAIRE, "2024-01-01", None, ANA),
        held("m4", "coordinator", BO, "2025-01-01", None, ANA),
        held(
            "m5",
            "treasurer",
            CLAIRE,
            "2024-01-01",
            Some("2026-10-31"),
            ANA,
        ),
    ];
    let roles = [Role {
        role: "pilot".into(),
        remit: "Tenir la feuille de route, préparer les rencontres, parler pour le réseau.".into(),
        start: "2026-01-01".into(),
        term: "6 months".into(),
        order: vec![CLAIRE, ANA, BO, DRISS],
        conflicts: Vec::new(),
    }];
    let word = |by, mine: &str, with, theirs: &str| SwapSaid {
        role: "pilot".into(),
        by,
        mine: mine.into(),
        theirs: theirs.into(),
        with,
    };
    let swaps = [
        word(BO, "2027-01-01", DRISS, "2027-07-01"),
        word(DRISS, "2027-07-01", BO, "2027-01-01"),
        word(CLAIRE, "2028-01-01", ANA, "2028-07-01"),
    ];
    let present: BTreeSet<MemberId> = [ANA, BO, CLAIRE, DRISS].into();
    let facts = piloting_facts(&Piloting {
        roles: &roles,
        held: &held,
        present: &present,
        swaps: &swaps,
        today: TODAY,
    });
    let hand_over = hand_over();
    let views = facts.roles.into_iter().chain([festival()]).map(|facts| {
        let said = roles.iter().find(|one| one.role == facts.role).cloned();
        let said = said.unwrap_or_default();
        RoleView {
            hand_over: if facts.role == "pilot" {
                hand_over.clone()
            } else {
                HandOverView::default()
            },
            past: facts.role == festival().role,
            before: held_before(&facts.role, &facts.holders, &held, &ended, TODAY),
            remit: said.remit,
            start: said.start,
            term: said.term,
            conflicts: Vec::new(),
            facts,
        }
    });
    let names = [
        (ANA, "Ana Vasconcel"),
        (BO, "Bo Lindqvist"),
        (CLAIRE, "Claire Astier"),
        (DRISS, "Driss Amrani"),
    ];
    PilotingView {
        roles: views.collect(),
        warnings: facts.warnings,
        threads: vec![thread()],
        asked: vec![PilotingAsked::Feedback {
            thread: ItemId::from_bytes([1; 10]),
            by: DRISS,
        }],
        names: BTreeMap::from_iter(names.map(|(id, name)| (id.to_string(), name.to_owned()))),
    }
}

/// What the pilot hands on.
fn hand_over() -> HandOverView {
    HandOverView {
        on: "2027-01-01".into(),
        to: Some(DRISS),
        open: vec![
            action(1, "Réserver la salle des fêtes", "2026-11-10", true, false),
            action(
                2,
                "Relire la convention avec la mairie",
                "2026-12-05",
                false,
                true,
            ),
            action(3, "Préparer la rencontre d’hiver", "", false, false),
        ],
        objectives: vec![ObjectiveProgress {
            id: ItemId::from_bytes([9; 10]),
            title: "Ouvrir deux accueils de proximité".into(),
            deadline: Some("2026-12-31".into()),
            done: 1,
            total: 3,
            percent: Some(40),
            late: false,
        }],
        page: Some(village::page()),
    }
}

fn action(n: u8, title: &str, due: &str, late: bool, blocked: bool) -> ActionBrief {
    ActionBrief {
        id: ItemId::from_bytes([n; 10]),
        title: title.into(),
        due: (!due.is_empty()).then(|| due.into()),
        owner: "Ana Vasconcel".into(),
        status: Status::Todo,
        late,
        blocked,
    }
}

fn thread() -> ThreadView {
    let post = |n: u8, author, role: &str, text: &str, on: &str| PostView {
        id: ItemId::from_bytes([n; 10]),
        author,
        roles: vec![role.into()],
        text: text.into(),
        on: on.into(),
        mine: author == ANA,
        objective: None,
        objective_title: String::new(),
    };
    ThreadView {
        id: ItemId::from_bytes([1; 10]),
        posts: vec![
            post(
                1,
                DRISS,
                "facilitator",
                "Trois rencontres sur quatre n’ont pas laissé de trace. Les absents décrochent : je propose un compte rendu d’une page, écrit à tour de rôle.",
                "2026-10-02",
            ),
            post(
                2,
                ANA,
                "pilot",
                "D’accord sur le constat. Qui commence ?",
                "2026-10-09",
            ),
            post(
                3,
                DRISS,
                "facilitator",
                "Je peux faire celui de novembre.",
                "2026-10-12",
            ),
        ],
        unanswered: true,
        waits_for_me: true,
        objective: None,
    }
}

fn on_stage(lang: Lang, look: Look) -> Stage {
    let mut stage = Stage::new(lang, look, village::view());
    let tab = match lang {
        Lang::Fr => "Rôles et pilotage",
        Lang::En => "Roles and steering",
    };
    stage.pilots(village_roles(), tab);
    stage
}

#[test]
fn roles_in_pictures() {
    let mut results = SnapshotResults::new();
    for (dark, size) in [
        (false, [1024, 1900]),
        (true, [1024, 1900]),
        (false, [1600, 1900]),
        (false, [1024, 700]),
    ] {
        let look = Look { dark, size };
        let mut stage = on_stage(Lang::Fr, look);
        results.add(stage.picture(&format!("roles-{}-{}", look.name(), size[1])));
    }
    let look = Look {
        dark: true,
        size: [1600, 1900],
    };
    let mut stage = on_stage(Lang::En, look);
    results.add(stage.picture(&format!("english-roles-{}", look.name())));
    for (dark, size) in [(false, [1024, 900]), (true, [1600, 900])] {
        let look = Look { dark, size };
        let mut stage = Stage::new(Lang::Fr, look, village::view());
        stage.pilots(PilotingView::default(), "Rôles et pilotage");
        results.add(stage.picture(&format!("roles-empty-{}", look.name())));
    }
    results.unwrap();
}

#[test]
fn who_held_a_role_before_is_folded_with_who_recorded_it_and_who_ended_it() {
    let look = Look {
        dark: false,
        size: [1600, 1900],
    };
    let mut stage = on_stage(Lang::Fr, look);
    assert!(stage.reads("depuis le 1er sept. 2026 · noté par Ana Vasconcel"));
    let ended =
        "du 1er janv. 2026 au 30 juin 2026 · noté par Ana Vasconcel · fin notée par Bo Lindqvist";
    assert!(!stage.reads(ended));
    stage.click("Auparavant (1) : Pilotage");
    assert!(stage.reads(ended));
    // What is left of a role that nobody holds any more is kept apart from those that go on.
    assert!(!stage.reads("Régie du festival"));
    stage.click("Rôles tenus auparavant (1)");
    assert!(stage.reads("Régie du festival : Bo Lindqvist"));
    let mut results = SnapshotResults::new();
    results.add(stage.picture(&format!("roles-before-{}", look.name())));
    results.unwrap();
}

#[test]
fn the_dialogues_of_roles_in_pictures() {
    let mut results = SnapshotResults::new();
    for (name, decision) in [
        ("role", Decision::Role("pilot".into())),
        ("hand-over", Decision::HandOver("pilot".into())),
        ("swap", Decision::Swap("pilot".into(), "2028-07-01".into())),
        (
            "feedback-objective",
            Decision::FeedbackObjective(ItemId::from_bytes([1; 10])),
        ),
    ] {
        for look in [support::LOOKS[0], support::LOOKS[3]] {
            let mut stage = on_stage(Lang::Fr, look);
            stage.decide(decision.clone());
            results.add(stage.picture(&format!("decide-{name}-{}", look.name())));
        }
    }
    results.unwrap();
}

#[test]
fn each_click_asks_for_what_it_says() {
    let look = Look {
        dark: false,
        size: [1600, 1900],
    };
    let mut stage = on_stage(Lang::Fr, look);
    let network = stage.network();
    // What Claire offers is accepted by saying the same from the other side.
    stage.click("Accepter");
    let accepted = Command::SwapAgree {
        network,
        role: "pilot".into(),
        mine: "2028-07-01".into(),
        theirs: "2028-01-01".into(),
        with: CLAIRE,
        withdraw: false,
    };
    assert_eq!(stage.sent(), [accepted]);
    stage.decide(Decision::Role("pilot".into()));
    stage.click("Avancer Bo Lindqvist");
    let moved = |before, off| Command::RotationTurn {
        network,
        role: "pilot".into(),
        member: BO,
        before,
        off,
    };
    stage.click("Reculer Bo Lindqvist");
    stage.click("Retirer Bo Lindqvist de l’ordre");
    assert_eq!(
        stage.sent(),
        [
            moved(Some(ANA), false),
            moved(None, false),
            moved(None, true)
        ]
    );
    stage.decide(Decision::HandOver("pilot".into()));
    stage.click("Ouvrir cette page");
    let opens = |ask: &Ask| matches!(ask, Ask::OpenPage(_, page) if *page == village::page());
    assert!(stage.asks().iter().any(opens));
    stage.decide(Decision::HandOver("pilot".into()));
    stage.click("Enregistrer en texte…");
    let text = stage.asks().iter().find_map(|ask| match ask {
        Ask::SaveText { text, .. } => Some(text.clone()),
        _ => None,
    });
    let text = text.unwrap();
    assert!(text.contains("- Réserver la salle des fêtes (pour le 10 novembre 2026) – en retard"));
    stage.decide(Decision::Swap("pilot".into(), "2028-07-01".into()));
    stage.click("Proposer cet échange");
    assert!(
        matches!(&stage.sent()[0], Command::SwapAgree { mine, withdraw: false, .. } if mine == "2028-07-01")
    );
    assert_eq!(person(0xa1), ANA);
}
