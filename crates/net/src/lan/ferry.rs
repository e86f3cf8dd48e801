//! A way to devices that have nothing but a link-local IPv6 address (`fe80::…`).
//!
//! Such an address means something on one cable only, and iroh 1.4 forgets on which one a packet came. So iroh is not told of
//! it: a socket on the cable carries the packets, and for each device at the other end there is one on this machine,
//! which iroh takes for the device.
//!
//! ```text
//!   iroh ◀── loopback ──▶ landing of Bo   ─┐
//!                         landing of Chloé ─┴─ outside ◀── the cable ──▶ Bo's outside ◀──▶ Bo's iroh
//! ```
//!
//! Nothing is read or believed here: what iroh sends is encrypted for the device that it dialled, and what answers has to prove its
//! key, as everywhere. Whoever is on the cable can make no more than [`LANDINGS`] landings.

use std::{
    collections::HashMap,
    io,
    net::{Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV6},
    sync::{Arc, Mutex, PoisonError, Weak},
    time::{Duration, Instant},
};

use n0_future::task::AbortOnDropHandle;
use socket2::{Domain, Protocol, Socket, Type};
use tokio::net::UdpSocket;

/// How many devices are carried for on one cable at once.
const LANDINGS: usize = 64;
/// A landing that carried nothing for so long may make room for another. Links give signs of life more often.
const UNUSED: Duration = Duration::from_secs(30);
/// The longest packet: iroh's are shorter, so that they pass any cable whole.
const PACKET: usize = 2048;
/// How much may wait in a socket, in bytes.
const WAITING: usize = 1024 * 1024;

/// What carries packets on one cable, for as long as it is kept.
pub(super) struct Ferry {
    quay: Arc<Quay>,
    /// Where others reach it.
    pub(super) at: SocketAddr,
    _carries: AbortOnDropHandle<()>,
}

struct Quay {
    outside: UdpSocket,
    /// The number of the cable's interface.
    number: u32,
    /// Where iroh listens.
    iroh: SocketAddr,
    landings: Mutex<HashMap<SocketAddr, Landing>>,
}

/// Where iroh finds one device.
struct Landing {
    within: Arc<UdpSocket>,
    at: SocketAddr,
    used: Instant,
    _carries: AbortOnDropHandle<()>,
}

impl Ferry {
    /// On the interface that has this address and number, for an endpoint with these sockets; an error where none of them
    /// hears this machine itself.
    pub(super) fn open(own: Ipv6Addr, number: u32, bound: &[SocketAddr]) -> io::Result<Self> {
        let iroh = within(bound).ok_or(io::ErrorKind::AddrNotAvailable)?;
        let on_the_cable = SocketAddrV6::new(own, 0, 0, number).into();
        let outside = socket(Domain::IPV6, on_the_cable)?;
        let port = outside.local_addr()?.port();
        let quay = Arc::new(Quay {
            outside,
            number,
            iroh,
            landings: Mutex::default(),
        });
        let carries = AbortOnDropHandle::new(tokio::spawn(inwards(quay.clone())));
        Ok(Self {
            quay,
            at: (own, port).into(),
            _carries: carries,
        })
    }

    /// Where iroh finds whoever is at this address on the cable.
    pub(super) fn landing(&self, there: SocketAddr) -> Option<SocketAddr> {
        Quay::landing(&self.quay, there).map(|(_, at)| at)
    }
}

impl Quay {
    fn landing(quay: &Arc<Self>, there: SocketAddr) -> Option<(Arc<UdpSocket>, SocketAddr)> {
        let now = Instant::now();
        let mut landings = quay.landings.lock().unwrap_or_else(PoisonError::into_inner);
        if !landings.contains_key(&there) {
            if landings.len() >= LANDINGS {
                let unused = |landing: &Landing| now.duration_since(landing.used) > UNUSED;
                landings.retain(|_, landing| !unused(landing));
            }
            if landings.len() >= LANDINGS {
                return None;
            }
            let opened = Landing::open(quay, there);
            let opened = opened.inspect_err(|error| tracing::debug!(%error, "no landing"));
            landings.insert(there, opened.ok()?);
        }
        let landing = landings.get_mut(&there)?;
        landing.used = now;
        Some((landing.within.clone(), landing.at))
    }

    /// Something was carried to this address.
    fn used(&self, there: SocketAddr) {
        let mut landings = self.landings.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(landing) = landings.get_mut(&there) {
            landing.used = Instant::now();
        }
    }
}

impl Landing {
    fn open(quay: &Arc<Quay>, there: SocketAddr) -> io::Result<Self> {
        let within = socket(Domain::IPV4, (Ipv4Addr::LOCALHOST, 0).into())?;
        let at = within.local_addr()?;
        let within = Arc::new(within);
        let carries = tokio::spawn(outwards(within.clone(), Arc::downgrade(quay), there));
        Ok(Self {
            within,
            at,
            used: Instant::now(),
            _carries: AbortOnDropHandle::new(carries),
        })
    }
}

/// From the cable to iroh. Ends with the interface.
async fn inwards(quay: Arc<Quay>) {
    let mut packet = [0; PACKET];
    loop {
        let (length, from) = match quay.outside.recv_from(&mut packet).await {
            Ok(came) => came,
            // Somebody does not listen any more: no matter of this socket, though some systems tell it there.
            Err(error) if error.kind() == io::ErrorKind::ConnectionReset => continue,
            Err(error) => {
                tracing::debug!(%error, "nothing comes by the cable any more");
                return;
            }
        };
        if !is_bare(&from) {
            continue;
        }
        let from = SocketAddr::new(from.ip(), from.port());
        if let Some((within, _)) = Quay::landing(&quay, from) {
            // A packet that is lost is sent again.
            if let Err(error) = within.send_to(&packet[..length], quay.iroh).await {
                tracing::trace!(%error, "not carried in");
            }
        }
    }
}

/// From iroh to one device on the cable.
async fn outwards(within: Arc<UdpSocket>, quay: Weak<Quay>, there: SocketAddr) {
    let mut packet = [0; PACKET];
    loop {
        let (length, from) = match within.recv_from(&mut packet).await {
            Ok(came) => came,
            Err(error) if error.kind() == io::ErrorKind::ConnectionReset => continue,
            Err(_) => return,
        };
        let Some(quay) = quay.upgrade() else { return };
        let SocketAddr::V6(to) = there else { return };
        // Only iroh is carried for, no other program of this machine.
        if from != quay.iroh {
            continue;
        }
        quay.used(there);
        let to = SocketAddrV6::new(*to.ip(), to.port(), 0, quay.number);
        if let Err(error) = quay.outside.send_to(&packet[..length], to).await {
            tracing::trace!(%error, "not carried out");
        }
    }
}

/// Where an endpoint with these sockets hears this machine itself, if anywhere.
pub(super) fn within(bound: &[SocketAddr]) -> Option<SocketAddr> {
    let hears = |socket: &&SocketAddr| {
        socket.is_ipv4() && (socket.ip().is_unspecified() || socket.ip().is_loopback())
    };
    let socket = bound.iter().find(hears)?;
    Some((Ipv4Addr::LOCALHOST, socket.port()).into())
}

/// Whether an address means something on one cable only.
pub(super) fn is_bare(address: &SocketAddr) -> bool {
    matches!(address, SocketAddr::V6(v6) if v6.ip().is_unicast_link_local())
}

fn socket(domain: Domain, at: SocketAddr) -> io::Result<UdpSocket> {
    let socket = Socket::new(domain, Type::DGRAM, Some(Protocol::UDP))?;
    socket.set_recv_buffer_size(WAITING)?;
    socket.set_nonblocking(true)?;
    socket.bind(&at.into())?;
    UdpSocket::from_std(socket.into())
}
