//! T5 and T6: writing in another's name, and in what is another's.

use automerge::{ActorId, Automerge, Change, ROOT, transaction::Transactable};
use tresse_model::{DocId, DocKind, NetworkId};
use tresse_tests::{
    Crafted, Forger, Message, SealPart, WireBody, changes, clock, entries, one, patched, whole,
};
use tresse_trust::{DeviceKey, Incarnation, Seal, actor_id};

use super::{Village, names_the_hand};

/// One falsehood: what it is, where, how it is said, and what must be answered.
struct Attempt {
    what: &'static str,
    doc: DocId,
    message: Message,
    code: &'static str,
}

/// T5, T6.
#[test]
fn nothing_written_in_anothers_name_or_notebook_is_applied_and_the_hand_it_came_by_is_named() {
    let mut zoe = Crafted::named("Zoé");
    let mut village = Village::of(&mut [&mut zoe]);
    let mut call = zoe.calls(&village.ana.contact());
    let before = village.shows();
    let attempts = attempts(&zoe, &village);
    println!("{} attempts", attempts.len());
    for Attempt {
        what,
        doc,
        message,
        code,
    } in attempts
    {
        let since = village.ana.said();
        // What was refused before is spoken of again.
        let known = zoe.has(&village.id, &doc);
        let known = known.then(|| entries(zoe.copy(&village.id, &doc)));
        call.says(&clock(&village.id, &doc, known.unwrap_or_default(), false));
        call.says(&message);
        if code == "document-incomplete" {
            // Ana asks for everything once; she gets the same again.
            call.says(&message);
        }
        println!("{what}");
        call.hears_it_is_unwanted(&doc);
        names_the_hand(&mut village.ana, since, &zoe.device().to_string(), code);
    }
    call.hangs_up();
    village.shows_still(&before);

    // What Zoé writes honestly is taken after all that.
    let page = village.doc;
    zoe.writes(&village.id, &page, |page| {
        page.put(ROOT, "title", "Titre de Zoé").unwrap();
    });
    zoe.meets(&village.ana.contact());
    let (network, id) = (village.network.clone(), village.page.clone());
    for desk in [&mut village.ana, &mut village.bo] {
        desk.waits_until("the honest title", |desk| {
            let pages = desk.looks(&network, "pages")["pages"].clone();
            tresse_tests::find(&pages, &id)["title"] == "Titre de Zoé"
        });
    }
    village.closes();
}

fn attempts(zoe: &Crafted, village: &Village) -> Vec<Attempt> {
    let (network, doc) = (village.id, village.doc);
    let pen = zoe.forges(&network, &doc);
    let ana: tresse_model::DeviceId = village.ana.device.parse().unwrap();
    let anas = pen
        .copy()
        .seals()
        .find(|seal| *seal.device() == ana)
        .unwrap();
    let (ana_actor, ana_life) = (*anas.actor(), anas.incarnation());
    let anas = anas.bytes().to_vec();
    let title = |title: &'static str| {
        move |page: &mut automerge::transaction::Transaction<'_>| {
            page.put(ROOT, "title", title).unwrap();
        }
    };
    let mine = pen.writes(&pen.actor(), title("de Zoé"));
    let hers = pen.writes(&ana_actor, title("d'Ana, dit Zoé"));
    let sealed = pen.seals(&mine);
    let (charter, elsewhere) = (
        DocId::singleton(&network, DocKind::Charter),
        NetworkId::from_bytes([9; 20]),
    );
    let tip = |change: &Change| change.hash().0;
    let page = |what, change: &Change, seals: Vec<Vec<u8>>, code| Attempt {
        what,
        doc,
        message: one(&network, &doc, change, seals),
        code,
    };
    let unsealed = "document-unsealed";
    let mut attempts = vec![
        page("a change with no seal", &mine, vec![], unsealed),
        page("Ana's actor, no seal", &hers, vec![], unsealed),
        page(
            "Ana's actor, my seal",
            &hers,
            vec![pen.seals(&hers)],
            unsealed,
        ),
        page("my actor, Ana's seal", &mine, vec![anas.clone()], unsealed),
        page(
            "Ana's actor, Ana's seal of another change",
            &hers,
            vec![anas.clone()],
            unsealed,
        ),
        page(
            "Ana's seal, made to name my change",
            &hers,
            vec![patched(
                &patched(&anas, SealPart::Tip, &tip(&hers)),
                SealPart::Seq,
                &hers.seq().to_le_bytes(),
            )],
            unsealed,
        ),
        page(
            "my seal, made to name Ana's device and life",
            &hers,
            vec![patched(
                &patched(&pen.seals(&hers), SealPart::Device, ana.as_bytes()),
                SealPart::Incarnation,
                &ana_life.0.to_le_bytes(),
            )],
            unsealed,
        ),
        page(
            "a seal of another document",
            &mine,
            vec![pen.seals_as(&network, &charter, Crafted::life(), mine.seq(), &mine)],
            unsealed,
        ),
        page(
            "a seal of another network",
            &mine,
            vec![pen.seals_as(&elsewhere, &doc, Crafted::life(), mine.seq(), &mine)],
            unsealed,
        ),
        page(
            "a seal of another life",
            &mine,
            vec![pen.seals_as(&network, &doc, Incarnation(7), mine.seq(), &mine)],
            unsealed,
        ),
        page(
            "a seal of another life, made to name this one",
            &mine,
            vec![patched(
                &pen.seals_as(&network, &doc, Incarnation(7), mine.seq(), &mine),
                SealPart::Incarnation,
                &Crafted::life().0.to_le_bytes(),
            )],
            unsealed,
        ),
        page(
            "a seal of another number",
            &mine,
            vec![pen.seals_as(&network, &doc, Crafted::life(), mine.seq() + 1, &mine)],
            unsealed,
        ),
        page(
            "a seal of another number, made to name this one",
            &mine,
            vec![patched(
                &pen.seals_as(&network, &doc, Crafted::life(), mine.seq() + 1, &mine),
                SealPart::Seq,
                &mine.seq().to_le_bytes(),
            )],
            unsealed,
        ),
        page(
            "a seal ahead of the changes: it names one that does not come",
            &mine,
            vec![patched(&sealed, SealPart::Tip, &[3; 32])],
            unsealed,
        ),
        page(
            "half a seal",
            &mine,
            vec![sealed[..sealed.len() / 2].to_vec()],
            unsealed,
        ),
        page(
            "a signature of zeros",
            &mine,
            vec![patched(&sealed, SealPart::Signature, &[0; 64])],
            unsealed,
        ),
    ];
    attempts.push(by_a_stranger(&pen, network, doc));
    attempts.extend(beginnings(&pen, network, doc));
    attempts.extend(claims(&pen, &page, network, doc));
    attempts.extend(in_notebooks(zoe, village));
    attempts
}

/// Signed well, by somebody whom nobody let in.
fn by_a_stranger(pen: &Forger, network: NetworkId, doc: DocId) -> Attempt {
    let stranger = DeviceKey::from_seed([0x77; 32]);
    let life = Incarnation(0);
    let actor = actor_id(&network, &stranger.id(), &doc, life);
    let change = pen.writes(&actor, |page| page.put(ROOT, "title", "d'Eve").unwrap());
    let seal = Seal::sign(&stranger, &network, &doc, life, 1, change.hash().0);
    Attempt {
        what: "a stranger's change with a stranger's seal",
        doc,
        message: one(&network, &doc, &change, vec![seal.bytes().to_vec()]),
        code: "document-not-allowed",
    }
}

/// The beginning of a document needs no seal, because there is only one.
fn beginnings(pen: &Forger, network: NetworkId, doc: DocId) -> Vec<Attempt> {
    let genesis = tresse_model::GENESIS_ACTOR;
    let after = pen.writes(genesis, |page| {
        page.put(ROOT, "title", "au début").unwrap();
    });
    let before = Forger::alters(&after, |change| {
        change.deps.clear();
        change.seq = 1;
        change.start_op = std::num::NonZeroU64::MIN;
        for operation in &mut change.operations {
            operation.pred = Vec::new().into_iter().collect::<Vec<_>>().into();
        }
    });
    let attempt = |what, change: &Change| Attempt {
        what,
        doc,
        message: one(&network, &doc, change, vec![]),
        code: "document-unsealed",
    };
    vec![
        attempt("another beginning", &before),
        attempt("more of the beginning", &after),
    ]
}

/// Changes that say of themselves whose they are, or leave out what they rest on.
fn claims(
    pen: &Forger,
    page: &impl Fn(&'static str, &Change, Vec<Vec<u8>>, &'static str) -> Attempt,
    network: NetworkId,
    doc: DocId,
) -> Vec<Attempt> {
    let mine = pen.writes(&pen.actor(), |page| page.put(ROOT, "title", "x").unwrap());
    let footer = pen.claims(b"Ana", |page| page.put(ROOT, "title", "x").unwrap());
    let loose = Forger::alters(&mine, |change| {
        change.deps.push(automerge::ChangeHash([5; 32]));
    });
    let skips = Forger::alters(&mine, |change| change.seq += 1);
    let early = Forger::alters(&mine, |change| change.start_op = std::num::NonZeroU64::MIN);
    let nothing = Forger::alters(&mine, |change| change.seq = 0);
    let sealed = |change: &Change| vec![pen.seals(change)];
    let (malformed, incomplete) = ("document-malformed", "document-incomplete");
    let mut torn = mine.raw_bytes().to_vec();
    let middle = torn.len() / 2;
    torn[middle] ^= 1;
    vec![
        page("an author's footer", &footer, sealed(&footer), malformed),
        page("a dependency withheld", &loose, sealed(&loose), incomplete),
        page(
            "a place in the chain left out",
            &skips,
            sealed(&skips),
            incomplete,
        ),
        page(
            "numbers before those it rests on",
            &early,
            sealed(&early),
            malformed,
        ),
        page(
            "a place before the first",
            &nothing,
            sealed(&nothing),
            malformed,
        ),
        Attempt {
            what: "a change with one bit turned",
            doc,
            message: changes(&network, &doc, vec![], vec![torn], sealed(&mine)),
            code: malformed,
        },
        Attempt {
            what: "changes that do not count, not sealed",
            doc,
            message: Message::Changes {
                network: *network.as_bytes(),
                doc: doc.to_bytes(),
                heads: vec![mine.hash().0],
                body: WireBody::Changes(vec![]),
                aside: vec![mine.raw_bytes().to_vec()],
                seals: vec![],
            },
            code: "document-unsealed",
        },
        Attempt {
            what: "a whole document, not sealed",
            doc,
            message: whole(&network, &doc, vec![], pen.with(&mine).save(), vec![]),
            code: "document-unsealed",
        },
        Attempt {
            what: "a whole document cut in two",
            doc,
            message: whole(
                &network,
                &doc,
                vec![],
                pen.with(&mine).save().split_off(40),
                sealed(&mine),
            ),
            code: malformed,
        },
    ]
}

/// T6: a ballot lies in its voter's notebook.
fn in_notebooks(zoe: &Crafted, village: &Village) -> Vec<Attempt> {
    let network = village.id;
    let member = |device: &str| tresse_trust::member_id(&device.parse().unwrap());
    let anas = DocId::notebook(&network, &member(&village.ana.device));
    let pen = zoe.forges(&network, &anas);
    let ballot = pen.writes(&pen.actor(), |notebook| {
        notebook.put(ROOT, "ballot", "contre").unwrap();
    });
    let whose = pen.copy().seals().next().unwrap();
    let as_ana = pen.writes(whose.actor(), |notebook| {
        notebook.put(ROOT, "ballot", "contre").unwrap();
    });
    // A notebook that is nobody's.
    let mut bytes = anas.to_bytes();
    bytes[9] ^= 0xff;
    let nobodys = DocId::from_bytes(bytes);
    assert!(nobodys.is_personal());
    let life = Crafted::life();
    let mut free = tresse_model::genesis(DocKind::Notebook)
        .with_actor(actor_id(&network, &zoe.device(), &nobodys, life)[..].into());
    let mut transaction = free.transaction();
    transaction.put(ROOT, "ballot", "contre").unwrap();
    transaction.commit();
    let free = free.get_last_local_change().unwrap();
    let seal = pen.seals_as(&network, &nobodys, life, 1, &free);
    let attempt = |what, doc, change: &Change, seals, code| Attempt {
        what,
        doc,
        message: one(&network, &doc, change, seals),
        code,
    };
    vec![
        attempt(
            "a ballot in Ana's notebook, sealed by Zoé",
            anas,
            &ballot,
            vec![pen.seals(&ballot)],
            "document-not-allowed",
        ),
        attempt(
            "a ballot as Ana, sealed by Zoé",
            anas,
            &as_ana,
            vec![pen.seals(&as_ana)],
            "document-unsealed",
        ),
        attempt(
            "a ballot in a notebook that is nobody's",
            nobodys,
            &free,
            vec![seal],
            "document-not-allowed",
        ),
    ]
}

/// T5: not even of a kind that only a newer version knows does anybody write a beginning without answering for it.
#[test]
fn the_beginning_of_a_document_of_an_unknown_kind_needs_a_seal() {
    let mut zoe = Crafted::named("Zoé");
    let mut village = Village::of(&mut [&mut zoe]);
    let before = village.shows();
    let mut call = zoe.calls(&village.ana.contact());
    let mut name = [0; DocId::LEN];
    name[0] = 77;
    let doc = DocId::from_bytes(name);
    let genesis = ActorId::from(tresse_model::GENESIS_ACTOR);
    let mut free = Automerge::new().with_actor(genesis);
    let mut transaction = free.transaction();
    transaction.put(ROOT, "x", "anonyme").unwrap();
    transaction.commit();
    let change = free.get_last_local_change().unwrap();
    call.says(&one(&village.id, &doc, &change, vec![]));
    call.hears_where_it_stands(1);
    village.shows_still(&before);
    village.closes();
}
