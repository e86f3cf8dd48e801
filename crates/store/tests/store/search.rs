//! Finding documents by their words.

use proptest::prelude::*;
use tresse_model::NetworkId;
use tresse_store::{Store, Summary};

use crate::support::{NETWORK, page, profile};

fn library() -> (tempfile::TempDir, Store) {
    let (dir, mut store) = profile();
    let other = NetworkId::from_bytes([2; 20]);
    store
        .batch(|tx| {
            tx.add_network(&other, &[0; 32])?;
            for (number, title, body) in [
                (
                    1,
                    "La charte",
                    "Une charte « élaborée »\n\nensemble, par   tous les membres.",
                ),
                (
                    2,
                    "Mise en œuvre",
                    "Le cœur du plan : l'action, l’évaluation et la curiosité.",
                ),
                (
                    3,
                    "Élections",
                    "Vote à bulletins secrets, dans la salle des fêtes.",
                ),
                (
                    4,
                    "Compte rendu",
                    "Élection du pilote : élections le 3 mai, élections encore.",
                ),
            ] {
                tx.index_text(&NETWORK, &page(number), title, body)?;
            }
            tx.index_text(&other, &page(9), "Ailleurs", "Une charte élaborée ailleurs")
        })
        .unwrap();
    (dir, store)
}

fn found(store: &Store, query: &str) -> Vec<u8> {
    let hits = store.search(Some(&NETWORK), query, 10, |_| true).unwrap();
    hits.iter().map(|hit| hit.doc.to_bytes()[1]).collect()
}

#[test]
fn accents_and_capitals_do_not_count_and_the_last_word_may_go_on() {
    let (_dir, store) = library();
    for query in [
        "elabor",
        "ÉLABORÉ",
        "élaborée",
        "  CHARTE   elab ",
        "e\u{301}labore\u{301}e",
    ] {
        assert_eq!(found(&store, query), [1], "{query}");
    }
    assert_eq!(
        found(&store, "elabor charte"),
        [0; 0],
        "only the last word may go on"
    );
}

#[test]
fn every_word_must_be_found_and_titles_weigh_more() {
    let (_dir, store) = library();
    assert_eq!(found(&store, "charte pilote"), [0; 0]);
    assert_eq!(found(&store, "elections"), [3, 4]);
}

#[test]
fn ligatures_and_their_letters_find_each_other() {
    let (_dir, store) = library();
    for query in ["oeuvre", "œuvre", "ŒUVRE", "mise en oeuv", "coeur"] {
        assert_eq!(found(&store, query), [2], "{query}");
    }
}

#[test]
fn words_behind_an_elision_are_found_with_and_without_it() {
    let (_dir, store) = library();
    for query in [
        "action",
        "l'action",
        "l’action",
        "evaluation",
        "l'évaluation",
    ] {
        assert_eq!(found(&store, query), [2], "{query}");
    }
}

#[test]
fn the_excerpt_is_one_line_and_its_marks_stand_on_what_was_found() {
    let (_dir, store) = library();
    let hit = store
        .search(Some(&NETWORK), "charte elabor", 10, |_| true)
        .unwrap()
        .swap_remove(0);
    assert_eq!(hit.title, "La charte");
    assert_eq!(
        hit.excerpt,
        "Une charte « élaborée » ensemble, par tous les membres."
    );
    let marked: Vec<&str> = hit
        .marks
        .iter()
        .map(|range| &hit.excerpt[range.clone()])
        .collect();
    assert_eq!(marked, ["charte", "élaborée"]);
}

#[test]
fn what_is_in_the_bin_is_left_out_and_newer_text_takes_the_place_of_older() {
    let (_dir, mut store) = library();
    store
        .batch(|tx| {
            let binned = Summary {
                binned: true,
                ..Summary::default()
            };
            tx.set_summary(&NETWORK, &page(3), &binned)?;
            tx.index_text(&NETWORK, &page(1), "La charte", "réécrite")
        })
        .unwrap();
    assert_eq!(found(&store, "elections"), [4]);
    assert_eq!(found(&store, "elabor"), [0; 0]);
    assert_eq!(found(&store, "reecrite"), [1]);
    store
        .batch(|tx| tx.set_summary(&NETWORK, &page(3), &Summary::default()))
        .unwrap();
    assert_eq!(found(&store, "elections"), [3, 4]);
}

#[test]
fn no_character_of_a_question_is_syntax() {
    let (_dir, store) = library();
    for query in [
        "",
        " ",
        "*",
        "\"",
        "\"\"",
        "(",
        ")",
        "()",
        "((charte",
        "charte\"",
        "charte*",
        "^charte",
        "-charte",
        "NOT charte",
        "charte OR",
        "OR",
        "NEAR(charte elabor, 2)",
        "title:charte",
        "{title}: charte",
        "a + b",
        "'; DROP TABLE search; --",
        "\u{0}charte",
        "charte\u{1}\u{2}",
        "œ\"",
        "\u{301}",
    ] {
        store.search(Some(&NETWORK), query, 10, |_| true).unwrap();
    }
    for query in [
        "\"charte",
        "charte\"",
        "(charte)",
        "charte*",
        "^charte",
        "-charte",
        "\u{0}charte",
    ] {
        assert_eq!(found(&store, query), [1], "{query}");
    }
    assert_eq!(found(&store, "charte"), [1], "the search is still there");
    assert!(
        store
            .search(Some(&NETWORK), "charte", 0, |_| true)
            .unwrap()
            .is_empty()
    );
}

#[test]
fn every_network_is_looked_into_and_only_what_is_wanted_counts_towards_the_limit() {
    let (_dir, store) = library();
    let everywhere = store.search(None, "elabor", 10, |_| true).unwrap();
    let mut numbers: Vec<_> = everywhere.iter().map(|hit| hit.doc.to_bytes()[1]).collect();
    numbers.sort_unstable();
    assert_eq!(numbers, [1, 9]);
    assert!(everywhere.iter().any(|hit| hit.network != NETWORK));
    for wanted in [1, 9] {
        let hits = store
            .search(None, "elabor", 1, |hit| hit.doc == page(wanted))
            .unwrap();
        assert_eq!(hits.len(), 1);
        assert!(hits[0].doc == page(wanted) && !hits[0].marks.is_empty());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_text_can_be_indexed_and_any_question_asked(title: String, body: String, query: String) {
        let (_dir, mut store) = profile();
        store.batch(|tx| tx.index_text(&NETWORK, &page(1), &title, &body)).unwrap();
        for asked in [&query, &body, &title] {
            for hit in store.search(Some(&NETWORK), asked, 10, |_| true).unwrap() {
                let mut end = 0;
                for mark in hit.marks {
                    prop_assert!(mark.start >= end && hit.excerpt.get(mark.clone()).is_some());
                    end = mark.end;
                }
            }
        }
    }
}
