//! Reading documents as content. Pure and tolerant: what is missing or of another type reads as empty.

use automerge::{Automerge, ChangeHash, ROOT, ReadDoc};

use crate::{
    CharterContent, MemberId, NetworkContent, NotebookContent, PageContent, PlanContent, keys,
};

/// Tells whose an actor id is.
pub trait AuthorOf {
    /// The member whose device writes under this actor id, where known.
    fn author_of(&self, actor: &[u8]) -> Option<MemberId>;
}

impl AuthorOf for () {
    fn author_of(&self, _: &[u8]) -> Option<MemberId> {
        None
    }
}

impl<F: Fn(&[u8]) -> Option<MemberId>> AuthorOf for F {
    fn author_of(&self, actor: &[u8]) -> Option<MemberId> {
        self(actor)
    }
}

/// Reads the network document.
pub fn read_network(doc: &Automerge, authors: &dyn AuthorOf) -> NetworkContent {
    let _ = (doc, authors);
    NetworkContent::default()
}

/// Reads the charter.
pub fn read_charter(doc: &Automerge, authors: &dyn AuthorOf) -> CharterContent {
    let _ = (doc, authors);
    CharterContent::default()
}

/// Reads the plan.
pub fn read_plan(doc: &Automerge, authors: &dyn AuthorOf) -> PlanContent {
    let _ = (doc, authors);
    PlanContent::default()
}

/// Reads a page.
pub fn read_page(doc: &Automerge, authors: &dyn AuthorOf) -> PageContent {
    let _ = (doc, authors);
    PageContent::default()
}

/// Reads a member's notebook.
pub fn read_notebook(doc: &Automerge, authors: &dyn AuthorOf) -> NotebookContent {
    let _ = (doc, authors);
    NotebookContent::default()
}

/// The document's one collaborative text (a charter's or a page's), or nothing.
pub fn body_text(doc: &Automerge) -> String {
    match doc.get(ROOT, keys::BODY) {
        Ok(Some((_, id))) => doc.text(id).unwrap_or_default(),
        _ => String::new(),
    }
}

/// The document's one collaborative text as it stood at these heads.
pub fn body_text_at(doc: &Automerge, heads: &[ChangeHash]) -> String {
    match doc.get_at(ROOT, keys::BODY, heads) {
        Ok(Some((_, id))) => doc.text_at(id, heads).unwrap_or_default(),
        _ => String::new(),
    }
}

/// A page's Markdown text.
pub fn page_text(doc: &Automerge) -> String {
    body_text(doc)
}

/// The charter's Markdown text.
pub fn charter_text(doc: &Automerge) -> String {
    body_text(doc)
}
