//! What a field may hold. Each check answers the value as it is written in the document; null
//! clears the field.

use std::borrow::Cow;

use automerge::ScalarValue;
use jiff::civil::{Date, Time};

use crate::{
    ActionField, Adopting, CharterField, DocId, EditError, FilterField, GroupField, IndicatorField,
    ItemId, MemberId, Method, NetworkField, ObjectiveField, OrientationField, ProfileField,
    PulseRhythm, Quorum, Recurrence, ResourceKind, SCORES, Scale, Share, Stage, Status,
    THRESHOLD_MAX, THRESHOLD_MIN,
    plain::{one_line, plain},
};

/// The bound of a title, in characters.
pub const TITLE_MAX: usize = 500;
/// The bound of a field in words.
pub const FIELD_MAX: usize = 10_000;
/// The bound of a collaborative text.
pub const TEXT_MAX: usize = 1_000_000;
/// The bound of a link, in characters.
pub const LINK_MAX: usize = 2_000;
/// The bound of a tag.
pub const TAG_MAX: usize = 100;

/// The bound of a member's picture, in bytes.
pub const PHOTO_MAX: usize = 16_384;

type Checked = Result<ScalarValue, EditError>;

/// The value, unless it is none or empty.
fn given(value: Option<&str>) -> Option<&str> {
    value.filter(|value| !value.is_empty())
}

pub(crate) fn excerpt(value: &str) -> String {
    value.chars().take(80).collect()
}

/// At most `max` characters.
fn bounded(value: &str, field: &'static str, max: usize) -> Result<(), EditError> {
    // A character is at most four bytes: most texts need no counting.
    if value.len() > max && value.chars().count() > max {
        return Err(EditError::TooLong { field, max });
    }
    Ok(())
}

/// The value without marks of control; on one line where its bound is that of a title or a tag.
fn legible(value: &str, max: usize) -> Cow<'_, str> {
    if max <= TITLE_MAX {
        one_line(value)
    } else {
        plain(value)
    }
}

/// Must say something, within the bound.
pub(crate) fn required(value: Option<&str>, field: &'static str, max: usize) -> Checked {
    let value = legible(value.unwrap_or_default(), max);
    if value.trim().is_empty() {
        return Err(EditError::Empty { field });
    }
    bounded(&value, field, max)?;
    Ok(value.as_ref().into())
}

/// May be cleared.
pub(crate) fn words(value: Option<&str>, field: &'static str, max: usize) -> Checked {
    let Some(value) = given(value) else {
        return Ok(ScalarValue::Null);
    };
    let value = legible(value, max);
    bounded(&value, field, max)?;
    Ok(value.as_ref().into())
}

pub(crate) fn date(value: Option<&str>) -> Checked {
    let Some(value) = given(value) else {
        return Ok(ScalarValue::Null);
    };
    match value.parse::<Date>() {
        Ok(date) if value.len() == 10 && date.to_string() == value => Ok(value.into()),
        _ => Err(EditError::BadDate {
            value: excerpt(value),
        }),
    }
}

/// A date that must be there.
pub(crate) fn day(value: &str) -> Checked {
    match date(Some(value))? {
        ScalarValue::Null => Err(EditError::Empty { field: "date" }),
        day => Ok(day),
    }
}

/// A sort of resource.
pub(crate) fn resource_kind(value: &str) -> Checked {
    let known = |value: &str| ResourceKind::from_word(value).map(ResourceKind::word);
    word(Some(value), known, |value| EditError::BadChoice {
        value,
        known: "expertise, room, equipment, money, documents or other",
    })
}

/// From 1 to 5.
pub(crate) fn score(score: u8) -> Checked {
    if SCORES.contains(&score) {
        return Ok(score.to_string().into());
    }
    Err(EditError::BadScore {
        value: score.to_string(),
    })
}

pub(crate) fn pulse_rhythm(value: Option<&str>) -> Checked {
    let known = |value: &str| PulseRhythm::from_word(value).map(PulseRhythm::word);
    word(value, known, |value| EditError::BadPulseRhythm { value })
}

/// How many answers are needed before they are broken down.
pub(crate) fn threshold(value: Option<&str>) -> Checked {
    let Some(value) = given(value) else {
        return Ok(ScalarValue::Null);
    };
    let number: Option<u8> = value.trim().parse().ok();
    let number = number.filter(|number| (THRESHOLD_MIN..=THRESHOLD_MAX).contains(number));
    let number = number.ok_or_else(|| EditError::BadThreshold {
        value: excerpt(value),
    })?;
    Ok(number.to_string().into())
}

/// A time of day, `18:30`.
pub(crate) fn time(value: Option<&str>) -> Checked {
    let Some(value) = given(value) else {
        return Ok(ScalarValue::Null);
    };
    let sound = value.len() == 5 && value.as_bytes()[2] == b':' && value.parse::<Time>().is_ok();
    if !sound {
        return Err(EditError::BadTime {
            value: excerpt(value),
        });
    }
    Ok(value.into())
}

/// A whole number of minutes, at most a day.
pub(crate) fn minutes(value: Option<&str>) -> Checked {
    let Some(value) = given(value) else {
        return Ok(ScalarValue::Null);
    };
    let number = value.trim().parse::<u32>().ok();
    let number = number.filter(|number| (1..=1_440).contains(number));
    let number = number.ok_or_else(|| EditError::BadLength {
        value: excerpt(value),
    })?;
    Ok(number.to_string().into())
}

pub(crate) fn meeting_state(value: Option<&str>) -> Checked {
    let known = |value: &str| crate::MeetingState::from_word(value).map(crate::MeetingState::word);
    word(value, known, |value| EditError::BadMeetingState { value })
}

/// How a meeting comes again, in one form. It must say something.
pub(crate) fn rhythm(value: Option<&str>) -> Result<crate::Rhythm, EditError> {
    let value = given(value).ok_or(EditError::Empty { field: "rhythm" })?;
    value.parse().map_err(|()| EditError::BadRhythm {
        value: excerpt(value),
    })
}

/// A document's id, or nothing. Whether there is such a document is another question.
pub(crate) fn document(value: Option<&str>) -> Checked {
    let document: Option<DocId> = given(value).map(str::parse).transpose()?;
    Ok(document.map_or(ScalarValue::Null, |id| id.to_string().into()))
}

/// The version of the charter that a decision is about.
pub(crate) fn adopting(value: Option<&str>) -> Checked {
    let Some(value) = given(value) else {
        return Ok(ScalarValue::Null);
    };
    let about: Adopting = value.parse().map_err(|()| EditError::BadChoice {
        value: excerpt(value),
        known: "a salt, a version and its newest changes, in hexadecimal",
    })?;
    Ok(about.to_string().into())
}

/// A word of a vocabulary, as `known` finds it there.
fn word(
    value: Option<&str>,
    known: impl Fn(&str) -> Option<&'static str>,
    wrong: impl Fn(String) -> EditError,
) -> Checked {
    let Some(value) = given(value) else {
        return Ok(ScalarValue::Null);
    };
    let word = known(value).ok_or_else(|| wrong(excerpt(value)))?;
    Ok(word.into())
}

pub(crate) fn status(value: Option<&str>) -> Checked {
    let known = |value: &str| Status::from_word(value).map(Status::word);
    word(value, known, |value| EditError::BadStatus { value })
}

fn recurrence(value: Option<&str>) -> Checked {
    let known = |value: &str| Recurrence::from_word(value).map(Recurrence::word);
    word(value, known, |value| EditError::BadRecurrence { value })
}

fn scale(value: Option<&str>) -> Checked {
    let known = |value: &str| Scale::from_word(value).map(Scale::word);
    word(value, known, |value| EditError::BadScale { value })
}

/// The length of a turn, in one form: `6 months`, `8 weeks`.
pub(crate) fn term(value: Option<&str>) -> Checked {
    let Some(value) = given(value) else {
        return Ok(ScalarValue::Null);
    };
    let term: crate::Term = value.parse().map_err(|()| EditError::BadTerm {
        value: excerpt(value),
    })?;
    Ok(term.to_string().into())
}

/// Hours or days, in one form: `3 h`, `1.5 d`. French days (`j`) and decimal commas are taken.
fn effort(value: Option<&str>) -> Checked {
    let Some(value) = given(value) else {
        return Ok(ScalarValue::Null);
    };
    let wrong = || EditError::BadEffort {
        value: excerpt(value),
    };
    let said = value.trim();
    let unit = match said.chars().next_back() {
        Some('h') => "h",
        Some('d' | 'j') => "d",
        _ => return Err(wrong()),
    };
    let number = said[..said.len() - 1].trim_end().replace(',', ".");
    let digits = number.split('.').all(|digits| {
        !digits.is_empty() && digits.len() <= 6 && digits.bytes().all(|byte| byte.is_ascii_digit())
    });
    if !digits
        || number.split('.').count() > 2
        || number.parse().is_ok_and(|number: f64| number <= 0.0)
    {
        return Err(wrong());
    }
    Ok(format!("{number} {unit}").into())
}

/// How a decision is taken.
pub(crate) fn method(value: Option<&str>) -> Checked {
    let known = |value: &str| Method::from_word(value).map(Method::word);
    word(value, known, |value| EditError::BadChoice {
        value,
        known: "noted, sense, advice, consent, vote, gradients, choose-simple, choose-dots, choose-score, choose-ranked or criteria",
    })
}

/// How far a decision has come.
pub(crate) fn stage(value: Option<&str>) -> Checked {
    let known = |value: &str| Stage::from_word(value).map(Stage::word);
    word(value, known, |value| EditError::BadChoice {
        value,
        known: "draft, open or withdrawn",
    })
}

/// A moment, in one form: in UTC, to the millisecond.
pub(crate) fn moment(value: Option<&str>) -> Checked {
    let Some(value) = given(value) else {
        return Ok(ScalarValue::Null);
    };
    let wrong = || EditError::BadMoment {
        value: excerpt(value),
    };
    let moment: jiff::Timestamp = value.parse().map_err(|_| wrong())?;
    let whole = jiff::Timestamp::from_millisecond(moment.as_millisecond()).map_err(|_| wrong())?;
    Ok(whole.to_string().into())
}

/// A share of people, or a quorum, in one form.
pub(crate) fn share<T: std::str::FromStr + std::fmt::Display>(value: Option<&str>) -> Checked {
    let Some(value) = given(value) else {
        return Ok(ScalarValue::Null);
    };
    let share: T = value.parse().map_err(|_| EditError::BadShare {
        value: excerpt(value),
    })?;
    Ok(share.to_string().into())
}

/// One of these words, which are written with commas between them; or nothing.
pub(crate) fn choice(value: Option<&str>, known: &'static str) -> Checked {
    match value.filter(|value| !value.is_empty()) {
        None => Ok(ScalarValue::Null),
        Some(value) if known.split(", ").any(|word| word == value) => Ok(value.into()),
        Some(value) => Err(EditError::BadChoice {
            value: excerpt(value),
            known,
        }),
    }
}

/// A whole number from one on.
pub(crate) fn count(value: Option<&str>, most: u32) -> Checked {
    let Some(value) = given(value) else {
        return Ok(ScalarValue::Null);
    };
    let number = value.trim().parse::<u32>().ok();
    let number = number.filter(|number| (1..=most).contains(number));
    number
        .map(|number| number.to_string().into())
        .ok_or_else(|| EditError::BadNumber {
            value: excerpt(value),
            most,
        })
}

pub(crate) fn member(value: Option<&str>) -> Checked {
    let Some(value) = given(value) else {
        return Ok(ScalarValue::Null);
    };
    let member: MemberId = value.parse()?;
    Ok(member.to_string().into())
}

pub(crate) fn item(value: Option<&str>) -> Result<Option<ItemId>, EditError> {
    Ok(given(value).map(str::parse).transpose()?)
}

/// A tag as it is written. One that is taken `off` is named as it stands, whatever program wrote it.
pub(crate) fn tag(value: &str, off: bool) -> Result<String, EditError> {
    let tag = if off { value.into() } else { one_line(value) };
    let tag = tag.trim().to_owned();
    required(Some(&tag), "tag", TAG_MAX)?;
    Ok(tag)
}

/// The name of a version: thirty-two small hexadecimal digits.
pub(crate) fn version(value: &str) -> Result<&str, EditError> {
    let digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    let sound = value.len() == 32 && value.bytes().all(digit);
    sound.then_some(value).ok_or_else(|| EditError::BadVersion {
        value: excerpt(value),
    })
}

/// A whole collaborative text of so many characters.
pub(crate) fn text_len(len: usize) -> Result<(), EditError> {
    if len > TEXT_MAX {
        return Err(EditError::TooLong {
            field: "text",
            max: TEXT_MAX,
        });
    }
    Ok(())
}

pub(crate) fn network(field: NetworkField, value: Option<&str>) -> Checked {
    match field {
        NetworkField::Name => required(value, field.key(), TITLE_MAX),
        NetworkField::Kind => words(value, field.key(), FIELD_MAX),
        NetworkField::ReviewDate => date(value),
        NetworkField::Membership => match given(value) {
            None => Ok(ScalarValue::Null),
            Some(word @ ("open" | "closed")) => Ok(word.into()),
            Some(value) => Err(EditError::BadMembership {
                value: excerpt(value),
            }),
        },
    }
}

pub(crate) fn charter(field: CharterField, value: Option<&str>) -> Checked {
    match field {
        CharterField::ReviewDate => date(value),
        CharterField::ExchangeRules | CharterField::DecisionRule | CharterField::Language => {
            words(value, field.key(), FIELD_MAX)
        }
        CharterField::Method => method(value),
        CharterField::Threshold => share::<Share>(value),
        CharterField::ThresholdOf => choice(value, "cast, members"),
        CharterField::Abstentions => choice(value, "aside, cast"),
        CharterField::Quorum => share::<Quorum>(value),
    }
}

pub(crate) fn objective(field: ObjectiveField, value: Option<&str>) -> Checked {
    match field {
        ObjectiveField::Title => required(value, field.key(), TITLE_MAX),
        ObjectiveField::Deadline => date(value),
        ObjectiveField::Means | ObjectiveField::Learned => words(value, field.key(), FIELD_MAX),
        ObjectiveField::Orientation => link(value),
    }
}

pub(crate) fn indicator(field: IndicatorField, value: Option<&str>) -> Checked {
    match field {
        IndicatorField::Name => required(value, field.key(), TITLE_MAX),
        IndicatorField::Unit
        | IndicatorField::Baseline
        | IndicatorField::Target
        | IndicatorField::Current => words(value, field.key(), FIELD_MAX),
    }
}

pub(crate) fn orientation(field: OrientationField, value: Option<&str>) -> Checked {
    match field {
        OrientationField::Title => required(value, field.key(), TITLE_MAX),
        OrientationField::Words => words(value, field.key(), FIELD_MAX),
    }
}

pub(crate) fn group(field: GroupField, value: Option<&str>) -> Checked {
    match field {
        GroupField::Name => required(value, field.key(), TITLE_MAX),
        GroupField::Remit => words(value, field.key(), FIELD_MAX),
        GroupField::Start | GroupField::PlannedEnd | GroupField::Closed => date(value),
    }
}

/// An item's id, or nothing. Whether there is such an item is another question.
pub(crate) fn link(value: Option<&str>) -> Checked {
    Ok(item(value)?.map_or(ScalarValue::Null, |id| id.to_string().into()))
}

/// Everything but that what it is linked to exists.
pub(crate) fn action(field: ActionField, value: Option<&str>) -> Checked {
    match field {
        ActionField::Title => required(value, field.key(), TITLE_MAX),
        ActionField::Objective | ActionField::WorkingGroup => link(value),
        ActionField::Owner => member(value),
        ActionField::Start | ActionField::Due => date(value),
        ActionField::Status => status(value),
        ActionField::Effort => effort(value),
        ActionField::Every => recurrence(value),
        ActionField::TerritoryScale => scale(value),
        ActionField::Territory | ActionField::Group => words(value, field.key(), FIELD_MAX),
    }
}

/// A part of a saved filter. Its words are those of a later Tresse too: only their length is bounded.
pub(crate) fn filter(field: FilterField, value: &str) -> Checked {
    match field {
        FilterField::Name => required(Some(value), field.key(), TITLE_MAX),
        _ => words(Some(value), field.key(), TITLE_MAX),
    }
}

pub(crate) fn profile(field: ProfileField, value: Option<&str>) -> Checked {
    match field {
        ProfileField::Name => words(value, field.key(), TITLE_MAX),
        ProfileField::AddedValueOn => date(value),
        ProfileField::Organisation
        | ProfileField::Brings
        | ProfileField::Expects
        | ProfileField::AddedValue => words(value, field.key(), FIELD_MAX),
        ProfileField::Engagement => match given(value) {
            None => Ok(ScalarValue::Null),
            Some(word @ ("volunteer" | "employee")) => Ok(word.into()),
            Some(value) => Err(EditError::BadEngagement {
                value: excerpt(value),
            }),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_has_one_form() {
        assert_eq!(
            date(Some("2026-11-24")).unwrap(),
            ScalarValue::from("2026-11-24")
        );
        assert_eq!(date(Some("")).unwrap(), ScalarValue::Null);
        for wrong in [
            "24/11/2026",
            "2026-11-31",
            "20261124",
            "2026-11-24T10:00",
            "-000001-01-01",
            "2026-1-2",
            " 2026-11-24",
        ] {
            assert_eq!(date(Some(wrong)).unwrap_err().code(), "bad-date", "{wrong}");
        }
    }

    #[test]
    fn a_time_of_day_has_one_form() {
        assert_eq!(time(Some("18:30")).unwrap(), ScalarValue::from("18:30"));
        for wrong in ["18h30", "24:00", "8:30", "18:30:00", "18:60", "T1830"] {
            assert_eq!(time(Some(wrong)).unwrap_err().code(), "bad-time", "{wrong}");
        }
    }

    #[test]
    fn bounds_count_characters_and_not_bytes() {
        let title = "é".repeat(TITLE_MAX);
        assert!(required(Some(&title), "title", TITLE_MAX).is_ok());
        let longer = format!("{title}é");
        assert_eq!(
            required(Some(&longer), "title", TITLE_MAX)
                .unwrap_err()
                .code(),
            "too-long"
        );
        assert_eq!(
            required(Some(" \n"), "title", TITLE_MAX)
                .unwrap_err()
                .code(),
            "empty"
        );
    }

    #[test]
    fn a_title_is_one_line_and_a_text_keeps_its_lines() {
        let title = required(Some("Été\r\nà\u{7}Dié"), "title", TITLE_MAX);
        assert_eq!(title.unwrap(), ScalarValue::from("Été à Dié"));
        let text = words(Some("un\r\ndeux\u{0}"), "description", FIELD_MAX);
        assert_eq!(text.unwrap(), ScalarValue::from("un\ndeux"));
        assert_eq!(tag(" a\nb\u{1b} ", false).unwrap(), "a b");
        let nothing = required(Some("\u{0}\u{1b}"), "title", TITLE_MAX);
        assert_eq!(nothing.unwrap_err().code(), "empty");
    }

    #[test]
    fn words_outside_the_vocabulary_are_refused_with_their_own_error() {
        let code = |checked: Checked| checked.unwrap_err().code();
        assert_eq!(code(status(Some("finished"))), "bad-status");
        assert_eq!(code(member(Some("ana"))), "bad-id");
        assert_eq!(
            code(network(NetworkField::Membership, Some("maybe"))),
            "bad-membership"
        );
        assert_eq!(
            code(profile(ProfileField::Engagement, Some("boss"))),
            "bad-engagement"
        );
        assert_eq!(code(action(ActionField::Objective, Some("?"))), "bad-id");
        assert_eq!(code(recurrence(Some("daily"))), "bad-recurrence");
        assert_eq!(code(scale(Some("planet"))), "bad-scale");
    }

    #[test]
    fn an_effort_has_one_form_however_it_is_typed() {
        for (said, kept) in [
            ("3h", "3 h"),
            ("1,5 j", "1.5 d"),
            (" 0.5 d ", "0.5 d"),
            ("12 h", "12 h"),
        ] {
            assert_eq!(
                effort(Some(said)).unwrap(),
                ScalarValue::from(kept),
                "{said}"
            );
        }
        for wrong in [
            "3",
            "h",
            "-1 h",
            "0 h",
            "1e3 h",
            "1.2.3 d",
            "٣ h",
            "inf d",
            "much",
            "9999999 h",
            "3 é",
        ] {
            assert_eq!(
                effort(Some(wrong)).unwrap_err().code(),
                "bad-effort",
                "{wrong}"
            );
        }
    }
}
