//! Both ways to a greeted connection: someone dials us, or we dial.

use std::{sync::Arc, time::Duration};

use iroh::{
    Endpoint, EndpointAddr, EndpointId, RelayUrl, TransportAddr,
    endpoint::{Connection, Incoming, IncomingAddr},
};
use tokio::{sync::mpsc, time::timeout};
use tresse_model::DeviceId;

use crate::{
    Contact, arbiter,
    door::{Answer, Door, Pass, Source},
    driver::Inside,
    endpoint::ALPN,
    greet::{GreetError, Greeted, Memory, code, greet},
};

/// How long a caller may take until it is a link.
const WELCOME: Duration = Duration::from_secs(10);
/// How long a dial may take, with looking up where the device is.
const DIAL: Duration = Duration::from_secs(15);

/// Lets callers in, as many as the door allows, until the endpoint closes.
pub(crate) async fn accept(
    endpoint: Endpoint,
    memory: Arc<Memory>,
    inside: mpsc::UnboundedSender<Inside>,
) {
    let door = Door::default();
    let me = DeviceId::from_bytes(*endpoint.id().as_bytes());
    while let Some(incoming) = endpoint.accept().await {
        let source = match incoming.remote_addr() {
            IncomingAddr::Ip(address) => Source::of(address.ip()),
            IncomingAddr::Relay { endpoint_id, .. } => Source::Relayed(*endpoint_id.as_bytes()),
            _ => Source::Other,
        };
        let shown = incoming.remote_addr_validated();
        match door.knock(source, shown, std::time::Instant::now()) {
            Answer::Enter(pass) => {
                let (memory, inside) = (memory.clone(), inside.clone());
                tokio::spawn(async move {
                    match timeout(WELCOME, welcome(incoming, pass, &memory, me)).await {
                        Ok(Ok(news)) => tell(&inside, news),
                        Ok(Err(error)) => tracing::debug!(%error, "a caller left"),
                        Err(_) => tracing::debug!("a caller took too long"),
                    }
                });
            }
            Answer::ShowAddress => {
                if let Err(error) = incoming.retry() {
                    error.into_incoming().ignore();
                }
            }
            Answer::Silence => incoming.ignore(),
        }
    }
}

async fn welcome(
    incoming: Incoming,
    pass: Pass,
    memory: &Memory,
    me: DeviceId,
) -> Result<Inside, GreetError> {
    let lost = |error: &dyn std::fmt::Display| GreetError::Lost(error.to_string());
    let accepting = incoming.accept().map_err(|error| lost(&error))?;
    let connection = accepting.await.map_err(|error| lost(&error))?;
    decision(greet(connection, false, memory, Some(pass)).await?, me).await
}

/// Reaches a device and greets it, within a time. Tells the driver how it went.
pub(crate) async fn dial(
    endpoint: Endpoint,
    contact: Contact,
    internet: bool,
    memory: Arc<Memory>,
    number: u64,
    inside: mpsc::UnboundedSender<Inside>,
) {
    let me = DeviceId::from_bytes(*endpoint.id().as_bytes());
    let dialling = async {
        let address = address(&contact, internet)?;
        let connection = connect(&endpoint, address).await?;
        decision(greet(connection, true, &memory, None).await?, me).await
    };
    let news = match timeout(DIAL, dialling).await {
        Ok(Ok(news)) => news,
        Ok(Err(error)) => Inside::Refused(contact.device, number, error),
        Err(_) => {
            let error = GreetError::Lost("no answer".to_owned());
            Inside::Refused(contact.device, number, error)
        }
    };
    tell(&inside, news);
}

/// Leaves the decision to the driver, or waits for the other side's word.
async fn decision(mut greeted: Greeted, me: DeviceId) -> Result<Inside, GreetError> {
    if arbiter::decides(me, greeted.device) {
        return Ok(Inside::Greeted(Box::new(greeted)));
    }
    greeted.chosen().await?;
    Ok(Inside::Chosen(Box::new(greeted)))
}

async fn connect(endpoint: &Endpoint, address: EndpointAddr) -> Result<Connection, GreetError> {
    let connected = endpoint.connect(address, ALPN).await;
    connected.map_err(|error| match error {
        iroh::endpoint::ConnectError::Connection {
            source: iroh::endpoint::ConnectionError::ApplicationClosed(close),
            ..
        } if close.error_code == code::DUPLICATE => GreetError::Duplicate,
        error => GreetError::Lost(format!("{error:#}")),
    })
}

fn address(contact: &Contact, internet: bool) -> Result<EndpointAddr, GreetError> {
    let id = EndpointId::from_bytes(contact.device.as_bytes())
        .map_err(|_| GreetError::Lost("this is not a device's name".to_owned()))?;
    let relay = contact.relay.as_deref().filter(|_| internet);
    let relay = relay.and_then(|url| url.parse::<RelayUrl>().ok());
    let addrs = contact.addrs.iter().copied().map(TransportAddr::Ip);
    Ok(EndpointAddr::from_parts(
        id,
        addrs.chain(relay.map(TransportAddr::Relay)),
    ))
}

/// Tells the driver, if there still is one.
fn tell(inside: &mpsc::UnboundedSender<Inside>, news: Inside) {
    if inside.send(news).is_err() {
        tracing::trace!("the network has ended");
    }
}
