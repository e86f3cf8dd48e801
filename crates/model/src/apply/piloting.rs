//! Edits of roles (in the network document), and of swaps and conversations (in notebooks).

use automerge::{ObjId, ObjType, ROOT, ReadDoc, ScalarValue, Value, transaction::Transaction};

use super::{mark, plan::Written};
use crate::{
    Edit, EditError, ItemId, MemberId, RoleField, check, keys, record::Recorder, role_key,
};

pub(super) fn write(to: &mut Recorder<'_>, edit: &Edit) -> Written {
    match edit {
        Edit::SetRole { role, field, value } => {
            let role = named(role)?;
            let value = match field {
                RoleField::Remit => check::words(value.as_deref(), field.key(), check::FIELD_MAX),
                RoleField::Start => check::date(value.as_deref()),
                RoleField::Term => check::term(value.as_deref()),
            }?;
            to.put(&ROOT, &keys::role(field.key(), &role), value)?;
        }
        Edit::TurnRole {
            role,
            member,
            before,
            off,
        } => {
            let role = named(role)?;
            let key = keys::turn(member, &role);
            if *off {
                to.put(&ROOT, &key, ScalarValue::Null)?;
            } else {
                put_in(to, &role, member, before.as_ref())?;
            }
        }
        Edit::AgreeSwap {
            role,
            mine,
            theirs,
            with,
            on,
        } => {
            let role = named(role)?;
            for day in [mine, theirs] {
                if check::date(Some(day))? == ScalarValue::Null {
                    return Err(EditError::Empty { field: "date" });
                }
            }
            let key = keys::swap(mine, theirs, with, &role);
            to.put(&ROOT, &key, check::date(on.as_deref())?)?;
        }
        edit => post(to, edit)?,
    }
    Ok(())
}

fn named(role: &str) -> Result<String, EditError> {
    let role = role_key(role);
    check::required(Some(&role), "role", check::TAG_MAX)?;
    Ok(role)
}

/// Puts a member into a role's order before another, or last; moves who stands elsewhere in it.
fn put_in(
    to: &mut Recorder<'_>,
    role: &str,
    member: &MemberId,
    before: Option<&MemberId>,
) -> Written {
    for (at, member) in super::order::put_before(turns(to.doc(), role), *member, before.copied()) {
        to.put(&ROOT, &keys::turn(&member, role), at.into())?;
    }
    Ok(())
}

/// Who stands where in a role's order.
fn turns(doc: &Transaction<'_>, role: &str) -> Vec<(f64, MemberId)> {
    let fields = doc.map_range(ROOT, ..).filter_map(|field| {
        let member = keys::turn_of(&field.key, role)?;
        let at = crate::read::number(&field.value)?;
        Some((at, member))
    });
    let mut order: Vec<_> = fields.collect();
    order.sort_by(|(a, a_id), (b, b_id)| a.total_cmp(b).then_with(|| a_id.cmp(b_id)));
    order
}

fn post(to: &mut Recorder<'_>, edit: &Edit) -> Written {
    let said = |text: &str| check::required(Some(text), "text", check::FIELD_MAX);
    let link = |id: &Option<ItemId>| id.map_or(ScalarValue::Null, |id| id.to_string().into());
    match edit {
        Edit::AddPost {
            id,
            thread,
            text,
            on,
            after,
            objective,
        } => {
            let fields = [
                (keys::TEXT, said(text)?),
                ("on", check::date(Some(on))?),
                ("thread", link(thread)),
                ("objective", link(objective)),
            ];
            let key = keys::post(id);
            if to.doc().get(ROOT, key.as_str())?.is_some() {
                return Err(EditError::Exists { what: "post" });
            }
            // A count of people's words: no float loses one.
            #[allow(clippy::cast_precision_loss)]
            let item = to.item(&ROOT, &key, *after as f64)?;
            for (key, value) in fields {
                to.fill(&item, key, value)?;
            }
        }
        Edit::SetPost { id, text } => {
            let text = said(text)?;
            let item = find_post(to.doc(), id)?;
            to.put(&item, keys::TEXT, text)?;
        }
        Edit::RemovePost { id, restore } => {
            let item = find_post(to.doc(), id)?;
            to.put(&item, keys::REMOVED, mark(!restore))?;
        }
        _ => {}
    }
    Ok(())
}

fn find_post(doc: &Transaction<'_>, id: &ItemId) -> Result<ObjId, EditError> {
    match doc.get(ROOT, keys::post(id))? {
        Some((Value::Object(ObjType::Map), item)) => Ok(item),
        _ => Err(EditError::NotFound {
            what: "post",
            id: id.to_string(),
        }),
    }
}
