//! A screen to draw on: the person's own, or one that only exists in memory.

use std::{
    env, fs,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, ChildStdout, Command, Stdio},
    sync::mpsc,
    thread,
    time::Duration,
};

use crate::{
    picture::Picture,
    shell::{self, Failure},
};

/// Whether a window can be opened where this program runs.
pub(crate) fn is_there() -> bool {
    if !cfg!(target_os = "linux") {
        return true;
    }
    wayland_socket().is_some_and(|socket| answers(&socket)) || x_is_there()
}

fn wayland_socket() -> Option<PathBuf> {
    let name = PathBuf::from(env::var_os("WAYLAND_DISPLAY")?);
    // An absolute name replaces the folder.
    Some(PathBuf::from(env::var_os("XDG_RUNTIME_DIR").unwrap_or_default()).join(name))
}

fn x_is_there() -> bool {
    let Some(display) = env::var("DISPLAY").ok().filter(|text| !text.is_empty()) else {
        return false;
    };
    match local_number(&display) {
        Some(number) => answers(Path::new(&format!("/tmp/.X11-unix/X{number}"))),
        // A display over the network: only trying tells.
        None => true,
    }
}

/// The number in `:7` and `:7.0`.
fn local_number(display: &str) -> Option<u32> {
    let number = display.strip_prefix(':')?;
    number.split('.').next()?.parse().ok()
}

#[cfg(unix)]
fn answers(socket: &Path) -> bool {
    std::os::unix::net::UnixStream::connect(socket).is_ok()
}

#[cfg(not(unix))]
fn answers(_socket: &Path) -> bool {
    false
}

/// An X display that only exists in memory; it ends when this value is dropped.
pub(crate) struct MemoryDisplay {
    server: Child,
    number: u32,
    /// Where the server keeps what is on it, if that was asked for.
    shown: Option<PathBuf>,
    _pipe: BufReader<ChildStdout>,
}

impl MemoryDisplay {
    /// Starts one on a number that nobody uses.
    pub(crate) fn start(width: u32, height: u32) -> Result<Self, Failure> {
        Self::begin((width, height), None)
    }

    /// The same, and what is on it can be looked at ([`MemoryDisplay::picture`]); it lies in this folder.
    pub(crate) fn shown_in(folder: &Path, width: u32, height: u32) -> Result<Self, Failure> {
        Self::begin((width, height), Some(folder))
    }

    fn begin((width, height): (u32, u32), folder: Option<&Path>) -> Result<Self, Failure> {
        let mut server = Command::new("Xvfb");
        if let Some(folder) = folder {
            server.arg("-fbdir").arg(folder);
        }
        let mut server = server
            .args(["-displayfd", "1", "-nolisten", "tcp", "-noreset"])
            .args(["-screen", "0", &format!("{width}x{height}x24")])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| Failure::new(format!("Xvfb did not start: {error}")))?;
        let Some(pipe) = server.stdout.take() else {
            shell::end(&mut server)?;
            return Err(Failure::new("Xvfb has no output to listen to"));
        };
        if let Some((number, pipe)) = first_line(BufReader::new(pipe)) {
            let display = Self {
                server,
                number,
                shown: folder.map(|folder| folder.join("Xvfb_screen0")),
                _pipe: pipe,
            };
            // The pointer begins in the middle, where windows open: out of the picture with it.
            display.xdotool(&["mousemove", "0", "0"])?;
            return Ok(display);
        }
        shell::end(&mut server)?;
        Err(Failure::new("Xvfb did not name its display within 20 s"))
    }

    /// Asks the display something, or presses its keys.
    pub(crate) fn xdotool(&self, words: &[&str]) -> Result<String, Failure> {
        let mut command = Command::new("xdotool");
        command.args(words);
        self.show(&mut command);
        shell::capture(&mut command)
    }

    /// What is on it now.
    pub(crate) fn picture(&self) -> Result<Picture, Failure> {
        let Some(file) = &self.shown else {
            return Err(Failure::new("nobody asked to look at this display"));
        };
        let bytes =
            fs::read(file).map_err(|error| Failure::new(format!("{}: {error}", file.display())))?;
        Picture::of_dump(&bytes)
            .ok_or_else(|| Failure::new(format!("{} is no dump of a display", file.display())))
    }

    /// Makes a command draw on this display, without a graphics card.
    pub(crate) fn show(&self, command: &mut Command) {
        command
            .env("DISPLAY", format!(":{}", self.number))
            .env("LIBGL_ALWAYS_SOFTWARE", "1")
            .env_remove("WAYLAND_DISPLAY")
            .env_remove("WAYLAND_SOCKET")
            .env_remove("XAUTHORITY");
    }
}

impl Drop for MemoryDisplay {
    fn drop(&mut self) {
        if let Err(failure) = shell::end(&mut self.server) {
            eprintln!("Xvfb: {failure}");
        }
    }
}

/// The number that the server writes once it is ready, and the pipe, to be kept open.
fn first_line(mut pipe: BufReader<ChildStdout>) -> Option<(u32, BufReader<ChildStdout>)> {
    let (send, receive) = mpsc::channel();
    thread::spawn(move || {
        let mut line = String::new();
        let number = pipe
            .read_line(&mut line)
            .ok()
            .and_then(|_| line.trim().parse().ok());
        // Nobody listens any more once the time is up: then there is nobody to tell.
        send.send(number.map(|number| (number, pipe))).ok()
    });
    receive.recv_timeout(Duration::from_secs(20)).ok().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_of_a_local_display_is_read() {
        assert_eq!(local_number(":7"), Some(7));
        assert_eq!(local_number(":7.0"), Some(7));
        assert_eq!(local_number("far:7.0"), None);
    }
}
