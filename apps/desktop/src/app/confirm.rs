//! What a dialogue asked of the engine: it stays open, with all that was written in it, until that is done.

use tresse_engine::{Awaited, CommandError};

/// How what the open dialogue asked for went.
#[derive(Default)]
pub struct Confirmed {
    came: Option<Awaited>,
    refused: Option<String>,
}

impl Confirmed {
    /// What was asked for is the engine's now.
    pub fn handed(&mut self, answer: Awaited) {
        self.came = Some(answer);
        self.refused = None;
    }

    /// Another dialogue is shown, or none.
    pub fn forget(&mut self) {
        *self = Self::default();
    }

    /// Whether the engine has not answered yet.
    pub const fn waits(&self) -> bool {
        self.came.is_some()
    }

    /// What the engine refused it for, in words.
    pub fn refused(&self) -> Option<&str> {
        self.refused.as_deref()
    }

    /// Hears what came of it, once something did; `say` puts a refusal in words.
    pub fn hear(&mut self, say: impl Fn(&CommandError) -> String) -> Option<Result<(), String>> {
        let answer = self.came.as_ref()?.came()?;
        self.came = None;
        Some(match answer {
            Err(error) if error.is_refusal() => {
                let why = say(&error);
                self.refused = Some(why.clone());
                Err(why)
            }
            _ => Ok(()),
        })
    }
}
