//! Names and types of files that are attached.

use std::{fs::File, io::Read, path::Path};

use tresse_model::FILE_NAME_MAX;

/// What a file is by its name: its ending, its media type, and whether it is safe to have the system open it. What is not listed is
/// saved, never opened: it may be a program.
const KINDS: &[(&str, &str)] = &[
    ("avi", "video/x-msvideo"),
    ("bmp", "image/bmp"),
    ("csv", "text/csv"),
    ("doc", "application/msword"),
    (
        "docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    ("epub", "application/epub+zip"),
    ("flac", "audio/flac"),
    ("gif", "image/gif"),
    ("ics", "text/calendar"),
    ("jpeg", "image/jpeg"),
    ("jpg", "image/jpeg"),
    ("m4a", "audio/mp4"),
    ("md", "text/markdown"),
    ("mkv", "video/x-matroska"),
    ("mov", "video/quicktime"),
    ("mp3", "audio/mpeg"),
    ("mp4", "video/mp4"),
    ("odg", "application/vnd.oasis.opendocument.graphics"),
    ("odp", "application/vnd.oasis.opendocument.presentation"),
    ("ods", "application/vnd.oasis.opendocument.spreadsheet"),
    ("odt", "application/vnd.oasis.opendocument.text"),
    ("ogg", "audio/ogg"),
    ("opus", "audio/opus"),
    ("pdf", "application/pdf"),
    ("png", "image/png"),
    ("ppt", "application/vnd.ms-powerpoint"),
    (
        "pptx",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ),
    ("rtf", "application/rtf"),
    ("tif", "image/tiff"),
    ("tiff", "image/tiff"),
    ("txt", "text/plain"),
    ("wav", "audio/wav"),
    ("webm", "video/webm"),
    ("webp", "image/webp"),
    ("xls", "application/vnd.ms-excel"),
    (
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
];

/// How files begin whose name does not say what they are.
const BEGINNINGS: &[(&[u8], &str)] = &[
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"%PDF-", "application/pdf"),
];

fn ending(name: &str) -> Option<String> {
    let (_, ending) = name.rsplit_once('.')?;
    Some(ending.to_lowercase())
}

fn kind(name: &str) -> Option<&'static str> {
    let ending = ending(name)?;
    let mut kinds = KINDS.iter();
    kinds
        .find(|(known, _)| *known == ending)
        .map(|(_, media)| *media)
}

/// Whether the system may open a file of this name by the program for it: it is of a kind that is looked at, and not one that runs.
pub fn opens(name: &str) -> bool {
    kind(&attachment_name(name)).is_some()
}

/// The media type of a file of this machine, by its name, else by how it begins; empty where neither says.
pub(crate) fn type_of(path: &Path) -> String {
    let by_name = kind(&path.to_string_lossy());
    by_name
        .or_else(|| by_beginning(path))
        .unwrap_or_default()
        .to_owned()
}

fn by_beginning(path: &Path) -> Option<&'static str> {
    let mut begins = Vec::new();
    File::open(path)
        .and_then(|file| file.take(16).read_to_end(&mut begins))
        .ok()?;
    let mut known = BEGINNINGS.iter();
    known
        .find(|(start, _)| begins.starts_with(start))
        .map(|(_, media)| *media)
}

/// The name under which a file of this machine is attached.
pub(crate) fn name_of(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let kept = name.chars().filter(|letter| !letter.is_control());
    let name: String = kept.collect();
    let length = name.chars().count();
    if length <= FILE_NAME_MAX {
        return name;
    }
    // The end says what it is.
    let ending = ending(&name).filter(|ending| ending.chars().count() <= 20);
    let ending = ending
        .map(|ending| format!(".{ending}"))
        .unwrap_or_default();
    let most = FILE_NAME_MAX - ending.chars().count();
    name.chars().take(most).chain(ending.chars()).collect()
}

/// The name of an attached file as part of a path, on every system and whatever whoever attached it called it: no folders, nothing that
/// turns letters round, and the ending that says what it is. Never empty.
pub fn attachment_name(name: &str) -> String {
    let simple = |ending: &&str| {
        let length = ending.len();
        (1..=10).contains(&length) && ending.bytes().all(|byte| byte.is_ascii_alphanumeric())
    };
    let split = name.rsplit_once('.');
    let split = split.filter(|(_, ending)| simple(ending));
    let (stem, ending) = split.map_or((name, None), |(stem, ending)| (stem, Some(ending)));
    let stem = crate::file_name(&stem.replace(['.', '(', ')'], " "));
    let stem = if stem.is_empty() || is_reserved(&stem) {
        format!("document {stem}").trim_end().to_owned()
    } else {
        stem
    };
    match ending {
        Some(ending) => format!("{stem}.{ending}"),
        None => stem,
    }
}

/// Names that Windows keeps for devices.
fn is_reserved(stem: &str) -> bool {
    let stem = stem.to_ascii_lowercase();
    let numbered = |device: &str| {
        stem.strip_prefix(device)
            .is_some_and(|rest| rest.len() == 1 && rest.bytes().all(|byte| byte.is_ascii_digit()))
    };
    ["con", "prn", "aux", "nul"].contains(&&*stem) || numbered("com") || numbered("lpt")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_names_become_plain_ones_that_keep_their_ending() {
        for (name, safe) in [
            ("Compte rendu.pdf", "Compte rendu.pdf"),
            ("L’été à Nîmes (2).odt", "L’été à Nîmes 2.odt"),
            ("../../etc/passwd", "etc passwd"),
            ("C:\\Windows\\x.PDF", "C Windows x.PDF"),
            ("exe\u{202e}fdp.exe", "exe fdp.exe"),
            ("a\nb\0c.txt", "a b c.txt"),
            (".bashrc", "document.bashrc"),
            ("con.txt", "document con.txt"),
            ("..", "document"),
            ("", "document"),
            ("x.tar.gz", "x tar.gz"),
            ("x.e\u{202e}xe", "x e xe"),
        ] {
            assert_eq!(attachment_name(name), safe, "{name:?}");
        }
    }

    #[test]
    fn what_runs_is_never_opened() {
        for name in ["Bilan.pdf", "photo.JPG", "tableau.ods"] {
            assert!(opens(name), "{name}");
        }
        for name in [
            "x.exe",
            "x.pdf.exe",
            "x.sh",
            "x.desktop",
            "x.html",
            "x.js",
            "x.lnk",
            "pdf",
            "x.pdf\u{202e}",
            "x.docm",
            "x.jar",
            "x.svg",
            "",
        ] {
            assert!(!opens(name), "{name}");
        }
    }

    #[test]
    fn long_names_are_cut_before_their_ending() {
        let long = format!("/tmp/{}.pdf", "é".repeat(300));
        let name = name_of(Path::new(&long));
        assert_eq!(name.chars().count(), FILE_NAME_MAX);
        assert!(name.ends_with("é.pdf"));
    }
}
