//! The charter's versions: proposed and adopted by acts, signed in notebooks, compared word by word.

use std::sync::Arc;

use automerge::{Automerge, ChangeHash};
use serde_json::{Value, json};
use tresse_model::{
    At, CharterContent, Difference, DocId, DocKind, Line, MemberId, NetworkId, VotingRule,
    compare_charters, heads_until, read_charter, read_network, same_charters,
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
        let heads = match version {
            Some(version) => {
                let heads = known_version(self.network_ref(id)?, version)?.heads.clone();
                // One that has not arrived whole yet may be consented to: who proposed it knew what it says.
                let says = version_content(self.document(id, &document)?, &heads);
                if says.is_ok_and(|content| says_nothing(&content)) {
                    return Err(empty());
                }
                heads
            }
            None => as_it_stands(self.document(id, &document)?)?,
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
        let network = self.network_ref(id)?;
        let heads =
            |version: &str| Ok::<_, CommandError>(known_version(network, version)?.heads.clone());
        let from = match from {
            Some(version) => Some(heads(version)?),
            None => in_force(network).map(|one| one.heads.clone()),
        };
        let to = to.map(heads).transpose()?;
        let charter = self.document(id, &DocId::singleton(id, DocKind::Charter))?;
        let old = match from {
            Some(heads) => version_content(charter, &heads)?,
            None => CharterContent::default(),
        };
        let new = match to {
            Some(heads) => version_content(charter, &heads)?,
            None => read_charter(charter, &()),
        };
        Ok(compare_charters(&old, &new))
    }
}

impl Replica {
    /// What the charter says in fields of how the network decides. Only the version in force counts, as far as it has arrived; before
    /// one is, the charter as it stands.
    pub(super) fn voting_rule(&mut self, id: &NetworkId) -> Result<VotingRule, CommandError> {
        let heads = in_force(self.network_ref(id)?).map(|one| one.heads.clone());
        let charter = self.document(id, &DocId::singleton(id, DocKind::Charter));
        let content = charter.and_then(|charter| match heads {
            Some(heads) => version_content(charter, &heads),
            None => Ok(read_charter(charter, &())),
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
        let document = DocId::singleton(&self.id, DocKind::Charter);
        let in_force = in_force(self).map(|one| one.version.to_string());
        let mut versions: Vec<CharterVersionView> = of_charter(self)
            .map(|one| self.version_view(one, in_force.as_deref(), members, me))
            .collect();
        versions.reverse();
        versions.sort_by_key(|one| matches!(&*one.state, "in-force" | "replaced"));
        let now = self.heads.get(&document).map(Vec::as_slice);
        let current = of_charter(self)
            .find(|one| now.is_some_and(|now| same_heads(now, &one.heads)))
            .map(|one| one.version.to_string());
        let same = in_force.is_some() && current == in_force;
        let known = self.views.in_force.as_ref();
        let says = known.and_then(|known| known.says.clone());
        let then = known.and_then(|known| known.purposes.as_ref());
        CharterVersionsView {
            versions,
            rule: self.known_voting_rule(),
            changed: !same && self.charter_changed(),
            in_force,
            current,
            says,
            purposes_changed: then
                .is_some_and(|then| *then != purposes(&self.views.content().purposes)),
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
        for member in &members.members {
            let notebook = DocId::notebook(&self.id, &member.id);
            let name = member.name.clone();
            match self.views.signed_on(&notebook, &version) {
                Some(on) => signatures.push(SignatureView {
                    member: member.id,
                    name,
                    on: on.to_owned(),
                }),
                None => unsigned.push(name),
            }
        }
        let document = self.loaded.get(&one.document);
        let here = document.is_some_and(|loaded| is_here(loaded.copy.doc(), &one.heads));
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
        let whole = |known: &InForce| known.says.is_some() && known.purposes.is_some();
        if known.is_some_and(|known| known.version == version && whole(known)) {
            return;
        }
        let loaded = |doc: &DocId| self.loaded.get(doc).map(|loaded| loaded.copy.doc());
        let says = loaded(&adopted.document);
        let says = says.and_then(|charter| version_content(charter, &adopted.heads).ok());
        // Purposes lie in a document of their own, which the version does not name: they are what they were by the time of the last
        // consent.
        let at = self.consent_views(&adopted.case).last().map(|said| said.at);
        let network = loaded(&DocId::singleton(&self.id, DocKind::Network));
        let then = at.zip(network).map(|(at, network)| {
            let heads = heads_until(network, at);
            purposes(&read_network(At::heads(network, &heads), &()).purposes)
        });
        self.views.in_force = Some(InForce {
            version,
            says: says.map(Arc::new),
            purposes: then,
        });
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
    /// What the network was for when it was adopted.
    purposes: Option<Vec<String>>,
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

/// The heads of the charter as it stands, if there is something in it.
fn as_it_stands(charter: &Automerge) -> Result<Vec<[u8; 32]>, CommandError> {
    if says_nothing(&read_charter(charter, &())) {
        return Err(empty());
    }
    let heads = charter.get_heads();
    let mut heads: Vec<[u8; 32]> = heads.into_iter().map(|head| head.0).collect();
    heads.sort_unstable();
    if heads.len() > MAX_VERSION_HEADS {
        return Err(CommandError::new(
            "charter-scattered",
            "too many people wrote in the charter at once: change one word in it, then propose it",
        ));
    }
    Ok(heads)
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

fn same_heads(now: &[ChangeHash], version: &[[u8; 32]]) -> bool {
    now.len() == version.len() && now.iter().all(|head| version.contains(&head.0))
}

fn is_here(charter: &Automerge, heads: &[[u8; 32]]) -> bool {
    let known = |head: &[u8; 32]| {
        charter
            .get_change_meta_by_hash(&ChangeHash(*head))
            .is_some()
    };
    heads.iter().all(known)
}

fn version_content(
    charter: &Automerge,
    heads: &[[u8; 32]],
) -> Result<CharterContent, CommandError> {
    if !is_here(charter, heads) {
        return Err(CommandError::new(
            "version-not-here",
            "not all of this version of the charter has arrived here yet",
        ));
    }
    let heads: Vec<ChangeHash> = heads.iter().map(|head| ChangeHash(*head)).collect();
    Ok(read_charter(At::heads(charter, &heads), &()))
}
