//! The list of meetings, what is to come, and attendance: all from entries in lists and from notebooks, so that no
//! meeting has to be loaded.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use automerge::Automerge;
use jiff::{Span, Timestamp, civil::Date, tz::TimeZone};
use tresse_model::{
    DocId, DocKind, HeldMeeting, ItemId, MeetingContent, MeetingState, MemberId, Rhythm, Series,
    Stay, attendance, excerpt, occurrences, read_meeting,
};
use tresse_store::Summary;

use super::{
    Network,
    attachments::file_facts,
    summaries::{EXCERPT, kept},
};
use crate::{
    AttendanceView, ComingMeeting, DateAsk, MeetingRow, MeetingsView, PlanView, SeriesView,
    meeting_view::MeetingFacts,
};

/// What rules foresee so many days ahead is shown.
const AHEAD: i64 = 92;
/// At most so many of each rule.
const OF_EACH: usize = 4;
/// Of a rule that comes more seldom, the next one within so many days.
const AT_MOST: i64 = 800;
/// So many of a rule's next days.
const NEXT: usize = 6;

impl Network {
    /// What the list says of a meeting.
    pub(super) fn list_meeting(doc: &Automerge, row: &mut Summary) {
        let content = read_meeting(doc, &());
        let options = if content.seeks_date() {
            content.options
        } else {
            Vec::new()
        };
        let noted = content.attendance.into_iter();
        let facts = MeetingFacts {
            on: content.on,
            at: content.at,
            length: content.length,
            place: content.place,
            state: content.state.word().to_owned(),
            series: content.series,
            day: content.day,
            options,
            noted: noted.map(|noted| (noted.member, noted.word)).collect(),
            facilitators: content.facilitators,
            files: file_facts(doc),
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

    /// Everything about the network's meetings.
    pub(super) fn meetings_view(
        &self,
        series: &[Series],
        me: &MemberId,
        today: &str,
    ) -> MeetingsView {
        let mut view = MeetingsView {
            coming: self.coming(series, today),
            series: series.iter().map(|one| series_view(one, today)).collect(),
            ..MeetingsView::default()
        };
        let mut held = Vec::new();
        let plan = self.views.plan();
        for (doc, row, facts) in self.all_meeting_facts() {
            let entry = self.meeting_row(&doc, row, &facts);
            if row.binned {
                view.binned.push(entry);
                continue;
            }
            let expected = expected(entry.group.as_ref(), plan.as_deref());
            if expected.as_ref().is_none_or(|all| all.contains(me)) {
                view.to_answer.extend(self.ask(&entry, &facts, me));
            }
            view.meetings.push(entry);
            held.extend(self.held(doc, &facts, expected, today));
        }
        let newest = |a: &MeetingRow, b: &MeetingRow| {
            // Without a day yet: before all others.
            let day = |row: &MeetingRow| (row.on.is_empty(), row.on.clone(), row.at.clone());
            day(b).cmp(&day(a)).then_with(|| a.id.cmp(&b.id))
        };
        view.meetings.sort_by(newest);
        view.binned.sort_by(newest);
        view.attendance = periods(&held, &self.stays(), me);
        view
    }

    /// Every meeting with what the list keeps of it.
    pub(super) fn all_meeting_facts(
        &self,
    ) -> impl Iterator<Item = (DocId, &Summary, Arc<MeetingFacts>)> {
        let all = self.rows.iter();
        let ours = all.filter(|(doc, _)| doc.kind() == Some(DocKind::Meeting));
        // One whose title is not here is known by name alone so far.
        let ours = ours.filter(|(_, row)| !row.title.is_empty());
        ours.map(|(doc, row)| (*doc, row, self.meeting_facts.of(doc, &row.facts)))
    }

    fn meeting_row(&self, doc: &DocId, row: &Summary, facts: &MeetingFacts) -> MeetingRow {
        MeetingRow {
            id: *doc,
            title: row.title.clone(),
            on: facts.on.clone(),
            at: facts.at.clone(),
            length: facts.length,
            place: facts.place.clone(),
            state: MeetingState::from_word(&facts.state).unwrap_or_default(),
            group: row.group.parse().ok(),
            series: facts.series,
            facilitators: facts.facilitators.clone(),
            options: facts.options.len(),
            excerpt: row.excerpt.clone(),
            changed: row.changed_ms,
            author: self.author_name(doc, &row.changed_actor),
        }
    }

    fn ask(&self, row: &MeetingRow, facts: &MeetingFacts, me: &MemberId) -> Option<DateAsk> {
        if facts.options.is_empty() {
            return None;
        }
        let mine = self.views.notebook_of(me);
        let said = mine.and_then(|notebook| notebook.meetings.get(&row.id));
        let said = said.map(|words| words.dates.as_slice()).unwrap_or_default();
        let options = facts.options.iter();
        let answered = options
            .filter(|option| said.iter().any(|one| one.option == **option))
            .count();
        (answered < facts.options.len()).then(|| DateAsk {
            meeting: row.id,
            title: row.title.clone(),
            options: facts.options.len(),
            answered,
        })
    }

    /// A meeting for attendance, once its day has come and unless it was cancelled.
    fn held(
        &self,
        meeting: DocId,
        facts: &MeetingFacts,
        expected: Option<BTreeSet<MemberId>>,
        today: &str,
    ) -> Option<HeldMeeting> {
        if !facts.took_place(today) {
            return None;
        }
        let own = self.views.all_notebooks().filter_map(|(member, notebook)| {
            let word = notebook.meetings.get(&meeting)?.attended.clone()?;
            Some((*member, word))
        });
        Some(HeldMeeting {
            meeting,
            on: facts.on.clone(),
            expected,
            noted: facts.noted.clone(),
            own: own.collect(),
        })
    }

    /// What is to come, the soonest first. What is skipped stands among it, so that it can be put back.
    pub(super) fn coming(&self, series: &[Series], today: &str) -> Vec<ComingMeeting> {
        let mut coming = Vec::new();
        let mut prepared: BTreeSet<DocId> = BTreeSet::new();
        for (doc, row, facts) in self.all_meeting_facts().filter(|(_, row, _)| !row.binned) {
            prepared.insert(doc);
            let state = MeetingState::from_word(&facts.state).unwrap_or_default();
            let running = state == MeetingState::Running;
            let planned = state == MeetingState::Planned;
            let ahead = !facts.on.is_empty() && facts.on.as_str() >= today;
            if !(running || planned && ahead) {
                continue;
            }
            coming.push(ComingMeeting {
                on: facts.on.clone(),
                at: facts.at.clone(),
                length: facts.length,
                title: row.title.clone(),
                place: facts.place.clone(),
                group: row.group.parse().ok(),
                meeting: Some(doc),
                series: facts.series,
                day: facts.day.clone(),
                skipped: false,
                running,
            });
        }
        for rule in series {
            coming.extend(self.foreseen(rule, today, &prepared));
        }
        coming.sort_by(|a, b| {
            let key = |one: &ComingMeeting| (!one.running, one.on.clone(), one.at.clone());
            key(a).cmp(&key(b)).then_with(|| a.title.cmp(&b.title))
        });
        coming
    }

    /// What a rule foresees and nobody has prepared yet.
    fn foreseen(
        &self,
        rule: &Series,
        today: &str,
        prepared: &BTreeSet<DocId>,
    ) -> Vec<ComingMeeting> {
        let mut days = occurrences(rule, today, &day_after(today, AHEAD));
        if !days.iter().any(|day| !day.on.is_empty()) {
            let later = occurrences(rule, today, &day_after(today, AT_MOST));
            days = later.into_iter().take(1).collect();
        }
        let open = days
            .into_iter()
            .filter(|day| !prepared.contains(&DocId::occurrence(&self.id, &rule.id, &day.day)));
        let open = open.take(OF_EACH).map(|day| {
            let skipped = day.on.is_empty();
            ComingMeeting {
                on: if skipped { day.day.clone() } else { day.on },
                at: rule.at.clone(),
                length: rule.length,
                title: rule.title.clone(),
                place: rule.place.clone(),
                group: rule.group,
                meeting: None,
                series: Some(rule.id),
                day: day.day,
                skipped,
                running: false,
            }
        });
        open.collect()
    }

    /// Since when and until when each is or was a member. Days are those of UTC, the same everywhere; but who came in
    /// up to five hours after midnight was there the day before, for west of the Atlantic that was the evening on which they met. Of
    /// somebody who came back, the last stay.
    pub(super) fn stays(&self) -> Vec<Stay> {
        let members = self.membership.members().map(|member| Stay {
            member: member.id,
            from: first_day(member.at_ms),
            to: String::new(),
        });
        let former = self.membership.former().map(|former| Stay {
            member: former.id,
            from: self
                .acts
                .get(&former.act)
                .map(|act| first_day(act.act().at_ms))
                .unwrap_or_default(),
            to: utc_day(former.ended.at_ms),
        });
        members.chain(former).collect()
    }
}

impl Network {
    /// The meeting that comes after one, as far as it is known today.
    pub(super) fn next_after(
        &self,
        meeting: &DocId,
        content: &MeetingContent,
        series: &[Series],
        today: &str,
    ) -> Option<ComingMeeting> {
        // What comes after a meeting that is itself far off is not among what comes soon.
        let from = today.max(content.on.as_str());
        let coming = self.coming(series, from);
        next_of(&coming, meeting, content).cloned()
    }
}

/// Whom a meeting is for: those who are in its working group now. `None`: everybody, as well where the group is not here or has
/// nobody in it.
pub(super) fn expected(
    group: Option<&ItemId>,
    plan: Option<&PlanView>,
) -> Option<BTreeSet<MemberId>> {
    let groups = &plan?.content.groups;
    let group = groups.iter().find(|one| Some(&one.id) == group)?;
    (!group.members.is_empty()).then(|| group.members.iter().copied().collect())
}

/// The meeting that comes after one: of the same rule, else of the same working group, else (where it has neither) the next of all that
/// has neither.
fn next_of<'a>(
    coming: &'a [ComingMeeting],
    meeting: &DocId,
    content: &MeetingContent,
) -> Option<&'a ComingMeeting> {
    let later = |one: &&ComingMeeting| {
        one.meeting != Some(*meeting)
            && !one.skipped
            && (one.on.as_str(), one.at.as_str()) > (content.on.as_str(), content.at.as_str())
    };
    let rule = coming
        .iter()
        .filter(later)
        .find(|one| content.series.is_some() && one.series == content.series);
    let same = |one: &&ComingMeeting| {
        one.group == content.group && (content.group.is_some() || content.series.is_none())
    };
    rule.or_else(|| coming.iter().filter(later).find(same))
}

fn series_view(series: &Series, today: &str) -> SeriesView {
    let mut next = occurrences(series, today, &day_after(today, AT_MOST));
    next.truncate(NEXT);
    let shortens = matches!(
        series.rhythm.parse(),
        Ok(Rhythm::MonthDay { day: 29..=31, .. })
    );
    SeriesView {
        never: !series.occurs(),
        shortens,
        next,
        content: series.clone(),
    }
}

/// Attendance of each year, and within it of each quarter, in which there was a meeting; the newest first.
fn periods(held: &[HeldMeeting], stays: &[Stay], me: &MemberId) -> Vec<AttendanceView> {
    let mut periods: BTreeMap<String, (String, String)> = BTreeMap::new();
    for meeting in held {
        let Ok(day) = meeting.on.parse::<Date>() else {
            continue;
        };
        let year = day.year();
        let quarter = (day.month() - 1) / 3;
        let (first, last) = (quarter * 3 + 1, quarter * 3 + 3);
        let end = Date::new(year, last, 1).map_or(30, Date::days_in_month);
        let quarter = (
            format!("{year:04}-{first:02}-01"),
            format!("{year:04}-{last:02}-{end}"),
        );
        let name = format!("{year:04}-Q{}", (day.month() - 1) / 3 + 1);
        periods.insert(name, quarter);
        let whole = (format!("{year:04}-01-01"), format!("{year:04}-12-31"));
        // After the last quarter in the order of names, so that it stands before them when that is turned.
        periods.insert(format!("{year:04}-Z"), whole);
    }
    let views = periods.into_iter().rev().map(|(name, (from, to))| {
        let facts = attendance(held, stays, (&from, &to));
        let mine = facts.members.iter().find(|one| one.member == *me);
        AttendanceView {
            period: name.replace("-Z", ""),
            meetings: facts.meetings,
            all: facts.all,
            rate: facts.all.rate(),
            mine: mine.map(|one| one.counts),
            from,
            to,
        }
    });
    views.filter(|view| view.meetings > 0).collect()
}

/// The day so many days on, as far as the calendar goes.
fn day_after(today: &str, days: i64) -> String {
    let day = today.parse::<Date>().ok();
    let later = day.and_then(|day| day.checked_add(Span::new().days(days)).ok());
    later.map_or_else(|| today.to_owned(), |day| day.to_string())
}

/// The first day of a stay.
fn first_day(at_ms: u64) -> String {
    const FIVE_HOURS: u64 = 5 * 60 * 60 * 1_000;
    utc_day(at_ms.saturating_sub(FIVE_HOURS))
}

fn utc_day(at_ms: u64) -> String {
    let at = i64::try_from(at_ms).unwrap_or(i64::MAX);
    let at = Timestamp::from_millisecond(at).unwrap_or_default();
    at.to_zoned_datetime(TimeZone::UTC).date().to_string()
}
