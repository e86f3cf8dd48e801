//! The toolbox: short sheets on working together, carried in the program, in French and English.
//!
//! Each helps where something does not go well; a network copies one into its library to make it its own.

use serde::Serialize;

/// One sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Sheet {
    /// Names it, in every language.
    pub id: &'static str,
    /// Its title.
    pub title: &'static str,
    /// What it is for, in a sentence.
    pub about: &'static str,
    /// Its Markdown text, without the title.
    pub text: &'static str,
    /// The statements on working together ([`crate::model::STATEMENTS`]) that it helps with.
    pub helps: &'static [&'static str],
}

macro_rules! sheets {
    ($($id:literal: $($helps:literal),+;)*) => {
        /// Ids, texts in French and English, statements.
        const SHEETS: &[(&str, &str, &str, &[&str])] = &[$((
            $id,
            include_str!(concat!("../toolbox/fr/", $id, ".md")),
            include_str!(concat!("../toolbox/en/", $id, ".md")),
            &[$($helps),+],
        ),)*];
    };
}

sheets! {
    "voices": "want-voice";
    "trust": "want-trust", "can-rules";
    "contributions": "want-value", "want-voice";
    "energy": "want-energy", "can-means";
    "consent": "want-trust", "can-rules", "know-methods";
    "place": "can-place";
    "resources": "can-means", "want-value";
    "neighbours": "can-others", "can-place";
    "language": "know-language", "know-picture";
    "meetings": "know-methods", "want-voice";
    "traces": "know-tools", "can-means";
    "project": "know-methods", "know-picture";
    "closing": "want-energy", "can-others";
}

/// Every sheet in a language (`fr`; anything else: English), in order.
pub fn sheets(lang: &str) -> Vec<Sheet> {
    SHEETS
        .iter()
        .map(|(id, fr, en, helps)| read(id, if lang == "fr" { fr } else { en }, helps))
        .collect()
}

/// The sheet with this id.
pub fn sheet(id: &str, lang: &str) -> Option<Sheet> {
    sheets(lang).into_iter().find(|sheet| sheet.id == id)
}

/// The sheets that help with a statement.
pub fn sheets_for(statement: &str, lang: &str) -> Vec<Sheet> {
    let mut sheets = sheets(lang);
    sheets.retain(|sheet| sheet.helps.contains(&statement));
    sheets
}

/// The tag that a sheet bears in a library.
pub(crate) fn tag(lang: &str) -> &'static str {
    if lang == "fr" {
        "boîte à outils"
    } else {
        "toolbox"
    }
}

/// A sheet from its file: the title, what it is for, the text, an empty line after each of the first two.
fn read(id: &'static str, text: &'static str, helps: &'static [&'static str]) -> Sheet {
    let (title, rest) = text.split_once("\n\n").unwrap_or((text, ""));
    let (about, text) = rest.split_once("\n\n").unwrap_or((rest, ""));
    Sheet {
        id,
        title: title.trim_start_matches("# "),
        about,
        text,
        helps,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tresse_model::{STATEMENTS, statement};

    #[test]
    fn every_sheet_reads_in_both_languages_and_helps_with_statements_that_there_are() {
        for lang in ["fr", "en"] {
            for sheet in sheets(lang) {
                let words = sheet.text.split_whitespace().count();
                assert!((80..600).contains(&words), "{} {lang}: {words}", sheet.id);
                assert!(!sheet.title.is_empty() && !sheet.title.starts_with('#'));
                assert!(sheet.about.ends_with('.'), "{} {lang}", sheet.id);
                assert!(sheet.text.contains("\n## "), "{} {lang}", sheet.id);
                assert!(sheet.helps.iter().all(|one| statement(one).is_some()));
            }
        }
        assert_ne!(
            sheet("consent", "fr").unwrap(),
            sheet("consent", "en").unwrap()
        );
        assert_eq!(sheet("magic", "fr"), None);
    }

    #[test]
    fn every_statement_leads_to_a_sheet_that_helps() {
        for statement in STATEMENTS {
            assert!(
                !sheets_for(statement.key, "fr").is_empty(),
                "{}",
                statement.key
            );
        }
    }
}
