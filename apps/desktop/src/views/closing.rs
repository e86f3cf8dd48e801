//! Taking stock: has the network met its purpose? It goes on, or it closes; a closed one can be read, kept and opened again.

mod ends;
mod form;
mod keeping;

use std::sync::Arc;

use egui::Ui;
use tresse_engine::{
    AfterView, ClosedView, ClosingCommand, ClosingProposal, ClosingView, Command, ConsentView,
    ReopeningProposal,
};

use super::{
    Cx,
    fields::Field,
    members::{Decision, on_day},
    parts::stack,
};
use crate::{
    app::{
        asks::{Ask, Dialogue},
        place::{Place, Tab},
    },
    theme::{self, Icon, Tone},
    tr,
};

pub use ends::{how_it_ended, in_short};
pub use form::Draft;
pub(super) use form::{confirm_consent, confirm_reopening, form, reopening_form};

/// Paints it, below the head that it shares with the first page.
pub(super) fn ui(ui: &mut Ui, cx: &mut Cx<'_>) {
    let view = Arc::clone(&cx.net.closing);
    ui.set_max_width(ui.available_width().min(theme::tokens(ui).size.form * 1.4));
    let parts: &[Part] = if view.is_closed() {
        &[closed, reopening, after, keeping::ui, past]
    } else {
        &[stock, proposals, end, keeping::ui, past]
    };
    stack(ui, parts, |ui, part| part(ui, cx, &view));
}

/// In at most so many days, a day is told by how many they are.
const SOON: i64 = 60;

/// One section of the page.
type Part = fn(&mut Ui, &mut Cx<'_>, &ClosingView);

/// The purposes once more, and when the network looks at them again.
fn stock(ui: &mut Ui, cx: &mut Cx<'_>, view: &ClosingView) {
    theme::card(ui, |ui| {
        let (t, words) = (theme::tokens(ui), cx.words);
        ui.set_min_width(ui.available_width());
        theme::heading(ui, tr!(words, "closing-question"));
        let overview = Arc::clone(&cx.net.overview);
        if overview.purposes.is_empty() {
            theme::muted(ui, tr!(words, "closing-no-purpose"));
        }
        for purpose in &overview.purposes {
            theme::paragraph(ui, format!("• {}", purpose.text));
        }
        ui.add_space(t.space.s);
        review(ui, cx, view);
        if cx.locked(false) {
            return;
        }
        ui.add_space(t.space.s);
        theme::caption(ui, tr!(words, "closing-decide-hint"));
        if theme::quiet_icon_button(ui, Icon::Gavel, tr!(words, "closing-decide")).clicked() {
            // It is shown at once: nobody is asked before somebody has looked it over and put it.
            cx.ask(Ask::NewDecision {
                network: cx.id(),
                title: String::new(),
                template: "purpose-met".to_owned(),
            });
        }
    });
}

fn review(ui: &mut Ui, cx: &mut Cx<'_>, view: &ClosingView) {
    let words = cx.words;
    let said = match view.review.days {
        None => tr!(words, "review-none"),
        Some(0) => tr!(words, "review-today"),
        Some(days) if days < 0 => tr!(words, "review-past", count = days.unsigned_abs()),
        Some(days) if days <= SOON => tr!(words, "review-ahead", count = days),
        Some(_) => tr!(words, "review-set"),
    };
    if view.review.due {
        theme::message(ui, Tone::Accent, said, |_| {});
    } else {
        theme::paragraph(ui, said);
    }
    let (network, locked) = (cx.id(), cx.locked(cx.net.home.read_only));
    let width = ui.available_width().min(theme::tokens(ui).size.column);
    ui.scope(|ui| {
        ui.set_max_width(width);
        Field::new(
            (network, "next review"),
            tr!(words, "review-next"),
            &view.review.date,
        )
        .hint(tr!(words, "date-hint"))
        .locked(locked)
        .date(ui, cx, move |until: &str| {
            Command::Closing(ClosingCommand::Continue {
                network,
                until: until.to_owned(),
            })
        });
    });
}

/// The closings that others, or I, proposed.
fn proposals(ui: &mut Ui, cx: &mut Cx<'_>, view: &ClosingView) {
    for proposal in &view.proposals {
        theme::card(ui, |ui| {
            ui.set_min_width(ui.available_width());
            ui.push_id(&proposal.closing, |ui| one(ui, cx, proposal));
        });
    }
}

fn one(ui: &mut Ui, cx: &mut Cx<'_>, proposal: &ClosingProposal) {
    let words = cx.words;
    let name = proposal.consents.first().map(|one| one.name.clone());
    let title = tr!(words, "closing-proposed", name = name.unwrap_or_default());
    theme::heading(ui, title);
    ends::words(ui, cx, &proposal.says);
    progress(ui, cx, &proposal.consents, proposal.need, proposal.of);
    if proposal.mine {
        mine(ui, cx, Some(proposal.closing.as_str()));
    } else if !cx.locked(false) {
        let button = tr!(words, "closing-consent");
        if theme::primary_icon_button(ui, Icon::Check, button).clicked() {
            decide(cx, Decision::ConsentClosing(proposal.closing.clone()));
        }
    }
}

/// That I said yes, to a closing or (`None`) to the reopening, and how to say so no longer.
fn mine(ui: &mut Ui, cx: &mut Cx<'_>, closing: Option<&str>) {
    let words = cx.words;
    ui.horizontal_wrapped(|ui| {
        theme::status_chip(ui, Tone::Neutral, tr!(words, "closing-mine"));
        if cx.net.members.writable
            && theme::quiet_button(ui, tr!(words, "closing-withdraw")).clicked()
        {
            cx.send(Command::Closing(ClosingCommand::Withdraw {
                network: cx.id(),
                closing: closing.map(str::to_owned),
            }));
        }
    });
}

/// How many said yes, and who.
fn progress(ui: &mut Ui, cx: &Cx<'_>, consents: &[ConsentView], need: usize, of: usize) {
    let words = cx.words;
    let t = theme::tokens(ui);
    let count = consents.len();
    let said = tr!(words, "case-progress", count = count, need = need, of = of);
    ui.add_space(t.space.xs);
    let part = count as f32 / need.max(1) as f32;
    theme::progress_bar(ui, part.min(1.0), ui.available_width(), said.as_str());
    theme::caption(ui, said);
    let names: Vec<&str> = consents.iter().map(|one| one.name.as_str()).collect();
    theme::caption(ui, tr!(words, "closing-said-yes", names = names.join(", ")));
    ui.add_space(t.space.xs);
}

/// The way to propose to close it.
fn end(ui: &mut Ui, cx: &mut Cx<'_>, view: &ClosingView) {
    if cx.locked(false) {
        return;
    }
    theme::card(ui, |ui| {
        let words = cx.words;
        ui.set_min_width(ui.available_width());
        theme::heading(ui, tr!(words, "closing-end"));
        theme::paragraph(ui, tr!(words, "closing-end-what"));
        theme::caption(ui, needed(cx, view));
        ui.add_space(theme::tokens(ui).space.xs);
        let button = if view.proposals.is_empty() {
            tr!(words, "closing-propose")
        } else {
            tr!(words, "closing-propose-otherwise")
        };
        if theme::quiet_icon_button(ui, Icon::Flag, button).clicked() {
            decide(cx, Decision::ProposeClosing);
        }
    });
}

fn needed(cx: &Cx<'_>, view: &ClosingView) -> String {
    tr!(cx.words, "closing-needed", need = view.need, of = view.of)
}

/// How it was closed, and what is possible now.
fn closed(ui: &mut Ui, cx: &mut Cx<'_>, view: &ClosingView) {
    let Some(closed) = &view.closed else { return };
    theme::card(ui, |ui| {
        let words = cx.words;
        ui.set_min_width(ui.available_width());
        let when = on_day(words, cx.today, closed.at);
        theme::heading(ui, tr!(words, "closed-title", when = when));
        ends::words(ui, cx, &closed.says);
        let names: Vec<&str> = closed.by.iter().map(|one| one.name.as_str()).collect();
        theme::caption(ui, tr!(words, "closed-by", names = names.join(", ")));
        ui.add_space(theme::tokens(ui).space.s);
        theme::paragraph(ui, tr!(words, "closed-what"));
    });
}

/// Opening it again.
fn reopening(ui: &mut Ui, cx: &mut Cx<'_>, view: &ClosingView) {
    theme::card(ui, |ui| {
        let words = cx.words;
        ui.set_min_width(ui.available_width());
        theme::heading(ui, tr!(words, "reopening"));
        if let Some(proposal) = &view.reopening {
            reopening_proposed(ui, cx, proposal);
            return;
        }
        theme::paragraph(ui, tr!(words, "reopening-what"));
        theme::caption(ui, needed(cx, view));
        let propose = tr!(words, "reopening-propose");
        if cx.net.members.writable
            && theme::quiet_icon_button(ui, Icon::ArrowCounterClockwise, propose).clicked()
        {
            decide(cx, Decision::ProposeReopening);
        }
    });
}

fn reopening_proposed(ui: &mut Ui, cx: &mut Cx<'_>, proposal: &ReopeningProposal) {
    let words = cx.words;
    let name = proposal.consents.first().map(|one| one.name.clone());
    let name = name.unwrap_or_default();
    theme::paragraph(ui, tr!(words, "reopening-proposed", name = name));
    ends::quoted(ui, &proposal.words);
    progress(ui, cx, &proposal.consents, proposal.need, proposal.of);
    if proposal.mine {
        mine(ui, cx, None);
    } else if cx.net.members.writable {
        let button = tr!(words, "reopening-consent");
        if theme::primary_icon_button(ui, Icon::Check, button).clicked() {
            decide(cx, Decision::ConsentReopening);
        }
    }
}

/// What was written elsewhere by people who had not heard of the closing.
fn after(ui: &mut Ui, cx: &mut Cx<'_>, view: &ClosingView) {
    let Some(closed) = view.closed.as_ref().filter(|one| !one.after.is_empty()) else {
        return;
    };
    theme::card(ui, |ui| {
        let words = cx.words;
        ui.set_min_width(ui.available_width());
        theme::heading(ui, tr!(words, "closed-after"));
        theme::caption(ui, tr!(words, "closed-after-what"));
        let t = theme::tokens(ui);
        let row = (t.text.body + t.text.small) * t.text.line + t.space.m;
        theme::rows(ui, row, closed.after.len(), |ui, at| {
            if let Some(one) = closed.after.get(at) {
                after_one(ui, cx, one);
            }
        });
    });
}

fn after_one(ui: &mut Ui, cx: &mut Cx<'_>, one: &AfterView) {
    let words = cx.words;
    let named = ends::document(words, &one.doc, &one.title);
    let author = if one.author.is_empty() {
        tr!(words, "somebody")
    } else {
        one.author.clone()
    };
    let when = on_day(words, cx.today, one.at);
    ui.spacing_mut().item_spacing.y = 0.0;
    // On one line each, so that every row is as high as the others.
    ui.scope(|ui| {
        ui.style_mut().wrap_mode = Some(egui::TextWrapMode::Truncate);
        if ui.add(egui::Link::new(named)).clicked() {
            cx.ask(Ask::Show(Dialogue::History(cx.id(), one.doc)));
        }
        let t = theme::tokens(ui);
        let by = tr!(words, "closed-after-by", name = author, when = when);
        let by = egui::RichText::new(by).font(theme::Face::Text.at(t.text.small));
        ui.add(egui::Label::new(by.color(t.color.muted)).truncate());
    });
}

/// Closings that were followed by a reopening.
fn past(ui: &mut Ui, cx: &mut Cx<'_>, view: &ClosingView) {
    if view.past.is_empty() {
        return;
    }
    theme::card(ui, |ui| {
        ui.set_min_width(ui.available_width());
        theme::heading(ui, tr!(cx.words, "closing-past"));
        for one in &view.past {
            past_one(ui, cx, one);
        }
    });
}

fn past_one(ui: &mut Ui, cx: &Cx<'_>, one: &ClosedView) {
    let words = cx.words;
    let when = on_day(words, cx.today, one.at);
    let how = how_it_ended(words, &one.says);
    theme::paragraph(ui, tr!(words, "closing-past-one", when = when, how = how));
    let again = one.reopened.unwrap_or_default();
    let again = on_day(words, cx.today, again);
    theme::caption(ui, tr!(words, "closing-past-reopened", when = again));
    ends::quoted(ui, &one.reopened_words);
}

fn decide(cx: &mut Cx<'_>, decision: Decision) {
    cx.ask(Ask::Show(Dialogue::Decide(cx.id(), decision)));
}

/// Shows another network, where it is here.
fn go_to(cx: &mut Cx<'_>, network: tresse_engine::model::NetworkId) {
    cx.ask(Ask::Go(Place::Network(network, Tab::Home)));
}
