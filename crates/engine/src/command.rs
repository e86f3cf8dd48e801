//! Everything a person can ask for: one enum that the window, `tresse-node run`, tests and undo all speak.

mod attachment;
mod closing;
mod contribution;
mod decision;
mod digest;
mod evaluation;
mod meeting;
mod net;
mod resource;
mod version;
mod watch;

use schemars::JsonSchema;
use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{DeserializeOwned, Error as _},
};
use serde_json::Value;
use tresse_model::{
    ActionField, CharterField, DeviceId, DocId, GroupField, IndicatorField, ItemId, MemberId,
    NetworkField, NetworkId, NetworkKind, ObjectiveField, OrientationField, OwnObjectiveField,
    PageField, ProfileField, RelationKind, RoleField,
};

use crate::CommandError;

pub use attachment::AttachmentCommand;
pub use closing::{ClosingCommand, ClosingOutcome};
pub use contribution::ContributionCommand;
pub use decision::DecisionCommand;
pub use digest::DigestCommand;
pub use evaluation::EvaluationCommand;
pub use meeting::{MakeWhat, MeetingCommand};
pub use net::NetCommand;
pub use resource::ResourceCommand;
pub use version::VersionCommand;
pub use watch::WatchCommand;

/// One request. In JSON: `{"command":"action.add","network":"net-…","title":"…"}`.
///
/// A `value` is text (dates as `2026-11-24`); `null` or an empty text clears the field. What
/// is removed goes to the bin and comes back with the same command and `"restore":true`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
// The derived functions are its own and not the traits', which look for the group first.
#[serde(tag = "command", remote = "Self")]
#[schemars(rename = "Command")]
pub enum Command {
    /// Changes my name or language in this profile, or whether and by which relay it uses the internet, whether it looks for others
    /// on local networks, or whether it shows others that I am here.
    #[serde(rename = "me.set")]
    MeSet {
        /// New name.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        name: Option<String>,
        /// `fr` or `en`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        lang: Option<String>,
        /// Whether relays and look-up on the internet may be used; without them members are met
        /// on local networks only. Takes effect at once.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        internet: Option<bool>,
        /// The URL of the relay to use in place of the public ones, as `https://relay.example.org`; an empty text: the public
        /// ones again. Takes effect at once.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        relay: Option<String>,
        /// Whether this machine is announced on local networks and others are heard there; without it they are met at addresses
        /// that are known, or over the internet. Takes effect at once.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        lan: Option<bool>,
        /// Whether others see that Tresse is open here and what is looked at, and this person sees it of them.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        presence: Option<bool>,
    },
    /// Founds a network. Answers `{"network":…}`.
    /// Each founding is a network of its own: two who found one at once have two.
    #[serde(rename = "network.create")]
    NetworkCreate {
        /// Its name.
        name: String,
        /// What it is for: known words ([`NetworkKind`]) with commas between, or free text. The known ones bring headings
        /// for the charter; what else they suggest waits to be accepted ([`Command::TemplateApply`]).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        template: Option<String>,
    },
    /// Sets one field of the network document.
    /// Two people who set it at once to different values keep both, and all see both until somebody chooses.
    #[serde(rename = "network.set")]
    NetworkSet {
        /// Which network.
        network: NetworkId,
        /// Which field.
        field: NetworkField,
        /// The new value.
        value: Option<String>,
    },
    /// Says that a network is for one of the known ends, or (`off`) is not.
    /// Two people who name different ends at once have named both; of one who says so and one who says it is not, the same wins
    /// everywhere.
    #[serde(rename = "network.kind")]
    NetworkKind {
        /// Which network.
        network: NetworkId,
        /// Which end.
        kind: NetworkKind,
        /// It is not.
        #[serde(default)]
        off: bool,
    },
    /// Writes parts of a starting frame, and leaves what stands already as it is. Answers `{"added":…}`.
    /// Two people who accept the same part at once see it once, unless either wrote in theirs: then that stands, and both if both did.
    #[serde(rename = "template.apply")]
    TemplateApply {
        /// Which network.
        network: NetworkId,
        /// The text of a template file: all of it is written. Without it, the named parts.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        template: Option<String>,
        /// Parts of what the network's ends suggest (`suggested` in its overview).
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        parts: Vec<String>,
        /// `fr` or `en`; else the profile's language.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        lang: Option<String>,
    },
    /// Says how a network stands to another one of this profile. Its members then read the other's name and these words, and
    /// nothing else of it.
    /// Of two people who set the same tie at once the same shows everywhere, and what the other said stands in the tie's `conflicts` until one
    /// sets it anew; ties to different networks both stand.
    #[serde(rename = "relation.set")]
    RelationSet {
        /// Which network.
        network: NetworkId,
        /// The other one.
        other: NetworkId,
        /// How.
        kind: RelationKind,
        /// What else is to be said of it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        words: Option<String>,
    },
    /// Takes the tie to another network out.
    /// Of one who takes it out and one who sets it at once, the same wins everywhere.
    #[serde(rename = "relation.remove")]
    RelationRemove {
        /// Which network.
        network: NetworkId,
        /// The other one.
        other: NetworkId,
    },
    /// Sets my picture in a network, for all its members; without one, takes it away.
    /// Of two machines of mine that set one at once, the same picture shows everywhere.
    #[serde(rename = "photo.set")]
    PhotoSet {
        /// Which network.
        network: NetworkId,
        /// A JPEG or PNG file of at most 16 KiB, in base64.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        picture: Option<String>,
    },
    /// Notes in my notebook that I have seen documents as they are now; all of them, if none is named. Answers `{"seen":…}`.
    /// Marks of two machines of mine join: what was seen on either is seen.
    #[serde(rename = "seen.mark")]
    SeenMark {
        /// Which network.
        network: NetworkId,
        /// Which documents.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        documents: Vec<DocId>,
    },
    /// Adds a purpose. Answers `{"purpose":…}`.
    /// Two people who add at once have added both, which stand side by side in the same order everywhere.
    #[serde(rename = "purpose.add")]
    PurposeAdd {
        /// Which network.
        network: NetworkId,
        /// The purpose in words.
        text: String,
    },
    /// Rewords a purpose.
    /// Of two people who reword it at once both wordings are kept and shown until somebody chooses.
    #[serde(rename = "purpose.set")]
    PurposeSet {
        /// Which network.
        network: NetworkId,
        /// Which purpose.
        purpose: ItemId,
        /// The purpose in words.
        text: String,
    },
    /// Removes a purpose, or brings it back.
    /// What others write in it at the same time is kept, and shows when it is brought back. Twins of the same suggestion go with it.
    #[serde(rename = "purpose.remove")]
    PurposeRemove {
        /// Which network.
        network: NetworkId,
        /// Which purpose.
        purpose: ItemId,
        /// Bring it back instead.
        #[serde(default)]
        restore: bool,
    },
    /// Sets one structured field of the charter.
    /// Two people who set it at once to different values keep both, and all see both until somebody chooses.
    #[serde(rename = "charter.set")]
    CharterSet {
        /// Which network.
        network: NetworkId,
        /// Which field.
        field: CharterField,
        /// The new value.
        value: Option<String>,
    },
    /// Edits the charter's Markdown text.
    /// What two people write at once in different places both stands; at one place, one after the other in the same order everywhere.
    #[serde(rename = "charter.edit")]
    CharterEdit {
        /// Which network.
        network: NetworkId,
        /// What to do to the text.
        #[serde(flatten)]
        edit: TextEdit,
    },
    /// Consents to a version of the charter, so that it becomes ours: as it stands now, with the purposes of the network, or one that somebody else proposed. It
    /// is adopted when as many consent to the same version as change the rules. Answers `{"version":…,"adopted":…}`.
    /// Consents of people apart join where they are to the same version; two versions proposed at once are both seen, and of several
    /// adopted ones the same is in force everywhere. Where enough consents met only afterwards, one of those people says so once more.
    #[serde(rename = "charter.adopt")]
    CharterAdopt {
        /// Which network.
        network: NetworkId,
        /// Which version (its `version` in the charter's view); left out: the charter as it stands.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        version: Option<String>,
    },
    /// Signs a version of the charter that was adopted, in my own notebook.
    /// Nobody else writes there: signatures of people apart never meet.
    #[serde(rename = "charter.sign")]
    CharterSign {
        /// Which network.
        network: NetworkId,
        /// Which version.
        version: String,
        /// Take my signature back instead.
        #[serde(default)]
        withdraw: bool,
    },
    /// Adds a value to the charter. Answers `{"value":…}`.
    /// Two people who add at once have added both, which stand side by side in the same order everywhere.
    #[serde(rename = "value.add")]
    ValueAdd {
        /// Which network.
        network: NetworkId,
        /// The value in words.
        text: String,
    },
    /// Rewords a value of the charter.
    /// Of two people who reword it at once both wordings are kept and shown until somebody chooses.
    #[serde(rename = "value.set")]
    ValueSet {
        /// Which network.
        network: NetworkId,
        /// Which value.
        value: ItemId,
        /// The value in words.
        text: String,
    },
    /// Removes a value of the charter, or brings it back.
    /// What others write in it at the same time is kept, and shows when it is brought back.
    #[serde(rename = "value.remove")]
    ValueRemove {
        /// Which network.
        network: NetworkId,
        /// Which value.
        value: ItemId,
        /// Bring it back instead.
        #[serde(default)]
        restore: bool,
    },
    /// Adds an orientation to the roadmap. Answers `{"orientation":…}`.
    /// Two people who add at once have added both, which stand side by side in the same order everywhere.
    #[serde(rename = "orientation.add")]
    OrientationAdd {
        /// Which network.
        network: NetworkId,
        /// Its title.
        title: String,
        /// What is meant by it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        words: Option<String>,
    },
    /// Sets one field of an orientation.
    /// Two people who set it at once to different values keep both, and all see both until somebody chooses.
    #[serde(rename = "orientation.set")]
    OrientationSet {
        /// Which network.
        network: NetworkId,
        /// Which orientation.
        orientation: ItemId,
        /// Which field.
        field: OrientationField,
        /// The new value.
        value: Option<String>,
    },
    /// Removes an orientation (its objectives stay), or brings it back.
    /// What others write in it at the same time is kept, and shows when it is brought back.
    #[serde(rename = "orientation.remove")]
    OrientationRemove {
        /// Which network.
        network: NetworkId,
        /// Which orientation.
        orientation: ItemId,
        /// Bring it back instead.
        #[serde(default)]
        restore: bool,
    },
    /// Adds an objective to the plan. Answers `{"objective":…}`.
    /// Two people who add at once have added both, which stand side by side in the same order everywhere.
    #[serde(rename = "objective.add")]
    ObjectiveAdd {
        /// Which network.
        network: NetworkId,
        /// Its title.
        title: String,
        /// Its deadline.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        deadline: Option<String>,
        /// The means given to it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        means: Option<String>,
        /// The orientation it carries out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        orientation: Option<ItemId>,
    },
    /// Sets one field of an objective.
    /// Two people who set it at once to different values keep both, and all see both until somebody chooses.
    #[serde(rename = "objective.set")]
    ObjectiveSet {
        /// Which network.
        network: NetworkId,
        /// Which objective.
        objective: ItemId,
        /// Which field.
        field: ObjectiveField,
        /// The new value.
        value: Option<String>,
    },
    /// Removes an objective (its actions stay), or brings it back.
    /// What others write in it at the same time is kept, and shows when it is brought back. Twins of the same suggestion go with it.
    #[serde(rename = "objective.remove")]
    ObjectiveRemove {
        /// Which network.
        network: NetworkId,
        /// Which objective.
        objective: ItemId,
        /// Bring it back instead.
        #[serde(default)]
        restore: bool,
    },
    /// Adds an indicator to an objective. Answers `{"indicator":…}`.
    /// Two people who add at once have added both, which stand side by side in the same order everywhere.
    #[serde(rename = "indicator.add")]
    IndicatorAdd {
        /// Which network.
        network: NetworkId,
        /// Which objective.
        objective: ItemId,
        /// What is measured.
        name: String,
        /// Where it should get to.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        target: Option<String>,
        /// In what it is counted.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        unit: Option<String>,
        /// Where it is when the objective is set.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        baseline: Option<String>,
    },
    /// Sets one field of an indicator.
    /// Two people who set it at once to different values keep both, and all see both until somebody chooses.
    #[serde(rename = "indicator.set")]
    IndicatorSet {
        /// Which network.
        network: NetworkId,
        /// Which objective.
        objective: ItemId,
        /// Which indicator.
        indicator: ItemId,
        /// Which field.
        field: IndicatorField,
        /// The new value.
        value: Option<String>,
    },
    /// Removes an indicator, or brings it back.
    /// What others write in it at the same time is kept, and shows when it is brought back.
    #[serde(rename = "indicator.remove")]
    IndicatorRemove {
        /// Which network.
        network: NetworkId,
        /// Which objective.
        objective: ItemId,
        /// Which indicator.
        indicator: ItemId,
        /// Bring it back instead.
        #[serde(default)]
        restore: bool,
    },
    /// Adds a measure to an indicator: the newest by its day is where the indicator is now. Answers `{"measure":…}`.
    /// Two people who measure at once both keep theirs; of the same day, the one added last in the common order counts.
    #[serde(rename = "measure.add")]
    MeasureAdd {
        /// Which network.
        network: NetworkId,
        /// Which objective.
        objective: ItemId,
        /// Which indicator.
        indicator: ItemId,
        /// On which day.
        date: String,
        /// What was found.
        value: String,
        /// What is to be said of it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        note: Option<String>,
    },
    /// Removes a measure, or brings it back.
    /// Two who take the same one out at once have taken it out once.
    #[serde(rename = "measure.remove")]
    MeasureRemove {
        /// Which network.
        network: NetworkId,
        /// Which objective.
        objective: ItemId,
        /// Which indicator.
        indicator: ItemId,
        /// Which measure.
        measure: ItemId,
        /// Bring it back instead.
        #[serde(default)]
        restore: bool,
    },
    /// Adds an action to the plan. Answers `{"action":…}`.
    /// Two people who add at once have added both, which stand side by side in the same order everywhere.
    #[serde(rename = "action.add")]
    ActionAdd {
        /// Which network.
        network: NetworkId,
        /// Its title.
        title: String,
        /// The objective it serves.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        objective: Option<ItemId>,
        /// Who does it (a member's id).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        owner: Option<tresse_model::MemberId>,
        /// Until when.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        due: Option<String>,
        /// Where.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        territory: Option<String>,
        /// `todo`, `doing`, `blocked`, `done` or `dropped`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        status: Option<String>,
        /// Who carries it, in words.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        group: Option<String>,
        /// The working group that carries it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        working_group: Option<ItemId>,
        /// From when.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        start: Option<String>,
        /// How much work it is: `3 h`, `1.5 d`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        effort: Option<String>,
        /// How often it comes again: `weekly`, `monthly`, `quarterly` or `yearly`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        every: Option<String>,
        /// How large the territory is: `region`, `department`, `employment-area` or `town`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        territory_scale: Option<String>,
    },
    /// Sets one field of an action.
    /// Two people who set it at once to different values keep both, and all see both until somebody chooses.
    #[serde(rename = "action.set")]
    ActionSet {
        /// Which network.
        network: NetworkId,
        /// Which action.
        action: ItemId,
        /// Which field.
        field: ActionField,
        /// The new value.
        value: Option<String>,
    },
    /// Sets one field of several actions to one value: of all, or, where one is refused, of none. It is undone as one.
    /// Each action's field is then as if it had been set alone: where somebody else set one of them at once, that one keeps both
    /// values.
    #[serde(rename = "action.set-many")]
    ActionSetMany {
        /// Which network.
        network: NetworkId,
        /// Which actions.
        actions: Vec<ItemId>,
        /// Which field.
        field: ActionField,
        /// The new value.
        value: Option<String>,
    },
    /// Sets the first and the last day of an action at once; a day that is left out is cleared. It is undone as one.
    /// Two people who do so at once with different days keep both values of each.
    #[serde(rename = "action.move")]
    ActionMove {
        /// Which network.
        network: NetworkId,
        /// Which action.
        action: ItemId,
        /// From when.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        start: Option<String>,
        /// Until when; of a recurring action: the first time.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        due: Option<String>,
    },
    /// Names one more owner of an action (`action.set` with `owner` names one alone), or takes one off.
    /// Two people who name different ones at once have named both.
    #[serde(rename = "action.owner")]
    ActionOwner {
        /// Which network.
        network: NetworkId,
        /// Which action.
        action: ItemId,
        /// Who.
        member: MemberId,
        /// No longer.
        #[serde(default)]
        off: bool,
    },
    /// Says that an action must wait for another, or no longer.
    /// Where two people close a circle at once, each with one half, it is shown and holds up nothing.
    #[serde(rename = "action.depend")]
    ActionDepend {
        /// Which network.
        network: NetworkId,
        /// Which action.
        action: ItemId,
        /// What it waits for.
        on: ItemId,
        /// No longer.
        #[serde(default)]
        off: bool,
    },
    /// Says that a recurring action has been done once: the next time then shows as `next_due`.
    /// Two people who say so of the same time at once have said it once.
    #[serde(rename = "action.done")]
    ActionDone {
        /// Which network.
        network: NetworkId,
        /// Which action.
        action: ItemId,
        /// The day that time was due; without it, the next.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        occurrence: Option<String>,
        /// Take it back instead; without a day, the last time.
        #[serde(default)]
        off: bool,
    },
    /// Adds a part to an action's checklist. Answers `{"check":…}`.
    /// Two people who add at once have added both, which stand side by side in the same order everywhere.
    #[serde(rename = "check.add")]
    CheckAdd {
        /// Which network.
        network: NetworkId,
        /// Which action.
        action: ItemId,
        /// What is to be done.
        text: String,
    },
    /// Rewords a part of an action, says whether it is done, or both.
    /// Of two people who reword it at once both wordings are kept and shown until somebody chooses.
    #[serde(rename = "check.set")]
    CheckSet {
        /// Which network.
        network: NetworkId,
        /// Which action.
        action: ItemId,
        /// Which part.
        check: ItemId,
        /// What is to be done.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        text: Option<String>,
        /// Whether it is done.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        done: Option<bool>,
    },
    /// Removes a part of an action, or brings it back.
    /// What others write in it at the same time is kept, and shows when it is brought back.
    #[serde(rename = "check.remove")]
    CheckRemove {
        /// Which network.
        network: NetworkId,
        /// Which action.
        action: ItemId,
        /// Which part.
        check: ItemId,
        /// Bring it back instead.
        #[serde(default)]
        restore: bool,
    },
    /// Removes an action, or brings it back.
    /// What others write in it at the same time is kept, and shows when it is brought back.
    #[serde(rename = "action.remove")]
    ActionRemove {
        /// Which network.
        network: NetworkId,
        /// Which action.
        action: ItemId,
        /// Bring it back instead.
        #[serde(default)]
        restore: bool,
    },
    /// Makes a working group. Answers `{"group":…}`.
    /// Two people who add at once have added both, which stand side by side in the same order everywhere.
    #[serde(rename = "group.add")]
    GroupAdd {
        /// Which network.
        network: NetworkId,
        /// Its name.
        name: String,
        /// What it is asked to do.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        remit: Option<String>,
        /// From when.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        start: Option<String>,
        /// When it means to have finished.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        planned_end: Option<String>,
    },
    /// Sets one field of a working group.
    /// Two people who set it at once to different values keep both, and all see both until somebody chooses.
    #[serde(rename = "group.set")]
    GroupSet {
        /// Which network.
        network: NetworkId,
        /// Which group.
        group: ItemId,
        /// Which field.
        field: GroupField,
        /// The new value.
        value: Option<String>,
    },
    /// Puts a member into a working group, or takes them out.
    /// Two people who put different ones in at once have put in both; of one who puts somebody in and one who takes them out, the same
    /// wins everywhere.
    #[serde(rename = "group.member")]
    GroupMember {
        /// Which network.
        network: NetworkId,
        /// Which group.
        group: ItemId,
        /// Who.
        member: MemberId,
        /// Take them out instead.
        #[serde(default)]
        off: bool,
    },
    /// Removes a working group (its actions and pages stay), or brings it back.
    /// What others write in it at the same time is kept, and shows when it is brought back.
    #[serde(rename = "group.remove")]
    GroupRemove {
        /// Which network.
        network: NetworkId,
        /// Which group.
        group: ItemId,
        /// Bring it back instead.
        #[serde(default)]
        restore: bool,
    },
    /// Makes a page. Answers `{"page":…}`.
    /// A page has one author of its beginning: two who make one at once have two.
    #[serde(rename = "page.create")]
    PageCreate {
        /// Which network.
        network: NetworkId,
        /// Its title.
        title: String,
        /// Its tags.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        tags: Vec<String>,
        /// Its first text, Markdown.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        text: Option<String>,
    },
    /// Sets one field of a page.
    /// Two people who set it at once to different values keep both, and all see both until somebody chooses.
    #[serde(rename = "page.set")]
    PageSet {
        /// Which network.
        network: NetworkId,
        /// Which page.
        page: DocId,
        /// Which field.
        field: PageField,
        /// The new value.
        value: Option<String>,
    },
    /// Puts a tag on a page, or takes it off.
    /// Two people who put different tags on it at once have put both; of one who puts a tag on and one who takes it off, the same wins
    /// everywhere.
    #[serde(rename = "page.tag")]
    PageTag {
        /// Which network.
        network: NetworkId,
        /// Which page.
        page: DocId,
        /// The tag.
        tag: String,
        /// Take it off instead.
        #[serde(default)]
        off: bool,
    },
    /// Edits a page's Markdown text.
    /// What two people write at once in different places both stands; at one place, one after the other in the same order everywhere.
    #[serde(rename = "page.edit")]
    PageEdit {
        /// Which network.
        network: NetworkId,
        /// Which page.
        page: DocId,
        /// What to do to the text.
        #[serde(flatten)]
        edit: TextEdit,
    },
    /// Puts a page in the bin, or brings it back.
    /// What others write in it at the same time is kept, and shows when it is brought back.
    #[serde(rename = "page.remove")]
    PageRemove {
        /// Which network.
        network: NetworkId,
        /// Which page.
        page: DocId,
        /// Bring it back instead.
        #[serde(default)]
        restore: bool,
    },
    /// Asks to keep a page's content in the view.
    #[serde(rename = "page.open")]
    PageOpen {
        /// Which network.
        network: NetworkId,
        /// Which page.
        page: DocId,
    },
    /// No longer needs a page's content in the view.
    #[serde(rename = "page.close")]
    PageClose {
        /// Which network.
        network: NetworkId,
        /// Which page.
        page: DocId,
    },
    /// Sets one field of what I say of myself in a network (in my notebook).
    /// Only my own machines write there: of two that do so at once to different values both are kept until I choose.
    #[serde(rename = "profile.set")]
    ProfileSet {
        /// Which network.
        network: NetworkId,
        /// Which field.
        field: ProfileField,
        /// The new value.
        value: Option<String>,
    },
    /// Adds an objective that my organisation has for itself, in my notebook. Answers `{"own_objective":…}`.
    /// Only my own machines write there: two that add at once have added both.
    #[serde(rename = "own-objective.add")]
    OwnObjectiveAdd {
        /// Which network.
        network: NetworkId,
        /// The objective in words.
        text: String,
        /// The network's objective that serves it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        objective: Option<ItemId>,
    },
    /// Sets one field of an objective that my organisation has for itself.
    /// Only my own machines write there: of two that do so at once to different values both are kept until I choose.
    #[serde(rename = "own-objective.set")]
    OwnObjectiveSet {
        /// Which network.
        network: NetworkId,
        /// Which.
        own_objective: ItemId,
        /// Which field.
        field: OwnObjectiveField,
        /// The new value.
        value: Option<String>,
    },
    /// Removes an objective that my organisation has for itself, or brings it back.
    /// Only my own machines write there: what another of them writes in it at once is kept, and shows when it is brought back.
    #[serde(rename = "own-objective.remove")]
    OwnObjectiveRemove {
        /// Which network.
        network: NetworkId,
        /// Which.
        own_objective: ItemId,
        /// Bring it back instead.
        #[serde(default)]
        restore: bool,
    },
    /// Saves a question to the plan under a name, in my notebook, so that I have it on all my machines; or changes parts of
    /// one that I saved (what is left out stays, an empty text clears). Answers `{"filter":…}`.
    /// Two machines of mine that save some at once have all; parts of one that both changed come from either, each the same on both.
    #[serde(rename = "filter.save")]
    FilterSave {
        /// Which network.
        network: NetworkId,
        /// One that was saved before; a new one without it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        filter: Option<ItemId>,
        /// Its name.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        name: Option<String>,
        /// Words that must all be found in an action.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        text: Option<String>,
        /// A status, `open` or `late`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        status: Option<String>,
        /// A member's id, or `nobody`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        owner: Option<String>,
        /// An objective's id.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        objective: Option<String>,
        /// A working group's id.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        working_group: Option<String>,
        /// A territory's name.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        territory: Option<String>,
        /// How large a territory: `region`, `department`, `employment-area` or `town`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        territory_scale: Option<String>,
        /// `status`, `owner`, `objective`, `working_group`, `territory` or `territory_scale`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        group_by: Option<String>,
        /// A column of the table, after `-` where it falls.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        sort: Option<String>,
    },
    /// Removes a filter that I saved, or brings it back.
    /// What another machine of mine changes in it at once is kept, and shows when it is brought back.
    #[serde(rename = "filter.remove")]
    FilterRemove {
        /// Which network.
        network: NetworkId,
        /// Which.
        filter: ItemId,
        /// Bring it back instead.
        #[serde(default)]
        restore: bool,
    },
    /// Makes an invitation. Answers `{"ticket":…,"invitation":…}`.
    #[serde(rename = "invite.create")]
    InviteCreate {
        /// Which network.
        network: NetworkId,
        /// How many people may use it.
        uses: u32,
        /// For how many seconds from now.
        expires_in: u64,
    },
    /// Closes an invitation.
    #[serde(rename = "invite.revoke")]
    InviteRevoke {
        /// Which network.
        network: NetworkId,
        /// Which invitation (its `id` in the members view).
        invitation: String,
    },
    /// Makes the invitation that another member made, where the rules ask for several.
    #[serde(rename = "invite.endorse")]
    InviteEndorse {
        /// Which network.
        network: NetworkId,
        /// Which invitation (its `id` in the members view).
        invitation: String,
    },
    /// Makes a ticket by which another machine of mine is linked, in every network of this profile. Answers
    /// `{"ticket":…,"qr":…}`; it serves ten minutes. How it goes is seen in [`crate::AppView::linking`].
    #[serde(rename = "device.link_offer")]
    DeviceLinkOffer {
        /// What this machine is called, for my other machines.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        label: Option<String>,
    },
    /// Asks the machine that made a ticket to make this one the person's too. Answers at once; how it
    /// goes is seen in [`crate::AppView::linking`].
    #[serde(rename = "device.link_accept")]
    DeviceLinkAccept {
        /// The ticket's text.
        ticket: String,
        /// What this machine is called, for the person's other machines.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        label: Option<String>,
    },
    /// Says that both machines show the same code: on each of the two, or nothing happens.
    #[serde(rename = "device.link_confirm")]
    DeviceLinkConfirm {},
    /// Gives up the linking that is under way, or puts away how the last one ended.
    #[serde(rename = "device.link_cancel")]
    DeviceLinkCancel {
        /// The two machines showed different codes.
        #[serde(default)]
        differs: bool,
    },
    /// Makes a ticket by which somebody who left, was removed or lost all machines comes back, as who they were, if as many
    /// members consent as the rules ask for. Answers `{"ticket":…,"qr":…}`; it serves a week.
    #[serde(rename = "member.return_offer")]
    MemberReturnOffer {
        /// Which network.
        network: NetworkId,
        /// Who.
        member: tresse_model::MemberId,
    },
    /// Says that a machine of mine is lost or stolen. Final for that machine's key.
    #[serde(rename = "device.revoke")]
    DeviceRevoke {
        /// Which network.
        network: NetworkId,
        /// Which machine.
        device: DeviceId,
    },
    /// Leaves a network, with all my machines. What is here stays readable.
    #[serde(rename = "network.leave")]
    NetworkLeave {
        /// Which network.
        network: NetworkId,
    },
    /// Consents that a member be removed. It is done when as many consent as the rules ask for. Answers `{"removed":…}`.
    #[serde(rename = "member.remove")]
    MemberRemove {
        /// Which network.
        network: NetworkId,
        /// Whom.
        member: MemberId,
    },
    /// Consents that a person comes back, or goes on, on the machine that a pending case names. Answers `{"readmitted":…}`.
    #[serde(rename = "member.readmit")]
    MemberReadmit {
        /// Which network.
        network: NetworkId,
        /// Whom.
        member: MemberId,
        /// Their new machine.
        device: DeviceId,
    },
    /// Records that somebody holds a role. It gives no power over data. Answers `{"mandate":…}`.
    /// Two people who give one at once have given both: a role may have several holders.
    #[serde(rename = "mandate.give")]
    MandateGive {
        /// Which network.
        network: NetworkId,
        /// `pilot`, `coordinator`, `facilitator`, `secretary`, `treasurer` or free text.
        role: String,
        /// Who holds it.
        holder: MemberId,
        /// From which day.
        from: String,
        /// Until which day.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        to: Option<String>,
    },
    /// Records that a mandate is over.
    /// Two people who end the same one at once have ended it once.
    #[serde(rename = "mandate.end")]
    MandateEnd {
        /// Which network.
        network: NetworkId,
        /// Which mandate (its `id` in the members view).
        mandate: String,
    },
    /// Sets one field of a role: its remit in words, the day its turns begin, how long they are (`6 months`, `8 weeks`).
    /// Two people who set it at once to different values keep both, and all see both until somebody chooses.
    #[serde(rename = "role.set")]
    RoleSet {
        /// Which network.
        network: NetworkId,
        /// Which role: `pilot`, `coordinator`, `facilitator`, `secretary`, `treasurer` or free text.
        role: String,
        /// Which field.
        field: RoleField,
        /// The new value.
        value: Option<String>,
    },
    /// Puts a member into the order in which a role goes round, moves them in it, or takes them out.
    /// Two people who put different members in at once have put in both; of two who move the same one, one place shows, the same
    /// everywhere. Every peer works out the same turns from what the order then is.
    #[serde(rename = "rotation.turn")]
    RotationTurn {
        /// Which network.
        network: NetworkId,
        /// Which role.
        role: String,
        /// Who.
        member: MemberId,
        /// Before whom; without, last.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        before: Option<MemberId>,
        /// Take them out.
        #[serde(default)]
        off: bool,
    },
    /// Records the hand-over of a role whose turn has begun: gives the mandate, and ends those of who held it in turn before.
    /// Answers `{"mandate":…,"holder":…}`.
    /// Two people who record the same one at once have recorded it twice, to the same effect: the same person holds the role.
    #[serde(rename = "rotation.hand_over")]
    RotationHandOver {
        /// Which network.
        network: NetworkId,
        /// Which role.
        role: String,
    },
    /// Gives my word, in my notebook, to swap a turn of mine with another's. It holds once the other says the same.
    /// Nobody else writes my word. Of agreed swaps that do not go together, the same hold everywhere.
    #[serde(rename = "swap.agree")]
    SwapAgree {
        /// Which network.
        network: NetworkId,
        /// Which role.
        role: String,
        /// The first day of the turn that I give.
        mine: String,
        /// The first day of the turn that I take.
        theirs: String,
        /// Whose that is.
        with: MemberId,
        /// Take my word back instead.
        #[serde(default)]
        withdraw: bool,
    },
    /// Begins the page where is written where a role's things are, or takes it out of the bin. It is the same page whoever begins it.
    /// Answers `{"page":…}`.
    /// Two people who begin it at once have begun one page.
    #[serde(rename = "hand-over.page")]
    HandOverPage {
        /// Which network.
        network: NetworkId,
        /// Which role.
        role: String,
        /// Its title, if it begins now; else the role.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        title: Option<String>,
    },
    /// Writes feedback to who pilots, or answers in a conversation, in my notebook. Answers `{"feedback":…}`.
    /// What two people write at once both stands, in the same order everywhere.
    #[serde(rename = "feedback.add")]
    FeedbackAdd {
        /// Which network.
        network: NetworkId,
        /// What is said, Markdown.
        text: String,
        /// In which conversation (the feedback that began it); without, a new one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        thread: Option<ItemId>,
    },
    /// Rewords what I wrote in a conversation.
    /// Only my own machines write there: of two that do so at once to different values both are kept until I choose.
    #[serde(rename = "feedback.set")]
    FeedbackSet {
        /// Which network.
        network: NetworkId,
        /// Which of mine.
        feedback: ItemId,
        /// What is said.
        text: String,
    },
    /// Takes back what I wrote in a conversation, or brings it back.
    /// Only my own machines write there; what others answer meanwhile stays.
    #[serde(rename = "feedback.remove")]
    FeedbackRemove {
        /// Which network.
        network: NetworkId,
        /// Which of mine.
        feedback: ItemId,
        /// Bring it back instead.
        #[serde(default)]
        restore: bool,
    },
    /// Makes an objective of a conversation, and says so in it. It is undone as one. Answers `{"objective":…,"feedback":…}`.
    /// Two people who do so at once have made two objectives, and both are said in the conversation.
    #[serde(rename = "feedback.objective")]
    FeedbackObjective {
        /// Which network.
        network: NetworkId,
        /// Which conversation.
        thread: ItemId,
        /// The objective's title.
        title: String,
        /// Its deadline.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        deadline: Option<String>,
    },
    /// Consents to new rules; what is left out stays. A quorum is `majority`, `two-thirds`, `all` or a
    /// number of persons. It is done when as many consent to the same rules as the rules in force ask for. Answers
    /// `{"adopted":…}`.
    #[serde(rename = "rules.change")]
    RulesChange {
        /// Which network.
        network: NetworkId,
        /// How many persons must make the same invitation.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        invite: Option<u8>,
        /// How many of the others remove a member.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        removal: Option<String>,
        /// How many of the others take somebody back.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        readmission: Option<String>,
        /// How many of all change the rules.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        change: Option<String>,
    },
    /// Writes in my name what set-aside changes of a machine did in a document. Answers `{"adopted":…}`.
    #[serde(rename = "aside.adopt")]
    AsideAdopt {
        /// Which network.
        network: NetworkId,
        /// Which document.
        document: DocId,
        /// Whose changes: the machine that wrote them.
        device: DeviceId,
    },
    /// Asks the members named in a ticket to let me in. Answers at once; how it goes is seen in
    /// [`crate::AppView::joins`]. From the command line `tresse-node join` waits for the end.
    #[serde(rename = "invite.accept")]
    InviteAccept {
        /// The ticket's text.
        ticket: String,
    },
    /// Puts a passage of an earlier state of a page's or the charter's text back where it stood, and takes out what came instead of it, as
    /// far as that still stands. Answers `{"restored":…,"exact":…}`: how many characters came back, and whether what stood beside them
    /// still does (else they stand at the nearest place that is left).
    /// Of two people who put the same passage back at once it stands twice, side by side: one of them takes theirs out again.
    #[serde(rename = "passage.restore")]
    PassageRestore {
        /// Which network.
        network: NetworkId,
        /// The page or the charter.
        document: DocId,
        /// The passage.
        passage: PassageAt,
        /// What came in its place, in a later state.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        instead: Option<PassageAt>,
    },
    /// Undoes what I did last in a network. An invitation just made is closed. Answers `{"undone":…}`: how many of its fields still held what I had put there.
    /// Only what still stands as I left it goes back: what somebody else has changed since stays as they left it.
    #[serde(rename = "history.undo")]
    Undo {
        /// Which network.
        network: NetworkId,
    },
    /// Does again what I last undid. Answers `{"redone":…}`.
    /// Only what still stands as the undo left it is done again.
    #[serde(rename = "history.redo")]
    Redo {
        /// Which network.
        network: NetworkId,
    },
    /// Adds the demo network, in `fr` or `en`. Answers `{"network":…}`.
    /// It is a network of this profile alone.
    #[serde(rename = "demo.create")]
    DemoCreate {
        /// `fr` or `en`; else the profile's language.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        lang: Option<String>,
    },
    /// Something about a meeting; in JSON one of [`MeetingCommand`]'s own.
    #[serde(skip)]
    Meeting(MeetingCommand),
    /// Something about a decision; in JSON one of [`DecisionCommand`]'s own.
    #[serde(skip)]
    Decision(DecisionCommand),
    /// Something about the end of a network; in JSON one of [`ClosingCommand`]'s own.
    #[serde(skip)]
    Closing(ClosingCommand),
    /// Something about a version of the charter that is decided upon; in JSON one of [`VersionCommand`]'s own.
    #[serde(skip)]
    Version(VersionCommand),
    /// Something about evaluation; in JSON one of [`EvaluationCommand`]'s own.
    #[serde(skip)]
    Evaluation(EvaluationCommand),
    /// Something about contributions; in JSON one of [`ContributionCommand`]'s own.
    #[serde(skip)]
    Contribution(ContributionCommand),
    /// Something about the watch; in JSON one of [`WatchCommand`]'s own.
    #[serde(skip)]
    Watch(WatchCommand),
    /// Something about the digest; in JSON one of [`DigestCommand`]'s own.
    #[serde(skip)]
    Digest(DigestCommand),
    /// Something about resources; in JSON one of [`ResourceCommand`]'s own.
    #[serde(skip)]
    Resource(ResourceCommand),
    /// Something about attached files; in JSON one of [`AttachmentCommand`]'s own.
    #[serde(skip)]
    Attachment(AttachmentCommand),
    /// Something about where machines are; in JSON one of [`NetCommand`]'s own.
    #[serde(skip)]
    Net(NetCommand),
}

impl Serialize for Command {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Meeting(command) => command.serialize(serializer),
            Self::Decision(command) => command.serialize(serializer),
            Self::Closing(command) => command.serialize(serializer),
            Self::Version(command) => command.serialize(serializer),
            Self::Evaluation(command) => command.serialize(serializer),
            Self::Contribution(command) => command.serialize(serializer),
            Self::Watch(command) => command.serialize(serializer),
            Self::Digest(command) => command.serialize(serializer),
            Self::Resource(command) => command.serialize(serializer),
            Self::Attachment(command) => command.serialize(serializer),
            Self::Net(command) => command.serialize(serializer),
            command => Self::serialize(command, serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Command {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        let name = value.get("command").and_then(Value::as_str);
        let noun = name.and_then(|name| name.split('.').next());
        let of = |group: &&Group| noun.is_some_and(|noun| group.nouns.contains(&noun));
        match GROUPS.iter().find(of) {
            Some(group) => (group.read)(value),
            None => Self::deserialize(value),
        }
        .map_err(D::Error::custom)
    }
}

/// Commands about one subject, read by the nouns that begin their names.
struct Group {
    nouns: &'static [&'static str],
    read: fn(Value) -> serde_json::Result<Command>,
    schema: fn() -> Value,
}

/// Every group but the one whose commands are [`Command`]'s own.
const GROUPS: &[Group] = &[
    Group {
        nouns: &[
            "meeting",
            "series",
            "agenda",
            "attendance",
            "availability",
            "round",
            "floor",
        ],
        read: |value| read(value).map(Command::Meeting),
        schema: schema_of::<MeetingCommand>,
    },
    Group {
        nouns: &["decision", "option", "criterion", "ballot"],
        read: |value| read(value).map(Command::Decision),
        schema: schema_of::<DecisionCommand>,
    },
    Group {
        nouns: &["closing"],
        read: |value| read(value).map(Command::Closing),
        schema: schema_of::<ClosingCommand>,
    },
    Group {
        nouns: &["version"],
        read: |value| read(value).map(Command::Version),
        schema: schema_of::<VersionCommand>,
    },
    Group {
        nouns: &["pulse", "question", "assess", "toolbox"],
        read: |value| read(value).map(Command::Evaluation),
        schema: schema_of::<EvaluationCommand>,
    },
    Group {
        nouns: &["contribution"],
        read: |value| read(value).map(Command::Contribution),
        schema: schema_of::<ContributionCommand>,
    },
    Group {
        nouns: &["watch"],
        read: |value| read(value).map(Command::Watch),
        schema: schema_of::<WatchCommand>,
    },
    Group {
        nouns: &["digest"],
        read: |value| read(value).map(Command::Digest),
        schema: schema_of::<DigestCommand>,
    },
    Group {
        nouns: &["resource", "loan"],
        read: |value| read(value).map(Command::Resource),
        schema: schema_of::<ResourceCommand>,
    },
    Group {
        nouns: &["attachment"],
        read: |value| read(value).map(Command::Attachment),
        schema: schema_of::<AttachmentCommand>,
    },
    Group {
        nouns: &["net"],
        read: |value| read(value).map(Command::Net),
        schema: schema_of::<NetCommand>,
    },
];

fn read<T: DeserializeOwned>(value: Value) -> serde_json::Result<T> {
    serde_json::from_value(value)
}

fn schema_of<T: JsonSchema>() -> Value {
    schemars::schema_for!(T).to_value()
}

/// A stretch of a text as it stood in some state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PassageAt {
    /// The state's heads, as the history gives them.
    pub state: Vec<String>,
    /// Where it begins in that state's text, in Unicode scalar values.
    pub at: usize,
    /// How many of them.
    pub length: usize,
}

/// An edit of a collaborative text, positions in Unicode scalar values.
///
/// Either the whole new text (`text`, merged as a minimal diff), or a splice (`at`, `delete`,
/// `insert`). An editor that types ahead of the engine also gives `base` (the
/// [`crate::TextView::version`] it last adopted) and `seq` (its own count of edits sent, from 1): its
/// positions are then understood in *its* text, that is the text of `base` plus its own edits
/// since, and what others wrote meanwhile is accounted for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, Default)]
pub struct TextEdit {
    /// The whole new text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Where the splice begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<usize>,
    /// How much it takes out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delete: Option<usize>,
    /// What it puts in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub insert: Option<String>,
    /// The version of the text the editor last adopted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base: Option<u64>,
    /// The editor's count of edits sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seq: Option<u64>,
}

impl Command {
    /// The JSON Schema of every command.
    pub fn schema() -> Value {
        let mut all = schema_of::<Self>();
        for group in GROUPS {
            let more = (group.schema)();
            if let (Some(all), Value::Object(more)) = (all.as_object_mut(), more) {
                join(all, more);
            }
        }
        all
    }

    /// Reads a command from JSON.
    ///
    /// # Errors
    /// `bad-json` where it is not JSON, `bad-command` where it is not a command or has a key that the command
    /// does not know (serde alone would pass over it, and the edit would silently lack a field).
    pub fn parse(text: &str) -> Result<Self, CommandError> {
        let value: Value = serde_json::from_str(text)
            .map_err(|error| CommandError::new("bad-json", format!("not JSON: {error}")))?;
        let given: Vec<String> = value
            .as_object()
            .map(|object| object.keys().cloned().collect())
            .ok_or_else(|| CommandError::new("bad-command", "a command is a JSON object"))?;
        let name = value
            .get("command")
            .and_then(Value::as_str)
            .map(str::to_owned);
        let command: Self = serde_json::from_value(value)
            .map_err(|error| CommandError::new("bad-command", error.to_string()))?;
        let known = known_keys(name.as_deref().unwrap_or_default());
        match given.iter().find(|key| !known.contains(key)) {
            Some(key) => Err(CommandError::new(
                "bad-command",
                format!(
                    "unknown field `{key}`: this command knows {}",
                    known.join(", ")
                ),
            )),
            None => Ok(command),
        }
    }
}

/// Adds one schema's commands and definitions to another's.
fn join(all: &mut serde_json::Map<String, Value>, more: serde_json::Map<String, Value>) {
    for (key, value) in more {
        match (all.get_mut(&key), value) {
            (Some(Value::Array(all)), Value::Array(more)) if key == "oneOf" => all.extend(more),
            (Some(Value::Object(all)), Value::Object(more)) if key == "$defs" => all.extend(more),
            (None, value) => {
                all.insert(key, value);
            }
            // What the schema says of itself is said once.
            _ => {}
        }
    }
}

/// The keys that a command knows, from its schema.
fn known_keys(name: &str) -> Vec<String> {
    let schema = Command::schema();
    let variants = schema.get("oneOf").and_then(Value::as_array);
    let Some(variant) = variants.and_then(|variants| {
        variants
            .iter()
            .find(|variant| variant["properties"]["command"]["const"] == name)
    }) else {
        return Vec::new();
    };
    let mut keys = properties(variant);
    if variant.get("$ref").is_some() || keys.iter().any(|key| key == "edit") {
        keys.retain(|key| key != "edit");
    }
    if name.rsplit('.').next() == Some("edit") {
        keys.extend(properties(&schema_of::<TextEdit>()));
        keys.dedup();
    }
    keys
}

fn properties(schema: &Value) -> Vec<String> {
    schema
        .get("properties")
        .and_then(Value::as_object)
        .map(|properties| properties.keys().cloned().collect())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NETWORK: &str = "net-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

    #[test]
    fn every_command_in_the_schema_names_its_keys() {
        let schema = Command::schema();
        let variants = schema["oneOf"].as_array().unwrap();
        assert!(variants.len() > 25);
        for variant in variants {
            let name = variant["properties"]["command"]["const"].as_str().unwrap();
            assert!(known_keys(name).contains(&"command".to_owned()), "{name}");
        }
    }

    #[test]
    fn a_misspelt_key_is_named_and_nothing_is_done() {
        let line =
            format!(r#"{{"command":"action.add","network":"{NETWORK}","titel":"x","title":"y"}}"#);
        let error = Command::parse(&line).unwrap_err();
        assert_eq!(error.code, "bad-command");
        assert!(error.message.contains("titel"), "{}", error.message);
    }

    #[test]
    fn a_text_edit_is_read_as_a_splice_or_as_a_whole() {
        let line = format!(
            r#"{{"command":"charter.edit","network":"{NETWORK}","at":3,"delete":1,"insert":"é"}}"#
        );
        let Command::CharterEdit { edit, .. } = Command::parse(&line).unwrap() else {
            panic!()
        };
        assert_eq!(
            (edit.at, edit.delete, edit.insert.as_deref()),
            (Some(3), Some(1), Some("é"))
        );
        let line = format!(r#"{{"command":"charter.edit","network":"{NETWORK}","text":"Tout"}}"#);
        assert!(Command::parse(&line).is_ok());
    }

    #[test]
    fn what_is_not_a_command_gets_a_sentence() {
        for (line, code) in [
            ("", "bad-json"),
            ("[]", "bad-command"),
            ("{}", "bad-command"),
            (r#"{"command":"rule.the.world"}"#, "bad-command"),
            (
                r#"{"command":"history.undo","network":"net-x"}"#,
                "bad-command",
            ),
        ] {
            assert_eq!(Command::parse(line).unwrap_err().code, code, "{line}");
        }
    }
}
