//! The jobs that run beside the window, and what they bring back.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use serde_json::Value;
use tresse_engine::{
    AppView, AttachmentCommand, ChangeGroup, ClosingCommand, Command, CommandError, Engine,
    EngineError, HandsView, LineView, NetCommand, Options, Progress, Protection, Restored, Search,
    SearchHit, Secret, SlotKind, Thumbnail, Unlock,
    model::{BlobId, Difference, DocId, ItemId, NetworkId},
};

use crate::{
    app::{
        asks::Protect,
        carry::Carried,
        opened::{self, OpenedFiles},
    },
    i18n::{I18n, Lang},
    start::failed::Failure,
    views::{
        backup::Saved,
        differences::Comparison,
        export::Exported,
        history::{Sheet, Wanted},
        lines_authors::Lines,
        reach::OwnAddress,
    },
};

/// What a job brought back.
pub(super) enum Done {
    /// The profile is open, or why not.
    Opened(Box<Result<Opened, Failure>>),
    /// Whether the system's keyring answers.
    Keyring(bool),
    /// The person chose a backup that is to be put in place.
    Backup(PathBuf),
    /// This backup was put in place, by this passphrase if it took one; or why not.
    Restored(PathBuf, Option<Secret>, Result<Restored, Failure>),
    /// What protects the profile was changed, or why not.
    Protected(Result<(), CommandError>),
    /// A network was founded.
    Created(Result<Founded, CommandError>),
    /// The demo is there.
    Demo(Result<NetworkId, CommandError>),
    /// The engine asks to be let into a network.
    Joining(Result<Asked, CommandError>),
    /// Where this machine is.
    OwnAddress(Result<OwnAddress, CommandError>),
    /// A machine is dialled at an address, under this number; or why not.
    Dialled(Result<u64, CommandError>),
    /// The person chose a file that was brought.
    Brought(PathBuf, Option<NetworkId>),
    /// What came of a file that was made for a stick, or brought.
    Carried(Carried),
    /// A network of this name was exported, or why not; nothing: the person chose no folder.
    Exported(String, Option<Result<Exported, CommandError>>),
    /// The profile was saved in a file, or why not; nothing: the person chose no folder.
    BackedUp(Option<Result<Saved, CommandError>>),
    /// A folder is not shown, and why.
    FolderNotShown(std::io::Error),
    /// A page was made.
    Page(NetworkId, Result<DocId, CommandError>),
    /// A meeting was made, or was there.
    Meeting(NetworkId, Result<DocId, CommandError>),
    /// A meeting was made, for which a day is to be found.
    FindDate(NetworkId, Result<DocId, CommandError>),
    /// A decision was made.
    Decision(NetworkId, Result<DocId, CommandError>),
    /// An invitation was made: ticket and QR text.
    Invited(NetworkId, Result<(String, String), CommandError>),
    /// A pass for another machine was made, or why not.
    LinkOffered(Result<(), CommandError>),
    /// A pass was taken, or why not.
    LinkAccepted(Result<(), CommandError>),
    /// A search was answered.
    Found(Search, Result<Vec<SearchHit>, CommandError>),
    /// Who changed a document, and when.
    History(DocId, Result<Vec<ChangeGroup>, CommandError>),
    /// Who had a hand in an item of the plan, where that could be told.
    Hands((NetworkId, ItemId), Option<HandsView>),
    /// What differs between two versions of the charter.
    Compared(Comparison, Result<Vec<Difference>, CommandError>),
    /// My picture was set, or why not.
    Photo(Result<(), CommandError>),
    /// A template file was read: its name and text.
    Template(Result<(String, String), CommandError>),
    /// An archive was written: its folder, or why not.
    Archived(Result<String, CommandError>),
    /// A page to print was saved, or why not.
    Printed(Result<PathBuf, String>),
    /// A document as it stood.
    Past(Box<(Wanted, Result<Sheet, CommandError>)>),
    /// Something was put back, and whether where it stood, or why not.
    PutBack(Result<bool, CommandError>),
    /// Who wrote these lines.
    Lines(NetworkId, Lines, Result<Vec<LineView>, CommandError>),
    /// A file was saved, or the system's reason.
    Saved(Result<PathBuf, String>),
    /// An attached file was saved where the person chose, or why not.
    FileSaved(Result<PathBuf, CommandError>),
    /// A copy of an attached file is opened by the system's program for it: its name; or why not.
    FileOpened(String, Result<(), FileNotOpened>),
    /// A small picture of an attached image; nothing: it has none.
    Thumbnail(BlobId, Option<Thumbnail>),
    /// The window's choices could not be kept.
    PrefsNotKept(String),
    /// The picture of the window was written, or why not.
    Shot(Result<(), String>),
    /// The person changed their mind, or there was nothing to tell.
    Nothing,
    /// The system gave no thread.
    NoThread(std::io::Error),
}

/// Why an attached file is not opened.
pub(super) enum FileNotOpened {
    /// It could not be had.
    NotHad(CommandError),
    /// The system refused.
    Refused(std::io::Error),
}

/// What came of using an invitation.
pub(super) enum Asked {
    /// Members of this network are asked to let this machine in.
    In(NetworkId),
    /// It is in already, and looks for the others, under this number.
    Again(u64),
}

/// A network that is there.
pub(super) struct Founded {
    /// Which.
    pub(super) network: NetworkId,
    /// Why its template is not in it, though the network is there.
    pub(super) without_template: Option<CommandError>,
}

/// An open profile.
pub(super) struct Opened {
    /// The engine.
    pub(super) engine: Engine,
    /// Its first view.
    pub(super) view: Arc<AppView>,
}

/// Who to make a profile for, where there is none.
#[derive(Debug, Clone)]
pub(super) struct Newcomer {
    /// Their name.
    pub(super) name: String,
    /// `fr` or `en`.
    pub(super) lang: &'static str,
    /// What protects what they will write.
    pub(super) protection: Protection,
}

/// Looks into texts.
pub(super) fn search(engine: &Engine, search: Search) -> Done {
    let hits = engine.search(&search);
    Done::Found(search, hits)
}

/// Opens a profile, first making it for a newcomer; `demo` fills an empty one with the demo.
pub(super) fn open(
    dir: &Path,
    newcomer: Option<&Newcomer>,
    options: Options,
    demo: Option<&'static str>,
) -> Result<Opened, Failure> {
    let fail = |error: &EngineError| failure(dir, error);
    if let Some(newcomer) = newcomer
        && !Engine::exists(dir)
    {
        Engine::init(dir, &newcomer.name, newcomer.lang, &newcomer.protection)
            .map_err(|error| fail(&error))?;
    }
    let engine = Engine::open(dir, options).map_err(|error| fail(&error))?;
    let told = |error: CommandError| Failure {
        code: error.code,
        message: error.message,
        folder: dir.display().to_string(),
    };
    let mut view = engine.fresh_view().map_err(told)?;
    if let Some(lang) = demo
        && view.networks.is_empty()
    {
        engine
            .call(Command::DemoCreate {
                lang: Some(lang.to_owned()),
            })
            .map_err(told)?;
        view = engine.fresh_view().map_err(told)?;
    }
    Ok(Opened { engine, view })
}

/// Puts a backup in place, as a new profile.
pub(super) fn restore(dir: &Path, file: PathBuf, unlock: Unlock, progress: &Progress) -> Done {
    let restored = Engine::restore(&file, dir, &unlock, progress);
    let restored = restored.map_err(|error| failure(dir, &error));
    Done::Restored(file, unlock.passphrase, restored)
}

fn failure(dir: &Path, error: &EngineError) -> Failure {
    Failure {
        code: error.code().to_owned(),
        message: error.to_string(),
        folder: dir.display().to_string(),
    }
}

/// Changes what protects an open profile; only somebody who knows the passphrase that there is may.
pub(super) fn protect(engine: &Engine, wanted: Protect) -> Result<(), CommandError> {
    if let Some(current) = &wanted.current {
        engine.is_passphrase(current)?;
    }
    let keyring = wanted.keyring.then(|| engine.by_keyring());
    match wanted.new {
        Some(new) => {
            let remove: &[SlotKind] = if wanted.keyring {
                &[]
            } else {
                &[SlotKind::Keyring]
            };
            let add: Vec<_> = [Protection::passphrase(new)]
                .into_iter()
                .chain(keyring)
                .collect();
            engine.protect(&add, remove)
        }
        None => engine.protect(
            &[keyring.unwrap_or(Protection::Open)],
            &[SlotKind::Passphrase],
        ),
    }
}

/// Carries out a command and reads one thing out of its answer.
pub(super) fn ask<T: std::str::FromStr>(
    engine: &Engine,
    command: Command,
    what: &str,
) -> Result<T, CommandError> {
    let answer = engine.call(command)?;
    text(&answer, what)
        .and_then(|text| text.parse().ok())
        .ok_or_else(|| absent(what))
}

/// Uses an invitation.
pub(super) fn join(engine: &Engine, ticket: String) -> Result<Asked, CommandError> {
    let answer = engine.call(Command::InviteAccept { ticket })?;
    if let Some(number) = answer.get("number").and_then(Value::as_u64) {
        engine.fresh_view()?;
        return Ok(Asked::Again(number));
    }
    let network = text(&answer, "network").and_then(|text| text.parse().ok());
    network.map(Asked::In).ok_or_else(|| absent("network"))
}

/// Dials a machine at an address; under which number the view tells how it goes.
pub(super) fn meet(engine: &Engine, at: String) -> Result<u64, CommandError> {
    let answer = engine.call(Command::Net(NetCommand::Meet { at }))?;
    engine.fresh_view()?;
    let number = answer.get("number").and_then(Value::as_u64);
    number.ok_or_else(|| absent("number"))
}

/// Where this machine is.
pub(super) fn own_address(engine: &Engine) -> Result<OwnAddress, CommandError> {
    let answer = engine.call(Command::Net(NetCommand::Address {}))?;
    let address = text(&answer, "address").ok_or_else(|| absent("address"))?;
    let places = answer.get("places").and_then(Value::as_array);
    let places = places.into_iter().flatten().filter_map(Value::as_str);
    Ok(OwnAddress {
        address: address.to_owned(),
        qr: text(&answer, "qr").unwrap_or(address).to_owned(),
        places: places.map(str::to_owned).collect(),
    })
}

/// Makes an invitation; gives its ticket and the text of its QR code.
pub(super) fn invite(engine: &Engine, command: Command) -> Result<(String, String), CommandError> {
    let answer = engine.call(command)?;
    let ticket = text(&answer, "ticket").ok_or_else(|| absent("ticket"))?;
    let code = text(&answer, "qr").unwrap_or(ticket);
    Ok((ticket.to_owned(), code.to_owned()))
}

/// Carries out a command about linking, and sees to it that the newest view shows it.
pub(super) fn link(engine: &Engine, command: Command) -> Result<(), CommandError> {
    engine.call(command)?;
    engine.fresh_view()?;
    Ok(())
}

/// Writes the report and the archive of a network; gives the folder.
pub(super) fn archive(engine: &Engine, network: NetworkId) -> Result<String, CommandError> {
    let command = Command::Closing(ClosingCommand::Archive { network });
    let folder = ask(engine, command, "folder")?;
    engine.fresh_view()?;
    Ok(folder)
}

/// What differs between two versions of the charter.
pub(super) fn compare(engine: &Engine, network: &NetworkId, wanted: Comparison) -> Done {
    let (from, to) = (wanted.from.as_deref(), wanted.to.as_deref());
    let differences = engine.charter_changes(network, from, to);
    Done::Compared(wanted, differences)
}

/// A document as it stood. The words are read anew, since those of the window are not to be had on another thread.
pub(super) fn past(engine: &Engine, wanted: Wanted, lang: Lang) -> Done {
    let sheet = wanted.look(engine, &I18n::new(lang));
    Done::Past(Box::new((wanted, sheet)))
}

/// Puts something back that an older state held; whether it stands exactly where it stood.
pub(super) fn put_back(engine: &Engine, command: Command) -> Result<bool, CommandError> {
    let answer = engine.call(command)?;
    engine.fresh_view()?;
    Ok(answer.get("exact").and_then(Value::as_bool).unwrap_or(true))
}

fn text<'a>(answer: &'a Value, what: &str) -> Option<&'a str> {
    answer.get(what)?.as_str()
}

fn absent(what: &str) -> CommandError {
    CommandError::new("internal", format!("the engine's answer lacks {what}"))
}

/// Writes an attached file to a place, in place of what may be there: the person was asked.
pub(super) fn save_file(
    engine: &Engine,
    network: NetworkId,
    attachment: ItemId,
    path: PathBuf,
) -> Done {
    let save = AttachmentCommand::Save {
        network,
        attachment,
        path: path.clone(),
        over: true,
    };
    Done::FileSaved(engine.call(save.into()).map(|_| path))
}

/// Opens a copy of an attached file by the system's program for it.
pub(super) fn open_file(
    engine: &Engine,
    opened: &OpenedFiles,
    (network, attachment, name): (NetworkId, ItemId, String),
) -> Done {
    let open = || {
        let place = opened.place(&attachment.to_string(), &name);
        let path = place.map_err(FileNotOpened::Refused)?;
        // A copy that was opened before is the same file.
        if !path.is_file() {
            let save = AttachmentCommand::Save {
                network,
                attachment,
                path: path.clone(),
                over: true,
            };
            engine.call(save.into()).map_err(FileNotOpened::NotHad)?;
            opened::only_to_read(&path).map_err(FileNotOpened::Refused)?;
        }
        opened::show(&path).map_err(FileNotOpened::Refused)
    };
    let done = open();
    Done::FileOpened(name, done)
}

/// A template file's name and text, once it is known to be one.
pub(super) fn read_template(path: &Path) -> Result<(String, String), CommandError> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    Ok((name.into_owned(), tresse_engine::read_template(path)?))
}

/// Founds a network; a template is written into it. Where that fails, the network is there without it: nobody is to found it
/// a second time.
pub(super) fn create(
    engine: &Engine,
    name: String,
    kinds: Option<String>,
    template: Option<String>,
) -> Result<Founded, CommandError> {
    let command = Command::NetworkCreate {
        name,
        template: kinds,
    };
    let network = ask(engine, command, "network")?;
    let apply = |template| {
        engine.call(Command::TemplateApply {
            network,
            template: Some(template),
            parts: Vec::new(),
            lang: None,
        })
    };
    Ok(Founded {
        network,
        without_template: template.and_then(|template| apply(template).err()),
    })
}

/// Writes a page that is to be printed.
pub(super) fn save_page(path: PathBuf, page: &str) -> Done {
    let written = fs::write(&path, page);
    Done::Printed(written.map(|()| path).map_err(|error| error.to_string()))
}

/// Writes a text to a file.
pub(super) fn save_text(path: PathBuf, text: &str) -> Done {
    let written = fs::write(&path, format!("{}\n", text.trim_end()));
    Done::Saved(written.map(|()| path).map_err(|error| error.to_string()))
}

/// Writes a picture to a file, as PNG whatever its name.
pub(super) fn save_picture(path: PathBuf, picture: &image::GrayImage) -> Done {
    let written = picture.save_with_format(&path, image::ImageFormat::Png);
    Done::Saved(written.map(|()| path).map_err(|error| error.to_string()))
}
