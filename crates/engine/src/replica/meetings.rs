//! Meetings: what is asked about them.

use serde_json::{Value, json};
use tresse_model::{
    AgendaField, Attended, DateOption, DocId, DocKind, Edit, ItemId, MeetingContent, MeetingEdit,
    MeetingField, MemberId, NetworkId, Series, canonical_day, read_meeting, read_network,
};

use super::{Replica, edits::Planned};
use crate::{CommandError, MeetingCommand, Moment};

type Answer = Result<Value, CommandError>;

impl Replica {
    /// Carries out what is asked about a meeting.
    pub(super) fn meeting_command(&mut self, command: MeetingCommand, moment: &Moment) -> Answer {
        use MeetingCommand as C;
        match command {
            C::Create {
                network,
                title,
                on,
                at,
                length,
                place,
                group,
            } => {
                let said = [
                    (MeetingField::On, on),
                    (MeetingField::At, at),
                    (
                        MeetingField::Length,
                        length.map(|length| length.to_string()),
                    ),
                    (MeetingField::Place, place),
                    (MeetingField::Group, group.map(|group| group.to_string())),
                ];
                self.create_meeting(network, title, said, moment)
            }
            C::Prepare {
                network,
                series,
                day,
            } => {
                let meeting = self.prepared(&network, &series, &day, moment)?;
                Ok(json!({ "meeting": meeting }))
            }
            C::Set {
                network,
                meeting,
                field,
                value,
            } => {
                if field == MeetingField::Group {
                    self.known_group(&network, value.as_deref())?;
                }
                self.on_meeting(network, meeting, MeetingEdit::Set { field, value }, moment)
            }
            C::Edit {
                network,
                meeting,
                edit,
            } => {
                let meeting = self.known(&network, meeting, DocKind::Meeting)?;
                self.edit_text(network, meeting, edit, moment)
            }
            C::Open { network, meeting } => {
                let meeting = self.known(&network, meeting, DocKind::Meeting)?;
                self.network_mut(&network)?.open(meeting);
                Ok(json!({}))
            }
            C::Close { network, meeting } => {
                self.network_mut(&network)?.close(&meeting);
                Ok(json!({}))
            }
            C::Make {
                network,
                meeting,
                line,
                what,
            } => self.make_of_line(&network, meeting, &line, what, moment),
            C::Carry {
                network,
                meeting,
                to,
                items,
            } => self.carry_on(&network, meeting, to, &items, moment),
            command => self.meeting_edit(command, moment),
        }
    }

    /// Commands that are one edit of one document.
    fn meeting_edit(&mut self, command: MeetingCommand, moment: &Moment) -> Answer {
        use MeetingCommand as C;
        let (network, meeting, edit) = match command {
            C::Part {
                network,
                meeting,
                part,
                member,
                off,
            } => {
                if !off {
                    self.known_member(&network, &member)?;
                }
                (network, meeting, MeetingEdit::Part { part, member, off })
            }
            C::Option {
                network,
                meeting,
                on,
                at,
                off,
            } => {
                let option = DateOption { on, at };
                (network, meeting, MeetingEdit::Option { option, off })
            }
            C::Choose {
                network,
                meeting,
                on,
                at,
            } => {
                let option = DateOption { on, at };
                (network, meeting, MeetingEdit::Choose { option })
            }
            C::Remove {
                network,
                meeting,
                restore,
            } => (network, meeting, MeetingEdit::Bin { restore }),
            C::AttendanceNote {
                network,
                meeting,
                member,
                word,
                by,
            } => {
                let meeting = self.known(&network, meeting, DocKind::Meeting)?;
                self.was_member_then(&network, &meeting, &member, moment)?;
                let word = attended(word, by)?;
                (network, meeting, MeetingEdit::Attend { member, word })
            }
            C::FloorShow {
                network,
                meeting,
                off,
            } => (network, meeting, MeetingEdit::Floor { off }),
            C::FloorTurn {
                network,
                meeting,
                member,
                seconds,
            } => {
                let meeting = self.known(&network, meeting, DocKind::Meeting)?;
                if !self.meeting_content(&network, &meeting)?.floor {
                    return Err(CommandError::new(
                        "floor-not-wanted",
                        "this meeting does not count who speaks how long: say first that it wants to",
                    ));
                }
                self.may_be_named(&network, member.as_ref())?;
                let id = new_item(moment);
                let edit = MeetingEdit::Turn {
                    id,
                    member,
                    seconds,
                };
                let planned = planned(network, meeting, edit).answering("turn", &id);
                return self.carry_out(planned, moment);
            }
            C::FloorRemove {
                network,
                meeting,
                turn: id,
            } => (network, meeting, MeetingEdit::RemoveTurn { id }),
            command => return self.agenda_command(command, moment),
        };
        self.on_meeting(network, meeting, edit, moment)
    }

    fn agenda_command(&mut self, command: MeetingCommand, moment: &Moment) -> Answer {
        use MeetingCommand as C;
        let (network, meeting, edit) = match command {
            C::AgendaAdd {
                network,
                meeting,
                title,
                length,
                before,
            } => {
                let id = new_item(moment);
                let length = length.map(|length| length.to_string());
                let edit = MeetingEdit::AddItem {
                    id,
                    title,
                    length,
                    before,
                };
                let meeting = self.known(&network, meeting, DocKind::Meeting)?;
                let planned = planned(network, meeting, edit).answering("item", &id);
                return self.carry_out(planned, moment);
            }
            C::AgendaSet {
                network,
                meeting,
                item: id,
                field,
                value,
            } => (network, meeting, MeetingEdit::SetItem { id, field, value }),
            C::AgendaMove {
                network,
                meeting,
                item: id,
                before,
            } => (network, meeting, MeetingEdit::MoveItem { id, before }),
            C::AgendaBring {
                network,
                meeting,
                item: id,
                member,
                what,
                off,
            } => {
                if !off {
                    self.known_member(&network, &member)?;
                }
                let what = (!off).then_some(what);
                (
                    network,
                    meeting,
                    MeetingEdit::BringItem { id, member, what },
                )
            }
            C::AgendaRemove {
                network,
                meeting,
                item: id,
                restore,
            } => (network, meeting, MeetingEdit::RemoveItem { id, restore }),
            command => return self.series_command(command, moment),
        };
        self.on_meeting(network, meeting, edit, moment)
    }

    fn on_meeting(
        &mut self,
        network: NetworkId,
        meeting: DocId,
        edit: MeetingEdit,
        moment: &Moment,
    ) -> Answer {
        let meeting = self.known(&network, meeting, DocKind::Meeting)?;
        self.carry_out(planned(network, meeting, edit), moment)
    }

    fn create_meeting<const N: usize>(
        &mut self,
        network: NetworkId,
        title: String,
        said: [(MeetingField, Option<String>); N],
        moment: &Moment,
    ) -> Answer {
        self.network_ref(&network)?;
        let fields = said.into_iter();
        let fields: Vec<_> = fields
            .filter_map(|(field, value)| Some((field, value?)))
            .collect();
        let group = fields
            .iter()
            .find(|(field, _)| *field == MeetingField::Group);
        self.known_group(&network, group.map(|(_, group)| group.as_str()))?;
        let meeting = DocId::meeting(moment.random());
        let planned = planned(network, meeting, MeetingEdit::Init { title, fields });
        self.carry_out(planned.answering("meeting", &meeting), moment)
    }

    /// The document of a meeting that a rule foresees, made if it is not there yet.
    pub(super) fn prepared(
        &mut self,
        network: &NetworkId,
        series: &ItemId,
        day: &str,
        moment: &Moment,
    ) -> Result<DocId, CommandError> {
        let (meeting, edit) = self.preparing(network, series, day)?;
        if let Some(edit) = edit {
            self.carry_out(Planned::new(*network, meeting, edit), moment)?;
        }
        Ok(meeting)
    }

    /// The document of a meeting that a rule foresees, and the edit that makes it or takes it out of the bin, if that takes one.
    pub(super) fn preparing(
        &mut self,
        network: &NetworkId,
        series: &ItemId,
        day: &str,
    ) -> Result<(DocId, Option<Edit>), CommandError> {
        let rule = self.rule(network, series)?;
        let proper = canonical_day(day);
        let day = proper.as_deref().unwrap_or(day);
        let meeting = DocId::occurrence(network, series, day);
        if self.network_ref(network)?.heads.contains_key(&meeting) {
            let row = self.network_ref(network)?.rows.get(&meeting);
            let binned = row.is_some_and(|row| row.binned);
            let edit = binned.then_some(Edit::Meeting(MeetingEdit::Bin { restore: true }));
            return Ok((meeting, edit));
        }
        let on = match rule.moved.get(day) {
            Some(on) if !on.is_empty() => on.clone(),
            _ => day.to_owned(),
        };
        if !rule.comes_on(day) {
            return Err(tresse_model::EditError::NotAMeetingDay {
                day: day.to_owned(),
            }
            .into());
        }
        let said = [
            (MeetingField::On, on),
            (MeetingField::Series, series.to_string()),
            (MeetingField::Day, day.to_owned()),
            (MeetingField::At, rule.at),
            (MeetingField::Place, rule.place),
            (
                MeetingField::Length,
                rule.length
                    .map(|length| length.to_string())
                    .unwrap_or_default(),
            ),
            (
                MeetingField::Group,
                rule.group
                    .map(|group| group.to_string())
                    .unwrap_or_default(),
            ),
        ];
        let fields = said.into_iter().filter(|(_, value)| !value.is_empty());
        let edit = MeetingEdit::Init {
            title: rule.title,
            fields: fields.collect(),
        };
        Ok((meeting, Some(Edit::Meeting(edit))))
    }

    fn rule(&mut self, network: &NetworkId, series: &ItemId) -> Result<Series, CommandError> {
        let doc = DocId::singleton(network, DocKind::Network);
        let known = self.read(network, &doc, |doc, authors| {
            read_network(doc, authors).series
        })?;
        let found = known.into_iter().find(|one| one.id == *series);
        found.ok_or_else(|| {
            CommandError::new(
                "not-found",
                format!("there is no rule with the id {series} here"),
            )
        })
    }

    /// What a meeting says.
    pub(super) fn meeting_content(
        &mut self,
        network: &NetworkId,
        meeting: &DocId,
    ) -> Result<MeetingContent, CommandError> {
        self.read(network, meeting, |doc, authors| read_meeting(doc, authors))
    }

    /// Refuses attendance for somebody who was not a member on the meeting's day.
    pub(super) fn was_member_then(
        &mut self,
        network: &NetworkId,
        meeting: &DocId,
        member: &MemberId,
        moment: &Moment,
    ) -> Result<(), CommandError> {
        let content = self.meeting_content(network, meeting)?;
        let day = if content.on.is_empty() {
            moment.today()
        } else {
            content.on
        };
        let state = self.network_ref(network)?;
        if state.stays().iter().any(|stay| {
            stay.member == *member && stay.from <= day && (stay.to.is_empty() || stay.to >= day)
        }) {
            return Ok(());
        }
        Err(CommandError::new(
            "not-member-then",
            format!(
                "{} was not a member of this network on {day}: their attendance does not count",
                state.name_of(member)
            ),
        ))
    }

    /// Refuses to name somebody who has not agreed to it.
    fn may_be_named(
        &mut self,
        network: &NetworkId,
        member: Option<&MemberId>,
    ) -> Result<(), CommandError> {
        let Some(member) = member else {
            return Ok(());
        };
        self.known_member(network, member)?;
        let notebook = DocId::notebook(network, member);
        let agrees = self.network_ref(network)?.heads.contains_key(&notebook)
            && self.read(network, &notebook, |doc, authors| {
                tresse_model::read_notebook(doc, authors).floor
            })?;
        if agrees {
            return Ok(());
        }
        let name = self.network_ref(network)?.name_of(member);
        Err(CommandError::new(
            "floor-not-agreed",
            format!("{name} has not agreed that it is shown how long they speak"),
        ))
    }
}

pub(super) fn planned(network: NetworkId, meeting: DocId, edit: MeetingEdit) -> Planned {
    Planned::new(network, meeting, Edit::Meeting(edit))
}

pub(super) fn new_item(moment: &Moment) -> ItemId {
    ItemId::from_bytes(moment.random())
}

/// Attendance from its words.
pub(super) fn attended(
    word: Option<String>,
    by: Option<String>,
) -> Result<Option<Attended>, CommandError> {
    let Some(word) = word.filter(|word| !word.is_empty()) else {
        return Ok(None);
    };
    let by = by.unwrap_or_default();
    match Attended::from_words(&word, &by) {
        Some(attended) => Ok(Some(attended)),
        None => Err(CommandError::new(
            "bad-attendance",
            format!("« {word} » is no attendance: present, excused, represented or absent"),
        )),
    }
}

/// Which field an edit of a meeting sets, if that is all it does: letters typed in it are one step to undo.
pub(super) fn meeting_field_of(edit: &MeetingEdit) -> Option<String> {
    match edit {
        MeetingEdit::Set { field, .. } => Some(format!("{field:?}")),
        MeetingEdit::SetItem { id, field, .. } if *field != AgendaField::Done => {
            Some(format!("{id} {field:?}"))
        }
        MeetingEdit::BringItem {
            id,
            member,
            what: Some(_),
        } => Some(format!("{id} {member}")),
        _ => None,
    }
}
