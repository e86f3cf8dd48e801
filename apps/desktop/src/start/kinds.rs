//! What a network can be for, in words: five ends, each with a sentence, in any mix, and none of them required.

use tresse_engine::model::NetworkKind;

use crate::{i18n::I18n, tr};

/// What a document's word says in words: a known end's name, or the free text that it is.
pub fn name(words: &I18n, word: &str) -> String {
    match NetworkKind::from_word(word) {
        Some(NetworkKind::Produce) => tr!(words, "kind-produce"),
        Some(NetworkKind::Defend) => tr!(words, "kind-defend"),
        Some(NetworkKind::SharePractice) => tr!(words, "kind-share-practice"),
        Some(NetworkKind::PoolMeans) => tr!(words, "kind-pool-means"),
        Some(NetworkKind::MutualLearning) => tr!(words, "kind-mutual-learning"),
        None => word.to_owned(),
    }
}

/// A known end in a short sentence.
pub fn explained(words: &I18n, kind: NetworkKind) -> String {
    match kind {
        NetworkKind::Produce => tr!(words, "kind-produce-explained"),
        NetworkKind::Defend => tr!(words, "kind-defend-explained"),
        NetworkKind::SharePractice => tr!(words, "kind-share-practice-explained"),
        NetworkKind::PoolMeans => tr!(words, "kind-pool-means-explained"),
        NetworkKind::MutualLearning => tr!(words, "kind-mutual-learning-explained"),
    }
}
