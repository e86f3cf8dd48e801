//! What several people saw outside and wrote down apart: nothing is lost, it reads the same at every peer, and everybody keeps their own
//! account of what they have read.

use proptest::prelude::*;
use tresse_model::{
    DocId, DocKind, Edit, FIELD_MAX, FieldTurn, ItemId, LINK_MAX, NetworkId, TAG_MAX, TITLE_MAX,
    WatchEdit, WatchField, WatchItem, WatchReading, item_changes, read_watch, read_watch_read,
    watch_items_until,
};

use crate::support::{Dice, Peer, author, dice, item, member};

/// An edit of a year's watch, thrown by dice.
pub(crate) fn watching(
    what: u8,
    id: ItemId,
    any: ItemId,
    (_, which, _, y, _): &Dice,
    title: String,
    value: Option<String>,
) -> WatchEdit {
    let restore = y % 3 == 0;
    match what % 6 {
        0 | 1 => WatchEdit::Add {
            id,
            title,
            fields: vec![(WatchField::Summary, value.unwrap_or_default())],
            tags: vec![format!("tag{which}")],
            origin: restore.then(|| (meeting(), "- une ligne".to_owned())),
        },
        2 => WatchEdit::Set {
            id: any,
            field: WatchField::Title,
            value: Some(title),
        },
        3 => WatchEdit::Set {
            id: any,
            field: [WatchField::Summary, WatchField::Link][usize::from(*which) % 2],
            value,
        },
        4 => WatchEdit::Tag {
            id: any,
            tag: format!("tag{which}"),
            off: restore,
        },
        _ => WatchEdit::Remove { id: any, restore },
    }
}

/// A note of what one has read, thrown by dice.
fn reading((what, which, x, y, _): &Dice) -> Edit {
    let (any, id) = (item((x % 5) as u8 * 16 + which), item(*what));
    Edit::WatchReading(if x % 3 == 0 {
        WatchReading::Until {
            doc: DocId::watch(&network(), 2020 + i16::from(*which)),
            heads: vec![automerge::ChangeHash([*which; 32])],
            items: vec![any],
        }
    } else {
        WatchReading::Items {
            items: vec![any, id],
            off: y % 2 == 0,
        }
    })
}

fn network() -> NetworkId {
    NetworkId::from_bytes([9; 20])
}

fn meeting() -> DocId {
    DocId::meeting([3; 16])
}

fn add(id: u8, title: &str) -> Edit {
    Edit::Watch(WatchEdit::Add {
        id: item(id),
        title: title.to_owned(),
        fields: Vec::new(),
        tags: Vec::new(),
        origin: None,
    })
}

fn set(id: u8, field: WatchField, value: &str) -> Edit {
    Edit::Watch(WatchEdit::Set {
        id: item(id),
        field,
        value: Some(value.to_owned()),
    })
}

fn tag(id: u8, tag: &str, off: bool) -> Edit {
    Edit::Watch(WatchEdit::Tag {
        id: item(id),
        tag: tag.to_owned(),
        off,
    })
}

fn two() -> (Peer, Peer) {
    (Peer::new(1, DocKind::Watch), Peer::new(2, DocKind::Watch))
}

fn items(peer: &Peer) -> Vec<WatchItem> {
    read_watch(&peer.doc, &author).items
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_one_has_read_is_the_same_on_all_of_ones_machines_in_whatever_order_they_meet(
        notes in proptest::collection::vec((0..3usize, dice(), any::<bool>()), 1..24),
    ) {
        let mut machines = [1, 2, 3].map(|n| Peer::new(n, DocKind::Notebook));
        for (n, dice, meet) in notes {
            machines[n].edit(&reading(&dice));
            if meet {
                let mut other = Peer::new(9, DocKind::Notebook);
                other.meet(&mut machines[(n + 1) % 3]);
                machines[n].meet(&mut other);
            }
        }
        let mut onward = Peer::new(8, DocKind::Notebook);
        let mut back = Peer::new(9, DocKind::Notebook);
        for machine in &mut machines {
            onward.meet(machine);
        }
        for machine in machines.iter_mut().rev() {
            back.meet(machine);
        }
        prop_assert_eq!(read_watch_read(&onward.doc), read_watch_read(&back.doc));
        let read = read_watch_read(&onward.doc);
        for machine in &mut machines {
            machine.meet(&mut onward);
            prop_assert_eq!(&read_watch_read(&machine.doc), &read);
            prop_assert_eq!(machine.undo(), (0, 0));
        }
    }
}

#[test]
fn a_year_has_one_watch_for_everybody_and_every_year_its_own() {
    let of = |year| DocId::watch(&network(), year);
    assert_eq!(of(2026), of(2026));
    assert_ne!(of(2026), of(2027));
    assert_eq!(of(2026).kind(), Some(DocKind::Watch));
    assert!(!of(2026).is_personal());
    assert!(of(2026).to_string().starts_with("watch-"));
}

#[test]
fn two_who_add_apart_keep_both_with_who_wrote_each() {
    let (mut ana, mut bo) = two();
    ana.edit(&add(1, "Appel à projets de la région"));
    bo.edit(&add(2, "Réforme de la formation"));
    ana.meet(&mut bo);
    bo.meet(&mut ana);
    let seen = items(&ana);
    assert_eq!(seen, items(&bo));
    let by: Vec<_> = seen.iter().map(|one| (one.id, one.by)).collect();
    assert_eq!(by, [(item(1), Some(member(1))), (item(2), Some(member(2)))]);
}

#[test]
fn tags_put_on_apart_are_all_on_and_a_field_set_twice_shows_both() {
    let (mut ana, mut bo) = two();
    ana.edit(&add(1, "Un décret"));
    bo.meet(&mut ana);
    ana.edit(&tag(1, "droit", false));
    ana.edit(&set(1, WatchField::Summary, "d’Ana"));
    bo.edit(&tag(1, "formation", false));
    bo.edit(&set(1, WatchField::Summary, "de Bo"));
    ana.meet(&mut bo);
    bo.meet(&mut ana);
    assert_eq!(items(&ana), items(&bo));
    let one = &items(&ana)[0];
    assert_eq!(one.tags, ["droit", "formation"]);
    let conflict = &one.conflicts[0];
    assert_eq!(conflict.field, "summary");
    let mut said: Vec<_> = conflict.values.iter().map(|one| &*one.value).collect();
    said.sort_unstable();
    assert_eq!(said, ["de Bo", "d’Ana"]);
}

#[test]
fn what_is_removed_while_another_writes_in_it_shows_that_when_it_is_back() {
    let (mut ana, mut bo) = two();
    ana.edit(&add(1, "Un décret"));
    bo.meet(&mut ana);
    let remove = |restore| {
        Edit::Watch(WatchEdit::Remove {
            id: item(1),
            restore,
        })
    };
    ana.edit(&remove(false));
    bo.edit(&set(1, WatchField::Link, " https://exemple.org/decret "));
    ana.meet(&mut bo);
    assert!(items(&ana).is_empty());
    ana.edit(&remove(true));
    assert_eq!(items(&ana)[0].link, "https://exemple.org/decret");
}

#[test]
fn an_item_taken_back_goes_whole_and_comes_back_whole() {
    let (mut ana, _) = two();
    ana.edit(&Edit::Watch(WatchEdit::Add {
        id: item(1),
        title: "Un rapport".into(),
        fields: vec![
            (WatchField::On, "2026-11-24".into()),
            (WatchField::Link, "https://exemple.org".into()),
        ],
        tags: vec!["illettrisme".into()],
        origin: Some((meeting(), "- Un rapport".into())),
    }));
    let before = items(&ana);
    assert_eq!(before[0].meeting, Some(meeting()));
    assert_eq!(before[0].line, "- Un rapport");
    assert_eq!(before[0].on, "2026-11-24");
    ana.undo();
    assert!(items(&ana).is_empty());
    ana.redo();
    assert_eq!(items(&ana), before);
}

#[test]
fn what_is_too_long_or_says_nothing_is_refused_and_nothing_is_written() {
    let (mut ana, _) = two();
    ana.edit(&add(1, "Un rapport"));
    let code = |ana: &mut Peer, edit: &Edit| ana.try_edit(edit).unwrap_err().code();
    assert_eq!(code(&mut ana, &add(2, "  ")), "empty");
    assert_eq!(
        code(&mut ana, &add(2, &"é".repeat(TITLE_MAX + 1))),
        "too-long"
    );
    assert_eq!(code(&mut ana, &add(1, "Un autre")), "exists");
    let long = "é".repeat(FIELD_MAX + 1);
    assert_eq!(
        code(&mut ana, &set(1, WatchField::Summary, &long)),
        "too-long"
    );
    let long = "h".repeat(LINK_MAX + 1);
    assert_eq!(code(&mut ana, &set(1, WatchField::Link, &long)), "too-long");
    assert_eq!(code(&mut ana, &set(1, WatchField::On, "hier")), "bad-date");
    assert_eq!(code(&mut ana, &tag(1, " ", false)), "empty");
    assert_eq!(
        code(&mut ana, &tag(1, &"t".repeat(TAG_MAX + 1), false)),
        "too-long"
    );
    assert_eq!(code(&mut ana, &tag(7, "droit", false)), "not-found");
    assert_eq!(items(&ana).len(), 1);
}

#[test]
fn what_changed_of_items_is_told_with_who_did_it() {
    let (mut ana, mut bo) = two();
    ana.edit(&add(1, "Un décret"));
    bo.meet(&mut ana);
    let from = bo.doc.get_heads();
    bo.edit(&set(1, WatchField::Summary, "Il change tout"));
    bo.edit(&tag(1, "droit", false));
    let told = item_changes(&bo.doc, DocKind::Watch, &from, &bo.doc.get_heads());
    assert_eq!(told.len(), 2);
    assert_eq!(told[0].item.title, "Un décret");
    assert!(matches!(
        &told[0].what,
        FieldTurn::Set { field: "summary", new, .. } if new.value == "Il change tout"
    ));
    assert!(matches!(&told[1].what, FieldTurn::In { set: "tags", held } if held.value == "droit"));
}

#[test]
fn all_is_read_up_to_what_was_there_and_not_what_an_absent_one_wrote_earlier() {
    let (mut ana, mut bo) = two();
    bo.edit(&add(2, "Vu par Bo, avant, dans un train"));
    ana.edit(&add(1, "Vu par Ana"));
    let doc = DocId::watch(&network(), 2026);
    let mut notebook = Peer::new(1, DocKind::Notebook);
    notebook.edit(&Edit::WatchReading(WatchReading::Items {
        items: vec![item(1)],
        off: true,
    }));
    notebook.edit(&Edit::WatchReading(WatchReading::Until {
        doc,
        heads: ana.doc.get_heads(),
        items: vec![item(1)],
    }));
    ana.meet(&mut bo);
    let read = read_watch_read(&notebook.doc);
    assert!(
        read.items.is_empty(),
        "what was said of one before falls away"
    );
    let until = watch_items_until(&ana.doc, &read.until[&doc]);
    assert!(until.contains(&item(1)));
    assert!(!until.contains(&item(2)));
}

#[test]
fn two_machines_of_one_person_that_read_apart_have_read_both() {
    let (mut ana, mut bo) = two();
    let doc = DocId::watch(&network(), 2026);
    ana.edit(&add(1, "Vu par Ana"));
    bo.edit(&add(2, "Vu par Bo"));
    let mut desk = Peer::new(3, DocKind::Notebook);
    let mut train = Peer::new(4, DocKind::Notebook);
    for (machine, peer) in [(&mut desk, &ana), (&mut train, &bo)] {
        machine.edit(&Edit::WatchReading(WatchReading::Until {
            doc,
            heads: peer.doc.get_heads(),
            items: Vec::new(),
        }));
    }
    desk.meet(&mut train);
    let read = read_watch_read(&desk.doc);
    // One of them is not here yet: it says nothing until it is.
    assert_eq!(watch_items_until(&ana.doc, &read.until[&doc]).len(), 1);
    ana.meet(&mut bo);
    assert_eq!(watch_items_until(&ana.doc, &read.until[&doc]).len(), 2);
    assert_eq!(desk.undo(), (0, 0), "having read is nothing to take back");
}
