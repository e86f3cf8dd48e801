//! The register: every decision, found by its words, its method and how far it has come, and the dates that are looked for; the
//! bin behind a button.

use std::sync::Arc;

use egui::{ScrollArea, Ui};
use tresse_engine::{
    DecisionRow, DecisionsView, MeetingRow, MeetingsView, Phase,
    model::{MeetingState, Method},
};

use super::{DecisionsUi, method_name, phase_name, say};
use crate::{
    app::{
        asks::{Ask, Dialogue},
        text::{cut, fold},
    },
    i18n::I18n,
    theme::{self, Icon},
    tr,
    views::{Cx, parts},
};

/// Height of a row, in points.
const ROW: f32 = 84.0;

/// The rows to show, kept until something that they depend on changes.
#[derive(Default)]
pub(super) struct Rows {
    known: Option<Known>,
    shown: Vec<Row>,
}

/// One row, by its place in the engine's lists.
#[derive(Debug, Clone, Copy)]
enum Row {
    /// A meeting for which a day is looked for.
    Date(usize),
    /// A decision.
    Decision(usize),
}

struct Known {
    view: Arc<DecisionsView>,
    meetings: Arc<MeetingsView>,
    query: String,
    method: Option<Method>,
    phase: Option<Phase>,
    bin: bool,
}

fn rows(view: &DecisionsView, bin: bool) -> &[DecisionRow] {
    if bin { &view.binned } else { &view.decisions }
}

/// Whether a day is being looked for.
fn finds_date(row: &MeetingRow) -> bool {
    row.state == MeetingState::Planned && row.on.is_empty() && row.options > 0
}

fn update(state: &mut DecisionsUi, view: &Arc<DecisionsView>, meetings: &Arc<MeetingsView>) {
    if let Some(known) = &state.rows.known
        && Arc::ptr_eq(&known.view, view)
        && Arc::ptr_eq(&known.meetings, meetings)
        && known.query == state.query
        && (known.method, known.phase, known.bin) == (state.method, state.phase, state.bin)
    {
        return;
    }
    let query = fold(state.query.trim());
    let words: Vec<&str> = query.split_whitespace().collect();
    let found = |row: &DecisionRow| {
        let text = fold(&format!(
            "{} {} {} {}",
            row.title, row.outcome, row.excerpt, row.meeting_title
        ));
        words.iter().all(|word| text.contains(word))
    };
    let fits = |row: &DecisionRow| {
        state.method.is_none_or(|method| row.method == method)
            && state.phase.is_none_or(|phase| row.phase == phase)
            && found(row)
    };
    // No method of the list finds a date, and it is open for as long as it is here.
    let open = state.phase.is_none_or(|phase| phase == Phase::Open);
    let wanted = open && state.method.is_none() && !state.bin;
    let dates = meetings.meetings.iter().enumerate();
    let dates = dates.filter(|(_, row)| {
        let title = fold(&row.title);
        wanted && finds_date(row) && words.iter().all(|word| title.contains(word))
    });
    let all = rows(view, state.bin).iter().enumerate();
    let all = all.filter(|(_, row)| fits(row));
    let shown = dates
        .map(|(at, _)| Row::Date(at))
        .chain(all.map(|(at, _)| Row::Decision(at)))
        .collect();
    state.rows = Rows {
        shown,
        known: Some(Known {
            view: Arc::clone(view),
            meetings: Arc::clone(meetings),
            query: state.query.clone(),
            method: state.method,
            phase: state.phase,
            bin: state.bin,
        }),
    };
}

pub(super) fn ui(state: &mut DecisionsUi, ui: &mut Ui, cx: &mut Cx<'_>) {
    let t = theme::tokens(ui);
    let view = Arc::clone(&cx.net.decisions);
    ui.horizontal(|ui| {
        let title = if state.bin {
            tr!(cx.words, "bin")
        } else {
            tr!(cx.words, "tab-decisions")
        };
        theme::heading(ui, title);
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let bin = tr!(cx.words, "decisions-bin", count = view.binned.len());
            if theme::toggle_icon_button(ui, Icon::Trash, bin, state.bin).clicked() {
                state.bin = !state.bin;
            }
        });
    });
    if !cx.locked(false)
        && theme::primary_icon_button(ui, Icon::Plus, tr!(cx.words, "decision-new")).clicked()
    {
        cx.ask(Ask::Show(Dialogue::NewDecision(cx.id())));
    }
    let width = ui.available_width();
    let label = tr!(cx.words, "decisions-search");
    let field = theme::search_field(ui, label, &mut state.query, width);
    if std::mem::take(&mut state.focus_find) {
        field.request_focus();
    }
    if !view.decisions.is_empty() {
        filters(state, ui, cx.words);
    }
    let meetings = Arc::clone(&cx.net.meetings);
    update(state, &view, &meetings);
    ui.add_space(t.space.xs);
    if state.rows.shown.is_empty() {
        nothing(state, ui, cx.words, &view);
        return;
    }
    let (mut picked, open) = (None, state.open);
    ScrollArea::vertical()
        .id_salt("decisions")
        .auto_shrink(false)
        .show_rows(ui, ROW, state.rows.shown.len(), |ui, range| {
            for at in state.rows.shown.get(range).unwrap_or_default() {
                let entry = match at {
                    Row::Date(at) => meetings.meetings.get(*at).map(|row| date(cx, row)),
                    Row::Decision(at) => {
                        let row = rows(&view, state.bin).get(*at);
                        row.map(|row| decision(cx, row))
                    }
                };
                let Some(Entry { title, below, ask }) = entry else {
                    continue;
                };
                let here = matches!(&ask, Ask::OpenDecision(_, id) if open == Some(*id));
                let line = theme::two_lines(ui, ROW, &title, &below, here);
                if line.accessible_name(format!("{title}, {below}")).clicked() {
                    picked = Some(ask);
                }
            }
        });
    cx.asks.extend(picked);
}

/// A row in words, and what choosing it asks for.
struct Entry {
    title: String,
    below: String,
    ask: Ask,
}

fn decision(cx: &Cx<'_>, row: &DecisionRow) -> Entry {
    Entry {
        title: cut(&shown(cx.words, &row.title), 64),
        below: about(cx.words, row, cx.now),
        ask: Ask::OpenDecision(cx.id(), row.id),
    }
}

/// A date that is looked for: its place is among the meetings.
fn date(cx: &Cx<'_>, row: &MeetingRow) -> Entry {
    let mut asked = cx.net.meetings.to_answer.iter();
    let state = if asked.any(|one| one.meeting == row.id) {
        tr!(cx.words, "decision-date-asked")
    } else {
        tr!(cx.words, "phase-open")
    };
    let below = [
        state,
        tr!(cx.words, "template-date"),
        tr!(cx.words, "meeting-options", count = row.options),
    ];
    Entry {
        title: cut(&shown(cx.words, &row.title), 64),
        below: below.join(" · "),
        ask: Ask::OpenMeeting(cx.id(), row.id),
    }
}

fn filters(state: &mut DecisionsUi, ui: &mut Ui, words: &I18n) {
    let phases = Phase::ALL
        .into_iter()
        .map(|phase| (Some(phase), phase_name(words, phase)));
    let any = (None, tr!(words, "decisions-any-phase"));
    let phases: Vec<_> = std::iter::once(any).chain(phases).collect();
    let methods = Method::ALL
        .iter()
        .map(|one| (Some(*one), method_name(words, *one)));
    let any = (None, tr!(words, "decisions-any-method"));
    let methods: Vec<_> = std::iter::once(any).chain(methods).collect();
    parts::columns(ui, 2, |ui, column| {
        if column == 0 {
            theme::wide_choice(ui, tr!(words, "decisions-phase"), &mut state.phase, &phases);
        } else {
            theme::wide_choice(
                ui,
                tr!(words, "decisions-method"),
                &mut state.method,
                &methods,
            );
        }
    });
}

/// A title as shown.
pub(super) fn shown(words: &I18n, title: &str) -> String {
    match title.trim() {
        "" => tr!(words, "untitled"),
        title => title.to_owned(),
    }
}

/// What stands below the title: whether I am asked, how far it has come, or what came of it.
fn about(words: &I18n, row: &DecisionRow, now: i64) -> String {
    let mut said = Vec::new();
    if row.asked {
        said.push(tr!(words, "decision-asked"));
    } else {
        said.push(phase_name(words, row.phase));
    }
    said.push(method_name(words, row.method));
    match row.closes {
        _ if !row.outcome.is_empty() => said.push(cut(&row.outcome, 32)),
        Some(closes) if closes > now && !matches!(row.phase, Phase::Withdrawn) => {
            let on = words.moment_short(closes);
            said.push(tr!(words, "decision-until", on = on));
        }
        _ => {}
    }
    said.join(" · ")
}

fn nothing(state: &mut DecisionsUi, ui: &mut Ui, words: &I18n, view: &DecisionsView) {
    let filtered =
        !state.query.trim().is_empty() || state.method.is_some() || state.phase.is_some();
    if filtered && !view.decisions.is_empty() {
        theme::muted(ui, tr!(words, "decisions-nothing-found"));
        if theme::quiet_button(ui, tr!(words, "filter-clear")).clicked() {
            state.query.clear();
            (state.method, state.phase) = (None, None);
        }
    } else if state.bin {
        theme::muted(ui, tr!(words, "bin-empty"));
    }
}

/// How far it has come, as a chip.
pub(super) fn chip(ui: &mut Ui, words: &I18n, phase: Phase) {
    theme::status_chip(ui, say::phase_tone(phase), phase_name(words, phase));
}
