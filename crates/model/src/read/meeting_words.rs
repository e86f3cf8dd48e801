//! Reading what a member says about meetings.

use super::Row;
use crate::{Can, DateAnswer, WordsOfMeetings, keys};

impl Row<'_> {
    /// What the notebook's owner said about meetings.
    pub(super) fn meeting_words(&self) -> WordsOfMeetings {
        let mut words = WordsOfMeetings::new();
        for (meeting, said) in self.texts_under(keys::ATTEND) {
            if let (Ok(meeting), Ok(word)) = (meeting.parse(), said.parse()) {
                words.entry(meeting).or_default().attended = Some(word);
            }
        }
        for (meeting, said) in self.texts_under(keys::ROUND) {
            if let Ok(meeting) = meeting.parse() {
                said.clone_into(&mut words.entry(meeting).or_default().round);
            }
        }
        for (key, said) in self.texts_under(keys::AVAIL) {
            let Some((meeting, option)) = key.split_once('/') else {
                continue;
            };
            if let (Ok(meeting), Some(option), Some(answer)) = (
                meeting.parse(),
                keys::option_in(option),
                Can::from_word(said),
            ) {
                let dates = &mut words.entry(meeting).or_default().dates;
                dates.push(DateAnswer { option, answer });
            }
        }
        words
    }
}
