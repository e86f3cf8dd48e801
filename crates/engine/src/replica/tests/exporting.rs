//! What is gathered for an export, document after document.

use super::*;
use crate::replica::{Exporting, Wanted};

/// Ana's network with three pages, by the order in which they are gathered.
fn ana_with_three_pages() -> (Person, NetworkId, Vec<DocId>) {
    let mut ana = Person::new("Ana");
    let network = ana.founds("Le réseau");
    let mut pages: Vec<DocId> = ["Un", "Deux", "Trois"]
        .into_iter()
        .map(|title| {
            let made = ana.does(Command::PageCreate {
                network,
                title: title.into(),
                tags: Vec::new(),
                text: Some("Avant.".into()),
            });
            named(&made, "page")
        })
        .collect();
    pages.sort();
    (ana, network, pages)
}

fn begins(ana: &Person, network: &NetworkId, wanted: Wanted) -> Exporting {
    Exporting::begin(&ana.replica, network, wanted, Moment::real()).unwrap()
}

#[test]
fn a_page_that_changes_while_a_network_is_gathered_is_whole_before_or_after() {
    let (mut ana, network, pages) = ana_with_three_pages();
    let mut exporting = begins(&ana, &network, Wanted::Content);
    assert_eq!(exporting.progress(), (0, 3));
    assert!(exporting.step(&mut ana.replica).unwrap());
    assert_eq!(exporting.progress(), (1, 3));
    for page in &pages {
        ana.does(Command::PageEdit {
            network,
            page: *page,
            edit: text("Après, et plus long."),
        });
    }
    while exporting.step(&mut ana.replica).unwrap() {}
    let content = exporting.end(&mut ana.replica).unwrap();
    let told = content.pages.iter();
    let told: Vec<(DocId, &str)> = told.map(|(doc, page)| (*doc, &*page.body)).collect();
    let after = "Après, et plus long.";
    assert_eq!(
        told,
        [(pages[0], "Avant."), (pages[1], after), (pages[2], after)]
    );
}

#[test]
fn a_document_that_is_removed_while_a_network_is_gathered_is_left_out() {
    let (mut ana, network, pages) = ana_with_three_pages();
    for wanted in [Wanted::Content, Wanted::Both] {
        let mut exporting = begins(&ana, &network, wanted);
        assert!(exporting.left().any(|doc| *doc == pages[2]));
        exporting.step(&mut ana.replica).unwrap();
        let state = ana.replica.network_mut(&network).unwrap();
        let heads = state.heads.remove(&pages[2]).unwrap();
        while exporting.step(&mut ana.replica).unwrap() {}
        let saved = exporting.take_saved();
        assert!(saved.iter().all(|(doc, _)| *doc != pages[2]));
        assert_eq!(saved.is_empty(), wanted == Wanted::Content);
        let content = exporting.end(&mut ana.replica).unwrap();
        let told = content.pages.iter().map(|(doc, _)| *doc);
        assert_eq!(told.collect::<Vec<_>>(), pages[..2]);
        let state = ana.replica.network_mut(&network).unwrap();
        state.heads.insert(pages[2], heads);
    }
}

#[test]
fn saved_documents_are_handed_on_as_they_come_and_each_once() {
    let (mut ana, network, _) = ana_with_three_pages();
    let mut exporting = begins(&ana, &network, Wanted::Documents);
    let wanted: Vec<DocId> = exporting.left().copied().collect();
    assert!(
        wanted.len() >= 6,
        "the network, its charter and its plan too"
    );
    let mut saved = Vec::new();
    let mut more = true;
    while more {
        more = exporting.step(&mut ana.replica).unwrap();
        let some = exporting.take_saved();
        assert_eq!(some.len(), 1);
        saved.extend(some.into_iter().map(|(doc, bytes)| {
            let read = automerge::Automerge::load(&bytes).unwrap();
            let mut heads = read.get_heads();
            heads.sort();
            (doc, heads)
        }));
    }
    assert_eq!(saved, heads(&ana, &network));
}
