//! What views ask for while they are painted. The app does it once the pass is over, so that a view never
//! changes what it is painting from.

use std::path::PathBuf;

use tresse_engine::{
    Command,
    model::{DocId, ItemId, NetworkId},
};

use super::{command::UiCommand, place::Place, prefs::Prefs, toast::Toast};
use crate::{i18n::Lang, views::plan::Question};

/// One request of a view.
#[derive(Debug)]
pub enum Ask {
    /// Sends a command to the engine.
    Send(Command),
    /// As if its shortcut had been pressed.
    Do(UiCommand),
    /// Shows another place.
    Go(Place),
    /// Shows a page in the library.
    OpenPage(NetworkId, DocId),
    /// Shows the plan, asked this.
    OpenPlan(NetworkId, Question),
    /// Shows one action with all its fields.
    OpenAction(NetworkId, ItemId),
    /// Tells the person something.
    Tell(Toast),
    /// Puts a text on the clipboard, and says so.
    Copy(String),
    /// Founds a network and shows it.
    Create {
        /// Its name.
        name: String,
        /// What it is for; left open without one.
        kind: Option<&'static str>,
    },
    /// Uses a ticket's text.
    Join(String),
    /// Reads a ticket out of a file.
    ReadTicket(PathBuf),
    /// Opens the demo.
    Demo,
    /// Makes a page and shows it.
    NewPage {
        /// In which network.
        network: NetworkId,
        /// Its title.
        title: String,
    },
    /// Makes a page of a Markdown file and shows it.
    ImportPage(NetworkId, PathBuf),
    /// Makes an invitation and shows its ticket.
    MakeInvitation {
        /// To which network.
        network: NetworkId,
        /// How many people may use it.
        uses: u32,
        /// For how many seconds.
        expires_in: u64,
    },
    /// Lets the person choose a file.
    Pick(Pick),
    /// Lets the person choose where to save a text.
    SaveText {
        /// The name proposed.
        name: String,
        /// What is saved.
        text: String,
    },
    /// Looks for words in a network's pages.
    Search {
        /// Where.
        network: NetworkId,
        /// What.
        query: String,
    },
    /// Shows a dialogue.
    Show(Dialogue),
    /// Closes the dialogue.
    Close,
    /// Changes choices about the window.
    Prefer(Prefs),
    /// Speaks another language.
    Speak(Lang),
}

/// What a file is chosen for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pick {
    /// A ticket, as text or as a picture.
    Ticket,
    /// A Markdown file to make a page of.
    Page(NetworkId),
}

/// A dialogue over the window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Dialogue {
    /// Name, language, theme, text size, internet.
    Settings,
    /// Shortcuts.
    Help,
    /// An invitation to a network.
    Invite(NetworkId),
    /// One action with all its fields.
    Action(NetworkId, ItemId),
    /// A new page's title.
    NewPage(NetworkId),
}
