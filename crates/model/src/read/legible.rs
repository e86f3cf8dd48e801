//! Reading what the network's page at a glance needs beside the content of forms.

use std::collections::{BTreeMap, BTreeSet};

use automerge::{
    Automerge, ChangeHash, ObjType, ROOT, ReadDoc, ScalarValue, ScalarValueRef, Value, ValueRef,
};

use super::Row;
use crate::{
    ActionField, DocId, ItemId, NetworkField, NetworkId, NetworkKind, Photo, Relation,
    RelationKind, Status, keys,
};

/// More ties than these are not read: everybody's machine lists them.
const MOST_TIES: usize = 200;

impl Row<'_> {
    /// What the network is for. A mark that is off says so of the older form's one word too.
    pub(super) fn kinds(&self) -> Vec<NetworkKind> {
        let older = match self
            .field(NetworkField::Kind.key())
            .map(|field| &field.value)
        {
            Some(ValueRef::Scalar(ScalarValueRef::Str(word))) => NetworkKind::from_word(word),
            _ => None,
        };
        let all = NetworkKind::ALL.iter().copied();
        all.filter(|kind| {
            let mark = self.field(&format!("{}{}", keys::KIND, kind.word()));
            match mark.map(|mark| &mark.value) {
                Some(ValueRef::Scalar(ScalarValueRef::Boolean(on))) => *on,
                _ => older == Some(*kind),
            }
        })
        .collect()
    }

    /// The networks that this one is tied to, by name.
    pub(super) fn relations(&mut self) -> Vec<Relation> {
        let prefixed = self.fields.iter();
        let named = prefixed.filter_map(|field| {
            let rest = field.key.strip_prefix(keys::RELATION)?;
            rest.strip_suffix(keys::RELATION_KIND)?.parse().ok()
        });
        let others: BTreeSet<NetworkId> = named.collect();
        let mut relations: Vec<Relation> = others
            .into_iter()
            .take(MOST_TIES)
            .filter_map(|other| {
                let mut said = |what: &str| self.text(&keys::relation(&other, what));
                Some(Relation {
                    other,
                    kind: RelationKind::from_word(&said(keys::RELATION_KIND))?,
                    name: said(keys::RELATION_NAME),
                    words: said(keys::RELATION_WORDS),
                })
            })
            .collect();
        relations.sort_by_cached_key(|one| (one.kind, one.name.to_lowercase(), one.other));
        relations
    }

    /// The owner's picture, if what stands there can be one.
    pub(super) fn photo(&self) -> Option<Photo> {
        match &self.field(keys::PHOTO)?.value {
            ValueRef::Scalar(ScalarValueRef::Bytes(bytes)) => Photo::new(bytes),
            _ => None,
        }
    }
}

/// How far each document was when the owner of this notebook last looked: the newest changes it had then.
pub fn read_seen(notebook: &Automerge) -> BTreeMap<DocId, Vec<ChangeHash>> {
    let marks = notebook.map_range(&ROOT, ..);
    let seen = marks.filter_map(|mark| {
        let doc: DocId = mark.key.strip_prefix(keys::SEEN)?.parse().ok()?;
        let ValueRef::Scalar(ScalarValueRef::Bytes(heads)) = &mark.value else {
            return None;
        };
        let (heads, _) = heads.as_chunks::<32>();
        Some((doc, heads.iter().copied().map(ChangeHash).collect()))
    });
    seen.collect()
}

/// When each action that is done was said to be so, as the clock of who said it claimed: milliseconds since 1970, UTC.
/// Of several people who said it at once, the one that is shown.
pub fn done_times(plan: &Automerge) -> BTreeMap<ItemId, i64> {
    let Ok(Some((Value::Object(ObjType::Map), actions))) = plan.get(ROOT, keys::ACTIONS) else {
        return BTreeMap::new();
    };
    let items = plan.map_range(&actions, ..);
    let done = items.filter_map(|item| {
        let id: ItemId = item.key.parse().ok()?;
        let (status, said) = plan.get(item.id(), ActionField::Status.key()).ok()??;
        let Value::Scalar(status) = status else {
            return None;
        };
        let ScalarValue::Str(word) = status.as_ref() else {
            return None;
        };
        if Status::from_word(word) != Some(Status::Done) {
            return None;
        }
        let change = plan.hash_for_opid(&said)?;
        Some((id, plan.get_change_meta_by_hash(&change)?.timestamp))
    });
    done.collect()
}
