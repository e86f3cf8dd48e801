//! T11, T13: nobody is needed for ever.

use automerge::{ROOT, transaction::Transactable};
use serde_json::json;
use tresse_model::{DocId, DocKind};
use tresse_tests::{Crafted, word};
use tresse_trust::Body;

use super::{Village, acts::founded_by, removed::names};

/// Every one of the first three, the founder too, goes; the network stays.
#[test]
fn the_founder_and_all_who_were_there_first_go_one_by_one_and_the_network_goes_on() {
    let [mut fay, mut guy, mut hal, mut ida] = ["Fay", "Guy", "Hal", "Ida"].map(Crafted::named);
    let mut village = founded_by(&mut fay, &mut [&mut guy, &mut hal, &mut ida]);
    let id = village.id;
    let network = village.network.clone();
    let plan = DocId::singleton(&id, DocKind::Plan);
    let out = |village: &mut Village, name: &str| {
        for desk in [&mut village.ana, &mut village.bo] {
            desk.waits_until(&format!("{name} is out"), |desk| {
                !names(desk, &network).contains(&name.to_owned())
            });
        }
    };
    // The founder has two machines, and has written.
    fay.meets(&village.ana.contact());
    let mut laptop = fay.links(&id, "le portable de Fay");
    laptop.meets(&village.bo.contact());
    laptop.writes(&id, &plan, |plan| plan.put(ROOT, "note", "de Fay").unwrap());
    laptop.meets(&village.bo.contact());
    for other in [&mut guy, &mut hal, &mut ida] {
        other.meets(&village.ana.contact());
    }

    // Guy, Hal and Ida, three of the five others, put the founder out, with both machines.
    let mut said = Vec::new();
    for one in [&mut guy, &mut hal, &mut ida] {
        for act in &said {
            one.is_told(&id, tresse_trust::VerifiedAct::clone(act));
        }
        said.push(one.removes(&id, &fay.member()));
    }
    ida.meets(&village.ana.contact());
    out(&mut village, "Fay");
    for machine in [&mut fay, &mut laptop] {
        let told = machine.is_told_by(&village.ana.contact());
        assert_eq!(
            (told.messages.len(), told.end.as_str()),
            (0, "nothing-shared")
        );
    }
    village.goes_on();

    // Guy leaves; Hal declares his only machine lost; Ida leaves.
    guy.meets(&village.bo.contact());
    let cuts = guy.cuts(&id, &[guy.device()]);
    let left = guy.says(&id, &Body::Leave { cuts });
    // (Who has left tells it by others.)
    hal.meets(&village.ana.contact());
    hal.is_told(&id, left);
    hal.meets(&village.ana.contact());
    out(&mut village, "Guy");
    village.goes_on();
    ida.meets(&village.bo.contact());
    let cuts = hal.cuts(&id, &[hal.device()]);
    let device = hal.device();
    let lost = hal.says(&id, &Body::Revoke { device, cuts });
    ida.is_told(&id, lost);
    ida.meets(&village.bo.contact());
    out(&mut village, "Hal");
    let cuts = ida.cuts(&id, &[ida.device()]);
    let left = ida.says(&id, &Body::Leave { cuts });
    assert!(ida.acts(&id).contains(&left.id()));
    // (She is a member to Bo until she has said it.)
    let told = ida.is_told_by(&village.bo.contact());
    assert_eq!(told.end, "finished");
    out(&mut village, "Ida");
    assert_eq!(names(&mut village.ana, &network), ["Ana", "Bo"]);
    for gone in [&mut guy, &mut hal, &mut ida] {
        let told = gone.is_told_by(&village.ana.contact());
        assert_eq!(
            (told.messages.len(), told.end.as_str()),
            (0, "nothing-shared")
        );
    }

    // What they wrote is there, and somebody new comes in.
    let made = village
        .bo
        .does(&json!({ "command": "invite.create", "network": network,
        "uses": 1, "expires_in": 3600 }));
    let mut jo = Crafted::named("Jo");
    jo.joins(&word(&made["ticket"]), &village.bo.contact())
        .unwrap();
    let (note, _) = automerge::ReadDoc::get(jo.document(&id, &plan), ROOT, "note")
        .unwrap()
        .unwrap();
    assert_eq!(note.as_str(), Some("de Fay"));
    assert_eq!(names(&mut village.bo, &network), ["Ana", "Bo", "Jo"]);
    village.closes();
}
