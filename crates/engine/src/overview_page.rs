//! From the view of a network to the page that is printed.

use tresse_report::{OverviewPage, Person, Row, Tie};

use crate::{
    ClosedThing, ComingMeeting, DecisionRow, HeldMandate, NetworkView, ObjectiveProgress,
    PersonView, RelationView,
};

/// What the page says, on the day when it is made.
pub(crate) fn page(network: &NetworkView, lang: &str, today: String) -> OverviewPage {
    let view = &network.overview;
    let mut kinds: Vec<String> = view.kinds.iter().map(|kind| kind.word().into()).collect();
    kinds.extend(Some(view.kind_words.clone()).filter(|words| !words.is_empty()));
    let directory = view.directory.iter();
    OverviewPage {
        lang: lang.to_owned(),
        made: today,
        name: view.name.clone(),
        kinds,
        membership: view.membership.clone(),
        review_date: view.review_date.clone(),
        purposes: view.purposes.iter().map(|one| one.text.clone()).collect(),
        directory: directory
            .map(|one| {
                (
                    one.organisation.clone(),
                    one.people.iter().map(person).collect(),
                )
            })
            .collect(),
        mandates: view.mandates.iter().map(|one| mandate(one, lang)).collect(),
        objectives: view.objectives.iter().map(objective).collect(),
        next_meeting: view.next_meeting.iter().map(next_meeting).collect(),
        open_decisions: view.open_decisions.iter().map(open_decision).collect(),
        closed: view.closed.iter().map(closed).collect(),
        ties: view.relations.iter().map(tie).collect(),
    }
}

fn person(person: &PersonView) -> Person {
    Person {
        name: person.name.clone(),
        engagement: person.engagement.clone(),
        brings: person.brings.clone(),
        expects: person.expects.clone(),
        added_value: person.added_value.clone(),
        added_value_on: person.added_value_on.clone(),
        photo: person.photo.clone(),
    }
}

fn mandate(mandate: &HeldMandate, lang: &str) -> Row {
    Row {
        title: role(&mandate.role, lang).to_owned(),
        said: mandate.name.clone(),
        day: mandate.to.clone(),
        percent: None,
    }
}

/// A known role as people say it; any other as it is.
fn role<'a>(word: &'a str, lang: &str) -> &'a str {
    let lang = lang.trim().to_lowercase();
    let english = lang.starts_with("en") || lang.starts_with("angl");
    match (word, english) {
        ("pilot", false) => "Pilotage",
        ("coordinator", _) => "Coordination",
        ("facilitator", false) => "Animation",
        ("secretary", false) => "Secrétariat",
        ("treasurer", false) => "Trésorerie",
        ("pilot", true) => "Steering",
        ("facilitator", true) => "Facilitation",
        ("secretary", true) => "Secretary",
        ("treasurer", true) => "Treasurer",
        (other, _) => other,
    }
}

fn objective(objective: &ObjectiveProgress) -> Row {
    Row {
        title: objective.title.clone(),
        said: if objective.total > 0 {
            format!("{} / {}", objective.done, objective.total)
        } else {
            String::new()
        },
        day: objective.deadline.clone().unwrap_or_default(),
        percent: objective.percent,
    }
}

fn next_meeting(meeting: &ComingMeeting) -> Row {
    let said = [meeting.at.as_str(), meeting.place.as_str()];
    let said = said.into_iter().filter(|part| !part.is_empty());
    Row {
        title: meeting.title.clone(),
        said: said.collect::<Vec<_>>().join(" · "),
        day: meeting.on.clone(),
        percent: None,
    }
}

fn open_decision(decision: &DecisionRow) -> Row {
    Row {
        title: decision.title.clone(),
        ..Row::default()
    }
}

fn closed(thing: &ClosedThing) -> Row {
    Row {
        title: thing.title.clone(),
        said: thing.who.clone(),
        day: thing.on.clone(),
        percent: None,
    }
}

fn tie(relation: &RelationView) -> Tie {
    Tie {
        kind: relation.kind.word().to_owned(),
        name: relation.name.clone(),
        words: relation.words.clone(),
    }
}
