//! Two windows at once, each on a display and, where that can be made, a machine of its own with nothing but a cable between them: what is
//! typed in one is seen in the other.
//!
//! ```text
//!   xdotool ──keys──► Xvfb ──► tresse (Ana) ◄── cable ──► tresse (Bo) ──► Xvfb ──► bo.png
//! ```

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::Duration,
};

use crate::{
    display::MemoryDisplay,
    journey::{any_file_has, soon},
    picture::Picture,
    shell::{self, Failure},
    system::{self, Use},
    window,
};

const NETWORK: &str = "Deux vallees";
const TITLE: &str = "Compte rendu";
const TEXT: &str = "Ana ecrit ceci, et Bo le lit aussitot.";
/// Between two keys, in milliseconds: a quick typist.
const RHYTHM: &str = "60";
/// So many points of a screen change at the least when a line of text comes to be on it.
const A_LINE: usize = 300;
/// And so many when a page takes the place of a list.
const A_PAGE: usize = 5_000;
/// How often a person tries before they give up.
const TRIES: usize = 3;
/// How long a person looks before the next key.
const LOOK: Duration = Duration::from_millis(1500);

/// `cargo xtask two-windows`.
pub(crate) fn run(to: &Path) -> Result<(), Failure> {
    system::ensure(Use::Test)?;
    let to = std::path::absolute(to)
        .map_err(|error| Failure::new(format!("{}: {error}", to.display())))?;
    fs::create_dir_all(&to).map_err(|error| Failure::new(format!("{}: {error}", to.display())))?;
    shell::run(&mut shell::cargo(["build", "--workspace", "--bins"]))?;
    let folder = window::scratch("two-windows")?;
    let machines = Machines::new();
    let [ana, bo] = ["ana", "bo"].map(|name| Person {
        name,
        machine: machines.name(name),
        profile: folder.join(name),
    });
    they_are_in_one_network(&ana, &bo)?;

    let [ana_window, bo_window] = [Window::open(&ana, &folder)?, Window::open(&bo, &folder)?];
    let empty = bo_window.still()?;
    bo_window.until_shown("the page is in Bo's library", &empty, |_| {
        ana_window.press("ctrl+n")?;
        ana_window.write(TITLE)?;
        ana_window.press("Return")
    })?;
    bo_window.go_to(TITLE)?;
    let before = bo_window.still()?;
    bo_window.until_shown("what Ana types is in Bo's window", &before, |_| {
        ana_window.write(TEXT)
    })?;
    thread::sleep(LOOK);
    for window in [&ana_window, &bo_window] {
        let file = to.join(format!("{}.png", window.person.name));
        window.screen.picture()?.save(&file)?;
        println!("saved {}", file.display());
    }
    drop((ana_window, bo_window));
    for person in [&ana, &bo] {
        let pages = folder.join(format!("export-{}", person.name));
        person.node(&["export", NETWORK, "--to", &pages.to_string_lossy()])?;
        if !any_file_has(&pages, TEXT) {
            let name = person.name;
            return Err(Failure::new(format!("{name} has no such page on disk")));
        }
    }
    println!("what was typed in one window is on both disks");
    Ok(())
}

fn they_are_in_one_network(ana: &Person, bo: &Person) -> Result<(), Failure> {
    ana.node(&["init", "--name", "Ana Martin"])?;
    bo.node(&["init", "--name", "Bo Lindqvist"])?;
    ana.node(&["network", "create", "--name", NETWORK])?;
    let invited = ana.node(&["invite", NETWORK])?;
    let ticket = invited.split("\"ticket\":\"").nth(1);
    let ticket = ticket.and_then(|rest| rest.split('"').next());
    let ticket = ticket.ok_or_else(|| Failure::new(format!("no ticket in {invited}")))?;
    let mut door = ana
        .command("tresse-node")?
        .args(["--json", "serve", "--lan-only"])
        .stdout(Stdio::null())
        .spawn()
        .map_err(|error| Failure::new(format!("tresse-node did not start: {error}")))?;
    let joined = bo.node(&["join", ticket, "--lan-only", "--timeout", "60"]);
    shell::end(&mut door)?;
    joined.map(drop)
}

/// Two network namespaces with a cable between them; none where they cannot be made. Gone when dropped.
struct Machines(Vec<String>);

impl Machines {
    fn new() -> Self {
        let names = ["ana", "bo"].map(|name| format!("tresse-{name}-{}", std::process::id()));
        let [ana, bo] = &names;
        let made = Self(names.to_vec());
        let cable = format!("link add cable netns {ana} type veth peer name cable netns {bo}");
        let mut words = vec![format!("netns add {ana}"), format!("netns add {bo}"), cable];
        for (name, number) in [(ana, 1), (bo, 2)] {
            words.push(format!("-n {name} link set lo up"));
            words.push(format!("-n {name} addr add 10.85.0.{number}/24 dev cable"));
            words.push(format!("-n {name} link set cable up"));
        }
        for words in words {
            let mut ip = Command::new("ip");
            if let Err(failure) = shell::capture(ip.args(words.split(' '))) {
                println!("both windows are on this machine, as no others can be made: {failure}");
                drop(made);
                return Self(Vec::new());
            }
        }
        made
    }

    fn name(&self, person: &str) -> Option<String> {
        let part = format!("-{person}-");
        self.0.iter().find(|name| name.contains(&part)).cloned()
    }
}

impl Drop for Machines {
    fn drop(&mut self) {
        for name in &self.0 {
            let gone = shell::capture(Command::new("ip").args(["netns", "del", name]));
            if let Err(failure) = gone {
                eprintln!("{failure}");
            }
        }
    }
}

/// Somebody at a machine.
struct Person {
    name: &'static str,
    machine: Option<String>,
    profile: PathBuf,
}

impl Person {
    /// A program on their profile, at their machine.
    fn command(&self, program: &str) -> Result<Command, Failure> {
        let program = shell::built(program)?;
        let mut command = match &self.machine {
            None => shell::in_workspace(&program),
            Some(machine) => {
                let mut command = shell::in_workspace(Path::new("ip"));
                command.args(["netns", "exec", machine]).arg(program);
                command
            }
        };
        command.arg("--profile").arg(&self.profile);
        Ok(command)
    }

    fn node(&self, words: &[&str]) -> Result<String, Failure> {
        shell::capture(self.command("tresse-node")?.arg("--json").args(words))
    }
}

/// A window, its display and its keyboard.
struct Window<'a> {
    person: &'a Person,
    screen: MemoryDisplay,
    client: Child,
}

impl<'a> Window<'a> {
    fn open(person: &'a Person, folder: &Path) -> Result<Self, Failure> {
        let shown = folder.join(format!("screen-{}", person.name));
        fs::create_dir_all(&shown)
            .map_err(|error| Failure::new(format!("{}: {error}", shown.display())))?;
        let screen = MemoryDisplay::shown_in(&shown, 1280, 800)?;
        let mut command = person.command("tresse")?;
        command.args(["--view", "library", "--lang", "fr", "--size", "1280x800"]);
        screen.show(&mut command);
        println!("$ {}", shell::spelled(&command));
        let client = command
            .spawn()
            .map_err(|error| Failure::new(format!("the client did not start: {error}")))?;
        let window = Self {
            person,
            screen,
            client,
        };
        let search = ["search", "--onlyvisible", "--name", "Tresse"];
        let id = soon("a window is shown", || window.screen.xdotool(&search).ok())?;
        let id = id.lines().next().unwrap_or_default();
        // Without a window manager nobody else gives the window the keyboard.
        window.screen.xdotool(&["windowfocus", "--sync", id])?;
        window.still()?;
        Ok(window)
    }

    /// What is shown, once it does not move any more.
    fn still(&self) -> Result<Picture, Failure> {
        let last = std::cell::RefCell::new(self.screen.picture()?);
        soon("the window is still", || {
            thread::sleep(LOOK / 2);
            let now = self.screen.picture().ok()?;
            let moved = now.differs(&last.borrow());
            last.replace(now.clone());
            (moved == 0).then_some(now)
        })
    }

    /// Does something, until this window shows more than a line that it did not show before.
    fn until_shown(
        &self,
        what: &str,
        before: &Picture,
        act: impl Fn(&Self) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        act(self)?;
        soon(what, || {
            let now = self.screen.picture().ok()?;
            (now.differs(before) > A_LINE).then_some(())
        })
    }

    /// Goes to a page by its name. What is open above the page is closed before it is looked at, for it would pass for one.
    fn go_to(&self, title: &str) -> Result<(), Failure> {
        let listed = self.still()?;
        for _ in 0..TRIES {
            self.press("Escape")?;
            self.press("ctrl+k")?;
            self.write(title)?;
            self.press("Return")?;
            self.press("Escape")?;
            if self.still()?.differs(&listed) > A_PAGE {
                return Ok(());
            }
        }
        Err(Failure::new(format!("« {title} » does not open")))
    }

    fn press(&self, keys: &str) -> Result<(), Failure> {
        self.screen.xdotool(&["key", "--delay", RHYTHM, keys])?;
        thread::sleep(LOOK);
        Ok(())
    }

    fn write(&self, text: &str) -> Result<(), Failure> {
        let typed = self.screen.xdotool(&["type", "--delay", RHYTHM, text]);
        thread::sleep(LOOK);
        typed.map(drop)
    }
}

impl Drop for Window<'_> {
    fn drop(&mut self) {
        if let Err(failure) = shell::end(&mut self.client) {
            eprintln!("tresse: {failure}");
        }
    }
}
