//! A small network for this crate's tests.

use tresse_model::{
    Action, CharterContent, DocId, Indicator, ItemId, Line, MemberId, NetworkContent, NetworkId,
    Objective, PageContent, PlanContent, Status,
};

use crate::{ExportFile, MemberExport, NetworkExport};

const ANA: MemberId = MemberId::from_bytes([1; 20]);
const KNOW: ItemId = ItemId::from_bytes([10; 10]);

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
        deadline: deadline.to_owned(),
        means: "une salle, du café".to_owned(),
        indicators,
        conflicts: Vec::new(),
    };
    let indicator = Indicator {
        id: ItemId::from_bytes([20; 10]),
        name: "Rencontres".to_owned(),
        unit: "par an".to_owned(),
        target: "12".to_owned(),
        current: "4".to_owned(),
        conflicts: Vec::new(),
    };
    let action = |number: u8, title: &str, due: &str| Action {
        id: ItemId::from_bytes([number; 10]),
        title: title.to_owned(),
        objective: None,
        owner: None,
        due: due.to_owned(),
        territory: String::new(),
        status: Status::Todo,
        group: String::new(),
        conflicts: Vec::new(),
    };
    let writing = Action {
        objective: Some(KNOW),
        owner: Some(ANA),
        territory: "Vallée; plateau".to_owned(),
        status: Status::Doing,
        group: "Écriture".to_owned(),
        ..action(30, "Écrire la charte, \"version\" 2", "2026-11-24")
    };
    PlanContent {
        objectives: vec![
            objective(KNOW, "Se connaître", "2026-12-31", vec![indicator]),
            objective(ItemId::from_bytes([11; 10]), "", "", Vec::new()),
        ],
        actions: vec![
            writing,
            action(31, "=Budget | 2026", ""),
            action(32, "Un jour", "bientôt"),
        ],
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
    }
}
