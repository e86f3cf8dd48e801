//! The core thread: the one owner of documents, store and sessions.
//!
//! Each turn takes what has come in (commands, questions, frames), lets the replica do it, commits
//! once, and only then answers callers, tells events and sends frames: what is acknowledged is
//! durable, to callers and to peers alike. Then it publishes a view, if anybody looks. A turn in which
//! nobody asked for anything, so that only peers were heard, is shown before it is stored: nobody was told yet
//! that it is, whoever sent it sends it again, and what was done in answer has not left this machine.

use std::{
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
        mpsc::SyncSender,
    },
    time::{Duration, Instant},
};

use arc_swap::{ArcSwap, ArcSwapOption};
use serde_json::Value;
use tokio::sync::mpsc::{Receiver, UnboundedReceiver};
use tresse_model::NetworkId;
use tresse_net::NetEvent;

use crate::{
    AppView, ClosingCommand, Command, CommandError, EngineError, Event, LanView, MeView, Moment,
    NetCommand, Notice, Options, Replica, StatusView,
    archiving::Archiving,
    demo::Demo,
    filing::{FileNews, Filing, SHOW},
    handle::{Input, Reply},
    keystrokes::Keystrokes,
    links::{Came, Links},
    moment::Clock,
    protection::Keys,
    replica::Live,
};

/// How long lies between two views at the least and at the most. Between: views take a quarter of this thread's time, so that a large network does
/// not spend all of it on them and a small one shows at once what has come.
const BETWEEN_VIEWS: [Duration; 2] = [Duration::from_millis(3), Duration::from_millis(25)];
/// How long typing rests before lists and the search index catch up.
const REST: Duration = Duration::from_millis(600);
/// How long list entries may stay behind while work goes on without a rest.
const BEHIND: Duration = Duration::from_secs(10);
/// How many list entries are caught up in one turn.
const CATCH_UP: usize = 16;
/// How long nothing has happened before it is remembered what documents say: what is written meanwhile would take it away again.
const SETTLED: Duration = Duration::from_secs(20);
/// How long after a failed commit the next try comes.
const RETRY: Duration = Duration::from_secs(1);
/// The shortest wait between two turns with nothing coming in.
const TICK: Duration = Duration::from_millis(2);
/// How many inputs make one turn at the most.
const TURN: usize = 256;
/// How many notices are remembered.
const NOTICES: usize = 50;

type Waker = Box<dyn Fn() + Send + Sync>;

/// What handles and core share.
pub(crate) struct Shared {
    pub(crate) view: ArcSwap<AppView>,
    pub(crate) unsaved: AtomicUsize,
    pub(crate) waker: ArcSwapOption<Waker>,
}

impl Default for Shared {
    fn default() -> Self {
        Self {
            view: ArcSwap::from_pointee(empty_view()),
            unsaved: AtomicUsize::new(0),
            waker: ArcSwapOption::empty(),
        }
    }
}

/// The one owner of documents, store and sessions.
pub(crate) struct Core {
    pub(crate) replica: Replica,
    pub(crate) links: Links,
    pub(crate) keys: Keys,
    pub(crate) archiving: Archiving,
    pub(crate) filing: Filing,
    time: Clock,
    shared: Arc<Shared>,
    subscribers: Vec<std::sync::mpsc::Sender<Event>>,
    /// What subscribers will hear once what it speaks of is durable.
    news: Vec<Event>,
    notices: Vec<Notice>,
    next_notice: u64,
    revision: u64,
    /// Keystrokes that more may go on from, not carried out yet.
    typing: Option<Keystrokes>,
    /// Answers to give once what they acknowledge is durable.
    answers: Vec<(Option<Reply>, Result<Value, CommandError>)>,
    dirty: bool,
    published: Instant,
    /// How long until the next view may be published.
    pace: Duration,
    last_work: Instant,
    behind_since: Option<Instant>,
    clock: (String, usize, Vec<NetworkId>),
    commit_failed: Option<Instant>,
}

/// Opens the network side, reports how opening went, then runs until closed.
pub(crate) fn run(
    replica: Replica,
    options: Options,
    (dir, keys): (PathBuf, Keys),
    subscribers: Vec<std::sync::mpsc::Sender<Event>>,
    inputs: UnboundedReceiver<Input>,
    shared: Arc<Shared>,
    opened: &SyncSender<Result<(), EngineError>>,
) {
    let report = |result| {
        if opened.send(result).is_err() {
            tracing::warn!("nobody waits for this engine any more");
        }
    };
    let runtime = match tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .thread_name("tresse-net")
        .enable_all()
        .build()
    {
        Ok(runtime) => runtime,
        Err(error) => return report(Err(error.into())),
    };
    let mut replica = replica;
    let time = Clock::new(options.now);
    let (links, events) =
        match runtime.block_on(Links::start(&mut replica, options.net, time.clone())) {
            Ok(started) => started,
            Err(error) => return report(Err(error)),
        };
    let (filing, files) = Filing::new(&dir, runtime.handle().clone());
    let mut core = Core {
        replica,
        links,
        keys,
        archiving: Archiving::new(&dir),
        filing,
        time,
        shared,
        subscribers,
        news: Vec::new(),
        notices: Vec::new(),
        next_notice: 1,
        revision: 0,
        typing: None,
        answers: Vec::new(),
        dirty: true,
        published: Instant::now(),
        pace: BETWEEN_VIEWS[0],
        last_work: Instant::now(),
        behind_since: None,
        clock: (String::new(), 0, Vec::new()),
        commit_failed: None,
    };
    core.settle();
    core.publish_now();
    report(Ok(()));
    runtime.block_on(core.serve(inputs, events, files));
    core.finish();
    runtime.block_on(async {
        core.links.shutdown().await;
        core.filing.close().await;
    });
    runtime.shutdown_timeout(Duration::from_secs(2));
}

impl Core {
    async fn serve(
        &mut self,
        mut inputs: UnboundedReceiver<Input>,
        mut events: Option<Receiver<NetEvent>>,
        mut files: UnboundedReceiver<FileNews>,
    ) {
        let mut came = Vec::new();
        loop {
            let wait = self.next_wait();
            tokio::select! {
                biased;
                input = inputs.recv() => match input {
                    None | Some(Input::Close) => return,
                    Some(input) => self.take(input),
                },
                Some(event) = next_event(&mut events), if self.commit_failed.is_none() => {
                    came.push(event);
                }
                Some(news) = files.recv(), if self.commit_failed.is_none() => self.file_news(news),
                () = tokio::time::sleep(wait) => {}
            }
            for _ in 0..TURN {
                match inputs.try_recv() {
                    Ok(Input::Close) => return,
                    Ok(input) => self.take(input),
                    Err(_) => break,
                }
            }
            self.type_out();
            // While nothing can be stored, peers wait: their links hold them back.
            while self.commit_failed.is_none() && came.len() < TURN {
                match events.as_mut().map(Receiver::try_recv) {
                    Some(Ok(event)) => came.push(event),
                    _ => break,
                }
            }
            for some in Came::gathered(came.drain(..)) {
                self.hear(some);
            }
            self.archives_written();
            self.gather_some();
            self.dirty |= self.filing.is_to_show();
            self.pass_changes();
            if self.answers.is_empty() {
                self.publish_if_due();
            }
            self.settle();
            for news in [
                self.links.tend_crowd(&mut self.replica),
                self.links.tend_places(&mut self.replica),
            ] {
                let Some(news) = news else { continue };
                self.dirty = true;
                for event in news {
                    self.tell(event);
                }
                self.settle();
            }
            self.dirty |= self.links.tend_presence(&self.replica);
            self.rest();
            self.look_at_the_clock();
            if self.links.wants_restart(&self.replica) {
                events = self.restart_links().await;
                self.allow_files();
            }
            self.publish_if_due();
        }
    }

    fn take(&mut self, input: Input) {
        let Some(input) = self.types(input) else {
            return;
        };
        match input {
            Input::Command { command, reply } => {
                if let Command::Closing(ClosingCommand::Archive { network }) = &*command {
                    return self.archive_asked(network, reply);
                }
                let (command, reply) = match *command {
                    Command::Attachment(command) => match self.filing_asked(command, reply) {
                        Some((command, reply)) => (Command::Attachment(command), reply),
                        None => return,
                    },
                    command => (command, reply),
                };
                let result = self.execute(command);
                self.last_work = Instant::now();
                self.dirty = true;
                self.answers.push((reply, result));
            }
            Input::Ask(question) => {
                self.settle();
                question(self);
            }
            Input::Look(looking) => self.links.look(&mut self.replica, *looking),
            Input::Close => {}
        }
    }

    /// Keeps keystrokes back, for those that come with them; before anything else is done, they are. Gives back what is none.
    fn types(&mut self, input: Input) -> Option<Input> {
        if let Input::Command { command, mut reply } = input {
            let Some(next) = Keystrokes::begin(&command, &mut reply) else {
                self.type_out();
                return Some(Input::Command { command, reply });
            };
            let apart = match &mut self.typing {
                Some(typing) => typing.join(next),
                None => Some(next),
            };
            if apart.is_some() {
                self.type_out();
                self.typing = apart;
            }
            return None;
        }
        self.type_out();
        Some(input)
    }

    fn type_out(&mut self) {
        if let Some(typing) = self.typing.take() {
            let answers = typing.carry_out(|command| self.execute(command));
            self.last_work = Instant::now();
            self.dirty = true;
            self.answers.extend(answers);
        }
    }

    /// Now, by the machine's clock if it goes.
    pub(crate) fn moment(&self) -> Moment {
        self.time.moment()
    }

    fn execute(&mut self, command: Command) -> Result<Value, CommandError> {
        let moment = self.moment();
        match command {
            Command::InviteAccept { ticket } => {
                let asked = self.links.join(&self.replica, &ticket, &moment)?;
                Ok(self.tell_all(asked))
            }
            Command::Net(NetCommand::Meet { at }) => {
                let asked = self.links.meet_at(&self.replica, &at)?;
                Ok(self.tell_all(asked))
            }
            command @ (Command::DeviceLinkOffer { .. }
            | Command::DeviceLinkAccept { .. }
            | Command::DeviceLinkConfirm {}
            | Command::DeviceLinkCancel { .. }) => {
                let asked = self
                    .links
                    .link_command(&mut self.replica, command, &moment)?;
                Ok(self.tell_all(asked))
            }
            command @ Command::MeSet { .. } => {
                let before = self.replica.profile().presence;
                let lan = self.replica.profile().lan;
                let answer = self.replica.execute(command, &moment)?;
                if self.replica.profile().presence != before {
                    self.links.presence_switched(&mut self.replica);
                }
                if self.replica.profile().lan != lan {
                    self.links.lan_switched(&self.replica);
                }
                Ok(answer)
            }
            command => self.replica.execute(command, &moment),
        }
    }

    /// Tells what a command brought about; its answer.
    fn tell_all(&mut self, (answer, news): (Value, Vec<Event>)) -> Value {
        for event in news {
            self.tell(event);
        }
        answer
    }

    fn hear(&mut self, came: Came) {
        self.dirty |= !came.is_a_word();
        let news = self.links.hear(&mut self.replica, came);
        for event in news {
            self.tell(event);
        }
    }

    /// Tells the person where it concerns them, and subscribers at the next commit.
    fn tell(&mut self, event: Event) {
        self.replica.follow_meetings(&event);
        match &event {
            Event::JoinRefused { code, .. } => {
                self.notice("join-refused", vec![("code".into(), code.clone())]);
            }
            Event::OtherVersion { name, newer, .. } => {
                let code = if *newer { "peer-newer" } else { "peer-older" };
                self.notice(code, vec![("name".into(), name.clone())]);
            }
            Event::Admitted { network, device } => {
                let name = self.replica.device_owner_name(network, device);
                self.notice("member-joined", vec![("name".into(), name)]);
            }
            _ => {}
        }
        self.news.push(event);
    }

    fn pass_news(&mut self) {
        for event in std::mem::take(&mut self.news) {
            self.subscribers
                .retain(|subscriber| subscriber.send(event.clone()).is_ok());
        }
    }

    /// Tells the person that a command was refused.
    pub(crate) fn refused(&mut self, error: CommandError) {
        let args = vec![
            ("code".into(), error.code),
            ("message".into(), error.message),
        ];
        self.notice("command-refused", args);
    }

    /// Joins the demo network as a newcomer would.
    pub(crate) fn welcome(&mut self, demo: Demo) -> Result<NetworkId, CommandError> {
        let moment = self.moment();
        let network = demo.welcome(&mut self.replica, &moment)?;
        self.settle_now();
        Ok(network)
    }

    /// Commits what something else than commands and peers changed, and shows it. `false`: it could not be stored.
    pub(crate) fn settle_now(&mut self) -> bool {
        self.dirty = true;
        self.settle();
        self.commit_failed.is_none()
    }

    fn notice(&mut self, code: &str, args: Vec<(String, String)>) {
        self.notices.push(Notice {
            number: self.next_notice,
            code: code.to_owned(),
            args,
        });
        self.next_notice += 1;
        if self.notices.len() > NOTICES {
            self.notices.remove(0);
        }
        self.dirty = true;
    }

    /// Passes changes to the sessions, commits, and then lets answers and frames go out.
    fn settle(&mut self) {
        self.pass_changes();
        if self.commit_failed.is_some_and(|at| at.elapsed() < RETRY) {
            return self.answer_unsaved();
        }
        match self.replica.commit() {
            Ok(()) => {
                if self.commit_failed.take().is_some() {
                    self.notice("saving-works-again", Vec::new());
                }
                self.answer();
                self.pass_news();
                self.links.flush();
            }
            Err(error) => {
                tracing::error!(code = error.code(), "a commit failed: {error}");
                if self.commit_failed.is_none() {
                    let args = vec![("code".into(), error.code().into())];
                    self.notice("not-saved", args);
                }
                self.commit_failed = Some(Instant::now());
                self.answer_unsaved();
            }
        }
    }

    /// Lets the sessions say what changed since they were last told. What they say waits for the commit.
    fn pass_changes(&mut self) {
        self.type_out();
        self.replica.forget_what_came();
        let changes = self.replica.take_changes();
        if !changes.documents.is_empty() || !changes.acts.is_empty() {
            self.last_work = Instant::now();
        }
        if !changes.acts.is_empty() || changes.networks || self.replica.take_files_changed() {
            // Before anything is said to peers: who was removed is given nothing from now on.
            self.allow_files();
        }
        let news = self.links.pass_on(&mut self.replica, &changes);
        for event in news {
            self.tell(event);
        }
    }

    fn answer(&mut self) {
        let answers = std::mem::take(&mut self.answers);
        self.shared
            .unsaved
            .fetch_sub(answers.len(), Ordering::Relaxed);
        for (reply, result) in answers {
            match (reply, result) {
                (Some(reply), result) => {
                    if reply.send(result).is_err() {
                        tracing::debug!("nobody waits for this answer any more");
                    }
                }
                (None, Err(error)) => self.refused(error),
                (None, Ok(_)) => {}
            }
        }
    }

    /// Answers something that took longer than a turn, at the next commit.
    pub(crate) fn answer_later(
        &mut self,
        reply: Option<Reply>,
        result: Result<Value, CommandError>,
    ) {
        self.dirty = true;
        self.answers.push((reply, result));
    }

    /// Something else than commands and peers changed what is shown.
    pub(crate) const fn shows_anew(&mut self) {
        self.dirty = true;
    }

    /// A command goes on off this thread: until it has something to save, it is not counted among what is not saved.
    pub(crate) fn goes_on(&self) {
        self.shared.unsaved.fetch_sub(1, Ordering::Relaxed);
    }

    /// Answers a command that went on off this thread.
    pub(crate) fn answer_gone_on(
        &mut self,
        reply: Option<Reply>,
        result: Result<Value, CommandError>,
    ) {
        self.shared.unsaved.fetch_add(1, Ordering::Relaxed);
        self.answer_later(reply, result);
    }

    /// A caller must not wait for a disk that may stay full: they hear that it is not saved yet.
    fn answer_unsaved(&mut self) {
        for (reply, result) in &mut self.answers {
            if let Some(reply) = reply.take() {
                let answer = std::mem::replace(result, Ok(Value::Null)).and_then(|_| {
                    Err(CommandError::new(
                        "not-saved",
                        "done, but not on disk yet: the disk refuses (is it full?); Tresse keeps \
                         trying while it is open",
                    ))
                });
                if reply.send(answer).is_err() {
                    tracing::debug!("nobody waits for this answer any more");
                }
            }
        }
    }

    /// What can wait for a quiet moment: list entries, the search index, compaction.
    fn rest(&mut self) {
        self.archive_what_is_due(self.last_work.elapsed());
        self.file_away();
        let behind_since = *self.behind_since.get_or_insert_with(Instant::now);
        if !self.replica.is_behind() {
            self.behind_since = None;
        }
        let quiet = self.last_work.elapsed() >= REST;
        if !quiet && (self.behind_since.is_none() || behind_since.elapsed() < BEHIND) {
            return;
        }
        if self.replica.is_behind() {
            self.replica.summarise(CATCH_UP);
            self.dirty = true;
            self.settle();
        } else if self.last_work.elapsed() >= SETTLED && self.replica.has_to_remember() {
            self.replica.remember_said(CATCH_UP);
            self.settle();
        } else if let Err(error) = self.replica.compact_one() {
            tracing::warn!(code = %error.code, "compaction was put off: {error}");
        }
    }

    /// The person switched the internet on or off: the network side begins anew.
    async fn restart_links(&mut self) -> Option<Receiver<NetEvent>> {
        self.links.end_all(&mut self.replica);
        self.settle();
        self.dirty = true;
        match self.links.restart(&mut self.replica).await {
            Ok(events) => events,
            Err(error) => {
                tracing::error!(
                    code = error.code(),
                    "the network side did not start: {error}"
                );
                self.notice(
                    "network-failed",
                    vec![("message".into(), error.to_string())],
                );
                None
            }
        }
    }

    /// Some of what is shown depends on the time: what is late, which invitations are open.
    fn look_at_the_clock(&mut self) {
        let mut news = self.links.linking_clock(&mut self.replica);
        news.extend(self.links.reach_clock());
        if !news.is_empty() {
            self.dirty = true;
            for event in news {
                self.tell(event);
            }
            self.settle();
        }
        let moment = self.moment();
        let clock = (
            moment.today(),
            self.replica.open_invitations(moment.unsigned()),
            self.replica.digests_due(&moment),
        );
        if self.replica.next_close() <= moment.now {
            self.dirty = true;
        }
        if self.clock != clock {
            self.clock = clock;
            self.dirty = true;
        }
    }

    fn next_wait(&self) -> Duration {
        if self.archiving.is_gathering() {
            return Duration::ZERO;
        }
        let mut wait = Duration::from_secs(1);
        if self.dirty && self.shared.waker.load().is_some() {
            wait = wait.min(self.pace.saturating_sub(self.published.elapsed()));
        }
        if self.filing.is_busy() {
            wait = wait.min(SHOW);
        }
        if self.replica.is_behind() {
            wait = wait.min(REST.saturating_sub(self.last_work.elapsed()).max(TICK));
        }
        if let Some(until) = self.links.crowd_wait() {
            wait = wait.min(until.max(TICK));
        }
        if let Some(until) = self.links.places_wait() {
            wait = wait.min(until.max(TICK));
        }
        if let Some(until) = self.links.presence_wait() {
            wait = wait.min(until.max(TICK));
        }
        wait
    }

    /// Publishes a view if there is something new to show and anybody looks.
    fn publish_if_due(&mut self) {
        let due = self.dirty && self.published.elapsed() >= self.pace;
        if due && self.shared.waker.load().is_some() {
            self.publish_now();
        }
    }

    pub(crate) fn publish_now(&mut self) {
        match self.fresh_view() {
            Ok(_) => {
                if let Some(waker) = self.shared.waker.load_full() {
                    waker();
                }
            }
            Err(error) => tracing::error!(code = %error.code, "no view could be made: {error}"),
        }
    }

    pub(crate) fn fresh_view(&mut self) -> Result<Arc<AppView>, CommandError> {
        let begun = Instant::now();
        self.revision += 1;
        let moment = self.moment();
        let live = Live {
            status: Some(self.status()),
            notices: self.notices.clone(),
            joins: self.links.joins(),
            linking: self.links.linking_view(),
            reach: self.links.reach_view(),
            here: self.links.company(&mut self.replica),
            files: Arc::new(self.filing.view(self.links.reachable())),
            today: moment.today(),
            now: moment.unsigned(),
            archives: Some(self.archives()),
            archiving: self.archiving.under_way(),
        };
        self.dirty = false;
        let view = Arc::new(self.replica.view(self.revision, &live)?);
        self.shared.view.store(Arc::clone(&view));
        self.published = Instant::now();
        let [least, most] = BETWEEN_VIEWS;
        self.pace = (begun.elapsed() * 3).clamp(least, most);
        Ok(view)
    }

    fn status(&self) -> StatusView {
        let waiting = self
            .answers
            .iter()
            .filter(|(_, result)| result.is_ok())
            .count();
        StatusView {
            unsaved: waiting,
            unread: self.replica.unread(),
            ..self.links.status(&self.replica)
        }
    }

    pub(crate) fn subscribe(&mut self, subscriber: std::sync::mpsc::Sender<Event>) {
        self.subscribers.push(subscriber);
    }

    fn finish(&mut self) {
        self.links.presence_leaves(&mut self.replica);
        self.links.end_all(&mut self.replica);
        self.commit_failed = None;
        self.settle();
        self.finish_archives();
        self.archive_before_closing();
        self.settle();
        if self.commit_failed.is_none() {
            self.replica.remember_said(usize::MAX);
            self.settle();
        }
    }
}

async fn next_event(events: &mut Option<Receiver<NetEvent>>) -> Option<NetEvent> {
    match events {
        Some(events) => events.recv().await,
        None => std::future::pending().await,
    }
}

fn empty_view() -> AppView {
    AppView {
        revision: 0,
        me: MeView {
            name: String::new(),
            lang: "fr".into(),
            internet: false,
            relay: None,
            lan: true,
            presence: true,
            device: tresse_model::DeviceId::from_bytes([0; 32]),
            member: tresse_model::MemberId::from_bytes([0; 20]),
        },
        networks: Vec::new(),
        digest: Arc::default(),
        here: crate::CompanyView::new(),
        status: StatusView {
            unsaved: 0,
            unread: 0,
            online: false,
            internet: false,
            relay: None,
            addresses: Vec::new(),
            lan: LanView::default(),
            peers: Vec::new(),
        },
        joins: Vec::new(),
        reach: None,
        files: Arc::default(),
        linking: None,
        notices: Vec::new(),
    }
}
