//! T11: those who were put out, or left, and what comes of them afterwards.

use automerge::{ROOT, transaction::Transactable};
use serde_json::json;
use tresse_model::DocId;
use tresse_tests::{Crafted, Desk, Knock, Message, find, one, word};
use tresse_trust::{Body, Cuts};

use super::Village;

/// What both desks show as the page's title.
fn title(village: &mut Village) -> String {
    let pages = village.shows()["pages"].take();
    word(&find(&pages, &village.page)["title"])
}

/// Waits until both desks show that somebody is in no more.
fn waits_until_out(village: &mut Village, who: &str) {
    let network = village.network.clone();
    for desk in [&mut village.ana, &mut village.bo] {
        desk.waits_until("they are out", |desk| {
            !names(desk, &network).iter().any(|name| name == who)
        });
    }
}

pub(super) fn names(desk: &mut Desk, network: &str) -> Vec<String> {
    let members = desk.looks(network, "members")["members"].take();
    let members = members.as_array().unwrap().iter();
    members.map(|member| word(&member["name"])).collect()
}

/// Zoé and three whom the others trust.
fn people() -> [Crafted; 4] {
    ["Zoé", "Dan", "Éli", "Flo"].map(Crafted::named)
}

/// Dan, Éli and Flo, three of the five others, put Zoé out, in that order. Nobody has told Ana and Bo yet.
fn put_out(zoe: &Crafted, village: &Village, by: [&mut Crafted; 3]) {
    let id = village.id;
    let mut said = Vec::new();
    for one in by {
        for act in &said {
            one.is_told(&id, tresse_trust::VerifiedAct::clone(act));
        }
        said.push(one.removes(&id, &zoe.member()));
    }
}

/// T11: she writes on, and a friend who is still in brings it along.
#[test]
fn work_that_comes_too_late_is_kept_aside_and_shows_nowhere_until_a_member_builds_on_it() {
    let [mut zoe, mut dan, mut eli, mut flo] = people();
    let mut village = Village::of(&mut [&mut zoe, &mut dan, &mut eli, &mut flo]);
    let (id, doc) = (village.id, village.doc);
    zoe.meets(&village.ana.contact());
    zoe.writes(&id, &doc, |page| {
        page.put(ROOT, "title", "à temps").unwrap();
    });
    zoe.meets(&village.ana.contact());
    for other in [&mut dan, &mut eli, &mut flo] {
        other.meets(&village.ana.contact());
    }
    put_out(&zoe, &village, [&mut dan, &mut eli, &mut flo]);
    flo.meets(&village.ana.contact());
    waits_until_out(&mut village, "Zoé");
    assert_eq!(
        title(&mut village),
        "à temps",
        "what was seen in time stays"
    );
    let before = village.shows();

    // Nothing is served to her, and nothing tells her apart from a stranger.
    let contact = village.ana.contact();
    let stranger = Crafted::named("Eve").knocks(&contact, Knock::Greeting);
    assert_eq!(zoe.knocks(&contact, Knock::Greeting), stranger);
    assert!(stranger.frames.is_empty());
    let told = zoe.is_told_by(&contact);
    assert_eq!(
        (told.messages.len(), told.end.as_str()),
        (0, "nothing-shared")
    );

    // She writes on in an old document and in a new one; Dan, who is in, brings it to Ana as it is.
    zoe.writes(&id, &doc, |page| {
        page.put(ROOT, "title", "trop tard").unwrap();
    });
    let fresh = DocId::page([7; 16]);
    zoe.begins(&id, fresh);
    zoe.writes(&id, &fresh, |page| {
        page.put(ROOT, "title", "page tardive").unwrap();
    });
    dan.meets(&contact);
    let mut call = dan.calls(&contact);
    for late in [doc, fresh] {
        let pen = zoe.forges(&id, &late);
        let change = pen.document().get_last_local_change().unwrap();
        call.says(&one(&id, &late, &change, vec![pen.seals(&change)]));
    }
    call.hears_where_it_stands(2);
    call.hangs_up();
    village.is_equal();
    let mut after = village.shows();
    let network = village.network.clone();
    for desk in [&mut village.ana, &mut village.bo] {
        let pages = desk.looks(&network, "pages");
        assert!(!pages.to_string().contains("tardive"), "{pages:#}");
    }
    // (It is known, as the heads tell; it does not show.)
    assert_ne!(after["digest"], before["digest"]);
    for key in ["charter", "plan", "text", "members"] {
        assert_eq!(after[key].take(), before[key], "{key}");
    }
    assert_eq!(title(&mut village), "à temps");
    village.goes_on();

    // Éli takes it up: an honest member's sealed work rests on it, so it counts, at both.
    eli.meets(&contact);
    let actor = eli.actor(&id, &doc);
    let pen = zoe.forges(&id, &doc);
    let change = pen.writes(&actor, |page| {
        page.put(ROOT, "note", "je reprends").unwrap();
    });
    let seal = eli.forges(&id, &doc).seals(&change);
    let mut call = eli.calls(&contact);
    call.says(&one(&id, &doc, &change, vec![seal]));
    call.hears_where_it_stands(1);
    call.hangs_up();
    assert_eq!(title(&mut village), "trop tard");
    village.closes();
}

/// T11: she says that it was before, and lets in a friend by it.
#[test]
fn acts_dated_back_by_who_was_removed_let_nobody_in_and_take_nobody_out() {
    let [mut zoe, mut dan, mut eli, mut flo] = people();
    let mut village = Village::of(&mut [&mut zoe, &mut dan, &mut eli, &mut flo]);
    let id = village.id;
    for other in [&mut zoe, &mut dan, &mut eli, &mut flo] {
        other.meets(&village.ana.contact());
    }
    let then = zoe.newest(&id);
    put_out(&zoe, &village, [&mut dan, &mut eli, &mut flo]);
    flo.meets(&village.ana.contact());
    waits_until_out(&mut village, "Zoé");
    let before = village.shows();

    let mut gil = Crafted::named("Gil");
    let secret = tresse_trust::InviteSecret::from_seed([0x61; 32]);
    let ticket = tresse_trust::Ticket {
        network: id,
        secret,
        expires_ms: u64::MAX,
        contacts: vec![],
    };
    let invite = ticket.secret.key();
    let invited = zoe.says_after(
        &id,
        &then,
        &Body::Invite {
            invite,
            uses: 9,
            expires_ms: u64::MAX,
        },
    );
    let consent = gil.consents(&ticket);
    let admitted = zoe.says_after(&id, &[invited.id()], &Body::Admit { consent });
    let member = dan.member();
    let stay = zoe.membership(&id).member(&member).unwrap().act;
    let wishes = [
        Body::Remove {
            member,
            stay,
            cuts: Cuts::default(),
        },
        Body::Mandate {
            role: "pilot".into(),
            holder: zoe.member(),
            from_ms: 0,
            to_ms: None,
        },
        Body::Leave {
            cuts: zoe.cuts(&id, &[zoe.device()]),
        },
    ];
    let mut acts = vec![invited, admitted];
    acts.extend(wishes.iter().map(|wish| zoe.says_after(&id, &then, wish)));
    // A friend carries them about.
    for act in acts {
        dan.is_told(&id, act);
    }
    dan.meets(&village.ana.contact());
    let heard = {
        flo.meets(&village.bo.contact());
        flo.membership(&id)
    };
    assert_eq!(
        flo.acts(&id).digest(),
        dan.acts(&id).digest(),
        "all is known to all"
    );
    assert!(!heard.is_member_device(&zoe.device()));
    assert!(!heard.is_member_device(&gil.device()));
    assert!(heard.mandates().is_empty());
    assert_eq!(heard.late().len(), 5, "kept, as late");
    village.shows_still(&before);

    // Gil has the secret from Zoé, and the ticket: the door stays shut.
    zoe.betrays(&id, &mut gil);
    for contact in [village.ana.contact(), village.bo.contact()] {
        let told = gil.clone().is_told_by(&contact);
        assert!(!told.of_documents(), "{told:?}");
        let mut fresh = Crafted::named("Gil");
        let overheard = fresh.knocks(&contact, Knock::Ticket(Box::new(ticket.clone())));
        assert_eq!(overheard, fresh.knocks(&contact, Knock::Greeting));
        assert!(overheard.frames.is_empty());
    }
    village.shows_still(&before);
    village.closes();
}

/// T11, of a device: the stolen machine of somebody who stays.
#[test]
fn a_machine_declared_stolen_is_served_nothing_and_its_later_work_counts_nowhere() {
    let mut hal = Crafted::named("Hal");
    let mut village = Village::of(&mut [&mut hal]);
    let id = village.id;
    hal.meets(&village.ana.contact());
    let notebook = DocId::notebook(&id, &hal.member());
    hal.begins(&id, notebook);
    hal.writes(&id, &notebook, |mine| {
        mine.put(ROOT, "brings", "du bureau").unwrap();
    });
    hal.meets(&village.ana.contact());

    // The second machine writes in the same notebook.
    let mut laptop = hal.links(&id, "le portable de Hal");
    hal.meets(&village.ana.contact());
    laptop.meets(&village.bo.contact());
    laptop.writes(&id, &notebook, |mine| {
        mine.put(ROOT, "brings", "du portable").unwrap();
    });
    laptop.meets(&village.bo.contact());
    let network = village.network.clone();
    let brings = |village: &mut Village| {
        let members = village.shows()["members"].take();
        let members = members.as_array().unwrap().clone();
        let hal = members.into_iter().find(|member| member["name"] == "Hal");
        word(&hal.unwrap()["brings"])
    };
    let says =
        |desk: &mut Desk, words: &str| desk.looks(&network, "members").to_string().contains(words);
    village
        .ana
        .waits_until("the second machine's words", |ana| says(ana, "du portable"));
    assert_eq!(brings(&mut village), "du portable");

    // The desktop is stolen.
    let device = hal.device();
    let cuts = laptop.cuts(&id, &[device]);
    laptop.says(&id, &Body::Revoke { device, cuts });
    laptop.meets(&village.ana.contact());
    village.is_equal();
    let told = hal.is_told_by(&village.ana.contact());
    assert_eq!(
        (told.messages.len(), told.end.as_str()),
        (0, "nothing-shared")
    );
    let deadline = std::time::Instant::now() + tresse_tests::PATIENCE;
    while !hal.is_told_by(&village.bo.contact()).messages.is_empty() {
        assert!(
            std::time::Instant::now() < deadline,
            "Bo does not hear of it"
        );
    }
    let before = village.shows();
    hal.writes(&id, &notebook, |mine| {
        mine.put(ROOT, "brings", "du voleur").unwrap();
    });
    let pen = hal.forges(&id, &notebook);
    let change = pen.document().get_last_local_change().unwrap();
    let mut call = laptop.calls(&village.ana.contact());
    call.says(&one(&id, &notebook, &change, vec![pen.seals(&change)]));
    call.hears_where_it_stands(1);
    call.hangs_up();
    village.is_equal();
    let mut after = village.shows();
    after["digest"] = before["digest"].clone();
    assert_eq!(after, before, "it is kept aside");
    assert_eq!(brings(&mut village), "du portable");
    village.closes();
}

/// T11: the secret of a network does not change when somebody is put out. A new key of theirs is not told who is in, with
/// which devices, under which names, for all that.
#[test]
fn a_new_key_with_an_old_members_secret_is_told_no_acts() {
    let (mut zoe, mut dan) = (Crafted::named("Zoé"), Crafted::named("Dan"));
    let mut village = Village::of(&mut [&mut zoe, &mut dan]);
    let id = village.id;
    let mut eve = Crafted::named("Eve");
    zoe.betrays(&id, &mut eve);
    let made = village.ana.does(
        &json!({ "command": "invite.create", "network": village.network,
        "uses": 1, "expires_in": 3600 }),
    );
    drop(made);
    let told = eve.is_told_by(&village.ana.contact());
    let acts = |message: &Message| matches!(message, Message::Acts { .. });
    assert!(!told.messages.iter().any(acts), "{told:?}");
    village.closes();
}
