//! What several people offer, need and lend apart: nothing is lost, what collides is shown, and it reads the same at every peer.

use std::collections::BTreeSet;

use proptest::prelude::*;
use tresse_model::{
    Availability, DocKind, Edit, FIELD_MAX, FieldTurn, ItemId, Loan, LoanField, Resource,
    ResourceEdit, ResourceField, ResourceKind, Side, TITLE_MAX, item_changes, read_resources,
};

use crate::support::{Dice, Peer, author, item, member};

/// An edit of resources, thrown by dice.
pub(crate) fn lending(
    what: u8,
    id: ItemId,
    any: ItemId,
    (_, which, x, y, _): &Dice,
    name: String,
    value: Option<String>,
    date: Option<String>,
) -> ResourceEdit {
    let restore = y % 3 == 0;
    let loan = item((y % 5) as u8 * 16 + which);
    let day = |n: u16| format!("2026-{:02}-11", n % 12 + 1);
    match what % 10 {
        0 | 1 => ResourceEdit::Add {
            id,
            name,
            side: Side::ALL[usize::from(*y) % 2],
            fields: vec![
                (ResourceField::Description, value.unwrap_or_default()),
                (
                    ResourceField::Kind,
                    ResourceKind::ALL[usize::from(*x) % 6].word().to_owned(),
                ),
            ],
            tags: vec![format!("tag{which}")],
        },
        2 => ResourceEdit::Set {
            id: any,
            field: ResourceField::Name,
            value: Some(name),
        },
        3 => ResourceEdit::Set {
            id: any,
            field: [ResourceField::Place, ResourceField::Conditions][usize::from(*which) % 2],
            value,
        },
        4 => ResourceEdit::Set {
            id: any,
            field: [ResourceField::Answers, ResourceField::Met][usize::from(*which) % 2],
            value: if which % 2 == 0 {
                Some(loan.to_string())
            } else {
                date
            },
        },
        5 => ResourceEdit::Tag {
            id: any,
            tag: format!("tag{which}"),
            off: restore,
        },
        6 | 7 => ResourceEdit::Lend {
            resource: any,
            id: loan,
            fields: vec![
                (LoanField::Borrower, member(*which).to_string()),
                (LoanField::From, day(*x)),
                (LoanField::Until, day(*y)),
                (LoanField::Purpose, name),
            ],
        },
        8 => ResourceEdit::SetLoan {
            resource: any,
            id: loan,
            fields: vec![
                (LoanField::Purpose, name),
                (LoanField::Back, date.unwrap_or_default()),
            ],
        },
        _ if x % 2 == 0 => ResourceEdit::RemoveLoan {
            resource: any,
            id: loan,
            restore,
        },
        _ => ResourceEdit::Remove { id: any, restore },
    }
}

fn add(id: u8, name: &str, side: Side) -> Edit {
    Edit::Resource(ResourceEdit::Add {
        id: item(id),
        name: name.to_owned(),
        side,
        fields: Vec::new(),
        tags: Vec::new(),
    })
}

fn set(id: u8, field: ResourceField, value: &str) -> Edit {
    Edit::Resource(ResourceEdit::Set {
        id: item(id),
        field,
        value: Some(value.to_owned()),
    })
}

fn lend(resource: u8, id: u8, to: u8, from: &str, until: &str) -> Edit {
    Edit::Resource(ResourceEdit::Lend {
        resource: item(resource),
        id: item(id),
        fields: vec![
            (LoanField::Borrower, member(to).to_string()),
            (LoanField::From, from.to_owned()),
            (LoanField::Until, until.to_owned()),
        ],
    })
}

fn set_loan(resource: u8, id: u8, fields: &[(LoanField, &str)]) -> Edit {
    let fields = fields.iter();
    Edit::Resource(ResourceEdit::SetLoan {
        resource: item(resource),
        id: item(id),
        fields: fields
            .map(|(field, value)| (*field, (*value).to_owned()))
            .collect(),
    })
}

fn remove(id: u8, restore: bool) -> Edit {
    let id = item(id);
    Edit::Resource(ResourceEdit::Remove { id, restore })
}

fn two() -> (Peer, Peer) {
    let kind = DocKind::Resources;
    (Peer::new(1, kind), Peer::new(2, kind))
}

fn resources(peer: &Peer) -> Vec<Resource> {
    read_resources(&peer.doc, &author).resources
}

/// A loan on days of one month; `0`: none is said.
fn loan(id: u8, from: u8, until: u8, back: u8) -> Loan {
    let day = |n: u8| match n {
        0 => String::new(),
        n => format!("2026-03-{n:02}"),
    };
    Loan {
        id: item(id),
        borrower: Some(member(id)),
        from: day(from),
        until: day(until),
        purpose: String::new(),
        back: day(back),
        by: None,
        conflicts: Vec::new(),
    }
}

fn of(kind: ResourceKind, loans: Vec<Loan>) -> Resource {
    let (mut ana, _) = two();
    ana.edit(&add(1, "Vidéoprojecteur", Side::Offered));
    ana.edit(&set(1, ResourceField::Kind, kind.word()));
    let mut one = resources(&ana).remove(0);
    one.loans = loans;
    one
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn loans_that_share_a_day_are_told_and_no_others(
        days in proptest::collection::vec((1..12u8, 0..8u8, 0..8u8, 0..3u8), 0..9),
        since in 1..16u8,
    ) {
        let loans: Vec<Loan> = days
            .iter()
            .enumerate()
            .map(|(n, (from, long, back, sort))| {
                let until = if *sort == 0 { 0 } else { from + long };
                loan(n as u8, *from, until, if *sort == 2 { from + back } else { 0 })
            })
            .collect();
        let mut told = BTreeSet::new();
        for day in since..31 {
            let day = format!("2026-03-{day:02}");
            let on: Vec<_> = loans.iter().filter(|loan| loan.covers(&day)).collect();
            if on.len() > 1 {
                told.extend(on.iter().map(|loan| loan.id));
            }
        }
        let since = format!("2026-03-{since:02}");
        prop_assert_eq!(of(ResourceKind::Equipment, loans).overlapping(&since), told);
    }
}

#[test]
fn a_network_has_one_document_of_resources_and_everybody_writes_it() {
    let network = tresse_model::NetworkId::from_bytes([9; 20]);
    let doc = tresse_model::DocId::singleton(&network, DocKind::Resources);
    assert_eq!(doc.kind(), Some(DocKind::Resources));
    assert!(!doc.is_personal());
    assert!(doc.to_string().starts_with("resources-"));
}

#[test]
fn two_who_lend_one_thing_apart_have_both_lent_it_and_both_loans_are_told() {
    let (mut ana, mut bo) = two();
    ana.edit(&add(1, "Vidéoprojecteur", Side::Offered));
    bo.meet(&mut ana);
    ana.edit(&lend(1, 5, 3, "2026-11-20", "2026-11-24"));
    bo.edit(&lend(1, 6, 4, "2026-11-24", "2026-11-26"));
    bo.edit(&lend(1, 7, 4, "2026-12-01", "2026-12-02"));
    ana.meet(&mut bo);
    bo.meet(&mut ana);
    assert_eq!(resources(&ana), resources(&bo));
    let one = &resources(&ana)[0];
    assert_eq!(one.loans.len(), 3);
    assert_eq!(one.overlapping(""), BTreeSet::from([item(5), item(6)]));
    let by: Vec<_> = one.loans.iter().map(|loan| loan.by).collect();
    assert_eq!(by, [Some(member(1)), Some(member(2)), Some(member(2))]);
    assert!(one.overlapping("2026-11-25").is_empty(), "it is over");
    // Given back on the day when the next one takes it: nobody is in anybody's way.
    ana.edit(&set_loan(1, 5, &[(LoanField::Back, "2026-11-24")]));
    assert!(resources(&ana)[0].overlapping("").is_empty());
}

#[test]
fn two_who_write_different_fields_at_once_are_both_heard_and_one_field_shows_both() {
    let (mut ana, mut bo) = two();
    ana.edit(&add(1, "Salle du moulin", Side::Offered));
    ana.edit(&lend(1, 5, 3, "2026-11-20", "2026-11-24"));
    bo.meet(&mut ana);
    ana.edit(&set(1, ResourceField::Place, "Le moulin"));
    ana.edit(&set(1, ResourceField::Conditions, "Clé chez Ana"));
    ana.edit(&set_loan(1, 5, &[(LoanField::Until, "2026-11-25")]));
    bo.edit(&set(1, ResourceField::Kind, "room"));
    bo.edit(&set(1, ResourceField::Conditions, "Clé chez Bo"));
    bo.edit(&set_loan(1, 5, &[(LoanField::Purpose, "Atelier")]));
    ana.meet(&mut bo);
    bo.meet(&mut ana);
    assert_eq!(resources(&ana), resources(&bo));
    let one = &resources(&ana)[0];
    assert_eq!((&*one.place, one.kind), ("Le moulin", ResourceKind::Room));
    let loan = &one.loans[0];
    assert_eq!((&*loan.until, &*loan.purpose), ("2026-11-25", "Atelier"));
    assert_eq!(one.conflicts.len(), 1);
    assert_eq!(one.conflicts[0].field, "conditions");
    assert_eq!(one.conflicts[0].values.len(), 2);
}

#[test]
fn what_is_removed_while_another_lends_it_has_that_loan_when_it_is_back() {
    let (mut ana, mut bo) = two();
    ana.edit(&add(1, "Remorque", Side::Offered));
    bo.meet(&mut ana);
    ana.edit(&remove(1, false));
    bo.edit(&lend(1, 5, 3, "2026-11-20", ""));
    ana.meet(&mut bo);
    bo.meet(&mut ana);
    assert!(resources(&ana).is_empty() && resources(&bo).is_empty());
    bo.edit(&remove(1, true));
    ana.meet(&mut bo);
    assert_eq!(resources(&ana)[0].loans.len(), 1);
}

#[test]
fn two_who_answer_one_need_apart_have_both_answered_it() {
    let (mut ana, mut bo) = two();
    ana.edit(&add(1, "Un lieu pour quinze", Side::Needed));
    bo.meet(&mut ana);
    for (peer, id) in [(&mut ana, 2), (&mut bo, 3)] {
        peer.edit(&Edit::Resource(ResourceEdit::Add {
            id: item(id),
            name: "Une salle".into(),
            side: Side::Offered,
            fields: vec![(ResourceField::Answers, item(1).to_string())],
            tags: Vec::new(),
        }));
    }
    ana.edit(&set(1, ResourceField::Met, "2026-11-24"));
    ana.meet(&mut bo);
    let all = resources(&ana);
    assert_eq!(all[0].met, "2026-11-24");
    let answers = all.iter().filter(|one| one.answers == Some(item(1)));
    assert_eq!(answers.count(), 2);
}

#[test]
fn whether_it_is_there_follows_from_its_loans_and_from_what_sort_of_thing_it_is() {
    let is = |kind, loans: Vec<Loan>, day: &str| of(kind, loans).availability(day);
    let free = |next: &str| Availability::Free { next: next.into() };
    let out = |until: &str, late| Availability::Out {
        until: until.into(),
        late,
    };
    let kind = ResourceKind::Equipment;
    assert_eq!(is(kind, vec![], "2026-03-05"), free(""));
    let booked = vec![loan(1, 10, 12, 0), loan(2, 8, 9, 0)];
    assert_eq!(is(kind, booked.clone(), "2026-03-05"), free("2026-03-08"));
    assert_eq!(
        is(kind, booked.clone(), "2026-03-09"),
        out("2026-03-09", false)
    );
    assert_eq!(
        is(kind, booked.clone(), "2026-03-10"),
        out("2026-03-09", true)
    );
    let back = vec![loan(1, 3, 8, 5)];
    assert_eq!(
        is(kind, back.clone(), "2026-03-04"),
        out("2026-03-08", false)
    );
    assert_eq!(is(kind, back, "2026-03-05"), free(""));
    assert_eq!(
        is(kind, vec![loan(1, 3, 0, 0)], "2026-12-31"),
        out("", false)
    );
    // Nobody brings back a room.
    assert_eq!(is(ResourceKind::Room, booked, "2026-03-13"), free(""));
}

#[test]
fn a_resource_taken_back_goes_whole_and_comes_back_whole() {
    let (mut ana, _) = two();
    ana.edit(&Edit::Resource(ResourceEdit::Add {
        id: item(1),
        name: "Fonds documentaire".into(),
        side: Side::Offered,
        fields: vec![
            (ResourceField::Kind, "documents".into()),
            (ResourceField::Member, member(4).to_string()),
            (ResourceField::Organisation, "Le Moulin".into()),
            (ResourceField::Place, "Étagère bleue".into()),
        ],
        tags: vec!["illettrisme".into()],
    }));
    let before = resources(&ana);
    assert_eq!(before[0].whose(), Some(member(4)));
    assert_eq!(before[0].by, Some(member(1)));
    ana.undo();
    assert!(resources(&ana).is_empty());
    ana.redo();
    assert_eq!(resources(&ana), before);
    ana.edit(&lend(1, 5, 3, "2026-11-20", "2026-11-24"));
    ana.undo();
    assert_eq!(resources(&ana), before);
}

#[test]
fn what_cannot_be_is_refused_and_nothing_is_written() {
    let (mut ana, _) = two();
    ana.edit(&add(1, "Remorque", Side::Offered));
    ana.edit(&add(2, "Un camion", Side::Needed));
    ana.edit(&lend(1, 5, 3, "2026-11-20", "2026-11-24"));
    let before = resources(&ana);
    let code = |ana: &mut Peer, edit: &Edit| ana.try_edit(edit).unwrap_err().code();
    for (edit, expected) in [
        (add(3, "  ", Side::Offered), "empty"),
        (
            add(3, &"é".repeat(TITLE_MAX + 1), Side::Offered),
            "too-long",
        ),
        (add(1, "Une autre", Side::Offered), "exists"),
        (
            set(1, ResourceField::Description, &"é".repeat(FIELD_MAX + 1)),
            "too-long",
        ),
        (set(1, ResourceField::Kind, "bateau"), "bad-choice"),
        (set(1, ResourceField::Member, "Ana"), "bad-id"),
        (set(9, ResourceField::Place, "ici"), "not-found"),
        (set(1, ResourceField::Met, "2026-11-24"), "not-needed"),
        (
            set(1, ResourceField::Answers, &item(1).to_string()),
            "not-needed",
        ),
        (
            set(1, ResourceField::Answers, &item(9).to_string()),
            "not-found",
        ),
        (
            set(2, ResourceField::Answers, &item(2).to_string()),
            "not-offered",
        ),
        (lend(2, 6, 3, "2026-11-20", ""), "not-offered"),
        (lend(1, 6, 3, "", ""), "empty"),
        (lend(1, 6, 3, "demain", ""), "bad-date"),
        (
            lend(1, 6, 3, "2026-11-20", "2026-11-19"),
            "ends-before-start",
        ),
        (
            set_loan(1, 5, &[(LoanField::Until, "2026-11-19")]),
            "ends-before-start",
        ),
        (
            set_loan(1, 5, &[(LoanField::From, "2026-11-25")]),
            "ends-before-start",
        ),
        (
            set_loan(1, 5, &[(LoanField::Back, "2026-11-19")]),
            "ends-before-start",
        ),
        (set_loan(1, 5, &[(LoanField::Borrower, "")]), "empty"),
        (set_loan(1, 6, &[(LoanField::Purpose, "")]), "not-found"),
    ] {
        assert_eq!(code(&mut ana, &edit), expected, "{edit:?}");
    }
    assert_eq!(resources(&ana), before);
    // Both days at once: what would be out of order one after the other is in order together.
    ana.edit(&set_loan(
        1,
        5,
        &[
            (LoanField::From, "2026-12-01"),
            (LoanField::Until, "2026-12-02"),
        ],
    ));
    assert_eq!(resources(&ana)[0].loans[0].from, "2026-12-01");
}

#[test]
fn what_changed_of_resources_and_their_loans_is_told_with_what_they_belong_to() {
    let (mut ana, mut bo) = two();
    ana.edit(&add(1, "Remorque", Side::Offered));
    bo.meet(&mut ana);
    let from = bo.doc.get_heads();
    bo.edit(&set(1, ResourceField::Place, "Le hangar"));
    bo.edit(&lend(1, 5, 3, "2026-11-20", "2026-11-24"));
    let told = item_changes(&bo.doc, DocKind::Resources, &from, &bo.doc.get_heads());
    assert_eq!(told.len(), 2);
    assert!(matches!(
        &told[0].what,
        FieldTurn::Set { field: "place", new, .. } if new.value == "Le hangar"
    ));
    assert_eq!(
        (told[1].item.kind, &told[1].what),
        ("loan", &FieldTurn::Added)
    );
    assert_eq!(told[1].within[0].title, "Remorque");
}
