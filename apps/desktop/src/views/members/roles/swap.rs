//! Swapping a turn: an offer, its answer, and going back on it.

use egui::{Context, Ui};
use tresse_engine::{
    Command, PilotingView, RoleView,
    model::{MemberId, SwapFacts, SwapState, Turn},
};

use crate::{
    theme::{self, Tone},
    tr,
    views::{Cx, confirm::buttons, parts},
};

/// How a swap stands, with what I can do about it.
pub(super) fn line(
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    view: &PilotingView,
    role: &str,
    swap: &SwapFacts,
) {
    let (words, me) = (cx.words, cx.app.me.member);
    let (by, with) = (view.name_of(&swap.by), view.name_of(&swap.with));
    let (mine, theirs) = (words.date_short(&swap.mine), words.date_short(&swap.theirs));
    let said = match swap.state {
        SwapState::Offered if swap.by == me => {
            tr!(
                words,
                "swap-waits",
                name = with,
                mine = mine,
                theirs = theirs
            )
        }
        // What is theirs to give is mine to take.
        SwapState::Offered if swap.with == me => {
            tr!(
                words,
                "swap-offered",
                name = by,
                mine = theirs,
                theirs = mine
            )
        }
        SwapState::Offered => tr!(
            words,
            "swap-offered-others",
            by = by,
            name = with,
            mine = mine,
            theirs = theirs
        ),
        SwapState::Agreed => {
            tr!(
                words,
                "swap-agreed",
                by = by,
                name = with,
                mine = mine,
                theirs = theirs
            )
        }
        SwapState::Void => tr!(words, "swap-void", by = by, name = with),
    };
    let tone = match swap.state {
        SwapState::Offered => Tone::Accent,
        SwapState::Agreed => Tone::Good,
        SwapState::Void => Tone::Neutral,
    };
    ui.add_space(theme::tokens(ui).space.xs);
    ui.push_id((&swap.mine, &swap.theirs, swap.by), |ui| {
        theme::message(ui, tone, said, |ui| act(ui, cx, role, swap));
    });
}

fn act(ui: &mut Ui, cx: &mut Cx<'_>, role: &str, swap: &SwapFacts) {
    let me = cx.app.me.member;
    if cx.locked(false) || ![swap.by, swap.with].contains(&me) {
        return;
    }
    let (mine, theirs, with) = if swap.by == me {
        (&swap.mine, &swap.theirs, swap.with)
    } else {
        (&swap.theirs, &swap.mine, swap.by)
    };
    let waits_for_me = swap.state == SwapState::Offered && swap.with == me;
    if waits_for_me {
        if theme::quiet_button(ui, tr!(cx.words, "swap-accept")).clicked() {
            agree(cx, role, (mine, theirs), with, false);
        }
    } else {
        // The day on which the first of the two begins is too late.
        let begun = *mine.min(theirs) <= cx.today.to_string();
        let free = swap.state != SwapState::Agreed || !begun;
        if free && theme::quiet_button(ui, tr!(cx.words, "swap-take-back")).clicked() {
            agree(cx, role, (mine, theirs), with, true);
        }
    }
}

fn agree(cx: &mut Cx<'_>, role: &str, days: (&str, &str), with: MemberId, withdraw: bool) {
    cx.send(agreeing(cx, role, days, with, withdraw));
}

fn agreeing(
    cx: &Cx<'_>,
    role: &str,
    days: (&str, &str),
    with: MemberId,
    withdraw: bool,
) -> Command {
    Command::SwapAgree {
        network: cx.id(),
        role: role.to_owned(),
        mine: days.0.to_owned(),
        theirs: days.1.to_owned(),
        with,
        withdraw,
    }
}

/// Paints the dialogue in which a turn of mine is offered; true when it is over.
pub(super) fn dialogue(
    ctx: &Context,
    cx: &mut Cx<'_>,
    view: &PilotingView,
    (role, day): (&RoleView, &str),
    chosen: &mut Option<usize>,
) -> bool {
    let me = cx.app.me.member;
    let round = role.facts.rotation.clone().unwrap_or_default();
    let others: Vec<&Turn> = round
        .coming
        .iter()
        .filter(|turn| turn.member != me)
        .collect();
    parts::dialogue(ctx, "swap", tr!(cx.words, "swap-title"), |ui| {
        let t = theme::tokens(ui);
        theme::muted(ui, tr!(cx.words, "swap-explained"));
        ui.add_space(t.space.s);
        if others.is_empty() {
            theme::paragraph(ui, tr!(cx.words, "swap-none"));
        }
        let options: Vec<(usize, String)> = others
            .iter()
            .map(|turn| {
                let name = view.name_of(&turn.member);
                let (from, to) = (
                    cx.words.date_short(&turn.from),
                    cx.words.date_short(&turn.until),
                );
                tr!(cx.words, "swap-choice", name = name, from = from, to = to)
            })
            .enumerate()
            .collect();
        let place = chosen.get_or_insert(0);
        *place = (*place).min(others.len().saturating_sub(1));
        if !others.is_empty() {
            theme::wide_choice(ui, tr!(cx.words, "swap-against"), place, &options);
        }
        let theirs = others.get(*place);
        let role = &role.facts.name;
        let command =
            theirs.map(|theirs| agreeing(cx, role, (day, &theirs.from), theirs.member, false));
        buttons(ui, cx, tr!(cx.words, "swap-confirm"), command);
    })
}
