//! Members who are made up: some come, some go, some have lost a machine; and everything that can be told of it.
#![allow(dead_code, reason = "each test file uses what it needs")]

use tresse_engine::{
    CaseAbout, CaseView, ConsentView, EndedView, FormerView, InvitationState, InvitationView,
    MachineView, MandateView, MemberView, MembersView, RulesView, TroubleView,
    model::{DeviceId, DocId, MemberId},
};

use crate::stage::person;

pub(crate) const ANA: MemberId = person(0xa1);
pub(crate) const BO: MemberId = person(0xb0);
pub(crate) const CLAIRE: MemberId = person(0xc1);
pub(crate) const DRISS: MemberId = person(0xd1);
const ELISE: MemberId = person(0xe1);
const FARID: MemberId = person(0xf1);
const GAELLE: MemberId = person(0x91);
pub(crate) const HUGO: MemberId = person(0x81);

/// Noon of a day.
pub(crate) fn at(day: &str) -> i64 {
    let noon = format!("{day}T12:00:00Z").parse::<jiff::Timestamp>();
    noon.unwrap().as_millisecond()
}

/// A machine whose short name looks drawn by lot and is always the same.
pub(crate) fn machine(number: u8) -> DeviceId {
    DeviceId::from_bytes(std::array::from_fn(|place| {
        let sum = usize::from(number) * 7 + (place + 3) * 29 * usize::from(number);
        u8::try_from(sum % 251).unwrap()
    }))
}

/// My other machine.
pub(crate) fn second_machine() -> DeviceId {
    machine(2)
}

pub(crate) fn hugos_machine() -> DeviceId {
    machine(9)
}

pub(crate) fn page() -> DocId {
    DocId::page([7; 16])
}

/// Rules that are not those in force.
pub(crate) fn other_rules() -> RulesView {
    RulesView {
        invite: 2,
        removal: "two-thirds".into(),
        ..rules()
    }
}

fn rules() -> RulesView {
    RulesView {
        invite: 1,
        removal: "majority".into(),
        readmission: "2".into(),
        change: "majority".into(),
    }
}

fn its(number: u8, since: &str) -> MachineView {
    MachineView {
        device: machine(number),
        label: String::new(),
        since: at(since),
        is_this: number == 1,
        here: matches!(number, 2 | 3),
        ended: None,
    }
}

fn lost(number: u8, since: &str, day: &str, by: MemberId) -> MachineView {
    MachineView {
        ended: Some(ended("revoked", &[by], day)),
        ..its(number, since)
    }
}

fn ended(how: &str, by: &[MemberId], day: &str) -> EndedView {
    EndedView {
        how: how.into(),
        by: by.to_vec(),
        at: at(day),
    }
}

fn member(
    id: MemberId,
    name: &str,
    [organisation, brings]: [&str; 2],
    admitted_by: Option<MemberId>,
    machines: Vec<MachineView>,
) -> MemberView {
    let active = machines.iter().filter(|machine| machine.ended.is_none());
    MemberView {
        id,
        name: name.into(),
        organisation: organisation.into(),
        engagement: "volunteer".into(),
        brings: brings.into(),
        expects: String::new(),
        added_value: String::new(),
        added_value_on: String::new(),
        photo: None,
        devices: active.map(|machine| machine.device).collect(),
        admitted_by,
        since: machines[0].since,
        is_me: id == ANA,
        here: machines.iter().any(|machine| machine.here),
        machines,
    }
}

fn people() -> Vec<MemberView> {
    vec![
        member(
            ANA,
            "Ana Vasconcel",
            ["Centre de formation de Sauvrelle", "Une salle, le jeudi"],
            None,
            vec![
                its(1, "2023-02-01"),
                its(2, "2023-09-12"),
                lost(5, "2023-02-03", "2023-09-10", ANA),
            ],
        ),
        member(
            BO,
            "Bo Lindqvist",
            ["Atelier vélo de Trémoire", "Des outils"],
            Some(ANA),
            vec![its(3, "2023-02-04")],
        ),
        member(
            CLAIRE,
            "Claire Aubin",
            ["Mairie de Basse-Ourve", ""],
            Some(BO),
            vec![its(4, "2023-03-11")],
        ),
        member(
            DRISS,
            "Driss Nahal",
            ["", "Du temps, le soir"],
            Some(ANA),
            vec![its(6, "2023-05-02"), its(7, "2024-01-08")],
        ),
        member(
            ELISE,
            "Élise Roux",
            ["Bibliothèque de Sauvrelle", ""],
            Some(CLAIRE),
            vec![its(8, "2023-06-21")],
        ),
    ]
}

fn consents(of: &[(MemberId, &str, &str)]) -> Vec<ConsentView> {
    of.iter()
        .map(|(by, name, day)| ConsentView {
            by: *by,
            name: (*name).into(),
            at: at(day),
        })
        .collect()
}

fn case(about: CaseAbout, consents: Vec<ConsentView>, need: usize, of: usize) -> CaseView {
    CaseView {
        about,
        mine: consents.iter().any(|consent| consent.by == ANA),
        out_of_reach: need > of,
        consents,
        need,
        of,
        state: "pending".into(),
    }
}

fn cases() -> Vec<CaseView> {
    let done = CaseView {
        state: "complete".into(),
        ..case(
            CaseAbout::Removal {
                member: GAELLE,
                name: "Gaëlle Morin".into(),
            },
            consents(&[(ANA, "Ana Vasconcel", "2024-02-01")]),
            3,
            5,
        )
    };
    vec![
        case(
            CaseAbout::Removal {
                member: BO,
                name: "Bo Lindqvist".into(),
            },
            consents(&[
                (CLAIRE, "Claire Aubin", "2024-03-03"),
                (DRISS, "Driss Nahal", "2024-03-04"),
            ]),
            3,
            4,
        ),
        done,
        case(
            CaseAbout::Readmission {
                member: HUGO,
                name: "Hugo Pinson".into(),
                device: hugos_machine(),
            },
            consents(&[(BO, "Bo Lindqvist", "2024-03-05")]),
            2,
            5,
        ),
        case(
            CaseAbout::Rules {
                rules: other_rules(),
            },
            consents(&[(ELISE, "Élise Roux", "2024-03-01")]),
            3,
            5,
        ),
        case(
            CaseAbout::Rules {
                rules: RulesView {
                    invite: 3,
                    ..rules()
                },
            },
            consents(&[(ANA, "Ana Vasconcel", "2024-02-28")]),
            6,
            5,
        ),
    ]
}

fn mandates() -> Vec<MandateView> {
    let mandate = |id: &str, role: &str, holder, from: &str, to: Option<&str>| MandateView {
        id: id.into(),
        role: role.into(),
        holder,
        from: at(from),
        to: to.map(at),
        by: ANA,
    };
    vec![
        mandate("mandate-1", "coordinator", CLAIRE, "2024-01-01", None),
        mandate(
            "mandate-2",
            "treasurer",
            FARID,
            "2023-01-01",
            Some("2023-12-31"),
        ),
        mandate(
            "mandate-3",
            "Mémoire des visites croisées",
            DRISS,
            "2024-02-01",
            Some("2094-01-31"),
        ),
    ]
}

fn troubles() -> Vec<TroubleView> {
    let aside = |number, name: &str, changes, reason: &str| TroubleView::SetAside {
        document: page(),
        title: "Bilan du forum".into(),
        device: machine(number),
        name: name.into(),
        changes,
        reason: reason.into(),
    };
    vec![
        TroubleView::Fork {
            device: machine(8),
            name: "Élise Roux".into(),
            documents: 2,
        },
        TroubleView::ActsLeftOut {
            device: machine(30),
            name: "Gaëlle Morin".into(),
            acts: 1,
        },
        aside(30, "Gaëlle Morin", 4, "late"),
        aside(8, "Élise Roux", 1, "fork"),
        TroubleView::Refused {
            document: page(),
            title: "Bilan du forum".into(),
            device: machine(3),
            name: "Bo Lindqvist".into(),
            code: "document-unsealed".into(),
            times: 3,
            at: at("2024-03-02"),
        },
    ]
}

fn invitation(id: &str, by: MemberId, state: InvitationState) -> InvitationView {
    InvitationView {
        id: id.into(),
        by,
        made: at("2026-11-20"),
        expires: at("2026-12-01"),
        uses: 2,
        uses_left: 2,
        used_by: Vec::new(),
        awaits: usize::from(state == InvitationState::Awaited),
        mine: by == ANA,
        state,
    }
}

fn invitations() -> Vec<InvitationView> {
    let half_used = InvitationView {
        uses: 5,
        uses_left: 3,
        used_by: vec![BO, FARID],
        ..invitation("invitation-3", CLAIRE, InvitationState::Open)
    };
    vec![
        invitation("invitation-1", ANA, InvitationState::Awaited),
        invitation("invitation-2", BO, InvitationState::Awaited),
        half_used,
    ]
}

/// Invitations that let nobody in any more.
fn past_invitations() -> Vec<InvitationView> {
    let used = InvitationView {
        uses: 1,
        uses_left: 0,
        used_by: vec![CLAIRE],
        made: at("2024-02-11"),
        ..invitation("invitation-4", ANA, InvitationState::Used)
    };
    vec![
        invitation("invitation-5", CLAIRE, InvitationState::Closed),
        invitation("invitation-6", BO, InvitationState::Expired),
        used,
    ]
}

/// Everything at once, as Ana sees it.
pub(crate) fn view() -> MembersView {
    MembersView {
        members: people(),
        former: vec![
            FormerView {
                id: FARID,
                name: "Farid Belkacem".into(),
                ended: ended("left", &[FARID], "2023-11-30"),
            },
            FormerView {
                id: GAELLE,
                name: "Gaëlle Morin".into(),
                ended: ended("removed", &[ANA, CLAIRE, DRISS], "2024-02-01"),
            },
        ],
        invitations: invitations(),
        past_invitations: past_invitations(),
        rules: rules(),
        cases: cases(),
        ended_mandates: Vec::new(),
        mandates: mandates(),
        troubles: troubles(),
        writable: true,
    }
}

/// The same once Ana has been removed.
pub(crate) fn seen_from_outside() -> MembersView {
    let mut view = view();
    view.members.remove(0);
    view.former.insert(
        0,
        FormerView {
            id: ANA,
            name: "Ana Vasconcel".into(),
            ended: ended("removed", &[BO, CLAIRE, DRISS], "2024-03-03"),
        },
    );
    view.cases.truncate(1);
    view.troubles.clear();
    view.writable = false;
    view
}
