//! How a network decides, as its charter says it in fields: what new decisions take over, and where one departs from it.
//!
//! A decision carries its own terms: the charter is asked when they are taken over, and never when ballots are counted. So
//! peers that hold the same decision count the same, whichever versions of the charter have reached them.

use serde::Serialize;

use super::{Abstentions, Quorum, Share, ShareOf, Terms};
use crate::{CharterContent, DecisionField, Method};

/// What a charter says in fields of how the network decides; of a field that says nothing, or does not read, nothing is said.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct VotingRule {
    /// How decisions are usually taken.
    pub method: Option<Method>,
    /// How many must be for it in a vote.
    pub threshold: Option<Share>,
    /// Of whom.
    pub threshold_of: Option<ShareOf>,
    /// What becomes of who abstains in a vote.
    pub abstentions: Option<Abstentions>,
    /// How many must take part in a vote, and in a consent.
    pub quorum: Option<Quorum>,
}

/// A rule of a ballot that is not the charter's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Departure {
    /// Which rule.
    pub rule: DecisionField,
    /// What the charter says instead, as a decision would write it.
    pub charter: String,
}

impl VotingRule {
    /// What a charter says.
    pub fn of(charter: &CharterContent) -> Self {
        Self {
            method: Method::from_word(&charter.method),
            threshold: charter.threshold.parse().ok(),
            threshold_of: match &*charter.threshold_of {
                "cast" => Some(ShareOf::Cast),
                "members" => Some(ShareOf::Members),
                _ => None,
            },
            abstentions: match &*charter.abstentions {
                "aside" => Some(Abstentions::Aside),
                "cast" => Some(Abstentions::Cast),
                _ => None,
            },
            quorum: charter.quorum.parse().ok(),
        }
    }

    /// What a decision takes over that is taken by this method: all of it in a vote, the quorum in a consent. Other methods ask
    /// what people think, or choose among options: the charter's rule says nothing of these.
    pub fn terms_for(&self, method: Method) -> Vec<(DecisionField, String)> {
        let vote = method == Method::Vote;
        let share_of = self.threshold_of.map(|of| match of {
            ShareOf::Cast => "cast".to_owned(),
            ShareOf::Members => "members".to_owned(),
        });
        let abstentions = self.abstentions.map(|one| match one {
            Abstentions::Aside => "aside".to_owned(),
            Abstentions::Cast => "cast".to_owned(),
        });
        let said = [
            (
                DecisionField::Threshold,
                self.threshold.map(|one| one.to_string()).filter(|_| vote),
            ),
            (DecisionField::ThresholdOf, share_of.filter(|_| vote)),
            (DecisionField::Abstentions, abstentions.filter(|_| vote)),
            (
                DecisionField::Quorum,
                self.quorum
                    .map(|one| one.to_string())
                    .filter(|_| vote || method == Method::Consent),
            ),
        ];
        said.into_iter()
            .filter_map(|(field, value)| Some((field, value?)))
            .collect()
    }

    /// Where the terms of a decision say something else than the charter: `50%` and `1/2` say the same, and abstentions matter only
    /// where the share is of the votes cast.
    pub fn departures(&self, terms: &Terms) -> Vec<Departure> {
        let same = |field: DecisionField| match field {
            DecisionField::Threshold => self
                .threshold
                .is_none_or(|charter| charter.says_the_same(terms.threshold)),
            DecisionField::ThresholdOf => {
                self.threshold_of.is_none_or(|of| of == terms.threshold_of)
            }
            DecisionField::Abstentions => {
                terms.threshold_of == ShareOf::Members
                    || self.abstentions.is_none_or(|one| one == terms.abstentions)
            }
            _ => self
                .quorum
                .is_none_or(|charter| terms.quorum.is_some_and(|one| charter.says_the_same(one))),
        };
        let said = self.terms_for(terms.method).into_iter();
        said.filter(|(field, _)| !same(*field))
            .map(|(rule, charter)| Departure { rule, charter })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::DecisionContent;

    fn charter(fields: [&str; 5]) -> VotingRule {
        let [method, threshold, threshold_of, abstentions, quorum] = fields.map(str::to_owned);
        VotingRule::of(&CharterContent {
            method,
            threshold,
            threshold_of,
            abstentions,
            quorum,
            ..CharterContent::default()
        })
    }

    fn terms(method: Method, rules: &[(DecisionField, &str)]) -> Terms {
        let rules = rules
            .iter()
            .map(|(field, value)| (field.key(), (*value).to_owned()));
        Terms::of(&DecisionContent {
            method,
            rules: rules.collect(),
            ..DecisionContent::default()
        })
    }

    #[test]
    fn a_vote_takes_over_all_of_it_a_consent_the_quorum_and_a_choice_nothing() {
        let rule = charter(["vote", ">=2/3", "members", "cast", "50%"]);
        let fields = |method| {
            let said = rule.terms_for(method).into_iter();
            said.map(|(field, value)| format!("{} {value}", field.key()))
                .collect::<Vec<_>>()
        };
        assert_eq!(
            fields(Method::Vote),
            [
                "threshold >=2/3",
                "threshold_of members",
                "abstentions cast",
                "quorum >=50/100"
            ]
        );
        assert_eq!(fields(Method::Consent), ["quorum >=50/100"]);
        assert!(fields(Method::ChooseRanked).is_empty());
    }

    #[test]
    fn what_does_not_read_in_a_charter_says_nothing() {
        let rule = charter(["by the stars", ">1/1", "half", "loud", "0"]);
        assert_eq!(rule, VotingRule::default());
        assert!(rule.terms_for(Method::Vote).is_empty());
    }

    #[test]
    fn terms_that_say_the_same_in_other_figures_do_not_depart() {
        let rule = charter(["", ">1/2", "", "", "50%"]);
        let same = [
            (DecisionField::Threshold, ">50%"),
            (DecisionField::Quorum, "1/2"),
        ];
        assert!(rule.departures(&terms(Method::Vote, &same)).is_empty());
        let other = [
            (DecisionField::Threshold, ">=1/2"),
            (DecisionField::Quorum, "5"),
        ];
        let departs = rule.departures(&terms(Method::Vote, &other));
        let rules: Vec<_> = departs.iter().map(|one| one.rule).collect();
        assert_eq!(rules, [DecisionField::Threshold, DecisionField::Quorum]);
        // A vote without a quorum departs from a charter that asks for one; a poll does not.
        assert_eq!(rule.departures(&terms(Method::Vote, &[])).len(), 1);
        assert!(rule.departures(&terms(Method::Sense, &[])).is_empty());
    }

    #[test]
    fn abstentions_matter_only_where_the_share_is_of_the_votes_cast() {
        let rule = charter(["", "", "", "cast", ""]);
        let of = |of| terms(Method::Vote, &[(DecisionField::ThresholdOf, of)]);
        assert_eq!(rule.departures(&of("cast")).len(), 1);
        assert!(rule.departures(&of("members")).is_empty());
    }
}
