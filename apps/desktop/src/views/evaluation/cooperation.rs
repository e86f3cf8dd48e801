//! To want, to be able to, to know how to cooperate: what I say of each statement, the triangle for me and for the
//! network, and the sheets that help where it is weak.

use std::sync::Arc;

use egui::{Label, RichText, Ui};
use tresse_engine::{
    Command, EvaluationCommand, EvaluationView, Sheet,
    model::{Corner, NetworkTriangle, STATEMENTS, Triangle, WEAK},
    sheets_for,
};

use super::{
    course::{self, Moment},
    mean_words, plots, said, scores,
};
use crate::{
    i18n::I18n,
    theme::{self, Face, Icon, Tone},
    tr,
    views::{Cx, parts},
};

/// Paints it; answers the sheet that somebody wants to read.
pub(super) fn ui(ui: &mut Ui, cx: &mut Cx<'_>) -> Option<&'static str> {
    let t = theme::tokens(ui);
    let view = Arc::clone(&cx.net.evaluation);
    theme::muted(ui, tr!(cx.words, "cooperation-explained"));
    ui.add_space(t.space.s);
    let mut wanted = None;
    let wide = ui.available_width() > 3.0 * t.size.column;
    if wide {
        parts::columns(ui, 2, |ui, column| {
            if column == 0 {
                triangle_card(ui, cx, &view);
                ui.add_space(t.space.s);
                wanted = wanted.or(help(ui, cx, &view));
            } else {
                statements(ui, cx, &view);
            }
        });
    } else {
        triangle_card(ui, cx, &view);
        ui.add_space(t.space.s);
        wanted = help(ui, cx, &view);
        ui.add_space(t.space.s);
        statements(ui, cx, &view);
    }
    wanted
}

fn triangle_card(ui: &mut Ui, cx: &Cx<'_>, view: &EvaluationView) {
    let t = theme::tokens(ui);
    let facts = &view.assessment;
    theme::card(ui, |ui| {
        let names = names(cx.words);
        let (me, network) = (facts.me.last(), facts.network.last());
        let earlier = facts
            .me
            .len()
            .checked_sub(2)
            .and_then(|at| facts.me.get(at));
        let mut outlines = Vec::new();
        if let Some(network) = network {
            outlines.push(plots::Outline {
                corners: network.corners.map(|one| one.map(|one| points(one.mean))),
                spread: Some(
                    network
                        .corners
                        .map(|one| one.map_or(0.0, |one| points(one.spread))),
                ),
                dashed: true,
                color: t.color.strands[1],
            });
        }
        if let Some(me) = me {
            outlines.push(plots::Outline {
                corners: me.corners.map(|one| one.map(points)),
                spread: None,
                dashed: false,
                color: t.color.accent,
            });
        }
        let label = said_of(cx.words, me, network);
        plots::triangle(ui, &names, &outlines, &label);
        theme::caption(ui, tr!(cx.words, "triangle-key"));
        table(ui, cx, (me, earlier), network, view.settings.threshold);
        over_time(ui, cx, &facts.network);
    });
}

/// The network's corners over time, once there are two days to show.
fn over_time(ui: &mut Ui, cx: &Cx<'_>, days: &[NetworkTriangle]) {
    let shown = days
        .iter()
        .filter(|one| one.corners.iter().any(Option::is_some));
    if shown.clone().count() < 2 {
        return;
    }
    let date = |one: &NetworkTriangle| one.on.parse::<jiff::civil::Date>().ok();
    let first = shown.clone().find_map(date);
    let since = |one: &NetworkTriangle| {
        let days = date(one).zip(first).map(|(day, first)| day - first);
        days.map_or(0, |days| days.get_days())
    };
    let moments: Vec<Moment> = shown
        .clone()
        .map(|one| Moment {
            day: since(one) as f32,
            name: cx.words.date_short(&one.on),
            corners: one.corners.map(|one| one.map(|one| points(one.mean))),
        })
        .collect();
    let names = names(cx.words);
    let valued = |one: &NetworkTriangle| {
        let mut names = names.iter().cloned();
        one.corners.map(|corner| {
            let mean = corner.map_or_else(dash, |one| mean_words(cx.words, one.mean));
            format!("{} {mean}", names.next().unwrap_or_default())
        })
    };
    let ends = shown.clone().next_back().map(valued).unwrap_or_default();
    let told = shown.map(|one| {
        let on = cx.words.date_short(&one.on);
        format!("{on}\u{a0}: {}", valued(one).join(", "))
    });
    let told = told.collect::<Vec<_>>().join(" ; ");
    let label = tr!(cx.words, "triangle-time-said", moments = told);
    ui.add_space(theme::tokens(ui).space.m);
    theme::subheading(ui, tr!(cx.words, "triangle-time"));
    course::ui(ui, &ends, &moments, &label);
    theme::caption(ui, tr!(cx.words, "triangle-time-key"));
}

/// The same in numbers.
fn table(
    ui: &mut Ui,
    cx: &Cx<'_>,
    (me, earlier): (Option<&Triangle>, Option<&Triangle>),
    network: Option<&NetworkTriangle>,
    threshold: u8,
) {
    let t = theme::tokens(ui);
    ui.add_space(t.space.s);
    egui::Grid::new("corners")
        .num_columns(4)
        .spacing([t.space.l, t.space.xs])
        .show(ui, |ui| {
            ui.label("");
            theme::table_header(ui, tr!(cx.words, "triangle-me"));
            theme::table_header(ui, tr!(cx.words, "triangle-before"));
            theme::table_header(ui, tr!(cx.words, "triangle-network"));
            ui.end_row();
            for (place, corner) in Corner::ALL.iter().enumerate() {
                // It stands whole: a grid would break it letter by letter.
                let name = RichText::new(corner_name(cx.words, *corner));
                let name = name.font(Face::Strong.at(t.text.body));
                ui.add(Label::new(name).extend());
                for one in [me, earlier] {
                    let mean = one.and_then(|one| one.corners[place]);
                    ui.label(mean.map_or_else(dash, |mean| mean_words(cx.words, mean)));
                }
                let network = network.and_then(|one| one.corners[place]);
                ui.label(network.map_or_else(dash, |one| {
                    tr!(
                        cx.words,
                        "triangle-spread",
                        mean = mean_words(cx.words, one.mean),
                        spread = mean_words(cx.words, one.spread),
                        count = one.people
                    )
                }));
                ui.end_row();
            }
        });
    let few = network.is_none_or(|one| one.corners.iter().any(Option::is_none));
    if few {
        let count = u32::from(threshold);
        theme::caption(ui, tr!(cx.words, "triangle-few", count = count));
    }
    if let Some(me) = me {
        let on = cx.words.date(&me.on);
        theme::caption(ui, tr!(cx.words, "triangle-on", on = on));
    }
}

fn dash() -> String {
    "—".to_owned()
}

fn points(hundredths: u16) -> f32 {
    f32::from(hundredths) / 100.0
}

fn names(words: &I18n) -> [String; 3] {
    [Corner::Want, Corner::Can, Corner::Know].map(|corner| corner_name(words, corner))
}

fn corner_name(words: &I18n, corner: Corner) -> String {
    match corner {
        Corner::Want => tr!(words, "corner-want"),
        Corner::Can => tr!(words, "corner-can"),
        Corner::Know => tr!(words, "corner-know"),
    }
}

/// The triangle in words.
fn said_of(words: &I18n, me: Option<&Triangle>, network: Option<&NetworkTriangle>) -> String {
    let each = |corners: [Option<u16>; 3]| {
        let names = names(words).into_iter().zip(corners);
        let all = names.map(|(name, mean)| {
            let mean = mean.map_or_else(dash, |mean| mean_words(words, mean));
            format!("{name} {mean}")
        });
        all.collect::<Vec<_>>().join(", ")
    };
    let me = each(me.map(|one| one.corners).unwrap_or_default());
    let means = network.map(|one| one.corners.map(|one| one.map(|one| one.mean)));
    let network = each(means.unwrap_or_default());
    tr!(words, "triangle-said", me = me, network = network)
}

fn statements(ui: &mut Ui, cx: &mut Cx<'_>, view: &EvaluationView) {
    let t = theme::tokens(ui);
    let network = cx.id();
    let locked = cx.locked(false);
    for corner in Corner::ALL {
        theme::card(ui, |ui| {
            theme::subheading(ui, corner_name(cx.words, *corner));
            for one in STATEMENTS.iter().filter(|one| one.corner == *corner) {
                ui.add_space(t.space.xs);
                let text = statement_words(cx.words, one.key);
                ui.label(text.as_str());
                let mut mine = view.assessment.mine.iter();
                let score = mine
                    .find(|said| said.statement == one.key)
                    .and_then(|said| said.score);
                let ends = (tr!(cx.words, "true-low"), tr!(cx.words, "true-high"));
                if let Some(chosen) = scores(ui, cx.words, &text, ends, score, locked) {
                    cx.send(Command::Evaluation(EvaluationCommand::Assess {
                        network,
                        statement: one.key.to_owned(),
                        score: chosen.score(),
                    }));
                }
            }
        });
        ui.add_space(t.space.s);
    }
}

pub(super) fn statement_words(words: &I18n, key: &str) -> String {
    said(words, &format!("statement-{key}"))
}

/// Sheets for weak corners: for what I answered lowest there, and for the network's.
fn help(ui: &mut Ui, cx: &mut Cx<'_>, view: &EvaluationView) -> Option<&'static str> {
    let facts = &view.assessment;
    if facts.me.is_empty() && facts.network.is_empty() {
        return None;
    }
    let mut wanted = None;
    theme::card(ui, |ui| {
        theme::subheading(ui, tr!(cx.words, "corner-sheets"));
        let mut corners: Vec<Corner> = facts.weak.clone();
        corners.extend(
            facts
                .network_weak
                .iter()
                .filter(|one| !facts.weak.contains(one)),
        );
        let low: Vec<&str> = facts
            .mine
            .iter()
            .filter(|said| {
                said.score
                    .is_some_and(|score| u16::from(score) * 100 < WEAK)
            })
            .map(|said| said.statement)
            .collect();
        if corners.is_empty() && low.is_empty() {
            theme::paragraph(ui, tr!(cx.words, "corner-sheets-none"));
            return;
        }
        for corner in Corner::ALL {
            let weak = corners.contains(corner);
            let of = STATEMENTS.iter().filter(|one| one.corner == *corner);
            let mut keys: Vec<&str> = of.clone().map(|one| one.key).collect();
            keys.retain(|key| low.contains(key));
            if weak && keys.is_empty() {
                keys = of.map(|one| one.key).collect();
            }
            let mut sheets: Vec<Sheet> = Vec::new();
            for key in keys {
                let more = sheets_for(key, cx.words.lang().code());
                sheets.extend(
                    more.into_iter()
                        .filter(|one| !sheets.contains(one))
                        .collect::<Vec<_>>(),
                );
            }
            if sheets.is_empty() {
                continue;
            }
            parts::line(ui, |ui| {
                theme::strong(ui, corner_name(cx.words, *corner));
                if weak {
                    theme::status_chip(ui, Tone::Warn, tr!(cx.words, "corner-weak"));
                }
            });
            ui.horizontal_wrapped(|ui| {
                for sheet in sheets {
                    let button = theme::quiet_icon_button(ui, Icon::FileText, sheet.title);
                    if button.clicked() {
                        wanted = Some(sheet.id);
                    }
                }
            });
        }
    });
    wanted
}
