//! The line at the bottom: whether what I wrote is safe, whether it reached others, and who is here.

use std::collections::BTreeMap;

use egui::{Align, CursorIcon, Frame, Layout, Margin, Popup, Role, Sense, Stroke, Ui, WidgetInfo};

use tresse_engine::{Command, DigestCommand};

use super::{
    asks::{Ask, Dialogue},
    open::Open,
    place::{Place, Tab},
    text::cut,
};
use crate::{
    i18n::I18n,
    theme::{self, Icon, Tokens, Tone},
    tr,
    views::{carry, digest, here, home},
};

pub(super) fn frame(t: &Tokens) -> Frame {
    Frame::new()
        .fill(t.color.shade)
        .stroke(Stroke::NONE)
        .inner_margin(Margin::symmetric(t.space.l as i8, t.space.xs as i8))
}

/// Somebody who is here.
#[derive(Default)]
struct Person {
    /// Whether the copies of theirs that are connected are known to equal this one; `None`: none is.
    in_step: Option<bool>,
    /// A machine of theirs speaks a later version (`true`) or an older one.
    newer: Option<bool>,
    /// All that are connected are reached through a relay.
    relayed: Option<bool>,
    /// What they look at.
    at: Vec<String>,
}

impl Person {
    fn ui(&self, ui: &mut Ui, words: &I18n, name: &str) {
        let (tone, word) = match self.in_step {
            Some(true) => (Tone::Good, tr!(words, "peer-in-step")),
            Some(false) => (Tone::Accent, tr!(words, "peer-catching-up")),
            None => (Tone::Neutral, tr!(words, "peer-through-others")),
        };
        theme::status_dot(ui, tone, word.as_str());
        ui.label(name);
        theme::caption(ui, word);
        if let Some(newer) = self.newer {
            let version = if newer {
                tr!(words, "peer-newer")
            } else {
                tr!(words, "peer-older")
            };
            theme::caption(ui, version);
        }
        if self.relayed == Some(true) {
            theme::caption(ui, tr!(words, "peer-relayed"));
        }
        for title in &self.at {
            theme::caption(ui, tr!(words, "here-at", title = title.clone()));
        }
    }
}

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
                let (step, coming) = (network.sync.in_step, network.sync.coming);
                if coming.all >= home::MANY_COME {
                    part(
                        ui,
                        Icon::DownloadSimple,
                        Tone::Accent,
                        tr!(words, "status-coming", done = coming.done, all = coming.all),
                    );
                }
                // From one much may be to come while others have the same.
                if network.sync.connected > 0 && (step > 0 || coming.all < home::MANY_COME) {
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
        let fits = (ui.available_width() / (theme::tokens(ui).text.small * 0.52)) as usize;
        let shown = cut(&said, fits.saturating_sub(4).max(8));
        let button = ui
            .scope(|ui| {
                crate::views::fields::quiet(ui);
                theme::quiet_icon_button(ui, Icon::DownloadSimple, shown)
            })
            .inner
            .on_hover_text(full);
        button.widget_info(|| WidgetInfo::labeled(Role::Button, true, said.as_str()));
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
        let people = self.people(words);
        if people.is_empty() {
            let said = tr!(words, "status-alone");
            return self.nobody(ui, words, (Icon::WifiHigh, said), asks);
        }
        let names: Vec<_> = people.keys().map(String::as_str).collect();
        let text = tr!(words, "status-here", names = here::said(words, &names));
        let button = ui
            .scope(|ui| {
                crate::views::fields::quiet(ui);
                theme::quiet_icon_button(ui, Icon::Users, text)
            })
            .inner;
        if self.place.network().is_some() {
            // What they say is said by the button.
            here::faces(ui, &names);
        }
        Popup::menu(&button).show(|ui| {
            theme::subheading(ui, tr!(words, "who-is-here"));
            for (name, person) in &people {
                ui.horizontal(|ui| person.ui(ui, words, name));
            }
            self.by_address(ui, words, asks);
        });
    }

    /// The way to somebody who is not found by themselves.
    fn by_address(&self, ui: &mut Ui, words: &I18n, asks: &mut Vec<Ask>) {
        let reach = tr!(words, "reach-open");
        if self.view.status.online && theme::quiet_icon_button(ui, Icon::WifiHigh, reach).clicked()
        {
            asks.push(Ask::Show(Dialogue::Meet));
            ui.close();
        }
    }

    /// Everybody whose machine is connected, or who says by way of others that they are here: for this network or for all.
    fn people(&self, words: &I18n) -> BTreeMap<String, Person> {
        let network = self.place.network();
        let mut people: BTreeMap<String, Person> = BTreeMap::new();
        for peer in &self.view.status.peers {
            let shared = |id| peer.networks.iter().any(|shared| shared.network == id);
            if network.is_none_or(shared) {
                let in_step = peer.networks.iter().all(|shared| shared.in_step);
                let person = people.entry(peer.name.clone()).or_default();
                person.in_step = Some(person.in_step.unwrap_or(true) && in_step);
                person.newer = person.newer.or(peer.newer);
                person.relayed = Some(person.relayed.unwrap_or(true) && peer.relayed);
            }
        }
        let Some(net) = network.and_then(|id| self.view.network(&id)) else {
            return people;
        };
        for here in self.view.here(&net.id) {
            let person = people.entry(here.name.clone()).or_default();
            let titles = here.spots.iter();
            let titles = titles.filter_map(|spot| here::title_of(words, net, &spot.doc));
            person.at.extend(titles);
        }
        people
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
            self.by_address(ui, words, asks);
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
