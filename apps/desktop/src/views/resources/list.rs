//! The list of what is offered and needed: added to in one line, looked through by words, side, sort and whether it is there.

use std::{collections::BTreeMap, sync::Arc};

use egui::{ScrollArea, Sense, Ui, Vec2};
use tresse_engine::{
    ResourceRow, ResourcesView,
    model::{ItemId, ResourceKind, Side},
};

use super::{
    ResourcesUi,
    state::{kind_name, side_name, standing},
};
use crate::{
    app::text::fold,
    theme::{self, Face, Icon, Tone},
    tr,
    views::{
        Cx,
        parts::{line, title_fits},
    },
};

/// Height of a row, in points.
const ROW: f32 = 84.0;

/// The rows to show, kept until something they depend on changes.
#[derive(Default)]
pub(super) struct Rows {
    known: Option<Known>,
    /// Their places in the view.
    shown: Vec<usize>,
}

struct Known {
    view: Arc<ResourcesView>,
    query: String,
    side: Option<Side>,
    kind: Option<ResourceKind>,
    free: bool,
    open: Option<ItemId>,
}

fn update(shelf: &mut ResourcesUi, view: &Arc<ResourcesView>) {
    let query = shelf.query.trim();
    if let Some(known) = &shelf.rows.known
        && Arc::ptr_eq(&known.view, view)
        && known.query == query
        && (known.side, known.kind, known.free) == (shelf.side, shelf.kind, shelf.free)
        && known.open == shelf.open
    {
        return;
    }
    let words = fold(query);
    let words: Vec<&str> = words.split_whitespace().collect();
    let wanted = |row: &ResourceRow| {
        let one = &row.resource;
        // What is open stays in sight, though a met need is no longer looked for.
        let side = match shelf.side {
            Some(Side::Offered) => one.side == Side::Offered,
            Some(Side::Needed) => row.is_open_need() || shelf.open == Some(one.id),
            None => true,
        };
        let kind = shelf.kind.is_none_or(|kind| one.kind == kind);
        side && kind && (!shelf.free || row.is_free()) && says(row, &words)
    };
    let rows = view.resources.iter().enumerate();
    let shown = rows.filter(|(_, row)| wanted(row)).map(|(at, _)| at);
    shelf.rows = Rows {
        shown: shown.collect(),
        known: Some(Known {
            view: Arc::clone(view),
            query: query.to_owned(),
            side: shelf.side,
            kind: shelf.kind,
            free: shelf.free,
            open: shelf.open,
        }),
    };
}

/// Whether every word is found in what a row says.
fn says(row: &ResourceRow, words: &[&str]) -> bool {
    if words.is_empty() {
        return true;
    }
    let one = &row.resource;
    let said = [
        &one.name,
        &one.description,
        &one.organisation,
        &one.place,
        &one.conditions,
        &row.who,
    ];
    let mut said: Vec<&str> = said.into_iter().map(String::as_str).collect();
    said.extend(one.tags.iter().map(String::as_str));
    said.extend(row.loans.iter().map(|loan| loan.loan.purpose.as_str()));
    let said = fold(&said.join(" "));
    words.iter().all(|word| said.contains(word))
}

pub(super) fn ui(shelf: &mut ResourcesUi, ui: &mut Ui, cx: &mut Cx<'_>) {
    let t = theme::tokens(ui);
    let view = Arc::clone(&cx.net.resources);
    let locked = cx.locked(view.read_only);
    theme::heading(ui, tr!(cx.words, "tab-resources"));
    if !locked {
        add(shelf, ui, cx);
    }
    let find = std::mem::take(&mut shelf.focus_find);
    if view.resources.is_empty() {
        if !locked {
            ui.add_space(t.space.s);
            theme::muted(ui, tr!(cx.words, "resource-empty-list"));
        }
        return;
    }
    let width = ui.available_width();
    let name = tr!(cx.words, "resource-search");
    let field = theme::search_field(ui, name, &mut shelf.query, width);
    if find {
        field.request_focus();
    }
    filters(shelf, ui, cx, &view);
    update(shelf, &view);
    ui.add_space(t.space.xs);
    if shelf.rows.shown.is_empty() {
        theme::muted(ui, tr!(cx.words, "resource-nothing-found"));
        if theme::quiet_button(ui, tr!(cx.words, "filter-clear")).clicked() {
            shelf.show_all();
        }
        return;
    }
    let mut picked = None;
    ScrollArea::vertical()
        .id_salt("resources")
        .auto_shrink(false)
        .show_rows(ui, ROW, shelf.rows.shown.len(), |ui, range| {
            for at in shelf.rows.shown.get(range).unwrap_or_default() {
                let Some(row) = view.resources.get(*at) else {
                    continue;
                };
                if one(ui, cx, row, shelf.open == Some(row.resource.id)) {
                    picked = Some(row.resource.id);
                }
            }
        });
    if let Some(resource) = picked {
        shelf.open(resource);
    }
}

/// One line is enough to offer something or to say that it is needed; the rest is written beside.
fn add(shelf: &mut ResourcesUi, ui: &mut Ui, cx: &mut Cx<'_>) {
    let t = theme::tokens(ui);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = t.space.xs;
        for (side, name) in [
            (Side::Offered, tr!(cx.words, "resource-i-offer")),
            (Side::Needed, tr!(cx.words, "resource-i-need")),
        ] {
            if theme::tab_of(ui, name, shelf.new_side == side, t.text.small).clicked() {
                shelf.new_side = side;
                shelf.focus_new = true;
            }
        }
    });
    let mut said = false;
    ui.horizontal(|ui| {
        let name = match shelf.new_side {
            Side::Offered => tr!(cx.words, "resource-new-offer"),
            Side::Needed => tr!(cx.words, "resource-new-need"),
        };
        let width = ui.available_width() - t.size.control - ui.spacing().item_spacing.x;
        let entry = ui
            .add(
                theme::line_edit(&mut shelf.new)
                    .hint_text(name.as_str())
                    .desired_width(width),
            )
            .accessible_name(name);
        if std::mem::take(&mut shelf.focus_new) {
            entry.request_focus();
        }
        let enter = ui.input(|input| input.key_pressed(egui::Key::Enter));
        let entered = entry.lost_focus() && enter;
        let pressed = theme::icon_button(ui, Icon::Plus, tr!(cx.words, "resource-add")).clicked();
        said = (entered || pressed) && !shelf.new.trim().is_empty();
        if entered || pressed {
            entry.request_focus();
        }
    });
    if said && title_fits(cx, &shelf.new) {
        let name = std::mem::take(&mut shelf.new).trim().to_owned();
        let side = shelf.new_side;
        shelf.add(cx, name, side, None);
    }
}

fn filters(shelf: &mut ResourcesUi, ui: &mut Ui, cx: &Cx<'_>, view: &ResourcesView) {
    let t = theme::tokens(ui);
    let mut kinds: BTreeMap<ResourceKind, usize> = BTreeMap::new();
    let (mut offered, mut free) = (0, 0);
    for row in &view.resources {
        *kinds.entry(row.resource.kind).or_default() += 1;
        offered += usize::from(row.resource.side == Side::Offered);
        free += usize::from(row.is_free());
    }
    // A sort of which there is nothing any more filters nothing.
    shelf.kind = shelf.kind.filter(|kind| kinds.contains_key(kind));
    line(ui, |ui| {
        ui.spacing_mut().item_spacing = Vec2::splat(t.space.xs);
        let words = cx.words;
        for (side, name) in [
            (
                Side::Offered,
                tr!(words, "resource-filter-offered", count = offered),
            ),
            (
                Side::Needed,
                tr!(words, "resource-filter-needed", count = view.open_needs),
            ),
        ] {
            let on = shelf.side == Some(side);
            if theme::tag_toggle(ui, name, on).clicked() {
                shelf.side = (!on).then_some(side);
            }
        }
        let name = tr!(words, "resource-filter-free", count = free);
        if theme::tag_toggle(ui, name, shelf.free).clicked() {
            shelf.free = !shelf.free;
        }
        for (kind, count) in kinds {
            let on = shelf.kind == Some(kind);
            let name = kind_name(words, kind);
            let said = tr!(
                words,
                "resource-filter-kind",
                kind = name.clone(),
                count = count
            );
            let toggle = theme::tag_toggle(ui, name, on).accessible_name(said);
            if toggle.clicked() {
                shelf.kind = (!on).then_some(kind);
            }
        }
    });
}

/// A resource; true when it was chosen.
fn one(ui: &mut Ui, cx: &Cx<'_>, row: &ResourceRow, chosen: bool) -> bool {
    let t = theme::tokens(ui);
    let words = cx.words;
    let title = match row.resource.name.trim() {
        "" => tr!(words, "untitled"),
        name => name.to_owned(),
    };
    let (tone, stands) = standing(words, row);
    let size = Vec2::new(ui.available_width(), ROW);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| {
        let name = tr!(
            words,
            "resource-open",
            title = title.clone(),
            side = side_name(words, row.resource.side),
            stands = stands.clone()
        );
        egui::WidgetInfo::selected(egui::Role::Button, true, chosen, name)
    });
    theme::row_ground(ui, rect, &response, chosen);
    let mut inner = rect.shrink2(Vec2::new(t.space.s, t.space.xs + 1.0));
    let center = egui::pos2(
        inner.left() + t.size.dot / 2.0,
        inner.top() + t.text.body * t.text.line / 2.0,
    );
    let tone = if row.overlaps() { Tone::Warn } else { tone };
    let (painter, ink) = (ui.painter(), t.color.tone(tone));
    match row.resource.side {
        Side::Offered => painter.circle_filled(center, t.size.dot / 2.0, ink),
        // What is needed is a place to be filled.
        Side::Needed => {
            let stroke = egui::Stroke::new(1.5, ink);
            painter.circle_stroke(center, t.size.dot / 2.0 - 0.75, stroke)
        }
    };
    inner.min.x += t.size.dot + t.space.s;
    let lines = [
        (title, Face::Text.at(t.text.body), t.color.ink),
        (below(cx, row), Face::Text.at(t.text.small), t.color.muted),
        (said(cx, row, stands), Face::Text.at(t.text.small), ink),
    ];
    let (width, gap) = (inner.width(), t.space.xs);
    theme::row_lines(ui, inner.min, (width, gap), lines);
    response.clicked()
}

/// What sort of thing it is, whose, and where.
fn below(cx: &Cx<'_>, row: &ResourceRow) -> String {
    let name = match row.who.as_str() {
        "" => tr!(cx.words, "somebody"),
        name => name.to_owned(),
    };
    let kind = kind_name(cx.words, row.resource.kind);
    let said = [kind, name, row.resource.place.clone()];
    let said = said.into_iter().filter(|one| !one.trim().is_empty());
    said.collect::<Vec<_>>().join(" · ")
}

/// How it stands; of what is needed, that it is.
fn said(cx: &Cx<'_>, row: &ResourceRow, stands: String) -> String {
    let mut said = vec![stands];
    if row.resource.side == Side::Needed {
        said.insert(0, side_name(cx.words, Side::Needed));
    }
    if row.overlaps() {
        said.insert(0, tr!(cx.words, "loan-overlap-short"));
    }
    said.join(" · ")
}
