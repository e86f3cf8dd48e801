//! Decisions about a version of the charter: what they are about, and whether the charter's rule says that they adopted it.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use tresse_model::{
    Adopting, Answer, Ballot, CharterContent, Count, CountId, Deciding, DecisionContent,
    DecisionEdit, DecisionField, DocId, DocKind, Edit, MAX_VERSION_HEADS, MemberId, Method,
    Settled, Stance, Terms, VotingRule, read_decision, settled,
};

use crate::support::{Peer, member};

const CLOSES: i64 = 1_000;

fn about(salt: u8, head: u8) -> Adopting {
    Adopting::new([salt; 16], [9; 16], vec![[head; 32]]).unwrap()
}

/// What a charter says of how it is decided: the method, the threshold, the quorum.
fn rule(method: &str, threshold: &str, quorum: &str) -> VotingRule {
    VotingRule::of(&CharterContent {
        method: method.into(),
        threshold: threshold.into(),
        quorum: quorum.into(),
        ..CharterContent::default()
    })
}

/// The terms that the rule asks for.
fn terms(rule: &VotingRule) -> Terms {
    let (method, fields) = rule.adopting().unwrap();
    Terms {
        question: "Adopter ?".into(),
        closes: Some(CLOSES),
        ..Terms::of(&DecisionContent {
            method,
            rules: fields
                .into_iter()
                .map(|(field, value)| (field.key(), value))
                .collect(),
            ..DecisionContent::default()
        })
    }
}

fn people(of: impl IntoIterator<Item = u8>) -> BTreeSet<MemberId> {
    of.into_iter().map(member).collect()
}

/// Ballots of several people, and counts of them.
#[derive(Clone)]
struct Held {
    terms: Terms,
    ballots: Vec<Ballot>,
    counts: Vec<Count>,
}

impl Held {
    fn of(rule: &VotingRule, said: &[(u8, Stance)]) -> Self {
        let cast = |(who, stance): &(u8, Stance)| {
            let words = String::new();
            let answer = Answer::Stance {
                stance: *stance,
                words,
            };
            Ballot::new(about(1, 1).decision(), member(*who), 5, answer).0
        };
        Self {
            terms: terms(rule),
            ballots: said.iter().map(cast).collect(),
            counts: Vec::new(),
        }
    }

    /// Somebody counts what is here, of these people, by these terms.
    fn count(&mut self, by: u8, asked: std::ops::RangeInclusive<u8>, terms: &Terms) {
        let ballot = |who: u8| {
            let mut theirs = self.ballots.iter().filter(|one| one.member == member(who));
            theirs.next().map(|one| one.id)
        };
        let count = Count {
            id: CountId::from_bytes([0; 20]),
            decision: about(1, 1).decision(),
            by: member(by),
            at: CLOSES + 1,
            after: Vec::new(),
            reason: String::new(),
            terms: terms.clone(),
            ballots: asked.map(|who| (member(who), ballot(who))).collect(),
        };
        self.counts.push(count.named().0);
    }

    /// Whether it is settled, by this rule, among so many members.
    fn settled(&self, rule: &VotingRule, members: u8) -> Settled {
        let (marks, known) = (BTreeMap::new(), people(1..=9));
        let from = Deciding {
            terms: &self.terms,
            ballots: &self.ballots.iter().collect::<Vec<_>>(),
            counts: &self.counts.iter().collect::<Vec<_>>(),
            marks: &marks,
            electors: &people(1..=members),
            known: &known,
        };
        settled(&from, rule, &people(1..=members))
    }

    fn counted(rule: &VotingRule, members: u8, said: &[(u8, Stance)]) -> Self {
        let mut held = Self::of(rule, said);
        let terms = held.terms.clone();
        held.count(1, 1..=members, &terms);
        held
    }
}

const FOR: Stance = Stance::For;
const AGAINST: Stance = Stance::Against;

#[test]
fn what_a_decision_is_about_is_bound_to_its_name_whatever_somebody_writes_there_later() {
    let (first, second) = (about(1, 1), about(1, 2));
    assert_ne!(first.decision(), second.decision());
    assert_ne!(first.decision(), about(2, 1).decision());
    assert_eq!(first.to_string().parse(), Ok(first.clone()));
    let mut ana = Peer::new(1, DocKind::Decision);
    let init = DecisionEdit::Init {
        title: "Adopter ?".into(),
        fields: vec![(DecisionField::Adopts, first.to_string())],
        text: String::new(),
    };
    ana.edit(&Edit::Decision(init));
    let mut bo = Peer::new(2, DocKind::Decision);
    let set = |about: &Adopting| {
        let (field, value) = (DecisionField::Adopts, Some(about.to_string()));
        Edit::Decision(DecisionEdit::Set { field, value })
    };
    // Two who write there at once, honest or not: the name tells which was meant.
    bo.edit(&set(&second));
    ana.meet(&mut bo);
    let content = read_decision(&ana.doc, &());
    assert_eq!(content.adopting.len(), 2);
    assert_eq!(content.adopts(&first.decision()), Some(&first));
    assert_eq!(content.adopts(&DocId::decision([7; 16])), None);
    assert!(content.conflicts.is_empty(), "nobody chooses between them");
    ana.edit(&set(&second));
    assert_eq!(read_decision(&ana.doc, &()).adopts(&first.decision()), None);
}

#[test]
fn a_version_is_named_by_its_heads_once_each_in_order_and_not_too_many() {
    let many: Vec<[u8; 32]> = (0..=MAX_VERSION_HEADS as u8).map(|at| [at; 32]).collect();
    for heads in [vec![], vec![[2; 32], [1; 32]], vec![[1; 32]; 2], many] {
        assert_eq!(Adopting::new([0; 16], [0; 16], heads), None);
    }
    let text = about(1, 0xab).to_string();
    for wrong in [
        "",
        "zz",
        &text.to_uppercase(),
        &text[1..],
        &format!("{text} "),
        &format!(" {text}"),
    ] {
        assert!(wrong.parse::<Adopting>().is_err(), "{wrong}");
    }
}

#[test]
fn the_threshold_and_the_quorum_are_the_charters_and_half_of_the_members_take_part_where_it_names_none()
 {
    let rule_of = |threshold, quorum| rule("", threshold, quorum);
    let two_thirds = rule_of(">=2/3", "3");
    let settled =
        |rule: &VotingRule, said: &[(u8, Stance)]| Held::counted(rule, 5, said).settled(rule, 5);
    assert_eq!(
        settled(&two_thirds, &[(1, FOR), (2, FOR), (3, AGAINST)]),
        Settled::Adopted
    );
    let missed = [(1, FOR), (2, FOR), (3, AGAINST), (4, AGAINST)];
    assert_eq!(settled(&two_thirds, &missed), Settled::NotAdopted);
    assert_eq!(
        settled(&two_thirds, &[(1, FOR), (2, FOR)]),
        Settled::NotAdopted,
        "no quorum"
    );
    // Nobody adopts a charter alone because none was named.
    let no_quorum = rule_of(">1/2", "");
    assert_eq!(
        settled(&no_quorum, &[(1, FOR), (2, FOR)]),
        Settled::NotAdopted
    );
    assert_eq!(
        settled(&no_quorum, &[(1, FOR), (2, FOR), (3, FOR)]),
        Settled::Adopted
    );
    // A charter that says nothing of how adopts nothing.
    let nothing = rule("choose-ranked", "", "");
    assert_eq!(nothing.adopting(), None);
    assert!(!nothing.adopts_by(&terms(&no_quorum)));
    let consent = rule("consent", ">=2/3", "2");
    assert_eq!(consent.adopting().unwrap().0, Method::Consent);
    let agree = [(1, Stance::Consent), (2, Stance::Reservation)];
    assert_eq!(settled(&consent, &agree), Settled::Adopted);
    let object = [(1, Stance::Consent), (2, Stance::Objection)];
    assert_eq!(settled(&consent, &object), Settled::NotAdopted);
}

#[test]
fn nobody_gives_easier_terms_or_leaves_out_whom_it_should_ask() {
    let charter = rule("", ">=2/3", ">=1/2");
    let said = [(1, FOR), (2, AGAINST)];
    let mut held = Held::of(&charter, &said);
    let mut easy = held.terms.clone();
    (easy.threshold, easy.quorum) = (">=1/100".parse().unwrap(), None);
    held.count(1, 1..=1, &easy);
    assert_eq!(held.settled(&charter, 5), Settled::OtherTerms);
    // Though the decision says so too by now.
    held.terms = easy;
    assert_eq!(held.settled(&charter, 5), Settled::OtherTerms);
    // By the charter's terms, but as if nobody else were there.
    held.terms = terms(&charter);
    let right = held.terms.clone();
    held.count(1, 1..=1, &right);
    assert_eq!(held.settled(&charter, 1), Settled::Adopted);
    assert_eq!(
        held.settled(&charter, 5),
        Settled::NotAdopted,
        "four took no part"
    );
    assert_eq!(held.settled(&VotingRule::default(), 1), Settled::OtherTerms);
}

#[test]
fn nobody_makes_a_quorum_larger_by_the_names_of_people_who_left_or_came_later() {
    let charter = rule("", ">1/2", ">=1/2");
    let said = [(1, FOR), (2, FOR)];
    // By a count that knows of no other, and by one that adds to the first.
    for after in [false, true] {
        let mut held = Held::counted(&charter, 3, &said);
        assert_eq!(held.settled(&charter, 3), Settled::Adopted);
        let terms = held.terms.clone();
        held.count(3, 1..=9, &terms);
        if after {
            let first = held.counts[0].id;
            let mut second = held.counts.pop().unwrap();
            second.after = [first].into();
            held.counts.push(second.named().0);
        }
        assert_eq!(held.settled(&charter, 3), Settled::Adopted);
    }
}

#[test]
fn once_it_is_counted_whoever_rewrites_the_decision_changes_nothing_of_what_it_adopted() {
    let charter = rule("", ">1/2", "2");
    let mut held = Held::counted(&charter, 3, &[(1, FOR), (2, FOR), (3, AGAINST)]);
    assert_eq!(held.settled(&charter, 3), Settled::Adopted);
    held.terms.closes = Some(CLOSES * 9);
    held.terms.question = "Autre chose ?".into();
    held.terms.threshold = ">=1/1".parse().unwrap();
    assert_eq!(held.settled(&charter, 3), Settled::Adopted);
    held.counts.clear();
    assert_eq!(held.settled(&charter, 3), Settled::Uncounted);
}

#[test]
fn what_hangs_on_a_ballot_that_has_not_arrived_waits_and_what_does_not_is_settled() {
    let charter = rule("", ">1/2", "");
    let of = |said: &[(u8, Stance)], away: &[u8]| {
        let mut held = Held::counted(&charter, 5, said);
        held.ballots
            .retain(|one| away.iter().all(|who| one.member != member(*who)));
        held.settled(&charter, 5)
    };
    let all_for = [(1, FOR), (2, FOR), (3, FOR), (4, FOR)];
    assert_eq!(
        of(&all_for, &[4]),
        Settled::Adopted,
        "three of four at the worst"
    );
    assert_eq!(of(&all_for, &[3, 4]), Settled::Awaited);
    let against = [(1, FOR), (2, AGAINST), (3, AGAINST), (4, AGAINST)];
    assert_eq!(
        of(&against, &[1]),
        Settled::NotAdopted,
        "one of four at the best"
    );
}

#[test]
fn what_somebody_does_to_their_own_ballot_or_count_afterwards_is_seen_and_adopts_nothing_else() {
    let charter = rule("consent", "", "2");
    let said = [(1, Stance::Consent), (2, Stance::Consent)];
    let held = Held::counted(&charter, 3, &said);
    assert_eq!(held.settled(&charter, 3), Settled::Adopted);
    let mut erased = held.clone();
    erased.ballots.remove(1);
    assert_eq!(erased.settled(&charter, 3), Settled::Awaited);
    let mut uncounted = held.clone();
    uncounted.counts.clear();
    assert_eq!(uncounted.settled(&charter, 3), Settled::Uncounted);
    let mut taken_back = held.clone();
    taken_back.ballots[1].off = Some(CLOSES);
    assert_eq!(taken_back.settled(&charter, 3), Settled::NotAdopted);
    taken_back.ballots[1].off = Some(CLOSES + 1);
    assert_eq!(taken_back.settled(&charter, 3), Settled::Adopted);
    // A second person who counts makes the first one's count no matter.
    let mut again = held;
    let terms = again.terms.clone();
    again.count(2, 1..=3, &terms);
    again.counts.remove(0);
    assert_eq!(again.settled(&charter, 3), Settled::Adopted);
}

fn stances() -> impl Strategy<Value = Stance> {
    prop_oneof![Just(FOR), Just(AGAINST), Just(Stance::Abstain)]
}

proptest! {
    /// What is settled while ballots are missing stays so when they arrive, whatever they say, in whatever order.
    #[test]
    fn what_is_settled_early_is_what_comes_of_it_when_all_ballots_have_come(
        said in proptest::collection::vec(stances(), 1..7),
        order in proptest::collection::vec(any::<proptest::sample::Index>(), 6),
        threshold in prop_oneof![Just(">1/2"), Just(">=2/3"), Just(">=1/3")],
        of in prop_oneof![Just("cast"), Just("members")],
        abstentions in prop_oneof![Just("aside"), Just("cast")],
        quorum in prop_oneof![Just(""), Just("2"), Just(">=2/3")],
    ) {
        let charter = VotingRule::of(&CharterContent {
            threshold: threshold.into(),
            threshold_of: of.into(),
            abstentions: abstentions.into(),
            quorum: quorum.into(),
            ..CharterContent::default()
        });
        let said: Vec<(u8, Stance)> = said.into_iter().zip(1..).map(|(stance, who)| (who, stance)).collect();
        let whole = Held::counted(&charter, 6, &said);
        let end = whole.settled(&charter, 6);
        prop_assert!(matches!(end, Settled::Adopted | Settled::NotAdopted));
        let mut here = whole.clone();
        for index in order {
            if !here.ballots.is_empty() {
                here.ballots.remove(index.index(here.ballots.len()));
            }
            let now = here.settled(&charter, 6);
            prop_assert!(now == end || now == Settled::Awaited, "{now:?}, then {end:?}");
        }
    }
}
