//! A network as a folder that outlives Tresse: the final report, everything in open formats, the documents with their whole
//! history, and the signed acts that say who was in.

use tresse_model::DocId;

use crate::{
    ExportFile, FinalReport, NetworkExport, closing_html, closing_markdown, csv, csv::Table, ics,
    json, markdown,
};

/// What an archive is made of.
#[derive(Debug, Clone)]
pub struct Archived {
    /// The report.
    pub report: FinalReport,
    /// The network as it stands.
    pub content: NetworkExport,
    /// Each document, saved whole.
    pub documents: Vec<(DocId, Vec<u8>)>,
    /// The signed acts: each one's name and bytes.
    pub acts: Vec<(String, Vec<u8>)>,
    /// The attached files, of which the bytes are put into the folder by whoever has them.
    pub attached: Vec<AttachedFile>,
}

/// A file attached to a page or a meeting, as an archive names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttachedFile {
    /// Its name.
    pub name: String,
    /// The title of the page or meeting.
    pub title: String,
    /// How many bytes it has.
    pub size: u64,
    /// Where it lies in the archive, or why it does not (`not-here`, `too-much`, `damaged`).
    pub place: Result<String, &'static str>,
}

/// Every file of the archive: at its root the report and a text that says what lies where.
pub fn archive(archived: &Archived) -> Vec<ExportFile> {
    let report = &archived.report;
    let english = {
        let lang = report.lang.trim().to_lowercase();
        lang.starts_with("en") || lang.starts_with("angl")
    };
    let (name, about) = if english {
        ("README.txt", ABOUT_ENGLISH)
    } else {
        ("LISEZ-MOI.txt", ABOUT_FRENCH)
    };
    let mut files = vec![
        file(name, about.as_bytes().to_vec()),
        file("report.md", closing_markdown(report).into_bytes()),
        file("report.html", closing_html(report).into_bytes()),
    ];
    let content = &archived.content;
    for (folder, of) in [
        ("markdown", markdown(content)),
        ("tables", csv(content)),
        ("calendar", ics(content)),
        ("data", json(content)),
    ] {
        let within = of.into_iter().map(|one| ExportFile {
            path: format!("{folder}/{}", one.path),
            bytes: one.bytes,
        });
        files.extend(within);
    }
    if !archived.attached.is_empty() {
        files.push(attached(&archived.attached));
    }
    let documents = archived.documents.iter();
    files.extend(
        documents.map(|(doc, bytes)| file(&format!("documents/{doc}.automerge"), bytes.clone())),
    );
    let acts = archived.acts.iter();
    files.extend(acts.map(|(act, bytes)| file(&format!("acts/{act}.act"), bytes.clone())));
    files
}

/// The list of attached files: where each lies, or why it is not there.
fn attached(files: &[AttachedFile]) -> ExportFile {
    let mut table = Table::new(&["name", "attached_to", "bytes", "file", "left_out"]);
    for one in files {
        let (place, why) = match &one.place {
            Ok(place) => (place.as_str(), ""),
            Err(why) => ("", *why),
        };
        table.row(&[&one.name, &one.title, &one.size.to_string(), place, why]);
    }
    table.file("files/files.csv")
}

fn file(path: &str, bytes: Vec<u8>) -> ExportFile {
    ExportFile {
        path: path.to_owned(),
        bytes,
    }
}

const ABOUT_FRENCH: &str =
    "\u{feff}Ce dossier garde un réseau tel qu’il était. Tout s’y lit sans Tresse.

report.html  le bilan, à lire ou à imprimer avec un navigateur
report.md    le même bilan, en texte
markdown/    la charte, le plan, les membres et chaque page, en texte
tables/      les actions, les objectifs et les membres, pour un tableur
calendar/    les échéances, pour un agenda
data/        tout le réseau dans un seul fichier JSON
files/       les pièces jointes qui étaient sur cet appareil (files.csv les nomme toutes)
documents/   chaque document avec tout son historique (format Automerge)
acts/        les actes signés qui disent qui faisait partie du réseau
";

const ABOUT_ENGLISH: &str =
    "\u{feff}This folder keeps a network as it was. All of it can be read without Tresse.

report.html  the report, to read or to print with a browser
report.md    the same report, as text
markdown/    the charter, the plan, the members and each page, as text
tables/      actions, objectives and members, for a spreadsheet
calendar/    what is due, for a calendar
data/        the whole network in one JSON file
files/       the attached files that were on this machine (files.csv names them all)
documents/   each document with its whole history (Automerge format)
acts/        the signed acts that say who was in the network
";

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::sample;

    #[test]
    fn every_format_lies_in_a_folder_of_its_own_and_no_path_twice() {
        let archived = Archived {
            report: FinalReport::default(),
            content: sample::export(),
            documents: vec![(DocId::from_bytes([7; DocId::LEN]), vec![1, 2])],
            acts: vec![("ab12".to_owned(), vec![3])],
            attached: vec![
                AttachedFile {
                    name: "Bilan.pdf".to_owned(),
                    title: "Dossier".to_owned(),
                    size: 12,
                    place: Ok("files/Dossier 1234/Bilan.pdf".to_owned()),
                },
                AttachedFile {
                    name: "Film.mp4".to_owned(),
                    title: "Dossier".to_owned(),
                    size: 34,
                    place: Err("not-here"),
                },
            ],
        };
        let files = archive(&archived);
        let paths: BTreeSet<&str> = files.iter().map(|one| one.path.as_str()).collect();
        assert_eq!(paths.len(), files.len());
        for path in [
            "LISEZ-MOI.txt",
            "report.md",
            "report.html",
            "acts/ab12.act",
            "markdown/charter.md",
        ] {
            assert!(paths.contains(path), "{path} in {paths:?}");
        }
        let list = files.iter().find(|one| one.path == "files/files.csv");
        let list = String::from_utf8(list.unwrap().bytes.clone()).unwrap();
        assert!(list.contains("Bilan.pdf,Dossier,12,files/Dossier 1234/Bilan.pdf,\r\n"));
        assert!(list.contains("Film.mp4,Dossier,34,,not-here\r\n"), "{list}");
        for folder in ["tables/", "calendar/", "data/", "documents/"] {
            assert!(
                paths.iter().any(|path| path.starts_with(folder)),
                "{folder}"
            );
        }
        let english = Archived {
            report: FinalReport {
                lang: "en".to_owned(),
                ..FinalReport::default()
            },
            ..archived
        };
        assert_eq!(archive(&english)[0].path, "README.txt");
    }
}
