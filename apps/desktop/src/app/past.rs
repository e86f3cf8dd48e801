//! What came of looking at a document's past.

use super::{asks::Ask, command::UiCommand, jobs::Done, open::Open, perform::say, toast::Toast};
use crate::{i18n::I18n, theme::Tone, tr};

impl Open {
    /// A document as it stood, something put back, or who wrote some lines.
    pub(super) fn took_past(&mut self, words: &I18n, done: Done) {
        match done {
            Done::Past(came) => {
                let (wanted, sheet) = *came;
                self.history
                    .stood(&wanted, sheet.map_err(|error| say(words, &error)));
            }
            Done::PutBack(Ok(exact)) => {
                let text = if exact {
                    tr!(words, "past-is-back")
                } else {
                    tr!(words, "past-is-back-near")
                };
                let undo = Ask::Do(UiCommand::Undo);
                let toast = Toast::new(Tone::Good, text).with(tr!(words, "past-not-back"), undo);
                self.toasts.push(toast, self.time);
            }
            Done::PutBack(Err(error)) => self.tell_bad(say(words, &error)),
            Done::Lines(network, wanted, lines) => {
                let views = self.networks.entry(network).or_default();
                let lines = lines.unwrap_or_default();
                views.charter.writing().wrote(&wanted, &lines);
                if let Some(writing) = views.library.writing() {
                    writing.wrote(&wanted, &lines);
                }
            }
            _ => {}
        }
    }
}
