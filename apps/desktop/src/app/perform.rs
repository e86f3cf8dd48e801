//! Doing what views asked for, once the pass is over; and taking what jobs brought back.

use egui::Context;
use tresse_engine::{
    Command, CommandError, DecisionCommand, MeetingCommand, Search, SearchHit, WatchCommand,
    is_address,
    model::{DocKind, ItemId, NetworkId},
};

use super::{
    asks::{Ask, Dialogue, Long, Pick},
    command::UiCommand,
    errors, files,
    jobs::{self, Done, FileNotOpened},
    open::{Open, Shell},
    opened, past,
    place::{Place, Tab},
    prefs::Prefs,
    toast::Toast,
};
use crate::{
    i18n::I18n,
    theme::Tone,
    tr,
    views::{
        NetworkUi,
        differences::Differences,
        hands,
        history::History,
        home::FrameForm,
        members::{Forms, Invite},
        overview::TieForm,
        palette::Palette,
        passphrase::Form,
        reach::Reach,
        thumbnails,
    },
};

impl Open {
    #[allow(clippy::too_many_lines)] // One arm a request: splitting it would hide the table.
    pub(super) fn perform(&mut self, ctx: &Context, shell: &mut Shell<'_>, ask: Ask) {
        match ask {
            Ask::Send(command) => self.engine.send(command),
            Ask::SendTyped(field, command) => self.hand(field, command),
            Ask::Confirm(command) => self.drafts.form.handed(self.engine.hand(command)),
            Ask::Do(command) => self.command(ctx, shell, command),
            Ask::Go(place) => self.go(place),
            Ask::OpenPage(network, page) => {
                self.go(Place::Network(network, Tab::Library));
                self.open_page(network, page);
            }
            Ask::OpenMeeting(network, meeting) => {
                self.go(Place::Network(network, Tab::Meetings));
                self.open_meeting(network, meeting);
            }
            Ask::OpenRules(network) => self.go_in(network, Tab::Meetings).meetings.show_rules(),
            Ask::OpenDecision(network, decision) => {
                self.go(Place::Network(network, Tab::Decisions));
                self.open_decision(network, decision);
            }
            Ask::OpenWatch(network, item) => self.open_watch(network, item),
            Ask::SearchWatch(network, words) => {
                self.go_in(network, Tab::Watch).watch.look_for(words);
            }
            Ask::NewWatch(network) => self.go_in(network, Tab::Watch).watch.new_thing(),
            Ask::OpenResource(network, resource) => {
                self.go_in(network, Tab::Resources).resources.open(resource);
            }
            Ask::SearchResources(network, words) => {
                self.go_in(network, Tab::Resources)
                    .resources
                    .look_for(words);
            }
            Ask::NewResource(network) => {
                self.go_in(network, Tab::Resources).resources.new_thing();
            }
            Ask::OpenAction(network, action) => self.show(Dialogue::Action(network, action)),
            Ask::FindMember(network, name) => {
                self.go_in(network, Tab::Members).members.look_for(name);
            }
            Ask::OpenRoles(network, spot) => {
                self.go_in(network, Tab::Members).members.show_roles(spot);
            }
            ask @ (Ask::OpenPlan(..)
            | Ask::OpenObjective(..)
            | Ask::OpenOrientation(..)
            | Ask::OpenOwnObjective(..)) => self.open_in_plan(ask),
            Ask::ShowPulse(network) => {
                self.go_in(network, Tab::Evaluation).evaluation.show_pulse();
            }
            Ask::OpenGroup(network, group) => {
                self.go_in(network, Tab::Plan).plan.show_group(group);
            }
            Ask::OpenClosing(network) => self.go_in(network, Tab::Home).home.show_closing(),
            Ask::OpenOverview(network) => self.go_in(network, Tab::Home).home.show_overview(),
            Ask::LookAtPlan(network, look) => self.go_in(network, Tab::Plan).plan.look = look,
            Ask::OpenReport(folder) => {
                let report = self.engine.dir().join(folder).join("report.html");
                if let Some(url) = file_url(&report) {
                    ctx.open_url(egui::OpenUrl::new_tab(url));
                }
            }
            Ask::Tell(toast) => self.toasts.push(toast, self.time),
            Ask::Copy(text) => {
                ctx.copy_text(text);
                let told = Toast::new(Tone::Good, tr!(shell.words, "copied"));
                self.toasts.push(told, self.time);
            }
            Ask::Show(dialogue) => {
                if dialogue == Dialogue::Settings {
                    self.look_for_keyring(shell);
                }
                self.show(dialogue);
            }
            Ask::Close => self.close_dialogue(),
            Ask::ToLink => self.go_to_link(),
            Ask::LeaveLinking => self.leave_linking(),
            Ask::Stop(Long::Bundle) => self.carry.stop(),
            Ask::Stop(Long::Export) => drop(self.export.work.stop()),
            Ask::Stop(Long::Backup) => drop(self.backup.work.stop()),
            Ask::TakeUpLinking => self.linking.take_up(),
            Ask::Prefer(prefs) => prefer(ctx, shell, prefs),
            Ask::Speak(lang) => {
                *shell.words = I18n::new(lang);
                let lang = Some(lang.code().to_owned());
                self.engine.send(Command::MeSet {
                    name: None,
                    lang,
                    internet: None,
                    relay: None,
                    lan: None,
                    presence: None,
                });
            }
            slow => self.start(shell, slow),
        }
    }

    /// Shows something in the plan.
    fn open_in_plan(&mut self, ask: Ask) {
        match ask {
            Ask::OpenPlan(network, question) => {
                self.go_in(network, Tab::Plan).plan.ask(question);
            }
            Ask::OpenObjective(network, objective) => {
                let plan = &mut self.go_in(network, Tab::Plan).plan;
                plan.show_objective(objective);
            }
            Ask::OpenOrientation(network, orientation) => {
                let plan = &mut self.go_in(network, Tab::Plan).plan;
                plan.show_orientation(orientation);
            }
            Ask::OpenOwnObjective(network, member, own) => {
                self.go_in(network, Tab::Plan).plan.show_own(member, own);
            }
            // Others are shown elsewhere.
            _ => {}
        }
    }

    /// Starts what takes time.
    #[allow(clippy::too_many_lines)] // One arm a request: splitting it would hide the table.
    fn start(&mut self, shell: &mut Shell<'_>, ask: Ask) {
        let engine = self.engine.clone();
        let mut run = |name: &str, job: Box<dyn FnOnce() -> Done + Send>| {
            shell.worker.run(name, Done::NoThread, job);
        };
        match ask {
            Ask::Create {
                name,
                kinds,
                template,
            } => run(
                "create",
                Box::new(move || Done::Created(jobs::create(&engine, name, kinds, template))),
            ),
            Ask::Demo => {
                let lang = Some(shell.words.lang().code().to_owned());
                run(
                    "demo",
                    Box::new(move || {
                        Done::Demo(jobs::ask(&engine, Command::DemoCreate { lang }, "network"))
                    }),
                );
            }
            // An address goes where an invitation does.
            Ask::Join(text) if is_address(&text) => {
                self.add.rest();
                self.show(Dialogue::Meet);
                self.reach = Reach::begins_with(text);
            }
            Ask::Join(ticket) => run(
                "join",
                Box::new(move || Done::Joining(jobs::join(&engine, ticket))),
            ),
            Ask::OwnAddress => run(
                "address",
                Box::new(move || Done::OwnAddress(jobs::own_address(&engine))),
            ),
            Ask::Meet(at) => run(
                "meet",
                Box::new(move || Done::Dialled(jobs::meet(&engine, at))),
            ),
            Ask::Archive(network) => run(
                "archive",
                Box::new(move || Done::Archived(jobs::archive(&engine, network))),
            ),
            Ask::NewPage { network, title } => run(
                "page",
                Box::new(move || {
                    let command = Command::PageCreate {
                        network,
                        title,
                        tags: Vec::new(),
                        text: None,
                    };
                    Done::Page(network, jobs::ask(&engine, command, "page"))
                }),
            ),
            Ask::NewDecision {
                network,
                title,
                template,
            } => run(
                "decision",
                Box::new(move || {
                    let command = Command::Decision(DecisionCommand::Create {
                        network,
                        title,
                        meeting: None,
                        template: Some(template),
                        question: None,
                    });
                    Done::Decision(network, jobs::ask(&engine, command, "decision"))
                }),
            ),
            Ask::MakeDecision(network, command) => run(
                "decision",
                Box::new(move || Done::Decision(network, jobs::ask(&engine, command, "decision"))),
            ),
            ask @ (Ask::NewMeeting { .. } | Ask::FindDate { .. } | Ask::PrepareMeeting { .. }) => {
                let done = match ask {
                    Ask::FindDate { .. } => Done::FindDate,
                    _ => Done::Meeting,
                };
                if let Some((network, command)) = meeting_to_make(ask) {
                    run(
                        "meeting",
                        Box::new(move || {
                            done(network, jobs::ask(&engine, command.into(), "meeting"))
                        }),
                    );
                }
            }
            Ask::OpenFile(network, attachment, name) => {
                let opened = self.opened.clone();
                let file = (network, attachment, name);
                run(
                    "open file",
                    Box::new(move || jobs::open_file(&engine, &opened, file)),
                );
            }
            Ask::Thumbnail(network, attachment, blob) => run(
                "thumbnail",
                Box::new(move || {
                    // What has none is painted as any file, whatever the reason.
                    let small = engine.thumbnail(&network, &attachment);
                    Done::Thumbnail(blob, small.ok())
                }),
            ),
            Ask::MakePage(network, command) => run(
                "page",
                Box::new(move || Done::Page(network, jobs::ask(&engine, command, "page"))),
            ),
            Ask::MakeInvitation {
                network,
                uses,
                expires_in,
            } => run(
                "invite",
                Box::new(move || {
                    let command = Command::InviteCreate {
                        network,
                        uses,
                        expires_in,
                    };
                    Done::Invited(network, jobs::invite(&engine, command))
                }),
            ),
            Ask::Protect(wanted) => run(
                "protect",
                Box::new(move || Done::Protected(jobs::protect(&engine, wanted))),
            ),
            Ask::Search { network, query } => {
                let search = Search {
                    words: query,
                    network: Some(network),
                    kinds: vec![DocKind::Page],
                    ..Search::default()
                };
                run("search", Box::new(move || jobs::search(&engine, search)));
            }
            Ask::SearchAll(search) => {
                run("search", Box::new(move || jobs::search(&engine, search)));
            }
            Ask::Compare(network, wanted) => run(
                "compare",
                Box::new(move || jobs::compare(&engine, &network, wanted)),
            ),
            ask @ (Ask::History(..)
            | Ask::Hands(..)
            | Ask::Past(_)
            | Ask::Lines(..)
            | Ask::PutBack(_)) => {
                past::start(engine, shell, ask);
            }
            ask @ (Ask::OfferLink | Ask::AcceptLink(_)) => self.start_linking(shell, ask),
            ask @ (Ask::Import(..) | Ask::MakeBundle { .. }) => self.start_carrying(shell, ask),
            Ask::Export {
                network,
                what,
                name,
            } => self.start_export(shell, network, what, name),
            Ask::Backup { name, passphrase } => self.start_backup(shell, name, passphrase),
            Ask::OpenFolder(folder) => run(
                "folder",
                Box::new(move || match opened::show(&folder) {
                    Ok(()) => Done::Nothing,
                    Err(error) => Done::FolderNotShown(error),
                }),
            ),
            ask @ (Ask::Pick(_)
            | Ask::Print { .. }
            | Ask::SaveText { .. }
            | Ask::SaveFile(..)
            | Ask::SavePicture { .. }) => {
                files::start(engine, shell, ask);
            }
            // The rest was done at once.
            _ => {}
        }
    }

    fn command(&mut self, ctx: &Context, shell: &mut Shell<'_>, command: UiCommand) {
        match command {
            UiCommand::Undo | UiCommand::Redo => self.undo(shell.words, command == UiCommand::Undo),
            UiCommand::New => self.begin_new(shell.words),
            UiCommand::Find => {
                if let Place::Network(network, tab) = self.place {
                    let views = self.networks.entry(network).or_default();
                    match tab {
                        Tab::Plan => views.plan.find(),
                        Tab::Members => views.members.find(),
                        Tab::Decisions => views.decisions.find(),
                        Tab::Watch => views.watch.find(),
                        Tab::Resources => views.resources.find(),
                        _ => {
                            views.library.find();
                            self.go(Place::Network(network, Tab::Library));
                        }
                    }
                }
            }
            UiCommand::Preview => {
                if let Place::Network(network, tab) = self.place {
                    let views = self.networks.entry(network).or_default();
                    match tab {
                        Tab::Charter => views.charter.writing().toggle_preview(),
                        Tab::Meetings => {
                            if let Some(writing) = views.meetings.writing() {
                                writing.toggle_preview();
                            }
                        }
                        Tab::Decisions => {
                            if let Some(writing) = views.decisions.writing() {
                                writing.toggle_preview();
                            }
                        }
                        Tab::Library => {
                            if let Some(writing) = views.library.writing() {
                                writing.toggle_preview();
                            }
                        }
                        _ => {}
                    }
                }
            }
            UiCommand::Go(tab) => {
                if let Some(network) = self.place.network() {
                    self.go(Place::Network(network, tab));
                }
            }
            UiCommand::NextNetwork => self.step(1),
            UiCommand::PreviousNetwork => self.step(self.view.networks.len().saturating_sub(1)),
            UiCommand::AddNetwork => {
                self.add.reset();
                self.go(Place::Add);
            }
            UiCommand::Invite => {
                if let Some(network) = self.place.network() {
                    self.show(Dialogue::Invite(network));
                }
            }
            UiCommand::Export => {
                if let Some(network) = self.place.network() {
                    self.show(Dialogue::Carry(network, None));
                }
            }
            UiCommand::ExportFiles => {
                if let Some(network) = self.place.network() {
                    self.show(Dialogue::Export(network));
                }
            }
            UiCommand::Backup => self.show(Dialogue::Backup),
            UiCommand::Import => {
                let pick = Pick::Import(self.place.network());
                self.start(shell, Ask::Pick(pick));
            }
            UiCommand::Settings => {
                self.look_for_keyring(shell);
                self.show(Dialogue::Settings);
            }
            UiCommand::Digest => self.show(Dialogue::Digest),
            UiCommand::Palette => self.show(Dialogue::Palette),
            UiCommand::Help => self.show(Dialogue::Help),
            UiCommand::Larger | UiCommand::Smaller => {
                let prefs = shell.prefs.stepped(command == UiCommand::Larger);
                prefer(ctx, shell, prefs);
            }
        }
    }

    /// Begins something new where one is.
    fn begin_new(&mut self, words: &I18n) {
        match self.place {
            // What the engine would refuse is not begun.
            Place::Network(network, _) if !self.writes(network) => {
                let member = self.view.network(&network);
                let member = member.is_some_and(|net| net.members.writable);
                let why = if member {
                    "network-closed"
                } else {
                    "not-a-member"
                };
                self.tell_bad(errors::sentence(words, why, ""));
            }
            Place::Network(network, Tab::Library) => self.show(Dialogue::NewPage(network)),
            Place::Network(network, Tab::Meetings) => self.show(Dialogue::NewMeeting(network)),
            Place::Network(network, Tab::Members) => self.show(Dialogue::Invite(network)),
            Place::Network(network, Tab::Watch) => {
                self.go_in(network, Tab::Watch).watch.new_thing();
            }
            Place::Network(network, Tab::Resources) => {
                self.go_in(network, Tab::Resources).resources.new_thing();
            }
            Place::Network(network, Tab::Decisions) => {
                self.show(Dialogue::NewDecision(network));
            }
            Place::Network(network, _) => {
                self.go(Place::Network(network, Tab::Plan));
                self.networks.entry(network).or_default().plan.new_thing();
            }
            Place::Add => {}
        }
    }

    /// Takes my last edit back, or does it again. What is still being typed is an edit too.
    fn undo(&mut self, words: &I18n, back: bool) {
        let Some(network) = self.place.network() else {
            return;
        };
        let typed = self.drafts.flush();
        let any = self.view.network(&network).is_some_and(|net| {
            let undo = net.undo;
            if back { undo.undo > 0 } else { undo.redo > 0 }
        });
        if typed.is_empty() && self.engine.unsaved() == 0 && !any {
            let text = if back {
                tr!(words, "nothing-to-undo")
            } else {
                tr!(words, "nothing-to-redo")
            };
            self.toasts.push(Toast::new(Tone::Neutral, text), self.time);
            return;
        }
        let nothing_else = typed.is_empty() && self.engine.unsaved() == 0;
        for (field, command) in typed {
            self.hand(field, command);
        }
        self.drafts.settle();
        let undo = self.view.network(&network).map(|net| net.undo);
        if back && nothing_else && undo.is_some_and(|undo| undo.closes_invitation) {
            let text = tr!(words, "undone-invitation");
            self.toasts.push(Toast::new(Tone::Neutral, text), self.time);
        }
        self.engine.send(if back {
            Command::Undo { network }
        } else {
            Command::Redo { network }
        });
    }

    /// Shows another place; what is still being typed is sent first.
    pub(super) fn go(&mut self, place: Place) {
        self.send_typed();
        if place != self.place {
            self.leave();
        }
        self.dialogue = None;
        self.place = place;
    }

    /// Nobody looks at what is shown any more: what goes on only while somebody looks ends.
    fn leave(&mut self) {
        let Place::Network(network, tab) = self.place else {
            return;
        };
        let mut commands = Vec::new();
        let views = self.networks.entry(network).or_default();
        match tab {
            Tab::Meetings => views.meetings.stop_speaking(network, &mut commands),
            Tab::Evaluation => views.evaluation.leave(network, &mut commands),
            _ => {}
        }
        for command in commands {
            self.engine.send(command);
        }
    }

    /// Shows a view of a network, and what the views of that one remember.
    fn go_in(&mut self, network: NetworkId, tab: Tab) -> &mut NetworkUi {
        self.go(Place::Network(network, tab));
        self.networks.entry(network).or_default()
    }

    /// Shows an item of the watch: who comes to it has it before them, and so has read it.
    fn open_watch(&mut self, network: NetworkId, item: ItemId) {
        self.go_in(network, Tab::Watch).watch.open(item);
        let net = self.view.network(&network);
        let unread = net.is_some_and(|net| {
            let row = net.watch.item(&item);
            net.members.writable && row.is_some_and(|row| row.unread)
        });
        if unread {
            let items = vec![item];
            let read = WatchCommand::Read { network, items };
            self.engine.send(Command::Watch(read));
        }
    }

    /// Shows the network this many places further, around the end.
    fn step(&mut self, by: usize) {
        let networks = &self.view.networks;
        let Some(here) = self
            .place
            .network()
            .and_then(|id| networks.iter().position(|network| network.id == id))
        else {
            return;
        };
        let next = (here + networks.len() + by) % networks.len();
        if let Some(network) = networks.get(next) {
            let tab = self.place.tab().unwrap_or_default();
            self.go(Place::Network(network.id, tab));
        }
    }

    /// Shows what a search found: in one network's library, or, of all networks, in « Aller à… ».
    fn found(&mut self, words: &I18n, search: Search, hits: Result<Vec<SearchHit>, CommandError>) {
        match (hits, search.network) {
            (Ok(hits), Some(network)) => {
                let shown = self.networks.entry(network).or_default();
                shown.library.found(search.words, hits);
            }
            (Ok(hits), None) => self.palette.found_in_texts(search, hits),
            (Err(error), _) => self.tell_bad(say(words, &error)),
        }
    }

    /// Asks, beside the window, whether there is a keyring to offer.
    fn look_for_keyring(&self, shell: &mut Shell<'_>) {
        let engine = self.engine.clone();
        shell.worker.run("keyring", Done::NoThread, move || {
            Done::Keyring(engine.keyring_answers())
        });
    }

    /// Whether something can be written in a network from here.
    fn writes(&self, network: NetworkId) -> bool {
        let net = self.view.network(&network);
        net.is_some_and(|net| net.is_writable())
    }

    pub(super) fn show(&mut self, dialogue: Dialogue) {
        if dialogue == Dialogue::Passphrase {
            self.passphrase = Form::default();
        }
        if matches!(dialogue, Dialogue::Invite(_)) {
            self.invite = Invite::default();
        }
        if dialogue == Dialogue::Meet {
            self.reach = Reach::default();
        }
        if let Dialogue::Carry(_, whom) = &dialogue {
            self.carry.fresh(*whom);
        }
        if matches!(dialogue, Dialogue::Export(_)) {
            self.export.work.forget();
        }
        if dialogue == Dialogue::Backup {
            self.backup.fresh();
        }
        self.forms = Forms::default();
        self.drafts.form.forget();
        self.palette = Palette::default();
        self.tie = TieForm::default();
        self.frame = FrameForm::default();
        self.history = History::default();
        self.differences = Differences::default();
        self.typed = match &dialogue {
            Dialogue::Settings => self.view.me.name.clone(),
            _ => String::new(),
        };
        self.dialogue = Some(dialogue);
    }

    pub(super) fn close_dialogue(&mut self) {
        self.send_typed();
        self.dialogue = None;
    }

    /// What a job brought back.
    pub(super) fn took(&mut self, ctx: &Context, words: &I18n, done: Done) {
        match done {
            Done::Keyring(answers) => self.keyring = answers,
            Done::Protected(Ok(())) => {
                let text = tr!(words, "protection-changed");
                self.toasts.push(Toast::new(Tone::Good, text), self.time);
                if self.dialogue == Some(Dialogue::Passphrase) {
                    self.show(Dialogue::Settings);
                }
            }
            Done::Protected(Err(error)) => {
                let problem = say(words, &error);
                if self.dialogue == Some(Dialogue::Passphrase) {
                    self.passphrase.refused(problem);
                } else {
                    self.tell_bad(problem);
                }
            }
            Done::Created(Ok(founded)) => self.founded(words, &founded),
            Done::Demo(Ok(network)) => self.arrive(network),
            Done::Created(Err(error)) | Done::Demo(Err(error)) => {
                self.add.failed(say(words, &error));
            }
            done @ (Done::Joining(_) | Done::Dialled(_) | Done::OwnAddress(_)) => {
                self.reached(ctx, words, done);
            }
            Done::LinkOffered(answer) => self.link_offered(words, answer),
            Done::LinkAccepted(answer) => self.link_accepted(words, answer),
            Done::Brought(file, network) => self.carry.wait(file, network),
            Done::Carried(carried) => self.carried(ctx, words, carried),
            done @ (Done::Exported(..) | Done::BackedUp(_) | Done::FolderNotShown(_)) => {
                self.taken_along(words, done);
            }
            done @ (Done::Page(..)
            | Done::Meeting(..)
            | Done::FindDate(..)
            | Done::Decision(..)) => {
                self.made(words, done);
            }
            Done::Photo(Err(error)) | Done::Archived(Err(error)) => {
                self.tell_bad(say(words, &error));
            }
            Done::Invited(network, made) => match made {
                Ok((ticket, qr)) => {
                    if self.dialogue == Some(Dialogue::Invite(network)) {
                        self.invite.made(ctx, ticket, &qr);
                    }
                }
                Err(error) => {
                    self.invite.failed();
                    self.tell_bad(say(words, &error));
                }
            },
            Done::Found(search, hits) => self.found(words, search, hits),
            Done::Compared(wanted, differences) => {
                let differences = differences.map_err(|error| say(words, &error));
                self.differences.came(&wanted, differences);
            }
            Done::Photo(Ok(())) => {
                let text = tr!(words, "photo-kept");
                self.toasts.push(Toast::new(Tone::Good, text), self.time);
            }
            Done::Template(read) => self.add.template(words, read),
            Done::Archived(Ok(folder)) => {
                let text = tr!(words, "archive-made", folder = folder.clone());
                let open = Ask::OpenReport(folder);
                let toast = Toast::new(Tone::Good, text).with(tr!(words, "archive-open"), open);
                self.toasts.push(toast, self.time);
            }
            Done::Printed(Ok(path)) => self.printed(ctx, words, &path),
            done @ (Done::History(..) | Done::Past(_) | Done::PutBack(_) | Done::Lines(..)) => {
                self.took_past(words, done);
            }
            Done::FileSaved(Err(error)) => self.tell_bad(say(words, &error)),
            Done::Hands(of, said) => hands::came(ctx, of, said),
            Done::Thumbnail(blob, small) => thumbnails::came(ctx, blob, small),
            Done::FileOpened(name, done) => self.file_opened(words, name, done),
            Done::Saved(Ok(path)) | Done::FileSaved(Ok(path)) => {
                let name = path
                    .file_name()
                    .map(|name| name.to_string_lossy().into_owned());
                let text = tr!(words, "file-saved", name = name.unwrap_or_default());
                self.toasts.push(Toast::new(Tone::Good, text), self.time);
            }
            Done::Saved(Err(reason)) | Done::Printed(Err(reason)) | Done::PrefsNotKept(reason) => {
                self.tell_bad(tr!(words, "file-not-saved", reason = reason));
            }
            Done::NoThread(error) => {
                self.carry.work.over();
                self.export.work.over();
                self.backup.work.over();
                self.history.not_answered();
                self.tell_bad(errors::sentence(words, "io", &error.to_string()));
            }
            Done::Nothing
            | Done::Opened(_)
            | Done::Backup(_)
            | Done::Restored(..)
            | Done::Shot(_) => {}
        }
    }

    /// A network that I have just founded is shown, and said what of it is lacking.
    fn founded(&mut self, words: &I18n, founded: &jobs::Founded) {
        self.arrive(founded.network);
        if let Some(error) = &founded.without_template {
            let detail = say(words, error);
            self.tell_bad(tr!(words, "created-without-template", detail = detail));
        }
    }

    /// A page, a meeting or a decision that I have just made is shown.
    fn made(&mut self, words: &I18n, done: Done) {
        match done {
            Done::Page(network, Ok(page)) => {
                self.go(Place::Network(network, Tab::Library));
                self.open_page(network, page);
                if let Some(writing) = self.networks.entry(network).or_default().library.writing() {
                    writing.request_focus();
                }
            }
            Done::Meeting(network, Ok(meeting)) => {
                self.go(Place::Network(network, Tab::Meetings));
                self.open_meeting(network, meeting);
            }
            Done::FindDate(network, Ok(meeting)) => {
                let mut commands = Vec::new();
                let meetings = &mut self.go_in(network, Tab::Meetings).meetings;
                meetings.find_date(network, meeting, &mut commands);
                for command in commands {
                    self.engine.send(command);
                }
            }
            Done::Decision(network, Ok(decision)) => {
                self.go(Place::Network(network, Tab::Decisions));
                self.open_decision(network, decision);
            }
            Done::Page(_, Err(error))
            | Done::Meeting(_, Err(error))
            | Done::FindDate(_, Err(error))
            | Done::Decision(_, Err(error)) => self.tell_bad(say(words, &error)),
            _ => {}
        }
    }

    /// A network that I have just founded or opened is shown; its view is here by now, or will be shortly.
    fn arrive(&mut self, network: NetworkId) {
        self.add.reset();
        self.view = self.engine.view();
        self.awaited = Some(network);
    }

    /// A copy of an attached file is open: it is said that it is one.
    fn file_opened(&mut self, words: &I18n, name: String, done: Result<(), FileNotOpened>) {
        let (tone, text) = match done {
            Ok(()) => (Tone::Neutral, tr!(words, "attachment-opened", name = name)),
            Err(FileNotOpened::NotHad(error)) => (Tone::Bad, say(words, &error)),
            Err(FileNotOpened::Refused(error)) => {
                let reason = error.to_string();
                let text = tr!(words, "attachment-no-program", name = name, reason = reason);
                (Tone::Bad, text)
            }
        };
        self.toasts.push(Toast::new(tone, text), self.time);
    }

    /// A page to print is saved: it is shown by what the system shows such files with, and where it lies is said.
    fn printed(&mut self, ctx: &Context, words: &I18n, path: &std::path::Path) {
        if let Some(url) = file_url(path) {
            ctx.open_url(egui::OpenUrl::new_tab(url));
        }
        let name = path.display().to_string();
        let text = tr!(words, "print-ready", name = name);
        self.toasts.push(Toast::new(Tone::Good, text), self.time);
    }

    pub(super) fn tell_bad(&mut self, text: String) {
        self.toasts.push(Toast::new(Tone::Bad, text), self.time);
    }
}

/// A file's address, for the system: what is no plain letter is written as its bytes.
fn file_url(path: &std::path::Path) -> Option<String> {
    let text = path.to_str()?.replace('\\', "/");
    let mut url = String::from(if text.starts_with('/') {
        "file://"
    } else {
        "file:///"
    });
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-_.~:".contains(&byte) {
            url.push(char::from(byte));
        } else {
            url.push('%');
            for digit in [byte >> 4, byte & 15] {
                url.extend(char::from_digit(digit.into(), 16));
            }
        }
    }
    Some(url)
}

pub(super) fn say(words: &I18n, error: &CommandError) -> String {
    errors::sentence(words, &error.code, &error.message)
}

/// Changes choices about the window, and keeps them.
fn prefer(ctx: &Context, shell: &mut Shell<'_>, prefs: Prefs) {
    *shell.prefs = prefs;
    ctx.set_theme(shell.launch.theme.unwrap_or(prefs.theme).preference());
    let profile = shell.launch.profile.clone();
    shell.worker.run("prefs", Done::NoThread, move || {
        match prefs.save(&profile) {
            Ok(()) => Done::Nothing,
            Err(error) => Done::PrefsNotKept(error.to_string()),
        }
    });
}

/// What makes the meeting that is asked for.
fn meeting_to_make(ask: Ask) -> Option<(NetworkId, MeetingCommand)> {
    match ask {
        Ask::NewMeeting { network, title } | Ask::FindDate { network, title } => {
            let create = MeetingCommand::Create {
                network,
                title,
                on: None,
                at: None,
                length: None,
                place: None,
                group: None,
            };
            Some((network, create))
        }
        Ask::PrepareMeeting {
            network,
            series,
            day,
        } => {
            let prepare = MeetingCommand::Prepare {
                network,
                series,
                day,
            };
            Some((network, prepare))
        }
        _ => None,
    }
}
