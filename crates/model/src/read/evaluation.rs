//! Reading what is asked, what was answered, and what people say they gave.

use std::collections::{BTreeMap, BTreeSet};

use automerge::{ScalarValueRef, ValueRef};

use super::{Row, number, words_of};
use crate::{
    Assessed, Gift, OwnEvaluation, PulseAnswer, PulseField, PulseRhythm, PulseSettings,
    QUESTIONS_MAX, Question, SCORES, THRESHOLD, THRESHOLD_MAX, THRESHOLD_MIN, check::TITLE_MAX,
    keys, recurrence, statement,
};

/// More answers than this are not read of one notebook: ten years of every question each month are fewer.
const MOST_ANSWERS: usize = 4_000;

/// More gifts than this are not read of one notebook.
const MOST_GIFTS: usize = 1_000;

impl Row<'_> {
    /// What the network asks.
    pub(super) fn pulse(&mut self) -> PulseSettings {
        let before = std::mem::take(&mut self.conflicts);
        let mut field = |field: PulseField| self.text(&keys::pulse(field.key()));
        let rhythm = PulseRhythm::from_word(&field(PulseField::Rhythm));
        let start = field(PulseField::Start);
        let threshold: Option<u8> = field(PulseField::Threshold).parse().ok();
        let mut conflicts = std::mem::replace(&mut self.conflicts, before);
        for conflict in &mut conflicts {
            // Under the field's word in a command.
            let word = conflict.field.rsplit('/').next().unwrap_or_default();
            conflict.field = word.to_owned();
        }
        PulseSettings {
            rhythm,
            start: Some(start)
                .filter(|day| recurrence::parse(day).is_some())
                .unwrap_or_default(),
            threshold: threshold
                .map_or(THRESHOLD, |given| given.clamp(THRESHOLD_MIN, THRESHOLD_MAX)),
            questions: self.questions(),
            conflicts,
        }
    }

    fn questions(&mut self) -> Vec<Question> {
        let mut places: BTreeMap<String, f64> = BTreeMap::new();
        for field in &self.fields {
            let Some((question, part)) = keys::ask_in(&field.key) else {
                continue;
            };
            // Nothing is said of a question that was taken back by undoing.
            if matches!(field.value, ValueRef::Scalar(ScalarValueRef::Null)) {
                continue;
            }
            let place = places.entry(question.to_owned()).or_insert(f64::INFINITY);
            if part == keys::ORDER {
                *place = number(&field.value).unwrap_or(f64::INFINITY);
            }
        }
        let mut places: Vec<(String, f64)> = places.into_iter().collect();
        places.sort_by(|(a_key, a), (b_key, b)| a.total_cmp(b).then_with(|| a_key.cmp(b_key)));
        // Several who add at once may come to more than one may ask alone.
        places.truncate(2 * QUESTIONS_MAX);
        let questions = places.into_iter().map(|(key, _)| {
            let before = std::mem::take(&mut self.conflicts);
            let text = self.text(&keys::ask(&key, keys::TEXT));
            let mut conflicts = std::mem::replace(&mut self.conflicts, before);
            for conflict in &mut conflicts {
                keys::TEXT.clone_into(&mut conflict.field);
            }
            Question {
                removed: !self.mark(&keys::ask(&key, keys::ON)),
                text,
                conflicts,
                key,
            }
        });
        let mut questions: Vec<Question> = questions.collect();
        questions.retain(|one| !one.text.is_empty() || keys::is_on_offer(&one.key));
        questions
    }

    /// What the notebook's owner answered.
    pub(super) fn evaluation(&self) -> OwnEvaluation {
        let mut evaluation = OwnEvaluation::default();
        let mut beside: BTreeMap<(&str, &str, &str), String> = BTreeMap::new();
        for field in &self.fields {
            if let Some((period, question, part)) = keys::answer_in(&field.key) {
                if recurrence::parse(period).is_none() {
                    continue;
                }
                let text = words_of(field);
                if part != keys::SCORE {
                    beside.insert((period, question, part), text);
                } else if let Some(score) = score(&text) {
                    evaluation.answers.push(PulseAnswer {
                        period: period.to_owned(),
                        question: question.to_owned(),
                        score,
                        word: String::new(),
                        asked: String::new(),
                    });
                }
            } else if let Some((on, key)) = keys::assess_in(&field.key)
                && let Some(score) = score(&words_of(field))
                && recurrence::parse(on).is_some()
                && statement(key).is_some()
            {
                evaluation.assessed.push(Assessed {
                    on: on.to_owned(),
                    statement: key.to_owned(),
                    score,
                });
            }
        }
        for answer in &mut evaluation.answers {
            let mut part = |part| {
                let found = beside.remove(&(&*answer.period, &*answer.question, part));
                found
                    .unwrap_or_default()
                    .chars()
                    .take(TITLE_MAX)
                    .collect::<String>()
            };
            let (word, asked) = (part(keys::WORD), part(keys::ASKED));
            (answer.word, answer.asked) = (word, asked);
        }
        newest(&mut evaluation.answers, |one| &one.period);
        newest(&mut evaluation.assessed, |one| &one.on);
        evaluation
    }

    /// What the notebook's owner says they gave, by day.
    pub(super) fn gifts(&mut self) -> Vec<Gift> {
        let keys = self.fields.iter().map(|field| &*field.key);
        let named: BTreeSet<_> = keys.filter_map(keys::gave_in).collect();
        let mut gifts: Vec<Gift> = Vec::new();
        for id in named {
            if self.mark(&keys::gave(&id, keys::REMOVED)) {
                continue;
            }
            let before = std::mem::take(&mut self.conflicts);
            let text = self.text(&keys::gave(&id, keys::TEXT));
            let mut conflicts = std::mem::replace(&mut self.conflicts, before);
            for conflict in &mut conflicts {
                keys::TEXT.clone_into(&mut conflict.field);
            }
            let on = self.text(&keys::gave(&id, keys::ON));
            if !text.is_empty() {
                gifts.push(Gift {
                    id,
                    text,
                    on: Some(on)
                        .filter(|day| recurrence::parse(day).is_some())
                        .unwrap_or_default(),
                    conflicts,
                });
            }
        }
        gifts.sort_by(|a, b| b.on.cmp(&a.on).then(a.id.cmp(&b.id)));
        gifts.truncate(MOST_GIFTS);
        gifts
    }
}

/// Keeps the newest of very many; they come by their day.
fn newest<T>(all: &mut Vec<T>, day: impl Fn(&T) -> &str) {
    all.sort_by(|a, b| day(a).cmp(day(b)));
    let over = all.len().saturating_sub(MOST_ANSWERS);
    all.drain(..over);
}

fn score(text: &str) -> Option<u8> {
    text.parse().ok().filter(|score| SCORES.contains(score))
}
