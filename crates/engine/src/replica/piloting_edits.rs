//! Commands of roles: what they are for, how they go round, swaps, hand-overs, conversations.

use serde_json::{Value, json};
use tresse_model::{
    DocId, DocKind, Edit, ItemId, MemberId, NetworkId, PilotingFacts, RoleField, RotationFacts,
    SwapState, piloting_facts, role_key,
};
use tresse_trust::{Body, MAX_ROLE_BYTES};

use super::{
    Replica,
    edits::Planned,
    governance::day,
    piloting::{Known, hand_over_page},
};
use crate::{Command, CommandError, Moment};

type Plans = Result<Planned, CommandError>;

impl Replica {
    /// `None`: it is a command of another sort.
    pub(super) fn planned_piloting(&mut self, command: Command, moment: &Moment) -> Option<Plans> {
        let planned = match command {
            Command::RoleSet {
                network,
                role,
                field,
                value,
            } => set_role(network, role, field, value),
            Command::RotationTurn {
                network,
                role,
                member,
                before,
                off,
            } => self.turn_role(network, role, member, before, off),
            Command::SwapAgree {
                network,
                role,
                mine,
                theirs,
                with,
                withdraw,
            } => self.agree_swap(network, &role, (mine, theirs), with, withdraw, moment),
            Command::HandOverPage {
                network,
                role,
                title,
            } => self.begin_page(network, &role, title),
            Command::FeedbackAdd {
                network,
                text,
                thread,
            } => self.say_in_thread(network, text, thread, moment),
            Command::FeedbackSet {
                network,
                feedback: id,
                text,
            } => self.in_own_notebook(network, Edit::SetPost { id, text }),
            Command::FeedbackRemove {
                network,
                feedback: id,
                restore,
            } => self.in_own_notebook(network, Edit::RemovePost { id, restore }),
            _ => return None,
        };
        Some(planned)
    }

    fn turn_role(
        &self,
        network: NetworkId,
        role: String,
        member: MemberId,
        before: Option<MemberId>,
        off: bool,
    ) -> Plans {
        known_role(&role)?;
        if !off {
            self.known_member(&network, &member)?;
        }
        let edit = Edit::TurnRole {
            role,
            member,
            before,
            off,
        };
        Ok(Planned::of(network, DocKind::Network, edit))
    }

    fn agree_swap(
        &mut self,
        network: NetworkId,
        role: &str,
        (mine, theirs): (String, String),
        with: MemberId,
        withdraw: bool,
        moment: &Moment,
    ) -> Plans {
        let me = self.me_in(&network)?;
        let today = moment.today();
        let begun = mine.as_str() <= today.as_str() || theirs.as_str() <= today.as_str();
        let (_, facts) = self.piloting_now(&network, moment)?;
        let round = rotation(&facts, role);
        if withdraw {
            let mut swaps = round.iter().flat_map(|round| &round.swaps);
            let agreed = swaps.any(|swap| {
                let days = (&swap.mine, &swap.theirs);
                swap.state == SwapState::Agreed
                    && (days == (&mine, &theirs) || days == (&theirs, &mine))
            });
            if agreed && begun {
                return Err(turn_begun());
            }
        } else {
            let round = round?;
            if begun {
                return Err(turn_begun());
            }
            if me == with {
                return Err(CommandError::new(
                    "swap-alone",
                    "a swap takes two: name somebody else's turn",
                ));
            }
            self.known_member(&network, &with)?;
            for (whose, day) in [(me, &mine), (with, &theirs)] {
                self.whose_turn(&network, round, whose, day)?;
            }
        }
        let edit = Edit::AgreeSwap {
            role: role.to_owned(),
            mine,
            theirs,
            with,
            on: (!withdraw).then_some(today),
        };
        self.in_own_notebook(network, edit)
    }

    /// Refuses a turn that is not this person's, and says which are.
    fn whose_turn(
        &self,
        network: &NetworkId,
        round: &RotationFacts,
        whose: MemberId,
        day: &str,
    ) -> Result<(), CommandError> {
        let theirs = round.coming.iter().filter(|turn| turn.member == whose);
        let days: Vec<&str> = theirs.map(|turn| turn.from.as_str()).collect();
        if days.contains(&day) {
            return Ok(());
        }
        let name = self.network_ref(network)?.name_of(&whose);
        let known = if days.is_empty() {
            "none of the coming turns is theirs".to_owned()
        } else {
            format!("theirs begin on {}", days.join(", "))
        };
        let message = format!("no coming turn of {name} begins on {day}: {known}");
        Err(CommandError::new("not-their-turn", message))
    }

    fn begin_page(&mut self, network: NetworkId, role: &str, title: Option<String>) -> Plans {
        let known = known_role(role)?;
        let page = hand_over_page(&network, role);
        let title = title
            .filter(|title| !title.trim().is_empty())
            .unwrap_or(known);
        let begun = self.network_ref(&network)?.heads.contains_key(&page);
        let edit = if begun {
            // It comes out of the bin, if that is where it was.
            Edit::BinPage { restore: true }
        } else {
            Edit::InitPage {
                title,
                tags: Vec::new(),
                text: None,
            }
        };
        Ok(Planned::new(network, page, edit).answering("page", &page))
    }

    fn say_in_thread(
        &mut self,
        network: NetworkId,
        text: String,
        thread: Option<ItemId>,
        moment: &Moment,
    ) -> Plans {
        let after = self.place_in_thread(&network, thread)?;
        let id = ItemId::from_bytes(moment.random());
        let edit = Edit::AddPost {
            id,
            thread,
            text,
            on: moment.today(),
            after,
            objective: None,
        };
        let planned = self.in_own_notebook(network, edit)?;
        Ok(planned.answering("feedback", &id))
    }

    /// How many there are in a conversation, so that what is said now comes after them.
    fn place_in_thread(
        &mut self,
        network: &NetworkId,
        thread: Option<ItemId>,
    ) -> Result<u64, CommandError> {
        let Some(thread) = thread else {
            return Ok(0);
        };
        self.members(network)?;
        let posts = self.network_ref(network)?.posts();
        let here = posts.iter().map(|(_, post)| post);
        let last = here
            .filter(|post| post.thread.unwrap_or(post.id) == thread)
            .map(|post| post.after)
            .max();
        last.map(|last| last + 1).ok_or_else(|| {
            CommandError::new(
                "not-found",
                format!("there is no feedback with the id {thread} here"),
            )
        })
    }

    /// Makes an objective of a conversation, and says so in it: both, or neither. Undone as one.
    pub(super) fn objective_of_feedback(
        &mut self,
        network: &NetworkId,
        thread: ItemId,
        title: String,
        deadline: Option<String>,
        moment: &Moment,
    ) -> Result<Value, CommandError> {
        let after = self.place_in_thread(network, Some(thread))?;
        let me = self.me_in(network)?;
        let objective = ItemId::from_bytes(moment.random());
        let id = ItemId::from_bytes(moment.random());
        let plan = DocId::singleton(network, DocKind::Plan);
        let notebook = DocId::notebook(network, &me);
        let said = Edit::AddPost {
            id,
            thread: Some(thread),
            text: title.clone(),
            on: moment.today(),
            after,
            objective: Some(objective),
        };
        let add = Edit::AddObjective {
            id: objective,
            title,
            deadline,
            means: None,
            orientation: None,
        };
        self.apply_together(network, &[(plan, add), (notebook, said)], moment)?;
        Ok(json!({ "objective": objective.to_string(), "feedback": id.to_string() }))
    }

    /// Records the turn that has begun: its holder's mandate is given, and those of who held the role before end.
    pub(super) fn hand_over(
        &mut self,
        network: &NetworkId,
        role: &str,
        moment: &Moment,
    ) -> Result<Value, CommandError> {
        let (known, facts) = self.piloting_now(network, moment)?;
        let round = rotation(&facts, role)?;
        let key = role_key(role);
        let Some(turn) = &round.current else {
            return Err(match &round.next {
                Some(next) => CommandError::new(
                    "hand-over-early",
                    format!(
                        "the first turn begins on {}: record it from that day on",
                        next.from
                    ),
                ),
                None => no_turns(),
            });
        };
        let of_role = |held: &&tresse_model::Held| role_key(&held.role) == key;
        let holds = known.held.iter().filter(of_role);
        let mut theirs = holds.filter(|held| held.holder == turn.member);
        let today = moment.today();
        // Who shares the role without taking turns goes on.
        let in_turn =
            |member: &MemberId| round.order.contains(member) || round.gone.contains(member);
        let before: Vec<&tresse_model::Held> = known
            .held
            .iter()
            .filter(of_role)
            .filter(|held| {
                held.holder != turn.member && in_turn(&held.holder) && held.runs_on(&turn.from)
            })
            .collect();
        let running = theirs.find(|held| held.runs_on(&today));
        if running.is_some() && before.is_empty() {
            let next = round.next.as_ref().map(|next| next.from.as_str());
            return Err(CommandError::new(
                "hand-over-early",
                format!(
                    "this turn is recorded already; the next begins on {}",
                    next.unwrap_or_default()
                ),
            ));
        }
        let mut bodies = Vec::new();
        // Where the last hand-over got only half way, its other half is done now.
        if running.is_none() {
            let facts = facts.roles.iter().find(|facts| facts.role == key);
            bodies.push(Body::Mandate {
                role: facts.map_or_else(|| role.trim().to_owned(), |facts| facts.name.clone()),
                holder: turn.member,
                from_ms: day(&turn.from)?,
                to_ms: Some(day(&turn.until)?),
            });
        }
        let mandates = self.network_ref(network)?.membership.mandates().iter();
        let over = mandates.map(|one| one.said.act).filter(|act| {
            let act = act.to_string();
            before.iter().any(|held| held.mandate == act)
        });
        bodies.extend(over.map(|mandate| Body::EndMandate { mandate }));
        let given = self.turn_on_command(network, &bodies, moment)?;
        let given = match (running, given.first()) {
            (Some(running), _) => running.mandate.clone(),
            (None, given) => given.map(ToString::to_string).unwrap_or_default(),
        };
        Ok(json!({ "mandate": given, "holder": turn.member.to_string() }))
    }

    fn in_own_notebook(&mut self, network: NetworkId, edit: Edit) -> Plans {
        let me = self.me_in(&network)?;
        let notebook = DocId::notebook(&network, &me);
        Ok(Planned::new(network, notebook, edit))
    }

    fn piloting_now(
        &mut self,
        network: &NetworkId,
        moment: &Moment,
    ) -> Result<(Known, PilotingFacts), CommandError> {
        self.members(network)?;
        let state = self.network_ref(network)?;
        let known = state.piloting_known(&state.views.content());
        let facts = piloting_facts(&known.on(&moment.today()));
        Ok((known, facts))
    }
}

fn set_role(network: NetworkId, role: String, field: RoleField, value: Option<String>) -> Plans {
    known_role(&role)?;
    let edit = Edit::SetRole { role, field, value };
    Ok(Planned::of(network, DocKind::Network, edit))
}

/// The name of a role as it is kept; refuses what cannot be one.
pub(super) fn known_role(role: &str) -> Result<String, CommandError> {
    let role = role.trim();
    if role.is_empty() || role.len() > MAX_ROLE_BYTES || role.chars().any(char::is_control) {
        return Err(CommandError::new(
            "bad-role",
            format!(
                "a role's name is one line of at most {MAX_ROLE_BYTES} letters, an accented one counting twice"
            ),
        ));
    }
    Ok(role.to_owned())
}

fn rotation<'a>(facts: &'a PilotingFacts, role: &str) -> Result<&'a RotationFacts, CommandError> {
    let key = role_key(role);
    let facts = facts.roles.iter().find(|facts| facts.role == key);
    let round = facts.and_then(|facts| facts.rotation.as_ref());
    round
        .filter(|round| round.next.is_some())
        .ok_or_else(no_turns)
}

fn no_turns() -> CommandError {
    CommandError::new(
        "no-rotation",
        "this role does not go round yet: say when its turns begin, how long they are and who takes them",
    )
}

fn turn_begun() -> CommandError {
    CommandError::new(
        "turn-begun",
        "one of these turns has begun: only turns to come can be swapped or given back",
    )
}
