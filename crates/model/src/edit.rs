//! Every edit of a document, as a value.

use crate::{
    ActionField, CharterField, DocKind, IndicatorField, ItemId, MemberId, NetworkField,
    ObjectiveField, PageField, ProfileField, Splice, Undo,
};

/// One edit of one document.
///
/// A `value` of `None` or an empty text clears the field. Ids of new items are given by
/// the caller, who has randomness.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Edit {
    /// Sets a field of the network document.
    SetNetwork {
        /// Which field.
        field: NetworkField,
        /// The new value.
        value: Option<String>,
    },
    /// Adds a purpose after the last.
    AddPurpose {
        /// Its new id.
        id: ItemId,
        /// The purpose in words.
        text: String,
    },
    /// Rewords a purpose.
    SetPurpose {
        /// Which purpose.
        id: ItemId,
        /// The purpose in words.
        text: String,
    },
    /// Removes a purpose.
    RemovePurpose {
        /// Which purpose.
        id: ItemId,
        /// Bring it back instead.
        restore: bool,
    },
    /// Sets a structured field of the charter.
    SetCharter {
        /// Which field.
        field: CharterField,
        /// The new value.
        value: Option<String>,
    },
    /// Adds a value to the charter, after the last.
    AddValue {
        /// Its new id.
        id: ItemId,
        /// The value in words.
        text: String,
    },
    /// Rewords a value of the charter.
    SetValue {
        /// Which value.
        id: ItemId,
        /// The value in words.
        text: String,
    },
    /// Removes a value of the charter.
    RemoveValue {
        /// Which value.
        id: ItemId,
        /// Bring it back instead.
        restore: bool,
    },
    /// Adds an objective to the plan, after the last.
    AddObjective {
        /// Its new id.
        id: ItemId,
        /// Its title.
        title: String,
        /// Its deadline.
        deadline: Option<String>,
        /// The means given to it.
        means: Option<String>,
    },
    /// Sets a field of an objective.
    SetObjective {
        /// Which objective.
        id: ItemId,
        /// Which field.
        field: ObjectiveField,
        /// The new value.
        value: Option<String>,
    },
    /// Removes an objective; its actions stay.
    RemoveObjective {
        /// Which objective.
        id: ItemId,
        /// Bring it back instead.
        restore: bool,
    },
    /// Adds an indicator to an objective, after the last.
    AddIndicator {
        /// Which objective.
        objective: ItemId,
        /// Its new id.
        id: ItemId,
        /// What is measured.
        name: String,
        /// In what it is counted.
        unit: Option<String>,
        /// Where it should get to.
        target: Option<String>,
        /// Where it is now.
        current: Option<String>,
    },
    /// Sets a field of an indicator.
    SetIndicator {
        /// Which objective.
        objective: ItemId,
        /// Which indicator.
        id: ItemId,
        /// Which field.
        field: IndicatorField,
        /// The new value.
        value: Option<String>,
    },
    /// Removes an indicator.
    RemoveIndicator {
        /// Which objective.
        objective: ItemId,
        /// Which indicator.
        id: ItemId,
        /// Bring it back instead.
        restore: bool,
    },
    /// Adds an action to the plan, after the last.
    AddAction {
        /// Its new id.
        id: ItemId,
        /// Its title.
        title: String,
        /// The objective it serves.
        objective: Option<ItemId>,
        /// Who does it.
        owner: Option<MemberId>,
        /// Until when.
        due: Option<String>,
        /// Where.
        territory: Option<String>,
        /// A status word.
        status: Option<String>,
        /// The working group.
        group: Option<String>,
    },
    /// Sets a field of an action.
    SetAction {
        /// Which action.
        id: ItemId,
        /// Which field.
        field: ActionField,
        /// The new value.
        value: Option<String>,
    },
    /// Removes an action.
    RemoveAction {
        /// Which action.
        id: ItemId,
        /// Bring it back instead.
        restore: bool,
    },
    /// Writes a new page's first content. Undone, the page lies in the bin.
    InitPage {
        /// Its title.
        title: String,
        /// Its tags.
        tags: Vec<String>,
        /// Its first text, Markdown.
        text: Option<String>,
    },
    /// Sets a field of the page.
    SetPage {
        /// Which field.
        field: PageField,
        /// The new value.
        value: Option<String>,
    },
    /// Puts a tag on the page.
    TagPage {
        /// The tag.
        tag: String,
        /// Take it off instead.
        off: bool,
    },
    /// Puts the page in the bin.
    BinPage {
        /// Bring it back instead.
        restore: bool,
    },
    /// Sets a field of what a member says of themselves.
    SetProfile {
        /// Which field.
        field: ProfileField,
        /// The new value.
        value: Option<String>,
    },
    /// Signs a version of the charter, in one's own notebook.
    SignVersion {
        /// The version's name: thirty-two hexadecimal digits.
        version: String,
        /// On which day; `None` takes the signature back.
        on: Option<String>,
    },
    /// Changes the document's one collaborative text, splice after splice.
    SpliceText {
        /// Each in the text that the one before it left.
        splices: Vec<Splice>,
    },
    /// Changes the document's one collaborative text to this, by as few splices as can be found.
    ReplaceText {
        /// The whole new text.
        text: String,
    },
}

impl Edit {
    /// The kind of document that the edit is for; `None`: any that has a text.
    pub const fn kind(&self) -> Option<DocKind> {
        match self {
            Self::SetNetwork { .. }
            | Self::AddPurpose { .. }
            | Self::SetPurpose { .. }
            | Self::RemovePurpose { .. } => Some(DocKind::Network),
            Self::SetCharter { .. }
            | Self::AddValue { .. }
            | Self::SetValue { .. }
            | Self::RemoveValue { .. } => Some(DocKind::Charter),
            Self::AddObjective { .. }
            | Self::SetObjective { .. }
            | Self::RemoveObjective { .. }
            | Self::AddIndicator { .. }
            | Self::SetIndicator { .. }
            | Self::RemoveIndicator { .. }
            | Self::AddAction { .. }
            | Self::SetAction { .. }
            | Self::RemoveAction { .. } => Some(DocKind::Plan),
            Self::InitPage { .. }
            | Self::SetPage { .. }
            | Self::TagPage { .. }
            | Self::BinPage { .. } => Some(DocKind::Page),
            Self::SetProfile { .. } | Self::SignVersion { .. } => Some(DocKind::Notebook),
            Self::SpliceText { .. } | Self::ReplaceText { .. } => None,
        }
    }
}

/// What an edit did.
#[derive(Debug, Clone, PartialEq)]
pub struct Applied {
    /// How to take it back.
    pub undo: Undo,
    /// What it did to the document's text, in order.
    pub splices: Vec<Splice>,
    /// Whether there is a new change in the document.
    pub changed: bool,
}
