//! What a network is for, its ties to others, its people's faces, and what each has looked at.

use tresse_model::{
    ActionField, DocId, DocKind, Edit, ItemId, NetworkField, NetworkId, NetworkKind, PHOTO_MAX,
    RelationKind, Status, done_times, read_network, read_notebook, read_seen,
};

use crate::support::Peer;

fn kind(kind: NetworkKind, off: bool) -> Edit {
    Edit::SetKind { kind, off }
}

fn kinds(peer: &Peer) -> Vec<NetworkKind> {
    read_network(&peer.doc, &()).kinds
}

#[test]
fn two_who_choose_different_ends_at_once_have_chosen_both() {
    let mut ana = Peer::new(1, DocKind::Network);
    let mut bo = Peer::new(2, DocKind::Network);
    ana.edit(&kind(NetworkKind::Produce, false));
    bo.edit(&kind(NetworkKind::PoolMeans, false));
    ana.meet(&mut bo);
    bo.meet(&mut ana);
    assert_eq!(kinds(&ana), [NetworkKind::Produce, NetworkKind::PoolMeans]);
    assert_eq!(kinds(&ana), kinds(&bo));
    assert!(read_network(&ana.doc, &()).conflicts.is_empty());
    bo.edit(&kind(NetworkKind::Produce, true));
    assert_eq!(kinds(&bo), [NetworkKind::PoolMeans]);
}

#[test]
fn the_one_word_of_an_older_version_is_one_of_the_mix_and_can_be_taken_out_of_it() {
    let mut ana = Peer::new(1, DocKind::Network);
    let older = |value| Edit::SetNetwork {
        field: NetworkField::Kind,
        value,
    };
    ana.edit(&older(Some("defend".to_owned())));
    assert_eq!(kinds(&ana), [NetworkKind::Defend]);
    assert!(!ana.edit(&kind(NetworkKind::Defend, false)).changed);
    ana.edit(&kind(NetworkKind::MutualLearning, false));
    assert_eq!(
        kinds(&ana),
        [NetworkKind::Defend, NetworkKind::MutualLearning]
    );
    ana.edit(&kind(NetworkKind::Defend, true));
    assert_eq!(kinds(&ana), [NetworkKind::MutualLearning]);
    ana.edit(&older(Some("un club d’échecs".to_owned())));
    let content = read_network(&ana.doc, &());
    assert_eq!(content.kind, "un club d’échecs");
    assert_eq!(content.kinds, [NetworkKind::MutualLearning]);
}

#[test]
fn a_tie_to_another_network_keeps_its_name_and_both_words_where_two_write_at_once() {
    let other = NetworkId::from_bytes([7; 20]);
    let tie = |words: &str| Edit::Relate {
        other,
        kind: RelationKind::PartOf,
        name: "Réseau régional".into(),
        words: Some(words.to_owned()),
    };
    let mut ana = Peer::new(1, DocKind::Network);
    let mut bo = Peer::new(2, DocKind::Network);
    ana.edit(&tie("depuis 2024"));
    bo.edit(&tie("nous y avons un siège"));
    ana.meet(&mut bo);
    bo.meet(&mut ana);
    let content = read_network(&ana.doc, &());
    assert_eq!(content, read_network(&bo.doc, &()));
    assert_eq!(content.relations.len(), 1);
    assert_eq!(content.relations[0].name, "Réseau régional");
    assert_eq!(content.conflicts.len(), 1, "both words are kept");
    ana.edit(&Edit::Unrelate { other });
    assert!(read_network(&ana.doc, &()).relations.is_empty());
    let stranger = Edit::Unrelate {
        other: NetworkId::from_bytes([8; 20]),
    };
    assert_eq!(ana.try_edit(&stranger).unwrap_err().code(), "not-found");
}

#[test]
fn what_is_no_picture_or_too_large_is_refused_and_a_picture_can_be_taken_away() {
    let mut ana = Peer::new(1, DocKind::Notebook);
    let set = |picture: Option<Vec<u8>>| Edit::SetPhoto { picture };
    let jpeg = |len: usize| [vec![0xff, 0xd8, 0xff], vec![0; len - 3]].concat();
    for wrong in [b"GIF89a".to_vec(), Vec::new(), jpeg(PHOTO_MAX + 1)] {
        assert_eq!(
            ana.try_edit(&set(Some(wrong))).unwrap_err().code(),
            "bad-photo"
        );
    }
    ana.edit(&set(Some(jpeg(PHOTO_MAX))));
    let photo = read_notebook(&ana.doc, &()).photo.unwrap();
    assert_eq!(photo.bytes().len(), PHOTO_MAX);
    assert!(photo.data_uri().starts_with("data:image/jpeg;base64,/9j/"));
    ana.edit(&set(None));
    assert_eq!(read_notebook(&ana.doc, &()).photo, None);
}

#[test]
fn what_two_machines_of_one_person_looked_at_comes_together() {
    let page = |number| DocId::page([number; 16]);
    let head = tresse_model::genesis_hash(DocKind::Page);
    let seen = |number| Edit::MarkSeen {
        seen: vec![(page(number), vec![head])],
    };
    let mut laptop = Peer::new(1, DocKind::Notebook);
    let mut phone = Peer::new(2, DocKind::Notebook);
    let looked = laptop.edit(&seen(1));
    assert!(looked.undo.is_empty(), "having looked is not taken back");
    phone.edit(&seen(2));
    laptop.meet(&mut phone);
    phone.meet(&mut laptop);
    let marks = read_seen(&laptop.doc);
    assert_eq!(marks, read_seen(&phone.doc));
    assert_eq!(marks.len(), 2);
    assert_eq!(marks[&page(1)], [head]);
    assert!(
        !laptop.edit(&seen(2)).changed,
        "nothing new, nothing written"
    );
}

#[test]
fn an_action_tells_when_it_was_said_to_be_done() {
    let mut ana = Peer::new(1, DocKind::Plan);
    let id = ItemId::from_bytes([9; 10]);
    ana.edit(&Edit::AddAction {
        id,
        title: "Imprimer".into(),
        fields: Vec::new(),
    });
    assert!(done_times(&ana.doc).is_empty());
    let done = Edit::SetAction {
        id,
        field: ActionField::Status,
        value: Some(Status::Done.word().to_owned()),
    };
    tresse_model::apply(&mut ana.doc, &done, 1_790_000_000_000).unwrap();
    assert_eq!(done_times(&ana.doc)[&id], 1_790_000_000_000);
}
