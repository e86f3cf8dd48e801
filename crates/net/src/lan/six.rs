//! A station for IPv6, on the one interface that it is told.
//!
//! `swarm-discovery` leaves it to the system on which interface it speaks IPv6, and the system chooses one. So this
//! is written here, in the same words (multicast DNS, one service, a name for each device), and each hears the other. It does not ask,
//! it says: three times when it begins, whenever somebody new is heard, and every few seconds.

use std::{
    collections::HashMap,
    io,
    net::{IpAddr, Ipv6Addr, SocketAddr, SocketAddrV6},
    str::FromStr as _,
    time::Duration,
};

use hickory_proto::{
    ProtoError,
    op::{Message, MessageType, OpCode},
    rr::{Name, RData, Record, rdata},
};
use rand10::RngExt as _;
use socket2::{Domain, Protocol, Socket, Type};
use tokio::{
    net::UdpSocket,
    time::{Instant, sleep_until},
};
use tresse_model::DeviceId;

use super::station::{SERVICE, label, named};

/// The port and the group of multicast DNS.
const PORT: u16 = 5353;
const GROUP: Ipv6Addr = Ipv6Addr::new(0xff02, 0, 0, 0, 0, 0, 0, 0xfb);
/// How often this device is announced when nothing happens, where few are.
const CADENCE: Duration = Duration::from_secs(2);
/// How often at first, since the first word may be lost: switches need a moment to learn who listens.
const AT_FIRST: Duration = Duration::from_millis(500);
/// How many announcements are the first ones.
const FIRST: u32 = 3;
/// The shortest pause, however many are new.
const SHORTEST: Duration = Duration::from_millis(250);
/// How many announcements a second an interface should carry, however many devices are there.
const RATE: f32 = 4.0;
/// More devices than this make nobody slower: their names may be made up.
const CROWD: usize = 64;
/// Who was not heard for so long is new when heard again.
const AWAY: Duration = Duration::from_secs(30);
/// How long others may take an announcement for true, in seconds. What reads them here does not look at it; what else is on a
/// network may.
const TRUE_FOR: u32 = 120;
/// The longest packet that is read.
const PACKET: usize = 9000;

/// Opens the socket of a station. Others have theirs at the same port.
///
/// The interface is that of this number; 0: the one that the system chooses.
pub(super) fn open(interface: u32) -> io::Result<UdpSocket> {
    let socket = Socket::new(Domain::IPV6, Type::DGRAM, Some(Protocol::UDP))?;
    socket.set_only_v6(true)?;
    socket.set_reuse_address(true)?;
    #[cfg(unix)]
    socket.set_reuse_port(true)?;
    socket.bind(&SocketAddr::from((Ipv6Addr::UNSPECIFIED, PORT)).into())?;
    socket.set_multicast_loop_v6(true)?;
    socket.join_multicast_v6(&GROUP, interface)?;
    socket.set_multicast_if_v6(interface)?;
    socket.set_nonblocking(true)?;
    UdpSocket::from_std(socket.into())
}

/// What a station says of its device: as `swarm-discovery` writes it.
pub(super) fn announcement(me: DeviceId, says: &[SocketAddr]) -> Result<Vec<u8>, ProtoError> {
    let service = service()?;
    let label = label(me);
    let device = Name::from_str(&label)?.append_domain(&service)?;
    let mut message = Message::new(0, MessageType::Response, OpCode::Query);
    message.metadata.authoritative = true;
    message.add_answer(Record::from_rdata(
        service,
        TRUE_FOR,
        RData::PTR(rdata::PTR(device.clone())),
    ));
    let mut ports: Vec<_> = says.iter().map(SocketAddr::port).collect();
    ports.sort_unstable();
    ports.dedup();
    for port in ports {
        let host = Name::from_str(&format!("{label}-{port}.local."))?;
        let place = rdata::SRV::new(0, 0, port, host.clone());
        message.add_answer(Record::from_rdata(
            device.clone(),
            TRUE_FOR,
            RData::SRV(place),
        ));
        for address in says.iter().filter(|address| address.port() == port) {
            let address = match address.ip() {
                IpAddr::V4(ip) => RData::A(ip.into()),
                IpAddr::V6(ip) => RData::AAAA(ip.into()),
            };
            message.add_additional(Record::from_rdata(host.clone(), TRUE_FOR, address));
        }
    }
    message.to_vec()
}

/// Who is announced in a packet, and where. Whatever else it says is passed over.
pub(super) fn heard(packet: &[u8]) -> Vec<(DeviceId, Vec<SocketAddr>)> {
    let (Ok(message), Ok(service)) = (Message::from_vec(packet), service()) else {
        return Vec::new();
    };
    let mut all = HashMap::<DeviceId, Vec<SocketAddr>>::new();
    for answer in &message.answers {
        let RData::SRV(place) = &answer.data else {
            continue;
        };
        let first = answer.name.iter().next();
        let device = first.and_then(|label| named(std::str::from_utf8(label).ok()?));
        let Some(device) = device.filter(|_| answer.name.base_name() == service) else {
            continue;
        };
        let of_host = message.additionals.iter();
        let of_host = of_host.filter(|more| more.name == place.target);
        let addresses = of_host.filter_map(|more| match &more.data {
            RData::A(ip) => Some(SocketAddr::from((ip.0, place.port))),
            RData::AAAA(ip) => Some(SocketAddr::from((ip.0, place.port))),
            _ => None,
        });
        all.entry(device).or_default().extend(addresses);
    }
    all.into_iter().collect()
}

fn service() -> Result<Name, ProtoError> {
    Name::from_str(&format!("_{SERVICE}._udp.local."))
}

/// Says and listens until something fails.
pub(super) async fn run(
    socket: UdpSocket,
    interface: u32,
    announcement: Vec<u8>,
    me: DeviceId,
    mut tell: impl FnMut(DeviceId, Vec<SocketAddr>),
) -> io::Error {
    let group = SocketAddrV6::new(GROUP, PORT, 0, interface);
    let mut rhythm = Rhythm::from(Instant::now());
    let mut packet = vec![0; PACKET];
    loop {
        tokio::select! {
            () = sleep_until(rhythm.next) => {
                // It may be gone in this moment, or have no address yet: the next time is soon.
                if let Err(error) = socket.send_to(&announcement, group).await {
                    tracing::debug!(interface, %error, "not announced");
                }
                rhythm.said(Instant::now(), rand10::rng().random());
            }
            came = socket.recv_from(&mut packet) => {
                let (length, from) = match came {
                    Ok(came) => came,
                    Err(error) => return error,
                };
                if !is_of(from, interface) {
                    continue;
                }
                for (device, addresses) in heard(&packet[..length]) {
                    if device != me {
                        rhythm.heard(device, Instant::now());
                        tell(device, addresses);
                    }
                }
            }
        }
    }
}

/// Whether a packet came on the interface, as far as its sender's address tells: a socket hears
/// what comes to its port on any interface on which somebody listens.
fn is_of(from: SocketAddr, interface: u32) -> bool {
    match from {
        SocketAddr::V6(from) => {
            interface == 0 || from.scope_id() == 0 || from.scope_id() == interface
        }
        SocketAddr::V4(_) => false,
    }
}

/// When a station says its word.
struct Rhythm {
    next: Instant,
    last: Option<Instant>,
    first: u32,
    others: HashMap<DeviceId, Instant>,
}

impl Rhythm {
    fn from(now: Instant) -> Self {
        Self {
            next: now,
            last: None,
            first: FIRST,
            others: HashMap::new(),
        }
    }

    /// It was said; by chance (from 0 to 1) the next pause is up to a quarter longer, so that not all speak at once.
    fn said(&mut self, now: Instant, chance: f32) {
        self.last = Some(now);
        self.first = self.first.saturating_sub(1);
        self.others
            .retain(|_, heard| now.duration_since(*heard) < AWAY);
        let crowd = Duration::from_secs_f32(self.others.len() as f32 / RATE);
        let pause = if self.first > 0 { AT_FIRST } else { CADENCE };
        self.next = now + pause.max(crowd).mul_f32(1.0 + chance / 4.0);
    }

    /// Who is new is to hear of this device soon.
    fn heard(&mut self, device: DeviceId, now: Instant) {
        let full = self.others.len() >= CROWD && !self.others.contains_key(&device);
        if !full && self.others.insert(device, now).is_none() {
            let soonest = self.last.map_or(now, |last| now.max(last + SHORTEST));
            self.next = self.next.min(soonest);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BO: DeviceId = DeviceId::from_bytes([2; 32]);

    fn at(text: &[&str]) -> Vec<SocketAddr> {
        text.iter().map(|text| text.parse().unwrap()).collect()
    }

    #[test]
    fn what_is_announced_is_heard() {
        let says = at(&["10.0.0.2:7", "[fd00::2]:8", "[fd00::3]:8"]);
        let packet = announcement(BO, &says).unwrap();
        assert!(packet.len() < 1232, "it fits any IPv6 packet");
        assert_eq!(heard(&packet), [(BO, says)]);
    }

    #[test]
    fn what_is_cut_or_of_another_service_says_nothing() {
        let packet = announcement(BO, &at(&["[fd00::2]:8"])).unwrap();
        for length in 0..packet.len() {
            assert!(heard(&packet[..length]).is_empty());
        }
        let mut other = packet.clone();
        let name = other.windows(6).position(|word| word == b"tresse");
        other[name.unwrap()] = b'f';
        assert!(heard(&other).is_empty());
    }

    #[test]
    fn a_packet_of_another_interface_is_passed_over() {
        let from = |scope| SocketAddr::V6(SocketAddrV6::new(GROUP, PORT, 0, scope));
        assert!(is_of(from(3), 3) && is_of(from(0), 3) && is_of(from(4), 0));
        assert!(!is_of(from(4), 3));
    }

    #[test]
    fn it_is_said_at_once_then_seldom_and_soon_again_to_somebody_new() {
        let start = Instant::now();
        let mut rhythm = Rhythm::from(start);
        let mut pauses = Vec::new();
        for _ in 0..4 {
            let now = rhythm.next;
            rhythm.said(now, 0.0);
            pauses.push(rhythm.next - now);
        }
        assert_eq!(pauses, [AT_FIRST, AT_FIRST, CADENCE, CADENCE]);
        let now = rhythm.last.unwrap() + Duration::from_millis(10);
        rhythm.heard(BO, now);
        assert_eq!(rhythm.next, rhythm.last.unwrap() + SHORTEST);
        rhythm.said(rhythm.next, 0.0);
        rhythm.heard(BO, rhythm.next);
        assert_eq!(rhythm.next - rhythm.last.unwrap(), CADENCE, "no news");
    }

    #[test]
    fn names_that_are_made_up_do_not_silence_it() {
        let now = Instant::now();
        let mut rhythm = Rhythm::from(now);
        for name in 0..5000_u32 {
            let mut bytes = [0; 32];
            bytes[..4].copy_from_slice(&name.to_be_bytes());
            rhythm.heard(DeviceId::from_bytes(bytes), now);
        }
        rhythm.said(now, 1.0);
        assert!(rhythm.next - now <= Duration::from_secs(20));
    }
}
