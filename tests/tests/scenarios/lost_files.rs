//! Files that somebody deletes, or that go bad, while Tresse runs.

use std::{fs, path::Path};

use serde_json::json;
use tresse_engine::{Command, Engine, Options, Progress, Unlock};
use tresse_tests::{Peer, word};

fn add_value(network: &str, text: &str) -> Command {
    let command = json!({ "command": "value.add", "network": network, "text": text });
    serde_json::from_value(command).unwrap()
}

#[cfg(unix)]
#[test]
fn when_the_files_are_deleted_under_it_one_is_told_and_a_backup_saves_all_that_is_shown() {
    let ana = Peer::named("Ana");
    let network = ana.founds("Les bords du fleuve");
    ana.does(json!({ "command": "value.add", "network": network, "text": "Avant" }));
    let engine = Engine::open(ana.profile(), Options::default()).unwrap();
    for entry in fs::read_dir(ana.profile()).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            fs::remove_file(path).unwrap();
        }
    }
    let refusal = engine.call(add_value(&network, "Après")).unwrap_err();
    assert_eq!(refusal.code, "not-saved", "{refusal:?}");
    let view = engine.fresh_view().unwrap();
    let told = view.notices.iter().any(|notice| {
        let mut args = notice.args.iter();
        notice.code == "not-saved" && args.any(|(_, said)| said == "profile-gone")
    });
    assert!(told, "{:?}", view.notices);
    assert!(view.status.unsaved > 0, "it is not called saved");
    let file = ana.path("sauvetage.tresse");
    engine
        .backup(&file, None, u64::MAX, &Progress::default())
        .unwrap();
    engine.close();
    let saved = ana.path("de nouveau");
    Engine::restore(&file, &saved, &Unlock::default(), &Progress::default()).unwrap();
    assert_eq!(values(&saved), ["Avant", "Après"]);
}

fn values(profile: &Path) -> Vec<String> {
    let engine = Engine::open(profile, Options::default()).unwrap();
    let view = engine.fresh_view().unwrap();
    let values = &view.networks[0].charter.content.values;
    let values = values.iter().map(|value| value.text.clone()).collect();
    engine.close();
    values
}

#[test]
fn with_a_page_of_the_database_gone_bad_a_backup_and_a_peer_give_everything_again() {
    let (ana, bo) = (Peer::named("Ana"), Peer::named("Bo"));
    let network = ana.founds("Les bords du fleuve");
    let page = ana.writes_page(&network, "Carnet", "Avant la sauvegarde.\n");
    let (door, ticket) = ana.welcomes(&network, 1);
    bo.joins(&ticket);
    door.stops();
    let backup = ana.path("copie.tresse");
    let backup = backup.to_str().unwrap();
    ana.verb(["backup", backup]).one();
    ana.does(
        json!({ "command": "page.edit", "network": network, "page": page, "at": 0,
        "insert": "Après la sauvegarde. " }),
    );
    let door = ana.serves();
    bo.meets(&door);
    door.stops();

    // A block of the file goes bad. One is told, whichever it is, and nothing is taken for whole.
    let database = ana.profile().join("tresse.db");
    let mut bytes = fs::read(&database).unwrap();
    let second = bytes.get_mut(4096..8192).unwrap();
    second.fill(0xA5);
    fs::write(&database, bytes).unwrap();
    let checked = ana.verb(["check"]);
    assert_ne!(checked.exit, 0, "{:?}", checked.lines);

    let anew = Peer::without_profile("Ana");
    anew.verb(["restore", backup]).one();
    anew.is_sound();
    let door = bo.serves();
    anew.meets(&door);
    door.stops();
    assert_eq!(
        anew.text(&network, &page),
        "Après la sauvegarde. Avant la sauvegarde.\n"
    );
    assert_eq!(anew.digest(&network), bo.digest(&network));
    anew.is_sound();
    assert_eq!(word(&anew.networks()[0]["name"]), "Les bords du fleuve");
}
