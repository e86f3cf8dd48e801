//! How a network decides, as its charter says it in fields: what new decisions take over, and where one departs from it.
//!
//! A decision carries its own terms: the charter is asked when they are taken over, and never when ballots are counted. So
//! peers that hold the same decision count the same, whichever versions of the charter have reached them.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Abstentions, Quorum, Share, ShareOf, Terms};
use crate::{CharterContent, DecisionContent, DecisionField, Method};

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

    /// What a charter said when a decision was put to the members, as the decision has recorded it; `None` where it has not.
    pub fn then(content: &DecisionContent) -> Option<Self> {
        let said = said_in(content.rule(DecisionField::Charter))?;
        let text = |field: DecisionField| said.get(field.key()).cloned().unwrap_or_default();
        Some(Self::of(&CharterContent {
            threshold: text(DecisionField::Threshold),
            threshold_of: text(DecisionField::ThresholdOf),
            abstentions: text(DecisionField::Abstentions),
            quorum: text(DecisionField::Quorum),
            ..CharterContent::default()
        }))
    }

    /// What rules say, to be written down in a decision.
    pub fn record(terms: &[(DecisionField, String)]) -> String {
        let said = terms.iter().map(|(rule, value)| (rule.key(), value));
        // Texts alone: nothing here can fail to be written.
        serde_json::to_string(&said.collect::<BTreeMap<_, _>>()).unwrap_or_default()
    }

    /// What a decision sets when it is taken by another method from now on: where a rule says what came with the method before, or what
    /// this charter says for that, it says what `terms` say, or nothing; what was set by hand, or emptied by hand, stays.
    pub fn instead(
        &self,
        content: &DecisionContent,
        terms: &[(DecisionField, String)],
    ) -> Vec<(DecisionField, Option<String>)> {
        let taken = said_in(content.rule(DecisionField::Taken)).unwrap_or_default();
        let before = self.terms_for(content.method);
        let of = |terms: &[(DecisionField, String)], rule: DecisionField| {
            let mut all = terms.iter();
            all.find(|(field, _)| *field == rule)
                .map(|(_, value)| value.clone())
        };
        let by_hand = |rule: &DecisionField| {
            let said = content.rule(*rule);
            let came = taken.get(rule.key()).map_or("", String::as_str);
            said != came && (said.is_empty() || of(&before, *rule).as_deref() != Some(said))
        };
        let rules = DecisionField::OF_CHARTER.into_iter();
        let rules = rules.filter(|rule| !by_hand(rule));
        let mut fields: Vec<_> = rules
            .map(|rule| (rule, of(terms, rule)))
            .filter(|(rule, value)| value.as_deref().unwrap_or_default() != content.rule(*rule))
            .collect();
        fields.push((DecisionField::Taken, Some(Self::record(terms))));
        fields
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

    /// How a version of the charter is decided upon by this rule, with all that is to be written down: by consent where that is usual, else by a vote, as many for
    /// it as the threshold says, or more than half. Where no quorum is named, more than half of the members must take part, so that nobody adopts a
    /// charter alone. `None` where the charter says of neither how.
    pub fn adopting(&self) -> Option<(Method, Vec<(DecisionField, String)>)> {
        let method = match self.method {
            Some(method @ (Method::Consent | Method::Vote)) => method,
            _ if self.threshold.is_some() => Method::Vote,
            _ => return None,
        };
        let majority = Share::MAJORITY;
        let rule = Self {
            threshold: Some(self.threshold.unwrap_or(majority)),
            quorum: Some(self.quorum.unwrap_or(Quorum::Share(majority))),
            ..self.clone()
        };
        Some((method, rule.terms_for(method)))
    }

    /// Whether these are the terms by which a version of the charter is decided upon ([`VotingRule::adopting`]).
    pub fn adopts_by(&self, terms: &Terms) -> bool {
        let Some((method, fields)) = self.adopting() else {
            return false;
        };
        let rules = fields.into_iter();
        let asked = Terms::of(&DecisionContent {
            method,
            rules: rules.map(|(field, value)| (field.key(), value)).collect(),
            ..DecisionContent::default()
        });
        let vote = || {
            let aside =
                terms.threshold_of == ShareOf::Members || asked.abstentions == terms.abstentions;
            asked.threshold.says_the_same(terms.threshold)
                && asked.threshold_of == terms.threshold_of
                && aside
        };
        let quorum = asked.quorum.zip(terms.quorum);
        terms.method == method
            && quorum.is_some_and(|(asked, said)| asked.says_the_same(said))
            && (method != Method::Vote || vote())
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

fn said_in(record: &str) -> Option<BTreeMap<String, String>> {
    serde_json::from_str(record).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn another_method_takes_what_the_charter_says_of_it_and_leaves_what_was_set_by_hand() {
        use DecisionField as F;
        let rule = charter(["", ">=2/3", "", "", ">=1/2"]);
        let vote = rule.terms_for(Method::Vote);
        let content = |method, rules: &[(DecisionField, &str)]| {
            let said = rules.iter();
            let said = said.map(|(field, value)| (field.key(), (*value).to_owned()));
            DecisionContent {
                method,
                rules: said.collect(),
                ..DecisionContent::default()
            }
        };
        let came = VotingRule::record(&vote);
        let instead = |content: &DecisionContent, method| {
            let fields = rule.instead(content, &rule.terms_for(method)).into_iter();
            let rules = fields.filter(|(field, _)| *field != DecisionField::Taken);
            rules
                .map(|(field, value)| format!("{} {}", field.key(), value.unwrap_or_default()))
                .collect::<Vec<_>>()
        };
        let taken = content(
            Method::Vote,
            &[
                (F::Threshold, ">=2/3"),
                (F::Quorum, ">=1/2"),
                (F::Taken, &came),
            ],
        );
        assert_eq!(instead(&taken, Method::Consent), ["threshold "]);
        assert_eq!(instead(&taken, Method::Sense), ["threshold ", "quorum "]);
        let hand = content(
            Method::Vote,
            &[(F::Threshold, ">=3/4"), (F::Quorum, "4"), (F::Taken, &came)],
        );
        assert!(instead(&hand, Method::Consent).is_empty());
        let emptied = content(Method::Vote, &[(F::Threshold, ">=2/3"), (F::Taken, &came)]);
        assert_eq!(instead(&emptied, Method::Consent), ["threshold "]);
        // A charter that was changed since it was taken over, and a decision of an older Tresse.
        let older = content(
            Method::Vote,
            &[(F::Quorum, "3"), (F::Taken, r#"{"quorum":"3"}"#)],
        );
        assert_eq!(
            instead(&older, Method::Consent),
            ["quorum >=1/2"],
            "the charter as it is now"
        );
        let unmarked = content(Method::Vote, &[(F::Quorum, ">=1/2")]);
        assert_eq!(instead(&unmarked, Method::Sense), ["quorum "]);
        let none = content(Method::Noted, &[]);
        assert_eq!(
            instead(&none, Method::Vote),
            ["threshold >=2/3", "quorum >=1/2"]
        );
    }

    #[test]
    fn what_the_charter_said_then_is_read_from_the_decision() {
        let rule = charter(["", ">=2/3", "members", "", "3"]);
        let mut put = DecisionContent {
            method: Method::Vote,
            ..DecisionContent::default()
        };
        assert_eq!(VotingRule::then(&put), None);
        let said = VotingRule::record(&rule.terms_for(Method::Vote));
        put.rules.insert(DecisionField::Charter.key(), said);
        assert_eq!(VotingRule::then(&put), Some(rule));
        put.rules
            .insert(DecisionField::Charter.key(), "[1]".to_owned());
        assert_eq!(VotingRule::then(&put), None);
    }

    #[test]
    fn abstentions_matter_only_where_the_share_is_of_the_votes_cast() {
        let rule = charter(["", "", "", "cast", ""]);
        let of = |of| terms(Method::Vote, &[(DecisionField::ThresholdOf, of)]);
        assert_eq!(rule.departures(&of("cast")).len(), 1);
        assert!(rule.departures(&of("members")).is_empty());
    }
}
