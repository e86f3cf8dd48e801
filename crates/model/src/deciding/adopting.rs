//! Decisions about a version of the charter: which version, and whether it comes out that it is adopted.
//!
//! What adopts a charter is held to more than any other decision: nobody gives it easier terms, leaves out whom it should ask, or says afterwards
//! that it was about something else. So its document is not believed in any of this. Its *name* follows from what it is about, its terms are those of the
//! charter in force, and who was a member is known by acts.

use std::{collections::BTreeSet, fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

use super::{Answer, Count, Deciding, Elector, Standing, Verdict, VotingRule, standing, tally};
use crate::{DocId, MemberId, Method, Stance};

/// The most heads that a version of a document may have.
pub const MAX_VERSION_HEADS: usize = 16;

/// What a decision about a version of the charter is about. Written as hexadecimal words: the salt, the version that it replaces, the heads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Adopting {
    salt: [u8; 16],
    replaces: [u8; 16],
    heads: Vec<[u8; 32]>,
}

impl Adopting {
    /// About the version that ends in these changes, in place of the version with the name `replaces`. `None` unless there are heads, each once,
    /// sorted, and not more than [`MAX_VERSION_HEADS`]. `salt` is random: the same version may be decided upon again.
    pub fn new(salt: [u8; 16], replaces: [u8; 16], heads: Vec<[u8; 32]>) -> Option<Self> {
        let sorted = heads.windows(2).all(|pair| pair[0] < pair[1]);
        let sound = sorted && !heads.is_empty() && heads.len() <= MAX_VERSION_HEADS;
        sound.then_some(Self {
            salt,
            replaces,
            heads,
        })
    }

    /// The decision that is about this, and no other is: its name is a hash of all of it.
    pub fn decision(&self) -> DocId {
        let mut hasher = blake3::Hasher::new_derive_key("tresse 2026 decision about a version");
        hasher.update(&self.salt).update(&self.replaces);
        for head in &self.heads {
            hasher.update(head);
        }
        let mut key = [0; 16];
        hasher.finalize_xof().fill(&mut key);
        DocId::decision(key)
    }

    /// What makes it another decision than an earlier one about the same.
    pub const fn salt(&self) -> [u8; 16] {
        self.salt
    }

    /// The version in force whose place it is to take, by its name.
    pub const fn replaces(&self) -> [u8; 16] {
        self.replaces
    }

    /// The newest changes that the version is made of, sorted.
    pub fn heads(&self) -> &[[u8; 32]] {
        &self.heads
    }
}

impl fmt::Display for Adopting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let hex = &data_encoding::HEXLOWER;
        write!(
            f,
            "{} {}",
            hex.encode(&self.salt),
            hex.encode(&self.replaces)
        )?;
        for head in &self.heads {
            write!(f, " {}", hex.encode(head))?;
        }
        Ok(())
    }
}

impl FromStr for Adopting {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        fn hex<const N: usize>(word: &str) -> Result<[u8; N], ()> {
            let bytes = data_encoding::HEXLOWER.decode(word.as_bytes());
            bytes.map_err(drop)?.try_into().map_err(drop)
        }
        let mut words = text.split(' ');
        let salt = hex(words.next().ok_or(())?)?;
        let replaces = hex(words.next().ok_or(())?)?;
        let heads = words.take(MAX_VERSION_HEADS + 1).map(hex);
        Self::new(salt, replaces, heads.collect::<Result<_, ()>>()?).ok_or(())
    }
}

impl Serialize for Adopting {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Adopting {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        text.parse()
            .map_err(|()| D::Error::custom("names no version"))
    }
}

/// Whether a version is adopted by a decision, as far as what is here tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Settled {
    /// It is, whatever the ballots say that have not arrived.
    Adopted,
    /// It is not, whatever they say.
    NotAdopted,
    /// Nobody has counted, as far as is known here.
    Uncounted,
    /// It was counted by other terms than the charter's.
    OtherTerms,
    /// It hangs on ballots that are counted and have not arrived.
    Awaited,
}

/// Whether the charter's rule says that a decision adopted what it is about.
///
/// Counted are the ballots that [`standing`] counts; but only counts by the charter's terms are heard, and of several ends the one that most persons wrote down.
/// Of the decision itself nothing is believed beyond that. `members` are all who must have been asked: who of them is in no count did
/// not take part, and of others only the ballots that are here are looked at: whoever counts must not make a quorum larger by the names of people who had left,
/// or who came later.
pub fn settled(from: &Deciding<'_>, rule: &VotingRule, members: &BTreeSet<MemberId>) -> Settled {
    let known = || {
        from.counts
            .iter()
            .filter(|one| from.known.contains(&one.by))
    };
    let fitting: Vec<&Count> = known()
        .filter(|one| rule.adopts_by(&one.terms))
        .copied()
        .collect();
    let Some(terms) = super::standing::agreed_terms(&fitting, from.terms) else {
        return match known().next() {
            Some(_) => Settled::OtherTerms,
            None => Settled::Uncounted,
        };
    };
    let mut standing = standing(&Deciding {
        terms: &terms,
        counts: &fitting,
        electors: members,
        ..*from
    });
    if !standing.counted {
        return Settled::Uncounted;
    }
    let was_asked = |one: &Elector| members.contains(&one.member) || one.answer.is_some();
    standing.electors.retain(was_asked);
    let asked: BTreeSet<MemberId> = standing.electors.iter().map(|one| one.member).collect();
    let left_out = members.difference(&asked);
    standing.electors.extend(left_out.map(|member| Elector {
        member: *member,
        ballot: None,
        answer: None,
        awaited: false,
    }));
    if standing.awaited() == 0 {
        return if adopts(&standing) {
            Settled::Adopted
        } else {
            Settled::NotAdopted
        };
    }
    let (yes, no) = match standing.terms.method {
        Method::Consent => (Stance::Consent, Stance::Objection),
        _ => (Stance::For, Stance::Against),
    };
    // The fewest that take part, and the most who are against: what holds in both holds in all cases between.
    if adopts(&standing) && adopts(&supposing(&standing, no)) {
        Settled::Adopted
    } else if adopts(&supposing(&standing, yes)) {
        Settled::Awaited
    } else {
        Settled::NotAdopted
    }
}

fn adopts(standing: &Standing) -> bool {
    tally(standing).verdict == Verdict::Adopted {}
}

/// What would stand if all ballots that are awaited said this.
fn supposing(standing: &Standing, stance: Stance) -> Standing {
    let mut supposed = standing.clone();
    for one in supposed.electors.iter_mut().filter(|one| one.awaited) {
        let words = String::new();
        one.answer = Some(Answer::Stance { stance, words });
    }
    supposed
}
