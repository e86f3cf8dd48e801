//! Each verb of the command line.

use std::{
    fs::File,
    io::{self, BufRead, BufReader, IsTerminal},
    path::{Path, PathBuf},
};

use serde_json::{Value, json};
use tresse_engine::{
    Command, ContributionCommand, DecisionCommand, Engine, GroupView, MeetingCommand, NetworkView,
    PlanView, Progress,
    model::{DocId, DocKind, NetworkId, Scale, fold},
};

use crate::{
    args::{
        Args, BundleVerb, DeviceVerb, FileVerb, ImportWhat, MemberVerb, NetworkVerb, Verb, What,
    },
    filing, inviting, linking, online,
    output::{Failure, Output},
    passphrase::{self, Profile},
    past, searching,
};

pub(crate) type Done = Result<(), Failure>;

pub(crate) fn run(args: Args, output: Output) -> Done {
    let dir = profile_dir(args.profile)?;
    let profile = Profile::new(dir, args.passphrase_file.as_deref())?;
    match args.verb {
        Verb::Init {
            name,
            lang,
            keyring,
        } => {
            profile.init(&name, &lang, keyring)?;
            with(&profile, |engine| {
                let me = &engine.fresh_view()?.me;
                Ok(output.put(&json!({
                    "profile": profile.dir, "device": me.device, "member": me.member,
                    "protection": passphrase::words(&engine.protection()),
                }))?)
            })
        }
        Verb::Restore { file } => {
            let restored = profile.restore(&file)?;
            with(&profile, |engine| {
                let me = &engine.fresh_view()?.me;
                Ok(output.put(&json!({
                    "profile": profile.dir, "device": me.device, "name": me.name,
                    "protection": passphrase::words(&engine.protection()),
                    "files": restored.files, "files_lost": restored.lost,
                }))?)
            })
        }
        Verb::Passphrase(verb) => passphrase::run(&profile, verb, output),
        Verb::Commands => {
            let schema = Command::schema();
            if output.json {
                return Ok(output.put(&schema)?);
            }
            let pretty = serde_json::to_string_pretty(&schema)?;
            Ok(io::Write::write_all(
                &mut io::stdout().lock(),
                format!("{pretty}\n").as_bytes(),
            )?)
        }
        Verb::Join {
            ticket,
            file,
            timeout,
            reach,
        } => {
            let ticket = inviting::ticket(ticket, file.as_deref())?;
            online::join(&profile, &ticket, timeout, &reach, output)
        }
        Verb::Serve {
            reach,
            listen,
            metrics,
        } => online::serve(&profile, &reach, listen, metrics, output),
        Verb::Sync {
            timeout,
            reach,
            peer,
        } => online::sync(&profile, timeout, &reach, peer, output),
        Verb::Meet { at, timeout, reach } => online::meet(&profile, &at, timeout, &reach, output),
        Verb::Device(DeviceVerb::Link(how)) => linking::link(&profile, &how, output),
        Verb::Device(DeviceVerb::Accept { ticket, how }) => {
            linking::accept(&profile, ticket, &how, output)
        }
        Verb::Member(MemberVerb::ReturnTicket {
            network,
            member,
            how,
        }) => linking::return_ticket(&profile, &network, member, &how, output),
        Verb::File(FileVerb::Fetch {
            network,
            attachment,
            meeting,
        }) => filing::get(&profile, &network, attachment, (None, meeting), output),
        Verb::File(FileVerb::Save {
            network,
            attachment,
            file,
            meeting,
        }) => filing::get(
            &profile,
            &network,
            attachment,
            (Some(&file), meeting),
            output,
        ),
        Verb::Check { repair } => check(&profile, repair, output),
        verb => with(&profile, |engine| offline(&profile, engine, verb, output)),
    }
}

/// Verbs that need the profile and no peer.
fn offline(profile: &Profile, engine: &Engine, verb: Verb, output: Output) -> Done {
    let network = |given: &str| find_network(engine, given);
    match verb {
        Verb::Whoami => output.put(&who_am_i(engine)?)?,
        Verb::Demo { lang } => output.put(&engine.call(Command::DemoCreate { lang })?)?,
        Verb::Network(NetworkVerb::Create {
            name,
            template,
            template_file,
        }) => create(engine, name, template, template_file.as_deref(), output)?,
        Verb::Network(NetworkVerb::List) => {
            for network in &engine.fresh_view()?.networks {
                output.put(&json!({
                    "network": network.id,
                    "name": network.name,
                    "members": network.members.members.len(),
                    "documents": engine.digest(&network.id)?.len(),
                }))?;
            }
        }
        Verb::Invite { new, verb } => inviting::run(engine, new, verb, output)?,
        Verb::Address { qr } => inviting::address(engine, qr, output)?,
        Verb::Device(DeviceVerb::List { network: given }) => {
            linking::list(engine, &network(&given)?, output)?;
        }
        Verb::Device(DeviceVerb::Revoke {
            network: given,
            device,
        }) => linking::revoke(engine, network(&given)?, device, output)?,
        Verb::Run {
            file,
            stop_on_error,
        } => run_commands(engine, &file, stop_on_error)?,
        Verb::View {
            network: given,
            what,
            id,
        } => {
            output.put(&view(engine, network(&given)?, what, id.as_deref())?)?;
        }
        verb @ (Verb::History { .. }
        | Verb::Diff { .. }
        | Verb::Hands { .. }
        | Verb::Lines { .. }) => {
            past::run(engine, verb, output)?;
        }
        verb @ Verb::Search { .. } => searching::run(engine, verb, output)?,
        Verb::Digest { network: given } => {
            output.put(&json!({ "documents": engine.digest(&network(&given)?)? }))?;
        }
        Verb::Photo {
            network: given,
            file,
            ..
        } => photo(engine, &network(&given)?, file.as_deref(), output)?,
        Verb::Import {
            network: given,
            what: ImportWhat::Page { file },
        } => {
            let page = engine.import_page(&network(&given)?, &file)?;
            output.put(&json!({ "page": page }))?;
        }
        Verb::File(verb) => filing::run(engine, verb, output)?,
        Verb::Bundle(verb) => bundle(engine, verb, output)?,
        Verb::Export {
            network: given,
            to,
            format,
        } => {
            let progress = Progress::default();
            let files = engine.export(&network(&given)?, &to, format.into(), &progress)?;
            output.put(&json!({ "files": files }))?;
        }
        Verb::Backup { file, files } => output.put(&profile.backup(engine, &file, files)?)?,
        // The others are dealt with before the profile is opened.
        _ => return Err(Failure::new("internal", "this verb has no place here")),
    }
    Ok(())
}

/// Sets my picture, or takes it away.
fn photo(engine: &Engine, network: &NetworkId, file: Option<&Path>, output: Output) -> Done {
    engine.set_photo(network, file)?;
    output.put(&json!({ "photo": file.is_some() }))?;
    Ok(())
}

fn who_am_i(engine: &Engine) -> Result<Value, Failure> {
    let view = engine.fresh_view()?;
    let networks: Vec<_> = view.networks.iter().map(|network| network.id).collect();
    let me = &view.me;
    Ok(json!({
        "device": me.device, "member": me.member, "name": me.name, "lang": me.lang,
        "profile": engine.dir(), "networks": networks,
        "protection": passphrase::words(&engine.protection()),
        "internet": me.internet, "relay": me.relay, "lan": me.lan, "presence": me.presence,
    }))
}

/// Founds a network. A template file is read first: one that is broken founds nothing.
fn create(
    engine: &Engine,
    name: String,
    template: Option<String>,
    file: Option<&Path>,
    output: Output,
) -> Done {
    let text = file.map(tresse_engine::read_template).transpose()?;
    let answer = engine.call(Command::NetworkCreate { name, template })?;
    if let (Some(template), Some(network)) = (text, answer["network"].as_str()) {
        engine.call(Command::TemplateApply {
            network: find_network(engine, network)?,
            template: Some(template),
            parts: Vec::new(),
            lang: None,
        })?;
    }
    output.put(&answer)?;
    Ok(())
}

fn bundle(engine: &Engine, verb: BundleVerb, output: Output) -> Done {
    match verb {
        BundleVerb::Make {
            network,
            file,
            device,
        } => {
            let made = engine.bundle(&find_network(engine, &network)?, device, &file)?;
            output.put(&json!({
                "file": file, "bytes": made.bytes, "documents": made.documents,
                "left_out": made.left_out,
            }))?;
        }
        BundleVerb::Take { file } => {
            let taken = engine.take_bundle(&file, &Progress::default())?;
            output.put(&json!(taken))?;
        }
    }
    Ok(())
}

/// Opens the profile without peers, does the work, closes.
fn with(profile: &Profile, work: impl FnOnce(&Engine) -> Done) -> Done {
    let engine = profile.open()?;
    let done = work(&engine);
    engine.close();
    done
}

fn profile_dir(given: Option<PathBuf>) -> Result<PathBuf, Failure> {
    if let Some(dir) = given {
        return Ok(dir);
    }
    tresse_engine::default_profile()
        .ok_or_else(|| Failure::new("no-profile", "no home folder: name one with --profile DIR"))
}

/// The network with this id, else the only one with this name.
pub(crate) fn find_network(engine: &Engine, given: &str) -> Result<NetworkId, Failure> {
    if let Ok(network) = given.parse() {
        return Ok(network);
    }
    let view = engine.fresh_view()?;
    let mut named = view.networks.iter().filter(|network| network.name == given);
    match (named.next(), named.next()) {
        (Some(network), None) => Ok(network.id),
        (None, _) => Err(Failure::new(
            "no-network",
            format!("there is no network « {given} » here"),
        )),
        _ => Err(Failure::new(
            "ambiguous",
            format!("several networks are called « {given} »: give the id"),
        )),
    }
}

/// The document with this id, or the network's one of this kind.
pub(crate) fn find_doc(network: &NetworkId, given: &str) -> Result<DocId, Failure> {
    let singles = [
        DocKind::Network,
        DocKind::Charter,
        DocKind::Plan,
        DocKind::Resources,
    ];
    if let Some(kind) = singles.into_iter().find(|kind| kind.word() == given) {
        return Ok(DocId::singleton(network, kind));
    }
    given.parse().map_err(|_| {
        Failure::new(
            "no-document",
            format!("« {given} » is neither a document nor a kind of one"),
        )
    })
}

fn view(engine: &Engine, id: NetworkId, what: What, page: Option<&str>) -> Result<Value, Failure> {
    let opened = match what {
        What::Page | What::Meeting | What::Decision => {
            Some(find_doc(&id, page.unwrap_or_default())?)
        }
        _ => None,
    };
    if let Some(doc) = opened {
        engine.call(match what {
            What::Meeting => Command::Meeting(MeetingCommand::Open {
                network: id,
                meeting: doc,
            }),
            What::Decision => Command::Decision(DecisionCommand::Open {
                network: id,
                decision: doc,
            }),
            _ => Command::PageOpen {
                network: id,
                page: doc,
            },
        })?;
    }
    if let What::Contributions = what {
        let open = ContributionCommand::Open { network: id };
        engine.call(Command::Contribution(open))?;
    }
    let view = engine.fresh_view()?;
    let network = view.network(&id).ok_or_else(|| {
        Failure::new(
            "no-network",
            format!("there is no network {id} in this profile"),
        )
    })?;
    Ok(match what {
        What::Home => serde_json::to_value(&*network.home)?,
        What::Overview => {
            let mut overview = serde_json::to_value(&*network.overview)?;
            overview["suggested"] = serde_json::to_value(&network.frame.parts)?;
            overview
        }
        What::Charter => {
            let mut charter = serde_json::to_value(&*network.charter)?;
            charter["versions"] = serde_json::to_value(&*network.charter_versions)?;
            charter
        }
        What::Plan => plan(&network.plan, page)?,
        What::Filters => serde_json::to_value(&*network.filters)?,
        What::Groups => serde_json::to_value(&*network.groups)?,
        What::Group => {
            let group = find_group(network, page.unwrap_or_default())?;
            let meetings = network.meetings.meetings.iter();
            let its: Vec<_> = meetings
                .filter(|meeting| meeting.group == Some(group.content.id))
                .collect();
            let mut view = serde_json::to_value(group)?;
            view["meetings"] = serde_json::to_value(its)?;
            view
        }
        What::Pages => serde_json::to_value(&*network.library)?,
        What::Page => serde_json::to_value(network.open_pages.first())?,
        What::Meetings => serde_json::to_value(&*network.meetings)?,
        What::Meeting => serde_json::to_value(network.open_meetings.first())?,
        What::Decisions => serde_json::to_value(&*network.decisions)?,
        What::Decision => serde_json::to_value(network.open_decisions.first())?,
        What::Closing => serde_json::to_value(&*network.closing)?,
        What::Evaluation => serde_json::to_value(&*network.evaluation)?,
        What::Contributions => serde_json::to_value(&network.contributions)?,
        What::Files => json!({
            "files": *network.files, "keep": network.keep_files, "here": *view.files,
        }),
        What::Watch => serde_json::to_value(&*network.watch)?,
        What::Digest => {
            let ready = view.digest.ready.iter().find(|one| one.network == id);
            let arrived = view.digest.arrived.iter().find(|one| one.network == id);
            json!({ "settings": view.digest.settings, "ready": ready, "arrived": arrived })
        }
        What::Resources => serde_json::to_value(&*network.resources)?,
        What::Toolbox => serde_json::to_value(tresse_engine::sheets(&view.me.lang))?,
        What::Roles => serde_json::to_value(&*network.piloting)?,
        What::Members => serde_json::to_value(&*network.members)?,
        What::Status => json!({ "sync": network.sync, "status": view.status }),
    })
}

/// The plan; with a territory or a scale named, only the actions that are there.
fn plan(plan: &PlanView, territory: Option<&str>) -> Result<Value, Failure> {
    let Some(territory) = territory else {
        return Ok(serde_json::to_value(plan)?);
    };
    let mut plan = plan.clone();
    let wanted = fold(territory.trim());
    let scale = Scale::from_word(territory.trim());
    plan.content.actions.retain(|action| match scale {
        Some(scale) => action.territory_scale == Some(scale),
        None => fold(action.territory.trim()) == wanted,
    });
    Ok(serde_json::to_value(plan)?)
}

/// The working group with this id, else the only one with this name.
fn find_group<'a>(network: &'a NetworkView, given: &str) -> Result<&'a GroupView, Failure> {
    let groups = || network.groups.iter();
    if let Some(group) = groups().find(|group| group.content.id.to_string() == given) {
        return Ok(group);
    }
    let mut named = groups().filter(|group| group.content.name == given);
    match (named.next(), named.next()) {
        (Some(group), None) => Ok(group),
        (None, _) => Err(Failure::new(
            "not-found",
            format!("there is no working group « {given} » here"),
        )),
        _ => Err(Failure::new(
            "ambiguous",
            format!("several working groups are called « {given} »: give the id"),
        )),
    }
}

/// One command a line, one answer a line, in order. Always JSON, whatever `--json` says.
fn run_commands(engine: &Engine, file: &str, stop_on_error: bool) -> Done {
    let mut input: Box<dyn BufRead> = if file == "-" {
        if io::stdin().is_terminal() {
            tracing::info!("reading commands from the terminal, one JSON object a line");
        }
        Box::new(BufReader::new(io::stdin()))
    } else {
        let opened =
            File::open(file).map_err(|error| Failure::new("io", format!("{file}: {error}")))?;
        Box::new(BufReader::new(opened))
    };
    let output = Output { json: true };
    let mut line = Vec::new();
    while {
        line.clear();
        input.read_until(b'\n', &mut line)? > 0
    } {
        // What is not UTF-8 is not JSON either: it is answered like any other mistake.
        let text = String::from_utf8_lossy(&line);
        if text.trim().is_empty() {
            continue;
        }
        match Command::parse(&text).and_then(|command| engine.call(command)) {
            Ok(answer) => output.put(&json!({ "ok": answer }))?,
            Err(error) => {
                output.put(&json!({ "error": error }))?;
                if stop_on_error {
                    return Err(Failure::answered());
                }
            }
        }
    }
    Ok(())
}

fn check(profile: &Profile, repair: bool, output: Output) -> Done {
    let engine = match profile.open() {
        Ok(engine) => engine,
        Err(error) if error.is_damage() => {
            let failure = Failure::from(error);
            let problem = json!({ "code": failure.code, "message": failure.message });
            output.put(&json!({ "ok": false, "problems": [problem] }))?;
            return Err(Failure::answered());
        }
        Err(error) => return Err(error.into()),
    };
    if repair {
        engine.repair()?;
    }
    let problems = engine.check()?;
    engine.close();
    output.put(&json!({ "ok": problems.is_empty(), "problems": problems }))?;
    if problems.is_empty() {
        Ok(())
    } else {
        Err(Failure::answered())
    }
}
