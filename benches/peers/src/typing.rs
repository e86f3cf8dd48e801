//! A page typed, in the same bursts, one transaction each.

use std::{fs, path::Path, time::Instant};

use loro::{ExportMode, LoroDoc};
use yrs::{Doc, GetString, OffsetKind, Options, ReadTxn, StateVector, Text, Transact};

use crate::{Anyhow, most_memory};

/// Where, how many characters go, and what comes.
type Stroke = (usize, usize, String);

pub(crate) fn run(library: &str, trace: &Path) -> Anyhow<()> {
    let bursts: Vec<Vec<Stroke>> = serde_json::from_str(&fs::read_to_string(trace)?)?;
    let beyond = |stroke: &Stroke| stroke.2.chars().any(|letter| letter > '\u{ffff}');
    if library == "yrs" && bursts.iter().flatten().any(beyond) {
        return Err("yrs counts some of these characters twice".into());
    }
    let (nanos, bytes, length) = match library {
        "loro" => loro(&bursts)?,
        "yrs" => yrs(&bursts),
        _ => return Err(format!("nobody knows « {library} »").into()),
    };
    if length == 0 {
        return Err("nothing was typed".into());
    }
    println!("{nanos} {bytes} {}", most_memory());
    Ok(())
}

fn loro(bursts: &[Vec<Stroke>]) -> Anyhow<(u128, usize, usize)> {
    let start = Instant::now();
    let doc = LoroDoc::new();
    let text = doc.get_text("body");
    for burst in bursts {
        for (at, delete, insert) in burst {
            if *delete > 0 {
                text.delete(*at, *delete)?;
            }
            if !insert.is_empty() {
                text.insert(*at, insert)?;
            }
        }
        doc.commit();
    }
    let took = start.elapsed();
    let saved = doc.export(ExportMode::Snapshot)?;
    Ok((took.as_nanos(), saved.len(), text.len_unicode()))
}

fn yrs(bursts: &[Vec<Stroke>]) -> (u128, usize, usize) {
    let start = Instant::now();
    let doc = Doc::with_options(Options {
        // Characters and code units are the same, but for characters that were refused above.
        offset_kind: OffsetKind::Utf16,
        ..Options::default()
    });
    let text = doc.get_or_insert_text("body");
    for burst in bursts {
        let mut transaction = doc.transact_mut();
        for (at, delete, insert) in burst {
            let at = *at as u32;
            if *delete > 0 {
                text.remove_range(&mut transaction, at, *delete as u32);
            }
            if !insert.is_empty() {
                text.insert(&mut transaction, at, insert);
            }
        }
    }
    let took = start.elapsed();
    let transaction = doc.transact();
    let saved = transaction.encode_state_as_update_v2(&StateVector::default());
    let length = text.get_string(&transaction).chars().count();
    (took.as_nanos(), saved.len(), length)
}
