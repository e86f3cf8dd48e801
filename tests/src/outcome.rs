//! What was answered: results, refusals, and what stands in them.

use serde_json::Value;

/// What a verb answered.
#[derive(Debug)]
pub struct Outcome {
    /// The exit code.
    pub exit: i32,
    /// Standard output, JSON line by JSON line.
    pub lines: Vec<Value>,
    /// Standard error.
    pub errors: String,
}

/// Why something was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The stable word.
    pub code: String,
    /// The sentence.
    pub message: String,
}

impl Outcome {
    /// The results of a verb that must succeed.
    #[track_caller]
    pub fn done(self) -> Vec<Value> {
        assert!(self.exit == 0, "refused: {self:#?}");
        self.lines
    }

    /// The one result of a verb that must succeed.
    #[track_caller]
    pub fn one(self) -> Value {
        let mut lines = self.done();
        assert_eq!(lines.len(), 1, "one line is expected: {lines:#?}");
        lines.remove(0)
    }

    /// The refusal of a verb that must be refused: one line, and exit code 1.
    #[track_caller]
    pub fn refused(self) -> Refusal {
        assert_eq!(self.exit, 1, "not refused: {self:#?}");
        assert_eq!(self.lines.len(), 1, "one line is expected: {self:#?}");
        Refusal::of(&self.lines[0])
    }
}

impl Refusal {
    /// The refusal in an answer.
    #[track_caller]
    pub fn of(answer: &Value) -> Self {
        let word = |key: &str| answer["error"][key].as_str().map(str::to_owned);
        let (Some(code), Some(message)) = (word("code"), word("message")) else {
            panic!("not refused: {answer}");
        };
        let documented = include_str!("../../docs/cli.md").contains(&format!("`{code}`"));
        assert!(documented, "docs/cli.md does not tell of the code {code}");
        Self { code, message }
    }
}

/// A JSON string's text.
#[track_caller]
pub fn word(value: &Value) -> String {
    let Some(word) = value.as_str() else {
        panic!("not a text: {value}")
    };
    word.to_owned()
}

/// The item with this id.
#[track_caller]
pub fn find(items: &Value, id: &str) -> Value {
    let found = items
        .as_array()
        .unwrap()
        .iter()
        .find(|item| item["id"] == id);
    found
        .unwrap_or_else(|| panic!("{id} is not in {items}"))
        .clone()
}
