//! A long page typed, as the engine does it: each keystroke an edit of the model and one change; at each
//! commit one seal on the chain so far, and one batch in the encrypted store. The twin does the same without seals.
//!
//! The engine commits once for whatever has come in: each keystroke alone when somebody types, many together when
//! it has fallen behind. Both are measured: a commit for each burst, for the whole page; and one for each keystroke, for its
//! beginning.

use std::time::Duration;

use automerge::{ActorId, Change, ChangeHash};
use tresse_model::{DocId, DocKind, Edit, NetworkId, genesis};
use tresse_store::{Batch, Covers, NewChange, Store, StoreError, vault::DatabaseKey};
use tresse_sync::Copy;
use tresse_trust::{DeviceKey, Incarnation, actor_id};

use crate::{
    Anyhow, Asked,
    figure::Figure,
    table::Table,
    trace::{self, Burst},
    twins::{Twins, timed},
};

const LIFE: Incarnation = Incarnation(1);
const WITHOUT: &str = "without seals";

/// Measures both.
pub(crate) fn bench(asked: &Asked, table: &mut Table) -> Anyhow<()> {
    let page = trace::page(asked)?;
    let burst = compare(&page, asked.runs)?;
    let row = burst.row("typing a page, a commit a burst", WITHOUT, Some(1.1));
    table.row(row);
    let single: Vec<Burst> = page
        .iter()
        .flatten()
        .take(asked.single)
        .map(|splice| vec![splice.clone()])
        .collect();
    let key = compare(&single, asked.runs)?;
    table.row(key.row("typing, a commit a keystroke", WITHOUT, Some(1.1)));
    let mut last = Writing::begin()?;
    last.write(&page, true)?;
    table.note(format!(
        "{} keystrokes, {} commits, for which signing took {}; with a commit for each, {} keystrokes",
        page.iter().map(Vec::len).sum::<usize>(),
        page.len(),
        Figure::Time(last.signing),
        single.len()
    ));
    Ok(())
}

fn compare(page: &[Burst], runs: usize) -> Anyhow<Twins> {
    let run = |seals: bool| {
        let mut writing = Writing::begin()?;
        let (time, result) = timed(|| writing.write(page, seals));
        result.map(|()| time)
    };
    Twins::run(runs, || run(true), || run(false))
}

/// A new page in a new store.
struct Writing {
    store: Store,
    network: NetworkId,
    doc: DocId,
    copy: Copy,
    key: DeviceKey,
    signing: Duration,
    // Last: the folder goes when the store is closed.
    _folder: tempfile::TempDir,
}

/// A change and the heads after it, waiting for a commit.
type Waiting = (Change, Vec<ChangeHash>);

impl Writing {
    fn begin() -> Anyhow<Self> {
        let folder = tempfile::tempdir()?;
        let mut store = Store::create(&folder.path().join("profile"), &DatabaseKey::random()?)?;
        let key = DeviceKey::from_seed([1; 32]);
        let network = NetworkId::from_bytes([1; 20]);
        let doc = DocId::page([1; 16]);
        let mut copy = Copy::new(network, doc, genesis(DocKind::Page));
        let actor = actor_id(&network, &key.id(), &doc, LIFE);
        copy.edit().set_actor(ActorId::from(&actor[..]));
        let (saved, heads) = (copy.doc().save(), raw(&copy.heads()));
        store.batch(|batch| {
            batch.add_network(&network, &[1; 32])?;
            batch.replace_snapshot(&network, &doc, &saved, Covers::All, &heads)
        })?;
        Ok(Self {
            store,
            network,
            doc,
            copy,
            key,
            signing: Duration::ZERO,
            _folder: folder,
        })
    }

    /// Types all of it, a commit for each burst.
    fn write(&mut self, page: &[Burst], seals: bool) -> Anyhow<()> {
        let mut waiting = Vec::new();
        for burst in page {
            for splice in burst {
                let edit = Edit::SpliceText {
                    splices: vec![splice.clone()],
                };
                tresse_model::apply(self.copy.edit(), &edit, 1)?;
                let change = self.copy.doc().get_last_local_change();
                let change = change.ok_or("an edit made no change")?;
                if seals {
                    self.copy.edited(&change);
                }
                waiting.push((change, self.copy.heads()));
            }
            self.commit(&waiting)?;
            waiting.clear();
        }
        Ok(())
    }

    fn commit(&mut self, waiting: &[Waiting]) -> Anyhow<()> {
        let (signing, seals) = timed(|| self.copy.seal(&self.key, LIFE));
        self.signing += signing.work;
        let (network, doc) = (self.network, self.doc);
        self.store.batch(|batch| {
            for (change, heads) in waiting {
                append(batch, &network, &doc, change, heads)?;
            }
            match &seals {
                Some((actor, bytes)) => batch.put_seals(&network, &doc, actor, bytes),
                None => Ok(()),
            }
        })?;
        Ok(())
    }
}

fn append(
    batch: &mut Batch<'_>,
    network: &NetworkId,
    doc: &DocId,
    change: &Change,
    heads: &[ChangeHash],
) -> Result<(), StoreError> {
    let row = NewChange {
        hash: change.hash().0,
        actor: change.actor_id().to_bytes(),
        seq: change.seq(),
        bytes: change.raw_bytes(),
    };
    batch.append(network, doc, &[row], &raw(heads)).map(drop)
}

fn raw(heads: &[ChangeHash]) -> Vec<[u8; 32]> {
    heads.iter().map(|head| head.0).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_twins_write_the_same_page_and_one_of_them_seals_it() {
        let page = trace::typed(300, 3);
        let mut stored = Vec::new();
        for seals in [true, false] {
            let mut writing = Writing::begin().unwrap();
            writing.write(&page, seals).unwrap();
            let document = writing.store.load(&writing.network, &writing.doc);
            stored.push(document.unwrap().unwrap());
        }
        assert_eq!(stored[0].concatenated(), stored[1].concatenated());
        assert_eq!(stored[0].seals.len(), 1, "one chain, whatever its length");
        assert!(stored[0].seals[0].1.len() <= 200);
        assert!(stored[1].seals.is_empty());
    }
}
