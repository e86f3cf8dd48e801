//! Ballots and counts, in the notebook of who gives them.

use automerge::{ROOT, ReadDoc};

use super::plan::Written;
use crate::{BALLOT_MAX, Ballot, BallotEdit, COUNT_MAX, EditError, keys, record::Recorder};

pub(super) fn write(to: &mut Recorder<'_>, edit: &BallotEdit) -> Written {
    match edit {
        BallotEdit::Cast {
            decision,
            member,
            at,
            answer,
        } => {
            let (ballot, text) = Ballot::new(*decision, *member, *at, answer.clone());
            let key = format!("{}{decision}/{}", keys::BALLOT, ballot.id);
            if once(to, &key, text, BALLOT_MAX)? {
                to.born(&ROOT, &format!("{key}{}", keys::OFF));
            }
        }
        BallotEdit::Count(count) => {
            let (count, text) = count.as_ref().clone().named();
            let key = format!("{}{}/{}", keys::COUNT, count.decision, count.id);
            once(to, &key, text, COUNT_MAX)?;
        }
    }
    Ok(())
}

/// Writes a text under its name, unless it stands there.
fn once(to: &mut Recorder<'_>, key: &str, text: String, most: usize) -> Result<bool, EditError> {
    if text.len() > most {
        return Err(EditError::TooLarge { most });
    }
    if to.doc().get(ROOT, key)?.is_some() {
        return Ok(false);
    }
    to.fill(&ROOT, key, text.into())?;
    Ok(true)
}
