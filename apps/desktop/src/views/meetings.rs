//! Meetings: what is to come, what was, and the rules by which they come again, listed on the left; the open one beside. Each takes
//! the whole width where there is no room for both.

mod agenda;
mod attendance;
mod charter;
mod dates;
mod floor;
mod list;
mod minutes;
mod page;
mod prepare;
mod round;
mod rules;
mod running;
mod say;

use egui::{Frame, Margin, Panel, Ui};
use tresse_engine::{
    Command, MeetingCommand,
    model::{DocId, NetworkId},
};

use super::{Cx, writing::Writing};
use crate::theme;

pub(crate) use charter::ui as charter_rules;
pub(crate) use say::when;

/// How many texts keep their editor once they are closed.
const TEXTS: usize = 6;

/// What the list shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Shown {
    /// Meetings to come.
    #[default]
    Coming,
    /// Meetings that were.
    Past,
    /// Those in the bin.
    Bin,
}

/// What of a meeting is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Part {
    /// Day, place, who facilitates, what is prepared.
    #[default]
    Prepare,
    /// What it is to speak of.
    Agenda,
    /// Its minutes.
    Minutes,
    /// Who came.
    Attendance,
    /// A word each at its end, and who spoke how long.
    Closing,
}

/// What the view of meetings remembers of one network.
#[derive(Default)]
pub struct MeetingsUi {
    shown: Shown,
    part: Part,
    /// The rules are shown, and not a meeting.
    rules: bool,
    open: Option<DocId>,
    rows: list::Rows,
    /// The texts opened lately, newest last: an editor lives until the engine has all it wrote.
    texts: Vec<(DocId, Writing)>,
    dates: dates::DatesUi,
    floor: floor::FloorUi,
    running: Option<running::Running>,
}

impl MeetingsUi {
    /// Shows a meeting; what the engine should be told is added to `commands`.
    pub fn open(&mut self, network: NetworkId, meeting: DocId, commands: &mut Vec<Command>) {
        self.rules = false;
        if self.open == Some(meeting) {
            return;
        }
        self.close(network, commands);
        self.open = Some(meeting);
        self.part = Part::default();
        commands.push(MeetingCommand::Open { network, meeting }.into());
    }

    /// Shows no meeting.
    pub fn close(&mut self, network: NetworkId, commands: &mut Vec<Command>) {
        self.running = None;
        self.stop_speaking(network, commands);
        self.dates = dates::DatesUi::default();
        if let Some(meeting) = self.open.take() {
            commands.push(MeetingCommand::Close { network, meeting }.into());
        }
    }

    /// Nobody looks at the floor any more: who spoke until now is written down, and the clock stops.
    pub fn stop_speaking(&mut self, network: NetworkId, commands: &mut Vec<Command>) {
        let turn = self.floor.end(network, crate::app::now());
        commands.extend(turn.map(Command::from));
    }

    /// Shows the rules by which meetings come again.
    pub fn show_rules(&mut self) {
        self.rules = true;
    }

    /// The minutes that are being written, if a meeting is open.
    pub fn writing(&mut self) -> Option<&mut Writing> {
        let open = self.open?;
        if let Some(place) = self.texts.iter().position(|(meeting, _)| *meeting == open) {
            return Some(&mut self.texts[place].1);
        }
        if self.texts.len() == TEXTS {
            self.texts.remove(0);
        }
        self.texts.push((open, Writing::default()));
        self.texts.last_mut().map(|(_, writing)| writing)
    }

    /// Whether the meeting fills the whole window now.
    pub fn is_running(&self) -> bool {
        self.running.is_some()
    }

    /// Paints the meeting over the whole window; Escape leaves it, unless that is for something above it.
    pub fn run(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, escapes: bool) {
        running::ui(self, ui, cx, escapes);
    }

    /// Paints it.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let t = theme::tokens(ui);
        let both = ui.available_width() >= t.size.column + 1.6 * t.size.column + t.space.xxl;
        let margin = Margin::symmetric(t.space.xl as i8, t.space.l as i8);
        if both {
            let list = Frame::new()
                .inner_margin(Margin::same(t.space.l as i8))
                .fill(t.color.paper);
            Panel::left("meetings list")
                .resizable(true)
                .default_size(t.size.column * 1.15)
                .size_range(t.size.column * 0.9..=t.size.column * 1.8)
                .frame(list)
                .show(ui, |ui| list::ui(self, ui, cx));
        } else if self.open.is_none() && !self.rules {
            Frame::new()
                .inner_margin(margin)
                .show(ui, |ui| list::ui(self, ui, cx));
            return;
        }
        Frame::new().inner_margin(margin).show(ui, |ui| {
            if self.rules {
                rules::ui(self, ui, cx, !both);
            } else {
                page::ui(self, ui, cx, !both);
            }
        });
    }
}
