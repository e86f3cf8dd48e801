//! What the window paints of the digest, and of what came in when this machine met others.

use serde::Serialize;
use tresse_model::NetworkId;

use crate::{DigestSettings, MovedView};

/// What is told now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Default)]
pub struct DigestView {
    /// How I want to be told.
    pub settings: DigestSettings,
    /// Networks of which something is told now, by name.
    pub ready: Vec<NetworkDigestView>,
    /// What came in at the last meetings with others, until it is read ([`crate::DigestCommand::Arrived`]).
    pub arrived: Vec<ArrivedView>,
}

/// What is told of one network.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NetworkDigestView {
    /// Which.
    pub network: NetworkId,
    /// Its name.
    pub name: String,
    /// What moved, last changed first.
    pub moved: Vec<MovedView>,
    /// How many more documents changed, which were not looked into.
    pub more: usize,
}

/// What came in for one network.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ArrivedView {
    /// Which network.
    pub network: NetworkId,
    /// Its name.
    pub name: String,
    /// Who was met, by name.
    pub from: Vec<String>,
    /// How many documents are new or changed; notebooks are not counted.
    pub documents: usize,
    /// Who is a member now and was not before, by name.
    pub people: Vec<String>,
    /// How many fields in these documents hold two people's values, for somebody to choose.
    pub conflicts: usize,
}
