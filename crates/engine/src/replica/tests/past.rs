//! Documents as they stood, who wrote them, and putting back.

use tresse_model::{ActionField, CharterField, DocId, DocKind, ItemId, ObjectiveField, RoleField};

use super::*;
use crate::{Compared, PassageAt, When, passages_that_went};

impl Person {
    fn compares(&mut self, network: &NetworkId, doc: &DocId, from: &When, to: &When) -> Compared {
        let lent = self.replica.lend(network, doc).unwrap();
        lent.compare(from, to).unwrap()
    }

    fn heads(&mut self, network: &NetworkId, doc: &DocId) -> When {
        let groups = self.replica.history(network, doc).unwrap();
        When::Heads(groups[0].heads.clone())
    }

    fn charter_says(&mut self, network: &NetworkId) -> String {
        self.sees_network(network).charter.body.text.to_string()
    }
}

fn edits(network: NetworkId, words: &str) -> Command {
    Command::CharterEdit {
        network,
        edit: text(words),
    }
}

#[test]
fn a_passage_that_went_is_put_back_while_another_writes_and_can_be_taken_back() {
    let (mut ana, mut bo, network) = ana_and_bo();
    let charter = DocId::singleton(&network, DocKind::Charter);
    ana.does(edits(
        network,
        "Chacun a une voix et une seule. On se voit le mardi.",
    ));
    let then = ana.heads(&network, &charter);
    ana.does(edits(network, "On se voit le jeudi."));
    they_meet(&mut ana, &mut bo);

    let compared = bo.compares(&network, &charter, &then, &When::Now);
    assert!(compared.to_now);
    let body = compared.fields.iter().find(|field| field.body).unwrap();
    let went = passages_that_went(&body.says.pieces);
    assert_eq!(went.len(), 2);
    let at = |state: &[String], (at, length)| PassageAt {
        state: state.to_vec(),
        at,
        length,
    };
    let restores: Vec<Command> = went
        .iter()
        .map(|went| Command::PassageRestore {
            network,
            document: charter,
            passage: at(&compared.from, (went.at, went.length)),
            instead: went.instead.map(|instead| at(&compared.to, instead)),
        })
        .collect();
    for restore in &restores {
        let answer = bo.does(restore.clone());
        assert_eq!(answer["exact"], true, "{answer}");
    }
    ana.does(edits(network, "Décidé ensemble : on se voit le jeudi."));
    they_meet(&mut ana, &mut bo);
    let both = ana.charter_says(&network);
    assert_eq!(both, bo.charter_says(&network));
    assert!(both.contains("Chacun a une voix et une seule."), "{both}");
    assert!(both.contains("le mardi."), "{both}");
    assert!(both.contains("Décidé ensemble"), "{both}");
    assert_eq!(
        bo.tries(restores[0].clone()).unwrap_err().code,
        "passage-stands"
    );
    bo.does(Command::Undo { network });
    assert!(!bo.charter_says(&network).contains("mardi"));
    assert!(
        bo.charter_says(&network)
            .contains("Chacun a une voix et une seule.")
    );

    let unknown = Command::PassageRestore {
        network,
        document: charter,
        passage: at(&["00".repeat(32)], (0, 1)),
        instead: None,
    };
    assert_eq!(bo.tries(unknown).unwrap_err().code, "unknown-version");
}

#[test]
fn lines_are_attributed_alike_on_both_machines_by_the_seals() {
    let (mut ana, mut bo, network) = ana_and_bo();
    let charter = DocId::singleton(&network, DocKind::Charter);
    ana.does(edits(network, "un\ndeux\ntrois"));
    they_meet(&mut ana, &mut bo);
    bo.does(edits(network, "un\ndeux et demi\ntrois"));
    ana.does(edits(network, "un\ndeux\ntrois fois"));
    they_meet(&mut ana, &mut bo);
    let told = |person: &mut Person| {
        let lent = person.replica.lend(&network, &charter).unwrap();
        lent.lines(0..9).unwrap()
    };
    let lines = told(&mut ana);
    assert_eq!(lines, told(&mut bo));
    let said: Vec<(usize, Vec<(&str, usize)>)> = lines
        .iter()
        .map(|line| {
            let authors = line.authors.iter();
            (
                line.line,
                authors
                    .map(|one| (one.name.as_str(), one.characters))
                    .collect(),
            )
        })
        .collect();
    assert_eq!(
        said,
        [
            (1, vec![("Ana", 2)]),
            (2, vec![("Bo", 8), ("Ana", 4)]),
            (3, vec![("Ana", 10)]),
        ]
    );
}

#[test]
fn each_change_of_a_plan_is_told_with_its_author_and_put_back_by_its_command() {
    let (mut ana, mut bo, network) = ana_and_bo();
    let plan = DocId::singleton(&network, DocKind::Plan);
    let objective: ItemId = named(
        &ana.does(Command::ObjectiveAdd {
            network,
            title: "Se faire connaître".into(),
            deadline: Some("2026-06-01".into()),
            means: None,
            orientation: None,
        }),
        "objective",
    );
    let add = |title: &str| {
        Command::parse(&format!(
            r#"{{"command":"action.add","network":"{network}","title":"{title}","due":"2026-03-12"}}"#
        ))
        .unwrap()
    };
    let stand: ItemId = named(&ana.does(add("Tenir un stand")), "action");
    let letter: ItemId = named(&ana.does(add("Écrire aux élus")), "action");
    they_meet(&mut ana, &mut bo);
    let then = ana.heads(&network, &plan);

    let set = |action, field, value: String| Command::ActionSet {
        network,
        action,
        field,
        value: Some(value),
    };
    ana.does(set(stand, ActionField::Due, "2026-04-03".into()));
    ana.does(set(stand, ActionField::Objective, objective.to_string()));
    bo.does(Command::ActionOwner {
        network,
        action: stand,
        member: bo.replica.me(),
        off: false,
    });
    bo.does(Command::ActionRemove {
        network,
        action: letter,
        restore: false,
    });
    bo.does(Command::ObjectiveSet {
        network,
        objective,
        field: ObjectiveField::Deadline,
        value: None,
    });
    they_meet(&mut ana, &mut bo);
    ana.sees();
    let compared = ana.compares(&network, &plan, &then, &When::Now);
    let told: Vec<String> = compared
        .items
        .iter()
        .map(|item| {
            let (title, what, field) = (&item.item.title, item.what, item.field);
            format!(
                "{title} {what} {field} {} {} {}",
                item.old, item.new, item.name
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            "Se faire connaître set deadline 2026-06-01  Bo",
            "Tenir un stand set objective  Se faire connaître Ana",
            "Tenir un stand set due 2026-03-12 2026-04-03 Ana",
            "Tenir un stand in owners  Bo Bo",
            "Écrire aux élus removed    Bo",
        ]
    );
    let (before, after) = compared.counts.unwrap();
    assert_eq!((before.actions, after.actions), (2, 1));

    let backs: Vec<Command> = compared
        .items
        .iter()
        .map(|item| item.restore.clone().unwrap())
        .collect();
    for back in backs {
        ana.does(back);
    }
    let again = ana.compares(&network, &plan, &then, &When::Now);
    assert!(again.items.is_empty(), "{:?}", again.items);
    // Seen from a later state, what is as it was needs nothing.
    let told = ana.compares(
        &network,
        &plan,
        &When::Heads(compared.from),
        &When::Heads(compared.to),
    );
    assert!(told.items.iter().all(|item| item.restore.is_none()));
}

#[test]
fn fields_lists_and_tags_come_back_by_their_commands_too() {
    let (mut ana, _, network) = ana_and_bo();
    let charter = DocId::singleton(&network, DocKind::Charter);
    let rule = |words: Option<&str>| Command::CharterSet {
        network,
        field: CharterField::DecisionRule,
        value: words.map(str::to_owned),
    };
    ana.does(rule(Some("Par consentement.")));
    let value = |text: &str| Command::ValueAdd {
        network,
        text: text.into(),
    };
    let kept: ItemId = named(&ana.does(value("L’écoute")), "value");
    let gone: ItemId = named(&ana.does(value("La patience")), "value");
    let then = ana.heads(&network, &charter);
    ana.does(rule(Some("À la majorité.")));
    ana.does(Command::ValueSet {
        network,
        value: kept,
        text: "L’écoute de tous".into(),
    });
    ana.does(Command::ValueRemove {
        network,
        value: gone,
        restore: false,
    });
    let compared = ana.compares(&network, &charter, &then, &When::Now);
    let backs: Vec<(String, Command)> = compared
        .fields
        .iter()
        .flat_map(|field| &field.restore)
        .map(|back| (back.words.clone(), back.command.clone()))
        .collect();
    let words: Vec<&str> = backs.iter().map(|(words, _)| words.as_str()).collect();
    assert_eq!(words, ["L’écoute", "La patience", "Par consentement."]);
    for (_, command) in backs {
        ana.does(command);
    }
    let again = ana.compares(&network, &charter, &then, &When::Now);
    assert!(again.fields.iter().all(|field| !field.says.differs()));

    let page: DocId = named(&ana.does(a_page(network, "Trace")), "page");
    let tag = |off| Command::PageTag {
        network,
        page,
        tag: "trace".into(),
        off,
    };
    ana.does(tag(false));
    let then = ana.heads(&network, &page);
    ana.does(tag(true));
    ana.does(Command::PageSet {
        network,
        page,
        field: PageField::Title,
        value: Some("Autre".into()),
    });
    let compared = ana.compares(&network, &page, &then, &When::Now);
    let backs = compared.fields.iter().flat_map(|field| &field.restore);
    let words: Vec<&str> = backs.map(|back| back.words.as_str()).collect();
    assert_eq!(words, ["Trace", "trace"]);
}

#[test]
fn what_is_said_of_a_role_comes_back_field_by_field_and_its_people_have_names() {
    let (mut ana, mut bo, network) = ana_and_bo();
    let doc = DocId::singleton(&network, DocKind::Network);
    let set = |field, value: &str| Command::RoleSet {
        network,
        role: "Pilot".into(),
        field,
        value: (!value.is_empty()).then(|| value.into()),
    };
    let turn = |member| Command::RotationTurn {
        network,
        role: "pilot".into(),
        member,
        before: None,
        off: false,
    };
    ana.does(set(RoleField::Remit, "Tenir le cap"));
    ana.does(set(RoleField::Start, "2026-01-05"));
    ana.does(set(RoleField::Term, "6 mois"));
    let me = ana.replica.me();
    ana.does(turn(me));
    let then = ana.heads(&network, &doc);
    they_meet(&mut ana, &mut bo);
    bo.does(set(RoleField::Remit, ""));
    bo.does(set(RoleField::Term, "1 an"));
    let me = bo.replica.me();
    bo.does(turn(me));
    they_meet(&mut ana, &mut bo);

    let compared = ana.compares(&network, &doc, &then, &When::Now);
    let differ: Vec<_> = compared
        .fields
        .iter()
        .filter(|field| field.says.differs())
        .collect();
    assert_eq!((differ.len(), &*differ[0].says.field), (1, "role/pilot"));
    assert_eq!(
        differ[0].says.newer(),
        "start: 2026-01-05\nterm: 12 months\norder: Ana, Bo"
    );
    let words: Vec<&str> = differ[0]
        .restore
        .iter()
        .map(|back| back.words.as_str())
        .collect();
    assert_eq!(words, ["Tenir le cap", "6 months"]);
    for back in &differ[0].restore {
        ana.does(back.command.clone());
    }
    let again = ana.compares(&network, &doc, &then, &When::Now);
    let role = again
        .fields
        .iter()
        .find(|field| field.says.field == "role/pilot")
        .unwrap();
    // The order is put right by moving people in it.
    assert!(role.says.differs() && role.restore.is_empty());
    assert!(
        role.says
            .newer()
            .ends_with("order: Ana, Bo\nremit: Tenir le cap")
    );
}
