//! What is carried by hand: bundles made and taken in.
//!
//! The core thread gives a bundle a slice of its time, then looks at what else has come: what somebody types
//! meanwhile is saved as ever, and whoever waits sees how far it is.

use std::{collections::BTreeSet, io::Read as _, path::Path};

use serde::Serialize;
use tresse_model::{DeviceId, DocId, NetworkId};
use tresse_sync::{BundleError, Host as _, HostError, Packed, Packing, Unpacked, Unpacking};

use crate::{
    CommandError, Engine, Moment, Progress,
    core::Core,
    export::{io, write_new, write_over},
    progress::slice,
    replica::HostAt,
};

/// The longest bundle that is taken in, in bytes.
const LONGEST: u64 = 1 << 30;
/// How the file begins, whatever its version.
const BEGINNING: &[u8] = b"tresse bundle ";

/// A bundle that was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BundleMade {
    /// How many bytes it has.
    pub bytes: usize,
    /// How many documents it holds something of.
    pub documents: usize,
    /// Documents that could not be put into it.
    pub left_out: Vec<BundleRefusal>,
}

/// What came of a bundle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BundleTaken {
    /// Which network it is of.
    pub network: NetworkId,
    /// How many acts were new.
    pub acts: usize,
    /// How many documents changed here.
    pub documents: usize,
    /// How many changes came to them.
    pub changes: usize,
    /// The names of those who wrote them, one for each person.
    pub people: Vec<String>,
    /// Documents of which nothing was taken.
    pub refused: Vec<BundleRefusal>,
}

/// Why there is nothing of one document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BundleRefusal {
    /// Which.
    pub document: DocId,
    /// A stable word for the reason.
    pub code: String,
    /// The reason in English.
    pub message: String,
}

impl BundleRefusal {
    fn all(refused: Vec<(DocId, tresse_sync::DocRefusal)>) -> Vec<Self> {
        let one = |(document, refusal): (DocId, tresse_sync::DocRefusal)| Self {
            document,
            code: refusal.code().to_owned(),
            message: refusal.to_string(),
        };
        refused.into_iter().map(one).collect()
    }
}

impl Engine {
    /// Whether a file says of itself that it is a bundle, whole or not.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn is_bundle(file: &Path) -> Result<bool, CommandError> {
        let mut begins = Vec::new();
        let opened = std::fs::File::open(file);
        let read = opened.and_then(|file| {
            let mut file = file.take(BEGINNING.len() as u64);
            file.read_to_end(&mut begins)
        });
        read.map_err(|error| io(file, &error))?;
        Ok(begins == BEGINNING)
    }

    /// Writes a new file with all of a network that a member's device is not known to have; with no device named, with
    /// all of it. Only who knows the network's secret can read it: members, and who once was one.
    ///
    /// # Errors
    /// Where the network is not here, the device is not a member's, or the file is there already or cannot be written.
    pub fn bundle(
        &self,
        network: &NetworkId,
        device: Option<DeviceId>,
        file: &Path,
    ) -> Result<BundleMade, CommandError> {
        let packed = self.pack(network, device, &Progress::default())?;
        write_new(file, &packed.bytes)?;
        Ok(packed.into())
    }

    /// Like [`Engine::bundle`], in place of what may be there; whoever looks finds what was there, or all of the new file.
    ///
    /// # Errors
    /// As [`Engine::bundle`], but for a file that is there; `stopped` where `progress` was told to stop.
    pub fn bundle_over(
        &self,
        network: &NetworkId,
        device: Option<DeviceId>,
        file: &Path,
        progress: &Progress,
    ) -> Result<BundleMade, CommandError> {
        let packed = self.pack(network, device, progress)?;
        write_over(file, &packed.bytes)?;
        Ok(packed.into())
    }

    /// Takes in a bundle: whatever is sound and allowed of it, as if a peer had sent it. Answers once it is durable.
    ///
    /// # Errors
    /// Where the file cannot be read, is not a bundle of a network that is here, or is damaged: then nothing of it was taken.
    /// `stopped` where `progress` was told to stop: what was taken before stays.
    pub fn take_bundle(
        &self,
        file: &Path,
        progress: &Progress,
    ) -> Result<BundleTaken, CommandError> {
        let metadata = std::fs::metadata(file).map_err(|error| io(file, &error))?;
        if metadata.len() > LONGEST {
            let message = format!("{}: a bundle has 1 GiB at the most", file.display());
            return Err(CommandError::new("too-long", message));
        }
        let bytes = std::fs::read(file).map_err(|error| io(file, &error))?;
        let networks = self.hosted(|host| Ok(host.networks()))?;
        let mut unpacking = Unpacking::open(&networks, &bytes).map_err(|error| refusal(&error))?;
        loop {
            progress.tell(unpacking.progress())?;
            let step = self.ask(move |core| core.take_some(unpacking))?;
            let (more, going) = step.map_err(|error| refusal(&error))?;
            unpacking = going;
            if !more {
                break;
            }
        }
        progress.tell(unpacking.progress())?;
        let taken = unpacking.end();
        self.ask(move |core| core.taken(taken))
    }

    fn pack(
        &self,
        network: &NetworkId,
        device: Option<DeviceId>,
        progress: &Progress,
    ) -> Result<Packed, CommandError> {
        let network = *network;
        let salt = Moment::real().random();
        let begin =
            move |host: &mut HostAt<'_>| Packing::begin(host, &network, device.as_ref(), salt);
        let mut packing = self.hosted(begin)?;
        loop {
            progress.tell(packing.progress())?;
            not_too_long(packing.size())?;
            let step = move |host: &mut HostAt<'_>| {
                let more = slice(|| packing.step(host))?;
                Ok((more, packing))
            };
            let (more, going) = self.hosted(step)?;
            packing = going;
            if !more {
                break;
            }
        }
        progress.tell(packing.progress())?;
        let packed = self.hosted(move |host| packing.end(host))?;
        not_too_long(packed.bytes.len())?;
        Ok(packed)
    }

    /// Has the core thread do something with what it holds.
    fn hosted<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut HostAt<'_>) -> Result<T, BundleError> + Send + 'static,
    ) -> Result<T, CommandError> {
        let done = self.ask(move |core| {
            let moment = core.moment();
            work(&mut HostAt {
                replica: &mut core.replica,
                moment: &moment,
            })
        })?;
        done.map_err(|error| refusal(&error))
    }
}

fn not_too_long(bytes: usize) -> Result<(), CommandError> {
    if bytes as u64 > LONGEST {
        let message = "all of it is longer than the 1 GiB of a bundle: name the device it is for";
        return Err(CommandError::new("too-long", message));
    }
    Ok(())
}

impl Core {
    /// Takes some of a bundle in and commits.
    fn take_some(&mut self, mut unpacking: Unpacking) -> Result<(bool, Unpacking), BundleError> {
        let moment = self.moment();
        let mut host = HostAt {
            replica: &mut self.replica,
            moment: &moment,
        };
        let taken = slice(|| unpacking.step(&mut host));
        // What was taken before something could not be kept is sound, and stays.
        if !self.settle_now() {
            return Err(HostError("the disk takes nothing just now".into()).into());
        }
        Ok((taken?, unpacking))
    }

    /// Tells what came, with the names of people.
    fn taken(&self, taken: Unpacked) -> BundleTaken {
        let network = taken.network;
        let owner = |device: &DeviceId| self.replica.device_owner(&network, device);
        let owners: BTreeSet<_> = taken.authors.iter().map(owner).collect();
        let mut people: Vec<String> = owners.into_iter().map(|(_, name)| name).collect();
        people.sort();
        BundleTaken {
            network,
            acts: taken.acts,
            documents: taken.documents.len(),
            changes: taken.changes,
            people,
            refused: BundleRefusal::all(taken.refused),
        }
    }
}

impl From<Packed> for BundleMade {
    fn from(packed: Packed) -> Self {
        Self {
            bytes: packed.bytes.len(),
            documents: packed.documents,
            left_out: BundleRefusal::all(packed.left_out),
        }
    }
}

fn refusal(error: &BundleError) -> CommandError {
    CommandError::new(error.code(), error.to_string())
}

#[cfg(test)]
mod tests;
