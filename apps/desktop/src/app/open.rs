//! The window on an open profile.

use std::{collections::HashMap, sync::Arc};

use egui::{CentralPanel, Context, Frame, Panel, Ui};
use tresse_engine::{
    AppView, Command, Engine, JoinState, Looking, NetworkView,
    model::{DocId, NetworkId},
};

use super::{
    Clock, Launch, View,
    args::ViewArg,
    asks::{Ask, Dialogue},
    command::UiCommand,
    draft::Drafts,
    errors, files,
    jobs::{Done, Opened},
    notify::Told,
    opened::OpenedFiles,
    place::{Place, Tab},
    prefs::Prefs,
    toast::{Toast, Toasts},
    worker::Worker,
};
use crate::{
    i18n::{Args, I18n},
    start::add::Add,
    theme::{self, Tone},
    tr,
    views::{
        Cx, NetworkUi,
        backup::BackupUi,
        carry::{Carry, ENDING},
        charter_votes::PutToVote,
        decisions::NewDecision,
        differences::Differences,
        export::ExportUi,
        history::History,
        home::FrameForm,
        linking::Linking,
        members::{Forms, Invite},
        overview::TieForm,
        palette::Palette,
        passphrase::Form,
        reach::Reach,
        relay::RelayField,
    },
};

/// The surroundings of a view of `net`, at this instant.
pub(super) fn cx<'a>(
    words: &'a I18n,
    app: &'a AppView,
    net: &'a Arc<NetworkView>,
    drafts: &'a mut Drafts,
    asks: &'a mut Vec<Ask>,
    time: f64,
    clock: Clock,
) -> Cx<'a> {
    Cx {
        words,
        app,
        net,
        drafts,
        asks,
        today: clock.today(),
        now: clock.now(),
        time,
    }
}

/// What outlives an open profile and is lent to it for a pass.
pub(super) struct Shell<'a> {
    pub(super) words: &'a mut I18n,
    pub(super) prefs: &'a mut Prefs,
    pub(super) worker: &'a mut Worker<Done>,
    pub(super) launch: &'a Launch,
}

/// An open profile and where the person is in it.
pub(super) struct Open {
    pub(super) engine: Engine,
    pub(super) view: View,
    pub(super) place: Place,
    pub(super) networks: HashMap<NetworkId, NetworkUi>,
    pub(super) drafts: Drafts,
    pub(super) toasts: Toasts,
    pub(super) add: Add,
    pub(super) dialogue: Option<Dialogue>,
    pub(super) invite: Invite,
    pub(super) carry: Carry,
    pub(super) export: ExportUi,
    pub(super) backup: BackupUi,
    pub(super) linking: Linking,
    pub(super) forms: Forms,
    pub(super) tie: TieForm,
    pub(super) frame: FrameForm,
    pub(super) new_decision: NewDecision,
    pub(super) put_to_vote: PutToVote,
    pub(super) history: History,
    pub(super) differences: Differences,
    pub(super) palette: Palette,
    pub(super) passphrase: Form,
    pub(super) reach: Reach,
    pub(super) relay: RelayField,
    /// Whether the system's keyring answers, as far as is known.
    pub(super) keyring: bool,
    pub(super) typed: String,
    pub(super) time: f64,
    /// Copies of attached files that the system's programs open.
    pub(super) opened: OpenedFiles,
    /// A network to show as soon as the view has it.
    pub(super) awaited: Option<NetworkId>,
    pub(super) clock: Clock,
    last_notice: u64,
    /// Whether the digest is known to have something to tell.
    told: Told,
    arrived: Vec<NetworkId>,
    /// What the engine was last told of what the person looks at.
    looking: Option<Looking>,
}

impl Open {
    pub(super) fn new(opened: Opened, launch: &Launch) -> Self {
        let view = launch.view;
        let Opened {
            engine,
            view: newest,
        } = opened;
        let first = newest.networks.first().map(|network| network.id);
        let tab = match view {
            None | Some(ViewArg::Start | ViewArg::Home | ViewArg::Overview | ViewArg::Closing) => {
                Tab::Home
            }
            Some(ViewArg::Charter) => Tab::Charter,
            Some(ViewArg::Plan) => Tab::Plan,
            Some(ViewArg::Meetings) => Tab::Meetings,
            Some(ViewArg::Decisions) => Tab::Decisions,
            Some(ViewArg::Library) => Tab::Library,
            Some(ViewArg::Watch) => Tab::Watch,
            Some(ViewArg::Resources) => Tab::Resources,
            Some(ViewArg::Members) => Tab::Members,
            Some(ViewArg::Evaluation) => Tab::Evaluation,
        };
        let place = match first {
            Some(first) if view != Some(ViewArg::Start) => Place::Network(first, tab),
            _ => Place::Add,
        };
        let opened = OpenedFiles::of(engine.dir());
        let mut open = Self {
            last_notice: newest.notices.last().map_or(0, |notice| notice.number),
            told: Told::at_start(&newest.digest),
            arrived: newest.joins.iter().map(|join| join.network).collect(),
            engine,
            view: newest,
            looking: None,
            place,
            networks: HashMap::new(),
            drafts: Drafts::default(),
            toasts: Toasts::default(),
            add: Add::on(launch.machine.clone().unwrap_or_default()),
            dialogue: None,
            invite: Invite::default(),
            carry: Carry::default(),
            export: ExportUi::default(),
            backup: BackupUi::default(),
            linking: Linking::default(),
            forms: Forms::default(),
            tie: TieForm::default(),
            frame: FrameForm::default(),
            new_decision: NewDecision::default(),
            put_to_vote: PutToVote::default(),
            history: History::default(),
            differences: Differences::default(),
            palette: Palette::default(),
            passphrase: Form::default(),
            reach: Reach::default(),
            relay: RelayField::default(),
            keyring: false,
            typed: String::new(),
            time: 0.0,
            opened,
            awaited: None,
            clock: Clock {
                day: launch.today,
                now: launch.now,
            },
        };
        // What has waited since before the last start is no news.
        open.linking.put_aside();
        open.shows(view);
        open
    }

    /// Shows more of what one came for than its place.
    fn shows(&mut self, view: Option<ViewArg>) {
        let first = self.view.networks.first().map(|network| network.id);
        if view == Some(ViewArg::Overview)
            && let Some(first) = first
        {
            self.networks.entry(first).or_default().home.show_overview();
        }
        if view == Some(ViewArg::Closing)
            && let Some(first) = first
        {
            self.networks.entry(first).or_default().home.show_closing();
        }
        // The library is shown with a page where it is what one came for.
        if view == Some(ViewArg::Library)
            && let Some(network) = self.view.networks.first().cloned()
            && let Some(page) = network.library.pages.first()
        {
            self.open_page(network.id, page.id);
        }
        // So are meetings: with the last one that has minutes.
        if view == Some(ViewArg::Meetings)
            && let Some(network) = self.view.networks.first().cloned()
        {
            let known = network.meetings.meetings.iter();
            let mut written = known.filter(|row| !row.excerpt.is_empty());
            if let Some(meeting) = written.next() {
                self.open_meeting(network.id, meeting.id);
            }
        }
        if view == Some(ViewArg::Watch)
            && let Some(network) = self.view.networks.first()
            && let Some(row) = network.watch.items.first()
        {
            let views = self.networks.entry(network.id).or_default();
            views.watch.open(row.item.id);
        }
        if view == Some(ViewArg::Resources)
            && let Some(network) = self.view.networks.first()
            && let rows = network.resources.resources.iter()
            && let Some(row) = rows.max_by_key(|row| row.loans.len())
        {
            let views = self.networks.entry(network.id).or_default();
            views.resources.open(row.resource.id);
        }
        if view == Some(ViewArg::Decisions)
            && let Some(network) = self.view.networks.first().cloned()
            && let Some(decision) = network.decisions.decisions.first()
        {
            self.open_decision(network.id, decision.id);
        }
    }

    /// Edits that are not safe yet.
    pub(super) fn unsaved(&self) -> usize {
        self.engine.unsaved() + self.drafts.unsent()
    }

    /// One pass.
    pub(super) fn pass(&mut self, ui: &mut Ui, shell: &mut Shell<'_>) {
        let ctx = ui.ctx().clone();
        self.time = ctx.input(|input| input.time);
        self.look(shell.words);
        self.hear(shell.words);
        self.notify(&ctx, shell);
        let mut asks = Vec::new();
        // A dialogue may hold what is being written: no key leads away from under it.
        if let Some(command) = UiCommand::pressed(&ctx, self.undoes_itself(&ctx))
            && (self.dialogue.is_none() || command.stays_here())
        {
            asks.push(Ask::Do(command));
        }
        let dropped = ctx.input(|input| input.raw.dropped_files.clone());
        let paths = dropped.iter().map(|file| file.path().to_owned());
        let dropped: Vec<Ask> = paths.map(|path| self.brought(path)).collect();
        asks.extend(dropped);
        self.carry_on(&mut asks);
        if ctx.input(|input| !input.raw.hovered_files.is_empty()) {
            drop_here(&ctx, shell.words);
        }
        self.paint(ui, shell, &mut asks);
        let above = theme::tokens(ui).size.control;
        self.toasts.ui(&ctx, shell.words, above, &mut asks);
        let due = self.drafts.due(self.time).into_iter();
        asks.extend(due.map(|(field, command)| Ask::SendTyped(field, command)));
        for ask in asks {
            self.perform(&ctx, shell, ask);
        }
        self.say_where();
        if self.drafts.unsent() > 0 || self.engine.unsaved() > 0 {
            ctx.request_repaint_after_secs(0.1);
        }
    }

    /// Has the system say that the digest has something to tell, to who asked for it and does not sit before the window.
    fn notify(&mut self, ctx: &egui::Context, shell: &mut Shell<'_>) {
        let Some((documents, networks)) = self.told.due(&self.view.digest) else {
            return;
        };
        if !shell.prefs.notify || ctx.input(|input| input.focused) {
            return;
        }
        let words = &*shell.words;
        let text = tr!(
            words,
            "digest-notification",
            documents = documents,
            networks = networks
        );
        let to = shell.launch.notifications.clone();
        shell.worker.run("notify", Done::NoThread, move || {
            to.show(text);
            Done::Nothing
        });
    }

    /// Tells the engine what the person looks at, where it changed: once it has what they wrote there.
    fn say_where(&mut self) {
        let network = self.place.network();
        let mut looking = Looking {
            network,
            doc: None,
            caret: None,
        };
        if let (Some(network), Some(tab)) = (network, self.place.tab()) {
            let views = self.networks.entry(network).or_default();
            let (doc, text) = match tab {
                Tab::Charter => {
                    let charter = self.view.network(&network).map(|net| net.charter.doc);
                    (charter, Some(views.charter.writing()))
                }
                Tab::Meetings => (views.meetings.opened(), views.meetings.writing()),
                Tab::Decisions => (views.decisions.opened(), views.decisions.writing()),
                Tab::Library => (views.library.opened(), views.library.writing()),
                _ => (None, None),
            };
            looking.doc = doc;
            looking.caret = text.and_then(|text| text.place());
        }
        if self.looking.as_ref() != Some(&looking) {
            self.looking = Some(looking.clone());
            self.engine.look(Some(looking));
        }
    }

    /// What is done with a file that is dropped on the window: with a page or a meeting open it is attached there, unless it is one that
    /// Tresse reads itself (an invitation, work from a stick).
    fn brought(&self, path: std::path::PathBuf) -> Ask {
        let network = self.place.network();
        let ending = path.extension().map(std::ffi::OsStr::to_ascii_lowercase);
        let own = ending.is_some_and(|ending| ending == ENDING || ending == "tresse");
        match self.takes_files().filter(|_| !own) {
            Some((network, doc)) => Ask::Send(files::attach(network, doc, path)),
            None => Ask::Import(path, network),
        }
    }

    /// The page or meeting that is open and can be written in.
    fn takes_files(&self) -> Option<(NetworkId, DocId)> {
        let Place::Network(network, tab) = self.place else {
            return None;
        };
        let net = self.view.network(&network)?;
        let views = self.networks.get(&network)?;
        let writable = match tab {
            Tab::Library => {
                let page = net.page(&views.library.opened()?)?;
                (!page.read_only && !page.content.binned).then_some(page.id)
            }
            Tab::Meetings => {
                let meeting = net.meeting(&views.meetings.opened()?)?;
                (!meeting.read_only && !meeting.content.binned).then_some(meeting.id)
            }
            _ => None,
        };
        let doc = writable.filter(|_| net.is_writable() && self.dialogue.is_none())?;
        Some((network, doc))
    }

    /// Whether what has the keyboard takes undo for itself: the text of a page or the charter, which asks for
    /// it where it stands, or a text that belongs to no document yet.
    fn undoes_itself(&mut self, ctx: &Context) -> bool {
        let Some(focused) = ctx.memory(egui::Memory::focused) else {
            return false;
        };
        if egui::TextEdit::load_state(ctx, focused).is_some() {
            return self.drafts.field != Some(focused);
        }
        let Place::Network(network, tab) = self.place else {
            return false;
        };
        let views = self.networks.entry(network).or_default();
        match tab {
            Tab::Charter => views.charter.writing().has_focus(),
            Tab::Meetings => views
                .meetings
                .writing()
                .is_some_and(|writing| writing.has_focus()),
            Tab::Library => views
                .library
                .writing()
                .is_some_and(|writing| writing.has_focus()),
            Tab::Decisions => {
                let writing = views.decisions.writing();
                writing.is_some_and(|writing| writing.has_focus())
            }
            _ => false,
        }
    }

    /// Sends what is still being typed and closes the profile. What is being exported or backed up stops; answers whether that is to be waited for, so
    /// that no half of it is left.
    pub(super) fn close(mut self) -> bool {
        let waits = self.export.work.stop() | self.backup.work.stop();
        self.send_typed();
        self.opened.empty();
        self.engine.close();
        waits
    }

    /// Takes the newest view, and tells what it brings.
    fn look(&mut self, words: &I18n) {
        self.view = self.engine.view();
        let view = View::clone(&self.view);
        for notice in view
            .notices
            .iter()
            .filter(|notice| notice.number > self.last_notice)
        {
            self.toasts.push(told(words, notice), self.time);
        }
        if let Some(last) = view.notices.last() {
            self.last_notice = self.last_notice.max(last.number);
        }
        for join in &view.joins {
            if join.state == JoinState::Arrived && !self.arrived.contains(&join.network) {
                self.arrived.push(join.network);
                let name = view
                    .network(&join.network)
                    .map(|network| network.name.clone());
                let text = tr!(words, "joined", name = name.unwrap_or_default());
                let go = Ask::Go(Place::Network(join.network, Tab::Home));
                let toast = Toast::new(Tone::Good, text).with(tr!(words, "join-open"), go);
                self.toasts.push(toast, self.time);
            }
        }
        if let Some(network) = self.awaited
            && view.network(&network).is_some()
        {
            self.awaited = None;
            self.place = Place::Network(network, Tab::Home);
        }
        // A network that is no longer in the profile cannot be shown.
        if let Some(network) = self.place.network()
            && view.network(&network).is_none()
        {
            self.place = Place::Add;
        }
    }

    fn paint(&mut self, ui: &mut Ui, shell: &mut Shell<'_>, asks: &mut Vec<Ask>) {
        if self.run_meeting(ui, shell.words, asks) {
            self.dialogues(ui, shell, asks);
            return;
        }
        let t = theme::tokens(ui);
        Panel::left("rail")
            .resizable(false)
            .exact_size(t.size.sidebar)
            .frame(theme::panel_frame(t))
            .show(ui, |ui| self.rail(ui, shell.words, asks));
        Panel::bottom("status")
            .resizable(false)
            .frame(super::status::frame(t))
            .show(ui, |ui| self.status(ui, shell.words, asks));
        match self.place {
            Place::Add => {
                let view = View::clone(&self.view);
                CentralPanel::default().show(ui, |ui| self.add.ui(ui, shell.words, &view, asks));
            }
            Place::Network(network, tab) => self.network(ui, shell.words, network, tab, asks),
        }
        self.dialogues(ui, shell, asks);
    }

    fn network(
        &mut self,
        ui: &mut Ui,
        words: &I18n,
        network: NetworkId,
        tab: Tab,
        asks: &mut Vec<Ask>,
    ) {
        let view = View::clone(&self.view);
        let Some(net) = view.network(&network) else {
            return;
        };
        let t = theme::tokens(ui);
        Panel::top("tabs")
            .resizable(false)
            .frame(super::frame::tabs_frame(t))
            .show(ui, |ui| super::frame::tabs(ui, words, net, tab, asks));
        let clock = self.clock;
        crate::views::band::ui(ui, words, &view, net, clock.today(), asks);
        let ui_of = self.networks.entry(network).or_default();
        let mut cx = cx(words, &view, net, &mut self.drafts, asks, self.time, clock);
        CentralPanel::default()
            .frame(Frame::new().fill(t.color.paper))
            .show(ui, |ui| match tab {
                Tab::Home => ui_of.home.ui(ui, &mut cx),
                Tab::Charter => ui_of.charter.ui(ui, &mut cx),
                Tab::Plan => ui_of.plan.ui(ui, &mut cx),
                Tab::Meetings => ui_of.meetings.ui(ui, &mut cx),
                Tab::Decisions => ui_of.decisions.ui(ui, &mut cx),
                Tab::Library => ui_of.library.ui(ui, &mut cx),
                Tab::Watch => ui_of.watch.ui(ui, &mut cx),
                Tab::Resources => ui_of.resources.ui(ui, &mut cx),
                Tab::Members => ui_of.members.ui(ui, &mut cx),
                Tab::Evaluation => ui_of.evaluation.ui(ui, &mut cx),
            });
    }

    /// Whether a meeting fills the whole window.
    pub(super) fn in_room(&self) -> bool {
        let Place::Network(network, Tab::Meetings) = self.place else {
            return false;
        };
        let ui_of = self.networks.get(&network);
        self.view.network(&network).is_some()
            && ui_of.is_some_and(|ui_of| ui_of.meetings.is_running())
    }

    /// Paints a meeting over the whole window, where one runs so; false: none does.
    fn run_meeting(&mut self, ui: &mut Ui, words: &I18n, asks: &mut Vec<Ask>) -> bool {
        let Place::Network(network, Tab::Meetings) = self.place else {
            return false;
        };
        let escapes = self.dialogue.is_none();
        let view = View::clone(&self.view);
        let clock = self.clock;
        let ui_of = self.networks.entry(network).or_default();
        let Some(net) = view
            .network(&network)
            .filter(|_| ui_of.meetings.is_running())
        else {
            return false;
        };
        let mut cx = cx(words, &view, net, &mut self.drafts, asks, self.time, clock);
        ui_of.meetings.run(ui, &mut cx, escapes);
        true
    }

    /// Shows a meeting.
    pub(super) fn open_meeting(
        &mut self,
        network: NetworkId,
        meeting: tresse_engine::model::DocId,
    ) {
        let mut commands: Vec<Command> = Vec::new();
        let views = self.networks.entry(network).or_default();
        views.meetings.open(network, meeting, &mut commands);
        for command in commands {
            self.engine.send(command);
        }
    }

    /// Shows a decision in the register.
    pub(super) fn open_decision(
        &mut self,
        network: NetworkId,
        decision: tresse_engine::model::DocId,
    ) {
        let mut commands: Vec<Command> = Vec::new();
        let views = self.networks.entry(network).or_default();
        views.decisions.open(network, decision, &mut commands);
        for command in commands {
            self.engine.send(command);
        }
    }

    /// Shows a page in the library.
    pub(super) fn open_page(&mut self, network: NetworkId, page: tresse_engine::model::DocId) {
        let mut commands: Vec<Command> = Vec::new();
        self.networks
            .entry(network)
            .or_default()
            .library
            .open(network, page, &mut commands);
        for command in commands {
            self.engine.send(command);
        }
    }
}

/// While a file is held over the window: what letting it go will do.
fn drop_here(ctx: &Context, words: &I18n) {
    let t = theme::tokens_of(ctx);
    let window = egui::LayerId::new(egui::Order::Foreground, egui::Id::unique("drop on"));
    let (painter, rect) = (ctx.layer_painter(window), ctx.content_rect());
    painter.rect_filled(rect, 0.0, t.color.veil);
    let edge = egui::Stroke::new(2.0 * t.size.focus, t.color.accent);
    let inside = rect.shrink(t.space.s);
    let kind = egui::StrokeKind::Inside;
    painter.rect_stroke(inside, f32::from(t.radius.m), edge, kind);
    egui::Area::new(egui::Id::unique("drop here"))
        .order(egui::Order::Tooltip)
        .anchor(egui::Align2::CENTER_CENTER, egui::Vec2::ZERO)
        .show(ctx, |ui| {
            ui.set_max_width(theme::tokens(ui).size.form);
            theme::message(ui, Tone::Accent, tr!(words, "drop-here"), |_| {});
        });
}

/// A notice of the engine, in words.
fn told(words: &I18n, notice: &tresse_engine::Notice) -> Toast {
    let value = |name: &str| {
        notice
            .args
            .iter()
            .find(|(known, _)| known == name)
            .map_or("", |(_, value)| value.as_str())
    };
    match notice.code.as_str() {
        "command-refused" | "join-refused" | "not-saved" => {
            let reason = errors::sentence(words, value("code"), value("message"));
            let text = match notice.code.as_str() {
                "not-saved" => tr!(words, "notice-not-saved", reason = reason),
                "join-refused" => tr!(words, "notice-join-refused", reason = reason),
                _ => reason,
            };
            Toast::new(Tone::Bad, text)
        }
        "saving-works-again" => Toast::new(Tone::Good, tr!(words, "notice-saving-works-again")),
        code @ ("member-joined" | "peer-newer" | "peer-older") => {
            let name = match value("name") {
                "" => tr!(words, "somebody"),
                name => name.to_owned(),
            };
            match code {
                "peer-newer" => {
                    Toast::new(Tone::Warn, tr!(words, "notice-peer-newer", name = name))
                }
                "peer-older" => {
                    Toast::new(Tone::Neutral, tr!(words, "notice-peer-older", name = name))
                }
                _ => Toast::new(Tone::Good, tr!(words, "notice-member-joined", name = name)),
            }
        }
        other => {
            let pairs = notice
                .args
                .iter()
                .map(|(name, value)| (name.as_str(), value.as_str()));
            let text = words
                .find(&format!("notice-{other}"), &Args::from_pairs(pairs))
                .unwrap_or_else(|| tr!(words, "notice-other", code = other.to_owned()));
            Toast::new(Tone::Neutral, text)
        }
    }
}
