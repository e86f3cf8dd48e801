//! Full text: what is indexed, and how a person's words become a question to SQLite.

use std::ops::Range;

use rusqlite::{Connection, params};
use tresse_model::{DocId, NetworkId};

use crate::StoreError;

/// A document found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// The document.
    pub doc: DocId,
    /// Its title.
    pub title: String,
    /// Some words around what was found, on one line.
    pub excerpt: String,
    /// What was found in `excerpt`, as byte ranges in order.
    pub marks: Vec<Range<usize>>,
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

pub(crate) fn find(
    connection: &Connection,
    network: &NetworkId,
    words: &str,
    limit: usize,
) -> Result<Vec<Hit>, StoreError> {
    let Some(question) = question(words) else {
        return Ok(Vec::new());
    };
    let mut query = connection.prepare_cached(
        "SELECT documents.doc, search.title, snippet(search, 1, ?3, ?4, '…', 24)
         FROM search
         JOIN documents ON documents.id = search.rowid
         JOIN networks ON networks.id = documents.network
         WHERE search MATCH ?1 AND networks.network = ?2 AND documents.binned = 0
         ORDER BY bm25(search, 8.0, 1.0), documents.changed_ms DESC LIMIT ?5",
    )?;
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let given = params![
        question,
        network.as_bytes(),
        OPEN.to_string(),
        CLOSE.to_string(),
        limit
    ];
    let rows = query.query_map(given, |row| {
        let (excerpt, marks) = marked(row.get_ref(2)?.as_str()?);
        Ok(Hit {
            doc: DocId::from_bytes(row.get(0)?),
            title: row.get(1)?,
            excerpt,
            marks,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
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
