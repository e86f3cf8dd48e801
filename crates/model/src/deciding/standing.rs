//! Which ballots count.
//!
//! Clocks may lie, so it is not a clock that ends a ballot but a count. The written rule, the same for every peer:
//!
//! 1. Nobody has counted: of everybody who is asked now, the newest ballot counts that claims to have been cast by the
//!    closing moment and was not taken back. All of that is provisional.
//! 2. Somebody has counted. A count is *heard* if it counts by what the decision says, or if two persons wrote down the same
//!    terms; where no count counts by what the decision says now (somebody may have changed it since), those that at least end
//!    it at the moment that it says. So nobody alone ends a decision early, nor by terms of their own. The *first* counts are those
//!    that know of no other heard count; the terms are those that most persons wrote down in them (of equally many, what
//!    the decision says, then those with the smaller hash). Who was asked is everybody whom a first count names; a later one
//!    adds only who is asked now.
//! 3. A ballot that a count names counts for good. A later count gives a ballot to those for whom no earlier one had any, and may
//!    add somebody who was left out. So nobody's ballot changes or goes once it is counted, whoever counts again.
//! 4. A name under which there is no ballot keeps no other out: who made it up would silence somebody. Until one arrives that
//!    a count names, the person's ballot is awaited.
//! 5. Where counts made at once name different ballots of one person, that which more persons counted; of equally many,
//!    the person's newest, since a ballot that was changed is no longer meant; then the one with the smaller name. One that was taken back
//!    in time is none. Everybody sees that they disagree, and who counted.
//! 6. What claims to have been cast after the closing moment never counts, nor does what is in no count.

use std::collections::{BTreeMap, BTreeSet};

use super::{Answer, Ballot, Count, Terms};
use crate::{CastId, CountId, MemberId};

/// What it is worked out from which ballots count.
#[derive(Debug, Clone, Copy)]
pub struct Deciding<'a> {
    /// What the decision says now.
    pub terms: &'a Terms,
    /// Everybody's ballots in it, as far as their notebooks are here.
    pub ballots: &'a [&'a Ballot],
    /// Everybody's counts of it.
    pub counts: &'a [&'a Count],
    /// The last ballot of each, as their own machine says in the decision.
    pub marks: &'a BTreeMap<MemberId, CastId>,
    /// Who is asked now.
    pub electors: &'a BTreeSet<MemberId>,
    /// Who is or was a member.
    pub known: &'a BTreeSet<MemberId>,
}

/// Which ballots count.
#[derive(Debug, Clone, PartialEq)]
pub struct Standing {
    /// Somebody has counted; else all is provisional.
    pub counted: bool,
    /// On which terms.
    pub terms: Terms,
    /// Everybody who is asked, by id, each once.
    pub electors: Vec<Elector>,
    /// Of whom counts made at once name different ballots.
    pub disputed: Vec<MemberId>,
    /// Ballots of people who were asked, cast in time by their own word, and in no count: a new count takes them in.
    pub late: Vec<CastId>,
    /// Ballots that claim to have been cast after the closing moment.
    pub after_close: Vec<CastId>,
}

/// Somebody who is asked.
#[derive(Debug, Clone, PartialEq)]
pub struct Elector {
    /// Who.
    pub member: MemberId,
    /// Which ballot of theirs counts.
    pub ballot: Option<CastId>,
    /// What it says, if it is here.
    pub answer: Option<Answer>,
    /// There is a ballot that is not here yet: it is counted, or their own machine speaks of it.
    pub awaited: bool,
}

impl Standing {
    /// How many ballots are known of and not here.
    pub fn awaited(&self) -> usize {
        self.electors.iter().filter(|one| one.awaited).count()
    }

    /// What may still change: nobody has counted, or a ballot has not arrived.
    pub fn is_provisional(&self) -> bool {
        !self.counted || self.awaited() > 0
    }

    /// The ballots that count and are here.
    pub fn answers(&self) -> impl Iterator<Item = (MemberId, &Answer)> {
        let electors = self.electors.iter();
        electors.filter_map(|one| Some((one.member, one.answer.as_ref()?)))
    }
}

/// Whether any of these counts of a decision is heard ([`standing`], rule 2): whether it is counted. `closes` is when it ends
/// by what it says now, milliseconds since 1970, UTC; `known` tells who is or was a member. All else that a decision says does not
/// matter for it: what counts by the terms that it says ends when it says.
pub fn is_counted(
    counts: &[&Count],
    closes: Option<i64>,
    known: impl Fn(&MemberId) -> bool,
) -> bool {
    let counts = || counts.iter().filter(|count| known(&count.by));
    let by_two =
        |count: &Count| counts().any(|other| other.by != count.by && other.terms == count.terms);
    counts().any(|count| count.terms.closes == closes || by_two(count))
}

/// Which ballots count.
pub fn standing(from: &Deciding<'_>) -> Standing {
    let by_id: BTreeMap<CastId, &Ballot> = from.ballots.iter().map(|one| (one.id, *one)).collect();
    let counted = is_counted(from.counts, from.terms.closes, |by| from.known.contains(by));
    let counts = unfolded(from);
    // By the same rule; but a count that goes round in a circle with another is passed over.
    let counted = counted && !counts.is_empty();
    let (terms, chosen, disputed) = if counted {
        let terms = agreed_terms(&counts[0], from.terms).unwrap_or_else(|| from.terms.clone());
        let (chosen, disputed) = counted_ballots(&counts, &terms, &by_id, from);
        (terms, chosen, disputed)
    } else {
        (from.terms.clone(), newest(from), Vec::new())
    };
    let electors: Vec<Elector> = chosen
        .iter()
        .map(|(member, ballot)| elector(*member, *ballot, counted, from, &by_id))
        .collect();
    let theirs = |one: &&&Ballot| chosen.contains_key(&one.member);
    // Also of whom a ballot is counted that nobody here has ever seen.
    let nothing = |one: &&&Ballot| {
        let held = chosen.get(&one.member).copied().flatten();
        counted && held.is_none_or(|id| !by_id.contains_key(&id))
    };
    let mut late: Vec<CastId> = from
        .ballots
        .iter()
        .filter(theirs)
        .filter(nothing)
        .filter(|one| one.holds_by(terms.closes) && one.answer.says())
        .map(|one| one.id)
        .collect();
    late.sort_unstable();
    late.dedup();
    let mut after_close: Vec<CastId> = from
        .ballots
        .iter()
        .filter(theirs)
        .filter(|one| !by(&terms, one))
        .map(|one| one.id)
        .collect();
    after_close.sort_unstable();
    after_close.dedup();
    Standing {
        counted,
        terms,
        electors,
        disputed,
        late,
        after_close,
    }
}

fn elector(
    member: MemberId,
    ballot: Option<CastId>,
    counted: bool,
    from: &Deciding<'_>,
    by_id: &BTreeMap<CastId, &Ballot>,
) -> Elector {
    let here = ballot.and_then(|id| by_id.get(&id));
    let here = here.filter(|one| one.member == member);
    let marked = from.marks.get(&member).filter(|_| !counted);
    let missing = |id: &CastId| !by_id.contains_key(id);
    Elector {
        member,
        awaited: (ballot.is_some() && here.is_none()) || marked.is_some_and(missing),
        ballot,
        answer: here.map(|one| one.answer.clone()),
    }
}

/// The newest ballot of each who is asked now, by the closing moment.
fn newest(from: &Deciding<'_>) -> BTreeMap<MemberId, Option<CastId>> {
    let mut found: BTreeMap<MemberId, Option<(i64, CastId)>> =
        from.electors.iter().map(|member| (*member, None)).collect();
    for ballot in from.ballots {
        if let Some(held) = found.get_mut(&ballot.member)
            && ballot.holds_by(from.terms.closes)
        {
            *held = (*held).max(Some((ballot.at, ballot.id)));
        }
    }
    let chosen = found.into_iter();
    chosen
        .map(|(member, held)| (member, held.map(|(_, id)| id)))
        .collect()
}

/// The counts in the order in which they know of each other: first those that know of none.
fn unfolded<'a>(from: &Deciding<'a>) -> Vec<Vec<&'a Count>> {
    let mut rest: BTreeMap<CountId, &Count> = heard(from)
        .into_iter()
        .map(|count| (count.id, count))
        .collect();
    let all: BTreeSet<CountId> = rest.keys().copied().collect();
    let mut steps = Vec::new();
    let mut done: BTreeSet<CountId> = BTreeSet::new();
    while !rest.is_empty() {
        // A count that is not here yet holds none up. Names are hashes, so none goes round in a circle; and if one did, it would
        // be passed over.
        let ready = |count: &Count| {
            let mut known = count.after.iter().filter(|id| all.contains(id));
            known.all(|id| done.contains(id))
        };
        let step: Vec<&Count> = rest.values().copied().filter(|one| ready(one)).collect();
        if step.is_empty() {
            break;
        }
        for count in &step {
            rest.remove(&count.id);
            done.insert(count.id);
        }
        steps.push(step);
    }
    steps
}

/// The counts that are heard.
fn heard<'a>(from: &Deciding<'a>) -> Vec<&'a Count> {
    let counts = from.counts.iter().copied();
    let counts: Vec<&Count> = counts
        .filter(|count| from.known.contains(&count.by))
        .collect();
    let as_said = |count: &Count| count.terms == *from.terms;
    let any_as_said = counts.iter().any(|count| as_said(count));
    let mut persons: BTreeMap<[u8; 20], BTreeSet<MemberId>> = BTreeMap::new();
    for count in &counts {
        persons
            .entry(name_of(&count.terms))
            .or_default()
            .insert(count.by);
    }
    let by_two = |count: &Count| persons[&name_of(&count.terms)].len() > 1;
    let ends_as_said = |count: &Count| !any_as_said && count.terms.closes == from.terms.closes;
    counts
        .into_iter()
        .filter(|count| as_said(count) || by_two(count) || ends_as_said(count))
        .collect()
}

fn name_of(terms: &Terms) -> [u8; 20] {
    let text = serde_json::to_string(terms).unwrap_or_default();
    super::ballot::hash("tresse 2026 terms", &text)
}

/// The terms that most persons wrote down; `None` where nobody did.
pub(super) fn agreed_terms(first: &[&Count], said: &Terms) -> Option<Terms> {
    let mut by: BTreeMap<[u8; 20], (BTreeSet<MemberId>, &Terms)> = BTreeMap::new();
    for count in first {
        let held = by
            .entry(name_of(&count.terms))
            .or_insert((BTreeSet::new(), &count.terms));
        held.0.insert(count.by);
    }
    let best = by
        .iter()
        .min_by_key(|(name, (by, terms))| (std::cmp::Reverse(by.len()), *terms != said, **name));
    best.map(|(_, (_, terms))| (*terms).clone())
}

/// Who was asked and which ballot of each counts, and of whom counts disagree.
fn counted_ballots(
    steps: &[Vec<&Count>],
    terms: &Terms,
    by_id: &BTreeMap<CastId, &Ballot>,
    from: &Deciding<'_>,
) -> (BTreeMap<MemberId, Option<CastId>>, Vec<MemberId>) {
    let asked = steps.iter().enumerate().flat_map(|(at, step)| {
        let named = step.iter().flat_map(|count| count.ballots.keys());
        named.filter(move |member| at == 0 || from.electors.contains(member))
    });
    let asked = asked.filter(|member| from.known.contains(member));
    let mut chosen: BTreeMap<MemberId, Option<CastId>> = asked.map(|one| (*one, None)).collect();
    let mut disputed = BTreeSet::new();
    for step in steps {
        for (member, held) in &mut chosen {
            let mut named: BTreeMap<CastId, BTreeSet<MemberId>> = BTreeMap::new();
            for count in step {
                if let Some(Some(id)) = count.ballots.get(member) {
                    named.entry(*id).or_default().insert(count.by);
                }
            }
            // One that is another's, or was cast too late, is none of theirs.
            let here = |id: &CastId| {
                by_id
                    .get(id)
                    .map(|one| one.member == *member && one.holds_by(terms.closes))
            };
            named.retain(|id, _| here(id) != Some(false));
            if named.len() > 1 {
                disputed.insert(*member);
            }
            if held.is_some_and(|id| here(&id).is_some()) {
                continue;
            }
            let claimed = |id: &CastId| by_id.get(id).map(|one| one.at);
            let best = named.iter().min_by_key(|(id, by)| {
                let away = here(id).is_none();
                let newest = std::cmp::Reverse(claimed(id));
                (away, std::cmp::Reverse(by.len()), newest, **id)
            });
            if let Some((id, _)) = best
                && (held.is_none() || here(id).is_some())
            {
                *held = Some(*id);
            }
        }
    }
    (chosen, disputed.into_iter().collect())
}

/// Whether a ballot claims to have been cast in time.
fn by(terms: &Terms, ballot: &Ballot) -> bool {
    terms.closes.is_none_or(|closes| ballot.at <= closes)
}
