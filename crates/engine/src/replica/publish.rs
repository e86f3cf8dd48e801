//! From documents to views: built again only where something changed.

#[cfg(test)]
use std::cell::Cell;
use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use automerge::{Automerge, ChangeHash};
use tresse_model::{
    AuthorOf, Balloting, CharterContent, DecisionContent, DeviceId, DocId, DocKind, ItemId,
    MeetingContent, MemberId, NetworkContent, NetworkId, NotebookContent, NotebookSaid,
    PageContent, PlanContent, PlanFacts, PlanSaid, ResourcesContent, VotingRule, read_charter,
    read_decision, read_meeting, read_network, read_page, read_resources, read_seen, read_watch,
    read_watch_read,
};
use tresse_trust::Version;

use super::{
    Archives, Network, Replica,
    asking::Asking,
    charter::InForce,
    deciding::OpenDecision,
    evaluation::Evaluated,
    frame::frame,
    meeting_sheet::Around,
    overview::{Lately, overview},
    plan_view::group_views,
    seen,
    shelf::Shelf,
    watch::Watched,
};
use crate::view::{
    AppView, CharterVersionsView, CharterView, JoinView, LibraryView, MeView, MembersView,
    NetworkSyncView, NetworkView, Notice, PageView, StatusView, TextView, UndoView,
};
use crate::{
    AskedView, ClosingView, CommandError, CompanyView, ContributionsView, DecisionView,
    DecisionsView, FileRow, FilesView, FrameView, GroupView, LanView, LinkingView, MeetingView,
    MeetingsView, OverviewView, PilotingView, PlanView, ReachView, RelationView, moment,
};

/// What the threads around the replica know at one instant.
#[derive(Debug, Default, Clone)]
pub(crate) struct Live {
    pub(crate) status: Option<StatusView>,
    pub(crate) notices: Vec<Notice>,
    pub(crate) joins: Vec<JoinView>,
    pub(crate) linking: Option<LinkingView>,
    pub(crate) reach: Option<ReachView>,
    pub(crate) here: CompanyView,
    pub(crate) files: Arc<FilesView>,
    pub(crate) today: String,
    pub(crate) now: u64,
    /// Whether archives are made, and how; `None` where there is no folder for them.
    pub(crate) archives: Option<Archives>,
    /// The archives under way, and how many documents of each are gathered, of how many.
    pub(crate) archiving: BTreeMap<NetworkId, (usize, usize)>,
}

/// Views as last built, and what of them is out of date.
#[derive(Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is another thing to be worked out anew"
)]
pub(super) struct ViewCache {
    network: Option<Arc<NetworkView>>,
    content: Option<NetworkContent>,
    charter: Option<Arc<CharterView>>,
    /// What the version in force says, by its name; `None`: it is not here.
    pub(super) in_force: Option<InForce>,
    charter_versions: Arc<CharterVersionsView>,
    /// What versions of the charter say of how decisions about it are taken: that never changes.
    pub(super) rules: RefCell<BTreeMap<Version, VotingRule>>,
    /// How often it was worked out which versions are ours.
    #[cfg(test)]
    pub(super) weighed: Cell<usize>,
    plan: Option<Arc<PlanView>>,
    groups: Arc<Vec<GroupView>>,
    piloting: Arc<PilotingView>,
    library: Option<Arc<LibraryView>>,
    pages: BTreeMap<DocId, Arc<PageView>>,
    meetings: Arc<MeetingsView>,
    open_meetings: BTreeMap<DocId, Arc<MeetingView>>,
    decisions: Arc<DecisionsView>,
    open_decisions: BTreeMap<DocId, Arc<DecisionView>>,
    closing: Arc<ClosingView>,
    files: Arc<Vec<FileRow>>,
    /// The same, before ballots are looked at.
    bare_decisions: BTreeMap<DocId, OpenDecision>,
    /// What everybody says to decisions.
    said: BTreeMap<DocId, Balloting>,
    /// The decisions are to be worked out anew: the register, and those that are open.
    decide: bool,
    /// Those that are open are.
    decide_open: bool,
    /// The sheets of open meetings are to be worked out anew.
    sheets: bool,
    /// When they change by themselves.
    next_close: Option<i64>,
    notebooks: BTreeMap<DocId, (MemberId, NotebookContent)>,
    /// The notebook of each.
    notebook_by: BTreeMap<MemberId, DocId>,
    /// What each notebook says, as a hash, as far as somebody asked: all but what its owner looked at.
    said_in: RefCell<BTreeMap<DocId, [u8; 32]>>,
    #[cfg(test)]
    pub(super) work: Work,
    pub(super) evaluated: Evaluated,
    pub(super) watched: Watched,
    pub(super) shelf: Shelf,
    /// `None`: nobody looks at contributions.
    contributions: Option<Arc<ContributionsView>>,
    overview: Arc<OverviewView>,
    frame: Arc<FrameView>,
    /// The language that the frame is written in.
    frame_lang: String,
    /// When each action that is done was said to be so.
    done: BTreeMap<ItemId, i64>,
    /// How far this person had looked, by their notebook.
    pub(super) seen: BTreeMap<DocId, Vec<ChangeHash>>,
    /// What was found after that, as far as it was looked into.
    pub(super) found: BTreeMap<DocId, seen::Found>,
    stale: Stale,
    /// What follows from the plan, the charter, the members and the list of pages is to be worked out anew.
    follow: bool,
    /// What follows from the list of pages alone is.
    follow_words: bool,
    shown: Shown,
}

/// So many decisions the page at a glance shows.
const MOST_DECISIONS: usize = 30;

/// How often what takes long was done.
#[cfg(test)]
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Work {
    /// What follows from the plan and the lists was worked out.
    pub(super) follows: usize,
    /// The register of decisions was worked out.
    pub(super) registers: usize,
    /// The sheet of a meeting was worked out.
    pub(super) sheets: usize,
    /// A notebook was read.
    pub(super) notebooks: usize,
}

/// What of the views is out of date.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "each says another thing")]
struct Stale {
    docs: BTreeSet<DocId>,
    /// What this person looked at, and nothing else in their notebook.
    seen: bool,
    /// The list of pages.
    list: bool,
    /// Of pages in it, only the first words, and when they were changed by whom.
    words: bool,
    /// Somebody's name.
    names: bool,
    /// Nothing: everything was built since members last changed.
    all_built: bool,
}

impl Stale {
    fn nothing(&self) -> bool {
        let listed = !self.list && !self.words && !self.names;
        self.all_built && listed && !self.seen && self.docs.is_empty()
    }
}

/// What a network's view shows beside its documents.
#[derive(Default, Clone, PartialEq)]
struct Shown {
    sync: NetworkSyncView,
    undo: UndoView,
    here: BTreeSet<DeviceId>,
    today: String,
    invitations: usize,
    archives: Option<Archives>,
    archiving: Option<(usize, usize)>,
}

impl ViewCache {
    pub(super) fn dirty(&mut self, doc: &DocId) {
        self.stale.docs.insert(*doc);
    }

    /// What lists say of a document changed.
    pub(super) fn dirty_list(&mut self, doc: &DocId) {
        self.stale.list = true;
        // The register says of which meeting a decision comes.
        self.decide |= matches!(doc.kind(), Some(DocKind::Meeting | DocKind::Decision));
    }

    /// Somebody wrote in a page: its name and place stay.
    pub(super) fn dirty_words(&mut self) {
        self.stale.words = true;
    }

    /// Whether a document is to be read anew.
    pub(super) fn is_dirty(&self, doc: &DocId) -> bool {
        self.stale.docs.contains(doc)
    }

    /// Of my notebook, which was as it was read, only what I looked at changed.
    pub(super) fn only_seen(&mut self, notebook: &DocId) {
        self.stale.docs.remove(notebook);
        self.stale.seen = true;
    }

    pub(super) fn dirty_all(&mut self) {
        self.stale.all_built = false;
    }

    /// Shows a document that does not read as empty and not to be edited: the others go on.
    fn show_blank(&mut self, doc: &DocId) {
        let doc = *doc;
        let read_only = true;
        let body = TextView {
            text: "".into(),
            version: 0,
            acked: 0,
        };
        match doc.kind() {
            Some(DocKind::Charter) => {
                let content = CharterContent::default();
                self.charter = Some(Arc::new(CharterView {
                    doc,
                    content,
                    body,
                    read_only,
                }));
            }
            Some(DocKind::Plan) => {
                let content = PlanContent::default();
                self.plan = Some(Arc::new(PlanView {
                    doc,
                    content,
                    facts: PlanFacts::default(),
                    gone: Vec::new(),
                    organisations: Vec::new(),
                    read_only,
                }));
            }
            Some(DocKind::Page) => {
                let content = PageContent::default();
                let view = PageView {
                    id: doc,
                    content,
                    body,
                    read_only,
                };
                self.pages.insert(doc, Arc::new(view));
            }
            Some(DocKind::Meeting) => {
                let view = MeetingView {
                    id: doc,
                    content: MeetingContent::default(),
                    body,
                    sheet: Arc::default(),
                    read_only,
                };
                self.open_meetings.insert(doc, Arc::new(view));
            }
            Some(DocKind::Decision) => {
                let open = OpenDecision {
                    content: DecisionContent::default(),
                    body,
                    read_only,
                };
                self.bare_decisions.insert(doc, open);
                self.decide_open = true;
            }
            Some(DocKind::Resources) => self.shelf.show(ResourcesContent::default(), read_only),
            _ => {}
        }
        self.sheets = true;
    }

    fn show(&mut self, doc: DocId, opened: Opened) {
        match opened {
            Opened::Page(view) => drop(self.pages.insert(doc, Arc::new(view))),
            Opened::Meeting(mut view) => {
                // What follows from other documents too is brought up to date after this.
                if let Some(before) = self.open_meetings.get(&doc) {
                    view.sheet = Arc::clone(&before.sheet);
                }
                self.sheets = true;
                self.open_meetings.insert(doc, Arc::new(view));
            }
            Opened::Decision(open) => {
                self.bare_decisions.insert(doc, open);
                self.decide_open = true;
            }
        }
    }

    /// The plan, once it was built.
    pub(super) fn plan(&self) -> Option<Arc<PlanView>> {
        self.plan.clone()
    }

    /// The network's name, once it was read.
    pub(super) fn name(&self) -> Option<&str> {
        self.content.as_ref().map(|content| content.name.as_str())
    }

    /// The versions of the charter, as last looked at.
    pub(super) fn versions(&self) -> &CharterVersionsView {
        &self.charter_versions
    }

    /// The charter as it stands.
    pub(super) fn charter(&self) -> Option<&CharterContent> {
        self.charter.as_ref().map(|charter| &charter.content)
    }

    /// What the network says of itself.
    pub(super) fn content(&self) -> NetworkContent {
        self.content.clone().unwrap_or_default()
    }

    /// Puts contributions together from now on, or no more.
    pub(super) fn look_at_contributions(&mut self, look: bool) {
        if look != self.contributions.is_some() {
            self.contributions = look.then(Arc::default);
            self.follow = true;
            self.network = None;
        }
    }

    /// When an action was said to be done.
    pub(super) fn done_at(&self, action: &ItemId) -> Option<i64> {
        self.done.get(action).copied()
    }

    /// Every notebook: of who is a member and of who was.
    pub(super) fn all_notebooks(&self) -> impl Iterator<Item = (&MemberId, &NotebookContent)> {
        self.notebooks
            .values()
            .map(|(member, notebook)| (member, notebook))
    }

    /// What everybody who is or was a member says to decisions.
    pub(super) fn said(&self) -> impl Iterator<Item = &Balloting> {
        self.said.values()
    }

    /// When a list next changes by itself, milliseconds since 1970, UTC.
    pub(super) fn next_close(&self) -> i64 {
        self.next_close.unwrap_or(i64::MAX)
    }

    /// What a member says of themselves.
    pub(super) fn notebook(&self, notebook: &DocId) -> NotebookContent {
        self.notebooks
            .get(notebook)
            .map(|(_, content)| content.clone())
            .unwrap_or_default()
    }

    /// A member's notebook, or that of who was one.
    pub(super) fn notebook_of(&self, member: &MemberId) -> Option<&NotebookContent> {
        let (_, notebook) = self.notebooks.get(self.notebook_by.get(member)?)?;
        Some(notebook)
    }

    /// What every notebook says, by its name: all but what its owner looked at. Views must be fresh.
    pub(super) fn said_in(&self) -> BTreeMap<DocId, [u8; 32]> {
        let mut known = self.said_in.borrow_mut();
        for (doc, said) in &self.said {
            if let Some((_, content)) = self.notebooks.get(doc) {
                known.entry(*doc).or_insert_with(|| hash_of(content, said));
            }
        }
        known.clone()
    }

    /// Whose notebook a document is, of those that are shown.
    pub(super) fn owner_of(&self, notebook: &DocId) -> Option<MemberId> {
        let (owner, _) = self.notebooks.get(notebook)?;
        Some(*owner)
    }

    /// What is shown of the plan or of a notebook, written down.
    pub(super) fn written_down(&self, doc: &DocId) -> Option<Vec<u8>> {
        if let Some((_, content)) = self.notebooks.get(doc) {
            return NotebookSaid::written_down(content, self.said.get(doc)?);
        }
        let plan = self.plan.as_ref().filter(|plan| plan.doc == *doc)?;
        PlanSaid::written_down(&plan.content, &self.done)
    }

    /// Shows what was written down of the plan or of a notebook. `false`: it does not read.
    pub(super) fn take_up(&mut self, doc: &DocId, bytes: &[u8]) -> bool {
        if self.notebooks.contains_key(doc) {
            let said = NotebookSaid::taken_up(bytes);
            return said.map(|said| self.take_notebook(*doc, said)).is_some();
        }
        let said = PlanSaid::taken_up(bytes);
        said.map(|said| self.show_plan(*doc, said, false)).is_some()
    }

    pub(super) fn show_plan(&mut self, doc: DocId, said: PlanSaid, read_only: bool) {
        self.done = said.done;
        self.plan = Some(Arc::new(PlanView {
            doc,
            content: said.content,
            facts: PlanFacts::default(),
            gone: Vec::new(),
            organisations: Vec::new(),
            read_only,
        }));
    }

    /// On which day the owner of a notebook signed a version of the charter.
    pub(super) fn signed_on(&self, notebook: &DocId, version: &str) -> Option<&str> {
        let (_, content) = self.notebooks.get(notebook)?;
        let mut signed = content.signatures.iter();
        let signature = signed.find(|one| one.version == version)?;
        Some(&signature.on)
    }

    /// The name a member gives themselves.
    pub(super) fn notebook_name(&self, member: &MemberId) -> Option<String> {
        let notebook = self.notebook_of(member);
        notebook
            .map(|notebook| notebook.name.clone())
            .filter(|name| !name.is_empty())
    }
}

impl Replica {
    /// The whole application as it stands, sharing every part that did not change.
    pub(crate) fn view(&mut self, revision: u64, live: &Live) -> Result<AppView, CommandError> {
        self.list_typed();
        let me = MeView {
            name: self.profile.name.clone(),
            lang: self.profile.lang.clone(),
            internet: self.profile.internet,
            relay: self.profile.relay.clone(),
            lan: self.profile.lan,
            presence: self.profile.presence,
            device: self.device(),
            member: self.me,
        };
        let status = live.status.clone().unwrap_or(StatusView {
            unsaved: self.uncommitted(),
            unread: self.unread(),
            online: false,
            internet: false,
            relay: None,
            addresses: Vec::new(),
            lan: LanView::default(),
            peers: Vec::new(),
        });
        // What one says of another, its name first, is read before any is shown, in whatever order they come.
        for id in self.network_ids() {
            if !self.network_ref(&id)?.views.stale.nothing() {
                self.refresh(&id)?;
            }
        }
        let mut networks = Vec::new();
        for id in self.network_ids() {
            networks.push(self.network_view(&id, &status, live)?);
        }
        networks.sort_by_cached_key(|network| (network.name.to_lowercase(), network.id));
        let now = i64::try_from(live.now).unwrap_or(i64::MAX);
        let digest = self.digest_view(&networks, moment::local(now));
        Ok(AppView {
            revision,
            me,
            networks,
            digest,
            here: live.here.clone(),
            status,
            joins: live.joins.clone(),
            files: Arc::clone(&live.files),
            linking: live.linking.clone(),
            reach: live.reach.clone(),
            notices: live.notices.clone(),
        })
    }

    fn network_view(
        &mut self,
        id: &NetworkId,
        status: &StatusView,
        live: &Live,
    ) -> Result<Arc<NetworkView>, CommandError> {
        let today = &live.today;
        let shown = self.shown(id, status, live)?;
        let network = self.network_ref(id)?;
        if let Some(view) = &network.views.network
            && network.views.stale.nothing()
            && network.views.shown == shown
            && moment_of(live) < network.views.next_close()
        {
            return Ok(Arc::clone(view));
        }
        self.refresh(id)?;
        let (me, this) = (self.me_in(id)?, self.device());
        let network = self.network_mut(id)?;
        let another_day = network.views.shown.today != *today;
        let follows = network.views.follow || another_day;
        // A ballot or a count that has come may make a version of the charter ours.
        let adopts =
            follows || network.views.decide || moment_of(live) >= network.views.next_close();
        if adopts {
            // What was adopted is looked up in its history; it may have been put out of memory.
            for kind in [DocKind::Charter, DocKind::Network] {
                if let Err(error) = self.document(id, &DocId::singleton(id, kind)) {
                    tracing::debug!(code = %error.code, "what was adopted does not read");
                }
            }
        }
        let network = self.network_mut(id)?;
        let mut members = network.members_view(&me, &this, &shown.here, live.now);
        self.name_machines(&mut members);
        let network = self.network_mut(id)?;
        let library = network.views.library.clone().ok_or_else(not_built)?;
        let content = network.views.content.clone().unwrap_or_default();
        let lang = self.profile.lang.clone();
        let relations = self.relation_views(&content);
        let network = self.network_mut(id)?;
        let anew = follows || network.views.frame_lang != lang;
        if anew || adopts {
            network.look_at_versions(&members, &me, moment_of(live));
        }
        if anew {
            network.follow(&library, &members, &me, today)?;
        } else if std::mem::take(&mut network.views.follow_words) {
            network.follow_words(&library, &members, today)?;
        }
        network.decide(&me, moment_of(live))?;
        if anew {
            network.look_over(&content, &members, relations, (today, &lang))?;
        }
        let sheets = std::mem::take(&mut network.views.sheets);
        if anew || sheets {
            network.look_at_meetings(&me, today)?;
        }
        network.look_at_watch(&me, anew);
        network.look_at_resources(&me, today, anew);
        let since = self.since(id, &me)?;
        let mut closing = self.closing_view(id, &content.review_date, today, live.archives)?;
        closing.archiving = shown.archiving;
        let network = self.network_mut(id)?;
        if *network.views.closing != closing {
            network.views.closing = Arc::new(closing);
        }
        let files = network.file_rows();
        if *network.views.files != files {
            network.views.files = Arc::new(files);
        }
        let plan = network.views.plan.clone().ok_or_else(not_built)?;
        let mut home = network.home_view((content, since), &plan, &library, &members, &me, today);
        home.warnings.clone_from(&network.views.piloting.warnings);
        home.asked = network.asked(&members, today);
        let view = Arc::new(NetworkView {
            id: *id,
            name: home.network.name.clone(),
            home: Arc::new(home),
            overview: Arc::clone(&network.views.overview),
            frame: Arc::clone(&network.views.frame),
            charter: network.views.charter.clone().ok_or_else(not_built)?,
            charter_versions: Arc::clone(&network.views.charter_versions),
            plan,
            filters: network.filters(&me),
            groups: Arc::clone(&network.views.groups),
            piloting: Arc::clone(&network.views.piloting),
            library,
            open_pages: network.views.pages.values().cloned().collect(),
            meetings: Arc::clone(&network.views.meetings),
            open_meetings: network.views.open_meetings.values().cloned().collect(),
            decisions: Arc::clone(&network.views.decisions),
            evaluation: network.views.evaluated.view(),
            contributions: network.views.contributions.clone(),
            open_decisions: network.views.open_decisions.values().cloned().collect(),
            watch: network.views.watched.view(),
            resources: network.views.shelf.view(),
            files: Arc::clone(&network.views.files),
            keep_files: network.keep_files,
            closing: Arc::clone(&network.views.closing),
            members: Arc::new(members),
            sync: shown.sync,
            undo: shown.undo,
        });
        network.views.network = Some(Arc::clone(&view));
        network.views.shown = shown;
        Ok(view)
    }

    /// Who is in a network, without who is connected.
    pub(super) fn members(&mut self, id: &NetworkId) -> Result<MembersView, CommandError> {
        self.refresh(id)?;
        let (me, this) = (self.me_in(id)?, self.device());
        let nobody = BTreeSet::new();
        let mut view = self.network_ref(id)?.members_view(&me, &this, &nobody, 0);
        self.name_machines(&mut view);
        Ok(view)
    }

    /// Says what machines are called, as far as this one was told.
    fn name_machines(&self, view: &mut MembersView) {
        let machines = view.members.iter_mut().flat_map(|one| &mut one.machines);
        for machine in machines {
            let label = self.labels.get(&machine.device);
            machine.label = label.cloned().unwrap_or_default();
        }
    }

    fn shown(
        &self,
        id: &NetworkId,
        status: &StatusView,
        live: &Live,
    ) -> Result<Shown, CommandError> {
        let network = self.network_ref(id)?;
        let mut sync = NetworkSyncView {
            waiting: network.waiting as usize,
            ..NetworkSyncView::default()
        };
        let mut here = BTreeSet::new();
        for peer in &status.peers {
            if let Some(link) = peer.networks.iter().find(|link| link.network == *id) {
                here.insert(peer.device);
                sync.connected += 1;
                sync.in_step += usize::from(link.in_step);
                sync.coming = sync.coming.longer(link.coming);
            }
        }
        let (undo, redo) = network.undo.counts();
        let closes_invitation = network.undo_closes_invitation();
        Ok(Shown {
            sync,
            undo: UndoView {
                undo,
                redo,
                closes_invitation,
            },
            here,
            today: live.today.clone(),
            invitations: network.membership.open_invitations(live.now).count(),
            archives: live.archives,
            archiving: live.archiving.get(id).copied(),
        })
    }

    /// Builds again every part of a network's views that is out of date.
    pub(super) fn refresh(&mut self, id: &NetworkId) -> Result<(), CommandError> {
        // Who wrote what is known by seals, of what was written here too.
        self.seal_all();
        let network = self.network_mut(id)?;
        if !network.views.stale.nothing() {
            network.views.network = None;
        }
        let mut stale = std::mem::take(&mut network.views.stale.docs);
        if !std::mem::replace(&mut network.views.stale.all_built, true) {
            let always = [DocKind::Network, DocKind::Charter];
            stale.extend(always.map(|kind| DocId::singleton(id, kind)));
            let plan = DocId::singleton(id, DocKind::Plan);
            if network.views.plan.is_none() || !network.shows(&plan) {
                stale.insert(plan);
            }
            stale.extend(network.open.iter().copied());
            stale.extend(network.years());
            stale.extend(network.resources_doc());
            network.views.watched.begin_anew();
            // Of who has left too: what they wrote to others stays.
            let former = network.membership.former().map(|former| former.id);
            let members = network.membership.members().map(|member| member.id);
            let members: Vec<_> = members.chain(former).collect();
            network.begin_notebooks(members, &mut stale);
            network.views.decide = true;
            network.views.stale.list = true;
        }
        // Of notebooks it is known once they are read: what their owners have looked at moves nothing for others.
        let lent = network.views.contributions.is_some();
        let follows = |doc: &DocId| match doc.kind() {
            // Of resources nothing follows but what was lent.
            Some(DocKind::Resources) => lent,
            Some(kind) => *doc == DocId::singleton(id, kind),
            None => false,
        };
        network.views.follow |= stale.iter().any(follows);
        self.refresh_seen(id)?;
        for doc in &stale {
            if let Err(error) = self.refresh_document(id, doc) {
                tracing::error!(code = %error.code, %doc, "a document does not read: {error}");
                let network = self.network_mut(id)?;
                network.shown.remove(doc);
                network.views.show_blank(doc);
            }
        }
        let network = self.network_mut(id)?;
        let open = network.open.clone();
        network.views.pages.retain(|page, _| open.contains(page));
        let views = &mut network.views;
        views.open_meetings.retain(|one, _| open.contains(one));
        views.open_decisions.retain(|one, _| open.contains(one));
        views.bare_decisions.retain(|one, _| open.contains(one));
        if network.views.stale.list || network.views.stale.names {
            network.views.library = Some(Arc::new(network.library_view()));
            // Names stand in it.
            network.views.decide |= network.views.stale.names;
            network.views.follow = true;
        } else if network.views.stale.words {
            network.views.library = Some(Arc::new(network.library_view()));
            network.views.follow_words = true;
        }
        network.views.stale.list = false;
        network.views.stale.names = false;
        network.views.stale.words = false;
        Ok(())
    }

    /// Reads anew how far this person has looked, where nothing else changed in their notebook.
    fn refresh_seen(&mut self, id: &NetworkId) -> Result<(), CommandError> {
        if !std::mem::take(&mut self.network_mut(id)?.views.stale.seen) {
            return Ok(());
        }
        let notebook = DocId::notebook(id, &self.me_in(id)?);
        let seen = read_seen(self.document(id, &notebook)?);
        self.network_mut(id)?.views.seen = seen;
        Ok(())
    }

    #[allow(clippy::too_many_lines)] // One arm a kind: splitting it would hide the table.
    fn refresh_document(&mut self, id: &NetworkId, doc: &DocId) -> Result<(), CommandError> {
        let shown = match doc.kind() {
            Some(DocKind::Page | DocKind::Meeting | DocKind::Decision) => {
                self.network_ref(id)?.open.contains(doc)
            }
            Some(DocKind::Notebook) => self.network_ref(id)?.views.notebooks.contains_key(doc),
            Some(DocKind::Watch) => self.network_ref(id)?.watches.contains(doc),
            Some(kind) => *doc == DocId::singleton(id, kind),
            None => false,
        };
        if !shown {
            return Ok(());
        }
        let mine = self.me_in(id).map(|me| DocId::notebook(id, &me))?;
        if *doc != mine && self.recall(id, doc) {
            return Ok(());
        }
        self.document(id, doc)?;
        let has_text = matches!(
            doc.kind(),
            Some(DocKind::Page | DocKind::Charter | DocKind::Meeting | DocKind::Decision)
        );
        let (version, acked) = if has_text {
            let session = self.text_session(id, doc)?;
            (session.version(), session.acked())
        } else {
            (0, 0)
        };
        let network = self.network_mut(id)?;
        let Some(loaded) = network.loaded.get(doc) else {
            return Ok(());
        };
        let document = loaded.copy.doc();
        let seen = (*doc == mine).then(|| (read_seen(document), read_watch_read(document)));
        let authors = network.authors_in(*doc);
        let read_only = network.read_only(doc);
        let text = |body: Arc<str>| TextView {
            text: body,
            version,
            acked,
        };
        match doc.kind() {
            Some(DocKind::Network) => {
                let content = read_network(document, &authors);
                drop(authors);
                network.views.content = Some(content);
            }
            Some(DocKind::Charter) => {
                let content = read_charter(document, &authors);
                let body = text(Arc::clone(&content.body));
                drop(authors);
                network.views.charter = Some(Arc::new(CharterView {
                    doc: *doc,
                    content,
                    body,
                    read_only,
                }));
            }
            Some(DocKind::Plan) => {
                drop(authors);
                network.read_to_remember(doc);
            }
            Some(DocKind::Page | DocKind::Meeting | DocKind::Decision) => {
                let opened = Opened::read(document, *doc, &authors, text, read_only);
                drop(authors);
                network.views.show(*doc, opened);
            }
            Some(DocKind::Watch) => {
                let content = read_watch(document, &authors);
                drop(authors);
                network.views.watched.show(*doc, content, read_only);
                // What was made of a line of the minutes stands there.
                network.views.sheets = true;
            }
            Some(DocKind::Resources) => {
                let content = read_resources(document, &authors);
                drop(authors);
                network.views.shelf.show(content, read_only);
            }
            Some(DocKind::Notebook) => {
                drop(authors);
                network.read_to_remember(doc);
                if let Some((seen, read)) = seen {
                    // More is asked of it than is remembered.
                    network.shown.remove(doc);
                    network.views.seen = seen;
                    network.views.watched.show_read(read);
                }
            }
            None => {}
        }
        Ok(())
    }
}

/// A document that somebody asked to have open, read.
enum Opened {
    Page(PageView),
    Meeting(MeetingView),
    Decision(OpenDecision),
}

impl Opened {
    fn read(
        document: &Automerge,
        id: DocId,
        authors: &dyn AuthorOf,
        text: impl Fn(Arc<str>) -> TextView,
        read_only: bool,
    ) -> Self {
        match id.kind() {
            Some(DocKind::Meeting) => {
                let content = read_meeting(document, authors);
                Self::Meeting(MeetingView {
                    id,
                    body: text(Arc::clone(&content.body)),
                    content,
                    sheet: Arc::default(),
                    read_only,
                })
            }
            Some(DocKind::Decision) => {
                let content = read_decision(document, authors);
                Self::Decision(OpenDecision {
                    body: text(Arc::clone(&content.body)),
                    content,
                    read_only,
                })
            }
            _ => {
                let content = read_page(document, authors);
                Self::Page(PageView {
                    id,
                    body: text(Arc::clone(&content.body)),
                    content,
                    read_only,
                })
            }
        }
    }
}

impl ViewCache {
    /// Takes in a notebook that was read.
    pub(super) fn read_in_notebook(&mut self, doc: DocId, said: NotebookSaid) {
        #[cfg(test)]
        {
            self.work.notebooks += 1;
        }
        self.take_notebook(doc, said);
    }

    /// Takes in what a notebook says by now, and notes what follows from it.
    fn take_notebook(&mut self, doc: DocId, said: NotebookSaid) {
        let NotebookSaid {
            content,
            balloting: said,
        } = said;
        self.said_in.get_mut().remove(&doc);
        if self.said.get(&doc) != Some(&said) {
            self.said.insert(doc, said);
            self.decide = true;
            // How many ballots each gave stands among contributions.
            self.follow |= self.contributions.is_some();
        }
        if let Some((_, known)) = self.notebooks.get_mut(&doc) {
            self.stale.names |= known.name != content.name;
            self.follow |= *known != content;
            *known = content;
        }
    }
}

/// Names what a notebook says.
fn hash_of(content: &NotebookContent, said: &Balloting) -> [u8; 32] {
    let ballots: Vec<_> = said.ballots.values().collect();
    let counts: Vec<_> = said.counts.values().collect();
    // Names, numbers and texts: nothing here can fail to be written.
    let text = serde_json::to_vec(&(content, ballots, counts)).unwrap_or_default();
    *blake3::hash(&text).as_bytes()
}

impl Network {
    /// Begins the notebooks of these people anew. What is shown of one as it is here now stays; the others are stale.
    fn begin_notebooks(&mut self, members: Vec<MemberId>, stale: &mut BTreeSet<DocId>) {
        let mut before = std::mem::take(&mut self.views.notebooks);
        self.views.notebook_by = BTreeMap::new();
        for member in members {
            let notebook = DocId::notebook(&self.id, &member);
            let same = !stale.contains(&notebook) && self.shows(&notebook);
            let known = before.remove(&notebook).filter(|_| same);
            if known.is_none() {
                stale.insert(notebook);
                self.views.said.remove(&notebook);
            }
            let known = known.unwrap_or_else(|| (member, NotebookContent::default()));
            self.views.notebooks.insert(notebook, known);
            self.views.notebook_by.insert(member, notebook);
        }
        let Self { views, .. } = self;
        views
            .said
            .retain(|doc, _| views.notebooks.contains_key(doc));
        let said_in = views.said_in.get_mut();
        said_in.retain(|doc, _| views.said.contains_key(doc));
    }

    /// What waits for me, by the views as they stand.
    fn asked(&self, members: &MembersView, today: &str) -> Vec<AskedView> {
        let (views, evaluation) = (&self.views, self.views.evaluated.view());
        let asking = Asking {
            members,
            versions: &views.charter_versions,
            decisions: &views.decisions,
            resources: &views.shelf.view(),
            meetings: &views.meetings,
            piloting: &views.piloting,
            evaluation: &evaluation,
            closing: &views.closing,
            today,
        };
        asking.all()
    }

    /// Works out anew which versions of the charter are ours. What comes out the same stays the same view.
    fn look_at_versions(&mut self, members: &MembersView, me: &MemberId, now: i64) {
        let ours = self.ours(now);
        let in_force = self.says_in_force(&ours);
        let versions = self.charter_versions(&ours, in_force.as_ref(), members, me);
        self.views.in_force = in_force;
        if *self.views.charter_versions != versions {
            self.views.charter_versions = Arc::new(versions);
            // An open decision says which version it is about.
            self.views.decide_open = true;
        }
    }

    /// Works out anew what follows from the plan, the members and the list of pages. What comes out the same stays
    /// the same view.
    fn follow(
        &mut self,
        library: &LibraryView,
        members: &MembersView,
        me: &MemberId,
        today: &str,
    ) -> Result<(), CommandError> {
        #[cfg(test)]
        {
            self.views.work.follows += 1;
        }
        let plan = self.views.plan.as_ref().ok_or_else(not_built)?;
        let plan = self.plan_today(plan, members, today);
        self.views.plan = Some(plan);
        self.follow_words(library, members, today)?;
        let content = self.views.content();
        let plan = self.views.plan.as_ref().ok_or_else(not_built)?;
        let piloting = self.piloting_view(&content, plan, library, members, me, today);
        if *self.views.piloting != piloting {
            self.views.piloting = Arc::new(piloting);
        }
        self.evaluate(&content.pulse, me, today);
        let meetings = self.meetings_view(&content.series, me, today);
        if *self.views.meetings != meetings {
            self.views.meetings = Arc::new(meetings);
        }
        self.views.follow = false;
        self.views.follow_words = false;
        // Open ones show the plan's actions; the register does not.
        self.views.decide_open = true;
        Ok(())
    }

    /// Works out anew what follows from what somebody wrote in a page, and nothing else does.
    fn follow_words(
        &mut self,
        library: &LibraryView,
        members: &MembersView,
        today: &str,
    ) -> Result<(), CommandError> {
        let plan = self.views.plan.clone().ok_or_else(not_built)?;
        let groups = group_views(&plan, library, members, today);
        if *self.views.groups != groups {
            self.views.groups = Arc::new(groups);
        }
        if let Some(known) = &self.views.contributions {
            let view = self.contributions_view(&plan, members, today);
            if **known != view {
                self.views.contributions = Some(Arc::new(view));
            }
        }
        Ok(())
    }

    /// Works the decisions out anew, where something that they follow from changed. What comes out the same stays the same view.
    fn decide(&mut self, me: &MemberId, now: i64) -> Result<(), CommandError> {
        let all = std::mem::take(&mut self.views.decide) || now >= self.views.next_close();
        if !std::mem::take(&mut self.views.decide_open) && !all {
            return Ok(());
        }
        if all {
            #[cfg(test)]
            {
                self.views.work.registers += 1;
            }
            let (register, next) = self.decisions_view(me, now);
            self.views.next_close = Some(next);
            if *self.views.decisions != register {
                self.views.decisions = Arc::new(register);
            }
        }
        let plan = self.views.plan.clone().ok_or_else(not_built)?;
        let bare = std::mem::take(&mut self.views.bare_decisions);
        for (id, open) in &bare {
            let view = self.decision_view(*id, open, &plan, me, now);
            let held = self.views.open_decisions.get(id);
            if held.is_none_or(|held| **held != view) {
                self.views.open_decisions.insert(*id, Arc::new(view));
            }
        }
        self.views.bare_decisions = bare;
        Ok(())
    }

    /// Works out the sheets of open meetings. What comes out the same stays the same view.
    fn look_at_meetings(&mut self, me: &MemberId, today: &str) -> Result<(), CommandError> {
        let plan = self.views.plan.clone().ok_or_else(not_built)?;
        let series = self.views.content().series;
        let around = Around {
            plan: &plan,
            series: &series,
            me,
            today,
        };
        let open = self.views.open_meetings.values();
        let sheets: Vec<_> = open
            .map(|view| {
                (
                    view.id,
                    self.meeting_sheet(&view.id, &view.content, &around),
                )
            })
            .collect();
        #[cfg(test)]
        {
            self.views.work.sheets += sheets.len();
        }
        for (id, sheet) in sheets {
            if let Some(view) = self.views.open_meetings.get_mut(&id)
                && *view.sheet != sheet
            {
                Arc::make_mut(view).sheet = Arc::new(sheet);
            }
        }
        Ok(())
    }

    /// Draws the page at a glance and the starting frame anew. What comes out the same stays the same view.
    fn look_over(
        &mut self,
        content: &NetworkContent,
        members: &MembersView,
        relations: Vec<RelationView>,
        (today, lang): (&str, &str),
    ) -> Result<(), CommandError> {
        let plan = self.views.plan.as_ref().ok_or_else(not_built)?;
        let lately = Lately {
            plan,
            done: &self.views.done,
            decisions: &self.views.decisions.decisions,
            meetings: &self.views.meetings.meetings,
            members,
            today,
        };
        let mut page = overview(content, relations, &lately);
        page.next_meeting = self.views.meetings.next().cloned();
        let decisions = self.views.decisions.decisions.iter();
        let open = decisions.filter(|row| row.phase.is_under_way());
        page.open_decisions = open.take(MOST_DECISIONS).cloned().collect();
        let parts = frame(&content.kinds, self.views.charter(), &plan.content, lang);
        if *self.views.overview != page {
            self.views.overview = Arc::new(page);
        }
        if *self.views.frame != parts {
            self.views.frame = Arc::new(parts);
        }
        lang.clone_into(&mut self.views.frame_lang);
        Ok(())
    }
}

fn moment_of(live: &Live) -> i64 {
    i64::try_from(live.now).unwrap_or(i64::MAX)
}

fn not_built() -> CommandError {
    CommandError::new("internal", "a view was asked for before it was built")
}
