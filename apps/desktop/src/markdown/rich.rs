//! Words with their looks: what a paragraph, a heading or a table's cell says.

use std::ops::Range;

use egui::{Color32, Stroke, TextFormat, text::LayoutJob};

use crate::theme::{Face, Tokens};

/// How a stretch of words is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Style {
    pub(super) strong: bool,
    pub(super) stressed: bool,
    pub(super) struck: bool,
    pub(super) kind: Kind,
}

/// What a stretch of words is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Kind {
    /// Words.
    #[default]
    Words,
    /// Code.
    Code,
    /// What stands for an image.
    Image,
    /// Words of the link with this number.
    Link(usize),
}

/// Words, their looks and where links lead.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Rich {
    pub(super) text: String,
    spans: Vec<(Range<usize>, Style)>,
    pub(super) links: Vec<String>,
}

/// The size and colour that words start from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Base {
    pub(super) size: f32,
    pub(super) color: Color32,
    pub(super) strong: bool,
}

impl Rich {
    /// Adds words.
    pub(super) fn push(&mut self, text: &str, style: Style) {
        if text.is_empty() {
            return;
        }
        let start = self.text.len();
        self.text.push_str(text);
        match self.spans.last_mut() {
            Some((range, same)) if *same == style => range.end = self.text.len(),
            _ => self.spans.push((start..self.text.len(), style)),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// Takes off what is blank at the end.
    pub(super) fn trim_end(&mut self) {
        let end = self.text.trim_end().len();
        self.text.truncate(end);
        self.spans.retain_mut(|(range, _)| {
            range.end = range.end.min(end);
            range.start < range.end
        });
    }

    /// The stretches of each link, in scalar values.
    pub(super) fn link_stretches(&self) -> Vec<(Range<usize>, usize)> {
        let count = |bytes: Range<usize>| self.text[bytes].chars().count();
        self.spans
            .iter()
            .filter_map(|(range, style)| match style.kind {
                Kind::Link(link) => {
                    let start = count(0..range.start);
                    Some((start..start + count(range.clone()), link))
                }
                _ => None,
            })
            .collect()
    }

    /// What egui lays out.
    pub(super) fn job(&self, t: &Tokens, base: Base, width: f32) -> LayoutJob {
        let mut job = LayoutJob::default();
        job.wrap.max_width = width;
        for (range, style) in &self.spans {
            job.append(&self.text[range.clone()], 0.0, format(t, base, *style));
        }
        if job.sections.is_empty() {
            job.append("", 0.0, format(t, base, Style::default()));
        }
        job
    }
}

fn format(t: &Tokens, base: Base, style: Style) -> TextFormat {
    let strong = style.strong || base.strong;
    let stressed = style.stressed || style.kind == Kind::Image;
    let face = match (style.kind, strong, stressed) {
        (Kind::Code, ..) => Face::Code,
        (_, true, true) => Face::StrongItalic,
        (_, true, false) => Face::Strong,
        (_, false, true) => Face::Italic,
        _ => Face::Text,
    };
    let size = if style.kind == Kind::Code {
        base.size * t.text.code / t.text.body
    } else {
        base.size
    };
    let color = match style.kind {
        Kind::Link(_) => t.color.accent,
        Kind::Image => t.color.muted,
        Kind::Words | Kind::Code => base.color,
    };
    let line = Stroke::new(t.size.line, color);
    TextFormat {
        font_id: face.at(size),
        color,
        background: if style.kind == Kind::Code {
            t.color.hover
        } else {
            Color32::TRANSPARENT
        },
        strikethrough: if style.struck { line } else { Stroke::NONE },
        line_height: Some((base.size * t.text.line).round()),
        ..TextFormat::default()
    }
}
