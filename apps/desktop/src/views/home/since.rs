//! What others changed since I last said that I had seen all.

use egui::Ui;
use tresse_engine::{Command, MovedBy, MovedView, SinceView};

use super::changed;
use crate::{
    theme::{self, Icon},
    tr,
    views::{Cx, members},
};

/// Most documents shown at first.
const FIRST: usize = 12;
/// As many people as are named under one document.
const NAMED: usize = 4;

/// What says that I have seen all that is listed.
pub(super) fn all_seen(ui: &mut Ui, cx: &mut Cx<'_>) {
    if cx.locked(false) {
        return;
    }
    ui.add_space(theme::tokens(ui).space.s);
    let all = tr!(cx.words, "since-all-seen");
    if theme::quiet_icon_button(ui, Icon::Check, all)
        .on_hover_text(tr!(cx.words, "since-all-seen-explained"))
        .clicked()
    {
        let network = cx.id();
        let documents = Vec::new();
        cx.send(Command::SeenMark { network, documents });
    }
}

/// Paints it.
pub(super) fn ui(ui: &mut Ui, cx: &mut Cx<'_>, since: &SinceView) {
    theme::card(ui, |ui| {
        theme::heading(ui, tr!(cx.words, "since"));
        if since.moved.is_empty() {
            theme::muted(ui, tr!(cx.words, "since-nothing"));
        }
        let (words, salt) = (cx.words, ("since", cx.id()));
        members::bounded(ui, words, salt, FIRST, since.moved.len(), |ui, place| {
            one(ui, cx, &since.moved[place]);
        });
        if since.more > 0 {
            theme::caption(ui, tr!(cx.words, "since-more", count = since.more));
        }
        if !since.moved.is_empty() {
            all_seen(ui, cx);
        }
    });
}

fn one(ui: &mut Ui, cx: &mut Cx<'_>, moved: &MovedView) {
    let mut by: Vec<String> = moved
        .people
        .iter()
        .take(NAMED)
        .map(|one| said(cx, one))
        .collect();
    let others = moved.people.len().saturating_sub(NAMED);
    if others > 0 {
        by.push(tr!(cx.words, "since-others", count = others));
    }
    let mark = moved.new.then(|| tr!(cx.words, "since-new"));
    if changed(ui, cx, (moved.doc, &moved.title), &by, mark) && !cx.locked(false) {
        let network = cx.id();
        cx.send(Command::SeenMark {
            network,
            documents: vec![moved.doc],
        });
    }
}

fn said(cx: &Cx<'_>, one: &MovedBy) -> String {
    let words = cx.words;
    let name = if one.name.is_empty() {
        tr!(words, "somebody")
    } else {
        one.name.clone()
    };
    let when = words.ago(one.at, cx.now);
    tr!(words, "recent-by", name = name, when = when)
}
