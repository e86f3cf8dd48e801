//! Resources in open formats: a text to read, tables for a spreadsheet, data.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use tresse_model::{ItemId, Loan, Resource, ResourceKind, Side};

use crate::{
    ExportFile, NetworkExport,
    csv::Table,
    escape::{inline, line},
    markdown::{push, title_of},
    words::Words,
};

/// One resource in an export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResourceExport {
    /// What it says.
    pub resource: Resource,
    /// The name of who offers or needs it; empty where it is not known.
    pub who: String,
    /// The name of the need that it answers, or empty.
    pub answers: String,
    /// The borrowers' names, by loan.
    pub borrowers: BTreeMap<ItemId, String>,
}

impl ResourceExport {
    fn borrower(&self, loan: &Loan) -> &str {
        self.borrowers.get(&loan.id).map_or("", String::as_str)
    }
}

/// What stands around resources in an export, in one language.
pub(crate) struct ResourceWords {
    title: &'static str,
    offered: &'static str,
    needed: &'static str,
    kind: &'static str,
    offered_by: &'static str,
    needed_by: &'static str,
    organisation: &'static str,
    place: &'static str,
    conditions: &'static str,
    tags: &'static str,
    answers: &'static str,
    met: &'static str,
    loans: &'static str,
    until: &'static str,
    back: &'static str,
    kinds: [&'static str; 6],
}

pub(crate) const FRENCH: ResourceWords = ResourceWords {
    title: "Ressources",
    offered: "Ce qui est proposé",
    needed: "Ce qui est recherché",
    kind: "Sorte",
    offered_by: "Proposé par",
    needed_by: "Recherché par",
    organisation: "Structure",
    place: "Lieu",
    conditions: "Conditions",
    tags: "Mots-clés",
    answers: "Répond au besoin",
    met: "Besoin satisfait le",
    loans: "Prêts",
    until: "au",
    back: "rendu le",
    kinds: [
        "Compétence",
        "Salle",
        "Matériel",
        "Argent",
        "Documents",
        "Autre",
    ],
};

pub(crate) const ENGLISH: ResourceWords = ResourceWords {
    title: "Resources",
    offered: "What is offered",
    needed: "What is needed",
    kind: "Kind",
    offered_by: "Offered by",
    needed_by: "Needed by",
    organisation: "Organisation",
    place: "Place",
    conditions: "Conditions",
    tags: "Tags",
    answers: "Answers the need",
    met: "Met on",
    loans: "Loans",
    until: "to",
    back: "given back on",
    kinds: [
        "Expertise",
        "Room",
        "Equipment",
        "Money",
        "Documents",
        "Other",
    ],
};

impl ResourceWords {
    fn kind(&self, kind: ResourceKind) -> &'static str {
        let at = ResourceKind::ALL.iter().position(|one| *one == kind);
        at.and_then(|at| self.kinds.get(at)).copied().unwrap_or("")
    }
}

/// Every resource as text: what is offered, then what is needed.
pub(crate) fn markdown(export: &NetworkExport, words: &Words) -> String {
    let said = words.resources;
    let mut text = format!("# {}\n", said.title);
    for (side, title) in [(Side::Offered, said.offered), (Side::Needed, said.needed)] {
        let of = export.resources.iter();
        let mut of = of.filter(|one| one.resource.side == side).peekable();
        if of.peek().is_some() {
            push(&mut text, format_args!("\n## {title}\n"));
        }
        for one in of {
            describe(&mut text, one, words);
        }
    }
    text
}

fn describe(text: &mut String, export: &ResourceExport, words: &Words) {
    let (said, one) = (words.resources, &export.resource);
    push(
        text,
        format_args!("\n### {}\n\n", line(title_of(&one.name, words))),
    );
    let by = match one.side {
        Side::Offered => said.offered_by,
        Side::Needed => said.needed_by,
    };
    let facts = [
        (said.kind, said.kind(one.kind)),
        (by, &export.who),
        (said.organisation, &one.organisation),
        (said.place, &one.place),
        (said.conditions, &one.conditions),
        (said.tags, &one.tags.join(", ")),
        (said.answers, &export.answers),
        (said.met, &one.met),
    ];
    for (fact, value) in facts {
        if !value.trim().is_empty() {
            let colon = words.colon;
            push(text, format_args!("- {fact}{colon}{}\n", inline(value)));
        }
    }
    for paragraph in one.description.lines().filter(|one| !one.trim().is_empty()) {
        push(text, format_args!("\n{}\n", line(paragraph)));
    }
    if !one.loans.is_empty() {
        let colon = words.colon.trim_end();
        push(text, format_args!("\n{}{colon}\n\n", said.loans));
    }
    for loan in &one.loans {
        let mut days = loan.from.clone();
        if !loan.until.is_empty() && loan.until != loan.from {
            days = format!("{days} {} {}", said.until, loan.until);
        }
        let mut parts = vec![days, export.borrower(loan).to_owned(), loan.purpose.clone()];
        if !loan.back.is_empty() {
            parts.push(format!("{} {}", said.back, loan.back));
        }
        parts.retain(|part| !part.trim().is_empty());
        push(text, format_args!("- {}\n", inline(&parts.join(" · "))));
    }
}

/// Every resource as a row, and every loan as one of another table.
pub(crate) fn csv(export: &NetworkExport) -> Vec<ExportFile> {
    if export.resources.is_empty() {
        return Vec::new();
    }
    let mut resources = Table::new(&[
        "id",
        "name",
        "side",
        "kind",
        "who",
        "organisation",
        "place",
        "conditions",
        "tags",
        "answers",
        "met",
        "description",
    ]);
    let mut loans = Table::new(&[
        "id", "resource", "borrower", "from", "until", "purpose", "back",
    ]);
    for one in &export.resources {
        let says = &one.resource;
        resources.row(&[
            &says.id.to_string(),
            &says.name,
            says.side.word(),
            says.kind.word(),
            &one.who,
            &says.organisation,
            &says.place,
            &says.conditions,
            &says.tags.join(", "),
            &one.answers,
            &says.met,
            &says.description,
        ]);
        for loan in &says.loans {
            loans.row(&[
                &loan.id.to_string(),
                &says.name,
                one.borrower(loan),
                &loan.from,
                &loan.until,
                &loan.purpose,
                &loan.back,
            ]);
        }
    }
    let file = |path: &str, table: Table| ExportFile {
        path: path.to_owned(),
        bytes: table.into_text().into_bytes(),
    };
    vec![file("resources.csv", resources), file("loans.csv", loans)]
}

/// Every resource with its loans as data.
pub(crate) fn values(export: &NetworkExport) -> Vec<Value> {
    let all = export.resources.iter();
    all.map(|one| json!(one.resource)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::{export, text};

    #[test]
    fn each_resource_says_whose_it_is_and_who_borrowed_it_and_its_words_are_words() {
        let export = export();
        let written = markdown(&export, Words::of(&export));
        assert!(written.starts_with("# Ressources\n"), "{written}");
        for said in [
            "## Ce qui est proposé\n\n### Vidéo\\*projecteur\\*\n",
            "- Sorte : Matériel\n- Proposé par : Ana Garçon\n",
            "- Répond au besoin : De quoi projeter\n",
            "\n\\- Avec son câble.\n",
            "\nPrêts :\n\n- 2026-11-20 au 2026-11-24 · =Bo · Atelier · rendu le 2026-11-23\n",
            "## Ce qui est recherché\n\n### De quoi projeter\n",
            "- Besoin satisfait le : 2026-11-25\n",
        ] {
            assert!(written.contains(said), "{said}\n{written}");
        }
        let sheets = csv(&export);
        assert!(text(&sheets[0]).contains("'=clé chez Ana"));
        assert!(text(&sheets[1]).contains("'=Bo"));
        let values = values(&export);
        assert_eq!(values[0]["loans"][0]["back"], json!("2026-11-23"));
        assert_eq!(values[1]["side"], json!("needed"));
    }
}
