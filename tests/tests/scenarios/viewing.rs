//! What `tresse-node view` prints of a network that has lived: every view of the demo, in both languages (two tests, side by side).

use std::collections::BTreeSet;

use serde_json::{Value, json};
use tresse_tests::{Peer, word};

/// Which view, of which thing, and what it says at least. What begins with `/` is found in a list's first entry.
const VIEWS: &[(&str, &[&str])] = &[
    (
        "home",
        &["asked", "warnings", "my_actions", "objectives", "since"],
    ),
    (
        "overview",
        &[
            "purposes",
            "directory",
            "mandates",
            "closed",
            "relations",
            "suggested",
        ],
    ),
    ("charter", &["content", "body", "versions"]),
    ("plan", &["content", "facts", "organisations"]),
    ("pages", &["pages", "tags"]),
    ("page", &["id", "content", "body"]),
    ("filters", &["/name"]),
    ("groups", &["/name", "/people"]),
    ("group", &["name", "people", "actions", "meetings"]),
    ("meetings", &["meetings", "coming", "series", "attendance"]),
    ("meeting", &["content", "body", "sheet"]),
    ("decisions", &["decisions", "asked"]),
    ("decision", &["content", "terms", "phase", "ballots"]),
    ("closing", &["proposals", "past", "review"]),
    (
        "evaluation",
        &["settings", "period", "results", "assessment"],
    ),
    ("contributions", &["members", "together"]),
    ("files", &["files", "keep", "here"]),
    ("watch", &["items", "tags", "unread"]),
    ("digest", &["settings", "ready", "arrived"]),
    ("resources", &["resources"]),
    ("toolbox", &["/title"]),
    ("roles", &["roles", "warnings", "threads", "asked", "names"]),
    (
        "members",
        &["members", "former", "mandates", "ended_mandates", "rules"],
    ),
    ("status", &["sync", "status"]),
];

/// The views that the program offers, by what it says where it is asked for one that there is not.
fn offered(peer: &Peer, network: &str) -> BTreeSet<String> {
    let refused = peer.verb(["view", network, "nothing-of-the-sort"]);
    let said = format!("{}{:?}", refused.errors, refused.lines);
    let (_, rest) = said.split_once("possible values: ").unwrap();
    let (names, _) = rest.split_once(']').unwrap();
    names.split(", ").map(str::to_owned).collect()
}

/// Whether a view says all that is expected of it.
fn says(view: &Value, keys: &[&str]) -> Result<(), String> {
    for key in keys {
        let found = match key.strip_prefix('/') {
            Some(key) => view.get(0).and_then(|first| first.get(key)),
            None => view.get(*key),
        };
        if found.is_none() {
            let said: String = view.to_string().chars().take(600).collect();
            return Err(format!("no {key} in {said}"));
        }
    }
    Ok(())
}

#[test]
fn every_view_of_the_demo_is_printed_in_french() {
    every_view_is_printed("fr");
}

#[test]
fn every_view_of_the_demo_is_printed_in_english() {
    every_view_is_printed("en");
}

fn every_view_is_printed(lang: &str) {
    let me = Peer::without_profile("Nouvelle");
    me.verb(["init", "--name", "Nouvelle", "--lang", lang])
        .one();
    let demo = me.does(json!({ "command": "demo.create", "lang": lang }));
    let n = word(&demo["network"]);
    let known: BTreeSet<String> = VIEWS.iter().map(|(what, _)| (*what).to_owned()).collect();
    assert_eq!(
        offered(&me, &n),
        known,
        "each view stands in the list above"
    );

    let first = |view: &str, list: &str| {
        let view = me.sees(&n, view);
        let list = if list.is_empty() { &view } else { &view[list] };
        let one = &list[0];
        word(&one["id"])
    };
    for (what, keys) in VIEWS {
        let id = match *what {
            "page" => Some(first("pages", "pages")),
            "group" => Some(first("groups", "")),
            "meeting" => Some(first("meetings", "meetings")),
            "decision" => Some(first("decisions", "decisions")),
            _ => None,
        };
        let words = ["view", &n, what].into_iter().chain(id.as_deref());
        let view = me.verb(words).one();
        if let Err(missing) = says(&view, keys) {
            panic!("{lang} {what}: {missing}");
        }
    }
    // Of the plan, one territory alone or one scale.
    let actions = |of: &str| {
        let plan = me.verb(["view", &n, "plan", of]).one();
        plan["content"]["actions"].as_array().unwrap().len()
    };
    let all = me.sees(&n, "plan")["content"]["actions"].clone();
    let all = all.as_array().unwrap().len();
    for of in ["town", "region", "Montaubre"] {
        assert!((1..all).contains(&actions(of)), "{lang} {of}");
    }
}
