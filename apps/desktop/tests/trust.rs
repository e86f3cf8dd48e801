//! What the members' view shows of trust: machines, consents, rules, mandates, and what to know; in pictures, and by
//! what a click asks for. What is shown here is made up; `governing.rs` plays it with real machines.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on says so by panicking"
)]

mod driving;
#[path = "trust/stage.rs"]
mod stage;
mod support;
#[path = "trust/village.rs"]
mod village;

use egui_kittest::SnapshotResults;
use stage::Stage;
use support::Look;
use tresse_desktop::{
    app::asks::{Ask, Dialogue},
    i18n::Lang,
    views::members::Decision,
};
use tresse_engine::{Command, MembersView, TroubleView};

/// High enough for the whole view.
const fn high(dark: bool, size: [u16; 2]) -> Look {
    Look { dark, size }
}

const WHOLE: [Look; 4] = [
    high(false, [1024, 3050]),
    high(true, [1024, 3050]),
    high(false, [1600, 3000]),
    high(true, [1600, 3000]),
];

#[test]
fn the_whole_view_in_pictures() {
    let mut results = SnapshotResults::new();
    for look in WHOLE {
        let mut stage = Stage::new(Lang::Fr, look, village::view());
        stage.click("2 anciens membres");
        stage.click("3 invitations passées");
        results.add(stage.picture(&format!("trust-{}", look.name())));
    }
    let mut stage = Stage::new(Lang::En, WHOLE[0], village::view());
    stage.click("2 former members");
    results.add(stage.picture("english-trust-light-1024"));
    let narrow = high(false, [720, 3400]);
    let mut stage = Stage::new(Lang::Fr, narrow, village::view());
    results.add(stage.picture("narrow-trust-light-720"));
    results.unwrap();
}

#[test]
fn the_dialogues_in_pictures() {
    let mut results = SnapshotResults::new();
    for (name, decision) in [
        ("lose", Decision::LoseMachine(village::second_machine())),
        ("leave", Decision::Leave),
        ("remove", Decision::Remove(village::BO)),
        (
            "readmit",
            Decision::Readmit(village::HUGO, village::hugos_machine()),
        ),
        ("rules", Decision::ProposeRules),
        ("adopt", Decision::AdoptRules(village::other_rules())),
        ("mandate", Decision::GiveMandate),
        ("end-mandate", Decision::EndMandate("mandate-1".into())),
    ] {
        for look in [support::LOOKS[0], support::LOOKS[3]] {
            let mut stage = Stage::new(Lang::Fr, look, village::view());
            stage.decide(decision.clone());
            results.add(stage.picture(&format!("decide-{name}-{}", look.name())));
        }
    }
    results.unwrap();
}

#[test]
fn the_band_in_pictures() {
    let mut results = SnapshotResults::new();
    for look in [support::LOOKS[0], support::LOOKS[3]] {
        let mut stage = Stage::new(Lang::Fr, look, village::seen_from_outside());
        assert!(stage.reads("Les membres ont mis fin à votre participation le 3 mars 2024."));
        results.add(stage.picture(&format!("trust-outside-{}", look.name())));
    }
    results.unwrap();
}

#[test]
fn whoever_is_out_is_offered_nothing_that_would_be_refused() {
    let stage = Stage::new(Lang::Fr, WHOLE[0], village::seen_from_outside());
    for name in [
        "Inviter",
        "Quitter ce réseau…",
        "Autres choix pour Bo Lindqvist",
        "Proposer d’autres règles…",
        "Donner un rôle…",
        "Donner aussi mon accord au retrait de Bo Lindqvist",
    ] {
        assert!(!stage.has(name), "{name}");
    }
    assert!(stage.reads("4 autres membres"));
}

#[test]
fn a_lost_machine_is_declared_only_after_one_was_told_that_it_is_final() {
    let mut stage = Stage::new(Lang::Fr, WHOLE[0], village::view());
    let machine = village::second_machine();
    stage.click(&format!("Déclarer perdu l’appareil {}", machine.short()));
    let decision = stage.shown().expect("a dialogue is asked for");
    assert_eq!(decision, Decision::LoseMachine(machine));
    stage.decide(decision);
    assert!(stage.reads("C’est définitif"));
    assert!(stage.sent().is_empty());
    stage.click("Déclarer cet appareil perdu");
    assert!(matches!(
        &stage.sent()[..],
        [Command::DeviceRevoke { device, .. }] if *device == machine
    ));
}

#[test]
fn one_can_change_ones_mind_about_leaving() {
    let mut stage = Stage::new(Lang::Fr, WHOLE[0], village::view());
    stage.click("Quitter ce réseau…");
    let decision = stage.shown().unwrap();
    stage.decide(decision);
    assert!(stage.reads("Les autres continuent"));
    stage.click("Annuler");
    assert!(stage.sent().is_empty());
    stage.decide(Decision::Leave);
    stage.click("Quitter ce réseau");
    assert!(matches!(&stage.sent()[..], [Command::NetworkLeave { .. }]));
}

#[test]
fn consents_are_counted_in_words_and_given_after_one_has_read_what_follows() {
    let mut stage = Stage::new(Lang::Fr, WHOLE[0], village::view());
    assert!(stage.reads("Il est proposé que Bo Lindqvist ne fasse plus partie du réseau"));
    assert!(stage.reads("2 accords donnés. Il en faut 3, sur 4 personnes."));
    assert!(stage.reads("D’accord : Claire Aubin (le 3 mars 2024), Driss Nahal (le 4 mars 2024)"));
    stage.click("Donner aussi mon accord au retrait de Bo Lindqvist");
    let decision = stage.shown().unwrap();
    assert_eq!(decision, Decision::Remove(village::BO));
    stage.decide(decision);
    assert!(stage.reads("Tout ce que Bo Lindqvist a écrit reste."));
    assert!(stage.reads("Accords nécessaires : plus de la moitié des autres membres"));
    stage.click("Donner mon accord");
    assert!(matches!(
        &stage.sent()[..],
        [Command::MemberRemove { member, .. }] if *member == village::BO
    ));
}

#[test]
fn a_removal_is_proposed_from_a_members_card() {
    let mut stage = Stage::new(Lang::Fr, WHOLE[0], village::view());
    stage.click("Autres choix pour Driss Nahal");
    stage.click("Proposer son retrait…");
    assert_eq!(stage.shown(), Some(Decision::Remove(village::DRISS)));
    stage.decide(Decision::Remove(village::DRISS));
    stage.click("Proposer ce retrait");
    assert_eq!(stage.sent().len(), 1);
}

#[test]
fn a_return_and_other_rules_can_be_consented_to() {
    let mut stage = Stage::new(Lang::Fr, WHOLE[0], village::view());
    stage.click("Donner mon accord au retour d’Hugo Pinson");
    let back = Decision::Readmit(village::HUGO, village::hugos_machine());
    assert_eq!(stage.shown(), Some(back.clone()));
    stage.decide(back);
    stage.click("Donner mon accord");
    assert!(matches!(
        &stage.sent()[..],
        [Command::MemberReadmit { member, .. }] if *member == village::HUGO
    ));
    stage.click("Donner mon accord à ces règles");
    let rules = Decision::AdoptRules(village::other_rules());
    assert_eq!(stage.shown(), Some(rules.clone()));
    stage.decide(rules);
    assert!(stage.reads("Pour retirer quelqu’un : les deux tiers des autres membres"));
    stage.click("Donner mon accord");
    assert!(matches!(
        &stage.sent()[..],
        [Command::RulesChange { invite: Some(2), removal: Some(removal), .. }] if removal == "two-thirds"
    ));
}

#[test]
fn other_rules_are_proposed_with_four_choices() {
    let mut stage = Stage::new(Lang::Fr, support::LOOKS[0], village::view());
    stage.decide(Decision::ProposeRules);
    stage.click("Proposer ces règles");
    assert!(stage.sent().is_empty(), "nothing differs yet");
    stage.click("Pour reprendre quelqu’un");
    stage.click("tous les autres membres");
    stage.click("Proposer ces règles");
    assert!(matches!(
        &stage.sent()[..],
        [Command::RulesChange { invite: Some(1), readmission: Some(all), .. }] if all == "all"
    ));
}

#[test]
fn a_role_is_given_and_ended() {
    let mut stage = Stage::new(Lang::Fr, support::LOOKS[0], village::view());
    stage.decide(Decision::GiveMandate);
    stage.click("Rôle");
    stage.click("Animation");
    stage.click("Qui le tient");
    stage.click("Claire Aubin");
    stage.write("Jusqu’au (facultatif)", "1/3/2031");
    stage.click("Donner ce rôle");
    assert!(matches!(
        &stage.sent()[..],
        [Command::MandateGive { role, holder, from, to: Some(to), .. }]
            if role == "facilitator" && *holder == village::CLAIRE && from == "2026-11-24" && to == "2031-03-01"
    ));
    stage.decide(Decision::EndMandate("mandate-1".into()));
    stage.click("Mettre fin au mandat");
    assert!(matches!(
        &stage.sent()[..],
        [Command::MandateEnd { mandate, .. }] if mandate == "mandate-1"
    ));
}

#[test]
fn an_invitation_that_awaits_others_is_confirmed_by_who_has_not_made_it() {
    let mut stage = Stage::new(Lang::Fr, WHOLE[0], village::view());
    assert!(stage.reads("attend 1 autre membre"));
    assert!(!stage.has("Confirmer aussi l’invitation 1"));
    assert!(!stage.has("Confirmer aussi l’invitation 3"));
    stage.click("Confirmer aussi l’invitation 2");
    assert!(matches!(
        &stage.sent()[..],
        [Command::InviteEndorse { invitation, .. }] if invitation == "invitation-2"
    ));
}

#[test]
fn an_invitation_tells_who_made_it_for_how_many_and_who_came_in_and_any_member_closes_it() {
    let mut stage = Stage::new(Lang::Fr, WHOLE[0], village::view());
    assert!(stage.reads("faite par Claire Aubin, pour 5 personnes"));
    assert!(stage.reads("encore 3 places"));
    assert!(stage.reads("A fait entrer : Bo Lindqvist, Farid Belkacem"));
    stage.click("Fermer l’invitation 3");
    assert!(matches!(
        &stage.sent()[..],
        [Command::InviteRevoke { invitation, .. }] if invitation == "invitation-3"
    ));
}

#[test]
fn invitations_that_serve_no_more_are_folded_away_with_why_and_who_came_in() {
    let view = MembersView {
        invitations: Vec::new(),
        ..village::view()
    };
    let mut stage = Stage::new(Lang::Fr, WHOLE[0], view);
    assert!(!stage.reads("A fait entrer"));
    stage.click("3 invitations passées");
    for (made, how) in [
        (
            "Faite par Claire Aubin le 20 nov. 2026, pour 2 personnes",
            "fermée",
        ),
        (
            "Faite par Bo Lindqvist le 20 nov. 2026, pour 2 personnes",
            "expirée",
        ),
        (
            "Faite par Ana Vasconcel le 11 févr. 2024, pour 1 personne",
            "a servi",
        ),
    ] {
        assert!(stage.reads(made) && stage.reads(how), "{made}, {how}");
    }
    assert!(stage.reads("A fait entrer : Claire Aubin"));
    assert!(!stage.has("Fermer l’invitation 1"));
}

#[test]
fn work_kept_aside_is_taken_up_with_one_click() {
    let mut stage = Stage::new(Lang::Fr, WHOLE[0], village::view());
    assert!(stage.reads(
        "L’appareil d’Élise Roux a écrit deux suites différentes à partir d’une même copie"
    ));
    stage.click("Reprendre le travail de Gaëlle Morin dans « Bilan du forum »");
    assert!(matches!(
        &stage.sent()[..],
        [Command::AsideAdopt { document, .. }] if *document == village::page()
    ));
}

#[test]
fn where_there_is_nothing_to_know_nothing_is_said() {
    let view = MembersView {
        troubles: Vec::new(),
        cases: Vec::new(),
        former: Vec::new(),
        ..village::view()
    };
    let stage = Stage::new(Lang::Fr, WHOLE[0], view);
    assert!(!stage.reads("À savoir"));
    assert!(!stage.reads("décision"));
    assert!(!stage.reads("ancien"));
}

#[test]
fn long_lists_show_their_beginning_and_more_when_asked() {
    let many = (0..17).map(|number| TroubleView::Equivocation {
        device: village::machine(100 + number),
        name: format!("Membre {number}"),
    });
    let view = MembersView {
        troubles: many.collect(),
        ..village::view()
    };
    let mut stage = Stage::new(Lang::Fr, WHOLE[0], view);
    assert!(!stage.reads("de Membre 5 a signé"));
    stage.click("et 12 autres…");
    assert!(stage.reads("de Membre 9 a signé") && stage.reads("de Membre 16 a signé"));
    assert!(!stage.has("et 12 autres…"));
}

#[test]
fn everything_can_be_reached_with_the_keyboard() {
    let mut stage = Stage::new(Lang::Fr, WHOLE[0], village::view());
    let reached = stage.names_by_tab(60);
    for name in [
        "Quitter ce réseau…",
        "Autres choix pour Bo Lindqvist",
        "Proposer d’autres règles…",
        "Donner un rôle…",
        "2 anciens membres",
        "Reprendre le travail de Gaëlle Morin dans « Bilan du forum »",
    ] {
        assert!(
            reached.iter().any(|known| known == name),
            "{name}: {reached:?}"
        );
    }
}

#[test]
fn a_dialogue_is_asked_for_its_own_network() {
    let mut stage = Stage::new(Lang::Fr, WHOLE[0], village::view());
    stage.click("Donner un rôle…");
    let network = stage.network();
    assert!(stage.asks().iter().any(|ask| matches!(
        ask,
        Ask::Show(Dialogue::Decide(of, Decision::GiveMandate)) if *of == network
    )));
}
