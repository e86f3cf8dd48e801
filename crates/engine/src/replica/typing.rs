//! Edits of a collaborative text: by a script in today's text, by an editor in its own.

use serde_json::{Value, json};
use tresse_model::{DocId, Edit, NetworkId, Splice, TextSession, body_text};

use super::Replica;
use crate::{CommandError, Moment, TextEdit};

/// A text edit, read: what it does and in whose coordinates.
enum Asked {
    Whole(String),
    Splice(Splice),
    /// By an editor that types ahead: the version it last adopted, and its count of edits.
    Typed {
        splice: Splice,
        base: u64,
        seq: u64,
    },
}

impl TryFrom<TextEdit> for Asked {
    type Error = CommandError;

    fn try_from(edit: TextEdit) -> Result<Self, CommandError> {
        let wrong = |sentence: &str| Err(CommandError::new("bad-text-edit", sentence));
        let TextEdit {
            text,
            at,
            delete,
            insert,
            base,
            seq,
        } = edit;
        match (text, at, base, seq) {
            (Some(text), None, None, None) if delete.is_none() && insert.is_none() => {
                Ok(Self::Whole(text))
            }
            (None, Some(at), base, seq) => {
                let (delete, insert) = (delete.unwrap_or(0), insert.unwrap_or_default());
                let splice = Splice { at, delete, insert };
                match (base, seq) {
                    (None, None) => Ok(Self::Splice(splice)),
                    (Some(base), Some(seq)) => Ok(Self::Typed { splice, base, seq }),
                    _ => wrong("`base` and `seq` go together: give both or neither"),
                }
            }
            _ => wrong("give either the whole new `text`, or `at` with `delete` and `insert`"),
        }
    }
}

impl Replica {
    pub(super) fn edit_text(
        &mut self,
        network: NetworkId,
        doc: DocId,
        edit: TextEdit,
        moment: &Moment,
    ) -> Result<Value, CommandError> {
        match Asked::try_from(edit)? {
            Asked::Whole(text) => {
                let edit = Edit::ReplaceText { text };
                let applied = self.apply(&network, &doc, &edit, moment)?;
                if applied.changed {
                    self.text_landed(&network, &doc, &applied.splices);
                    self.network_mut(&network)?.undo.did(doc, applied.undo);
                }
            }
            Asked::Splice(splice) => {
                let splices = self.splice_text(&network, &doc, vec![splice], moment)?;
                self.text_landed(&network, &doc, &splices);
            }
            Asked::Typed { splice, base, seq } => {
                let typed = self.typed(&network, &doc, &splice, (base, seq), moment);
                if typed.is_err() {
                    self.refuse_typing(&network, &doc, seq);
                }
                // Even where nothing changed, the editor waits to see its edit acknowledged.
                self.network_mut(&network)?.views.dirty(&doc);
                typed?;
            }
        }
        Ok(json!({}))
    }

    fn typed(
        &mut self,
        network: &NetworkId,
        doc: &DocId,
        splice: &Splice,
        (base, seq): (u64, u64),
        moment: &Moment,
    ) -> Result<(), CommandError> {
        let splices = self.text_session(network, doc)?.local(base, seq, splice)?;
        self.splice_text(network, doc, splices, moment).map(drop)
    }

    fn splice_text(
        &mut self,
        network: &NetworkId,
        doc: &DocId,
        splices: Vec<Splice>,
        moment: &Moment,
    ) -> Result<Vec<Splice>, CommandError> {
        let applied = self.apply(network, doc, &Edit::SpliceText { splices }, moment)?;
        if applied.changed {
            self.network_mut(network)?
                .undo
                .typed(*doc, String::new(), applied.undo, moment.now);
        }
        Ok(applied.splices)
    }

    /// An editor's edit was not taken: a new session tells it so, and it adopts the engine's text.
    fn refuse_typing(&mut self, network: &NetworkId, doc: &DocId, seq: u64) {
        let loaded = self
            .networks
            .get_mut(network)
            .and_then(|network| network.loaded.get_mut(doc));
        if let Some(loaded) = loaded
            && let Some(old) = &loaded.text
        {
            let len = body_text(loaded.copy.doc()).chars().count();
            let mut session = TextSession::new(old.version() + 1, len);
            session.refuse(seq);
            loaded.text = Some(session);
        }
    }
}
