//! The closing round: a word from each.

use egui::{Id, Key, Ui};
use tresse_engine::{MeetingCommand, MeetingView};

use super::say::about;
use crate::{
    theme, tr,
    views::{Cx, parts::line},
};

pub(super) fn ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &MeetingView, locked: bool) {
    let words = cx.words;
    theme::subheading(ui, tr!(words, "round-title"));
    theme::muted(ui, tr!(words, "round-hint"));
    if !locked {
        mine(ui, cx, view);
    }
    words_said(ui, cx, view, false);
}

/// What was said, by name.
pub(super) fn words_said(ui: &mut Ui, cx: &Cx<'_>, view: &MeetingView, large: bool) {
    let t = theme::tokens(ui);
    let said = &view.sheet.round;
    if said.is_empty() {
        theme::muted(ui, tr!(cx.words, "round-none"));
        return;
    }
    for one in said {
        line(ui, |ui| {
            ui.spacing_mut().item_spacing.x = t.space.s;
            theme::avatar(ui, &one.name, t.size.control * 0.8);
            theme::muted(ui, one.name.as_str());
            if large {
                theme::heading(ui, one.word.as_str());
            } else {
                theme::strong(ui, one.word.as_str());
            }
        });
    }
}

/// My own word.
fn mine(ui: &mut Ui, cx: &mut Cx<'_>, view: &MeetingView) {
    let t = theme::tokens(ui);
    let key = Id::unique(("round", view.id));
    let said = view.sheet.round.iter().find(|one| one.is_me);
    let said = said.map(|one| one.word.clone()).unwrap_or_default();
    let mut text = ui
        .data(|data| data.get_temp::<String>(key))
        .unwrap_or_else(|| said.clone());
    ui.horizontal_wrapped(|ui| {
        let entry = ui
            .add(
                theme::line_edit(&mut text)
                    .char_limit(80)
                    .hint_text(tr!(cx.words, "round-mine-hint"))
                    .desired_width(t.size.column),
            )
            .accessible_name(tr!(cx.words, "round-mine"));
        let entered = entry.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        let differs = text.trim() != said;
        let say = ui
            .add_enabled_ui(differs, |ui| {
                theme::quiet_button(ui, tr!(cx.words, "round-say"))
            })
            .inner;
        if differs && (say.clicked() || entered) {
            let word = text.trim().to_owned();
            let say = about(cx, view.id, |network, meeting| MeetingCommand::RoundSay {
                network,
                meeting,
                word: Some(word),
            });
            cx.send(say);
        }
    });
    ui.data_mut(|data| data.insert_temp(key, text));
}
