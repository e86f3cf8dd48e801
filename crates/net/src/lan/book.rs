//! Who was heard on the local networks, and where.

use std::{
    collections::{BTreeMap, HashMap},
    net::SocketAddr,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use iroh::{
    EndpointId, TransportAddr,
    address_lookup::{AddressLookup, EndpointData, EndpointInfo, Error, Item},
};
use n0_future::{StreamExt as _, boxed::BoxStream, stream};
use tokio::{sync::watch, time::timeout};
use tresse_model::DeviceId;

/// An address not heard for so long is not dialled any more.
const STALE: Duration = Duration::from_mins(1);
/// A device not heard for so long has come back when it is heard again.
const AWAY: Duration = Duration::from_secs(10);
/// How long a dial waits for its device to be heard.
const PATIENCE: Duration = Duration::from_secs(10);
/// How many devices, and addresses of one, are remembered.
const DEVICES: usize = 512;
const ADDRESSES: usize = 24;

/// The devices heard of late. Clones share it; iroh asks it too.
#[derive(Debug, Clone)]
pub(crate) struct Book {
    heard: Arc<Mutex<HashMap<DeviceId, BTreeMap<SocketAddr, Instant>>>>,
    pages: watch::Sender<()>,
    /// Somebody may be heard: it is worth waiting for.
    listens: Arc<AtomicBool>,
}

impl Book {
    pub(crate) fn new() -> Self {
        Self {
            heard: Arc::default(),
            pages: watch::Sender::new(()),
            listens: Arc::default(),
        }
    }

    /// Others are heard from now on, or no more: then who was heard is forgotten.
    pub(crate) fn listens(&self, on: bool) {
        self.listens.store(on, Ordering::Relaxed);
        if !on {
            let mut heard = self.heard.lock().unwrap_or_else(PoisonError::into_inner);
            heard.clear();
        }
    }

    /// Notes where a device was heard, and answers whether that is news.
    pub(crate) fn note(&self, device: DeviceId, addrs: Vec<SocketAddr>, now: Instant) -> bool {
        let mut heard = self.heard.lock().unwrap_or_else(PoisonError::into_inner);
        if !heard.contains_key(&device) && heard.len() >= DEVICES {
            make_room(&mut heard, now);
        }
        let known = heard.entry(device).or_default();
        let last = known.values().max().copied();
        let back = last.is_none_or(|last| now.saturating_duration_since(last) > AWAY);
        let mut news = false;
        for address in addrs {
            if known.len() < ADDRESSES || known.contains_key(&address) {
                news |= known.insert(address, now).is_none();
            }
        }
        known.retain(|_, seen| now.saturating_duration_since(*seen) < STALE);
        drop(heard);
        if news {
            self.pages.send_replace(());
        }
        news || back
    }

    /// Where a device was heard of late, the freshest first.
    pub(crate) fn look_up(&self, device: DeviceId, now: Instant) -> Vec<SocketAddr> {
        let heard = self.heard.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(known) = heard.get(&device) else {
            return Vec::new();
        };
        let age = |seen: &Instant| now.saturating_duration_since(*seen);
        let mut fresh: Vec<_> = known.iter().filter(|(_, seen)| age(seen) < STALE).collect();
        fresh.sort_by_key(|(_, seen)| age(seen));
        fresh.into_iter().map(|(address, _)| *address).collect()
    }

    pub(crate) fn knows(&self, device: DeviceId, now: Instant) -> bool {
        !self.look_up(device, now).is_empty()
    }
}

/// Forgets the stale, and the one heard longest ago if none is.
fn make_room(heard: &mut HashMap<DeviceId, BTreeMap<SocketAddr, Instant>>, now: Instant) {
    let last = |known: &BTreeMap<SocketAddr, Instant>| known.values().max().copied();
    heard.retain(|_, known| {
        last(known).is_some_and(|last| now.saturating_duration_since(last) < STALE)
    });
    if heard.len() >= DEVICES {
        let oldest = heard.iter().min_by_key(|(_, known)| last(known));
        if let Some(device) = oldest.map(|(device, _)| *device) {
            heard.remove(&device);
        }
    }
}

impl AddressLookup for Book {
    /// What is known now, then what is heard while the dial goes on.
    fn resolve(&self, id: EndpointId) -> Option<BoxStream<Result<Item, Error>>> {
        if !self.listens.load(Ordering::Relaxed) {
            return None;
        }
        let device = DeviceId::from_bytes(*id.as_bytes());
        let pages = self.pages.subscribe();
        let asked = (self.clone(), pages, Vec::new(), Instant::now() + PATIENCE);
        let answers = stream::unfold(asked, move |(book, mut pages, told, until)| async move {
            loop {
                pages.mark_unchanged();
                let now = Instant::now();
                let known = book.look_up(device, now);
                if known.iter().any(|address| !told.contains(address)) {
                    let addresses = known.iter().copied().map(TransportAddr::Ip);
                    let data: EndpointData = addresses.collect();
                    let info = EndpointInfo::from_parts(id, data);
                    let item = Item::new(info, "tresse-lan", None);
                    return Some((Ok(item), (book, pages, known, until)));
                }
                let left = until.saturating_duration_since(now);
                match timeout(left, pages.changed()).await {
                    Ok(Ok(())) => {}
                    Ok(Err(_)) | Err(_) => return None,
                }
            }
        });
        Some(answers.boxed())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BO: DeviceId = DeviceId::from_bytes([2; 32]);

    fn at(text: &str) -> Vec<SocketAddr> {
        vec![text.parse().unwrap()]
    }

    #[test]
    fn a_new_address_is_news_and_the_same_again_is_not() {
        let (book, now) = (Book::new(), Instant::now());
        assert!(book.note(BO, at("10.0.0.2:1"), now));
        assert!(!book.note(BO, at("10.0.0.2:1"), now));
        assert!(book.note(BO, at("10.0.0.2:2"), now));
        assert_eq!(book.look_up(BO, now).len(), 2);
    }

    #[test]
    fn a_device_that_was_away_is_news_and_its_old_address_is_forgotten() {
        let (book, now) = (Book::new(), Instant::now());
        book.note(BO, at("10.0.0.2:1"), now);
        assert!(book.note(BO, at("10.0.0.2:1"), now + Duration::from_secs(30)));
        let later = now + Duration::from_mins(2);
        assert!(!book.knows(BO, later));
        book.note(BO, at("10.0.0.3:1"), later);
        assert_eq!(book.look_up(BO, later), at("10.0.0.3:1"));
    }

    #[test]
    fn a_flood_of_names_does_not_fill_the_memory() {
        let (book, now) = (Book::new(), Instant::now());
        for n in 0..5000_u32 {
            let mut name = [0; 32];
            name[..4].copy_from_slice(&n.to_be_bytes());
            book.note(DeviceId::from_bytes(name), at("10.0.0.2:1"), now);
        }
        assert!(book.heard.lock().unwrap().len() <= DEVICES);
    }

    #[test]
    fn who_does_not_listen_waits_for_nobody_and_remembers_nobody() {
        let (book, now) = (Book::new(), Instant::now());
        let id = iroh::SecretKey::from_bytes(&[5; 32]).public();
        assert!(book.resolve(id).is_none());
        book.listens(true);
        assert!(book.resolve(id).is_some());
        book.note(BO, at("10.0.0.2:1"), now);
        book.listens(false);
        assert!(!book.knows(BO, now) && book.resolve(id).is_none());
    }

    #[tokio::test]
    async fn a_dial_that_began_before_its_device_was_heard_learns_of_it() {
        let book = Book::new();
        book.listens(true);
        let id = iroh::SecretKey::from_bytes(&[5; 32]).public();
        let mut answers = book.resolve(id).unwrap();
        let asked = tokio::spawn(async move { answers.next().await });
        book.note(
            DeviceId::from_bytes(*id.as_bytes()),
            at("10.0.0.2:1"),
            Instant::now(),
        );
        let item = asked.await.unwrap().unwrap().unwrap();
        assert_eq!(
            item.ip_addrs().copied().collect::<Vec<_>>(),
            at("10.0.0.2:1")
        );
    }
}
