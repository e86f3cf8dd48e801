//! What is written apart on any number of machines: each person counts once, and everybody reads the same, whichever way it came.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use tresse_model::{
    Answer, Ballot, BallotEdit, Deciding, DocId, DocKind, Edit, EvaluationEdit, Method,
    OwnEvaluation, STATEMENTS, Series, SeriesEdit, SeriesField, Stance, Standing, Terms,
    assessment_facts, occurrences, read_ballots, read_network, read_notebook, standing, tally,
};

use crate::support::{Peer, author, item, member};

/// A few milliseconds after the clocks of these machines begin: some take a ballot back before it, some after it.
const CLOSES: i64 = 1_700_000_000_008;

fn decision() -> DocId {
    DocId::decision([7; 16])
}

/// One person's machines, which write apart: each with a beginning of its own.
fn machines(person: u8, kind: DocKind, count: usize) -> Vec<Peer> {
    let first = 1 + (person - 1) * 8;
    (first..).take(count).map(|n| Peer::new(n, kind)).collect()
}

/// All of it together, met in this order.
fn together(machines: &mut [Peer], kind: DocKind, order: &[usize]) -> Peer {
    let mut here = Peer::new(250, kind);
    for at in order {
        here.meet(&mut machines[at % machines.len()]);
    }
    // Every one is in it, whatever the order names.
    for machine in machines {
        here.meet(machine);
    }
    here
}

/// On which machine, at what time, for or against; and whether it is undone there at once.
type Vote = (usize, i64, bool, bool);

fn votes() -> impl Strategy<Value = Vec<Vote>> {
    let vote = (
        0..8usize,
        CLOSES - 1_000..CLOSES + 300,
        any::<bool>(),
        any::<bool>(),
    );
    prop::collection::vec(vote, 0..14)
}

fn terms() -> Terms {
    let mut terms = Terms::of(&tresse_model::DecisionContent {
        method: Method::Vote,
        ..Default::default()
    });
    terms.closes = Some(CLOSES);
    terms
}

fn stands(ballots: &[Ballot]) -> Standing {
    let people: BTreeSet<_> = [1, 2].map(member).into();
    standing(&Deciding {
        terms: &terms(),
        ballots: &ballots.iter().collect::<Vec<_>>(),
        counts: &[],
        marks: &BTreeMap::new(),
        electors: &people,
        known: &people,
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn ballots_of_one_person_over_any_number_of_devices_count_once_and_the_last_in_time_holds(
        count in 1..8usize, votes in votes(),
        order in prop::collection::vec(0..8usize, 0..12),
        other in prop::collection::vec(0..8usize, 0..12),
    ) {
        let mut devices = machines(1, DocKind::Notebook, count);
        for (device, at, yes, undone) in &votes {
            let peer = &mut devices[device % count];
            let stance = if *yes { Stance::For } else { Stance::Against };
            let applied = peer.edit(&Edit::Ballot(BallotEdit::Cast {
                decision: decision(),
                member: member(1),
                at: *at,
                answer: Answer::Stance { stance, words: String::new() },
            }));
            if *undone && applied.changed {
                peer.undo();
            }
        }
        let read = |peer: &Peer| {
            let said = read_ballots(&peer.doc, &member(1));
            said.ballots.get(&decision()).cloned().unwrap_or_default()
        };
        let one = read(&together(&mut devices, DocKind::Notebook, &order));
        prop_assert_eq!(&one, &read(&together(&mut devices, DocKind::Notebook, &other)));
        let stands = stands(&one);
        let mine: Vec<_> = stands.electors.iter().filter(|one| one.member == member(1)).collect();
        prop_assert_eq!(mine.len(), 1);
        let tally = tally(&stands);
        prop_assert!(tally.cast <= 1);
        let said: usize = tally.stances.iter().map(|one| one.people).sum();
        prop_assert_eq!(said, tally.cast);
        // Of those in time that were not taken back in time the one that claims to be last, then the one with the greater name.
        let in_time = one
            .iter()
            .filter(|one| one.at <= CLOSES && one.off.is_none_or(|off| off > CLOSES));
        let last = in_time.max_by_key(|one| (one.at, one.id)).map(|one| one.id);
        prop_assert_eq!(mine[0].ballot.filter(|_| mine[0].answer.is_some()), last);
    }

    #[test]
    fn how_people_see_working_together_is_the_same_in_any_order_of_arrival_and_over_any_devices(
        people in prop::collection::vec(
            (1..5usize, prop::collection::vec((0..8usize, 0..700u16, 0..12u8, 1..6u8), 0..10)), 1..6,
        ),
        order in prop::collection::vec(0..8usize, 0..8),
        other in prop::collection::vec(0..8usize, 0..8),
        left in prop::option::of((0..5usize, 0..700u16)), threshold in 0..5u8,
    ) {
        let day = |days: u16| {
            let first = jiff::civil::date(2025, 3, 1);
            (first + jiff::Span::new().days(i64::from(days))).to_string()
        };
        let mut one: Vec<OwnEvaluation> = Vec::new();
        let mut two: Vec<OwnEvaluation> = Vec::new();
        for (n, (count, said)) in (1u8..).zip(&people) {
            let mut devices = machines(n, DocKind::Notebook, *count);
            for (device, on, statement, score) in said {
                devices[device % count].edit(&Edit::Evaluation(EvaluationEdit::Assess {
                    on: day(*on),
                    statement: STATEMENTS[usize::from(*statement)].key.to_owned(),
                    score: Some(*score),
                }));
            }
            let own = |peer: &Peer| (*read_notebook(&peer.doc, &author).evaluation).clone();
            one.push(own(&together(&mut devices, DocKind::Notebook, &order)));
            two.push(own(&together(&mut devices, DocKind::Notebook, &other)));
        }
        let gone: BTreeMap<_, _> = left
            .map(|(who, on)| (member((who % people.len()) as u8 + 1), day(on)))
            .into_iter()
            .collect();
        let facts = |said: &[OwnEvaluation], turned: bool| {
            let numbered = (1u8..).zip(said).map(|(n, own)| (member(n), own));
            let mut numbered: Vec<_> = numbered.collect();
            if turned {
                numbered.reverse();
            }
            assessment_facts(&numbered.into_iter().collect(), &gone, &member(1), threshold, "2026-11-28")
        };
        let known = facts(&one, false);
        prop_assert_eq!(&known, &facts(&two, true));
        for day in &known.network {
            prop_assert!(day.people <= people.len());
            for corner in day.corners.iter().flatten() {
                prop_assert!(corner.people <= day.people);
            }
        }
    }

    #[test]
    fn rules_of_meetings_whose_rhythm_and_days_are_set_apart_come_out_the_same(
        apart in prop::collection::vec(prop::collection::vec(rule_edit(), 0..6), 3),
        order in Just(vec![0usize, 1, 2]).prop_shuffle(),
        other in Just(vec![0usize, 1, 2]).prop_shuffle(),
    ) {
        let mut base = Peer::new(9, DocKind::Network);
        base.edit(&Edit::Series(SeriesEdit::Add {
            id: item(1),
            title: "Comité".into(),
            fields: vec![(SeriesField::Rhythm, "2 weeks tue".into()), (SeriesField::From, "2026-12-01".into())],
        }));
        let mut people: Vec<Peer> = (1..=3).map(|n| Peer::new(n, DocKind::Network)).collect();
        // What each set last of every field, alone.
        let mut last: Vec<BTreeMap<&str, String>> = Vec::new();
        for (peer, edits) in people.iter_mut().zip(&apart) {
            peer.meet(&mut base);
            let mut said = BTreeMap::new();
            for (field, value) in edits {
                let edit = SeriesEdit::Set { id: item(1), field: *field, value: Some(value.clone()) };
                // A rule that never occurs is refused, whoever's alone.
                if peer.try_edit(&Edit::Series(edit)).is_ok_and(|done| done.changed) {
                    said.insert(field.key(), value.clone());
                }
            }
            last.push(said);
        }
        let rule = |peer: &Peer| read_network(&peer.doc, &author).series.remove(0);
        let one = rule(&together(&mut people, DocKind::Network, &order));
        let two = rule(&together(&mut people, DocKind::Network, &other));
        prop_assert_eq!(&one, &two);
        let days = |rule: &Series| occurrences(rule, "2026-01-01", "2029-12-31");
        prop_assert_eq!(days(&one), days(&two));
        // Each field holds what one of them set last, or what it held before; and days are days of the rule.
        for (field, held, before) in [
            ("rhythm", &one.rhythm, "2 weeks tue"),
            ("from", &one.from, "2026-12-01"),
            ("until", &one.until, ""),
        ] {
            let said: Vec<&String> = last.iter().filter_map(|said| said.get(field)).collect();
            if said.is_empty() {
                prop_assert_eq!(held, before);
            } else {
                prop_assert!(said.contains(&held), "{} holds {}", field, held);
            }
        }
        prop_assert_eq!(one.occurs(), occurrences(&one, "2000-01-01", "2099-12-31").iter().any(|day| !day.on.is_empty()));
        for day in days(&one) {
            prop_assert!(day.on >= one.from && (one.until.is_empty() || day.on <= one.until));
        }
    }
}

fn rule_edit() -> impl Strategy<Value = (SeriesField, String)> {
    let days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let weekday = prop::sample::select(days.to_vec());
    let rhythm = (0..3u8, 1..5u8, 1..=31u8, 1..=5u8, weekday).prop_map(
        |(kind, every, day, nth, weekday)| match (kind, nth) {
            (0, _) => format!("{every} weeks {weekday}"),
            (1, _) => format!("{every} months day {day}"),
            (_, 5) => format!("{every} months last {weekday}"),
            (_, nth) => format!("{every} months {nth} {weekday}"),
        },
    );
    let day = |years: std::ops::Range<u16>| {
        (years, 1..=12u8, 1..=28u8)
            .prop_map(|(year, month, day)| format!("{year}-{month:02}-{day:02}"))
    };
    prop_oneof![
        3 => rhythm.prop_map(|value| (SeriesField::Rhythm, value)),
        2 => day(2026..2028).prop_map(|value| (SeriesField::From, value)),
        2 => day(2027..2029).prop_map(|value| (SeriesField::Until, value)),
    ]
}
