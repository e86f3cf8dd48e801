//! Tables after RFC 4180, in UTF-8: comma, double quotes, CR LF.
//!
//! A cell that a spreadsheet would take for a formula begins with an apostrophe instead: what a member typed into a
//! title must not be run by whoever opens the export.

mod plan;

use crate::{ExportFile, NetworkExport, decisions};

/// What the plan says and who is in, a table each.
pub fn csv(export: &NetworkExport) -> Vec<ExportFile> {
    let mut files = plan::tables(export);
    files.push(members(export));
    if !export.decisions.is_empty() {
        files.push(decisions::csv(export));
    }
    if !export.watch.is_empty() {
        files.push(crate::watch::csv(export));
    }
    files.extend(crate::resources::csv(export));
    files.extend(crate::pulse::csv(export));
    files
}

fn members(export: &NetworkExport) -> ExportFile {
    let mut table = Table::new(&[
        "id",
        "name",
        "organisation",
        "engagement",
        "brings",
        "expects",
    ]);
    for member in &export.members {
        table.row(&[
            &member.id.to_string(),
            &member.name,
            &member.organisation,
            &member.engagement,
            &member.brings,
            &member.expects,
        ]);
    }
    table.file("members.csv")
}

pub(crate) struct Table {
    text: String,
}

impl Table {
    pub(crate) fn new(columns: &[&str]) -> Self {
        let mut table = Self {
            text: String::new(),
        };
        table.row(columns);
        table
    }

    pub(crate) fn row(&mut self, cells: &[&str]) {
        for (at, cell) in cells.iter().enumerate() {
            if at > 0 {
                self.text.push(',');
            }
            self.cell(cell);
        }
        self.text.push_str("\r\n");
    }

    fn cell(&mut self, cell: &str) {
        let neutral = if is_formula(cell) { "'" } else { "" };
        let quoted = cell.contains(['"', ',', '\r', '\n'])
            || cell.starts_with(char::is_whitespace)
            || cell.ends_with(char::is_whitespace);
        if quoted {
            self.text.push('"');
            self.text.push_str(neutral);
            self.text.push_str(&cell.replace('"', "\"\""));
            self.text.push('"');
        } else {
            self.text.push_str(neutral);
            self.text.push_str(cell);
        }
    }

    pub(crate) fn into_text(self) -> String {
        self.text
    }

    pub(crate) fn file(self, path: &str) -> ExportFile {
        ExportFile {
            path: path.to_owned(),
            bytes: self.text.into_bytes(),
        }
    }
}

/// Whether some spreadsheet would compute the cell. Signs may hide behind spaces and characters without a shape, and
/// have wide twins; a plain number such as `-5` or `+3,2` is only a number.
fn is_formula(cell: &str) -> bool {
    if cell.starts_with(['\t', '\r', '\n']) {
        return true;
    }
    let shown = cell.trim_start_matches(|c: char| {
        c.is_whitespace() || c.is_control() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}')
    });
    shown.starts_with(['=', '+', '-', '@', '|', '%', '＝', '＋', '－', '＠'])
        && shown != "-"
        && !is_number(shown)
}

fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (whole, part) = digits.split_once(['.', ',']).unwrap_or((digits, "0"));
    let all_digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    all_digits(whole) && all_digits(part)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::{export, text};
    use proptest::prelude::*;

    /// A reader after the grammar of RFC 4180, strict.
    fn read(text: &str) -> Vec<Vec<String>> {
        let mut rows = Vec::new();
        let mut row = Vec::new();
        let mut rest = text;
        while !rest.is_empty() {
            let mut cell = String::new();
            if let Some(mut quoted) = rest.strip_prefix('"') {
                loop {
                    let (part, after) = quoted.split_once('"').unwrap();
                    cell.push_str(part);
                    let Some(more) = after.strip_prefix('"') else {
                        rest = after;
                        break;
                    };
                    cell.push('"');
                    quoted = more;
                }
            } else {
                let end = rest.find([',', '\r']).unwrap();
                cell.push_str(&rest[..end]);
                assert!(!cell.contains(['"', '\n']));
                rest = &rest[end..];
            }
            row.push(cell);
            if let Some(after) = rest.strip_prefix(',') {
                rest = after;
            } else {
                rest = rest.strip_prefix("\r\n").unwrap();
                rows.push(std::mem::take(&mut row));
            }
        }
        assert!(row.is_empty());
        rows
    }

    #[test]
    fn every_table_has_a_row_for_each_thing_and_a_cell_for_each_column() {
        let files = csv(&export());
        let tables: Vec<_> = files
            .iter()
            .map(|file| (file.path.as_str(), read(text(file))))
            .collect();
        let rows: Vec<_> = tables
            .iter()
            .map(|(path, rows)| (*path, rows.len() - 1))
            .collect();
        assert_eq!(
            rows,
            [
                ("actions.csv", 3),
                ("objectives.csv", 2),
                ("indicators.csv", 1),
                ("orientations.csv", 1),
                ("measures.csv", 1),
                ("groups.csv", 1),
                ("members.csv", 2),
                ("decisions.csv", 1),
                ("watch.csv", 1),
                ("resources.csv", 2),
                ("loans.csv", 1)
            ]
        );
        for (_, rows) in &tables {
            assert!(rows.iter().all(|row| row.len() == rows[0].len()));
        }
        let action = &tables[0].1[1];
        assert_eq!(action[1], "Écrire la charte, \"version\" 2");
        assert_eq!(action[3], "Se connaître");
        assert_eq!(action[5], "Ana Garçon");
        assert_eq!(action[8], "doing");
        let named = |table: usize, row: usize, column: &str| {
            let rows = &tables[table].1;
            let at = rows[0].iter().position(|name| name == column).unwrap();
            rows[row][at].clone()
        };
        assert_eq!(named(0, 1, "group"), "Écriture");
        assert_eq!(named(0, 1, "effort"), "1.5 d");
        assert_eq!(named(0, 1, "checked"), "1/2");
        assert_eq!(named(0, 2, "next_due"), "2026-10-31");
        assert_eq!(named(1, 1, "orientation_title"), "Durer");
        assert_eq!(named(4, 1, "value"), "4");
        assert_eq!(named(5, 1, "members_names"), "Ana Garçon");
    }

    #[test]
    fn what_a_spreadsheet_would_compute_begins_with_an_apostrophe() {
        for cell in [
            "=1+1",
            "=cmd|' /C calc'!A0",
            "+33 6 12",
            "-2+3",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
            "\n=1",
            " =1",
            "\u{feff}=1",
            "\u{200b}@x",
            "＝1",
            "|x",
            "--",
            "+1e5",
        ] {
            let mut table = Table {
                text: String::new(),
            };
            table.row(&[cell]);
            assert_eq!(read(&table.text), [[format!("'{cell}")]]);
        }
        for cell in [
            "",
            "-",
            "-5",
            "+3,2",
            "12 %",
            "a=b",
            "réseau",
            "2026-11-24",
            "'=1",
        ] {
            let mut table = Table {
                text: String::new(),
            };
            table.row(&[cell, "x"]);
            assert_eq!(read(&table.text)[0][0], cell);
        }
    }

    proptest! {
        #[test]
        fn any_cells_read_back(cells in prop::collection::vec(any::<String>(), 1..5)) {
            let mut table = Table { text: String::new() };
            let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
            table.row(&cells);
            let rows = read(&table.text);
            prop_assert_eq!(rows.len(), 1);
            for (found, given) in rows[0].iter().zip(&cells) {
                prop_assert_eq!(found.strip_prefix('\'').unwrap_or(found), given.strip_prefix('\'').unwrap_or(given));
            }
        }
    }
}
