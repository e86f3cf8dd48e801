//! The text editor: Markdown that several people write at once, as fast in a long text as in a short one.
//!
//! egui's own text field lays out the whole text at each change. This one lays out the lines it shows, and
//! keeps the text in a rope, so that a keystroke costs what it changes and a pass costs what is seen.
//!
//! ```text
//!  events ─▶ keys, pointer, access ─▶ core (rope, selection) ─▶ TextEdit for the engine
//!                    │                     ▲
//!                    ▼                     └─ adopt (the engine's newer text) ◀─ TextView
//!               stage ─▶ layout (visible lines) ─▶ paint
//! ```
//!
//! The editor owns its text. It hands out splices with a growing `seq`, and takes over the engine's text
//! when that holds all it sent; caret, selection and view then stay with the words they were at. Undo belongs to the engine: the
//! editor only says that it was asked for. Keep one editor as long as its document is open (see
//! [`Editor::settled`]).

mod access;
mod adopt;
mod buffer;
mod core;
mod format;
mod highlight;
mod keys;
mod layout;
mod lists;
mod others;
mod paint;
mod pointer;
mod stage;

use egui::{
    Align2, CursorIcon, Event, EventFilter, Id, Margin, Rect, Response, Sense, Stroke, StrokeKind,
    Ui, UiBuilder, Vec2,
};
use tresse_engine::{TextEdit, TextView};

use self::{
    access::Runs,
    core::{Core, Selection},
    keys::Done,
    layout::{Layouts, Preedit, plain_font},
    pointer::Mouse,
    stage::Stage,
};
pub use self::{format::Format, others::Other};
use crate::{
    scroll::Place,
    theme::{Tokens, tokens},
};

/// How an editor is shown.
#[derive(Debug, Clone, Copy)]
pub struct Options<'a> {
    /// Its accessible name, unique in the place where it stands.
    pub label: &'a str,
    /// What an empty text shows.
    pub placeholder: &'a str,
    /// Shown and copied from, not changed.
    pub read_only: bool,
    /// Its height in points; all there is if `None`.
    pub height: Option<f32>,
}

/// What the editor asks of the engine, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EditorEvent {
    /// A change of the text.
    Edit(TextEdit),
    /// Undo my last edit.
    Undo,
    /// Do it again.
    Redo,
}

/// What a pass of the editor gives.
#[derive(Debug)]
pub struct Output {
    /// The field as a widget; `changed` when the person changed the text.
    pub response: Response,
    /// What the engine must do.
    pub events: Vec<EditorEvent>,
    /// The line under the pointer, counted from 0.
    pub under_pointer: Option<usize>,
    /// Who else writes in what is seen, and where on the screen.
    pub others: Vec<(String, Rect)>,
}

/// A Markdown text under the person's hands.
#[derive(Debug)]
pub struct Editor {
    core: Core,
    layouts: Layouts,
    place: Place,
    preedit: Option<Preedit>,
    mouse: Mouse,
    runs: Runs,
    touched: f64,
    follow: bool,
    reveal: bool,
    others: Vec<Other>,
}

impl Editor {
    /// An editor that stands on this text of the engine.
    pub fn new(view: &TextView) -> Self {
        Self {
            core: Core::new(view),
            layouts: Layouts::default(),
            place: Place::default(),
            preedit: None,
            mouse: Mouse::default(),
            runs: Runs::default(),
            touched: 0.0,
            follow: false,
            reveal: false,
            others: Vec::new(),
        }
    }

    /// Says who else writes in the engine's text, by its own count: for the next pass, which is given that text.
    pub fn others(&mut self, others: Vec<Other>) {
        self.others = others;
    }

    /// Where the person writes.
    pub fn place(&self) -> tresse_engine::Place {
        self.core.place()
    }

    /// The whole text as it stands here.
    pub fn text(&self) -> String {
        self.core.buffer.text()
    }

    /// Whether the engine has all that was written here: only then may the editor be dropped and another made.
    pub fn settled(&self, view: &TextView) -> bool {
        self.core.settled(view)
    }

    /// What is selected, in scalar values; empty at the caret.
    pub fn selected(&self) -> std::ops::Range<usize> {
        self.core.selection.range()
    }

    /// The line in which the caret is, counted from 0.
    pub fn caret_line(&self) -> usize {
        self.core.buffer.line_of(self.core.selection.head)
    }

    /// Selects a range and brings it into the view at the next pass.
    pub fn select(&mut self, range: std::ops::Range<usize>) {
        self.core.selection = Selection {
            anchor: self.core.buffer.snap(range.start),
            head: self.core.buffer.snap(range.end),
            ..Selection::default()
        };
        self.reveal = true;
    }

    /// Puts a sign of Markdown on what is selected, or takes it off; the edits come with the next pass.
    pub fn format(&mut self, format: Format) {
        self.core.format(format);
        self.reveal = true;
    }

    /// How many lines were laid out since the start.
    pub fn lines_laid_out(&self) -> usize {
        self.layouts.laid()
    }

    /// Shows the editor, after taking over what is newer in `view`.
    pub fn show(&mut self, ui: &mut Ui, view: &TextView, options: &Options<'_>) -> Output {
        let adopted = self.adopt(view);
        self.core.take_others(view, &self.others);
        let t = tokens(ui);
        let shape = Shape::allocate(ui, t, options);
        let id = shape.id;
        let mut response = ui.interact(shape.field, id, Sense::click_and_drag());
        let runs_ui = ui.new_child(
            UiBuilder::new()
                .id_salt((id, "runs"))
                .max_rect(shape.text)
                .accessibility_parent(id),
        );
        let focused = ui.memory(|memory| memory.has_focus(id));
        if response.hovered() {
            ui.set_cursor_icon(CursorIcon::Text);
            ui.output_mut(|output| output.mutable_text_under_cursor = !options.read_only);
        }
        shape.paint_ground(ui, t, focused);
        self.layouts.begin(shape.text.width(), t.dark);
        let revision = self.core.revision;
        let now = ui.input(|input| input.time);
        let mut done = Done::default();
        let mut stage = Stage {
            ui,
            t,
            core: &mut self.core,
            layouts: &mut self.layouts,
            place: &mut self.place,
            preedit: self.preedit.take().filter(|_| focused),
            view: shape.text,
        };
        stage.requests(id, &self.runs, options.read_only, &mut done);
        if focused {
            stage.events(id, options.read_only, &mut done);
        }
        let selecting = stage.pointer(&response, &mut self.mouse);
        if selecting {
            response.request_focus();
            stage.drop_preedit();
        }
        if done.moved || std::mem::take(&mut self.reveal) {
            stage.show_caret();
        }
        stage.wheel(&response);
        let height = shape.text.height();
        stage.motion(|place, lines, heights| place.settle(height, lines, heights));
        stage.bar(shape.field, id.with("bar"));
        if done.moved || selecting || adopted {
            self.touched = now;
        }
        let painter = ui.painter_at(shape.text.expand(1.0));
        stage.paint_selected_by_others(&painter);
        stage.paint(&painter, focused);
        let others = stage.paint_others(&painter);
        if stage.core.buffer.is_empty() && stage.preedit.is_none() {
            painter.text(
                shape.text.min,
                Align2::LEFT_TOP,
                options.placeholder,
                plain_font(t),
                t.color.muted,
            );
        }
        if focused {
            stage.paint_caret(&painter, id, now - self.touched);
        }
        let under_pointer = response.hover_pos().and_then(|at| stage.line_under(at));
        self.runs = stage.describe(&runs_ui, id, options);
        self.preedit = stage.preedit.take();
        if self.core.revision != revision {
            response.mark_changed();
        }
        if let Some(text) = done.copied.take() {
            ui.copy_text(text);
        }
        self.follow |= !done.asked.is_empty();
        let edits = self.core.take_edits().into_iter().map(EditorEvent::Edit);
        let events = edits.chain(done.asked).collect();
        Output {
            response,
            events,
            under_pointer,
            others,
        }
    }

    /// Takes over the engine's newer text; view and caret stay with their words, and after an undo they go where it was.
    fn adopt(&mut self, view: &TextView) -> bool {
        let at_top = self.place == Place::default();
        let top = self.core.buffer.start_of(self.place.line);
        let Some(changes) = self.core.adopt(view) else {
            return false;
        };
        if !at_top {
            let line = self.core.buffer.line_of(changes.map_after(top));
            self.place.line = line;
        }
        if std::mem::take(&mut self.follow)
            && let Some(end) = changes.first_end()
        {
            self.core.selection = Selection::at(self.core.buffer.snap(end));
            self.reveal = true;
        }
        true
    }
}

/// Where the parts of an editor are.
struct Shape {
    id: Id,
    field: Rect,
    text: Rect,
}

impl Shape {
    fn allocate(ui: &mut Ui, t: &Tokens, options: &Options<'_>) -> Self {
        let id = ui.make_persistent_id(("editor", options.label));
        let least = 2.0 * t.space.m + t.text.body * t.text.line;
        let height = options.height.unwrap_or_else(|| ui.available_height());
        let size = Vec2::new(ui.available_width(), height.max(least));
        let (_, field) = ui.allocate_space(size);
        let inside = field - Margin::symmetric(t.space.l as i8, t.space.m as i8);
        let width = inside.width().min(t.size.reading);
        Self {
            id,
            field,
            text: Rect::from_min_size(inside.min, Vec2::new(width, inside.height())),
        }
    }

    fn paint_ground(&self, ui: &Ui, t: &Tokens, focused: bool) {
        let stroke = if focused {
            Stroke::new(t.size.focus, t.color.accent)
        } else {
            Stroke::new(t.size.line, t.color.edge)
        };
        ui.painter().rect(
            self.field,
            t.radius.m,
            t.color.surface,
            stroke,
            StrokeKind::Inside,
        );
    }
}

impl Stage<'_> {
    /// What assistive tools ask, focused or not.
    fn requests(&mut self, id: Id, runs: &Runs, read_only: bool, done: &mut Done) {
        let requests: Vec<_> = self.ui.input(|input| {
            let events = input.events.iter();
            events
                .filter_map(|event| match event {
                    Event::AccessKitActionRequest(request) => Some(request.clone()),
                    _ => None,
                })
                .collect()
        });
        for request in requests {
            done.moved |= self.asked(&request, id, runs, read_only);
        }
    }

    /// The keyboard's events. Tab stays in the editor only where it moves a list's item, so that it is no trap.
    fn events(&mut self, id: Id, read_only: bool, done: &mut Done) {
        let filter = EventFilter {
            tab: !read_only && self.core.in_list(),
            horizontal_arrows: true,
            vertical_arrows: true,
            escape: false,
        };
        self.ui
            .memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
        let events = self.ui.input(|input| input.filtered_events(&filter));
        for event in &events {
            self.event(event, read_only, done);
        }
    }
}
