//! What it was measured on, and what the system says of memory and disk.

use std::{fs, path::Path, thread, time::Duration};

use jiff::{Timestamp, tz::TimeZone};

use crate::Anyhow;

/// The day, the processors, the system, and how busy it was: what a table of figures is headed by.
pub(crate) fn described() -> String {
    let day = Timestamp::now()
        .to_zoned_datetime(TimeZone::system())
        .date();
    let model = line_of("/proc/cpuinfo", "model name").unwrap_or_else(|| "a machine".to_owned());
    let model = model.split_whitespace().collect::<Vec<_>>().join(" ");
    let processors = thread::available_parallelism().map_or(1, usize::from);
    let memory = line_of("/proc/meminfo", "MemTotal")
        .and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok())
        .map_or_else(String::new, |kib| {
            format!(", {} GiB", (kib + (1 << 19)) >> 20)
        });
    let system = fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let load = load.split_whitespace().next().unwrap_or("?").to_owned();
    let system = system.trim();
    format!(
        "{day}; {model}, {processors} processor(s){memory}; {} {system}; load at the end {load}",
        std::env::consts::OS
    )
}

/// What stands behind the colon of the first line that begins so.
fn line_of(file: &str, name: &str) -> Option<String> {
    let text = fs::read_to_string(file).ok()?;
    let line = text.lines().find(|line| line.starts_with(name))?;
    Some(line.split_once(':')?.1.trim().to_owned())
}

/// The number of a processor on which this process may run, where the system tells.
pub(crate) fn a_processor() -> Option<String> {
    let allowed = line_of("/proc/self/status", "Cpus_allowed_list")?;
    let first = allowed.split([',', '-']).next()?;
    Some(first.to_owned())
}

/// How long this thread has had a processor so far, where the system tells. It is counted to the microsecond, also between two ticks of the system's clock.
pub(crate) fn processor_time() -> Option<Duration> {
    #[cfg(unix)]
    {
        use rustix::time::{ClockId, clock_gettime};
        clock_gettime(ClockId::ThreadCPUTime).try_into().ok()
    }
    #[cfg(not(unix))]
    None
}

/// From here on the most memory is counted anew. `false`: the system does not do that, and the most is that of the whole run.
pub(crate) fn forget_most_memory() -> bool {
    fs::write("/proc/self/clear_refs", "5").is_ok()
}

/// The most memory that this process has had (resident, in bytes), where the system tells.
pub(crate) fn most_memory() -> Option<u64> {
    let kib = line_of("/proc/self/status", "VmHWM")?;
    Some(kib.split_whitespace().next()?.parse::<u64>().ok()? << 10)
}

/// The bytes of all files in a folder and in those within it.
pub(crate) fn on_disk(folder: &Path) -> Anyhow<u64> {
    let mut bytes = 0;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let kind = entry.file_type()?;
        bytes += if kind.is_dir() {
            on_disk(&entry.path())?
        } else {
            entry.metadata()?.len()
        };
    }
    Ok(bytes)
}

/// The same files at another place.
pub(crate) fn copy(from: &Path, to: &Path) -> Anyhow<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let there = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &there)?;
        } else {
            fs::copy(entry.path(), there)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_copied_whole_and_takes_as_much_of_the_disk_there() {
        let folder = tempfile::tempdir().unwrap();
        let from = folder.path().join("from");
        fs::create_dir_all(from.join("within")).unwrap();
        fs::write(from.join("one"), [1; 700]).unwrap();
        fs::write(from.join("within/two"), [2; 90]).unwrap();
        let to = folder.path().join("to");
        copy(&from, &to).unwrap();
        assert_eq!(on_disk(&from).unwrap(), 790);
        assert_eq!(on_disk(&to).unwrap(), 790);
        assert_eq!(fs::read(to.join("within/two")).unwrap(), [2; 90]);
    }

    #[test]
    fn the_time_of_the_processor_grows_with_work_and_not_with_sleep() {
        let Some(first) = processor_time() else {
            return;
        };
        thread::sleep(Duration::from_millis(40));
        let second = processor_time().unwrap();
        let mut sum = 0_u64;
        let start = std::time::Instant::now();
        while start.elapsed() < Duration::from_millis(40) {
            sum = std::hint::black_box(sum.wrapping_add(1));
        }
        let third = processor_time().unwrap();
        let (slept, worked) = (
            second.checked_sub(first).unwrap(),
            third.checked_sub(second).unwrap(),
        );
        assert!(worked > slept, "{worked:?} of work, {slept:?} of sleep");
    }

    #[test]
    fn the_most_memory_is_that_since_it_was_forgotten() {
        let Some(before) = most_memory() else { return };
        let large = std::hint::black_box(vec![7_u8; 200 << 20]);
        drop(large);
        let with = most_memory().unwrap();
        assert!(with >= before.max(200 << 20), "{with}");
        if forget_most_memory() {
            assert!(most_memory().unwrap() < with);
        }
    }
}
