//! What a decision says, field by field.

use super::{
    Called, Difference, Said, by_field, called_all, called_one, count, lines, mark, texts,
};
use crate::{DecisionContent, DecisionField, Method, keys};

/// All that a decision says in two versions, with the fields that say the same. Members, the meeting it comes from, the actions made
/// of it and the page it was published in go by what they are called. Nothing of a ballot is in it: only how many members' own machines
/// say that they cast one.
pub fn whole_decisions(
    old: &DecisionContent,
    new: &DecisionContent,
    called: Called<'_>,
) -> Vec<Difference> {
    by_field(said(old, called), said(new, called))
}

/// The same fields in the same order, whatever the decision.
fn said(content: &DecisionContent, called: Called<'_>) -> Vec<Said> {
    use DecisionField as F;
    // Before anybody wrote, nobody had said how it is taken or how far it has come.
    let begun = !content.title.is_empty();
    let word = |word: &str| if begun { word } else { "" }.to_owned();
    let mut said = vec![
        (F::Title.key(), content.title.clone()),
        (F::Question.key(), content.question.clone()),
        (F::Method.key(), word(content.method.word())),
        (F::Stage.key(), word(content.stage.word())),
        (
            F::Closes.key(),
            content.closes.map_or_else(String::new, moment),
        ),
    ];
    let rules = F::RULES.into_iter();
    said.extend(
        rules
            .filter(|rule| !F::RECORDS.contains(rule))
            .map(|rule| (rule.key(), rule_words(content, rule, called))),
    );
    said.extend([
        (keys::OPTIONS, lines(&content.options)),
        (keys::CRITERIA, lines(&content.criteria)),
        ("concerned", called_all(&content.concerned, called)),
        ("cast", count(content.marks.len())),
        ("replies", texts(content.replies.values())),
        (F::Outcome.key(), content.outcome.clone()),
        (F::OutcomeOn.key(), content.outcome_on.clone()),
        (F::Review.key(), content.review.clone()),
        (F::Why.key(), content.why.clone()),
        (
            F::Meeting.key(),
            called_one(content.meeting.as_ref(), called),
        ),
        ("actions", called_all(&content.actions, called)),
        (
            F::Published.key(),
            called_one(content.published.as_ref(), called),
        ),
        (keys::BINNED, mark(content.binned)),
        (keys::BODY, content.body.to_string()),
    ]);
    said
}

fn rule_words(content: &DecisionContent, rule: DecisionField, called: Called<'_>) -> String {
    let written = content.rule(rule);
    match rule {
        DecisionField::Decider if !written.is_empty() => called(written),
        DecisionField::Step if written.is_empty() && content.method == Method::Criteria => {
            "collect".to_owned()
        }
        _ => written.to_owned(),
    }
}

/// A moment as a command takes it.
fn moment(at: i64) -> String {
    jiff::Timestamp::from_millisecond(at).map_or_else(|_| String::new(), |at| at.to_string())
}
