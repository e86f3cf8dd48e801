//! Shares of people: thresholds and quorums.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

/// A share that must be reached, as a fraction: so that nothing is rounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    /// More than this, not just as much.
    pub more: bool,
    /// The fraction's upper number.
    pub part: u32,
    /// The fraction's lower number; not zero.
    pub of: u32,
}

impl Share {
    /// More than half.
    pub const MAJORITY: Self = Self {
        more: true,
        part: 1,
        of: 2,
    };

    /// Whether so many of so many reach it. Of nobody, nothing is reached.
    pub fn reached(self, some: usize, all: usize) -> bool {
        let (left, right) = (
            some as u128 * u128::from(self.of),
            all as u128 * u128::from(self.part),
        );
        all > 0
            && if self.more {
                left > right
            } else {
                left >= right
            }
    }

    /// Whether both ask for as much of whatever number: `1/2` and `50%`.
    pub fn says_the_same(self, other: Self) -> bool {
        let (left, right) = (
            u64::from(self.part) * u64::from(other.of),
            u64::from(other.part) * u64::from(self.of),
        );
        self.more == other.more && left == right
    }

    /// How many of so many reach it: one more than all, where nobody can.
    pub fn need(self, all: usize) -> usize {
        (0..=all)
            .find(|some| self.reached(*some, all))
            .unwrap_or(all + 1)
    }
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.more { ">" } else { ">=" };
        write!(f, "{sign}{}/{}", self.part, self.of)
    }
}

/// `>1/2`, `>=2/3`, `2/3`, `75 %`; without a sign: at least.
impl FromStr for Share {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        let text = text.trim();
        let (more, rest) = match text.strip_prefix(">=").or_else(|| text.strip_prefix('≥')) {
            Some(rest) => (false, rest),
            None => match text.strip_prefix('>') {
                Some(rest) => (true, rest),
                None => (false, text),
            },
        };
        let number = |text: &str| {
            let text = text.trim();
            let sound =
                !text.is_empty() && text.len() <= 4 && text.bytes().all(|b| b.is_ascii_digit());
            if sound {
                text.parse::<u32>().map_err(drop)
            } else {
                Err(())
            }
        };
        let (part, of) = match rest.split_once('/') {
            Some((part, of)) => (number(part)?, number(of)?),
            None => (number(rest.trim().strip_suffix('%').ok_or(())?)?, 100),
        };
        // What nobody or everybody reaches is no share: more than all, at least nothing.
        let sound = of > 0 && part <= of && !(more && part == of) && (more || part > 0);
        sound.then_some(Self { more, part, of }).ok_or(())
    }
}

impl Serialize for Share {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Share {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        text.parse().map_err(|()| D::Error::custom("not a share"))
    }
}

/// Of whom a share is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ShareOf {
    /// Of the votes cast.
    #[default]
    Cast,
    /// Of everybody who is asked, whether they answer or not.
    Members,
}

/// What becomes of who abstains, where the share is of the votes cast.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Abstentions {
    /// They stand aside: the share is of those for and against. They do count for the quorum.
    #[default]
    Aside,
    /// They are votes cast, so that they weigh against.
    Cast,
}

/// How many must take part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quorum {
    /// So many persons.
    Persons(u32),
    /// A share of everybody who is asked.
    Share(Share),
}

impl Quorum {
    /// How many of so many must take part: more than there are, where it is out of reach.
    pub fn need(self, electors: usize) -> usize {
        match self {
            Self::Persons(persons) => persons as usize,
            Self::Share(share) => share.need(electors),
        }
    }

    /// Whether both ask for as many of however many are asked.
    pub fn says_the_same(self, other: Self) -> bool {
        match (self, other) {
            (Self::Persons(one), Self::Persons(other)) => one == other,
            (Self::Share(one), Self::Share(other)) => one.says_the_same(other),
            _ => false,
        }
    }
}

impl fmt::Display for Quorum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Persons(persons) => write!(f, "{persons}"),
            Self::Share(share) => write!(f, "{share}"),
        }
    }
}

impl FromStr for Quorum {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        let text = text.trim();
        if text.len() <= 4 && text.bytes().all(|byte| byte.is_ascii_digit()) {
            let persons = text.parse().map_err(drop)?;
            return (persons > 0).then_some(Self::Persons(persons)).ok_or(());
        }
        text.parse().map(Self::Share)
    }
}

impl Serialize for Quorum {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Quorum {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        text.parse().map_err(|()| D::Error::custom("not a quorum"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_never_rounded() {
        let share = |text: &str| text.parse::<Share>().unwrap();
        assert!(!share(">1/2").reached(5, 10));
        assert!(share(">1/2").reached(6, 10));
        assert!(share(">=2/3").reached(2, 3));
        assert!(share("75 %").reached(3, 4));
        assert_eq!(share(">1/2").need(10), 6);
        assert_eq!(share("2/3").need(10), 7);
        assert_eq!(share(">=1/1").need(4), 4);
        assert!(!share(">=2/3").reached(0, 0));
    }

    #[test]
    fn a_share_that_nobody_or_everybody_reaches_is_refused() {
        for wrong in [">1/1", ">=0/3", "3/2", "1/0", "half", "", "120%", ">-1/2"] {
            assert!(wrong.parse::<Share>().is_err(), "{wrong}");
        }
        assert!("0".parse::<Quorum>().is_err());
        assert_eq!("5".parse(), Ok(Quorum::Persons(5)));
        assert_eq!("50%".parse::<Quorum>().unwrap().to_string(), ">=50/100");
    }
}
