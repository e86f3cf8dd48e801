//! A version of the charter that the members adopt by a decision; and members whose programs say that they did.

use serde_json::{Value, json};
use tresse_model::{BallotEdit, DocId, Edit, NetworkId};

use super::{super::Live, Person, named};
use crate::{AskedView, CharterVersionView, Command, CommandError, Moment, NetworkView, meet};

/// Several people with a charter in force, which says how it is decided upon.
pub(super) struct Group {
    pub(super) people: Vec<Person>,
    pub(super) network: NetworkId,
}

const NAMES: [&str; 4] = ["Ana", "Bo", "Cy", "Di"];

pub(super) fn name(who: usize) -> &'static str {
    NAMES[who]
}

impl Group {
    /// Four people whose charter, adopted by consents, asks two thirds of the votes cast and a quorum of three.
    pub(super) fn new() -> Self {
        let mut group = Self::without_a_charter();
        for (field, value) in [("threshold", ">=2/3"), ("quorum", "3")] {
            group.does(
                0,
                json!({ "command": "charter.set", "field": field, "value": value }),
            );
        }
        group.adopts_by_consents();
        group
    }

    pub(super) fn without_a_charter() -> Self {
        let mut people: Vec<Person> = NAMES.iter().map(|name| Person::new(name)).collect();
        let network = people[0].founds("Les bords du fleuve");
        let (host, others) = people.split_first_mut().unwrap();
        for other in others {
            let now = Moment::real();
            meet::invite_in(&mut host.replica, &mut other.replica, &network, &now).unwrap();
        }
        let mut group = Self { people, network };
        group.writes(0, "Une personne, une voix.");
        group.meet();
        group
    }

    pub(super) fn tries(&mut self, who: usize, mut command: Value) -> Result<Value, CommandError> {
        command["network"] = json!(self.network);
        let command: Command = serde_json::from_value(command).unwrap();
        let answer = self.people[who].tries(command);
        self.people[who].replica.commit().unwrap();
        answer
    }

    pub(super) fn does(&mut self, who: usize, command: Value) -> Value {
        self.tries(who, command).unwrap()
    }

    pub(super) fn refuses(&mut self, who: usize, command: Value) -> String {
        self.tries(who, command).unwrap_err().code.clone()
    }

    pub(super) fn writes(&mut self, who: usize, text: &str) {
        self.does(
            who,
            json!({ "command": "charter.edit", "text": format!("{text}\n") }),
        );
    }

    /// As it stands, whoever wrote it; answers the version.
    pub(super) fn adopts_by_consents(&mut self) -> String {
        self.meet();
        let mut version = String::new();
        for who in 0..3 {
            let answer = self.does(who, json!({ "command": "charter.adopt" }));
            version = named(&answer, "version");
            self.meet();
        }
        assert_eq!(self.in_force(), Some(version.clone()));
        version
    }

    /// Puts the charter as it stands at somebody's; answers the decision and the version.
    pub(super) fn puts(&mut self, who: usize) -> (DocId, String) {
        let put = self.does(who, json!({ "command": "version.put-to-vote" }));
        (named(&put, "decision"), named(&put, "version"))
    }

    pub(super) fn votes(&mut self, who: usize, decision: &DocId, stance: &str) {
        let answer = json!({ "kind": "stance", "stance": stance });
        self.does(
            who,
            json!({ "command": "ballot.cast", "decision": decision, "answer": answer }),
        );
    }

    pub(super) fn on(&mut self, who: usize, command: &str, decision: &DocId) -> Value {
        self.does(who, json!({ "command": command, "decision": decision }))
    }

    /// All meet until all have the same.
    pub(super) fn meet(&mut self) {
        for _ in 0..2 {
            for other in 1..self.people.len() {
                self.two_meet(0, other);
            }
        }
    }

    pub(super) fn two_meet(&mut self, one: usize, other: usize) {
        let (first, rest) = self.people.split_at_mut(one.max(other));
        let (a, b) = (&mut first[one.min(other)], &mut rest[0]);
        meet::meet(&mut a.replica, &mut b.replica, &Moment::real()).unwrap();
    }

    pub(super) fn sees(&mut self, who: usize) -> NetworkView {
        let now = Moment::real();
        let live = Live {
            now: now.unsigned(),
            today: now.today(),
            ..Live::default()
        };
        let view = self.people[who].replica.view(1, &live).unwrap();
        NetworkView::clone(view.network(&self.network).unwrap())
    }

    pub(super) fn version(&mut self, who: usize, version: &str) -> CharterVersionView {
        let view = self.sees(who);
        view.charter_versions.get(version).unwrap().clone()
    }

    /// What comes of the decisions about a version.
    pub(super) fn came(&mut self, who: usize, version: &str) -> Vec<String> {
        let votes = self.version(who, version).votes;
        votes.into_iter().map(|vote| vote.state).collect()
    }

    /// The version in force, which all see as one.
    pub(super) fn in_force(&mut self) -> Option<String> {
        let first = self.sees(0).charter_versions.in_force.clone();
        for who in 1..self.people.len() {
            assert_eq!(
                self.sees(who).charter_versions.in_force,
                first,
                "{}",
                name(who)
            );
        }
        first
    }
}
#[test]
fn what_the_members_vote_for_by_the_charters_rule_is_in_force_everywhere_signed_and_not_undone() {
    let mut group = Group::new();
    let first = group.in_force();
    group.writes(0, "Une personne, une voix, relue chaque automne.");
    let (decision, version) = group.puts(0);
    assert_eq!(
        group.refuses(0, json!({ "command": "version.put-to-vote" })),
        "version-put"
    );
    group.meet();
    // It asks what the charter says, of everybody, and nobody chooses otherwise for once.
    let set = json!({ "command": "decision.set", "decision": decision, "field": "threshold", "value": ">1/2" });
    assert_eq!(group.refuses(1, set), "charter-says-how");
    let asked = group.sees(1).home.asked.clone();
    assert!(
        asked
            .iter()
            .any(|one| matches!(one, AskedView::Ballot { decision: one, .. } if *one == decision))
    );
    for who in 0..4 {
        group.on(who, "decision.open", &decision);
        let view = group.sees(who);
        let view = view.decision(&decision).unwrap();
        assert_eq!(view.terms.threshold.to_string(), ">=2/3");
        assert_eq!(view.terms.quorum.unwrap().to_string(), "3");
        let about = view.about.as_ref().unwrap();
        assert_eq!(
            (&about.version, about.state.as_str(), about.here),
            (&version, "open", true)
        );
        assert!(view.body.text.contains("Texte"), "{}", view.body.text);
    }
    for (who, stance) in [(0, "for"), (1, "for"), (2, "against")] {
        group.votes(who, &decision, stance);
    }
    group.meet();
    assert_eq!(group.in_force(), first, "nobody has counted");
    assert_eq!(
        group.refuses(1, json!({ "command": "charter.sign", "version": version })),
        "version-not-adopted"
    );
    group.on(3, "decision.end", &decision);
    let counted = group.on(3, "ballot.count", &decision);
    assert_eq!(counted["adopted"], json!(version));
    group.meet();
    assert_eq!(group.in_force(), Some(version.clone()));
    for who in 0..4 {
        let seen = group.version(who, &version);
        assert_eq!(
            (seen.state.as_str(), seen.by_decision),
            ("in-force", Some(decision))
        );
        assert!(seen.adopted_at.is_some() && seen.consents.is_empty());
        assert_eq!(seen.votes[0].said_by.as_deref(), Some("Di"));
        assert!(!group.sees(who).charter_versions.changed);
        group.does(
            who,
            json!({ "command": "charter.sign", "version": version }),
        );
    }
    group.meet();
    assert_eq!(group.version(2, &version).signed_by(), NAMES);
    assert_eq!(group.version(2, &first.unwrap()).state, "replaced");
    assert_eq!(
        group.refuses(
            3,
            json!({ "command": "version.record", "decision": decision })
        ),
        "nothing-adopted"
    );
    let code = group.refuses(1, json!({ "command": "charter.adopt", "version": "0" }));
    assert_eq!(code, "unknown-version");
    assert_eq!(
        group.does(1, json!({ "command": "charter.adopt", "version": version }))["adopted"],
        true
    );
    assert!(
        group.version(1, &version).consents.is_empty(),
        "there is nothing left to consent to"
    );
}

#[test]
fn a_vote_that_misses_the_threshold_or_the_quorum_adopts_nothing_and_may_be_held_again() {
    let mut group = Group::new();
    let first = group.in_force();
    group.writes(0, "Une structure, une voix.");
    let (missed, version) = group.puts(0);
    group.meet();
    for (who, stance) in [(0, "for"), (1, "for"), (2, "against"), (3, "against")] {
        group.votes(who, &missed, stance);
    }
    group.meet();
    group.on(1, "decision.end", &missed);
    assert_eq!(group.on(1, "ballot.count", &missed).get("adopted"), None);
    group.meet();
    assert_eq!(group.in_force(), first);
    assert_eq!(group.came(2, &version), ["not-adopted"]);
    assert_eq!(group.version(2, &version).state, "refused");
    let (few, again) = group.puts(2);
    assert_eq!(again, version);
    group.votes(2, &few, "for");
    group.on(2, "decision.end", &few);
    assert_eq!(group.on(2, "ballot.count", &few).get("adopted"), None);
    group.meet();
    assert_eq!(group.in_force(), first, "one of four is no quorum");
    // The others' consent is a way of its own.
    assert_eq!(group.adopts_by_consents(), version);
    assert_eq!(group.came(3, &version), ["overtaken", "overtaken"]);
}

#[test]
fn a_ballot_that_has_not_arrived_is_waited_for_and_then_the_adoption_is_written_down_by_anybody() {
    let mut group = Group::new();
    let first = group.in_force();
    group.writes(0, "Une personne, une voix, relue chaque automne.");
    let (decision, version) = group.puts(0);
    group.meet();
    group.votes(0, &decision, "for");
    group.votes(1, &decision, "for");
    group.votes(2, &decision, "against");
    group.two_meet(0, 1);
    group.two_meet(0, 2);
    group.on(0, "decision.end", &decision);
    // Bo's ballot is counted by its name; where Bo's notebook never came, nothing is certain. Here it did: all are here.
    let counted = group.on(0, "ballot.count", &decision);
    assert_eq!(counted["adopted"], json!(version));
    // Di has heard of nothing yet; then of all.
    assert_eq!(group.sees(3).charter_versions.in_force, first);
    group.two_meet(0, 3);
    assert_eq!(
        group.sees(3).charter_versions.in_force.as_deref(),
        Some(version.as_str())
    );

    // And where the program was ended between the count and the word.
    group.meet();
    group.writes(1, "Une personne, une voix, relue chaque printemps.");
    let (decision, version) = group.puts(1);
    group.meet();
    for who in 0..4 {
        group.votes(who, &decision, "for");
    }
    group.meet();
    group.on(1, "decision.end", &decision);
    group.meet();
    group.counts_and_says_nothing(1, &decision);
    group.meet();
    assert_eq!(group.came(2, &version), ["to-record"]);
    let asked = group.sees(2).home.asked.clone();
    assert!(
        asked
            .iter()
            .any(|one| matches!(one, AskedView::CharterRecord { .. }))
    );
    let recorded = group.on(2, "version.record", &decision);
    assert_eq!(recorded["version"], json!(version));
    let code = group.refuses(2, json!({ "command": "history.undo" }));
    assert_eq!(code, "stays-adoption");
    group.meet();
    assert_eq!(group.in_force(), Some(version));
}

impl Group {
    /// Counts as a program does that is ended right after it.
    fn counts_and_says_nothing(&mut self, who: usize, decision: &DocId) {
        let moment = Moment::real();
        let me = self.people[who].replica.me();
        let one = &mut self.people[who].replica;
        let content = one
            .decision_now(&self.network, *decision, &moment)
            .unwrap()
            .0;
        let state = one.network_ref(&self.network).unwrap();
        let standing = state.decision_standing(decision, &content, moment.now);
        let electors = standing.electors.iter();
        let count = tresse_model::Count {
            id: tresse_model::CountId::from_bytes([0; tresse_model::CountId::LEN]),
            decision: *decision,
            by: me,
            at: moment.now,
            after: Vec::new(),
            reason: String::new(),
            ballots: electors.map(|one| (one.member, one.ballot)).collect(),
            terms: standing.terms,
        };
        let notebook = DocId::notebook(&self.network, &me);
        let edit = Edit::Ballot(BallotEdit::Count(Box::new(count.named().0)));
        one.apply(&self.network, &notebook, &edit, &moment).unwrap();
        one.commit().unwrap();
    }
}

#[test]
fn of_two_votes_at_once_one_adopts_and_the_other_comes_too_late_whoever_meets_whom_first() {
    let orders: [[(usize, usize); 5]; 4] = [
        [(0, 1), (1, 2), (2, 3), (0, 3), (0, 1)],
        [(2, 3), (0, 1), (0, 2), (1, 3), (0, 3)],
        [(0, 3), (1, 3), (2, 3), (0, 1), (1, 2)],
        [(1, 2), (0, 2), (0, 1), (2, 3), (0, 3)],
    ];
    for order in orders {
        let mut group = Group::new();
        group.writes(0, "Relue chaque automne.");
        let (autumn, first) = group.puts(0);
        group.meet();
        group.writes(1, "Relue chaque printemps.");
        let (spring, second) = group.puts(1);
        group.meet();
        for who in 0..4 {
            group.votes(who, &autumn, "for");
            group.votes(who, &spring, "for");
        }
        group.meet();
        group.on(0, "decision.end", &autumn);
        group.on(1, "decision.end", &spring);
        group.meet();
        // Apart, each counts another one.
        assert_eq!(
            group.on(0, "ballot.count", &autumn)["adopted"],
            json!(first)
        );
        assert_eq!(
            group.on(1, "ballot.count", &spring)["adopted"],
            json!(second)
        );
        for (one, other) in order {
            group.two_meet(one, other);
        }
        group.meet();
        let in_force = group.in_force().unwrap();
        let late = if in_force == first { &second } else { &first };
        for who in 0..4 {
            assert_eq!(group.came(who, &in_force), ["adopted"], "{}", name(who));
            assert_eq!(group.came(who, late), ["overtaken"], "{}", name(who));
        }
    }
}

#[test]
fn the_first_version_and_one_of_a_charter_that_says_no_rule_are_adopted_by_consents() {
    let mut group = Group::without_a_charter();
    let put = json!({ "command": "version.put-to-vote" });
    assert_eq!(group.refuses(0, put.clone()), "charter-not-in-force");
    assert_eq!(group.sees(0).charter_versions.adopting, None);
    group.adopts_by_consents();
    group.writes(0, "Une personne, une voix, relue.");
    assert_eq!(group.refuses(0, put.clone()), "charter-names-no-rule");
    assert_eq!(group.sees(0).charter_versions.adopting, None);
    group.does(
        0,
        json!({ "command": "charter.set", "field": "method", "value": "consent" }),
    );
    group.adopts_by_consents();
    assert_eq!(group.refuses(0, put.clone()), "version-adopted");
    group.writes(0, "Une personne, une voix, relue chaque automne.");
    // By consent, as is usual there; as many take part as no charter says otherwise.
    let (decision, version) = group.puts(0);
    group.meet();
    for (who, stance) in [(0, "consent"), (1, "reservation"), (2, "consent")] {
        group.votes(who, &decision, stance);
    }
    group.meet();
    group.on(2, "decision.end", &decision);
    assert_eq!(
        group.on(2, "ballot.count", &decision)["adopted"],
        json!(version)
    );
    group.meet();
    assert_eq!(group.in_force(), Some(version));
}
