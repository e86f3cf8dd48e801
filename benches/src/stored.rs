//! How much longer the store's file is for the seals in it.

use std::{collections::BTreeMap, fs, path::Path};

use tresse_model::DocId;
use tresse_store::{Store, vault::DatabaseKey};

use crate::{Anyhow, profile::put_copy, village::Village};

/// For each chain of changes, how many bytes the file is longer with its seals than without.
pub(crate) fn bytes_a_chain(village: &Village, saved: &BTreeMap<DocId, Vec<u8>>) -> Anyhow<f64> {
    let folder = tempfile::tempdir()?;
    let with = written(&folder.path().join("with"), village, saved, true)?;
    let without = written(&folder.path().join("without"), village, saved, false)?;
    Ok(with.saturating_sub(without) as f64 / village.chains().max(1) as f64)
}

/// How long the file is with everything in it.
fn written(
    folder: &Path,
    village: &Village,
    saved: &BTreeMap<DocId, Vec<u8>>,
    seals: bool,
) -> Anyhow<u64> {
    let mut store = Store::create(folder, &DatabaseKey::random()?)?;
    let network = village.acts.network();
    store.batch(|batch| {
        batch.add_network(&network, &[5; 32])?;
        for copy in &village.copies {
            let bytes = saved.get(&copy.id()).map_or(&[][..], Vec::as_slice);
            put_copy(batch, &network, copy, bytes, seals)?;
        }
        Ok(())
    })?;
    // Closing it brings all of it into the one file.
    drop(store);
    Ok(fs::metadata(folder.join("tresse.db"))?.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::village::Size;

    #[test]
    fn a_chain_s_seal_takes_at_most_two_hundred_bytes_of_the_store() {
        let size = Size {
            documents: 40,
            changes: 4_000,
            devices: 20,
        };
        let village = Village::new(size, 1).unwrap();
        assert_eq!(village.chains(), 800);
        let bytes = bytes_a_chain(&village, &village.saved()).unwrap();
        assert!((145.0..=200.0).contains(&bytes), "{bytes}");
    }
}
