//! Results of what the network asks, period by period.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::Serialize;

use super::mean;
use crate::{
    MemberId, OwnEvaluation, PulseAnswer, PulseRhythm, PulseSettings, SCORES, Term, recurrence,
};

/// Results of more periods than this are not worked out: what is shown is the last years.
const MOST_PERIODS: usize = 24;

/// A stretch of days in which everybody answers once.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Period {
    /// Its first day, ISO 8601 date.
    pub from: String,
    /// Its last day; empty where no rhythm says so.
    pub until: String,
}

/// What follows from answers on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Default)]
pub struct PulseFacts {
    /// The period that runs. `None`: nothing is asked, or the first period is still to come.
    pub period: Option<Period>,
    /// Results, the newest last: every period that somebody answered in, and the one that runs.
    pub results: Vec<PeriodResults>,
}

/// Results of one period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PeriodResults {
    /// The period.
    #[serde(flatten)]
    pub period: Period,
    /// It still runs: answers may change.
    pub running: bool,
    /// How many persons answered something.
    pub people: usize,
    /// Each question's, in their order.
    pub questions: Vec<QuestionResult>,
}

/// Results of one question in one period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct QuestionResult {
    /// The question's key.
    pub question: String,
    /// How many persons answered it.
    pub answers: usize,
    /// What they answered; `None` under the network's threshold.
    pub shown: Option<Distribution>,
}

/// Answers broken down, without names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Distribution {
    /// How many answered 1, 2, 3, 4 and 5.
    pub counts: [usize; 5],
    /// Their mean, in hundredths.
    pub mean: u16,
    /// The words that people put beside, by alphabet.
    pub words: Vec<String>,
    /// How many answered while the question was worded otherwise.
    pub otherwise: usize,
}

impl PulseRhythm {
    const fn term(self) -> Term {
        Term::Months(match self {
            Self::Monthly => 1,
            Self::Quarterly => 3,
            Self::HalfYearly => 6,
            Self::Yearly => 12,
        })
    }
}

/// The period that a day lies in. Periods before the first day are counted back from it, so that nothing is lost by choosing another.
fn period_of(settings: &PulseSettings, day: Date) -> Option<Period> {
    let first = recurrence::parse(&settings.start)?;
    let term = settings.rhythm?.term();
    let number = term.number(first, day);
    let (from, next) = (term.day(first, number)?, term.day(first, number + 1)?);
    Some(Period {
        from: from.to_string(),
        until: next.yesterday().ok()?.to_string(),
    })
}

/// The period that runs on a day (ISO 8601 date), if one does.
pub fn running_period(settings: &PulseSettings, today: &str) -> Option<Period> {
    let day = recurrence::parse(today)?;
    let begun = recurrence::parse(&settings.start)? <= day;
    period_of(settings, day).filter(|_| begun)
}

/// A person's answers to a question for days in a period, the one that counts last.
pub fn answers_in<'a>(
    own: &'a OwnEvaluation,
    question: &str,
    period: &Period,
) -> Vec<&'a PulseAnswer> {
    let mut here: Vec<&PulseAnswer> = own
        .answers
        .iter()
        .filter(|one| {
            one.question == question && one.period >= period.from && one.period <= period.until
        })
        .collect();
    here.sort_by(|a, b| a.period.cmp(&b.period));
    here
}

/// What follows from everybody's answers on a day (ISO 8601 date).
///
/// - An answer counts in the period that the day it was given for lies in. So when the rhythm is changed, older answers gather in the
///   new periods; of several of one person in one period, the last counts.
/// - Where nothing is asked any more, answers stay under the day they were given for.
/// - An answer for a day still to come counts once that day has come.
/// - Answers of who has left since count: they were given by a member.
pub fn pulse_facts(
    settings: &PulseSettings,
    people: &BTreeMap<MemberId, &OwnEvaluation>,
    today: &str,
) -> PulseFacts {
    let running = running_period(settings, today);
    let mut periods: BTreeMap<Period, Answers<'_>> = BTreeMap::new();
    for (member, own) in people {
        let begun = own.answers.iter();
        for answer in begun.filter(|one| one.period.as_str() <= today) {
            if !SCORES.contains(&answer.score) {
                continue;
            }
            let Some(period) = placed(settings, &answer.period) else {
                continue;
            };
            let held = periods.entry(period).or_default();
            let mine = held.entry((&answer.question, *member)).or_insert(answer);
            if mine.period < answer.period {
                *mine = answer;
            }
        }
    }
    if let Some(period) = &running {
        periods.entry(period.clone()).or_default();
    }
    let over = periods.len().saturating_sub(MOST_PERIODS);
    let results = periods.into_iter().skip(over).map(|(period, answers)| {
        let persons: BTreeSet<MemberId> = answers.keys().map(|(_, member)| *member).collect();
        PeriodResults {
            running: running.as_ref() == Some(&period),
            people: persons.len(),
            questions: results(settings, &answers),
            period,
        }
    });
    PulseFacts {
        results: results.collect(),
        period: running,
    }
}

/// Everybody's last answer to each question in one period.
type Answers<'a> = BTreeMap<(&'a str, MemberId), &'a PulseAnswer>;

fn placed(settings: &PulseSettings, day: &str) -> Option<Period> {
    let parsed = recurrence::parse(day)?;
    Some(period_of(settings, parsed).unwrap_or_else(|| Period {
        from: day.to_owned(),
        until: String::new(),
    }))
}

fn results(settings: &PulseSettings, answers: &Answers<'_>) -> Vec<QuestionResult> {
    let of = |key: &str| -> Vec<&PulseAnswer> {
        let here = answers.iter().filter(|((question, _), _)| *question == key);
        here.map(|(_, answer)| *answer).collect()
    };
    let all = settings.questions.iter().map(|question| {
        let given = of(&question.key);
        let enough = given.len() >= usize::from(settings.threshold).max(2);
        QuestionResult {
            question: question.key.clone(),
            answers: given.len(),
            shown: enough.then(|| distribution(&given, &question.text)),
        }
    });
    // What is asked no more, and was not answered then, says nothing.
    let asked = |key: &str| settings.question(key).is_some_and(|one| !one.removed);
    all.filter(|one| one.answers > 0 || asked(&one.question))
        .collect()
}

fn distribution(given: &[&PulseAnswer], text: &str) -> Distribution {
    let mut counts = [0; 5];
    let mut sum = 0u64;
    for answer in given {
        if let Some(count) = counts.get_mut(usize::from(answer.score).wrapping_sub(1)) {
            *count += 1;
        }
        sum += 100 * u64::from(answer.score);
    }
    let said = given.iter().map(|answer| answer.word.trim());
    let mut words: Vec<String> = said
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    words.sort_by_cached_key(|word| (word.to_lowercase(), word.clone()));
    Distribution {
        counts,
        mean: mean(sum, given.len()).unwrap_or_default(),
        words,
        otherwise: given.iter().filter(|answer| answer.asked != text).count(),
    }
}
