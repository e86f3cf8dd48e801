//! What a bench found, as a table: a row is printed as soon as it is known, and in the end all of them are written into
//! `docs/performance.md`, in the place of what stood there of the same bench.
//!
//! Each row has Tresse's figure, what was measured beside it in the same run, each with the ratio of Tresse's to it, and the targets with whether they are met:
//! nobody decides that by hand, and a row that misses stands there as one that misses.

use std::{fs, path::Path};

use crate::{Anyhow, figure::Figure, machine};

const HEADING: &str = "\
| what | Tresse | memory; disk | beside it (Tresse's is so many times that) | target |
|---|---|---|---|---|";

/// A row of the table.
#[derive(Debug)]
pub(crate) struct Row {
    what: String,
    ours: Figure,
    /// More that is said of Tresse's figure.
    also: String,
    beside: Vec<Beside>,
    targets: Vec<String>,
    memory: Option<u64>,
    disk: Option<u64>,
}

/// Something measured in the same run.
#[derive(Debug)]
struct Beside {
    name: String,
    figure: Option<Figure>,
    ratio: Option<f64>,
}

impl Row {
    pub(crate) fn new(what: impl Into<String>, ours: impl Into<Figure>) -> Self {
        Self {
            what: what.into(),
            ours: ours.into(),
            also: String::new(),
            beside: Vec::new(),
            targets: Vec::new(),
            memory: None,
            disk: None,
        }
    }

    /// Says more of Tresse's figure, behind it.
    pub(crate) fn also(mut self, more: &str) -> Self {
        self.also.push_str(", ");
        self.also.push_str(more);
        self
    }

    /// What else was measured in the same run.
    pub(crate) fn beside(mut self, name: &str, theirs: impl Into<Figure>) -> Self {
        let theirs = theirs.into();
        self.beside.push(Beside {
            name: name.to_owned(),
            figure: Some(theirs),
            ratio: self.ours.times(theirs),
        });
        self
    }

    /// The same, where it may not have been measured: that is said.
    pub(crate) fn perhaps(self, name: &str, theirs: Option<impl Into<Figure>>) -> Self {
        match theirs {
            Some(theirs) => self.beside(name, theirs),
            None => self.untold(name),
        }
    }

    fn untold(mut self, name: &str) -> Self {
        self.beside.push(Beside {
            name: name.to_owned(),
            figure: None,
            ratio: None,
        });
        self
    }

    /// A ratio of its own, as that of the processor's time.
    pub(crate) fn ratio(mut self, name: impl Into<String>, ratio: f64) -> Self {
        self.beside.push(Beside {
            name: name.into(),
            figure: None,
            ratio: Some(ratio),
        });
        self
    }

    /// Target: at most so many times what has this name (which was put beside it before).
    pub(crate) fn at_most(mut self, times: f64, name: &str) -> Self {
        let of = self.beside.iter().find(|one| one.name == name);
        let met = of.and_then(|one| one.ratio).map(|ratio| ratio <= times);
        self.targets
            .push(format!("{times} × {name}: {}", verdict(met)));
        self
    }

    /// Target: at most this.
    pub(crate) fn within(mut self, most: impl Into<Figure>) -> Self {
        let most = most.into();
        let met = self.ours.times(most).map(|ratio| ratio <= 1.0);
        self.targets.push(format!("{most}: {}", verdict(met)));
        self
    }

    /// The most memory that the process had meanwhile, all that the bench itself holds and both ends included.
    pub(crate) fn memory(mut self, bytes: Option<u64>) -> Self {
        self.memory = bytes;
        self
    }

    /// Target: at most so much memory.
    pub(crate) fn memory_within(mut self, most: u64) -> Self {
        let met = self.memory.map(|memory| memory <= most);
        let most = mib(most);
        self.targets.push(format!("{most}: {}", verdict(met)));
        self
    }

    /// What the profile takes of the disk afterwards.
    pub(crate) const fn disk(mut self, bytes: u64) -> Self {
        self.disk = Some(bytes);
        self
    }

    pub(crate) fn markdown(&self) -> String {
        let beside: Vec<String> = self.beside.iter().map(Beside::told).collect();
        let room = [
            self.memory.map(mib),
            self.disk.map(|disk| Figure::Bytes(disk).to_string()),
        ];
        let room: Vec<String> = room.into_iter().flatten().collect();
        format!(
            "| {} | {}{} | {} | {} | {} |",
            self.what,
            self.ours,
            self.also,
            room.join("; "),
            beside.join("; "),
            self.targets.join("; ")
        )
    }
}

impl Beside {
    fn told(&self) -> String {
        let name = &self.name;
        match (self.figure, self.ratio) {
            (Some(figure), Some(ratio)) => format!("{name} {figure} ({ratio:.2})"),
            (Some(figure), None) => format!("{name} {figure}"),
            (None, Some(ratio)) => format!("{name} ({ratio:.2})"),
            (None, None) => format!("{name} not told"),
        }
    }
}

const fn verdict(met: Option<bool>) -> &'static str {
    match met {
        Some(true) => "**met**",
        Some(false) => "missed",
        None => "not told",
    }
}

fn mib(bytes: u64) -> String {
    format!("{} MiB", (bytes + (1 << 19)) >> 20)
}

/// All that a bench found.
#[derive(Debug)]
pub(crate) struct Table {
    name: &'static str,
    notes: Vec<String>,
    rows: Vec<Row>,
}

impl Table {
    pub(crate) fn of(name: &'static str) -> Self {
        println!("\n{name}\n{HEADING}");
        Self {
            name,
            notes: Vec::new(),
            rows: Vec::new(),
        }
    }

    /// A sentence above the table.
    pub(crate) fn note(&mut self, note: impl Into<String>) {
        let note = note.into();
        println!("  {note}");
        self.notes.push(note);
    }

    pub(crate) fn row(&mut self, row: Row) {
        println!("{}", row.markdown());
        self.rows.push(row);
    }

    fn markdown(&self, machine: &str) -> String {
        let rows: Vec<String> = self.rows.iter().map(Row::markdown).collect();
        let notes: Vec<String> = self.notes.iter().map(|note| format!("{note}.")).collect();
        format!(
            "*{machine}.* {}\n\n{HEADING}\n{}",
            notes.join(" "),
            rows.join("\n")
        )
    }

    /// Writes it into a file, in the place of what stands there of this bench.
    pub(crate) fn write(&self, file: &Path) -> Anyhow<()> {
        let text = fs::read_to_string(file)?;
        let text = replaced(&text, self.name, &self.markdown(&machine::described()))?;
        fs::write(file, text)?;
        println!("  written into {}", file.display());
        Ok(())
    }
}

/// The text with another table between the two marks of that name.
fn replaced(text: &str, name: &str, table: &str) -> Anyhow<String> {
    let (begin, end) = (
        format!("<!-- bench {name} -->\n"),
        format!("<!-- end of {name} -->\n"),
    );
    let parts = text.split_once(&begin).and_then(|(before, rest)| {
        let (_, after) = rest.split_once(&end)?;
        Some((before, after))
    });
    let (before, after) = parts.ok_or_else(|| {
        format!("there is no place for « {name} »: two lines, {begin} and {end}, are wanted")
    })?;
    Ok(format!("{before}{begin}\n{table}\n\n{end}{after}"))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn row() -> Row {
        Row::new("a thing", Duration::from_millis(30))
            .beside("the floor", Duration::from_millis(25))
            .perhaps("samod", None::<Duration>)
            .ratio("of the processor's time", 1.07)
            .at_most(1.3, "the floor")
            .at_most(1.1, "the floor")
            .at_most(0.4, "samod")
            .within(Duration::from_millis(40))
            .memory(Some(30 << 20))
            .memory_within(20 << 20)
            .disk(9_100)
    }

    #[test]
    fn a_row_says_itself_what_is_met_what_is_missed_and_what_was_not_told() {
        assert_eq!(
            row().markdown(),
            "| a thing | 30.0 ms | 30 MiB; 9100 B | the floor 25.0 ms (1.20); samod not told; of the processor's time (1.07) \
             | 1.3 × the floor: **met**; 1.1 × the floor: missed; 0.4 × samod: not told; 40.0 ms: **met**; 20 MiB: missed |"
        );
    }

    #[test]
    fn a_table_takes_the_place_of_that_of_the_same_bench_and_leaves_all_else() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("performance.md");
        let before = "# What it costs\n\n<!-- bench a -->\nwhat was before\n<!-- end of a -->\n\n<!-- bench b -->\nother\n<!-- end of b -->\n";
        fs::write(&file, before).unwrap();
        let mut table = Table::of("a");
        table.note("Two documents");
        table.row(row());
        table.write(&file).unwrap();
        let after = fs::read_to_string(&file).unwrap();
        assert!(after.contains("Two documents."));
        assert!(after.contains("| a thing | 30.0 ms |"));
        assert!(!after.contains("what was before"));
        assert!(after.ends_with("<!-- bench b -->\nother\n<!-- end of b -->\n"));
        let once = after.matches("<!-- bench a -->").count();
        assert_eq!(once, 1);
        assert!(Table::of("c").write(&file).is_err());
    }
}
