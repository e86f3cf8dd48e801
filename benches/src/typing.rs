//! A long page typed through the engine's own edit path: each keystroke a command, all of it sealed and stored.
//!
//! Two ways of typing: all keystrokes handed over at once, as after a paste of many or by a script, so that the engine commits as
//! seldom as it may; and burst after burst, each durable before the next. Beside it: Automerge alone, in memory, a transaction for each burst,
//! and with one for each keystroke, since each keystroke is a change of its own in Tresse.

use std::{
    path::Path,
    time::{Duration, Instant},
};

use automerge::{ROOT, ReadDoc, transaction::Transactable};
use tresse_engine::{Command, Engine, Options, Protection, TextEdit};
use tresse_model::{DocId, DocKind, NetworkId, Splice, genesis};

use crate::{
    Anyhow, Asked,
    figure::Figure,
    machine::{forget_most_memory, most_memory},
    peers::{self, Peers},
    profile,
    table::{Row, Table},
    trace::{self, Burst},
};

const BURSTS: &str = "Automerge in memory, a transaction a burst";

/// Measures both ways, and the peers.
pub(crate) fn bench(asked: &Asked, table: &mut Table) -> Anyhow<()> {
    let page = trace::page(asked)?;
    let folder = tempfile::tempdir()?;
    let at_once = engine(&folder.path().join("at-once"), &page, true)?;
    let by_bursts = engine(&folder.path().join("bursts"), &page, false)?;
    let (batches, saved) = automerge(&page, true)?;
    let (single, _) = automerge(&page, false)?;
    let mut peers = Vec::new();
    for library in ["loro", "yrs"] {
        let found = match Peers::found() {
            Some(peers) => peers.typing(library, &page)?,
            None => None,
        };
        peers.push((format!("{library} in memory"), found));
    }
    let mut row = Row::new(
        "typed, all handed over at once, sealed and stored",
        at_once.took,
    )
    .beside(BURSTS, batches)
    .beside("the same, a transaction a keystroke", single);
    for (name, found) in &peers {
        row = row.perhaps(name, found.as_ref().map(|found| found.took));
    }
    table.row(
        row.at_most(1.3, BURSTS)
            .memory(at_once.memory)
            .disk(at_once.file),
    );
    let row = Row::new("typed, burst after burst, each durable", by_bursts.took);
    table.row(
        row.beside(BURSTS, batches)
            .memory(by_bursts.memory)
            .disk(by_bursts.file),
    );
    let mut row = Row::new("the page as it is saved", Figure::Bytes(at_once.saved));
    row = row.beside("Automerge's", Figure::Bytes(saved));
    for (name, found) in &peers {
        row = row.perhaps(name, found.as_ref().map(|found| Figure::Bytes(found.saved)));
    }
    table.row(row.at_most(1.1, "Automerge's"));
    let keystrokes: usize = page.iter().map(Vec::len).sum();
    table.note(format!("{keystrokes} keystrokes, {} bursts", page.len()));
    for (name, found) in peers {
        if let Some(memory) = found.and_then(|found| found.memory) {
            table.note(format!("{name}: {} MiB at most", memory >> 20));
        }
    }
    if Peers::found().is_none() {
        table.note(peers::MISSING);
    }
    Ok(())
}

/// What the engine made of it.
struct Typed {
    took: Duration,
    memory: Option<u64>,
    /// The document as it is saved.
    saved: u64,
    /// The profile's database.
    file: u64,
}

fn engine(folder: &Path, page: &[Burst], at_once: bool) -> Anyhow<Typed> {
    Engine::init(folder, "Ana", "fr", &Protection::Open)?;
    let engine = Engine::open(folder, Options::default())?;
    let answer = engine.call(Command::NetworkCreate {
        name: "Le réseau".into(),
        template: None,
    })?;
    let network: NetworkId = answer["network"].as_str().unwrap_or_default().parse()?;
    let answer = engine.call(Command::PageCreate {
        network,
        title: "Un article".into(),
        tags: Vec::new(),
        text: None,
    })?;
    let doc: DocId = answer["page"].as_str().unwrap_or_default().parse()?;
    let length: usize = page.iter().map(Vec::len).sum();
    forget_most_memory();
    let start = Instant::now();
    let mut sent = 0;
    for burst in page {
        for (number, splice) in burst.iter().enumerate() {
            sent += 1;
            let command = edit(network, doc, splice);
            let last = if at_once {
                sent == length
            } else {
                number + 1 == burst.len()
            };
            if last {
                engine.call(command)?;
            } else {
                engine.send(command);
            }
        }
    }
    let (took, memory) = (start.elapsed(), most_memory());
    engine.close();
    let file = std::fs::metadata(folder.join("tresse.db"))?.len();
    let saved = profile::document(&profile::open(folder)?, &network, &doc)?
        .save()
        .len() as u64;
    Ok(Typed {
        took,
        memory,
        saved,
        file,
    })
}

fn edit(network: NetworkId, page: DocId, splice: &Splice) -> Command {
    let edit = TextEdit {
        at: Some(splice.at),
        delete: Some(splice.delete),
        insert: Some(splice.insert.clone()),
        ..TextEdit::default()
    };
    Command::PageEdit {
        network,
        page,
        edit,
    }
}

/// In memory, with a change for each burst or for each keystroke; and how long the document is when saved.
fn automerge(page: &[Burst], bursts: bool) -> Anyhow<(Duration, u64)> {
    let mut document = genesis(DocKind::Page);
    let (_, body) = document.get(ROOT, "body")?.ok_or("there is no text")?;
    let start = Instant::now();
    let mut write = |some: &[Splice]| -> Anyhow<()> {
        let mut transaction = document.transaction();
        for splice in some {
            let delete = isize::try_from(splice.delete)?;
            transaction.splice_text(&body, splice.at, delete, &splice.insert)?;
        }
        transaction.commit();
        Ok(())
    };
    for burst in page {
        if bursts {
            write(burst)?;
        } else {
            for splice in burst.chunks(1) {
                write(splice)?;
            }
        }
    }
    let took = start.elapsed();
    Ok((took, document.save().len() as u64))
}
