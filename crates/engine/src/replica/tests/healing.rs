//! A document that does not read here any more is had again from another.

use super::*;

/// Spoils what is stored of a document.
fn spoil(person: &mut Person, network: NetworkId, doc: DocId) {
    let batch = |batch: &mut tresse_store::Batch<'_>| {
        let covers = tresse_store::Covers::All;
        batch.replace_snapshot(&network, &doc, b"bit rot", covers, &[[7; 32]])
    };
    person.replica.store.batch(batch).unwrap();
}

fn opens(person: &mut Person, network: NetworkId, page: DocId) -> crate::PageView {
    person.does(Command::PageOpen { network, page });
    let shown = person.sees_network(&network);
    crate::PageView::clone(shown.page(&page).unwrap())
}

fn meet_all(ana: &mut Person, bo: &mut Person) {
    let met = meet::meet_whatever_is_refused(&mut ana.replica, &mut bo.replica, &Moment::real());
    met.unwrap();
    ana.replica.commit().unwrap();
    bo.replica.commit().unwrap();
}

#[test]
fn a_damaged_page_is_had_again_from_another_and_goes_on_under_another_actor() {
    let (mut ana, mut bo, network) = ana_and_bo();
    let page: DocId = named(&ana.does(a_page(network, "Abîmée")), "page");
    meet_all(&mut ana, &mut bo);
    // Only Cy would have had this, and nobody here knows it.
    ana.does(Command::PageEdit {
        network,
        page,
        edit: text("Que personne n’a vu."),
    });
    spoil(&mut ana, network, page);
    let mut ana = ana.reopens();
    let before = ana.replica.actor(&network, &page);
    assert!(opens(&mut ana, network, page).read_only);
    meet_all(&mut ana, &mut bo);
    meet_all(&mut ana, &mut bo);
    let shown = opens(&mut ana, network, page);
    assert_eq!(&*shown.body.text, "Texte de Abîmée.");
    assert!(!shown.read_only);
    assert_ne!(ana.replica.actor(&network, &page), before);
    assert!(ana.replica.check().is_empty(), "{:?}", ana.replica.check());
    // What could not be read is kept beside.
    let kept = format!("quarantine/{network}/{page}");
    let kept = ana.replica.store.meta(&kept).unwrap().unwrap();
    assert!(kept.starts_with(b"bit rot"));
    // Both write on.
    ana.does(Command::PageEdit {
        network,
        page,
        edit: text("Encore là."),
    });
    meet_all(&mut ana, &mut bo);
    assert_eq!(&*opens(&mut bo, network, page).body.text, "Encore là.");
    let mut ana = ana.reopens();
    assert_eq!(&*opens(&mut ana, network, page).body.text, "Encore là.");
}

#[test]
fn repairing_puts_aside_what_does_not_read_and_the_next_peer_gives_it() {
    let (mut ana, mut bo, network) = ana_and_bo();
    let page: DocId = named(&ana.does(a_page(network, "Abîmée")), "page");
    meet_all(&mut ana, &mut bo);
    spoil(&mut ana, network, page);
    let mut ana = ana.reopens();
    assert!(!ana.replica.check().is_empty());
    let before = ana.replica.actor(&network, &page);
    ana.replica.repair(&Moment::real()).unwrap();
    assert!(ana.replica.check().is_empty(), "{:?}", ana.replica.check());
    assert_ne!(ana.replica.actor(&network, &page), before);
    meet_all(&mut ana, &mut bo);
    assert_eq!(
        &*opens(&mut ana, network, page).body.text,
        "Texte de Abîmée."
    );
}

#[test]
fn what_was_written_here_last_is_not_lost_with_a_seal_that_does_not_read() {
    let (mut ana, mut bo, network) = ana_and_bo();
    let page: DocId = named(&ana.does(a_page(network, "Abîmée")), "page");
    meet_all(&mut ana, &mut bo);
    ana.does(Command::PageEdit {
        network,
        page,
        edit: text("Que personne n’a vu. Texte de Abîmée."),
    });
    let actor = ana.replica.actor(&network, &page);
    let spoilt = |batch: &mut tresse_store::Batch<'_>| {
        batch.put_seals(&network, &page, actor.to_bytes(), b"bit rot")
    };
    ana.replica.store.batch(spoilt).unwrap();
    let mut ana = ana.reopens();
    assert!(opens(&mut ana, network, page).read_only);
    meet_all(&mut ana, &mut bo);
    meet_all(&mut ana, &mut bo);
    let text = "Que personne n’a vu. Texte de Abîmée.";
    for person in [&mut ana, &mut bo] {
        assert_eq!(&*opens(person, network, page).body.text, text);
        assert!(person.replica.check().is_empty());
    }
}
