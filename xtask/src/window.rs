//! The client: built, then opened on the person's display or on one in memory.

use std::{
    fs,
    path::{Path, PathBuf, absolute},
    process::Command,
    time::Duration,
};

use crate::{
    cli::RunOptions,
    display::{self, MemoryDisplay},
    shell::{self, Failure},
    system::{self, Use},
};

/// How long the window may take to show itself and save its picture.
const PATIENCE: Duration = Duration::from_mins(2);

/// `cargo xtask run`.
pub(crate) fn open(options: &RunOptions) -> Result<(), Failure> {
    if options.screenshot.is_none() && !display::is_there() {
        return Err(Failure::new(
            "There is no display here, so no window can open. A picture of it can be made all the same:\n\n  \
             cargo xtask run --screenshot FILE.png\n",
        ));
    }
    let wanted = match options.screenshot {
        Some(_) => Use::Screenshot,
        None => Use::Window,
    };
    system::ensure(wanted)?;
    let profile = profile_for(options)?;
    shell::run(&mut shell::cargo([
        "build",
        "-p",
        "tresse-desktop",
        "--bin",
        "tresse",
    ]))?;
    let Some(picture) = &options.screenshot else {
        return shell::run(client(&profile)?.args(&options.rest));
    };
    let picture = from_here(picture)?;
    let Size { width, height } = photograph(&profile, &picture, &options.rest)?;
    println!("saved {} ({width}×{height})", picture.display());
    Ok(())
}

/// The folder asked for, else the embedded one. A picture alone does not begin the embedded
/// profile: without one it shows the demo from a folder that is thrown away.
fn profile_for(options: &RunOptions) -> Result<PathBuf, Failure> {
    let embedded = shell::root().join(".profile");
    match &options.profile {
        Some(folder) => from_here(folder),
        None if options.screenshot.is_none() || embedded.exists() => Ok(embedded),
        None => Ok(scratch("screenshot")?.join("profile")),
    }
}

/// A path as meant in the folder where the person stands.
fn from_here(path: &Path) -> Result<PathBuf, Failure> {
    absolute(path).map_err(|error| Failure::new(format!("{}: {error}", path.display())))
}

/// The size of a picture, in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Size {
    /// From left to right.
    pub(crate) width: u32,
    /// From top to bottom.
    pub(crate) height: u32,
}

/// Opens the real window on a display in memory and lets it save a picture of itself.
pub(crate) fn photograph(profile: &Path, picture: &Path, rest: &[String]) -> Result<Size, Failure> {
    let screen = MemoryDisplay::start(2560, 1600)?;
    if picture.exists() {
        fs::remove_file(picture).map_err(|error| {
            Failure::new(format!("{} cannot be replaced: {error}", picture.display()))
        })?;
    }
    let mut command = client(profile)?;
    command.arg("--screenshot").arg(picture).args(rest);
    screen.show(&mut command);
    println!("$ {}", shell::spelled(&command));
    let mut window = command
        .spawn()
        .map_err(|error| Failure::new(format!("the client did not start: {error}")))?;
    match shell::wait(&mut window, PATIENCE)? {
        Some(status) => shell::succeeded(&command, status)?,
        None => {
            return Err(Failure::new(format!(
                "the window did not save its picture within {}",
                shell::spoken(PATIENCE)
            )));
        }
    }
    size_of(picture)
}

fn client(profile: &Path) -> Result<Command, Failure> {
    let mut command = shell::in_workspace(&shell::built("tresse")?);
    command.arg("--profile").arg(profile);
    Ok(command)
}

/// Reads a PNG's size, which also tells that it is one.
fn size_of(picture: &Path) -> Result<Size, Failure> {
    let bytes = fs::read(picture)
        .map_err(|error| Failure::new(format!("{}: {error}", picture.display())))?;
    png_size(&bytes)
        .ok_or_else(|| Failure::new(format!("{} is not a whole PNG picture", picture.display())))
}

fn png_size(bytes: &[u8]) -> Option<Size> {
    let head = bytes.strip_prefix(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")?;
    let (width, head) = head.split_first_chunk()?;
    let (height, rest) = head.split_first_chunk()?;
    rest.ends_with(b"IEND\xae\x42\x60\x82").then_some(Size {
        width: u32::from_be_bytes(*width),
        height: u32::from_be_bytes(*height),
    })
}

/// A folder of its own for one step, empty.
pub(crate) fn scratch(name: &str) -> Result<PathBuf, Failure> {
    let folder = shell::built("xtask")?
        .with_file_name("xtask-scratch")
        .join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder)
            .map_err(|error| Failure::new(format!("{}: {error}", folder.display())))?;
    }
    fs::create_dir_all(&folder)
        .map_err(|error| Failure::new(format!("{}: {error}", folder.display())))?;
    Ok(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_tells_its_size_and_a_broken_one_does_not() {
        let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x04\0\0\0\x02\xbc".to_vec();
        bytes.extend(b"\x08\x06\0\0\0----\0\0\0\0IEND\xae\x42\x60\x82");
        let size = Size {
            width: 1024,
            height: 700,
        };
        assert_eq!(png_size(&bytes), Some(size));
        assert_eq!(png_size(&bytes[..bytes.len() - 1]), None);
        assert_eq!(png_size(b"GIF89a"), None);
    }
}
