//! What the fields of documents are called, and what they hold where that is a word of the program, a date or a number.

use jiff::Timestamp;
use tresse_engine::model::{
    Attended, Difference, DocKind, MeetingState, Method, Piece, PulseRhythm, Stage, compare_words,
};

use super::roles;
use crate::{
    i18n::I18n,
    start::kinds,
    tr,
    views::{
        decisions::{method_name, say as decisions},
        evaluation,
        meetings::say as meetings,
        members::term_words,
    },
};

/// What a field is called in a document of this kind.
pub(in crate::views) fn name_in(words: &I18n, kind: Option<DocKind>, field: &str) -> String {
    match (kind, field) {
        (Some(DocKind::Meeting | DocKind::Decision), "title") => tr!(words, "past-field-title"),
        (Some(DocKind::Decision), "method") => tr!(words, "decision-method"),
        (Some(DocKind::Meeting), "body") => tr!(words, "meeting-part-minutes"),
        _ => super::field_name(words, field),
    }
}

/// What a field of a meeting, a decision or of what a network asks is called.
pub(super) fn name(words: &I18n, field: &str) -> Option<String> {
    Some(match field {
        "on" => tr!(words, "meeting-on"),
        "at" => tr!(words, "meeting-at"),
        "length" => tr!(words, "meeting-length"),
        "place" => tr!(words, "meeting-place"),
        "group" => tr!(words, "meeting-group"),
        "state" => tr!(words, "past-field-status"),
        "prepared" => tr!(words, "meeting-prepared"),
        "facilitators" => tr!(words, "meeting-facilitators"),
        "note_takers" => tr!(words, "meeting-note-takers"),
        "dates" => tr!(words, "past-dates-proposed"),
        "agenda" => tr!(words, "agenda-name"),
        "agenda_done" => tr!(words, "past-agenda-done"),
        "agenda_carried" => tr!(words, "past-agenda-carried"),
        "brings" => tr!(words, "past-brings"),
        "attendance" => tr!(words, "past-attendance"),
        "floor" => tr!(words, "floor-title"),
        "turns" => tr!(words, "past-turns"),
        "made" => tr!(words, "past-made"),
        "attachments" => tr!(words, "past-attachments"),
        "binned" => tr!(words, "past-binned"),
        "pulse_rhythm" => tr!(words, "past-pulse-rhythm"),
        "pulse_start" => tr!(words, "past-pulse-start"),
        "pulse_threshold" => tr!(words, "past-pulse-threshold"),
        "questions" => tr!(words, "past-questions"),
        "series" => tr!(words, "meetings-rules"),
        _ => return of_decision(words, field),
    })
}

fn of_decision(words: &I18n, field: &str) -> Option<String> {
    Some(match field {
        "question" => tr!(words, "past-question"),
        "stage" => tr!(words, "decisions-phase"),
        "closes" => tr!(words, "past-closes"),
        "reveal" => tr!(words, "rule-reveal"),
        "names" => tr!(words, "rule-names"),
        "most" => tr!(words, "rule-most"),
        "dots" => tr!(words, "rule-dots"),
        "max" => tr!(words, "rule-max"),
        "decider" => tr!(words, "rule-decider"),
        "step" => tr!(words, "past-step"),
        "options" => tr!(words, "decision-options"),
        "criteria" => tr!(words, "decision-criteria"),
        "concerned" => tr!(words, "decision-people"),
        "cast" => tr!(words, "past-cast"),
        "replies" => tr!(words, "past-replies"),
        "outcome" => tr!(words, "outcome"),
        "outcome_on" => tr!(words, "past-outcome-on"),
        "review" => tr!(words, "outcome-review"),
        "why" => tr!(words, "decision-why"),
        "meeting" => tr!(words, "decision-meeting"),
        "actions" => tr!(words, "outcome-actions"),
        "published" => tr!(words, "past-published"),
        _ => return None,
    })
}

/// Says in people's words what a field holds.
type Say = fn(&I18n, &str) -> String;

/// How one value is said as a whole; `None`: it is in people's words already.
fn whole(field: &str) -> Option<Say> {
    let say: Say = match field {
        "method" => |words, word| {
            let method = Method::from_word(word);
            method.map_or_else(|| word.to_owned(), |one| method_name(words, one))
        },
        "threshold" => decisions::threshold_words,
        "threshold_of" => decisions::threshold_of_words,
        "abstentions" => decisions::abstentions_words,
        "quorum" => decisions::quorum_words,
        "stage" => |words, word| match Stage::from_word(word) {
            Some(Stage::Draft) => tr!(words, "phase-draft"),
            Some(Stage::Open) => tr!(words, "phase-open"),
            Some(Stage::Withdrawn) => tr!(words, "phase-withdrawn"),
            None => word.to_owned(),
        },
        "closes" => |words, moment| {
            let at: Result<Timestamp, _> = moment.parse();
            at.map_or_else(
                |_| moment.to_owned(),
                |at| words.moment(at.as_millisecond()),
            )
        },
        "reveal" => |words, word| match word {
            "after-close" => tr!(words, "rule-reveal-after"),
            _ => tr!(words, "rule-reveal-come"),
        },
        "names" => |words, word| match word {
            "hidden" => tr!(words, "rule-names-hidden"),
            _ => tr!(words, "rule-names-shown"),
        },
        "step" => |words, word| match word {
            "confront" => tr!(words, "past-step-confront"),
            _ => tr!(words, "past-step-collect"),
        },
        "language" => |words, word| match word {
            "fr" => tr!(words, "language-fr"),
            "en" => tr!(words, "language-en"),
            other => other.to_owned(),
        },
        "membership" => |words, word| match word {
            "open" => tr!(words, "membership-open"),
            "closed" => tr!(words, "membership-closed"),
            other => other.to_owned(),
        },
        "kind" => kinds::name,
        "term" => term_words,
        "on" => meetings::day_words,
        "length" => meetings::length_of,
        "state" => |words, word| {
            let state = MeetingState::from_word(word);
            state.map_or_else(
                || word.to_owned(),
                |state| meetings::state_name(words, state),
            )
        },
        "floor" => |words, _| tr!(words, "past-counted"),
        "binned" => |words, _| tr!(words, "past-in-bin"),
        "pulse_rhythm" => |words, word| {
            let rhythm = PulseRhythm::from_word(word);
            rhythm.map_or_else(
                || word.to_owned(),
                |one| evaluation::rhythm_name(words, one),
            )
        },
        "review_date" | "review" | "outcome_on" | "pulse_start" | "start" => I18n::date,
        _ => return None,
    };
    Some(say)
}

/// How a line of a list is said; `None`: as it is.
fn line(field: &str) -> Option<Say> {
    let say: Say = match field {
        "dates" => |words, line| {
            let (on, at) = line.split_once(' ').unwrap_or((line, ""));
            meetings::when(words, on, at)
        },
        "attendance" => |words, line| {
            let said = line.split_once(": ").and_then(|(word, who)| {
                let word = Attended::from_words(word, "")?;
                Some((meetings::attended_name(words, &word), who.to_owned()))
            });
            said.map_or_else(
                || line.to_owned(),
                |(word, who)| tr!(words, "past-attended", word = word, who = who),
            )
        },
        "questions" => evaluation::question_words,
        "series" => series,
        "kinds" => kinds::name,
        "relations" => roles::tie,
        _ => return None,
    };
    Some(say)
}

/// A line of a rule by which meetings come again: its title, or after two spaces something it says.
fn series(words: &I18n, line: &str) -> String {
    let field = line.strip_prefix("  ").and_then(|one| one.split_once(": "));
    let Some((field, said)) = field else {
        return line.to_owned();
    };
    let day = |day: &str| meetings::day_words(words, day);
    let said = match field {
        "rhythm" => meetings::rhythm(words, said),
        "from" => tr!(words, "past-series-from", on = words.date(said)),
        "until" => tr!(words, "past-series-until", on = words.date(said)),
        "at" => tr!(words, "past-series-at", time = said.to_owned()),
        "length" => meetings::length_of(words, said),
        "group" => tr!(words, "past-series-group", name = said.to_owned()),
        "skipped" => tr!(words, "rule-day-skipped", day = day(said)),
        "moved" => {
            let (from, to) = said.split_once(' ').unwrap_or((said, ""));
            tr!(
                words,
                "rule-day-moved",
                day = day(from),
                on = words.date(to)
            )
        }
        _ => said.to_owned(),
    };
    format!("  {said}")
}

/// What a field holds, as people say it.
pub(in crate::views) fn value(words: &I18n, field: &str, text: &str) -> String {
    match whole(field) {
        Some(say) if !text.is_empty() => say(words, text),
        _ => text.to_owned(),
    }
}

/// Both versions of a field in people's words, taken apart.
pub(in crate::views) fn in_words(words: &I18n, says: &Difference) -> Vec<Piece> {
    let field = says.field.as_str();
    let (old, new) = (says.older(), says.newer());
    if roles::is_role(field) {
        return compare_words(&roles::role(words, &old), &roles::role(words, &new));
    }
    if let Some(say) = line(field) {
        let said = |text: &str| {
            let lines: Vec<String> = text.lines().map(|line| say(words, line)).collect();
            lines.join("\n")
        };
        return compare_words(&said(&old), &said(&new));
    }
    let Some(say) = whole(field) else {
        return says.pieces.clone();
    };
    let said = |text: &str| (!text.is_empty()).then(|| say(words, text));
    match (said(&old), said(&new)) {
        (Some(same), Some(new)) if same == new => vec![Piece::Same(same)],
        (Some(old), Some(new)) => {
            let between = Piece::Same(" ".to_owned());
            vec![Piece::Out(old), between, Piece::In(new)]
        }
        (old, new) => {
            let gone = old.map(Piece::Out).into_iter();
            gone.chain(new.map(Piece::In)).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use tresse_engine::model::{
        AgendaItem, DateOption, DecisionContent, DecisionField, DocId, ItemId, Line,
        MeetingContent, MemberId, NetworkContent, Noted, PulseSettings, Question, Series,
        whole_decisions, whole_meetings, whole_rhythms,
    };

    use super::*;
    use crate::i18n::Lang;

    fn called(_: &str) -> String {
        "Ana".to_owned()
    }

    fn line(text: &str) -> Line {
        Line {
            id: ItemId::from_bytes([1; 10]),
            text: text.to_owned(),
            conflicts: Vec::new(),
        }
    }

    fn decision() -> Vec<Difference> {
        use DecisionField as F;
        let rules = [
            (F::Reveal, "after-close"),
            (F::Names, "hidden"),
            (F::Threshold, ">=2/3"),
            (F::ThresholdOf, "members"),
            (F::Abstentions, "cast"),
            (F::Quorum, ">=1/2"),
            (F::Most, "2"),
            (F::Dots, "5"),
            (F::Max, "10"),
            (F::Decider, "mem-"),
            (F::Step, "confront"),
        ];
        let member = MemberId::from_bytes([1; 20]);
        let new = DecisionContent {
            title: "Ouvrir ?".to_owned(),
            question: "Qui ?".to_owned(),
            method: Method::Criteria,
            stage: Stage::Open,
            closes: Some(1_796_148_000_000),
            rules: rules
                .map(|(rule, said)| (rule.key(), said.to_owned()))
                .into(),
            options: vec![line("Le parc")],
            criteria: vec![line("Prix")],
            concerned: [member].into(),
            outcome: "Oui".to_owned(),
            outcome_on: "2026-12-01".to_owned(),
            review: "2026-12-01".to_owned(),
            why: "Trop tôt".to_owned(),
            meeting: Some(DocId::meeting([2; 16])),
            published: Some(DocId::page([2; 16])),
            actions: [ItemId::from_bytes([2; 10])].into(),
            binned: true,
            ..DecisionContent::default()
        };
        whole_decisions(&DecisionContent::default(), &new, &called)
    }

    fn meeting() -> Vec<Difference> {
        let member = MemberId::from_bytes([1; 20]);
        let new = MeetingContent {
            title: "Comité".to_owned(),
            on: "2026-12-01".to_owned(),
            at: "18:30".to_owned(),
            length: Some(90),
            place: "Mairie".to_owned(),
            group: Some(ItemId::from_bytes([3; 10])),
            prepared: "Le devis".to_owned(),
            facilitators: vec![member],
            note_takers: vec![member],
            options: vec![DateOption {
                on: "2026-12-08".to_owned(),
                at: "18:30".to_owned(),
            }],
            agenda: vec![AgendaItem {
                id: ItemId::from_bytes([4; 10]),
                title: "Budget".to_owned(),
                length: Some(20),
                words: String::new(),
                done: true,
                brings: Vec::new(),
                carried: Some(DocId::meeting([2; 16])),
                from: None,
                conflicts: Vec::new(),
            }],
            attendance: vec![Noted {
                member,
                word: Attended::Excused,
            }],
            floor: true,
            binned: true,
            ..MeetingContent::default()
        };
        whole_meetings(&MeetingContent::default(), &new, &called)
    }

    fn rhythms() -> Vec<Difference> {
        let question = Question {
            key: "heard".to_owned(),
            text: String::new(),
            removed: false,
            conflicts: Vec::new(),
        };
        let new = NetworkContent {
            pulse: PulseSettings {
                rhythm: Some(PulseRhythm::HalfYearly),
                start: "2026-12-01".to_owned(),
                threshold: 5,
                questions: vec![question],
                conflicts: Vec::new(),
            },
            series: vec![Series {
                id: ItemId::from_bytes([5; 10]),
                title: "Comité".to_owned(),
                rhythm: "2 weeks tue".to_owned(),
                from: "2026-12-01".to_owned(),
                until: "2027-12-01".to_owned(),
                at: "18:30".to_owned(),
                length: Some(60),
                place: "Mairie".to_owned(),
                group: None,
                moved: [
                    ("2026-12-15".to_owned(), String::new()),
                    ("2026-12-29".to_owned(), "2027-01-05".to_owned()),
                ]
                .into(),
                conflicts: Vec::new(),
            }],
            ..NetworkContent::default()
        };
        whole_rhythms(&NetworkContent::default(), &new, &called)
    }

    #[test]
    fn every_field_has_a_name_and_holds_no_word_of_the_program_in_either_language() {
        for lang in Lang::ALL {
            let words = I18n::new(lang);
            let text = name_in(&words, None, "body");
            for (kind, fields) in [
                (DocKind::Decision, decision()),
                (DocKind::Meeting, meeting()),
                (DocKind::Network, rhythms()),
            ] {
                assert!(fields.len() >= 5, "{kind:?}");
                for one in fields {
                    let name = name_in(&words, Some(kind), &one.field);
                    assert!(
                        name != text && !name.is_empty(),
                        "{} in {kind:?}",
                        one.field
                    );
                    let said = in_words(&words, &one);
                    let [Piece::In(said)] = &said[..] else {
                        panic!("{}: {said:?}", one.field);
                    };
                    for raw in [
                        "after-close",
                        "hidden",
                        ">=",
                        "members",
                        "criteria",
                        "planned",
                        "excused:",
                        "weeks",
                        "half-yearly",
                        "heard",
                        "skipped",
                        "moved:",
                        "2026-",
                        "2027-",
                        "true",
                        "open",
                    ] {
                        let english = ["open", "weeks", "heard", "criteria", "hidden", "skipped"];
                        let plain = lang == Lang::En && english.contains(&raw);
                        assert!(plain || !said.contains(raw), "{}: {said}", one.field);
                    }
                }
            }
        }
    }

    fn difference(field: &str, pieces: Vec<Piece>) -> Difference {
        let field = field.to_owned();
        Difference { field, pieces }
    }

    #[test]
    fn a_rule_that_changed_is_told_line_by_line_and_a_word_as_a_whole() {
        let words = I18n::new(Lang::Fr);
        let old = "Comité\n  rhythm: 2 weeks tue\n  from: 2026-12-01";
        let new = "Comité\n  rhythm: 1 weeks tue\n  from: 2026-12-01";
        let pieces = compare_words(old, new);
        let told = in_words(&words, &difference("series", pieces));
        let side = |wanted: fn(&Piece) -> Option<&String>| -> Vec<String> {
            told.iter().filter_map(wanted).cloned().collect()
        };
        let out = side(|piece| match piece {
            Piece::Out(text) => Some(text),
            _ => None,
        });
        assert_eq!(out, ["toutes les 2 semaines"]);
        let pieces = compare_words(">1/2", ">=2/3");
        let told = in_words(&words, &difference("threshold", pieces));
        let between = Piece::Same(" ".to_owned());
        let (old, new) = ("plus de la moitié", "deux tiers");
        assert_eq!(
            told,
            [
                Piece::Out(old.to_owned()),
                between,
                Piece::In(new.to_owned())
            ]
        );
    }
}
