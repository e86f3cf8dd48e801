//! What changed of a document's items between two states: what came, what went, which fields were set, and by whom.

use std::collections::BTreeMap;

use automerge::{Automerge, ChangeHash, ROOT, iter::MapRangeItem};
use serde::Serialize;

use super::{At, Row, is_on, plan::objectives, words_of};
use crate::{
    DocKind, ItemId, PlanCounts, Status,
    authorship::{Stamp, Stamps},
    keys,
};

/// One thing that changed of one item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemChange {
    /// Which item.
    pub item: ItemName,
    /// What it is part of, the outermost first.
    pub within: Vec<ItemName>,
    /// What happened to it.
    pub what: FieldTurn,
    /// Whose change did it, and when.
    pub by: Option<Stamp>,
}

/// An item by kind, id and title.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ItemName {
    /// `orientation`, `objective`, `indicator`, `measure`, `action`, `check`, `group`, `value`, `purpose`, `watch`, `resource` or `loan`.
    pub kind: &'static str,
    /// Its id.
    pub id: ItemId,
    /// Its title in the newer state, or the last it had.
    pub title: String,
}

/// What happened to an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldTurn {
    /// It was added.
    Added,
    /// It was removed.
    Removed,
    /// It was brought back.
    Back,
    /// A field was set.
    Set {
        /// Its name, as in a command.
        field: &'static str,
        /// What it held (empty: nothing).
        old: FieldHeld,
        /// What it holds.
        new: FieldHeld,
    },
    /// Something was put into a set.
    In {
        /// The set's name.
        set: &'static str,
        /// What.
        held: FieldHeld,
    },
    /// Something was taken out of a set.
    Out {
        /// The set's name.
        set: &'static str,
        /// What.
        held: FieldHeld,
    },
}

/// What a field holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldHeld {
    /// As it lies in the document.
    pub value: String,
    /// In words: of another item, its title.
    pub words: String,
}

/// What changed of a document's items from one state to another, each told by its heads, in the order of the newer
/// state. Of an item that was added or removed nothing else is told.
///
/// Who set a field is who set the value that shows; of values set at once, that is the one that Automerge picked, the same
/// everywhere.
pub fn item_changes(
    doc: &Automerge,
    kind: DocKind,
    from: &[ChangeHash],
    to: &[ChangeHash],
) -> Vec<ItemChange> {
    let mut telling = Telling {
        doc,
        newer: At::heads(doc, to),
        stamps: Stamps::new(doc),
        within: Vec::new(),
        told: Vec::new(),
    };
    let row = |heads| Row::new(At::heads(doc, heads), ROOT, &());
    let (old, new) = (row(from), row(to));
    for shape in shapes(kind) {
        telling.items(shape, Some(&old), Some(&new));
    }
    telling.told
}

/// What a field of an item (or one value's mark in a set of it: `owners/mem-…`) holds now, empty where it holds nothing. `None` where the item, or what it
/// is part of, does not show.
pub fn item_field(
    doc: &Automerge,
    within: &[ItemName],
    item: &ItemName,
    field: &str,
) -> Option<String> {
    let row = item_row(doc, within, item)?;
    if row.mark(keys::REMOVED) {
        return None;
    }
    if let Some((set, value)) = field.split_once('/') {
        let on = row.marks(set).iter().any(|mark| mark == value);
        return Some(if on { "true".to_owned() } else { String::new() });
    }
    Some(row.field(field).map(said).unwrap_or_default())
}

/// Whether an item lies in the bin now, while what it is part of shows: then it can be brought back.
pub fn item_is_removed(doc: &Automerge, within: &[ItemName], item: &ItemName) -> bool {
    item_row(doc, within, item).is_some_and(|row| row.mark(keys::REMOVED))
}

fn item_row<'a>(doc: &'a Automerge, within: &[ItemName], item: &ItemName) -> Option<Row<'a>> {
    let mut row = Row::new(doc.into(), ROOT, &());
    for name in within.iter().chain([item]) {
        if row.mark(keys::REMOVED) {
            return None;
        }
        let map = row.child(row.field(map_of(name.kind)?)?)?;
        row = map.child(map.field(&name.id.to_string())?)?;
    }
    Some(row)
}

/// Where items of a kind lie.
fn map_of(kind: &str) -> Option<&'static str> {
    fn find(shapes: &'static [Shape], kind: &str) -> Option<&'static str> {
        shapes.iter().find_map(|shape| {
            (shape.kind == kind)
                .then_some(shape.map)
                .or_else(|| find(shape.parts, kind))
        })
    }
    let kinds = [
        DocKind::Plan,
        DocKind::Charter,
        DocKind::Network,
        DocKind::Watch,
        DocKind::Resources,
    ];
    kinds.into_iter().find_map(|of| find(shapes(of), kind))
}

/// How much the plan held.
pub fn plan_counts<'a>(at: impl Into<At<'a>>) -> PlanCounts {
    let row = Row::new(at.into(), ROOT, &());
    let shown = |map: &str| {
        let rows = row.field(map).and_then(|field| row.child(field));
        let rows = rows.into_iter().flat_map(|map| {
            let rows: Vec<Row<'_>> = map
                .fields
                .iter()
                .filter_map(|field| map.child(field))
                .collect();
            rows
        });
        rows.filter(|row| !row.mark(keys::REMOVED))
            .collect::<Vec<_>>()
    };
    let actions = shown(keys::ACTIONS);
    let done = |row: &Row<'_>| {
        row.field("status")
            .is_some_and(|field| said(field) == Status::Done.word())
    };
    PlanCounts {
        orientations: shown(keys::ORIENTATIONS).len(),
        objectives: objectives(&row).0.len(),
        done: actions.iter().filter(|row| done(row)).count(),
        actions: actions.len(),
        groups: shown(keys::GROUPS).len(),
    }
}

/// A sort of item: where it lies and what it is made of.
pub(super) struct Shape {
    pub(super) kind: &'static str,
    pub(super) map: &'static str,
    /// The first is its title. Beside each, the map that it names an item of.
    fields: &'static [(&'static str, Option<&'static str>)],
    pub(super) sets: &'static [(&'static str, Option<&'static str>)],
    marks: &'static [&'static str],
    pub(super) parts: &'static [Self],
}

const fn lines(kind: &'static str, map: &'static str) -> Shape {
    Shape {
        kind,
        map,
        fields: &[(keys::TEXT, None)],
        sets: &[],
        marks: &[],
        parts: &[],
    }
}

pub(super) const fn shapes(kind: DocKind) -> &'static [Shape] {
    const VALUES: &[Shape] = &[lines("value", keys::VALUES)];
    const PURPOSES: &[Shape] = &[lines("purpose", keys::PURPOSES)];
    match kind {
        DocKind::Charter => VALUES,
        DocKind::Network => PURPOSES,
        DocKind::Plan => PLAN,
        DocKind::Watch => WATCH,
        DocKind::Resources => RESOURCES,
        DocKind::Page | DocKind::Notebook | DocKind::Meeting | DocKind::Decision => &[],
    }
}

const WATCH: &[Shape] = &[Shape {
    kind: "watch",
    map: keys::ITEMS,
    fields: &[
        ("title", None),
        ("summary", None),
        ("link", None),
        ("on", None),
    ],
    sets: &[(keys::TAGS, None)],
    marks: &[],
    parts: &[],
}];

const RESOURCES: &[Shape] = &[Shape {
    kind: "resource",
    map: keys::RESOURCES,
    fields: &[
        ("name", None),
        ("kind", None),
        ("member", None),
        ("organisation", None),
        ("description", None),
        ("place", None),
        ("conditions", None),
        ("answers", Some(keys::RESOURCES)),
        ("met", None),
    ],
    sets: &[(keys::TAGS, None)],
    marks: &[],
    parts: &[Shape {
        kind: "loan",
        map: keys::LOANS,
        fields: &[
            ("purpose", None),
            ("borrower", None),
            ("from", None),
            ("until", None),
            ("back", None),
        ],
        sets: &[],
        marks: &[],
        parts: &[],
    }],
}];

const PLAN: &[Shape] = &[
    Shape {
        kind: "orientation",
        map: keys::ORIENTATIONS,
        fields: &[("title", None), ("words", None)],
        sets: &[],
        marks: &[],
        parts: &[],
    },
    Shape {
        kind: "objective",
        map: keys::OBJECTIVES,
        fields: &[
            ("title", None),
            ("deadline", None),
            ("means", None),
            ("learned", None),
            ("orientation", Some(keys::ORIENTATIONS)),
        ],
        sets: &[],
        marks: &[],
        parts: &[Shape {
            kind: "indicator",
            map: keys::INDICATORS,
            fields: &[
                ("name", None),
                ("unit", None),
                ("baseline", None),
                ("target", None),
                ("current", None),
            ],
            sets: &[],
            marks: &[],
            parts: &[Shape {
                kind: "measure",
                map: keys::MEASURES,
                fields: &[("value", None), ("date", None), ("note", None)],
                sets: &[],
                marks: &[],
                parts: &[],
            }],
        }],
    },
    Shape {
        kind: "action",
        map: keys::ACTIONS,
        fields: &[
            ("title", None),
            ("objective", Some(keys::OBJECTIVES)),
            ("status", None),
            ("start", None),
            ("due", None),
            ("every", None),
            ("territory", None),
            ("territory_scale", None),
            ("effort", None),
            ("working_group", Some(keys::GROUPS)),
            ("group", None),
        ],
        sets: &[
            (keys::OWNERS, None),
            (keys::DEPENDS_ON, Some(keys::ACTIONS)),
            (keys::DONE_ON, None),
        ],
        marks: &[],
        parts: &[Shape {
            kind: "check",
            map: keys::CHECKLIST,
            fields: &[(keys::TEXT, None)],
            sets: &[],
            marks: &[keys::DONE],
            parts: &[],
        }],
    },
    Shape {
        kind: "group",
        map: keys::GROUPS,
        fields: &[
            ("name", None),
            ("remit", None),
            ("start", None),
            ("planned_end", None),
            ("closed", None),
        ],
        sets: &[(keys::MEMBERS, None)],
        marks: &[],
        parts: &[],
    },
];

struct Telling<'a> {
    doc: &'a Automerge,
    newer: At<'a>,
    stamps: Stamps<'a>,
    within: Vec<ItemName>,
    told: Vec<ItemChange>,
}

type Two<'a> = (Option<Row<'a>>, Option<Row<'a>>);

impl<'a> Telling<'a> {
    fn items(&mut self, shape: &Shape, old: Option<&Row<'a>>, new: Option<&Row<'a>>) {
        let mut items: BTreeMap<ItemId, Two<'a>> = BTreeMap::new();
        for (id, row) in rows(shape, old) {
            items.entry(id).or_default().0 = Some(row);
        }
        for (id, row) in rows(shape, new) {
            items.entry(id).or_default().1 = Some(row);
        }
        let mut items: Vec<(f64, ItemId, Two<'a>)> = items
            .into_iter()
            .map(|(id, two)| {
                let order = two.1.as_ref().or(two.0.as_ref()).map_or(0.0, Row::order);
                (order, id, two)
            })
            .collect();
        items.sort_by(|(a, a_id, _), (b, b_id, _)| a.total_cmp(b).then_with(|| a_id.cmp(b_id)));
        for (_, id, (old, new)) in &items {
            self.item(shape, *id, old.as_ref(), new.as_ref());
        }
    }

    fn item(&mut self, shape: &Shape, id: ItemId, old: Option<&Row<'a>>, new: Option<&Row<'a>>) {
        let shown = |row: Option<&Row<'a>>| row.is_some_and(|row| !row.mark(keys::REMOVED));
        let title = |row: Option<&Row<'a>>| {
            let field = row.and_then(|row| row.field(shape.fields[0].0));
            field.map(said).filter(|title| !title.is_empty())
        };
        let name = ItemName {
            kind: shape.kind,
            id,
            title: title(new).or_else(|| title(old)).unwrap_or_default(),
        };
        match (shown(old), shown(new)) {
            (false, false) => {}
            (false, true) => {
                let (what, by) = match (old, new) {
                    (Some(_), Some(row)) => (FieldTurn::Back, self.set_by(row, keys::REMOVED)),
                    (_, Some(row)) => (FieldTurn::Added, self.stamps.of(&row.obj).cloned()),
                    _ => (FieldTurn::Added, None),
                };
                self.tell(name, what, by);
            }
            (true, false) => {
                let by = new.and_then(|row| self.set_by(row, keys::REMOVED));
                self.tell(name, FieldTurn::Removed, by);
            }
            (true, true) => {
                let (Some(old), Some(new)) = (old, new) else {
                    return;
                };
                self.fields(shape, &name, old, new);
                self.sets(shape, &name, old, new);
                self.within.push(name);
                for part in shape.parts {
                    self.items(part, Some(old), Some(new));
                }
                self.within.pop();
            }
        }
    }

    fn fields(&mut self, shape: &Shape, name: &ItemName, old: &Row<'a>, new: &Row<'a>) {
        let fields = shape.fields.iter().copied();
        let marks = shape.marks.iter().map(|mark| (*mark, None));
        for (field, of) in fields.chain(marks) {
            let holds = |row: &Row<'a>| row.field(field).map(said).unwrap_or_default();
            let (before, after) = (holds(old), holds(new));
            if before != after {
                let (old, held) = (self.held(before, of), self.held(after, of));
                let by = self.set_by(new, field);
                let what = FieldTurn::Set {
                    field,
                    old,
                    new: held,
                };
                self.tell(name.clone(), what, by);
            }
        }
    }

    fn sets(&mut self, shape: &Shape, name: &ItemName, old: &Row<'a>, new: &Row<'a>) {
        for (set, of) in shape.sets.iter().copied() {
            let (before, after) = (old.marks(set), new.marks(set));
            let map = new.field(set).and_then(|field| new.child(field));
            for value in after.iter().filter(|value| !before.contains(value)) {
                let by = map.as_ref().and_then(|map| self.set_by(map, value));
                let held = self.held(value.clone(), of);
                self.tell(name.clone(), FieldTurn::In { set, held }, by);
            }
            for value in before.iter().filter(|value| !after.contains(value)) {
                let by = map.as_ref().and_then(|map| self.set_by(map, value));
                let held = self.held(value.clone(), of);
                self.tell(name.clone(), FieldTurn::Out { set, held }, by);
            }
        }
    }

    fn tell(&mut self, item: ItemName, what: FieldTurn, by: Option<Stamp>) {
        let within = self.within.clone();
        self.told.push(ItemChange {
            item,
            within,
            what,
            by,
        });
    }

    fn set_by(&mut self, row: &Row<'a>, key: &str) -> Option<Stamp> {
        let id = row.field(key)?.id();
        self.stamps.of(&id).cloned()
    }

    /// A value, and the title of the item it names.
    fn held(&self, value: String, of: Option<&'static str>) -> FieldHeld {
        let title = of
            .filter(|_| !value.is_empty())
            .and_then(|map| self.title(map, &value));
        let words = title.unwrap_or_else(|| value.clone());
        FieldHeld { value, words }
    }

    fn title(&self, map: &str, id: &str) -> Option<String> {
        let at = [self.newer, At::from(self.doc)];
        at.into_iter().find_map(|at| {
            let root = Row::new(at, ROOT, &());
            let map = root.child(root.field(map)?)?;
            let item = map.child(map.field(id)?)?;
            let title = item.field("title").or_else(|| item.field("name"))?;
            Some(said(title)).filter(|title| !title.is_empty())
        })
    }
}

/// The items of a sort, whether they show or not.
pub(super) fn rows<'a>(shape: &Shape, parent: Option<&Row<'a>>) -> Vec<(ItemId, Row<'a>)> {
    let map = parent.and_then(|row| row.child(row.field(shape.map)?));
    let Some(map) = map else { return Vec::new() };
    let items = map.fields.iter();
    items
        .filter_map(|field| Some((field.key.parse().ok()?, map.child(field)?)))
        .collect()
}

/// What a field says; a mark that is on says `true`.
fn said(field: &MapRangeItem<'_>) -> String {
    if is_on(field) {
        return "true".to_owned();
    }
    words_of(field)
}
