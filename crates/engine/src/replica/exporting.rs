//! What a network says and is, gathered document after document: for exports, and for the archive of a closed one.
//!
//! The core thread does some of it, then looks at what else has come. So what is gathered is of no one instant: each document is whole
//! in itself, as it was when its turn came, and one that is no longer here by then is left out.

use tresse_model::{
    DocId, DocKind, MemberId, NetworkId, PageContent, PlanContent, read_charter, read_network,
    read_page, read_plan,
};
use tresse_report::{DecisionExport, MeetingExport, MemberExport, NetworkExport};

use super::{Replica, meeting_sheet::Around};
use crate::{CommandError, Moment};

/// What of documents is gathered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// What they say.
    Content,
    /// They themselves, with their whole history.
    Documents,
    /// Both, for an archive.
    Both,
}

/// A network that is being gathered.
pub(crate) struct Exporting {
    network: NetworkId,
    moment: Moment,
    wanted: Wanted,
    /// The documents that are still to come, the next one last.
    left: Vec<DocId>,
    all: usize,
    pages: Vec<(DocId, PageContent)>,
    meetings: Vec<MeetingExport>,
    /// When each changed, by its author's clock: in this order they are told.
    decisions: Vec<(i64, DecisionExport)>,
    saved: Vec<(DocId, Vec<u8>)>,
}

impl Exporting {
    /// Begins with the documents that are here now; what they say is told of this moment.
    pub(crate) fn begin(
        replica: &Replica,
        network: &NetworkId,
        wanted: Wanted,
        moment: Moment,
    ) -> Result<Self, CommandError> {
        let heads = &replica.network_ref(network)?.heads;
        // Of the others there is one each, or a few: they are read at the end.
        let many = |doc: &&DocId| {
            wanted != Wanted::Content
                || matches!(
                    doc.kind(),
                    Some(DocKind::Page | DocKind::Meeting | DocKind::Decision)
                )
        };
        let left: Vec<DocId> = heads.keys().rev().filter(many).copied().collect();
        Ok(Self {
            network: *network,
            moment,
            wanted,
            all: left.len(),
            left,
            pages: Vec::new(),
            meetings: Vec::new(),
            decisions: Vec::new(),
            saved: Vec::new(),
        })
    }

    /// How many documents are gathered, of how many.
    pub(crate) const fn progress(&self) -> (usize, usize) {
        (self.all - self.left.len(), self.all)
    }

    /// The documents that are still to come.
    pub(crate) fn left(&self) -> impl Iterator<Item = &DocId> {
        self.left.iter().rev()
    }

    /// Gathers one document; whether there are more.
    pub(crate) fn step(&mut self, replica: &mut Replica) -> Result<bool, CommandError> {
        let Some(doc) = self.left.pop() else {
            return Ok(false);
        };
        replica.network_ref(&self.network)?;
        if replica.has_document(&self.network, &doc) {
            if self.wanted != Wanted::Documents {
                self.read(replica, &doc)?;
            }
            if self.wanted != Wanted::Content {
                let saved = replica.document(&self.network, &doc)?.save();
                self.saved.push((doc, saved));
            }
        }
        Ok(!self.left.is_empty())
    }

    /// The documents saved since this was last asked.
    pub(crate) fn take_saved(&mut self) -> Vec<(DocId, Vec<u8>)> {
        std::mem::take(&mut self.saved)
    }

    /// Reads what is told of a network once, and gives everything that it says.
    pub(crate) fn end(mut self, replica: &mut Replica) -> Result<NetworkExport, CommandError> {
        let id = self.network;
        let day = |one: &MeetingExport| (one.content.on.clone(), one.content.at.clone(), one.id);
        self.meetings.sort_by_cached_key(day);
        let newest = |(changed, one): &(i64, DecisionExport)| (std::cmp::Reverse(*changed), one.id);
        self.decisions.sort_by_key(newest);
        let singleton = |kind| DocId::singleton(&id, kind);
        let network = replica.read(&id, &singleton(DocKind::Network), |d, a| read_network(d, a))?;
        let charter = replica.read(&id, &singleton(DocKind::Charter), |d, a| read_charter(d, a))?;
        let plan: PlanContent =
            replica.read(&id, &singleton(DocKind::Plan), |d, a| read_plan(d, a))?;
        Ok(NetworkExport {
            id,
            made_ms: self.moment.now,
            network,
            charter,
            plan,
            pages: self.pages,
            meetings: self.meetings,
            members: replica.export_members(&id)?,
            pulse: replica.pulse_now(&id, &self.moment)?,
            watch: replica.export_watch(&id)?,
            resources: replica.export_resources(&id, &self.moment)?,
            decisions: self.decisions.into_iter().map(|(_, one)| one).collect(),
        })
    }

    fn read(&mut self, replica: &mut Replica, doc: &DocId) -> Result<(), CommandError> {
        let (id, moment) = (&self.network, &self.moment);
        match doc.kind() {
            Some(DocKind::Page) => {
                let page = replica.read(id, doc, |doc, authors| read_page(doc, authors))?;
                if !page.binned {
                    self.pages.push((*doc, page));
                }
            }
            Some(DocKind::Meeting) => {
                self.meetings
                    .extend(replica.export_meeting(id, doc, moment)?);
            }
            Some(DocKind::Decision) => {
                self.decisions
                    .extend(replica.export_decision(id, doc, moment.now)?);
            }
            _ => {}
        }
        Ok(())
    }
}

impl Replica {
    /// Everything a network says, for exports, in one go.
    pub fn export_content(
        &mut self,
        id: &NetworkId,
        moment: Moment,
    ) -> Result<NetworkExport, CommandError> {
        let mut exporting = Exporting::begin(self, id, Wanted::Content, moment)?;
        while exporting.step(self)? {}
        exporting.end(self)
    }

    /// A meeting that is not in the bin, with who came.
    fn export_meeting(
        &mut self,
        id: &NetworkId,
        doc: &DocId,
        moment: &Moment,
    ) -> Result<Option<MeetingExport>, CommandError> {
        let content = self.meeting_content(id, doc)?;
        if content.binned {
            return Ok(None);
        }
        // Who came stands in notebooks, and of whom it is expected in the plan.
        self.refresh(id)?;
        let me = self.me_in(id)?;
        let network = self.network_ref(id)?;
        let Some(plan) = network.views.plan() else {
            return Ok(None);
        };
        let around = Around {
            plan: &plan,
            series: &[],
            me: &me,
            today: &moment.today(),
        };
        let sheet = network.meeting_sheet(doc, &content, &around);
        let came = sheet.attendance.into_iter();
        let round = sheet.round.into_iter();
        Ok(Some(MeetingExport {
            id: *doc,
            content,
            attendance: came.filter_map(|row| Some((row.name, row.word?))).collect(),
            round: round.map(|one| (one.name, one.word)).collect(),
        }))
    }

    fn export_members(&mut self, id: &NetworkId) -> Result<Vec<MemberExport>, CommandError> {
        let members = self.members(id)?.members.into_iter();
        let network = self.network_ref(id)?;
        let own = |member: &MemberId| {
            let notebook = DocId::notebook(id, member);
            network.views.notebook(&notebook).own_objectives
        };
        Ok(members
            .map(|member| MemberExport {
                own_objectives: own(&member.id),
                id: member.id,
                name: member.name,
                organisation: member.organisation,
                engagement: member.engagement,
                brings: member.brings,
                expects: member.expects,
                added_value: member.added_value,
                added_value_on: member.added_value_on,
            })
            .collect())
    }
}
