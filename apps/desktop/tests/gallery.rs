//! Every widget of the theme in one picture, to be looked at by people.

mod support;

use egui::Ui;
use egui_kittest::kittest::Queryable;
use tresse_desktop::theme::{self, Icon, Tone, tokens};

#[derive(Default)]
struct Gallery {
    name: String,
    notes: String,
    search: String,
    status: u8,
    ticked: bool,
}

fn gallery(ui: &mut Ui, state: &mut Gallery) {
    let t = tokens(ui);
    egui::Panel::left("places")
        .frame(theme::panel_frame(t))
        .exact_size(t.size.sidebar)
        .resizable(false)
        .show(ui, |ui| {
            ui.horizontal(|ui| {
                theme::braid_mark(ui, t, 40.0, t.color.shade);
                theme::heading(ui, "Tresse");
            });
            theme::nav_item(ui, Icon::House, "Accueil", false);
            theme::nav_item(ui, Icon::Scroll, "Charte", true);
            theme::nav_item(ui, Icon::ListChecks, "Feuille de route", false);
            theme::nav_item(ui, Icon::Books, "Capitalisation", false);
            theme::nav_item(ui, Icon::Users, "Membres", false);
        });
    egui::CentralPanel::default()
        .frame(egui::Frame::new().fill(t.color.paper))
        .show(ui, |ui| {
            theme::page(ui, "gallery", t.size.reading * 1.2, |ui| body(ui, state));
        });
}

fn body(ui: &mut Ui, state: &mut Gallery) {
    let t = tokens(ui);
    theme::title(ui, "Réseau des ateliers de la vallée");
    theme::braid_rule(ui, t, 240.0);
    theme::paragraph(
        ui,
        "Garder sa propre identité mais partager : « l’œuvre commune » — voilà l’idée… 24 €, 3 × 4 = 12.",
    );
    ui.horizontal_wrapped(|ui| {
        theme::primary_button(ui, "Créer un réseau");
        theme::primary_icon_button(ui, Icon::UserPlus, "Inviter");
        theme::quiet_button(ui, "Annuler");
        theme::quiet_icon_button(ui, Icon::QrCode, "Montrer le code");
        theme::danger_button(ui, "Mettre à la corbeille");
        ui.add_enabled(false, |ui: &mut Ui| theme::primary_button(ui, "Pas encore"));
        theme::icon_button(ui, Icon::Trash, "Supprimer");
        theme::toggle_icon_button(ui, Icon::Eye, "Aperçu", true);
    });
    ui.horizontal(|ui| {
        theme::tab(ui, "Tableau", true);
        theme::tab(ui, "Colonnes", false);
        theme::search_field(ui, "Chercher", &mut state.search, t.size.column);
    });
    ui.columns(2, |columns| {
        theme::card(&mut columns[0], |ui| {
            theme::subheading(ui, "Objectif 1");
            theme::muted(ui, "Ouvrir trois ateliers avant l’été.");
            theme::progress_bar(ui, 0.4, 220.0, "4 actions sur 10");
            ui.horizontal(|ui| {
                theme::status_dot(ui, Tone::Good, "en ligne");
                theme::paragraph(ui, "En phase avec 2 pairs");
                theme::status_dot(ui, Tone::Neutral, "hors ligne");
                theme::caption(ui, "hier à 14:05");
            });
        });
        theme::card_button(&mut columns[1], "Ouvrir la page", |ui| {
            theme::strong(ui, "Compte rendu de mars");
            theme::caption(ui, "Aïcha · 24 nov. 2026");
            ui.horizontal_wrapped(|ui| {
                theme::tag(ui, "budget");
                theme::status_chip(ui, Tone::Accent, "en cours");
                theme::status_chip(ui, Tone::Good, "fait");
                theme::status_chip(ui, Tone::Warn, "en attente");
                theme::status_chip(ui, Tone::Bad, "en retard");
                theme::tag_toggle(ui, "mobilité", true);
                theme::tag_toggle(ui, "emploi", false);
                theme::removable_tag(ui, "culture", "Enlever culture");
            });
        });
    });
    theme::message(
        ui,
        Tone::Warn,
        "Deux personnes ont changé ce champ.",
        |ui| {
            theme::quiet_button(ui, "Voir");
        },
    );
    theme::message(ui, Tone::Bad, "Le disque est plein.", |_| {});
    ui.columns(2, |columns| {
        theme::text_field(&mut columns[0], "Nom", &mut state.name, "Prénom et nom");
        theme::text_field(&mut columns[0], "Apports", &mut state.notes, "");
        let ui = &mut columns[1];
        theme::choice(
            ui,
            "Statut",
            &mut state.status,
            &[(0, "À faire".to_owned()), (1, "En cours".to_owned())],
        );
        theme::check(ui, &mut state.ticked, "Relais et recherche sur internet");
        ui.horizontal(|ui| {
            theme::avatar(ui, "Aïcha Benali", t.size.avatar);
            theme::avatar(ui, "Loïc", t.size.avatar);
            theme::avatar(ui, "Émile Zola", t.size.avatar);
            theme::avatar(ui, "Réseau Nord", t.size.avatar);
        });
        ui.horizontal(|ui| {
            theme::table_header(ui, "Action");
            theme::table_header(ui, "Échéance");
        });
        theme::rule(ui);
    });
    ui.horizontal_wrapped(|ui| {
        for &icon in Icon::ALL {
            icon.show(ui, t.size.icon_large, t.color.ink);
        }
    });
    theme::empty_state(
        ui,
        "Pas encore de page",
        "Une page garde ce que le réseau apprend. La première pourrait dire comment vous vous retrouvez.",
        Some("Écrire une page".to_owned()),
    );
}

#[test]
fn the_gallery_looks_as_it_should() {
    support::pictures("gallery", Gallery::default, gallery, |_| {});
}

#[test]
fn fields_and_icons_are_found_by_their_accessible_names() {
    let mut harness = support::window(support::Look::PLAIN, Gallery::default(), gallery);
    harness.get_by_label("Nom").focus();
    harness.run();
    harness.get_by_label("Nom").type_text("Zoé");
    harness.run();
    assert_eq!(harness.state().name, "Zoé");
    harness.get_by_label("Supprimer");
    harness.get_by_label("Charte");
    harness.get_by_label("4 actions sur 10");
    harness.get_by_role_and_label(egui::Role::Heading, "Réseau des ateliers de la vallée");
    harness.get_by_role_and_label(egui::Role::Button, "Ouvrir la page");
}
