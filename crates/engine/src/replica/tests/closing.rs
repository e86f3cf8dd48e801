//! The end of a network, as one replica carries it out.

use tresse_model::{CharterField, NetworkField, NetworkKind, ProfileField};

use super::*;
use crate::{
    ClosingCommand, ClosingOutcome,
    replica::{Archives, Exporting, Wanted},
};

fn propose(network: NetworkId, words: &str) -> Command {
    Command::Closing(ClosingCommand::Propose {
        network,
        outcome: ClosingOutcome::PurposeMet,
        into: None,
        name: None,
        words: Some(words.into()),
        decision: None,
    })
}

fn reopen(network: NetworkId) -> Command {
    Command::Closing(ClosingCommand::Reopen {
        network,
        words: None,
    })
}

fn page(network: NetworkId, title: &str) -> Command {
    Command::PageCreate {
        network,
        title: title.into(),
        tags: Vec::new(),
        text: Some("Bonjour".into()),
    }
}

/// A command that makes something of a title.
fn said(network: NetworkId, command: &str) -> Command {
    let said = serde_json::json!({ "command": command, "network": network, "title": "Encore" });
    Command::parse(&said.to_string()).unwrap()
}

#[test]
fn in_a_closed_network_every_edit_is_refused_nothing_changes_and_marks_of_reading_go_on() {
    let (mut ana, mut bo, network) = ana_and_bo();
    let made: DocId = named(&ana.does(page(network, "Carnet")), "page");
    let purpose = ana.does(Command::PurposeAdd {
        network,
        text: "Produire".into(),
    });
    let purpose = named(&purpose, "purpose");
    they_meet(&mut ana, &mut bo);
    ana.does(propose(network, "Fini"));
    they_meet(&mut ana, &mut bo);
    bo.does(propose(network, "Fini"));
    they_meet(&mut ana, &mut bo);
    assert!(ana.sees_network(&network).closing.is_closed());

    let before = heads(&ana, &network);
    for command in [
        page(network, "Trop tard"),
        Command::PageEdit {
            network,
            page: made,
            edit: text("Autre chose"),
        },
        Command::PageSet {
            network,
            page: made,
            field: PageField::Title,
            value: Some("Autre".into()),
        },
        Command::PageRemove {
            network,
            page: made,
            restore: false,
        },
        Command::PurposeSet {
            network,
            purpose,
            text: "Agir".into(),
        },
        Command::NetworkSet {
            network,
            field: NetworkField::Name,
            value: Some("Autre".into()),
        },
        Command::NetworkKind {
            network,
            kind: NetworkKind::ALL[0],
            off: false,
        },
        Command::CharterSet {
            network,
            field: CharterField::DecisionRule,
            value: Some("Vote".into()),
        },
        Command::ProfileSet {
            network,
            field: ProfileField::Organisation,
            value: Some("Ailleurs".into()),
        },
        Command::CharterAdopt {
            network,
            version: None,
        },
        Command::InviteCreate {
            network,
            uses: 1,
            expires_in: 3600,
        },
        said(network, "meeting.create"),
        said(network, "decision.create"),
        Command::Closing(ClosingCommand::Decide { network }),
        Command::Closing(ClosingCommand::Continue {
            network,
            until: "2090-01-01".into(),
        }),
        Command::Undo { network },
        propose(network, "Autrement"),
    ] {
        let refused = ana.tries(command.clone());
        let code = refused.map_err(|error| error.code);
        // Nothing is in the charter that could be adopted: that is told first.
        let expected = match command {
            Command::CharterAdopt { .. } => "charter-empty",
            // And what was done last, which stays, before what was done earlier.
            Command::Undo { .. } => "stays-closing",
            _ => "network-closed",
        };
        assert_eq!(code, Err(expected.to_owned()), "{command:?}");
    }
    assert_eq!(heads(&ana, &network), before);

    bo.does(Command::SeenMark {
        network,
        documents: Vec::new(),
    });
    they_meet(&mut ana, &mut bo);
    assert!(ana.replica.check().is_empty());
    // Who leaves may.
    bo.does(Command::NetworkLeave { network });
    // Alone, Ana opens it again by the same rule; and what she said so stays.
    they_meet(&mut ana, &mut bo);
    ana.does(reopen(network));
    assert!(!ana.sees_network(&network).closing.is_closed());
    let undone = ana.tries(Command::Undo { network }).unwrap_err();
    assert_eq!(undone.code, "stays-reopening");
    // What she does from now on is undone as ever.
    ana.does(page(network, "Encore"));
    assert_eq!(ana.does(Command::Undo { network })["undone"], 1);
}

#[test]
fn what_somebody_wrote_who_had_not_heard_is_taken_in_and_shown_as_written_after() {
    let (mut ana, mut bo, network) = ana_and_bo();
    they_meet(&mut ana, &mut bo);
    ana.does(Command::RulesChange {
        network,
        invite: None,
        removal: None,
        readmission: None,
        change: Some("1".into()),
    });
    they_meet(&mut ana, &mut bo);
    bo.does(Command::RulesChange {
        network,
        invite: None,
        removal: None,
        readmission: None,
        change: Some("1".into()),
    });
    they_meet(&mut ana, &mut bo);
    ana.does(propose(network, "Fini"));
    let later = Moment::simulated(Moment::real().now + 60_000, 7);
    let made = bo
        .replica
        .execute(page(network, "Ailleurs"), &later)
        .unwrap();
    bo.replica.commit().unwrap();
    let made: DocId = named(&made, "page");
    they_meet(&mut ana, &mut bo);
    for person in [&mut ana, &mut bo] {
        person.replica.summarise(10);
        let view = person.sees_network(&network);
        let closed = view.closing.closed.clone().unwrap();
        assert_eq!(closed.after.len(), 1);
        assert_eq!(
            (closed.after[0].doc, &*closed.after[0].author),
            (made, "Bo")
        );
        assert!(view.library.pages.iter().any(|page| page.id == made));
    }
    assert_eq!(heads(&ana, &network), heads(&bo, &network));
}

#[test]
fn members_are_reminded_from_thirty_days_before_the_review_on_and_no_more_once_it_is_closed() {
    let mut ana = Person::new("Ana");
    let network = ana.founds("Le réseau");
    let set = |value: &str| Command::NetworkSet {
        network,
        field: NetworkField::ReviewDate,
        value: Some(value.into()),
    };
    let looks = |ana: &mut Person, today: &str| {
        let live = Live {
            today: today.into(),
            ..Live::default()
        };
        let view = ana.replica.view(1, &live).unwrap();
        let review = view.network(&network).unwrap().closing.review.clone();
        (review.days, review.due)
    };
    assert_eq!(looks(&mut ana, "2026-11-28"), (None, false));
    ana.does(set("2027-03-01"));
    for (today, days, due) in [
        ("2027-01-29", 31, false),
        ("2027-01-30", 30, true),
        ("2027-03-01", 0, true),
        ("2027-03-04", -3, true),
    ] {
        assert_eq!(looks(&mut ana, today), (Some(days), due), "{today}");
    }
    ana.does(propose(network, ""));
    assert_eq!(looks(&mut ana, "2027-03-01"), (Some(0), false));
}

/// What goes into an archive, gathered in one go.
fn archived(of: &mut Person, view: &crate::NetworkView) -> tresse_report::Archived {
    let replica = &mut of.replica;
    let mut gathering = Exporting::begin(replica, &view.id, Wanted::Both, Moment::real()).unwrap();
    while gathering.step(replica).unwrap() {}
    replica.archived(view, gathering, &Moment::real()).unwrap()
}

#[test]
fn an_archive_is_due_once_it_is_closed_and_again_where_something_came_later() {
    let mut ana = Person::new("Ana");
    let network = ana.founds("Le réseau");
    ana.does(page(network, "Carnet"));
    assert!(ana.replica.archives_due().is_empty());
    ana.does(propose(network, "Merci"));
    assert_eq!(ana.replica.archives_due(), [(network, true)]);
    ana.replica.summarise(10);

    let view = ana.sees_network(&network);
    let archived = archived(&mut ana, &view);
    assert_eq!(archived.report.pages, 1);
    assert_eq!(archived.report.closed.as_ref().unwrap().by, ["Ana"]);
    assert!(!archived.report.founded.is_empty());
    assert_eq!(archived.acts.len(), 2);
    let state = ana.replica.archived_state(&network).unwrap();
    let kept = ana
        .replica
        .keep_archive(&network, state, "archives/a", &Moment::real());
    kept.unwrap();
    ana.replica.commit().unwrap();
    // What one looks at is no change of the network.
    ana.does(Command::SeenMark {
        network,
        documents: Vec::new(),
    });
    let mut ana = ana.reopens();
    assert!(ana.replica.archives_due().is_empty());
    let archive = ana.sees_network(&network).closing.archive.clone().unwrap();
    assert!(archive.current && archive.of_this && archive.folder == "archives/a");
    // Reopened, written in and closed anew, it is another state and another closing.
    ana.does(reopen(network));
    assert!(ana.replica.archives_due().is_empty());
    ana.does(page(network, "Suite"));
    ana.does(propose(network, "Merci"));
    assert_eq!(ana.replica.archives_due(), [(network, true)]);
    let past = ana.sees_network(&network).closing.past.clone();
    assert_eq!(past.len(), 1);
    assert!(past[0].reopened.is_some());
}

#[test]
fn a_protected_profile_says_that_it_archives_only_when_asked() {
    let mut ana = Person::new("Ana");
    let network = ana.founds("Le réseau");
    for (archives, by_itself) in [
        (None, false),
        (Some(Archives::WhenAsked), false),
        (Some(Archives::ByItself), true),
    ] {
        let live = Live {
            archives,
            ..Live::default()
        };
        let view = ana.replica.view(1, &live).unwrap();
        let closing = &view.network(&network).unwrap().closing;
        assert_eq!(closing.archives_itself, by_itself);
    }
}
