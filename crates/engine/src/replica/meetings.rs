//! Meetings: what is asked about them, their entries in lists, the list.

use automerge::Automerge;
use serde_json::{Value, json};
use tresse_model::{
    DocId, DocKind, Edit, MeetingEdit, MeetingField, NetworkId, excerpt, read_meeting,
};
use tresse_store::Summary;

use super::{
    Network, Replica,
    edits::Planned,
    summaries::{EXCERPT, kept, told},
};
use crate::{
    CommandError, MeetingCommand, Moment,
    meeting_view::{MeetingFacts, MeetingRow, MeetingsView},
};

impl Replica {
    /// Carries out what is asked about a meeting.
    pub(super) fn meeting_command(
        &mut self,
        command: MeetingCommand,
        moment: &Moment,
    ) -> Result<Value, CommandError> {
        match command {
            MeetingCommand::Create {
                network,
                title,
                on,
                at,
            } => {
                let meeting = DocId::meeting(moment.random());
                let given = [(MeetingField::On, on), (MeetingField::At, at)];
                let fields = given
                    .into_iter()
                    .filter_map(|(field, value)| Some((field, value?)));
                let fields = fields.collect();
                self.network_ref(&network)?;
                let planned = planned(network, meeting, MeetingEdit::Init { title, fields });
                self.carry_out(planned.answering("meeting", &meeting), moment)
            }
            MeetingCommand::Set {
                network,
                meeting,
                field,
                value,
            } => self.on_meeting(network, meeting, MeetingEdit::Set { field, value }, moment),
            MeetingCommand::Edit {
                network,
                meeting,
                edit,
            } => {
                let meeting = self.known(&network, meeting, DocKind::Meeting)?;
                self.edit_text(network, meeting, edit, moment)
            }
            MeetingCommand::Remove {
                network,
                meeting,
                restore,
            } => self.on_meeting(network, meeting, MeetingEdit::Bin { restore }, moment),
            MeetingCommand::Open { network, meeting } => {
                let meeting = self.known(&network, meeting, DocKind::Meeting)?;
                self.network_mut(&network)?.open(meeting);
                Ok(json!({}))
            }
            MeetingCommand::Close { network, meeting } => {
                self.network_mut(&network)?.close(&meeting);
                Ok(json!({}))
            }
        }
    }

    fn on_meeting(
        &mut self,
        network: NetworkId,
        meeting: DocId,
        edit: MeetingEdit,
        moment: &Moment,
    ) -> Result<Value, CommandError> {
        let meeting = self.known(&network, meeting, DocKind::Meeting)?;
        self.carry_out(planned(network, meeting, edit), moment)
    }
}

fn planned(network: NetworkId, meeting: DocId, edit: MeetingEdit) -> Planned {
    Planned::new(network, meeting, Edit::Meeting(edit))
}

impl Network {
    /// What the list says of a meeting.
    pub(super) fn list_meeting(doc: &Automerge, row: &mut Summary) {
        let content = read_meeting(doc, &());
        let facts = MeetingFacts {
            on: content.on,
            at: content.at,
            place: content.place,
        };
        row.title = content.title;
        row.binned = content.binned;
        row.group = content
            .group
            .map(|group| group.to_string())
            .unwrap_or_default();
        row.excerpt = excerpt(&content.body, EXCERPT);
        row.facts = kept(&facts);
    }

    /// The meetings of the network, from the list.
    pub(super) fn meetings_view(&self) -> MeetingsView {
        let all = self.rows.iter();
        let ours = all.filter(|(doc, _)| doc.kind() == Some(DocKind::Meeting));
        let mut view = MeetingsView::default();
        for (doc, row) in ours {
            let list = if row.binned {
                &mut view.binned
            } else {
                &mut view.meetings
            };
            list.push(self.meeting_row(doc, row));
        }
        let newest = |a: &MeetingRow, b: &MeetingRow| {
            let day = |row: &MeetingRow| (row.on.clone(), row.at.clone());
            day(b).cmp(&day(a)).then_with(|| a.id.cmp(&b.id))
        };
        view.meetings.sort_by(newest);
        view.binned.sort_by(newest);
        view
    }

    fn meeting_row(&self, doc: &DocId, row: &Summary) -> MeetingRow {
        let facts: MeetingFacts = told(&row.facts);
        MeetingRow {
            id: *doc,
            title: row.title.clone(),
            on: facts.on,
            at: facts.at,
            place: facts.place,
            group: row.group.parse().ok(),
            excerpt: row.excerpt.clone(),
            changed: row.changed_ms,
            author: self.author_name(doc, &row.changed_actor),
        }
    }
}
