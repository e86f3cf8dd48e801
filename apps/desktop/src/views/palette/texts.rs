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
    /// When it was asked for, many documents had not been read yet.
    too_early: bool,
    /// What `hits` answer.
    answered: Option<Search>,
    hits: Vec<SearchHit>,
    shown: Vec<Entry>,
    /// What `shown` was made of: what was looked for, the language, how many answer.
    made_of: Option<(Search, Lang, usize)>,
}

impl Texts {
    /// Asks for a search once the letters rest.
    ///
    /// `many_unread`: what comes now is not all there is; it is asked for once more when it is.
    pub(super) fn ask(
        &mut self,
        ui: &Ui,
        (wanted, many_unread): (&Search, bool),
        asks: &mut Vec<Ask>,
    ) {
        let now = ui.input(|input| input.time);
        if self.too_early && !many_unread {
            self.asked = None;
        }
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
            self.too_early = many_unread;
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

#[cfg(test)]
mod tests {
    use egui::{Context, RawInput};

    use super::*;

    #[test]
    fn what_was_looked_for_before_all_was_read_is_looked_for_once_more_when_it_is() {
        let (ctx, mut texts) = (Context::default(), Texts::default());
        let wanted = Search {
            words: "pain".into(),
            ..Search::default()
        };
        let mut asked = |time: f64, many_unread: bool| {
            let mut asks = Vec::new();
            let input = RawInput {
                time: Some(time),
                ..RawInput::default()
            };
            let mut out = ctx.run_ui(input, |ui| {
                texts.ask(ui, (&wanted, many_unread), &mut asks);
            });
            out.textures_delta.clear();
            asks.len()
        };
        assert_eq!(asked(1.0, true), 0, "the letters have to rest");
        assert_eq!(asked(2.0, true), 1);
        assert_eq!(asked(3.0, true), 0);
        assert_eq!(asked(4.0, false), 1);
        assert_eq!(asked(5.0, false), 0);
    }
}
