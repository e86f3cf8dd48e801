//! Who was a member, folded: how they went, and when.

use egui::Ui;
use tresse_engine::FormerView;

use super::{more::bounded, on_day};
use crate::{theme, tr, views::Cx};

/// Most former members shown at first.
const FIRST: usize = 12;

/// Paints them, if there are any.
pub(super) fn ui(ui: &mut Ui, cx: &Cx<'_>, former: &[FormerView]) {
    if former.is_empty() {
        return;
    }
    let id = ("former", cx.id());
    egui::CollapsingHeader::new(tr!(cx.words, "former", count = former.len()))
        .id_salt(id)
        .show(ui, |ui| {
            bounded(ui, cx.words, id, FIRST, former.len(), |ui, place| {
                theme::paragraph(ui, how(cx, &former[place]));
            });
        });
}

fn how(cx: &Cx<'_>, former: &FormerView) -> String {
    let (words, name, at) = (cx.words, former.name.clone(), former.ended.at);
    match former.ended.how.as_str() {
        "left" => {
            let when = on_day(words, cx.today, at);
            tr!(words, "former-left", name = name, when = when)
        }
        "removed" => {
            let by = former.ended.by.iter();
            let names: Vec<String> = by.map(|by| cx.net.members.name_of(by)).collect();
            let day = super::day(words, cx.today, at);
            tr!(
                words,
                "former-removed",
                name = name,
                day = day,
                names = names.join(", ")
            )
        }
        "revoked" => {
            let day = super::day(words, cx.today, at);
            tr!(words, "former-revoked", name = name, day = day)
        }
        _ => {
            let day = super::day(words, cx.today, at);
            tr!(words, "former-readmitted", name = name, day = day)
        }
    }
}
