//! Who else looks at the same thing now, and where they write in it.

use egui::{Response, Sense, Ui, Vec2};
use tresse_engine::{
    NetworkView, TextView,
    model::{DocId, DocKind},
};

use super::Cx;
use crate::{
    app::text::cut,
    editor::Other,
    i18n::I18n,
    theme::{self, Tokens},
    tr,
};

/// As many discs are painted; the others are in the words.
const DISCS: usize = 4;

/// How wide the discs of so many persons are.
fn width(t: &Tokens, people: usize) -> f32 {
    let discs = people.min(DISCS) as f32;
    discs * (disc(t) + t.space.xs) + t.space.xs
}

/// How wide a disc is.
fn disc(t: &Tokens) -> f32 {
    t.size.control * 0.8
}

/// How much room [`at`] takes for a document, in a row.
pub fn room(ui: &Ui, cx: &Cx<'_>, doc: &DocId) -> f32 {
    match names_at(cx, doc).len() {
        0 => 0.0,
        people => width(theme::tokens(ui), people),
    }
}

fn names_at<'a>(cx: &'a Cx<'_>, doc: &DocId) -> Vec<&'a str> {
    let people = cx.app.here(&cx.net.id).iter();
    let here = people.filter(|person| person.is_at(doc));
    here.map(|person| person.name.as_str()).collect()
}

/// The discs of who else looks at this document; nothing where nobody does.
pub fn at(ui: &mut Ui, cx: &Cx<'_>, doc: &DocId) {
    let names = names_at(cx, doc);
    if !names.is_empty() {
        let said = tr!(cx.words, "here-too", names = said(cx.words, &names));
        discs(ui, &names, said);
    }
}

/// Names in a sentence.
pub fn said(words: &I18n, names: &[&str]) -> String {
    const NAMED: usize = 3;
    let shown: Vec<_> = names.iter().take(NAMED).map(|name| cut(name, 24)).collect();
    let shown = shown.join(", ");
    match names.len().saturating_sub(NAMED) {
        0 => shown,
        more => tr!(words, "status-and-more", names = shown, count = more),
    }
}

/// The first letters of these persons' names in discs, at the left of their names, where what stands at the right end comes first.
pub fn faces(ui: &mut Ui, names: &[&str]) {
    let t = theme::tokens(ui);
    for name in names.iter().take(DISCS).rev() {
        theme::avatar(ui, name, disc(t));
    }
}

/// The first letters of these persons' names in discs; what they say together is told to who cannot see them.
pub fn discs(ui: &mut Ui, names: &[&str], said: String) -> Response {
    let t = theme::tokens(ui);
    let size = Vec2::new(width(t, names.len()), t.size.control);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    let mut inside = ui.new_child(
        egui::UiBuilder::new()
            .max_rect(rect)
            .layout(egui::Layout::left_to_right(egui::Align::Center)),
    );
    inside.spacing_mut().item_spacing.x = t.space.xs;
    inside.add_space(t.space.xs);
    for name in names.iter().take(DISCS) {
        theme::avatar(&mut inside, name, disc(t));
    }
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, said.as_str()));
    response.on_hover_text(said)
}

/// What a document is called, where that is known here.
pub fn title_of(words: &I18n, net: &NetworkView, doc: &DocId) -> Option<String> {
    let title = match doc.kind()? {
        DocKind::Charter => return Some(tr!(words, "tab-charter")),
        DocKind::Page => {
            let mut rows = net.library.pages.iter();
            &rows.find(|row| row.id == *doc)?.title
        }
        DocKind::Meeting => {
            let mut rows = net.meetings.meetings.iter();
            &rows.find(|row| row.id == *doc)?.title
        }
        DocKind::Decision => {
            let mut rows = net.decisions.decisions.iter();
            &rows.find(|row| row.id == *doc)?.title
        }
        _ => return None,
    };
    Some(if title.trim().is_empty() {
        tr!(words, "untitled")
    } else {
        cut(title, 40)
    })
}

/// Who else writes in a text that is open here, and where.
pub fn writers(cx: &Cx<'_>, doc: &DocId, text: &TextView) -> Vec<Other> {
    let people = cx.app.here(&cx.net.id).iter();
    let carets = people.flat_map(|person| {
        let spots = person.spots.iter().filter(|spot| spot.doc == *doc);
        let carets = spots.filter_map(|spot| spot.caret);
        let here = carets.filter(|caret| caret.version == text.version);
        here.map(|caret| Other {
            name: person.name.clone(),
            head: caret.head,
            tail: caret.tail,
        })
    });
    carets.collect()
}
