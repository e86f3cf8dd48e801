//! The links that there are, one per device at most, and the strangers among them.

use std::{
    collections::{HashMap, VecDeque},
    net::IpAddr,
    time::Duration,
};

use iroh::endpoint::Connection;
use tokio::{sync::mpsc, task::JoinHandle, time::sleep};
use tresse_model::DeviceId;

use super::Inside;
use crate::{
    Files, LinkId, NetEvent, Purpose,
    arbiter::{Present, Token},
    gossip::Known,
    greet::{Greeted, code},
    link::{Link, Start},
};

/// How many strangers may be linked at once; the one who has been for longest makes room.
const STRANGERS: usize = 32;
/// How long a stranger has to prove that it is a member.
const PROOF: Duration = Duration::from_secs(30);

pub(super) struct Table {
    events: mpsc::Sender<NetEvent>,
    inside: mpsc::UnboundedSender<Inside>,
    links: HashMap<LinkId, Held>,
    by_device: HashMap<DeviceId, LinkId>,
    /// Callers that are neither contacts nor proven, the oldest first.
    strangers: VecDeque<LinkId>,
    last: u64,
    /// What is given to proven devices.
    files: Option<Files>,
}

/// A link, and what the table knows of it.
struct Held {
    link: Link,
    present: Present,
    /// Ends with the link; taken by the one that replaces it.
    tasks: Option<JoinHandle<()>>,
}

impl Table {
    pub(super) fn new(
        events: mpsc::Sender<NetEvent>,
        inside: mpsc::UnboundedSender<Inside>,
    ) -> Self {
        Self {
            events,
            inside,
            links: HashMap::new(),
            by_device: HashMap::new(),
            strangers: VecDeque::new(),
            last: 0,
            files: None,
        }
    }

    /// The link with a device.
    pub(super) fn of(&self, device: DeviceId) -> Option<LinkId> {
        self.by_device.get(&device).copied()
    }

    /// The link with a device as the decision sees it: one whose connection has failed does
    /// not count, though its tasks may not have ended yet.
    pub(super) fn present(&self, device: DeviceId) -> Option<Present> {
        let held = self.links.get(&self.of(device)?)?;
        let open = held.link.connection.close_reason().is_none();
        open.then_some(held.present)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.links.is_empty()
    }

    /// Does something with a link that still exists.
    pub(super) fn with(&self, link: LinkId, act: impl FnOnce(&Link)) {
        if let Some(held) = self.links.get(&link) {
            act(&held.link);
        }
    }

    /// A link's device and connection, if it proved that it is a member's.
    pub(super) fn proven(&self, link: LinkId) -> Option<Known> {
        let held = &self.links.get(&link)?.link;
        held.is_proven().then(|| Known {
            link,
            device: held.device,
            connection: held.connection.clone(),
        })
    }

    /// Makes a connection the link with its device, in place of any other.
    pub(super) fn begin(
        &mut self,
        mut greeted: Box<Greeted>,
        purpose: Option<Purpose>,
        choose: bool,
        known: bool,
    ) -> LinkId {
        self.last += 1;
        let id = LinkId(self.last);
        let device = greeted.device;
        // It is past the door.
        drop(greeted.pass.take());
        let stranger = !greeted.dialled && !known;
        let present = Present {
            instance: greeted.hello.instance,
            token: greeted.token,
        };
        let former = self.by_device.insert(device, id);
        let former = former.and_then(|former| self.links.get_mut(&former));
        let former = former.and_then(|held| {
            let reason = "another connection took its place";
            held.link.give_up(code::DUPLICATE, reason);
            held.tasks.take()
        });
        let start = Start {
            link: id,
            purpose,
            choose,
            former,
        };
        let (link, tasks) = Link::begin(*greeted, start, self.events.clone());
        let inside = self.inside.clone();
        let tasks = tokio::spawn(async move {
            tasks.await;
            tell(&inside, Inside::Ended(id));
        });
        let held = Held {
            link,
            present,
            tasks: Some(tasks),
        };
        self.links.insert(id, held);
        if stranger {
            self.admit(id);
        }
        id
    }

    fn admit(&mut self, stranger: LinkId) {
        self.strangers.push_back(stranger);
        if self.strangers.len() > STRANGERS
            && let Some(oldest) = self.strangers.pop_front()
        {
            self.with(oldest, |link| {
                link.connection.close(code::STRANGER, b"too many strangers");
            });
        }
        let inside = self.inside.clone();
        tokio::spawn(async move {
            sleep(PROOF).await;
            tell(&inside, Inside::Overdue(stranger));
        });
    }

    /// The device behind this link is a member.
    pub(super) fn prove(&mut self, link: LinkId) {
        if let Some(held) = self.links.get_mut(&link) {
            if held.link.prove()
                && let Some(files) = &self.files
            {
                held.link.give(files.clone());
            }
            self.strangers.retain(|stranger| *stranger != link);
        }
    }

    /// Gives files to every device that is proven, now or later.
    pub(super) fn serve(&mut self, files: Files) {
        for held in self.links.values().filter(|held| held.link.is_proven()) {
            held.link.give(files.clone());
        }
        self.files = Some(files);
    }

    /// The connection of a device, if it is proven.
    pub(super) fn proven_connection(&self, device: DeviceId) -> Option<Connection> {
        let held = self.links.get(&self.of(device)?)?;
        let link = Some(&held.link).filter(|link| link.is_proven())?;
        Some(link.connection.clone())
    }

    /// A stranger's time is over: if it is one still, it leaves.
    pub(super) fn overdue(&mut self, link: LinkId) {
        if self.strangers.contains(&link) {
            self.strangers.retain(|stranger| *stranger != link);
            self.with(link, |link| {
                link.give_up(code::STRANGER, "membership was not proved in time");
            });
        }
    }

    /// A link's tasks have ended: forgets it, and tells whose and which it was.
    pub(super) fn ended(&mut self, link: LinkId) -> Option<(DeviceId, Token)> {
        let Held {
            link: gone,
            present,
            ..
        } = self.links.remove(&link)?;
        self.strangers.retain(|stranger| *stranger != link);
        if self.of(gone.device) == Some(link) {
            self.by_device.remove(&gone.device);
        }
        Some((gone.device, present.token))
    }

    /// Every link, and how many packets have come on it.
    pub(super) fn heard(&self) -> Vec<(LinkId, u64)> {
        let links = self.links.iter();
        links
            .map(|(id, held)| (*id, held.link.packets_heard()))
            .collect()
    }

    /// Gives a link up on which nothing has come since so many packets had.
    pub(super) fn give_up_if_silent(&self, link: LinkId, heard: u64) {
        self.with(link, |link| {
            if link.packets_heard() == heard {
                link.give_up(code::END, "nothing was heard after this machine slept");
            }
        });
    }

    pub(super) fn close_all(&self, reason: &str) {
        for held in self.links.values() {
            held.link.close(0, reason.to_owned());
        }
    }

    /// Gives up the links whose every path leaves from an address that is gone. Waiting for
    /// their silence would take twenty seconds.
    pub(super) fn give_up_stranded(&self, ours: impl Fn(IpAddr) -> bool) {
        for held in self.links.values() {
            if held.link.is_stranded(&ours) {
                held.link
                    .give_up(code::END, "this machine left the network");
            }
        }
    }
}

fn tell(inside: &mpsc::UnboundedSender<Inside>, news: Inside) {
    if inside.send(news).is_err() {
        tracing::trace!("the network has ended");
    }
}
