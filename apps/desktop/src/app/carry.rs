//! Work carried by hand, as far as the window is concerned: files that are made for a stick, and files that were brought.

use std::{path::Path, sync::Arc};

use egui::Context;
use tresse_engine::{
    BundleMade, BundleTaken, CommandError, Engine, Progress, is_address,
    model::{DeviceId, DocId, NetworkId},
};

use super::{
    asks::{Ask, Dialogue},
    files,
    jobs::Done,
    open::{Open, Shell},
    place::Place,
    toast::Toast,
};
use crate::{
    i18n::I18n,
    start::qr::{ReadTicketError, ticket_from_file},
    tr,
    views::{
        carry::{self, ENDING},
        long_work::Outcome,
        reach::Reach,
    },
};

/// What came of a file.
pub(super) enum Carried {
    /// It was made, under this name.
    Made(String, Result<BundleMade, CommandError>),
    /// It was taken in.
    Taken(Result<BundleTaken, CommandError>),
    /// It was looked at for a ticket.
    Ticket(Result<String, ReadTicketError>),
    /// A page was made of it.
    Page(NetworkId, Result<DocId, CommandError>),
    /// The person chose none.
    NotChosen,
}

impl Open {
    /// Starts what is asked, unless something of the kind is under way: a file that was brought waits for its turn then.
    pub(super) fn start_carrying(&mut self, shell: &mut Shell<'_>, ask: Ask) {
        let making = matches!(ask, Ask::MakeBundle { .. });
        let Some(progress) = self.carry.begin(making) else {
            match ask {
                Ask::Import(file, network) => self.carry.wait(file, network),
                _ => self.tell_bad(tr!(shell.words, "carry-busy")),
            }
            return;
        };
        let engine = self.engine.clone();
        match ask {
            Ask::MakeBundle {
                network,
                device,
                name,
            } => files::save(shell, name, move |chosen| {
                let made = chosen.map(|file| make(&engine, &network, device, &file, &progress));
                Done::Carried(made.unwrap_or(Carried::NotChosen))
            }),
            Ask::Import(file, network) => {
                shell.worker.run("take", Done::NoThread, move || {
                    Done::Carried(take(&engine, network, &file, &progress))
                });
            }
            _ => self.carry.work.over(),
        }
    }

    /// What came of a file.
    pub(super) fn carried(&mut self, ctx: &Context, words: &I18n, carried: Carried) {
        let outcome = match carried {
            Carried::Made(name, Ok(made)) => carry::made(words, &name, &made),
            Carried::Made(_, Err(error)) => failed(words, true, &error),
            Carried::Taken(Ok(taken)) => {
                self.view = self.engine.view();
                let net = self.view.network(&taken.network);
                let name = net.map(|net| net.name.clone()).unwrap_or_default();
                carry::taken(words, &name, &taken)
            }
            Carried::Taken(Err(error)) => failed(words, false, &error),
            other => {
                self.carry.work.over();
                return match other {
                    Carried::Ticket(ticket) => self.ticket_read(words, ticket),
                    Carried::Page(network, page) => {
                        self.took(ctx, words, Done::Page(network, page));
                    }
                    _ => {}
                };
            }
        };
        self.tell_outcome(outcome);
    }

    /// Shows it where one looks for it, and beside what else is being done.
    fn tell_outcome(&mut self, outcome: Outcome) {
        match &self.dialogue {
            Some(Dialogue::Carry(..) | Dialogue::Taking) => {}
            None => {
                self.carry.fresh(None);
                self.drafts.form.forget();
                self.dialogue = Some(Dialogue::Taking);
            }
            Some(_) => {
                self.carry.work.over();
                let toast = Toast::new(outcome.tone, outcome.said);
                return self.toasts.push(toast, self.time);
            }
        }
        self.carry.work.came(outcome);
    }

    fn ticket_read(&mut self, words: &I18n, read: Result<String, ReadTicketError>) {
        // Where a machine is concerns no new network.
        if let Ok(address) = &read
            && is_address(address)
        {
            self.show(Dialogue::Meet);
            self.reach = Reach::begins_with(address.clone());
            return;
        }
        self.go(Place::Add);
        match read {
            Ok(ticket) => self.add.ticket(ticket),
            Err(error) => {
                self.add.to_ticket();
                self.add.failed(error.words(words));
            }
        }
    }

    /// Files that wait are taken one after the other; what takes long is shown.
    pub(super) fn carry_on(&mut self, asks: &mut Vec<Ask>) {
        let next = self.carry.next_file();
        asks.extend(next.map(|(file, network)| Ask::Import(file, network)));
        if self.carry.takes_long() && self.dialogue.is_none() {
            self.carry.fresh(None);
            self.drafts.form.forget();
            self.dialogue = Some(Dialogue::Taking);
        }
    }
}

fn failed(words: &I18n, making: bool, error: &CommandError) -> Outcome {
    carry::failed(words, making, &error.code, &error.message)
}

fn make(
    engine: &Engine,
    network: &NetworkId,
    device: Option<DeviceId>,
    file: &Path,
    progress: &Progress,
) -> Carried {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let made = engine.bundle_over(network, device, file, progress);
    Carried::Made(name.into_owned(), made)
}

/// Does with a file that was brought what it is for; a Markdown file is for `network`, where there is one.
pub(super) fn take(
    engine: &Engine,
    network: Option<NetworkId>,
    file: &Path,
    progress: &Arc<Progress>,
) -> Carried {
    if let Some(network) = network.filter(|_| is_named(file, &["md", "markdown"])) {
        return Carried::Page(network, engine.import_page(&network, file));
    }
    match Engine::is_bundle(file) {
        // A stick that was pulled out too early may leave nothing, or nothing but zeros.
        Ok(false) if is_named(file, &[ENDING]) => {
            let message = "the file is not whole";
            Carried::Taken(Err(CommandError::new("bundle-damaged", message)))
        }
        Ok(false) => Carried::Ticket(ticket_from_file(file)),
        Ok(true) => {
            let taken = engine.take_bundle(file, progress);
            // What it tells of is in the view by the time that it is told.
            let shown = taken.and_then(|taken| engine.fresh_view().map(|_| taken));
            Carried::Taken(shown)
        }
        Err(error) => Carried::Taken(Err(error)),
    }
}

/// Whether the file's name ends like one of these.
fn is_named(file: &Path, endings: &[&str]) -> bool {
    let end = file.extension();
    end.is_some_and(|end| endings.iter().any(|one| end.eq_ignore_ascii_case(one)))
}
