//! Who wrote a line of a text: names and days on one calm line below it.

use std::{ops::Range, sync::Arc};

use egui::Ui;
use tresse_engine::{LineView, model::DocId};

use super::Cx;
use crate::{app::asks::Ask, i18n::I18n, theme, tr};

/// So many lines are asked for at once.
const BLOCK: usize = 64;

/// A text is asked about once nobody has written in it for so many seconds.
const REST: f64 = 0.4;

/// How many people are named.
const NAMED: usize = 4;

/// Which lines are asked for: a block of them, of a text in one state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lines {
    /// The document.
    pub doc: DocId,
    block: usize,
    state: u64,
}

impl Lines {
    /// The lines, counted from 0.
    pub fn range(&self) -> Range<usize> {
        self.block * BLOCK..(self.block + 1) * BLOCK
    }
}

/// What is known of who wrote.
#[derive(Default)]
pub(super) struct Authors {
    /// Whether it is shown.
    pub(super) shown: bool,
    text: Option<Arc<str>>,
    /// Counts the states of the text.
    state: u64,
    changed: f64,
    asked: Option<Lines>,
    came: Option<(Lines, Vec<LineView>)>,
}

impl Authors {
    /// Takes an answer.
    pub(super) fn came(&mut self, lines: &Lines, views: &[LineView]) {
        if self.asked.as_ref() == Some(lines) {
            self.came = Some((lines.clone(), views.to_vec()));
        }
    }

    /// Paints who wrote a line (counted from 0), first asking for it.
    pub(super) fn ui(
        &mut self,
        ui: &mut Ui,
        cx: &mut Cx<'_>,
        doc: DocId,
        text: &Arc<str>,
        line: usize,
    ) {
        if !self
            .text
            .as_ref()
            .is_some_and(|known| Arc::ptr_eq(known, text))
        {
            self.changed = if self.text.is_some() {
                cx.time
            } else {
                f64::MIN
            };
            self.text = Some(Arc::clone(text));
            self.state += 1;
        }
        let wanted = Lines {
            doc,
            block: line / BLOCK,
            state: self.state,
        };
        if self.asked.as_ref() != Some(&wanted) {
            let rest = self.changed + REST - cx.time;
            if rest > 0.0 {
                ui.ctx().request_repaint_after_secs(rest as f32);
            } else {
                self.asked = Some(wanted.clone());
                cx.ask(Ask::Lines(cx.id(), wanted.clone()));
            }
        }
        // What was known stays until the newer has come.
        let known = self
            .came
            .as_ref()
            .filter(|(lines, _)| lines.doc == wanted.doc && lines.block == wanted.block);
        let view = known.and_then(|(_, views)| views.get(line % BLOCK));
        let said = match (known, view) {
            (None, _) => tr!(cx.words, "lines-coming", line = line + 1),
            (_, Some(view)) if !view.authors.is_empty() => said(cx.words, view),
            _ => tr!(cx.words, "lines-empty", line = line + 1),
        };
        let label = egui::RichText::new(said)
            .font(theme::Face::Text.at(theme::tokens(ui).text.small))
            .color(theme::tokens(ui).color.muted);
        ui.add(egui::Label::new(label).truncate());
    }
}

/// « Ligne 12 : Ana, 3 mars 2026 · Bo, 12 mars 2026 ».
fn said(words: &I18n, view: &LineView) -> String {
    let mut who: Vec<String> = view
        .authors
        .iter()
        .take(NAMED)
        .map(|author| {
            let name = if author.name.is_empty() {
                tr!(words, "history-nobody")
            } else {
                author.name.clone()
            };
            tr!(
                words,
                "lines-author",
                name = name,
                day = words.day_of(author.to)
            )
        })
        .collect();
    let more = view.authors.len().saturating_sub(NAMED);
    if more > 0 {
        who.push(tr!(words, "lines-more", count = more));
    }
    tr!(words, "lines-said", line = view.line, who = who.join(" · "))
}
