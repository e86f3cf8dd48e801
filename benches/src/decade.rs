//! A network of ten years as a profile on disk: members with their notebooks, a plan, pages, minutes, decisions with ballots, each
//! written by several, by turns, sealed.
//!
//! Everything goes by the edits of the model and through [`tresse_sync::Copy`], so what lies there is what Tresse would have written; only
//! the road there is shorter than ten years of commands. What lists and the search show is left to be caught up at the first opening, as after
//! a power cut.

use std::path::Path;

use automerge::ActorId;
use rand::Rng;
use rand_chacha::{ChaCha8Rng, rand_core::SeedableRng};
use tresse_engine::{Engine, Protection};
use tresse_model::{
    ActionField, AgendaField, Answer, Attended, BallotEdit, DecisionEdit, DecisionField, DocId,
    DocKind, Edit, ItemId, MeetingEdit, MeetingField, MemberId, NetworkField, NetworkId,
    ProfileField, Splice, Stance, body_text, genesis,
};
use tresse_sync::Copy;
use tresse_trust::{DeviceKey, Incarnation, actor_id, member_id};

use crate::{
    Anyhow,
    profile::{self, Written},
    village::members,
};

const LIFE: Incarnation = Incarnation(1);
/// What the network is called.
pub(crate) const NAME: &str = "Réseau des tiers-lieux apprenants";
/// 1 December 2016.
const BEGINNING: i64 = 1_480_550_400_000;
/// How long ten years are, about, in milliseconds.
const DECADE: i64 = 315_000_000_000;

/// How much there is of everything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Extent {
    pub(crate) members: usize,
    pub(crate) actions: usize,
    pub(crate) pages: usize,
    pub(crate) meetings: usize,
    pub(crate) decisions: usize,
    /// In all documents together, about.
    pub(crate) changes: usize,
}

impl Extent {
    /// A network ten years old.
    pub(crate) const TEN_YEARS: Self = Self {
        members: 200,
        actions: 5_000,
        pages: 2_000,
        meetings: 1_000,
        decisions: 300,
        changes: 300_000,
    };

    /// The same with one part in so many of everything; members are at least two.
    pub(crate) fn part(self, of: usize) -> Self {
        let of = of.max(1);
        Self {
            members: (self.members / of).max(2),
            actions: self.actions / of,
            pages: self.pages / of,
            meetings: self.meetings / of,
            decisions: self.decisions / of,
            changes: self.changes / of,
        }
    }
}

/// Makes a profile in the folder whose person founded such a network, and writes it there.
pub(crate) fn write(folder: &Path, extent: Extent, seed: u64) -> Anyhow<Written> {
    Engine::init(folder, "Ana Benali", "fr", &Protection::Open)?;
    let mut store = profile::open(folder)?;
    let seed_of_device = store.meta("device.seed")?.ok_or("the profile has no key")?;
    let mut devices = vec![DeviceKey::from_seed(
        seed_of_device
            .try_into()
            .map_err(|_| "the key is not one")?,
    )];
    let mut chance = ChaCha8Rng::seed_from_u64(seed);
    devices.extend((1..extent.members).map(|_| DeviceKey::from_seed(chance.random())));
    let acts = members(&devices)?;
    let network = acts.network();
    let mut decade = Decade {
        network,
        devices,
        extent,
        chance,
    };
    let mut written = Written::new(network);
    profile::put_acts(&mut store, &acts)?;
    decade.live(|copies| profile::put(&mut store, network, copies, &mut written))?;
    Ok(written)
}

/// The network while it is lived through.
struct Decade {
    network: NetworkId,
    devices: Vec<DeviceKey>,
    extent: Extent,
    chance: ChaCha8Rng,
}

impl Decade {
    /// Writes every document, some at a time.
    fn live(&mut self, mut keep: impl FnMut(&[Copy]) -> Anyhow<()>) -> Anyhow<()> {
        let share = |percent: usize| self.extent.changes * percent / 100;
        let (plan, pages, meetings, notebooks) = (share(25), share(42), share(20), share(10));
        keep(&[self.about()?, self.charter()?, self.plan(plan)?])?;
        for some in chunks(self.extent.pages) {
            let each = pages / self.extent.pages.max(1);
            let copies: Anyhow<Vec<Copy>> = some.map(|at| self.page(at, each)).collect();
            keep(&copies?)?;
        }
        for some in chunks(self.extent.meetings) {
            let each = meetings / self.extent.meetings.max(1);
            let copies: Anyhow<Vec<Copy>> = some.map(|at| self.meeting(at, each)).collect();
            keep(&copies?)?;
        }
        let mut decisions = Vec::new();
        for some in chunks(self.extent.decisions) {
            let copies: Anyhow<Vec<Copy>> = some.map(|at| self.decision(at)).collect();
            let copies = copies?;
            decisions.extend(copies.iter().map(Copy::id));
            keep(&copies)?;
        }
        for some in chunks(self.extent.members) {
            let each = notebooks / self.extent.members.max(1);
            let copies: Anyhow<Vec<Copy>> =
                some.map(|at| self.notebook(at, &decisions, each)).collect();
            keep(&copies?)?;
        }
        Ok(())
    }

    fn about(&mut self) -> Anyhow<Copy> {
        let mut copy = self.begin(DocId::singleton(&self.network, DocKind::Network));
        let name = Edit::SetNetwork {
            field: NetworkField::Name,
            value: Some(NAME.into()),
        };
        let purpose = Edit::AddPurpose {
            id: self.item(),
            text: self.words(12),
        };
        self.turn(&mut copy, 0, BEGINNING, [name, purpose])?;
        Ok(copy)
    }

    fn charter(&mut self) -> Anyhow<Copy> {
        let mut copy = self.begin(DocId::singleton(&self.network, DocKind::Charter));
        for number in 0..20 {
            let by = number % self.devices.len();
            let text = format!("## {}\n\n{}\n\n", self.words(3), self.words(120));
            let edit = Self::append(&copy, text);
            self.turn(&mut copy, by, BEGINNING, [edit])?;
        }
        Ok(copy)
    }

    /// A plan of so many changes, of all members by turns.
    fn plan(&mut self, changes: usize) -> Anyhow<Copy> {
        let mut copy = self.begin(DocId::singleton(&self.network, DocKind::Plan));
        let objectives: Vec<ItemId> = (0..self.extent.actions.div_ceil(50))
            .map(|_| self.item())
            .collect();
        let adds: Vec<Edit> = objectives
            .iter()
            .map(|id| Edit::AddObjective {
                id: *id,
                title: self.words(6),
                deadline: Some("2027-06-30".into()),
                means: None,
                orientation: None,
            })
            .collect();
        self.turn(&mut copy, 0, BEGINNING, adds)?;
        // Each adds theirs apart, and all of it comes together: an item is put after all that are there, which are looked through for that.
        let begun = copy.doc().fork();
        let share = self.extent.actions.div_ceil(self.devices.len() - 1).max(1);
        let each = (changes / self.extent.actions.max(1)).max(1);
        for by in 1..self.devices.len() {
            let first = (by - 1) * share;
            let mut apart = Copy::new(self.network, copy.id(), begun.fork());
            for at in first..(first + share).min(self.extent.actions) {
                let edits = self.action(at, each, objectives[at % objectives.len()]);
                self.turn(&mut apart, by, when(at, self.extent.actions), edits)?;
            }
            copy.edit().merge(apart.edit())?;
            if let Some(change) = apart.doc().get_last_local_change() {
                copy.edited(&change);
                copy.seal(&self.devices[by], LIFE);
            }
        }
        let last = Edit::AddObjective {
            id: self.item(),
            title: self.words(6),
            deadline: None,
            means: None,
            orientation: None,
        };
        self.turn(
            &mut copy,
            0,
            when(self.extent.actions, self.extent.actions),
            [last],
        )?;
        Ok(copy)
    }

    /// An action, in so many changes.
    fn action(&mut self, at: usize, each: usize, objective: ItemId) -> Vec<Edit> {
        let time = when(at, self.extent.actions);
        let id = self.item();
        let owner = self.chance.random_range(0..self.devices.len());
        let old = at * 10 < self.extent.actions * 9;
        let mut edits = vec![Edit::AddAction {
            id,
            title: self.words(7),
            fields: vec![
                (ActionField::Due, day(time + 60 * 86_400_000)),
                (ActionField::Objective, objective.to_string()),
                (ActionField::Territory, self.words(1)),
            ],
        }];
        if each > 2 {
            edits.push(Edit::OwnAction {
                id,
                member: self.member(owner),
                off: false,
            });
        }
        for part in 2..each.saturating_sub(1) {
            edits.push(if part % 2 == 0 {
                Edit::AddCheck {
                    action: id,
                    id: self.item(),
                    text: self.words(4),
                }
            } else {
                Edit::SetAction {
                    id,
                    field: ActionField::Effort,
                    value: Some(format!("{part} h")),
                }
            });
        }
        if each > 1 {
            edits.push(Edit::SetAction {
                id,
                field: ActionField::Status,
                value: Some(if old { "done" } else { "doing" }.into()),
            });
        }
        edits
    }

    /// A page of so many changes by a few people.
    fn page(&mut self, at: usize, changes: usize) -> Anyhow<Copy> {
        let id = DocId::page(self.chance.random());
        let mut copy = self.begin(id);
        let time = when(at, self.extent.pages);
        let init = Edit::InitPage {
            title: self.words(5),
            tags: vec![self.words(1)],
            text: None,
        };
        let people = self.few();
        self.turn(&mut copy, people[0], time, [init])?;
        self.write(&mut copy, &people, time, changes)?;
        Ok(copy)
    }

    fn meeting(&mut self, at: usize, changes: usize) -> Anyhow<Copy> {
        let id = DocId::meeting(self.chance.random());
        let mut copy = self.begin(id);
        let time = when(at, self.extent.meetings);
        let people = self.few();
        let set = |field, value: &str| {
            Edit::Meeting(MeetingEdit::Set {
                field,
                value: Some(value.into()),
            })
        };
        let mut edits = vec![Edit::Meeting(MeetingEdit::Init {
            title: self.words(4),
            fields: vec![
                (MeetingField::On, day(time)),
                (MeetingField::At, "18:30".into()),
            ],
        })];
        for _ in 0..4 {
            let id = self.item();
            edits.push(Edit::Meeting(MeetingEdit::AddItem {
                id,
                title: self.words(5),
                length: Some("20".into()),
                before: None,
            }));
            edits.push(Edit::Meeting(MeetingEdit::SetItem {
                id,
                field: AgendaField::Done,
                value: Some("true".into()),
            }));
        }
        edits.extend(people.iter().map(|one| {
            Edit::Meeting(MeetingEdit::Attend {
                member: self.member(*one),
                word: Some(Attended::Present),
            })
        }));
        edits.push(set(MeetingField::State, "running"));
        let left = changes.saturating_sub(edits.len() + 1).max(1);
        self.turn(&mut copy, people[0], time, edits)?;
        self.write(&mut copy, &people, time, left)?;
        let over = set(MeetingField::State, "closed");
        self.turn(&mut copy, people[0], time, [over])?;
        Ok(copy)
    }

    fn decision(&mut self, at: usize) -> Anyhow<Copy> {
        let id = DocId::decision(self.chance.random());
        let mut copy = self.begin(id);
        let time = when(at, self.extent.decisions);
        let init = Edit::Decision(DecisionEdit::Init {
            title: self.words(6),
            fields: vec![
                (DecisionField::Method, "vote".into()),
                (DecisionField::Question, self.words(12)),
            ],
            text: self.words(80),
        });
        let closes = format!("{}T18:00:00Z", day(time + 14 * 86_400_000));
        let open = Edit::Decision(DecisionEdit::SetAll {
            fields: vec![
                (DecisionField::Stage, Some("open".into())),
                (DecisionField::Closes, Some(closes)),
            ],
        });
        let by = self.chance.random_range(0..self.devices.len());
        self.turn(&mut copy, by, time, [init, open])?;
        Ok(copy)
    }

    /// What somebody says of themselves, and their ballots.
    fn notebook(&mut self, of: usize, decisions: &[DocId], changes: usize) -> Anyhow<Copy> {
        let member = self.member(of);
        let mut copy = self.begin(DocId::notebook(&self.network, &member));
        let set = |field, value: String| Edit::SetProfile {
            field,
            value: Some(value),
        };
        let mut edits = vec![
            set(
                ProfileField::Organisation,
                format!("Centre {}", self.words(2)),
            ),
            set(ProfileField::Engagement, "employee".into()),
            set(ProfileField::Brings, self.words(20)),
            set(ProfileField::Expects, self.words(20)),
        ];
        let cast = decisions.len().min(changes.saturating_sub(edits.len()));
        for number in 0..cast {
            let at = when(number, cast) + 86_400_000;
            let stance = if self.chance.random_ratio(3, 4) {
                Stance::For
            } else {
                Stance::Against
            };
            edits.push(Edit::Ballot(BallotEdit::Cast {
                decision: decisions[number * decisions.len() / cast],
                member,
                at,
                answer: Answer::Stance {
                    stance,
                    words: self.words(4),
                },
            }));
        }
        self.turn(&mut copy, of, BEGINNING, edits)?;
        Ok(copy)
    }

    fn begin(&self, id: DocId) -> Copy {
        let kind = id.kind().unwrap_or(DocKind::Page);
        Copy::new(self.network, id, genesis(kind))
    }

    /// Somebody makes these edits, one change each, and seals them.
    fn turn(
        &self,
        copy: &mut Copy,
        by: usize,
        time: i64,
        edits: impl IntoIterator<Item = Edit>,
    ) -> Anyhow<()> {
        let key = &self.devices[by];
        let actor = actor_id(&self.network, &key.id(), &copy.id(), LIFE);
        copy.edit().set_actor(ActorId::from(&actor[..]));
        for edit in edits {
            tresse_model::apply(copy.edit(), &edit, time)?;
            if let Some(change) = copy.doc().get_last_local_change() {
                copy.edited(&change);
            }
        }
        copy.seal(key, LIFE);
        Ok(())
    }

    /// These people write so many passages in the text, five each in turn.
    fn write(
        &mut self,
        copy: &mut Copy,
        people: &[usize],
        time: i64,
        changes: usize,
    ) -> Anyhow<()> {
        let mut left = changes;
        let mut at = time;
        for by in people.iter().copied().cycle() {
            if left == 0 {
                break;
            }
            let now = left.min(5);
            at += 3_600_000;
            for _ in 0..now {
                let words = self.words(8);
                let edit = Self::append(copy, format!("{words}. "));
                self.turn(copy, by, at, [edit])?;
            }
            left -= now;
        }
        Ok(())
    }

    fn append(copy: &Copy, text: String) -> Edit {
        let at = body_text(copy.doc()).chars().count();
        let splice = Splice {
            at,
            delete: 0,
            insert: text,
        };
        Edit::SpliceText {
            splices: vec![splice],
        }
    }

    fn item(&mut self) -> ItemId {
        ItemId::from_bytes(self.chance.random())
    }

    fn member(&self, number: usize) -> MemberId {
        member_id(&self.devices[number].id())
    }

    /// Two to five people.
    fn few(&mut self) -> Vec<usize> {
        let count = self.chance.random_range(2..=5);
        (0..count)
            .map(|_| self.chance.random_range(0..self.devices.len()))
            .collect()
    }

    /// So many words of the field, and here and there one of nobody's.
    fn words(&mut self, count: usize) -> String {
        let mut text = String::new();
        for number in 0..count {
            if number > 0 {
                text.push(' ');
            }
            if self.chance.random_ratio(1, 6) {
                let length = self.chance.random_range(5..11);
                text.extend((0..length).map(|_| char::from(self.chance.random_range(b'a'..=b'z'))));
            } else {
                text.push_str(WORDS[self.chance.random_range(0..WORDS.len())]);
            }
        }
        text
    }
}

/// Places of a list, some at a time: documents are not all in memory at once.
fn chunks(count: usize) -> impl Iterator<Item = std::ops::Range<usize>> {
    (0..count)
        .step_by(100)
        .map(move |from| from..(from + 100).min(count))
}

/// When one of so many was begun.
fn when(at: usize, of: usize) -> i64 {
    let part = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    BEGINNING + DECADE / part(of.max(1)) * part(at)
}

fn day(time: i64) -> String {
    jiff::Timestamp::from_millisecond(time)
        .map(|time| time.strftime("%Y-%m-%d").to_string())
        .unwrap_or_default()
}

const WORDS: &[&str] = &[
    "réseau",
    "formation",
    "atelier",
    "charte",
    "territoire",
    "bénévole",
    "salariée",
    "évaluation",
    "coopérer",
    "partage",
    "outils",
    "compétences",
    "numérique",
    "mobilité",
    "emploi",
    "insertion",
    "accompagnement",
    "objectif",
    "région",
    "mutualiser",
    "financement",
    "réunion",
    "animation",
    "médiation",
    "accueil",
    "parcours",
    "tiers-lieu",
    "pédagogie",
    "référente",
    "échéance",
    "association",
    "collectivité",
    "partenaires",
    "décision",
    "règlement",
    "présence",
    "veille",
    "ressource",
    "prêt",
    "projet",
    "pilotage",
    "la",
    "le",
    "les",
    "des",
    "pour",
    "avec",
    "dans",
];

#[cfg(test)]
mod tests {
    use super::*;
    use tresse_engine::Options;

    #[test]
    fn a_decade_is_proved_whole_by_the_program_that_opens_it() {
        let folder = tempfile::tempdir().unwrap();
        let dir = folder.path().join("profile");
        let extent = Extent::TEN_YEARS.part(100);
        let written = write(&dir, extent, 1).unwrap();
        assert_eq!(written.documents, 3 + 20 + 10 + 3 + 2);
        assert!((2_000..4_000).contains(&written.changes), "{written:?}");
        let engine = Engine::open(&dir, Options::default()).unwrap();
        assert_eq!(engine.check().unwrap(), []);
        let view = engine.fresh_view().unwrap();
        let network = &view.networks[0];
        assert_eq!(network.library.pages.len(), extent.pages);
        assert_eq!(network.plan.content.actions.len(), extent.actions);
        engine.close();
    }
}
