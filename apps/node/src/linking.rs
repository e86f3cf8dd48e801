//! The verbs about a person's machines: `device …`, and `member return-ticket`.

use std::{
    collections::BTreeSet,
    io::{self, IsTerminal, Write},
    sync::mpsc::{Receiver, RecvTimeoutError, TryRecvError, channel},
    time::{Duration, Instant},
};

use serde_json::json;
use tresse_engine::{
    Command, Engine, Event, LinkingState, LinkingView,
    model::{DeviceId, MemberId, NetworkId},
};

use crate::{
    args::Linking,
    online,
    output::{Failure, Output},
    passphrase::Profile,
    verbs::find_network,
};

type Done = Result<(), Failure>;

/// How often the person's answer is looked for while events are waited for.
const BLINK: Duration = Duration::from_millis(50);

/// Shows a ticket, and waits until another machine has come with it.
pub(crate) fn link(profile: &Profile, how: &Linking, output: Output) -> Done {
    let command = Command::DeviceLinkOffer {
        label: how.label.clone(),
    };
    link_with(profile, command, how, output)
}

/// Becomes a further machine of the person who made the ticket, or of the one who comes back with it.
pub(crate) fn accept(profile: &Profile, ticket: String, how: &Linking, output: Output) -> Done {
    let command = Command::DeviceLinkAccept {
        ticket,
        label: how.label.clone(),
    };
    link_with(profile, command, how, output)
}

/// Shows a ticket by which somebody comes back, and waits until they have come with it and the code was confirmed.
pub(crate) fn return_ticket(
    profile: &Profile,
    network: &str,
    member: MemberId,
    how: &Linking,
    output: Output,
) -> Done {
    let (engine, events) = online::open(profile, &how.reach, how.listen, Vec::new())?;
    let network = find_network(&engine, network);
    let come = network.and_then(|network| {
        let command = Command::MemberReturnOffer { network, member };
        begin_and_wait(&engine, &events, command, how, output)
    });
    engine.close();
    finish(&come?, output)
}

fn finish(linked: &LinkingView, output: Output) -> Done {
    Ok(output.put(&json!({
        "networks": linked.networks, "name": linked.name, "label": linked.label,
    }))?)
}

fn link_with(profile: &Profile, command: Command, how: &Linking, output: Output) -> Done {
    let (engine, events) = online::open(profile, &how.reach, how.listen, Vec::new())?;
    let linked = begin_and_wait(&engine, &events, command, how, output);
    engine.close();
    finish(&linked?, output)
}

fn begin_and_wait(
    engine: &Engine,
    events: &Receiver<Event>,
    command: Command,
    how: &Linking,
    output: Output,
) -> Result<LinkingView, Failure> {
    let answer = engine.call(command)?;
    if answer.get("ticket").is_some() {
        output.put(&answer)?;
    }
    let deadline = Instant::now() + Duration::from_secs(how.timeout);
    let mut person = Person::new(how.assume_same);
    let mut in_step = BTreeSet::new();
    let mut linking = None;
    while Instant::now() < deadline {
        match events.recv_timeout(BLINK) {
            Ok(Event::Linking(step)) => {
                person.hears(engine, &step, output)?;
                linking = Some(step);
            }
            Ok(Event::InStep { network, .. }) => {
                in_step.insert(network);
            }
            Ok(_) | Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return Err(stopped()),
        }
        person.answers(engine)?;
        if let Some(failure) = linking.as_ref().and_then(failed) {
            return Err(failure);
        }
        let mut all = |step: &mut LinkingView| match step.state {
            LinkingState::Done => step.networks.iter().all(|id| in_step.contains(id)),
            // What is left is for other members to say.
            LinkingState::Pending { .. } => !step.takes,
            _ => false,
        };
        if let Some(done) = linking.take_if(&mut all) {
            return Ok(done);
        }
    }
    Err(too_late(linking.as_ref()))
}

fn failed(step: &LinkingView) -> Option<Failure> {
    match &step.state {
        LinkingState::Failed { code, message } => Some(Failure::new(code, message)),
        _ => None,
    }
}

fn stopped() -> Failure {
    Failure::new("closed", "the engine stopped by itself: the log says why")
}

fn too_late(step: Option<&LinkingView>) -> Failure {
    match step.map(|step| &step.state) {
        Some(LinkingState::Pending { .. }) => Failure::new(
            "link-pending",
            "other members must consent first: it goes on by itself, whenever this device and the one \
             that made the ticket are connected",
        ),
        Some(LinkingState::Done) => Failure::new(
            "timeout",
            "the devices are linked, but the documents have not all arrived: run `sync` when a member \
             is there",
        ),
        Some(LinkingState::Compare { .. } | LinkingState::Waiting { .. }) => Failure::new(
            "timeout",
            "the code was not confirmed on both devices in time: begin again",
        ),
        _ => Failure::new(
            "unreachable",
            "the other device did not come, or could not be reached: is it online, or on the same \
             network?",
        ),
    }
}

/// The person at this machine, and what they say of the code.
struct Person {
    assumes: bool,
    /// The code shown here, and where the answer comes from.
    asked: Option<(String, Receiver<String>)>,
    told: Option<LinkingState>,
}

impl Person {
    const fn new(assumes: bool) -> Self {
        Self {
            assumes,
            asked: None,
            told: None,
        }
    }

    /// Is shown what there is to see.
    fn hears(&mut self, engine: &Engine, step: &LinkingView, output: Output) -> Done {
        match &step.state {
            LinkingState::Compare { code, .. } if self.asked.is_none() => {
                output.put(&json!({
                    "compare": code, "name": step.name, "label": step.label,
                }))?;
                if self.assumes {
                    engine.call(Command::DeviceLinkConfirm {})?;
                    // Once is enough, whatever is heard of it again.
                    self.asked = Some((code.clone(), channel().1));
                } else {
                    self.asked = Some((code.clone(), ask()?));
                }
            }
            LinkingState::Pending { have, need } if self.told.as_ref() != Some(&step.state) => {
                output.put(&json!({ "pending": { "have": have, "need": need } }))?;
                self.told = Some(step.state.clone());
            }
            _ => {}
        }
        Ok(())
    }

    /// Says what they typed, once they have.
    fn answers(&mut self, engine: &Engine) -> Done {
        let Some((code, typed)) = &self.asked else {
            return Ok(());
        };
        let line = match typed.try_recv() {
            Ok(line) => line,
            Err(TryRecvError::Empty | TryRecvError::Disconnected) => return Ok(()),
        };
        let digits: String = line.chars().filter(char::is_ascii_digit).collect();
        let command = if digits == *code {
            Command::DeviceLinkConfirm {}
        } else {
            Command::DeviceLinkCancel { differs: true }
        };
        match engine.call(command) {
            // It ended meanwhile, and how is heard next.
            Err(error) if error.code == "link-nothing-to-confirm" => Ok(()),
            answer => Ok(answer.map(drop)?),
        }
    }
}

/// Asks for the code that the other machine shows: the first line of the standard input.
fn ask() -> Result<Receiver<String>, Failure> {
    if io::stdin().is_terminal() {
        write!(
            io::stderr(),
            "Type the code that the other device shows, and Enter: "
        )?;
    }
    let (sender, typed) = channel();
    std::thread::Builder::new()
        .name("code".into())
        .spawn(move || {
            let mut line = String::new();
            let read = io::stdin().read_line(&mut line);
            if read.is_ok_and(|bytes| bytes > 0) && sender.send(line).is_err() {
                tracing::debug!("the answer came after the end");
            }
        })?;
    Ok(typed)
}

/// Lists this person's machines in a network.
pub(crate) fn list(engine: &Engine, network: &NetworkId, output: Output) -> Done {
    let view = engine.fresh_view()?;
    let members = view
        .network(network)
        .map(|network| &network.members.members);
    let me = members.into_iter().flatten().filter(|member| member.is_me);
    for machine in me.flat_map(|me| &me.machines) {
        output.put(&serde_json::to_value(machine)?)?;
    }
    Ok(())
}

/// Says that a machine is lost or stolen.
pub(crate) fn revoke(
    engine: &Engine,
    network: NetworkId,
    device: DeviceId,
    output: Output,
) -> Done {
    Ok(output.put(&engine.call(Command::DeviceRevoke { network, device })?)?)
}
