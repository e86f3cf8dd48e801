//! Reading a decision, and the ballots and counts of a notebook.

use std::collections::{BTreeMap, BTreeSet};

use automerge::{Automerge, ObjId, ROOT, ReadDoc, ScalarValue, ScalarValueRef, Value, ValueRef};

use super::{At, AuthorOf, Row, is_on, line};
use crate::{
    Ballot, CastId, Count, DecisionContent, DecisionField, DocId, MOST_BALLOTS, MemberId, Method,
    Stage, keys,
};

/// More marks of a sort than these are not read: no network has so many members.
const MOST_MARKS: usize = 5_000;

/// Reads a decision.
pub fn read_decision<'a>(at: impl Into<At<'a>>, authors: &'a dyn AuthorOf) -> DecisionContent {
    use DecisionField as F;
    let mut row = Row::new(at.into(), ROOT, authors);
    let rules = F::RULES.into_iter().filter_map(|field| {
        let text = row.text(field.key());
        (!text.is_empty()).then(|| (field.key(), text))
    });
    let rules = rules.collect();
    DecisionContent {
        rules,
        title: row.text(F::Title.key()),
        meeting: row.text(F::Meeting.key()).parse().ok(),
        question: row.text(F::Question.key()),
        method: Method::from_word(&row.text(F::Method.key())).unwrap_or_default(),
        stage: Stage::from_word(&row.text(F::Stage.key())).unwrap_or_default(),
        closes: moment(&row.text(F::Closes.key())),
        options: row.items(keys::OPTIONS, line),
        criteria: row.items(keys::CRITERIA, line),
        concerned: row.named(keys::CONCERNED),
        marks: row.own_marks(),
        replies: row.replies(),
        actions: row.named(keys::ACTION),
        outcome: row.text(F::Outcome.key()),
        outcome_on: row.text(F::OutcomeOn.key()),
        review: row.text(F::Review.key()),
        why: row.text(F::Why.key()),
        published: row.text(F::Published.key()).parse().ok(),
        body: row.at.body().into(),
        binned: row.mark(keys::BINNED),
        conflicts: row.conflicts,
    }
}

fn moment(text: &str) -> Option<i64> {
    let moment: jiff::Timestamp = text.parse().ok()?;
    Some(moment.as_millisecond())
}

impl Row<'_> {
    /// The names after a prefix whose marks are on.
    fn named<T: std::str::FromStr + Ord>(&self, prefix: &str) -> BTreeSet<T> {
        let on = self.fields.iter().filter(|field| is_on(field));
        on.filter_map(|field| field.key.strip_prefix(prefix)?.parse().ok())
            .take(MOST_MARKS)
            .collect()
    }

    /// The last ballot of each, as long as it was that person's own machine which says so.
    fn own_marks(&self) -> BTreeMap<MemberId, CastId> {
        let marks = self.fields.iter().filter_map(|field| {
            let member: MemberId = field.key.strip_prefix(keys::CAST)?.parse().ok()?;
            let held = match self.at.heads {
                None => self.at.doc.get_all(&self.obj, &*field.key),
                Some(heads) => self.at.doc.get_all_at(&self.obj, &*field.key, heads),
            };
            let own = |(value, id): &(Value<'_>, ObjId)| match id {
                ObjId::Id(_, actor, _) => {
                    let author = self.authors.author_of(actor.to_bytes());
                    let ballot: CastId = value.as_str()?.parse().ok()?;
                    (author == Some(member)).then_some(ballot)
                }
                ObjId::Root => None,
            };
            Some((member, held.ok()?.iter().rev().find_map(own)?))
        });
        marks.take(MOST_MARKS).collect()
    }

    fn replies(&self) -> BTreeMap<CastId, String> {
        let said = self.fields.iter().filter_map(|field| {
            let ballot: CastId = field.key.strip_prefix(keys::REPLY)?.parse().ok()?;
            match &field.value {
                ValueRef::Scalar(ScalarValueRef::Str(words)) => Some((ballot, words.to_string())),
                _ => None,
            }
        });
        said.take(MOST_MARKS).collect()
    }
}

/// What a notebook's owner said to decisions.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Balloting {
    /// Their ballots, by decision; of very many in one, the last.
    pub ballots: BTreeMap<DocId, Vec<Ballot>>,
    /// The counts that they made.
    pub counts: BTreeMap<DocId, Vec<Count>>,
}

/// Reads the ballots and counts in a notebook that are its owner's, and bear the hash of what they say as their name. All else
/// is passed over.
pub fn read_ballots(notebook: &Automerge, owner: &MemberId) -> Balloting {
    let mut said = Balloting::default();
    let mut off: Vec<(DocId, CastId, i64)> = Vec::new();
    for (key, decision, rest) in named(notebook, keys::BALLOT) {
        if let Some(id) = rest.strip_suffix(keys::OFF) {
            let taken_back = id.parse().ok().zip(taken_back(notebook, &key));
            off.extend(taken_back.map(|(id, at)| (decision, id, at)));
        } else if let Ok(id) = rest.parse() {
            let read = |text: &str| Ballot::read(id, text, &decision, owner);
            let ballot = texts(notebook, &key, read);
            said.ballots.entry(decision).or_default().extend(ballot);
        }
    }
    for (key, decision, rest) in named(notebook, keys::COUNT) {
        if let Ok(id) = rest.parse() {
            let read = |text: &str| Count::read(id, text, &decision, owner);
            let count = texts(notebook, &key, read);
            said.counts.entry(decision).or_default().extend(count);
        }
    }
    for (decision, id, at) in off {
        let ballots = said.ballots.get_mut(&decision);
        let ballot = ballots.and_then(|all| all.iter_mut().find(|one| one.id == id));
        if let Some(ballot) = ballot {
            ballot.off = Some(at);
        }
    }
    for ballots in said.ballots.values_mut() {
        ballots.sort_by_key(|one| (one.at, one.id));
        let more = ballots.len().saturating_sub(MOST_BALLOTS);
        ballots.drain(..more);
    }
    // The earliest, so that a flood of later ones does not push out what was counted first.
    for counts in said.counts.values_mut() {
        counts.sort_by_key(|one| (one.at, one.id));
        counts.truncate(MOST_COUNTS);
    }
    said.ballots.retain(|_, all| !all.is_empty());
    said.counts.retain(|_, all| !all.is_empty());
    said
}

/// Nobody counts a decision more often.
const MOST_COUNTS: usize = 20;

/// The keys under a prefix that name a decision, and what they name after it.
fn named(notebook: &Automerge, prefix: &str) -> Vec<(String, DocId, String)> {
    let fields = notebook.map_range(ROOT, prefix.to_owned()..);
    let under = fields.take_while(|field| field.key.starts_with(prefix));
    let named = under.filter_map(|field| {
        let (decision, rest) = field.key.strip_prefix(prefix)?.split_once('/')?;
        Some((
            field.key.to_string(),
            decision.parse().ok()?,
            rest.to_owned(),
        ))
    });
    named.collect()
}

/// The text under a key that reads: nobody knows what else a machine may have written there beside it.
fn texts<T>(notebook: &Automerge, key: &str, read: impl Fn(&str) -> Option<T>) -> Option<T> {
    let held = notebook.get_all(ROOT, key).ok()?;
    held.iter().find_map(|(value, _)| read(value.as_str()?))
}

/// When a ballot was taken back, as the clock of who did so claims.
fn taken_back(notebook: &Automerge, key: &str) -> Option<i64> {
    let (value, said) = notebook.get(ROOT, key).ok()??;
    let on = match value {
        Value::Scalar(value) => *value == ScalarValue::Boolean(true),
        Value::Object(_) => false,
    };
    let change = notebook.hash_for_opid(&said).filter(|_| on)?;
    Some(notebook.get_change_meta_by_hash(&change)?.timestamp)
}
