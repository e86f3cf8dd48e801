//! What is asked about documents' past, and what comes of it.

use tresse_engine::{Engine, model::DocKind};

use super::{
    asks::Ask,
    command::UiCommand,
    jobs::{self, Done},
    open::{Open, Shell},
    perform::say,
    toast::Toast,
};
use crate::{i18n::I18n, theme::Tone, tr};

/// Starts what was asked.
pub(super) fn start(engine: Engine, shell: &mut Shell<'_>, ask: Ask) {
    let mut run = |name: &str, job: Box<dyn FnOnce() -> Done + Send>| {
        shell.worker.run(name, Done::NoThread, job);
    };
    match ask {
        Ask::History(network, doc) => run(
            "history",
            Box::new(move || Done::History(doc, engine.history(&network, &doc))),
        ),
        Ask::Hands(network, item) => run(
            "hands",
            // Of one that has gone meanwhile there is nothing to say.
            Box::new(move || {
                let hands = engine.item_hands(&network, &item);
                Done::Hands((network, item), hands.ok())
            }),
        ),
        Ask::Past(wanted) => {
            let lang = shell.words.lang();
            run("past", Box::new(move || jobs::past(&engine, wanted, lang)));
        }
        Ask::Lines(network, wanted) => run(
            "lines",
            Box::new(move || {
                let lines = engine.line_authors(&network, &wanted.doc, wanted.range());
                Done::Lines(network, wanted, lines)
            }),
        ),
        Ask::PutBack(command) => run(
            "put-back",
            Box::new(move || Done::PutBack(jobs::put_back(&engine, command))),
        ),
        // Others are started elsewhere.
        _ => {}
    }
}

impl Open {
    /// What came of it.
    pub(super) fn took_past(&mut self, words: &I18n, done: Done) {
        match done {
            Done::History(doc, groups) => {
                let groups = groups.map_err(|error| say(words, &error));
                self.history.came(doc, groups);
            }
            Done::Past(came) => {
                let (wanted, sheet) = *came;
                let sheet = sheet.map_err(|error| say(words, &error));
                self.history.stood(&wanted, sheet);
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
                let doc = wanted.doc;
                let writing = match doc.kind() {
                    Some(DocKind::Charter) => Some(views.charter.writing()),
                    Some(DocKind::Page) => views.library.text_of(doc),
                    Some(DocKind::Meeting) => views.meetings.text_of(doc),
                    Some(DocKind::Decision) => views.decisions.text_of(doc),
                    Some(
                        DocKind::Plan
                        | DocKind::Network
                        | DocKind::Notebook
                        | DocKind::Watch
                        | DocKind::Resources,
                    )
                    | None => None,
                };
                if let Some(writing) = writing {
                    writing.wrote(&wanted, &lines);
                }
            }
            _ => {}
        }
    }
}
