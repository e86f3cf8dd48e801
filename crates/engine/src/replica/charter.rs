//! The charter's versions: proposed and adopted by acts, signed in notebooks, compared word by word.

use std::sync::Arc;

use automerge::{Automerge, ChangeHash};
use serde_json::{Value, json};
use tresse_model::{
    At, CharterContent, Difference, DocId, DocKind, Line, NetworkId, VotingRule, compare_charters,
    read_charter, read_network, same_charters,
};
use tresse_trust::{Body, CaseState, MAX_VERSION_HEADS, Version as Name};

use super::{
    Network, Replica,
    adopting::{Known, Ours},
};
use crate::{CommandError, Moment};

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
        let ours = network.ours(moment.now);
        let heads = match version {
            Some(version) => {
                let heads = known_version(&ours, version)?.heads.clone();
                // One that has not arrived whole yet may be consented to: who proposed it knew what it says.
                let says = network.version_says(&heads);
                if says.is_ok_and(|content| says_nothing(&content)) {
                    return Err(empty());
                }
                heads
            }
            None => match network.current_version(&ours) {
                Some(known) => known.heads.clone(),
                None => network.as_it_stands()?,
            },
        };
        let version = Name::of(&document, &heads).to_string();
        // Said once, it stays said, unless it must be said again to be complete. What is ours already, by a decision, needs no consent.
        let said = ours.get(&version).is_some_and(|known| {
            let case = known.acts.map(|acts| &acts.case);
            let mine = case.is_some_and(|case| {
                let consents = &case.consents;
                case.state != CaseState::Ready && consents.iter().any(|said| said.by == me)
            });
            mine || known.adopted.is_some()
        });
        if !said {
            self.say_on_command(id, &Body::Adopt { document, heads }, moment)?;
        }
        let ours = self.network_ref(id)?.ours(moment.now);
        let adopted = known_version(&ours, &version)?.adopted.is_some();
        Ok(json!({ "version": version, "adopted": adopted }))
    }

    /// Only what was adopted is signed.
    pub(super) fn adopted_version(
        &mut self,
        id: &NetworkId,
        version: &str,
        moment: &Moment,
    ) -> Result<(), CommandError> {
        self.look_at_charter(id)?;
        let ours = self.network_ref(id)?.ours(moment.now);
        if known_version(&ours, version)?.adopted.is_some() {
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
        moment: &Moment,
    ) -> Result<Vec<Difference>, CommandError> {
        self.look_at_charter(id)?;
        let network = self.network_ref(id)?;
        let ours = network.ours(moment.now);
        let named = |version: &str| network.version_says(&known_version(&ours, version)?.heads);
        let old = match from {
            Some(version) => named(version)?,
            None => match ours.in_force() {
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
    /// Has the charter in memory, and the network document with its purposes; and what everybody says to decisions.
    pub(super) fn look_at_charter(&mut self, id: &NetworkId) -> Result<(), CommandError> {
        self.refresh(id)?;
        for kind in [DocKind::Charter, DocKind::Network] {
            self.document(id, &DocId::singleton(id, kind))?;
        }
        Ok(())
    }

    /// What the charter says in fields of how the network decides. Only the version in force counts, as far as it has arrived; before
    /// one is, the charter as it stands.
    pub(super) fn voting_rule(
        &mut self,
        id: &NetworkId,
        moment: &Moment,
    ) -> Result<VotingRule, CommandError> {
        let looked = self.look_at_charter(id);
        let network = self.network_ref(id)?;
        let ours = network.ours(moment.now);
        let content = looked.and_then(|()| match ours.in_force() {
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
        self.rule_under(self.views.in_force.as_ref())
    }

    /// What is said of how the network decides while this is in force.
    pub(super) fn rule_under(&self, in_force: Option<&InForce>) -> VotingRule {
        let content = match in_force {
            Some(known) => known.says.as_deref(),
            None => self.views.charter(),
        };
        content.map(VotingRule::of).unwrap_or_default()
    }

    /// What the version in force says, read unless that is known.
    pub(super) fn says_in_force(&self, ours: &Ours<'_>) -> Option<InForce> {
        let adopted = ours.in_force()?;
        let version = adopted.version.to_string();
        let known = self.views.in_force.as_ref();
        let known = known.filter(|known| known.version == version && known.says.is_some());
        // What a version says never changes while all of it is here; what a removal cuts off is set aside.
        if let Some(known) = known
            && self.taken_apart(&adopted.heads).is_ok()
        {
            return Some(known.clone());
        }
        let says = self.version_says(&adopted.heads).ok();
        Some(InForce {
            version,
            says: says.map(Arc::new),
        })
    }

    fn in_memory(&self, kind: DocKind) -> Option<&Automerge> {
        let loaded = self.loaded.get(&DocId::singleton(&self.id, kind));
        loaded.map(|loaded| loaded.copy.doc())
    }

    /// A version's newest changes by the document they are made in. Versions of older programs name none of the network's.
    pub(super) fn taken_apart(&self, heads: &[[u8; 32]]) -> Result<Version, CommandError> {
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
    pub(super) fn version_says(&self, heads: &[[u8; 32]]) -> Result<CharterContent, CommandError> {
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
    pub(super) fn charter_now(&self) -> Result<CharterContent, CommandError> {
        let charter = self.in_memory(DocKind::Charter).ok_or_else(not_here)?;
        let network = self.in_memory(DocKind::Network);
        Ok(CharterContent {
            purposes: network.map(|network| purposes(&read_network(network, &()).purposes)),
            ..read_charter(charter, &())
        })
    }

    /// The version that the charter as it stands is, with the purposes as they stand: the one in force or one that is proposed. Whatever
    /// else changed in the network document is no matter of the charter.
    pub(super) fn current_version<'b>(&self, ours: &'b Ours<'_>) -> Option<&'b Known<'b>> {
        let charter = self.in_memory(DocKind::Charter)?.get_heads();
        let network = self.in_memory(DocKind::Network)?;
        let now = purposes(&read_network(network, &()).purposes);
        let in_force = ours.in_force().map(|one| one.version);
        let open = |one: &&Known<'_>| one.adopted.is_none() || Some(one.version) == in_force;
        ours.versions.iter().filter(open).find(|one| {
            let Ok(version) = self.taken_apart(&one.heads) else {
                return false;
            };
            let then =
                || purposes(&read_network(At::heads(network, &version.network), &()).purposes);
            same_heads(&charter, &version.charter) && (version.network.is_empty() || then() == now)
        })
    }

    /// The newest changes of the charter and of the network document, if there is something to agree to.
    pub(super) fn as_it_stands(&self) -> Result<Vec<[u8; 32]>, CommandError> {
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
    pub(super) fn charter_changed(&self, in_force: Option<&InForce>) -> bool {
        let then = in_force.and_then(|known| known.says.as_ref());
        then.zip(self.views.charter())
            .is_none_or(|(then, now)| !same_charters(then, now))
    }
}

/// What is known of the version in force.
#[derive(Debug, Clone)]
pub(super) struct InForce {
    version: String,
    /// What it says, as far as it is here.
    pub(super) says: Option<Arc<CharterContent>>,
}

/// A version by its newest changes.
#[derive(Default)]
pub(super) struct Version {
    charter: Vec<ChangeHash>,
    /// Those of the network document, which holds what the network is for.
    network: Vec<ChangeHash>,
}

pub(super) fn purposes(lines: &[Line]) -> Vec<String> {
    lines.iter().map(|one| one.text.trim().to_owned()).collect()
}

pub(super) fn known_version<'a>(
    ours: &'a Ours<'_>,
    version: &str,
) -> Result<&'a Known<'a>, CommandError> {
    ours.get(version).ok_or_else(|| {
        let message = format!("there is no version {version} of the charter here");
        CommandError::new("unknown-version", message)
    })
}

/// Whether there is nothing in a charter that anybody could agree to: a language and a review date alone are no charter.
pub(super) fn says_nothing(charter: &CharterContent) -> bool {
    let texts: [&str; 3] = [
        &charter.exchange_rules,
        &charter.decision_rule,
        &charter.body,
    ];
    let values = charter.values.iter().map(|one| one.text.as_str());
    let mut texts = texts.into_iter().chain(values);
    texts.all(|text| text.trim().is_empty()) && VotingRule::of(charter) == VotingRule::default()
}

pub(super) fn empty() -> CommandError {
    CommandError::new(
        "charter-empty",
        "there is nothing in the charter: write something in it first",
    )
}

fn same_heads(now: &[ChangeHash], version: &[ChangeHash]) -> bool {
    now.len() == version.len() && now.iter().all(|head| version.contains(head))
}

pub(super) fn not_here() -> CommandError {
    CommandError::new(
        "version-not-here",
        "not all of this version of the charter has arrived here yet",
    )
}
