//! What one command does in several documents is whole or not at all, and views are built no further than something changed.

use serde_json::json;

use super::*;

/// One command at a time, milliseconds since 1970.
#[expect(
    clippy::needless_pass_by_value,
    reason = "what is asked reads as it is written"
)]
fn at(person: &mut Person, now: i64, command: Value) -> Result<Value, CommandError> {
    let command = Command::parse(&command.to_string()).unwrap();
    let answer = person
        .replica
        .execute(command, &Moment::real().at(now))
        .inspect_err(|error| assert!(!error.message.is_empty()));
    person.replica.commit().unwrap();
    answer
}

fn sees_at(person: &mut Person, network: &NetworkId, now: i64) -> NetworkView {
    let live = Live {
        today: "2026-11-28".into(),
        now: u64::try_from(now).unwrap(),
        ..Live::default()
    };
    let view = person.replica.view(1, &live).unwrap();
    NetworkView::clone(view.network(network).unwrap())
}

fn text_of(ms: i64) -> String {
    jiff::Timestamp::from_millisecond(ms).unwrap().to_string()
}

/// A vote that is open for a minute, and when it ends.
fn vote(person: &mut Person, network: NetworkId, now: i64) -> (DocId, i64) {
    let create = json!({
        "command": "decision.create", "network": network, "title": "Ouvrir ?", "template": "vote",
    });
    let decision: DocId = named(&at(person, now, create).unwrap(), "decision");
    let closes = now + 60_000;
    let start = json!({
        "command": "decision.start", "network": network, "decision": decision,
        "closes": text_of(closes),
    });
    at(person, now, start).unwrap();
    (decision, closes)
}

fn cast(network: NetworkId, decision: DocId, stance: &str) -> Value {
    json!({
        "command": "ballot.cast", "network": network, "decision": decision,
        "answer": { "kind": "stance", "stance": stance },
    })
}

fn undo(network: NetworkId) -> Value {
    json!({ "command": "history.undo", "network": network })
}

#[test]
fn a_ballot_is_undone_while_it_is_open_and_after_the_end_that_is_refused_and_older_steps_go_on() {
    let mut ana = Person::new("Ana");
    let network = ana.founds("Le réseau");
    let now = Moment::real().now;
    let page = json!({ "command": "page.create", "network": network, "title": "Carnet" });
    at(&mut ana, now, page).unwrap();
    let (decision, closes) = vote(&mut ana, network, now);
    let voted = |ana: &mut Person, now| sees_at(ana, &network, now).decisions.decisions[0].voted;
    at(&mut ana, now + 1, cast(network, decision, "for")).unwrap();
    assert!(voted(&mut ana, now + 1));
    at(&mut ana, now + 2, undo(network)).unwrap();
    assert!(!voted(&mut ana, now + 2));
    let redo = json!({ "command": "history.redo", "network": network });
    at(&mut ana, now + 3, redo).unwrap();
    assert!(voted(&mut ana, now + 3));

    let refused = at(&mut ana, closes, undo(network)).unwrap_err();
    assert_eq!(refused.code, "ballot-stays");
    assert!(voted(&mut ana, closes), "it stands");
    // What came before it is not locked in behind it.
    at(&mut ana, closes, undo(network)).unwrap();
    at(&mut ana, closes, undo(network)).unwrap();
    let view = sees_at(&mut ana, &network, closes);
    assert!(
        view.decisions.decisions.is_empty(),
        "it was begun after the page"
    );
    assert_eq!(view.library.pages.len(), 1);
}

#[test]
fn no_ballot_takes_the_place_of_one_that_bears_the_closing_moment_itself() {
    let mut ana = Person::new("Ana");
    let network = ana.founds("Le réseau");
    let now = Moment::real().now;
    let (decision, closes) = vote(&mut ana, network, now);
    at(&mut ana, closes - 1, cast(network, decision, "for")).unwrap();
    // Her clock is put back, and she thinks again: what she says now still comes after.
    at(&mut ana, now + 5, cast(network, decision, "against")).unwrap();
    let last = at(&mut ana, now + 6, cast(network, decision, "for")).unwrap_err();
    assert_eq!(last.code, "ballot-last-moment");
    at(
        &mut ana,
        now + 7,
        json!({ "command": "decision.open", "network": network, "decision": decision }),
    )
    .unwrap();
    let view = sees_at(&mut ana, &network, closes + 1);
    let mine = view.open_decisions[0].mine.clone().unwrap();
    assert_eq!(mine.at, closes, "at the closing moment itself is in time");
    assert!(view.open_decisions[0].after_close == 0 && view.open_decisions[0].voted == 1);
}

#[test]
fn what_takes_two_documents_is_refused_before_either_changes() {
    let mut ana = Person::new("Ana");
    let network = ana.founds("Le réseau");
    let now = Moment::real().now;
    let (decision, _) = vote(&mut ana, network, now);
    let state = |ana: &Person| {
        let network = ana.replica.network_ref(&network).unwrap();
        (network.heads.clone(), network.undo.counts())
    };
    // The first edit could be made; the second is of a kind that its document does not take.
    let before = state(&ana);
    let plan = DocId::singleton(&network, DocKind::Plan);
    let charter = DocId::singleton(&network, DocKind::Charter);
    let add = tresse_model::Edit::AddAction {
        id: tresse_model::ItemId::from_bytes([1; 10]),
        title: "Louer la salle".into(),
        fields: Vec::new(),
    };
    let long = tresse_model::Edit::SetCharter {
        field: tresse_model::CharterField::Language,
        value: Some("x".repeat(100_000)),
    };
    let tried =
        ana.replica
            .apply_together(&network, &[(plan, add), (charter, long)], &Moment::real());
    assert!(tried.is_err());
    assert_eq!(state(&ana), before);
    // And one that is made is one step.
    let act = json!({
        "command": "decision.act", "network": network, "decision": decision, "title": "Louer la salle",
    });
    let too_long = json!({
        "command": "decision.act", "network": network, "decision": decision, "title": "x".repeat(100_000),
    });
    at(&mut ana, now, too_long).unwrap_err();
    assert_eq!(state(&ana), before);
    at(&mut ana, now, act).unwrap();
    assert_eq!(ana.sees_network(&network).plan.content.actions.len(), 1);
    at(&mut ana, now, undo(network)).unwrap();
    assert_eq!(ana.sees_network(&network).plan.content.actions.len(), 0);
    assert_eq!(ana.sees_network(&network).decisions.decisions[0].actions, 0);
}

#[test]
fn letters_typed_in_a_page_work_nothing_out_but_the_page_and_the_list() {
    let mut ana = Person::new("Ana");
    let network = ana.founds("Le réseau");
    let now = Moment::real().now;
    let made = json!({ "command": "page.create", "network": network, "title": "Carnet", "text": "Bonjour" });
    let page: DocId = named(&at(&mut ana, now, made).unwrap(), "page");
    let (decision, _) = vote(&mut ana, network, now);
    let meeting = json!({ "command": "meeting.create", "network": network, "title": "Comité", "on": "2026-11-20" });
    let meeting: DocId = named(&at(&mut ana, now, meeting).unwrap(), "meeting");
    for (word, doc) in [("page", page), ("decision", decision), ("meeting", meeting)] {
        let command = format!("{word}.open");
        at(
            &mut ana,
            now,
            json!({ "command": command, "network": network, word: doc }),
        )
        .unwrap();
    }
    at(&mut ana, now, cast(network, decision, "for")).unwrap();
    sees_at(&mut ana, &network, now);
    let work = |ana: &Person| ana.replica.network_ref(&network).unwrap().views.work;
    let before = work(&ana);
    for letter in 0..20 {
        let edit = Command::PageEdit {
            network,
            page,
            edit: text(&format!("Bonjour {letter}")),
        };
        ana.does(edit);
        let view = sees_at(&mut ana, &network, now);
        assert_eq!(
            &*view.page(&page).unwrap().body.text,
            format!("Bonjour {letter}")
        );
        assert_eq!(view.library.pages[0].excerpt, format!("Bonjour {letter}"));
    }
    assert_eq!(work(&ana), before);
    // What one looked at neither.
    let seen = ana.does(Command::SeenMark {
        network,
        documents: Vec::new(),
    });
    assert_ne!(seen["seen"], 0);
    let view = sees_at(&mut ana, &network, now);
    assert!(view.home.since.ever, "and it is known");
    assert_eq!(work(&ana), before);
    // A ballot is what makes the register worked out again, and reads the notebook.
    at(&mut ana, now + 9, cast(network, decision, "against")).unwrap();
    sees_at(&mut ana, &network, now + 9);
    let after = work(&ana);
    assert_eq!(after.notebooks, before.notebooks + 1);
    assert_eq!(after.registers, before.registers + 1);
    // A name that changes shows in what follows from it.
    ana.does(Command::PageSet {
        network,
        page,
        field: PageField::Title,
        value: Some("Cahier".into()),
    });
    assert_eq!(
        sees_at(&mut ana, &network, now + 9).library.pages[0].title,
        "Cahier"
    );
    assert_eq!(work(&ana).follows, after.follows + 1);
}

#[test]
fn an_archive_is_of_what_notebooks_say_as_well_and_not_of_what_their_owners_looked_at() {
    let mut ana = Person::new("Ana");
    let network = ana.founds("Le réseau");
    let now = Moment::real().now;
    let (decision, closes) = vote(&mut ana, network, now);
    at(&mut ana, now, cast(network, decision, "for")).unwrap();
    let propose =
        json!({ "command": "closing.propose", "network": network, "outcome": "purpose-met" });
    let state = ana.replica.archived_state(&network).unwrap();
    ana.does(Command::SeenMark {
        network,
        documents: Vec::new(),
    });
    assert_eq!(ana.replica.archived_state(&network).unwrap(), state);
    // A count stands in a notebook alone.
    let count = json!({ "command": "ballot.count", "network": network, "decision": decision });
    at(&mut ana, closes + 1, count).unwrap();
    assert_ne!(ana.replica.archived_state(&network).unwrap(), state);
    at(&mut ana, closes + 2, propose).unwrap();
    assert_eq!(ana.replica.archives_due(), [(network, true)]);
    let at_close = ana.replica.archived_state(&network).unwrap();
    ana.replica
        .keep_archive(&network, at_close, "archives/a", &Moment::real())
        .unwrap();
    ana.replica.commit().unwrap();
    assert!(ana.replica.archives_due().is_empty());
    assert!(
        ana.reopens().replica.archives_due().is_empty(),
        "nor after a restart"
    );
}

#[test]
fn meetings_facilitated_and_ballots_given_stand_among_contributions() {
    use crate::ContributionKind as Kind;
    let mut ana = Person::new("Ana");
    let network = ana.founds("Le réseau");
    let now = Moment::real().now;
    let me = ana.replica.me_in(&network).unwrap();
    at(
        &mut ana,
        now,
        json!({ "command": "contribution.open", "network": network }),
    )
    .unwrap();
    for (title, on) in [
        ("Comité", "2026-11-20"),
        ("Annulée", "2026-11-21"),
        ("À venir", "2099-01-01"),
    ] {
        let meeting =
            json!({ "command": "meeting.create", "network": network, "title": title, "on": on });
        let meeting: DocId = named(&at(&mut ana, now, meeting).unwrap(), "meeting");
        let part = json!({
            "command": "meeting.part", "network": network, "meeting": meeting, "part": "facilitator", "member": me,
        });
        at(&mut ana, now, part).unwrap();
        if title == "Annulée" {
            let cancel = json!({
                "command": "meeting.set", "network": network, "meeting": meeting, "field": "state", "value": "cancelled",
            });
            at(&mut ana, now, cancel).unwrap();
        }
    }
    let gave = |ana: &mut Person, kind: Kind| {
        let view = sees_at(ana, &network, now + 10);
        let mine = view.contributions.unwrap().members[0].given.clone();
        mine.into_iter().find(|one| one.kind == kind)
    };
    let facilitated = gave(&mut ana, Kind::Facilitated).unwrap();
    assert_eq!(
        (facilitated.count, facilitated.things[0].title.as_str()),
        (1, "Comité")
    );
    assert_eq!(gave(&mut ana, Kind::Ballots), None);
    let (decision, _) = vote(&mut ana, network, now);
    at(&mut ana, now + 1, cast(network, decision, "for")).unwrap();
    at(&mut ana, now + 2, cast(network, decision, "against")).unwrap();
    let ballots = gave(&mut ana, Kind::Ballots).unwrap();
    assert_eq!(ballots.count, 1, "thinking again is no second ballot");
    assert!(ballots.things.is_empty(), "in which decision is not said");
    let take_back =
        json!({ "command": "ballot.withdraw", "network": network, "decision": decision });
    at(&mut ana, now + 3, take_back).unwrap();
    assert_eq!(
        gave(&mut ana, Kind::Ballots),
        None,
        "what was taken back is none"
    );
}

#[test]
fn a_line_of_the_minutes_is_made_once_however_often_it_is_asked_for_until_it_is_taken_away() {
    let mut ana = Person::new("Ana");
    let network = ana.founds("Le réseau");
    let now = Moment::real().now;
    let meeting = json!({ "command": "meeting.create", "network": network, "title": "Comité", "on": "2026-11-20" });
    let meeting: DocId = named(&at(&mut ana, now, meeting).unwrap(), "meeting");
    let make = |what: &str, line: &str| json!({ "command": "meeting.make", "network": network, "meeting": meeting, "line": line, "what": what });
    for (what, other, remove) in [
        ("action", "decision", "action.remove"),
        ("decision", "action", "decision.remove"),
    ] {
        let line = format!("- Louer la salle ({what})");
        let count = |ana: &mut Person| {
            let view = sees_at(ana, &network, now);
            if what == "action" {
                view.plan.content.actions.len()
            } else {
                view.decisions.decisions.len()
            }
        };
        let before = count(&mut ana);
        let steps = |ana: &Person| ana.replica.network_ref(&network).unwrap().undo.counts();
        let first = at(&mut ana, now, make(what, &line)).unwrap();
        let done = steps(&ana);
        let again = at(&mut ana, now, make(what, &format!(" {line} "))).unwrap();
        assert_eq!(again, first, "the same is answered");
        assert_eq!(steps(&ana), done, "and there is no more to undo");
        assert_eq!(count(&mut ana), before + 1);

        at(&mut ana, now, undo(network)).unwrap();
        assert_eq!(count(&mut ana), before);
        let second = at(&mut ana, now, make(what, &line)).unwrap();
        assert_ne!(second, first, "what was undone is made anew");
        let gone = json!({ "command": remove, "network": network, what: second[what] });
        at(&mut ana, now, gone).unwrap();
        let third = at(&mut ana, now, make(what, &line)).unwrap();
        assert_ne!(third, second, "and so is what lies in the bin");
        let beside = at(&mut ana, now, make(other, &line)).unwrap();
        assert!(beside[other].is_string(), "of another sort it is made too");
        at(&mut ana, now, undo(network)).unwrap();
    }
}
