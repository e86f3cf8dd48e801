//! Who may have which file.

use std::{collections::BTreeSet, sync::Arc};

use tokio::sync::watch;
use tresse_model::{BlobId, DeviceId};

/// A circle of devices, and the files that its documents speak of: one for each network.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Circle {
    /// The devices of its active members.
    pub devices: BTreeSet<DeviceId>,
    /// The files of its documents.
    pub blobs: BTreeSet<BlobId>,
}

/// What is allowed now. Clones share it. Before anything is said, nobody may have anything.
#[derive(Debug, Clone)]
pub(super) struct Gate(Arc<watch::Sender<Vec<Circle>>>);

impl Default for Gate {
    fn default() -> Self {
        Self(Arc::new(watch::Sender::new(Vec::new())))
    }
}

impl Gate {
    pub(super) fn set(&self, circles: Vec<Circle>) {
        self.0.send_replace(circles);
    }

    /// Whether some circle holds both.
    pub(super) fn allows(&self, device: &DeviceId, blob: &BlobId) -> bool {
        allowed(&self.0.borrow(), device, blob)
    }

    /// Waits until no circle holds both any more.
    pub(super) async fn closes(&self, device: &DeviceId, blob: &BlobId) {
        let mut circles = self.0.subscribe();
        // The sender lives as long as this.
        if circles
            .wait_for(|circles| !allowed(circles, device, blob))
            .await
            .is_err()
        {
            tracing::debug!("nobody says any more who may have which file");
        }
    }
}

fn allowed(circles: &[Circle], device: &DeviceId, blob: &BlobId) -> bool {
    let mut circles = circles.iter();
    circles.any(|circle| circle.devices.contains(device) && circle.blobs.contains(blob))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_may_have_the_files_of_its_own_circles_and_no_others() {
        let (ana, bo) = (DeviceId::from_bytes([1; 32]), DeviceId::from_bytes([2; 32]));
        let (one, two) = (BlobId::from_bytes([1; 32]), BlobId::from_bytes([2; 32]));
        let gate = Gate::default();
        assert!(!gate.allows(&ana, &one), "nothing was said yet");
        let circle = |device, blob| Circle {
            devices: [device].into(),
            blobs: [blob].into(),
        };
        gate.set(vec![circle(ana, one), circle(bo, two)]);
        assert!(gate.allows(&ana, &one) && gate.allows(&bo, &two));
        assert!(!gate.allows(&ana, &two) && !gate.allows(&bo, &one));
        gate.set(vec![circle(bo, two)]);
        assert!(!gate.allows(&ana, &one), "it was removed");
    }
}
