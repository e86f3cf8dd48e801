//! Members whose programs say that a version of the charter was adopted, or write in a decision about it what an honest one does not.

use serde_json::json;
use tresse_model::{Adopting, DecisionEdit, DecisionField, DocId, DocKind, Edit};
use tresse_trust::{Body, Version};

use super::adopting::{Group, name};
use crate::Moment;

impl Group {
    /// Says what a modified program would say that knows what is in force.
    fn says_so(&mut self, who: usize, about: Adopting) {
        let document = DocId::singleton(&self.network, DocKind::Charter);
        let body = Body::Decided { document, about };
        let one = &mut self.people[who].replica;
        one.say_on_command(&self.network, &body, &Moment::real())
            .unwrap();
        one.commit().unwrap();
    }

    /// Writes in a document what a modified program would.
    fn forges(&mut self, who: usize, doc: &DocId, edit: DecisionEdit) {
        let edit = Edit::Decision(edit);
        let one = &mut self.people[who].replica;
        one.apply(&self.network, doc, &edit, &Moment::real())
            .unwrap();
        one.commit().unwrap();
    }

    /// What a decision about the charter as it stands at somebody's would be about.
    fn about(&mut self, who: usize, salt: u8) -> Adopting {
        let in_force: Version = {
            let state = self.people[who].replica.network_ref(&self.network).unwrap();
            let adoptions = state.membership.adoptions();
            adoptions
                .iter()
                .rfind(|one| one.completed.is_some())
                .unwrap()
                .version
        };
        self.about_after(who, &in_force, salt)
    }

    /// The same, where another version would be in force.
    fn about_after(&mut self, who: usize, in_force: &Version, salt: u8) -> Adopting {
        let one = &mut self.people[who].replica;
        one.look_at_charter(&self.network).unwrap();
        let heads = one
            .network_ref(&self.network)
            .unwrap()
            .as_it_stands()
            .unwrap();
        Adopting::new([salt; 16], in_force.name(), heads).unwrap()
    }
}

#[test]
fn whoever_says_that_a_version_was_adopted_changes_nothing_at_others() {
    let mut group = Group::new();
    let first = group.in_force();
    group.writes(3, "Di décide.");
    // Of a decision that there is not; of one that nobody has answered.
    let nothing = group.about(3, 1);
    group.says_so(3, nothing);
    // That keeps nobody from putting the version to the members.
    let (open, version) = group.puts(3);
    let about = {
        let state = group.people[3].replica.network_ref(&group.network).unwrap();
        let facts = state.decision_facts.of(&open, &state.rows[&open].facts);
        facts.adopting.clone().unwrap()
    };
    group.says_so(3, about);
    group.meet();
    assert_eq!(group.in_force(), first);
    for who in 0..4 {
        let mut came = group.came(who, &version);
        came.sort();
        assert_eq!(came, ["waiting", "waiting"], "{}", name(who));
        let code = group.refuses(
            who,
            json!({ "command": "charter.sign", "version": version }),
        );
        assert_eq!(code, "version-not-adopted");
    }
    // Whoever votes, ends and counts alone has not adopted it either.
    group.votes(3, &open, "for");
    group.on(3, "decision.end", &open);
    group.on(3, "ballot.count", &open);
    group.meet();
    assert_eq!(group.in_force(), first);
    assert!(group.came(0, &version).contains(&"not-adopted".to_owned()));
}

#[test]
fn easier_terms_than_the_charters_adopt_nothing_whatever_is_written_in_the_decision() {
    let mut group = Group::new();
    let first = group.in_force();
    group.writes(3, "Di décide.");
    let about = group.about(3, 7);
    let decision = about.decision();
    let me = group.people[3].replica.me();
    let fields = [
        (DecisionField::Method, "vote"),
        (DecisionField::Threshold, ">=1/100"),
        (DecisionField::Question, "Di décide ?"),
        (DecisionField::Stage, "open"),
    ];
    let mut fields: Vec<_> = fields
        .map(|(field, value)| (field, value.to_owned()))
        .into();
    fields.push((DecisionField::Adopts, about.to_string()));
    group.forges(
        3,
        &decision,
        DecisionEdit::Init {
            title: "Di décide".into(),
            fields,
            text: String::new(),
        },
    );
    group.forges(
        3,
        &decision,
        DecisionEdit::Concern {
            member: me,
            off: false,
        },
    );
    group.votes(3, &decision, "for");
    group.on(3, "decision.end", &decision);
    let counted = group.on(3, "ballot.count", &decision);
    assert_eq!(
        counted.get("adopted"),
        None,
        "an honest program does not say so"
    );
    group.says_so(3, about.clone());
    group.meet();
    assert_eq!(group.in_force(), first);
    let charter = DocId::singleton(&group.network, DocKind::Charter);
    let version = Version::of(&charter, about.heads()).to_string();
    for who in 0..4 {
        assert_eq!(group.came(who, &version), ["other-terms"], "{}", name(who));
    }
}

#[test]
fn what_was_adopted_stays_so_whatever_one_member_writes_in_the_decision_afterwards() {
    let mut group = Group::new();
    group.writes(0, "Une personne, une voix, relue chaque automne.");
    let (decision, version) = group.puts(0);
    group.meet();
    for who in 0..4 {
        group.votes(who, &decision, if who == 3 { "against" } else { "for" });
    }
    group.meet();
    group.on(1, "decision.end", &decision);
    group.on(1, "ballot.count", &decision);
    group.meet();
    assert_eq!(group.in_force(), Some(version.clone()));
    // Di gives it up, says that it was about something else, by other terms, put anew and ended later.
    let set = |field: DecisionField, value: &str| (field, Some(value.to_owned()));
    let other = group.about(3, 9).to_string();
    let given_up = vec![set(DecisionField::Stage, "withdrawn")];
    group.forges(3, &decision, DecisionEdit::SetAll { fields: given_up });
    group.forges(
        3,
        &decision,
        DecisionEdit::SetAll {
            fields: vec![
                set(DecisionField::Stage, "open"),
                set(DecisionField::Threshold, ">=1/1"),
                set(DecisionField::Question, "Autre chose ?"),
                set(DecisionField::Closes, "2093-01-01T12:00:00Z"),
                set(DecisionField::Adopts, &other),
            ],
        },
    );
    group.forges(3, &decision, DecisionEdit::Bin { restore: false });
    group.meet();
    assert_eq!(group.in_force(), Some(version.clone()));
    assert_eq!(group.came(2, &version), ["adopted"]);
}

#[test]
fn an_untrue_word_said_before_its_time_keeps_no_true_one_out() {
    let mut group = Group::new();
    group.writes(0, "Une personne, une voix, relue chaque automne.");
    let (autumn, second) = group.puts(0);
    group.meet();
    // Di says at once that a third version took the place of the second, which nobody has adopted yet.
    group.writes(3, "Une structure, une voix.");
    let replaced: Version = {
        let state = group.people[3].replica.network_ref(&group.network).unwrap();
        let facts = state.decision_facts.of(&autumn, &state.rows[&autumn].facts);
        let charter = DocId::singleton(&group.network, DocKind::Charter);
        Version::of(&charter, facts.adopting.as_ref().unwrap().heads())
    };
    let about = group.about_after(3, &replaced, 5);
    let charter = DocId::singleton(&group.network, DocKind::Charter);
    let third = Version::of(&charter, about.heads()).to_string();
    group.says_so(3, about.clone());
    group.meet();
    for who in 0..4 {
        assert_eq!(group.came(who, &third), ["overtaken"], "{}", name(who));
    }
    // The second is adopted, then the third is put as the charter says, by the decision that Di had spoken of.
    group.is_voted_for(&autumn);
    assert_eq!(
        group.on(1, "ballot.count", &autumn)["adopted"],
        json!(second)
    );
    group.meet();
    assert_eq!(group.in_force(), Some(second));
    let spoken_of = about.decision();
    let fields = [
        (DecisionField::Method, "vote"),
        (DecisionField::Threshold, ">=2/3"),
        (DecisionField::Quorum, "3"),
        (DecisionField::Question, "Cette version ?"),
        (DecisionField::Stage, "open"),
    ];
    let fields = fields.map(|(field, value)| (field, value.to_owned()));
    let adopts = (DecisionField::Adopts, about.to_string());
    group.forges(
        3,
        &spoken_of,
        DecisionEdit::Init {
            title: "Une structure, une voix".into(),
            fields: fields.into_iter().chain([adopts]).collect(),
            text: String::new(),
        },
    );
    group.meet();
    group.is_voted_for(&spoken_of);
    let counted = group.on(1, "ballot.count", &spoken_of);
    assert_eq!(
        counted["adopted"],
        json!(third),
        "an honest program says so again"
    );
    group.meet();
    assert_eq!(group.in_force(), Some(third.clone()));
    for who in 0..4 {
        assert_eq!(group.came(who, &third), ["adopted"], "{}", name(who));
    }
}

#[test]
fn what_did_not_come_out_where_it_was_said_holds_where_it_is_said_once_fewer_must_be_asked() {
    let mut group = Group::without_a_charter();
    group.does(
        0,
        json!({ "command": "charter.set", "field": "threshold", "value": ">=2/3" }),
    );
    let first = group.adopts_by_consents();
    group.writes(0, "Une personne, une voix, relue chaque automne.");
    let (decision, version) = group.puts(0);
    group.meet();
    for who in [0, 1] {
        group.votes(who, &decision, "for");
    }
    group.meet();
    group.on(1, "decision.end", &decision);
    let counted = group.on(1, "ballot.count", &decision);
    assert_eq!(counted.get("adopted"), None, "two of four are not most");
    group.meet();
    let about = {
        let state = group.people[3].replica.network_ref(&group.network).unwrap();
        let facts = state
            .decision_facts
            .of(&decision, &state.rows[&decision].facts);
        facts.adopting.clone().unwrap()
    };
    group.says_so(3, about);
    group.meet();
    assert_eq!(group.in_force(), Some(first));
    assert_eq!(group.came(2, &version), ["not-adopted"]);
    // Di leaves. Of three, two are most, and whoever says so now says what is true.
    group.does(3, json!({ "command": "network.leave" }));
    group.two_meet(0, 3);
    group.people.pop();
    group.meet();
    assert_eq!(group.came(2, &version), ["to-record"]);
    let recorded = group.on(2, "version.record", &decision);
    assert_eq!(recorded["version"], json!(version));
    group.meet();
    assert_eq!(group.in_force(), Some(version.clone()));
    assert_eq!(group.came(0, &version), ["adopted"]);
}

impl Group {
    /// All vote, one of them against, and it is ended.
    fn is_voted_for(&mut self, decision: &DocId) {
        for who in 0..4 {
            self.votes(who, decision, if who == 2 { "against" } else { "for" });
        }
        self.meet();
        self.on(1, "decision.end", decision);
    }
}
