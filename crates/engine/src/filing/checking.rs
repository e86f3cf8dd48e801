//! Attached files whose bytes here went bad: found, and put aside.

use std::sync::Arc;

use tokio::runtime::Handle;
use tresse_net::FileError;

use super::{Folder, refusal};
use crate::{CommandError, Engine, Problem};

impl Engine {
    /// Proves every attached file that is here: reads it, and compares it with its name.
    pub(crate) fn check_files(&self) -> Result<Vec<Problem>, CommandError> {
        let Some((runtime, folder)) = self.folder_of_files()? else {
            return Ok(Vec::new());
        };
        let looked = runtime.block_on(async { folder.open().await?.damaged().await });
        let problem = |message: String| Problem {
            code: "file-damaged".to_owned(),
            message,
            document: None,
        };
        Ok(match looked {
            Ok(damaged) => damaged
                .iter()
                .map(|blob| {
                    let anew =
                        "`check --repair` puts it aside, and it comes anew from whoever has it";
                    problem(format!("{blob} is damaged on this machine: {anew}"))
                })
                .collect(),
            Err(error) => vec![problem(error.to_string())],
        })
    }

    /// Puts every attached file aside whose bytes here went bad: it comes anew from whoever has it.
    pub(crate) fn put_files_aside(&self) -> Result<(), CommandError> {
        let Some((runtime, folder)) = self.folder_of_files()? else {
            return Ok(());
        };
        let put = runtime.block_on(async {
            let files = folder.open().await?;
            for blob in files.damaged().await? {
                files.put_aside(&blob).await?;
            }
            Ok::<_, FileError>(())
        });
        put.map_err(|error| refusal(&error))?;
        self.ask(|core| core.filing.look())
    }

    /// The folder that keeps files, if there is one, and where it is used.
    fn folder_of_files(&self) -> Result<Option<(Handle, Arc<Folder>)>, CommandError> {
        self.ask(|core| {
            let filing = &core.filing;
            let there = filing.folder.path.is_dir();
            there.then(|| (filing.runtime.clone(), Arc::clone(&filing.folder)))
        })
    }
}
