//! T11, T12 and T13 in acts: what the removed, the founder alone, and those with two tongues say.

use tresse_model::MemberId;
use tresse_tests::{Crafted, Message, word};
use tresse_trust::{Body, Cuts, Quorum, Rules};

use super::{Village, two_profiles};

/// A village that somebody made by hand has founded.
pub(super) fn founded_by(founder: &mut Crafted, others: &mut [&mut Crafted]) -> Village {
    let [ana, bo] = two_profiles();
    let network = founder.founds("Les bords du fleuve");
    let ticket = founder.invites(&network, u64::MAX, u64::MAX);
    let host = founder.clone();
    founder.hosts(|contact| {
        let ticket = host.names_itself(ticket, contact);
        assert_eq!(ana.joins(&ticket.to_string()), network.to_string());
    });
    let network = network.to_string();
    let page = ana.writes_page(&network, "Carnet", "Début.\n");
    Village::at_home(ana, bo, network, page, others)
}

/// Everybody's names at both desks.
fn members(village: &mut Village) -> Vec<String> {
    let shown = village.shows()["members"].take();
    let shown = shown.as_array().unwrap().iter();
    shown.map(|member| word(&member["name"])).collect()
}

fn member_of(desk: &str) -> MemberId {
    tresse_trust::member_id(&desk.parse().unwrap())
}

/// What everybody holds of acts is the same; a cheat's own word of it is no measure, so an honest
/// newcomer asks.
fn hears_all(village: &Village, newcomer: &mut Crafted) -> tresse_trust::Membership {
    newcomer.meets(&village.bo.contact());
    newcomer.membership(&village.id)
}

/// T13: whoever founded it is one member among the others.
#[test]
fn a_founder_alone_removes_nobody_changes_no_rule_and_takes_nobodys_place() {
    let (mut fay, mut dan) = (Crafted::named("Fay"), Crafted::named("Dan"));
    let mut village = founded_by(&mut fay, &mut [&mut dan]);
    let id = village.id;
    fay.meets(&village.ana.contact());
    let before = village.shows();
    let rules = *fay.membership(&id).rules();
    let ana = member_of(&village.ana.device);
    let stay = fay.membership(&id).member(&ana).unwrap().act;

    // Three times over, since thresholds count persons.
    for _ in 0..3 {
        fay.removes(&id, &ana);
    }
    let own = Rules {
        removal: Quorum::Count(1),
        change: Quorum::Count(1),
        ..rules
    };
    let base = fay.membership(&id).rules_set_by().unwrap();
    fay.says(&id, &Body::ChangeRules { base, rules: own });
    let mut device = Crafted::named("la nouvelle machine d'Ana, dit Fay");
    let consent = device.offers_itself(&id, ana);
    fay.says(
        &id,
        &Body::Link {
            consent: consent.clone(),
        },
    );
    fay.says(
        &id,
        &Body::Readmit {
            member: ana,
            stay,
            consent,
            cuts: Cuts::default(),
        },
    );
    fay.says(
        &id,
        &Body::Revoke {
            device: village.ana.device.parse().unwrap(),
            cuts: Cuts::default(),
        },
    );
    // With two machines it is still one person.
    let mut laptop = fay.links(&id, "le portable de Fay");
    laptop.removes(&id, &ana);
    laptop.says(&id, &Body::ChangeRules { base, rules: own });
    laptop.meets(&village.ana.contact());
    laptop.meets(&village.bo.contact());

    let heard = hears_all(&village, &mut dan);
    assert!(heard.is_member_device(&village.ana.device.parse().unwrap()));
    assert!(!heard.is_member_device(&device.device()));
    assert_eq!(heard.rules(), &rules);
    assert_eq!(heard.removals().len(), 1, "one wish, open");
    let mut after = village.shows();
    let linked = after["members"].as_array_mut().unwrap();
    let fays = linked
        .iter_mut()
        .find(|member| member["name"] == "Fay")
        .unwrap();
    assert_eq!(fays["devices"].as_array().map(Vec::len), Some(2));
    fays["devices"]
        .as_array_mut()
        .unwrap()
        .retain(|one| *one == fay.device().to_string());
    assert_eq!(after, before);

    // The machine that Fay would have given Ana is a stranger to everybody.
    fay.betrays(&id, &mut device);
    let told = device.is_told_by(&village.bo.contact());
    assert!(!told.of_documents(), "{told:?}");
    assert_eq!(told.end, "finished");
    village.closes();
}

/// T12: one device, two tongues.
#[test]
fn two_words_of_one_device_that_do_not_know_of_each_other_are_known_to_all_as_a_double_tongue() {
    let (mut zoe, mut dan) = (Crafted::named("Zoé"), Crafted::named("Dan"));
    let mut village = Village::of(&mut [&mut zoe, &mut dan]);
    let id = village.id;
    zoe.meets(&village.ana.contact());
    village.parts();
    let mut twin = zoe.clone();
    let [ana, bo] = [&village.ana, &village.bo].map(|desk| member_of(&desk.device));
    zoe.removes(&id, &ana);
    twin.removes(&id, &bo);
    zoe.meets(&village.ana.contact());
    twin.meets(&village.bo.contact());
    village.meets();
    let names = members(&mut village);
    assert_eq!(names, ["Ana", "Bo", "Dan", "Zoé"]);
    let heard = hears_all(&village, &mut dan);
    let [double] = heard.equivocations() else {
        panic!("{:?}", heard.equivocations());
    };
    assert_eq!(double.device, zoe.device());
    let mut elsewhere = dan.clone();
    elsewhere.meets(&village.ana.contact());
    assert_eq!(elsewhere.acts(&id).digest(), dan.acts(&id).digest());
    village.closes();
}

/// T5, T9: acts that nobody may say, by members and by others, among them acts that come after none that
/// is known, are kept from having any effect.
#[test]
fn acts_against_the_rules_or_after_nothing_known_change_nothing_for_anybody() {
    let (mut zoe, mut dan) = (Crafted::named("Zoé"), Crafted::named("Dan"));
    let mut village = Village::of(&mut [&mut zoe, &mut dan]);
    let id = village.id;
    let mut call = zoe.calls(&village.ana.contact());
    let stood = zoe.acts(&id).digest();
    let before = village.shows();
    let ana = member_of(&village.ana.device);
    let known = zoe.newest(&id);
    let mut eve = Crafted::named("Eve");
    zoe.betrays(&id, &mut eve);

    // By somebody who is in nowhere: everything she likes.
    let stay = zoe.membership(&id).member(&ana).unwrap().act;
    let cuts = Cuts::default;
    let wishes = [
        Body::Leave { cuts: cuts() },
        Body::Remove {
            member: ana,
            stay,
            cuts: cuts(),
        },
        Body::Revoke {
            device: village.ana.device.parse().unwrap(),
            cuts: cuts(),
        },
        Body::Mandate {
            role: "pilot".into(),
            holder: eve.member(),
            from_ms: 0,
            to_ms: None,
        },
        Body::Link {
            consent: eve.offers_itself(&id, ana),
        },
    ];
    for wish in &wishes {
        let act = eve.says_after(&id, &known, wish);
        zoe.is_told(&id, act);
    }
    // By a member, for a time of which nobody knows; far in the future; in a ring of two (which needs a
    // hash before it exists, so each names what is not there).
    let unknown = tresse_trust::ActId::from_bytes([0xee; 32]);
    for wish in &wishes {
        zoe.says_after(&id, &[unknown], wish);
    }
    // A member herself: what is another's to say.
    for wish in &wishes[1..3] {
        zoe.says(&id, wish);
    }
    // Somebody let in by an invitation that was never made, and by one that is closed.
    let ticket = eve.invites(&id, u64::MAX, u64::MAX);
    let consent = eve.consents(&ticket);
    zoe.says_after(&id, &known, &Body::Admit { consent });
    let ticket = zoe.invites(&id, u64::MAX, u64::MAX);
    let invite = ticket.secret.key();
    zoe.says(&id, &Body::RevokeInvite { invite });
    let consent = eve.consents(&ticket);
    zoe.says(&id, &Body::Admit { consent });
    let acts = zoe.acts(&id).iter().map(|act| act.bytes().to_vec());
    call.says(&Message::Acts {
        network: *id.as_bytes(),
        acts: acts.collect(),
    });
    // Those that somebody may have said before they were put out are kept; the others are nowhere.
    call.hears(
        "it takes some",
        |message| matches!(message, Message::Digest { acts, .. } if *acts != stood),
    );
    call.hangs_up();

    let heard = hears_all(&village, &mut dan);
    assert!(!heard.is_member_device(&eve.device()));
    assert!(heard.mandates().is_empty());
    village.shows_still(&before);
    village.closes();
}

/// T9: whoever has the secret of a network, under a new key, has nothing kept by anybody.
#[test]
fn acts_of_somebody_who_was_never_in_are_not_kept() {
    let (mut zoe, mut dan) = (Crafted::named("Zoé"), Crafted::named("Dan"));
    let village = Village::of(&mut [&mut zoe, &mut dan]);
    let id = village.id;
    zoe.meets(&village.ana.contact());
    let mut eve = Crafted::named("Eve");
    zoe.betrays(&id, &mut eve);
    let after = zoe.newest(&id);
    let holder = zoe.member();
    for number in 0..100 {
        let role = format!("rôle {number}");
        let body = Body::Mandate {
            role,
            holder,
            from_ms: 0,
            to_ms: None,
        };
        eve.says_after(&id, &after, &body);
    }
    let told = eve.is_told_by(&village.ana.contact());
    assert!(!told.of_documents());
    dan.meets(&village.bo.contact());
    assert!(
        dan.acts(&id).len() < 50,
        "{} acts are kept",
        dan.acts(&id).len()
    );
    village.closes();
}
