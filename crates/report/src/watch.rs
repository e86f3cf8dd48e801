//! The watch in open formats: a text to read, a table for a spreadsheet, data.

use serde_json::{Value, json};
use tresse_model::WatchItem;

use crate::{
    ExportFile, NetworkExport,
    csv::Table,
    escape::{inline, line},
    markdown::{push, title_of},
    words::Words,
};

/// One item of the watch in an export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WatchExport {
    /// What it says.
    pub item: WatchItem,
    /// The name of who added it; empty where it is not known.
    pub name: String,
}

/// What stands around the watch in an export, in one language.
pub(crate) struct WatchWords {
    title: &'static str,
    on: &'static str,
    by: &'static str,
    tags: &'static str,
    link: &'static str,
    /// An item that came of a meeting.
    pub(crate) item: &'static str,
}

pub(crate) const FRENCH: WatchWords = WatchWords {
    title: "Veille",
    on: "Vu le",
    by: "Ajouté par",
    tags: "Mots-clés",
    link: "Lien",
    item: "Veille",
};

pub(crate) const ENGLISH: WatchWords = WatchWords {
    title: "Watch",
    on: "Seen on",
    by: "Added by",
    tags: "Tags",
    link: "Link",
    item: "Watch",
};

/// Every item as text.
pub(crate) fn markdown(export: &NetworkExport, words: &Words) -> String {
    let said = words.watch;
    let mut text = format!("# {}\n", said.title);
    for WatchExport { item, name } in &export.watch {
        push(
            &mut text,
            format_args!("\n## {}\n\n", line(title_of(&item.title, words))),
        );
        let facts = [
            (said.on, item.on.as_str()),
            (said.by, name),
            (said.tags, &item.tags.join(", ")),
            (said.link, &item.link),
        ];
        for (fact, value) in facts {
            if !value.trim().is_empty() {
                push(
                    &mut text,
                    format_args!("- {fact}{}{}\n", words.colon, inline(value)),
                );
            }
        }
        for paragraph in item.summary.lines().filter(|one| !one.trim().is_empty()) {
            push(&mut text, format_args!("\n{}\n", line(paragraph)));
        }
    }
    text
}

/// Every item as a row.
pub(crate) fn csv(export: &NetworkExport) -> ExportFile {
    let mut table = Table::new(&["id", "title", "on", "by", "tags", "link", "summary"]);
    for WatchExport { item, name } in &export.watch {
        table.row(&[
            &item.id.to_string(),
            &item.title,
            &item.on,
            name,
            &item.tags.join(", "),
            &item.link,
            &item.summary,
        ]);
    }
    ExportFile {
        path: "watch.csv".to_owned(),
        bytes: table.into_text().into_bytes(),
    }
}

/// Every item as data.
pub(crate) fn values(export: &NetworkExport) -> Vec<Value> {
    export.watch.iter().map(|one| json!(one.item)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::{export, text};

    #[test]
    fn each_item_says_when_by_whom_and_where_and_its_words_are_words() {
        let export = export();
        let written = markdown(&export, Words::of(&export));
        assert!(written.starts_with("# Veille\n"), "{written}");
        assert!(written.contains("## Un \\*décret\\*"), "{written}");
        assert!(written.contains("- Vu le : 2026-11-24\n"), "{written}");
        assert!(written.contains("- Ajouté par : Ana Garçon\n"), "{written}");
        assert!(written.contains("\n\\- Il change tout.\n"), "{written}");
        let sheet = csv(&export);
        assert!(text(&sheet).contains("'=1+1"), "{}", text(&sheet));
        assert_eq!(values(&export)[0]["tags"], json!(["droit", "formation"]));
    }
}
