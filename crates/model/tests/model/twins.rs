//! What two people took up of one suggestion, apart: it stands once, unless somebody wrote in it.

use automerge::Automerge;
use proptest::prelude::*;
use tresse_model::{
    ActionField, DocKind, Edit, IndicatorField, ObjectiveField, PlanContent, SuggestionEdit,
    body_text, charter_text, read_network, read_plan, twin_headings,
};

use crate::support::{Peer, actor, author, item};

fn take(n: u8) -> Edit {
    let unit = Some("par an".to_owned());
    Edit::Suggestion(SuggestionEdit::Objective {
        id: item(n),
        suggestion: "produce/objective-1".to_owned(),
        title: "Un guide".to_owned(),
        indicators: vec![(item(n + 100), "Pages".to_owned(), unit)],
    })
}

fn set(n: u8, field: ObjectiveField, value: &str) -> Edit {
    Edit::SetObjective {
        id: item(n),
        field,
        value: Some(value.to_owned()),
    }
}

fn plan(peer: &Peer) -> PlanContent {
    read_plan(&peer.doc, &author)
}

fn shown(peer: &Peer) -> Vec<u8> {
    let plan = plan(peer);
    plan.objectives
        .iter()
        .map(|one| one.id.as_bytes()[0])
        .collect()
}

fn meet(a: &mut Peer, b: &mut Peer) {
    a.meet(b);
    b.meet(a);
}

fn two_who_took_it() -> (Peer, Peer) {
    let (mut ana, mut bo) = (Peer::new(1, DocKind::Plan), Peer::new(2, DocKind::Plan));
    ana.edit(&take(7));
    bo.edit(&take(3));
    meet(&mut ana, &mut bo);
    (ana, bo)
}

#[test]
fn of_twins_that_nobody_changed_the_lowest_stands_and_actions_follow_it() {
    let (mut ana, mut bo) = (Peer::new(1, DocKind::Plan), Peer::new(2, DocKind::Plan));
    ana.edit(&take(7));
    bo.edit(&take(3));
    ana.edit(&Edit::AddAction {
        id: item(50),
        title: "L’écrire".to_owned(),
        fields: vec![(ActionField::Objective, item(7).to_string())],
    });
    meet(&mut ana, &mut bo);
    for peer in [&ana, &bo] {
        assert_eq!(shown(peer), [3]);
        let plan = plan(peer);
        assert_eq!(plan.actions[0].objective, Some(item(3)));
        assert_eq!(plan.shown_for(item(7)), item(3));
        assert_eq!(plan.objectives[0].suggestion, "produce/objective-1");
        assert_eq!(plan.objectives[0].indicators.len(), 1);
        assert_eq!(tresse_model::plan_counts(&peer.doc).objectives, 1);
    }
}

#[test]
fn what_somebody_wrote_in_stands_and_the_untouched_twin_does_not() {
    for change in [
        set(7, ObjectiveField::Means, "Deux journées"),
        set(7, ObjectiveField::Title, "Notre guide"),
        Edit::SetIndicator {
            objective: item(7),
            id: item(107),
            field: IndicatorField::Target,
            value: Some("40".to_owned()),
        },
        Edit::AddMeasure {
            objective: item(7),
            indicator: item(107),
            id: item(9),
            date: "2026-01-05".to_owned(),
            value: "4".to_owned(),
            note: None,
        },
        Edit::RemoveIndicator {
            objective: item(7),
            id: item(107),
            restore: false,
        },
    ] {
        let (mut ana, mut bo) = two_who_took_it();
        ana.edit(&change);
        assert_eq!(shown(&ana), [7], "{change:?}");
        bo.edit(&set(3, ObjectiveField::Deadline, "2093-01-25"));
        assert_eq!(shown(&bo), [3]);
        meet(&mut ana, &mut bo);
        assert_eq!(shown(&ana), [3, 7], "both wrote: both stand");
        bo.undo();
        meet(&mut ana, &mut bo);
        assert_eq!(shown(&bo), [7], "what Bo took back is as it was suggested");
        assert_eq!(plan(&ana), plan(&bo));
    }
}

#[test]
fn removing_it_removes_its_twins_and_undoing_brings_it_back_once() {
    let (mut ana, mut bo) = two_who_took_it();
    bo.edit(&Edit::RemoveObjective {
        id: item(3),
        restore: false,
    });
    meet(&mut ana, &mut bo);
    assert!(shown(&ana).is_empty() && shown(&bo).is_empty());
    bo.undo();
    meet(&mut ana, &mut bo);
    assert_eq!((shown(&ana), shown(&bo)), (vec![3], vec![3]));

    // What Ana had taken up and takes back is hers; Bo's stands.
    let (mut ana, mut bo) = two_who_took_it();
    bo.undo();
    meet(&mut ana, &mut bo);
    assert_eq!((shown(&ana), shown(&bo)), (vec![7], vec![7]));
}

#[test]
fn purposes_of_one_suggestion_stand_once_and_objectives_of_older_versions_each_for_itself() {
    let (mut ana, mut bo) = (
        Peer::new(1, DocKind::Network),
        Peer::new(2, DocKind::Network),
    );
    for (peer, n) in [(&mut ana, 7), (&mut bo, 3)] {
        peer.edit(&Edit::Suggestion(SuggestionEdit::Purpose {
            id: item(n),
            suggestion: "own/purpose/Cultiver".to_owned(),
            text: "Cultiver".to_owned(),
        }));
    }
    meet(&mut ana, &mut bo);
    let purposes = |peer: &Peer| read_network(&peer.doc, &author).purposes;
    assert_eq!(purposes(&ana).len(), 1);
    assert_eq!(purposes(&ana), purposes(&bo));
    ana.edit(&Edit::RemovePurpose {
        id: item(3),
        restore: false,
    });
    assert!(purposes(&ana).is_empty());

    let (mut ana, mut bo) = (Peer::new(1, DocKind::Plan), Peer::new(2, DocKind::Plan));
    for (peer, n) in [(&mut ana, 7), (&mut bo, 3)] {
        peer.edit(&Edit::AddObjective {
            id: item(n),
            title: "Un guide".to_owned(),
            deadline: None,
            means: None,
            orientation: None,
        });
    }
    meet(&mut ana, &mut bo);
    assert_eq!(shown(&ana).len(), 2);
}

fn with_heading(doc: &Automerge, heading: &str) -> Edit {
    let mut text = charter_text(doc).trim_end().to_owned();
    if !text.is_empty() {
        text.push_str("\n\n");
    }
    Edit::Suggestion(SuggestionEdit::Headings {
        text: format!("{text}{heading}\n"),
        headings: vec![("produce/heading-1".to_owned(), heading.to_owned())],
    })
}

const HEADING: &str = "## Nos règles\n\n*Lesquelles ?*";

fn tidy(peer: &mut Peer, n: u8) {
    let splices = twin_headings(&peer.doc, &|by| by == actor(n).to_bytes());
    if !splices.is_empty() {
        peer.edit(&Edit::SpliceText { splices });
    }
}

#[test]
fn a_heading_accepted_twice_is_taken_out_by_who_wrote_it_unless_somebody_wrote_under_it() {
    for under in [0, 1, 2, 3_usize] {
        let (mut ana, mut bo) = (
            Peer::new(1, DocKind::Charter),
            Peer::new(2, DocKind::Charter),
        );
        for (n, peer) in [&mut ana, &mut bo].into_iter().enumerate() {
            let edit = with_heading(&peer.doc, HEADING);
            peer.edit(&edit);
            if under & (n + 1) > 0 {
                let text = format!("{}\nDe {n}.\n", peer.text());
                peer.edit(&Edit::ReplaceText { text });
            }
        }
        meet(&mut ana, &mut bo);
        assert_eq!(body_text(&ana.doc).matches("## Nos règles").count(), 2);
        // Both at once, as their machines would.
        tidy(&mut ana, 1);
        tidy(&mut bo, 2);
        meet(&mut ana, &mut bo);
        assert_eq!(ana.text(), bo.text());
        let stands = ana.text().matches("## Nos règles").count();
        assert_eq!(stands, if under == 3 { 2 } else { 1 }, "{}", ana.text());
        for n in [0, 1] {
            let written = ana.text().contains(&format!("De {n}."));
            assert_eq!(written, under & (n + 1) > 0);
        }
        let before = ana.text();
        tidy(&mut ana, 1);
        assert_eq!(before, ana.text(), "once is enough");
    }
}

#[test]
fn a_heading_in_two_languages_is_one_suggestion_and_other_text_is_left_alone() {
    let (mut ana, mut bo) = (
        Peer::new(1, DocKind::Charter),
        Peer::new(2, DocKind::Charter),
    );
    let text = "# Préambule é\n\nNous.\n".to_owned();
    ana.edit(&Edit::ReplaceText { text });
    meet(&mut ana, &mut bo);
    let edit = with_heading(&ana.doc, HEADING);
    ana.edit(&edit);
    let edit = with_heading(&bo.doc, "## Our rules\n\n*Which ones?*");
    bo.edit(&edit);
    meet(&mut ana, &mut bo);
    tidy(&mut ana, 1);
    tidy(&mut bo, 2);
    meet(&mut ana, &mut bo);
    assert_eq!(ana.text(), bo.text());
    assert_eq!(ana.text().matches("## ").count(), 1, "{}", ana.text());
    assert!(ana.text().starts_with("# Préambule é\n\nNous.\n"));
    assert_eq!(
        tresse_model::conflicts(&ana.doc),
        0,
        "there is nothing to choose"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever four who took it up apart did in theirs, and in whatever order that arrives, all see the same, and something of it.
    #[test]
    fn the_same_stands_everywhere(
        touched in proptest::collection::vec(any::<bool>(), 4),
        order in Just(vec![0_usize, 1, 2, 3]).prop_shuffle(),
    ) {
        let mut peers: Vec<Peer> = (0..4).map(|n| Peer::new(n + 1, DocKind::Plan)).collect();
        for (n, peer) in (0_u8..).zip(&mut peers) {
            peer.edit(&take(10 - n));
            if touched[usize::from(n)] {
                peer.edit(&set(10 - n, ObjectiveField::Means, "Du café"));
            }
        }
        let mut first = Peer::new(20, DocKind::Plan);
        let mut second = Peer::new(21, DocKind::Plan);
        for peer in &mut peers {
            first.meet(peer);
        }
        for n in order {
            second.meet(&mut peers[n]);
        }
        prop_assert_eq!(plan(&first), plan(&second));
        let changed: Vec<u8> = (0_u8..4).filter(|n| touched[usize::from(*n)]).map(|n| 10 - n).collect();
        let mut expected = if changed.is_empty() { vec![7] } else { changed };
        let mut seen = shown(&first);
        expected.sort_unstable();
        seen.sort_unstable();
        prop_assert_eq!(seen, expected);
    }
}
