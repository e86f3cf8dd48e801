//! The digest of what moved, and what came in while this machine met another one.
//!
//! A meeting begins when a member's machine proves itself and ends when both copies are equal or it is gone. What comes in between is
//! told once, in a line; what comes later is seen as it comes.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use jiff::civil::DateTime;
use serde_json::{Value, json};
use tresse_model::{DeviceId, DocId, MemberId, NetworkId};

use super::{Live, Replica, meta, writes::Write};
use crate::{
    ArrivedView, CommandError, DigestCommand, DigestSettings, DigestView, Event, Moment, MovedView,
    NetworkDigest, NetworkDigestView, NetworkView,
    digest::{Digest, Kept},
    moment,
};

/// In so many documents conflicts are counted; a network that is new here has none to look at.
const LOOKED_INTO: usize = 40;

/// The digest as it stands.
#[derive(Default)]
pub(super) struct Digesting {
    digest: Digest,
    /// The last view, shared as long as nothing changes.
    view: Arc<DigestView>,
    meetings: BTreeMap<NetworkId, Meeting>,
    /// Since its meeting began; a machine sends the first of it in the same breath as its name.
    came: BTreeMap<NetworkId, Came>,
    arrived: BTreeMap<NetworkId, Arrived>,
    /// Networks that came to this machine since it was started: all of them is new.
    joined: BTreeSet<NetworkId>,
}

/// Copies that are being made equal.
#[derive(Default)]
struct Meeting {
    with: BTreeSet<DeviceId>,
    names: BTreeSet<String>,
}

/// What other machines sent.
#[derive(Default)]
struct Came {
    docs: BTreeSet<DocId>,
    people: BTreeSet<MemberId>,
}

/// What came in and was not read yet.
#[derive(Default)]
struct Arrived {
    names: BTreeSet<String>,
    came: Came,
    conflicts: usize,
}

impl Digesting {
    /// What was kept. Settings that do not read count as none: nobody loses work with them.
    pub(super) fn load(bytes: Option<&[u8]>) -> Self {
        let kept = bytes.and_then(|bytes| match serde_json::from_slice(bytes) {
            Ok(kept) => Some(kept),
            Err(error) => {
                tracing::warn!("how the digest is told does not read: {error}");
                None
            }
        });
        let kept: Kept = kept.unwrap_or_default();
        Self {
            digest: Digest::new(kept),
            ..Self::default()
        }
    }

    /// A document came in from another machine.
    pub(super) fn came(&mut self, network: &NetworkId, doc: &DocId) {
        self.came.entry(*network).or_default().docs.insert(*doc);
    }

    /// People are members whom this machine did not know.
    pub(super) fn came_in(
        &mut self,
        network: &NetworkId,
        people: impl IntoIterator<Item = MemberId>,
    ) {
        self.came.entry(*network).or_default().people.extend(people);
    }
}

impl Replica {
    /// Carries out what is asked about the digest.
    pub(super) fn digest_command(
        &mut self,
        command: DigestCommand,
        moment: &Moment,
    ) -> Result<Value, CommandError> {
        let settings = self.digesting.digest.kept.settings.clone();
        match command {
            DigestCommand::Set { rhythm, at, quiet } => {
                let quiet = quiet.map_or(settings.quiet, |quiet| {
                    Some(quiet).filter(|quiet| quiet.from != quiet.to)
                });
                self.set_digest(DigestSettings {
                    rhythm: rhythm.unwrap_or(settings.rhythm),
                    at: at.unwrap_or(settings.at),
                    quiet,
                    ..settings
                })?;
                Ok(json!({}))
            }
            DigestCommand::Network {
                network,
                rhythm,
                silent,
            } => {
                self.network_ref(&network)?;
                let mut settings = settings;
                let silent = silent.into_iter().collect();
                let own = NetworkDigest { rhythm, silent };
                if own == NetworkDigest::default() {
                    settings.networks.remove(&network);
                } else {
                    settings.networks.insert(network, own);
                }
                self.set_digest(settings)?;
                Ok(json!({}))
            }
            DigestCommand::Read { network } => {
                let now = moment::local(moment.now);
                if !self.digesting.digest.has_looked() {
                    // Nobody has asked for a view since the start.
                    let live = Live {
                        today: moment.today(),
                        now: moment.unsigned(),
                        ..Live::default()
                    };
                    self.view(0, &live)?;
                }
                let all = self.network_ids();
                let read = network.map_or(all, |network| vec![network]);
                let read = read.iter();
                let count: usize = read
                    .map(|network| self.digesting.digest.read(network, now))
                    .sum();
                self.keep_digest()?;
                Ok(json!({ "read": count }))
            }
            DigestCommand::Arrived {} => {
                self.digesting.arrived.clear();
                Ok(json!({}))
            }
        }
    }

    fn set_digest(&mut self, settings: DigestSettings) -> Result<(), CommandError> {
        self.digesting.digest.set(settings);
        self.keep_digest()
    }

    fn keep_digest(&mut self) -> Result<(), CommandError> {
        let kept = serde_json::to_vec(&self.digesting.digest.kept)
            .map_err(|error| CommandError::new("not-saved", error.to_string()))?;
        self.pending.push(Write::meta(meta::DIGEST, &kept));
        Ok(())
    }

    /// For which networks a digest is due: what is shown changes with it.
    pub(crate) fn digests_due(&self, moment: &Moment) -> Vec<NetworkId> {
        let networks: Vec<NetworkId> = self.networks.keys().copied().collect();
        self.digesting
            .digest
            .due(&networks, moment::local(moment.now))
    }

    /// What is told now.
    pub(super) fn digest_view(
        &mut self,
        networks: &[Arc<NetworkView>],
        now: DateTime,
    ) -> Arc<DigestView> {
        let mut ready = Vec::new();
        for network in networks {
            let moved = &network.home.since.moved;
            let as_now = moved.iter().map(|moved| (moved.doc, as_now(moved)));
            let told = self
                .digesting
                .digest
                .look(&network.id, as_now.collect(), now);
            if !told.is_empty() {
                let moved = moved.iter().filter(|moved| told.contains(&moved.doc));
                ready.push(NetworkDigestView {
                    network: network.id,
                    name: network.name.clone(),
                    moved: moved.cloned().collect(),
                    more: network.home.since.more,
                });
            }
        }
        let arrived = networks
            .iter()
            .filter_map(|network| self.arrived_view(network));
        let view = DigestView {
            settings: self.digesting.digest.kept.settings.clone(),
            ready,
            arrived: arrived.collect(),
        };
        if *self.digesting.view != view {
            self.digesting.view = Arc::new(view);
        }
        Arc::clone(&self.digesting.view)
    }

    fn arrived_view(&self, network: &NetworkView) -> Option<ArrivedView> {
        let arrived = self.digesting.arrived.get(&network.id)?;
        let state = self.networks.get(&network.id)?;
        let people = arrived.came.people.iter().map(|one| state.name_of(one));
        Some(ArrivedView {
            network: network.id,
            name: network.name.clone(),
            from: arrived.names.iter().cloned().collect(),
            documents: arrived.came.docs.len(),
            people: people.collect(),
            conflicts: arrived.conflicts,
        })
    }

    /// Follows who is met.
    pub(crate) fn follow_meetings(&mut self, event: &Event) {
        match event {
            Event::Joined { network } => {
                self.digesting.joined.insert(*network);
            }
            Event::PeerConnected {
                device,
                network,
                name,
            } if !self.digesting.joined.contains(network) => {
                let meeting = self.digesting.meetings.entry(*network).or_default();
                meeting.with.insert(*device);
                meeting.names.insert(name.clone());
            }
            Event::InStep {
                device, network, ..
            } => {
                // From now on it is a network like the others.
                self.digesting.joined.remove(network);
                self.meeting_ends(device, Some(network));
            }
            Event::PeerGone { device } => self.meeting_ends(device, None),
            _ => {}
        }
    }

    /// What comes in between meetings is no news of one: it is seen as it comes.
    pub(crate) fn forget_what_came(&mut self) {
        let Digesting { came, meetings, .. } = &mut self.digesting;
        came.retain(|network, _| meetings.contains_key(network));
    }

    /// A machine is in step or gone; with the last of them, what came in is told.
    fn meeting_ends(&mut self, device: &DeviceId, network: Option<&NetworkId>) {
        let meetings = &mut self.digesting.meetings;
        let mut over = Vec::new();
        for (id, meeting) in meetings.iter_mut() {
            if network.is_none_or(|network| network == id) {
                meeting.with.remove(device);
                if meeting.with.is_empty() {
                    over.push(*id);
                }
            }
        }
        for id in over {
            if let Some(meeting) = self.digesting.meetings.remove(&id) {
                self.arrive(&id, meeting);
            }
        }
    }

    fn arrive(&mut self, network: &NetworkId, meeting: Meeting) {
        let Some(state) = self.networks.get(network) else {
            return;
        };
        let mut came = self.digesting.came.remove(network).unwrap_or_default();
        came.docs.retain(|doc| state.moves(doc));
        if came.docs.is_empty() && came.people.is_empty() {
            return;
        }
        let mut arrived = self.digesting.arrived.remove(network).unwrap_or_default();
        arrived.names.extend(meeting.names);
        arrived.came.docs.extend(came.docs);
        arrived.came.people.extend(came.people);
        arrived.conflicts = 0;
        for doc in arrived.came.docs.iter().take(LOOKED_INTO) {
            match self.document(network, doc) {
                Ok(document) => arrived.conflicts += tresse_model::conflicts(document),
                Err(error) => tracing::debug!(code = %error.code, %doc, "it does not read"),
            }
        }
        self.digesting.arrived.insert(*network, arrived);
    }
}

/// A number that changes when somebody else changes the document further; what I do in it changes nothing. (FNV-1a, so that it is the same
/// after a restart.)
fn as_now(moved: &MovedView) -> u64 {
    let people = moved.people.iter();
    let said = people.flat_map(|one| {
        let name = one.name.as_bytes().iter().copied();
        let at = one.at.to_le_bytes();
        name.chain(at).chain((one.changes as u64).to_le_bytes())
    });
    said.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
