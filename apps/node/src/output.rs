//! Results on standard output: JSON lines, or the same facts for a person to read.

use std::io::{self, Write};

use serde_json::{Value, json};
use tresse_engine::{CommandError, EngineError};

/// How results are written.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Output {
    pub(crate) json: bool,
}

impl Output {
    /// One result, flushed: whoever reads line by line has it now.
    pub(crate) fn put(self, value: &Value) -> io::Result<()> {
        let mut out = io::stdout().lock();
        if self.json {
            serde_json::to_writer(&mut out, value)?;
            writeln!(out)?;
        } else {
            let mut text = String::new();
            plain(value, 0, &mut text);
            write!(out, "{text}")?;
        }
        out.flush()
    }

    /// A refusal: JSON on standard output, a sentence on standard error.
    pub(crate) fn refuse(self, failure: &Failure) -> io::Result<()> {
        if failure.answered {
            return Ok(());
        }
        if self.json {
            self.put(&json!({ "error": { "code": failure.code, "message": failure.message } }))
        } else {
            writeln!(
                io::stderr(),
                "tresse-node: {} [{}]",
                failure.message,
                failure.code
            )
        }
    }
}

/// Why a verb did not do what was asked.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) code: String,
    pub(crate) message: String,
    /// The result already says so: only the exit code is left to give.
    answered: bool,
}

impl Failure {
    pub(crate) fn new(code: &str, message: impl Into<String>) -> Self {
        Self {
            code: code.into(),
            message: message.into(),
            answered: false,
        }
    }

    /// A failure that the result on standard output already tells.
    pub(crate) fn answered() -> Self {
        Self {
            answered: true,
            ..Self::new("", "")
        }
    }
}

impl From<CommandError> for Failure {
    fn from(error: CommandError) -> Self {
        Self::new(&error.code, error.message)
    }
}

impl From<EngineError> for Failure {
    fn from(error: EngineError) -> Self {
        Self::new(error.code(), error.to_string())
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::new("io", error.to_string())
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        Self::new("internal", error.to_string())
    }
}

/// An outline: `key: value`, deeper things indented, list items under a dash.
fn plain(value: &Value, depth: usize, out: &mut String) {
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                match value {
                    Value::Object(inner) if inner.is_empty() => {}
                    Value::Array(inner) if inner.is_empty() => {}
                    Value::Object(_) | Value::Array(_) => {
                        line(out, depth, &[key, ":"]);
                        plain(value, depth + 1, out);
                    }
                    scalar => line(out, depth, &[key, ": ", &text(scalar)]),
                }
            }
        }
        Value::Array(items) => {
            for item in items {
                if item.is_object() || item.is_array() {
                    line(out, depth, &["-"]);
                    plain(item, depth + 1, out);
                } else {
                    line(out, depth, &["- ", &text(item)]);
                }
            }
        }
        scalar => line(out, depth, &[&text(scalar)]),
    }
}

fn line(out: &mut String, depth: usize, parts: &[&str]) {
    for _ in 0..depth {
        out.push_str("  ");
    }
    for part in parts {
        out.push_str(part);
    }
    out.push('\n');
}

/// A scalar without quotes; control characters that could play with a terminal are shown, not sent.
fn text(value: &Value) -> String {
    let text = value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned);
    text.chars()
        .flat_map(|c| -> Box<dyn Iterator<Item = char>> {
            if c.is_control() && c != '\n' && c != '\t' {
                Box::new(c.escape_unicode())
            } else {
                Box::new(std::iter::once(c))
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_terminal_never_receives_control_characters_of_others() {
        let mut out = String::new();
        plain(&json!({ "title": "a\u{1b}[2Jb" }), 0, &mut out);
        assert_eq!(out, "title: a\\u{1b}[2Jb\n");
    }
}
