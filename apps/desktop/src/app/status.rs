//! The line at the bottom: whether what I wrote is safe, whether it reached others, and who is here.

use egui::{Align, CursorIcon, Frame, Layout, Margin, Popup, Role, Sense, Stroke, Ui, WidgetInfo};

use tresse_engine::{Command, DigestCommand};

use super::{
    asks::Ask,
    open::Open,
    place::{Place, Tab},
    text::cut,
};
use crate::{
    i18n::I18n,
    theme::{self, Icon, Tokens, Tone},
    tr,
    views::{carry, digest},
};

pub(super) fn frame(t: &Tokens) -> Frame {
    Frame::new()
        .fill(t.color.shade)
        .stroke(Stroke::NONE)
        .inner_margin(Margin::symmetric(t.space.l as i8, t.space.xs as i8))
}

/// Names said in the line itself; the rest is behind the button.
const NAMED: usize = 3;

impl Open {
    pub(super) fn status(&mut self, ui: &mut Ui, words: &I18n, asks: &mut Vec<Ask>) {
        let t = theme::tokens(ui);
        ui.horizontal(|ui| {
            ui.set_min_height(t.size.control);
            self.saved(ui, words);
            if let Some(network) = self.place.network().and_then(|id| self.view.network(&id)) {
                if network.home.members <= 1 {
                    part(
                        ui,
                        Icon::Laptop,
                        Tone::Neutral,
                        tr!(words, "status-only-copy"),
                    );
                } else if network.sync.waiting > 0 {
                    part(
                        ui,
                        Icon::Hourglass,
                        Tone::Neutral,
                        tr!(words, "status-waiting", count = network.sync.waiting),
                    );
                }
                let step = network.sync.in_step;
                if network.sync.connected > 0 {
                    part(
                        ui,
                        Icon::ArrowsClockwise,
                        Tone::Good,
                        tr!(words, "status-in-step", count = step),
                    );
                }
            }
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                self.here(ui, words, asks);
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    self.arrived(ui, words, asks);
                });
            });
        });
    }

    fn saved(&self, ui: &mut Ui, words: &I18n) {
        if self.unsaved() > 0 {
            part(
                ui,
                Icon::FloppyDisk,
                Tone::Accent,
                tr!(words, "status-saving"),
            );
        } else {
            part(ui, Icon::Check, Tone::Good, tr!(words, "status-saved"));
        }
    }

    /// What came in at the last meeting with others, until somebody looks at it.
    fn arrived(&self, ui: &mut Ui, words: &I18n, asks: &mut Vec<Ask>) {
        let arrived = &self.view.digest.arrived;
        let Some(first) = arrived.first() else {
            return;
        };
        let (said, full) = digest::arrived(words, arrived);
        let fits = (ui.available_width() / (theme::tokens(ui).text.small * 0.6)) as usize;
        let shown = cut(&said, fits.saturating_sub(4).max(8));
        let button = ui
            .scope(|ui| {
                crate::views::fields::quiet(ui);
                theme::quiet_icon_button(ui, Icon::DownloadSimple, shown)
            })
            .inner
            .on_hover_text(full);
        if button.clicked() {
            let read = DigestCommand::Arrived {};
            asks.push(Ask::Send(Command::Digest(read)));
            asks.push(Ask::Go(Place::Network(first.network, Tab::Home)));
        }
    }

    /// Who is here, for this network or for all.
    fn here(&self, ui: &mut Ui, words: &I18n, asks: &mut Vec<Ask>) {
        let status = &self.view.status;
        if !status.online {
            let said = tr!(words, "status-offline");
            return self.nobody(ui, words, (Icon::WifiSlash, said), asks);
        }
        let network = self.place.network();
        let mut names: Vec<&str> = status
            .peers
            .iter()
            .filter(|peer| {
                network.is_none_or(|id| peer.networks.iter().any(|shared| shared.network == id))
            })
            .map(|peer| peer.name.as_str())
            .collect();
        names.sort_unstable();
        names.dedup();
        if names.is_empty() {
            let said = tr!(words, "status-alone");
            return self.nobody(ui, words, (Icon::WifiHigh, said), asks);
        }
        let mut said = names
            .iter()
            .take(NAMED)
            .map(|name| cut(name, 24))
            .collect::<Vec<_>>()
            .join(", ");
        if names.len() > NAMED {
            said = tr!(
                words,
                "status-and-more",
                names = said,
                count = names.len() - NAMED
            );
        }
        let text = tr!(words, "status-here", names = said);
        let button = ui
            .scope(|ui| {
                crate::views::fields::quiet(ui);
                theme::quiet_icon_button(ui, Icon::Users, text)
            })
            .inner;
        Popup::menu(&button).show(|ui| {
            theme::subheading(ui, tr!(words, "who-is-here"));
            for peer in &status.peers {
                let in_step = peer.networks.iter().all(|shared| shared.in_step);
                ui.horizontal(|ui| {
                    let tone = if in_step { Tone::Good } else { Tone::Accent };
                    let word = if in_step {
                        tr!(words, "peer-in-step")
                    } else {
                        tr!(words, "peer-catching-up")
                    };
                    theme::status_dot(ui, tone, word.as_str());
                    ui.label(peer.name.as_str());
                    theme::caption(ui, word);
                });
            }
        });
    }

    /// Says that nobody else is here; behind it, how work is carried to them all the same.
    fn nobody(&self, ui: &mut Ui, words: &I18n, (icon, said): (Icon, String), asks: &mut Vec<Ask>) {
        let shown = ui.scope(|ui| part(ui, icon, Tone::Neutral, said.clone()));
        let Some(network) = self.place.network() else {
            return;
        };
        let id = ui.scope_id().with("nobody");
        let button = ui.interact(shown.response.rect, id, Sense::click());
        button.widget_info(|| WidgetInfo::labeled(Role::Button, true, said.as_str()));
        if button.has_focus() {
            let t = theme::tokens(ui);
            let stroke = Stroke::new(t.size.focus, t.color.accent);
            let rect = button.rect.expand(t.space.xs);
            let radius = f32::from(t.radius.s);
            let painter = ui.painter();
            painter.rect_stroke(rect, radius, stroke, egui::StrokeKind::Inside);
        }
        let button = button.on_hover_cursor(CursorIcon::PointingHand);
        Popup::menu(&button).show(|ui| {
            theme::subheading(ui, tr!(words, "carry-title"));
            theme::muted(ui, tr!(words, "carry-why"));
            carry::ways(ui, words, network, asks);
        });
    }
}

fn part(ui: &mut Ui, icon: Icon, tone: Tone, text: String) {
    let t = theme::tokens(ui);
    ui.spacing_mut().item_spacing.x = t.space.xs;
    icon.show(ui, t.size.icon, t.color.tone(tone));
    theme::caption(ui, text);
    ui.add_space(t.space.l);
}
