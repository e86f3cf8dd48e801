//! What an action holds besides its fields: who does it, what it waits for, its parts, and the times it comes again.

use egui::{TextEdit, Ui};
use tresse_engine::{
    Command, PlanView,
    model::{Action, ItemId},
};

use super::{
    action::{owner_name, owner_options},
    typing::{keep, kept},
};
use crate::{
    theme::{self, Icon, Tone},
    tr,
    views::{Cx, fields::Field, parts::hang},
};

/// How many actions a search for what to wait for offers.
const OFFERED: usize = 6;

/// Who does it: each can be taken off, anybody put on.
pub(super) fn owners(ui: &mut Ui, cx: &mut Cx<'_>, action: &Action, locked: bool) {
    let members = std::sync::Arc::clone(&cx.net.members);
    let (network, id, words) = (cx.id(), action.id, cx.words);
    if !action.owners.is_empty() {
        ui.horizontal_wrapped(|ui| {
            for owner in &action.owners {
                let name = members.name_of(owner);
                if locked {
                    theme::tag(ui, name);
                    continue;
                }
                let take_off = tr!(words, "action-owner-off", name = name.clone());
                if theme::removable_tag(ui, name, take_off) {
                    cx.send(Command::ActionOwner {
                        network,
                        action: id,
                        member: *owner,
                        off: true,
                    });
                }
            }
        });
    }
    if locked {
        return;
    }
    let others = || {
        let mut others = owner_options(&members);
        let owns = |id: &String| action.owners.iter().any(|owner| owner.to_string() == *id);
        others.retain(|id| !id.is_empty() && !owns(id));
        others
    };
    let hint = if action.owners.is_empty() {
        tr!(words, "owner-nobody")
    } else {
        tr!(words, "action-owner-more")
    };
    let me = cx.app.me.member;
    let add = tr!(words, "action-owner-add");
    hang(ui, theme::tokens(ui).space.s, |ui| {
        Field::new((network, id, "owners"), add, "")
            .hint(hint)
            .pick_cell(
                ui,
                cx,
                &|id| owner_name(&members, id),
                &others,
                move |member| Command::ActionOwner {
                    network,
                    action: id,
                    // Only members' ids are offered.
                    member: member.parse().unwrap_or(me),
                    off: false,
                },
            );
    });
}

/// What it waits for: each can be taken out, another one found by its words.
pub(super) fn waits(ui: &mut Ui, cx: &mut Cx<'_>, plan: &PlanView, action: &Action, locked: bool) {
    let (network, id, words) = (cx.id(), action.id, cx.words);
    let title = |of: &ItemId| {
        let found = plan.content.actions.iter().find(|one| one.id == *of);
        found.map_or_else(|| tr!(words, "action-gone"), |one| one.title.clone())
    };
    if plan.facts.cycles.iter().any(|cycle| cycle.contains(&id)) {
        theme::message(ui, Tone::Warn, tr!(words, "action-cycle"), |_| {});
    }
    if !action.depends_on.is_empty() {
        ui.horizontal_wrapped(|ui| {
            for on in &action.depends_on {
                let name = title(on);
                if locked {
                    theme::tag(ui, name);
                    continue;
                }
                let take_out = tr!(words, "action-waits-off", title = name.clone());
                if theme::removable_tag(ui, name, take_out) {
                    cx.send(depend(cx, id, *on, true));
                }
            }
        });
    } else if locked {
        theme::muted(ui, tr!(words, "action-waits-none"));
    }
    if locked {
        return;
    }
    let mut wanted = kept(ui, (network, id, "waits"));
    ui.add(
        TextEdit::singleline(&mut wanted)
            .align(egui::Align2::LEFT_CENTER)
            .hint_text(tr!(words, "action-waits-hint"))
            .desired_width(ui.available_width()),
    )
    .accessible_name(tr!(words, "action-waits-find"));
    let looked_for = wanted.trim().to_lowercase();
    if !looked_for.is_empty() {
        let fits = |one: &&Action| {
            one.id != id
                && !action.depends_on.contains(&one.id)
                && one.title.to_lowercase().contains(&looked_for)
        };
        let found: Vec<&Action> = plan
            .content
            .actions
            .iter()
            .filter(fits)
            .take(OFFERED)
            .collect();
        if found.is_empty() {
            theme::caption(ui, tr!(words, "plan-nothing-found"));
        }
        for one in found {
            if theme::quiet_button(ui, one.title.as_str()).clicked() {
                cx.send(depend(cx, id, one.id, false));
                wanted.clear();
            }
        }
    }
    keep(ui, (network, id, "waits"), wanted);
}

fn depend(cx: &Cx<'_>, action: ItemId, on: ItemId, off: bool) -> Command {
    Command::ActionDepend {
        network: cx.id(),
        action,
        on,
        off,
    }
}

/// Its parts, each to be ticked, reworded or taken out.
pub(super) fn checklist(ui: &mut Ui, cx: &mut Cx<'_>, action: &Action, locked: bool) {
    let (network, id, words) = (cx.id(), action.id, cx.words);
    let t = theme::tokens(ui);
    for check in &action.checklist {
        let part = check.id;
        ui.horizontal(|ui| {
            let mut done = check.done;
            ui.add_enabled_ui(!locked, |ui| {
                let name = tr!(words, "check-done", text = check.text.clone());
                ui.checkbox(&mut done, "").accessible_name(name);
            });
            if done != check.done {
                cx.send(Command::CheckSet {
                    network,
                    action: id,
                    check: part,
                    text: None,
                    done: Some(done),
                });
            }
            let room = if locked {
                0.0
            } else {
                t.size.control + t.space.s
            };
            ui.scope(|ui| {
                ui.set_width(ui.available_width() - room);
                Field::new((network, id, part), tr!(words, "check"), &check.text)
                    .locked(locked)
                    .needed()
                    .conflict(&check.conflicts, "text")
                    .cell_lines(ui, cx, move |text| Command::CheckSet {
                        network,
                        action: id,
                        check: part,
                        text: Some(text.to_owned()),
                        done: None,
                    });
            });
            let remove = tr!(words, "check-remove", text = check.text.clone());
            if !locked && theme::icon_button(ui, Icon::Trash, remove).clicked() {
                cx.send(Command::CheckRemove {
                    network,
                    action: id,
                    check: part,
                    restore: false,
                });
            }
        });
    }
    if locked {
        return;
    }
    let mut text = kept(ui, (network, id, "check"));
    let entry = ui
        .add(
            TextEdit::singleline(&mut text)
                .align(egui::Align2::LEFT_CENTER)
                .hint_text(tr!(words, "check-hint"))
                .desired_width(ui.available_width()),
        )
        .accessible_name(tr!(words, "check-hint"));
    let entered = entry.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
    if entered && !text.trim().is_empty() {
        cx.send(Command::CheckAdd {
            network,
            action: id,
            text: text.trim().to_owned(),
        });
        text.clear();
        entry.request_focus();
    }
    keep(ui, (network, id, "check"), text);
}

/// Of an action that comes again: when next, and that it has been done this time.
pub(super) fn again(ui: &mut Ui, cx: &mut Cx<'_>, action: &Action, locked: bool) {
    if action.every.is_none() || action.next_due.is_empty() {
        return;
    }
    let (network, words) = (cx.id(), cx.words);
    let date = words.date(&action.next_due);
    ui.horizontal_wrapped(|ui| {
        theme::caption(ui, tr!(words, "action-next", date = date));
        if !locked
            && theme::quiet_icon_button(ui, Icon::Check, tr!(words, "action-done-once")).clicked()
        {
            cx.send(Command::ActionDone {
                network,
                action: action.id,
                occurrence: None,
                off: false,
            });
        }
    });
    if !action.done_on.is_empty() {
        let count = action.done_on.len();
        theme::caption(ui, tr!(words, "action-done-times", count = count));
    }
}
