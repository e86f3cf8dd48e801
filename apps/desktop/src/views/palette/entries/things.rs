//! What each network holds that « Aller à… » can reach.

use tresse_engine::NetworkView;

use super::{Entries, Entry, Target, within};
use crate::{
    app::place::{Place, Tab},
    i18n::I18n,
    tr,
    views::{
        members::{Spot, role_name},
        plan::question_of,
    },
};

impl Entries {
    pub(super) fn network(&mut self, words: &I18n, net: &NetworkView, several: bool) {
        let id = net.id;
        let name = if net.name.is_empty() {
            tr!(words, "untitled")
        } else {
            net.name.clone()
        };
        let within = |kind: String| within(kind, net, several);
        let home = Target::Go(Place::Network(id, Tab::Home));
        let kind = tr!(words, "palette-network");
        self.all.push(Entry::new(&name, kind, home));
        let mut add = |kind: &str, entries: &mut dyn Iterator<Item = (&str, Target)>| {
            for (name, target) in entries.filter(|(name, _)| !name.trim().is_empty()) {
                self.all.push(Entry::new(name, kind.to_owned(), target));
            }
        };
        let plan = &net.plan.content;
        let members = &net.members.members;
        add(
            &within(tr!(words, "palette-page")),
            &mut net
                .library
                .pages
                .iter()
                .map(|page| (page.title.as_str(), Target::Page(id, page.id))),
        );
        add(
            &within(tr!(words, "palette-meeting")),
            &mut net
                .meetings
                .meetings
                .iter()
                .map(|row| (row.title.as_str(), Target::Meeting(id, row.id))),
        );
        add(
            &within(tr!(words, "palette-decision")),
            &mut net
                .decisions
                .decisions
                .iter()
                .map(|row| (row.title.as_str(), Target::Decision(id, row.id))),
        );
        add(
            &within(tr!(words, "palette-watch")),
            &mut net
                .watch
                .items
                .iter()
                .map(|row| (row.item.title.as_str(), Target::Watch(id, row.item.id))),
        );
        add(
            &within(tr!(words, "palette-resource")),
            &mut net.resources.resources.iter().map(|row| {
                let one = &row.resource;
                (one.name.as_str(), Target::Resource(id, one.id))
            }),
        );
        add(
            &within(tr!(words, "palette-objective")),
            &mut plan
                .objectives
                .iter()
                .map(|one| (one.title.as_str(), Target::Objective(id, one.id))),
        );
        add(
            &within(tr!(words, "palette-orientation")),
            &mut plan
                .orientations
                .iter()
                .map(|one| (one.title.as_str(), Target::Orientation(id, one.id))),
        );
        add(
            &within(tr!(words, "palette-group")),
            &mut plan
                .groups
                .iter()
                .map(|one| (one.name.as_str(), Target::Group(id, one.id))),
        );
        add(
            &within(tr!(words, "palette-action")),
            &mut plan
                .actions
                .iter()
                .map(|one| (one.title.as_str(), Target::Action(id, one.id))),
        );
        add(
            &within(tr!(words, "palette-member")),
            &mut members
                .iter()
                .map(|one| (one.name.as_str(), Target::Member(id, one.name.clone()))),
        );
        self.less_often(words, net, &within);
    }

    /// What is looked for less often: what organisations want for themselves, roles, what is said of the piloting, and saved filters.
    fn less_often(&mut self, words: &I18n, net: &NetworkView, within: &dyn Fn(String) -> String) {
        let id = net.id;
        let mut add = |kind: &str, name: &str, target| {
            if !name.trim().is_empty() {
                self.all.push(Entry::new(name, kind.to_owned(), target));
            }
        };
        let kind = within(tr!(words, "palette-own-objective"));
        let organisations = net.plan.organisations.iter();
        for one in organisations.flat_map(|one| &one.objectives) {
            let target = Target::OwnObjective(id, one.member, one.own.id);
            add(&kind, &one.own.text, target);
        }
        let kind = within(tr!(words, "palette-role"));
        // Those that are past have no card to go to.
        for role in net.piloting.roles.iter().filter(|role| !role.past) {
            let role = &role.facts.name;
            let target = Target::Role(id, Spot::Role(role.clone()));
            add(&kind, &role_name(words, role), target);
        }
        let kind = within(tr!(words, "palette-thread"));
        for thread in &net.piloting.threads {
            let said = thread.posts.first().map_or("", |post| post.text.as_str());
            let target = Target::Role(id, Spot::Thread(thread.id));
            add(&kind, &said.replace('\n', " "), target);
        }
        let kind = within(tr!(words, "palette-filter"));
        for saved in net.filters.iter() {
            add(&kind, &saved.name, Target::Filter(id, question_of(saved)));
        }
    }
}
