//! The band above every view of a network in which this machine can only read: why, and what one can do. Of a closed network it
//! says since when it is closed, and by whom.

use egui::{Align, Frame, Layout, Margin, Panel, Ui};
use jiff::civil::Date;
use tresse_engine::{AppView, ClosedView, EndedView, NetworkView};

use super::{closing, members::on_day};
use crate::{
    app::asks::Ask,
    i18n::I18n,
    theme::{self, Icon},
    tr,
};

/// Paints it, where this machine cannot write.
pub fn ui(
    ui: &mut Ui,
    words: &I18n,
    app: &AppView,
    net: &NetworkView,
    today: Date,
    asks: &mut Vec<Ask>,
) {
    if net.members.writable {
        if let Some(closed) = &net.closing.closed {
            closed_band(ui, words, net, closed, today, asks);
        }
        return;
    }
    let t = theme::tokens(ui);
    let margin = Margin::symmetric(t.space.l as i8, t.space.s as i8);
    Panel::top("read only band")
        .resizable(false)
        .frame(Frame::new().fill(t.color.warn_soft).inner_margin(margin))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.horizontal_top(|ui| {
                Icon::LockSimple.show(ui, t.size.icon, t.color.warn);
                ui.vertical(|ui| {
                    ui.spacing_mut().item_spacing.y = 0.0;
                    theme::strong(ui, tr!(words, "band-title"));
                    theme::paragraph(ui, why(words, app, net, today));
                });
            });
        });
}

/// Since when the network is closed, by whom, and what one can do.
fn closed_band(
    ui: &mut Ui,
    words: &I18n,
    net: &NetworkView,
    closed: &ClosedView,
    today: Date,
    asks: &mut Vec<Ask>,
) {
    let t = theme::tokens(ui);
    let margin = Margin::symmetric(t.space.l as i8, t.space.s as i8);
    Panel::top("closed band")
        .resizable(false)
        .frame(Frame::new().fill(t.color.chosen).inner_margin(margin))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            let more = tr!(words, "closed-band-more");
            ui.horizontal(|ui| {
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    if theme::quiet_button(ui, more).clicked() {
                        asks.push(Ask::OpenClosing(net.id));
                    }
                    ui.with_layout(Layout::left_to_right(Align::Min), |ui| {
                        Icon::Flag.show(ui, t.size.icon, t.color.accent);
                        ui.vertical(|ui| {
                            ui.spacing_mut().item_spacing.y = 0.0;
                            let when = on_day(words, today, closed.at);
                            theme::strong(ui, tr!(words, "closed-title", when = when));
                            theme::paragraph(ui, how_it_closed(words, closed));
                        });
                    });
                });
            });
        });
}

/// How the network ended, by whom, and what that means.
fn how_it_closed(words: &I18n, closed: &ClosedView) -> String {
    let names: Vec<&str> = closed.by.iter().map(|one| one.name.as_str()).collect();
    let how = closing::how_it_ended(words, &closed.says);
    let by = tr!(words, "closed-by", names = names.join(", "));
    let can = tr!(words, "closed-band");
    format!("{how} {by} {can}")
}

fn why(words: &I18n, app: &AppView, net: &NetworkView, today: Date) -> String {
    let Some(ended) = how_it_ended(app, net) else {
        return tr!(words, "band-unknown");
    };
    match ended.how.as_str() {
        "left" => tr!(words, "band-left"),
        "removed" => tr!(words, "band-removed", when = on_day(words, today, ended.at)),
        "revoked" => tr!(words, "band-revoked"),
        "readmitted" => tr!(words, "band-readmitted"),
        _ => tr!(words, "band-unknown"),
    }
}

/// How this machine's time in the network, or its person's, ended.
fn how_it_ended<'a>(app: &AppView, net: &'a NetworkView) -> Option<&'a EndedView> {
    let machines = net.members.members.iter().flat_map(|one| &one.machines);
    let mut mine = machines.filter(|machine| machine.is_this);
    let former = || {
        let mut former = net.members.former.iter();
        former.find(|former| former.id == app.me.member)
    };
    mine.find_map(|machine| machine.ended.as_ref())
        .or_else(|| former().map(|former| &former.ended))
}
