//! What every view of a network is given: the newest views of the engine, the words, what is being typed, and
//! a place to put what it asks for.

use std::sync::Arc;

use jiff::civil::Date;
use tresse_engine::{AppView, Command, NetworkView, model::NetworkId};

use crate::{
    app::{asks::Ask, draft::Drafts},
    i18n::I18n,
};

/// The surroundings of a view.
pub struct Cx<'a> {
    /// Words.
    pub words: &'a I18n,
    /// The application at this instant.
    pub app: &'a AppView,
    /// The network shown.
    pub net: &'a Arc<NetworkView>,
    /// What is being typed into fields.
    pub drafts: &'a mut Drafts,
    /// What is asked for.
    pub asks: &'a mut Vec<Ask>,
    /// Today, here.
    pub today: Date,
    /// Now, in milliseconds since 1970, UTC.
    pub now: i64,
    /// The window's own clock, in seconds.
    pub time: f64,
}

impl Cx<'_> {
    /// The network shown.
    pub fn id(&self) -> NetworkId {
        self.net.id
    }

    /// Whether something can only be read: `read_only` says so of the thing itself, nobody writes with a machine
    /// that is no member's, and nobody in a closed network. (Who is in it members decide there too.)
    pub fn locked(&self, read_only: bool) -> bool {
        read_only || !self.net.is_writable()
    }

    /// Sends a command to the engine once the pass is over.
    pub fn send(&mut self, command: Command) {
        self.asks.push(Ask::Send(command));
    }

    /// Asks for something.
    pub fn ask(&mut self, ask: Ask) {
        self.asks.push(ask);
    }
}
