//! The setting of finding others on local networks, and how it stands.

use egui::Ui;
use tresse_engine::{AppView, Command};

use crate::{
    app::{
        asks::{Ask, Dialogue},
        errors,
    },
    i18n::I18n,
    theme::{self, Tone},
    tr,
};

/// Paints it.
pub fn ui(ui: &mut Ui, words: &I18n, app: &AppView, asks: &mut Vec<Ask>) {
    let mut lan = app.me.lan;
    theme::check(ui, &mut lan, tr!(words, "settings-lan"));
    if lan != app.me.lan {
        asks.push(Ask::Send(Command::MeSet {
            name: None,
            lang: None,
            internet: None,
            relay: None,
            lan: Some(lan),
            presence: None,
        }));
    }
    theme::caption(ui, tr!(words, "settings-lan-explained"));
    let stands = &app.status.lan;
    if app.status.online && stands.on {
        let (tone, said) = match &stands.trouble {
            Some(code) => (Tone::Bad, errors::sentence(words, code, code)),
            None if stands.interfaces == 0 => (Tone::Neutral, tr!(words, "settings-lan-nowhere")),
            None => {
                let count = stands.interfaces;
                (
                    Tone::Good,
                    tr!(words, "settings-lan-announced", count = count),
                )
            }
        };
        ui.horizontal(|ui| {
            theme::status_dot(ui, tone, "");
            theme::caption(ui, said);
        });
    }
    if app.status.online && theme::quiet_button(ui, tr!(words, "reach-open")).clicked() {
        asks.push(Ask::Show(Dialogue::Meet));
    }
}
