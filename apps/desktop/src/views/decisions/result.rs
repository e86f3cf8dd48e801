//! What comes of the ballots: how many, what they say, what is still missing, who counted.

use egui::Ui;
use tresse_engine::{
    BallotView, DecisionCommand, DecisionView, Phase,
    model::{Answer, Method, Stance, Tally},
};

use super::{
    outcome::Form,
    say::{self, criterion_name, option_name, stance_name},
    send, table,
};
use crate::{
    i18n::I18n,
    theme::{self, Icon, Tone},
    tr,
    views::Cx,
};

/// Paints it.
pub(super) fn ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &DecisionView, locked: bool, form: &mut Form) {
    let t = theme::tokens(ui);
    theme::card(ui, |ui| {
        theme::heading(ui, tr!(cx.words, "result"));
        theme::muted(
            ui,
            tr!(
                cx.words,
                "result-voted",
                voted = view.voted,
                electors = view.electors
            ),
        );
        missing(ui, cx.words, view);
        match &view.tally {
            None => {
                theme::message(ui, Tone::Neutral, tr!(cx.words, "result-hidden"), |_| {});
            }
            Some(tally) => {
                ui.add_space(t.space.xs);
                figures(ui, cx.words, view, tally);
                // What was gathered and concluded says all it has to say below.
                if counts(view) || view.phase != Phase::Concluded {
                    let (words, tone) = say::verdict(cx.words, view, &tally.verdict);
                    theme::message(ui, tone, words, |_| {});
                }
            }
        }
        ballots(ui, cx, view, locked, form);
        counting(ui, cx, view, locked, form);
    });
}

/// Whether a count says what comes of it; what people think of something is only gathered.
fn counts(view: &DecisionView) -> bool {
    view.content.method.is_counted()
}

/// What is provisional, and why.
fn missing(ui: &mut Ui, words: &I18n, view: &DecisionView) {
    if view.awaited > 0 {
        theme::waiting(ui, tr!(words, "result-awaited", count = view.awaited));
    }
    let may_change = counts(view) || view.phase == Phase::Open;
    if view.provisional && may_change && view.awaited == 0 && view.tally.is_some() {
        let said = match view.phase {
            Phase::Open => tr!(words, "result-so-far"),
            _ => tr!(words, "result-provisional"),
        };
        theme::muted(ui, said);
    }
    if view.after_close > 0 {
        theme::muted(
            ui,
            tr!(words, "result-after-close", count = view.after_close),
        );
    }
    if !view.disputed.is_empty() {
        let names = view.disputed.join(", ");
        theme::message(
            ui,
            Tone::Warn,
            tr!(words, "result-disputed", names = names),
            |_| {},
        );
    }
}

fn figures(ui: &mut Ui, words: &I18n, view: &DecisionView, tally: &Tally) {
    let all = tally.cast.max(1) as f32;
    for one in &tally.stances {
        // How an objection was lifted is shown where there was one.
        if one.people == 0 && matches!(one.stance, Stance::Integrated | Stance::Lifted) {
            continue;
        }
        let name = stance_name(words, one.stance);
        bar(ui, &name, &one.people.to_string(), one.people as f32 / all);
    }
    let most = tally
        .choices
        .iter()
        .map(|one| one.points)
        .max()
        .unwrap_or(0)
        .max(1);
    for one in &tally.choices {
        let name = option_name(words, &view.terms, &one.option);
        let said = if matches!(view.terms.method, Method::ChooseDots | Method::ChooseScore) {
            tr!(
                words,
                "result-points",
                points = one.points,
                people = one.people
            )
        } else {
            one.points.to_string()
        };
        bar(ui, &name, &said, one.points as f32 / most as f32);
    }
    rounds(ui, words, view, tally);
    if let Some(found) = &tally.table {
        table::ui(ui, words, found);
    }
    // Before anybody has answered, « 1 of 0 » would tell nothing.
    let needed = tally.needed.filter(|(_, of)| tally.cast > 0 && *of > 0);
    if let Some((need, of)) = needed {
        theme::caption(ui, tr!(words, "result-needed", need = need, of = of));
    }
    if let Some(quorum) = tally.quorum {
        let said = if quorum.reached {
            tr!(words, "result-quorum", need = quorum.need)
        } else {
            tr!(
                words,
                "result-quorum-missed",
                need = quorum.need,
                cast = tally.cast
            )
        };
        theme::caption(ui, said);
    }
    if tally.unusable > 0 {
        theme::caption(ui, tr!(words, "result-unusable", count = tally.unusable));
    }
}

/// A name, a bar and a number: each says it without the other.
fn bar(ui: &mut Ui, name: &str, said: &str, part: f32) {
    let t = theme::tokens(ui);
    ui.horizontal(|ui| {
        let width = ui.available_width();
        let label = (width * 0.5).min(t.size.column);
        ui.allocate_ui(egui::vec2(label, t.size.control), |ui| {
            ui.set_width(label);
            ui.add(egui::Label::new(name).truncate());
        });
        let rest = (width - label - 0.5 * t.size.column).max(t.size.control);
        let full = format!("{name}\u{202f}: {said}");
        theme::progress_bar(ui, part * 0.999, rest, full);
        ui.label(said);
    });
}

fn rounds(ui: &mut Ui, words: &I18n, view: &DecisionView, tally: &Tally) {
    if tally.rounds.len() < 2 {
        return;
    }
    theme::subheading(ui, tr!(words, "result-rounds"));
    for (number, round) in tally.rounds.iter().enumerate() {
        let votes = round.votes.iter().map(|(id, votes)| {
            let name = option_name(words, &view.terms, id);
            tr!(words, "result-round-votes", option = name, votes = *votes)
        });
        let votes: Vec<String> = votes.collect();
        let line = tr!(
            words,
            "result-round",
            number = number + 1,
            votes = votes.join(" · ")
        );
        theme::paragraph(ui, line);
        if !round.out.is_empty() {
            let names: Vec<String> = round
                .out
                .iter()
                .map(|id| option_name(words, &view.terms, id))
                .collect();
            theme::caption(
                ui,
                tr!(words, "result-round-out", options = names.join(", ")),
            );
        }
    }
}

/// Each ballot in words.
fn ballots(ui: &mut Ui, cx: &mut Cx<'_>, view: &DecisionView, locked: bool, form: &mut Form) {
    let t = theme::tokens(ui);
    let shown: Vec<&BallotView> = view
        .ballots
        .iter()
        .filter(|one| !(view.hidden && one.mine))
        .collect();
    if shown.is_empty() {
        return;
    }
    ui.add_space(t.space.s);
    egui::CollapsingHeader::new(tr!(cx.words, "result-ballots", count = shown.len()))
        .id_salt(("ballots", view.id))
        .default_open(matches!(
            view.content.method,
            Method::Advice | Method::Consent
        ))
        .show(ui, |ui| {
            if view.content.hides_names() {
                theme::caption(ui, tr!(cx.words, "result-no-names"));
            }
            let mut heights = std::mem::take(&mut form.heights);
            let guess = 2.0 * t.text.body * t.text.line;
            for (place, ballot) in shown.into_iter().enumerate() {
                // Where names are left out, nothing but its place tells a ballot.
                let id = egui::Id::unique(("ballot", view.id, ballot.ballot, place));
                heights.one(ui, id, guess, false, |ui| {
                    one(ui, cx, view, ballot, locked, form);
                });
            }
            form.heights = heights;
        });
}

fn one(
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    view: &DecisionView,
    ballot: &BallotView,
    locked: bool,
    form: &mut Form,
) {
    let t = theme::tokens(ui);
    let said = in_words(cx.words, view, &ballot.answer);
    let line = if ballot.name.is_empty() {
        said
    } else {
        tr!(
            cx.words,
            "result-ballot",
            name = ballot.name.clone(),
            said = said
        )
    };
    theme::paragraph(ui, line);
    let why = ballot.answer.words();
    if !why.is_empty() && !matches!(ballot.answer, Answer::Words { .. }) {
        theme::muted(ui, tr!(cx.words, "result-why", words = why.to_owned()));
    }
    if !ballot.reply.is_empty() {
        theme::muted(
            ui,
            tr!(cx.words, "result-reply", words = ballot.reply.clone()),
        );
    }
    let objection = matches!(
        ballot.answer,
        Answer::Stance {
            stance: Stance::Objection,
            ..
        }
    );
    if let Some(id) = ballot
        .ballot
        .filter(|_| objection && !locked && !view.phase.is_over())
    {
        if form.replying == Some(id) {
            theme::text_field(ui, tr!(cx.words, "objection-reply"), &mut form.reply, "");
            if theme::quiet_button(ui, tr!(cx.words, "objection-reply-save")).clicked() {
                let words = Some(std::mem::take(&mut form.reply));
                let (network, decision) = (cx.id(), view.id);
                send(
                    cx,
                    DecisionCommand::Reply {
                        network,
                        decision,
                        ballot: id,
                        words,
                    },
                );
                form.replying = None;
            }
        } else {
            let label = tr!(cx.words, "objection-reply-to", name = ballot.name.clone());
            let button = theme::quiet_button(ui, tr!(cx.words, "objection-reply-button"));
            if button.accessible_name(label).clicked() {
                (form.replying, form.reply) = (Some(id), ballot.reply.clone());
            }
        }
    }
    ui.add_space(t.space.xs);
}

/// What a ballot says, in a line.
fn in_words(words: &I18n, view: &DecisionView, answer: &Answer) -> String {
    let option = |id| option_name(words, &view.terms, id);
    match answer {
        Answer::Stance { stance, .. } => stance_name(words, *stance),
        Answer::Words { words } => words.clone(),
        Answer::Choice { options, .. } => options.iter().map(option).collect::<Vec<_>>().join(", "),
        Answer::Ranking { options, .. } => {
            let ranked = options.iter().enumerate();
            let ranked = ranked.map(|(at, id)| format!("{}. {}", at + 1, option(id)));
            ranked.collect::<Vec<_>>().join(", ")
        }
        Answer::Points { points, .. } => {
            let given = points.iter().filter(|(_, points)| **points > 0);
            let given = given.map(|(id, points)| format!("{} {points}", option(id)));
            given.collect::<Vec<_>>().join(", ")
        }
        Answer::Grid { weights, .. } => {
            let given = weights.iter();
            let given = given
                .map(|(id, weight)| format!("{} {weight}", criterion_name(words, &view.terms, id)));
            given.collect::<Vec<_>>().join(", ")
        }
        Answer::Withdrawn {} | Answer::Newer => tr!(words, "result-newer"),
    }
}

/// Counting, counting again, and who counted.
fn counting(ui: &mut Ui, cx: &mut Cx<'_>, view: &DecisionView, locked: bool, form: &mut Form) {
    let t = theme::tokens(ui);
    let (network, decision) = (cx.id(), view.id);
    if view.phase == Phase::ToCount {
        ui.add_space(t.space.s);
        theme::muted(ui, tr!(cx.words, "count-hint"));
        if !locked
            && theme::primary_icon_button(ui, Icon::ListChecks, tr!(cx.words, "count")).clicked()
        {
            send(
                cx,
                DecisionCommand::Count {
                    network,
                    decision,
                    reason: None,
                },
            );
        }
    }
    if !view.late.is_empty() {
        let names: Vec<&str> = view.late.iter().map(|one| one.name.as_str()).collect();
        let said = tr!(
            cx.words,
            "count-late",
            count = view.late.len(),
            names = names.join(", ")
        );
        theme::message(ui, Tone::Warn, said, |_| {});
    }
    if !view.counts.is_empty() && !locked {
        recount(ui, cx, view, form);
    }
    for count in &view.counts {
        let on = cx.words.moment(count.at);
        let said = tr!(
            cx.words,
            "count-by",
            name = count.name.clone(),
            on = on,
            ballots = count.ballots,
            electors = count.electors
        );
        theme::caption(ui, said);
        if !count.reason.is_empty() {
            theme::caption(
                ui,
                tr!(cx.words, "count-reason-was", reason = count.reason.clone()),
            );
        }
    }
}

fn recount(ui: &mut Ui, cx: &mut Cx<'_>, view: &DecisionView, form: &mut Form) {
    let (network, decision) = (cx.id(), view.id);
    egui::CollapsingHeader::new(tr!(cx.words, "count-again"))
        .id_salt(("count", view.id))
        .default_open(!view.late.is_empty())
        .show(ui, |ui| {
            theme::caption(ui, tr!(cx.words, "count-again-hint"));
            theme::text_field(ui, tr!(cx.words, "count-reason"), &mut form.reason, "");
            let ready = !form.reason.trim().is_empty();
            let count = ui.add_enabled_ui(ready, |ui| {
                theme::quiet_icon_button(ui, Icon::ArrowsClockwise, tr!(cx.words, "count-again-do"))
            });
            if count.inner.clicked() {
                let reason = Some(std::mem::take(&mut form.reason));
                send(
                    cx,
                    DecisionCommand::Count {
                        network,
                        decision,
                        reason,
                    },
                );
            }
        });
}
