//! What a person asks of the plan: words, statuses, people, an objective, a working group, and an order.

use tresse_engine::model::{Action, ActionField, ItemId, MemberId, Scale, Status};

use super::grouping::GroupBy;
use crate::{app::text::fold, i18n::I18n, tr};

/// A column of the table, by which it can be sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Column {
    /// What is to be done.
    Title,
    /// How it stands.
    Status,
    /// Who does it.
    Owner,
    /// Until when.
    Due,
    /// What for.
    Objective,
    /// Where.
    Territory,
    /// The working group.
    Group,
}

impl Column {
    /// Every column, from left to right.
    pub const ALL: [Self; 7] = [
        Self::Title,
        Self::Status,
        Self::Owner,
        Self::Due,
        Self::Objective,
        Self::Territory,
        Self::Group,
    ];

    /// Its head, in words.
    pub fn name(self, words: &I18n) -> String {
        match self {
            Self::Title => tr!(words, "action-title"),
            Self::Status => tr!(words, "action-status"),
            Self::Owner => tr!(words, "action-owner"),
            Self::Due => tr!(words, "action-due"),
            Self::Objective => tr!(words, "action-objective"),
            Self::Territory => tr!(words, "action-territory"),
            Self::Group => tr!(words, "action-group"),
        }
    }
}

impl Column {
    /// The field that the column shows.
    pub const fn field(self) -> ActionField {
        match self {
            Self::Title => ActionField::Title,
            Self::Status => ActionField::Status,
            Self::Owner => ActionField::Owner,
            Self::Due => ActionField::Due,
            Self::Objective => ActionField::Objective,
            Self::Territory => ActionField::Territory,
            Self::Group => ActionField::Group,
        }
    }
}

/// Which statuses are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum StatusFilter {
    /// Every action.
    #[default]
    All,
    /// What is still to be done.
    Open,
    /// What is still to be done and should be done by now.
    Late,
    /// One status.
    One(Status),
}

/// Whose actions are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum OwnerFilter {
    /// Everybody's.
    #[default]
    All,
    /// Those that nobody has taken.
    Nobody,
    /// One person's.
    One(MemberId),
}

/// Where the actions shown are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TerritoryFilter {
    /// In territories as large as this.
    Scale(Scale),
    /// In this one, however it is written.
    Place(String),
}

impl TerritoryFilter {
    /// Whether an action is there.
    pub fn takes(&self, action: &Action) -> bool {
        match self {
            Self::Scale(scale) => action.territory_scale == Some(*scale),
            Self::Place(place) => fold(action.territory.trim()) == fold(place.trim()),
        }
    }
}

/// What the person asked to see.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Question {
    /// Words that must all be found in an action.
    pub text: String,
    /// Statuses.
    pub status: StatusFilter,
    /// People.
    pub owner: OwnerFilter,
    /// One objective.
    pub objective: Option<ItemId>,
    /// One working group.
    pub working_group: Option<ItemId>,
    /// Where.
    pub territory: Option<TerritoryFilter>,
    /// The column that decides the order (the plan's own order without one).
    pub sort: Option<Column>,
    /// From the last to the first.
    pub descending: bool,
    /// Under which headings.
    pub group: Option<GroupBy>,
}

impl Question {
    /// Whether it leaves anything out.
    pub fn filters(&self) -> bool {
        !self.text.trim().is_empty()
            || self.status != StatusFilter::All
            || self.owner != OwnerFilter::All
            || self.objective.is_some()
            || self.working_group.is_some()
            || self.territory.is_some()
    }

    /// Shows everything again, in the order chosen.
    pub fn clear(&mut self) {
        *self = Self {
            sort: self.sort,
            descending: self.descending,
            group: self.group,
            ..Self::default()
        };
    }
}
