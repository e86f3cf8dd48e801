//! The plan as Markdown.

use tresse_model::{Action, Objective};

use super::{facts, heading, push, table};
use crate::{
    NetworkExport,
    escape::{inline, line},
    words::Words,
};

pub(super) fn plan(export: &NetworkExport, words: &Words) -> String {
    let plan = &export.plan;
    let mut text = heading(1, words.plan, words);
    if !plan.orientations.is_empty() {
        push(&mut text, format_args!("## {}\n\n", words.orientations));
        let all = plan.orientations.iter();
        let all: Vec<_> = all
            .map(|one| (inline(&one.title), inline(&one.words)))
            .collect();
        for (title, said) in all {
            let dash = if said.is_empty() { "" } else { " – " };
            push(&mut text, format_args!("- **{title}**{dash}{said}\n"));
        }
        text.push('\n');
    }
    for objective in &plan.objectives {
        one_objective(&mut text, export, objective, words);
    }
    let known = |action: &&Action| {
        plan.objectives
            .iter()
            .any(|objective| action.objective == Some(objective.id))
    };
    let others = plan.actions.iter().filter(|action| !known(action));
    let others: Vec<&Action> = others.collect();
    if !others.is_empty() {
        text += &heading(2, words.other_actions, words);
        actions(&mut text, export, &others, words);
    }
    groups(&mut text, export, words);
    own_objectives(&mut text, export, words);
    text
}

fn one_objective(text: &mut String, export: &NetworkExport, objective: &Objective, words: &Words) {
    *text += &heading(2, &objective.title, words);
    facts(
        text,
        &[
            (words.orientation, export.orientation(objective)),
            (words.deadline, &objective.deadline),
            (words.means, &objective.means),
            (words.learned, &objective.learned),
        ],
    );
    if !objective.indicators.is_empty() {
        let rows = objective.indicators.iter().map(|indicator| {
            [
                &indicator.name,
                &indicator.unit,
                &indicator.baseline,
                &indicator.target,
                &indicator.current,
            ]
            .map(String::clone)
        });
        table(text, words.indicators, rows);
        measures(text, objective, words);
    }
    let actions_of = export.plan.actions.iter();
    let theirs: Vec<&Action> = actions_of
        .filter(|action| action.objective == Some(objective.id))
        .collect();
    actions(text, export, &theirs, words);
}

fn measures(text: &mut String, objective: &Objective, words: &Words) {
    let before = text.len();
    for indicator in &objective.indicators {
        for measure in &indicator.measures {
            let (name, value) = (line(&indicator.name), inline(&measure.value));
            let (date, colon) = (inline(&measure.date), words.colon);
            push(text, format_args!("- {name}, {date}{colon}{value}"));
            if !measure.note.trim().is_empty() {
                push(text, format_args!(" ({})", inline(&measure.note)));
            }
            text.push('\n');
        }
    }
    if text.len() > before {
        text.push('\n');
    }
}

fn actions(text: &mut String, export: &NetworkExport, actions: &[&Action], words: &Words) {
    if actions.is_empty() {
        return;
    }
    let title = |id| {
        let found = export.plan.actions.iter().find(|action| action.id == id);
        found.map(|action| action.title.clone())
    };
    let rows = actions.iter().map(|action| {
        let waits = action.depends_on.iter().filter_map(|id| title(*id));
        let place = match action.territory_scale {
            Some(scale) if action.territory.is_empty() => words.scale(scale).to_owned(),
            Some(scale) => format!("{} ({})", action.territory, words.scale(scale)),
            None => action.territory.clone(),
        };
        [
            action.title.clone(),
            export.owner(action),
            action.next_due.clone(),
            words.status(action.status).to_owned(),
            place,
            export.group(action).to_owned(),
            action.start.clone(),
            action
                .every
                .map_or("", |every| words.every(every))
                .to_owned(),
            action.effort.clone(),
            waits.collect::<Vec<_>>().join(", "),
        ]
    });
    table(text, words.actions, rows);
    for action in actions.iter().filter(|action| !action.checklist.is_empty()) {
        push(text, format_args!("**{}**\n\n", inline(&action.title)));
        for part in &action.checklist {
            let mark = if part.done { 'x' } else { ' ' };
            push(text, format_args!("- [{mark}] {}\n", inline(&part.text)));
        }
        text.push('\n');
    }
}

fn groups(text: &mut String, export: &NetworkExport, words: &Words) {
    if export.plan.groups.is_empty() {
        return;
    }
    *text += &heading(2, words.groups, words);
    let rows = export.plan.groups.iter().map(|group| {
        [
            group.name.clone(),
            group.remit.clone(),
            export.names(&group.members),
            group.start.clone(),
            group.planned_end.clone(),
            group.closed.clone(),
        ]
    });
    table(text, words.group_columns, rows);
}

/// What organisations want for themselves, with the network's objective that serves it.
fn own_objectives(text: &mut String, export: &NetworkExport, words: &Words) {
    let members = export.members.iter();
    let own = members.flat_map(|member| {
        let own = member.own_objectives.iter();
        own.map(move |own| (&member.organisation, own))
    });
    let rows: Vec<_> = own.collect();
    if rows.is_empty() {
        return;
    }
    *text += &heading(2, words.own_objectives, words);
    for (organisation, own) in rows {
        let objectives = export.plan.objectives.iter();
        let mut served = objectives.filter(|objective| own.objective == Some(objective.id));
        let by = served.next().map_or(words.not_served, |by| &by.title);
        let (name, said) = (inline(organisation), inline(&own.text));
        let dash = if name.is_empty() { "" } else { " – " };
        let name = if name.is_empty() {
            name
        } else {
            format!("**{name}**")
        };
        push(
            text,
            format_args!("- {name}{dash}{said} ({})\n", inline(by)),
        );
    }
    text.push('\n');
}
