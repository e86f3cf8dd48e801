//! Decisions: what is asked about them, their entries in lists, the list.

use automerge::Automerge;
use serde_json::{Value, json};
use tresse_model::{
    DecisionEdit, DecisionField, DocId, DocKind, Edit, NetworkId, excerpt, read_decision,
};
use tresse_store::Summary;

use super::{
    Network, Replica,
    edits::Planned,
    summaries::{EXCERPT, kept, told},
};
use crate::{
    CommandError, DecisionCommand, Moment,
    decision_view::{DecisionFacts, DecisionRow, DecisionsView},
};

impl Replica {
    /// Carries out what is asked about a decision.
    pub(super) fn decision_command(
        &mut self,
        command: DecisionCommand,
        moment: &Moment,
    ) -> Result<Value, CommandError> {
        match command {
            DecisionCommand::Create {
                network,
                title,
                meeting,
            } => {
                let decision = DocId::decision(moment.random());
                let meeting = meeting.map(|id| (DecisionField::Meeting, id.to_string()));
                let fields = meeting.into_iter().collect();
                self.network_ref(&network)?;
                let planned = planned(network, decision, DecisionEdit::Init { title, fields });
                self.carry_out(planned.answering("decision", &decision), moment)
            }
            DecisionCommand::Set {
                network,
                decision,
                field,
                value,
            } => self.on_decision(
                network,
                decision,
                DecisionEdit::Set { field, value },
                moment,
            ),
            DecisionCommand::Edit {
                network,
                decision,
                edit,
            } => {
                let decision = self.known(&network, decision, DocKind::Decision)?;
                self.edit_text(network, decision, edit, moment)
            }
            DecisionCommand::Remove {
                network,
                decision,
                restore,
            } => self.on_decision(network, decision, DecisionEdit::Bin { restore }, moment),
            DecisionCommand::Open { network, decision } => {
                let decision = self.known(&network, decision, DocKind::Decision)?;
                self.network_mut(&network)?.open(decision);
                Ok(json!({}))
            }
            DecisionCommand::Close { network, decision } => {
                self.network_mut(&network)?.close(&decision);
                Ok(json!({}))
            }
        }
    }

    fn on_decision(
        &mut self,
        network: NetworkId,
        decision: DocId,
        edit: DecisionEdit,
        moment: &Moment,
    ) -> Result<Value, CommandError> {
        let decision = self.known(&network, decision, DocKind::Decision)?;
        self.carry_out(planned(network, decision, edit), moment)
    }
}

fn planned(network: NetworkId, decision: DocId, edit: DecisionEdit) -> Planned {
    Planned::new(network, decision, Edit::Decision(edit))
}

impl Network {
    /// What the list says of a decision.
    pub(super) fn list_decision(doc: &Automerge, row: &mut Summary) {
        let content = read_decision(doc, &());
        let facts = DecisionFacts {
            meeting: content.meeting,
        };
        row.title = content.title;
        row.binned = content.binned;
        row.excerpt = excerpt(&content.body, EXCERPT);
        row.facts = kept(&facts);
    }

    /// The decisions of the network, from the list.
    pub(super) fn decisions_view(&self) -> DecisionsView {
        let all = self.rows.iter();
        let ours = all.filter(|(doc, _)| doc.kind() == Some(DocKind::Decision));
        let mut view = DecisionsView::default();
        for (doc, row) in ours {
            let list = if row.binned {
                &mut view.binned
            } else {
                &mut view.decisions
            };
            list.push(self.decision_row(doc, row));
        }
        let newest = |a: &DecisionRow, b: &DecisionRow| {
            b.changed.cmp(&a.changed).then_with(|| a.id.cmp(&b.id))
        };
        view.decisions.sort_by(newest);
        view.binned.sort_by(newest);
        view
    }

    fn decision_row(&self, doc: &DocId, row: &Summary) -> DecisionRow {
        let facts: DecisionFacts = told(&row.facts);
        DecisionRow {
            id: *doc,
            title: row.title.clone(),
            meeting: facts.meeting,
            excerpt: row.excerpt.clone(),
            changed: row.changed_ms,
            author: self.author_name(doc, &row.changed_actor),
        }
    }
}
