//! Where in the window the person is.

use tresse_engine::model::NetworkId;

use crate::{i18n::I18n, theme::Icon, tr};

/// A view of a network.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Tab {
    /// What moved and what waits.
    #[default]
    Home,
    /// The charter.
    Charter,
    /// Objectives and actions.
    Plan,
    /// Meetings.
    Meetings,
    /// What is decided, and how.
    Decisions,
    /// Pages.
    Library,
    /// What was seen outside.
    Watch,
    /// What members offer, need and lend.
    Resources,
    /// People.
    Members,
    /// Results, what is asked, how people work together, what each gave.
    Evaluation,
}

impl Tab {
    /// Every view, in the order shown.
    pub const ALL: [Self; 10] = [
        Self::Home,
        Self::Charter,
        Self::Plan,
        Self::Meetings,
        Self::Decisions,
        Self::Library,
        Self::Watch,
        Self::Resources,
        Self::Members,
        Self::Evaluation,
    ];

    /// Its name.
    pub fn name(self, words: &I18n) -> String {
        match self {
            Self::Home => tr!(words, "tab-home"),
            Self::Charter => tr!(words, "tab-charter"),
            Self::Plan => tr!(words, "tab-plan"),
            Self::Meetings => tr!(words, "tab-meetings"),
            Self::Decisions => tr!(words, "tab-decisions"),
            Self::Library => tr!(words, "tab-library"),
            Self::Watch => tr!(words, "tab-watch"),
            Self::Resources => tr!(words, "tab-resources"),
            Self::Members => tr!(words, "tab-members"),
            Self::Evaluation => tr!(words, "tab-evaluation"),
        }
    }

    /// Its name where there is little room.
    pub fn short_name(self, words: &I18n) -> String {
        match self {
            Self::Plan => tr!(words, "tab-plan-short"),
            tab => tab.name(words),
        }
    }

    /// Its icon.
    pub const fn icon(self) -> Icon {
        match self {
            Self::Home => Icon::House,
            Self::Charter => Icon::Scroll,
            Self::Plan => Icon::ListChecks,
            Self::Meetings => Icon::CalendarBlank,
            Self::Decisions => Icon::Gavel,
            Self::Library => Icon::Books,
            Self::Watch => Icon::Binoculars,
            Self::Resources => Icon::Handshake,
            Self::Members => Icon::Users,
            Self::Evaluation => Icon::Target,
        }
    }
}

/// What fills the window beside the rail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Place {
    /// The choice between creating, joining and the demo.
    #[default]
    Add,
    /// A network.
    Network(NetworkId, Tab),
}

impl Place {
    /// The network shown, if one is.
    pub const fn network(self) -> Option<NetworkId> {
        match self {
            Self::Add => None,
            Self::Network(network, _) => Some(network),
        }
    }

    /// The view shown, if a network is.
    pub const fn tab(self) -> Option<Tab> {
        match self {
            Self::Add => None,
            Self::Network(_, tab) => Some(tab),
        }
    }
}
