//! What a person's machines are called, as far as this one was told: when one was linked by the other.

use tresse_model::DeviceId;
use tresse_sync::MAX_LABEL_BYTES;

use super::{Replica, writes::Write};
use crate::{CommandError, EngineError};

const LABEL: &str = "label/";

impl Replica {
    pub(super) fn load_labels(&mut self) -> Result<(), EngineError> {
        for key in self.store.meta_keys(LABEL)? {
            let device = key.strip_prefix(LABEL).and_then(|text| text.parse().ok());
            let label = self.store.meta(&key)?.map(String::from_utf8);
            if let (Some(device), Some(Ok(label))) = (device, label) {
                self.labels.insert(device, label);
            }
        }
        Ok(())
    }

    /// This machine's name, for the person's other machines; nothing, if none was given.
    pub(crate) fn label(&self) -> String {
        let label = self.labels.get(&self.device());
        label.cloned().unwrap_or_default()
    }

    /// Gives this machine a name.
    pub(crate) fn set_label(&mut self, label: &str) -> Result<(), CommandError> {
        let label = label.trim();
        if label.len() > MAX_LABEL_BYTES || label.chars().any(char::is_control) {
            return Err(CommandError::new(
                "bad-label",
                format!("a device's name has at most {MAX_LABEL_BYTES} bytes, on one line"),
            ));
        }
        self.remember_label(&self.device(), label);
        Ok(())
    }

    /// Remembers what a machine of this person's is called.
    pub(crate) fn remember_label(&mut self, device: &DeviceId, label: &str) {
        if label.is_empty() || self.labels.get(device).is_some_and(|known| known == label) {
            return;
        }
        let key = format!("{LABEL}{device}");
        self.pending.push(Write::meta(&key, label.as_bytes()));
        self.labels.insert(*device, label.to_owned());
        for network in self.networks.values_mut() {
            network.views.dirty_all();
        }
    }
}
