//! Working groups: all of them on cards, and each on a page of its own.

mod page;

use std::sync::Arc;

use egui::{Id, Ui};
use tresse_engine::{Command, GroupView, model::ItemId};

use super::typing::entry;
use crate::{
    theme::{self, Icon, Tone},
    tr,
    views::{
        Cx,
        parts::{button_width, empty, line},
        tall::Heights,
    },
};

/// What this look remembers.
#[derive(Default)]
pub(super) struct GroupsUi {
    /// The group whose page is shown.
    shown: Option<ItemId>,
    new_name: String,
    heights: Heights,
    page: page::PageUi,
    focus: bool,
    /// What the list was made of, and the list.
    listed: Option<(Arc<Vec<GroupView>>, Entries)>,
}

/// The list, each thing with its name.
type Entries = Arc<Vec<(Id, Entry)>>;

/// One thing in the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Entry {
    Group(usize),
    /// Those that are closed follow.
    Closed,
}

impl GroupsUi {
    /// Puts the keyboard into the field for a new group.
    pub(super) fn new_thing(&mut self) {
        self.shown = None;
        self.focus = true;
    }

    /// Shows the page of a group.
    pub(super) fn show(&mut self, group: ItemId) {
        self.shown = Some(group);
    }

    /// Paints it.
    pub(super) fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let groups = Arc::clone(&cx.net.groups);
        let shown = self.shown;
        let shown = groups.iter().find(|one| Some(one.content.id) == shown);
        if let Some(group) = shown {
            if self.page.ui(ui, cx, &groups, group) {
                self.shown = None;
            }
            return;
        }
        self.shown = None;
        let locked = cx.locked(cx.net.plan.read_only);
        if !locked {
            self.add(ui, cx);
            ui.add_space(theme::tokens(ui).space.s);
        }
        if groups.is_empty() {
            empty(
                ui,
                tr!(cx.words, "groups-empty"),
                tr!(cx.words, "groups-empty-hint"),
                None,
            );
            return;
        }
        let entries = self.entries(&groups);
        let mut opened = None;
        let mut heights = std::mem::take(&mut self.heights);
        heights.show(ui, "groups", &entries, 120.0, None, |ui, entry| {
            match entry {
                Entry::Closed => {
                    theme::heading(ui, tr!(cx.words, "groups-closed"));
                }
                Entry::Group(at) => {
                    if let Some(group) = groups.get(*at)
                        && card(ui, cx, group)
                    {
                        opened = Some(group.content.id);
                    }
                }
            }
            ui.add_space(theme::tokens(ui).space.s);
        });
        self.heights = heights;
        if opened.is_some() {
            self.shown = opened;
        }
    }

    fn entries(&mut self, groups: &Arc<Vec<GroupView>>) -> Entries {
        if let Some((of, entries)) = &self.listed
            && Arc::ptr_eq(of, groups)
        {
            return Arc::clone(entries);
        }
        let entry = |(at, one): (usize, &GroupView)| {
            (Id::unique(("group", one.content.id)), Entry::Group(at))
        };
        let all = || groups.iter().enumerate();
        let mut entries: Vec<_> = all().filter(|(_, one)| one.open).map(entry).collect();
        let closed: Vec<_> = all().filter(|(_, one)| !one.open).map(entry).collect();
        if !closed.is_empty() {
            entries.push((Id::unique("closed groups"), Entry::Closed));
            entries.extend(closed);
        }
        let entries = Arc::new(entries);
        self.listed = Some((Arc::clone(groups), Arc::clone(&entries)));
        entries
    }

    fn add(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let t = theme::tokens(ui);
        ui.horizontal(|ui| {
            let words = tr!(cx.words, "groups-add");
            let hint = tr!(cx.words, "groups-new-hint");
            let room = ui.available_width() - button_width(ui, &words) - t.space.s;
            let width = room.min(t.size.form);
            let (response, entered) = entry(ui, &mut self.new_name, hint.clone(), hint, width);
            if std::mem::take(&mut self.focus) {
                response.request_focus();
            }
            let pressed = theme::quiet_icon_button(ui, Icon::Plus, words).clicked();
            let name = self.new_name.trim();
            if (entered || pressed) && !name.is_empty() && crate::views::parts::title_fits(cx, name)
            {
                cx.send(Command::GroupAdd {
                    network: cx.id(),
                    name: name.to_owned(),
                    remit: None,
                    start: Some(cx.today.to_string()),
                    planned_end: None,
                });
                self.new_name.clear();
            }
            if entered || pressed {
                response.request_focus();
            }
        });
    }
}

/// A group on its card; true when it was chosen.
fn card(ui: &mut Ui, cx: &Cx<'_>, group: &GroupView) -> bool {
    let words = cx.words;
    let one = &group.content;
    let label = tr!(words, "groups-open", name = one.name.clone());
    let card = theme::card_button(ui, label, |ui| {
        line(ui, |ui| {
            theme::subheading(ui, one.name.as_str());
            state(ui, cx, group);
        });
        if !one.remit.is_empty() {
            theme::muted(ui, one.remit.as_str());
        }
        let names: Vec<&str> = group.people.iter().map(|one| one.name.as_str()).collect();
        let people = if names.is_empty() {
            tr!(words, "groups-nobody")
        } else {
            names.join(", ")
        };
        theme::caption(ui, people);
        let open = group.actions.iter().filter(|action| {
            use tresse_engine::model::Status;
            !matches!(action.status, Status::Done | Status::Dropped)
        });
        let counts = tr!(
            words,
            "groups-counts",
            open = open.count(),
            pages = group.pages.len()
        );
        theme::caption(ui, counts);
    });
    card.response.clicked()
}

/// Whether it works, means to have finished, or closed.
fn state(ui: &mut Ui, cx: &Cx<'_>, group: &GroupView) {
    let (words, one) = (cx.words, &group.content);
    if !group.open {
        let told = tr!(
            words,
            "groups-closed-on",
            date = words.date_short(&one.closed)
        );
        theme::status_chip(ui, Tone::Neutral, told);
    } else if !one.planned_end.is_empty() {
        let date = words.date_short(&one.planned_end);
        let past = one.planned_end.as_str() < cx.today.to_string().as_str();
        if past {
            theme::status_chip(ui, Tone::Warn, tr!(words, "groups-overdue", date = date));
        } else {
            theme::caption(ui, tr!(words, "groups-until", date = date));
        }
    }
}
