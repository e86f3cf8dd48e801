//! The verbs about files attached to pages and meetings.

use std::{
    path::{Path, absolute},
    sync::mpsc::Receiver,
    time::{Duration, Instant},
};

use serde_json::json;
use tresse_engine::{
    AttachmentCommand, Command, CommandError, Engine, Event, FilesView, NetworkView,
    model::{DocId, ItemId, NetworkId},
};

use crate::{
    args::{FileVerb, Keep, Meeting},
    online,
    output::{Failure, Output},
    passphrase::Profile,
    verbs::{Done, find_network},
};

/// How often somebody who is there is asked again.
const AGAIN: Duration = Duration::from_secs(1);

/// Verbs that need no peer.
pub(crate) fn run(engine: &Engine, verb: FileVerb, output: Output) -> Done {
    match verb {
        FileVerb::List { network } => list(engine, &find_network(engine, &network)?, output),
        FileVerb::Add {
            network,
            document,
            file,
        } => {
            let add = AttachmentCommand::Add {
                network: find_network(engine, &network)?,
                document,
                path: absolute(file)?,
            };
            Ok(output.put(&engine.call(add.into())?)?)
        }
        FileVerb::Remove {
            network,
            attachment,
            restore,
        } => {
            let remove = AttachmentCommand::Remove {
                network: find_network(engine, &network)?,
                attachment,
                restore,
            };
            Ok(output.put(&engine.call(remove.into())?)?)
        }
        FileVerb::Keep {
            network,
            keep,
            most,
            total,
        } => {
            let keep = AttachmentCommand::Keep {
                network: find_network(engine, &network)?,
                always: matches!(keep, Keep::Always),
                most,
                total,
            };
            Ok(output.put(&engine.call(keep.into())?)?)
        }
        // These talk to peers.
        FileVerb::Fetch { .. } | FileVerb::Save { .. } => {
            Err(Failure::new("internal", "this verb has no place here"))
        }
    }
}

fn list(engine: &Engine, network: &NetworkId, output: Output) -> Done {
    let view = engine.view_with_files()?;
    let Some(of) = view.network(network) else {
        return Ok(());
    };
    output_rows(of, &view.files, output)
}

fn output_rows(network: &NetworkView, files: &FilesView, output: Output) -> Done {
    for row in network.files.iter() {
        output.put(&json!({
            "attachment": row.id, "document": row.doc, "title": row.title, "name": row.name,
            "size": row.size, "here": files.here.contains(&row.blob),
            "part": files.part.contains(&row.blob), "damaged": files.damaged.contains(&row.blob),
        }))?;
    }
    Ok(())
}

/// Fetches a file from whoever can be reached, and writes it to a place if one is given.
pub(crate) fn get(
    profile: &Profile,
    given: &str,
    attachment: ItemId,
    (to, meeting): (Option<&Path>, Meeting),
    output: Output,
) -> Done {
    let Meeting {
        timeout,
        reach,
        peer,
    } = meeting;
    let to = to.map(absolute).transpose()?;
    let (engine, events) = online::open(profile, &reach, None, peer)?;
    let got = find_network(&engine, given).and_then(|network| {
        let deadline = Instant::now() + Duration::from_secs(timeout);
        wait(
            &engine,
            &events,
            (network, attachment),
            to.as_deref(),
            deadline,
        )
    });
    engine.close();
    Ok(output.put(&got?)?)
}

/// Tries until it is here, again with each who comes.
fn wait(
    engine: &Engine,
    events: &Receiver<Event>,
    (network, attachment): (NetworkId, ItemId),
    to: Option<&Path>,
    deadline: Instant,
) -> Result<serde_json::Value, Failure> {
    loop {
        let command = match to {
            Some(path) => AttachmentCommand::Save {
                network,
                attachment,
                path: path.to_owned(),
                over: false,
            },
            None => AttachmentCommand::Fetch {
                network,
                attachment,
            },
        };
        let error = match engine.call(Command::Attachment(command)) {
            Ok(answer) => return Ok(answer),
            Err(error) => error,
        };
        if !may_come(&error) || Instant::now() >= deadline {
            return Err(error.into());
        }
        online::next(events, deadline.min(Instant::now() + AGAIN))?;
    }
}

/// Whether somebody who comes could change it.
fn may_come(error: &CommandError) -> bool {
    matches!(
        error.code.as_str(),
        "file-nobody-reachable" | "file-not-given" | "file-damaged-here" | "not-found"
    )
}

/// A page or a meeting, as it was typed.
pub(crate) fn document(text: &str) -> Result<DocId, String> {
    text.parse()
        .map_err(|error: tresse_engine::model::IdError| error.to_string())
}
