//! A meeting over the whole window, to be read from a projector: what is being spoken of and how long that may still take, the
//! minutes, who is here, and, where the meeting wants it, who speaks how long. All of it is [`LARGER`] than elsewhere. Escape leaves.

use egui::{CentralPanel, Frame, Key, Margin, Modifiers, Panel, ScrollArea, Ui};
use std::sync::Arc;
use tresse_engine::{
    MeetingView,
    model::{AgendaField, AgendaItem, ItemId},
};

use super::{
    MeetingsUi, agenda, floor, minutes, round,
    say::{length, when},
};
use crate::{
    theme::{self, Face, Icon, Tone},
    tr,
    views::{
        Cx,
        parts::{before_room, button_width, line},
    },
};

/// So many times larger than on a desk is what a room sees: read from the last row.
pub const LARGER: f32 = 1.5;

/// Of so many who are here the names stand beside their pictures.
const NAMED: usize = 5;

/// What the room sees.
#[derive(Default)]
pub(super) struct Running {
    /// What is being spoken of, and since when (milliseconds since 1970: the clock goes on while the machine sleeps).
    current: Option<(ItemId, i64)>,
    /// The closing round is shown, and not the minutes.
    round: bool,
    /// When the last pass ended, a field had the keyboard or a list of choices was open.
    writing: bool,
}

impl Running {
    /// What is being spoken of: what was begun here, else the first that is open.
    fn item<'a>(&self, agenda: &'a [AgendaItem]) -> Option<&'a AgendaItem> {
        let begun = self.current.map(|(id, _)| id);
        let open = |item: &&AgendaItem| !item.done && item.carried.is_none();
        let chosen = agenda.iter().filter(open);
        let mut begun_item = chosen.clone().filter(|item| Some(item.id) == begun);
        let first = chosen.clone().next();
        begun_item.next().or(first)
    }
}

pub(super) fn ui(meetings: &mut MeetingsUi, ui: &mut Ui, cx: &mut Cx<'_>, escapes: bool) {
    let net = Arc::clone(cx.net);
    let view = meetings.open.and_then(|id| net.meeting(&id));
    // The key takes the keyboard from a field before anything is painted: whether it did, the pass before knows.
    let wrote = meetings.running.as_ref().is_some_and(|one| one.writing);
    let escape = |input: &mut egui::InputState| input.consume_key(Modifiers::NONE, Key::Escape);
    let left = escapes && !wrote && ui.input_mut(escape);
    let Some(view) = view.filter(|_| !left) else {
        meetings.floor.stop(cx);
        meetings.running = None;
        return;
    };
    let t = theme::tokens(ui);
    let locked = cx.locked(view.read_only || view.content.binned);
    let Some(mut running) = meetings.running.take() else {
        return;
    };
    let mut leave = false;
    let frame = Frame::new()
        .fill(t.color.paper)
        .inner_margin(Margin::symmetric(t.space.xl as i8, t.space.l as i8));
    Panel::top("running head")
        .resizable(false)
        .frame(frame)
        .show(ui, |ui| leave = head(ui, cx, view));
    let side = Frame::new()
        .fill(t.color.shade)
        .inner_margin(Margin::same(t.space.l as i8));
    Panel::left("running agenda")
        .resizable(true)
        .default_size((t.size.column * 1.3).min(ui.available_width() * 0.38))
        .size_range(t.size.column * 0.8..=t.size.column * 2.4)
        .frame(side)
        .show(ui, |ui| {
            ScrollArea::vertical()
                .id_salt("running agenda")
                .auto_shrink(false)
                .show(ui, |ui| {
                    items(&mut running, ui, cx, view, locked);
                    if view.content.floor {
                        ui.add_space(t.space.l);
                        theme::subheading(ui, tr!(cx.words, "floor-title"));
                        floor::bars(&mut meetings.floor, ui, cx, view, locked);
                    }
                });
        });
    CentralPanel::default().frame(frame).show(ui, |ui| {
        current(&mut running, ui, cx, view);
        ui.horizontal_wrapped(|ui| {
            next(&mut running, ui, cx, view, locked);
            for (name, shown) in [
                (tr!(cx.words, "meeting-part-minutes"), false),
                (tr!(cx.words, "round-title"), true),
            ] {
                if theme::tab(ui, name, running.round == shown).clicked() {
                    running.round = shown;
                }
            }
        });
        if running.round {
            ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
                round::ui(ui, cx, view, (locked, true));
            });
            return;
        }
        minutes::ui(meetings, ui, cx, view, (locked, true));
    });
    running.writing = writes(meetings, ui, running.round);
    // Time goes on whatever happens.
    ui.ctx().request_repaint_after_secs(1.0);
    if leave {
        meetings.floor.stop(cx);
    } else {
        meetings.running = Some(running);
    }
}

/// Whether Escape has something to leave before the room: a field, the minutes, or an open list of choices.
fn writes(meetings: &mut MeetingsUi, ui: &Ui, round: bool) -> bool {
    let ctx = ui.ctx();
    let focused = ctx.memory(egui::Memory::focused);
    focused.is_some_and(|id| egui::TextEdit::load_state(ctx, id).is_some())
        || (!round && meetings.writing().is_some_and(|text| text.has_focus()))
        || egui::Popup::is_any_open(ctx)
}

/// The title, who is here; true when the person leaves.
fn head(ui: &mut Ui, cx: &mut Cx<'_>, view: &MeetingView) -> bool {
    let words = cx.words;
    let t = theme::tokens(ui);
    let mut leave = false;
    ui.horizontal(|ui| {
        let out = tr!(words, "running-leave");
        let room = button_width(ui, &out) + t.space.l;
        before_room(ui, room, |ui| {
            let font = Face::Strong.at(t.text.title);
            let title = theme::one_row(ui, &view.content.title, &font, ui.available_width());
            theme::title(ui, title);
        });
        leave = theme::quiet_icon_button(ui, Icon::X, out).clicked();
    });
    line(ui, |ui| {
        ui.spacing_mut().item_spacing.x = t.space.s;
        theme::muted(ui, when(words, &view.content.on, &view.content.at));
        if !view.sheet.ends.is_empty() {
            let ends = view.sheet.ends.clone();
            theme::muted(ui, tr!(words, "agenda-ends", time = ends));
        }
        let here = cx.net.members.members.iter();
        let seen = cx.app.here(&cx.net.id);
        let is_seen = |member| seen.iter().any(|person| person.member == member);
        let here = here.filter(|one| one.here || one.is_me || is_seen(one.id));
        let here: Vec<_> = here.collect();
        theme::muted(ui, tr!(words, "running-here", count = here.len()));
        for one in here.iter().take(12) {
            theme::avatar(ui, &one.name, t.size.control * 0.8).on_hover_text(one.name.as_str());
            if here.len() <= NAMED {
                theme::strong(ui, one.name.as_str());
            }
        }
    });
    leave
}

/// What is being spoken of, and how much of its time is left.
fn current(running: &mut Running, ui: &mut Ui, cx: &mut Cx<'_>, view: &MeetingView) {
    let words = cx.words;
    let t = theme::tokens(ui);
    let Some(item) = running.item(&view.content.agenda) else {
        if !view.content.agenda.is_empty() {
            theme::heading(ui, tr!(words, "running-all-done"));
        }
        return;
    };
    let began = match running.current {
        Some((id, began)) if id == item.id => began,
        _ => {
            running.current = Some((item.id, cx.now));
            cx.now
        }
    };
    line(ui, |ui| {
        ui.spacing_mut().item_spacing.x = t.space.s;
        theme::status_chip(ui, Tone::Accent, tr!(words, "running-now"));
        theme::title(ui, item.title.as_str());
        let Some(minutes) = item.length else {
            return;
        };
        let gone = (cx.now - began).max(0) / 1_000;
        let left = i64::from(minutes) * 60 - gone;
        let (tone, text) = if left >= 0 {
            let left = u32::try_from(left).unwrap_or_default();
            let left = floor::spoken(cx, left);
            (Tone::Accent, tr!(words, "running-left", time = left))
        } else {
            let over = u32::try_from(-left).unwrap_or_default();
            let over = floor::spoken(cx, over);
            (Tone::Warn, tr!(words, "running-over", time = over))
        };
        let ink = t.color.tone(tone);
        let text = egui::RichText::new(text)
            .font(Face::Strong.at(t.text.title))
            .color(ink);
        ui.label(text);
    });
}

/// What ends the item that is spoken of.
fn next(running: &mut Running, ui: &mut Ui, cx: &mut Cx<'_>, view: &MeetingView, locked: bool) {
    let Some(item) = running.item(&view.content.agenda).filter(|_| !locked) else {
        return;
    };
    let words = cx.words;
    let (network, id) = (cx.id(), item.id);
    if theme::primary_icon_button(ui, Icon::Check, tr!(words, "running-next")).clicked() {
        let done = Some("true".to_owned());
        cx.send(agenda::set(network, view.id, id, AgendaField::Done, done));
        running.current = None;
    }
}

/// The agenda, each item to be taken up by a click.
fn items(running: &mut Running, ui: &mut Ui, cx: &mut Cx<'_>, view: &MeetingView, locked: bool) {
    let words = cx.words;
    theme::subheading(ui, tr!(words, "agenda-name"));
    let now = running.item(&view.content.agenda).map(|item| item.id);
    for (at, item) in view.content.agenda.iter().enumerate() {
        let icon = if item.done {
            Icon::CheckCircle
        } else if item.carried.is_some() {
            Icon::ArrowRight
        } else {
            Icon::Circle
        };
        let starts = view.sheet.starts.get(at).cloned().flatten();
        let mut name = starts.map_or_else(String::new, |starts| format!("{starts}  "));
        name.push_str(&item.title);
        if let Some(minutes) = item.length {
            let minutes = length(words, minutes);
            name = format!("{name} · {minutes}");
        }
        let here = now == Some(item.id);
        let row = theme::nav_item(ui, icon, name, here);
        if row.clicked() && !locked && !item.done && item.carried.is_none() && !here {
            running.current = Some((item.id, cx.now));
        }
    }
    if view.content.agenda.is_empty() {
        theme::muted(ui, tr!(words, "agenda-empty"));
    }
}
