//! Laying out a table: columns as wide as their words want where there is room, else shared by need.

use egui::{Align, Rect, Stroke, Vec2, pos2, vec2};

use super::{
    lay::{Desk, Laid, Shape},
    rich::{Base, Rich},
};

/// Lays a table out at a place; gives its height.
pub(super) fn lay(
    desk: &Desk<'_>,
    alignments: &[Align],
    rows: &[Vec<Rich>],
    at: Vec2,
    width: f32,
    laid: &mut Laid,
) -> f32 {
    let t = desk.t;
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    if columns == 0 {
        return 0.0;
    }
    let padding = vec2(t.space.s, t.space.xs);
    let base = |head: bool| Base {
        strong: head,
        ..desk.base(t.color.ink)
    };
    let room = width - 2.0 * padding.x * columns as f32;
    let natural: Vec<f32> = (0..columns)
        .map(|column| {
            let cells = rows.iter().enumerate();
            cells
                .filter_map(|(row, cells)| Some((row == 0, cells.get(column)?)))
                .map(|(head, cell)| desk.words(cell, base(head), room.max(1.0)).size().x)
                .fold(t.space.xl, f32::max)
        })
        .collect();
    let widths = share(&natural, room, t.space.xxl * 2.0);
    let whole: f32 = widths.iter().map(|width| width + 2.0 * padding.x).sum();
    let line = Stroke::new(t.size.line, t.color.line);
    let mut y = at.y;
    for (index, row) in rows.iter().enumerate() {
        let head = index == 0;
        let galleys: Vec<_> = row
            .iter()
            .zip(&widths)
            .map(|(cell, width)| (cell, desk.words(cell, base(head), *width)))
            .collect();
        let tallest = galleys
            .iter()
            .map(|(_, galley)| galley.size().y)
            .fold(0.0, f32::max);
        let height = tallest + 2.0 * padding.y;
        if head {
            let ground = Rect::from_min_size(pos2(at.x, y), vec2(whole, height));
            laid.shapes
                .push(Shape::Ground(ground, t.radius.s, t.color.shade));
        } else {
            laid.shapes.push(Shape::Line(at.x, at.x + whole, y, line));
        }
        let mut x = at.x;
        for (column, (cell, galley)) in galleys.into_iter().enumerate() {
            let free = (widths[column] - galley.size().x).max(0.0);
            let shift = match alignments.get(column) {
                Some(Align::Center) => free / 2.0,
                Some(Align::Max) => free,
                _ => 0.0,
            };
            let place = vec2(x + padding.x + shift, y + padding.y);
            if !cell.is_empty() {
                laid.pieces.push(Desk::piece(place, galley, cell));
            }
            x += widths[column] + 2.0 * padding.x;
        }
        y += height;
    }
    laid.shapes.push(Shape::Line(at.x, at.x + whole, y, line));
    y - at.y
}

/// Widths that fit: small columns get what they want, the others share the rest by what they want.
fn share(natural: &[f32], room: f32, least: f32) -> Vec<f32> {
    let wanted: f32 = natural.iter().sum();
    if wanted <= room {
        return natural.to_vec();
    }
    let even = room / natural.len() as f32;
    let small = |width: f32| width <= even;
    let taken: f32 = natural.iter().copied().filter(|&width| small(width)).sum();
    let large: f32 = natural.iter().copied().filter(|&width| !small(width)).sum();
    natural
        .iter()
        .map(|&width| {
            if small(width) {
                width
            } else {
                ((room - taken) * width / large).max(least.min(even))
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_share_what_there_is() {
        assert_eq!(share(&[50.0, 100.0], 200.0, 40.0), [50.0, 100.0]);
        assert_eq!(
            share(&[50.0, 300.0, 300.0], 350.0, 40.0),
            [50.0, 150.0, 150.0]
        );
        let squeezed = share(&[500.0, 500.0], 100.0, 64.0);
        assert_eq!(squeezed, [50.0, 50.0]);
    }
}
