//! Words that pass from one device to the next, between real endpoints on the loopback interface.
#![allow(clippy::unwrap_used, clippy::expect_used)]
#![allow(clippy::print_stdout, reason = "it measures, and tells what")]

mod common;

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use common::{PATIENCE, Peer, seed};
use iroh::{
    Endpoint, EndpointAddr, EndpointId, SecretKey,
    endpoint::{Connection, presets},
};
use tokio::time::{Instant, sleep, timeout};
use tresse_net::{LinkId, NetEvent, Purpose, Topic, Traffic};

const HALL: Topic = Topic([7; 32]);

/// Peers, and over which link each reaches which.
struct Village {
    peers: Vec<Peer>,
    links: BTreeMap<(usize, usize), LinkId>,
}

impl Village {
    async fn of(first: u8, size: u8) -> Self {
        let mut peers = Vec::new();
        for number in first..first + size {
            peers.push(Peer::named(number).await);
        }
        Self {
            peers,
            links: BTreeMap::new(),
        }
    }

    async fn link(&mut self, a: usize, b: usize) {
        let to = self.peers[b].contact();
        self.peers[a].net.dial(to, Purpose(1));
        for (one, other) in [(a, b), (b, a)] {
            let at = self.peers[one].linked().await;
            assert_eq!(at.device, self.peers[other].net.device());
            self.links.insert((one, other), at.link);
        }
    }

    async fn link_all(&mut self) {
        for a in 0..self.peers.len() {
            for b in a + 1..self.peers.len() {
                self.link(a, b).await;
            }
        }
    }

    /// Everybody listens, and lets everybody speak whom they have a link with.
    fn listen(&self) {
        for (one, peer) in self.peers.iter().enumerate() {
            let mine = self.links.iter().filter(|((from, _), _)| *from == one);
            let links: BTreeSet<_> = mine.map(|(_, link)| *link).collect();
            peer.net.topics(BTreeMap::from([(HALL, links)]));
        }
    }

    /// Says a word again and again until all others have heard it.
    async fn all_hear(&mut self, from: usize, word: &[u8]) {
        let until = Instant::now() + PATIENCE;
        let mut deaf: BTreeSet<_> = (0..self.peers.len()).filter(|one| *one != from).collect();
        for round in 0_u32.. {
            let said = [word, &round.to_be_bytes()].concat();
            self.peers[from].net.gossip(HALL, said);
            let pause = Instant::now() + Duration::from_millis(500);
            let mut still = BTreeSet::new();
            for one in deaf {
                if !hears(&mut self.peers[one], word, pause).await {
                    still.insert(one);
                }
            }
            deaf = still;
            if deaf.is_empty() {
                return;
            }
            assert!(Instant::now() < until, "{deaf:?} did not hear it");
        }
    }

    fn traffic(&self) -> Vec<Traffic> {
        let all = self.peers.iter();
        all.map(|peer| peer.net.traffic()).collect()
    }
}

/// Whether a peer hears a word before a moment.
async fn hears(peer: &mut Peer, word: &[u8], until: Instant) -> bool {
    while let Ok(event) = tokio::time::timeout_at(until, peer.events.recv()).await {
        match event.expect("the network goes on") {
            NetEvent::Gossip { topic, bytes } if bytes.starts_with(word) => {
                assert_eq!(topic, HALL);
                return true;
            }
            _ => {}
        }
    }
    false
}

#[tokio::test]
async fn a_word_reaches_who_has_no_link_with_the_one_who_says_it() {
    let mut village = Village::of(1, 4).await;
    for one in 0..3 {
        village.link(one, one + 1).await;
    }
    village.listen();
    village.all_hear(0, b"good morning").await;
    village.all_hear(3, b"good evening").await;
}

#[tokio::test]
async fn who_may_not_speak_in_a_topic_is_neither_heard_nor_told() {
    let mut village = Village::of(10, 3).await;
    village.link_all().await;
    village.listen();
    village.all_hear(2, b"first").await;
    // The third is put out of it by the two others, and does not know yet.
    for one in [0, 1] {
        let other = village.links[&(one, 1 - one)];
        let topics = BTreeMap::from([(HALL, BTreeSet::from([other]))]);
        village.peers[one].net.topics(topics);
    }
    // Once both have said something since, both have done so. From here on what they say to each other is heard by them and nobody else.
    for (from, to) in [(0, 1), (1, 0)] {
        says_until_heard(&mut village, from, to, &[b'w', from as u8]).await;
    }
    for round in 0_u8..10 {
        village.peers[2].net.gossip(HALL, vec![b'x', round]);
        village.peers[0].net.gossip(HALL, vec![b'y', round]);
    }
    for round in 10_u8..20 {
        let heard = says_until_heard(&mut village, 0, 1, &[b'y', round]).await;
        assert!(heard.iter().all(|word| word[0] != b'x'));
    }
    // The third is let in again: what each hears up to there is all that it ever heard.
    village.listen();
    for (from, to, never) in [(0, 2, b'y'), (1, 2, b'y'), (2, 0, b'x'), (2, 1, b'x')] {
        let word = [b'z', from as u8, to as u8];
        let heard = says_until_heard(&mut village, from, to, &word).await;
        let told = heard.iter().filter(|word| word[0] == never);
        assert_eq!(told.count(), 0, "{to} heard what was not for them");
    }
}

/// One says a word again and again until another hears it; what that one heard before.
async fn says_until_heard(
    village: &mut Village,
    from: usize,
    to: usize,
    word: &[u8],
) -> Vec<Vec<u8>> {
    let deadline = Instant::now() + PATIENCE;
    let mut heard = Vec::new();
    for round in 0_u32.. {
        let said = [word, &round.to_be_bytes()].concat();
        village.peers[from].net.gossip(HALL, said);
        let pause = Instant::now() + Duration::from_millis(500);
        let events = &mut village.peers[to].events;
        while let Ok(event) = tokio::time::timeout_at(pause, events.recv()).await {
            match event.expect("the network goes on") {
                NetEvent::Gossip { bytes, .. } if bytes.starts_with(word) => return heard,
                NetEvent::Gossip { bytes, .. } => heard.push(bytes),
                _ => {}
            }
        }
        assert!(Instant::now() < deadline, "{to} does not hear {from}");
    }
    heard
}

#[tokio::test]
async fn a_topic_that_is_left_is_not_heard_and_joined_again_it_is() {
    let mut village = Village::of(20, 3).await;
    village.link_all().await;
    village.listen();
    village.all_hear(0, b"one").await;
    village.peers[2].net.topics(BTreeMap::new());
    village.listen();
    village.all_hear(2, b"two").await;
    village.all_hear(1, b"three").await;
}

#[tokio::test]
async fn the_last_word_before_a_shutdown_is_heard() {
    let mut village = Village::of(30, 2).await;
    village.link_all().await;
    village.listen();
    village.all_hear(1, b"hello").await;
    village.all_hear(0, b"hello too").await;
    let leaving = village.peers.remove(0);
    leaving.net.gossip(HALL, b"goodbye".to_vec());
    leaving.net.shutdown().await;
    let until = Instant::now() + PATIENCE;
    assert!(hears(&mut village.peers[0], b"goodbye", until).await);
}

/// A device that speaks the first words of the protocol by hand, up to being linked.
async fn call(key: u8, to: &mut Peer) -> (Endpoint, Connection, LinkId) {
    let builder = Endpoint::builder(presets::Minimal).secret_key(SecretKey::from_bytes(&seed(key)));
    let endpoint = builder.bind().await.expect("a caller's endpoint");
    let id = EndpointId::from_bytes(to.net.device().as_bytes()).unwrap();
    let address = EndpointAddr::new(id).with_ip_addr(to.address());
    let refused = endpoint.connect(address.clone(), b"/iroh-gossip/1").await;
    assert!(refused.is_err(), "the protocol has no door of its own");
    let connection = endpoint.connect(address, b"tresse/1").await.unwrap();
    let (mut send, mut recv) = connection.open_bi().await.unwrap();
    send.write_all(&[1; 24]).await.unwrap();
    recv.read_exact(&mut [0; 24]).await.unwrap();
    if endpoint.id().as_bytes() < to.net.device().as_bytes() {
        send.write_all(&[1]).await.unwrap();
    } else {
        recv.read_exact(&mut [0]).await.unwrap();
    }
    let link = to.until(common::linked).await.link;
    // Both ends of the stream live as long as the link is to.
    tokio::spawn(async move {
        let ended = recv.read_to_end(1024).await;
        drop((send, ended));
    });
    (endpoint, connection, link)
}

#[tokio::test]
async fn a_stranger_cannot_even_open_the_stream_and_hears_nothing() {
    let mut ana = Peer::named(40).await;
    let (_endpoint, stranger, link) = call(41, &mut ana).await;
    // Whoever uses the crate names a link that proved nothing: it counts for nothing.
    let topics = BTreeMap::from([(HALL, BTreeSet::from([link]))]);
    ana.net.topics(topics.clone());
    ana.net.gossip(HALL, b"for members".to_vec());
    let soon = Duration::from_secs(2);
    assert!(timeout(soon, stranger.open_uni()).await.is_err());
    stranger.set_max_concurrent_uni_streams(4_u32.into());
    assert!(timeout(soon, stranger.accept_uni()).await.is_err());
    // A member's is opened at once.
    ana.net.proven(link);
    ana.net.topics(topics);
    let opened = timeout(PATIENCE, stranger.open_uni()).await;
    opened.expect("in time").expect("a stream");
}

#[tokio::test]
async fn a_member_who_speaks_nonsense_is_not_heard_and_its_link_goes_on() {
    let mut ana = Peer::named(42).await;
    let (_endpoint, mallory, link) = call(43, &mut ana).await;
    ana.net.proven(link);
    ana.net
        .topics(BTreeMap::from([(HALL, BTreeSet::from([link]))]));
    let mut stream = mallory.open_uni().await.unwrap();
    stream.write_all(&[0, 4, 1, 2, 3, 4]).await.unwrap();
    let stopped = timeout(PATIENCE, stream.stopped()).await;
    stopped.expect("the stream is given up").unwrap();
    let soon = timeout(Duration::from_millis(500), mallory.closed()).await;
    assert!(soon.is_err(), "the link goes on");
}

#[tokio::test]
async fn in_a_crowd_nobody_speaks_with_more_than_a_few() {
    let mut village = Village::of(50, 12).await;
    village.link_all().await;
    village.listen();
    for from in [0, 5, 11] {
        village
            .all_hear(from, format!("from {from}").as_bytes())
            .await;
    }
    for traffic in village.traffic() {
        assert!((1..=5).contains(&traffic.neighbours), "{traffic:?}");
    }
}

/// What gossip costs, and beside it all that passes over the loopback interface, links' signs of life included. Alone on a machine:
/// `unshare -rn sh -c 'ip link set lo up; cargo nextest run -p tresse-net --run-ignored only --success-output final -E "test(what_gossip_costs)"'`.
/// `TRESSE_PEERS=30` measures with so many devices alone.
#[tokio::test]
#[ignore = "a measurement: it takes ten minutes"]
async fn what_gossip_costs() {
    let only = std::env::var("TRESSE_PEERS").ok();
    let only = only.and_then(|size| size.parse().ok());
    for size in only.map_or(vec![3, 10, 30], |size: u8| vec![size]) {
        let mut village = Village::of(100, size).await;
        village.link_all().await;
        let links = minute(&mut village, |_, _| false).await;
        village.listen();
        village.all_hear(0, b"ready").await;
        sleep(Duration::from_secs(10)).await;
        println!("{size} devices, all linked; sent by each in a minute:");
        links.tells("links alone");
        let idle = minute(&mut village, |_, _| false).await;
        idle.tells("nothing said");
        let heartbeats = minute(&mut village, |_, tick| tick % 80 == 0).await;
        heartbeats.tells("everybody says every 20 s that they are here");
        let writes = minute(&mut village, |one, tick| one == 0 || tick % 80 == 0).await;
        writes.tells("and one of them writes, four words a second");
        let neighbours: Vec<_> = village.traffic().iter().map(|one| one.neighbours).collect();
        println!("  neighbours: {neighbours:?}");
    }
}

/// How long a word of presence with a caret in it is at the most, nearly: one of this minute has 204 bytes.
const WORD: usize = 222;

/// What a minute cost each device, in the mean.
struct Cost {
    messages: u64,
    bytes: u64,
    /// The messages of the device that sent most.
    most: u64,
    /// All that passed over the loopback interface.
    wire: u64,
}

impl Cost {
    fn tells(&self, what: &str) {
        let Self {
            messages,
            bytes,
            most,
            wire,
        } = self;
        println!(
            "  {what}: {messages} messages of gossip (at most {most}), {bytes} bytes; {wire} bytes of packets"
        );
    }
}

/// Lets a minute pass in which those speak who shall, at each quarter of a second.
async fn minute(village: &mut Village, speaks: impl Fn(usize, u64) -> bool) -> Cost {
    let (before, wire) = (village.traffic(), loopback_bytes());
    let salt = before[0].sent.to_be_bytes();
    for tick in 0..240_u64 {
        let next = Instant::now() + Duration::from_millis(250);
        for (one, peer) in village.peers.iter_mut().enumerate() {
            if speaks(one, tick) {
                let mut word = vec![one as u8; WORD];
                word[..8].copy_from_slice(&tick.to_be_bytes());
                word[8..16].copy_from_slice(&salt);
                peer.net.gossip(HALL, word);
            }
            while peer.events.try_recv().is_ok() {}
        }
        tokio::time::sleep_until(next).await;
    }
    let after = village.traffic();
    let each = before.iter().zip(&after);
    let sent: Vec<_> = each.clone().map(|(a, b)| b.sent - a.sent).collect();
    let bytes: u64 = each.map(|(a, b)| b.sent_bytes - a.sent_bytes).sum();
    let count = after.len() as u64;
    Cost {
        messages: sent.iter().sum::<u64>() / count,
        bytes: bytes / count,
        most: sent.iter().copied().max().unwrap_or(0),
        wire: (loopback_bytes() - wire) / count,
    }
}

/// What was sent over the loopback interface since the machine started; 0 where the system does not tell.
fn loopback_bytes() -> u64 {
    let table = std::fs::read_to_string("/proc/net/dev").unwrap_or_default();
    let row = table.lines().find(|row| row.trim().starts_with("lo:"));
    let sent = row.and_then(|row| row.split_whitespace().nth(9));
    sent.and_then(|sent| sent.parse().ok()).unwrap_or(0)
}
