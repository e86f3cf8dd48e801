//! Putting a version of the charter to the members, and writing down that they adopted it.

use serde_json::{Value, json};
use tresse_model::{
    Adopting, CharterContent, DecisionContent, DecisionEdit, DecisionField, DocId, DocKind, Edit,
    NetworkId, Stage, Terms, VotingRule, compare_charters,
};
use tresse_trust::{Body, Version};

use super::{
    Network, Replica,
    charter::{empty, known_version, not_here, says_nothing},
    decisions::{ends_later, refused},
    edits::Planned,
};
use crate::{CommandError, Moment, VersionCommand, decision_templates};

impl Replica {
    /// Carries out what is asked about versions that are decided upon.
    pub(super) fn version_command(
        &mut self,
        command: VersionCommand,
        moment: &Moment,
    ) -> Result<Value, CommandError> {
        match command {
            VersionCommand::PutToVote {
                network,
                version,
                closes,
            } => self.put_version(network, version.as_deref(), closes, moment),
            VersionCommand::Record { network, decision } => self.record(&network, decision, moment),
        }
    }

    fn put_version(
        &mut self,
        id: NetworkId,
        version: Option<&str>,
        closes: Option<String>,
        moment: &Moment,
    ) -> Result<Value, CommandError> {
        ends_later(closes.as_deref(), moment)?;
        self.look_at_charter(&id)?;
        let network = self.network_ref(&id)?;
        let put = network.to_put(version, moment)?;
        let charter = DocId::singleton(&id, DocKind::Charter);
        let version = Version::of(&charter, put.about.heads()).to_string();
        let (decision, edit) = put.decision(&self.profile.lang, closes);
        let planned = Planned::new(id, decision, Edit::Decision(edit));
        let mut answer = self.carry_out(planned.answering("decision", &decision), moment)?;
        answer["version"] = json!(version);
        Ok(answer)
    }

    /// Writes down what a count just showed, so that nobody has to. If that does not succeed, the decision is counted all the same, and
    /// anybody writes it down later. Answers the version.
    pub(super) fn record_counted(
        &mut self,
        id: &NetworkId,
        decision: &DocId,
        moment: &Moment,
    ) -> Option<String> {
        let recorded = self.say_decided(id, decision, moment);
        recorded.unwrap_or_else(|error| {
            tracing::warn!(code = %error.code, "what a decision adopted is not written down: {error}");
            None
        })
    }

    fn record(
        &mut self,
        id: &NetworkId,
        decision: DocId,
        moment: &Moment,
    ) -> Result<Value, CommandError> {
        let decision = self.known(id, decision, DocKind::Decision)?;
        match self.say_decided(id, &decision, moment)? {
            Some(version) => Ok(json!({ "version": version })),
            None => Err(CommandError::new(
                "nothing-adopted",
                "there is nothing to write down: by what is here, no version of the charter waits to be adopted by this decision",
            )),
        }
    }

    /// Says that a decision adopted the version that it is about, if it did and nobody has said so.
    fn say_decided(
        &mut self,
        id: &NetworkId,
        decision: &DocId,
        moment: &Moment,
    ) -> Result<Option<String>, CommandError> {
        self.look_at_charter(id)?;
        let Some(about) = self.network_ref(id)?.to_record(decision, moment.now) else {
            return Ok(None);
        };
        let document = DocId::singleton(id, DocKind::Charter);
        let version = Version::of(&document, about.heads()).to_string();
        self.say_on_command(id, &Body::Decided { document, about }, moment)?;
        Ok(Some(version))
    }

    /// Whether a decision about a version may be put, or put again: the charter that it is to replace is still in force, and says so.
    pub(super) fn may_put(
        &mut self,
        id: &NetworkId,
        decision: &DocId,
        content: &DecisionContent,
        moment: &Moment,
    ) -> Result<(), CommandError> {
        let Some(about) = content.adopts(decision) else {
            return Ok(());
        };
        self.look_at_charter(id)?;
        let network = self.network_ref(id)?;
        let ours = network.ours(moment.now);
        let in_force = ours.in_force();
        let in_force = in_force.filter(|one| one.version.name() == about.replaces());
        let rule = in_force.and_then(|one| network.rule_of(one));
        if rule.is_some_and(|rule| rule.adopts_by(&Terms::of(content))) {
            return Ok(());
        }
        Err(CommandError::new(
            "charter-moved",
            "another version of the charter is in force by now, or it is decided in another way: put this version to the vote anew",
        ))
    }
}

/// A version that is to be decided upon.
struct Put {
    about: Adopting,
    /// The charter in force, and how it says that versions are decided upon.
    rule: VotingRule,
    old: CharterContent,
    new: CharterContent,
}

impl Network {
    /// The version that is to be decided upon, and by what rule.
    fn to_put(&self, version: Option<&str>, moment: &Moment) -> Result<Put, CommandError> {
        let ours = self.ours(moment.now);
        let in_force = ours.in_force().ok_or_else(|| {
            CommandError::new(
                "charter-not-in-force",
                "no version of the charter is adopted yet: the first one is adopted by consents, for until then no rule is agreed on",
            )
        })?;
        let rule = self.rule_of(in_force).ok_or_else(not_here)?;
        let known = match version {
            Some(version) => Some(known_version(&ours, version)?),
            None => self.current_version(&ours),
        };
        if known.is_some_and(|known| known.adopted.is_some()) {
            return Err(CommandError::new(
                "version-adopted",
                "this version of the charter is adopted already",
            ));
        }
        let before = in_force.version;
        if known.is_some_and(|known| known.votes.iter().any(|vote| vote.goes_on_after(before))) {
            return Err(CommandError::new(
                "version-put",
                "this version of the charter is put to the members already",
            ));
        }
        let heads = match known {
            Some(known) => known.heads.clone(),
            None => self.as_it_stands()?,
        };
        let (old, new) = (
            self.version_says(&in_force.heads)?,
            self.version_says(&heads)?,
        );
        if says_nothing(&new) {
            return Err(empty());
        }
        self.can_be_put(&rule)?;
        let about = Adopting::new(moment.random(), before.name(), heads);
        let about = about.ok_or_else(not_here)?;
        Ok(Put {
            about,
            rule,
            old,
            new,
        })
    }

    /// Whether the charter says how, and enough of us are there for its quorum.
    fn can_be_put(&self, rule: &VotingRule) -> Result<(), CommandError> {
        let (method, fields) = rule.adopting().ok_or_else(|| {
            CommandError::new(
                "charter-names-no-rule",
                "the charter in force does not say how to vote on it: propose the version, so that members consent to it",
            )
        })?;
        let rules = fields.into_iter();
        let asked = DecisionContent {
            method,
            rules: rules.map(|(field, value)| (field.key(), value)).collect(),
            ..DecisionContent::default()
        };
        let members = self.membership.members().len();
        let terms = Terms::of(&asked);
        terms.can_open(members).map_err(|error| refused(&error))
    }
}

impl Put {
    /// The decision, as it is put: all of it is said at once.
    fn decision(self, lang: &str, closes: Option<String>) -> (DocId, DecisionEdit) {
        use DecisionField as F;
        let changes = compare_charters(&self.old, &self.new);
        let template = decision_templates::about_charter(lang, &changes);
        let (method, terms) = self.rule.adopting().unwrap_or_default();
        let mut fields = vec![
            (F::Method, method.word().to_owned()),
            (F::Taken, VotingRule::record(&terms)),
            (F::Charter, VotingRule::record(&self.rule.terms_for(method))),
            (F::Adopts, self.about.to_string()),
            (F::Stage, Stage::Open.word().to_owned()),
        ];
        fields.extend(terms);
        fields.extend(template.fields);
        fields.extend(closes.map(|closes| (F::Closes, closes)));
        let edit = DecisionEdit::Init {
            title: template.title,
            fields,
            text: template.text,
        };
        (self.about.decision(), edit)
    }
}
