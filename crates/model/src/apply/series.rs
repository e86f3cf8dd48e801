//! Edits of rules by which meetings come again.

use automerge::{ROOT, ReadDoc, ScalarValue, ScalarValueRef, ValueRef, transaction::Transaction};

use super::{
    mark,
    plan::{Written, last_said, text},
};
use crate::{
    DayTo, EditError, ItemId, MOST_MOVED, Rhythm, SeriesEdit, SeriesField, canonical_day, check,
    keys, record::Recorder,
};

pub(super) fn write(to: &mut Recorder<'_>, edit: &SeriesEdit) -> Written {
    use SeriesField as F;
    match edit {
        SeriesEdit::Add { id, title, fields } => {
            let given = |wanted: F| match wanted {
                F::Title => Some(title.as_str()),
                _ => last_said(fields, wanted),
            };
            let values = F::ALL
                .iter()
                .map(|field| Ok((*field, checked(*field, given(*field))?)));
            let values = values.collect::<Result<Vec<_>, EditError>>()?;
            occurs(given(F::Rhythm), given(F::From), given(F::Until))?;
            if to
                .doc()
                .get(ROOT, keys::series(id, F::Title.key()))?
                .is_some()
            {
                return Err(EditError::Exists { what: "rule" });
            }
            for (field, value) in values {
                to.fill(&ROOT, &keys::series(id, field.key()), value)?;
            }
            to.born(&ROOT, &keys::series(id, keys::REMOVED));
        }
        SeriesEdit::Set { id, field, value } => {
            let value = value.as_deref();
            let checked = checked(*field, value)?;
            find(to.doc(), id)?;
            let now = |wanted: F| {
                if wanted == *field {
                    value.map(str::to_owned)
                } else {
                    said(to.doc(), id, wanted.key())
                }
            };
            if matches!(field, F::Rhythm | F::From | F::Until) {
                let (rhythm, from, until) = (now(F::Rhythm), now(F::From), now(F::Until));
                occurs(rhythm.as_deref(), from.as_deref(), until.as_deref())?;
            }
            to.put(&ROOT, &keys::series(id, field.key()), checked)?;
        }
        SeriesEdit::Day { id, day, to: what } => {
            find(to.doc(), id)?;
            let what = match what {
                DayTo::Rule => ScalarValue::Null,
                DayTo::Skipped => keys::SKIPPED.into(),
                DayTo::On(on) => required_date(on)?,
            };
            let proper = canonical_day(day).unwrap_or_else(|| day.clone());
            let also = also_named(to.doc(), id, &proper);
            // What stands there already can be taken back, whatever became of the rule.
            if what != ScalarValue::Null {
                if !comes_on(to.doc(), id, &proper) {
                    let day = day.chars().take(80).collect();
                    return Err(EditError::NotAMeetingDay { day });
                }
                if also.is_empty()
                    && text(to.doc(), &ROOT, &keys::series_day(id, &proper)).is_none()
                    && moved(to.doc(), id).count() >= MOST_MOVED
                {
                    return Err(EditError::TooManyMoved { most: MOST_MOVED });
                }
            }
            to.put(&ROOT, &keys::series_day(id, &proper), what)?;
            for key in also {
                to.put(&ROOT, &key, ScalarValue::Null)?;
            }
        }
        SeriesEdit::Remove { id, restore } => {
            find(to.doc(), id)?;
            to.put(&ROOT, &keys::series(id, keys::REMOVED), mark(!restore))?;
        }
    }
    Ok(())
}

fn checked(field: SeriesField, value: Option<&str>) -> Result<ScalarValue, EditError> {
    use SeriesField as F;
    match field {
        F::Title => check::required(value, field.key(), check::TITLE_MAX),
        F::Rhythm => Ok(check::rhythm(value)?.to_string().into()),
        F::From => match value {
            Some(value) => required_date(value),
            None => Err(EditError::Empty { field: "from" }),
        },
        F::Until => check::date(value),
        F::At => check::time(value),
        F::Length => check::minutes(value),
        F::Place => check::words(value, field.key(), check::FIELD_MAX),
        F::Group => check::link(value),
    }
}

fn required_date(value: &str) -> Result<ScalarValue, EditError> {
    match check::date(Some(value))? {
        ScalarValue::Null => Err(EditError::Empty { field: "date" }),
        date => Ok(date),
    }
}

/// Refuses a rule that no day fulfils.
fn occurs(rhythm: Option<&str>, from: Option<&str>, until: Option<&str>) -> Written {
    let rhythm: Rhythm = check::rhythm(rhythm)?;
    let from = from.unwrap_or_default();
    let until = until.unwrap_or_default();
    let Ok(first) = from.parse() else {
        return Err(EditError::Empty { field: "from" });
    };
    if rhythm.ever_comes(first, until.parse().ok()) {
        return Ok(());
    }
    Err(EditError::NeverOccurs {
        from: from.to_owned(),
        until: until.to_owned(),
    })
}

fn comes_on(doc: &Transaction<'_>, id: &ItemId, day: &str) -> bool {
    let said = |field: SeriesField| said(doc, id, field.key()).unwrap_or_default();
    let rhythm = said(SeriesField::Rhythm).parse::<Rhythm>();
    let (from, until) = (
        said(SeriesField::From).parse(),
        said(SeriesField::Until).parse(),
    );
    match (rhythm, from, day.parse()) {
        (Ok(rhythm), Ok(from), Ok(day)) => rhythm.days(from, until.ok(), (day, day)).contains(&day),
        _ => false,
    }
}

/// The days of a rule that are moved or skipped, as their keys name them.
fn moved(doc: &Transaction<'_>, id: &ItemId) -> impl Iterator<Item = (String, String)> {
    let prefix = keys::series(id, keys::DAY);
    let fields = doc.map_range(ROOT, prefix.clone()..);
    let under: Vec<(String, String)> = fields
        .map_while(|field| {
            let day = field.key.strip_prefix(&prefix)?.to_owned();
            let set = matches!(field.value, ValueRef::Scalar(ScalarValueRef::Str(_)));
            Some((set, field.key.to_string(), day))
        })
        .filter_map(|(set, key, day)| set.then_some((key, day)))
        .collect();
    under.into_iter()
}

/// Keys under which the same day stands by another name.
fn also_named(doc: &Transaction<'_>, id: &ItemId, proper: &str) -> Vec<String> {
    let others = moved(doc, id).filter(|(_, day)| {
        day != proper && canonical_day(day).is_some_and(|other| other == proper)
    });
    others.map(|(key, _)| key).collect()
}

fn said(doc: &Transaction<'_>, id: &ItemId, what: &str) -> Option<String> {
    text(doc, &ROOT, &keys::series(id, what))
}

fn find(doc: &Transaction<'_>, id: &ItemId) -> Written {
    if said(doc, id, SeriesField::Title.key()).is_some() {
        return Ok(());
    }
    Err(EditError::NotFound {
        what: "rule",
        id: id.to_string(),
    })
}
