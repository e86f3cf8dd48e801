//! A charter, a page, a meeting or a decision as it stood, as a sheet: field by field, line by line, with what went and what came.

use std::borrow::Cow;

use tresse_engine::{
    Command, Compared, ComparedField, PassageAt, Went,
    model::{DocId, NetworkId, Piece},
    passages_that_went,
};

use super::sheet::{Mark, Row, Sheet, Words};
use crate::{
    i18n::I18n,
    tr,
    views::differences::{in_words, name_in, value},
};

/// How much of a passage its button says.
const SAID: usize = 40;

pub(super) fn sheet(words: &I18n, doc: DocId, network: NetworkId, compared: &Compared) -> Sheet {
    let mut rows = Vec::new();
    if compared.fields.is_empty() {
        rows.push(Row::Line(vec![(Mark::Muted, tr!(words, "past-nothing"))]));
    } else if !compared.fields.iter().any(|field| field.says.differs()) {
        rows.push(Row::Line(vec![(
            Mark::Muted,
            tr!(words, "differences-none"),
        )]));
    }
    for field in &compared.fields {
        let name = field.says.field.as_str();
        rows.push(Row::Head(name_in(words, doc.kind(), name)));
        lines(words, doc, network, compared, field, &mut rows);
        // What was empty is emptied by hand, where somebody wants that.
        for back in field.restore.iter().filter(|back| !back.words.is_empty()) {
            // Of a role, several fields are compared as one.
            let held = match &back.command {
                Command::RoleSet { field, .. } => field.key(),
                _ => name,
            };
            let what = value(words, held, &back.words);
            rows.push(Row::Back(
                said(words, &what),
                Box::new(back.command.clone()),
            ));
        }
    }
    Sheet::new(rows)
}

/// The field's lines; below a line in which something of the text went, the buttons that put it back.
fn lines(
    words: &I18n,
    doc: DocId,
    network: NetworkId,
    compared: &Compared,
    field: &ComparedField,
    rows: &mut Vec<Row>,
) {
    let pieces = if field.body {
        Cow::Borrowed(&field.says.pieces)
    } else {
        Cow::Owned(in_words(words, &field.says))
    };
    let went = if field.body && compared.writable {
        passages_that_went(&pieces)
    } else {
        Vec::new()
    };
    let mut went = went.into_iter().peekable();
    let mut line: Words = Vec::new();
    let mut backs: Vec<Row> = Vec::new();
    for (number, piece) in pieces.iter().enumerate() {
        let (mark, text) = match piece {
            Piece::Same(text) => (Mark::Plain, text),
            Piece::Out(text) => (Mark::Out, text),
            Piece::In(text) => (Mark::In, text),
        };
        if let Some(passage) = went.next_if(|went| went.piece == number) {
            let command = put_back(doc, network, compared, passage);
            backs.push(Row::Back(said(words, text), Box::new(command)));
        }
        let mut parts = text.split('\n').peekable();
        while let Some(part) = parts.next() {
            if !part.is_empty() {
                line.push((mark, part.to_owned()));
            }
            if parts.peek().is_none() {
                break;
            }
            if mark != Mark::Plain {
                // A change that is nothing but a line's end must be seen too.
                line.push((mark, tr!(words, "differences-line")));
            }
            rows.push(Row::Line(std::mem::take(&mut line)));
            // What came in its place follows what went, and the button follows both.
            if mark != Mark::Out {
                rows.append(&mut backs);
            }
        }
    }
    if !line.is_empty() {
        rows.push(Row::Line(line));
    }
    rows.append(&mut backs);
}

fn put_back(doc: DocId, network: NetworkId, compared: &Compared, went: Went) -> Command {
    let passage = |state: &[String], at, length| PassageAt {
        state: state.to_vec(),
        at,
        length,
    };
    let instead = went.instead;
    Command::PassageRestore {
        network,
        document: doc,
        passage: passage(&compared.from, went.at, went.length),
        instead: instead.map(|(at, length)| passage(&compared.to, at, length)),
    }
}

/// « Remettre « et une seule » ».
fn said(words: &I18n, text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.is_empty() {
        return tr!(words, "past-put-back-space");
    }
    let mut short: String = text.chars().take(SAID).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    tr!(words, "past-put-back", what = short)
}
