//! What must hold, against whom: each threat tried on the real wire, against real engines over
//! SQLite on disk, by somebody made by hand.
//!
//! In each scenario two honest members, Ana and Bo, sit at their desks. They end with equal
//! documents, keep working, and can say by whose hand the refused things came. (T7 and most of T12 are
//! properties of `tresse_trust`, tried there by the thousand.)
//!
//! | threat | shown in |
//! |---|---|
//! | T1 a stranger probes, replays, relays | `doors` |
//! | T2, T9, T10 a flood | `flood` |
//! | T3 traffic dropped, reordered, repeated, cut | `wire` |
//! | T4 tickets | `doors` |
//! | T5 writing as another | `writers` |
//! | T6 another's notebook, withheld work | `writers`, `wire` |
//! | T8 a fork | `forks` |
//! | T9 dependencies that never come | `wire`, `flood` |
//! | T10 bombs | `bombs`, `bounds` |
//! | T11 the removed | `removed`, `turns` |
//! | T12, T13 acts against the rules | `acts` |

mod acts;
mod bombs;
mod bounds;
mod doors;
mod flood;
mod forks;
mod removed;
mod turns;
mod wire;
mod writers;

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tresse_model::{DocId, NetworkId};
use tresse_tests::{Crafted, Desk, PATIENCE, Peer, word};

/// Two honest members at their desks, connected, in one network with whoever came.
struct Village {
    network: String,
    id: NetworkId,
    page: String,
    doc: DocId,
    /// The founder.
    ana: Desk,
    bo: Desk,
    ana_profile: Peer,
    bo_profile: Peer,
    rounds: usize,
}

impl Village {
    /// Ana founds a network and writes a page; Bo and these others come in.
    fn of(others: &mut [&mut Crafted]) -> Self {
        let [ana_profile, bo_profile] = two_profiles();
        let network = ana_profile.founds("Les bords du fleuve");
        let page = ana_profile.writes_page(&network, "Carnet", "Début.\n");
        Self::at_home(ana_profile, bo_profile, network, page, others)
    }

    fn at_home(
        ana_profile: Peer,
        bo_profile: Peer,
        network: String,
        page: String,
        others: &mut [&mut Crafted],
    ) -> Self {
        let mut ana = ana_profile.sits_down();
        let made = ana.does(&json!({ "command": "invite.create", "network": network,
            "uses": 50, "expires_in": 86_400 }));
        let ticket = word(&made["ticket"]);
        bo_profile.joins(&ticket);
        for other in others {
            other.joins(&ticket, &ana.contact()).unwrap();
        }
        let bo = bo_profile.sits_down_beside(&ana);
        let mut village = Self {
            id: network.parse().unwrap(),
            doc: page.parse().unwrap(),
            network,
            page,
            ana,
            bo,
            ana_profile,
            bo_profile,
            rounds: 0,
        };
        village.goes_on();
        village
    }

    /// Everything that the honest two show, which must be the same at both.
    #[track_caller]
    fn shows(&mut self) -> Value {
        self.is_equal();
        let shown =
            [&mut self.ana, &mut self.bo].map(|desk| shown(desk, &self.network, &self.page));
        let [ana, bo] = shown;
        assert_eq!(ana, bo, "Ana and Bo see different things");
        ana
    }

    /// Waits until the honest two have the same documents.
    #[track_caller]
    fn is_equal(&mut self) {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let (ana, bo) = (
                self.ana.digest(&self.network),
                self.bo.digest(&self.network),
            );
            if ana == bo {
                return;
            }
            assert!(Instant::now() < deadline, "{ana:#}\n{bo:#}");
            // Whatever it says next may be that it has come closer.
            let said = self.bo.talk().next_within(Duration::from_millis(50));
            drop(said);
        }
    }

    /// An honest edit of each reaches the other, and they are equal afterwards.
    #[track_caller]
    fn goes_on(&mut self) {
        self.rounds += 1;
        let round = self.rounds;
        for (writer, from) in [("Ana", true), ("Bo", false)] {
            let (desk, other) = if from {
                (&mut self.ana, &mut self.bo)
            } else {
                (&mut self.bo, &mut self.ana)
            };
            let words = format!("{writer} {round}. ");
            desk.does(&json!({ "command": "page.edit", "network": self.network,
                "page": self.page, "at": 0, "insert": words }));
            let (network, page) = (&self.network, &self.page);
            other.waits_until(&words, |desk| desk.text(network, page).contains(&words));
        }
        self.is_equal();
    }

    /// Ana and Bo go where they cannot reach each other; others can reach both.
    fn parts(&mut self) {
        // Neither may find the other at its former place while it moves.
        self.bo.talk().kill();
        self.ana.moves(&self.ana_profile, &[]);
        self.bo.moves(&self.bo_profile, &[]);
    }

    /// Ana and Bo are together again, and have told each other everything.
    #[track_caller]
    fn meets(&mut self) {
        let ana = self.ana.contact();
        self.bo.moves(&self.bo_profile, &["--peer", &ana]);
        self.bo.is_in_step(&self.network);
        self.is_equal();
    }

    /// What was tried left nothing behind: the honest two show what they showed.
    #[track_caller]
    fn shows_still(&mut self, before: &Value) {
        let now = self.shows();
        assert_eq!(&now, before, "something of it is shown");
    }

    /// They go on, prove sound, and go home.
    fn closes(mut self) -> [Peer; 2] {
        self.goes_on();
        for desk in [&mut self.ana, &mut self.bo] {
            assert_eq!(desk.does(&json!({ "ask": "check" })), json!([]));
        }
        let (ana, bo) = (self.ana, self.bo);
        std::thread::scope(|scope| {
            scope.spawn(|| ana.closes());
            bo.closes();
        });
        [self.ana_profile, self.bo_profile]
    }
}

/// Two fresh profiles, made at once.
fn two_profiles() -> [Peer; 2] {
    std::thread::scope(|scope| {
        let ana = scope.spawn(|| Peer::named("Ana"));
        let bo = Peer::named("Bo");
        [ana.join().unwrap(), bo]
    })
}

/// What a desk shows of a network, without what differs between two desks that agree.
fn shown(desk: &mut Desk, network: &str, page: &str) -> Value {
    let mut members = desk.looks(network, "members")["members"].take();
    for member in members.as_array_mut().unwrap() {
        for key in ["here", "is_me", "machines"] {
            member.as_object_mut().unwrap().remove(key);
        }
    }
    json!({
        "digest": desk.digest(network),
        "charter": desk.looks(network, "charter")["content"],
        "plan": desk.looks(network, "plan")["content"],
        "pages": desk.looks(network, "pages")["pages"],
        "text": desk.text(network, page),
        "members": members,
    })
}

/// Waits until a desk says that it refused something of this device for this reason.
#[track_caller]
fn names_the_hand(desk: &mut Desk, since: usize, device: &str, code: &str) {
    desk.hears_since(since, &format!("refuses {code}"), |line| {
        (line["event"] == "refused" || line["event"] == "document-refused")
            && line["device"] == device
            && line["code"] == code
    });
}
