//! From a [`Command`] to the edit of one document.

use serde_json::{Value, json};
use tresse_model::{DocId, DocKind, Edit, ItemId, NetworkId, Splice};

use super::Replica;
use crate::{Command, CommandError, Moment, TextEdit};

/// An edit of one document, and what to answer once it is done.
struct Planned {
    network: NetworkId,
    doc: DocId,
    edit: Edit,
    answer: Value,
}

impl Planned {
    fn new(network: NetworkId, doc: DocId, edit: Edit) -> Self {
        Self {
            network,
            doc,
            edit,
            answer: json!({}),
        }
    }

    fn answering(mut self, key: &str, name: impl ToString) -> Self {
        self.answer = json!({ key: name.to_string() });
        self
    }
}

impl Replica {
    /// Carries out a command that edits a document. `None`: it is a command of another sort.
    pub(super) fn edit_command(
        &mut self,
        command: Command,
        moment: &Moment,
    ) -> Option<Result<Value, CommandError>> {
        let (network, page, edit) = match command {
            Command::CharterEdit { network, edit } => {
                (network, DocId::singleton(&network, DocKind::Charter), edit)
            }
            Command::PageEdit {
                network,
                page,
                edit,
            } => match self.known_page(&network, page) {
                Ok(page) => (network, page, edit),
                Err(error) => return Some(Err(error)),
            },
            command => {
                let planned = self.planned(command, moment)?;
                return Some(planned.and_then(|planned| self.carry_out(planned, moment)));
            }
        };
        Some(self.edit_text(network, page, edit, moment))
    }

    fn carry_out(&mut self, planned: Planned, moment: &Moment) -> Result<Value, CommandError> {
        let Planned {
            network,
            doc,
            edit,
            answer,
        } = planned;
        let applied = self.apply(&network, &doc, &edit, moment)?;
        if applied.changed {
            self.network_mut(&network)?.undo.did(doc, applied.undo);
        }
        Ok(answer)
    }

    /// A text edit: an editor that types ahead gives its coordinates, everyone else today's.
    fn edit_text(
        &mut self,
        network: NetworkId,
        doc: DocId,
        edit: TextEdit,
        moment: &Moment,
    ) -> Result<Value, CommandError> {
        let edit = match edit {
            TextEdit {
                text: Some(text),
                at: None,
                delete: None,
                insert: None,
                ..
            } => Edit::ReplaceText { text },
            TextEdit {
                text: None,
                at: Some(at),
                delete,
                insert,
                base,
                seq,
            } => {
                let splice = Splice {
                    at,
                    delete: delete.unwrap_or(0),
                    insert: insert.unwrap_or_default(),
                };
                let splices = match (base, seq) {
                    (Some(base), Some(seq)) => self
                        .text_session(&network, &doc)?
                        .local(base, seq, &splice)?,
                    (None, None) => vec![splice],
                    _ => {
                        return Err(CommandError::new(
                            "bad-text-edit",
                            "`base` and `seq` go together: give both or neither",
                        ));
                    }
                };
                let typed = base.is_some();
                return self.splice_text(network, doc, splices, typed, moment);
            }
            _ => {
                return Err(CommandError::new(
                    "bad-text-edit",
                    "give either the whole new `text`, or `at` with `delete` and `insert`",
                ));
            }
        };
        let applied = self.apply(&network, &doc, &edit, moment)?;
        if applied.changed {
            self.text_landed(&network, &doc, &applied.splices);
            self.network_mut(&network)?.undo.did(doc, applied.undo);
        }
        Ok(json!({}))
    }

    fn splice_text(
        &mut self,
        network: NetworkId,
        doc: DocId,
        splices: Vec<Splice>,
        typed: bool,
        moment: &Moment,
    ) -> Result<Value, CommandError> {
        let edit = Edit::SpliceText { splices };
        let applied = self.apply(&network, &doc, &edit, moment)?;
        if applied.changed {
            if !typed {
                self.text_landed(&network, &doc, &applied.splices);
            }
            self.network_mut(&network)?
                .undo
                .typed(doc, applied.undo, moment.now);
        }
        Ok(json!({}))
    }

    #[allow(clippy::too_many_lines)] // One arm a command: splitting it would hide the table.
    fn planned(
        &mut self,
        command: Command,
        moment: &Moment,
    ) -> Option<Result<Planned, CommandError>> {
        let singleton = DocId::singleton;
        let item = || ItemId::from_bytes(moment.random());
        let planned = match command {
            Command::NetworkSet {
                network,
                field,
                value,
            } => Planned::new(
                network,
                singleton(&network, DocKind::Network),
                Edit::SetNetwork { field, value },
            ),
            Command::PurposeAdd { network, text } => {
                let id = item();
                Planned::new(
                    network,
                    singleton(&network, DocKind::Network),
                    Edit::AddPurpose { id, text },
                )
                .answering("purpose", id)
            }
            Command::PurposeSet {
                network,
                purpose: id,
                text,
            } => Planned::new(
                network,
                singleton(&network, DocKind::Network),
                Edit::SetPurpose { id, text },
            ),
            Command::PurposeRemove {
                network,
                purpose: id,
                restore,
            } => Planned::new(
                network,
                singleton(&network, DocKind::Network),
                Edit::RemovePurpose { id, restore },
            ),
            Command::CharterSet {
                network,
                field,
                value,
            } => Planned::new(
                network,
                singleton(&network, DocKind::Charter),
                Edit::SetCharter { field, value },
            ),
            Command::ValueAdd { network, text } => {
                let id = item();
                Planned::new(
                    network,
                    singleton(&network, DocKind::Charter),
                    Edit::AddValue { id, text },
                )
                .answering("value", id)
            }
            Command::ValueSet {
                network,
                value: id,
                text,
            } => Planned::new(
                network,
                singleton(&network, DocKind::Charter),
                Edit::SetValue { id, text },
            ),
            Command::ValueRemove {
                network,
                value: id,
                restore,
            } => Planned::new(
                network,
                singleton(&network, DocKind::Charter),
                Edit::RemoveValue { id, restore },
            ),
            Command::ObjectiveAdd {
                network,
                title,
                deadline,
                means,
            } => {
                let id = item();
                let edit = Edit::AddObjective {
                    id,
                    title,
                    deadline,
                    means,
                };
                Planned::new(network, singleton(&network, DocKind::Plan), edit)
                    .answering("objective", id)
            }
            Command::ObjectiveSet {
                network,
                objective: id,
                field,
                value,
            } => Planned::new(
                network,
                singleton(&network, DocKind::Plan),
                Edit::SetObjective { id, field, value },
            ),
            Command::ObjectiveRemove {
                network,
                objective: id,
                restore,
            } => Planned::new(
                network,
                singleton(&network, DocKind::Plan),
                Edit::RemoveObjective { id, restore },
            ),
            Command::IndicatorAdd {
                network,
                objective,
                name,
                target,
                unit,
            } => {
                let id = item();
                let edit = Edit::AddIndicator {
                    objective,
                    id,
                    name,
                    target,
                    unit,
                    current: None,
                };
                Planned::new(network, singleton(&network, DocKind::Plan), edit)
                    .answering("indicator", id)
            }
            Command::IndicatorSet {
                network,
                objective,
                indicator: id,
                field,
                value,
            } => Planned::new(
                network,
                singleton(&network, DocKind::Plan),
                Edit::SetIndicator {
                    objective,
                    id,
                    field,
                    value,
                },
            ),
            Command::IndicatorRemove {
                network,
                objective,
                indicator: id,
                restore,
            } => Planned::new(
                network,
                singleton(&network, DocKind::Plan),
                Edit::RemoveIndicator {
                    objective,
                    id,
                    restore,
                },
            ),
            Command::ActionAdd {
                network,
                title,
                objective,
                owner,
                due,
                territory,
                status,
                group,
            } => {
                let id = item();
                let edit = Edit::AddAction {
                    id,
                    title,
                    objective,
                    owner,
                    due,
                    territory,
                    status,
                    group,
                };
                Planned::new(network, singleton(&network, DocKind::Plan), edit)
                    .answering("action", id)
            }
            Command::ActionSet {
                network,
                action: id,
                field,
                value,
            } => Planned::new(
                network,
                singleton(&network, DocKind::Plan),
                Edit::SetAction { id, field, value },
            ),
            Command::ActionRemove {
                network,
                action: id,
                restore,
            } => Planned::new(
                network,
                singleton(&network, DocKind::Plan),
                Edit::RemoveAction { id, restore },
            ),
            Command::PageCreate {
                network,
                title,
                tags,
                text,
            } => {
                let page = DocId::page(moment.random());
                Planned::new(network, page, Edit::InitPage { title, tags, text })
                    .answering("page", page)
            }
            Command::PageSet {
                network,
                page,
                field,
                value,
            } => match self.known_page(&network, page) {
                Ok(page) => Planned::new(network, page, Edit::SetPage { field, value }),
                Err(error) => return Some(Err(error)),
            },
            Command::PageTag {
                network,
                page,
                tag,
                off,
            } => match self.known_page(&network, page) {
                Ok(page) => Planned::new(network, page, Edit::TagPage { tag, off }),
                Err(error) => return Some(Err(error)),
            },
            Command::PageRemove {
                network,
                page,
                restore,
            } => match self.known_page(&network, page) {
                Ok(page) => Planned::new(network, page, Edit::BinPage { restore }),
                Err(error) => return Some(Err(error)),
            },
            Command::ProfileSet {
                network,
                field,
                value,
            } => Planned::new(
                network,
                DocId::notebook(&network, &self.me()),
                Edit::SetProfile { field, value },
            ),
            _ => return None,
        };
        Some(Ok(planned))
    }
}
