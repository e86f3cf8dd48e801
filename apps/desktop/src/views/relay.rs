//! The setting of the relay by which members are met over the internet, and whether one answers.

use egui::Ui;
use tresse_engine::{AppView, Command, is_relay};

use crate::{
    app::asks::Ask,
    i18n::I18n,
    theme::{self, Tone},
    tr,
};

/// What is being typed; `None` while nothing is.
#[derive(Debug, Default)]
pub struct RelayField(Option<String>);

impl RelayField {
    /// The field, and how things stand. It is sent when the person leaves it; what is no address stays
    /// there, with what to write instead.
    pub fn ui(&mut self, ui: &mut Ui, words: &I18n, app: &AppView, asks: &mut Vec<Ask>) {
        let set = app.me.relay.as_deref().unwrap_or_default();
        let mut typed = self.0.clone().unwrap_or_else(|| set.to_owned());
        let label = tr!(words, "settings-relay");
        let field = theme::text_field(ui, label, &mut typed, tr!(words, "settings-relay-hint"));
        let url = typed.trim().to_owned();
        let usable = url.is_empty() || is_relay(&url);
        if field.changed() {
            self.0 = Some(typed);
        }
        if field.lost_focus() && usable {
            if url != set {
                asks.push(Ask::Send(Command::MeSet {
                    name: None,
                    lang: None,
                    internet: None,
                    relay: Some(url),
                    lan: None,
                    presence: None,
                }));
            }
            self.0 = None;
        }
        if usable || field.has_focus() {
            theme::caption(ui, tr!(words, "settings-relay-explained"));
        } else {
            said(ui, Tone::Bad, tr!(words, "error-bad-relay"));
        }
        if !app.status.online {
            return;
        }
        match &app.status.relay {
            Some(relay) => {
                let relay = host(relay).to_owned();
                said(
                    ui,
                    Tone::Good,
                    tr!(words, "settings-relay-here", relay = relay),
                );
            }
            None => said(ui, Tone::Neutral, tr!(words, "settings-relay-away")),
        }
    }
}

fn said(ui: &mut Ui, tone: Tone, text: String) {
    ui.horizontal(|ui| {
        theme::status_dot(ui, tone, "");
        theme::caption(ui, text);
    });
}

/// The name of the machine in a URL, as a person says it.
fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.trim_end_matches('/').trim_end_matches('.')
}

#[cfg(test)]
mod tests {
    use super::host;

    #[test]
    fn a_relay_is_called_by_its_machines_name() {
        assert_eq!(host("https://relais.example.org./"), "relais.example.org");
        assert_eq!(host("http://10.0.0.1:3340/"), "10.0.0.1:3340");
    }
}
