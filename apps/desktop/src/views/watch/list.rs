//! The list of what was seen: added to in one line, looked through by words and tags.

use std::{collections::BTreeSet, sync::Arc};

use egui::{ScrollArea, Sense, Ui, Vec2};
use tresse_engine::{
    Command, WatchCommand, WatchRow, WatchView,
    model::{ItemId, excerpt},
};

use super::{WatchUi, is_web, read};
use crate::{
    app::text::fold,
    theme::{self, Face, Icon},
    tr,
    views::{
        Cx,
        parts::{line, title_fits},
    },
};

/// Height of a row, in points.
const ROW: f32 = 84.0;
/// Most tags offered as filters.
const TAGS: usize = 12;
/// How many characters of a summary a row says.
const EXCERPT: usize = 160;

/// The rows to show, kept until something they depend on changes.
#[derive(Default)]
pub(super) struct Rows {
    known: Option<Known>,
    /// Their places in the view.
    shown: Vec<usize>,
}

struct Known {
    view: Arc<WatchView>,
    query: String,
    tags: BTreeSet<String>,
    unread: bool,
    open: Option<ItemId>,
}

fn update(watch: &mut WatchUi, view: &Arc<WatchView>) {
    let query = watch.query.trim();
    if let Some(known) = &watch.rows.known
        && Arc::ptr_eq(&known.view, view)
        && known.query == query
        && known.tags == watch.tags
        && known.unread == watch.unread
        && known.open == watch.open
    {
        return;
    }
    let words = fold(query);
    let words: Vec<&str> = words.split_whitespace().collect();
    let wanted = |row: &WatchRow| {
        let tagged = watch.tags.iter().all(|tag| row.item.tags.contains(tag));
        // What was just opened stays in sight, though it is read by now.
        let unread = !watch.unread || row.unread || watch.open == Some(row.item.id);
        tagged && unread && says(row, &words)
    };
    let rows = view.items.iter().enumerate();
    let shown = rows.filter(|(_, row)| wanted(row)).map(|(at, _)| at);
    watch.rows = Rows {
        shown: shown.collect(),
        known: Some(Known {
            view: Arc::clone(view),
            query: query.to_owned(),
            tags: watch.tags.clone(),
            unread: watch.unread,
            open: watch.open,
        }),
    };
}

/// Whether every word is found in what a row says.
fn says(row: &WatchRow, words: &[&str]) -> bool {
    if words.is_empty() {
        return true;
    }
    let item = &row.item;
    let all = [&item.title, &item.summary, &item.link, &row.name];
    let all: Vec<&str> = all.into_iter().map(String::as_str).collect();
    let said = fold(&format!("{} {}", all.join(" "), item.tags.join(" ")));
    words.iter().all(|word| said.contains(word))
}

pub(super) fn ui(watch: &mut WatchUi, ui: &mut Ui, cx: &mut Cx<'_>) {
    let t = theme::tokens(ui);
    let view = Arc::clone(&cx.net.watch);
    ui.horizontal(|ui| {
        theme::heading(ui, tr!(cx.words, "tab-watch"));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let all = tr!(cx.words, "watch-all-read");
            let some = view.unread > 0 && cx.net.members.writable;
            if some && theme::icon_button(ui, Icon::Check, all).clicked() {
                read(cx, Vec::new());
            }
        });
    });
    if !cx.locked(false) {
        add(watch, ui, cx);
    }
    let find = std::mem::take(&mut watch.focus_find);
    if view.items.is_empty() {
        if !cx.locked(false) {
            ui.add_space(t.space.s);
            theme::muted(ui, tr!(cx.words, "watch-empty-list"));
        }
        return;
    }
    let width = ui.available_width();
    let name = tr!(cx.words, "watch-search");
    let field = theme::search_field(ui, name, &mut watch.query, width);
    if find {
        field.request_focus();
    }
    filters(watch, ui, cx, &view);
    update(watch, &view);
    ui.add_space(t.space.xs);
    if watch.rows.shown.is_empty() {
        theme::muted(ui, tr!(cx.words, "watch-nothing-found"));
        if theme::quiet_button(ui, tr!(cx.words, "filter-clear")).clicked() {
            clear(watch);
        }
        return;
    }
    let mut picked = None;
    ScrollArea::vertical()
        .id_salt("watch")
        .auto_shrink(false)
        .show_rows(ui, ROW, watch.rows.shown.len(), |ui, range| {
            for at in watch.rows.shown.get(range).unwrap_or_default() {
                let Some(row) = view.items.get(*at) else {
                    continue;
                };
                if one(ui, cx, row, watch.open == Some(row.item.id)) {
                    picked = Some((row.item.id, row.unread));
                }
            }
        });
    if let Some((item, unread)) = picked {
        watch.open(item);
        if unread {
            read(cx, vec![item]);
        }
    }
}

/// One line is enough to keep something; where that is an address, it is the link too.
fn add(watch: &mut WatchUi, ui: &mut Ui, cx: &mut Cx<'_>) {
    let t = theme::tokens(ui);
    let mut said = false;
    ui.horizontal(|ui| {
        let name = tr!(cx.words, "watch-new");
        let width = ui.available_width() - t.size.control - ui.spacing().item_spacing.x;
        let entry = ui
            .add(
                theme::line_edit(&mut watch.new)
                    .hint_text(name.as_str())
                    .desired_width(width),
            )
            .accessible_name(name);
        if std::mem::take(&mut watch.focus_new) {
            entry.request_focus();
        }
        let enter = ui.input(|input| input.key_pressed(egui::Key::Enter));
        let entered = entry.lost_focus() && enter;
        let pressed = theme::icon_button(ui, Icon::Plus, tr!(cx.words, "watch-add")).clicked();
        said = (entered || pressed) && !watch.new.trim().is_empty();
        if entered || pressed {
            entry.request_focus();
        }
    });
    if said && title_fits(cx, &watch.new) {
        let title = std::mem::take(&mut watch.new).trim().to_owned();
        let link = is_web(&title).then(|| title.clone());
        cx.send(Command::Watch(WatchCommand::Add {
            network: cx.id(),
            title,
            summary: None,
            link,
            on: None,
            tags: Vec::new(),
        }));
        // What one has just written is to be seen.
        clear(watch);
    }
}

fn clear(watch: &mut WatchUi) {
    watch.query.clear();
    watch.tags.clear();
    watch.unread = false;
}

fn filters(watch: &mut WatchUi, ui: &mut Ui, cx: &Cx<'_>, view: &WatchView) {
    // A tag that is no longer in use filters nothing.
    let known = |tag: &String| view.tags.iter().any(|(known, _)| known == tag);
    watch.tags.retain(known);
    let t = theme::tokens(ui);
    line(ui, |ui| {
        ui.spacing_mut().item_spacing = Vec2::splat(t.space.xs);
        let unread = tr!(cx.words, "watch-unread", count = view.unread);
        if theme::tag_toggle(ui, unread, watch.unread).clicked() {
            watch.unread = !watch.unread;
        }
        for (tag, count) in view.tags.iter().take(TAGS) {
            let on = watch.tags.contains(tag);
            let name = tr!(cx.words, "tag-filter", tag = tag.clone(), count = *count);
            let toggle = theme::tag_toggle(ui, tag.as_str(), on).accessible_name(name);
            if toggle.clicked() && !watch.tags.remove(tag) {
                watch.tags.insert(tag.clone());
            }
        }
    });
}

/// An item; true when it was chosen.
fn one(ui: &mut Ui, cx: &Cx<'_>, row: &WatchRow, chosen: bool) -> bool {
    let t = theme::tokens(ui);
    let words = cx.words;
    let item = &row.item;
    let title = match item.title.trim() {
        "" => tr!(words, "untitled"),
        title => title.to_owned(),
    };
    let size = Vec2::new(ui.available_width(), ROW);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| {
        let name = if row.unread {
            tr!(words, "watch-open-unread", title = title.clone())
        } else {
            tr!(words, "watch-open", title = title.clone())
        };
        egui::WidgetInfo::selected(egui::Role::Button, true, chosen, name)
    });
    theme::row_ground(ui, rect, &response, chosen);
    let mut inner = rect.shrink2(Vec2::new(t.space.s, t.space.xs + 1.0));
    let dot = t.size.dot + t.space.s;
    let face = if row.unread {
        let center = egui::pos2(
            inner.left() + t.size.dot / 2.0,
            inner.top() + t.text.body * t.text.line / 2.0,
        );
        let painter = ui.painter();
        painter.circle_filled(center, t.size.dot / 2.0, t.color.accent);
        Face::Strong
    } else {
        Face::Text
    };
    // Titles stand under one another, read or not.
    inner.min.x += dot;
    let said = if item.summary.trim().is_empty() {
        item.link.clone()
    } else {
        excerpt(&item.summary, EXCERPT)
    };
    let lines = [
        (title, face.at(t.text.body), t.color.ink),
        (said, Face::Text.at(t.text.small), t.color.muted),
        (below(cx, row), Face::Text.at(t.text.small), t.color.muted),
    ];
    let lines = lines.into_iter().filter(|(text, ..)| !text.is_empty());
    let (width, gap) = (inner.width(), t.space.xs);
    theme::row_lines(ui, inner.min, (width, gap), lines);
    response.clicked()
}

/// When it was seen, who added it, its tags.
fn below(cx: &Cx<'_>, row: &WatchRow) -> String {
    let on = cx.words.date_short(&row.item.on);
    let name = match row.name.as_str() {
        "" => tr!(cx.words, "somebody"),
        name => name.to_owned(),
    };
    let tags = row.item.tags.join(", ");
    let said = [on, name, tags].into_iter().filter(|one| !one.is_empty());
    said.collect::<Vec<_>>().join(" · ")
}
