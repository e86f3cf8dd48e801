//! What a decision starts from: a method with its plainest rules, or a question that every network asks itself one day.

use tresse_model::{DecisionField, Difference, Method, Share, VotingRule};

use crate::CommandError;

/// What a new decision begins with.
pub(crate) struct DecisionTemplate {
    pub(crate) title: String,
    pub(crate) fields: Vec<(DecisionField, String)>,
    pub(crate) text: String,
}

/// The word of the template by which a network asks whether it has met its purpose.
const PURPOSE_MET: &str = "purpose-met";

/// What a new decision begins with, by the word of its template and in a language. How it is counted is what the charter says.
pub(crate) fn decision(
    word: Option<&str>,
    lang: &str,
    charter: &VotingRule,
) -> Result<DecisionTemplate, CommandError> {
    let french = lang != "en";
    let Some(word) = word.filter(|word| !word.is_empty()) else {
        return Ok(DecisionTemplate {
            title: String::new(),
            fields: Vec::new(),
            text: String::new(),
        });
    };
    if word == PURPOSE_MET {
        return Ok(purpose_met(french, charter));
    }
    let method = Method::from_word(word).ok_or_else(|| {
        let known: Vec<&str> = Method::ALL.iter().map(|method| method.word()).collect();
        let message = format!(
            "« {word} » is no template: {} or {PURPOSE_MET}",
            known.join(", ")
        );
        CommandError::new("bad-template", message)
    })?;
    Ok(DecisionTemplate {
        title: String::new(),
        fields: taken_by(method, charter),
        text: String::new(),
    })
}

/// The method, and the terms that come with it.
fn taken_by(method: Method, charter: &VotingRule) -> Vec<(DecisionField, String)> {
    let terms = terms_for(method, charter);
    let mut fields = vec![(DecisionField::Method, method.word().to_owned())];
    fields.push((DecisionField::Taken, VotingRule::record(&terms)));
    fields.extend(terms);
    fields
}

/// The terms that come with a method: the charter's, else of a vote more than half.
pub(crate) fn terms_for(method: Method, charter: &VotingRule) -> Vec<(DecisionField, String)> {
    let mut terms = charter.terms_for(method);
    if method == Method::Vote && charter.threshold.is_none() {
        terms.push((DecisionField::Threshold, Share::MAJORITY.to_string()));
    }
    terms
}

/// How long a text may be, in characters, to be told whole.
const TOLD: usize = 200;

/// What a decision about a version of the charter asks, and what it tells of what changes.
pub(crate) fn about_charter(lang: &str, changes: &[Difference]) -> DecisionTemplate {
    let french = lang != "en";
    let (title, question, head) = if french {
        (
            "Une nouvelle version de la charte",
            "Cette version de la charte devient-elle la nôtre ?",
            "## Ce qui change\n\n",
        )
    } else {
        (
            "A new version of the charter",
            "Does this version of the charter become ours?",
            "## What changes\n\n",
        )
    };
    let changes: String = changes.iter().map(|one| change(one, french)).collect();
    DecisionTemplate {
        title: title.to_owned(),
        fields: vec![(DecisionField::Question, question.to_owned())],
        text: format!("{head}{changes}\n"),
    }
}

/// One line of what changes: the part of the charter, and where they are short what it said and says.
fn change(one: &Difference, french: bool) -> String {
    let name = part_of_charter(&one.field, french);
    let said = |text: &str| text.trim().replace('\n', " · ");
    let (old, new) = (said(&one.older()), said(&one.newer()));
    let short = |text: &str| text.chars().count() <= TOLD;
    if one.field == "body" || !short(&old) || !short(&new) {
        return format!("- {name}\n");
    }
    let (colon, nothing) = if french {
        (" :", "rien")
    } else {
        (":", "nothing")
    };
    let told = |text: String| match (text.is_empty(), french) {
        (true, _) => nothing.to_owned(),
        (false, true) => format!("« {text} »"),
        (false, false) => format!("“{text}”"),
    };
    format!("- {name}{colon} {} → {}\n", told(old), told(new))
}

fn part_of_charter(field: &str, french: bool) -> &str {
    let (fr, en) = match field {
        "purposes" => ("Finalités", "Purposes"),
        "values" => ("Valeurs", "Values"),
        "exchange_rules" => ("Règles d’échange", "Rules of exchange"),
        "decision_rule" => ("Comment on décide", "How we decide"),
        "method" => ("Manière habituelle de décider", "The usual way to decide"),
        "threshold" => ("Seuil d’adoption", "Threshold"),
        "threshold_of" => ("De qui est le seuil", "Whose share the threshold is"),
        "abstentions" => ("Abstentions", "Abstentions"),
        "quorum" => ("Quorum", "Quorum"),
        "language" => ("Langue", "Language"),
        "review_date" => ("Date de réexamen", "Review date"),
        "body" => ("Texte", "Text"),
        other => (other, other),
    };
    if french { fr } else { en }
}

fn purpose_met(french: bool, charter: &VotingRule) -> DecisionTemplate {
    let (title, question, text) = if french {
        (
            "Le réseau a-t-il atteint sa finalité\u{202f}?",
            "Avons-nous atteint ce pour quoi nous nous sommes réunis\u{202f}?",
            "## Ce que nous voulions\n\n\n## Ce qui est fait, ce qui reste\n\n\n## Et maintenant\u{202f}: continuer, rejoindre un autre réseau, clore\n\n",
        )
    } else {
        (
            "Has the network met its purpose?",
            "Have we reached what we came together for?",
            "## What we wanted\n\n\n## What is done, what is left\n\n\n## And now: go on, join another network, close\n\n",
        )
    };
    let mut fields = taken_by(Method::Vote, charter);
    fields.push((DecisionField::Question, question.to_owned()));
    DecisionTemplate {
        title: title.to_owned(),
        fields,
        text: text.to_owned(),
    }
}
