//! Decisions in open formats: a register to read, a table for a spreadsheet, everything in one file.

use serde_json::{Value, json};
use tresse_model::{Method, Verdict};

use crate::{
    DecisionExport, ExportFile, NetworkExport, criteria_markdown,
    csv::Table,
    escape::{inline, line},
    markdown::push,
    words::Words,
};

/// What stands around decisions in an export, in one language.
pub(crate) struct DecisionWords {
    pub(crate) title: &'static str,
    question: &'static str,
    method: &'static str,
    phase: &'static str,
    result: &'static str,
    outcome: &'static str,
    review: &'static str,
    provisional: &'static str,
    methods: [&'static str; 11],
    verdicts: [&'static str; 8],
}

pub(crate) const FRENCH: DecisionWords = DecisionWords {
    title: "Décisions",
    question: "Question",
    method: "Manière",
    phase: "État",
    result: "Résultat",
    outcome: "Ce qui en sort",
    review: "À revoir le",
    provisional: "provisoire",
    methods: [
        "décision notée",
        "sonder le ressenti",
        "sollicitation d’avis",
        "consentement",
        "vote",
        "gradients d’accord",
        "choix simple",
        "choix par gommettes",
        "choix par notes",
        "choix par ordre de préférence",
        "critères pondérés",
    ],
    verdicts: [
        "rien à compter",
        "quorum non atteint",
        "avis recueillis",
        "adoptée",
        "non adoptée",
        "objections ouvertes",
        "retenue",
        "égalité",
    ],
};

pub(crate) const ENGLISH: DecisionWords = DecisionWords {
    title: "Decisions",
    question: "Question",
    method: "Method",
    phase: "State",
    result: "Result",
    outcome: "What came of it",
    review: "To be looked at again on",
    provisional: "provisional",
    methods: [
        "noted decision",
        "sense check",
        "advice",
        "consent",
        "vote",
        "gradients of agreement",
        "simple choice",
        "dot voting",
        "score voting",
        "ranked choice",
        "weighted criteria",
    ],
    verdicts: [
        "nothing to count",
        "quorum not reached",
        "views gathered",
        "adopted",
        "not adopted",
        "objections open",
        "chosen",
        "a tie",
    ],
};

impl DecisionWords {
    fn method(&self, method: Method) -> &'static str {
        let place = Method::ALL.iter().position(|one| *one == method);
        place
            .and_then(|place| self.methods.get(place))
            .copied()
            .unwrap_or_default()
    }

    /// What came of the ballots, in a few words.
    fn result(&self, decision: &DecisionExport) -> String {
        let option = |id| {
            let option = decision.terms.option(id);
            option.map_or_else(String::new, |one| one.label.clone())
        };
        let (place, named) = match &decision.tally.verdict {
            Verdict::Nothing {} => (0, String::new()),
            Verdict::NoQuorum {} => (1, String::new()),
            Verdict::Gathered {} => (2, String::new()),
            Verdict::Adopted {} => (3, String::new()),
            Verdict::Rejected {} => (4, String::new()),
            Verdict::Objected { open } => (5, open.to_string()),
            Verdict::Chosen { option: id } => (6, option(id)),
            Verdict::Tie { options } => {
                (7, options.iter().map(option).collect::<Vec<_>>().join(", "))
            }
        };
        let mut said = self.verdicts[place].to_owned();
        if !named.is_empty() {
            push(&mut said, format_args!(" ({named})"));
        }
        if decision.provisional {
            push(&mut said, format_args!(", {}", self.provisional));
        }
        said
    }
}

/// The register as text.
pub(crate) fn markdown(export: &NetworkExport, words: &Words) -> String {
    let said = words.decisions;
    let mut text = format!("# {}\n", said.title);
    for decision in &export.decisions {
        let content = &decision.content;
        let title = if content.title.trim().is_empty() {
            words.untitled
        } else {
            &content.title
        };
        push(&mut text, format_args!("\n## {}\n\n", line(title)));
        let mut fact = |name: &str, value: &str| {
            if !value.trim().is_empty() {
                push(
                    &mut text,
                    format_args!("- {name}{}{}\n", words.colon, inline(value)),
                );
            }
        };
        fact(said.question, &content.question);
        fact(said.method, said.method(content.method));
        fact(said.phase, &decision.phase);
        if content.method.has_ballots() {
            fact(said.result, &said.result(decision));
        }
        for one in &decision.tally.stances {
            fact(one.stance.word(), &one.people.to_string());
        }
        for one in &decision.tally.choices {
            fact(&inline(&one.label), &one.points.to_string());
        }
        fact(said.outcome, &content.outcome);
        fact(said.review, &content.review);
        if let Some(table) = &decision.tally.table {
            let french = said.title == FRENCH.title;
            push(
                &mut text,
                format_args!(
                    "\n{}",
                    criteria_markdown(&decision.terms.question, table, french)
                ),
            );
        }
        if !content.body.trim().is_empty() {
            push(&mut text, format_args!("\n{}\n", content.body.trim_end()));
        }
    }
    text
}

/// The register as a table.
pub(crate) fn csv(export: &NetworkExport) -> ExportFile {
    let mut table = Table::new(&[
        "id",
        "title",
        "question",
        "method",
        "phase",
        "electors",
        "cast",
        "result",
        "outcome",
        "outcome_on",
        "review",
    ]);
    for decision in &export.decisions {
        let content = &decision.content;
        table.row(&[
            &decision.id.to_string(),
            &content.title,
            &content.question,
            content.method.word(),
            &decision.phase,
            &decision.tally.electors.to_string(),
            &decision.tally.cast.to_string(),
            &ENGLISH.result(decision),
            &content.outcome,
            &content.outcome_on,
            &content.review,
        ]);
    }
    ExportFile {
        path: "decisions.csv".to_owned(),
        bytes: table.into_text().into_bytes(),
    }
}

/// Everything about decisions as data.
pub(crate) fn values(export: &NetworkExport) -> Vec<Value> {
    let decisions = export.decisions.iter();
    decisions
        .map(|decision| {
            json!({
                "id": decision.id,
                "phase": decision.phase,
                "content": decision.content,
                "terms": decision.terms,
                "tally": decision.tally,
                "provisional": decision.provisional,
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::{export, text};

    #[test]
    fn the_register_says_what_came_of_each_decision_and_holds_words_as_words() {
        let export = export();
        let written = markdown(&export, Words::of(&export));
        assert!(written.contains("## Ouvrir \\| \\*tout\\* ?"), "{written}");
        assert!(
            written.contains("adoptée") && written.contains("2027-06-01"),
            "{written}"
        );
        let sheet = csv(&export);
        assert!(text(&sheet).contains("'=Oui"), "{}", text(&sheet));
        assert_eq!(values(&export)[0]["tally"]["verdict"]["verdict"], "adopted");
    }
}
