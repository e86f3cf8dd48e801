//! What the network asks its members: to answer, results over time, and how it asks.

use std::sync::Arc;

use egui::{Id, Ui};
use tresse_engine::{
    Command, EvaluationCommand, EvaluationView,
    model::{Period, PeriodResults, PulseField, PulseRhythm, QUESTIONS, Question},
};

use super::{mean_words, plots, said, scores};
use crate::{
    app::{asks::Ask, toast::Toast},
    i18n::I18n,
    theme::{self, Icon, Tone},
    tr,
    views::{Cx, fields::Field, parts, tall::Heights},
};

/// So many words that people put beside their answers are shown.
const MOST_WORDS: usize = 40;

/// What it remembers.
#[derive(Default)]
pub(super) struct PulseUi {
    settings: bool,
    new_question: String,
    begin: Option<PulseRhythm>,
    /// How high the questions' results are.
    heights: Heights,
}

impl PulseUi {
    pub(super) fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let t = theme::tokens(ui);
        let view = Arc::clone(&cx.net.evaluation);
        if view.settings.rhythm.is_none() && view.pulse.results.is_empty() {
            self.begin(ui, cx);
            return;
        }
        theme::muted(ui, tr!(cx.words, "pulse-explained"));
        ui.add_space(t.space.s);
        fill(ui, cx, &view);
        results(&mut self.heights, ui, cx, &view);
        ui.add_space(t.space.m);
        let words = if self.settings {
            tr!(cx.words, "pulse-settings-close")
        } else {
            tr!(cx.words, "pulse-settings-open")
        };
        if theme::quiet_icon_button(ui, Icon::Gear, words).clicked() {
            self.settings = !self.settings;
        }
        if self.settings {
            ui.add_space(t.space.s);
            self.settings(ui, cx, &view);
        }
    }

    fn begin(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let t = theme::tokens(ui);
        parts::centered(ui, t.size.form, |ui| {
            ui.add_space(t.space.l);
            theme::heading(ui, tr!(cx.words, "pulse-begin-title"));
            theme::paragraph(ui, tr!(cx.words, "pulse-begin-hint"));
            ui.add_space(t.space.s);
            for key in QUESTIONS {
                ui.label(format!(
                    "• {}",
                    said(cx.words, &format!("pulse-question-{key}"))
                ));
            }
            ui.add_space(t.space.s);
            theme::muted(ui, tr!(cx.words, "pulse-honest"));
            if cx.locked(false) {
                return;
            }
            ui.add_space(t.space.s);
            let mut rhythm = self.begin.unwrap_or(PulseRhythm::Quarterly);
            let options: Vec<_> = PulseRhythm::ALL
                .iter()
                .map(|one| (*one, rhythm_name(cx.words, *one)))
                .collect();
            if theme::choice(ui, tr!(cx.words, "pulse-rhythm"), &mut rhythm, &options) {
                self.begin = Some(rhythm);
            }
            ui.add_space(t.space.s);
            if theme::primary_button(ui, tr!(cx.words, "pulse-begin")).clicked() {
                cx.send(Command::Evaluation(EvaluationCommand::Begin {
                    network: cx.id(),
                    rhythm,
                    start: None,
                    threshold: None,
                    questions: None,
                }));
            }
        });
    }

    fn settings(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, view: &EvaluationView) {
        let t = theme::tokens(ui);
        let network = cx.id();
        let locked = cx.locked(cx.net.home.read_only);
        let settings = &view.settings;
        let set = move |field: PulseField| {
            move |text: &str| {
                Command::Evaluation(EvaluationCommand::Set {
                    network,
                    field,
                    value: (!text.is_empty()).then(|| text.to_owned()),
                })
            }
        };
        theme::card(ui, |ui| {
            theme::subheading(ui, tr!(cx.words, "pulse-settings"));
            let words = cx.words;
            parts::columns(ui, 3, |ui, column| match column {
                0 => {
                    let rhythm = settings.rhythm.map(PulseRhythm::word).unwrap_or_default();
                    let say = |word: &str| {
                        PulseRhythm::from_word(word).map_or_else(
                            || tr!(words, "pulse-rhythm-none"),
                            |rhythm| rhythm_name(words, rhythm),
                        )
                    };
                    let all = || {
                        let all = PulseRhythm::ALL.iter().map(|one| one.word().to_owned());
                        all.chain([String::new()]).collect()
                    };
                    Field::new((network, "rhythm"), tr!(words, "pulse-rhythm"), rhythm)
                        .locked(locked)
                        .hint(tr!(words, "pulse-rhythm-none"))
                        .conflict(&settings.conflicts, "rhythm")
                        .pick(ui, cx, &say, &all, set(PulseField::Rhythm));
                }
                1 => {
                    let name = tr!(words, "pulse-start");
                    Field::new((network, "pulse start"), name, &settings.start)
                        .locked(locked)
                        .needed()
                        .conflict(&settings.conflicts, "start")
                        .date(ui, cx, set(PulseField::Start));
                }
                _ => {
                    let threshold = settings.threshold.to_string();
                    let say = |word: &str| {
                        tr!(
                            words,
                            "pulse-threshold-of",
                            count = word.parse::<u32>().unwrap_or_default()
                        )
                    };
                    let all = || (2..=10).map(|count: u8| count.to_string()).collect();
                    let name = tr!(words, "pulse-threshold");
                    Field::new((network, "threshold"), name, &threshold)
                        .locked(locked)
                        .needed()
                        .conflict(&settings.conflicts, "threshold")
                        .pick(ui, cx, &say, &all, set(PulseField::Threshold));
                }
            });
            ui.add_space(t.space.xs);
            theme::caption(ui, tr!(cx.words, "pulse-honest"));
            ui.add_space(t.space.s);
            theme::strong(ui, tr!(cx.words, "pulse-questions"));
            for question in settings.asked() {
                row(ui, cx, question, locked);
            }
            if !locked {
                self.more(ui, cx, view);
            }
        });
    }

    /// Questions on offer that are not asked, and one of one's own.
    fn more(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, view: &EvaluationView) {
        let network = cx.id();
        let asked = |key: &str| view.settings.asked().any(|one| one.key == key);
        ui.horizontal_wrapped(|ui| {
            for key in QUESTIONS.into_iter().filter(|key| !asked(key)) {
                let text = said(cx.words, &format!("pulse-question-{key}"));
                if theme::quiet_icon_button(ui, Icon::Plus, text.clone())
                    .accessible_name(tr!(cx.words, "pulse-question-offer", text = text))
                    .clicked()
                {
                    cx.send(Command::Evaluation(EvaluationCommand::Ask {
                        network,
                        question: Some(key.to_owned()),
                        text: None,
                    }));
                }
            }
        });
        ui.horizontal(|ui| {
            let name = tr!(cx.words, "pulse-question-new");
            let width = ui.available_width() * 0.6;
            let entry = ui
                .add(
                    theme::line_edit(&mut self.new_question)
                        .hint_text(name.as_str())
                        .desired_width(width),
                )
                .accessible_name(name);
            let enter = ui.input(|input| input.key_pressed(egui::Key::Enter));
            let entered = entry.lost_focus() && enter;
            let words = tr!(cx.words, "pulse-question-add");
            let pressed = theme::quiet_icon_button(ui, Icon::Plus, words).clicked();
            if (entered || pressed)
                && !self.new_question.trim().is_empty()
                && parts::title_fits(cx, &self.new_question)
            {
                let text = std::mem::take(&mut self.new_question);
                cx.send(Command::Evaluation(EvaluationCommand::Ask {
                    network,
                    question: None,
                    text: Some(text.trim().to_owned()),
                }));
            }
        });
    }
}

/// One question, to reword or to take out.
fn row(ui: &mut Ui, cx: &mut Cx<'_>, question: &Question, locked: bool) {
    let t = theme::tokens(ui);
    let (network, key) = (cx.id(), question.key.clone());
    let text = question_words(cx.words, question);
    ui.horizontal(|ui| {
        let room = if locked {
            0.0
        } else {
            t.size.control + t.space.s
        };
        let width = ui.available_width() - room;
        ui.allocate_ui(egui::vec2(width, t.size.control), |ui| {
            ui.set_width(width);
            let name = tr!(cx.words, "pulse-question-words", text = text.clone());
            let reword = key.clone();
            let mut field = Field::new((network, "question", &key), name, &question.text)
                .hint(text.clone())
                .locked(locked);
            // One on offer has words to fall back on.
            field.needed = !QUESTIONS.contains(&key.as_str());
            field
                .conflict(&question.conflicts, "text")
                .bare_line(ui, cx, move |text| {
                    Command::Evaluation(EvaluationCommand::Reword {
                        network,
                        question: reword.clone(),
                        text: (!text.is_empty()).then(|| text.to_owned()),
                    })
                });
        });
        let remove = tr!(cx.words, "pulse-question-remove", text = text.clone());
        if !locked && theme::icon_button(ui, Icon::Trash, remove).clicked() {
            let unask = |restore| {
                Command::Evaluation(EvaluationCommand::Unask {
                    network,
                    question: key.clone(),
                    restore,
                })
            };
            cx.send(unask(false));
            let told = Toast::new(Tone::Neutral, tr!(cx.words, "pulse-question-removed"))
                .with(tr!(cx.words, "bring-back"), Ask::Send(unask(true)));
            cx.ask(Ask::Tell(told));
        }
    });
}

/// To answer, for the period that runs.
fn fill(ui: &mut Ui, cx: &mut Cx<'_>, view: &EvaluationView) {
    let t = theme::tokens(ui);
    let Some(period) = &view.pulse.period else {
        return;
    };
    let network = cx.id();
    let locked = cx.locked(false);
    theme::card(ui, |ui| {
        let until = cx.words.date(&period.until);
        theme::subheading(ui, tr!(cx.words, "pulse-fill", until = until));
        theme::caption(
            ui,
            if view.asked > 0 {
                tr!(cx.words, "pulse-to-answer", count = view.asked)
            } else {
                tr!(cx.words, "pulse-answered")
            },
        );
        for mine in &view.mine {
            let Some(question) = view.settings.question(&mine.question) else {
                continue;
            };
            ui.add_space(t.space.s);
            let text = question_words(cx.words, question);
            ui.label(text.as_str());
            let ends = (tr!(cx.words, "score-low"), tr!(cx.words, "score-high"));
            let key = mine.question.clone();
            if let Some(chosen) = scores(ui, cx.words, &text, ends, mine.score, locked) {
                let score = chosen.score();
                cx.send(Command::Evaluation(EvaluationCommand::Answer {
                    network,
                    question: key.clone(),
                    score,
                    word: None,
                    withdraw: score.is_none(),
                }));
            }
            if mine.score.is_some() {
                let name = tr!(cx.words, "pulse-word-of", text = text.clone());
                Field::new((network, "word", &key), name, &mine.word)
                    .hint(tr!(cx.words, "pulse-word"))
                    .locked(locked)
                    .bare_line(ui, cx, move |text| {
                        Command::Evaluation(EvaluationCommand::Answer {
                            network,
                            question: key.clone(),
                            score: None,
                            word: Some(text.to_owned()),
                            withdraw: false,
                        })
                    });
            }
        }
        ui.add_space(t.space.xs);
        theme::caption(ui, tr!(cx.words, "pulse-honest"));
    });
    ui.add_space(t.space.m);
}

fn results(heights: &mut Heights, ui: &mut Ui, cx: &mut Cx<'_>, view: &EvaluationView) {
    let t = theme::tokens(ui);
    ui.horizontal_wrapped(|ui| {
        theme::heading(ui, tr!(cx.words, "pulse-results"));
        let any = view.pulse.results.iter().flat_map(|one| &one.questions);
        if any.clone().any(|one| one.shown.is_some())
            && theme::quiet_icon_button(ui, Icon::DownloadSimple, tr!(cx.words, "pulse-save"))
                .clicked()
        {
            let name = format!("{}.csv", tr!(cx.words, "pulse-file"));
            // A spreadsheet takes it for UTF-8 by the mark before it.
            let text = format!("\u{feff}{}", view.table(cx.words.lang().code()));
            cx.ask(Ask::SaveText { name, text });
        }
    });
    theme::muted(
        ui,
        tr!(
            cx.words,
            "pulse-threshold-said",
            count = u32::from(view.settings.threshold)
        ),
    );
    for question in &view.settings.questions {
        let answered = view.pulse.results.iter().any(|period| {
            let mut all = period.questions.iter();
            all.any(|one| one.question == question.key && one.answers > 0)
        });
        if !answered {
            continue;
        }
        let id = Id::unique(("pulse results", &question.key));
        heights.one(ui, id, t.size.column, false, |ui| {
            ui.add_space(t.space.s);
            theme::card(ui, |ui| one(ui, cx, view, question));
        });
    }
}

fn one<'a>(ui: &mut Ui, cx: &Cx<'_>, view: &'a EvaluationView, question: &Question) {
    let text = question_words(cx.words, question);
    parts::line(ui, |ui| {
        theme::strong(ui, text.as_str());
        if question.removed {
            theme::tag(ui, tr!(cx.words, "pulse-question-off"));
        }
    });
    let of_period = |results: &'a PeriodResults| {
        let mut all = results.questions.iter();
        let found = all.find(|one| one.question == question.key)?;
        Some((&results.period, found))
    };
    let periods: Vec<_> = view.pulse.results.iter().filter_map(of_period).collect();
    let bar = |at: usize| {
        let (period, found) = periods[at];
        let name = period_name(cx.words, period);
        let below = if let Some(shown) = &found.shown {
            let mean = mean_words(cx.words, shown.mean);
            tr!(cx.words, "pulse-mean", mean = mean, count = found.answers)
        } else {
            tr!(cx.words, "pulse-few", count = found.answers)
        };
        plots::Bars {
            name,
            below,
            counts: found.shown.as_ref().map(|shown| shown.counts),
        }
    };
    let told = |at: usize| {
        let plots::Bars {
            name,
            below,
            counts,
        } = bar(at);
        let each = counts.iter().flatten().zip(1..);
        let each = each.map(|(count, score)| format!("{score} × {count}"));
        let each = each.collect::<Vec<_>>().join(", ");
        format!("{name}\u{a0}: {below} {each}")
    };
    plots::bars(ui, &question.key, periods.len(), bar, || {
        let all: Vec<String> = (0..periods.len()).map(told).collect();
        format!("{text} {}", all.join(" ; "))
    });
    if let Some(last) = newest(view, question) {
        words_beside(ui, cx, last);
    }
}

/// The newest results of a question that are broken down.
fn newest<'a>(
    view: &'a EvaluationView,
    question: &Question,
) -> Option<&'a tresse_engine::model::Distribution> {
    let results = view.pulse.results.iter().rev();
    results
        .filter_map(|period| {
            let mut all = period.questions.iter();
            all.find(|one| one.question == question.key)
        })
        .find_map(|one| one.shown.as_ref())
}

fn words_beside(ui: &mut Ui, cx: &Cx<'_>, last: &tresse_engine::model::Distribution) {
    if last.otherwise > 0 {
        theme::caption(ui, tr!(cx.words, "pulse-otherwise", count = last.otherwise));
    }
    if last.words.is_empty() {
        return;
    }
    parts::line(ui, |ui| {
        theme::caption(ui, tr!(cx.words, "pulse-words"));
        for word in last.words.iter().take(MOST_WORDS) {
            theme::tag(ui, word.as_str());
        }
    });
}

/// A question's words: its own, or those that every Tresse has for it.
pub(super) fn question_words(words: &I18n, question: &Question) -> String {
    if question.text.is_empty() {
        said(words, &format!("pulse-question-{}", question.key))
    } else {
        question.text.clone()
    }
}

/// How often, in words.
pub(crate) fn rhythm_name(words: &I18n, rhythm: PulseRhythm) -> String {
    match rhythm {
        PulseRhythm::Monthly => tr!(words, "rhythm-monthly"),
        PulseRhythm::Quarterly => tr!(words, "rhythm-quarterly"),
        PulseRhythm::HalfYearly => tr!(words, "rhythm-half-yearly"),
        PulseRhythm::Yearly => tr!(words, "rhythm-yearly"),
    }
}

fn period_name(words: &I18n, period: &Period) -> String {
    words.date_short(&period.from)
}
