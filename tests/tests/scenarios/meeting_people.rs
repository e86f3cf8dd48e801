//! Whom a meeting counts: at a working group's its members and who else came; and of how long people speak only those by name who agree.

use serde_json::{Value, json};
use tresse_engine::Moment;
use tresse_tests::{Peer, word};

use crate::planning::{all_meet, c, made, three};

fn sheet(peer: &Peer, network: &str, meeting: &str) -> Value {
    let mut seen = peer.verb(["view", network, "meeting", meeting]).done();
    seen.remove(0)["sheet"].take()
}

fn names(rows: &Value) -> Vec<String> {
    let rows = rows.as_array().unwrap().iter();
    rows.map(|row| word(&row["name"])).collect()
}

/// This year's attendance: how many were expected, present and excused, and the rate.
fn year(peer: &Peer, network: &str) -> [Value; 4] {
    let view = peer.sees(network, "meetings");
    let year = &view["attendance"][0];
    let all = &year["all"];
    [
        all["expected"].clone(),
        all["present"].clone(),
        all["excused"].clone(),
        year["rate"].clone(),
    ]
}

#[test]
fn a_working_groups_meeting_expects_its_members_and_counts_whoever_else_came_with_them() {
    let (ana, bo, cy, n) = three();
    let n = n.as_str();
    let c = |name: &str, rest: Value| c(n, name, rest);
    let group = made(&ana, c("group.add", json!({ "name": "Berges" })), "group");
    for peer in [&ana, &bo] {
        let join = json!({ "group": group, "member": peer.member() });
        ana.does(c("group.member", join));
    }
    let create =
        json!({ "title": "Réunion du groupe", "on": Moment::real().today(), "group": group });
    let meeting = made(&ana, c("meeting.create", create), "meeting");
    let later = json!({ "title": "À caler", "group": group });
    let later = made(&ana, c("meeting.create", later), "meeting");
    ana.does(c(
        "meeting.option",
        json!({ "meeting": later, "on": "2093-03-03" }),
    ));
    all_meet(&ana, &bo, &cy, n);
    // A day is looked for among those in the group.
    assert_eq!(bo.sees(n, "meetings")["to_answer"][0]["meeting"], later);
    assert_eq!(cy.sees(n, "meetings")["to_answer"], json!([]));
    assert_eq!(sheet(&cy, n, &later)["dates"][0]["unsaid"], 2);

    // Apart, two of the group say whether they came.
    ana.does(c(
        "attendance.mine",
        json!({ "meeting": meeting, "word": "present" }),
    ));
    bo.does(c(
        "attendance.mine",
        json!({ "meeting": meeting, "word": "excused" }),
    ));
    all_meet(&ana, &bo, &cy, n);
    for peer in [&ana, &bo, &cy] {
        assert_eq!(
            names(&sheet(peer, n, &meeting)["attendance"]),
            ["Ana", "Bo"]
        );
        assert_eq!(year(peer, n), [json!(2), json!(1), json!(1), json!(50)]);
    }
    // Cy was there too, and Ana notes so while Bo brings somebody new into the group.
    let di = Peer::named("Di");
    let (door, ticket) = bo.welcomes(n, 1);
    di.joins(&ticket);
    door.stops();
    bo.does(c(
        "group.member",
        json!({ "group": group, "member": di.member() }),
    ));
    let note = json!({ "meeting": meeting, "member": cy.member(), "word": "present" });
    ana.does(c("attendance.note", note));
    all_meet(&ana, &bo, &cy, n);
    for peer in [&ana, &bo, &cy] {
        let rows = sheet(peer, n, &meeting)["attendance"].clone();
        assert_eq!(names(&rows), ["Ana", "Bo", "Cy", "Di"]);
        assert_eq!(year(peer, n), [json!(4), json!(2), json!(1), json!(50)]);
    }
}

#[test]
fn two_count_apart_how_long_people_speak_and_who_takes_their_word_back_is_named_no_more() {
    let (ana, bo, cy, n) = three();
    let n = n.as_str();
    let c = |name: &str, rest: Value| c(n, name, rest);
    let create = json!({ "title": "Comité", "on": Moment::real().today() });
    let meeting = made(&ana, c("meeting.create", create), "meeting");
    let m = meeting.as_str();
    ana.does(c("floor.show", json!({ "meeting": m })));
    for peer in [&ana, &bo] {
        peer.does(c("floor.agree", json!({})));
    }
    all_meet(&ana, &bo, &cy, n);
    let turn = |who: Option<&Peer>, seconds: u32| {
        let mut rest = json!({ "meeting": m, "seconds": seconds });
        if let Some(who) = who {
            rest["member"] = json!(who.member());
        }
        c("floor.turn", rest)
    };
    let balance = |peer: &Peer| {
        let sheet = sheet(peer, n, m);
        let rows = sheet["floor"].as_array().unwrap().iter();
        let named: Vec<(String, Value)> = rows
            .map(|row| (word(&row["name"]), row["seconds"].clone()))
            .collect();
        (named, sheet["floor_others"].clone())
    };
    // Apart, two count, and one of them somebody who is not named.
    assert_eq!(cy.may_not(turn(Some(&cy), 5)).code, "floor-not-agreed");
    ana.does(turn(Some(&bo), 60));
    ana.does(turn(None, 15));
    let taken = made(&cy, turn(Some(&bo), 30), "turn");
    cy.does(turn(Some(&ana), 10));
    all_meet(&ana, &bo, &cy, n);
    let said = |name: &str, seconds: u32| (name.to_owned(), json!(seconds));
    for peer in [&ana, &bo, &cy] {
        let wanted = (vec![said("Ana", 10), said("Bo", 90)], json!(15));
        assert_eq!(balance(peer), wanted, "{}", peer.name());
    }
    // Bo takes their word back; Cy has not heard and counts on; Ana and Cy take the same turn out.
    bo.does(c("floor.agree", json!({ "off": true })));
    cy.does(turn(Some(&bo), 20));
    let remove = || c("floor.remove", json!({ "meeting": m, "turn": taken }));
    ana.does(remove());
    cy.does(remove());
    all_meet(&ana, &bo, &cy, n);
    for peer in [&ana, &bo, &cy] {
        let wanted = (vec![said("Ana", 10)], json!(95));
        assert_eq!(balance(peer), wanted, "{}", peer.name());
        assert_eq!(peer.may_not(turn(Some(&bo), 5)).code, "floor-not-agreed");
        // The history of the meeting names nobody either.
        let diff = peer.verb(["diff", n, m]).done();
        let turns = diff.iter().find(|one| one["field"] == "turns").unwrap();
        assert_eq!(turns["pieces"], json!([{ "in": "4" }]));
    }
}
