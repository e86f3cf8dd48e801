//! Which of two connections between the same two devices is the link.
//!
//! Both may dial at once, and one may have died without the other noticing. One of the two
//! devices decides for both, the one with the smaller name, so that they never differ. It says
//! so with one byte on the connection it chose, and closes the other.

use tresse_model::DeviceId;

/// Sixteen bytes that name a connection on both its ends without being sent.
pub(crate) type Token = [u8; 16];

/// What each side says first on a new connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Hello {
    /// Random per start of the program: tells a restarted device from one that went on.
    pub(crate) instance: u64,
    /// The last link with the other side that this side knows to be over; zero if none.
    pub(crate) ended: Token,
}

impl Hello {
    /// How many bytes [`Hello::to_bytes`] gives.
    pub(crate) const LEN: usize = 24;

    pub(crate) fn to_bytes(self) -> [u8; Self::LEN] {
        let mut bytes = [0; Self::LEN];
        bytes[..8].copy_from_slice(&self.instance.to_be_bytes());
        bytes[8..].copy_from_slice(&self.ended);
        bytes
    }

    pub(crate) fn from_bytes(bytes: [u8; Self::LEN]) -> Self {
        let mut instance = [0; 8];
        instance.copy_from_slice(&bytes[..8]);
        let mut ended = [0; 16];
        ended.copy_from_slice(&bytes[8..]);
        Self {
            instance: u64::from_be_bytes(instance),
            ended,
        }
    }
}

/// What the deciding side remembers of the link it has.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Present {
    pub(crate) instance: u64,
    pub(crate) token: Token,
}

/// Whether this device decides for both.
pub(crate) fn decides(me: DeviceId, other: DeviceId) -> bool {
    me < other
}

/// Whether a new connection takes the place of the present link: only when the other side says
/// that it no longer has that link. Otherwise both dialled at once, and the first one stays.
pub(crate) fn replaces(present: Option<Present>, new: Hello) -> bool {
    present.is_none_or(|present| new.instance != present.instance || new.ended == present.token)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PRESENT: Present = Present {
        instance: 1,
        token: [9; 16],
    };

    #[test]
    fn of_two_simultaneous_dials_the_first_stays() {
        let hello = Hello {
            instance: 1,
            ended: [0; 16],
        };
        assert!(replaces(None, hello));
        assert!(!replaces(Some(PRESENT), hello));
    }

    #[test]
    fn a_restarted_device_takes_the_place_of_its_former_self() {
        let hello = Hello {
            instance: 2,
            ended: [0; 16],
        };
        assert!(replaces(Some(PRESENT), hello));
    }

    #[test]
    fn a_link_that_the_other_side_lost_is_replaced() {
        let hello = Hello {
            instance: 1,
            ended: [9; 16],
        };
        assert!(replaces(Some(PRESENT), hello));
    }

    #[test]
    fn exactly_one_of_two_devices_decides() {
        let (a, b) = (DeviceId::from_bytes([1; 32]), DeviceId::from_bytes([2; 32]));
        assert!(decides(a, b));
        assert!(!decides(b, a));
    }

    #[test]
    fn a_greeting_reads_back() {
        let hello = Hello {
            instance: 0x0102_0304_0506_0708,
            ended: [7; 16],
        };
        assert_eq!(Hello::from_bytes(hello.to_bytes()), hello);
    }
}
