//! Decisions in open formats: a register to read, a table for a spreadsheet, everything in one file.

use serde_json::{Value, json};
use tresse_model::{
    Abstentions, CharterContent, Method, Quorum, Share, ShareOf, Stance, Tally, Verdict, VotingRule,
};

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
    later: &'static str,
    methods: [&'static str; 11],
    phases: [(&'static str, &'static str); 7],
    verdicts: [&'static str; 8],
    stance: fn(Stance) -> &'static str,
    rule: RuleWords,
}

/// What is said of how a network decides.
struct RuleWords {
    method: &'static str,
    threshold: &'static str,
    threshold_of: [&'static str; 3],
    abstentions: [&'static str; 3],
    quorum: &'static str,
    more: &'static str,
    least: &'static str,
    persons: &'static str,
}

/// Phases in which nothing was asked yet, or nothing is asked any more: what ballots would say is left out.
const NOT_ASKED: [&str; 3] = ["draft", "collecting", "withdrawn"];

/// Whether members were asked for their ballots.
fn is_asked(decision: &DecisionExport) -> bool {
    !NOT_ASKED.contains(&&*decision.phase) && decision.content.method.has_ballots()
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
    later: "montré après la clôture",
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
    phases: [
        ("draft", "en préparation"),
        ("collecting", "recueil des critères"),
        ("open", "ouverte"),
        ("to-count", "à dépouiller"),
        ("counted", "dépouillée"),
        ("concluded", "conclue"),
        ("withdrawn", "abandonnée"),
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
    stance: stance_in_french,
    rule: RuleWords {
        method: "Manière habituelle de décider",
        threshold: "Une proposition est adoptée par",
        threshold_of: [
            "Part calculée sur",
            "les voix exprimées",
            "toutes les personnes consultées",
        ],
        abstentions: ["Abstentions", "à part", "comptées dans les voix exprimées"],
        quorum: "Quorum",
        more: "plus de",
        least: "au moins",
        persons: "personnes",
    },
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
    later: "shown after the close",
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
    phases: [
        ("draft", "in preparation"),
        ("collecting", "collecting criteria"),
        ("open", "open"),
        ("to-count", "to be counted"),
        ("counted", "counted"),
        ("concluded", "concluded"),
        ("withdrawn", "given up"),
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
    stance: stance_in_english,
    rule: RuleWords {
        method: "The usual way to decide",
        threshold: "A vote is adopted by",
        threshold_of: ["Share of", "the votes cast", "everybody who is asked"],
        abstentions: ["Abstentions", "stand aside", "count among the votes cast"],
        quorum: "Quorum",
        more: "more than",
        least: "at least",
        persons: "persons",
    },
};

const fn stance_in_french(stance: Stance) -> &'static str {
    match stance {
        Stance::Well => "Je le reçois bien",
        Stance::Unsure => "Je ne sais pas encore",
        Stance::Worried => "Cela m’inquiète",
        Stance::Consent => "Consentement",
        Stance::Reservation => "Consentement avec une réserve",
        Stance::Objection => "Objection",
        Stance::Integrated => "Objection prise en compte",
        Stance::Lifted => "Objection retirée",
        Stance::For => "Pour",
        Stance::Against => "Contre",
        Stance::Abstain => "Abstention",
        Stance::Endorse => "D’accord, pleinement",
        Stance::Minor => "D’accord, à un détail près",
        Stance::Reserved => "D’accord, avec des réserves",
        Stance::Aside => "Je m’en remets aux autres",
        Stance::Discuss => "Parlons-en encore",
        Stance::GoAlong => "Pas d’accord, mais je suivrai",
        Stance::Disagree => "Pas d’accord, sans moi",
        Stance::Block => "Je m’y oppose",
    }
}

const fn stance_in_english(stance: Stance) -> &'static str {
    match stance {
        Stance::Well => "This lands well",
        Stance::Unsure => "I do not know yet",
        Stance::Worried => "This worries me",
        Stance::Consent => "Consent",
        Stance::Reservation => "Consent, with a reservation",
        Stance::Objection => "Objection",
        Stance::Integrated => "Objection taken in",
        Stance::Lifted => "Objection taken back",
        Stance::For => "For",
        Stance::Against => "Against",
        Stance::Abstain => "Abstention",
        Stance::Endorse => "Agree, wholly",
        Stance::Minor => "Agree, but for a detail",
        Stance::Reserved => "Agree, with reservations",
        Stance::Aside => "I leave it to the others",
        Stance::Discuss => "Let us speak more",
        Stance::GoAlong => "Disagree, and will go along",
        Stance::Disagree => "Disagree, without me",
        Stance::Block => "I stand in the way",
    }
}

impl DecisionWords {
    fn method(&self, method: Method) -> &'static str {
        let place = Method::ALL.iter().position(|one| *one == method);
        place
            .and_then(|place| self.methods.get(place))
            .copied()
            .unwrap_or_default()
    }

    fn phase<'a>(&self, phase: &'a str) -> &'a str {
        let known = self.phases.iter().find(|(word, _)| *word == phase);
        known.map_or(phase, |(_, said)| said)
    }

    fn share(&self, share: Share) -> String {
        let sign = if share.more {
            self.rule.more
        } else {
            self.rule.least
        };
        if share.of == 100 {
            format!("{sign} {}\u{a0}%", share.part)
        } else {
            format!("{sign} {}/{}", share.part, share.of)
        }
    }

    /// What a charter says in fields of how the network decides, each with its name; nothing of what it leaves open.
    pub(crate) fn charter(&self, charter: &CharterContent) -> Vec<(&'static str, String)> {
        let (said, rule) = (&self.rule, VotingRule::of(charter));
        let of = rule.threshold_of.map(|of| match of {
            ShareOf::Cast => said.threshold_of[1],
            ShareOf::Members => said.threshold_of[2],
        });
        let abstentions = rule.abstentions.map(|one| match one {
            Abstentions::Aside => said.abstentions[1],
            Abstentions::Cast => said.abstentions[2],
        });
        let quorum = rule.quorum.map(|quorum| match quorum {
            Quorum::Persons(persons) => format!("{persons} {}", said.persons),
            Quorum::Share(share) => self.share(share),
        });
        let lines = [
            (
                said.method,
                rule.method.map(|one| self.method(one).to_owned()),
            ),
            (
                said.threshold,
                rule.threshold.map(|share| self.share(share)),
            ),
            (said.threshold_of[0], of.map(str::to_owned)),
            (said.abstentions[0], abstentions.map(str::to_owned)),
            (said.quorum, quorum),
        ];
        let lines = lines.into_iter();
        lines
            .filter_map(|(name, value)| Some((name, value?)))
            .collect()
    }

    /// What came of the ballots, in a few words; nothing where nobody was asked, and nothing of ballots that are not shown yet.
    fn result(&self, decision: &DecisionExport) -> String {
        if !is_asked(decision) {
            return String::new();
        }
        let Some(tally) = &decision.tally else {
            return self.later.to_owned();
        };
        let option = |id| {
            let option = decision.terms.option(id);
            option.map_or_else(String::new, |one| one.label.clone())
        };
        let (place, named) = match &tally.verdict {
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
        fact(said.phase, said.phase(&decision.phase));
        fact(said.result, &said.result(decision));
        let tally = decision.tally.as_ref();
        if let Some(tally) = tally.filter(|_| !NOT_ASKED.contains(&&*decision.phase)) {
            for one in &tally.stances {
                fact((said.stance)(one.stance), &one.people.to_string());
            }
            for one in &tally.choices {
                fact(&inline(&one.label), &one.points.to_string());
            }
        }
        fact(said.outcome, &content.outcome);
        fact(said.review, &content.review);
        if let Some(table) = tally.and_then(|tally| tally.table.as_ref()) {
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

/// The register as a table: its columns and stable words as scripts read them, what people read in the network's language.
pub(crate) fn csv(export: &NetworkExport) -> ExportFile {
    let said = Words::of(export).decisions;
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
        let people = |of: fn(&Tally) -> usize| {
            let tally = decision.tally.as_ref();
            tally.map_or_else(String::new, |tally| of(tally).to_string())
        };
        table.row(&[
            &decision.id.to_string(),
            &content.title,
            &content.question,
            content.method.word(),
            &decision.phase,
            &people(|tally| tally.electors),
            &people(|tally| tally.cast),
            &said.result(decision),
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
        assert!(text(&sheet).contains("adoptée"), "{}", text(&sheet));
        assert_eq!(values(&export)[0]["tally"]["verdict"]["verdict"], "adopted");
    }

    #[test]
    fn a_french_register_has_no_word_of_the_program_in_it() {
        let mut export = export();
        let mut decision = export.decisions[0].clone();
        decision.phase = "open".to_owned();
        decision.tally.as_mut().unwrap().stances = Stance::ALL
            .iter()
            .map(|stance| tresse_model::StanceCount {
                stance: *stance,
                people: 1,
            })
            .collect();
        export.decisions = vec![decision];
        let written = markdown(&export, Words::of(&export));
        let words = Words::of(&export);
        let phase = format!("- État{}ouverte\n", words.colon);
        assert!(written.contains(&phase), "{written}");
        for stance in Stance::ALL {
            let word = stance.word();
            let raw = format!("- {word}{}", words.colon);
            assert!(!written.contains(&raw), "{word}: {written}");
        }
    }

    #[test]
    fn ballots_that_are_shown_after_the_close_are_in_no_file_before() {
        let mut export = export();
        export.decisions[0].phase = "open".to_owned();
        export.decisions[0].tally = None;
        let written = markdown(&export, Words::of(&export));
        let sheet = csv(&export);
        for text in [written.as_str(), text(&sheet)] {
            assert!(text.contains("montré après la clôture"), "{text}");
            assert!(!text.contains("adoptée"), "{text}");
        }
        assert!(!written.contains("Pour"), "{written}");
        assert_eq!(values(&export)[0]["tally"], Value::Null);
    }

    #[test]
    fn what_was_asked_of_nobody_has_no_result() {
        let mut export = export();
        for phase in NOT_ASKED {
            export.decisions[0].phase = phase.to_owned();
            let written = markdown(&export, Words::of(&export));
            assert!(!written.contains("Résultat"), "{phase}: {written}");
            let sheet = csv(&export);
            assert!(!text(&sheet).contains("adoptée"), "{phase}");
        }
    }
}
