//! Who is here: three members, of whom two have no link with each other, and a stranger at the door.

use std::{
    net::SocketAddr,
    time::{Duration, Instant},
};

use iroh::{Endpoint, EndpointAddr, EndpointId, endpoint::presets};
use serde_json::json;
use tokio::time::timeout;
use tresse_engine::{
    AppView, Command, Engine, Looking, PersonHere, Place,
    model::{DeviceId, DocId, NetworkId},
};
use tresse_tests::{PATIENCE, Peer, contact, on_loopback};

fn opens(peer: &Peer, others: &[(DeviceId, SocketAddr)]) -> Engine {
    Engine::open(peer.profile(), on_loopback(others)).unwrap()
}

/// Waits until an engine shows this.
#[track_caller]
fn sees<T>(engine: &Engine, what: &str, look: impl Fn(&AppView) -> Option<T>) -> T {
    let end = Instant::now() + PATIENCE;
    loop {
        if let Some(seen) = look(&engine.fresh_view().unwrap()) {
            return seen;
        }
        assert!(Instant::now() < end, "never seen: {what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn at(network: NetworkId, doc: Option<DocId>) -> Looking {
    Looking {
        network: Some(network),
        doc,
        caret: None,
    }
}

fn person<'a>(view: &'a AppView, network: &NetworkId, name: &str) -> Option<&'a PersonHere> {
    view.here(network).iter().find(|one| one.name == name)
}

/// Ana — Bo — Cy: Bo alone has a link with each.
struct Row {
    /// Their folders lie there as long as they are.
    _people: [Peer; 3],
    engines: [Engine; 3],
    network: NetworkId,
    page: DocId,
}

impl Row {
    fn meets() -> Self {
        let people = ["Ana", "Bo", "Cy"].map(Peer::named);
        let [ana, bo, cy] = &people;
        let id = ana.founds("Les bords du fleuve");
        let page = ana.writes_page(&id, "Carnet", "un deux trois");
        let (door, ticket) = ana.welcomes(&id, 2);
        bo.joins(&ticket);
        cy.joins(&ticket);
        door.stops();
        let at_bo = opens(bo, &[]);
        let beside_bo = [contact(&at_bo)];
        let engines = [opens(ana, &beside_bo), at_bo, opens(cy, &beside_bo)];
        let (network, page): (NetworkId, DocId) = (id.parse().unwrap(), page.parse().unwrap());
        for engine in &engines {
            engine.call(Command::PageOpen { network, page }).unwrap();
            sees(engine, "the page", |view| {
                let page = view.network(&network)?.page(&page)?;
                (&*page.body.text == "un deux trois").then_some(())
            });
        }
        let row = Self {
            _people: people,
            engines,
            network,
            page,
        };
        row.sees(1, "both", |view| {
            (view.status.peers.len() == 2).then_some(())
        });
        row
    }

    #[track_caller]
    fn sees<T>(&self, who: usize, what: &str, look: impl Fn(&AppView) -> Option<T>) -> T {
        sees(&self.engines[who], what, look)
    }

    fn closes(self) {
        for engine in self.engines {
            engine.close();
        }
    }
}

#[test]
fn each_sees_the_others_where_they_look_and_write_and_that_they_have_gone() {
    let row = Row::meets();
    let (network, page) = (row.network, row.page);
    let [ana, bo, cy] = &row.engines;
    for engine in [ana, bo, cy] {
        engine.look(Some(at(network, None)));
    }
    for (who, others) in [["Bo", "Cy"], ["Ana", "Cy"], ["Ana", "Bo"]]
        .iter()
        .enumerate()
    {
        row.sees(who, "both others", |view| {
            let here = view.here(&network).iter();
            let names: Vec<_> = here.map(|one| one.name.as_str()).collect();
            (names == *others).then_some(())
        });
    }
    // Ana and Cy know of each other by way of Bo alone.
    for engine in [ana, cy] {
        assert_eq!(engine.fresh_view().unwrap().status.peers.len(), 1);
    }

    // Cy opens the page and writes after « deux ».
    let began = Instant::now();
    cy.look(Some(at(network, Some(page))));
    row.sees(0, "Cy at the page", |view| {
        person(view, &network, "Cy")?.is_at(&page).then_some(())
    });
    println!(
        "a page opened is seen by way of another after {:.0?}",
        began.elapsed()
    );
    let version = |engine: &Engine| {
        let view = engine.fresh_view().unwrap();
        view.network(&network)
            .unwrap()
            .page(&page)
            .unwrap()
            .body
            .version
    };
    cy.look(Some(Looking {
        caret: Some(Place {
            base: version(cy),
            head: 7,
            tail: 3,
        }),
        ..at(network, Some(page))
    }));
    let caret = |view: &AppView| person(view, &network, "Cy")?.spots.first()?.caret;
    row.sees(0, "where Cy writes", |view| {
        let caret = caret(view)?;
        ((caret.head, caret.tail) == (7, 3)).then_some(())
    });
    // What Ana puts before it moves the caret with its word, without a word of Cy's.
    let puts = json!({ "command": "page.edit", "network": network, "page": page, "at": 0, "insert": "zéro " });
    ana.call(Command::parse(&puts.to_string()).unwrap())
        .unwrap();
    let moved = ana.fresh_view().unwrap();
    let moved = caret(&moved).unwrap();
    assert_eq!((moved.head, moved.tail), (12, 8));
    row.sees(2, "what Ana wrote", |view| {
        let page = view.network(&network)?.page(&page)?;
        page.body.text.starts_with("zéro ").then_some(())
    });

    // Cy shuts the lid: gone for both at once, and nobody takes it for somebody silent.
    let [ana, bo, cy] = row.engines;
    let began = Instant::now();
    cy.close();
    for engine in [&ana, &bo] {
        sees(engine, "Cy has gone", |view| {
            person(view, &network, "Cy").is_none().then_some(())
        });
    }
    assert!(
        began.elapsed() < Duration::from_secs(20),
        "{:?}",
        began.elapsed()
    );
    // Bo shows nothing any more: Ana sees only that he is linked.
    let hide = json!({ "command": "me.set", "presence": false });
    bo.call(Command::parse(&hide.to_string()).unwrap()).unwrap();
    sees(&ana, "Bo is linked and shows nothing", |view| {
        let gone = view.here(&network).is_empty();
        (gone && view.status.peers.len() == 1).then_some(())
    });
    assert!(bo.fresh_view().unwrap().here(&network).is_empty());
    bo.close();
    ana.close();
}

#[test]
fn an_engine_before_which_nobody_sits_hears_who_is_here_and_says_nothing() {
    let row = Row::meets();
    let network = row.network;
    row.engines[0].look(Some(at(network, None)));
    row.sees(1, "Ana", |view| person(view, &network, "Ana").map(drop));
    // Nobody sits before Cy's machine, an always-on peer say.
    assert!(row.engines[1].fresh_view().unwrap().here(&network).len() == 1);
    row.sees(2, "Ana, by way of Bo", |view| {
        person(view, &network, "Ana").map(drop)
    });
    row.closes();
}

#[test]
fn a_stranger_at_the_door_gets_no_gossip() {
    let row = Row::meets();
    let network = row.network;
    for engine in &row.engines {
        engine.look(Some(at(network, Some(row.page))));
    }
    row.sees(0, "Bo", |view| person(view, &network, "Bo").map(drop));
    let (device, address) = contact(&row.engines[1]);
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let stranger = Endpoint::builder(presets::Minimal).bind().await.unwrap();
        let id = EndpointId::from_bytes(device.as_bytes()).unwrap();
        let door = EndpointAddr::new(id).with_ip_addr(address);
        let gossip = stranger.connect(door.clone(), b"/iroh-gossip/1").await;
        assert!(gossip.is_err(), "there is no such door");
        let connection = stranger.connect(door, b"tresse/1").await.unwrap();
        // Neither may it open the stream on which gossip passes, nor is one opened to it.
        connection.set_max_concurrent_uni_streams(8_u32.into());
        let soon = Duration::from_secs(3);
        let (opened, told) = tokio::join!(
            timeout(soon, connection.open_uni()),
            timeout(soon, connection.accept_uni())
        );
        assert!(opened.is_err() && told.is_err());
        stranger.close().await;
    });
    row.sees(0, "Bo, still", |view| {
        person(view, &network, "Bo").map(drop)
    });
    row.closes();
}
