//! Light starting frames for what a network can be for: a few headings for its charter, and objectives with indicators to choose from.
//!
//! The known ones lie in `templates/`, in French and English. A person may write one of their own, in the same form:
//!
//! ```json
//! {
//!   "tresse-template": 1,
//!   "name": "Un jardin partagé",
//!   "kinds": ["pool-means"],
//!   "purposes": ["Cultiver ensemble"],
//!   "charter": [{"heading": "Les clés du jardin", "ask": "Qui les garde ?"}],
//!   "objectives": [{"title": "Une première récolte", "indicators": [{"name": "Paniers", "unit": "paniers"}]}]
//! }
//! ```
//!
//! Everything but the first two is optional. A key that is not known is refused rather than passed over: it would be a mistake that nobody
//! sees. What is refused is named with its line.

use std::{path::Path, sync::LazyLock};

use serde::{Deserialize, Deserializer, de::Error as _};
use tresse_model::{FIELD_MAX, NetworkKind, TITLE_MAX};

use crate::CommandError;

/// The longest template, in bytes.
pub(crate) const LONGEST: usize = 200_000;
/// As many of one thing as a template may hold: it is to be light.
const MOST: usize = 50;

const FRENCH: &str = include_str!("../templates/fr.json");
const ENGLISH: &str = include_str!("../templates/en.json");

/// A starting frame.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Template {
    #[serde(rename = "tresse-template")]
    #[allow(dead_code, reason = "read to be checked")]
    form: Form,
    /// What it is called.
    #[allow(dead_code, reason = "for who reads the file")]
    name: Title,
    /// What it is for.
    #[serde(default)]
    pub(crate) kinds: Vec<NetworkKind>,
    /// Purposes in words.
    #[serde(default)]
    pub(crate) purposes: Few<Words>,
    /// Headings of the charter.
    #[serde(default)]
    pub(crate) charter: Few<Heading>,
    /// Objectives.
    #[serde(default)]
    pub(crate) objectives: Few<Suggested>,
}

/// A heading of the charter, with the question that its text answers.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Heading {
    pub(crate) heading: Title,
    #[serde(default)]
    pub(crate) ask: Option<Words>,
}

/// An objective that one may take up.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Suggested {
    pub(crate) title: Title,
    #[serde(default)]
    pub(crate) indicators: Few<Measured>,
}

/// An indicator of such an objective.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Measured {
    pub(crate) name: Title,
    #[serde(default)]
    pub(crate) unit: Option<Words>,
}

/// The form of the file: there is one so far.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Form;

impl<'de> Deserialize<'de> for Form {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        match u64::deserialize(from)? {
            1 => Ok(Self),
            other => Err(D::Error::custom(format!(
                "this is a template of form {other}, and this Tresse knows form 1"
            ))),
        }
    }
}

macro_rules! bounded {
    ($(#[$doc:meta])* $name:ident, $max:expr, $one_line:expr) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub(crate) struct $name(String);

        impl $name {
            pub(crate) fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let text = String::deserialize(from)?;
                if text.trim().is_empty() {
                    return Err(D::Error::custom("a text here may not be empty"));
                }
                if text.chars().count() > $max {
                    return Err(D::Error::custom(format!("a text here has at most {} characters", $max)));
                }
                if $one_line && text.chars().any(char::is_control) {
                    return Err(D::Error::custom("a title stands on one line"));
                }
                Ok(Self(text.trim().to_owned()))
            }
        }
    };
}

bounded!(
    /// One line.
    Title, TITLE_MAX, true
);
bounded!(
    /// A few words, perhaps on several lines.
    Words, FIELD_MAX, false
);

/// A short list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Few<T>(Vec<T>);

impl<T> Default for Few<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> std::ops::Deref for Few<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.0
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Few<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let all = Vec::deserialize(from)?;
        if all.len() > MOST {
            return Err(D::Error::custom(format!(
                "a template is light: at most {MOST} of one thing"
            )));
        }
        Ok(Self(all))
    }
}

impl Template {
    /// Reads a template that a person wrote.
    ///
    /// # Errors
    /// `bad-template`, with the line and what is wrong there.
    pub(crate) fn parse(text: &str) -> Result<Self, CommandError> {
        let refuse = |said: String| CommandError::new("bad-template", said);
        if text.len() > LONGEST {
            return Err(too_long());
        }
        let text = text.trim_start_matches('\u{feff}');
        serde_json::from_str(text).map_err(|error| {
            let said = error.to_string();
            let place = format!(" at line {} column {}", error.line(), error.column());
            let said = said.strip_suffix(&place).unwrap_or(&said);
            refuse(format!("line {}: {said}", error.line().max(1)))
        })
    }

    /// The known templates, in `fr` or `en`, in the order of [`NetworkKind::ALL`].
    pub(crate) fn known(lang: &str) -> &'static [Self] {
        static KNOWN: LazyLock<[Vec<Template>; 2]> = LazyLock::new(|| {
            // That both read is for a test to say.
            [FRENCH, ENGLISH].map(|source| serde_json::from_str(source).unwrap_or_default())
        });
        &KNOWN[usize::from(lang == "en")]
    }
}

/// The text of a template file, once it is known to be one ([`crate::Command::TemplateApply`] takes it).
///
/// # Errors
/// `io` where it cannot be read; `bad-template`, with the line and what is wrong there.
pub fn read_template(file: &Path) -> Result<String, CommandError> {
    let failed = |error| crate::export::io(file, &error);
    let length = std::fs::metadata(file).map_err(failed)?.len();
    if length > LONGEST as u64 {
        return Err(too_long());
    }
    let text = String::from_utf8(std::fs::read(file).map_err(failed)?)
        .map_err(|_| CommandError::new("bad-template", "line 1: this is no UTF-8 text"))?;
    Template::parse(&text)?;
    Ok(text)
}

fn too_long() -> CommandError {
    let message = format!("line 1: a template has at most {LONGEST} bytes");
    CommandError::new("bad-template", message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_a_frame_of_the_same_shape_in_both_languages() {
        let shape = |lang: &str| -> Vec<(NetworkKind, usize, usize)> {
            let known = Template::known(lang);
            let shapes = known.iter().map(|one| {
                (
                    one.kinds[0],
                    one.charter.len(),
                    one.objectives[0].indicators.len(),
                )
            });
            shapes.collect()
        };
        assert_eq!(shape("fr"), shape("en"));
        let kinds: Vec<_> = shape("fr").into_iter().map(|(kind, ..)| kind).collect();
        assert_eq!(kinds, NetworkKind::ALL);
        assert!(shape("fr").iter().all(|(_, headings, _)| *headings >= 3));
    }

    #[test]
    fn a_broken_template_is_refused_with_its_line_and_what_to_change() {
        for (text, line, said) in [
            ("", 1, "EOF"),
            ("ce n’est pas un modèle", 1, "expected value"),
            ("{\n  \"tresse-template\": 1\n}", 3, "missing field `name`"),
            ("{\"tresse-template\": 2,\n\"name\": \"x\"}", 1, "form 2"),
            (
                "{\n\"tresse-template\": 1,\n\"name\": \"x\",\n\"chartre\": []\n}",
                4,
                "unknown field `chartre`",
            ),
            (
                "{\n\"tresse-template\": 1,\n\"name\": \"x\",\n\"kinds\": [\n\"party\"]\n}",
                5,
                "unknown variant `party`",
            ),
            (
                "{\n\"tresse-template\": 1,\n\"name\": \"x\",\n\"charter\": [\n{\"heading\": \"  \"}]\n}",
                5,
                "may not be empty",
            ),
        ] {
            let error = Template::parse(text).unwrap_err();
            assert_eq!(error.code, "bad-template");
            let place = format!("line {line}: ");
            assert!(error.message.starts_with(&place), "{}", error.message);
            assert!(error.message.contains(said), "{}", error.message);
        }
        let many = format!(
            "{{\"tresse-template\":1,\"name\":\"x\",\"purposes\":[{}]}}",
            ["\"a\""; 51].join(",")
        );
        assert!(
            Template::parse(&many)
                .unwrap_err()
                .message
                .contains("light")
        );
    }

    #[test]
    fn titles_of_every_script_are_taken_as_they_are() {
        let text = "\u{feff}{\"tresse-template\":1,\"name\":\"שלום 🧶\",\"purposes\":[\"مرحبا\"]}";
        let template = Template::parse(text).unwrap();
        assert_eq!(template.purposes[0].as_str(), "مرحبا");
    }
}
