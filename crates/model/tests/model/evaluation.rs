//! What a network asks its members, what they answer, and what follows: the same at every peer, each person once, and never broken
//! down under the threshold.

use std::collections::BTreeMap;

use proptest::prelude::*;
use tresse_model::{
    Answered, Assessed, ContributionEdit, Corner, DocKind, Edit, EvaluationEdit, ItemId, MemberId,
    ObjectiveField, OwnEvaluation, PulseAnswer, PulseField, PulseRhythm, PulseSettings, QUESTIONS,
    Question, STATEMENTS, answers_in, assessment_facts, pulse_facts, read_network, read_notebook,
    read_plan, running_period,
};

use crate::support::{Dice, Peer, author, item, member};

/// An edit of what is asked, thrown by dice.
pub(crate) fn asking(
    what: u8,
    id: ItemId,
    any: ItemId,
    (_, which, x, y, words): &Dice,
    date: Option<String>,
) -> Edit {
    let on_offer = QUESTIONS[usize::from(*which) % QUESTIONS.len()].to_owned();
    let question = if x % 2 == 0 {
        on_offer
    } else {
        any.to_string()
    };
    Edit::Evaluation(match what / 3 % 5 {
        0 => EvaluationEdit::Begin {
            rhythm: PulseRhythm::ALL[usize::from(*y) % 4],
            start: date.unwrap_or_else(|| "2026-01-01".to_owned()),
            threshold: 2 + (*x % 4) as u8,
            questions: vec![QUESTIONS[usize::from(*which)].to_owned()],
        },
        1 => EvaluationEdit::Ask {
            question: id.to_string(),
            text: Some(format!("q{words}")),
        },
        2 => EvaluationEdit::Reword {
            question,
            text: Some(format!("r{words}")),
        },
        3 => EvaluationEdit::Unask {
            question,
            restore: y % 3 == 0,
        },
        _ => EvaluationEdit::SetPulse {
            field: PulseField::Threshold,
            value: Some((2 + y % 5).to_string()),
        },
    })
}

/// An edit of what one answers or gave, thrown by dice.
pub(crate) fn answering(
    what: u8,
    id: ItemId,
    any: ItemId,
    (_, which, x, y, words): &Dice,
    date: Option<String>,
) -> Edit {
    let day = date.unwrap_or_else(|| "2026-11-24".to_owned());
    let score = (*y % 5) as u8 + 1;
    match what / 5 % 5 {
        0 => Edit::Contribution(ContributionEdit::Add {
            id,
            text: format!("g{words}"),
            on: Some(day),
        }),
        1 => Edit::Contribution(ContributionEdit::Remove {
            id: any,
            restore: y % 3 == 0,
        }),
        2 => Edit::Evaluation(EvaluationEdit::Assess {
            on: day,
            statement: STATEMENTS[usize::from(*which)].key.to_owned(),
            score: (x % 4 != 0).then_some(score),
        }),
        _ => Edit::Evaluation(EvaluationEdit::Answer {
            period: day,
            instead: Vec::new(),
            question: QUESTIONS[usize::from(*which)].to_owned(),
            answer: (x % 4 != 0).then(|| Answered {
                score,
                word: Some(words.clone()),
                asked: None,
            }),
        }),
    }
}

fn begin(rhythm: PulseRhythm, start: &str) -> Edit {
    Edit::Evaluation(EvaluationEdit::Begin {
        rhythm,
        start: start.into(),
        threshold: 3,
        questions: vec!["satisfaction".into(), "heard".into()],
    })
}

fn ask(question: &str, text: Option<&str>) -> Edit {
    Edit::Evaluation(EvaluationEdit::Ask {
        question: question.into(),
        text: text.map(Into::into),
    })
}

fn reword(question: &str, text: &str) -> Edit {
    Edit::Evaluation(EvaluationEdit::Reword {
        question: question.into(),
        text: Some(text.into()),
    })
}

fn unask(question: &str, restore: bool) -> Edit {
    Edit::Evaluation(EvaluationEdit::Unask {
        question: question.into(),
        restore,
    })
}

fn set(field: PulseField, value: &str) -> Edit {
    Edit::Evaluation(EvaluationEdit::SetPulse {
        field,
        value: Some(value.into()),
    })
}

fn answer(period: &str, question: &str, score: u8, asked: &str) -> Edit {
    Edit::Evaluation(EvaluationEdit::Answer {
        period: period.into(),
        instead: Vec::new(),
        question: question.into(),
        answer: Some(Answered {
            score,
            word: None,
            asked: Some(asked.into()),
        }),
    })
}

fn pulse(peer: &Peer) -> PulseSettings {
    read_network(&peer.doc, &author).pulse
}

fn own(peer: &Peer) -> OwnEvaluation {
    (*read_notebook(&peer.doc, &author).evaluation).clone()
}

fn keys(settings: &PulseSettings) -> Vec<&str> {
    settings.asked().map(|one| one.key.as_str()).collect()
}

/// The first question's answers: day, score.
fn said(days: &[(&str, u8)]) -> OwnEvaluation {
    let answers = days.iter().map(|(period, score)| PulseAnswer {
        period: (*period).into(),
        question: "satisfaction".into(),
        score: *score,
        word: String::new(),
        asked: String::new(),
    });
    OwnEvaluation {
        answers: answers.collect(),
        assessed: Vec::new(),
    }
}

fn found(list: &[OwnEvaluation]) -> BTreeMap<MemberId, &OwnEvaluation> {
    let numbered = (1u8..).zip(list);
    numbered.map(|(n, own)| (member(n), own)).collect()
}

fn settings(rhythm: PulseRhythm, start: &str, threshold: u8) -> PulseSettings {
    PulseSettings {
        rhythm: Some(rhythm),
        start: start.into(),
        threshold,
        questions: vec![Question {
            key: "satisfaction".into(),
            text: String::new(),
            removed: false,
            conflicts: Vec::new(),
        }],
        conflicts: Vec::new(),
    }
}

#[test]
fn two_who_begin_to_ask_at_once_have_begun_once() {
    let (mut ana, mut bo) = (
        Peer::new(1, DocKind::Network),
        Peer::new(2, DocKind::Network),
    );
    ana.edit(&begin(PulseRhythm::Quarterly, "2026-01-01"));
    bo.edit(&begin(PulseRhythm::Quarterly, "2026-01-01"));
    bo.edit(&ask(&item(9).to_string(), Some("Et le goûter ?")));
    ana.meet(&mut bo);
    bo.meet(&mut ana);
    assert_eq!(pulse(&ana), pulse(&bo));
    let nine = item(9).to_string();
    assert_eq!(keys(&pulse(&ana)), ["satisfaction", "heard", &nine]);
    assert!(pulse(&ana).conflicts.is_empty());

    // Another rhythm by each at once: one is shown, both can be seen.
    ana.edit(&set(PulseField::Rhythm, "monthly"));
    bo.edit(&set(PulseField::Rhythm, "yearly"));
    ana.meet(&mut bo);
    bo.meet(&mut ana);
    assert_eq!(pulse(&ana), pulse(&bo));
    assert_eq!(pulse(&ana).conflicts[0].field, "rhythm");
    assert_eq!(pulse(&ana).conflicts[0].values.len(), 2);

    // Undone as one; asked again, it stands where it stood.
    let mut cy = Peer::new(3, DocKind::Network);
    cy.edit(&begin(PulseRhythm::Monthly, "2026-01-01"));
    cy.undo();
    assert_eq!(pulse(&cy), PulseSettings::default());
    cy.redo();
    assert_eq!(keys(&pulse(&cy)), ["satisfaction", "heard"]);
    cy.edit(&unask("satisfaction", false));
    assert_eq!(keys(&pulse(&cy)), ["heard"]);
    cy.edit(&ask("satisfaction", None));
    assert_eq!(keys(&pulse(&cy)), ["satisfaction", "heard"]);
}

#[test]
fn a_question_reworded_or_taken_out_while_others_answer_keeps_their_answers() {
    let mut network = Peer::new(1, DocKind::Network);
    let mut other = Peer::new(2, DocKind::Network);
    network.edit(&begin(PulseRhythm::Quarterly, "2026-01-01"));
    other.meet(&mut network);
    network.edit(&reword("satisfaction", "Êtes-vous content ?"));
    other.edit(&unask("heard", false));
    network.meet(&mut other);
    let mut people = Vec::new();
    for (n, asked) in [(1, ""), (2, "Êtes-vous content ?"), (3, "")] {
        let mut one = Peer::new(n, DocKind::Notebook);
        one.edit(&answer("2026-10-01", "satisfaction", n + 1, asked));
        one.edit(&answer("2026-10-01", "heard", 5, ""));
        people.push(own(&one));
    }
    let facts = pulse_facts(&pulse(&network), &found(&people), "2026-11-28");
    let running = &facts.results[0];
    let shown = running.questions[0].shown.clone().unwrap();
    assert_eq!(
        (shown.counts, shown.mean, shown.otherwise),
        ([0, 1, 1, 1, 0], 300, 2)
    );
    // What is asked no more stays to be seen where it was answered, and nowhere else.
    assert_eq!(running.questions[1].question, "heard");
    let later = pulse_facts(&pulse(&network), &found(&people), "2027-01-02");
    assert_eq!(later.results.len(), 2);
    assert_eq!(later.results[1].questions.len(), 1);
    assert!(!later.results[0].running && later.results[1].running);
}

#[test]
fn under_the_threshold_only_the_number_of_answers_is_told() {
    let two = [said(&[("2026-10-01", 1)]), said(&[("2026-10-01", 5)])];
    let facts = pulse_facts(
        &settings(PulseRhythm::Quarterly, "2026-01-01", 3),
        &found(&two),
        "2026-11-28",
    );
    assert_eq!(facts.results[0].people, 2);
    assert_eq!(facts.results[0].questions[0].answers, 2);
    assert_eq!(facts.results[0].questions[0].shown, None);
    // No threshold shows one answer alone, whatever somebody wrote.
    let one = [said(&[("2026-10-01", 1)])];
    let facts = pulse_facts(
        &settings(PulseRhythm::Quarterly, "2026-01-01", 0),
        &found(&one),
        "2026-11-28",
    );
    assert_eq!(facts.results[0].questions[0].shown, None);
}

#[test]
fn another_rhythm_gathers_older_answers_and_each_person_once() {
    let people = [
        said(&[("2026-09-01", 1), ("2026-10-01", 2), ("2026-11-01", 4)]),
        said(&[("2026-10-01", 5)]),
        said(&[("2026-12-01", 3)]),
    ];
    let monthly = pulse_facts(
        &settings(PulseRhythm::Monthly, "2026-01-01", 2),
        &found(&people),
        "2026-11-28",
    );
    let counts = |facts: &tresse_model::PulseFacts| -> Vec<(String, usize)> {
        let results = facts.results.iter();
        results
            .map(|one| (one.period.from.clone(), one.people))
            .collect()
    };
    let expected = [("2026-09-01", 1), ("2026-10-01", 2), ("2026-11-01", 1)];
    assert_eq!(
        counts(&monthly),
        expected.map(|(day, n)| (day.to_owned(), n))
    );
    let quarterly = pulse_facts(
        &settings(PulseRhythm::Quarterly, "2026-01-01", 2),
        &found(&people),
        "2026-11-28",
    );
    let expected = [("2026-07-01", 1), ("2026-10-01", 2)];
    assert_eq!(
        counts(&quarterly),
        expected.map(|(day, n)| (day.to_owned(), n))
    );
    // Of two answers of one person in one period the last counts; one for a day to come waits for it.
    let shown = quarterly.results[1].questions[0].shown.clone().unwrap();
    assert_eq!((shown.counts, shown.mean), ([0, 0, 0, 1, 1], 450));
    // Nothing is asked any more: what was answered stays, under its days.
    let mut stopped = settings(PulseRhythm::Monthly, "2026-01-01", 2);
    stopped.rhythm = None;
    let facts = pulse_facts(&stopped, &found(&people), "2026-11-28");
    assert_eq!((facts.period, facts.results.len()), (None, 3));
    // The first day is still to come: what was asked before is counted back from it.
    let later = settings(PulseRhythm::Quarterly, "2027-02-01", 2);
    assert_eq!(running_period(&later, "2026-11-28"), None);
    let facts = pulse_facts(&later, &found(&people), "2026-11-28");
    assert_eq!(counts(&facts)[0].0, "2026-08-01");
}

#[test]
fn answered_again_under_another_rhythm_the_newer_answer_stands_and_can_be_taken_back() {
    let mut ana = Peer::new(1, DocKind::Notebook);
    ana.edit(&answer("2026-11-01", "satisfaction", 1, ""));
    let period = running_period(
        &settings(PulseRhythm::Quarterly, "2026-01-01", 2),
        "2026-11-28",
    )
    .unwrap();
    assert_eq!(
        (&*period.from, &*period.until),
        ("2026-10-01", "2026-12-31")
    );
    let here = |peer: &Peer| -> Vec<(String, u8)> {
        let own = own(peer);
        let found = answers_in(&own, "satisfaction", &period);
        found
            .iter()
            .map(|one| (one.period.clone(), one.score))
            .collect()
    };
    let again = |answer: Option<Answered>| {
        Edit::Evaluation(EvaluationEdit::Answer {
            period: "2026-10-01".into(),
            instead: vec!["2026-11-01".into()],
            question: "satisfaction".into(),
            answer,
        })
    };
    ana.edit(&again(Some(Answered {
        score: 4,
        word: Some("mieux".into()),
        asked: None,
    })));
    assert_eq!(here(&ana), [("2026-10-01".to_owned(), 4)]);
    ana.undo();
    assert_eq!(here(&ana), [("2026-11-01".to_owned(), 1)]);
    ana.edit(&again(None));
    assert!(here(&ana).is_empty());
}

#[test]
fn what_is_no_answer_is_refused_in_words_and_changes_nothing() {
    let mut ana = Peer::new(1, DocKind::Notebook);
    let mut network = Peer::new(1, DocKind::Network);
    let code = |peer: &mut Peer, edit: &Edit| peer.try_edit(edit).unwrap_err().code();
    assert_eq!(
        code(&mut ana, &answer("2026-10-01", "heard", 0, "")),
        "bad-score"
    );
    assert_eq!(
        code(&mut ana, &answer("2026-10-01", "heard", 6, "")),
        "bad-score"
    );
    assert_eq!(
        code(&mut ana, &answer("2026-13-01", "heard", 3, "")),
        "bad-date"
    );
    assert_eq!(code(&mut ana, &answer("", "heard", 3, "")), "empty");
    assert_eq!(
        code(&mut ana, &answer("2026-10-01", "magic", 3, "")),
        "not-found"
    );
    assert_eq!(
        code(&mut network, &set(PulseField::Rhythm, "daily")),
        "bad-pulse-rhythm"
    );
    assert_eq!(
        code(&mut network, &set(PulseField::Threshold, "1")),
        "bad-threshold"
    );
    assert_eq!(
        code(&mut network, &set(PulseField::Threshold, "-3")),
        "bad-threshold"
    );
    assert_eq!(code(&mut network, &reword("heard", "?")), "not-found");
    assert_eq!(
        code(&mut network, &ask(&item(1).to_string(), None)),
        "empty"
    );
    assert_eq!(
        code(&mut network, &answer("2026-10-01", "heard", 3, "")),
        "wrong-document"
    );
    for n in 0..24 {
        network.edit(&ask(&item(n).to_string(), Some("?")));
    }
    assert_eq!(code(&mut network, &ask("heard", None)), "too-many");
    let unknown = Edit::Evaluation(EvaluationEdit::Assess {
        on: "2026-10-01".into(),
        statement: "can-fly".into(),
        score: Some(3),
    });
    assert_eq!(code(&mut ana, &unknown), "not-found");
}

#[test]
fn what_a_person_says_they_gave_is_theirs_to_reword_and_take_back() {
    let mut ana = Peer::new(1, DocKind::Notebook);
    let add = |n, on: &str| {
        Edit::Contribution(ContributionEdit::Add {
            id: item(n),
            text: format!("Prêt de la salle {n}"),
            on: Some(on.into()),
        })
    };
    ana.edit(&add(1, "2026-10-01"));
    ana.edit(&add(2, "2026-11-01"));
    let titles = |peer: &Peer| -> Vec<String> {
        let gifts = read_notebook(&peer.doc, &author).gifts;
        gifts.into_iter().map(|one| one.text).collect()
    };
    assert_eq!(titles(&ana), ["Prêt de la salle 2", "Prêt de la salle 1"]);
    assert_eq!(
        ana.try_edit(&add(1, "2026-10-01")).unwrap_err().code(),
        "exists"
    );
    ana.edit(&Edit::Contribution(ContributionEdit::Remove {
        id: item(2),
        restore: false,
    }));
    assert_eq!(titles(&ana), ["Prêt de la salle 1"]);
    ana.undo();
    assert_eq!(titles(&ana).len(), 2);
    ana.undo();
    assert_eq!(titles(&ana), ["Prêt de la salle 1"]);
}

#[test]
fn what_was_learned_stands_with_its_objective_and_both_of_two_who_write_at_once_can_be_seen() {
    let (mut ana, mut bo) = (Peer::new(1, DocKind::Plan), Peer::new(2, DocKind::Plan));
    ana.edit(&Edit::AddObjective {
        id: item(1),
        title: "Mobilité".into(),
        deadline: None,
        means: None,
        orientation: None,
    });
    bo.meet(&mut ana);
    let learned = |text: &str| Edit::SetObjective {
        id: item(1),
        field: ObjectiveField::Learned,
        value: Some(text.into()),
    };
    ana.edit(&learned("Commencer petit"));
    bo.edit(&learned("Appeler avant d'écrire"));
    ana.meet(&mut bo);
    bo.meet(&mut ana);
    let objective = |peer: &Peer| read_plan(&peer.doc, &author).objectives[0].clone();
    assert_eq!(objective(&ana), objective(&bo));
    assert_eq!(objective(&ana).conflicts[0].field, "learned");
    ana.edit(&learned("Commencer petit, appeler avant d'écrire"));
    assert!(objective(&ana).conflicts.is_empty());
    ana.undo();
    assert!(!objective(&ana).learned.is_empty());
}

fn assessed(all: &[(&str, &str, u8)]) -> OwnEvaluation {
    let all = all.iter().map(|(on, statement, score)| Assessed {
        on: (*on).into(),
        statement: (*statement).into(),
        score: *score,
    });
    OwnEvaluation {
        answers: Vec::new(),
        assessed: all.collect(),
    }
}

#[test]
fn each_corner_is_the_mean_of_what_was_said_last_and_weak_ones_are_named() {
    let ana = assessed(&[
        ("2026-03-01", "want-value", 1),
        ("2026-11-01", "want-value", 5),
        ("2026-11-01", "want-trust", 4),
        ("2026-03-01", "can-means", 2),
        ("2025-01-01", "know-tools", 1),
        ("2027-01-01", "know-tools", 5),
    ]);
    let bo = assessed(&[("2026-11-02", "want-value", 1)]);
    let cy = assessed(&[
        ("2026-11-02", "can-means", 2),
        ("2026-11-02", "want-energy", 3),
    ]);
    let list = [ana, bo, cy];
    let facts = assessment_facts(&found(&list), &BTreeMap::new(), &member(1), 3, "2026-11-28");
    let now = facts.me.last().unwrap();
    assert_eq!(
        now.corners,
        [Some(450), Some(200), None],
        "a year ago, and the year to come, say nothing"
    );
    assert_eq!(facts.weak, [Corner::Can]);
    assert_eq!(
        facts.mine.iter().filter(|one| one.score.is_some()).count(),
        3
    );
    let today = facts.network.last().unwrap();
    assert_eq!((&*today.on, today.people), ("2026-11-28", 3));
    let want = today.corners[0].unwrap();
    assert_eq!((want.people, want.mean, want.spread), (3, 283, 143));
    assert_eq!(today.corners[1], None, "two said something of it");
    assert_eq!(facts.network_weak, [Corner::Want]);
    // Who has left counts up to the day they left.
    let gone = BTreeMap::from([(member(2), "2026-11-20".to_owned())]);
    let facts = assessment_facts(&found(&list), &gone, &member(1), 3, "2026-11-28");
    assert_eq!(facts.network.last().unwrap().people, 2);
    assert!(
        facts
            .network
            .last()
            .unwrap()
            .corners
            .iter()
            .all(Option::is_none)
    );
    let march = facts
        .network
        .iter()
        .find(|one| one.on == "2026-03-31")
        .unwrap();
    assert_eq!(march.people, 1);
}

/// Answers of one person, thrown by dice.
fn anybody() -> impl Strategy<Value = Vec<(u8, u8, u8)>> {
    proptest::collection::vec((0..30u8, 0..3u8, 1..6u8), 0..12)
}

proptest! {
    #[test]
    fn results_are_the_same_whatever_order_answers_arrive_in_and_count_each_person_once(
        people in proptest::collection::vec(anybody(), 0..6),
        rhythm in 0..4usize, threshold in 0..5u8, cut in any::<prop::sample::Index>(),
    ) {
        let settings = {
            let mut made = settings(PulseRhythm::ALL[rhythm], "2025-05-31", threshold);
            for key in ["heard", "confidence"] {
                let question = Question { key: key.into(), ..made.questions[0].clone() };
                made.questions.push(question);
            }
            made
        };
        let days = |(month, question, score): &(u8, u8, u8)| {
            let keys = ["satisfaction", "heard", "confidence"];
            let period = format!("20{:02}-{:02}-15", 25 + month / 12, month % 12 + 1);
            answer(&period, keys[usize::from(*question)], *score, "")
        };
        // Two machines of each person write apart, then meet in one order or the other.
        let mut one = Vec::new();
        let mut other = Vec::new();
        for (n, edits) in (1u8..).zip(&people) {
            let mut desk = Peer::new(n, DocKind::Notebook);
            let mut pocket = Peer::new(100 + n, DocKind::Notebook);
            let at = cut.index(edits.len() + 1);
            for edit in &edits[..at] {
                desk.edit(&days(edit));
            }
            for edit in &edits[at..] {
                pocket.edit(&days(edit));
            }
            let mut third = Peer::new(200 + n, DocKind::Notebook);
            third.meet(&mut pocket);
            third.meet(&mut desk);
            desk.meet(&mut pocket);
            one.push(own(&desk));
            other.push(own(&third));
        }
        let facts = pulse_facts(&settings, &found(&one), "2027-04-01");
        prop_assert_eq!(&facts, &pulse_facts(&settings, &found(&other), "2027-04-01"));
        for period in &facts.results {
            prop_assert!(period.people <= people.len());
            for question in &period.questions {
                prop_assert!(question.answers <= period.people);
                let enough = question.answers >= usize::from(threshold.max(2));
                prop_assert_eq!(question.shown.is_some(), enough);
                if let Some(shown) = &question.shown {
                    prop_assert_eq!(shown.counts.iter().sum::<usize>(), question.answers);
                    prop_assert!((100..=500).contains(&shown.mean));
                }
            }
        }
    }

    #[test]
    fn every_day_lies_in_one_period_and_the_next_day_in_it_or_the_next(
        rhythm in 0..4usize, first in 0..6_000i32, day in 0..6_000i32,
    ) {
        let date = |days| jiff::civil::date(2020, 1, 31) + jiff::Span::new().days(days);
        let settings = settings(PulseRhythm::ALL[rhythm], &date(first).to_string(), 3);
        let (today, tomorrow) = (date(day), date(day + 1));
        let period = running_period(&settings, &today.to_string());
        prop_assert_eq!(period.is_some(), day >= first);
        if let Some(period) = period {
            let today = today.to_string();
            prop_assert!(period.from <= today && today <= period.until);
            let next = running_period(&settings, &tomorrow.to_string()).unwrap();
            prop_assert!(next == period || next.from == tomorrow.to_string());
        }
    }

    #[test]
    fn a_corner_of_the_network_is_never_told_of_fewer_than_the_threshold(
        people in proptest::collection::vec(anybody(), 0..6), threshold in 0..5u8,
    ) {
        let list: Vec<OwnEvaluation> = people.iter().map(|all| {
            let all: Vec<_> = all.iter().map(|(day, which, score)| {
                (format!("2026-11-{:02}", day % 28 + 1), STATEMENTS[usize::from(*which) * 4].key, *score)
            }).collect();
            let all: Vec<_> = all.iter().map(|(on, key, score)| (on.as_str(), *key, *score)).collect();
            assessed(&all)
        }).collect();
        let facts = assessment_facts(&found(&list), &BTreeMap::new(), &member(1), threshold, "2026-11-28");
        for day in &facts.network {
            for corner in day.corners.iter().flatten() {
                prop_assert!(corner.people >= usize::from(threshold.max(2)));
                prop_assert!((100..=500).contains(&corner.mean) && corner.spread <= 200);
            }
        }
    }
}
