//! Reading documents as content. Pure and tolerant: what is missing, or of another type than it
//! should be, reads as empty.
//!
//! - A field shows the value that Automerge picked, the same everywhere; where several people set
//!   it at once to different values, all candidates stand in `conflicts`, the one shown first.
//! - Items come by their order number, then by id. Two people who add at once both count on from
//!   the same number; their items then stand side by side, in the same order everywhere.
//! - A removed item is left out. It keeps taking in what others write in it meanwhile, and
//!   shows that when it is brought back.

mod attachment;
mod decision;
mod evaluation;
mod hands;
mod items;
mod legible;
mod meeting;
mod meeting_words;
mod piloting;
mod plan;
mod resource;
mod series;
mod watch;

use std::collections::{BTreeMap, BTreeSet};

use automerge::{
    Automerge, ChangeHash, ObjId, ObjType, ROOT, ReadDoc, ScalarValue, ScalarValueRef, Value,
    ValueRef, iter::MapRangeItem,
};

use crate::{
    CharterContent, CharterField, Conflict, ConflictValue, DecisionField, FilterField, ItemId,
    Line, MemberId, NetworkContent, NetworkField, NotebookContent, OwnObjective, OwnObjectiveField,
    PageContent, PageField, ProfileField, SavedFilter, Signature, keys,
    plain::plain,
    twins::{Taken, shown},
};

pub(crate) use attachment::attached;
pub use attachment::files_in;
pub use decision::{Balloting, read_ballots, read_decision, read_decision_as_written};
pub use hands::{ItemHands, PartHand, item_hands};
pub use items::{
    FieldHeld, FieldTurn, ItemChange, ItemName, item_changes, item_field, item_is_removed,
    plan_counts,
};
pub use legible::{done_times, read_seen};
pub use meeting::read_meeting;
pub use plan::read_plan;
pub use resource::read_resources;
pub use watch::{read_watch, read_watch_read, watch_has, watch_items_until};

/// Tells whose an actor id is.
pub trait AuthorOf {
    /// The member whose device writes under this actor id, where known.
    fn author_of(&self, actor: &[u8]) -> Option<MemberId>;
}

/// Knows nobody.
impl AuthorOf for () {
    fn author_of(&self, _: &[u8]) -> Option<MemberId> {
        None
    }
}

impl<F: Fn(&[u8]) -> Option<MemberId>> AuthorOf for F {
    fn author_of(&self, actor: &[u8]) -> Option<MemberId> {
        self(actor)
    }
}

/// A document as it is, or as it was at some heads.
#[derive(Debug, Clone, Copy)]
pub struct At<'a> {
    doc: &'a Automerge,
    heads: Option<&'a [ChangeHash]>,
}

impl<'a> At<'a> {
    /// The document as it was when these were its newest changes. All of them must be in it.
    pub const fn heads(doc: &'a Automerge, heads: &'a [ChangeHash]) -> Self {
        Self {
            doc,
            heads: Some(heads),
        }
    }

    fn body(self) -> String {
        self.heads.map_or_else(
            || body_text(self.doc),
            |heads| body_text_at(self.doc, heads),
        )
    }

    fn fields(self, obj: &ObjId) -> Vec<MapRangeItem<'a>> {
        match self.heads {
            None => self.doc.map_range(obj, ..).collect(),
            Some(heads) => self.doc.map_range_at(obj, .., heads).collect(),
        }
    }
}

impl<'a> From<&'a Automerge> for At<'a> {
    fn from(doc: &'a Automerge) -> Self {
        Self { doc, heads: None }
    }
}

/// Reads the network document.
pub fn read_network<'a>(at: impl Into<At<'a>>, authors: &'a dyn AuthorOf) -> NetworkContent {
    let mut row = Row::new(at.into(), ROOT, authors);
    let (purposes, twins) = shown(row.items(keys::PURPOSES, |id, row| {
        let taken = row.taken();
        (line(id, row), taken)
    }));
    NetworkContent {
        name: row.text(NetworkField::Name.key()),
        kind: row.text(NetworkField::Kind.key()),
        membership: row.text(NetworkField::Membership.key()),
        review_date: row.text(NetworkField::ReviewDate.key()),
        kinds: row.kinds(),
        purposes,
        twins,
        relations: row.relations(),
        roles: row.roles(),
        pulse: row.pulse(),
        series: row.series(),
        conflicts: row.conflicts,
    }
}

/// Reads the charter.
pub fn read_charter<'a>(at: impl Into<At<'a>>, authors: &'a dyn AuthorOf) -> CharterContent {
    let mut row = Row::new(at.into(), ROOT, authors);
    CharterContent {
        purposes: None,
        values: row.items(keys::VALUES, line),
        exchange_rules: row.text(CharterField::ExchangeRules.key()),
        decision_rule: row.text(CharterField::DecisionRule.key()),
        method: row.text(CharterField::Method.key()),
        threshold: row.text(CharterField::Threshold.key()),
        threshold_of: row.text(CharterField::ThresholdOf.key()),
        abstentions: row.text(CharterField::Abstentions.key()),
        quorum: row.text(CharterField::Quorum.key()),
        language: row.text(CharterField::Language.key()),
        review_date: row.text(CharterField::ReviewDate.key()),
        body: row.at.body().into(),
        conflicts: row.conflicts,
    }
}

/// Reads a page.
pub fn read_page<'a>(at: impl Into<At<'a>>, authors: &'a dyn AuthorOf) -> PageContent {
    let at = at.into();
    page(at, authors, at.body())
}

/// Reads a page as lists show it: of a long text no more than so many characters, from the beginning, so that what it takes does not grow with the text.
pub fn read_page_listed(doc: &Automerge, most: usize) -> PageContent {
    page(doc.into(), &(), body_beginning(doc, most))
}

fn page<'a>(at: At<'a>, authors: &'a dyn AuthorOf, body: String) -> PageContent {
    let mut row = Row::new(at, ROOT, authors);
    PageContent {
        title: row.text(PageField::Title.key()),
        tags: row.marks(keys::TAGS),
        body: body.into(),
        binned: row.mark(keys::BINNED),
        group: row.text(PageField::Group.key()).parse().ok(),
        attachments: row.attachments(),
        conflicts: row.conflicts,
    }
}

/// Reads a member's notebook.
pub fn read_notebook<'a>(at: impl Into<At<'a>>, authors: &'a dyn AuthorOf) -> NotebookContent {
    let mut row = Row::new(at.into(), ROOT, authors);
    NotebookContent {
        name: row.text(ProfileField::Name.key()),
        organisation: row.text(ProfileField::Organisation.key()),
        engagement: row.text(ProfileField::Engagement.key()),
        brings: row.text(ProfileField::Brings.key()),
        expects: row.text(ProfileField::Expects.key()),
        added_value: row.text(ProfileField::AddedValue.key()),
        added_value_on: row.text(ProfileField::AddedValueOn.key()),
        signatures: row.signatures(),
        own_objectives: row.items(keys::OWN_OBJECTIVES, own_objective),
        photo: row.photo(),
        swaps: row.swaps(),
        posts: row.posts(),
        evaluation: row.evaluation().into(),
        gifts: row.gifts(),
        meetings: row.meeting_words(),
        floor: row.mark(keys::FLOOR),
        filters: row.filters(),
        conflicts: row.conflicts,
    }
}

/// The document's one collaborative text (a charter's or a page's), or nothing.
pub fn body_text(doc: &Automerge) -> String {
    body(doc, None)
        .and_then(|body| doc.text(body).ok())
        .unwrap_or_default()
}

/// The beginning of [`body_text`], of so many characters where it is much longer; else, and where more is in it than letters (other software's marks or
/// objects), all of it.
fn body_beginning(doc: &Automerge, most: usize) -> String {
    let Some(text) = body(doc, None) else {
        return String::new();
    };
    // Letter by letter takes four or five times as long for each as all at once.
    let long = doc.length(&text) / 8 >= most;
    if long && doc.marks(&text).is_ok_and(|marks| marks.is_empty()) {
        // Without a range: one that ends before the text does is looked through to the text's end.
        let items = doc.list_range(text, ..).take(most);
        let letters = items.map(|item| match item.value {
            ValueRef::Scalar(ScalarValueRef::Str(letters)) => Some(letters),
            _ => None,
        });
        if let Some(letters) = letters.collect::<Option<String>>() {
            return letters;
        }
    }
    body_text(doc)
}

/// The document's one collaborative text as it stood at these heads.
pub fn body_text_at(doc: &Automerge, heads: &[ChangeHash]) -> String {
    body(doc, Some(heads))
        .and_then(|body| doc.text_at(body, heads).ok())
        .unwrap_or_default()
}

/// A page's Markdown text.
pub fn page_text(doc: &Automerge) -> String {
    body_text(doc)
}

/// The charter's Markdown text.
pub fn charter_text(doc: &Automerge) -> String {
    body_text(doc)
}

/// Whether the document has a text in which several may write at once.
pub fn has_text(doc: &Automerge) -> bool {
    body(doc, None).is_some()
}

/// The object of the document's one text.
pub(crate) fn body(doc: &Automerge, heads: Option<&[ChangeHash]>) -> Option<ObjId> {
    let found = match heads {
        None => doc.get(ROOT, keys::BODY),
        Some(heads) => doc.get_at(ROOT, keys::BODY, heads),
    };
    match found.ok()?? {
        (Value::Object(ObjType::Text), body) => Some(body),
        _ => None,
    }
}

/// An item's order number.
pub(crate) fn order(doc: &impl ReadDoc, item: &ObjId) -> Option<f64> {
    let (value, _) = doc.get(item, keys::ORDER).ok()??;
    let order = match value {
        Value::Scalar(value) => match value.as_ref() {
            ScalarValue::F64(order) => *order,
            ScalarValue::Int(order) => *order as f64,
            ScalarValue::Uint(order) => *order as f64,
            _ => return None,
        },
        Value::Object(_) => return None,
    };
    order.is_finite().then_some(order)
}

fn line(id: ItemId, mut row: Row<'_>) -> Line {
    Line {
        id,
        text: row.text(keys::TEXT),
        conflicts: row.conflicts,
    }
}

fn own_objective(id: ItemId, mut row: Row<'_>) -> OwnObjective {
    OwnObjective {
        id,
        text: row.text(OwnObjectiveField::Text.key()),
        objective: row.text(OwnObjectiveField::Objective.key()).parse().ok(),
        conflicts: row.conflicts,
    }
}

/// The filter and the part of it that a key of a notebook holds.
fn filter_part(key: &str) -> Option<(ItemId, &str)> {
    let (id, part) = key.strip_prefix(keys::FILTER)?.split_once('/')?;
    Some((id.parse().ok()?, part))
}

/// One map of a document, read in one pass.
struct Row<'a> {
    at: At<'a>,
    authors: &'a dyn AuthorOf,
    obj: ObjId,
    fields: Vec<MapRangeItem<'a>>,
    /// Those of the fields read so far.
    conflicts: Vec<Conflict>,
}

impl<'a> Row<'a> {
    fn new(at: At<'a>, obj: ObjId, authors: &'a dyn AuthorOf) -> Self {
        let mut fields = at.fields(&obj);
        // In order already; what is looked up by halves must be so for sure.
        fields.sort_by(|a, b| a.key.cmp(&b.key));
        Self {
            at,
            authors,
            fields,
            obj,
            conflicts: Vec::new(),
        }
    }

    fn field(&self, key: &str) -> Option<&MapRangeItem<'a>> {
        let found = self.fields.binary_search_by(|field| (*field.key).cmp(key));
        found.ok().and_then(|place| self.fields.get(place))
    }

    /// A field in words. Notes its conflict, if it has one.
    fn text(&mut self, key: &str) -> String {
        let Some(field) = self.field(key) else {
            return String::new();
        };
        let text = words_of(field);
        if field.conflict {
            let conflict = self.conflict(key);
            self.conflicts.extend(conflict);
        }
        text
    }

    /// Every candidate of a field, if they differ.
    fn conflict(&self, key: &str) -> Option<Conflict> {
        let held = match self.at.heads {
            None => self.at.doc.get_all(&self.obj, key),
            Some(heads) => self.at.doc.get_all_at(&self.obj, key, heads),
        };
        let held = held.ok()?;
        let values: Vec<ConflictValue> = held
            .iter()
            .rev()
            .map(|(value, id)| ConflictValue {
                value: plain(value.as_str().unwrap_or_default()).into_owned(),
                author: match id {
                    ObjId::Root => None,
                    ObjId::Id(_, actor, _) => self.authors.author_of(actor.to_bytes()),
                },
            })
            .collect();
        let differ = values.windows(2).any(|pair| pair[0].value != pair[1].value);
        differ.then(|| Conflict {
            field: key.to_owned(),
            values,
        })
    }

    /// Whether a mark is on.
    fn mark(&self, key: &str) -> bool {
        self.field(key).is_some_and(is_on)
    }

    /// A map inside this one, read.
    fn child(&self, field: &MapRangeItem<'a>) -> Option<Self> {
        let is_map = matches!(field.value, ValueRef::Object(ObjType::Map));
        is_map.then(|| Self::new(self.at, field.id(), self.authors))
    }

    /// The versions signed, by name.
    fn signatures(&self) -> Vec<Signature> {
        let signed = self.fields.iter().filter_map(|field| {
            let version = field.key.strip_prefix(keys::SIGNED)?;
            let ValueRef::Scalar(ScalarValueRef::Str(on)) = &field.value else {
                return None;
            };
            let (version, on) = (version.to_owned(), on.to_string());
            Some(Signature { version, on })
        });
        signed.collect()
    }

    /// The filters that were saved and not removed, by name.
    fn filters(&self) -> Vec<SavedFilter> {
        let mut parts: BTreeMap<ItemId, BTreeMap<&str, String>> = BTreeMap::new();
        let mut removed = BTreeSet::new();
        for field in &self.fields {
            let Some((id, part)) = filter_part(&field.key) else {
                continue;
            };
            if part == keys::REMOVED && is_on(field) {
                removed.insert(id);
            }
            if let ValueRef::Scalar(ScalarValueRef::Str(text)) = &field.value {
                parts.entry(id).or_default().insert(part, text.to_string());
            }
        }
        let kept = parts.into_iter().filter(|(id, _)| !removed.contains(id));
        let mut filters: Vec<SavedFilter> = kept
            .map(|(id, mut parts)| {
                let mut part = |field: FilterField| parts.remove(field.key()).unwrap_or_default();
                SavedFilter {
                    id,
                    name: part(FilterField::Name),
                    text: part(FilterField::Text),
                    status: part(FilterField::Status),
                    owner: part(FilterField::Owner),
                    objective: part(FilterField::Objective),
                    working_group: part(FilterField::WorkingGroup),
                    territory: part(FilterField::Territory),
                    territory_scale: part(FilterField::TerritoryScale),
                    group_by: part(FilterField::GroupBy),
                    sort: part(FilterField::Sort),
                }
            })
            .filter(|filter| !filter.name.is_empty())
            .collect();
        filters.sort_by_cached_key(|filter| (filter.name.to_lowercase(), filter.id));
        filters
    }

    /// A set of names, sorted; what is none is passed over.
    fn set<T: std::str::FromStr + Ord>(&self, key: &str) -> Vec<T> {
        let names = self.marks(key);
        let mut set: Vec<T> = names.iter().filter_map(|name| name.parse().ok()).collect();
        set.sort();
        set
    }

    /// The names of a map's marks that are on, sorted.
    fn marks(&self, key: &str) -> Vec<String> {
        let Some(map) = self.field(key).and_then(|field| self.child(field)) else {
            return Vec::new();
        };
        let on = map.fields.iter().filter(|field| is_on(field));
        let mut names: Vec<String> = on.map(|field| field.key.to_string()).collect();
        names.sort();
        names
    }

    /// The items of a map that are not in the bin, in their order.
    fn items<T>(&self, key: &str, read: fn(ItemId, Row<'_>) -> T) -> Vec<T> {
        let Some(map) = self.field(key).and_then(|field| self.child(field)) else {
            return Vec::new();
        };
        let mut items: Vec<(f64, ItemId, Self)> = map
            .fields
            .iter()
            .filter_map(|field| Some((field.key.parse().ok()?, map.child(field)?)))
            .filter(|(_, row)| !row.mark(keys::REMOVED))
            .map(|(id, row)| (row.order(), id, row))
            .collect();
        items.sort_by(|(a, a_id, _), (b, b_id, _)| a.total_cmp(b).then_with(|| a_id.cmp(b_id)));
        items
            .into_iter()
            .map(|(_, id, row)| read(id, row))
            .collect()
    }

    /// What it remembers of the suggestion that it came of.
    fn taken(&self) -> Taken {
        let held = |key: &str| self.field(key).map(words_of).unwrap_or_default();
        Taken {
            suggestion: held(keys::SUGGESTION),
            words: held(keys::SUGGESTED),
        }
    }

    /// The row's order number; without one, it stands last.
    fn order(&self) -> f64 {
        let order = self.field(keys::ORDER);
        order
            .and_then(|field| number(&field.value))
            .unwrap_or(f64::INFINITY)
    }
}

/// A number, if it is one and finite.
pub(crate) fn number(value: &ValueRef<'_>) -> Option<f64> {
    let number = match value {
        ValueRef::Scalar(ScalarValueRef::F64(number)) => *number,
        ValueRef::Scalar(ScalarValueRef::Int(number)) => *number as f64,
        ValueRef::Scalar(ScalarValueRef::Uint(number)) => *number as f64,
        _ => return None,
    };
    number.is_finite().then_some(number)
}

/// What a field says, in words that can be read; empty where it holds none.
fn words_of(field: &MapRangeItem<'_>) -> String {
    match &field.value {
        ValueRef::Scalar(ScalarValueRef::Str(text)) => plain(text).into_owned(),
        _ => String::new(),
    }
}

/// The words that a field holds, if it holds some, to the letter.
pub(crate) fn text_of(field: &MapRangeItem<'_>) -> Option<String> {
    match &field.value {
        ValueRef::Scalar(ScalarValueRef::Str(text)) => Some(text.to_string()),
        _ => None,
    }
}

fn is_on(field: &MapRangeItem<'_>) -> bool {
    field.value == ValueRef::Scalar(ScalarValueRef::Boolean(true))
}

/// How many fields in words hold values of several people that differ, for somebody to choose. (Where two moved the same line, one
/// place is as good as the other.)
pub fn conflicts(doc: &Automerge) -> usize {
    fn within(doc: &Automerge, obj: &ObjId) -> usize {
        let of = |field: MapRangeItem<'_>| {
            let child = match &field.value {
                ValueRef::Object(ObjType::Map) => within(doc, &field.id()),
                _ => 0,
            };
            let record = DecisionField::RECORDS
                .iter()
                .any(|record| record.key() == field.key);
            let differ = field.conflict
                && !record
                && doc.get_all(obj, field.key.as_ref()).is_ok_and(|held| {
                    let mut texts = held.iter().filter_map(|(value, _)| value.as_str());
                    let first = texts.next();
                    texts.any(|text| Some(text) != first)
                });
            child + usize::from(differ)
        };
        doc.map_range(obj, ..).map(of).sum()
    }
    within(doc, &ROOT)
}
