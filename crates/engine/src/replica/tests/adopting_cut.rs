//! A version of the charter in force whose words are cut away by a removal; and how often it is worked out what is in force.

use serde_json::json;
use tresse_model::VotingRule;

use super::adopting::{Group, name};
use crate::Moment;

impl Group {
    /// How decisions about the charter are taken, as far as what is in force is here.
    fn rule_in_force(&mut self, who: usize) -> Option<VotingRule> {
        let one = &mut self.people[who].replica;
        one.look_at_charter(&self.network).unwrap();
        let state = one.network_ref(&self.network).unwrap();
        let ours = state.ours(Moment::real().now);
        state.rule_of(ours.in_force().unwrap())
    }
}

#[test]
fn a_version_that_a_removal_cuts_away_says_the_same_where_it_was_read_as_where_it_never_came() {
    let mut group = Group::new();
    for who in 0..3 {
        group.does(who, json!({ "command": "rules.change", "change": "2" }));
        group.meet();
    }
    // Ana and Cy remove Di. Bo, who has not heard of it, consents with Di to what Di wrote since.
    let di = group.people[3].replica.me();
    for who in [0, 2] {
        group.does(who, json!({ "command": "member.remove", "member": di }));
        group.two_meet(0, 2);
    }
    group.writes(3, "Une personne, une voix, relue par Di.");
    let adopt = json!({ "command": "charter.adopt" });
    group.does(3, adopt);
    group.two_meet(1, 3);
    let version = group
        .sees(1)
        .charter_versions
        .versions
        .iter()
        .find(|one| one.state == "pending")
        .unwrap()
        .version
        .clone();
    let consent = json!({ "command": "charter.adopt", "version": version });
    assert_eq!(group.does(1, consent)["adopted"], true);
    let seen = group.sees(1).charter_versions.clone();
    assert_eq!(seen.in_force, Some(version.clone()));
    assert!(seen.says.is_some() && seen.adopting.is_some());
    assert!(group.rule_in_force(1).is_some());
    // The removal reaches Bo: what Di wrote is set aside there, and what two consented to stays what is in force.
    group.people.pop();
    group.meet();
    assert_eq!(group.in_force(), Some(version.clone()));
    for who in 0..3 {
        assert!(!group.version(who, &version).here, "{}", name(who));
        let seen = group.sees(who).charter_versions.clone();
        assert_eq!(
            (&seen.says, &seen.adopting),
            (&None, &None),
            "{}",
            name(who)
        );
        assert_eq!(group.rule_in_force(who), None, "{}", name(who));
    }
}

#[test]
fn a_view_works_out_once_which_versions_are_ours() {
    let mut group = Group::new();
    group.writes(0, "Une personne, une voix, relue chaque automne.");
    let (decision, _) = group.puts(0);
    let weighed = |group: &Group| {
        let state = group.people[0].replica.network_ref(&group.network).unwrap();
        state.views.weighed.get()
    };
    group.sees(0);
    group.votes(0, &decision, "for");
    let before = weighed(&group);
    group.sees(0);
    assert_eq!(weighed(&group) - before, 1);
}
