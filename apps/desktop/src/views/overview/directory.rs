//! The directory: people by organisation, with what each brings and expects.

use egui::Ui;
use tresse_engine::{OverviewView, PersonView, model::Photo};

use crate::{
    theme, tr,
    views::{Cx, members, parts::columns},
};

/// Most rows of people shown at first.
const FIRST: usize = 24;

/// One line of the directory.
enum Row<'a> {
    Organisation(&'a str, usize),
    People(&'a [PersonView]),
}

/// Paints it.
pub(super) fn ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &OverviewView) {
    let t = theme::tokens(ui);
    let count = ((ui.available_width() / (t.size.column * 1.3)) as usize).clamp(1, 3);
    let rows: Vec<Row<'_>> = view
        .directory
        .iter()
        .flat_map(|one| {
            let head = Row::Organisation(&one.organisation, one.people.len());
            std::iter::once(head).chain(one.people.chunks(count).map(Row::People))
        })
        .collect();
    theme::card(ui, |ui| {
        let people = view.people();
        let organisations = view.organisations();
        theme::heading(ui, tr!(cx.words, "overview-directory"));
        let mut said = vec![tr!(cx.words, "home-members", count = people)];
        if organisations > 0 {
            said.push(tr!(cx.words, "home-organisations", count = organisations));
        }
        theme::caption(ui, said.join(" · "));
        let (words, salt) = (cx.words, ("directory", cx.id()));
        members::bounded(
            ui,
            words,
            salt,
            FIRST,
            rows.len(),
            |ui, place| match &rows[place] {
                Row::Organisation(name, people) => organisation(ui, cx, name, *people),
                Row::People(people) => columns(ui, count, |ui, number| {
                    if let Some(person) = people.get(number) {
                        one(ui, cx, person);
                    }
                }),
            },
        );
    });
}

fn organisation(ui: &mut Ui, cx: &Cx<'_>, name: &str, people: usize) {
    let t = theme::tokens(ui);
    ui.add_space(t.space.m);
    let name = if name.is_empty() {
        tr!(cx.words, "overview-no-organisation")
    } else {
        name.to_owned()
    };
    theme::subheading(ui, name);
    if people > 3 {
        theme::caption(ui, tr!(cx.words, "home-members", count = people));
    }
    ui.add_space(t.space.xs);
}

fn one(ui: &mut Ui, cx: &Cx<'_>, person: &PersonView) {
    let t = theme::tokens(ui);
    ui.horizontal_top(|ui| {
        let photo = person.photo.as_ref().map(Photo::bytes);
        theme::portrait(ui, &person.name, photo, t.size.avatar * 1.4);
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = t.space.xs * 0.5;
            theme::strong(ui, person.name.as_str());
            let engagement = members::engagement_name(cx.words, &person.engagement);
            if !engagement.is_empty() {
                theme::caption(ui, engagement);
            }
            for (label, text) in [
                (tr!(cx.words, "profile-brings-short"), &person.brings),
                (tr!(cx.words, "profile-expects-short"), &person.expects),
            ] {
                if !text.trim().is_empty() {
                    theme::caption(ui, label);
                    theme::paragraph(ui, text.as_str());
                }
            }
            if !person.added_value.trim().is_empty() {
                theme::caption(ui, tr!(cx.words, "profile-added-value-short"));
                theme::paragraph(ui, person.added_value.as_str());
            }
        });
    });
    ui.add_space(t.space.s);
}
