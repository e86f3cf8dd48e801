//! Two people set one field at once: both values can be seen, and setting the field again settles
//! it.

use tresse_model::{
    ActionField, CharterField, DocKind, Edit, NetworkField, ProfileField, Status, read_charter,
    read_network, read_notebook, read_plan,
};

use crate::support::{Peer, author, item, member};

fn two(kind: DocKind) -> (Peer, Peer) {
    (Peer::new(1, kind), Peer::new(2, kind))
}

fn meet(a: &mut Peer, b: &mut Peer) {
    a.meet(b);
    b.meet(a);
}

fn name(value: &str) -> Edit {
    Edit::SetNetwork {
        field: NetworkField::Name,
        value: Some(value.to_owned()),
    }
}

#[test]
fn both_values_are_seen_with_their_authors_the_shown_one_first() {
    let (mut ana, mut bo) = two(DocKind::Network);
    ana.edit(&name("Ateliers"));
    bo.edit(&name("Réseau"));
    meet(&mut ana, &mut bo);
    let read = read_network(&ana.doc, &author);
    assert_eq!(read, read_network(&bo.doc, &author));
    let [conflict] = &read.conflicts[..] else {
        panic!("{read:?}")
    };
    assert_eq!(conflict.field, "name");
    assert_eq!(conflict.values.len(), 2);
    assert_eq!(conflict.values[0].value, read.name);
    for candidate in &conflict.values {
        let by = if candidate.value == "Ateliers" { 1 } else { 2 };
        assert_eq!(candidate.author, Some(member(by)));
    }
    assert_eq!(
        read_network(&ana.doc, &()).conflicts[0].values[0].author,
        None
    );
}

#[test]
fn setting_the_field_again_settles_it_even_to_the_value_shown() {
    let (mut ana, mut bo) = two(DocKind::Network);
    ana.edit(&name("Ateliers"));
    bo.edit(&name("Réseau"));
    meet(&mut ana, &mut bo);
    let shown = read_network(&ana.doc, &()).name;
    assert!(ana.edit(&name(&shown)).changed);
    assert!(!ana.edit(&name(&shown)).changed);
    meet(&mut ana, &mut bo);
    let read = read_network(&bo.doc, &());
    assert_eq!((read.name, read.conflicts.len()), (shown, 0));
}

#[test]
fn clearing_against_setting_is_a_conflict_too() {
    let (mut ana, mut bo) = two(DocKind::Charter);
    let rule = |value: Option<&str>| Edit::SetCharter {
        field: CharterField::DecisionRule,
        value: value.map(str::to_owned),
    };
    ana.edit(&rule(Some("consentement")));
    meet(&mut ana, &mut bo);
    ana.edit(&rule(None));
    bo.edit(&rule(Some("vote")));
    meet(&mut ana, &mut bo);
    let read = read_charter(&ana.doc, &author);
    let mut values: Vec<_> = read.conflicts[0].values.iter().map(|v| &*v.value).collect();
    values.sort_unstable();
    assert_eq!(values, ["", "vote"]);
}

#[test]
fn the_same_value_set_twice_is_no_conflict() {
    let (mut ana, mut bo) = two(DocKind::Notebook);
    let engagement = Edit::SetProfile {
        field: ProfileField::Engagement,
        value: Some("volunteer".to_owned()),
    };
    ana.edit(&engagement);
    bo.edit(&engagement);
    meet(&mut ana, &mut bo);
    let read = read_notebook(&ana.doc, &());
    assert_eq!((&*read.engagement, read.conflicts.len()), ("volunteer", 0));
    assert!(!ana.edit(&engagement).changed);
}

fn action(title: &str) -> Edit {
    Edit::AddAction {
        id: item(1),
        title: title.to_owned(),
        fields: Vec::new(),
    }
}

#[test]
fn a_status_in_conflict_shows_every_word() {
    let (mut ana, mut bo) = two(DocKind::Plan);
    ana.edit(&action("Affiche"));
    meet(&mut ana, &mut bo);
    for (peer, word) in [(&mut ana, "done"), (&mut bo, "blocked")] {
        peer.edit(&Edit::SetAction {
            id: item(1),
            field: ActionField::Status,
            value: Some(word.to_owned()),
        });
    }
    meet(&mut ana, &mut bo);
    let read = read_plan(&ana.doc, &author);
    let conflict = &read.actions[0].conflicts[0];
    assert_eq!(conflict.field, "status");
    assert_eq!(
        Status::from_word(&conflict.values[0].value),
        Some(read.actions[0].status)
    );
}

#[test]
fn removed_by_one_while_another_edits_it_stays_removed_and_comes_back_with_the_edit() {
    let (mut ana, mut bo) = two(DocKind::Plan);
    ana.edit(&action("Affiche"));
    meet(&mut ana, &mut bo);
    let remove = |restore| Edit::RemoveAction {
        id: item(1),
        restore,
    };
    ana.edit(&remove(false));
    bo.edit(&Edit::SetAction {
        id: item(1),
        field: ActionField::Title,
        value: Some("Grande affiche".to_owned()),
    });
    meet(&mut ana, &mut bo);
    assert!(read_plan(&bo.doc, &()).actions.is_empty());
    bo.edit(&remove(true));
    assert_eq!(read_plan(&bo.doc, &()).actions[0].title, "Grande affiche");
}

#[test]
fn items_that_two_add_at_once_are_both_kept_in_one_order() {
    let (mut ana, mut bo) = two(DocKind::Network);
    let purpose = |n, text: &str| Edit::AddPurpose {
        id: item(n),
        text: text.to_owned(),
    };
    ana.edit(&purpose(9, "premier"));
    meet(&mut ana, &mut bo);
    ana.edit(&purpose(2, "d'Ana"));
    bo.edit(&purpose(1, "de Bo"));
    meet(&mut ana, &mut bo);
    ana.edit(&purpose(0, "dernier"));
    let texts: Vec<_> = read_network(&ana.doc, &())
        .purposes
        .into_iter()
        .map(|line| line.text)
        .collect();
    assert_eq!(texts, ["premier", "de Bo", "d'Ana", "dernier"]);
}
