//! The open resource: what it is, whose, where and on what conditions; the need it answers or what answers it; its loans.

use std::sync::Arc;

use egui::Ui;
use tresse_engine::{
    Command, ResourceCommand, ResourceRow,
    model::{ItemId, NetworkId, ResourceField, ResourceKind, Side},
};

use super::{
    Answering, ResourcesUi, loans,
    state::{kind_name, side_name, standing},
};
use crate::{
    app::{asks::Ask, toast::Toast},
    theme::{self, Icon, Tone},
    tr,
    views::{
        Cx,
        fields::Field,
        history,
        home::read_only,
        parts::{self, columns, empty, item_title},
    },
};

/// Lines of a text shown at once.
const LINES: usize = 3;

pub(super) fn ui(shelf: &mut ResourcesUi, ui: &mut Ui, cx: &mut Cx<'_>, alone: bool) {
    let view = Arc::clone(&cx.net.resources);
    let Some(row) = shelf.open.and_then(|id| view.resource(&id)) else {
        nothing(shelf, ui, cx, view.resources.is_empty());
        return;
    };
    let t = theme::tokens(ui);
    let locked = cx.locked(view.read_only);
    read_only(ui, cx, view.read_only);
    head(shelf, ui, cx, row, (alone, locked));
    egui::ScrollArea::vertical()
        .id_salt(("resource", row.resource.id))
        .auto_shrink(false)
        .show(ui, |ui| {
            ui.set_max_width(ui.available_width().min(t.size.reading));
            origin(ui, cx, row);
            ui.add_space(t.space.s);
            match row.resource.side {
                Side::Needed => need(shelf, ui, cx, row, locked),
                Side::Offered => answered(shelf, ui, cx, row),
            }
            facts(ui, cx, row, locked);
            said(ui, cx, row, locked);
            ui.add_space(t.space.s);
            let (network, resource) = (cx.id(), row.resource.id);
            let typed = (&row.resource.tags[..], &mut shelf.new_tag);
            parts::tags(ui, cx, typed, (0.7, locked), |tag, off| {
                Command::Resource(if off {
                    ResourceCommand::Untag {
                        network,
                        resource,
                        tag,
                    }
                } else {
                    ResourceCommand::Tag {
                        network,
                        resource,
                        tag,
                    }
                })
            });
            if row.resource.side == Side::Offered {
                ui.add_space(t.space.l);
                loans::ui(shelf, ui, cx, row, locked);
            }
            ui.add_space(t.space.l);
        });
}

fn nothing(shelf: &mut ResourcesUi, ui: &mut Ui, cx: &mut Cx<'_>, none: bool) {
    let words = cx.words;
    if !none {
        let (title, hint) = (
            tr!(words, "resource-none"),
            tr!(words, "resource-none-hint"),
        );
        empty(ui, title, hint, None);
        return;
    }
    let first = (!cx.locked(cx.net.resources.read_only)).then(|| tr!(words, "resource-first"));
    let (title, hint) = (
        tr!(words, "resource-empty"),
        tr!(words, "resource-empty-hint"),
    );
    if empty(ui, title, hint, first) {
        shelf.new_thing();
    }
}

fn set(network: NetworkId, resource: ItemId, field: ResourceField, value: &str) -> Command {
    Command::Resource(ResourceCommand::Set {
        network,
        resource,
        field,
        value: Some(value.to_owned()),
    })
}

fn head(
    shelf: &mut ResourcesUi,
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    row: &ResourceRow,
    (alone, locked): (bool, bool),
) {
    let (network, id) = (cx.id(), row.resource.id);
    ui.horizontal(|ui| {
        if alone && theme::icon_button(ui, Icon::ArrowLeft, tr!(cx.words, "page-back")).clicked() {
            shelf.open = None;
        }
        let (key, name) = (ResourceField::Name, tr!(cx.words, "resource-name"));
        let field = Field::new((network, "resource name", id), name, &row.resource.name)
            .conflict(&row.resource.conflicts, key.key());
        item_title(ui, cx, field, (1, locked), move |text| {
            set(network, id, key, text)
        });
        if let Some(doc) = cx.net.resources.doc {
            history::button(ui, cx, doc);
        }
        let name = tr!(cx.words, "resource-remove");
        if !locked && theme::icon_button(ui, Icon::Trash, name).clicked() {
            remove(cx, row);
        }
    });
}

fn remove(cx: &mut Cx<'_>, row: &ResourceRow) {
    let (network, resource) = (cx.id(), row.resource.id);
    let remove = |restore| {
        Command::Resource(ResourceCommand::Remove {
            network,
            resource,
            restore,
        })
    };
    cx.send(remove(false));
    let told = tr!(
        cx.words,
        "resource-removed",
        what = row.resource.name.clone()
    );
    let toast =
        Toast::new(Tone::Neutral, told).with(tr!(cx.words, "bring-back"), Ask::Send(remove(true)));
    cx.ask(Ask::Tell(toast));
}

/// Whether it is offered or needed and how it stands; who wrote it, where that is somebody else than whose it is.
fn origin(ui: &mut Ui, cx: &Cx<'_>, row: &ResourceRow) {
    let words = cx.words;
    let (tone, stands) = standing(words, row);
    ui.horizontal_wrapped(|ui| {
        theme::tag(ui, side_name(words, row.resource.side));
        theme::status_chip(ui, tone, stands);
        if !row.writer.is_empty() && row.resource.by != row.resource.whose() {
            theme::caption(ui, tr!(words, "resource-by", name = row.writer.clone()))
                .on_hover_text(tr!(words, "sealed-author"));
        }
    });
}

/// What answers a need, and what one can do for it.
fn need(shelf: &mut ResourcesUi, ui: &mut Ui, cx: &mut Cx<'_>, row: &ResourceRow, locked: bool) {
    let t = theme::tokens(ui);
    let (network, resource) = (cx.id(), row.resource.id);
    if !row.answered_by.is_empty() {
        theme::subheading(ui, tr!(cx.words, "resource-answered-by"));
        for answer in &row.answered_by {
            let who = answer.who.clone();
            let said = tr!(
                cx.words,
                "resource-answer",
                name = answer.name.clone(),
                who = who
            );
            if ui.add(egui::Link::new(said)).clicked() {
                shelf.open(answer.resource);
            }
        }
        ui.add_space(t.space.xs);
    }
    if !locked {
        let open = row.is_open_need();
        ui.horizontal_wrapped(|ui| {
            let help = tr!(cx.words, "resource-help");
            let helps = open && {
                // Who needs it hardly answers themselves; who notes what somebody else said may.
                let button = if row.mine {
                    theme::quiet_icon_button(ui, Icon::Handshake, help)
                } else {
                    theme::primary_icon_button(ui, Icon::Handshake, help)
                };
                button.clicked()
            };
            if helps {
                let name = row.resource.name.clone();
                let answering = Answering {
                    id: resource,
                    kind: row.resource.kind,
                };
                shelf.add(cx, name, Side::Offered, Some(&answering));
            }
            let (icon, said) = if open {
                (Icon::CheckCircle, tr!(cx.words, "resource-mark-met"))
            } else {
                (
                    Icon::ArrowCounterClockwise,
                    tr!(cx.words, "resource-mark-open"),
                )
            };
            if theme::quiet_icon_button(ui, icon, said).clicked() {
                cx.send(Command::Resource(ResourceCommand::Met {
                    network,
                    resource,
                    on: None,
                    off: !open,
                }));
            }
        });
    }
    ui.add_space(t.space.s);
}

/// The need that an offer answers.
fn answered(shelf: &mut ResourcesUi, ui: &mut Ui, cx: &Cx<'_>, row: &ResourceRow) {
    let Some(need) = row
        .resource
        .answers
        .filter(|_| !row.answers_name.is_empty())
    else {
        return;
    };
    let said = tr!(
        cx.words,
        "resource-answers-need",
        name = row.answers_name.clone()
    );
    if ui.add(egui::Link::new(said)).clicked() {
        shelf.open(need);
    }
    ui.add_space(theme::tokens(ui).space.s);
}

/// What sort of thing it is, whose, and where.
fn facts(ui: &mut Ui, cx: &mut Cx<'_>, row: &ResourceRow, locked: bool) {
    use ResourceField as R;
    let t = theme::tokens(ui);
    let (network, id, one) = (cx.id(), row.resource.id, &row.resource);
    let write = |field: R| move |text: &str| set(network, id, field, text);
    let words = cx.words;
    let members = Arc::clone(&cx.net.members);
    columns(ui, 2, |ui, column| {
        if column == 0 {
            let kind = one.kind.word();
            Field::new(
                (network, "resource kind", id),
                tr!(words, "resource-kind"),
                kind,
            )
            .locked(locked)
            .conflict(&one.conflicts, R::Kind.key())
            .pick(
                ui,
                cx,
                &|word| {
                    let kind = ResourceKind::from_word(word).unwrap_or_default();
                    kind_name(words, kind)
                },
                &|| {
                    let all = ResourceKind::ALL.iter();
                    all.map(|kind| kind.word().to_owned()).collect()
                },
                write(R::Kind),
            );
        } else {
            let whose = one.whose().map(|member| member.to_string());
            let label = match one.side {
                Side::Offered => tr!(words, "resource-offered-by"),
                Side::Needed => tr!(words, "resource-needed-by"),
            };
            let whose = whose.unwrap_or_default();
            Field::new((network, "resource member", id), label, &whose)
                .locked(locked)
                .conflict(&one.conflicts, R::Member.key())
                .pick(
                    ui,
                    cx,
                    &|id| {
                        id.parse()
                            .map(|id| members.name_of(&id))
                            .unwrap_or_default()
                    },
                    &|| {
                        let all = members.members.iter();
                        all.map(|member| member.id.to_string()).collect()
                    },
                    write(R::Member),
                );
        }
    });
    ui.add_space(t.space.s);
    columns(ui, 2, |ui, column| {
        let (field, name, value) = if column == 0 {
            let name = tr!(words, "resource-organisation");
            (R::Organisation, name, &one.organisation)
        } else {
            (R::Place, tr!(words, "resource-place"), &one.place)
        };
        Field::new((network, "resource", field.key(), id), name, value)
            .locked(locked)
            .conflict(&one.conflicts, field.key())
            .line(ui, cx, write(field));
    });
}

/// What there is to know of it, and how it may be used.
fn said(ui: &mut Ui, cx: &mut Cx<'_>, row: &ResourceRow, locked: bool) {
    use ResourceField as R;
    let t = theme::tokens(ui);
    let (network, id, one) = (cx.id(), row.resource.id, &row.resource);
    let write = |field: R| move |text: &str| set(network, id, field, text);
    let words = cx.words;
    ui.add_space(t.space.s);
    Field::new(
        (network, "resource description", id),
        tr!(words, "resource-description"),
        &one.description,
    )
    .hint(tr!(words, "resource-description-hint"))
    .locked(locked)
    .conflict(&one.conflicts, R::Description.key())
    .lines(ui, cx, LINES, write(R::Description));
    ui.add_space(t.space.s);
    if one.side == Side::Offered || !one.conditions.is_empty() {
        Field::new(
            (network, "resource conditions", id),
            tr!(words, "resource-conditions"),
            &one.conditions,
        )
        .hint(tr!(words, "resource-conditions-hint"))
        .locked(locked)
        .conflict(&one.conflicts, R::Conditions.key())
        .lines(ui, cx, LINES, write(R::Conditions));
    }
}
