//! People with copies of a document, and edits thrown by dice.

use automerge::{ActorId, Automerge, PatchLog};
use proptest::prelude::*;
use tresse_model::{
    ActionField, AgendaField, Applied, Attended, CharterField, DecisionEdit, DecisionField,
    DocKind, Edit, EditError, FilterField, GroupField, IndicatorField, ItemId, MeetingEdit,
    MeetingField, MemberId, NetworkField, ObjectiveField, PageField, ProfileField, Splice, Stacks,
    apply, body_text, genesis, has_text, load, patched_splices, read_charter, read_decision,
    read_meeting, read_network, read_notebook, read_page, read_plan, read_resources, read_watch,
    text_splices,
};

pub(crate) fn item(n: u8) -> ItemId {
    ItemId::from_bytes([n; 10])
}

pub(crate) fn member(n: u8) -> MemberId {
    MemberId::from_bytes([n; 20])
}

pub(crate) fn actor(n: u8) -> ActorId {
    ActorId::from([n; 32])
}

/// Actors of [`Peer`]s, told apart as their devices would be.
pub(crate) fn author(actor: &[u8]) -> Option<MemberId> {
    let n = *actor.first()?;
    (actor.len() == 32).then(|| member(n))
}

/// A person's copy of one document.
pub(crate) struct Peer {
    pub(crate) doc: Automerge,
    pub(crate) undo: Stacks<()>,
    /// The text as an editor that follows splices would show it.
    pub(crate) shown: String,
    clock: i64,
}

impl Peer {
    pub(crate) fn new(n: u8, kind: DocKind) -> Self {
        Self {
            doc: genesis(kind).with_actor(actor(n)),
            undo: Stacks::default(),
            shown: String::new(),
            clock: 1_700_000_000_000,
        }
    }

    fn now(&mut self) -> i64 {
        self.clock += 1;
        self.clock
    }

    pub(crate) fn try_edit(&mut self, edit: &Edit) -> Result<Applied, EditError> {
        let now = self.now();
        let heads = self.doc.get_heads();
        match apply(&mut self.doc, edit, now) {
            Ok(applied) => {
                assert_eq!(applied.changed, self.doc.get_heads() != heads);
                self.follow(&applied.splices);
                Ok(applied)
            }
            Err(error) => {
                assert_eq!(self.doc.get_heads(), heads, "an error changes nothing");
                Err(error)
            }
        }
    }

    pub(crate) fn edit(&mut self, edit: &Edit) -> Applied {
        let applied = self.try_edit(edit).unwrap();
        self.undo.record((), applied.undo.clone());
        applied
    }

    /// Answers how much was restored and skipped.
    pub(crate) fn undo(&mut self) -> (usize, usize) {
        let now = self.now();
        match self.undo.undo(&mut self.doc, false, now).unwrap() {
            Some(done) => {
                self.follow(&done.splices);
                (done.restored, done.skipped)
            }
            None => (0, 0),
        }
    }

    pub(crate) fn redo(&mut self) -> (usize, usize) {
        let now = self.now();
        match self.undo.redo(&mut self.doc, false, now).unwrap() {
            Some(done) => {
                self.follow(&done.splices);
                (done.restored, done.skipped)
            }
            None => (0, 0),
        }
    }

    pub(crate) fn meet(&mut self, other: &mut Self) {
        let before = self.doc.clone();
        let mut log = PatchLog::active();
        self.doc
            .merge_and_log_patches(&mut other.doc, &mut log)
            .unwrap();
        let told = patched_splices(&before, &self.doc, self.doc.make_patches(&mut log));
        let heads = (before.get_heads(), self.doc.get_heads());
        if has_text(&before) {
            let mut text = self.shown.clone();
            for splice in told.expect("nobody here writes but letters") {
                assert!(splice.apply_to(&mut text), "{splice:?}");
            }
            assert_eq!(text, body_text(&self.doc));
        }
        self.follow(&text_splices(&self.doc, &heads.0, &heads.1));
    }

    /// Saves and opens again.
    pub(crate) fn restart(&mut self) {
        let actor = self.doc.get_actor().clone();
        self.doc = load(&self.doc.save()).unwrap().with_actor(actor);
    }

    pub(crate) fn text(&self) -> String {
        body_text(&self.doc)
    }

    fn follow(&mut self, splices: &[Splice]) {
        for splice in splices {
            assert!(splice.apply_to(&mut self.shown), "{splice:?}");
        }
        assert_eq!(self.shown, body_text(&self.doc));
    }
}

/// Everything the document says, in a form that can be compared.
pub(crate) fn content(doc: &Automerge) -> String {
    let kind = tresse_model::kind(doc);
    match kind {
        Some(DocKind::Network) => format!("{:#?}", read_network(doc, &author)),
        Some(DocKind::Charter) => format!("{:#?}", read_charter(doc, &author)),
        Some(DocKind::Plan) => format!("{:#?}", read_plan(doc, &author)),
        Some(DocKind::Page) => format!("{:#?}", read_page(doc, &author)),
        Some(DocKind::Notebook) => format!("{:#?}", read_notebook(doc, &author)),
        Some(DocKind::Meeting) => format!("{:#?}", read_meeting(doc, &author)),
        Some(DocKind::Decision) => format!("{:#?}", read_decision(doc, &author)),
        Some(DocKind::Watch) => format!("{:#?}", read_watch(doc, &author)),
        Some(DocKind::Resources) => format!("{:#?}", read_resources(doc, &author)),
        None => String::new(),
    }
}

pub(crate) fn splice(at: usize, delete: usize, insert: &str) -> Splice {
    let insert = insert.to_owned();
    Splice { at, delete, insert }
}

pub(crate) fn type_at(at: usize, delete: usize, insert: &str) -> Edit {
    Edit::SpliceText {
        splices: vec![splice(at, delete, insert)],
    }
}

pub(crate) fn kinds() -> impl Strategy<Value = DocKind> {
    proptest::sample::select(DocKind::ALL.to_vec())
}

/// Numbers to make an edit of, whatever the document holds when its turn comes.
pub(crate) type Dice = (u8, u8, u16, u16, String);

pub(crate) fn dice() -> impl Strategy<Value = Dice> {
    (
        any::<u8>(),
        0..4u8,
        any::<u16>(),
        any::<u16>(),
        "[a-zé]{0,6}",
    )
}

/// An edit of an agenda.
fn agenda_edit(id: ItemId, any: ItemId, title: String, dice: &Dice) -> MeetingEdit {
    let (_, _, x, y, words) = dice;
    match x % 5 {
        0 | 1 => MeetingEdit::AddItem {
            id,
            title,
            length: Some("10".into()),
            before: (y % 2 == 0).then_some(any),
        },
        2 => MeetingEdit::SetItem {
            id: any,
            field: AgendaField::Words,
            value: Some(words.clone()),
        },
        3 => MeetingEdit::MoveItem {
            id: any,
            before: None,
        },
        _ => MeetingEdit::RemoveItem {
            id: any,
            restore: y % 3 == 0,
        },
    }
}

/// An edit that mostly fits the document: `salt` keeps the ids of items apart that different
/// people add.
#[allow(clippy::too_many_lines)] // One arm a kind: splitting it would hide the table.
pub(crate) fn edit_of(doc: &Automerge, kind: DocKind, salt: u8, dice: &Dice) -> Edit {
    let (what, which, x, y, words) = dice;
    let id = item(salt * 16 + which);
    let any = item(((x % 5) as u8) * 16 + which);
    let value = (x % 7 != 0).then(|| words.clone());
    let date = (x % 3 != 0).then(|| format!("20{:02}-{:02}-11", x % 90 + 10, y % 12 + 1));
    let text = format!("t{words}");
    let restore = y % 3 == 0;
    let pick = |len: usize| usize::from(*y) % len;
    match kind {
        DocKind::Network if what % 3 == 2 => crate::evaluation::asking(*what, id, any, dice, date),
        DocKind::Notebook if what % 5 == 4 => {
            crate::evaluation::answering(*what, id, any, dice, date)
        }
        DocKind::Network => match what % 5 {
            0 => Edit::AddPurpose { id, text },
            1 => Edit::SetPurpose { id: any, text },
            2 => Edit::RemovePurpose { id: any, restore },
            3 => Edit::SetNetwork {
                field: NetworkField::ReviewDate,
                value: date,
            },
            _ => Edit::SetNetwork {
                field: [NetworkField::Name, NetworkField::Kind][pick(2)],
                value: Some(text),
            },
        },
        DocKind::Charter => match what % 6 {
            0 => Edit::AddValue { id, text },
            1 => Edit::SetValue { id: any, text },
            2 => Edit::RemoveValue { id: any, restore },
            3 => Edit::SetCharter {
                field: CharterField::ALL[pick(3)],
                value,
            },
            _ => text_edit(doc, dice),
        },
        DocKind::Plan => plan_edit(*what, id, any, dice, text, value, date),
        DocKind::Page => match what % 7 {
            0 => Edit::SetPage {
                field: PageField::Title,
                value: Some(text),
            },
            1 => Edit::TagPage {
                tag: format!("tag{which}"),
                off: restore,
            },
            2 => Edit::BinPage { restore },
            _ => text_edit(doc, dice),
        },
        DocKind::Meeting => match what % 6 {
            0 => Edit::Meeting(MeetingEdit::Set {
                field: MeetingField::On,
                value: date,
            }),
            1 => Edit::Meeting(MeetingEdit::Set {
                field: [MeetingField::Title, MeetingField::Place][pick(2)],
                value: Some(text),
            }),
            2 => Edit::Meeting(MeetingEdit::Bin { restore }),
            3 => Edit::Meeting(agenda_edit(id, any, text, dice)),
            4 => Edit::Meeting(MeetingEdit::Attend {
                member: member((y % 3) as u8),
                word: Some(Attended::Present),
            }),
            _ => text_edit(doc, dice),
        },
        DocKind::Decision => match what % 7 {
            0 => Edit::Decision(DecisionEdit::Set {
                field: DecisionField::Title,
                value: Some(text),
            }),
            1 => Edit::Decision(DecisionEdit::Bin { restore }),
            2 => Edit::Decision(DecisionEdit::AddChoice {
                of: tresse_model::ChoiceOf::Option,
                id: any,
                text,
            }),
            3 => Edit::Decision(DecisionEdit::Concern {
                member: member(salt),
                off: restore,
            }),
            _ => text_edit(doc, dice),
        },
        DocKind::Resources => Edit::Resource(crate::resources::lending(
            *what, id, any, dice, text, value, date,
        )),
        DocKind::Watch => Edit::Watch(crate::watch::watching(*what, id, any, dice, text, value)),
        DocKind::Notebook if what % 8 == 2 => Edit::SaveFilter {
            id: any,
            fields: vec![
                (FilterField::Name, text),
                (FilterField::Sort, value.unwrap_or_default()),
            ],
        },
        DocKind::Notebook if what % 8 == 3 => Edit::RemoveFilter { id: any, restore },
        DocKind::Notebook if what % 4 == 0 => Edit::AddOwnObjective {
            id,
            text,
            objective: Some(any),
        },
        DocKind::Notebook if what % 4 == 1 => Edit::RemoveOwnObjective { id: any, restore },
        DocKind::Notebook => Edit::SetProfile {
            field: [
                ProfileField::Name,
                ProfileField::Organisation,
                ProfileField::Brings,
                ProfileField::Expects,
            ][pick(4)],
            value,
        },
    }
}

#[allow(clippy::too_many_lines)] // One arm an edit: splitting it would hide the table.
fn plan_edit(
    what: u8,
    id: ItemId,
    any: ItemId,
    (_, which, x, y, words): &Dice,
    title: String,
    value: Option<String>,
    date: Option<String>,
) -> Edit {
    let restore = y % 3 == 0;
    let pick = |len: usize| usize::from(*y) % len;
    // Something in an item, that somebody may have added.
    let inner = item((y % 5) as u8 * 16 + which);
    match what % 26 {
        0 => Edit::AddObjective {
            id,
            title,
            deadline: date,
            means: value,
            orientation: None,
        },
        1 => Edit::SetObjective {
            id: any,
            field: [ObjectiveField::Title, ObjectiveField::Means][pick(2)],
            value: Some(title),
        },
        2 => Edit::RemoveObjective { id: any, restore },
        3 => Edit::AddIndicator {
            objective: any,
            id,
            name: title,
            unit: value,
            target: None,
            current: None,
            baseline: None,
        },
        4 => Edit::SetIndicator {
            objective: any,
            id: inner,
            field: IndicatorField::ALL[1 + pick(3)],
            value,
        },
        5 => Edit::RemoveIndicator {
            objective: any,
            id: inner,
            restore,
        },
        6 | 10 => {
            let mut fields = vec![
                (ActionField::Due, date.unwrap_or_default()),
                (ActionField::Territory, value.unwrap_or_default()),
                (ActionField::Status, ["todo", "doing"][pick(2)].to_owned()),
                (
                    ActionField::Every,
                    ["", "weekly", "monthly", "yearly"][pick(4)].to_owned(),
                ),
            ];
            if x % 2 == 0 {
                fields.push((ActionField::Owner, member(*which).to_string()));
            }
            Edit::AddAction { id, title, fields }
        }
        7 => Edit::SetAction {
            id: any,
            field: ActionField::Status,
            value: Some(["todo", "doing", "blocked", "done", "dropped"][pick(5)].to_owned()),
        },
        8 => Edit::SetAction {
            id: any,
            field: [ActionField::Group, ActionField::Territory][pick(2)],
            value: Some(words.clone()),
        },
        9 => Edit::RemoveAction { id: any, restore },
        11 => Edit::OwnAction {
            id: any,
            member: member(*which),
            off: restore,
        },
        12 => Edit::SetAction {
            id: any,
            field: ActionField::Owner,
            value: (x % 3 != 0).then(|| member(*which).to_string()),
        },
        13 | 14 => Edit::DependAction {
            id: any,
            on: inner,
            off: restore,
        },
        15 => Edit::DoneAction {
            id: any,
            day: None,
            off: restore,
        },
        16 => Edit::AddCheck {
            action: any,
            id,
            text: title,
        },
        17 => Edit::SetCheck {
            action: any,
            id: inner,
            text: value.filter(|text| !text.is_empty()),
            done: Some(restore),
        },
        18 => Edit::AddMeasure {
            objective: any,
            indicator: inner,
            id,
            date: date.unwrap_or_else(|| "2026-11-24".to_owned()),
            value: title,
            note: value,
        },
        19 => Edit::RemoveMeasure {
            objective: any,
            indicator: inner,
            id: inner,
            restore,
        },
        20 => Edit::AddGroup {
            id,
            name: title,
            fields: vec![(GroupField::Start, date.unwrap_or_default())],
        },
        21 => Edit::JoinGroup {
            id: any,
            member: member(*which),
            off: restore,
        },
        22 => Edit::SetAction {
            id: any,
            field: [ActionField::Start, ActionField::Due][pick(2)],
            value: date,
        },
        23 => Edit::AddOrientation {
            id,
            title,
            words: value,
        },
        24 => Edit::MoveAction {
            id: any,
            start: value.and(date.clone()),
            due: date,
        },
        _ => Edit::SetActions {
            ids: vec![any, id],
            field: ActionField::Status,
            value: Some("done".to_owned()),
        },
    }
}

fn text_edit(doc: &Automerge, (what, which, x, y, words): &Dice) -> Edit {
    let text = body_text(doc);
    let mut len = text.chars().count();
    if what % 16 == 15 {
        let keep: String = text.chars().skip(usize::from(*x) % (len + 1)).collect();
        return Edit::ReplaceText {
            text: format!("{words}{keep}"),
        };
    }
    let mut splices = Vec::new();
    for (at, delete) in [(x, y), (y, x)]
        .into_iter()
        .take(1 + usize::from(which % 2))
    {
        let at = usize::from(*at) % (len + 1);
        let delete = (usize::from(*delete) % 4).min(len - at);
        splices.push(splice(at, delete, words));
        len = len - delete + words.chars().count();
    }
    Edit::SpliceText { splices }
}
