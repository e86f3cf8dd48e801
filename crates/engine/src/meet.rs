//! Two replicas on one machine meet without a socket: the real protocol, frame by frame.
//!
//! The demo is made this way, and tests whose subject is not the network.

use std::collections::VecDeque;

use tresse_model::{DocId, NetworkId};
use tresse_sync::{Effect, JoinRequest, Role, Session};

use crate::{Command, CommandError, Moment, Replica, replica::HostAt};

/// Brings two replicas into step over every network they share.
pub(crate) fn meet(a: &mut Replica, b: &mut Replica, moment: &Moment) -> Result<(), CommandError> {
    talk(a, b, None, moment).and_then(|refused| all_taken(&refused))
}

/// As [`meet`], where documents that either of the two refuses are left aside.
#[cfg(test)]
pub(crate) fn meet_whatever_is_refused(
    a: &mut Replica,
    b: &mut Replica,
    moment: &Moment,
) -> Result<(), CommandError> {
    talk(a, b, None, moment).map(drop)
}

/// A document that one of the two refused, and the stable word for why.
type Refused = Vec<(DocId, &'static str)>;

fn all_taken(refused: &[(DocId, &str)]) -> Result<(), CommandError> {
    match refused.first() {
        None => Ok(()),
        Some((doc, code)) => Err(CommandError::new(*code, format!("{doc} was refused"))),
    }
}

/// `host` invites, `newcomer` joins and receives everything.
pub(crate) fn invite_in(
    host: &mut Replica,
    newcomer: &mut Replica,
    network: &NetworkId,
    moment: &Moment,
) -> Result<(), CommandError> {
    let invite = Command::InviteCreate {
        network: *network,
        uses: 1,
        expires_in: 3600,
    };
    let answer = host.execute(invite, moment)?;
    host.commit()?;
    let ticket = answer
        .get("ticket")
        .and_then(serde_json::Value::as_str)
        .unwrap_or_default();
    let (_, request) = newcomer.join_request(ticket, moment)?;
    talk(newcomer, host, Some(request), moment).and_then(|refused| all_taken(&refused))?;
    if newcomer.network_ids().contains(network) {
        Ok(())
    } else {
        Err(CommandError::new(
            "not-admitted",
            "the newcomer was not let in",
        ))
    }
}

fn talk(
    dialer: &mut Replica,
    listener: &mut Replica,
    join: Option<JoinRequest>,
    moment: &Moment,
) -> Result<Refused, CommandError> {
    let mut refused = Refused::new();
    let exporter = moment.random();
    let (here, there) = (dialer.device(), listener.device());
    let mut one = Session::new(Role::Dialer, exporter, here, there, moment.random(), join);
    let mut other = Session::new(Role::Listener, exporter, there, here, moment.random(), None);
    let mut to_other = VecDeque::new();
    let mut to_one = VecDeque::new();
    let effects = one.start(&mut HostAt {
        replica: dialer,
        moment,
    });
    post(dialer, effects, &mut to_other, &mut refused)?;
    let effects = other.start(&mut HostAt {
        replica: listener,
        moment,
    });
    post(listener, effects, &mut to_one, &mut refused)?;
    loop {
        if let Some(frame) = to_other.pop_front() {
            let effects = other.receive(
                &mut HostAt {
                    replica: listener,
                    moment,
                },
                &frame,
            );
            post(listener, effects, &mut to_one, &mut refused)?;
        } else if let Some(frame) = to_one.pop_front() {
            let effects = one.receive(
                &mut HostAt {
                    replica: dialer,
                    moment,
                },
                &frame,
            );
            post(dialer, effects, &mut to_other, &mut refused)?;
        } else {
            break;
        }
    }
    one.ended(&mut HostAt {
        replica: dialer,
        moment,
    });
    other.ended(&mut HostAt {
        replica: listener,
        moment,
    });
    dialer.commit()?;
    listener.commit()?;
    Ok(refused)
}

/// Commits, then hands frames over: what a frame claims is on disk.
fn post(
    replica: &mut Replica,
    effects: Vec<Effect>,
    frames: &mut VecDeque<Vec<u8>>,
    refused: &mut Refused,
) -> Result<(), CommandError> {
    replica.commit()?;
    for effect in effects {
        match effect {
            Effect::Send(frame) => frames.push_back(frame),
            Effect::InStep(network) => replica.in_step(&network),
            Effect::DocumentRefused { doc, code, .. } => refused.push((doc, code)),
            _ => {}
        }
    }
    Ok(())
}
