//! Making a second machine one's own, seen from either of the two: the pass that the first one shows, the code that
//! both compare, and how it ended. What is painted is what the engine says; nothing is remembered here that
//! could differ from it.
//!
//! ```text
//!   first machine    the pass is shown ─┐
//!                                       ├─▶ the code, on both ─▶ waiting ─▶ linked, or why not
//!   second machine   the pass is given ─┘                          └─▶ other members must consent
//! ```

mod steps;

pub use steps::pending;

use std::mem::{Discriminant, discriminant};

use egui::{Context, Ui};
use tresse_engine::{AppView, Command, LinkingState, LinkingView};

use super::{parts::firm_dialogue, ticket::Ticket};
use crate::{
    app::asks::Ask,
    i18n::I18n,
    theme::{self, Tone},
    tr,
};

/// Why it came to nothing, where the same pass may do the next time.
const MAY_DO_NEXT_TIME: [&str; 4] = [
    "link-busy",
    "link-lost",
    "link-unavailable",
    "link-unreachable",
];

/// For how long after a step has come, in seconds, nothing can be clicked in it: what was meant for the step before
/// must not confirm a code that nobody has looked at.
const LOOK_FIRST: f64 = 0.7;

/// A pass given to this machine, with what this machine is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// The pass's text.
    pub ticket: String,
    /// The machine's name, or nothing.
    pub label: String,
}

/// What the dialogue remembers.
#[derive(Default)]
pub struct Linking {
    offer: Offer,
    ticket: Option<Ticket>,
    given: Option<Given>,
    /// The step that is shown, and since when.
    since: Option<(Discriminant<LinkingState>, f64)>,
    /// The person knows that other members must consent.
    put_aside: bool,
}

#[derive(Default)]
enum Offer {
    #[default]
    None,
    Asked,
    Refused(String),
}

impl Linking {
    /// A pass is being made.
    pub fn asked(&mut self) {
        self.offer = Offer::Asked;
    }

    /// The engine made it, or why not.
    pub fn answered(&mut self, problem: Option<String>) {
        self.offer = problem.map_or(Offer::None, Offer::Refused);
    }

    /// A pass was given to this machine.
    pub fn given(&mut self, given: Given) {
        self.given = Some(given);
    }

    /// What waits for other members is looked at only when it is asked for.
    pub fn put_aside(&mut self) {
        self.put_aside = true;
    }

    /// Takes what was put aside up again.
    pub fn take_up(&mut self) {
        self.put_aside = false;
    }

    /// Whether there is something to show.
    pub fn is_there(&mut self, app: &AppView) -> bool {
        let pending = |view: &LinkingView| matches!(view.state, LinkingState::Pending { .. });
        if !app.linking.as_ref().is_some_and(pending) {
            self.put_aside = false;
        }
        !matches!(self.offer, Offer::None) || app.linking.is_some() && !self.put_aside
    }

    /// Paints the dialogue.
    pub fn ui(&mut self, ctx: &Context, words: &I18n, app: &AppView, asks: &mut Vec<Ask>) {
        let view = match &self.offer {
            Offer::None => app.linking.as_ref(),
            Offer::Asked | Offer::Refused(_) => None,
        };
        self.show_pass(ctx, view);
        let title = title(words, view);
        let fresh = self.is_fresh(ctx, view);
        let mut clicked = Vec::new();
        let left = firm_dialogue(ctx, "linking", title, |ui| match (view, &self.offer) {
            (Some(view), _) => steps::ui(ui, words, app, view, self, &mut clicked),
            (None, Offer::Refused(problem)) => {
                steps::refused(ui, words, problem, &mut clicked);
            }
            (None, _) => {
                theme::waiting(ui, tr!(words, "link-making"));
            }
        });
        if !fresh {
            asks.append(&mut clicked);
        }
        if left {
            asks.push(Ask::LeaveLinking);
        }
    }

    /// The person wants it gone: gives up what is under way, puts away what has ended, and leaves what waits for other
    /// members to wait.
    pub fn leave(&mut self, app: &AppView) -> Option<Command> {
        self.offer = Offer::None;
        let view = app.linking.as_ref()?;
        if matches!(view.state, LinkingState::Pending { .. }) {
            self.put_aside = true;
            return None;
        }
        Some(Command::DeviceLinkCancel { differs: false })
    }

    /// Whether the step has only just come.
    fn is_fresh(&mut self, ctx: &Context, view: Option<&LinkingView>) -> bool {
        let now = ctx.input(|input| input.time);
        let step = view.map(|view| discriminant(&view.state));
        if self.since.map(|(shown, _)| shown) != step {
            self.since = step.map(|step| (step, now));
        }
        self.since
            .is_some_and(|(_, since)| now - since < LOOK_FIRST)
    }

    fn show_pass(&mut self, ctx: &Context, view: Option<&LinkingView>) {
        let Some(LinkingState::Offered { ticket, qr, .. }) = view.map(|view| &view.state) else {
            self.ticket = None;
            return;
        };
        if self.ticket.as_ref().is_none_or(|one| one.text() != ticket) {
            self.ticket = Some(Ticket::new(ctx, ticket.clone(), qr));
        }
    }

    /// The pass that may be tried once more.
    fn again(&self, code: &str) -> Option<Given> {
        self.given
            .clone()
            .filter(|_| MAY_DO_NEXT_TIME.contains(&code))
    }
}

/// The settings' part.
pub fn summary(ui: &mut Ui, words: &I18n, asks: &mut Vec<Ask>) {
    theme::strong(ui, tr!(words, "link-mine"));
    theme::caption(ui, tr!(words, "link-mine-explained"));
    if theme::quiet_button(ui, tr!(words, "link-another-ask")).clicked() {
        asks.push(Ask::OfferLink);
    }
}

fn title(words: &I18n, view: Option<&LinkingView>) -> String {
    let Some(view) = view else {
        return tr!(words, "link-another");
    };
    match &view.state {
        LinkingState::Compare { .. } | LinkingState::Waiting { .. } => {
            tr!(words, "link-compare-title")
        }
        LinkingState::Done => tr!(words, "link-done-title"),
        LinkingState::Failed { .. } => tr!(words, "link-failed-title"),
        LinkingState::Pending { .. } => tr!(words, "link-pending-title"),
        LinkingState::Offered { .. } | LinkingState::Connecting if view.takes => {
            tr!(words, "link-this")
        }
        LinkingState::Offered { .. } | LinkingState::Connecting => tr!(words, "link-another"),
    }
}

/// How bad it is that it came to nothing.
fn gravity(code: &str) -> Tone {
    match code {
        "link-cancelled" | "link-expired" | "link-lost" | "link-busy" | "link-unreachable" => {
            Tone::Warn
        }
        _ => Tone::Bad,
    }
}
