//! The words that exports put around the content, in the network's language.

use tresse_model::{Attended, Recurrence, Scale, Status};

use crate::{
    NetworkExport,
    decisions::{self, DecisionWords},
    resources::{self, ResourceWords},
    watch::{self, WatchWords},
};

/// Words around meetings.
pub(crate) struct MeetingWords {
    pub(crate) when: &'static str,
    pub(crate) length: &'static str,
    pub(crate) place: &'static str,
    pub(crate) facilitators: &'static str,
    pub(crate) note_takers: &'static str,
    pub(crate) prepared: &'static str,
    pub(crate) agenda: &'static str,
    pub(crate) carried: &'static str,
    pub(crate) attendance: &'static str,
    pub(crate) minutes: &'static str,
    pub(crate) made: &'static str,
    pub(crate) action: &'static str,
    pub(crate) decision: &'static str,
    pub(crate) round: &'static str,
    attended: [&'static str; 4],
}

/// The words of one language.
pub(crate) struct Words {
    pub(crate) untitled: &'static str,
    pub(crate) kind: &'static str,
    pub(crate) membership: &'static str,
    pub(crate) review: &'static str,
    pub(crate) purposes: &'static str,
    pub(crate) charter: &'static str,
    pub(crate) language: &'static str,
    pub(crate) values: &'static str,
    pub(crate) exchange_rules: &'static str,
    pub(crate) decision_rule: &'static str,
    pub(crate) added_values: &'static str,
    pub(crate) no_organisation: &'static str,
    pub(crate) looked: &'static str,
    pub(crate) text: &'static str,
    pub(crate) plan: &'static str,
    pub(crate) deadline: &'static str,
    pub(crate) means: &'static str,
    pub(crate) learned: &'static str,
    pub(crate) colon: &'static str,
    pub(crate) orientation: &'static str,
    pub(crate) orientations: &'static str,
    pub(crate) groups: &'static str,
    pub(crate) group_columns: [&'static str; 6],
    pub(crate) own_objectives: &'static str,
    pub(crate) not_served: &'static str,
    pub(crate) indicators: [&'static str; 5],
    pub(crate) actions: [&'static str; 10],
    pub(crate) other_actions: &'static str,
    pub(crate) members: &'static str,
    pub(crate) member_columns: [&'static str; 5],
    pub(crate) objective: &'static str,
    pub(crate) owner: &'static str,
    pub(crate) group: &'static str,
    pub(crate) meeting: MeetingWords,
    pub(crate) decisions: &'static DecisionWords,
    pub(crate) watch: &'static WatchWords,
    pub(crate) resources: &'static ResourceWords,
    english: bool,
    pub(crate) pulse: &'static str,
    pub(crate) pulse_columns: [&'static str; 6],
    statuses: [&'static str; 5],
    scales: [&'static str; 4],
    recurrences: [&'static str; 4],
    engagements: [&'static str; 2],
    kinds: [&'static str; 5],
    memberships: [&'static str; 2],
}

impl Words {
    pub(crate) fn of(export: &NetworkExport) -> &'static Self {
        let language = export.charter.language.trim().to_lowercase();
        if language.starts_with("en") || language.starts_with("angl") {
            &ENGLISH
        } else {
            &FRENCH
        }
    }

    pub(crate) const fn is_english(&self) -> bool {
        self.english
    }

    pub(crate) const fn status(&self, status: Status) -> &'static str {
        self.statuses[match status {
            Status::Todo => 0,
            Status::Doing => 1,
            Status::Blocked => 2,
            Status::Done => 3,
            Status::Dropped => 4,
        }]
    }

    pub(crate) const fn scale(&self, scale: Scale) -> &'static str {
        self.scales[match scale {
            Scale::Region => 0,
            Scale::Department => 1,
            Scale::EmploymentArea => 2,
            Scale::Town => 3,
        }]
    }

    pub(crate) const fn every(&self, every: Recurrence) -> &'static str {
        self.recurrences[match every {
            Recurrence::Weekly => 0,
            Recurrence::Monthly => 1,
            Recurrence::Quarterly => 2,
            Recurrence::Yearly => 3,
        }]
    }

    pub(crate) const fn attended(&self, word: &Attended) -> &'static str {
        self.meeting.attended[match word {
            Attended::Present => 0,
            Attended::Excused => 1,
            Attended::Represented(_) => 2,
            Attended::Absent => 3,
        }]
    }

    /// A word that the model knows, as people say it; any other text as it is.
    pub(crate) fn say<'a>(&'a self, word: &'a str) -> &'a str {
        match word {
            "volunteer" => self.engagements[0],
            "employee" => self.engagements[1],
            "produce" => self.kinds[0],
            "defend" => self.kinds[1],
            "share-practice" => self.kinds[2],
            "pool-means" => self.kinds[3],
            "mutual-learning" => self.kinds[4],
            "open" => self.memberships[0],
            "closed" => self.memberships[1],
            other => other,
        }
    }
}

static FRENCH: Words = Words {
    untitled: "Sans titre",
    kind: "Type de réseau",
    membership: "Adhésion",
    review: "À revoir le",
    purposes: "Finalités",
    charter: "Charte",
    language: "Langue",
    values: "Valeurs",
    exchange_rules: "Règles d'échange",
    decision_rule: "Règle de décision",
    added_values: "Ce que chaque structure en attend",
    no_organisation: "Sans structure indiquée",
    looked: "revu le",
    text: "Texte",
    plan: "Feuille de route",
    deadline: "Échéance",
    means: "Moyens",
    learned: "Ce que nous avons appris",
    colon: " : ",
    orientation: "Orientation",
    orientations: "Orientations",
    groups: "Groupes de travail",
    group_columns: [
        "Groupe",
        "Mission",
        "Membres",
        "Depuis le",
        "Fin prévue",
        "Clos le",
    ],
    own_objectives: "Objectifs propres des structures",
    not_served: "pas encore servi par le réseau",
    indicators: ["Indicateur", "Unité", "Départ", "Cible", "Actuel"],
    actions: [
        "Action",
        "Responsable",
        "Échéance",
        "État",
        "Territoire",
        "Groupe",
        "Début",
        "Revient",
        "Charge",
        "Attend",
    ],
    other_actions: "Autres actions",
    members: "Membres",
    member_columns: ["Nom", "Structure", "Engagement", "Apporte", "Attend"],
    objective: "Objectif",
    owner: "Responsable",
    group: "Groupe de travail",
    meeting: MeetingWords {
        when: "Quand",
        length: "Durée",
        place: "Lieu",
        facilitators: "Animation",
        note_takers: "Prise de notes",
        prepared: "Préparation",
        agenda: "Ordre du jour",
        carried: "reporté",
        attendance: "Présences",
        minutes: "Trace",
        made: "Né de cette rencontre",
        action: "Action",
        decision: "Décision",
        round: "Tour de clôture",
        attended: ["présent", "excusé", "représenté", "absent"],
    },
    decisions: &decisions::FRENCH,
    watch: &watch::FRENCH,
    resources: &resources::FRENCH,
    english: false,
    pulse: "Baromètre",
    pulse_columns: [
        "À partir du",
        "Question",
        "Réponses",
        "Moyenne",
        "1 · 2 · 3 · 4 · 5",
        "Mots",
    ],
    statuses: ["à faire", "en cours", "en attente", "fait", "abandonné"],
    scales: ["région", "département", "bassin d'emploi", "commune"],
    recurrences: [
        "chaque semaine",
        "chaque mois",
        "chaque trimestre",
        "chaque année",
    ],
    engagements: ["bénévole", "salarié·e"],
    kinds: [
        "produire ensemble",
        "défendre une cause",
        "échanger sur les pratiques",
        "mutualiser des moyens",
        "apprendre les uns des autres",
    ],
    memberships: ["ouverte", "fermée"],
};

static ENGLISH: Words = Words {
    untitled: "Untitled",
    kind: "Kind of network",
    membership: "Membership",
    review: "To be reviewed on",
    purposes: "Purposes",
    charter: "Charter",
    language: "Language",
    values: "Values",
    exchange_rules: "Rules of exchange",
    decision_rule: "Decision rule",
    added_values: "What each organisation expects to gain",
    no_organisation: "No organisation named",
    looked: "looked at on",
    text: "Text",
    plan: "Roadmap",
    deadline: "Deadline",
    means: "Means",
    learned: "What we learned",
    colon: ": ",
    orientation: "Orientation",
    orientations: "Orientations",
    groups: "Working groups",
    group_columns: [
        "Group",
        "Remit",
        "Members",
        "Since",
        "Planned end",
        "Closed",
    ],
    own_objectives: "Organisations' own objectives",
    not_served: "not served by the network yet",
    indicators: ["Indicator", "Unit", "Baseline", "Target", "Current"],
    actions: [
        "Action",
        "Owner",
        "Due",
        "Status",
        "Territory",
        "Group",
        "Start",
        "Recurs",
        "Effort",
        "Waits for",
    ],
    other_actions: "Other actions",
    members: "Members",
    member_columns: ["Name", "Organisation", "Engagement", "Brings", "Expects"],
    objective: "Objective",
    owner: "Owner",
    group: "Working group",
    meeting: MeetingWords {
        when: "When",
        length: "Length",
        place: "Place",
        facilitators: "Facilitation",
        note_takers: "Minutes taken by",
        prepared: "Preparation",
        agenda: "Agenda",
        carried: "carried on",
        attendance: "Attendance",
        minutes: "Minutes",
        made: "Made of this meeting",
        action: "Action",
        decision: "Decision",
        round: "Closing round",
        attended: ["present", "excused", "represented", "absent"],
    },
    decisions: &decisions::ENGLISH,
    watch: &watch::ENGLISH,
    resources: &resources::ENGLISH,
    english: true,
    pulse: "Pulse",
    pulse_columns: [
        "From",
        "Question",
        "Answers",
        "Mean",
        "1 · 2 · 3 · 4 · 5",
        "Words",
    ],
    statuses: ["to do", "under way", "waiting", "done", "given up"],
    scales: ["region", "department", "employment area", "town"],
    recurrences: ["every week", "every month", "every quarter", "every year"],
    engagements: ["volunteer", "employee"],
    kinds: [
        "produce together",
        "defend a cause",
        "share practice",
        "pool means",
        "learn from one another",
    ],
    memberships: ["open", "closed"],
};
