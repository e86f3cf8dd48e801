//! The rail at the left: my networks, each with what waits and who is connected; below, what concerns the window.

use egui::{Align, Frame, Layout, Rect, ScrollArea, Sense, Stroke, Ui, Vec2};
use tresse_engine::NetworkView;

use super::{
    asks::Ask,
    command::UiCommand,
    open::Open,
    place::{Place, Tab},
    text::cut,
};
use crate::{
    i18n::I18n,
    theme::{self, Face, Icon, Tone},
    tr,
    views::digest,
};

impl Open {
    pub(super) fn rail(&mut self, ui: &mut Ui, words: &I18n, asks: &mut Vec<Ask>) {
        let t = theme::tokens(ui);
        ui.horizontal(|ui| {
            theme::braid_mark(ui, t, t.size.avatar, t.color.shade);
            theme::heading(ui, tr!(words, "app-name"));
        });
        ui.add_space(t.space.m);
        ui.with_layout(Layout::bottom_up(Align::Min), |ui| {
            for (command, icon) in [
                (UiCommand::Help, Icon::Question),
                (UiCommand::Settings, Icon::Gear),
            ] {
                if theme::nav_item(ui, icon, command.name(words), false).clicked() {
                    asks.push(Ask::Do(command));
                }
            }
            let told: usize = self
                .view
                .digest
                .ready
                .iter()
                .map(|one| one.moved.len())
                .sum();
            if told > 0 {
                let name = tr!(words, "digest-nav", count = told);
                if theme::nav_item(ui, digest::ICON, name, false).clicked() {
                    asks.push(Ask::Do(UiCommand::Digest));
                }
            }
            ui.add_space(t.space.s);
            ui.with_layout(Layout::top_down(Align::Min), |ui| {
                self.list(ui, words, asks);
            });
        });
    }

    fn list(&self, ui: &mut Ui, words: &I18n, asks: &mut Vec<Ask>) {
        let t = theme::tokens(ui);
        ScrollArea::vertical()
            .id_salt("networks")
            .auto_shrink(false)
            .show(ui, |ui| {
                Frame::new().show(ui, |ui| {
                    if !self.view.networks.is_empty() {
                        theme::caption(ui, tr!(words, "my-networks"));
                    }
                    for network in &self.view.networks {
                        let here = self.place.network() == Some(network.id);
                        if row(ui, words, network, here) && !here {
                            let tab = self.place.tab().unwrap_or(Tab::Home);
                            asks.push(Ask::Go(Place::Network(network.id, tab)));
                        }
                    }
                    ui.add_space(t.space.xs);
                    let here = self.place == Place::Add;
                    let name = UiCommand::AddNetwork.name(words);
                    if theme::nav_item(ui, Icon::Plus, name, here).clicked() {
                        asks.push(Ask::Do(UiCommand::AddNetwork));
                    }
                });
            });
    }
}

/// How a network stands, in words and a tone.
fn standing(words: &I18n, network: &NetworkView) -> (String, Tone) {
    let sync = network.sync;
    let connected = match sync.connected {
        0 => tr!(words, "rail-alone"),
        count => tr!(words, "rail-connected", count = count),
    };
    let tone = match (sync.connected, sync.in_step) {
        (0, _) => Tone::Neutral,
        (connected, in_step) if in_step >= connected => Tone::Good,
        _ => Tone::Accent,
    };
    if network.home.members <= 1 {
        (tr!(words, "rail-only-copy"), tone)
    } else if sync.waiting == 0 {
        (connected, tone)
    } else {
        let waiting = tr!(words, "rail-waiting", count = sync.waiting);
        let both = if sync.connected == 0 {
            waiting
        } else {
            format!("{waiting} · {connected}")
        };
        (both, tone)
    }
}

/// A network in the list; true when it was chosen.
fn row(ui: &mut Ui, words: &I18n, network: &NetworkView, chosen: bool) -> bool {
    let t = theme::tokens(ui);
    let name = if network.name.is_empty() {
        tr!(words, "untitled")
    } else {
        network.name.clone()
    };
    let (mut standing, tone) = standing(words, network);
    if network.closing.is_closed() {
        standing = format!("{} · {standing}", tr!(words, "rail-closed"));
    }
    let (face, ink) = if chosen {
        (Face::Strong, t.color.accent)
    } else {
        (Face::Text, t.color.ink)
    };
    let width = ui.available_width() - 2.0 * t.space.s;
    let mut job = egui::text::LayoutJob::simple(cut(&name, 120), face.at(t.text.body), ink, width);
    job.wrap.max_rows = 2;
    let title = ui.painter().layout_job(job);
    let dot = t.size.dot + t.space.xs;
    let mut job = egui::text::LayoutJob::simple(
        standing.clone(),
        Face::Text.at(t.text.small),
        t.color.muted,
        width - dot,
    );
    job.wrap.max_rows = 2;
    let below = ui.painter().layout_job(job);
    let height = title.size().y + below.size().y + t.space.xs + 2.0 * t.space.s;
    let (rect, response) =
        ui.allocate_exact_size(Vec2::new(ui.available_width(), height), Sense::click());
    response.widget_info(|| {
        egui::WidgetInfo::selected(egui::Role::Button, true, chosen, name.as_str())
    });
    let response = response.on_hover_text(format!("{name}\n{standing}"));
    let fill = if chosen {
        t.color.chosen
    } else if response.hovered() {
        t.color.hover
    } else {
        egui::Color32::TRANSPARENT
    };
    let stroke = if response.has_focus() {
        Stroke::new(t.size.focus, t.color.accent)
    } else {
        Stroke::NONE
    };
    let painter = ui.painter();
    painter.rect(
        rect,
        f32::from(t.radius.m),
        fill,
        stroke,
        egui::StrokeKind::Inside,
    );
    if chosen {
        let bar = Rect::from_min_size(
            rect.left_top() + Vec2::new(0.0, t.space.s),
            Vec2::new(t.space.xs * 0.75, rect.height() - 2.0 * t.space.s),
        );
        painter.rect_filled(bar, f32::from(t.radius.s), t.color.accent);
    }
    let at = rect.min + Vec2::splat(t.space.s);
    painter.galley(at, title.clone(), ink);
    let line = at.y + title.size().y + t.space.xs;
    let center = egui::pos2(at.x + t.size.dot / 2.0, line + t.text.small * 0.62);
    if tone == Tone::Neutral {
        painter.circle_stroke(
            center,
            t.size.dot / 2.0 - 1.0,
            Stroke::new(t.size.line * 1.5, t.color.edge),
        );
    } else {
        painter.circle_filled(center, t.size.dot / 2.0, t.color.tone(tone));
    }
    painter.galley(egui::pos2(at.x + dot, line), below, t.color.muted);
    response.clicked()
}
