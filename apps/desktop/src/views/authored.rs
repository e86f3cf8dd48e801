//! Who changed a document last: said below its title, by the seal of the device that wrote.

use egui::Ui;

use super::Cx;
use crate::{theme, tr};

/// That somebody changed it at a time (milliseconds since 1970, UTC), after what `before` says of it, if anything.
pub(super) fn changed_by(
    ui: &mut Ui,
    cx: &Cx<'_>,
    before: Option<String>,
    changed: Option<(&str, i64)>,
) {
    let words = cx.words;
    let changed = changed.map(|(author, at)| {
        let name = match author {
            "" => tr!(words, "somebody"),
            author => author.to_owned(),
        };
        tr!(
            words,
            "changed-by",
            name = name,
            when = words.ago(at, cx.now)
        )
    });
    let said: Vec<String> = before.into_iter().chain(changed).collect();
    if !said.is_empty() {
        theme::caption(ui, said.join(" · ")).on_hover_text(tr!(words, "sealed-author"));
    }
}
