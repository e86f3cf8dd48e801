//! The report and the archive: what is kept of a network outside of Tresse.

use egui::Ui;
use tresse_engine::ClosingView;

use crate::{
    app::asks::{Ask, Dialogue},
    theme::{self, Icon, Tone},
    tr,
    views::Cx,
};

/// Paints where the archive lies, and the way to make one.
pub(super) fn ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &ClosingView) {
    theme::card(ui, |ui| {
        let (t, words) = (theme::tokens(ui), cx.words);
        ui.set_min_width(ui.available_width());
        theme::heading(ui, tr!(words, "archive"));
        theme::paragraph(ui, tr!(words, "archive-what"));
        if let Some(archive) = &view.archive {
            ui.add_space(t.space.xs);
            let day = words.date_short(&archive.on);
            ui.horizontal_wrapped(|ui| {
                if archive.current {
                    theme::status_chip(ui, Tone::Good, tr!(words, "archive-current", day = day));
                } else {
                    theme::status_chip(ui, Tone::Warn, tr!(words, "archive-older", day = day));
                }
            });
            let folder = archive.folder.clone();
            theme::caption(ui, tr!(words, "archive-folder", folder = folder));
        } else if view.is_closed() && view.archives_itself && view.archiving.is_none() {
            theme::caption(ui, tr!(words, "archive-soon"));
        }
        if !view.archives_itself {
            ui.add_space(t.space.xs);
            theme::caption(ui, tr!(words, "archive-protected"));
        }
        ui.add_space(t.space.xs);
        if let Some((done, all)) = view.archiving {
            under_way(ui, cx, (done, all));
        }
        ui.horizontal_wrapped(|ui| {
            if let Some(archive) = &view.archive {
                let open = tr!(words, "archive-open");
                if theme::quiet_icon_button(ui, Icon::FileText, open).clicked() {
                    cx.ask(Ask::OpenReport(archive.folder.clone()));
                }
            }
            let make = if view.archive.is_some() {
                tr!(words, "archive-again")
            } else {
                tr!(words, "archive-make")
            };
            if view.archiving.is_none()
                && theme::quiet_icon_button(ui, Icon::DownloadSimple, make).clicked()
            {
                cx.ask(Ask::Archive(cx.id()));
            }
            let export = tr!(words, "command-export-files");
            if theme::quiet_icon_button(ui, Icon::Export, export).clicked() {
                cx.ask(Ask::Show(Dialogue::Export(cx.id())));
            }
        });
    });
}

/// How far the archive is that is being made.
fn under_way(ui: &mut Ui, cx: &Cx<'_>, (done, all): (usize, usize)) {
    let words = cx.words;
    let said = if done < all {
        tr!(words, "archive-gathering", done = done, all = all)
    } else {
        tr!(words, "archive-writing")
    };
    theme::muted(ui, said.as_str());
    let part = done as f32 / all.max(1) as f32;
    theme::progress_bar(ui, part, ui.available_width(), said);
    ui.add_space(theme::tokens(ui).space.xs);
}
