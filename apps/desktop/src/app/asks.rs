//! What views ask for while they are painted. The app does it once the pass is over, so that a view never
//! changes what it is painting from.

use std::path::PathBuf;

use tresse_engine::{
    Command, Search, Secret,
    model::{BlobId, DeviceId, DocId, ItemId, MemberId, NetworkId},
};

use super::{command::UiCommand, place::Place, prefs::Prefs, toast::Toast};
use crate::{
    i18n::Lang,
    views::{
        differences::Comparison,
        export::What,
        history::Wanted,
        lines_authors::Lines,
        linking::Given,
        members::{Decision, Spot},
        plan::{Look, Question},
    },
};

/// One request of a view.
#[derive(Debug)]
pub enum Ask {
    /// Sends a command to the engine.
    Send(Command),
    /// Sends what was typed into a field, which hears what came of it.
    SendTyped(egui::Id, Command),
    /// Sends what a dialogue asks for, which closes once it is done; what it is refused for is said in it.
    Confirm(Command),
    /// As if its shortcut had been pressed.
    Do(UiCommand),
    /// Shows another place.
    Go(Place),
    /// Shows a page in the library.
    OpenPage(NetworkId, DocId),
    /// Shows a meeting.
    OpenMeeting(NetworkId, DocId),
    /// Makes the document of a meeting that a rule foresees, and shows it.
    PrepareMeeting {
        /// In which network.
        network: NetworkId,
        /// Which rule.
        series: ItemId,
        /// The rule's own day.
        day: String,
    },
    /// Shows the rules by which meetings come again.
    OpenRules(NetworkId),
    /// Makes a meeting and shows it.
    NewMeeting {
        /// In which network.
        network: NetworkId,
        /// Its title.
        title: String,
    },
    /// Makes a meeting and shows it where a day for it is looked for.
    FindDate {
        /// In which network.
        network: NetworkId,
        /// Its title.
        title: String,
    },
    /// Shows a decision in the register.
    OpenDecision(NetworkId, DocId),
    /// Shows an item of the watch.
    OpenWatch(NetworkId, ItemId),
    /// Goes to where something seen is written down.
    NewWatch(NetworkId),
    /// Shows what in the watch has these words.
    SearchWatch(NetworkId, String),
    /// Shows a resource.
    OpenResource(NetworkId, ItemId),
    /// Goes to where something offered or needed is written down.
    NewResource(NetworkId),
    /// Shows what in the resources has these words.
    SearchResources(NetworkId, String),
    /// Shows the plan, asked this.
    OpenPlan(NetworkId, Question),
    /// Shows one action with all its fields.
    OpenAction(NetworkId, ItemId),
    /// Shows the people whose name holds this.
    FindMember(NetworkId, String),
    /// Shows a role, or what is said between facilitation and piloting, among the roles.
    OpenRoles(NetworkId, Spot),
    /// Looks into the texts of every network, for « Aller à… ».
    SearchAll(Search),
    /// Shows an objective in the roadmap.
    OpenObjective(NetworkId, ItemId),
    /// Shows an orientation in the roadmap.
    OpenOrientation(NetworkId, ItemId),
    /// Shows what an organisation wants for itself, of a member's notebook, beside what the network does for it.
    OpenOwnObjective(NetworkId, MemberId, ItemId),
    /// Shows a working group on its page.
    OpenGroup(NetworkId, ItemId),
    /// Shows whether a network has met its purpose, and its end.
    OpenClosing(NetworkId),
    /// Shows a network at a glance.
    OpenOverview(NetworkId),
    /// Shows the plan in this way.
    LookAtPlan(NetworkId, Look),
    /// Writes the report and the archive of a network.
    Archive(NetworkId),
    /// Opens the report in this folder of the profile's.
    OpenReport(String),
    /// Tells the person something.
    Tell(Toast),
    /// Puts a text on the clipboard, and says so.
    Copy(String),
    /// Founds a network and shows it.
    Create {
        /// Its name.
        name: String,
        /// What it is for: known words with commas between; left open without one.
        kinds: Option<String>,
        /// The text of a template file to begin with.
        template: Option<String>,
    },
    /// Uses a ticket's text.
    Join(String),
    /// Looks at a file that was brought: work from a USB stick is taken in, an invitation is used.
    Import(PathBuf, Option<NetworkId>),
    /// Makes a file with a network's work for a USB stick, where the person chooses.
    MakeBundle {
        /// Of which network.
        network: NetworkId,
        /// For which machine; for anybody without it.
        device: Option<DeviceId>,
        /// The name proposed.
        name: String,
    },
    /// Exports a network for other programs, into a new folder in one that the person chooses.
    Export {
        /// Which network.
        network: NetworkId,
        /// What of it.
        what: What,
        /// What the new folder is called, if nothing of that name is there.
        name: String,
    },
    /// Saves the whole profile in one file, in a folder that the person chooses.
    Backup {
        /// What the file is called, if nothing of that name is there.
        name: String,
        /// A passphrase of its own.
        passphrase: Option<Secret>,
    },
    /// Stops something long.
    Stop(Long),
    /// Shows a folder by the system's program for it.
    OpenFolder(PathBuf),
    /// Opens the demo.
    Demo,
    /// Makes a page and shows it.
    NewPage {
        /// In which network.
        network: NetworkId,
        /// Its title.
        title: String,
    },
    /// Makes a decision and shows it.
    NewDecision {
        /// In which network.
        network: NetworkId,
        /// Its title; may be empty where the template gives one.
        title: String,
        /// What it starts from.
        template: String,
    },
    /// Makes a decision by a command that answers it, and shows it.
    MakeDecision(NetworkId, Command),
    /// Makes a page by a command that answers it, and shows it.
    MakePage(NetworkId, Command),
    /// Shows what the network asks its members.
    ShowPulse(NetworkId),
    /// Makes an invitation and shows its ticket.
    MakeInvitation {
        /// To which network.
        network: NetworkId,
        /// How many people may use it.
        uses: u32,
        /// For how many seconds.
        expires_in: u64,
    },
    /// Asks where this machine is, to be told to others.
    OwnAddress,
    /// Dials the machine at this address.
    Meet(String),
    /// Makes a pass for another machine of mine, and shows it.
    OfferLink,
    /// Uses a pass: this machine becomes the person's who made it.
    AcceptLink(Given),
    /// Shows where a pass is given.
    ToLink,
    /// Gives up the linking that is shown, or puts away how it ended.
    LeaveLinking,
    /// Shows the linking that waits for other members.
    TakeUpLinking,
    /// Lets the person choose a file.
    Pick(Pick),
    /// Makes the page at a glance of a network, saves it where the person chooses, and opens it to be printed.
    Print {
        /// Which network.
        network: NetworkId,
        /// The name proposed.
        name: String,
    },
    /// Lets the person choose where to save a text.
    SaveText {
        /// The name proposed.
        name: String,
        /// What is saved.
        text: String,
    },
    /// Lets the person choose where to save a picture.
    SavePicture {
        /// The name proposed.
        name: String,
        /// What is saved.
        picture: image::GrayImage,
    },
    /// Opens a copy of an attached file by the system's program for it, once it is here: its attachment and its name.
    OpenFile(NetworkId, ItemId, String),
    /// Makes a small picture of an attached image that is here.
    Thumbnail(NetworkId, ItemId, BlobId),
    /// Lets the person choose where to save an attached file.
    SaveFile(NetworkId, ItemId, String),
    /// Looks for words in a network's pages.
    Search {
        /// Where.
        network: NetworkId,
        /// What.
        query: String,
    },
    /// Asks who had a hand in an item of the plan.
    Hands(NetworkId, ItemId),
    /// Asks who changed a document, and when.
    History(NetworkId, DocId),
    /// Asks what differs between two versions of the charter.
    Compare(NetworkId, Comparison),
    /// Asks how a document stood.
    Past(Wanted),
    /// Asks who wrote lines of a text.
    Lines(NetworkId, Lines),
    /// Puts back something that an older state held, and says how that went.
    PutBack(Command),
    /// Shows a dialogue.
    Show(Dialogue),
    /// Closes the dialogue.
    Close,
    /// Changes what protects the profile.
    Protect(Protect),
    /// Changes choices about the window.
    Prefer(Prefs),
    /// Speaks another language.
    Speak(Lang),
}

/// What should protect the profile from now on.
#[derive(Debug)]
pub struct Protect {
    /// The passphrase that there is, where there is one.
    pub current: Option<Secret>,
    /// The new one; none takes it away.
    pub new: Option<Secret>,
    /// Let the system's keyring open the profile without asking.
    pub keyring: bool,
}

/// Something long that a person can stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Long {
    /// A file that is made for a stick, or taken in from one.
    Bundle,
    /// A network that is exported.
    Export,
    /// The profile that is saved.
    Backup,
}

/// What a file is chosen for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pick {
    /// Anything that Tresse reads: an invitation as text or as a picture, work from a stick, and, where a network is shown, a
    /// Markdown file to make a page of.
    Import(Option<NetworkId>),
    /// A Markdown file to make a page of.
    Page(NetworkId),
    /// A picture of myself.
    Photo(NetworkId),
    /// Files to attach to a page or a meeting.
    Attach(NetworkId, DocId),
    /// A template to found a network with.
    Template,
}

/// A dialogue over the window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Dialogue {
    /// Name, language, theme, text size, internet.
    Settings,
    /// What moved, as it is told at my rhythm.
    Digest,
    /// The whole profile to be saved in one file.
    Backup,
    /// At what rhythm it is told.
    Rhythm,
    /// Meeting by an address.
    Meet,
    /// A passphrase to choose, change or take away.
    Passphrase,
    /// Reaches anything by a few letters of its name.
    Palette,
    /// Shortcuts.
    Help,
    /// An invitation to a network.
    Invite(NetworkId),
    /// A file with a network's work for a USB stick, for this machine or for anybody.
    Carry(NetworkId, Option<DeviceId>),
    /// What came of files that were brought.
    Taking,
    /// A network to be exported for other programs.
    Export(NetworkId),
    /// One action with all its fields.
    Action(NetworkId, ItemId),
    /// A new page's title.
    NewPage(NetworkId),
    /// A new meeting's title.
    NewMeeting(NetworkId),
    /// What the charter says of how people deal with each other.
    Rules(NetworkId),
    /// A new decision's title and method.
    NewDecision(NetworkId),
    /// A version of the charter that is to be put to the vote; without one, the charter as it stands.
    PutToVote(NetworkId, Option<String>),
    /// Who changed a document, when, and what.
    History(NetworkId, DocId),
    /// What differs between two states.
    Differences(NetworkId, Comparison),
    /// A tie to another network.
    Tie(NetworkId),
    /// A network's files, and which this machine fetches by itself.
    Files(NetworkId),
    /// What the network's ends suggest to begin with.
    Frame(NetworkId),
    /// Something that a member decides of a network's people or rules.
    Decide(NetworkId, Decision),
}
