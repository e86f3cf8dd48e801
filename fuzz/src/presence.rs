//! A word of presence that somebody passed on.
//!
//! The first byte says what the rest is: a word as it stands, or a content under a right seal, as a member with a modified program could make it.

use tresse_model::{Caret, DeviceId, DocId, NetworkId};
use tresse_sync::{Company, Order, SALT, Said, Selection, Spot, fuzzing, seal_presence};
use tresse_trust::{DeviceKey, Membership, NetworkSecret};

use crate::{KIB, machine::Machine};

const CY: u8 = 2;

/// A word that is too long is refused unread.
pub const fn bound(length: usize) -> usize {
    2048 * KIB + 4 * length
}

/// What is believed is signed by a member's device, shows, and is not believed twice.
pub fn run(data: &[u8]) {
    let (network, secret, members) = hall();
    let Some((first, rest)) = data.split_first() else {
        return;
    };
    let word = if *first == 0 {
        rest.to_vec()
    } else {
        fuzzing::presence(&secret, &network, [7; SALT], rest)
    };
    let mut company = Company::default();
    let me = DeviceId::from_bytes([0; 32]);
    let hear =
        |company: &mut Company| company.hear(&word, (&network, &secret), &members, &me, 1);
    if hear(&mut company).is_ok() {
        assert!(
            company
                .here()
                .all(|here| members.is_member_device(&here.device))
        );
        assert!(hear(&mut company).is_err());
    } else {
        assert_eq!(company.here().count(), 0);
    }
}

/// A network of one, who speaks.
fn hall() -> (NetworkId, NetworkSecret, Membership) {
    let mut cy = Machine::new("Cy", CY);
    let network = cy.found(1);
    let copy = cy.copy(&network);
    (network, copy.secret.clone(), copy.membership.clone())
}

/// Words of every kind, sealed and not.
pub fn seeds() -> Vec<Vec<u8>> {
    let (network, secret, members) = hall();
    let key = DeviceKey::from_seed([CY; 32]);
    let order = Order { run: 1, count: 1 };
    let head = Caret::Before {
        actor: [9; 16],
        op: 7,
    };
    let spot = |selection| {
        Some(Spot {
            doc: DocId::page([3; 16]),
            selection,
        })
    };
    let writing = Selection {
        head,
        tail: Caret::End,
    };
    let all = [
        Said::Leaving,
        Said::Here(None),
        Said::Here(spot(None)),
        Said::Here(spot(Some(writing))),
    ];
    let sealed = all.map(|said| seal_presence(&secret, &network, &key, order, said, [7; SALT]));
    let (of, members) = ((&network, &secret), &members);
    for word in &sealed {
        let me = DeviceId::from_bytes([0; 32]);
        let heard = Company::default().hear(word, of, members, &me, 1);
        heard.expect("a sound word is believed");
    }
    let plain = all.map(|said| fuzzing::presence_plain(&network, &key, order, said));
    let whole = sealed.iter().map(|word| [&[0], &word[..]].concat());
    whole
        .chain(plain.iter().map(|plain| [&[1], &plain[..]].concat()))
        .collect()
}
