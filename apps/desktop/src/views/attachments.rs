//! The files attached to a page or a meeting: a strip below its head, with what each is, where it is, and what can be done with it; and the
//! files of a whole network, with what this machine fetches by itself.

use egui::{ScrollArea, Ui};
use tresse_engine::{
    AttachmentCommand, Command, FileJobView, FilePlace, FileRow, KeepFiles,
    model::{Attachment, DocId, DocKind},
    opens,
};

use super::{Cx, carry, parts, thumbnails};
use crate::{
    app::{
        asks::{Ask, Dialogue, Pick},
        toast::Toast,
    },
    i18n::I18n,
    theme::{self, Face, Icon, Tone},
    tr,
};

/// How many files are shown at once; the others are scrolled to.
const ROWS: f32 = 4.0;
/// The limits that are offered, in mebibytes.
const LIMITS: [u32; 5] = [5, 25, 100, 500, 2048];
/// The limits that are offered for all files of a network, in mebibytes.
const TOTALS: [u32; 5] = [250, 1_000, 4_000, 16_000, 64_000];

/// The strip of a document that shows these files.
pub(crate) fn strip(ui: &mut Ui, cx: &mut Cx<'_>, doc: DocId, files: &[Attachment], locked: bool) {
    let t = theme::tokens(ui);
    let app = cx.app;
    let jobs = app.files.jobs.iter();
    let adding: Vec<&FileJobView> = jobs
        .filter(|job| job.what == "add" && job.document == doc)
        .collect();
    if files.is_empty() && adding.is_empty() && locked {
        return;
    }
    ui.horizontal(|ui| {
        if !files.is_empty() {
            theme::caption(ui, tr!(cx.words, "attachments", count = files.len()));
        }
        if !locked
            && theme::quiet_icon_button(ui, Icon::Paperclip, tr!(cx.words, "attachment-add"))
                .on_hover_text(tr!(cx.words, "attachment-add-hint"))
                .clicked()
        {
            cx.ask(Ask::Pick(Pick::Attach(cx.id(), doc)));
        }
        if !files.is_empty()
            && theme::icon_button(ui, Icon::Gear, tr!(cx.words, "files-settings")).clicked()
        {
            cx.ask(Ask::Show(Dialogue::Files(cx.id())));
        }
    });
    if files.is_empty() && adding.is_empty() {
        return;
    }
    let row = t.size.control + ui.spacing().item_spacing.y;
    ScrollArea::vertical()
        .id_salt(("attachments", doc))
        .max_height(row * ROWS)
        .auto_shrink([false, true])
        .show(ui, |ui| {
            for job in adding {
                coming(ui, cx, job);
            }
            for file in files {
                one(ui, cx, file, locked);
            }
        });
}

/// A file that is being attached.
fn coming(ui: &mut Ui, cx: &mut Cx<'_>, job: &FileJobView) {
    let t = theme::tokens(ui);
    ui.horizontal(|ui| {
        let label = tr!(
            cx.words,
            "attachment-adding",
            name = job.name.clone(),
            percent = job.percent()
        );
        theme::progress_bar(ui, share(job.percent()), t.size.column * 0.3, label.clone());
        theme::muted(ui, label);
        stop(ui, cx, job);
    });
}

fn share(percent: u64) -> f32 {
    percent as f32 / 100.0
}

fn stop(ui: &mut Ui, cx: &mut Cx<'_>, job: &FileJobView) {
    let name = tr!(cx.words, "attachment-stop", name = job.name.clone());
    if theme::icon_button(ui, Icon::Prohibit, name).clicked() {
        cx.send(
            AttachmentCommand::Stop {
                network: job.network,
                attachment: job.attachment,
            }
            .into(),
        );
    }
}

/// A file that is attached: its name, which opens it; what it is; what can be done.
fn one(ui: &mut Ui, cx: &mut Cx<'_>, file: &Attachment, locked: bool) {
    let t = theme::tokens(ui);
    let (network, app) = (cx.id(), cx.app);
    let place = app.files.place(&network, file);
    let job = app.files.job(&file.id).filter(|job| job.what != "add");
    let icons = 2 + usize::from(!locked);
    ui.horizontal(|ui| {
        parts::before_icons(ui, icons, |ui| {
            let here = place == FilePlace::Here;
            thumbnails::show(ui, cx.words, network, (file, here), cx.asks);
            let details = details(cx.words, file.size, place);
            let font = Face::Text.at(t.text.small);
            let taken = ui
                .painter()
                .layout_no_wrap(details.clone(), font, t.color.muted)
                .size()
                .x;
            let room = (ui.available_width() - taken - t.space.m).max(t.space.xxl);
            let shown = theme::one_row(ui, &file.name, &Face::Text.at(t.text.body), room);
            let link = ui
                .add(egui::Link::new(shown))
                .on_hover_text(hint(cx, file))
                .accessible_name(tr!(cx.words, "attachment-open", name = file.name.clone()));
            if link.clicked() {
                open(cx, file);
            }
            theme::caption(ui, details);
        });
        match job {
            Some(job) => stop(ui, cx, job),
            None => fetch(ui, cx, file, place),
        }
        let save = tr!(cx.words, "attachment-save", name = file.name.clone());
        if theme::icon_button(ui, Icon::FloppyDisk, save).clicked() {
            cx.ask(Ask::SaveFile(network, file.id, file.name.clone()));
        }
        if !locked {
            remove(ui, cx, file);
        }
    });
}

/// What is said under the pointer: the whole name, and who attached it.
fn hint(cx: &Cx<'_>, file: &Attachment) -> String {
    let members = &cx.net.members.members;
    let by = file
        .by
        .and_then(|by| members.iter().find(|one| one.id == by));
    let name = file.name.clone();
    match by {
        Some(by) => tr!(
            cx.words,
            "attachment-by",
            file = name,
            name = by.name.clone()
        ),
        None => name,
    }
}

fn details(words: &I18n, size: u64, place: FilePlace) -> String {
    let size = carry::size(words, usize::try_from(size).unwrap_or(usize::MAX));
    let place = match place {
        FilePlace::Here => tr!(words, "attachment-here"),
        FilePlace::Coming(percent) => tr!(words, "attachment-coming", percent = percent),
        FilePlace::Elsewhere { part: false } => tr!(words, "attachment-elsewhere"),
        FilePlace::Elsewhere { part: true } => tr!(words, "attachment-part"),
        FilePlace::OutOfReach { .. } => tr!(words, "attachment-out-of-reach"),
        FilePlace::Damaged { reachable: true } => tr!(words, "attachment-damaged"),
        FilePlace::Damaged { reachable: false } => tr!(words, "attachment-damaged-out-of-reach"),
    };
    tr!(words, "attachment-details", size = size, place = place)
}

fn open(cx: &mut Cx<'_>, file: &Attachment) {
    if opens(&file.name) {
        cx.ask(Ask::OpenFile(cx.id(), file.id, file.name.clone()));
        return;
    }
    let told = tr!(cx.words, "attachment-not-opened", name = file.name.clone());
    cx.ask(Ask::Tell(Toast::new(Tone::Warn, told)));
}

fn fetch(ui: &mut Ui, cx: &mut Cx<'_>, file: &Attachment, place: FilePlace) {
    let may = matches!(
        place,
        FilePlace::Elsewhere { .. } | FilePlace::Damaged { reachable: true }
    );
    let name = if place == FilePlace::Here {
        tr!(cx.words, "attachment-is-here", name = file.name.clone())
    } else {
        tr!(cx.words, "attachment-fetch", name = file.name.clone())
    };
    let clicked = ui
        .add_enabled_ui(may, |ui| {
            let icon = if place == FilePlace::Here {
                Icon::CheckCircle
            } else {
                Icon::DownloadSimple
            };
            theme::icon_button(ui, icon, name).clicked()
        })
        .inner;
    if clicked {
        cx.send(
            AttachmentCommand::Fetch {
                network: cx.id(),
                attachment: file.id,
            }
            .into(),
        );
    }
}

fn remove(ui: &mut Ui, cx: &mut Cx<'_>, file: &Attachment) {
    let name = tr!(cx.words, "attachment-remove", name = file.name.clone());
    if !theme::icon_button(ui, Icon::Trash, name).clicked() {
        return;
    }
    let (network, attachment) = (cx.id(), file.id);
    let remove = |restore| -> Command {
        AttachmentCommand::Remove {
            network,
            attachment,
            restore,
        }
        .into()
    };
    cx.send(remove(false));
    let told = tr!(cx.words, "attachment-removed", name = file.name.clone());
    let toast =
        Toast::new(Tone::Neutral, told).with(tr!(cx.words, "bring-back"), Ask::Send(remove(true)));
    cx.ask(Ask::Tell(toast));
}

/// The files of a network, what they take of the disk, and which are fetched by themselves.
pub(crate) fn dialogue(ui: &mut Ui, cx: &mut Cx<'_>) {
    let t = theme::tokens(ui);
    let keep = cx.net.keep_files;
    let mut always = keep.always;
    theme::check(ui, &mut always, tr!(cx.words, "files-always"));
    theme::caption(ui, tr!(cx.words, "files-always-explained"));
    let (mut most, mut total) = (keep.most, keep.total);
    if always {
        let label = tr!(cx.words, "files-most");
        limit(ui, cx.words, label, &mut most, &LIMITS);
        let label = tr!(cx.words, "files-total");
        limit(ui, cx.words, label, &mut total, &TOTALS);
    }
    let wanted = KeepFiles {
        always,
        most,
        total,
    };
    if wanted != keep {
        cx.send(
            AttachmentCommand::Keep {
                network: cx.id(),
                always,
                most: Some(most),
                total: Some(total),
            }
            .into(),
        );
    }
    ui.add_space(t.space.m);
    let used = usize::try_from(cx.app.files.disk_use).unwrap_or(usize::MAX);
    let used = carry::size(cx.words, used);
    theme::paragraph(ui, tr!(cx.words, "files-disk-use", size = used));
    let rows = std::sync::Arc::clone(&cx.net.files);
    theme::caption(ui, tr!(cx.words, "files-count", count = rows.len()));
    let height = t.size.control * 1.5;
    ScrollArea::vertical()
        .id_salt("files of a network")
        .max_height(height * 6.0)
        .auto_shrink([false, true])
        .show(ui, |ui| {
            theme::rows(ui, height, rows.len(), |ui, number| {
                listed(ui, cx, &rows[number]);
            });
        });
    ui.add_space(t.space.s);
    if theme::quiet_button(ui, tr!(cx.words, "close")).clicked() {
        cx.ask(Ask::Close);
    }
}

/// One of some limits, in mebibytes; the one that is set is among them.
fn limit(ui: &mut Ui, words: &I18n, label: String, value: &mut u32, offered: &[u32]) {
    let name = |limit: u32| {
        // In round numbers, as it is set: what a mebibyte has more is nobody's concern.
        let bytes = usize::try_from(limit).unwrap_or(usize::MAX);
        let bytes = bytes.saturating_mul(1_000_000);
        (limit, carry::size(words, bytes))
    };
    let mut limits: Vec<(u32, String)> = offered.iter().copied().map(name).collect();
    if !offered.contains(value) {
        limits.insert(0, name(*value));
    }
    theme::choice(ui, label, value, &limits);
}

/// A file in the list of a network's: shown where it is attached.
fn listed(ui: &mut Ui, cx: &mut Cx<'_>, row: &FileRow) {
    let t = theme::tokens(ui);
    let here = cx.app.files.here.contains(&row.blob);
    let size = carry::size(cx.words, usize::try_from(row.size).unwrap_or(usize::MAX));
    let place = if here {
        tr!(cx.words, "attachment-here")
    } else {
        tr!(cx.words, "attachment-elsewhere")
    };
    let below = tr!(
        cx.words,
        "files-row",
        title = row.title.clone(),
        size = size,
        place = place
    );
    if theme::two_lines(ui, t.size.control * 1.5, &row.name, &below, false).clicked() {
        let (network, doc) = (cx.id(), row.doc);
        cx.ask(Ask::Close);
        cx.ask(if doc.kind() == Some(DocKind::Meeting) {
            Ask::OpenMeeting(network, doc)
        } else {
            Ask::OpenPage(network, doc)
        });
    }
}
