//! What « Aller à… » finds in texts: searched by the engine a moment after the last letter, and shown below what is found
//! by its name.

use std::collections::HashSet;

use egui::Ui;
use tresse_engine::{Search, SearchHit, model::DocId};

use super::entries::Entry;
use crate::{
    app::{View, asks::Ask},
    i18n::{I18n, Lang},
};

/// How long the letters rest before texts are searched, in seconds.
const PAUSE: f64 = 0.15;
/// Fewer letters are in nearly every text.
const LEAST: usize = 3;

/// What was asked for, what came, and what of it is shown.
#[derive(Default)]
pub(super) struct Texts {
    wanted: Search,
    changed: f64,
    asked: Option<Search>,
    /// What `hits` answer.
    answered: Option<Search>,
    hits: Vec<SearchHit>,
    shown: Vec<Entry>,
    /// What `shown` was made of: what was looked for, the language, how many answer.
    made_of: Option<(Search, Lang, usize)>,
}

impl Texts {
    /// Asks for a search once the letters rest.
    pub(super) fn ask(&mut self, ui: &Ui, wanted: &Search, asks: &mut Vec<Ask>) {
        let now = ui.input(|input| input.time);
        if self.wanted != *wanted {
            wanted.clone_into(&mut self.wanted);
            self.changed = now;
        }
        if wanted.words.chars().count() < LEAST {
            self.asked = None;
            self.answered = None;
            self.made_of = None;
        } else if self.asked.as_ref() == Some(wanted) {
            // It is on its way, or here.
        } else if now - self.changed >= PAUSE {
            self.asked = Some(wanted.clone());
            asks.push(Ask::SearchAll(wanted.clone()));
        } else {
            ui.ctx().request_repaint_after_secs(PAUSE as f32);
        }
    }

    /// Takes what a search brought, unless the person asks for something else by now.
    pub(super) fn found(&mut self, search: Search, hits: Vec<SearchHit>) {
        if self.asked.as_ref() == Some(&search) {
            (self.answered, self.hits) = (Some(search), hits);
            self.made_of = None;
        }
    }

    /// Whether this has been looked for in all texts.
    pub(super) fn answers(&self, wanted: &Search) -> bool {
        self.answered.as_ref() == Some(wanted)
    }

    /// Makes the rows, where what they show has changed; what is found by its name is not shown twice.
    pub(super) fn show<'a>(
        &mut self,
        words: &I18n,
        view: &View,
        wanted: &Search,
        named: impl ExactSizeIterator<Item = &'a Entry>,
    ) {
        // What older words found is not the answer to these.
        let hits: &[SearchHit] = if self.answers(wanted) {
            &self.hits
        } else {
            &[]
        };
        let made_of = (wanted.clone(), words.lang(), named.len() + hits.len());
        if self.made_of.as_ref() == Some(&made_of) {
            return;
        }
        let named: HashSet<DocId> = if hits.is_empty() {
            HashSet::new()
        } else {
            named.filter_map(Entry::document).collect()
        };
        let others = hits.iter().filter(|hit| !named.contains(&hit.doc));
        self.shown = others
            .filter_map(|hit| Entry::in_text(words, view, &wanted.words, hit))
            .collect();
        self.made_of = Some(made_of);
    }

    pub(super) fn shown(&self) -> &[Entry] {
        &self.shown
    }
}
