//! Reading the rules by which meetings come again.

use std::collections::{BTreeMap, BTreeSet};

use super::Row;
use crate::{ItemId, MOST_MOVED, Series, SeriesField, canonical_day, keys};

/// More rules than this are not read: everybody's machine works out what follows from each.
const MOST_SERIES: usize = 200;

impl Row<'_> {
    /// The rules that are not in the bin, by title.
    pub(super) fn series(&mut self) -> Vec<Series> {
        let keys = self.fields.iter().map(|field| &*field.key);
        let ids: BTreeSet<ItemId> = keys
            .filter_map(|key| {
                key.strip_prefix(keys::SERIES)?
                    .split_once('/')?
                    .0
                    .parse()
                    .ok()
            })
            .collect();
        let ids = ids.into_iter().take(MOST_SERIES);
        let mut series: Vec<Series> = ids.filter_map(|id| self.one_series(id)).collect();
        series.sort_by_cached_key(|one| (one.title.to_lowercase(), one.id));
        series
    }

    fn one_series(&mut self, id: ItemId) -> Option<Series> {
        use SeriesField as F;
        if self.mark(&keys::series(&id, keys::REMOVED)) {
            return None;
        }
        let before = std::mem::take(&mut self.conflicts);
        let mut text = |field: F| self.text(&keys::series(&id, field.key()));
        let (title, rhythm) = (text(F::Title), text(F::Rhythm));
        let (from, until, at) = (text(F::From), text(F::Until), text(F::At));
        let (length, place, group) = (text(F::Length), text(F::Place), text(F::Group));
        let mut conflicts = std::mem::replace(&mut self.conflicts, before);
        for conflict in &mut conflicts {
            // Under the field's word in a command.
            let word = conflict.field.rsplit('/').next().unwrap_or_default();
            conflict.field = word.to_owned();
        }
        let days = keys::series(&id, keys::DAY);
        let mut moved: BTreeMap<String, String> = BTreeMap::new();
        for (day, to) in self.texts_under(&days) {
            let to = if to == keys::SKIPPED { "" } else { to };
            // Older versions and others may have named a day otherwise: what stands under its proper name goes before.
            match canonical_day(day) {
                Some(proper) if proper == day => drop(moved.insert(proper, to.to_owned())),
                Some(proper) => drop(moved.entry(proper).or_insert_with(|| to.to_owned())),
                None => {}
            }
        }
        while moved.len() > MOST_MOVED {
            moved.pop_first();
        }
        (!title.is_empty()).then(|| Series {
            id,
            title,
            rhythm,
            from,
            until,
            at,
            length: super::meeting::minutes(&length),
            place,
            group: group.parse().ok(),
            moved,
            conflicts,
        })
    }
}
