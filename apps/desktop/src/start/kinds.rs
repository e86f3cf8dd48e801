//! What a network can be for: five kinds, each with a sentence, and none of them required.

use crate::{i18n::I18n, tr};

/// A kind of network.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// To make and act together.
    Produce,
    /// To defend a common interest.
    Defend,
    /// To share and spread ways of working.
    SharePractice,
    /// To pool means.
    PoolMeans,
    /// To learn from each other.
    MutualLearning,
}

impl Kind {
    /// Every kind, in the order shown.
    pub const ALL: [Self; 5] = [
        Self::Produce,
        Self::Defend,
        Self::SharePractice,
        Self::PoolMeans,
        Self::MutualLearning,
    ];

    /// Its word in documents.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Produce => "produce",
            Self::Defend => "defend",
            Self::SharePractice => "share-practice",
            Self::PoolMeans => "pool-means",
            Self::MutualLearning => "mutual-learning",
        }
    }

    /// Its name.
    pub fn name(self, words: &I18n) -> String {
        match self {
            Self::Produce => tr!(words, "kind-produce"),
            Self::Defend => tr!(words, "kind-defend"),
            Self::SharePractice => tr!(words, "kind-share-practice"),
            Self::PoolMeans => tr!(words, "kind-pool-means"),
            Self::MutualLearning => tr!(words, "kind-mutual-learning"),
        }
    }

    /// It in a short sentence.
    pub fn explained(self, words: &I18n) -> String {
        match self {
            Self::Produce => tr!(words, "kind-produce-explained"),
            Self::Defend => tr!(words, "kind-defend-explained"),
            Self::SharePractice => tr!(words, "kind-share-practice-explained"),
            Self::PoolMeans => tr!(words, "kind-pool-means-explained"),
            Self::MutualLearning => tr!(words, "kind-mutual-learning-explained"),
        }
    }
}

/// What a document's word says in words: a known kind's name, or the free text that it is.
pub fn name(words: &I18n, word: &str) -> String {
    Kind::ALL
        .into_iter()
        .find(|kind| kind.word() == word)
        .map_or_else(|| word.to_owned(), |kind| kind.name(words))
}
