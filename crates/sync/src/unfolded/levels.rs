//! How deep the things of a saved document lie in one another.
//!
//! Operations are saved by the thing that they are in, older things first, and a thing is younger than the one it is in: so how
//! deep each lies is known before what is in it comes.

use std::{borrow::Cow, collections::HashMap};

use super::numbers::{Items, Numbers};

const OBJECT_ACTOR: u64 = 0x01;
const OBJECT_COUNTER: u64 = 0x02;
const ID_ACTOR: u64 = 0x21;
const ID_COUNTER: u64 = 0x23;
const ACTIONS: u64 = 0x42;
/// The action that makes a value.
const SET: u64 = 1;

/// The columns that tell it.
pub(super) struct Levels<'a>(Vec<(u64, Cow<'a, [u8]>)>);

impl<'a> Levels<'a> {
    /// Takes the columns of a document's operations, uncompressed.
    pub(super) fn of(mut columns: Vec<(u64, Cow<'a, [u8]>)>) -> Self {
        columns.retain(|(kind, _)| {
            [OBJECT_ACTOR, OBJECT_COUNTER, ID_ACTOR, ID_COUNTER, ACTIONS].contains(kind)
        });
        Self(columns)
    }

    /// The level of the deepest thing, where what lies in the document itself is at level 1; no more than one above `most`. And
    /// whether every operation makes a thing or a value. `None` if it cannot be told.
    pub(super) fn deepest(&self, most: u8) -> Option<(u8, bool)> {
        let mut actions = Items::of(self.column(ACTIONS));
        let mut actors = Items::of(self.column(ID_ACTOR));
        let mut counters = Items::of(self.column(ID_COUNTER));
        let mut object_actors = Items::of(self.column(OBJECT_ACTOR));
        let mut object_counters = Items::of(self.column(OBJECT_COUNTER));
        let mut levels: HashMap<(u64, u64), u8> = HashMap::new();
        let (mut counter, mut deepest, mut plain) = (0_i64, 0, true);
        let step = |column: &mut Numbers<'_>| column.signed().map(i64::cast_unsigned);
        while !actions.is_done() {
            let (action, alike) = actions.next_alike(Numbers::number)?;
            if !action.is_some_and(makes_a_thing) {
                // Most of what is saved: characters, by the thousand.
                plain &= action == Some(SET);
                counters.pass_over(alike, step, |step, times| {
                    let steps = step.cast_signed().checked_mul(i64::try_from(times).ok()?)?;
                    counter = counter.checked_add(steps)?;
                    Some(())
                })?;
                for column in [&mut actors, &mut object_counters, &mut object_actors] {
                    column.pass_over(alike, Numbers::number, |_, _| Some(()))?;
                }
                continue;
            }
            for _ in 0..alike {
                let actor = actors.next(Numbers::number)?;
                let step = counters.next(step)?;
                counter = counter.checked_add(step.unwrap_or(0).cast_signed())?;
                let within = object_counters.next(Numbers::number)?;
                let within_actor = object_actors.next(Numbers::number)?;
                let level = match within {
                    None | Some(0) => 1,
                    Some(within) => levels.get(&(within, within_actor?))? + 1,
                };
                deepest = deepest.max(level);
                if deepest > most {
                    return Some((deepest, plain));
                }
                levels.insert((counter.cast_unsigned(), actor?), level);
            }
        }
        Some((deepest, plain))
    }

    fn column(&self, kind: u64) -> &[u8] {
        let column = self.0.iter().find(|(is, _)| *is == kind);
        column.map_or(&[], |(_, column)| column)
    }
}

/// Whether an action makes a map, a list, a text or a table.
const fn makes_a_thing(action: u64) -> bool {
    action <= 6 && action.is_multiple_of(2)
}
