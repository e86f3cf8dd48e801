//! Who speaks how long: only where the meeting wants it, and by name only of those who agree. Shown as a balance in the order of
//! names, never of amounts, and never as a score.

use egui::{Sense, Ui, Vec2};
use tresse_engine::{
    FloorRow, MeetingCommand, MeetingView,
    model::{DocId, MemberId, NetworkId},
};

use super::say::about;
use crate::{
    theme::{self, Icon},
    tr,
    views::Cx,
};

/// Who speaks now, at this machine.
#[derive(Default)]
pub(super) struct FloorUi {
    now: Option<Speaking>,
}

#[derive(Debug, Clone, Copy)]
struct Speaking {
    meeting: DocId,
    /// `None`: somebody who is not named.
    who: Option<MemberId>,
    /// Milliseconds since 1970: the clock goes on while the machine sleeps.
    since: i64,
}

impl Speaking {
    fn seconds(&self, now: i64) -> u32 {
        u32::try_from((now - self.since).max(0) / 1_000).unwrap_or(u32::MAX)
    }
}

impl FloorUi {
    /// Writes down who spoke until now.
    pub(super) fn stop(&mut self, cx: &mut Cx<'_>) {
        if let Some(turn) = self.end(cx.id(), cx.now) {
            cx.send(turn.into());
        }
    }

    /// Stops the clock; what writes down who spoke until now, if anybody did.
    pub(super) fn end(&mut self, network: NetworkId, now: i64) -> Option<MeetingCommand> {
        let speaking = self.now.take()?;
        let seconds = speaking.seconds(now).min(86_400);
        (seconds > 0).then_some(MeetingCommand::FloorTurn {
            network,
            meeting: speaking.meeting,
            member: speaking.who,
            seconds,
        })
    }

    fn tap(&mut self, cx: &mut Cx<'_>, meeting: DocId, who: Option<MemberId>) {
        let before = self.now;
        self.stop(cx);
        let same = before.is_some_and(|one| one.meeting == meeting && one.who == who);
        if !same {
            self.now = Some(Speaking {
                meeting,
                who,
                since: cx.now,
            });
        }
    }

    fn running(&self, meeting: DocId, who: Option<MemberId>, now: i64) -> Option<u32> {
        let speaking = self.now.filter(|one| one.meeting == meeting);
        let speaking = speaking.filter(|one| one.who == who);
        speaking.map(|one| one.seconds(now))
    }
}

pub(super) fn ui(
    floor: &mut FloorUi,
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    view: &MeetingView,
    locked: bool,
) {
    let words = cx.words;
    theme::subheading(ui, tr!(words, "floor-title"));
    theme::muted(ui, tr!(words, "floor-hint"));
    let mut on = view.content.floor;
    ui.add_enabled_ui(!locked, |ui| {
        if theme::check(ui, &mut on, tr!(words, "floor-show")).changed() {
            floor.stop(cx);
            let show = about(cx, view.id, |network, meeting| MeetingCommand::FloorShow {
                network,
                meeting,
                off: !on,
            });
            cx.send(show);
        }
    });
    let mut agree = view.sheet.i_agree;
    if !cx.locked(false) && theme::check(ui, &mut agree, tr!(words, "floor-agree")).changed() {
        let network = cx.id();
        let agree = MeetingCommand::FloorAgree {
            network,
            off: !agree,
        };
        cx.send(agree.into());
    }
    if view.content.floor {
        bars(floor, ui, cx, view, locked);
    }
}

/// A bar for each, which a tap starts and stops.
pub(super) fn bars(
    floor: &mut FloorUi,
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    view: &MeetingView,
    locked: bool,
) {
    let words = cx.words;
    let rows = &view.sheet.floor;
    if rows.is_empty() {
        theme::muted(ui, tr!(words, "floor-nobody"));
    }
    let now = |who| floor.running(view.id, who, cx.now).unwrap_or_default();
    let of = |row: &FloorRow| row.seconds.saturating_add(now(Some(row.member)));
    let others = view.sheet.floor_others.saturating_add(now(None));
    let whole: u32 = rows.iter().map(of).fold(others, u32::saturating_add);
    let mut shown: Vec<(Option<MemberId>, String, u32)> = rows
        .iter()
        .map(|row| (Some(row.member), row.name.clone(), of(row)))
        .collect();
    shown.push((None, tr!(words, "floor-others"), others));
    let mut tapped = None;
    for (who, name, seconds) in shown {
        let speaks = floor.running(view.id, who, cx.now).is_some();
        let ink = match who {
            Some(_) => theme::strand_color(ui, &name),
            None => theme::tokens(ui).color.muted,
        };
        let shown = Bar {
            name: &name,
            seconds,
            whole,
            speaks,
            ink,
        };
        if shown.ui(ui, cx, locked) {
            tapped = Some(who);
        }
    }
    if let Some(who) = tapped {
        floor.tap(cx, view.id, who);
    }
    if floor.now.is_some_and(|one| one.meeting == view.id) {
        ui.ctx().request_repaint_after_secs(1.0);
    }
}

/// « 3 min 05 ».
pub(super) fn spoken(cx: &Cx<'_>, seconds: u32) -> String {
    let rest = format!("{:02}", seconds % 60);
    tr!(
        cx.words,
        "floor-time",
        minutes = seconds / 60,
        seconds = rest
    )
}

/// How long somebody spoke, of the whole.
struct Bar<'a> {
    name: &'a str,
    seconds: u32,
    whole: u32,
    speaks: bool,
    ink: egui::Color32,
}

impl Bar<'_> {
    /// Paints it; true when it was tapped.
    fn ui(&self, ui: &mut Ui, cx: &Cx<'_>, locked: bool) -> bool {
        let t = theme::tokens(ui);
        let label = tr!(cx.words, "floor-tap", name = self.name.to_owned());
        let icon = if self.speaks {
            Icon::ChatCircle
        } else {
            Icon::Circle
        };
        let button = ui.add_enabled_ui(!locked, |ui| {
            theme::nav_item(ui, icon, self.name, self.speaks)
        });
        let tapped = button.inner.accessible_name(label).clicked();
        let width = ui.available_width().min(t.size.form);
        let height = t.size.dot;
        let (rect, _) = ui.allocate_exact_size(Vec2::new(width, height), Sense::hover());
        let radius = height / 2.0;
        ui.painter().rect_filled(rect, radius, t.color.shade);
        if self.whole > 0 && self.seconds > 0 {
            let part = self.seconds as f32 / self.whole as f32;
            let done = rect.with_max_x(rect.left() + (rect.width() * part).max(height));
            ui.painter().rect_filled(done, radius, self.ink);
        }
        theme::caption(ui, spoken(cx, self.seconds));
        tapped
    }
}
