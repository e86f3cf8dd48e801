//! What a newer Tresse writes, seen by this one.

use automerge::{ObjType, ROOT, ReadDoc, transaction::Transactable};
use serde_json::json;
use tresse_model::{DocId, DocKind, NetworkId};
use tresse_tests::{Crafted, Peer, word};

#[test]
fn fields_this_version_does_not_know_pass_through_it_and_its_edits_untouched() {
    let (ana, bo) = (Peer::named("Ana"), Peer::named("Bo"));
    let network = ana.founds("Les bords du fleuve");
    let page = ana.writes_page(&network, "Carnet", "Début.\n");
    let action = ana.does(json!({ "command": "action.add", "network": network,
        "title": "Réserver la salle" }));
    let action = word(&action["action"]);
    let (door, ticket) = ana.welcomes(&network, 2);
    bo.joins(&ticket);
    let (id, doc): (NetworkId, DocId) = (network.parse().unwrap(), page.parse().unwrap());
    let plan = DocId::singleton(&id, DocKind::Plan);

    // Zoé's Tresse is of the year 2031.
    let mut zoe = Crafted::named("Zoé");
    zoe.joins(&ticket, &door.contact()).unwrap();
    zoe.writes(&id, &doc, |page| {
        page.put(ROOT, "mood", "gai").unwrap();
        let drawing = page.put_object(ROOT, "drawing", ObjType::List).unwrap();
        page.insert(&drawing, 0, 31_i64).unwrap();
    });
    zoe.writes(&id, &plan, |plan| {
        let (_, actions) = plan.get(ROOT, "actions").unwrap().unwrap();
        let (_, action) = plan.get(&actions, action.as_str()).unwrap().unwrap();
        plan.put(&action, "weather", "pluie").unwrap();
        plan.put(&action, "status", "half-asleep").unwrap();
    });
    // A kind of document that nobody here has heard of, and one more field in a notebook.
    zoe.meets(&door.contact());
    door.stops();

    // Ana reads and edits around it; it passes by Bo, whom Zoé never meets.
    let seen = ana.action(&network, &action);
    assert_eq!(seen["title"], "Réserver la salle");
    ana.runs(&[
        json!({ "command": "page.edit", "network": network, "page": page, "at": 0,
            "insert": "Ana : " }),
        json!({ "command": "action.set", "network": network, "action": action, "field": "due",
            "value": "2027-05-05" }),
    ]);
    let door = ana.serves();
    bo.meets(&door);
    door.stops();
    bo.does(
        json!({ "command": "page.edit", "network": network, "page": page, "at": 0,
        "insert": "Bo : " }),
    );
    ana.is_sound();
    bo.is_sound();

    let door = bo.serves();
    zoe.meets(&door.contact());
    door.stops();
    let page = zoe.document(&id, &doc);
    assert_eq!(
        page.get(ROOT, "mood").unwrap().unwrap().0.as_str(),
        Some("gai")
    );
    let (_, drawing) = page.get(ROOT, "drawing").unwrap().unwrap();
    assert_eq!(page.get(&drawing, 0).unwrap().unwrap().0.as_i64(), Some(31));
    let (_, body) = page.get(ROOT, "body").unwrap().unwrap();
    assert_eq!(page.text(&body).unwrap(), "Bo : Ana : Début.\n");
    let plan = zoe.document(&id, &plan);
    let (_, actions) = plan.get(ROOT, "actions").unwrap().unwrap();
    let (_, action) = plan.get(&actions, action.as_str()).unwrap().unwrap();
    let field = |name: &str| {
        let (value, _) = plan.get(&action, name).unwrap().unwrap();
        value.as_str().map(str::to_owned)
    };
    assert_eq!(field("weather").as_deref(), Some("pluie"));
    assert_eq!(
        field("status").as_deref(),
        Some("half-asleep"),
        "a status of the future stays"
    );
    assert_eq!(field("due").as_deref(), Some("2027-05-05"));
    // The work of the future is Zoé's.
    let history = bo.history(&network, &doc.to_string());
    assert!(
        history.iter().any(|group| group["name"] == "Zoé"),
        "{history:#?}"
    );
}

#[test]
fn a_document_too_new_to_edit_is_shown_kept_passed_on_and_edits_of_it_are_refused() {
    let (ana, bo) = (Peer::named("Ana"), Peer::named("Bo"));
    let network = ana.founds("Les bords du fleuve");
    let page = ana.writes_page(&network, "Carnet", "Début.\n");
    let (door, ticket) = ana.welcomes(&network, 2);
    bo.joins(&ticket);
    let (id, doc): (NetworkId, DocId) = (network.parse().unwrap(), page.parse().unwrap());
    let mut zoe = Crafted::named("Zoé");
    zoe.joins(&ticket, &door.contact()).unwrap();
    zoe.writes(&id, &doc, |page| {
        page.put(ROOT, "schema", 7_u64).unwrap();
        page.put(ROOT, "title", "Carnet de 2031").unwrap();
    });
    zoe.meets(&door.contact());
    door.stops();
    let door = ana.serves();
    bo.meets(&door);
    door.stops();
    for peer in [&ana, &bo] {
        let view = peer.page(&network, &page);
        assert_eq!(view["read_only"], true);
        assert_eq!(view["content"]["title"], "Carnet de 2031");
        assert_eq!(view["body"]["text"], "Début.\n");
        let before = peer.digest(&network);
        for command in [
            json!({ "command": "page.edit", "network": network, "page": page, "at": 0,
                "insert": "non" }),
            json!({ "command": "page.edit", "network": network, "page": page, "text": "non" }),
            json!({ "command": "page.set", "network": network, "page": page, "field": "title",
                "value": "non" }),
            json!({ "command": "page.tag", "network": network, "page": page, "tag": "non" }),
            json!({ "command": "page.remove", "network": network, "page": page }),
        ] {
            let refusal = peer.may_not(command);
            assert_eq!(refusal.code, "read-only", "{refusal:?}");
            println!("{}", refusal.message);
        }
        assert_eq!(peer.digest(&network), before);
        // Everything else goes on.
        peer.does(json!({ "command": "value.add", "network": network, "text": "Entraide" }));
        peer.is_sound();
    }
    let door = bo.serves();
    zoe.meets(&door.contact());
    door.stops();
    let heads: Vec<_> = zoe.document(&id, &doc).get_heads();
    let heads: Vec<_> = heads.iter().map(ToString::to_string).collect();
    assert_eq!(bo.digest(&network)["documents"][&page], json!(heads));
}
