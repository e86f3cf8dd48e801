//! What to know of the copies: two continuations of one copy, work kept aside, what does not count, what was
//! refused. Each in a sentence or two; nothing at all where there is none.

use egui::Ui;
use tresse_engine::{
    Command, TroubleView,
    model::{DeviceId, DocId, DocKind},
};

use super::more::bounded;
use crate::{
    app::errors,
    i18n::I18n,
    theme::{self, Icon},
    tr,
    views::Cx,
};

/// Most of them shown at first.
const FIRST: usize = 5;

/// Paints them, if there are any.
pub(super) fn ui(ui: &mut Ui, cx: &mut Cx<'_>, troubles: &[TroubleView]) {
    if troubles.is_empty() {
        return;
    }
    theme::card(ui, |ui| {
        theme::subheading(ui, tr!(cx.words, "troubles"));
        let (words, salt) = (cx.words, ("troubles", cx.id()));
        bounded(ui, words, salt, FIRST, troubles.len(), |ui, place| {
            if place > 0 {
                theme::rule(ui);
            }
            ui.push_id(place, |ui| one(ui, cx, &troubles[place]));
        });
    });
    ui.add_space(theme::tokens(ui).space.l);
}

fn one(ui: &mut Ui, cx: &mut Cx<'_>, trouble: &TroubleView) {
    let t = theme::tokens(ui);
    ui.horizontal_top(|ui| {
        Icon::Info.show_beside(ui, t.size.icon, t.text.body, t.color.muted);
        ui.vertical(|ui| {
            let Said { what, why } = said(cx, trouble);
            theme::paragraph(ui, what);
            theme::caption(ui, why);
            if let Some(aside) = aside(cx.words, trouble) {
                adopt(ui, cx, aside);
            }
        });
    });
}

/// What happened, and what one can do.
struct Said {
    what: String,
    why: String,
}

fn said(cx: &Cx<'_>, trouble: &TroubleView) -> Said {
    let words = cx.words;
    let (what, why) = match trouble {
        TroubleView::Fork {
            device,
            name,
            documents,
        } => (
            tr!(
                words,
                "trouble-fork",
                owner = words.owner(name),
                documents = *documents
            ),
            tr!(words, "trouble-fork-why", machine = device.short()),
        ),
        TroubleView::Equivocation { device, name } => (
            tr!(words, "trouble-equivocation", owner = words.owner(name)),
            tr!(
                words,
                "trouble-equivocation-why",
                name = name.clone(),
                machine = device.short()
            ),
        ),
        TroubleView::ActsLeftOut { device, name, acts } => (
            tr!(
                words,
                "trouble-acts",
                owner = words.owner(name),
                acts = *acts
            ),
            tr!(words, "trouble-acts-why", machine = device.short()),
        ),
        TroubleView::SetAside {
            document,
            title,
            name,
            changes,
            reason,
            ..
        } => said_of_aside(
            words,
            words.owner(name),
            named(words, document, title),
            *changes,
            reason,
        ),
        TroubleView::Refused {
            document,
            title,
            name,
            code,
            times,
            at,
            ..
        } => (
            tr!(
                words,
                "trouble-refused",
                title = named(words, document, title),
                owner = words.owner(name),
                times = *times
            ),
            tr!(
                words,
                "trouble-refused-why",
                reason = errors::sentence(words, code, code),
                name = name.clone(),
                when = words.ago(*at, cx.now)
            ),
        ),
    };
    Said { what, why }
}

/// What is said of work set aside, and why.
fn said_of_aside(
    words: &I18n,
    owner: String,
    title: String,
    changes: usize,
    reason: &str,
) -> (String, String) {
    let what = match reason {
        "late" => tr!(
            words,
            "trouble-late",
            owner = owner,
            title = title,
            changes = changes
        ),
        "fallen" => tr!(
            words,
            "trouble-fallen",
            owner = owner,
            title = title,
            changes = changes
        ),
        _ => tr!(
            words,
            "trouble-branch",
            owner = owner,
            title = title,
            changes = changes
        ),
    };
    let why = if reason == "fallen" {
        tr!(words, "trouble-fallen-why")
    } else {
        tr!(words, "trouble-adopt-why")
    };
    (what, why)
}

/// Work that a member can take up.
struct Aside {
    document: DocId,
    device: DeviceId,
    name: String,
}

fn aside(words: &I18n, trouble: &TroubleView) -> Option<Aside> {
    match trouble {
        TroubleView::SetAside {
            document,
            title,
            device,
            name,
            reason,
            ..
        } if reason != "fallen" => Some(Aside {
            document: *document,
            device: *device,
            name: tr!(
                words,
                "trouble-adopt-name",
                owner = words.owner(name),
                title = named(words, document, title)
            ),
        }),
        _ => None,
    }
}

fn adopt(ui: &mut Ui, cx: &mut Cx<'_>, aside: Aside) {
    if cx.locked(false) {
        return;
    }
    let button = theme::quiet_icon_button(ui, Icon::ArrowUUpLeft, tr!(cx.words, "trouble-adopt"));
    if button.accessible_name(aside.name).clicked() {
        cx.send(Command::AsideAdopt {
            network: cx.id(),
            document: aside.document,
            device: aside.device,
        });
    }
}

/// A document by its title, or by what it is.
fn named(words: &I18n, document: &DocId, title: &str) -> String {
    match document.kind() {
        _ if !title.trim().is_empty() => title.to_owned(),
        Some(DocKind::Charter) => tr!(words, "the-charter"),
        Some(DocKind::Plan) => tr!(words, "the-plan"),
        Some(DocKind::Network) => tr!(words, "the-network"),
        Some(DocKind::Watch) => tr!(words, "the-watch"),
        Some(DocKind::Resources) => tr!(words, "the-resources"),
        Some(DocKind::Notebook) => tr!(words, "a-notebook"),
        Some(DocKind::Page | DocKind::Meeting | DocKind::Decision) | None => tr!(words, "untitled"),
    }
}
