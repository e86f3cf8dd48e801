//! Signatures under versions of the charter: several people, each on several machines, apart and together.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use tresse_model::{DocKind, Edit, read_notebook};

use crate::support::{Peer, author};

const PEOPLE: usize = 3;
const MACHINES: usize = 3;
const VERSIONS: usize = 3;

/// One of a person's machines does something.
#[derive(Debug, Clone, Copy)]
enum Deed {
    /// Signs a version, or takes the signature back.
    Sign { version: usize, withdraw: bool },
    /// Meets another of the same person's machines.
    Meet { other: usize },
}

/// A signature given or taken back.
struct Said {
    version: usize,
    on: Option<String>,
    /// What its machine knew to have been said of this version.
    after: BTreeSet<usize>,
}

fn name(version: usize) -> String {
    format!("{version:032x}")
}

/// Who signed which version, and when, as somebody reads it from everybody's notebooks.
fn signed(notebooks: &[Peer]) -> BTreeMap<(usize, String), String> {
    let mut all = BTreeMap::new();
    for (person, peer) in notebooks.iter().enumerate() {
        for one in read_notebook(&peer.doc, &author).signatures {
            all.insert((person, one.version), one.on);
        }
    }
    all
}

fn deeds() -> impl Strategy<Value = Vec<(usize, usize, Deed)>> {
    let sign = (0..VERSIONS, any::<bool>())
        .prop_map(|(version, withdraw)| Deed::Sign { version, withdraw });
    let meet = (0..MACHINES).prop_map(|other| Deed::Meet { other });
    let deed = prop_oneof![3 => sign, 2 => meet];
    proptest::collection::vec((0..PEOPLE, 0..MACHINES, deed), 1..60)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// Whatever a person's machines sign and take back apart, and in whatever order that reaches others: all read the same signatures,
    /// and each is one that nobody who knew of it has replaced.
    #[test]
    fn who_has_signed_which_version_is_the_same_for_any_order_of_arrival(
        deeds in deeds(),
        orders in proptest::collection::vec(Just((0..MACHINES).collect::<Vec<_>>()).prop_shuffle(), 3),
    ) {
        let number = |person: usize, machine: usize| (1 + person * MACHINES + machine) as u8;
        let notebook = |n: u8| Peer::new(n, DocKind::Notebook);
        let mut machines: Vec<Vec<Peer>> = (0..PEOPLE)
            .map(|person| (0..MACHINES).map(|machine| notebook(number(person, machine))).collect())
            .collect();
        let mut known = vec![vec![BTreeSet::<usize>::new(); MACHINES]; PEOPLE];
        let mut said: Vec<Vec<Said>> = (0..PEOPLE).map(|_| Vec::new()).collect();
        for (day, (person, machine, deed)) in deeds.into_iter().enumerate() {
            match deed {
                Deed::Sign { version, withdraw } => {
                    let on = (!withdraw).then(|| format!("2027-01-{:02}", day % 28 + 1));
                    let edit = Edit::SignVersion { version: name(version), on: on.clone() };
                    // Taking back what was never signed, or signing on one day twice, says nothing.
                    if !machines[person][machine].edit(&edit).changed {
                        continue;
                    }
                    let here = &mut known[person][machine];
                    let of_it = |at: &usize| said[person][*at].version == version;
                    let after = here.iter().copied().filter(of_it).collect();
                    here.insert(said[person].len());
                    said[person].push(Said { version, on, after });
                }
                Deed::Meet { other } if other != machine => {
                    let [here, there] = machines[person].get_disjoint_mut([machine, other]).unwrap();
                    here.meet(there);
                    let theirs = known[person][other].clone();
                    known[person][machine].extend(theirs);
                }
                Deed::Meet { .. } => {}
            }
        }

        // Three who read all notebooks get each machine's part of them in an order of their own.
        let readers: Vec<Vec<Peer>> = orders
            .iter()
            .enumerate()
            .map(|(reader, order)| {
                (0..PEOPLE)
                    .map(|person| {
                        let mut copy = notebook(200 + reader as u8);
                        for machine in order {
                            copy.meet(&mut machines[person][*machine]);
                        }
                        copy
                    })
                    .collect()
            })
            .collect();
        let first = signed(&readers[0]);
        for reader in &readers[1..] {
            prop_assert_eq!(&first, &signed(reader));
        }
        for (person, said) in said.iter().enumerate() {
            for version in 0..VERSIONS {
                let replaced: BTreeSet<usize> = said.iter().flat_map(|one| one.after.iter().copied()).collect();
                let stands: BTreeSet<Option<&str>> = said
                    .iter()
                    .enumerate()
                    .filter(|(at, one)| one.version == version && !replaced.contains(at))
                    .map(|(_, one)| one.on.as_deref())
                    .collect();
                let read = first.get(&(person, name(version))).map(String::as_str);
                let allowed = if stands.is_empty() { read.is_none() } else { stands.contains(&read) };
                prop_assert!(allowed, "{person} and version {version}: {read:?} of {stands:?}");
            }
        }
    }
}
