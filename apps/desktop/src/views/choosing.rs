//! Where several people said something at once that stands in no field: all that was said, each with who said it, and a button that
//! chooses it.

use egui::Ui;
use tresse_engine::{Command, model::Conflict};

use super::Cx;
use crate::{app::text::cut, theme, tr};

/// Paints it, the value that is shown first. `say` puts a value in words; `choose` is what settles the matter by it, where it can be chosen.
pub(super) fn ui(
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    text: String,
    conflict: &Conflict,
    say: &dyn Fn(&str) -> String,
    choose: &dyn Fn(&str) -> Option<Command>,
) {
    let t = theme::tokens(ui);
    theme::message(ui, theme::Tone::Warn, text, |_| {});
    for (place, (value, authors)) in said(cx, conflict).into_iter().enumerate() {
        ui.horizontal_top(|ui| {
            ui.add_space(t.space.m);
            ui.vertical(|ui| {
                ui.spacing_mut().item_spacing.y = t.space.xs;
                let words = match say(value) {
                    empty if empty.is_empty() => tr!(cx.words, "conflict-cleared"),
                    words => words,
                };
                theme::paragraph(ui, words.as_str());
                ui.horizontal_wrapped(|ui| {
                    if let Some(command) = choose(value)
                        && take(ui, cx, &words, place == 0)
                    {
                        cx.send(command);
                    }
                    theme::caption(ui, tr!(cx.words, "conflict-by", name = authors))
                        .on_hover_text(tr!(cx.words, "sealed-author"));
                });
            });
        });
        ui.add_space(t.space.xs);
    }
}

/// What chooses a value; true when it was clicked.
fn take(ui: &mut Ui, cx: &Cx<'_>, value: &str, shown: bool) -> bool {
    let keep = if shown {
        tr!(cx.words, "conflict-keep-shown")
    } else {
        tr!(cx.words, "conflict-take")
    };
    let full = tr!(cx.words, "conflict-choose-value", value = cut(value, 60));
    theme::quiet_button(ui, keep)
        .accessible_name(full)
        .clicked()
}

/// Each value once, with the names of all who gave it.
fn said<'a>(cx: &Cx<'_>, conflict: &'a Conflict) -> Vec<(&'a str, String)> {
    let mut said: Vec<(&str, String)> = Vec::new();
    for one in &conflict.values {
        let name = one.author.map_or_else(
            || tr!(cx.words, "somebody"),
            |author| cx.net.members.name_of(&author),
        );
        match said.iter_mut().find(|(value, _)| *value == one.value) {
            Some((_, names)) => {
                names.push_str(", ");
                names.push_str(&name);
            }
            None => said.push((&one.value, name)),
        }
    }
    said
}
