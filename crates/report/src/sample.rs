//! A small network for this crate's tests.

use tresse_model::{
    Action, CharterContent, Check, DocId, Group, Indicator, ItemId, Line, Measure, MemberId,
    NetworkContent, NetworkId, Objective, Orientation, OwnObjective, PageContent, PlanContent,
    Recurrence, Scale, Status, Twins,
};

use crate::{ExportFile, MemberExport, NetworkExport};

const ANA: MemberId = MemberId::from_bytes([1; 20]);
const KNOW: ItemId = ItemId::from_bytes([10; 10]);
const LAST: ItemId = ItemId::from_bytes([12; 10]);
const WRITERS: ItemId = ItemId::from_bytes([13; 10]);
const BUDGET: u8 = 31;

/// A file's text.
pub(crate) fn text(file: &ExportFile) -> &str {
    std::str::from_utf8(&file.bytes).unwrap()
}

/// Two objectives, three actions, two members, two pages; with the signs that trip exports.
pub(crate) fn export() -> NetworkExport {
    NetworkExport {
        id: NetworkId::from_bytes([3; 20]),
        made_ms: 1_790_778_800_000,
        network: NetworkContent {
            name: "Réseau des *ateliers*".to_owned(),
            kind: "share-practice".to_owned(),
            purposes: vec![item(1, "mieux se connaître")],
            ..NetworkContent::default()
        },
        charter: CharterContent {
            values: vec![item(2, "écoute")],
            exchange_rules: "Chacun parle.\n".to_owned(),
            decision_rule: "Le *consentement*.".to_owned(),
            language: "fr".to_owned(),
            body: "# Préambule\r\n\r\nNous…  \n\n".into(),
            ..CharterContent::default()
        },
        plan: plan(),
        pages: vec![
            page(1, "Compte rendu – été", "# Présents\n\nAna, Bo\n"),
            page(2, "compte rendu – ÉTÉ", "---\ntitle: piège\n---\nsuite"),
        ],
        meetings: Vec::new(),
        decisions: vec![decision()],
        watch: vec![watch()],
        resources: resources(),
        pulse: tresse_model::PulseFacts::default(),
        members: vec![
            member(ANA, "Ana Garçon", "Ateliers <b>"),
            member(
                MemberId::from_bytes([2; 20]),
                "=Bo",
                "Mairie, service \"culture\"",
            ),
        ],
    }
}

fn plan() -> PlanContent {
    let objective = |id, title: &str, deadline: &str, indicators| Objective {
        id,
        title: title.to_owned(),
        orientation: Some(LAST),
        deadline: deadline.to_owned(),
        means: "une salle, du café".to_owned(),
        learned: String::new(),
        indicators,
        suggestion: String::new(),
        conflicts: Vec::new(),
    };
    let indicator = Indicator {
        id: ItemId::from_bytes([20; 10]),
        name: "Rencontres".to_owned(),
        unit: "par an".to_owned(),
        baseline: "2".to_owned(),
        target: "12".to_owned(),
        current: "4".to_owned(),
        measures: vec![Measure {
            id: ItemId::from_bytes([21; 10]),
            date: "2026-06-30".to_owned(),
            value: "4".to_owned(),
            note: "comptées à la main".to_owned(),
            conflicts: Vec::new(),
        }],
        conflicts: Vec::new(),
    };
    let action = |number: u8, title: &str, due: &str| Action {
        due: due.to_owned(),
        next_due: due.to_owned(),
        ..Action::new(ItemId::from_bytes([number; 10]), title)
    };
    let part = |number: u8, text: &str, done| Check {
        id: ItemId::from_bytes([number; 10]),
        text: text.to_owned(),
        done,
        conflicts: Vec::new(),
    };
    let writing = Action {
        objective: Some(KNOW),
        owners: vec![ANA],
        territory: "Vallée; plateau".to_owned(),
        territory_scale: Some(Scale::EmploymentArea),
        status: Status::Doing,
        start: "2026-11-02".to_owned(),
        effort: "1.5 d".to_owned(),
        depends_on: vec![ItemId::from_bytes([BUDGET; 10])],
        checklist: vec![part(40, "Relire", true), part(41, "Envoyer", false)],
        working_group: Some(WRITERS),
        ..action(30, "Écrire la charte, \"version\" 2", "2026-11-24")
    };
    let budget = Action {
        due: "2026-08-31".to_owned(),
        next_due: "2026-10-31".to_owned(),
        every: Some(Recurrence::Monthly),
        done_on: vec!["2026-08-31".to_owned(), "2026-09-30".to_owned()],
        ..action(BUDGET, "=Budget | 2026", "")
    };
    PlanContent {
        orientations: vec![Orientation {
            id: LAST,
            title: "Durer".to_owned(),
            words: "Ne pas s'épuiser".to_owned(),
            conflicts: Vec::new(),
        }],
        groups: vec![Group {
            id: WRITERS,
            name: "Écriture".to_owned(),
            remit: "Tenir la plume".to_owned(),
            members: vec![ANA],
            start: "2026-01-05".to_owned(),
            planned_end: "2026-12-31".to_owned(),
            closed: String::new(),
            conflicts: Vec::new(),
        }],
        objectives: vec![
            objective(KNOW, "Se connaître", "2026-12-31", vec![indicator]),
            objective(ItemId::from_bytes([11; 10]), "", "", Vec::new()),
        ],
        twins: Twins::new(),
        actions: vec![writing, budget, action(32, "Un jour", "bientôt")],
    }
}

fn item(number: u8, text: &str) -> Line {
    Line {
        id: ItemId::from_bytes([number; 10]),
        text: text.to_owned(),
        conflicts: Vec::new(),
    }
}

fn page(number: u8, title: &str, body: &str) -> (DocId, PageContent) {
    let content = PageContent {
        title: title.to_owned(),
        tags: vec!["bilan".to_owned(), "été".to_owned()],
        body: body.into(),
        ..PageContent::default()
    };
    (DocId::page([number; 16]), content)
}

fn member(id: MemberId, name: &str, organisation: &str) -> MemberExport {
    MemberExport {
        id,
        name: name.to_owned(),
        organisation: organisation.to_owned(),
        engagement: "volunteer".to_owned(),
        brings: "du temps".to_owned(),
        expects: String::new(),
        added_value: "Du poids\nauprès de la *région*".to_owned(),
        added_value_on: "2026-05-01".to_owned(),
        own_objectives: (id == ANA)
            .then(|| OwnObjective {
                id: ItemId::from_bytes([50; 10]),
                text: "Former nos salariés".to_owned(),
                objective: Some(KNOW),
                conflicts: Vec::new(),
            })
            .into_iter()
            .collect(),
    }
}

/// Something seen outside.
fn watch() -> crate::WatchExport {
    crate::WatchExport {
        item: tresse_model::WatchItem {
            id: ItemId::from_bytes([60; 10]),
            title: "Un *décret*".to_owned(),
            summary: "- Il change tout.".to_owned(),
            link: "=1+1".to_owned(),
            on: "2026-11-24".to_owned(),
            tags: vec!["droit".to_owned(), "formation".to_owned()],
            meeting: None,
            line: String::new(),
            by: Some(ANA),
            conflicts: Vec::new(),
        },
        name: "Ana Garçon".to_owned(),
    }
}

/// Something lent, and the need that it answers.
fn resources() -> Vec<crate::ResourceExport> {
    use tresse_model::{Loan, Resource, ResourceKind, Side};
    let need = ItemId::from_bytes([62; 10]);
    let projector = Resource {
        id: ItemId::from_bytes([61; 10]),
        name: "Vidéo*projecteur*".to_owned(),
        side: Side::Offered,
        kind: ResourceKind::Equipment,
        member: Some(ANA),
        organisation: String::new(),
        description: "- Avec son câble.".to_owned(),
        place: String::new(),
        conditions: "=clé chez Ana".to_owned(),
        tags: vec!["atelier".to_owned()],
        answers: Some(need),
        met: String::new(),
        loans: vec![Loan {
            id: ItemId::from_bytes([63; 10]),
            borrower: Some(MemberId::from_bytes([2; 20])),
            from: "2026-11-20".to_owned(),
            until: "2026-11-24".to_owned(),
            purpose: "Atelier".to_owned(),
            back: "2026-11-23".to_owned(),
            by: Some(ANA),
            conflicts: Vec::new(),
        }],
        by: Some(ANA),
        conflicts: Vec::new(),
    };
    let wanted = Resource {
        id: need,
        name: "De quoi projeter".to_owned(),
        side: Side::Needed,
        conditions: String::new(),
        description: String::new(),
        answers: None,
        met: "2026-11-25".to_owned(),
        loans: Vec::new(),
        ..projector.clone()
    };
    let exported = |resource: Resource, answers: &str| crate::ResourceExport {
        borrowers: resource
            .loans
            .iter()
            .map(|loan| (loan.id, "=Bo".to_owned()))
            .collect(),
        resource,
        who: "Ana Garçon".to_owned(),
        answers: answers.to_owned(),
    };
    vec![
        exported(projector, "De quoi projeter"),
        exported(wanted, ""),
    ]
}

/// A vote that was counted and concluded.
fn decision() -> crate::DecisionExport {
    use tresse_model::{
        DecisionContent, Method, Stage, Stance, StanceCount, Tally, Terms, Verdict,
    };
    let content = DecisionContent {
        title: "Ouvrir | *tout* ?".to_owned(),
        method: Method::Vote,
        stage: Stage::Open,
        outcome: "=Oui, dès janvier".to_owned(),
        outcome_on: "2026-11-20".to_owned(),
        review: "2027-06-01".to_owned(),
        ..DecisionContent::default()
    };
    let count = |stance, people| StanceCount { stance, people };
    crate::DecisionExport {
        id: DocId::decision([5; 16]),
        phase: "concluded".to_owned(),
        terms: Terms::of(&content),
        tally: Some(Tally {
            electors: 3,
            cast: 2,
            unusable: 0,
            quorum: None,
            stances: vec![count(Stance::For, 2), count(Stance::Against, 0)],
            needed: Some((2, 2)),
            choices: Vec::new(),
            rounds: Vec::new(),
            table: None,
            verdict: Verdict::Adopted {},
        }),
        content,
        provisional: false,
    }
}
