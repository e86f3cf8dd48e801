//! To want, to be able to, to know how to cooperate: each member's own look at it, and the network's.

use std::collections::BTreeMap;

use jiff::{Span, civil::Date};
use serde::Serialize;

use super::mean;
use crate::{Corner, MemberId, OwnEvaluation, SCORES, recurrence};

/// A corner whose mean lies under this many hundredths is weak: worth a sheet of the toolbox.
pub const WEAK: u16 = 300;
/// What somebody said longer ago than this many days says nothing of today.
const KEPT: i64 = 366;
/// So many of my days are shown.
const MOST_DAYS: usize = 12;
/// So many quarters before today are shown of the network.
const QUARTERS: usize = 8;

/// Something that is more or less true of working together here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Statement {
    /// Names it.
    pub key: &'static str,
    /// What it belongs to.
    pub corner: Corner,
}

/// Every statement, in order. They follow the difficulties that networks themselves named.
pub const STATEMENTS: [Statement; 12] = [
    of(Corner::Want, "want-value"),
    of(Corner::Want, "want-trust"),
    of(Corner::Want, "want-voice"),
    of(Corner::Want, "want-energy"),
    of(Corner::Can, "can-place"),
    of(Corner::Can, "can-means"),
    of(Corner::Can, "can-rules"),
    of(Corner::Can, "can-others"),
    of(Corner::Know, "know-language"),
    of(Corner::Know, "know-picture"),
    of(Corner::Know, "know-tools"),
    of(Corner::Know, "know-methods"),
];

const fn of(corner: Corner, key: &'static str) -> Statement {
    Statement { key, corner }
}

/// The statement with this key.
pub fn statement(key: &str) -> Option<&'static Statement> {
    STATEMENTS.iter().find(|one| one.key == key)
}

/// What follows from everybody's look at working together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Default)]
pub struct AssessmentFacts {
    /// What I say of each statement now, in their order.
    pub mine: Vec<Said>,
    /// How it stood with me on each day that I said something, the newest last.
    pub me: Vec<Triangle>,
    /// How it stood with the network at the end of each quarter, and today last; only days of which anybody said something.
    pub network: Vec<NetworkTriangle>,
    /// My weak corners, the weakest first.
    pub weak: Vec<Corner>,
    /// The network's weak corners, the weakest first.
    pub network_weak: Vec<Corner>,
}

/// What I say of one statement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Said {
    /// The statement.
    pub statement: &'static str,
    /// From 1 to 5; `None`: nothing, or too long ago.
    pub score: Option<u8>,
    /// On which day, ISO 8601 date, or empty.
    pub on: String,
}

/// One person's three corners on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Triangle {
    /// The day, ISO 8601 date.
    pub on: String,
    /// Want, can, know: means in hundredths, from 100 to 500.
    pub corners: [Option<u16>; 3],
}

/// The network's three corners on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NetworkTriangle {
    /// The day, ISO 8601 date.
    pub on: String,
    /// How many persons had said something.
    pub people: usize,
    /// Want, can, know; `None` where fewer than the network's threshold had said something of it.
    pub corners: [Option<Spread>; 3],
}

/// How the persons' means of one corner lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Spread {
    /// How many persons.
    pub people: usize,
    /// Their mean, in hundredths; everybody counts alike, however many statements they answered.
    pub mean: u16,
    /// How far they lie from it (standard deviation), in hundredths.
    pub spread: u16,
}

/// What follows from everybody's look at working together, on a day (ISO 8601 date).
///
/// Of each statement counts what a person said last, up to a year back; a day still to come says nothing yet. Who has left
/// (`gone`: on which day) counts up to that day.
pub fn assessment_facts(
    people: &BTreeMap<MemberId, &OwnEvaluation>,
    gone: &BTreeMap<MemberId, String>,
    me: &MemberId,
    threshold: u8,
    today: &str,
) -> AssessmentFacts {
    let Some(day) = recurrence::parse(today) else {
        return AssessmentFacts::default();
    };
    let nothing = OwnEvaluation::default();
    let own = people.get(me).copied().unwrap_or(&nothing);
    let now = standing(own, day);
    let mine = STATEMENTS.iter().map(|one| {
        let said = now.get(one.key);
        Said {
            statement: one.key,
            score: said.map(|(_, score)| *score),
            on: said.map(|(on, _)| (*on).to_owned()).unwrap_or_default(),
        }
    });
    let mine = mine.collect();
    let me = my_days(own, today);
    let mut network: Vec<NetworkTriangle> = days(day)
        .into_iter()
        .map(|day| triangle_of_all(people, gone, threshold, day))
        .collect();
    network.retain(|one| one.people > 0);
    let of_today = network.last().filter(|one| one.on == today);
    let weak_now = corners(&now);
    AssessmentFacts {
        network_weak: of_today.map_or_else(Vec::new, |one| {
            weak(one.corners.map(|corner| corner.map(|spread| spread.mean)))
        }),
        weak: weak(weak_now),
        mine,
        me,
        network,
    }
}

/// What a person said last of each statement, as it stood on a day.
fn standing(own: &OwnEvaluation, day: Date) -> BTreeMap<&str, (&str, u8)> {
    let (until, from) = (day.to_string(), day.saturating_sub(Span::new().days(KEPT)));
    let from = from.to_string();
    let mut said: BTreeMap<&str, (&str, u8)> = BTreeMap::new();
    for one in &own.assessed {
        let counts = one.on > from && one.on <= until && SCORES.contains(&one.score);
        if counts && statement(&one.statement).is_some() {
            let held = said.entry(&one.statement).or_insert((&one.on, one.score));
            if held.0 < one.on.as_str() {
                *held = (&one.on, one.score);
            }
        }
    }
    said
}

fn corners(said: &BTreeMap<&str, (&str, u8)>) -> [Option<u16>; 3] {
    let mut corners = [None; 3];
    for (place, corner) in corners.iter_mut().zip(Corner::ALL) {
        let of = STATEMENTS.iter().filter(|one| one.corner == *corner);
        let scores: Vec<u64> = of
            .filter_map(|one| said.get(one.key))
            .map(|(_, score)| 100 * u64::from(*score))
            .collect();
        *place = mean(scores.iter().sum(), scores.len());
    }
    corners
}

fn my_days(own: &OwnEvaluation, today: &str) -> Vec<Triangle> {
    let mut days: Vec<&str> = own.assessed.iter().map(|one| one.on.as_str()).collect();
    days.retain(|on| *on <= today);
    days.sort_unstable();
    days.dedup();
    let over = days.len().saturating_sub(MOST_DAYS);
    let last = days.into_iter().skip(over);
    last.filter_map(|on| {
        let day = recurrence::parse(on)?;
        Some(Triangle {
            on: on.to_owned(),
            corners: corners(&standing(own, day)),
        })
    })
    .collect()
}

/// The last days of the quarters before a day, oldest first, then the day itself.
fn days(today: Date) -> Vec<Date> {
    let mut days = vec![today];
    let month = (today.month() - 1) / 3 * 3 + 1;
    let mut first = jiff::civil::date(today.year(), month, 1);
    for _ in 0..QUARTERS {
        let Ok(end) = first.yesterday() else {
            break;
        };
        days.push(end);
        first = first.saturating_sub(Span::new().months(3));
    }
    days.reverse();
    days
}

fn triangle_of_all(
    people: &BTreeMap<MemberId, &OwnEvaluation>,
    gone: &BTreeMap<MemberId, String>,
    threshold: u8,
    day: Date,
) -> NetworkTriangle {
    let on = day.to_string();
    let here = |member: &MemberId| gone.get(member).is_none_or(|left| *left > on);
    let all: Vec<[Option<u16>; 3]> = people
        .iter()
        .filter(|(member, _)| here(member))
        .map(|(_, own)| corners(&standing(own, day)))
        .filter(|corners| corners.iter().any(Option::is_some))
        .collect();
    let mut shown = [None; 3];
    for (place, corner) in shown.iter_mut().enumerate() {
        let means: Vec<u16> = all.iter().filter_map(|one| one[place]).collect();
        if means.len() >= usize::from(threshold).max(2) {
            *corner = spread(&means);
        }
    }
    NetworkTriangle {
        on,
        people: all.len(),
        corners: shown,
    }
}

fn spread(means: &[u16]) -> Option<Spread> {
    let sum: u64 = means.iter().map(|one| u64::from(*one)).sum();
    let squares: u64 = means
        .iter()
        .map(|one| u64::from(*one) * u64::from(*one))
        .sum();
    let count = u64::try_from(means.len()).ok().filter(|count| *count > 0)?;
    // In whole numbers up to the root, so that every machine finds the same.
    let variance = (squares * count).saturating_sub(sum * sum) / (count * count);
    Some(Spread {
        people: means.len(),
        mean: mean(sum, means.len())?,
        spread: u16::try_from(variance.isqrt()).ok()?,
    })
}

/// The weak ones of three corners, the weakest first.
fn weak(corners: [Option<u16>; 3]) -> Vec<Corner> {
    let each = Corner::ALL.iter().copied().zip(corners);
    let mut weak: Vec<(u16, Corner)> = each
        .filter_map(|(corner, mean)| Some((mean.filter(|mean| *mean < WEAK)?, corner)))
        .collect();
    weak.sort_unstable();
    weak.into_iter().map(|(_, corner)| corner).collect()
}
