//! Giving files to whoever may have them, over a proven link.

use std::time::Duration;

use iroh::endpoint::{Connection, VarInt};
use iroh_blobs::{
    protocol::Request,
    provider::{StreamPair, events::EventSender, handle_get},
};
use tokio::time::timeout;
use tresse_model::{BlobId, DeviceId};

use super::{Files, Presence};

/// How many files one device may be given at a time.
pub(crate) const AT_ONCE: u32 = 4;
/// How long a request may take to be said.
const ASK: Duration = Duration::from_secs(20);
/// Behind the documents, which come first.
pub(super) const PRIORITY: i32 = -1;
/// The one answer to whatever is not given: no such file, not for you, not a thing that is done here.
const REFUSED: VarInt = VarInt::from_u32(1);

/// Answers what a proven device asks, until the connection ends.
pub(crate) async fn give(files: Files, connection: Connection, device: DeviceId) {
    let number = connection.stable_id() as u64;
    while let Ok((send, recv)) = connection.accept_bi().await {
        let files = files.clone();
        tokio::spawn(async move {
            if let Err(error) = send.set_priority(PRIORITY) {
                tracing::debug!(%error, "the stream has ended");
                return;
            }
            let pair = StreamPair::new(number, recv, send, EventSender::DEFAULT);
            answer(files, pair, device).await;
        });
    }
}

async fn answer(files: Files, mut pair: StreamPair, device: DeviceId) {
    let asked = match timeout(ASK, pair.read_request()).await {
        Ok(Ok(Request::Get(asked))) if asked.ranges.is_blob() => asked,
        // Dropped, the stream is reset: nothing else is done here, least of all writing.
        Ok(_) | Err(_) => return,
    };
    let blob = BlobId::from_bytes(*asked.hash.as_bytes());
    let here = files.presence(&blob).await;
    let here = here.is_ok_and(|presence| presence != Presence::Absent);
    if !here || !files.gate.allows(&device, &blob) {
        tracing::debug!(device = %device.short(), code = %REFUSED, "a file was not given");
        return;
    }
    let given = handle_get(pair, files.store.as_ref().clone(), asked);
    tokio::select! {
        given = given => if let Err(error) = given {
            tracing::debug!(device = %device.short(), "a file was given in part: {error:#}");
        },
        // Who is put out meanwhile gets no more of it.
        () = files.gate.closes(&device, &blob) => {
            tracing::debug!(device = %device.short(), code = %REFUSED, "a file is given no further");
        }
    }
}
