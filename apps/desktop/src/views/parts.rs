//! Small pieces of layout that several views share.
//!
//! What asks for a width never asks for more than there is.

use egui::{
    Align, Frame, Id, Key, Layout, Margin, Modal, ModalResponse, Modifiers, Panel, ScrollArea,
    TextEdit, Ui, UiBuilder, scroll_area::ScrollBarVisibility,
};

use tresse_engine::{
    Command,
    model::{Conflict, DocId, TITLE_MAX},
};

use super::{Cx, fields::Field, here};
use crate::{
    app::{asks::Ask, toast::Toast},
    i18n::I18n,
    theme::{self, Face, Tone},
    tr,
};

/// What is remembered of the documents opened lately, the newest last; of more than `MOST`, of the longest opened no more.
pub(crate) struct Lately<T, const MOST: usize>(Vec<(DocId, T)>);

impl<T, const MOST: usize> Default for Lately<T, MOST> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Default, const MOST: usize> Lately<T, MOST> {
    /// What is remembered of a document.
    pub(crate) fn of(&mut self, doc: DocId) -> &mut T {
        let known = self.0.iter().position(|(known, _)| *known == doc);
        let one = match known {
            Some(place) => self.0.remove(place),
            None => (doc, T::default()),
        };
        if self.0.len() == MOST {
            self.0.remove(0);
        }
        self.0.push(one);
        let last = self.0.len() - 1;
        &mut self.0[last].1
    }

    /// What is still remembered of a document.
    pub(crate) fn known(&mut self, doc: DocId) -> Option<&mut T> {
        let mut all = self.0.iter_mut();
        all.find(|(known, _)| *known == doc).map(|(_, one)| one)
    }
}

/// The tags of something: each can be taken off, and one more put on. `typed` is what is being written, in a field of so many columns;
/// `change` makes the command that puts a tag on or (true) takes it off.
pub(crate) fn tags(
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    (on, typed): (&[String], &mut String),
    (wide, locked): (f32, bool),
    change: impl Fn(String, bool) -> Command,
) {
    let t = theme::tokens(ui);
    ui.horizontal_wrapped(|ui| {
        for tag in on {
            if locked {
                theme::tag(ui, tag.as_str());
                continue;
            }
            let remove = tr!(cx.words, "tag-remove", tag = tag.clone());
            if theme::removable_tag(ui, tag.as_str(), remove) {
                cx.send(change(tag.clone(), true));
            }
        }
        if locked {
            return;
        }
        let hint = tr!(cx.words, "tag-add");
        let entry = ui
            .add(
                TextEdit::singleline(typed)
                    .align(egui::Align2::LEFT_CENTER)
                    .hint_text(hint.as_str())
                    .font(Face::Text.at(t.text.small))
                    .margin(Margin::symmetric(t.space.s as i8, 2))
                    .desired_width(t.size.column * wide),
            )
            .accessible_name(hint);
        let entered = entry.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        if entered {
            let tag = typed.trim().to_owned();
            if !tag.is_empty() {
                cx.send(change(tag, false));
            }
            typed.clear();
            entry.request_focus();
        }
    });
}

/// What fills a view: a list at the left and beside it what is open, each taking the whole width where there is no room for both.
/// `smallest` is the width of the list in columns; `shown` is told whether it stands alone.
pub(crate) fn beside<S>(
    state: &mut S,
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    (salt, smallest, open): (&'static str, f32, bool),
    list: fn(&mut S, &mut Ui, &mut Cx<'_>),
    shown: fn(&mut S, &mut Ui, &mut Cx<'_>, bool),
) {
    let t = theme::tokens(ui);
    let both = ui.available_width() >= t.size.column + 1.6 * t.size.column + t.space.xxl;
    let margin = Margin::symmetric(t.space.xl as i8, t.space.l as i8);
    if both {
        let frame = Frame::new()
            .inner_margin(Margin::same(t.space.l as i8))
            .fill(t.color.paper);
        Panel::left(salt)
            .resizable(true)
            .default_size(t.size.column * 1.15)
            .size_range(t.size.column * smallest..=t.size.column * 1.8)
            .frame(frame)
            .show(ui, |ui| list(state, ui, cx));
    } else if !open {
        Frame::new()
            .inner_margin(margin)
            .show(ui, |ui| list(state, ui, cx));
        return;
    }
    Frame::new()
        .inner_margin(margin)
        .show(ui, |ui| shown(state, ui, cx, !both));
}

/// The title of an open document, as a field without a frame, and who else looks at it; before so many icons at the end of its line, and the bin's where it can be
/// written in ([`before_icons`]).
pub(crate) fn document_title(
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    doc: DocId,
    name: String,
    (value, conflicts): (&str, &[Conflict]),
    (icons, locked): (usize, bool),
    set: impl Fn(&str) -> Command + 'static,
) {
    let t = theme::tokens(ui);
    let icons =
        (icons + usize::from(!locked)) as f32 * (t.size.control + ui.spacing().item_spacing.x);
    let others = here::room(ui, cx, &doc);
    before_room(ui, icons + others, |ui| {
        let narrow = ui.available_width() < 2.0 * t.size.column;
        let size = if narrow { t.text.heading } else { t.text.title };
        let field = Field::new((cx.id(), doc, TITLE), name, value).conflict(conflicts, TITLE);
        title_field(ui, cx, field, (size, locked), set);
    });
    here::at(ui, cx, &doc);
}

/// The name of one thing of a list that is open beside it, as a field without a frame; before so many icons at the end of its line, and the
/// bin's where it can be written in ([`before_icons`]).
pub(crate) fn item_title(
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    field: Field<'_>,
    (icons, locked): (usize, bool),
    set: impl Fn(&str) -> Command + 'static,
) {
    let size = theme::tokens(ui).text.heading;
    before_icons(ui, icons + usize::from(!locked), |ui| {
        title_field(ui, cx, field, (size, locked), set);
    });
}

fn title_field(
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    field: Field<'_>,
    (size, locked): (f32, bool),
    set: impl Fn(&str) -> Command + 'static,
) {
    let t = theme::tokens(ui);
    ui.style_mut().override_font_id = Some(Face::Strong.at(size));
    let hint = tr!(cx.words, "untitled");
    hang(ui, t.space.s + t.size.focus, |ui| {
        field.hint(hint).needed().locked(locked).cell(ui, cx, set);
    });
}

/// What has no frame until it is pointed at, hung out to the left by its margin: its words, not its ground, stand below what is
/// above it.
pub(crate) fn hang<R>(ui: &mut Ui, margin: f32, add: impl FnOnce(&mut Ui) -> R) -> R {
    let mut room = ui.available_rect_before_wrap();
    let left = room.left();
    room.min.x -= margin;
    let mut hung = ui.new_child(UiBuilder::new().max_rect(room).layout(*ui.layout()));
    let result = add(&mut hung);
    // What hangs out takes no room: a column as wide as what it holds would push the next ones on.
    let mut taken = hung.min_rect();
    taken.min.x = left;
    ui.advance_cursor_after_rect(taken);
    result
}

/// What scrolls sideways inside a page. While all of it is below the page's end its bar is not shown there, over other things.
pub(crate) fn sideways(ui: &Ui, salt: impl egui::AsIdSalt) -> ScrollArea {
    let seen = ui.cursor().top() < ui.clip_rect().bottom();
    let bar = if seen {
        ScrollBarVisibility::VisibleWhenNeeded
    } else {
        ScrollBarVisibility::AlwaysHidden
    };
    ScrollArea::horizontal()
        .id_salt(salt)
        .scroll_bar_visibility(bar)
}

/// In a line: what stands before so many icons at its right end, and takes the rest of its width. The icons are added after it,
/// from left to right, so that the keyboard goes through the line as it is read.
pub(crate) fn before_icons<R>(ui: &mut Ui, icons: usize, before: impl FnOnce(&mut Ui) -> R) -> R {
    let each = theme::tokens(ui).size.control + ui.spacing().item_spacing.x;
    before_room(ui, each * icons as f32, before)
}

/// The same before what needs this much room with the gap before it.
pub(crate) fn before_room<R>(ui: &mut Ui, room: f32, before: impl FnOnce(&mut Ui) -> R) -> R {
    let width = (ui.available_width() - room).max(0.0);
    let size = egui::vec2(width, theme::tokens(ui).size.control);
    ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
        ui.set_width(width);
        before(ui)
    })
    .inner
}

/// The word of a title among a document's fields, whatever the document.
const TITLE: &str = "title";

/// Equal columns side by side, each laid out from its top left; `add` paints the one with this number.
pub(crate) fn columns(ui: &mut Ui, count: usize, mut add: impl FnMut(&mut Ui, usize)) {
    let gap = theme::tokens(ui).space.l;
    ui.scope(|ui| {
        let before = ui.spacing().item_spacing;
        ui.spacing_mut().item_spacing.x = gap;
        ui.columns(count, |uis| {
            for (number, ui) in uis.iter_mut().enumerate() {
                ui.spacing_mut().item_spacing = before;
                ui.with_layout(Layout::top_down(Align::Min), |ui| add(ui, number));
            }
        });
    });
}

/// Parts of a page one below the other, with room between those that show anything.
pub(crate) fn stack<T>(ui: &mut Ui, parts: &[T], mut add: impl FnMut(&mut Ui, &T)) {
    for part in parts {
        let top = ui.cursor().top();
        add(ui, part);
        if ui.cursor().top() > top {
            ui.add_space(theme::tokens(ui).space.s);
        }
    }
}

/// A line of things that is no higher than they are.
pub(crate) fn line<R>(ui: &mut Ui, add: impl FnOnce(&mut Ui) -> R) -> R {
    ui.scope(|ui| {
        ui.spacing_mut().interact_size.y = 0.0;
        ui.horizontal_wrapped(add).inner
    })
    .inner
}

/// In the middle of the width, and no wider than this.
pub(crate) fn centered<R>(ui: &mut Ui, widest: f32, add: impl FnOnce(&mut Ui) -> R) -> R {
    let width = widest.min(ui.available_width());
    let side = (ui.available_width() - width) / 2.0;
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        ui.add_space(side);
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.x = ui.spacing().item_spacing.y;
            ui.set_width(width);
            add(ui)
        })
        .inner
    })
    .inner
}

/// A place with nothing in it yet; true when the first thing to do was chosen.
pub(crate) fn empty(ui: &mut Ui, title: String, hint: String, action: Option<String>) -> bool {
    let t = theme::tokens(ui);
    let mut chosen = false;
    centered(ui, t.size.form, |ui| {
        ui.vertical_centered(|ui| {
            ui.add_space(t.space.xxl);
            theme::braid_rule(ui, t, t.size.column * 0.6);
            ui.add_space(t.space.m);
            theme::heading(ui, title);
            theme::muted(ui, hint);
            if let Some(action) = action {
                ui.add_space(t.space.m);
                chosen = theme::primary_button(ui, action).clicked();
            }
            ui.add_space(t.space.xxl);
        });
    });
    chosen
}

/// A dialogue over the window; true when the person wants it closed (Escape, or a click beside it).
pub(crate) fn dialogue(
    ctx: &egui::Context,
    salt: &str,
    title: String,
    add: impl FnOnce(&mut Ui),
) -> bool {
    let form = theme::tokens_of(ctx).size.form;
    wants_closed(&modal(ctx, salt, title, form, add))
}

/// The same, as wide as a text to read and a column beside it.
pub(crate) fn wide_dialogue(
    ctx: &egui::Context,
    salt: &str,
    title: String,
    add: impl FnOnce(&mut Ui),
) -> bool {
    let size = theme::tokens_of(ctx).size;
    wants_closed(&modal(ctx, salt, title, size.reading + size.column, add))
}

/// The same for what a slip of the hand must not end: true on Escape only.
pub(crate) fn firm_dialogue(
    ctx: &egui::Context,
    salt: &str,
    title: String,
    add: impl FnOnce(&mut Ui),
) -> bool {
    let form = theme::tokens_of(ctx).size.form;
    let shown = modal(ctx, salt, title, form, add);
    shown.is_top_modal
        && !shown.any_popup_open
        && ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape))
}

/// A click beside an open list of choices puts the list away, not the dialogue under it.
fn wants_closed(shown: &ModalResponse<()>) -> bool {
    shown.should_close() && !(shown.any_popup_open && shown.backdrop_response.clicked())
}

fn modal(
    ctx: &egui::Context,
    salt: &str,
    title: String,
    widest: f32,
    add: impl FnOnce(&mut Ui),
) -> ModalResponse<()> {
    let t = theme::tokens_of(ctx);
    let style = ctx.global_style();
    // A scroll bar runs in the margin, beside what is there and not over it.
    let mut margin = Margin::same(t.space.xl as i8);
    margin.right -= t.space.m as i8;
    Modal::new(Id::unique(("dialogue", salt)))
        .backdrop_color(t.color.veil)
        .frame(Frame::window(&style).inner_margin(margin))
        .show(ctx, |ui| {
            let room = ui.ctx().content_rect().width() - 4.0 * t.space.xl;
            let high = ui.ctx().content_rect().height() - 4.0 * t.space.xl;
            let width = widest.min(room);
            ui.set_width(width + t.space.m);
            ScrollArea::vertical()
                .id_salt(salt)
                .max_height(high)
                .min_scrolled_height(high)
                .auto_shrink([false, true])
                .show(ui, |ui| {
                    ui.set_max_width(width);
                    theme::heading(ui, title);
                    ui.add_space(t.space.s);
                    add(ui);
                });
        })
}

/// Whether a new thing's title is short enough; says so where it is not, so that what was written can be cut where it stands.
pub(crate) fn title_fits(cx: &mut Cx<'_>, title: &str) -> bool {
    let count = title.trim().chars().count();
    if count <= TITLE_MAX {
        return true;
    }
    let said = title_too_long(cx.words, count);
    cx.ask(Ask::Tell(Toast::new(Tone::Warn, said)));
    false
}

/// That a title of so many characters is too long, and what to do.
pub(crate) fn title_too_long(words: &I18n, count: usize) -> String {
    tr!(words, "title-too-long", count = count, max = TITLE_MAX)
}

/// How wide a quiet button with an icon and these words will be.
pub(crate) fn button_width(ui: &Ui, words: &str) -> f32 {
    let t = theme::tokens(ui);
    let font = egui::TextStyle::Button.resolve(ui.style());
    let text = ui
        .painter()
        .layout_no_wrap(words.to_owned(), font, t.color.ink)
        .size()
        .x;
    text + t.size.icon + 4.0 * t.space.s + t.space.s
}
