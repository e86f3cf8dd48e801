//! Work that fell with the losing branch of a fork, carried over: the stories.

use automerge::{
    Automerge, Change, ChangeHash, ObjType, ROOT, ReadDoc,
    transaction::{CommitOptions, Transactable},
};
use tresse_model::{
    ActionField, DocKind, Edit, NetworkField, PageField, Replayed, Status, apply, body_text,
    changes, genesis, load, read_network, read_page, read_plan, replay, undo,
};

use crate::support::{Peer, actor, item, member, splice, type_at};

/// The one who forks.
pub(crate) const XAVIER: u8 = 9;

/// Xavier's two disks, and two who know but the first.
struct Fork {
    ana: Peer,
    bo: Peer,
    /// The branch that loses.
    lost: Peer,
    /// The branch that counts.
    chosen: Peer,
}

impl Fork {
    /// All begin with this.
    fn of(kind: DocKind, edits: &[Edit]) -> Self {
        let mut peers = [1, 2, XAVIER, XAVIER].map(|n| Peer::new(n, kind));
        for edit in edits {
            peers[0].edit(edit);
        }
        let [mut ana, mut bo, mut lost, mut chosen] = peers;
        for peer in [&mut bo, &mut lost, &mut chosen] {
            peer.meet(&mut ana);
        }
        Self {
            ana,
            bo,
            lost,
            chosen,
        }
    }

    /// Ana and Bo hear of the branch that loses.
    fn hear(&mut self) {
        self.ana.meet(&mut self.lost);
        self.bo.meet(&mut self.lost);
    }

    /// Everything that anybody did without knowing of the fork.
    fn before(&mut self) -> Automerge {
        self.ana.meet(&mut self.bo);
        self.ana.meet(&mut self.lost);
        self.ana.doc.clone()
    }

    /// The document as it is rebuilt.
    fn after(&mut self) -> Automerge {
        rebuilt(&self.before(), &mut self.chosen.doc)
    }
}

/// The changes of `old` that fell, once `chosen` holds the branch that counts.
pub(crate) fn fallen(old: &Automerge, chosen: &Automerge) -> Vec<ChangeHash> {
    let mut fallen: Vec<ChangeHash> = Vec::new();
    for change in changes(old) {
        let lost = change.actor == actor(XAVIER).to_bytes()
            && chosen.get_change_meta_by_hash(&change.hash).is_none();
        if lost || change.deps.iter().any(|dep| fallen.contains(dep)) {
            fallen.push(change.hash);
        }
    }
    fallen
}

/// Those of the changes that this one made.
pub(crate) fn by(doc: &Automerge, which: &[ChangeHash], n: u8) -> Vec<ChangeHash> {
    let made = changes(doc).into_iter();
    let made = made.filter(|change| change.actor == actor(n).to_bytes());
    made.map(|change| change.hash)
        .filter(|hash| which.contains(hash))
        .collect()
}

/// `chosen`, with all of `old` that does not build on the branch that loses.
pub(crate) fn rebuilt(old: &Automerge, chosen: &mut Automerge) -> Automerge {
    let fallen = fallen(old, chosen);
    let mut new = chosen.fork();
    let rest = old.get_changes(&[]).into_iter();
    new.apply_changes(rest.filter(|change| !fallen.contains(&change.hash())))
        .unwrap();
    new
}

/// As the person would on their own machine: under a new actor, and twice.
pub(crate) fn carry(old: &Automerge, which: &[ChangeHash], new: &mut Automerge, n: u8) -> Replayed {
    new.set_actor(actor(100 + n));
    let mut shown = body_text(new);
    let heads = new.get_heads();
    let mut again = new.clone();
    let done = replay(old, which, new, 5).unwrap();
    assert_eq!(done.changed, new.get_heads() != heads);
    for splice in &done.splices {
        assert!(splice.apply_to(&mut shown), "{splice:?}");
    }
    assert_eq!(shown, body_text(new));
    // The same once more, from the same beginning.
    replay(old, which, &mut again, 5).unwrap();
    assert_eq!(again.get_heads(), new.get_heads());
    // And once more on top, by somebody else who has opened it.
    let mut opened = load(&new.save()).unwrap().with_actor(actor(200));
    let more = replay(old, which, &mut opened, 6).unwrap();
    assert!(!more.changed, "a second replay writes nothing");
    assert_eq!(more.left_out, done.left_out);
    done
}

fn add_action(n: u8, title: &str) -> Edit {
    Edit::AddAction {
        id: item(n),
        title: title.to_owned(),
        fields: Vec::new(),
    }
}

fn set_status(n: u8, status: &str) -> Edit {
    Edit::SetAction {
        id: item(n),
        field: ActionField::Status,
        value: Some(status.to_owned()),
    }
}

fn set_name(name: &str) -> Edit {
    Edit::SetNetwork {
        field: NetworkField::Name,
        value: Some(name.to_owned()),
    }
}

fn set_kind(kind: &str) -> Edit {
    Edit::SetNetwork {
        field: NetworkField::Kind,
        value: Some(kind.to_owned()),
    }
}

#[test]
fn honest_words_come_back_where_they_stood_and_the_lost_ones_do_not() {
    let mut fork = Fork::of(DocKind::Page, &[type_at(0, 0, "Le jardin est ouvert.")]);
    fork.lost.edit(&type_at(13, 0, " toujours"));
    fork.chosen.edit(&type_at(0, 0, "Bonjour. "));
    fork.hear();
    fork.ana.edit(&type_at(3, 0, "grand "));
    fork.bo.edit(&type_at(22, 0, " (mais pas la nuit)"));
    let old = fork.before();
    assert_eq!(
        body_text(&old),
        "Le grand jardin est toujours (mais pas la nuit) ouvert."
    );
    let mut new = fork.after();
    assert_eq!(body_text(&new), "Bonjour. Le jardin est ouvert.");
    let fallen = fallen(&old, &fork.chosen.doc);
    let done = carry(&old, &by(&old, &fallen, 1), &mut new, 1);
    assert_eq!(done.left_out, 0);
    assert_eq!(body_text(&new), "Bonjour. Le grand jardin est ouvert.");
    carry(&old, &by(&old, &fallen, 2), &mut new, 2);
    assert_eq!(
        body_text(&new),
        "Bonjour. Le grand jardin est (mais pas la nuit) ouvert."
    );
}

#[test]
fn words_typed_into_each_other_are_whole_again_in_whatever_order_they_come_back() {
    for order in [[1, 2], [2, 1]] {
        let mut fork = Fork::of(DocKind::Page, &[type_at(0, 0, "()")]);
        fork.lost.edit(&type_at(1, 0, "xx"));
        fork.chosen.edit(&type_at(2, 0, "!"));
        fork.hear();
        fork.ana.edit(&type_at(2, 0, "ana"));
        fork.bo.meet(&mut fork.ana);
        fork.bo.edit(&type_at(4, 0, "BO"));
        fork.ana.meet(&mut fork.bo);
        fork.ana.edit(&type_at(5, 0, "+"));
        let old = fork.before();
        assert_eq!(body_text(&old), "(xanB+Oax)");
        let fallen = fallen(&old, &fork.chosen.doc);
        let mut new = fork.after();
        for n in order {
            carry(&old, &by(&old, &fallen, n), &mut new, n);
        }
        assert_eq!(body_text(&new), "(anB+Oa)!");
    }
}

#[test]
fn what_bears_the_same_name_in_the_other_branch_is_not_taken_for_it() {
    let mut fork = Fork::of(DocKind::Page, &[type_at(0, 0, "[]")]);
    fork.lost.edit(&type_at(1, 0, "aaa"));
    fork.chosen.edit(&type_at(1, 0, "bbb"));
    fork.hear();
    fork.ana.edit(&type_at(2, 2, "c"));
    let old = fork.before();
    assert_eq!(body_text(&old), "[ac]");
    let mut new = fork.after();
    let fallen = fallen(&old, &fork.chosen.doc);
    carry(&old, &by(&old, &fallen, 1), &mut new, 1);
    assert_eq!(body_text(&new), "[cbbb]");
}

#[test]
fn what_was_taken_out_goes_and_what_others_typed_there_stays() {
    let mut fork = Fork::of(DocKind::Page, &[type_at(0, 0, "un deux trois quatre")]);
    fork.lost.edit(&type_at(0, 0, "x"));
    fork.chosen.edit(&type_at(5, 0, "--"));
    fork.hear();
    fork.ana.edit(&type_at(4, 5, ""));
    fork.ana.edit(&type_at(0, 1, ""));
    let old = fork.before();
    assert_eq!(body_text(&old), "un trois quatre");
    let mut new = fork.after();
    let fallen = fallen(&old, &fork.chosen.doc);
    carry(&old, &by(&old, &fallen, 1), &mut new, 1);
    assert_eq!(body_text(&new), "un --trois quatre");
}

#[test]
fn a_field_shows_again_what_was_set_and_is_empty_again_if_it_was_cleared() {
    let edits = [set_name("Ateliers"), set_kind("produce")];
    let mut fork = Fork::of(DocKind::Network, &edits);
    fork.lost.edit(&set_name("Faux"));
    fork.chosen.edit(&set_name("Vrai"));
    fork.hear();
    fork.ana.edit(&Edit::SetNetwork {
        field: NetworkField::Kind,
        value: None,
    });
    fork.bo.edit(&set_name("Réseau des ateliers"));
    let old = fork.before();
    let mut new = fork.after();
    assert_eq!(read_network(&new, &()).name, "Vrai");
    let fallen = fallen(&old, &fork.chosen.doc);
    carry(&old, &by(&old, &fallen, 1), &mut new, 1);
    assert_eq!(read_network(&new, &()).name, "Vrai");
    assert_eq!(read_network(&new, &()).kind, "");
    carry(&old, &by(&old, &fallen, 2), &mut new, 2);
    assert_eq!(read_network(&new, &()).name, "Réseau des ateliers");
}

#[test]
fn what_somebody_set_over_it_before_the_fall_does_not_come_back() {
    let mut fork = Fork::of(DocKind::Network, &[set_name("Ateliers")]);
    fork.lost.edit(&set_kind("defend"));
    fork.chosen.edit(&set_kind("produce"));
    fork.hear();
    fork.ana.edit(&set_name("Ana"));
    fork.bo.meet(&mut fork.ana);
    fork.bo.edit(&set_name("Bo"));
    let old = fork.before();
    let mut new = fork.after();
    let fallen = fallen(&old, &fork.chosen.doc);
    assert!(!carry(&old, &by(&old, &fallen, 1), &mut new, 1).changed);
    carry(&old, &by(&old, &fallen, 2), &mut new, 2);
    assert_eq!(read_network(&new, &()).name, "Bo");
}

#[test]
fn a_value_that_only_lost_work_stood_before_shows_again() {
    let mut fork = Fork::of(DocKind::Network, &[]);
    fork.lost.edit(&set_kind("defend"));
    fork.chosen.edit(&set_kind("produce"));
    fork.hear();
    fork.ana.edit(&set_name("Ana"));
    // By the higher name this is the one shown.
    fork.lost.edit(&set_name("Xavier"));
    let old = fork.before();
    assert_eq!(read_network(&old, &()).name, "Xavier");
    let mut new = fork.after();
    let fallen = fallen(&old, &fork.chosen.doc);
    carry(&old, &by(&old, &fallen, 1), &mut new, 1);
    assert_eq!(read_network(&new, &()).name, "Ana");
}

#[test]
fn the_status_of_an_action_that_fell_waits_for_the_action() {
    let mut fork = Fork::of(DocKind::Plan, &[]);
    fork.lost.edit(&add_action(7, "Louer la salle"));
    fork.chosen.edit(&add_action(8, "Coller les affiches"));
    let before = fork.lost.doc.clone();
    fork.hear();
    fork.ana.edit(&set_status(7, "done"));
    let old = fork.before();
    let mut new = fork.after();
    let lost = fallen(&old, &fork.chosen.doc);
    let mine = by(&old, &lost, 1);
    let done = carry(&old, &mine, &mut new, 1);
    assert_eq!((done.changed, done.left_out), (false, 1));

    // Somebody takes Xavier's lost work up, from a copy that has my status, or from one without.
    let theirs = by(&old, &lost, XAVIER);
    let mut whole = new.clone();
    carry(&old, &theirs, &mut whole, 3);
    assert!(!carry(&old, &mine, &mut whole, 1).changed);
    carry(&before, &theirs, &mut new, 3);
    assert_eq!(read_plan(&new, &()).actions[1].status, Status::Todo);
    assert_eq!(carry(&old, &mine, &mut new, 1).left_out, 0);
    for doc in [&whole, &new] {
        let actions = read_plan(doc, &()).actions;
        let told: Vec<_> = actions.iter().map(|a| (&*a.title, a.status)).collect();
        assert_eq!(
            told,
            [
                ("Louer la salle", Status::Done),
                ("Coller les affiches", Status::Todo)
            ]
        );
    }
}

#[test]
fn my_own_action_comes_back_with_what_others_wrote_in_it() {
    let mut fork = Fork::of(DocKind::Plan, &[]);
    fork.lost.edit(&add_action(7, "x"));
    fork.chosen.edit(&add_action(8, "Coller les affiches"));
    fork.hear();
    fork.ana.edit(&add_action(1, "Louer la salle"));
    fork.ana.edit(&Edit::AddObjective {
        id: item(2),
        title: "Se voir".to_owned(),
        deadline: None,
        means: None,
        orientation: None,
    });
    fork.bo.meet(&mut fork.ana);
    fork.bo.edit(&set_status(1, "doing"));
    fork.bo.edit(&Edit::SetAction {
        id: item(1),
        field: ActionField::Owner,
        value: Some(member(2).to_string()),
    });
    fork.bo.edit(&Edit::AddIndicator {
        objective: item(2),
        id: item(3),
        name: "rencontres".to_owned(),
        unit: None,
        target: Some("4".to_owned()),
        current: None,
        baseline: None,
    });
    let old = fork.before();
    let mut new = fork.after();
    let fallen = fallen(&old, &fork.chosen.doc);
    let done = carry(&old, &by(&old, &fallen, 1), &mut new, 1);
    assert_eq!(done.left_out, 0);
    assert!(!carry(&old, &by(&old, &fallen, 2), &mut new, 2).changed);
    let (was, is) = (read_plan(&old, &()), read_plan(&new, &()));
    assert_eq!(is.objectives, was.objectives);
    assert_eq!(is.objectives[0].indicators[0].target, "4");
    let action = |plan: &tresse_model::PlanContent| {
        let found = plan.actions.iter().find(|action| action.id == item(1));
        found.unwrap().clone()
    };
    assert_eq!(action(&is), action(&was));

    let undone = undo(&mut new, &done.undo, 9).unwrap();
    assert!(undone.changed);
    assert_eq!(read_plan(&new, &()).objectives, []);
    undo(&mut new, &undone.redo, 10).unwrap();
    assert_eq!(read_plan(&new, &()).objectives, was.objectives);
}

#[test]
fn an_item_that_both_have_is_changed_in_place_and_stays_as_removed_or_kept_as_it_was_left() {
    let edits = [1, 2, 3].map(|n| add_action(n, "Salle"));
    let mut fork = Fork::of(DocKind::Plan, &edits);
    let remove = |n: u8, restore: bool| Edit::RemoveAction {
        id: item(n),
        restore,
    };
    fork.chosen.edit(&remove(3, false));
    fork.lost.edit(&set_status(1, "dropped"));
    fork.hear();
    fork.ana.edit(&set_status(2, "done"));
    fork.ana.edit(&remove(1, false));
    fork.bo.edit(&set_status(3, "blocked"));
    let old = fork.before();
    let mut new = fork.after();
    let fallen = fallen(&old, &fork.chosen.doc);
    for n in [1, 2] {
        carry(&old, &by(&old, &fallen, n), &mut new, n);
    }
    let told = |doc: &Automerge| {
        let actions = read_plan(doc, &()).actions.into_iter();
        actions.map(|a| (a.id, a.status)).collect::<Vec<_>>()
    };
    assert_eq!(told(&new), [(item(2), Status::Done)]);
    apply(&mut new, &remove(3, true), 7).unwrap();
    assert_eq!(
        told(&new),
        [(item(2), Status::Done), (item(3), Status::Blocked)]
    );
}

#[test]
fn tags_are_set_and_taken_off_again() {
    let tag = |tag: &str, off: bool| Edit::TagPage {
        tag: tag.to_owned(),
        off,
    };
    let begin = [tag("jardin", false), tag("fête", false)];
    let mut fork = Fork::of(DocKind::Page, &begin);
    fork.lost.edit(&tag("faux", false));
    fork.chosen.edit(&tag("vrai", false));
    fork.hear();
    fork.ana.edit(&tag("fête", true));
    fork.ana.edit(&tag("été", false));
    fork.ana.edit(&tag("vrai", false));
    let old = fork.before();
    let mut new = fork.after();
    let fallen = fallen(&old, &fork.chosen.doc);
    carry(&old, &by(&old, &fallen, 1), &mut new, 1);
    assert_eq!(read_page(&new, &()).tags, ["jardin", "vrai", "été"]);
}

#[test]
fn what_others_change_after_it_was_carried_over_stays_as_they_left_it() {
    let mut fork = Fork::of(DocKind::Page, &[type_at(0, 0, "Le  jardin")]);
    fork.lost.edit(&type_at(0, 0, "x"));
    fork.chosen.edit(&type_at(0, 0, "y"));
    fork.hear();
    let title = |title: &str| Edit::SetPage {
        field: PageField::Title,
        value: Some(title.to_owned()),
    };
    fork.ana.edit(&type_at(4, 0, "grand"));
    fork.ana.edit(&title("Jardin"));
    let old = fork.before();
    let mut new = fork.after();
    let fallen = fallen(&old, &fork.chosen.doc);
    let mine = by(&old, &fallen, 1);
    carry(&old, &mine, &mut new, 1);
    assert_eq!(body_text(&new), "yLe grand jardin");
    new.set_actor(actor(3));
    apply(&mut new, &type_at(4, 4, "petit e"), 8).unwrap();
    apply(&mut new, &title("Le jardin"), 8).unwrap();
    assert_eq!(body_text(&new), "yLe petit ed jardin");
    assert!(!carry(&old, &mine, &mut new, 1).changed);
    assert_eq!(body_text(&new), "yLe petit ed jardin");
    assert_eq!(read_page(&new, &()).title, "Le jardin");
}

#[test]
fn work_that_falls_twice_comes_back_once() {
    let mut fork = Fork::of(DocKind::Page, &[type_at(0, 0, "()")]);
    let base = fork.ana.doc.clone();
    fork.lost.edit(&type_at(1, 0, "x"));
    fork.chosen.edit(&type_at(1, 0, "y"));
    fork.hear();
    fork.ana.edit(&type_at(2, 0, "ana"));
    let first = fork.before();
    let mut second = fork.after();
    let mine = by(&first, &fallen(&first, &fork.chosen.doc), 1);
    carry(&first, &mine, &mut second, 1);
    assert_eq!(body_text(&second), "(anay)");
    // The branch that was chosen loses against a third, and what was carried over falls with it.
    let mut third = base.with_actor(actor(XAVIER));
    apply(&mut third, &type_at(1, 0, "z"), 1).unwrap();
    let again = by(&second, &fallen(&second, &third), 101);
    carry(&second, &again, &mut third, 4);
    assert_eq!(body_text(&third), "(anaz)");
    assert!(!carry(&first, &mine, &mut third, 1).changed);
    // And where the first stands after all, it is there already.
    let mut back = first.clone();
    assert!(!carry(&second, &again, &mut back, 4).changed);
}

#[test]
fn a_change_that_only_claims_to_have_carried_something_over_is_not_believed() {
    let mut fork = Fork::of(DocKind::Page, &[type_at(0, 0, "()")]);
    fork.lost.edit(&type_at(1, 0, "x"));
    fork.chosen.edit(&type_at(1, 0, "y"));
    fork.hear();
    fork.ana.edit(&type_at(2, 0, "ana"));
    let old = fork.before();
    let mut new = fork.after();
    let mine = by(&old, &fallen(&old, &fork.chosen.doc), 1);
    let mut honest = new.clone();
    carry(&old, &mine, &mut honest, 1);
    let said = honest.get_change_by_hash(&honest.get_heads()[0]).unwrap();
    let claim = said.message().unwrap().to_owned();
    new.set_actor(actor(4));
    let body = new.get(ROOT, "body").unwrap().unwrap().1;
    let mut tx = new.transaction();
    tx.splice_text(&body, 0, 0, "lie").unwrap();
    tx.commit_with(CommitOptions::default().with_message(claim));
    carry(&old, &mine, &mut new, 1);
    assert_eq!(body_text(&new), "lie(anay)");
}

#[test]
fn two_who_carry_their_own_over_at_once_write_nothing_twice() {
    let mut fork = Fork::of(DocKind::Page, &[type_at(0, 0, "()")]);
    fork.lost.edit(&type_at(1, 0, "x"));
    fork.chosen.edit(&type_at(0, 0, "y"));
    fork.hear();
    fork.ana.edit(&type_at(2, 0, "ana"));
    fork.bo.edit(&type_at(1, 0, "bo"));
    let old = fork.before();
    let fallen = fallen(&old, &fork.chosen.doc);
    let mut of_ana = fork.after();
    let mut of_bo = of_ana.clone();
    carry(&old, &by(&old, &fallen, 1), &mut of_ana, 1);
    carry(&old, &by(&old, &fallen, 2), &mut of_bo, 2);
    of_ana.merge(&mut of_bo).unwrap();
    let text = body_text(&of_ana);
    assert!(["y(boana)", "y(anabo)"].contains(&&*text), "{text}");
    assert!(!carry(&old, &fallen[1..], &mut of_ana, 3).changed);
}

#[test]
fn lists_of_other_software_are_carried_over_too() {
    let mut base = genesis(DocKind::Page).with_actor(actor(1));
    let mut tx = base.transaction();
    let list = tx.put_object(ROOT, "list", ObjType::List).unwrap();
    for (at, word) in ["a", "b", "c"].into_iter().enumerate() {
        tx.insert(&list, at, word).unwrap();
    }
    let row = tx.insert_object(&list, 3, ObjType::Map).unwrap();
    tx.put(&row, "name", "row").unwrap();
    tx.put(ROOT, "gone", 1).unwrap();
    tx.commit();
    let mut old = base.fork().with_actor(actor(2));
    let heads = old.get_heads();
    let mut tx = old.transaction();
    tx.put(&row, "name", "ROW").unwrap();
    tx.put(&list, 1, "B").unwrap();
    tx.insert(&list, 2, 2.5).unwrap();
    tx.delete(&list, 0).unwrap();
    let made = tx.insert_object(&list, 0, ObjType::Map).unwrap();
    tx.put(&made, "name", "made").unwrap();
    let text = tx.put_object(&made, "text", ObjType::Text).unwrap();
    tx.splice_text(&text, 0, 0, "mot").unwrap();
    tx.split_block(&text, 1).unwrap();
    tx.delete(ROOT, "gone").unwrap();
    tx.commit();
    let which: Vec<_> = old.get_changes(&heads).iter().map(Change::hash).collect();
    let mut new = base.with_actor(actor(3));
    let mut tx = new.transaction();
    tx.insert(&list, 0, "new").unwrap();
    tx.commit();
    let done = carry(&old, &which, &mut new, 3);
    assert_eq!(done.left_out, 0);
    let told = |doc: &Automerge| ReadDoc::hydrate(doc, &list, None).unwrap();
    let mut tx = new.transaction();
    let at = tx.length(&list);
    let at = (0..at).find(|at| tx.get(&list, *at).unwrap().unwrap().0.as_str() == Some("new"));
    tx.delete(&list, at.unwrap()).unwrap();
    tx.commit();
    assert_eq!(told(&new), told(&old));
    assert!(new.get(ROOT, "gone").unwrap().is_none());
}

#[test]
fn a_replay_is_refused_where_an_edit_would_be() {
    let old = genesis(DocKind::Page);
    let mut plan = genesis(DocKind::Plan).with_actor(actor(1));
    let error = replay(&old, &[], &mut plan, 1).unwrap_err();
    assert_eq!(error.code(), "wrong-document");
    let mut newer = genesis(DocKind::Page).with_actor(actor(1));
    let mut tx = newer.transaction();
    tx.put(ROOT, "schema", 9_u64).unwrap();
    tx.commit();
    let error = replay(&old, &[], &mut newer, 1).unwrap_err();
    assert_eq!(error.code(), "read-only");
}

#[test]
fn changes_that_are_not_there_or_not_lost_are_passed_over() {
    let mut ana = Peer::new(1, DocKind::Page);
    ana.edit(&Edit::SpliceText {
        splices: vec![splice(0, 0, "abc")],
    });
    let old = ana.doc.clone();
    ana.edit(&type_at(0, 3, ""));
    let which = [old.get_heads()[0], ChangeHash([7; 32])];
    assert!(!carry(&old, &which, &mut ana.doc, 1).changed);
    assert_eq!(ana.text(), "");
}
