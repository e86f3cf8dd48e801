//! A file from somebody's stick.
//!
//! The first byte says what the rest is: a file as it stands, or records, in pieces, which are put into a sound
//! file of the network, as a member with a modified program could.

use tresse_model::NetworkId;
use tresse_sync::{BundleError, fuzzing, pack, unpack};

use crate::{
    MIB,
    machine::Machine,
    people::page,
    reader::{Reader, piece},
};

const SALT: [u8; 24] = [9; 24];

/// The file is read and decrypted beside it; what its changes may cost is told in [`crate::changes::bound`].
pub const fn bound(length: usize) -> usize {
    64 * MIB + 256 * length
}

/// A file that is refused changes nothing, and what is taken of one is as sound as if a peer had sent it.
pub fn run(data: &[u8]) {
    let (mut ana, network) = ana();
    let mut reader = Reader::new(data);
    let file = if reader.byte() == 0 {
        reader.rest().to_vec()
    } else {
        let mut records = Vec::new();
        while !reader.is_empty() {
            records.push(reader.piece().to_vec());
        }
        fuzzing::bundle(&ana.copy(&network).secret, SALT, &records)
    };
    let before = (
        ana.copy(&network).heads.clone(),
        ana.copy(&network).acts.digest(),
    );
    match unpack(&mut ana, &file) {
        Ok(taken) => {
            let here = ana.copy(&network);
            for doc in taken.documents {
                assert_eq!(here.docs[&doc].prove(&here.membership), Ok(()));
            }
        }
        Err(error) => {
            assert!(!matches!(error, BundleError::Host(_)), "{error}");
            let here = ana.copy(&network);
            assert_eq!(before, (here.heads.clone(), here.acts.digest()));
        }
    }
}

/// A machine with one network and a page.
fn ana() -> (Machine, NetworkId) {
    let mut ana = Machine::new("Ana", 1);
    let network = ana.found(1);
    ana.put(&network, &page(), "title", "Carnet");
    (ana, network)
}

/// A bundle as it stands, and the records of one with more in it than is known.
pub fn seeds() -> Vec<Vec<u8>> {
    let (mut ana, network) = ana();
    let secret = ana.copy(&network).secret.clone();
    let known = pack(&mut ana, &network, None, SALT)
        .expect("a bundle")
        .bytes;
    ana.put(&network, &page(), "title", "Carnet de bord");
    ana.invites(&network, 1, 1);
    let more = pack(&mut ana, &network, None, SALT)
        .expect("a bundle")
        .bytes;
    let mut records = vec![1];
    for record in fuzzing::records(&secret, &more).expect("just made") {
        records.extend(piece(&record));
    }
    vec![
        [&[0], &known[..]].concat(),
        [&[0], &more[..]].concat(),
        records,
        vec![1],
        b"\0tresse bundle 2\n".to_vec(),
    ]
}
