//! Joining, and meeting by an address, as far as the window is concerned: what the engine's answers change.

use egui::Context;

use super::{
    asks::Dialogue,
    jobs::{Asked, Done},
    open::Open,
    perform::say,
};
use crate::i18n::I18n;

impl Open {
    /// What came of an invitation or of an address.
    pub(super) fn reached(&mut self, ctx: &Context, words: &I18n, done: Done) {
        match done {
            Done::Joining(Err(error)) => self.add.refused(words, &error),
            Done::Joining(Ok(Asked::In(network))) => self.add.joining(Some(network)),
            // Who is in already is looking for the others.
            Done::Joining(Ok(Asked::Again(number))) => {
                self.view = self.engine.view();
                self.add.rest();
                self.show(Dialogue::Meet);
                self.reach.dialled(number);
            }
            Done::Dialled(Ok(number)) => {
                self.view = self.engine.view();
                self.reach.dialled(number);
            }
            Done::OwnAddress(Ok(own)) => self.reach.own(ctx, own),
            Done::Dialled(Err(error)) | Done::OwnAddress(Err(error)) => {
                self.reach.failed(say(words, &error));
            }
            _ => {}
        }
    }
}
