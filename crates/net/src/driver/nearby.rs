//! The stations on local networks, as the driver switches and hears them.

use std::{sync::PoisonError, time::Instant};

use tokio::{sync::mpsc, task::JoinHandle};

use super::Driver;
use crate::{
    NetEvent,
    lan::{self, FromLan, LanStatus},
};

/// The stations, where they are switched on.
#[derive(Default)]
pub(super) struct Nearby(Option<(mpsc::Receiver<FromLan>, JoinHandle<()>)>);

impl Nearby {
    /// What they tell next; `None`: they have ended. Never, while there are none.
    pub(super) async fn next(&mut self) -> Option<FromLan> {
        match &mut self.0 {
            Some((news, _)) => news.recv().await,
            None => std::future::pending().await,
        }
    }

    /// Ends them. They hold the endpoint until then.
    pub(super) fn stop(&mut self) -> Option<JoinHandle<()>> {
        let (_, task) = self.0.take()?;
        task.abort();
        Some(task)
    }
}

impl Driver {
    /// Has stations from now on, or none.
    pub(super) fn listen_nearby(&mut self, on: bool) {
        if on == self.nearby.0.is_some() {
            return;
        }
        self.book.listens(on);
        if on {
            let (news, listening) = lan::listen(self.endpoint.clone(), self.nics.clone());
            self.nearby.0 = Some((news, tokio::spawn(listening)));
        } else {
            self.helpers.extend(self.nearby.stop());
        }
        self.lan_stands(LanStatus {
            on,
            ..LanStatus::default()
        });
    }

    pub(super) fn hear_nearby(&mut self, news: Option<FromLan>) {
        match news {
            Some(FromLan::Heard(announcement)) => self.hear(announcement),
            Some(FromLan::Status(status)) => self.lan_stands(status),
            None => {
                tracing::error!("nobody listens to local networks any more");
                // It is still wished.
                self.listen_nearby(false);
                self.listen_nearby(true);
            }
        }
    }

    fn hear(&mut self, announcement: lan::Heard) {
        let now = Instant::now();
        let lan::Heard { device, addrs } = announcement;
        if self.book.note(device, addrs, now) && self.table.of(device).is_none() {
            self.keeper.heard(device, now);
            self.say(NetEvent::Discovered { device });
        }
    }

    fn lan_stands(&self, status: LanStatus) {
        let mut stood = self
            .shared
            .lan
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        if *stood != status {
            *stood = status;
            drop(stood);
            self.say(NetEvent::Lan(status));
        }
    }
}
