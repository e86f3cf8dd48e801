//! Reading a year's watch, and what the owner of a notebook has read of it.

use std::collections::BTreeSet;

use automerge::{Automerge, ChangeHash, ObjId, ObjType, ROOT, ReadDoc, ScalarValue, Value};

use super::{At, AuthorOf, Row};
use crate::{ItemId, WatchContent, WatchField, WatchItem, WatchRead, keys};

/// More marks of single items than these are not read: who leaves so many says « all is read » once.
const MOST_MARKS: usize = 20_000;

/// Reads a year's watch.
pub fn read_watch<'a>(at: impl Into<At<'a>>, authors: &'a dyn AuthorOf) -> WatchContent {
    let row = Row::new(at.into(), ROOT, authors);
    WatchContent {
        items: row.items(keys::ITEMS, item),
    }
}

fn item(id: ItemId, mut row: Row<'_>) -> WatchItem {
    let by = match &row.obj {
        ObjId::Id(_, actor, _) => row.authors.author_of(actor.to_bytes()),
        ObjId::Root => None,
    };
    WatchItem {
        id,
        title: row.text(WatchField::Title.key()),
        summary: row.text(WatchField::Summary.key()),
        link: row.text(WatchField::Link.key()),
        on: row.text(WatchField::On.key()),
        tags: row.marks(keys::TAGS),
        meeting: row.text(keys::MEETING).parse().ok(),
        line: row.text(keys::LINE),
        by,
        conflicts: row.conflicts,
    }
}

/// What the owner of a notebook has read of the watch.
pub fn read_watch_read(notebook: &Automerge) -> WatchRead {
    let mut read = WatchRead::default();
    let fields = notebook.map_range(ROOT, keys::WATCHED.to_owned()..);
    let under = fields.take_while(|field| field.key.starts_with(keys::WATCHED));
    for field in under.take(MOST_MARKS) {
        if let Some(doc) = keys::watched_until_in(&field.key) {
            // Of every value that stands there at once: each was true of what one machine showed.
            let held = notebook.get_all(ROOT, &*field.key).unwrap_or_default();
            let heads = read.until.entry(doc).or_default();
            heads.extend(held.iter().flat_map(|(value, _)| hashes(value)));
        } else if let Some(item) = keys::watched_in(&field.key)
            && let Ok(Some((Value::Scalar(value), _))) = notebook.get(ROOT, &*field.key)
            && let ScalarValue::Boolean(on) = *value
        {
            read.items.insert(item, on);
        }
    }
    read
}

fn hashes(value: &Value<'_>) -> Vec<ChangeHash> {
    let Some(bytes) = value.as_bytes() else {
        return Vec::new();
    };
    let (heads, _) = bytes.as_chunks::<32>();
    heads.iter().copied().map(ChangeHash).collect()
}

/// Whether a year's watch has an item, removed or not.
pub fn watch_has(watch: &Automerge, item: &ItemId) -> bool {
    let Ok(Some((Value::Object(ObjType::Map), items))) = watch.get(ROOT, keys::ITEMS) else {
        return false;
    };
    matches!(
        watch.get(&items, item.to_string()),
        Ok(Some((Value::Object(ObjType::Map), _)))
    )
}

/// The items that a year's watch held, removed ones too, when these were its newest changes. Changes that are not here yet are
/// passed over: what only they hold is not here either.
pub fn watch_items_until(watch: &Automerge, heads: &BTreeSet<ChangeHash>) -> BTreeSet<ItemId> {
    let here = |head: &&ChangeHash| watch.get_change_meta_by_hash(head).is_some();
    let heads: Vec<ChangeHash> = heads.iter().filter(here).copied().collect();
    if heads.is_empty() {
        return BTreeSet::new();
    }
    let Ok(Some((Value::Object(ObjType::Map), items))) = watch.get_at(ROOT, keys::ITEMS, &heads)
    else {
        return BTreeSet::new();
    };
    let items = watch.map_range_at(&items, .., &heads);
    items.filter_map(|item| item.key.parse().ok()).collect()
}
