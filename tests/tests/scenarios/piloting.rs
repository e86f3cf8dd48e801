//! Members who share a role, hand it on in turn, swap turns, and speak with who pilots: each on their own machine.

use jiff::{Span, civil::Date};
use serde_json::{Value, json};
use tresse_engine::Moment;
use tresse_tests::{Peer, word};

use crate::planning::{c, made, meet, two};

/// Three people in one network, two of them with all that the first has.
fn three() -> ([Peer; 3], String) {
    let people = [Peer::named("Ana"), Peer::named("Bo"), Peer::named("Cy")];
    let network = people[0].founds("Les bords du fleuve");
    let (door, ticket) = people[0].welcomes(&network, 2);
    people[1].joins(&ticket);
    people[2].joins(&ticket);
    door.stops();
    all_meet(&people, &network);
    (people, network)
}

fn all_meet(people: &[Peer; 3], network: &str) {
    let [first, others @ ..] = people;
    let door = first.serves();
    for peer in others.iter().chain(others) {
        peer.meets(&door);
    }
    door.stops();
    for peer in others {
        assert_eq!(first.digest(network), peer.digest(network));
    }
}

/// A role as a peer sees it.
fn role(peer: &Peer, network: &str, role: &str) -> Value {
    let view = peer.sees(network, "roles");
    let mut roles = view["roles"].as_array().unwrap().iter();
    roles.find(|one| one["role"] == role).unwrap().clone()
}

/// The names of who has the turn that runs and those that come.
fn turns(peer: &Peer, network: &str) -> Vec<String> {
    let names = &peer.sees(network, "roles")["names"];
    let round = &role(peer, network, "pilot")["rotation"];
    let coming = round["coming"].as_array().unwrap().iter();
    let all = std::iter::once(&round["current"]).chain(coming);
    all.map(|turn| word(&names[word(&turn["member"])]))
        .collect()
}

fn codes(peer: &Peer, network: &str) -> Vec<String> {
    let warnings = peer.sees(network, "roles")["warnings"].clone();
    let warnings = warnings.as_array().unwrap().iter();
    warnings.map(|one| word(&one["code"])).collect()
}

/// Ten years each from 2020 on: whichever year this runs in, somebody's turn runs and the next are to come.
fn goes_round(peer: &Peer, network: &str) {
    let set = |field: &str, value: &str| {
        let said = json!({ "role": "pilot", "field": field, "value": value });
        c(network, "role.set", said)
    };
    peer.runs(&[
        set("remit", "Tenir la feuille de route"),
        set("start", "2020-01-01"),
        set("term", "10 ans"),
    ]);
}

#[test]
fn an_order_made_by_two_apart_gives_every_peer_the_same_turns_and_hand_over_days() {
    let (people, network) = three();
    let n = network.as_str();
    let [ana, bo, cy] = &people;
    let turn = |who: &Peer, before: Option<&Peer>| {
        let before = before.map(Peer::member);
        let said = json!({ "role": "Pilot", "member": who.member(), "before": before });
        c(n, "rotation.turn", said)
    };
    // Apart, Ana says how turns go and puts two in; Bo puts in others, himself before them.
    goes_round(ana, n);
    ana.runs(&[turn(ana, None), turn(bo, None)]);
    bo.runs(&[turn(cy, None), turn(bo, Some(cy))]);
    all_meet(&people, n);
    let expected = turns(ana, n);
    let order = role(ana, n, "pilot")["rotation"]["order"]
        .as_array()
        .unwrap()
        .len();
    assert_eq!((order, expected.len()), (3, 4), "{expected:?}");
    for peer in &people {
        assert_eq!(turns(peer, n), expected);
        assert_eq!(
            peer.sees(n, "roles")["roles"],
            ana.sees(n, "roles")["roles"]
        );
        assert_eq!(codes(peer, n), ["hand-over-due"]);
    }
    let round = role(ana, n, "pilot")["rotation"].clone();
    assert_eq!(round["current"]["from"], "2020-01-01");
    assert_eq!(round["next"]["from"], "2030-01-01");

    // Two record the hand-over at once, apart: one holds the role, and both stand for it.
    let hand_over = || c(n, "rotation.hand_over", json!({ "role": "pilot" }));
    let first = ana.does(hand_over());
    let second = bo.does(hand_over());
    assert_eq!(first["holder"], second["holder"]);
    assert_eq!(ana.may_not(hand_over()).code, "hand-over-early");
    all_meet(&people, n);
    for peer in &people {
        let holders = role(peer, n, "pilot")["holders"].clone();
        assert_eq!(holders.as_array().unwrap().len(), 1, "{holders}");
        assert_eq!(holders[0]["mandates"].as_array().unwrap().len(), 2);
        assert_eq!(holders[0]["to"], "2029-12-31");
        assert_eq!(codes(peer, n), ["nobody-facilitates"]);
    }

    // Somebody leaves: their turns are passed over, the same way everywhere.
    let names = |peer: &Peer| turns(peer, n);
    let leaver = people.iter().find(|one| one.name() == expected[1]).unwrap();
    leaver.does(c(n, "network.leave", json!({})));
    let stay: Vec<&Peer> = people
        .iter()
        .filter(|one| one.name() != leaver.name())
        .collect();
    // Nobody who left is met again: the others are told on a stick.
    let file = leaver.path("adieu.tresse-bundle");
    let file = file.to_str().unwrap();
    leaver.verb(["bundle", "make", n, file]).one();
    for peer in &stay {
        peer.verb(["bundle", "take", file]).one();
    }
    for peer in &stay {
        assert!(!names(peer).contains(&leaver.name().to_owned()));
        assert_eq!(names(peer), names(stay[0]));
        assert_eq!(names(peer)[0], expected[0]);
        peer.is_sound();
    }
}

#[test]
fn a_swap_takes_the_word_of_both_and_either_takes_it_back_before_it_begins() {
    let (people, network) = three();
    let n = network.as_str();
    let [ana, bo, cy] = &people;
    goes_round(ana, n);
    for who in &people {
        ana.does(c(
            n,
            "rotation.turn",
            json!({ "role": "pilot", "member": who.member() }),
        ));
    }
    all_meet(&people, n);
    assert_eq!(turns(bo, n), ["Ana", "Bo", "Cy", "Ana"]);
    let swap = |mine: &str, theirs: &str, with: &Peer, withdraw: bool| {
        let said = json!({
            "role": "pilot", "mine": mine, "theirs": theirs, "with": with.member(), "withdraw": withdraw,
        });
        c(n, "swap.agree", said)
    };

    // What is no swap gets a sentence, and nothing changes.
    assert_eq!(
        bo.may_not(swap("2031-01-01", "2040-01-01", cy, false)).code,
        "not-their-turn"
    );
    assert_eq!(
        bo.may_not(swap("2030-01-01", "2040-01-01", ana, false))
            .code,
        "not-their-turn"
    );
    assert_eq!(
        bo.may_not(swap("2030-01-01", "2030-01-01", bo, false)).code,
        "swap-alone"
    );
    assert_eq!(
        ana.may_not(swap("2020-01-01", "2030-01-01", bo, false))
            .code,
        "turn-begun"
    );

    // Apart, Bo and Cy each say so without knowing of the other: it holds once they meet.
    bo.does(swap("2030-01-01", "2040-01-01", cy, false));
    assert_eq!(
        turns(bo, n),
        ["Ana", "Bo", "Cy", "Ana"],
        "one word is not enough"
    );
    cy.does(swap("2040-01-01", "2030-01-01", bo, false));
    all_meet(&people, n);
    for peer in &people {
        assert_eq!(turns(peer, n), ["Ana", "Cy", "Bo", "Ana"]);
        let swaps = role(peer, n, "pilot")["rotation"]["swaps"].clone();
        assert_eq!(
            (swaps.as_array().unwrap().len(), &swaps[0]["state"]),
            (1, &json!("agreed"))
        );
    }

    // Cy thinks better of it; Bo, asked again, sees that it waits for Cy's word, and Cy sees nothing that waits for his.
    cy.does(swap("2040-01-01", "2030-01-01", bo, true));
    all_meet(&people, n);
    for peer in &people {
        assert_eq!(turns(peer, n), ["Ana", "Bo", "Cy", "Ana"]);
    }
    let asked = |peer: &Peer| peer.sees(n, "roles")["asked"].clone();
    assert_eq!(asked(cy)[0]["asked"], "swap");
    assert_eq!(asked(bo), json!([]));
    bo.does(swap("2030-01-01", "2040-01-01", cy, true));
    all_meet(&people, n);
    assert_eq!(asked(cy), json!([]));
    assert_eq!(role(ana, n, "pilot")["rotation"]["swaps"], json!([]));
}

#[test]
fn a_mandate_that_two_end_apart_is_over_once_and_everybody_reads_who_gave_and_who_ended_it() {
    let (people, network) = three();
    let n = network.as_str();
    let [ana, bo, cy] = &people;
    let give = |role: &str, who: &Peer| {
        let said = json!({ "role": role, "holder": who.member(), "from": "2020-01-01" });
        made(ana, c(n, "mandate.give", said), "mandate")
    };
    let pilot = give("pilot", bo);
    give("secretary", cy);
    all_meet(&people, n);
    let end = || c(n, "mandate.end", json!({ "mandate": pilot }));
    ana.does(end());
    bo.does(end());
    assert_eq!(bo.may_not(end()).code, "no-mandate");
    all_meet(&people, n);

    let told = |peer: &Peer| {
        let members = peer.sees(n, "members");
        let before = role(peer, n, "pilot")["before"].clone();
        (members["ended_mandates"].clone(), before)
    };
    let (ended, before) = told(ana);
    for peer in &people {
        assert_eq!(told(peer), (ended.clone(), before.clone()));
        let names = &peer.sees(n, "roles")["names"];
        assert_eq!(names[bo.member().as_str()], "Bo");
        assert_eq!(peer.sees(n, "members")["mandates"][0]["role"], "secretary");
        peer.is_sound();
    }
    assert_eq!(ended.as_array().unwrap().len(), 1, "{ended}");
    assert_eq!(
        (&ended[0]["id"], &ended[0]["by"], &ended[0]["holder"]),
        (&json!(pilot), &json!(ana.member()), &json!(bo.member()))
    );
    assert_eq!(before.as_array().unwrap().len(), 1, "{before}");
    assert_eq!(
        (&before[0]["member"], &before[0]["from"], &before[0]["by"]),
        (
            &json!(bo.member()),
            &json!("2020-01-01"),
            &json!([ana.member()])
        )
    );
    assert_eq!(before[0]["ended_by"], ended[0]["ended_by"]);
    assert_eq!(role(cy, n, "secretary")["before"], json!([]));
}

#[test]
fn feedback_and_its_answers_written_apart_stand_in_one_order_and_become_an_objective() {
    let (people, network) = three();
    let n = network.as_str();
    let [ana, bo, cy] = &people;
    let give = |role: &str, who: &Peer| {
        let said = json!({ "role": role, "holder": who.member(), "from": "2020-01-01" });
        c(n, "mandate.give", said)
    };
    // Ana and Bo share the piloting; Ana, who pilots, names Cy alone.
    ana.runs(&[
        give("pilot", ana),
        give("pilot", bo),
        give("facilitator", cy),
    ]);
    all_meet(&people, n);
    assert_eq!(role(cy, n, "pilot")["holders"].as_array().unwrap().len(), 2);
    assert_eq!(codes(cy, n), ["named-by-pilot-alone"]);
    // A member who does not pilot stands for it too.
    cy.does(give("facilitator", cy));
    assert_eq!(codes(cy, n), Vec::<String>::new());

    let say = |text: &str, thread: Option<&str>| {
        c(n, "feedback.add", json!({ "text": text, "thread": thread }))
    };
    let begun = made(
        cy,
        say("Trop de réunions, trop peu de traces.", None),
        "feedback",
    );
    all_meet(&people, n);
    assert_eq!(ana.sees(n, "roles")["asked"][0]["asked"], "feedback");
    assert_eq!(cy.sees(n, "roles")["asked"], json!([]));
    // Both pilots answer at once, apart, and Cy adds something.
    ana.does(say("Une réunion sur deux, alors.", Some(&begun)));
    bo.does(say("Et une trace pour chacune.", Some(&begun)));
    cy.does(say("Dès cet hiver ?", Some(&begun)));
    all_meet(&people, n);
    let threads = |peer: &Peer| {
        let mut threads = peer.sees(n, "roles")["threads"].clone();
        for post in threads[0]["posts"].as_array_mut().unwrap() {
            post["mine"] = json!(null);
        }
        let thread = &threads[0];
        (
            thread["posts"].clone(),
            thread["unanswered"].clone(),
            thread["objective"].clone(),
        )
    };
    let (posts, ..) = threads(ana);
    assert_eq!(posts.as_array().unwrap().len(), 4);
    assert_eq!(posts[0]["roles"], json!(["facilitator"]));
    assert_eq!((threads(ana), threads(bo)), (threads(bo), threads(cy)));
    assert_eq!(
        cy.may_not(say("?", Some("aaaaaaaaaaaaaaaa"))).code,
        "not-found"
    );
    assert_eq!(cy.may_not(say("  ", Some(&begun))).code, "empty");
    // Nobody rewords what another wrote: it stands in that one's notebook.
    let reword = json!({ "feedback": begun, "text": "Tout va bien." });
    assert_eq!(ana.may_not(c(n, "feedback.set", reword)).code, "not-found");

    // Bo makes an objective of it: undone and done again as one.
    let objective = |title: &str| {
        c(
            n,
            "feedback.objective",
            json!({ "thread": begun, "title": title, "deadline": "2093-01-01" }),
        )
    };
    assert_eq!(bo.may_not(objective(" ")).code, "empty");
    let answers = bo.runs(&[
        objective("Une trace par réunion"),
        c(n, "history.undo", json!({})),
    ]);
    assert_eq!(bo.sees(n, "plan")["content"]["objectives"], json!([]));
    assert_eq!(threads(bo).0.as_array().unwrap().len(), 4, "{answers:?}");
    bo.runs(&[
        objective("Une trace par réunion"),
        c(n, "history.undo", json!({})),
        c(n, "history.redo", json!({})),
    ]);
    all_meet(&people, n);
    for peer in &people {
        let (posts, unanswered, made) = threads(peer);
        assert_eq!(
            (posts.as_array().unwrap().len(), &unanswered),
            (5, &json!(false))
        );
        let plan = peer.sees(n, "plan")["content"]["objectives"].clone();
        assert_eq!(
            (&plan[0]["id"], &plan[0]["title"]),
            (&made, &json!("Une trace par réunion"))
        );
        assert_eq!(plan.as_array().unwrap().len(), 1);
        peer.is_sound();
    }
}

#[test]
fn where_things_are_is_one_page_whoever_begins_it_and_what_is_open_is_handed_over() {
    let (people, network) = three();
    let n = network.as_str();
    let [ana, bo, _] = &people;
    let begin = |title: &str| {
        c(
            n,
            "hand-over.page",
            json!({ "role": "pilot", "title": title }),
        )
    };
    goes_round(ana, n);
    for who in &people {
        ana.does(c(
            n,
            "rotation.turn",
            json!({ "role": "pilot", "member": who.member() }),
        ));
    }
    ana.runs(&[
        c(n, "rotation.hand_over", json!({ "role": "pilot" })),
        c(
            n,
            "action.add",
            json!({ "title": "Réserver la salle", "owner": ana.member(), "due": "2020-05-01" }),
        ),
        c(
            n,
            "action.add",
            json!({ "title": "Relire", "owner": bo.member() }),
        ),
    ]);
    all_meet(&people, n);

    // Both begin the page apart: it is the same, and what each writes stays.
    let (page, again) = (
        made(ana, begin("Passation"), "page"),
        made(bo, begin("Passation"), "page"),
    );
    assert_eq!(page, again);
    let write = |text: &str| {
        c(
            n,
            "page.edit",
            json!({ "page": page, "at": 0, "delete": 0, "insert": text }),
        )
    };
    ana.does(write("Les clés : à la mairie.\n"));
    bo.does(write("Le compte : à la poste.\n"));
    all_meet(&people, n);
    for peer in &people {
        let text = peer.text(n, &page);
        assert!(text.contains("mairie") && text.contains("poste"), "{text}");
        let hand_over = role(peer, n, "pilot")["hand_over"].clone();
        assert_eq!(hand_over["page"], page.as_str());
        assert_eq!(
            (&hand_over["on"], &hand_over["to"]),
            (&json!("2030-01-01"), &json!(bo.member()))
        );
        let open = hand_over["open"].as_array().unwrap();
        assert_eq!(
            (open.len(), &open[0]["title"]),
            (1, &json!("Réserver la salle"))
        );
        assert_eq!(open[0]["late"], true);
    }

    // In the bin it is offered no more; begun again it comes out, with what it said.
    ana.does(c(n, "page.remove", json!({ "page": page })));
    assert_eq!(role(ana, n, "pilot")["hand_over"]["page"], json!(null));
    ana.does(begin("Une autre"));
    assert_eq!(role(ana, n, "pilot")["hand_over"]["page"], page.as_str());
    assert!(ana.text(n, &page).contains("mairie"));

    let refused = |rest: Value| ana.may_not(c(n, "role.set", rest)).code;
    assert_eq!(
        refused(json!({ "role": " ", "field": "remit", "value": "x" })),
        "bad-role"
    );
    assert_eq!(
        refused(json!({ "role": "pilot", "field": "term", "value": "parfois" })),
        "bad-term"
    );
    assert_eq!(
        refused(json!({ "role": "pilot", "field": "start", "value": "hier" })),
        "bad-date"
    );
    let stranger = format!("mem-{}", "a".repeat(32));
    let turn = c(
        n,
        "rotation.turn",
        json!({ "role": "pilot", "member": stranger }),
    );
    assert_eq!(ana.may_not(turn).code, "no-member");
    let unheard = c(n, "rotation.hand_over", json!({ "role": "treasurer" }));
    assert_eq!(ana.may_not(unheard).code, "no-rotation");
}

/// A day so many days from today.
fn in_days(days: i64) -> String {
    let today: Date = Moment::real().today().parse().unwrap();
    (today + Span::new().days(days)).to_string()
}

/// What roles ask of somebody, as their first page says it.
fn asked_at_home(peer: &Peer, network: &str) -> Vec<Value> {
    let asked = peer.sees(network, "home")["asked"].clone();
    let asked = asked.as_array().unwrap().iter();
    asked.filter(|one| one["what"] == "role").cloned().collect()
}

#[test]
fn what_two_record_apart_breaks_rules_that_both_are_told_alike_and_undoing_mends() {
    let (ana, bo, network) = two();
    let n = network.as_str();
    let give = |role: &str, who: &Peer, to: Option<&str>| {
        let said = json!({ "role": role, "holder": who.member(), "from": "2020-01-01", "to": to });
        c(n, "mandate.give", said)
    };
    let set = |field: &str, value: &str| {
        let said = json!({ "role": "coordinator", "field": field, "value": value });
        c(n, "role.set", said)
    };
    // Apart: Ana records that she pilots, and a treasurer of long ago; Bo that Ana facilitates, and a rotation that nobody is in.
    ana.runs(&[
        give("pilot", &ana, None),
        give("treasurer", &bo, Some("2020-12-31")),
    ]);
    bo.runs(&[
        give("facilitator", &ana, None),
        set("start", "2020-01-01"),
        set("term", "10 ans"),
    ]);
    assert_eq!(codes(&ana, n), ["nobody-facilitates", "mandate-ended"]);
    assert_eq!(codes(&bo, n), ["rotation-empty"]);
    meet(&ana, &bo, n);
    let warnings = |peer: &Peer| peer.sees(n, "roles")["warnings"].clone();
    assert_eq!(warnings(&ana), warnings(&bo));
    assert_eq!(
        codes(&ana, n),
        ["facilitator-is-pilot", "mandate-ended", "rotation-empty"]
    );
    let told = warnings(&bo);
    assert_eq!(told[0]["member"], ana.member());
    assert_eq!(
        (&told[1]["role"], &told[1]["member"], &told[1]["day"]),
        (
            &json!("treasurer"),
            &json!(bo.member()),
            &json!("2020-12-31")
        )
    );
    for peer in [&ana, &bo] {
        assert_eq!(peer.sees(n, "home")["warnings"], told);
    }

    // Bo steps in: the hand-over to him is recorded, taken back as one, and recorded again.
    let turn = c(
        n,
        "rotation.turn",
        json!({ "role": "coordinator", "member": bo.member() }),
    );
    let hand_over = || c(n, "rotation.hand_over", json!({ "role": "coordinator" }));
    let undo = || c(n, "history.undo", json!({}));
    let holders = |peer: &Peer| role(peer, n, "coordinator")["holders"].clone();
    let answers = bo.runs(&[turn, hand_over(), undo()]);
    assert_eq!(answers[2]["undone"], 1, "{answers:?}");
    meet(&ana, &bo, n);
    for peer in [&ana, &bo] {
        assert_eq!(holders(peer), json!([]));
        assert!(codes(peer, n).contains(&"hand-over-due".to_owned()));
    }
    let answers = bo.runs(&[hand_over(), undo(), c(n, "history.redo", json!({}))]);
    assert_eq!(answers[2]["redone"], 1, "{answers:?}");
    meet(&ana, &bo, n);
    assert_eq!(holders(&ana), holders(&bo));
    assert_eq!(holders(&ana)[0]["member"], bo.member());
    assert_eq!(
        codes(&ana, n),
        ["facilitator-is-pilot", "mandate-ended"],
        "the turn is recorded"
    );
    ana.is_sound();
    bo.is_sound();
}

#[test]
fn a_hand_over_or_the_end_of_a_mandate_that_is_near_stands_on_the_first_page_of_whom_it_concerns() {
    let (ana, bo, network) = two();
    let n = network.as_str();
    let (soon, far) = (in_days(10), in_days(200));
    let give = |role: &str, who: &Peer, from: &str, to: &str| {
        let said = json!({ "role": role, "holder": who.member(), "from": from, "to": to });
        c(n, "mandate.give", said)
    };
    let set = |field: &str, value: &str| {
        let said = json!({ "role": "pilot", "field": field, "value": value });
        c(n, "role.set", said)
    };
    let turn = |who: &Peer| {
        let said = json!({ "role": "pilot", "member": who.member() });
        c(n, "rotation.turn", said)
    };
    // Ana arranges the turns; apart, Bo records that he pilots until then, and two roles that do not go round.
    ana.runs(&[set("start", &soon), set("term", "6 mois"), turn(&ana)]);
    bo.runs(&[
        turn(&bo),
        give("pilot", &bo, "2020-01-01", &far),
        give("secretary", &bo, "2020-01-01", &soon),
        give("treasurer", &bo, "2020-01-01", &far),
    ]);
    meet(&ana, &bo, n);

    let first = role(&ana, n, "pilot")["rotation"]["next"]["member"].clone();
    assert_eq!(first, role(&bo, n, "pilot")["rotation"]["next"]["member"]);
    let ends = json!({ "what": "role", "asked": "mandate-ends", "role": "secretary", "on": soon });
    let of_bo = asked_at_home(&bo, n);
    assert!(of_bo.contains(&ends), "{of_bo:?}");
    assert!(!asked_at_home(&ana, n).contains(&ends));
    assert!(of_bo.iter().all(|one| one["role"] != "treasurer"));
    let near = |peer: &Peer| {
        let asked = asked_at_home(peer, n).into_iter();
        let mut near = asked.filter(|one| one["asked"] == "hand-over");
        near.next()
    };
    // Whoever of the two stands first in the order: only if Ana takes over from Bo is anything handed over.
    if first == ana.member() {
        let (hers, his) = (near(&ana).unwrap(), near(&bo).unwrap());
        assert_eq!(
            (&hers["mine"], &hers["due"], &hers["on"]),
            (&json!(true), &json!(false), &json!(soon))
        );
        assert_eq!((&his["mine"], &his["to"]), (&json!(false), &first));
    } else {
        assert_eq!((near(&ana), near(&bo)), (None, None));
    }

    // Once it is recorded who comes after, nothing waits any more.
    ana.does(give("secretary", &ana, &in_days(11), &far));
    meet(&ana, &bo, n);
    assert!(!asked_at_home(&bo, n).contains(&ends));
}

#[test]
fn mandates_and_hand_overs_that_cannot_be_get_a_sentence_and_change_nothing() {
    let ana = Peer::named("Ana");
    let network = ana.founds("Atelier");
    let n = network.as_str();
    let give = |role: &str, from: &str, to: &str| {
        let said = json!({ "role": role, "holder": ana.member(), "from": from, "to": to });
        c(n, "mandate.give", said)
    };
    let pilot = |field: &str, value: &str| {
        let said = json!({ "role": "pilot", "field": field, "value": value });
        c(n, "role.set", said)
    };
    // A hand-over date in the past makes sense: since then it is somebody's turn, and the network is told so.
    ana.runs(&[
        pilot("start", "2020-01-01"),
        pilot("term", "10 ans"),
        c(
            n,
            "rotation.turn",
            json!({ "role": "pilot", "member": ana.member() }),
        ),
    ]);
    let warned = ana.sees(n, "roles")["warnings"][0].clone();
    assert_eq!(
        (&warned["code"], &warned["day"]),
        (&json!("hand-over-due"), &json!("2020-01-01"))
    );
    let before = (ana.digest(n), ana.sees(n, "roles"));
    let long = "é".repeat(40);
    let swap = json!({
        "role": "pilot", "mine": "2020-01-01", "theirs": "2030-01-01", "with": ana.member(),
    });
    for (command, code, says) in [
        (
            give("pilot", "2027-02-01", "2027-01-31"),
            "ends-before-start",
            "from 2027-02-01 on",
        ),
        (give("pilot", "hier", ""), "bad-date", "« hier »"),
        (
            give(&long, "2027-01-01", ""),
            "bad-role",
            "at most 64 letters",
        ),
        (
            give(" ", "2027-01-01", ""),
            "bad-role",
            "at most 64 letters",
        ),
        (give("un\nrôle", "2027-01-01", ""), "bad-role", "one line"),
        (c(n, "swap.agree", swap), "turn-begun", "only turns to come"),
    ] {
        let refused = ana.may_not(command.clone());
        assert_eq!(refused.code, code, "{command}");
        assert!(refused.message.contains(says), "{}", refused.message);
    }
    assert_eq!(before, (ana.digest(n), ana.sees(n, "roles")));
    // A mandate whose days are all past is no mistake: it is who held the role then.
    ana.does(give("secretary", "2019-01-01", "2019-12-31"));
    let held = role(&ana, n, "secretary")["before"].clone();
    assert_eq!(
        (&held[0]["from"], &held[0]["to"]),
        (&json!("2019-01-01"), &json!("2019-12-31"))
    );
}
