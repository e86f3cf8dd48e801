//! Starts what one would pick instead of Tresse: a program of its own (`benches/peers`), since its tree of crates is not ours.

use std::{
    collections::BTreeMap,
    env, fs,
    io::Read,
    path::PathBuf,
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use tresse_model::DocId;

use crate::{Anyhow, trace::Burst};

/// Said where that program is not there.
pub(crate) const MISSING: &str = "Loro, yrs and samod were not run: cargo xtask bench builds them (benches/peers), unless it is told --no-peers";

/// After how long a peer that has not ended is taken to hang.
const PATIENCE: Duration = Duration::from_mins(3);

/// The program.
pub(crate) struct Peers(PathBuf);

/// What a library made of a page that was typed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Typed {
    pub(crate) took: Duration,
    /// The bytes of the file.
    pub(crate) saved: u64,
    /// The most memory it had, where the system tells.
    pub(crate) memory: Option<u64>,
}

/// What samod took for one thing.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Took {
    pub(crate) time: Duration,
    /// Both ways.
    pub(crate) bytes: u64,
}

impl Peers {
    /// Where the command that built it says.
    pub(crate) fn found() -> Option<Self> {
        let path = PathBuf::from(env::var_os("TRESSE_PEERS")?);
        path.is_file().then_some(Self(path))
    }

    /// A page typed, a transaction for each burst. Nothing where the library did not end in time, or failed.
    pub(crate) fn typing(&self, library: &str, page: &[Burst]) -> Anyhow<Option<Typed>> {
        let folder = tempfile::tempdir()?;
        let trace = folder.path().join("trace.json");
        let strokes: Vec<Vec<(usize, usize, &str)>> = page
            .iter()
            .map(|burst| {
                let strokes = burst.iter();
                strokes
                    .map(|one| (one.at, one.delete, one.insert.as_str()))
                    .collect()
            })
            .collect();
        fs::write(&trace, serde_json::to_string(&strokes)?)?;
        let said = self.run(["typing".into(), library.into(), trace])?;
        match said.split_whitespace().collect::<Vec<_>>()[..] {
            [nanos, saved, memory] => Ok(Some(Typed {
                took: Duration::from_nanos(nanos.parse()?),
                saved: saved.parse()?,
                memory: memory.parse().ok().filter(|bytes| *bytes > 0),
            })),
            _ => Ok(None),
        }
    }

    /// First sync, meeting again, meeting after both wrote in `count` documents `each` times, and a word passed live, by name; and as bytes
    /// of `memory` the most it had. What it had not ended in time is not there.
    pub(crate) fn samod(
        &self,
        saved: &BTreeMap<DocId, Vec<u8>>,
        (count, each): (usize, usize),
    ) -> Anyhow<BTreeMap<String, Took>> {
        let folder = tempfile::tempdir()?;
        for (number, bytes) in saved.values().enumerate() {
            fs::write(folder.path().join(format!("{number:06}")), bytes)?;
        }
        let said = self.run([
            "samod".into(),
            folder.path().into(),
            count.to_string().into(),
            each.to_string().into(),
        ])?;
        let mut found = BTreeMap::new();
        for line in said.lines() {
            if let [name, nanos, bytes] = line.split(' ').collect::<Vec<_>>()[..] {
                let took = Took {
                    time: Duration::from_nanos(nanos.parse()?),
                    bytes: bytes.parse()?,
                };
                found.insert(name.to_owned(), took);
            }
        }
        Ok(found)
    }

    /// What it says until it ends, fails or has had its time.
    fn run<const N: usize>(&self, arguments: [PathBuf; N]) -> Anyhow<String> {
        let mut child = Command::new(&self.0)
            .args(arguments)
            .stdout(Stdio::piped())
            .spawn()?;
        let mut out = child.stdout.take().ok_or("it cannot be heard")?;
        let heard = thread::spawn(move || {
            let mut said = String::new();
            out.read_to_string(&mut said).map(|_| said)
        });
        let end = Instant::now() + PATIENCE;
        let ended = loop {
            if let Some(status) = child.try_wait()? {
                break Some(status);
            }
            if Instant::now() > end {
                child.kill()?;
                child.wait()?;
                break None;
            }
            thread::sleep(Duration::from_millis(5));
        };
        let said = heard.join().map_err(|_| "it could not be heard")??;
        if ended.is_none_or(|status| !status.success()) {
            // What Tresse takes is told all the same, and of the peer what it said before.
            println!("  a peer did not end in time, or failed: {said}");
        }
        Ok(said)
    }
}
