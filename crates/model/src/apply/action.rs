//! Edits of actions and of their parts.

use std::collections::BTreeMap;

use automerge::{ObjId, ObjType, ROOT, ReadDoc, ScalarValue, transaction::Transaction};

use super::{
    Sort, add, child, find, mark,
    plan::{GROUP, OBJECTIVE, Written, each, in_order, is_on, known, last_said, text},
    remove, remove_from,
};
use crate::{
    ActionField, Edit, EditError, ItemId, Recurrence, check, keys, record::Recorder, recurrence,
};

const ACTION: Sort = Sort::new(keys::ACTIONS, "action");
const CHECK: Sort = Sort::new(keys::CHECKLIST, "part");

pub(super) fn write(to: &mut Recorder<'_>, edit: &Edit) -> Written {
    match edit {
        Edit::AddCheck { .. } | Edit::SetCheck { .. } | Edit::RemoveCheck { .. } => part(to, edit)?,
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
        Edit::MoveAction { id, start, due } => {
            move_action(to, id, start.as_deref(), due.as_deref())?;
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
        _ => last_said(fields, wanted),
    };
    in_order(given(A::Start), given(A::Due))?;
    let owner = check::action(A::Owner, given(A::Owner))?;
    let others = A::ALL.iter().filter(|field| **field != A::Owner);
    let check = |field: &A| check_action(to.doc(), *field, given(*field));
    let fields = each(others, |field| field.key(), check)?;
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

/// Both days at once: one by one, a move beyond the other day would be refused half way.
fn move_action(
    to: &mut Recorder<'_>,
    id: &ItemId,
    start: Option<&str>,
    due: Option<&str>,
) -> Written {
    let days = [(ActionField::Start, start), (ActionField::Due, due)];
    let checked = each(
        days.iter(),
        |day| day.0.key(),
        |day| check::action(day.0, day.1),
    )?;
    in_order(start, due)?;
    let item = find(to.doc(), &ROOT, &ACTION, id)?;
    for (key, value) in checked {
        to.put(&item, key, value)?;
    }
    Ok(())
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
            remove_from(to, &action, &CHECK, id, *restore)?;
        }
        _ => {}
    }
    Ok(())
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
