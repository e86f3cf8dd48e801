//! The library: pages listed and searched on the left, the open one beside; each takes the whole width where
//! there is no room for both.

mod list;
mod page;

use std::collections::BTreeSet;

use egui::Ui;
use tresse_engine::{
    Command, SearchHit,
    model::{DocId, NetworkId},
};

use super::{
    Cx,
    parts::{self, Lately},
    writing::Writing,
};

/// How many texts keep their editor once they are closed.
const TEXTS: usize = 12;

/// What the library's view remembers of one network.
#[derive(Default)]
pub struct LibraryUi {
    query: String,
    query_changed: f64,
    asked: String,
    hits: Option<(String, Vec<SearchHit>)>,
    tags: BTreeSet<String>,
    bin: bool,
    open: Option<DocId>,
    /// The texts opened lately, newest last: an editor lives until the engine has all it wrote.
    texts: Lately<Writing, TEXTS>,
    new_tag: String,
    rows: list::Rows,
    focus_find: bool,
}

impl LibraryUi {
    /// Goes to the search field.
    pub fn find(&mut self) {
        self.focus_find = true;
    }

    /// Shows a page; what the engine should be told is added to `commands`.
    pub fn open(&mut self, network: NetworkId, page: DocId, commands: &mut Vec<Command>) {
        if self.open == Some(page) {
            return;
        }
        self.close(network, commands);
        self.open = Some(page);
        commands.push(Command::PageOpen { network, page });
    }

    /// Shows no page.
    pub fn close(&mut self, network: NetworkId, commands: &mut Vec<Command>) {
        self.new_tag.clear();
        if let Some(page) = self.open.take() {
            commands.push(Command::PageClose { network, page });
        }
    }

    /// The page that is open.
    pub const fn opened(&self) -> Option<DocId> {
        self.open
    }

    /// The text that is being written, if a page is open.
    pub fn writing(&mut self) -> Option<&mut Writing> {
        let open = self.open?;
        Some(self.texts.of(open))
    }

    /// The text of a document, open or closed a moment ago: for what comes of it later than it was asked.
    pub fn text_of(&mut self, doc: DocId) -> Option<&mut Writing> {
        self.texts.known(doc)
    }

    /// The engine's answer to a search.
    pub fn found(&mut self, query: String, hits: Vec<SearchHit>) {
        self.hits = Some((query, hits));
    }

    /// Paints it.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let (salt, open) = ("library list", self.open.is_some());
        parts::beside(self, ui, cx, (salt, 0.85, open), list::ui, page::ui);
    }
}
