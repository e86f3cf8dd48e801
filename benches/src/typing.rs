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
    peers::{self, Peers},
    profile,
    trace::{self, Burst},
    twins::spoken,
};

/// Measures both ways, and the peers.
pub(crate) fn bench(asked: &Asked) -> Anyhow<()> {
    let page = trace::typed(asked.edits, asked.seed);
    let folder = tempfile::tempdir()?;
    let at_once = engine(&folder.path().join("at-once"), &page, true)?;
    let by_bursts = engine(&folder.path().join("bursts"), &page, false)?;
    let (batches, saved) = automerge(&page, true)?;
    let (single, _) = automerge(&page, false)?;
    println!("  {} keystrokes, {} bursts", asked.edits, page.len());
    let ratio = |ours: Duration, theirs: Duration| ours.as_secs_f64() / theirs.as_secs_f64();
    println!(
        "typing, all at once: {}; Automerge a transaction a burst {}, ratio {:.2}; a keystroke {}, ratio {:.2}",
        spoken(at_once.took),
        spoken(batches),
        ratio(at_once.took, batches),
        spoken(single),
        ratio(at_once.took, single),
    );
    println!(
        "  burst after burst, each durable: {}",
        spoken(by_bursts.took)
    );
    println!(
        "  the document saved {} bytes, ratio {:.3}; Automerge's {} bytes; the profile's file {} bytes",
        at_once.saved,
        at_once.saved as f64 / saved as f64,
        saved,
        at_once.file
    );
    if let Some(peers) = Peers::found() {
        for library in ["loro", "yrs"] {
            let (took, bytes) = peers.typing(library, &page)?;
            println!("  {library}: {}, {bytes} bytes", spoken(took));
        }
    } else {
        println!("  {}", peers::MISSING);
    }
    Ok(())
}

/// What the engine made of it.
struct Typed {
    took: Duration,
    /// The document as it is saved.
    saved: usize,
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
    let took = start.elapsed();
    engine.close();
    let file = std::fs::metadata(folder.join("tresse.db"))?.len();
    let saved = profile::document(&profile::open(folder)?, &network, &doc)?
        .save()
        .len();
    Ok(Typed { took, saved, file })
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
fn automerge(page: &[Burst], bursts: bool) -> Anyhow<(Duration, usize)> {
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
    Ok((took, document.save().len()))
}
