//! T8: one device, one place in its chain, two contents.

use automerge::{ROOT, transaction::Transactable};
use serde_json::json;
use tresse_tests::{Crafted, Desk, Forger, changes, find, one};

use super::Village;

/// What a desk shows as the page's title.
fn title(desk: &mut Desk, network: &str, page: &str) -> String {
    let pages = desk.looks(network, "pages")["pages"].clone();
    tresse_tests::word(&find(&pages, page)["title"])
}

/// T8: one tells Ana this and Bo that, in the same place of their chain.
#[test]
fn of_a_fork_shown_to_two_members_differently_one_branch_shows_and_honest_work_on_both_stays() {
    let mut zoe = Crafted::named("Zoé");
    let mut village = Village::of(&mut [&mut zoe]);
    let (id, doc) = (village.id, village.doc);
    let (network, page) = (village.network.clone(), village.page.clone());
    zoe.meets(&village.ana.contact());
    village.parts();
    let mut twin = zoe.clone();
    zoe.writes(&id, &doc, |page| {
        page.put(ROOT, "title", "à gauche").unwrap();
    });
    twin.writes(&id, &doc, |page| {
        page.put(ROOT, "title", "à droite").unwrap();
    });
    zoe.meets(&village.ana.contact());
    twin.meets(&village.bo.contact());
    assert_eq!(title(&mut village.ana, &network, &page), "à gauche");
    assert_eq!(title(&mut village.bo, &network, &page), "à droite");
    // Both build on what they see, for several changes.
    for round in 0..3 {
        for (desk, words) in [
            (&mut village.ana, "Ana bâtit"),
            (&mut village.bo, "Bo bâtit"),
        ] {
            desk.does(
                &json!({ "command": "page.edit", "network": network, "page": page,
                "at": 0, "insert": format!("{words} {round}. ") }),
            );
        }
        village
            .ana
            .does(&json!({ "command": "value.add", "network": network,
            "text": format!("Valeur {round}") }));
    }
    village.meets();
    let shown = village.shows();
    let text = shown["text"].as_str().unwrap();
    for round in 0..3 {
        for words in ["Ana bâtit", "Bo bâtit"] {
            let words = format!("{words} {round}. ");
            assert_eq!(text.matches(&words).count(), 1, "« {words} » in {text}");
        }
    }
    let title = title(&mut village.ana, &network, &page);
    assert!(
        ["à gauche", "à droite"].contains(&title.as_str()),
        "{title}"
    );
    village.goes_on();

    // Each twin comes by again, with its own branch and the other's in between: nothing turns.
    let before = village.shows();
    zoe.meets(&village.bo.contact());
    twin.meets(&village.ana.contact());
    village.shows_still(&before);
    village.closes();
}

/// Zoé tells each of the two so many branches in one place of her chain, all different; then they meet. How many heads of the page there are in the
/// end.
fn heads_after_branches(zoe: &mut Crafted, village: &mut Village, each: usize) -> Option<usize> {
    let (id, doc) = (village.id, village.doc);
    zoe.meets(&village.ana.contact());
    village.parts();
    let pen = zoe.forges(&id, &doc);
    let contacts = [village.ana.contact(), village.bo.contact()];
    for (half, contact) in contacts.iter().enumerate() {
        let mut call = zoe.clone().calls(contact);
        for branch in 0..each {
            let title = format!("branche {}", half * each + branch);
            let change = pen.writes(&pen.actor(), |page| page.put(ROOT, "title", title).unwrap());
            call.says(&one(&id, &doc, &change, vec![pen.seals(&change)]));
            call.hears_where_it_stands(branch as u64 + 1);
        }
        call.hangs_up();
    }
    village.meets();
    let shown = village.shows();
    let heads = shown["digest"]["documents"][&village.page].as_array();
    heads.map(Vec::len)
}

/// T8: two branches here, two there.
#[test]
fn branches_in_one_place_shown_to_different_members_are_known_to_all_in_the_end() {
    let mut zoe = Crafted::named("Zoé");
    let mut village = Village::of(&mut [&mut zoe]);
    let heads = heads_after_branches(&mut zoe, &mut village, 2);
    assert_eq!(heads, Some(4), "each branch is kept, as a proof");
    village.goes_on();
    village.closes();
}

/// T8: a cheat who forks without end fills nobody's disk.
#[test]
fn of_many_branches_in_one_place_few_are_kept_and_the_members_agree_on_which() {
    let mut zoe = Crafted::named("Zoé");
    let mut village = Village::of(&mut [&mut zoe]);
    let heads = heads_after_branches(&mut zoe, &mut village, 7);
    assert!(
        heads.is_some_and(|heads| heads <= 6),
        "{heads:?} branches are kept"
    );
    village.goes_on();
    village.closes();
}

/// T8: no change may rest on both branches of a fork.
#[test]
fn a_change_that_rests_on_both_branches_of_a_fork_parts_nobody() {
    let mut zoe = Crafted::named("Zoé");
    let mut village = Village::of(&mut [&mut zoe]);
    let (id, doc) = (village.id, village.doc);
    let mut call = zoe.calls(&village.ana.contact());
    let pen = zoe.forges(&id, &doc);
    let title =
        |title: String| pen.writes(&pen.actor(), |page| page.put(ROOT, "title", title).unwrap());
    // It happens where the seal of the branch that is not followed is looked at first.
    let (one, other, both) = (0..)
        .find_map(|number| {
            let (one, other) = (
                title(format!("un {number}")),
                title(format!("deux {number}")),
            );
            let both = Forger::alters(&one, |change| {
                change.seq += 1;
                change.start_op = change.start_op.checked_add(1).unwrap();
                change.deps = vec![one.hash(), other.hash()];
            });
            let parts = other.hash() < one.hash() && one.hash() < both.hash();
            parts.then_some((one, other, both))
        })
        .unwrap();
    let raw = |change: &automerge::Change| change.raw_bytes().to_vec();
    call.says(&changes(
        &id,
        &doc,
        vec![both.hash().0],
        vec![raw(&one), raw(&other), raw(&both)],
        vec![pen.seals(&both), pen.seals(&one), pen.seals(&other)],
    ));
    call.hears_where_it_stands(1);
    call.hangs_up();
    village.is_equal();
    village.closes();
}
