//! Who wrote each character, putting a passage back, and what changed of items between two states.

use std::collections::HashSet;

use automerge::ChangeHash;
use proptest::prelude::*;
use tresse_model::{
    ActionField, DocKind, Edit, EditError, FieldTurn, ItemChange, ObjectiveField, Passage, Splice,
    Stamp, apply, body_text_at, changes, heads_until, item_changes, item_hands, line_authors,
    plan_counts, restoring, timeline,
};

use crate::support::{Peer, item, member};

const PEERS: usize = 3;

fn splice(at: usize, delete: usize, insert: &str) -> Edit {
    let insert = insert.to_owned();
    Edit::SpliceText {
        splices: vec![Splice { at, delete, insert }],
    }
}

fn passage(heads: &[ChangeHash], at: usize, len: usize) -> Passage {
    let heads = heads.to_vec();
    Passage { heads, at, len }
}

/// Puts a passage back; says whether its surroundings were there.
fn restore(
    peer: &mut Peer,
    passage: &Passage,
    instead: Option<&Passage>,
) -> Result<bool, EditError> {
    let back = restoring(&peer.doc, passage, instead)?;
    let splices = back.splices;
    peer.edit(&Edit::SpliceText { splices });
    Ok(back.exact)
}

/// Each peer's letters are its own, so that a text tells by itself who wrote what.
fn letters(peer: usize, seed: &[u8]) -> String {
    let alphabet = [['a', 'b', '\n'], ['x', 'y', '\n'], ['à', 'é', '\n']][peer];
    let letter = |byte: &u8| alphabet[usize::from(*byte) % if *byte > 200 { 3 } else { 2 }];
    seed.iter().map(letter).collect()
}

fn whose(char: char) -> Option<u8> {
    match char {
        'a' | 'b' => Some(0),
        'x' | 'y' => Some(1),
        'à' | 'é' => Some(2),
        _ => None,
    }
}

#[derive(Debug, Clone)]
enum Step {
    Write(usize, u16, u8, Vec<u8>),
    Meet(usize, usize),
    Restore(usize, u16, u16),
    Restart(usize),
}

fn step() -> impl Strategy<Value = Step> {
    let peer = 0..PEERS;
    let words = proptest::collection::vec(any::<u8>(), 0..8);
    prop_oneof![
        8 => (peer.clone(), any::<u16>(), 0..6u8, words)
            .prop_map(|(peer, at, out, words)| Step::Write(peer, at, out, words)),
        3 => (peer.clone(), peer.clone()).prop_map(|(a, b)| Step::Meet(a, b)),
        1 => (peer.clone(), any::<u16>(), any::<u16>()).prop_map(|(peer, at, len)| Step::Restore(peer, at, len)),
        1 => peer.prop_map(Step::Restart),
    ]
}

fn write(peer: &mut Peer, n: usize, at: u16, out: u8, words: &[u8]) {
    let len = peer.text().chars().count();
    let at = usize::from(at) % (len + 1);
    let out = usize::from(out).min(len - at);
    peer.edit(&splice(at, out, &letters(n, words)));
}

fn meet(peers: &mut [Peer], a: usize, b: usize) {
    if let Ok([a, b]) = peers.get_disjoint_mut([a, b]) {
        a.meet(b);
        b.meet(a);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn the_timeline_is_the_same_for_all_and_each_change_stands_after_those_it_builds_on(
        steps in proptest::collection::vec(step(), 1..40),
        together in 0u64..6,
    ) {
        let mut peers: Vec<Peer> = (0..PEERS).map(|n| Peer::new(n as u8, DocKind::Page)).collect();
        for step in steps {
            match step {
                Step::Write(n, at, out, words) => write(&mut peers[n], n, at, out, &words),
                Step::Meet(a, b) => meet(&mut peers, a, b),
                Step::Restart(n) => peers[n].restart(),
                Step::Restore(..) => {}
            }
        }
        for (a, b) in [(0, 1), (1, 2), (2, 0), (0, 1), (1, 2), (2, 0)] {
            meet(&mut peers, a, b);
            meet(&mut peers, b, a);
        }
        let told: Vec<_> = peers.iter().map(|peer| timeline(&peer.doc, together)).collect();
        prop_assert_eq!(&told[1], &told[0]);
        prop_assert_eq!(&told[2], &told[0]);
        let mut all: HashSet<ChangeHash> = changes(&peers[0].doc).iter().map(|one| one.hash).collect();
        prop_assert_eq!(told[0].len(), all.len());
        for change in &told[0] {
            // What has been told is taken out of those that are to come.
            prop_assert!(all.remove(&change.hash));
            prop_assert!(change.deps.iter().all(|dep| !all.contains(dep)));
        }
    }

    #[test]
    fn every_character_is_its_writers_whoever_wrote_at_once(
        steps in proptest::collection::vec(step(), 1..50),
    ) {
        let mut peers: Vec<Peer> = (0..PEERS).map(|n| Peer::new(n as u8, DocKind::Page)).collect();
        for step in steps {
            match step {
                Step::Write(n, at, out, words) => write(&mut peers[n], n, at, out, &words),
                Step::Meet(a, b) => meet(&mut peers, a, b),
                Step::Restart(n) => peers[n].restart(),
                // What is put back is whoever's who puts it back: it would not tell by its letters.
                Step::Restore(..) => {}
            }
        }
        for peer in &peers {
            let lines = line_authors(&peer.doc, 0..usize::MAX);
            let texts: Vec<&str> = lines.iter().map(|line| line.text.as_str()).collect();
            prop_assert_eq!(texts.join("\n"), peer.text());
            for line in &lines {
                let mut said = Vec::new();
                for strand in &line.strands {
                    said.extend(std::iter::repeat_n(strand.by.actor[0], strand.chars));
                }
                let told: Vec<u8> = line.text.chars().filter_map(whose).collect();
                prop_assert_eq!(said, told);
            }
        }
    }

    #[test]
    fn putting_a_passage_back_loses_nothing_of_others(
        steps in proptest::collection::vec(step(), 1..40),
    ) {
        let mut peers: Vec<Peer> = (0..PEERS).map(|n| Peer::new(n as u8, DocKind::Page)).collect();
        let mut states: Vec<Vec<(Vec<ChangeHash>, String)>> = vec![Vec::new(); PEERS];
        for step in steps {
            match step {
                Step::Write(n, at, out, words) => {
                    let state = (peers[n].doc.get_heads(), peers[n].text());
                    states[n].push(state);
                    write(&mut peers[n], n, at, out, &words);
                }
                Step::Meet(a, b) => meet(&mut peers, a, b),
                Step::Restart(n) => peers[n].restart(),
                Step::Restore(n, at, len) => {
                    let Some((heads, text)) = states[n].get(usize::from(at) % states[n].len().max(1)) else {
                        continue;
                    };
                    let chars: Vec<char> = text.chars().collect();
                    if chars.is_empty() {
                        continue;
                    }
                    let at = usize::from(len) % chars.len();
                    let len = (usize::from(len) / 7 % 9 + 1).min(chars.len() - at);
                    let wanted: String = chars[at..at + len].iter().collect();
                    let before = peers[n].text();
                    match restore(&mut peers[n], &passage(heads, at, len), None) {
                        Ok(_) => {
                            let after = peers[n].text();
                            prop_assert!(is_within(&before, &after), "{before:?} is not all in {after:?}");
                            prop_assert!(is_within(&wanted, &after), "{wanted:?} is not all in {after:?}");
                        }
                        Err(EditError::Stands) => {
                            prop_assert!(is_within(&wanted, &before));
                            prop_assert_eq!(&peers[n].text(), &before);
                        }
                        Err(other) => prop_assert!(false, "{other}"),
                    }
                }
            }
        }
        meet(&mut peers, 0, 1);
        meet(&mut peers, 0, 2);
        meet(&mut peers, 0, 1);
        prop_assert_eq!(peers[0].text(), peers[1].text());
        prop_assert_eq!(peers[0].text(), peers[2].text());
    }
}

/// Whether all characters of one text stand in another, in their order.
fn is_within(inner: &str, outer: &str) -> bool {
    let mut rest = outer.chars();
    inner.chars().all(|wanted| rest.any(|char| char == wanted))
}

#[test]
fn a_passage_comes_back_to_its_place_around_what_another_writes_there_at_once() {
    let mut ana = Peer::new(1, DocKind::Page);
    let mut bo = Peer::new(2, DocKind::Page);
    ana.edit(&splice(0, 0, "Début. Chacun parle à son tour. Fin."));
    let then = ana.doc.get_heads();
    ana.edit(&splice(7, 25, ""));
    assert_eq!(ana.text(), "Début. Fin.");
    bo.meet(&mut ana);

    assert!(restore(&mut ana, &passage(&then, 7, 25), None).unwrap());
    bo.edit(&splice(0, 5, "Au début"));
    bo.edit(&splice(bo.text().chars().count(), 0, " Merci."));
    ana.meet(&mut bo);
    bo.meet(&mut ana);
    assert_eq!(ana.text(), "Au début. Chacun parle à son tour. Fin. Merci.");
    assert_eq!(bo.text(), ana.text());

    // It is an edit like any other, and a second time it is there already.
    let again = restore(&mut ana, &passage(&then, 7, 25), None);
    assert!(matches!(again, Err(EditError::Stands)));
    ana.undo();
    assert_eq!(ana.text(), "Au début. Fin. Merci.");
}

#[test]
fn a_passage_that_was_put_back_is_not_put_back_twice_even_where_another_wrote_in_between() {
    let (mut ana, mut bo) = (Peer::new(1, DocKind::Page), Peer::new(2, DocKind::Page));
    ana.edit(&splice(
        0,
        0,
        "Début. Chacun parle à son tour. Fin, les autres.",
    ));
    let then = ana.doc.get_heads();
    ana.edit(&splice(7, 25, ""));
    bo.meet(&mut ana);
    restore(&mut ana, &passage(&then, 7, 25), None).unwrap();
    bo.edit(&splice(7, 0, "Personne ne coupe la parole. "));
    ana.meet(&mut bo);
    let again = restore(&mut ana, &passage(&then, 7, 25), None);
    assert!(matches!(again, Err(EditError::Stands)), "{}", ana.text());
    // A short word that stands elsewhere too is another one.
    let then = ana.doc.get_heads();
    let at = ana.text().chars().count() - 11;
    ana.edit(&splice(0, 0, "les les les. "));
    ana.edit(&splice(13 + at, 4, ""));
    assert!(restore(&mut ana, &passage(&then, at, 4), None).is_ok());
    assert!(ana.text().ends_with("Fin, les autres."), "{}", ana.text());
}

#[test]
fn another_copy_of_the_same_words_does_not_stand_for_the_one_that_went() {
    let mut ana = Peer::new(1, DocKind::Page);
    let words = "Chacun parle à son tour. ";
    ana.edit(&splice(
        0,
        0,
        &format!("{words}Puis on recommence. {words}Fin."),
    ));
    let then = ana.doc.get_heads();
    ana.edit(&splice(45, 25, ""));
    assert_eq!(ana.text(), format!("{words}Puis on recommence. Fin."));
    restore(&mut ana, &passage(&then, 45, 25), None).unwrap();
    assert_eq!(
        ana.text(),
        format!("{words}Puis on recommence. {words}Fin.")
    );
    let again = restore(&mut ana, &passage(&then, 45, 25), None);
    assert!(matches!(again, Err(EditError::Stands)), "{}", ana.text());
}

#[test]
fn a_long_passage_of_one_letter_is_put_back_without_looking_for_it_for_ever() {
    let mut ana = Peer::new(1, DocKind::Page);
    let long = "a".repeat(100_000);
    ana.edit(&splice(0, 0, &format!("{long}b")));
    let then = ana.doc.get_heads();
    ana.edit(&splice(0, 60_000, ""));
    restore(&mut ana, &passage(&then, 0, 60_000), None).unwrap();
    assert_eq!(ana.text().chars().count(), 100_001);
}

#[test]
fn what_came_instead_of_a_passage_goes_and_the_letters_both_share_stay_where_they_are() {
    let mut ana = Peer::new(1, DocKind::Charter);
    ana.edit(&splice(0, 0, "Chacun a une voix, et une seule."));
    let then = ana.doc.get_heads();
    ana.edit(&splice(6, 0, "e"));
    let new_word = ana.doc.get_heads();
    ana.edit(&splice(20, 12, "jamais deux"));
    let now = ana.doc.get_heads();
    let old = passage(&then, 19, 12);
    assert!(restore(&mut ana, &old, Some(&passage(&now, 20, 11))).unwrap());
    assert_eq!(ana.text(), "Chacune a une voix, et une seule.");
    restore(
        &mut ana,
        &passage(&then, 0, 6),
        Some(&passage(&new_word, 0, 7)),
    )
    .unwrap();
    assert_eq!(ana.text(), "Chacun a une voix, et une seule.");
}

#[test]
fn where_all_around_a_passage_is_gone_it_goes_to_the_nearest_place_and_that_is_said() {
    let mut ana = Peer::new(1, DocKind::Page);
    ana.edit(&splice(0, 0, "un\ndeux\ntrois\nquatre"));
    let then = ana.doc.get_heads();
    ana.edit(&splice(3, 11, ""));
    assert_eq!(ana.text(), "un\nquatre");
    let exact = restore(&mut ana, &passage(&then, 4, 2), None).unwrap();
    assert!(!exact);
    assert_eq!(ana.text(), "un\neuquatre");
    ana.edit(&splice(0, 11, ""));
    assert!(!restore(&mut ana, &passage(&then, 8, 6), None).unwrap());
    assert_eq!(ana.text(), "trois\n");
}

#[test]
fn a_passage_that_no_state_has_is_refused_and_nothing_changes() {
    let mut ana = Peer::new(1, DocKind::Page);
    ana.edit(&splice(0, 0, "Bref."));
    let now = ana.doc.get_heads();
    for (at, len) in [(0, 6), (5, 1), (usize::MAX, 2), (0, 0), (2, usize::MAX)] {
        let refused = restoring(&ana.doc, &passage(&now, at, len), None);
        assert!(
            matches!(refused, Err(EditError::OutOfBounds { .. })),
            "{at} {len}"
        );
    }
    let refused = restoring(&ana.doc, &passage(&now, 0, 4), None);
    assert!(matches!(refused, Err(EditError::Stands)));
    let plan = Peer::new(1, DocKind::Plan);
    let refused = restoring(&plan.doc, &passage(&[], 0, 4), None);
    assert!(matches!(refused, Err(EditError::NoText)));
}

#[test]
fn lines_are_told_by_number_and_only_those_asked_for() {
    let mut ana = Peer::new(1, DocKind::Page);
    let mut bo = Peer::new(2, DocKind::Page);
    ana.edit(&splice(0, 0, "un\n\ntrois\n"));
    bo.meet(&mut ana);
    bo.edit(&splice(4, 5, "TROIS"));
    ana.edit(&splice(9, 0, " et demi"));
    ana.meet(&mut bo);
    let lines = line_authors(&ana.doc, 1..4);
    let texts: Vec<&str> = lines.iter().map(|line| line.text.as_str()).collect();
    assert_eq!(texts, ["", "TROIS et demi", ""]);
    assert!(lines[0].strands.is_empty());
    let strands: Vec<(u8, usize)> = lines[1]
        .strands
        .iter()
        .map(|strand| (strand.by.actor[0], strand.chars))
        .collect();
    assert_eq!(strands, [(2, 5), (1, 8)]);
    assert!(line_authors(&ana.doc, 4..9).is_empty());
    assert!(line_authors(&Peer::new(1, DocKind::Plan).doc, 0..9).is_empty());
}

#[test]
fn the_last_line_of_a_text_of_two_hundred_thousand_characters_is_told() {
    let (mut ana, mut bo) = (Peer::new(1, DocKind::Page), Peer::new(2, DocKind::Page));
    let mut text = "Une ligne de quarante signes, à peu près.\n".repeat(4_900);
    text.truncate(text.len() - 1);
    ana.edit(&splice(0, 0, &text));
    bo.meet(&mut ana);
    let len = bo.text().chars().count();
    bo.edit(&splice(len - 5, 4, "tout"));
    let lines = line_authors(&bo.doc, 4_899..4_901);
    assert_eq!(lines.len(), 1);
    assert_eq!(lines[0].text, "Une ligne de quarante signes, à peu tout.");
    let strands = lines[0].strands.iter();
    let told: Vec<(u8, usize)> = strands
        .map(|strand| (strand.by.actor[0], strand.chars))
        .collect();
    assert_eq!(told, [(1, 36), (2, 4), (1, 1)]);
}

#[test]
fn a_document_at_a_time_holds_what_had_been_written_by_then() {
    let (mut ana, mut bo) = (Peer::new(1, DocKind::Page), Peer::new(2, DocKind::Page));
    let says = |peer: &mut Peer, words: &str, time| {
        apply(&mut peer.doc, &splice(0, 0, words), time).unwrap();
    };
    says(&mut ana, "a", 100);
    ana.shown = ana.text();
    bo.meet(&mut ana);
    // Apart: Bo early and late, Ana in between, with one change that claims to be from before.
    says(&mut bo, "b", 150);
    says(&mut bo, "c", 300);
    says(&mut ana, "d", 200);
    says(&mut ana, "e", 120);
    ana.doc.merge(&mut bo.doc).unwrap();
    let text = |until| {
        let heads = heads_until(&ana.doc, until);
        let mut letters: Vec<char> = body_text_at(&ana.doc, &heads).chars().collect();
        letters.sort_unstable();
        String::from_iter(letters)
    };
    let told = [99, 100, 149, 150, 199, 200, 299, 300].map(text);
    assert_eq!(told, ["", "a", "a", "ab", "ab", "abde", "abde", "abcde"]);
    let mut all = ana.doc.get_heads();
    all.sort_unstable();
    assert_eq!(heads_until(&ana.doc, i64::MAX), all);
}

fn told(changes: &[ItemChange]) -> Vec<String> {
    let one = |change: &ItemChange| {
        let within: Vec<&str> = change
            .within
            .iter()
            .map(|name| name.title.as_str())
            .collect();
        let what = match &change.what {
            FieldTurn::Added => "added".to_owned(),
            FieldTurn::Removed => "removed".to_owned(),
            FieldTurn::Back => "back".to_owned(),
            FieldTurn::Set { field, old, new } => format!("{field}: {} → {}", old.words, new.words),
            FieldTurn::In { set, held } => format!("{set} + {}", held.words),
            FieldTurn::Out { set, held } => format!("{set} - {}", held.words),
        };
        let by = change.by.as_ref().map_or(0, |by| by.actor[0]);
        format!("{}{} | {what} | {by}", within.concat(), change.item.title)
    };
    changes.iter().map(one).collect()
}

#[test]
fn two_states_of_a_plan_are_told_apart_in_items_fields_and_authors() {
    let (mut ana, mut bo) = (Peer::new(1, DocKind::Plan), Peer::new(2, DocKind::Plan));
    let set = |id, field, value: &str| Edit::SetAction {
        id,
        field,
        value: Some(value.to_owned()),
    };
    let objective = |n, title: &str| Edit::AddObjective {
        id: item(n),
        title: title.into(),
        deadline: None,
        means: None,
        orientation: None,
    };
    let action = |n, title: &str| Edit::AddAction {
        id: item(n),
        title: title.into(),
        fields: Vec::new(),
    };
    ana.edit(&objective(1, "Se connaître"));
    ana.edit(&objective(2, "Se défendre"));
    ana.edit(&action(3, "Tenir un stand"));
    ana.edit(&action(4, "Écrire aux élus"));
    ana.edit(&set(item(3), ActionField::Due, "2026-03-12"));
    let then = ana.doc.get_heads();
    assert_eq!(plan_counts(&ana.doc).actions, 2);
    bo.meet(&mut ana);

    bo.edit(&set(item(3), ActionField::Due, "2026-04-03"));
    bo.edit(&set(item(3), ActionField::Objective, &item(1).to_string()));
    bo.edit(&Edit::RemoveAction {
        id: item(4),
        restore: false,
    });
    ana.edit(&Edit::OwnAction {
        id: item(3),
        member: member(7),
        off: false,
    });
    ana.edit(&Edit::AddCheck {
        action: item(3),
        id: item(5),
        text: "Réserver la place".into(),
    });
    ana.edit(&Edit::SetObjective {
        id: item(2),
        field: ObjectiveField::Means,
        value: Some("Deux jours".into()),
    });
    ana.meet(&mut bo);
    let now = ana.doc.get_heads();
    let changes = item_changes(&ana.doc, DocKind::Plan, &then, &now);
    assert_eq!(
        told(&changes),
        [
            "Se défendre | means:  → Deux jours | 1".to_owned(),
            "Tenir un stand | objective:  → Se connaître | 2".to_owned(),
            "Tenir un stand | due: 2026-03-12 → 2026-04-03 | 2".to_owned(),
            format!("Tenir un stand | owners + {} | 1", member(7)),
            "Tenir un standRéserver la place | added | 1".to_owned(),
            "Écrire aux élus | removed | 2".to_owned(),
        ]
    );
    ana.edit(&Edit::RemoveAction {
        id: item(4),
        restore: true,
    });
    let back = item_changes(&ana.doc, DocKind::Plan, &now, &ana.doc.get_heads());
    assert_eq!(told(&back), ["Écrire aux élus | back | 1"]);
    let before = ana.doc.get_heads();
    ana.edit(&Edit::SetObjective {
        id: item(2),
        field: ObjectiveField::Learned,
        value: Some("On ne promet plus".into()),
    });
    let learned = item_changes(&ana.doc, DocKind::Plan, &before, &ana.doc.get_heads());
    assert_eq!(
        told(&learned),
        ["Se défendre | learned:  → On ne promet plus | 1"]
    );
    let all = item_changes(&ana.doc, DocKind::Plan, &[], &then);
    assert_eq!(told(&all).len(), 4);
    assert!(told(&all).iter().all(|line| line.ends_with("| added | 1")));
}

#[test]
fn an_item_tells_alike_everywhere_who_added_it_who_changed_it_last_and_who_added_its_parts() {
    let (mut ana, mut bo) = (Peer::new(1, DocKind::Plan), Peer::new(2, DocKind::Plan));
    ana.edit(&Edit::AddAction {
        id: item(3),
        title: "Tenir un stand".into(),
        fields: Vec::new(),
    });
    let hands = |peer: &Peer| {
        let hands = item_hands(&peer.doc, &item(3)).unwrap();
        let whose = |by: Option<&Stamp>| by.map_or(0, |by| by.actor[0]);
        let parts = hands.parts.iter();
        let parts: Vec<_> = parts
            .map(|part| (part.kind, part.id, part.made.actor[0]))
            .collect();
        (
            whose(hands.made.as_ref()),
            whose(hands.last.as_ref()),
            parts,
        )
    };
    assert_eq!(hands(&ana), (1, 1, Vec::new()));
    bo.meet(&mut ana);
    // Apart, both change it; the clock that claims to be later tells, on both sides alike.
    ana.edit(&Edit::SetAction {
        id: item(3),
        field: ActionField::Due,
        value: Some("2026-04-03".into()),
    });
    bo.edit(&Edit::AddCheck {
        action: item(3),
        id: item(5),
        text: "Réserver la place".into(),
    });
    bo.edit(&Edit::AddCheck {
        action: item(3),
        id: item(6),
        text: "Trouver une nappe".into(),
    });
    bo.edit(&Edit::RemoveCheck {
        action: item(3),
        id: item(6),
        restore: false,
    });
    ana.meet(&mut bo);
    let told = hands(&ana);
    assert_eq!(told, hands(&bo));
    assert_eq!(told.2, [("check", item(5), 2)]);
    let latest = changes(&ana.doc)
        .iter()
        .map(|change| (change.time_ms, change.actor[0]))
        .max();
    assert_eq!(Some(told.1), latest.map(|(_, actor)| actor));
    // What lies in the bin, or never was, tells nothing.
    ana.edit(&Edit::RemoveAction {
        id: item(3),
        restore: false,
    });
    assert_eq!(item_hands(&ana.doc, &item(3)), None);
    assert_eq!(item_hands(&ana.doc, &item(99)), None);
}
