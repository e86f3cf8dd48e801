//! Edits of what members offer or need, and of its loans.

use automerge::{ObjId, ObjType, ROOT, ScalarValue, transaction::Transaction};

use super::{
    Sort, add, child, find, mark,
    plan::{Written, each, in_order, last_said, text},
    remove, remove_from,
};
use crate::{
    EditError, ItemId, LoanField, ResourceEdit, ResourceField, Side, check, keys, record::Recorder,
};

const RESOURCE: Sort = Sort::new(keys::RESOURCES, "resource");
const LOAN: Sort = Sort::new(keys::LOANS, "loan");

pub(super) fn write(to: &mut Recorder<'_>, edit: &ResourceEdit) -> Written {
    match edit {
        ResourceEdit::Add {
            id,
            name,
            side,
            fields,
            tags,
        } => add_resource(to, id, (name, *side), fields, tags)?,
        ResourceEdit::Set { id, field, value } => {
            let value = value.as_deref().unwrap_or_default();
            let item = find(to.doc(), &ROOT, &RESOURCE, id)?;
            let checked = checked(*field, value)?;
            fits(to.doc(), side_of(to.doc(), &item), *field, value)?;
            to.put(&item, field.key(), checked)?;
        }
        ResourceEdit::Tag { id, tag, off } => {
            let tag = check::tag(tag, *off)?;
            let item = find(to.doc(), &ROOT, &RESOURCE, id)?;
            let tags = child(to.doc(), &item, keys::TAGS)?;
            to.put(&tags, &tag, mark(!off))?;
        }
        ResourceEdit::Remove { id, restore } => remove(to, &RESOURCE, id, *restore)?,
        ResourceEdit::Lend {
            resource,
            id,
            fields,
        } => lend(to, resource, id, fields)?,
        ResourceEdit::SetLoan {
            resource,
            id,
            fields,
        } => set_loan(to, resource, id, fields)?,
        ResourceEdit::RemoveLoan {
            resource,
            id,
            restore,
        } => {
            let resource = find(to.doc(), &ROOT, &RESOURCE, resource)?;
            remove_from(to, &resource, &LOAN, id, *restore)?;
        }
    }
    Ok(())
}

fn add_resource(
    to: &mut Recorder<'_>,
    id: &ItemId,
    (name, side): (&str, Side),
    fields: &[(ResourceField, String)],
    tags: &[String],
) -> Written {
    let mut said = vec![
        (keys::SIDE, side.word().into()),
        (
            ResourceField::Name.key(),
            checked(ResourceField::Name, name)?,
        ),
    ];
    for (field, value) in fields {
        fits(to.doc(), side, *field, value)?;
        said.push((field.key(), checked(*field, value)?));
    }
    let tags = tags.iter().map(|tag| check::tag(tag, false));
    let tags = tags.collect::<Result<Vec<_>, _>>()?;
    let item = add(to, &ROOT, &RESOURCE, id, said)?;
    to.fill_object(&item, keys::LOANS, ObjType::Map)?;
    let marks = to.fill_object(&item, keys::TAGS, ObjType::Map)?;
    for tag in tags {
        to.fill(&marks, &tag, mark(true))?;
    }
    Ok(())
}

fn checked(field: ResourceField, value: &str) -> Result<ScalarValue, EditError> {
    use ResourceField as R;
    match field {
        R::Name => check::required(Some(value), field.key(), check::TITLE_MAX),
        R::Kind => check::resource_kind(value),
        R::Member => check::member(Some(value)),
        R::Organisation | R::Place => check::words(Some(value), field.key(), check::TITLE_MAX),
        R::Description | R::Conditions => check::words(Some(value), field.key(), check::FIELD_MAX),
        R::Answers => check::link(Some(value)),
        R::Met => check::date(Some(value)),
    }
}

/// Only an offer answers, and only a need that is here, if only in the bin; only a need is met.
fn fits(doc: &Transaction<'_>, side: Side, field: ResourceField, value: &str) -> Written {
    if value.is_empty() {
        return Ok(());
    }
    match field {
        ResourceField::Answers => {
            if side != Side::Offered {
                return Err(EditError::NotOffered);
            }
            if let Some(need) = check::item(Some(value))? {
                let need = find(doc, &ROOT, &RESOURCE, &need)?;
                if side_of(doc, &need) != Side::Needed {
                    return Err(EditError::NotNeeded);
                }
            }
        }
        ResourceField::Met if side != Side::Needed => return Err(EditError::NotNeeded),
        _ => {}
    }
    Ok(())
}

fn side_of(doc: &Transaction<'_>, item: &ObjId) -> Side {
    let word = text(doc, item, keys::SIDE);
    word.and_then(|word| Side::from_word(&word))
        .unwrap_or_default()
}

fn lend(
    to: &mut Recorder<'_>,
    resource: &ItemId,
    id: &ItemId,
    fields: &[(LoanField, String)],
) -> Written {
    let resource = find(to.doc(), &ROOT, &RESOURCE, resource)?;
    if side_of(to.doc(), &resource) != Side::Offered {
        return Err(EditError::NotOffered);
    }
    let given = |field: LoanField| last_said(fields, field);
    in_order(given(LoanField::From), given(LoanField::Until))?;
    in_order(given(LoanField::From), given(LoanField::Back))?;
    let check = |field: &LoanField| checked_loan(*field, given(*field).unwrap_or_default());
    let said = each(LoanField::ALL, |field| field.key(), check)?;
    add(to, &resource, &LOAN, id, said).map(drop)
}

fn set_loan(
    to: &mut Recorder<'_>,
    resource: &ItemId,
    id: &ItemId,
    fields: &[(LoanField, String)],
) -> Written {
    let resource = find(to.doc(), &ROOT, &RESOURCE, resource)?;
    let loan = find(to.doc(), &resource, &LOAN, id)?;
    let mut values = Vec::new();
    for (field, value) in fields {
        values.push((*field, checked_loan(*field, value)?));
    }
    let will = |field: LoanField| match last_said(fields, field) {
        Some(value) => Some(value.to_owned()),
        None => text(to.doc(), &loan, field.key()),
    };
    let from = will(LoanField::From);
    for end in [LoanField::Until, LoanField::Back] {
        // What others have set meanwhile may be out of order: only who sets one of the two is held to it.
        if fields
            .iter()
            .any(|(field, _)| [LoanField::From, end].contains(field))
        {
            in_order(from.as_deref(), will(end).as_deref())?;
        }
    }
    for (field, value) in values {
        to.put(&loan, field.key(), value)?;
    }
    Ok(())
}

fn checked_loan(field: LoanField, value: &str) -> Result<ScalarValue, EditError> {
    match field {
        LoanField::Borrower if value.is_empty() => Err(EditError::Empty { field: "borrower" }),
        LoanField::Borrower => check::member(Some(value)),
        LoanField::From => check::day(value),
        LoanField::Until | LoanField::Back => check::date(Some(value)),
        LoanField::Purpose => check::words(Some(value), field.key(), check::TITLE_MAX),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ResourceKind;

    #[test]
    fn every_sort_of_thing_has_a_word_that_is_taken() {
        for kind in ResourceKind::ALL {
            assert!(check::resource_kind(kind.word()).is_ok());
        }
        let error = check::resource_kind("boat").unwrap_err();
        assert_eq!(error.code(), "bad-choice");
    }
}
