//! Roles: whose turn it is, who swaps with whom, what is handed over when, and where the rules are broken.

use std::collections::BTreeSet;

use automerge::{ROOT, transaction::Transactable};
use proptest::prelude::*;
use tresse_model::{
    DocKind, Edit, Held, MemberId, Piloting, PilotingFacts, Role, RoleField, RotationFacts,
    SwapSaid, SwapState, WarningCode, genesis, piloting_facts, read_network, read_notebook,
    role_key,
};

use crate::support::{Peer, actor, author, item, member};

const TODAY: &str = "2027-03-10";

fn set(role: &str, field: RoleField, value: &str) -> Edit {
    Edit::SetRole {
        role: role.into(),
        field,
        value: Some(value.to_owned()),
    }
}

fn turn(who: u8, before: Option<u8>) -> Edit {
    Edit::TurnRole {
        role: "pilot".into(),
        member: member(who),
        before: before.map(member),
        off: false,
    }
}

fn out(who: u8) -> Edit {
    Edit::TurnRole {
        role: "pilot".into(),
        member: member(who),
        before: None,
        off: true,
    }
}

fn roles(peer: &Peer) -> Vec<Role> {
    read_network(&peer.doc, &author).roles
}

fn order(peer: &Peer) -> Vec<MemberId> {
    let roles = roles(peer);
    roles
        .first()
        .map(|role| role.order.clone())
        .unwrap_or_default()
}

fn people(numbers: &[u8]) -> Vec<MemberId> {
    numbers.iter().map(|n| member(*n)).collect()
}

/// Half a year each from 2027-01-01, in this order.
fn going_round(order: &[u8]) -> Role {
    Role {
        role: "pilot".into(),
        start: "2027-01-01".into(),
        term: "6 months".into(),
        order: people(order),
        ..Role::default()
    }
}

fn held(role: &str, holder: u8, from: &str, to: Option<&str>, by: u8) -> Held {
    Held {
        mandate: format!("{role}/{holder}/{from}/{by}"),
        role: role.into(),
        holder: member(holder),
        from: from.into(),
        to: to.map(Into::into),
        by: member(by),
        said_on: from.into(),
    }
}

fn swap(by: u8, mine: &str, with: u8, theirs: &str) -> SwapSaid {
    SwapSaid {
        role: "pilot".into(),
        by: member(by),
        mine: mine.into(),
        theirs: theirs.into(),
        with: member(with),
    }
}

/// A network of whom these are members.
#[derive(Default)]
struct Net {
    roles: Vec<Role>,
    held: Vec<Held>,
    present: Vec<u8>,
    swaps: Vec<SwapSaid>,
}

impl Net {
    fn facts_on(&self, today: &str) -> PilotingFacts {
        piloting_facts(&Piloting {
            roles: &self.roles,
            held: &self.held,
            present: &self.present.iter().map(|n| member(*n)).collect(),
            swaps: &self.swaps,
            today,
        })
    }

    fn facts(&self) -> PilotingFacts {
        self.facts_on(TODAY)
    }

    fn round_on(&self, today: &str) -> RotationFacts {
        let facts = self.facts_on(today);
        facts.roles[0].rotation.clone().unwrap()
    }

    fn codes(&self) -> Vec<WarningCode> {
        self.facts().warnings.iter().map(|one| one.code).collect()
    }

    /// Who has the turn that runs, and those that come.
    fn turns(&self, today: &str) -> Vec<MemberId> {
        let round = self.round_on(today);
        let turns = round.current.iter().chain(&round.coming);
        turns.map(|turn| turn.member).collect()
    }
}

fn rotating() -> Net {
    Net {
        roles: vec![going_round(&[1, 2, 3])],
        present: vec![1, 2, 3],
        ..Net::default()
    }
}

#[test]
fn a_role_is_one_however_it_is_spelt() {
    assert_eq!(role_key("  Trésorier   adjoint "), "trésorier adjoint");
    let mut ana = Peer::new(1, DocKind::Network);
    ana.edit(&set(" Pilot", RoleField::Remit, "Tenir le cap"));
    ana.edit(&set("pilot", RoleField::Term, "1 an"));
    let roles = roles(&ana);
    assert_eq!(roles.len(), 1);
    assert_eq!((&*roles[0].role, &*roles[0].term), ("pilot", "12 months"));
    ana.undo();
    ana.undo();
    assert!(read_network(&ana.doc, &author).roles.is_empty());
}

#[test]
fn what_is_no_role_no_length_and_no_day_is_refused() {
    let mut ana = Peer::new(1, DocKind::Network);
    let mut code = |edit: Edit| ana.try_edit(&edit).unwrap_err().code();
    assert_eq!(code(set("pilot", RoleField::Term, "bientôt")), "bad-term");
    assert_eq!(code(set("pilot", RoleField::Start, "1er mars")), "bad-date");
    assert_eq!(code(set(" ", RoleField::Remit, "x")), "empty");
    assert_eq!(
        code(set(&"x".repeat(200), RoleField::Remit, "x")),
        "too-long"
    );
}

#[test]
fn two_who_set_a_length_at_once_see_both_and_choose() {
    let (mut ana, mut bo) = (
        Peer::new(1, DocKind::Network),
        Peer::new(2, DocKind::Network),
    );
    ana.edit(&set("pilot", RoleField::Term, "6 months"));
    bo.edit(&set("pilot", RoleField::Term, "8 weeks"));
    ana.meet(&mut bo);
    bo.meet(&mut ana);
    assert_eq!(roles(&ana), roles(&bo));
    let conflicts = &roles(&ana)[0].conflicts;
    assert_eq!(
        (&*conflicts[0].field, conflicts[0].values.len()),
        ("term", 2)
    );
}

#[test]
fn the_order_is_what_people_make_of_it_one_after_the_other() {
    let mut ana = Peer::new(1, DocKind::Network);
    for who in 1..=3 {
        ana.edit(&turn(who, None));
    }
    ana.edit(&turn(3, Some(1)));
    assert_eq!(order(&ana), people(&[3, 1, 2]));
    ana.edit(&turn(3, None));
    assert_eq!(order(&ana), people(&[1, 2, 3]));
    assert!(
        !ana.edit(&turn(1, Some(2))).changed,
        "it stands there already"
    );
    ana.edit(&out(2));
    assert_eq!(order(&ana), people(&[1, 3]));
    ana.undo();
    assert_eq!(order(&ana), people(&[1, 2, 3]));
    // Nothing lies between two neighbours for ever: then all are numbered anew.
    for round in 0..60 {
        ana.edit(&turn(3 - round % 2, Some(2 + round % 2)));
        ana.edit(&turn(1, None));
        ana.edit(&turn(1, Some(3 - round % 2)));
    }
    assert_eq!(order(&ana).iter().collect::<BTreeSet<_>>().len(), 3);
}

#[test]
fn turns_follow_each_other_from_the_first_day_and_those_who_left_are_passed_over() {
    let mut net = rotating();
    let round = net.round_on(TODAY);
    let (now, then) = (round.current.unwrap(), round.next.unwrap());
    assert_eq!(
        (now.member, &*now.from, &*now.until),
        (member(1), "2027-01-01", "2027-06-30")
    );
    assert_eq!((then.member, &*then.from), (member(2), "2027-07-01"));
    assert_eq!(net.turns(TODAY), people(&[1, 2, 3, 1]));
    net.present = vec![1, 3];
    assert_eq!(net.turns(TODAY), people(&[1, 3, 1]));
    assert_eq!(net.round_on(TODAY).gone, people(&[2]));
    // Before the first day there is a next turn, and none that runs.
    let before = net.round_on("2026-12-31");
    assert!(before.current.is_none());
    assert_eq!(before.next.unwrap().from, "2027-01-01");
}

#[test]
fn a_recorded_hand_over_says_whose_turn_it_was_and_who_comes_after() {
    let mut net = rotating();
    // The third took the first turn; whoever is put into the order later moves nobody's turn that was recorded.
    net.held = vec![held("Pilot", 3, "2027-01-02", Some("2027-06-30"), 1)];
    assert_eq!(net.turns(TODAY), people(&[3, 1, 2, 3]));
    net.roles = vec![going_round(&[4, 1, 2, 3])];
    net.present.push(4);
    assert_eq!(net.turns(TODAY), people(&[3, 4, 1, 2, 3]));
    // Who leaves in their turn hands on to the next, and the turns after follow from there.
    net.present = vec![1, 2, 4];
    assert_eq!(net.turns(TODAY), people(&[4, 1, 2, 4]));
    net.held.push(held("pilot", 4, "2027-03-05", None, 1));
    assert_eq!(
        net.turns(TODAY),
        people(&[4, 1, 2, 4]),
        "recorded, it is the same"
    );
}

#[test]
fn a_swap_holds_when_both_say_so_and_moves_nobody_else() {
    let mut net = rotating();
    net.swaps = vec![swap(2, "2027-07-01", 3, "2028-01-01")];
    assert_eq!(
        net.turns(TODAY),
        people(&[1, 2, 3, 1]),
        "one word is an offer"
    );
    assert_eq!(net.round_on(TODAY).swaps[0].state, SwapState::Offered);
    net.swaps.push(swap(3, "2028-01-01", 2, "2027-07-01"));
    assert_eq!(net.turns(TODAY), people(&[1, 3, 2, 1]));
    let told = net.round_on(TODAY).swaps;
    assert_eq!((told.len(), told[0].state), (1, SwapState::Agreed));
    // Once the swapped turn is recorded, who comes after is still the same.
    net.held = vec![held("pilot", 3, "2027-07-01", Some("2027-12-31"), 1)];
    assert_eq!(net.turns("2027-08-01"), people(&[3, 2, 1, 2]));
    assert!(net.round_on("2027-08-01").current.unwrap().recorded);
    // Taken back by one, it does not hold.
    net.held.clear();
    net.swaps.pop();
    assert_eq!(net.turns(TODAY), people(&[1, 2, 3, 1]));
}

#[test]
fn a_swap_agreed_after_a_turn_was_recorded_takes_it_from_nobody() {
    let mut net = rotating();
    net.held = vec![held("pilot", 2, "2027-07-01", Some("2027-12-31"), 1)];
    net.swaps = vec![
        swap(2, "2027-07-01", 3, "2028-01-01"),
        swap(3, "2028-01-01", 2, "2027-07-01"),
    ];
    assert_eq!(net.turns("2027-08-01"), people(&[2, 3, 1, 2]));
    let told = net.round_on("2027-08-01").swaps;
    assert!(
        told.iter().all(|one| one.state == SwapState::Void),
        "{told:?}"
    );
    // Swapped back again, a turn is recorded for whose it was at first.
    net.swaps.push(swap(3, "2027-07-01", 2, "2028-01-01"));
    net.swaps.push(swap(2, "2028-01-01", 3, "2027-07-01"));
    assert_eq!(net.turns("2027-08-01"), people(&[2, 3, 1, 2]));
}

#[test]
fn a_swap_of_turns_that_are_not_theirs_is_void_and_changes_nothing() {
    let mut net = rotating();
    net.swaps = vec![
        swap(1, "2027-07-01", 3, "2028-01-01"),
        swap(3, "2028-01-01", 1, "2027-07-01"),
        swap(2, "2027-07-02", 3, "2028-01-01"),
        // Begun before both agreed.
        swap(1, "2027-01-01", 2, "2027-07-01"),
    ];
    assert_eq!(net.turns(TODAY), people(&[1, 2, 3, 1]));
    let states: Vec<_> = net
        .round_on(TODAY)
        .swaps
        .iter()
        .map(|one| one.state)
        .collect();
    assert_eq!(states, [SwapState::Void; 3]);
    // Over, they are not told any more.
    assert!(net.round_on("2030-01-01").swaps.is_empty());
}

#[test]
fn a_rotation_with_nobody_or_without_days_says_so_and_names_nobody() {
    let mut net = rotating();
    net.present = vec![7, 8];
    assert_eq!(net.codes(), [WarningCode::RotationEmpty]);
    assert!(net.round_on(TODAY).next.is_none());
    net.present = vec![1, 2];
    net.roles[0].term.clear();
    assert_eq!(net.codes(), [WarningCode::RotationUndated]);
    net.roles[0].term = "6 months".into();
    net.roles[0].start = "9999-12-01".into();
    assert!(net.round_on(TODAY).next.is_none(), "beyond the calendar");
}

#[test]
fn a_hand_over_is_due_until_it_is_recorded() {
    let mut net = rotating();
    assert_eq!(net.codes(), [WarningCode::HandOverDue]);
    net.held = vec![held("pilot", 1, "2027-01-01", Some("2027-06-30"), 2)];
    assert_eq!(net.codes(), [WarningCode::NobodyFacilitates]);
    let due = net.facts_on("2027-07-01").warnings;
    assert_eq!(
        (due[0].code, due[0].member, &*due[0].day),
        (WarningCode::HandOverDue, Some(member(2)), "2027-07-01")
    );
}

#[test]
fn who_facilitates_neither_pilots_nor_is_named_by_the_pilot_alone() {
    let mut net = Net {
        held: vec![
            held("pilot", 1, "2026-01-01", None, 2),
            held("Facilitator", 1, "2026-01-01", None, 2),
        ],
        present: vec![1, 2, 3],
        ..Net::default()
    };
    assert_eq!(net.codes(), [WarningCode::FacilitatorIsPilot]);
    net.held[1] = held("facilitator", 3, "2026-02-01", None, 1);
    assert_eq!(net.codes(), [WarningCode::NamedByPilotAlone]);
    // Another says the same: it is one mandate that two stand for.
    net.held.push(held("facilitator", 3, "2026-02-01", None, 2));
    assert!(net.codes().is_empty());
    let facts = net.facts();
    let holders = &facts.roles[1].holders;
    assert_eq!((holders.len(), holders[0].mandates.len()), (1, 2));
    assert_eq!(holders[0].by, people(&[1, 2]));
}

#[test]
fn who_left_and_what_ran_out_is_said_and_a_role_held_by_several_is_shared() {
    let mut net = Net {
        held: vec![
            held("coordinator", 1, "2026-01-01", None, 2),
            held("coordinator", 2, "2026-01-01", None, 2),
            held("treasurer", 1, "2025-01-01", Some("2027-03-09"), 2),
        ],
        present: vec![1, 2],
        ..Net::default()
    };
    assert_eq!(net.facts().roles[0].holders.len(), 2);
    assert_eq!(net.codes(), [WarningCode::MandateEnded]);
    assert!(
        net.facts_on("2027-03-09").warnings.is_empty(),
        "its last day is one of it"
    );
    net.held.push(held("treasurer", 2, "2027-04-01", None, 2));
    assert!(net.codes().is_empty(), "somebody is to come");
    net.present = vec![1, 3];
    assert_eq!(net.codes(), [WarningCode::HolderLeft]);
    net.held = vec![held("secretary", 1, "2027-02-01", Some("2027-01-01"), 3)];
    assert!(net.codes().contains(&WarningCode::EndsBeforeStart));
}

#[test]
fn a_word_for_a_swap_and_a_post_stand_in_ones_own_notebook_and_are_taken_back() {
    let mut ana = Peer::new(1, DocKind::Notebook);
    let word = |on: Option<&str>| Edit::AgreeSwap {
        role: "Pilot".into(),
        mine: "2027-07-01".into(),
        theirs: "2028-01-01".into(),
        with: member(2),
        on: on.map(Into::into),
    };
    ana.edit(&word(Some(TODAY)));
    let post = Edit::AddPost {
        id: item(1),
        thread: None,
        text: "Trop de réunions".into(),
        on: TODAY.into(),
        after: 0,
        objective: None,
    };
    ana.edit(&post);
    assert_eq!(ana.try_edit(&post).unwrap_err().code(), "exists");
    ana.restart();
    let said = read_notebook(&ana.doc, &author);
    assert_eq!(
        (&*said.swaps[0].role, said.swaps[0].with, &*said.swaps[0].on),
        ("pilot", member(2), TODAY)
    );
    assert_eq!(
        (&*said.posts[0].text, &*said.posts[0].on),
        ("Trop de réunions", TODAY)
    );
    ana.edit(&word(None));
    ana.edit(&Edit::RemovePost {
        id: item(1),
        restore: false,
    });
    let said = read_notebook(&ana.doc, &author);
    assert!(said.swaps.is_empty() && said.posts.is_empty());
    ana.undo();
    ana.undo();
    let said = read_notebook(&ana.doc, &author);
    assert_eq!((said.swaps.len(), said.posts.len()), (1, 1));
    ana.undo();
    assert!(
        read_notebook(&ana.doc, &author).posts.is_empty(),
        "what was added is taken back"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// Whatever three people do to one order apart, they end with one, nobody in it twice, and nobody out of it whom nobody took out.
    #[test]
    fn an_order_that_several_change_at_once_loses_nobody(
        edits in proptest::collection::vec((0..3usize, 1..7u8, proptest::option::of(1..7u8), 0..8u8, any::<bool>()), 1..60),
    ) {
        let mut peers: Vec<Peer> = (1..=3).map(|n| Peer::new(n, DocKind::Network)).collect();
        let (mut put_in, mut taken_out) = (BTreeSet::new(), BTreeSet::new());
        for (who, member_no, before, what, meets) in edits {
            if what == 0 {
                peers[who].edit(&out(member_no));
                taken_out.insert(member(member_no));
            } else {
                let before = before.filter(|before| *before != member_no);
                peers[who].edit(&turn(member_no, before));
                put_in.insert(member(member_no));
                let seen = order(&peers[who]);
                let at = seen.iter().position(|one| *one == member(member_no)).unwrap();
                if let Some(next) = before.map(member).filter(|next| seen.contains(next)) {
                    prop_assert_eq!(seen.get(at + 1), Some(&next), "it stands where it was put");
                }
            }
            if meets {
                let [first, second] = peers.get_disjoint_mut([who, (who + 1) % 3]).unwrap();
                first.meet(second);
            }
        }
        for (a, b) in [(0, 1), (1, 2), (0, 2), (0, 1)] {
            let [first, second] = peers.get_disjoint_mut([a, b]).unwrap();
            first.meet(second);
            second.meet(first);
        }
        let end = order(&peers[0]);
        prop_assert_eq!(&end, &order(&peers[1]));
        prop_assert_eq!(&end, &order(&peers[2]));
        let once: BTreeSet<_> = end.iter().copied().collect();
        prop_assert_eq!(once.len(), end.len());
        prop_assert!(put_in.difference(&taken_out).all(|one| once.contains(one)));
    }

    /// Roles, swaps and mandates reach peers in any order: they say the same of turns and hand-overs.
    #[test]
    fn turns_and_hand_over_dates_are_the_same_for_any_order_of_arrival(
        order in Just((1..=5u8).collect::<Vec<_>>()).prop_shuffle(),
        present in proptest::collection::btree_set(1..=5u8, 1..=5),
        weeks in 1..30u16,
        mandates in proptest::collection::vec((1..=5u8, 0..900i32, proptest::option::of(0..300i32)), 0..8),
        swaps in proptest::collection::vec((1..=5u8, 0..12i64, 1..=5u8, 0..12i64), 0..10),
        today in 0..900i32,
        shuffle in proptest::collection::vec(any::<u32>(), 24),
        arrival in Just((0..7usize).collect::<Vec<_>>()).prop_shuffle(),
    ) {
        use jiff::{Span, civil::date};
        let first = date(2027, 1, 1);
        let day = |n: i32| (first + Span::new().days(n)).to_string();
        let turn_day = |n: i64| (first + Span::new().weeks(n * i64::from(weeks))).to_string();

        // Several write the rotation apart; it arrives in some order.
        let mut writers: Vec<Peer> = (1..=5).map(|n| Peer::new(n, DocKind::Network)).collect();
        for (writer, who) in writers.iter_mut().zip(&order) {
            writer.edit(&turn(*who, None));
        }
        writers.push(Peer::new(6, DocKind::Network));
        writers[5].edit(&set("pilot", RoleField::Start, &first.to_string()));
        writers.push(Peer::new(7, DocKind::Network));
        writers[6].edit(&set("pilot", RoleField::Term, &format!("{weeks} weeks")));
        let mut here = Peer::new(8, DocKind::Network);
        let mut there = Peer::new(9, DocKind::Network);
        for at in 0..writers.len() {
            here.meet(&mut writers[at]);
            there.meet(&mut writers[arrival[at]]);
        }
        prop_assert_eq!(roles(&here), roles(&there));

        let mut held: Vec<Held> = mandates
            .iter()
            .map(|(who, from, length)| {
                let to = length.map(|length| day(from + length));
                held("pilot", *who, &day(*from), to.as_deref(), 1)
            })
            .collect();
        let both = swaps.iter().flat_map(|(by, mine, with, theirs)| {
            [swap(*by, &turn_day(*mine), *with, &turn_day(*theirs)), swap(*with, &turn_day(*theirs), *by, &turn_day(*mine))]
        });
        // Some are agreed, some only offered.
        let mut said: Vec<SwapSaid> = both.enumerate().filter(|(at, _)| at % 5 != 3).map(|(_, one)| one).collect();
        let present: BTreeSet<MemberId> = present.iter().map(|n| member(*n)).collect();
        let today = day(today);
        let facts = |roles: &[Role], held: &[Held], swaps: &[SwapSaid]| {
            piloting_facts(&Piloting { roles, held, present: &present, swaps, today: &today })
        };
        let one = facts(&roles(&here), &held, &said);
        let mix = |at: usize| shuffle[at % shuffle.len()];
        let mut keyed: Vec<_> = held.drain(..).enumerate().collect();
        keyed.sort_by_key(|(at, _)| mix(*at));
        held.extend(keyed.into_iter().map(|(_, one)| one));
        let mut keyed: Vec<_> = said.drain(..).enumerate().collect();
        keyed.sort_by_key(|(at, _)| mix(*at));
        said.extend(keyed.into_iter().map(|(_, one)| one));
        let other = facts(&roles(&there), &held, &said);
        prop_assert_eq!(&one, &other);

        let round = one.roles[0].rotation.as_ref().unwrap();
        let (now, next) = (round.current.as_ref().unwrap(), round.next.as_ref().unwrap());
        prop_assert!(now.from <= today && today <= now.until && today < next.from);
        let turns: Vec<_> = std::iter::once(now).chain(&round.coming).collect();
        for pair in turns.windows(2) {
            let after = pair[0].until.parse::<jiff::civil::Date>().unwrap().tomorrow().unwrap();
            prop_assert_eq!(after.to_string(), pair[1].from.clone());
        }
        prop_assert!(turns.iter().all(|turn| present.contains(&turn.member)));
        // Without swaps, everybody who is here comes once in a round.
        if said.is_empty() && held.is_empty() {
            let seen: BTreeSet<_> = round.coming.iter().map(|turn| turn.member).collect();
            prop_assert_eq!(seen.len(), round.order.len());
        }
    }
}

/// Somebody with a modified program writes roles without end.
#[test]
fn of_roles_without_end_a_bounded_number_is_read_the_known_ones_first() {
    let mut doc = genesis(DocKind::Network).with_actor(actor(1));
    let mut tx = doc.transaction();
    for n in 0..3_000 {
        tx.put(ROOT, format!("role/remit/a{n}"), "x").unwrap();
    }
    tx.put(ROOT, "role/remit/pilot", "Veiller").unwrap();
    tx.put(ROOT, "role/remit/ PILOT ", "Autre").unwrap();
    tx.put(ROOT, format!("role/remit/{}", "z".repeat(5_000)), "y")
        .unwrap();
    tx.commit();
    let roles = read_network(&doc, &()).roles;
    assert!(roles.len() <= 64, "{}", roles.len());
    assert_eq!((&*roles[0].role, &*roles[0].remit), ("pilot", "Veiller"));
    assert!(roles.iter().all(|role| role.role.len() <= 100));
}
