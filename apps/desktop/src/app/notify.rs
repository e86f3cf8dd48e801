//! A notification of the system's when the digest has something to tell, for those who asked for it. It says how much moved and never what:
//! it may stand on a locked screen, or on one that a room looks at.

use std::sync::{Arc, Mutex, PoisonError};

use tresse_engine::DigestView;

/// Where notifications go.
#[derive(Debug, Clone, Default)]
pub enum Notifications {
    /// Nowhere.
    #[default]
    Nowhere,
    /// To the system. Where it has no place for them, nothing happens.
    System,
    /// Here: for tests.
    Kept(Arc<Mutex<Vec<String>>>),
}

impl Notifications {
    /// Shows one. May wait for the system: not for the window's thread.
    pub(super) fn show(&self, text: String) {
        match self {
            Self::Nowhere => {}
            Self::System => show(&text),
            Self::Kept(kept) => kept
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .push(text),
        }
    }
}

#[cfg(unix)]
fn show(text: &str) {
    let mut notification = notify_rust::Notification::new();
    notification.appname("Tresse").summary("Tresse").body(text);
    if let Err(error) = notification.show() {
        tracing::debug!(%error, "the system shows no notification");
    }
}

#[cfg(not(unix))]
fn show(_text: &str) {
    tracing::debug!("there are no notifications on this system yet");
}

/// Whether it is known that the digest has something to tell.
pub(super) struct Told(bool);

impl Told {
    /// What the person finds when they open the window they see without a notification.
    pub(super) fn at_start(digest: &DigestView) -> Self {
        Self(!digest.ready.is_empty())
    }

    /// How many documents in how many networks are told of, if that has just come to be. What comes beside it later is no news: it is a
    /// digest, not a stream.
    pub(super) fn due(&mut self, digest: &DigestView) -> Option<(usize, usize)> {
        let ready = !digest.ready.is_empty();
        let before = std::mem::replace(&mut self.0, ready);
        let moved = digest.ready.iter().map(|one| one.moved.len() + one.more);
        (ready && !before).then(|| (moved.sum(), digest.ready.len()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_beside_what_is_told_already_is_no_news_until_it_was_read() {
        let network = |moved: usize| tresse_engine::NetworkDigestView {
            network: tresse_engine::model::NetworkId::from_bytes([1; 20]),
            name: "Le réseau".into(),
            moved: Vec::new(),
            more: moved,
        };
        let digest = |ready: Vec<_>| DigestView {
            ready,
            ..DigestView::default()
        };
        let nothing = digest(Vec::new());
        let mut told = Told::at_start(&nothing);
        assert_eq!(told.due(&nothing), None);
        assert_eq!(
            told.due(&digest(vec![network(2), network(3)])),
            Some((5, 2))
        );
        assert_eq!(told.due(&digest(vec![network(4), network(3)])), None);
        assert_eq!(told.due(&nothing), None);
        assert_eq!(told.due(&digest(vec![network(1)])), Some((1, 1)));
        let waited = digest(vec![network(1)]);
        assert_eq!(Told::at_start(&waited).due(&waited), None, "since before");
    }
}
