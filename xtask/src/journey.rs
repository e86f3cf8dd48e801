//! A person's first minutes with the real programs: keys go in through the X server, what comes out is
//! read back from the profile by `tresse-node` after the window was killed.
//!
//! ```text
//!   xdotool ──keys──► Xvfb ──► tresse ──► profile ◄── tresse-node
//!                              kill -9 ┘
//! ```

use std::{
    fs,
    path::{Path, PathBuf},
    process::Child,
    thread,
    time::{Duration, Instant},
};

use crate::{
    display::MemoryDisplay,
    shell::{self, Failure},
};

/// What the window promises: an edit is on disk this long after its last keystroke.
const PROMISE: Duration = Duration::from_secs(1);
/// How long something that must happen may take on a slow machine.
const PATIENCE: Duration = Duration::from_secs(30);
/// How long to look for an effect before the keys are pressed again.
const TRY: Duration = Duration::from_secs(6);
/// Between two keys, in milliseconds: a quick typist.
const RHYTHM: &str = "60";

const NAME: &str = "Ana Martin";
const NETWORK: &str = "Deux vallees";
const TITLE: &str = "Compte rendu";
const TEXT: &str = "Nous avons parle du bus.";

/// First start, a page, and a window killed a moment after the last word: nothing is missing.
pub(crate) fn first_minutes(folder: &Path) -> Result<(), Failure> {
    let profile = folder.join("profile");
    let node = Node {
        profile: profile.clone(),
    };
    let screen = MemoryDisplay::start(1280, 800)?;

    let window = Window::open(&screen, &profile, &["--view", "start", "--lang", "fr"])?;
    window.until(
        "the profile is made",
        || profile.join("tresse.db").exists(),
        &|hand| {
            hand.press("ctrl+a")?;
            hand.write(NAME)?;
            hand.press("Return")
        },
    )?;
    let refused = node
        .ask(&["whoami"])
        .err()
        .map(|failure| failure.to_string());
    if !refused.is_some_and(|text| text.contains("profile-in-use")) {
        return Err(Failure::new(
            "a second program could open the profile beside the window",
        ));
    }
    window.kill()?;
    node.expect(&["whoami"], NAME)?;
    node.ask(&["network", "create", "--name", NETWORK])?;

    let window = Window::open(&screen, &profile, &["--view", "library"])?;
    let log = profile.join("tresse.db-wal");
    let before = size(&log);
    window.until("the page is made", || size(&log) > before, &|hand| {
        hand.press("Escape")?;
        hand.press("ctrl+n")?;
        hand.write(TITLE)?;
        hand.press("Return")
    })?;
    let before = size(&log);
    window.until("the text is kept", || size(&log) > before, &|hand| {
        hand.write(TEXT)
    })?;
    thread::sleep(PROMISE);
    window.kill()?;

    node.expect(&["view", NETWORK, "pages"], TITLE)?;
    let pages = folder.join("export");
    node.ask(&["export", NETWORK, "--to", &pages.to_string_lossy()])?;
    if !any_file_has(&pages, TEXT) {
        return Err(Failure::new("the page was kept without its last words"));
    }
    node.expect(&["check"], "\"ok\":true")
}

/// The window and the hands on its keyboard.
struct Window<'a> {
    screen: &'a MemoryDisplay,
    client: Child,
}

impl<'a> Window<'a> {
    fn open(screen: &'a MemoryDisplay, profile: &Path, rest: &[&str]) -> Result<Self, Failure> {
        let mut command = shell::in_workspace(&shell::built("tresse")?);
        command
            .arg("--profile")
            .arg(profile)
            .arg("--offline")
            .args(rest);
        screen.show(&mut command);
        println!("$ {}", shell::spelled(&command));
        let client = command
            .spawn()
            .map_err(|error| Failure::new(format!("the client did not start: {error}")))?;
        let window = Self { screen, client };
        let id = soon("a window is shown", || {
            screen
                .xdotool(&["search", "--onlyvisible", "--name", "Tresse"])
                .ok()
        })?;
        let id = id.lines().next().unwrap_or_default();
        // Without a window manager nobody else gives the window the keyboard.
        screen.xdotool(&["windowfocus", "--sync", id])?;
        Ok(window)
    }

    /// Presses keys until they have had their effect.
    fn until(
        &self,
        what: &str,
        done: impl Fn() -> bool,
        keys: &dyn Fn(&Self) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        for _ in 0..3 {
            keys(self)?;
            let start = Instant::now();
            while start.elapsed() < TRY {
                if done() {
                    return Ok(());
                }
                thread::sleep(Duration::from_millis(20));
            }
        }
        Err(Failure::new(format!(
            "the window took the keys, but it never came to be that {what}"
        )))
    }

    fn press(&self, keys: &str) -> Result<(), Failure> {
        self.screen.xdotool(&["key", "--delay", RHYTHM, keys])?;
        // A person looks before typing on.
        thread::sleep(Duration::from_millis(300));
        Ok(())
    }

    fn write(&self, text: &str) -> Result<(), Failure> {
        self.screen
            .xdotool(&["type", "--delay", RHYTHM, text])
            .map(drop)
    }

    /// As a power cut would.
    fn kill(mut self) -> Result<(), Failure> {
        shell::end(&mut self.client)
    }
}

impl Drop for Window<'_> {
    fn drop(&mut self) {
        if let Err(failure) = shell::end(&mut self.client) {
            eprintln!("tresse: {failure}");
        }
    }
}

/// `tresse-node` on the same profile.
struct Node {
    profile: PathBuf,
}

impl Node {
    fn ask(&self, words: &[&str]) -> Result<String, Failure> {
        let mut command = shell::in_workspace(&shell::built("tresse-node")?);
        command
            .arg("--json")
            .arg("--profile")
            .arg(&self.profile)
            .args(words);
        let output = command
            .output()
            .map_err(|error| Failure::new(format!("tresse-node did not start: {error}")))?;
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        if output.status.success() {
            return Ok(said);
        }
        Err(Failure::new(format!(
            "tresse-node {} answered {said}",
            words.join(" ")
        )))
    }

    fn expect(&self, words: &[&str], text: &str) -> Result<(), Failure> {
        let said = self.ask(words)?;
        if said.contains(text) {
            return Ok(());
        }
        Err(Failure::new(format!(
            "tresse-node {} does not say « {text} »: {said}",
            words.join(" ")
        )))
    }
}

/// Looks until there is something to see.
pub(crate) fn soon<T>(what: &str, look: impl Fn() -> Option<T>) -> Result<T, Failure> {
    let start = Instant::now();
    while start.elapsed() < PATIENCE {
        if let Some(seen) = look() {
            return Ok(seen);
        }
        thread::sleep(Duration::from_millis(50));
    }
    Err(Failure::new(format!("it never came to be that {what}")))
}

fn size(file: &Path) -> u64 {
    fs::metadata(file).map_or(0, |about| about.len())
}

/// Whether a text stands in some file of a folder.
pub(crate) fn any_file_has(folder: &Path, text: &str) -> bool {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.map(|entry| entry.path()).any(|path| {
        if path.is_dir() {
            any_file_has(&path, text)
        } else {
            fs::read_to_string(path).is_ok_and(|content| content.contains(text))
        }
    })
}
