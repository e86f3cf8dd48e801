//! Whose turn it is, and whose it will be.
//!
//! A rotation is a first day, a length, and an order of people. Turns follow each other from the first day; who takes which
//! is found so:
//!
//! 1. A mandate that was recorded for somebody of the order, beginning in a turn, says whose turn that was. What comes after follows from
//!    there: so nobody's turn moves because the order was changed for others later, once hand-overs are recorded.
//! 2. After a person comes the next in the order who is a member now; without any such mandate, the first turn is that of the first.
//!    Those who left are passed over.
//! 3. Swaps that both have given their word for exchange two turns, if these are theirs; not where one of them was already recorded
//!    for who was to give it up: then the second word came too late.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::Serialize;

use super::{Held, Piloting, Term};
use crate::{MemberId, Role, recurrence};

/// So many coming turns are told at the most.
const COMING: usize = 12;
/// So many agreed swaps of a role are looked at, those of the latest turns: each is weighed against each, on everybody's machine.
const MOST_SWAPS: usize = 64;

/// How a role goes round, on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Default)]
pub struct RotationFacts {
    /// Those of the order who are members now, in it.
    pub order: Vec<MemberId>,
    /// Those of the order who are not.
    pub gone: Vec<MemberId>,
    /// Whose turn it is; `None` before the first, and where nobody is in the order or it is not said how turns go.
    pub current: Option<Turn>,
    /// Whose turn is next.
    pub next: Option<Turn>,
    /// The turns that come, the next first: once round, at most twelve.
    pub coming: Vec<Coming>,
    /// Swaps that were offered or agreed, of turns that are not over.
    pub swaps: Vec<SwapFacts>,
}

/// A turn that comes.
pub type Coming = Turn;

/// One turn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Turn {
    /// Its first day, ISO 8601 date: when the role is handed over.
    pub from: String,
    /// Its last day.
    pub until: String,
    /// Whose it is.
    pub member: MemberId,
    /// It was another's before a swap.
    pub by_swap: bool,
    /// A mandate was recorded for it.
    pub recorded: bool,
}

/// One person's word for a swap.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct SwapSaid {
    /// The role.
    pub role: String,
    /// Who says so.
    pub by: MemberId,
    /// The first day of the turn given up.
    pub mine: String,
    /// The first day of the turn taken.
    pub theirs: String,
    /// Whose that is.
    pub with: MemberId,
}

/// How far a swap has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum SwapState {
    /// One has given their word, the other not yet.
    Offered,
    /// Both have.
    Agreed,
    /// The turns are not theirs any more, or one has begun before both agreed.
    Void,
}

/// A swap of two turns.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SwapFacts {
    /// Who gave their word; of two, who has the earlier turn to give.
    pub by: MemberId,
    /// The first day of the turn they give up.
    pub mine: String,
    /// The other.
    pub with: MemberId,
    /// The first day of the turn that the other gives up.
    pub theirs: String,
    /// How far it has come.
    pub state: SwapState,
}

/// A role's rotation, if anything is said of it.
pub(super) fn of(role: &str, held: &[&Held], from: &Piloting<'_>) -> Option<RotationFacts> {
    let said = from.roles.iter().find(|said| said.role == role)?;
    if said.order.is_empty() && said.start.is_empty() && said.term.is_empty() {
        return None;
    }
    let present = |member: &&MemberId| from.present.contains(*member);
    let (order, gone) = said.order.iter().partition(present);
    let mut facts = RotationFacts {
        order,
        gone,
        ..RotationFacts::default()
    };
    if let Some(round) = Round::new(said, held, from) {
        round.tell(&mut facts);
    }
    Some(facts)
}

/// An agreed swap: the earlier turn and whose it was, the later and whose it was.
type Pair = (i64, MemberId, i64, MemberId);

/// A rotation in which somebody takes turns.
struct Round<'a> {
    role: &'a Role,
    first: Date,
    term: Term,
    /// Everybody in the order, and whether they are a member now.
    order: Vec<(MemberId, bool)>,
    /// Who was recorded, by the turn's number.
    recorded: BTreeMap<i64, MemberId>,
    /// Every turn that was swapped, and whose it is now.
    swapped: BTreeMap<i64, MemberId>,
    /// Swaps that both gave their word for.
    agreed: BTreeSet<Pair>,
    /// Those of them that hold.
    holding: BTreeSet<Pair>,
    today: &'a str,
    swaps: &'a [SwapSaid],
    /// Today's turn; negative before the first.
    now: i64,
}

impl<'a> Round<'a> {
    fn new(role: &'a Role, held: &[&Held], from: &Piloting<'a>) -> Option<Self> {
        let first = recurrence::parse(&role.start)?;
        let term: Term = role.term.parse().ok()?;
        let today = recurrence::parse(from.today)?;
        let order = role.order.iter();
        let order: Vec<_> = order
            .map(|member| (*member, from.present.contains(member)))
            .collect();
        if !order.iter().any(|(_, present)| *present) {
            return None;
        }
        let mut recorded = BTreeMap::new();
        // By their first day: of two in one turn, the later says whose it is.
        for mandate in held {
            let known = order.iter().any(|(member, _)| *member == mandate.holder);
            let day = recurrence::parse(&mandate.from).filter(|day| *day >= first);
            if let Some(day) = day.filter(|_| known && crate::role_key(&mandate.role) == role.role)
            {
                recorded.insert(term.number(first, day), mandate.holder);
            }
        }
        let mut round = Self {
            role,
            first,
            term,
            order,
            recorded,
            swapped: BTreeMap::new(),
            agreed: BTreeSet::new(),
            holding: BTreeSet::new(),
            today: from.today,
            swaps: from.swaps,
            now: term.number(first, today),
        };
        round.agreed = round.agreed();
        round.swap();
        while round.drop_late() {
            round.swap();
        }
        Some(round)
    }

    fn day(&self, number: i64) -> Option<String> {
        self.term.day(self.first, number).map(|day| day.to_string())
    }

    /// The turn that begins on a day.
    fn turn_on(&self, day: &str) -> Option<i64> {
        let date = recurrence::parse(day).filter(|date| *date >= self.first)?;
        let number = self.term.number(self.first, date);
        (self.term.day(self.first, number) == Some(date)).then_some(number)
    }

    /// Swaps that both gave their word for, in one order everywhere.
    fn agreed(&self) -> BTreeSet<Pair> {
        let mine = self.swaps.iter().filter(|one| one.role == self.role.role);
        let said: BTreeSet<(MemberId, &str, MemberId, &str)> = mine
            .map(|one| (one.by, &*one.mine, one.with, &*one.theirs))
            .collect();
        let both = said
            .iter()
            .filter(|(by, mine, with, theirs)| said.contains(&(*with, theirs, *by, mine)));
        both.filter_map(|(by, mine, with, theirs)| {
            let (give, take) = (self.turn_on(mine)?, self.turn_on(theirs)?);
            (give < take && by != with).then_some((give, *by, take, *with))
        })
        .collect::<BTreeSet<Pair>>()
        .into_iter()
        .rev()
        .take(MOST_SWAPS)
        .collect()
    }

    /// Whose turn it is by the order alone.
    fn by_order(&self, number: i64) -> MemberId {
        let anchor = self.recorded.range(..=number).next_back();
        let place = anchor.and_then(|(at, holder)| {
            let was = before_swaps(*at, *holder, &self.agreed);
            let place = self.order.iter().position(|(one, _)| *one == was)?;
            Some((number - at, place))
        });
        let (steps, start) = match place {
            // From whose turn is known; who has left hands on to the next.
            Some((steps, place)) if self.order[place].1 => (steps, place),
            Some((steps, place)) => (steps, place + 1),
            None => (number, 0),
        };
        let round = (0..self.order.len()).map(|step| self.order[(start + step) % self.order.len()]);
        let here: Vec<MemberId> = round
            .filter(|(_, present)| *present)
            .map(|(member, _)| member)
            .collect();
        let place = steps.rem_euclid(i64::try_from(here.len()).unwrap_or(1));
        here[usize::try_from(place).unwrap_or_default()]
    }

    /// Applies agreed swaps, until none is left whose turns are theirs.
    fn swap(&mut self) {
        let mut left: Vec<Pair> = self.agreed.iter().copied().collect();
        let mut swapped = BTreeMap::new();
        let mut holding = BTreeSet::new();
        let whose = |swapped: &BTreeMap<i64, MemberId>, number: i64| {
            let now = swapped.get(&number).copied();
            now.unwrap_or_else(|| self.by_order(number))
        };
        while let Some(at) = left.iter().position(|(give, by, take, with)| {
            whose(&swapped, *give) == *by && whose(&swapped, *take) == *with
        }) {
            let (give, by, take, with) = left.remove(at);
            swapped.insert(give, with);
            swapped.insert(take, by);
            holding.insert((give, by, take, with));
        }
        self.swapped = swapped;
        self.holding = holding;
    }

    /// Drops the agreed swaps that take a turn from whom it was recorded for: they were agreed when it was too late. `false`:
    /// there was none.
    fn drop_late(&mut self) -> bool {
        let wrong: Vec<(i64, MemberId)> = self
            .swapped
            .iter()
            .filter_map(|(number, member)| {
                let recorded = self.recorded.get(number)?;
                (recorded != member).then_some((*number, *recorded))
            })
            .collect();
        let before = self.agreed.len();
        self.agreed.retain(|(give, by, take, with)| {
            !wrong.contains(&(*give, *by)) && !wrong.contains(&(*take, *with))
        });
        self.agreed.len() < before
    }

    fn turn(&self, number: i64) -> Option<Turn> {
        let swap = self.swapped.get(&number).copied();
        let member = swap.unwrap_or_else(|| self.by_order(number));
        let end = self.term.day(self.first, number + 1)?.yesterday().ok()?;
        Some(Turn {
            from: self.day(number)?,
            until: end.to_string(),
            member,
            by_swap: swap.is_some(),
            recorded: self.recorded.get(&number) == Some(&member),
        })
    }

    fn tell(&self, facts: &mut RotationFacts) {
        let next = (self.now + 1).max(0);
        facts.current = (self.now >= 0).then(|| self.turn(self.now)).flatten();
        facts.next = self.turn(next);
        let round = i64::try_from(facts.order.len().clamp(2, COMING)).unwrap_or(2);
        facts.coming = (next..next + round)
            .filter_map(|number| self.turn(number))
            .collect();
        facts.swaps = self.tell_swaps();
    }

    fn tell_swaps(&self) -> Vec<SwapFacts> {
        let mut told = Vec::new();
        let mine = self.swaps.iter().filter(|one| one.role == self.role.role);
        for one in mine.collect::<BTreeSet<_>>() {
            if one.mine.as_str() < self.today && one.theirs.as_str() < self.today {
                continue;
            }
            let turns = self.turn_on(&one.mine).zip(self.turn_on(&one.theirs));
            let as_pair = turns.map(|(give, take)| (give, one.by, take, one.with));
            let turned = turns.map(|(give, take)| (take, one.with, give, one.by));
            if turned.is_some_and(|pair| self.agreed.contains(&pair)) {
                // The other's word tells of it.
                continue;
            }
            let both = as_pair.is_some_and(|pair| self.agreed.contains(&pair));
            let holds = as_pair.is_some_and(|pair| self.holding.contains(&pair));
            let state = match () {
                () if both && holds => SwapState::Agreed,
                () if !both && self.is_open(one, turns) => SwapState::Offered,
                () => SwapState::Void,
            };
            told.push(SwapFacts {
                by: one.by,
                mine: one.mine.clone(),
                with: one.with,
                theirs: one.theirs.clone(),
                state,
            });
        }
        told
    }

    /// Whether an offer can still be taken up.
    fn is_open(&self, one: &SwapSaid, turns: Option<(i64, i64)>) -> bool {
        let begun = one.mine.as_str() <= self.today || one.theirs.as_str() <= self.today;
        let theirs = turns.is_some_and(|(give, take)| {
            let whose = |number| self.turn(number).map(|turn| turn.member);
            whose(give) == Some(one.by) && whose(take) == Some(one.with)
        });
        !begun && theirs
    }
}

/// Whose turn it was by the order, when this is who held it.
fn before_swaps(number: i64, holder: MemberId, agreed: &BTreeSet<Pair>) -> MemberId {
    let mut left: Vec<Pair> = agreed.iter().copied().collect();
    let mut was = holder;
    while let Some(at) = left.iter().position(|(give, by, take, with)| {
        (*give == number && *with == was) || (*take == number && *by == was)
    }) {
        let (give, by, _, with) = left.remove(at);
        was = if give == number { by } else { with };
    }
    was
}
