//! What is asked about rules by which meetings come again, and what I say about meetings in my notebook.

use serde_json::Value;
use tresse_model::{
    DateOption, DayTo, DocId, DocKind, Edit, MeetingWord, NetworkId, SeriesEdit, SeriesField,
};

use super::{
    Replica,
    edits::Planned,
    meetings::{attended, new_item},
};
use crate::{CommandError, MeetingCommand, Moment};

type Answer = Result<Value, CommandError>;

impl Replica {
    pub(super) fn series_command(&mut self, command: MeetingCommand, moment: &Moment) -> Answer {
        use MeetingCommand as C;
        let planned = match command {
            C::SeriesAdd {
                network,
                title,
                rhythm,
                from,
                until,
                at,
                length,
                place,
                group,
            } => {
                let id = new_item(moment);
                let group = group.map(|group| group.to_string());
                self.known_group(&network, group.as_deref())?;
                let said = [
                    (SeriesField::Rhythm, Some(rhythm)),
                    (SeriesField::From, Some(from)),
                    (SeriesField::Until, until),
                    (SeriesField::At, at),
                    (SeriesField::Length, length.map(|length| length.to_string())),
                    (SeriesField::Place, place),
                    (SeriesField::Group, group),
                ];
                let fields = said.into_iter();
                let fields = fields.filter_map(|(field, value)| Some((field, value?)));
                let fields = fields.collect();
                of_series(network, SeriesEdit::Add { id, title, fields }).answering("series", &id)
            }
            C::SeriesSet {
                network,
                series: id,
                field,
                value,
            } => {
                if field == SeriesField::Group {
                    self.known_group(&network, value.as_deref())?;
                }
                of_series(network, SeriesEdit::Set { id, field, value })
            }
            C::SeriesDay {
                network,
                series: id,
                day,
                to,
                skip,
            } => {
                let to = match (to.filter(|to| !to.is_empty()), skip) {
                    (_, true) => DayTo::Skipped,
                    (Some(on), false) if on != day => DayTo::On(on),
                    _ => DayTo::Rule,
                };
                of_series(network, SeriesEdit::Day { id, day, to })
            }
            C::SeriesRemove {
                network,
                series: id,
                restore,
            } => of_series(network, SeriesEdit::Remove { id, restore }),
            command => return self.word_command(command, moment),
        };
        self.carry_out(planned, moment)
    }

    /// What I say about meetings, in my notebook.
    fn word_command(&mut self, command: MeetingCommand, moment: &Moment) -> Answer {
        use MeetingCommand as C;
        let (network, word) = match command {
            C::AttendanceMine {
                network,
                meeting,
                word,
                by,
            } => {
                let meeting = self.known(&network, meeting, DocKind::Meeting)?;
                let me = self.me_in(&network)?;
                self.was_member_then(&network, &meeting, &me, moment)?;
                let word = attended(word, by)?;
                (network, MeetingWord::Attend { meeting, word })
            }
            C::AvailabilitySet {
                network,
                meeting,
                on,
                at,
                answer,
            } => {
                let meeting = self.known(&network, meeting, DocKind::Meeting)?;
                let option = DateOption { on, at };
                let known = self.meeting_content(&network, &meeting)?;
                if answer.is_some() && !known.options.contains(&option) {
                    return Err(CommandError::new(
                        "not-an-option",
                        "this day is not among those proposed for the meeting",
                    ));
                }
                let word = MeetingWord::Date {
                    meeting,
                    option,
                    answer,
                };
                (network, word)
            }
            C::RoundSay {
                network,
                meeting,
                word,
            } => {
                let meeting = self.known(&network, meeting, DocKind::Meeting)?;
                (network, MeetingWord::Round { meeting, word })
            }
            C::FloorAgree { network, off } => (network, MeetingWord::Floor { off }),
            _ => {
                return Err(CommandError::new(
                    "unknown-command",
                    "this command is not known here",
                ));
            }
        };
        let me = self.me_in(&network)?;
        let notebook = DocId::notebook(&network, &me);
        let planned = Planned::new(network, notebook, Edit::MeetingWord(word));
        self.carry_out(planned, moment)
    }
}

fn of_series(network: NetworkId, edit: SeriesEdit) -> Planned {
    Planned::of(network, DocKind::Network, Edit::Series(edit))
}
