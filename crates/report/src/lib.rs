//! A network as files of open formats, and pages from Markdown files.
//!
//! ```text
//!   NetworkExport ──┬─ markdown ─┐
//!                   ├─ csv ──────┤
//!                   ├─ ics ──────┼─► [ExportFile { path, bytes }]   the caller writes them
//!                   └─ json ─────┘
//!   OverviewPage ───── overview ─► one HTML file, to read or to print
//!   FinalReport ─────── closing_markdown, closing_html ─► how a network went, to keep
//!   all of it ───────── archive ─► [ExportFile]: a folder that outlives Tresse
//!   a Markdown file ── parse_page ─► ImportedPage
//! ```
//!
//! Promises:
//! - Pure: the same content gives the same bytes; nothing is read or written here.
//! - Every path is relative, safe on Windows, macOS and Linux, and unique in its export.
//! - A page's text is in its Markdown file byte for byte, and [`parse_page`] gives back title, tags and text.
//! - What members wrote is data in every format: no cell is a formula, no title is markup.

mod archive;
mod closing;
mod criteria;
mod csv;
mod decisions;
mod escape;
mod front_matter;
mod ics;
mod import;
mod json;
mod markdown;
mod meetings;
mod names;
mod overview;
mod pulse;
mod resources;
mod watch;
mod words;

use tresse_model::{
    CharterContent, DecisionContent, DocId, MemberId, NetworkContent, NetworkId, OwnObjective,
    PageContent, PlanContent, PulseFacts, Tally, Terms,
};

pub use archive::{Archived, AttachedFile, archive};
pub use closing::{
    ClosedHow, FinalReport, GaveLine, IndicatorLine, Listed, ObjectiveLine, closing_html,
    closing_markdown,
};
pub use criteria::{criteria_csv, criteria_markdown};
pub use csv::csv;
pub use ics::ics;
pub use import::{ImportedPage, parse_page};
pub use json::json;
pub use markdown::markdown;
pub use meetings::MeetingExport;
pub use names::Names;
pub use overview::{OverviewPage, Person, Row, Tie, overview};
pub use pulse::pulse_csv;
pub use resources::ResourceExport;
pub use watch::WatchExport;

/// One file of an export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportFile {
    /// Where it belongs, relative to the export's folder, parts joined by `/`.
    pub path: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// Everything that is exported of a network.
#[derive(Debug, Clone)]
pub struct NetworkExport {
    /// The network.
    pub id: NetworkId,
    /// When the export is made: milliseconds since 1970, UTC.
    pub made_ms: i64,
    /// The network document.
    pub network: NetworkContent,
    /// The charter. Its language is also that of the words around the content: French unless it is English.
    pub charter: CharterContent,
    /// Objectives and actions.
    pub plan: PlanContent,
    /// The pages.
    pub pages: Vec<(DocId, PageContent)>,
    /// The meetings that are not in the bin, by their day.
    pub meetings: Vec<MeetingExport>,
    /// What members answered when the network asked.
    pub pulse: PulseFacts,
    /// The members.
    pub members: Vec<MemberExport>,
    /// The decisions, the newest first.
    pub decisions: Vec<DecisionExport>,
    /// The watch of every year, the newest first.
    pub watch: Vec<WatchExport>,
    /// What members offer and need, by name.
    pub resources: Vec<ResourceExport>,
}

impl NetworkExport {
    /// A member's name, or the beginning of the id for somebody who is not in the export.
    fn name_of(&self, member: &MemberId) -> String {
        self.members
            .iter()
            .find(|row| row.id == *member)
            .map_or_else(
                || member.to_string().chars().take(12).collect(),
                |row| row.name.clone(),
            )
    }

    /// Members by name, with commas between.
    fn names(&self, members: &[MemberId]) -> String {
        let names: Vec<String> = members.iter().map(|member| self.name_of(member)).collect();
        names.join(", ")
    }

    /// The title of the orientation that an objective carries out; empty for none.
    fn orientation(&self, objective: &tresse_model::Objective) -> &str {
        let orientations = self.plan.orientations.iter();
        let mut known = orientations.filter(|one| objective.orientation == Some(one.id));
        known.next().map_or("", |orientation| &orientation.title)
    }

    /// An action's owners by name; empty for nobody.
    fn owner(&self, action: &tresse_model::Action) -> String {
        self.names(&action.owners)
    }

    /// The name of the working group that carries an action; else the words that say who does.
    fn group<'a>(&'a self, action: &'a tresse_model::Action) -> &'a str {
        let groups = self.plan.groups.iter();
        let mut named = groups.filter(|group| action.working_group == Some(group.id));
        named.next().map_or(&action.group, |group| &group.name)
    }

    /// The title of the objective that an action serves; empty for none.
    fn objective(&self, action: &tresse_model::Action) -> &str {
        self.plan
            .objectives
            .iter()
            .find(|objective| action.objective == Some(objective.id))
            .map_or("", |objective| &objective.title)
    }
}

/// One decision in an export.
#[derive(Debug, Clone, PartialEq)]
pub struct DecisionExport {
    /// The decision.
    pub id: DocId,
    /// How far it has come: `draft`, `open`, `counted`…
    pub phase: String,
    /// Its content.
    pub content: DecisionContent,
    /// What was asked and how it is counted.
    pub terms: Terms,
    /// What comes of the ballots; `None` while they are shown only after the close.
    pub tally: Option<Tally>,
    /// What may still change: nobody has counted, or a ballot has not arrived.
    pub provisional: bool,
}

/// One member in an export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberExport {
    /// The person.
    pub id: MemberId,
    /// Their name.
    pub name: String,
    /// Where they come from.
    pub organisation: String,
    /// `volunteer`, `employee` or empty.
    pub engagement: String,
    /// What they bring, in words.
    pub brings: String,
    /// What they expect, in words.
    pub expects: String,
    /// What their organisation expects to gain by being in the network, in words.
    pub added_value: String,
    /// When they last looked at that, ISO 8601, or empty.
    pub added_value_on: String,
    /// What their organisation wants for itself.
    pub own_objectives: Vec<OwnObjective>,
}

#[cfg(test)]
mod sample;
