//! Resources: what members offer and need listed on the left, the open one beside with its loans; each takes the whole width where
//! there is no room for both.

mod list;
mod loans;
mod one;
mod state;

use std::collections::BTreeSet;

use egui::Ui;
use tresse_engine::{
    Command, ResourceCommand,
    model::{ItemId, ResourceKind, Side},
};

use super::{Cx, parts};
pub(in crate::views) use state::kind_name;

/// What the view of resources remembers of one network.
#[derive(Default)]
pub struct ResourcesUi {
    query: String,
    /// Only what is offered, or what is needed and not met.
    side: Option<Side>,
    kind: Option<ResourceKind>,
    /// Only what nobody has today.
    free: bool,
    new: String,
    /// Whether what is being written is offered or needed.
    new_side: Side,
    /// What was just added, to be opened once it is here.
    awaited: Option<Awaited>,
    open: Option<ItemId>,
    new_tag: String,
    loan: Option<loans::Draft>,
    rows: list::Rows,
    focus_find: bool,
    focus_new: bool,
}

/// Something that was asked for and is not here yet.
struct Awaited {
    name: String,
    /// What was here before.
    before: BTreeSet<ItemId>,
}

impl ResourcesUi {
    /// Goes to the search field.
    pub fn find(&mut self) {
        self.open = None;
        self.focus_find = true;
    }

    /// Shows what has these words, whatever was filtered before.
    pub fn look_for(&mut self, words: String) {
        self.open = None;
        self.show_all();
        self.query = words;
    }

    /// Goes to where something new is written down.
    pub fn new_thing(&mut self) {
        // Where there is little room an open resource would hide it.
        self.open = None;
        self.focus_new = true;
    }

    /// Shows a resource.
    pub fn open(&mut self, resource: ItemId) {
        if self.open != Some(resource) {
            self.open = Some(resource);
            self.new_tag.clear();
            self.loan = None;
        }
    }

    /// Paints it.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        self.open_awaited(cx);
        // What was taken out elsewhere is not shown as if it were there.
        let here = |id: &ItemId| cx.net.resources.resource(id).is_some();
        self.open = self.open.filter(here);
        let open = self.open.is_some();
        let salt = ("resource list", 0.85, open);
        parts::beside(self, ui, cx, salt, list::ui, one::ui);
    }

    fn show_all(&mut self) {
        self.query.clear();
        (self.side, self.kind, self.free) = (None, None, false);
    }

    /// Adds something of mine, and shows it once it is here.
    fn add(&mut self, cx: &mut Cx<'_>, name: String, side: Side, answering: Option<&Answering>) {
        let all = cx.net.resources.resources.iter();
        self.awaited = Some(Awaited {
            name: name.clone(),
            before: all.map(|row| row.resource.id).collect(),
        });
        cx.send(Command::Resource(ResourceCommand::Add {
            network: cx.id(),
            name,
            side,
            kind: answering.map(|need| need.kind).unwrap_or_default(),
            member: None,
            organisation: None,
            description: None,
            place: None,
            conditions: None,
            answers: answering.map(|need| need.id),
            tags: Vec::new(),
        }));
        // What one has just written is to be seen.
        self.show_all();
    }

    fn open_awaited(&mut self, cx: &Cx<'_>) {
        let Some(awaited) = &self.awaited else {
            return;
        };
        let came = cx.net.resources.resources.iter().find(|row| {
            let new = !awaited.before.contains(&row.resource.id);
            new && row.mine && row.resource.name == awaited.name
        });
        if let Some(row) = came {
            let id = row.resource.id;
            self.awaited = None;
            self.open(id);
        }
    }
}

/// The need that something is offered for.
struct Answering {
    id: ItemId,
    kind: ResourceKind,
}
