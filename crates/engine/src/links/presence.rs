//! Who is here: what this device says of itself in each network, and what it hears of others.
//!
//! Nothing of it is stored, and no edit. What may be said to whom follows from the links: in a network's topic those may speak
//! whose documents are exchanged with now.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
    time::{Duration, Instant},
};

use tresse_model::{DeviceId, NetworkId};
use tresse_net::{LinkId, Topic};
use tresse_sync::{Company, Heard, Said, Spot, Voice};

use super::Links;
use crate::{CompanyView, Looking, Replica, replica::Changes};

/// What is known of who is here, in all networks.
pub(super) struct Presence {
    /// Which start of the program this is, to those who hear it; `None`: nothing was said yet.
    run: Option<u64>,
    /// Moments are counted from here.
    start: Instant,
    /// What the person looks at; `None`: no person sits before this engine.
    looking: Option<Looking>,
    /// The same, as others find it.
    spot: Option<(NetworkId, Spot)>,
    circles: BTreeMap<NetworkId, Circle>,
    /// Who may speak where, as the network side was told.
    told: BTreeMap<Topic, BTreeSet<LinkId>>,
    /// Something changed that is shown.
    changed: bool,
}

struct Circle {
    topic: Topic,
    company: Company,
    voice: Voice,
}

impl Presence {
    pub(super) fn new() -> Self {
        Self {
            run: None,
            start: Instant::now(),
            looking: None,
            spot: None,
            circles: BTreeMap::new(),
            told: BTreeMap::new(),
            changed: false,
        }
    }

    /// The network side begins anew, and nobody has been heard on it.
    pub(super) fn restart(&mut self) {
        self.circles.clear();
        self.told.clear();
        self.changed = true;
        self.begin_anew();
    }

    /// Whoever heard this device before would take its first words for old ones.
    fn begin_anew(&mut self) {
        self.run = self.run.map(|run| run + 1);
    }

    fn now(&self) -> u64 {
        u64::try_from(self.start.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    fn of_topic(&mut self, topic: Topic) -> Option<(NetworkId, &mut Circle)> {
        let found = self.circles.iter_mut();
        let mut found = found.filter(|(_, circle)| circle.topic == topic);
        found.next().map(|(network, circle)| (*network, circle))
    }

    /// One circle for each network of which this device is a member's.
    fn set_circles(&mut self, replica: &Replica) {
        let topics = replica.network_ids().into_iter().filter_map(|network| {
            let topic = replica.presence_topic(&network)?;
            Some((network, Topic(topic)))
        });
        let topics: BTreeMap<_, _> = topics.collect();
        let before = self.circles.len();
        self.circles
            .retain(|network, _| topics.contains_key(network));
        self.changed |= self.circles.len() != before;
        for (network, topic) in topics {
            self.circles.entry(network).or_insert_with(|| Circle {
                topic,
                company: Company::default(),
                voice: Voice::new(self.run.unwrap_or_default()),
            });
        }
    }

    /// What is to be said in a network.
    fn wanted(&self, network: &NetworkId) -> Option<Said> {
        self.looking.as_ref()?;
        let spot = self.spot.filter(|(at, _)| at == network);
        Some(Said::Here(spot.map(|(_, spot)| spot)))
    }
}

impl Links {
    /// What the person looks at now; `None`: nobody sits before this engine.
    pub(crate) fn look(&mut self, replica: &mut Replica, looking: Option<Looking>) {
        let spot = looking.as_ref().and_then(|looking| {
            let (network, doc) = (looking.network?, looking.doc?);
            let place = looking.caret;
            let selection = place.and_then(|place| replica.selection(&network, &doc, place));
            Some((network, Spot { doc, selection }))
        });
        self.presence.spot = spot;
        self.presence.looking = looking;
        let sits = self.net.is_some() && self.presence.looking.is_some();
        if sits && self.presence.run.is_none() {
            self.first_look(replica);
        }
    }

    /// Somebody sits down: from here on this device has a voice.
    fn first_look(&mut self, replica: &mut Replica) {
        let moment = self.time.moment();
        let run = replica.presence_run(&moment).unwrap_or_else(|error| {
            tracing::warn!(code = %error.code, "the last start is not remembered: {error}");
            moment.unsigned()
        });
        self.presence.run = Some(run);
        for circle in self.presence.circles.values_mut() {
            circle.voice = Voice::new(run);
        }
    }

    /// A word was passed on to this device.
    pub(super) fn hear_presence(&mut self, replica: &Replica, topic: Topic, word: &[u8]) {
        let now = self.presence.now();
        let Some((network, circle)) = self.presence.of_topic(topic) else {
            return;
        };
        let heard = replica.hear_presence(&network, &mut circle.company, word, now);
        match heard {
            Some(Ok(Heard::Came)) => {
                circle.voice.repeat();
                self.presence.changed = true;
            }
            Some(Ok(Heard::Moved)) => self.presence.changed = true,
            Some(Ok(Heard::Still)) | None => {}
            Some(Err(refusal)) => tracing::debug!("a word of presence was not believed: {refusal}"),
        }
    }

    /// There is somebody to speak to in a topic, after there was nobody.
    pub(super) fn presence_joined(&mut self, topic: Topic) {
        if let Some((_, circle)) = self.presence.of_topic(topic) {
            circle.voice.repeat();
        }
    }

    /// The link with a device is over.
    pub(super) fn presence_unlinked(&mut self, device: &DeviceId) {
        let now = self.presence.now();
        for circle in self.presence.circles.values_mut() {
            circle.company.unlinked(device, now);
        }
    }

    /// Acts or networks changed.
    pub(super) fn presence_changes(&mut self, replica: &Replica, changes: &Changes) {
        for network in &changes.acts {
            if let Some(circle) = self.presence.circles.get_mut(network) {
                self.presence.changed |= replica.keep_members(network, &mut circle.company);
            }
        }
    }

    /// Says what is due, and lets go of who has been silent for long. Answers whether what is shown of it changed.
    pub(crate) fn tend_presence(&mut self, replica: &Replica) -> bool {
        if self.net.is_none() {
            return false;
        }
        self.presence.set_circles(replica);
        self.presence_topics(replica);
        let now = self.presence.now();
        for circle in self.presence.circles.values_mut() {
            self.presence.changed |= circle.company.pass(now);
        }
        self.speak(replica, now);
        std::mem::take(&mut self.presence.changed)
    }

    /// Tells the network side who may speak where.
    fn presence_topics(&mut self, replica: &Replica) {
        let mut topics: BTreeMap<Topic, BTreeSet<LinkId>> = BTreeMap::new();
        if replica.profile().presence {
            for (network, circle) in &self.presence.circles {
                let links = self.links.iter().filter(|(_, link)| {
                    let status = link.session.status(network);
                    link.proven && status.is_some_and(|status| status.syncing)
                });
                let links: BTreeSet<_> = links.map(|(id, _)| *id).collect();
                if !links.is_empty() {
                    topics.insert(circle.topic, links);
                }
            }
        }
        if topics != self.presence.told
            && let Some(net) = &self.net
        {
            net.topics(topics.clone());
            self.presence.told = topics;
        }
    }

    fn speak(&mut self, replica: &Replica, now: u64) {
        let Some(net) = &self.net else { return };
        let wanted: Vec<_> = self.presence.circles.keys().copied().collect();
        for network in wanted {
            let said = self.presence.wanted(&network);
            let Some(circle) = self.presence.circles.get_mut(&network) else {
                continue;
            };
            circle.voice.say(said);
            // With nobody to speak to, all waits until there is.
            if !self.presence.told.contains_key(&circle.topic) {
                continue;
            }
            if let Some((order, said)) = circle.voice.due(now) {
                let moment = self.time.moment();
                if let Some(word) = replica.seal_presence(&network, order, said, &moment) {
                    net.gossip(circle.topic, word);
                }
            }
        }
    }

    /// The person switched presence off: whoever was here is not shown any more, after a last word of this device.
    pub(crate) fn presence_switched(&mut self, replica: &mut Replica) {
        let looking = self.presence.looking.take();
        let now = self.presence.now();
        self.speak(replica, now);
        self.presence.circles.clear();
        self.presence.begin_anew();
        self.presence.changed = true;
        self.look(replica, looking);
    }

    /// This device goes: its last word.
    pub(crate) fn presence_leaves(&mut self, replica: &mut Replica) {
        self.look(replica, None);
        self.tend_presence(replica);
    }

    /// How long nothing is to be said and nobody is to be let go of.
    pub(crate) fn presence_wait(&self) -> Option<Duration> {
        let circles = self.presence.circles.values();
        let next = circles.flat_map(|circle| {
            let spoken_to = self.presence.told.contains_key(&circle.topic);
            let voice = circle.voice.next().filter(|_| spoken_to);
            [voice, circle.company.next()]
        });
        let next = next.flatten().min()?;
        Some(Duration::from_millis(
            next.saturating_sub(self.presence.now()),
        ))
    }

    /// Everybody who is here, apart from this person.
    pub(crate) fn company(&self, replica: &mut Replica) -> CompanyView {
        let circles = self.presence.circles.iter();
        let people = circles.map(|(network, circle)| {
            let people = replica.people_here(network, &circle.company);
            (*network, Arc::new(people))
        });
        people.filter(|(_, people)| !people.is_empty()).collect()
    }
}
