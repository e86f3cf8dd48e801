//! What changes did to a document's text, as splices.

use automerge::{Automerge, ChangeHash, Patch, PatchAction, ReadDoc};

use crate::{
    Splice, minimal_splices,
    read::{body, body_text_at},
};

/// The splices that make the body text at `after` of the body text at `before`, each in the text
/// that the one before it left. For an editor that shows the older text; it follows what was really
/// done, so a caret stays with its word.
pub fn text_splices(doc: &Automerge, before: &[ChangeHash], after: &[ChangeHash]) -> Vec<Splice> {
    if before == after {
        return Vec::new();
    }
    followed(doc, before, after)
        .unwrap_or_else(|| minimal_splices(&body_text_at(doc, before), &body_text_at(doc, after)))
}

/// The same, of what Automerge told while it made `after` of `before` by applying changes: what is to be compared there are these patches, not two whole
/// texts. `None` where they tell of more than letters, or not all.
pub fn patched_splices(
    before: &Automerge,
    after: &Automerge,
    patches: Vec<Patch>,
) -> Option<Vec<Splice>> {
    let text = body(before, None)?;
    if body(after, None)? != text {
        return None;
    }
    let own = patches.into_iter().filter(|patch| patch.obj == text);
    let splices: Vec<Splice> = own
        .map(|patch| splice(patch.action))
        .collect::<Option<_>>()?;
    let told = splices.iter().try_fold(before.length(&text), |long, one| {
        (one.at + one.delete <= long).then(|| long - one.delete + one.insert.chars().count())
    });
    (told == Some(after.length(&text))).then_some(splices)
}

/// What Automerge says was done; `None` where that is more than text (other software's marks or
/// objects), or where the text itself was put in another's place.
fn followed(doc: &Automerge, before: &[ChangeHash], after: &[ChangeHash]) -> Option<Vec<Splice>> {
    let text = body(doc, Some(before))?;
    if body(doc, Some(after))? != text {
        return None;
    }
    let patches = doc.diff_obj(&text, before, after, false).ok()?;
    patches
        .into_iter()
        .map(|patch| splice(patch.action))
        .collect()
}

/// What was done to a text, if it was done to its letters.
fn splice(action: PatchAction) -> Option<Splice> {
    match action {
        PatchAction::SpliceText { index, value, .. } => Some(Splice {
            at: index,
            delete: 0,
            insert: value.make_string(),
        }),
        PatchAction::DeleteSeq { index, length } => Some(Splice {
            at: index,
            delete: length,
            insert: String::new(),
        }),
        _ => None,
    }
}
