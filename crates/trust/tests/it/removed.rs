//! A removed member with a modified client and any number of invented friends, against random
//! networks.

use proptest::{prelude::*, sample::Index};
use tresse_trust::{ActId, Body, Cuts, Membership};

use crate::people::{Person, meet, removal, stay, ticket};

/// How a network came about: who let in whom, what was said between, and who was there.
#[derive(Debug, Clone)]
struct Story {
    /// Who let in each person after the founder.
    sponsors: Vec<Index>,
    /// What was said before the removal: by whom, and who else heard it.
    said: Vec<(Index, Index)>,
    /// When the one who is removed came in; 0: they are the founder.
    mal: usize,
    /// Whether all who consent to the removal know each other's consent at once.
    together: bool,
}

fn stories(mal: impl Strategy<Value = usize>) -> impl Strategy<Value = Story> {
    let sponsors = proptest::collection::vec(any::<Index>(), 3..6);
    let said = proptest::collection::vec(any::<(Index, Index)>(), 0..6);
    (sponsors, said, mal, any::<bool>()).prop_map(|(sponsors, said, mal, together)| Story {
        mal: mal.min(sponsors.len()),
        sponsors,
        said,
        together,
    })
}

/// What the forger does from some point in the past.
#[derive(Debug, Clone)]
enum Move {
    /// Invents friends and has them, and themself, consent to the removal of somebody.
    Assault(Index, usize, Index),
    /// Has the friends re-admit them.
    Return(Index, usize),
    /// Leaves once more, after inventing friends.
    Leave(Index, usize),
    /// Has friends consent to the forger's own removal.
    Join(Index, usize),
}

fn moves() -> impl Strategy<Value = Vec<Move>> {
    let friends = 0..6usize;
    let one = prop_oneof![
        4 => (any::<Index>(), friends.clone(), any::<Index>())
            .prop_map(|(point, friends, target)| Move::Assault(point, friends, target)),
        1 => (any::<Index>(), friends.clone()).prop_map(|(point, friends)| Move::Return(point, friends)),
        1 => (any::<Index>(), friends.clone()).prop_map(|(point, friends)| Move::Leave(point, friends)),
        1 => (any::<Index>(), friends).prop_map(|(point, friends)| Move::Join(point, friends)),
    ];
    proptest::collection::vec(one, 1..6)
}

/// The people, the one who is removed last, after the removal. Nobody was let in by that one unless they founded
/// the network.
fn removed(story: &Story) -> (Vec<Person>, Person) {
    let mut founder = Person::founder("p0", 1);
    let network = founder.acts.network();
    founder.invites(&ticket(0), 50);
    let mut people = vec![founder];
    for (at, sponsor) in story.sponsors.iter().enumerate() {
        let joiner = Person::outsider(&format!("p{}", at + 1), 2 + at as u8, network);
        let mut by = sponsor.index(people.len());
        if by == story.mal {
            by = 0;
        }
        let founder = people[0].clone();
        people[by].learns_from(&founder);
        people[by].admits(&joiner, &ticket(0));
        let mut joiner = joiner;
        joiner.learns_from(&people[by]);
        let known = people[by].clone();
        people[0].learns_from(&known);
        people.push(joiner);
    }
    for (who, hears) in &story.said {
        let who = who.index(people.len());
        people[who].says(&Body::Unknown {
            kind: 900,
            bytes: Vec::new(),
        });
        let known = people[who].clone();
        people[hears.index(story.sponsors.len() + 1)].learns_from(&known);
    }
    if story.mal == 0 {
        // The founder has seen everybody and said so. (Of a silent founder and the one person they let in,
        // nobody can tell who of the two invented the rest.)
        people[0].says(&Body::Witness);
        let founder = people[0].clone();
        people[1].learns_from(&founder);
    }
    let mut mal = people.remove(story.mal);
    meet(&mut people.iter_mut().collect::<Vec<_>>());
    for at in 0..people.len() {
        people[at].removes(&mal);
        if story.together {
            let known = people[at].clone();
            for one in &mut people {
                one.learns_from(&known);
            }
        }
    }
    meet(&mut people.iter_mut().collect::<Vec<_>>());
    people[0].completes();
    meet(&mut people.iter_mut().collect::<Vec<_>>());
    mal.learns_from(&people[0]);
    (people, mal)
}

struct Forger {
    mal: Person,
    before: Membership,
    friends: u8,
    /// The acts that the forger builds on.
    points: Vec<ActId>,
    targets: Vec<Person>,
}

impl Forger {
    /// Friends let in after this point, and the newest of the acts that let them in.
    fn invents(&mut self, point: ActId, count: usize) -> (Vec<Person>, ActId) {
        let invite = Body::Invite {
            invite: ticket(90).key(),
            uses: 200,
            expires_ms: 10_000,
        };
        let mut newest = self.mal.forges(&[point], &invite).id();
        let mut friends = Vec::new();
        for _ in 0..count {
            self.friends += 1;
            let friend = Person::outsider("Friend", 100 + self.friends, self.mal.acts.network());
            let consent = friend.consents(&ticket(90));
            newest = self.mal.forges(&[newest], &Body::Admit { consent }).id();
            friends.push(friend);
        }
        (friends, newest)
    }

    fn all_say(&mut self, friends: &mut [Person], after: &[ActId], body: &Body, mal_too: bool) {
        let mut after = after.to_vec();
        if mal_too {
            after = vec![self.mal.forges(&after, body).id()];
        }
        for friend in friends {
            after = vec![friend.forges(&after, body).id()];
            self.mal.learns_from(friend);
        }
    }

    fn does(&mut self, one: &Move) {
        let (Move::Assault(point, count, _)
        | Move::Return(point, count)
        | Move::Leave(point, count)
        | Move::Join(point, count)) = one;
        let point = *point.get(&self.points);
        let (mut friends, newest) = self.invents(point, *count);
        let me = self.mal.member();
        match one {
            Move::Assault(_, _, target) => {
                let target = target.get(&self.targets).member();
                let body = removal(&self.before, &target);
                let after = [newest, stay(&self.before, &target)];
                self.all_say(&mut friends, &after, &body, true);
            }
            Move::Return(..) => {
                let body = Body::Readmit {
                    member: me,
                    stay: stay(&self.before, &me),
                    consent: tresse_trust::LinkConsent::sign(
                        self.mal.acts.network(),
                        me,
                        &self.mal.key,
                    ),
                    cuts: Cuts::default(),
                };
                self.all_say(&mut friends, &[newest], &body, false);
            }
            Move::Leave(..) => {
                let cuts = Cuts::default();
                self.mal.forges(&[newest], &Body::Leave { cuts });
            }
            Move::Join(..) => {
                let body = removal(&self.before, &me);
                self.all_say(&mut friends, &[newest], &body, false);
            }
        }
    }
}

fn unharmed(people: &mut [Person], mal: &Person, before: &Membership) -> Result<(), TestCaseError> {
    for one in people.iter_mut() {
        one.learns_from(mal);
        let sees = one.sees();
        let members = |sees: &Membership| sees.members().cloned().collect::<Vec<_>>();
        prop_assert_eq!(members(&sees), members(before));
        prop_assert!(sees.devices().eq(before.devices()));
        prop_assert_eq!(sees.rules(), before.rules());
        // They go on, and what they say vouches for nothing forged.
        let said = one.says(&Body::Unknown {
            kind: 901,
            bytes: Vec::new(),
        });
        prop_assert!(one.sees().holds(&said.id()));
        prop_assert_eq!(members(&one.sees()), members(before));
    }
    Ok(())
}

fn forger(mal: Person, people: &[Person], points: Vec<ActId>) -> Forger {
    Forger {
        before: people[0].sees(),
        mal,
        friends: 0,
        points,
        targets: people.to_vec(),
    }
}

proptest! {
    #[test]
    fn a_removed_member_never_comes_back_and_never_removes_anybody(
        story in stories(1usize..6), moves in moves(),
    ) {
        let (mut people, mal) = removed(&story);
        let before = people[0].sees();
        prop_assert_eq!(before.members().len(), people.len());
        let points: Vec<ActId> = mal.acts.ids().copied().collect();
        let mut forger = forger(mal, &people, points);
        for one in &moves {
            forger.does(one);
        }
        unharmed(&mut people, &forger.mal, &before)?;
    }

    #[test]
    fn nor_does_a_removed_founder_who_has_seen_the_others_and_does_not_deny_it(
        story in stories(Just(0usize)), moves in moves(),
    ) {
        let (mut people, mal) = removed(&story);
        let before = people[0].sees();
        prop_assert_eq!(before.members().len(), people.len());
        // The acts after all that the founder said.
        let mine: Vec<ActId> = mal
            .acts
            .iter()
            .filter(|act| act.act().device == mal.device())
            .map(tresse_trust::VerifiedAct::id)
            .collect();
        let points = mal
            .acts
            .ids()
            .copied()
            .filter(|id| mine.iter().all(|own| own == id || knows(&mal, id, own)))
            .collect();
        let mut forger = forger(mal, &people, points);
        for one in &moves {
            forger.does(one);
        }
        unharmed(&mut people, &forger.mal, &before)?;
    }
}

/// Whether the act `earlier` stands before the act `id`.
fn knows(one: &Person, id: &ActId, earlier: &ActId) -> bool {
    let after = one.acts.get(id).map(|act| &act.act().after);
    after
        .into_iter()
        .flatten()
        .any(|act| act == earlier || knows(one, act, earlier))
}
