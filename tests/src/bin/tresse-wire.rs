//! A bad line, for scenarios: passes UDP packets on to one place and back, late, with losses, up to a byte.
//!
//! ```text
//! tresse-wire LISTEN-ADDR:PORT TO-ADDR:PORT [--delay MS] [--loss PERCENT] [--seed N] [--cut-after BYTES]
//! ```
//!
//! `--delay` is of each way. After so many bytes, of both ways, it is cut: what is left of that packet goes, and nothing more, and it says
//! `{"event":"cut"}`. It says `{"ready":true}` first, and ends when its input ends, with how many packets it passed on and lost.
//!
//! It stands in for the kernel's netem, which not every kernel has; and it knows of bytes, which netem does not.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a tool of tests: it speaks on standard output, and ends when something is wrong"
)]

use std::{
    collections::HashMap,
    net::SocketAddr,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde_json::json;
use tokio::{net::UdpSocket, time::sleep};

/// More than any packet.
const LONGEST: usize = 65_536;

/// What the line does to packets.
struct Line {
    delay: Duration,
    loss: f64,
    dice: Mutex<ChaCha8Rng>,
    /// Bytes before it is cut.
    left: Mutex<Option<usize>>,
    passed: AtomicU64,
    lost: AtomicU64,
}

impl Line {
    /// What comes out of a packet at the other end, if anything does.
    fn takes(&self, packet: &[u8]) -> Option<Vec<u8>> {
        let through = match &mut *self.left.lock().unwrap() {
            None => packet.len(),
            Some(0) => return None,
            Some(left) => {
                let through = packet.len().min(*left);
                *left -= through;
                if *left == 0 {
                    println!("{}", json!({ "event": "cut" }));
                }
                through
            }
        };
        if self.dice.lock().unwrap().random_bool(self.loss) {
            self.lost.fetch_add(1, Ordering::Relaxed);
            return None;
        }
        self.passed.fetch_add(1, Ordering::Relaxed);
        Some(packet[..through].to_vec())
    }

    /// Passes a packet on once its time has come.
    fn carries(self: &Arc<Self>, packet: &[u8], by: &Arc<UdpSocket>, to: SocketAddr) {
        let Some(packet) = self.takes(packet) else {
            return;
        };
        let (delay, by) = (self.delay, Arc::clone(by));
        tokio::spawn(async move {
            sleep(delay).await;
            // Nobody may listen there any more: then it is lost like any other.
            drop(by.send_to(&packet, to).await);
        });
    }
}

fn main() {
    let mut words = std::env::args().skip(1);
    let mut address = || -> SocketAddr { words.next().expect("ADDR:PORT").parse().unwrap() };
    let (listen, to) = (address(), address());
    let (mut delay, mut loss, mut seed, mut left) = (0, 0.0, 0, None);
    while let Some(word) = words.next() {
        let value = words.next().expect("a value");
        match word.as_str() {
            "--delay" => delay = value.parse().unwrap(),
            "--loss" => loss = value.parse::<f64>().unwrap() / 100.0,
            "--seed" => seed = value.parse().unwrap(),
            "--cut-after" => left = Some(value.parse().unwrap()),
            other => panic!("what is {other}?"),
        }
    }
    let line = Arc::new(Line {
        delay: Duration::from_millis(delay),
        loss,
        dice: Mutex::new(ChaCha8Rng::seed_from_u64(seed)),
        left: Mutex::new(left),
        passed: AtomicU64::new(0),
        lost: AtomicU64::new(0),
    });
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.spawn(pass_on(listen, to, Arc::clone(&line)));
    std::io::copy(&mut std::io::stdin().lock(), &mut std::io::sink()).unwrap();
    let count = |number: &AtomicU64| number.load(Ordering::Relaxed);
    println!(
        "{}",
        json!({ "passed": count(&line.passed), "lost": count(&line.lost) })
    );
    runtime.shutdown_background();
}

/// Passes on what comes, each sender by a socket of its own, so that answers find the way back.
async fn pass_on(listen: SocketAddr, to: SocketAddr, line: Arc<Line>) {
    let door = Arc::new(UdpSocket::bind(listen).await.unwrap());
    println!("{}", json!({ "ready": true }));
    let mut ways: HashMap<SocketAddr, Arc<UdpSocket>> = HashMap::new();
    let mut packet = vec![0; LONGEST];
    loop {
        let Ok((length, from)) = door.recv_from(&mut packet).await else {
            // An answer that nobody was there to take.
            continue;
        };
        let way = if let Some(way) = ways.get(&from) {
            Arc::clone(way)
        } else {
            let way = Arc::new(UdpSocket::bind("0.0.0.0:0").await.unwrap());
            ways.insert(from, Arc::clone(&way));
            let back = (Arc::clone(&door), from);
            tokio::spawn(answers(Arc::clone(&way), back, Arc::clone(&line)));
            way
        };
        line.carries(&packet[..length], &way, to);
    }
}

async fn answers(way: Arc<UdpSocket>, (door, to): (Arc<UdpSocket>, SocketAddr), line: Arc<Line>) {
    let mut packet = vec![0; LONGEST];
    loop {
        if let Ok((length, _)) = way.recv_from(&mut packet).await {
            line.carries(&packet[..length], &door, to);
        }
    }
}
