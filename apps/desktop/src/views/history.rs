//! Who changed a document and when, and what each stretch of work changed.

use egui::{ScrollArea, Ui};
use tresse_engine::{ChangeGroup, model::DocId};

use super::{
    Cx,
    differences::{Comparison, Differences},
};
use crate::{
    app::asks::{Ask, Dialogue},
    theme::{self, Icon},
    tr,
};

/// What is known of the history that is shown.
#[derive(Default)]
pub struct History {
    asked: Option<DocId>,
    groups: Option<Result<Vec<ChangeGroup>, String>>,
    chosen: usize,
}

/// The button that shows a document's history.
pub(super) fn button(ui: &mut Ui, cx: &mut Cx<'_>, doc: DocId) {
    let name = tr!(cx.words, "history");
    if theme::icon_button(ui, Icon::ClockCounterClockwise, name).clicked() {
        cx.ask(Ask::Show(Dialogue::History(cx.id(), doc)));
    }
}

impl History {
    /// Takes an answer.
    pub fn came(&mut self, doc: DocId, groups: Result<Vec<ChangeGroup>, String>) {
        if self.asked == Some(doc) {
            self.groups = Some(groups);
            self.chosen = 0;
        }
    }

    /// Paints it, first asking for it.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, doc: DocId, differences: &mut Differences) {
        if self.asked != Some(doc) {
            self.asked = Some(doc);
            self.groups = None;
            cx.ask(Ask::History(cx.id(), doc));
        }
        let words = cx.words;
        let groups = match &self.groups {
            None => return drop(theme::muted(ui, tr!(words, "differences-coming"))),
            Some(Err(sentence)) => return drop(theme::muted(ui, sentence.clone())),
            Some(Ok(groups)) if groups.is_empty() => {
                return drop(theme::muted(ui, tr!(words, "history-empty")));
            }
            Some(Ok(groups)) => groups,
        };
        let t = theme::tokens(ui);
        let height = ui.ctx().content_rect().height() * 0.6;
        theme::muted(ui, tr!(words, "history-explained"));
        ui.add_space(t.space.s);
        let chosen = &mut self.chosen;
        ui.horizontal_top(|ui| {
            ui.allocate_ui(egui::vec2(t.size.column, height), |ui| {
                list(ui, cx, groups, chosen, height);
            });
            ui.add_space(t.space.l);
            ui.vertical(|ui| {
                ui.set_min_height(height);
                let Some(group) = groups.get(*chosen) else {
                    return;
                };
                let wanted = Comparison::States {
                    doc,
                    from: group.before.clone(),
                    to: group.heads.clone(),
                };
                ScrollArea::vertical()
                    .id_salt(("changes", *chosen))
                    .max_height(height)
                    .auto_shrink(false)
                    .show(ui, |ui| differences.ui(ui, cx, &wanted));
            });
        });
    }
}

/// The stretches of work, newest first. Only those in sight are painted.
fn list(ui: &mut Ui, cx: &Cx<'_>, groups: &[ChangeGroup], chosen: &mut usize, height: f32) {
    let t = theme::tokens(ui);
    let row = 2.0 * t.text.body * t.text.line + t.space.s;
    ScrollArea::vertical()
        .id_salt("stretches")
        .max_height(height)
        .auto_shrink(false)
        .show_rows(ui, row, groups.len(), |ui, range| {
            for place in range {
                let group = &groups[place];
                let name = if group.name.is_empty() {
                    tr!(cx.words, "history-nobody")
                } else {
                    group.name.clone()
                };
                let when = cx.words.moment(group.to);
                let changes = tr!(cx.words, "history-changes", count = group.changes);
                let under = format!("{when} · {changes}");
                if theme::two_lines(ui, row, &name, &under, place == *chosen).clicked() {
                    *chosen = place;
                }
            }
        });
}
