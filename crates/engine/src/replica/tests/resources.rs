//! Resources as one replica keeps and shows them.

use std::sync::Arc;

use serde_json::json;
use tresse_model::{Availability, ItemId, MemberId, NetworkId, Side};

use super::{Person, ana_and_bo, named, they_meet};
use crate::{
    Command, ContributionKind, Given, Moment, NetworkView, ResourceCommand, ResourcesView, When,
    replica::Live,
};

fn asks(person: &mut Person, command: serde_json::Value) -> serde_json::Value {
    person.does(serde_json::from_value(command).unwrap())
}

fn offers(person: &mut Person, network: NetworkId, name: &str) -> ItemId {
    let add = json!({
        "command": "resource.add", "network": network, "name": name, "kind": "equipment",
        "place": "Le hangar", "tags": ["atelier"],
    });
    named(&asks(person, add), "resource")
}

fn lends(
    person: &mut Person,
    network: NetworkId,
    resource: ItemId,
    to: MemberId,
    days: (&str, &str),
) -> ItemId {
    let lend = json!({
        "command": "resource.lend", "network": network, "resource": resource, "borrower": to,
        "from": days.0, "until": days.1, "purpose": "Fête du fleuve",
    });
    named(&asks(person, lend), "loan")
}

/// The network as it is shown today.
fn sees(person: &mut Person, network: &NetworkId) -> NetworkView {
    let live = Live {
        today: Moment::real().today(),
        ..Live::default()
    };
    let view = person.replica.view(1, &live).unwrap();
    NetworkView::clone(view.network(network).unwrap())
}

fn shelf(person: &mut Person, network: &NetworkId) -> Arc<ResourcesView> {
    sees(person, network).resources
}

#[test]
fn what_is_lent_says_to_whom_and_until_when_and_waits_for_who_has_it() {
    let (mut ana, mut bo, network) = ana_and_bo();
    let trailer = offers(&mut ana, network, "Remorque");
    let bos = bo.replica.me();
    let loan = lends(
        &mut ana,
        network,
        trailer,
        bos,
        ("2020-03-01", "2020-03-05"),
    );
    they_meet(&mut ana, &mut bo);
    let seen = shelf(&mut bo, &network);
    assert_eq!(seen.mine_due, [(trailer, loan)]);
    assert!(shelf(&mut ana, &network).mine_due.is_empty());
    let row = seen.resource(&trailer).unwrap();
    assert_eq!((row.who.as_str(), row.mine), ("Ana", false));
    let late = Availability::Out {
        until: "2020-03-05".into(),
        late: true,
    };
    assert_eq!(row.availability, Some(late));
    assert!(row.loans[0].out && row.loans[0].late && row.loans[0].name == "Bo");
    let back = ResourceCommand::GiveBack {
        network,
        resource: trailer,
        loan,
        on: None,
        off: false,
    };
    bo.does(back.into());
    let seen = shelf(&mut bo, &network);
    assert!(seen.mine_due.is_empty() && seen.resources[0].is_free());
    // After another start as well.
    let mut bo = bo.reopens();
    let today = Moment::real().today();
    assert_eq!(
        shelf(&mut bo, &network).resources[0].loans[0].loan.back,
        today
    );
}

#[test]
fn a_need_shows_what_answers_it_and_is_met() {
    let (mut ana, mut bo, network) = ana_and_bo();
    let need = json!({
        "command": "resource.add", "network": network, "name": "Un lieu", "side": "needed", "kind": "room",
    });
    let need: ItemId = named(&asks(&mut ana, need), "resource");
    they_meet(&mut ana, &mut bo);
    let answer = json!({
        "command": "resource.add", "network": network, "name": "Ma grange", "kind": "room", "answers": need,
    });
    let answer: ItemId = named(&asks(&mut bo, answer), "resource");
    they_meet(&mut ana, &mut bo);
    let seen = shelf(&mut ana, &network);
    assert_eq!(seen.open_needs, 1);
    let row = seen.resource(&need).unwrap();
    assert_eq!(
        (row.resource.side, &row.availability),
        (Side::Needed, &None)
    );
    assert_eq!(
        (row.answered_by[0].resource, &*row.answered_by[0].who),
        (answer, "Bo")
    );
    assert_eq!(seen.resource(&answer).unwrap().answers_name, "Un lieu");
    asks(
        &mut ana,
        json!({ "command": "resource.met", "network": network, "resource": need }),
    );
    assert_eq!(shelf(&mut ana, &network).open_needs, 0);
    ana.does(Command::Undo { network });
    assert_eq!(shelf(&mut ana, &network).open_needs, 1);
    let remove = json!({ "command": "resource.remove", "network": network, "resource": need });
    asks(&mut ana, remove);
    let seen = shelf(&mut ana, &network);
    assert_eq!(seen.resources.len(), 1, "the offer stays");
    assert!(seen.resources[0].answers_name.is_empty());
}

#[test]
fn a_loan_that_began_counts_for_who_lent_and_what_one_books_of_ones_own_does_not() {
    let (mut ana, bo, network) = ana_and_bo();
    let (anas, bos) = (ana.replica.me(), bo.replica.me());
    asks(
        &mut ana,
        json!({ "command": "contribution.open", "network": network }),
    );
    let lent = |ana: &mut Person| -> Option<Given> {
        let gave = sees(ana, &network).contributions.unwrap();
        let mine = gave.of(&anas).unwrap().given.clone();
        mine.into_iter()
            .find(|one| one.kind == ContributionKind::Lent)
    };
    let trailer = offers(&mut ana, network, "Remorque");
    lends(
        &mut ana,
        network,
        trailer,
        bos,
        ("2099-01-01", "2099-01-02"),
    );
    lends(
        &mut ana,
        network,
        trailer,
        anas,
        ("2020-01-01", "2020-01-02"),
    );
    assert_eq!(lent(&mut ana), None);
    let loan = lends(&mut ana, network, trailer, bos, ("2020-03-01", ""));
    let given = lent(&mut ana).unwrap();
    assert_eq!((given.count, &*given.things[0].title), (1, "Remorque"));
    assert_eq!(given.things[0].on, "2020-03-01");
    let remove = json!({
        "command": "loan.remove", "network": network, "resource": trailer, "loan": loan,
    });
    asks(&mut ana, remove);
    assert_eq!(lent(&mut ana), None);
}

#[test]
fn resources_are_found_by_their_words_and_a_view_that_nobody_changed_stays_the_same() {
    let (mut ana, mut bo, network) = ana_and_bo();
    let trailer = offers(&mut ana, network, "Remorque bâchée");
    lends(
        &mut ana,
        network,
        trailer,
        bo.replica.me(),
        ("2020-03-01", ""),
    );
    they_meet(&mut ana, &mut bo);
    for words in ["bachee", "hangar", "atelier", "fête fleuve"] {
        let hits = bo.finds(network, words);
        assert_eq!(hits.len(), 1, "{words}");
        assert_eq!(shelf(&mut bo, &network).doc, Some(hits[0].doc));
    }
    let before = shelf(&mut bo, &network);
    bo.does(Command::PageCreate {
        network,
        title: "Qui appeler".into(),
        tags: Vec::new(),
        text: None,
    });
    assert!(Arc::ptr_eq(&before, &shelf(&mut bo, &network)));
    let doc = before.doc.unwrap();
    assert!(
        sees(&mut bo, &network)
            .home
            .recent
            .iter()
            .any(|one| one.doc == doc)
    );
}

#[test]
fn who_is_no_member_borrows_nothing_and_what_is_nobodys_is_refused() {
    let (mut ana, _, network) = ana_and_bo();
    let trailer = offers(&mut ana, network, "Remorque");
    let nobody = MemberId::from_bytes([7; 20]);
    let code = |ana: &mut Person, command: serde_json::Value| {
        let command = serde_json::from_value(command).unwrap();
        ana.tries(command).unwrap_err().code
    };
    let base = |name: &str| json!({ "command": name, "network": network, "resource": trailer });
    let with = |name: &str, more: serde_json::Value| {
        let mut command = base(name);
        command
            .as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        command
    };
    for (command, expected) in [
        (
            with("resource.lend", json!({ "borrower": nobody })),
            "no-member",
        ),
        (
            with(
                "resource.lend",
                json!({ "from": "2026-11-24", "until": "2026-11-20" }),
            ),
            "ends-before-start",
        ),
        (
            with(
                "resource.set",
                json!({ "field": "member", "value": nobody }),
            ),
            "no-member",
        ),
        (base("resource.met"), "not-needed"),
        (
            with("loan.back", json!({ "loan": ItemId::from_bytes([7; 10]) })),
            "not-found",
        ),
        (
            with(
                "resource.tag",
                json!({ "tag": "x", "resource": ItemId::from_bytes([7; 10]) }),
            ),
            "not-found",
        ),
    ] {
        assert_eq!(code(&mut ana, command.clone()), expected, "{command}");
    }
    assert!(shelf(&mut ana, &network).resources[0].loans.is_empty());
}

#[test]
fn what_went_of_a_resource_and_of_its_loans_is_put_back_from_its_past() {
    let (mut ana, _, network) = ana_and_bo();
    let trailer = offers(&mut ana, network, "Remorque");
    let me = ana.replica.me();
    let loan = lends(&mut ana, network, trailer, me, ("2026-11-02", "2026-11-20"));
    let before = shelf(&mut ana, &network);
    let doc = before.doc.unwrap();
    let groups = ana.replica.history(&network, &doc).unwrap();
    let then = When::Heads(groups[0].heads.clone());
    for change in [
        json!({ "command": "resource.set", "field": "place", "value": "Au moulin" }),
        json!({ "command": "resource.untag", "tag": "atelier" }),
        json!({ "command": "loan.set", "loan": loan, "field": "until", "value": "2026-12-24" }),
        json!({ "command": "loan.remove", "loan": loan }),
    ] {
        let mut change = change;
        change["network"] = json!(network);
        change["resource"] = json!(trailer);
        asks(&mut ana, change);
    }
    // One after the other: what was removed has to be back before its fields are.
    for _ in 0..2 {
        let lent = ana.replica.lend(&network, &doc).unwrap();
        let compared = lent.compare(&then, &When::Now).unwrap();
        assert!(!compared.items.is_empty());
        let back: Vec<Command> = compared
            .items
            .iter()
            .filter_map(|item| item.restore.clone())
            .collect();
        for command in back {
            ana.does(command);
        }
    }
    assert_eq!(*shelf(&mut ana, &network), *before);
}
