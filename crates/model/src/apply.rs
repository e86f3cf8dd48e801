//! Making edits. Everything is checked before anything is written, and all of an edit is one
//! change.

mod action;
mod attachment;
mod ballot;
mod contribution;
mod decision;
mod evaluation;
mod filter;
mod legible;
pub use legible::SEEN_HEADS;
mod agenda;
mod meeting;
mod meeting_word;
mod order;
mod piloting;
mod plan;
mod resource;
mod series;
mod suggestion;
mod watch;

use automerge::{
    Automerge, ChangeHash, ObjId, ObjType, ROOT, ReadDoc, ScalarValue, Value,
    transaction::Transaction,
};

use crate::{
    Access, Applied, DocKind, Edit, EditError, ItemId, Splice, Undo, access, body_text,
    body_text_at, check, keys, kind, minimal_splices,
    record::{Recorded, Recorder},
};

/// Makes an edit: exactly one new change by the document's actor, or none when everything already
/// stood so. On an error nothing is changed.
///
/// `time_ms` (milliseconds since 1970, UTC) is what the change will claim as its time.
/// Automerge's own documentation speaks of seconds; the number is only carried, and
/// here it is milliseconds everywhere (see [`crate::changes`]).
pub fn apply(doc: &mut Automerge, edit: &Edit, time_ms: i64) -> Result<Applied, EditError> {
    may_apply(doc, edit)?;
    let before = doc.get_heads();
    let twins = suggestion::twins(doc, edit);
    // The writer's transaction rolls back when it is dropped on the way of an error.
    let mut writer = Recorder::new(doc);
    write(&mut writer, edit)?;
    suggestion::take_out(&mut writer, edit, &twins)?;
    let recorded = writer.commit(time_ms);
    Ok(Applied {
        splices: reported(doc, &recorded, &before),
        changed: recorded.change.is_some(),
        undo: Undo::new(recorded.reversals, recorded.change),
    })
}

/// Whether an edit would be made, without making it: for several edits of several documents that are to be made all or not at
/// all.
pub fn try_out(doc: &mut Automerge, edit: &Edit) -> Result<(), EditError> {
    may_apply(doc, edit)?;
    // Dropped, it rolls back.
    write(&mut Recorder::new(doc), edit)
}

fn may_apply(doc: &Automerge, edit: &Edit) -> Result<(), EditError> {
    if let Access::ReadOnly { schema } = access(doc) {
        return Err(EditError::ReadOnly { schema });
    }
    match edit.kind() {
        Some(expected) if kind(doc) != Some(expected) => Err(EditError::WrongDocument { expected }),
        None if matches!(edit, Edit::Attachment(_)) && !attachment::takes(doc) => {
            Err(EditError::WrongDocument {
                expected: DocKind::Page,
            })
        }
        _ => Ok(()),
    }
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
        Edit::SetKind { .. }
        | Edit::Relate { .. }
        | Edit::Unrelate { .. }
        | Edit::SetPhoto { .. }
        | Edit::MarkSeen { .. } => legible::write(to, edit)?,
        Edit::AddPurpose { id, text } => add_line(to, &PURPOSE, id, text)?,
        Edit::SetPurpose { id, text } => set_line(to, &PURPOSE, id, text)?,
        Edit::RemovePurpose { id, restore } => remove(to, &PURPOSE, id, *restore)?,
        Edit::AddValue { id, text } => add_line(to, &VALUE, id, text)?,
        Edit::SetValue { id, text } => set_line(to, &VALUE, id, text)?,
        Edit::RemoveValue { id, restore } => remove(to, &VALUE, id, *restore)?,
        Edit::AddOwnObjective { .. }
        | Edit::SetOwnObjective { .. }
        | Edit::RemoveOwnObjective { .. } => write_own_objective(to, edit)?,
        Edit::SaveFilter { .. } | Edit::RemoveFilter { .. } => filter::write(to, edit)?,
        Edit::InitPage { .. }
        | Edit::SetPage { .. }
        | Edit::TagPage { .. }
        | Edit::BinPage { .. } => write_page(to, edit)?,
        Edit::SpliceText { splices } => splice_text(to, splices)?,
        Edit::ReplaceText { text } => replace_text(to, text)?,
        Edit::SetRole { .. }
        | Edit::TurnRole { .. }
        | Edit::AgreeSwap { .. }
        | Edit::AddPost { .. }
        | Edit::SetPost { .. }
        | Edit::RemovePost { .. } => piloting::write(to, edit)?,
        Edit::Attachment(edit) => attachment::write(to, edit)?,
        Edit::Meeting(edit) => meeting::write(to, edit)?,
        Edit::Series(edit) => series::write(to, edit)?,
        Edit::MeetingWord(edit) => meeting_word::write(to, edit)?,
        Edit::Decision(edit) => decision::write(to, edit)?,
        Edit::Evaluation(edit) => evaluation::write(to, edit)?,
        Edit::Suggestion(edit) => suggestion::write(to, edit)?,
        Edit::Contribution(edit) => contribution::write(to, edit)?,
        Edit::Ballot(edit) => ballot::write(to, edit)?,
        Edit::Resource(edit) => resource::write(to, edit)?,
        Edit::Watch(edit) => watch::write(to, edit)?,
        Edit::WatchReading(edit) => watch::read(to, edit)?,
        // All others are the plan's.
        edit => plan::write(to, edit)?,
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
                .map(|tag| check::tag(tag, false))
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
                to.fill(&labels, &tag, mark(true))?;
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
        Edit::SetPage { field, value } => {
            let value = match field {
                P::Title => check::required(value.as_deref(), field.key(), check::TITLE_MAX)?,
                P::Group => check::link(value.as_deref())?,
            };
            to.put(&ROOT, field.key(), value)?;
        }
        Edit::TagPage { tag, off } => {
            let tag = check::tag(tag, *off)?;
            let tags = child(to.doc(), &ROOT, keys::TAGS)?;
            to.put(&tags, &tag, mark(!off))?;
        }
        Edit::BinPage { restore } => to.put(&ROOT, keys::BINNED, mark(!restore))?,
        _ => {}
    }
    Ok(())
}

fn write_own_objective(to: &mut Recorder<'_>, edit: &Edit) -> Result<(), EditError> {
    use crate::OwnObjectiveField as O;
    let text = |value: Option<&str>| check::required(value, O::Text.key(), check::FIELD_MAX);
    match edit {
        Edit::AddOwnObjective {
            id,
            text: said,
            objective,
        } => {
            let said = text(Some(said))?;
            let link = objective.map_or(ScalarValue::Null, |id| id.to_string().into());
            let fields = [(O::Text.key(), said), (O::Objective.key(), link)];
            add(to, &ROOT, &OWN_OBJECTIVE, id, fields)?;
        }
        Edit::SetOwnObjective { id, field, value } => {
            let value = match field {
                O::Text => text(value.as_deref())?,
                O::Objective => check::link(value.as_deref())?,
            };
            let item = find(to.doc(), &ROOT, &OWN_OBJECTIVE, id)?;
            to.put(&item, field.key(), value)?;
        }
        Edit::RemoveOwnObjective { id, restore } => remove(to, &OWN_OBJECTIVE, id, *restore)?,
        _ => {}
    }
    Ok(())
}

fn replace_text(to: &mut Recorder<'_>, text: &str) -> Result<(), EditError> {
    check::text_len(text.chars().count())?;
    let body = body(to.doc())?;
    let old = to.doc().text(&body)?;
    splice_text(to, &minimal_splices(&old, text))
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

impl Sort {
    const fn new(map: &'static str, what: &'static str) -> Self {
        Self { map, what }
    }
}

const PURPOSE: Sort = Sort::new(keys::PURPOSES, "purpose");
const VALUE: Sort = Sort::new(keys::VALUES, "value");
const OWN_OBJECTIVE: Sort = Sort::new(keys::OWN_OBJECTIVES, "objective of one's own");

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
    remove_from(to, &ROOT, sort, id, restore)
}

fn remove_from(
    to: &mut Recorder<'_>,
    parent: &ObjId,
    sort: &Sort,
    id: &ItemId,
    restore: bool,
) -> Result<(), EditError> {
    let item = find(to.doc(), parent, sort, id)?;
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
