//! Making edits. Everything is checked before anything is written, and all of an edit is one
//! change.

use automerge::{
    Automerge, ChangeHash, ObjId, ObjType, ROOT, ReadDoc, ScalarValue, Value,
    transaction::Transaction,
};

use crate::{
    Access, ActionField, Applied, Edit, EditError, ItemId, MemberId, Splice, Undo, access,
    body_text, body_text_at, check, keys, kind, minimal_splices,
    record::{Recorded, Recorder},
};

/// Makes an edit: exactly one new change by the document's actor, or none when everything already
/// stood so. On an error nothing is changed.
///
/// `time_ms` (milliseconds since 1970, UTC) is what the change will claim as its time.
/// Automerge's own documentation speaks of seconds; the number is only carried, and
/// here it is milliseconds everywhere (see [`crate::changes`]).
pub fn apply(doc: &mut Automerge, edit: &Edit, time_ms: i64) -> Result<Applied, EditError> {
    if let Access::ReadOnly { schema } = access(doc) {
        return Err(EditError::ReadOnly { schema });
    }
    if let Some(expected) = edit.kind()
        && kind(doc) != Some(expected)
    {
        return Err(EditError::WrongDocument { expected });
    }
    let before = doc.get_heads();
    // The writer's transaction rolls back when it is dropped on the way of an error.
    let mut writer = Recorder::new(doc);
    write(&mut writer, edit)?;
    let recorded = writer.commit(time_ms);
    Ok(Applied {
        splices: reported(doc, &recorded, &before),
        changed: recorded.change.is_some(),
        undo: Undo::new(recorded.reversals, recorded.change),
    })
}

/// The splices as others must see them.
pub(crate) fn reported(doc: &Automerge, recorded: &Recorded, before: &[ChangeHash]) -> Vec<Splice> {
    if recorded.odd {
        return minimal_splices(&body_text_at(doc, before), &body_text(doc));
    }
    recorded.splices.clone()
}

fn write(to: &mut Recorder<'_>, edit: &Edit) -> Result<(), EditError> {
    match edit {
        Edit::SetNetwork { field, value } => {
            let value = check::network(*field, value.as_deref())?;
            to.put(&ROOT, field.key(), value)?;
        }
        Edit::SetCharter { field, value } => {
            let value = check::charter(*field, value.as_deref())?;
            to.put(&ROOT, field.key(), value)?;
        }
        Edit::SignVersion { version, on } => {
            let key = format!("{}{}", keys::SIGNED, check::version(version)?);
            to.put(&ROOT, &key, check::date(on.as_deref())?)?;
        }
        Edit::SetProfile { field, value } => {
            let value = check::profile(*field, value.as_deref())?;
            to.put(&ROOT, field.key(), value)?;
        }
        Edit::AddPurpose { id, text } => add_line(to, &PURPOSE, id, text)?,
        Edit::SetPurpose { id, text } => set_line(to, &PURPOSE, id, text)?,
        Edit::RemovePurpose { id, restore } => remove(to, &PURPOSE, id, *restore)?,
        Edit::AddValue { id, text } => add_line(to, &VALUE, id, text)?,
        Edit::SetValue { id, text } => set_line(to, &VALUE, id, text)?,
        Edit::RemoveValue { id, restore } => remove(to, &VALUE, id, *restore)?,
        Edit::RemoveObjective { id, restore } => remove(to, &OBJECTIVE, id, *restore)?,
        Edit::RemoveAction { id, restore } => remove(to, &ACTION, id, *restore)?,
        Edit::AddObjective { .. }
        | Edit::SetObjective { .. }
        | Edit::AddIndicator { .. }
        | Edit::SetIndicator { .. }
        | Edit::RemoveIndicator { .. } => write_objective(to, edit)?,
        Edit::AddAction { .. } | Edit::SetAction { .. } => write_action(to, edit)?,
        Edit::InitPage { .. }
        | Edit::SetPage { .. }
        | Edit::TagPage { .. }
        | Edit::BinPage { .. } => write_page(to, edit)?,
        Edit::SpliceText { splices } => splice_text(to, splices)?,
        Edit::ReplaceText { text } => {
            check::text_len(text.chars().count())?;
            let body = body(to.doc())?;
            let old = to.doc().text(&body)?;
            splice_text(to, &minimal_splices(&old, text))?;
        }
    }
    Ok(())
}

fn write_objective(to: &mut Recorder<'_>, edit: &Edit) -> Result<(), EditError> {
    use crate::{IndicatorField as I, ObjectiveField as O};
    match edit {
        Edit::AddObjective {
            id,
            title,
            deadline,
            means,
        } => {
            let fields = [
                (O::Title.key(), check::objective(O::Title, Some(title))?),
                (
                    O::Deadline.key(),
                    check::objective(O::Deadline, deadline.as_deref())?,
                ),
                (
                    O::Means.key(),
                    check::objective(O::Means, means.as_deref())?,
                ),
            ];
            let item = add(to, &ROOT, &OBJECTIVE, id, fields)?;
            to.fill_object(&item, keys::INDICATORS, ObjType::Map)?;
        }
        Edit::SetObjective { id, field, value } => {
            let value = check::objective(*field, value.as_deref())?;
            let item = find(to.doc(), &ROOT, &OBJECTIVE, id)?;
            to.put(&item, field.key(), value)?;
        }
        Edit::AddIndicator {
            objective,
            id,
            name,
            unit,
            target,
            current,
        } => {
            let fields = [
                (I::Name.key(), check::indicator(I::Name, Some(name))?),
                (I::Unit.key(), check::indicator(I::Unit, unit.as_deref())?),
                (
                    I::Target.key(),
                    check::indicator(I::Target, target.as_deref())?,
                ),
                (
                    I::Current.key(),
                    check::indicator(I::Current, current.as_deref())?,
                ),
            ];
            let objective = find(to.doc(), &ROOT, &OBJECTIVE, objective)?;
            add(to, &objective, &INDICATOR, id, fields)?;
        }
        Edit::SetIndicator {
            objective,
            id,
            field,
            value,
        } => {
            let value = check::indicator(*field, value.as_deref())?;
            let objective = find(to.doc(), &ROOT, &OBJECTIVE, objective)?;
            let item = find(to.doc(), &objective, &INDICATOR, id)?;
            to.put(&item, field.key(), value)?;
        }
        Edit::RemoveIndicator {
            objective,
            id,
            restore,
        } => {
            let objective = find(to.doc(), &ROOT, &OBJECTIVE, objective)?;
            let item = find(to.doc(), &objective, &INDICATOR, id)?;
            to.put(&item, keys::REMOVED, mark(!restore))?;
        }
        _ => {}
    }
    Ok(())
}

fn write_action(to: &mut Recorder<'_>, edit: &Edit) -> Result<(), EditError> {
    use ActionField as A;
    match edit {
        Edit::AddAction {
            id,
            title,
            objective,
            owner,
            due,
            territory,
            status,
            group,
        } => {
            let objective = objective.as_ref().map(ItemId::to_string);
            let owner = owner.as_ref().map(MemberId::to_string);
            let given = |field: A| match field {
                A::Title => Some(title.as_str()),
                A::Objective => objective.as_deref(),
                A::Owner => owner.as_deref(),
                A::Due => due.as_deref(),
                A::Territory => territory.as_deref(),
                A::Status => status.as_deref(),
                A::Group => group.as_deref(),
            };
            let fields = A::ALL
                .iter()
                .map(|field| Ok((field.key(), check_action(to.doc(), *field, given(*field))?)))
                .collect::<Result<Vec<_>, EditError>>()?;
            add(to, &ROOT, &ACTION, id, fields)?;
        }
        Edit::SetAction { id, field, value } => {
            let value = check_action(to.doc(), *field, value.as_deref())?;
            let item = find(to.doc(), &ROOT, &ACTION, id)?;
            to.put(&item, field.key(), value)?;
        }
        _ => {}
    }
    Ok(())
}

fn write_page(to: &mut Recorder<'_>, edit: &Edit) -> Result<(), EditError> {
    use crate::PageField as P;
    match edit {
        Edit::InitPage { title, tags, text } => {
            let title = check::required(Some(title), P::Title.key(), check::TITLE_MAX)?;
            let tags = tags
                .iter()
                .map(|tag| check::tag(tag))
                .collect::<Result<Vec<_>, _>>()?;
            let insert = text.clone().unwrap_or_default();
            let body = body(to.doc())?;
            let written = to.doc().get(ROOT, P::Title.key())?.is_some();
            if written || to.doc().length(&body) > 0 {
                return Err(EditError::Exists { what: "page" });
            }
            let labels = child(to.doc(), &ROOT, keys::TAGS)?;
            check::text_len(insert.chars().count())?;
            to.fill(&ROOT, P::Title.key(), title)?;
            for tag in tags {
                to.fill(&labels, tag, mark(true))?;
            }
            to.splice(
                &body,
                &Splice {
                    at: 0,
                    delete: 0,
                    insert,
                },
            )?;
            to.forget_reversals();
            to.born(&ROOT, keys::BINNED);
        }
        Edit::SetPage {
            field: P::Title,
            value,
        } => {
            let title = check::required(value.as_deref(), P::Title.key(), check::TITLE_MAX)?;
            to.put(&ROOT, P::Title.key(), title)?;
        }
        Edit::TagPage { tag, off } => {
            let tag = check::tag(tag)?;
            let tags = child(to.doc(), &ROOT, keys::TAGS)?;
            to.put(&tags, tag, mark(!off))?;
        }
        Edit::BinPage { restore } => to.put(&ROOT, keys::BINNED, mark(!restore))?,
        _ => {}
    }
    Ok(())
}

fn splice_text(to: &mut Recorder<'_>, splices: &[Splice]) -> Result<(), EditError> {
    let body = body(to.doc())?;
    let mut len = to.doc().length(&body);
    for splice in splices {
        let Splice { at, delete, .. } = *splice;
        if at.checked_add(delete).is_none_or(|end| end > len) {
            return Err(EditError::OutOfBounds { at, delete, len });
        }
        len = len - delete + splice.insert.chars().count();
        check::text_len(len)?;
    }
    for splice in splices {
        to.splice(&body, splice)?;
    }
    Ok(())
}

/// One sort of item: the map it lies in and its name in errors.
struct Sort {
    map: &'static str,
    what: &'static str,
}

const PURPOSE: Sort = Sort {
    map: keys::PURPOSES,
    what: "purpose",
};
const VALUE: Sort = Sort {
    map: keys::VALUES,
    what: "value",
};
const OBJECTIVE: Sort = Sort {
    map: keys::OBJECTIVES,
    what: "objective",
};
const INDICATOR: Sort = Sort {
    map: keys::INDICATORS,
    what: "indicator",
};
const ACTION: Sort = Sort {
    map: keys::ACTIONS,
    what: "action",
};

fn add_line(to: &mut Recorder<'_>, sort: &Sort, id: &ItemId, text: &str) -> Result<(), EditError> {
    let text = check::required(Some(text), sort.what, check::FIELD_MAX)?;
    add(to, &ROOT, sort, id, [(keys::TEXT, text)]).map(drop)
}

fn set_line(to: &mut Recorder<'_>, sort: &Sort, id: &ItemId, text: &str) -> Result<(), EditError> {
    let text = check::required(Some(text), sort.what, check::FIELD_MAX)?;
    let item = find(to.doc(), &ROOT, sort, id)?;
    Ok(to.put(&item, keys::TEXT, text)?)
}

fn remove(to: &mut Recorder<'_>, sort: &Sort, id: &ItemId, restore: bool) -> Result<(), EditError> {
    let item = find(to.doc(), &ROOT, sort, id)?;
    Ok(to.put(&item, keys::REMOVED, mark(!restore))?)
}

/// A new item after the last of its sort, with these fields.
fn add(
    to: &mut Recorder<'_>,
    parent: &ObjId,
    sort: &Sort,
    id: &ItemId,
    fields: impl IntoIterator<Item = (&'static str, ScalarValue)>,
) -> Result<ObjId, EditError> {
    let map = child(to.doc(), parent, sort.map)?;
    let key = id.to_string();
    if to.doc().get(&map, key.as_str())?.is_some() {
        return Err(EditError::Exists { what: sort.what });
    }
    let last = to
        .doc()
        .map_range(&map, ..)
        .filter_map(|item| crate::read::order(to.doc(), &item.id()))
        .fold(0.0, f64::max);
    let item = to.item(&map, &key, last + 1.0)?;
    for (key, value) in fields {
        to.fill(&item, key, value)?;
    }
    Ok(item)
}

fn find(
    doc: &Transaction<'_>,
    parent: &ObjId,
    sort: &Sort,
    id: &ItemId,
) -> Result<ObjId, EditError> {
    let map = child(doc, parent, sort.map)?;
    let id = id.to_string();
    match doc.get(&map, id.as_str())? {
        Some((Value::Object(ObjType::Map), item)) => Ok(item),
        _ => Err(EditError::NotFound {
            what: sort.what,
            id,
        }),
    }
}

fn check_action(
    doc: &Transaction<'_>,
    field: ActionField,
    value: Option<&str>,
) -> Result<ScalarValue, EditError> {
    if field == ActionField::Objective
        && let Some(objective) = check::item(value)?
    {
        find(doc, &ROOT, &OBJECTIVE, &objective)?;
    }
    check::action(field, value)
}

fn child(doc: &Transaction<'_>, parent: &ObjId, key: &'static str) -> Result<ObjId, EditError> {
    match doc.get(parent, key)? {
        Some((Value::Object(ObjType::Map), map)) => Ok(map),
        _ => Err(EditError::Damaged { key }),
    }
}

/// The document's one text.
fn body(doc: &Transaction<'_>) -> Result<ObjId, EditError> {
    match doc.get(ROOT, keys::BODY)? {
        Some((Value::Object(ObjType::Text), body)) => Ok(body),
        _ => Err(EditError::NoText),
    }
}

/// A mark that is on or off.
const fn mark(on: bool) -> ScalarValue {
    if on {
        ScalarValue::Boolean(true)
    } else {
        ScalarValue::Null
    }
}
