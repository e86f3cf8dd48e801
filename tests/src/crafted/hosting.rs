//! A network founded by hand, and a door to it.

use std::{
    collections::BTreeMap,
    sync::mpsc::{TryRecvError, channel},
    time::Duration,
};

use automerge::{ROOT, transaction::Transactable};
use tokio::{runtime::Runtime, time::timeout};
use tresse_model::{DocId, DocKind, NetworkId, genesis};
use tresse_net::{LinkId, Net, NetConfig, NetEvent};
use tresse_sync::{Copy, Effect, Role, Session};
use tresse_trust::{ActSet, Contact, NetworkSecret, Ticket};

use super::{Crafted, house::Known};

/// How often the host looks whether its guest is done.
const LOOK: Duration = Duration::from_millis(20);

impl Crafted {
    /// Founds a network with the documents that every network has.
    pub fn founds(&mut self, name: &str) -> NetworkId {
        let acts = ActSet::found(&self.key(), 1, self.name(), [7; 16]).unwrap();
        let network = acts.network();
        let known = Known {
            secret: NetworkSecret::from_bytes([8; 32]),
            acts,
            docs: BTreeMap::new(),
            heads: BTreeMap::new(),
        };
        self.house.networks.insert(network, known);
        for kind in [DocKind::Network, DocKind::Charter, DocKind::Plan] {
            self.begins(&network, DocId::singleton(&network, kind));
        }
        let about = DocId::singleton(&network, DocKind::Network);
        self.writes(&network, &about, |about| {
            about.put(ROOT, "name", name).unwrap();
        });
        network
    }

    /// Begins a document of a kind known here.
    pub fn begins(&mut self, network: &NetworkId, doc: DocId) {
        let beginning = genesis(doc.kind().unwrap());
        self.holds(network, Copy::new(*network, doc, beginning));
    }

    /// Is at home for as long as `guest` takes. The guest is told the contact (`DEVICE@ADDR:PORT`).
    pub fn hosts<T: Send>(&mut self, guest: impl FnOnce(&str) -> T + Send) -> T {
        let runtime = Runtime::new().unwrap();
        let (net, mut events) = runtime.block_on(self.listens());
        let contact = format!("{}@{}", self.device(), net.addresses()[0]);
        let (done, is_done) = channel();
        std::thread::scope(|scope| {
            let guest = scope.spawn(move || {
                let answer = guest(&contact);
                drop(done);
                answer
            });
            let mut sessions = BTreeMap::new();
            while is_done.try_recv() == Err::<(), _>(TryRecvError::Empty) {
                let heard = runtime.block_on(async { timeout(LOOK, events.recv()).await });
                if let Ok(Some(event)) = heard {
                    self.receives(&net, &mut sessions, event);
                }
            }
            runtime.block_on(net.shutdown());
            guest.join().unwrap()
        })
    }

    /// Names this device as the one to ask, at the place where it listens.
    pub fn names_itself(&self, mut ticket: Ticket, contact: &str) -> Ticket {
        let (_, address) = contact.split_once('@').unwrap();
        ticket.contacts = vec![Contact {
            device: self.device(),
            addresses: vec![address.parse().unwrap()],
            relay: None,
        }];
        ticket
    }

    pub(super) async fn listens(&self) -> (Net, tokio::sync::mpsc::Receiver<NetEvent>) {
        let config = NetConfig {
            seed: self.house.seed,
            listen: Some(([127, 0, 0, 1], 0).into()),
            ..NetConfig::default()
        };
        Net::start(config).await.unwrap()
    }

    fn receives(&mut self, net: &Net, sessions: &mut BTreeMap<LinkId, Session>, event: NetEvent) {
        let (link, effects) = match event {
            NetEvent::Linked {
                link,
                device,
                exporter,
                ..
            } => {
                let me = self.device();
                let session = Session::new(Role::Listener, exporter, me, device, [9; 32], None);
                let session = sessions.entry(link).or_insert(session);
                (link, session.start(&mut self.house))
            }
            NetEvent::Frame { link, bytes, .. } => {
                let Some(session) = sessions.get_mut(&link) else {
                    return;
                };
                (link, session.receive(&mut self.house, &bytes))
            }
            _ => return,
        };
        for effect in effects {
            match effect {
                Effect::Send(frame) => net.send(link, frame),
                Effect::Shared(_) => net.proven(link),
                Effect::Close(reason) => net.close(link, reason.number(), reason.code()),
                _ => {}
            }
        }
    }
}
