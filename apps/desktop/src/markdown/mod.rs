//! Markdown to read: headings, words, lists, quotes, code, tables, as calm as a printed page.
//!
//! A text is parsed once, when it changes, into a flat list of blocks; a pass lays out and paints the blocks that are seen.
//! Parsing goes through all of it, so a long text is parsed beside the window, which shows what it was until then.
//! Nothing is ever fetched: an image is shown by its words, HTML by its text. A link opens only when it is
//! clicked, and only to the web or to a mail program; its address shows under the pointer.

mod builder;
mod html;
mod lay;
mod parse;
mod rich;
mod table;
mod tabs;

use std::{collections::HashMap, rc::Rc, sync::Arc};

use egui::{
    Context, Id, Margin, OpenUrl, Rect, Response, Role, Sense, Stroke, Ui, Vec2, WidgetInfo, pos2,
    text::{CCursor, CharIndex},
    text_selection::LabelSelectionState,
    vec2,
};

use self::{
    lay::{Desk, Laid, Piece},
    parse::Block,
};
use crate::{
    app::worker::Worker,
    scroll::{Place, keys, scroll_bar, wheel},
    theme::{Tokens, tokens},
};

/// Whether an address is one that a click may open: the web, or mail.
fn may_open(address: &str) -> bool {
    let scheme = address.split(':').next().unwrap_or_default();
    ["http", "https", "mailto"]
        .iter()
        .any(|known| scheme.eq_ignore_ascii_case(known))
        && address.contains(':')
        && !address.chars().any(char::is_control)
}

/// Bytes that are parsed within a pass, in about a millisecond; of more, the window would stop for a moment at each keystroke.
const AT_ONCE: usize = 16 * 1024;

/// A text as it is read, and where the reader is in it.
#[derive(Default)]
pub struct Preview {
    parsed: Arc<Parsed>,
    /// What parses a long text meanwhile.
    parser: Option<Worker<Arc<Parsed>>>,
    /// What was shown before: the parser also puts it away, which of thousands of blocks takes longer than a pass has.
    gone: Option<Arc<Parsed>>,
    place: Place,
}

/// A text cut into blocks.
#[derive(Default)]
struct Parsed {
    /// `None`: nothing was given to read yet.
    source: Option<Arc<str>>,
    blocks: Vec<Block>,
    /// For each block, how much there is to read before it; then the whole.
    before: Vec<usize>,
    /// How many blocks at its end are those of what was shown before it.
    same_end: usize,
}

impl Parsed {
    /// The text that is to be shown after another. One that the parser does not bear is shown as it is written.
    fn after(old: &Self, text: Arc<str>) -> Self {
        let parsed = std::panic::catch_unwind(|| parse::parse(&text));
        let blocks = parsed.unwrap_or_else(|_| vec![Block::raw(&text)]);
        let ends = old.blocks.iter().rev().zip(blocks.iter().rev());
        let same_end = ends.take_while(|(a, b)| a == b).count();
        let sums = blocks.iter().scan(0, |sum, block| {
            *sum += block.weight();
            Some(*sum)
        });
        Self {
            before: std::iter::once(0).chain(sums).collect(),
            blocks,
            source: Some(text),
            same_end,
        }
    }

    fn is_of(&self, text: &Arc<str>) -> bool {
        let source = self.source.as_ref();
        source.is_some_and(|source| Arc::ptr_eq(source, text) || source == text)
    }
}

impl Preview {
    /// Shows the text in all the room there is, with a scroll bar of its own. `label` is the
    /// accessible name of the whole, unique in the place where it stands.
    pub fn show(&mut self, ui: &mut Ui, text: &Arc<str>, label: &str) -> Response {
        self.keep_up(ui.ctx(), text);
        let t = tokens(ui);
        let (_, rect) = ui.allocate_space(ui.available_size());
        let id = ui.make_persistent_id(("preview", label));
        let response = ui.interact(rect, id, Sense::click());
        ui.ctx().accesskit_node_builder(id, |node| {
            node.set_role(Role::Document);
            node.set_label(label);
        });
        if response.has_focus() {
            let ring = Stroke::new(t.size.focus, t.color.accent);
            ui.painter()
                .rect_stroke(rect, t.radius.m, ring, egui::StrokeKind::Inside);
        }
        let inside = rect - Margin::symmetric(t.space.l as i8, t.space.m as i8);
        let width = inside.width().min(t.size.reading);
        let view = Rect::from_min_size(inside.min, vec2(width, inside.height()));
        let mut page = Page {
            t,
            blocks: &self.parsed.blocks,
            laid: HashMap::new(),
            width,
        };
        if page.blocks.is_empty() {
            return response;
        }
        let count = page.blocks.len();
        let keys = keys(ui, id, view.height());
        if let Some(place) = keys.jump(count) {
            self.place = place;
        }
        let wanted = wheel(ui, &response) + keys.points;
        let before = self.place;
        self.place.by(wanted, count, |block| page.height(ui, block));
        self.place
            .settle(view.height(), count, |block| page.height(ui, block));
        if self.place != before && wanted != 0.0 {
            ui.ctx()
                .input_mut(|input| input.smooth_scroll_delta.y = 0.0);
        }
        if let Some(place) = self.bar(ui, &mut page, rect, view) {
            self.place = place;
        }
        let mut child = ui.new_child(egui::UiBuilder::new().id_salt(id).max_rect(view));
        child.set_clip_rect(view.expand2(vec2(t.space.s, 0.0)).intersect(ui.clip_rect()));
        let mut top = view.top() - self.place.above;
        for block in self.place.line..count {
            if top >= view.bottom() {
                break;
            }
            let laid = page.block(&child, block);
            paint(&child, t, &laid, vec2(view.left(), top), id.with(block));
            top += laid.height;
        }
        response
    }

    /// Whether what it shows is this text by now, and no longer the one before.
    pub fn shows(&self, text: &Arc<str>) -> bool {
        self.parsed.is_of(text)
    }

    /// Has the text parsed if it is new: a short one now, a long one beside the window.
    fn keep_up(&mut self, ctx: &Context, text: &Arc<str>) {
        if self.parsed.is_of(text) {
            // What is still being parsed is an older text.
            self.parser = None;
            return;
        }
        if text.len() <= AT_ONCE {
            self.parser = None;
            let parsed = Parsed::after(&self.parsed, Arc::clone(text));
            self.turn_to(parsed.into());
            return;
        }
        if let Some(parsed) = self.parser.as_mut().and_then(Worker::take) {
            self.turn_to(parsed);
            if self.parsed.is_of(text) {
                return;
            }
        }
        let parser = self.parser.get_or_insert_with(|| {
            let ctx = ctx.clone();
            Worker::new(move || ctx.request_repaint())
        });
        // The pass that follows the one under way begins the next.
        if !parser.busy() {
            let (gone, now) = (self.gone.take(), Arc::clone(&self.parsed));
            let parse = move |text| Arc::new(Parsed::after(&now, text));
            let (beside, here) = (Arc::clone(text), Arc::clone(text));
            let at_once = parse.clone();
            parser.run(
                "read",
                move |_| at_once(here),
                move || {
                    drop(gone);
                    parse(beside)
                },
            );
        }
    }

    /// Shows another text, and keeps the reader at the words where they were.
    fn turn_to(&mut self, parsed: Arc<Parsed>) {
        let (old, new) = (self.parsed.blocks.len(), parsed.blocks.len());
        if self.place != Place::default() && self.place.line + parsed.same_end >= old {
            self.place.line = (self.place.line + new).saturating_sub(old);
        }
        self.gone = Some(std::mem::replace(&mut self.parsed, parsed));
    }

    /// The bar at the side, and where a drag of it sends the view.
    fn bar(&self, ui: &Ui, page: &mut Page<'_>, rect: Rect, view: Rect) -> Option<Place> {
        let parsed = &self.parsed;
        let whole = parsed.before.last().copied().unwrap_or(0).max(1) as f32;
        let at = |page: &mut Page<'_>, place: Place| {
            let height = page.height(ui, place.line).max(1.0);
            let inside = (place.above / height).clamp(0.0, 1.0);
            let start = parsed.before[place.line] as f32;
            start + inside * parsed.blocks[place.line].weight() as f32
        };
        let mut end = self.place;
        let count = parsed.blocks.len();
        end.by(view.height(), count, |block| page.height(ui, block));
        let from = at(page, self.place) / whole;
        let to = at(page, end) / whole;
        let fits = self.place == Place::default() && (end.line + 1 == count) && {
            let last = page.height(ui, end.line);
            end.above >= last
        };
        if fits {
            return None;
        }
        let id = ui.make_persistent_id("bar").with(page.width as u32);
        let part = scroll_bar(ui, page.t, rect, id, from..to)?;
        let wanted = (part * whole) as usize;
        let line = parsed.before.partition_point(|&sum| sum <= wanted);
        let line = line.saturating_sub(1).min(count - 1);
        let inside = wanted.saturating_sub(parsed.before[line]) as f32;
        let share = inside / parsed.blocks[line].weight() as f32;
        let mut place = Place {
            line,
            above: share * page.height(ui, line),
        };
        place.settle(view.height(), count, |block| page.height(ui, block));
        Some(place)
    }
}

/// The blocks laid out in this pass.
struct Page<'a> {
    t: &'static Tokens,
    blocks: &'a [Block],
    laid: HashMap<usize, Rc<Laid>>,
    width: f32,
}

impl Page<'_> {
    fn block(&mut self, ui: &Ui, block: usize) -> Rc<Laid> {
        let laid = self.laid.entry(block).or_insert_with(|| {
            let desk = Desk {
                ui,
                t: self.t,
                width: self.width,
            };
            Rc::new(desk.block(&self.blocks[block], block == 0))
        });
        Rc::clone(laid)
    }

    fn height(&mut self, ui: &Ui, block: usize) -> f32 {
        self.block(ui, block).height
    }
}

fn paint(ui: &Ui, t: &Tokens, laid: &Laid, origin: Vec2, id: Id) {
    for shape in &laid.shapes {
        shape.paint(ui, t, origin);
    }
    for (index, piece) in laid.pieces.iter().enumerate() {
        let id = id.with(index);
        let at = (origin + piece.at).to_pos2();
        if piece.is_sign {
            ui.painter()
                .galley(at, Arc::clone(&piece.galley), t.color.ink);
            continue;
        }
        let rect = Rect::from_min_size(at, piece.galley.size());
        let response = ui.interact(rect, id, Sense::click_and_drag() - Sense::FOCUSABLE);
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, piece.galley.text()));
        if let Some(level) = piece.heading {
            ui.ctx().accesskit_node_builder(id, |node| {
                node.set_role(Role::Heading);
                node.set_level(level.into());
                node.clear_value();
                node.set_label(piece.galley.text());
            });
        }
        LabelSelectionState::label_text_selection(
            ui,
            &response,
            at,
            Arc::clone(&piece.galley),
            t.color.ink,
            Stroke::NONE,
        );
        links(ui, t, piece, at.to_vec2(), id);
    }
}

/// Makes the links of a piece clickable.
fn links(ui: &Ui, t: &Tokens, piece: &Piece, at: Vec2, id: Id) {
    for (index, (range, address)) in piece.links.iter().enumerate() {
        let cursor = |at: usize, prefer_next_row| {
            piece.galley.layout_from_cursor(CCursor {
                index: CharIndex(at),
                prefer_next_row,
            })
        };
        let (first, last) = (cursor(range.start, true), cursor(range.end, false));
        for row in first.row..=last.row {
            let Some(placed) = piece.galley.rows.get(row) else {
                break;
            };
            let start = if row == first.row {
                placed.x_offset(first.column)
            } else {
                0.0
            };
            let end = if row == last.row {
                placed.x_offset(last.column)
            } else {
                placed.size.x
            };
            let rows = placed.rect();
            let rect = Rect::from_min_max(
                pos2(rows.left() + start, rows.top()),
                pos2(rows.left() + end, rows.bottom()),
            )
            .translate(at);
            // Just below the letters; egui would draw it at the foot of the tall row.
            let foot = (rect.center().y + rect.height() / t.text.line * 0.46).round();
            let stroke = Stroke::new(t.size.line, t.color.accent);
            ui.painter().hline(rect.x_range(), foot, stroke);
            let words: String = piece
                .galley
                .text()
                .chars()
                .skip(range.start)
                .take(range.len())
                .collect();
            let link = ui.interact(rect, id.with(("link", index, row)), Sense::click());
            link.widget_info(|| WidgetInfo::labeled(Role::Link, true, &words));
            if link.has_focus() {
                let ring = Stroke::new(t.size.focus, t.color.accent);
                ui.painter()
                    .rect_stroke(rect, t.radius.s, ring, egui::StrokeKind::Outside);
            }
            if link
                .on_hover_cursor(egui::CursorIcon::PointingHand)
                .on_hover_text(address)
                .clicked()
            {
                ui.ctx().open_url(OpenUrl::new_tab(address));
            }
        }
    }
}
