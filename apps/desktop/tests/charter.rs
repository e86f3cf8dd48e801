//! The charter's versions and every text's history, in the window.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on says so by panicking"
)]

mod driving;
mod support;

use std::path::Path;

use driving::{Desk, launch, loopback, open, seed, until};
use egui_kittest::SnapshotResults;
use support::{LOOKS, Look};
use tresse_engine::{
    Command, Engine, TextEdit,
    model::{CharterField, NetworkId, ProfileField},
};

/// High enough for all of it: only what is in sight can be clicked.
const HIGH: Look = Look {
    dark: false,
    size: [1280, 1400],
};

const TWO: &[Look] = &[LOOKS[0], LOOKS[3]];

fn write(engine: &Engine, network: NetworkId, text: &str) {
    let text = Some(text.to_owned());
    let edit = TextEdit {
        text,
        ..TextEdit::default()
    };
    engine.call(Command::CharterEdit { network, edit }).unwrap();
}

#[test]
fn alone_one_proposes_signs_changes_and_sees_what_changed() {
    let mut desk = Desk::of_ana(HIGH, |engine| {
        seed::network(engine);
    });
    desk.click("Charte");
    assert!(desk.reads("Pas encore adoptée"));
    desk.click("Proposer cette version");
    desk.until("it is in force", |desk| {
        desk.reads("En vigueur depuis aujourd’hui")
    });
    assert!(desk.reads("Personne ne l’a encore signée"));
    desk.click("Signer cette charte");
    desk.until("it is signed", |desk| desk.reads("Vous l’avez signée"));
    assert!(desk.reads("Signée par 1 membre sur 1"));
    desk.click("Retirer ma signature");
    desk.until("it is taken back", |desk| desk.has("Signer cette charte"));

    desk.write("Comment on décide", "À l’unanimité.");
    desk.until("the change is seen", |desk| {
        desk.reads("Le texte affiché ici n’est plus celui qui est en vigueur.")
    });
    desk.click("Voir ce qui change");
    desk.until("the words are there", |desk| desk.reads("À l’unanimité"));
    assert!(desk.reads("Comment on décide"));
    desk.click("Terminé");
    desk.click("Proposer cette version");
    desk.until("it took the other's place", |desk| {
        desk.reads("1 version précédente")
    });

    desk.click("Historique");
    desk.until("the history is there", |desk| desk.reads("Ana"));
    desk.until("what changed", |desk| desk.reads("À l’unanimité"));
}

#[test]
fn an_earlier_version_says_who_signed_it_and_is_compared_with_the_one_that_came_after_it() {
    let mut desk = Desk::of_ana(HIGH, |engine| {
        let network = seed::network(engine);
        for rule in ["À l’unanimité.", "Par consentement.", "Au vote."] {
            let value = Some(rule.to_owned());
            let field = CharterField::DecisionRule;
            let set = Command::CharterSet {
                network,
                field,
                value,
            };
            engine.call(set).unwrap();
            let adopt = Command::CharterAdopt {
                network,
                version: None,
            };
            let adopted = engine.call(adopt).unwrap();
            let version = adopted["version"].as_str().unwrap().to_owned();
            let withdraw = rule != "À l’unanimité.";
            let sign = Command::CharterSign {
                network,
                version,
                withdraw,
            };
            engine.call(sign).unwrap();
        }
    });
    desk.click("Charte");
    assert!(desk.reads("Personne ne l’a encore signée"));
    desk.click("2 versions précédentes");
    desk.until("who signed", |desk| desk.reads("Ont signé : Ana Vasconcel"));
    desk.click("Comparer avec la suivante : version adoptée aujourd’hui");
    desk.until("the words are there", |desk| desk.reads("À l’unanimité"));
    assert!(desk.reads("Par consentement"));
}

#[test]
fn undo_says_what_stays_and_leaves_the_words_before_it() {
    let mut desk = Desk::of_ana(HIGH, |engine| {
        seed::network(engine);
    });
    desk.click("Charte");
    desk.write("Comment on décide", "À l’unanimité.");
    desk.click("Proposer cette version");
    desk.until("it is in force", |desk| {
        desk.reads("En vigueur depuis aujourd’hui")
    });
    desk.press(egui::Modifiers::NONE, egui::Key::Escape);
    desk.press(egui::Modifiers::COMMAND, egui::Key::Z);
    desk.until("the sentence", |desk| {
        desk.text_from("Cela reste : vous avez accepté une version de la charte")
            .is_some()
    });
    let view = desk.engine().fresh_view().unwrap();
    assert_eq!(
        view.networks[0].charter.content.decision_rule,
        "À l’unanimité."
    );
}

#[test]
fn what_each_organisation_expects_is_read_by_all_and_looked_at_with_one_click() {
    let mut desk = Desk::of_ana(HIGH, |engine| {
        seed::network(engine);
    });
    // The first page says what is missing, and leads there.
    desk.click("Dites ce que votre structure attend du réseau");
    desk.write("Ce que ma structure en attend", "Une méthode commune");
    desk.until("it is stated", |desk| desk.has("Relu aujourd’hui"));
    desk.click("Relu aujourd’hui");
    desk.until("it was looked at", |desk| !desk.has("Relu aujourd’hui"));
    let view = desk.engine().fresh_view().unwrap();
    let me = view.networks[0].members.members[0].clone();
    assert_eq!(me.added_value, "Une méthode commune");
    assert!(!me.added_value_on.is_empty());
    desk.click("Charte");
    assert!(desk.reads("Ce que chaque structure en attend"));
    assert!(desk.reads("Une méthode commune"));
    assert!(desk.reads("Centre de formation de Sauvrelle"));
    // What the network is for stands there too, to read.
    assert!(desk.reads("Les finalités s’écrivent à l’accueil"));
    desk.click("Accueil");
    assert!(!desk.reads("Dites ce que votre structure attend du réseau"));
    desk.click("Vue d’ensemble");
    assert!(desk.reads("Une méthode commune"));
}

#[test]
fn the_history_of_a_page_tells_who_wrote_what() {
    let mut desk = Desk::of_ana(HIGH, |engine| {
        seed::network(engine);
    });
    desk.click("Bibliothèque");
    let page = "Ouvrir la page « Compte rendu de la rencontre de mai »";
    desk.until("the list", |desk| desk.has(page));
    desk.click(page);
    desk.until("it is open", |desk| desk.has("Historique"));
    desk.click("Historique");
    desk.until("who wrote", |desk| desk.reads("Ana"));
    desk.until("what", |desk| desk.reads("Titre de la page"));
}

/// Ana's charter, in force and signed, and another that Bo proposes on a machine of his own.
fn two_versions(dir: &Path) -> NetworkId {
    let (ana, bo) = (dir.join("ana"), dir.join("bo"));
    let mut network = None;
    driving::profile_of("Ana", &ana, |engine| network = Some(seed::network(engine)));
    driving::profile_of("Bo", &bo, |_| {});
    let network = network.unwrap();
    let ana = open(&ana, Some(loopback()));
    let value = Some("Une méthode de travail commune, et du poids auprès de la région.".to_owned());
    ana.call(Command::ProfileSet {
        network,
        field: ProfileField::AddedValue,
        value,
    })
    .unwrap();
    let adopted = ana
        .call(Command::CharterAdopt {
            network,
            version: None,
        })
        .unwrap();
    let version = adopted["version"].as_str().unwrap().to_owned();
    ana.call(Command::CharterSign {
        network,
        version,
        withdraw: false,
    })
    .unwrap();
    let bo = open(&bo, Some(loopback()));
    let ticket: String = driving::ask(
        &ana,
        Command::InviteCreate {
            network,
            uses: 1,
            expires_in: 600,
        },
        "ticket",
    );
    bo.call(Command::InviteAccept { ticket }).unwrap();
    until(&bo, "the charter is here", |view| {
        let net = view.network(&network);
        net.is_some_and(|net| net.charter_versions.in_force.is_some() && net.sync.in_step > 0)
    });
    let text = bo
        .fresh_view()
        .unwrap()
        .network(&network)
        .unwrap()
        .charter
        .body
        .text
        .to_string();
    write(
        &bo,
        network,
        &format!("{text}\nChacun prévient de ses absences.\n"),
    );
    bo.call(Command::CharterAdopt {
        network,
        version: None,
    })
    .unwrap();
    until(&ana, "the proposal is here", |view| {
        let net = view.network(&network).unwrap();
        net.charter_versions.versions.len() == 2 && net.charter_versions.current.is_some()
    });
    bo.close();
    ana.close();
    network
}

#[test]
fn what_another_proposes_is_read_and_consented_to() {
    let dir = tempfile::tempdir().unwrap();
    two_versions(dir.path());
    let mut pictures = SnapshotResults::new();
    for look in TWO {
        let mut desk = Desk::on(*look, launch(&dir.path().join("ana")));
        desk.click("Charte");
        desk.until("the proposal", |desk| {
            desk.reads("Proposée par Bo aujourd’hui")
        });
        desk.harness.remove_cursor();
        desk.settle();
        pictures.add(
            desk.harness
                .try_snapshot(format!("charter-proposed-{}", look.name())),
        );
        desk.click("Voir ce qui change");
        desk.until("what changes", |desk| {
            desk.reads("prévient de ses absences")
        });
        desk.harness.remove_cursor();
        desk.settle();
        pictures.add(
            desk.harness
                .try_snapshot(format!("charter-differences-{}", look.name())),
        );
    }
    let mut desk = Desk::on(HIGH, launch(&dir.path().join("ana")));
    // The first page says that she is awaited, and leads there.
    desk.click("La charte proposée par Bo attend votre accord");
    desk.click("Historique");
    desk.until("who wrote", |desk| desk.reads("Bo"));
    desk.until("what", |desk| desk.reads("prévient de ses absences"));
    desk.press(egui::Modifiers::NONE, egui::Key::Escape);
    desk.click("Consentir");
    desk.until("both are needed and both consent", |desk| {
        desk.reads("En vigueur depuis aujourd’hui") && desk.reads("1 version précédente")
    });
}

#[test]
fn a_version_is_decided_upon_by_a_vote_as_the_charter_in_force_says() {
    let mut desk = Desk::of_ana(HIGH, |engine| {
        let network = seed::network(engine);
        for (field, value) in [
            (CharterField::Threshold, ">=2/3"),
            (CharterField::Quorum, "1"),
        ] {
            let value = Some(value.to_owned());
            let set = Command::CharterSet {
                network,
                field,
                value,
            };
            engine.call(set).unwrap();
        }
        let adopt = Command::CharterAdopt {
            network,
            version: None,
        };
        engine.call(adopt).unwrap();
    });
    desk.click("Charte");
    desk.write("Comment on décide", "À l’unanimité.");
    let rule = "Ou bien, comme le dit la charte en vigueur : Vote ; adoptée par deux tiers ; quorum : 1 personne.";
    desk.until("by what rule", |desk| desk.reads(rule));
    let mut pictures = SnapshotResults::new();
    desk.click("Décider par un vote…");
    assert!(desk.reads("Vote ; adoptée par deux tiers ; quorum : 1 personne"));
    pictures.add(shot(&mut desk, "charter-vote-asked"));
    desk.click("Poser la question");
    desk.until("the decision is open", |desk| {
        desk.reads("Cette décision porte sur une version de la charte.")
    });
    desk.click("Voir ce qui change");
    desk.until("the words are there", |desk| desk.reads("À l’unanimité"));
    desk.click("Terminé");
    desk.click("Pour");
    desk.click("Donner ma voix");
    desk.until("it is cast", |desk| desk.text_from("Donnée").is_some());
    desk.click("Charte");
    desk.until("it is said there too", |desk| {
        desk.reads("Soumise au vote des membres")
    });
    assert!(
        !desk.has("Décider par un vote…"),
        "it is put to the members once"
    );
    desk.click("Ouvrir la décision « Une nouvelle version de la charte »");
    desk.until("it is open", |desk| desk.has("Clore maintenant"));
    desk.click("Clore maintenant");
    desk.until("it has ended", |desk| desk.has("Dépouiller"));
    desk.click("Dépouiller");
    desk.until("it is adopted", |desk| {
        desk.reads("Adoptée par une décision des membres.")
    });
    desk.click("Aller à la charte");
    desk.until("it is in force", |desk| {
        desk.reads("En vigueur depuis aujourd’hui") && desk.reads("1 version précédente")
    });
    assert!(desk.has("Ouvrir la décision « Une nouvelle version de la charte »"));
    desk.click("Signer cette charte");
    desk.until("it is signed", |desk| desk.reads("Vous l’avez signée"));
}

/// The window as it is, without a pointer in it.
fn shot(desk: &mut Desk, name: &str) -> egui_kittest::SnapshotResult {
    desk.harness.remove_cursor();
    desk.settle();
    desk.harness.try_snapshot(name)
}
