//! One member's copy of everything: documents, acts and the store they lie in.
//!
//! A replica is synchronous and knows no clock and no network: a command comes in with its
//! [`Moment`], documents change in memory, and what must be stored waits in `pending` until
//! [`Replica::commit`] makes it durable in one transaction. The threads around it (see
//! [`crate::Engine`]) answer a caller and send frames to peers only after that commit, so
//! nothing is ever acknowledged that a power cut could take back.
//!
//! ```text
//!   Command ──▶ execute ──▶ model::apply ──▶ Automerge document ─┐
//!   frame   ──▶ Host (for sync::Session) ──▶ apply changes ──────┤
//!                                                                ▼
//!                                        pending writes ──▶ commit ──▶ SQLite
//!                                        dirty views    ──▶ view   ──▶ Arc<AppView>
//! ```

mod adopting;
mod ahead;
mod archiving;
mod asking;
mod attachments;
mod balloting;
mod charter;
mod charter_versions;
mod closing;
mod contents;
mod contributions;
mod deciding;
mod decisions;
mod digest;
mod documents;
mod edits;
mod evaluation;
mod exporting;
mod frame;
mod governance;
mod hands;
mod healing;
mod history;
mod host;
mod invitations;
mod labels;
mod linking;
mod meeting_acts;
mod meeting_series;
mod meeting_sheet;
mod meetings;
mod meetings_list;
mod network;
mod offers;
mod overview;
mod piloting;
mod piloting_edits;
mod places;
mod plan_edits;
mod plan_view;
mod planning;
mod presence;
mod publish;
mod queries;
mod remembered;
mod resources;
mod searched;
mod seen;
mod shelf;
mod summaries;
mod taking;
#[cfg(test)]
mod tests;
mod trouble;
mod turning;
mod typing;
mod undo;
mod version_votes;
mod watch;
mod writes;

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use serde_json::{Value, json};
use tresse_model::{DeviceId, DocId, DocKind, MemberId, NetworkId};
use tresse_store::{
    Store,
    vault::{Protection, Vault},
};
use tresse_trust::{DeviceKey, Incarnation, MAX_NAME_BYTES, member_id};

pub(crate) use archiving::{Archives, archive_answer};
pub(crate) use exporting::{Exporting, Wanted};
pub(crate) use host::HostAt;
pub(crate) use linking::KeptTicket;
pub(crate) use network::Network;
pub(crate) use publish::Live;
pub use queries::{CAUGHT_UP, Problem};

use self::{
    offers::Offers,
    undo::{Next, Way},
    writes::Write,
};
use crate::{Command, CommandError, EngineError, Moment, NetCommand, Unlock, demo::Demo};

/// One member's copy of everything.
pub struct Replica {
    store: Store,
    key: DeviceKey,
    /// The person, as this profile shows it. Who they are in a network is for its acts to say
    /// ([`Replica::me_in`]).
    me: MemberId,
    profile: Profile,
    /// Which of its lives this device writes in: a new one begins when continuity is in doubt.
    incarnation: Incarnation,
    networks: BTreeMap<NetworkId, Network>,
    pending: Vec<Write>,
    /// Pages whose search index and list entry are behind their text.
    to_summarise: BTreeSet<(NetworkId, DocId)>,
    /// Documents in whose text somebody typed here, and whose list entries wait for the next commit.
    typed_in: BTreeSet<(NetworkId, DocId)>,
    /// Documents with changes made here that no seal vouches for yet.
    unsealed: BTreeSet<(NetworkId, DocId)>,
    /// Documents in which this device wrote since sessions were last told.
    own_changed: BTreeSet<(NetworkId, DocId)>,
    /// Documents changed since [`Replica::take_changes`] last asked, for the sessions.
    changed: BTreeMap<NetworkId, BTreeSet<DocId>>,
    /// Networks whose acts changed since [`Replica::take_changes`] last asked.
    acts_changed: BTreeSet<NetworkId>,
    /// There is a network since [`Replica::take_changes`] last asked that was not here before.
    networks_new: bool,
    /// Changes appended since compaction last had nothing to do.
    appended: usize,
    /// Documents that had to be read to be given to a newcomer: at rest they are compacted, for the next one.
    given: BTreeSet<(NetworkId, DocId)>,
    /// Device tickets made here.
    offers: Offers,
    /// What this person's machines are called, as far as they told this one.
    labels: BTreeMap<DeviceId, String>,
    /// The document whose past was looked at last.
    looked: Option<history::Looked>,
    /// What is told of what moved.
    digesting: digest::Digesting,
}

/// What the person said of themselves at first start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    /// Their name.
    pub name: String,
    /// `fr` or `en`.
    pub lang: String,
    /// Whether relays and look-up on the internet may be used.
    pub internet: bool,
    /// The relay to use in place of the public ones, as a URL.
    pub relay: Option<String>,
    /// Whether others may be found, and find this machine, on local networks.
    pub lan: bool,
    /// Whether others see that Tresse is open here and what is looked at, and this person sees it of them.
    pub presence: bool,
}

impl Profile {
    /// A profile with a usable name and a known language.
    pub fn new(name: &str, lang: &str) -> Result<Self, EngineError> {
        let name = name.trim();
        let too_long = name.chars().count() > 100 || name.len() > MAX_NAME_BYTES;
        if name.is_empty() || too_long || name.chars().any(char::is_control) {
            return Err(EngineError::BadName(
                "a name has 1 to 100 characters on one line".into(),
            ));
        }
        if !matches!(lang, "fr" | "en") {
            return Err(EngineError::BadName("the language is `fr` or `en`".into()));
        }
        Ok(Self {
            name: name.into(),
            lang: lang.into(),
            internet: true,
            relay: None,
            lan: true,
            presence: true,
        })
    }
}

impl Replica {
    /// Makes a profile in an empty or new folder, open to whoever can read its files.
    pub fn create(dir: &Path, profile: &Profile, moment: &Moment) -> Result<Self, EngineError> {
        Self::create_protected(dir, profile, &Vault::new(&Protection::Open)?, moment)
    }

    /// Makes a profile in an empty or new folder, encrypted with the key in `vault`.
    pub(crate) fn create_protected(
        dir: &Path,
        profile: &Profile,
        vault: &Vault,
        moment: &Moment,
    ) -> Result<Self, EngineError> {
        if Store::exists(dir) {
            return Err(EngineError::AlreadyThere);
        }
        let store = Store::create_with(dir, vault.key(), |batch| {
            vault.write_new(dir)?;
            batch.set_meta(meta::SEED, &moment.random::<32>())?;
            batch.set_meta(meta::NAME, profile.name.as_bytes())?;
            batch.set_meta(meta::LANG, profile.lang.as_bytes())?;
            batch.set_meta(meta::INCARNATION, &moment.random::<8>())
        })?;
        Self::from_store(store)
    }

    /// A replica that ends with the process: its commits are quick and not durable.
    pub(crate) fn create_fleeting(
        dir: &Path,
        profile: &Profile,
        moment: &Moment,
    ) -> Result<Self, EngineError> {
        let replica = Self::create(dir, profile, moment)?;
        replica.store.make_fleeting()?;
        Ok(replica)
    }

    /// Opens the profile in a folder by what needs nobody.
    pub fn open(dir: &Path) -> Result<Self, EngineError> {
        let (store, _) = Unlock::default().open(dir)?;
        Self::from_opened(store)
    }

    /// What an opened store holds.
    pub(crate) fn from_opened(mut store: Store) -> Result<Self, EngineError> {
        let copied = begin_anew_if_copied(&mut store, &Moment::real())?;
        let mut replica = Self::from_store(store)?;
        if copied {
            // It may be anybody's file: nothing is shown or passed on that does not prove itself.
            replica.put_aside_unproved(&Moment::real())?;
        }
        Ok(replica)
    }

    fn from_store(store: Store) -> Result<Self, EngineError> {
        let damaged = |what: &str| EngineError::Damaged(what.to_owned());
        let text = |key: &str| -> Result<String, EngineError> {
            let bytes = store.meta(key)?.ok_or_else(|| damaged(key))?;
            String::from_utf8(bytes).map_err(|_| damaged(key))
        };
        let seed = store
            .meta(meta::SEED)?
            .and_then(|bytes| bytes.try_into().ok());
        let key = DeviceKey::from_seed(seed.ok_or_else(|| damaged("device key"))?);
        let profile = Profile {
            name: text(meta::NAME)?,
            lang: text(meta::LANG)?,
            internet: store.meta(meta::INTERNET)?.as_deref() != Some(b"off"),
            relay: relay_of(&store)?,
            lan: store.meta(meta::LAN)?.as_deref() != Some(b"off"),
            presence: store.meta(meta::PRESENCE)?.as_deref() != Some(b"off"),
        };
        let incarnation = incarnation(&store)?;
        let person = store
            .meta(meta::PERSON)?
            .and_then(|bytes| bytes.try_into().ok());
        let me = person.map_or_else(|| member_id(&key.id()), MemberId::from_bytes);
        let digesting = digest::Digesting::load(store.meta(meta::DIGEST)?.as_deref());
        let mut networks = BTreeMap::new();
        for row in store.networks()? {
            networks.insert(row.id, Network::load(&store, &row)?);
        }
        let mut replica = Self {
            store,
            key,
            me,
            profile,
            incarnation,
            networks,
            pending: Vec::new(),
            to_summarise: BTreeSet::new(),
            typed_in: BTreeSet::new(),
            unsealed: BTreeSet::new(),
            own_changed: BTreeSet::new(),
            changed: BTreeMap::new(),
            acts_changed: BTreeSet::new(),
            networks_new: false,
            appended: queries::COMPACT_AFTER,
            given: BTreeSet::new(),
            offers: Offers::default(),
            labels: BTreeMap::new(),
            looked: None,
            digesting,
        };
        replica.load_offers()?;
        replica.load_labels()?;
        replica.find_stale_summaries()?;
        replica.find_aside()?;
        Ok(replica)
    }

    /// This machine.
    pub fn device(&self) -> DeviceId {
        self.key.id()
    }

    /// This person.
    pub fn me(&self) -> MemberId {
        self.me
    }

    /// What the person said of themselves at first start.
    pub fn profile(&self) -> &Profile {
        &self.profile
    }

    /// The networks of this profile.
    pub fn network_ids(&self) -> Vec<NetworkId> {
        self.networks.keys().copied().collect()
    }

    /// Carries out a command. What it changed is durable once [`Replica::commit`] returns.
    ///
    /// # Errors
    /// A [`CommandError`] where the command was refused; nothing was changed then.
    pub fn execute(&mut self, command: Command, moment: &Moment) -> Result<Value, CommandError> {
        match command {
            Command::MeSet {
                name,
                lang,
                internet,
                relay,
                lan,
                presence,
            } => {
                let relay = relay.as_deref();
                let said = (name.as_deref(), lang.as_deref());
                self.set_me(said, (internet, lan), relay, presence)
            }
            Command::NetworkCreate { name, template } => {
                let network = self.found(&name, template, moment)?;
                Ok(json!({ "network": network }))
            }
            Command::InviteCreate {
                network,
                uses,
                expires_in,
            } => self.invite(&network, uses, expires_in, moment),
            Command::InviteRevoke {
                network,
                invitation,
            } => self.revoke(&network, &invitation, moment),
            Command::PageOpen { network, page } => {
                let page = self.known_page(&network, page)?;
                self.network_mut(&network)?.open(page);
                Ok(json!({}))
            }
            Command::PageClose { network, page } => {
                self.network_mut(&network)?.close(&page);
                Ok(json!({}))
            }
            Command::TemplateApply {
                network,
                template,
                parts,
                lang,
            } => self.apply_template(
                &network,
                template.as_deref(),
                &parts,
                lang.as_deref(),
                moment,
            ),
            Command::SeenMark { network, documents } => {
                let seen = self.mark_seen(&network, &documents, moment)?;
                Ok(json!({ "seen": seen }))
            }
            Command::Meeting(command) => self.meeting_command(command, moment),
            Command::Decision(command) => self.decision_command(command, moment),
            Command::Closing(command) => self.closing_command(command, moment),
            Command::Version(command) => self.version_command(command, moment),
            Command::Evaluation(command) => self.evaluation_command(command, moment),
            Command::Contribution(command) => self.contribution_command(command, moment),
            Command::Watch(command) => self.watch_command(command, moment),
            Command::Digest(command) => self.digest_command(command, moment),
            Command::Resource(command) => self.resource_command(command, moment),
            Command::Attachment(command) => self.attachment_command(&command, moment),
            Command::Net(NetCommand::Address {}) => self.own_address(),
            Command::Undo { network } => self.step_back(&network, Way::Undo, moment),
            Command::Redo { network } => self.step_back(&network, Way::Redo, moment),
            Command::DemoCreate { lang } => {
                let lang = lang.unwrap_or_else(|| self.profile.lang.clone());
                let network = Demo::live(&lang)?.welcome(self, moment)?;
                Ok(json!({ "network": network }))
            }
            Command::InviteAccept { .. }
            | Command::Net(NetCommand::Meet { .. })
            | Command::DeviceLinkOffer { .. }
            | Command::DeviceLinkAccept { .. }
            | Command::DeviceLinkConfirm {}
            | Command::DeviceLinkCancel { .. } => Err(CommandError::new(
                "needs-network",
                "this needs the link to other peers: it is switched off here",
            )),
            Command::MemberReturnOffer { network, member } => {
                self.offer_return(&network, &member, moment)
            }
            command => match self.govern(command, moment) {
                Ok(answer) => answer,
                Err(command) => self.edit_command(*command, moment).unwrap_or_else(|| {
                    Err(CommandError::new(
                        "unknown-command",
                        "this command is not known here",
                    ))
                }),
            },
        }
    }

    fn set_me(
        &mut self,
        (name, lang): (Option<&str>, Option<&str>),
        (internet, lan): (Option<bool>, Option<bool>),
        relay: Option<&str>,
        presence: Option<bool>,
    ) -> Result<Value, CommandError> {
        let mut profile = Profile::new(
            name.unwrap_or(&self.profile.name),
            lang.unwrap_or(&self.profile.lang),
        )?;
        profile.internet = internet.unwrap_or(self.profile.internet);
        profile.lan = lan.unwrap_or(self.profile.lan);
        profile.presence = presence.unwrap_or(self.profile.presence);
        profile.relay = match relay.map(str::trim) {
            None => self.profile.relay.clone(),
            Some("") => None,
            Some(url) => {
                let read = tresse_net::read_relay(url)
                    .map_err(|error| CommandError::new("bad-relay", error.to_string()))?;
                Some(read)
            }
        };
        self.pending
            .push(Write::meta(meta::NAME, profile.name.as_bytes()));
        self.pending
            .push(Write::meta(meta::LANG, profile.lang.as_bytes()));
        let word = |on: bool| -> &[u8] { if on { b"on" } else { b"off" } };
        let internet = word(profile.internet);
        self.pending.push(Write::meta(meta::INTERNET, internet));
        let lan = word(profile.lan);
        self.pending.push(Write::meta(meta::LAN, lan));
        let presence = word(profile.presence);
        self.pending.push(Write::meta(meta::PRESENCE, presence));
        let relay = profile.relay.as_deref().unwrap_or_default();
        self.pending
            .push(Write::meta(meta::RELAY, relay.as_bytes()));
        if profile.relay != self.profile.relay {
            self.forget_relays()?;
        }
        self.profile = profile;
        Ok(json!({}))
    }

    /// Leaves nothing to undo in a network: what was done there was not done by the person.
    pub(crate) fn forget_steps(&mut self, network: &NetworkId) -> Result<(), CommandError> {
        self.network_mut(network)?.undo = undo::UndoHistory::default();
        Ok(())
    }

    fn step_back(
        &mut self,
        network: &NetworkId,
        way: Way,
        moment: &Moment,
    ) -> Result<Value, CommandError> {
        let word = match way {
            Way::Undo => "undone",
            Way::Redo => "redone",
        };
        let docs = match self.network_ref(network)?.undo.next(way) {
            Next::Nothing => return Ok(json!({ word: 0 })),
            Next::Stays(stays) => {
                // Until enough have said so, a consent to a closing can be taken back.
                if way == Way::Undo && stays.can_be_unsaid() && self.unsay_turn(network, moment)? {
                    return Ok(json!({ word: 1 }));
                }
                return Err(stays.refusal());
            }
            Next::Mandates(turned) => {
                let turned = self.turn_mandates(network, turned, way, moment)?;
                return Ok(json!({ word: turned }));
            }
            Next::Invitation(invite) => return self.take_back_invitation(network, invite, moment),
            Next::Edits(docs) => docs,
        };
        let first = docs.first();
        // What could be refused is refused before anything goes back.
        for doc in &docs {
            self.may_edit(network, doc)?;
            self.copy(network, doc)?;
        }
        self.ballot_may_turn(network, &docs, way, moment)?;
        let mut restored = 0;
        let mut joined = false;
        for doc in &docs {
            let undone = self.reverse(network, doc, (way, joined), moment)?;
            joined |= undone
                .as_ref()
                .is_some_and(tresse_model::Undone::can_be_redone);
            restored += undone.map_or(0, |undone| undone.restored);
        }
        Ok(json!({ word: restored, "document": first }))
    }

    fn network_ref(&self, network: &NetworkId) -> Result<&Network, CommandError> {
        self.networks
            .get(network)
            .ok_or_else(|| no_network(network))
    }

    fn network_mut(&mut self, network: &NetworkId) -> Result<&mut Network, CommandError> {
        self.networks
            .get_mut(network)
            .ok_or_else(|| no_network(network))
    }

    /// The page, if it is one that this network has here.
    fn known_page(&self, network: &NetworkId, page: DocId) -> Result<DocId, CommandError> {
        self.known(network, page, DocKind::Page)
    }

    /// The document, if it is one of this kind that this network has here.
    fn known(&self, network: &NetworkId, doc: DocId, kind: DocKind) -> Result<DocId, CommandError> {
        if doc.kind() == Some(kind) && self.network_ref(network)?.heads.contains_key(&doc) {
            return Ok(doc);
        }
        let code = match kind {
            DocKind::Meeting => "no-meeting",
            DocKind::Decision => "no-decision",
            _ => "no-page",
        };
        let message = format!("this network has no {} {doc} here", kind.word());
        Err(CommandError::new(code, message))
    }

    /// When a list next changes by itself: the first end of a ballot, milliseconds since 1970, UTC.
    pub(crate) fn next_close(&self) -> i64 {
        let networks = self.networks.values();
        networks
            .map(|network| network.views.next_close())
            .min()
            .unwrap_or(i64::MAX)
    }

    /// What changed since the last call: for each network, its documents and whether its acts did.
    pub(crate) fn take_changes(&mut self) -> Changes {
        Changes {
            documents: std::mem::take(&mut self.changed),
            own: std::mem::take(&mut self.own_changed),
            acts: std::mem::take(&mut self.acts_changed),
            networks: std::mem::take(&mut self.networks_new),
        }
    }
}

/// A profile made from a backup goes on under new actor names: its twin may have gone on under the old. So
/// does one whose file is not the one it was (a copied folder). Says whether it came from a backup.
fn begin_anew_if_copied(store: &mut Store, moment: &Moment) -> Result<bool, EngineError> {
    let restored = store.meta(tresse_store::COPIED)?.is_some();
    let place = store.place();
    let known = store.meta(meta::PLACE)?;
    let same = known.is_none() || known.as_deref() == Some(&place[..]);
    if !restored && same && known.is_some() {
        return Ok(false);
    }
    store.batch(|batch| {
        if restored || !same {
            batch.set_meta(meta::INCARNATION, &moment.random::<8>())?;
        }
        batch.set_meta(meta::PLACE, &place)?;
        batch.remove_meta(tresse_store::COPIED)
    })?;
    Ok(restored)
}

/// Whether this is an address that a relay can have, as `https://relay.example.org`.
pub fn is_relay(url: &str) -> bool {
    tresse_net::read_relay(url).is_ok()
}

/// The relay that the person set. One that does not read as an address counts as none, rather than keep the
/// machine from all others.
fn relay_of(store: &Store) -> Result<Option<String>, EngineError> {
    let bytes = store.meta(meta::RELAY)?.unwrap_or_default();
    let relay = String::from_utf8(bytes).unwrap_or_default();
    Ok(tresse_net::read_relay(&relay).ok())
}

fn incarnation(store: &Store) -> Result<Incarnation, EngineError> {
    let bytes = store.meta(meta::INCARNATION)?;
    let bytes = bytes.and_then(|bytes| bytes.try_into().ok());
    let bytes = bytes.ok_or_else(|| EngineError::Damaged(meta::INCARNATION.to_owned()))?;
    Ok(Incarnation(u64::from_be_bytes(bytes)))
}

/// What changed, for the sessions to pass on.
pub(crate) struct Changes {
    pub(crate) documents: BTreeMap<NetworkId, BTreeSet<DocId>>,
    /// Those of them in which this device wrote.
    pub(crate) own: BTreeSet<(NetworkId, DocId)>,
    pub(crate) acts: BTreeSet<NetworkId>,
    /// There is a network that was not here before.
    pub(crate) networks: bool,
}

fn no_network(network: &NetworkId) -> CommandError {
    CommandError::new(
        "no-network",
        format!("this profile has no network {network}"),
    )
}

/// The code of a document that does not read from the store: the others go on without it.
const DAMAGED: &str = "damaged";

/// Keys of the profile's own small facts.
pub(crate) mod meta {
    pub(crate) const SEED: &str = "device.seed";
    pub(crate) const NAME: &str = "profile.name";
    pub(crate) const LANG: &str = "profile.lang";
    pub(crate) const INCARNATION: &str = "device.incarnation";
    /// Which file the profile lay in when it was last opened.
    pub(crate) const PLACE: &str = "device.place";
    /// The UDP port this device was last reached at.
    pub(crate) const PORT: &str = "net.port";
    /// Where this device was last reached, `IP:PORT` lines: goes into invitations.
    pub(crate) const ADDRESSES: &str = "net.addresses";
    /// `off` when relays and look-up on the internet are switched off.
    pub(crate) const INTERNET: &str = "net.internet";
    /// `off` when others are neither told nor heard on local networks.
    pub(crate) const LAN: &str = "net.lan";
    /// The URL of the relay to use in place of the public ones.
    pub(crate) const RELAY: &str = "net.relay";
    /// `off` when presence is neither told nor heard.
    pub(crate) const PRESENCE: &str = "presence";
    /// The number of the last start, for those who heard this device before.
    pub(crate) const PRESENCE_RUN: &str = "presence.run";
    /// The person that this machine was linked to, where it was nobody's before.
    pub(crate) const PERSON: &str = "profile.person";
    /// How what moved is told, and what was told of.
    pub(crate) const DIGEST: &str = "digest";
    /// Device tickets made here for others, who come back.
    pub(crate) const OFFERS: &str = "linking.offers";
    /// A device ticket of another's that this machine goes on with.
    pub(crate) const TICKET: &str = "linking.ticket";
}
