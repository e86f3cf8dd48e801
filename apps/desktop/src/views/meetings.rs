//! Meetings: what is to come, what was, and the rules by which they come again, listed on the left; the open one beside. Each takes
//! the whole width where there is no room for both.

mod agenda;
mod attendance;
mod brings;
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
pub(crate) mod say;

use egui::Ui;
use tresse_engine::{
    Command, MeetingCommand,
    model::{DocId, NetworkId},
};

use super::{
    Cx,
    parts::{self, Lately},
    writing::Writing,
};

pub(crate) use charter::ui as charter_rules;
pub use running::LARGER as ROOM;
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

/// What can be shown beside the list that is no meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Instead {
    /// The rules by which meetings come again.
    Rules,
    /// Attendance over time.
    Attendance,
}

/// What the view of meetings remembers of one network.
#[derive(Default)]
pub struct MeetingsUi {
    shown: Shown,
    part: Part,
    /// What is shown beside the list in a meeting's place.
    instead: Option<Instead>,
    open: Option<DocId>,
    /// It was opened a moment ago: which part is shown follows from how far it has come.
    fresh: bool,
    rows: list::Rows,
    /// The texts opened lately, newest last: an editor lives until the engine has all it wrote.
    texts: Lately<Writing, TEXTS>,
    dates: dates::DatesUi,
    floor: floor::FloorUi,
    running: Option<running::Running>,
}

impl MeetingsUi {
    /// Shows a meeting; what the engine should be told is added to `commands`.
    pub fn open(&mut self, network: NetworkId, meeting: DocId, commands: &mut Vec<Command>) {
        self.instead = None;
        if self.open == Some(meeting) {
            return;
        }
        self.close(network, commands);
        self.open = Some(meeting);
        self.part = Part::default();
        self.fresh = true;
        commands.push(MeetingCommand::Open { network, meeting }.into());
    }

    /// Shows a meeting for which a day is looked for.
    pub fn find_date(&mut self, network: NetworkId, meeting: DocId, commands: &mut Vec<Command>) {
        self.open(network, meeting, commands);
        self.part = Part::Prepare;
        self.fresh = false;
        self.dates = dates::DatesUi::begun();
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
        self.instead = Some(Instead::Rules);
    }

    /// The meeting that is open.
    pub const fn opened(&self) -> Option<DocId> {
        self.open
    }

    /// The minutes that are being written, if a meeting is open.
    pub fn writing(&mut self) -> Option<&mut Writing> {
        let open = self.open?;
        Some(self.texts.of(open))
    }

    /// The text of a document, open or closed a moment ago: for what comes of it later than it was asked.
    pub fn text_of(&mut self, doc: DocId) -> Option<&mut Writing> {
        self.texts.known(doc)
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
        let open = self.open.is_some() || self.instead.is_some();
        let salt = "meetings list";
        let shown =
            |meetings: &mut Self, ui: &mut Ui, cx: &mut Cx<'_>, alone| match meetings.instead {
                Some(Instead::Rules) => rules::ui(meetings, ui, cx, alone),
                Some(Instead::Attendance) => attendance::over_time(meetings, ui, cx, alone),
                None => page::ui(meetings, ui, cx, alone),
            };
        parts::beside(self, ui, cx, (salt, 0.9, open), list::ui, shown);
    }
}
