//! Undo and redo where acts stand between the edits.

use tresse_model::{Answer, DocId, ItemId, NetworkField, Stance};
use tresse_trust::Body;

use super::*;
use crate::{ClosingCommand, ClosingOutcome, DecisionCommand};

fn write(person: &mut Person, network: NetworkId, words: &str) {
    let edit = text(words);
    person.does(Command::CharterEdit { network, edit });
}

fn charter(person: &mut Person, network: &NetworkId) -> String {
    person
        .sees_network(network)
        .charter
        .body
        .text
        .trim()
        .to_owned()
}

fn gives(person: &mut Person, network: NetworkId, role: &str) -> String {
    let holder = person.replica.me();
    let made = person.does(Command::MandateGive {
        network,
        role: role.into(),
        holder,
        from: "2026-01-01".into(),
        to: Some("2093-01-01".into()),
    });
    made["mandate"].as_str().unwrap().to_owned()
}

fn ends(person: &mut Person, network: NetworkId, mandate: &str) {
    person.does(Command::MandateEnd {
        network,
        mandate: mandate.into(),
    });
}

fn roles(person: &mut Person, network: &NetworkId) -> Vec<String> {
    let view = person.sees_network(network);
    let held = view.members.mandates.iter();
    let mut roles: Vec<String> = held.map(|one| one.role.clone()).collect();
    roles.sort();
    roles
}

fn undoes(person: &mut Person, network: NetworkId) -> Value {
    person.does(Command::Undo { network })
}

fn redoes(person: &mut Person, network: NetworkId) -> Value {
    person.does(Command::Redo { network })
}

#[test]
fn undo_takes_back_the_mandate_given_last_and_not_the_words_before_it() {
    let mut ana = Person::new("Ana");
    let network = ana.founds("Le réseau");
    write(&mut ana, network, "Une personne, une voix.");
    gives(&mut ana, network, "pilot");

    assert_eq!(undoes(&mut ana, network)["undone"], 1);
    assert_eq!(charter(&mut ana, &network), "Une personne, une voix.");
    assert!(roles(&mut ana, &network).is_empty());
    assert_eq!(undoes(&mut ana, network)["undone"], 1);
    assert_eq!(charter(&mut ana, &network), "");

    assert_eq!(redoes(&mut ana, network)["redone"], 1);
    assert_eq!(charter(&mut ana, &network), "Une personne, une voix.");
    assert!(roles(&mut ana, &network).is_empty());
    assert_eq!(redoes(&mut ana, network)["redone"], 1);
    assert_eq!(roles(&mut ana, &network), ["pilot"]);
    assert_eq!(redoes(&mut ana, network)["redone"], 0);
}

#[test]
fn a_mandate_that_was_ended_is_given_again_with_its_days_and_can_be_taken_back_under_its_new_name()
{
    let mut ana = Person::new("Ana");
    let network = ana.founds("Le réseau");
    let mandate = gives(&mut ana, network, "secretary");
    let before = ana.sees_network(&network).members.mandates[0].clone();
    ends(&mut ana, network, &mandate);
    assert!(roles(&mut ana, &network).is_empty());

    undoes(&mut ana, network);
    let again = ana.sees_network(&network).members.mandates[0].clone();
    assert_eq!(
        (&again.role, again.holder, again.from, again.to),
        (&before.role, before.holder, before.from, before.to)
    );
    // What was given first is another act by now: undoing that ends the one that holds.
    assert_eq!(undoes(&mut ana, network)["undone"], 1);
    assert!(roles(&mut ana, &network).is_empty());
    redoes(&mut ana, network);
    assert_eq!(roles(&mut ana, &network), ["secretary"]);
    redoes(&mut ana, network);
    assert!(roles(&mut ana, &network).is_empty());
    undoes(&mut ana, network);
    assert_eq!(roles(&mut ana, &network), ["secretary"]);
}

#[test]
fn a_mandate_that_somebody_else_ended_since_is_left_ended() {
    let (mut ana, mut bo, network) = ana_and_bo();
    let mandate = gives(&mut ana, network, "pilot");
    they_meet(&mut ana, &mut bo);
    ends(&mut bo, network, &mandate);
    they_meet(&mut ana, &mut bo);
    assert_eq!(undoes(&mut ana, network)["undone"], 0);
    assert!(roles(&mut ana, &network).is_empty());
    // Nothing of it can be done again: it was not undone here.
    assert_eq!(redoes(&mut ana, network)["redone"], 0);
    assert!(roles(&mut ana, &network).is_empty());
}

#[test]
fn a_consent_to_a_closing_is_undone_until_it_is_done_and_what_was_done_before_it_too() {
    let (mut ana, mut bo, network) = ana_and_bo();
    let propose = |words: &str| {
        Command::Closing(ClosingCommand::Propose {
            network,
            outcome: ClosingOutcome::PurposeMet,
            into: None,
            name: None,
            words: Some(words.into()),
            decision: None,
        })
    };
    write(&mut ana, network, "Une personne, une voix.");
    ana.does(propose("Fini"));
    they_meet(&mut ana, &mut bo);
    let proposals = |person: &mut Person| person.sees_network(&network).closing.proposals.len();
    assert_eq!(proposals(&mut bo), 1);
    let named = ana.sees_network(&network).closing.proposals[0]
        .closing
        .clone();
    assert_eq!(undoes(&mut ana, network)["undone"], 1);
    they_meet(&mut ana, &mut bo);
    assert_eq!((proposals(&mut ana), proposals(&mut bo)), (0, 0));
    // What was written before it goes next.
    undoes(&mut ana, network);
    assert_ne!(charter(&mut ana, &network), "Une personne, une voix.");
    // Said anew, and taken back by name: that stays said.
    ana.does(propose("Fini"));
    let withdraw =
        |closing: Option<String>| Command::Closing(ClosingCommand::Withdraw { network, closing });
    ana.does(withdraw(Some(named.clone())));
    assert_eq!(proposals(&mut ana), 0);
    for command in [withdraw(Some(named)), withdraw(None)] {
        assert_eq!(ana.tries(command).unwrap_err().code, "act-no-consent");
    }
    let refused = ana.tries(Command::Undo { network }).unwrap_err();
    assert_eq!(refused.code, "stays-withdrawal");
    // Once both have said so it is done, and stays.
    ana.does(propose("Fini"));
    they_meet(&mut ana, &mut bo);
    bo.does(propose("Fini"));
    they_meet(&mut ana, &mut bo);
    assert!(ana.sees_network(&network).closing.is_closed());
    let refused = ana.tries(Command::Undo { network }).unwrap_err();
    assert_eq!(refused.code, "stays-closing");
}

#[test]
fn what_was_said_and_stays_is_told_and_nothing_before_it_goes() {
    let (mut ana, mut bo, network) = ana_and_bo();
    write(&mut ana, network, "Une personne, une voix.");
    they_meet(&mut ana, &mut bo);
    let bo_is = bo.replica.me_in(&network).unwrap();
    let said: Vec<(&str, Command)> = vec![
        (
            "stays-charter",
            Command::CharterAdopt {
                network,
                version: None,
            },
        ),
        (
            "stays-rules",
            Command::RulesChange {
                network,
                invite: Some(2),
                removal: None,
                readmission: None,
                change: None,
            },
        ),
        (
            "stays-removal",
            Command::MemberRemove {
                network,
                member: bo_is,
            },
        ),
    ];
    for (code, command) in said {
        let purpose = ana.does(Command::PurposeAdd {
            network,
            text: "Produire".into(),
        });
        let purpose: ItemId = named(&purpose, "purpose");
        ana.does(command);
        let before = heads(&ana, &network);
        for _ in 0..2 {
            let refused = ana.tries(Command::Undo { network }).unwrap_err();
            assert_eq!(refused.code, code);
        }
        assert_eq!(heads(&ana, &network), before, "{code} changed something");
        assert_eq!(charter(&mut ana, &network), "Une personne, une voix.");
        // What is done after it is undone as ever, down to it and no further.
        ana.does(Command::PurposeRemove {
            network,
            purpose,
            restore: false,
        });
        assert_eq!(undoes(&mut ana, network)["undone"], 1, "{code}");
        let refused = ana.tries(Command::Undo { network }).unwrap_err();
        assert_eq!(refused.code, code);
        // And redone, for nothing was said since.
        assert_eq!(redoes(&mut ana, network)["redone"], 1, "{code}");
        undoes(&mut ana, network);
    }
}

#[test]
fn undoing_an_invitation_closes_it_for_good_and_what_was_done_before_it_can_be_undone() {
    let mut ana = Person::new("Ana");
    let network = ana.founds("Le réseau");
    write(&mut ana, network, "Une personne, une voix.");
    let invite = Command::InviteCreate {
        network,
        uses: 1,
        expires_in: 3600,
    };
    let made = ana.does(invite.clone());
    assert!(ana.sees_network(&network).undo.closes_invitation);
    let undone = undoes(&mut ana, network);
    assert_eq!(undone["undone"], 1);
    assert_eq!(undone["closed"], true);
    assert_eq!(undone["invitation"], made["invitation"]);
    let open = |ana: &mut Person| {
        let members = ana.sees_network(&network).members;
        let open = |one: &&crate::InvitationView| one.state == crate::InvitationState::Open;
        members.invitations.iter().filter(open).count()
    };
    assert_eq!(open(&mut ana), 0);
    assert_eq!(
        redoes(&mut ana, network)["redone"],
        0,
        "it never opens again"
    );
    assert!(!ana.sees_network(&network).undo.closes_invitation);
    assert_eq!(undoes(&mut ana, network)["undone"], 1);
    assert_eq!(charter(&mut ana, &network), "");

    // One that is closed already has nothing to close.
    let made = ana.does(invite);
    let invitation = made["invitation"].as_str().unwrap().to_owned();
    ana.does(Command::InviteRevoke {
        network,
        invitation,
    });
    let refused = ana.tries(Command::Undo { network }).unwrap_err();
    assert_eq!(refused.code, "stays-invitation-closed");
}

#[test]
fn a_consent_that_was_said_before_and_says_nothing_anew_is_no_step() {
    let (mut ana, _bo, network) = ana_and_bo();
    write(&mut ana, network, "Une personne, une voix.");
    let adopt = Command::CharterAdopt {
        network,
        version: None,
    };
    ana.does(adopt.clone());
    ana.does(Command::NetworkSet {
        network,
        field: NetworkField::ReviewDate,
        value: Some("2093-01-01".into()),
    });
    ana.does(adopt);
    undoes(&mut ana, network);
    assert!(
        ana.sees_network(&network)
            .home
            .network
            .review_date
            .is_empty()
    );
}

#[test]
fn a_charter_that_says_nothing_any_more_is_not_adopted() {
    let mut ana = Person::new("Ana");
    let network = ana.founds("Le réseau");
    let adopt = Command::CharterAdopt {
        network,
        version: None,
    };
    assert_eq!(ana.tries(adopt.clone()).unwrap_err().code, "charter-empty");
    write(&mut ana, network, "Une personne, une voix.");
    undoes(&mut ana, network);
    assert_eq!(charter(&mut ana, &network), "");
    assert_eq!(ana.tries(adopt.clone()).unwrap_err().code, "charter-empty");
    write(&mut ana, network, " \n\n");
    assert_eq!(ana.tries(adopt.clone()).unwrap_err().code, "charter-empty");
    let view = ana.sees_network(&network);
    assert!(view.charter_versions.versions.is_empty());
    write(&mut ana, network, "Une structure, une voix.");
    assert_eq!(ana.does(adopt)["adopted"], true);
}

#[test]
fn what_an_organisation_expects_was_never_looked_at_on_a_day_to_come() {
    let mut ana = Person::new("Ana");
    let network = ana.founds("Le réseau");
    let on = |value: &str| Command::ProfileSet {
        network,
        field: tresse_model::ProfileField::AddedValueOn,
        value: Some(value.into()),
    };
    assert_eq!(
        ana.tries(on("2999-01-01")).unwrap_err().code,
        "looked-ahead"
    );
    assert_eq!(ana.tries(on("demain")).unwrap_err().code, "bad-date");
    ana.does(on("2020-01-01"));
    let today = Moment::real().today();
    ana.does(on(&today));
    let view = ana.sees_network(&network);
    assert_eq!(view.members.members[0].added_value_on, today);
}

#[test]
fn purposes_that_changed_since_the_charter_was_adopted_are_told() {
    let mut ana = Person::new("Ana");
    let network = ana.founds("Le réseau");
    // Whatever clocks claim: what is done next is said to be done earlier.
    let start = Moment::real().now;
    let at = |ana: &mut Person, seconds: i64, command: Command| {
        let moment = Moment::real().at(start - seconds * 1000);
        let answer = ana.replica.execute(command, &moment).unwrap();
        ana.replica.commit().unwrap();
        answer
    };
    let purpose = |text: &str| Command::PurposeAdd {
        network,
        text: text.into(),
    };
    at(&mut ana, 10, purpose("Produire"));
    let edit = text("Une personne, une voix.");
    at(&mut ana, 20, Command::CharterEdit { network, edit });
    let adopt = Command::CharterAdopt {
        network,
        version: None,
    };
    let adopted = at(&mut ana, 30, adopt.clone());
    let told = |ana: &mut Person| ana.sees_network(&network).charter_versions.purposes_changed;
    assert!(!told(&mut ana));
    let added = at(&mut ana, 40, purpose("Défendre"));
    assert!(told(&mut ana));
    let back = Command::PurposeRemove {
        network,
        purpose: named(&added, "purpose"),
        restore: false,
    };
    let again = at(&mut ana, 45, adopt.clone());
    assert_ne!(again["version"], adopted["version"]);
    assert!(!told(&mut ana), "they were adopted anew");
    let differ = |ana: &mut Person, from: &Value, to: Option<&Value>| {
        let to = to.and_then(Value::as_str);
        let fields = ana
            .replica
            .charter_changes(&network, from.as_str(), to, &Moment::real());
        let fields = fields.unwrap();
        fields.into_iter().map(|one| one.field).collect::<Vec<_>>()
    };
    let (old, new) = (&adopted["version"], &again["version"]);
    assert_eq!(differ(&mut ana, old, Some(new)), ["purposes"]);
    at(&mut ana, 50, back);
    assert!(told(&mut ana));
    assert_eq!(differ(&mut ana, new, None), ["purposes"]);
    assert!(
        differ(&mut ana, old, None).is_empty(),
        "they are what they were"
    );

    // What else is said in the network document is no matter of the charter.
    at(&mut ana, 60, adopt.clone());
    let field = NetworkField::ReviewDate;
    let value = Some("2093-01-01".to_owned());
    let dated = Command::NetworkSet {
        network,
        field,
        value,
    };
    at(&mut ana, 70, dated);
    let versions = ana.sees_network(&network).charter_versions.clone();
    assert!(!versions.changed && versions.current == versions.in_force);
}

#[test]
fn a_version_of_an_older_program_stands_and_says_nothing_of_purposes() {
    let mut ana = Person::new("Ana");
    let network = ana.founds("Le réseau");
    write(&mut ana, network, "Une personne, une voix.");
    let document = DocId::singleton(&network, DocKind::Charter);
    let heads = ana
        .replica
        .document(&network, &document)
        .unwrap()
        .get_heads();
    let mut heads: Vec<[u8; 32]> = heads.into_iter().map(|head| head.0).collect();
    heads.sort_unstable();
    let body = Body::Adopt { document, heads };
    ana.replica
        .say_on_command(&network, &body, &Moment::real())
        .unwrap();
    ana.replica.commit().unwrap();
    let text = "Produire".to_owned();
    ana.does(Command::PurposeAdd { network, text });
    let versions = ana.sees_network(&network).charter_versions.clone();
    let adopted = versions.adopted().unwrap();
    assert!(adopted.here && adopted.state == "in-force");
    assert!(!versions.changed && !versions.purposes_changed);
    assert_eq!(versions.current, versions.in_force);
    assert_eq!(
        versions.says.as_ref().unwrap().body.trim(),
        "Une personne, une voix."
    );
    assert!(
        ana.replica
            .charter_changes(&network, None, None, &Moment::real())
            .unwrap()
            .is_empty()
    );
}

#[test]
fn a_count_is_not_undone_and_nothing_before_it_either() {
    let mut ana = Person::new("Ana");
    let network = ana.founds("Le réseau");
    write(&mut ana, network, "Une personne, une voix.");
    let made = ana.does(Command::Decision(DecisionCommand::Create {
        network,
        title: "Ouvrir aux bénévoles ?".into(),
        meeting: None,
        template: Some("vote".into()),
        question: None,
    }));
    let decision: DocId = named(&made, "decision");
    let answer = Answer::Stance {
        stance: Stance::For,
        words: String::new(),
    };
    for command in [
        DecisionCommand::Start {
            network,
            decision,
            closes: None,
        },
        DecisionCommand::Cast {
            network,
            decision,
            answer,
        },
        DecisionCommand::End { network, decision },
        DecisionCommand::Count {
            network,
            decision,
            reason: None,
        },
    ] {
        ana.does(Command::Decision(command));
    }
    let counts = |ana: &mut Person| {
        let decisions = &ana.sees_network(&network).decisions.decisions;
        (decisions.len(), decisions[0].phase)
    };
    let counted = counts(&mut ana);
    for _ in 0..2 {
        let refused = ana.tries(Command::Undo { network }).unwrap_err();
        assert_eq!(refused.code, "stays-count");
    }
    assert_eq!(counts(&mut ana), counted);
    assert_eq!(charter(&mut ana, &network), "Une personne, une voix.");
    // What is done after it is undone as ever, down to it and no further.
    write(&mut ana, network, "Deux personnes, deux voix.");
    assert!(undoes(&mut ana, network)["undone"].as_u64() > Some(0));
    assert_eq!(charter(&mut ana, &network), "Une personne, une voix.");
    let refused = ana.tries(Command::Undo { network }).unwrap_err();
    assert_eq!(refused.code, "stays-count");
}
