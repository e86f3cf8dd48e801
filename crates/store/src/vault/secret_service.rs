//! The Secret Service of Linux desktops (GNOME Keyring, KDE Wallet, KeePassXC), spoken over the
//! session bus: the few calls that are needed, on the library with which the window already speaks to
//! the desktop. Secrets cross the bus in a plain session: it is a socket of this person's own session, and
//! whoever can read along there can ask the service for the secret as well.

use std::{collections::HashMap, sync::mpsc, thread, time::Duration};

use zbus::{
    blocking::{Connection, Proxy, connection::Builder},
    zvariant::{DynamicDeserialize, DynamicType, OwnedObjectPath, OwnedValue, Value},
};
use zeroize::{Zeroize, Zeroizing};

use super::KeyringError;

const SERVICE: &str = "org.freedesktop.secrets";
const ROOT: &str = "/org/freedesktop/secrets";
/// How long a call may take that asks nobody.
const QUICK: Duration = Duration::from_secs(5);
/// How long the person has to answer the system's question.
const PATIENCE: Duration = Duration::from_mins(2);

/// What tells our items from others'.
type Attributes<'a> = HashMap<&'a str, &'a str>;

/// Session, parameters, value, content type.
type Secret = (OwnedObjectPath, Vec<u8>, Vec<u8>, String);

pub(super) fn answers() -> bool {
    Service::reach()
        .and_then(|service| service.collection())
        .is_ok()
}

pub(super) fn get(item: &str) -> Result<Zeroizing<String>, KeyringError> {
    Service::reach()?.get(item)
}

pub(super) fn put(item: &str, secret: &str) -> Result<(), KeyringError> {
    Service::reach()?.put(item, secret)
}

pub(super) fn remove(item: &str) -> Result<(), KeyringError> {
    Service::reach()?.remove(item)
}

/// A connection to the bus on which the service answers.
struct Service {
    bus: Connection,
}

impl Service {
    fn reach() -> Result<Self, KeyringError> {
        let bus = Builder::session()
            .map(|builder| builder.method_timeout(QUICK))
            .and_then(Builder::build)
            .map_err(|error| silent(&error))?;
        Ok(Self { bus })
    }

    fn call<A, R>(
        &self,
        path: &str,
        interface: &'static str,
        method: &str,
        arguments: &A,
    ) -> Result<R, KeyringError>
    where
        A: serde::Serialize + DynamicType,
        R: for<'d> DynamicDeserialize<'d>,
    {
        self.proxy(path, interface)?
            .call(method, arguments)
            .map_err(|error| silent(&error))
    }

    fn proxy<'p>(&self, path: &'p str, interface: &'static str) -> Result<Proxy<'p>, KeyringError> {
        Proxy::new(&self.bus, SERVICE, path, interface).map_err(|error| silent(&error))
    }

    fn service<A, R>(&self, method: &str, arguments: &A) -> Result<R, KeyringError>
    where
        A: serde::Serialize + DynamicType,
        R: for<'d> DynamicDeserialize<'d>,
    {
        self.call(ROOT, "org.freedesktop.Secret.Service", method, arguments)
    }

    /// The collection that the person's programs use.
    fn collection(&self) -> Result<OwnedObjectPath, KeyringError> {
        let path: OwnedObjectPath = self.service("ReadAlias", &("default",))?;
        if path.as_str() == "/" {
            return Err(KeyringError::Silent("there is no default keyring".into()));
        }
        Ok(path)
    }

    fn session(&self) -> Result<OwnedObjectPath, KeyringError> {
        let (_, session): (OwnedValue, OwnedObjectPath) =
            self.service("OpenSession", &("plain", Value::from("")))?;
        Ok(session)
    }

    /// The items of this name, unlocked.
    fn items(&self, item: &str) -> Result<Vec<OwnedObjectPath>, KeyringError> {
        let (mut open, locked): (Vec<OwnedObjectPath>, Vec<OwnedObjectPath>) =
            self.service("SearchItems", &(attributes(item),))?;
        if open.is_empty() && !locked.is_empty() {
            self.unlock(&locked)?;
            open = locked;
        }
        Ok(open)
    }

    fn unlock(&self, paths: &[OwnedObjectPath]) -> Result<(), KeyringError> {
        let (_, prompt): (Vec<OwnedObjectPath>, OwnedObjectPath) =
            self.service("Unlock", &(paths,))?;
        self.ask(&prompt)
    }

    /// Lets the system ask the person, where it wants to.
    fn ask(&self, prompt: &OwnedObjectPath) -> Result<(), KeyringError> {
        if prompt.as_str() == "/" {
            return Ok(());
        }
        let proxy = self.proxy(prompt.as_str(), "org.freedesktop.Secret.Prompt")?;
        let mut answers = proxy
            .receive_signal("Completed")
            .map_err(|error| silent(&error))?;
        let (sender, answer) = mpsc::channel();
        // The bus has no patience of its own for signals: it is waited for on another thread, which
        // ends when the connection does.
        let waiting = thread::Builder::new()
            .name("tresse-keyring".into())
            .spawn(move || {
                let dismissed = answers.next().is_none_or(|answer| {
                    answer
                        .body()
                        .deserialize::<(bool, OwnedValue)>()
                        .map_or(true, |(dismissed, _)| dismissed)
                });
                if sender.send(dismissed).is_err() {
                    tracing::debug!("the keyring's answer came too late");
                }
            });
        waiting.map_err(|error| KeyringError::Silent(error.to_string()))?;
        let () = proxy
            .call("Prompt", &("",))
            .map_err(|error| silent(&error))?;
        match answer.recv_timeout(PATIENCE) {
            Ok(false) => Ok(()),
            Ok(true) | Err(_) => Err(KeyringError::Locked),
        }
    }

    fn get(&self, item: &str) -> Result<Zeroizing<String>, KeyringError> {
        let items = self.items(item)?;
        let found = items.first().ok_or(KeyringError::Absent)?;
        let session = self.session()?;
        let secret: Secret = self.call(found.as_str(), ITEM, "GetSecret", &(&session,))?;
        let text = String::from_utf8(secret.2).map(Zeroizing::new);
        text.map_err(|error| {
            error.into_bytes().zeroize();
            KeyringError::Other
        })
    }

    fn put(&self, item: &str, secret: &str) -> Result<(), KeyringError> {
        let collection = self.collection()?;
        self.unlock(std::slice::from_ref(&collection))?;
        let properties = HashMap::from([
            (
                "org.freedesktop.Secret.Item.Label",
                Value::from(format!("Tresse ({})", item.get(..8).unwrap_or(item))),
            ),
            (
                "org.freedesktop.Secret.Item.Attributes",
                Value::from(attributes(item)),
            ),
        ]);
        let session = self.session()?;
        let bytes = Zeroizing::new(secret.as_bytes().to_vec());
        let secret = (&session, &[0_u8; 0][..], &bytes[..], "text/plain");
        let (_, prompt): (OwnedObjectPath, OwnedObjectPath) = self.call(
            collection.as_str(),
            "org.freedesktop.Secret.Collection",
            "CreateItem",
            &(properties, secret, true),
        )?;
        self.ask(&prompt)
    }

    fn remove(&self, item: &str) -> Result<(), KeyringError> {
        for path in self.items(item)? {
            let prompt: OwnedObjectPath = self.call(path.as_str(), ITEM, "Delete", &())?;
            self.ask(&prompt)?;
        }
        Ok(())
    }
}

const ITEM: &str = "org.freedesktop.Secret.Item";

fn attributes(item: &str) -> Attributes<'_> {
    HashMap::from([("application", "org.tresse.Tresse"), ("profile-key", item)])
}

fn silent(error: &zbus::Error) -> KeyringError {
    if let zbus::Error::MethodError(name, _, _) = error
        && name.as_str() == "org.freedesktop.Secret.Error.IsLocked"
    {
        return KeyringError::Locked;
    }
    KeyringError::Silent(error.to_string())
}

#[cfg(test)]
mod tests;
