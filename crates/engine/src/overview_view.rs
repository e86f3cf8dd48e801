//! What the window paints of a network at a glance, of what moved since somebody looked, and of starting frames.

use serde::Serialize;
use tresse_model::{
    Conflict, DocId, ItemId, Line, MemberId, NetworkId, NetworkKind, Photo, RelationKind,
};

use crate::{ComingMeeting, DecisionRow, ObjectiveProgress};

/// A network on one page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Default)]
pub struct OverviewView {
    /// Its name.
    pub name: String,
    /// What it is for, of the known ends.
    pub kinds: Vec<NetworkKind>,
    /// What it is for in words of its own; empty where it has none beside the known ends.
    pub kind_words: String,
    /// `open`, `closed` or empty.
    pub membership: String,
    /// When it will be reviewed, ISO 8601, or empty.
    pub review_date: String,
    /// Its purposes, in their own order.
    pub purposes: Vec<Line>,
    /// Its people, by organisation; those who name none come last.
    pub directory: Vec<OrganisationPeople>,
    /// Who holds which role now, those that end soonest first; without an end last.
    pub mandates: Vec<HeldMandate>,
    /// Objectives with progress, those that are not reached first.
    pub objectives: Vec<ObjectiveProgress>,
    /// The next meeting that takes place, prepared or foreseen by a rule.
    pub next_meeting: Option<ComingMeeting>,
    /// What waits to be decided, last changed first, at most 30.
    pub open_decisions: Vec<DecisionRow>,
    /// What was brought to its end in the last ninety days, the newest first, at most 30.
    pub closed: Vec<ClosedThing>,
    /// The networks that it says it is tied to.
    pub relations: Vec<RelationView>,
}

impl OverviewView {
    /// How many people the directory has.
    pub fn people(&self) -> usize {
        self.directory.iter().map(|one| one.people.len()).sum()
    }

    /// How many organisations the directory names.
    pub fn organisations(&self) -> usize {
        let directory = self.directory.iter();
        directory.filter(|one| !one.organisation.is_empty()).count()
    }
}

/// The people of one organisation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OrganisationPeople {
    /// Its name, as its first member here writes it; empty for those who name none.
    pub organisation: String,
    /// Its people, by name.
    pub people: Vec<PersonView>,
}

impl OrganisationPeople {
    /// Those who state what the organisation expects to gain.
    pub fn stated(&self) -> impl Iterator<Item = &PersonView> {
        let people = self.people.iter();
        people.filter(|one| !one.added_value.trim().is_empty())
    }
}

/// Somebody in the directory.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PersonView {
    /// Who.
    pub member: MemberId,
    /// Their name.
    pub name: String,
    /// `volunteer`, `employee` or empty.
    pub engagement: String,
    /// What they bring.
    pub brings: String,
    /// What they expect.
    pub expects: String,
    /// What their organisation expects to gain by being in the network, as they state it.
    pub added_value: String,
    /// When they last looked at that, ISO 8601, or empty.
    pub added_value_on: String,
    /// Their picture.
    pub photo: Option<Photo>,
}

/// A role that somebody holds now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HeldMandate {
    /// The role: a known word or free text.
    pub role: String,
    /// Who.
    pub holder: MemberId,
    /// Their name.
    pub name: String,
    /// From which day, ISO 8601.
    pub from: String,
    /// Until which day; empty for no end.
    pub to: String,
}

/// Something that came to its end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ClosedThing {
    /// What sort of thing.
    pub what: ClosedSort,
    /// Names it in the plan, or the document that it is.
    pub id: ClosedId,
    /// Its title.
    pub title: String,
    /// On which day, ISO 8601: as written for a group, a decision and a meeting, else as the clock of who said so claimed.
    pub on: String,
    /// Whose it was, as names; empty for nobody's.
    pub who: String,
}

/// What names something that came to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum ClosedId {
    /// Something in the plan.
    Item(ItemId),
    /// A decision or a meeting.
    Document(DocId),
}

/// What sort of thing came to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ClosedSort {
    /// An action was done.
    Action,
    /// An objective was reached.
    Objective,
    /// A working group closed.
    Group,
    /// What came of a decision was stated.
    Decision,
    /// A meeting was closed, or its day is past and nobody called it off.
    Meeting,
}

/// A tie to another network, as the members of this one see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RelationView {
    /// The other network.
    pub other: NetworkId,
    /// How this one stands to it.
    pub kind: RelationKind,
    /// Its name: as it is where this profile has it, else as it was written down.
    pub name: String,
    /// What else is said of it.
    pub words: String,
    /// This profile has it.
    pub here: bool,
    /// What several people said of the tie at once, of its `kind` and its `words`. Setting the tie anew settles it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub conflicts: Vec<Conflict>,
}

/// What moved since the person last said that all was seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Default)]
pub struct SinceView {
    /// They have said so once; before that everything would be new, and nothing is listed.
    pub ever: bool,
    /// What moved, last changed first. Nothing that only they themselves changed.
    pub moved: Vec<MovedView>,
    /// How many more documents changed, which were not looked into.
    pub more: usize,
}

/// A document that others changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MovedView {
    /// The document.
    pub doc: DocId,
    /// A page's title; empty for the others.
    pub title: String,
    /// They had never seen it.
    pub new: bool,
    /// Who changed it, the last first.
    pub people: Vec<MovedBy>,
}

/// What one person did to a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MovedBy {
    /// Their name; empty for a machine that is not known here.
    pub name: String,
    /// When last, as their clock claimed: milliseconds since 1970, UTC.
    pub at: i64,
    /// In how many changes.
    pub changes: usize,
}

/// What the network's ends suggest to begin with: nothing is written until somebody accepts it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Default)]
pub struct FrameView {
    /// Every part, by end.
    pub parts: Vec<FramePart>,
}

impl FrameView {
    /// The parts that are not there yet.
    pub fn open(&self) -> impl Iterator<Item = &FramePart> {
        self.parts.iter().filter(|part| !part.there)
    }
}

/// One part of a starting frame.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FramePart {
    /// Names it, for [`crate::Command::TemplateApply`].
    pub part: String,
    /// The end that suggests it.
    pub kind: NetworkKind,
    /// A heading of the charter, or an objective.
    pub sort: FrameSort,
    /// Its title.
    pub title: String,
    /// The question under a heading; an objective's indicators, with commas between.
    pub about: String,
    /// It is there already.
    pub there: bool,
}

/// What sort of thing a part of a frame is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FrameSort {
    /// A heading of the charter.
    Heading,
    /// An objective with indicators.
    Objective,
}
