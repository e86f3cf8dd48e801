//! What the plan says: orientations, objectives, actions, working groups.
//!
//! A *set* (owners, members of a group, what an action waits for, occurrences done) is a map of marks, one for each thing in it:
//! two people who put different things in at once both keep theirs; of putting in and taking out the same
//! thing at once, one is shown, the same everywhere.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Conflict;
use crate::{ItemId, MemberId, Twins};

/// Roadmap and action plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct PlanContent {
    /// Where the network is heading, in their own order.
    pub orientations: Vec<Orientation>,
    /// Objectives, in their own order.
    pub objectives: Vec<Objective>,
    /// Actions, in their own order.
    pub actions: Vec<Action>,
    /// Working groups, in their own order; closed ones too.
    pub groups: Vec<Group>,
    /// Objectives that are not shown because another was taken up of the same suggestion: of each, the one shown for it.
    #[serde(skip)]
    pub twins: Twins,
}

impl PlanContent {
    /// The objective that is shown where this one is named.
    pub fn shown_for(&self, objective: ItemId) -> ItemId {
        self.twins.get(&objective).copied().unwrap_or(objective)
    }
}

/// How much a plan held, for a look at how it stood.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Default)]
pub struct PlanCounts {
    /// Orientations.
    pub orientations: usize,
    /// Objectives.
    pub objectives: usize,
    /// Actions.
    pub actions: usize,
    /// Those of the actions that are done.
    pub done: usize,
    /// Working groups.
    pub groups: usize,
}

/// A general direction of the roadmap. Objectives carry it out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Orientation {
    /// Names the orientation.
    pub id: ItemId,
    /// Its title.
    pub title: String,
    /// What is meant by it.
    pub words: String,
    /// Concurrent values of its fields.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conflicts: Vec<Conflict>,
}

/// Where the network wants to get.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Objective {
    /// Names the objective.
    pub id: ItemId,
    /// Its title.
    pub title: String,
    /// The orientation it carries out.
    pub orientation: Option<ItemId>,
    /// Its deadline, ISO 8601 date, or empty.
    pub deadline: String,
    /// The means given to it, in words.
    pub means: String,
    /// What was learned on the way, in words.
    pub learned: String,
    /// How it will be seen whether it is reached.
    pub indicators: Vec<Indicator>,
    /// Which suggestion it was taken up of; empty: none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub suggestion: String,
    /// Concurrent values of its fields.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conflicts: Vec<Conflict>,
}

/// What shows whether an objective is reached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Indicator {
    /// Names the indicator.
    pub id: ItemId,
    /// What is measured.
    pub name: String,
    /// In what it is counted.
    pub unit: String,
    /// Where it was when the objective was set.
    pub baseline: String,
    /// Where it should get to.
    pub target: String,
    /// Where it is now: the newest measure; without one, what was set as its field.
    pub current: String,
    /// What was measured, oldest first. Two people who measure at once both keep theirs.
    pub measures: Vec<Measure>,
    /// Concurrent values of its fields.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conflicts: Vec<Conflict>,
}

/// What an indicator stood at on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Measure {
    /// Names the measure.
    pub id: ItemId,
    /// On which day, ISO 8601 date.
    pub date: String,
    /// What was found.
    pub value: String,
    /// How it was found, or what is to be said of it.
    pub note: String,
    /// Concurrent values of its fields.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conflicts: Vec<Conflict>,
}

/// Something to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Action {
    /// Names the action.
    pub id: ItemId,
    /// Its title.
    pub title: String,
    /// The objective it serves.
    pub objective: Option<ItemId>,
    /// Who does it, sorted. A set.
    pub owners: Vec<MemberId>,
    /// From when, ISO 8601 date, or empty.
    pub start: String,
    /// Until when, ISO 8601 date, or empty. Of a recurring action: the first time.
    pub due: String,
    /// Until when it is to be done next: `due`, or the next time of a recurring action.
    pub next_due: String,
    /// How often it comes again.
    pub every: Option<Recurrence>,
    /// The times it has been done, by the day they were due, sorted. A set: two people who say so of one time at once have said it once.
    pub done_on: Vec<String>,
    /// Where, in words.
    pub territory: String,
    /// How large that place is.
    pub territory_scale: Option<Scale>,
    /// How it stands. A recurring action that is done or given up does not come again.
    pub status: Status,
    /// How much work it is: `3 h`, `1.5 d`, or empty.
    pub effort: String,
    /// The actions that must be done before, sorted. A set.
    pub depends_on: Vec<ItemId>,
    /// Its parts, in their own order.
    pub checklist: Vec<Check>,
    /// The working group that carries it.
    pub working_group: Option<ItemId>,
    /// Who carries it, in words, where that is no working group of the network.
    pub group: String,
    /// Concurrent values of its fields.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conflicts: Vec<Conflict>,
}

impl Action {
    /// An action of which nothing but the title is said.
    pub fn new(id: ItemId, title: &str) -> Self {
        Self {
            id,
            title: title.to_owned(),
            objective: None,
            owners: Vec::new(),
            start: String::new(),
            due: String::new(),
            next_due: String::new(),
            every: None,
            done_on: Vec::new(),
            territory: String::new(),
            territory_scale: None,
            status: Status::Todo,
            effort: String::new(),
            depends_on: Vec::new(),
            checklist: Vec::new(),
            working_group: None,
            group: String::new(),
            conflicts: Vec::new(),
        }
    }

    /// Whether there is still something to do.
    pub const fn is_open(&self) -> bool {
        !matches!(self.status, Status::Done | Status::Dropped)
    }

    /// Whether this is late on a day (ISO 8601 date).
    pub fn is_late(&self, today: &str) -> bool {
        self.is_open() && !self.next_due.is_empty() && self.next_due.as_str() < today
    }
}

/// One part of an action.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    /// Names the part.
    pub id: ItemId,
    /// What is to be done.
    pub text: String,
    /// It is done.
    pub done: bool,
    /// Concurrent values of its fields.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conflicts: Vec<Conflict>,
}

/// Members who work on something together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// Names the group.
    pub id: ItemId,
    /// Its name.
    pub name: String,
    /// What it is asked to do.
    pub remit: String,
    /// Who is in it, sorted. A set.
    pub members: Vec<MemberId>,
    /// From when, ISO 8601 date, or empty.
    pub start: String,
    /// When it means to have finished, ISO 8601 date, or empty.
    pub planned_end: String,
    /// When it closed, ISO 8601 date; empty while it works.
    pub closed: String,
    /// Concurrent values of its fields.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conflicts: Vec<Conflict>,
}

words!(
    /// How an action stands.
    #[derive(Default)]
    Status {
        /// Not begun.
        #[default]
        Todo = "todo",
        /// Under way.
        Doing = "doing",
        /// Waits for something.
        Blocked = "blocked",
        /// Finished.
        Done = "done",
        /// Given up.
        Dropped = "dropped",
    }
);
words!(
    /// How often something comes again.
    Recurrence {
        /// Every seven days.
        Weekly = "weekly",
        /// On the same day of each month, or its last.
        Monthly = "monthly",
        /// Every three months.
        Quarterly = "quarterly",
        /// Every twelve months.
        Yearly = "yearly",
    }
);
words!(
    /// How large a territory is.
    Scale {
        /// A region.
        Region = "region",
        /// A department.
        Department = "department",
        /// An employment area.
        EmploymentArea = "employment-area",
        /// A town.
        Town = "town",
    }
);

fields!(
    /// Fields of an orientation.
    OrientationField {
        /// Its title.
        Title = "title",
        /// What is meant by it.
        Words = "words",
    }
);
fields!(
    /// Fields of an objective.
    ObjectiveField {
        /// Its title.
        Title = "title",
        /// A date.
        Deadline = "deadline",
        /// The means given to it.
        Means = "means",
        /// An orientation's id.
        Orientation = "orientation",
        /// What was learned on the way, in words.
        Learned = "learned",
    }
);
fields!(
    /// Fields of an indicator.
    IndicatorField {
        /// What is measured.
        Name = "name",
        /// In what it is counted.
        Unit = "unit",
        /// Where it should get to.
        Target = "target",
        /// Where it is now, as long as there are no measures.
        Current = "current",
        /// Where it was when the objective was set.
        Baseline = "baseline",
    }
);
fields!(
    /// Fields of an action.
    ActionField {
        /// Its title.
        Title = "title",
        /// An objective's id.
        Objective = "objective",
        /// A member's id: this one alone does it from now on. Two people who name different ones at once have named both.
        Owner = "owner",
        /// A date.
        Due = "due",
        /// Where.
        Territory = "territory",
        /// `todo`, `doing`, `blocked`, `done` or `dropped`.
        Status = "status",
        /// Who carries it, in words.
        Group = "group",
        /// A working group's id.
        WorkingGroup = "working_group",
        /// A date.
        Start = "start",
        /// Hours (`3 h`) or days (`1.5 d`).
        Effort = "effort",
        /// `weekly`, `monthly`, `quarterly` or `yearly`.
        Every = "every",
        /// `region`, `department`, `employment-area` or `town`.
        TerritoryScale = "territory_scale",
    }
);
fields!(
    /// Fields of a working group.
    GroupField {
        /// Its name.
        Name = "name",
        /// What it is asked to do.
        Remit = "remit",
        /// A date.
        Start = "start",
        /// A date.
        PlannedEnd = "planned_end",
        /// The date on which it closed.
        Closed = "closed",
    }
);
