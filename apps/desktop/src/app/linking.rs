//! Linking a machine, as far as the window is concerned: what is asked of the engine, and what its answers change.

use tresse_engine::{Command, CommandError};

use super::{
    Launch,
    asks::Ask,
    errors,
    jobs::{self, Done},
    open::{Open, Shell},
    place::Place,
};
use crate::{i18n::I18n, views::linking::Given};

impl Open {
    /// Asks the engine beside the window.
    pub(super) fn start_linking(&mut self, shell: &mut Shell<'_>, ask: Ask) {
        let engine = self.engine.clone();
        let run = |done: fn(Result<(), CommandError>) -> Done, command: Command| {
            shell.worker.run("link", Done::NoThread, move || {
                done(jobs::link(&engine, command))
            });
        };
        match ask {
            Ask::OfferLink => {
                self.linking.asked();
                run(Done::LinkOffered, self.link_offer(shell.launch));
            }
            Ask::AcceptLink(given) => {
                run(Done::LinkAccepted, accept(&given));
                self.linking.given(given);
            }
            _ => {}
        }
    }

    /// Asks for a pass. A machine that has no name yet takes the system's, for my others.
    fn link_offer(&self, launch: &Launch) -> Command {
        let mut networks = self.view.networks.iter();
        let named = networks.any(|network| {
            let mut members = network.members.members.iter().filter(|one| one.is_me);
            members.any(|me| {
                let mut machines = me.machines.iter();
                machines.any(|machine| machine.is_this && !machine.label.is_empty())
            })
        });
        let label = launch.machine.clone().filter(|_| !named);
        Command::DeviceLinkOffer { label }
    }

    pub(super) fn link_offered(&mut self, words: &I18n, answer: Result<(), CommandError>) {
        self.view = self.engine.view();
        let problem = answer
            .err()
            .map(|error| errors::sentence(words, &error.code, &error.message));
        self.linking.answered(problem);
    }

    pub(super) fn link_accepted(&mut self, words: &I18n, answer: Result<(), CommandError>) {
        self.view = self.engine.view();
        match answer {
            Ok(()) => self.add.rest(),
            Err(error) => self.add.refused(words, &error),
        }
    }

    /// The page where a pass is given, empty.
    pub(super) fn go_to_link(&mut self) {
        self.leave_linking();
        self.add.reset();
        self.add.to_link();
        self.go(Place::Add);
    }

    pub(super) fn leave_linking(&mut self) {
        if let Some(command) = self.linking.leave(&self.view) {
            self.engine.send(command);
        }
    }
}

/// The command that uses a pass.
fn accept(given: &Given) -> Command {
    let label = given.label.trim();
    Command::DeviceLinkAccept {
        ticket: given.ticket.clone(),
        label: (!label.is_empty()).then(|| label.to_owned()),
    }
}
