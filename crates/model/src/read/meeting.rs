//! Reading a meeting.

use std::collections::BTreeMap;

use automerge::{ROOT, ScalarValueRef, ValueRef};

use super::{At, AuthorOf, Row, is_on, number};
use crate::{
    AgendaField, AgendaItem, Brings, FloorTurn, ItemId, MadeOf, MeetingContent, MeetingField,
    MeetingPart, MeetingState, MemberId, Noted, keys,
};

/// More points than these are not read: everybody's machine lists them.
const MOST_POINTS: usize = 500;

/// A number of minutes, of a day at the most.
pub(super) fn minutes(text: &str) -> Option<u32> {
    text.parse()
        .ok()
        .filter(|minutes| (1..=1_440).contains(minutes))
}

/// Reads a meeting.
pub fn read_meeting<'a>(at: impl Into<At<'a>>, authors: &'a dyn AuthorOf) -> MeetingContent {
    use MeetingField as F;
    let mut row = Row::new(at.into(), ROOT, authors);
    MeetingContent {
        title: row.text(F::Title.key()),
        on: row.text(F::On.key()),
        at: row.text(F::At.key()),
        length: minutes(&row.text(F::Length.key())),
        place: row.text(F::Place.key()),
        group: row.text(F::Group.key()).parse().ok(),
        state: MeetingState::from_word(&row.text(F::State.key())).unwrap_or_default(),
        prepared: row.text(F::Prepared.key()),
        series: row.text(F::Series.key()).parse().ok(),
        day: row.text(F::Day.key()),
        facilitators: row.takers(MeetingPart::Facilitator),
        note_takers: row.takers(MeetingPart::Notes),
        options: row.options(),
        agenda: row.agenda(),
        attendance: row.noted(),
        floor: row.mark(keys::FLOOR),
        turns: row.floor_turns(),
        made: row.made(),
        body: row.at.body().into(),
        binned: row.mark(keys::BINNED),
        attachments: row.attachments(),
        conflicts: row.conflicts,
    }
}

impl Row<'_> {
    /// The keys that begin so and hold a text, with what follows.
    pub(super) fn texts_under<'r>(
        &'r self,
        before: &'r str,
    ) -> impl Iterator<Item = (&'r str, &'r str)> {
        self.fields.iter().filter_map(move |field| {
            let rest = field.key.strip_prefix(before)?;
            match &field.value {
                ValueRef::Scalar(ScalarValueRef::Str(text)) => Some((rest, &**text)),
                _ => None,
            }
        })
    }

    fn takers(&self, part: MeetingPart) -> Vec<MemberId> {
        let before = format!("{}{}/", keys::PART, part.word());
        let marks = self.fields.iter().filter(|field| is_on(field));
        let mut members: Vec<MemberId> = marks
            .filter_map(|field| field.key.strip_prefix(before.as_str())?.parse().ok())
            .collect();
        members.sort();
        members
    }

    fn options(&self) -> Vec<crate::DateOption> {
        let marks = self.fields.iter().filter(|field| is_on(field));
        let mut options: Vec<_> = marks
            .filter_map(|field| keys::option_in(field.key.strip_prefix(keys::OPTION)?))
            .collect();
        options.sort();
        options
    }

    fn noted(&mut self) -> Vec<Noted> {
        let whole = self.fields.iter().map(|field| field.key.to_string());
        let noted: Vec<String> = whole.filter(|key| key.starts_with(keys::ATTEND)).collect();
        let words = noted.into_iter().filter_map(|key| {
            let member: MemberId = key.strip_prefix(keys::ATTEND)?.parse().ok()?;
            let word = self.text(&key).parse().ok()?;
            Some(Noted { member, word })
        });
        words.collect()
    }

    fn floor_turns(&self) -> Vec<FloorTurn> {
        let turns = self.texts_under(keys::TURN_OF_FLOOR);
        let turns = turns.filter_map(|(id, said)| {
            let (who, seconds) = said.split_once(' ')?;
            let seconds: u32 = seconds.parse().ok()?;
            Some(FloorTurn {
                id: id.parse().ok()?,
                member: who.parse().ok(),
                // A day is the most that a turn can be; more was not written by a Tresse.
                seconds: seconds.min(86_400),
            })
        });
        turns.collect()
    }

    fn made(&self) -> Vec<MadeOf> {
        let made = self.texts_under(keys::MADE).filter_map(|(made, line)| {
            Some(MadeOf {
                made: made.parse().ok()?,
                line: line.to_owned(),
            })
        });
        made.collect()
    }

    fn agenda(&self) -> Vec<AgendaItem> {
        let Some(mut map) = self.field(keys::AGENDA).and_then(|field| self.child(field)) else {
            return Vec::new();
        };
        let named = map.fields.iter().filter_map(|field| {
            let (id, what) = field.key.split_once('/')?;
            Some((
                id.parse::<ItemId>().ok()?,
                what == keys::ORDER,
                number(&field.value),
            ))
        });
        // An item is there once anything is said of it; without an order it stands last.
        let mut orders: BTreeMap<ItemId, f64> = BTreeMap::new();
        for (id, is_order, number) in named {
            let order = orders.entry(id).or_insert(f64::INFINITY);
            if let (true, Some(number)) = (is_order, number) {
                *order = number;
            }
        }
        let mut items: Vec<(f64, ItemId)> = orders.iter().map(|(id, at)| (*at, *id)).collect();
        items.sort_by(|(a, a_id), (b, b_id)| a.total_cmp(b).then_with(|| a_id.cmp(b_id)));
        let mut brought: BTreeMap<ItemId, Vec<Brings>> = BTreeMap::new();
        for field in &map.fields {
            let (Some((id, rest)), ValueRef::Scalar(ScalarValueRef::Str(what))) =
                (field.key.split_once('/'), &field.value)
            else {
                continue;
            };
            let member = rest.strip_prefix(keys::BRINGS).map(str::parse);
            if let (Ok(id), Some(Ok(member))) = (id.parse(), member) {
                let what = what.to_string();
                brought.entry(id).or_default().push(Brings { member, what });
            }
        }
        let items = items.into_iter().take(MOST_POINTS);
        let items = items.filter_map(|(_, id)| {
            let brings = brought.remove(&id).unwrap_or_default();
            map.agenda_item(id, brings)
        });
        items.collect()
    }

    fn agenda_item(&mut self, id: ItemId, brings: Vec<Brings>) -> Option<AgendaItem> {
        if self.mark(&keys::agenda(&id, keys::REMOVED)) {
            return None;
        }
        let mut text = |what: &str| self.text(&keys::agenda(&id, what));
        let title = text(AgendaField::Title.key());
        let (length, words) = (
            text(AgendaField::Length.key()),
            text(AgendaField::Words.key()),
        );
        let (carried, from) = (text(keys::CARRIED), text(keys::FROM));
        let mut conflicts = std::mem::take(&mut self.conflicts);
        for conflict in &mut conflicts {
            // Under the field's word in a command.
            let word = conflict
                .field
                .split_once('/')
                .map(|(_, word)| word.to_owned());
            conflict.field = word.unwrap_or_default();
        }
        (!title.is_empty()).then(|| AgendaItem {
            id,
            title,
            length: minutes(&length),
            words,
            done: self.mark(&keys::agenda(&id, AgendaField::Done.key())),
            brings,
            carried: carried.parse().ok(),
            from: from.parse().ok(),
            conflicts,
        })
    }
}
