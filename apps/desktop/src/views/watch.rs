//! The watch: what was seen outside listed on the left, the open item beside; each takes the whole width where there is no room for
//! both.

mod item;
mod list;

use std::collections::BTreeSet;

use egui::Ui;
use tresse_engine::{Command, WatchCommand, model::ItemId};

use super::{Cx, parts};

/// What the view of the watch remembers of one network.
#[derive(Default)]
pub struct WatchUi {
    query: String,
    tags: BTreeSet<String>,
    /// Only what I have yet to read.
    unread: bool,
    new: String,
    open: Option<ItemId>,
    new_tag: String,
    rows: list::Rows,
    focus_find: bool,
    focus_new: bool,
}

impl WatchUi {
    /// Goes to the search field.
    pub fn find(&mut self) {
        self.open = None;
        self.focus_find = true;
    }

    /// Shows what has these words, whatever was filtered before.
    pub fn look_for(&mut self, words: String) {
        self.open = None;
        self.tags.clear();
        self.unread = false;
        self.query = words;
    }

    /// Goes to where something new is written down.
    pub fn new_thing(&mut self) {
        // Where there is little room an open item would hide it.
        self.open = None;
        self.focus_new = true;
    }

    /// Shows an item, which then is read.
    pub fn open(&mut self, item: ItemId) {
        if self.open != Some(item) {
            self.open = Some(item);
            self.new_tag.clear();
        }
    }

    /// Paints it.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        // What was taken out elsewhere is not shown as if it were there.
        let here = |id: &ItemId| cx.net.watch.item(id).is_some();
        self.open = self.open.filter(here);
        let open = self.open.is_some();
        parts::beside(self, ui, cx, ("watch list", 0.85, open), list::ui, item::ui);
    }
}

/// Notes that items are read, all of them where none is named; where this machine is nobody's, nothing is noted.
fn read(cx: &mut Cx<'_>, items: Vec<ItemId>) {
    if cx.net.members.writable {
        let network = cx.id();
        cx.send(Command::Watch(WatchCommand::Read { network, items }));
    }
}

/// Whether the system may be asked to open this: an address of the web, and nothing that a program could be started with.
fn is_web(link: &str) -> bool {
    let link = link.trim();
    let rest = ["https://", "http://"].iter().find_map(|scheme| {
        let start = link.get(..scheme.len())?;
        start
            .eq_ignore_ascii_case(scheme)
            .then(|| &link[scheme.len()..])
    });
    let odd = |char: char| char.is_whitespace() || char.is_control();
    rest.is_some_and(|rest| rest.starts_with(char::is_alphanumeric) && !link.contains(odd))
}

#[cfg(test)]
mod tests {
    use super::is_web;

    #[test]
    fn only_addresses_of_the_web_are_opened() {
        for link in [
            "https://exemple.org",
            " HTTP://exemple.org/a?b#c ",
            "https://été.example",
        ] {
            assert!(is_web(link), "{link}");
        }
        for link in [
            "",
            "exemple.org",
            "file:///etc/passwd",
            "javascript:alert(1)",
            "https://",
            "https:///x",
            "https://a b",
            "mailto:ana@exemple.org",
            "smb://partage",
            "httpsé",
        ] {
            assert!(!is_web(link), "{link}");
        }
    }
}
