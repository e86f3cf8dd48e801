//! Documents as they stood: what differs between any two moments, how each difference is put right, and who wrote each line.
//!
//! The core thread only lends a copy of the document ([`Lent`]); comparing happens on the thread that asks, so that
//! neither typing nor peers wait for it.

use std::{
    collections::{BTreeMap, HashMap},
    ops::Range,
    sync::Arc,
};

use automerge::{Automerge, ChangeHash};
use serde::Serialize;
use tresse_model::{
    At, DeviceId, Difference, DocId, DocKind, FieldTurn, ItemChange, ItemId, ItemName, MemberId,
    NetworkContent, NetworkId, Piece, PlanCounts, Stamp, heads_until, item_changes, line_authors,
    plan_counts, read_charter, read_decision_as_written, read_meeting, read_network, read_page,
    whole_charters, whole_decisions, whole_meetings, whole_networks, whole_pages, whole_rhythms,
    whole_roles,
};

use crate::{Command, CommandError, Engine, putting_back};

/// Which state of a document.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum When {
    /// Before anybody wrote.
    Beginning,
    /// When these were its newest changes ([`crate::ChangeGroup::heads`]).
    Heads(Vec<String>),
    /// As it had been written by this time: milliseconds since 1970, UTC, as the authors' clocks claimed. What somebody wrote
    /// apart counts from when they wrote it.
    Until(i64),
    /// As it is.
    Now,
}

/// What differs between two states of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Compared {
    /// The older state's heads.
    pub from: Vec<String>,
    /// The newer state's heads.
    pub to: Vec<String>,
    /// Whether the newer state is the document as it is.
    pub to_now: bool,
    /// Whether this device may write the document: then what differs can be put back.
    pub writable: bool,
    /// All that a charter, a page, a meeting, a decision or a network says, field by field, in both states. None for a plan.
    pub fields: Vec<ComparedField>,
    /// What changed of the plan's items.
    pub items: Vec<ItemView>,
    /// How much the plan held in each state.
    pub counts: Option<(PlanCounts, PlanCounts)>,
}

/// A field in both states.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ComparedField {
    /// What it says, taken apart.
    #[serde(flatten)]
    pub says: Difference,
    /// It is the text that is written together: passages of it can be put back ([`Command::PassageRestore`]).
    pub body: bool,
    /// What puts back what the older state held and the document now does not.
    pub restore: Vec<PutBack>,
}

/// Something that can be put back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PutBack {
    /// What, in its own words.
    pub words: String,
    /// The command that does it.
    pub command: Command,
}

/// One thing that changed of one item of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ItemView {
    /// Which item.
    pub item: ItemName,
    /// What it is part of, the outermost first.
    pub within: Vec<ItemName>,
    /// `added`, `removed`, `back` (brought back), `set`, `in` (put into a set) or `out`.
    pub what: &'static str,
    /// The field or set, as in a command; empty for the item itself.
    pub field: &'static str,
    /// What it held, in words: members by name, other items by title.
    pub old: String,
    /// What it holds.
    pub new: String,
    /// Who did it, by the device that made the change.
    pub author: Option<MemberId>,
    /// Their name; empty where the device is unknown here.
    pub name: String,
    /// When, as their clock claimed: milliseconds since 1970, UTC.
    pub at: Option<i64>,
    /// What puts it back as it was, if it is not so already.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub restore: Option<Command>,
}

impl ItemView {
    /// The item of the plan that this is about, or is part of.
    pub fn top(&self) -> &ItemName {
        self.within.first().unwrap_or(&self.item)
    }
}

/// A line of a text and who wrote it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LineView {
    /// Its number, from 1.
    pub line: usize,
    /// What it says.
    pub text: String,
    /// Who wrote its characters, who wrote most first.
    pub authors: Vec<LineAuthor>,
}

/// Somebody who wrote in a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LineAuthor {
    /// Who, by the device that made the changes (`None`: a device unknown here).
    pub author: Option<MemberId>,
    /// Their name; empty where the device is unknown here.
    pub name: String,
    /// How many of its characters.
    pub characters: usize,
    /// The first of them was written at, as the author's clock claimed: milliseconds since 1970, UTC.
    pub from: i64,
    /// The last.
    pub to: i64,
}

impl Engine {
    /// What differs between two states of a document: the charter, a page, a meeting, a decision, the plan, or what the network says of
    /// itself. Works on the calling thread.
    ///
    /// # Errors
    /// Where the network, the document or a state is not here; `not-text` for notebooks.
    pub fn compare(
        &self,
        network: &NetworkId,
        doc: &DocId,
        from: &When,
        to: &When,
    ) -> Result<Compared, CommandError> {
        self.lent(network, doc)?.compare(from, to)
    }

    /// Who wrote these lines (counted from 0) of a page's or the charter's text, as it is now: exact for each character, whoever
    /// wrote at once. Lines beyond the end are left out.
    ///
    /// # Errors
    /// Where the network or the document is not here; `no-text` where it has none.
    pub fn line_authors(
        &self,
        network: &NetworkId,
        doc: &DocId,
        lines: Range<usize>,
    ) -> Result<Vec<LineView>, CommandError> {
        self.lent(network, doc)?.lines(lines)
    }

    fn lent(&self, network: &NetworkId, doc: &DocId) -> Result<Lent, CommandError> {
        let (network, doc) = (*network, *doc);
        self.ask(move |core| core.replica.lend(&network, &doc))?
    }
}

/// A copy of a document to look at, and whose its actors are.
pub(crate) struct Lent {
    pub(crate) network: NetworkId,
    pub(crate) id: DocId,
    pub(crate) doc: Arc<Automerge>,
    /// By the seals of this document.
    pub(crate) authors: HashMap<Vec<u8>, (DeviceId, Option<MemberId>)>,
    pub(crate) names: BTreeMap<MemberId, String>,
    /// What else it may name by an id, by title: documents, working groups, actions.
    pub(crate) titles: BTreeMap<String, String>,
    pub(crate) writable: bool,
}

impl Lent {
    pub(crate) fn compare(&self, from: &When, to: &When) -> Result<Compared, CommandError> {
        let (from, to) = (self.heads(from)?, self.heads(to)?);
        let mut now = self.doc.get_heads();
        now.sort_unstable();
        let mut newer = to.clone();
        newer.sort_unstable();
        let (old, new) = (At::heads(&self.doc, &from), At::heads(&self.doc, &to));
        let kind = self.id.kind();
        let (mut roles, mut rhythms) = (Vec::new(), Vec::new());
        let fields = match kind {
            Some(DocKind::Charter) => {
                whole_charters(&read_charter(old, &()), &read_charter(new, &()))
            }
            Some(DocKind::Page) => whole_pages(&read_page(old, &()), &read_page(new, &())),
            Some(DocKind::Network) => {
                let (old, new) = (read_network(old, &()), read_network(new, &()));
                roles = self.roles(&old, &new);
                rhythms = whole_rhythms(&old, &new, &|id| self.called(id));
                whole_networks(&old, &new)
            }
            Some(DocKind::Meeting) => {
                let (old, new) = (read_meeting(old, &()), read_meeting(new, &()));
                whole_meetings(&old, &new, &|id| self.called(id))
            }
            Some(DocKind::Decision) => {
                let own = |actor: &[u8]| self.authors.get(actor).and_then(|(_, member)| *member);
                let read = |at| read_decision_as_written(at, &own);
                whole_decisions(&read(old), &read(new), &|id| self.called(id))
            }
            Some(DocKind::Plan | DocKind::Watch | DocKind::Resources) => Vec::new(),
            Some(DocKind::Notebook) | None => {
                return Err(CommandError::new(
                    "not-text",
                    "a notebook's past is its owner's own",
                ));
            }
        };
        let changes = kind.map_or_else(Vec::new, |kind| item_changes(&self.doc, kind, &from, &to));
        let plan = kind == Some(DocKind::Plan);
        let by_item = plan || matches!(kind, Some(DocKind::Watch | DocKind::Resources));
        Ok(Compared {
            to_now: now == newer,
            writable: self.writable,
            fields: fields
                .into_iter()
                .map(|says| self.field(says, &changes))
                .chain(roles)
                .chain(rhythms.into_iter().map(|says| self.field(says, &changes)))
                .collect(),
            items: if by_item {
                changes.iter().map(|change| self.item(change)).collect()
            } else {
                Vec::new()
            },
            counts: plan.then(|| (plan_counts(old), plan_counts(new))),
            from: named(&from),
            to: named(&to),
        })
    }

    fn field(&self, says: Difference, changes: &[ItemChange]) -> ComparedField {
        let restore = if self.writable && says.differs() {
            putting_back::field(self, &says, changes)
        } else {
            Vec::new()
        };
        ComparedField {
            body: says.field == "body",
            says,
            restore,
        }
    }

    /// What is said of each role: put together here, where people have names.
    fn roles(&self, old: &NetworkContent, new: &NetworkContent) -> Vec<ComparedField> {
        let told = whole_roles(&old.roles, &new.roles, &|member| self.name(member));
        let field = |says: Difference| ComparedField {
            body: false,
            restore: if self.writable && says.differs() {
                putting_back::role(self, &says, old, new)
            } else {
                Vec::new()
            },
            says,
        };
        told.into_iter().map(field).collect()
    }

    fn item(&self, change: &ItemChange) -> ItemView {
        let by = change.by.as_ref();
        let author = by.and_then(|by| self.author(by));
        let (what, field, old, new) = match &change.what {
            FieldTurn::Added => ("added", "", None, None),
            FieldTurn::Removed => ("removed", "", None, None),
            FieldTurn::Back => ("back", "", None, None),
            FieldTurn::Set { field, old, new } => ("set", *field, Some(old), Some(new)),
            FieldTurn::In { set, held } => ("in", *set, None, Some(held)),
            FieldTurn::Out { set, held } => ("out", *set, Some(held), None),
        };
        let words = |held: Option<&tresse_model::FieldHeld>| {
            held.map(|held| match held.value.parse() {
                Ok(member) => self.name(&member),
                Err(_) => held.words.clone(),
            })
            .unwrap_or_default()
        };
        ItemView {
            item: change.item.clone(),
            within: change.within.clone(),
            what,
            field,
            old: words(old),
            new: words(new),
            author,
            name: author.map(|author| self.name(&author)).unwrap_or_default(),
            at: by.map(|by| by.time_ms),
            restore: putting_back::item(self, change).filter(|_| self.writable),
        }
    }

    pub(crate) fn lines(&self, lines: Range<usize>) -> Result<Vec<LineView>, CommandError> {
        if !matches!(
            self.id.kind(),
            Some(DocKind::Charter | DocKind::Page | DocKind::Meeting | DocKind::Decision)
        ) {
            return Err(tresse_model::EditError::NoText.into());
        }
        let first = lines.start;
        let found = line_authors(&self.doc, lines).into_iter().enumerate();
        Ok(found
            .map(|(place, line)| {
                let mut authors: Vec<LineAuthor> = Vec::new();
                for strand in &line.strands {
                    self.wrote(&mut authors, &strand.by, strand.chars);
                }
                authors.sort_by_key(|author| std::cmp::Reverse(author.characters));
                LineView {
                    line: first + place + 1,
                    text: line.text,
                    authors,
                }
            })
            .collect())
    }

    fn wrote(&self, authors: &mut Vec<LineAuthor>, by: &Stamp, characters: usize) {
        let author = self.author(by);
        let known = authors.iter_mut().find(|known| known.author == author);
        if let Some(known) = known {
            known.characters += characters;
            known.from = known.from.min(by.time_ms);
            known.to = known.to.max(by.time_ms);
            return;
        }
        authors.push(LineAuthor {
            author,
            name: author.map(|author| self.name(&author)).unwrap_or_default(),
            characters,
            from: by.time_ms,
            to: by.time_ms,
        });
    }

    fn author(&self, by: &Stamp) -> Option<MemberId> {
        let (_, member) = self.authors.get(&by.actor)?;
        *member
    }

    fn name(&self, member: &MemberId) -> String {
        let known = self.names.get(member).cloned();
        known.unwrap_or_else(|| member.to_string().chars().take(12).collect())
    }

    /// What an id in the document stands for, as people call it, or `…` where that is not known here; what is no id, as it is.
    fn called(&self, id: &str) -> String {
        if let Ok(member) = id.parse::<MemberId>() {
            return self.name(&member);
        }
        let title = self.titles.get(id).filter(|title| !title.is_empty());
        let is_id = id.parse::<DocId>().is_ok() || id.parse::<ItemId>().is_ok();
        let otherwise = if is_id { "…" } else { id };
        title.cloned().unwrap_or_else(|| otherwise.to_owned())
    }

    fn heads(&self, when: &When) -> Result<Vec<ChangeHash>, CommandError> {
        match when {
            When::Beginning => Ok(Vec::new()),
            When::Heads(heads) => heads_in(&self.doc, heads),
            When::Until(at) => Ok(heads_until(&self.doc, *at)),
            When::Now => Ok(self.doc.get_heads()),
        }
    }
}

/// The heads that these names mean, if the document has them all.
pub(crate) fn heads_in(
    document: &Automerge,
    heads: &[String],
) -> Result<Vec<ChangeHash>, CommandError> {
    let parse = |head: &String| {
        let hash: Option<ChangeHash> = head.parse().ok();
        hash.filter(|hash| document.get_change_meta_by_hash(hash).is_some())
            .ok_or_else(|| {
                let message = format!("there is no state {head} of this document here");
                CommandError::new("unknown-version", message)
            })
    };
    heads.iter().map(parse).collect()
}

fn named(heads: &[ChangeHash]) -> Vec<String> {
    heads.iter().map(ToString::to_string).collect()
}

/// Where a passage that went, and what came in its place, lie in the two texts: in characters, for
/// [`Command::PassageRestore`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Went {
    /// Which piece went.
    pub piece: usize,
    /// Where it began in the older text.
    pub at: usize,
    /// How long it was.
    pub length: usize,
    /// Where what came in its place begins in the newer text, and how long that is.
    pub instead: Option<(usize, usize)>,
}

/// The passages of a compared text that went, in order.
pub fn passages_that_went(pieces: &[Piece]) -> Vec<Went> {
    let mut went = Vec::new();
    let (mut old, mut new) = (0, 0);
    for (number, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Same(text) => {
                let count = text.chars().count();
                old += count;
                new += count;
            }
            Piece::Out(text) => {
                let length = text.chars().count();
                let instead = match pieces.get(number + 1) {
                    Some(Piece::In(text)) => Some((new, text.chars().count())),
                    _ => None,
                };
                went.push(Went {
                    piece: number,
                    at: old,
                    length,
                    instead,
                });
                old += length;
            }
            Piece::In(text) => new += text.chars().count(),
        }
    }
    went
}
