//! Members who share a role, hand it on in turn, swap turns, and speak with who pilots: each on their own machine.

use serde_json::{Value, json};
use tresse_tests::{Peer, word};

use crate::planning::{c, made};

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
