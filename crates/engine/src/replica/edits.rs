//! From a [`Command`] to the edit of one document.

use serde_json::{Value, json};
use tresse_model::{
    ContributionEdit, DecisionEdit, DocId, DocKind, Edit, EvaluationEdit, ItemId, MeetingWord,
    NetworkId, PageField, ProfileField, RelationKind, ResourceEdit, SeriesEdit, WatchEdit,
    read_network,
};

use super::Replica;
use crate::{Command, CommandError, Moment};

/// An edit of one document, and what to answer once it is done.
pub(super) struct Planned {
    network: NetworkId,
    doc: DocId,
    edit: Edit,
    answer: Value,
}

impl Planned {
    pub(super) fn new(network: NetworkId, doc: DocId, edit: Edit) -> Self {
        Self {
            network,
            doc,
            edit,
            answer: json!({}),
        }
    }

    /// An edit of the network's one document of a kind.
    pub(super) fn of(network: NetworkId, kind: DocKind, edit: Edit) -> Self {
        Self::new(network, DocId::singleton(&network, kind), edit)
    }

    pub(super) fn answering(mut self, key: &str, name: &dyn std::fmt::Display) -> Self {
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
            Command::PassageRestore {
                network,
                document,
                passage,
                instead,
            } => {
                let instead = instead.as_ref();
                return Some(self.restore_passage(&network, &document, &passage, instead, moment));
            }
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

    fn on_page(
        &self,
        network: NetworkId,
        page: DocId,
        edit: Edit,
    ) -> Result<Planned, CommandError> {
        let page = self.known_page(&network, page)?;
        Ok(Planned::new(network, page, edit))
    }

    fn set_page(
        &mut self,
        network: NetworkId,
        page: DocId,
        field: PageField,
        value: Option<String>,
    ) -> Result<Planned, CommandError> {
        let page = self.known_page(&network, page)?;
        if field == PageField::Group {
            self.known_group(&network, value.as_deref())?;
        }
        Ok(Planned::new(network, page, Edit::SetPage { field, value }))
    }

    pub(super) fn carry_out(
        &mut self,
        planned: Planned,
        moment: &Moment,
    ) -> Result<Value, CommandError> {
        let Planned {
            network,
            doc,
            edit,
            answer,
        } = planned;
        let field = field_of(&edit);
        let applied = self.apply(&network, &doc, &edit, moment)?;
        if applied.changed {
            let undo = &mut self.network_mut(&network)?.undo;
            match field {
                Some(field) => undo.typed(doc, field, applied.undo, moment.now),
                None => undo.did(doc, applied.undo),
            }
        }
        Ok(answer)
    }

    #[allow(clippy::too_many_lines)] // One arm a command: splitting it would hide the table.
    fn planned(
        &mut self,
        command: Command,
        moment: &Moment,
    ) -> Option<Result<Planned, CommandError>> {
        let item = || ItemId::from_bytes(moment.random());
        let planned = match command {
            Command::NetworkSet {
                network,
                field,
                value,
            } => Planned::of(network, DocKind::Network, Edit::SetNetwork { field, value }),
            Command::NetworkKind { network, kind, off } => {
                Planned::of(network, DocKind::Network, Edit::SetKind { kind, off })
            }
            Command::RelationSet {
                network,
                other,
                kind,
                words,
            } => return Some(self.relating(network, other, kind, words)),
            Command::RelationRemove { network, other } => {
                Planned::of(network, DocKind::Network, Edit::Unrelate { other })
            }
            Command::PhotoSet { network, picture } => {
                return Some(self.picturing(network, picture.as_deref()));
            }
            Command::PurposeAdd { network, text } => {
                let id = item();
                Planned::of(network, DocKind::Network, Edit::AddPurpose { id, text })
                    .answering("purpose", &id)
            }
            Command::PurposeSet {
                network,
                purpose: id,
                text,
            } => Planned::of(network, DocKind::Network, Edit::SetPurpose { id, text }),
            Command::PurposeRemove {
                network,
                purpose: id,
                restore,
            } => Planned::of(
                network,
                DocKind::Network,
                Edit::RemovePurpose { id, restore },
            ),
            Command::CharterSet {
                network,
                field,
                value,
            } => Planned::of(network, DocKind::Charter, Edit::SetCharter { field, value }),
            Command::ValueAdd { network, text } => {
                let id = item();
                Planned::of(network, DocKind::Charter, Edit::AddValue { id, text })
                    .answering("value", &id)
            }
            Command::ValueSet {
                network,
                value: id,
                text,
            } => Planned::of(network, DocKind::Charter, Edit::SetValue { id, text }),
            Command::ValueRemove {
                network,
                value: id,
                restore,
            } => Planned::of(network, DocKind::Charter, Edit::RemoveValue { id, restore }),
            Command::PageCreate {
                network,
                title,
                tags,
                text,
            } => {
                let page = DocId::page(moment.random());
                Planned::new(network, page, Edit::InitPage { title, tags, text })
                    .answering("page", &page)
            }
            Command::PageSet {
                network,
                page,
                field,
                value,
            } => return Some(self.set_page(network, page, field, value)),
            Command::PageTag {
                network,
                page,
                tag,
                off,
            } => return Some(self.on_page(network, page, Edit::TagPage { tag, off })),
            Command::PageRemove {
                network,
                page,
                restore,
            } => return Some(self.on_page(network, page, Edit::BinPage { restore })),
            Command::CharterSign {
                network,
                version,
                withdraw,
            } => return Some(self.signing(network, version, withdraw, moment)),
            Command::ProfileSet {
                network,
                field,
                value,
            } => return Some(self.profiling(network, field, value, moment)),
            command => return self.planned_plan(command, moment),
        };
        Some(Ok(planned))
    }

    /// A tie to another network of this profile, under the name that it has here.
    fn relating(
        &mut self,
        network: NetworkId,
        other: NetworkId,
        kind: RelationKind,
        words: Option<String>,
    ) -> Result<Planned, CommandError> {
        self.network_ref(&network)?;
        if network == other {
            return Err(CommandError::new(
                "own-network",
                "a network is not tied to itself: choose another one",
            ));
        }
        let doc = DocId::singleton(&other, DocKind::Network);
        let name = self.read(&other, &doc, |doc, authors| read_network(doc, authors).name)?;
        let edit = Edit::Relate {
            other,
            kind,
            name,
            words,
        };
        Ok(Planned::of(network, DocKind::Network, edit))
    }

    /// My picture, from the text that a command carries.
    fn picturing(
        &self,
        network: NetworkId,
        picture: Option<&str>,
    ) -> Result<Planned, CommandError> {
        let me = self.me_in(&network)?;
        let decode = |text: &str| data_encoding::BASE64.decode(text.as_bytes());
        let picture = picture.filter(|text| !text.is_empty()).map(decode);
        let picture = picture
            .transpose()
            .map_err(|_| CommandError::new("bad-photo", "the picture is not written in base64"))?;
        let notebook = DocId::notebook(&network, &me);
        Ok(Planned::new(network, notebook, Edit::SetPhoto { picture }))
    }

    /// A field of my card. Nobody has looked at anything on a day to come.
    fn profiling(
        &self,
        network: NetworkId,
        field: ProfileField,
        value: Option<String>,
        moment: &Moment,
    ) -> Result<Planned, CommandError> {
        let me = self.me_in(&network)?;
        let day = value.as_deref().unwrap_or_default().trim();
        if field == ProfileField::AddedValueOn && day > moment.today().as_str() {
            // What is no date is for the model to refuse.
            super::governance::day(day)?;
            return Err(CommandError::new(
                "looked-ahead",
                "this is the day on which it was last looked at: today at the latest",
            ));
        }
        let edit = Edit::SetProfile { field, value };
        Ok(Planned::new(network, DocId::notebook(&network, &me), edit))
    }

    fn signing(
        &mut self,
        network: NetworkId,
        version: String,
        withdraw: bool,
        moment: &Moment,
    ) -> Result<Planned, CommandError> {
        let me = self.me_in(&network)?;
        if !withdraw {
            self.adopted_version(&network, &version, moment)?;
        }
        let on = (!withdraw).then(|| moment.today());
        let edit = Edit::SignVersion { version, on };
        Ok(Planned::new(network, DocId::notebook(&network, &me), edit))
    }
}

/// Which field an edit sets, if that is all it does: a window sends a field while it is typed, and
/// all of that is one step to undo.
fn field_of(edit: &Edit) -> Option<String> {
    Some(match edit {
        Edit::SetNetwork { field, .. } => format!("{field:?}"),
        Edit::SetCharter { field, .. } => format!("{field:?}"),
        Edit::SetPage { field, .. } => format!("{field:?}"),
        Edit::SetProfile { field, .. } => format!("{field:?}"),
        Edit::Relate { other, .. } => format!("{other}"),
        Edit::SetPurpose { id, .. }
        | Edit::SetValue { id, .. }
        | Edit::SetPost { id, .. }
        | Edit::Decision(DecisionEdit::SetChoice { id, .. })
        | Edit::Contribution(ContributionEdit::Set { id, .. })
        | Edit::SetCheck { id, done: None, .. } => format!("{id}"),
        Edit::Decision(DecisionEdit::Set { field, .. }) => format!("{field:?}"),
        Edit::SetRole { role, field, .. } => format!("{role} {field:?}"),
        Edit::SetOrientation { id, field, .. } => format!("{id} {field:?}"),
        Edit::SetGroup { id, field, .. } => format!("{id} {field:?}"),
        Edit::SetOwnObjective { id, field, .. } => format!("{id} {field:?}"),
        Edit::SetObjective { id, field, .. } => format!("{id} {field:?}"),
        Edit::SetIndicator { id, field, .. } => format!("{id} {field:?}"),
        Edit::SetAction { id, field, .. } => format!("{id} {field:?}"),
        Edit::Evaluation(EvaluationEdit::Reword { question, .. }) => question.clone(),
        Edit::Meeting(edit) => return super::meetings::meeting_field_of(edit),
        Edit::Series(SeriesEdit::Set { id, field, .. }) => format!("{id} {field:?}"),
        Edit::Resource(ResourceEdit::Set { id, field, .. }) => format!("{id} {field:?}"),
        Edit::Resource(ResourceEdit::SetLoan { id, fields, .. }) => match &fields[..] {
            [(field, _)] => format!("{id} {field:?}"),
            _ => return None,
        },
        Edit::Watch(WatchEdit::Set { id, field, .. }) => format!("{id} {field:?}"),
        Edit::MeetingWord(MeetingWord::Round { meeting, .. }) => format!("{meeting}"),
        _ => return None,
    })
}
