//! A stranger with a QUIC stack of their own, who keeps to nothing.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    thread::JoinHandle,
    time::Duration,
};

use iroh::{
    Endpoint, EndpointAddr, EndpointId, RelayMode, SecretKey, TransportAddr,
    endpoint::{BindOpts, Connection, presets},
};
use tokio::time::timeout;

const ALPN: &[u8] = b"tresse/1";
/// How many connections each of its machines keeps half open.
const HELD: usize = 64;
/// How long it waits for anything.
const BRIEF: Duration = Duration::from_secs(1);

/// A stranger at several machines, who knocks without end until dropped.
#[derive(Debug)]
pub struct Intruder {
    stop: Arc<AtomicBool>,
    knocks: Arc<AtomicUsize>,
    machines: Vec<JoinHandle<()>>,
}

impl Intruder {
    /// Begins to knock at `DEVICE@ADDR:PORT` from so many machines.
    pub fn at(contact: &str, machines: u8) -> Self {
        let (stop, knocks) = (Arc::<AtomicBool>::default(), Arc::<AtomicUsize>::default());
        let (device, address) = contact.split_once('@').unwrap();
        let device: tresse_model::DeviceId = device.parse().unwrap();
        let door = EndpointAddr::from_parts(
            EndpointId::from_bytes(device.as_bytes()).unwrap(),
            [TransportAddr::Ip(address.parse().unwrap())],
        );
        let machines = (0..machines)
            .map(|machine| {
                let (stop, knocks, door) = (stop.clone(), knocks.clone(), door.clone());
                std::thread::spawn(move || {
                    let runtime = tokio::runtime::Builder::new_current_thread()
                        .enable_all()
                        .build()
                        .unwrap();
                    runtime.block_on(hammer(machine, door, &stop, &knocks));
                })
            })
            .collect();
        Self {
            stop,
            knocks,
            machines,
        }
    }

    /// How many times it has knocked.
    pub fn knocks(&self) -> usize {
        self.knocks.load(Ordering::Relaxed)
    }
}

impl Drop for Intruder {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        for machine in self.machines.drain(..) {
            if machine.join().is_err() {
                println!("an intruder's machine broke down");
            }
        }
    }
}

async fn hammer(machine: u8, door: EndpointAddr, stop: &AtomicBool, knocks: &AtomicUsize) {
    let endpoint = Endpoint::builder(presets::Minimal)
        .relay_mode(RelayMode::Disabled)
        .secret_key(SecretKey::from_bytes(&[machine.wrapping_add(0xa0); 32]))
        .clear_ip_transports()
        // Addresses of its own: the door counts how often each source knocks.
        .bind_addr_with_opts(format!("127.0.0.{}:0", machine + 2), BindOpts::default())
        .unwrap()
        .bind()
        .await
        .unwrap();
    let mut held: Vec<Connection> = Vec::new();
    while !stop.load(Ordering::Relaxed) {
        let way = knocks.fetch_add(1, Ordering::Relaxed) % 4;
        let Ok(Ok(connection)) = timeout(BRIEF, endpoint.connect(door.clone(), ALPN)).await else {
            continue;
        };
        // Whether the door closes on it, or lets it wait, is what the scenario measures elsewhere.
        let said = timeout(BRIEF, misbehave(&connection, way)).await;
        drop(said);
        held.push(connection);
        if held.len() > HELD {
            held.remove(0);
        }
    }
    drop(held);
    endpoint.close().await;
}

/// Says nothing, half a greeting, a frame of nearly four gigabytes, or bytes without end.
async fn misbehave(connection: &Connection, way: usize) -> Option<()> {
    if way == 0 {
        return Some(());
    }
    let (mut send, mut recv) = connection.open_bi().await.ok()?;
    if way == 1 {
        return send.write_all(&[1; 5]).await.ok();
    }
    send.write_all(&[0x2a; 24]).await.ok()?;
    let mut theirs = [0; 24];
    recv.read_exact(&mut theirs).await.ok()?;
    // The byte that chooses, whoever's it is to say.
    send.write_all(&[1]).await.ok()?;
    if way == 2 {
        send.write_all(&[0xff, 0xff, 0xff, 0xfe]).await.ok()?;
    }
    loop {
        send.write_all(&[0; 16 * 1024]).await.ok()?;
    }
}
