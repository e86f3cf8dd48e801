//! From a connection to a link: greetings both ways, then the word of the side that decides.

use std::{
    collections::HashMap,
    net::SocketAddr,
    sync::{Mutex, PoisonError},
};

use iroh::endpoint::{Connection, RecvStream, SendStream, VarInt};
use tresse_model::DeviceId;

use crate::{
    arbiter::{Hello, Token},
    door::Pass,
};

/// What both sides use to make [`crate::NetEvent::Linked`]'s exporter.
const EXPORTER_LABEL: &[u8] = b"tresse/1 membership";
/// What both sides use to name the connection.
const TOKEN_LABEL: &[u8] = b"tresse/1 link";
/// The byte by which the deciding side says that this connection is the link.
const CHOSEN: u8 = 1;

/// Codes with which connections are closed, besides those that the engine gives.
pub(crate) mod code {
    use super::VarInt;

    /// Nothing is wrong: the end was agreed.
    pub(crate) const END: VarInt = VarInt::from_u32(0);
    /// The two devices have another connection already.
    pub(crate) const DUPLICATE: VarInt = VarInt::from_u32(0x7401);
    /// The other side broke the rules of the wire.
    pub(crate) const BROKEN: VarInt = VarInt::from_u32(0x7402);
    /// A stranger had to make room, or took too long to prove membership.
    pub(crate) const STRANGER: VarInt = VarInt::from_u32(0x7403);
    /// The other side reads too slowly.
    pub(crate) const SLOW: VarInt = VarInt::from_u32(0x7404);
}

/// This start of the program, and which links it saw end.
#[derive(Debug)]
pub(crate) struct Memory {
    instance: u64,
    ended: Mutex<HashMap<DeviceId, Token>>,
}

/// How many devices' ended links are remembered. Forgetting one only delays a replacement.
const REMEMBERED: usize = 1024;

impl Memory {
    pub(crate) fn new(instance: u64) -> Self {
        Self {
            instance,
            ended: Mutex::default(),
        }
    }

    pub(crate) fn ended(&self, device: DeviceId, token: Token) {
        let mut ended = self.ended.lock().unwrap_or_else(PoisonError::into_inner);
        if ended.len() >= REMEMBERED && !ended.contains_key(&device) {
            ended.clear();
        }
        ended.insert(device, token);
    }

    fn hello(&self, to: DeviceId) -> Hello {
        let ended = self.ended.lock().unwrap_or_else(PoisonError::into_inner);
        Hello {
            instance: self.instance,
            ended: ended.get(&to).copied().unwrap_or_default(),
        }
    }
}

/// A connection on which both sides have said who they are.
#[derive(Debug)]
pub(crate) struct Greeted {
    pub(crate) connection: Connection,
    pub(crate) send: SendStream,
    pub(crate) recv: RecvStream,
    pub(crate) device: DeviceId,
    pub(crate) dialled: bool,
    pub(crate) hello: Hello,
    pub(crate) token: Token,
    pub(crate) exporter: [u8; 32],
    /// The place at the door that it holds until it is a link.
    pub(crate) pass: Option<Pass>,
}

/// Why a connection did not become a link.
#[derive(Debug, thiserror::Error)]
pub(crate) enum GreetError {
    #[error("the other device keeps another connection")]
    Duplicate,
    #[error("{0}")]
    Lost(String),
}

impl GreetError {
    /// What made a connection fail: the other side's choice, or trouble.
    pub(crate) fn of(connection: &Connection, error: &dyn std::fmt::Display) -> Self {
        match connection.close_reason() {
            Some(iroh::endpoint::ConnectionError::ApplicationClosed(close))
                if close.error_code == code::DUPLICATE =>
            {
                Self::Duplicate
            }
            Some(reason) => Self::Lost(reason.to_string()),
            None => Self::Lost(error.to_string()),
        }
    }
}

/// Exchanges greetings on a fresh connection.
pub(crate) async fn greet(
    connection: Connection,
    dialled: bool,
    memory: &Memory,
    pass: Option<Pass>,
) -> Result<Greeted, GreetError> {
    let device = DeviceId::from_bytes(*connection.remote_id().as_bytes());
    let lost = |error: &dyn std::fmt::Display| GreetError::of(&connection, error);
    let mut theirs = [0; Hello::LEN];
    let (send, recv) = if dialled {
        let (mut send, mut recv) = connection.open_bi().await.map_err(|error| lost(&error))?;
        let ours = memory.hello(device).to_bytes();
        send.write_all(&ours).await.map_err(|error| lost(&error))?;
        recv.read_exact(&mut theirs)
            .await
            .map_err(|error| lost(&error))?;
        (send, recv)
    } else {
        let (mut send, mut recv) = connection.accept_bi().await.map_err(|error| lost(&error))?;
        recv.read_exact(&mut theirs)
            .await
            .map_err(|error| lost(&error))?;
        let ours = memory.hello(device).to_bytes();
        send.write_all(&ours).await.map_err(|error| lost(&error))?;
        (send, recv)
    };
    let mut token = Token::default();
    let mut exporter = [0; 32];
    let made = connection
        .export_keying_material(&mut token, TOKEN_LABEL, b"")
        .and_then(|()| connection.export_keying_material(&mut exporter, EXPORTER_LABEL, b""));
    if made.is_err() {
        return Err(GreetError::Lost("no keying material".to_owned()));
    }
    Ok(Greeted {
        send,
        recv,
        device,
        dialled,
        hello: Hello::from_bytes(theirs),
        token,
        exporter,
        pass,
        connection,
    })
}

impl Greeted {
    /// Says that this connection is the link. Called by the side that decides.
    pub(crate) async fn choose(&mut self) -> Result<(), GreetError> {
        let said = self.send.write_all(&[CHOSEN]).await;
        said.map_err(|error| GreetError::of(&self.connection, &error))
    }

    /// Waits for the other side's word that this connection is the link.
    pub(crate) async fn chosen(&mut self) -> Result<(), GreetError> {
        let mut word = [0];
        match self.recv.read_exact(&mut word).await {
            Ok(()) if word[0] == CHOSEN => Ok(()),
            Ok(()) => {
                self.connection.close(code::BROKEN, b"not a greeting");
                Err(GreetError::Lost("not a greeting".to_owned()))
            }
            Err(error) => Err(GreetError::of(&self.connection, &error)),
        }
    }

    /// The other end's address, unless all goes through a relay.
    pub(crate) fn remote(&self) -> Option<SocketAddr> {
        let paths = self.connection.paths();
        let address = |path: &iroh::endpoint::Path<'_>| match path.remote_addr() {
            iroh::TransportAddr::Ip(address) => Some(*address),
            _ => None,
        };
        let selected = paths.iter().find(iroh::endpoint::Path::is_selected);
        selected
            .as_ref()
            .and_then(address)
            .or_else(|| paths.iter().find_map(|path| address(&path)))
    }

    /// The relay that all goes through, while there is no direct path.
    pub(crate) fn relay(&self) -> Option<String> {
        if self.remote().is_some() {
            return None;
        }
        let paths = self.connection.paths();
        paths.iter().find_map(|path| match path.remote_addr() {
            iroh::TransportAddr::Relay(url) => Some(url.to_string()),
            _ => None,
        })
    }
}
