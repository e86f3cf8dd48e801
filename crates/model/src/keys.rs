//! The keys of documents: the one place where the shape that lies on disk is spelled.

use automerge::ObjType;

use crate::{DocId, DocKind, ItemId, MemberId};

mod meetings;
pub(crate) use meetings::*;

pub(crate) const SCHEMA: &str = "schema";
/// The word of the document's kind (`kind` is a field of the network's own).
pub(crate) const DOCUMENT: &str = "document";
pub(crate) const PURPOSES: &str = "purposes";
pub(crate) const VALUES: &str = "values";
pub(crate) const OBJECTIVES: &str = "objectives";
pub(crate) const INDICATORS: &str = "indicators";
pub(crate) const ACTIONS: &str = "actions";
pub(crate) const ORIENTATIONS: &str = "orientations";
pub(crate) const GROUPS: &str = "groups";
pub(crate) const MEASURES: &str = "measures";
pub(crate) const CHECKLIST: &str = "checklist";
pub(crate) const OWN_OBJECTIVES: &str = "own_objectives";
/// What a meeting is to speak of.
pub(crate) const AGENDA: &str = "agenda";
/// What can be chosen, and what it is judged by.
pub(crate) const OPTIONS: &str = "options";
pub(crate) const CRITERIA: &str = "criteria";
/// Sets: maps of marks.
pub(crate) const OWNERS: &str = "owners";
pub(crate) const MEMBERS: &str = "members";
pub(crate) const DEPENDS_ON: &str = "depends_on";
/// The times that a recurring action has been done, by the day they were due.
pub(crate) const DONE_ON: &str = "done_on";
/// A part of an action is done.
pub(crate) const DONE: &str = "done";
pub(crate) const TAGS: &str = "tags";
/// What a year's watch holds; of each, the meeting and the line of its minutes that it was made of.
pub(crate) const ITEMS: &str = "items";
pub(crate) const MEETING: &str = "meeting";
pub(crate) const LINE: &str = "line";
/// What members offer or need; of each whether it is offered, and its loans.
pub(crate) const RESOURCES: &str = "resources";
pub(crate) const SIDE: &str = "side";
pub(crate) const LOANS: &str = "loans";
/// The one collaborative text of a charter or page.
pub(crate) const BODY: &str = "body";
/// The words of a [`crate::Line`].
pub(crate) const TEXT: &str = "text";
/// Where an item stands among its siblings: a number.
pub(crate) const ORDER: &str = "order";
/// Which suggestion an item was taken up of, and a digest of the words it was taken up with.
pub(crate) const SUGGESTION: &str = "suggestion";
pub(crate) const SUGGESTED: &str = "suggested";
/// In the charter, before a digest and the name of a suggestion: what was written in its text of a suggested heading.
pub(crate) const HEADING: &str = "heading/";
/// An item is in the bin.
pub(crate) const REMOVED: &str = "removed";
/// Before the name of a version, in a notebook: on which day its owner signed it. A key of its own for each, so that
/// no object has to be there first.
pub(crate) const SIGNED: &str = "signed/";
/// Before a [`crate::NetworkKind`], in the network document: whether the network is for that. A mark of its own for each, as
/// above.
pub(crate) const KIND: &str = "kind/";
/// Before the id of another network and what is said of it ([`relation`]).
pub(crate) const RELATION: &str = "relation/";
pub(crate) const RELATION_KIND: &str = "/kind";
pub(crate) const RELATION_NAME: &str = "/name";
pub(crate) const RELATION_WORDS: &str = "/words";
/// In a notebook: its owner's picture, as bytes.
pub(crate) const PHOTO: &str = "photo";
/// Before the id of a document, in a notebook: the newest changes that its owner has looked at.
pub(crate) const SEEN: &str = "seen/";
/// Before the id of a filter that a person saved, in their notebook; its parts follow after a stroke.
pub(crate) const FILTER: &str = "filter/";
/// Before the id of a decision and the name of a ballot, in its voter's notebook: the ballot's text; and that it was taken back.
pub(crate) const BALLOT: &str = "ballot/";
pub(crate) const OFF: &str = "/off";
/// Before the id of a decision and the name of a count, in the notebook of who counted: the count's text.
pub(crate) const COUNT: &str = "count/";
/// In a decision, before a member: the name of the ballot that they cast last, said by their own machine.
pub(crate) const CAST: &str = "cast/";
/// In a decision, before a member who is asked.
pub(crate) const CONCERNED: &str = "concerned/";
/// In a decision, before the name of a ballot: how its objection was answered.
pub(crate) const REPLY: &str = "reply/";
/// In a decision, before an action of the plan that was made of it.
pub(crate) const ACTION: &str = "action/";
/// In a notebook, before an item of the watch: its owner has read it, or not again. Before [`UNTIL`] and a year's document: up to
/// where they have read all of it.
pub(crate) const WATCHED: &str = "watched/";
const UNTIL: &str = "until/";
/// A page, a meeting or a decision is in the bin.
pub(crate) const BINNED: &str = "binned";
/// Before the field and name of a role, in the network document: `role/remit/pilot`. Keys of their own for each, so that no object
/// has to be there first; so it is with the next three.
const ROLE: &str = "role/";
/// Before a member and a role: their place in its order, a number.
const TURN: &str = "turn/";
/// Before two days, a member and a role, in a notebook: on which day its owner gave their word to swap these turns.
const SWAP: &str = "swap/";
/// Before the id of something written in a conversation, in its author's notebook.
pub(crate) const POST: &str = "post/";

/// Before a field of how the network asks its members, in the network document.
const PULSE: &str = "pulse/";
/// Before a question to the members and what is said of it, in the network document.
const ASK: &str = "ask/";
/// Before a day, a question and a part of the answer, in a notebook.
const ANSWER: &str = "answer/";
/// Before a day and a statement on working together, in a notebook.
const ASSESS: &str = "assess/";
/// Before the id of something that the notebook's owner says they gave.
const GAVE: &str = "gave/";
/// A question is asked; a day on which something was given.
pub(crate) const ON: &str = "on";
/// Parts of an answer.
pub(crate) const SCORE: &str = "score";
pub(crate) const WORD: &str = "word";
pub(crate) const ASKED: &str = "asked";

pub(crate) fn pulse(field: &str) -> String {
    format!("{PULSE}{field}")
}

pub(crate) fn ask(question: &str, part: &str) -> String {
    format!("{ASK}{question}/{part}")
}

/// The question, and the part of what is said of it.
pub(crate) fn ask_in(key: &str) -> Option<(&str, &str)> {
    let (question, part) = key.strip_prefix(ASK)?.split_once('/')?;
    is_question(question).then_some((question, part))
}

/// Whether this can name a question: one on offer, or an id.
pub(crate) fn is_question(key: &str) -> bool {
    is_on_offer(key) || key.parse::<ItemId>().is_ok()
}

pub(crate) fn is_on_offer(key: &str) -> bool {
    crate::QUESTIONS.contains(&key)
}

pub(crate) fn answer(period: &str, question: &str, part: &str) -> String {
    format!("{ANSWER}{period}/{question}/{part}")
}

/// The period, the question, and the part of the answer.
pub(crate) fn answer_in(key: &str) -> Option<(&str, &str, &str)> {
    let mut parts = key.strip_prefix(ANSWER)?.splitn(3, '/');
    let (period, question, part) = (parts.next()?, parts.next()?, parts.next()?);
    is_question(question).then_some((period, question, part))
}

pub(crate) fn assess(on: &str, statement: &str) -> String {
    format!("{ASSESS}{on}/{statement}")
}

/// The day and the statement.
pub(crate) fn assess_in(key: &str) -> Option<(&str, &str)> {
    key.strip_prefix(ASSESS)?.split_once('/')
}

pub(crate) fn gave(id: &ItemId, part: &str) -> String {
    format!("{GAVE}{id}/{part}")
}

/// Which contribution a key of a notebook says something of.
pub(crate) fn gave_in(key: &str) -> Option<ItemId> {
    key.strip_prefix(GAVE)?.split_once('/')?.0.parse().ok()
}

/// Where something is said of the tie to another network: keys of their own, so that no object has to be there first.
pub(crate) fn relation(other: &crate::NetworkId, what: &str) -> String {
    format!("{RELATION}{other}{what}")
}

pub(crate) fn role(field: &str, role: &str) -> String {
    format!("{ROLE}{field}/{role}")
}

pub(crate) fn turn(member: &MemberId, role: &str) -> String {
    format!("{TURN}{member}/{role}")
}

/// Whose place in the role's order a key holds.
pub(crate) fn turn_of(key: &str, role: &str) -> Option<MemberId> {
    let (member, of) = key.strip_prefix(TURN)?.split_once('/')?;
    member.parse().ok().filter(|_| of == role)
}

/// Which role a key of the network document says something of.
pub(crate) fn role_in(key: &str) -> Option<&str> {
    let rest = key.strip_prefix(ROLE).or_else(|| key.strip_prefix(TURN))?;
    rest.split_once('/').map(|(_, role)| role)
}

pub(crate) fn swap(mine: &str, theirs: &str, with: &MemberId, role: &str) -> String {
    format!("{SWAP}{mine}/{theirs}/{with}/{role}")
}

/// The turn given, the turn taken, whose that is, and the role.
pub(crate) fn swap_in(key: &str) -> Option<(&str, &str, MemberId, &str)> {
    let mut parts = key.strip_prefix(SWAP)?.splitn(4, '/');
    let (mine, theirs) = (parts.next()?, parts.next()?);
    Some((mine, theirs, parts.next()?.parse().ok()?, parts.next()?))
}

pub(crate) fn watched(item: &ItemId) -> String {
    format!("{WATCHED}{item}")
}

pub(crate) fn watched_in(key: &str) -> Option<ItemId> {
    key.strip_prefix(WATCHED)?.parse().ok()
}

pub(crate) fn watched_until(doc: &DocId) -> String {
    format!("{WATCHED}{UNTIL}{doc}")
}

pub(crate) fn watched_until_in(key: &str) -> Option<DocId> {
    key.strip_prefix(WATCHED)?.strip_prefix(UNTIL)?.parse().ok()
}

pub(crate) fn post(id: &ItemId) -> String {
    format!("{POST}{id}")
}

/// Before the id of an attachment, in a page or a meeting: its record. A key of its own for each, so that no object has to be there
/// first: pages of older versions take attachments too.
pub(crate) const FILE: &str = "file/";

pub(crate) fn file(id: &ItemId) -> String {
    format!("{FILE}{id}")
}

/// Before nothing: that an attachment was removed.
pub(crate) fn file_off(id: &ItemId) -> String {
    format!("{FILE}{id}{OFF}")
}

/// The objects that a document of this kind is born with.
pub(crate) const fn roots(kind: DocKind) -> &'static [(&'static str, ObjType)] {
    match kind {
        DocKind::Network => &[(PURPOSES, ObjType::Map)],
        DocKind::Charter => &[(VALUES, ObjType::Map), (BODY, ObjType::Text)],
        DocKind::Plan => &[
            (ORIENTATIONS, ObjType::Map),
            (OBJECTIVES, ObjType::Map),
            (ACTIONS, ObjType::Map),
            (GROUPS, ObjType::Map),
        ],
        DocKind::Page => &[(TAGS, ObjType::Map), (BODY, ObjType::Text)],
        DocKind::Notebook => &[(OWN_OBJECTIVES, ObjType::Map)],
        DocKind::Meeting => &[(AGENDA, ObjType::Map), (BODY, ObjType::Text)],
        DocKind::Decision => &[
            (OPTIONS, ObjType::Map),
            (CRITERIA, ObjType::Map),
            (BODY, ObjType::Text),
        ],
        DocKind::Watch => &[(ITEMS, ObjType::Map)],
        DocKind::Resources => &[(RESOURCES, ObjType::Map)],
    }
}
