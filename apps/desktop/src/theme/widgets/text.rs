//! Text at the sizes of the type scale; headings are headings for assistive tools too.

use egui::{Color32, FontId, Label, Response, RichText, Role, Ui};
use unicode_segmentation::UnicodeSegmentation as _;

use crate::theme::{Face, tokens};

fn heading_of(ui: &mut Ui, text: impl Into<String>, size: f32, level: usize) -> Response {
    let text = text.into();
    let ink = tokens(ui).color.ink;
    let line = (size * 1.25).round();
    let rich = RichText::new(&text)
        .font(Face::Strong.at(size))
        .line_height(Some(line))
        .color(ink);
    let response = ui.add(Label::new(rich).wrap());
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_role(Role::Heading);
        node.set_level(level);
        node.clear_value();
        node.set_label(text);
    });
    response
}

/// As much of a text as fits on one line of this width, with an ellipsis where that is not all.
pub fn one_row(ui: &Ui, text: &str, font: &FontId, width: f32) -> String {
    let plain: String = text
        .chars()
        .map(|one| if one.is_control() { ' ' } else { one })
        .collect();
    let fits = |text: &str| {
        let (text, font) = (text.to_owned(), font.clone());
        let galley = ui
            .painter()
            .layout_no_wrap(text, font, Color32::PLACEHOLDER);
        galley.size().x <= width
    };
    if fits(&plain) {
        return plain;
    }
    // Cut where it is written, not where it is painted: what is read from the right keeps its beginning, and nothing is cut in two.
    let ends: Vec<usize> = plain.grapheme_indices(true).map(|(at, _)| at).collect();
    let more = ends.partition_point(|end| fits(&format!("{}…", &plain[..*end])));
    let end = ends
        .get(more.saturating_sub(1))
        .copied()
        .unwrap_or_default();
    format!("{}…", plain[..end].trim_end())
}

/// The first screen's one big line.
pub fn display(ui: &mut Ui, text: impl Into<String>) -> Response {
    let size = tokens(ui).text.display;
    heading_of(ui, text, size, 1)
}

/// A page's title.
pub fn title(ui: &mut Ui, text: impl Into<String>) -> Response {
    let size = tokens(ui).text.title;
    heading_of(ui, text, size, 1)
}

/// A section's heading.
pub fn heading(ui: &mut Ui, text: impl Into<String>) -> Response {
    let size = tokens(ui).text.heading;
    heading_of(ui, text, size, 2)
}

/// A heading inside a card.
pub fn subheading(ui: &mut Ui, text: impl Into<String>) -> Response {
    let size = tokens(ui).text.subheading;
    heading_of(ui, text, size, 3)
}

fn words(ui: &mut Ui, text: impl Into<String>, face: Face, size: f32, color: Color32) -> Response {
    let line = (size * tokens(ui).text.line).round();
    let rich = RichText::new(text)
        .font(face.at(size))
        .line_height(Some(line))
        .color(color);
    ui.add(Label::new(rich).wrap())
}

/// What one reads, wrapped, with room between its lines.
pub fn paragraph(ui: &mut Ui, text: impl Into<String>) -> Response {
    let t = tokens(ui);
    words(ui, text, Face::Text, t.text.body, t.color.ink)
}

/// Strong text.
pub fn strong(ui: &mut Ui, text: impl Into<String>) -> Response {
    let t = tokens(ui);
    words(ui, text, Face::Strong, t.text.body, t.color.ink)
}

/// Text of less weight.
pub fn muted(ui: &mut Ui, text: impl Into<String>) -> Response {
    let t = tokens(ui);
    words(ui, text, Face::Text, t.text.body, t.color.muted)
}

/// Small text of less weight.
pub fn caption(ui: &mut Ui, text: impl Into<String>) -> Response {
    let t = tokens(ui);
    words(ui, text, Face::Text, t.text.small, t.color.muted)
}
