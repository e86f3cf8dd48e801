//! Twins: what several people took up of one suggestion, apart.
//!
//! Each item remembers which suggestion it came of and the words that it was taken up with (as a digest). While its words are still
//! those, and nothing else was written in it, nobody changed it. Of the twins of one suggestion, reading shows
//!
//! - those that somebody changed, all of them, if there are any;
//! - else the one with the lowest id.
//!
//! That is a function of what the document says, so it comes out the same everywhere. A twin that is not shown is still there: as soon
//! as somebody writes in it, it shows. Items of older versions remember nothing, and stand each for itself.
//!
//! A heading of the charter is text like any other, in which everybody's places count on what stands there. So a twin of it is not
//! passed over but taken out, by who wrote it ([`twin_headings`]).

use std::collections::BTreeMap;

use automerge::{Automerge, ObjId, ROOT, ReadDoc};

use crate::{Indicator, ItemId, Line, Objective, Splice, body_text, elems::elem_at, keys, read};

/// What an item remembers of the suggestion that it came of.
#[derive(Debug, Clone, Default)]
pub(crate) struct Taken {
    /// Which suggestion; empty: none.
    pub(crate) suggestion: String,
    /// The words that it was taken up with.
    pub(crate) words: String,
}

impl Taken {
    /// The words of a purpose.
    pub(crate) fn line(text: &str) -> String {
        digest([text])
    }

    /// The words of an objective and its indicators, each with its unit.
    pub(crate) fn objective<'a>(
        title: &'a str,
        indicators: impl Iterator<Item = (&'a str, &'a str)>,
    ) -> String {
        digest(std::iter::once(title).chain(indicators.flat_map(|(name, unit)| [name, unit])))
    }
}

/// A short name of some texts, one after the other.
fn digest<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    let mut hasher = blake3::Hasher::new_derive_key("tresse 2026 words of a suggestion");
    for text in texts {
        hasher
            .update(&(text.len() as u64).to_be_bytes())
            .update(text.as_bytes());
    }
    hasher.finalize().to_hex()[..32].to_owned()
}

/// Something that may have been taken up of a suggestion.
pub(crate) trait Suggested {
    /// Its name.
    fn id(&self) -> ItemId;
    /// The words it would have been taken up with; `None`: more is said in it than any suggestion says.
    fn words(&self) -> Option<String>;
}

impl Suggested for Line {
    fn id(&self) -> ItemId {
        self.id
    }

    fn words(&self) -> Option<String> {
        self.conflicts.is_empty().then(|| Taken::line(&self.text))
    }
}

impl Suggested for Objective {
    fn id(&self) -> ItemId {
        self.id
    }

    fn words(&self) -> Option<String> {
        let plain = |one: &Indicator| {
            let said = [&one.baseline, &one.target, &one.current];
            said.iter().all(|text| text.is_empty())
                && one.measures.is_empty()
                && one.conflicts.is_empty()
        };
        let said = [&self.deadline, &self.means, &self.learned];
        let bare = said.iter().all(|text| text.is_empty())
            && self.orientation.is_none()
            && self.conflicts.is_empty()
            && self.indicators.iter().all(plain);
        let measured = self.indicators.iter();
        let measured = measured.map(|one| (one.name.as_str(), one.unit.as_str()));
        bare.then(|| Taken::objective(&self.title, measured))
    }
}

/// Of each twin that is not shown, the one that is shown for it.
pub type Twins = BTreeMap<ItemId, ItemId>;

/// Those that show, in their order, and of each other one which of them is shown for it.
pub(crate) fn shown<T: Suggested>(items: Vec<(T, Taken)>) -> (Vec<T>, Twins) {
    let mut groups: BTreeMap<&str, Vec<(ItemId, bool)>> = BTreeMap::new();
    for (item, taken) in items
        .iter()
        .filter(|(_, taken)| !taken.suggestion.is_empty())
    {
        let untouched = item.words().as_ref() == Some(&taken.words);
        let group = groups.entry(&taken.suggestion).or_default();
        group.push((item.id(), untouched));
    }
    let mut twins = Twins::new();
    for group in groups.values().filter(|group| group.len() > 1) {
        let lowest = |of: &dyn Fn(bool) -> bool| {
            let these = group.iter().filter(|(_, untouched)| of(*untouched));
            these.map(|(id, _)| *id).min()
        };
        let Some(standing) = lowest(&|untouched| !untouched).or_else(|| lowest(&|_| true)) else {
            continue;
        };
        let behind = group
            .iter()
            .filter(|(id, untouched)| *untouched && *id != standing);
        twins.extend(behind.map(|(id, _)| (*id, standing)));
    }
    let items = items.into_iter().map(|(item, _)| item);
    let items = items.filter(|item| !twins.contains_key(&item.id()));
    (items.collect(), twins)
}

/// Where the charter remembers what was written for a suggested heading.
pub(crate) fn heading_key(suggestion: &str, written: &str) -> String {
    format!("{}{}/{suggestion}", keys::HEADING, digest([written.trim()]))
}

/// What is to be taken out of the charter's text (from its end on), where a suggested heading stands in it more than once: of what `mine` wrote
/// (an actor), those under which nobody wrote anything, but for the first in the text if nobody wrote under any of its twins.
///
/// Each writer takes out their own, so two who do so at once never take out both; and who did it already finds nothing left to do.
pub fn twin_headings(charter: &Automerge, mine: &dyn Fn(&[u8]) -> bool) -> Vec<Splice> {
    let known = suggested_headings(charter);
    let Some(body) = read::body(charter, None).filter(|_| !known.is_empty()) else {
        return Vec::new();
    };
    let text = body_text(charter);
    let mut groups: BTreeMap<&str, Vec<(&Section<'_>, bool)>> = BTreeMap::new();
    let sections = sections(&text);
    for section in &sections {
        for (suggestion, written) in &known {
            if written
                .iter()
                .any(|text| first_line(text) == section.heading())
            {
                let untouched = written
                    .iter()
                    .any(|text| text.trim() == section.text.trim());
                groups
                    .entry(suggestion)
                    .or_default()
                    .push((section, untouched));
            }
        }
    }
    let mut out: Vec<Splice> = Vec::new();
    for group in groups.values().filter(|group| group.len() > 1) {
        let touched = group.iter().any(|(_, untouched)| !untouched);
        let untouched = group.iter().filter(|(_, untouched)| *untouched);
        let behind = untouched.skip(usize::from(!touched));
        let behind = behind.filter(|(section, _)| is_of(charter, &body, section.at, mine));
        out.extend(behind.map(|(section, _)| Splice {
            at: section.at,
            delete: section.text.chars().count(),
            insert: String::new(),
        }));
    }
    out.sort_by_key(|splice| std::cmp::Reverse(splice.at));
    out.dedup();
    out
}

fn is_of(doc: &Automerge, body: &ObjId, at: usize, mine: &dyn Fn(&[u8]) -> bool) -> bool {
    elem_at(doc, body, at).is_some_and(|(elem, _)| mine(elem.actor.to_bytes()))
}

/// By suggestion, everything that was ever written for it (each language has its own words).
fn suggested_headings(charter: &Automerge) -> BTreeMap<String, Vec<String>> {
    let mut known: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for field in charter.map_range(ROOT, ..) {
        let name = field.key.strip_prefix(keys::HEADING);
        let name = name.and_then(|rest| rest.split_once('/'));
        if let (Some((_, suggestion)), Some(written)) = (name, read::text_of(&field)) {
            known
                .entry(suggestion.to_owned())
                .or_default()
                .push(written);
        }
    }
    known
}

/// A heading and what stands under it, up to the next heading.
struct Section<'a> {
    /// Where it begins, in characters.
    at: usize,
    text: &'a str,
}

impl<'a> Section<'a> {
    fn heading(&self) -> &'a str {
        first_line(self.text)
    }
}

fn first_line(text: &str) -> &str {
    text.trim().lines().next().unwrap_or_default().trim_end()
}

fn sections(text: &str) -> Vec<Section<'_>> {
    let mut begins: Vec<usize> = Vec::new();
    let mut byte = 0;
    for line in text.split_inclusive('\n') {
        if line.trim_start_matches('#').starts_with(' ') && line.starts_with('#') {
            begins.push(byte);
        }
        byte += line.len();
    }
    let ends = begins.iter().skip(1).copied().chain([text.len()]);
    let mut at = text[..begins.first().copied().unwrap_or(0)].chars().count();
    let pairs: Vec<(usize, usize)> = begins.iter().copied().zip(ends).collect();
    pairs
        .into_iter()
        .map(|(begin, end)| {
            let section = Section {
                at,
                text: &text[begin..end],
            };
            at += section.text.chars().count();
            section
        })
        .collect()
}
