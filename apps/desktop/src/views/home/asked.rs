//! What the network asks of me: to consent, to sign, to look again; and what is to be looked at together.

use egui::Ui;
use tresse_engine::AskedView;

use crate::{
    app::{
        asks::Ask,
        place::{Place, Tab},
        text::cut,
    },
    theme, tr,
    views::{Cx, members},
};

/// So much is named at once.
const FIRST: usize = 8;
/// So many warnings are: the others are a step away.
const WARNINGS: usize = 3;

/// Paints it, if there is anything.
pub(super) fn ui(ui: &mut Ui, cx: &mut Cx<'_>) {
    let home = std::sync::Arc::clone(&cx.net.home);
    if home.asked.is_empty() {
        return;
    }
    theme::card(ui, |ui| {
        theme::heading(ui, tr!(cx.words, "asked-of-me"));
        let (words, salt) = (cx.words, ("asked", cx.id()));
        members::bounded(ui, words, salt, FIRST, home.asked.len(), |ui, place| {
            let (sentence, ask) = one(cx, &home.asked[place]);
            if ui.add(egui::Link::new(sentence)).clicked() {
                cx.ask(ask);
            }
        });
    });
    ui.add_space(theme::tokens(ui).space.s);
}

/// Where roles need a look, said kindly, with a way there.
pub(super) fn warnings(ui: &mut Ui, cx: &mut Cx<'_>) {
    let home = std::sync::Arc::clone(&cx.net.home);
    if home.warnings.is_empty() || !cx.net.is_writable() {
        return;
    }
    theme::card(ui, |ui| {
        theme::heading(ui, tr!(cx.words, "home-warnings"));
        let (words, salt) = (cx.words, ("warnings", cx.id()));
        members::bounded(ui, words, salt, WARNINGS, home.warnings.len(), |ui, at| {
            let (sentence, spot) = members::role_warning(cx, &home.warnings[at]);
            if ui.add(egui::Link::new(sentence)).clicked() {
                cx.ask(Ask::OpenRoles(cx.id(), spot));
            }
        });
    });
    ui.add_space(theme::tokens(ui).space.s);
}

/// One thing in a sentence, and where it is.
fn one(cx: &Cx<'_>, asked: &AskedView) -> (String, Ask) {
    let (words, network) = (cx.words, cx.id());
    let to = |tab| Ask::Go(Place::Network(network, tab));
    let closing = || Ask::OpenClosing(network);
    match asked {
        AskedView::Ballot { decision, title } => (
            tr!(words, "asked-vote", title = cut(title, 80)),
            Ask::OpenDecision(network, *decision),
        ),
        AskedView::Count { decision, title } => (
            tr!(words, "asked-count", title = cut(title, 80)),
            Ask::OpenDecision(network, *decision),
        ),
        AskedView::LookAgain { decision, title } => (
            tr!(words, "asked-look-again", title = cut(title, 80)),
            Ask::OpenDecision(network, *decision),
        ),
        AskedView::GiveBack {
            resource,
            name,
            until,
        } => (
            tr!(
                words,
                "asked-give-back",
                name = cut(name, 80),
                day = words.date_short(until)
            ),
            Ask::OpenResource(network, *resource),
        ),
        AskedView::CharterConsent { by, .. } => (
            tr!(words, "asked-charter-consent", name = by.clone()),
            to(Tab::Charter),
        ),
        AskedView::CharterRecord { decision, title } => (
            tr!(words, "asked-charter-record", title = cut(title, 80)),
            Ask::OpenDecision(network, *decision),
        ),
        AskedView::CharterSign { .. } => (tr!(words, "asked-charter-sign"), to(Tab::Charter)),
        AskedView::MeetingDays { meeting, title } => (
            tr!(words, "date-to-answer", title = cut(title, 80)),
            Ask::OpenMeeting(network, *meeting),
        ),
        AskedView::Cases { count } => (
            tr!(words, "asked-decisions", count = *count),
            to(Tab::Members),
        ),
        AskedView::Role(asked) => {
            let (sentence, spot) = members::role_asked(cx, asked);
            (sentence, Ask::OpenRoles(network, spot))
        }
        AskedView::Pulse { until } => (
            tr!(words, "asked-pulse", until = words.date(until)),
            Ask::ShowPulse(network),
        ),
        AskedView::StateAddedValue {} => (tr!(words, "asked-added-value-state"), to(Tab::Members)),
        AskedView::ReadAddedValue {} => (tr!(words, "asked-added-value"), to(Tab::Members)),
        AskedView::Closing { by, .. } => {
            (tr!(words, "asked-closing", name = by.clone()), closing())
        }
        AskedView::Reopening { by } => {
            (tr!(words, "asked-reopening", name = by.clone()), closing())
        }
        AskedView::Review {} => (tr!(words, "asked-review"), closing()),
        AskedView::Archive {} => (tr!(words, "asked-archive"), closing()),
    }
}
