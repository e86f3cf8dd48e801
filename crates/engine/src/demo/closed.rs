//! The demo's second network: three people who reached what they wanted, closed, opened again for one more thing and closed for
//! good. Told as the commands that each gave, day by day.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;
use tresse_model::{NetworkId, ProfileField};

use super::{
    Invented,
    story::{self, millis},
};
use crate::{Command, CommandError, Moment, Replica, meet};

#[derive(Debug, Deserialize)]
struct ClosedStory {
    name: String,
    people: Vec<Person>,
    steps: Vec<Step>,
    /// When the person who looks in is let in: nobody is, once it is closed.
    guest: String,
    /// What follows that.
    end: Vec<Step>,
}

#[derive(Debug, Deserialize)]
struct Person {
    key: String,
    name: String,
    organisation: String,
    joined: String,
}

/// A command that somebody gives on a day. `@word` stands for what an earlier one made, `@me` for who gives it.
#[derive(Debug, Deserialize)]
struct Step {
    date: String,
    who: String,
    #[serde(rename = "do")]
    command: Value,
    /// Which of the answer's names are kept, and as which word.
    #[serde(default)]
    keep: BTreeMap<String, String>,
}

/// The second network as its members hold it, before it is closed for good.
pub(super) struct ClosedDemo {
    network: NetworkId,
    /// The founder first.
    people: Vec<(String, Invented)>,
    kept: BTreeMap<String, Value>,
    guest: i64,
    end: Vec<Step>,
}

impl ClosedDemo {
    /// Lives it through, in `fr` or `en`, until the person who looks in is let in.
    pub(super) fn live(lang: &str) -> Result<Self, CommandError> {
        let story: ClosedStory = story::parse(lang, "closed.json")?;
        let mut people = story.people.iter();
        let first = people.next().ok_or_else(super::no_founder)?;
        let mut opener = Invented::new(&first.name, lang)?;
        let day = Moment::real().at(millis(&first.joined)?);
        let network = opener.replica.found(&story.name, None, &day)?;
        opener.replica.commit()?;
        let mut demo = Self {
            network,
            people: vec![(first.key.clone(), opener)],
            kept: BTreeMap::new(),
            guest: millis(&story.guest)?,
            end: story.end,
        };
        demo.introduce(first)?;
        for person in people {
            let moment = Moment::real().at(millis(&person.joined)?);
            let mut newcomer = Invented::new(&person.name, lang)?;
            let host = &mut demo.people[0].1.replica;
            meet::invite_in(host, &mut newcomer.replica, &network, &moment)?;
            demo.people.push((person.key.clone(), newcomer));
            demo.introduce(person)?;
        }
        for step in &story.steps {
            demo.step(step)?;
        }
        Ok(demo)
    }

    /// Lets the person who looks in; then it is closed.
    pub(super) fn welcome(mut self, newcomer: &mut Replica) -> Result<NetworkId, CommandError> {
        let (network, day) = (self.network, Moment::real().at(self.guest));
        let host = &mut self.people[0].1.replica;
        meet::invite_in(host, newcomer, &network, &day)?;
        newcomer.forget_steps(&network)?;
        for step in std::mem::take(&mut self.end) {
            self.step(&step)?;
            let moment = Moment::real().at(millis(&step.date)?);
            meet::meet(&mut self.people[0].1.replica, newcomer, &moment)?;
        }
        Ok(network)
    }

    fn introduce(&mut self, person: &Person) -> Result<(), CommandError> {
        let command = Command::ProfileSet {
            network: self.network,
            field: ProfileField::Organisation,
            value: Some(person.organisation.clone()),
        };
        let moment = Moment::real().at(millis(&person.joined)?);
        self.executes(&person.key, command, &moment).map(drop)
    }

    fn step(&mut self, step: &Step) -> Result<(), CommandError> {
        let moment = Moment::real().at(millis(&step.date)?);
        self.meets_founder(&step.who, &moment)?;
        let mut command = step.command.clone();
        let me = self.person(&step.who)?.me();
        let me = Value::String(me.to_string());
        fill(&mut command, &|word: &str| match word {
            "me" => Some(me.clone()),
            word => self.kept.get(word).cloned(),
        });
        command["network"] = Value::String(self.network.to_string());
        let command = serde_json::from_value(command)
            .map_err(|error| CommandError::new("demo", error.to_string()))?;
        let answer = self.executes(&step.who, command, &moment)?;
        for (name, word) in &step.keep {
            self.kept.insert(word.clone(), answer[name].clone());
        }
        self.meets_founder(&step.who, &moment)
    }

    fn executes(
        &mut self,
        who: &str,
        command: Command,
        moment: &Moment,
    ) -> Result<Value, CommandError> {
        let replica = self.person(who)?;
        let answer = replica.execute(command, moment)?;
        replica.commit()?;
        Ok(answer)
    }

    fn person(&mut self, who: &str) -> Result<&mut Replica, CommandError> {
        let mut people = self.people.iter_mut();
        let found = people.find(|(key, _)| key == who);
        found
            .map(|(_, person)| &mut person.replica)
            .ok_or_else(|| CommandError::new("demo", format!("nobody is called {who}")))
    }

    fn meets_founder(&mut self, who: &str, moment: &Moment) -> Result<(), CommandError> {
        let Some(((_, founder), others)) = self.people.split_first_mut() else {
            return Ok(());
        };
        let visitor = others.iter_mut().find(|(key, _)| key == who);
        visitor.map_or(Ok(()), |(_, visitor)| {
            meet::meet(&mut founder.replica, &mut visitor.replica, moment)
        })
    }
}

/// Puts what was kept in the place of its word.
fn fill(value: &mut Value, kept: &impl Fn(&str) -> Option<Value>) {
    match value {
        Value::String(text) => {
            if let Some(known) = text.strip_prefix('@').and_then(kept) {
                *value = known;
            }
        }
        Value::Object(fields) => fields.values_mut().for_each(|one| fill(one, kept)),
        Value::Array(all) => all.iter_mut().for_each(|one| fill(one, kept)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
