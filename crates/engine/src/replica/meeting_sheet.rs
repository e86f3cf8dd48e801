//! What follows from an open meeting together with notebooks, the plan and the lists.

use std::collections::{BTreeMap, BTreeSet};

use tresse_model::{
    AgendaItem, Attended, Can, DateOption, DocId, Made, MeetingContent, MemberId, NotebookContent,
    Series, Status, agenda_times, floor_balance, plus_minutes,
};

use super::{Network, meetings_list::expected};
use crate::{
    AttendanceRow, DateAnswerView, DateRow, FloorRow, MadeView, MeetingSheet, PlanView, RoundWord,
};

/// What a sheet is worked out from, beside the meeting.
pub(super) struct Around<'a> {
    pub(super) plan: &'a PlanView,
    pub(super) series: &'a [Series],
    pub(super) me: &'a MemberId,
    pub(super) today: &'a str,
}

impl Network {
    /// The sheet of a meeting.
    pub(super) fn meeting_sheet(
        &self,
        id: &DocId,
        content: &MeetingContent,
        around: &Around<'_>,
    ) -> MeetingSheet {
        let attendance = self.attendance_rows(id, content, around);
        let (floor, floor_others) = self.floor_rows(content);
        let open = content.agenda.iter().filter(|item| item.carried.is_none());
        let planned = open.filter_map(|item| item.length).sum();
        let length = content.length.or((planned > 0).then_some(planned));
        let ends = length.and_then(|length| plus_minutes(&content.at, length));
        let mine = self.views.notebook_of(around.me);
        MeetingSheet {
            starts: agenda_times(&content.at, &content.agenda),
            ends: ends.unwrap_or_default(),
            planned,
            titles: self.titles_beside(&content.agenda),
            dates: self.date_rows(id, &content.options, &attendance, around.me),
            made: content
                .made
                .iter()
                .map(|one| self.made_view(one.made.clone(), &one.line, around.plan))
                .collect(),
            round: self.round_words(id, around.me),
            floor,
            floor_others,
            i_agree: mine.is_some_and(|notebook| notebook.floor),
            next: self.next_after(id, content, around.series, around.today),
            attendance,
        }
    }

    fn titles_beside(&self, agenda: &[AgendaItem]) -> BTreeMap<DocId, String> {
        let named = agenda.iter().flat_map(|item| [item.carried, item.from]);
        let titles = named.flatten().map(|doc| {
            let row = self.rows.get(&doc);
            (doc, row.map(|row| row.title.clone()).unwrap_or_default())
        });
        titles.collect()
    }

    fn attendance_rows(
        &self,
        id: &DocId,
        content: &MeetingContent,
        around: &Around<'_>,
    ) -> Vec<AttendanceRow> {
        let day = if content.on.is_empty() {
            around.today
        } else {
            &content.on
        };
        // Who comes in later is not there yet; on a day to come, who is a member now is expected.
        let day = day.min(around.today);
        let stays = self.stays();
        let there = stays.iter().filter(|stay| {
            stay.from.as_str() <= day && (stay.to.is_empty() || stay.to.as_str() >= day)
        });
        let expected = expected(content.group.as_ref(), Some(around.plan));
        let concerned = |member: &MemberId| {
            let noted = || content.attendance.iter().any(|one| one.member == *member);
            let spoke = || {
                let words = self.words_on(member, id);
                words.is_some_and(|words| words.attended.is_some() || !words.dates.is_empty())
            };
            expected.as_ref().is_none_or(|all| all.contains(member)) || noted() || spoke()
        };
        let there: BTreeSet<MemberId> = there.map(|stay| stay.member).filter(concerned).collect();
        let rows = there.into_iter().map(|member| {
            let noted = content.attendance.iter().find(|one| one.member == member);
            let noted = noted.map(|noted| noted.word.clone());
            let own = self.words_on(&member, id);
            let own = own.and_then(|words| words.attended.clone());
            let said = own.is_some();
            let word = own.or_else(|| noted.clone());
            AttendanceRow {
                name: self.name_of(&member),
                by: self.instead(word.as_ref()),
                noted_otherwise: noted.filter(|noted| said && Some(noted) != word.as_ref()),
                own: said,
                is_me: member == *around.me,
                word,
                member,
            }
        });
        let mut rows: Vec<AttendanceRow> = rows.collect();
        rows.sort_by_cached_key(|row| (row.name.to_lowercase(), row.member));
        rows
    }

    fn words_on(&self, member: &MemberId, meeting: &DocId) -> Option<&tresse_model::MeetingWords> {
        self.views.notebook_of(member)?.meetings.get(meeting)
    }

    /// Who came in somebody's place, as a name.
    fn instead(&self, word: Option<&Attended>) -> String {
        match word {
            Some(Attended::Represented(by)) => by
                .parse()
                .map_or_else(|_| by.clone(), |member: MemberId| self.name_of(&member)),
            _ => String::new(),
        }
    }

    fn date_rows(
        &self,
        id: &DocId,
        options: &[DateOption],
        people: &[AttendanceRow],
        me: &MemberId,
    ) -> Vec<DateRow> {
        let rows = options.iter().map(|option| {
            let answer = |member: &MemberId| {
                let said = self.words_on(member, id)?.dates.iter();
                let mut said = said.filter(|one| one.option == *option);
                said.next().map(|one| one.answer)
            };
            let answers: Vec<DateAnswerView> = people
                .iter()
                .map(|row| DateAnswerView {
                    member: row.member,
                    name: row.name.clone(),
                    answer: answer(&row.member),
                })
                .collect();
            let count = |wanted: Option<Can>| {
                let said = answers.iter();
                said.filter(|one| one.answer == wanted).count()
            };
            DateRow {
                option: option.clone(),
                yes: count(Some(Can::Yes)),
                maybe: count(Some(Can::Maybe)),
                no: count(Some(Can::No)),
                unsaid: count(None),
                mine: answer(me),
                answers,
            }
        });
        rows.collect()
    }

    fn made_view(&self, made: Made, line: &str, plan: &PlanView) -> MadeView {
        let (title, done) = match &made {
            Made::Action(id) => {
                let action = plan.content.actions.iter().find(|one| one.id == *id);
                let title = action.map(|action| action.title.clone());
                (title, action.is_some_and(|one| one.status == Status::Done))
            }
            Made::Document(doc) => {
                let row = self.rows.get(doc).filter(|row| !row.binned);
                (row.map(|row| row.title.clone()), false)
            }
            Made::Watch(id) => {
                let item = self.views.watched.item(id);
                (item.map(|item| item.title.clone()), false)
            }
        };
        MadeView {
            gone: title.is_none(),
            title: title.unwrap_or_default(),
            line: line.to_owned(),
            made,
            done,
        }
    }

    fn round_words(&self, id: &DocId, me: &MemberId) -> Vec<RoundWord> {
        let said = self.views.all_notebooks().filter_map(|(member, notebook)| {
            let word = &notebook.meetings.get(id)?.round;
            (!word.is_empty()).then(|| RoundWord {
                member: *member,
                name: self.name_of(member),
                word: word.clone(),
                is_me: member == me,
            })
        });
        let mut said: Vec<RoundWord> = said.collect();
        said.sort_by_cached_key(|one| (one.name.to_lowercase(), one.member));
        said
    }

    fn floor_rows(&self, content: &MeetingContent) -> (Vec<FloorRow>, u32) {
        if !content.floor {
            return (Vec::new(), 0);
        }
        let agrees = |(member, notebook): (&MemberId, &NotebookContent)| {
            let here = self.membership.member(member).is_some();
            (here && notebook.floor).then_some(*member)
        };
        let agree = self.views.all_notebooks().filter_map(agrees).collect();
        let (named, others) = floor_balance(&content.turns, &agree);
        let rows = named.into_iter().map(|(member, seconds)| FloorRow {
            name: self.name_of(&member),
            member,
            seconds,
        });
        let mut rows: Vec<FloorRow> = rows.collect();
        rows.sort_by_cached_key(|row| (row.name.to_lowercase(), row.member));
        (rows, others)
    }
}
