//! Invitations: made, listed, closed, and read again from a file.

use std::{
    fs::{self, OpenOptions},
    io::{ErrorKind, Write as _},
    path::{Path, PathBuf},
};

use serde_json::json;
use tresse_engine::{Command, Engine, InvitationView, MembersView, NetCommand};

use crate::{
    args::{InviteVerb, NewInvitation},
    output::{Failure, Output},
    verbs::{Done, find_network},
};

/// A file longer than this holds no ticket.
const LONGEST: u64 = 64 * 1024;

pub(crate) fn run(
    engine: &Engine,
    new: NewInvitation,
    verb: Option<InviteVerb>,
    output: Output,
) -> Done {
    match verb {
        None => make(engine, new, output),
        Some(InviteVerb::List { network, all }) => list(engine, &network, all, output),
        Some(InviteVerb::Revoke {
            network,
            invitation,
        }) => {
            let network = find_network(engine, &network)?;
            let command = Command::InviteRevoke {
                network,
                invitation,
            };
            Ok(output.put(&engine.call(command)?)?)
        }
    }
}

fn make(engine: &Engine, new: NewInvitation, output: Output) -> Done {
    let network = find_network(engine, &new.network.unwrap_or_default())?;
    let files = [&new.qr, &new.save].into_iter().flatten();
    for file in files {
        is_free(file)?;
    }
    let command = Command::InviteCreate {
        network,
        uses: new.uses,
        expires_in: new.expires,
    };
    let mut answer = engine.call(command)?;
    let text = |field: &str| answer[field].as_str().unwrap_or_default().to_owned();
    let (ticket, code) = (text("ticket"), text("qr"));
    if let Some(file) = new.qr {
        draw_qr(&code, &file)?;
        answer["file"] = json!(file);
    }
    if let Some(file) = new.save {
        write_ticket(&ticket, &file)?;
        answer["saved"] = json!(file);
    }
    Ok(output.put(&answer)?)
}

/// Says where this machine is.
pub(crate) fn address(engine: &Engine, qr: Option<PathBuf>, output: Output) -> Done {
    let mut answer = engine.call(Command::Net(NetCommand::Address {}))?;
    if let Some(file) = qr {
        is_free(&file)?;
        draw_qr(answer["qr"].as_str().unwrap_or_default(), &file)?;
        answer["file"] = json!(file);
    }
    Ok(output.put(&answer)?)
}

/// Nothing is ever written over.
fn is_free(file: &Path) -> Done {
    if file.symlink_metadata().is_ok() {
        let message = format!("{} is there already", file.display());
        return Err(Failure::new("file-exists", message));
    }
    Ok(())
}

fn list(engine: &Engine, given: &str, all: bool, output: Output) -> Done {
    let network = find_network(engine, given)?;
    let view = engine.fresh_view()?;
    let Some(net) = view.network(&network) else {
        let message = format!("there is no network {network} in this profile");
        return Err(Failure::new("no-network", message));
    };
    let members = &net.members;
    let past = members.past_invitations.iter().filter(|_| all);
    for invitation in members.invitations.iter().chain(past) {
        output.put(&line(members, invitation))?;
    }
    Ok(())
}

fn line(members: &MembersView, invitation: &InvitationView) -> serde_json::Value {
    let came = invitation.used_by.iter();
    let came = came.map(|member| json!({ "member": member, "name": members.name_of(member) }));
    json!({
        "invitation": invitation.id, "state": invitation.state, "by": invitation.by,
        "name": members.name_of(&invitation.by), "made": invitation.made,
        "expires": invitation.expires, "uses": invitation.uses,
        "uses_left": invitation.uses_left, "awaits": invitation.awaits,
        "used_by": came.collect::<Vec<_>>(),
    })
}

/// The ticket given, else the one in the file.
pub(crate) fn ticket(given: Option<String>, file: Option<&Path>) -> Result<String, Failure> {
    let Some(file) = file else {
        return Ok(given.unwrap_or_default());
    };
    let failed = |error: std::io::Error| {
        let code = match error.kind() {
            ErrorKind::InvalidData => "ticket-not-a-ticket",
            _ => "io",
        };
        Failure::new(code, format!("{}: {error}", file.display()))
    };
    if fs::metadata(file).map_err(failed)?.len() > LONGEST {
        let message = format!("{} is no ticket: it is too long", file.display());
        return Err(Failure::new("ticket-not-a-ticket", message));
    }
    fs::read_to_string(file).map_err(failed)
}

fn write_ticket(ticket: &str, file: &Path) -> Done {
    let opened = OpenOptions::new().write(true).create_new(true).open(file);
    opened
        .and_then(|mut out| writeln!(out, "{ticket}"))
        .map_err(|error| Failure::new("io", format!("{}: {error}", file.display())))
}

/// The ticket as a picture that a neighbour's camera reads.
fn draw_qr(text: &str, file: &Path) -> Done {
    let code =
        qrcode::QrCode::with_error_correction_level(text, qrcode::EcLevel::L).map_err(|error| {
            Failure::new("qr", format!("the ticket does not fit a QR code: {error}"))
        })?;
    let picture = code
        .render::<image::Luma<u8>>()
        .module_dimensions(6, 6)
        .build();
    picture
        .save_with_format(file, image::ImageFormat::Png)
        .map_err(|error| Failure::new("io", format!("{}: {error}", file.display())))
}
