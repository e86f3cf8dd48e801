//! A network to look at: full enough to judge a page by, and the same at every run. Its dates are far in the past or
//! far in the future, so that no picture changes with the day.

use tresse_engine::{
    Command, Engine, MeetingCommand, TextEdit,
    model::{CharterField, DocId, ItemId, NetworkField, NetworkId, ProfileField},
};

use super::ask;

/// The network's name.
pub(crate) const NAME: &str = "Lire et écrire en Sarvance";

/// Founds it.
pub(crate) fn network(engine: &Engine) -> NetworkId {
    let network: NetworkId = ask(
        engine,
        Command::NetworkCreate {
            name: NAME.into(),
            template: Some("share-practice".into()),
        },
        "network",
    );
    let do_it = |command: Command| engine.call(command).unwrap();
    for text in [
        "Que personne ne renonce à se former faute de savoir lire ou se déplacer",
        "Montrer nos façons de faire à des pairs, et rapporter chez soi ce qui marche",
    ] {
        do_it(Command::PurposeAdd {
            network,
            text: text.into(),
        });
    }
    do_it(Command::NetworkSet {
        network,
        field: NetworkField::ReviewDate,
        value: Some("2094-01-25".into()),
    });
    do_it(Command::ProfileSet {
        network,
        field: ProfileField::Organisation,
        value: Some("Centre de formation de Sauvrelle".into()),
    });
    charter(engine, network);
    plan(engine, network);
    pages(engine, network);
    network
}

fn charter(engine: &Engine, network: NetworkId) {
    for text in [
        "Une personne, une voix",
        "On montre aussi ce qui n’a pas marché",
    ] {
        engine
            .call(Command::ValueAdd {
                network,
                text: text.into(),
            })
            .unwrap();
    }
    for (field, value) in [
        (
            CharterField::ExchangeRules,
            "Chacun lit à son rythme : rien n’est urgent ici, l’urgent passe par le téléphone.",
        ),
        (
            CharterField::DecisionRule,
            "Nous cherchons le consentement. Une objection doit être expliquée, et améliore la proposition.",
        ),
        (CharterField::Language, "fr"),
        (CharterField::ReviewDate, "2093-06-01"),
    ] {
        let value = Some(value.to_owned());
        engine
            .call(Command::CharterSet {
                network,
                field,
                value,
            })
            .unwrap();
    }
    let text = "# Charte du réseau\n\nNous sommes **huit structures** qui apprennent les unes des autres.\n\n\
        ## Ce que nous nous promettons\n\n- se dire les choses avant qu’elles ne pèsent ;\n- écrire pour la \
        personne absente ;\n- rendre ce que l’on emprunte.\n\n> Avant de formaliser, on se rencontre.\n";
    let edit = TextEdit {
        text: Some(text.into()),
        ..TextEdit::default()
    };
    engine.call(Command::CharterEdit { network, edit }).unwrap();
}

fn plan(engine: &Engine, network: NetworkId) {
    let objective = |title: &str, deadline: &str, means: &str| -> ItemId {
        let command = Command::ObjectiveAdd {
            network,
            title: title.into(),
            deadline: Some(deadline.into()),
            means: Some(means.into()),
            orientation: None,
        };
        ask(engine, command, "objective")
    };
    let seen = objective(
        "Un réseau lisible, qui s’évalue",
        "2093-12-31",
        "Deux demi-journées par an",
    );
    let shared = objective(
        "Mettre au pot : salles, matériel, heures",
        "2092-06-30",
        "Un tableau partagé",
    );
    indicators(engine, network, seen);
    actions(engine, network, seen, shared);
}

fn indicators(engine: &Engine, network: NetworkId, seen: ItemId) {
    for (name, target, unit, current) in [
        (
            "Membres qui ont répondu au baromètre",
            "12",
            "personnes",
            "7",
        ),
        ("Traces déposées sous deux jours", "90", "%", "75"),
    ] {
        let indicator: ItemId = ask(
            engine,
            Command::IndicatorAdd {
                network,
                objective: seen,
                name: name.into(),
                target: Some(target.into()),
                unit: Some(unit.into()),
                baseline: None,
            },
            "indicator",
        );
        engine
            .call(Command::IndicatorSet {
                network,
                objective: seen,
                indicator,
                field: tresse_engine::model::IndicatorField::Current,
                value: Some(current.into()),
            })
            .unwrap();
    }
}

fn actions(engine: &Engine, network: NetworkId, seen: ItemId, shared: ItemId) {
    let me = engine.fresh_view().unwrap().me.member;
    let rows = [
        (
            "Nous présenter en une page",
            Some(seen),
            true,
            "2019-04-12",
            "done",
            "Toute la Sarvance",
            "Communication",
        ),
        (
            "Dresser la carte des ateliers de lecture",
            Some(seen),
            true,
            "2092-06-28",
            "doing",
            "Sauvrelle",
            "",
        ),
        (
            "Lister ce que chaque membre peut prêter",
            Some(shared),
            false,
            "2019-03-29",
            "doing",
            "Toute la Sarvance",
            "Moyens",
        ),
        (
            "Trouver une salle chauffée pour l’hiver",
            Some(shared),
            true,
            "2020-10-01",
            "blocked",
            "Plateau de Trémoire",
            "Moyens",
        ),
        (
            "Écrire la fiche d’orientation",
            None,
            false,
            "",
            "todo",
            "Basse-Ourve",
            "",
        ),
        (
            "Préparer la visite croisée de printemps",
            Some(seen),
            true,
            "2092-04-15",
            "todo",
            "",
            "Rencontres",
        ),
        (
            "Imprimer des affiches",
            None,
            false,
            "",
            "dropped",
            "",
            "Communication",
        ),
    ];
    for (title, objective, mine, due, status, territory, group) in rows {
        let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        engine
            .call(Command::ActionAdd {
                network,
                title: title.into(),
                objective,
                owner: mine.then_some(me),
                due: text(due),
                territory: text(territory),
                status: text(status),
                group: text(group),
                working_group: None,
                start: None,
                effort: None,
                every: None,
                territory_scale: None,
            })
            .unwrap();
    }
}

fn pages(engine: &Engine, network: NetworkId) {
    // In the order that their titles would take backwards: pages of one second stand by title.
    for (title, tags, text) in [
        (
            "Fiche outil : mener une visite croisée",
            &["fiche outil", "méthode"][..],
            "1. Choisir qui visite qui.\n2. Dire ce que l’on veut regarder.\n3. Écrire ce que l’on rapporte.\n",
        ),
        (
            "Compte rendu de la rencontre de mai",
            &["compte rendu"],
            "## Présents\n\nAna, Bruno, Claire et Driss.\n\n## Décidé\n\n- La carte des ateliers sera prête \
             en juin.\n- **Claire** demande une salle à Trémoire.\n\n## À reprendre\n\n| Sujet | Qui |\n| --- | --- |\n\
             | Affiches | Bruno |\n| Covoiturage | Driss |\n",
        ),
        (
            "Bilan du forum de Pont-d’Ourve",
            &["bilan", "forum"],
            "Quarante personnes, trois ateliers.\n\nÀ refaire plus tôt dans l’année.\n",
        ),
    ] {
        let command = Command::PageCreate {
            network,
            title: title.into(),
            tags: tags.iter().map(|&tag| tag.to_owned()).collect(),
            text: Some(text.into()),
        };
        let _page: DocId = ask(engine, command, "page");
    }
}

/// A meeting at half past six.
pub(crate) fn meeting(engine: &Engine, network: NetworkId, title: &str, on: Option<&str>) -> DocId {
    let create = MeetingCommand::Create {
        network,
        title: title.into(),
        on: on.map(str::to_owned),
        at: Some("18:30".into()),
        length: Some(90),
        place: None,
        group: None,
    };
    ask(engine, create.into(), "meeting")
}

/// Writes this as its minutes.
pub(crate) fn minutes(network: NetworkId, meeting: DocId, text: &str) -> MeetingCommand {
    MeetingCommand::Edit {
        network,
        meeting,
        edit: TextEdit {
            text: Some(text.into()),
            ..TextEdit::default()
        },
    }
}

/// An action that has a title and nothing else yet.
pub(crate) fn action(network: NetworkId, title: String) -> Command {
    Command::ActionAdd {
        network,
        title,
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
