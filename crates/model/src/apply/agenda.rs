//! Edits of a meeting's agenda. An item is a handful of keys in one map and no object: so two who carry the same item on apart write
//! the same keys, and what each writes in it afterwards stays.

use automerge::{ObjId, ROOT, ReadDoc, ScalarValue, transaction::Transaction};

use super::{child, mark, plan::Written};
use crate::{
    AgendaField, AgendaItem, EditError, ItemId, MeetingEdit, TakenIn, check, keys, record::Recorder,
};

pub(super) fn write(to: &mut Recorder<'_>, edit: &MeetingEdit) -> Written {
    let map = child(to.doc(), &ROOT, keys::AGENDA)?;
    match edit {
        MeetingEdit::AddItem {
            id,
            title,
            length,
            before,
        } => {
            let title = checked(AgendaField::Title, Some(title))?;
            let length = checked(AgendaField::Length, length.as_deref())?;
            if is_there(to.doc(), &map, id)? {
                return Err(EditError::Exists {
                    what: "agenda item",
                });
            }
            let order = orders(to.doc(), &map)
                .last()
                .map_or(1.0, |(at, _)| at + 1.0);
            to.fill(&map, &keys::agenda(id, keys::ORDER), order.into())?;
            to.fill(&map, &keys::agenda(id, AgendaField::Title.key()), title)?;
            to.fill(&map, &keys::agenda(id, AgendaField::Length.key()), length)?;
            if before.is_some() {
                put_before(to, &map, id, before.as_ref())?;
            }
            to.forget_reversals();
            to.born(&map, &keys::agenda(id, keys::REMOVED));
        }
        MeetingEdit::SetItem { id, field, value } => {
            let value = checked(*field, value.as_deref())?;
            find(to.doc(), &map, id)?;
            to.put(&map, &keys::agenda(id, field.key()), value)?;
        }
        MeetingEdit::MoveItem { id, before } => {
            find(to.doc(), &map, id)?;
            put_before(to, &map, id, before.as_ref())?;
        }
        MeetingEdit::BringItem { id, member, what } => {
            let what = what.as_deref().map(str::trim);
            if let Some(what) = what {
                check::words(Some(what), "what", check::TITLE_MAX)?;
            }
            find(to.doc(), &map, id)?;
            // Somebody may bring something that is not said yet: an empty text, and not nothing.
            let what = what.map_or(ScalarValue::Null, ScalarValue::from);
            to.put(&map, &keys::brings(id, member), what)?;
        }
        MeetingEdit::RemoveItem { id, restore } => {
            find(to.doc(), &map, id)?;
            to.put(&map, &keys::agenda(id, keys::REMOVED), mark(!restore))?;
        }
        MeetingEdit::CarryOn { items, to: target } => {
            let target = target.map_or(ScalarValue::Null, |doc| doc.to_string().into());
            for id in items {
                find(to.doc(), &map, id)?;
                to.put(&map, &keys::agenda(id, keys::CARRIED), target.clone())?;
            }
        }
        MeetingEdit::TakeIn(taken) => take_in(to, &map, taken)?,
        _ => {}
    }
    Ok(())
}

fn take_in(to: &mut Recorder<'_>, map: &ObjId, taken: &TakenIn) -> Written {
    for item in &taken.items {
        let id = item.id.carried(&taken.from);
        if is_there(to.doc(), map, &id)? {
            to.put(map, &keys::agenda(&id, keys::REMOVED), ScalarValue::Null)?;
            continue;
        }
        let order = orders(to.doc(), map).last().map_or(1.0, |(at, _)| at + 1.0);
        to.fill(map, &keys::agenda(&id, keys::ORDER), order.into())?;
        to.fill(
            map,
            &keys::agenda(&id, keys::FROM),
            taken.from.to_string().into(),
        )?;
        for (field, value) in said(item) {
            to.fill(
                map,
                &keys::agenda(&id, field.key()),
                checked(field, Some(&value))?,
            )?;
        }
        for brings in &item.brings {
            let what = ScalarValue::from(brings.what.as_str());
            to.fill(map, &keys::brings(&id, &brings.member), what)?;
        }
        to.born(map, &keys::agenda(&id, keys::REMOVED));
    }
    Ok(())
}

fn said(item: &AgendaItem) -> [(AgendaField, String); 3] {
    let length = item.length.map(|length| length.to_string());
    [
        (AgendaField::Title, item.title.clone()),
        (AgendaField::Length, length.unwrap_or_default()),
        (AgendaField::Words, item.words.clone()),
    ]
}

fn checked(field: AgendaField, value: Option<&str>) -> Result<ScalarValue, EditError> {
    match field {
        AgendaField::Title => check::required(value, field.key(), check::TITLE_MAX),
        AgendaField::Length => check::minutes(value),
        AgendaField::Words => check::words(value, field.key(), check::FIELD_MAX),
        AgendaField::Done => Ok(mark(value.is_some_and(|value| value == "true"))),
    }
}

fn is_there(doc: &Transaction<'_>, map: &ObjId, id: &ItemId) -> Result<bool, EditError> {
    let title = keys::agenda(id, AgendaField::Title.key());
    Ok(doc.get(map, title.as_str())?.is_some())
}

fn find(doc: &Transaction<'_>, map: &ObjId, id: &ItemId) -> Written {
    if is_there(doc, map, id)? {
        return Ok(());
    }
    Err(EditError::NotFound {
        what: "agenda item",
        id: id.to_string(),
    })
}

/// Where each item stands, in order.
fn orders(doc: &Transaction<'_>, map: &ObjId) -> Vec<(f64, ItemId)> {
    let fields = doc.map_range(map, ..).filter_map(|field| {
        let (id, what) = field.key.split_once('/')?;
        let at = crate::read::number(&field.value).filter(|_| what == keys::ORDER)?;
        Some((at, id.parse().ok()?))
    });
    let mut order: Vec<(f64, ItemId)> = fields.collect();
    order.sort_by(|(a, a_id), (b, b_id)| a.total_cmp(b).then_with(|| a_id.cmp(b_id)));
    order
}

fn put_before(to: &mut Recorder<'_>, map: &ObjId, id: &ItemId, before: Option<&ItemId>) -> Written {
    for (at, id) in super::order::put_before(orders(to.doc(), map), *id, before.copied()) {
        to.put(map, &keys::agenda(&id, keys::ORDER), at.into())?;
    }
    Ok(())
}
