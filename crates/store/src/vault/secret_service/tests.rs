//! The calls, against a keyring at the other end of the wire.
#![allow(
    clippy::unused_self,
    clippy::needless_pass_by_value,
    clippy::used_underscore_binding,
    clippy::type_complexity,
    reason = "an interface served as others define it"
)]

use std::{
    os::unix::net::UnixStream,
    sync::{Arc, Mutex},
    thread::JoinHandle,
};

use zbus::{Guid, interface, object_server::SignalEmitter, zvariant::ObjectPath};

use super::*;

/// What a desktop's keyring does, as far as we ask it: one collection, items by their attributes, and a person
/// who answers its questions.
#[derive(Default)]
struct Desktop {
    items: Mutex<Vec<(HashMap<String, String>, Vec<u8>)>>,
    locked: Mutex<bool>,
    refuses: bool,
    questions: Mutex<usize>,
}

type State = Arc<Desktop>;

const COLLECTION: &str = "/org/freedesktop/secrets/collection/login";
const QUESTION: &str = "/org/freedesktop/secrets/prompt/1";

fn path(text: &str) -> OwnedObjectPath {
    ObjectPath::try_from(text.to_owned()).unwrap().into()
}

fn item_path(number: usize) -> OwnedObjectPath {
    path(&format!("{COLLECTION}/{number}"))
}

struct Root(State);

#[interface(name = "org.freedesktop.Secret.Service")]
impl Root {
    fn open_session(&self, _algorithm: &str, _input: Value<'_>) -> (OwnedValue, OwnedObjectPath) {
        (
            Value::from("").try_to_owned().unwrap(),
            path("/org/freedesktop/secrets/session/1"),
        )
    }

    fn read_alias(&self, name: &str) -> OwnedObjectPath {
        assert_eq!(name, "default");
        path(COLLECTION)
    }

    fn search_items(
        &self,
        wanted: HashMap<String, String>,
    ) -> (Vec<OwnedObjectPath>, Vec<OwnedObjectPath>) {
        let items = self.0.items.lock().unwrap();
        let found = (0..)
            .zip(&*items)
            .filter(|(_, (attributes, _))| *attributes == wanted)
            .map(|(number, _)| item_path(number))
            .collect();
        if *self.0.locked.lock().unwrap() {
            (Vec::new(), found)
        } else {
            (found, Vec::new())
        }
    }

    fn unlock(&self, asked: Vec<OwnedObjectPath>) -> (Vec<OwnedObjectPath>, OwnedObjectPath) {
        if *self.0.locked.lock().unwrap() {
            (Vec::new(), path(QUESTION))
        } else {
            (asked, path("/"))
        }
    }
}

struct Question(State);

#[interface(name = "org.freedesktop.Secret.Prompt")]
impl Question {
    async fn prompt(&self, #[zbus(signal_emitter)] emitter: SignalEmitter<'_>, _window: &str) {
        *self.0.questions.lock().unwrap() += 1;
        *self.0.locked.lock().unwrap() = self.0.refuses;
        Self::completed(&emitter, self.0.refuses, Value::from(""))
            .await
            .unwrap();
    }

    #[zbus(signal)]
    async fn completed(
        emitter: &SignalEmitter<'_>,
        dismissed: bool,
        result: Value<'_>,
    ) -> zbus::Result<()>;
}

struct Collection(State);

#[interface(name = "org.freedesktop.Secret.Collection")]
impl Collection {
    async fn create_item(
        &self,
        #[zbus(object_server)] server: &zbus::ObjectServer,
        properties: HashMap<String, OwnedValue>,
        secret: Secret,
        _replace: bool,
    ) -> (OwnedObjectPath, OwnedObjectPath) {
        let attributes = &properties["org.freedesktop.Secret.Item.Attributes"];
        let attributes = HashMap::try_from(attributes.try_clone().unwrap()).unwrap();
        let number = {
            let mut items = self.0.items.lock().unwrap();
            items.push((attributes, secret.2));
            items.len() - 1
        };
        let item = Item(Arc::clone(&self.0), number);
        server.at(item_path(number), item).await.unwrap();
        (item_path(number), path("/"))
    }
}

struct Item(State, usize);

#[interface(name = "org.freedesktop.Secret.Item")]
impl Item {
    fn get_secret(&self, session: OwnedObjectPath) -> (Secret,) {
        let secret = self.0.items.lock().unwrap()[self.1].1.clone();
        ((session, Vec::new(), secret, "text/plain".to_owned()),)
    }

    fn delete(&self) -> OwnedObjectPath {
        self.0.items.lock().unwrap()[self.1].0.clear();
        path("/")
    }
}

/// A desktop with its keyring, and the service as we reach it, on one wire without a bus between.
fn desktop(state: Desktop) -> (State, Connection, Service) {
    let state = Arc::new(state);
    let (theirs, ours) = UnixStream::pair().unwrap();
    let guid = Guid::generate();
    let served = Arc::clone(&state);
    let serving: JoinHandle<Connection> = thread::spawn(move || {
        Builder::async_io_unix_stream(theirs)
            .server(guid)
            .unwrap()
            .p2p()
            .serve_at(ROOT, Root(Arc::clone(&served)))
            .unwrap()
            .serve_at(COLLECTION, Collection(Arc::clone(&served)))
            .unwrap()
            .serve_at(QUESTION, Question(served))
            .unwrap()
            .build()
            .unwrap()
    });
    let bus = Builder::async_io_unix_stream(ours).p2p().build().unwrap();
    (state, serving.join().unwrap(), Service { bus })
}

#[test]
fn what_is_put_is_got_back_until_it_is_removed() {
    let (state, _wire, service) = desktop(Desktop::default());
    assert_eq!(service.get("one"), Err(KeyringError::Absent));
    service.put("one", "first").unwrap();
    service.put("two", "second").unwrap();
    assert_eq!(*service.get("one").unwrap(), "first");
    assert_eq!(*service.get("two").unwrap(), "second");
    service.remove("one").unwrap();
    assert_eq!(service.get("one"), Err(KeyringError::Absent));
    assert_eq!(*service.get("two").unwrap(), "second");
    assert_eq!(*state.questions.lock().unwrap(), 0);
}

#[test]
fn a_locked_keyring_asks_the_person_once() {
    let (state, _wire, service) = desktop(Desktop::default());
    service.put("one", "first").unwrap();
    *state.locked.lock().unwrap() = true;
    assert_eq!(*service.get("one").unwrap(), "first");
    service.put("two", "second").unwrap();
    assert_eq!(*state.questions.lock().unwrap(), 1);
}

#[test]
fn a_person_who_does_not_unlock_it_is_taken_at_their_word() {
    let (_state, _wire, service) = desktop(Desktop {
        locked: Mutex::new(true),
        refuses: true,
        ..Desktop::default()
    });
    assert_eq!(service.put("one", "first"), Err(KeyringError::Locked));
}
