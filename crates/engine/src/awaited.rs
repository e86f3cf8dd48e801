//! What comes of a command that was handed over and not waited for.

use std::sync::mpsc::{Receiver, TryRecvError};

use serde_json::Value;

use crate::{CommandError, handle::closed};

/// What will come of a command that was handed over ([`Engine::hand`](crate::Engine::hand)).
#[derive(Debug)]
pub struct Awaited(Receiver<Result<Value, CommandError>>);

impl Awaited {
    pub(crate) const fn of(answer: Receiver<Result<Value, CommandError>>) -> Self {
        Self(answer)
    }

    /// What came of it, once something did: what the command answers, or what it was refused for ([`CommandError::is_refusal`]). After it was
    /// had, `closed`.
    pub fn came(&self) -> Option<Result<Value, CommandError>> {
        match self.0.try_recv() {
            Ok(answer) => Some(answer),
            Err(TryRecvError::Empty) => None,
            Err(TryRecvError::Disconnected) => Some(Err(closed())),
        }
    }
}
