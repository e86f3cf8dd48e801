use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;

mod plainly;

/// A village of known changes, as a recipe that makes the same links every time.
#[derive(Debug, Clone)]
struct Step {
    actor: u8,
    /// After which of the actor's own changes: an older one makes a fork.
    after_own: prop::sample::Index,
    onto: Vec<prop::sample::Index>,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = (
        0..4u8,
        any::<prop::sample::Index>(),
        prop::collection::vec(any::<prop::sample::Index>(), 0..3),
    );
    let step = step.prop_map(|(actor, after_own, onto)| Step {
        actor,
        after_own,
        onto,
    });
    prop::collection::vec(step, 1..24)
}

fn actor(number: u8) -> [u8; ACTOR_LEN] {
    [number; ACTOR_LEN]
}

fn hash(of: &[u8]) -> [u8; 32] {
    *blake3::hash(of).as_bytes()
}

/// Builds the links; a step forks now and then (one in `rarity`).
fn links(steps: &[Step], rarity: usize) -> Vec<Link> {
    let mut links: Vec<Link> = Vec::new();
    for (number, step) in steps.iter().enumerate() {
        let own: Vec<usize> = (0..links.len())
            .filter(|at| links[*at].actor == actor(step.actor))
            .collect();
        let last = own.iter().copied().max_by_key(|at| (links[*at].seq, *at));
        let chosen = if own.is_empty() {
            None
        } else if step.after_own.index(rarity) == 0 {
            Some(own[step.after_own.index(own.len())])
        } else {
            last
        };
        let mut deps: BTreeSet<[u8; 32]> = BTreeSet::new();
        deps.extend(chosen.map(|at| links[at].hash));
        for onto in &step.onto {
            if let Some(at) = (!links.is_empty()).then(|| onto.index(links.len())) {
                let mut more = deps.clone();
                more.insert(links[at].hash);
                if free_of_forks(&links, &more, step.actor, chosen) {
                    deps = more;
                }
            }
        }
        let seq = chosen.map_or(1, |at| links[at].seq + 1);
        links.push(Link {
            hash: hash(&[number as u8, step.actor]),
            actor: actor(step.actor),
            seq,
            deps: deps.into_iter().collect(),
        });
    }
    links
}

/// Few places with many branches, each built on others at random.
fn bushy(raw: &[(u8, u64, Vec<prop::sample::Index>)]) -> Vec<Link> {
    let mut links: Vec<Link> = Vec::new();
    for (number, (by, seq, onto)) in raw.iter().enumerate() {
        let before = |link: &&Link| link.actor == actor(*by) && link.seq == *seq;
        let own = links.iter().rev().find(before).map(|link| link.hash);
        let mut deps: BTreeSet<[u8; 32]> = own.into_iter().collect();
        if !links.is_empty() {
            let others = onto.iter().map(|onto| &links[onto.index(links.len())]);
            deps.extend(
                others
                    .filter(|link| link.actor != actor(*by))
                    .map(|link| link.hash),
            );
        }
        links.push(Link {
            hash: hash(&[number as u8, 99]),
            actor: actor(*by),
            seq: own.map_or(1, |_| seq + 1),
            deps: deps.into_iter().collect(),
        });
    }
    links
}

fn past(links: &[Link], deps: &BTreeSet<[u8; 32]>) -> Vec<usize> {
    let mut all: BTreeSet<usize> = BTreeSet::new();
    let mut next: Vec<[u8; 32]> = deps.iter().copied().collect();
    while let Some(hash) = next.pop() {
        let at = links.iter().position(|link| link.hash == hash).unwrap();
        if all.insert(at) {
            next.extend(&links[at].deps);
        }
    }
    all.into_iter().collect()
}

fn free_of_forks(links: &[Link], deps: &BTreeSet<[u8; 32]>, by: u8, chosen: Option<usize>) -> bool {
    let past = past(links, deps);
    let mut places = BTreeSet::new();
    let unique = past
        .iter()
        .all(|at| places.insert((links[*at].actor, links[*at].seq)));
    let own_end = past
        .iter()
        .filter(|at| links[**at].actor == actor(by))
        .map(|at| links[*at].seq)
        .max();
    unique && own_end == chosen.map(|at| links[at].seq)
}

/// Actors 0 and 1 are active, 2 is put out after one of its changes, 3 as `third` says.
fn voice(links: &[Link], cut: usize) -> impl Fn(&[u8; ACTOR_LEN]) -> Voice + use<> {
    let second: Vec<[u8; 32]> = links
        .iter()
        .filter(|link| link.actor == actor(2))
        .map(|link| link.hash)
        .collect();
    let tip = second.get(cut).copied();
    move |of| {
        let person = MemberId::from_bytes([of[0]; 20]);
        if *of == actor(2) {
            Voice::Ended(person, tip.into_iter().collect())
        } else {
            Voice::Active(person)
        }
    }
}

fn hashes_that_count(links: &[Link], counted: &Counted) -> BTreeSet<[u8; 32]> {
    links
        .iter()
        .zip(&counted.counts)
        .filter(|(_, counts)| **counts)
        .map(|(link, _)| link.hash)
        .collect()
}

proptest! {
    #[test]
    fn what_counts_is_the_same_in_whatever_order_it_came(
        steps in steps(), cut in 0..6usize, shuffle: u64, rarity in 1..6usize,
    ) {
        let links = links(&steps, rarity);
        let voice = voice(&links, cut);
        let expected = hashes_that_count(&links, &count(&links, &voice));
        let mut other = links.clone();
        let mut state = shuffle | 1;
        for at in (1..other.len()).rev() {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            other.swap(at, (state >> 33) as usize % (at + 1));
        }
        prop_assert_eq!(hashes_that_count(&other, &count(&other, &voice)), expected);
    }

    #[test]
    fn what_counts_is_whole_and_never_holds_two_changes_for_one_place(
        steps in steps(), cut in 0..6usize, rarity in 1..6usize,
    ) {
        let links = links(&steps, rarity);
        let counted = count(&links, voice(&links, cut));
        let counting = hashes_that_count(&links, &counted);
        let mut places = BTreeSet::new();
        for link in links.iter().filter(|link| counting.contains(&link.hash)) {
            prop_assert!(link.deps.iter().all(|dep| counting.contains(dep)));
            prop_assert!(places.insert((link.actor, link.seq)), "one place, two changes");
        }
    }

    #[test]
    fn without_forks_and_endings_all_counts(steps in steps()) {
        let links = links(&steps, 1 << 40);
        let active = |of: &[u8; ACTOR_LEN]| Voice::Active(MemberId::from_bytes([of[0]; 20]));
        let counted = count(&links, active);
        prop_assert!(counted.counts.iter().all(|counts| *counts));
        prop_assert_eq!(counted.forks, vec![]);
    }

    #[test]
    fn forgetting_what_is_worthless_changes_nothing(
        steps in steps(), cut in 0..6usize,
    ) {
        let links = links(&steps, 1);
        let voice = voice(&links, cut);
        let counted = count(&links, &voice);
        let kept: Vec<Link> = links
            .iter()
            .zip(&counted.worthless)
            .filter(|(_, worthless)| !**worthless)
            .map(|(link, _)| link.clone())
            .collect();
        let again = count(&kept, &voice);
        prop_assert_eq!(hashes_that_count(&kept, &again), hashes_that_count(&links, &counted));
        prop_assert!(again.worthless.iter().all(|worthless| !worthless));
    }

    #[test]
    fn what_is_worthless_is_so_by_the_rule_as_it_is_said(
        steps in steps(), cut in 0..6usize,
    ) {
        let links = links(&steps, 1);
        let voice = voice(&links, cut);
        let counted = count(&links, &voice);
        prop_assert_eq!(&counted.worthless, &plainly::worthless(&links, &voice));
    }

    #[test]
    fn many_branches_of_few_places_are_worthless_by_the_rule_as_it_is_said(
        raw in prop::collection::vec((0..3u8, 0..3u64, prop::collection::vec(any::<prop::sample::Index>(), 0..3)), 1..40),
        cut in 0..6usize,
    ) {
        let links = bushy(&raw);
        let voice = voice(&links, cut);
        let counted = count(&links, &voice);
        prop_assert_eq!(&counted.worthless, &plainly::worthless(&links, &voice));
    }

    /// A chain is sealed at its ends only: one that is kept must have one that is kept.
    #[test]
    fn what_is_kept_of_a_chain_lies_before_an_end_that_is_kept(
        raw in prop::collection::vec((0..3u8, 0..3u64, prop::collection::vec(any::<prop::sample::Index>(), 0..3)), 1..40),
        cut in 0..6usize,
    ) {
        let links = bushy(&raw);
        let worthless = count(&links, voice(&links, cut)).worthless;
        let kept: Vec<&Link> = links
            .iter()
            .zip(&worthless)
            .filter_map(|(link, worthless)| (!worthless).then_some(link))
            .collect();
        for link in &kept {
            let goes_on = |next: &Link| next.actor == link.actor && next.deps.contains(&link.hash);
            let ends = !links.iter().any(goes_on);
            prop_assert!(ends || kept.iter().any(|next| goes_on(next)), "{link:?}");
        }
    }

    #[test]
    fn what_honest_active_devices_wrote_counts_unless_a_fork_took_it(
        steps in steps(), cut in 0..6usize,
    ) {
        let links = links(&steps, 1 << 40);
        let counted = count(&links, voice(&links, cut));
        for (link, counts) in links.iter().zip(&counted.counts) {
            prop_assert!(*counts || link.actor == actor(2), "{link:?}");
        }
    }

    #[test]
    fn arbitrary_links_never_panic(
        raw in prop::collection::vec((0..6u8, 0..4u8, 0..5u64, prop::collection::vec(0..6u8, 0..3)), 0..8),
    ) {
        let links: Vec<Link> = raw
            .into_iter()
            .map(|(number, by, seq, deps)| Link {
                hash: hash(&[number]),
                actor: actor(by),
                seq,
                deps: deps.into_iter().map(|dep| hash(&[dep])).collect(),
            })
            .collect();
        let counted = count(&links, voice(&links, 0));
        prop_assert_eq!(counted.counts.len(), links.len());
    }
}

fn link(name: &str, by: u8, seq: u64, deps: &[&str]) -> Link {
    Link {
        hash: hash(name.as_bytes()),
        actor: actor(by),
        seq,
        deps: deps.iter().map(|dep| hash(dep.as_bytes())).collect(),
    }
}

fn counting(links: &[Link], voice: impl Fn(&[u8; ACTOR_LEN]) -> Voice, name: &str) -> bool {
    hashes_that_count(links, &count(links, voice)).contains(&hash(name.as_bytes()))
}

fn all_active(of: &[u8; ACTOR_LEN]) -> Voice {
    Voice::Active(MemberId::from_bytes([of[0]; 20]))
}

#[test]
fn the_branch_that_more_others_built_on_is_chosen_and_a_late_fork_gains_nothing() {
    let mut known = vec![
        link("first", 0, 1, &[]),
        link("ana's", 1, 1, &["first"]),
        link("bo's", 2, 1, &["first"]),
    ];
    // Whatever hash the forged branch has.
    for number in 0..50 {
        known.push(link(&format!("forged {number}"), 0, 1, &[]));
        assert!(counting(&known, all_active, "first"));
        assert!(counting(&known, all_active, "bo's"));
    }
    let counted = count(&known, all_active);
    assert_eq!(counted.forks.len(), 1);
    assert_eq!(
        counted
            .worthless
            .iter()
            .filter(|worthless| **worthless)
            .count(),
        50 - MOST_BRANCHES
    );
}

#[test]
fn a_branch_that_will_be_forgotten_has_no_voice_in_the_choice_of_another() {
    let by_hash = |mut names: Vec<String>| {
        names.sort_by_key(|name| hash(name.as_bytes()));
        names
    };
    let ana = by_hash(vec!["ana's".into(), "ana's twin's".into()]);
    let mal = by_hash((0..=MOST_BRANCHES).map(|n| format!("mal's {n}")).collect());
    let mut known = vec![link(&ana[0], 0, 1, &[]), link(&ana[1], 0, 1, &[])];
    for (number, name) in mal.iter().enumerate() {
        // The one that is too many builds on the branch that would not be chosen without it.
        let onto = [ana[1].as_str()];
        let deps = if number == MOST_BRANCHES {
            &onto[..]
        } else {
            &[]
        };
        known.push(link(name, 1, 1, deps));
    }
    let counted = count(&known, all_active);
    assert_eq!(counted.worthless.last(), Some(&true));
    assert!(counting(&known, all_active, &ana[0]));
    known.pop();
    assert!(counting(&known, all_active, &ana[0]));
}

#[test]
fn late_work_of_somebody_put_out_counts_as_far_as_others_built_on_it() {
    let gone = |tips: Vec<[u8; 32]>| {
        move |of: &[u8; ACTOR_LEN]| {
            let person = MemberId::from_bytes([of[0]; 20]);
            if *of == actor(0) {
                Voice::Ended(person, tips.clone())
            } else {
                Voice::Active(person)
            }
        }
    };
    let mut known = vec![
        link("seen", 0, 1, &[]),
        link("late", 0, 2, &["seen"]),
        link("later", 0, 3, &["late"]),
    ];
    let cut = gone(vec![hash(b"seen")]);
    assert!(counting(&known, &cut, "seen"));
    assert!(!counting(&known, &cut, "late"));
    known.push(link("ana answers", 1, 1, &["late"]));
    assert!(counting(&known, &cut, "late"));
    assert!(!counting(&known, &cut, "later"));
}

#[test]
fn the_past_is_not_rewritten_by_a_fork_below_the_cut() {
    let known = vec![
        link("seen", 0, 1, &[]),
        link("seen too", 0, 2, &["seen"]),
        link("rewritten", 0, 1, &[]),
        link("rewritten too", 0, 2, &["rewritten"]),
    ];
    let cut = |of: &[u8; ACTOR_LEN]| {
        Voice::Ended(MemberId::from_bytes([of[0]; 20]), vec![hash(b"seen too")])
    };
    for name in ["seen", "seen too"] {
        assert!(counting(&known, cut, name));
    }
    for name in ["rewritten", "rewritten too"] {
        assert!(!counting(&known, cut, name));
    }
}

/// Many chains, each with one branch too many at its beginning, which is built on only by the same branch of the chain before: all
/// of them fall, one after the other, like a row of dominoes.
#[test]
fn a_long_row_of_branches_that_fall_one_after_the_other_takes_no_more_than_its_length() {
    const CHAINS: u32 = 4_000;
    let branches = |chain: u32| {
        let named = |branch: u8| hash(&[&chain.to_le_bytes()[..], &[branch]].concat());
        let mut branches: Vec<[u8; 32]> = (0..=MOST_BRANCHES as u8).map(named).collect();
        branches.sort_unstable();
        branches
    };
    let mut links: Vec<Link> = Vec::new();
    for chain in 0..CHAINS {
        let mut actor = [0; ACTOR_LEN];
        actor[..4].copy_from_slice(&chain.to_le_bytes());
        let own = branches(chain);
        let mut link = |hash: [u8; 32], seq: u64, deps: Vec<[u8; 32]>| {
            links.push(Link {
                hash,
                actor,
                seq,
                deps,
            });
        };
        for hash in &own {
            link(*hash, 1, Vec::new());
        }
        if chain + 1 < CHAINS {
            let next = branches(chain + 1)[MOST_BRANCHES];
            let deps = vec![own[MOST_BRANCHES], next];
            link(hash(&chain.to_le_bytes()), 2, deps);
        }
    }
    let counted = count(&links, all_active);
    let worthless = counted.worthless.iter().filter(|worthless| **worthless);
    assert_eq!(worthless.count() as u32, 2 * CHAINS - 1);
}
