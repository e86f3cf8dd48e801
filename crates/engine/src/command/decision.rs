//! What a person can ask for about decisions.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tresse_model::{Answer, CastId, DecisionField, DocId, ItemId, MemberId, NetworkId};

use super::TextEdit;

/// One request about a decision, its options and criteria, or ballots.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "command")]
pub enum DecisionCommand {
    /// Makes a decision. Answers `{"decision":…}`. Two who do so at once have made two.
    #[serde(rename = "decision.create")]
    Create {
        /// Which network.
        network: NetworkId,
        /// Its title; may be empty where the template gives one.
        #[serde(default)]
        title: String,
        /// The meeting that it comes from.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        meeting: Option<DocId>,
        /// What it starts from: a method (`vote`, `consent`, `criteria`…), or `purpose-met` (has the network met its purpose?).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        template: Option<String>,
        /// What is asked, in one sentence.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        question: Option<String>,
    },
    /// Sets one field of a decision. What says how a ballot is held is fixed while it is open. With its `method` come the charter's terms
    /// for it in place of those that came with another; what was set by hand stays. Two values set at once are both kept, until
    /// somebody chooses; what is set while another puts the decision to the members does not change what they answer to.
    #[serde(rename = "decision.set")]
    Set {
        /// Which network.
        network: NetworkId,
        /// Which decision.
        decision: DocId,
        /// Which field.
        field: DecisionField,
        /// The new value.
        value: Option<String>,
    },
    /// Edits a decision's Markdown text: what it is about. What several write at once is all kept, letter by letter.
    #[serde(rename = "decision.edit")]
    Edit {
        /// Which network.
        network: NetworkId,
        /// Which decision.
        decision: DocId,
        /// What to do to the text.
        #[serde(flatten)]
        edit: TextEdit,
    },
    /// Takes over, as one, all that the charter says of the decision's method and the decision does not say: threshold, of whom it is a share,
    /// abstentions, quorum. Before it is put to the members. Where somebody sets one of these at once, both values are kept, until somebody
    /// chooses.
    #[serde(rename = "decision.follow")]
    FollowCharter {
        /// Which network.
        network: NetworkId,
        /// Which decision.
        decision: DocId,
    },
    /// Names a member who is asked; as long as nobody is named, every member is. All who were named at once stay named. Said and
    /// taken back by two at once, it is one of both, the same at everybody's.
    #[serde(rename = "decision.concern")]
    Concern {
        /// Which network.
        network: NetworkId,
        /// Which decision.
        decision: DocId,
        /// Who.
        member: MemberId,
        /// They are not asked.
        #[serde(default)]
        off: bool,
    },
    /// Puts a decision to the members. Refused where it cannot be decided: too few options, a quorum out of reach. What it goes by is what it
    /// says now, whatever others change of it apart. Started twice at once, it is open once, by what the one said who claims to be earlier;
    /// a count writes down by which end it went. Where it was given up at the same time and is shown as open, this chooses that it stays
    /// open, by what it said when it was put; refused where others changed meanwhile what can be chosen or who is asked.
    #[serde(rename = "decision.start")]
    Start {
        /// Which network.
        network: NetworkId,
        /// Which decision.
        decision: DocId,
        /// Until when, as `2026-12-01T18:00:00Z`; none: as it is set, or until somebody ends it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        closes: Option<String>,
    },
    /// Ends the ballot now. Of two ends set at once both are kept, and a count writes down which it went by.
    #[serde(rename = "decision.end")]
    End {
        /// Which network.
        network: NetworkId,
        /// Which decision.
        decision: DocId,
    },
    /// Gives a decision up; `decision.start` takes it up again. Given up and started at once, both are kept and one is shown, the
    /// same everywhere, until somebody chooses.
    #[serde(rename = "decision.withdraw")]
    Withdraw {
        /// Which network.
        network: NetworkId,
        /// Which decision.
        decision: DocId,
        /// Why.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        why: Option<String>,
    },
    /// States what came of a decision, and when it will be looked at again. Two values set at once are both kept, until somebody
    /// chooses.
    #[serde(rename = "decision.outcome")]
    Outcome {
        /// Which network.
        network: NetworkId,
        /// Which decision.
        decision: DocId,
        /// What came of it; none: nothing any more.
        outcome: Option<String>,
        /// A date.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        review: Option<String>,
    },
    /// Says how an objection was answered. Only who objected can lift it, by another ballot. Of two replies to the same objection
    /// at once one is shown, the same at everybody's.
    #[serde(rename = "decision.reply")]
    Reply {
        /// Which network.
        network: NetworkId,
        /// Which decision.
        decision: DocId,
        /// The ballot that raised it.
        ballot: CastId,
        /// The answer; none takes it away.
        words: Option<String>,
    },
    /// Makes an action of the plan of a decision. Answers `{"action":…}`. Two who do so at once have made two.
    #[serde(rename = "decision.act")]
    Act {
        /// Which network.
        network: NetworkId,
        /// Which decision.
        decision: DocId,
        /// The action's title.
        title: String,
    },
    /// Links an action that is in the plan already, or unlinks it. Linked and unlinked by two at once, it is one of both, the same
    /// at everybody's.
    #[serde(rename = "decision.link")]
    Link {
        /// Which network.
        network: NetworkId,
        /// Which decision.
        decision: DocId,
        /// Which action.
        action: ItemId,
        /// Unlink it instead.
        #[serde(default)]
        off: bool,
    },
    /// Publishes the table of criteria as a page of the library. Answers `{"page":…,"csv":"…"}`. Two who do so at once have
    /// published the same page.
    #[serde(rename = "decision.publish")]
    Publish {
        /// Which network.
        network: NetworkId,
        /// Which decision.
        decision: DocId,
    },
    /// Puts a decision in the bin, or brings it back. Said and taken back by two at once, it is one of both, the same at
    /// everybody's.
    #[serde(rename = "decision.remove")]
    Remove {
        /// Which network.
        network: NetworkId,
        /// Which decision.
        decision: DocId,
        /// Bring it back instead.
        #[serde(default)]
        restore: bool,
    },
    /// Asks for a decision to stand in the views, whole, until it is closed.
    #[serde(rename = "decision.open")]
    Open {
        /// Which network.
        network: NetworkId,
        /// Which decision.
        decision: DocId,
    },
    /// Needs a decision no longer.
    #[serde(rename = "decision.close")]
    Close {
        /// Which network.
        network: NetworkId,
        /// Which decision.
        decision: DocId,
    },
    /// Adds an option. Answers `{"option":…}`. What two add at once is all there, in one order everywhere.
    #[serde(rename = "option.add")]
    OptionAdd {
        /// Which network.
        network: NetworkId,
        /// Which decision.
        decision: DocId,
        /// Its words.
        text: String,
    },
    /// Rewords an option. Two values set at once are both kept, until somebody chooses.
    #[serde(rename = "option.set")]
    OptionSet {
        /// Which network.
        network: NetworkId,
        /// Which decision.
        decision: DocId,
        /// Which option.
        option: ItemId,
        /// Its words.
        text: String,
    },
    /// Takes an option out, or brings it back. Said and taken back by two at once, it is one of both, the same at everybody's.
    #[serde(rename = "option.remove")]
    OptionRemove {
        /// Which network.
        network: NetworkId,
        /// Which decision.
        decision: DocId,
        /// Which option.
        option: ItemId,
        /// Bring it back instead.
        #[serde(default)]
        restore: bool,
    },
    /// Adds a criterion. Answers `{"criterion":…}`. What two add at once is all there, in one order everywhere.
    #[serde(rename = "criterion.add")]
    CriterionAdd {
        /// Which network.
        network: NetworkId,
        /// Which decision.
        decision: DocId,
        /// Its words.
        text: String,
    },
    /// Rewords a criterion. Two values set at once are both kept, until somebody chooses.
    #[serde(rename = "criterion.set")]
    CriterionSet {
        /// Which network.
        network: NetworkId,
        /// Which decision.
        decision: DocId,
        /// Which criterion.
        criterion: ItemId,
        /// Its words.
        text: String,
    },
    /// Takes a criterion out, or brings it back. Said and taken back by two at once, it is one of both, the same at everybody's.
    #[serde(rename = "criterion.remove")]
    CriterionRemove {
        /// Which network.
        network: NetworkId,
        /// Which decision.
        decision: DocId,
        /// Which criterion.
        criterion: ItemId,
        /// Bring it back instead.
        #[serde(default)]
        restore: bool,
    },
    /// Casts my ballot, in my own notebook. One that I cast before stays written and no longer holds. Answers `{"ballot":…}`.
    /// Nobody else casts it; cast on two of my machines at once, the one that claims to be later holds.
    #[serde(rename = "ballot.cast")]
    Cast {
        /// Which network.
        network: NetworkId,
        /// Which decision.
        decision: DocId,
        /// What I say: `{"kind":"stance","stance":"for"}`…
        answer: Answer,
    },
    /// Takes my ballot back: I have said nothing. It is cast like an answer, so of two of my own machines that take it back and answer at
    /// once, what claims to be later holds, the same everywhere; a ballot that somebody counted meanwhile stays counted.
    #[serde(rename = "ballot.withdraw")]
    TakeBack {
        /// Which network.
        network: NetworkId,
        /// Which decision.
        decision: DocId,
    },
    /// Counts: records, in my own notebook, who is asked and which ballot of each is known here. Once it is closed, anybody may. Not
    /// undone: counted again, with a reason. Answers `{"count":…}`. Two who count at once have both counted, and nobody loses a
    /// ballot by it.
    #[serde(rename = "ballot.count")]
    Count {
        /// Which network.
        network: NetworkId,
        /// Which decision.
        decision: DocId,
        /// Why it is counted again.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
    },
}
