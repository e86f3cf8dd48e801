//! Members who are connected while they write.

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        mpsc::{Receiver, channel},
    },
    time::Instant,
};

use serde_json::json;
use tresse_engine::{
    AppView, Command, Engine, Event, PageView,
    model::{DeviceId, DocId, NetworkId},
};
use tresse_tests::{PATIENCE, Peer, contact, on_loopback, word};

/// An engine in this process, and the calls of its waker.
struct Window {
    engine: Engine,
    events: Receiver<Event>,
    painted: Receiver<()>,
}

impl Window {
    fn opens(peer: &Peer, others: &[(DeviceId, SocketAddr)]) -> Self {
        let (engine, events) = Engine::open_listening(peer.profile(), on_loopback(others)).unwrap();
        let (sender, painted) = channel();
        engine.set_waker(move || {
            // The window may be closing already.
            if sender.send(()).is_err() {
                println!("nobody paints any more");
            }
        });
        Self {
            engine,
            events,
            painted,
        }
    }

    fn contact(&self) -> (DeviceId, SocketAddr) {
        contact(&self.engine)
    }

    /// Looks at each view that is published, without asking for anything.
    fn sees<T>(&self, what: &str, look: impl Fn(&AppView) -> Option<T>) -> T {
        let deadline = Instant::now() + PATIENCE;
        loop {
            if let Some(seen) = look(&self.engine.view()) {
                return seen;
            }
            let left = deadline.saturating_duration_since(Instant::now());
            let woken = self.painted.recv_timeout(left);
            assert!(woken.is_ok(), "never seen: {what}");
        }
    }

    fn does(&self, command: &serde_json::Value) {
        let command = Command::parse(&command.to_string()).unwrap();
        self.engine.call(command).unwrap();
    }
}

fn page_of(view: &AppView, network: &NetworkId, page: &DocId) -> Option<Arc<PageView>> {
    view.network(network)?.page(page).cloned()
}

#[test]
fn what_one_types_appears_at_the_other_without_being_asked_for_before_and_after_a_parting() {
    let (ana, bo) = (Peer::named("Ana"), Peer::named("Bo"));
    let id = ana.founds("Les bords du fleuve");
    let page_id = ana.writes_page(&id, "Carnet", "");
    let (door, ticket) = ana.welcomes(&id, 1);
    bo.joins(&ticket);
    door.stops();
    let (network, page): (NetworkId, DocId) = (id.parse().unwrap(), page_id.parse().unwrap());
    let types = |text: &str| json!({ "command": "page.edit", "network": id, "page": page_id, "at": 0, "insert": text });
    let open = json!({ "command": "page.open", "network": id, "page": page_id });

    let at_ana = Window::opens(&ana, &[]);
    let at_bo = Window::opens(&bo, &[at_ana.contact()]);
    at_ana.does(&open);
    at_bo.does(&open);
    let reads = |window: &Window, text: &str| {
        window.sees(text, |view| {
            page_of(view, &network, &page).filter(|page| &*page.body.text == text)
        })
    };
    let in_step = |window: &Window| {
        window.sees("in step", |view| {
            let sync = view.network(&network)?.sync;
            (sync.in_step == 1 && sync.waiting == 0).then_some(())
        });
    };
    in_step(&at_bo);
    let mut text = String::new();
    let mut slowest = std::time::Duration::ZERO;
    for word in ["cinq. ", "quatre, ", "trois, ", "deux, ", "un, "] {
        let begun = Instant::now();
        at_ana.does(&types(word));
        text.insert_str(0, word);
        reads(&at_bo, &text);
        slowest = slowest.max(begun.elapsed());
    }
    println!("slowest of five words to appear at the other: {slowest:.0?}");
    at_bo.does(&types("Bo : "));
    reads(&at_ana, &format!("Bo : {text}"));
    in_step(&at_ana);
    in_step(&at_bo);
    let connected = at_ana.engine.view();
    assert_eq!(connected.status.peers[0].name, "Bo");

    // Bo shuts the lid. Both write.
    at_bo.engine.close();
    at_ana.sees("Bo has left", |view| {
        view.status.peers.is_empty().then_some(())
    });
    at_ana.does(&types("[Ana seule] "));
    let waiting = at_ana.engine.fresh_view().unwrap();
    assert_eq!(waiting.network(&network).unwrap().sync.waiting, 1);
    bo.does(types("[Bo seul] "));

    // Bo opens it again.
    let at_bo = Window::opens(&bo, &[at_ana.contact()]);
    at_bo.does(&open);
    for window in [&at_ana, &at_bo] {
        window.sees("both words", |view| {
            let page = page_of(view, &network, &page)?;
            let both = ["[Ana seule] ", "[Bo seul] "].map(|word| page.body.text.contains(word));
            (both == [true, true]).then_some(())
        });
        in_step(window);
    }
    at_ana.does(&types("De nouveau ensemble. "));
    at_bo.sees("live again", |view| {
        let page = page_of(view, &network, &page)?;
        page.body
            .text
            .starts_with("De nouveau ensemble. ")
            .then_some(())
    });
    in_step(&at_ana);
    in_step(&at_bo);
    at_bo.engine.close();
    at_ana.engine.close();
    assert_eq!(ana.digest(&id), bo.digest(&id));
}

#[test]
fn whoever_listens_from_the_first_instant_hears_of_a_meeting_that_was_over_before_it_looked() {
    let (ana, bo) = (Peer::named("Ana"), Peer::named("Bo"));
    let id = ana.founds("Les bords du fleuve");
    let (door, ticket) = ana.welcomes(&id, 1);
    bo.joins(&ticket);
    door.stops();
    let network: NetworkId = id.parse().unwrap();
    let at_ana = Window::opens(&ana, &[]);
    let at_bo = Window::opens(&bo, &[at_ana.contact()]);
    // Nobody reads the events until all is said and done.
    at_bo.sees("in step", |view| {
        (view.network(&network)?.sync.in_step == 1).then_some(())
    });
    at_bo.engine.fresh_view().unwrap();
    let events: Vec<_> = at_bo.events.try_iter().collect();
    let in_step =
        |event: &Event| matches!(event, Event::InStep { network: equal, .. } if *equal == network);
    assert!(events.iter().any(in_step), "{events:?}");
    at_bo.engine.close();
    at_ana.engine.close();
}

#[test]
fn undoing_ones_own_words_leaves_what_another_wrote_among_them() {
    let (ana, bo) = (Peer::named("Ana"), Peer::named("Bo"));
    let network = ana.founds("Les bords du fleuve");
    let page = ana.writes_page(&network, "Carnet", "Ordre du jour\n");
    let action = ana.does(json!({ "command": "action.add", "network": network,
        "title": "Réserver la salle", "due": "2027-01-01" }));
    let action = word(&action["action"]);
    let (door, ticket) = ana.welcomes(&network, 1);
    bo.joins(&ticket);
    door.stops();
    let mut ana_desk = ana.sits_down();
    let mut bo_desk = bo.sits_down_beside(&ana_desk);
    bo_desk.is_in_step(&network);

    let splice = |at: usize, delete: usize, insert: &str| {
        json!({ "command": "page.edit", "network": network, "page": page, "at": at,
            "delete": delete, "insert": insert })
    };
    let set = |field: &str, value: &str| {
        json!({ "command": "action.set", "network": network, "action": action, "field": field,
            "value": value })
    };
    let undo = json!({ "command": "history.undo", "network": network });
    let redo = json!({ "command": "history.redo", "network": network });

    // Bo writes in the middle of Ana's words; Ana takes hers back.
    ana_desk.does(&splice(14, 0, "1. Budget\n2. Salle\n"));
    bo_desk.waits_until("Ana's words are there", |desk| {
        desk.text(&network, &page).contains("2. Salle")
    });
    bo_desk.does(&splice(23, 0, " et dons"));
    ana_desk.waits_until("Bo's words are there", |desk| {
        desk.text(&network, &page).contains("1. Budget et dons\n")
    });
    ana_desk.does(&undo);
    assert_eq!(ana_desk.text(&network, &page), "Ordre du jour\n et dons");
    bo_desk.waits_until("Ana's words are gone", |desk| {
        desk.text(&network, &page) == "Ordre du jour\n et dons"
    });
    ana_desk.does(&redo);
    bo_desk.waits_until("Ana's words are back around Bo's", |desk| {
        desk.text(&network, &page) == "Ordre du jour\n1. Budget et dons\n2. Salle\n"
    });

    // Both set one field, Bo last and knowing Ana's value; Ana's undo leaves Bo's value.
    ana_desk.does(&set("due", "2027-02-02"));
    bo_desk.waits_until("Ana's date is there", |desk| {
        desk.action(&network, &action)["due"] == "2027-02-02"
    });
    bo_desk.does(&set("due", "2027-03-03"));
    ana_desk.waits_until("Bo's date is there", |desk| {
        desk.action(&network, &action)["due"] == "2027-03-03"
    });
    let undone = ana_desk.does(&undo);
    assert_eq!(
        undone["undone"], 0,
        "Ana's value was no longer there: {undone}"
    );
    assert_eq!(ana_desk.action(&network, &action)["due"], "2027-03-03");

    // Bo's own undo goes back to what was there before Bo: Ana's date.
    let undone = bo_desk.does(&undo);
    assert_eq!(undone["undone"], 1);
    ana_desk.waits_until("Bo took his date back", |desk| {
        desk.action(&network, &action)["due"] == "2027-02-02"
    });

    // Ana bins an action in which Bo has just written: binning is Ana's to undo, writing is Bo's.
    bo_desk.does(&set("territory", "Vallée"));
    ana_desk.waits_until("Bo's territory is there", |desk| {
        desk.action(&network, &action)["territory"] == "Vallée"
    });
    ana_desk.does(&json!({ "command": "action.remove", "network": network, "action": action }));
    bo_desk.waits_until("the action is gone", |desk| {
        desk.looks(&network, "plan")["content"]["actions"] == json!([])
    });
    ana_desk.does(&undo);
    bo_desk.waits_until("the action is back", |desk| {
        desk.looks(&network, "plan")["content"]["actions"] != json!([])
    });
    assert_eq!(bo_desk.action(&network, &action)["territory"], "Vallée");
    ana_desk.is_in_step(&network);
    bo_desk.is_in_step(&network);
    bo_desk.closes();
    ana_desk.closes();
    assert_eq!(ana.digest(&network), bo.digest(&network));
}
