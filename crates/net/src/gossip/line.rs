//! The two streams of a link on which gossip passes.
//!
//! A message is its length in two bytes, then its bytes. Each side opens one stream; the other lets it
//! do so once it has proved membership, and not before. A version that knows no gossip never lets it, and is
//! simply never heard in a topic.

use std::time::{Duration, Instant};

use iroh::endpoint::{Connection, RecvStream, VarInt};
use iroh_gossip::proto::Message;
use tokio::{sync::mpsc, task::JoinHandle, time::sleep};

use super::{Inbound, MAX_MESSAGE, Peer};
use crate::LinkId;

/// How many messages wait for a device that reads slowly; more are left out.
const QUEUE: usize = 128;
/// How many bytes a second a device may say for long, and in one go.
const RATE: f64 = 32.0 * 1024.0;
const BURST: f64 = 128.0 * 1024.0;

/// One link's gossip, from the moment its device may speak to the end of the link.
pub(super) struct Line {
    pub(super) peer: Peer,
    queue: mpsc::Sender<Vec<u8>>,
    task: JoinHandle<()>,
}

impl Line {
    pub(super) fn open(
        link: LinkId,
        peer: Peer,
        connection: Connection,
        inbox: mpsc::Sender<Inbound>,
    ) -> Self {
        let (queue, outs) = mpsc::channel(QUEUE);
        connection.set_max_concurrent_uni_streams(VarInt::from_u32(1));
        let task = tokio::spawn(async move {
            let ended = tokio::select! {
                ended = write(&connection, outs) => ended,
                ended = read(link, &connection, &inbox) => ended,
            };
            tracing::trace!(%link, "gossip on a link ended: {ended}");
            if inbox.send(Inbound::Ended(link)).await.is_err() {
                tracing::trace!("gossip has ended");
            }
        });
        Self { peer, queue, task }
    }

    /// Queues a message. Answers how many bytes it takes, if it has a place.
    pub(super) fn send(&self, message: &Message<Peer>) -> Option<usize> {
        let body = postcard::to_stdvec(message).ok()?;
        let length = u16::try_from(body.len()).ok()?;
        if body.len() > MAX_MESSAGE {
            return None;
        }
        let frame = [&length.to_be_bytes()[..], &body].concat();
        let bytes = frame.len();
        self.queue.try_send(frame).ok().map(|()| bytes)
    }

    /// Writes what is queued and ends.
    pub(super) async fn finish(self) {
        drop(self.queue);
        if let Err(error) = self.task.await
            && error.is_panic()
        {
            tracing::error!(%error, "gossip on a link failed");
        }
    }
}

async fn write(connection: &Connection, mut outs: mpsc::Receiver<Vec<u8>>) -> String {
    let mut stream = match connection.open_uni().await {
        Ok(stream) => stream,
        Err(error) => return error.to_string(),
    };
    while let Some(frame) = outs.recv().await {
        if let Err(error) = stream.write_all(&frame).await {
            return error.to_string();
        }
    }
    if let Err(error) = stream.finish() {
        return error.to_string();
    }
    "all was said".to_owned()
}

async fn read(link: LinkId, connection: &Connection, inbox: &mpsc::Sender<Inbound>) -> String {
    let mut stream = match connection.accept_uni().await {
        Ok(stream) => stream,
        Err(error) => return error.to_string(),
    };
    let mut bucket = Bucket::full(Instant::now());
    loop {
        let (message, bytes) = match next(&mut stream).await {
            Ok(Some(read)) => read,
            Ok(None) => return "the other side has finished".to_owned(),
            Err(reason) => return reason,
        };
        if let Some(pause) = bucket.take(bytes, Instant::now()) {
            // What it sends meanwhile stays with it.
            sleep(pause).await;
        }
        if inbox
            .send(Inbound::Message(link, Box::new(message), bytes))
            .await
            .is_err()
        {
            return "gossip has ended".to_owned();
        }
    }
}

async fn next(stream: &mut RecvStream) -> Result<Option<(Message<Peer>, usize)>, String> {
    let mut head = [0; 2];
    let mut have = 0;
    while have < head.len() {
        match stream.read(&mut head[have..]).await {
            Ok(Some(more)) => have += more,
            Ok(None) if have == 0 => return Ok(None),
            Ok(None) => return Err("a message without its end".to_owned()),
            Err(error) => return Err(error.to_string()),
        }
    }
    let length = usize::from(u16::from_be_bytes(head));
    if length > MAX_MESSAGE {
        return Err("a message too long".to_owned());
    }
    let mut body = vec![0; length];
    stream
        .read_exact(&mut body)
        .await
        .map_err(|error| error.to_string())?;
    let message = postcard::from_bytes(&body).map_err(|error| error.to_string())?;
    Ok(Some((message, length + head.len())))
}

/// What a device may still say before it has to wait.
struct Bucket {
    left: f64,
    at: Instant,
}

impl Bucket {
    const fn full(at: Instant) -> Self {
        Self { left: BURST, at }
    }

    /// Takes so many bytes out; answers for how long to wait where there were not enough.
    fn take(&mut self, bytes: usize, now: Instant) -> Option<Duration> {
        let passed = now.duration_since(self.at).as_secs_f64();
        self.left = (self.left + passed * RATE).min(BURST) - bytes as f64;
        self.at = now;
        (self.left < 0.0).then(|| Duration::from_secs_f64(-self.left / RATE))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_may_say_much_at_once_and_then_only_as_much_as_the_rate_allows() {
        let start = Instant::now();
        let mut bucket = Bucket::full(start);
        let mut waited = Duration::ZERO;
        let mut said = 0;
        while waited < Duration::from_secs(10) {
            said += MAX_MESSAGE;
            waited += bucket.take(MAX_MESSAGE, start + waited).unwrap_or_default();
        }
        let most = BURST + RATE * 10.0;
        assert!((most..most + 2.0 * MAX_MESSAGE as f64).contains(&(said as f64)));
    }
}
