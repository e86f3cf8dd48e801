//! The dialogues in which one proposes to close a network or to open it again, or says yes.

use egui::Ui;
use tresse_engine::{
    ClosingCommand, ClosingOutcome, Command,
    model::{DocId, NetworkId},
};

use super::ends;
use crate::{
    theme::{self, Tone},
    tr,
    views::Cx,
};

/// A closing, or a reopening, being written.
#[derive(Default)]
pub struct Draft {
    outcome: Option<ClosingOutcome>,
    into: Option<NetworkId>,
    name: String,
    words: String,
    decision: Option<DocId>,
}

const OUTCOMES: [ClosingOutcome; 3] = [
    ClosingOutcome::PurposeMet,
    ClosingOutcome::NoLongerNeeded,
    ClosingOutcome::Merged,
];

/// Paints how the network shall end; what to send, once that is whole.
pub(crate) fn form(ui: &mut Ui, cx: &Cx<'_>, draft: &mut Draft) -> Option<Command> {
    let (t, words) = (theme::tokens(ui), cx.words);
    theme::paragraph(ui, tr!(words, "closing-talk"));
    ui.add_space(t.space.s);
    let mut outcome = draft.outcome.unwrap_or(ClosingOutcome::PurposeMet);
    let outcomes = OUTCOMES.map(|one| (one, ends::in_short(words, one)));
    theme::wide_choice(ui, tr!(words, "closing-outcome"), &mut outcome, &outcomes);
    draft.outcome = Some(outcome);
    let merged = outcome == ClosingOutcome::Merged;
    if merged {
        into(ui, cx, draft);
    }
    let hint = tr!(words, "closing-words-hint");
    theme::field(ui, tr!(words, "closing-words"), |ui| {
        let width = ui.available_width().min(t.size.form);
        let edit = egui::TextEdit::multiline(&mut draft.words);
        ui.add(edit.hint_text(hint).desired_rows(3).desired_width(width))
    });
    decision(ui, cx, draft);
    ui.add_space(t.space.s);
    theme::message(ui, Tone::Accent, tr!(words, "closing-what-follows"), |_| {});
    theme::caption(ui, super::needed(cx, &cx.net.closing));
    let name = draft.name.trim();
    let named = !merged || draft.into.is_some() || !name.is_empty();
    named.then(|| {
        Command::Closing(ClosingCommand::Propose {
            network: cx.id(),
            outcome,
            into: draft.into.filter(|_| merged),
            name: (merged && draft.into.is_none()).then(|| name.to_owned()),
            words: Some(draft.words.trim().to_owned()).filter(|words| !words.is_empty()),
            decision: draft.decision,
        })
    })
}

/// The network that it goes on in: one of this profile, or another by its name.
fn into(ui: &mut Ui, cx: &Cx<'_>, draft: &mut Draft) {
    let words = cx.words;
    let networks = cx.app.networks.iter();
    let others = networks.filter(|one| one.id != cx.id() && !one.closing.is_closed());
    let mut options: Vec<(Option<NetworkId>, String)> =
        others.map(|one| (Some(one.id), one.name.clone())).collect();
    options.push((None, tr!(words, "closing-into-other")));
    if !options.iter().any(|(id, _)| *id == draft.into) {
        draft.into = None;
    }
    theme::wide_choice(ui, tr!(words, "closing-into"), &mut draft.into, &options);
    if draft.into.is_none() {
        let hint = tr!(words, "closing-into-name-hint");
        theme::text_field(ui, tr!(words, "closing-into-name"), &mut draft.name, hint);
    }
}

/// The decision that the closing follows, where there is any.
fn decision(ui: &mut Ui, cx: &Cx<'_>, draft: &mut Draft) {
    let (words, decisions) = (cx.words, &cx.net.decisions.decisions);
    if decisions.is_empty() {
        return;
    }
    // The first place is that of none.
    let place = |id| decisions.iter().position(|one| Some(one.id) == id);
    let chosen = place(draft.decision).map_or(0, |at| at + 1);
    let of = |at: usize| at.checked_sub(1).and_then(|at| decisions.get(at));
    let said = |at| {
        of(at).map_or_else(
            || tr!(words, "closing-decision-none"),
            |one| one.title.clone(),
        )
    };
    let label = tr!(words, "closing-decision");
    let count = decisions.len() + 1;
    let picked = theme::long_choice(ui, label, chosen, count, said).unwrap_or(chosen);
    draft.decision = of(picked).map(|one| one.id);
}

/// Paints why the network should open again; what to send.
pub(crate) fn reopening_form(ui: &mut Ui, cx: &Cx<'_>, draft: &mut Draft) -> Command {
    let (t, words) = (theme::tokens(ui), cx.words);
    theme::paragraph(ui, tr!(words, "reopening-what"));
    ui.add_space(t.space.s);
    let hint = tr!(words, "reopening-words-hint");
    theme::field(ui, tr!(words, "reopening-words"), |ui| {
        let width = ui.available_width().min(t.size.form);
        let edit = egui::TextEdit::multiline(&mut draft.words);
        ui.add(edit.hint_text(hint).desired_rows(3).desired_width(width))
    });
    theme::caption(ui, super::needed(cx, &cx.net.closing));
    Command::Closing(ClosingCommand::Reopen {
        network: cx.id(),
        words: Some(draft.words.trim().to_owned()),
    })
}

/// What one says yes to: the sentences before the button, and what it sends. Nothing where it is proposed no more.
pub(crate) fn confirm_consent(cx: &Cx<'_>, closing: &str) -> Option<(Vec<String>, Command)> {
    let words = cx.words;
    let mut proposals = cx.net.closing.proposals.iter();
    let known = proposals.find(|one| one.closing == closing)?;
    let mut said = vec![ends::how_it_ended(words, &known.says)];
    said.extend(Some(known.says.words.clone()).filter(|words| !words.is_empty()));
    said.push(tr!(words, "closing-what-follows"));
    said.push(super::needed(cx, &cx.net.closing));
    let command = Command::Closing(ClosingCommand::Consent {
        network: cx.id(),
        closing: closing.to_owned(),
    });
    Some((said, command))
}

/// The same of a reopening.
pub(crate) fn confirm_reopening(cx: &Cx<'_>) -> Option<(Vec<String>, Command)> {
    let words = cx.words;
    let known = cx.net.closing.reopening.as_ref()?;
    let mut said = vec![tr!(words, "reopening-what")];
    said.extend(Some(known.words.clone()).filter(|words| !words.is_empty()));
    said.push(super::needed(cx, &cx.net.closing));
    let command = Command::Closing(ClosingCommand::Reopen {
        network: cx.id(),
        words: None,
    });
    Some((said, command))
}
