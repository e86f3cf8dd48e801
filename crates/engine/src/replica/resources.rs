//! Resources: what is asked about them, and what leaves in an export.

use serde_json::Value;
use tresse_model::{DocKind, Edit, ItemId, LoanField, NetworkId, ResourceEdit, ResourceField};
use tresse_report::ResourceExport;

use super::{Replica, edits::Planned};
use crate::{CommandError, Moment, ResourceCommand};

impl Replica {
    /// Carries out what is asked about resources.
    pub(super) fn resource_command(
        &mut self,
        command: ResourceCommand,
        moment: &Moment,
    ) -> Result<Value, CommandError> {
        let (network, edit, made) = match command {
            add @ ResourceCommand::Add { .. } => self.adding(add, moment)?,
            ResourceCommand::Set {
                network,
                resource: id,
                field,
                value,
            } => {
                if field == ResourceField::Member {
                    self.known_if_named(&network, value.as_deref())?;
                }
                (network, ResourceEdit::Set { id, field, value }, None)
            }
            ResourceCommand::Tag {
                network,
                resource: id,
                tag,
            } => {
                let off = false;
                (network, ResourceEdit::Tag { id, tag, off }, None)
            }
            ResourceCommand::Untag {
                network,
                resource: id,
                tag,
            } => {
                let off = true;
                (network, ResourceEdit::Tag { id, tag, off }, None)
            }
            ResourceCommand::Remove {
                network,
                resource: id,
                restore,
            } => (network, ResourceEdit::Remove { id, restore }, None),
            ResourceCommand::Met {
                network,
                resource: id,
                on,
                off,
            } => {
                let field = ResourceField::Met;
                let value = (!off).then(|| on.unwrap_or_else(|| moment.today()));
                (network, ResourceEdit::Set { id, field, value }, None)
            }
            command => self.lending(command, moment)?,
        };
        let edit = Edit::Resource(edit);
        let planned = Planned::of(network, DocKind::Resources, edit);
        let planned = match &made {
            Some((what, id)) => planned.answering(what, id),
            None => planned,
        };
        self.carry_out(planned, moment)
    }

    fn adding(&self, command: ResourceCommand, moment: &Moment) -> Result<Making, CommandError> {
        let ResourceCommand::Add {
            network,
            name,
            side,
            kind,
            member,
            organisation,
            description,
            place,
            conditions,
            answers,
            tags,
        } = command
        else {
            return Err(unknown());
        };
        let member = match member {
            Some(member) => {
                self.known_member(&network, &member)?;
                member
            }
            None => self.me_in(&network)?,
        };
        let id = ItemId::from_bytes(moment.random());
        let said = [
            (ResourceField::Kind, Some(kind.word().to_owned())),
            (ResourceField::Member, Some(member.to_string())),
            (ResourceField::Organisation, organisation),
            (ResourceField::Description, description),
            (ResourceField::Place, place),
            (ResourceField::Conditions, conditions),
            (ResourceField::Answers, answers.map(|id| id.to_string())),
        ];
        let said = said.into_iter();
        let fields = said.filter_map(|(field, value)| Some((field, value?)));
        let add = ResourceEdit::Add {
            id,
            name,
            side,
            fields: fields.collect(),
            tags,
        };
        Ok((network, add, Some(("resource", id))))
    }

    fn lending(&self, command: ResourceCommand, moment: &Moment) -> Result<Making, CommandError> {
        let set = |resource, id, fields| ResourceEdit::SetLoan {
            resource,
            id,
            fields,
        };
        Ok(match command {
            ResourceCommand::Lend {
                network,
                resource,
                borrower,
                from,
                until,
                purpose,
            } => {
                let borrower = match borrower {
                    Some(borrower) => {
                        self.known_member(&network, &borrower)?;
                        borrower
                    }
                    None => self.me_in(&network)?,
                };
                let id = ItemId::from_bytes(moment.random());
                let from = from.unwrap_or_else(|| moment.today());
                let fields = vec![
                    (LoanField::Borrower, borrower.to_string()),
                    (LoanField::From, from),
                    (LoanField::Until, until.unwrap_or_default()),
                    (LoanField::Purpose, purpose.unwrap_or_default()),
                ];
                let lend = ResourceEdit::Lend {
                    resource,
                    id,
                    fields,
                };
                (network, lend, Some(("loan", id)))
            }
            ResourceCommand::SetLoan {
                network,
                resource,
                loan,
                field,
                value,
            } => {
                if field == LoanField::Borrower {
                    self.known_if_named(&network, value.as_deref())?;
                }
                let fields = vec![(field, value.unwrap_or_default())];
                (network, set(resource, loan, fields), None)
            }
            ResourceCommand::MoveLoan {
                network,
                resource,
                loan,
                from,
                until,
            } => {
                let until = until.unwrap_or_default();
                let fields = vec![(LoanField::From, from), (LoanField::Until, until)];
                (network, set(resource, loan, fields), None)
            }
            ResourceCommand::GiveBack {
                network,
                resource,
                loan,
                on,
                off,
            } => {
                let on = on.unwrap_or_else(|| moment.today());
                let back = if off { String::new() } else { on };
                let fields = vec![(LoanField::Back, back)];
                (network, set(resource, loan, fields), None)
            }
            ResourceCommand::RemoveLoan {
                network,
                resource,
                loan: id,
                restore,
            } => {
                let remove = ResourceEdit::RemoveLoan {
                    resource,
                    id,
                    restore,
                };
                (network, remove, None)
            }
            _ => return Err(unknown()),
        })
    }

    /// Refuses somebody who is no member; what is no id at all gets its own sentence when it is written.
    fn known_if_named(&self, network: &NetworkId, value: Option<&str>) -> Result<(), CommandError> {
        match value.and_then(|value| value.parse().ok()) {
            Some(member) => self.known_member(network, &member),
            None => Ok(()),
        }
    }

    /// Every resource with the names that stand in it, by name.
    pub(super) fn export_resources(
        &mut self,
        network: &NetworkId,
        moment: &Moment,
    ) -> Result<Vec<ResourceExport>, CommandError> {
        self.refresh(network)?;
        let me = self.me_in(network)?;
        let state = self.network_mut(network)?;
        state.look_at_resources(&me, &moment.today(), true);
        let view = state.views.shelf.view();
        let rows = view.resources.iter();
        Ok(rows
            .map(|row| ResourceExport {
                resource: (*row.resource).clone(),
                who: row.who.clone(),
                answers: row.answers_name.clone(),
                borrowers: row
                    .loans
                    .iter()
                    .map(|loan| (loan.loan.id, loan.name.clone()))
                    .collect(),
            })
            .collect())
    }
}

/// An edit in the making, and what it makes.
type Making = (NetworkId, ResourceEdit, Option<(&'static str, ItemId)>);

fn unknown() -> CommandError {
    CommandError::new("internal", "this command is of another sort")
}
