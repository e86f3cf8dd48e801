//! Closings and reopenings: one turn follows another, from the founding on.

use std::{cmp::Reverse, collections::BTreeSet};

use tresse_model::MemberId;

use super::{
    Closed, ClosingCase, ReopeningCase,
    gather::Gather,
    past::{Case, Completion, Consent, Judged, Matter, Stay},
};
use crate::{ActId, Body, ClosingId, Rules};

/// The turn that a network took last: the case of its last closing or reopening, `None` since the founding.
type Turn = Option<usize>;

impl Judged<'_> {
    /// Keeps a consent to close (`Some`) or to reopen, if it follows the turn that stands before it. One that does not
    /// is a valid act without effect.
    pub(super) fn turn(&mut self, at: usize, by: Stay, base: &ActId, closing: Option<ClosingId>) {
        let turn = self.turn_before(at);
        let place = self.order.place_before(base, at);
        if !place.is_some_and(|place| self.sets_rules(place, turn)) {
            return;
        }
        let matter = match (turn, closing) {
            (turn, Some(closing)) if !self.is_closing(turn) => Matter::Close(turn, closing),
            (Some(turn), None) if self.is_closing(Some(turn)) => Matter::Reopen(turn),
            _ => return,
        };
        let members = self.members_before(at);
        let (_, rules) = self.rules_before(at);
        let need = rules.change_need(members.len());
        self.consent(at, by, matter, &members, need);
    }

    /// Keeps that somebody consents no longer to the closing or reopening to which they consented by the act that is named. One
    /// that names no such act before it is a valid act without effect.
    pub(super) fn withdraw(&mut self, at: usize, by: Stay, consent: &ActId) {
        let Some(place) = self.order.place_before(consent, at) else {
            return;
        };
        let device = self.order.acts[at].act().device;
        let mine = |case: &&mut Case| {
            let turns = matches!(case.matter, Matter::Close(..) | Matter::Reopen(_));
            let mut consents = case.consents.iter();
            turns && consents.any(|said| said.at == place && said.by.0 == by.0)
        };
        if let Some(case) = self.cases.iter_mut().find(mine) {
            case.withdrawals.push(Consent { at, by, device });
        }
    }

    /// Whether the network is closed after this turn.
    pub(super) fn is_closing(&self, turn: Turn) -> bool {
        turn.is_some_and(|case| matches!(self.cases[case].matter, Matter::Close(..)))
    }

    fn turn_before(&self, at: usize) -> Turn {
        let turns = self.turns_among(
            |completion| self.order.stands_before(completion.at, at),
            |case| {
                let consents = case.consents.iter();
                consents
                    .filter(|consent| self.order.stands_before(consent.at, at))
                    .map(|consent| consent.by.0)
                    .collect()
            },
        );
        turns.last().copied()
    }

    /// Follows the turns that `count`, from the founding on. Of several closings that follow the same turn, the one with
    /// most consenters, then the one with the lowest hash.
    pub(super) fn turns_among(
        &self,
        counts: impl Fn(&Completion) -> bool,
        consenters: impl Fn(&Case) -> BTreeSet<MemberId>,
    ) -> Vec<usize> {
        let mut turns = Vec::new();
        // A turn stands after the one it follows, so this ends.
        loop {
            let last = turns.last().copied();
            let follows = |matter: &Matter| match matter {
                Matter::Close(after, closing) if *after == last => Some(Some(*closing)),
                Matter::Reopen(after) if Some(*after) == last => Some(None),
                _ => None,
            };
            let next = self
                .case_of
                .iter()
                .filter_map(|(matter, case)| Some((*case, follows(matter)?)))
                .filter(|(case, _)| {
                    let completions = self.cases[*case].completions.iter();
                    completions
                        .map(|completion| &self.completions[*completion])
                        .any(&counts)
                })
                .min_by_key(|(case, closing)| {
                    (Reverse(consenters(&self.cases[*case]).len()), *closing)
                });
            match next {
                Some((case, _)) => turns.push(case),
                None => return turns,
            }
        }
    }
}

/// What stands of the turns of a network.
pub(super) struct Turns {
    pub(super) closed: Option<Closed>,
    pub(super) since: Option<ActId>,
    pub(super) closings: Vec<ClosingCase>,
    pub(super) reopenings: Vec<ReopeningCase>,
}

impl Gather<'_> {
    pub(super) fn turns(&self, rules: &Rules) -> Turns {
        let world = &self.standing.world;
        let taken = self.judged.turns_among(
            |completion| world.is_completed(self.judged, completion),
            |case| {
                let consents = case.consents.iter();
                consents
                    .filter(|consent| self.consents_at(consent.at, &case.matter))
                    .map(|consent| consent.by.0)
                    .collect()
            },
        );
        let last = taken.last().copied();
        let members = self.members();
        let need = rules.change_need(members.len());
        let mut turns = Turns {
            closed: None,
            since: self.rules_act(last),
            closings: Vec::new(),
            reopenings: Vec::new(),
        };
        let mut closings = Vec::new();
        let mut reopenings = Vec::new();
        for (number, case) in self.judged.cases.iter().enumerate() {
            let after = match case.matter {
                Matter::Close(after, _) => after,
                Matter::Reopen(after) => Some(after),
                _ => continue,
            };
            let (Some(base), Some(first)) = (self.rules_act(after), case.consents.first()) else {
                continue;
            };
            let overtaken = after != last && !taken.contains(&number);
            let Some(state) = self.state(case, &members, need, overtaken) else {
                continue;
            };
            let order = taken.iter().position(|turn| *turn == number);
            let order = (order.unwrap_or(usize::MAX), number);
            match &self.act(first.at).act().body {
                Body::Close { closing, .. } => {
                    let closing = closing.clone();
                    let case = state;
                    closings.push((
                        order,
                        ClosingCase {
                            base,
                            closing,
                            case,
                        },
                    ));
                }
                Body::Reopen { words, .. } => {
                    let words = words.clone();
                    let case = state;
                    reopenings.push((order, ReopeningCase { base, words, case }));
                }
                _ => {}
            }
        }
        closings.sort_by_key(|(order, _)| *order);
        reopenings.sort_by_key(|(order, _)| *order);
        turns.closings = closings.into_iter().map(|(_, one)| one).collect();
        turns.reopenings = reopenings.into_iter().map(|(_, one)| one).collect();
        turns.closed = last
            .filter(|_| self.judged.is_closing(last))
            .and_then(|last| self.closed(last));
        turns
    }

    /// How this case closed the network.
    fn closed(&self, case: usize) -> Option<Closed> {
        let case = &self.judged.cases[case];
        let completion = self.completed(case)?;
        let act = self.act(completion.at);
        let Body::Close { closing, .. } = &act.act().body else {
            return None;
        };
        let consents = case.consents.iter();
        let by: BTreeSet<MemberId> = consents
            .filter(|consent| self.consents_at(consent.at, &case.matter))
            .filter(|consent| self.stays_said(case, consent))
            .map(|consent| consent.by.0)
            .collect();
        Some(Closed {
            closing: closing.clone(),
            act: act.id(),
            by: by.into_iter().collect(),
            at_ms: act.act().at_ms,
        })
    }
}
