//! Files that the person chooses: to read a ticket or a page from, to keep a text or a picture in. The system's dialogue
//! is waited for beside the window.

use std::path::PathBuf;

use tresse_engine::{
    AttachmentCommand, Command, Engine,
    model::{DocId, NetworkId},
};

use super::{
    asks::{Ask, Pick},
    jobs::{self, Done},
    open::Shell,
};
use crate::{
    i18n::I18n,
    tr,
    views::{backup, carry::ENDING},
};

/// Lets the person choose, and does what is asked with what they chose.
pub(super) fn start(engine: Engine, shell: &mut Shell<'_>, ask: Ask) {
    match ask {
        Ask::Pick(Pick::Attach(network, document)) => {
            let pick = Pick::Attach(network, document);
            let dialogue = file_dialogue(shell.words, pick).pick_files();
            shell.worker.run("pick", Done::NoThread, move || {
                for file in pollster::block_on(dialogue).unwrap_or_default() {
                    engine.send(attach(network, document, file.path().to_owned()));
                }
                Done::Nothing
            });
        }
        Ask::Pick(pick) => {
            let dialogue = file_dialogue(shell.words, pick).pick_file();
            shell.worker.run("pick", Done::NoThread, move || {
                match (pollster::block_on(dialogue), pick) {
                    (None, _) | (_, Pick::Attach(..)) => Done::Nothing,
                    (Some(file), Pick::Import(network)) => {
                        Done::Brought(file.path().to_owned(), network)
                    }
                    (Some(file), Pick::Photo(network)) => {
                        Done::Photo(engine.set_photo(&network, Some(file.path())))
                    }
                    (Some(file), Pick::Template) => {
                        Done::Template(jobs::read_template(file.path()))
                    }
                    (Some(file), Pick::Page(network)) => {
                        Done::Page(network, engine.import_page(&network, file.path()))
                    }
                }
            });
        }
        Ask::SaveText { name, text } => {
            save_as(shell, name, move |path| jobs::save_text(path, &text));
        }
        Ask::Print { network, name } => {
            let lang = shell.words.lang().code();
            save_as(shell, name, move |path| {
                match engine.overview_page(&network, Some(lang)) {
                    Ok(page) => jobs::save_page(path, &page),
                    Err(error) => Done::Printed(Err(error.message)),
                }
            });
        }
        Ask::SaveFile(network, attachment, name) => {
            let name = tresse_engine::attachment_name(&name);
            save_as(shell, name, move |path| {
                jobs::save_file(&engine, network, attachment, path)
            });
        }
        Ask::SavePicture { name, picture } => {
            save_as(shell, name, move |path| jobs::save_picture(path, &picture));
        }
        _ => {}
    }
}

/// Attaches a file; how far it is shows in the view.
pub(super) fn attach(network: NetworkId, document: DocId, path: PathBuf) -> Command {
    AttachmentCommand::Add {
        network,
        document,
        path,
    }
    .into()
}

/// Lets the person choose where, then writes there.
fn save_as(
    shell: &mut Shell<'_>,
    name: String,
    write: impl FnOnce(PathBuf) -> Done + Send + 'static,
) {
    save(shell, name, move |chosen| {
        chosen.map_or(Done::Nothing, write)
    });
}

/// Lets the person choose where, then does what there is to do there, or without a place if none was chosen.
pub(super) fn save(
    shell: &mut Shell<'_>,
    name: String,
    write: impl FnOnce(Option<PathBuf>) -> Done + Send + 'static,
) {
    if let Some(folder) = &shell.launch.save_in {
        let chosen = folder.join(name);
        return shell
            .worker
            .run("save", Done::NoThread, move || write(Some(chosen)));
    }
    let dialogue = rfd::AsyncFileDialog::new().set_file_name(name).save_file();
    shell.worker.run("save", Done::NoThread, move || {
        write(pollster::block_on(dialogue).map(|file| file.path().to_owned()))
    });
}

/// Lets the person choose a folder, then does what there is to do in it, or without one if none was chosen.
pub(super) fn folder(
    shell: &mut Shell<'_>,
    title: String,
    work: impl FnOnce(Option<PathBuf>) -> Done + Send + 'static,
) {
    if let Some(folder) = shell.launch.save_in.clone() {
        return shell
            .worker
            .run("folder", Done::NoThread, move || work(Some(folder)));
    }
    let dialogue = rfd::AsyncFileDialog::new().set_title(title).pick_folder();
    shell.worker.run("folder", Done::NoThread, move || {
        work(pollster::block_on(dialogue).map(|folder| folder.path().to_owned()))
    });
}

/// Lets the person choose a backup.
pub(super) fn backup_dialogue(words: &I18n) -> rfd::AsyncFileDialog {
    rfd::AsyncFileDialog::new()
        .set_title(tr!(words, "restore-pick"))
        .add_filter(tr!(words, "restore-pick-files"), &[backup::ENDING])
        .add_filter(tr!(words, "pick-all-files"), &["*"])
}

fn file_dialogue(words: &I18n, pick: Pick) -> rfd::AsyncFileDialog {
    let dialogue = rfd::AsyncFileDialog::new();
    match pick {
        Pick::Import(network) => {
            let mut endings = vec![ENDING, "tresse", "txt", "png", "jpg", "jpeg"];
            if network.is_some() {
                endings.extend(["md", "markdown"]);
            }
            dialogue
                .set_title(tr!(words, "pick-import"))
                .add_filter(tr!(words, "pick-import-files"), &endings)
                .add_filter(tr!(words, "pick-all-files"), &["*"])
        }
        Pick::Photo(_) => dialogue
            .set_title(tr!(words, "pick-photo"))
            .add_filter(tr!(words, "pick-photo-files"), &["jpg", "jpeg", "png"])
            .add_filter(tr!(words, "pick-all-files"), &["*"]),
        Pick::Template => dialogue
            .set_title(tr!(words, "pick-template"))
            .add_filter(tr!(words, "pick-template-files"), &["json"])
            .add_filter(tr!(words, "pick-all-files"), &["*"]),
        Pick::Attach(..) => dialogue
            .set_title(tr!(words, "pick-attachment"))
            .add_filter(tr!(words, "pick-all-files"), &["*"]),
        Pick::Page(_) => dialogue
            .set_title(tr!(words, "pick-page"))
            .add_filter(tr!(words, "pick-page-files"), &["md", "markdown", "txt"])
            .add_filter(tr!(words, "pick-all-files"), &["*"]),
    }
}
