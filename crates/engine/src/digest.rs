//! The digest: what moved in my networks, told at my own rhythm and never as a stream.
//!
//! ```text
//!   Moved (since I last looked) ──► what I was not told of yet ──► due, and not in my quiet hours? ──► ready
//!                                                                                                       │ I read it
//!                                              told: these documents as they were then  ◄───────────────┘
//! ```
//!
//! Rhythm, quiet hours and what was told belong to this machine, since another one may stand in a meeting room; what I have *seen* is
//! in my notebook and the same on all of them, so that what I saw elsewhere is in no digest here. Times are those of this machine's
//! clock and place. Pure: the time comes in, nothing is stored here.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{
    SignedDuration,
    civil::{DateTime, Time, Weekday},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tresse_model::{DocId, DocKind, NetworkId};

/// With the rhythm "at once", at most one digest in so long.
const AT_MOST: SignedDuration = SignedDuration::from_mins(10);
/// As many documents are known to have moved at a time ([`crate::SinceView`]).
pub(crate) const MOST_MOVED: usize = 40;
/// How long a digest that is due waits for something to tell: a machine that was just opened first meets the others.
const WAITS: SignedDuration = SignedDuration::from_hours(1);

/// How often what moved is told.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema, Default,
)]
#[serde(rename_all = "kebab-case")]
pub enum Rhythm {
    /// As it comes in, at most every ten minutes.
    AtOnce,
    /// Once a day.
    #[default]
    Daily,
    /// On Mondays.
    Weekly,
    /// Not at all: who wants to know looks.
    Never,
}

impl Rhythm {
    /// Every rhythm, the most frequent first.
    pub const ALL: [Self; 4] = [Self::AtOnce, Self::Daily, Self::Weekly, Self::Never];
}

/// What a digest can be about.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Topic {
    /// The network's charter, and what it is for.
    Charter,
    /// Roadmap, actions, working groups.
    Plan,
    /// Meetings.
    Meetings,
    /// Decisions.
    Decisions,
    /// Pages.
    Library,
    /// What is seen outside.
    Watch,
    /// What members offer, need and lend.
    Resources,
}

impl Topic {
    /// Every topic, in the order of a network's places.
    pub const ALL: [Self; 7] = [
        Self::Charter,
        Self::Plan,
        Self::Meetings,
        Self::Decisions,
        Self::Library,
        Self::Watch,
        Self::Resources,
    ];

    /// What a document is about.
    pub fn of(doc: &DocId) -> Option<Self> {
        match doc.kind()? {
            DocKind::Network | DocKind::Charter => Some(Self::Charter),
            DocKind::Plan => Some(Self::Plan),
            DocKind::Meeting => Some(Self::Meetings),
            DocKind::Decision => Some(Self::Decisions),
            DocKind::Page => Some(Self::Library),
            DocKind::Watch => Some(Self::Watch),
            DocKind::Resources => Some(Self::Resources),
            DocKind::Notebook => None,
        }
    }
}

/// A time of day, as `08:00`.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String")]
pub struct TimeOfDay(Time);

impl TimeOfDay {
    /// A full hour, of the day that has it.
    pub const fn hour(hour: u8) -> Self {
        let hour = if hour < 24 { hour.cast_signed() } else { 23 };
        Self(Time::constant(hour, 0, 0, 0))
    }
}

impl std::fmt::Display for TimeOfDay {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:02}:{:02}", self.0.hour(), self.0.minute())
    }
}

impl From<TimeOfDay> for String {
    fn from(time: TimeOfDay) -> Self {
        time.to_string()
    }
}

impl TryFrom<String> for TimeOfDay {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let wrong = || format!("{text:?} is no time of day, as 08:00");
        let time: Time = text.parse().map_err(|_| wrong())?;
        let time = Self(time);
        (time.to_string() == text).then_some(time).ok_or_else(wrong)
    }
}

/// Hours in which nothing is told; they may pass midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct QuietHours {
    /// When they begin.
    pub from: TimeOfDay,
    /// When they end.
    pub to: TimeOfDay,
}

impl QuietHours {
    fn hold(self, at: Time) -> bool {
        let (from, to) = (self.from.0, self.to.0);
        if from <= to {
            from <= at && at < to
        } else {
            from <= at || at < to
        }
    }
}

/// How I want to be told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DigestSettings {
    /// How often, unless a network says otherwise.
    pub rhythm: Rhythm,
    /// When in the day.
    pub at: TimeOfDay,
    /// When never.
    pub quiet: Option<QuietHours>,
    /// Networks that differ.
    pub networks: BTreeMap<NetworkId, NetworkDigest>,
}

impl Default for DigestSettings {
    fn default() -> Self {
        Self {
            rhythm: Rhythm::Daily,
            at: TimeOfDay::hour(8),
            quiet: Some(QuietHours {
                from: TimeOfDay::hour(20),
                to: TimeOfDay::hour(8),
            }),
            networks: BTreeMap::new(),
        }
    }
}

/// What is told otherwise of one network.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(default)]
pub struct NetworkDigest {
    /// How often; else as for the others.
    pub rhythm: Option<Rhythm>,
    /// What is never told.
    pub silent: BTreeSet<Topic>,
}

impl DigestSettings {
    /// How often a network is told of.
    pub fn rhythm_of(&self, network: &NetworkId) -> Rhythm {
        let own = self.networks.get(network).and_then(|own| own.rhythm);
        own.unwrap_or(self.rhythm)
    }

    fn speaks_of(&self, network: &NetworkId, doc: &DocId) -> bool {
        let own = self.networks.get(network);
        Topic::of(doc).is_some_and(|topic| own.is_none_or(|own| !own.silent.contains(&topic)))
    }

    fn is_quiet(&self, now: DateTime) -> bool {
        self.quiet.is_some_and(|quiet| quiet.hold(now.time()))
    }

    /// Whether a digest is due, when the last was read at `last`.
    fn is_due(&self, network: &NetworkId, last: Option<DateTime>, now: DateTime) -> bool {
        if self.is_quiet(now) {
            return false;
        }
        let Some(last) = last else {
            return self.rhythm_of(network) != Rhythm::Never;
        };
        let today = now.date().to_datetime(self.at.0);
        let slot = match self.rhythm_of(network) {
            Rhythm::Never => return false,
            Rhythm::AtOnce => return now.duration_since(last) >= AT_MOST,
            Rhythm::Daily => today,
            Rhythm::Weekly => {
                let since_monday = now.date().weekday().since(Weekday::Monday);
                today.saturating_sub(SignedDuration::from_hours(24 * i64::from(since_monday)))
            }
        };
        let every = match self.rhythm_of(network) {
            Rhythm::Weekly => 7,
            _ => 1,
        };
        let slot = if slot <= now {
            slot
        } else {
            slot.saturating_sub(SignedDuration::from_hours(24 * every))
        };
        last < slot
    }
}

/// When something was told last, or passed with nothing to tell. A moment that has not come yet by this clock counts for nothing: the clock
/// has gone back since.
fn latest(told: Option<&Told>, passed: Option<DateTime>, now: DateTime) -> Option<DateTime> {
    let all = [told.map(|told| told.at), passed];
    all.into_iter().flatten().filter(|at| *at <= now).max()
}

/// What was told of one network, and when it was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Told {
    at: DateTime,
    /// Documents as they were when they were told of: a number that says which of their changes were there.
    docs: BTreeMap<DocId, u64>,
}

/// The digest of this profile.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Digest {
    pub(crate) kept: Kept,
    networks: BTreeMap<NetworkId, State>,
}

/// What is kept from one start to the next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(default)]
pub(crate) struct Kept {
    pub(crate) settings: DigestSettings,
    told: BTreeMap<NetworkId, Told>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct State {
    /// What is told now, until it is read.
    ready: BTreeSet<DocId>,
    /// Since when one is due for which there is nothing to tell.
    empty: Option<DateTime>,
    /// When one passed with nothing to tell, or with what I saw elsewhere.
    passed: Option<DateTime>,
    /// What had moved when it was last looked.
    moved: BTreeMap<DocId, u64>,
}

impl Digest {
    /// One that goes on from what was kept.
    pub(crate) fn new(kept: Kept) -> Self {
        Self {
            kept,
            networks: BTreeMap::new(),
        }
    }

    /// It was looked since the start what has moved.
    pub(crate) fn has_looked(&self) -> bool {
        !self.networks.is_empty()
    }

    /// What is to be told of a network now. `moved` is what others changed and I have not seen, each with a number that changes when
    /// it changes further.
    pub(crate) fn look(
        &mut self,
        network: &NetworkId,
        moved: BTreeMap<DocId, u64>,
        now: DateTime,
    ) -> BTreeSet<DocId> {
        let (settings, told) = (&self.kept.settings, self.kept.told.get(network));
        let state = self.networks.entry(*network).or_default();
        let fresh: BTreeSet<DocId> = moved
            .iter()
            .filter(|(doc, as_now)| told.is_none_or(|told| told.docs.get(doc) != Some(as_now)))
            .map(|(doc, _)| *doc)
            .filter(|doc| settings.speaks_of(network, doc))
            .collect();
        state.moved = moved;
        let last = latest(told, state.passed, now);
        if settings.is_quiet(now) {
            // What is ready waits as well.
            return BTreeSet::new();
        }
        if !state.ready.is_empty() {
            if settings.rhythm_of(network) == Rhythm::AtOnce {
                state.ready.clone_from(&fresh);
            } else {
                state.ready.retain(|doc| fresh.contains(doc));
            }
            if state.ready.is_empty() {
                state.passed = Some(now);
            }
        } else if settings.is_due(network, last, now) {
            if fresh.is_empty() {
                let since = *state.empty.get_or_insert(now);
                if since > now || now.duration_since(since) >= WAITS {
                    (state.empty, state.passed) = (None, Some(now));
                }
            } else {
                (state.empty, state.ready) = (None, fresh);
            }
        } else {
            state.empty = None;
        }
        state.ready.clone()
    }

    /// I have read what is told of a network. How many documents that was.
    pub(crate) fn read(&mut self, network: &NetworkId, now: DateTime) -> usize {
        let Some(state) = self.networks.get_mut(network) else {
            return 0;
        };
        let ready = std::mem::take(&mut state.ready);
        if ready.is_empty() {
            return 0;
        }
        let before = self.kept.told.remove(network);
        let before = before.map(|told| told.docs).unwrap_or_default();
        let mut docs = before;
        if state.moved.len() < MOST_MOVED {
            // What I have seen since is in no digest anyhow: it need not be remembered.
            docs.retain(|doc, _| state.moved.contains_key(doc));
        }
        let moved = state.moved.iter().filter(|(doc, _)| ready.contains(doc));
        docs.extend(moved.map(|(doc, as_now)| (*doc, *as_now)));
        let told = Told { at: now, docs };
        self.kept.told.insert(*network, told);
        ready.len()
    }

    /// Takes other settings. What is told now is thought over.
    pub(crate) fn set(&mut self, settings: DigestSettings) {
        self.kept.settings = settings;
        for state in self.networks.values_mut() {
            state.ready.clear();
            state.empty = None;
        }
    }

    /// For which networks one is due now: the view is looked at again when that changes.
    pub(crate) fn due(&self, networks: &[NetworkId], now: DateTime) -> Vec<NetworkId> {
        let last = |network: &NetworkId| {
            let passed = self.networks.get(network).and_then(|state| state.passed);
            latest(self.kept.told.get(network), passed, now)
        };
        let due = |network: &&NetworkId| self.kept.settings.is_due(network, last(network), now);
        networks.iter().filter(due).copied().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn network(n: u8) -> NetworkId {
        NetworkId::from_bytes([n; 20])
    }

    fn doc(kind: DocKind) -> DocId {
        DocId::singleton(&network(1), kind)
    }

    fn at(day: i8, hour: i8, minute: i8) -> DateTime {
        // The thirtieth of November 2026 is a Monday.
        if day > 0 {
            date(2026, 12, day).at(hour, minute, 0, 0)
        } else {
            date(2026, 11, 30 + day).at(hour, minute, 0, 0)
        }
    }

    fn moved(docs: &[(DocKind, u64)]) -> BTreeMap<DocId, u64> {
        docs.iter().map(|(kind, n)| (doc(*kind), *n)).collect()
    }

    fn with(rhythm: Rhythm) -> Digest {
        let mut digest = Digest::default();
        digest.kept.settings.rhythm = rhythm;
        digest
    }

    use DocKind::{Charter, Plan};

    #[test]
    fn a_day_is_told_once_and_what_comes_later_waits_for_the_next() {
        let (mut digest, net) = (with(Rhythm::Daily), network(1));
        let first = digest.look(&net, moved(&[(Plan, 1)]), at(1, 9, 0));
        assert_eq!(first, [doc(Plan)].into());
        // What comes in while it stands there is not added to it.
        let both = moved(&[(Plan, 2), (Charter, 1)]);
        assert_eq!(digest.look(&net, both.clone(), at(1, 9, 5)), first);
        assert_eq!(digest.read(&net, at(1, 9, 6)), 1);
        assert!(digest.look(&net, both.clone(), at(1, 23, 59)).is_empty());
        assert!(digest.look(&net, both.clone(), at(2, 7, 59)).is_empty());
        // The plan was told of as it still is.
        assert_eq!(digest.look(&net, both, at(2, 8, 0)), [doc(Charter)].into());
        let further = moved(&[(Plan, 3)]);
        assert!(digest.look(&net, further.clone(), at(2, 8, 1)).is_empty());
        assert_eq!(digest.look(&net, further, at(3, 8, 0)), [doc(Plan)].into());
    }

    #[test]
    fn a_machine_that_was_just_opened_waits_an_hour_for_something_to_tell() {
        let (mut digest, net) = (with(Rhythm::Daily), network(1));
        assert!(digest.look(&net, moved(&[]), at(1, 9, 0)).is_empty());
        let come = moved(&[(Plan, 1)]);
        assert!(!digest.look(&net, come.clone(), at(1, 9, 40)).is_empty());
        let mut digest = with(Rhythm::Daily);
        assert!(digest.look(&net, moved(&[]), at(1, 9, 0)).is_empty());
        assert!(digest.look(&net, moved(&[]), at(1, 10, 0)).is_empty());
        assert!(digest.look(&net, come.clone(), at(1, 10, 1)).is_empty());
        assert!(!digest.look(&net, come, at(2, 8, 0)).is_empty());
    }

    #[test]
    fn a_week_is_told_on_monday_or_when_the_machine_is_next_opened() {
        let (mut digest, net) = (with(Rhythm::Weekly), network(1));
        digest.look(&net, moved(&[(Plan, 1)]), at(-3, 9, 0));
        digest.read(&net, at(-3, 9, 0));
        let further = moved(&[(Plan, 2)]);
        assert!(digest.look(&net, further.clone(), at(-1, 12, 0)).is_empty());
        assert!(digest.look(&net, further.clone(), at(0, 7, 59)).is_empty());
        let mut monday = digest.clone();
        assert!(!monday.look(&net, further.clone(), at(0, 8, 0)).is_empty());
        assert!(!digest.look(&net, further, at(2, 15, 0)).is_empty());
    }

    #[test]
    fn at_once_gathers_ten_minutes_and_never_is_never() {
        let (mut digest, net) = (with(Rhythm::AtOnce), network(1));
        digest.look(&net, moved(&[(Plan, 1)]), at(1, 9, 0));
        let both = moved(&[(Plan, 2), (Charter, 1)]);
        assert_eq!(digest.look(&net, both.clone(), at(1, 9, 1)).len(), 2);
        assert_eq!(digest.read(&net, at(1, 9, 2)), 2);
        let more = moved(&[(Plan, 3), (Charter, 1)]);
        assert!(digest.look(&net, more.clone(), at(1, 9, 11)).is_empty());
        assert_eq!(digest.look(&net, more, at(1, 9, 12)), [doc(Plan)].into());
        let mut never = with(Rhythm::Never);
        assert!(never.look(&net, both, at(1, 9, 0)).is_empty());
    }

    #[test]
    fn nothing_is_told_in_quiet_hours_that_pass_midnight() {
        let (mut digest, net) = (with(Rhythm::AtOnce), network(1));
        let come = moved(&[(Plan, 1)]);
        for (day, hour) in [(1, 20), (1, 23), (2, 0), (2, 7)] {
            let told = digest.look(&net, come.clone(), at(day, hour, 30));
            assert!(told.is_empty(), "{hour}");
        }
        assert!(!digest.look(&net, come, at(2, 8, 0)).is_empty());
    }

    #[test]
    fn what_is_ready_waits_as_well_while_it_is_quiet() {
        let (mut digest, net) = (with(Rhythm::AtOnce), network(1));
        let come = moved(&[(Plan, 1)]);
        assert!(!digest.look(&net, come.clone(), at(1, 19, 50)).is_empty());
        assert!(digest.look(&net, come.clone(), at(1, 20, 0)).is_empty());
        assert!(digest.due(&[net], at(1, 20, 0)).is_empty());
        assert!(!digest.look(&net, come, at(2, 8, 0)).is_empty());
    }

    #[test]
    fn a_network_has_its_own_rhythm_and_says_nothing_of_silenced_topics() {
        let (mut digest, net) = (with(Rhythm::Never), network(1));
        let own = NetworkDigest {
            rhythm: Some(Rhythm::Daily),
            silent: [Topic::Plan].into(),
        };
        digest.kept.settings.networks.insert(net, own);
        let come = moved(&[(Plan, 1), (Charter, 1)]);
        assert_eq!(
            digest.look(&net, come.clone(), at(1, 9, 0)),
            [doc(Charter)].into()
        );
        assert!(digest.look(&network(2), come, at(1, 9, 0)).is_empty());
    }

    #[test]
    fn what_i_saw_on_another_machine_is_told_no_more() {
        let (mut digest, net) = (with(Rhythm::Daily), network(1));
        digest.look(&net, moved(&[(Plan, 1)]), at(1, 9, 0));
        assert!(digest.look(&net, moved(&[]), at(1, 9, 1)).is_empty());
        assert_eq!(digest.read(&net, at(1, 9, 2)), 0);
        let later = moved(&[(Plan, 2)]);
        assert!(digest.look(&net, later, at(1, 9, 3)).is_empty());
    }

    #[test]
    fn a_clock_that_was_years_ahead_does_not_silence_the_digest() {
        let (mut digest, net) = (with(Rhythm::Daily), network(1));
        let ahead = date(2036, 1, 1).at(9, 0, 0, 0);
        digest.look(&net, moved(&[(Plan, 1)]), ahead);
        digest.read(&net, ahead);
        let come = moved(&[(Plan, 2)]);
        assert!(!digest.look(&net, come, at(1, 9, 0)).is_empty());
    }

    #[test]
    fn a_time_of_day_has_one_form() {
        let read = |text: &str| TimeOfDay::try_from(text.to_owned());
        assert_eq!(read("18:30").unwrap().to_string(), "18:30");
        for wrong in ["18h30", "24:00", "8:30", "18:30:01", ""] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }
}
