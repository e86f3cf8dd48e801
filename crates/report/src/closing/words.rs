//! The words of the final report.

use crate::{closing::ClosedHow, overview::words as page_words};

/// The words of one language.
pub(super) struct Words {
    lang: &'static str,
    pub(super) untitled: &'static str,
    pub(super) colon: &'static str,
    pub(super) made: &'static str,
    pub(super) founded: &'static str,
    pub(super) goes_on: &'static str,
    pub(super) by: &'static str,
    pub(super) decision: &'static str,
    pub(super) purposes: &'static str,
    pub(super) objectives: &'static str,
    pub(super) columns: [&'static str; 4],
    pub(super) reached: &'static str,
    pub(super) unknown: &'static str,
    pub(super) deadline: &'static str,
    pub(super) learned: &'static str,
    pub(super) done: &'static str,
    pub(super) open: &'static str,
    pub(super) decisions: &'static str,
    pub(super) meetings: &'static str,
    pub(super) watch: &'static str,
    pub(super) resources: &'static str,
    pub(super) contributions: &'static str,
    pub(super) members: &'static str,
    pub(super) former: &'static str,
    pub(super) no_organisation: &'static str,
}

impl Words {
    /// A day as people write it; what is none, as it is.
    pub(super) fn date(&self, day: &str) -> String {
        page_words(self.lang).date(day)
    }

    const fn english(&self) -> bool {
        self.lang.as_bytes()[0] == b'e'
    }

    pub(super) fn quoted(&self, text: &str) -> String {
        if self.english() {
            format!("“{text}”")
        } else {
            format!("« {text} »")
        }
    }

    /// How a network was closed, in a sentence.
    pub(super) fn closed(&self, how: &ClosedHow) -> String {
        let on = self.date(&how.on);
        let into = self.quoted(&how.into);
        match (how.outcome.as_str(), self.english()) {
            ("merged", false) => format!("Réseau clos le {on} : il continue dans {into}."),
            ("merged", true) => format!("Network closed on {on}: it goes on in {into}."),
            ("purpose-met", false) => format!("Réseau clos le {on} : sa finalité est atteinte."),
            ("purpose-met", true) => format!("Network closed on {on}: its purpose is met."),
            (_, false) => format!("Réseau clos le {on} : il n’est plus nécessaire."),
            (_, true) => format!("Network closed on {on}: it is no longer needed."),
        }
    }

    pub(super) fn percent(&self, percent: u8) -> String {
        if self.english() {
            format!("{percent}% of the way")
        } else {
            format!("{percent} % du chemin")
        }
    }

    pub(super) fn actions_done(&self, done: usize, total: usize) -> String {
        match (self.english(), done) {
            (false, 0 | 1) => format!("{done} action sur {total} terminée"),
            (false, _) => format!("{done} actions sur {total} terminées"),
            (true, _) => format!("{done} of {total} actions done"),
        }
    }

    /// A kind of contribution; one that a newer version knows, by its word.
    pub(super) fn given<'a>(&self, kind: &'a str) -> &'a str {
        match (kind, self.english()) {
            ("pages", _) => "Pages",
            ("actions", _) => "Actions",
            ("meetings", false) => "Rencontres",
            ("facilitated", false) => "Rencontres animées",
            ("ballots", false) => "Voix données",
            ("facilitated", true) => "Meetings facilitated",
            ("ballots", true) => "Ballots given",
            ("decisions", false) => "Décisions",
            ("roles", false) => "Rôles",
            ("lent", false) => "Prêts",
            ("feedback", false) => "Retours",
            ("answers", false) => "Réponses",
            ("meetings", true) => "Meetings",
            ("decisions", true) => "Decisions",
            ("roles", true) => "Roles",
            ("lent", true) => "Loans",
            ("feedback", true) => "Feedback",
            ("answers", true) => "Answers",
            (other, _) => other,
        }
    }

    pub(super) fn pages(&self, pages: usize) -> String {
        match (self.english(), pages) {
            (false, 0 | 1) => {
                format!("{pages} page écrite ensemble, à lire dans le dossier « markdown ».")
            }
            (false, _) => {
                format!("{pages} pages écrites ensemble, à lire dans le dossier « markdown ».")
            }
            (true, 1) => "1 page written together, to be read in the folder “markdown”.".to_owned(),
            (true, _) => {
                format!("{pages} pages written together, to be read in the folder “markdown”.")
            }
        }
    }
}

/// The words of this language: English where it begins as that language's name does, else French.
pub(super) fn words(lang: &str) -> &'static Words {
    let lang = lang.trim().to_lowercase();
    if lang.starts_with("en") || lang.starts_with("angl") {
        &ENGLISH
    } else {
        &FRENCH
    }
}

static FRENCH: Words = Words {
    lang: "fr",
    untitled: "Sans titre",
    colon: " :",
    made: "Bilan fait le",
    founded: "Réseau fondé le",
    goes_on: "Ce réseau est ouvert : ce bilan dit où il en est.",
    by: "Clôture décidée par",
    decision: "Elle fait suite à la décision",
    purposes: "Finalités",
    objectives: "Objectifs et résultats",
    columns: ["Indicateur", "Au départ", "Visé", "Atteint"],
    reached: "Atteint",
    unknown: "Sans mesure",
    deadline: "prévu pour le",
    learned: "Ce que nous avons appris",
    done: "Ce qui a été fait",
    open: "Ce qui reste ouvert",
    decisions: "Décisions",
    meetings: "Rencontres",
    watch: "Veille",
    resources: "Ressources partagées",
    contributions: "Ce que chacun a apporté",
    members: "Membres et structures",
    former: "Anciens membres",
    no_organisation: "Sans structure indiquée",
};

static ENGLISH: Words = Words {
    lang: "en",
    untitled: "Untitled",
    colon: ":",
    made: "Report made on",
    founded: "Network founded on",
    goes_on: "This network is open: this report says where it stands.",
    by: "Closed by",
    decision: "It follows the decision",
    purposes: "Purposes",
    objectives: "Objectives and results",
    columns: ["Indicator", "At first", "Aimed at", "Reached"],
    reached: "Reached",
    unknown: "Not measured",
    deadline: "due on",
    learned: "What we learned",
    done: "What was done",
    open: "What is left open",
    decisions: "Decisions",
    meetings: "Meetings",
    watch: "Watch",
    resources: "Shared resources",
    contributions: "What each gave",
    members: "Members and organisations",
    former: "Former members",
    no_organisation: "No organisation named",
};
