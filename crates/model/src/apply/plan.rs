//! Edits of the plan: orientations, objectives, working groups; and what links to them.

use automerge::{ObjId, ObjType, ROOT, ReadDoc, ScalarValue, transaction::Transaction};

use super::{Sort, action, add, child, find, mark, remove, remove_from};
use crate::{Edit, EditError, GroupField, ItemId, check, keys, record::Recorder, recurrence};

const ORIENTATION: Sort = Sort::new(keys::ORIENTATIONS, "orientation");
pub(super) const OBJECTIVE: Sort = Sort::new(keys::OBJECTIVES, "objective");
pub(super) const INDICATOR: Sort = Sort::new(keys::INDICATORS, "indicator");
const MEASURE: Sort = Sort::new(keys::MEASURES, "measure");
pub(super) const GROUP: Sort = Sort::new(keys::GROUPS, "working group");

pub(super) type Written = Result<(), EditError>;

pub(super) fn write(to: &mut Recorder<'_>, edit: &Edit) -> Written {
    match edit {
        Edit::AddOrientation { .. }
        | Edit::SetOrientation { .. }
        | Edit::RemoveOrientation { .. } => orientation(to, edit),
        Edit::AddObjective { .. } | Edit::SetObjective { .. } | Edit::RemoveObjective { .. } => {
            objective(to, edit)
        }
        Edit::AddIndicator { .. } | Edit::SetIndicator { .. } | Edit::RemoveIndicator { .. } => {
            indicator(to, edit)
        }
        Edit::AddMeasure { .. } | Edit::RemoveMeasure { .. } => measure(to, edit),
        Edit::AddGroup { .. }
        | Edit::SetGroup { .. }
        | Edit::JoinGroup { .. }
        | Edit::RemoveGroup { .. } => group(to, edit),
        _ => action::write(to, edit),
    }
}

fn orientation(to: &mut Recorder<'_>, edit: &Edit) -> Written {
    use crate::OrientationField as O;
    match edit {
        Edit::AddOrientation { id, title, words } => {
            let fields = [
                (O::Title.key(), check::orientation(O::Title, Some(title))?),
                (
                    O::Words.key(),
                    check::orientation(O::Words, words.as_deref())?,
                ),
            ];
            add(to, &ROOT, &ORIENTATION, id, fields)?;
        }
        Edit::SetOrientation { id, field, value } => {
            let value = check::orientation(*field, value.as_deref())?;
            let item = find(to.doc(), &ROOT, &ORIENTATION, id)?;
            to.put(&item, field.key(), value)?;
        }
        Edit::RemoveOrientation { id, restore } => remove(to, &ORIENTATION, id, *restore)?,
        _ => {}
    }
    Ok(())
}

fn objective(to: &mut Recorder<'_>, edit: &Edit) -> Written {
    use crate::ObjectiveField as O;
    let checked = |doc: &Transaction<'_>, field: O, value: Option<&str>| {
        if field == O::Orientation {
            known(doc, &ORIENTATION, value)?;
        }
        check::objective(field, value)
    };
    match edit {
        Edit::AddObjective {
            id,
            title,
            deadline,
            means,
            orientation,
        } => {
            let orientation = orientation.as_ref().map(ItemId::to_string);
            let given = |field: O| match field {
                O::Title => Some(title.as_str()),
                O::Deadline => deadline.as_deref(),
                O::Means => means.as_deref(),
                O::Orientation => orientation.as_deref(),
                O::Learned => None,
            };
            let check = |field: &O| checked(to.doc(), *field, given(*field));
            let fields = each(O::ALL, |field| field.key(), check)?;
            let item = add(to, &ROOT, &OBJECTIVE, id, fields)?;
            to.fill_object(&item, keys::INDICATORS, ObjType::Map)?;
        }
        Edit::SetObjective { id, field, value } => {
            let value = checked(to.doc(), *field, value.as_deref())?;
            let item = find(to.doc(), &ROOT, &OBJECTIVE, id)?;
            to.put(&item, field.key(), value)?;
        }
        Edit::RemoveObjective { id, restore } => remove(to, &OBJECTIVE, id, *restore)?,
        _ => {}
    }
    Ok(())
}

fn indicator(to: &mut Recorder<'_>, edit: &Edit) -> Written {
    use crate::IndicatorField as I;
    match edit {
        Edit::AddIndicator {
            objective,
            id,
            name,
            unit,
            target,
            current,
            baseline,
        } => {
            let given = |field: I| match field {
                I::Name => Some(name.as_str()),
                I::Unit => unit.as_deref(),
                I::Target => target.as_deref(),
                I::Current => current.as_deref(),
                I::Baseline => baseline.as_deref(),
            };
            let check = |field: &I| check::indicator(*field, given(*field));
            let fields = each(I::ALL, |field| field.key(), check)?;
            let objective = find(to.doc(), &ROOT, &OBJECTIVE, objective)?;
            let item = add(to, &objective, &INDICATOR, id, fields)?;
            to.fill_object(&item, keys::MEASURES, ObjType::Map)?;
        }
        Edit::SetIndicator {
            objective,
            id,
            field,
            value,
        } => {
            let value = check::indicator(*field, value.as_deref())?;
            let item = find_indicator(to.doc(), objective, id)?;
            if *field == I::Current && has_measures(to.doc(), &item)? {
                return Err(EditError::Measured);
            }
            to.put(&item, field.key(), value)?;
        }
        Edit::RemoveIndicator {
            objective,
            id,
            restore,
        } => {
            let objective = find(to.doc(), &ROOT, &OBJECTIVE, objective)?;
            remove_from(to, &objective, &INDICATOR, id, *restore)?;
        }
        _ => {}
    }
    Ok(())
}

fn find_indicator(
    doc: &Transaction<'_>,
    objective: &ItemId,
    id: &ItemId,
) -> Result<ObjId, EditError> {
    let objective = find(doc, &ROOT, &OBJECTIVE, objective)?;
    find(doc, &objective, &INDICATOR, id)
}

fn has_measures(doc: &Transaction<'_>, indicator: &ObjId) -> Result<bool, EditError> {
    let measures = child(doc, indicator, keys::MEASURES)?;
    Ok(doc
        .map_range(&measures, ..)
        .any(|measure| !is_on(doc, &measure.id(), keys::REMOVED)))
}

fn measure(to: &mut Recorder<'_>, edit: &Edit) -> Written {
    match edit {
        Edit::AddMeasure {
            objective,
            indicator,
            id,
            date,
            value,
            note,
        } => {
            if date.is_empty() {
                return Err(EditError::Empty { field: "date" });
            }
            let fields = [
                ("date", check::date(Some(date))?),
                (
                    "value",
                    check::required(Some(value), "value", check::TITLE_MAX)?,
                ),
                (
                    "note",
                    check::words(note.as_deref(), "note", check::FIELD_MAX)?,
                ),
            ];
            let indicator = find_indicator(to.doc(), objective, indicator)?;
            add(to, &indicator, &MEASURE, id, fields)?;
        }
        Edit::RemoveMeasure {
            objective,
            indicator,
            id,
            restore,
        } => {
            let indicator = find_indicator(to.doc(), objective, indicator)?;
            remove_from(to, &indicator, &MEASURE, id, *restore)?;
        }
        _ => {}
    }
    Ok(())
}

fn group(to: &mut Recorder<'_>, edit: &Edit) -> Written {
    use GroupField as G;
    match edit {
        Edit::AddGroup { id, name, fields } => {
            let given = |wanted: G| match wanted {
                G::Name => Some(name.as_str()),
                _ => last_said(fields, wanted),
            };
            in_order(given(G::Start), given(G::PlannedEnd))?;
            in_order(given(G::Start), given(G::Closed))?;
            let check = |field: &G| check::group(*field, given(*field));
            let fields = each(G::ALL, |field| field.key(), check)?;
            let item = add(to, &ROOT, &GROUP, id, fields)?;
            to.fill_object(&item, keys::MEMBERS, ObjType::Map)?;
        }
        Edit::SetGroup { id, field, value } => {
            let value = value.as_deref();
            let checked = check::group(*field, value)?;
            let item = find(to.doc(), &ROOT, &GROUP, id)?;
            let other = |field: G| text(to.doc(), &item, field.key());
            match field {
                G::Start => {
                    in_order(value, other(G::PlannedEnd).as_deref())?;
                    in_order(value, other(G::Closed).as_deref())?;
                }
                G::PlannedEnd | G::Closed => in_order(other(G::Start).as_deref(), value)?,
                G::Name | G::Remit => {}
            }
            to.put(&item, field.key(), checked)?;
        }
        Edit::JoinGroup { id, member, off } => {
            let item = find(to.doc(), &ROOT, &GROUP, id)?;
            let members = child(to.doc(), &item, keys::MEMBERS)?;
            to.put(&members, &member.to_string(), mark(!off))?;
        }
        Edit::RemoveGroup { id, restore } => remove(to, &GROUP, id, *restore)?,
        _ => {}
    }
    Ok(())
}

/// Every field of a new thing, checked, with its key.
pub(super) fn each<'f, F: 'f>(
    fields: impl IntoIterator<Item = &'f F>,
    key: impl Fn(&F) -> &'static str,
    check: impl Fn(&F) -> Result<ScalarValue, EditError>,
) -> Result<Vec<(&'static str, ScalarValue)>, EditError> {
    let fields = fields.into_iter();
    fields
        .map(|field| Ok((key(field), check(field)?)))
        .collect()
}

/// What was said of a field, the last time it was.
pub(super) fn last_said<F: PartialEq + Copy>(fields: &[(F, String)], wanted: F) -> Option<&str> {
    let mut said = fields.iter().rev();
    let found = said.find(|(field, _)| *field == wanted);
    found.map(|(_, value)| value.as_str())
}

/// What is linked to must be there, if only in the bin.
pub(super) fn known(doc: &Transaction<'_>, sort: &Sort, value: Option<&str>) -> Written {
    match check::item(value)? {
        Some(id) => find(doc, &ROOT, sort, &id).map(drop),
        None => Ok(()),
    }
}

/// Nothing ends before it starts. What is no date gets its own sentence elsewhere.
pub(super) fn in_order(start: Option<&str>, end: Option<&str>) -> Written {
    let (Some(start), Some(end)) = (start, end) else {
        return Ok(());
    };
    match (recurrence::parse(start), recurrence::parse(end)) {
        (Some(first), Some(last)) if last < first => Err(EditError::EndsBeforeStart {
            start: start.to_owned(),
            end: end.to_owned(),
        }),
        _ => Ok(()),
    }
}

/// A field in words as it is shown.
pub(super) fn text(doc: &Transaction<'_>, item: &ObjId, key: &str) -> Option<String> {
    let (value, _) = doc.get(item, key).ok()??;
    value.as_str().map(str::to_owned)
}

pub(super) fn is_on(doc: &Transaction<'_>, map: &ObjId, key: &str) -> bool {
    let held = doc.get(map, key).ok().flatten();
    held.is_some_and(|(value, _)| value.as_bool() == Some(true))
}
