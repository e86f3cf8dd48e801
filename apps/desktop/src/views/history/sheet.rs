//! A sheet to read: headings, lines with what came and what went, and buttons that put back. However long it is, only the lines in sight are
//! laid out.

use std::{collections::HashMap, sync::Arc};

use egui::{
    Align, Galley, Id, Layout, Rect, Sense, Stroke, TextFormat, Ui, UiBuilder, text::LayoutJob,
    vec2,
};
use tresse_engine::Command;

use crate::{
    app::asks::Ask,
    scroll::{Place, keys, scroll_bar, wheel},
    theme::{self, Face, Icon, Tokens},
    tr,
    views::Cx,
};

/// How words stand in a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// As they are.
    Plain,
    /// Of more weight.
    Strong,
    /// Of less weight.
    Muted,
    /// They went.
    Out,
    /// They came.
    In,
}

/// Words with their marks.
pub(super) type Words = Vec<(Mark, String)>;

/// One row.
#[derive(Debug, Clone)]
pub(super) enum Row {
    /// A heading.
    Head(String),
    /// A line of text.
    Line(Words),
    /// A button that puts something back; its words say what.
    Back(String, Box<Command>),
}

/// The rows and where the reader is in them.
#[derive(Debug, Clone)]
pub struct Sheet {
    rows: Arc<Vec<Row>>,
    place: Place,
    /// Its lines go as far as there is room: sentences, not a text to read.
    wide: bool,
    /// The reader was not there yet: the first thing that differs is shown.
    fresh: bool,
}

impl Sheet {
    /// Shown at the place to which the reader had come in the other.
    pub(super) fn read_on_from(&mut self, other: &Self) {
        self.place = other.place;
        self.fresh = other.fresh;
    }

    pub(super) fn new(rows: Vec<Row>) -> Self {
        Self {
            rows: Arc::new(rows),
            place: Place::default(),
            wide: false,
            fresh: true,
        }
    }

    /// The same, with lines as long as there is room.
    pub(super) fn wide(mut self) -> Self {
        self.wide = true;
        self
    }

    /// Paints it in a room of this height.
    pub(super) fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, height: f32) {
        let t = theme::tokens(ui);
        let (_, rect) = ui.allocate_space(vec2(ui.available_width(), height));
        let id = ui.make_persistent_id("sheet");
        let response = ui.interact(rect, id, Sense::click());
        ui.ctx().accesskit_node_builder(id, |node| {
            node.set_role(egui::accesskit::Role::Document);
            node.set_label(tr!(cx.words, "past-sheet"));
        });
        if response.has_focus() {
            let ring = Stroke::new(t.size.focus, t.color.accent);
            let around = egui::StrokeKind::Inside;
            ui.painter().rect_stroke(rect, t.radius.m, ring, around);
        }
        let mut view = rect.shrink2(vec2(t.space.s, 0.0));
        let room = view.width() - t.space.m;
        view.set_width(if self.wide {
            room
        } else {
            room.min(t.size.reading)
        });
        let count = self.rows.len();
        if count == 0 {
            return;
        }
        let rows = Arc::clone(&self.rows);
        let mut desk = Desk {
            t,
            rows: &rows,
            laid: HashMap::new(),
            width: view.width(),
        };
        let keys = keys(ui, id, view.height());
        if std::mem::take(&mut self.fresh) {
            self.place.line = first_difference(&self.rows);
        }
        if let Some(place) = keys.jump(count) {
            self.place = place;
        }
        let wanted = wheel(ui, &response) + keys.points;
        self.place.by(wanted, count, |row| desk.height(ui, row));
        self.place
            .settle(view.height(), count, |row| desk.height(ui, row));
        self.bar(ui, &mut desk, rect, view);
        let mut child = ui.new_child(UiBuilder::new().id_salt(id).max_rect(view));
        child.set_clip_rect(view.expand2(vec2(t.space.s, 0.0)).intersect(ui.clip_rect()));
        let mut top = view.top() - self.place.above;
        for row in self.place.line..count {
            if top >= view.bottom() {
                break;
            }
            let height = desk.height(ui, row);
            let here =
                Rect::from_min_size(egui::pos2(view.left(), top), vec2(view.width(), height));
            desk.paint(&mut child, cx, row, here, id);
            top += height;
        }
    }

    /// The bar at the side, by how many rows there are.
    fn bar(&mut self, ui: &Ui, desk: &mut Desk<'_>, rect: Rect, view: Rect) {
        let count = self.rows.len();
        let part = |desk: &mut Desk<'_>, place: Place| {
            let height = desk.height(ui, place.line).max(1.0);
            (place.line as f32 + (place.above / height).clamp(0.0, 1.0)) / count as f32
        };
        let mut end = self.place;
        end.by(view.height(), count, |row| desk.height(ui, row));
        let fits = self.place == Place::default()
            && end.line + 1 == count
            && end.above >= desk.height(ui, end.line);
        if fits {
            return;
        }
        let seen = part(desk, self.place)..part(desk, end);
        let id = ui.make_persistent_id("sheet bar");
        if let Some(to) = scroll_bar(ui, desk.t, rect, id, seen) {
            let row = (to * count as f32) as usize;
            self.place = Place {
                line: row.min(count - 1),
                above: 0.0,
            };
            self.place
                .settle(view.height(), count, |row| desk.height(ui, row));
        }
    }
}

/// Two rows above the first that differs, so that one sees where that is.
fn first_difference(rows: &[Row]) -> usize {
    let differs = |row: &Row| match row {
        Row::Line(words) => words
            .iter()
            .any(|(mark, _)| matches!(mark, Mark::Out | Mark::In)),
        _ => false,
    };
    let first = rows.iter().position(differs).unwrap_or(0);
    // From the top there is no need to skip a few lines.
    if first < 8 { 0 } else { first - 2 }
}

/// The rows laid out in this pass.
struct Desk<'a> {
    t: &'static Tokens,
    rows: &'a [Row],
    laid: HashMap<usize, Arc<Galley>>,
    width: f32,
}

impl Desk<'_> {
    fn height(&mut self, ui: &Ui, row: usize) -> f32 {
        let t = self.t;
        match &self.rows[row] {
            Row::Back(..) => t.size.control + 2.0 * t.space.xs,
            Row::Head(_) => {
                let above = if row == 0 { 0.0 } else { t.space.m };
                self.galley(ui, row).size().y + above + t.space.xs
            }
            Row::Line(_) => self.galley(ui, row).size().y,
        }
    }

    fn galley(&mut self, ui: &Ui, row: usize) -> Arc<Galley> {
        let (t, width, rows) = (self.t, self.width, self.rows);
        let galley = self.laid.entry(row).or_insert_with(|| {
            let mut job = match &rows[row] {
                Row::Head(words) => LayoutJob::single_section(
                    words.clone(),
                    TextFormat::simple(Face::Strong.at(t.text.subheading), t.color.ink),
                ),
                Row::Line(words) => job(words, t),
                Row::Back(..) => LayoutJob::default(),
            };
            job.wrap.max_width = width;
            ui.painter().layout_job(job)
        });
        Arc::clone(galley)
    }

    fn paint(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, row: usize, here: Rect, id: Id) {
        let t = self.t;
        let mut place = ui.new_child(
            UiBuilder::new()
                .id_salt((id, row))
                .max_rect(here)
                .layout(Layout::left_to_right(Align::Min)),
        );
        match &self.rows[row] {
            Row::Back(what, command) => {
                let here = here.shrink2(vec2(0.0, t.space.xs));
                let mut place = place.new_child(UiBuilder::new().max_rect(here));
                if theme::quiet_icon_button(&mut place, Icon::ArrowUUpLeft, what.as_str()).clicked()
                {
                    cx.ask(Ask::PutBack(Command::clone(command)));
                }
            }
            Row::Head(_) => {
                let above = if row == 0 { 0.0 } else { t.space.m };
                let galley = self.galley(ui, row);
                let rect = Rect::from_min_size(here.min + vec2(0.0, above), galley.size());
                place.put(rect, egui::Label::new(galley));
            }
            Row::Line(_) => {
                let galley = self.galley(ui, row);
                place.add(egui::Label::new(galley));
            }
        }
    }
}

fn job(words: &Words, t: &Tokens) -> LayoutJob {
    let mut job = LayoutJob::default();
    for (mark, text) in words {
        let simple = |face: Face, color| TextFormat::simple(face.at(t.text.body), color);
        let format = match mark {
            Mark::Plain => simple(Face::Text, t.color.ink),
            Mark::Strong => simple(Face::Strong, t.color.ink),
            Mark::Muted => simple(Face::Text, t.color.muted),
            Mark::Out => TextFormat {
                strikethrough: Stroke::new(t.size.line, t.color.bad),
                ..simple(Face::Text, t.color.bad)
            },
            Mark::In => TextFormat {
                underline: Stroke::new(t.size.line, t.color.good),
                background: t.color.good_soft,
                // The ground of the next row would hide the line.
                expand_bg: -1.0,
                ..simple(Face::Text, t.color.good)
            },
        };
        job.append(text, 0.0, format);
    }
    if job.text.is_empty() {
        // An empty line is as high as another.
        let format = TextFormat::simple(Face::Text.at(t.text.body), t.color.ink);
        job.append(" ", 0.0, format);
    }
    job
}
