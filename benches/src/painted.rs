//! How long a word that another machine writes takes until it stands on the screen here: two machines on the loopback interface, one with its window
//! open on a page.
//!
//! | from | to |
//! |---|---|
//! | the edit is handed over there | the frame that shows it is ready for the graphics card |
//! | the engine here tells the window that there is something new | the same |
//!
//! A real window draws when the screen is ready for the next frame: a sixtieth of a second later at most, which is not counted.

use std::{
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

use egui::{Shape, epaint::ClippedShape};
use tresse_desktop::app::args::ViewArg;

use crate::{
    Anyhow, Asked,
    between::{free_address, insert, middle, on_loopback},
    decade::{self, Extent},
    frames::{Screen, joined, page},
    machine::{forget_most_memory, most_memory, on_disk},
    opening::catch_up,
    table::{Row, Table},
};

/// How many words are passed.
const WORDS: usize = 200;
/// As somebody types: the next word is not written at once.
const PAUSE: Duration = Duration::from_millis(30);
/// How long a word may take before it counts as lost.
const PATIENCE: Duration = Duration::from_mins(1);
/// How long a frame stands on the screen.
const SCREEN: Duration = Duration::from_micros(16_667);
/// Of the network of ten years, one part in so many: a small network with some years behind it.
const PART: usize = 16;

/// Measures it.
pub(crate) fn bench(asked: &Asked, table: &mut Table) -> Anyhow<()> {
    let folder = tempfile::tempdir()?;
    let ana = folder.path().join("ana");
    let extent = Extent::TEN_YEARS.part(PART.max(asked.part));
    let network = decade::write(&ana, extent, asked.seed)?.network;
    catch_up(&ana)?;
    let text = "Le réseau **coopère** sur son territoire : ateliers, veille, prêts.\n\n".repeat(30);
    let page = page(&ana, network, "Compte rendu de l’atelier", text)?;
    let at = free_address()?;
    let mut screen = Screen::open(&ana, ViewArg::Library, Some(on_loopback(at, Vec::new())))?;
    let bo = joined(&folder.path().join("bo"), (&screen, at), network)?;
    let (told, heard) = mpsc::channel();
    screen.ctx.set_request_repaint_callback(move |asked| {
        if asked.delay.is_zero() && told.send(Instant::now()).is_err() {
            // Nobody waits any more: the window is being closed.
        }
    });
    forget_most_memory();
    let (mut whole, mut here, mut most) = (Vec::new(), Vec::new(), 0);
    for number in 0..WORDS {
        thread::sleep(PAUSE);
        // Whatever asked for a frame has one before the clock runs: who has one coming asks for no other.
        screen.frame(Vec::new());
        while heard.try_recv().is_ok() {
            screen.frame(Vec::new());
        }
        let word = format!("mot{} ", 1_000 + number);
        let start = Instant::now();
        bo.engine.call(insert(network, page, 0, word.clone()))?;
        let mut frames = 0;
        loop {
            let asked = heard.recv_timeout(PATIENCE)?;
            let (_, seen) = screen.frame_seen(Vec::new(), |shapes| shows(shapes, &word));
            frames += 1;
            if seen {
                whole.push(start.elapsed());
                here.push(asked.elapsed());
                break;
            }
        }
        most = most.max(frames);
    }
    bo.engine.close();
    screen.close();
    here.sort_unstable();
    let slow = here[(here.len() - 1) * 99 / 100];
    let row = Row::new("from the edit there to the frame here", middle(&mut whole));
    table.row(row.memory(most_memory()).disk(on_disk(&ana)?));
    table.row(Row::new("of it, from the view to the frame", middle(&mut here)).within(SCREEN));
    table.row(Row::new("99 in 100 of these", slow).within(SCREEN));
    table.note(format!(
        "{WORDS} words, with {most} frame(s) at most for each"
    ));
    Ok(())
}

/// Whether any text of the frame holds the word.
pub(crate) fn shows(shapes: &[ClippedShape], word: &str) -> bool {
    fn holds(shape: &Shape, word: &str) -> bool {
        match shape {
            Shape::Text(text) => text.galley.text().contains(word),
            Shape::Vec(shapes) => shapes.iter().any(|shape| holds(shape, word)),
            _ => false,
        }
    }
    shapes.iter().any(|one| holds(&one.shape, word))
}
