//! What the window paints of evaluation: what is asked, results, how people see working together.

use serde::Serialize;
use tresse_model::{AssessmentFacts, PeriodResults, PulseFacts, PulseSettings};

/// Evaluation on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Default)]
pub struct EvaluationView {
    /// What is asked, and how often.
    pub settings: PulseSettings,
    /// The period that runs, and results.
    #[serde(flatten)]
    pub pulse: PulseFacts,
    /// What I answered for the period that runs: one for each question that is asked.
    pub mine: Vec<MyAnswer>,
    /// How many questions wait for my answer.
    pub asked: usize,
    /// To want, to be able to, to know how to cooperate.
    pub assessment: AssessmentFacts,
}

impl EvaluationView {
    /// Results as a table for a spreadsheet (CSV), in `fr` or `en`: only what is broken down; empty where nothing is.
    pub fn table(&self, lang: &str) -> String {
        tresse_report::pulse_csv(&self.settings, &self.pulse, lang == "en")
    }

    /// Results of the period that runs.
    pub fn running(&self) -> Option<&PeriodResults> {
        self.pulse.results.iter().find(|one| one.running)
    }
}

/// My answer to a question in the period that runs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MyAnswer {
    /// The question's key.
    pub question: String,
    /// From 1 to 5; `None`: not answered yet.
    pub score: Option<u8>,
    /// The word beside it; may be empty.
    pub word: String,
}
