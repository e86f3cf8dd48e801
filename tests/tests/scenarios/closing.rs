//! A network that closes while one of its members writes elsewhere, is kept on every machine, and opens again.

use std::{
    fs,
    path::{Path, PathBuf},
};

use serde_json::{Value, json};
use tresse_tests::{Peer, word};

fn all_meet(peers: [&Peer; 3]) {
    let [first, others @ ..] = peers;
    let door = first.serves();
    for peer in others.iter().chain(&others) {
        peer.meets(&door);
    }
    door.stops();
}

fn founded_by_three() -> ([Peer; 3], String) {
    let people = [Peer::named("Ana"), Peer::named("Bo"), Peer::named("Cy")];
    let [ana, bo, cy] = &people;
    let network = ana.founds("Les bords du fleuve");
    let n = network.as_str();
    ana.does(json!({ "command": "purpose.add", "network": n, "text": "Rendre les berges" }));
    let objective = json!({ "command": "objective.add", "network": n, "title": "Trois plages" });
    let objective = word(&ana.does(objective)["objective"]);
    let indicator = json!({ "command": "indicator.add", "network": n, "objective": objective,
        "name": "Plages ouvertes", "baseline": "0", "target": "3" });
    let indicator = word(&ana.does(indicator)["indicator"]);
    ana.does(
        json!({ "command": "measure.add", "network": n, "objective": objective,
        "indicator": indicator, "date": "2026-10-01", "value": "3" }),
    );
    ana.does(
        json!({ "command": "action.add", "network": n, "title": "Planter les saules",
        "objective": objective, "owner": ana.member(), "status": "done" }),
    );
    let (door, ticket) = ana.welcomes(n, 2);
    bo.joins(&ticket);
    cy.joins(&ticket);
    door.stops();
    all_meet([ana, bo, cy]);
    (people, network)
}

fn propose(network: &str) -> Value {
    json!({ "command": "closing.propose", "network": network, "outcome": "purpose-met",
        "words": "Les berges sont rendues.\nMerci à tous." })
}

fn writes(network: &str, title: &str) -> Value {
    json!({ "command": "page.create", "network": network, "title": title, "text": "Après coup.\n" })
}

fn closing(peer: &Peer, network: &str) -> Value {
    peer.sees(network, "closing")
}

fn names(consents: &Value) -> Vec<String> {
    let consents = consents.as_array().unwrap().iter();
    let mut names: Vec<String> = consents.map(|one| word(&one["name"])).collect();
    names.sort();
    names
}

/// The folders of the archives that lie in a profile.
fn archives(profile: &Path) -> Vec<PathBuf> {
    let within = |folder: &Path| -> Vec<PathBuf> {
        let entries = fs::read_dir(folder).into_iter().flatten();
        entries.map(|entry| entry.unwrap().path()).collect()
    };
    let networks = within(&profile.join("archives"));
    let mut all: Vec<PathBuf> = networks.iter().flat_map(|one| within(one)).collect();
    all.sort();
    all
}

#[test]
fn one_writes_while_the_others_close_all_end_equal_and_each_keeps_an_archive_until_it_is_reopened()
{
    let ([ana, bo, cy], network) = founded_by_three();
    let n = network.as_str();
    let people = [&ana, &bo, &cy];

    // Ana proposes; Cy is on the road and does not hear of it.
    let proposed = ana.does(propose(n));
    assert_eq!(proposed["closed"], false, "one of three is not enough");
    let again = ana.does(propose(n));
    assert_eq!(again, proposed, "said once, it stays said");
    let door = ana.serves();
    bo.meets(&door);
    door.stops();
    let case = closing(&bo, n)["proposals"][0].clone();
    assert_eq!((&case["need"], &case["of"]), (&json!(2), &json!(3)));
    assert_eq!(names(&case["consents"]), ["Ana"]);
    let consent = json!({ "command": "closing.consent", "network": n,
        "closing": word(&case["closing"]) });
    assert_eq!(bo.does(consent)["closed"], true);

    // Whoever knows of it writes no more; whoever does not, does.
    for command in [
        writes(n, "Trop tard"),
        json!({ "command": "purpose.add", "network": n, "text": "Encore" }),
        json!({ "command": "charter.edit", "network": n, "text": "Encore" }),
        json!({ "command": "profile.set", "network": n, "field": "brings", "value": "Tout" }),
        json!({ "command": "network.set", "network": n, "field": "name", "value": "Autre" }),
        json!({ "command": "action.add", "network": n, "title": "Encore" }),
        json!({ "command": "decision.create", "network": n, "title": "Encore" }),
        json!({ "command": "meeting.create", "network": n, "title": "Encore" }),
        json!({ "command": "invite.create", "network": n, "uses": 1, "expires_in": 3600 }),
        json!({ "command": "rules.change", "network": n, "change": "all" }),
        json!({ "command": "closing.continue", "network": n, "until": "2090-01-01" }),
        propose(n),
    ] {
        assert_eq!(
            bo.may_not(command.clone()).code,
            "network-closed",
            "{command}"
        );
    }
    let page = word(&cy.does(writes(n, "Les saules de Cy"))["page"]);
    bo.does(json!({ "command": "seen.mark", "network": n }));

    all_meet(people);
    all_meet([&bo, &cy, &ana]);
    let digest = ana.digest(n);
    for peer in people {
        assert_eq!(peer.digest(n), digest, "{}", peer.name());
        let closed = closing(peer, n)["closed"].clone();
        assert_eq!(closed["outcome"], "purpose-met");
        assert_eq!(names(&closed["by"]), ["Ana", "Bo"]);
        // What Cy wrote is there, and is shown as written after the closing.
        let after = closed["after"].as_array().unwrap();
        let cys = after.iter().find(|one| one["doc"] == json!(page));
        assert_eq!(cys.map(|one| word(&one["author"])), Some("Cy".to_owned()));
        assert!(peer.text(n, &page).contains("Après coup."));
        assert_eq!(peer.may_not(writes(n, "Trop tard")).code, "network-closed");
    }

    // Everybody's machine has made an archive by itself; none has the report of a network that goes on.
    for peer in people {
        let archives = archives(peer.profile());
        assert!(!archives.is_empty(), "{} has no archive", peer.name());
        for archive in &archives {
            let report = fs::read_to_string(archive.join("report.md")).unwrap();
            for said in [
                "Les berges sont rendues.",
                "Ana, Bo",
                "Trois plages",
                "Planter les saules",
            ] {
                assert!(report.contains(said), "{said}: {report}");
            }
            for file in [
                "report.html",
                "LISEZ-MOI.txt",
                "data/network.json",
                "markdown/plan.md",
            ] {
                assert!(archive.join(file).is_file(), "{file} in {archive:?}");
            }
        }
    }
    // Made again it lies beside the first one, and has what came since.
    let before = archives(ana.profile());
    let made = ana.does(json!({ "command": "closing.archive", "network": n }));
    let folder = ana.profile().join(word(&made["folder"]));
    assert!(!before.contains(&folder) && folder.join("report.html").is_file());
    let pages: Vec<_> = fs::read_dir(folder.join("markdown/pages"))
        .unwrap()
        .collect();
    assert_eq!(pages.len(), 1);
    assert_eq!(closing(&ana, n)["archive"]["current"], true);
    let acts = fs::read_dir(folder.join("acts")).unwrap().count();
    assert!(acts >= 6, "{acts} acts");

    // Export goes on. Then Cy and Ana, apart, ask to open it again; with both words it is open.
    let to = bo.path("export");
    bo.verb(["export", n, "--to", to.to_str().unwrap()]).done();
    let reopen =
        |words: Option<&str>| json!({ "command": "closing.reopen", "network": n, "words": words });
    assert_eq!(cy.does(reopen(Some("Les crues")))["reopened"], false);
    assert_eq!(ana.does(reopen(Some("Une suite")))["reopened"], false);
    all_meet(people);
    all_meet([&cy, &ana, &bo]);
    for peer in people {
        let view = closing(peer, n);
        assert!(view["closed"].is_null(), "{}: {view}", peer.name());
        assert_eq!(view["past"][0]["outcome"], "purpose-met");
        peer.does(writes(n, "De nouveau"));
    }
    all_meet(people);
    all_meet([&bo, &cy, &ana]);
    let digest = ana.digest(n);
    for peer in people {
        assert_eq!(peer.digest(n), digest);
        peer.is_sound();
    }
    assert_eq!(ana.may_not(reopen(None)).code, "network-open");
}

#[test]
fn who_agreed_that_it_closes_takes_that_back_and_whoever_heard_in_time_does_not_count_it() {
    let ([ana, bo, cy], network) = founded_by_three();
    let n = network.as_str();
    ana.does(propose(n));
    all_meet([&ana, &bo, &cy]);
    let named = word(&closing(&cy, n)["proposals"][0]["closing"]);
    // Ana thinks again; Cy hears of it, Bo does not yet.
    let withdraw = json!({ "command": "closing.withdraw", "network": n, "closing": named });
    ana.does(withdraw.clone());
    assert_eq!(closing(&ana, n)["proposals"], json!([]));
    assert_eq!(ana.may_not(withdraw).code, "act-no-consent");
    let door = ana.serves();
    cy.meets(&door);
    door.stops();
    let consent = json!({ "command": "closing.consent", "network": n, "closing": named });
    assert_eq!(cy.may_not(consent.clone()).code, "no-closing");
    assert_eq!(cy.does(propose(n))["closed"], false);
    // Bo, who has not heard, makes it two with Ana's word: done, at Bo's and then everywhere.
    assert_eq!(bo.does(consent)["closed"], true);
    all_meet([&ana, &bo, &cy]);
    for peer in [&ana, &bo, &cy] {
        let closed = closing(peer, n)["closed"].clone();
        assert_eq!(names(&closed["by"]), ["Ana", "Bo", "Cy"]);
        assert_eq!(peer.digest(n), ana.digest(n));
    }
    let reopen = json!({ "command": "closing.reopen", "network": n, "words": "Une suite" });
    let withdraw = json!({ "command": "closing.withdraw", "network": n });
    // Taken back in one sitting by undoing, and by its own command.
    let undo = json!({ "command": "history.undo", "network": n });
    bo.runs(&[reopen.clone(), undo]);
    assert_eq!(closing(&bo, n)["reopening"], Value::Null);
    bo.does(reopen.clone());
    bo.does(withdraw);
    all_meet([&ana, &bo, &cy]);
    assert_eq!(cy.does(reopen.clone())["reopened"], false);
    assert_eq!(names(&closing(&cy, n)["reopening"]["consents"]), ["Cy"]);
    all_meet([&ana, &bo, &cy]);
    assert_eq!(ana.does(reopen)["reopened"], true);
}

#[test]
fn two_villages_that_close_in_different_words_end_with_the_same_ending() {
    let (people, network) = founded_by_three();
    let [ana, bo, cy] = &people;
    let n = network.as_str();
    // By their own rule one person's word is enough here.
    let rule = json!({ "command": "rules.change", "network": n, "change": "1" });
    assert_eq!(ana.does(rule.clone())["adopted"], false);
    all_meet([ana, bo, cy]);
    assert_eq!(bo.does(rule)["adopted"], true);
    all_meet([ana, bo, cy]);

    // Apart, Ana and Cy each close it. Bo hears of Ana's closing first.
    let other = json!({ "command": "closing.propose", "network": n, "outcome": "merged",
        "name": "Le grand fleuve" });
    assert_eq!(ana.does(propose(n))["closed"], true);
    assert_eq!(cy.does(other)["closed"], true);
    let door = ana.serves();
    bo.meets(&door);
    door.stops();
    assert_eq!(closing(bo, n)["closed"]["outcome"], "purpose-met");
    all_meet([ana, bo, cy]);
    all_meet([bo, cy, ana]);
    let ended = closing(ana, n)["closed"].clone();
    for peer in &people {
        assert_eq!(closing(peer, n)["closed"]["closing"], ended["closing"]);
        assert_eq!(peer.digest(n), ana.digest(n));
        peer.is_sound();
    }
    // And one person's word opens it again, for all.
    let reopened = bo.does(json!({ "command": "closing.reopen", "network": n }));
    assert_eq!(reopened["reopened"], true);
    all_meet([bo, cy, ana]);
    assert!(closing(cy, n)["closed"].is_null());
}

#[test]
fn an_ending_that_makes_no_sense_is_refused_in_words_and_nothing_is_said() {
    let ana = Peer::named("Ana");
    let network = ana.founds("Atelier");
    let n = network.as_str();
    let before = ana.digest(n);
    let long = "é".repeat(2049);
    for (rest, code) in [
        (json!({ "outcome": "merged" }), "closing-into-none"),
        (
            json!({ "outcome": "merged", "name": "  " }),
            "closing-into-none",
        ),
        (json!({ "outcome": "merged", "into": n }), "own-network"),
        (
            json!({ "outcome": "purpose-met", "name": "Autre" }),
            "closing-into",
        ),
        (
            json!({ "outcome": "purpose-met", "words": long }),
            "closing-too-long",
        ),
    ] {
        let mut command = rest;
        command["command"] = json!("closing.propose");
        command["network"] = json!(n);
        assert_eq!(ana.may_not(command.clone()).code, code, "{command}");
    }
    for (command, code) in [
        (
            json!({ "command": "closing.consent", "network": n, "closing": "0" }),
            "no-closing",
        ),
        (
            json!({ "command": "closing.reopen", "network": n }),
            "network-open",
        ),
        (
            json!({ "command": "closing.continue", "network": n, "until": "2001-01-01" }),
            "review-not-ahead",
        ),
        (
            json!({ "command": "closing.continue", "network": n, "until": "bientôt" }),
            "bad-date",
        ),
    ] {
        assert_eq!(ana.may_not(command.clone()).code, code, "{command}");
    }
    assert_eq!(ana.digest(n), before);
    assert!(archives(ana.profile()).is_empty());
    // A date is set, and told of once it is near.
    ana.does(json!({ "command": "closing.continue", "network": n, "until": "2090-01-01" }));
    assert_eq!(closing(&ana, n)["review"]["due"], false);
}
