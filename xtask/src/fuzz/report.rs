//! What libFuzzer says of a run, and the table of all runs.

/// What came of one target.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Report {
    executions: u64,
    per_second: u64,
    coverage: u64,
    heap: u64,
    resident_mib: u64,
    crashes: u64,
    /// It ended badly, for whatever reason.
    pub(crate) broke: bool,
}

impl Report {
    pub(crate) const fn is_good(&self) -> bool {
        !self.broke && self.crashes == 0
    }

    /// Takes note of a line.
    pub(crate) fn hear(&mut self, line: &str) {
        if let Some(number) = value(line, "stat::number_of_executed_units:") {
            self.executions = number;
        } else if let Some(number) = value(line, "stat::average_exec_per_sec:") {
            self.per_second = number;
        } else if let Some(number) = value(line, "stat::peak_rss_mb:") {
            self.resident_mib = number;
        } else if let Some(number) = value(line, "heap:") {
            self.heap = number;
        } else if let Some((_, rest)) = line.split_once(" cov: ") {
            self.coverage = first_number(rest).unwrap_or(self.coverage);
        } else if line.contains("Test unit written to ") {
            self.crashes += 1;
        }
    }
}

/// Whether a line is one of the thousands that only say that fuzzing goes on.
pub(crate) fn is_chatter(line: &str) -> bool {
    let mut words = line.split_whitespace();
    let count = words.next().is_some_and(|word| word.starts_with('#'));
    let usual = ["NEW", "REDUCE", "RELOAD"];
    (count && words.next().is_some_and(|word| usual.contains(&word))) || line.starts_with("heap:")
}

/// All runs, one a line.
pub(crate) fn table(reports: &[(&str, Report)]) -> String {
    let mut table = format!(
        "{:<10} {:>12} {:>8} {:>9} {:>11} {:>9} {:>8}\n",
        "target", "executions", "per s", "coverage", "peak heap", "peak RSS", "crashes"
    );
    for (name, report) in reports {
        let heap = format!("{} KiB", report.heap / 1024);
        let resident = format!("{} MiB", report.resident_mib);
        let row = format!(
            "{name:<10} {:>12} {:>8} {:>9} {heap:>11} {resident:>9} {:>8}{}\n",
            report.executions,
            report.per_second,
            report.coverage,
            report.crashes,
            if report.is_good() { "" } else { "  BROKE" },
        );
        table += &row;
    }
    table
}

fn value(line: &str, name: &str) -> Option<u64> {
    line.strip_prefix(name).and_then(first_number)
}

fn first_number(text: &str) -> Option<u64> {
    text.split_whitespace().next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_libfuzzer_says_is_counted() {
        let mut report = Report::default();
        for line in [
            "INFO: Seed: 3917985127",
            "#2\tINITED cov: 5 ft: 6 corp: 1/1b exec/s: 0 rss: 38Mb",
            "heap: 70000 bytes",
            "heap: 80000 bytes",
            "#100\tDONE   cov: 1234 ft: 99 corp: 7/10b lim: 4 exec/s: 50 rss: 40Mb",
            "stat::number_of_executed_units: 100",
            "stat::average_exec_per_sec:     50",
            "stat::peak_rss_mb:              41",
        ] {
            report.hear(line);
        }
        let expected = Report {
            executions: 100,
            per_second: 50,
            coverage: 1234,
            heap: 80_000,
            resident_mib: 41,
            ..Report::default()
        };
        assert_eq!(report, expected);
        assert!(report.is_good());
        report.hear("artifact_prefix='x/'; Test unit written to x/crash-1");
        assert!(!report.is_good());
        assert!(table(&[("act", report)]).contains("BROKE"));
    }

    #[test]
    fn only_what_repeats_itself_is_left_out() {
        assert!(is_chatter("#12\tNEW    cov: 5 ft: 6 corp: 2/4b"));
        assert!(!is_chatter("#8192\tpulse  cov: 5 ft: 6 corp: 2/4b"));
        assert!(!is_chatter("==1== ERROR: libFuzzer: out-of-memory"));
    }
}
