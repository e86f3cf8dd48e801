//! Tables as they come out of a spreadsheet or a word processor: lines of cells with tabs between. They are read as
//! tables, so that they show as what they are.

use std::borrow::Cow;

/// Rewrites runs of tabbed lines as Markdown tables; everything else is left as it is.
pub(super) fn tables(source: &str) -> Cow<'_, str> {
    if !source.contains('\t') {
        return Cow::Borrowed(source);
    }
    let lines: Vec<&str> = source.split('\n').collect();
    let mut out = String::with_capacity(source.len() + 256);
    let mut fence: Option<char> = None;
    let mut at = 0;
    while at < lines.len() {
        let line = lines[at];
        let sign = line.trim_start();
        let fenced = ['`', '~']
            .into_iter()
            .find(|&mark| sign.starts_with(&mark.to_string().repeat(3)));
        match (fence, fenced) {
            (None, Some(mark)) => fence = Some(mark),
            (Some(open), Some(mark)) if open == mark => fence = None,
            _ => {}
        }
        let rows = if fence.is_none() && fenced.is_none() {
            run(&lines[at..])
        } else {
            0
        };
        if rows >= 2 {
            table(&lines[at..at + rows], &mut out);
            at += rows;
        } else {
            out.push_str(line);
            out.push('\n');
            at += 1;
        }
    }
    if !source.ends_with('\n') {
        out.pop();
    }
    Cow::Owned(out)
}

fn tabs(line: &str) -> usize {
    line.bytes().filter(|&byte| byte == b'\t').count()
}

/// How many lines from the first on have the same number of cells; none where the first is no row.
fn run(lines: &[&str]) -> usize {
    let first = lines[0].trim_end_matches('\r');
    let cells = tabs(first);
    let inner = first.trim().contains('\t');
    if cells == 0 || !inner || first.trim_start().starts_with(['-', '*', '+', '>', '|']) {
        return 0;
    }
    lines
        .iter()
        .take_while(|line| !line.trim().is_empty() && tabs(line.trim_end_matches('\r')) == cells)
        .count()
}

fn table(rows: &[&str], out: &mut String) {
    out.push('\n');
    for (index, row) in rows.iter().enumerate() {
        let row = row.trim_end_matches('\r');
        for cell in row.split('\t') {
            out.push_str("| ");
            out.push_str(&cell.replace('|', "\\|"));
            out.push(' ');
        }
        out.push_str("|\n");
        if index == 0 {
            out.push_str(&"|---".repeat(tabs(row) + 1));
            out.push_str("|\n");
        }
    }
    out.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tabbed_lines_become_a_table_and_code_does_not() {
        let read = tables("avant\n\n\tPilote\tRôle\nQui\tAna | Bo\tBo\n\naprès");
        assert_eq!(
            read,
            "avant\n\n\n|  | Pilote | Rôle |\n|---|---|---|\n| Qui | Ana \\| Bo | Bo |\n\n\naprès"
        );
        let code = "```\na\tb\nc\td\n```";
        assert_eq!(tables(code), code);
        let indented = "\tcode\n\tcode";
        assert_eq!(tables(indented), indented);
    }
}
