//! Everything that a document shows, looked at once: whoever reads it later meets nothing that panics.
//!
//! Automerge can give all of it as one value (`hydrate`), but most of that is putting long texts together only to drop them. What is
//! special to it is that it panics where an operation is shown that neither makes a thing nor a value. Where a document has no such
//! operation, it is enough to read all of it as it will be read; else it is shown that way too.

use std::hint::black_box;

use automerge::{Automerge, ObjId, ObjType, ROOT, ReadDoc, ValueRef};

/// Reads all of the document. `plain` says that each of its operations makes a thing or a value. `None`: it does not read.
pub(super) fn all(document: &Automerge, plain: bool) -> Option<()> {
    if !plain {
        drop(black_box(document.hydrate(None)));
    }
    // No thing lies in two others, so there is an end.
    let mut next = vec![(ROOT, ObjType::Map)];
    while let Some((thing, kind)) = next.pop() {
        match kind {
            ObjType::Text => {
                black_box(document.text(&thing).ok()?);
            }
            ObjType::List => next.extend(
                document
                    .list_range(&thing, ..)
                    .filter_map(|item| within(&item.value, || item.id())),
            ),
            ObjType::Map | ObjType::Table => next.extend(
                document
                    .map_range(&thing, ..)
                    .filter_map(|item| within(&item.value, || item.id())),
            ),
        }
    }
    Some(())
}

/// What is to be looked at next, if this is a thing.
fn within(value: &ValueRef<'_>, id: impl FnOnce() -> ObjId) -> Option<(ObjId, ObjType)> {
    match black_box(value) {
        ValueRef::Object(kind) => Some((id(), *kind)),
        ValueRef::Scalar(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use automerge::{ScalarValue, transaction::Transactable};

    use super::*;
    use crate::unfolded::Unfolded;

    fn written(write: impl FnOnce(&mut automerge::transaction::Transaction<'_>)) -> Automerge {
        let mut document = Automerge::new();
        let mut transaction = document.transaction();
        write(&mut transaction);
        transaction.commit();
        document
    }

    #[test]
    fn texts_lists_and_what_was_taken_away_are_plain_and_counters_and_marks_are_not() {
        let plain = |document: &Automerge| {
            assert_eq!(all(document, false), Some(()));
            assert_eq!(all(document, true), Some(()));
            Unfolded::of_document(&document.save()).unwrap().is_plain()
        };
        let text = written(|document| {
            let list = document.put_object(ROOT, "l", ObjType::List).unwrap();
            let text = document.insert_object(&list, 0, ObjType::Text).unwrap();
            document
                .splice_text(&text, 0, 0, "Ensemble, écrire")
                .unwrap();
            document.splice_text(&text, 3, 5, "").unwrap();
            document.put(ROOT, "k", "v").unwrap();
            document.delete(ROOT, "k").unwrap();
        });
        assert!(plain(&text));
        let counter = written(|document| {
            document.put(ROOT, "c", ScalarValue::counter(1)).unwrap();
            document.increment(ROOT, "c", 2).unwrap();
        });
        assert!(!plain(&counter));
        let marked = written(|document| {
            let text = document.put_object(ROOT, "t", ObjType::Text).unwrap();
            document.splice_text(&text, 0, 0, "fort").unwrap();
            let mark = automerge::marks::Mark::new("bold".into(), true, 0, 4);
            let expand = automerge::marks::ExpandMark::Both;
            document.mark(&text, mark, expand).unwrap();
        });
        assert!(!plain(&marked));
    }
}
