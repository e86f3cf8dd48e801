//! What was read of a plan and of notebooks is written down and taken up again as it was, and nothing else is.

use std::collections::BTreeMap;

use proptest::prelude::*;
use tresse_model::{
    Answer, Assessed, Attended, Ballot, BallotEdit, Balloting, Can, Conflict, ConflictValue, Count,
    CountId, DateAnswer, DateOption, DecisionContent, DocId, DocKind, Edit, Gift, MeetingWords,
    NotebookContent, NotebookSaid, OwnEvaluation, OwnObjective, Photo, PlanSaid, Post, PulseAnswer,
    SavedFilter, Signature, Stance, SuggestionEdit, SwapWord, Terms,
};

use crate::support::{Dice, Peer, author, dice, edit_of, item, member};

/// Two people who edit a document apart, by dice, and meet now and then: so that fields hold several values.
fn lived(kind: DocKind, steps: &[(u8, Dice)]) -> Peer {
    let mut people = [Peer::new(1, kind), Peer::new(2, kind)];
    for (who, dice) in steps {
        let [ana, bo] = &mut people;
        if who % 8 == 7 {
            ana.meet(bo);
            bo.meet(ana);
            continue;
        }
        let peer = if who % 2 == 0 { ana } else { bo };
        let edit = edit_of(&peer.doc, kind, who % 3, dice);
        let _refused = peer.try_edit(&edit);
    }
    let [mut ana, mut bo] = people;
    ana.meet(&mut bo);
    ana
}

fn steps() -> impl Strategy<Value = Vec<(u8, Dice)>> {
    prop::collection::vec((any::<u8>(), dice()), 0..60)
}

fn again(said: &PlanSaid) -> Option<PlanSaid> {
    PlanSaid::taken_up(&PlanSaid::written_down(&said.content, &said.done).unwrap())
}

fn notebook_again(said: &NotebookSaid) -> Option<NotebookSaid> {
    let bytes = NotebookSaid::written_down(&said.content, &said.balloting).unwrap();
    NotebookSaid::taken_up(&bytes)
}

proptest! {
    #[test]
    fn what_any_plan_says_is_taken_up_as_it_was_read(steps in steps()) {
        let plan = lived(DocKind::Plan, &steps);
        let said = PlanSaid::read(&plan.doc, &author);
        prop_assert_eq!(again(&said), Some(said));
    }

    #[test]
    fn what_any_notebook_says_is_taken_up_as_it_was_read(
        steps in steps(),
        votes in prop::collection::vec((0..3u8, 1..9i64, answer()), 0..8),
    ) {
        let mut notebook = lived(DocKind::Notebook, &steps);
        for (decision, at, answer) in votes {
            let decision = DocId::decision([decision; 16]);
            let cast = BallotEdit::Cast { decision, member: member(1), at, answer };
            let undone = at % 3 == 0;
            notebook.edit(&Edit::Ballot(cast));
            if undone {
                notebook.undo();
            }
        }
        let said = NotebookSaid::read(&notebook.doc, &member(1), &author);
        prop_assert_eq!(notebook_again(&said), Some(said));
    }

    #[test]
    fn bytes_that_are_cut_are_refused(steps in steps(), at in any::<prop::sample::Index>()) {
        let plan = lived(DocKind::Plan, &steps);
        let said = PlanSaid::read(&plan.doc, &author);
        let bytes = PlanSaid::written_down(&said.content, &said.done).unwrap();
        prop_assert_eq!(PlanSaid::taken_up(&bytes[..at.index(bytes.len())]), None);
    }
}

fn answer() -> impl Strategy<Value = Answer> {
    let words = "[a-zé]{0,6}";
    prop_oneof![
        words.prop_map(|words| Answer::Stance {
            stance: Stance::For,
            words
        }),
        words.prop_map(|words| Answer::Words {
            words: format!("a{words}")
        }),
        (any::<u8>(), words).prop_map(|(n, words)| Answer::Choice {
            options: vec![item(n)],
            words
        }),
        (any::<u8>(), words).prop_map(|(n, words)| {
            let points = BTreeMap::from([(item(n), 3)]);
            Answer::Points { points, words }
        }),
        any::<u8>().prop_map(|n| {
            let (options, words) = (vec![item(n), item(n.wrapping_add(1))], String::new());
            Answer::Ranking { options, words }
        }),
        any::<u8>().prop_map(|n| Answer::Grid {
            weights: BTreeMap::from([(item(n), 2)]),
            scores: BTreeMap::from([(item(1), BTreeMap::from([(item(n), 5)]))]),
            words: String::new(),
        }),
        Just(Answer::Withdrawn {}),
    ]
}

#[test]
fn objectives_that_stand_for_a_twin_and_the_day_on_which_actions_were_done_are_taken_up_too() {
    let mut ana = Peer::new(1, DocKind::Plan);
    let mut bo = Peer::new(2, DocKind::Plan);
    for (peer, n) in [(&mut ana, 1), (&mut bo, 2)] {
        peer.edit(&Edit::Suggestion(SuggestionEdit::Objective {
            id: item(n),
            suggestion: "known/objective".into(),
            title: "Se connaître".into(),
            indicators: Vec::new(),
        }));
    }
    ana.meet(&mut bo);
    ana.edit(&Edit::AddAction {
        id: item(3),
        title: "Inviter".into(),
        fields: vec![(tresse_model::ActionField::Status, "done".into())],
    });
    let said = PlanSaid::read(&ana.doc, &author);
    assert_eq!(said.content.twins.len(), 1);
    assert_eq!(said.done.len(), 1);
    assert_eq!(again(&said), Some(said));
}

/// No field is left out here: one that is new must be written down too.
#[test]
#[allow(clippy::too_many_lines)] // All that there is, once.
fn everything_that_a_notebook_can_say_is_taken_up() {
    let text = |word: &str| word.to_owned();
    let conflicts = vec![Conflict {
        field: text("name"),
        values: vec![ConflictValue {
            value: text("Ana"),
            author: Some(member(1)),
        }],
    }];
    let decision = DocId::decision([1; 16]);
    let (mut ballot, _) = Ballot::new(decision, member(1), 7, Answer::Newer);
    ballot.off = Some(9);
    let (count, _) = Count {
        id: CountId::from_bytes([0; 20]),
        decision,
        by: member(1),
        at: 8,
        after: vec![CountId::from_bytes([4; 20])],
        reason: text("une voix manquait"),
        terms: Terms::of(&DecisionContent::default()),
        ballots: BTreeMap::from([(member(1), Some(ballot.id)), (member(2), None)]),
    }
    .named();
    let content = NotebookContent {
        name: text("Ana"),
        organisation: text("Centre"),
        engagement: text("volunteer"),
        brings: text("du temps"),
        expects: text("des idées"),
        added_value: text("un réseau"),
        added_value_on: text("2026-11-30"),
        signatures: vec![Signature {
            version: text("v"),
            on: text("2026-11-30"),
        }],
        own_objectives: vec![OwnObjective {
            id: item(1),
            text: text("o"),
            objective: Some(item(2)),
            conflicts: conflicts.clone(),
        }],
        photo: Photo::new(&[0xff, 0xd8, 0xff, 1, 2, 3]),
        swaps: vec![SwapWord {
            role: text("pilote"),
            mine: text("2026-01-01"),
            theirs: text("2026-02-01"),
            with: member(2),
            on: text("2026-01-02"),
        }],
        posts: vec![Post {
            id: item(3),
            thread: Some(item(4)),
            text: text("p"),
            on: text("2026-01-02"),
            after: 2,
            objective: None,
            conflicts: conflicts.clone(),
        }],
        evaluation: OwnEvaluation {
            answers: vec![PulseAnswer {
                period: text("2026-01-01"),
                question: text("satisfaction"),
                score: 4,
                word: text("bien"),
                asked: text("Êtes-vous content ?"),
            }],
            assessed: vec![Assessed {
                on: text("2026-01-01"),
                statement: text("want"),
                score: 3,
            }],
        }
        .into(),
        gifts: vec![Gift {
            id: item(5),
            text: text("un gâteau"),
            on: text("2026-01-03"),
            conflicts: conflicts.clone(),
        }],
        meetings: BTreeMap::from([(
            DocId::meeting([1; 16]),
            MeetingWords {
                attended: Some(Attended::Present),
                dates: vec![DateAnswer {
                    option: DateOption {
                        on: text("2027-01-12"),
                        at: text("18:30"),
                    },
                    answer: Can::Maybe,
                }],
                round: text("merci"),
            },
        )]),
        floor: true,
        filters: vec![SavedFilter {
            id: item(6),
            name: text("f"),
            text: text("t"),
            status: text("late"),
            owner: text("nobody"),
            objective: text(""),
            working_group: text(""),
            territory: text("ici"),
            territory_scale: text("town"),
            group_by: text("status"),
            sort: text("-due"),
        }],
        conflicts,
    };
    let balloting = Balloting {
        ballots: BTreeMap::from([(decision, vec![ballot])]),
        counts: BTreeMap::from([(decision, vec![count])]),
    };
    let said = NotebookSaid { content, balloting };
    assert_eq!(notebook_again(&said), Some(said));
}

#[test]
fn bytes_of_another_form_are_refused() {
    let plan = PlanSaid::written_down(&tresse_model::PlanContent::default(), &BTreeMap::new());
    let plan = plan.unwrap();
    assert!(PlanSaid::taken_up(&plan).is_some());
    assert_eq!(NotebookSaid::taken_up(&plan), None);
    let text = String::from_utf8(plan).unwrap();
    let more = text.replacen('{', "{\"later\":1,", 1);
    assert_eq!(PlanSaid::taken_up(more.as_bytes()), None);
    let fewer = text.replacen("\"twins\":{},", "", 1);
    assert_ne!(fewer, text);
    assert_eq!(PlanSaid::taken_up(fewer.as_bytes()), None);
    assert_eq!(PlanSaid::taken_up(b""), None);
}
