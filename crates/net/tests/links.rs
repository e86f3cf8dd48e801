//! Links between real endpoints on the loopback interface.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod common;

use std::time::Duration;

use common::{PATIENCE, Peer, device, linked, loopback, pair, seed};
use tokio::time::{Instant, timeout};
use tresse_net::{Contact, MAX_FRAME, Net, NetConfig, NetError, NetEvent, Purpose};

#[tokio::test]
async fn frames_arrive_whole_and_in_order_both_ways() {
    let (mut ana, at_ana, mut bo, at_bo) = pair(1, 2).await;
    assert_eq!(at_ana.device, bo.net.device());
    assert_eq!(at_bo.device, ana.net.device());
    assert!(at_ana.dialled && !at_bo.dialled);
    assert_eq!((at_ana.purpose, at_bo.purpose), (Some(Purpose(7)), None));
    let frame = |n: u32| {
        let length = [0, 1, 700, 70_000, MAX_FRAME][n as usize % 5];
        let mut frame = vec![n as u8; length];
        if length >= 4 {
            frame[..4].copy_from_slice(&n.to_be_bytes());
        }
        frame
    };
    for n in 0..50 {
        ana.net.send(at_ana.link, frame(n));
        bo.net.send(at_bo.link, frame(n + 1000));
    }
    let at_ana = async {
        for n in 0..50 {
            assert!(ana.frame(at_ana.link).await == frame(n + 1000), "frame {n}");
        }
    };
    let at_bo = async {
        for n in 0..50 {
            assert!(bo.frame(at_bo.link).await == frame(n), "frame {n}");
        }
    };
    tokio::join!(at_ana, at_bo);
}

#[tokio::test]
async fn only_the_two_ends_of_one_connection_share_its_secret() {
    let (mut ana, first_at_ana, mut bo, first_at_bo) = pair(3, 4).await;
    assert_eq!(first_at_ana.exporter, first_at_bo.exporter);
    assert_ne!(first_at_ana.exporter, [0; 32]);
    ana.net.close(first_at_ana.link, 0, "once more");
    assert_eq!(bo.closed(first_at_bo.link).await, "once more");
    ana.closed(first_at_ana.link).await;
    ana.net.dial(bo.contact(), Purpose(1));
    let (second_at_ana, second_at_bo) = tokio::join!(ana.linked(), bo.linked());
    assert_eq!(second_at_ana.exporter, second_at_bo.exporter);
    assert_ne!(second_at_ana.exporter, first_at_ana.exporter);
}

#[tokio::test]
async fn two_who_dial_each_other_at_once_end_with_one_link() {
    for round in 0..20 {
        let (mut ana, mut bo) = (Peer::named(5).await, Peer::named(6).await);
        if round % 2 == 0 {
            ana.net.dial(bo.contact(), Purpose(1));
            bo.net.dial(ana.contact(), Purpose(2));
        } else {
            ana.net.keep(vec![bo.contact()]);
            bo.net.keep(vec![ana.contact()]);
        }
        // Whichever link each holds last must be the same one: what is said on it is heard.
        let (at_ana, at_bo) = tokio::join!(ana.linked(), bo.linked());
        assert_eq!(at_ana.exporter, at_bo.exporter, "round {round}");
        assert_ne!(at_ana.dialled, at_bo.dialled, "round {round}");
        ana.net.send(at_ana.link, b"from ana".to_vec());
        bo.net.send(at_bo.link, b"from bo".to_vec());
        assert_eq!(bo.frame(at_bo.link).await, b"from ana");
        assert_eq!(ana.frame(at_ana.link).await, b"from bo");
        // By now the other connection, if there was one, is over on both sides, unheard.
        for peer in [&mut ana, &mut bo] {
            while let Ok(event) = peer.events.try_recv() {
                assert!(linked(&event).is_none(), "a second link: {event:?}");
                assert!(!matches!(event, NetEvent::Closed { .. }), "{event:?}");
                assert!(!matches!(event, NetEvent::DialFailed { .. }), "{event:?}");
            }
        }
        if round % 2 == 0 {
            assert_eq!(at_ana.purpose, Some(Purpose(1)));
            assert_eq!(at_bo.purpose, Some(Purpose(2)));
        }
        tokio::join!(ana.net.shutdown(), bo.net.shutdown());
    }
}

#[tokio::test]
async fn a_dial_to_who_is_linked_already_gives_the_link() {
    let (mut ana, at_ana, bo, _) = pair(7, 8).await;
    ana.net.dial(bo.contact(), Purpose(9));
    let (link, purpose) = ana
        .until(|event| match event {
            NetEvent::AlreadyLinked { link, purpose, .. } => Some((*link, *purpose)),
            _ => None,
        })
        .await;
    assert_eq!((link, purpose), (at_ana.link, Purpose(9)));
}

#[tokio::test]
async fn a_dial_that_nobody_answers_fails_with_its_purpose() {
    let mut ana = Peer::named(9).await;
    let nobody = std::net::UdpSocket::bind("127.0.0.1:0").unwrap();
    let mut contact = Contact::new(device(10));
    ana.net.dial(contact.clone(), Purpose(1));
    contact.addrs.push(nobody.local_addr().unwrap());
    contact.device = device(11);
    ana.net.dial(contact, Purpose(2));
    let mut failed = Vec::new();
    while failed.len() < 2 {
        let purpose = ana
            .until(|event| match event {
                NetEvent::DialFailed {
                    purpose, reason, ..
                } => {
                    assert!(!reason.is_empty());
                    Some(*purpose)
                }
                _ => None,
            })
            .await;
        failed.push(purpose);
    }
    failed.sort_unstable();
    assert_eq!(failed, [Purpose(1), Purpose(2)]);
}

#[tokio::test]
async fn everything_queued_is_read_before_a_link_that_is_closed_ends() {
    let (ana, at_ana, mut bo, at_bo) = pair(12, 13).await;
    for n in 0..30_u8 {
        ana.net.send(at_ana.link, vec![n; 1024 * 1024]);
    }
    ana.net.close(at_ana.link, 3, "that was all");
    for n in 0..30 {
        let frame = bo.frame(at_bo.link).await;
        assert_eq!((frame.len(), frame[0]), (1024 * 1024, n));
    }
    assert_eq!(bo.closed(at_bo.link).await, "that was all");
}

#[tokio::test]
async fn a_shutdown_flushes_and_the_others_hear_of_it() {
    let (ana, at_ana, mut bo, at_bo) = pair(14, 15).await;
    let started = Instant::now();
    for n in 0..10_u8 {
        ana.net.send(at_ana.link, vec![n; 100_000]);
    }
    let reading = async {
        for n in 0..10 {
            assert_eq!(bo.frame(at_bo.link).await[0], n);
        }
        bo.closed(at_bo.link).await
    };
    let ((), reason) = tokio::join!(ana.net.shutdown(), reading);
    assert_eq!(reason, "the other device went away");
    assert!(started.elapsed().as_secs() < 5, "{:?}", started.elapsed());
}

/// Sends far more than the other side deals with at first, then lets it go on.
async fn flood(numbers: (u8, u8), frames: u32, length: usize, bound: usize) {
    let (ana, at_ana, mut bo, at_bo) = pair(numbers.0, numbers.1).await;
    let frame = |n: u32| [&n.to_be_bytes()[..], &vec![7; length - 4]].concat();
    for n in 0..frames {
        ana.net.send(at_ana.link, frame(n));
    }
    // Frames that are taken but not dealt with keep their credit: only a few come.
    let mut held = Vec::new();
    while let Ok(event) = timeout(Duration::from_millis(700), bo.next()).await {
        match event {
            NetEvent::Frame { bytes, credit, .. } => held.push((bytes, credit)),
            event => assert!(!matches!(event, NetEvent::Closed { .. }), "{event:?}"),
        }
    }
    assert!((1..=bound).contains(&held.len()), "{} frames", held.len());
    let mut seen: Vec<_> = held.into_iter().map(|(bytes, _)| bytes).collect();
    while seen.len() < frames as usize {
        seen.push(bo.frame(at_bo.link).await);
    }
    for (n, bytes) in seen.into_iter().enumerate() {
        assert!(bytes == frame(u32::try_from(n).unwrap()), "frame {n}");
    }
}

#[tokio::test]
async fn who_sends_faster_than_frames_are_dealt_with_waits() {
    flood((16, 17), 40, 1024 * 1024, 5).await;
}

#[tokio::test]
async fn many_small_frames_wait_as_well() {
    flood((31, 32), 40_000, 300, 20_000).await;
}

#[tokio::test]
async fn a_contact_is_linked_whenever_it_appears_and_again_after_it_left() {
    let mut ana = Peer::named(18).await;
    let address = {
        let bo = Peer::named(19).await;
        let address = bo.address();
        bo.net.shutdown().await;
        address
    };
    let contact = Contact {
        device: device(19),
        addrs: vec![address],
        relay: None,
    };
    ana.net.keep(vec![contact]);
    for _ in 0..2 {
        let config = NetConfig {
            listen: Some(address),
            ..loopback(19)
        };
        let mut bo = Peer::start(config).await;
        let (at_ana, at_bo) = tokio::join!(ana.linked(), bo.linked());
        assert_eq!(at_ana.exporter, at_bo.exporter);
        let ((), reason) = tokio::join!(bo.net.shutdown(), ana.closed(at_ana.link));
        assert_eq!(reason, "the other device went away");
    }
}

#[tokio::test]
async fn an_address_in_use_says_so() {
    let ana = Peer::named(20).await;
    let taken = ana.address();
    let config = NetConfig {
        listen: Some(taken),
        ..loopback(21)
    };
    match Net::start(config).await.map(drop) {
        Err(error @ NetError::AddressInUse(address)) => {
            assert_eq!(address, taken);
            assert!(error.to_string().contains("another port"), "{error}");
        }
        other => panic!("{other:?}"),
    }
    let elsewhere = NetConfig {
        listen: Some("192.0.2.1:0".parse().unwrap()),
        ..loopback(21)
    };
    let other = Net::start(elsewhere).await.map(drop);
    assert!(
        matches!(other, Err(NetError::NoSuchAddress(_))),
        "{other:?}"
    );
}

#[tokio::test]
async fn a_preferred_port_is_used_when_free_and_given_up_when_not() {
    let preferring = |number, port| NetConfig {
        seed: seed(number),
        preferred_port: Some(port),
        ..NetConfig::default()
    };
    let before = Peer::start(preferring(22, 0)).await;
    let port = before.address().port();
    before.net.shutdown().await;
    let first = Peer::start(preferring(22, port)).await;
    assert!(
        first
            .net
            .addresses()
            .iter()
            .any(|address| address.port() == port)
    );
    let second = Peer::start(preferring(23, port)).await;
    assert!(!second.net.addresses().is_empty());
    assert!(
        second
            .net
            .addresses()
            .iter()
            .all(|address| address.port() != port)
    );
}

#[tokio::test]
async fn a_relay_that_is_no_address_says_so() {
    for url in ["relay", "", "ftp://relay.example.org", "https://"] {
        let config = NetConfig {
            relay: Some(url.to_owned()),
            ..loopback(24)
        };
        let other = Net::start(config).await.map(drop);
        assert!(
            matches!(other, Err(NetError::BadRelay { .. })),
            "{url}: {other:?}"
        );
    }
}

#[tokio::test]
async fn without_an_answer_from_the_internet_the_neighbours_are_linked_all_the_same() {
    let online = |number| NetConfig {
        internet: true,
        relay: Some("https://relay.invalid".to_owned()),
        ..loopback(number)
    };
    let started = Instant::now();
    let (mut ana, mut bo) = (Peer::start(online(25)).await, Peer::start(online(26)).await);
    ana.net.dial(bo.contact(), Purpose(1));
    let (at_ana, at_bo) = tokio::join!(ana.linked(), bo.linked());
    assert_eq!(at_ana.exporter, at_bo.exporter);
    assert!(started.elapsed().as_secs() < 5, "{:?}", started.elapsed());
    tokio::join!(ana.net.shutdown(), bo.net.shutdown());
}

#[tokio::test]
async fn two_on_one_machine_find_each_other_by_name_alone() {
    let lan = |number| NetConfig {
        lan: true,
        ..loopback(number)
    };
    let (mut ana, mut bo) = (Peer::start(lan(27)).await, Peer::start(lan(28)).await);
    let started = Instant::now();
    ana.net.keep(vec![Contact::new(device(28))]);
    bo.net.keep(vec![Contact::new(device(27))]);
    let both = async { tokio::join!(ana.linked(), bo.linked()) };
    let (at_ana, at_bo) = timeout(PATIENCE, both).await.expect("they find each other");
    assert_eq!(at_ana.exporter, at_bo.exporter);
    println!("found by name on loopback after {:?}", started.elapsed());
}

#[tokio::test]
async fn a_dial_by_name_alone_waits_for_the_device_to_be_heard() {
    let lan = |number| NetConfig {
        lan: true,
        ..loopback(number)
    };
    let (mut ana, mut bo) = (Peer::start(lan(29)).await, Peer::start(lan(30)).await);
    ana.net.dial(Contact::new(device(30)), Purpose(4));
    let (at_ana, _) = tokio::join!(ana.linked(), bo.linked());
    assert_eq!(at_ana.purpose, Some(Purpose(4)));
}
