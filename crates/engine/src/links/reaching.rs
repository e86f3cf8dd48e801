//! Who is sought at the addresses that were given to this process, and what came of the last of them.

use std::{collections::BTreeSet, net::SocketAddr, time::Instant};

use tresse_model::DeviceId;
use tresse_net::Contact;

use super::places::plain;
use crate::{Event, ReachState, ReachView};

/// What was given to this process.
#[derive(Debug, Default)]
pub(super) struct Reaching {
    /// How often something was.
    pub(super) number: u64,
    pub(super) now: Option<Reach>,
    /// The last of them, for as long as the program runs.
    pub(super) kept: Vec<Whose>,
}

impl Reaching {
    /// A member's device is linked from an address: whoever was sought there is known from now on. Whether that was so.
    pub(super) fn settle(&mut self, device: DeviceId, remote: Option<SocketAddr>) -> bool {
        let Some(at) = remote.map(plain) else {
            return false;
        };
        let before = self.kept.len();
        self.kept.retain(|kept| *kept != Whose::Anybody(at));
        let was_sought = self.kept.len() < before;
        if was_sought {
            let known = Whose::Of(vec![there(device, at)]);
            self.kept.retain(|kept| *kept != known);
            self.kept.push(known);
        }
        was_sought
    }

    /// A device that was dialled did not answer, or shares nothing with this one; `dialled_for` is the number of the address for which it was dialled,
    /// where that is known.
    pub(super) fn failed(
        &mut self,
        device: &DeviceId,
        dialled_for: Option<u64>,
        stranger: bool,
    ) -> Option<Event> {
        let reach = self.now.as_mut()?;
        // What was dialled before, for something else, says nothing of this address.
        let other = dialled_for.is_some_and(|number| number != reach.number);
        if other || !reach.waiting.remove(device) {
            return None;
        }
        reach.stranger |= stranger;
        self.goes_on()
    }

    /// Says that nobody answered, once nobody is left who could.
    pub(super) fn goes_on(&mut self) -> Option<Event> {
        let reach = self.now.as_mut()?;
        if reach.is_out() || !reach.waiting.is_empty() {
            return None;
        }
        if let Some(who) = reach.beside.take() {
            return Some(reach.answered(who));
        }
        let (code, message) = if reach.stranger {
            (
                "reach-stranger",
                "a machine answers there, but it shares no network with this one",
            )
        } else {
            (
                "reach-no-answer",
                "no machine of a member answers there (yet): is Tresse open on it, and do both reach the same network?",
            )
        };
        reach.state = ReachState::Nobody {
            code: code.to_owned(),
            message: message.to_owned(),
        };
        Some(Event::NotReached {
            number: reach.number,
            code: code.to_owned(),
            message: message.to_owned(),
        })
    }
}

/// A member's machine that answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Answerer {
    pub(super) device: DeviceId,
    /// Its person's name.
    pub(super) name: String,
    /// It tells where others are.
    pub(super) tells: bool,
}

/// Who is sought at an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Whose {
    /// These devices, each where it is said to be.
    Of(Vec<Contact>),
    /// Whichever member's is there.
    Anybody(SocketAddr),
}

/// The address given last.
#[derive(Debug)]
pub(super) struct Reach {
    pub(super) number: u64,
    pub(super) whose: Whose,
    /// Dialled, and not heard of.
    pub(super) waiting: BTreeSet<DeviceId>,
    /// A device that answered elsewhere than at the address.
    pub(super) beside: Option<Answerer>,
    pub(super) stranger: bool,
    pub(super) until: Instant,
    pub(super) state: ReachState,
}

impl Whose {
    /// Whether a device linked from there is one that is sought.
    pub(super) fn is(&self, device: &DeviceId, remote: Option<SocketAddr>) -> bool {
        match self {
            Self::Of(contacts) => contacts.iter().any(|one| one.device == *device),
            Self::Anybody(at) => remote.map(plain) == Some(*at),
        }
    }
}

impl Reach {
    /// This device answered.
    pub(super) fn answered(&mut self, who: Answerer) -> Event {
        let Answerer {
            device,
            name,
            tells,
        } = who;
        self.state = ReachState::Answered {
            device,
            name: name.clone(),
            tells,
        };
        Event::Reached {
            number: self.number,
            device,
            name,
        }
    }

    pub(super) fn is_out(&self) -> bool {
        self.state != ReachState::Reaching
    }

    pub(super) fn view(&self) -> ReachView {
        let places: Vec<_> = match &self.whose {
            Whose::Of(contacts) => contacts.iter().flat_map(|one| &one.addrs).collect(),
            Whose::Anybody(at) => vec![at],
        };
        ReachView {
            number: self.number,
            places: places.iter().map(ToString::to_string).collect(),
            state: self.state.clone(),
        }
    }
}

/// A device at one address.
pub(super) fn there(device: DeviceId, at: SocketAddr) -> Contact {
    Contact {
        device,
        addrs: vec![at],
        relay: None,
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub(crate) const BO: DeviceId = DeviceId::from_bytes([3; 32]);

    pub(crate) fn at(text: &str) -> SocketAddr {
        text.parse().unwrap()
    }

    pub(crate) fn bo() -> Contact {
        there(BO, at("10.0.0.2:7"))
    }

    /// Bo is sought at an address, by the dial with this number.
    fn seeking_bo(number: u64, whose: Whose) -> Reaching {
        Reaching {
            number,
            now: Some(Reach {
                number,
                whose: whose.clone(),
                waiting: [BO].into(),
                beside: None,
                stranger: false,
                until: Instant::now(),
                state: ReachState::Reaching,
            }),
            kept: vec![whose],
        }
    }

    #[test]
    fn a_dial_that_failed_and_was_for_something_else_is_no_answer_to_this_one() {
        let mut reaching = seeking_bo(2, Whose::Of(vec![bo()]));
        // For the address given before, and for a ticket.
        for other in [1, 0] {
            assert_eq!(reaching.failed(&BO, Some(other), false), None);
        }
        assert!(!reaching.now.as_ref().unwrap().is_out());
        let told = reaching.failed(&BO, Some(2), false);
        assert!(
            matches!(&told, Some(Event::NotReached { number: 2, code, .. }) if code == "reach-no-answer"),
            "{told:?}"
        );
        // A link that ended was dialled for whatever it was.
        let mut reaching = seeking_bo(2, Whose::Of(vec![bo()]));
        assert!(reaching.failed(&BO, None, true).is_some());
    }

    #[test]
    fn whoever_is_linked_from_an_address_is_who_is_sought_there_from_then_on_whatever_was_given_since()
     {
        let here = at("10.0.0.2:7");
        let mut reaching = seeking_bo(1, Whose::Anybody(here));
        reaching.kept.push(Whose::Anybody(at("10.0.0.3:7")));
        assert!(!reaching.settle(BO, None));
        assert!(!reaching.settle(BO, Some(at("10.0.0.9:7"))));
        assert_eq!(reaching.kept.len(), 2);
        assert!(reaching.settle(BO, Some(at("[::ffff:10.0.0.2]:7"))));
        let of_bo = Whose::Of(vec![bo()]);
        assert_eq!(
            reaching.kept,
            [Whose::Anybody(at("10.0.0.3:7")), of_bo.clone()]
        );
        // Typed once more while linked, it is kept once.
        reaching.kept.push(Whose::Anybody(here));
        assert!(reaching.settle(BO, Some(here)));
        assert_eq!(reaching.kept, [Whose::Anybody(at("10.0.0.3:7")), of_bo]);
    }
}
