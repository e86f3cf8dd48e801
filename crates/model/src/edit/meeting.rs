//! Edits of a meeting.

use crate::{
    AgendaField, AgendaItem, Attended, DateOption, DocId, ItemId, Made, MeetingField, MeetingPart,
    MemberId,
};

/// One edit of a meeting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MeetingEdit {
    /// Writes a new meeting's first content. Undone, it lies in the bin. Two who begin the same meeting of a rule apart begin one.
    Init {
        /// Its title.
        title: String,
        /// What else is said of it.
        fields: Vec<(MeetingField, String)>,
    },
    /// Sets a field of the meeting.
    Set {
        /// Which field.
        field: MeetingField,
        /// The new value.
        value: Option<String>,
    },
    /// Puts the meeting in the bin.
    Bin {
        /// Bring it back instead.
        restore: bool,
    },
    /// Says that somebody facilitates, or takes the minutes. Two who name somebody at once both keep theirs.
    Part {
        /// What.
        part: MeetingPart,
        /// Who.
        member: MemberId,
        /// Not any more.
        off: bool,
    },
    /// Proposes a day that the meeting may fall on.
    Option {
        /// The day and time.
        option: DateOption,
        /// Not any more.
        off: bool,
    },
    /// Makes a day the meeting's. Where two choose at once, both can be seen.
    Choose {
        /// The day and time.
        option: DateOption,
    },
    /// Notes whether somebody came. Where two note at once, both can be seen; a member's own word counts before either.
    Attend {
        /// Who.
        member: MemberId,
        /// Whether; `None`: nothing is noted.
        word: Option<Attended>,
    },
    /// Begins to write down how long people speak.
    Floor {
        /// Not any more.
        off: bool,
    },
    /// Somebody spoke. Every turn has keys of its own: two machines that count at once lose none.
    Turn {
        /// Its new id.
        id: ItemId,
        /// Who; `None`: somebody who is not named.
        member: Option<MemberId>,
        /// How long, in seconds: 1 to 86400.
        seconds: u32,
    },
    /// Takes a turn out again.
    RemoveTurn {
        /// Which.
        id: ItemId,
    },
    /// Says what a line of the minutes was made into.
    Made {
        /// What.
        made: Made,
        /// The line's words.
        line: String,
        /// It was not.
        off: bool,
    },
    /// Puts something on the agenda, last or before another.
    AddItem {
        /// Its new id.
        id: ItemId,
        /// What it is about.
        title: String,
        /// How long it may take, in minutes.
        length: Option<String>,
        /// Before which other.
        before: Option<ItemId>,
    },
    /// Sets a field of an agenda item.
    SetItem {
        /// Which.
        id: ItemId,
        /// Which field.
        field: AgendaField,
        /// The new value.
        value: Option<String>,
    },
    /// Puts an agenda item before another, or last. Of two moves at once one counts, the same everywhere.
    MoveItem {
        /// Which.
        id: ItemId,
        /// Before which other; `None`: last.
        before: Option<ItemId>,
    },
    /// Says what somebody brings to an agenda item.
    BringItem {
        /// Which.
        id: ItemId,
        /// Who.
        member: MemberId,
        /// What, in words; `None`: nothing.
        what: Option<String>,
    },
    /// Takes something off the agenda.
    RemoveItem {
        /// Which.
        id: ItemId,
        /// Bring it back instead.
        restore: bool,
    },
    /// Marks agenda items as carried on.
    CarryOn {
        /// Which.
        items: Vec<ItemId>,
        /// To which meeting; `None`: they were not.
        to: Option<DocId>,
    },
    /// Takes in what another meeting carried on. What is here already stays as it is, so nothing comes twice.
    TakeIn(TakenIn),
}

/// What another meeting carried on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakenIn {
    /// The meeting that they come from.
    pub from: DocId,
    /// The items as they stand there, with their ids there.
    pub items: Vec<AgendaItem>,
}
