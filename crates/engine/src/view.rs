//! What the window paints and what `tresse-node view` prints: plain immutable data.
//!
//! A view is built once when the documents behind it change, then shared by `Arc`: whoever holds
//! an `Arc` that compares equal by pointer knows that nothing changed.

use crate::{
    ActionBrief, AdoptingRule, AskedView, CaseView, CharterVoteView, ClosingView, ComingView,
    CompanyView, ConsentView, ContributionsView, DecisionView, DecisionsView, DigestView,
    EndedMandateView, EvaluationView, FileRow, FilesView, FormerView, FrameView, GroupView,
    KeepFiles, LanView, LinkingView, MachineView, MandateView, MeetingView, MeetingsView,
    ObjectiveProgress, OverviewView, PersonHere, PilotingView, PlanView, ReachView, ResourcesView,
    RulesView, SinceView, TroubleView, WatchView,
};
use std::{ops::Range, sync::Arc};

use serde::Serialize;
use tresse_model::{
    CharterContent, DeviceId, DocId, DocKind, ItemId, MemberId, NetworkContent, NetworkId,
    OwnFacts, PageContent, Photo, SavedFilter, VotingRule, Warning,
};

/// The whole application at one instant.
#[derive(Debug, Clone, Serialize)]
pub struct AppView {
    /// Grows by one at each publication: tells two instants apart.
    pub revision: u64,
    /// Who uses this profile.
    pub me: MeView,
    /// The networks of this profile, by name.
    pub networks: Vec<Arc<NetworkView>>,
    /// What moved in them, as it is told at my own rhythm.
    pub digest: Arc<DigestView>,
    /// Who is here now in each network.
    pub here: CompanyView,
    /// How saving and the link to other peers stand.
    pub status: StatusView,
    /// How each ticket given to this process fares, oldest first.
    pub joins: Vec<JoinView>,
    /// The address given to this process last, and who answers there.
    pub reach: Option<ReachView>,
    /// Attached files: what of them is on this machine, and what is under way.
    pub files: Arc<FilesView>,
    /// A machine on its way to become a person's, on this side or the other: one at a time.
    pub linking: Option<LinkingView>,
    /// Things that the person should be told once (the newest last), each with a growing number.
    pub notices: Vec<Notice>,
}

impl AppView {
    /// The network with this id, if the profile has it.
    pub fn network(&self, id: &NetworkId) -> Option<&Arc<NetworkView>> {
        self.networks.iter().find(|network| network.id == *id)
    }

    /// Who is here now in this network, by name, without this person.
    pub fn here(&self, network: &NetworkId) -> &[PersonHere] {
        self.here.get(network).map_or(&[], |people| people)
    }
}

/// Who uses this profile.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MeView {
    /// The name given at first start.
    pub name: String,
    /// `fr` or `en`.
    pub lang: String,
    /// Whether this profile allows relays and look-up on the internet.
    pub internet: bool,
    /// The relay of one's own that is set in this profile; without it, the public ones are used.
    pub relay: Option<String>,
    /// Whether this profile allows finding others, and being found, on local networks.
    pub lan: bool,
    /// Whether others see that Tresse is open here and what is looked at, and this person sees it of them.
    pub presence: bool,
    /// This machine.
    pub device: DeviceId,
    /// This person.
    pub member: MemberId,
}

/// Saving and links, for the status line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StatusView {
    /// Edits accepted but not yet durable. Zero means « Enregistré ».
    pub unsaved: usize,
    /// Documents whose words the search does not know as they are now. After an update of Tresse, or a first meeting, that may be all of
    /// them; a search reads [`crate::CAUGHT_UP`] of them before it answers, and the others are read in quiet moments.
    pub unread: usize,
    /// Whether this engine talks to peers at all.
    pub online: bool,
    /// Whether relays and look-up on the internet are in use now.
    pub internet: bool,
    /// The relay through which this machine can be reached over the internet now, as a URL.
    pub relay: Option<String>,
    /// This machine's addresses on its networks, as `IP:PORT`.
    pub addresses: Vec<String>,
    /// How it stands with finding others on local networks.
    pub lan: LanView,
    /// Every member's device that is connected now, over all networks.
    pub peers: Vec<PeerView>,
}

/// One connected device of a member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PeerView {
    /// The device.
    pub device: DeviceId,
    /// Its owner's name, as known here.
    pub name: String,
    /// The networks shared with it, and whether both copies are known to be equal.
    pub networks: Vec<PeerNetworkView>,
    /// Its Tresse speaks a later version of the protocol (`true`) or an older one; what both know goes on. None: the same.
    pub newer: Option<bool>,
    /// It is reached through a relay, as no direct way was found yet.
    pub relayed: bool,
}

/// How one network stands with one connected device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PeerNetworkView {
    /// The network.
    pub network: NetworkId,
    /// Both copies are known to be equal.
    pub in_step: bool,
    /// What comes from it.
    pub coming: ComingView,
}

/// One network.
#[derive(Debug, Clone, Serialize)]
pub struct NetworkView {
    /// The network.
    pub id: NetworkId,
    /// Its name, as its members last set it.
    pub name: String,
    /// First page.
    pub home: Arc<HomeView>,
    /// The network on one page.
    pub overview: Arc<OverviewView>,
    /// What its ends suggest to begin with.
    pub frame: Arc<FrameView>,
    /// The charter, whole.
    pub charter: Arc<CharterView>,
    /// Which versions of it were proposed, adopted and signed.
    pub charter_versions: Arc<CharterVersionsView>,
    /// Objectives and actions.
    pub plan: Arc<PlanView>,
    /// The questions to the plan that I saved, by name.
    pub filters: Arc<Vec<SavedFilter>>,
    /// Working groups, in the plan's order.
    pub groups: Arc<Vec<GroupView>>,
    /// The list of pages.
    pub library: Arc<LibraryView>,
    /// The pages that somebody asked to have open ([`crate::Command::PageOpen`]).
    pub open_pages: Vec<Arc<PageView>>,
    /// The list of meetings.
    pub meetings: Arc<MeetingsView>,
    /// The meetings that somebody asked to have open.
    pub open_meetings: Vec<Arc<MeetingView>>,
    /// The register of decisions.
    pub decisions: Arc<DecisionsView>,
    /// The decisions that somebody asked to have open.
    pub open_decisions: Vec<Arc<DecisionView>>,
    /// What is asked of members, results, how people see working together.
    pub evaluation: Arc<EvaluationView>,
    /// What members gave; `None` where nobody asked to see it ([`crate::ContributionCommand::Open`]).
    pub contributions: Option<Arc<ContributionsView>>,
    /// Roles: who holds them, how they go round, what is handed over.
    pub piloting: Arc<PilotingView>,
    /// What was seen outside.
    pub watch: Arc<WatchView>,
    /// What members offer, need and lend.
    pub resources: Arc<ResourcesView>,
    /// Every file that is attached to a page or a meeting.
    pub files: Arc<Vec<FileRow>>,
    /// Which of them this machine fetches by itself.
    pub keep_files: KeepFiles,
    /// Whether it is open or closed, and how it may end.
    pub closing: Arc<ClosingView>,
    /// Who is in the network.
    pub members: Arc<MembersView>,
    /// How the copy stands.
    pub sync: NetworkSyncView,
    /// What undo and redo would do now.
    pub undo: UndoView,
}

impl NetworkView {
    /// The open page with this id.
    pub fn page(&self, id: &DocId) -> Option<&Arc<PageView>> {
        self.open_pages.iter().find(|page| page.id == *id)
    }

    /// Whether this machine may write in it: it is a member's, and the network is open.
    pub fn is_writable(&self) -> bool {
        self.members.writable && !self.closing.is_closed()
    }

    /// The open meeting with this id.
    pub fn meeting(&self, id: &DocId) -> Option<&Arc<MeetingView>> {
        self.open_meetings.iter().find(|meeting| meeting.id == *id)
    }

    /// The open decision with this id.
    pub fn decision(&self, id: &DocId) -> Option<&Arc<DecisionView>> {
        self.open_decisions.iter().find(|one| one.id == *id)
    }
}

/// Whether there is something of mine to undo or redo.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Default)]
pub struct UndoView {
    /// Edits that can be undone.
    pub undo: usize,
    /// Edits that can be redone.
    pub redo: usize,
    /// Undoing now would close an invitation that was just made, for good.
    pub closes_invitation: bool,
}

/// How this copy of a network stands against the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Default)]
pub struct NetworkSyncView {
    /// Connected devices of members of this network.
    pub connected: usize,
    /// Connected devices whose copy is known to equal this one.
    pub in_step: usize,
    /// Changes made here that no other device is known to have.
    pub waiting: usize,
    /// What comes from the device from which most is to come.
    pub coming: ComingView,
}

/// First page of a network.
#[derive(Debug, Clone, Serialize)]
pub struct HomeView {
    /// The network document's content.
    pub network: NetworkContent,
    /// Members in it.
    pub members: usize,
    /// Organisations named by members.
    pub organisations: usize,
    /// Pages in the library.
    pub pages: usize,
    /// Objectives, with progress.
    pub objectives: Vec<ObjectiveProgress>,
    /// What waits for me: to answer, to sign, to count, to hand over…
    pub asked: Vec<AskedView>,
    /// Where a rule of working together is broken, or a role waits for something; the gravest first.
    pub warnings: Vec<Warning>,
    /// My open actions, soonest due first, at most 20.
    pub my_actions: Vec<ActionBrief>,
    /// How many open actions are mine.
    pub mine: usize,
    /// Open actions whose due date is past, soonest first, at most 20.
    pub late_actions: Vec<ActionBrief>,
    /// How many open actions are late.
    pub late: usize,
    /// How many open actions cannot go on.
    pub blocked: usize,
    /// Working groups that are not closed.
    pub groups: usize,
    /// What my organisation wants for itself and the network does not serve.
    pub unserved: Vec<OwnFacts>,
    /// The last changes, newest first, at most 30.
    pub recent: Vec<RecentChange>,
    /// What others changed since I last said that I had seen all.
    pub since: SinceView,
    /// Written by a newer Tresse: shown, not edited.
    pub read_only: bool,
}

/// Something that changed lately.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RecentChange {
    /// The document.
    pub doc: DocId,
    /// The document's title as shown (page title), empty for singletons.
    pub title: String,
    /// Who did it, as a name.
    pub author: String,
    /// When, as the author's clock claimed: milliseconds since 1970, UTC.
    pub at: i64,
}

/// The charter.
#[derive(Debug, Clone, Serialize)]
pub struct CharterView {
    /// The document.
    pub doc: DocId,
    /// Its content.
    pub content: CharterContent,
    /// The Markdown text for an editor.
    pub body: TextView,
    /// Written by a newer Tresse: shown, not edited.
    pub read_only: bool,
}

/// The versions of the charter that anybody proposed, how far each has come, and who signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Default)]
pub struct CharterVersionsView {
    /// Proposed ones first, then the adopted ones, the newest first.
    pub versions: Vec<CharterVersionView>,
    /// The version in force: the one adopted last.
    pub in_force: Option<String>,
    /// How the network decides: by the version in force, else by the charter as it stands. New decisions take it over.
    pub rule: VotingRule,
    /// How a decision about a version is taken, where the version in force says so; `None`: versions are adopted by consents alone.
    pub adopting: Option<AdoptingRule>,
    /// The charter as it stands says something else than the version in force (or none is).
    pub changed: bool,
    /// The version that the charter as it stands is, if it was proposed or adopted.
    pub current: Option<String>,
    /// What the version in force says, as far as it is here. `view` leaves it out: `diff` shows it.
    #[serde(skip)]
    pub says: Option<Arc<CharterContent>>,
    /// The network's purposes are others than those that were adopted with the version in force. Versions of older programs were adopted
    /// without them: then this is not said.
    pub purposes_changed: bool,
}

impl CharterVersionsView {
    /// The version with this name.
    pub fn get(&self, version: &str) -> Option<&CharterVersionView> {
        self.versions.iter().find(|one| one.version == version)
    }

    /// The version in force.
    pub fn adopted(&self) -> Option<&CharterVersionView> {
        self.get(self.in_force.as_deref()?)
    }
}

/// One version of the charter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CharterVersionView {
    /// Its name.
    pub version: String,
    /// `pending`, `ready` (enough consent, and one of them says so once more), `voting` (nobody consents, a decision is about it), `refused` (no
    /// decision adopted it), `in-force` or `replaced`.
    pub state: String,
    /// When it became ours, as claimed, in milliseconds since 1970, UTC; `None`: it is not.
    pub adopted_at: Option<i64>,
    /// The decision that adopted it; `None` where consents did.
    pub by_decision: Option<DocId>,
    /// The decisions about it.
    pub votes: Vec<CharterVoteView>,
    /// Who consents, the first being who proposed it.
    pub consents: Vec<ConsentView>,
    /// How many are needed.
    pub need: usize,
    /// Of how many persons.
    pub of: usize,
    /// Whether I am among those who consent.
    pub mine: bool,
    /// Who signed it: the members by name, then those who have left since.
    pub signatures: Vec<SignatureView>,
    /// The members who have not, by name.
    pub unsigned: Vec<String>,
    /// Whether I did.
    pub signed: bool,
    /// All that it is made of has arrived here.
    pub here: bool,
}

/// One signature under a version of the charter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SignatureView {
    /// Who.
    pub member: MemberId,
    /// Their name.
    pub name: String,
    /// On which day, as their clock claimed.
    pub on: String,
    /// They have left the network since, or were put out: what they signed stays signed.
    pub former: bool,
}

impl CharterVersionView {
    /// The names of the members who signed it.
    pub fn signed_by(&self) -> Vec<&str> {
        self.signers(false)
    }

    /// The names of those who signed it and are no members any more.
    pub fn signed_by_former(&self) -> Vec<&str> {
        self.signers(true)
    }

    fn signers(&self, former: bool) -> Vec<&str> {
        let signed = self.signatures.iter().filter(|one| one.former == former);
        signed.map(|one| one.name.as_str()).collect()
    }
}

/// A collaborative text as an editor needs it: see [`crate::Command::PageEdit`] for the rules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TextView {
    /// The whole text.
    pub text: Arc<str>,
    /// Names this state of the text. An editor that adopts `text` sends this number as `base`
    /// with its next edits.
    pub version: u64,
    /// The `seq` of the newest edit of this process's editor that is in `text` (0: none). An editor adopts a newer
    /// `text` only once `acked` equals the last `seq` that it sent.
    pub acked: u64,
}

/// The list of pages.
#[derive(Debug, Clone, Serialize)]
pub struct LibraryView {
    /// Pages that are not in the bin, last changed first.
    pub pages: Vec<PageRow>,
    /// Pages in the bin, last changed first.
    pub binned: Vec<PageRow>,
    /// Every tag in use and how many pages bear it, most used first.
    pub tags: Vec<(String, usize)>,
}

/// One page in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PageRow {
    /// The page.
    pub id: DocId,
    /// Its title.
    pub title: String,
    /// Its tags, sorted.
    pub tags: Vec<String>,
    /// The working group it belongs to.
    pub group: Option<ItemId>,
    /// Its first words, for the list.
    pub excerpt: String,
    /// When it last changed, as its author's clock claimed: milliseconds since 1970, UTC.
    pub changed: i64,
    /// Who changed it last, as a name.
    pub author: String,
}

/// One open page.
#[derive(Debug, Clone, Serialize)]
pub struct PageView {
    /// The page.
    pub id: DocId,
    /// Its content.
    pub content: PageContent,
    /// The Markdown text for an editor.
    pub body: TextView,
    /// Written by a newer Tresse: shown, not edited.
    pub read_only: bool,
}

/// Who is in the network.
#[derive(Debug, Clone, Default, Serialize)]
pub struct MembersView {
    /// Members, by name.
    pub members: Vec<MemberView>,
    /// Who was a member and is no more, by name.
    pub former: Vec<FormerView>,
    /// Invitations made on this or another device that are still open, or will be once more members make them.
    pub invitations: Vec<InvitationView>,
    /// Invitations that let nobody in any more, the newest first.
    pub past_invitations: Vec<InvitationView>,
    /// The rules by which members are let in, removed and taken back.
    pub rules: RulesView,
    /// What waits for consents, or got them: removals, returns, changes of rules.
    pub cases: Vec<CaseView>,
    /// Who holds which role.
    pub mandates: Vec<MandateView>,
    /// The mandates that somebody ended, the last ended first.
    pub ended_mandates: Vec<EndedMandateView>,
    /// What went wrong between copies, the gravest first.
    pub troubles: Vec<TroubleView>,
    /// Whether this machine is a member's, so that it may write.
    pub writable: bool,
}

impl MembersView {
    /// The name as shown of who is or was a member, or a short form of the id for somebody unknown here.
    pub fn name_of(&self, member: &MemberId) -> String {
        let present = self.members.iter().find(|row| row.id == *member);
        let former = || self.former.iter().find(|former| former.id == *member);
        present
            .map(|row| &row.name)
            .or_else(|| former().map(|former| &former.name))
            .cloned()
            .unwrap_or_else(|| member.to_string().chars().take(12).collect())
    }
}

/// One member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MemberView {
    /// The person.
    pub id: MemberId,
    /// Their name, from their notebook, else as given at admission.
    pub name: String,
    /// Where they come from; empty until they say so.
    pub organisation: String,
    /// `volunteer`, `employee` or empty.
    pub engagement: String,
    /// What they bring; free text.
    pub brings: String,
    /// What they expect; free text.
    pub expects: String,
    /// What their organisation expects to gain by being in the network; free text.
    pub added_value: String,
    /// When that was last looked at, ISO 8601 date, or empty.
    pub added_value_on: String,
    /// Their picture.
    pub photo: Option<Photo>,
    /// Their machines that are in.
    pub devices: Vec<DeviceId>,
    /// Every machine they have or had.
    pub machines: Vec<MachineView>,
    /// Who admitted them (`None` for the founder).
    pub admitted_by: Option<MemberId>,
    /// When they came, as the admitting clock claimed: milliseconds since 1970, UTC.
    pub since: i64,
    /// Whether this is the person who uses this profile.
    pub is_me: bool,
    /// One of their devices is connected now.
    pub here: bool,
}

/// One invitation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct InvitationView {
    /// Names the invitation (hexadecimal of its public key).
    pub id: String,
    /// Who made it.
    pub by: MemberId,
    /// When it was made, as claimed: milliseconds since 1970, UTC.
    pub made: i64,
    /// Until when it can be used: milliseconds since 1970, UTC.
    pub expires: i64,
    /// How many persons it was made for.
    pub uses: u32,
    /// How many uses are left.
    pub uses_left: u32,
    /// Who came in by it.
    pub used_by: Vec<MemberId>,
    /// How many more members must make it before it lets anybody in.
    pub awaits: usize,
    /// Whether I made it, alone or with others.
    pub mine: bool,
    /// How it stands.
    pub state: InvitationState,
}

/// How an invitation stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum InvitationState {
    /// It lets people in.
    Open,
    /// It will, once more members make it.
    Awaited,
    /// As many came in by it as it was made for.
    Used,
    /// Its time is over.
    Expired,
    /// A member closed it, or all who made it are gone.
    Closed,
}

impl InvitationState {
    /// Whether it lets people in, or will.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Open | Self::Awaited)
    }
}

/// How a ticket fares.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct JoinView {
    /// The network that the ticket opens.
    pub network: NetworkId,
    /// Where it stands.
    pub state: JoinState,
}

/// Where a ticket stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "state", rename_all = "kebab-case")]
pub enum JoinState {
    /// None of the devices named in the ticket answers yet; it goes on trying.
    Reaching,
    /// A member let me in; the documents are coming.
    Admitted,
    /// Admitted, and the documents are here.
    Arrived,
    /// A member refused, for the reason with this stable code (`ticket-expired`, `ticket-used`, `ticket-revoked`).
    Refused {
        /// The reason.
        code: String,
    },
}

/// Something the person should be told once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Notice {
    /// Grows by one a notice.
    pub number: u64,
    /// Stable name of the message (a Fluent key in the window, `notice-…`).
    pub code: String,
    /// Values for the message's placeables.
    pub args: Vec<(String, String)>,
}

/// One result of a search.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SearchHit {
    /// The network that it is in.
    pub network: NetworkId,
    /// What it is, in the word that names the kind of document.
    pub kind: String,
    /// The document.
    pub doc: DocId,
    /// Its title.
    pub title: String,
    /// The words around the match.
    pub excerpt: String,
    /// What was found in `excerpt`, as byte ranges in order; none where only the title has it.
    pub marks: Vec<Range<usize>>,
    /// Who changed it last, by name as known here.
    pub author: String,
    /// When it was last changed, as claimed: milliseconds since 1970, UTC.
    pub at: i64,
}

/// What is looked for in texts. The default asks for nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Search {
    /// The words: all must be there; the last may go on. Accents and capitals do not count.
    pub words: String,
    /// In this network alone.
    pub network: Option<NetworkId>,
    /// Of these kinds alone, if any is named.
    pub kinds: Vec<DocKind>,
    /// Last changed by somebody whose name holds this; accents and capitals do not count.
    pub author: String,
    /// Last changed at this moment or later: milliseconds since 1970, UTC.
    pub from: Option<i64>,
    /// Last changed before this moment.
    pub until: Option<i64>,
}

/// The history of a document: changes of one author close in time, together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChangeGroup {
    /// Who, by the device that made the changes (`None`: a device unknown here).
    pub author: Option<MemberId>,
    /// Their name.
    pub name: String,
    /// The device.
    pub device: Option<DeviceId>,
    /// First change's claimed time: milliseconds since 1970, UTC.
    pub from: i64,
    /// Last change's claimed time: milliseconds since 1970, UTC.
    pub to: i64,
    /// How many changes.
    pub changes: usize,
    /// The document's heads before the first of them (none: it was empty).
    pub before: Vec<String>,
    /// The document's heads after the last of them.
    pub heads: Vec<String>,
}
