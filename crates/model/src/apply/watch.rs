//! Edits of what a network saw outside, and of what one has read of it.

use automerge::{ObjType, ROOT, ReadDoc, ScalarValue};

use super::{SEEN_HEADS, Sort, add, child, find, mark, plan::Written, remove};
use crate::{
    EditError, ItemId, WatchEdit, WatchField, WatchReading, check, keys, record::Recorder,
};

const ITEM: Sort = Sort::new(keys::ITEMS, "watch item");

pub(super) fn write(to: &mut Recorder<'_>, edit: &WatchEdit) -> Written {
    match edit {
        WatchEdit::Add { id, title, .. } => {
            let title = checked(WatchField::Title, Some(title))?;
            add_item(to, id, title, edit)?;
        }
        WatchEdit::Set { id, field, value } => {
            let value = checked(*field, value.as_deref())?;
            let item = find(to.doc(), &ROOT, &ITEM, id)?;
            to.put(&item, field.key(), value)?;
        }
        WatchEdit::Tag { id, tag, off } => {
            let tag = check::tag(tag, *off)?;
            let item = find(to.doc(), &ROOT, &ITEM, id)?;
            let tags = child(to.doc(), &item, keys::TAGS)?;
            to.put(&tags, &tag, mark(!off))?;
        }
        WatchEdit::Remove { id, restore } => remove(to, &ITEM, id, *restore)?,
    }
    Ok(())
}

fn add_item(to: &mut Recorder<'_>, id: &ItemId, title: ScalarValue, edit: &WatchEdit) -> Written {
    let WatchEdit::Add {
        fields,
        tags,
        origin,
        ..
    } = edit
    else {
        return Ok(());
    };
    let mut said = vec![(WatchField::Title.key(), title)];
    for (field, value) in fields {
        said.push((field.key(), checked(*field, Some(value))?));
    }
    let tags = tags.iter().map(|tag| check::tag(tag, false));
    let tags = tags.collect::<Result<Vec<_>, _>>()?;
    if let Some((meeting, line)) = origin {
        let line = check::words(Some(line.trim()), "line", check::FIELD_MAX)?;
        said.push((keys::MEETING, meeting.to_string().into()));
        said.push((keys::LINE, line));
    }
    let item = add(to, &ROOT, &ITEM, id, said)?;
    let marks = to.fill_object(&item, keys::TAGS, ObjType::Map)?;
    for tag in tags {
        to.fill(&marks, &tag, mark(true))?;
    }
    Ok(())
}

fn checked(field: WatchField, value: Option<&str>) -> Result<ScalarValue, EditError> {
    match field {
        WatchField::Title => check::required(value, field.key(), check::TITLE_MAX),
        WatchField::Summary => check::words(value, field.key(), check::FIELD_MAX),
        WatchField::Link => check::words(value.map(str::trim), field.key(), check::LINK_MAX),
        WatchField::On => check::date(value),
    }
}

pub(super) fn read(to: &mut Recorder<'_>, edit: &WatchReading) -> Written {
    match edit {
        WatchReading::Items { items, off } => {
            for item in items {
                // Off is written, not cleared: it may lie before what is read up to.
                to.put(&ROOT, &keys::watched(item), ScalarValue::Boolean(!off))?;
            }
        }
        WatchReading::Until { doc, heads, items } => {
            let heads = heads.iter().take(SEEN_HEADS);
            let heads: Vec<u8> = heads.flat_map(|head| head.0).collect();
            let key = keys::watched_until(doc);
            to.put(&ROOT, &key, ScalarValue::Bytes(heads))?;
            for item in items {
                let key = keys::watched(item);
                if to.doc().get(ROOT, &key)?.is_some() {
                    to.clear(&ROOT, &key)?;
                }
            }
        }
    }
    to.forget_reversals();
    Ok(())
}
