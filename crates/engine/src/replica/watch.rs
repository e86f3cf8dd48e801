//! The watch: what is asked about it, and its view.
//!
//! Every year's document is read whole when a network is opened, as its plan is: an item is a line and a few words, and how much there
//! is to read stands beside the place's name.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use automerge::ChangeHash;
use serde_json::{Value, json};
use tresse_model::{
    DocId, Edit, EditError, ItemId, MemberId, NetworkId, SEEN_HEADS, WATCH_YEARS, WatchContent,
    WatchEdit, WatchField, WatchItem, WatchRead, WatchReading, watch_has, watch_items_until,
};
use tresse_report::WatchExport;

use super::{Network, Replica, edits::Planned};
use crate::{CommandError, Moment, WatchCommand, WatchRow, WatchView};

/// What is known of the watch without asking a document.
#[derive(Default)]
pub(super) struct Watched {
    years: BTreeMap<DocId, Year>,
    /// What I have read, by my notebook.
    read: WatchRead,
    view: Arc<WatchView>,
    /// Something was read anew since the view was put together.
    stale: bool,
}

struct Year {
    items: Vec<Arc<WatchItem>>,
    /// Those up to which my notebook says that all is read.
    until: BTreeSet<ItemId>,
    read_only: bool,
}

impl Watched {
    pub(super) fn view(&self) -> Arc<WatchView> {
        Arc::clone(&self.view)
    }

    /// Knows no year any more, until each is read again.
    pub(super) fn begin_anew(&mut self) {
        self.years.clear();
        self.stale = true;
    }

    /// Takes in what a year's document says by now.
    pub(super) fn show(&mut self, doc: DocId, content: WatchContent, read_only: bool) {
        let items = content.items.into_iter().map(Arc::new).collect();
        let year = Year {
            items,
            until: BTreeSet::new(),
            read_only,
        };
        self.years.insert(doc, year);
        self.stale = true;
    }

    /// Takes in what my notebook says by now.
    pub(super) fn show_read(&mut self, read: WatchRead) {
        self.stale |= self.read != read;
        self.read = read;
    }

    /// An item that is not removed.
    pub(super) fn item(&self, id: &ItemId) -> Option<&Arc<WatchItem>> {
        let mut all = self.years.values().flat_map(|year| &year.items);
        all.find(|item| item.id == *id)
    }
}

impl Replica {
    /// Carries out what is asked about the watch.
    pub(super) fn watch_command(
        &mut self,
        command: WatchCommand,
        moment: &Moment,
    ) -> Result<Value, CommandError> {
        let (network, id, edit) = match command {
            WatchCommand::Add {
                network,
                title,
                summary,
                link,
                on,
                tags,
            } => {
                let on = on.or_else(|| Some(moment.today()));
                let said = [
                    (WatchField::Summary, summary),
                    (WatchField::Link, link),
                    (WatchField::On, on),
                ];
                let said = said.into_iter();
                let fields = said.filter_map(|(field, value)| Some((field, value?)));
                let add = Adding {
                    title,
                    fields: fields.collect(),
                    tags,
                    origin: None,
                };
                let (doc, id, edit) = add.planned(&network, moment);
                let planned = Planned::new(network, doc, edit).answering("watch", &id);
                return self.carry_out(planned, moment);
            }
            WatchCommand::Read { network, items } => {
                let read = self.read_watch_items(&network, &items, moment)?;
                return Ok(json!({ "read": read }));
            }
            WatchCommand::Unread { network, items } => {
                self.watched(&network, &items)?;
                let reading = WatchReading::Items { items, off: true };
                self.note_read(&network, vec![reading], moment)?;
                return Ok(json!({}));
            }
            WatchCommand::Set {
                network,
                watch: id,
                field,
                value,
            } => (network, id, WatchEdit::Set { id, field, value }),
            WatchCommand::Tag {
                network,
                watch: id,
                tag,
            } => (
                network,
                id,
                WatchEdit::Tag {
                    id,
                    tag,
                    off: false,
                },
            ),
            WatchCommand::Untag {
                network,
                watch: id,
                tag,
            } => (network, id, WatchEdit::Tag { id, tag, off: true }),
            WatchCommand::Remove {
                network,
                watch: id,
                restore,
            } => (network, id, WatchEdit::Remove { id, restore }),
        };
        let doc = self.year_of(&network, &id)?;
        self.carry_out(Planned::new(network, doc, Edit::Watch(edit)), moment)
    }

    /// The year's document that an item is shown in; of one that is removed, the one that holds it. A year that does not read is in
    /// nobody's way.
    fn year_of(&mut self, network: &NetworkId, id: &ItemId) -> Result<DocId, CommandError> {
        self.watched(network, &[])?;
        let view = self.network_ref(network)?.views.watched.view();
        if let Some(row) = view.item(id) {
            return Ok(row.doc);
        }
        let docs: Vec<DocId> = self.network_ref(network)?.years().collect();
        for doc in docs {
            match self.document(network, &doc) {
                Ok(year) if watch_has(year, id) => return Ok(doc),
                Ok(_) => {}
                Err(error) => tracing::warn!(code = %error.code, %doc, "passed over: {error}"),
            }
        }
        Err(no_item(id))
    }

    /// The shown items of each year with whether they are to be read, where all of `wanted` are among them.
    fn watched(
        &mut self,
        network: &NetworkId,
        wanted: &[ItemId],
    ) -> Result<BTreeMap<DocId, Vec<(ItemId, bool)>>, CommandError> {
        self.refresh(network)?;
        let me = self.me_in(network)?;
        let state = self.network_mut(network)?;
        state.look_at_watch(&me, true);
        let view = state.views.watched.view();
        if let Some(unknown) = wanted.iter().find(|id| view.item(id).is_none()) {
            return Err(no_item(unknown));
        }
        let mut years: BTreeMap<DocId, Vec<(ItemId, bool)>> = BTreeMap::new();
        for row in &view.items {
            let year = years.entry(row.doc).or_default();
            year.push((row.item.id, row.unread));
        }
        Ok(years)
    }

    /// Notes what I have read; all of it, if nothing is named. Where nothing of a year is left to be read, one mark says so instead of
    /// one for each item.
    fn read_watch_items(
        &mut self,
        network: &NetworkId,
        wanted: &[ItemId],
        moment: &Moment,
    ) -> Result<usize, CommandError> {
        let years = self.watched(network, wanted)?;
        let state = self.network_ref(network)?;
        let now_read = |id: &ItemId| wanted.is_empty() || wanted.contains(id);
        let mut notes = Vec::new();
        let mut count = 0;
        for (doc, items) in years {
            let unread = items.iter().filter(|(_, unread)| *unread);
            let (read, left): (Vec<ItemId>, Vec<ItemId>) =
                unread.map(|(id, _)| *id).partition(|id| now_read(id));
            if read.is_empty() {
                continue;
            }
            count += read.len();
            let heads = state.read_up_to(&doc);
            notes.push(match heads.filter(|_| left.is_empty()) {
                Some(heads) => WatchReading::Until {
                    doc,
                    heads,
                    items: items.into_iter().map(|(id, _)| id).collect(),
                },
                None => WatchReading::Items {
                    items: read,
                    off: false,
                },
            });
        }
        self.note_read(network, notes, moment)?;
        Ok(count)
    }

    /// Nothing to undo: it stays out of the history.
    fn note_read(
        &mut self,
        network: &NetworkId,
        notes: Vec<WatchReading>,
        moment: &Moment,
    ) -> Result<(), CommandError> {
        let notebook = DocId::notebook(network, &self.me_in(network)?);
        for note in notes {
            self.apply(network, &notebook, &Edit::WatchReading(note), moment)?;
        }
        Ok(())
    }

    /// Every item of every year with who added it, the newest first.
    pub(super) fn export_watch(
        &mut self,
        network: &NetworkId,
    ) -> Result<Vec<WatchExport>, CommandError> {
        self.watched(network, &[])?;
        let view = self.network_ref(network)?.views.watched.view();
        let rows = view.items.iter();
        Ok(rows
            .map(|row| WatchExport {
                item: (*row.item).clone(),
                name: row.name.clone(),
            })
            .collect())
    }
}

/// An item in the making.
pub(super) struct Adding {
    pub(super) title: String,
    pub(super) fields: Vec<(WatchField, String)>,
    pub(super) tags: Vec<String>,
    pub(super) origin: Option<(DocId, String)>,
}

impl Adding {
    /// The edit that adds it to the watch of the year that it is, and the item's name.
    pub(super) fn planned(self, network: &NetworkId, moment: &Moment) -> (DocId, ItemId, Edit) {
        let id = ItemId::from_bytes(moment.random());
        let today = moment.today();
        let year = today.split('-').next().and_then(|year| year.parse().ok());
        let (first, last) = (*WATCH_YEARS.start(), *WATCH_YEARS.end());
        let doc = DocId::watch(network, year.unwrap_or(first).clamp(first, last));
        let Self {
            title,
            fields,
            tags,
            origin,
        } = self;
        let edit = Edit::Watch(WatchEdit::Add {
            id,
            title,
            fields,
            tags,
            origin,
        });
        (doc, id, edit)
    }
}

impl Network {
    /// Every year's watch that is here.
    pub(super) fn years(&self) -> impl Iterator<Item = DocId> {
        let docs = self.heads.keys().copied();
        docs.filter(|doc| self.watches.contains(doc))
    }

    /// What says that all of a year is read: its state here, and what another machine of mine had read that has not arrived here. `None`
    /// where that is more than one mark can say.
    fn read_up_to(&self, doc: &DocId) -> Option<Vec<ChangeHash>> {
        let mut heads = self.heads.get(doc)?.clone();
        let copy = self.loaded.get(doc)?.copy.doc();
        let before = self.views.watched.read.until.get(doc).into_iter().flatten();
        heads.extend(before.filter(|head| copy.get_change_meta_by_hash(head).is_none()));
        (heads.len() <= SEEN_HEADS).then_some(heads)
    }

    /// Puts the watch's view together anew, where it changed or (`anew`) names and titles may have. What comes out the same stays the
    /// same view.
    pub(super) fn look_at_watch(&mut self, me: &MemberId, anew: bool) {
        let stale = std::mem::take(&mut self.views.watched.stale);
        if !stale && !anew {
            return;
        }
        if stale {
            let Watched { years, read, .. } = &mut self.views.watched;
            for (doc, year) in years {
                let until = read.until.get(doc).zip(self.loaded.get(doc));
                year.until = until
                    .map(|(heads, loaded)| watch_items_until(loaded.copy.doc(), heads))
                    .unwrap_or_default();
            }
        }
        let view = self.watch_view(me);
        if *self.views.watched.view != view {
            self.views.watched.view = Arc::new(view);
        }
    }

    fn watch_view(&self, me: &MemberId) -> WatchView {
        let Watched { years, read, .. } = &self.views.watched;
        let mut items: Vec<WatchRow> = Vec::new();
        let mut tags: BTreeMap<&str, usize> = BTreeMap::new();
        for (doc, year) in years {
            // Of one day, what was added last comes first.
            for item in year.items.iter().rev() {
                for tag in &item.tags {
                    *tags.entry(tag).or_default() += 1;
                }
                // What somebody wrote themselves they have read.
                let known = year.until.contains(&item.id) || item.by == Some(*me);
                let meeting = item.meeting.and_then(|meeting| self.rows.get(&meeting));
                items.push(WatchRow {
                    item: Arc::clone(item),
                    doc: *doc,
                    name: item.by.map(|by| self.name_of(&by)).unwrap_or_default(),
                    meeting_title: meeting.map(|row| row.title.clone()).unwrap_or_default(),
                    unread: !read.items.get(&item.id).copied().unwrap_or(known),
                    read_only: year.read_only,
                });
            }
        }
        items.sort_by(|a, b| b.item.on.cmp(&a.item.on));
        let mut tags: Vec<(String, usize)> = tags
            .into_iter()
            .map(|(tag, count)| (tag.to_owned(), count))
            .collect();
        tags.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        WatchView {
            unread: items.iter().filter(|row| row.unread).count(),
            items,
            tags,
        }
    }
}

/// What the search index holds of a year: all that its items say, a paragraph each.
pub(super) fn words_of(content: &WatchContent) -> String {
    let mut words = String::new();
    for item in &content.items {
        let tags = item.tags.join(" ");
        let said = [&item.title, &item.summary, &tags, &item.link];
        for part in said.into_iter().filter(|part| !part.is_empty()) {
            words.push_str(part);
            words.push('\n');
        }
        words.push('\n');
    }
    words
}

fn no_item(id: &ItemId) -> CommandError {
    EditError::NotFound {
        what: "watch item",
        id: id.to_string(),
    }
    .into()
}
