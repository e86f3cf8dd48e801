//! A decision that goes on for days, of which two hear a week late: what each machine says of it, and when.

use serde_json::{Value, json};
use tresse_model::{DocId, NetworkId};

use super::{super::Live, Person, named};
use crate::{Command, CommandError, DecisionView, Moment, Phase, meet};

const DAY: i64 = 24 * 60 * 60 * 1_000;

/// A network of several people, from one moment on.
struct Group {
    people: Vec<Person>,
    network: NetworkId,
    begun: i64,
}

impl Group {
    fn of(names: &[&str]) -> Self {
        let mut people: Vec<Person> = names.iter().map(|name| Person::new(name)).collect();
        let network = people[0].founds("Les bords du fleuve");
        let (host, others) = people.split_first_mut().unwrap();
        let now = Moment::real();
        for other in others {
            meet::invite_in(&mut host.replica, &mut other.replica, &network, &now).unwrap();
        }
        let begun = now.now + 1;
        let mut group = Self {
            people,
            network,
            begun,
        };
        let all: Vec<usize> = (1..names.len()).collect();
        group.meets(0.0, &all);
        group
    }

    fn moment(&self, days: f64) -> Moment {
        Moment::real().at(self.begun + (days * DAY as f64) as i64)
    }

    /// Tries a command, so many days after the beginning.
    fn tries(&mut self, who: usize, days: f64, mut command: Value) -> Result<Value, CommandError> {
        command["network"] = json!(self.network);
        let command: Command = serde_json::from_value(command).unwrap();
        let moment = self.moment(days);
        let answer = self.people[who].replica.execute(command, &moment);
        self.people[who].replica.commit().unwrap();
        answer
    }

    fn does(&mut self, who: usize, days: f64, command: Value) -> Value {
        self.tries(who, days, command).unwrap()
    }

    /// These meet the first, and then once more, so that all of them have the same.
    fn meets(&mut self, days: f64, others: &[usize]) {
        let moment = self.moment(days);
        let (first, rest) = self.people.split_first_mut().unwrap();
        for other in others.iter().chain(others) {
            let other = &mut rest[other - 1];
            meet::meet(&mut first.replica, &mut other.replica, &moment).unwrap();
        }
    }

    fn sees(&mut self, who: usize, days: f64, decision: &DocId) -> DecisionView {
        let open = json!({ "command": "decision.open", "decision": decision });
        self.does(who, days, open);
        let moment = self.moment(days);
        let live = Live {
            now: moment.unsigned(),
            today: moment.today(),
            ..Live::default()
        };
        let view = self.people[who].replica.view(1, &live).unwrap();
        let network = view.network(&self.network).unwrap();
        DecisionView::clone(network.decision(decision).unwrap())
    }
}

#[test]
fn two_who_are_away_for_a_week_are_waited_for_and_what_they_weighed_in_time_is_taken_in() {
    let names = ["Ana", "Bo", "Cy", "Di", "Eve"];
    let mut group = Group::of(&names);
    let create =
        json!({ "command": "decision.create", "title": "Guide d’achat", "template": "criteria" });
    let d: DocId = named(&group.does(0, 0.0, create), "decision");
    let on = |command: &str, mut rest: Value| {
        rest["command"] = json!(command);
        rest["decision"] = json!(d);
        rest
    };
    let criteria = ["Qualité", "Prix"].map(|text| -> String {
        named(
            &group.does(0, 0.0, on("criterion.add", json!({ "text": text }))),
            "criterion",
        )
    });
    let closes = jiff::Timestamp::from_millisecond(group.begun + 3 * DAY).unwrap();
    group.does(
        0,
        0.0,
        on("decision.start", json!({ "closes": closes.to_string() })),
    );
    let step = json!({ "field": "step", "value": "confront" });
    group.does(0, 0.0, on("decision.set", step));
    group.meets(0.5, &[1, 2, 3, 4]);
    let weigh = |quality: u32, price: u32| {
        let weights = json!({ &criteria[0]: quality, &criteria[1]: price });
        on(
            "ballot.cast",
            json!({ "answer": { "kind": "grid", "weights": weights } }),
        )
    };
    // Day one: three weigh and meet; two weigh and have no link from then on.
    for (who, price) in [5, 1, 3, 1, 5].into_iter().enumerate() {
        group.does(who, 1.0, weigh(4, price));
    }
    group.meets(2.0, &[1, 2]);
    for who in [0, 1, 2] {
        let view = group.sees(who, 2.0, &d);
        assert_eq!((view.electors, view.voted), (5, 3), "{}", names[who]);
        assert!(view.provisional && view.phase == Phase::Open);
    }
    // The end has come; nobody has counted, so it is still provisional, and nobody answers any more.
    let view = group.sees(0, 3.5, &d);
    assert!(view.provisional && view.phase == Phase::ToCount);
    let late = group.tries(1, 3.5, weigh(0, 0)).unwrap_err();
    assert_eq!(late.code, "ballot-closed");
    group.does(0, 4.0, on("ballot.count", json!({})));
    group.meets(4.0, &[1, 2]);
    let price = |view: &DecisionView| {
        let table = view.tally.as_ref().unwrap().table.as_ref().unwrap();
        let price = table
            .criteria
            .iter()
            .find(|one| one.criterion.label == "Prix");
        price.unwrap().weight
    };
    let counted = group.sees(1, 4.0, &d);
    assert_eq!(
        (counted.phase, counted.provisional),
        (Phase::Counted, false)
    );
    assert_eq!(price(&counted).people, 3);

    // A week after they began the two are back: what they said in time is seen, counts once somebody takes it in, and all read one table.
    assert_eq!(
        group.tries(3, 7.0, weigh(0, 0)).unwrap_err().code,
        "ballot-closed"
    );
    group.meets(7.0, &[3, 4]);
    for who in [0, 3, 4] {
        let view = group.sees(who, 7.0, &d);
        let mut late: Vec<&str> = view.late.iter().map(|one| one.name.as_str()).collect();
        late.sort_unstable();
        assert_eq!(late, ["Di", "Eve"], "{}", names[who]);
        let at: Vec<i64> = view.late.iter().map(|one| one.at).collect();
        assert_eq!(
            at,
            [group.begun + DAY; 2],
            "they were cast on the first day"
        );
        assert_eq!(view.tally, counted.tally);
    }
    group.does(
        4,
        7.0,
        on("ballot.count", json!({ "reason": "Nous étions en mer" })),
    );
    group.meets(7.5, &[1, 2, 3, 4]);
    let all: Vec<DecisionView> = (0..names.len())
        .map(|who| group.sees(who, 7.5, &d))
        .collect();
    for view in &all {
        assert_eq!(view.tally, all[0].tally);
        assert_eq!((view.voted, view.late.len(), view.after_close), (5, 0, 0));
        assert!(!view.provisional);
        let price = price(view);
        assert_eq!((price.people, price.mean), (5, Some(3.0)));
    }
}
