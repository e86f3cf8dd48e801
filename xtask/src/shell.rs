//! Other programs: found, started, listened to, and ended when they take too long.

use std::{
    fmt,
    io::{BufRead, BufReader, IsTerminal, Read},
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

/// Something did not work: what, and what the person at the terminal can do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Failure(String);

impl Failure {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The folder of the workspace. Cargo tells it at each run: a build cache that several clones
/// share must not send one clone's work into another.
pub(crate) fn root() -> PathBuf {
    let manifest = std::env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    manifest.parent().map(Path::to_path_buf).unwrap_or(manifest)
}

/// Where built programs lie: this one is built beside them.
pub(crate) fn built(program: &str) -> Result<PathBuf, Failure> {
    let own = std::env::current_exe()
        .map_err(|error| Failure::new(format!("this program does not know its folder: {error}")))?;
    let name = format!("{program}{}", std::env::consts::EXE_SUFFIX);
    Ok(own.with_file_name(name))
}

/// The file that running `program` would start, if there is one on `PATH`.
pub(crate) fn on_path(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let name = format!("{program}{}", std::env::consts::EXE_SUFFIX);
    std::env::split_paths(&path)
        .map(|folder| folder.join(&name))
        .find(|file| file.is_file())
}

/// Cargo, in the workspace's folder.
pub(crate) fn cargo<'a>(arguments: impl IntoIterator<Item = &'a str>) -> Command {
    let program = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = in_workspace(Path::new(&program));
    command.args(arguments);
    command
}

/// A program, in the workspace's folder, without what cargo told this program about itself.
pub(crate) fn in_workspace(program: &Path) -> Command {
    let mut command = Command::new(program);
    command.current_dir(root());
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        if text.starts_with("CARGO_PKG_") || text.starts_with("CARGO_MANIFEST_") {
            command.env_remove(&name);
        }
    }
    if std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none() {
        command.env("CARGO_TERM_COLOR", "always");
    }
    command
}

/// The command as a person would type it.
pub(crate) fn spelled(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let mut words = vec![program.file_name().unwrap_or_default().to_string_lossy()];
    words.extend(
        command
            .get_args()
            .map(|argument| argument.to_string_lossy()),
    );
    words.join(" ")
}

/// Runs a command whose output the person sees; a bad end is a failure.
pub(crate) fn run(command: &mut Command) -> Result<(), Failure> {
    println!("$ {}", spelled(command));
    let status = command
        .status()
        .map_err(|error| not_started(command, &error))?;
    succeeded(command, status)
}

/// Runs a command and gives what it printed on standard output; a bad end is a failure that
/// repeats what it printed on standard error.
pub(crate) fn capture(command: &mut Command) -> Result<String, Failure> {
    let output = command
        .stdin(Stdio::null())
        .output()
        .map_err(|error| not_started(command, &error))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(Failure::new(format!(
        "`{}` ended with {}\n{}",
        spelled(command),
        output.status,
        said.trim_end()
    )))
}

/// Runs a command whose output the person sees, and shows each line to `listen` as well.
pub(crate) fn listen(
    command: &mut Command,
    mut listen: impl FnMut(&str),
) -> Result<ExitStatus, Failure> {
    overhear(command, |line| {
        println!("{line}");
        listen(&without_colour(line));
    })
}

/// Runs a command and shows each line of its output to `hear`, and to nobody else.
pub(crate) fn overhear(
    command: &mut Command,
    mut hear: impl FnMut(&str),
) -> Result<ExitStatus, Failure> {
    println!("$ {}", spelled(command));
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| not_started(command, &error))?;
    let (send, lines) = mpsc::channel();
    let readers: Vec<_> = [
        child.stdout.take().map(|pipe| forward(pipe, send.clone())),
        child.stderr.take().map(|pipe| forward(pipe, send)),
    ]
    .into_iter()
    .flatten()
    .collect();
    for line in lines {
        hear(&line);
    }
    for reader in readers {
        if reader.join().is_err() {
            return Err(Failure::new("a reader of the program's output broke off"));
        }
    }
    child.wait().map_err(|error| not_started(command, &error))
}

fn forward(pipe: impl Read + Send + 'static, send: mpsc::Sender<String>) -> thread::JoinHandle<()> {
    thread::spawn(move || {
        for line in BufReader::new(pipe).split(b'\n').map_while(Result::ok) {
            let line = String::from_utf8_lossy(&line)
                .trim_end_matches('\r')
                .to_owned();
            if send.send(line).is_err() {
                break;
            }
        }
    })
}

/// Takes the colours off a line.
fn without_colour(line: &str) -> String {
    let mut plain = String::with_capacity(line.len());
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('\u{1b}') {
        plain.push_str(before);
        rest = after.split_once('m').map_or("", |(_, rest)| rest);
    }
    plain + rest
}

/// Waits for a child to end by itself; one that is still there at the limit is ended.
pub(crate) fn wait(child: &mut Child, limit: Duration) -> Result<Option<ExitStatus>, Failure> {
    let start = Instant::now();
    loop {
        let ended = child
            .try_wait()
            .map_err(|error| Failure::new(format!("a program was lost sight of: {error}")))?;
        if ended.is_some() {
            return Ok(ended);
        }
        if start.elapsed() > limit {
            end(child)?;
            return Ok(None);
        }
        thread::sleep(Duration::from_millis(20));
    }
}

/// Ends a child and waits until it is gone.
pub(crate) fn end(child: &mut Child) -> Result<(), Failure> {
    child
        .kill()
        .and_then(|()| child.wait())
        .map(|_| ())
        .map_err(|error| Failure::new(format!("a program could not be ended: {error}")))
}

/// A bad end, as a failure.
pub(crate) fn succeeded(command: &Command, status: ExitStatus) -> Result<(), Failure> {
    if status.success() {
        return Ok(());
    }
    Err(Failure::new(format!(
        "`{}` ended with {status}",
        spelled(command)
    )))
}

fn not_started(command: &Command, error: &std::io::Error) -> Failure {
    Failure::new(format!("`{}` did not run: {error}", spelled(command)))
}

/// A length of time as people say it.
pub(crate) fn spoken(time: Duration) -> String {
    let seconds = time.as_secs_f64();
    if seconds < 60.0 {
        format!("{seconds:.1} s")
    } else {
        let whole = time.as_secs();
        format!("{} min {:02} s", whole / 60, whole % 60)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_go_and_words_stay() {
        let line = "\u{1b}[32;1m     Summary\u{1b}[0m [   0.1s] 2 tests run";
        assert_eq!(without_colour(line), "     Summary [   0.1s] 2 tests run");
        assert_eq!(without_colour("é, œ"), "é, œ");
    }

    #[test]
    fn times_read_as_people_say_them() {
        assert_eq!(spoken(Duration::from_millis(1240)), "1.2 s");
        assert_eq!(spoken(Duration::from_secs(65)), "1 min 05 s");
    }

    #[test]
    fn the_workspace_is_the_folder_with_the_lock_file() {
        assert!(root().join("Cargo.lock").is_file());
    }
}
