//! My ballot: a form for each method, filled in with the keyboard alone where one likes.

use std::collections::BTreeMap;

use egui::{Slider, Ui};
use tresse_engine::{
    DecisionCommand, DecisionView, MyBallot,
    model::{Answer, CastId, ItemId, Method, Stance, WEIGHT_MAX},
};

use super::{
    say::{criterion_name, option_name, stance_name},
    send,
};
use crate::{
    i18n::I18n,
    theme::{self, Icon, Tone},
    tr,
    views::Cx,
};

/// What is being filled in: what I cast last, until I change it.
#[derive(Default)]
pub(super) struct Form {
    /// It was filled in from what I cast, or nothing.
    filled: bool,
    /// The ballot that it was filled in from.
    from: Option<CastId>,
    changed: bool,
    stance: Option<Stance>,
    words: String,
    /// Chosen options; ranked, the best first.
    chosen: Vec<ItemId>,
    points: BTreeMap<ItemId, u32>,
    weights: BTreeMap<ItemId, u32>,
    scores: BTreeMap<ItemId, BTreeMap<ItemId, u32>>,
}

impl Form {
    /// Takes in what I cast, from this machine or another of mine, unless I am changing it.
    fn follow(&mut self, mine: Option<&MyBallot>) {
        let newest = mine.map(|one| one.ballot);
        if self.filled && (self.from == newest || self.changed) {
            return;
        }
        *self = Self {
            filled: true,
            from: newest,
            ..Self::default()
        };
        match mine.map(|one| one.answer.clone()) {
            Some(Answer::Stance { stance, words }) => {
                (self.stance, self.words) = (Some(stance), words);
            }
            Some(Answer::Words { words }) => self.words = words,
            Some(Answer::Choice { options, words } | Answer::Ranking { options, words }) => {
                (self.chosen, self.words) = (options, words);
            }
            Some(Answer::Points { points, words }) => (self.points, self.words) = (points, words),
            Some(Answer::Grid {
                weights,
                scores,
                words,
            }) => {
                (self.weights, self.scores, self.words) = (weights, scores, words);
            }
            Some(Answer::Withdrawn {} | Answer::Newer) | None => {}
        }
    }

    /// Paints it.
    pub(super) fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, view: &DecisionView, locked: bool) {
        let t = theme::tokens(ui);
        self.follow(view.mine.as_ref());
        theme::card(ui, |ui| {
            theme::heading(ui, tr!(cx.words, "ballot"));
            if !view.asked {
                theme::muted(ui, tr!(cx.words, "ballot-not-asked"));
                return;
            }
            if let Some(mine) = &view.mine {
                let at = cx.words.ago(mine.at, cx.now);
                theme::caption(ui, tr!(cx.words, "ballot-cast-ago", ago = at));
            }
            ui.add_space(t.space.xs);
            ui.add_enabled_ui(!locked, |ui| {
                self.method(ui, cx.words, view);
                ui.add_space(t.space.s);
                self.why(ui, cx.words, view.content.method);
            });
            if locked {
                return;
            }
            ui.add_space(t.space.s);
            self.buttons(ui, cx, view);
            ui.add_space(t.space.xs);
            theme::caption(ui, tr!(cx.words, "ballot-notebook"));
        });
    }

    fn method(&mut self, ui: &mut Ui, words: &I18n, view: &DecisionView) {
        match view.content.method {
            Method::Sense | Method::Consent | Method::Vote | Method::Gradients => {
                self.stances(ui, words, view.content.method);
            }
            Method::Noted | Method::Advice => {}
            Method::ChooseSimple => self.choice(ui, words, view),
            Method::ChooseDots => self.dots(ui, words, view),
            Method::ChooseScore => self.score(ui, words, view),
            Method::ChooseRanked => self.ranking(ui, words, view),
            Method::Criteria => self.grid(ui, words, view),
        }
    }

    fn stances(&mut self, ui: &mut Ui, words: &I18n, method: Method) {
        let objected = matches!(
            self.stance,
            Some(Stance::Objection | Stance::Integrated | Stance::Lifted)
        );
        for stance in method.stances() {
            // Only who objected can lift it.
            if matches!(stance, Stance::Integrated | Stance::Lifted) && !objected {
                continue;
            }
            let chosen = self.stance == Some(*stance);
            if ui.radio(chosen, stance_name(words, *stance)).clicked() {
                self.stance = Some(*stance);
                self.changed = true;
            }
        }
    }

    fn choice(&mut self, ui: &mut Ui, words: &I18n, view: &DecisionView) {
        let most = view.terms.most as usize;
        if most > 1 {
            theme::muted(ui, tr!(words, "ballot-most", count = most));
        }
        for option in &view.terms.options {
            let mut on = self.chosen.contains(&option.id);
            let name = option_name(words, &view.terms, &option.id);
            if most == 1 {
                if ui.radio(on, name).clicked() {
                    self.chosen = vec![option.id];
                    self.changed = true;
                }
                continue;
            }
            let room = on || self.chosen.len() < most;
            let check = ui.add_enabled_ui(room, |ui| theme::check(ui, &mut on, name));
            if check.inner.changed() {
                self.chosen.retain(|one| *one != option.id);
                if on {
                    self.chosen.push(option.id);
                }
                self.changed = true;
            }
        }
    }

    fn dots(&mut self, ui: &mut Ui, words: &I18n, view: &DecisionView) {
        let given: u32 = self.points.values().sum();
        let left = view.terms.dots.saturating_sub(given);
        theme::muted(ui, tr!(words, "ballot-dots-left", count = left));
        for option in &view.terms.options {
            let held = self.points.get(&option.id).copied().unwrap_or(0);
            let name = option_name(words, &view.terms, &option.id);
            if let Some(now) = slider(ui, words, &name, held, held + left) {
                self.points.insert(option.id, now);
                self.changed = true;
            }
        }
    }

    fn score(&mut self, ui: &mut Ui, words: &I18n, view: &DecisionView) {
        theme::muted(ui, tr!(words, "ballot-score", max = view.terms.max));
        for option in &view.terms.options {
            let held = self.points.get(&option.id).copied().unwrap_or(0);
            let name = option_name(words, &view.terms, &option.id);
            if let Some(now) = slider(ui, words, &name, held, view.terms.max) {
                self.points.insert(option.id, now);
                self.changed = true;
            }
        }
    }

    fn ranking(&mut self, ui: &mut Ui, words: &I18n, view: &DecisionView) {
        theme::muted(ui, tr!(words, "ballot-ranking"));
        self.chosen.retain(|id| view.terms.option(id).is_some());
        let mut moved = None;
        for (at, id) in self.chosen.iter().enumerate() {
            let name = option_name(words, &view.terms, id);
            ui.horizontal(|ui| {
                theme::strong(ui, format!("{}.", at + 1));
                let up = tr!(words, "ballot-up", option = name.clone());
                if at > 0 && theme::icon_button(ui, Icon::ArrowUp, up).clicked() {
                    moved = Some((at, Some(at - 1)));
                }
                let down = tr!(words, "ballot-down", option = name.clone());
                if at + 1 < self.chosen.len()
                    && theme::icon_button(ui, Icon::ArrowDown, down).clicked()
                {
                    moved = Some((at, Some(at + 1)));
                }
                let out = tr!(words, "ballot-out", option = name.clone());
                if theme::icon_button(ui, Icon::X, out).clicked() {
                    moved = Some((at, None));
                }
                ui.label(name);
            });
        }
        if let Some((from, to)) = moved {
            let id = self.chosen.remove(from);
            if let Some(to) = to {
                self.chosen.insert(to, id);
            }
            self.changed = true;
        }
        for option in &view.terms.options {
            if self.chosen.contains(&option.id) {
                continue;
            }
            let name = option_name(words, &view.terms, &option.id);
            let label = tr!(words, "ballot-rank", option = name.clone());
            let t = theme::tokens(ui);
            let room = ui.available_width() - t.size.icon - 4.0 * t.space.m;
            let short = theme::one_row(ui, &name, &theme::Face::Text.at(t.text.body), room);
            let add = theme::quiet_icon_button(ui, Icon::Plus, short).accessible_name(label);
            if add.clicked() {
                self.chosen.push(option.id);
                self.changed = true;
            }
        }
    }

    fn grid(&mut self, ui: &mut Ui, words: &I18n, view: &DecisionView) {
        let t = theme::tokens(ui);
        theme::muted(ui, tr!(words, "ballot-grid"));
        for criterion in &view.terms.criteria {
            let name = criterion_name(words, &view.terms, &criterion.id);
            ui.add_space(t.space.s);
            theme::subheading(ui, name.clone());
            let held = self.weights.get(&criterion.id).copied();
            let label = tr!(words, "ballot-weight");
            let full = tr!(words, "ballot-weight-of", criterion = name.clone());
            if let Some(now) = named_slider(ui, words, &label, &full, held, WEIGHT_MAX) {
                self.weights.insert(criterion.id, now);
                self.changed = true;
            }
            for option in &view.terms.options {
                let option_name = option_name(words, &view.terms, &option.id);
                let rows = self.scores.entry(option.id).or_default();
                let held = rows.get(&criterion.id).copied();
                let full = tr!(
                    words,
                    "ballot-score-of",
                    option = option_name.clone(),
                    criterion = name.clone()
                );
                if let Some(now) = named_slider(ui, words, &option_name, &full, held, WEIGHT_MAX) {
                    rows.insert(criterion.id, now);
                    self.changed = true;
                }
            }
        }
    }

    fn why(&mut self, ui: &mut Ui, words: &I18n, method: Method) {
        let label = match (method, self.stance) {
            (Method::Advice, _) => tr!(words, "ballot-advice"),
            (Method::Consent, Some(Stance::Objection)) => tr!(words, "ballot-objection"),
            _ => tr!(words, "ballot-why"),
        };
        let before = self.words.clone();
        theme::field(ui, label, |ui| {
            let width = ui.available_width();
            ui.add(
                egui::TextEdit::multiline(&mut self.words)
                    .desired_rows(2)
                    .desired_width(width),
            )
        });
        self.changed |= self.words != before;
    }

    /// What is filled in, if it is something.
    fn answer(&self, method: Method) -> Option<Answer> {
        let words = self.words.trim().to_owned();
        match method {
            Method::Sense | Method::Consent | Method::Vote | Method::Gradients => {
                let stance = self.stance?;
                let bare = stance == Stance::Objection && words.is_empty();
                (!bare).then_some(Answer::Stance { stance, words })
            }
            Method::Noted => None,
            Method::Advice => (!words.is_empty()).then_some(Answer::Words { words }),
            Method::ChooseSimple => (!self.chosen.is_empty()).then(|| Answer::Choice {
                options: self.chosen.clone(),
                words,
            }),
            Method::ChooseRanked => (!self.chosen.is_empty()).then(|| Answer::Ranking {
                options: self.chosen.clone(),
                words,
            }),
            Method::ChooseDots | Method::ChooseScore => {
                (!self.points.is_empty()).then(|| Answer::Points {
                    points: self.points.clone(),
                    words,
                })
            }
            Method::Criteria => {
                let mut scores = self.scores.clone();
                scores.retain(|_, given| !given.is_empty());
                let empty = self.weights.is_empty() && scores.is_empty();
                (!empty).then(|| Answer::Grid {
                    weights: self.weights.clone(),
                    scores,
                    words,
                })
            }
        }
    }

    fn buttons(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, view: &DecisionView) {
        let (network, decision) = (cx.id(), view.id);
        let answer = self.answer(view.content.method);
        if answer.is_none() && self.stance == Some(Stance::Objection) {
            theme::message(
                ui,
                Tone::Neutral,
                tr!(cx.words, "ballot-objection-words"),
                |_| {},
            );
        }
        ui.horizontal(|ui| {
            let words = if view.mine.is_some() {
                tr!(cx.words, "ballot-change")
            } else {
                tr!(cx.words, "ballot-give")
            };
            let ready = answer.is_some() && (self.changed || view.mine.is_none());
            let give = ui.add_enabled_ui(ready, |ui| theme::primary_button(ui, words));
            if give.inner.clicked()
                && let Some(answer) = answer
            {
                send(
                    cx,
                    DecisionCommand::Cast {
                        network,
                        decision,
                        answer,
                    },
                );
                self.changed = false;
            }
            if view.mine.is_some()
                && theme::quiet_button(ui, tr!(cx.words, "ballot-take-back")).clicked()
            {
                send(cx, DecisionCommand::TakeBack { network, decision });
                self.changed = false;
            }
        });
    }
}

fn slider(ui: &mut Ui, words: &I18n, name: &str, held: u32, most: u32) -> Option<u32> {
    named_slider(ui, words, name, name, Some(held), most)
}

/// A number from nothing on, moved by arrow keys or pointer; the new one, if it moved. `full` names it for assistive tools.
fn named_slider(
    ui: &mut Ui,
    words: &I18n,
    name: &str,
    full: &str,
    held: Option<u32>,
    most: u32,
) -> Option<u32> {
    let t = theme::tokens(ui);
    let mut now = held.unwrap_or(0);
    let mut given = false;
    ui.horizontal(|ui| {
        let width =
            (ui.available_width() - t.size.column * 0.9).clamp(t.size.control, t.size.column);
        ui.allocate_ui(egui::vec2(width, t.size.control), |ui| {
            ui.set_width(width);
            ui.add(egui::Label::new(name).truncate());
        });
        let bar = ui.add_enabled_ui(most > 0, |ui| {
            // The bar is painted with what knobs are filled with, which is the ground here.
            ui.visuals_mut().widgets.inactive.bg_fill = t.color.edge;
            // No number stands there before one was given.
            let bar = Slider::new(&mut now, 0..=most.max(1)).integer();
            ui.add(bar.show_value(held.is_some()))
        });
        let moved = bar.inner.accessible_name(full.to_owned()).changed();
        given = moved && held != Some(now);
        if held.is_none() {
            // Nought is an answer too: said by a button, since nothing moves to it.
            let nought = tr!(words, "ballot-nought", name = full.to_owned());
            given |= theme::quiet_button(ui, "0")
                .accessible_name(nought)
                .clicked();
        }
    });
    given.then_some(now.min(most))
}
