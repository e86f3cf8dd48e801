//! What was typed goes to the engine, and what comes of it comes back.

use egui::Id;
use tresse_engine::Command;

use super::{open::Open, perform::say, toast::Toast};
use crate::{i18n::I18n, theme::Tone};

impl Open {
    /// Sends what was typed into a field.
    pub(super) fn hand(&mut self, field: Id, command: Command) {
        let answer = self.engine.hand(command);
        self.drafts.handed(field, move || answer.came());
    }

    /// Sends all that is still being typed.
    pub(super) fn send_typed(&mut self) {
        for (field, command) in self.drafts.flush() {
            self.hand(field, command);
        }
    }

    /// Hears what came of what was typed, and of what the open dialogue asked for.
    pub(super) fn hear(&mut self, words: &I18n) {
        let refused = self.drafts.hear(self.time, |error| say(words, error));
        for why in refused {
            self.toasts.push(Toast::new(Tone::Bad, why), self.time);
        }
        match self.drafts.form.hear(|error| say(words, error)) {
            Some(Ok(())) => self.close_dialogue(),
            // It was closed before the answer came.
            Some(Err(why)) if self.dialogue.is_none() => self.tell_bad(why),
            Some(Err(_)) | None => {}
        }
    }
}
