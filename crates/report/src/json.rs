//! Everything as it stands, in one JSON file.

use serde_json::{Value, json as value};

use crate::{ExportFile, NetworkExport, decisions};

/// The whole network, conflicts included. `format` and `version` say what the file is.
pub fn json(export: &NetworkExport) -> Vec<ExportFile> {
    let pages: Vec<Value> = export
        .pages
        .iter()
        .map(|(id, page)| with_id(&id.to_string(), value!(page)))
        .collect();
    let meetings: Vec<Value> = export
        .meetings
        .iter()
        .map(|one| {
            let mut whole = with_id(&one.id.to_string(), value!(one.content));
            whole["came"] = one
                .attendance
                .iter()
                .map(|(name, word)| value!({ "name": name, "word": word }))
                .collect();
            whole["round"] = one
                .round
                .iter()
                .map(|(name, word)| value!({ "name": name, "word": word }))
                .collect();
            whole
        })
        .collect();
    let members: Vec<Value> = export
        .members
        .iter()
        .map(|member| {
            value!({
                "id": member.id,
                "name": member.name,
                "organisation": member.organisation,
                "engagement": member.engagement,
                "brings": member.brings,
                "expects": member.expects,
                "added_value": member.added_value,
                "added_value_on": member.added_value_on,
                "own_objectives": member.own_objectives,
            })
        })
        .collect();
    let whole = value!({
        "format": "tresse-network",
        "version": 1,
        "made_ms": export.made_ms,
        "network": with_id(&export.id.to_string(), value!(export.network)),
        "charter": export.charter,
        "plan": export.plan,
        "pages": pages,
        "meetings": meetings,
        "members": members,
        "decisions": decisions::values(export),
        "watch": crate::watch::values(export),
        "resources": crate::resources::values(export),
    });
    vec![ExportFile {
        path: "network.json".to_owned(),
        bytes: format!("{whole:#}\n").into_bytes(),
    }]
}

/// The content with its id before its other fields.
fn with_id(id: &str, content: Value) -> Value {
    let mut fields = serde_json::Map::new();
    fields.insert("id".to_owned(), id.into());
    if let Value::Object(content) = content {
        fields.extend(content);
    }
    Value::Object(fields)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::{export, text};

    #[test]
    fn the_file_holds_everything_under_its_own_name() {
        let export = export();
        let files = json(&export);
        let whole: Value = serde_json::from_str(text(&files[0])).unwrap();
        assert_eq!(whole["format"], "tresse-network");
        assert_eq!(whole["network"]["id"], export.id.to_string());
        assert_eq!(whole["network"]["name"], "Réseau des *ateliers*");
        assert_eq!(whole["charter"]["body"], &*export.charter.body);
        assert_eq!(whole["plan"]["actions"].as_array().unwrap().len(), 3);
        assert_eq!(
            whole["plan"]["objectives"][0]["indicators"][0]["target"],
            "12"
        );
        assert_eq!(whole["pages"][1]["id"], export.pages[1].0.to_string());
        assert_eq!(whole["pages"][1]["body"], &*export.pages[1].1.body);
        assert_eq!(whole["members"][0]["name"], "Ana Garçon");
    }
}
