use proptest::prelude::*;
use tresse_trust::{ActSet, Body, Consent, Cuts, InviteSecret, Membership, evaluate, member_id};

use super::*;

fn key(seed: u8) -> DeviceKey {
    DeviceKey::from_seed([seed; 32])
}

fn device(seed: u8) -> DeviceId {
    key(seed).id()
}

fn secret() -> NetworkSecret {
    NetworkSecret::from_bytes([5; 32])
}

fn page() -> DocId {
    DocId::page([8; 16])
}

/// Devices 1 to 3 are members', 4 was one and left; nobody knows the others.
fn members() -> (NetworkId, Membership) {
    let mut acts = ActSet::found(&key(1), 1, "Ana", [0; 16]).unwrap();
    let network = acts.network();
    let invite = InviteSecret::from_seed([9; 32]);
    let mut say = |by: u8, body: &Body| {
        let now = evaluate(&acts);
        let act = acts.sign(&now, &key(by), 1, body).unwrap();
        acts.insert(act).unwrap();
    };
    say(
        1,
        &Body::Invite {
            invite: invite.key(),
            uses: 9,
            expires_ms: 9,
        },
    );
    for seed in 2..=4 {
        let member = member_id(&device(seed));
        let consent = Consent::sign(network, &invite, &key(seed), member, "Bo");
        say(1, &Body::Admit { consent });
    }
    let cuts = Cuts::new(Vec::new()).unwrap();
    say(4, &Body::Leave { cuts });
    (network, evaluate(&acts))
}

/// A network, and one of its devices (1) that listens.
struct Hall {
    network: NetworkId,
    members: Membership,
    company: Company,
    now: u64,
}

impl Hall {
    fn new() -> Self {
        let (network, members) = members();
        Self {
            network,
            members,
            company: Company::default(),
            now: 0,
        }
    }

    fn word(&self, seed: u8, (run, count): (u64, u64), said: Said) -> Vec<u8> {
        let order = Order { run, count };
        seal_presence(&secret(), &self.network, &key(seed), order, said, [2; SALT])
    }

    fn hear(&mut self, bytes: &[u8]) -> Result<Heard, PresenceRefusal> {
        let of = (&self.network, &secret());
        self.company
            .hear(bytes, of, &self.members, &device(1), self.now)
    }

    fn says(&mut self, seed: u8, order: (u64, u64), said: Said) -> Result<Heard, PresenceRefusal> {
        let word = self.word(seed, order, said);
        self.hear(&word)
    }

    fn here(&self) -> Vec<DeviceId> {
        self.company.here().map(|here| here.device).collect()
    }
}

fn here() -> Said {
    Said::Here(None)
}

fn writing(op: u32) -> Said {
    let head = Caret::Before {
        actor: [255; 16],
        op,
    };
    Said::Here(Some(Spot {
        doc: page(),
        selection: Some(Selection { head, tail: head }),
    }))
}

#[test]
fn a_member_is_here_then_at_a_page_then_gone() {
    let mut hall = Hall::new();
    assert_eq!(hall.says(2, (1, 1), here()), Ok(Heard::Came));
    assert_eq!(hall.says(2, (1, 2), here()), Ok(Heard::Still));
    assert_eq!(hall.says(2, (1, 3), writing(7)), Ok(Heard::Moved));
    let spot = hall.company.here().next().unwrap().spot.unwrap();
    assert_eq!(Said::Here(Some(spot)), writing(7));
    assert_eq!(hall.says(2, (1, 4), Said::Leaving), Ok(Heard::Moved));
    assert_eq!(hall.here(), []);
}

#[test]
fn who_says_nothing_for_long_is_gone_and_comes_back_by_a_word() {
    let mut hall = Hall::new();
    hall.says(2, (1, 1), here()).unwrap();
    hall.now = SILENCE / 2;
    hall.says(3, (1, 1), here()).unwrap();
    assert_eq!(hall.company.next(), Some(SILENCE));
    assert!(!hall.company.pass(SILENCE - 1));
    assert!(hall.company.pass(SILENCE));
    assert_eq!(hall.here(), [device(3)]);
    hall.now = SILENCE;
    assert_eq!(hall.says(2, (1, 2), here()), Ok(Heard::Came));
}

#[test]
fn words_that_come_out_of_order_or_again_are_refused_even_from_who_has_gone() {
    let mut hall = Hall::new();
    hall.says(2, (1, 5), writing(1)).unwrap();
    for order in [(1, 5), (1, 4), (0, 99)] {
        assert_eq!(hall.says(2, order, here()), Err(PresenceRefusal::Old));
    }
    hall.says(2, (1, 6), Said::Leaving).unwrap();
    assert_eq!(hall.says(2, (1, 5), here()), Err(PresenceRefusal::Old));
    hall.company.pass(10 * SILENCE);
    assert_eq!(hall.says(2, (1, 6), here()), Err(PresenceRefusal::Old));
    assert_eq!(hall.says(2, (2, 1), here()), Ok(Heard::Came));
}

#[test]
fn who_is_no_member_or_was_one_is_not_heard() {
    let mut hall = Hall::new();
    assert_eq!(hall.says(9, (1, 1), here()), Err(PresenceRefusal::Unknown));
    assert_eq!(hall.says(4, (1, 1), here()), Err(PresenceRefusal::Ended));
    assert_eq!(hall.says(1, (1, 1), here()), Err(PresenceRefusal::Own));
    assert_eq!(hall.here(), []);
}

#[test]
fn a_member_cannot_speak_for_another() {
    let mut hall = Hall::new();
    let word = Word {
        device: *device(2).as_bytes(),
        order: Order { run: 1, count: 1 },
        said: here().into(),
    };
    let forged = key(3).sign(CONTEXT, &signed(&hall.network, &word));
    let other_purpose = key(2).sign("tresse act 1", &signed(&hall.network, &word));
    let elsewhere = NetworkId::from_bytes([1; 20]);
    let other_network = key(2).sign(CONTEXT, &signed(&elsewhere, &word));
    for signature in [forged, other_purpose, other_network] {
        let plain = written(&(word.clone(), signature));
        let bytes = sealed(&hall.network, &plain);
        assert_eq!(hall.hear(&bytes), Err(PresenceRefusal::BadSignature));
    }
    let right = key(2).sign(CONTEXT, &signed(&hall.network, &word));
    let bytes = sealed(&hall.network, &written(&(word, right)));
    assert_eq!(hall.hear(&bytes), Ok(Heard::Came));
}

/// Any content, as who knows the secret may seal it.
fn sealed(network: &NetworkId, plain: &[u8]) -> Vec<u8> {
    let salt = [3; SALT];
    let payload = Payload {
        msg: plain,
        aad: network.as_bytes(),
    };
    let cipher = cipher(&secret(), &salt);
    let body = cipher.encrypt(&Nonce::default(), payload).unwrap();
    [&salt[..], &body].concat()
}

#[test]
fn a_word_of_another_network_or_another_secret_is_foreign() {
    let mut hall = Hall::new();
    let order = Order { run: 1, count: 1 };
    let elsewhere = NetworkId::from_bytes([1; 20]);
    let other = NetworkSecret::from_bytes([6; 32]);
    for (secret, network) in [(secret(), elsewhere), (other, hall.network)] {
        let word = seal_presence(&secret, &network, &key(2), order, here(), [2; SALT]);
        assert_eq!(hall.hear(&word), Err(PresenceRefusal::Foreign));
    }
}

/// As docs/network.md has it.
#[test]
fn a_word_is_as_long_as_is_said() {
    let hall = Hall::new();
    let at_page = Said::Here(Some(Spot {
        doc: page(),
        selection: None,
    }));
    // A run is a moment in milliseconds since 1970, and a place in a long text.
    let length = |said| hall.word(2, (1_796_000_000_000, 1000), said).len();
    let lengths = [Said::Here(None), at_page, writing(100_000)].map(length);
    assert_eq!(lengths, [146, 164, 204]);
}

#[test]
fn the_longest_word_has_room_and_a_longer_one_is_refused_unread() {
    let mut hall = Hall::new();
    let word = hall.word(2, (u64::MAX, u64::MAX), writing(u32::MAX));
    assert!(word.len() <= MAX_PRESENCE, "{} bytes", word.len());
    hall.hear(&word).unwrap();
    let long = vec![0; MAX_PRESENCE + 1];
    assert_eq!(hall.hear(&long), Err(PresenceRefusal::TooLong));
    assert_eq!(hall.hear(&[]), Err(PresenceRefusal::Malformed));
}

#[test]
fn what_follows_a_word_makes_it_malformed() {
    let mut hall = Hall::new();
    let bytes = hall.word(2, (1, 1), here());
    let claimed = Claimed::open(&secret(), &hall.network, &bytes).unwrap();
    let mut plain = written(&(claimed.word, claimed.signature));
    plain.push(0);
    let bytes = sealed(&hall.network, &plain);
    assert_eq!(hall.hear(&bytes), Err(PresenceRefusal::Malformed));
}

#[test]
fn a_topic_says_nothing_without_the_secret_and_differs_by_network() {
    let (a, b) = (
        NetworkId::from_bytes([1; 20]),
        NetworkId::from_bytes([2; 20]),
    );
    let topic = presence_topic(&secret(), &a);
    assert_eq!(topic, presence_topic(&secret(), &a));
    assert_ne!(topic, presence_topic(&secret(), &b));
    let other = NetworkSecret::from_bytes([6; 32]);
    assert_ne!(topic, presence_topic(&other, &a));
    assert!(!topic.windows(20).any(|part| part == a.as_bytes()));
}

#[test]
fn who_is_put_out_is_not_here_any_more() {
    let mut hall = Hall::new();
    hall.says(2, (1, 1), here()).unwrap();
    assert!(!hall.company.keep_members(&hall.members));
    let alone = ActSet::found(&key(1), 1, "Ana", [0; 16]).unwrap();
    assert!(hall.company.keep_members(&evaluate(&alone)));
    assert_eq!(hall.here(), []);
}

#[test]
fn the_end_of_a_link_shortens_the_wait_for_a_word() {
    let mut hall = Hall::new();
    hall.says(2, (1, 1), here()).unwrap();
    hall.company.unlinked(&device(2), 1_000);
    assert_eq!(hall.company.next(), Some(11_000));
    hall.now = 5_000;
    hall.says(2, (1, 2), here()).unwrap();
    assert_eq!(hall.company.next(), Some(5_000 + SILENCE));
}

#[test]
fn a_voice_speaks_at_a_change_and_else_now_and_then() {
    let mut voice = Voice::new(7);
    assert_eq!((voice.next(), voice.due(10)), (None, None));
    voice.say(Some(here()));
    assert_eq!(voice.due(10).map(|(_, said)| said), Some(here()));
    assert_eq!(voice.next(), Some(10 + HEARTBEAT));
    voice.say(Some(writing(1)));
    assert_eq!(voice.due(10 + PACE - 1), None);
    voice.say(Some(writing(2)));
    let (order, said) = voice.due(10 + PACE).unwrap();
    assert_eq!((said, order), (writing(2), Order { run: 7, count: 2 }));
    voice.repeat();
    assert_eq!(voice.next(), Some(10 + 2 * PACE));
    assert!(voice.due(10 + 2 * PACE).is_some());
    assert!(voice.due(10 + 3 * PACE).is_none());
}

#[test]
fn who_falls_silent_says_so_once_and_who_said_nothing_never() {
    let mut voice = Voice::new(1);
    voice.say(None);
    assert_eq!(voice.next(), None);
    voice.say(Some(here()));
    voice.due(0).unwrap();
    voice.say(None);
    assert_eq!(voice.due(1).map(|(_, said)| said), Some(Said::Leaving));
    assert_eq!((voice.next(), voice.due(HEARTBEAT * 9)), (None, None));
}

proptest! {
    #[test]
    fn arbitrary_bytes_are_refused_and_change_nothing(bytes in proptest::collection::vec(any::<u8>(), 0..MAX_PRESENCE + 8)) {
        let mut hall = Hall::new();
        prop_assert!(hall.hear(&bytes).is_err());
        prop_assert_eq!(hall.here(), []);
    }

    #[test]
    fn arbitrary_content_under_a_right_seal_is_refused(plain in proptest::collection::vec(any::<u8>(), 0..300)) {
        let mut hall = Hall::new();
        let bytes = sealed(&hall.network, &plain);
        prop_assert!(hall.hear(&bytes).is_err());
        prop_assert_eq!(hall.here(), []);
    }

    #[test]
    fn one_altered_bit_is_refused(at in 0usize..MAX_PRESENCE, bit in 0u8..8) {
        let mut hall = Hall::new();
        let mut word = hall.word(2, (1, 1), writing(5));
        let at = at % word.len();
        word[at] ^= 1 << bit;
        prop_assert!(hall.hear(&word).is_err());
    }

    #[test]
    fn in_whatever_order_words_come_the_newest_is_what_is_shown(
        orders in proptest::collection::vec((2u8..4, 0u64..4, 0u64..6, 0u32..3), 1..40)
    ) {
        let mut hall = Hall::new();
        for &(seed, run, count, op) in &orders {
            let said = if op == 0 { Said::Leaving } else { writing(op) };
            let newest = hall.company.devices.get(&device(seed)).map(|entry| entry.order);
            let heard = hall.says(seed, (run, count), said);
            prop_assert_eq!(heard.is_ok(), newest < Some(Order { run, count }));
        }
        for seed in 2..4 {
            // Of two words of one number, the one that came first.
            let mut newest: Option<((u64, u64), u32)> = None;
            for &(by, run, count, op) in &orders {
                if by == seed && newest.is_none_or(|(order, _)| order < (run, count)) {
                    newest = Some(((run, count), op));
                }
            }
            let is_here = hall.here().contains(&device(seed));
            prop_assert_eq!(is_here, newest.is_some_and(|(_, op)| op != 0));
        }
    }

    #[test]
    fn a_voice_keeps_its_pace_and_is_never_silent_for_long(
        steps in proptest::collection::vec((1u64..3_000, 0u32..4), 1..200)
    ) {
        let mut voice = Voice::new(1);
        voice.say(Some(here()));
        let (mut now, mut last) = (0, None);
        for (pause, what) in steps {
            now += pause;
            voice.say(Some(writing(what)));
            if let Some((order, said)) = voice.due(now) {
                prop_assert_eq!(said, writing(what));
                if let Some((at, before)) = last {
                    prop_assert!(now - at >= PACE && order > before);
                }
                last = Some((now, order));
            }
            prop_assert!(last.is_none_or(|(at, _)| now - at < HEARTBEAT));
        }
    }
}
