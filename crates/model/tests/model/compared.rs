//! What differs between two states of a meeting, a decision, and of what a network asks: every field is named, and people read it.

use proptest::prelude::*;
use tresse_model::{
    AgendaField, At, Attended, ChoiceOf, DateOption, DayTo, DecisionEdit, DecisionField,
    Difference, DocKind, Edit, EvaluationEdit, MeetingEdit, MeetingField, MeetingPart, PulseField,
    PulseRhythm, SeriesEdit, SeriesField, read_decision_as_written, read_meeting, read_network,
    whole_decisions, whole_meetings, whole_rhythms,
};

use crate::support::{Dice, Peer, author, dice, edit_of, item, member};

/// What the tests call people and things.
fn called(id: &str) -> String {
    for (n, name) in [(1, "Ana"), (2, "Bo"), (3, "Cy")] {
        if id == member(n).to_string() {
            return name.to_owned();
        }
    }
    if id == item(9).to_string() {
        return "Groupe Berges".to_owned();
    }
    id.to_owned()
}

/// What two states of the document say, field by field.
fn compared(peer: &Peer, kind: DocKind, from: &[automerge::ChangeHash]) -> Vec<Difference> {
    let (old, new) = (At::heads(&peer.doc, from), At::from(&peer.doc));
    match kind {
        DocKind::Meeting => {
            whole_meetings(&read_meeting(old, &()), &read_meeting(new, &()), &called)
        }
        DocKind::Decision => whole_decisions(
            &read_decision_as_written(old, &author),
            &read_decision_as_written(new, &author),
            &called,
        ),
        _ => whole_rhythms(&read_network(old, &()), &read_network(new, &()), &called),
    }
}

/// What differs, as « field: old → new ».
fn differs(peer: &Peer, kind: DocKind, from: &[automerge::ChangeHash]) -> Vec<String> {
    let all = compared(peer, kind, from);
    let told = all.iter().filter(|one| one.differs());
    told.map(|one| format!("{}: {} → {}", one.field, one.older(), one.newer()))
        .collect()
}

/// Does one edit; answers what it made differ.
fn told(peer: &mut Peer, kind: DocKind, edit: &Edit) -> Vec<String> {
    let before = peer.doc.get_heads();
    peer.edit(edit);
    differs(peer, kind, &before)
}

#[test]
fn every_step_of_a_decision_says_what_it_altered() {
    use DecisionField as F;
    let mut ana = Peer::new(1, DocKind::Decision);
    let mut does = |edit| told(&mut ana, DocKind::Decision, &Edit::Decision(edit));
    let set = |field, value: &str| DecisionEdit::Set {
        field,
        value: Some(value.into()),
    };
    let begun = does(DecisionEdit::Init {
        title: "Ouvrir ?".into(),
        fields: vec![(F::Method, "vote".into()), (F::Threshold, ">1/2".into())],
        text: String::new(),
    });
    assert_eq!(
        begun,
        [
            "title:  → Ouvrir ?",
            "method:  → vote",
            "stage:  → draft",
            "threshold:  → >1/2"
        ]
    );
    assert_eq!(
        does(set(F::Threshold, ">=2/3")),
        ["threshold: >1/2 → >=2/3"]
    );
    let criterion = |text: &str| DecisionEdit::AddChoice {
        of: ChoiceOf::Criterion,
        id: item(4),
        text: text.into(),
    };
    assert_eq!(does(criterion("Prix")), ["criteria:  → Prix"]);
    let reworded = DecisionEdit::SetChoice {
        of: ChoiceOf::Criterion,
        id: item(4),
        text: "Coût".into(),
    };
    assert_eq!(does(reworded), ["criteria: Prix → Coût"]);
    let concern = |n| DecisionEdit::Concern {
        member: member(n),
        off: false,
    };
    assert_eq!(does(concern(2)), ["concerned:  → Bo"]);
    assert_eq!(does(concern(1)), ["concerned: Bo → Ana\nBo"]);
    assert_eq!(
        does(set(F::Decider, &member(3).to_string())),
        ["decider:  → Cy"]
    );
    assert_eq!(does(set(F::Stage, "open")), ["stage: draft → open"]);
    assert_eq!(
        does(set(F::Closes, "2026-12-01T18:00:00Z")),
        ["closes:  → 2026-12-01T18:00:00Z"]
    );
    assert_eq!(does(set(F::Outcome, "Oui")), ["outcome:  → Oui"]);
    assert_eq!(
        does(set(F::Review, "2027-06-01")),
        ["review:  → 2027-06-01"]
    );
    // What a program notes for itself is no step that anybody took.
    assert!(does(set(F::Taken, "{}")).is_empty());
    assert_eq!(
        does(DecisionEdit::Bin { restore: false }),
        ["binned:  → true"]
    );
}

#[test]
fn what_was_written_of_a_vote_without_knowing_that_it_was_put_stays_in_its_history() {
    let set = |field, value: &str| {
        Edit::Decision(DecisionEdit::Set {
            field,
            value: Some(value.into()),
        })
    };
    let (mut ana, mut bo) = (
        Peer::new(1, DocKind::Decision),
        Peer::new(2, DocKind::Decision),
    );
    ana.edit(&Edit::Decision(DecisionEdit::Init {
        title: "Ouvrir ?".into(),
        fields: vec![(DecisionField::Method, "vote".into())],
        text: String::new(),
    }));
    bo.meet(&mut ana);
    ana.edit(&set(DecisionField::Stage, "open"));
    let put = ana.doc.get_heads();
    bo.edit(&set(DecisionField::Threshold, ">=3/4"));
    ana.meet(&mut bo);
    bo.meet(&mut ana);
    let kind = DocKind::Decision;
    assert_eq!(differs(&ana, kind, &put), ["threshold:  → >=3/4"]);
    assert_eq!(compared(&ana, kind, &put), compared(&bo, kind, &put));
}

#[test]
fn every_step_of_a_meeting_says_what_it_altered_and_nobody_is_named_who_spoke() {
    use MeetingField as F;
    let mut ana = Peer::new(1, DocKind::Meeting);
    let mut does = |edit| told(&mut ana, DocKind::Meeting, &Edit::Meeting(edit));
    let set = |field, value: &str| MeetingEdit::Set {
        field,
        value: Some(value.into()),
    };
    let begun = does(MeetingEdit::Init {
        title: "Comité".into(),
        fields: vec![(F::On, "2026-12-01".into()), (F::Length, "90".into())],
    });
    assert_eq!(
        begun,
        [
            "title:  → Comité",
            "on:  → 2026-12-01",
            "length:  → 90",
            "state:  → planned"
        ]
    );
    assert_eq!(does(set(F::At, "18:30")), ["at:  → 18:30"]);
    assert_eq!(
        does(set(F::Group, &item(9).to_string())),
        ["group:  → Groupe Berges"]
    );
    assert_eq!(does(set(F::State, "running")), ["state: planned → running"]);
    let add = |id, title: &str, length: Option<&str>| MeetingEdit::AddItem {
        id: item(id),
        title: title.into(),
        length: length.map(str::to_owned),
        before: None,
    };
    assert_eq!(
        does(add(1, "Budget", Some("20"))),
        ["agenda:  → Budget (20 min)"]
    );
    let words = MeetingEdit::SetItem {
        id: item(1),
        field: AgendaField::Words,
        value: Some("Voir le devis".into()),
    };
    assert_eq!(
        does(words),
        ["agenda: Budget (20 min) → Budget (20 min)\n  Voir le devis"]
    );
    let bring = MeetingEdit::BringItem {
        id: item(1),
        member: member(2),
        what: Some("le devis".into()),
    };
    assert_eq!(does(bring), ["brings:  → Budget – Bo, le devis"]);
    let done = MeetingEdit::SetItem {
        id: item(1),
        field: AgendaField::Done,
        value: Some("true".into()),
    };
    assert_eq!(does(done), ["agenda_done:  → Budget"]);
    assert_eq!(does(add(2, "Fête", None)).len(), 1);
    let gone = MeetingEdit::RemoveItem {
        id: item(2),
        restore: false,
    };
    assert_eq!(
        does(gone),
        ["agenda: Budget (20 min)\n  Voir le devis\nFête → Budget (20 min)\n  Voir le devis"]
    );
    let attend = |n, word| MeetingEdit::Attend {
        member: member(n),
        word: Some(word),
    };
    assert_eq!(
        does(attend(2, Attended::Excused)),
        ["attendance:  → excused: Bo"]
    );
    assert_eq!(
        does(attend(1, Attended::Represented(member(3).to_string()))),
        ["attendance: excused: Bo → represented: Ana (Cy)\nexcused: Bo"]
    );
    let option = MeetingEdit::Option {
        option: DateOption {
            on: "2026-12-08".into(),
            at: "18:00".into(),
        },
        off: false,
    };
    assert_eq!(does(option), ["dates:  → 2026-12-08 18:00"]);
    let part = MeetingEdit::Part {
        part: MeetingPart::Facilitator,
        member: member(3),
        off: false,
    };
    assert_eq!(does(part), ["facilitators:  → Cy"]);
    assert_eq!(does(MeetingEdit::Floor { off: false }), ["floor:  → true"]);
    let turn = MeetingEdit::Turn {
        id: item(7),
        member: Some(member(2)),
        seconds: 95,
    };
    assert_eq!(does(turn), ["turns:  → 1"]);
}

#[test]
fn every_step_of_what_a_network_asks_and_of_its_rules_says_what_it_altered() {
    let mut ana = Peer::new(1, DocKind::Network);
    let mut does = |edit: Edit| told(&mut ana, DocKind::Network, &edit);
    let asks = |edit| Edit::Evaluation(edit);
    let begun = does(asks(EvaluationEdit::Begin {
        rhythm: PulseRhythm::Yearly,
        start: "2026-01-01".into(),
        threshold: 3,
        questions: vec!["heard".into()],
    }));
    assert_eq!(
        begun,
        [
            "pulse_rhythm:  → yearly",
            "pulse_start:  → 2026-01-01",
            "pulse_threshold:  → 3",
            "questions:  → heard"
        ]
    );
    let threshold = EvaluationEdit::SetPulse {
        field: PulseField::Threshold,
        value: Some("5".into()),
    };
    assert_eq!(does(asks(threshold)), ["pulse_threshold: 3 → 5"]);
    let reword = EvaluationEdit::Reword {
        question: "heard".into(),
        text: Some("Vous écoute-t-on ?".into()),
    };
    assert_eq!(
        does(asks(reword)),
        ["questions: heard → Vous écoute-t-on ?"]
    );
    let unask = EvaluationEdit::Unask {
        question: "heard".into(),
        restore: false,
    };
    assert_eq!(does(asks(unask)), ["questions: Vous écoute-t-on ? → "]);
    let added = does(Edit::Series(SeriesEdit::Add {
        id: item(1),
        title: "Comité".into(),
        fields: vec![
            (SeriesField::Rhythm, "2 weeks tue".into()),
            (SeriesField::From, "2026-01-06".into()),
            (SeriesField::Group, item(9).to_string()),
        ],
    }));
    let rule = "Comité\n  rhythm: 2 weeks tue\n  from: 2026-01-06\n  group: Groupe Berges";
    assert_eq!(added, [format!("series:  → {rule}")]);
    let skipped = does(Edit::Series(SeriesEdit::Day {
        id: item(1),
        day: "2026-01-20".into(),
        to: DayTo::Skipped,
    }));
    assert_eq!(
        skipped,
        [format!("series: {rule} → {rule}\n  skipped: 2026-01-20")]
    );
    let gone = does(Edit::Series(SeriesEdit::Remove {
        id: item(1),
        restore: false,
    }));
    assert_eq!(gone, [format!("series: {rule}\n  skipped: 2026-01-20 → ")]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn two_who_wrote_apart_read_the_same_differences_between_any_two_states(
        kind in proptest::sample::select(vec![DocKind::Meeting, DocKind::Decision, DocKind::Network]),
        steps in proptest::collection::vec((any::<bool>(), any::<bool>(), dice()), 1..30),
    ) {
        let (mut ana, mut bo) = (Peer::new(1, kind), Peer::new(2, kind));
        let mut then = Vec::new();
        for (place, (first, meets, dice)) in steps.iter().enumerate() {
            let (one, other) = if *first { (&mut ana, &mut bo) } else { (&mut bo, &mut ana) };
            let dice: &Dice = dice;
            let edit = edit_of(&one.doc, kind, u8::from(*first), dice);
            // What a document refuses leaves no trace.
            drop(one.try_edit(&edit));
            if *meets {
                one.meet(other);
                other.meet(one);
                if place < steps.len() / 2 {
                    then = one.doc.get_heads();
                }
            }
        }
        ana.meet(&mut bo);
        bo.meet(&mut ana);
        prop_assert_eq!(compared(&ana, kind, &then), compared(&bo, kind, &then));
        // Read backwards, the older is the newer.
        for one in compared(&ana, kind, &then) {
            prop_assert_eq!(one.differs(), one.older() != one.newer());
        }
    }
}
