//! Versions of documents: by whom they were consented to, and which decisions are said to have adopted them.

use std::collections::BTreeMap;

use super::{
    Adoption, Case, CaseState, Decided, Version,
    gather::Gather,
    past::{Matter, Word},
};
use crate::{Body, Rules};

impl Gather<'_> {
    /// Every version that anything counts of: those that consents adopted in their order, then the others.
    pub(super) fn adoptions(&self, rules: &Rules) -> Vec<Adoption> {
        let mut decided = self.decided();
        let members = self.members();
        let need = rules.change_need(members.len());
        let mut adoptions = Vec::new();
        for case in &self.judged.cases {
            let (Matter::Adopt(version), Some(first)) = (case.matter, case.consents.first()) else {
                continue;
            };
            if let Some(state) = self.state(case, &members, need, false) {
                let completed = self.completed(case).map(|completion| completion.at);
                let words = decided.remove(&version).unwrap_or_default();
                adoptions.extend(self.adoption(first.at, version, state, completed, words));
            }
        }
        let nobody = Case {
            consents: Vec::new(),
            need,
            of: members.len(),
            state: CaseState::Pending,
        };
        for (version, words) in decided {
            if let Some(at) = words.first().map(|word| word.place) {
                adoptions.extend(self.adoption(at, version, nobody.clone(), None, words));
            }
        }
        let last = usize::MAX;
        adoptions.sort_by_key(|one| {
            let first = one.decided.first().map_or(last, |word| word.place);
            (one.completed.unwrap_or(last), first)
        });
        adoptions
    }

    /// A version that the act at `at` names.
    fn adoption(
        &self,
        at: usize,
        version: Version,
        case: Case,
        completed: Option<usize>,
        decided: Vec<Decided>,
    ) -> Option<Adoption> {
        let (document, heads) = match &self.act(at).act().body {
            Body::Adopt { document, heads } => (*document, heads.clone()),
            Body::Decided { document, about } => (*document, about.heads().to_vec()),
            _ => return None,
        };
        Some(Adoption {
            document,
            heads,
            version,
            case,
            completed,
            decided,
        })
    }

    /// The words that count, by version, in order.
    fn decided(&self) -> BTreeMap<Version, Vec<Decided>> {
        let counts = |word: &&Word| self.standing.world.counts.contains(word.at);
        let mut decided: BTreeMap<Version, Vec<Decided>> = BTreeMap::new();
        for word in self.judged.words.iter().filter(counts) {
            let Body::Decided { about, .. } = &self.act(word.at).act().body else {
                continue;
            };
            decided.entry(word.version).or_default().push(Decided {
                decision: about.decision(),
                replaces: Version::named(about.replaces()),
                said: self.said(word.at, word.by),
                place: word.at,
                members: word.members.iter().copied().collect(),
            });
        }
        decided
    }
}
