//! Every edit of a document, as a value.

mod attachment;
mod contribution;
mod decision;
mod evaluation;
mod meeting;
mod meeting_word;
mod resource;
mod series;
mod suggestion;
mod watch;

use automerge::ChangeHash;

pub use attachment::AttachmentEdit;
pub use contribution::ContributionEdit;
pub use decision::{BallotEdit, ChoiceOf, DecisionEdit};
pub use evaluation::{Answered, EvaluationEdit};
pub use meeting::{MeetingEdit, TakenIn};
pub use meeting_word::MeetingWord;
pub use resource::ResourceEdit;
pub use series::{DayTo, SeriesEdit};
pub use suggestion::SuggestionEdit;
pub use watch::{WatchEdit, WatchReading};

use crate::{
    ActionField, CharterField, DocId, DocKind, FilterField, GroupField, IndicatorField, ItemId,
    MemberId, NetworkField, NetworkId, NetworkKind, ObjectiveField, OrientationField,
    OwnObjectiveField, PageField, ProfileField, RelationKind, RoleField, Splice, Undo,
};

/// One edit of one document.
///
/// A `value` of `None` or an empty text clears the field. Ids of new items are given by
/// the caller, who has randomness.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Edit {
    /// Sets a field of the network document. Two people who set it at once to different values keep both, and all see both until somebody chooses.
    SetNetwork {
        /// Which field.
        field: NetworkField,
        /// The new value.
        value: Option<String>,
    },
    /// Adds a purpose after the last. Two people who add at once have added both, which stand side by side in the same order
    /// everywhere.
    AddPurpose {
        /// Its new id.
        id: ItemId,
        /// The purpose in words.
        text: String,
    },
    /// Rewords a purpose. Of two people who reword it at once both wordings are kept and shown until somebody chooses.
    SetPurpose {
        /// Which purpose.
        id: ItemId,
        /// The purpose in words.
        text: String,
    },
    /// Removes a purpose. What others write in it at the same time is kept, and shows when it is brought back.
    RemovePurpose {
        /// Which purpose.
        id: ItemId,
        /// Bring it back instead.
        restore: bool,
    },
    /// Says that the network is for one of the known ends, or is not. Two people who name different ends at once have named both;
    /// of one who says so and one who says it is not, the same wins everywhere.
    SetKind {
        /// Which.
        kind: NetworkKind,
        /// It is not.
        off: bool,
    },
    /// Says how the network stands to another one. Of two people who set the same tie at once the same shows everywhere; ties to different networks both stand.
    Relate {
        /// The other network.
        other: NetworkId,
        /// How.
        kind: RelationKind,
        /// The other's name, as known to who writes it.
        name: String,
        /// What else is to be said of it.
        words: Option<String>,
    },
    /// Takes the tie to another network out. Of one who takes it out and one who sets it at once, the same wins everywhere.
    Unrelate {
        /// The other network.
        other: NetworkId,
    },
    /// Sets or takes away the picture of a notebook's owner. Of two machines of one's own that set one at once, the same picture
    /// shows everywhere.
    SetPhoto {
        /// The file's bytes, as [`crate::Photo`] takes them.
        picture: Option<Vec<u8>>,
    },
    /// Notes in a notebook how far its owner has looked. Nothing to take back. Marks of two machines of one's own join: what was
    /// seen on either is seen.
    MarkSeen {
        /// Documents and their newest changes.
        seen: Vec<(DocId, Vec<ChangeHash>)>,
    },
    /// Sets a structured field of the charter. Two people who set it at once to different values keep both, and all see both until somebody chooses.
    SetCharter {
        /// Which field.
        field: CharterField,
        /// The new value.
        value: Option<String>,
    },
    /// Adds a value to the charter, after the last. Two people who add at once have added both, which stand side by side in the
    /// same order everywhere.
    AddValue {
        /// Its new id.
        id: ItemId,
        /// The value in words.
        text: String,
    },
    /// Rewords a value of the charter. Of two people who reword it at once both wordings are kept and shown until somebody
    /// chooses.
    SetValue {
        /// Which value.
        id: ItemId,
        /// The value in words.
        text: String,
    },
    /// Removes a value of the charter. What others write in it at the same time is kept, and shows when it is brought back.
    RemoveValue {
        /// Which value.
        id: ItemId,
        /// Bring it back instead.
        restore: bool,
    },
    /// Adds an orientation to the plan, after the last. Two people who add at once have added both, which stand side by side in
    /// the same order everywhere.
    AddOrientation {
        /// Its new id.
        id: ItemId,
        /// Its title.
        title: String,
        /// What is meant by it.
        words: Option<String>,
    },
    /// Sets a field of an orientation. Two people who set it at once to different values keep both, and all see both until somebody chooses.
    SetOrientation {
        /// Which orientation.
        id: ItemId,
        /// Which field.
        field: OrientationField,
        /// The new value.
        value: Option<String>,
    },
    /// Removes an orientation; its objectives stay. What others write in it at the same time is kept, and shows when it is
    /// brought back.
    RemoveOrientation {
        /// Which orientation.
        id: ItemId,
        /// Bring it back instead.
        restore: bool,
    },
    /// Adds an objective to the plan, after the last. Two people who add at once have added both, which stand side by side in the
    /// same order everywhere.
    AddObjective {
        /// Its new id.
        id: ItemId,
        /// Its title.
        title: String,
        /// Its deadline.
        deadline: Option<String>,
        /// The means given to it.
        means: Option<String>,
        /// The orientation it carries out.
        orientation: Option<ItemId>,
    },
    /// Sets a field of an objective. Two people who set it at once to different values keep both, and all see both until somebody chooses.
    SetObjective {
        /// Which objective.
        id: ItemId,
        /// Which field.
        field: ObjectiveField,
        /// The new value.
        value: Option<String>,
    },
    /// Removes an objective; its actions stay. What others write in it at the same time is kept, and shows when it is brought
    /// back.
    RemoveObjective {
        /// Which objective.
        id: ItemId,
        /// Bring it back instead.
        restore: bool,
    },
    /// Adds an indicator to an objective, after the last. Two people who add at once have added both, which stand side by side in
    /// the same order everywhere.
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
        /// Where it was when the objective was set.
        baseline: Option<String>,
    },
    /// Sets a field of an indicator. Two people who set it at once to different values keep both, and all see both until somebody chooses.
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
    /// Removes an indicator. What others write in it at the same time is kept, and shows when it is brought back.
    RemoveIndicator {
        /// Which objective.
        objective: ItemId,
        /// Which indicator.
        id: ItemId,
        /// Bring it back instead.
        restore: bool,
    },
    /// Adds a measure to an indicator. Two people who measure at once both keep theirs; the newest by its day is where the
    /// indicator is now.
    AddMeasure {
        /// Which objective.
        objective: ItemId,
        /// Which indicator.
        indicator: ItemId,
        /// Its new id.
        id: ItemId,
        /// On which day.
        date: String,
        /// What was found.
        value: String,
        /// What is to be said of it.
        note: Option<String>,
    },
    /// Removes a measure. Two who take the same one out at once have taken it out once.
    RemoveMeasure {
        /// Which objective.
        objective: ItemId,
        /// Which indicator.
        indicator: ItemId,
        /// Which measure.
        id: ItemId,
        /// Bring it back instead.
        restore: bool,
    },
    /// Adds an action to the plan, after the last. Two people who add at once have added both, which stand side by side in the
    /// same order everywhere.
    AddAction {
        /// Its new id.
        id: ItemId,
        /// Its title.
        title: String,
        /// What else is said of it.
        fields: Vec<(ActionField, String)>,
    },
    /// Sets a field of an action. Two people who set it at once to different values keep both, and all see both until somebody chooses.
    SetAction {
        /// Which action.
        id: ItemId,
        /// Which field.
        field: ActionField,
        /// The new value.
        value: Option<String>,
    },
    /// Sets a field of several actions to one value: all of them, or, on an error, none. Each action's field is then as if it had
    /// been set alone: where somebody else set one of them at once, that one keeps both values.
    SetActions {
        /// Which actions.
        ids: Vec<ItemId>,
        /// Which field.
        field: ActionField,
        /// The new value.
        value: Option<String>,
    },
    /// Names one more owner of an action. Two people who name different ones at once have named both.
    OwnAction {
        /// Which action.
        id: ItemId,
        /// Who.
        member: MemberId,
        /// No longer.
        off: bool,
    },
    /// Says that an action must wait for another. Refused where it would then wait for itself; where two
    /// people close such a circle at once, each with one half, it is shown ([`crate::plan_facts`]) and holds up nothing.
    DependAction {
        /// Which action.
        id: ItemId,
        /// What it waits for.
        on: ItemId,
        /// No longer.
        off: bool,
    },
    /// Sets the first and the last day of an action at once, each cleared where it is `None`. Two people who do so at once
    /// with different days keep both values of each, as with [`Edit::SetAction`].
    MoveAction {
        /// Which action.
        id: ItemId,
        /// From when.
        start: Option<String>,
        /// Until when.
        due: Option<String>,
    },
    /// Says that a recurring action has been done once. Two people who say so of the same time at once have said it once.
    DoneAction {
        /// Which action.
        id: ItemId,
        /// The day that time was due; `None`: the next.
        day: Option<String>,
        /// Take it back instead; without a day, the last time.
        off: bool,
    },
    /// Adds a part to an action, after the last. Two people who add at once have added both, which stand side by side in the same
    /// order everywhere.
    AddCheck {
        /// Which action.
        action: ItemId,
        /// Its new id.
        id: ItemId,
        /// What is to be done.
        text: String,
    },
    /// Rewords a part of an action, or says whether it is done, or both. Of two people who reword it at once both wordings are
    /// kept and shown until somebody chooses.
    SetCheck {
        /// Which action.
        action: ItemId,
        /// Which part.
        id: ItemId,
        /// What is to be done.
        text: Option<String>,
        /// Whether it is done.
        done: Option<bool>,
    },
    /// Removes a part of an action. What others write in it at the same time is kept, and shows when it is brought back.
    RemoveCheck {
        /// Which action.
        action: ItemId,
        /// Which part.
        id: ItemId,
        /// Bring it back instead.
        restore: bool,
    },
    /// Removes an action. What others write in it at the same time is kept, and shows when it is brought back.
    RemoveAction {
        /// Which action.
        id: ItemId,
        /// Bring it back instead.
        restore: bool,
    },
    /// Adds a working group, after the last. Two people who add at once have added both, which stand side by side in the same
    /// order everywhere.
    AddGroup {
        /// Its new id.
        id: ItemId,
        /// Its name.
        name: String,
        /// What else is said of it.
        fields: Vec<(GroupField, String)>,
    },
    /// Sets a field of a working group. Two people who set it at once to different values keep both, and all see both until somebody chooses.
    SetGroup {
        /// Which group.
        id: ItemId,
        /// Which field.
        field: GroupField,
        /// The new value.
        value: Option<String>,
    },
    /// Puts a member into a working group. Two people who put different ones in at once have put in both.
    JoinGroup {
        /// Which group.
        id: ItemId,
        /// Who.
        member: MemberId,
        /// Take them out instead.
        off: bool,
    },
    /// Removes a working group; its actions and pages stay. What others write in it at the same time is kept, and shows when it
    /// is brought back.
    RemoveGroup {
        /// Which group.
        id: ItemId,
        /// Bring it back instead.
        restore: bool,
    },
    /// Writes a new page's first content. Undone, the page lies in the bin. A page has one author of its beginning: nobody else
    /// knows it before.
    InitPage {
        /// Its title.
        title: String,
        /// Its tags.
        tags: Vec<String>,
        /// Its first text, Markdown.
        text: Option<String>,
    },
    /// Sets a field of the page. Two people who set it at once to different values keep both, and all see both until somebody chooses.
    SetPage {
        /// Which field.
        field: PageField,
        /// The new value.
        value: Option<String>,
    },
    /// Puts a tag on the page. Two people who put different tags on it at once have put both; of one who puts a tag on and one
    /// who takes it off, the same wins everywhere.
    TagPage {
        /// The tag.
        tag: String,
        /// Take it off instead.
        off: bool,
    },
    /// Puts the page in the bin. What others write in it at the same time is kept, and shows when it is brought back.
    BinPage {
        /// Bring it back instead.
        restore: bool,
    },
    /// An edit of the attachments of a page or a meeting.
    Attachment(AttachmentEdit),
    /// An edit of a meeting.
    Meeting(MeetingEdit),
    /// An edit of a rule by which meetings come again.
    Series(SeriesEdit),
    /// What a member says about a meeting, in their own notebook.
    MeetingWord(MeetingWord),
    /// An edit of a decision.
    Decision(DecisionEdit),
    /// An edit of what is asked of members, or of what one answers.
    Evaluation(EvaluationEdit),
    /// An edit of what one says one gave.
    Contribution(ContributionEdit),
    /// An edit of what members offer or need.
    Resource(ResourceEdit),
    /// Taking up what a starting frame suggests.
    Suggestion(SuggestionEdit),
    /// An edit of a year's watch.
    Watch(WatchEdit),
    /// Notes what one has read of the watch.
    WatchReading(WatchReading),
    /// Writes a ballot or a count into a notebook.
    Ballot(BallotEdit),
    /// Sets a field of what a member says of themselves. Only its owner writes here: two of their machines that do so at once
    /// keep both values, as people do.
    SetProfile {
        /// Which field.
        field: ProfileField,
        /// The new value.
        value: Option<String>,
    },
    /// Signs a version of the charter, in one's own notebook. Signed on two machines of one's own at once, it is signed once.
    SignVersion {
        /// The version's name: thirty-two hexadecimal digits.
        version: String,
        /// On which day; `None` takes the signature back.
        on: Option<String>,
    },
    /// Adds an objective that the member's organisation has for itself. Two machines of one's own that add at once have added
    /// both.
    AddOwnObjective {
        /// Its new id.
        id: ItemId,
        /// The objective in words.
        text: String,
        /// The network's objective that serves it.
        objective: Option<ItemId>,
    },
    /// Sets a field of an objective of one's own organisation. Only its owner writes here: two of their machines that do so at
    /// once keep both values, as people do.
    SetOwnObjective {
        /// Which.
        id: ItemId,
        /// Which field.
        field: OwnObjectiveField,
        /// The new value.
        value: Option<String>,
    },
    /// Saves a filter, or changes parts of one that was saved; parts that are not named stay, an empty text clears one. Parts
    /// that two machines of one's own changed at once both hold; of the same part, the same value everywhere.
    SaveFilter {
        /// Its id.
        id: ItemId,
        /// Its parts.
        fields: Vec<(FilterField, String)>,
    },
    /// Removes a saved filter. What another machine of one's own changed in it at once does not bring it back.
    RemoveFilter {
        /// Which.
        id: ItemId,
        /// Bring it back instead.
        restore: bool,
    },
    /// Removes an objective of one's own organisation. What another machine of one's own writes in it at once is kept, and shows
    /// when it is brought back.
    RemoveOwnObjective {
        /// Which.
        id: ItemId,
        /// Bring it back instead.
        restore: bool,
    },
    /// Sets a field of a role, in the network document. Two people who set it at once to different values keep both, and all see both until somebody chooses.
    SetRole {
        /// Which role, as anybody spells it ([`crate::role_key`]).
        role: String,
        /// Which field.
        field: RoleField,
        /// The new value.
        value: Option<String>,
    },
    /// Puts a member into the order in which a role goes round, or moves them in it. Of two people who put in or move different members at once both are heard;
    /// nobody is lost or stands there twice.
    TurnRole {
        /// Which role.
        role: String,
        /// Who.
        member: MemberId,
        /// Before whom; without, or where that person is not in the order, last.
        before: Option<MemberId>,
        /// Take them out instead.
        off: bool,
    },
    /// Gives one's word, in one's own notebook, to swap two turns. It holds once the other has given theirs. Said on two machines
    /// of one's own at once, it is said once.
    AgreeSwap {
        /// Which role.
        role: String,
        /// The first day of the turn given up.
        mine: String,
        /// The first day of the turn taken.
        theirs: String,
        /// Whose that is.
        with: MemberId,
        /// On which day it is said; `None` takes one's word back.
        on: Option<String>,
    },
    /// Writes something in a conversation between facilitation and piloting, in one's own notebook. Everybody writes in their own
    /// notebook: two who answer at once have both answered.
    AddPost {
        /// Its new id.
        id: ItemId,
        /// What begins the conversation; `None`: this does.
        thread: Option<ItemId>,
        /// What is said.
        text: String,
        /// On which day.
        on: String,
        /// How many there are before it in the conversation.
        after: u64,
        /// The objective that is made of it.
        objective: Option<ItemId>,
    },
    /// Rewords what one wrote in a conversation. Only its owner writes here: two of their machines that do so at once keep both
    /// values, as people do.
    SetPost {
        /// Which.
        id: ItemId,
        /// What is said.
        text: String,
    },
    /// Takes back what one wrote in a conversation. Reworded on another machine of one's own at once, it stays taken back.
    RemovePost {
        /// Which.
        id: ItemId,
        /// Bring it back instead.
        restore: bool,
    },
    /// Changes the document's one collaborative text, splice after splice. Letters that several people type and take out at once
    /// are all kept, respectively gone, each where it was meant.
    SpliceText {
        /// Each in the text that the one before it left.
        splices: Vec<Splice>,
    },
    /// Changes the document's one collaborative text to this, by as few splices as can be found. It merges as the splices do:
    /// what others type at once in what stays is kept.
    ReplaceText {
        /// The whole new text.
        text: String,
    },
}

impl Edit {
    /// Whether it changes the document's one text and nothing else.
    pub const fn is_of_text(&self) -> bool {
        matches!(self, Self::SpliceText { .. } | Self::ReplaceText { .. })
    }

    /// The kind of document that the edit is for; `None`: any that has a text, or that takes attachments.
    pub const fn kind(&self) -> Option<DocKind> {
        match self {
            Self::SetNetwork { .. }
            | Self::SetKind { .. }
            | Self::Relate { .. }
            | Self::Unrelate { .. }
            | Self::SetRole { .. }
            | Self::TurnRole { .. }
            | Self::AddPurpose { .. }
            | Self::SetPurpose { .. }
            | Self::RemovePurpose { .. }
            | Self::Series(_) => Some(DocKind::Network),
            Self::SetCharter { .. }
            | Self::AddValue { .. }
            | Self::SetValue { .. }
            | Self::RemoveValue { .. } => Some(DocKind::Charter),
            Self::AddOrientation { .. }
            | Self::SetOrientation { .. }
            | Self::RemoveOrientation { .. }
            | Self::AddObjective { .. }
            | Self::SetObjective { .. }
            | Self::RemoveObjective { .. }
            | Self::AddIndicator { .. }
            | Self::SetIndicator { .. }
            | Self::RemoveIndicator { .. }
            | Self::AddMeasure { .. }
            | Self::RemoveMeasure { .. }
            | Self::AddAction { .. }
            | Self::SetAction { .. }
            | Self::SetActions { .. }
            | Self::MoveAction { .. }
            | Self::OwnAction { .. }
            | Self::DependAction { .. }
            | Self::DoneAction { .. }
            | Self::AddCheck { .. }
            | Self::SetCheck { .. }
            | Self::RemoveCheck { .. }
            | Self::AddGroup { .. }
            | Self::SetGroup { .. }
            | Self::JoinGroup { .. }
            | Self::RemoveGroup { .. }
            | Self::RemoveAction { .. } => Some(DocKind::Plan),
            Self::InitPage { .. }
            | Self::SetPage { .. }
            | Self::TagPage { .. }
            | Self::BinPage { .. } => Some(DocKind::Page),
            Self::Contribution(_)
            | Self::SetProfile { .. }
            | Self::SetPhoto { .. }
            | Self::MarkSeen { .. }
            | Self::SignVersion { .. }
            | Self::AgreeSwap { .. }
            | Self::AddPost { .. }
            | Self::SetPost { .. }
            | Self::RemovePost { .. }
            | Self::AddOwnObjective { .. }
            | Self::SetOwnObjective { .. }
            | Self::RemoveOwnObjective { .. }
            | Self::SaveFilter { .. }
            | Self::RemoveFilter { .. }
            | Self::MeetingWord(_)
            | Self::WatchReading(_)
            | Self::Ballot(_) => Some(DocKind::Notebook),
            Self::Meeting(_) => Some(DocKind::Meeting),
            Self::Decision(_) => Some(DocKind::Decision),
            Self::Resource(_) => Some(DocKind::Resources),
            Self::Watch(_) => Some(DocKind::Watch),
            Self::Evaluation(edit) => Some(edit.kind()),
            Self::Suggestion(edit) => Some(edit.kind()),
            Self::SpliceText { .. } | Self::ReplaceText { .. } | Self::Attachment(_) => None,
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
