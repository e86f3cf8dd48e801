//! What a person can ask for about resources: what members offer, need and lend.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tresse_model::{ItemId, LoanField, MemberId, NetworkId, ResourceField, ResourceKind, Side};

/// One request about resources.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "command")]
pub enum ResourceCommand {
    /// Adds something that is offered or needed. Answers `{"resource":…}`.
    #[serde(rename = "resource.add")]
    Add {
        /// Which network.
        network: NetworkId,
        /// What it is, in a line.
        name: String,
        /// Whether it is offered or needed; else it is offered. That stays.
        #[serde(default)]
        side: Side,
        /// What sort of thing it is.
        #[serde(default)]
        kind: ResourceKind,
        /// Who offers or needs it; else me.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        member: Option<MemberId>,
        /// For which organisation.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        organisation: Option<String>,
        /// What there is to know of it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        description: Option<String>,
        /// Where it is.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        place: Option<String>,
        /// How it may be used.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        conditions: Option<String>,
        /// The need that this offer answers.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        answers: Option<ItemId>,
        /// Its tags.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        tags: Vec<String>,
    },
    /// Sets one field of a resource.
    #[serde(rename = "resource.set")]
    Set {
        /// Which network.
        network: NetworkId,
        /// Which resource.
        resource: ItemId,
        /// Which field.
        field: ResourceField,
        /// The new value.
        value: Option<String>,
    },
    /// Puts a tag on a resource.
    #[serde(rename = "resource.tag")]
    Tag {
        /// Which network.
        network: NetworkId,
        /// Which resource.
        resource: ItemId,
        /// The tag.
        tag: String,
    },
    /// Takes a tag off a resource.
    #[serde(rename = "resource.untag")]
    Untag {
        /// Which network.
        network: NetworkId,
        /// Which resource.
        resource: ItemId,
        /// The tag.
        tag: String,
    },
    /// Removes a resource, or brings it back with its loans.
    #[serde(rename = "resource.remove")]
    Remove {
        /// Which network.
        network: NetworkId,
        /// Which resource.
        resource: ItemId,
        /// Bring it back instead.
        #[serde(default)]
        restore: bool,
    },
    /// Says that a need is met.
    #[serde(rename = "resource.met")]
    Met {
        /// Which network.
        network: NetworkId,
        /// Which need.
        resource: ItemId,
        /// On which day; else today.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        on: Option<String>,
        /// It is not, after all.
        #[serde(default)]
        off: bool,
    },
    /// Lends what is offered, or books it ahead. Answers `{"loan":…}`.
    #[serde(rename = "resource.lend")]
    Lend {
        /// Which network.
        network: NetworkId,
        /// Which resource.
        resource: ItemId,
        /// To whom; else to me.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        borrower: Option<MemberId>,
        /// From which day; else today.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from: Option<String>,
        /// Until which day, that day too; else no end is said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<String>,
        /// What for, in a line.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        purpose: Option<String>,
    },
    /// Sets one field of a loan.
    #[serde(rename = "loan.set")]
    SetLoan {
        /// Which network.
        network: NetworkId,
        /// Which resource.
        resource: ItemId,
        /// Which loan.
        loan: ItemId,
        /// Which field.
        field: LoanField,
        /// The new value.
        value: Option<String>,
    },
    /// Sets the first and the last day of a loan at once.
    #[serde(rename = "loan.move")]
    MoveLoan {
        /// Which network.
        network: NetworkId,
        /// Which resource.
        resource: ItemId,
        /// Which loan.
        loan: ItemId,
        /// From which day.
        from: String,
        /// Until which day; without, no end is said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<String>,
    },
    /// Says that what was lent was given back.
    #[serde(rename = "loan.back")]
    GiveBack {
        /// Which network.
        network: NetworkId,
        /// Which resource.
        resource: ItemId,
        /// Which loan.
        loan: ItemId,
        /// On which day; else today.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        on: Option<String>,
        /// It was not, after all.
        #[serde(default)]
        off: bool,
    },
    /// Takes a loan out, or brings it back.
    #[serde(rename = "loan.remove")]
    RemoveLoan {
        /// Which network.
        network: NetworkId,
        /// Which resource.
        resource: ItemId,
        /// Which loan.
        loan: ItemId,
        /// Bring it back instead.
        #[serde(default)]
        restore: bool,
    },
}

impl From<ResourceCommand> for super::Command {
    fn from(command: ResourceCommand) -> Self {
        Self::Resource(command)
    }
}
