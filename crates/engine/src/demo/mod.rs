//! The demo network: twelve invented people from eight invented organisations, three years; and beside it a small one that was closed.
//!
//! Nothing of it is faked inside documents: each person has a replica of their own, joins by
//! invitation, runs the same commands as everyone else on the day the story says, and meets the
//! others by the real protocol. So history and authorship are those of a network that has lived.

mod closed;
mod decisions;
mod evaluation;
mod meetings;
mod plan;
mod portraits;
mod resources;
mod roles;
mod story;
mod watch;

use std::collections::BTreeMap;

use tempfile::TempDir;
use tresse_model::{
    ActionField, CharterField, DocId, ItemId, MemberId, NetworkField, NetworkId, PageField,
    ProfileField, RelationKind,
};

use self::{
    closed::ClosedDemo,
    decisions::{DecisionDeed, Made},
    evaluation::EvaluationDeed,
    meetings::MeetingDeed,
    plan::PlanDeed,
    resources::ResourceDeed,
    roles::RoleDeed,
    story::{Story, millis},
};
use crate::{
    Command, CommandError, EngineError, Moment, Replica, TextEdit, meet, replica::Profile,
};

/// How many open actions without an owner the story hands to the newcomer.
const HANDED_OVER: usize = 3;

/// The demo network as its invented members hold it, ready to let somebody in.
pub(crate) struct Demo {
    network: NetworkId,
    members: BTreeMap<String, Invented>,
    founder: String,
    free_actions: Vec<ItemId>,
    story: Story,
    last_day: i64,
    closed: ClosedDemo,
}

struct Invented {
    replica: Replica,
    _folder: TempDir,
}

impl Demo {
    /// Lives the three years through, in `fr` or `en`. Takes a few seconds.
    pub(crate) fn live(lang: &str) -> Result<Self, CommandError> {
        let story = Story::read(lang)?;
        let mut life = Life::begin(&story, lang)?;
        for (day, author, deeds) in story.days() {
            life.meet_founder(&author, day)?;
            for deed in deeds {
                life.run(&author, &deed, day)?;
            }
            life.meet_founder(&author, day)?;
        }
        let Life {
            network,
            members,
            founder,
            free_actions,
            last_day,
            ..
        } = life;
        Ok(Self {
            network,
            members,
            founder,
            free_actions,
            story,
            last_day,
            closed: ClosedDemo::live(lang)?,
        })
    }

    /// Lets the person who looks in, as any newcomer would be, and into the one that closes. Answers the first.
    pub(crate) fn welcome(
        mut self,
        newcomer: &mut Replica,
        moment: &Moment,
    ) -> Result<NetworkId, CommandError> {
        let Some(founder) = self.members.get_mut(&self.founder) else {
            return Err(no_founder());
        };
        let host = &mut founder.replica;
        meet::invite_in(host, newcomer, &self.network, moment)?;
        let day = Moment::real().at(self.last_day);
        for action in self.free_actions.iter().take(HANDED_OVER) {
            let owner = Some(newcomer.me().to_string());
            let command = Command::ActionSet {
                network: self.network,
                action: *action,
                field: ActionField::Owner,
                value: owner,
            };
            host.execute(command, &day)?;
        }
        // What one asks of the plan stands in one's own notebook: the newcomer's to keep, change or throw away.
        for command in self.story.plan.filters(self.network, newcomer.me()) {
            newcomer.execute(command, moment)?;
        }
        newcomer.forget_steps(&self.network)?;
        meet::meet(host, newcomer, moment)?;
        self.closed.welcome(newcomer)?;
        Ok(self.network)
    }
}

/// One thing that somebody does on a day of the story.
#[derive(Debug, Clone)]
enum Deed {
    Join { key: String },
    Network,
    Charter { file: String, last: bool },
    Proposal,
    Plan(PlanDeed),
    Role(RoleDeed),
    Evaluation(EvaluationDeed),
    Meeting(MeetingDeed),
    Decision(DecisionDeed),
    Watch { index: usize },
    Resource(ResourceDeed),
    Page { index: usize },
    Revision { page: usize, revision: usize },
}

struct Life<'a> {
    story: &'a Story,
    network: NetworkId,
    founder: String,
    members: BTreeMap<String, Invented>,
    names: BTreeMap<String, MemberId>,
    orientations: BTreeMap<String, ItemId>,
    objectives: BTreeMap<String, ItemId>,
    /// By objective and place in it.
    indicators: BTreeMap<(usize, usize), ItemId>,
    actions: BTreeMap<usize, ItemId>,
    groups: BTreeMap<String, ItemId>,
    pages: BTreeMap<usize, DocId>,
    feedback: BTreeMap<usize, ItemId>,
    /// What shows how far the objective has come that a conversation became.
    shown_by: BTreeMap<usize, ItemId>,
    rules: BTreeMap<String, ItemId>,
    meetings: BTreeMap<usize, DocId>,
    decisions: BTreeMap<usize, Made>,
    resources: BTreeMap<usize, ItemId>,
    /// By resource and place in it.
    loans: BTreeMap<(usize, usize), ItemId>,
    free_actions: Vec<ItemId>,
    away: Vec<Away>,
    lang: String,
    last_day: i64,
}

/// Somebody who meets nobody between two days.
struct Away {
    who: String,
    from: i64,
    until: i64,
}

impl<'a> Life<'a> {
    fn begin(story: &'a Story, lang: &str) -> Result<Self, CommandError> {
        let first = story.network.members.first().ok_or_else(no_founder)?;
        let day = millis(&first.joined)?;
        let moment = Moment::real().at(day);
        let mut founder = Invented::new(&first.name, lang)?;
        let network = founder.replica.found(&story.network.name, None, &moment)?;
        founder.say_what_for(story, network, &moment)?;
        founder.replica.commit()?;
        let me = founder.replica.me();
        let mut away = Vec::new();
        for said in story.decisions.away() {
            away.push(Away {
                who: said.who.clone(),
                from: millis(&said.from)?,
                until: millis(&said.until)?,
            });
        }
        let mut life = Self {
            away,
            story,
            network,
            founder: first.key.clone(),
            members: BTreeMap::from([(first.key.clone(), founder)]),
            names: BTreeMap::from([(first.key.clone(), me)]),
            orientations: BTreeMap::new(),
            objectives: BTreeMap::new(),
            indicators: BTreeMap::new(),
            actions: BTreeMap::new(),
            groups: BTreeMap::new(),
            pages: BTreeMap::new(),
            feedback: BTreeMap::new(),
            shown_by: BTreeMap::new(),
            rules: BTreeMap::new(),
            meetings: BTreeMap::new(),
            decisions: BTreeMap::new(),
            resources: BTreeMap::new(),
            loans: BTreeMap::new(),
            free_actions: Vec::new(),
            lang: lang.to_owned(),
            last_day: day,
        };
        life.introduce(&first.key, &moment)?;
        Ok(life)
    }

    fn member(&mut self, key: &str) -> Result<&mut Replica, CommandError> {
        self.members
            .get_mut(key)
            .map(|member| &mut member.replica)
            .ok_or_else(|| {
                CommandError::new(
                    "demo",
                    format!("the demo's story has no {key} at that time"),
                )
            })
    }

    /// Someone meets the founder, so that both know what the other did. Any pair would do.
    fn meet_founder(&mut self, key: &str, day: i64) -> Result<(), CommandError> {
        self.last_day = self.last_day.max(day);
        let mut away = self.away.iter().filter(|away| away.who == key);
        if key == self.founder || away.any(|away| away.from < day && day < away.until) {
            return Ok(());
        }
        let Some(mut visitor) = self.members.remove(key) else {
            return Ok(());
        };
        let founder = self.founder.clone();
        let host = self.member(&founder)?;
        let met = meet::meet(host, &mut visitor.replica, &Moment::real().at(day));
        self.members.insert(key.to_owned(), visitor);
        met
    }

    fn run(&mut self, author: &str, deed: &Deed, day: i64) -> Result<(), CommandError> {
        let moment = Moment::real().at(day);
        match deed {
            Deed::Join { key } => self.join(key, &moment)?,
            Deed::Network => self.describe_network(author, &moment)?,
            Deed::Charter { file, last } => self.charter(author, file, *last, &moment)?,
            Deed::Proposal => self.propose_charter(author, &moment)?,
            Deed::Plan(deed) => self.plan(author, deed, &moment)?,
            Deed::Role(deed) => self.role(author, deed, &moment)?,
            Deed::Evaluation(deed) => self.evaluation(author, deed, &moment)?,
            Deed::Meeting(deed) => self.meeting(author, deed, &moment)?,
            Deed::Decision(deed) => self.decision(author, deed, &moment)?,
            Deed::Watch { index } => self.watch(author, *index, &moment)?,
            Deed::Resource(deed) => self.resource(author, *deed, &moment)?,
            Deed::Page { index } => {
                let page = &self.story.pages.pages[*index];
                let command = Command::PageCreate {
                    network: self.network,
                    title: page.title.clone(),
                    tags: page.tags.clone(),
                    text: Some(self.story.text(&page.file)?.to_owned()),
                };
                let made = self.execute(author, command, &moment)?;
                let id = named(&made, "page")?;
                self.pages.insert(*index, id);
                if let Some(group) = page.group.as_ref().and_then(|name| self.groups.get(name)) {
                    let command = Command::PageSet {
                        network: self.network,
                        page: id,
                        field: PageField::Group,
                        value: Some(group.to_string()),
                    };
                    self.execute(author, command, &moment)?;
                }
            }
            Deed::Revision { page, revision } => {
                let Some(id) = self.pages.get(page).copied() else {
                    return Ok(());
                };
                let file = &self.story.pages.pages[*page].revisions[*revision].file;
                let text = Some(self.story.text(file)?.to_owned());
                let edit = TextEdit {
                    text,
                    ..TextEdit::default()
                };
                let command = Command::PageEdit {
                    network: self.network,
                    page: id,
                    edit,
                };
                self.execute(author, command, &moment)?;
            }
        }
        Ok(())
    }

    fn execute(
        &mut self,
        author: &str,
        command: Command,
        moment: &Moment,
    ) -> Result<serde_json::Value, CommandError> {
        let replica = self.member(author)?;
        let answer = replica.execute(command, moment)?;
        replica.commit()?;
        Ok(answer)
    }

    fn join(&mut self, key: &str, moment: &Moment) -> Result<(), CommandError> {
        let story = self.story;
        let Some(person) = story
            .network
            .members
            .iter()
            .find(|person| person.key == key)
        else {
            return Ok(());
        };
        let mut newcomer = Invented::new(&person.name, &self.lang)?;
        let (founder, network) = (self.founder.clone(), self.network);
        meet::invite_in(
            self.member(&founder)?,
            &mut newcomer.replica,
            &network,
            moment,
        )?;
        self.names.insert(key.to_owned(), newcomer.replica.me());
        self.members.insert(key.to_owned(), newcomer);
        self.introduce(key, moment)?;
        self.meet_founder(key, moment.now)
    }

    /// A member says who they are, in their notebook.
    fn introduce(&mut self, key: &str, moment: &Moment) -> Result<(), CommandError> {
        let story = self.story;
        let Some(person) = story
            .network
            .members
            .iter()
            .find(|person| person.key == key)
        else {
            return Ok(());
        };
        let today = moment.today();
        let says = [
            (ProfileField::Organisation, &person.organisation),
            (ProfileField::Engagement, &person.engagement),
            (ProfileField::Brings, &person.brings),
            (ProfileField::Expects, &person.expects),
            (ProfileField::AddedValue, &person.added_value),
            (ProfileField::AddedValueOn, &today),
        ];
        let stated = !person.added_value.is_empty();
        let about_it =
            |field| matches!(field, ProfileField::AddedValue | ProfileField::AddedValueOn);
        for (field, value) in says
            .into_iter()
            .filter(|(field, _)| stated || !about_it(*field))
        {
            let network = self.network;
            let command = Command::ProfileSet {
                network,
                field,
                value: Some(value.clone()),
            };
            self.execute(key, command, moment)?;
        }
        if let Some(picture) = portraits::of(key)? {
            let command = Command::PhotoSet {
                network: self.network,
                picture: Some(data_encoding::BASE64.encode(&picture)),
            };
            self.execute(key, command, moment)?;
        }
        Ok(())
    }

    fn describe_network(&mut self, author: &str, moment: &Moment) -> Result<(), CommandError> {
        let (story, network) = (&self.story.network, self.network);
        let sets = [
            (NetworkField::Membership, &story.membership),
            (NetworkField::ReviewDate, &story.review_date),
        ];
        let mut commands: Vec<_> = sets
            .into_iter()
            .map(|(field, value)| Command::NetworkSet {
                network,
                field,
                value: Some(value.clone()),
            })
            .collect();
        commands.extend(story.purposes.iter().map(|text| Command::PurposeAdd {
            network,
            text: text.clone(),
        }));
        commands.extend(story.values.iter().map(|text| Command::ValueAdd {
            network,
            text: text.clone(),
        }));
        for command in commands {
            self.execute(author, command, moment)?;
        }
        Ok(())
    }

    fn charter(
        &mut self,
        author: &str,
        file: &str,
        last: bool,
        moment: &Moment,
    ) -> Result<(), CommandError> {
        let network = self.network;
        self.write_charter(author, file, moment)?;
        if last {
            let said = &self.story.network.charter;
            let sets = [
                (CharterField::ExchangeRules, &said.exchange_rules),
                (CharterField::DecisionRule, &said.decision_rule),
                (CharterField::Language, &said.language),
                (CharterField::ReviewDate, &said.review_date),
            ];
            for (field, value) in sets {
                let command = Command::CharterSet {
                    network,
                    field,
                    value: Some(value.clone()),
                };
                self.execute(author, command, moment)?;
            }
        }
        self.adopt_charter(author, moment)
    }

    fn write_charter(
        &mut self,
        author: &str,
        file: &str,
        moment: &Moment,
    ) -> Result<(), CommandError> {
        let network = self.network;
        let edit = TextEdit {
            text: Some(self.story.text(file)?.to_owned()),
            ..TextEdit::default()
        };
        self.execute(author, Command::CharterEdit { network, edit }, moment)
            .map(drop)
    }

    /// Somebody proposes another version, and too few have consented to it yet.
    fn propose_charter(&mut self, author: &str, moment: &Moment) -> Result<(), CommandError> {
        let (story, network) = (self.story, self.network);
        let proposed = &story.network.charter_proposed;
        self.write_charter(author, &proposed.file, moment)?;
        let adopt = |version| Command::CharterAdopt { network, version };
        let answer = self.execute(author, adopt(None), moment)?;
        let version: String = named(&answer, "version")?;
        self.meet_founder(author, moment.now)?;
        for key in &proposed.agrees {
            self.meet_founder(key, moment.now)?;
            self.execute(key, adopt(Some(version.clone())), moment)?;
            self.meet_founder(key, moment.now)?;
        }
        Ok(())
    }

    /// Those who are in by now consent one after the other until it is enough; most sign it.
    fn adopt_charter(&mut self, author: &str, moment: &Moment) -> Result<(), CommandError> {
        let network = self.network;
        let mut members: Vec<String> = self.members.keys().cloned().collect();
        members.sort_by_key(|key| key != author);
        let mut version = None;
        for key in &members {
            self.meet_founder(key, moment.now)?;
            let command = Command::CharterAdopt {
                network,
                version: version.clone(),
            };
            let answer = self.execute(key, command, moment)?;
            version = Some(named::<String>(&answer, "version")?);
            self.meet_founder(key, moment.now)?;
            if answer["adopted"] == true {
                break;
            }
        }
        let Some(version) = version else {
            return Ok(());
        };
        // Not everybody has found the time.
        let signers = members
            .iter()
            .enumerate()
            .filter(|(place, _)| place % 4 != 3);
        for (_, key) in signers {
            self.meet_founder(key, moment.now)?;
            let command = Command::CharterSign {
                network,
                version: version.clone(),
                withdraw: false,
            };
            self.execute(key, command, moment)?;
        }
        Ok(())
    }
}

impl Invented {
    /// What the network is for, and two others, which only its founder is in so far: the larger one that it is part of, and a partner.
    fn say_what_for(
        &mut self,
        story: &Story,
        network: NetworkId,
        moment: &Moment,
    ) -> Result<(), CommandError> {
        for kind in story.network.kinds.iter().copied() {
            let off = false;
            let command = Command::NetworkKind { network, kind, off };
            self.replica.execute(command, moment)?;
        }
        for (kind, tied) in [
            (RelationKind::PartOf, &story.network.part_of),
            (RelationKind::Partner, &story.network.partner),
        ] {
            let other = self.replica.found(&tied.name, None, moment)?;
            let command = Command::RelationSet {
                network,
                other,
                kind,
                words: Some(tied.words.clone()),
            };
            self.replica.execute(command, moment)?;
        }
        Ok(())
    }

    fn new(name: &str, lang: &str) -> Result<Self, CommandError> {
        let folder = tempfile::tempdir().map_err(EngineError::from)?;
        let profile = Profile::new(name, lang)?;
        let replica = Replica::create_fleeting(folder.path(), &profile, &Moment::real())?;
        Ok(Self {
            replica,
            _folder: folder,
        })
    }
}

/// A name in a command's answer.
fn named<T: std::str::FromStr>(answer: &serde_json::Value, key: &str) -> Result<T, CommandError> {
    answer
        .get(key)
        .and_then(serde_json::Value::as_str)
        .and_then(|text| text.parse().ok())
        .ok_or_else(|| CommandError::new("demo", format!("a command answered without {key}")))
}

fn no_founder() -> CommandError {
    CommandError::new("demo", "the demo's story has nobody in it")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use tresse_model::{Scale, SwapState, WarningCode};

    use super::*;

    #[test]
    fn the_demo_is_a_network_that_has_lived_in_both_languages() {
        for lang in ["fr", "en"] {
            let folder = tempfile::tempdir().unwrap();
            let profile = Profile::new("Nouvelle", lang).unwrap();
            let moment = Moment::simulated(1_795_000_000_000, 7);
            let mut me = Replica::create_fleeting(folder.path(), &profile, &moment).unwrap();
            let network = Demo::live(lang).unwrap().welcome(&mut me, &moment).unwrap();
            let told = Moment::simulated(moment.now, 7);
            let content = me.export_content(&network, told).unwrap();
            assert_eq!(content.members.len(), 13);
            the_ballots_show_what_may_become_of_them(&mut me, network);
            it_asks_for_a_vote_a_date_and_a_pulse(&mut me, &network);
            it_looks_at_itself_and_at_what_each_gave(&mut me, &network);
            the_small_one_was_closed_opened_and_closed(&mut me, &network);
            let named = content
                .members
                .iter()
                .map(|member| member.organisation.as_str());
            let organisations: BTreeSet<_> = named.filter(|name| !name.is_empty()).collect();
            assert_eq!(organisations.len(), 8);
            assert!(content.plan.actions.len() >= 150 && content.pages.len() >= 60);
            let adoptions = me.view(1, &late_in_november()).unwrap();
            let versions = &adoptions.networks[0].charter_versions;
            assert!(versions.adopted().unwrap().signatures.len() > 2);
            // Another is proposed, and waits for more to consent.
            let waits = versions.versions.iter().find(|one| one.state == "pending");
            let waits = waits.unwrap();
            assert_eq!(
                (waits.consents.len(), waits.mine, waits.here),
                (2, false, true)
            );
            assert!(versions.changed && versions.current.as_ref() == Some(&waits.version));
            let earlier = versions
                .versions
                .iter()
                .filter(|one| one.state == "replaced");
            assert!(earlier.clone().count() == 2);
            assert!(earlier.clone().all(|one| !one.signatures.is_empty()));
            assert!(!content.charter.body.is_empty() && content.charter.values.len() > 2);
            let mine = content
                .plan
                .actions
                .iter()
                .filter(|action| action.owners.contains(&me.me()));
            assert_eq!(mine.count(), HANDED_OVER);
            let charter = DocId::singleton(&network, tresse_model::DocKind::Charter);
            let history = me.history(&network, &charter).unwrap();
            let authors: BTreeSet<_> = history.iter().map(|group| group.name.clone()).collect();
            assert!(
                history.iter().all(|group| group.author.is_some()),
                "{history:?}"
            );
            assert!(authors.len() >= 2, "{authors:?}");
            let span = history.first().unwrap().to - history.last().unwrap().from;
            assert!(
                span > 365 * 24 * 3_600_000,
                "the charter's versions span years"
            );
            assert!(me.check().is_empty());
            assert_eq!(content.network.kinds.len(), 3);
            let network = &me
                .view(1, &crate::replica::Live::default())
                .unwrap()
                .networks[0];
            let tie = &network.overview.relations[0];
            assert!(!tie.here && tie.words.contains("Sarvance"));
            let kinds: Vec<_> = network
                .overview
                .relations
                .iter()
                .map(|one| one.kind)
                .collect();
            assert_eq!(kinds, [RelationKind::PartOf, RelationKind::Partner]);
            assert_eq!(network.overview.organisations(), 8);
            assert_eq!(network.filters.len(), 4);
            assert_eq!(network.undo.undo, 0, "the newcomer did nothing yet");
            let people = network.members.members.iter();
            assert_eq!(people.filter(|one| one.photo.is_some()).count(), 8);
            the_decisions_show_all_they_can(&adoptions.networks[0].decisions);
            the_roles_show_all_they_can(&adoptions.networks[0].piloting);
            the_plan_shows_all_it_can(&content.plan, &content.members);
            the_meetings_show_all_they_can(&adoptions.networks[0].meetings);
            the_watch_shows_all_it_can(&adoptions.networks[0].watch);
            the_resources_show_all_they_can(&adoptions.networks[0].resources);
        }
    }

    fn late_in_november() -> crate::replica::Live {
        crate::replica::Live {
            today: "2026-11-25".into(),
            now: 1_795_600_000_000,
            ..crate::replica::Live::default()
        }
    }

    fn network_view(me: &mut Replica, network: &NetworkId) -> std::sync::Arc<crate::NetworkView> {
        let view = me.view(1, &late_in_november()).unwrap();
        let mut networks = view.networks.iter();
        networks.find(|one| one.id == *network).unwrap().clone()
    }

    fn the_ballots_show_what_may_become_of_them(me: &mut Replica, network: NetworkId) {
        let moment = Moment::simulated(1_795_000_000_000, 8);
        let rows = network_view(me, &network).decisions.decisions.clone();
        for row in &rows {
            let open = crate::DecisionCommand::Open {
                network,
                decision: row.id,
            };
            me.execute(Command::Decision(open), &moment).unwrap();
        }
        let views = network_view(me, &network).open_decisions.clone();
        assert_eq!(views.len(), rows.len());
        let of = |method| views.iter().filter(move |one| one.content.method == method);
        let concluded = |one: &&std::sync::Arc<crate::DecisionView>| {
            one.phase == crate::Phase::Concluded && !one.ballots.is_empty()
        };
        for method in tresse_model::Method::ALL {
            let shown = *method == tresse_model::Method::Noted;
            assert!(shown || of(*method).next().is_some(), "{method:?}");
        }
        let scored = of(tresse_model::Method::ChooseScore)
            .find(concluded)
            .unwrap();
        assert_eq!(scored.tally.as_ref().unwrap().cast, 6);
        let advised = of(tresse_model::Method::Advice).find(concluded).unwrap();
        assert!(advised.content.decider().is_some() && advised.actions.len() == 1);
        assert_eq!(views.iter().filter(|one| !one.late.is_empty()).count(), 1);
        let disputed: Vec<_> = views
            .iter()
            .filter(|one| !one.disputed.is_empty())
            .collect();
        assert_eq!((disputed.len(), disputed[0].counts.len()), (1, 2));
        for row in &rows {
            let close = crate::DecisionCommand::Close {
                network,
                decision: row.id,
            };
            me.execute(Command::Decision(close), &moment).unwrap();
        }
    }

    fn it_asks_for_a_vote_a_date_and_a_pulse(me: &mut Replica, network: &NetworkId) {
        use crate::AskedView as A;
        let asked = network_view(me, network).home.asked.clone();
        let has = |of: fn(&A) -> bool| asked.iter().any(of);
        assert!(has(|one| matches!(one, A::Ballot { .. })), "{asked:?}");
        assert!(has(|one| matches!(one, A::MeetingDays { .. })), "{asked:?}");
        assert!(has(|one| matches!(one, A::Pulse { .. })), "{asked:?}");
    }

    fn it_looks_at_itself_and_at_what_each_gave(me: &mut Replica, network: &NetworkId) {
        let open = crate::ContributionCommand::Open { network: *network };
        let moment = Moment::simulated(1_795_000_000_000, 9);
        me.execute(Command::Contribution(open), &moment).unwrap();
        let view = network_view(me, network);
        assert!(view.closing.review.due, "{:?}", view.closing.review);
        let evaluation = &view.evaluation;
        assert_eq!(evaluation.settings.asked().count(), 5);
        let told = evaluation.pulse.results.iter().filter(|one| {
            let mut questions = one.questions.iter();
            questions.any(|question| question.shown.is_some())
        });
        assert!(told.count() >= 2, "results over time");
        let triangle = evaluation.assessment.network.last().unwrap();
        assert!(triangle.people >= 3);
        assert!(triangle.corners.iter().all(Option::is_some));
        assert!(!evaluation.assessment.network_weak.is_empty());
        let objectives = view.plan.content.objectives.iter();
        assert_eq!(objectives.filter(|one| !one.learned.is_empty()).count(), 3);
        let contributions = view.contributions.as_ref().unwrap();
        assert!(!contributions.together.is_empty());
        let members = contributions.members.iter();
        assert!(members.clone().all(|one| !one.name.is_empty()));
        assert!(members.clone().filter(|one| !one.given.is_empty()).count() >= 10);
        assert!(members.filter(|one| !one.own.is_empty()).count() >= 3);
    }

    fn the_small_one_was_closed_opened_and_closed(me: &mut Replica, main: &NetworkId) {
        let ids = me.network_ids();
        assert_eq!(ids.len(), 2);
        let small = ids.iter().find(|one| *one != main).unwrap();
        let view = network_view(me, small);
        let closed = view.closing.closed.as_ref().unwrap();
        assert_eq!((closed.by.len(), view.closing.past.len()), (3, 1));
        assert!(closed.after.is_empty());
        // It goes on in the other.
        assert_eq!(closed.says.outcome, crate::ClosingOutcome::Merged);
        let into = closed.says.into.as_ref().unwrap();
        let other = network_view(me, main);
        assert_eq!(into.name, other.overview.name);
        assert!(!view.closing.past[0].reopened_words.is_empty());
        let measures = &view.plan.content.objectives[0].indicators[0].measures;
        assert_eq!(measures.len(), 3);
        assert!(view.plan.content.actions.iter().all(|one| !one.is_open()));
        let decided = &view.decisions.decisions[0];
        assert_eq!(decided.phase, crate::Phase::Concluded);
        assert_eq!(view.members.members.len(), 4);
    }

    fn the_meetings_show_all_they_can(meetings: &crate::MeetingsView) {
        assert_eq!((meetings.series.len(), meetings.to_answer.len()), (2, 1));
        assert!(meetings.meetings.len() >= 4);
        // One goes on; the next after it is foreseen by a rule alone.
        assert!(meetings.next().unwrap().running);
        let mut ahead = meetings.coming.iter().filter(|one| !one.running);
        let next = ahead.next().unwrap();
        assert!(
            next.meeting.is_none() && next.on == "2026-12-03",
            "{next:?}"
        );
        // What was not finished was carried on to the meeting of December, which that prepared.
        let december = meetings.coming.iter().find(|one| one.on == "2026-12-14");
        assert!(december.unwrap().meeting.is_some());
        assert!(meetings.coming.iter().any(|one| one.skipped));
        let year = &meetings.attendance[0];
        assert_eq!((year.period.as_str(), year.meetings), ("2026", 2));
        assert!(year.all.represented == 2 && year.rate > Some(50));
    }

    fn the_watch_shows_all_it_can(watch: &crate::WatchView) {
        assert_eq!((watch.items.len(), watch.unread), (6, 6));
        assert!(watch.items.iter().all(|row| !row.name.is_empty()));
        let made: Vec<_> = watch
            .items
            .iter()
            .filter(|row| row.item.meeting.is_some())
            .collect();
        assert_eq!(made.len(), 1);
        assert!(!made[0].meeting_title.is_empty() && !made[0].item.line.is_empty());
        let years: BTreeSet<_> = watch.items.iter().map(|row| row.doc).collect();
        assert_eq!(years.len(), 3);
    }

    fn the_resources_show_all_they_can(shelf: &crate::ResourcesView) {
        use tresse_model::{ResourceKind, Side};
        let rows = &shelf.resources;
        assert_eq!(rows.len(), 6);
        assert!(rows.iter().all(|row| !row.who.is_empty()));
        let kinds: BTreeSet<_> = rows.iter().map(|row| row.resource.kind).collect();
        assert!(kinds.len() >= 4 && kinds.contains(&ResourceKind::Room));
        let needs = rows.iter().filter(|row| row.resource.side == Side::Needed);
        let needs: Vec<_> = needs.collect();
        assert_eq!((needs.len(), shelf.open_needs), (2, 1));
        assert!(needs.iter().any(|row| !row.answered_by.is_empty()));
        let loans = rows.iter().flat_map(|row| &row.loans);
        let loans: Vec<_> = loans.collect();
        assert_eq!(loans.len(), 6);
        assert!(loans.iter().all(|one| !one.name.is_empty()));
        assert!(loans.iter().any(|one| !one.loan.back.is_empty()));
        assert!(rows.iter().any(crate::ResourceRow::overlaps));
    }

    fn the_decisions_show_all_they_can(register: &crate::DecisionsView) {
        let phases: BTreeSet<_> = register.decisions.iter().map(|row| row.phase).collect();
        for phase in crate::Phase::ALL {
            assert!(phases.contains(&phase), "{phase:?}: {phases:?}");
        }
        assert_eq!(register.asked.len(), 3);
        assert!(register.decisions.iter().all(|row| !row.author.is_empty()));
    }

    fn the_roles_show_all_they_can(piloting: &crate::PilotingView) {
        let pilot = piloting.role("pilot").unwrap();
        let round = pilot.facts.rotation.as_ref().unwrap();
        assert_eq!((round.order.len(), pilot.term.as_str()), (5, "12 months"));
        assert!(round.next.is_some() && pilot.hand_over.page.is_some());
        assert_eq!(piloting.threads.len(), 3);
        assert!(piloting.threads[2].objective.is_some());
        assert!(piloting.threads[0].unanswered && !piloting.threads[1].unanswered);
        let minutes = piloting.role("secretary").unwrap();
        let round = minutes.facts.rotation.as_ref().unwrap();
        assert_eq!(round.swaps[0].state, SwapState::Agreed);
        let next = round.next.as_ref().unwrap();
        assert!(next.by_swap && next.from == "2026-12-15");
        let facilitators = &piloting.role("facilitator").unwrap().facts.holders;
        assert_eq!(facilitators.len(), 2);
        // The pilot alone chose the second, which the role itself says is not to be.
        let alone = |one: &&tresse_model::Warning| one.code == WarningCode::NamedByPilotAlone;
        let warned: Vec<_> = piloting.warnings.iter().filter(alone).collect();
        assert_eq!(
            (warned.len(), warned[0].member),
            (1, Some(facilitators[1].member))
        );
        let offered = &pilot.facts.rotation.as_ref().unwrap().swaps;
        assert_eq!((offered.len(), offered[0].state), (1, SwapState::Offered));
        // One role has a name of the network's own, and the pilot's has a past.
        let own = piloting.roles.iter();
        let own = own.filter(|role| !tresse_model::ROLES.contains(&role.facts.role.as_str()));
        let own: Vec<_> = own.collect();
        assert_eq!((own.len(), own[0].facts.holders.len()), (1, 1));
        assert_eq!(pilot.before.len(), 1);
        let names = piloting.names.values();
        assert!(names.clone().count() >= 7 && names.clone().all(|name| !name.contains("mem-")));
    }

    fn the_plan_shows_all_it_can(
        plan: &tresse_model::PlanContent,
        members: &[tresse_report::MemberExport],
    ) {
        let facts = tresse_model::plan_facts(plan, "2026-11-25");
        assert_eq!(plan.orientations.len(), 3);
        assert!(facts.orientations.iter().all(|one| one.percent > Some(50)));
        assert!(
            facts
                .objectives
                .iter()
                .all(|one| one.by_indicators.is_some())
        );
        assert!(!facts.late.is_empty() && facts.cycles.is_empty());
        assert!(facts.blocked.iter().any(|blocked| blocked.by.len() == 3));
        assert!(plan.groups.iter().all(|group| group.members.len() > 2));
        assert_eq!(
            plan.groups
                .iter()
                .filter(|one| !one.closed.is_empty())
                .count(),
            1
        );
        let actions = || plan.actions.iter();
        assert!(actions().any(|one| one.every.is_some() && one.next_due == "2026-10-31"));
        assert!(actions().any(|one| one.owners.len() == 2 && !one.checklist.is_empty()));
        let grouped = actions().filter(|one| one.working_group.is_some());
        assert!(grouped.count() > 150);
        assert!(
            actions()
                .filter(|one| one.territory_scale.is_some())
                .count()
                > 150
        );
        for scale in [
            Scale::Region,
            Scale::Department,
            Scale::EmploymentArea,
            Scale::Town,
        ] {
            assert!(
                actions().any(|one| one.territory_scale == Some(scale)),
                "{scale:?}"
            );
        }
        assert!(actions().filter(|one| !one.start.is_empty()).count() > 30);
        assert!(actions().filter(|one| !one.depends_on.is_empty()).count() > 10);
        let own = members.iter().flat_map(|member| &member.own_objectives);
        assert_eq!(own.count(), 7);
    }
}
