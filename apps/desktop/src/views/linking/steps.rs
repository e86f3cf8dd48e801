//! What each step of a linking says, and what one can do in it.

use egui::{Frame, Margin, RichText, Ui};
use tresse_engine::{AppView, Command, LinkingState, LinkingView, NetworkView};

use super::{Linking, gravity};
use crate::{
    app::{
        asks::Ask,
        errors,
        place::{Place, Tab},
    },
    i18n::I18n,
    theme::{self, Face, Tone},
    tr,
    views::{parts::columns, ticket::Ticket},
};

/// Paints the step that a linking is at.
pub(super) fn ui(
    ui: &mut Ui,
    words: &I18n,
    app: &AppView,
    view: &LinkingView,
    kept: &Linking,
    asks: &mut Vec<Ask>,
) {
    let step = Step { words, app, view };
    match &view.state {
        LinkingState::Offered { expires, .. } => {
            step.offered(ui, kept.ticket.as_ref(), *expires, asks);
        }
        LinkingState::Connecting => step.connecting(ui, asks),
        LinkingState::Compare {
            code,
            other_confirmed,
        } => step.compare(ui, code, *other_confirmed, asks),
        LinkingState::Waiting { code } => step.waiting(ui, code, asks),
        LinkingState::Pending { have, need } => step.pending(ui, *have, *need, asks),
        LinkingState::Done => step.done(ui, asks),
        LinkingState::Failed { code, message } => step.failed(ui, code, message, kept, asks),
    }
}

/// No pass could be made.
pub(super) fn refused(ui: &mut Ui, words: &I18n, problem: &str, asks: &mut Vec<Ask>) {
    theme::message(ui, Tone::Bad, problem, |_| {});
    ui.add_space(theme::tokens(ui).space.s);
    ui.horizontal_wrapped(|ui| {
        if theme::primary_button(ui, tr!(words, "try-again")).clicked() {
            asks.push(Ask::OfferLink);
        }
        leave(ui, tr!(words, "cancel"), asks);
    });
}

fn leave(ui: &mut Ui, words: String, asks: &mut Vec<Ask>) {
    if theme::quiet_button(ui, words).clicked() {
        asks.push(Ask::LeaveLinking);
    }
}

/// The code that both machines show, large; read out digit by digit.
fn code(ui: &mut Ui, words: &I18n, code: &str) {
    let t = theme::tokens(ui);
    let middle = code.len() / 2;
    let apart = match (code.get(..middle), code.get(middle..)) {
        (Some(first), Some(second)) => format!("{first}\u{2002}{second}"),
        _ => code.to_owned(),
    };
    let digits: Vec<String> = code.chars().map(String::from).collect();
    let said = tr!(words, "link-code", digits = digits.join(" "));
    Frame::new()
        .fill(t.color.chosen)
        .corner_radius(t.radius.l)
        .inner_margin(Margin::same(t.space.l as i8))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.vertical_centered(|ui| {
                let large = Face::Code.at(t.text.display * 1.4);
                let label = ui.label(RichText::new(apart).font(large).color(t.color.ink));
                label.accessible_name(said);
            });
        });
}

struct Step<'a> {
    words: &'a I18n,
    app: &'a AppView,
    view: &'a LinkingView,
}

impl Step<'_> {
    /// Somebody who lost their machines or left comes back with it.
    fn returns(&self) -> bool {
        self.view.purpose == "return"
    }

    fn offered(&self, ui: &mut Ui, pass: Option<&Ticket>, expires: i64, asks: &mut Vec<Ask>) {
        let (t, words) = (theme::tokens(ui), self.words);
        theme::paragraph(ui, tr!(words, "link-offer-how"));
        ui.add_space(t.space.s);
        if let Some(pass) = pass {
            columns(ui, 2, |ui, column| {
                if column == 0 {
                    let most = ui.available_width() - 2.0 * t.space.s;
                    pass.code(ui, most, tr!(words, "pass-code"));
                } else {
                    pass.letters(ui, 3, tr!(words, "pass-text"));
                    pass.buttons(ui, words, &tr!(words, "pass-file-name"), None, asks);
                }
            });
        }
        ui.add_space(t.space.xs);
        theme::waiting(ui, tr!(words, "link-offer-waits"));
        let time = self.words.time(expires);
        theme::caption(ui, tr!(words, "link-offer-expires", time = time));
        ui.add_space(t.space.xs);
        leave(ui, tr!(words, "cancel"), asks);
    }

    fn connecting(&self, ui: &mut Ui, asks: &mut Vec<Ask>) {
        let (t, words) = (theme::tokens(ui), self.words);
        theme::waiting(ui, tr!(words, "link-connecting"));
        theme::caption(ui, tr!(words, "link-connecting-hint"));
        ui.add_space(t.space.s);
        leave(ui, tr!(words, "cancel"), asks);
    }

    fn compare(&self, ui: &mut Ui, digits: &str, other_confirmed: bool, asks: &mut Vec<Ask>) {
        let (t, words) = (theme::tokens(ui), self.words);
        theme::paragraph(ui, self.compare_what());
        ui.add_space(t.space.xs);
        code(ui, words, digits);
        ui.add_space(t.space.xs);
        if let Some(who) = self.who() {
            theme::paragraph(ui, who);
        }
        // One or the other, alike in height: the buttons below must not move under somebody's hand.
        if other_confirmed {
            theme::message(ui, Tone::Good, tr!(words, "link-other-confirmed"), |_| {});
        } else {
            theme::waiting(ui, tr!(words, "link-other-waits"));
        }
        theme::caption(ui, tr!(words, "link-compare-why"));
        ui.add_space(t.space.s);
        ui.horizontal_wrapped(|ui| {
            if theme::primary_button(ui, tr!(words, "link-same")).clicked() {
                asks.push(Ask::Send(Command::DeviceLinkConfirm {}));
            }
            if theme::danger_button(ui, tr!(words, "link-differs")).clicked() {
                asks.push(Ask::Send(Command::DeviceLinkCancel { differs: true }));
            }
        });
    }

    fn compare_what(&self) -> String {
        let words = self.words;
        if !self.returns() {
            tr!(words, "link-compare")
        } else if self.view.takes {
            tr!(words, "link-compare-helper")
        } else {
            let name = self.view.name.clone();
            tr!(words, "link-compare-return", name = name)
        }
    }

    /// Who is at the other end, as far as it says.
    fn who(&self) -> Option<String> {
        let words = self.words;
        if self.view.takes {
            let name = self.view.name.clone();
            let owner = words.owner(&name);
            return (!name.is_empty()).then(|| tr!(words, "link-becomes", owner = owner));
        }
        let label = self.view.label.clone();
        (!label.is_empty()).then(|| tr!(words, "link-other-called", label = label))
    }

    fn waiting(&self, ui: &mut Ui, digits: &str, asks: &mut Vec<Ask>) {
        let (t, words) = (theme::tokens(ui), self.words);
        code(ui, words, digits);
        ui.add_space(t.space.xs);
        theme::waiting(ui, tr!(words, "link-waits"));
        ui.add_space(t.space.s);
        leave(ui, tr!(words, "cancel"), asks);
    }

    fn pending(&self, ui: &mut Ui, have: u16, need: u16, asks: &mut Vec<Ask>) {
        let (t, words) = (theme::tokens(ui), self.words);
        theme::waiting(ui, pending(words, have, need));
        let what = if self.view.takes {
            tr!(words, "link-pending-here")
        } else {
            tr!(words, "link-pending-there")
        };
        theme::paragraph(ui, what);
        ui.add_space(t.space.s);
        ui.horizontal_wrapped(|ui| {
            if theme::primary_button(ui, tr!(words, "close")).clicked() {
                asks.push(Ask::LeaveLinking);
            }
            if self.view.takes && theme::quiet_button(ui, tr!(words, "link-give-up")).clicked() {
                asks.push(Ask::Send(Command::DeviceLinkCancel { differs: false }));
            }
        });
    }

    fn done(&self, ui: &mut Ui, asks: &mut Vec<Ask>) {
        let (t, words) = (theme::tokens(ui), self.words);
        theme::message(ui, Tone::Good, self.done_what(), |_| {});
        let first = if self.view.takes {
            self.arriving(ui)
        } else {
            theme::paragraph(ui, tr!(words, "link-done-keep-open"));
            None
        };
        ui.add_space(t.space.s);
        let label = match first {
            Some(_) => tr!(words, "link-open-networks"),
            None => tr!(words, "done-button"),
        };
        if theme::primary_button(ui, label).clicked() {
            asks.push(Ask::LeaveLinking);
            if let Some(network) = first {
                asks.push(Ask::Go(Place::Network(network.id, Tab::Home)));
            }
        }
    }

    fn done_what(&self) -> String {
        let words = self.words;
        let (name, label) = (self.view.name.clone(), self.view.label.clone());
        match (self.view.takes, self.returns()) {
            (true, false) => tr!(words, "link-done-here"),
            (true, true) => tr!(words, "link-done-return-here"),
            (false, true) => tr!(words, "link-done-return", name = name),
            (false, false) if label.is_empty() => tr!(words, "link-done"),
            (false, false) => tr!(words, "link-done-named", label = label),
        }
    }

    /// Names the networks that this machine now has; gives the first.
    fn arriving(&self, ui: &mut Ui) -> Option<&NetworkView> {
        let words = self.words;
        let here = self.view.networks.iter();
        let here: Vec<&NetworkView> = here
            .filter_map(|id| self.app.network(id).map(AsRef::as_ref))
            .collect();
        let named: Vec<&str> = here
            .iter()
            .map(|network| network.name.as_str())
            .filter(|name| !name.is_empty())
            .collect();
        for name in &named {
            theme::strong(ui, *name);
        }
        if named.len() < self.view.networks.len() {
            theme::muted(ui, tr!(words, "link-arriving"));
        }
        here.first().copied()
    }

    fn failed(
        &self,
        ui: &mut Ui,
        reason: &str,
        message: &str,
        kept: &Linking,
        asks: &mut Vec<Ask>,
    ) {
        let (t, words) = (theme::tokens(ui), self.words);
        let said = errors::sentence(words, reason, message);
        theme::message(ui, gravity(reason), said, |_| {});
        theme::paragraph(ui, tr!(words, "link-failed-nothing"));
        ui.add_space(t.space.s);
        ui.horizontal_wrapped(|ui| {
            let once_more = match (self.view.takes, kept.again(reason)) {
                (true, Some(given)) => Some(Ask::AcceptLink(given)),
                (true, None) => Some(Ask::ToLink),
                (false, _) if self.returns() => None,
                (false, _) => Some(Ask::OfferLink),
            };
            if let Some(once_more) = once_more
                && theme::primary_button(ui, tr!(words, "try-again")).clicked()
            {
                asks.push(once_more);
            }
            leave(ui, tr!(words, "close"), asks);
        });
    }
}

/// How many members have consented, and how many must.
pub fn pending(words: &I18n, have: u16, need: u16) -> String {
    tr!(
        words,
        "link-pending",
        count = u64::from(have),
        need = u64::from(need)
    )
}
