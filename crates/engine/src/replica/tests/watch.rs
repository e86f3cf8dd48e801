//! The watch as one replica keeps and shows it.

use std::sync::Arc;

use tresse_model::{DocId, ItemId, NetworkId, WatchField, read_watch_read};

use super::{Person, ana_and_bo, named, they_meet};
use crate::{Command, WatchCommand};

fn adds(person: &mut Person, network: NetworkId, title: &str) -> ItemId {
    let add = WatchCommand::Add {
        network,
        title: title.into(),
        summary: Some("À lire avant décembre.".into()),
        link: None,
        on: None,
        tags: vec!["droit".into()],
    };
    named(&person.does(add.into()), "watch")
}

fn reads(person: &mut Person, network: NetworkId, items: Vec<ItemId>) {
    person.does(WatchCommand::Read { network, items }.into());
}

/// How many marks of single items, and of whole years, stand in somebody's notebook.
fn marks(person: &mut Person, network: &NetworkId) -> (usize, usize) {
    let notebook = DocId::notebook(network, &person.replica.me());
    let read = person
        .replica
        .read(network, &notebook, |doc, _| read_watch_read(doc));
    let read = read.unwrap();
    (read.items.len(), read.until.len())
}

#[test]
fn who_has_read_all_has_one_mark_and_not_one_for_each_item() {
    let (mut ana, mut bo, network) = ana_and_bo();
    let first = adds(&mut ana, network, "Un décret");
    let second = adds(&mut ana, network, "Un guide");
    assert_eq!(ana.sees_network(&network).watch.unread, 0, "her own");
    they_meet(&mut ana, &mut bo);
    assert_eq!(bo.sees_network(&network).watch.unread, 2);
    reads(&mut bo, network, vec![first]);
    assert_eq!(marks(&mut bo, &network), (1, 0));
    reads(&mut bo, network, vec![second]);
    assert_eq!(marks(&mut bo, &network), (0, 1));
    assert_eq!(bo.sees_network(&network).watch.unread, 0);
    // What is added after that is new, and reading what is read already writes nothing.
    adds(&mut ana, network, "Un appel");
    they_meet(&mut ana, &mut bo);
    assert_eq!(bo.sees_network(&network).watch.unread, 1);
    let before = bo.replica.digest(&network).unwrap();
    reads(&mut bo, network, vec![first, second]);
    assert_eq!(bo.replica.digest(&network).unwrap(), before);
    // After another start as well.
    let mut bo = bo.reopens();
    assert_eq!(bo.sees_network(&network).watch.unread, 1);
}

#[test]
fn an_item_is_found_by_its_words_as_pages_are() {
    let (mut ana, mut bo, network) = ana_and_bo();
    let item = adds(&mut ana, network, "Marché public");
    they_meet(&mut ana, &mut bo);
    for words in ["marche", "décembre", "droit"] {
        let hits = bo.finds(network, words);
        assert_eq!(hits.len(), 1, "{words}");
        assert_eq!(bo.sees_network(&network).watch.items[0].doc, hits[0].doc);
    }
    let remove = WatchCommand::Remove {
        network,
        watch: item,
        restore: false,
    };
    ana.does(remove.into());
    they_meet(&mut ana, &mut bo);
    assert!(bo.finds(network, "marche").is_empty());
}

#[test]
fn the_watch_that_nobody_changed_is_not_put_together_anew() {
    let (mut ana, _, network) = ana_and_bo();
    let item = adds(&mut ana, network, "Un décret");
    let before = ana.sees_network(&network).watch;
    ana.does(Command::PageCreate {
        network,
        title: "Qui appeler".into(),
        tags: Vec::new(),
        text: None,
    });
    let after = ana.sees_network(&network).watch;
    assert!(Arc::ptr_eq(&before, &after));
    let set = WatchCommand::Set {
        network,
        watch: item,
        field: WatchField::Title,
        value: Some("Une loi".into()),
    };
    ana.does(set.into());
    assert_eq!(
        ana.sees_network(&network).watch.items[0].item.title,
        "Une loi"
    );
    ana.does(Command::Undo { network });
    ana.does(Command::Undo { network });
    ana.does(Command::Undo { network });
    assert!(ana.sees_network(&network).watch.items.is_empty());
}

#[test]
fn what_is_nobodys_item_is_refused() {
    let (mut ana, _, network) = ana_and_bo();
    let nobodys = ItemId::from_bytes([7; 10]);
    for command in [
        WatchCommand::Read {
            network,
            items: vec![nobodys],
        },
        WatchCommand::Untag {
            network,
            watch: nobodys,
            tag: "droit".into(),
        },
    ] {
        assert_eq!(ana.tries(command.into()).unwrap_err().code, "not-found");
    }
    assert_eq!(ana.sees_network(&network).watch.items.len(), 0);
}
