//! What a member said on a command, in the undo history; and mandates taken back, or given again.

use tresse_model::NetworkId;
use tresse_trust::{ActId, Body, Mandate};

use super::{
    Replica,
    undo::{Stays, Terms, Turned, Way},
};
use crate::{CommandError, Moment};

impl Replica {
    /// Signs an act that a person asked for, if the rules allow it, and notes it as the last thing that they did.
    pub(super) fn say_on_command(
        &mut self,
        id: &NetworkId,
        body: &Body,
        moment: &Moment,
    ) -> Result<ActId, CommandError> {
        let act = self.say_if_allowed(id, body, moment)?;
        if let Some(stays) = Stays::of(body) {
            self.network_mut(id)?.undo.said(stays);
        }
        Ok(act)
    }

    /// Gives and ends mandates, in this order, and notes that as one step of the undo history. Answers the acts that gave.
    pub(super) fn turn_on_command(
        &mut self,
        id: &NetworkId,
        bodies: &[Body],
        moment: &Moment,
    ) -> Result<Vec<ActId>, CommandError> {
        let done = self.say_mandates(id, bodies, moment)?;
        let given = done.iter().filter_map(|one| match one {
            Turned::Given(act) => Some(*act),
            Turned::Ended(..) => None,
        });
        let given = given.collect();
        self.network_mut(id)?.undo.did_mandates(done);
        Ok(given)
    }

    /// Takes back what was last done to mandates, or does it again, as far as it still stands: one that somebody else has ended
    /// since is not ended, one that holds already is not given twice. Answers how many were turned.
    pub(super) fn turn_mandates(
        &mut self,
        id: &NetworkId,
        turned: Vec<Turned>,
        way: Way,
        moment: &Moment,
    ) -> Result<usize, CommandError> {
        let (mut bodies, mut olds) = (Vec::new(), Vec::new());
        for one in turned.into_iter().rev() {
            match one {
                Turned::Given(mandate) if self.mandate(id, &mandate)?.is_some() => {
                    bodies.push(Body::EndMandate { mandate });
                }
                Turned::Ended(old, terms) if !self.holds(id, &terms)? => {
                    bodies.push(terms.body());
                    olds.push(old);
                }
                Turned::Given(_) | Turned::Ended(..) => {}
            }
        }
        let done = self.say_mandates(id, &bodies, moment)?;
        let given = done.iter().filter_map(|one| match one {
            Turned::Given(act) => Some(*act),
            Turned::Ended(..) => None,
        });
        let renamed: Vec<(ActId, ActId)> = olds.into_iter().zip(given).collect();
        let count = done.len();
        let undo = &mut self.network_mut(id)?.undo;
        undo.turned_mandates(way, done, &renamed);
        Ok(count)
    }

    /// Says these, which give and end mandates; nothing of it, if one of them is refused.
    fn say_mandates(
        &mut self,
        id: &NetworkId,
        bodies: &[Body],
        moment: &Moment,
    ) -> Result<Vec<Turned>, CommandError> {
        let members = &self.network_ref(id)?.membership;
        for body in bodies {
            members
                .may(&self.device(), body)
                .map_err(|refusal| CommandError::new(refusal.code(), refusal.to_string()))?;
        }
        let mut done = Vec::with_capacity(bodies.len());
        for body in bodies {
            let ended = match body {
                Body::EndMandate { mandate } => self.mandate(id, mandate)?.map(Terms::of),
                _ => None,
            };
            let act = self.say_if_allowed(id, body, moment)?;
            done.push(match (body, ended) {
                (Body::EndMandate { mandate }, Some(terms)) => Turned::Ended(*mandate, terms),
                _ => Turned::Given(act),
            });
        }
        Ok(done)
    }

    fn mandate(&self, id: &NetworkId, act: &ActId) -> Result<Option<&Mandate>, CommandError> {
        let mut known = self.network_ref(id)?.membership.mandates().iter();
        Ok(known.find(|known| known.said.act == *act))
    }

    fn holds(&self, id: &NetworkId, terms: &Terms) -> Result<bool, CommandError> {
        let mut known = self.network_ref(id)?.membership.mandates().iter();
        Ok(known.any(|known| Terms::of(known) == *terms))
    }
}

impl Terms {
    fn of(mandate: &Mandate) -> Self {
        Self {
            role: mandate.role.clone(),
            holder: mandate.holder,
            from_ms: mandate.from_ms,
            to_ms: mandate.to_ms,
        }
    }

    fn body(self) -> Body {
        Body::Mandate {
            role: self.role,
            holder: self.holder,
            from_ms: self.from_ms,
            to_ms: self.to_ms,
        }
    }
}
