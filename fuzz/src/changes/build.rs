//! Recipes: changes whose parts are well formed each by itself and put together in any way.
//!
//! Random bytes seldom make operations that refer to anything. Here every byte chooses among
//! what is there: who writes, after which changes, on which object, over which operations.

use std::{
    collections::BTreeMap,
    num::NonZeroU64,
    panic::{AssertUnwindSafe, catch_unwind},
};

use automerge::{
    ActorId, Change, ChangeHash, ExpandedChange, ObjType, ScalarValue,
    legacy::{ElementId, Key, MarkData, ObjectId, Op, OpId, OpType},
};
use tresse_model::NetworkId;
use tresse_sync::{Copy, Incoming, fuzzing};
use tresse_trust::actor_id;

use super::sealed;
use crate::{
    heap::show,
    people::{LIFE, key, page},
    reader::Reader,
};

/// The most changes in one message.
const CHANGES: usize = 8;
/// The most operations that can be referred to.
const OPERATIONS: usize = 200;

/// A change that others can come after.
struct Known {
    hash: ChangeHash,
    max_op: u64,
    /// How far each actor's chain goes up to here.
    chains: BTreeMap<ActorId, u64>,
}

struct Builder<'a> {
    copy: &'a Copy,
    network: NetworkId,
    known: Vec<Known>,
    operations: Vec<OpId>,
}

/// What the rest of the input makes.
pub(super) fn incoming(reader: &mut Reader<'_>, copy: &Copy, network: NetworkId) -> Incoming {
    let mut builder = Builder::new(copy, network);
    let (mut changes, mut aside, mut seals) = (Vec::new(), Vec::new(), Vec::new());
    while !reader.is_empty() && changes.len() + aside.len() < CHANGES {
        let how = reader.byte();
        let Some(change) = builder.change(how, reader) else {
            continue;
        };
        if how & 0x80 == 0 {
            let actor = change.actor_id().to_bytes();
            seals.extend(sealed(network, actor, change.seq(), change.hash().0));
        }
        let bytes = change.raw_bytes().to_vec();
        if how & 0x40 == 0 {
            changes.push(bytes);
        } else {
            aside.push(bytes);
        }
    }
    fuzzing::changes(changes, aside, seals)
}

impl<'a> Builder<'a> {
    fn new(copy: &'a Copy, network: NetworkId) -> Self {
        let mut builder = Self {
            copy,
            network,
            known: Vec::new(),
            operations: Vec::new(),
        };
        let shown = copy.doc().get_changes(&[]);
        for change in shown.iter().chain(copy.aside()) {
            builder.note(change);
        }
        builder
    }

    /// From now on, others can come after this change and refer to what is in it.
    fn note(&mut self, change: &Change) {
        let mut chains: BTreeMap<ActorId, u64> = BTreeMap::new();
        for dep in change.deps() {
            for known in self.known.iter().filter(|known| known.hash == *dep) {
                for (actor, seq) in &known.chains {
                    let longest = chains.entry(actor.clone()).or_default();
                    *longest = (*longest).max(*seq);
                }
            }
        }
        chains.insert(change.actor_id().clone(), change.seq());
        self.known.push(Known {
            hash: change.hash(),
            max_op: change.max_op(),
            chains,
        });
        let first = change.start_op().get();
        let ids = (first..=change.max_op()).map(|number| OpId::new(number, change.actor_id()));
        let room = OPERATIONS.saturating_sub(self.operations.len());
        self.operations.extend(ids.take(room.min(40)));
    }

    fn change(&mut self, how: u8, reader: &mut Reader<'_>) -> Option<Change> {
        let writer = if how & 0x23 == 0x23 { 5 } else { 1 + (how & 3) };
        let by = actor_id(&self.network, &key(writer).id(), &page(), LIFE);
        let actor = ActorId::from(&by[..]);
        let after = self.parents(how & 4 != 0, reader);
        let of = |known: &&Known| known.chains.get(&actor).copied().unwrap_or(0);
        let mut seq = 1 + after.iter().map(of).max().unwrap_or(0);
        let mut start = 1 + after.iter().map(|known| known.max_op).max().unwrap_or(0);
        if how & 8 != 0 {
            seq = seq.wrapping_add_signed(i64::from(reader.byte().cast_signed()));
        }
        if how & 16 != 0 {
            start = start.wrapping_add_signed(i64::from(reader.byte().cast_signed()));
        }
        let mut deps: Vec<ChangeHash> = after.iter().map(|known| known.hash).collect();
        deps.sort_unstable();
        let count = reader.byte() % 12;
        let mut operations = Vec::new();
        for _ in 0..count {
            operations.push(self.operation(reader));
            // What comes next in this change may refer to it.
            let id = OpId::new(start + operations.len() as u64 - 1, &actor);
            self.operations.push(id);
        }
        self.operations
            .truncate(self.operations.len() - usize::from(count));
        let change = ExpandedChange {
            operations,
            actor_id: actor,
            hash: None,
            seq,
            start_op: NonZeroU64::new(start)?,
            time: 0,
            message: None,
            deps,
            extra_bytes: Vec::new(),
            author: None,
        };
        show(&change);
        // Some cannot even be written.
        let change = catch_unwind(AssertUnwindSafe(|| Change::from(change))).ok()?;
        self.note(&change);
        Some(change)
    }

    /// Which changes it comes after: the last of this recipe, or all ends of what is shown, or some that are chosen.
    fn parents(&self, chosen: bool, reader: &mut Reader<'_>) -> Vec<&Known> {
        if chosen {
            let mut places: Vec<usize> = (0..=reader.byte() % 3)
                .filter_map(|_| usize::from(reader.byte()).checked_rem(self.known.len()))
                .collect();
            places.sort_unstable();
            places.dedup();
            return places.into_iter().map(|at| &self.known[at]).collect();
        }
        let last = self
            .known
            .last()
            .filter(|known| !self.copy.knows(&known.hash));
        let heads = self.copy.doc().get_heads();
        let ends = self
            .known
            .iter()
            .filter(|known| heads.contains(&known.hash));
        last.map_or_else(|| ends.collect(), |last| vec![last])
    }

    fn operation(&self, reader: &mut Reader<'_>) -> Op {
        let [what, obj, key, preds] = reader.array();
        let mut pred: Vec<OpId> = Vec::new();
        for _ in 0..preds % 4 {
            pred.extend(self.id(reader.byte()));
        }
        let obj = self.id(obj).map_or(ObjectId::Root, ObjectId::Id);
        Op {
            action: action(what & 0x7f),
            obj,
            key: self.key(key, preds >> 2),
            pred: pred.into(),
            insert: what & 0x80 != 0,
        }
    }

    /// An operation that is there, or one that is not, or none.
    fn id(&self, which: u8) -> Option<OpId> {
        match which {
            0 => None,
            255 => Some(OpId::new(77, &ActorId::from(&[9; 16][..]))),
            254 => Some(OpId::new(u64::from(u32::MAX), &ActorId::from(&[9; 16][..]))),
            _ => self.operations.get(usize::from(which) - 1).cloned(),
        }
    }

    fn key(&self, key: u8, kind: u8) -> Key {
        const WORDS: [&str; 8] = [
            "k", "list", "counter", "body", "title", "tags", "schema", "",
        ];
        if kind & 1 == 0 {
            return Key::Map(WORDS[usize::from(key % 8)].into());
        }
        Key::Seq(self.id(key).map_or(ElementId::Head, ElementId::Id))
    }
}

fn action(which: u8) -> OpType {
    let put = |value: ScalarValue| OpType::Put(value);
    match which % 16 {
        0 => put(ScalarValue::Str("a".into())),
        1 => put(ScalarValue::Null),
        2 => put(ScalarValue::counter(i64::MAX)),
        3 => put(ScalarValue::Int(-1)),
        4 => put(ScalarValue::F64(f64::NAN)),
        5 => put(ScalarValue::Bytes(vec![0; 3])),
        6 => OpType::Make(ObjType::Map),
        7 => OpType::Make(ObjType::List),
        8 => OpType::Make(ObjType::Text),
        9 => OpType::Make(ObjType::Table),
        10 => OpType::Delete,
        11 => OpType::Increment(i64::MAX),
        12 => OpType::MarkBegin(MarkData {
            name: "bold".into(),
            value: ScalarValue::Boolean(true),
            expand: which & 16 != 0,
        }),
        13 => OpType::MarkEnd(which & 16 != 0),
        14 => put(ScalarValue::Timestamp(i64::MIN)),
        _ => put(ScalarValue::Str("long ".repeat(80).as_str().into())),
    }
}

/// One honest change; two in a row by two persons; two branches of a fork.
pub(super) fn seeds() -> Vec<Vec<u8>> {
    const BUILT: u8 = 3 << 2;
    let put = |word: u8| [0, 0, word, 0];
    let one = |by: u8| [&[by, 1][..], &put(0)].concat();
    let mut seeds = Vec::new();
    for here in 1..4 {
        seeds.push([&[BUILT | here][..], &one(1)].concat());
        seeds.push([&[BUILT | here][..], &one(1), &one(2)].concat());
    }
    // Both after the last change that is known.
    let branch = |by: u8, word: u8| [&[4 | by, 0, 1, 1][..], &put(word)].concat();
    seeds.push([&[BUILT | 1][..], &branch(2, 0), &branch(2, 1)].concat());
    seeds
}
