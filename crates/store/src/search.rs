//! Full text: what is indexed, and how a person's words become a question to SQLite.

use std::{collections::BTreeMap, ops::Range};

use rusqlite::{Connection, params};
use tresse_model::{DocId, NetworkId};

use crate::StoreError;

/// A document found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// The network that it is in.
    pub network: NetworkId,
    /// The document.
    pub doc: DocId,
    /// Its title.
    pub title: String,
    /// Some words around what was found, on one line.
    pub excerpt: String,
    /// What was found in `excerpt`, as byte ranges in order.
    pub marks: Vec<Range<usize>>,
    /// When it was last changed, as claimed: milliseconds since 1970, UTC.
    pub changed_ms: i64,
    /// The actor that changed it last.
    pub changed_actor: Vec<u8>,
}

/// What stands around a found word in SQLite's answer. Control characters are taken out of what is indexed,
/// so no text can hold them.
const OPEN: char = '\u{1}';
const CLOSE: char = '\u{2}';

/// At most this many words of a question are looked for.
const MAX_WORDS: usize = 16;

pub(crate) fn index(
    connection: &Connection,
    document: i64,
    title: &str,
    body: &str,
) -> Result<(), StoreError> {
    connection
        .prepare_cached("INSERT OR REPLACE INTO search (rowid, title, body) VALUES (?1, ?2, ?3)")?
        .execute(params![document, plain(title), plain(body)])?;
    Ok(())
}

/// The documents that hold every word and that are wanted, best first. Only of those that are answered is the text read, for title and excerpt:
/// that costs more than finding them. (`wanted` is asked before.)
pub(crate) fn find(
    connection: &Connection,
    network: Option<&NetworkId>,
    words: &str,
    limit: usize,
    wanted: &dyn Fn(&Hit) -> bool,
) -> Result<Vec<Hit>, StoreError> {
    let Some(question) = question(words) else {
        return Ok(Vec::new());
    };
    let mut query = connection.prepare_cached(
        "SELECT search.rowid, networks.network, documents.doc, documents.changed_ms, documents.changed_actor
         FROM search
         JOIN documents ON documents.id = search.rowid
         JOIN networks ON networks.id = documents.network
         WHERE search MATCH ?1 AND (?2 IS NULL OR networks.network = ?2) AND documents.binned = 0
         ORDER BY bm25(search, 8.0, 1.0), documents.changed_ms DESC",
    )?;
    let given = params![question, network.map(NetworkId::as_bytes)];
    let rows = query.query_map(given, |row| {
        let hit = Hit {
            network: NetworkId::from_bytes(row.get(1)?),
            doc: DocId::from_bytes(row.get(2)?),
            title: String::new(),
            excerpt: String::new(),
            marks: Vec::new(),
            changed_ms: row.get(3)?,
            changed_actor: row.get(4)?,
        };
        Ok((row.get(0)?, hit))
    })?;
    let mut found: Vec<(i64, Hit)> = Vec::new();
    for row in rows {
        if found.len() == limit {
            break;
        }
        let (document, hit): (i64, Hit) = row?;
        if wanted(&hit) {
            found.push((document, hit));
        }
    }
    excerpts(connection, &question, &mut found)?;
    Ok(found.into_iter().map(|(_, hit)| hit).collect())
}

/// Puts in the title, and some words around what was found in each document. One question for all of them: each would look through the whole index again for
/// a word that is only begun.
fn excerpts(
    connection: &Connection,
    question: &str,
    found: &mut [(i64, Hit)],
) -> Result<(), StoreError> {
    if found.is_empty() {
        return Ok(());
    }
    let ids: Vec<String> = found
        .iter()
        .map(|(document, _)| document.to_string())
        .collect();
    let ids = format!("[{}]", ids.join(","));
    // The sign before `rowid` keeps SQLite from asking the index for one document after the other.
    let mut query = connection.prepare_cached(
        "SELECT rowid, title, snippet(search, 1, ?3, ?4, '…', 24) FROM search
         WHERE search MATCH ?1 AND +rowid IN (SELECT value FROM json_each(?2))",
    )?;
    let given = params![question, ids, OPEN.to_string(), CLOSE.to_string()];
    let rows = query.query_map(given, |row| Ok((row.get(0)?, (row.get(1)?, row.get(2)?))))?;
    let texts: Result<BTreeMap<i64, (String, String)>, _> = rows.collect();
    let mut texts = texts?;
    for (document, hit) in found {
        if let Some((title, snippet)) = texts.remove(document) {
            hit.title = title;
            (hit.excerpt, hit.marks) = marked(&snippet);
        }
    }
    Ok(())
}

/// Control characters become spaces; line ends stay, as they part words just as well.
fn plain(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() && c != '\n' { ' ' } else { c })
        .collect()
}

/// A person's words as an FTS5 expression: each run of characters between spaces is a quoted phrase, so
/// that none of its characters is syntax; all must be found; the last may go on. `None`: no word in it.
fn question(words: &str) -> Option<String> {
    let cleaned = plain(words);
    let words: Vec<&str> = cleaned
        .split_whitespace()
        .filter(|word| word.chars().any(char::is_alphanumeric))
        .take(MAX_WORDS)
        .collect();
    let last = words.len().checked_sub(1)?;
    let phrases: Vec<String> = words
        .iter()
        .enumerate()
        .map(|(at, word)| phrase(word, at == last && !ends_word(word)))
        .collect();
    Some(phrases.join(" AND "))
}

/// A word followed by a sign is finished: « réseau, » does not ask for « réseaux ».
fn ends_word(word: &str) -> bool {
    word.chars()
        .next_back()
        .is_some_and(|c| c.is_ascii_punctuation() && c != '*')
}

/// One phrase, in both spellings where it holds a ligature or its letters: « œuvre » and « oeuvre » find each other.
fn phrase(word: &str, goes_on: bool) -> String {
    let star = if goes_on { " *" } else { "" };
    let quoted = |word: &str| format!("\"{}\"{star}", word.replace('"', "\"\""));
    let apart = apart(word);
    let tied = apart.replace("oe", "œ").replace("ae", "æ");
    if apart == tied {
        return quoted(&apart);
    }
    format!("({} OR {})", quoted(&apart), quoted(&tied))
}

fn apart(word: &str) -> String {
    word.to_lowercase().replace('œ', "oe").replace('æ', "ae")
}

/// Takes the signs out of SQLite's excerpt and puts it on one line, keeping where the found words stand.
fn marked(snippet: &str) -> (String, Vec<Range<usize>>) {
    let mut excerpt = String::with_capacity(snippet.len());
    let mut marks = Vec::new();
    let mut start = None;
    let mut gap = false;
    for c in snippet.chars() {
        if c.is_whitespace() {
            gap = !excerpt.is_empty();
            continue;
        }
        if gap && c != CLOSE {
            excerpt.push(' ');
            gap = false;
        }
        match c {
            OPEN => start = Some(excerpt.len()),
            CLOSE => marks.extend(start.take().map(|start| start..excerpt.len())),
            c => excerpt.push(c),
        }
    }
    (excerpt, marks)
}
