//! Meetings in the demo's story: rules, a few that were held with all that was written in them, and one that looks for its day.

use std::collections::BTreeMap;

use serde::Deserialize;
use tresse_model::{
    AgendaField, Can, DocId, ItemId, MeetingField, MeetingPart, MeetingState, MemberId,
};

use super::{Life, named};
use crate::{Command, CommandError, MakeWhat, MeetingCommand, Moment, TextEdit};

#[derive(Debug, Deserialize)]
pub(super) struct MeetingsStory {
    rules: Vec<RuleStory>,
    meetings: Vec<MeetingStory>,
}

#[derive(Debug, Deserialize)]
struct RuleStory {
    key: String,
    title: String,
    rhythm: String,
    from: String,
    at: String,
    length: u32,
    place: String,
    group: Option<String>,
    skipped: Option<String>,
    author: String,
    date: String,
}

#[derive(Debug, Deserialize)]
struct MeetingStory {
    /// The rule that foresees it, and the rule's day.
    rule: Option<String>,
    day: Option<String>,
    title: Option<String>,
    group: Option<String>,
    /// When it is, where no rule says so.
    on: Option<String>,
    at: Option<String>,
    length: Option<u32>,
    place: Option<String>,
    /// When it is prepared, and by whom.
    date: String,
    author: String,
    facilitators: Vec<String>,
    #[serde(default)]
    notes: Vec<String>,
    prepared: Option<String>,
    agenda: Vec<ItemStory>,
    minutes: Option<String>,
    writer: Option<String>,
    /// Who agrees to be named, and who spoke how long.
    #[serde(default)]
    floor: Vec<String>,
    #[serde(default)]
    turns: Vec<(Option<String>, u32)>,
    #[serde(default)]
    came: BTreeMap<String, String>,
    #[serde(default)]
    own: BTreeMap<String, String>,
    #[serde(default)]
    made: Vec<MadeStory>,
    #[serde(default)]
    round: BTreeMap<String, String>,
    #[serde(default)]
    options: Vec<(String, String)>,
    #[serde(default)]
    answers: BTreeMap<String, Vec<Can>>,
    #[serde(default)]
    closed: bool,
    /// It was opened, and goes on.
    #[serde(default)]
    running: bool,
    #[serde(default)]
    carry: bool,
}

#[derive(Debug, Deserialize)]
struct ItemStory {
    title: String,
    length: Option<u32>,
    by: Option<String>,
    #[serde(default)]
    what: String,
    #[serde(default)]
    done: bool,
}

#[derive(Debug, Deserialize)]
struct MadeStory {
    line: String,
    what: MakeWhat,
}

/// One thing that somebody does about meetings.
#[derive(Debug, Clone)]
pub(super) enum MeetingDeed {
    Rule { index: usize },
    Prepare { index: usize },
    Hold { index: usize },
    Say { index: usize, who: String },
    End { index: usize },
}

impl MeetingsStory {
    /// Every day on which somebody does something about meetings.
    pub(super) fn days(&self, mut on: impl FnMut(&str, u8, &str, MeetingDeed)) {
        for (index, rule) in self.rules.iter().enumerate() {
            on(&rule.date, 11, &rule.author, MeetingDeed::Rule { index });
        }
        for (index, one) in self.meetings.iter().enumerate() {
            on(&one.date, 12, &one.author, MeetingDeed::Prepare { index });
            let day = one.day.as_deref().unwrap_or(&one.date);
            if let Some(writer) = &one.writer {
                // They agree before they are named.
                for who in &one.floor {
                    let who = who.clone();
                    on(day, 12, &who.clone(), MeetingDeed::Say { index, who });
                }
                on(day, 13, writer, MeetingDeed::Hold { index });
            }
            let said = one.own.keys().chain(one.round.keys());
            for who in said.chain(one.answers.keys()) {
                let who = who.clone();
                on(day, 14, &who.clone(), MeetingDeed::Say { index, who });
            }
            if one.closed {
                on(day, 15, &one.author, MeetingDeed::End { index });
            }
        }
    }
}

impl Life<'_> {
    pub(super) fn meeting(
        &mut self,
        author: &str,
        deed: &MeetingDeed,
        moment: &Moment,
    ) -> Result<(), CommandError> {
        match deed {
            MeetingDeed::Rule { index } => self.make_rule(author, *index, moment),
            MeetingDeed::Prepare { index } => self.prepare(author, *index, moment),
            MeetingDeed::Hold { index } => self.hold(author, *index, moment),
            MeetingDeed::Say { index, who } => self.say(*index, who, moment),
            MeetingDeed::End { index } => self.end(author, *index, moment),
        }
    }

    fn ask(
        &mut self,
        author: &str,
        command: MeetingCommand,
        moment: &Moment,
    ) -> Result<serde_json::Value, CommandError> {
        self.execute(author, Command::Meeting(command), moment)
    }

    fn group_named(&self, name: Option<&String>) -> Option<ItemId> {
        name.and_then(|name| self.groups.get(name)).copied()
    }

    fn make_rule(
        &mut self,
        author: &str,
        index: usize,
        moment: &Moment,
    ) -> Result<(), CommandError> {
        let (rule, network) = (&self.story.meetings.rules[index], self.network);
        let add = MeetingCommand::SeriesAdd {
            network,
            title: rule.title.clone(),
            rhythm: rule.rhythm.clone(),
            from: rule.from.clone(),
            until: None,
            at: Some(rule.at.clone()),
            length: Some(rule.length),
            place: Some(rule.place.clone()),
            group: self.group_named(rule.group.as_ref()),
        };
        let series: ItemId = named(&self.ask(author, add, moment)?, "series")?;
        self.rules.insert(rule.key.clone(), series);
        if let Some(day) = &rule.skipped {
            let skip = MeetingCommand::SeriesDay {
                network,
                series,
                day: day.clone(),
                to: None,
                skip: true,
            };
            self.ask(author, skip, moment)?;
        }
        Ok(())
    }

    fn prepare(&mut self, author: &str, index: usize, moment: &Moment) -> Result<(), CommandError> {
        let (one, network) = (&self.story.meetings.meetings[index], self.network);
        let rule = one.rule.as_ref().and_then(|key| self.rules.get(key));
        let begin = match (rule, &one.day) {
            (Some(series), Some(day)) => MeetingCommand::Prepare {
                network,
                series: *series,
                day: day.clone(),
            },
            _ => MeetingCommand::Create {
                network,
                title: one.title.clone().unwrap_or_default(),
                on: one.on.clone(),
                at: one.at.clone(),
                length: one.length,
                place: one.place.clone(),
                group: self.group_named(one.group.as_ref()),
            },
        };
        let meeting: DocId = named(&self.ask(author, begin, moment)?, "meeting")?;
        self.meetings.insert(index, meeting);
        let parts = [
            (MeetingPart::Facilitator, &one.facilitators),
            (MeetingPart::Notes, &one.notes),
        ];
        for (part, who) in parts {
            for member in self.members_named(who) {
                let name = MeetingCommand::Part {
                    network,
                    meeting,
                    part,
                    member,
                    off: false,
                };
                self.ask(author, name, moment)?;
            }
        }
        if let Some(prepared) = &one.prepared {
            self.set(author, meeting, MeetingField::Prepared, prepared, moment)?;
        }
        for (on, at) in one.options.clone() {
            let option = MeetingCommand::Option {
                network,
                meeting,
                on,
                at,
                off: false,
            };
            self.ask(author, option, moment)?;
        }
        for item in &one.agenda {
            self.add_item(author, meeting, item, moment)?;
        }
        if one.running {
            let running = MeetingState::Running.word();
            self.set(author, meeting, MeetingField::State, running, moment)?;
        }
        Ok(())
    }

    fn members_named(&self, keys: &[String]) -> Vec<MemberId> {
        let known = keys.iter().filter_map(|key| self.names.get(key));
        known.copied().collect()
    }

    fn set(
        &mut self,
        author: &str,
        meeting: DocId,
        field: MeetingField,
        value: &str,
        moment: &Moment,
    ) -> Result<(), CommandError> {
        let set = MeetingCommand::Set {
            network: self.network,
            meeting,
            field,
            value: Some(value.to_owned()),
        };
        self.ask(author, set, moment).map(drop)
    }

    fn add_item(
        &mut self,
        author: &str,
        meeting: DocId,
        item: &ItemStory,
        moment: &Moment,
    ) -> Result<(), CommandError> {
        let network = self.network;
        let add = MeetingCommand::AgendaAdd {
            network,
            meeting,
            title: item.title.clone(),
            length: item.length,
            before: None,
        };
        let id: ItemId = named(&self.ask(author, add, moment)?, "item")?;
        if let Some(member) = item
            .by
            .as_ref()
            .and_then(|key| self.names.get(key))
            .copied()
        {
            let bring = MeetingCommand::AgendaBring {
                network,
                meeting,
                item: id,
                member,
                what: item.what.clone(),
                off: false,
            };
            self.ask(author, bring, moment)?;
        }
        if item.done {
            let done = MeetingCommand::AgendaSet {
                network,
                meeting,
                item: id,
                field: AgendaField::Done,
                value: Some("true".to_owned()),
            };
            self.ask(author, done, moment)?;
        }
        Ok(())
    }

    /// What is written while it goes on.
    fn hold(&mut self, author: &str, index: usize, moment: &Moment) -> Result<(), CommandError> {
        let (one, network) = (&self.story.meetings.meetings[index], self.network);
        let Some(meeting) = self.meetings.get(&index).copied() else {
            return Ok(());
        };
        if let Some(text) = &one.minutes {
            let edit = MeetingCommand::Edit {
                network,
                meeting,
                edit: TextEdit {
                    text: Some(text.clone()),
                    ..TextEdit::default()
                },
            };
            self.ask(author, edit, moment)?;
        }
        for made in &one.made {
            let make = MeetingCommand::Make {
                network,
                meeting,
                line: made.line.clone(),
                what: made.what,
            };
            self.ask(author, make, moment)?;
        }
        for (who, word) in &one.came {
            let Some(member) = self.names.get(who).copied() else {
                continue;
            };
            let note = MeetingCommand::AttendanceNote {
                network,
                meeting,
                member,
                word: Some(word.clone()),
                by: None,
            };
            self.ask(author, note, moment)?;
        }
        if !one.turns.is_empty() {
            let show = MeetingCommand::FloorShow {
                network,
                meeting,
                off: false,
            };
            self.ask(author, show, moment)?;
        }
        for (who, seconds) in &one.turns {
            let member = who.as_ref().and_then(|who| self.names.get(who)).copied();
            let turn = MeetingCommand::FloorTurn {
                network,
                meeting,
                member,
                seconds: *seconds,
            };
            self.ask(author, turn, moment)?;
        }
        Ok(())
    }

    /// What somebody says in their own notebook.
    fn say(&mut self, index: usize, who: &str, moment: &Moment) -> Result<(), CommandError> {
        let (one, network) = (&self.story.meetings.meetings[index], self.network);
        let Some(meeting) = self.meetings.get(&index).copied() else {
            return Ok(());
        };
        let mut said = Vec::new();
        if one.floor.iter().any(|agrees| agrees == who) {
            said.push(MeetingCommand::FloorAgree {
                network,
                off: false,
            });
        }
        if let Some(word) = one.own.get(who) {
            let (word, by) = word.split_once(' ').unwrap_or((word, ""));
            let by = self.names.get(by).map(ToString::to_string);
            said.push(MeetingCommand::AttendanceMine {
                network,
                meeting,
                word: Some(word.to_owned()),
                by,
            });
        }
        if let Some(word) = one.round.get(who) {
            said.push(MeetingCommand::RoundSay {
                network,
                meeting,
                word: Some(word.clone()),
            });
        }
        let answers = one.answers.get(who).into_iter().flatten();
        for ((on, at), answer) in one.options.iter().zip(answers) {
            said.push(MeetingCommand::AvailabilitySet {
                network,
                meeting,
                on: on.clone(),
                at: at.clone(),
                answer: Some(*answer),
            });
        }
        for command in said {
            self.ask(who, command, moment)?;
        }
        Ok(())
    }

    fn end(&mut self, author: &str, index: usize, moment: &Moment) -> Result<(), CommandError> {
        let one = &self.story.meetings.meetings[index];
        let Some(meeting) = self.meetings.get(&index).copied() else {
            return Ok(());
        };
        self.set(author, meeting, MeetingField::State, "closed", moment)?;
        if one.carry {
            let carry = MeetingCommand::Carry {
                network: self.network,
                meeting,
                to: None,
                items: Vec::new(),
            };
            self.ask(author, carry, moment)?;
        }
        Ok(())
    }
}
