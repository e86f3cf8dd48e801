//! What is typed is read for lists once between two commits.

use tresse_model::PageField;

use super::{Person, named, splice, text};
use crate::Command;

#[test]
fn many_keystrokes_between_two_commits_write_a_list_entry_once_and_a_name_shows_at_once() {
    let mut ana = Person::new("Ana");
    let network = ana.founds("Le réseau");
    let page = named(
        &ana.does(Command::PageCreate {
            network,
            title: "Carnet".into(),
            tags: Vec::new(),
            text: Some("Bonjour".into()),
        }),
        "page",
    );
    let type_in = |person: &mut Person, seq: u64, word: &str| {
        let edit = splice(0, 0, word, 1, seq);
        let typed = Command::PageEdit {
            network,
            page,
            edit,
        };
        person.tries(typed).unwrap();
    };
    ana.does(Command::PageOpen { network, page });
    ana.sees();
    for seq in 1..=50 {
        type_in(&mut ana, seq, "a");
    }
    let name = Command::PageSet {
        network,
        page,
        field: PageField::Title,
        value: Some("Journal".into()),
    };
    ana.tries(name).unwrap();
    let row = |person: &Person| {
        let network = person.replica.network_ref(&network).unwrap();
        network.rows[&page].clone()
    };
    assert_eq!(row(&ana).title, "Journal", "before any commit");
    type_in(&mut ana, 51, "b");
    assert!(!row(&ana).excerpt.contains('b'), "the text waits");

    let view = ana.sees_network(&network);
    assert_eq!(
        view.library.pages[0].excerpt,
        format!("b{}Bonjour", "a".repeat(50))
    );
    ana.replica.commit().unwrap();
    let after = ana.reopens().sees_network(&network);
    assert_eq!(after.library.pages, view.library.pages);
    assert_eq!(after.library.pages[0].title, "Journal");
}

#[test]
fn a_text_put_in_whole_stands_in_the_list_after_the_commit_without_a_view() {
    let mut ana = Person::new("Ana");
    let network = ana.founds("Le réseau");
    let create = Command::PageCreate {
        network,
        title: "Carnet".into(),
        tags: Vec::new(),
        text: None,
    };
    let page = named(&ana.does(create), "page");
    ana.does(Command::PageEdit {
        network,
        page,
        edit: text("Un jour de marche."),
    });
    let mut ana = ana.reopens();
    let view = ana.sees_network(&network);
    assert_eq!(view.library.pages[0].excerpt, "Un jour de marche.");
}
