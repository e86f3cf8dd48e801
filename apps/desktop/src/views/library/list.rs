//! The list of pages: searched by the engine, filtered by tags, with the bin behind a button.

use std::{collections::BTreeSet, sync::Arc};

use egui::{Rect, ScrollArea, Sense, Ui, Vec2};
use tresse_engine::{Command, LibraryView, PageRow, model::DocId};

use super::LibraryUi;
use crate::{
    app::{
        asks::{Ask, Dialogue, Pick},
        text::fold,
    },
    theme::{self, Face, Icon},
    tr,
    views::{Cx, parts::line},
};

/// Seconds without a keystroke before the engine is asked.
const PAUSE: f64 = 0.2;
/// Height of a row, in points.
const ROW: f32 = 84.0;
/// Most tags offered as filters.
const TAGS: usize = 12;

/// The rows to show, kept until something they depend on changes.
#[derive(Default)]
pub(super) struct Rows {
    known: Option<Known>,
    shown: Vec<Row>,
}

struct Known {
    library: Arc<LibraryView>,
    query: String,
    searched: bool,
    tags: BTreeSet<String>,
    bin: bool,
}

struct Row {
    at: usize,
    excerpt: Option<String>,
}

fn update(library: &mut LibraryUi, view: &Arc<LibraryView>) {
    let query = library.query.trim();
    let hits = library
        .hits
        .as_ref()
        .filter(|(asked, _)| asked == query)
        .map(|(_, hits)| hits);
    if let Some(known) = &library.rows.known
        && Arc::ptr_eq(&known.library, view)
        && known.query == query
        && known.searched == hits.is_some()
        && known.tags == library.tags
        && known.bin == library.bin
    {
        return;
    }
    let pages = if library.bin {
        &view.binned
    } else {
        &view.pages
    };
    let tagged = |row: &PageRow| library.tags.iter().all(|tag| row.tags.contains(tag));
    let shown = match hits {
        Some(hits) if !query.is_empty() && !library.bin => hits
            .iter()
            .filter_map(|hit| {
                let at = pages.iter().position(|row| row.id == hit.doc)?;
                tagged(&pages[at]).then(|| Row {
                    at,
                    excerpt: Some(hit.excerpt.clone()),
                })
            })
            .collect(),
        _ => {
            // Until the engine has answered, titles are looked through here.
            let words = fold(query);
            let named = |row: &PageRow| words.is_empty() || fold(&row.title).contains(&words);
            let mut shown: Vec<Row> = pages
                .iter()
                .enumerate()
                .filter(|(_, row)| tagged(row) && named(row))
                .map(|(at, _)| Row { at, excerpt: None })
                .collect();
            // Pages that changed within the same second stand by title. Titles are folded for these alone: of thousands it would take longer than a frame has,
            // at each word that somebody writes.
            shown.sort_by(|one, other| {
                let (one, other) = (&pages[one.at], &pages[other.at]);
                let newest = other.changed.cmp(&one.changed);
                newest.then_with(|| fold(&one.title).cmp(&fold(&other.title)))
            });
            shown
        }
    };
    let searched = hits.is_some();
    library.rows = Rows {
        shown,
        known: Some(Known {
            library: Arc::clone(view),
            query: query.to_owned(),
            searched,
            tags: library.tags.clone(),
            bin: library.bin,
        }),
    };
}

pub(super) fn ui(library: &mut LibraryUi, ui: &mut Ui, cx: &mut Cx<'_>) {
    let t = theme::tokens(ui);
    let view = Arc::clone(&cx.net.library);
    ui.horizontal(|ui| {
        let title = if library.bin {
            tr!(cx.words, "bin")
        } else {
            tr!(cx.words, "tab-library")
        };
        theme::heading(ui, title);
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let bin = tr!(cx.words, "library-bin", count = view.binned.len());
            if theme::toggle_icon_button(ui, Icon::Trash, bin, library.bin).clicked() {
                library.bin = !library.bin;
            }
            let writable = !cx.locked(false);
            if writable
                && theme::icon_button(ui, Icon::DownloadSimple, tr!(cx.words, "library-import"))
                    .clicked()
            {
                cx.ask(Ask::Pick(Pick::Page(cx.id())));
            }
        });
    });
    if !cx.locked(false)
        && theme::primary_icon_button(ui, Icon::Plus, tr!(cx.words, "page-new")).clicked()
    {
        cx.ask(Ask::Show(Dialogue::NewPage(cx.id())));
    }
    search(library, ui, cx);
    tags(library, ui, cx, &view);
    update(library, &view);
    ui.add_space(t.space.xs);
    if library.rows.shown.is_empty() {
        nothing(library, ui, cx);
        return;
    }
    let pages = if library.bin {
        &view.binned
    } else {
        &view.pages
    };
    let mut picked = None;
    let (bin, open) = (library.bin, library.open);
    ScrollArea::vertical()
        .id_salt("pages")
        .auto_shrink(false)
        .show_rows(ui, ROW, library.rows.shown.len(), |ui, range| {
            for row in library.rows.shown.get(range).unwrap_or_default() {
                let Some(page) = pages.get(row.at) else {
                    continue;
                };
                if one(
                    ui,
                    cx,
                    page,
                    row.excerpt.as_deref(),
                    open == Some(page.id),
                    bin,
                ) {
                    picked = Some(page.id);
                }
            }
        });
    if let Some(page) = picked {
        cx.ask(Ask::OpenPage(cx.id(), page));
    }
}

fn search(library: &mut LibraryUi, ui: &mut Ui, cx: &mut Cx<'_>) {
    let width = ui.available_width();
    let field = theme::search_field(
        ui,
        tr!(cx.words, "library-search"),
        &mut library.query,
        width,
    );
    if std::mem::take(&mut library.focus_find) {
        field.request_focus();
    }
    if field.changed() {
        library.query_changed = cx.time;
    }
    let query = library.query.trim();
    if query.is_empty() || query == library.asked {
        return;
    }
    if cx.time - library.query_changed >= PAUSE {
        query.clone_into(&mut library.asked);
        cx.asks.push(Ask::Search {
            network: cx.net.id,
            query: query.to_owned(),
        });
    } else {
        ui.ctx().request_repaint_after_secs(PAUSE as f32);
    }
}

fn tags(library: &mut LibraryUi, ui: &mut Ui, cx: &Cx<'_>, view: &LibraryView) {
    // A tag that is no longer in use filters nothing.
    library
        .tags
        .retain(|tag| view.tags.iter().any(|(known, _)| known == tag));
    if view.tags.is_empty() {
        return;
    }
    let t = theme::tokens(ui);
    line(ui, |ui| {
        ui.spacing_mut().item_spacing = Vec2::splat(t.space.xs);
        for (tag, count) in view.tags.iter().take(TAGS) {
            let on = library.tags.contains(tag);
            let name = tr!(cx.words, "tag-filter", tag = tag.clone(), count = *count);
            if theme::tag_toggle(ui, tag.as_str(), on)
                .accessible_name(name)
                .clicked()
            {
                if on {
                    library.tags.remove(tag);
                } else {
                    library.tags.insert(tag.clone());
                }
            }
        }
    });
}

fn nothing(library: &mut LibraryUi, ui: &mut Ui, cx: &mut Cx<'_>) {
    if !library.query.trim().is_empty() || !library.tags.is_empty() {
        theme::muted(ui, tr!(cx.words, "library-nothing-found"));
        if theme::quiet_button(ui, tr!(cx.words, "filter-clear")).clicked() {
            library.query.clear();
            library.tags.clear();
        }
    } else if library.bin {
        theme::muted(ui, tr!(cx.words, "bin-empty"));
    } else {
        // What to do first is said beside, where the page will be.
    }
}

fn one(
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    page: &PageRow,
    excerpt: Option<&str>,
    chosen: bool,
    bin: bool,
) -> bool {
    let t = theme::tokens(ui);
    let words = cx.words;
    let bin = bin && !cx.locked(false);
    let title = match page.title.trim() {
        // The list is a little behind: the engine has not read this page yet.
        "" if page.changed == 0 => "…".to_owned(),
        "" => tr!(words, "untitled"),
        _ => page.title.clone(),
    };
    let size = Vec2::new(ui.available_width(), ROW);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| {
        egui::WidgetInfo::selected(
            egui::Role::Button,
            true,
            chosen,
            tr!(words, "page-open", title = title.clone()),
        )
    });
    theme::row_ground(ui, rect, &response, chosen);
    let inner = rect.shrink2(Vec2::new(t.space.s, t.space.xs + 1.0));
    let room = if bin { t.size.control } else { 0.0 };
    let width = inner.width() - room;
    let excerpt = excerpt
        .unwrap_or(&page.excerpt)
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    let lines = [
        (title.clone(), Face::Strong.at(t.text.body), t.color.ink),
        (excerpt, Face::Text.at(t.text.small), t.color.muted),
        (
            changed(cx, page),
            Face::Text.at(t.text.small),
            t.color.muted,
        ),
    ];
    theme::row_lines(ui, inner.min, (width, t.space.xs), lines);
    if bin {
        let place = Rect::from_center_size(
            egui::pos2(inner.right() - t.size.control / 2.0, rect.center().y),
            Vec2::splat(t.size.control),
        );
        ui.scope_builder(egui::UiBuilder::new().max_rect(place), |ui| {
            restore(ui, cx, page.id, &title);
        });
    }
    let words = cx.words;
    response
        .on_hover_ui(|ui| {
            ui.label(tr!(words, "sealed-author"));
        })
        .clicked()
}

/// Who changed a page last and when; nothing while the engine has not read it yet.
fn changed(cx: &Cx<'_>, page: &PageRow) -> String {
    if page.changed == 0 {
        return String::new();
    }
    let author = if page.author.is_empty() {
        tr!(cx.words, "somebody")
    } else {
        page.author.clone()
    };
    let when = cx.words.ago(page.changed, cx.now);
    tr!(cx.words, "page-changed", name = author, when = when)
}

fn restore(ui: &mut Ui, cx: &mut Cx<'_>, page: DocId, title: &str) {
    let name = tr!(cx.words, "page-restore", title = title.to_owned());
    if theme::icon_button(ui, Icon::ArrowUUpLeft, name).clicked() {
        cx.send(Command::PageRemove {
            network: cx.id(),
            page,
            restore: true,
        });
    }
}
