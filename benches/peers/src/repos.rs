//! samod: two repositories, each on threads of its own, and channels in memory between them: no socket and no encryption, which
//! Tresse's figures have.

use std::{
    convert::Infallible,
    fmt, fs,
    path::Path,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use automerge::{Automerge, ChangeHash, ROOT, ReadDoc, transaction::Transactable};
use futures::{SinkExt, StreamExt, future::join_all};
use samod::{
    AcceptorEvent, AcceptorHandle, BackoffConfig, DialError, Dialer, DialerHandle, DocHandle,
    PeerId, Repo, Transport,
};
use tokio::sync::mpsc::channel;
use tokio_stream::wrappers::ReceiverStream;
use tokio_util::sync::{CancellationToken, PollSender};
use url::Url;

use crate::{Anyhow, most_memory};

/// How many words are passed live.
const WORDS: usize = 200;
/// How many messages may be on their way.
const ON_THE_WAY: usize = 1 << 16;
/// How long nothing may pass before a meeting counts as over.
const QUIET: Duration = Duration::from_millis(300);

pub(crate) fn run(folder: &Path, count: usize, each: usize) -> Anyhow<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?;
    runtime.block_on(measure(folder, count, each))
}

async fn measure(folder: &Path, count: usize, each: usize) -> Anyhow<()> {
    let mut files: Vec<_> = fs::read_dir(folder)?.collect::<Result<_, _>>()?;
    files.sort_by_key(fs::DirEntry::path);
    let here = repo("here").await;
    let there = repo("there").await;
    let mut ours = Vec::new();
    for file in files {
        let document = Automerge::load(&fs::read(file.path())?)?;
        ours.push(here.create(document).await?);
    }

    let line = Line::default();
    let start = Instant::now();
    let connected = connect(&here, &there, &line).await?;
    let found = join_all(ours.iter().map(|one| there.find(one.document_id().clone()))).await;
    let theirs: Option<Vec<DocHandle>> = found
        .into_iter()
        .collect::<Result<Vec<_>, _>>()?
        .into_iter()
        .collect();
    let theirs = theirs.ok_or("not all came over")?;
    equal(&ours, &theirs).await;
    println!(
        "first {} {}",
        start.elapsed().as_nanos(),
        line.settled().await
    );
    connected.end().await;

    line.reset();
    let connected = connect(&here, &there, &line).await?;
    println!("again 0 {}", line.settled().await);
    connected.end().await;

    for (side, handles) in [("here", &ours), ("there", &theirs)] {
        for handle in handles.iter().take(count) {
            for number in 0..each {
                write(handle, &format!("{side} {number} "))?;
            }
        }
    }
    line.reset();
    let start = Instant::now();
    let connected = connect(&here, &there, &line).await?;
    equal(&ours, &theirs).await;
    println!(
        "apart {} {}",
        start.elapsed().as_nanos(),
        line.settled().await
    );

    let (mine, yours) = (&ours[0], &theirs[0]);
    let mut changes = Box::pin(yours.changes());
    let mut took = Vec::new();
    for number in 0..WORDS {
        tokio::time::sleep(Duration::from_millis(5)).await;
        let start = Instant::now();
        write(mine, &format!("mot{number} "))?;
        let heads = heads(mine);
        while self::heads(yours) != heads {
            changes.next().await;
        }
        took.push(start.elapsed().as_nanos());
    }
    took.sort_unstable();
    println!("live {} 0", took[took.len() / 2]);
    println!("memory 0 {}", most_memory());
    connected.end().await;
    here.stop().await;
    there.stop().await;
    Ok(())
}

async fn repo(name: &str) -> Repo {
    Repo::build_tokio()
        .with_peer_id(PeerId::from(name))
        .load()
        .await
}

fn heads(of: &DocHandle) -> Vec<ChangeHash> {
    of.with_document(|document| {
        let mut heads = document.get_heads();
        heads.sort_unstable();
        heads
    })
}

/// Waits until both have the same.
async fn equal(ours: &[DocHandle], theirs: &[DocHandle]) {
    for (mine, yours) in ours.iter().zip(theirs) {
        while heads(mine) != heads(yours) {
            tokio::time::sleep(Duration::from_micros(200)).await;
        }
    }
}

/// Puts words at the beginning of the document's first text.
fn write(handle: &DocHandle, words: &str) -> Anyhow<()> {
    handle.with_document(|document| {
        // What a page of Tresse calls its text.
        let (_, text) = document.get(ROOT, "body")?.ok_or("there is no text")?;
        let mut transaction = document.transaction();
        transaction.splice_text(&text, 0, 0, words)?;
        transaction.commit();
        Ok(())
    })
}

/// What passes between the two, counted.
#[derive(Clone, Default)]
struct Line {
    bytes: Arc<AtomicU64>,
}

impl Line {
    fn reset(&self) {
        self.bytes.store(0, Ordering::SeqCst);
    }

    /// Both ways, once nothing passes any more.
    async fn settled(&self) -> u64 {
        loop {
            let before = self.bytes.load(Ordering::SeqCst);
            tokio::time::sleep(QUIET).await;
            let now = self.bytes.load(Ordering::SeqCst);
            if now == before {
                return now;
            }
        }
    }
}

#[derive(Debug)]
struct Cut(String);

impl fmt::Display for Cut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Cut {}

struct Wire {
    url: Url,
    acceptor: AcceptorHandle,
    line: Line,
    cut: CancellationToken,
}

impl Wire {
    /// One end each way: what is put in here comes out there, until it is cut.
    fn ends(&self) -> (Transport, Transport) {
        // As much as they may have on the way: with little room each waits for the other to read, and with two thousand documents neither does.
        let (to_there, from_here) = channel::<Vec<u8>>(ON_THE_WAY);
        let (to_here, from_there) = channel::<Vec<u8>>(ON_THE_WAY);
        let end = |sender, receiver| {
            let (bytes, cut) = (Arc::clone(&self.line.bytes), self.cut.clone());
            let sink = PollSender::new(sender)
                .sink_map_err(|error| Cut(format!("{error}")))
                .with(move |message: Vec<u8>| {
                    bytes.fetch_add(message.len() as u64, Ordering::SeqCst);
                    std::future::ready(Ok::<_, Cut>(message))
                });
            let stream = ReceiverStream::new(receiver)
                .map(Ok::<_, Cut>)
                .take_until(cut.cancelled_owned());
            Transport::new(Box::pin(stream), sink)
        };
        (end(to_there, from_there), end(to_here, from_here))
    }
}

impl Dialer for Wire {
    type Error = Infallible;

    fn url(&self) -> Url {
        self.url.clone()
    }

    fn connect(
        &self,
    ) -> Pin<Box<dyn Future<Output = Result<Transport, DialError<Infallible>>> + Send>> {
        let (dialer, acceptor) = self.ends();
        let taken = self.acceptor.accept(acceptor);
        Box::pin(async move {
            match taken {
                Ok(_) => Ok(dialer),
                Err(_) => std::future::pending().await,
            }
        })
    }
}

struct Connected {
    dialer: DialerHandle<Infallible>,
    acceptor: AcceptorHandle,
    cut: CancellationToken,
}

impl Connected {
    async fn end(self) {
        self.dialer.close();
        self.acceptor.close();
        self.cut.cancel();
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

async fn connect(here: &Repo, there: &Repo, line: &Line) -> Anyhow<Connected> {
    static LINES: AtomicU64 = AtomicU64::new(0);
    let number = LINES.fetch_add(1, Ordering::SeqCst);
    let url = Url::parse(&format!("ws://line-{number}:0"))?;
    let acceptor = there.make_acceptor(url.clone())?;
    let mut events = acceptor.events();
    let cut = CancellationToken::new();
    let wire = Wire {
        url,
        acceptor: acceptor.clone(),
        line: line.clone(),
        cut: cut.clone(),
    };
    let dialer = here.dial(BackoffConfig::default(), Arc::new(wire))?;
    loop {
        match events.next().await {
            Some(AcceptorEvent::ClientConnected { .. }) => break,
            Some(_) => {}
            None => return Err("the line was not taken".into()),
        }
    }
    drop(events);
    Ok(Connected {
        dialer,
        acceptor,
        cut,
    })
}
