//! How far it is with documents that come from others: a newcomer's first meeting brings thousands.

use serde::Serialize;
use tresse_sync::NetStatus;

/// How far it is with documents that come from others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Default)]
pub struct ComingView {
    /// How many have come.
    pub done: usize,
    /// Of how many; none: nothing is to come.
    pub all: usize,
}

impl ComingView {
    /// From one device, in one network.
    pub(crate) fn of(status: &NetStatus) -> Self {
        if status.to_come == 0 {
            return Self::default();
        }
        Self {
            done: status.to_come_of.saturating_sub(status.to_come),
            all: status.to_come_of,
        }
    }

    /// Whichever of the two has more to come: what comes from several is mostly the same.
    pub(crate) fn longer(self, other: Self) -> Self {
        if other.left() > self.left() {
            other
        } else {
            self
        }
    }

    /// How many are still to come.
    pub const fn left(self) -> usize {
        self.all.saturating_sub(self.done)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(to_come: usize, to_come_of: usize) -> ComingView {
        ComingView::of(&NetStatus {
            to_come,
            to_come_of,
            ..NetStatus::default()
        })
    }

    #[test]
    fn once_everything_has_come_there_is_nothing_to_say() {
        assert_eq!(of(30, 100), ComingView { done: 70, all: 100 });
        assert_eq!(of(0, 100), ComingView::default());
    }

    #[test]
    fn of_several_devices_the_one_from_which_most_is_to_come_is_told() {
        let (much, little) = (of(90, 100), of(3, 200));
        assert_eq!(much.longer(little), much);
        assert_eq!(little.longer(much), much);
        assert_eq!(ComingView::default().longer(little), little);
    }
}
