//! The one task that knows every link and contact.
use std::sync::{Arc, RwLock};

use iroh::{Endpoint, SecretKey, endpoint::presets};
use tokio::sync::mpsc;
use tresse_model::DeviceId;

use crate::{
    NetConfig, NetError, NetEvent,
    net::{Net, NetCommand, Shared},
};

pub(crate) async fn start(
    config: NetConfig,
    events: mpsc::Sender<NetEvent>,
) -> Result<Net, NetError> {
    let key = SecretKey::from_bytes(&config.seed);
    let device = DeviceId::from_bytes(*key.public().as_bytes());
    let endpoint = Endpoint::builder(presets::Minimal)
        .secret_key(key)
        .bind()
        .await
        .map_err(|error| NetError::Unavailable {
            reason: error.to_string(),
        })?;
    let (commands, mut queue) = mpsc::unbounded_channel();
    let shared = Arc::new(Shared {
        device,
        addresses: RwLock::new(endpoint.bound_sockets()),
        relay: RwLock::new(None),
    });
    tokio::spawn(async move {
        while let Some(command) = queue.recv().await {
            if let NetCommand::Shutdown(done) = command {
                endpoint.close().await;
                if done.send(()).is_err() {
                    tracing::trace!("nobody waits for the end");
                }
                break;
            }
        }
        drop(events);
    });
    Ok(Net { commands, shared })
}
