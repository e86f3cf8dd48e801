//! What is given to who has nothing of it.

use super::*;

/// Whether a document is in memory here.
fn is_loaded(person: &Person, network: &NetworkId, doc: &DocId) -> bool {
    let network = person.replica.network_ref(network).unwrap();
    network.loaded.contains_key(doc)
}

fn lies_whole(person: &Person, network: &NetworkId, doc: &DocId) -> bool {
    let stored = person.replica.store.load_whole(network, doc).unwrap();
    stored.is_some()
}

/// What is given of a document without reading it.
fn as_stored(person: &mut Person, network: &NetworkId, doc: &DocId) -> Option<tresse_sync::Stored> {
    let moment = Moment::real();
    let mut host = crate::replica::HostAt {
        replica: &mut person.replica,
        moment: &moment,
    };
    tresse_sync::Host::stored(&mut host, network, doc)
}

/// Pages of which nothing lies beside what was saved, and one more that was written in since.
fn with_pages() -> (Person, NetworkId, [DocId; 2], DocId) {
    let mut ana = Person::new("Ana");
    let network = ana.founds("Le réseau");
    let pages = ["Accueil", "Recueil", "Brouillon"];
    let pages = pages.map(|title| named(&ana.does(a_page(network, title)), "page"));
    for page in &pages {
        ana.replica.compact(&network, page).unwrap();
    }
    ana.does(Command::PageEdit {
        network,
        page: pages[2],
        edit: text("Écrit depuis."),
    });
    let [first, second, written] = pages;
    (ana.reopens(), network, [first, second], written)
}

#[test]
fn what_lies_saved_is_given_as_it_lies_and_the_rest_is_read_for_it() {
    let (mut ana, network, saved, written) = with_pages();
    let mut bo = Person::new("Bo");
    meet::invite_in(&mut ana.replica, &mut bo.replica, &network, &Moment::real()).unwrap();
    assert!(saved.iter().all(|page| !is_loaded(&ana, &network, page)));
    assert!(is_loaded(&ana, &network, &written));
    assert_eq!(heads(&ana, &network), heads(&bo, &network));
    // At rest that one comes to lie so, for the next who comes.
    ana.replica.commit().unwrap();
    while ana.replica.compact_one().unwrap() {}
    assert!(lies_whole(&ana, &network, &written));
    bo.replica.commit().unwrap();
    let mut bo = bo.reopens();
    assert!(bo.replica.check().is_empty(), "{:?}", bo.replica.check());
    // Both write on from there.
    bo.does(Command::PageEdit {
        network,
        page: saved[0],
        edit: text("Bonjour."),
    });
    they_meet(&mut ana, &mut bo);
    assert_eq!(heads(&ana, &network), heads(&bo, &network));
    assert!(ana.replica.check().is_empty(), "{:?}", ana.replica.check());
}

#[test]
fn what_lies_spoilt_is_given_to_nobody() {
    let (mut ana, network, saved, _) = with_pages();
    let lying = ana
        .replica
        .store
        .load(&network, &saved[1])
        .unwrap()
        .unwrap();
    let mut spoilt = lying.snapshot.unwrap();
    let middle = spoilt.len() / 2;
    spoilt[middle] ^= 1;
    let batch = |batch: &mut tresse_store::Batch<'_>| {
        let covers = tresse_store::Covers::All;
        batch.replace_snapshot(&network, &saved[1], &spoilt, covers, &lying.heads)
    };
    ana.replica.store.batch(batch).unwrap();
    let (mut bo, moment) = (Person::new("Bo"), Moment::real());
    let refused = meet::invite_in(&mut ana.replica, &mut bo.replica, &network, &moment);
    assert_eq!(refused.unwrap_err().code, "document-damaged-here");
    let came = heads(&bo, &network);
    assert!(came.iter().any(|(doc, _)| *doc == saved[0]));
    assert!(came.iter().all(|(doc, _)| *doc != saved[1]));
}

#[test]
fn what_is_written_and_not_stored_yet_is_read_and_what_is_open_is_given_as_it_lies() {
    let (mut ana, network, saved, written) = with_pages();
    ana.does(Command::PageOpen {
        network,
        page: saved[0],
    });
    ana.sees_network(&network);
    assert!(is_loaded(&ana, &network, &saved[0]));
    assert!(as_stored(&mut ana, &network, &saved[0]).is_some());
    let edit = Command::PageEdit {
        network,
        page: saved[0],
        edit: text("Pas encore sur le disque."),
    };
    ana.tries(edit).unwrap();
    assert!(as_stored(&mut ana, &network, &saved[0]).is_none());
    ana.replica.commit().unwrap();
    assert!(as_stored(&mut ana, &network, &saved[0]).is_none());
    // Nobody compacts what is open for that, only what was not.
    assert!(as_stored(&mut ana, &network, &written).is_none());
    while ana.replica.compact_one().unwrap() {}
    assert!(!lies_whole(&ana, &network, &saved[0]));
    assert!(as_stored(&mut ana, &network, &written).is_some());
}
