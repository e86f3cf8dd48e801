//! From keys (and other events of the focused widget) to motions and edits.

use egui::{Event, ImeEvent, Key, Modifiers, vec2};

use super::{
    EditorEvent,
    core::Selection,
    format::Format,
    layout::{Preedit, row_height},
    stage::{Stage, cursor},
};

/// Where a key sends the caret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Motion {
    Left,
    Right,
    WordLeft,
    WordRight,
    Up(u16),
    Down(u16),
    RowStart,
    RowEnd,
    TextStart,
    TextEnd,
}

/// What a pass of events did.
#[derive(Debug, Default)]
pub(super) struct Done {
    /// The caret must be seen.
    pub(super) moved: bool,
    /// Undo and redo, which the engine does.
    pub(super) asked: Vec<EditorEvent>,
    /// Text for the clipboard.
    pub(super) copied: Option<String>,
}

impl Stage<'_> {
    /// Handles one event.
    pub(super) fn event(&mut self, event: &Event, read_only: bool, done: &mut Done) {
        match event {
            Event::Copy | Event::Cut => {
                let range = self.core.selection.range();
                if range.is_empty() {
                    return;
                }
                done.copied = Some(self.core.buffer.slice(range));
                if matches!(event, Event::Cut) && !read_only {
                    self.core.insert("");
                    done.moved = true;
                }
            }
            Event::Paste(text) | Event::Text(text) if !read_only => {
                let typed_line = matches!(event, Event::Text(_)) && (text == "\n" || text == "\r");
                if !text.is_empty() && !typed_line {
                    self.core.insert(&plain_lines(text));
                    done.moved = true;
                }
            }
            Event::Ime(event) if !read_only => self.compose(event, done),
            Event::Key {
                key,
                pressed: true,
                modifiers,
                ..
            } => self.key(*key, *modifiers, read_only, done),
            _ => {}
        }
    }

    fn key(&mut self, key: Key, modifiers: Modifiers, read_only: bool, done: &mut Done) {
        if let Some(motion) = motion(key, modifiers, self.rows_in_view()) {
            self.go(motion, modifiers.shift);
            done.moved = true;
            return;
        }
        let command = modifiers.command;
        match key {
            Key::A if command => {
                self.core.selection = Selection {
                    anchor: 0,
                    head: self.core.buffer.len(),
                    ..Selection::default()
                };
            }
            _ if read_only => {}
            Key::Z if command && modifiers.shift => done.asked.push(EditorEvent::Redo),
            Key::Y if command => done.asked.push(EditorEvent::Redo),
            Key::Z if command => done.asked.push(EditorEvent::Undo),
            Key::B if command => self.format(Format::Strong, done),
            Key::I if command => self.format(Format::Stressed, done),
            Key::Enter if modifiers.shift => self.edit(done, |stage| stage.core.insert("\n")),
            Key::Enter => self.edit(done, |stage| stage.core.new_line()),
            Key::Tab => self.edit(done, |stage| stage.core.indent(!modifiers.shift)),
            Key::Backspace | Key::Delete => {
                let word = modifiers.ctrl || modifiers.alt;
                self.edit(done, |stage| stage.delete(key == Key::Backspace, word));
            }
            _ => {}
        }
    }

    fn format(&mut self, format: Format, done: &mut Done) {
        self.edit(done, |stage| stage.core.format(format));
    }

    fn edit(&mut self, done: &mut Done, edit: impl FnOnce(&mut Self)) {
        edit(self);
        done.moved = true;
    }

    fn delete(&mut self, back: bool, word: bool) {
        let selection = self.core.selection;
        let buffer = &self.core.buffer;
        let range = if selection.is_empty() {
            let head = selection.head;
            match (back, word) {
                (true, true) => buffer.word_before(head)..head,
                (true, false) => buffer.before(head)..head,
                (false, true) => head..buffer.word_after(head),
                (false, false) => head..buffer.after(head),
            }
        } else {
            selection.range()
        };
        self.core.replace(range, "");
    }

    fn go(&mut self, motion: Motion, extend: bool) {
        let Selection { head, .. } = self.core.selection;
        let range = self.core.selection.range();
        let buffer = &self.core.buffer;
        let collapses = !extend && !range.is_empty();
        let to = match motion {
            Motion::Left if collapses => range.start,
            Motion::Right if collapses => range.end,
            Motion::Left => buffer.before(head),
            Motion::Right => buffer.after(head),
            Motion::WordLeft => buffer.word_before(head),
            Motion::WordRight => buffer.word_after(head),
            Motion::TextStart => 0,
            Motion::TextEnd => buffer.len(),
            Motion::Up(rows) => return self.go_rows(-i32::from(rows), extend),
            Motion::Down(rows) => return self.go_rows(i32::from(rows), extend),
            Motion::RowStart | Motion::RowEnd => return self.go_row_edge(motion, extend),
        };
        self.core.selection.go(to, extend);
    }

    fn go_row_edge(&mut self, motion: Motion, extend: bool) {
        let Selection { head, row_end, .. } = self.core.selection;
        let line = self.core.buffer.line_of(head);
        let range = self.core.buffer.range_of(line);
        let galley = self.galley(line);
        let here = cursor(head - range.start, row_end);
        let to = if motion == Motion::RowStart {
            galley.cursor_begin_of_row(&here)
        } else {
            galley.cursor_end_of_row(&here)
        };
        let at = (range.start + to.index.0).min(range.end);
        self.core.selection.go(at, extend);
        self.core.selection.row_end = motion == Motion::RowEnd && at < range.end;
    }

    /// Goes so many rows up (negative) or down, keeping to the same place across.
    fn go_rows(&mut self, rows: i32, extend: bool) {
        let (mut line, caret) = self.caret();
        let across = self.core.selection.goal.unwrap_or(caret.center().x);
        let mut galley = self.galley(line);
        let mut row = galley
            .rows
            .iter()
            .rposition(|row| row.pos.y <= caret.center().y)
            .unwrap_or(0);
        let mut left = rows;
        while left != 0 {
            if left > 0 && row + 1 < galley.rows.len() {
                row += 1;
            } else if left > 0 && line + 1 < self.lines() {
                line += 1;
                galley = self.galley(line);
                row = 0;
            } else if left < 0 && row > 0 {
                row -= 1;
            } else if left < 0 && line > 0 {
                line -= 1;
                galley = self.galley(line);
                row = galley.rows.len().saturating_sub(1);
            } else {
                let edge = if left > 0 { self.core.buffer.len() } else { 0 };
                self.core.selection.go(edge, extend);
                self.core.selection.goal = Some(across);
                return;
            }
            left -= left.signum();
        }
        let middle = galley
            .rows
            .get(row)
            .map_or(0.0, |row| row.rect().center().y);
        let (at, row_end) = self.place_in(line, &galley, vec2(across, middle));
        self.core.selection.go(at, extend);
        self.core.selection.row_end = row_end;
        self.core.selection.goal = Some(across);
    }

    fn rows_in_view(&self) -> u16 {
        ((self.view.height() / row_height(self.t)) as u16).max(2) - 1
    }

    /// What an input method composes is shown in place and is text only once it is committed.
    fn compose(&mut self, event: &ImeEvent, done: &mut Done) {
        match event {
            ImeEvent::Preedit { text, .. } if !text.is_empty() && text != "\n" => {
                if !self.core.selection.is_empty() {
                    self.core.insert("");
                }
                let head = self.core.selection.head;
                let line = self.core.buffer.line_of(head);
                self.preedit = Some(Preedit {
                    text: plain_lines(text).replace('\n', " "),
                    line,
                    column: head - self.core.buffer.start_of(line),
                });
            }
            ImeEvent::Preedit { .. } => self.preedit = None,
            ImeEvent::Commit(text) => {
                self.preedit = None;
                if !text.is_empty() && text != "\n" && text != "\r" {
                    self.core.insert(&plain_lines(text));
                }
            }
            ImeEvent::DeleteSurrounding {
                before_chars,
                after_chars,
            } => {
                let range = self.core.selection.range();
                let end = (range.end + after_chars).min(self.core.buffer.len());
                self.core.splice(range.end..end, "");
                self.core
                    .splice(range.start.saturating_sub(*before_chars)..range.start, "");
            }
            _ => return,
        }
        self.layouts.forget_pass();
        done.moved = true;
    }
}

fn plain_lines(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

fn motion(key: Key, modifiers: Modifiers, page: u16) -> Option<Motion> {
    let word = modifiers.ctrl || modifiers.alt;
    let edge = modifiers.mac_cmd;
    Some(match key {
        Key::ArrowLeft if edge => Motion::RowStart,
        Key::ArrowRight if edge => Motion::RowEnd,
        Key::ArrowUp if edge => Motion::TextStart,
        Key::ArrowDown if edge => Motion::TextEnd,
        Key::ArrowLeft if word => Motion::WordLeft,
        Key::ArrowRight if word => Motion::WordRight,
        Key::ArrowLeft => Motion::Left,
        Key::ArrowRight => Motion::Right,
        Key::ArrowUp => Motion::Up(1),
        Key::ArrowDown => Motion::Down(1),
        Key::PageUp => Motion::Up(page),
        Key::PageDown => Motion::Down(page),
        Key::Home if modifiers.ctrl => Motion::TextStart,
        Key::End if modifiers.ctrl => Motion::TextEnd,
        Key::Home => Motion::RowStart,
        Key::End => Motion::RowEnd,
        _ => return None,
    })
}
