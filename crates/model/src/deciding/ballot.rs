//! Ballots: what a person says to a decision, under a name that is the hash of it.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Terms, TermsError, table::WEIGHT_MAX};
use crate::{CastId, DocId, ItemId, MemberId, Method, Stance, check::FIELD_MAX};

/// A ballot is never longer, in bytes.
pub const BALLOT_MAX: usize = 65_536;
/// So many ballots of one person in one decision are read, the last ones: everybody's machine reads each.
pub const MOST_BALLOTS: usize = 200;

/// What a person says to a decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Answer {
    /// One of the answers that the method offers.
    Stance {
        /// Which.
        stance: Stance,
        /// Why, in words.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        words: String,
    },
    /// Advice, in words.
    Words {
        /// The words.
        words: String,
    },
    /// These options.
    Choice {
        /// Which.
        options: Vec<ItemId>,
        /// Why, in words.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        words: String,
    },
    /// Dots, or scores, for options.
    Points {
        /// How many for which.
        points: BTreeMap<ItemId, u32>,
        /// Why, in words.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        words: String,
    },
    /// Options in order, the best first. Those left out come after all that are named, alike.
    Ranking {
        /// In which order.
        options: Vec<ItemId>,
        /// Why, in words.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        words: String,
    },
    /// How much each criterion weighs, and how well each option meets it; both from 0 to 5.
    Grid {
        /// The weight of each criterion.
        weights: BTreeMap<ItemId, u32>,
        /// By option, then by criterion.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        scores: BTreeMap<ItemId, BTreeMap<ItemId, u32>>,
        /// Why, in words.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        words: String,
    },
    /// Nothing any more: the person took their ballot back.
    Withdrawn {},
    /// Something that only a newer Tresse understands: somebody took part, and this version cannot say how.
    #[serde(other)]
    #[schemars(skip)]
    Newer,
}

impl Answer {
    /// What was said in words.
    pub fn words(&self) -> &str {
        match self {
            Self::Stance { words, .. }
            | Self::Words { words }
            | Self::Choice { words, .. }
            | Self::Points { words, .. }
            | Self::Ranking { words, .. }
            | Self::Grid { words, .. } => words,
            Self::Withdrawn {} | Self::Newer => "",
        }
    }

    /// Whether it says something; a ballot that was taken back does not.
    pub const fn says(&self) -> bool {
        !matches!(self, Self::Withdrawn {})
    }

    pub(super) fn fits(&self, terms: &Terms) -> Result<(), TermsError> {
        if self.words().chars().count() > FIELD_MAX {
            return Err(TermsError::TooLong { most: FIELD_MAX });
        }
        let option = |id: &ItemId| match terms.option(id) {
            Some(_) => Ok(()),
            None => Err(TermsError::UnknownChoice { id: *id }),
        };
        let at_most = |given: u32, most: u32| {
            if given > most {
                Err(TermsError::TooMuch { most })
            } else {
                Ok(())
            }
        };
        match (terms.method, self) {
            (_, Self::Withdrawn {}) => Ok(()),
            (method, Self::Stance { stance, words }) if method.stances().contains(stance) => {
                match stance {
                    Stance::Objection if words.trim().is_empty() => Err(TermsError::NoWords),
                    _ => Ok(()),
                }
            }
            (Method::Advice, Self::Words { words }) if !words.trim().is_empty() => Ok(()),
            (Method::ChooseSimple, Self::Choice { options, .. }) if !options.is_empty() => {
                at_most(len(options), terms.most)?;
                options.iter().try_for_each(option)
            }
            (Method::ChooseDots, Self::Points { points, .. }) => {
                at_most(sum(points), terms.dots)?;
                points.keys().try_for_each(option)
            }
            (Method::ChooseScore, Self::Points { points, .. }) => {
                points
                    .values()
                    .try_for_each(|one| at_most(*one, terms.max))?;
                points.keys().try_for_each(option)
            }
            (Method::ChooseRanked, Self::Ranking { options, .. }) if !options.is_empty() => {
                options.iter().try_for_each(option)
            }
            (
                Method::Criteria,
                Self::Grid {
                    weights, scores, ..
                },
            ) => {
                let rows = scores.values().flat_map(BTreeMap::iter);
                for (id, given) in weights.iter().chain(rows) {
                    at_most(*given, WEIGHT_MAX)?;
                    if terms.criterion(id).is_none() {
                        return Err(TermsError::UnknownChoice { id: *id });
                    }
                }
                scores.keys().try_for_each(option)
            }
            (method, _) => Err(TermsError::AnotherAnswer {
                expected: expected(method),
            }),
        }
    }
}

fn len(options: &[ItemId]) -> u32 {
    u32::try_from(options.len()).unwrap_or(u32::MAX)
}

/// All points of a ballot; more than can be counted is the most that can.
pub(super) fn sum(points: &BTreeMap<ItemId, u32>) -> u32 {
    points.values().fold(0, |sum, one| sum.saturating_add(*one))
}

const fn expected(method: Method) -> &'static str {
    match method {
        Method::Noted => "it was taken by word of mouth, and has no ballots",
        Method::Sense => "well, unsure or worried",
        Method::Advice => "some words of advice",
        Method::Consent => "consent, reservation, objection, integrated, lifted or abstain",
        Method::Vote => "for, against or abstain",
        Method::Gradients => "one of the eight steps, from endorse to block",
        Method::ChooseSimple => "at least one option",
        Method::ChooseDots | Method::ChooseScore => "points for options",
        Method::ChooseRanked => "options in order, the best first",
        Method::Criteria => "weights of criteria, and scores of options",
    }
}

/// A ballot as it was cast, in its voter's own notebook under a name that is the hash of its text: nobody alters it, not even
/// its voter. Who thinks again casts another; the newest that was cast in time holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ballot {
    /// Names it: the hash of all the rest.
    pub id: CastId,
    /// The decision.
    pub decision: DocId,
    /// Whose it is.
    pub member: MemberId,
    /// When it was cast, as its voter's clock claims: milliseconds since 1970, UTC.
    pub at: i64,
    /// What it says.
    pub answer: Answer,
    /// When its voter took it back by undoing, as their clock claims: milliseconds since 1970, UTC.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub off: Option<i64>,
}

#[derive(Serialize, Deserialize)]
struct Written {
    v: u32,
    decision: DocId,
    member: MemberId,
    at: i64,
    answer: Answer,
}

impl Ballot {
    /// A ballot, and its text as it is written in the notebook.
    pub fn new(decision: DocId, member: MemberId, at: i64, answer: Answer) -> (Self, String) {
        let written = Written {
            v: 1,
            decision,
            member,
            at,
            answer,
        };
        // Names, numbers and texts: nothing here can fail to be written.
        let text = serde_json::to_string(&written).unwrap_or_default();
        let ballot = Self {
            id: Self::name(&text),
            decision,
            member,
            at,
            answer: written.answer,
            off: None,
        };
        (ballot, text)
    }

    /// The name of a text.
    pub fn name(text: &str) -> CastId {
        CastId::from_bytes(hash("tresse 2026 ballot", text))
    }

    /// The ballot that a text is, if it is one of this person in this decision and bears its own hash as its name.
    pub fn read(id: CastId, text: &str, decision: &DocId, member: &MemberId) -> Option<Self> {
        if text.len() > BALLOT_MAX || Self::name(text) != id {
            return None;
        }
        let written: Written = serde_json::from_str(text).ok()?;
        let theirs = written.decision == *decision && written.member == *member;
        theirs.then_some(Self {
            id,
            decision: written.decision,
            member: written.member,
            at: written.at,
            answer: written.answer,
            off: None,
        })
    }

    /// Whether it was cast, and not taken back, by a moment.
    pub fn holds_by(&self, closes: Option<i64>) -> bool {
        let by = |at: i64| closes.is_none_or(|closes| at <= closes);
        by(self.at) && !self.off.is_some_and(by)
    }
}

pub(super) fn hash(context: &str, text: &str) -> [u8; 20] {
    let mut hasher = blake3::Hasher::new_derive_key(context);
    hasher.update(text.as_bytes());
    let mut name = [0; 20];
    hasher.finalize_xof().fill(&mut name);
    name
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn who(n: u8) -> (DocId, MemberId) {
        (DocId::decision([n; 16]), MemberId::from_bytes([n; 20]))
    }

    #[test]
    fn a_ballot_reads_back_from_its_text_and_from_no_other() {
        let (decision, ana) = who(1);
        let answer = Answer::Stance {
            stance: Stance::For,
            words: "Oui".into(),
        };
        let (ballot, text) = Ballot::new(decision, ana, 7, answer);
        assert_eq!(
            Ballot::read(ballot.id, &text, &decision, &ana),
            Some(ballot.clone())
        );
        let (_, bo) = who(2);
        assert_eq!(
            Ballot::read(ballot.id, &text, &decision, &bo),
            None,
            "it is another's"
        );
        let altered = text.replace("\"for\"", "\"against\"");
        assert_ne!(altered, text);
        assert_eq!(Ballot::read(ballot.id, &altered, &decision, &ana), None);
        let elsewhere = DocId::decision([9; 16]);
        assert_eq!(Ballot::read(ballot.id, &text, &elsewhere, &ana), None);
    }

    #[test]
    fn an_answer_that_only_a_newer_version_understands_is_kept_as_one() {
        let (decision, ana) = who(1);
        let (_, text) = Ballot::new(decision, ana, 7, Answer::Withdrawn {});
        let newer = text.replace("\"withdrawn\"", "\"telepathy\",\"strength\":3");
        let read = Ballot::read(Ballot::name(&newer), &newer, &decision, &ana);
        assert_eq!(read.unwrap().answer, Answer::Newer);
    }

    proptest! {
        #[test]
        fn arbitrary_text_never_panics(text in ".{0,200}", deep in 0usize..400) {
            let (decision, ana) = who(1);
            prop_assert!(Ballot::read(Ballot::name(&text), &text, &decision, &ana).is_none());
            let deep = "[".repeat(deep * 100);
            prop_assert!(Ballot::read(Ballot::name(&deep), &deep, &decision, &ana).is_none());
        }
    }
}
