//! Opening by what was remembered: the same is shown, nothing is loaded, and whatever is odd is read.

use std::collections::BTreeMap;

use tresse_model::{ItemId, PlanContent, PlanSaid, ProfileField};
use tresse_store::Remembered;

use super::*;
use crate::replica::writes::Write;

fn action(network: NetworkId, title: &str) -> Command {
    Command::ActionAdd {
        network,
        title: title.into(),
        objective: None,
        owner: None,
        due: None,
        territory: None,
        status: None,
        group: None,
        working_group: None,
        start: None,
        effort: None,
        every: None,
        territory_scale: None,
    }
}

fn plan_of(network: &NetworkId) -> DocId {
    DocId::singleton(network, DocKind::Plan)
}

/// What is shown that follows from plan and notebooks.
fn told(view: &NetworkView) -> Value {
    serde_json::json!([
        view.plan,
        view.members,
        view.home,
        view.overview,
        view.frame,
        view.decisions,
        view.meetings,
        view.groups,
        view.piloting,
        view.filters,
        view.evaluation,
        view.charter_versions,
    ])
}

impl Person {
    /// What is shown is remembered, as at closing; then the profile is opened anew.
    fn closes_and_opens(mut self) -> Self {
        self.sees();
        self.replica.remember_said(usize::MAX);
        assert!(!self.replica.has_to_remember());
        self.replica.commit().unwrap();
        self.reopens()
    }

    fn has_loaded(&self, network: &NetworkId, doc: &DocId) -> bool {
        let network = self.replica.network_ref(network).unwrap();
        network.loaded.contains_key(doc)
    }

    fn remembered(&self, network: &NetworkId, doc: &DocId) -> Option<Remembered> {
        self.replica.store.remembered(network, doc).unwrap()
    }

    fn puts(&mut self, network: &NetworkId, doc: &DocId, said: &Remembered) {
        let (network, doc, said) = (*network, *doc, said.clone());
        self.replica
            .pending
            .push(Write::Remembered { network, doc, said });
        self.replica.commit().unwrap();
    }

    fn titles(&mut self, network: &NetworkId) -> Vec<String> {
        let view = self.sees_network(network);
        let actions = view.plan.content.actions.iter();
        actions.map(|action| action.title.clone()).collect()
    }
}

/// Ana and Bo in step, with something in the plan and in both notebooks; Bo's notebook.
fn both_wrote() -> (Person, Person, NetworkId, DocId) {
    let (mut ana, mut bo, network) = ana_and_bo();
    for (person, name) in [(&mut ana, "Ana"), (&mut bo, "Bo")] {
        person.does(Command::ProfileSet {
            network,
            field: ProfileField::Organisation,
            value: Some(format!("Centre de {name}")),
        });
        person.does(action(network, &format!("Ce que fait {name}")));
    }
    they_meet(&mut ana, &mut bo);
    let notebook = DocId::notebook(&network, &bo.replica.me());
    (ana, bo, network, notebook)
}

#[test]
fn an_opening_shows_all_that_was_shown_and_loads_neither_the_plan_nor_others_notebooks() {
    let (mut ana, _bo, network, notebook) = both_wrote();
    let made: ItemId = named(&ana.does(action(network, "Finie")), "action");
    ana.does(Command::ActionSet {
        network,
        action: made,
        field: ActionField::Status,
        value: Some("done".into()),
    });
    let before = ana.sees_network(&network);
    let mut ana = ana.closes_and_opens();
    let after = ana.sees_network(&network);
    assert_eq!(told(&after), told(&before));
    assert!(!ana.has_loaded(&network, &plan_of(&network)));
    assert!(!ana.has_loaded(&network, &notebook));
    assert_eq!(ana.replica.check(), []);
    assert!(!ana.replica.has_to_remember());
}

#[test]
fn what_is_written_taken_back_and_received_after_such_an_opening_is_what_it_would_have_been() {
    let (ana, mut bo, network, _) = both_wrote();
    let mut ana = ana.closes_and_opens();
    ana.sees();
    ana.does(action(network, "Après"));
    assert_eq!(ana.titles(&network).len(), 3);
    ana.does(Command::Undo { network });
    assert_eq!(ana.titles(&network).len(), 2);
    ana.does(Command::Redo { network });
    let mut ana = ana.closes_and_opens();
    ana.sees();
    bo.does(action(network, "De Bo"));
    they_meet(&mut ana, &mut bo);
    assert_eq!(ana.titles(&network).len(), 4);
    assert_eq!(ana.titles(&network), bo.titles(&network));
    assert_eq!(heads(&ana, &network), heads(&bo, &network));
    assert_eq!(ana.replica.check(), []);
}

#[test]
fn who_ended_without_closing_finds_the_newest_of_what_was_committed() {
    let (ana, _bo, network, _) = both_wrote();
    let mut ana = ana.closes_and_opens();
    ana.sees();
    ana.does(action(network, "Sauvée"));
    assert_eq!(ana.remembered(&network, &plan_of(&network)), None);
    let mut ana = ana.reopens();
    assert_eq!(ana.titles(&network).len(), 3);
    assert!(ana.has_loaded(&network, &plan_of(&network)));
}

#[test]
fn what_is_on_its_way_to_the_store_is_not_remembered_before() {
    let (mut ana, _bo, network, _) = both_wrote();
    ana.tries(action(network, "En chemin")).unwrap();
    ana.sees();
    ana.replica.remember_said(usize::MAX);
    let plan = plan_of(&network);
    let waits = |write: &Write| matches!(write, Write::Remembered { doc, .. } if *doc == plan);
    assert!(!ana.replica.pending.iter().any(waits));
    ana.replica.commit().unwrap();
    ana.replica.remember_said(usize::MAX);
    ana.replica.commit().unwrap();
    assert!(ana.remembered(&network, &plan).is_some());
    let mut ana = ana.reopens();
    assert_eq!(ana.titles(&network).len(), 3);
}

#[test]
fn a_row_that_is_garbled_or_of_another_state_or_another_version_is_passed_over_and_the_document_read()
 {
    let (ana, _bo, network, _) = both_wrote();
    let plan = plan_of(&network);
    let mut ana = ana.closes_and_opens();
    let good = ana.remembered(&network, &plan).unwrap();
    let of_now = |ana: &Person, reading: Option<&str>, bytes: &[u8]| {
        let state = ana.replica.network_ref(&network).unwrap();
        state.as_read_by(reading, &plan, bytes.to_vec())
    };
    assert_eq!(
        of_now(&ana, None, &good.bytes),
        good,
        "so it would be taken"
    );
    let mut wrong = vec![
        of_now(&ana, Some("another version"), &good.bytes),
        of_now(&ana, None, b"{}"),
        of_now(&ana, None, b""),
    ];
    for spoil in [
        (|row| row.bytes[40] ^= 1) as fn(&mut Remembered),
        |row| row.proof[0] ^= 1,
        |row| row.proof.clear(),
        |row| row.acts = vec![1; 32],
        |row| row.bytes.truncate(row.bytes.len() - 1),
    ] {
        let mut row = good.clone();
        spoil(&mut row);
        wrong.push(row);
    }
    for row in wrong {
        ana.puts(&network, &plan, &row);
        ana = ana.reopens();
        assert_eq!(ana.titles(&network).len(), 2);
        assert!(ana.has_loaded(&network, &plan), "{row:?}");
    }
    // One of an earlier state, put back behind everybody's back.
    ana.does(action(network, "Plus tard"));
    ana.puts(&network, &plan, &good);
    let mut ana = ana.reopens();
    assert_eq!(ana.titles(&network).len(), 3);
    assert!(ana.has_loaded(&network, &plan));
}

#[test]
fn a_check_finds_what_is_remembered_otherwise_than_it_is_said_and_a_repair_forgets_it() {
    let (ana, _bo, network, _) = both_wrote();
    let plan = plan_of(&network);
    let mut ana = ana.closes_and_opens();
    assert_eq!(ana.replica.check(), []);
    let bytes = PlanSaid::written_down(&PlanContent::default(), &BTreeMap::new()).unwrap();
    let state = ana.replica.network_ref(&network).unwrap();
    let lie = state.as_read_by(None, &plan, bytes);
    ana.puts(&network, &plan, &lie);
    let problems = ana.replica.check();
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert_eq!(problems[0].code, "remembered");
    assert_eq!(problems[0].document, Some(plan));
    ana.replica.repair(&Moment::real()).unwrap();
    assert_eq!(ana.replica.check(), []);
    assert_eq!(ana.reopens().titles(&network).len(), 2);
}

/// The same, with an action of which both say another place: who said which is shown.
fn both_differ() -> (Person, Person, NetworkId) {
    let (mut ana, mut bo, network, _) = both_wrote();
    let made: ItemId = named(&ana.does(action(network, "À deux")), "action");
    they_meet(&mut ana, &mut bo);
    for (person, value) in [(&mut ana, "ici"), (&mut bo, "là")] {
        person.does(Command::ActionSet {
            network,
            action: made,
            field: ActionField::Territory,
            value: Some(value.into()),
        });
    }
    they_meet(&mut ana, &mut bo);
    (ana, bo, network)
}

#[test]
fn what_names_people_and_is_seen_before_it_is_stored_is_remembered_once_it_is() {
    let (mut ana, _bo, network) = both_differ();
    let plan = plan_of(&network);
    ana.tries(action(network, "En chemin")).unwrap();
    let seen = ana.sees_network(&network).plan;
    ana.replica.commit().unwrap();
    assert!(ana.remembered(&network, &plan).is_none());
    let mut ana = ana.closes_and_opens();
    assert!(ana.remembered(&network, &plan).is_some());
    assert_eq!(ana.sees_network(&network).plan.content, seen.content);
    assert!(!ana.has_loaded(&network, &plan));
}

#[test]
fn what_names_people_is_remembered_only_as_long_as_the_same_acts_say_who_they_are() {
    let (mut ana, _bo, network) = both_differ();
    let plan = plan_of(&network);
    let conflicts = |ana: &mut Person| {
        let view = ana.sees_network(&network);
        let actions = view.plan.content.actions.iter();
        let two = actions.filter(|one| !one.conflicts.is_empty());
        let two: Vec<_> = two.map(|one| one.conflicts.clone()).collect();
        two
    };
    let shown = conflicts(&mut ana);
    assert_eq!(shown.len(), 1);
    assert!(
        shown[0][0]
            .values
            .iter()
            .all(|value| value.author.is_some())
    );
    let mut ana = ana.closes_and_opens();
    assert_eq!(conflicts(&mut ana), shown);
    assert!(!ana.has_loaded(&network, &plan));
    // Another act: who is who is asked anew.
    ana.does(Command::InviteCreate {
        network,
        uses: 1,
        expires_in: 3600,
    });
    assert_eq!(conflicts(&mut ana), shown);
    assert!(ana.has_loaded(&network, &plan));
}

#[test]
fn an_act_that_comes_reads_no_notebook_and_no_plan_again_that_names_nobody() {
    let (ana, _bo, network, notebook) = both_wrote();
    let mut ana = ana.closes_and_opens();
    let before = ana.sees_network(&network);
    let work = |ana: &Person| {
        ana.replica
            .network_ref(&network)
            .unwrap()
            .views
            .work
            .notebooks
    };
    let read = work(&ana);
    ana.does(Command::InviteCreate {
        network,
        uses: 1,
        expires_in: 3600,
    });
    let after = ana.sees_network(&network);
    assert_eq!(
        after.members.invitations.len(),
        before.members.invitations.len() + 1
    );
    assert_eq!(after.members.members.len(), before.members.members.len());
    assert_eq!(told(&after)[0], told(&before)[0]);
    assert_eq!(work(&ana), read + 1, "mine alone");
    assert!(!ana.has_loaded(&network, &notebook));
    assert!(!ana.has_loaded(&network, &plan_of(&network)));
}
