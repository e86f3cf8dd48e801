//! The open item: what it is, when and by whom it was seen, where it can be read, what is to be kept of it.

use std::sync::Arc;

use egui::Ui;
use tresse_engine::{
    Command, WatchCommand, WatchRow,
    model::{ItemId, NetworkId, WatchField},
};

use super::{WatchUi, is_web, read};
use crate::{
    app::{asks::Ask, toast::Toast},
    theme::{self, Icon, Tone},
    tr,
    views::{
        Cx,
        fields::Field,
        history,
        home::read_only,
        parts::{self, empty, item_title},
    },
};

/// Lines of a summary shown at once.
const LINES: usize = 6;

pub(super) fn ui(watch: &mut WatchUi, ui: &mut Ui, cx: &mut Cx<'_>, alone: bool) {
    let view = Arc::clone(&cx.net.watch);
    let Some(row) = watch.open.and_then(|id| view.item(&id)) else {
        nothing(watch, ui, cx, view.items.is_empty());
        return;
    };
    let t = theme::tokens(ui);
    let locked = cx.locked(row.read_only);
    read_only(ui, cx, row.read_only);
    head(watch, ui, cx, row, (alone, locked));
    egui::ScrollArea::vertical()
        .id_salt(("watch item", row.item.id))
        .auto_shrink(false)
        .show(ui, |ui| {
            ui.set_max_width(ui.available_width().min(t.size.reading));
            origin(ui, cx, row);
            ui.add_space(t.space.s);
            body(ui, cx, row, locked);
            ui.add_space(t.space.m);
            let (network, id) = (cx.id(), row.item.id);
            let typed = (&row.item.tags[..], &mut watch.new_tag);
            parts::tags(ui, cx, typed, (0.7, locked), |tag, off| {
                let watch = id;
                Command::Watch(if off {
                    WatchCommand::Untag {
                        network,
                        watch,
                        tag,
                    }
                } else {
                    WatchCommand::Tag {
                        network,
                        watch,
                        tag,
                    }
                })
            });
        });
}

fn nothing(watch: &mut WatchUi, ui: &mut Ui, cx: &mut Cx<'_>, none: bool) {
    let words = cx.words;
    if !none {
        let (title, hint) = (tr!(words, "watch-none"), tr!(words, "watch-none-hint"));
        empty(ui, title, hint, None);
        return;
    }
    let first = (!cx.locked(false)).then(|| tr!(words, "watch-first"));
    let (title, hint) = (tr!(words, "watch-empty"), tr!(words, "watch-empty-hint"));
    if empty(ui, title, hint, first) {
        watch.new_thing();
    }
}

fn set(network: NetworkId, watch: ItemId, field: WatchField, value: &str) -> Command {
    Command::Watch(WatchCommand::Set {
        network,
        watch,
        field,
        value: Some(value.to_owned()),
    })
}

fn head(
    watch: &mut WatchUi,
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    row: &WatchRow,
    (alone, locked): (bool, bool),
) {
    let (network, id) = (cx.id(), row.item.id);
    ui.horizontal(|ui| {
        if alone && theme::icon_button(ui, Icon::ArrowLeft, tr!(cx.words, "page-back")).clicked() {
            watch.open = None;
        }
        let (key, name) = (WatchField::Title, tr!(cx.words, "watch-title"));
        let field = Field::new((network, "watch title", id), name, &row.item.title)
            .conflict(&row.item.conflicts, key.key());
        item_title(ui, cx, field, (2, locked), move |text| {
            set(network, id, key, text)
        });
        again(ui, cx, row);
        history::button(ui, cx, row.doc);
        if !locked && theme::icon_button(ui, Icon::Trash, tr!(cx.words, "watch-remove")).clicked() {
            remove(cx, row);
        }
    });
}

/// Puts it back among what I have yet to read, or the other way.
fn again(ui: &mut Ui, cx: &mut Cx<'_>, row: &WatchRow) {
    if !cx.net.members.writable {
        return;
    }
    let items = vec![row.item.id];
    let name = if row.unread {
        tr!(cx.words, "watch-mark-read")
    } else {
        tr!(cx.words, "watch-mark-unread")
    };
    let button = theme::toggle_icon_button(ui, Icon::BookmarkSimple, name, row.unread);
    if !button.clicked() {
        return;
    }
    if row.unread {
        read(cx, items);
    } else {
        let network = cx.id();
        cx.send(Command::Watch(WatchCommand::Unread { network, items }));
    }
}

fn remove(cx: &mut Cx<'_>, row: &WatchRow) {
    let (network, watch) = (cx.id(), row.item.id);
    let remove = |restore| {
        Command::Watch(WatchCommand::Remove {
            network,
            watch,
            restore,
        })
    };
    cx.send(remove(false));
    let told = tr!(cx.words, "watch-removed", what = row.item.title.clone());
    let toast =
        Toast::new(Tone::Neutral, told).with(tr!(cx.words, "bring-back"), Ask::Send(remove(true)));
    cx.ask(Ask::Tell(toast));
}

/// Who added it, and the meeting whose minutes it was a line of.
fn origin(ui: &mut Ui, cx: &mut Cx<'_>, row: &WatchRow) {
    let name = match row.name.as_str() {
        "" => tr!(cx.words, "somebody"),
        name => name.to_owned(),
    };
    theme::caption(ui, tr!(cx.words, "watch-by", name = name))
        .on_hover_text(tr!(cx.words, "sealed-author"));
    let Some(meeting) = row.item.meeting.filter(|_| !row.meeting_title.is_empty()) else {
        return;
    };
    let from = tr!(cx.words, "watch-from", title = row.meeting_title.clone());
    let link = ui.add(egui::Link::new(from));
    let link = if row.item.line.is_empty() {
        link
    } else {
        link.on_hover_text(row.item.line.as_str())
    };
    if link.clicked() {
        cx.ask(Ask::OpenMeeting(cx.id(), meeting));
    }
}

fn body(ui: &mut Ui, cx: &mut Cx<'_>, row: &WatchRow, locked: bool) {
    let t = theme::tokens(ui);
    let (network, id, item) = (cx.id(), row.item.id, &row.item);
    let write = |field: WatchField| move |text: &str| set(network, id, field, text);
    ui.scope(|ui| {
        ui.set_max_width(t.size.column);
        Field::new(
            (network, "watch on", id),
            tr!(cx.words, "watch-on"),
            &item.on,
        )
        .locked(locked)
        .conflict(&item.conflicts, WatchField::On.key())
        .date(ui, cx, write(WatchField::On));
    });
    ui.add_space(t.space.s);
    Field::new(
        (network, "watch link", id),
        tr!(cx.words, "watch-link"),
        &item.link,
    )
    .hint("https://…".to_owned())
    .locked(locked)
    .conflict(&item.conflicts, WatchField::Link.key())
    .line(ui, cx, write(WatchField::Link));
    if is_web(&item.link) {
        let open = theme::quiet_icon_button(ui, Icon::Globe, tr!(cx.words, "watch-link-open"));
        if open.on_hover_text(item.link.as_str()).clicked() {
            let url = item.link.trim();
            ui.ctx().open_url(egui::OpenUrl::new_tab(url));
        }
    } else if !item.link.is_empty() {
        theme::caption(ui, tr!(cx.words, "watch-link-not-web"));
    }
    ui.add_space(t.space.s);
    Field::new(
        (network, "watch summary", id),
        tr!(cx.words, "watch-summary"),
        &item.summary,
    )
    .hint(tr!(cx.words, "watch-summary-hint"))
    .locked(locked)
    .conflict(&item.conflicts, WatchField::Summary.key())
    .lines(ui, cx, LINES, write(WatchField::Summary));
}
