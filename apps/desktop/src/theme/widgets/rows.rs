//! Long lists of rows of one height.

use egui::{
    Color32, FontId, Layout, Pos2, Rect, Response, Stroke, StrokeKind, Ui, Vec2, text::LayoutJob,
};

use crate::theme::tokens;

/// Rows of one height in what scrolls around them: only those in sight are asked for, and one more at either end, so that
/// the keyboard finds its way on.
pub fn rows(ui: &mut Ui, height: f32, count: usize, mut add: impl FnMut(&mut Ui, usize)) {
    let gap = ui.spacing().item_spacing.y;
    let step = height + gap;
    let (top, clip, width) = (ui.cursor().top(), ui.clip_rect(), ui.available_width());
    // What lies above everything counts as the first.
    let at = |y: f32| ((y - top) / step).floor().max(0.0) as usize;
    let first = at(clip.top()).saturating_sub(1).min(count);
    let end = (at(clip.bottom()) + 2).clamp(first, count);
    let room = |ui: &mut Ui, rows: usize| {
        if rows > 0 {
            ui.allocate_space(Vec2::new(width, step * rows as f32 - gap));
        }
    };
    room(ui, first);
    for row in first..end {
        ui.push_id(row, |ui| {
            let layout = Layout::top_down(egui::Align::Min);
            ui.allocate_ui_with_layout(Vec2::new(width, height), layout, |ui| {
                ui.set_min_size(Vec2::new(width, height));
                add(ui, row);
            });
        });
    }
    room(ui, count - end);
}

/// The ground of a row that can be chosen: pointed at, chosen, or where the keyboard is.
pub fn row_ground(ui: &Ui, rect: Rect, response: &Response, chosen: bool) {
    let t = tokens(ui);
    let (fill, stroke) = if response.has_focus() {
        (t.color.hover, Stroke::new(t.size.focus, t.color.accent))
    } else if chosen {
        (t.color.chosen, Stroke::NONE)
    } else if response.hovered() {
        (t.color.hover, Stroke::NONE)
    } else {
        (Color32::TRANSPARENT, Stroke::NONE)
    };
    let radius = f32::from(t.radius.m);
    let painter = ui.painter();
    painter.rect(rect, radius, fill, stroke, StrokeKind::Inside);
}

/// What a row says, a line each below the one before with a gap between: what has no room ends with an ellipsis.
pub fn row_lines(
    ui: &Ui,
    mut at: Pos2,
    (width, gap): (f32, f32),
    lines: impl IntoIterator<Item = (String, FontId, Color32)>,
) {
    for (text, font, ink) in lines {
        let mut job = LayoutJob::simple(text, font, ink, width);
        job.wrap.max_rows = 1;
        job.wrap.break_anywhere = true;
        let galley = ui.painter().layout_job(job);
        let height = galley.size().y;
        ui.painter().galley(at, galley, ink);
        at.y += height + gap;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::ScrollArea;
    use std::cell::RefCell;

    /// The rows that were asked for where a view of 100 points stands this far down a list of a thousand, and how high
    /// the list is.
    fn asked(down: f32) -> (Vec<usize>, f32) {
        let (asked, high) = (RefCell::new(Vec::new()), RefCell::new(0.0));
        let ctx = egui::Context::default();
        let mut out = ctx.run_ui(egui::RawInput::default(), |ui| {
            asked.borrow_mut().clear();
            let shown = ScrollArea::vertical()
                .max_height(100.0)
                .vertical_scroll_offset(down)
                .show(ui, |ui| {
                    ui.spacing_mut().item_spacing.y = 0.0;
                    rows(ui, 20.0, 1_000, |_, row| asked.borrow_mut().push(row));
                });
            *high.borrow_mut() = shown.content_size.y;
        });
        // Nothing is painted with it.
        out.textures_delta.clear();
        (asked.into_inner(), high.into_inner())
    }

    #[test]
    fn only_the_rows_in_sight_and_one_at_either_end_are_laid_out() {
        let (rows, high) = asked(0.0);
        assert_eq!(rows.first(), Some(&0));
        assert!(rows.len() <= 8, "{rows:?}");
        assert!((high - 20_000.0).abs() < 1.0, "{high}");
        let (rows, high) = asked(10_000.0);
        assert!(rows.contains(&500) && rows.len() <= 9, "{rows:?}");
        assert!((high - 20_000.0).abs() < 1.0, "{high}");
    }
}
