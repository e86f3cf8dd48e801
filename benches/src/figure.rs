//! One thing that was measured: a length of time, bytes, or how many.

use std::{fmt, time::Duration};

/// A figure with its unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Figure {
    Time(Duration),
    Bytes(u64),
    Count(u64),
}

impl Figure {
    /// How many times the other it is; nothing where the two are of different kinds or the other is nothing.
    pub(crate) fn times(self, other: Self) -> Option<f64> {
        let (ours, theirs) = match (self, other) {
            (Self::Time(ours), Self::Time(theirs)) => (ours.as_secs_f64(), theirs.as_secs_f64()),
            (Self::Bytes(ours), Self::Bytes(theirs)) | (Self::Count(ours), Self::Count(theirs)) => {
                (ours as f64, theirs as f64)
            }
            _ => return None,
        };
        (theirs > 0.0).then(|| ours / theirs)
    }
}

impl From<Duration> for Figure {
    fn from(time: Duration) -> Self {
        Self::Time(time)
    }
}

impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Time(time) => {
                let millis = time.as_secs_f64() * 1e3;
                match millis {
                    ..0.995 => write!(f, "{millis:.2} ms"),
                    ..99.95 => write!(f, "{millis:.1} ms"),
                    ..9_999.5 => write!(f, "{millis:.0} ms"),
                    _ => write!(f, "{:.1} s", millis / 1e3),
                }
            }
            Self::Bytes(bytes @ ..10_000) => write!(f, "{bytes} B"),
            Self::Bytes(bytes @ ..10_000_000) => write!(f, "{:.1} KB", bytes as f64 / 1e3),
            Self::Bytes(bytes) => write!(f, "{:.1} MB", bytes as f64 / 1e6),
            Self::Count(count) => write!(f, "{count}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_has_as_many_digits_as_say_something() {
        let time = |micros| Figure::Time(Duration::from_micros(micros)).to_string();
        assert_eq!(time(84), "0.08 ms");
        assert_eq!(time(4_210), "4.2 ms");
        assert_eq!(time(278_400), "278 ms");
        assert_eq!(time(13_540_000), "13.5 s");
        assert_eq!(Figure::Bytes(689).to_string(), "689 B");
        assert_eq!(Figure::Bytes(1_622_431).to_string(), "1622.4 KB");
        assert_eq!(Figure::Bytes(13_600_000).to_string(), "13.6 MB");
        assert_eq!(Figure::Count(3).to_string(), "3");
    }

    #[test]
    fn only_like_is_compared_with_like() {
        let two = Figure::Time(Duration::from_secs(2));
        assert_eq!(two.times(Figure::Time(Duration::from_secs(4))), Some(0.5));
        assert_eq!(two.times(Figure::Bytes(4)), None);
        assert_eq!(Figure::Bytes(4).times(Figure::Bytes(0)), None);
    }
}
