//! Files between real endpoints on the loopback interface, and the folder that keeps them.

use std::{collections::BTreeSet, path::PathBuf, time::Duration};

use iroh_blobs::{
    hashseq::HashSeq,
    protocol::{GetManyRequest, GetRequest},
};
use tokio::{sync::mpsc::Receiver, time::timeout};
use tresse_model::DeviceId;

use super::*;
use crate::{Contact, Net, NetConfig, NetEvent, Purpose};

const PATIENCE: Duration = Duration::from_mins(1);
const DAY: i64 = 24 * 3600 * 1000;

struct Place {
    dir: tempfile::TempDir,
    files: Files,
}

impl Place {
    async fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let files = Files::open(&dir.path().join("files")).await.unwrap();
        Self { dir, files }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// Adds a file of these bytes.
    async fn with(&self, bytes: &[u8], key: &FileKey) -> BlobId {
        let path = self.path("plain");
        std::fs::write(&path, bytes).unwrap();
        let progress = FileProgress::default();
        let (blob, size) = self.files.add(&path, key, &progress).await.unwrap();
        assert_eq!(size, bytes.len() as u64);
        assert_eq!(progress.bytes(), size);
        std::fs::remove_file(&path).unwrap();
        blob
    }

    async fn saved(&self, blob: &BlobId, key: &FileKey, size: u64) -> Result<Vec<u8>, FileError> {
        let path = self.path("saved");
        let progress = FileProgress::default();
        self.files
            .save(blob, (key, size), (&path, true), &progress)
            .await?;
        Ok(std::fs::read(path).unwrap())
    }
}

fn key(n: u8) -> FileKey {
    FileKey::from_bytes([n; 32])
}

fn bytes(length: usize) -> Vec<u8> {
    (0..length).map(|n| (n * 7 + n / 251) as u8).collect()
}

/// A network side on the loopback interface.
struct End {
    net: Net,
    events: Receiver<NetEvent>,
}

impl End {
    async fn new(number: u8) -> Self {
        let config = NetConfig {
            seed: [number; 32],
            listen: Some(([127, 0, 0, 1], 0).into()),
            ..NetConfig::default()
        };
        let (net, events) = Net::start(config).await.unwrap();
        Self { net, events }
    }

    fn device(&self) -> DeviceId {
        self.net.device()
    }

    async fn linked(&mut self, prove: bool) -> crate::LinkId {
        loop {
            let event = timeout(PATIENCE, self.events.recv()).await.unwrap();
            if let NetEvent::Linked { link, .. } = event.unwrap() {
                if prove {
                    self.net.proven(link);
                }
                return link;
            }
        }
    }

    async fn dial(&mut self, other: &mut Self, prove: bool) -> (crate::LinkId, crate::LinkId) {
        let contact = Contact {
            device: other.device(),
            addrs: other.net.addresses(),
            relay: None,
        };
        self.net.dial(contact, Purpose(1));
        tokio::join!(self.linked(prove), other.linked(prove))
    }
}

/// Two ends with a proven link, of which the second gives from its folder.
async fn two() -> (End, Place, End, Place) {
    let (mut ana, mut bo) = (End::new(1).await, End::new(2).await);
    let (at_ana, at_bo) = (Place::new().await, Place::new().await);
    bo.net.serve(at_bo.files.clone());
    ana.dial(&mut bo, true).await;
    (ana, at_ana, bo, at_bo)
}

fn circle(devices: &[DeviceId], blobs: &[BlobId]) -> Vec<Circle> {
    vec![Circle {
        devices: devices.iter().copied().collect(),
        blobs: blobs.iter().copied().collect(),
    }]
}

#[tokio::test]
async fn files_of_all_lengths_come_back_and_only_whole() {
    let place = Place::new().await;
    for length in [0, 1, 20_000, PIECE, PIECE + 1, 3 * PIECE + 5] {
        let plain = bytes(length);
        let blob = place.with(&plain, &key(1)).await;
        assert_eq!(place.files.presence(&blob).await.unwrap(), Presence::Whole);
        let size = length as u64;
        assert_eq!(place.saved(&blob, &key(1), size).await.unwrap(), plain);
        let read = place.files.read(&blob, (&key(1), size), size).await;
        assert_eq!(read.unwrap(), plain);
        if size > 0 {
            let too_large = place.files.read(&blob, (&key(1), size), size - 1).await;
            assert!(matches!(too_large, Err(FileError::TooLarge { .. })));
        }
        let wrong = place.files.read(&blob, (&key(2), size), size).await;
        assert!(matches!(wrong, Err(FileError::Damaged)));
        for (key, size) in [(key(2), size), (key(1), size + 1)] {
            let path = place.path("there");
            std::fs::write(&path, "before").unwrap();
            let progress = FileProgress::default();
            let refused = place
                .files
                .save(&blob, (&key, size), (&path, true), &progress)
                .await;
            assert!(matches!(refused, Err(FileError::Damaged)), "{length}");
            assert_eq!(std::fs::read(&path).unwrap(), b"before");
        }
    }
}

#[tokio::test]
async fn the_folder_holds_no_plaintext_and_outlives_its_closing() {
    let place = Place::new().await;
    let plain = b"Compte rendu de la rencontre du 12 mars".repeat(9_000);
    let small = b"Un mot de passe qui ne doit pas se lire".to_vec();
    let blob = place.with(&plain, &key(1)).await;
    let little = place.with(&small, &key(3)).await;
    place.files.clone().close().await;
    let mut looked = 0;
    let mut folders = vec![place.path("files")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let entry = entry.unwrap();
            if entry.metadata().unwrap().is_dir() {
                folders.push(entry.path());
                continue;
            }
            looked += 1;
            let held = std::fs::read(entry.path()).unwrap();
            for text in [&plain[..16], &small[..16], &[1; 32][..], &[3; 32][..]] {
                let found = held.windows(text.len()).any(|part| part == text);
                assert!(!found, "{}", entry.path().display());
            }
        }
    }
    assert!(looked >= 2, "the database and the larger file");
    let files = Files::open(&place.path("files")).await.unwrap();
    let again = Place {
        dir: place.dir,
        files,
    };
    let size = plain.len() as u64;
    assert_eq!(again.saved(&blob, &key(1), size).await.unwrap(), plain);
    let size = small.len() as u64;
    assert_eq!(again.saved(&little, &key(3), size).await.unwrap(), small);
    assert_eq!(again.files.held().await.unwrap().len(), 2);
    assert!(again.files.disk_use() >= plain.len() as u64);
}

#[tokio::test]
async fn what_is_no_file_or_too_large_is_refused_and_nothing_is_kept() {
    let place = Place::new().await;
    let progress = FileProgress::default();
    let refused = |path: PathBuf| {
        let (files, progress) = (place.files.clone(), progress.clone());
        async move { files.add(&path, &key(1), &progress).await.unwrap_err() }
    };
    assert_eq!(refused(place.path("nothing")).await.code(), "file-io");
    assert_eq!(refused(place.dir.path().to_owned()).await.code(), "file-io");
    let large = place.path("large");
    let file = File::create(&large).unwrap();
    file.set_len(FILE_MAX + 1).unwrap();
    assert_eq!(refused(large.clone()).await.code(), "file-too-large");
    file.set_len(64 * 1024 * 1024).unwrap();
    progress.stop();
    assert_eq!(refused(large).await.code(), "file-stopped");
    assert!(place.files.held().await.unwrap().is_empty());
    let left = std::fs::read_dir(place.path("files/temp")).unwrap().count();
    assert_eq!(left, 0, "what was written of it is gone");
    let unknown = BlobId::from_bytes([7; 32]);
    let refused = place.saved(&unknown, &key(1), 5).await;
    assert_eq!(refused.unwrap_err().code(), "file-not-here");
}

#[tokio::test]
async fn what_is_there_is_replaced_only_where_that_is_said() {
    let place = Place::new().await;
    let blob = place.with(&bytes(200_000), &key(1)).await;
    let (to, progress) = (place.path("bilan.pdf"), FileProgress::default());
    std::fs::write(&to, "mine").unwrap();
    let file = (&key(1), 200_000);
    let refused = place.files.save(&blob, file, (&to, false), &progress).await;
    assert!(matches!(refused, Err(FileError::Io { .. })));
    assert_eq!(std::fs::read(&to).unwrap(), b"mine");
    let over = place.files.save(&blob, file, (&to, true), &progress).await;
    over.unwrap();
    assert_eq!(std::fs::read(&to).unwrap(), bytes(200_000));
}

#[tokio::test]
async fn a_target_that_cannot_be_written_is_said_and_nothing_is_left_beside_it() {
    let place = Place::new().await;
    let blob = place.with(&bytes(200_000), &key(1)).await;
    let progress = FileProgress::default();
    let to = place.path("no/such/folder");
    let refused = place
        .files
        .save(&blob, (&key(1), 200_000), (&to, true), &progress)
        .await;
    assert_eq!(refused.unwrap_err().code(), "file-io");
    // A folder cannot be replaced by a file.
    let to = place.path("folder");
    std::fs::create_dir(&to).unwrap();
    std::fs::write(to.join("within"), "x").unwrap();
    let refused = place
        .files
        .save(&blob, (&key(1), 200_000), (&to, true), &progress)
        .await;
    assert_eq!(refused.unwrap_err().code(), "file-io");
    let left = std::fs::read_dir(place.dir.path()).unwrap();
    let left = left.map(|entry| entry.unwrap().file_name());
    assert!(
        !left
            .into_iter()
            .any(|name| name.to_string_lossy().starts_with(".tresse-"))
    );
}

#[tokio::test]
async fn what_nobody_speaks_of_goes_after_its_grace_and_not_before() {
    let place = Place::new().await;
    let (wanted, loose) = (
        place.with(&bytes(90_000), &key(1)).await,
        place.with(&bytes(80_000), &key(2)).await,
    );
    let collect = async |wanted: &[BlobId], day: i64| {
        let wanted: BTreeSet<BlobId> = wanted.iter().copied().collect();
        let grace = Duration::from_hours(30 * 24);
        let gone = place.files.collect(&wanted, day * DAY, grace).await;
        gone.unwrap()
    };
    assert_eq!(collect(&[wanted], 100).await, 0);
    assert_eq!(collect(&[wanted], 129).await, 0);
    // Somebody brought it back in between: its time begins anew.
    assert_eq!(collect(&[wanted, loose], 129).await, 0);
    assert_eq!(collect(&[wanted], 131).await, 0);
    assert_eq!(collect(&[wanted], 20).await, 0, "a clock that jumped back");
    assert_eq!(collect(&[wanted], 160).await, 0);
    assert_eq!(collect(&[wanted], 161).await, 1);
    let held: Vec<_> = place.files.held().await.unwrap().into_keys().collect();
    assert_eq!(held, [wanted]);
    assert_eq!(
        place.saved(&wanted, &key(1), 90_000).await.unwrap(),
        bytes(90_000)
    );
}

/// What is beside a file on the disk: the file itself (`.data`), and the hashes of its parts (`.obao4`).
fn on_disk(place: &Place, ending: &str) -> PathBuf {
    let data = std::fs::read_dir(place.path("files/data")).unwrap();
    let mut paths = data.map(|file| file.unwrap().path());
    let found = paths.find(|path| path.extension().is_some_and(|found| found == ending));
    found.unwrap()
}

#[tokio::test]
async fn a_file_whose_bytes_went_bad_is_put_aside_once_and_comes_anew_whole() {
    let damages: [fn(&Place); 3] = [
        |place| {
            let path = on_disk(place, "data");
            let mut bytes = std::fs::read(&path).unwrap();
            bytes[200_000] ^= 1;
            std::fs::write(path, bytes).unwrap();
        },
        |place| {
            let path = on_disk(place, "obao4");
            let mut bytes = std::fs::read(&path).unwrap();
            bytes[40] ^= 1;
            std::fs::write(path, bytes).unwrap();
        },
        |place| std::fs::remove_file(on_disk(place, "data")).unwrap(),
    ];
    for (which, damage) in damages.into_iter().enumerate() {
        let (ana, mut at_ana, bo, at_bo) = two().await;
        // So long that the hashes of its parts lie in a file of their own.
        let plain = bytes(5_000_000);
        let (blob, size) = (at_bo.with(&plain, &key(1)).await, plain.len() as u64);
        at_bo.files.allow(circle(&[ana.device()], &[blob]));
        let progress = FileProgress::default();
        let from = [bo.device()];
        let fetch = async |files: &Files| {
            let asked = (&blob, size);
            ana.net.fetch(files, asked, &from, &progress).await.unwrap();
        };
        fetch(&at_ana.files).await;
        assert!(!at_ana.files.put_aside(&blob).await.unwrap(), "it is sound");
        let other = at_ana.with(&bytes(90_000), &key(2)).await;
        // It goes bad while nobody has it open.
        at_ana.files.clone().close().await;
        let held = at_ana.files.options.path.data_path(&hash(&other));
        let kept = std::fs::read(&held).unwrap();
        std::fs::remove_file(&held).unwrap();
        damage(&at_ana);
        std::fs::write(&held, kept).unwrap();
        at_ana.files = Files::open(&at_ana.path("files")).await.unwrap();
        assert_eq!(at_ana.files.damaged().await.unwrap(), [blob], "{which}");
        assert!(at_ana.files.put_aside(&blob).await.unwrap(), "{which}");
        assert!(!at_ana.files.put_aside(&blob).await.unwrap(), "{which}");
        assert_eq!(
            at_ana.files.presence(&blob).await.unwrap(),
            Presence::Absent
        );
        assert_eq!(at_ana.files.aside(), [blob].into());
        fetch(&at_ana.files).await;
        let saved = at_ana.saved(&blob, &key(1), size).await.unwrap();
        assert!(saved == plain, "{which}");
        assert_eq!(at_ana.files.aside(), BTreeSet::new(), "{which}");
        assert!(at_ana.files.damaged().await.unwrap().is_empty(), "{which}");
        let saved = at_ana.saved(&other, &key(2), 90_000).await.unwrap();
        assert!(saved == bytes(90_000), "what was sound stays");
    }
}

#[tokio::test]
async fn what_is_left_of_a_damaged_file_goes_once_no_document_speaks_of_it() {
    let mut place = Place::new().await;
    let blob = place.with(&bytes(700_000), &key(1)).await;
    place.files.clone().close().await;
    let path = on_disk(&place, "data");
    let mut damaged = std::fs::read(&path).unwrap();
    damaged[5] ^= 1;
    std::fs::write(&path, &damaged).unwrap();
    place.files = Files::open(&place.path("files")).await.unwrap();
    assert!(place.files.put_aside(&blob).await.unwrap());
    let left = place.path("files/aside").join(blob.to_string());
    assert!(std::fs::read(&left).unwrap() == damaged, "as it was");
    assert!(!path.exists(), "and nowhere else");
    let collect = async |wanted: &[BlobId]| {
        let wanted = wanted.iter().copied().collect();
        let collected = place.files.collect(&wanted, DAY, Duration::ZERO).await;
        collected.unwrap();
    };
    collect(&[blob]).await;
    assert!(left.exists());
    collect(&[]).await;
    assert!(!left.exists());
}

#[tokio::test]
async fn a_member_fetches_a_file_and_it_equals_byte_for_byte() {
    let (ana, at_ana, bo, at_bo) = two().await;
    let plain = bytes(3_000_000);
    let blob = at_bo.with(&plain, &key(1)).await;
    at_bo.files.allow(circle(&[ana.device()], &[blob]));
    let (size, progress) = (plain.len() as u64, FileProgress::default());
    let from = [DeviceId::from_bytes([9; 32]), bo.device()];
    let fetched = ana
        .net
        .fetch(&at_ana.files, (&blob, size), &from, &progress);
    fetched.await.unwrap();
    assert_eq!(progress.bytes(), sealed_size(size));
    assert_eq!(at_ana.saved(&blob, &key(1), size).await.unwrap(), plain);
}

#[tokio::test]
async fn who_is_not_of_the_circle_gets_the_answer_of_a_file_that_is_not_there() {
    let (ana, at_ana, bo, at_bo) = two().await;
    let blob = at_bo.with(&bytes(100_000), &key(1)).await;
    let other = at_bo.with(&bytes(100_001), &key(1)).await;
    at_bo.files.allow(circle(&[ana.device()], &[other]));
    let nowhere = BlobId::from_bytes([7; 32]);
    for blob in [blob, nowhere] {
        let progress = FileProgress::default();
        let from = [bo.device()];
        let fetched = ana
            .net
            .fetch(&at_ana.files, (&blob, 100_000), &from, &progress);
        assert!(matches!(fetched.await, Err(FileError::NotGiven)));
        assert_eq!(
            at_ana.files.presence(&blob).await.unwrap(),
            Presence::Absent
        );
    }
}

#[tokio::test]
async fn a_stranger_cannot_even_ask() {
    let (mut ana, mut bo) = (End::new(3).await, End::new(4).await);
    let (at_ana, at_bo) = (Place::new().await, Place::new().await);
    let blob = at_bo.with(&bytes(100_000), &key(1)).await;
    at_bo.files.allow(circle(&[ana.device()], &[blob]));
    bo.net.serve(at_bo.files.clone());
    let (link, _) = ana.dial(&mut bo, false).await;
    // It takes itself for a member; the other side has seen no proof.
    ana.net.proven(link);
    let connection = ana.net.connection(&bo.device()).await.unwrap();
    let opened = timeout(Duration::from_secs(2), connection.open_bi()).await;
    assert!(opened.is_err(), "it has one stream, the link's own");
    assert_eq!(
        at_ana.files.presence(&blob).await.unwrap(),
        Presence::Absent
    );
}

#[tokio::test]
async fn a_list_of_hashes_smuggles_no_file_through_the_gate() {
    let (ana, at_ana, bo, at_bo) = two().await;
    let secret = at_bo.with(&bytes(100_000), &key(1)).await;
    let list: HashSeq = [hash(&secret)].into_iter().collect();
    let list = at_bo.files.store.blobs().add_bytes(list).await.unwrap();
    let list = BlobId::from_bytes(*list.hash.as_bytes());
    at_bo.files.allow(circle(&[ana.device()], &[list]));
    let connection = ana.net.connection(&bo.device()).await.unwrap();
    let remote = at_ana.files.store.remote();
    let all = GetRequest::all(hash(&list));
    assert!(remote.execute_get(connection.clone(), all).await.is_err());
    let many = GetManyRequest::builder()
        .hash(hash(&list), iroh_blobs::protocol::ChunkRanges::all())
        .hash(hash(&secret), iroh_blobs::protocol::ChunkRanges::all())
        .build();
    assert!(remote.execute_get_many(connection, many).await.is_err());
    assert_eq!(
        at_ana.files.presence(&secret).await.unwrap(),
        Presence::Absent
    );
}

#[tokio::test]
async fn a_file_longer_than_its_record_says_takes_no_more_room_than_it_says() {
    let (ana, at_ana, bo, at_bo) = two().await;
    let blob = at_bo.with(&bytes(4_000_000), &key(1)).await;
    at_bo.files.allow(circle(&[ana.device()], &[blob]));
    let progress = FileProgress::default();
    let from = [bo.device()];
    let fetched = ana
        .net
        .fetch(&at_ana.files, (&blob, 1_000), &from, &progress);
    let error = fetched.await.unwrap_err();
    assert!(matches!(error, FileError::Damaged), "{error:?}");
    assert!(progress.bytes() < 100_000, "{}", progress.bytes());
}

#[tokio::test]
async fn a_fetch_that_was_cut_goes_on_from_what_came_with_whoever_is_there() {
    let (ana, at_ana, bo, at_bo) = two().await;
    let plain = bytes(24_000_000);
    let blob = at_bo.with(&plain, &key(1)).await;
    at_bo.files.allow(circle(&[ana.device()], &[blob]));
    let (size, progress) = (plain.len() as u64, FileProgress::default());
    let from = [bo.device()];
    let cut = async {
        while progress.bytes() < 2_000_000 {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        let connection = ana.net.connection(&bo.device()).await.unwrap();
        connection.close(0_u32.into(), b"cut");
    };
    let fetched = ana
        .net
        .fetch(&at_ana.files, (&blob, size), &from, &progress);
    let (fetched, ()) = tokio::join!(fetched, cut);
    assert!(matches!(fetched, Err(FileError::NotGiven)), "{fetched:?}");
    assert_eq!(at_ana.files.presence(&blob).await.unwrap(), Presence::Part);
    // Closed and opened again, as by another start of the program, and with another who has it.
    at_ana.files.clone().close().await;
    let files = Files::open(&at_ana.path("files")).await.unwrap();
    let at_ana = Place {
        dir: at_ana.dir,
        files,
    };
    let (mut ana, mut chloe) = (ana, End::new(5).await);
    chloe.net.serve(at_bo.files.clone());
    while ana.events.try_recv().is_ok() {}
    ana.dial(&mut chloe, true).await;
    let again = FileProgress::default();
    let first = FileProgress::default();
    let from = [chloe.device()];
    let fetching = ana.net.fetch(&at_ana.files, (&blob, size), &from, &again);
    let watch = async {
        while again.bytes() == 0 {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        first.tell(again.bytes()).unwrap();
    };
    let (fetched, ()) = tokio::join!(fetching, watch);
    fetched.unwrap();
    assert!(
        first.bytes() > 1_000_000,
        "it began anew: {}",
        first.bytes()
    );
    assert_eq!(at_ana.saved(&blob, &key(1), size).await.unwrap(), plain);
}

#[tokio::test]
async fn a_fetch_that_is_stopped_stops_and_nobody_to_ask_is_said() {
    let (ana, at_ana, bo, at_bo) = two().await;
    let blob = at_bo.with(&bytes(8_000_000), &key(1)).await;
    at_bo.files.allow(circle(&[ana.device()], &[blob]));
    let progress = FileProgress::default();
    progress.stop();
    let from = [bo.device()];
    let fetched = ana
        .net
        .fetch(&at_ana.files, (&blob, 8_000_000), &from, &progress);
    assert!(matches!(fetched.await, Err(FileError::Stopped)));
    let progress = FileProgress::default();
    let nobody = [DeviceId::from_bytes([9; 32])];
    let fetched = ana
        .net
        .fetch(&at_ana.files, (&blob, 8_000_000), &nobody, &progress);
    assert!(matches!(fetched.await, Err(FileError::NobodyReachable)));
}

#[tokio::test]
async fn who_is_put_out_while_a_file_is_given_gets_no_more_of_it() {
    let (ana, at_ana, bo, at_bo) = two().await;
    let blob = at_bo.with(&bytes(24_000_000), &key(1)).await;
    at_bo.files.allow(circle(&[ana.device()], &[blob]));
    let progress = FileProgress::default();
    let from = [bo.device()];
    let fetching = ana
        .net
        .fetch(&at_ana.files, (&blob, 24_000_000), &from, &progress);
    let putting_out = async {
        while progress.bytes() < 1_000_000 {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        // Something else that is said of who may have what changes nothing for her.
        let other = BlobId::from_bytes([9; 32]);
        at_bo.files.allow(circle(&[ana.device()], &[blob, other]));
        at_bo.files.allow(circle(&[], &[blob]));
    };
    let (fetched, ()) = tokio::join!(fetching, putting_out);
    assert!(matches!(fetched, Err(FileError::NotGiven)), "{fetched:?}");
    assert_eq!(at_ana.files.presence(&blob).await.unwrap(), Presence::Part);
    assert!(progress.bytes() < 24_000_000, "{}", progress.bytes());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_many_files_that_are_added_at_once_two_are_and_all_come_to_it() {
    let place = Place::new().await;
    let (most, done) = (
        Arc::new(AtomicU64::new(0)),
        Arc::new(AtomicBool::new(false)),
    );
    let watching = tokio::spawn({
        let (files, most, done) = (place.files.clone(), Arc::clone(&most), Arc::clone(&done));
        async move {
            while !done.load(Ordering::Relaxed) {
                let adding = *files.adding.lock().unwrap();
                most.fetch_max(adding as u64, Ordering::Relaxed);
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
        }
    });
    let stopped = FileProgress::default();
    let adding: Vec<_> = (0..8_u8)
        .map(|n| {
            let path = place.path(&format!("plain {n}"));
            std::fs::write(&path, bytes(4_000_000 + usize::from(n))).unwrap();
            let files = place.files.clone();
            let progress = if n == 7 {
                stopped.clone()
            } else {
                FileProgress::default()
            };
            tokio::spawn(async move { files.add(&path, &key(n), &progress).await })
        })
        .collect();
    // Whoever waits can be stopped as well.
    stopped.stop();
    for (n, added) in adding.into_iter().enumerate() {
        match added.await.unwrap() {
            Ok((_, size)) => assert_eq!(size, 4_000_000 + n as u64),
            Err(error) => assert_eq!((n, error.code()), (7, "file-stopped")),
        }
    }
    done.store(true, Ordering::Relaxed);
    watching.await.unwrap();
    let most = most.load(Ordering::Relaxed);
    assert!((1..=TURNS as u64).contains(&most), "{most} at once");
    assert_eq!(place.files.held().await.unwrap().len(), 7);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_lies_here_encrypted_is_carried_elsewhere_as_it_is_and_altered_not_taken() {
    let (here, there) = (Place::new().await, Place::new().await);
    for length in [0, 100, 700_000] {
        let plain = bytes(length);
        let blob = here.with(&plain, &key(1)).await;
        let runtime = tokio::runtime::Handle::current();
        let mut sealed = here.files.sealed(&blob, runtime).await.unwrap();
        let size = length as u64;
        assert_eq!(sealed.length, sealed_size(size));
        let carried = tokio::task::spawn_blocking(move || {
            let mut carried = Vec::new();
            sealed.read_to_end(&mut carried).unwrap();
            carried
        });
        let carried = carried.await.unwrap();
        let mut altered = carried.clone();
        altered[length / 2] ^= 1;
        let length = carried.len() as u64;
        let progress = FileProgress::default();
        for wrong in [altered, carried[1..].to_vec()] {
            let kept = there
                .files
                .keep_sealed(&blob, length, io::Cursor::new(wrong), &progress);
            let refused = kept.await.unwrap_err();
            assert!(matches!(refused, FileError::Damaged), "{refused:?}");
            assert_eq!(there.files.presence(&blob).await.unwrap(), Presence::Absent);
        }
        let stopped = FileProgress::default();
        stopped.stop();
        let carried = io::Cursor::new(carried);
        let kept = there
            .files
            .keep_sealed(&blob, length, carried.clone(), &stopped);
        assert!(matches!(kept.await, Err(FileError::Stopped)));
        assert_eq!(there.files.presence(&blob).await.unwrap(), Presence::Absent);
        let kept = there.files.keep_sealed(&blob, length, carried, &progress);
        kept.await.unwrap();
        assert_eq!(progress.bytes(), length);
        assert_eq!(there.saved(&blob, &key(1), size).await.unwrap(), plain);
    }
    assert_eq!(there.files.held().await.unwrap().len(), 3);
}
