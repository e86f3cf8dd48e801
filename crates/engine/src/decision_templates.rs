//! What a decision starts from: a method with its plainest rules, or a question that every network asks itself one day.

use tresse_model::{DecisionField, Method, Share, VotingRule};

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
