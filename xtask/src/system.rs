//! The machine's own packages: what building, running and testing need from the system.
//!
//! Each package has a probe that looks for the thing itself, so that nothing is installed where
//! the thing is already there, from whatever source. What is missing is installed where that
//! is permitted; elsewhere the exact command is told.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use crate::shell::{self, Failure};

/// What the machine is needed for; each use includes those before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Use {
    /// Compiling (SQLCipher and its OpenSSL are built from source).
    Build,
    /// Opening a window on a display that is there.
    Window,
    /// Drawing a window where there is no display.
    Screenshot,
    /// Everything that `cargo xtask test` does.
    Test,
}

/// How to tell that a package's thing is there.
enum Probe {
    /// A command that works. (A small Debian has a Perl without the modules that OpenSSL asks for.)
    Works(&'static [&'static str]),
    /// A program on `PATH` or in the administrator's folders.
    Command(&'static str),
    /// A shared library that the loader knows.
    Library(&'static str),
    /// A driver: the folder's name, and how the file's name begins.
    Driver(&'static str, &'static str),
    /// A file in its one place.
    File(&'static str),
}

struct Package {
    debian: &'static str,
    probe: Probe,
    from: Use,
    why: &'static str,
}

const fn package(debian: &'static str, probe: Probe, from: Use, why: &'static str) -> Package {
    Package {
        debian,
        probe,
        from,
        why,
    }
}

use Probe::{Command as Program, Driver, File, Library, Works};

const PACKAGES: &[Package] = &[
    package(
        "gcc",
        Program("cc"),
        Use::Build,
        "compiles SQLCipher and links",
    ),
    package(
        "libc6-dev",
        File("/usr/include/stdio.h"),
        Use::Build,
        "C headers",
    ),
    package(
        "make",
        Program("make"),
        Use::Build,
        "builds OpenSSL for SQLCipher",
    ),
    package(
        "perl",
        Works(&["perl", "-MFindBin", "-MIPC::Cmd", "-MFile::Compare", "-e1"]),
        Use::Build,
        "configures OpenSSL for SQLCipher",
    ),
    package(
        "pkg-config",
        Program("pkg-config"),
        Use::Build,
        "build scripts look for libraries",
    ),
    package(
        "libxkbcommon0",
        Library("libxkbcommon.so.0"),
        Use::Window,
        "keyboard layouts",
    ),
    package(
        "libxkbcommon-x11-0",
        Library("libxkbcommon-x11.so.0"),
        Use::Window,
        "keyboard layouts under X",
    ),
    package(
        "libx11-6",
        Library("libX11.so.6"),
        Use::Window,
        "windows under X",
    ),
    package(
        "libx11-xcb1",
        Library("libX11-xcb.so.1"),
        Use::Window,
        "windows under X",
    ),
    package(
        "libxcursor1",
        Library("libXcursor.so.1"),
        Use::Window,
        "the pointer under X",
    ),
    package(
        "libxi6",
        Library("libXi.so.6"),
        Use::Window,
        "pointer and keyboard under X",
    ),
    package(
        "libxrandr2",
        Library("libXrandr.so.2"),
        Use::Window,
        "screens under X",
    ),
    package(
        "libwayland-client0",
        Library("libwayland-client.so.0"),
        Use::Window,
        "windows under Wayland",
    ),
    package(
        "libwayland-cursor0",
        Library("libwayland-cursor.so.0"),
        Use::Window,
        "the pointer under Wayland",
    ),
    package(
        "libwayland-egl1",
        Library("libwayland-egl.so.1"),
        Use::Window,
        "drawing under Wayland",
    ),
    package("libgl1", Library("libGL.so.1"), Use::Window, "OpenGL"),
    package("libegl1", Library("libEGL.so.1"), Use::Window, "OpenGL"),
    package(
        "libgl1-mesa-dri",
        Driver("dri", "swrast_dri.so"),
        Use::Window,
        "OpenGL without a graphics card",
    ),
    package(
        "xvfb",
        Program("Xvfb"),
        Use::Screenshot,
        "a display in memory",
    ),
    package(
        "mesa-vulkan-drivers",
        Driver("vulkan", "lvp_icd"),
        Use::Test,
        "pictures of views without a graphics card",
    ),
    package(
        "libvulkan1",
        Library("libvulkan.so.1"),
        Use::Test,
        "pictures of views",
    ),
    package(
        "iproute2",
        Program("ip"),
        Use::Test,
        "hosts in network namespaces",
    ),
    package(
        "nftables",
        Program("nft"),
        Use::Test,
        "routers between them that translate addresses",
    ),
    package(
        "systemd",
        Program("systemd-analyze"),
        Use::Test,
        "reads the unit of an always-on peer",
    ),
    package(
        "xdotool",
        Program("xdotool"),
        Use::Screenshot,
        "moves the pointer and types on a display in memory",
    ),
];

/// Makes sure that the machine has what `wanted` needs. Says what it installed.
pub(crate) fn ensure(wanted: Use) -> Result<String, Failure> {
    if !cfg!(target_os = "linux") {
        return Ok("this system brings what is needed".to_owned());
    }
    let missing = missing(wanted);
    if missing.is_empty() {
        let count = PACKAGES.iter().filter(|p| p.from <= wanted).count();
        return Ok(format!("all {count} there"));
    }
    for package in &missing {
        println!("missing: {} ({})", package.debian, package.why);
    }
    let names: Vec<_> = missing.iter().map(|package| package.debian).collect();
    if shell::on_path("apt-get").is_none() {
        return Err(Failure::new(format!(
            "this system has no apt-get: install what Debian calls {} with its own package manager",
            names.join(", ")
        )));
    }
    install(&names)?;
    let still = self::missing(wanted);
    if still.is_empty() {
        return Ok(format!("installed {}", names.join(" ")));
    }
    let names: Vec<_> = still.iter().map(|package| package.debian).collect();
    Err(Failure::new(format!(
        "installed, but still not found: {}",
        names.join(", ")
    )))
}

fn missing(wanted: Use) -> Vec<&'static Package> {
    let libraries = loader_cache();
    PACKAGES
        .iter()
        .filter(|package| package.from <= wanted && !is_there(&package.probe, &libraries))
        .collect()
}

fn is_there(probe: &Probe, libraries: &str) -> bool {
    match probe {
        Works(words) => shell::capture(Command::new(words[0]).args(&words[1..])).is_ok(),
        Program(name) => {
            shell::on_path(name).is_some()
                || ["/usr/sbin", "/sbin"]
                    .iter()
                    .any(|folder| Path::new(folder).join(name).is_file())
        }
        Library(name) => names_library(libraries, name),
        File(path) => Path::new(path).is_file(),
        Driver(folder, beginning) => places_of(folder)
            .iter()
            .any(|place| has_file_beginning(place, beginning)),
    }
}

/// Whether the loader's list has a library of exactly this name.
fn names_library(list: &str, name: &str) -> bool {
    list.lines()
        .filter_map(|line| line.split_whitespace().next())
        .any(|first| first == name)
}

/// What `ldconfig -p` prints; empty where there is no `ldconfig`.
fn loader_cache() -> String {
    ["/sbin/ldconfig", "/usr/sbin/ldconfig", "ldconfig"]
        .into_iter()
        .find_map(|program| shell::capture(Command::new(program).arg("-p")).ok())
        .unwrap_or_default()
}

/// Where drivers of this sort may lie.
fn places_of(folder: &str) -> Vec<PathBuf> {
    let mut places = vec![
        PathBuf::from("/usr/lib").join(folder),
        PathBuf::from("/usr/lib64").join(folder),
        PathBuf::from("/usr/share").join(folder).join("icd.d"),
    ];
    let multiarch = std::fs::read_dir("/usr/lib")
        .into_iter()
        .flatten()
        .flatten();
    places.extend(multiarch.map(|entry| entry.path().join(folder)));
    places
}

fn has_file_beginning(place: &Path, beginning: &str) -> bool {
    std::fs::read_dir(place)
        .into_iter()
        .flatten()
        .flatten()
        .any(|entry| entry.file_name().to_string_lossy().starts_with(beginning))
}

fn install(names: &[&str]) -> Result<(), Failure> {
    let sudo: &[&str] = if is_root() {
        &[]
    } else if shell::capture(Command::new("sudo").args(["-n", "true"])).is_ok() {
        &["sudo", "-n"]
    } else {
        return Err(Failure::new(format!(
            "this needs the administrator; run this, then try again:\n\n  {}\n",
            by_hand(names)
        )));
    };
    let apt = |arguments: &[&str]| {
        let mut words: Vec<&str> = sudo.to_vec();
        words.extend(["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]);
        words.extend(arguments);
        let mut command = Command::new(words[0]);
        command.args(&words[1..]);
        shell::run(&mut command)
    };
    let mut arguments = vec!["install", "-y", "--no-install-recommends"];
    arguments.extend(names);
    apt(&["update"])
        .and_then(|()| apt(&arguments))
        .map_err(|failure| {
            Failure::new(format!(
                "{failure}\nmend that, or run this, then try again:\n\n  {}\n",
                by_hand(names)
            ))
        })
}

/// The one line that an administrator can paste.
fn by_hand(names: &[&str]) -> String {
    format!(
        "sudo apt-get update && sudo apt-get install -y --no-install-recommends {}",
        names.join(" ")
    )
}

fn is_root() -> bool {
    shell::capture(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_library_is_known_by_its_whole_name_only() {
        let list = "12 libs found\n\tlibxkbcommon-x11.so.0 (libc6,x86-64) => /usr/lib/x\n";
        assert!(names_library(list, "libxkbcommon-x11.so.0"));
        assert!(!names_library(list, "libxkbcommon.so.0"));
    }

    #[test]
    fn no_package_stands_twice_and_every_use_says_why() {
        for (at, package) in PACKAGES.iter().enumerate() {
            assert!(!package.why.is_empty());
            let later = &PACKAGES[at + 1..];
            assert!(later.iter().all(|other| other.debian != package.debian));
        }
    }

    #[test]
    fn the_command_for_the_administrator_names_every_package() {
        let line = by_hand(&["xvfb", "perl"]);
        assert!(line.ends_with("--no-install-recommends xvfb perl"));
    }
}
