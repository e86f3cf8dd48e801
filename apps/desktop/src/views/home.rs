//! The first page of a network: what it is for, how its objectives stand, what waits for me, what moved.

mod asked;
mod coming;
mod frame;
mod identity;
pub(super) mod meeting;
mod since;

use std::cmp::Reverse;

use egui::Ui;
use tresse_engine::{
    ActionBrief, Command, HomeView, RecentChange,
    model::{DocId, DocKind, ItemId, NetworkId},
};

pub use coming::MANY_COME;
pub use frame::FrameForm;

use super::{
    Cx, closing,
    lines::{Lines, lines},
    members, overview,
    parts::{columns, line, stack},
    plan::Question,
};
use crate::{
    app::{
        asks::{Ask, Dialogue},
        place::{Place, Tab},
        text::file_name,
    },
    i18n::I18n,
    theme::{self, Icon, Tone},
    tr,
};

/// Most of one thing shown at first.
const FIRST: usize = 8;

/// What the first page remembers of one network.
#[derive(Default)]
pub struct HomeUi {
    look: Look,
}

/// What the first page shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Look {
    /// What waits for me.
    #[default]
    ForMe,
    /// The network at a glance.
    Overview,
    /// Whether it has met its purpose, and its end.
    Closing,
}

impl HomeUi {
    /// Shows the network at a glance.
    pub fn show_overview(&mut self) {
        self.look = Look::Overview;
    }

    /// Shows whether the network has met its purpose, and its end.
    pub fn show_closing(&mut self) {
        self.look = Look::Closing;
    }

    /// Paints it.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let home = std::sync::Arc::clone(&cx.net.home);
        let t = theme::tokens(ui);
        let widest = 2.5 * t.size.form;
        let salt = match self.look {
            Look::ForMe => "home",
            Look::Overview => "overview",
            Look::Closing => "closing",
        };
        theme::page(ui, salt, widest, |ui| {
            read_only(ui, cx, home.read_only);
            coming::ui(ui, cx);
            head(ui, cx, &home);
            ui.add_space(t.space.s);
            self.looks(ui, cx);
            ui.add_space(t.space.m);
            match self.look {
                Look::ForMe => for_me(ui, cx, &home),
                Look::Overview => overview::ui(ui, cx),
                Look::Closing => closing::ui(ui, cx),
            }
        });
    }

    fn looks(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        ui.horizontal(|ui| {
            for (look, name) in [
                (Look::ForMe, tr!(cx.words, "home-for-me")),
                (Look::Overview, tr!(cx.words, "home-overview")),
                (Look::Closing, tr!(cx.words, "home-closing")),
            ] {
                if theme::tab(ui, name, self.look == look).clicked() {
                    self.look = look;
                }
            }
            if self.look == Look::Overview {
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    take_along(ui, cx);
                });
            }
        });
    }
}

/// How one takes the network along: on paper, and in files.
fn take_along(ui: &mut Ui, cx: &mut Cx<'_>) {
    let t = theme::tokens(ui);
    let (print, export) = (
        tr!(cx.words, "overview-print"),
        tr!(cx.words, "command-export-files"),
    );
    // Beside the other names there may be room for the sign only, of one or of both.
    let sign = t.size.control + t.space.s;
    let wide = |words: &str| super::parts::button_width(ui, words) + t.space.s;
    let room = ui.available_width();
    let (both, one) = (wide(&print) + wide(&export), wide(&print) + sign);
    if button(ui, Icon::Export, export, both <= room).clicked() {
        cx.ask(Ask::Show(Dialogue::Export(cx.id())));
    }
    if button(ui, Icon::FileText, print, one <= room).clicked() {
        let name = tr!(cx.words, "overview-file", name = file_name(&cx.net.name));
        let network = cx.id();
        cx.ask(Ask::Print { network, name });
    }
}

/// A button with its words, or its sign alone.
fn button(ui: &mut Ui, icon: Icon, words: String, said: bool) -> egui::Response {
    if said {
        theme::quiet_icon_button(ui, icon, words)
    } else {
        theme::icon_button(ui, icon, words)
    }
}

/// What waits for me, then what moved; beside it, what the network is for and where it is going.
fn for_me(ui: &mut Ui, cx: &mut Cx<'_>, home: &HomeView) {
    let t = theme::tokens(ui);
    if is_new(home) && !cx.net.closing.is_closed() {
        identity::first_steps(ui, cx, home);
        ui.add_space(t.space.l);
    }
    let two = ui.available_width() >= 2.0 * t.size.column + t.space.xl;
    if two {
        columns(ui, 2, |ui, number| {
            let parts: &[Part] = if number == 0 {
                &[waiting, next_meeting, moved, late]
            } else {
                &[what_for, frame::ui, objectives]
            };
            stack(ui, parts, |ui, part| part(ui, cx, home));
        });
    } else {
        let parts: &[Part] = &[
            waiting,
            next_meeting,
            moved,
            what_for,
            frame::ui,
            objectives,
            late,
        ];
        stack(ui, parts, |ui, part| part(ui, cx, home));
    }
}

fn next_meeting(ui: &mut Ui, cx: &mut Cx<'_>, _: &HomeView) {
    meeting::next(ui, cx);
}

/// One part of the page.
type Part = fn(&mut Ui, &mut Cx<'_>, &HomeView);

/// Says that a document was written by a newer Tresse and can only be read here.
pub fn read_only(ui: &mut Ui, cx: &Cx<'_>, is: bool) {
    if is {
        theme::message(ui, Tone::Warn, tr!(cx.words, "read-only-banner"), |_| {});
        ui.add_space(theme::tokens(ui).space.m);
    }
}

fn is_new(home: &HomeView) -> bool {
    home.objectives.is_empty() && home.pages == 0 && home.members <= 1
}

fn head(ui: &mut Ui, cx: &mut Cx<'_>, home: &HomeView) {
    let t = theme::tokens(ui);
    theme::title(ui, cx.net.name.as_str());
    ui.horizontal_wrapped(|ui| {
        overview::kind_tags(ui, cx);
        let members = tr!(cx.words, "home-members", count = home.members);
        if ui.link(members).clicked() {
            cx.ask(Ask::Go(Place::Network(cx.id(), Tab::Members)));
        }
        if home.organisations > 0 {
            ui.label("·");
            ui.label(tr!(
                cx.words,
                "home-organisations",
                count = home.organisations
            ));
        }
        ui.label("·");
        let pages = tr!(cx.words, "home-pages", count = home.pages);
        if ui.link(pages).clicked() {
            cx.ask(Ask::Go(Place::Network(cx.id(), Tab::Library)));
        }
    });
    ui.add_space(t.space.xs);
}

fn what_for(ui: &mut Ui, cx: &mut Cx<'_>, home: &HomeView) {
    let network = cx.id();
    let locked = cx.locked(home.read_only);
    theme::card(ui, |ui| {
        let t = theme::tokens(ui);
        theme::heading(ui, tr!(cx.words, "purposes"));
        lines(
            ui,
            cx,
            &home.network.purposes,
            &Lines {
                salt: "purpose",
                locked,
                empty: tr!(cx.words, "purposes-empty"),
                add: tr!(cx.words, "purpose-add"),
                add_hint: tr!(cx.words, "purpose-hint"),
                one: tr!(cx.words, "purpose"),
                remove: tr!(cx.words, "purpose-remove"),
                on_add: |network, text| Command::PurposeAdd { network, text },
                on_set: |network, purpose, text| Command::PurposeSet {
                    network,
                    purpose,
                    text,
                },
                on_remove: |network, purpose, restore| Command::PurposeRemove {
                    network,
                    purpose,
                    restore,
                },
            },
        );
        ui.add_space(t.space.s);
        egui::CollapsingHeader::new(tr!(cx.words, "network-details"))
            .id_salt(("network-details", network))
            .show(ui, |ui| identity::details(ui, cx, home));
    });
}

fn objectives(ui: &mut Ui, cx: &mut Cx<'_>, home: &HomeView) {
    theme::card(ui, |ui| {
        let t = theme::tokens(ui);
        theme::heading(ui, tr!(cx.words, "objectives"));
        if home.objectives.is_empty() {
            theme::muted(ui, tr!(cx.words, "home-objectives-empty"));
            if theme::quiet_icon_button(ui, Icon::Target, tr!(cx.words, "home-objectives-go"))
                .clicked()
            {
                cx.ask(Ask::Go(Place::Network(cx.id(), Tab::Plan)));
            }
            return;
        }
        let (words, salt) = (cx.words, ("home objectives", cx.id()));
        members::bounded(
            ui,
            words,
            salt,
            FIRST,
            home.objectives.len(),
            |ui, place| {
                let objective = &home.objectives[place];
                ui.add_space(t.space.xs);
                let title = shown_title(cx.words, &objective.title);
                if ui.add(egui::Link::new(title)).clicked() {
                    let question = Question {
                        objective: Some(objective.id),
                        ..Question::default()
                    };
                    cx.ask(Ask::OpenPlan(cx.id(), question));
                }
                overview::progress(ui, cx, objective);
            },
        );
    });
}

fn waiting(ui: &mut Ui, cx: &mut Cx<'_>, home: &HomeView) {
    asked::ui(ui, cx);
    asked::warnings(ui, cx);
    theme::card(ui, |ui| {
        theme::heading(ui, tr!(cx.words, "my-actions"));
        if home.my_actions.is_empty() {
            theme::muted(ui, tr!(cx.words, "my-actions-empty"));
        }
        let (words, salt) = (cx.words, ("my actions", cx.id()));
        members::bounded(
            ui,
            words,
            salt,
            FIRST,
            home.my_actions.len(),
            |ui, place| {
                brief(ui, cx, &home.my_actions[place], false);
            },
        );
        let more = home.mine.saturating_sub(home.my_actions.len());
        if more > 0 {
            ui.add_space(theme::tokens(ui).space.s);
            if ui
                .link(tr!(words, "my-actions-more", count = more))
                .clicked()
            {
                cx.ask(Ask::Go(Place::Network(cx.id(), Tab::Plan)));
            }
        }
    });
}

/// What is late in the network and not mine.
fn late(ui: &mut Ui, cx: &mut Cx<'_>, home: &HomeView) {
    let others: Vec<&ActionBrief> = home
        .late_actions
        .iter()
        .filter(|late| !home.my_actions.iter().any(|mine| mine.id == late.id))
        .collect();
    if others.is_empty() {
        return;
    }
    theme::card(ui, |ui| {
        theme::heading(ui, tr!(cx.words, "late-actions"));
        let (words, salt) = (cx.words, ("late actions", cx.id()));
        members::bounded(ui, words, salt, FIRST, others.len(), |ui, place| {
            brief(ui, cx, others[place], true);
        });
    });
}

fn shown_title(words: &I18n, title: &str) -> String {
    if title.trim().is_empty() {
        tr!(words, "untitled")
    } else {
        title.to_owned()
    }
}

fn brief(ui: &mut Ui, cx: &mut Cx<'_>, action: &ActionBrief, with_owner: bool) {
    let id: ItemId = action.id;
    ui.spacing_mut().item_spacing.y = theme::tokens(ui).space.xs;
    ui.add_space(theme::tokens(ui).space.s);
    if ui
        .add(egui::Link::new(shown_title(cx.words, &action.title)))
        .clicked()
    {
        cx.ask(Ask::OpenAction(cx.id(), id));
    }
    let late = action
        .due
        .as_deref()
        .and_then(crate::app::dates::from_iso)
        .is_some_and(|due| due < cx.today);
    line(ui, |ui| {
        if let Some(due) = &action.due {
            let date = cx.words.date_short(due);
            if late {
                theme::status_chip(ui, Tone::Bad, tr!(cx.words, "due-late", date = date));
            } else {
                theme::caption(ui, tr!(cx.words, "due-on", date = date));
            }
        } else {
            theme::caption(ui, tr!(cx.words, "due-none"));
        }
        if action.blocked {
            theme::status_chip(ui, Tone::Warn, tr!(cx.words, "action-blocked"));
        }
        if with_owner {
            let owner = if action.owner.is_empty() {
                tr!(cx.words, "owner-nobody")
            } else {
                action.owner.clone()
            };
            theme::caption(ui, owner);
        }
    });
}

/// What moved since I last looked; as long as I never said so, what changed last.
fn moved(ui: &mut Ui, cx: &mut Cx<'_>, home: &HomeView) {
    if home.since.ever {
        since::ui(ui, cx, &home.since);
    } else {
        recent(ui, cx, home);
    }
}

fn recent(ui: &mut Ui, cx: &mut Cx<'_>, home: &HomeView) {
    theme::card(ui, |ui| {
        theme::heading(ui, tr!(cx.words, "recent"));
        if home.recent.is_empty() {
            theme::muted(ui, tr!(cx.words, "recent-empty"));
        }
        // Clocks tell seconds: what changed within one stands in an order that does not jump about.
        let mut recent: Vec<&RecentChange> = home.recent.iter().collect();
        recent.sort_by_key(|change| (Reverse(change.at), rank(change), &change.title));
        for change in recent.into_iter().take(12) {
            one_change(ui, cx, change);
        }
        if !home.recent.is_empty() {
            since::all_seen(ui, cx);
        }
    });
}

fn rank(change: &RecentChange) -> u8 {
    match change.doc.kind() {
        Some(DocKind::Page | DocKind::Meeting | DocKind::Decision) => 0,
        Some(DocKind::Plan) => 1,
        Some(DocKind::Charter) => 2,
        Some(DocKind::Watch | DocKind::Resources) => 3,
        Some(DocKind::Notebook) => 4,
        Some(DocKind::Network) | None => 5,
    }
}

fn one_change(ui: &mut Ui, cx: &mut Cx<'_>, change: &RecentChange) {
    let words = cx.words;
    let author = if change.author.is_empty() {
        tr!(words, "somebody")
    } else {
        change.author.clone()
    };
    let when = words.ago(change.at, cx.now);
    let by = tr!(words, "recent-by", name = author, when = when);
    changed(ui, cx, (change.doc, &change.title), &[by], None);
}

/// A document that changed, with a way to it and who changed it; true when it was opened. `mark` stands beside its name.
fn changed(
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    (doc, title): (DocId, &str),
    by: &[String],
    mark: Option<String>,
) -> bool {
    let t = theme::tokens(ui);
    let words = cx.words;
    let (what, icon, ask) = way_to(words, cx.id(), doc, title);
    let mut opened = false;
    ui.add_space(t.space.xs);
    ui.horizontal(|ui| {
        icon.show(ui, t.size.icon, t.color.muted);
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            line(ui, |ui| {
                if ui.add(egui::Link::new(what)).clicked() {
                    opened = true;
                    cx.ask(ask);
                }
                if let Some(mark) = mark {
                    theme::status_chip(ui, Tone::Accent, mark);
                }
            });
            for by in by {
                theme::caption(ui, by.as_str()).on_hover_text(tr!(words, "sealed-author"));
            }
        });
    });
    opened
}

/// What a document is called in a list of those that changed, and the way to it.
pub(in crate::views) fn way_to(
    words: &I18n,
    network: NetworkId,
    doc: DocId,
    title: &str,
) -> (String, Icon, Ask) {
    match doc.kind() {
        Some(DocKind::Page) => (
            shown_title(words, title),
            Icon::FileText,
            Ask::OpenPage(network, doc),
        ),
        Some(DocKind::Meeting) => (
            shown_title(words, title),
            Icon::CalendarBlank,
            Ask::OpenMeeting(network, doc),
        ),
        Some(DocKind::Decision) => (
            shown_title(words, title),
            Icon::Gavel,
            Ask::OpenDecision(network, doc),
        ),
        Some(DocKind::Charter) => (
            tr!(words, "recent-charter"),
            Icon::Scroll,
            Ask::Go(Place::Network(network, Tab::Charter)),
        ),
        Some(DocKind::Plan) => (
            tr!(words, "recent-plan"),
            Icon::ListChecks,
            Ask::Go(Place::Network(network, Tab::Plan)),
        ),
        Some(DocKind::Watch) => (
            tr!(words, "recent-watch"),
            Icon::Binoculars,
            Ask::Go(Place::Network(network, Tab::Watch)),
        ),
        Some(DocKind::Resources) => (
            tr!(words, "recent-resources"),
            Icon::Handshake,
            Ask::Go(Place::Network(network, Tab::Resources)),
        ),
        Some(DocKind::Notebook) => (
            tr!(words, "recent-notebook"),
            Icon::User,
            Ask::Go(Place::Network(network, Tab::Members)),
        ),
        Some(DocKind::Network) | None => (
            tr!(words, "recent-network"),
            Icon::Info,
            Ask::Go(Place::Network(network, Tab::Home)),
        ),
    }
}
