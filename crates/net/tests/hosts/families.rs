//! Hosts with addresses of one family, of both, and of none that goes beyond their cable.

use std::{
    thread::sleep,
    time::{Duration, Instant},
};

use super::machines::{Host, IDLE, SOON, addressed, cabled, hosts_can_be_made, ip, meet};

/// A host with addresses of both families, and another with one. Only the one that `looks` knows of the other, so
/// that it has to hear them.
fn one_looks_for_the_other(addresses: [&[&str]; 2], looks: usize, first: u8) {
    if !hosts_can_be_made() {
        return;
    }
    let (a, b) = cabled();
    let hosts = [&a, &b];
    for (host, own) in hosts.iter().zip(addresses) {
        for address in own {
            host.ip(&format!("addr add {address} dev cable"));
        }
    }
    let numbers = [first, first + 1];
    let known = |one: usize| {
        if one == looks {
            vec![numbers[1 - one]]
        } else {
            Vec::new()
        }
    };
    let [ana, bo] = [0, 1].map(|one| hosts[one].play(numbers[one], &known(one)));
    meet(&ana, &bo, SOON);
}

const BOTH: &[&str] = &["10.77.0.1/24", "fd77::1/64"];

#[test]
fn a_host_with_both_families_hears_one_that_has_only_ipv6() {
    one_looks_for_the_other([BOTH, &["fd77::2/64"]], 0, 87);
}

#[test]
fn a_host_with_only_ipv6_hears_one_that_has_both_families() {
    one_looks_for_the_other([BOTH, &["fd77::2/64"]], 1, 89);
}

#[test]
fn a_host_with_both_families_hears_one_that_has_only_ipv4() {
    one_looks_for_the_other([BOTH, &["10.77.0.2/24"]], 0, 91);
}

#[test]
fn a_host_with_only_ipv4_hears_one_that_has_both_families() {
    one_looks_for_the_other([BOTH, &["10.77.0.2/24"]], 1, 93);
}

#[test]
fn a_host_with_two_cables_finds_who_is_at_the_end_of_each_with_ipv6_only() {
    if !hosts_can_be_made() {
        return;
    }
    let middle = Host::new();
    let ends = [Host::new(), Host::new()];
    for (number, end) in ends.iter().enumerate() {
        let (name, to) = (&middle.name, &end.name);
        ip(&format!(
            "link add cable{number} netns {name} type veth peer name cable netns {to}"
        ));
        middle.ip(&format!("link set cable{number} up"));
        end.ip("link set cable up");
        middle.ip(&format!("addr add fd7{number}::1/64 dev cable{number}"));
        end.ip(&format!("addr add fd7{number}::2/64 dev cable"));
    }
    let ana = middle.play(95, &[96, 97]);
    let players = [ends[0].play(96, &[95]), ends[1].play(97, &[95])];
    for player in &players {
        player.says("linked", SOON);
        player.says("hello from 95", SOON);
    }
    // In whichever order.
    for _ in &players {
        ana.says("hello from", SOON);
    }
}

#[test]
fn an_address_of_the_other_family_that_comes_later_is_used() {
    if !hosts_can_be_made() {
        return;
    }
    let (a, b) = addressed("10.77.0.1/24", "fd77::2/64");
    let (ana, bo) = (a.play(98, &[99]), b.play(99, &[98]));
    ana.says("at", SOON);
    bo.says("at", SOON);
    a.ip("addr add fd77::1/64 dev cable");
    let came = Instant::now();
    meet(&ana, &bo, SOON);
    println!("linked {:?} after the address came", came.elapsed());
}

#[test]
fn two_hosts_that_gave_themselves_nothing_but_link_local_addresses_find_each_other() {
    if !hosts_can_be_made() {
        return;
    }
    let (a, b) = cabled();
    let (ana, bo) = (a.play(100, &[101]), b.play(101, &[100]));
    meet(&ana, &bo, SOON);
    // They are gone with the cable, and made anew.
    a.ip("link set cable down");
    ana.says("closed", IDLE);
    bo.says("closed", IDLE);
    a.ip("link set cable up");
    let plugged = Instant::now();
    meet(&ana, &bo, SOON);
    println!("linked again {:?} after plugging in", plugged.elapsed());
}

#[test]
fn a_host_with_an_address_hears_one_that_has_only_a_link_local_one() {
    one_looks_for_the_other([&["10.77.0.1/24"], &[]], 0, 102);
}

#[test]
fn a_host_with_only_a_link_local_address_hears_one_that_has_another() {
    one_looks_for_the_other([&["10.77.0.1/24"], &[]], 1, 104);
}

/// What passes between two linked devices in a minute in which nobody says anything: announcements and signs of life.
/// `cargo nextest run --workspace --profile soak --run-ignored only --success-output final -E 'test(what_an_idle_minute_costs)'`
#[test]
#[ignore = "a measurement: it takes five minutes"]
fn what_an_idle_minute_costs() {
    if !hosts_can_be_made() {
        return;
    }
    let four = ["10.77.0.1/24", "10.77.0.2/24"];
    let six = ["fd77::1/64", "fd77::2/64"];
    for (what, families) in [
        ("IPv4 alone", &[four][..]),
        ("IPv6 alone", &[six]),
        ("both", &[four, six]),
    ] {
        let (a, b) = cabled();
        for (number, host) in [&a, &b].iter().enumerate() {
            if families == [four] {
                host.ip("link set cable addrgenmode none");
                host.ip("-6 addr flush dev cable");
            }
            for family in families {
                host.ip(&format!("addr add {} dev cable", family[number]));
            }
        }
        let (ana, bo) = (a.play(106, &[107]), b.play(107, &[106]));
        meet(&ana, &bo, SOON);
        // What is said at the beginning alone is over by then.
        sleep(Duration::from_secs(30));
        let before = a.sent();
        sleep(Duration::from_mins(1));
        let after = a.sent();
        let (packets, bytes) = (after.0 - before.0, after.1 - before.1);
        println!("{what}: {packets} packets, {bytes} bytes sent by each in a minute");
    }
}
