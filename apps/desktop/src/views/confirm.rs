//! The end of a dialogue that asks something of the engine: it closes once that is done, and what it is refused for is said in it.

use egui::Ui;
use jiff::civil::Date;
use tresse_engine::Command;

use super::Cx;
use crate::{
    app::{asks::Ask, dates},
    theme::{self, Tone},
    tr,
};

/// The button that sends what a form asks for, once it is whole, and the one that lets the person change their mind.
pub(crate) fn buttons(ui: &mut Ui, cx: &mut Cx<'_>, words: String, command: Option<Command>) {
    confirm(ui, cx, command, |ui| theme::primary_button(ui, words));
}

/// The same for what takes something away.
pub(crate) fn grave_buttons(ui: &mut Ui, cx: &mut Cx<'_>, words: String, command: Command) {
    confirm(ui, cx, Some(command), |ui| theme::danger_button(ui, words));
}

fn confirm(
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    command: Option<Command>,
    button: impl FnOnce(&mut Ui) -> egui::Response,
) {
    let t = theme::tokens(ui);
    ui.add_space(t.space.s);
    if let Some(why) = cx.drafts.form.refused() {
        theme::message(ui, Tone::Bad, why, |_| {});
        ui.add_space(t.space.s);
    }
    ui.horizontal_wrapped(|ui| {
        let confirm = ui.add_enabled_ui(command.is_some(), button);
        // While the engine has not answered it keeps the keyboard, and asks no second time.
        if let Some(command) = command
            && confirm.inner.clicked()
            && !cx.drafts.form.waits()
        {
            cx.ask(Ask::Confirm(command));
        }
        if theme::quiet_button(ui, tr!(cx.words, "cancel")).clicked() {
            cx.ask(Ask::Close);
        }
    });
}

/// What was written where a day is asked for is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NotADay;

/// A day written in a form: none where nothing is written. What is no day is said below its field.
pub(crate) fn day(ui: &mut Ui, cx: &Cx<'_>, written: &str) -> Result<Option<Date>, NotADay> {
    if written.trim().is_empty() {
        return Ok(None);
    }
    let day = dates::parse(written, cx.today);
    if day.is_none() {
        theme::caption(ui, tr!(cx.words, "date-not-understood"));
    }
    day.map(Some).ok_or(NotADay)
}
