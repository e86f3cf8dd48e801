//! Members who write down what they saw outside, each on their own machine and apart; together again all have all of it, and everybody
//! their own account of what they have read.

use serde_json::{Value, json};
use tresse_engine::Moment;
use tresse_tests::{Peer, word};

use crate::planning::{all_meet, c, made, three};

/// The item of the watch that is called so.
fn item(peer: &Peer, network: &str, title: &str) -> Value {
    let view = peer.sees(network, "watch");
    let items = view["items"].as_array().unwrap();
    let found = items.iter().find(|row| row["title"] == title);
    found
        .unwrap_or_else(|| panic!("no « {title} » in {items:?}"))
        .clone()
}

/// The watch as everybody has it: without what each has read of it.
fn shared(peer: &Peer, network: &str) -> Vec<Value> {
    let view = peer.sees(network, "watch");
    let mut items = view["items"].as_array().unwrap().clone();
    for row in &mut items {
        row.as_object_mut().unwrap().remove("unread");
    }
    items
}

fn unread(peer: &Peer, network: &str) -> u64 {
    peer.sees(network, "watch")["unread"].as_u64().unwrap()
}

#[test]
fn three_who_watch_apart_have_it_all_and_each_their_own_account_of_what_they_read() {
    let (ana, bo, cy, network) = three();
    let n = network.as_str();
    let c = |name: &str, rest: Value| c(n, name, rest);

    // Apart: two begin the year's watch at once, a third makes an item of a line of the minutes.
    let decree = made(
        &ana,
        c(
            "watch.add",
            json!({ "title": "Un décret", "link": "https://exemple.org/decret", "tags": ["droit"] }),
        ),
        "watch",
    );
    let guide = made(
        &bo,
        c(
            "watch.add",
            json!({ "title": "Un guide", "on": "2020-01-02", "summary": "Vingt pages." }),
        ),
        "watch",
    );
    let meeting = made(
        &cy,
        c("meeting.create", json!({ "title": "Comité" })),
        "meeting",
    );
    let line = "- [ ] Le département prépare un appel";
    let call = made(
        &cy,
        c(
            "meeting.make",
            json!({ "meeting": meeting, "line": line, "what": "watch" }),
        ),
        "watch",
    );
    all_meet(&ana, &bo, &cy, n);

    for peer in [&ana, &bo, &cy] {
        assert_eq!(shared(peer, n), shared(&ana, n));
        // What one added oneself one has read.
        assert_eq!(unread(peer, n), 2, "{}", peer.name());
        let titles: Vec<String> = shared(peer, n)
            .iter()
            .map(|row| word(&row["title"]))
            .collect();
        assert_eq!(titles.len(), 3);
        // The newest by its day comes first, what was seen years ago last.
        assert_eq!(titles[2], "Un guide");
        let found = item(peer, n, "Le département prépare un appel");
        assert_eq!(found["id"], call);
        assert_eq!(found["name"], "Cy");
        assert_eq!(found["meeting_title"], "Comité");
        assert_eq!(found["line"], line);
        assert_eq!(found["on"], Moment::real().today());
        let mut seen = peer.verb(["view", n, "meeting", &meeting]).done();
        let made = seen.remove(0)["sheet"]["made"][0].clone();
        assert_eq!(made["made"], format!("watch/{call}"));
        assert_eq!(made["title"], "Le département prépare un appel");
    }

    // Apart: two tag one item and set one field of it, a third has read all and puts one back.
    ana.does(c("watch.tag", json!({ "watch": guide, "tag": "outils" })));
    ana.does(c(
        "watch.set",
        json!({ "watch": guide, "field": "summary", "value": "d’Ana" }),
    ));
    bo.does(c(
        "watch.tag",
        json!({ "watch": guide, "tag": "illettrisme" }),
    ));
    bo.does(c(
        "watch.set",
        json!({ "watch": guide, "field": "summary", "value": "de Bo" }),
    ));
    let answer = cy.does(c("watch.read", json!({})));
    assert_eq!(answer["read"], 2);
    cy.does(c("watch.unread", json!({ "items": [decree] })));
    all_meet(&ana, &bo, &cy, n);

    for peer in [&ana, &bo, &cy] {
        assert_eq!(shared(peer, n), shared(&ana, n));
        let found = item(peer, n, "Un guide");
        assert_eq!(found["tags"], json!(["illettrisme", "outils"]));
        let values = found["conflicts"][0]["values"].as_array().unwrap();
        assert_eq!(values.len(), 2, "{values:?}");
    }
    assert_eq!(unread(&cy, n), 1);
    assert_eq!(item(&cy, n, "Un décret")["unread"], true);
    assert_eq!(unread(&ana, n), 2, "what Cy has read is Cy's");

    // One takes an item out while another writes in it: it is gone, is found again by its words once it is back, and says what was
    // written.
    ana.does(c("watch.remove", json!({ "watch": decree })));
    bo.does(c(
        "watch.set",
        json!({ "watch": decree, "field": "summary", "value": "Il change nos seuils." }),
    ));
    all_meet(&ana, &bo, &cy, n);
    assert_eq!(shared(&cy, n).len(), 2);
    ana.does(c(
        "watch.remove",
        json!({ "watch": decree, "restore": true }),
    ));
    let back = item(&ana, n, "Un décret");
    assert_eq!(back["summary"], "Il change nos seuils.");

    // What is refused is refused whole.
    let nobodys = tresse_model::ItemId::from_bytes([7; 10]).to_string();
    let refused = ana.may_not(c("watch.tag", json!({ "watch": nobodys, "tag": "x" })));
    assert_eq!(refused.code, "not-found");

    let folder = ana.path("export");
    let to = folder.to_str().unwrap();
    ana.verb(["export", n, "--to", to, "--format", "markdown"])
        .done();
    let text = std::fs::read_to_string(folder.join("watch.md")).unwrap();
    assert!(text.contains("## Un décret") && text.contains("Il change nos seuils."));
}
