//! What a plan and a notebook say, written down and taken up again, so that a document whose changes are many need not be read to show what it
//! said when it was last read.
//!
//! What is taken up equals what was written down, whatever the document holds; bytes that are anything else are refused whole. Who keeps such
//! bytes says when they are still true: nothing here knows of which state of which document they are.

use std::{borrow::Cow, collections::BTreeMap};

use automerge::Automerge;
use serde::{Deserialize, Serialize};

use crate::{
    AuthorOf, Balloting, ItemId, MemberId, NotebookContent, PlanContent, Twins, done_times,
    read_ballots, read_notebook, read_plan,
};

/// All that is asked of a plan to show it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PlanSaid {
    /// What it says.
    pub content: PlanContent,
    /// When each action that is done was said to be so, milliseconds since 1970, UTC.
    pub done: BTreeMap<ItemId, i64>,
}

/// All that is asked of somebody else's notebook to show what follows from it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NotebookSaid {
    /// What it says.
    pub content: NotebookContent,
    /// Its owner's ballots and counts.
    pub balloting: Balloting,
}

/// As it is written down. A document's content leaves out of its own form what nobody outside is told.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct PlanForm<'a> {
    content: Cow<'a, PlanContent>,
    twins: Cow<'a, Twins>,
    done: Cow<'a, BTreeMap<ItemId, i64>>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct NotebookForm<'a> {
    content: Cow<'a, NotebookContent>,
    balloting: Cow<'a, Balloting>,
}

impl PlanSaid {
    /// Reads the plan.
    pub fn read(plan: &Automerge, authors: &dyn AuthorOf) -> Self {
        Self {
            content: read_plan(plan, authors),
            done: done_times(plan),
        }
    }

    /// The bytes that [`PlanSaid::taken_up`] reads. `None`: something of it cannot be written down.
    pub fn written_down(content: &PlanContent, done: &BTreeMap<ItemId, i64>) -> Option<Vec<u8>> {
        let form = PlanForm {
            content: Cow::Borrowed(content),
            twins: Cow::Borrowed(&content.twins),
            done: Cow::Borrowed(done),
        };
        let bytes = serde_json::to_vec(&form).ok()?;
        // Whatever a document of others holds: what would not come out the same is not kept.
        let again = Self::taken_up(&bytes)?;
        (again.content == *content && again.done == *done).then_some(bytes)
    }

    /// What was written down. `None`: the bytes are something else.
    pub fn taken_up(bytes: &[u8]) -> Option<Self> {
        let form: PlanForm<'_> = serde_json::from_slice(bytes).ok()?;
        let mut content = form.content.into_owned();
        content.twins = form.twins.into_owned();
        let done = form.done.into_owned();
        Some(Self { content, done })
    }
}

impl NotebookSaid {
    /// Reads the notebook of this member.
    pub fn read(notebook: &Automerge, owner: &MemberId, authors: &dyn AuthorOf) -> Self {
        Self {
            content: read_notebook(notebook, authors),
            balloting: read_ballots(notebook, owner),
        }
    }

    /// The bytes that [`NotebookSaid::taken_up`] reads. `None`: something of it cannot be written down.
    pub fn written_down(content: &NotebookContent, balloting: &Balloting) -> Option<Vec<u8>> {
        let form = NotebookForm {
            content: Cow::Borrowed(content),
            balloting: Cow::Borrowed(balloting),
        };
        let bytes = serde_json::to_vec(&form).ok()?;
        let again = Self::taken_up(&bytes)?;
        (again.content == *content && again.balloting == *balloting).then_some(bytes)
    }

    /// What was written down. `None`: the bytes are something else.
    pub fn taken_up(bytes: &[u8]) -> Option<Self> {
        let form: NotebookForm<'_> = serde_json::from_slice(bytes).ok()?;
        Some(Self {
            content: form.content.into_owned(),
            balloting: form.balloting.into_owned(),
        })
    }
}
