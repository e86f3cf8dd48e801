//! Members who offer, need and lend things, each on their own machine and apart; together again all have all of it, and what collides is
//! told to everybody.

use serde_json::{Value, json};
use tresse_tests::{Peer, word};

use crate::planning::{all_meet, c, made, three};

fn shelf(peer: &Peer, network: &str) -> Value {
    peer.sees(network, "resources")
}

/// The resources as everybody has them: without whether they are mine.
fn shared(peer: &Peer, network: &str) -> Vec<Value> {
    let view = shelf(peer, network);
    let mut rows = view["resources"].as_array().unwrap().clone();
    for row in &mut rows {
        row.as_object_mut().unwrap().remove("mine");
    }
    rows
}

fn row(peer: &Peer, network: &str, name: &str) -> Value {
    let rows = shared(peer, network);
    let found = rows.iter().find(|row| row["resource"]["name"] == name);
    found
        .unwrap_or_else(|| panic!("no « {name} » in {rows:?}"))
        .clone()
}

#[test]
fn three_who_offer_need_and_lend_apart_have_it_all_and_are_told_what_collides() {
    let (ana, bo, cy, network) = three();
    let n = network.as_str();
    let c = |name: &str, rest: Value| c(n, name, rest);

    // Apart: three begin the resources of the network at once.
    let trailer = made(
        &ana,
        c(
            "resource.add",
            json!({ "name": "Remorque", "kind": "equipment", "place": "Le hangar" }),
        ),
        "resource",
    );
    let need = made(
        &bo,
        c(
            "resource.add",
            json!({ "name": "Un lieu pour quinze", "side": "needed", "kind": "room" }),
        ),
        "resource",
    );
    made(
        &cy,
        c(
            "resource.add",
            json!({ "name": "Relire un budget", "kind": "expertise", "tags": ["comptes"] }),
        ),
        "resource",
    );
    all_meet(&ana, &bo, &cy, n);
    for peer in [&ana, &bo, &cy] {
        assert_eq!(shared(peer, n), shared(&ana, n));
        let names: Vec<String> = shared(peer, n)
            .iter()
            .map(|row| word(&row["resource"]["name"]))
            .collect();
        assert_eq!(
            names,
            ["Relire un budget", "Remorque", "Un lieu pour quinze"]
        );
        assert_eq!(row(peer, n, "Relire un budget")["who"], "Cy");
        assert_eq!(shelf(peer, n)["open_needs"], 1);
    }

    // Apart: two lend the trailer for the same day, one to the other; two answer the need; two set fields of one thing.
    let first = made(
        &ana,
        c(
            "resource.lend",
            json!({ "resource": trailer, "borrower": bo.member(), "from": "2020-05-01", "until": "2094-05-04" }),
        ),
        "loan",
    );
    let second = made(
        &cy,
        c(
            "resource.lend",
            json!({ "resource": trailer, "from": "2094-05-04", "until": "2094-05-08", "purpose": "Marché" }),
        ),
        "loan",
    );
    for (peer, name) in [(&ana, "La grange"), (&cy, "Le préau")] {
        made(
            peer,
            c(
                "resource.add",
                json!({ "name": name, "kind": "room", "answers": need }),
            ),
            "resource",
        );
    }
    ana.does(c(
        "resource.set",
        json!({ "resource": trailer, "field": "conditions", "value": "La rendre vide." }),
    ));
    bo.does(c(
        "resource.set",
        json!({ "resource": trailer, "field": "description", "value": "Deux mètres." }),
    ));
    all_meet(&ana, &bo, &cy, n);
    for peer in [&ana, &bo, &cy] {
        assert_eq!(shared(peer, n), shared(&ana, n));
        let found = row(peer, n, "Remorque");
        let loans = found["loans"].as_array().unwrap();
        assert_eq!(loans.len(), 2);
        assert!(loans.iter().all(|loan| loan["overlaps"] == true));
        let names: Vec<String> = loans.iter().map(|loan| word(&loan["name"])).collect();
        assert_eq!(names, ["Cy", "Bo"]);
        let out = json!({ "is": "out", "until": "2094-05-04", "late": false });
        assert_eq!(found["availability"], out);
        assert_eq!(found["resource"]["conditions"], "La rendre vide.");
        assert_eq!(found["resource"]["description"], "Deux mètres.");
        let need = row(peer, n, "Un lieu pour quinze");
        let answers = need["answered_by"].as_array().unwrap();
        assert_eq!(answers.len(), 2, "{answers:?}");
    }
    // Bo was to give it back long ago: that waits for Bo, and for nobody else.
    let earlier =
        json!({ "resource": trailer, "loan": first, "from": "2020-05-01", "until": "2020-05-04" });
    ana.does(c("loan.move", earlier));
    all_meet(&ana, &bo, &cy, n);
    assert_eq!(shelf(&bo, n)["mine_due"], json!([[trailer, first]]));
    assert_eq!(shelf(&ana, n)["mine_due"], json!([]));
    assert_eq!(row(&cy, n, "Remorque")["availability"]["late"], true);

    // What was lent counts for Ana from its first day on.
    let gave = ana.sees(n, "contributions");
    let members = gave["members"].as_array().unwrap();
    let lent = members.iter().find(|one| one["name"] == "Ana").unwrap()["given"]
        .as_array()
        .unwrap()
        .iter()
        .find(|given| given["kind"] == "lent")
        .unwrap()
        .clone();
    assert_eq!(lent["count"], 1);

    // One takes the trailer out while its borrowers give it back: it is gone, and back with that.
    ana.does(c("resource.remove", json!({ "resource": trailer })));
    for (peer, loan, on) in [(&bo, &first, "2020-05-04"), (&cy, &second, "2094-05-04")] {
        peer.does(c(
            "loan.back",
            json!({ "resource": trailer, "loan": loan, "on": on }),
        ));
    }
    bo.does(c("resource.met", json!({ "resource": need })));
    all_meet(&ana, &bo, &cy, n);
    assert_eq!(shared(&cy, n).len(), 4);
    assert_eq!(shelf(&cy, n)["open_needs"], 0);
    cy.does(c(
        "resource.remove",
        json!({ "resource": trailer, "restore": true }),
    ));
    all_meet(&ana, &bo, &cy, n);
    let back = row(&ana, n, "Remorque");
    assert_eq!(back["availability"]["is"], "free");
    let loans = back["loans"].as_array().unwrap();
    assert!(loans.iter().all(|loan| loan["overlaps"] == false));

    // What is refused is refused whole.
    let nobodys = tresse_model::ItemId::from_bytes([7; 10]).to_string();
    let refused = ana.may_not(c("resource.lend", json!({ "resource": nobodys })));
    assert_eq!(refused.code, "not-found");
    let refused = ana.may_not(c("resource.lend", json!({ "resource": need })));
    assert_eq!(refused.code, "not-offered");

    let folder = ana.path("export");
    let to = folder.to_str().unwrap();
    ana.verb(["export", n, "--to", to, "--format", "markdown"])
        .done();
    let text = std::fs::read_to_string(folder.join("resources.md")).unwrap();
    assert!(
        text.contains("### Remorque") && text.contains("2020-05-01"),
        "{text}"
    );

    // Who left has borrowed what they borrowed.
    bo.does(c("network.leave", json!({})));
    let file = bo.path("adieu.tresse-bundle");
    let file = file.to_str().unwrap();
    bo.verb(["bundle", "make", n, file]).one();
    ana.verb(["bundle", "take", file]).one();
    let found = row(&ana, n, "Remorque");
    let names: Vec<String> = found["loans"]
        .as_array()
        .unwrap()
        .iter()
        .map(|loan| word(&loan["name"]))
        .collect();
    assert_eq!(names, ["Cy", "Bo"]);
}
