//! The handle that an app holds: cheap to clone, never in the way of a frame.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError, atomic::Ordering, mpsc},
    thread::JoinHandle,
};

use serde_json::Value;
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};
use tresse_model::{Difference, DocId, NetworkId};

use crate::{
    AppView, Awaited, ChangeGroup, Command, CommandError, EngineError, Event, Looking, Problem,
    Replica, Search, SearchHit, Unlock,
    core::{Core, Shared},
    demo::Demo,
    protection::Keys,
};

/// Where this platform keeps a person's profile: the same one for the window and the command line.
/// `None`: the system names no folder for a person's data.
pub fn default_profile() -> Option<PathBuf> {
    directories::ProjectDirs::from("org", "Tresse", "Tresse")
        .map(|dirs| dirs.data_dir().join("profile"))
}

/// How an engine is opened. The default is an engine that talks to nobody.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Talk to other peers.
    pub net: Option<NetOptions>,
    /// What opens the profile.
    pub unlock: Unlock,
    /// The moment at which its clock begins, to go on by a millisecond whenever it is asked; milliseconds since 1970, UTC. Without one it
    /// is the machine's. For pictures that are the same whenever they are taken.
    pub now: Option<i64>,
}

/// How an engine talks to other peers.
#[derive(Debug, Clone)]
pub struct NetOptions {
    /// Listen at exactly this address; else on every interface, at the port used last if it is free.
    pub listen: Option<std::net::SocketAddr>,
    /// Find and be found on local networks.
    pub lan: bool,
    /// Allow relays and look-up on the internet. The profile's own setting can only take this away.
    pub internet: bool,
    /// Devices to reach at once, with where they are.
    pub peers: Vec<(tresse_model::DeviceId, std::net::SocketAddr)>,
    /// Say that this version of the protocol is spoken, which is a later one: for tests of networks whose members do not change on the same day.
    pub protocol: Option<u16>,
}

impl Default for NetOptions {
    fn default() -> Self {
        Self {
            listen: None,
            lan: true,
            internet: true,
            peers: Vec::new(),
            protocol: None,
        }
    }
}

/// What reaches the core thread.
pub(crate) enum Input {
    Command {
        command: Box<Command>,
        reply: Option<Reply>,
    },
    Ask(Box<dyn FnOnce(&mut Core) + Send>),
    Look(Box<Option<Looking>>),
    Close,
}

pub(crate) type Reply = mpsc::SyncSender<Result<Value, CommandError>>;

/// An open profile: commands go in, views come out.
#[derive(Clone)]
pub struct Engine {
    inbox: UnboundedSender<Input>,
    shared: Arc<Shared>,
    thread: Arc<Mutex<Option<JoinHandle<()>>>>,
    dir: PathBuf,
    pub(crate) keys: Keys,
}

impl std::fmt::Debug for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Engine")
            .field("dir", &self.dir)
            .finish_non_exhaustive()
    }
}

impl Engine {
    /// Whether there is a profile in this folder.
    pub fn exists(dir: &Path) -> bool {
        tresse_store::Store::exists(dir)
    }

    /// Opens the profile in this folder and starts its threads.
    ///
    /// # Errors
    /// Where there is no profile, another process has it, nothing given opens it, the store is
    /// damaged or too new, or the address asked for cannot be listened at.
    pub fn open(dir: &Path, options: Options) -> Result<Self, EngineError> {
        Self::start(dir, options, Vec::new())
    }

    /// Opens like [`Engine::open`], and hears of other peers from the first instant: a member who is
    /// near may be met, and in step, before a later [`Engine::events`] could ask for it.
    ///
    /// # Errors
    /// As [`Engine::open`].
    pub fn open_listening(
        dir: &Path,
        options: Options,
    ) -> Result<(Self, mpsc::Receiver<Event>), EngineError> {
        let (sender, events) = mpsc::channel();
        Ok((Self::start(dir, options, vec![sender])?, events))
    }

    fn start(
        dir: &Path,
        options: Options,
        subscribers: Vec<mpsc::Sender<Event>>,
    ) -> Result<Self, EngineError> {
        let (store, vault) = options.unlock.open(dir)?;
        let keys = Keys::new(vault, Arc::clone(&options.unlock.keyring));
        let replica = Replica::from_opened(store)?;
        let (inbox, inputs) = unbounded_channel();
        let shared = Arc::new(Shared::default());
        let (opened, open) = mpsc::sync_channel(1);
        let core_shared = Arc::clone(&shared);
        let here = (dir.to_owned(), keys.clone());
        let thread = std::thread::Builder::new()
            .name("tresse-core".into())
            .spawn(move || {
                crate::core::run(
                    replica,
                    options,
                    here,
                    subscribers,
                    inputs,
                    core_shared,
                    &opened,
                );
            })?;
        open.recv()
            .map_err(|_| EngineError::Damaged("the engine stopped while opening".into()))??;
        Ok(Self {
            inbox,
            shared,
            thread: Arc::new(Mutex::new(Some(thread))),
            dir: dir.to_owned(),
            keys,
        })
    }

    /// The folder of the profile.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// Carries out a command and waits until what it did is durable.
    ///
    /// # Errors
    /// What the command was refused for; nothing was changed then.
    pub fn call(&self, command: Command) -> Result<Value, CommandError> {
        if let Command::DemoCreate { lang } = command {
            return self.add_demo(lang);
        }
        let (reply, answer) = mpsc::sync_channel(1);
        self.hand_over(command, Some(reply))?;
        answer.recv().map_err(|_| closed())?
    }

    /// Hands a command over and returns at once. A refusal appears as a notice in the view.
    pub fn send(&self, command: Command) {
        if matches!(command, Command::DemoCreate { .. }) {
            return self.send_aside(command);
        }
        if self.hand_over(command, None).is_err() {
            tracing::warn!("a command came after the engine was closed");
        }
    }

    /// Hands a command over and returns at once, with what can be asked later for what came of it. A refusal is told there, and is no notice. Not
    /// for [`Command::DemoCreate`], which takes its time on a thread of its own.
    pub fn hand(&self, command: Command) -> Awaited {
        let (reply, answer) = mpsc::sync_channel(1);
        if self.hand_over(command, Some(reply)).is_err() {
            tracing::warn!("a command came after the engine was closed");
        }
        Awaited::of(answer)
    }

    fn hand_over(&self, command: Command, reply: Option<Reply>) -> Result<(), CommandError> {
        self.shared.unsaved.fetch_add(1, Ordering::Relaxed);
        self.inbox
            .send(Input::Command {
                command: Box::new(command),
                reply,
            })
            .map_err(|_| {
                self.shared.unsaved.fetch_sub(1, Ordering::Relaxed);
                closed()
            })
    }

    /// Lives the demo's three years through on this thread, then lets it in.
    fn add_demo(&self, lang: Option<String>) -> Result<Value, CommandError> {
        let lang = lang.unwrap_or_else(|| self.view().me.lang.clone());
        let demo = Demo::live(&lang)?;
        let network = self.ask(move |core| core.welcome(demo))??;
        Ok(serde_json::json!({ "network": network }))
    }

    /// Calls on a thread of its own: for commands that work long before they reach the core.
    fn send_aside(&self, command: Command) {
        let engine = self.clone();
        let work = move || {
            if let Err(error) = engine.call(command)
                && engine.ask(move |core| core.refused(error)).is_err()
            {
                tracing::debug!("the engine was closed meanwhile");
            }
        };
        if let Err(error) = std::thread::Builder::new()
            .name("tresse-aside".into())
            .spawn(work)
        {
            tracing::error!("no thread could be started: {error}");
        }
    }

    /// Says what the person looks at now, for others to see while they are connected; `None`: nobody sits here any more. It is no edit: nothing
    /// of it is stored. Returns at once, and may be called whenever something changes. Until it was called once, others do not hear
    /// that anybody is here.
    pub fn look(&self, looking: Option<Looking>) {
        if self.inbox.send(Input::Look(Box::new(looking))).is_err() {
            tracing::debug!("somebody looked after the engine was closed");
        }
    }

    /// The newest view. Never waits.
    pub fn view(&self) -> Arc<AppView> {
        self.shared.view.load_full()
    }

    /// A view that holds everything asked for before: waits for the core thread.
    ///
    /// # Errors
    /// Where the engine was closed or a document cannot be read.
    pub fn fresh_view(&self) -> Result<Arc<AppView>, CommandError> {
        self.ask(Core::fresh_view)?
    }

    /// Has `waker` called after each publication of a view. From then on views are published
    /// whenever something changes; without a waker only [`Engine::fresh_view`] makes them.
    pub fn set_waker(&self, waker: impl Fn() + Send + Sync + 'static) {
        self.shared.waker.store(Some(Arc::new(Box::new(waker))));
        if self
            .inbox
            .send(Input::Ask(Box::new(Core::publish_now)))
            .is_err()
        {
            tracing::debug!("a waker was set after the engine was closed");
        }
    }

    /// Edits handed over and not yet durable, this instant.
    pub fn unsaved(&self) -> usize {
        self.shared.unsaved.load(Ordering::Relaxed)
    }

    /// Who changed a document and when, newest first; changes of one author close in time stand together.
    ///
    /// # Errors
    /// Where the network or document is not here.
    pub fn history(
        &self,
        network: &NetworkId,
        doc: &DocId,
    ) -> Result<Vec<ChangeGroup>, CommandError> {
        let (network, doc) = (*network, *doc);
        self.ask(move |core| core.replica.history(&network, &doc))?
    }

    /// What differs between two versions of the charter, word by word. `from` left out is the version in force (nothing, where none is);
    /// `to` left out is the charter as it stands.
    ///
    /// # Errors
    /// Where the network or a version is not here.
    pub fn charter_changes(
        &self,
        network: &NetworkId,
        from: Option<&str>,
        to: Option<&str>,
    ) -> Result<Vec<Difference>, CommandError> {
        let network = *network;
        let (from, to) = (from.map(str::to_owned), to.map(str::to_owned));
        self.ask(move |core| {
            let (from, to) = (from.as_deref(), to.as_deref());
            let moment = core.moment();
            core.replica.charter_changes(&network, from, to, &moment)
        })?
    }

    /// The charters, pages, minutes, decisions, resources and years of the watch whose text or title has these words, best first, in all networks or in one.
    ///
    /// # Errors
    /// Where the network is not here.
    pub fn search(&self, search: &Search) -> Result<Vec<SearchHit>, CommandError> {
        let search = search.clone();
        self.ask(move |core| core.replica.search(&search))?
    }

    /// Every document of a network and its heads, for comparing two peers.
    ///
    /// # Errors
    /// Where the network is not here.
    pub fn digest(
        &self,
        network: &NetworkId,
    ) -> Result<BTreeMap<String, Vec<String>>, CommandError> {
        let network = *network;
        self.ask(move |core| core.replica.digest(&network))?
    }

    /// Proves the profile; an empty list means that all is well.
    ///
    /// # Errors
    /// Where the engine was closed.
    pub fn check(&self) -> Result<Vec<Problem>, CommandError> {
        let mut problems = self.ask(|core| core.replica.check())?;
        problems.extend(self.check_files()?);
        Ok(problems)
    }

    /// Mends what can be mended without guessing.
    ///
    /// # Errors
    /// Where the store refuses.
    pub fn repair(&self) -> Result<(), CommandError> {
        self.ask(|core| core.replica.repair(&core.moment()))??;
        self.put_files_aside()
    }

    /// What happens with other peers from now on.
    ///
    /// # Errors
    /// Where the engine was closed.
    pub fn events(&self) -> Result<mpsc::Receiver<Event>, CommandError> {
        let (sender, events) = mpsc::channel();
        self.ask(move |core| core.subscribe(sender))?;
        Ok(events)
    }

    /// Saves, says goodbye to peers, stops the threads. Other clones answer `closed` from then on.
    pub fn close(self) {
        if self.inbox.send(Input::Close).is_err() {
            tracing::debug!("the engine was closed already");
        }
        let thread = self
            .thread
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        if let Some(thread) = thread
            && thread.join().is_err()
        {
            tracing::error!("the core thread ended by a panic");
        }
    }

    /// Runs a question on the core thread and waits for its answer.
    pub(crate) fn ask<T: Send + 'static>(
        &self,
        question: impl FnOnce(&mut Core) -> T + Send + 'static,
    ) -> Result<T, CommandError> {
        let (reply, answer) = mpsc::sync_channel(1);
        let ask = Box::new(move |core: &mut Core| {
            if reply.send(question(core)).is_err() {
                tracing::debug!("nobody waits for this answer any more");
            }
        });
        self.inbox.send(Input::Ask(ask)).map_err(|_| closed())?;
        answer.recv().map_err(|_| closed())
    }
}

pub(crate) fn closed() -> CommandError {
    CommandError::new("closed", "this profile has been closed")
}
