//! Running one input within its bound.

use std::{
    alloc::System,
    cell::RefCell,
    env,
    fmt::Debug,
    fs,
    panic::{AssertUnwindSafe, catch_unwind, set_hook},
    path::Path,
    process::{abort, exit},
    sync::atomic::{AtomicUsize, Ordering},
};

use cap::Cap;

/// Everything that Rust code allocates, counted by what was asked for: neither the sanitizer's margins nor
/// what libFuzzer keeps for itself.
#[global_allocator]
static HEAP: Cap<System> = Cap::new(System, usize::MAX);

/// The most that one input held, as last told.
static TOLD: AtomicUsize = AtomicUsize::new(0);

thread_local! {
    static PANIC: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Called once before the first input: writes the seeds and leaves, if `TRESSE_SEEDS` names a folder.
pub fn begin(seeds: fn() -> Vec<Vec<u8>>) {
    if let Some(folder) = env::var_os("TRESSE_SEEDS") {
        for (number, seed) in seeds().iter().enumerate() {
            let file = Path::new(&folder).join(format!("seed-{number:02}"));
            if let Err(error) = fs::write(&file, seed) {
                eprintln!("{}: {error}", file.display());
                exit(1);
            }
        }
        exit(0);
    }
    // A panic that the code catches by itself is no crash, so the hook only remembers.
    set_hook(Box::new(|panic| {
        PANIC.with_borrow_mut(|said| *said = panic.to_string());
    }));
}

/// Tells what an input was made into, if `TRESSE_SHOW` is set: for a person who looks at a crash.
pub(crate) fn show(what: &impl Debug) {
    if env::var_os("TRESSE_SHOW").is_some() {
        eprintln!("{what:#?}");
    }
}

/// Runs `act`. If it panics, or holds more than `bound` bytes of heap at any moment, the process
/// aborts, which libFuzzer reports with the input.
pub fn under(bound: usize, act: impl FnOnce()) {
    let before = HEAP.allocated();
    let limited = HEAP.set_limit(before.saturating_add(bound));
    let ended = catch_unwind(AssertUnwindSafe(act));
    let unlimited = HEAP.set_limit(usize::MAX);
    if ended.is_err() || limited.is_err() || unlimited.is_err() {
        PANIC.with_borrow(|said| eprintln!("{said}"));
        abort();
    }
    tell(HEAP.max_allocated().saturating_sub(before));
}

/// Tells the most that was held, whenever it is a good deal more than before.
fn tell(most: usize) {
    let told = TOLD.load(Ordering::Relaxed);
    if most > told + told / 16 {
        TOLD.store(most, Ordering::Relaxed);
        eprintln!("heap: {most} bytes");
    }
}
