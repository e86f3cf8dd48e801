//! Files attached to pages and meetings, between members each on their own machine.

use std::{fs, path::Path};

use serde_json::{Value, json};
use tresse_tests::{Cable, Host, Peer, hosts_can_be_made, word};

/// A file whose words can be looked for.
fn words(length: usize) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(length + 64);
    for line in 0.. {
        if bytes.len() >= length {
            break;
        }
        bytes.extend_from_slice(format!("Le secret du fleuve, ligne {line}.\n").as_bytes());
    }
    bytes.truncate(length);
    bytes
}

fn add(network: &str, document: &str, path: &Path) -> Value {
    json!({ "command": "attachment.add", "network": network, "document": document, "path": path })
}

fn fetch(network: &str, attachment: &str) -> Value {
    json!({ "command": "attachment.fetch", "network": network, "attachment": attachment })
}

fn save(network: &str, attachment: &str, path: &Path) -> Value {
    json!({ "command": "attachment.save", "network": network, "attachment": attachment, "path": path })
}

fn on_demand(network: &str) -> Value {
    json!({ "command": "attachment.keep", "network": network, "always": false })
}

/// The file with this name in the list of a machine that works alone.
#[track_caller]
fn listed(peer: &Peer, network: &str, name: &str) -> Value {
    let rows = peer.verb(["file", "list", network]).done();
    let found = rows.iter().find(|row| row["name"] == name);
    found
        .unwrap_or_else(|| panic!("no « {name} » in {rows:?}"))
        .clone()
}

/// Nothing of these bytes lies anywhere in a profile's folder.
#[track_caller]
fn lies_nowhere(folder: &Path, text: &[u8]) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            lies_nowhere(&path, text);
            continue;
        }
        let held = fs::read(&path).unwrap();
        let found = held.windows(text.len()).any(|part| part == text);
        assert!(!found, "{}", path.display());
    }
}

/// Ana and Bo in one network with one page, each at rest.
fn two() -> (Peer, Peer, String, String) {
    let (ana, bo) = (Peer::named("Ana"), Peer::named("Bo"));
    let network = ana.founds("Les bords du fleuve");
    let page = ana.writes_page(&network, "Dossier", "Voir la pièce jointe.");
    let (door, ticket) = ana.welcomes(&network, 1);
    bo.joins(&ticket);
    door.stops();
    (ana, bo, network, page)
}

#[test]
fn a_file_is_attached_offline_fetched_on_demand_and_saved_as_it_was() {
    let (ana, bo, network, page) = two();
    bo.does(on_demand(&network));
    let plain = words(700_000);
    let path = ana.path("Bilan 2026.txt");
    fs::write(&path, &plain).unwrap();
    let added = ana
        .verb(["file", "add", &network, &page, path.to_str().unwrap()])
        .one();
    assert_eq!(added["size"], plain.len());
    let file = word(&added["attachment"]);
    assert_eq!(listed(&ana, &network, "Bilan 2026.txt")["here"], true);
    let shown = &ana.page(&network, &page)["content"]["attachments"][0];
    assert_eq!(
        (&shown["name"], &shown["media"], &shown["by"]),
        (
            &json!("Bilan 2026.txt"),
            &json!("text/plain"),
            &json!(ana.member())
        )
    );
    assert!(shown["key"].is_null(), "what opens it is not shown");

    // Bo meets Ana: he knows of the file, and it stays where it is.
    let door = ana.serves();
    bo.meets(&door);
    assert_eq!(listed(&bo, &network, "Bilan 2026.txt")["here"], false);
    // Asked for alone, it cannot be had; beside Ana, it can.
    door.stops();
    let alone = ["file", "fetch", &network, &file, "--lan-only"];
    let nobody = bo.verb(alone.into_iter().chain(["--timeout", "1"]));
    assert_eq!(nobody.refused().code, "file-nobody-reachable");
    let door = ana.serves();
    let to = bo.path("reçu.txt");
    let to_str = to.to_str().unwrap();
    let contact = door.contact();
    bo.verb([
        "file",
        "save",
        &network,
        &file,
        to_str,
        "--lan-only",
        "--peer",
        &contact,
    ])
    .one();
    door.stops();
    assert_eq!(fs::read(&to).unwrap(), plain);
    assert_eq!(listed(&bo, &network, "Bilan 2026.txt")["here"], true);

    // What is there is never written over unasked.
    let again = bo.may_not(save(&network, &file, &to));
    assert_eq!(again.code, "file-exists");
    // An export has it beside the texts, and a file that is damaged on the disk is noticed.
    let folder = bo.path("export");
    let export = bo
        .verb(["export", &network, "--to", folder.to_str().unwrap()])
        .one();
    let files = export["files"].as_array().unwrap().iter();
    let mut files = files.map(word).filter(|file| file.starts_with("files/"));
    let written = files.next().unwrap();
    assert!(written.ends_with("/Bilan 2026.txt"), "{written}");
    assert_eq!(fs::read(folder.join(written)).unwrap(), plain);
    // What lies on either disk is ciphertext.
    for peer in [&ana, &bo] {
        lies_nowhere(peer.profile(), b"Le secret du fleuve, ligne");
        peer.is_sound();
    }
    goes_bad(&bo);
    let checked = bo.verb(["check"]);
    assert_eq!(checked.exit, 1);
    assert_eq!(checked.lines[0]["problems"][0]["code"], "file-damaged");
    let again = bo.may_not(save(&network, &file, &bo.path("abîmé.txt")));
    assert_eq!(again.code, "file-damaged-here");
    assert!(!bo.path("abîmé.txt").exists());
}

/// One byte of the file that lies in a profile is another.
fn goes_bad(peer: &Peer) {
    let data = fs::read_dir(peer.profile().join("files/data")).unwrap();
    let paths = data.map(|file| file.unwrap().path());
    let mut blobs = paths.filter(|path| path.extension().is_some_and(|ending| ending == "data"));
    let blob = blobs.next().unwrap();
    let mut bytes = fs::read(&blob).unwrap();
    bytes[300_000] ^= 1;
    fs::write(&blob, bytes).unwrap();
}

#[test]
fn a_file_that_went_bad_on_the_disk_is_said_to_be_and_comes_anew_from_whoever_has_it() {
    let (ana, bo, network, page) = two();
    bo.does(on_demand(&network));
    let plain = words(700_000);
    let path = ana.path("Bilan.txt");
    fs::write(&path, &plain).unwrap();
    let file = word(&ana.does(add(&network, &page, &path))["attachment"]);
    let door = ana.serves();
    bo.meets(&door);
    let (first, contact) = (bo.path("reçu.txt"), door.contact());
    let save_from_ana = |to: &Path| {
        let to = to.to_str().unwrap();
        let ends = [to, "--lan-only", "--peer", &contact];
        let verb = ["file", "save", &network, &file];
        bo.verb(verb.into_iter().chain(ends)).one();
    };
    save_from_ana(&first);
    door.stops();
    assert!(fs::read(&first).unwrap() == plain);

    // It goes bad. Whoever opens it alone is told so, and nothing is taken for whole.
    goes_bad(&bo);
    let to = bo.path("encore.txt");
    let refused = bo.may_not(save(&network, &file, &to));
    assert_eq!(refused.code, "file-damaged-here");
    assert!(refused.message.contains("damaged"), "{}", refused.message);
    assert!(!to.exists());
    let row = listed(&bo, &network, "Bilan.txt");
    assert_eq!(
        (&row["here"], &row["damaged"]),
        (&json!(false), &json!(true))
    );
    bo.is_sound();
    // Beside Ana it comes by itself, though Bo asks for each file.
    let at_ana = ana.sits_down();
    let mut at_bo = bo.sits_down_beside(&at_ana);
    at_bo.waits_until("the file is here again", |desk| {
        let here = desk.looks(&network, "files")["here"].clone();
        here["here"].as_array().unwrap().len() == 1 && here["damaged"] == json!([])
    });
    at_bo.does(&save(&network, &file, &to));
    assert!(fs::read(&to).unwrap() == plain);
    at_bo.closes();
    bo.is_sound();

    // Opened beside Ana, a bad one is had anew before it is written.
    goes_bad(&bo);
    let mut at_bo = bo.sits_down_beside(&at_ana);
    at_bo.is_in_step(&network);
    let at_once = bo.path("aussitôt.txt");
    at_bo.does(&save(&network, &file, &at_once));
    assert!(fs::read(&at_once).unwrap() == plain);
    at_bo.closes();
    at_ana.closes();

    // A check says so too, and puts it aside where it may mend.
    goes_bad(&bo);
    let checked = bo.verb(["check"]);
    assert_eq!(
        checked.lines[0]["problems"][0]["code"], "file-damaged",
        "{checked:?}"
    );
    assert_eq!(listed(&bo, &network, "Bilan.txt")["damaged"], false);
    let mended = bo.verb(["check", "--repair"]);
    assert_eq!(mended.exit, 0, "{mended:?}");
    assert_eq!(listed(&bo, &network, "Bilan.txt")["damaged"], true);
    let door = ana.serves();
    let last = bo.path("enfin.txt");
    save_from_ana(&last);
    door.stops();
    assert!(fs::read(&last).unwrap() == plain);
    bo.is_sound();
}

#[test]
fn a_file_comes_by_itself_where_that_is_wished_and_a_removal_is_undone_with_its_file() {
    let (ana, bo, network, page) = two();
    let (mut at_ana, plain) = (ana.sits_down(), words(90_000));
    let path = ana.path("photo.txt");
    fs::write(&path, &plain).unwrap();
    let file = word(&at_ana.does(&add(&network, &page, &path))["attachment"]);
    let mut at_bo = bo.sits_down_beside(&at_ana);
    at_bo.waits_until("the file is here", |desk| {
        let view = desk.looks(&network, "files");
        let files = view["files"].as_array().unwrap();
        files.len() == 1
            && view["here"]["here"]
                .as_array()
                .is_some_and(|here| here.contains(&files[0]["blob"]))
    });
    let remove = json!({
        "command": "attachment.remove", "network": network, "attachment": file,
    });
    at_bo.does(&remove);
    assert_eq!(at_bo.looks(&network, "files")["files"], json!([]));
    at_ana.waits_until("it is removed at Ana's", |desk| {
        desk.looks(&network, "files")["files"] == json!([])
    });
    let to = bo.path("encore.txt");
    assert_eq!(at_bo.may_not(&save(&network, &file, &to)).code, "not-found");
    at_bo.does(&json!({ "command": "history.undo", "network": network }));
    at_bo.does(&save(&network, &file, &to));
    assert_eq!(fs::read(&to).unwrap(), plain);
}

#[test]
fn both_attach_at_once_and_a_meeting_takes_files_as_well() {
    let (ana, bo, network, page) = two();
    let (here, there) = (ana.path("a.pdf"), bo.path("b.pdf"));
    fs::write(&here, b"%PDF-1 chez Ana").unwrap();
    fs::write(&there, b"%PDF-1 chez Bo").unwrap();
    ana.does(add(&network, &page, &here));
    bo.does(add(&network, &page, &there));
    let meeting = json!({ "command": "meeting.create", "network": network, "title": "Comité" });
    let meeting = word(&ana.does(meeting)["meeting"]);
    ana.does(add(&network, &meeting, &here));
    let door = ana.serves();
    bo.meets(&door);
    door.stops();
    for peer in [&ana, &bo] {
        let names = |doc: &Value| -> Vec<String> {
            let files = doc["content"]["attachments"].as_array().unwrap().iter();
            files.map(|file| word(&file["name"])).collect()
        };
        let mut on_page = names(&peer.page(&network, &page));
        on_page.sort();
        assert_eq!(on_page, ["a.pdf", "b.pdf"]);
        let view = peer.verb(["view", &network, "meeting", &meeting]).one();
        assert_eq!(names(&view), ["a.pdf"]);
        assert_eq!(peer.verb(["file", "list", &network]).done().len(), 3);
    }
    let refused = ana.may_not(add(&network, &page, &ana.path("nothing")));
    assert_eq!(refused.code, "file-io");
}

#[test]
fn who_was_removed_and_who_never_was_in_get_nothing_though_they_know_the_files_name() {
    let (ana, bo, network, page) = two();
    let cy = Peer::named("Cy");
    let (door, ticket) = ana.welcomes(&network, 1);
    cy.joins(&ticket);
    bo.meets(&door);
    cy.meets(&door);
    door.stops();
    for peer in [&bo, &cy] {
        peer.does(on_demand(&network));
    }
    let path = ana.path("confidentiel.txt");
    fs::write(&path, words(300_000)).unwrap();
    let file = word(&ana.does(add(&network, &page, &path))["attachment"]);
    let door = ana.serves();
    bo.meets(&door);
    cy.meets(&door);
    door.stops();
    // All three know of it. Two of them remove Cy.
    let remove = json!({
        "command": "member.remove", "network": network, "member": cy.member(),
    });
    ana.does(remove);
    let mut at_ana = ana.sits_down();
    let mut at_bo = bo.sits_down_beside(&at_ana);
    at_bo.is_in_step(&network);
    at_bo.does(&json!({
        "command": "member.remove", "network": network, "member": cy.member(),
    }));
    at_ana.waits_until("Cy is out", |desk| {
        let members = desk.looks(&network, "members");
        members["members"].as_array().unwrap().len() == 2
    });
    let contact = at_ana.contact();
    let refused = cy.verb([
        "file",
        "fetch",
        &network,
        &file,
        "--lan-only",
        "--timeout",
        "8",
        "--peer",
        &contact,
    ]);
    let code = refused.refused().code;
    assert!(
        code == "file-nobody-reachable" || code == "file-not-given",
        "{code}"
    );
    assert_eq!(listed(&cy, &network, "confidentiel.txt")["part"], false);
    // Bo, who is in, gets it from the same machine at the same time.
    at_bo.does(&fetch(&network, &file));
}

#[test]
fn three_machines_on_cables_fetch_lose_the_cable_and_go_on_where_they_were() {
    if !hosts_can_be_made() {
        return;
    }
    let (ana_host, bo_host) = (Host::new(), Host::new());
    let (ana, bo) = (Peer::at(&ana_host, "Ana"), Peer::at(&bo_host, "Bo"));
    let network = ana.founds("Les bords du fleuve");
    let page = ana.writes_page(&network, "Dossier", "");
    let ticket = ana.invites(&network, 1);
    let cable = Cable::between(&ana_host, &bo_host);
    cable.addresses(["10.79.0.1/24", "10.79.0.2/24"]);
    let door = ana.serves_with(&["--lan-only"]);
    bo.joins(&ticket);
    door.stops();
    bo.does(on_demand(&network));
    let plain = words(60_000_000);
    let path = ana.path("film.txt");
    fs::write(&path, &plain).unwrap();
    let file = word(&ana.does(add(&network, &page, &path))["attachment"]);
    let _at_ana = ana.sits_down_on_the_lan();
    let mut at_bo = bo.sits_down_on_the_lan();
    at_bo.is_in_step(&network);

    // The cable is cut once some of it came.
    let to = bo.path("reçu.txt");
    let asked = fetch(&network, &file);
    let (mut at_bo, half) = std::thread::scope(|scope| {
        let asking = scope.spawn(|| {
            let answer = at_bo.tries(&asked);
            (at_bo, answer)
        });
        let half = wait_for_some(bo.profile(), 4_000_000);
        cable.down();
        let (desk, answer) = asking.join().unwrap();
        assert_eq!(answer["error"]["code"], "file-not-given", "{answer}");
        (desk, half)
    });
    at_bo.waits_until("a part is here", |desk| {
        let view = desk.looks(&network, "files");
        view["here"]["part"].as_array().unwrap().len() == 1
    });

    // Plugged in again it goes on from there.
    cable.up();
    at_bo.is_in_step(&network);
    at_bo.does(&fetch(&network, &file));
    println!("{half} bytes had come before");
    at_bo.does(&save(&network, &file, &to));
    assert!(fs::read(&to).unwrap() == plain, "byte for byte");
    lies_nowhere(&bo.profile().join("files"), b"Le secret du fleuve, ligne");
}

/// Waits until so many bytes of files lie in a profile.
fn wait_for_some(profile: &Path, bytes: u64) -> u64 {
    use std::os::unix::fs::MetadataExt as _;
    let deadline = std::time::Instant::now() + tresse_tests::PATIENCE;
    let folder = profile.join("files").join("data");
    loop {
        let files = fs::read_dir(&folder).into_iter().flatten();
        let sizes = files.filter_map(|file| Some(file.ok()?.metadata().ok()?.blocks() * 512));
        let size = sizes.sum();
        if size >= bytes {
            return size;
        }
        assert!(std::time::Instant::now() < deadline, "nothing comes");
        std::thread::sleep(std::time::Duration::from_millis(2));
    }
}

/// Bo, whose machine has a small file that Ana attached and not the large one.
fn bo_has_one_of_two() -> (Peer, Peer, String, Vec<u8>) {
    let (ana, bo, network, page) = two();
    bo.does(on_demand(&network));
    let plain = words(300_000);
    let mut small = String::new();
    for (name, bytes) in [
        ("Bilan.txt", &plain[..]),
        ("Film.mp4", &words(3_000_000)[..]),
    ] {
        let path = ana.path(name);
        fs::write(&path, bytes).unwrap();
        let added = ana.does(add(&network, &page, &path));
        if name == "Bilan.txt" {
            small = word(&added["attachment"]);
        }
    }
    let door = ana.serves();
    bo.meets(&door);
    let contact = door.contact();
    let words = [
        "file",
        "fetch",
        &network,
        &small,
        "--lan-only",
        "--peer",
        &contact,
    ];
    bo.verb(words).one();
    door.stops();
    (ana, bo, network, plain)
}

#[test]
fn a_backup_takes_the_files_along_that_are_here_and_names_the_others() {
    let (_ana, bo, network, plain) = bo_has_one_of_two();
    let copy = bo.path("copie.tresse");
    let made = bo.verb(["backup", copy.to_str().unwrap()]).one();
    assert_eq!(made["files"], 1, "{made}");
    let left_out = made["left_out"].as_array().unwrap();
    assert_eq!(left_out.len(), 1, "{made}");
    let film = &left_out[0];
    assert_eq!(
        (word(&film["name"]), word(&film["why"])),
        ("Film.mp4".into(), "not-here".into())
    );
    assert_eq!(film["size"], 3_000_000);
    let bytes = fs::read(&copy).unwrap();
    let secret = &plain[..24];
    assert!(
        !bytes.windows(secret.len()).any(|part| part == secret),
        "it is encrypted"
    );

    let twin = Peer::without_profile("Bo (portable)");
    let restored = twin.verb(["restore", copy.to_str().unwrap()]).one();
    assert_eq!(
        (&restored["files"], &restored["files_lost"]),
        (&json!(1), &json!(0))
    );
    let row = listed(&twin, &network, "Bilan.txt");
    assert_eq!(
        (&row["here"], &listed(&twin, &network, "Film.mp4")["here"]),
        (&json!(true), &json!(false))
    );
    let to = twin.path("Bilan.txt");
    twin.does(save(&network, &word(&row["attachment"]), &to));
    assert_eq!(fs::read(&to).unwrap(), plain);
    twin.is_sound();

    // Without files, where that is said; and with one that went bad, the rest comes back.
    let without = bo.path("sans.tresse");
    let made = bo
        .verb(["backup", without.to_str().unwrap(), "--files", "0"])
        .one();
    assert_eq!(
        (&made["files"], made["left_out"].as_array().unwrap().len()),
        (&json!(0), 2)
    );
    let mut altered = bytes.clone();
    let at = altered.len() - 100_000;
    altered[at] ^= 1;
    let bad = bo.path("abîmée.tresse");
    fs::write(&bad, altered).unwrap();
    let other = Peer::without_profile("Bo (autre)");
    let restored = other.verb(["restore", bad.to_str().unwrap()]).one();
    assert_eq!(
        (&restored["files"], &restored["files_lost"]),
        (&json!(0), &json!(1))
    );
    assert_eq!(
        other.text(&network, &word(&row["document"])),
        "Voir la pièce jointe."
    );
    other.is_sound();
}

#[test]
fn an_archive_holds_the_files_that_are_here_as_they_were_and_names_the_others() {
    let (ana, bo, network, plain) = bo_has_one_of_two();
    for (peer, here) in [(&ana, 2), (&bo, 1)] {
        let archived = peer.does(json!({ "command": "closing.archive", "network": network }));
        let folder = peer.profile().join(word(&archived["folder"]));
        let list = fs::read_to_string(folder.join("files/files.csv")).unwrap();
        let lines: Vec<&str> = list.lines().skip(1).collect();
        assert_eq!(lines.len(), 2, "{list}");
        let places = lines.iter().filter_map(|line| line.split(',').nth(3));
        let places: Vec<&str> = places.filter(|place| !place.is_empty()).collect();
        assert_eq!(places.len(), here, "{list}");
        let bilan = places
            .iter()
            .find(|place| place.ends_with("Bilan.txt"))
            .unwrap();
        assert_eq!(fs::read(folder.join(bilan)).unwrap(), plain);
        let film = lines
            .iter()
            .find(|line| line.starts_with("Film.mp4"))
            .unwrap();
        assert_eq!(film.ends_with(",not-here"), here == 1, "{film}");
        let about = fs::read_to_string(folder.join("LISEZ-MOI.txt")).unwrap();
        assert!(about.contains("files.csv"));
    }
}
