//! The commands that put back what an older state of a document held.

use serde_json::{Value, json};
use tresse_model::{
    Difference, DocKind, FieldTurn, ItemChange, NetworkContent, Role, RoleField, item_field,
    item_is_removed, read_charter, read_meeting, read_network, read_page,
};

use crate::{
    Command,
    past::{Lent, PutBack},
};

/// What puts a field back: the whole value; of a list, each of its lines that went or was reworded.
pub(crate) fn field(lent: &Lent, says: &Difference, changes: &[ItemChange]) -> Vec<PutBack> {
    match says.field.as_str() {
        "values" | "purposes" => changes
            .iter()
            .filter_map(|change| {
                let words = match &change.what {
                    FieldTurn::Set { old, .. } => old.words.clone(),
                    _ => change.item.title.clone(),
                };
                let command = item(lent, change)?;
                Some(PutBack { words, command })
            })
            .collect(),
        "tags" => tags(lent, says),
        // Passages of it are put back one by one.
        "body" => Vec::new(),
        _ => value(lent, says).into_iter().collect(),
    }
}

fn value(lent: &Lent, says: &Difference) -> Option<PutBack> {
    let (field, old) = (says.field.as_str(), says.older());
    let network = lent.network;
    let (now, command) = match lent.id.kind()? {
        DocKind::Charter => {
            let now = serde_json::to_value(read_charter(&*lent.doc, &())).ok()?;
            let command = json!({ "command": "charter.set", "network": network, "field": field, "value": old });
            (now, command)
        }
        DocKind::Network => {
            let now = serde_json::to_value(read_network(&*lent.doc, &())).ok()?;
            let command = json!({ "command": "network.set", "network": network, "field": field, "value": old });
            (now, command)
        }
        DocKind::Page => {
            let now = json!({ "title": read_page(&*lent.doc, &()).title });
            let command = json!({ "command": "page.set", "network": network, "page": lent.id, "field": field, "value": old });
            (now, command)
        }
        DocKind::Meeting => {
            let now = json!({ "title": read_meeting(&*lent.doc, &()).title });
            let command = json!({ "command": "meeting.set", "network": network, "meeting": lent.id, "field": field, "value": old });
            (now, command)
        }
        _ => return None,
    };
    // A title may not be empty; what holds the old value needs nothing.
    let needed = matches!(field, "title" | "name");
    if now.get(field)?.as_str()? == old || (needed && old.is_empty()) {
        return None;
    }
    let command = serde_json::from_value(command).ok()?;
    Some(PutBack {
        words: old,
        command,
    })
}

/// What puts back the fields of a role that went or became others: its remit, the first day of its turns, how long they are.
/// In which order it goes round is put right by moving people in it.
pub(crate) fn role(
    lent: &Lent,
    says: &Difference,
    old: &NetworkContent,
    new: &NetworkContent,
) -> Vec<PutBack> {
    let Some(role) = says.field.strip_prefix("role/") else {
        return Vec::new();
    };
    let now = read_network(&*lent.doc, &());
    let of = |network: &NetworkContent| {
        let mut roles = network.roles.iter();
        roles
            .find(|known| known.role == role)
            .cloned()
            .unwrap_or_default()
    };
    let (old, new, now) = (of(old), of(new), of(&now));
    let fields = [RoleField::Remit, RoleField::Start, RoleField::Term];
    let differ = fields.into_iter().filter(|field| {
        let value = held(&old, *field);
        value != held(&new, *field) && value != held(&now, *field)
    });
    differ
        .map(|field| {
            let words = held(&old, field).to_owned();
            PutBack {
                command: Command::RoleSet {
                    network: lent.network,
                    role: role.to_owned(),
                    field,
                    value: (!words.is_empty()).then(|| words.clone()),
                },
                words,
            }
        })
        .collect()
}

fn held(role: &Role, field: RoleField) -> &str {
    match field {
        RoleField::Remit => &role.remit,
        RoleField::Start => &role.start,
        RoleField::Term => &role.term,
    }
}

fn tags(lent: &Lent, says: &Difference) -> Vec<PutBack> {
    let now = read_page(&*lent.doc, &()).tags;
    let old = says.older();
    let went = old.lines().filter(|tag| {
        let kept = says.newer().lines().any(|new| new == *tag);
        !kept && !now.iter().any(|now| now == tag)
    });
    went.map(|tag| PutBack {
        words: tag.to_owned(),
        command: Command::PageTag {
            network: lent.network,
            page: lent.id,
            tag: tag.to_owned(),
            off: false,
        },
    })
    .collect()
}

/// What puts an item back as it was before a change; nothing where it is so already, or is not shown any more.
pub(crate) fn item(lent: &Lent, change: &ItemChange) -> Option<Command> {
    let ItemChange {
        item, within, what, ..
    } = change;
    let kind = item.kind;
    let holds = |field: &str| item_field(&lent.doc, within, item, field);
    let mut command = match what {
        FieldTurn::Added | FieldTurn::Back => return None,
        FieldTurn::Removed => {
            if !item_is_removed(&lent.doc, within, item) {
                return None;
            }
            json!({ "command": format!("{kind}.remove"), "restore": true })
        }
        FieldTurn::Set { field, old, .. } => {
            if holds(field)? == old.value {
                return None;
            }
            set(kind, field, &old.value)?
        }
        FieldTurn::In { set, held } | FieldTurn::Out { set, held } => {
            let off = matches!(what, FieldTurn::In { .. });
            if holds(&format!("{set}/{}", held.value))?.is_empty() == off {
                return None;
            }
            member(kind, set, &held.value, off)?
        }
    };
    command["network"] = json!(lent.network);
    for name in within.iter().chain([item]) {
        command[name.kind] = json!(name.id);
    }
    serde_json::from_value(command).ok()
}

fn set(kind: &str, field: &str, old: &str) -> Option<Value> {
    let name = format!("{kind}.set");
    Some(match (kind, field) {
        ("measure", _) => return None,
        ("check", "done") => json!({ "command": name, "done": old == "true" }),
        ("value" | "purpose" | "check", _) => json!({ "command": name, "text": old }),
        _ => json!({ "command": name, "field": field, "value": old }),
    })
}

fn member(kind: &str, set: &str, value: &str, off: bool) -> Option<Value> {
    Some(match set {
        "owners" => json!({ "command": "action.owner", "member": value, "off": off }),
        "members" => json!({ "command": "group.member", "member": value, "off": off }),
        "depends_on" => json!({ "command": "action.depend", "on": value, "off": off }),
        "tags" => {
            let verb = if off { "untag" } else { "tag" };
            json!({ "command": format!("{kind}.{verb}"), "tag": value })
        }
        "done_on" => json!({ "command": "action.done", "occurrence": value, "off": off }),
        _ => return None,
    })
}
