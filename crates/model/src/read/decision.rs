//! Reading a decision, and the ballots and counts of a notebook.

use std::collections::{BTreeMap, BTreeSet};

use automerge::{
    Automerge, ChangeHash, ObjId, ROOT, ReadDoc, ScalarValue, ScalarValueRef, Value, ValueRef,
};
use serde::{Deserialize, Serialize};

use super::{At, AuthorOf, Row, is_on, line};
use crate::{
    Adopting, Ballot, CastId, Count, DecisionContent, DecisionField, DocId, ItemId, Line,
    MOST_BALLOTS, MemberId, Method, Stage, keys,
};

/// More marks of a sort than these are not read: no network has so many members.
const MOST_MARKS: usize = 5_000;

/// Reads a decision. What one that is open goes by is what it said when it was put to the members: its question, method, rules,
/// options and who is asked. What others changed of these apart, without knowing that it was put, stays in its history and
/// counts again if it is given up. Its end is the last that somebody set who knew; criteria, options that are judged by them, and the
/// step are what they are now.
///
/// Put by two at once, the one whose clock claims to be earlier holds (then the change with the smaller hash).
pub fn read_decision<'a>(at: impl Into<At<'a>>, authors: &'a dyn AuthorOf) -> DecisionContent {
    use DecisionField as F;
    let at = at.into();
    let mut content = as_it_stands(at, authors);
    if content.stage == Stage::Open
        && let Some(put) = put_in(at)
    {
        hold_to(&mut content, at, put, authors);
        let change = at.doc.get_change_meta_by_hash(&put);
        content.put_by = change.and_then(|change| authors.author_of(change.actor.to_bytes()));
    }
    let record = |key: &str| F::RECORDS.iter().any(|field| field.key() == key);
    content.conflicts.retain(|one| !record(&one.field));
    content
}

/// Reads a decision as it was written, for its history: also what counts for nothing, because somebody wrote it who did not know that it
/// had been put to the members.
pub fn read_decision_as_written<'a>(
    at: impl Into<At<'a>>,
    authors: &'a dyn AuthorOf,
) -> DecisionContent {
    as_it_stands(at.into(), authors)
}

/// The change by which it was put to the members.
fn put_in(at: At<'_>) -> Option<ChangeHash> {
    let stages = held(at, DecisionField::Stage.key());
    let open = stages
        .iter()
        .filter(|(stage, _)| stage == Stage::Open.word());
    let changes = open.filter_map(|(_, by)| at.doc.get_change_meta_by_hash(by));
    changes
        .min_by_key(|change| (change.timestamp, change.hash))
        .map(|change| change.hash)
}

/// The values in words that a field has, the one shown last, each with the change that set it.
fn held(at: At<'_>, key: &str) -> Vec<(String, ChangeHash)> {
    let held = match at.heads {
        None => at.doc.get_all(ROOT, key),
        Some(heads) => at.doc.get_all_at(ROOT, key, heads),
    };
    let values = held.unwrap_or_default().into_iter();
    values
        .filter_map(|(value, id)| {
            let text = value.as_str().unwrap_or_default().to_owned();
            Some((text, at.doc.hash_for_opid(&id)?))
        })
        .collect()
}

/// Takes from the moment at which it was put what is fixed from then on.
fn hold_to(content: &mut DecisionContent, at: At<'_>, put: ChangeHash, authors: &dyn AuthorOf) {
    use DecisionField as F;
    let heads = [put];
    let mut then = Row::new(At::heads(at.doc, &heads), ROOT, authors);
    let step = content.rules.remove(F::Step.key());
    content.rules = rules(&mut then, |rule| rule != F::Step);
    content.rules.extend(step.map(|step| (F::Step.key(), step)));
    content.method = Method::from_word(&then.text(F::Method.key())).unwrap_or_default();
    content.question = then.text(F::Question.key());
    // What is weighed by criteria is talked about until the end, options and criteria alike.
    if content.method != Method::Criteria {
        let options = then.items(keys::OPTIONS, line);
        content.drifted = !options
            .iter()
            .map(said)
            .eq(content.options.iter().map(said));
        content.options = options;
    }
    let concerned = then.named(keys::CONCERNED);
    content.drifted |= concerned != content.concerned;
    content.concerned = concerned;
    content.conflicts.retain(|one| !is_fixed(&one.field));
    content.conflicts.append(&mut then.conflicts);
    content.put_as = then.text(F::Title.key());
    let ends = held(at, F::Closes.key());
    let mut later = ends.iter().rev().filter(|(_, by)| knows(at.doc, by, &put));
    if let Some((end, _)) = later.next() {
        content.closes = moment(end);
        let mut known = content.conflicts.iter_mut();
        if let Some(conflict) = known.find(|one| one.field == F::Closes.key()) {
            // The one that holds is named first.
            conflict.values.sort_by_key(|one| one.value != *end);
        }
        return;
    }
    then.conflicts.clear();
    content.closes = moment(&then.text(F::Closes.key()));
    content.conflicts.retain(|one| one.field != F::Closes.key());
    content.conflicts.append(&mut then.conflicts);
}

fn said(line: &Line) -> (ItemId, &str) {
    (line.id, &line.text)
}

/// Whether a field stays what it was when the decision was put to the members.
fn is_fixed(key: &str) -> bool {
    use DecisionField as F;
    let mut fixed = F::RULES.into_iter().chain([F::Method, F::Question]);
    fixed.any(|field| field != F::Step && field.key() == key)
}

/// Whether a change was made by somebody who had another one.
fn knows(doc: &Automerge, change: &ChangeHash, other: &ChangeHash) -> bool {
    if change == other {
        return false;
    }
    let unknown = doc.get_changes_meta(std::slice::from_ref(change));
    unknown.iter().all(|meta| meta.hash != *other)
}

fn rules(
    row: &mut Row<'_>,
    wanted: impl Fn(DecisionField) -> bool,
) -> BTreeMap<&'static str, String> {
    let rules = DecisionField::RULES.into_iter();
    let said = rules.filter(|rule| wanted(*rule)).filter_map(|rule| {
        let text = row.text(rule.key());
        (!text.is_empty()).then(|| (rule.key(), text))
    });
    said.collect()
}

fn as_it_stands(at: At<'_>, authors: &dyn AuthorOf) -> DecisionContent {
    use DecisionField as F;
    let mut row = Row::new(at, ROOT, authors);
    let rules = rules(&mut row, |_| true);
    let outcome = row.text(F::Outcome.key());
    DecisionContent {
        rules,
        put_as: String::new(),
        put_by: None,
        drifted: false,
        title: row.text(F::Title.key()),
        adopting: adopting(at),
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
        outcome_by: row.by(F::Outcome.key()).filter(|_| !outcome.is_empty()),
        outcome,
        outcome_on: row.text(F::OutcomeOn.key()),
        review: row.text(F::Review.key()),
        why: row.text(F::Why.key()),
        published: row.text(F::Published.key()).parse().ok(),
        body: row.at.body().into(),
        binned: row.mark(keys::BINNED),
        conflicts: row.conflicts,
    }
}

/// All that is written of the version that it is about.
fn adopting(at: At<'_>) -> Vec<Adopting> {
    let held = held(at, DecisionField::Adopts.key()).into_iter();
    held.filter_map(|(text, _)| text.parse().ok()).collect()
}

fn moment(text: &str) -> Option<i64> {
    let moment: jiff::Timestamp = text.parse().ok()?;
    Some(moment.as_millisecond())
}

impl Row<'_> {
    /// Who set a field to the value that is shown.
    fn by(&self, key: &str) -> Option<MemberId> {
        match self.field(key)?.id() {
            ObjId::Id(_, actor, _) => self.authors.author_of(actor.to_bytes()),
            ObjId::Root => None,
        }
    }

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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
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
