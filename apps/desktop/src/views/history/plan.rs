//! What changed of the plan, a year's watch or the resources, as a sheet of plain sentences, item by item.

use tresse_engine::{
    Compared, ItemView,
    model::{ItemName, PlanCounts, ResourceKind, Status},
};

use super::{
    author,
    sheet::{Mark, Row, Sheet, Words},
};
use crate::{
    i18n::{Args, I18n},
    tr,
    views::{
        plan::{every_name, scale_name, status_name},
        resources::kind_name,
    },
};

pub(super) fn sheet(words: &I18n, compared: &Compared) -> Sheet {
    let mut rows = Vec::new();
    if let Some((before, after)) = &compared.counts {
        rows.push(Row::Line(vec![(Mark::Muted, counted(words, after))]));
        if before != after {
            let before = tr!(words, "past-counts-before", counts = counted(words, before));
            rows.push(Row::Line(vec![(Mark::Muted, before)]));
        }
    }
    if compared.items.is_empty() {
        rows.push(Row::Line(vec![(
            Mark::Plain,
            tr!(words, "differences-none"),
        )]));
    }
    let mut top: Option<&ItemName> = None;
    for item in &compared.items {
        if top.is_none_or(|top| top.id != item.top().id) {
            rows.push(Row::Head(named(words, item.top())));
            top = Some(item.top());
        }
        rows.push(Row::Line(sentence(words, item)));
        if let (Some(command), Some(what)) = (&item.restore, put_back(words, item)) {
            rows.push(Row::Back(what, Box::new(command.clone())));
        }
    }
    Sheet::new(rows).wide()
}

/// What a button says that puts back what went. What came is taken out by hand, where somebody wants that.
fn put_back(words: &I18n, item: &ItemView) -> Option<String> {
    match item.what {
        "removed" => {
            let title = item.item.title.clone();
            Some(tr!(words, "past-put-back-item", title = title))
        }
        "set" | "out" if !item.old.is_empty() => {
            let what = value(words, item, &item.old);
            Some(tr!(words, "past-put-back-value", what = what))
        }
        _ => None,
    }
}

/// How much the plan held.
fn counted(words: &I18n, counts: &PlanCounts) -> String {
    [
        tr!(
            words,
            "past-count-orientations",
            count = counts.orientations
        ),
        tr!(words, "past-count-objectives", count = counts.objectives),
        tr!(
            words,
            "past-count-actions",
            count = counts.actions,
            done = counts.done
        ),
        tr!(words, "past-count-groups", count = counts.groups),
    ]
    .join(" · ")
}

/// « Action « Tenir un stand » ».
fn named(words: &I18n, item: &ItemName) -> String {
    let kind = words
        .find(&format!("past-kind-{}", item.kind), &Args::new())
        .unwrap_or_default();
    // A loan may say nothing of what it is for.
    if item.kind == "loan" && item.title.is_empty() {
        return kind;
    }
    tr!(words, "past-item", kind = kind, title = item.title.clone())
}

/// « Échéance : 12 mars 2026 → 3 avril 2026, par Ana le 4 mars ».
fn sentence(words: &I18n, item: &ItemView) -> Words {
    let mut said: Words = Vec::new();
    // The outermost is the heading above.
    let inner = item.within.iter().skip(1);
    for part in inner.chain((!item.within.is_empty()).then_some(&item.item)) {
        said.push((Mark::Strong, named(words, part)));
        said.push((Mark::Plain, " · ".to_owned()));
    }
    match item.what {
        "added" => said.push((Mark::In, tr!(words, "past-added"))),
        "removed" => said.push((Mark::Out, tr!(words, "past-removed"))),
        "back" => said.push((Mark::In, tr!(words, "past-back"))),
        _ => {
            let field = words.find(&format!("past-field-{}", item.field), &Args::new());
            let field = tr!(words, "past-field", field = field.unwrap_or_default());
            said.push((Mark::Plain, field));
            let (old, new) = (value(words, item, &item.old), value(words, item, &item.new));
            if !old.is_empty() {
                said.push((Mark::Out, old.clone()));
            }
            if !old.is_empty() && !new.is_empty() {
                said.push((Mark::Plain, " → ".to_owned()));
            }
            if !new.is_empty() {
                said.push((Mark::In, new));
            }
        }
    }
    let by = match item.at {
        Some(at) => tr!(
            words,
            "past-by",
            name = author(words, &item.name),
            when = words.day_of(at)
        ),
        None => String::new(),
    };
    said.push((Mark::Muted, by));
    said
}

/// A value as people say it.
fn value(words: &I18n, item: &ItemView, value: &str) -> String {
    match item.field {
        "deadline" | "start" | "due" | "planned_end" | "closed" | "date" | "done_on" | "on"
        | "from" | "until" | "back" | "met" => words.date(value),
        "status" => {
            Status::from_word(value).map_or_else(String::new, |status| status_name(words, status))
        }
        "kind" => {
            ResourceKind::from_word(value).map_or_else(String::new, |kind| kind_name(words, kind))
        }
        "every" => every_name(words, value),
        "territory_scale" => scale_name(words, value),
        "done" if value == "true" => tr!(words, "past-ticked"),
        "done" => tr!(words, "past-unticked"),
        _ => value.to_owned(),
    }
}
