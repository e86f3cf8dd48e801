//! Ballots, counts and what comes of them.

use std::collections::{BTreeMap, BTreeSet};

use automerge::{ROOT, transaction::Transactable};
use proptest::prelude::*;
use tresse_model::{
    Abstentions, Answer, Ballot, BallotEdit, Balloting, ChoiceOf, Count, CountId, Deciding,
    DecisionEdit, DecisionField, DocId, DocKind, Edit, ItemId, MemberId, Method, Quorum, Share,
    ShareOf, Stance, Standing, Tally, Terms, Thing, Verdict, is_counted, read_ballots,
    read_decision, standing, tally,
};

use crate::support::{Peer, author, item, member};

const CLOSES: i64 = 1_000;

fn decision() -> DocId {
    DocId::decision([7; 16])
}

fn terms(method: Method) -> Terms {
    let things = |from: u8, word: &str| {
        (from..from + 3)
            .map(|n| Thing {
                id: item(n),
                label: format!("{word} {n}"),
            })
            .collect()
    };
    Terms {
        method,
        question: "Alors ?".into(),
        closes: Some(CLOSES),
        threshold: Share::MAJORITY,
        threshold_of: ShareOf::Cast,
        abstentions: Abstentions::Aside,
        quorum: None,
        most: 1,
        dots: 5,
        max: 5,
        options: if method.has_options() {
            things(1, "option")
        } else {
            Vec::new()
        },
        criteria: if method == Method::Criteria {
            things(11, "critère")
        } else {
            Vec::new()
        },
    }
}

fn says(who: u8, at: i64, answer: Answer) -> Ballot {
    Ballot::new(decision(), member(who), at, answer).0
}

fn stance(stance: Stance) -> Answer {
    Answer::Stance {
        stance,
        words: String::new(),
    }
}

fn chooses(option: u8) -> Answer {
    Answer::Choice {
        options: vec![item(option)],
        words: String::new(),
    }
}

fn people(of: &[u8]) -> BTreeSet<MemberId> {
    of.iter().map(|n| member(*n)).collect()
}

/// Everything that a peer may hold of one decision.
struct Held {
    terms: Terms,
    ballots: Vec<Ballot>,
    counts: Vec<Count>,
    electors: BTreeSet<MemberId>,
    known: BTreeSet<MemberId>,
}

impl Held {
    fn new(method: Method, asked: &[u8], ballots: Vec<Ballot>) -> Self {
        Self {
            terms: terms(method),
            ballots,
            counts: Vec::new(),
            electors: people(asked),
            known: people(&[1, 2, 3, 4, 5, 6, 7, 8, 9]),
        }
    }

    fn standing(&self) -> Standing {
        let marks = BTreeMap::new();
        standing(&Deciding {
            terms: &self.terms,
            ballots: &self.ballots.iter().collect::<Vec<_>>(),
            counts: &self.counts.iter().collect::<Vec<_>>(),
            marks: &marks,
            electors: &self.electors,
            known: &self.known,
        })
    }

    fn tally(&self) -> Tally {
        tally(&self.standing())
    }

    /// Somebody counts what they hold, knowing of these counts.
    fn count(&mut self, by: u8, after: &[CountId], named: &[(u8, Option<&Ballot>)]) -> CountId {
        let ballots = named
            .iter()
            .map(|(who, ballot)| (member(*who), ballot.map(|one| one.id)))
            .collect();
        let (count, _) = Count {
            id: CountId::from_bytes([0; 20]),
            decision: decision(),
            by: member(by),
            at: CLOSES + 1,
            after: after.to_vec(),
            reason: String::new(),
            terms: self.terms.clone(),
            ballots,
        }
        .named();
        let id = count.id;
        self.counts.push(count);
        id
    }

    fn answer_of(&self, who: u8) -> Option<Answer> {
        let standing = self.standing();
        let found = standing.electors.into_iter();
        found
            .into_iter()
            .find(|one| one.member == member(who))?
            .answer
    }
}

fn verdict(method: Method, asked: &[u8], answers: &[Answer]) -> Verdict {
    let ballots = (1u8..)
        .zip(answers)
        .map(|(who, one)| says(who, 1, one.clone()));
    Held::new(method, asked, ballots.collect()).tally().verdict
}

#[test]
fn a_vote_is_by_the_threshold_and_who_abstains_stands_aside_unless_they_are_to_weigh() {
    use Stance::{Abstain, Against, For};
    let answers: Vec<Answer> = [For, For, Against, Abstain].map(stance).to_vec();
    let asked = [1, 2, 3, 4, 5];
    assert_eq!(verdict(Method::Vote, &asked, &answers), Verdict::Adopted {});
    let ballots = || {
        (1u8..)
            .zip(&answers)
            .map(|(who, one)| says(who, 1, one.clone()))
    };
    let mut held = Held::new(Method::Vote, &asked, ballots().collect());
    assert_eq!(held.tally().needed, Some((2, 3)));
    held.terms.abstentions = Abstentions::Cast;
    assert_eq!(
        (held.tally().verdict, held.tally().needed),
        (Verdict::Rejected {}, Some((3, 4)))
    );
    held.terms.abstentions = Abstentions::Aside;
    held.terms.threshold_of = ShareOf::Members;
    assert_eq!(
        (held.tally().verdict, held.tally().needed),
        (Verdict::Rejected {}, Some((3, 5)))
    );
    held.terms.threshold_of = ShareOf::Cast;
    held.terms.quorum = Some(Quorum::Persons(5));
    assert_eq!(held.tally().verdict, Verdict::NoQuorum {});
    held.terms.quorum = Some(Quorum::Persons(4));
    assert_eq!(
        held.tally().verdict,
        Verdict::Adopted {},
        "who abstains takes part"
    );
    assert_eq!(
        verdict(Method::Vote, &asked, &[stance(For), stance(Against)]),
        Verdict::Rejected {}
    );
    assert_eq!(
        verdict(Method::Vote, &asked, &[stance(Abstain)]),
        Verdict::Nothing {}
    );
    assert_eq!(verdict(Method::Vote, &asked, &[]), Verdict::Nothing {});
    let mut nobody = Held::new(Method::Vote, &[], Vec::new());
    nobody.terms.threshold_of = ShareOf::Members;
    assert_eq!(nobody.tally().verdict, Verdict::Nothing {});
}

#[test]
fn a_proposal_is_adopted_once_no_objection_is_open() {
    use Stance::{Abstain, Consent, Integrated, Lifted, Objection, Reservation};
    let given = |of: &[Stance]| of.iter().map(|one| stance(*one)).collect::<Vec<_>>();
    let of = |stances: &[Stance]| verdict(Method::Consent, &[1, 2, 3, 4], &given(stances));
    assert_eq!(
        of(&[Consent, Objection, Objection]),
        Verdict::Objected { open: 2 }
    );
    assert_eq!(
        of(&[Consent, Integrated, Lifted, Reservation]),
        Verdict::Adopted {}
    );
    assert_eq!(of(&[Abstain, Abstain]), Verdict::Nothing {});
    assert_eq!(of(&[]), Verdict::Nothing {});
}

#[test]
fn choices_add_up_and_a_tie_is_said() {
    let asked = [1, 2, 3, 4];
    let chosen = [chooses(1), chooses(2), chooses(2)];
    let option = item(2);
    assert_eq!(
        verdict(Method::ChooseSimple, &asked, &chosen),
        Verdict::Chosen { option }
    );
    let options = vec![item(1), item(2)];
    assert_eq!(
        verdict(Method::ChooseSimple, &asked, &chosen[..2]),
        Verdict::Tie { options }
    );
    let points = |given: &[(u8, u32)]| Answer::Points {
        points: given
            .iter()
            .map(|(n, points)| (item(*n), *points))
            .collect(),
        words: String::new(),
    };
    let dots = [
        points(&[(1, 5)]),
        points(&[(2, 3), (1, 2)]),
        points(&[(3, 6)]),
    ];
    let held = Held::new(
        Method::ChooseDots,
        &asked,
        (1u8..)
            .zip(dots)
            .map(|(who, one)| says(who, 1, one))
            .collect(),
    );
    let tally = held.tally();
    assert_eq!(
        (tally.cast, tally.unusable),
        (3, 1),
        "six dots are one too many"
    );
    assert_eq!(tally.verdict, Verdict::Chosen { option: item(1) });
    assert_eq!(tally.choices[0].points, 7);
}

#[test]
fn what_is_chosen_stands_first_and_those_that_are_alike_as_they_were_put() {
    let of = |held: &Held| -> Vec<ItemId> {
        let choices = held.tally().choices.into_iter();
        choices.map(|one| one.option).collect()
    };
    let ballots = vec![
        says(1, 1, chooses(3)),
        says(2, 1, chooses(3)),
        says(3, 1, chooses(1)),
    ];
    let mut held = Held::new(Method::ChooseSimple, &[1, 2, 3], ballots);
    assert_eq!(of(&held), [item(3), item(1), item(2)]);
    // Ids are drawn by lot: the place in the list is what members saw.
    held.terms.options.reverse();
    held.ballots.truncate(0);
    assert_eq!(of(&held), [item(3), item(2), item(1)]);

    // Four put the second first and three the first: the two whose own went out decide.
    let ranks = |order: &[u8]| Answer::Ranking {
        options: order.iter().map(|n| item(*n)).collect(),
        words: String::new(),
    };
    let given = [
        &[2u8][..],
        &[2],
        &[2],
        &[2],
        &[1],
        &[1],
        &[1],
        &[3, 1],
        &[3, 1],
    ];
    let ballots = (1u8..).zip(given);
    let ballots = ballots.map(|(who, order)| says(who, 1, ranks(order)));
    let asked: Vec<u8> = (1..=9).collect();
    let mut held = Held::new(Method::ChooseRanked, &asked, ballots.collect());
    held.terms.options.reverse();
    assert_eq!(held.tally().verdict, Verdict::Chosen { option: item(1) });
    assert_eq!(of(&held), [item(1), item(2), item(3)]);
}

#[test]
fn an_option_that_was_taken_out_while_somebody_chose_it_leaves_their_ballot_without_weight() {
    let ballots = vec![
        says(1, 1, chooses(1)),
        says(2, 1, chooses(3)),
        says(3, 1, chooses(3)),
    ];
    let mut held = Held::new(Method::ChooseSimple, &[1, 2, 3], ballots);
    assert_eq!(held.tally().verdict, Verdict::Chosen { option: item(3) });
    held.terms.options.retain(|one| one.id != item(3));
    let tally = held.tally();
    assert_eq!(tally.verdict, Verdict::Chosen { option: item(1) });
    assert_eq!((tally.cast, tally.unusable), (3, 2));
}

fn grid(weights: &[(u8, u32)], scores: &[(u8, u8, u32)]) -> Answer {
    let mut by: BTreeMap<ItemId, BTreeMap<ItemId, u32>> = BTreeMap::new();
    for (option, criterion, score) in scores {
        by.entry(item(*option))
            .or_default()
            .insert(item(*criterion), *score);
    }
    Answer::Grid {
        weights: weights
            .iter()
            .map(|(n, weight)| (item(*n), *weight))
            .collect(),
        scores: by,
        words: String::new(),
    }
}

#[test]
fn criteria_weigh_as_people_say_and_where_they_differ_is_shown() {
    let ana = grid(
        &[(11, 5), (12, 1)],
        &[(1, 11, 4), (1, 12, 0), (2, 11, 1), (2, 12, 5)],
    );
    let bo = grid(&[(11, 1), (12, 1)], &[(1, 11, 2)]);
    let ballots = vec![says(1, 1, ana), says(2, 1, bo)];
    let mut held = Held::new(Method::Criteria, &[1, 2, 3], ballots);
    let table = held.tally().table.unwrap();
    assert_eq!(table.criteria[0].weight.mean, Some(3.0));
    assert!((table.criteria[0].weight.spread - 2.0).abs() < 1e-12);
    assert!(table.criteria[0].weight.differ && !table.criteria[1].weight.differ);
    assert_eq!(
        (
            table.criteria[2].weight.people,
            table.criteria[2].weight.mean
        ),
        (0, None)
    );
    // (3 × 3 + 0 × 1) ÷ 4, and (1 × 3 + 5 × 1) ÷ 4.
    assert_eq!(
        (table.options[0].value, table.options[1].value),
        (Some(2.25), Some(2.0))
    );
    assert_eq!(table.options[2].value, None);
    assert_eq!(held.tally().verdict, Verdict::Chosen { option: item(1) });
    // A criterion goes while others score it: what they gave it is left out, and the rest stands.
    held.terms.criteria.retain(|one| one.id != item(11));
    let table = held.tally().table.unwrap();
    assert_eq!(
        (table.options[0].value, table.options[1].value),
        (Some(0.0), Some(5.0))
    );
    // All weights nothing: all weigh the same, and that is said.
    held.ballots = vec![says(1, 1, grid(&[(11, 0), (12, 0)], &[(1, 12, 3)]))];
    let table = held.tally().table.unwrap();
    assert!(table.equal_weights && table.options[0].partial);
    assert_eq!(table.options[0].value, Some(3.0));
}

#[test]
fn who_thinks_again_casts_another_and_what_comes_after_the_end_does_not_hold() {
    let held = Held::new(
        Method::Vote,
        &[1],
        vec![
            says(1, 10, stance(Stance::For)),
            says(1, 20, stance(Stance::Against)),
            says(1, CLOSES + 1, stance(Stance::For)),
        ],
    );
    assert_eq!(held.answer_of(1), Some(stance(Stance::Against)));
    assert_eq!(held.standing().after_close.len(), 1);
    let mut back = held;
    back.ballots[1].off = Some(30);
    assert_eq!(
        back.answer_of(1),
        Some(stance(Stance::For)),
        "the one before holds again"
    );
    back.ballots[1].off = Some(CLOSES + 5);
    assert_eq!(
        back.answer_of(1),
        Some(stance(Stance::Against)),
        "too late to take it back"
    );
}

#[test]
fn what_was_counted_stands_whoever_backdates_or_counts_again() {
    let ana = says(1, 10, stance(Stance::For));
    let mut held = Held::new(Method::Vote, &[1, 2, 3], vec![ana.clone()]);
    let first = held.count(3, &[], &[(1, Some(&ana)), (2, None), (3, None)]);
    // Ana knows what came of it and would rather have voted otherwise; she backdates and counts again.
    let backdated = says(1, 500, stance(Stance::Against));
    held.ballots.push(backdated.clone());
    held.count(1, &[first], &[(1, Some(&backdated)), (2, None), (3, None)]);
    assert_eq!(held.answer_of(1), Some(stance(Stance::For)));
    // Bo's ballot was cast in time and arrives late: it waits, visibly, until somebody takes it in.
    let bo = says(2, 20, stance(Stance::Against));
    held.ballots.push(bo.clone());
    assert_eq!(held.answer_of(2), None);
    assert_eq!(held.standing().late, [bo.id]);
    held.count(3, &[first], &[(1, Some(&ana)), (2, Some(&bo)), (3, None)]);
    assert_eq!(held.answer_of(2), Some(stance(Stance::Against)));
    assert!(held.standing().late.is_empty());
    // Nobody is left out who was in.
    held.count(1, &[first], &[(3, None)]);
    assert_eq!(held.standing().electors.len(), 3);
}

#[test]
fn a_count_that_makes_up_a_ballot_silences_nobody() {
    let bo = says(2, 20, stance(Stance::Against));
    let invented = says(9, 1, stance(Stance::For));
    let mut held = Held::new(Method::Vote, &[1, 2], vec![bo.clone()]);
    let cheat = held.count(1, &[], &[(1, None), (2, Some(&invented))]);
    assert_eq!((held.answer_of(2), held.standing().awaited()), (None, 1));
    assert!(held.standing().is_provisional());
    assert_eq!(held.standing().late, [bo.id]);
    held.count(2, &[cheat], &[(1, None), (2, Some(&bo))]);
    assert_eq!(held.answer_of(2), Some(stance(Stance::Against)));
    assert!(!held.standing().is_provisional());
    // Were the invented one somebody else's, it is none of Bo's either.
    held.ballots.push(invented);
    assert_eq!(held.answer_of(2), Some(stance(Stance::Against)));
}

#[test]
fn two_who_count_at_once_and_disagree_are_shown_and_most_counters_decide() {
    let (old, new) = (
        says(1, 10, stance(Stance::For)),
        says(1, 20, stance(Stance::Against)),
    );
    let mut held = Held::new(Method::Vote, &[1, 2, 3], vec![old.clone(), new.clone()]);
    held.count(2, &[], &[(1, Some(&old)), (2, None)]);
    held.count(3, &[], &[(1, Some(&new)), (3, None)]);
    assert_eq!(
        held.answer_of(1),
        Some(stance(Stance::Against)),
        "of as many, what they said last"
    );
    assert_eq!(held.standing().disputed, [member(1)]);
    assert_eq!(held.standing().electors.len(), 3);
    held.count(4, &[], &[(1, Some(&old))]);
    assert_eq!(held.answer_of(1), Some(stance(Stance::For)));
    // Who counts twice is one person.
    held.count(3, &[], &[(1, Some(&new)), (2, None)]);
    assert_eq!(held.answer_of(1), Some(stance(Stance::For)));
}

#[test]
fn the_terms_that_were_counted_stand_whatever_the_decision_says_afterwards() {
    let ballots = vec![
        says(1, 1, stance(Stance::For)),
        says(2, 1, stance(Stance::Against)),
    ];
    let mut held = Held::new(Method::Vote, &[1, 2], ballots.clone());
    held.count(1, &[], &[(1, Some(&ballots[0])), (2, Some(&ballots[1]))]);
    assert_eq!(held.tally().verdict, Verdict::Rejected {});
    held.terms.threshold = "1/2".parse().unwrap();
    assert_eq!(held.tally().verdict, Verdict::Rejected {});
}

#[test]
fn nobody_alone_ends_a_decision_or_counts_by_terms_of_their_own() {
    let ballots = vec![
        says(1, 1, stance(Stance::For)),
        says(2, 1, stance(Stance::Against)),
    ];
    let mut held = Held::new(Method::Vote, &[1, 2, 3], ballots.clone());
    // Somebody counts before the end, and says that the end was earlier.
    let said = held.terms.clone();
    held.terms.closes = Some(0);
    held.count(3, &[], &[(1, None), (2, None), (9, None)]);
    held.terms = said.clone();
    assert!(!held.standing().counted);
    // Or after it, by a threshold that suits them; and others count as it was agreed.
    held.terms.threshold = "1/2".parse().unwrap();
    held.count(3, &[], &[(1, Some(&ballots[0])), (2, Some(&ballots[1]))]);
    held.terms = said;
    held.count(1, &[], &[(1, Some(&ballots[0])), (2, Some(&ballots[1]))]);
    assert_eq!(held.tally().verdict, Verdict::Rejected {});
    let standing = held.standing();
    assert_eq!(standing.terms, held.terms);
    assert_eq!(standing.electors.len(), 2);
    // Later nobody is added who is not asked.
    let first = held.counts[2].id;
    held.count(3, &[first], &[(9, None), (3, None)]);
    assert_eq!(held.standing().electors.len(), 3);
}

#[test]
fn who_was_removed_before_the_count_is_not_asked_and_who_was_counted_stays() {
    let ballots = vec![
        says(1, 1, stance(Stance::For)),
        says(2, 1, stance(Stance::For)),
    ];
    let mut held = Held::new(Method::Vote, &[1], ballots.clone());
    assert_eq!(held.tally().cast, 1);
    held.electors = people(&[1, 2]);
    held.count(1, &[], &[(1, Some(&ballots[0])), (2, Some(&ballots[1]))]);
    held.electors = people(&[1]);
    assert_eq!(held.tally().cast, 2);
}

fn cast(at: i64, answer: Answer) -> Edit {
    Edit::Ballot(BallotEdit::Cast {
        decision: decision(),
        member: member(1),
        at,
        answer,
    })
}

fn said(peer: &Peer) -> Balloting {
    read_ballots(&peer.doc, &member(1))
}

#[test]
fn a_ballot_is_taken_back_by_undoing_and_comes_back_by_redoing() {
    let mut ana = Peer::new(1, DocKind::Notebook);
    ana.edit(&cast(10, stance(Stance::For)));
    assert_eq!(said(&ana).ballots[&decision()][0].off, None);
    ana.undo();
    assert!(said(&ana).ballots[&decision()][0].off.is_some());
    ana.redo();
    ana.restart();
    assert_eq!(said(&ana).ballots[&decision()][0].off, None);
    assert!(
        !ana.edit(&cast(10, stance(Stance::For))).changed,
        "it stands there already"
    );
}

#[test]
fn two_machines_of_one_person_leave_two_ballots_and_one_of_them_holds() {
    let (mut desk, mut lap) = (
        Peer::new(1, DocKind::Notebook),
        Peer::new(2, DocKind::Notebook),
    );
    desk.edit(&cast(10, stance(Stance::For)));
    lap.edit(&cast(11, stance(Stance::Against)));
    desk.meet(&mut lap);
    let ballots = said(&desk).ballots[&decision()].clone();
    assert_eq!(ballots.len(), 2);
    let held = Held::new(Method::Vote, &[1, 2], ballots);
    assert_eq!(
        (held.tally().cast, held.tally().verdict),
        (1, Verdict::Rejected {})
    );
}

#[test]
fn what_is_not_its_own_hash_or_anothers_is_passed_over() {
    let mut ana = Peer::new(1, DocKind::Notebook);
    let (ballot, text) = Ballot::new(decision(), member(1), 5, stance(Stance::For));
    let altered = text.replace("\"for\"", "\"against\"");
    let (other, others) = Ballot::new(decision(), member(2), 5, stance(Stance::For));
    let mut tx = ana.doc.transaction();
    let key = |id: &dyn std::fmt::Display| format!("ballot/{}/{id}", decision());
    tx.put(ROOT, key(&ballot.id), altered).unwrap();
    tx.put(ROOT, key(&other.id), others).unwrap();
    tx.put(ROOT, "ballot/none/none", "{").unwrap();
    tx.put(ROOT, "ballot/", 3).unwrap();
    tx.put(ROOT, format!("count/{}/x", decision()), "{}")
        .unwrap();
    tx.commit();
    assert_eq!(said(&ana), Balloting::default());
}

#[test]
fn a_mark_in_anothers_name_is_not_believed() {
    let mut ana = Peer::new(1, DocKind::Decision);
    let theirs = says(2, 5, stance(Stance::For)).id;
    let mark = |who: u8| {
        Edit::Decision(DecisionEdit::Mark {
            member: member(who),
            ballot: theirs,
        })
    };
    ana.edit(&mark(2));
    assert!(read_decision(&ana.doc, &author).marks.is_empty());
    ana.edit(&mark(1));
    assert_eq!(read_decision(&ana.doc, &author).marks.len(), 1);
    let mut held = Held::new(Method::Vote, &[1, 2], Vec::new());
    held.electors = people(&[1, 2]);
    let marks = read_decision(&ana.doc, &author).marks;
    let standing = standing(&Deciding {
        terms: &held.terms,
        ballots: &[],
        counts: &[],
        marks: &marks,
        electors: &held.electors,
        known: &held.known,
    });
    assert_eq!(standing.awaited(), 1);
}

#[test]
fn two_who_prepare_a_decision_at_once_both_keep_what_they_wrote() {
    let (mut ana, mut bo) = (
        Peer::new(1, DocKind::Decision),
        Peer::new(2, DocKind::Decision),
    );
    let add = |id: u8, text: &str| {
        Edit::Decision(DecisionEdit::AddChoice {
            of: ChoiceOf::Option,
            id: item(id),
            text: text.into(),
        })
    };
    let set = |field: DecisionField, value: &str| {
        Edit::Decision(DecisionEdit::Set {
            field,
            value: Some(value.into()),
        })
    };
    ana.edit(&add(1, "Lundi"));
    ana.edit(&set(DecisionField::Quorum, "50 %"));
    bo.edit(&add(2, "Mardi"));
    bo.edit(&set(DecisionField::Closes, "2026-12-01T19:00:00+01:00"));
    bo.edit(&set(DecisionField::Threshold, "≥2/3"));
    ana.meet(&mut bo);
    let content = read_decision(&ana.doc, &author);
    assert_eq!(content.options.len(), 2);
    assert_eq!(content.closes, Some(1_796_148_000_000));
    let terms = Terms::of(&content);
    assert_eq!(terms.threshold.to_string(), ">=2/3");
    assert_eq!(terms.quorum.unwrap().need(5), 3);
    for (field, value, code) in [
        (DecisionField::Threshold, ">1/1", "bad-share"),
        (DecisionField::Quorum, "0", "bad-share"),
        (DecisionField::Closes, "demain", "bad-moment"),
        (DecisionField::Dots, "0", "bad-number"),
        (DecisionField::Method, "duel", "bad-choice"),
        (DecisionField::Reveal, "never", "bad-choice"),
    ] {
        assert_eq!(ana.try_edit(&set(field, value)).unwrap_err().code(), code);
    }
    ana.edit(&set(DecisionField::Method, "choose-dots"));
    ana.edit(&set(DecisionField::Quorum, "4"));
    let terms = Terms::of(&read_decision(&ana.doc, &author));
    assert_eq!(terms.can_open(3).unwrap_err().code(), "quorum-out-of-reach");
    assert!(terms.can_open(4).is_ok());
}

fn any_answer() -> impl Strategy<Value = Answer> {
    let id = || (1u8..=5).prop_map(item);
    let criterion = || (11u8..=14).prop_map(item);
    let points = || prop::collection::btree_map(id(), 0u32..9, 0..4);
    let words = String::new;
    prop_oneof![
        (0usize..Stance::ALL.len()).prop_map(move |n| Answer::Stance {
            stance: Stance::ALL[n],
            words: words(),
        }),
        prop::collection::vec(id(), 0..4).prop_map(move |options| Answer::Choice {
            options,
            words: words(),
        }),
        points().prop_map(move |points| Answer::Points {
            points,
            words: words()
        }),
        prop::collection::vec(id(), 0..5).prop_map(move |options| Answer::Ranking {
            options,
            words: words(),
        }),
        (
            prop::collection::btree_map(criterion(), 0u32..8, 0..4),
            prop::collection::btree_map(
                id(),
                prop::collection::btree_map(criterion(), 0u32..8, 0..4),
                0..4
            ),
        )
            .prop_map(move |(weights, scores)| Answer::Grid {
                weights,
                scores,
                words: words(),
            }),
        Just(Answer::Withdrawn {}),
        Just(Answer::Newer),
    ]
}

/// Who, when, what; and how somebody counts: whom they know of, which of the ballots, after which counts.
type Dice = (
    Vec<(u8, i64, Answer)>,
    Vec<(u8, Vec<(u8, usize)>, Vec<usize>)>,
);

fn dice() -> impl Strategy<Value = Dice> {
    let ballot = (1u8..7, 0i64..1_300, any_answer());
    let count = (
        1u8..7,
        prop::collection::vec((1u8..7, 0usize..12), 0..6),
        prop::collection::vec(0usize..6, 0..3),
    );
    (
        prop::collection::vec(ballot, 0..12),
        prop::collection::vec(count, 0..5),
    )
}

fn thrown(method: Method, dice: &Dice) -> Held {
    let ballots: Vec<Ballot> = dice
        .0
        .iter()
        .map(|(who, at, answer)| says(*who, *at, answer.clone()))
        .collect();
    let mut held = Held::new(method, &[1, 2, 3, 4, 5], ballots.clone());
    for (by, named, after) in &dice.1 {
        let after: Vec<CountId> = after
            .iter()
            .filter_map(|n| held.counts.get(*n).map(|one| one.id))
            .collect();
        let named: Vec<(u8, Option<&Ballot>)> = named
            .iter()
            .map(|(who, n)| (*who, ballots.get(*n)))
            .collect();
        held.count(*by, &after, &named);
    }
    held
}

#[test]
fn a_ballot_at_the_closing_moment_itself_counts_and_one_a_millisecond_later_does_not() {
    let at = |at| {
        let ballots = vec![says(1, at, stance(Stance::For))];
        Held::new(Method::Vote, &[1, 2], ballots)
    };
    assert_eq!(at(CLOSES).tally().cast, 1);
    let late = at(CLOSES + 1);
    assert_eq!(late.tally().cast, 0);
    assert_eq!(late.standing().after_close.len(), 1);
}

#[test]
fn of_two_ballots_of_one_moment_every_peer_takes_the_same() {
    let both = [Stance::For, Stance::Against].map(|one| says(1, CLOSES, stance(one)));
    let last = both.iter().map(|one| one.id).max();
    for ballots in [both.to_vec(), both.iter().rev().cloned().collect()] {
        let standing = Held::new(Method::Vote, &[1], ballots).standing();
        assert_eq!(standing.electors[0].ballot, last);
    }
}

proptest! {
    #[test]
    fn the_result_is_the_same_in_whatever_order_things_come_and_however_often(
        dice in dice(), method in 0usize..Method::ALL.len(), turn in 0usize..12,
    ) {
        let held = thrown(Method::ALL[method], &dice);
        let (standing, tally) = (held.standing(), held.tally());
        let mut other = thrown(Method::ALL[method], &dice);
        other.ballots.reverse();
        other.counts.reverse();
        let len = other.ballots.len().max(1);
        other.ballots.rotate_left(turn % len);
        other.ballots.extend(held.ballots.iter().take(turn).cloned());
        prop_assert_eq!(&other.standing(), &standing);
        prop_assert_eq!(&other.tally(), &tally);
    }

    #[test]
    fn whether_it_is_counted_is_known_from_counts_and_the_end_alone(
        dice in dice(), method in 0usize..Method::ALL.len(), closes in 0i64..3, known in 0u8..9,
    ) {
        let mut held = thrown(Method::ALL[method], &dice);
        held.terms.closes = [Some(CLOSES), Some(CLOSES + 7), None][usize::try_from(closes).unwrap()];
        held.known = people(&(1..=known).collect::<Vec<_>>());
        let counts: Vec<&Count> = held.counts.iter().collect();
        let counted = is_counted(&counts, held.terms.closes, |by| held.known.contains(by));
        prop_assert_eq!(counted, held.standing().counted);
    }

    #[test]
    fn nobody_counts_twice_and_nobody_is_counted_for_anothers_ballot(
        dice in dice(), method in 0usize..Method::ALL.len(),
    ) {
        let held = thrown(Method::ALL[method], &dice);
        let standing = held.standing();
        let people: BTreeSet<MemberId> = standing.electors.iter().map(|one| one.member).collect();
        prop_assert_eq!(people.len(), standing.electors.len());
        for one in &standing.electors {
            if one.answer.is_some() {
                let id = one.ballot.unwrap();
                let theirs = |b: &&Ballot| b.id == id && b.member == one.member && b.at <= CLOSES;
                prop_assert!(held.ballots.iter().any(|b| theirs(&b)));
            }
        }
        let tally = held.tally();
        prop_assert!(tally.cast <= tally.electors && tally.unusable <= tally.cast);
        let spoken: usize = tally.stances.iter().map(|one| one.people).sum();
        prop_assert!(spoken <= tally.electors);
    }

    #[test]
    fn before_a_count_whatever_others_write_changes_nothing_of_what_a_person_said(
        dice in dice(), others in dice(), method in 0usize..Method::ALL.len(),
    ) {
        let mut held = thrown(Method::ALL[method], &dice);
        held.counts.clear();
        for who in 1..6 {
            let said = |held: &Held| {
                let electors = held.standing().electors;
                let own = electors.into_iter().find(|one| one.member == member(who)).unwrap();
                (own.ballot, own.answer)
            };
            let before = said(&held);
            // Others say something else, or nothing at all.
            let mut other = thrown(Method::ALL[method], &others);
            other.counts.clear();
            other.ballots.retain(|one| one.member != member(who));
            let own = held.ballots.iter().filter(|one| one.member == member(who));
            other.ballots.extend(own.cloned());
            prop_assert_eq!(said(&other), before.clone());
            other.ballots.retain(|one| one.member == member(who));
            prop_assert_eq!(said(&other), before);
        }
    }

    #[test]
    fn once_two_have_counted_whatever_others_say_and_one_more_counts_changes_nothing_of_a_counted_ballot(
        dice in dice(), others in dice(), method in 0usize..Method::ALL.len(),
        rogue in prop::collection::vec(
            (prop::collection::vec((1u8..7, 0usize..24), 0..6), prop::collection::vec(0usize..6, 0..3)), 0..4,
        ),
    ) {
        let mut held = thrown(Method::ALL[method], &dice);
        held.counts.clear();
        // Two count what is there, neither knowing of the other.
        let newest = held.standing().electors;
        let by_id = |id| held.ballots.iter().find(|one| Some(one.id) == id).cloned();
        let found: Vec<(u8, Option<Ballot>)> = (1..6)
            .map(|who| {
                let own = newest.iter().find(|one| one.member == member(who));
                (who, own.and_then(|own| by_id(own.ballot)))
            })
            .collect();
        let named: Vec<(u8, Option<&Ballot>)> = found.iter().map(|(who, one)| (*who, one.as_ref())).collect();
        held.count(1, &[], &named);
        held.count(2, &[], &named);
        let before = held.standing();
        prop_assert!(before.counted);
        for own in before.electors.iter().filter(|one| one.answer.is_some()) {
            // Everybody else says something else or nothing, and one person counts as they like, honestly or not.
            let mut other = thrown(Method::ALL[method], &others);
            other.counts.clone_from(&held.counts);
            other.ballots.retain(|one| one.member != own.member);
            other.ballots.extend(held.ballots.iter().filter(|one| one.member == own.member).cloned());
            let all: Vec<Ballot> = other.ballots.iter().chain(&held.ballots).cloned().collect();
            for (named, after) in &rogue {
                let named: Vec<(u8, Option<&Ballot>)> =
                    named.iter().map(|(who, n)| (*who, all.get(*n))).collect();
                let after: Vec<CountId> =
                    after.iter().filter_map(|n| other.counts.get(*n)).map(|one| one.id).collect();
                other.count(6, &after, &named);
            }
            let now = other.standing();
            let still = now.electors.iter().find(|one| one.member == own.member).unwrap();
            prop_assert_eq!((&still.ballot, &still.answer), (&own.ballot, &own.answer));
        }
    }

    #[test]
    fn what_stands_in_anothers_notebook_under_my_name_is_nobodys_answer(
        answers in prop::collection::vec((any_answer(), 0i64..CLOSES), 1..5),
    ) {
        let mut zoe = Peer::new(2, DocKind::Notebook);
        let mut transaction = zoe.doc.transaction();
        for (answer, at) in answers {
            let (ballot, text) = Ballot::new(decision(), member(1), at, answer);
            let key = format!("ballot/{}/{}", decision(), ballot.id);
            transaction.put(ROOT, key, text).unwrap();
        }
        transaction.commit();
        prop_assert_eq!(read_ballots(&zoe.doc, &member(2)), Balloting::default());
    }

    #[test]
    fn a_ballot_once_counted_and_here_stays_whoever_counts_again(
        dice in dice(), named in prop::collection::vec((1u8..7, 0usize..12), 0..6), by in 1u8..7,
    ) {
        let mut held = thrown(Method::Vote, &dice);
        let before = held.standing();
        let after: Vec<CountId> = held.counts.iter().map(|one| one.id).collect();
        prop_assume!(!after.is_empty());
        let ballots = held.ballots.clone();
        let named: Vec<(u8, Option<&Ballot>)> =
            named.iter().map(|(who, n)| (*who, ballots.get(*n))).collect();
        held.count(by, &after, &named);
        let now = held.standing();
        for one in before.electors.iter().filter(|one| one.answer.is_some()) {
            let still = now.electors.iter().find(|other| other.member == one.member).unwrap();
            prop_assert_eq!(&still.answer, &one.answer);
        }
    }
}

/// What somebody does to a decision without regard to how far it has come.
fn any_preparing() -> impl Strategy<Value = DecisionEdit> {
    let fields = vec![
        (DecisionField::Threshold, vec![">1/2", ">=2/3", ">=3/4"]),
        (DecisionField::Quorum, vec!["1", "3", "50%"]),
        (
            DecisionField::Method,
            vec!["vote", "consent", "choose-dots"],
        ),
        (DecisionField::Question, vec!["Oui ?", "Non ?"]),
        (DecisionField::Title, vec!["Ouvrir", "Fermer"]),
        (DecisionField::Names, vec!["shown", "hidden"]),
        (
            DecisionField::Closes,
            vec!["2026-12-01T18:00:00Z", "2026-12-02T18:00:00Z"],
        ),
    ];
    let set = prop::sample::select(fields).prop_flat_map(|(field, values)| {
        prop::option::of(prop::sample::select(values)).prop_map(move |value| DecisionEdit::Set {
            field,
            value: value
                .or((field == DecisionField::Title).then_some("Sans titre"))
                .map(str::to_owned),
        })
    });
    prop_oneof![
        4 => set,
        1 => (1u8..5, any::<bool>()).prop_map(|(n, off)| DecisionEdit::Concern { member: member(n), off }),
        1 => (1u8..9).prop_map(|n| DecisionEdit::AddChoice {
            of: ChoiceOf::Option,
            id: item(n),
            text: format!("option {n}"),
        }),
        1 => (1u8..9, any::<bool>()).prop_map(|(n, restore)| DecisionEdit::RemoveChoice {
            of: ChoiceOf::Option,
            id: item(n),
            restore,
        }),
    ]
}

fn put() -> Edit {
    Edit::Decision(DecisionEdit::SetAll {
        fields: vec![(DecisionField::Stage, Some("open".into()))],
    })
}

/// What people answer to, and who is asked.
fn fixed(peer: &Peer) -> (Terms, BTreeSet<MemberId>) {
    let content = read_decision(&peer.doc, &author);
    let terms = Terms {
        closes: None,
        ..Terms::of(&content)
    };
    (terms, content.concerned)
}

proptest! {
    #[test]
    fn what_is_open_goes_by_what_it_said_when_it_was_put_whatever_others_change_apart_or_afterwards(
        before in prop::collection::vec(any_preparing(), 0..6),
        apart in prop::collection::vec(any_preparing(), 0..8),
        after in prop::collection::vec(any_preparing(), 0..4),
        turned in any::<bool>(),
    ) {
        let (mut ana, mut bo) = (Peer::new(1, DocKind::Decision), Peer::new(2, DocKind::Decision));
        let does = |peer: &mut Peer, edits: &[DecisionEdit]| {
            for edit in edits {
                // An option that is not there is not taken out.
                if let Ok(applied) = peer.try_edit(&Edit::Decision(edit.clone())) {
                    peer.undo.record((), applied.undo);
                }
            }
        };
        // None is without one.
        let title = DecisionEdit::Set { field: DecisionField::Title, value: Some("Ouvrir ?".into()) };
        does(&mut ana, &[title]);
        does(&mut ana, &before);
        bo.meet(&mut ana);
        does(&mut bo, &apart);
        ana.edit(&put());
        let then = fixed(&ana);
        if turned {
            bo.meet(&mut ana);
            does(&mut bo, &after);
            bo.undo();
        } else {
            does(&mut ana, &after);
        }
        ana.meet(&mut bo);
        bo.meet(&mut ana);
        prop_assert_eq!(&fixed(&ana), &then);
        prop_assert_eq!(&fixed(&bo), &then);
        let closes = |peer: &Peer| read_decision(&peer.doc, &author).closes;
        prop_assert_eq!(closes(&ana), closes(&bo));
    }
}

#[test]
fn an_end_that_was_set_without_knowing_that_it_is_open_does_not_end_it() {
    let (mut ana, mut bo) = (
        Peer::new(1, DocKind::Decision),
        Peer::new(2, DocKind::Decision),
    );
    let ends = |day: u8| {
        Edit::Decision(DecisionEdit::Set {
            field: DecisionField::Closes,
            value: Some(format!("2026-12-{day:02}T18:00:00Z")),
        })
    };
    let end = |peer: &Peer| {
        let closes = read_decision(&peer.doc, &author).closes.unwrap();
        jiff::Timestamp::from_millisecond(closes)
            .unwrap()
            .to_string()[8..10]
            .to_owned()
    };
    ana.edit(&ends(10));
    bo.meet(&mut ana);
    bo.edit(&ends(2));
    ana.edit(&put());
    ana.meet(&mut bo);
    bo.meet(&mut ana);
    assert_eq!((end(&ana), end(&bo)), ("10".into(), "10".into()));
    assert!(read_decision(&ana.doc, &author).conflicts.is_empty());
    bo.edit(&ends(12));
    ana.meet(&mut bo);
    assert_eq!(end(&ana), "12");
    // Two who know, apart: one is shown, both are kept.
    ana.edit(&ends(13));
    bo.edit(&ends(14));
    ana.meet(&mut bo);
    bo.meet(&mut ana);
    assert_eq!(end(&ana), end(&bo));
    let conflicts = read_decision(&ana.doc, &author).conflicts;
    assert_eq!(conflicts[0].values.len(), 2);
    assert!(conflicts[0].values[0].value.contains(&end(&ana)));
}

#[test]
fn put_by_two_at_once_it_goes_by_what_the_earlier_one_said() {
    let (mut ana, mut bo) = (
        Peer::new(1, DocKind::Decision),
        Peer::new(2, DocKind::Decision),
    );
    let quorum = |value: &str| {
        Edit::Decision(DecisionEdit::Set {
            field: DecisionField::Quorum,
            value: Some(value.into()),
        })
    };
    ana.edit(&quorum("2"));
    ana.edit(&put());
    for value in ["3", "4", "5"] {
        bo.edit(&quorum(value));
    }
    bo.edit(&put());
    ana.meet(&mut bo);
    bo.meet(&mut ana);
    for peer in [&ana, &bo] {
        assert_eq!(fixed(peer).0.quorum.unwrap().need(9), 2);
    }
}
