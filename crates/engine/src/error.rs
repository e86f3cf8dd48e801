//! What can go wrong, each with a stable code and a sentence that says what the person can do.

use serde::Serialize;

/// A profile cannot be made or opened.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// There is no profile in that folder.
    #[error("there is no profile in this folder: make one first (tresse-node init --name NAME)")]
    NoProfile,
    /// There is a profile already.
    #[error("this folder already holds a profile")]
    AlreadyThere,
    /// The name or language given for the profile cannot be used.
    #[error("{0}")]
    BadName(String),
    /// The store refused: damaged, too new, no room…
    #[error(transparent)]
    Store(#[from] tresse_store::StoreError),
    /// The network side could not start.
    #[error(transparent)]
    Net(#[from] tresse_net::NetError),
    /// The system refused a file or a thread.
    #[error("the system refused: {0}")]
    Io(#[from] std::io::Error),
    /// A stored act or key does not read back.
    #[error("the profile is damaged ({0}); `tresse-node check` says more")]
    Damaged(String),
}

impl EngineError {
    /// Whether the profile is there and does not read: `check` reports it rather than fails.
    pub fn is_damage(&self) -> bool {
        matches!(
            self.code(),
            "damaged"
                | "profile-damaged"
                | "not-a-profile"
                | "database"
                | "profile-not-found"
                | "key-damaged"
                | "no-key"
        )
    }

    /// A stable name for scripts and translations.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoProfile => "no-profile",
            Self::AlreadyThere => "profile-exists",
            Self::BadName(_) => "bad-name",
            Self::Store(error) => error.code(),
            Self::Net(_) => "network",
            Self::Io(_) => "io",
            Self::Damaged(_) => "damaged",
        }
    }
}

/// A command was refused or failed; nothing was changed by it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize)]
#[error("{message}")]
pub struct CommandError {
    /// A stable name for scripts and translations.
    pub code: String,
    /// What happened and what one can do, in English.
    pub message: String,
}

impl CommandError {
    /// An error with this code and sentence.
    pub fn new(code: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            code: code.into(),
            message: message.into(),
        }
    }

    /// Whether what was asked was not done. `not-saved` is no refusal: it was done, and the disk does not take it yet, which is told elsewhere.
    pub fn is_refusal(&self) -> bool {
        self.code != "not-saved"
    }
}

impl From<tresse_store::vault::KeyError> for EngineError {
    fn from(error: tresse_store::vault::KeyError) -> Self {
        Self::Store(error.into())
    }
}

impl From<tresse_store::vault::KeyError> for CommandError {
    fn from(error: tresse_store::vault::KeyError) -> Self {
        Self::new(error.code(), error.to_string())
    }
}

impl From<tresse_store::StoreError> for CommandError {
    fn from(error: tresse_store::StoreError) -> Self {
        Self::new(error.code(), error.to_string())
    }
}

impl From<EngineError> for CommandError {
    fn from(error: EngineError) -> Self {
        Self::new(error.code(), error.to_string())
    }
}

impl From<tresse_model::EditError> for CommandError {
    fn from(error: tresse_model::EditError) -> Self {
        Self::new(error.code(), error.to_string())
    }
}

impl From<tresse_model::SessionError> for CommandError {
    fn from(error: tresse_model::SessionError) -> Self {
        Self::new(error.code(), error.to_string())
    }
}

impl From<tresse_trust::TicketError> for CommandError {
    fn from(error: tresse_trust::TicketError) -> Self {
        Self::new(error.code(), error.to_string())
    }
}

impl From<tresse_trust::ActError> for CommandError {
    fn from(error: tresse_trust::ActError) -> Self {
        Self::new(error.code(), error.to_string())
    }
}
