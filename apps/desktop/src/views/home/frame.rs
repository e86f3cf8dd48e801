//! What the network's ends suggest to begin with: shown while it begins, written only where somebody accepts it.

use std::collections::BTreeSet;

use egui::Ui;
use tresse_engine::{Command, FramePart, FrameSort, HomeView};

use crate::{
    app::asks::{Ask, Dialogue},
    start::kinds,
    theme::{self, Icon},
    tr,
    views::Cx,
};

/// Paints the hint, while there are no objectives and something is suggested.
pub(super) fn ui(ui: &mut Ui, cx: &mut Cx<'_>, home: &HomeView) {
    let open = cx.net.frame.open().count();
    if open == 0 || !home.objectives.is_empty() || cx.locked(home.read_only) {
        return;
    }
    theme::card(ui, |ui| {
        theme::subheading(ui, tr!(cx.words, "frame-hint"));
        theme::muted(ui, tr!(cx.words, "frame-hint-explained"));
        button(ui, cx);
    });
}

/// What opens the dialogue.
pub(super) fn button(ui: &mut Ui, cx: &mut Cx<'_>) {
    if theme::quiet_icon_button(ui, Icon::ListChecks, tr!(cx.words, "frame-open")).clicked() {
        cx.ask(Ask::Show(Dialogue::Frame(cx.id())));
    }
}

/// What is being chosen of it.
#[derive(Default)]
pub struct FrameForm {
    chosen: BTreeSet<String>,
}

impl FrameForm {
    /// Paints the dialogue's content.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let t = theme::tokens(ui);
        let frame = std::sync::Arc::clone(&cx.net.frame);
        theme::muted(ui, tr!(cx.words, "frame-explained"));
        let mut kind = None;
        for part in &frame.parts {
            if kind != Some(part.kind) {
                kind = Some(part.kind);
                ui.add_space(t.space.m);
                theme::subheading(ui, kinds::name(cx.words, part.kind.word()));
            }
            self.part(ui, cx, part);
        }
        if frame.parts.is_empty() {
            ui.add_space(t.space.s);
            theme::muted(ui, tr!(cx.words, "frame-empty"));
        }
        ui.add_space(t.space.m);
        ui.horizontal(|ui| {
            let add = ui.add_enabled_ui(!self.chosen.is_empty(), |ui| {
                theme::primary_button(ui, tr!(cx.words, "frame-add"))
            });
            if add.inner.clicked() {
                let lang = Some(cx.words.lang().code().to_owned());
                let parts = std::mem::take(&mut self.chosen).into_iter().collect();
                cx.send(Command::TemplateApply {
                    network: cx.id(),
                    template: None,
                    parts,
                    lang,
                });
                cx.ask(Ask::Close);
            }
            if theme::quiet_button(ui, tr!(cx.words, "cancel")).clicked() {
                cx.ask(Ask::Close);
            }
        });
    }

    fn part(&mut self, ui: &mut Ui, cx: &Cx<'_>, part: &FramePart) {
        let t = theme::tokens(ui);
        let title = part.title.clone();
        let words = match part.sort {
            FrameSort::Heading => tr!(cx.words, "frame-heading", title = title),
            FrameSort::Objective => tr!(cx.words, "frame-objective", title = title),
        };
        let mut is = part.there || self.chosen.contains(&part.part);
        ui.add_enabled_ui(!part.there, |ui| {
            if theme::check(ui, &mut is, words).changed() {
                if is {
                    self.chosen.insert(part.part.clone());
                } else {
                    self.chosen.remove(&part.part);
                }
            }
        });
        let about = match part.sort {
            _ if part.there => tr!(cx.words, "frame-there"),
            FrameSort::Heading => part.about.clone(),
            FrameSort::Objective => tr!(cx.words, "frame-indicators", list = part.about.clone()),
        };
        ui.spacing_mut().item_spacing.y = t.space.xs;
        // Under the words, not under the box.
        let indent = ui.spacing().icon_width + ui.spacing().icon_spacing;
        ui.horizontal_top(|ui| {
            ui.spacing_mut().interact_size.y = 0.0;
            ui.spacing_mut().item_spacing.x = 0.0;
            ui.add_space(indent);
            theme::caption(ui, about);
        });
        ui.add_space(t.space.xs);
    }
}
