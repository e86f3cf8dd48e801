//! Laying out one block: pieces of words and the shapes behind them, relative to the block's top left.

use std::sync::Arc;

use egui::{Color32, Galley, Rect, Stroke, Ui, Vec2, pos2, text::LayoutJob, vec2};

use super::{
    parse::{Block, Body, Marker},
    rich::{Base, Rich},
    table,
};
use crate::theme::{Face, Icon, Tokens};

/// A block ready to paint.
#[derive(Debug, Default)]
pub(super) struct Laid {
    pub(super) height: f32,
    pub(super) shapes: Vec<Shape>,
    pub(super) pieces: Vec<Piece>,
}

/// Something behind or beside the words.
#[derive(Debug)]
pub(super) enum Shape {
    /// A filled ground.
    Ground(Rect, u8, Color32),
    /// A line across.
    Line(f32, f32, f32, Stroke),
    /// A box to tick, and whether it is.
    Tick(Rect, bool),
}

/// Words at their place.
#[derive(Debug)]
pub(super) struct Piece {
    pub(super) at: Vec2,
    pub(super) galley: Arc<Galley>,
    pub(super) links: Vec<(std::ops::Range<usize>, String)>,
    /// The heading's level.
    pub(super) heading: Option<u8>,
    /// A sign only, not words to select.
    pub(super) is_sign: bool,
}

/// What a block is laid out with.
pub(super) struct Desk<'a> {
    pub(super) ui: &'a Ui,
    pub(super) t: &'static Tokens,
    pub(super) width: f32,
}

impl Desk<'_> {
    pub(super) fn galley(&self, job: LayoutJob) -> Arc<Galley> {
        self.ui.fonts_mut(|fonts| fonts.layout_job(job))
    }

    /// Words of this base laid out in a width.
    pub(super) fn words(&self, rich: &Rich, base: Base, width: f32) -> Arc<Galley> {
        self.galley(rich.job(self.t, base, width))
    }

    pub(super) fn base(&self, color: Color32) -> Base {
        Base {
            size: self.t.text.body,
            color,
            strong: false,
        }
    }

    /// A piece made of rich words.
    pub(super) fn piece(at: Vec2, galley: Arc<Galley>, rich: &Rich) -> Piece {
        let links = rich
            .link_stretches()
            .into_iter()
            .filter_map(|(range, link)| Some((range, rich.links.get(link)?.clone())))
            .collect();
        Piece {
            at,
            galley,
            links,
            heading: None,
            is_sign: false,
        }
    }

    /// Lays out a block; `first` has nothing above it.
    pub(super) fn block(&self, block: &Block, first: bool) -> Laid {
        let t = self.t;
        let step = t.space.xl;
        let mut laid = Laid::default();
        let above = if first { 0.0 } else { gap(t, block) };
        let quotes = f32::from(block.quotes) * t.space.l;
        let indent = quotes + f32::from(block.depth.min(12)) * step;
        let left = indent.min(self.width * 0.6);
        let width = self.width - left;
        let ink = if block.quotes > 0 {
            t.color.muted
        } else {
            t.color.ink
        };
        let body = match &block.body {
            Body::Words(rich) => {
                let galley = self.words(rich, self.base(ink), width);
                let height = galley.size().y;
                laid.pieces
                    .push(Self::piece(vec2(left, above), galley, rich));
                height
            }
            Body::Heading(level, rich) => {
                let base = Base {
                    size: heading_size(t, *level),
                    color: ink,
                    strong: true,
                };
                let galley = self.words(rich, base, width);
                let height = galley.size().y;
                let mut piece = Self::piece(vec2(left, above), galley, rich);
                piece.heading = Some(*level);
                laid.pieces.push(piece);
                height
            }
            Body::Code(code) => self.code(code, vec2(left, above), width, &mut laid),
            Body::Rule => {
                let line = Stroke::new(t.size.line, t.color.line);
                let y = above + t.space.s;
                laid.shapes.push(Shape::Line(left, left + width, y, line));
                2.0 * t.space.s
            }
            Body::Table { alignments, rows } => {
                table::lay(self, alignments, rows, vec2(left, above), width, &mut laid)
            }
        };
        if let Some(marker) = block.marker {
            self.marker(marker, vec2(left - step, above), &mut laid);
        }
        for quote in 0..block.quotes {
            let x = f32::from(quote) * t.space.l;
            let color = t.color.strands[usize::from(quote) % 3];
            let bar = Rect::from_min_max(
                pos2(x, if first { 0.0 } else { above.min(t.space.s) }),
                pos2(x + t.space.xs * 0.75, above + body),
            );
            laid.shapes.push(Shape::Ground(bar, t.radius.s / 2, color));
        }
        laid.height = above + body;
        laid
    }

    fn code(&self, code: &str, at: Vec2, width: f32, laid: &mut Laid) -> f32 {
        let t = self.t;
        let padding = t.space.m;
        let job = LayoutJob::simple(
            code.to_owned(),
            Face::Code.at(t.text.code),
            t.color.ink,
            width - 2.0 * padding,
        );
        let galley = self.galley(job);
        let height = galley.size().y + 2.0 * padding;
        let ground = Rect::from_min_size(at.to_pos2(), vec2(width, height));
        laid.shapes
            .push(Shape::Ground(ground, t.radius.m, t.color.shade));
        laid.pieces.push(Piece {
            at: at + Vec2::splat(padding),
            galley,
            links: Vec::new(),
            heading: None,
            is_sign: false,
        });
        height
    }

    fn marker(&self, marker: Marker, at: Vec2, laid: &mut Laid) {
        let t = self.t;
        let row = (t.text.body * t.text.line).round();
        let sign = match marker {
            Marker::Task(done) => {
                let side = t.text.body;
                let center = at + vec2(t.space.xl - t.space.s - side / 2.0, row / 2.0);
                let rect = Rect::from_center_size(center.to_pos2(), Vec2::splat(side));
                laid.shapes.push(Shape::Tick(rect, done));
                return;
            }
            Marker::Bullet => "•".to_owned(),
            Marker::Number(number) => format!("{number}."),
        };
        let mut rich = Rich::default();
        rich.push(&sign, super::rich::Style::default());
        let galley = self.words(&rich, self.base(t.color.accent), f32::INFINITY);
        let x = (t.space.xl - t.space.s - galley.size().x).max(-t.space.s);
        let mut piece = Self::piece(at + vec2(x, 0.0), galley, &rich);
        piece.is_sign = true;
        laid.pieces.push(piece);
    }
}

/// Room above a block.
fn gap(t: &Tokens, block: &Block) -> f32 {
    match &block.body {
        Body::Heading(1, _) => t.space.xxl,
        Body::Heading(2, _) => t.space.xl,
        Body::Heading(..) => t.space.l,
        Body::Words(_) if block.opens_list => t.space.m,
        Body::Words(_) if block.marker.is_some() => t.space.xs,
        Body::Words(_) if block.depth > 0 => t.space.s,
        _ => t.space.m,
    }
}

fn heading_size(t: &Tokens, level: u8) -> f32 {
    match level {
        1 => t.text.title,
        2 => t.text.heading + 2.0,
        3 => t.text.heading - 1.0,
        4 => t.text.subheading,
        _ => t.text.body,
    }
}

impl Shape {
    /// Paints the shape at the block's origin.
    pub(super) fn paint(&self, ui: &Ui, t: &Tokens, origin: Vec2) {
        let painter = ui.painter();
        match self {
            Self::Ground(rect, radius, color) => {
                painter.rect_filled(rect.translate(origin), *radius, *color);
            }
            Self::Line(left, right, y, stroke) => {
                painter.hline(left + origin.x..=right + origin.x, y + origin.y, *stroke);
            }
            Self::Tick(rect, done) => {
                let rect = rect.translate(origin);
                let edge = Stroke::new(t.size.line * 1.5, t.color.edge);
                let (fill, edge) = if *done {
                    (t.color.accent, Stroke::NONE)
                } else {
                    (t.color.surface, edge)
                };
                painter.rect(rect, t.radius.s, fill, edge, egui::StrokeKind::Inside);
                if *done {
                    let size = rect.height() * 0.8;
                    Icon::Check.paint(painter, rect.center(), size, t.color.on_accent);
                }
            }
        }
    }
}
