//! The demo's story as it lies in `crates/engine/demo/`: who, what, and on which day.

use std::collections::BTreeMap;

use include_dir::{Dir, include_dir};
use serde::{Deserialize, de::DeserializeOwned};

use tresse_model::NetworkKind;

use super::{
    Deed, decisions::DecisionsStory, evaluation::EvaluationStory, meetings::MeetingsStory,
    plan::PlanStory, resources::ResourcesStory, roles::RolesStory, watch::WatchStory,
};
use crate::CommandError;

static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/demo");

/// Half past nine in the morning, more or less where the story takes place.
const MORNING: i64 = 8 * 3_600_000 + 1_800_000;

#[derive(Debug)]
pub(super) struct Story {
    lang: String,
    pub(super) network: NetworkStory,
    pub(super) plan: PlanStory,
    pub(super) roles: RolesStory,
    pub(super) evaluation: EvaluationStory,
    pub(super) meetings: MeetingsStory,
    pub(super) decisions: DecisionsStory,
    pub(super) pages: PagesStory,
    pub(super) watch: WatchStory,
    pub(super) resources: ResourcesStory,
}

#[derive(Debug, Deserialize)]
pub(super) struct NetworkStory {
    pub(super) name: String,
    pub(super) kinds: Vec<NetworkKind>,
    pub(super) part_of: OtherNetwork,
    pub(super) partner: OtherNetwork,
    pub(super) membership: String,
    pub(super) review_date: String,
    pub(super) purposes: Vec<String>,
    pub(super) members: Vec<Person>,
    pub(super) values: Vec<String>,
    pub(super) charter: CharterStory,
    charter_versions: Vec<Version>,
    pub(super) charter_proposed: Proposed,
}

/// A network that this one is tied to.
#[derive(Debug, Deserialize)]
pub(super) struct OtherNetwork {
    pub(super) name: String,
    pub(super) words: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct Person {
    pub(super) key: String,
    pub(super) name: String,
    pub(super) organisation: String,
    pub(super) engagement: String,
    pub(super) brings: String,
    pub(super) expects: String,
    /// What their organisation expects to gain, if they state it.
    #[serde(default)]
    pub(super) added_value: String,
    pub(super) joined: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct CharterStory {
    pub(super) exchange_rules: String,
    pub(super) decision_rule: String,
    pub(super) language: String,
    pub(super) review_date: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct Version {
    date: String,
    author: String,
    pub(super) file: String,
}

/// A version of the charter that waits for more consents.
#[derive(Debug, Deserialize)]
pub(super) struct Proposed {
    date: String,
    author: String,
    pub(super) file: String,
    pub(super) agrees: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(transparent)]
pub(super) struct PagesStory {
    pub(super) pages: Vec<PageStory>,
}

#[derive(Debug, Deserialize)]
pub(super) struct PageStory {
    pub(super) file: String,
    pub(super) title: String,
    pub(super) tags: Vec<String>,
    pub(super) group: Option<String>,
    author: String,
    date: String,
    #[serde(default)]
    pub(super) revisions: Vec<Version>,
}

impl Story {
    pub(super) fn read(lang: &str) -> Result<Self, CommandError> {
        if !matches!(lang, "fr" | "en") {
            return Err(CommandError::new(
                "bad-language",
                "the demo exists in `fr` and `en`",
            ));
        }
        Ok(Self {
            network: parse(lang, "network.json")?,
            plan: parse(lang, "plan.json")?,
            roles: parse(lang, "roles.json")?,
            evaluation: parse(lang, "evaluation.json")?,
            meetings: parse(lang, "meetings.json")?,
            decisions: parse(lang, "decisions.json")?,
            pages: parse(lang, "pages.json")?,
            watch: parse(lang, "watch.json")?,
            resources: parse(lang, "resources.json")?,
            lang: lang.to_owned(),
        })
    }

    /// A Markdown file of the story.
    pub(super) fn text(&self, file: &str) -> Result<&'static str, CommandError> {
        text(&self.lang, file)
    }

    /// Every day on which somebody does something, in order: the day (milliseconds), who, what.
    pub(super) fn days(&self) -> Vec<(i64, String, Vec<Deed>)> {
        let mut days: BTreeMap<(i64, u8, String), Vec<Deed>> = BTreeMap::new();
        let mut on = |date: &str, rank: u8, who: &str, deed: Deed| {
            if let Ok(day) = millis(date) {
                days.entry((day, rank, who.to_owned()))
                    .or_default()
                    .push(deed);
            }
        };
        let founder = self.network.members.first();
        let founder_key = founder
            .map(|person| person.key.as_str())
            .unwrap_or_default();
        for person in self.network.members.iter().skip(1) {
            on(
                &person.joined,
                0,
                founder_key,
                Deed::Join {
                    key: person.key.clone(),
                },
            );
        }
        let versions = &self.network.charter_versions;
        for (index, version) in versions.iter().enumerate() {
            if index == 0 {
                on(&version.date, 1, &version.author, Deed::Network);
            }
            let last = index + 1 == versions.len();
            on(
                &version.date,
                2,
                &version.author,
                Deed::Charter {
                    file: version.file.clone(),
                    last,
                },
            );
        }
        let proposed = &self.network.charter_proposed;
        on(&proposed.date, 2, &proposed.author, Deed::Proposal);
        let joined = |key: &str| {
            let mut members = self.network.members.iter();
            members
                .find(|person| person.key == key)
                .map(|person| &*person.joined)
        };
        self.plan.days(&joined, |date, rank, who, deed| {
            on(date, rank, who, Deed::Plan(deed));
        });
        self.roles.days(|date, rank, who, deed| {
            on(date, rank, who, Deed::Role(deed));
        });
        self.evaluation.days(|date, rank, who, deed| {
            on(date, rank, who, Deed::Evaluation(deed));
        });
        self.meetings.days(|date, rank, who, deed| {
            on(date, rank, who, Deed::Meeting(deed));
        });
        self.decisions.days(|date, rank, who, deed| {
            on(date, rank, who, Deed::Decision(deed));
        });
        self.watch.days(|date, rank, who, index| {
            on(date, rank, who, Deed::Watch { index });
        });
        self.resources.days(|date, rank, who, deed| {
            on(date, rank, who, Deed::Resource(deed));
        });
        for (index, page) in self.pages.pages.iter().enumerate() {
            on(&page.date, 7, &page.author, Deed::Page { index });
            for (revision, version) in page.revisions.iter().enumerate() {
                on(
                    &version.date,
                    9,
                    &version.author,
                    Deed::Revision {
                        page: index,
                        revision,
                    },
                );
            }
        }
        days.into_iter()
            .map(|((day, _, who), deeds)| (day, who, deeds))
            .collect()
    }
}

/// A date of the story as milliseconds since 1970.
pub(super) fn millis(date: &str) -> Result<i64, CommandError> {
    let date: jiff::civil::Date = date
        .parse()
        .map_err(|_| CommandError::new("demo", format!("« {date} » is not a date")))?;
    let zoned = date
        .to_zoned_datetime(jiff::tz::TimeZone::UTC)
        .map_err(|error| CommandError::new("demo", error.to_string()))?;
    Ok(zoned.timestamp().as_millisecond() + MORNING)
}

fn text(lang: &str, file: &str) -> Result<&'static str, CommandError> {
    let path = format!("{lang}/{file}");
    FILES
        .get_file(&path)
        .and_then(include_dir::File::contents_utf8)
        .ok_or_else(|| CommandError::new("demo", format!("the demo lacks {path}")))
}

pub(super) fn parse<T: DeserializeOwned>(lang: &str, file: &str) -> Result<T, CommandError> {
    serde_json::from_str(text(lang, file)?)
        .map_err(|error| CommandError::new("demo", format!("{lang}/{file}: {error}")))
}
