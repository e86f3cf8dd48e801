//! Who is in a network and by which rules, decided in the window with real machines behind it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on says so by panicking"
)]

mod driving;
mod support;

use driving::{Desk, seed, until};
use egui::{Key, Modifiers};
use support::Look;
use tresse_engine::{
    AppView, Command,
    model::{MemberId, NetworkId},
};

/// High enough for the whole view of members: only what is in sight can be clicked.
const HIGH: Look = Look {
    dark: false,
    size: [1024, 1800],
};

#[test]
fn who_leaves_keeps_what_is_here_to_read_and_writes_no_more() {
    let mut desk = Desk::of_ana(HIGH, |engine| {
        seed::network(engine);
    });
    desk.click("Membres");
    desk.click("Quitter ce réseau…");
    assert!(desk.reads("Vous êtes la seule personne de ce réseau"));
    desk.click("Annuler");
    assert!(!desk.reads("Lecture seule"));
    desk.click("Quitter ce réseau…");
    desk.click("Quitter ce réseau");
    desk.until("the band", |desk| {
        desk.reads("Lecture seule") && desk.reads("Vous avez quitté ce réseau.")
    });
    assert!(desk.reads("1 ancien membre"));
    assert!(!desk.has("Inviter"));

    // Every view says so, shows what is here, and offers nothing to write with.
    for (tab, shown, offered) in [
        (
            "Accueil",
            "Montrer nos façons de faire à des pairs",
            "Nouvelle finalité",
        ),
        ("Charte", "Une personne, une voix", "Nouvelle valeur"),
        ("Plan d’action", "Imprimer des affiches", "Nouvelle action"),
        (
            "Bibliothèque",
            "Bilan du forum de Pont-d’Ourve",
            "Nouvelle page",
        ),
    ] {
        desk.click(tab);
        assert!(desk.reads("Lecture seule"), "{tab}");
        desk.until(shown, |desk| desk.reads(shown));
        assert!(!desk.has(offered), "{tab}: {offered}");
    }
    // What asks for it by keys is told why not.
    desk.press(Modifiers::COMMAND, Key::N);
    desk.until("the refusal", |desk| {
        desk.reads("Cet appareil ne fait plus partie du réseau")
    });
}

#[test]
fn alone_one_gives_roles_and_changes_rules_at_once() {
    let mut desk = Desk::of_ana(HIGH, |engine| {
        seed::network(engine);
    });
    desk.click("Membres");
    assert!(desk.reads("Personne n’a encore de rôle."));
    desk.click("Donner un rôle…");
    desk.choose("Rôle", "Animation");
    desk.click("Donner ce rôle");
    assert!(desk.reads("Animation : Ana Vasconcel"));
    desk.click("Mettre fin au mandat : Animation, Ana Vasconcel");
    desk.click("Mettre fin au mandat");
    assert!(desk.reads("Personne n’a encore de rôle."));

    assert!(desk.reads("Pour faire entrer quelqu’un : l’invitation d’un seul membre."));
    desk.click("Proposer d’autres règles…");
    desk.choose(
        "Pour faire entrer quelqu’un",
        "la même invitation faite par 2 membres",
    );
    desk.click("Proposer ces règles");
    assert!(desk.reads("Pour faire entrer quelqu’un : la même invitation faite par 2 membres."));
    assert!(!desk.reads("décision en cours"));

    // An invitation now says that it waits.
    desk.click("Inviter");
    assert!(desk.reads("1 autre membre doit confirmer cette invitation"));
    desk.click("Créer l’invitation");
    desk.click("Terminé");
    assert!(desk.reads("attend 1 autre membre"));
}

fn member(view: &AppView, network: &NetworkId, name: &str) -> Option<MemberId> {
    let members = &view.network(network)?.members.members;
    members
        .iter()
        .find(|one| one.name == name)
        .map(|one| one.id)
}

#[test]
fn a_member_goes_when_enough_others_consent_and_their_work_and_name_stay() {
    let dir = tempfile::tempdir().unwrap();
    let ana = dir.path().join("ana");
    driving::profile_of("Ana Vasconcel", &ana, |engine| {
        seed::network(engine);
    });
    let mut desk = Desk::on(HIGH, driving::on_loopback(&ana));
    let network = desk.engine().fresh_view().unwrap().networks[0].id;
    let ticket = driving::invites(desk.engine(), network, 2);
    let bo = driving::joins("Bo Lindqvist", &dir.path().join("bo"), &ticket, network);
    let claire = driving::joins("Claire Aubin", &dir.path().join("claire"), &ticket, network);
    bo.call(Command::PageCreate {
        network,
        title: "Ce que Bo a vu".into(),
        tags: Vec::new(),
        text: None,
    })
    .unwrap();
    desk.click("Bibliothèque");
    let page = "Ouvrir la page « Ce que Bo a vu »";
    desk.until("Bo's page", |desk| desk.has(page));

    desk.click("Membres");
    desk.until("both are here", |desk| {
        desk.has("Autres choix pour Bo Lindqvist") && desk.has("Autres choix pour Claire Aubin")
    });
    desk.click("Autres choix pour Bo Lindqvist");
    desk.click("Proposer son retrait…");
    desk.click("Proposer ce retrait");
    desk.until("my consent", |desk| {
        desk.reads("1 accord donné. Il en faut 2, sur 2 personnes.")
    });
    assert!(desk.reads("Vous avez donné votre accord"));

    until(&claire, "the proposal", |view| {
        view.network(&network)
            .is_some_and(|net| net.members.cases.len() == 1)
    });
    let who = member(&claire.fresh_view().unwrap(), &network, "Bo Lindqvist").unwrap();
    claire
        .call(Command::MemberRemove {
            network,
            member: who,
        })
        .unwrap();
    desk.until("Bo is out", |desk| desk.has("1 ancien membre"));
    desk.click("1 ancien membre");
    desk.until("how", |desk| {
        desk.reads("Bo Lindqvist ne fait plus partie du réseau depuis aujourd’hui, par accord de")
    });
    desk.click("Bibliothèque");
    desk.until("the page and its author", |desk| desk.has(page));
    let view = desk.engine().fresh_view().unwrap();
    let library = &view.network(&network).unwrap().library;
    assert!(library.pages.iter().any(|row| row.author == "Bo Lindqvist"));
    bo.close();
    claire.close();
}

#[test]
fn a_feedback_that_awaits_the_pilot_stands_on_their_first_page_until_it_is_answered() {
    let dir = tempfile::tempdir().unwrap();
    let ana = dir.path().join("ana");
    driving::profile_of("Ana Vasconcel", &ana, |engine| {
        let network = seed::network(engine);
        let pilots = Command::MandateGive {
            network,
            role: "pilot".into(),
            holder: engine.fresh_view().unwrap().me.member,
            from: "2020-01-01".into(),
            to: None,
        };
        engine.call(pilots).unwrap();
    });
    let mut desk = Desk::on(HIGH, driving::on_loopback(&ana));
    let network = desk.engine().fresh_view().unwrap().networks[0].id;
    let ticket = driving::invites(desk.engine(), network, 1);
    let bo = driving::joins("Bo Lindqvist", &dir.path().join("bo"), &ticket, network);
    let asked = "Bo Lindqvist attend une réponse du pilotage.";
    assert!(!desk.has(asked));
    bo.call(Command::FeedbackAdd {
        network,
        text: "Nos rencontres finissent trop tard.".into(),
        thread: None,
    })
    .unwrap();
    desk.until("it waits for me", |desk| desk.has(asked));
    desk.click(asked);
    let mine = "Votre réponse à Bo Lindqvist";
    desk.until("the conversation", |desk| desk.has(mine));
    desk.write(mine, "À 20 heures, désormais.");
    desk.click("Répondre : Votre réponse à Bo Lindqvist");
    until(&bo, "my answer has come", |view| {
        let threads = view
            .network(&network)
            .map(|net| net.piloting.threads.clone());
        threads.is_some_and(|threads| threads.iter().any(|one| !one.unanswered))
    });
    desk.click("Accueil");
    assert!(!desk.has(asked), "it is answered");
    bo.close();
}
