//! What is carried by hand: bundles made and taken in.

use std::path::Path;

use serde::Serialize;
use tresse_model::{DeviceId, DocId, NetworkId};
use tresse_sync::{BundleError, HostError, Unpacked, pack, unpack};

use crate::{
    CommandError, Engine,
    core::Core,
    export::{io, write_new},
    replica::HostAt,
};

/// The longest bundle that is taken in, in bytes.
const LONGEST: u64 = 1 << 30;

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
        let network = *network;
        let packed = self.ask(move |core| {
            let moment = core.moment();
            let salt = moment.random();
            let mut host = HostAt {
                replica: &mut core.replica,
                moment: &moment,
            };
            pack(&mut host, &network, device.as_ref(), salt)
        })?;
        let packed = packed.map_err(|error| refusal(&error))?;
        if packed.bytes.len() as u64 > LONGEST {
            let message =
                "all of it is longer than the 1 GiB of a bundle: name the device it is for";
            return Err(CommandError::new("too-long", message));
        }
        write_new(file, &packed.bytes)?;
        Ok(BundleMade {
            bytes: packed.bytes.len(),
            documents: packed.documents,
            left_out: BundleRefusal::all(packed.left_out),
        })
    }

    /// Takes in a bundle: whatever is sound and allowed of it, as if a peer had sent it. Answers once it is durable.
    ///
    /// # Errors
    /// Where the file cannot be read, is not a bundle of a network that is here, or is damaged: then nothing of it was taken.
    pub fn take_bundle(&self, file: &Path) -> Result<BundleTaken, CommandError> {
        let metadata = std::fs::metadata(file).map_err(|error| io(file, &error))?;
        if metadata.len() > LONGEST {
            let message = format!("{}: a bundle has 1 GiB at the most", file.display());
            return Err(CommandError::new("too-long", message));
        }
        let bytes = std::fs::read(file).map_err(|error| io(file, &error))?;
        let taken = self.ask(move |core| core.take_bundle(&bytes))?;
        let taken = taken.map_err(|error| refusal(&error))?;
        Ok(BundleTaken {
            network: taken.network,
            acts: taken.acts,
            documents: taken.documents.len(),
            refused: BundleRefusal::all(taken.refused),
        })
    }
}

impl Core {
    /// Takes a bundle in and commits.
    fn take_bundle(&mut self, bytes: &[u8]) -> Result<Unpacked, BundleError> {
        let moment = self.moment();
        let mut host = HostAt {
            replica: &mut self.replica,
            moment: &moment,
        };
        let taken = unpack(&mut host, bytes);
        // What was taken before something could not be kept is sound, and stays.
        let kept = self.settle_now();
        let full = || HostError("the disk takes nothing just now".into());
        taken.and_then(|taken| kept.then_some(taken).ok_or_else(|| full().into()))
    }
}

fn refusal(error: &BundleError) -> CommandError {
    CommandError::new(error.code(), error.to_string())
}
