//! Starts what one would pick instead of Tresse: a program of its own (`benches/peers`), since its tree of crates is not ours.

use std::{collections::BTreeMap, env, fs, path::PathBuf, process::Command, time::Duration};

use tresse_model::DocId;

use crate::{Anyhow, trace::Burst};

/// Said where that program is not there.
pub(crate) const MISSING: &str = "loro, yrs and samod were not run: cargo xtask bench builds them (benches/peers), unless it is told --no-peers";

/// The program.
pub(crate) struct Peers(PathBuf);

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

    /// A page typed, a transaction for each burst: how long, and the bytes of the file.
    pub(crate) fn typing(&self, library: &str, page: &[Burst]) -> Anyhow<(Duration, usize)> {
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
        let mut words = said.split_whitespace();
        let mut next = || words.next().ok_or("it said too little");
        let nanos: u64 = next()?.parse()?;
        Ok((Duration::from_nanos(nanos), next()?.parse()?))
    }

    /// First sync, meeting again, meeting after both wrote in `count` documents `each` times, and a word passed live, by name.
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

    fn run<const N: usize>(&self, arguments: [PathBuf; N]) -> Anyhow<String> {
        let output = Command::new(&self.0).args(arguments).output()?;
        let said = String::from_utf8(output.stdout)?;
        if output.status.success() {
            return Ok(said);
        }
        Err(format!("the peers failed: {said}").into())
    }
}
