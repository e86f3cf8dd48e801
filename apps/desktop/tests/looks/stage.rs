//! A network with a roadmap, actions over a spring, working groups and objectives of organisations; and a window on it,
//! on a day that stays the same.

use std::collections::BTreeMap;

use jiff::{
    civil::{Date, date},
    tz::TimeZone,
};
use tresse_desktop::{app::Launch, i18n::Lang};
use tresse_engine::{
    Command, Engine,
    model::{ItemId, NetworkId, ProfileField},
};

use super::{
    driving::{Desk, ask, launch, profile_at},
    support::Look,
};

/// The day that the window takes for today.
pub(crate) const TODAY: Date = date(2090, 5, 17);

/// A window of Ana's on a profile that `seed` fills.
pub(crate) fn desk(look: Look, lang: Lang, seed: impl FnOnce(&Engine)) -> Desk {
    let dir = tempfile::tempdir().unwrap();
    let profile = dir.path().join("profile");
    // Who changed something, and when, is the same whenever the test runs.
    let noon = TODAY
        .at(12, 0, 0, 0)
        .to_zoned_datetime(TimeZone::UTC)
        .unwrap();
    let now = Some(noon.timestamp().as_millisecond());
    profile_at("Ana Vasconcel", &profile, now, seed);
    let launch = Launch {
        lang: Some(lang),
        today: Some(TODAY),
        now,
        ..launch(&profile)
    };
    let mut desk = Desk::on(look, launch);
    desk.keep(dir);
    desk
}

/// The plan of a network that has one, in French.
pub(crate) fn plan(look: Look) -> Desk {
    let mut desk = desk(look, Lang::Fr, |engine| {
        network(engine);
    });
    desk.click("Plan d’action");
    desk
}

/// The plan of a network of which nothing has been said.
pub(crate) fn bare(look: Look) -> Desk {
    let mut desk = desk(look, Lang::Fr, |engine| {
        founded(engine);
    });
    desk.click("Plan d’action");
    desk
}

/// A network alone.
pub(crate) fn founded(engine: &Engine) -> NetworkId {
    ask(
        engine,
        Command::NetworkCreate {
            name: "Lire et écrire en Sarvance".into(),
            template: None,
        },
        "network",
    )
}

/// Founds it and fills it.
pub(crate) fn network(engine: &Engine) -> NetworkId {
    let network = founded(engine);
    let set = |field, value: &str| {
        let value = Some(value.to_owned());
        let command = Command::ProfileSet {
            network,
            field,
            value,
        };
        engine.call(command).unwrap();
    };
    set(
        ProfileField::Organisation,
        "Centre de formation de Sauvrelle",
    );
    let objectives = roadmap(engine, network);
    let groups = groups(engine, network);
    actions(engine, network, &objectives, &groups);
    for (text, objective) in [
        (
            "Que nos conseillers sachent repérer une difficulté avec l’écrit",
            Some("base"),
        ),
        ("Réduire les trajets de nos agents", None),
    ] {
        let command = Command::OwnObjectiveAdd {
            network,
            text: text.into(),
            objective: objective.map(|key| objectives[key]),
        };
        engine.call(command).unwrap();
    }
    network
}

fn roadmap(engine: &Engine, network: NetworkId) -> BTreeMap<&'static str, ItemId> {
    let orientation = |title: &str, words: &str| -> ItemId {
        let command = Command::OrientationAdd {
            network,
            title: title.into(),
            words: Some(words.into()),
        };
        ask(engine, command, "orientation")
    };
    let door = orientation(
        "Ne laisser personne à la porte",
        "L’écrit, l’ordinateur, la route : trois portes fermées pour ceux que nous recevons.",
    );
    let together = orientation("Faire ensemble ce que seul on fait mal", "");
    orientation(
        "Apprendre les uns des autres",
        "Une veille qu’on lit, des outils qu’on se passe.",
    );
    let mut made = BTreeMap::new();
    for (key, title, deadline, means, under) in [
        (
            "base",
            "Que personne ne reste seul face à l’écrit",
            "2090-12-31",
            "Les ateliers de Sauvrelle, Estrieu et Trémoire ; six jours de formatrice par an.",
            Some(door),
        ),
        (
            "road",
            "Venir en formation sans voiture",
            "2020-06-30",
            "",
            Some(door),
        ),
        (
            "pot",
            "Mettre au pot : salles, matériel, heures",
            "2090-09-30",
            "Cinquante euros par structure et par an.",
            Some(together),
        ),
        ("seen", "Un réseau lisible, qui s’évalue", "", "", None),
    ] {
        let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let command = Command::ObjectiveAdd {
            network,
            title: title.into(),
            deadline: text(deadline),
            means: text(means),
            orientation: under,
        };
        made.insert(key, ask(engine, command, "objective"));
    }
    indicators(engine, network, &made);
    made
}

fn indicators(engine: &Engine, network: NetworkId, objectives: &BTreeMap<&str, ItemId>) {
    for (objective, name, unit, baseline, target, measures) in [
        (
            "base",
            "Personnes reçues au moins une fois",
            "personnes",
            "0",
            "400",
            &[
                ("2089-01-27", "96"),
                ("2089-07-02", "231"),
                ("2090-02-09", "327"),
            ][..],
        ),
        (
            "base",
            "Accueils formés au repérage",
            "accueils",
            "2",
            "8",
            &[("2090-01-10", "6")],
        ),
        (
            "pot",
            "Prêts de salle ou de matériel par an",
            "prêts",
            "20",
            "60",
            &[],
        ),
    ] {
        let command = Command::IndicatorAdd {
            network,
            objective: objectives[objective],
            name: name.into(),
            target: Some(target.into()),
            unit: Some(unit.into()),
            baseline: Some(baseline.into()),
        };
        let indicator: ItemId = ask(engine, command, "indicator");
        for (day, value) in measures {
            let command = Command::MeasureAdd {
                network,
                objective: objectives[objective],
                indicator,
                date: (*day).into(),
                value: (*value).into(),
                note: None,
            };
            engine.call(command).unwrap();
        }
    }
}

fn groups(engine: &Engine, network: NetworkId) -> Vec<ItemId> {
    let me = engine.fresh_view().unwrap().me.member;
    let mut made = Vec::new();
    for (name, remit, start, end, mine) in [
        (
            "Savoirs de base",
            "Repérer, orienter, recevoir : que personne ne reste seul face à l’écrit.",
            "2089-03-18",
            "",
            true,
        ),
        (
            "Forum",
            "Un forum des métiers qui se déplace, et ce qu’on en apprend.",
            "2090-01-05",
            "2090-12-18",
            false,
        ),
    ] {
        let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let command = Command::GroupAdd {
            network,
            name: name.into(),
            remit: text(remit),
            start: text(start),
            planned_end: text(end),
        };
        let group: ItemId = ask(engine, command, "group");
        if mine {
            let command = Command::GroupMember {
                network,
                group,
                member: me,
                off: false,
            };
            engine.call(command).unwrap();
        }
        made.push(group);
    }
    made
}

/// Title, objective, group, mine, start, due, how it stands, how often, place of what it waits for.
type Row = (
    &'static str,
    Option<&'static str>,
    Option<usize>,
    bool,
    &'static str,
    &'static str,
    &'static str,
    Option<&'static str>,
    Option<usize>,
);

const ACTIONS: [Row; 9] = [
    (
        "Former les deux accueils de Pont-d’Ourve",
        Some("base"),
        Some(0),
        true,
        "2090-04-02",
        "2090-05-06",
        "doing",
        None,
        None,
    ),
    (
        "Écrire la fiche d’orientation",
        Some("base"),
        Some(0),
        true,
        "2090-04-20",
        "2090-05-28",
        "doing",
        None,
        None,
    ),
    (
        "Essayer la fiche dans trois permanences",
        Some("base"),
        Some(0),
        false,
        "2090-05-29",
        "2090-06-25",
        "todo",
        None,
        Some(1),
    ),
    (
        "Rendre la fiche au réseau",
        Some("base"),
        None,
        false,
        "",
        "2090-07-02",
        "todo",
        None,
        Some(2),
    ),
    (
        "Mener quarante entretiens",
        Some("road"),
        None,
        true,
        "2090-03-10",
        "2090-04-15",
        "done",
        None,
        None,
    ),
    (
        "Lancer un covoiturage de stagiaires",
        Some("road"),
        None,
        false,
        "2090-05-02",
        "2090-06-12",
        "blocked",
        None,
        Some(4),
    ),
    (
        "Relever les prêts du mois",
        Some("pot"),
        None,
        true,
        "",
        "2090-05-31",
        "todo",
        Some("monthly"),
        None,
    ),
    (
        "Inviter trente employeurs",
        None,
        Some(1),
        false,
        "2090-05-04",
        "2090-05-22",
        "todo",
        None,
        None,
    ),
    (
        "Choisir une date pour la fête",
        None,
        None,
        false,
        "",
        "",
        "todo",
        None,
        None,
    ),
];

fn actions(
    engine: &Engine,
    network: NetworkId,
    objectives: &BTreeMap<&str, ItemId>,
    groups: &[ItemId],
) {
    let me = engine.fresh_view().unwrap().me.member;
    let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let mut made: Vec<ItemId> = Vec::new();
    for (title, objective, group, mine, start, due, status, every, waits) in ACTIONS {
        let command = Command::ActionAdd {
            network,
            title: title.into(),
            objective: objective.map(|key| objectives[key]),
            owner: mine.then_some(me),
            due: text(due),
            territory: None,
            status: Some(status.into()),
            group: None,
            working_group: group.map(|at| groups[at]),
            start: text(start),
            effort: None,
            every: every.map(str::to_owned),
            territory_scale: None,
        };
        let action: ItemId = ask(engine, command, "action");
        if let Some(on) = waits {
            let command = Command::ActionDepend {
                network,
                action,
                on: made[on],
                off: false,
            };
            engine.call(command).unwrap();
        }
        made.push(action);
    }
}

/// What an action of the plan holds now.
pub(crate) fn action(desk: &Desk, title: &str) -> tresse_engine::model::Action {
    let view = desk.engine().fresh_view().unwrap();
    let plan = view.networks[0].plan.clone();
    let mut actions = plan.content.actions.iter();
    let found = actions.find(|one| one.title == title);
    found
        .unwrap_or_else(|| panic!("no action is called {title}"))
        .clone()
}
