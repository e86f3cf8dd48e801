//! Edits of a decision.

use automerge::{ROOT, ReadDoc, ScalarValue};

use super::{Sort, add, body, find, mark, plan::Written, remove};
use crate::{
    ChoiceOf, DecisionEdit, DecisionField, EditError, Quorum, Share, Splice, check, keys,
    record::Recorder,
};

const OPTION: Sort = Sort::new(keys::OPTIONS, "option");
const CRITERION: Sort = Sort::new(keys::CRITERIA, "criterion");
/// Nobody shares out more dots, nor gives a higher score.
const HIGHEST: u32 = 100;

pub(super) fn write(to: &mut Recorder<'_>, edit: &DecisionEdit) -> Written {
    match edit {
        DecisionEdit::Init {
            title,
            fields,
            text,
        } => init(to, title, fields, text)?,
        DecisionEdit::Set { field, value } => {
            to.put(&ROOT, field.key(), checked(*field, value.as_deref())?)?;
        }
        DecisionEdit::SetAll { fields } => {
            for (field, value) in fields {
                to.put(&ROOT, field.key(), checked(*field, value.as_deref())?)?;
            }
        }
        DecisionEdit::Concern { member, off } => {
            let key = format!("{}{member}", keys::CONCERNED);
            to.put(&ROOT, &key, mark(!off))?;
        }
        DecisionEdit::Mark { member, ballot } => {
            let key = format!("{}{member}", keys::CAST);
            to.put(&ROOT, &key, ballot.to_string().into())?;
        }
        DecisionEdit::Reply { ballot, words } => {
            let key = format!("{}{ballot}", keys::REPLY);
            let words = check::words(words.as_deref(), "reply", check::FIELD_MAX)?;
            to.put(&ROOT, &key, words)?;
        }
        DecisionEdit::Action { action, off } => {
            let key = format!("{}{action}", keys::ACTION);
            to.put(&ROOT, &key, mark(!off))?;
        }
        DecisionEdit::Bin { restore } => to.put(&ROOT, keys::BINNED, mark(!restore))?,
        edit => choices(to, edit)?,
    }
    Ok(())
}

const fn sort(of: ChoiceOf) -> &'static Sort {
    match of {
        ChoiceOf::Option => &OPTION,
        ChoiceOf::Criterion => &CRITERION,
    }
}

fn choices(to: &mut Recorder<'_>, edit: &DecisionEdit) -> Written {
    let said = |text: &str| check::required(Some(text), "text", check::TITLE_MAX);
    match edit {
        DecisionEdit::AddChoice { of, id, text } => {
            add(to, &ROOT, sort(*of), id, [(keys::TEXT, said(text)?)])?;
        }
        DecisionEdit::SetChoice { of, id, text } => {
            let text = said(text)?;
            let item = find(to.doc(), &ROOT, sort(*of), id)?;
            to.put(&item, keys::TEXT, text)?;
        }
        DecisionEdit::RemoveChoice { of, id, restore } => remove(to, sort(*of), id, *restore)?,
        _ => {}
    }
    Ok(())
}

fn init(
    to: &mut Recorder<'_>,
    title: &str,
    fields: &[(DecisionField, String)],
    text: &str,
) -> Written {
    let title = checked(DecisionField::Title, Some(title))?;
    let fields = fields
        .iter()
        .map(|(field, value)| Ok((*field, checked(*field, Some(value))?)))
        .collect::<Result<Vec<_>, EditError>>()?;
    if to.doc().get(ROOT, DecisionField::Title.key())?.is_some() {
        return Err(EditError::Exists { what: "decision" });
    }
    check::text_len(text.chars().count())?;
    to.fill(&ROOT, DecisionField::Title.key(), title)?;
    for (field, value) in fields {
        to.fill(&ROOT, field.key(), value)?;
    }
    let body = body(to.doc())?;
    to.splice(
        &body,
        &Splice {
            at: 0,
            delete: 0,
            insert: text.to_owned(),
        },
    )?;
    to.forget_reversals();
    to.born(&ROOT, keys::BINNED);
    Ok(())
}

fn checked(field: DecisionField, value: Option<&str>) -> Result<ScalarValue, EditError> {
    use DecisionField as F;
    match field {
        F::Title => check::required(value, field.key(), check::TITLE_MAX),
        F::Meeting | F::Published => check::document(value),
        F::Question => check::words(value, field.key(), check::TITLE_MAX),
        F::Method => check::method(value),
        F::Stage => check::stage(value),
        F::Closes => check::moment(value),
        F::Reveal => check::choice(value, "as-they-come, after-close"),
        F::Names => check::choice(value, "shown, hidden"),
        F::ThresholdOf => check::choice(value, "cast, members"),
        F::Abstentions => check::choice(value, "aside, cast"),
        F::Step => check::choice(value, "collect, confront"),
        F::Threshold => check::share::<Share>(value),
        F::Quorum => check::share::<Quorum>(value),
        F::Most | F::Dots | F::Max => check::count(value, HIGHEST),
        F::Decider => check::member(value),
        F::Outcome | F::Why | F::Taken | F::Charter => {
            check::words(value, field.key(), check::FIELD_MAX)
        }
        F::OutcomeOn | F::Review => check::date(value),
        F::Adopts => check::adopting(value),
    }
}
