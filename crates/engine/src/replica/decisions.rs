//! Decisions: what is asked about them.

use serde_json::{Value, json};
use tresse_model::{
    ChoiceOf, DecisionContent, DecisionEdit, DecisionField, DocId, DocKind, Edit, ItemId, Method,
    NetworkId, Stage, Terms, VotingRule, read_decision,
};

use super::{Replica, edits::Planned};
use crate::{
    CommandError, DecisionCommand, Moment, Phase, decision_templates, decision_view::DecisionFacts,
};

impl Replica {
    /// Carries out what is asked about a decision.
    #[allow(clippy::too_many_lines)] // One arm a command: splitting it would hide the table.
    pub(super) fn decision_command(
        &mut self,
        command: DecisionCommand,
        moment: &Moment,
    ) -> Result<Value, CommandError> {
        use DecisionCommand as C;
        match command {
            C::Create {
                network,
                title,
                meeting,
                template,
                question,
            } => self.create_decision(
                network,
                title,
                meeting,
                template.as_deref(),
                question,
                moment,
            ),
            C::Set {
                network,
                decision,
                field,
                value,
            } => {
                self.may_set(&network, decision, field, value.as_deref(), moment)?;
                let edit = self.setting(&network, decision, field, value, moment)?;
                self.on_decision(network, decision, edit, moment)
            }
            C::Edit {
                network,
                decision,
                edit,
            } => {
                let decision = self.known(&network, decision, DocKind::Decision)?;
                self.edit_text(network, decision, edit, moment)
            }
            C::FollowCharter { network, decision } => {
                self.follow_charter(network, decision, moment)
            }
            C::Concern {
                network,
                decision,
                member,
                off,
            } => {
                self.not_begun(&network, decision, moment)?;
                self.names_its_terms(&network, decision, moment)?;
                if !off {
                    self.known_member(&network, &member)?;
                }
                self.on_decision(
                    network,
                    decision,
                    DecisionEdit::Concern { member, off },
                    moment,
                )
            }
            C::Start {
                network,
                decision,
                closes,
            } => self.start_decision(network, decision, closes, moment),
            C::End { network, decision } => self.end_decision(network, decision, moment),
            C::Withdraw {
                network,
                decision,
                why,
            } => self.withdraw_decision(network, decision, why, moment),
            C::Outcome {
                network,
                decision,
                outcome,
                review,
            } => self.conclude(network, decision, outcome, review, moment),
            C::Reply {
                network,
                decision,
                ballot,
                words,
            } => {
                let edit = DecisionEdit::Reply { ballot, words };
                self.on_decision(network, decision, edit, moment)
            }
            C::Act {
                network,
                decision,
                title,
            } => self.act_on(network, decision, title, moment),
            C::Link {
                network,
                decision,
                action,
                off,
            } => {
                let edit = DecisionEdit::Action { action, off };
                self.on_decision(network, decision, edit, moment)
            }
            C::Publish { network, decision } => self.publish_table(network, decision, moment),
            C::Remove {
                network,
                decision,
                restore,
            } => self.on_decision(network, decision, DecisionEdit::Bin { restore }, moment),
            C::Open { network, decision } => {
                let decision = self.known(&network, decision, DocKind::Decision)?;
                self.network_mut(&network)?.open(decision);
                Ok(json!({}))
            }
            C::Close { network, decision } => {
                self.network_mut(&network)?.close(&decision);
                Ok(json!({}))
            }
            C::Cast {
                network,
                decision,
                answer,
            } => self.cast(network, decision, answer, moment),
            C::TakeBack { network, decision } => self.take_ballot_back(network, decision, moment),
            C::Count {
                network,
                decision,
                reason,
            } => self.count(network, decision, reason, moment),
            command => self.choice_command(command, moment),
        }
    }

    /// Options and criteria.
    fn choice_command(
        &mut self,
        command: DecisionCommand,
        moment: &Moment,
    ) -> Result<Value, CommandError> {
        use DecisionCommand as C;
        let new = ItemId::from_bytes(moment.random());
        let (network, decision, edit, answer) = match command {
            C::OptionAdd {
                network,
                decision,
                text,
            } => {
                let of = ChoiceOf::Option;
                let edit = DecisionEdit::AddChoice { of, id: new, text };
                (network, decision, edit, json!({ "option": new }))
            }
            C::CriterionAdd {
                network,
                decision,
                text,
            } => {
                let of = ChoiceOf::Criterion;
                let edit = DecisionEdit::AddChoice { of, id: new, text };
                (network, decision, edit, json!({ "criterion": new }))
            }
            C::OptionSet {
                network,
                decision,
                option: id,
                text,
            } => {
                let of = ChoiceOf::Option;
                (
                    network,
                    decision,
                    DecisionEdit::SetChoice { of, id, text },
                    json!({}),
                )
            }
            C::CriterionSet {
                network,
                decision,
                criterion: id,
                text,
            } => {
                let of = ChoiceOf::Criterion;
                (
                    network,
                    decision,
                    DecisionEdit::SetChoice { of, id, text },
                    json!({}),
                )
            }
            C::OptionRemove {
                network,
                decision,
                option: id,
                restore,
            } => {
                let of = ChoiceOf::Option;
                (
                    network,
                    decision,
                    DecisionEdit::RemoveChoice { of, id, restore },
                    json!({}),
                )
            }
            C::CriterionRemove {
                network,
                decision,
                criterion: id,
                restore,
            } => {
                let of = ChoiceOf::Criterion;
                (
                    network,
                    decision,
                    DecisionEdit::RemoveChoice { of, id, restore },
                    json!({}),
                )
            }
            _ => {
                return Err(CommandError::new(
                    "unknown-command",
                    "this command is not known here",
                ));
            }
        };
        let (content, phase) = self.decision_now(&network, decision, moment)?;
        // Criteria are talked about until they are counted; what one votes on is fixed before.
        let open = content.method == Method::Criteria && !phase.is_over();
        if !open {
            refuse_begun(phase)?;
        }
        self.on_decision(network, decision, edit, moment)?;
        Ok(answer)
    }

    fn create_decision(
        &mut self,
        network: NetworkId,
        title: String,
        meeting: Option<DocId>,
        template: Option<&str>,
        question: Option<String>,
        moment: &Moment,
    ) -> Result<Value, CommandError> {
        let charter = self.voting_rule(&network, moment)?;
        let decision = DocId::decision(moment.random());
        let lang = self.profile.lang.clone();
        let mut template = decision_templates::decision(template, &lang, &charter)?;
        if !title.trim().is_empty() {
            template.title = title;
        }
        let meeting = meeting.map(|id| (DecisionField::Meeting, id.to_string()));
        let question = question.map(|text| (DecisionField::Question, text));
        template.fields.extend(meeting.into_iter().chain(question));
        let edit = DecisionEdit::Init {
            title: template.title,
            fields: template.fields,
            text: template.text,
        };
        let planned = planned(network, decision, edit);
        self.carry_out(planned.answering("decision", &decision), moment)
    }

    /// What a decision says, and how far it has come.
    pub(super) fn decision_now(
        &mut self,
        network: &NetworkId,
        decision: DocId,
        moment: &Moment,
    ) -> Result<(DecisionContent, Phase), CommandError> {
        self.members(network)?;
        let decision = self.known(network, decision, DocKind::Decision)?;
        let content = self.read(network, &decision, |doc, authors| {
            read_decision(doc, authors)
        })?;
        let state = self.network_ref(network)?;
        let counted = state.is_counted(&decision, content.closes, moment.now);
        let phase = Phase::of(&DecisionFacts::of(&content), counted, moment.now);
        Ok((content, phase))
    }

    fn not_begun(
        &mut self,
        network: &NetworkId,
        decision: DocId,
        moment: &Moment,
    ) -> Result<(), CommandError> {
        let (_, phase) = self.decision_now(network, decision, moment)?;
        refuse_begun(phase)
    }

    /// Refuses to choose who is asked where it is decided upon the charter.
    fn names_its_terms(
        &mut self,
        network: &NetworkId,
        decision: DocId,
        moment: &Moment,
    ) -> Result<(), CommandError> {
        let (content, _) = self.decision_now(network, decision, moment)?;
        of_the_charter(&content, &decision)
    }

    /// Refuses what would change the rules of a ballot that is under way, and what has a command of its own.
    fn may_set(
        &mut self,
        network: &NetworkId,
        decision: DocId,
        field: DecisionField,
        value: Option<&str>,
        moment: &Moment,
    ) -> Result<(), CommandError> {
        use DecisionField as F;
        let (content, phase) = self.decision_now(network, decision, moment)?;
        if F::OF_CHARTER.contains(&field) || field == F::Method {
            of_the_charter(&content, &decision)?;
        }
        match field {
            F::Title | F::Meeting | F::Review | F::Why => Ok(()),
            F::Stage
            | F::Outcome
            | F::OutcomeOn
            | F::Published
            | F::Taken
            | F::Charter
            | F::Adopts => Err(CommandError::new(
                "has-its-command",
                "this follows from decision.start, decision.withdraw, decision.outcome, decision.publish, or from the charter",
            )),
            F::Step if !phase.is_over() => Ok(()),
            F::Closes if matches!(phase, Phase::Counted | Phase::Concluded) => refuse_begun(phase),
            F::Closes if phase == Phase::Draft || phase == Phase::Withdrawn => Ok(()),
            F::Closes => ends_later(value, moment),
            F::Decider => {
                refuse_begun(phase)?;
                match value.and_then(|value| value.parse().ok()) {
                    Some(member) => self.known_member(network, &member),
                    None => Ok(()),
                }
            }
            _ => refuse_begun(phase),
        }
    }

    /// Sets a field. With the method come the charter's terms for it, and those go that came with another; what somebody set by hand
    /// stays. Undone as one.
    fn setting(
        &mut self,
        network: &NetworkId,
        decision: DocId,
        field: DecisionField,
        value: Option<String>,
        moment: &Moment,
    ) -> Result<DecisionEdit, CommandError> {
        let said = value.as_deref().filter(|word| !word.is_empty());
        let method = said.map_or(Some(Method::default()), Method::from_word);
        let Some(method) = method.filter(|_| field == DecisionField::Method) else {
            return Ok(DecisionEdit::Set { field, value });
        };
        let (content, _) = self.decision_now(network, decision, moment)?;
        if content.method == method {
            return Ok(DecisionEdit::Set { field, value });
        }
        let charter = self.voting_rule(network, moment)?;
        let terms = decision_templates::terms_for(method, &charter);
        let mut fields = vec![(field, value)];
        fields.extend(charter.instead(&content, &terms));
        Ok(DecisionEdit::SetAll { fields })
    }

    /// Takes over all that the charter says and the decision does not. Undone as one.
    fn follow_charter(
        &mut self,
        network: NetworkId,
        decision: DocId,
        moment: &Moment,
    ) -> Result<Value, CommandError> {
        let (content, phase) = self.decision_now(&network, decision, moment)?;
        refuse_begun(phase)?;
        let charter = self.voting_rule(&network, moment)?;
        let departs = charter.departures(&Terms::of(&content)).into_iter();
        let mut fields: Vec<_> = departs.map(|one| (one.rule, Some(one.charter))).collect();
        let terms = charter.terms_for(content.method);
        fields.push((DecisionField::Taken, Some(VotingRule::record(&terms))));
        self.on_decision(network, decision, DecisionEdit::SetAll { fields }, moment)
    }

    fn start_decision(
        &mut self,
        network: NetworkId,
        decision: DocId,
        closes: Option<String>,
        moment: &Moment,
    ) -> Result<Value, CommandError> {
        let (content, phase) = self.decision_now(&network, decision, moment)?;
        if content.stage == Stage::Open && given_up_too(&content) {
            return self.keep_open(network, decision, &content, moment);
        }
        if !matches!(phase, Phase::Draft | Phase::Withdrawn) {
            refuse_begun(phase)?;
        }
        if !content.method.has_ballots() {
            return Err(CommandError::new(
                "no-ballots",
                "this was taken by word of mouth: state what came of it, or choose how it is to be taken",
            ));
        }
        self.may_put(&network, &decision, &content, moment)?;
        let electors = self.network_ref(&network)?.electors(&content.concerned);
        Terms::of(&content)
            .can_open(electors.len())
            .map_err(|error| refused(&error))?;
        let set = |field: DecisionField, value: &str| (field, Some(value.to_owned()));
        // What the charter says now is written down: what is open is not measured by what it says later.
        let charter = self
            .voting_rule(&network, moment)?
            .terms_for(content.method);
        let mut fields = vec![
            set(DecisionField::Stage, Stage::Open.word()),
            set(DecisionField::Charter, &VotingRule::record(&charter)),
        ];
        match (&closes, content.closes) {
            (Some(_), _) => {
                ends_later(closes.as_deref(), moment)?;
                fields.push((DecisionField::Closes, closes));
            }
            (None, Some(ended)) if ended <= moment.now => return Err(ended_before()),
            (None, _) => {}
        }
        if content.method == Method::Criteria && content.rule(DecisionField::Step).is_empty() {
            fields.push(set(DecisionField::Step, "collect"));
        }
        self.on_decision(network, decision, DecisionEdit::SetAll { fields }, moment)
    }

    /// Settles that a decision which was put to the members and given up at once stays open. It goes on by what it said when it was put:
    /// all of that is written again, for what holds is what stands when the stage is set.
    fn keep_open(
        &mut self,
        network: NetworkId,
        decision: DocId,
        content: &DecisionContent,
        moment: &Moment,
    ) -> Result<Value, CommandError> {
        use DecisionField as F;
        if content.drifted {
            return Err(CommandError::new(
                "decision-drifted",
                "somebody changed meanwhile what can be chosen or who is asked: give this decision up and put another one, so that nobody's answer changes its meaning",
            ));
        }
        let said = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let rules = F::RULES.into_iter().filter(|rule| *rule != F::Step);
        let mut fields: Vec<_> = rules.map(|rule| (rule, said(content.rule(rule)))).collect();
        // Without a question its title is what is asked: as it was called then.
        let renamed = content.question.is_empty() && content.title != content.put_as;
        let question = if renamed {
            &content.put_as
        } else {
            &content.question
        };
        fields.extend([
            (F::Method, Some(content.method.word().to_owned())),
            (F::Question, said(question)),
            (F::Closes, content.closes.map(moment_at)),
            (F::Stage, Some(Stage::Open.word().to_owned())),
        ]);
        self.on_decision(network, decision, DecisionEdit::SetAll { fields }, moment)
    }

    fn end_decision(
        &mut self,
        network: NetworkId,
        decision: DocId,
        moment: &Moment,
    ) -> Result<Value, CommandError> {
        let (_, phase) = self.decision_now(&network, decision, moment)?;
        if !matches!(phase, Phase::Open | Phase::Collecting) {
            return Err(not_open(phase));
        }
        let edit = DecisionEdit::Set {
            field: DecisionField::Closes,
            value: Some(moment_at(moment.now)),
        };
        self.on_decision(network, decision, edit, moment)
    }

    fn withdraw_decision(
        &mut self,
        network: NetworkId,
        decision: DocId,
        why: Option<String>,
        moment: &Moment,
    ) -> Result<Value, CommandError> {
        let (_, phase) = self.decision_now(&network, decision, moment)?;
        if matches!(phase, Phase::Counted | Phase::Concluded) {
            return Err(CommandError::new(
                "decision-counted",
                "this was counted: state what comes of it instead",
            ));
        }
        let fields = vec![
            (
                DecisionField::Stage,
                Some(Stage::Withdrawn.word().to_owned()),
            ),
            (DecisionField::Why, why),
        ];
        self.on_decision(network, decision, DecisionEdit::SetAll { fields }, moment)
    }

    fn conclude(
        &mut self,
        network: NetworkId,
        decision: DocId,
        outcome: Option<String>,
        review: Option<String>,
        moment: &Moment,
    ) -> Result<Value, CommandError> {
        let (content, phase) = self.decision_now(&network, decision, moment)?;
        let outcome = outcome.filter(|words| !words.trim().is_empty());
        if outcome.is_some() {
            let early = matches!(phase, Phase::Draft | Phase::Withdrawn)
                && content.method.has_ballots()
                || content.method.is_counted()
                    && !matches!(phase, Phase::Counted | Phase::Concluded);
            if early {
                return Err(CommandError::new(
                    "not-counted",
                    "count the ballots first: until then nobody can say what came of them",
                ));
            }
            let me = self.me_in(&network)?;
            let state = self.network_ref(&network)?;
            if let Some(decider) = content.decider()
                && content.method == Method::Advice
                && decider != me
                && state.membership.member(&decider).is_some()
            {
                let name = state.name_of(&decider);
                let message = format!("{name} decides, once the advice is given");
                return Err(CommandError::new("not-the-decider", message));
            }
        }
        let on = outcome.as_ref().map(|_| moment.today());
        let mut fields = vec![
            (DecisionField::Outcome, outcome),
            (DecisionField::OutcomeOn, on),
        ];
        if review.is_some() {
            fields.push((DecisionField::Review, review));
        }
        self.on_decision(network, decision, DecisionEdit::SetAll { fields }, moment)
    }

    /// Makes an action of a decision: in the plan, and linked from the decision; both, or neither. Undone as one.
    fn act_on(
        &mut self,
        network: NetworkId,
        decision: DocId,
        title: String,
        moment: &Moment,
    ) -> Result<Value, CommandError> {
        let decision = self.known(&network, decision, DocKind::Decision)?;
        let action = ItemId::from_bytes(moment.random());
        let plan = DocId::singleton(&network, DocKind::Plan);
        let add = Edit::AddAction {
            id: action,
            title,
            fields: Vec::new(),
        };
        let link = Edit::Decision(DecisionEdit::Action { action, off: false });
        self.apply_together(&network, &[(plan, add), (decision, link)], moment)?;
        Ok(json!({ "action": action }))
    }

    pub(super) fn on_decision(
        &mut self,
        network: NetworkId,
        decision: DocId,
        edit: DecisionEdit,
        moment: &Moment,
    ) -> Result<Value, CommandError> {
        let decision = self.known(&network, decision, DocKind::Decision)?;
        self.carry_out(planned(network, decision, edit), moment)
    }
}

fn planned(network: NetworkId, decision: DocId, edit: DecisionEdit) -> Planned {
    Planned::new(network, decision, Edit::Decision(edit))
}

pub(super) fn refused(error: &tresse_model::TermsError) -> CommandError {
    CommandError::new(error.code(), error.to_string())
}

/// What is asked does not change once somebody may have answered.
fn refuse_begun(phase: Phase) -> Result<(), CommandError> {
    if matches!(phase, Phase::Draft | Phase::Withdrawn) {
        return Ok(());
    }
    Err(CommandError::new(
        "decision-open",
        "people may have answered already: give this decision up and put another one, so that nobody's answer changes its meaning",
    ))
}

/// How a version of the charter is decided upon, and by whom, nobody chooses for once.
fn of_the_charter(content: &DecisionContent, decision: &DocId) -> Result<(), CommandError> {
    if content.adopts(decision).is_none() {
        return Ok(());
    }
    Err(CommandError::new(
        "charter-says-how",
        "how a version of the charter is decided upon is what the charter in force says, and every member is asked",
    ))
}

pub(super) fn not_open(phase: Phase) -> CommandError {
    match phase {
        Phase::Draft => CommandError::new(
            "decision-draft",
            "this decision is not put to the members yet",
        ),
        Phase::Withdrawn => CommandError::new("decision-withdrawn", "this decision was given up"),
        _ => CommandError::new(
            "ballot-closed",
            "the ballot is closed: what is cast now cannot count any more",
        ),
    }
}

pub(super) fn ends_later(closes: Option<&str>, moment: &Moment) -> Result<(), CommandError> {
    let at = closes.and_then(|closes| closes.parse::<jiff::Timestamp>().ok());
    match at {
        Some(at) if at.as_millisecond() <= moment.now => Err(ended_before()),
        // What is no moment is refused where it is written; without one, somebody ends it.
        _ => Ok(()),
    }
}

fn ended_before() -> CommandError {
    CommandError::new(
        "closes-before",
        "the moment until which it is open has passed: choose a later one",
    )
}

/// A moment as a decision writes it, of milliseconds since 1970, UTC.
fn moment_at(at: i64) -> String {
    jiff::Timestamp::from_millisecond(at)
        .unwrap_or_default()
        .to_string()
}

/// Whether somebody gave a decision up while another put it to the members, and nobody has chosen yet.
fn given_up_too(content: &DecisionContent) -> bool {
    let mut known = content.conflicts.iter();
    known.any(|one| one.field == DecisionField::Stage.key())
}
