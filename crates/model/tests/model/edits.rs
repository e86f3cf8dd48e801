//! What edits write, and what they refuse.

use tresse_model::{
    ActionField, CharterField, DocKind, Edit, IndicatorField, ObjectiveField, PageField,
    ProfileField, Status, TEXT_MAX, changes, excerpt, excerpt_reads, read_charter, read_network,
    read_page, read_page_listed, read_plan,
};

use crate::support::{Peer, item, member, splice, type_at};

/// A value given.
#[allow(clippy::unnecessary_wraps)]
fn s(text: &str) -> Option<String> {
    Some(text.to_owned())
}

#[test]
fn a_plan_says_all_that_was_put_in_it() {
    let mut ana = Peer::new(1, DocKind::Plan);
    ana.edit(&Edit::AddObjective {
        id: item(1),
        title: "Former".to_owned(),
        deadline: s("2027-06-30"),
        means: s("deux salles"),
        orientation: None,
    });
    ana.edit(&Edit::AddIndicator {
        objective: item(1),
        id: item(2),
        name: "Personnes formées".to_owned(),
        unit: s("personnes"),
        target: s("40"),
        current: None,
        baseline: None,
    });
    ana.edit(&Edit::SetIndicator {
        objective: item(1),
        id: item(2),
        field: IndicatorField::Current,
        value: s("12"),
    });
    ana.edit(&Edit::AddAction {
        id: item(3),
        title: "Trouver une salle".to_owned(),
        fields: vec![
            (ActionField::Objective, item(1).to_string()),
            (ActionField::Owner, member(7).to_string()),
            (ActionField::Due, "2026-12-01".to_owned()),
            (ActionField::Territory, "Nord".to_owned()),
            (ActionField::Status, "doing".to_owned()),
            (ActionField::Group, "Logistique".to_owned()),
        ],
    });
    let plan = read_plan(&ana.doc, &());
    let objective = &plan.objectives[0];
    assert_eq!(objective.title, "Former");
    assert_eq!(objective.deadline, "2027-06-30");
    assert_eq!(objective.means, "deux salles");
    let indicator = &objective.indicators[0];
    assert_eq!(
        [
            &indicator.name,
            &indicator.unit,
            &indicator.target,
            &indicator.current
        ],
        ["Personnes formées", "personnes", "40", "12"]
    );
    let action = &plan.actions[0];
    assert_eq!(
        (action.objective, &action.owners[..]),
        (Some(item(1)), &[member(7)][..])
    );
    assert_eq!(
        (&*action.due, &*action.territory, &*action.group),
        ("2026-12-01", "Nord", "Logistique")
    );
    assert_eq!(action.status, Status::Doing);

    ana.edit(&Edit::SetAction {
        id: item(3),
        field: ActionField::Owner,
        value: s(""),
    });
    ana.edit(&Edit::RemoveObjective {
        id: item(1),
        restore: false,
    });
    let plan = read_plan(&ana.doc, &());
    assert_eq!((plan.objectives.len(), plan.actions.len()), (0, 1));
    assert_eq!(plan.actions[0].owners, []);
}

#[test]
fn a_page_has_title_tags_and_text() {
    let mut ana = Peer::new(1, DocKind::Page);
    ana.edit(&Edit::InitPage {
        title: "Trace du 3 mars".to_owned(),
        tags: vec!["rencontre".to_owned(), " budget ".to_owned()],
        text: s("# Présents\n"),
    });
    ana.edit(&Edit::TagPage {
        tag: "rencontre".to_owned(),
        off: true,
    });
    let page = read_page(&ana.doc, &());
    assert_eq!(
        (&*page.title, &*page.body),
        ("Trace du 3 mars", "# Présents\n")
    );
    assert_eq!(page.tags, ["budget"]);
    let again = Edit::InitPage {
        title: "Autre".to_owned(),
        tags: Vec::new(),
        text: None,
    };
    assert_eq!(ana.try_edit(&again).unwrap_err().code(), "exists");
}

#[test]
fn a_page_is_listed_by_its_beginning_as_if_all_of_it_had_been_read() {
    for length in [0, 1, 150, 9_000, 60_000] {
        let text = "## Une étape\n\nOn **coopère**, à l’été. ".chars().cycle();
        let text: String = text.take(length).collect();
        let mut ana = Peer::new(1, DocKind::Page);
        ana.edit(&Edit::InitPage {
            title: "Trace".to_owned(),
            tags: Vec::new(),
            text: s(&text),
        });
        let whole = read_page(&ana.doc, &());
        let listed = read_page_listed(&ana.doc, excerpt_reads(160));
        let read = if length < 60_000 { length } else { 6_656 };
        assert_eq!(listed.body.chars().count(), read);
        assert_eq!(excerpt(&listed.body, 160), excerpt(&whole.body, 160));
        let title = (&listed.title, &listed.tags, listed.binned);
        assert_eq!(title, (&whole.title, &whole.tags, whole.binned));
    }
}

#[test]
fn an_edit_is_exactly_one_change_with_its_time_in_milliseconds() {
    let mut ana = Peer::new(1, DocKind::Charter);
    assert!(changes(&ana.doc).is_empty());
    ana.edit(&Edit::AddValue {
        id: item(1),
        text: "Confiance".to_owned(),
    });
    ana.edit(&Edit::ReplaceText {
        text: "# Charte\n\nNous décidons ensemble.".to_owned(),
    });
    let applied = ana.edit(&Edit::ReplaceText {
        text: "# Charte\n\nNous décidons tous ensemble.".to_owned(),
    });
    assert_eq!(applied.splices, [splice(24, 0, "tous ")]);
    let made = changes(&ana.doc);
    let times: Vec<_> = made
        .iter()
        .map(|change| (change.seq, change.time_ms))
        .collect();
    assert_eq!(
        times,
        [
            (1, 1_700_000_000_001),
            (2, 1_700_000_000_002),
            (3, 1_700_000_000_003)
        ]
    );
    assert_eq!(made[1].deps, [made[0].hash]);
    let charter = read_charter(&ana.doc, &());
    assert_eq!(charter.values[0].text, "Confiance");
}

#[test]
fn what_stands_so_already_makes_no_change() {
    let mut ana = Peer::new(1, DocKind::Page);
    ana.edit(&Edit::SetPage {
        field: PageField::Title,
        value: s("Titre"),
    });
    ana.edit(&type_at(0, 0, "texte"));
    for edit in [
        Edit::SetPage {
            field: PageField::Title,
            value: s("Titre"),
        },
        Edit::TagPage {
            tag: "absent".to_owned(),
            off: true,
        },
        Edit::BinPage { restore: true },
        Edit::ReplaceText {
            text: "texte".to_owned(),
        },
        type_at(2, 0, ""),
        Edit::SpliceText {
            splices: Vec::new(),
        },
    ] {
        let applied = ana.try_edit(&edit).unwrap();
        assert!(!applied.changed && applied.undo.is_empty(), "{edit:?}");
    }
}

#[test]
fn what_does_not_fit_is_refused_with_a_reason() {
    let mut plan = Peer::new(1, DocKind::Plan);
    let mut page = Peer::new(1, DocKind::Page);
    let mut notebook = Peer::new(1, DocKind::Notebook);
    let action =
        |objective: Option<tresse_model::ItemId>, due: &str, status: &str| Edit::AddAction {
            id: item(1),
            title: "x".to_owned(),
            fields: vec![
                (
                    ActionField::Objective,
                    objective.map(|id| id.to_string()).unwrap_or_default(),
                ),
                (ActionField::Due, due.to_owned()),
                (ActionField::Status, status.to_owned()),
            ],
        };
    let code = |peer: &mut Peer, edit: &Edit| peer.try_edit(edit).unwrap_err().code();
    assert_eq!(code(&mut plan, &action(None, "demain", "todo")), "bad-date");
    assert_eq!(code(&mut plan, &action(None, "", "fini")), "bad-status");
    assert_eq!(code(&mut plan, &action(Some(item(5)), "", "")), "not-found");
    plan.edit(&action(None, "", ""));
    assert_eq!(code(&mut plan, &action(None, "", "")), "exists");
    let set = |field, value: Option<String>| Edit::SetAction {
        id: item(1),
        field,
        value,
    };
    assert_eq!(code(&mut plan, &set(ActionField::Title, None)), "empty");
    assert_eq!(
        code(&mut plan, &set(ActionField::Title, s(&"x".repeat(501)))),
        "too-long"
    );
    assert_eq!(
        code(&mut plan, &set(ActionField::Owner, s("Ana"))),
        "bad-id"
    );
    assert_eq!(
        code(
            &mut plan,
            &Edit::SetObjective {
                id: item(9),
                field: ObjectiveField::Title,
                value: s("x")
            }
        ),
        "not-found"
    );
    assert_eq!(code(&mut plan, &type_at(0, 0, "x")), "no-text");
    assert_eq!(
        code(&mut plan, &Edit::BinPage { restore: false }),
        "wrong-document"
    );
    assert_eq!(code(&mut page, &type_at(1, 0, "x")), "out-of-bounds");
    assert_eq!(
        code(&mut page, &type_at(0, usize::MAX, "x")),
        "out-of-bounds"
    );
    let huge = Edit::ReplaceText {
        text: "x".repeat(TEXT_MAX + 1),
    };
    assert_eq!(code(&mut page, &huge), "too-long");
    let untitled = Edit::TagPage {
        tag: "  ".to_owned(),
        off: false,
    };
    assert_eq!(code(&mut page, &untitled), "empty");
    let engagement = Edit::SetProfile {
        field: ProfileField::Engagement,
        value: s("chef"),
    };
    assert_eq!(code(&mut notebook, &engagement), "bad-engagement");
    let half_wrong = Edit::SpliceText {
        splices: vec![splice(0, 0, "abc"), splice(9, 0, "x")],
    };
    assert_eq!(code(&mut page, &half_wrong), "out-of-bounds");
    assert_eq!(page.text(), "");
}

#[test]
fn positions_count_characters_whatever_their_bytes() {
    let mut ana = Peer::new(1, DocKind::Page);
    ana.edit(&type_at(0, 0, "é🧶e\u{301}x"));
    ana.edit(&type_at(1, 1, "fil"));
    assert_eq!(ana.text(), "éfile\u{301}x");
    ana.restart();
    ana.edit(&type_at(4, 1, "E"));
    assert_eq!(ana.text(), "éfilE\u{301}x");
}

#[test]
fn an_edit_for_the_charter_alone_can_be_cleared() {
    let mut ana = Peer::new(1, DocKind::Charter);
    let language = |value: Option<String>| Edit::SetCharter {
        field: CharterField::Language,
        value,
    };
    ana.edit(&language(s("fr")));
    ana.edit(&language(None));
    assert_eq!(read_charter(&ana.doc, &()).language, "");
    assert_eq!(
        read_network(&ana.doc, &()),
        tresse_model::NetworkContent::default()
    );
}
