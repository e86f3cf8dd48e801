//! What differs between two versions, word by word, for people to read.

mod asking;
mod decision;
mod meeting;
mod roles;

use serde::Serialize;
use similar::{Algorithm, DiffTag, capture_diff_slices};

pub use asking::whole_rhythms;
pub use decision::whole_decisions;
pub use meeting::whole_meetings;
pub use roles::whole_roles;

use crate::{
    CharterContent, CharterField, Line, NetworkContent, NetworkField, PageContent, PageField, keys,
};

/// Up to how many words, old and new together, are compared one by one; beyond, whole lines are compared
/// first, which bounds what it can cost.
const BY_WORD: usize = 6_000;

/// A stretch of a text that was compared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Piece {
    /// In both.
    Same(String),
    /// Only in the old one.
    Out(String),
    /// Only in the new one.
    In(String),
}

/// A field that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// The field's name: `values`, `body`, or as in a command.
    pub field: String,
    /// Its old and new text, taken apart.
    pub pieces: Vec<Piece>,
}

impl Difference {
    fn between(field: String, old: &str, new: String) -> Self {
        let pieces = if *old == new {
            vec![Piece::Same(new)]
        } else {
            compare_words(old, &new)
        };
        Self { field, pieces }
    }

    /// Whether the two versions say something else here.
    pub fn differs(&self) -> bool {
        let same = |piece: &Piece| matches!(piece, Piece::Same(_));
        !self.pieces.iter().all(same)
    }

    /// What the older version says here.
    pub fn older(&self) -> String {
        let said = self.pieces.iter().filter_map(|piece| match piece {
            Piece::Same(text) | Piece::Out(text) => Some(text.as_str()),
            Piece::In(_) => None,
        });
        said.collect()
    }

    /// What the newer version says here.
    pub fn newer(&self) -> String {
        let said = self.pieces.iter().filter_map(|piece| match piece {
            Piece::Same(text) | Piece::In(text) => Some(text.as_str()),
            Piece::Out(_) => None,
        });
        said.collect()
    }
}

/// The fields in which two versions of a charter differ, in the order of the form. Lists are compared as lines.
pub fn compare_charters(old: &CharterContent, new: &CharterContent) -> Vec<Difference> {
    differences(charter_fields(old, new))
}

/// Whether two versions of a charter say the same: without looking for what differs.
pub fn same_charters(old: &CharterContent, new: &CharterContent) -> bool {
    let fields = charter_fields(old, new);
    fields.iter().all(|(_, old, new)| old == new)
}

fn charter_fields<'a>(old: &CharterContent, new: &CharterContent) -> [Field<'a>; 12] {
    use CharterField as C;
    // Compared where both say something of them.
    let purposes = old.purposes.as_ref().zip(new.purposes.as_ref());
    let (before, after) = purposes.map_or_else(Default::default, |(old, new)| {
        (old.join("\n"), new.join("\n"))
    });
    [
        (keys::PURPOSES, before, after),
        (keys::VALUES, lines(&old.values), lines(&new.values)),
        field(
            C::ExchangeRules.key(),
            &old.exchange_rules,
            &new.exchange_rules,
        ),
        field(
            C::DecisionRule.key(),
            &old.decision_rule,
            &new.decision_rule,
        ),
        field(C::Method.key(), &old.method, &new.method),
        field(C::Threshold.key(), &old.threshold, &new.threshold),
        field(C::ThresholdOf.key(), &old.threshold_of, &new.threshold_of),
        field(C::Abstentions.key(), &old.abstentions, &new.abstentions),
        field(C::Quorum.key(), &old.quorum, &new.quorum),
        field(C::Language.key(), &old.language, &new.language),
        field(C::ReviewDate.key(), &old.review_date, &new.review_date),
        field(keys::BODY, &old.body, &new.body),
    ]
}

/// The fields in which two versions of a page differ.
pub fn compare_pages(old: &PageContent, new: &PageContent) -> Vec<Difference> {
    differences(page_fields(old, new))
}

fn page_fields<'a>(old: &PageContent, new: &PageContent) -> [Field<'a>; 3] {
    [
        field(PageField::Title.key(), &old.title, &new.title),
        (keys::TAGS, old.tags.join("\n"), new.tags.join("\n")),
        field(keys::BODY, &old.body, &new.body),
    ]
}

/// The fields in which two versions of what a network says of itself differ; its roles are compared by [`whole_roles`].
pub fn compare_networks(old: &NetworkContent, new: &NetworkContent) -> Vec<Difference> {
    differences(network_fields(old, new))
}

fn network_fields<'a>(old: &NetworkContent, new: &NetworkContent) -> [Field<'a>; 7] {
    use NetworkField as N;
    [
        field(N::Name.key(), &old.name, &new.name),
        (keys::PURPOSES, lines(&old.purposes), lines(&new.purposes)),
        field(N::Kind.key(), &old.kind, &new.kind),
        ("kinds", kinds(old), kinds(new)),
        ("relations", relations(old), relations(new)),
        field(N::Membership.key(), &old.membership, &new.membership),
        field(N::ReviewDate.key(), &old.review_date, &new.review_date),
    ]
}

/// All that a charter says, field by field, in two versions: like [`compare_charters`], with the fields that say the same.
pub fn whole_charters(old: &CharterContent, new: &CharterContent) -> Vec<Difference> {
    whole(charter_fields(old, new))
}

/// All that a page says in two versions: like [`compare_pages`], with the fields that say the same.
pub fn whole_pages(old: &PageContent, new: &PageContent) -> Vec<Difference> {
    whole(page_fields(old, new))
}

/// All that a network says of itself in two versions but its roles: like [`compare_networks`], with the fields that say
/// the same.
pub fn whole_networks(old: &NetworkContent, new: &NetworkContent) -> Vec<Difference> {
    whole(network_fields(old, new))
}

/// A field's name, its old and its new text.
type Field<'a> = (&'a str, String, String);

/// What something is called that a document names by its id, as text: a member by name, a working group, an action or a document
/// by title.
pub type Called<'a> = &'a dyn Fn(&str) -> String;

/// A field's name and what it says.
type Said = (&'static str, String);

/// All fields that say something in one of two versions, of which both name the same fields in the same order.
fn by_field(old: Vec<Said>, new: Vec<Said>) -> Vec<Difference> {
    let pairs = old.into_iter().zip(new);
    whole(pairs.map(|((name, old), (_, new))| (name, old, new)))
}

fn called_one<T: ToString>(id: Option<&T>, called: Called<'_>) -> String {
    id.map_or_else(String::new, |id| called(&id.to_string()))
}

/// What several are called, a line each, by name.
fn called_all<'t, T: ToString + 't>(
    ids: impl IntoIterator<Item = &'t T>,
    called: Called<'_>,
) -> String {
    let names = ids.into_iter().map(|id| called(&id.to_string()));
    let mut names: Vec<String> = names.collect();
    names.sort_by_cached_key(|name| (name.to_lowercase(), name.clone()));
    names.join("\n")
}

fn texts<T: AsRef<str>>(lines: impl Iterator<Item = T>) -> String {
    let mut text = String::new();
    for (place, line) in lines.enumerate() {
        if place > 0 {
            text.push('\n');
        }
        text.push_str(line.as_ref());
    }
    text
}

/// How many there are; nothing where there are none.
fn count(number: usize) -> String {
    if number == 0 {
        String::new()
    } else {
        number.to_string()
    }
}

fn mark(on: bool) -> String {
    if on { "true" } else { "" }.to_owned()
}

fn field<'a>(name: &'a str, old: &str, new: &str) -> Field<'a> {
    (name, old.to_owned(), new.to_owned())
}

fn kinds(network: &NetworkContent) -> String {
    let kinds: Vec<&str> = network.kinds.iter().map(|kind| kind.word()).collect();
    kinds.join("\n")
}

fn relations(network: &NetworkContent) -> String {
    let relations = network.relations.iter();
    // The kind first: it is one word, and a name may be any.
    let said = relations.map(|one| format!("{} {} {}", one.kind.word(), one.name, one.words));
    let said: Vec<String> = said.map(|line| line.trim_end().to_owned()).collect();
    said.join("\n")
}

fn lines(lines: &[Line]) -> String {
    let texts: Vec<&str> = lines.iter().map(|line| line.text.as_str()).collect();
    texts.join("\n")
}

fn whole<'a>(fields: impl IntoIterator<Item = Field<'a>>) -> Vec<Difference> {
    let said = fields
        .into_iter()
        .filter(|(_, old, new)| !old.is_empty() || !new.is_empty());
    said.map(|(field, old, new)| Difference::between(field.to_owned(), &old, new))
        .collect()
}

fn differences<const N: usize>(fields: [Field<'_>; N]) -> Vec<Difference> {
    fields
        .into_iter()
        .filter(|(_, old, new)| old != new)
        .map(|(field, old, new)| Difference {
            field: field.to_owned(),
            pieces: compare_words(&old, &new),
        })
        .collect()
}

/// Two texts taken apart into what both say and what only one says. The old text is its `Same` and `Out` pieces
/// one after the other, the new one its `Same` and `In` pieces. The answer depends on the two texts alone.
pub fn compare_words(old: &str, new: &str) -> Vec<Piece> {
    let mut pieces = Pieces::default();
    let (old_words, new_words) = (words(old), words(new));
    if old_words.len() + new_words.len() <= BY_WORD {
        pieces.compare(&old_words, &new_words);
    } else {
        let old_lines: Vec<&str> = old.split_inclusive('\n').collect();
        let new_lines: Vec<&str> = new.split_inclusive('\n').collect();
        for op in capture_diff_slices(Algorithm::Patience, &old_lines, &new_lines) {
            let (tag, from, to) = op.as_tag_tuple();
            let (from, to) = (old_lines[from].concat(), new_lines[to].concat());
            let (from_words, to_words) = (words(&from), words(&to));
            if tag == DiffTag::Equal {
                pieces.same(&from);
            } else if from_words.len() + to_words.len() <= BY_WORD {
                pieces.compare(&from_words, &to_words);
            } else {
                pieces.differ(&from, &to);
            }
        }
    }
    pieces.finish()
}

/// A text as words, spaces and signs.
fn words(text: &str) -> Vec<&str> {
    let kind = |char: char| {
        if char.is_alphanumeric() {
            0
        } else if char.is_whitespace() {
            1
        } else {
            2
        }
    };
    let mut words = Vec::new();
    let mut from = 0;
    let mut last = None;
    for (at, char) in text.char_indices() {
        let now = kind(char);
        if last.is_some_and(|last| last != now || now == 2) {
            words.push(&text[from..at]);
            from = at;
        }
        last = Some(now);
    }
    if from < text.len() {
        words.push(&text[from..]);
    }
    words
}

/// Pieces in the making: what differs is gathered until something stays the same.
#[derive(Default)]
struct Pieces {
    done: Vec<Piece>,
    out: String,
    new: String,
}

impl Pieces {
    fn compare(&mut self, old: &[&str], new: &[&str]) {
        for op in capture_diff_slices(Algorithm::Myers, old, new) {
            let (tag, from, to) = op.as_tag_tuple();
            if tag == DiffTag::Equal {
                self.same(&old[from].concat());
            } else {
                self.differ(&old[from].concat(), &new[to].concat());
            }
        }
    }

    fn same(&mut self, text: &str) {
        let differs = !self.out.is_empty() || !self.new.is_empty();
        // A space between two words that changed belongs to the change.
        if differs && text.chars().all(|char| char == ' ' || char == '\u{a0}') {
            self.out.push_str(text);
            self.new.push_str(text);
            return;
        }
        self.flush();
        if let Some(Piece::Same(last)) = self.done.last_mut() {
            last.push_str(text);
        } else if !text.is_empty() {
            self.done.push(Piece::Same(text.to_owned()));
        }
    }

    fn differ(&mut self, old: &str, new: &str) {
        self.out.push_str(old);
        self.new.push_str(new);
    }

    fn flush(&mut self) {
        let (out, new) = (std::mem::take(&mut self.out), std::mem::take(&mut self.new));
        if out == new {
            if !out.is_empty() {
                self.same(&out);
            }
            return;
        }
        if !out.is_empty() {
            self.done.push(Piece::Out(out));
        }
        if !new.is_empty() {
            self.done.push(Piece::In(new));
        }
    }

    fn finish(mut self) -> Vec<Piece> {
        self.flush();
        self.done
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn side(pieces: &[Piece], new: bool) -> String {
        let said = pieces.iter().map(|piece| match piece {
            Piece::Same(text) => text,
            Piece::Out(text) if !new => text,
            Piece::In(text) if new => text,
            _ => "",
        });
        said.collect()
    }

    proptest! {
        #[test]
        fn both_texts_can_be_read_from_the_pieces(
            old in "([a-cé ]{0,6}[.\n']?){0,12}", new in "([a-cé ]{0,6}[.\n']?){0,12}",
        ) {
            let pieces = compare_words(&old, &new);
            prop_assert_eq!(side(&pieces, false), old);
            prop_assert_eq!(side(&pieces, true), new);
        }
    }

    #[test]
    fn whole_words_change_and_the_rest_is_left_in_peace() {
        let pieces = compare_words(
            "Chaque membre a une voix, et une seule.",
            "Chaque structure membre a une voix, jamais deux.",
        );
        let (same, out, new) = (
            |text: &str| Piece::Same(text.into()),
            |text: &str| Piece::Out(text.into()),
            |text: &str| Piece::In(text.into()),
        );
        assert_eq!(
            pieces,
            [
                same("Chaque "),
                new("structure "),
                same("membre a une voix, "),
                out("et une seule"),
                new("jamais deux"),
                same("."),
            ]
        );
    }

    #[test]
    fn a_long_charter_is_compared_line_by_line_first() {
        let line = |number: usize| format!("article {number} : chacun fait sa part\n");
        let old: String = (0..3_000).map(line).collect();
        let new = old.replace("article 1500 : chacun", "article 1500 : chacune");
        let pieces = compare_words(&old, &new);
        assert_eq!(side(&pieces, true), new);
        let changed: Vec<&Piece> = pieces
            .iter()
            .filter(|piece| !matches!(piece, Piece::Same(_)))
            .collect();
        assert_eq!(
            changed,
            [&Piece::Out("chacun".into()), &Piece::In("chacune".into())]
        );
    }
}
