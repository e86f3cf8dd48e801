//! The plan: what two people do to it at once, what is refused, and what follows from it.

use proptest::prelude::*;
use tresse_model::{
    ActionField, DocKind, Edit, FilterField, GroupField, IndicatorField, ItemId, MemberId,
    ObjectiveField, OwnObjectiveField, PlanContent, PlanFacts, Recurrence, is_served, plan_facts,
    read_notebook, read_plan,
};

use crate::support::{Dice, Peer, author, dice, edit_of, item, member};

const TODAY: &str = "2026-11-24";

#[allow(clippy::unnecessary_wraps)]
fn s(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn two() -> (Peer, Peer) {
    (Peer::new(1, DocKind::Plan), Peer::new(2, DocKind::Plan))
}

fn meet(a: &mut Peer, b: &mut Peer) {
    a.meet(b);
    b.meet(a);
    assert_eq!(plan(a), plan(b));
}

fn plan(peer: &Peer) -> PlanContent {
    read_plan(&peer.doc, &author)
}

fn facts(peer: &Peer) -> PlanFacts {
    plan_facts(&plan(peer), TODAY)
}

fn code(peer: &mut Peer, edit: &Edit) -> &'static str {
    peer.try_edit(edit).unwrap_err().code()
}

fn action(n: u8, fields: &[(ActionField, &str)]) -> Edit {
    Edit::AddAction {
        id: item(n),
        title: format!("Action {n}"),
        fields: fields
            .iter()
            .map(|(field, value)| (*field, (*value).to_owned()))
            .collect(),
    }
}

fn set(n: u8, field: ActionField, value: &str) -> Edit {
    Edit::SetAction {
        id: item(n),
        field,
        value: s(value),
    }
}

fn owns(n: u8, who: u8, off: bool) -> Edit {
    Edit::OwnAction {
        id: item(n),
        member: member(who),
        off,
    }
}

fn waits(n: u8, on: u8, off: bool) -> Edit {
    Edit::DependAction {
        id: item(n),
        on: item(on),
        off,
    }
}

fn done(n: u8, day: Option<&str>, off: bool) -> Edit {
    Edit::DoneAction {
        id: item(n),
        day: day.map(str::to_owned),
        off,
    }
}

fn objective(n: u8, orientation: Option<ItemId>) -> Edit {
    Edit::AddObjective {
        id: item(n),
        title: format!("Objectif {n}"),
        deadline: s("2026-10-31"),
        means: None,
        orientation,
    }
}

fn indicator(n: u8, baseline: &str, target: &str, current: &str) -> Edit {
    Edit::AddIndicator {
        objective: item(1),
        id: item(n),
        name: "Rencontres".to_owned(),
        unit: None,
        target: s(target),
        current: s(current),
        baseline: s(baseline),
    }
}

fn measure(n: u8, date: &str, value: &str) -> Edit {
    Edit::AddMeasure {
        objective: item(1),
        indicator: item(20),
        id: item(n),
        date: date.to_owned(),
        value: value.to_owned(),
        note: None,
    }
}

fn owners(peer: &Peer) -> Vec<MemberId> {
    plan(peer).actions[0].owners.clone()
}

#[test]
fn two_who_add_an_owner_at_once_both_stay_and_one_alone_replaces_them() {
    let (mut ana, mut bo) = two();
    ana.edit(&action(1, &[(ActionField::Owner, &member(9).to_string())]));
    meet(&mut ana, &mut bo);
    ana.edit(&owns(1, 1, false));
    bo.edit(&owns(1, 2, false));
    meet(&mut ana, &mut bo);
    assert_eq!(owners(&bo), [member(1), member(2), member(9)]);
    ana.edit(&set(1, ActionField::Owner, &member(2).to_string()));
    assert_eq!(owners(&ana), [member(2)]);
    assert_eq!(ana.undo(), (2, 0));
    assert_eq!(owners(&ana), [member(1), member(2), member(9)]);
    ana.edit(&set(1, ActionField::Owner, ""));
    assert_eq!(owners(&ana), []);
    meet(&mut ana, &mut bo);
    // Each names somebody alone: both were named.
    ana.edit(&set(1, ActionField::Owner, &member(3).to_string()));
    bo.edit(&set(1, ActionField::Owner, &member(4).to_string()));
    meet(&mut ana, &mut bo);
    assert_eq!(owners(&ana), [member(3), member(4)]);
    bo.edit(&owns(1, 3, true));
    meet(&mut ana, &mut bo);
    assert_eq!(owners(&ana), [member(4)]);
}

#[test]
fn measures_of_two_both_stay_and_the_newest_by_its_day_is_where_it_stands() {
    let (mut ana, mut bo) = two();
    ana.edit(&objective(1, None));
    ana.edit(&indicator(20, "4", "12", "5"));
    meet(&mut ana, &mut bo);
    assert_eq!(plan(&bo).objectives[0].indicators[0].current, "5");
    ana.edit(&measure(30, "2026-06-30", "8"));
    bo.edit(&measure(31, "2026-03-31", "6"));
    meet(&mut ana, &mut bo);
    let read = plan(&bo).objectives[0].indicators[0].clone();
    let days: Vec<_> = read.measures.iter().map(|m| &*m.date).collect();
    assert_eq!(days, ["2026-03-31", "2026-06-30"]);
    assert_eq!(read.current, "8");
    let field = Edit::SetIndicator {
        objective: item(1),
        id: item(20),
        field: IndicatorField::Current,
        value: s("9"),
    };
    assert_eq!(code(&mut bo, &field), "measured");
    bo.edit(&Edit::RemoveMeasure {
        objective: item(1),
        indicator: item(20),
        id: item(30),
        restore: false,
    });
    assert_eq!(plan(&bo).objectives[0].indicators[0].current, "6");
    bo.undo();
    meet(&mut ana, &mut bo);
    ana.undo();
    meet(&mut ana, &mut bo);
    assert_eq!(plan(&bo).objectives[0].indicators[0].current, "6");
    assert_eq!(code(&mut bo, &measure(40, "", "6")), "empty");
    assert_eq!(code(&mut bo, &measure(40, "hier", "6")), "bad-date");
}

#[test]
fn a_time_that_two_say_is_done_has_been_done_once() {
    let (mut ana, mut bo) = two();
    let monthly = [
        (ActionField::Due, "2026-08-31"),
        (ActionField::Every, "monthly"),
    ];
    ana.edit(&action(1, &monthly));
    meet(&mut ana, &mut bo);
    ana.edit(&done(1, None, false));
    bo.edit(&done(1, None, false));
    meet(&mut ana, &mut bo);
    let read = plan(&ana).actions[0].clone();
    assert_eq!(read.done_on, ["2026-08-31"]);
    assert_eq!(read.next_due, "2026-09-30");
    assert_eq!(read.every, Some(Recurrence::Monthly));
    assert_eq!(facts(&ana).late, [item(1)]);
    // A time that was left out is not asked for again once a later one is done.
    bo.edit(&done(1, Some("2026-10-31"), false));
    assert_eq!(plan(&bo).actions[0].next_due, "2026-11-30");
    assert_eq!(facts(&bo).late, []);
    bo.edit(&done(1, None, true));
    assert_eq!(plan(&bo).actions[0].next_due, "2026-09-30");
    bo.undo();
    assert_eq!(plan(&bo).actions[0].next_due, "2026-11-30");

    let wrong = bo
        .try_edit(&done(1, Some("2026-11-12"), false))
        .unwrap_err();
    assert_eq!(wrong.code(), "not-an-occurrence");
    assert!(wrong.to_string().contains("2026-11-30"), "{wrong}");
    assert_eq!(code(&mut bo, &done(1, Some("demain"), false)), "bad-date");
    bo.edit(&action(2, &[]));
    assert_eq!(code(&mut bo, &done(2, None, false)), "not-recurring");
}

#[test]
fn what_would_wait_for_itself_is_refused_and_says_how() {
    let mut ana = Peer::new(1, DocKind::Plan);
    for n in 1..=3 {
        ana.edit(&action(n, &[]));
    }
    ana.edit(&waits(1, 2, false));
    ana.edit(&waits(2, 3, false));
    let refused = ana.try_edit(&waits(3, 1, false)).unwrap_err();
    assert_eq!(refused.code(), "cycle");
    let said = refused.to_string();
    assert!(
        said.contains("Action 3 → Action 1 → Action 2 → Action 3"),
        "{said}"
    );
    assert_eq!(code(&mut ana, &waits(1, 1, false)), "cycle");
    assert_eq!(code(&mut ana, &waits(1, 9, false)), "not-found");
    ana.edit(&waits(2, 3, true));
    ana.edit(&waits(3, 1, false));
}

#[test]
fn a_circle_that_two_close_at_once_is_shown_and_holds_up_nothing_else() {
    let (mut ana, mut bo) = two();
    for n in 1..=4 {
        ana.edit(&action(n, &[]));
    }
    meet(&mut ana, &mut bo);
    ana.edit(&waits(1, 2, false));
    ana.edit(&waits(3, 1, false));
    bo.edit(&waits(2, 1, false));
    bo.edit(&waits(2, 4, false));
    meet(&mut ana, &mut bo);
    let facts = facts(&ana);
    assert_eq!(facts.cycles, [[item(1), item(2)]]);
    let blocked: Vec<_> = facts
        .blocked
        .iter()
        .map(|b| (b.action, &b.by[..]))
        .collect();
    assert_eq!(
        blocked,
        [(item(2), &[item(4)][..]), (item(3), &[item(1)][..])]
    );
    ana.edit(&set(4, ActionField::Status, "dropped"));
    ana.edit(&set(1, ActionField::Status, "done"));
    assert_eq!(self::facts(&ana).blocked, []);
}

#[test]
fn nothing_ends_before_it_starts_and_where_two_made_it_so_it_is_shown() {
    let (mut ana, mut bo) = two();
    let wrong = [
        (ActionField::Start, "2026-12-01"),
        (ActionField::Due, "2026-11-30"),
    ];
    assert_eq!(code(&mut ana, &action(1, &wrong)), "ends-before-start");
    ana.edit(&action(1, &[(ActionField::Start, "2026-12-01")]));
    ana.edit(&Edit::AddGroup {
        id: item(50),
        name: "Accueil".to_owned(),
        fields: vec![(GroupField::Start, "2026-12-01".to_owned())],
    });
    meet(&mut ana, &mut bo);
    let due = set(1, ActionField::Due, "2026-11-30");
    assert_eq!(code(&mut ana, &due), "ends-before-start");
    let close = |day: &str| Edit::SetGroup {
        id: item(50),
        field: GroupField::Closed,
        value: s(day),
    };
    assert_eq!(code(&mut ana, &close("2026-11-01")), "ends-before-start");
    ana.edit(&set(1, ActionField::Due, "2026-12-10"));
    bo.edit(&set(1, ActionField::Start, "2026-12-20"));
    meet(&mut ana, &mut bo);
    assert_eq!(facts(&bo).ends_before_start, [item(1)]);
    bo.edit(&set(1, ActionField::Due, "2026-12-31"));
    assert_eq!(facts(&bo).ends_before_start, []);
}

#[test]
fn several_actions_are_set_as_one_and_undone_as_one_or_not_at_all() {
    let mut ana = Peer::new(1, DocKind::Plan);
    for n in 1..=3 {
        ana.edit(&action(n, &[]));
    }
    let all = |ids: &[u8], value: &str| Edit::SetActions {
        ids: ids.iter().map(|n| item(*n)).collect(),
        field: ActionField::Status,
        value: s(value),
    };
    let status = |peer: &Peer| -> Vec<_> {
        let plan = plan(peer);
        plan.actions.iter().map(|a| a.status.word()).collect()
    };
    assert!(ana.edit(&all(&[1, 3], "doing")).changed);
    assert_eq!(status(&ana), ["doing", "todo", "doing"]);
    assert_eq!(code(&mut ana, &all(&[1, 9], "done")), "not-found");
    assert_eq!(code(&mut ana, &all(&[], "done")), "empty");
    assert_eq!(status(&ana), ["doing", "todo", "doing"]);
    assert_eq!(ana.undo(), (2, 0));
    assert_eq!(status(&ana), ["todo", "todo", "todo"]);
}

#[test]
fn parts_of_an_action_keep_their_order_and_what_each_of_two_ticked() {
    let (mut ana, mut bo) = two();
    ana.edit(&action(1, &[]));
    for (n, text) in [(10, "Clé"), (11, "Café")] {
        ana.edit(&Edit::AddCheck {
            action: item(1),
            id: item(n),
            text: text.to_owned(),
        });
    }
    meet(&mut ana, &mut bo);
    let tick = |n| Edit::SetCheck {
        action: item(1),
        id: item(n),
        text: None,
        done: Some(true),
    };
    ana.edit(&tick(10));
    bo.edit(&tick(11));
    bo.edit(&Edit::SetCheck {
        action: item(1),
        id: item(11),
        text: s("Café et thé"),
        done: None,
    });
    meet(&mut ana, &mut bo);
    let list = plan(&ana).actions[0].checklist.clone();
    let list: Vec<_> = list.iter().map(|part| (&*part.text, part.done)).collect();
    assert_eq!(list, [("Clé", true), ("Café et thé", true)]);
}

#[test]
fn a_working_group_keeps_whom_each_of_two_put_in_and_its_links_must_be_there() {
    let (mut ana, mut bo) = two();
    let group = Edit::AddGroup {
        id: item(50),
        name: "Accueil".to_owned(),
        fields: vec![(GroupField::Remit, "Recevoir".to_owned())],
    };
    ana.edit(&group);
    meet(&mut ana, &mut bo);
    for (peer, who) in [(&mut ana, 1), (&mut bo, 2)] {
        peer.edit(&Edit::JoinGroup {
            id: item(50),
            member: member(who),
            off: false,
        });
    }
    meet(&mut ana, &mut bo);
    assert_eq!(plan(&bo).groups[0].members, [member(1), member(2)]);
    bo.edit(&action(
        1,
        &[(ActionField::WorkingGroup, &item(50).to_string())],
    ));
    assert_eq!(plan(&bo).actions[0].working_group, Some(item(50)));
    let elsewhere = set(1, ActionField::WorkingGroup, &item(51).to_string());
    assert_eq!(code(&mut bo, &elsewhere), "not-found");
}

#[test]
fn an_objective_is_as_far_as_its_indicators_else_as_its_actions() {
    let mut ana = Peer::new(1, DocKind::Plan);
    ana.edit(&Edit::AddOrientation {
        id: item(7),
        title: "Accueillir".to_owned(),
        words: None,
    });
    ana.edit(&Edit::AddOrientation {
        id: item(8),
        title: "Durer".to_owned(),
        words: None,
    });
    ana.edit(&objective(1, Some(item(7))));
    let to = [(ActionField::Objective, item(1).to_string())];
    for n in 2..=4 {
        ana.edit(&action(n, &[(to[0].0, &to[0].1)]));
    }
    ana.edit(&set(2, ActionField::Status, "done"));
    ana.edit(&set(3, ActionField::Status, "dropped"));
    ana.edit(&set(4, ActionField::Due, "2026-01-01"));
    let told = facts(&ana).objectives[0].clone();
    assert_eq!((told.done, told.total, told.late_actions), (1, 2, 1));
    assert_eq!(
        (told.percent, told.by_indicators, told.late),
        (Some(50), None, true)
    );
    // Words count for nothing; 4,5 of the way from 3 to 6 is half; 1 200 of 1000 is all; from 10 down to 0.
    ana.edit(&indicator(21, "", "beaucoup", "assez"));
    ana.edit(&indicator(22, "3", "6", "4,5"));
    ana.edit(&indicator(23, "", "1000", "1\u{a0}200"));
    ana.edit(&indicator(24, "10", "0", "10"));
    let facts = facts(&ana);
    assert_eq!(facts.objectives[0].percent, Some(50));
    assert_eq!(facts.objectives[0].by_indicators, Some(50));
    let covered: Vec<_> = facts
        .orientations
        .iter()
        .map(|one| (one.id, one.objectives, one.actions, one.percent))
        .collect();
    assert_eq!(covered, [(item(7), 1, 2, Some(50)), (item(8), 0, 0, None)]);
    let elsewhere = Edit::SetObjective {
        id: item(1),
        field: ObjectiveField::Orientation,
        value: s(&item(9).to_string()),
    };
    assert_eq!(code(&mut ana, &elsewhere), "not-found");
}

#[test]
fn an_organisation_sees_which_of_its_own_objectives_the_network_serves() {
    let mut plan = Peer::new(1, DocKind::Plan);
    plan.edit(&objective(1, None));
    plan.edit(&objective(2, None));
    plan.edit(&action(
        3,
        &[(ActionField::Objective, &item(1).to_string())],
    ));
    let mut ana = Peer::new(1, DocKind::Notebook);
    for (n, objective) in [(60, None), (61, Some(1)), (62, Some(2)), (63, Some(9))] {
        ana.edit(&Edit::AddOwnObjective {
            id: item(n),
            text: "Former nos salariés".to_owned(),
            objective: objective.map(item),
        });
    }
    let served = |ana: &Peer| -> Vec<_> {
        let own = is_served(&self::plan(&plan), &read_notebook(&ana.doc, &()));
        own.iter().map(|one| (one.objective, one.served)).collect()
    };
    assert_eq!(
        served(&ana),
        [
            (None, false),
            (Some(item(1)), true),
            (Some(item(2)), false),
            (None, false)
        ]
    );
    ana.edit(&Edit::SetOwnObjective {
        id: item(60),
        field: OwnObjectiveField::Objective,
        value: s(&item(1).to_string()),
    });
    assert_eq!(served(&ana)[0], (Some(item(1)), true));
    ana.edit(&Edit::RemoveOwnObjective {
        id: item(60),
        restore: false,
    });
    assert_eq!(served(&ana).len(), 3);
}

#[test]
fn words_of_every_script_stay_as_they_are_and_what_is_too_long_says_the_bound() {
    let mut ana = Peer::new(1, DocKind::Plan);
    ana.edit(&action(1, &[]));
    for title in ["اجتماع الشبكة", "👩🏽‍🤝‍👩🏻 fête 🎉", "e\u{301}té"]
    {
        ana.edit(&set(1, ActionField::Title, title));
        assert_eq!(plan(&ana).actions[0].title, title);
    }
    let refused = ana
        .try_edit(&set(1, ActionField::Title, &"é".repeat(10_000)))
        .unwrap_err();
    assert_eq!(refused.code(), "too-long");
    assert!(refused.to_string().contains("500"), "{refused}");
}

#[test]
fn a_very_long_chain_is_told_as_quickly_as_a_short_one() {
    let count: u16 = 20_000;
    let id = |n: u16| {
        let mut bytes = [0; 10];
        bytes[..2].copy_from_slice(&n.to_be_bytes());
        ItemId::from_bytes(bytes)
    };
    let actions = (0..count).map(|n| tresse_model::Action {
        depends_on: vec![id((n + 1) % count)],
        ..tresse_model::Action::new(id(n), "x")
    });
    let plan = PlanContent {
        actions: actions.collect(),
        ..PlanContent::default()
    };
    let facts = plan_facts(&plan, TODAY);
    assert_eq!(facts.cycles.len(), 1);
    assert_eq!(facts.cycles[0].len(), usize::from(count));
    assert_eq!(facts.blocked, []);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Three write apart; whoever gets the changes, in any order and any number at a time, says the same of them.
    #[test]
    fn what_follows_from_a_plan_is_the_same_for_any_order_of_arrival(
        edits in proptest::collection::vec((0..3usize, dice()), 0..60),
        order in proptest::collection::vec(any::<u16>(), 0..80),
    ) {
        let mut peers: Vec<Peer> = (1..=3).map(|n| Peer::new(n, DocKind::Plan)).collect();
        for (who, dice) in &edits {
            let dice: &Dice = dice;
            let edit = edit_of(&peers[*who].doc, DocKind::Plan, *who as u8, dice);
            if peers[*who].try_edit(&edit).is_err() {
                // What is refused changed nothing.
            }
            if dice.2.is_multiple_of(5) {
                let [first, second] = peers.get_disjoint_mut([*who, (*who + 1) % 3]).unwrap();
                first.meet(second);
            }
        }
        let mut all = Peer::new(4, DocKind::Plan);
        for peer in &mut peers {
            all.meet(peer);
        }
        let mut changes = all.doc.get_changes(&[]);
        let mut late = Peer::new(5, DocKind::Plan);
        for pick in order {
            if changes.is_empty() {
                break;
            }
            let change = changes.remove(usize::from(pick) % changes.len());
            late.doc.apply_changes([change]).unwrap();
        }
        late.doc.apply_changes(changes).unwrap();
        prop_assert_eq!(plan(&late), plan(&all));
        prop_assert_eq!(facts(&late), facts(&all));
        for peer in &mut peers {
            peer.meet(&mut all);
            prop_assert_eq!(facts(peer), facts(&all));
        }
    }
}

#[test]
fn an_action_is_moved_with_both_its_days_and_back_in_one_step() {
    let mut ana = Peer::new(1, DocKind::Plan);
    ana.edit(&action(1, &[]));
    let moved = |start: Option<&str>, due: Option<&str>| Edit::MoveAction {
        id: item(1),
        start: start.map(str::to_owned),
        due: due.map(str::to_owned),
    };
    let days = |peer: &Peer| {
        let action = plan(peer).actions.remove(0);
        (action.start, action.due)
    };
    let of = |start: &str, due: &str| (start.to_owned(), due.to_owned());
    ana.edit(&moved(Some("2026-05-04"), Some("2026-05-22")));
    // Beyond the other day: one by one, half of the move would be refused.
    ana.edit(&moved(Some("2026-06-04"), Some("2026-06-22")));
    assert_eq!(days(&ana), of("2026-06-04", "2026-06-22"));
    assert_eq!(ana.undo(), (2, 0));
    assert_eq!(days(&ana), of("2026-05-04", "2026-05-22"));
    let backwards = moved(Some("2026-06-04"), Some("2026-05-22"));
    assert_eq!(code(&mut ana, &backwards), "ends-before-start");
    assert_eq!(code(&mut ana, &moved(Some("bientôt"), None)), "bad-date");
    assert_eq!(days(&ana), of("2026-05-04", "2026-05-22"));
    ana.edit(&moved(None, Some("2026-05-22")));
    assert_eq!(days(&ana), of("", "2026-05-22"));
}

#[test]
fn two_machines_of_one_person_that_save_filters_apart_have_them_all() {
    use FilterField as F;
    let (mut desk, mut train) = (
        Peer::new(1, DocKind::Notebook),
        Peer::new(2, DocKind::Notebook),
    );
    let save = |n: u8, fields: &[(F, &str)]| Edit::SaveFilter {
        id: item(n),
        fields: fields
            .iter()
            .map(|(field, value)| (*field, (*value).to_owned()))
            .collect(),
    };
    let saved = |peer: &Peer| read_notebook(&peer.doc, &()).filters;
    desk.edit(&save(1, &[(F::Name, "Mes retards"), (F::Status, "late")]));
    train.edit(&save(2, &[(F::Name, "À nous"), (F::GroupBy, "owner")]));
    meet(&mut desk, &mut train);
    let names: Vec<String> = saved(&train).into_iter().map(|one| one.name).collect();
    assert_eq!(names, ["Mes retards", "À nous"]);
    // One renames it while the other makes it ask something else.
    desk.edit(&save(1, &[(F::Name, "Ce que je dois finir")]));
    train.edit(&save(1, &[(F::Status, "open"), (F::Sort, "-due")]));
    meet(&mut desk, &mut train);
    assert_eq!(saved(&desk), saved(&train));
    let one = saved(&desk)
        .into_iter()
        .find(|one| one.id == item(1))
        .unwrap();
    assert_eq!(
        (&*one.name, &*one.status, &*one.sort),
        ("Ce que je dois finir", "open", "-due")
    );
    // Removed, brought back, and undone.
    let remove = |restore| Edit::RemoveFilter {
        id: item(1),
        restore,
    };
    desk.edit(&remove(false));
    assert_eq!(saved(&desk).len(), 1);
    desk.edit(&remove(true));
    assert_eq!(saved(&desk).len(), 2);
    desk.edit(&save(1, &[(F::Name, "Autre")]));
    assert_eq!(desk.undo(), (1, 0));
    assert!(
        saved(&desk)
            .iter()
            .any(|one| one.name == "Ce que je dois finir")
    );
    // What cannot be gets its reason.
    assert_eq!(code(&mut desk, &save(9, &[(F::Status, "late")])), "empty");
    assert_eq!(code(&mut desk, &save(1, &[(F::Name, " ")])), "empty");
    let none = Edit::RemoveFilter {
        id: item(9),
        restore: false,
    };
    assert_eq!(code(&mut desk, &none), "not-found");
}
