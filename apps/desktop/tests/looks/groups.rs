//! Working groups, as a person goes through them.

use egui::{Key, Modifiers};
use egui_kittest::SnapshotResults;
use tresse_desktop::i18n::Lang;
use tresse_engine::Command;

use super::{
    driving::{Desk, ask},
    stage,
    support::{LOOKS, Look},
};

/// High enough for everything: only what is in sight can be clicked.
const HIGH: Look = Look {
    dark: false,
    size: [1024, 1400],
};

fn open(look: Look) -> Desk {
    let mut desk = stage::plan(look);
    desk.click("Groupes");
    desk
}

#[test]
fn a_group_is_made_joined_given_something_to_do_and_closed() {
    let mut desk = open(HIGH);
    let network = desk.engine().fresh_view().unwrap().networks[0].id;
    let page = Command::PageCreate {
        network,
        title: "Comment nous accueillons".into(),
        tags: Vec::new(),
        text: None,
    };
    let _: tresse_engine::model::DocId = ask(desk.engine(), page, "page");
    desk.write("Nouveau groupe de travail", "Accueil");
    desk.press(Modifiers::NONE, Key::Enter);
    desk.until("the group", |desk| desk.has("Ouvrir le groupe « Accueil »"));
    desk.click("Ouvrir le groupe « Accueil »");
    desk.write("Ce qui lui est demandé", "Accueillir ceux qui arrivent.");
    desk.click("Rejoindre ce groupe");
    desk.until("I am in it", |desk| {
        desk.has("Retirer Ana Vasconcel du groupe") && desk.has("Quitter ce groupe")
    });
    desk.write("Nouvelle action de ce groupe", "Écrire un mot d’accueil");
    desk.press(Modifiers::NONE, Key::Enter);
    desk.until("its action", |desk| {
        desk.has("Ouvrir l’action « Écrire un mot d’accueil »")
    });
    desk.write("Chercher une page à rattacher", "accueillons");
    desk.click("Rattacher la page « Comment nous accueillons »");
    desk.until("its page", |desk| {
        desk.has("Détacher la page « Comment nous accueillons »")
    });
    desk.click("Clore le groupe");
    desk.until("it is closed", |desk| desk.reads("Clos le 17 mai 2090"));
    desk.click("Tous les groupes");
    assert!(desk.reads("Groupes clos"));
    let view = desk.engine().fresh_view().unwrap();
    let group = view.networks[0].groups.last().unwrap().clone();
    assert_eq!(group.content.remit, "Accueillir ceux qui arrivent.");
    assert_eq!(
        (group.people.len(), group.actions.len(), group.pages.len()),
        (1, 1, 1)
    );
    // It can be opened again, and put in the bin.
    desk.click("Ouvrir le groupe « Accueil »");
    desk.click("Rouvrir le groupe");
    desk.until("it works again", |desk| desk.has("Clore le groupe"));
    desk.click("Mettre à la corbeille le groupe « Accueil »");
    desk.until("it is gone", |desk| {
        !desk.has("Ouvrir le groupe « Accueil »")
    });
    desk.click("Remettre");
    desk.until("it is back", |desk| {
        desk.has("Ouvrir le groupe « Accueil »")
    });
}

#[test]
fn groups_in_pictures() {
    let mut pictures = SnapshotResults::new();
    let mut take = |mut desk: Desk, name: String| {
        desk.harness.remove_cursor();
        desk.settle();
        pictures.add(desk.harness.try_snapshot(name));
    };
    for look in [LOOKS[0], LOOKS[3]] {
        take(open(look), format!("groups-{}", look.name()));
        let mut desk = open(look);
        desk.click("Ouvrir le groupe « Savoirs de base »");
        take(desk, format!("groups-page-{}", look.name()));
        let mut desk = stage::bare(look);
        desk.click("Groupes");
        take(desk, format!("groups-new-{}", look.name()));
    }
    let mut desk = stage::desk(LOOKS[0], Lang::En, |engine| {
        stage::network(engine);
    });
    desk.click("Action plan");
    desk.click("Groups");
    desk.click("Open the group “Forum”");
    take(desk, "english-groups-page-light-1024".to_owned());
}
