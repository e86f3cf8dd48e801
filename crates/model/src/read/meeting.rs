//! Reading a meeting.

use automerge::ROOT;

use super::{At, AuthorOf, Row};
use crate::{MeetingContent, MeetingField, keys};

/// Reads a meeting.
pub fn read_meeting<'a>(at: impl Into<At<'a>>, authors: &'a dyn AuthorOf) -> MeetingContent {
    let mut row = Row::new(at.into(), ROOT, authors);
    MeetingContent {
        title: row.text(MeetingField::Title.key()),
        on: row.text(MeetingField::On.key()),
        at: row.text(MeetingField::At.key()),
        place: row.text(MeetingField::Place.key()),
        group: row.text(MeetingField::Group.key()).parse().ok(),
        body: row.at.body().into(),
        binned: row.mark(keys::BINNED),
        conflicts: row.conflicts,
    }
}
