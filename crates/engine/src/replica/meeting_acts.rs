//! What takes two documents at once: a line of the minutes that becomes an action, a decision or a watch item, and agenda items that are
//! carried on.

use serde_json::{Value, json};
use tresse_model::{
    AgendaItem, DecisionEdit, DecisionField, DocId, DocKind, Edit, EditError, FIELD_MAX, ItemId,
    Made, MeetingEdit, NetworkId, TITLE_MAX, TakenIn, WatchField, plain_line,
};

use super::{Replica, watch::Adding};
use crate::{CommandError, MakeWhat, Moment};

impl Replica {
    /// Makes an action, a decision or a watch item of a line, and says so in the meeting: both, or neither. Undone as one.
    /// What was made of the same words and is still here is answered instead, and nothing is made: whoever asks twice has one.
    /// Two who ask while apart have two.
    pub(super) fn make_of_line(
        &mut self,
        network: &NetworkId,
        meeting: DocId,
        line: &str,
        what: MakeWhat,
        moment: &Moment,
    ) -> Result<Value, CommandError> {
        let meeting = self.known(network, meeting, DocKind::Meeting)?;
        self.may_write(network, &meeting)?;
        let words = plain_line(line);
        let title: String = words.chars().take(TITLE_MAX).collect();
        if title.is_empty() {
            return Err(EditError::Empty { field: "line" }.into());
        }
        // What is longer is no line: what was made of it holds its beginning.
        let line: String = line.chars().take(FIELD_MAX).collect();
        if let Some(made) = self.made_already(network, &meeting, &line, what)? {
            return Ok(match made {
                Made::Action(id) => json!({ "action": id.to_string() }),
                Made::Document(doc) => json!({ "decision": doc }),
                Made::Watch(id) => json!({ "watch": id }),
            });
        }
        let (doc, edit, made, answer) = match what {
            MakeWhat::Action => {
                let id = ItemId::from_bytes(moment.random());
                let edit = Edit::AddAction {
                    id,
                    title,
                    fields: Vec::new(),
                };
                let plan = DocId::singleton(network, DocKind::Plan);
                (
                    plan,
                    edit,
                    Made::Action(id),
                    json!({ "action": id.to_string() }),
                )
            }
            MakeWhat::Decision => {
                let doc = DocId::decision(moment.random());
                let fields = vec![(DecisionField::Meeting, meeting.to_string())];
                let edit = Edit::Decision(DecisionEdit::Init {
                    title,
                    fields,
                    text: String::new(),
                });
                (doc, edit, Made::Document(doc), json!({ "decision": doc }))
            }
            MakeWhat::Watch => {
                let add = Adding {
                    title,
                    fields: vec![(WatchField::On, moment.today())],
                    tags: Vec::new(),
                    origin: Some((meeting, line.clone())),
                };
                let (doc, id, edit) = add.planned(network, moment);
                (doc, edit, Made::Watch(id), json!({ "watch": id }))
            }
        };
        let said = Edit::Meeting(MeetingEdit::Made {
            made,
            line,
            off: false,
        });
        self.apply_together(network, &[(doc, edit), (meeting, said)], moment)?;
        Ok(answer)
    }

    /// What the same words of a meeting's minutes became, where that is neither in the bin nor elsewhere.
    fn made_already(
        &mut self,
        network: &NetworkId,
        meeting: &DocId,
        line: &str,
        what: MakeWhat,
    ) -> Result<Option<Made>, CommandError> {
        self.refresh(network)?;
        let content = self.meeting_content(network, meeting)?;
        let known = self.network_ref(network)?;
        let plan = known.views.plan();
        let here = |made: &Made| match (made, what) {
            (Made::Action(id), MakeWhat::Action) => plan
                .as_ref()
                .is_some_and(|plan| plan.content.actions.iter().any(|one| one.id == *id)),
            (Made::Document(doc), MakeWhat::Decision) => {
                known.rows.get(doc).is_some_and(|row| !row.binned)
            }
            (Made::Watch(id), MakeWhat::Watch) => known.views.watched.item(id).is_some(),
            _ => false,
        };
        let mut all = content.made.into_iter();
        let found = all.find(|one| one.line.trim() == line.trim() && here(&one.made));
        Ok(found.map(|one| one.made))
    }

    /// Carries unfinished items on to another meeting, made first where a rule only foresees it: they stand there once, whoever does it
    /// how often. All of it, or nothing; undone as one.
    pub(super) fn carry_on(
        &mut self,
        network: &NetworkId,
        meeting: DocId,
        to: Option<DocId>,
        items: &[ItemId],
        moment: &Moment,
    ) -> Result<Value, CommandError> {
        let meeting = self.known(network, meeting, DocKind::Meeting)?;
        self.may_write(network, &meeting)?;
        let content = self.meeting_content(network, &meeting)?;
        let wanted = |item: &&AgendaItem| items.is_empty() || items.contains(&item.id);
        let chosen: Vec<AgendaItem> = content.unfinished().filter(wanted).cloned().collect();
        if chosen.is_empty() {
            return Err(CommandError::new(
                "nothing-to-carry",
                "everything on the agenda is done or carried on already",
            ));
        }
        let (target, prepared) = match to {
            Some(to) => (self.known(network, to, DocKind::Meeting)?, None),
            None => self.next_meeting(network, &meeting, moment)?,
        };
        if target == meeting {
            return Err(CommandError::new(
                "carry-to-itself",
                "these items are on this meeting's agenda already: choose another meeting",
            ));
        }
        self.may_write(network, &target)?;
        let ids: Vec<ItemId> = chosen.iter().map(|item| item.id).collect();
        let count = ids.len();
        let take = Edit::Meeting(MeetingEdit::TakeIn(TakenIn {
            from: meeting,
            items: chosen,
        }));
        let mark = Edit::Meeting(MeetingEdit::CarryOn {
            items: ids,
            to: Some(target),
        });
        let prepared = prepared.map(|edit| (target, edit));
        let edits = prepared
            .into_iter()
            .chain([(target, take), (meeting, mark)]);
        self.apply_together(network, &edits.collect::<Vec<_>>(), moment)?;
        Ok(json!({ "meeting": target, "carried": count }))
    }

    /// The next meeting of the same rule, else of the same working group; where a rule only foresees it, with the edit that makes it.
    fn next_meeting(
        &mut self,
        network: &NetworkId,
        meeting: &DocId,
        moment: &Moment,
    ) -> Result<(DocId, Option<Edit>), CommandError> {
        let content = self.meeting_content(network, meeting)?;
        let today = moment.today();
        self.refresh(network)?;
        let known = self.network_ref(network)?;
        let series = known.views.content().series;
        let next = known.next_after(meeting, &content, &series, &today);
        let Some(next) = next else {
            return Err(CommandError::new(
                "no-next-meeting",
                "there is no next meeting of the same rule or working group: make one first",
            ));
        };
        match (next.meeting, next.series) {
            (Some(next), _) => Ok((next, None)),
            (None, Some(series)) => self.preparing(network, &series, &next.day),
            (None, None) => Err(CommandError::new("internal", "a meeting without a name")),
        }
    }
}
