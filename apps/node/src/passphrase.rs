//! Passphrases: where they come from, and the verbs about them. They come from a file, from the
//! variable `TRESSE_PASSPHRASE`, or from the terminal where there is one; never from an argument,
//! which other people of this machine could read.

use std::{
    fs::File,
    io::{self, IsTerminal, Read},
    path::{Path, PathBuf},
    sync::mpsc::Receiver,
};

use serde_json::{Value, json};
use tresse_engine::{
    Engine, EngineError, Event, MEBIBYTE, NetOptions, Options, Progress, Protection, Restored,
    Secret, SlotKind, Unlock,
};

use crate::{
    args::PassphraseVerb,
    output::{Failure, Output},
};

const VARIABLE: &str = "TRESSE_PASSPHRASE";
/// A file that holds more is not a passphrase's.
const MAX_BYTES: u64 = 4096;

/// The profile that is worked on, and what opens it.
pub(crate) struct Profile {
    pub(crate) dir: PathBuf,
    pub(crate) passphrase: Option<Secret>,
}

impl Profile {
    pub(crate) fn new(dir: PathBuf, passphrase_file: Option<&Path>) -> Result<Self, Failure> {
        let passphrase = match passphrase_file {
            Some(file) => Some(read(file)?),
            None => variable()?,
        };
        Ok(Self { dir, passphrase })
    }

    pub(crate) fn open(&self) -> Result<Engine, EngineError> {
        self.asking(|unlock| {
            let options = Options {
                unlock,
                ..Options::default()
            };
            Engine::open(&self.dir, options)
        })
    }

    pub(crate) fn open_listening(
        &self,
        net: &NetOptions,
    ) -> Result<(Engine, Receiver<Event>), EngineError> {
        self.asking(|unlock| {
            let options = Options {
                net: Some(net.clone()),
                unlock,
                ..Options::default()
            };
            Engine::open_listening(&self.dir, options)
        })
    }

    pub(crate) fn restore(&self, file: &Path) -> Result<Restored, EngineError> {
        self.asking(|unlock| Engine::restore(file, &self.dir, &unlock, &Progress::default()))
    }

    /// Does what needs the profile's key, with the passphrase that was given; if one is missing, with one asked for on
    /// the terminal.
    fn asking<T>(&self, work: impl Fn(Unlock) -> Result<T, EngineError>) -> Result<T, EngineError> {
        match work(Unlock::with(self.passphrase.clone())) {
            Err(error) if error.code() == "needs-passphrase" && io::stdin().is_terminal() => {
                work(Unlock::with(Some(prompt("Passphrase: ")?)))
            }
            done => done,
        }
    }

    /// What a new profile is protected by.
    pub(crate) fn init(&self, name: &str, lang: &str, keyring: bool) -> Result<(), Failure> {
        let system = || Protection::Keyring(Unlock::default().keyring);
        let Some(passphrase) = self.passphrase.clone() else {
            let protection = if keyring { system() } else { Protection::Open };
            return Ok(Engine::init(&self.dir, name, lang, &protection)?);
        };
        let protection = Protection::passphrase(passphrase);
        Engine::init(&self.dir, name, lang, &protection)?;
        if keyring {
            let engine = self.open()?;
            let added = engine.protect(&[engine.by_keyring()], &[]);
            engine.close();
            added?;
        }
        Ok(())
    }

    /// Copies the profile: with its own passphrase, else with the one given; and no more than so many MiB of attached files.
    pub(crate) fn backup(&self, engine: &Engine, file: &Path, most: u64) -> Result<Value, Failure> {
        let most = most.saturating_mul(MEBIBYTE);
        let own = engine.protection().contains(&SlotKind::Passphrase);
        let given = self.passphrase.as_ref().filter(|_| !own);
        let progress = Progress::default();
        let made = match engine.backup(file, given, most, &progress) {
            Err(error) if error.code == "needs-passphrase" && io::stdin().is_terminal() => {
                let chosen = prompt_twice("Passphrase for the backup: ")?;
                engine.backup(file, Some(&chosen), most, &progress)
            }
            made => made,
        };
        let made = made?;
        Ok(json!({
            "file": file, "protection": words(&made.protection), "files": made.files,
            "left_out": made.left_out,
        }))
    }
}

/// The verbs about the passphrase.
pub(crate) fn run(profile: &Profile, verb: PassphraseVerb, output: Output) -> Result<(), Failure> {
    let (add, remove, keyring) = match verb {
        PassphraseVerb::Status => {
            let kinds = Engine::protection_of(&profile.dir)?;
            return Ok(output.put(&told(&kinds))?);
        }
        PassphraseVerb::Set {
            new_passphrase_file,
            keyring,
        } => {
            let new = match new_passphrase_file {
                Some(file) => read(&file)?,
                None if io::stdin().is_terminal() => prompt_twice("New passphrase: ")?,
                None => {
                    let message = "give the new passphrase with --new-passphrase-file FILE";
                    return Err(Failure::new("needs-passphrase", message));
                }
            };
            (
                vec![Protection::passphrase(new)],
                SlotKind::Keyring,
                keyring,
            )
        }
        PassphraseVerb::Remove { keyring: true } => (Vec::new(), SlotKind::Passphrase, true),
        PassphraseVerb::Remove { keyring: false } => {
            (vec![Protection::Open], SlotKind::Passphrase, false)
        }
    };
    let engine = profile.open()?;
    let changed = change(&engine, add, remove, keyring);
    let kinds = engine.protection();
    engine.close();
    changed?;
    Ok(output.put(&told(&kinds))?)
}

fn change(
    engine: &Engine,
    mut add: Vec<Protection>,
    remove: SlotKind,
    keyring: bool,
) -> Result<(), Failure> {
    if keyring {
        add.push(engine.by_keyring());
    }
    // What is added now is not what is removed.
    let kept = add.iter().any(|protection| protection.kind() == remove);
    let remove: &[SlotKind] = if kept { &[] } else { &[remove] };
    Ok(engine.protect(&add, remove)?)
}

/// What a profile or a backup is protected by, for machines.
pub(crate) fn words(kinds: &[SlotKind]) -> Value {
    kinds.iter().map(|kind| kind.word()).collect()
}

/// The same as a result of its own, with a sentence where nothing protects it.
fn told(kinds: &[SlotKind]) -> Value {
    let mut told = json!({ "protection": words(kinds) });
    if kinds.contains(&SlotKind::Open) {
        told["note"] = json!(
            "not protected by a passphrase: whoever can read the profile's files can read all of it"
        );
    }
    told
}

fn variable() -> Result<Option<Secret>, Failure> {
    match std::env::var(VARIABLE) {
        Ok(text) => Ok(Some(Secret::new(text))),
        Err(std::env::VarError::NotPresent) => Ok(None),
        Err(std::env::VarError::NotUnicode(_)) => {
            Err(Failure::new("usage", format!("{VARIABLE} is not UTF-8")))
        }
    }
}

/// A passphrase from a file: all of it but for one line break at its end.
fn read(file: &Path) -> Result<Secret, Failure> {
    let failed = |why: &dyn std::fmt::Display| {
        let name = file.display();
        Failure::new(
            "io",
            format!("the passphrase cannot be read from {name}: {why}"),
        )
    };
    let mut text = String::new();
    File::open(file)
        .and_then(|file| file.take(MAX_BYTES + 1).read_to_string(&mut text))
        .map_err(|error| failed(&error))?;
    if text.len() as u64 > MAX_BYTES {
        return Err(failed(&"it is too long"));
    }
    let line = text.strip_suffix('\n').unwrap_or(&text);
    Ok(Secret::new(line.strip_suffix('\r').unwrap_or(line)))
}

fn prompt(question: &str) -> io::Result<Secret> {
    rpassword::prompt_password(question).map(Secret::new)
}

fn prompt_twice(question: &str) -> Result<Secret, Failure> {
    let first = prompt(question)?;
    if prompt("Once more: ")? != first {
        let message = "the two were not the same: nothing was changed";
        return Err(Failure::new("passphrase-mismatch", message));
    }
    Ok(first)
}
