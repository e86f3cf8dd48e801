//! The same without seals, which the benches run beside it: what they cost is the difference.
//!
//! So would a program work that lets anybody write in anybody's name and still reads what strangers send. It counts what the bytes unfold to before it unfolds them,
//! lists the changes for their bounds, and reads all of the document once, which must not panic. It looks at no signature, follows no chain and asks nobody's standing. Nothing
//! opens this door but the feature `unsealed`, which the benches alone ask for: it is not in the programs that people run (`cargo xtask run`), and where the whole workspace is built at once, as for
//! the tests, nothing but the benches calls it.

use automerge::Automerge;

use super::{Arrived, Copy, Link};
use crate::{Coming, DocRefusal, Incoming, Landed};

impl Copy {
    /// Takes in a whole document that a peer sent, whoever wrote it.
    ///
    /// # Errors
    /// [`DocRefusal`]: there is harm in it; nothing of it was taken then.
    pub fn take_unsealed(&mut self, incoming: &Incoming) -> Result<Landed, DocRefusal> {
        let arrived = Arrived::read(incoming, self)?;
        for meta in &arrived.met(self) {
            arrived.bounds(&Link::of_meta(meta))?;
        }
        for change in &arrived.new {
            Link::of_change(change).bounds()?;
        }
        let verified = self.grown(arrived, incoming)?;
        self.take(verified)
    }

    /// The same document without its seals, which a peer that knows none would send.
    #[must_use]
    pub fn unsealed(&self) -> Self {
        let doc: Automerge = self.doc.clone();
        Self::new(self.network, self.id, doc)
    }
}

impl Coming {
    /// What came.
    pub const fn incoming(&self) -> &Incoming {
        &self.incoming
    }
}
