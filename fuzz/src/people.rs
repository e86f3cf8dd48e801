//! Who is there: one network, the same in every run.

use tresse_model::{DocId, NetworkId};
use tresse_trust::{
    ActSet, Body, Consent, Cuts, DeviceKey, Incarnation, InviteSecret, Membership, evaluate,
    member_id,
};

pub(crate) const LIFE: Incarnation = Incarnation(0);
/// When everything happens.
pub(crate) const NOW: u64 = 1_000;

pub(crate) fn key(seed: u8) -> DeviceKey {
    DeviceKey::from_seed([seed; 32])
}

pub(crate) fn invite() -> InviteSecret {
    InviteSecret::from_seed([99; 32])
}

/// A network whose members have the devices 1 to 4. Device 5 was removed; the invitation lets more in.
pub(crate) fn acts() -> ActSet {
    let mut acts = ActSet::found(&key(1), NOW, "Ana", [0; 16]).expect("a founding act");
    let network = acts.network();
    let open = Body::Invite {
        invite: invite().key(),
        uses: 9,
        expires_ms: NOW * NOW,
    };
    say(&mut acts, 1, &open);
    for seed in 2..=5 {
        let consent = consent(network, seed);
        say(&mut acts, 1, &Body::Admit { consent });
    }
    let member = member_id(&key(5).id());
    for seed in 1..=3 {
        let sees = evaluate(&acts);
        let stay = sees.member(&member).map(|member| member.act);
        let removal = stay.map(|stay| Body::Remove {
            member,
            stay,
            cuts: Cuts::default(),
        });
        removal
            .iter()
            .for_each(|removal| say(&mut acts, seed, removal));
    }
    assert_eq!(evaluate(&acts).members().len(), 4);
    acts
}

/// Adds an act by the device of this number.
pub(crate) fn say(acts: &mut ActSet, seed: u8, body: &Body) {
    let act = acts.sign(&evaluate(acts), &key(seed), NOW, body);
    acts.insert(act.expect("an act")).expect("of this network");
}

pub(crate) fn consent(network: NetworkId, seed: u8) -> Consent {
    let member = member_id(&key(seed).id());
    Consent::sign(network, &invite(), &key(seed), member, "Bo")
}

pub(crate) fn members() -> (NetworkId, Membership) {
    let acts = acts();
    (acts.network(), evaluate(&acts))
}

pub(crate) const fn page() -> DocId {
    DocId::page([77; 16])
}
