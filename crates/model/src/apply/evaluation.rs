//! Edits of evaluation: what is asked (in the network document), what one answers (in one's own notebook).

use std::collections::BTreeSet;

use automerge::{ROOT, ReadDoc, ScalarValue, ScalarValueRef, ValueRef};

use super::{mark, plan::Written};
use crate::{
    Answered, EditError, EvaluationEdit, PulseField, QUESTIONS_MAX, check, keys, record::Recorder,
    statement,
};

pub(super) fn write(to: &mut Recorder<'_>, edit: &EvaluationEdit) -> Written {
    match edit {
        EvaluationEdit::Begin {
            rhythm,
            start,
            threshold,
            questions,
        } => begin(to, rhythm.word(), start, *threshold, questions),
        EvaluationEdit::SetPulse { field, value } => set(to, *field, value.as_deref()),
        EvaluationEdit::Ask { question, text } => ask(to, question, text.as_deref()),
        EvaluationEdit::Reword { question, text } => {
            let text = worded(question, text.as_deref())?;
            known(to, question)?;
            Ok(to.put(&ROOT, &keys::ask(question, keys::TEXT), text)?)
        }
        EvaluationEdit::Unask { question, restore } => {
            known(to, question)?;
            Ok(to.put(&ROOT, &keys::ask(question, keys::ON), mark(*restore))?)
        }
        EvaluationEdit::Answer {
            period,
            instead,
            question,
            answer,
        } => {
            for day in instead.iter().filter(|day| *day != period) {
                write_answer(to, day, question, None)?;
            }
            write_answer(to, period, question, answer.as_ref())
        }
        EvaluationEdit::Assess {
            on,
            statement: key,
            score,
        } => {
            check::day(on)?;
            if statement(key).is_none() {
                return Err(EditError::NotFound {
                    what: "statement",
                    id: key.chars().take(80).collect(),
                });
            }
            let score = score.map_or(Ok(ScalarValue::Null), check::score)?;
            Ok(to.put(&ROOT, &keys::assess(on, key), score)?)
        }
    }
}

fn begin(
    to: &mut Recorder<'_>,
    rhythm: &str,
    start: &str,
    threshold: u8,
    questions: &[String],
) -> Written {
    if let Some(wrong) = questions.iter().find(|one| !keys::is_on_offer(one)) {
        return Err(EditError::NotFound {
            what: "question on offer",
            id: wrong.chars().take(80).collect(),
        });
    }
    check::day(start)?;
    set(to, PulseField::Threshold, Some(&threshold.to_string()))?;
    set(to, PulseField::Rhythm, Some(rhythm))?;
    set(to, PulseField::Start, Some(start))?;
    for question in questions {
        ask(to, question, None)?;
    }
    Ok(())
}

fn set(to: &mut Recorder<'_>, field: PulseField, value: Option<&str>) -> Written {
    let value = match field {
        PulseField::Rhythm => check::pulse_rhythm(value),
        PulseField::Start => check::date(value),
        PulseField::Threshold => check::threshold(value),
    }?;
    Ok(to.put(&ROOT, &keys::pulse(field.key()), value)?)
}

fn ask(to: &mut Recorder<'_>, question: &str, text: Option<&str>) -> Written {
    if !keys::is_question(question) {
        return Err(EditError::NotFound {
            what: "question",
            id: question.chars().take(80).collect(),
        });
    }
    let text = worded(question, text)?;
    let (asked, last) = asked(to);
    if !asked.contains(question) {
        if asked.len() >= QUESTIONS_MAX {
            return Err(EditError::TooMany { max: QUESTIONS_MAX });
        }
        to.put(
            &ROOT,
            &keys::ask(question, keys::ORDER),
            (last + 1.0).into(),
        )?;
    }
    if text != ScalarValue::Null {
        to.put(&ROOT, &keys::ask(question, keys::TEXT), text)?;
    }
    Ok(to.put(&ROOT, &keys::ask(question, keys::ON), mark(true))?)
}

/// A question's words; only one on offer can do without.
fn worded(question: &str, text: Option<&str>) -> Result<ScalarValue, EditError> {
    if keys::is_on_offer(question) {
        check::words(text.map(str::trim), "text", check::TITLE_MAX)
    } else {
        check::required(text.map(str::trim), "text", check::TITLE_MAX)
    }
}

/// Every question that was ever asked, and the highest place of one.
fn asked(to: &Recorder<'_>) -> (BTreeSet<String>, f64) {
    let mut asked = BTreeSet::new();
    let mut last = 0.0f64;
    for field in to.doc().map_range(ROOT, ..) {
        let Some((question, part)) = keys::ask_in(&field.key) else {
            continue;
        };
        if matches!(field.value, ValueRef::Scalar(ScalarValueRef::Null)) {
            continue;
        }
        if part == keys::ORDER {
            last = last.max(crate::read::number(&field.value).unwrap_or(0.0));
        }
        asked.insert(question.to_owned());
    }
    (asked, last)
}

fn known(to: &Recorder<'_>, question: &str) -> Written {
    if asked(to).0.contains(question) {
        return Ok(());
    }
    Err(EditError::NotFound {
        what: "question",
        id: question.chars().take(80).collect(),
    })
}

fn write_answer(
    to: &mut Recorder<'_>,
    period: &str,
    question: &str,
    answer: Option<&Answered>,
) -> Written {
    check::day(period)?;
    if !keys::is_question(question) {
        return Err(EditError::NotFound {
            what: "question",
            id: question.chars().take(80).collect(),
        });
    }
    let (score, word, asked) = match answer {
        None => (ScalarValue::Null, ScalarValue::Null, ScalarValue::Null),
        Some(answer) => (
            check::score(answer.score)?,
            check::words(answer.word.as_deref(), "word", check::TITLE_MAX)?,
            check::words(answer.asked.as_deref(), "text", check::TITLE_MAX)?,
        ),
    };
    let key = |part: &str| keys::answer(period, question, part);
    to.put(&ROOT, &key(keys::SCORE), score)?;
    to.put(&ROOT, &key(keys::WORD), word)?;
    Ok(to.put(&ROOT, &key(keys::ASKED), asked)?)
}
