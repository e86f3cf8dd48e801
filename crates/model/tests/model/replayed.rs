//! Work carried over after a fork, with dice.

use std::collections::HashMap;

use automerge::{Automerge, ChangeHash, transaction::Transactable};
use proptest::prelude::*;
use tresse_model::{
    DocKind, apply, body_text, changes, genesis, load, read_charter, read_decision, read_meeting,
    read_network, read_notebook, read_page, read_plan, read_resources, read_watch, replay, undo,
};

use crate::{
    odd::{scribble, writes},
    replay::{XAVIER, by, carry, fallen, rebuilt},
    support::{Dice, actor, dice, edit_of, kinds, type_at},
};

/// A page and those who write in it, each character theirs alone and typed once.
#[derive(Default)]
struct Village {
    docs: Vec<Automerge>,
    author: HashMap<char, usize>,
    /// What was typed in one go.
    runs: Vec<String>,
}

#[derive(Debug, Clone)]
enum Step {
    Type(usize, u16, u8, u8),
    Meet(usize, usize),
}

fn steps(who: std::ops::Range<usize>, most: usize) -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        4 => (who.clone(), any::<u16>(), 0..4u8, 0..4u8)
            .prop_map(|(n, at, delete, len)| Step::Type(n, at, delete, len)),
        2 => (who.clone(), who).prop_map(|(a, b)| Step::Meet(a, b)),
    ];
    proptest::collection::vec(step, 0..most)
}

impl Village {
    fn take(&mut self, steps: &[Step]) {
        for step in steps {
            match *step {
                Step::Type(n, at, delete, len) => self.write(n, at, delete, len),
                Step::Meet(a, b) if a != b => self.meet(a, b),
                Step::Meet(..) => {}
            }
        }
    }

    fn write(&mut self, n: usize, at: u16, delete: u8, len: u8) {
        let there = body_text(&self.docs[n]).chars().count();
        let at = usize::from(at) % (there + 1);
        let delete = usize::from(delete).min(there - at);
        let first = 0x4e00 + self.author.len() as u32;
        let word: String = (first..first + u32::from(len))
            .filter_map(char::from_u32)
            .collect();
        self.author.extend(word.chars().map(|char| (char, n)));
        apply(&mut self.docs[n], &type_at(at, delete, &word), 1).unwrap();
        self.runs.push(word);
    }

    fn meet(&mut self, a: usize, b: usize) {
        let mut other = self.docs[b].clone();
        self.docs[a].merge(&mut other).unwrap();
    }
}

const ANA: usize = 0;
const BO: usize = 1;
const LOST: usize = 2;
const CARL: usize = 3;
const CHOSEN: usize = 4;

/// Who falls with Xavier's first branch, and who keeps to his second.
fn village(before: &[Step], lost: &[Step], chosen: &[Step]) -> Village {
    let mut village = Village::default();
    let doc = |n| genesis(DocKind::Page).with_actor(actor(n));
    village.docs = [1, 2, XAVIER, 4].map(doc).into();
    village.take(before);
    let twin = village.docs[LOST].clone();
    village.docs.push(twin);
    village.write(LOST, 3, 1, 2);
    village.write(CHOSEN, 5, 0, 2);
    village.take(lost);
    for (a, b) in [(ANA, BO), (ANA, LOST)] {
        village.meet(a, b);
    }
    let shifted: Vec<Step> = chosen
        .iter()
        .map(|step| match *step {
            Step::Type(n, at, delete, len) => Step::Type(CARL + n, at, delete, len),
            Step::Meet(a, b) => Step::Meet(CARL + a, CARL + b),
        })
        .collect();
    village.take(&shifted);
    village.meet(CHOSEN, CARL);
    village
}

fn kept(text: &str, among: &str) -> String {
    text.chars().filter(|char| among.contains(*char)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn every_honest_word_comes_back_once_and_in_its_place(
        before in steps(0..4, 30),
        lost in steps(0..3, 30),
        chosen in steps(0..2, 15),
        bo_first in any::<bool>(),
    ) {
        let village = village(&before, &lost, &chosen);
        let old = village.docs[ANA].clone();
        let mut base = village.docs[CHOSEN].clone();
        let fallen = fallen(&old, &base);
        let new = rebuilt(&old, &mut base);
        let mut order = [(ANA, by(&old, &fallen, 1)), (BO, by(&old, &fallen, 2))];
        if bo_first {
            order.reverse();
        }
        let mut done = new.clone();
        for (n, which) in &order {
            carry(&old, which, &mut done, *n as u8);
        }
        let (was, base, is) = (body_text(&old), body_text(&new), body_text(&done));
        let everything: String = {
            let all = old.get_changes(&[]);
            let fell: Vec<_> = all.iter().filter(|change| fallen.contains(&change.hash())).collect();
            fell.iter().flat_map(|change| change.decode().operations)
                .filter_map(|op| op.primitive_value()?.as_str().map(str::to_owned))
                .collect()
        };
        // Each one's visible words that fell are there, once; nothing that fell is but these.
        for char in is.chars() {
            prop_assert_eq!(is.chars().filter(|other| *other == char).count(), 1);
        }
        for char in was.chars() {
            let fell = everything.contains(char);
            let honest = village.author[&char] != LOST;
            let there = if fell { honest } else { base.contains(char) };
            prop_assert_eq!(is.contains(char), there, "{} {} {} {}", char, was, base, is);
        }
        for char in everything.chars().filter(|char| !was.contains(*char)) {
            prop_assert!(!is.contains(char));
        }
        // All that shows in both stands in the same order in both.
        prop_assert_eq!(kept(&is, &was), kept(&was, &is));
        prop_assert_eq!(kept(&is, &base), kept(&base, &is));

        // And where both carry over at once.
        let mut together = new.clone();
        for (n, which) in &order {
            let mut alone = new.clone();
            carry(&old, which, &mut alone, *n as u8);
            together.merge(&mut alone).unwrap();
        }
        let text = body_text(&together);
        let sorted = |text: &str| {
            let mut chars: Vec<char> = text.chars().collect();
            chars.sort_unstable();
            chars
        };
        prop_assert_eq!(sorted(&text), sorted(&is));
        for run in &village.runs {
            prop_assert_eq!(kept(&text, run), kept(run, &text));
        }
        for (n, which) in &order {
            prop_assert!(!carry(&old, which, &mut together, *n as u8).changed);
        }
    }

    #[test]
    fn when_the_branches_differ_in_nothing_that_shows_all_is_as_it_was(
        kind in kinds(),
        before in throws(8),
        after in throws(30),
        order in Just([1u8, 2, XAVIER]).prop_shuffle(),
    ) {
        let mut docs = [1, 2, XAVIER].map(|n| genesis(kind).with_actor(actor(n)));
        throw_all(&mut docs, kind, &before);
        let mut chosen = docs[2].clone();
        for (doc, value) in [(&mut docs[2], 1), (&mut chosen, 2)] {
            let mut tx = doc.transaction();
            tx.put(automerge::ROOT, "of no account", value).unwrap();
            tx.commit();
        }
        let root = docs[2].get_heads();
        for n in 0..2 {
            meet(&mut docs, n, 2);
        }
        throw_all(&mut docs, kind, &after);
        meet(&mut docs, 0, 1);
        meet(&mut docs, 0, 2);
        let old = docs[0].clone();
        let fallen: Vec<ChangeHash> = fallen(&old, &chosen)
            .into_iter()
            .filter(|hash| !root.contains(hash))
            .collect();
        let new = rebuilt(&old, &mut chosen);

        let mut at_once = new.clone();
        carry(&old, &fallen, &mut at_once, 1);
        prop_assert_eq!(plain(&at_once), plain(&old));
        let mut each = new;
        // Twice round: what belongs in an item that comes later has to wait for it.
        for n in order.into_iter().chain(order) {
            carry(&old, &by(&old, &fallen, n), &mut each, n);
        }
        prop_assert_eq!(plain(&each), plain(&old));
        let opened = load(&each.save()).unwrap();
        prop_assert_eq!(plain(&opened), plain(&each));
    }

    #[test]
    fn any_two_documents_are_carried_over_without_a_panic(
        of in kinds(),
        base in writes(),
        old_writes in proptest::collection::vec(writes(), 1..4),
        new_writes in proptest::collection::vec(writes(), 0..3),
        throws in proptest::collection::vec(dice(), 0..6),
        shares in any::<bool>(),
        pick in any::<u8>(),
    ) {
        let mut old = genesis(of).with_actor(actor(1));
        if shares {
            scribble(&mut old, &base);
        }
        let mut new = old.clone();
        if !shares {
            scribble(&mut old, &base);
        }
        for (n, writes) in old_writes.iter().enumerate() {
            let mut other = old.fork().with_actor(actor(n as u8 + 1));
            scribble(&mut other, writes);
            old.merge(&mut other).unwrap();
        }
        for throw in &throws {
            let edit = edit_of(&old, of, 1, throw);
            drop(apply(&mut old, &edit, 1));
        }
        for writes in &new_writes {
            scribble(&mut new, writes);
        }
        let which: Vec<ChangeHash> = changes(&old)
            .iter()
            .enumerate()
            .filter(|(at, _)| pick >> (at % 8) & 1 == 0)
            .map(|(_, change)| change.hash)
            .collect();
        if tresse_model::access(&new) != tresse_model::Access::Editable {
            prop_assert!(replay(&old, &which, &mut new, 1).is_err());
            return Ok(());
        }
        new.set_actor(actor(50));
        match replay(&old, &which, &mut new, 1) {
            Ok(done) => {
                if tresse_model::access(&new) == tresse_model::Access::Editable {
                    let mut again = load(&new.save()).unwrap().with_actor(actor(51));
                    let more = replay(&old, &which, &mut again, 1).unwrap();
                    prop_assert!(!more.changed);
                    undo(&mut new, &done.undo, 1).unwrap();
                }
            }
            Err(error) => prop_assert!(false, "{}", error),
        }
    }
}

type Throws = Vec<(usize, Option<usize>, Dice)>;

fn throws(most: usize) -> impl Strategy<Value = Throws> {
    let throw = (
        0..3usize,
        proptest::option::weighted(0.3, 0..3usize),
        dice(),
    );
    proptest::collection::vec(throw, 0..most)
}

fn throw_all(docs: &mut [Automerge], kind: DocKind, throws: &Throws) {
    for (n, other, dice) in throws {
        if let Some(other) = other.filter(|other| other != n) {
            meet(docs, *n, other);
        } else {
            let edit = edit_of(&docs[*n], kind, *n as u8 + 1, dice);
            drop(apply(&mut docs[*n], &edit, 1));
        }
    }
}

fn meet(docs: &mut [Automerge], a: usize, b: usize) {
    let mut other = docs[b].clone();
    docs[a].merge(&mut other).unwrap();
}

/// What the document says, without conflicts: of those that fell, only what showed comes back.
fn plain(doc: &Automerge) -> String {
    let told = match tresse_model::kind(doc) {
        Some(DocKind::Network) => format!("{:#?}", read_network(doc, &())),
        Some(DocKind::Charter) => format!("{:#?}", read_charter(doc, &())),
        Some(DocKind::Plan) => format!("{:#?}", read_plan(doc, &())),
        Some(DocKind::Page) => format!("{:#?}", read_page(doc, &())),
        Some(DocKind::Notebook) => format!("{:#?}", read_notebook(doc, &())),
        Some(DocKind::Meeting) => format!("{:#?}", read_meeting(doc, &())),
        Some(DocKind::Decision) => format!("{:#?}", read_decision(doc, &())),
        Some(DocKind::Watch) => format!("{:#?}", read_watch(doc, &())),
        Some(DocKind::Resources) => format!("{:#?}", read_resources(doc, &())),
        None => String::new(),
    };
    let mut lines = told.lines();
    let mut plain = String::new();
    while let Some(line) = lines.next() {
        if line.trim_start().starts_with("conflicts: [") && !line.ends_with("],") {
            let indent = line.len() - line.trim_start().len();
            let end = format!("{}],", " ".repeat(indent));
            lines.by_ref().find(|line| *line == end);
        } else if !line.trim_start().starts_with("conflicts: [") {
            plain.push_str(line);
            plain.push('\n');
        }
    }
    plain
}
