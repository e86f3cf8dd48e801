//! Taking up what a starting frame suggests, and taking out what stood behind it.

use automerge::{ObjType, ROOT, ScalarValue};

use super::{PURPOSE, add, plan, remove, replace_text};
use crate::{
    Edit, EditError, IndicatorField, ItemId, ObjectiveField, SuggestionEdit, check, keys,
    read::{read_network, read_plan},
    record::Recorder,
    twins::{Taken, heading_key},
};

pub(super) fn write(to: &mut Recorder<'_>, edit: &SuggestionEdit) -> plan::Written {
    match edit {
        SuggestionEdit::Purpose {
            id,
            suggestion,
            text,
        } => {
            let text = check::required(Some(text), PURPOSE.what, check::FIELD_MAX)?;
            let words = Taken::line(said(&text));
            let [name, words] = remembered(suggestion, words)?;
            add(to, &ROOT, &PURPOSE, id, [(keys::TEXT, text), name, words])?;
        }
        SuggestionEdit::Objective {
            id,
            suggestion,
            title,
            indicators,
        } => objective(to, *id, suggestion, title, indicators)?,
        SuggestionEdit::Headings { text, headings } => {
            replace_text(to, text)?;
            for (suggestion, written) in headings {
                let name = check::required(Some(suggestion), keys::SUGGESTION, SUGGESTION_MAX)?;
                let key = heading_key(said(&name), written);
                to.put(&ROOT, &key, written.as_str().into())?;
            }
        }
    }
    Ok(())
}

/// The longest name of a suggestion: a template's own has a title in it.
const SUGGESTION_MAX: usize = check::TITLE_MAX + 100;

fn objective(
    to: &mut Recorder<'_>,
    id: ItemId,
    suggestion: &str,
    title: &str,
    indicators: &[(ItemId, String, Option<String>)],
) -> plan::Written {
    let title = check::objective(ObjectiveField::Title, Some(title))?;
    let parts: Vec<(ItemId, ScalarValue, ScalarValue)> = indicators
        .iter()
        .map(|(id, name, unit)| {
            let name = check::indicator(IndicatorField::Name, Some(name))?;
            let unit = check::indicator(IndicatorField::Unit, unit.as_deref())?;
            Ok((*id, name, unit))
        })
        .collect::<Result<_, EditError>>()?;
    let measured = parts.iter().map(|(_, name, unit)| (said(name), said(unit)));
    let [name, words] = remembered(suggestion, Taken::objective(said(&title), measured))?;
    let fields = [(ObjectiveField::Title.key(), title), name, words];
    let item = add(to, &ROOT, &plan::OBJECTIVE, &id, fields)?;
    to.fill_object(&item, keys::INDICATORS, ObjType::Map)?;
    for (id, name, unit) in parts {
        let fields = [
            (IndicatorField::Name.key(), name),
            (IndicatorField::Unit.key(), unit),
        ];
        let part = add(to, &item, &plan::INDICATOR, &id, fields)?;
        to.fill_object(&part, keys::MEASURES, ObjType::Map)?;
    }
    Ok(())
}

fn said(value: &ScalarValue) -> &str {
    value.as_str().unwrap_or_default()
}

/// What an item keeps of the suggestion that it came of.
fn remembered(
    suggestion: &str,
    words: String,
) -> Result<[(&'static str, ScalarValue); 2], EditError> {
    let name = check::required(Some(suggestion), keys::SUGGESTION, SUGGESTION_MAX)?;
    Ok([(keys::SUGGESTION, name), (keys::SUGGESTED, words.into())])
}

/// The twins that go with what an edit takes out: those of the same suggestion that are not shown beside it.
pub(super) fn twins(doc: &automerge::Automerge, edit: &Edit) -> Vec<ItemId> {
    let (twins, id) = match edit {
        Edit::RemoveObjective { id, restore: false } => (read_plan(doc, &()).twins, id),
        Edit::RemovePurpose { id, restore: false } => (read_network(doc, &()).twins, id),
        _ => return Vec::new(),
    };
    let behind = twins.into_iter().filter(|(_, standing)| standing == id);
    behind.map(|(twin, _)| twin).collect()
}

/// Takes these out together with it.
pub(super) fn take_out(to: &mut Recorder<'_>, edit: &Edit, twins: &[ItemId]) -> plan::Written {
    let sort = match edit {
        Edit::RemovePurpose { .. } => &PURPOSE,
        _ => &plan::OBJECTIVE,
    };
    for twin in twins {
        remove(to, sort, twin, false)?;
    }
    Ok(())
}
