//! What this device says of itself, and when: at once where something changed, but not too often; and now and
//! then that it is still here.

use super::{HEARTBEAT, Order, PACE, Said};

/// What one device says in one network.
#[derive(Debug, Clone)]
pub struct Voice {
    run: u64,
    count: u64,
    /// What is to be said; `None`: nothing at all.
    say: Option<Said>,
    /// What was said last, and when.
    last: Option<(Said, u64)>,
    /// Somebody came who has not heard it.
    again: bool,
}

impl Voice {
    /// A device that says nothing yet. `run` must be greater than at any start of this program before.
    pub const fn new(run: u64) -> Self {
        Self {
            run,
            count: 0,
            say: None,
            last: None,
            again: false,
        }
    }

    /// What is to be said from now on; `None`: nothing, after a word of leaving where something was said before.
    pub fn say(&mut self, say: Option<Said>) {
        self.say = say;
    }

    /// Somebody came who cannot know what was said before.
    pub const fn repeat(&mut self) {
        self.again = true;
    }

    /// What to say at this moment, if anything: call it and send what it answers.
    pub fn due(&mut self, now: u64) -> Option<(Order, Said)> {
        if self.next()? > now {
            return None;
        }
        let said = self.wanted()?;
        self.again = false;
        self.last = Some((said, now));
        self.count += 1;
        let order = Order {
            run: self.run,
            count: self.count,
        };
        Some((order, said))
    }

    /// From when on there is something to say. `None`: never, unless something changes.
    pub fn next(&self) -> Option<u64> {
        let wanted = self.wanted()?;
        let Some((last, at)) = self.last else {
            return Some(0);
        };
        let soon = at.saturating_add(PACE);
        match (wanted == last && !self.again, wanted) {
            // Who leaves does not wait.
            (false, Said::Leaving) => Some(0),
            (false, Said::Here(_)) => Some(soon),
            (true, Said::Leaving) => None,
            (true, Said::Here(_)) => Some(at.saturating_add(HEARTBEAT)),
        }
    }

    fn wanted(&self) -> Option<Said> {
        match (self.say, self.last) {
            (Some(say), _) => Some(say),
            // Who has said nothing need not say that they go; and it is said once.
            (None, None | Some((Said::Leaving, _))) => None,
            (None, Some((Said::Here(_), _))) => Some(Said::Leaving),
        }
    }
}
