//! Callers who are not what they should be, on the real wire.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod common;

use std::time::Duration;

use common::{PATIENCE, Peer, device, linked, seed};
use iroh::{
    Endpoint, EndpointAddr, EndpointId, SecretKey,
    endpoint::{Connection, RecvStream, SendStream, presets},
};
use tokio::time::{Instant, timeout};
use tresse_net::{Contact, MAX_FRAME, NetEvent};

/// A caller that speaks the first words of the protocol by hand.
struct Caller {
    endpoint: Endpoint,
    connection: Connection,
    send: SendStream,
    recv: RecvStream,
}

async fn endpoint(key: [u8; 32]) -> Endpoint {
    let builder = Endpoint::builder(presets::Minimal).secret_key(SecretKey::from_bytes(&key));
    builder.bind().await.expect("a caller's endpoint")
}

async fn connect(key: [u8; 32], to: &Peer) -> Option<(Endpoint, Connection)> {
    let endpoint = endpoint(key).await;
    let id = EndpointId::from_bytes(to.net.device().as_bytes()).unwrap();
    let address = EndpointAddr::new(id).with_ip_addr(to.address());
    let connection = timeout(
        Duration::from_secs(5),
        endpoint.connect(address, b"tresse/1"),
    )
    .await;
    Some((endpoint, connection.ok()?.ok()?))
}

async fn call(key: [u8; 32], to: &Peer) -> Option<Caller> {
    let (endpoint, connection) = connect(key, to).await?;
    let (mut send, mut recv) = connection.open_bi().await.ok()?;
    send.write_all(&[1; 24]).await.ok()?;
    let mut hello = [0; 24];
    recv.read_exact(&mut hello).await.ok()?;
    if endpoint.id().as_bytes() < to.net.device().as_bytes() {
        send.write_all(&[1]).await.ok()?;
    } else {
        recv.read_exact(&mut [0]).await.ok()?;
    }
    Some(Caller {
        endpoint,
        connection,
        send,
        recv,
    })
}

#[tokio::test]
async fn a_frame_too_long_closes_the_link() {
    let mut ana = Peer::named(40).await;
    let mut caller = call(seed(41), &ana).await.expect("a caller");
    let at_ana = ana.linked().await;
    caller.send.write_all(&3_u32.to_be_bytes()).await.unwrap();
    caller.send.write_all(b"yes").await.unwrap();
    assert_eq!(ana.frame(at_ana.link).await, b"yes");
    let length = u32::try_from(MAX_FRAME + 1).unwrap();
    caller.send.write_all(&length.to_be_bytes()).await.unwrap();
    let reason = ana.closed(at_ana.link).await;
    assert!(reason.contains("too long"), "{reason}");
    let heard = timeout(PATIENCE, caller.connection.closed()).await.unwrap();
    assert!(heard.to_string().contains("too long"), "{heard}");
    drop(caller.recv);
    caller.endpoint.close().await;
}

#[tokio::test]
async fn a_caller_who_never_greets_is_left_to_itself() {
    let mut ana = Peer::named(42).await;
    let (_endpoint, silent) = connect(seed(43), &ana).await.expect("a connection");
    let mut caller = call(seed(44), &ana).await.expect("a caller");
    let at_ana = ana.linked().await;
    caller.send.write_all(&0_u32.to_be_bytes()).await.unwrap();
    assert_eq!(ana.frame(at_ana.link).await, b"");
    let started = Instant::now();
    timeout(PATIENCE, silent.closed())
        .await
        .expect("the silent one is closed");
    assert!(
        started.elapsed() < Duration::from_secs(15),
        "{:?}",
        started.elapsed()
    );
    while let Ok(event) = ana.events.try_recv() {
        assert!(linked(&event).is_none(), "{event:?}");
    }
}

#[tokio::test]
async fn a_stranger_who_proves_nothing_is_closed_and_a_contact_is_not() {
    let mut ana = Peer::named(45).await;
    ana.net.keep(vec![Contact::new(device(46))]);
    let contact = call(seed(46), &ana).await.expect("a contact");
    ana.until(linked).await;
    let _stranger = call(seed(47), &ana).await.expect("a stranger");
    let stranger = ana.until(linked).await;
    let started = Instant::now();
    let reason = ana.closed(stranger.link).await;
    assert!(
        started.elapsed() > Duration::from_secs(20),
        "{:?}",
        started.elapsed()
    );
    assert!(!reason.is_empty());
    assert!(contact.connection.close_reason().is_none());
}

#[tokio::test]
async fn a_crowd_of_strangers_leaves_room_for_a_contact() {
    let mut ana = Peer::named(48).await;
    ana.net.keep(vec![Contact::new(device(49))]);
    let mut crowd = Vec::new();
    for n in 0..50_u8 {
        let mut key = seed(50);
        key[0] = n;
        crowd.extend(call(key, &ana).await);
    }
    assert!(crowd.len() > 40, "{} came in", crowd.len());
    let (mut open, mut seen) = (0, 0);
    while seen < crowd.len() || open > 32 {
        match ana.next().await {
            NetEvent::Linked { .. } => (open, seen) = (open + 1, seen + 1),
            NetEvent::Closed { .. } => open -= 1,
            _ => {}
        }
    }
    assert!(open <= 32, "{open} strangers");
    let contact = call(seed(49), &ana).await.expect("the contact comes in");
    let at_ana = ana
        .until(|event| linked(event).filter(|one| one.device == device(49)))
        .await;
    assert_eq!(at_ana.device, device(49));
    assert!(contact.connection.close_reason().is_none());
}

#[tokio::test]
async fn a_stranger_has_room_for_one_frame_only() {
    let mut ana = Peer::named(60).await;
    let mut caller = call(seed(61), &ana).await.expect("a caller");
    ana.until(linked).await;
    let flood = tokio::spawn(async move {
        let frame = vec![0; 1024 * 1024];
        for _ in 0..20 {
            let head = u32::try_from(frame.len()).unwrap().to_be_bytes();
            if caller.send.write_all(&head).await.is_err()
                || caller.send.write_all(&frame).await.is_err()
            {
                break;
            }
        }
        caller
    });
    let mut held = Vec::new();
    while let Ok(event) = timeout(Duration::from_secs(1), ana.next()).await {
        held.push(event);
    }
    let frames = held
        .iter()
        .filter(|event| matches!(event, NetEvent::Frame { .. }));
    assert_eq!(frames.count(), 1);
    flood.abort();
}
