//! What others do beside it: bare iroh, Automerge alone, Automerge's own sync, SQLite alone.

use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

use automerge::{
    Automerge, ROOT, ReadDoc, TextEncoding,
    sync::{Message, State, SyncDoc},
    transaction::Transactable,
};
use iroh::{Endpoint, EndpointAddr, RelayMode, endpoint::presets};
use tresse_model::DocId;

use crate::{Anyhow, between::middle};

const ALPN: &[u8] = b"tresse-bench/1";

/// What Automerge's own sync took, document by document, in memory.
pub(crate) struct ByDocument {
    pub(crate) took: Duration,
    pub(crate) bytes: usize,
}

/// Sends all documents to somebody who has none by `automerge::sync`, both ends in this thread.
pub(crate) fn sync_by_document(saved: &BTreeMap<DocId, Vec<u8>>) -> Anyhow<ByDocument> {
    let here: Result<Vec<Automerge>, _> =
        saved.values().map(|one| tresse_model::load(one)).collect();
    let start = Instant::now();
    let mut bytes = 0;
    for here in &mut here? {
        let mut there = Automerge::new_with_encoding(TextEncoding::UnicodeCodePoint);
        bytes += sync_pair(here, &mut there)?;
    }
    Ok(ByDocument {
        took: start.elapsed(),
        bytes,
    })
}

/// Brings two copies of a document together by `automerge::sync`; answers the bytes that passed.
pub(crate) fn sync_pair(here: &mut Automerge, there: &mut Automerge) -> Anyhow<usize> {
    sync_known((here, &mut State::new()), (there, &mut State::new()))
}

/// A copy, and what `automerge::sync` knows of the other.
type Knowing<'a> = (&'a mut Automerge, &'a mut State);

fn sync_known((here, ours): Knowing<'_>, (there, theirs): Knowing<'_>) -> Anyhow<usize> {
    let mut bytes = 0;
    loop {
        let question = here.generate_sync_message(ours);
        let spoke = question.is_some();
        if let Some(message) = question {
            let message = message.encode();
            bytes += message.len();
            there.receive_sync_message(theirs, Message::decode(&message)?)?;
        }
        let answer = there.generate_sync_message(theirs);
        if answer.is_none() && !spoke {
            return Ok(bytes);
        }
        if let Some(message) = answer {
            let message = message.encode();
            bytes += message.len();
            here.receive_sync_message(ours, Message::decode(&message)?)?;
        }
    }
}

/// Two copies of every document whose holders have met before, with what `automerge::sync` keeps of that.
pub(crate) struct Kept(Vec<Pair>);

struct Pair {
    here: Automerge,
    there: Automerge,
    /// As it is stored between two meetings.
    states: [Vec<u8>; 2],
}

impl Kept {
    /// Of documents that both have.
    pub(crate) fn of(saved: &BTreeMap<DocId, Vec<u8>>) -> Anyhow<Self> {
        let pair = |bytes: &Vec<u8>| {
            let new = State::new().encode();
            let mut pair = Pair {
                here: tresse_model::load(bytes)?,
                there: tresse_model::load(bytes)?,
                states: [new.clone(), new],
            };
            pair.meet()?;
            Ok(pair)
        };
        saved.values().map(pair).collect::<Anyhow<_>>().map(Self)
    }

    /// Both write in so many pages, so often each.
    pub(crate) fn write_apart(&mut self, (count, each): (usize, usize)) -> Anyhow<()> {
        let pages = self.0.iter_mut().filter_map(|pair| {
            let (_, text) = pair.here.get(ROOT, "body").ok().flatten()?;
            Some((pair, text))
        });
        for (pair, text) in pages.take(count) {
            for (copy, word) in [(&mut pair.here, "ici"), (&mut pair.there, "là")] {
                for number in 0..each {
                    let mut transaction = copy.transaction();
                    let word = format!("{word} {number} ");
                    transaction.splice_text(&text, number, 0, &word)?;
                    transaction.commit();
                }
            }
        }
        Ok(())
    }

    /// They meet again, document by document.
    pub(crate) fn meet(&mut self) -> Anyhow<ByDocument> {
        let start = Instant::now();
        let mut bytes = 0;
        for pair in &mut self.0 {
            bytes += pair.meet()?;
        }
        Ok(ByDocument {
            took: start.elapsed(),
            bytes,
        })
    }
}

impl Pair {
    fn meet(&mut self) -> Anyhow<usize> {
        let [ours, theirs] = &self.states;
        let (mut ours, mut theirs) = (State::decode(ours)?, State::decode(theirs)?);
        let bytes = sync_known((&mut self.here, &mut ours), (&mut self.there, &mut theirs))?;
        self.states = [ours.encode(), theirs.encode()];
        Ok(bytes)
    }
}

/// How long the bytes take over bare iroh, and how long Automerge takes to load each: medians.
pub(crate) fn ship_and_load(
    saved: &BTreeMap<DocId, Vec<u8>>,
    runs: usize,
) -> Anyhow<(Duration, Duration)> {
    let bytes: Vec<u8> = saved.values().flatten().copied().collect();
    let (mut shipped, mut loaded) = (Vec::new(), Vec::new());
    for _ in 0..runs.max(1) {
        shipped.push(ship(&bytes)?);
        let start = Instant::now();
        for one in saved.values() {
            std::hint::black_box(tresse_model::load(one)?);
        }
        loaded.push(start.elapsed());
    }
    Ok((middle(&mut shipped), middle(&mut loaded)))
}

fn runtime() -> Anyhow<tokio::runtime::Runtime> {
    Ok(tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?)
}

async fn endpoint() -> Anyhow<Endpoint> {
    let endpoint = Endpoint::builder(presets::Minimal)
        .relay_mode(RelayMode::Disabled)
        .alpns(vec![ALPN.to_vec()])
        .clear_ip_transports()
        .bind_addr("127.0.0.1:0")?
        .bind()
        .await?;
    Ok(endpoint)
}

fn address(of: &Endpoint) -> EndpointAddr {
    let mut address = EndpointAddr::new(of.id());
    for socket in of.bound_sockets() {
        address = address.with_ip_addr(socket);
    }
    address
}

/// From the first byte sent to the last read, over a connection that stands.
fn ship(bytes: &[u8]) -> Anyhow<Duration> {
    runtime()?.block_on(async {
        let (here, there) = (endpoint().await?, endpoint().await?);
        let to = address(&there);
        let reading = tokio::spawn(async move {
            let connection = there.accept().await.ok_or("nobody came")?.await?;
            let mut stream = connection.accept_uni().await?;
            let all = stream.read_to_end(1 << 30).await?;
            connection.close(0_u32.into(), b"");
            there.close().await;
            Ok::<_, Box<dyn std::error::Error + Send + Sync>>((all.len(), Instant::now()))
        });
        let connection = here.connect(to, ALPN).await?;
        let start = Instant::now();
        let mut stream = connection.open_uni().await?;
        stream.write_all(bytes).await?;
        stream.finish()?;
        let (length, end) = reading.await?.map_err(|error| error.to_string())?;
        here.close().await;
        if length != bytes.len() {
            return Err("not all came over".into());
        }
        Ok(end.saturating_duration_since(start))
    })
}

/// A few bytes there and back: the median.
pub(crate) fn ping_pong(times: usize) -> Anyhow<Duration> {
    runtime()?.block_on(async {
        let (here, there) = (endpoint().await?, endpoint().await?);
        let to = address(&there);
        let echo = tokio::spawn(async move {
            let connection = there.accept().await.ok_or("nobody came")?.await?;
            let (mut send, mut receive) = connection.accept_bi().await?;
            let mut word = [0; 64];
            while receive.read_exact(&mut word).await.is_ok() {
                send.write_all(&word).await?;
            }
            there.close().await;
            Ok::<_, Box<dyn std::error::Error + Send + Sync>>(())
        });
        let connection = here.connect(to, ALPN).await?;
        let (mut send, mut receive) = connection.open_bi().await?;
        let mut took = Vec::new();
        let mut word = [7; 64];
        for _ in 0..times.max(1) {
            let start = Instant::now();
            send.write_all(&word).await?;
            receive.read_exact(&mut word).await?;
            took.push(start.elapsed());
        }
        send.finish()?;
        here.close().await;
        echo.await?.map_err(|error| error.to_string())?;
        Ok(middle(&mut took))
    })
}

/// A change's bytes, alone, durable in a plain SQLite file: the median.
pub(crate) fn commit(times: usize) -> Anyhow<Duration> {
    let folder = tempfile::tempdir()?;
    let connection = rusqlite::Connection::open(folder.path().join("bare.db"))?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection
        .execute_batch("CREATE TABLE changes (id INTEGER PRIMARY KEY, bytes BLOB NOT NULL)")?;
    let bytes = [7_u8; 120];
    let mut took = Vec::new();
    for _ in 0..times.max(1) {
        let start = Instant::now();
        connection.execute("INSERT INTO changes (bytes) VALUES (?1)", [&bytes[..]])?;
        took.push(start.elapsed());
    }
    Ok(middle(&mut took))
}

#[cfg(test)]
mod tests {
    use tresse_model::{DocKind, genesis};

    use super::*;

    #[test]
    fn two_who_kept_what_they_know_say_little_and_are_equal_after_both_wrote() {
        let saved = [(DocId::page([1; 16]), genesis(DocKind::Page).save())].into();
        let mut kept = Kept::of(&saved).unwrap();
        let calm = kept.meet().unwrap().bytes;
        kept.write_apart((1, 3)).unwrap();
        let busy = kept.meet().unwrap().bytes;
        assert!(calm > 0 && calm < busy, "{calm}, {busy}");
        let Pair { here, there, .. } = &kept.0[0];
        assert_eq!(here.get_changes(&[]).len(), 1 + 6);
        assert_eq!(here.get_heads(), there.get_heads());
    }
}
