//! The copies that changes come to, made once.

use automerge::{
    ActorId, Automerge, ObjType, ROOT, ReadDoc, TextEncoding,
    marks::{ExpandMark, Mark},
    transaction::{Transactable, Transaction},
};
use tresse_model::{DocKind, Edit, NetworkId, PageField, apply, genesis};
use tresse_sync::{Copy, fuzzing};
use tresse_trust::{Membership, actor_id};

use super::seal_of;
use crate::people::{LIFE, key, members, page};

/// One page at four moments.
pub(super) struct Here {
    pub(super) network: NetworkId,
    pub(super) members: Membership,
    /// Of which nothing is known; by one person; by two; by four, with a branch of a fork aside.
    pub(super) copies: [Copy; 4],
}

thread_local! {
    static HERE: Here = Here::new();
}

pub(super) fn with<T>(act: impl FnOnce(&Here) -> T) -> T {
    HERE.with(act)
}

impl Here {
    fn new() -> Self {
        let (network, members) = members();
        let empty = Automerge::new_with_encoding(TextEncoding::UnicodeCodePoint);
        let nothing = Copy::new(network, page(), empty);
        let one = by(network, &genesis(DocKind::Page), 1, all_kinds);
        let two = by(network, &one, 2, |doc| put(doc, "deux"));
        let other = by(network, &one, 2, |doc| put(doc, "two"));
        let three = by(network, &by(network, &two, 3, words), 4, words);
        let mut copies = [nothing.clone(), nothing.clone(), nothing.clone(), nothing];
        for (copy, docs) in copies[1..]
            .iter_mut()
            .zip([&[&one][..], &[&two], &[&three, &other]])
        {
            for doc in docs {
                let changes = doc.get_changes(&[]);
                let seals = changes.iter().filter_map(|change| seal_of(change, network));
                let incoming = fuzzing::whole(doc.save(), Vec::new(), seals.collect());
                let verified = copy.verify(&incoming, &members).expect("honest");
                copy.take(verified).expect("verified");
            }
        }
        assert_eq!(copies[3].aside().len(), 1, "the branch that fewer built on");
        for copy in &copies[1..] {
            assert_eq!(copy.prove(&members), Ok(()));
        }
        Self {
            network,
            members,
            copies,
        }
    }
}

fn by(network: NetworkId, doc: &Automerge, seed: u8, edit: fn(&mut Automerge)) -> Automerge {
    let actor = actor_id(&network, &key(seed).id(), &page(), LIFE);
    let mut doc = doc.fork().with_actor(ActorId::from(&actor[..]));
    edit(&mut doc);
    doc
}

/// Something of every kind that Automerge has.
fn all_kinds(doc: &mut Automerge) {
    let title = Edit::SetPage {
        field: PageField::Title,
        value: Some("Trace du 3 mars".to_owned()),
    };
    apply(doc, &title, 0).expect("an edit");
    change(doc, |it| {
        let (_, body) = it.get(ROOT, "body")?.expect("of every page");
        it.splice_text(&body, 0, 0, "bonjour à toutes et tous 🙂")?;
        it.mark(
            &body,
            Mark::new("bold".to_owned(), true, 2, 9),
            ExpandMark::Both,
        )?;
        let list = it.put_object(ROOT, "list", ObjType::List)?;
        for number in 0..5 {
            it.insert(&list, 0, number)?;
        }
        it.insert_object(&list, 2, ObjType::Map)?;
        it.delete(&list, 1)?;
        it.put(ROOT, "counter", automerge::ScalarValue::counter(4))?;
        it.increment(ROOT, "counter", 3)
    });
}

fn put(doc: &mut Automerge, word: &str) {
    change(doc, |it| it.put(ROOT, "k", word));
}

fn words(doc: &mut Automerge) {
    change(doc, |it| {
        let (_, body) = it.get(ROOT, "body")?.expect("of every page");
        it.splice_text(&body, 3, 2, &"et encore ".repeat(40))?;
        it.increment(ROOT, "counter", 1)?;
        it.put(ROOT, "k", "k")
    });
}

fn change(
    doc: &mut Automerge,
    edit: impl FnOnce(&mut Transaction<'_>) -> Result<(), automerge::AutomergeError>,
) {
    let mut transaction = doc.transaction();
    edit(&mut transaction).expect("an edit");
    transaction.commit();
}
