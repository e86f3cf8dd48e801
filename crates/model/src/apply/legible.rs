//! Edits of what makes a network legible: what it is for, its ties to other networks, a member's picture, what they have seen.

use automerge::{ROOT, ReadDoc, ScalarValue, Value};

use crate::{Edit, EditError, NetworkField, Photo, check, keys, record::Recorder};

/// As many newest changes as a mark of what was seen holds; a document with more was written by a crowd at once.
pub const SEEN_HEADS: usize = 16;

pub(super) fn write(to: &mut Recorder<'_>, edit: &Edit) -> Result<(), EditError> {
    match edit {
        Edit::SetKind { kind, off } => {
            let key = format!("{}{}", keys::KIND, kind.word());
            // Off is written, not cleared: the older form's one word would show through.
            let older = is_word(to, NetworkField::Kind.key(), kind.word())?;
            let absent = to.doc().get(&ROOT, key.as_str())?.is_none();
            if absent && older != *off {
                return Ok(());
            }
            to.put(&ROOT, &key, ScalarValue::Boolean(!off))?;
        }
        Edit::Relate {
            other,
            kind,
            name,
            words,
        } => {
            let name = check::required(Some(name), "name", check::TITLE_MAX)?;
            let words = check::words(words.as_deref(), "words", check::FIELD_MAX)?;
            let key = |what| keys::relation(other, what);
            to.put(&ROOT, &key(keys::RELATION_KIND), kind.word().into())?;
            to.put(&ROOT, &key(keys::RELATION_NAME), name)?;
            to.put(&ROOT, &key(keys::RELATION_WORDS), words)?;
        }
        Edit::Unrelate { other } => {
            let key = keys::relation(other, keys::RELATION_KIND);
            if to.doc().get(&ROOT, key.as_str())?.is_none() {
                return Err(EditError::NotFound {
                    what: "tie to a network",
                    id: other.to_string(),
                });
            }
            to.put(&ROOT, &key, ScalarValue::Null)?;
        }
        Edit::SetPhoto { picture } => {
            let value = match picture {
                None => ScalarValue::Null,
                Some(bytes) if Photo::new(bytes).is_some() => ScalarValue::Bytes(bytes.clone()),
                Some(_) => return Err(EditError::BadPhoto),
            };
            to.put(&ROOT, keys::PHOTO, value)?;
        }
        Edit::MarkSeen { seen } => {
            for (doc, heads) in seen {
                let heads = heads.iter().take(SEEN_HEADS);
                let heads: Vec<u8> = heads.flat_map(|head| head.0).collect();
                let key = format!("{}{doc}", keys::SEEN);
                to.put(&ROOT, &key, ScalarValue::Bytes(heads))?;
            }
            // Having looked is nothing to take back.
            to.forget_reversals();
        }
        _ => {}
    }
    Ok(())
}

fn is_word(to: &Recorder<'_>, key: &str, word: &str) -> Result<bool, EditError> {
    Ok(match to.doc().get(&ROOT, key)? {
        Some((Value::Scalar(held), _)) => *held.as_ref() == ScalarValue::from(word),
        _ => false,
    })
}
