//! The two protocols among thirty devices, by a clock of their own: what a word costs, and how late it is, follow from the seed alone
//! and not from the machine.

use std::collections::BTreeSet;

use iroh_gossip::proto::Config;

use super::*;

const TOPIC: Topic = Topic([7; 32]);
const SIZE: usize = 30;
/// How long a message is under way, drawn for each two devices in milliseconds, and what part of it one may take longer.
const UNDER_WAY: std::ops::Range<u64> = 1..80;
const UNSTEADY: f64 = 0.25;
/// The shortest pause between two words of a device, `tresse_sync::PACE`.
const PACE: Duration = Duration::from_millis(250);
/// After how long a device that vanished is noticed, at the latest.
const NOTICED: Duration = Duration::from_secs(26);

/// What a device is given to deal with, and when.
enum Due {
    Event(InEvent<Peer>),
    /// A message, and from whom. It is lost where one of the two has vanished.
    Message(usize, Message<Peer>),
    /// It looks whether it has enough neighbours.
    Look,
}

/// One word on its way.
struct Word {
    from: usize,
    said: Instant,
    heard: BTreeMap<usize, Instant>,
}

/// How many messages went along the tree or around it. What is said about neighbours is not in it: it goes on without a word being said.
#[derive(Debug, Default, Clone, Copy)]
struct Sent {
    words: usize,
    notices: usize,
    /// Those by which the tree is changed.
    repairs: usize,
}

impl Sent {
    const fn all(self) -> usize {
        self.words + self.notices + self.repairs
    }
}

struct Hall {
    states: Vec<State<Peer, StdRng>>,
    neighbours: Vec<BTreeSet<usize>>,
    vanished: BTreeSet<usize>,
    due: BTreeMap<(Instant, u64), (usize, Due)>,
    numbers: u64,
    /// When the last message from one to another arrives: none overtakes another, as they go by one stream.
    last: BTreeMap<(usize, usize), Instant>,
    words: Vec<Word>,
    /// How many milliseconds it takes between two.
    ways: BTreeMap<(usize, usize), u64>,
    sent: Sent,
    now: Instant,
    rng: StdRng,
}

fn peer(one: usize) -> Peer {
    Peer([u8::try_from(one).unwrap(); 32])
}

impl Hall {
    /// All are linked with all, one pair after the other, and two minutes pass.
    fn meets(config: &Config, seed: u64) -> Self {
        let mut rng = StdRng::seed_from_u64(seed);
        let state = |one| {
            let own = StdRng::from_rng(&mut rng);
            State::new(peer(one), PeerData::default(), config.clone(), own)
        };
        let now = Instant::now();
        let mut hall = Self {
            states: (0..SIZE).map(state).collect(),
            neighbours: vec![BTreeSet::new(); SIZE],
            vanished: BTreeSet::new(),
            due: BTreeMap::new(),
            numbers: 0,
            last: BTreeMap::new(),
            words: Vec::new(),
            ways: BTreeMap::new(),
            sent: Sent::default(),
            now,
            rng,
        };
        for one in 0..SIZE {
            hall.command(one, Command::Join(Vec::new()));
            hall.later(LOOK, one, Due::Look);
        }
        let pairs = (0..SIZE).flat_map(|a| (a + 1..SIZE).map(move |b| (a, b)));
        let mut pairs: Vec<_> = pairs.collect();
        while !pairs.is_empty() {
            let (a, b) = pairs.swap_remove(hall.rng.random_range(0..pairs.len()));
            for (one, other) in [(a, b), (b, a)] {
                // As `Gossip::meet` has it.
                if hall.neighbours[one].len() < FEW || hall.rng.random_range(0..SIZE) < 2 {
                    hall.command(one, Command::Join(vec![peer(other)]));
                }
            }
            hall.passes(Duration::from_millis(20));
        }
        hall.passes(Duration::from_mins(2));
        hall
    }

    fn later(&mut self, pause: Duration, one: usize, due: Due) {
        self.at(self.now + pause, one, due);
    }

    fn at(&mut self, at: Instant, one: usize, due: Due) {
        self.numbers += 1;
        self.due.insert((at, self.numbers), (one, due));
    }

    fn command(&mut self, one: usize, command: Command<Peer>) {
        self.handle(one, InEvent::Command(id(TOPIC), command));
    }

    fn passes(&mut self, time: Duration) {
        let until = self.now + time;
        while let Some(entry) = self.due.first_entry() {
            if entry.key().0 > until {
                break;
            }
            let ((at, _), (one, due)) = entry.remove_entry();
            self.now = at;
            if self.vanished.contains(&one) {
                continue;
            }
            match due {
                Due::Event(event) => self.handle(one, event),
                Due::Message(from, message) if !self.vanished.contains(&from) => {
                    self.handle(one, InEvent::RecvMessage(peer(from), message));
                }
                Due::Message(..) => {}
                Due::Look => self.look(one),
            }
        }
        self.now = until;
    }

    /// As `Gossip::look` has it; here all listen, so nobody is asked in vain.
    fn look(&mut self, one: usize) {
        if self.neighbours[one].len() < FEW {
            let others = (0..SIZE).filter(|other| *other != one);
            let others: Vec<_> = others
                .filter(|other| !self.neighbours[one].contains(other))
                .collect();
            let chosen = others[self.rng.random_range(0..others.len())];
            self.command(one, Command::Join(vec![peer(chosen)]));
        }
        self.later(LOOK, one, Due::Look);
    }

    fn handle(&mut self, one: usize, event: InEvent<Peer>) {
        let outs: Vec<_> = self.states[one].handle(event, self.now, None).collect();
        for out in outs {
            match out {
                OutEvent::SendMessage(to, message) => self.send(one, index(to), message),
                OutEvent::ScheduleTimer(pause, timer) => {
                    self.later(pause, one, Due::Event(InEvent::TimerExpired(timer)));
                }
                OutEvent::EmitEvent(_, Event::Received(word)) => {
                    let number = u32::from_be_bytes(word.content[..4].try_into().unwrap());
                    let word = &mut self.words[number as usize];
                    assert!(word.heard.insert(one, self.now).is_none(), "heard twice");
                }
                OutEvent::EmitEvent(_, Event::NeighborUp(other)) => {
                    self.neighbours[one].insert(index(other));
                }
                OutEvent::EmitEvent(_, Event::NeighborDown(other)) => {
                    self.neighbours[one].remove(&index(other));
                }
                OutEvent::DisconnectPeer(_) | OutEvent::PeerData(..) => {}
            }
        }
    }

    fn send(&mut self, from: usize, to: usize, message: Message<Peer>) {
        // Only its bytes tell: the topic, then which of the protocols, then what.
        match postcard::to_stdvec(&message).unwrap()[32..34] {
            [1, 0] => self.sent.words += 1,
            [1, 3] => self.sent.notices += 1,
            [1, _] => self.sent.repairs += 1,
            _ => {}
        }
        let pair = (from.min(to), from.max(to));
        let usual = self.ways.get(&pair).copied();
        let usual = usual.unwrap_or_else(|| self.rng.random_range(UNDER_WAY));
        self.ways.insert(pair, usual);
        let more = self.rng.random::<f64>() * UNSTEADY;
        let pause = Duration::from_millis(usual).mul_f64(1.0 + more);
        let last = self.last.get(&(from, to)).copied();
        let at = last.map_or(self.now + pause, |last| last.max(self.now + pause));
        self.last.insert((from, to), at);
        self.at(at, to, Due::Message(from, message));
    }

    fn says(&mut self, from: usize) {
        let number = u32::try_from(self.words.len()).unwrap();
        self.words.push(Word {
            from,
            said: self.now,
            heard: BTreeMap::new(),
        });
        let word = number.to_be_bytes().to_vec();
        self.command(from, Command::Broadcast(word.into(), Scope::Swarm));
    }

    /// One word after the other, of whoever it is the turn of; then all that is under way arrives.
    fn speak(&mut self, count: usize, turn: impl Fn(&mut Self) -> usize) -> Spoken {
        let (first, before) = (self.words.len(), self.sent);
        for _ in 0..count {
            let one = turn(self);
            self.says(one);
            self.passes(PACE);
        }
        self.passes(Duration::from_secs(5));
        let mut delays = Vec::new();
        for word in &self.words[first..] {
            let all = (0..SIZE).filter(|one| *one != word.from && !self.vanished.contains(one));
            let all: Vec<_> = all.collect();
            let heard: Vec<_> = word.heard.keys().copied().collect();
            assert_eq!(heard, all, "not all heard it, and nobody else");
            delays.push(*word.heard.values().max().unwrap() - word.said);
        }
        let edges = self.neighbours.iter().map(BTreeSet::len).sum::<usize>() / 2;
        Spoken {
            delays,
            edges,
            sent: Sent {
                words: self.sent.words - before.words,
                notices: self.sent.notices - before.notices,
                repairs: self.sent.repairs - before.repairs,
            },
        }
    }

    fn anybody(&mut self) -> usize {
        self.rng.random_range(0..SIZE)
    }

    /// A device is gone from one moment to the next; whoever has it for a neighbour notices after a while.
    fn vanishes(&mut self, one: usize) {
        self.vanished.insert(one);
        for other in 0..SIZE {
            self.later(
                NOTICED,
                other,
                Due::Event(InEvent::PeerDisconnected(peer(one))),
            );
        }
    }
}

/// What words cost, and how long the last to hear each waited for it.
struct Spoken {
    delays: Vec<Duration>,
    /// How many pairs are neighbours.
    edges: usize,
    sent: Sent,
}

impl Spoken {
    /// How many messages a word costs in a tree that nothing disturbs: itself once for each who hears it, and a notice each way between
    /// neighbours that are not beside each other in the tree. Less where notices are of several words.
    const fn undisturbed(&self) -> usize {
        SIZE - 1 + 2 * (self.edges - (SIZE - 1))
    }

    fn latest(&self) -> Duration {
        self.delays.iter().max().copied().unwrap()
    }

    /// How long the last to hear a word waited for it, in the middle of all words.
    fn usual(&self) -> Duration {
        let mut delays = self.delays.clone();
        delays.sort_unstable();
        delays[delays.len() / 2]
    }

    fn tells(&self, what: &str) {
        println!(
            "{what}: {} messages a word ({:?} in all, undisturbed at most {}), heard by all after {:?}, at the latest {:?}",
            self.sent.all() / self.delays.len(),
            self.sent,
            self.undisturbed(),
            self.usual(),
            self.latest(),
        );
    }
}

fn index(peer: Peer) -> usize {
    peer.0[0].into()
}

/// The times that iroh-gossip has by itself.
fn its_own() -> Config {
    Config {
        max_message_size: MAX_MESSAGE,
        ..Config::default()
    }
}

/// Words of whoever it is, four a second, so that one is not everywhere when the next is said: the worst for a tree that all share.
fn many_speak(config: &Config, seed: u64) -> Spoken {
    let mut hall = Hall::meets(config, seed);
    hall.speak(20, Hall::anybody);
    hall.speak(200, Hall::anybody)
}

#[test]
fn a_word_goes_mostly_once_to_each_who_hears_it_and_is_hardly_later_than_by_shorter_times() {
    for seed in 0..6 {
        let ours = many_speak(&times::config(), seed);
        let its = many_speak(&its_own(), seed);
        ours.tells(&format!("seed {seed}, our times"));
        its.tells(&format!("seed {seed}, its own"));
        let count = ours.delays.len();
        let in_the_tree = (SIZE - 1) * count;
        assert!(ours.sent.words < in_the_tree + in_the_tree / 5);
        assert!(ours.sent.all() < ours.undisturbed() * count);
        assert!(ours.sent.all() * 3 < its.sent.all() * 2);
        assert!(ours.usual() < its.usual() + Duration::from_millis(100));
        assert!(ours.latest() < LONGEST);
    }
}

/// Two repairs, one after the other: a notice, the wait for the word, and the way there and back.
const LONGEST: Duration = Duration::from_millis(1500);

#[test]
fn where_one_writes_and_others_say_a_word_now_and_then_little_is_repaired() {
    for seed in 0..6 {
        let mut hall = Hall::meets(&times::config(), seed);
        hall.speak(20, Hall::anybody);
        let spoken = hall.speak(200, |hall| {
            let others = hall.rng.random_range(0..4) == 0;
            if others { hall.anybody() } else { 0 }
        });
        spoken.tells(&format!("seed {seed}, one writes"));
        assert!(spoken.sent.repairs < spoken.delays.len() * 4);
        assert!(spoken.sent.all() < spoken.undisturbed() * spoken.delays.len());
        assert!(spoken.usual() < Duration::from_millis(400));
    }
}

#[test]
fn words_behind_a_neighbour_that_vanished_are_a_little_late_and_none_is_lost() {
    for seed in 0..6 {
        let mut hall = Hall::meets(&times::config(), seed);
        hall.speak(20, Hall::anybody);
        // Not the one who speaks, but the one with most neighbours.
        let gone = (1..SIZE).max_by_key(|one| hall.neighbours[*one].len());
        hall.vanishes(gone.unwrap());
        // Its link is not known to be over before all of this is said.
        let spoken = hall.speak(60, |_| 0);
        spoken.tells(&format!("seed {seed}"));
        assert!(spoken.latest() < LONGEST);
        assert!(spoken.usual() < LONGEST / 2);
        assert!(spoken.sent.all() < spoken.undisturbed() * spoken.delays.len());
    }
}
