//! Undo: alone it goes back exactly; among others it takes nothing of theirs.

use proptest::prelude::*;
use tresse_model::{
    ActionField, DocKind, Edit, NetworkField, PageField, Stacks, read_network, read_page, read_plan,
};

use crate::support::{Dice, Peer, content, dice, edit_of, item, kinds, splice, type_at};

fn text(peer: &Peer) -> String {
    peer.text()
}

#[test]
fn an_added_action_undone_is_in_the_bin_and_comes_back_by_redo() {
    let mut ana = Peer::new(1, DocKind::Plan);
    ana.edit(&Edit::AddAction {
        id: item(1),
        title: "Louer la salle".to_owned(),
        fields: Vec::new(),
    });
    assert_eq!(ana.undo(), (1, 0));
    assert_eq!(read_plan(&ana.doc, &()).actions.len(), 0);
    assert_eq!(ana.redo(), (1, 0));
    assert_eq!(read_plan(&ana.doc, &()).actions[0].title, "Louer la salle");
}

#[test]
fn a_field_that_somebody_else_has_set_since_is_left_alone_and_counted() {
    let mut ana = Peer::new(1, DocKind::Network);
    let mut bo = Peer::new(2, DocKind::Network);
    let name = |value: &str| Edit::SetNetwork {
        field: NetworkField::Name,
        value: Some(value.to_owned()),
    };
    ana.edit(&name("Réseau"));
    ana.edit(&name("Réseau des ateliers"));
    bo.meet(&mut ana);
    bo.edit(&name("Tresse"));
    ana.meet(&mut bo);
    assert_eq!(ana.undo(), (0, 1));
    assert_eq!(read_network(&ana.doc, &()).name, "Tresse");
    assert_eq!(ana.undo(), (0, 1));
    assert_eq!(read_network(&ana.doc, &()).name, "Tresse");
}

#[test]
fn the_same_value_set_by_somebody_else_is_theirs() {
    let mut ana = Peer::new(1, DocKind::Network);
    let mut bo = Peer::new(2, DocKind::Network);
    let kind = |value: &str| Edit::SetNetwork {
        field: NetworkField::Kind,
        value: Some(value.to_owned()),
    };
    ana.edit(&kind("produce"));
    bo.meet(&mut ana);
    bo.edit(&kind("defend"));
    bo.edit(&kind("produce"));
    ana.meet(&mut bo);
    assert_eq!(ana.undo(), (0, 1));
    assert_eq!(read_network(&ana.doc, &()).kind, "produce");
}

#[test]
fn what_others_typed_around_and_inside_my_words_outlives_my_undo() {
    let mut ana = Peer::new(1, DocKind::Page);
    let mut bo = Peer::new(2, DocKind::Page);
    bo.edit(&type_at(0, 0, "AB"));
    ana.meet(&mut bo);
    ana.edit(&type_at(1, 0, "mot"));
    bo.meet(&mut ana);
    bo.edit(&type_at(3, 0, "XY"));
    bo.edit(&type_at(0, 0, "DÉBUT "));
    ana.meet(&mut bo);
    assert_eq!(text(&ana), "DÉBUT AmoXYtB");
    assert_eq!(ana.undo(), (1, 0));
    assert_eq!(text(&ana), "DÉBUT AXYB");
    assert_eq!(ana.redo(), (2, 0));
    assert_eq!(text(&ana), "DÉBUT AmoXYtB");
}

#[test]
fn what_i_took_out_comes_back_around_what_others_typed_there_meanwhile() {
    let mut ana = Peer::new(1, DocKind::Page);
    let mut bo = Peer::new(2, DocKind::Page);
    ana.edit(&type_at(0, 0, "avant milieu après"));
    bo.meet(&mut ana);
    ana.edit(&type_at(6, 7, ""));
    bo.edit(&type_at(9, 0, "XX"));
    ana.meet(&mut bo);
    assert_eq!(text(&ana), "avant XXaprès");
    ana.undo();
    assert_eq!(text(&ana), "avant milXXieu après");
    ana.redo();
    assert_eq!(text(&ana), "avant XXaprès");
}

#[test]
fn text_that_went_and_came_back_can_still_be_undone_and_redone_in_a_row() {
    let mut ana = Peer::new(1, DocKind::Page);
    let states = [
        type_at(0, 0, "bonjour"),
        type_at(3, 0, "XX"),
        type_at(2, 5, "..."),
        type_at(0, 6, ""),
        type_at(0, 0, "fin"),
        type_at(1, 2, "ini"),
    ]
    .map(|edit| {
        ana.edit(&edit);
        text(&ana)
    });
    for _ in 0..3 {
        for state in states.iter().rev() {
            assert_eq!(text(&ana), *state);
            ana.undo();
        }
        assert_eq!(text(&ana), "");
        for state in &states {
            ana.redo();
            assert_eq!(text(&ana), *state);
        }
    }
}

#[test]
fn letters_joined_are_undone_as_one() {
    let mut ana = Peer::new(1, DocKind::Page);
    ana.edit(&type_at(0, 0, "Le "));
    for (at, letter) in ["m", "o", "t"].iter().enumerate() {
        let applied = ana.try_edit(&type_at(3 + at, 0, letter)).unwrap();
        if at == 0 {
            ana.undo.record((), applied.undo);
        } else {
            ana.undo.join((), applied.undo);
        }
    }
    assert_eq!(ana.undo.counts(), (2, 0));
    ana.undo();
    assert_eq!(text(&ana), "Le ");
    ana.redo();
    assert_eq!(text(&ana), "Le mot");
}

#[test]
fn a_page_whose_making_is_undone_lies_in_the_bin_with_all_its_words() {
    let mut ana = Peer::new(1, DocKind::Page);
    ana.edit(&Edit::InitPage {
        title: "Trace".to_owned(),
        tags: vec!["Rencontre".to_owned()],
        text: Some("# Trace".to_owned()),
    });
    ana.undo();
    let page = read_page(&ana.doc, &());
    assert!(page.binned);
    assert_eq!((&*page.title, &*page.body), ("Trace", "# Trace"));
    ana.redo();
    assert!(!read_page(&ana.doc, &()).binned);
}

#[test]
fn an_undo_kept_for_a_document_that_no_longer_has_the_edit_does_nothing() {
    let mut ana = Peer::new(1, DocKind::Page);
    let applied = ana.edit(&type_at(0, 0, "abc"));
    let mut other = Peer::new(1, DocKind::Page);
    other.edit(&Edit::SetPage {
        field: PageField::Title,
        value: Some("autre".to_owned()),
    });
    let done = tresse_model::undo(&mut other.doc, &applied.undo, 1).unwrap();
    assert_eq!((done.restored, done.skipped, done.changed), (0, 1, false));
}

#[test]
fn a_conflict_that_others_take_part_in_is_not_mine_to_undo() {
    let mut ana = Peer::new(1, DocKind::Plan);
    let mut bo = Peer::new(2, DocKind::Plan);
    ana.edit(&Edit::AddAction {
        id: item(1),
        title: "Affiche".to_owned(),
        fields: Vec::new(),
    });
    bo.meet(&mut ana);
    let status = |value: &str| Edit::SetAction {
        id: item(1),
        field: ActionField::Status,
        value: Some(value.to_owned()),
    };
    ana.edit(&status("done"));
    bo.edit(&status("blocked"));
    ana.meet(&mut bo);
    assert_eq!(ana.undo(), (0, 1));
    assert_eq!(read_plan(&ana.doc, &()).actions[0].conflicts.len(), 1);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn alone_undo_and_redo_go_back_and_forth_exactly(
        kind in kinds(),
        throws in proptest::collection::vec(dice(), 1..25),
        walk in proptest::collection::vec(any::<bool>(), 0..60),
    ) {
        let mut ana = Peer::new(1, kind);
        let mut states = vec![content(&ana.doc)];
        for throw in throws {
            let edit = edit_of(&ana.doc, kind, 1, &throw);
            if let Ok(applied) = ana.try_edit(&edit)
                && applied.changed
            {
                ana.undo.record((), applied.undo);
                states.push(content(&ana.doc));
            }
        }
        let mut at = states.len() - 1;
        let back_and_forth = walk.into_iter().chain(vec![true; states.len()]);
        for back in back_and_forth {
            if back {
                ana.undo();
                at = at.saturating_sub(1);
            } else {
                ana.redo();
                at = (at + 1).min(states.len() - 1);
            }
            prop_assert_eq!(&content(&ana.doc), &states[at]);
        }
    }

    #[test]
    fn undo_never_takes_what_others_typed(
        steps in proptest::collection::vec((0..10u8, dice()), 1..60),
    ) {
        let mut ana = Peer::new(1, DocKind::Page);
        let mut bo = Peer::new(2, DocKind::Page);
        let theirs = |text: &str| text.chars().filter(char::is_ascii_uppercase).count();
        let mut typed = 0;
        for (what, throw) in steps {
            match what {
                0..=3 => {
                    let (splice_at, delete) = place(&ana, &throw);
                    ana.edit(&type_at(splice_at, delete, &throw.4));
                }
                4..=6 => {
                    let (at, _) = place(&bo, &throw);
                    let words: String = throw.4.chars().filter(char::is_ascii).collect();
                    bo.edit(&type_at(at, 0, &words.to_ascii_uppercase()));
                    typed += words.len();
                }
                7 => ana.meet(&mut bo),
                8 => bo.meet(&mut ana),
                _ => {
                    let before = theirs(&text(&ana));
                    ana.undo();
                    prop_assert!(theirs(&text(&ana)) >= before);
                }
            }
        }
        ana.meet(&mut bo);
        while ana.undo.next_undo().is_some() {
            ana.undo();
        }
        let left = text(&ana);
        prop_assert_eq!(theirs(&left), typed, "{}", left);
        prop_assert_eq!(left.chars().count(), typed, "{}", left);
    }
}

fn place(peer: &Peer, (_, _, x, y, _): &Dice) -> (usize, usize) {
    let len = text(peer).chars().count();
    let at = usize::from(*x) % (len + 1);
    (at, (usize::from(*y) % 5).min(len - at))
}

#[test]
fn several_splices_of_one_edit_are_undone_together() {
    let mut ana = Peer::new(1, DocKind::Page);
    ana.edit(&type_at(0, 0, "un deux trois"));
    ana.edit(&Edit::SpliceText {
        splices: vec![splice(0, 2, "1"), splice(2, 4, "2"), splice(0, 3, "tout ")],
    });
    assert_eq!(text(&ana), "tout  trois");
    ana.undo();
    assert_eq!(text(&ana), "un deux trois");
    ana.redo();
    assert_eq!(text(&ana), "tout  trois");
}

#[test]
fn what_was_made_together_is_forgotten_together_however_much_came_after() {
    let mut stacks = Stacks::<u8>::default();
    let mut peer = Peer::new(1, DocKind::Network);
    let mut edit = |n: u32| {
        let edit = Edit::SetNetwork {
            field: NetworkField::Name,
            value: Some(format!("Nom {n}")),
        };
        tresse_model::apply(&mut peer.doc, &edit, i64::from(n))
            .unwrap()
            .undo
    };
    stacks.record_together([(1, edit(0)), (2, edit(1))]);
    assert_eq!(stacks.together_undone(), [&2, &1]);
    for n in 2..u32::try_from(Stacks::<u8>::LIMIT).unwrap() {
        stacks.record(3, edit(n));
    }
    assert_eq!(stacks.counts().0, Stacks::<u8>::LIMIT, "both are there");
    stacks.record(3, edit(5_000));
    assert_eq!(stacks.counts().0, Stacks::<u8>::LIMIT - 1, "both are gone");
    stacks.record_together([(1, edit(5_001)), (2, edit(5_002))]);
    assert_eq!(stacks.together_undone(), [&2, &1]);
    stacks.forget_next_undo();
    assert_eq!(stacks.next_undo(), Some(&3));
}

#[test]
fn what_was_made_together_goes_back_and_comes_again_together() {
    let mut ana = Peer::new(1, DocKind::Network);
    let set = |doc: &mut automerge::Automerge, field, word: &str, at| {
        let value = Some(word.to_owned());
        tresse_model::apply(doc, &Edit::SetNetwork { field, value }, at)
            .unwrap()
            .undo
    };
    let mut stacks = Stacks::<u8>::default();
    let name = set(&mut ana.doc, NetworkField::Name, "Nom", 1);
    let kind = set(&mut ana.doc, NetworkField::Kind, "produce", 2);
    stacks.record_together([(1, name), (2, kind)]);
    stacks.undo(&mut ana.doc, false, 3).unwrap();
    stacks.undo(&mut ana.doc, true, 4).unwrap();
    assert_eq!(stacks.together_redone(), [&1, &2]);
    stacks.redo(&mut ana.doc, false, 5).unwrap();
    stacks.redo(&mut ana.doc, true, 6).unwrap();
    assert_eq!(stacks.together_undone(), [&2, &1]);
    assert_eq!(read_network(&ana.doc, &()).name, "Nom");
}

#[test]
fn trying_an_edit_out_changes_nothing_and_says_what_making_it_would_say() {
    let mut ana = Peer::new(1, DocKind::Network);
    let before = ana.doc.get_heads();
    let name = |value: &str| Edit::SetNetwork {
        field: NetworkField::Name,
        value: Some(value.to_owned()),
    };
    tresse_model::try_out(&mut ana.doc, &name("Nom")).unwrap();
    let long = name(&"x".repeat(100_000));
    let said = tresse_model::try_out(&mut ana.doc, &long).unwrap_err();
    assert_eq!(ana.doc.get_heads(), before);
    assert_eq!(read_network(&ana.doc, &()).name, "");
    let made = tresse_model::apply(&mut ana.doc, &long, 1).unwrap_err();
    assert_eq!(said.to_string(), made.to_string());
    tresse_model::apply(&mut ana.doc, &name("Nom"), 1).unwrap();
    assert_eq!(read_network(&ana.doc, &()).name, "Nom");
}
