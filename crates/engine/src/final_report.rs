//! From the view of a network to its final report.

use std::collections::BTreeMap;

use tresse_model::{Objective, Status};
use tresse_report::{ClosedHow, FinalReport, GaveLine, IndicatorLine, Listed, ObjectiveLine};

use crate::{
    ClosedView, ClosingOutcome, ContributionsView, Moment, NetworkView, ObjectiveProgress, Phase,
};

/// What the report says, at this moment. What no view knows (when the network was founded, how many pages there are) is for the
/// caller to add.
pub(crate) fn report(network: &NetworkView, lang: &str, moment: &Moment) -> FinalReport {
    let view = &network.overview;
    let mut kinds: Vec<String> = view.kinds.iter().map(|kind| kind.word().into()).collect();
    kinds.extend(Some(view.kind_words.clone()).filter(|words| !words.is_empty()));
    let directory = view.directory.iter();
    let former = network.members.former.iter();
    FinalReport {
        lang: lang.to_owned(),
        made: moment.today(),
        name: view.name.clone(),
        kinds,
        founded: String::new(),
        closed: network.closing.closed.as_ref().map(how),
        purposes: view.purposes.iter().map(|one| one.text.clone()).collect(),
        members: directory
            .map(|one| {
                let people = one.people.iter().map(|person| person.name.clone());
                (one.organisation.clone(), people.collect())
            })
            .collect(),
        former: former.map(|one| one.name.clone()).collect(),
        objectives: objectives(network),
        done: actions(network, |status| status == Status::Done),
        open: actions(network, |status| {
            !matches!(status, Status::Done | Status::Dropped)
        }),
        decisions: decisions(network),
        meetings: meetings(network),
        watch: watch(network),
        resources: resources(network),
        contributions: Vec::new(),
        pages: 0,
    }
}

fn how(closed: &ClosedView) -> ClosedHow {
    let outcome = match closed.says.outcome {
        ClosingOutcome::PurposeMet => "purpose-met",
        ClosingOutcome::NoLongerNeeded => "no-longer-needed",
        ClosingOutcome::Merged => "merged",
    };
    let into = closed.says.into.as_ref();
    ClosedHow {
        on: day(u64::try_from(closed.at).unwrap_or(0)),
        outcome: outcome.to_owned(),
        into: into.map(|into| into.name.clone()).unwrap_or_default(),
        words: closed.says.words.clone(),
        decision: closed.says.decision_title.clone(),
        by: closed.by.iter().map(|one| one.name.clone()).collect(),
    }
}

fn objectives(network: &NetworkView) -> Vec<ObjectiveLine> {
    let progress = network.overview.objectives.iter();
    let progress: BTreeMap<_, &ObjectiveProgress> = progress.map(|one| (one.id, one)).collect();
    let objectives = network.plan.content.objectives.iter();
    let line = |one: &Objective| {
        let known = progress.get(&one.id);
        ObjectiveLine {
            title: one.title.clone(),
            deadline: one.deadline.clone(),
            actions: known.map_or((0, 0), |known| (known.done, known.total)),
            percent: known.and_then(|known| known.percent),
            learned: one.learned.clone(),
            indicators: one
                .indicators
                .iter()
                .map(|indicator| IndicatorLine {
                    name: indicator.name.clone(),
                    unit: indicator.unit.clone(),
                    baseline: indicator.baseline.clone(),
                    target: indicator.target.clone(),
                    reached: indicator.current.clone(),
                    on: indicator
                        .measures
                        .last()
                        .map(|measure| measure.date.clone())
                        .unwrap_or_default(),
                })
                .collect(),
        }
    };
    objectives.map(line).collect()
}

fn actions(network: &NetworkView, wanted: impl Fn(Status) -> bool) -> Vec<Listed> {
    let actions = network.plan.content.actions.iter();
    let line = |one: &tresse_model::Action| {
        let owners = one.owners.iter();
        let names: Vec<String> = owners.map(|owner| network.members.name_of(owner)).collect();
        Listed {
            title: one.title.clone(),
            said: names.join(", "),
            day: one.due.clone(),
        }
    };
    actions.filter(|one| wanted(one.status)).map(line).collect()
}

/// What was put to the members, with what came of it; not what is only prepared or was given up.
fn decisions(network: &NetworkView) -> Vec<Listed> {
    let decisions = network.decisions.decisions.iter().rev();
    let taken = decisions.filter(|one| !matches!(one.phase, Phase::Draft | Phase::Withdrawn));
    let line = |one: &crate::DecisionRow| Listed {
        title: one.title.clone(),
        said: one.outcome.clone(),
        day: day(u64::try_from(one.closes.unwrap_or(one.changed)).unwrap_or(0)),
    };
    taken.map(line).collect()
}

fn meetings(network: &NetworkView) -> Vec<Listed> {
    let meetings = network.meetings.meetings.iter().rev();
    let line = |one: &crate::MeetingRow| Listed {
        title: one.title.clone(),
        said: one.place.clone(),
        day: one.on.clone(),
    };
    meetings.map(line).collect()
}

fn watch(network: &NetworkView) -> Vec<Listed> {
    let items = network.watch.items.iter().rev();
    let line = |row: &crate::WatchRow| Listed {
        title: row.item.title.clone(),
        said: row.item.link.clone(),
        day: row.item.on.clone(),
    };
    items.map(line).collect()
}

/// What was offered and is not withdrawn: those whose needs were met need it no more.
fn resources(network: &NetworkView) -> Vec<Listed> {
    let rows = network.resources.resources.iter();
    let offered = rows.filter(|row| row.resource.side == tresse_model::Side::Offered);
    let line = |row: &crate::ResourceRow| Listed {
        title: row.resource.name.clone(),
        said: row.who.clone(),
        day: String::new(),
    };
    offered.map(line).collect()
}

/// What each gave of whom there is something to tell, by name.
pub(crate) fn contributions(view: &ContributionsView) -> Vec<GaveLine> {
    let members = view.members.iter();
    let told = members.filter(|one| !one.given.is_empty() || !one.own.is_empty());
    let line = |one: &crate::MemberContributions| GaveLine {
        name: one.name.clone(),
        given: one
            .given
            .iter()
            .map(|given| (given.kind.word().to_owned(), given.count))
            .collect(),
        own: one.own.iter().map(|gift| gift.text.clone()).collect(),
    };
    told.map(line).collect()
}

/// The day of a time in milliseconds since 1970, where this machine is.
pub(crate) fn day(ms: u64) -> String {
    Moment::simulated(i64::try_from(ms).unwrap_or(i64::MAX), 0).today()
}
