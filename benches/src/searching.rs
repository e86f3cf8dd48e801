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
    machine::{forget_most_memory, most_memory, on_disk},
    opening::catch_up,
    table::{Row, Table},
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

/// After how long the first results should be there.
const FIRST: Duration = Duration::from_millis(30);

/// Measures it for the network of ten years, or the part of it that is asked for.
pub(crate) fn bench(asked: &Asked, table: &mut Table) -> Anyhow<()> {
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
    forget_most_memory();
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
    let grep = middle(&mut grep);
    let searched = accents.len();
    let row = |what, times: &mut [Duration]| {
        let row = Row::new(what, middle(times)).beside("grep over the exported files", grep);
        row.within(FIRST)
    };
    let with = row("first results, typed with accents", &mut accents);
    table.row(with.memory(most_memory()).disk(on_disk(&profile)?));
    table.row(row("typed without", &mut plain));
    let slowest = format!("the slowest search: « {} »", worst.1);
    table.row(Row::new(slowest, worst.0).within(FIRST));
    table.note(format!(
        "{} documents; medians of {searched} searches each",
        written.documents
    ));
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
