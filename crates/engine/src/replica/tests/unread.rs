//! How many documents the search has still to read.

use super::*;

fn unread(person: &mut Person) -> usize {
    let live = Live::default();
    person.replica.view(1, &live).unwrap().status.unread
}

#[test]
fn what_is_not_searched_yet_is_counted_and_gets_less_as_it_is_read() {
    let mut ana = Person::new("Ana");
    let network = ana.founds("Le réseau");
    ana.replica.summarise(usize::MAX);
    ana.replica.commit().unwrap();
    assert_eq!(unread(&mut ana), 0);
    for title in ["Un", "Deux", "Trois"] {
        ana.does(Command::PageCreate {
            network,
            title: title.into(),
            tags: Vec::new(),
            text: Some("Le pain est levé.".into()),
        });
    }
    assert_eq!(unread(&mut ana), 3);
    ana.replica.summarise(2);
    ana.replica.commit().unwrap();
    assert_eq!(unread(&mut ana), 1);
    // A search reads what is left before it answers.
    assert_eq!(ana.finds(network, "levé").len(), 3);
    assert_eq!(unread(&mut ana), 0);
}
