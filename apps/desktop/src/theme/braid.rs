//! The braid: three strands that keep their colour and hold together. Tresse's mark and ornament.
//!
//! A flat braid of three is three equal waves a third of a turn apart; at each crossing the strand that
//! comes from the left goes over, then the one from the right. The strands are cut into short
//! pieces and painted in the order of their depth, each over a rim of the ground, so that one sees
//! which is above.

use std::f32::consts::TAU;

use egui::{Color32, Painter, Pos2, Rect, Response, Sense, Shape, Stroke, Ui, Vec2, pos2};

use super::tokens::Tokens;

/// Pieces that one turn of a strand is cut into.
const PIECES: usize = 36;
/// Strand width and its rim, as parts of the braid's width.
const STRAND: f32 = 0.2;
const RIM: f32 = 0.3;

/// Paints a braid that runs from the left to the right of `rect` (or from top to bottom when it is taller
/// than wide) with this many turns; `ground` is the colour it lies on.
fn braid(painter: &Painter, rect: Rect, turns: f32, strands: [Color32; 3], ground: Color32) {
    let upright = rect.height() > rect.width();
    let (length, width) = if upright {
        (rect.height(), rect.width())
    } else {
        (rect.width(), rect.height())
    };
    if length <= 0.0 || width <= 0.0 {
        return;
    }
    let swing = width * (1.0 - RIM) / 2.0;
    let point = |along: f32, across: f32| -> Pos2 {
        if upright {
            pos2(rect.center().x + across, rect.top() + along)
        } else {
            pos2(rect.left() + along, rect.center().y + across)
        }
    };
    let pieces = ((PIECES as f32 * turns).ceil() as usize).max(1);
    let step = turns * TAU / pieces as f32;
    // A strand's place across is sin(a); its depth follows sin(2a): over going one way, under going back.
    let mut cuts: Vec<(f32, usize, usize)> = (0..3)
        .flat_map(|strand| (0..pieces).map(move |piece| (strand, piece)))
        .map(|(strand, piece)| {
            let angle = (piece as f32 + 0.5) * step + strand as f32 * TAU / 3.0;
            ((2.0 * angle).sin(), strand, piece)
        })
        .collect();
    cuts.sort_by(|a, b| a.0.total_cmp(&b.0));
    let at = |strand: usize, piece: f32| {
        let angle = piece * step + strand as f32 * TAU / 3.0;
        point(length * piece / pieces as f32, swing * angle.sin())
    };
    for (_, strand, piece) in cuts {
        let from = piece as f32;
        let end = pieces as f32;
        // The rim keeps to the piece; the strand reaches a little further so that no seam shows.
        let line = |reach: f32| {
            [from - reach, from + 0.5, from + 1.0 + reach]
                .map(|piece| at(strand, piece.clamp(0.0, end)))
                .to_vec()
        };
        painter.add(Shape::line(line(0.0), Stroke::new(width * RIM, ground)));
        painter.add(Shape::line(
            line(0.6),
            Stroke::new(width * STRAND, strands[strand]),
        ));
    }
}

/// Tresse's mark, a short upright braid, in a square of this size.
pub fn braid_mark(ui: &mut Ui, tokens: &Tokens, size: f32, ground: Color32) -> Response {
    let (rect, response) = ui.allocate_exact_size(Vec2::splat(size), Sense::hover());
    if ui.is_rect_visible(rect) {
        let inner = Rect::from_center_size(rect.center(), Vec2::new(size * 0.56, size));
        braid(ui.painter(), inner, 1.0, tokens.color.strands, ground);
    }
    response
}

/// A thin braid across the available width: it closes a title, opens an empty page.
pub fn braid_rule(ui: &mut Ui, tokens: &Tokens, width: f32) -> Response {
    let height = tokens.space.m;
    let (rect, response) = ui.allocate_exact_size(Vec2::new(width, height), Sense::hover());
    if ui.is_rect_visible(rect) {
        let turns = (width / (height * 3.2)).max(0.5);
        braid(
            ui.painter(),
            rect,
            turns,
            tokens.color.strands,
            ui.visuals().panel_fill,
        );
    }
    response
}
