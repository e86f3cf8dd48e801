//! What « Aller à… » can reach: the window's commands, the networks, and what they hold.

mod things;

use std::sync::Arc;

use tresse_engine::{
    NetworkView, SearchHit,
    model::{DocId, DocKind, ItemId, MemberId, NetworkId},
};

use super::Rank;
use crate::{
    app::{
        View,
        asks::{Ask, Dialogue},
        command::UiCommand,
        place::{Place, Tab},
        text::{cut, file_name, fold},
    },
    i18n::{I18n, Lang},
    tr,
    views::{
        members::{Decision, Spot},
        plan::{Look, Question},
    },
};

/// A title longer than this is cut: it is a name to recognise, not a text to read.
const LONGEST: usize = 160;
/// So much of a title stands before words of its text.
const SHORT: usize = 28;
/// So many characters stand before what was found in a text.
const LEAD: usize = 6;

/// One thing that can be reached.
pub(super) struct Entry {
    /// Its name.
    pub name: String,
    /// What it is, and where.
    pub kind: String,
    folded: String,
    folded_kind: String,
    target: Target,
}

enum Target {
    Do(UiCommand),
    Go(Place),
    Page(NetworkId, DocId),
    Meeting(NetworkId, DocId),
    Rules(NetworkId),
    Decision(NetworkId, DocId),
    Action(NetworkId, ItemId),
    Objective(NetworkId, ItemId),
    Orientation(NetworkId, ItemId),
    OwnObjective(NetworkId, MemberId, ItemId),
    Group(NetworkId, ItemId),
    Member(NetworkId, String),
    Watch(NetworkId, ItemId),
    NewWatch(NetworkId),
    SearchWatch(NetworkId, String),
    Resource(NetworkId, ItemId),
    NewResource(NetworkId),
    SearchResources(NetworkId, String),
    Closing(NetworkId),
    Overview(NetworkId),
    Role(NetworkId, Spot),
    Plan(NetworkId, Look),
    Filter(NetworkId, Question),
    Print(NetworkId, String),
    Show(Dialogue),
}

impl Entry {
    fn new(name: &str, kind: String, target: Target) -> Self {
        let name = cut(name, LONGEST);
        Self {
            folded: fold(&name),
            folded_kind: fold(&kind),
            name,
            kind,
            target,
        }
    }

    /// What has the words that are looked for in its text; `None` where the window has no page for it.
    pub(super) fn in_text(words: &I18n, view: &View, typed: &str, hit: &SearchHit) -> Option<Self> {
        let network = view.network(&hit.network)?;
        let (kind, target) = match hit.doc.kind()? {
            DocKind::Page => (
                tr!(words, "palette-page"),
                Target::Page(hit.network, hit.doc),
            ),
            DocKind::Meeting => (
                tr!(words, "palette-meeting"),
                Target::Meeting(hit.network, hit.doc),
            ),
            DocKind::Decision => (
                tr!(words, "palette-decision"),
                Target::Decision(hit.network, hit.doc),
            ),
            DocKind::Charter => {
                let place = Place::Network(hit.network, Tab::Charter);
                (tr!(words, "palette-charter"), Target::Go(place))
            }
            DocKind::Watch => {
                let there = Target::SearchWatch(hit.network, typed.to_owned());
                (tr!(words, "palette-watch"), there)
            }
            DocKind::Resources => {
                let there = Target::SearchResources(hit.network, typed.to_owned());
                (tr!(words, "tab-resources"), there)
            }
            DocKind::Plan => {
                let place = Place::Network(hit.network, Tab::Plan);
                (tr!(words, "tab-plan"), Target::Go(place))
            }
            DocKind::Network => {
                let place = Place::Network(hit.network, Tab::Home);
                (tr!(words, "palette-network"), Target::Go(place))
            }
            DocKind::Notebook => {
                let member = Target::Member(hit.network, hit.title.clone());
                (tr!(words, "palette-member"), member)
            }
        };
        let title = if hit.title.is_empty() {
            &kind
        } else {
            &hit.title
        };
        let name = format!("{} — {}", cut(title, SHORT), near_the_find(hit));
        let kind = within(kind, network, view.networks.len() > 1);
        Some(Self::new(&name, kind, target))
    }

    /// The document that it is, if it is one.
    pub(super) fn document(&self) -> Option<DocId> {
        match &self.target {
            Target::Page(_, doc) | Target::Meeting(_, doc) | Target::Decision(_, doc) => Some(*doc),
            _ => None,
        }
    }

    /// What choosing it asks for.
    pub(super) fn ask(&self) -> Ask {
        match &self.target {
            Target::Do(command) => Ask::Do(*command),
            Target::Go(place) => Ask::Go(*place),
            Target::Decision(network, decision) => Ask::OpenDecision(*network, *decision),
            Target::Page(network, page) => Ask::OpenPage(*network, *page),
            Target::Meeting(network, meeting) => Ask::OpenMeeting(*network, *meeting),
            Target::Rules(network) => Ask::OpenRules(*network),
            Target::Action(network, action) => Ask::OpenAction(*network, *action),
            Target::Objective(network, objective) => Ask::OpenObjective(*network, *objective),
            Target::Orientation(network, one) => Ask::OpenOrientation(*network, *one),
            Target::OwnObjective(network, member, one) => {
                Ask::OpenOwnObjective(*network, *member, *one)
            }
            Target::Group(network, group) => Ask::OpenGroup(*network, *group),
            Target::Member(network, name) => Ask::FindMember(*network, name.clone()),
            Target::Watch(network, item) => Ask::OpenWatch(*network, *item),
            Target::NewWatch(network) => Ask::NewWatch(*network),
            Target::SearchWatch(network, words) => Ask::SearchWatch(*network, words.clone()),
            Target::Resource(network, resource) => Ask::OpenResource(*network, *resource),
            Target::NewResource(network) => Ask::NewResource(*network),
            Target::SearchResources(network, words) => {
                Ask::SearchResources(*network, words.clone())
            }
            Target::Closing(network) => Ask::OpenClosing(*network),
            Target::Overview(network) => Ask::OpenOverview(*network),
            Target::Role(network, spot) => Ask::OpenRoles(*network, spot.clone()),
            Target::Plan(network, look) => Ask::LookAtPlan(*network, *look),
            Target::Filter(network, question) => Ask::OpenPlan(*network, question.clone()),
            Target::Print(network, name) => Ask::Print {
                network: *network,
                name: name.clone(),
            },
            Target::Show(dialogue) => Ask::Show(dialogue.clone()),
        }
    }

    /// How well it answers these letters, folded, whole and word by word; not at all without a rank.
    pub(super) fn rank(&self, whole: &str, words: &[&str]) -> Option<Rank> {
        if self.folded.starts_with(whole) {
            return Some(0);
        }
        if words.iter().all(|word| begins_a_word(&self.folded, word)) {
            return Some(1);
        }
        if words.iter().all(|word| self.folded.contains(word)) {
            return Some(2);
        }
        let anywhere = |word: &&str| self.folded.contains(word) || self.folded_kind.contains(word);
        words.iter().all(anywhere).then_some(3)
    }
}

/// The words of a text from a little before what was found in it: one line has room for few.
fn near_the_find(hit: &SearchHit) -> String {
    let text = hit.excerpt.as_str();
    let find = hit.marks.first().map_or(0, |mark| mark.start);
    let before = text[..find].char_indices().rev().nth(LEAD);
    let Some((from, _)) = before.filter(|(at, _)| *at > 0) else {
        return without_marks(text);
    };
    let word = text[from..find]
        .find(' ')
        .map_or(from, |gap| from + gap + 1);
    format!("…{}", without_marks(&text[word..]))
}

/// Words as they are read, without the marks of a Markdown text.
fn without_marks(text: &str) -> String {
    let words = text.split_whitespace();
    let words = words.map(|word| word.trim_matches(['#', '*', '_', '`', '|', '>']));
    let words: Vec<&str> = words
        .filter(|word| !word.trim_matches('-').is_empty())
        .collect();
    words.join(" ")
}

/// What it is, and in which network where there are several.
fn within(kind: String, network: &NetworkView, several: bool) -> String {
    if several && !network.name.is_empty() {
        format!("{kind} · {}", cut(&network.name, 40))
    } else {
        kind
    }
}

fn begins_a_word(text: &str, word: &str) -> bool {
    text.match_indices(word)
        .any(|(at, _)| !text[..at].ends_with(char::is_alphanumeric))
}

/// All there is to reach, kept until the networks change.
#[derive(Default)]
pub(super) struct Entries {
    /// In the order in which they are shown where they answer equally well.
    pub all: Vec<Entry>,
    /// Grows by one each time they are gathered.
    pub gathered: u64,
    of: Option<Known>,
}

/// What the entries were gathered from.
struct Known {
    networks: Vec<Arc<NetworkView>>,
    lang: Lang,
    here: Place,
}

impl Entries {
    /// Gathers them, where something they show has changed.
    pub(super) fn gather(&mut self, words: &I18n, view: &View, here: Place) {
        if let Some(known) = &self.of
            && known.lang == words.lang()
            && known.here == here
            && known.networks.len() == view.networks.len()
            && known
                .networks
                .iter()
                .zip(&view.networks)
                .all(|(one, other)| Arc::ptr_eq(one, other))
        {
            return;
        }
        self.gathered += 1;
        self.all.clear();
        let net = here.network().and_then(|network| view.network(&network));
        let writes = net.is_some_and(|net| net.is_writable());
        self.commands(words, here, (writes, view.networks.len() > 1));
        if let Some(net) = net {
            self.looks(words, net);
        }
        // What is here comes before what is elsewhere.
        let (near, far): (Vec<_>, Vec<_>) = view
            .networks
            .iter()
            .partition(|network| here.network() == Some(network.id));
        let several = view.networks.len() > 1;
        for network in near.into_iter().chain(far) {
            self.network(words, network, several);
        }
        self.of = Some(Known {
            networks: view.networks.clone(),
            lang: words.lang(),
            here,
        });
    }

    fn commands(&mut self, words: &I18n, here: Place, (writes, several): (bool, bool)) {
        for command in UiCommand::ALL {
            if command == UiCommand::Palette
                || (command.about_a_network() && here.network().is_none())
            {
                continue;
            }
            let keys = command.keys_text(words);
            self.all
                .push(Entry::new(&command.name(words), keys, Target::Do(command)));
        }
        if let Some(network) = here.network() {
            let kind = || tr!(words, "palette-command");
            let closing = Target::Closing(network);
            self.all
                .push(Entry::new(&tr!(words, "palette-closing"), kind(), closing));
            let rules = Target::Rules(network);
            self.all
                .push(Entry::new(&tr!(words, "meetings-rules"), kind(), rules));
            let charter = Target::Show(Dialogue::Rules(network));
            self.all
                .push(Entry::new(&tr!(words, "meeting-charter"), kind(), charter));
            if writes {
                let watch = Target::NewWatch(network);
                self.all
                    .push(Entry::new(&tr!(words, "watch-add"), kind(), watch));
                let resource = Target::NewResource(network);
                self.all
                    .push(Entry::new(&tr!(words, "resource-add"), kind(), resource));
            }
            let new = [
                (tr!(words, "page-new"), Dialogue::NewPage(network)),
                (tr!(words, "meeting-new"), Dialogue::NewMeeting(network)),
                (tr!(words, "decision-new"), Dialogue::NewDecision(network)),
                (
                    tr!(words, "mandate-give"),
                    Dialogue::Decide(network, Decision::GiveMandate),
                ),
            ];
            // A tie is to another network of this profile.
            let tie = several.then(|| (tr!(words, "tie-add"), Dialogue::Tie(network)));
            for (name, dialogue) in new.into_iter().chain(tie).filter(|_| writes) {
                self.all
                    .push(Entry::new(&name, kind(), Target::Show(dialogue)));
            }
        }
    }

    /// The ways to look at the network one is in.
    fn looks(&mut self, words: &I18n, net: &NetworkView) {
        let id = net.id;
        let kind = tr!(words, "palette-command");
        let mut add = |name: String, target| self.all.push(Entry::new(&name, kind.clone(), target));
        add(tr!(words, "home-overview"), Target::Overview(id));
        let file = tr!(words, "overview-file", name = file_name(&net.name));
        add(tr!(words, "palette-print"), Target::Print(id, file));
        let pilot = Spot::Role("pilot".to_owned());
        add(tr!(words, "look-roles"), Target::Role(id, pilot));
        for look in Look::ALL {
            let name = tr!(words, "palette-plan", look = look.name(words));
            add(name, Target::Plan(id, look));
        }
        for (name, of) in [
            (tr!(words, "palette-past-charter"), DocKind::Charter),
            (tr!(words, "palette-past-plan"), DocKind::Plan),
            (tr!(words, "network-past"), DocKind::Network),
        ] {
            let past = Dialogue::History(id, DocId::singleton(&id, of));
            add(name, Target::Show(past));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rank(name: &str, letters: &str) -> Option<Rank> {
        let letters = fold(letters);
        let words: Vec<&str> = letters.split_whitespace().collect();
        Entry::new(name, "Page".into(), Target::Do(UiCommand::Help)).rank(&letters, &words)
    }

    #[test]
    fn the_beginning_of_a_name_answers_best_and_accents_do_not_matter() {
        assert_eq!(rank("Élaborer la charte", "ela"), Some(0));
        assert_eq!(rank("Élaborer la charte", "charte ELAB"), Some(1));
        assert_eq!(rank("Élaborer la charte", "harte"), Some(2));
        assert_eq!(rank("Élaborer la charte", "charte page"), Some(3));
        assert_eq!(rank("Élaborer la charte", "plan"), None);
    }

    #[test]
    fn a_word_after_an_apostrophe_or_an_emoji_is_the_beginning_of_a_word() {
        assert_eq!(rank("Carte de l’emploi", "emploi"), Some(1));
        assert_eq!(rank("🌱Jardins", "jardins"), Some(1));
        assert_eq!(rank("مرحبا بكم", "بكم"), Some(1));
    }

    #[test]
    fn what_was_found_stands_near_the_beginning_of_its_line() {
        let hit = |excerpt: &str, find: &str| {
            let start = excerpt.find(find).unwrap();
            near_the_find(&SearchHit {
                network: NetworkId::from_bytes([1; 20]),
                kind: "page".into(),
                doc: DocId::page([1; 16]),
                title: String::new(),
                excerpt: excerpt.into(),
                marks: std::iter::once(start..start + find.len()).collect(),
                author: String::new(),
                at: 0,
            })
        };
        let long = "Présents : Ana, Bruno et Zoé. Décidé : la carte sera prête en juin.";
        assert_eq!(hit(long, "carte"), "…: la carte sera prête en juin.");
        assert_eq!(hit("La carte est là.", "carte"), "La carte est là.");
        let marked = "## Décidé - La carte de **Claire** | Sujet | --- |";
        assert_eq!(hit(marked, "Décidé"), "Décidé La carte de Claire Sujet");
        assert_eq!(hit("éééééééééééééééééééécarte", "carte"), "…ééééééécarte");
    }

    #[test]
    fn a_title_without_end_is_cut() {
        let entry = Entry::new(
            &"é".repeat(10_000),
            String::new(),
            Target::Do(UiCommand::Help),
        );
        assert_eq!(entry.name.chars().count(), LONGEST + 1);
    }
}
