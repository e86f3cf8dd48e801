//! Members who prepare, hold and finish meetings apart: rules, days, agendas, minutes, attendance.

use serde_json::{Value, json};
use tresse_engine::Moment;
use tresse_tests::{Desk, Peer, find, word};

use crate::planning::{all_meet, c, made, three};

fn today() -> String {
    Moment::real().today()
}

fn sheet(peer: &Peer, network: &str, meeting: &str) -> Value {
    let mut seen = peer.verb(["view", network, "meeting", meeting]).done();
    seen.remove(0)
}

fn edit(network: &str, meeting: &str, text: &str) -> Value {
    c(
        network,
        "meeting.edit",
        json!({ "meeting": meeting, "text": text }),
    )
}

/// What counts of somebody's coming, and whether they said so themselves.
fn came(view: &Value, name: &str) -> (Value, bool) {
    let rows = view["sheet"]["attendance"].as_array().unwrap();
    let row = rows.iter().find(|row| row["name"] == name).unwrap();
    (row["word"].clone(), row["own"].as_bool().unwrap())
}

fn agenda(view: &Value) -> Vec<String> {
    let items = view["content"]["agenda"].as_array().unwrap();
    items.iter().map(|item| word(&item["title"])).collect()
}

#[test]
fn three_hold_a_meeting_apart_and_end_with_one_trace_of_it() {
    let (ana, bo, cy, n) = three();
    let n = n.as_str();
    let c = |name: &str, rest: Value| c(n, name, rest);
    let day = today();
    let meeting = made(
        &ana,
        c(
            "meeting.create",
            json!({ "title": "Comité", "on": day, "at": "18:30", "length": 90, "place": "Salle des fêtes" }),
        ),
        "meeting",
    );
    let m = meeting.as_str();
    let budget = made(
        &ana,
        c(
            "agenda.add",
            json!({ "meeting": m, "title": "Budget", "length": 20 }),
        ),
        "item",
    );
    ana.does(c(
        "agenda.add",
        json!({ "meeting": m, "title": "Fête", "length": 30 }),
    ));
    ana.does(edit(n, m, "# Comité\n\n- Écrire au maire\n"));
    all_meet(&ana, &bo, &cy, n);

    // Apart: two write minutes, one of them makes an action of a line, one notes who came, and each says a word of the round.
    ana.does(edit(n, m, "# Comité\n\nAna ouvre.\n\n- Écrire au maire\n"));
    let action = made(
        &ana,
        c(
            "meeting.make",
            json!({ "meeting": m, "line": "- Écrire au maire", "what": "action" }),
        ),
        "action",
    );
    ana.does(c(
        "agenda.set",
        json!({ "meeting": m, "item": budget, "field": "done", "value": "true" }),
    ));
    bo.does(edit(
        n,
        m,
        "# Comité\n\n- Écrire au maire\n- Relire la charte\n",
    ));
    let decision = made(
        &bo,
        c(
            "meeting.make",
            json!({ "meeting": m, "line": "- Relire la charte", "what": "decision" }),
        ),
        "decision",
    );
    bo.does(c("round.say", json!({ "meeting": m, "word": "Élan" })));
    for (who, said) in [(&ana, "present"), (&bo, "absent"), (&cy, "present")] {
        let note = json!({ "meeting": m, "member": who.member(), "word": said });
        cy.does(c("attendance.note", note));
    }
    bo.does(c(
        "attendance.mine",
        json!({ "meeting": m, "word": "represented", "by": cy.member() }),
    ));
    cy.does(c("round.say", json!({ "meeting": m, "word": "Fatigue" })));
    all_meet(&ana, &bo, &cy, n);

    let seen = sheet(&ana, n, m);
    for peer in [&ana, &bo, &cy] {
        let view = sheet(peer, n, m);
        assert_eq!(view["content"], seen["content"]);
        let text = word(&view["body"]["text"]);
        assert!(
            text.contains("Ana ouvre.") && text.contains("Relire la charte"),
            "{text}"
        );
        assert_eq!(came(&view, "Ana"), (json!("present"), false));
        assert_eq!(
            came(&view, "Bo"),
            (json!(format!("represented {}", cy.member())), true)
        );
        let made = view["sheet"]["made"].as_array().unwrap();
        assert_eq!(made.len(), 2, "{made:?}");
        assert!(made.iter().any(|one| one["title"] == "Écrire au maire"));
        assert!(made.iter().any(|one| one["title"] == "Relire la charte"));
        let round: Vec<_> = view["sheet"]["round"].as_array().unwrap().iter().collect();
        assert_eq!([&round[0]["word"], &round[1]["word"]], ["Élan", "Fatigue"]);
        assert_eq!(view["sheet"]["starts"], json!(["18:30", "18:50"]));
        assert_eq!(view["sheet"]["ends"], "20:00");
        assert_eq!(peer.action(n, &action)["title"], "Écrire au maire");
        let register = peer.sees(n, "decisions");
        assert_eq!(find(&register["decisions"], &decision)["meeting"], m);
        let rates = peer.sees(n, "meetings")["attendance"].clone();
        assert_eq!(rates[0]["all"]["present"], 2);
        assert_eq!(rates[0]["all"]["represented"], 1);
        assert_eq!(rates[0]["rate"], 100);
    }

    // The line and what it became are undone together.
    ana.runs(&[
        c(
            "meeting.make",
            json!({ "meeting": m, "line": "Voir", "what": "action" }),
        ),
        c("history.undo", json!({})),
    ]);
    assert_eq!(
        sheet(&ana, n, m)["sheet"]["made"].as_array().unwrap().len(),
        2
    );
}

#[test]
fn what_is_not_finished_goes_on_to_the_next_meeting_of_the_rule_once_though_two_do_it_apart() {
    let (ana, bo, cy, n) = three();
    let n = n.as_str();
    let c = |name: &str, rest: Value| c(n, name, rest);
    let rule = made(
        &ana,
        c(
            "series.add",
            json!({ "title": "Comité", "rhythm": "1 weeks tue", "from": "2093-01-01", "at": "18:00", "length": 60 }),
        ),
        "series",
    );
    all_meet(&ana, &bo, &cy, n);

    // Apart, two prepare the same meeting of the rule.
    let prepare = || {
        c(
            "meeting.prepare",
            json!({ "series": rule, "day": "2093-01-06" }),
        )
    };
    let meeting = made(&ana, prepare(), "meeting");
    assert_eq!(made(&bo, prepare(), "meeting"), meeting);
    let m = meeting.as_str();
    let add = |title: &str| {
        c(
            "agenda.add",
            json!({ "meeting": m, "title": title, "length": 15 }),
        )
    };
    let dealt = made(&ana, add("Accueil"), "item");
    ana.does(add("Budget"));
    bo.does(add("Fête"));
    all_meet(&ana, &bo, &cy, n);
    assert_eq!(agenda(&sheet(&cy, n, m)).len(), 3);
    ana.does(c(
        "agenda.set",
        json!({ "meeting": m, "item": dealt, "field": "done", "value": "true" }),
    ));
    all_meet(&ana, &bo, &cy, n);

    // Apart, two carry on what is not finished; a third moves the day of the next meeting.
    let next = made(&ana, c("meeting.carry", json!({ "meeting": m })), "meeting");
    assert_eq!(
        made(&bo, c("meeting.carry", json!({ "meeting": m })), "meeting"),
        next
    );
    cy.does(c(
        "series.day",
        json!({ "series": rule, "day": "2093-01-20", "skip": true }),
    ));
    all_meet(&ana, &bo, &cy, n);

    for peer in [&ana, &bo, &cy] {
        let mut carried = agenda(&sheet(peer, n, &next));
        carried.sort();
        assert_eq!(carried, ["Budget", "Fête"]);
        let old = sheet(peer, n, m);
        let items = old["content"]["agenda"].as_array().unwrap();
        for item in items {
            let to = if item["title"] == "Accueil" {
                Value::Null
            } else {
                json!(next)
            };
            assert_eq!(item["carried"], to, "{item}");
        }
        let view = sheet(peer, n, &next);
        assert_eq!(view["content"]["on"], "2093-01-13");
        assert_eq!(view["content"]["agenda"][0]["from"], m);
        assert!(
            view["content"]["conflicts"].is_null(),
            "{}",
            view["content"]["conflicts"]
        );
        let coming = peer.sees(n, "meetings");
        let on: Vec<_> = coming["coming"].as_array().unwrap().iter().collect();
        assert!(on.len() >= 2);
        assert_eq!(coming["series"][0]["moved"]["2093-01-20"], "");
    }
    let again = cy.may_not(c("meeting.carry", json!({ "meeting": m })));
    assert_eq!(again.code, "nothing-to-carry");
}

#[test]
fn a_day_is_found_that_suits_though_each_answers_alone() {
    let (ana, bo, cy, n) = three();
    let n = n.as_str();
    let c = |name: &str, rest: Value| c(n, name, rest);
    let meeting = made(
        &ana,
        c("meeting.create", json!({ "title": "Bilan" })),
        "meeting",
    );
    let m = meeting.as_str();
    let option = |on: &str| {
        c(
            "meeting.option",
            json!({ "meeting": m, "on": on, "at": "18:00" }),
        )
    };
    ana.runs(&[option("2093-03-05"), option("2093-03-03")]);
    all_meet(&ana, &bo, &cy, n);
    assert_eq!(bo.sees(n, "meetings")["to_answer"][0]["meeting"], m);

    let say = |on: &str, answer: &str| {
        let said = json!({ "meeting": m, "on": on, "at": "18:00", "answer": answer });
        c("availability.set", said)
    };
    ana.runs(&[say("2093-03-03", "yes"), say("2093-03-05", "maybe")]);
    bo.runs(&[
        say("2093-03-03", "no"),
        say("2093-03-05", "yes"),
        option("2093-03-10"),
    ]);
    cy.does(say("2093-03-05", "yes"));
    let unknown = cy.may_not(say("2093-04-01", "yes"));
    assert_eq!(unknown.code, "not-an-option");
    all_meet(&ana, &bo, &cy, n);

    for peer in [&ana, &bo, &cy] {
        let view = sheet(peer, n, m);
        let rows = view["sheet"]["dates"].as_array().unwrap();
        let said: Vec<Value> = rows
            .iter()
            .map(|row| {
                json!([
                    row["on"],
                    row["yes"],
                    row["maybe"],
                    row["no"],
                    row["unsaid"]
                ])
            })
            .collect();
        assert_eq!(
            said,
            [
                json!(["2093-03-03", 1, 0, 1, 1]),
                json!(["2093-03-05", 2, 1, 0, 0]),
                json!(["2093-03-10", 0, 0, 0, 3]),
            ]
        );
    }
    cy.does(c(
        "meeting.choose",
        json!({ "meeting": m, "on": "2093-03-05", "at": "18:00" }),
    ));
    all_meet(&ana, &bo, &cy, n);
    let seen = ana.sees(n, "meetings");
    assert_eq!(seen["to_answer"], json!([]));
    assert_eq!(find(&seen["meetings"], m)["on"], "2093-03-05");
}

#[test]
fn what_makes_no_sense_of_meetings_gets_a_sentence_and_changes_nothing() {
    let ana = Peer::named("Ana");
    let network = ana.founds("Les bords du fleuve");
    let n = network.as_str();
    let c = |name: &str, rest: Value| c(n, name, rest);
    let meeting = made(
        &ana,
        c(
            "meeting.create",
            json!({ "title": "Avant nous", "on": "2001-05-03" }),
        ),
        "meeting",
    );
    let m = meeting.as_str();
    let before = ana.sees(n, "meetings");
    let rule = |rhythm: &str, until: &str| {
        let said =
            json!({ "title": "Comité", "rhythm": rhythm, "from": "2093-01-02", "until": until });
        c("series.add", said)
    };
    for (command, code) in [
        (rule("1 weeks tue", "2093-01-03"), "never-occurs"),
        (rule("chaque mardi", "2093-12-31"), "bad-rhythm"),
        (
            c(
                "attendance.note",
                json!({ "meeting": m, "member": ana.member(), "word": "present" }),
            ),
            "not-member-then",
        ),
        (
            c(
                "attendance.note",
                json!({ "meeting": m, "member": ana.member(), "word": "late" }),
            ),
            "not-member-then",
        ),
        (
            c(
                "floor.turn",
                json!({ "meeting": m, "member": ana.member(), "seconds": 30 }),
            ),
            "floor-not-wanted",
        ),
        (
            c("floor.turn", json!({ "meeting": m, "seconds": 30 })),
            "floor-not-wanted",
        ),
        (
            c(
                "meeting.set",
                json!({ "meeting": m, "field": "length", "value": "une heure" }),
            ),
            "bad-length",
        ),
        (
            c("meeting.carry", json!({ "meeting": m })),
            "nothing-to-carry",
        ),
        (
            c(
                "meeting.make",
                json!({ "meeting": m, "line": "  ", "what": "action" }),
            ),
            "empty",
        ),
        (
            c("meeting.option", json!({ "meeting": m, "on": "" })),
            "empty",
        ),
    ] {
        assert_eq!(ana.may_not(command.clone()).code, code, "{command}");
    }
    assert_eq!(ana.sees(n, "meetings"), before);
    ana.does(c("floor.show", json!({ "meeting": m })));
    let named = json!({ "meeting": m, "member": ana.member(), "seconds": 30 });
    assert_eq!(ana.may_not(c("floor.turn", named)).code, "floor-not-agreed");
    let nothing = json!({ "meeting": m, "seconds": 0 });
    assert_eq!(ana.may_not(c("floor.turn", nothing)).code, "bad-length");
    ana.does(c("agenda.add", json!({ "meeting": m, "title": "Seul" })));
    let alone = ana.may_not(c("meeting.carry", json!({ "meeting": m })));
    assert_eq!(alone.code, "no-next-meeting");

    // The 31st is the last day of shorter months, and the list says so.
    ana.does(rule("1 months day 31", ""));
    let series = ana.sees(n, "meetings")["series"][0].clone();
    assert_eq!(series["shortens"], true);
    ana.is_sound();
}

/// One line at the beginning of the minutes.
fn line(network: &str, meeting: &str, text: &str) -> Value {
    c(
        network,
        "meeting.edit",
        json!({ "meeting": meeting, "at": 0, "insert": format!("{text}\n") }),
    )
}

/// The lines of the minutes, and what lines became.
fn written(desk: &mut Desk, network: &str, meeting: &str) -> (Vec<String>, usize) {
    let view = desk.meeting(network, meeting);
    let text = word(&view["body"]["text"]);
    let made = view["sheet"]["made"].as_array().unwrap().len();
    (text.lines().map(str::to_owned).collect(), made)
}

#[test]
fn three_in_one_room_write_the_minutes_at_once_and_all_read_every_line() {
    let (ana, bo, cy, network) = three();
    let n = network.as_str();
    let m = made(
        &ana,
        c(
            n,
            "meeting.create",
            json!({ "title": "Comité", "on": today() }),
        ),
        "meeting",
    );
    all_meet(&ana, &bo, &cy, n);
    let first = ana.sits_down();
    let (second, third) = (bo.sits_down_beside(&first), cy.sits_down_beside(&first));
    let mut room = [("Ana", first), ("Bo", second), ("Cy", third)];
    for (_, desk) in &mut room {
        desk.waits_until("somebody is connected", |desk| {
            desk.looks(n, "sync")["connected"].as_u64() > Some(0)
        });
    }
    // Nobody waits for another's line before writing theirs.
    let mut wanted = Vec::new();
    for round in 1..=4 {
        for (name, desk) in &mut room {
            let text = format!("- {name} dit {round}");
            desk.does(&line(n, &m, &text));
            wanted.push(text);
        }
    }
    wanted.sort();
    for (_, desk) in &mut room {
        desk.waits_until("every line is there", |desk| {
            written(desk, n, &m).0.len() == wanted.len()
        });
    }
    // A line of Cy's becomes an action at Bo's, while Ana says her closing word.
    let make = json!({ "meeting": m, "line": "- Cy dit 3", "what": "action" });
    room[1].1.does(&c(n, "meeting.make", make));
    room[0]
        .1
        .does(&c(n, "round.say", json!({ "meeting": m, "word": "Élan" })));
    let mut seen = Vec::new();
    for (_, desk) in &mut room {
        desk.waits_until("the action and the word are there", |desk| {
            let view = desk.meeting(n, &m);
            let said = view["sheet"]["round"].as_array().unwrap().len();
            (view["sheet"]["made"].as_array().unwrap().len(), said) == (1, 1)
        });
        seen.push(written(desk, n, &m).0);
    }
    // In one order at everybody's: no line is broken, doubled or lost.
    assert!(seen.iter().all(|lines| *lines == seen[0]), "{seen:?}");
    let mut lines = seen.remove(0);
    lines.sort();
    assert_eq!(lines, wanted);
    for (_, desk) in room {
        desk.closes();
    }
}

/// Does one of every command about meetings; answers their names.
pub(crate) fn one_of_every_command(ana: &Peer, network: &str) -> Vec<String> {
    let c = |name: &str, rest: Value| c(network, name, rest);
    let me = ana.member();
    let create = c(
        "meeting.create",
        json!({ "title": "Comité", "on": today(), "at": "18:30", "length": 60, "place": "Ici" }),
    );
    let m = made(ana, create.clone(), "meeting");
    let next = made(
        ana,
        c("meeting.create", json!({ "title": "Suite" })),
        "meeting",
    );
    let add = c(
        "series.add",
        json!({ "title": "Café", "rhythm": "1 weeks tue", "from": "2093-01-01", "until": "2093-12-31" }),
    );
    let rule = made(ana, add.clone(), "series");
    let item_add = c(
        "agenda.add",
        json!({ "meeting": m, "title": "Budget", "length": 10 }),
    );
    let item = made(ana, item_add.clone(), "item");
    let agree = c("floor.agree", json!({}));
    ana.does(agree.clone());
    let turn_add = c(
        "floor.turn",
        json!({ "meeting": m, "member": me, "seconds": 30 }),
    );
    let show = c("floor.show", json!({ "meeting": m }));
    ana.does(show.clone());
    let turn = made(ana, turn_add.clone(), "turn");
    let commands = vec![
        c(
            "meeting.prepare",
            json!({ "series": rule, "day": "2093-01-06" }),
        ),
        c(
            "meeting.set",
            json!({ "meeting": m, "field": "state", "value": "running" }),
        ),
        c(
            "meeting.part",
            json!({ "meeting": m, "part": "facilitator", "member": me }),
        ),
        c(
            "meeting.option",
            json!({ "meeting": m, "on": "2093-03-03", "at": "18:00" }),
        ),
        c(
            "availability.set",
            json!({ "meeting": m, "on": "2093-03-03", "at": "18:00", "answer": "maybe" }),
        ),
        c(
            "meeting.choose",
            json!({ "meeting": m, "on": today(), "at": "18:00" }),
        ),
        edit(network, &m, "- Écrire\n"),
        c(
            "meeting.make",
            json!({ "meeting": m, "line": "- Écrire", "what": "action" }),
        ),
        c("meeting.open", json!({ "meeting": m })),
        c("meeting.close", json!({ "meeting": m })),
        c(
            "series.set",
            json!({ "series": rule, "field": "at", "value": "08:30" }),
        ),
        c(
            "series.day",
            json!({ "series": rule, "day": "2093-01-13", "to": "2093-01-14" }),
        ),
        c("series.remove", json!({ "series": rule })),
        c(
            "agenda.set",
            json!({ "meeting": m, "item": item, "field": "words", "value": "Voir" }),
        ),
        c("agenda.move", json!({ "meeting": m, "item": item })),
        c(
            "agenda.bring",
            json!({ "meeting": m, "item": item, "member": me, "what": "le devis" }),
        ),
        c("meeting.carry", json!({ "meeting": m, "to": next })),
        c("agenda.remove", json!({ "meeting": m, "item": item })),
        c(
            "attendance.note",
            json!({ "meeting": m, "member": me, "word": "absent" }),
        ),
        c(
            "attendance.mine",
            json!({ "meeting": m, "word": "present" }),
        ),
        c("round.say", json!({ "meeting": m, "word": "Élan" })),
        c("floor.remove", json!({ "meeting": m, "turn": turn })),
        c("meeting.remove", json!({ "meeting": m })),
    ];
    ana.runs(&commands);
    let done = [create, add, item_add, agree, show, turn_add];
    let all = commands.iter().chain(&done);
    all.map(|command| word(&command["command"])).collect()
}
