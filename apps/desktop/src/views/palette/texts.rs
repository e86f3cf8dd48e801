//! What « Aller à… » finds in texts: searched by the engine a moment after the last letter, and shown below what is found
//! by its name.

use std::collections::HashSet;

use egui::Ui;
use tresse_engine::{SearchHit, model::DocId};

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
    typed: String,
    changed: f64,
    asked: String,
    /// The words that `hits` answer.
    query: String,
    hits: Vec<SearchHit>,
    shown: Vec<Entry>,
    /// What `shown` was made of: the words, the language, how many answer.
    made_of: Option<(String, Lang, usize)>,
}

impl Texts {
    /// Asks for a search once the letters rest.
    pub(super) fn ask(&mut self, ui: &Ui, typed: &str, asks: &mut Vec<Ask>) {
        let now = ui.input(|input| input.time);
        if self.typed != typed {
            typed.clone_into(&mut self.typed);
            self.changed = now;
        }
        if typed.chars().count() < LEAST {
            self.found(String::new(), Vec::new());
            self.asked.clear();
        } else if self.asked == typed {
            // It is on its way, or here.
        } else if now - self.changed >= PAUSE {
            typed.clone_into(&mut self.asked);
            asks.push(Ask::SearchAll(typed.to_owned()));
        } else {
            ui.ctx().request_repaint_after_secs(PAUSE as f32);
        }
    }

    /// Takes what a search brought, unless the person asks for something else by now.
    pub(super) fn found(&mut self, query: String, hits: Vec<SearchHit>) {
        if query.is_empty() || query == self.asked {
            (self.query, self.hits) = (query, hits);
            self.made_of = None;
        }
    }

    /// Whether these words have been looked for in all texts.
    pub(super) fn answers(&self, typed: &str) -> bool {
        !typed.is_empty() && self.query == typed
    }

    /// Makes the rows, where what they show has changed; what is found by its name is not shown twice.
    pub(super) fn show<'a>(
        &mut self,
        words: &I18n,
        view: &View,
        typed: &str,
        named: impl ExactSizeIterator<Item = &'a Entry>,
    ) {
        // What older words found is not the answer to these.
        let hits: &[SearchHit] = if self.answers(typed) { &self.hits } else { &[] };
        let made_of = (typed.to_owned(), words.lang(), named.len() + hits.len());
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
            .filter_map(|hit| Entry::in_text(words, view, typed, hit))
            .collect();
        self.made_of = Some(made_of);
    }

    pub(super) fn shown(&self) -> &[Entry] {
        &self.shown
    }
}
