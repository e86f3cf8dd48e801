//! What the driver does when this machine slept: links whose other ends gave up meanwhile are found out at once, not after twenty
//! seconds of silence, and everybody is looked for again.

use std::time::{Duration, Instant};

use tokio::time::sleep;

use super::{Driver, Inside};

/// How long a link may be silent after waking. A sign of life goes out every five seconds, and at once after the network was looked at anew.
const ANSWER: Duration = Duration::from_secs(8);

impl Driver {
    pub(super) fn awake(&mut self) {
        tracing::debug!("this machine slept");
        self.publish_addresses();
        for (link, heard) in self.table.heard() {
            let inside = self.inside.clone();
            tokio::spawn(async move {
                sleep(ANSWER).await;
                if inside.send(Inside::Silent(link, heard)).is_err() {
                    tracing::trace!("the network has ended");
                }
            });
        }
        self.redial();
        self.keeper.moved(Instant::now());
        let endpoint = self.endpoint.clone();
        tokio::spawn(async move { endpoint.network_change().await });
    }
}
