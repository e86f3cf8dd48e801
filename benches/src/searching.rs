//! Words looked for in a network of ten years: what a person types, to the first results. Beside it, `grep` over the same network
//! exported as Markdown, which counts neither accents as their letters nor orders what it finds.

use std::{
    path::Path,
    process::{Command as Program, Stdio},
    time::{Duration, Instant},
};

use tresse_engine::{Engine, Format, Options, Progress, Search};
use tresse_model::fold;

use crate::{
    Anyhow, Asked,
    between::middle,
    decade::{self, Extent},
    opening::catch_up,
    twins::spoken,
};

/// What is typed: common words and rare ones, one and several, whole and begun; with accents where there are any.
const TYPED: &[&str] = &[
    "réseau",
    "évaluation",
    "bénévole formation",
    "échéance",
    "règlement charte",
    "coopérer dans la région",
    "pédago",
    "r",
    "é",
    "zq",
    "tiers-lieu",
    "prêt de ressource",
    "aucunmotcommecela",
];

/// Measures it for the network of ten years, or the part of it that is asked for.
pub(crate) fn bench(asked: &Asked) -> Anyhow<()> {
    let extent = Extent::TEN_YEARS.part(asked.part);
    let folder = tempfile::tempdir()?;
    let profile = folder.path().join("profile");
    let written = decade::write(&profile, extent, asked.seed)?;
    catch_up(&profile)?;
    let engine = Engine::open(&profile, Options::default())?;
    engine.fresh_view()?;
    let exported = folder.path().join("exported");
    std::fs::create_dir(&exported)?;
    engine.export(
        &written.network,
        &exported,
        Format::Markdown,
        &Progress::default(),
    )?;
    println!("  {} documents", written.documents);
    let (mut accents, mut plain, mut grep) = (Vec::new(), Vec::new(), Vec::new());
    let mut worst = (Duration::ZERO, "");
    for typed in TYPED {
        let without = fold(typed);
        for _ in 0..asked.runs.max(1) {
            let (took, found) = search(&engine, typed)?;
            let (took_plain, found_plain) = search(&engine, &without)?;
            if found != found_plain {
                return Err(format!("« {typed} » and « {without} » differ").into());
            }
            let longest = took.max(took_plain);
            if longest > worst.0 {
                worst = (longest, typed);
            }
            accents.push(took);
            plain.push(took_plain);
            grep.push(grepped(&exported, typed)?);
        }
    }
    engine.close();
    println!(
        "search: with accents {}, without {} (medians of {} searches each; the slowest {}: « {} »); grep over the exported files {}",
        spoken(middle(&mut accents)),
        spoken(middle(&mut plain)),
        accents.len(),
        spoken(worst.0),
        worst.1,
        spoken(middle(&mut grep)),
    );
    Ok(())
}

/// How long until the first results, and how many those are.
fn search(engine: &Engine, words: &str) -> Anyhow<(Duration, usize)> {
    let search = Search {
        words: words.to_owned(),
        ..Search::default()
    };
    let start = Instant::now();
    let hits = engine.search(&search)?;
    Ok((start.elapsed(), hits.len()))
}

fn grepped(exported: &Path, typed: &str) -> Anyhow<Duration> {
    let start = Instant::now();
    // It fails where it finds nothing.
    Program::new("grep")
        .args(["--recursive", "--ignore-case", "--fixed-strings"])
        .args(["--files-with-matches", "--", typed])
        .arg(exported)
        .stdout(Stdio::null())
        .status()?;
    Ok(start.elapsed())
}
