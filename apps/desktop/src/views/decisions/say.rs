//! Methods, phases, answers and verdicts in words.

use tresse_engine::{
    DecisionView, Phase,
    model::{DecisionField, ItemId, Method, Quorum, Share, Stance, Terms, Verdict},
};

use crate::{i18n::I18n, theme::Tone, tr};

/// A method's name.
pub fn method_name(words: &I18n, method: Method) -> String {
    match method {
        Method::Noted => tr!(words, "method-noted"),
        Method::Sense => tr!(words, "method-sense"),
        Method::Advice => tr!(words, "method-advice"),
        Method::Consent => tr!(words, "method-consent"),
        Method::Vote => tr!(words, "method-vote"),
        Method::Gradients => tr!(words, "method-gradients"),
        Method::ChooseSimple => tr!(words, "method-choose-simple"),
        Method::ChooseDots => tr!(words, "method-choose-dots"),
        Method::ChooseScore => tr!(words, "method-choose-score"),
        Method::ChooseRanked => tr!(words, "method-choose-ranked"),
        Method::Criteria => tr!(words, "method-criteria"),
    }
}

/// What a method is for, in a sentence.
pub(super) fn method_for(words: &I18n, method: Method) -> String {
    match method {
        Method::Noted => tr!(words, "method-noted-for"),
        Method::Sense => tr!(words, "method-sense-for"),
        Method::Advice => tr!(words, "method-advice-for"),
        Method::Consent => tr!(words, "method-consent-for"),
        Method::Vote => tr!(words, "method-vote-for"),
        Method::Gradients => tr!(words, "method-gradients-for"),
        Method::ChooseSimple => tr!(words, "method-choose-simple-for"),
        Method::ChooseDots => tr!(words, "method-choose-dots-for"),
        Method::ChooseScore => tr!(words, "method-choose-score-for"),
        Method::ChooseRanked => tr!(words, "method-choose-ranked-for"),
        Method::Criteria => tr!(words, "method-criteria-for"),
    }
}

/// How far a decision has come, in a few words.
pub fn phase_name(words: &I18n, phase: Phase) -> String {
    match phase {
        Phase::Draft => tr!(words, "phase-draft"),
        Phase::Collecting => tr!(words, "phase-collecting"),
        Phase::Open => tr!(words, "phase-open"),
        Phase::ToCount => tr!(words, "phase-to-count"),
        Phase::Counted => tr!(words, "phase-counted"),
        Phase::Concluded => tr!(words, "phase-concluded"),
        Phase::Withdrawn => tr!(words, "phase-withdrawn"),
    }
}

/// The tone of a phase, beside its words.
pub(super) const fn phase_tone(phase: Phase) -> Tone {
    match phase {
        Phase::Draft | Phase::Withdrawn => Tone::Neutral,
        Phase::Collecting | Phase::Open => Tone::Accent,
        Phase::ToCount | Phase::Counted => Tone::Warn,
        Phase::Concluded => Tone::Good,
    }
}

/// An answer that a method offers.
pub(super) fn stance_name(words: &I18n, stance: Stance) -> String {
    match stance {
        Stance::Well => tr!(words, "stance-well"),
        Stance::Unsure => tr!(words, "stance-unsure"),
        Stance::Worried => tr!(words, "stance-worried"),
        Stance::Consent => tr!(words, "stance-consent"),
        Stance::Reservation => tr!(words, "stance-reservation"),
        Stance::Objection => tr!(words, "stance-objection"),
        Stance::Integrated => tr!(words, "stance-integrated"),
        Stance::Lifted => tr!(words, "stance-lifted"),
        Stance::For => tr!(words, "stance-for"),
        Stance::Against => tr!(words, "stance-against"),
        Stance::Abstain => tr!(words, "stance-abstain"),
        Stance::Endorse => tr!(words, "stance-endorse"),
        Stance::Minor => tr!(words, "stance-minor"),
        Stance::Reserved => tr!(words, "stance-reserved"),
        Stance::Aside => tr!(words, "stance-aside"),
        Stance::Discuss => tr!(words, "stance-discuss"),
        Stance::GoAlong => tr!(words, "stance-go-along"),
        Stance::Disagree => tr!(words, "stance-disagree"),
        Stance::Block => tr!(words, "stance-block"),
    }
}

/// A share in words: « deux tiers », « plus de 60 % ».
fn share_words(words: &I18n, share: Share) -> String {
    let known = THRESHOLDS.iter().find(|value| **value == share.to_string());
    if let Some(value) = known {
        return threshold_words(words, value);
    }
    let part = if share.of == 100 {
        tr!(words, "share-percent", percent = share.part)
    } else {
        format!("{}/{}", share.part, share.of)
    };
    if share.more {
        tr!(words, "share-more", part = part)
    } else {
        tr!(words, "share-least", part = part)
    }
}

/// The thresholds that forms offer.
pub(crate) const THRESHOLDS: [&str; 4] = [">1/2", ">=2/3", ">=3/4", ">=1/1"];

/// A threshold in words; as it is written, where it does not read.
pub(crate) fn threshold_words(words: &I18n, value: &str) -> String {
    match value {
        ">1/2" => tr!(words, "rule-threshold-half"),
        ">=2/3" => tr!(words, "rule-threshold-two-thirds"),
        ">=3/4" => tr!(words, "rule-threshold-three-quarters"),
        ">=1/1" => tr!(words, "rule-threshold-all"),
        other => other
            .parse()
            .map_or_else(|()| other.to_owned(), |share| share_words(words, share)),
    }
}

/// Of whom a threshold is, in words.
pub(crate) fn threshold_of_words(words: &I18n, value: &str) -> String {
    match value {
        "members" => tr!(words, "rule-of-members"),
        _ => tr!(words, "rule-of-cast"),
    }
}

/// What becomes of who abstains, in words.
pub(crate) fn abstentions_words(words: &I18n, value: &str) -> String {
    match value {
        "cast" => tr!(words, "rule-abstain-cast"),
        _ => tr!(words, "rule-abstain-aside"),
    }
}

/// A quorum in words; as it is written, where it does not read.
pub(crate) fn quorum_words(words: &I18n, value: &str) -> String {
    match value.parse() {
        Ok(Quorum::Persons(persons)) => tr!(words, "quorum-persons", count = persons),
        Ok(Quorum::Share(share)) => share_words(words, share),
        Err(()) => value.to_owned(),
    }
}

/// One rule of a ballot in a few words: « adoptée par deux tiers », « quorum de 5 personnes ».
pub(crate) fn rule_words(words: &I18n, rule: DecisionField, value: &str) -> String {
    match rule {
        DecisionField::Threshold => {
            let share = threshold_words(words, value);
            tr!(words, "rule-said-threshold", share = share)
        }
        DecisionField::ThresholdOf => {
            let of = threshold_of_words(words, value);
            tr!(words, "rule-said-of", of = of)
        }
        DecisionField::Abstentions => {
            let what = abstentions_words(words, value);
            tr!(words, "rule-said-abstain", what = what)
        }
        _ => {
            let quorum = quorum_words(words, value);
            tr!(words, "rule-said-quorum", quorum = quorum)
        }
    }
}

/// What is shown of an option or criterion without words.
fn label(words: &I18n, label: Option<&str>) -> String {
    match label.map(str::trim) {
        None | Some("") => tr!(words, "untitled"),
        Some(label) => label.to_owned(),
    }
}

/// An option's words.
pub(super) fn option_name(words: &I18n, terms: &Terms, id: &ItemId) -> String {
    label(words, terms.option(id).map(|one| one.label.as_str()))
}

/// A criterion's words.
pub(super) fn criterion_name(words: &I18n, terms: &Terms, id: &ItemId) -> String {
    label(words, terms.criterion(id).map(|one| one.label.as_str()))
}

/// What comes of it, in a sentence; while it may still change, what would.
pub(super) fn verdict(words: &I18n, view: &DecisionView, verdict: &Verdict) -> (String, Tone) {
    if view.provisional {
        // Nothing looks settled before it is.
        return (so_far(words, view, verdict), Tone::Neutral);
    }
    match verdict {
        Verdict::Nothing {} => (tr!(words, "verdict-nothing"), Tone::Neutral),
        Verdict::NoQuorum {} => (tr!(words, "verdict-no-quorum"), Tone::Warn),
        Verdict::Gathered {} => (tr!(words, "verdict-gathered"), Tone::Neutral),
        Verdict::Adopted {} => (tr!(words, "verdict-adopted"), Tone::Good),
        Verdict::Rejected {} => (tr!(words, "verdict-rejected"), Tone::Bad),
        Verdict::Objected { open } => (tr!(words, "verdict-objected", count = *open), Tone::Warn),
        Verdict::Chosen { option } => {
            let option = option_name(words, &view.terms, option);
            (tr!(words, "verdict-chosen", option = option), Tone::Good)
        }
        Verdict::Tie { options } => {
            let names: Vec<String> = options
                .iter()
                .map(|one| option_name(words, &view.terms, one))
                .collect();
            (
                tr!(words, "verdict-tie", options = names.join(", ")),
                Tone::Warn,
            )
        }
    }
}

/// The same, for the time being.
fn so_far(words: &I18n, view: &DecisionView, verdict: &Verdict) -> String {
    match verdict {
        Verdict::Nothing {} => tr!(words, "so-far-nothing"),
        Verdict::NoQuorum {} => tr!(words, "so-far-no-quorum"),
        Verdict::Gathered {} => tr!(words, "verdict-gathered"),
        Verdict::Adopted {} => tr!(words, "so-far-adopted"),
        Verdict::Rejected {} => tr!(words, "so-far-rejected"),
        Verdict::Objected { open } => tr!(words, "verdict-objected", count = *open),
        Verdict::Chosen { option } => {
            let option = option_name(words, &view.terms, option);
            tr!(words, "so-far-chosen", option = option)
        }
        Verdict::Tie { options } => {
            let names: Vec<String> = options
                .iter()
                .map(|one| option_name(words, &view.terms, one))
                .collect();
            tr!(words, "so-far-tie", options = names.join(", "))
        }
    }
}
