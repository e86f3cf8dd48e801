//! Linking a second machine of one's own: each step in pictures, and the whole of it with two windows on two machines.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on says so by panicking"
)]

mod driving;
#[path = "linking/stage.rs"]
mod stage;
mod support;

use driving::{Desk, loopback, open, seed};
use egui::{Key, Modifiers};
use egui_kittest::SnapshotResults;
use stage::Stage;
use support::{LOOKS, Look};
use tempfile::TempDir;
use tresse_desktop::{
    app::{Launch, errors},
    i18n::{I18n, Lang},
};
use tresse_engine::{Command, LinkingState};

/// High enough for the whole view of members: only what is in sight can be clicked.
const HIGH: Look = Look {
    dark: false,
    size: [1024, 1800],
};

const TWO: [Look; 2] = [LOOKS[0], LOOKS[3]];

#[test]
fn each_step_in_pictures() {
    let mut results = SnapshotResults::new();
    for (name, view) in stage::steps() {
        for look in TWO {
            let mut stage = Stage::new(Lang::Fr, look, Some(view.clone()));
            results.add(stage.picture(&format!("link-{name}-{}", look.name())));
        }
    }
    for (name, view) in stage::steps().into_iter().take(2) {
        let mut stage = Stage::new(Lang::En, LOOKS[0], Some(view.clone()));
        results.add(stage.picture(&format!("english-link-{name}-light-1024")));
        let narrow = Look {
            dark: false,
            size: [720, 480],
        };
        let mut stage = Stage::new(Lang::Fr, narrow, Some(view));
        results.add(stage.picture(&format!("narrow-link-{name}-light-720")));
    }
    results.unwrap();
}

#[test]
fn where_it_begins_in_pictures() {
    let mut results = SnapshotResults::new();
    for look in TWO {
        let mut desk = Desk::of_ana(look, |_| {});
        desk.click("Relier cet appareil à mon autre appareil");
        desk.write("Laissez-passer", "ce n’est pas un laissez-passer");
        desk.click("Relier cet appareil");
        assert!(desk.reads("Ce texte n’est pas un laissez-passer de Tresse."));
        desk.harness.remove_cursor();
        desk.settle();
        results.add(
            desk.harness
                .try_snapshot(format!("start-link-{}", look.name())),
        );
    }
    results.unwrap();
}

#[test]
fn a_click_meant_for_the_step_before_confirms_nothing() {
    let mut stage = Stage::new(Lang::Fr, Look::PLAIN, Some(stage::step("connecting")));
    stage.show_at_once(stage::step("compare"));
    stage.click("Les codes sont les mêmes");
    assert_eq!(stage.asked(), "[]");
    stage.show(stage::step("compare"));
    stage.click("Les codes sont les mêmes");
    assert!(stage.asked().contains("DeviceLinkConfirm"));
}

#[test]
fn what_a_step_asks_for_is_what_was_clicked() {
    let compare = stage::step("compare");
    for (button, command) in [
        ("Les codes sont les mêmes", "DeviceLinkConfirm"),
        ("Non, arrêter", "DeviceLinkCancel { differs: true }"),
    ] {
        let mut stage = Stage::new(Lang::Fr, Look::PLAIN, Some(compare.clone()));
        stage.click(button);
        assert!(stage.asked().contains(command), "{}", stage.asked());
    }
    let mut stage = Stage::new(Lang::Fr, Look::PLAIN, Some(compare));
    stage.click_beside();
    assert_eq!(stage.asked(), "[]", "a slip of the hand ends nothing");
    stage.press(Key::Escape);
    assert!(stage.asked().contains("LeaveLinking"), "{}", stage.asked());
}

#[test]
fn a_code_is_read_out_digit_by_digit_and_every_button_is_reached_by_tab() {
    let mut stage = Stage::new(Lang::Fr, Look::PLAIN, Some(stage::step("compare")));
    assert!(stage.reads("Code : 4 8 2 9 1 3"));
    let names = stage.names_by_tab(4);
    for name in ["Les codes sont les mêmes", "Non, arrêter"] {
        assert!(names.iter().any(|one| one == name), "{name}: {names:?}");
    }
    let mut stage = Stage::new(Lang::Fr, Look::PLAIN, Some(stage::step("offered")));
    let names = stage.names_by_tab(6);
    for name in [
        "Copier le texte",
        "Enregistrer l’image…",
        "Enregistrer le fichier…",
        "Annuler",
    ] {
        assert!(names.iter().any(|one| one == name), "{name}: {names:?}");
    }
}

#[test]
fn every_way_in_which_it_fails_is_said_in_words_of_its_own() {
    for lang in Lang::ALL {
        let words = I18n::new(lang);
        let mut stage = Stage::new(lang, Look::PLAIN, None);
        let codes = errors::CODES.iter();
        for code in codes.filter(|code| code.starts_with("link-")) {
            let mut view = stage::step("failed");
            view.state = LinkingState::Failed {
                code: (*code).to_owned(),
                message: "\u{1}".into(),
            };
            stage.show(view);
            assert!(stage.reads(&errors::sentence(&words, code, "\u{1}")));
            assert!(!stage.reads("\u{1}"), "{code} in {lang:?}");
        }
    }
}

/// Ana's two machines, both with their windows open.
struct Two {
    desk: Desk,
    laptop: Desk,
    _dir: TempDir,
}

impl Two {
    /// The desk has a network, the laptop nothing yet but Ana's name.
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let (desk, laptop) = (dir.path().join("desk"), dir.path().join("laptop"));
        driving::profile_of("Ana Vasconcel", &desk, |engine| {
            seed::network(engine);
        });
        let launch = Launch {
            machine: Some("bureau".into()),
            ..driving::on_loopback(&desk)
        };
        let mut desk = Desk::on(HIGH, launch);
        desk.click("Membres");
        let mut laptop = Desk::on(HIGH, driving::on_loopback(&laptop));
        laptop.write("Votre nom", "Ana");
        laptop.click("Commencer");
        Self {
            desk,
            laptop,
            _dir: dir,
        }
    }

    /// The desk shows a pass, which is given to the laptop.
    fn begin(&mut self) {
        self.desk.click("Relier un autre appareil…");
        self.goes_on();
    }

    fn goes_on(&mut self) {
        self.desk.until("the pass", |desk| {
            desk.reads("En attente de l’autre appareil…")
        });
        let pass = self.desk.value("Texte du laissez-passer");
        self.laptop
            .click("Relier cet appareil à mon autre appareil");
        self.laptop.write("Laissez-passer", &pass);
        self.laptop
            .write("Nom de cet appareil (facultatif)", "portable");
        self.laptop.click("Relier cet appareil");
    }

    /// Time goes by, in which a person would look: what is clicked at once is not taken.
    fn look(&mut self) {
        for one in [&mut self.desk, &mut self.laptop] {
            one.settle();
            one.harness.run_steps(stage::LOOK);
        }
    }

    /// Both show the same code.
    fn compare(&mut self) {
        let same = "Les codes sont les mêmes";
        self.laptop.until("the code", |laptop| laptop.has(same));
        self.desk.until("the code", |desk| desk.has(same));
        self.look();
        let code = |desk: &Desk| desk.text_from("Code : ").unwrap();
        assert_eq!(code(&self.desk), code(&self.laptop));
        assert!(self.desk.reads("L’autre appareil s’appelle « portable »."));
        let whose = "Cet appareil deviendra aussi celui d’Ana Vasconcel.";
        assert!(self.laptop.reads(whose));
    }
}

#[test]
fn two_windows_confirm_and_the_second_shows_the_first_ones_network() {
    let mut two = Two::new();
    two.begin();
    two.compare();
    two.laptop.click("Les codes sont les mêmes");
    assert!(
        two.laptop
            .reads("Confirmez maintenant sur l’autre appareil")
    );
    two.desk.until("the laptop's word", |desk| {
        desk.reads("Sur l’autre appareil, c’est déjà confirmé.")
    });
    two.desk.click("Les codes sont les mêmes");
    two.desk.until("the end", |desk| {
        desk.reads("« portable » est maintenant l’un de vos appareils.")
    });
    two.look();
    two.desk.click("Terminé");
    two.desk.until("both machines", |desk| {
        desk.reads("Mes appareils dans ce réseau") && desk.reads("« portable »")
    });

    two.laptop.until("the network", |laptop| {
        laptop.reads("Cet appareil est relié.") && laptop.reads(seed::NAME)
    });
    two.look();
    two.laptop.click("Ouvrir mes réseaux");
    two.laptop.click("Membres");
    two.laptop.until("it is the same person's", |laptop| {
        laptop.reads("Mes appareils dans ce réseau") && laptop.reads("« bureau »")
    });
    let me = two.laptop.engine().fresh_view().unwrap().me.clone();
    assert_eq!(me.member, two.desk.engine().fresh_view().unwrap().me.member);
    assert_eq!(me.name, "Ana Vasconcel");
    assert!(!two.laptop.has("Les codes sont les mêmes"));
}

#[test]
fn who_sees_two_codes_stops_it_and_both_can_begin_again() {
    let mut two = Two::new();
    two.begin();
    two.compare();
    two.laptop.click("Non, arrêter");
    for one in [&mut two.laptop, &mut two.desk] {
        one.until("it is said on both", |one| {
            one.reads("Les codes n’étaient pas les mêmes")
        });
    }
    let view = two.laptop.engine().fresh_view().unwrap();
    assert!(view.networks.is_empty(), "nothing is half done");

    two.look();
    two.desk.click("Réessayer");
    two.look();
    two.laptop.click("Réessayer");
    assert_eq!(two.laptop.value("Laissez-passer"), "");
    two.laptop.click("Retour");
    two.goes_on();
    two.compare();
    two.desk.click("Les codes sont les mêmes");
    two.laptop.click("Les codes sont les mêmes");
    two.laptop
        .until("the end", |laptop| laptop.has("Ouvrir mes réseaux"));
}

#[test]
fn cancelling_leaves_nothing_half_done_at_any_step() {
    let mut two = Two::new();
    // Before anybody came: the pass is worth nothing any more.
    two.desk.click("Relier un autre appareil…");
    two.desk
        .until("the pass", |desk| desk.has("Texte du laissez-passer"));
    let pass = two.desk.value("Texte du laissez-passer");
    two.look();
    two.desk.click("Annuler");
    two.desk
        .until("it is gone", |desk| !desk.has("Texte du laissez-passer"));
    two.laptop.click("Relier cet appareil à mon autre appareil");
    two.laptop.write("Laissez-passer", &pass);
    two.laptop.click("Relier cet appareil");
    two.laptop.until("it is refused", |laptop| {
        laptop.reads("Les appareils ne sont pas reliés")
    });
    two.look();
    two.laptop.click("Fermer");
    two.laptop.click("Retour");

    // While the codes are compared, and once one said yes.
    for confirmed in [false, true] {
        two.begin();
        two.compare();
        if confirmed {
            two.laptop.click("Les codes sont les mêmes");
        }
        two.laptop.press(Modifiers::NONE, Key::Escape);
        two.desk.until("it was stopped", |desk| {
            desk.reads("Cela a été arrêté sur l’autre appareil.")
        });
        two.look();
        two.desk.click("Fermer");
        two.laptop.until("the page with the pass", |laptop| {
            !laptop.has("Annuler") && laptop.has("Retour")
        });
        two.laptop.click("Retour");
    }
    for one in [&two.desk, &two.laptop] {
        assert!(one.engine().fresh_view().unwrap().linking.is_none());
    }
    let view = two.laptop.engine().fresh_view().unwrap();
    assert!(view.networks.is_empty());
    assert!(two.desk.reads("Mon appareil dans ce réseau"));
}

#[test]
fn what_serves_for_the_other_thing_is_kept_on_the_page_where_it_does() {
    let dir = tempfile::tempdir().unwrap();
    let (ana, bo) = (dir.path().join("ana"), dir.path().join("bo"));
    driving::profile_of("Ana Vasconcel", &ana, |engine| {
        seed::network(engine);
    });
    let engine = open(&ana, Some(loopback()));
    let network = engine.fresh_view().unwrap().networks[0].id;
    let offer = Command::DeviceLinkOffer { label: None };
    let pass: String = driving::ask(&engine, offer, "ticket");
    let invite = Command::InviteCreate {
        network,
        uses: 1,
        expires_in: 3600,
    };
    let invitation: String = driving::ask(&engine, invite, "ticket");

    driving::profile_of("Bo Lindqvist", &bo, |_| {});
    let mut desk = Desk::on(Look::PLAIN, driving::on_loopback(&bo));
    desk.click("Rejoindre un réseau");
    desk.write("Invitation", &pass);
    desk.click("Rejoindre");
    assert!(desk.reads("Ce texte est un laissez-passer, pas une invitation"));
    assert_eq!(desk.value("Laissez-passer"), pass);

    desk.write("Laissez-passer", &invitation);
    desk.click("Relier cet appareil");
    assert!(desk.reads("Ce texte est une invitation, pas un laissez-passer"));
    assert_eq!(desk.value("Invitation"), invitation);
    desk.click("Rejoindre");
    desk.until("Bo is in", |desk| {
        desk.reads("Vous faites maintenant partie de « Lire et écrire en Sarvance ».")
    });
    engine.close();
}

#[test]
fn offline_the_window_says_why_no_pass_can_be_made() {
    let mut desk = Desk::of_ana(HIGH, |engine| {
        seed::network(engine);
    });
    desk.click("Réglages");
    desk.click("Relier un autre appareil…");
    desk.until("the refusal", |desk| desk.reads("Tresse est hors ligne."));
    desk.click("Annuler");
    desk.until("the settings again", |desk| {
        desk.reads("Protection de vos données")
    });
}
