//! More members in one place than each tells at once.

use std::{
    collections::BTreeSet,
    path::Path,
    sync::mpsc::Receiver,
    time::{Duration, Instant},
};

use tresse_engine::{
    Command, Engine, Event, Options, Protection, TextEdit,
    model::{DeviceId, DocId, NetworkId},
};
use tresse_tests::{PATIENCE, contact, on_loopback};

const NAMES: [&str; 7] = ["Ana", "Bo", "Chloé", "Dan", "Émilie", "Farid", "Gaëlle"];

struct Machine {
    engine: Engine,
    events: Receiver<Event>,
}

impl Machine {
    fn opens(profile: &Path, others: &[Self]) -> Self {
        let others: Vec<_> = others.iter().map(|one| contact(&one.engine)).collect();
        let (engine, events) = Engine::open_listening(profile, on_loopback(&others)).unwrap();
        Self { engine, events }
    }

    fn hears(&self, what: &str, mut wanted: impl FnMut(&Event) -> bool) {
        let end = Instant::now() + PATIENCE;
        loop {
            let left = end.saturating_duration_since(Instant::now());
            let event = self.events.recv_timeout(left);
            let event = event.unwrap_or_else(|_| panic!("never heard: {what}"));
            if let Event::JoinRefused { code, .. } = &event {
                panic!("refused: {code}");
            }
            if wanted(&event) {
                return;
            }
        }
    }
}

fn insert(network: NetworkId, page: DocId, text: &str) -> Command {
    Command::PageEdit {
        network,
        page,
        edit: TextEdit {
            at: Some(0),
            insert: Some(text.into()),
            ..TextEdit::default()
        },
    }
}

fn all_equal(machines: &[Machine], network: &NetworkId) {
    let end = Instant::now() + PATIENCE;
    loop {
        let digests: Vec<_> = machines
            .iter()
            .map(|one| one.engine.digest(network).unwrap())
            .collect();
        if digests.windows(2).all(|two| two[0] == two[1]) {
            return;
        }
        assert!(Instant::now() < end, "they never became equal");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn who_comes_to_a_full_room_is_let_in_comes_back_and_hears_all_and_everybody_is_in_step() {
    let folder = tempfile::tempdir().unwrap();
    let profile = |name: &str| folder.path().join(name);
    for name in NAMES {
        Engine::init(&profile(name), name, "fr", &Protection::Open).unwrap();
    }
    let ana = Machine::opens(&profile("Ana"), &[]);
    let found = Command::NetworkCreate {
        name: "La salle pleine".into(),
        template: None,
    };
    let answer = ana.engine.call(found).unwrap();
    let network: NetworkId = answer["network"].as_str().unwrap().parse().unwrap();
    let write = Command::PageCreate {
        network,
        title: "Carnet".into(),
        tags: Vec::new(),
        text: None,
    };
    let answer = ana.engine.call(write).unwrap();
    let page: DocId = answer["page"].as_str().unwrap().parse().unwrap();
    let mut machines = vec![ana];
    // Each joins by Ana, whose machine is linked with all who came before, and stays.
    for name in &NAMES[1..] {
        let invite = Command::InviteCreate {
            network,
            uses: 1,
            expires_in: 3_600,
        };
        let answer = machines[0].engine.call(invite).unwrap();
        let ticket = answer["ticket"].as_str().unwrap().to_owned();
        let newcomer = Machine::opens(&profile(name), &machines);
        newcomer
            .engine
            .call(Command::InviteAccept { ticket })
            .unwrap();
        newcomer.hears("this device is in", |event| {
            matches!(event, Event::Joined { .. })
        });
        machines.push(newcomer);
    }
    all_equal(&machines, &network);
    for (machine, name) in machines.iter().zip(NAMES) {
        machine
            .engine
            .call(insert(network, page, &format!("{name} est là. ")))
            .unwrap();
    }
    all_equal(&machines, &network);

    // One goes, writes alone and comes back, dialling those who are linked with many.
    let left = machines.pop().unwrap();
    left.engine.close();
    let alone = Engine::open(&profile("Gaëlle"), Options::default()).unwrap();
    alone
        .call(insert(network, page, "Écrit dans le train. "))
        .unwrap();
    alone.close();
    let back = Machine::opens(&profile("Gaëlle"), &machines);
    let mut left: BTreeSet<DeviceId> = machines.iter().map(|one| contact(&one.engine).0).collect();
    back.hears("it is in step with each", |event| {
        if let Event::InStep { device, .. } = event {
            left.remove(device);
        }
        left.is_empty()
    });
    machines.push(back);
    all_equal(&machines, &network);
    for machine in machines {
        assert_eq!(machine.engine.check().unwrap(), []);
        machine.engine.close();
    }
}
