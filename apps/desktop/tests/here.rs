//! Who else is here, and where they write.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on says so by panicking"
)]

mod driving;
mod support;

use driving::{Desk, seed};
use egui_kittest::SnapshotResults;
use support::{LOOKS, Look};
use tresse_engine::{
    Command, Engine, Looking, Place,
    model::{DocId, NetworkId},
};

const PAGE: &str = "Bilan du forum de Pont-d’Ourve";

/// Ana's window, and Bo and Cy who have joined and sit before their own.
struct Hall {
    desk: Desk,
    others: Vec<Engine>,
    network: NetworkId,
    page: DocId,
}

impl Hall {
    fn opens(look: Look, names: &[&str]) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let ana = dir.path().join("ana");
        driving::profile_of("Ana Vasconcel", &ana, |engine| {
            seed::network(engine);
        });
        let desk = Desk::on(look, driving::on_loopback(&ana));
        let view = desk.engine().fresh_view().unwrap();
        let network = view.networks[0].id;
        let mut pages = view.networks[0].library.pages.iter();
        let page = pages.find(|row| row.title == PAGE).unwrap().id;
        let count = names.len().try_into().unwrap();
        let ticket = driving::invites(desk.engine(), network, count);
        let others = names.iter().enumerate().map(|(number, name)| {
            let profile = dir.path().join(number.to_string());
            let engine = driving::joins(name, &profile, &ticket, network);
            engine.call(Command::PageOpen { network, page }).unwrap();
            driving::until(&engine, "the page has come", |view| {
                let net = view.network(&network);
                net.is_some_and(|net| {
                    net.page(&page)
                        .is_some_and(|page| !page.body.text.is_empty())
                })
            });
            engine
        });
        let others = others.collect();
        let mut hall = Self {
            desk,
            others,
            network,
            page,
        };
        hall.desk.keep(dir);
        hall
    }

    /// One of the others writes in the page, with the caret after these words.
    fn writes_after(&self, number: usize, words: &str, selected: usize) {
        let engine = &self.others[number];
        let view = engine.fresh_view().unwrap();
        let body = &view
            .network(&self.network)
            .unwrap()
            .page(&self.page)
            .unwrap()
            .body;
        let end = body.text.find(words).unwrap() + words.len();
        let head = body.text[..end].chars().count();
        engine.look(Some(Looking {
            network: Some(self.network),
            doc: Some(self.page),
            caret: Some(Place {
                base: body.version,
                head,
                tail: head - selected,
            }),
        }));
    }

    fn opens_page(&mut self) {
        self.desk.click("Bibliothèque");
        self.desk.click(&format!("Ouvrir la page « {PAGE} »"));
    }

    fn closes(self) -> TempDirs {
        for engine in self.others {
            engine.close();
        }
        TempDirs(self.desk)
    }
}

/// The window goes last: its folder holds everybody's.
struct TempDirs(#[expect(dead_code, reason = "kept for as long as it lives")] Desk);

#[test]
fn who_looks_at_the_same_page_and_where_they_write_is_shown_until_they_go() {
    let mut hall = Hall::opens(Look::PLAIN, &["Bo Lindqvist"]);
    hall.writes_after(0, "ateliers", 0);
    hall.opens_page();
    hall.desk.until("Bo is at the page too", |desk| {
        desk.reads("Ici aussi : Bo Lindqvist") && desk.reads("Bo Lindqvist écrit ici")
    });
    // The list says where.
    hall.desk.click("Ici : Bo Lindqvist");
    assert!(hall.desk.reads(&format!("dans « {PAGE} »")));
    // Elsewhere, Bo is here, and not at the page.
    hall.others[0].look(Some(Looking {
        network: Some(hall.network),
        doc: None,
        caret: None,
    }));
    hall.desk.until("Bo is at no page", |desk| {
        !desk.reads("Ici aussi : Bo Lindqvist") && !desk.reads("Bo Lindqvist écrit ici")
    });
    assert!(hall.desk.reads("Ici : Bo Lindqvist"));
    drop(hall.closes());
}

#[test]
fn what_ana_looks_at_is_seen_by_bo_and_where_she_writes_and_nothing_once_she_hides_it() {
    let mut hall = Hall::opens(Look::PLAIN, &["Bo Lindqvist"]);
    hall.opens_page();
    let (network, page) = (hall.network, hall.page);
    let ana_is = |is: &dyn Fn(&tresse_engine::PersonHere) -> bool| {
        let is = |view: &tresse_engine::AppView| view.here(&network).iter().any(is);
        is(&hall.others[0].fresh_view().unwrap())
    };
    hall.desk.until("Bo sees Ana at the page", |_| {
        ana_is(&|one| one.name == "Ana Vasconcel" && one.is_at(&page))
    });
    // She writes: her caret is seen after her words, wherever they come to stand.
    hall.desk.named("Texte").focus();
    hall.desk.harness.run();
    hall.desk.named("Texte").type_text("Zut. ");
    hall.desk.settle();
    hall.desk.until("Bo sees where she writes", |_| {
        let view = hall.others[0].fresh_view().unwrap();
        let text = view
            .network(&network)
            .unwrap()
            .page(&page)
            .unwrap()
            .body
            .text
            .clone();
        let Some(at) = text.find("Zut. ") else {
            return false;
        };
        let after = text[..at].chars().count() + "Zut. ".chars().count();
        ana_is(&|one| {
            let mut carets = one.spots.iter().filter_map(|spot| spot.caret);
            carets.any(|caret| caret.head == after && caret.tail == after)
        })
    });
    let hide = Command::MeSet {
        name: None,
        lang: None,
        internet: None,
        relay: None,
        lan: None,
        presence: Some(false),
    };
    hall.desk.engine().call(hide).unwrap();
    hall.desk
        .until("Bo sees her no more", |_| !ana_is(&|_| true));
    hall.writes_after(0, "ateliers", 0);
    hall.desk.settle();
    assert!(!hall.desk.reads("Bo Lindqvist écrit ici"));
    assert!(hall.desk.reads("Ici : Bo Lindqvist"), "he is linked");
    drop(hall.closes());
}

#[test]
fn a_page_with_others_looks_like_this() {
    let mut results = SnapshotResults::new();
    for look in [LOOKS[0], LOOKS[3]] {
        let mut hall = Hall::opens(look, &["Bo Lindqvist", "Awa Diallo"]);
        hall.writes_after(0, "ateliers", 0);
        hall.writes_after(1, "personnes", 9);
        hall.opens_page();
        hall.desk.until("both write", |desk| {
            desk.reads("Bo Lindqvist écrit ici") && desk.reads("Awa Diallo écrit ici")
        });
        hall.desk.until("all in step", |desk| {
            desk.reads("en phase avec 2 appareils")
        });
        hall.desk.until("no news any more", |desk| {
            desk.text_from("Bo Lindqvist vient d’entrer").is_none()
                && desk.text_from("Awa Diallo vient d’entrer").is_none()
        });
        let picture = hall
            .desk
            .harness
            .try_snapshot(format!("here-page-{}", look.name()));
        results.add(picture);
        drop(hall.closes());
    }
    results.unwrap();
}

#[test]
fn a_meeting_shows_who_is_at_it_too_on_its_page_and_in_the_list_of_who_is_here() {
    let mut hall = Hall::opens(Look::PLAIN, &["Bo Lindqvist"]);
    let (network, day) = (hall.network, Some("2093-03-03"));
    let meeting = seed::meeting(hall.desk.engine(), network, "Comité", day);
    hall.others[0].look(Some(Looking {
        network: Some(network),
        doc: Some(meeting),
        caret: None,
    }));
    hall.desk.click("Rencontres");
    hall.desk
        .click("Ouvrir « Comité », mardi 3 mars 2093 à 18:30");
    hall.desk.until("Bo is at the meeting too", |desk| {
        desk.reads("Ici aussi : Bo Lindqvist")
    });
    hall.desk.click("Ici : Bo Lindqvist");
    assert!(hall.desk.reads("dans « Comité »"));
    drop(hall.closes());
}
