//! From documents to views: built again only where something changed.

use std::{
    collections::{BTreeMap, BTreeSet, HashSet},
    sync::Arc,
};

use tresse_model::{
    DeviceId, DocId, DocKind, MemberId, NetworkContent, NetworkId, NotebookContent, PlanContent,
    Status, read_charter, read_network, read_notebook, read_page, read_plan,
};

use super::{Network, Replica};
use crate::CommandError;
use crate::view::{
    ActionBrief, AppView, CharterView, HomeView, InvitationView, JoinView, LibraryView, MeView,
    MemberView, MembersView, NetworkSyncView, NetworkView, Notice, ObjectiveProgress, PageRow,
    PageView, PlanView, RecentChange, StatusView, TextView, UndoView,
};

const BRIEF: usize = 20;
const RECENT: usize = 30;

/// What the threads around the replica know at one instant.
#[derive(Debug, Default, Clone)]
pub(crate) struct Live {
    pub(crate) status: Option<StatusView>,
    pub(crate) notices: Vec<Notice>,
    pub(crate) joins: Vec<JoinView>,
    pub(crate) today: String,
    pub(crate) now: u64,
}

/// Views as last built, and what of them is out of date.
#[derive(Default)]
pub(super) struct ViewCache {
    network: Option<Arc<NetworkView>>,
    content: Option<NetworkContent>,
    charter: Option<Arc<CharterView>>,
    plan: Option<Arc<PlanView>>,
    library: Option<Arc<LibraryView>>,
    pages: BTreeMap<DocId, Arc<PageView>>,
    notebooks: BTreeMap<DocId, (MemberId, NotebookContent)>,
    stale: BTreeSet<DocId>,
    /// Members, names or roles may have changed.
    people: bool,
    library_stale: bool,
    any: bool,
    fresh_once: bool,
    shown: Shown,
}

/// What a network's view shows beside its documents.
#[derive(Default, Clone, PartialEq)]
struct Shown {
    sync: NetworkSyncView,
    undo: UndoView,
    here: BTreeSet<DeviceId>,
    today: String,
}

impl ViewCache {
    pub(super) fn dirty(&mut self, doc: &DocId) {
        self.stale.insert(*doc);
        self.any = true;
    }

    pub(super) fn dirty_list(&mut self) {
        self.library_stale = true;
        self.any = true;
    }

    pub(super) fn dirty_all(&mut self) {
        self.fresh_once = false;
        self.any = true;
    }

    /// The name a member gives themselves.
    pub(super) fn notebook_name(&self, member: &MemberId) -> Option<String> {
        self.notebooks
            .values()
            .find(|(owner, _)| owner == member)
            .map(|(_, notebook)| notebook.name.clone())
            .filter(|name| !name.is_empty())
    }
}

impl Replica {
    /// The whole application as it stands, sharing every part that did not change.
    pub(crate) fn view(&mut self, revision: u64, live: &Live) -> Result<AppView, CommandError> {
        let me = MeView {
            name: self.profile.name.clone(),
            lang: self.profile.lang.clone(),
            device: self.device(),
            member: self.me,
        };
        let status = live.status.clone().unwrap_or(StatusView {
            unsaved: self.uncommitted(),
            online: false,
            internet: false,
            addresses: Vec::new(),
            peers: Vec::new(),
        });
        let mut networks = Vec::new();
        for id in self.network_ids() {
            networks.push(self.network_view(&id, &status, live)?);
        }
        networks.sort_by(|a, b| (a.name.to_lowercase(), a.id).cmp(&(b.name.to_lowercase(), b.id)));
        Ok(AppView {
            revision,
            me,
            networks,
            status,
            joins: live.joins.clone(),
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
        let shown = self.shown(id, status, today)?;
        let network = self.network_ref(id)?;
        if let Some(view) = &network.views.network
            && !network.views.any
            && network.views.shown == shown
        {
            return Ok(Arc::clone(view));
        }
        self.refresh(id)?;
        let me = self.me;
        let network = self.network_mut(id)?;
        let members = network.members_view(&me, &shown.here, live.now);
        let content = network.views.content.clone().unwrap_or_default();
        let plan = network.views.plan.clone().ok_or_else(not_built)?;
        let library = network.views.library.clone().ok_or_else(not_built)?;
        let home = network.home_view(content, &plan.content, &library, &members, &me, today);
        let view = Arc::new(NetworkView {
            id: *id,
            name: home.network.name.clone(),
            home: Arc::new(home),
            charter: network.views.charter.clone().ok_or_else(not_built)?,
            plan,
            library,
            open_pages: network.views.pages.values().cloned().collect(),
            members: Arc::new(members),
            sync: shown.sync,
            undo: shown.undo,
        });
        network.views.network = Some(Arc::clone(&view));
        network.views.shown = shown;
        network.views.any = false;
        Ok(view)
    }

    /// Who is in a network, without who is connected.
    pub(super) fn members(&mut self, id: &NetworkId) -> Result<MembersView, CommandError> {
        self.refresh(id)?;
        let me = self.me;
        Ok(self.network_ref(id)?.members_view(&me, &BTreeSet::new(), 0))
    }

    fn shown(
        &self,
        id: &NetworkId,
        status: &StatusView,
        today: &str,
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
            }
        }
        let (undo, redo) = network.undo.counts();
        Ok(Shown {
            sync,
            undo: UndoView { undo, redo },
            here,
            today: today.to_owned(),
        })
    }

    /// Builds again every part of a network's views that is out of date.
    fn refresh(&mut self, id: &NetworkId) -> Result<(), CommandError> {
        let network = self.network_mut(id)?;
        let mut stale = std::mem::take(&mut network.views.stale);
        let first = !network.views.fresh_once;
        network.views.fresh_once = true;
        if first {
            let always = [DocKind::Network, DocKind::Charter, DocKind::Plan];
            stale.extend(always.map(|kind| DocId::singleton(id, kind)));
            stale.extend(network.open_pages.iter().copied());
            let members: Vec<_> = network
                .membership
                .members()
                .map(|member| member.id)
                .collect();
            network.views.notebooks = BTreeMap::new();
            for member in members {
                let notebook = DocId::notebook(id, &member);
                network
                    .views
                    .notebooks
                    .insert(notebook, (member, NotebookContent::default()));
                stale.insert(notebook);
            }
            network.views.library_stale = true;
        }
        for doc in &stale {
            self.refresh_document(id, doc)?;
        }
        let network = self.network_mut(id)?;
        let open = network.open_pages.clone();
        network.views.pages.retain(|page, _| open.contains(page));
        if network.views.library_stale || network.views.people {
            network.views.library = Some(Arc::new(network.library_view()));
            network.views.library_stale = false;
            network.views.people = false;
        }
        Ok(())
    }

    fn refresh_document(&mut self, id: &NetworkId, doc: &DocId) -> Result<(), CommandError> {
        let shown = match doc.kind() {
            Some(DocKind::Page) => self.network_ref(id)?.open_pages.contains(doc),
            Some(DocKind::Notebook) => self.network_ref(id)?.views.notebooks.contains_key(doc),
            Some(kind) => *doc == DocId::singleton(id, kind),
            None => false,
        };
        if !shown {
            return Ok(());
        }
        self.document(id, doc)?;
        let has_text = matches!(doc.kind(), Some(DocKind::Page | DocKind::Charter));
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
        let document = &loaded.doc;
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
                let content = read_plan(document, &authors);
                drop(authors);
                network.views.plan = Some(Arc::new(PlanView {
                    doc: *doc,
                    content,
                    read_only,
                }));
            }
            Some(DocKind::Page) => {
                let content = read_page(document, &authors);
                let body = text(Arc::clone(&content.body));
                drop(authors);
                let view = PageView {
                    id: *doc,
                    content,
                    body,
                    read_only,
                };
                network.views.pages.insert(*doc, Arc::new(view));
            }
            Some(DocKind::Notebook) => {
                let content = read_notebook(document, &authors);
                drop(authors);
                if let Some((_, known)) = network.views.notebooks.get_mut(doc) {
                    network.views.people |= known.name != content.name;
                    *known = content;
                }
            }
            None => {}
        }
        Ok(())
    }
}

fn not_built() -> CommandError {
    CommandError::new("internal", "a view was asked for before it was built")
}

impl Network {
    fn library_view(&self) -> LibraryView {
        let mut pages: Vec<PageRow> = Vec::new();
        let mut binned = Vec::new();
        let mut tags: BTreeMap<&str, usize> = BTreeMap::new();
        for (doc, row) in &self.rows {
            if doc.kind() != Some(DocKind::Page) {
                continue;
            }
            let list = if row.binned { &mut binned } else { &mut pages };
            list.push(PageRow {
                id: *doc,
                title: row.title.clone(),
                tags: row.tags.clone(),
                excerpt: row.excerpt.clone(),
                changed: row.changed_ms,
                author: self.author_name(doc, &row.changed_actor),
            });
            if !row.binned {
                for tag in &row.tags {
                    *tags.entry(tag).or_default() += 1;
                }
            }
        }
        for list in [&mut pages, &mut binned] {
            list.sort_by(|a, b| b.changed.cmp(&a.changed).then(a.id.cmp(&b.id)));
        }
        let mut tags: Vec<_> = tags
            .into_iter()
            .map(|(tag, n)| (tag.to_owned(), n))
            .collect();
        tags.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        LibraryView {
            pages,
            binned,
            tags,
        }
    }

    fn members_view(&self, me: &MemberId, here: &BTreeSet<DeviceId>, now: u64) -> MembersView {
        let mut members: Vec<_> = self
            .membership
            .members()
            .map(|record| {
                let notebook = self
                    .views
                    .notebooks
                    .get(&DocId::notebook(&self.id, &record.id))
                    .map(|(_, notebook)| notebook.clone())
                    .unwrap_or_default();
                MemberView {
                    id: record.id,
                    name: self.name_of(&record.id),
                    organisation: notebook.organisation,
                    engagement: notebook.engagement,
                    brings: notebook.brings,
                    expects: notebook.expects,
                    devices: record.devices.clone(),
                    admitted_by: record.admitted_by,
                    since: i64::try_from(record.at_ms).unwrap_or(i64::MAX),
                    is_me: record.id == *me,
                    here: record.devices.iter().any(|device| here.contains(device)),
                }
            })
            .collect();
        members.sort_by(|a, b| (a.name.to_lowercase(), a.id).cmp(&(b.name.to_lowercase(), b.id)));
        let invitations = self
            .membership
            .open_invitations(now)
            .map(|invitation| InvitationView {
                id: invitation.key.to_string(),
                by: invitation.by,
                expires: i64::try_from(invitation.expires_ms).unwrap_or(i64::MAX),
                uses_left: invitation.uses_left(),
            })
            .collect();
        MembersView {
            members,
            invitations,
        }
    }

    fn home_view(
        &self,
        content: NetworkContent,
        plan: &PlanContent,
        library: &LibraryView,
        members: &MembersView,
        me: &MemberId,
        today: &str,
    ) -> HomeView {
        let organisations: HashSet<_> = members
            .members
            .iter()
            .map(|member| member.organisation.trim().to_lowercase())
            .filter(|organisation| !organisation.is_empty())
            .collect();
        let brief = |action: &tresse_model::Action| ActionBrief {
            id: action.id,
            title: action.title.clone(),
            due: Some(action.due.clone()).filter(|due| !due.is_empty()),
            owner: action
                .owner
                .map(|owner| members.name_of(&owner))
                .unwrap_or_default(),
        };
        let soonest = |wanted: &dyn Fn(&tresse_model::Action) -> bool| {
            let mut actions: Vec<_> = plan
                .actions
                .iter()
                .filter(|action| !matches!(action.status, Status::Done | Status::Dropped))
                .filter(|action| wanted(action))
                .collect();
            actions.sort_by_key(|action| (action.due.is_empty(), &action.due, action.id));
            actions
                .into_iter()
                .take(BRIEF)
                .map(brief)
                .collect::<Vec<_>>()
        };
        HomeView {
            members: members.members.len(),
            organisations: organisations.len(),
            pages: library.pages.len(),
            objectives: progress(plan),
            my_actions: soonest(&|action| action.owner == Some(*me)),
            late_actions: soonest(&|action| !action.due.is_empty() && action.due.as_str() < today),
            recent: self.recent(),
            read_only: self.read_only(&DocId::singleton(&self.id, DocKind::Network)),
            network: content,
        }
    }

    fn recent(&self) -> Vec<RecentChange> {
        let mut rows: Vec<_> = self
            .rows
            .iter()
            .filter(|(doc, row)| {
                !row.binned && row.changed_ms > 0 && doc.kind() != Some(DocKind::Notebook)
            })
            .collect();
        rows.sort_by(|a, b| b.1.changed_ms.cmp(&a.1.changed_ms).then(a.0.cmp(b.0)));
        rows.into_iter()
            .take(RECENT)
            .map(|(doc, row)| RecentChange {
                doc: *doc,
                title: row.title.clone(),
                author: self.author_name(doc, &row.changed_actor),
                at: row.changed_ms,
            })
            .collect()
    }
}

/// How far each objective's actions are, dropped ones left out.
fn progress(plan: &PlanContent) -> Vec<ObjectiveProgress> {
    let mut counts: BTreeMap<_, (usize, usize)> = BTreeMap::new();
    for action in &plan.actions {
        if let Some(objective) = action.objective
            && action.status != Status::Dropped
        {
            let (done, total) = counts.entry(objective).or_default();
            *done += usize::from(action.status == Status::Done);
            *total += 1;
        }
    }
    plan.objectives
        .iter()
        .map(|objective| {
            let (done, total) = counts.get(&objective.id).copied().unwrap_or_default();
            ObjectiveProgress {
                id: objective.id,
                title: objective.title.clone(),
                deadline: Some(objective.deadline.clone()).filter(|date| !date.is_empty()),
                done,
                total,
            }
        })
        .collect()
}
