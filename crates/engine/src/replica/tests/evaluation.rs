//! What is asked of members, results and contributions, as one replica shows them.

use std::sync::Arc;

use serde_json::Value;
use tresse_model::{ActionField, NetworkId, PulseField, PulseRhythm};

use super::{super::Live, Person, named};
use crate::{
    Command, ContributionCommand, ContributionKind, EvaluationCommand, Moment, NetworkView,
};

fn sees_on(person: &mut Person, network: &NetworkId, today: &str) -> NetworkView {
    let live = Live {
        today: today.into(),
        ..Live::default()
    };
    let view = person.replica.view(1, &live).unwrap();
    NetworkView::clone(view.network(network).unwrap())
}

fn on(person: &mut Person, day: &str, command: EvaluationCommand) -> Value {
    let noon = format!("{day}T12:00:00Z").parse::<jiff::Timestamp>();
    let moment = Moment::real().at(noon.unwrap().as_millisecond());
    let command = Command::Evaluation(command);
    let answer = person.replica.execute(command, &moment).unwrap();
    person.replica.commit().unwrap();
    answer
}

fn answer(network: NetworkId, score: u8) -> EvaluationCommand {
    EvaluationCommand::Answer {
        network,
        question: "heard".into(),
        score: Some(score),
        word: None,
        withdraw: false,
    }
}

#[test]
fn answers_of_an_older_rhythm_give_way_to_the_one_of_the_period_that_runs() {
    let mut ana = Person::new("Ana");
    let network = ana.founds("Les bords du fleuve");
    let begin = EvaluationCommand::Begin {
        network,
        rhythm: PulseRhythm::Monthly,
        start: Some("2026-01-01".into()),
        threshold: None,
        questions: None,
    };
    on(&mut ana, "2026-10-05", begin);
    on(&mut ana, "2026-10-05", answer(network, 1));
    on(&mut ana, "2026-11-05", answer(network, 2));
    let set = EvaluationCommand::Set {
        network,
        field: PulseField::Rhythm,
        value: Some("quarterly".into()),
    };
    on(&mut ana, "2026-11-06", set);
    let score = |ana: &mut Person| {
        let view = sees_on(ana, &network, "2026-11-28");
        let mut mine = view.evaluation.mine.iter();
        mine.find(|one| one.question == "heard").unwrap().score
    };
    assert_eq!(score(&mut ana), Some(2), "the last in the quarter");
    on(&mut ana, "2026-11-07", answer(network, 5));
    assert_eq!(score(&mut ana), Some(5));
    let withdraw = EvaluationCommand::Answer {
        network,
        question: "heard".into(),
        score: None,
        word: None,
        withdraw: true,
    };
    on(&mut ana, "2026-11-08", withdraw);
    assert_eq!(score(&mut ana), None, "no older one comes through");
    ana.does(Command::Undo { network });
    assert_eq!(score(&mut ana), Some(5));
    let view = sees_on(&mut ana, &network, "2027-01-02");
    assert_eq!(view.evaluation.asked, 5, "a new period asks anew");
}

#[test]
fn what_nobody_changed_is_not_worked_out_again() {
    let mut ana = Person::new("Ana");
    let network = ana.founds("Les bords du fleuve");
    let page = |title: &str| Command::PageCreate {
        network,
        title: title.into(),
        tags: Vec::new(),
        text: None,
    };
    let before = sees_on(&mut ana, &network, "2026-11-28");
    assert!(before.contributions.is_none(), "nobody looks");
    ana.does(page("Qui appeler"));
    let after = sees_on(&mut ana, &network, "2026-11-28");
    assert!(Arc::ptr_eq(&before.evaluation, &after.evaluation));
    assert!(after.contributions.is_none());

    ana.does(Command::Contribution(ContributionCommand::Open { network }));
    let shown = sees_on(&mut ana, &network, "2026-11-28");
    let gave = shown.contributions.clone().unwrap();
    assert_eq!(gave.members[0].given[0].kind, ContributionKind::Pages);
    // A list that changes shows in it; what does not concern it leaves it as it is.
    ana.does(page("Louer la salle"));
    let more = sees_on(&mut ana, &network, "2026-11-28");
    assert_eq!(more.contributions.clone().unwrap().together[0].count, 2);
    let action = Command::ActionAdd {
        network,
        title: "Louer la salle".into(),
        objective: None,
        owner: None,
        due: None,
        start: None,
        territory: None,
        territory_scale: None,
        status: None,
        working_group: None,
        group: None,
        effort: None,
        every: None,
    };
    let action: tresse_model::ItemId = named(&ana.does(action), "action");
    let open = sees_on(&mut ana, &network, "2026-11-28");
    let same = |a: &NetworkView, b: &NetworkView| {
        Arc::ptr_eq(
            a.contributions.as_ref().unwrap(),
            b.contributions.as_ref().unwrap(),
        )
    };
    assert!(same(&more, &open), "an open action is no contribution yet");
    let me = ana.replica.me().to_string();
    for (field, value) in [
        (ActionField::Owner, me),
        (ActionField::Status, "done".into()),
    ] {
        ana.does(Command::ActionSet {
            network,
            action,
            field,
            value: Some(value),
        });
    }
    let done = sees_on(&mut ana, &network, "2026-11-28");
    let kinds = done.contributions.unwrap().members[0].given.clone();
    assert!(
        kinds
            .iter()
            .any(|given| given.kind == ContributionKind::Actions)
    );
    ana.does(Command::Contribution(ContributionCommand::Close {
        network,
    }));
    assert!(
        sees_on(&mut ana, &network, "2026-11-28")
            .contributions
            .is_none()
    );
}
