//! A working group on one page: what it is asked to do, who is in it, from when to when, its actions and its pages.

use std::{collections::HashSet, sync::Arc};

use egui::{Id, Ui};
use tresse_engine::{
    ActionBrief, Command, GroupMember, GroupView, LibraryView, PageRow,
    model::{GroupField, ItemId, MemberId, PageField},
};

use super::state;
use crate::{
    app::{asks::Ask, text::fold},
    theme::{self, Icon, Tone},
    tr,
    views::{
        Cx,
        fields::Field,
        hands,
        members::near,
        parts::{columns, hang, line},
        plan::{
            action::{owner_name, owner_options},
            status::{status_name, status_tone},
            typing::{bin, entry, keep, kept},
        },
        tall::Heights,
    },
};

/// How many pages a search for one offers.
const OFFERED: usize = 6;
/// As many people stand together; of more, only those near what is in sight are laid out.
const CROWD: usize = 40;

/// What the page remembers.
#[derive(Default)]
pub(super) struct PageUi {
    heights: Heights,
    of: Option<ItemId>,
    /// What the list of parts was made of, and the list.
    listed: Option<(Arc<Vec<GroupView>>, Parts)>,
    offered: Offered,
}

/// The page's parts, each with its name.
type Parts = Arc<Vec<(Id, Part)>>;

/// The pages that can be tied to the group, and what they were looked for in: the library, the letters, the group.
#[derive(Default)]
struct Offered {
    of: Option<(Arc<LibraryView>, String, ItemId)>,
    /// Their places in the library.
    pages: Vec<usize>,
}

impl Offered {
    /// Looks for them, where something is another than before.
    fn update(&mut self, library: &Arc<LibraryView>, wanted: &str, group: ItemId) {
        let fresh = self.of.as_ref().is_some_and(|(of, letters, id)| {
            Arc::ptr_eq(of, library) && letters == wanted && *id == group
        });
        if fresh {
            return;
        }
        let looked_for = fold(wanted);
        let pages = library.pages.iter().enumerate();
        let fits = pages.filter(|(_, page)| {
            page.group != Some(group) && fold(&page.title).contains(&looked_for)
        });
        self.pages = fits.map(|(at, _)| at).take(OFFERED).collect();
        self.of = Some((Arc::clone(library), wanted.to_owned(), group));
    }
}

/// One part of the page.
#[derive(Debug, Clone, Copy)]
enum Part {
    Head,
    Action(usize),
    NewAction,
    Meetings,
    Page(usize),
    End,
}

impl PageUi {
    /// Paints it; true when the person goes back to all groups.
    pub(super) fn ui(
        &mut self,
        ui: &mut Ui,
        cx: &mut Cx<'_>,
        groups: &Arc<Vec<GroupView>>,
        group: &GroupView,
    ) -> bool {
        let id = group.content.id;
        if self.of.replace(id) != Some(id) {
            self.heights = Heights::default();
            self.listed = None;
        }
        let back = theme::quiet_icon_button(ui, Icon::ArrowLeft, tr!(cx.words, "groups-all"));
        let locked = cx.locked(cx.net.plan.read_only);
        let parts = self.parts(groups, group);
        let offered = &mut self.offered;
        let mut gone = false;
        let row = theme::tokens(ui).size.control;
        self.heights
            .show(ui, "group", &parts, row, None, |ui, part| match part {
                Part::Head => head(ui, cx, group, locked),
                Part::Action(at) => {
                    if let Some(action) = group.actions.get(*at) {
                        self::action(ui, cx, action);
                    }
                }
                Part::NewAction => new_action(ui, cx, group, locked),
                Part::Meetings => {
                    meetings(ui, cx, group);
                    ui.add_space(theme::tokens(ui).space.m);
                    theme::heading(ui, tr!(cx.words, "groups-pages"));
                    if group.pages.is_empty() {
                        theme::muted(ui, tr!(cx.words, "groups-no-page"));
                    }
                }
                Part::Page(at) => {
                    if let Some(page) = group.pages.get(*at) {
                        self::page(ui, cx, page, locked);
                    }
                }
                Part::End => {
                    if !locked {
                        tie_page(ui, cx, group, offered);
                    }
                    ui.add_space(theme::tokens(ui).space.l);
                    gone |= !locked && ending(ui, cx, group);
                }
            });
        back.clicked() || gone
    }

    fn parts(&mut self, groups: &Arc<Vec<GroupView>>, group: &GroupView) -> Parts {
        if let Some((of, parts)) = &self.listed
            && Arc::ptr_eq(of, groups)
        {
            return Arc::clone(parts);
        }
        let named = |name: &str| Id::unique((name, group.content.id));
        let mut parts = vec![(named("head"), Part::Head)];
        let actions = group.actions.iter().enumerate();
        parts.extend(
            actions.map(|(at, one)| (Id::unique(("its action", one.id)), Part::Action(at))),
        );
        parts.push((named("new action"), Part::NewAction));
        parts.push((named("meetings"), Part::Meetings));
        let pages = group.pages.iter().enumerate();
        parts.extend(pages.map(|(at, one)| (Id::unique(("its page", one.id)), Part::Page(at))));
        parts.push((named("end"), Part::End));
        let parts = Arc::new(parts);
        self.listed = Some((Arc::clone(groups), Arc::clone(&parts)));
        parts
    }
}

/// All that is said of it.
fn head(ui: &mut Ui, cx: &mut Cx<'_>, group: &GroupView, locked: bool) {
    let t = theme::tokens(ui);
    let (network, id, words) = (cx.id(), group.content.id, cx.words);
    let one = &group.content;
    line(ui, |ui| {
        theme::title(ui, one.name.as_str());
        state(ui, cx, group);
    });
    if !locked {
        ui.horizontal_wrapped(|ui| mine(ui, cx, group));
    }
    ui.add_space(t.space.xs);
    let set = move |field: GroupField| {
        move |text: &str| Command::GroupSet {
            network,
            group: id,
            field,
            value: (!text.is_empty()).then(|| text.to_owned()),
        }
    };
    let field = |key: GroupField, name: String, value| {
        Field::new((network, id, key.key()), name, value)
            .locked(locked)
            .conflict(&one.conflicts, key.key())
    };
    field(GroupField::Name, tr!(words, "groups-name"), &one.name)
        .needed()
        .line(ui, cx, set(GroupField::Name));
    field(GroupField::Remit, tr!(words, "groups-remit"), &one.remit)
        .hint(tr!(words, "groups-remit-hint"))
        .lines(ui, cx, 2, set(GroupField::Remit));
    columns(ui, 2, |ui, number| {
        let (key, name, value) = if number == 0 {
            (GroupField::Start, tr!(words, "groups-start"), &one.start)
        } else {
            let name = tr!(words, "groups-planned-end");
            (GroupField::PlannedEnd, name, &one.planned_end)
        };
        field(key, name, value)
            .hint(tr!(words, "date-hint"))
            .date(ui, cx, set(key));
    });
    ui.add_space(t.space.xs);
    hands::caption(ui, cx, id);
    ui.add_space(t.space.s);
    theme::heading(ui, tr!(words, "groups-members"));
    people(ui, cx, group, locked);
    ui.add_space(t.space.s);
    theme::heading(ui, tr!(words, "groups-actions"));
    if group.actions.is_empty() {
        theme::muted(ui, tr!(words, "groups-no-action"));
    }
}

/// I join, or leave.
fn mine(ui: &mut Ui, cx: &mut Cx<'_>, group: &GroupView) {
    let me = cx.app.me.member;
    let inside = group.people.iter().any(|one| one.member == me);
    let clicked = if inside {
        theme::quiet_icon_button(ui, Icon::SignOut, tr!(cx.words, "groups-leave")).clicked()
    } else if group.open {
        theme::primary_icon_button(ui, Icon::UserPlus, tr!(cx.words, "groups-join")).clicked()
    } else {
        false
    };
    if clicked {
        cx.send(member(cx, group, me, inside));
    }
}

fn member(cx: &Cx<'_>, group: &GroupView, member: MemberId, off: bool) -> Command {
    Command::GroupMember {
        network: cx.id(),
        group: group.content.id,
        member,
        off,
    }
}

fn people(ui: &mut Ui, cx: &mut Cx<'_>, group: &GroupView, locked: bool) {
    let words = cx.words;
    if group.people.is_empty() {
        theme::muted(ui, tr!(words, "groups-nobody"));
    }
    let tags = |ui: &mut Ui, cx: &mut Cx<'_>, people: &[GroupMember]| {
        for one in people {
            let name = if one.gone {
                tr!(words, "groups-gone", name = one.name.clone())
            } else {
                one.name.clone()
            };
            if locked {
                theme::tag(ui, name);
                continue;
            }
            let take_out = tr!(words, "groups-take-out", name = one.name.clone());
            if theme::removable_tag(ui, name, take_out) {
                cx.send(member(cx, group, one.member, true));
            }
        }
    };
    if group.people.len() > CROWD {
        let some: Vec<_> = group.people.chunks(CROWD).collect();
        let height = 4.0 * theme::tokens(ui).size.control;
        near(
            ui,
            ("its people", group.content.id),
            some.len(),
            height,
            |ui, at| {
                ui.horizontal_wrapped(|ui| tags(ui, cx, some[at]));
            },
        );
    } else if !group.people.is_empty() {
        ui.horizontal_wrapped(|ui| tags(ui, cx, &group.people));
    }
    if locked {
        return;
    }
    let members = Arc::clone(&cx.net.members);
    let others = || {
        let mut others = owner_options(&members);
        let inside = group.people.iter().map(|one| one.member.to_string());
        let inside: HashSet<String> = inside.collect();
        others.retain(|id| !id.is_empty() && !inside.contains(id));
        others
    };
    let (network, id) = (cx.id(), group.content.id);
    let me = cx.app.me.member;
    hang(ui, theme::tokens(ui).space.s, |ui| {
        ui.set_max_width(theme::tokens(ui).size.column);
        Field::new((network, id, "people"), tr!(words, "groups-put-in"), "")
            .hint(tr!(words, "groups-put-in"))
            .pick_cell(
                ui,
                cx,
                &|id| owner_name(&members, id),
                &others,
                move |member| Command::GroupMember {
                    network,
                    group: id,
                    // Only members' ids are offered.
                    member: member.parse().unwrap_or(me),
                    off: false,
                },
            );
    });
}

/// Closing, opening again, and the bin; true when it was put there.
fn ending(ui: &mut Ui, cx: &mut Cx<'_>, group: &GroupView) -> bool {
    let (network, id, words) = (cx.id(), group.content.id, cx.words);
    let mut gone = false;
    theme::rule(ui);
    ui.horizontal_wrapped(|ui| {
        let today = cx.today.to_string();
        let (pressed, value) = if group.open {
            let close = theme::quiet_icon_button(ui, Icon::CheckCircle, tr!(words, "groups-close"));
            (
                close.on_hover_text(tr!(words, "groups-close-hint")),
                Some(today),
            )
        } else {
            let open = tr!(words, "groups-reopen");
            (
                theme::quiet_icon_button(ui, Icon::ArrowCounterClockwise, open),
                None,
            )
        };
        if pressed.clicked() {
            cx.send(Command::GroupSet {
                network,
                group: id,
                field: GroupField::Closed,
                value,
            });
        }
        if theme::quiet_icon_button(ui, Icon::Trash, tr!(words, "to-bin"))
            .accessible_name(tr!(
                words,
                "groups-remove",
                name = group.content.name.clone()
            ))
            .clicked()
        {
            bin(cx, group.content.name.clone(), |restore| {
                Command::GroupRemove {
                    network,
                    group: id,
                    restore,
                }
            });
            gone = true;
        }
    });
    gone
}

fn action(ui: &mut Ui, cx: &mut Cx<'_>, action: &ActionBrief) {
    let words = cx.words;
    ui.horizontal(|ui| {
        theme::status_dot(ui, status_tone(action.status), "");
        let title = if action.title.is_empty() {
            tr!(words, "untitled")
        } else {
            action.title.clone()
        };
        let name = tr!(words, "action-open", title = title.clone());
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let due = action.due.as_deref().unwrap_or_default();
            let past = action.late || (!due.is_empty() && due < cx.today.to_string().as_str());
            let done = matches!(
                action.status,
                tresse_engine::model::Status::Done | tresse_engine::model::Status::Dropped
            );
            if past && !done {
                theme::status_chip(ui, Tone::Bad, words.date_short(due));
            } else if !due.is_empty() {
                theme::caption(ui, words.date_short(due));
            }
            theme::caption(ui, status_name(words, action.status));
            if !action.owner.is_empty() {
                theme::caption(ui, action.owner.as_str());
            }
            ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                let link = egui::Button::new(title).truncate().frame(false);
                if ui.add(link).accessible_name(name).clicked() {
                    cx.ask(Ask::OpenAction(cx.id(), action.id));
                }
            });
        });
    });
}

fn new_action(ui: &mut Ui, cx: &mut Cx<'_>, group: &GroupView, locked: bool) {
    if locked {
        return;
    }
    let salt = ("group action", group.content.id);
    let mut title = kept(ui, salt);
    ui.horizontal(|ui| {
        let hint = tr!(cx.words, "groups-action-hint");
        let width = theme::tokens(ui).size.form * 0.7;
        let (response, entered) = entry(ui, &mut title, hint.clone(), hint, width);
        let add = tr!(cx.words, "action-add");
        let pressed = theme::quiet_icon_button(ui, Icon::Plus, add).clicked();
        if (entered || pressed)
            && !title.trim().is_empty()
            && crate::views::parts::title_fits(cx, &title)
        {
            cx.send(Command::ActionAdd {
                network: cx.id(),
                title: title.trim().to_owned(),
                objective: None,
                owner: None,
                due: None,
                territory: None,
                status: None,
                group: None,
                working_group: Some(group.content.id),
                start: None,
                effort: None,
                every: None,
                territory_scale: None,
            });
            title.clear();
            response.request_focus();
        }
    });
    keep(ui, salt, title);
}

/// Its meetings: those to come, then the last that were.
fn meetings(ui: &mut Ui, cx: &mut Cx<'_>, group: &GroupView) {
    let t = theme::tokens(ui);
    let id = Some(group.content.id);
    let net = Arc::clone(cx.net);
    ui.add_space(t.space.m);
    theme::heading(ui, tr!(cx.words, "groups-meetings"));
    let coming = net.meetings.coming.iter();
    let coming = coming.filter(|one| one.group == id && !one.skipped);
    let coming: Vec<_> = coming.take(OFFERED).collect();
    let shown: Vec<_> = coming.iter().filter_map(|one| one.meeting).collect();
    let known = net.meetings.meetings.iter();
    let known = known.filter(|row| row.group == id && !shown.contains(&row.id));
    let known: Vec<_> = known.take(OFFERED).collect();
    if coming.is_empty() && known.is_empty() {
        theme::muted(ui, tr!(cx.words, "groups-no-meeting"));
    }
    for one in coming {
        crate::views::home::meeting::one(ui, cx, one);
    }
    for row in known {
        let when = crate::views::meetings::when(cx.words, &row.on, &row.at);
        let name = tr!(
            cx.words,
            "meeting-open",
            title = row.title.clone(),
            when = when.clone()
        );
        if ui.link(row.title.as_str()).accessible_name(name).clicked() {
            cx.ask(Ask::OpenMeeting(cx.id(), row.id));
        }
        theme::caption(ui, when);
    }
}

/// One of its pages.
fn page(ui: &mut Ui, cx: &mut Cx<'_>, page: &PageRow, locked: bool) {
    let t = theme::tokens(ui);
    let (network, words) = (cx.id(), cx.words);
    ui.horizontal(|ui| {
        Icon::FileText.show(ui, t.size.icon, t.color.muted);
        let name = tr!(words, "page-open", title = page.title.clone());
        if ui.link(page.title.as_str()).accessible_name(name).clicked() {
            cx.ask(Ask::OpenPage(network, page.id));
        }
        if !locked {
            let off = tr!(words, "groups-page-off", title = page.title.clone());
            if theme::icon_button(ui, Icon::X, off).clicked() {
                cx.send(Command::PageSet {
                    network,
                    page: page.id,
                    field: PageField::Group,
                    value: None,
                });
            }
        }
    });
}

/// Ties one more page to it.
fn tie_page(ui: &mut Ui, cx: &mut Cx<'_>, group: &GroupView, offered: &mut Offered) {
    let t = theme::tokens(ui);
    let (network, id, words) = (cx.id(), group.content.id, cx.words);
    let salt = ("group page", id);
    let mut wanted = kept(ui, salt);
    let hint = tr!(words, "groups-page-hint");
    entry(ui, &mut wanted, hint.clone(), hint, t.size.form * 0.7);
    if !wanted.trim().is_empty() {
        let library = Arc::clone(&cx.net.library);
        offered.update(&library, wanted.trim(), id);
        if offered.pages.is_empty() {
            theme::caption(ui, tr!(words, "groups-page-none"));
        }
        for page in offered.pages.iter().filter_map(|at| library.pages.get(*at)) {
            let on = tr!(words, "groups-page-on", title = page.title.clone());
            if theme::quiet_button(ui, page.title.as_str())
                .accessible_name(on)
                .clicked()
            {
                cx.send(Command::PageSet {
                    network,
                    page: page.id,
                    field: PageField::Group,
                    value: Some(id.to_string()),
                });
                wanted.clear();
            }
        }
    }
    keep(ui, salt, wanted);
}
