//! Markdown as it is read: the picture of each kind of block, real notes, links, and long texts.
#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot go on says so by panicking"
)]

mod support;

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use egui::{Key, Ui};
use egui_kittest::{Harness, SnapshotResults, kittest::Queryable};
use support::{LOOKS, Look, window};
use tresse_desktop::{markdown::Preview, theme};

const LABEL: &str = "Page à lire";

struct Reader {
    preview: Preview,
    text: Arc<str>,
}

impl Reader {
    fn new(text: &str) -> Self {
        Self {
            preview: Preview::default(),
            text: text.into(),
        }
    }

    fn show(ui: &mut Ui, reader: &mut Self) {
        let t = theme::tokens(ui);
        egui::CentralPanel::default()
            .frame(egui::Frame::new().fill(t.color.paper))
            .show(ui, |ui| {
                reader.preview.show(ui, &reader.text, LABEL);
            });
    }
}

const EVERYTHING: &str = "# Rencontre de mars\n\nNous étions **douze**, dont *trois* nouveaux ; \
    voir [le relevé](https://exemple.fr/releve) et `liste.csv`, ~~reporté~~.\n\n\
    ## Décisions\n\n1. Ouvrir l’atelier à tous\n   - le mardi\n   - le jeudi, une fois sur deux, \
    quand la salle du haut est libre et que quelqu’un a la clé du bâtiment\n2. Relire la charte\n\n\
    - [x] réserver la salle\n- [ ] écrire aux absents\n\n\
    > Garder sa propre identité mais partager.\n>\n> > — une participante\n\n\
    ```\nbudget = 1 200\n```\n\n\
    | Action | Qui | Quand |\n|:--|:-:|--:|\n| Affiche | Aïcha | 12 mars |\n| Repas partagé, avec ce que chacun apporte | Loïc | 20 mars |\n\n\
    ---\n\n![Plan de la salle](https://exemple.fr/plan.png)\n\n\
    <p>Du <b>HTML</b> :</p><ul><li>- un</li><li>deux</li></ul>\n";

#[test]
fn every_kind_of_block_looks_as_it_should() {
    let mut results = SnapshotResults::new();
    for look in LOOKS {
        let mut harness = window(look, Reader::new(EVERYTHING), Reader::show);
        harness.run();
        results.add(harness.try_snapshot(format!("reading-{}", look.name())));
    }
    results.unwrap();
}

#[test]
fn tabbed_notes_with_html_in_them_look_as_a_table() {
    let notes = "### Qui fait quoi\n\n\tPilotage\tAnimation\n\
        Rôle et qualités\t<p style=\"text-align: center;\">« <b>Tenir le cap</b> »</p> \
        <ul style=\"list-style-type: none\"> <li>- dire ce que l’on attend du réseau (cahier des charges)</li> \
        <li>- tenir la feuille de route, ses délais et ses moyens</li> </ul>\t\
        <ul> <li>- relier les membres entre eux</li> <li>- <b>donner de l’élan</b> aux actions</li> </ul> \
        <p>=&gt; savoir négocier</p>\n";
    let mut results = SnapshotResults::new();
    let mut harness = window(LOOKS[0], Reader::new(notes), Reader::show);
    harness.run();
    results.add(harness.try_snapshot("reading-notes"));
    results.unwrap();
}

fn opened(harness: &Harness<'_, Reader>) -> Vec<String> {
    let commands = &harness.output().platform_output.commands;
    let urls = commands.iter().filter_map(|command| match command {
        egui::OutputCommand::OpenUrl(open) => Some(open.url.clone()),
        _ => None,
    });
    urls.collect()
}

#[test]
fn a_link_opens_when_clicked_and_only_then() {
    let mut harness = window(
        Look::PLAIN,
        Reader::new("Voir [le guide](https://exemple.fr/g) et [ceci](javascript:alert(1))."),
        Reader::show,
    );
    assert!(opened(&harness).is_empty());
    assert!(
        harness
            .query_by_role_and_label(egui::Role::Link, "ceci")
            .is_none()
    );
    harness
        .get_by_role_and_label(egui::Role::Link, "le guide")
        .click();
    harness.step();
    let mut found = opened(&harness);
    for _ in 0..3 {
        harness.step();
        found.extend(opened(&harness));
    }
    assert_eq!(found, ["https://exemple.fr/g"]);
}

#[test]
fn headings_are_headings_for_assistive_tools() {
    let harness = window(Look::PLAIN, Reader::new(EVERYTHING), Reader::show);
    harness.get_by_role_and_label(egui::Role::Heading, "Rencontre de mars");
    harness.get_by_role_and_label(egui::Role::Document, LABEL);
}

/// A long text is parsed beside the window.
fn until_parsed(harness: &mut Harness<'_, Reader>) {
    let end = Instant::now() + Duration::from_mins(1);
    loop {
        harness.step();
        let reader = harness.state();
        if reader.preview.shows(&reader.text) {
            harness.run();
            return;
        }
        assert!(Instant::now() < end, "it was never parsed");
        std::thread::yield_now();
    }
}

#[test]
fn what_was_still_being_parsed_is_never_shown_after_what_came_later() {
    let mut harness = window(Look::PLAIN, Reader::new("Un mot."), Reader::show);
    let long = |words: &str| -> Arc<str> { format!("{words}\n\n").repeat(20_000).into() };
    harness.state_mut().text = long("Premier jet");
    harness.step();
    harness.state_mut().text = "Trois fois rien.".into();
    harness.step();
    assert!(harness.query_by_label_contains("Trois fois rien").is_some());
    harness.state_mut().text = long("Second jet");
    let end = Instant::now() + Duration::from_mins(1);
    while harness
        .query_all_by_label_contains("Second jet")
        .next()
        .is_none()
    {
        assert!(
            harness.query_by_label_contains("Trois fois rien").is_some(),
            "neither what was nor what is to come"
        );
        assert!(Instant::now() < end, "it was never parsed");
        harness.step();
    }
}

#[test]
fn a_long_text_is_read_to_its_end_by_keys_and_stays_where_it_is_when_it_changes() {
    let text: Vec<String> = (0..2_000)
        .map(|n| format!("Paragraphe {n} d’un très long compte rendu.\n\n"))
        .collect();
    let mut harness = window(Look::PLAIN, Reader::new(&text.concat()), Reader::show);
    until_parsed(&mut harness);
    assert!(harness.query_by_label_contains("Paragraphe 0 ").is_some());
    assert!(
        harness
            .query_by_label_contains("Paragraphe 1999 ")
            .is_none()
    );
    harness.get_by_label(LABEL).focus();
    harness.run();
    harness.key_press(Key::End);
    harness.run();
    assert!(
        harness
            .query_by_label_contains("Paragraphe 1999 ")
            .is_some()
    );
    harness.key_press(Key::PageUp);
    harness.run();
    let seen = |harness: &Harness<'_, Reader>| {
        let rows = harness.query_all_by_label_contains("Paragraphe");
        rows.map(|row| row.value().unwrap_or_default())
            .collect::<Vec<_>>()
    };
    let before = seen(&harness);
    assert!(!before.is_empty());
    let changed = format!("# Un titre neuf\n\n{}", text.concat());
    harness.state_mut().text = changed.into();
    harness.step();
    assert_eq!(seen(&harness), before, "as it was until the new is parsed");
    until_parsed(&mut harness);
    assert_eq!(seen(&harness), before);
    harness.key_press(Key::Home);
    harness.run();
    assert!(harness.query_by_label("Un titre neuf").is_some());
}
