//! Who is here now, as the window shows it.

use std::{collections::BTreeMap, sync::Arc};

use serde::Serialize;
use tresse_model::{DeviceId, DocId, MemberId, NetworkId};

/// Who is here in each network, apart from this person: as their devices said in the last minute. Nobody in a network that is left out.
pub type CompanyView = BTreeMap<NetworkId, Arc<Vec<PersonHere>>>;

/// Somebody who has Tresse open now and shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PersonHere {
    /// The person. Whoever has it open on two machines is here once.
    pub member: MemberId,
    /// Their name, as known here.
    pub name: String,
    /// What they look at, on each of their machines that looks at something.
    pub spots: Vec<SpotView>,
}

impl PersonHere {
    /// Whether they look at this document.
    pub fn is_at(&self, doc: &DocId) -> bool {
        self.spots.iter().any(|spot| spot.doc == *doc)
    }
}

/// What somebody looks at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SpotView {
    /// On which machine.
    pub device: DeviceId,
    /// The document.
    pub doc: DocId,
    /// Where they write in its text, where that is known here.
    pub caret: Option<CaretView>,
}

/// Where somebody writes in a text that is open here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct CaretView {
    /// How many characters stand before their caret.
    pub head: usize,
    /// The other end of what they selected; the same where nothing is.
    pub tail: usize,
    /// In which text: its [`crate::TextView::version`].
    pub version: u64,
}

/// What a person looks at now: for [`crate::Engine::look`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Looking {
    /// In which network; `None`: Tresse is open, and shows none.
    pub network: Option<NetworkId>,
    /// At which document there.
    pub doc: Option<DocId>,
    /// Where in its text, if they write there.
    pub caret: Option<Place>,
}

/// Where somebody writes, as their editor counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The version of the text that the editor last adopted; its own edits since are with the engine already.
    pub base: u64,
    /// How many characters stand before the caret.
    pub head: usize,
    /// The other end of what is selected; the same where nothing is.
    pub tail: usize,
}
