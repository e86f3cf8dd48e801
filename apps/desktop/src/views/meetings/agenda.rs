//! A meeting's agenda: items with their time, in an order that dragging or the arrows change.

use egui::{Align, DragAndDrop, Frame, Id, Key, Layout, Margin, Sense, Stroke, Ui, Vec2};
use tresse_engine::{
    MeetingCommand, MeetingView,
    model::{AgendaField, AgendaItem, DocId, ItemId, NetworkId},
};

use super::{
    brings,
    say::{about, length, length_of, lengths, when},
};
use crate::{
    app::{asks::Ask, toast::Toast},
    theme::{self, Icon, Tone},
    tr,
    views::{
        Cx,
        fields::Field,
        parts::{before_room, line},
    },
};

/// The lengths that are offered, in minutes.
const LENGTHS: [u32; 8] = [5, 10, 15, 20, 30, 45, 60, 90];

/// What is carried while an item is dragged.
#[derive(Debug, Clone, Copy)]
struct Carried(ItemId);

pub(super) fn ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &MeetingView, locked: bool) {
    let words = cx.words;
    let agenda = &view.content.agenda;
    summary(ui, cx, view);
    if agenda.is_empty() {
        theme::muted(ui, tr!(words, "agenda-empty"));
    }
    let places = Places::of(agenda);
    for (at, item) in agenda.iter().enumerate() {
        row(ui, cx, view, item, at, &places, locked);
    }
    if !locked {
        add(ui, cx, view);
        carry(ui, cx, view);
    }
}

/// When it begins and ends, and whether that fits.
fn summary(ui: &mut Ui, cx: &Cx<'_>, view: &MeetingView) {
    let words = cx.words;
    let planned = view.sheet.planned;
    if planned == 0 {
        return;
    }
    line(ui, |ui| {
        let sum = length(words, planned);
        theme::muted(ui, tr!(words, "agenda-planned", length = sum));
        if !view.sheet.ends.is_empty() {
            let ends = view.sheet.ends.clone();
            theme::muted(ui, tr!(words, "agenda-ends", time = ends));
        }
        if let Some(whole) = view.content.length.filter(|whole| planned > *whole) {
            let over = length(words, planned - whole);
            theme::status_chip(ui, Tone::Warn, tr!(words, "agenda-over", length = over));
        }
    });
}

/// Where an item goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    /// It stands at that end already.
    Nowhere,
    Before(ItemId),
    Last,
}

/// Who stands before and after whom.
struct Places(Vec<ItemId>);

impl Places {
    fn of(agenda: &[AgendaItem]) -> Self {
        Self(agenda.iter().map(|item| item.id).collect())
    }

    /// Where an item goes that moves by one place.
    fn beside(&self, at: usize, down: bool) -> Step {
        let before = |place: usize| self.0.get(place).copied();
        match (down, at.checked_sub(1)) {
            (true, _) if at + 1 == self.0.len() => Step::Nowhere,
            (true, _) => before(at + 2).map_or(Step::Last, Step::Before),
            (false, Some(place)) => before(place).map_or(Step::Nowhere, Step::Before),
            (false, None) => Step::Nowhere,
        }
    }
}

fn move_to(cx: &mut Cx<'_>, meeting: DocId, item: ItemId, before: Option<ItemId>) {
    let moved = about(cx, meeting, |network, meeting| MeetingCommand::AgendaMove {
        network,
        meeting,
        item,
        before,
    });
    cx.send(moved);
}

fn row(
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    view: &MeetingView,
    item: &AgendaItem,
    at: usize,
    places: &Places,
    locked: bool,
) {
    let t = theme::tokens(ui);
    let id = Id::unique(("agenda", view.id, item.id));
    let over = !locked && DragAndDrop::has_payload_of_type::<Carried>(ui.ctx());
    let shown = Frame::new()
        .fill(t.color.surface)
        .stroke(Stroke::new(t.size.line, t.color.line))
        .corner_radius(t.radius.m)
        .inner_margin(Margin::same(t.space.s as i8))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            let title = ui.horizontal(|ui| {
                if !locked {
                    handle(ui, cx, view, item, at, places, id);
                }
                head(ui, cx, view, item, at, locked)
            });
            let title = title.inner - ui.cursor().left();
            below(ui, cx, view, item, locked, title);
        });
    let rect = shown.response.rect;
    if over && ui.rect_contains_pointer(rect) {
        let y = rect.top() - ui.spacing().item_spacing.y / 2.0;
        let stroke = Stroke::new(t.size.focus, t.color.accent);
        ui.painter().hline(rect.x_range(), y, stroke);
        if ui.input(|input| input.pointer.any_released())
            && let Some(carried) = DragAndDrop::take_payload::<Carried>(ui.ctx())
            && carried.0 != item.id
        {
            move_to(cx, view.id, carried.0, Some(item.id));
        }
    }
}

/// What an item is dragged by; with the keyboard on it, Alt and an arrow move it.
fn handle(
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    view: &MeetingView,
    item: &AgendaItem,
    at: usize,
    places: &Places,
    id: Id,
) {
    let t = theme::tokens(ui);
    let (rect, _) = ui.allocate_exact_size(Vec2::splat(t.size.icon * 1.3), Sense::hover());
    let response = ui.interact(rect, id, Sense::click_and_drag());
    let name = tr!(cx.words, "agenda-move", title = item.title.clone());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, name.clone()));
    let ink = if response.hovered() || response.has_focus() {
        t.color.accent
    } else {
        t.color.muted
    };
    Icon::DotsSixVertical.paint(ui.painter(), rect.center(), t.size.icon, ink);
    if response.dragged() {
        DragAndDrop::set_payload(ui.ctx(), Carried(item.id));
        ui.ctx().set_cursor_icon(egui::CursorIcon::Grabbing);
    }
    let response = response.on_hover_text(tr!(cx.words, "agenda-move-hint"));
    if !response.has_focus() {
        return;
    }
    let filter = egui::EventFilter {
        vertical_arrows: ui.input(|input| input.modifiers.alt),
        ..egui::EventFilter::default()
    };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
    for (key, down) in [(Key::ArrowUp, false), (Key::ArrowDown, true)] {
        if ui.input_mut(|input| input.consume_key(egui::Modifiers::ALT, key)) {
            match places.beside(at, down) {
                Step::Nowhere => {}
                Step::Before(other) => move_to(cx, view.id, item.id, Some(other)),
                Step::Last => move_to(cx, view.id, item.id, None),
            }
        }
    }
}

/// When it begins, whether it is done, what it is, how long; where its title begins across.
fn head(
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    view: &MeetingView,
    item: &AgendaItem,
    at: usize,
    locked: bool,
) -> f32 {
    let t = theme::tokens(ui);
    let words = cx.words;
    let (network, meeting, id) = (cx.id(), view.id, item.id);
    let starts = view.sheet.starts.get(at).cloned().flatten();
    // As wide whatever the hour, so that titles stand below each other.
    let hour = Vec2::new(t.text.body * 2.8, t.size.control);
    ui.allocate_ui_with_layout(hour, Layout::left_to_right(Align::Center), |ui| {
        ui.set_width(hour.x);
        theme::strong(ui, starts.unwrap_or_else(|| "–".to_owned()));
    });
    let mut done = item.done;
    let name = tr!(words, "agenda-done", title = item.title.clone());
    ui.add_enabled_ui(!locked && item.carried.is_none(), |ui| {
        if theme::check(ui, &mut done, "")
            .accessible_name(name)
            .changed()
        {
            let value = done.then(|| "true".to_owned());
            cx.send(set(network, meeting, id, AgendaField::Done, value));
        }
    });
    let title = ui.cursor().left();
    let gap = ui.spacing().item_spacing.x;
    let long = t.size.column * 0.42;
    let bin = if locked { 0.0 } else { t.size.control + gap };
    before_room(ui, long + gap + bin, |ui| {
        Field::new(
            (network, meeting, id, "title"),
            tr!(words, "agenda-title"),
            &item.title,
        )
        .needed()
        .locked(locked)
        .conflict(&item.conflicts, AgendaField::Title.key())
        .cell(ui, cx, move |text| {
            set(
                network,
                meeting,
                id,
                AgendaField::Title,
                Some(text.to_owned()),
            )
        });
    });
    ui.allocate_ui(Vec2::new(long, t.size.control), |ui| {
        ui.set_width(long);
        how_long(ui, cx, view, item, locked);
    });
    if !locked {
        let name = tr!(words, "agenda-remove", title = item.title.clone());
        if theme::icon_button(ui, Icon::Trash, name).clicked() {
            remove(cx, view.id, item);
        }
    }
    title
}

fn how_long(ui: &mut Ui, cx: &mut Cx<'_>, view: &MeetingView, item: &AgendaItem, locked: bool) {
    let words = cx.words;
    let (network, meeting, id) = (cx.id(), view.id, item.id);
    let value = item.length.map(|length| length.to_string());
    let value = value.unwrap_or_default();
    let say = |value: &str| length_of(words, value);
    let options = || lengths(&LENGTHS);
    Field::new(
        (network, meeting, id, "length"),
        tr!(words, "agenda-length", title = item.title.clone()),
        &value,
    )
    .hint(tr!(words, "agenda-length-hint"))
    .locked(locked)
    .conflict(&item.conflicts, AgendaField::Length.key())
    .pick_cell(ui, cx, &say, &options, move |text| {
        let value = (!text.is_empty()).then(|| text.to_owned());
        set(network, meeting, id, AgendaField::Length, value)
    });
}

/// Where it comes from or went, and who brings what: set in by this much, under the title.
fn below(
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    view: &MeetingView,
    item: &AgendaItem,
    locked: bool,
    inset: f32,
) {
    if item.from.is_some() || item.carried.is_some() {
        line(ui, |ui| {
            ui.add_space(inset);
            elsewhere(ui, cx, view, item);
        });
    }
    brings::ui(ui, cx, view, item, locked, inset);
}

fn elsewhere(ui: &mut Ui, cx: &mut Cx<'_>, view: &MeetingView, item: &AgendaItem) {
    let words = cx.words;
    let title = |doc: &DocId| view.sheet.titles.get(doc).cloned().unwrap_or_default();
    if let Some(from) = item.from
        && theme::quiet_button(ui, tr!(words, "agenda-from", title = title(&from))).clicked()
    {
        cx.ask(Ask::OpenMeeting(cx.id(), from));
    }
    if let Some(to) = item.carried
        && theme::quiet_button(ui, tr!(words, "agenda-carried", title = title(&to))).clicked()
    {
        cx.ask(Ask::OpenMeeting(cx.id(), to));
    }
}

/// Sets a field of an agenda item.
pub(super) fn set(
    network: NetworkId,
    meeting: DocId,
    item: ItemId,
    field: AgendaField,
    value: Option<String>,
) -> tresse_engine::Command {
    MeetingCommand::AgendaSet {
        network,
        meeting,
        item,
        field,
        value,
    }
    .into()
}

fn remove(cx: &mut Cx<'_>, meeting: DocId, item: &AgendaItem) {
    let remove = |restore| MeetingCommand::AgendaRemove {
        network: cx.net.id,
        meeting,
        item: item.id,
        restore,
    };
    let (gone, back) = (remove(false), remove(true));
    cx.send(gone.into());
    let told = Toast::new(
        Tone::Neutral,
        tr!(cx.words, "removed", what = item.title.clone()),
    );
    let told = told.with(tr!(cx.words, "bring-back"), Ask::Send(back.into()));
    cx.ask(Ask::Tell(told));
}

/// A line in which a title and Enter make an item.
fn add(ui: &mut Ui, cx: &mut Cx<'_>, view: &MeetingView) {
    let key = Id::unique(("new agenda item", view.id));
    let mut text = ui
        .data(|data| data.get_temp::<String>(key))
        .unwrap_or_default();
    let width = ui.available_width();
    let entry = ui
        .add(
            theme::line_edit(&mut text)
                .hint_text(tr!(cx.words, "agenda-add-hint"))
                .desired_width(width),
        )
        .accessible_name(tr!(cx.words, "agenda-add"));
    let entered = entry.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    if entered && !text.trim().is_empty() && crate::views::parts::title_fits(cx, &text) {
        let title = std::mem::take(&mut text).trim().to_owned();
        let add = about(cx, view.id, |network, meeting| MeetingCommand::AgendaAdd {
            network,
            meeting,
            title,
            length: None,
            before: None,
        });
        cx.send(add);
        entry.request_focus();
    }
    ui.data_mut(|data| data.insert_temp(key, text));
}

/// Carries what is not finished on to the next meeting.
fn carry(ui: &mut Ui, cx: &mut Cx<'_>, view: &MeetingView) {
    let words = cx.words;
    let open = view.content.unfinished().count();
    if open == 0 {
        return;
    }
    ui.add_space(theme::tokens(ui).space.s);
    let Some(next) = &view.sheet.next else {
        theme::caption(ui, tr!(words, "agenda-carry-none"));
        return;
    };
    let name = tr!(words, "agenda-carry", count = open);
    let to = when(words, &next.on, &next.at);
    if theme::quiet_icon_button(ui, Icon::ArrowRight, name).clicked() {
        carry_on(cx, view);
    }
    theme::caption(ui, tr!(words, "agenda-carry-to", when = to));
}

/// Carries all that is not finished on to the next meeting.
pub(super) fn carry_on(cx: &mut Cx<'_>, view: &MeetingView) {
    let carry = about(cx, view.id, |network, meeting| MeetingCommand::Carry {
        network,
        meeting,
        to: None,
        items: Vec::new(),
    });
    cx.send(carry);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_moves_by_one_place_and_stops_at_either_end() {
        let id = |n| ItemId::from_bytes([n; 10]);
        let places = Places(vec![id(1), id(2), id(3)]);
        assert_eq!(places.beside(0, false), Step::Nowhere);
        assert_eq!(places.beside(2, false), Step::Before(id(2)));
        assert_eq!(places.beside(0, true), Step::Before(id(3)));
        assert_eq!(places.beside(1, true), Step::Last);
        assert_eq!(places.beside(2, true), Step::Nowhere);
    }
}
