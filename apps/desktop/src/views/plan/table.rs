//! The table of actions: every field edited in place; only the rows in sight are painted.

use egui::{Align, Layout, Rect, RichText, TextEdit, Ui, UiBuilder};
use egui_extras::{Column as Width, TableBuilder, TableRow};
use tresse_engine::{
    Command, PlanView,
    model::{Action, ItemId},
};

use super::{
    Column, Focus, PlanUi, action,
    grouping::Line,
    question::TerritoryFilter,
    rows::is_late,
    status::{STATUSES, status_name, status_of, status_word},
};
use crate::{
    app::{asks::Ask, toast::Toast},
    theme::{self, Face, Icon, Tokens, Tone},
    tr,
    views::{
        Cx,
        fields::Field,
        parts::{button_width, empty, title_fits},
    },
};

/// Paints it.
pub(super) fn ui(plan: &mut PlanUi, ui: &mut Ui, cx: &mut Cx<'_>) {
    let t = theme::tokens(ui);
    let view = std::sync::Arc::clone(&cx.net.plan);
    let locked = cx.locked(view.read_only);
    if view.content.actions.is_empty() {
        empty(
            ui,
            tr!(cx.words, "plan-empty"),
            tr!(cx.words, "plan-empty-hint"),
            None,
        );
    }
    let foot = t.size.control + 2.0 * t.space.m;
    let row_height = t.size.control + t.space.s;
    if !view.content.actions.is_empty() {
        ui.spacing_mut().item_spacing.y = 0.0;
        let height = (ui.available_height() - foot).max(2.5 * row_height);
        let columns = columns_for(ui.available_width());
        if !locked {
            plan.chosen.keys(ui, &view, &plan.rows.shown);
            plan.chosen.update(&view, &plan.rows);
        }
        let mut table = TableBuilder::new(ui)
            .id_salt(("actions", columns.len()))
            .striped(true)
            .auto_shrink([false, true])
            .max_scroll_height(height - row_height)
            .min_scrolled_height((height - row_height).min(200.0))
            .cell_layout(Layout::left_to_right(Align::Center));
        if !locked {
            table = table.column(Width::exact(t.size.control));
        }
        for column in &columns {
            table = table.column(width(*column, columns.len()));
        }
        let bins = columns.len() >= 5;
        let buttons = if bins { 2.0 } else { 1.0 };
        table = table.column(Width::exact(buttons * t.size.control + t.space.xs));
        if let Some(id) = plan.scroll_to.take()
            && let Some(row) = row_of(&plan.rows.lines, &view, id)
        {
            table = table.scroll_to_row(row, Some(Align::Center));
        }
        let PlanUi {
            rows,
            question,
            chosen,
            ..
        } = plan;
        table
            .header(row_height, |mut row| {
                if !locked {
                    row.col(|ui| chosen.all(ui, cx, &view, &rows.shown));
                }
                for column in &columns {
                    row.col(|ui| head(ui, cx, *column, question));
                }
                row.col(|_| {});
            })
            .body(|body| {
                body.rows(row_height, rows.lines.len(), |mut row| {
                    let place = row.index();
                    match &rows.lines[place] {
                        Line::Head(title, count) => {
                            if !locked {
                                row.col(|_| {});
                            }
                            // Painted last: each cell paints its ground over the one before.
                            let (place, _) = row.col(|_| {});
                            for _ in 1..columns.len() {
                                row.col(|_| {});
                            }
                            row.col(|ui| heading(ui, place, title, *count));
                        }
                        Line::Action(at, under) => {
                            if let Some(one) = view.content.actions.get(*at) {
                                if !locked {
                                    row.col(|ui| {
                                        chosen.one(ui, cx, &view, &rows.lines, place, one);
                                    });
                                }
                                paint(&mut row, cx, one, *under, &columns, locked, bins);
                            }
                        }
                    }
                });
            });
        if rows.shown.is_empty() {
            ui.add_space(t.space.l);
            theme::muted(ui, tr!(cx.words, "plan-nothing-found"));
        }
    }
    if locked {
        return;
    }
    if plan.chosen.is_empty() {
        add(plan, ui, cx);
    } else {
        super::bulk::bar(&mut plan.chosen, ui, cx, &view, &plan.rows);
    }
}

/// Where an action stands among the lines.
fn row_of(lines: &[Line], view: &PlanView, id: ItemId) -> Option<usize> {
    lines.iter().position(|line| match line {
        Line::Action(at, _) => view.content.actions[*at].id == id,
        Line::Head(..) => false,
    })
}

/// A heading between actions.
fn heading(ui: &mut Ui, from: Rect, title: &str, count: usize) {
    let t = theme::tokens(ui);
    let place = ui.max_rect().with_min_x(from.left());
    let mut ui = ui.new_child(UiBuilder::new().max_rect(place));
    ui.set_clip_rect(ui.clip_rect().with_min_x(from.left()));
    let words = RichText::new(format!("{title} · {count}"))
        .font(Face::Strong.at(t.text.body))
        .color(t.color.accent);
    ui.add(egui::Label::new(words).truncate());
}

/// The columns that fit; what does not is still in the action's own dialogue.
fn columns_for(width: f32) -> Vec<Column> {
    let most = match width {
        w if w >= 1300.0 => 7,
        w if w >= 1150.0 => 6,
        w if w >= 990.0 => 5,
        w if w >= 680.0 => 4,
        w if w >= 530.0 => 3,
        _ => 2,
    };
    Column::ALL.into_iter().take(most).collect()
}

/// How wide a column is beside so many: where there are few, they leave their room to the title.
fn width(column: Column, beside: usize) -> Width {
    let close = beside <= 4;
    match column {
        Column::Status if close => Width::exact(122.0),
        Column::Owner if close => Width::exact(138.0).clip(true),
        Column::Due if close => Width::exact(116.0),
        Column::Title => Width::remainder().at_least(200.0).clip(true),
        Column::Status => Width::exact(134.0),
        Column::Owner => Width::exact(156.0).clip(true),
        Column::Due => Width::exact(162.0),
        Column::Objective => Width::exact(190.0).clip(true),
        Column::Territory | Column::Group => Width::exact(140.0).clip(true),
    }
}

/// What is changed where there is more room: in the action's dialogue.
fn opening(ui: &mut Ui, cx: &mut Cx<'_>, one: &Action, words: String) -> egui::Response {
    let shown = ui
        .scope(|ui| {
            crate::views::fields::quiet(ui);
            ui.add(egui::Button::new(words).truncate())
        })
        .inner;
    if shown.clicked() {
        cx.ask(Ask::OpenAction(cx.id(), one.id));
    }
    shown
}

fn head(ui: &mut Ui, cx: &Cx<'_>, column: Column, question: &mut super::Question) {
    let t = theme::tokens(ui);
    let name = column.name(cx.words);
    let sorted = question.sort == Some(column);
    let arrow = match (sorted, question.descending) {
        (true, false) => " ↑",
        (true, true) => " ↓",
        _ => "",
    };
    let words = RichText::new(format!("{name}{arrow}"))
        .font(Face::Strong.at(t.text.small))
        .color(if sorted {
            t.color.accent
        } else {
            t.color.muted
        });
    ui.scope(|ui| {
        crate::views::fields::quiet(ui);
        let label = tr!(cx.words, "sort-by", column = name);
        if ui
            .button(words)
            .on_hover_text(label.as_str())
            .accessible_name(label)
            .clicked()
        {
            // First rising, then falling, then the plan's own order again.
            (question.sort, question.descending) = match (sorted, question.descending) {
                (false, _) => (Some(column), false),
                (true, false) => (Some(column), true),
                (true, true) => (None, false),
            };
        }
    });
}

fn paint(
    row: &mut TableRow<'_, '_>,
    cx: &mut Cx<'_>,
    one: &Action,
    under: usize,
    columns: &[Column],
    locked: bool,
    bins: bool,
) {
    let late = is_late(one, cx.today);
    for column in columns {
        row.col(|ui| cell(ui, cx, (one, under), *column, locked, late));
    }
    row.col(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        let title = one.title.clone();
        if theme::icon_button(
            ui,
            Icon::PencilSimple,
            tr!(cx.words, "action-open", title = title.clone()),
        )
        .clicked()
        {
            cx.ask(Ask::OpenAction(cx.id(), one.id));
        }
        if !locked
            && bins
            && theme::icon_button(
                ui,
                Icon::Trash,
                tr!(cx.words, "action-remove", title = title),
            )
            .clicked()
        {
            remove(cx, one);
        }
    });
}

/// Puts an action in the bin, and offers to bring it back.
pub(super) fn remove(cx: &mut Cx<'_>, one: &Action) {
    let (network, id) = (cx.id(), one.id);
    cx.send(Command::ActionRemove {
        network,
        action: id,
        restore: false,
    });
    let back = Command::ActionRemove {
        network,
        action: id,
        restore: true,
    };
    let told = Toast::new(
        Tone::Neutral,
        tr!(cx.words, "removed", what = one.title.clone()),
    )
    .with(tr!(cx.words, "bring-back"), Ask::Send(back));
    cx.ask(Ask::Tell(told));
}

fn cell(
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    (one, under): (&Action, usize),
    column: Column,
    locked: bool,
    late: bool,
) {
    let (network, id, words) = (cx.id(), one.id, cx.words);
    let title = if one.title.is_empty() {
        tr!(words, "untitled")
    } else {
        one.title.clone()
    };
    let name = tr!(words, "cell-name", column = column.name(words), row = title);
    let key = column.field();
    let value = action::value(one, column);
    let set = move |text: &str| action::set(network, id, key, text);
    let field = Field::new((network, id, key.key(), "table", under), name, &value)
        .locked(locked)
        .conflict(&one.conflicts, key.key());
    match column {
        Column::Title => {
            let cell = field
                .needed()
                .hint(tr!(words, "untitled"))
                .cell(ui, cx, set);
            if cell.has_focus() {
                cell
            } else {
                cell.on_hover_text(one.title.as_str())
            }
        }
        Column::Group if one.working_group.is_some() => {
            let groups = cx.net.groups.iter();
            let mut own = groups.filter(|group| Some(group.content.id) == one.working_group);
            let name = own.next().map(|group| group.content.name.clone());
            opening(ui, cx, one, name.unwrap_or_default())
        }
        Column::Territory | Column::Group => field.cell(ui, cx, set),
        Column::Due => field.hint("—".to_owned()).date_cell(ui, cx, late, set),
        Column::Status => {
            ui.visuals_mut().override_text_color = Some(
                theme::tokens(ui)
                    .color
                    .tone(super::status::status_tone(one.status)),
            );
            field.pick_cell(
                ui,
                cx,
                &|word| {
                    status_of(word)
                        .map(|status| status_name(words, status))
                        .unwrap_or_default()
                },
                &|| STATUSES.map(|status| status_word(status).to_owned()).into(),
                set,
            )
        }
        // Several are put on and taken off where there is room for it.
        Column::Owner if one.owners.len() > 1 => {
            let names = one.owners.iter().map(|owner| cx.net.members.name_of(owner));
            let names: Vec<String> = names.collect();
            opening(ui, cx, one, names.join(", "))
        }
        Column::Owner => {
            let members = std::sync::Arc::clone(&cx.net.members);
            field.hint(tr!(words, "owner-nobody")).pick_cell(
                ui,
                cx,
                &|id| action::owner_name(&members, id),
                &|| action::owner_options(&members),
                set,
            )
        }
        Column::Objective => {
            let plan = std::sync::Arc::clone(&cx.net.plan);
            field.hint("—".to_owned()).pick_cell(
                ui,
                cx,
                &|id| action::objective_name(&plan, id),
                &|| action::objective_options(&plan),
                set,
            )
        }
    };
}

/// A look of the plan with no action yet, and the line to write the first.
pub(super) fn nothing(
    plan: &mut PlanUi,
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    locked: bool,
    title: String,
    hint: String,
) {
    empty(ui, title, hint, None);
    if !locked {
        add(plan, ui, cx);
    }
}

/// The room that the line for a new action takes below a look of the plan.
pub(super) fn foot(t: &Tokens, locked: bool) -> f32 {
    if locked {
        0.0
    } else {
        t.size.control + 2.0 * t.space.m
    }
}

/// The line at the end: a title and Enter make an action.
pub(super) fn add(plan: &mut PlanUi, ui: &mut Ui, cx: &mut Cx<'_>) {
    let t = theme::tokens(ui);
    ui.add_space(t.space.m);
    ui.horizontal(|ui| {
        let words = tr!(cx.words, "action-add");
        let room = ui.available_width() - button_width(ui, &words) - t.space.s;
        let width = room.min(t.size.form);
        let hint = tr!(cx.words, "action-new-hint");
        let entry = ui
            .add(
                TextEdit::singleline(&mut plan.new_action)
                    .align(egui::Align2::LEFT_CENTER)
                    .hint_text(hint.as_str())
                    .desired_width(width),
            )
            .accessible_name(hint);
        if plan.focus == Some(Focus::New) {
            plan.focus = None;
            entry.request_focus();
        }
        let entered = entry.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
        let pressed = theme::quiet_icon_button(ui, Icon::Plus, words).clicked();
        if (entered || pressed)
            && !plan.new_action.trim().is_empty()
            && title_fits(cx, &plan.new_action)
        {
            let owner = match plan.question.owner {
                super::OwnerFilter::One(member) => Some(member),
                _ => None,
            };
            let (territory, territory_scale) = match &plan.question.territory {
                Some(TerritoryFilter::Place(place)) => (Some(place.clone()), None),
                Some(TerritoryFilter::Scale(scale)) => (None, Some(scale.word().to_owned())),
                None => (None, None),
            };
            cx.send(Command::ActionAdd {
                network: cx.id(),
                title: plan.new_action.trim().to_owned(),
                objective: plan.question.objective,
                owner,
                due: None,
                territory,
                status: None,
                group: None,
                working_group: plan.question.working_group,
                start: None,
                effort: None,
                every: None,
                territory_scale,
            });
            plan.new_action.clear();
        }
        if entered || pressed {
            entry.request_focus();
        }
    });
}
