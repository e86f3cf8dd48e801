//! Where others were reached, as one replica remembers it.

use std::net::SocketAddr;

use super::{Person, ana_and_bo};

/// Where Bo's machine is known to be, after it was reached at one place more.
fn known(ana: &mut Person, bo: &Person, reached: &str) -> Vec<String> {
    let bo = bo.replica.device();
    let at: SocketAddr = reached.parse().unwrap();
    ana.replica.remember_reached(&bo, Some(at), None);
    ana.replica.commit().unwrap();
    let networks = ana.replica.network_ids();
    let contacts = ana.replica.contacts(&networks[0]).unwrap();
    let contact = contacts.iter().find(|contact| contact.device == bo);
    let addresses = &contact.unwrap().addresses;
    addresses.iter().map(ToString::to_string).collect()
}

#[test]
fn an_address_on_this_machine_takes_no_other_s_place() {
    let (mut ana, bo, _) = ana_and_bo();
    assert_eq!(known(&mut ana, &bo, "127.0.0.1:7"), ["127.0.0.1:7"]);
    assert_eq!(known(&mut ana, &bo, "127.0.0.1:8"), ["127.0.0.1:8"]);
    assert_eq!(known(&mut ana, &bo, "192.168.1.9:7"), ["192.168.1.9:7"]);
    assert_eq!(known(&mut ana, &bo, "127.0.0.1:9"), ["192.168.1.9:7"]);
    assert_eq!(known(&mut ana, &bo, "10.0.0.4:7"), ["10.0.0.4:7"]);
}
