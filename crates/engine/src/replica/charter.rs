//! The charter's versions: proposed and adopted by acts, signed in notebooks, compared word by word.

use std::sync::Arc;

use automerge::{Automerge, ChangeHash};
use serde_json::{Value, json};
use tresse_model::{
    At, CharterContent, Difference, DocId, DocKind, Line, MemberId, NetworkId, VotingRule,
    compare_charters, read_charter, read_network, same_charters,
};
use tresse_trust::{Adoption, Body, CaseState, MAX_VERSION_HEADS};

use super::{Network, Replica};
use crate::{
    CommandError, Moment,
    view::{CharterVersionView, CharterVersionsView, MembersView, SignatureView},
};

impl Replica {
    /// Consents to a version of the charter: the one named, or the charter as it stands.
    pub(super) fn adopt_charter(
        &mut self,
        id: &NetworkId,
        version: Option<&str>,
        moment: &Moment,
    ) -> Result<Value, CommandError> {
        let me = self.me_in(id)?;
        let document = DocId::singleton(id, DocKind::Charter);
        self.look_at_charter(id)?;
        let network = self.network_ref(id)?;
        let heads = match version {
            Some(version) => {
                let heads = known_version(network, version)?.heads.clone();
                // One that has not arrived whole yet may be consented to: who proposed it knew what it says.
                let says = network.version_says(&heads);
                if says.is_ok_and(|content| says_nothing(&content)) {
                    return Err(empty());
                }
                heads
            }
            None => match network.current_version() {
                Some(known) => known.heads.clone(),
                None => network.as_it_stands()?,
            },
        };
        let body = Body::Adopt { document, heads };
        // Said once, it stays said, unless it must be said again to be complete.
        let said = self.version_of(id, &body).is_some_and(|known| {
            let mine = known.case.consents.iter().any(|said| said.by == me);
            mine && known.case.state != CaseState::Ready
        });
        if !said {
            self.say_on_command(id, &body, moment)?;
        }
        let known = self.version_of(id, &body);
        let known = known.ok_or_else(|| CommandError::new("internal", "a consent is not known"))?;
        Ok(json!({
            "version": known.version.to_string(),
            "adopted": known.case.state == CaseState::Complete,
        }))
    }

    fn version_of(&self, id: &NetworkId, body: &Body) -> Option<&Adoption> {
        let Body::Adopt { document, heads } = body else {
            return None;
        };
        let adoptions = self.networks.get(id)?.membership.adoptions();
        adoptions
            .iter()
            .find(|one| one.document == *document && one.heads == *heads)
    }

    /// Only what was adopted is signed.
    pub(super) fn adopted_version(
        &self,
        id: &NetworkId,
        version: &str,
    ) -> Result<(), CommandError> {
        let known = known_version(self.network_ref(id)?, version)?;
        if known.case.state == CaseState::Complete {
            return Ok(());
        }
        Err(CommandError::new(
            "version-not-adopted",
            "this version of the charter is not adopted yet: consent to it first",
        ))
    }

    /// What differs between two versions of the charter.
    pub fn charter_changes(
        &mut self,
        id: &NetworkId,
        from: Option<&str>,
        to: Option<&str>,
    ) -> Result<Vec<Difference>, CommandError> {
        self.look_at_charter(id)?;
        let network = self.network_ref(id)?;
        let named = |version: &str| network.version_says(&known_version(network, version)?.heads);
        let old = match from {
            Some(version) => named(version)?,
            None => match in_force(network) {
                Some(adopted) => network.version_says(&adopted.heads)?,
                None => CharterContent {
                    purposes: Some(Vec::new()),
                    ..CharterContent::default()
                },
            },
        };
        let new = match to {
            Some(version) => named(version)?,
            None => network.charter_now()?,
        };
        Ok(compare_charters(&old, &new))
    }
}

impl Replica {
    /// Has the charter in memory, and the network document with its purposes.
    fn look_at_charter(&mut self, id: &NetworkId) -> Result<(), CommandError> {
        for kind in [DocKind::Charter, DocKind::Network] {
            self.document(id, &DocId::singleton(id, kind))?;
        }
        Ok(())
    }

    /// What the charter says in fields of how the network decides. Only the version in force counts, as far as it has arrived; before
    /// one is, the charter as it stands.
    pub(super) fn voting_rule(&mut self, id: &NetworkId) -> Result<VotingRule, CommandError> {
        let looked = self.look_at_charter(id);
        let network = self.network_ref(id)?;
        let content = looked.and_then(|()| match in_force(network) {
            Some(adopted) => network.version_says(&adopted.heads),
            None => network.charter_now(),
        });
        // A charter that does not read, or not yet, says nothing: people can still decide.
        Ok(content.map_or_else(
            |error| {
                tracing::debug!(code = %error.code, "the charter's rule is not known");
                VotingRule::default()
            },
            |content| VotingRule::of(&content),
        ))
    }
}

impl Network {
    /// The same, by what was looked up of it for the views.
    pub(super) fn known_voting_rule(&self) -> VotingRule {
        let content = match &self.views.in_force {
            Some(known) => known.says.as_deref(),
            None => self.views.charter(),
        };
        content.map(VotingRule::of).unwrap_or_default()
    }

    /// The versions of the charter, how far they have come and who signed them.
    pub(super) fn charter_versions(
        &self,
        members: &MembersView,
        me: &MemberId,
    ) -> CharterVersionsView {
        let in_force = in_force(self).map(|one| one.version.to_string());
        let mut versions: Vec<CharterVersionView> = of_charter(self)
            .map(|one| self.version_view(one, in_force.as_deref(), members, me))
            .collect();
        versions.reverse();
        versions.sort_by_key(|one| matches!(&*one.state, "in-force" | "replaced"));
        let current = self.current_version();
        let current = current.map(|one| one.version.to_string());
        let same = in_force.is_some() && current == in_force;
        let known = self.views.in_force.as_ref();
        let says = known.and_then(|known| known.says.clone());
        let then = says.as_ref().and_then(|says| says.purposes.as_ref());
        let purposes_changed =
            then.is_some_and(|then| *then != purposes(&self.views.content().purposes));
        CharterVersionsView {
            versions,
            rule: self.known_voting_rule(),
            changed: !same && (purposes_changed || self.charter_changed()),
            in_force,
            current,
            says,
            purposes_changed,
        }
    }

    fn version_view(
        &self,
        one: &Adoption,
        in_force: Option<&str>,
        members: &MembersView,
        me: &MemberId,
    ) -> CharterVersionView {
        let version = one.version.to_string();
        let state = match one.case.state {
            CaseState::Complete if in_force == Some(&version) => "in-force",
            CaseState::Complete => "replaced",
            CaseState::Ready => "ready",
            CaseState::Pending | CaseState::Overtaken => "pending",
        };
        let mut signatures = Vec::new();
        let mut unsigned = Vec::new();
        let present = members.members.iter().map(|one| (one.id, &one.name, false));
        // Who left signed it all the same.
        let former = members.former.iter().map(|one| (one.id, &one.name, true));
        for (member, name, former) in present.chain(former) {
            let notebook = DocId::notebook(&self.id, &member);
            match self.views.signed_on(&notebook, &version) {
                Some(on) => signatures.push(SignatureView {
                    member,
                    name: name.clone(),
                    on: on.to_owned(),
                    former,
                }),
                None if former => {}
                None => unsigned.push(name.clone()),
            }
        }
        let here = self.taken_apart(&one.heads).is_ok();
        CharterVersionView {
            state: state.to_owned(),
            consents: self.consent_views(&one.case),
            need: one.case.need,
            of: one.case.of,
            mine: one.case.consents.iter().any(|said| said.by == *me),
            signed: signatures.iter().any(|one| one.member == *me),
            signatures,
            unsigned,
            here,
            version,
        }
    }

    /// Reads what the version in force says, unless that is known.
    pub(super) fn look_at_version_in_force(&mut self) {
        let Some(adopted) = in_force(self) else {
            self.views.in_force = None;
            return;
        };
        let version = adopted.version.to_string();
        let known = self.views.in_force.as_ref();
        // What a version says never changes, once it is here.
        if known.is_some_and(|known| known.version == version && known.says.is_some()) {
            return;
        }
        let says = self.version_says(&adopted.heads).ok();
        self.views.in_force = Some(InForce {
            version,
            says: says.map(Arc::new),
        });
    }

    fn in_memory(&self, kind: DocKind) -> Option<&Automerge> {
        let loaded = self.loaded.get(&DocId::singleton(&self.id, kind));
        loaded.map(|loaded| loaded.copy.doc())
    }

    /// A version's newest changes by the document they are made in. Versions of older programs name none of the network's.
    fn taken_apart(&self, heads: &[[u8; 32]]) -> Result<Version, CommandError> {
        let within = |doc: Option<&Automerge>, head: &ChangeHash| {
            doc.is_some_and(|doc| doc.get_change_meta_by_hash(head).is_some())
        };
        let (charter, network) = (
            self.in_memory(DocKind::Charter),
            self.in_memory(DocKind::Network),
        );
        let mut version = Version::default();
        for head in heads.iter().map(|head| ChangeHash(*head)) {
            if within(charter, &head) {
                version.charter.push(head);
            } else if within(network, &head) {
                version.network.push(head);
            } else {
                return Err(not_here());
            }
        }
        if version.charter.is_empty() {
            return Err(not_here());
        }
        Ok(version)
    }

    /// What a version says, with the purposes that it was proposed with.
    fn version_says(&self, heads: &[[u8; 32]]) -> Result<CharterContent, CommandError> {
        let version = self.taken_apart(heads)?;
        let charter = self.in_memory(DocKind::Charter).ok_or_else(not_here)?;
        let network = self.in_memory(DocKind::Network);
        let network = network.filter(|_| !version.network.is_empty());
        let purposes = network.map(|network| {
            purposes(&read_network(At::heads(network, &version.network), &()).purposes)
        });
        Ok(CharterContent {
            purposes,
            ..read_charter(At::heads(charter, &version.charter), &())
        })
    }

    /// What the charter says as it stands, with the purposes as they stand.
    fn charter_now(&self) -> Result<CharterContent, CommandError> {
        let charter = self.in_memory(DocKind::Charter).ok_or_else(not_here)?;
        let network = self.in_memory(DocKind::Network);
        Ok(CharterContent {
            purposes: network.map(|network| purposes(&read_network(network, &()).purposes)),
            ..read_charter(charter, &())
        })
    }

    /// The version that the charter as it stands is, with the purposes as they stand: the one in force or one that is proposed. Whatever
    /// else changed in the network document is no matter of the charter.
    fn current_version(&self) -> Option<&Adoption> {
        let charter = self.in_memory(DocKind::Charter)?.get_heads();
        let network = self.in_memory(DocKind::Network)?;
        let now = purposes(&read_network(network, &()).purposes);
        let in_force = in_force(self).map(|one| one.version);
        let open = |one: &&Adoption| {
            one.case.state != CaseState::Complete || Some(one.version) == in_force
        };
        of_charter(self).filter(open).find(|one| {
            let Ok(version) = self.taken_apart(&one.heads) else {
                return false;
            };
            let then =
                || purposes(&read_network(At::heads(network, &version.network), &()).purposes);
            same_heads(&charter, &version.charter) && (version.network.is_empty() || then() == now)
        })
    }

    /// The newest changes of the charter and of the network document, if there is something to agree to.
    fn as_it_stands(&self) -> Result<Vec<[u8; 32]>, CommandError> {
        if says_nothing(&self.charter_now()?) {
            return Err(empty());
        }
        let docs = [DocKind::Charter, DocKind::Network];
        let docs = docs.into_iter().filter_map(|kind| self.in_memory(kind));
        let mut heads: Vec<[u8; 32]> = docs
            .flat_map(Automerge::get_heads)
            .map(|head| head.0)
            .collect();
        heads.sort_unstable();
        if heads.len() > MAX_VERSION_HEADS {
            return Err(CommandError::new(
                "charter-scattered",
                "too many people wrote in the charter at once: change one word in it, then propose it",
            ));
        }
        Ok(heads)
    }

    /// Whether the charter as it stands says something else than the version in force, as far as that is known.
    fn charter_changed(&self) -> bool {
        let then = self.views.in_force.as_ref();
        let then = then.and_then(|known| known.says.as_ref());
        then.zip(self.views.charter())
            .is_none_or(|(then, now)| !same_charters(then, now))
    }
}

/// What is known of the version in force.
#[derive(Debug, Clone)]
pub(super) struct InForce {
    version: String,
    /// What it says, as far as it is here.
    says: Option<Arc<CharterContent>>,
}

/// A version by its newest changes.
#[derive(Default)]
struct Version {
    charter: Vec<ChangeHash>,
    /// Those of the network document, which holds what the network is for.
    network: Vec<ChangeHash>,
}

fn purposes(lines: &[Line]) -> Vec<String> {
    lines.iter().map(|one| one.text.trim().to_owned()).collect()
}

fn of_charter(network: &Network) -> impl DoubleEndedIterator<Item = &Adoption> {
    let charter = DocId::singleton(&network.id, DocKind::Charter);
    let adoptions = network.membership.adoptions().iter();
    adoptions.filter(move |one| one.document == charter)
}

/// The version adopted last.
fn in_force(network: &Network) -> Option<&Adoption> {
    let complete = |one: &&Adoption| one.case.state == CaseState::Complete;
    of_charter(network).rev().find(complete)
}

fn known_version<'a>(network: &'a Network, version: &str) -> Result<&'a Adoption, CommandError> {
    of_charter(network)
        .find(|one| one.version.to_string() == version)
        .ok_or_else(|| {
            let message = format!("there is no version {version} of the charter here");
            CommandError::new("unknown-version", message)
        })
}

/// Whether there is nothing in a charter that anybody could agree to: a language and a review date alone are no charter.
fn says_nothing(charter: &CharterContent) -> bool {
    let texts: [&str; 3] = [
        &charter.exchange_rules,
        &charter.decision_rule,
        &charter.body,
    ];
    let values = charter.values.iter().map(|one| one.text.as_str());
    let mut texts = texts.into_iter().chain(values);
    texts.all(|text| text.trim().is_empty()) && VotingRule::of(charter) == VotingRule::default()
}

fn empty() -> CommandError {
    CommandError::new(
        "charter-empty",
        "there is nothing in the charter: write something in it first",
    )
}

fn same_heads(now: &[ChangeHash], version: &[ChangeHash]) -> bool {
    now.len() == version.len() && now.iter().all(|head| version.contains(head))
}

fn not_here() -> CommandError {
    CommandError::new(
        "version-not-here",
        "not all of this version of the charter has arrived here yet",
    )
}
