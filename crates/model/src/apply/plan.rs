//! Edits of the plan: orientations, objectives, actions, working groups.

use std::collections::BTreeMap;

use automerge::{ObjId, ObjType, ROOT, ReadDoc, ScalarValue, transaction::Transaction};

use super::{Sort, add, child, find, mark, remove};
use crate::{
    ActionField, Edit, EditError, GroupField, ItemId, Recurrence, check, keys, record::Recorder,
    recurrence,
};

const ORIENTATION: Sort = Sort {
    map: keys::ORIENTATIONS,
    what: "orientation",
};
const OBJECTIVE: Sort = Sort {
    map: keys::OBJECTIVES,
    what: "objective",
};
const INDICATOR: Sort = Sort {
    map: keys::INDICATORS,
    what: "indicator",
};
const MEASURE: Sort = Sort {
    map: keys::MEASURES,
    what: "measure",
};
const ACTION: Sort = Sort {
    map: keys::ACTIONS,
    what: "action",
};
const CHECK: Sort = Sort {
    map: keys::CHECKLIST,
    what: "part",
};
const GROUP: Sort = Sort {
    map: keys::GROUPS,
    what: "working group",
};

type Written = Result<(), EditError>;

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
        Edit::AddCheck { .. } | Edit::SetCheck { .. } | Edit::RemoveCheck { .. } => part(to, edit),
        _ => action(to, edit),
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
            };
            let fields = O::ALL
                .iter()
                .map(|field| Ok((field.key(), checked(to.doc(), *field, given(*field))?)))
                .collect::<Result<Vec<_>, EditError>>()?;
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
            let fields = I::ALL
                .iter()
                .map(|field| Ok((field.key(), check::indicator(*field, given(*field))?)))
                .collect::<Result<Vec<_>, EditError>>()?;
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
            let item = find_indicator(to.doc(), objective, id)?;
            to.put(&item, keys::REMOVED, mark(!restore))?;
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
            let item = find(to.doc(), &indicator, &MEASURE, id)?;
            to.put(&item, keys::REMOVED, mark(!restore))?;
        }
        _ => {}
    }
    Ok(())
}

fn action(to: &mut Recorder<'_>, edit: &Edit) -> Written {
    match edit {
        Edit::AddAction { id, title, fields } => add_action(to, id, title, fields)?,
        Edit::SetAction { id, field, value } => set_action(to, id, *field, value.as_deref())?,
        Edit::SetActions { ids, field, value } => {
            if ids.is_empty() {
                return Err(EditError::Empty { field: "actions" });
            }
            for id in ids {
                set_action(to, id, *field, value.as_deref())?;
            }
        }
        Edit::OwnAction { id, member, off } => {
            let item = find(to.doc(), &ROOT, &ACTION, id)?;
            let owners = child(to.doc(), &item, keys::OWNERS)?;
            to.put(&owners, &member.to_string(), mark(!off))?;
        }
        Edit::DependAction { id, on, off } => {
            let item = find(to.doc(), &ROOT, &ACTION, id)?;
            find(to.doc(), &ROOT, &ACTION, on)?;
            if !off {
                refuse_cycle(to.doc(), id, on)?;
            }
            let waits = child(to.doc(), &item, keys::DEPENDS_ON)?;
            to.put(&waits, &on.to_string(), mark(!off))?;
        }
        Edit::DoneAction { id, day, off } => done(to, id, day.as_deref(), *off)?,
        Edit::RemoveAction { id, restore } => remove(to, &ACTION, id, *restore)?,
        _ => {}
    }
    Ok(())
}

fn add_action(
    to: &mut Recorder<'_>,
    id: &ItemId,
    title: &str,
    fields: &[(ActionField, String)],
) -> Written {
    use ActionField as A;
    let given = |wanted: A| match wanted {
        A::Title => Some(title),
        _ => fields
            .iter()
            .rev()
            .find(|(field, _)| *field == wanted)
            .map(|(_, value)| value.as_str()),
    };
    in_order(given(A::Start), given(A::Due))?;
    let owner = check::action(A::Owner, given(A::Owner))?;
    let others = A::ALL.iter().filter(|field| **field != A::Owner);
    let fields = others
        .map(|field| Ok((field.key(), check_action(to.doc(), *field, given(*field))?)))
        .collect::<Result<Vec<_>, EditError>>()?;
    let item = add(to, &ROOT, &ACTION, id, fields)?;
    let owners = to.fill_object(&item, keys::OWNERS, ObjType::Map)?;
    if let Some(owner) = owner.as_str() {
        to.fill(&owners, owner, mark(true))?;
    }
    for map in [keys::DEPENDS_ON, keys::DONE_ON, keys::CHECKLIST] {
        to.fill_object(&item, map, ObjType::Map)?;
    }
    Ok(())
}

fn set_action(
    to: &mut Recorder<'_>,
    id: &ItemId,
    field: ActionField,
    value: Option<&str>,
) -> Written {
    use ActionField as A;
    let checked = check_action(to.doc(), field, value)?;
    let item = find(to.doc(), &ROOT, &ACTION, id)?;
    match field {
        A::Start => in_order(value, text(to.doc(), &item, A::Due.key()).as_deref())?,
        A::Due => in_order(text(to.doc(), &item, A::Start.key()).as_deref(), value)?,
        A::Owner => return set_owner(to, &item, checked.as_str()),
        _ => {}
    }
    Ok(to.put(&item, field.key(), checked)?)
}

/// This one alone, or nobody.
fn set_owner(to: &mut Recorder<'_>, item: &ObjId, owner: Option<&str>) -> Written {
    let owners = child(to.doc(), item, keys::OWNERS)?;
    let named: Vec<String> = to
        .doc()
        .map_range(&owners, ..)
        .map(|named| named.key.to_string())
        .filter(|named| Some(named.as_str()) != owner)
        .collect();
    for named in named {
        to.put(&owners, &named, mark(false))?;
    }
    if let Some(owner) = owner {
        to.put(&owners, owner, mark(true))?;
    }
    Ok(())
}

fn check_action(
    doc: &Transaction<'_>,
    field: ActionField,
    value: Option<&str>,
) -> Result<ScalarValue, EditError> {
    match field {
        ActionField::Objective => known(doc, &OBJECTIVE, value)?,
        ActionField::WorkingGroup => known(doc, &GROUP, value)?,
        _ => {}
    }
    check::action(field, value)
}

fn done(to: &mut Recorder<'_>, id: &ItemId, day: Option<&str>, off: bool) -> Written {
    let item = find(to.doc(), &ROOT, &ACTION, id)?;
    let doc = to.doc();
    let every = text(doc, &item, ActionField::Every.key());
    let every = every.and_then(|every| Recurrence::from_word(&every));
    let first = text(doc, &item, ActionField::Due.key());
    let first = first.and_then(|first| recurrence::parse(&first));
    let (Some(every), Some(first)) = (every, first) else {
        return Err(EditError::NotRecurring);
    };
    let done = child(doc, &item, keys::DONE_ON)?;
    let newest = doc
        .map_range(&done, ..)
        .filter(|day| is_on(doc, &done, &day.key))
        .filter_map(|day| recurrence::parse(&day.key))
        .max();
    let next = every.next(first, newest);
    let day = match day.filter(|day| !day.is_empty()) {
        None if off => newest,
        None => next,
        Some(day) => {
            check::date(Some(day))?;
            let date = recurrence::parse(day);
            // A day may be taken back that is none any more, because the first one was moved since.
            let wrong = date.is_none_or(|date| !every.comes_on(first, date) && !off);
            if wrong {
                return Err(EditError::NotAnOccurrence {
                    day: day.to_owned(),
                    next: next.map(|next| next.to_string()).unwrap_or_default(),
                });
            }
            date
        }
    };
    if let Some(day) = day {
        to.put(&done, &day.to_string(), mark(!off))?;
    }
    Ok(())
}

fn part(to: &mut Recorder<'_>, edit: &Edit) -> Written {
    let said = |text: &str| check::required(Some(text), keys::TEXT, check::FIELD_MAX);
    match edit {
        Edit::AddCheck { action, id, text } => {
            let text = said(text)?;
            let action = find(to.doc(), &ROOT, &ACTION, action)?;
            add(to, &action, &CHECK, id, [(keys::TEXT, text)])?;
        }
        Edit::SetCheck {
            action,
            id,
            text,
            done,
        } => {
            let text = text.as_deref().map(said).transpose()?;
            let action = find(to.doc(), &ROOT, &ACTION, action)?;
            let item = find(to.doc(), &action, &CHECK, id)?;
            if let Some(text) = text {
                to.put(&item, keys::TEXT, text)?;
            }
            if let Some(done) = done {
                to.put(&item, keys::DONE, mark(*done))?;
            }
        }
        Edit::RemoveCheck {
            action,
            id,
            restore,
        } => {
            let action = find(to.doc(), &ROOT, &ACTION, action)?;
            let item = find(to.doc(), &action, &CHECK, id)?;
            to.put(&item, keys::REMOVED, mark(!restore))?;
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
                _ => fields
                    .iter()
                    .rev()
                    .find(|(field, _)| *field == wanted)
                    .map(|(_, value)| value.as_str()),
            };
            in_order(given(G::Start), given(G::PlannedEnd))?;
            in_order(given(G::Start), given(G::Closed))?;
            let fields = G::ALL
                .iter()
                .map(|field| Ok((field.key(), check::group(*field, given(*field))?)))
                .collect::<Result<Vec<_>, EditError>>()?;
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

/// What is linked to must be there, if only in the bin.
fn known(doc: &Transaction<'_>, sort: &Sort, value: Option<&str>) -> Written {
    match check::item(value)? {
        Some(id) => find(doc, &ROOT, sort, &id).map(drop),
        None => Ok(()),
    }
}

/// Nothing ends before it starts. What is no date gets its own sentence elsewhere.
fn in_order(start: Option<&str>, end: Option<&str>) -> Written {
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
fn text(doc: &Transaction<'_>, item: &ObjId, key: &str) -> Option<String> {
    let (value, _) = doc.get(item, key).ok()??;
    value.as_str().map(str::to_owned)
}

fn is_on(doc: &Transaction<'_>, map: &ObjId, key: &str) -> bool {
    let held = doc.get(map, key).ok().flatten();
    held.is_some_and(|(value, _)| value.as_bool() == Some(true))
}

/// An action must not wait for itself: is there a way by which `on` waits for `id` already?
fn refuse_cycle(doc: &Transaction<'_>, id: &ItemId, on: &ItemId) -> Written {
    let actions = child(doc, &ROOT, keys::ACTIONS)?;
    let mut come_from = BTreeMap::from([(*on, *on)]);
    let mut rest = vec![*on];
    while let Some(next) = rest.pop() {
        if next == *id {
            return Err(EditError::Cycle {
                path: path(doc, id, on, &come_from)?,
            });
        }
        let Some((_, item)) = doc.get(&actions, next.to_string())? else {
            continue;
        };
        if is_on(doc, &item, keys::REMOVED) {
            continue;
        }
        let Ok(waits) = child(doc, &item, keys::DEPENDS_ON) else {
            continue;
        };
        for waits_for in doc.map_range(&waits, ..) {
            if let Ok(further) = waits_for.key.parse::<ItemId>()
                && is_on(doc, &waits, &waits_for.key)
                && !come_from.contains_key(&further)
            {
                come_from.insert(further, next);
                rest.push(further);
            }
        }
    }
    Ok(())
}

/// How many titles of a circle are told.
const TOLD: usize = 8;

/// The circle that would be closed, by titles: from `id` over `on` and what it waits for back to `id`.
fn path(
    doc: &Transaction<'_>,
    id: &ItemId,
    on: &ItemId,
    come_from: &BTreeMap<ItemId, ItemId>,
) -> Result<Vec<String>, EditError> {
    let mut back = vec![*id];
    while let Some(last) = back.last().filter(|last| *last != on) {
        match come_from.get(last) {
            Some(before) => back.push(*before),
            None => break,
        }
    }
    back.push(*id);
    back.reverse();
    let mut titles = Vec::new();
    for id in back.iter().take(TOLD) {
        let item = find(doc, &ROOT, &ACTION, id)?;
        let title = text(doc, &item, ActionField::Title.key()).unwrap_or_default();
        titles.push(title.chars().take(60).collect());
    }
    if back.len() > TOLD {
        titles.push("…".to_owned());
    }
    Ok(titles)
}
