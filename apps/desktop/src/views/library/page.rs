//! The open page: title, tags, and its text with the preview.

use std::sync::Arc;

use egui::Ui;
use tresse_engine::{
    Command, PageView,
    model::{DocId, NetworkId, PageField},
};

use super::LibraryUi;
use crate::{
    app::{
        asks::{Ask, Dialogue},
        toast::Toast,
    },
    theme::{self, Icon, Tone},
    tr,
    views::{
        Cx, attachments, history,
        home::read_only,
        parts::{self, document_title, empty},
    },
};

pub(super) fn ui(library: &mut LibraryUi, ui: &mut Ui, cx: &mut Cx<'_>, alone: bool) {
    let Some(id) = library.open else {
        if cx.net.library.pages.is_empty() {
            let make = (!cx.locked(false)).then(|| tr!(cx.words, "page-first"));
            if empty(
                ui,
                tr!(cx.words, "library-empty"),
                tr!(cx.words, "library-empty-hint"),
                make,
            ) {
                cx.ask(Ask::Show(Dialogue::NewPage(cx.id())));
            }
        } else {
            empty(
                ui,
                tr!(cx.words, "page-none"),
                tr!(cx.words, "page-none-hint"),
                None,
            );
        }
        return;
    };
    let net = Arc::clone(cx.net);
    let Some(page) = net.page(&id) else {
        if alone {
            back(library, ui, cx);
        }
        theme::muted(ui, tr!(cx.words, "page-opening"));
        return;
    };
    let locked = cx.locked(page.read_only || page.content.binned);
    read_only(ui, cx, page.read_only);
    if page.content.binned {
        let again = tr!(cx.words, "page-take-out");
        theme::message(ui, Tone::Warn, tr!(cx.words, "page-in-bin"), |ui| {
            if !cx.locked(page.read_only) && theme::quiet_button(ui, again).clicked() {
                cx.send(Command::PageRemove {
                    network: net.id,
                    page: id,
                    restore: true,
                });
            }
        });
    }
    head(library, ui, cx, page, alone, locked);
    let (network, id) = (cx.id(), page.id);
    let typed = (&page.content.tags[..], &mut library.new_tag);
    parts::tags(ui, cx, typed, (0.55, locked), |tag, off| Command::PageTag {
        network,
        page: id,
        tag,
        off,
    });
    attachments::strip(ui, cx, id, &page.content.attachments, locked);
    ui.add_space(theme::tokens(ui).space.s);
    let Some(writing) = library.writing() else {
        return;
    };
    let writing = writing.of(id);
    writing.ui(ui, cx, &page.body, locked, move |edit| Command::PageEdit {
        network,
        page: id,
        edit,
    });
}

fn back(library: &mut LibraryUi, ui: &mut Ui, cx: &mut Cx<'_>) {
    if theme::icon_button(ui, Icon::ArrowLeft, tr!(cx.words, "page-back")).clicked() {
        let mut commands = Vec::new();
        library.close(cx.id(), &mut commands);
        cx.asks.extend(commands.into_iter().map(Ask::Send));
    }
}

fn head(
    library: &mut LibraryUi,
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    page: &PageView,
    alone: bool,
    locked: bool,
) {
    let (network, id) = (cx.id(), page.id);
    ui.horizontal(|ui| {
        if alone {
            back(library, ui, cx);
        }
        document_title(
            ui,
            cx,
            id,
            tr!(cx.words, "page-title"),
            (&page.content.title, &page.content.conflicts),
            (1, locked),
            move |text| title(network, id, text),
        );
        history::button(ui, cx, id);
        if !locked && theme::icon_button(ui, Icon::Trash, tr!(cx.words, "page-to-bin")).clicked() {
            to_bin(cx, page);
        }
    });
}

fn title(network: NetworkId, page: DocId, text: &str) -> Command {
    Command::PageSet {
        network,
        page,
        field: PageField::Title,
        value: Some(text.to_owned()),
    }
}

fn to_bin(cx: &mut Cx<'_>, page: &PageView) {
    let remove = |restore| Command::PageRemove {
        network: cx.net.id,
        page: page.id,
        restore,
    };
    let (gone, back) = (remove(false), remove(true));
    cx.send(gone);
    let told = Toast::new(
        Tone::Neutral,
        tr!(cx.words, "removed", what = page.content.title.clone()),
    )
    .with(tr!(cx.words, "bring-back"), Ask::Send(back));
    cx.ask(Ask::Tell(told));
}
