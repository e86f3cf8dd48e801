//! What one frame of the window costs the processor: all that the window does for it, and the triangles that the graphics card is given.
//! Sixty frames a second, as on a screen, with the engine at work beside it, and in the end a second machine's engine too. So what counts is the
//! processor's time of the one thread that paints, and what passed on the clock is told beside it: with more threads at work than there are processors, a frame waits for its turn. (A window that waited for the
//! engine or the disk would show there alone, in half of the frames too.)
//!
//! | what | is done meanwhile |
//! |---|---|
//! | the plan's table of 10,000 actions | scrolled through |
//! | the library's list of 2,000 pages | scrolled through |
//! | a page of 200,000 characters | typed into, a letter a frame |
//! | the same | typed into while another machine writes in it too |

use std::{
    net::SocketAddr,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use egui::{
    Context, Event, Modifiers, MouseWheelUnit, PointerButton, Pos2, RawInput, Rect, Vec2,
    epaint::ClippedShape,
};
use tresse_desktop::{
    app::{Launch, TresseApp, args::ViewArg, prefs::ThemeChoice},
    i18n::Lang,
    theme,
};
use tresse_engine::{Command, Engine, NetOptions, Options, Protection};
use tresse_model::{DocId, NetworkId};

use crate::{
    Anyhow, Asked,
    between::{Running, free_address, insert, on_loopback, ticket},
    decade::{self, Extent},
    figure::Figure,
    machine::{forget_most_memory, most_memory},
    opening::catch_up,
    table::{Row, Table},
    twins::{Took, timed},
};

/// What a table and a library of this size are in.
const LARGE: Extent = Extent {
    members: 200,
    actions: 10_000,
    pages: 2_000,
    meetings: 100,
    decisions: 50,
    // Few: each change in a plan this long takes its time, and how many there were is not what a frame shows.
    changes: 40_000,
};
/// Characters of the page.
const LENGTH: usize = 200_000;
/// Frames of each, after a second that is not counted.
const FRAMES: usize = 600;
/// How long a frame stands on the screen.
const FRAME: Duration = Duration::from_micros(16_667);
/// How long 99 frames in 100 may take, and each.
const MOST: (Duration, Duration) = (Duration::from_millis(8), Duration::from_millis(16));
const SIZE: Vec2 = Vec2::new(1600.0, 1000.0);
/// How long anything may take before it counts as broken.
const PATIENCE: Duration = Duration::from_mins(2);

/// Measures them all.
pub(crate) fn bench(asked: &Asked, table: &mut Table) -> Anyhow<()> {
    let extent = LARGE.part(asked.part);
    let folder = tempfile::tempdir()?;
    let ana = folder.path().join("ana");
    let network = decade::write(&ana, extent, asked.seed)?.network;
    catch_up(&ana)?;
    let page = long_page(&ana, network)?;
    table.note(format!(
        "{} actions, {} pages, one of {LENGTH} characters; {FRAMES} frames each, sixty a second, of {} × {} points",
        extent.actions, extent.pages, SIZE.x, SIZE.y
    ));
    let scroll = |_| {
        vec![Event::MouseWheel {
            unit: MouseWheelUnit::Point,
            delta: Vec2::new(0.0, -60.0),
            phase: egui::TouchPhase::Move,
            source: egui::MouseWheelSource::Unknown,
            modifiers: Modifiers::NONE,
        }]
    };
    let mut plan = Screen::open(&ana, ViewArg::Plan, None)?;
    plan.point(Pos2::new(900.0, 600.0), false);
    Frames::of(&mut plan, scroll).tell("the plan's table, scrolled", table);
    plan.close();

    let mut library = Screen::open(&ana, ViewArg::Library, None)?;
    library.point(Pos2::new(420.0, 600.0), false);
    Frames::of(&mut library, scroll).tell("the library's list, scrolled", table);
    library.close();

    let at = free_address()?;
    let net = Some(on_loopback(at, Vec::new()));
    let mut editor = Screen::open(&ana, ViewArg::Library, net)?;
    editor.point(Pos2::new(1_000.0, 600.0), true);
    let letter = |at: usize| vec![Event::Text(if at % 6 == 5 { " " } else { "a" }.to_owned())];
    let before = editor.length(network)?;
    Frames::of(&mut editor, letter).tell("a long page, typed into", table);
    if editor.length(network)? < before + FRAMES {
        return Err("what was typed did not arrive".into());
    }
    let other = Other::joins(&folder.path().join("bo"), (&editor, at), network, page)?;
    let before = editor.length(network)?;
    Frames::of(&mut editor, letter).tell("the same, while another writes in it", table);
    let (written, grown) = (other.stops()?, editor.length(network)? - before);
    if grown < FRAMES + written / 2 {
        return Err("what the other wrote did not arrive".into());
    }
    editor.close();
    Ok(())
}

/// The page, the newest of the library.
fn long_page(profile: &Path, network: NetworkId) -> Anyhow<DocId> {
    let mut text = String::new();
    while text.len() < LENGTH {
        text.push_str("## Une partie\n\nLe réseau des tiers-lieux apprenants **coopère** sur son territoire : ateliers, veille, prêts de matériel. Chacun dit ce qu’il apporte et ce qu’il attend.\n\n- un point\n- un autre point\n\n");
    }
    let text = text.chars().take(LENGTH).collect();
    page(profile, network, "Une longue page", text)
}

/// A new page, the newest of the library: the one that the window will show.
pub(crate) fn page(profile: &Path, network: NetworkId, title: &str, text: String) -> Anyhow<DocId> {
    let engine = Engine::open(profile, Options::default())?;
    let answer = engine.call(Command::PageCreate {
        network,
        title: title.to_owned(),
        tags: Vec::new(),
        text: Some(text),
    })?;
    engine.close();
    Ok(answer["page"].as_str().unwrap_or_default().parse()?)
}

/// The window, without the window.
pub(crate) struct Screen {
    pub(crate) ctx: Context,
    app: TresseApp,
    start: Instant,
    events: Vec<Event>,
}

impl Screen {
    /// Begins to open it.
    pub(crate) fn opening(profile: &Path, view: ViewArg, net: Option<NetOptions>) -> Self {
        let ctx = Context::default();
        theme::apply(&ctx, false);
        let launch = Launch {
            profile: profile.to_owned(),
            lang: Some(Lang::Fr),
            theme: Some(ThemeChoice::Light),
            view: Some(view),
            net,
            ..Launch::default()
        };
        let app = TresseApp::new(&ctx, launch);
        Self {
            ctx,
            app,
            start: Instant::now(),
            events: Vec::new(),
        }
    }

    /// Opens it and waits until it has come to rest.
    pub(crate) fn open(profile: &Path, view: ViewArg, net: Option<NetOptions>) -> Anyhow<Self> {
        let mut screen = Self::opening(profile, view, net);
        let end = Instant::now() + PATIENCE;
        let mut calm = 0;
        while calm < 30 {
            screen.frame(Vec::new());
            thread::sleep(FRAME);
            calm = if screen.app.busy() || screen.app.engine().is_none() {
                0
            } else {
                calm + 1
            };
            if Instant::now() > end {
                return Err("the window never came to rest".into());
            }
        }
        Ok(screen)
    }

    /// One frame, with what has come in since the last: how long it took.
    pub(crate) fn frame(&mut self, more: Vec<Event>) -> Took {
        self.frame_seen(more, |_| ()).0
    }

    /// The same, looked at; looking is not counted.
    pub(crate) fn frame_seen<T>(
        &mut self,
        more: Vec<Event>,
        look: impl FnOnce(&[ClippedShape]) -> T,
    ) -> (Took, T) {
        let mut events = std::mem::take(&mut self.events);
        events.extend(more);
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, SIZE)),
            time: Some(self.start.elapsed().as_secs_f64()),
            predicted_dt: FRAME.as_secs_f32(),
            focused: true,
            events,
            ..RawInput::default()
        };
        let (passed, mut output) = timed(|| self.ctx.run_ui(input, |ui| self.app.pass(ui)));
        let shapes = std::mem::take(&mut output.shapes);
        let seen = look(&shapes);
        let points = output.pixels_per_point;
        let (cut, triangles) = timed(|| self.ctx.tessellate(shapes, points));
        std::hint::black_box(triangles);
        output.drop_without_applying_deltas();
        (passed + cut, seen)
    }

    /// Brings the pointer there in the next frame, and presses it if asked to.
    fn point(&mut self, pos: Pos2, press: bool) {
        self.frame(vec![Event::PointerMoved(pos)]);
        let button = |pressed| Event::PointerButton {
            pos,
            button: PointerButton::Primary,
            pressed,
            modifiers: Modifiers::NONE,
        };
        if press {
            self.frame(vec![button(true)]);
            self.frame(vec![button(false)]);
        }
    }

    pub(crate) fn engine(&self) -> Anyhow<&Engine> {
        Ok(self.app.engine().ok_or("the profile is not open")?)
    }

    /// Characters of the page that is open.
    fn length(&self, network: NetworkId) -> Anyhow<usize> {
        let view = self.engine()?.fresh_view()?;
        let network = view.networks.iter().find(|one| one.id == network);
        let page = network.and_then(|network| network.open_pages.first());
        Ok(page.ok_or("no page is open")?.body.text.chars().count())
    }

    pub(crate) fn close(mut self) {
        self.app.close();
    }
}

/// How long each frame took, in order of length: by the processor's time of the thread that paints, and on the clock.
struct Frames {
    work: Vec<Duration>,
    clock: Vec<Duration>,
}

impl Frames {
    /// Paints them, with what happens in each.
    fn of(screen: &mut Screen, mut events: impl FnMut(usize) -> Vec<Event>) -> Self {
        let mut took = Vec::new();
        forget_most_memory();
        let mut next = Instant::now();
        for number in 0..FRAMES + 60 {
            let one = screen.frame(events(number));
            if number >= 60 {
                took.push(one);
            }
            next += FRAME;
            thread::sleep(next.saturating_duration_since(Instant::now()));
        }
        let sorted = |of: fn(&Took) -> Duration| {
            let mut times: Vec<Duration> = took.iter().map(of).collect();
            times.sort_unstable();
            times
        };
        Self {
            work: sorted(|took| took.work),
            clock: sorted(|took| took.clock),
        }
    }

    fn tell(&self, what: &str, table: &mut Table) {
        const CLOCK: &str = "on the clock";
        let at = |times: &[Duration], percent: usize| times[(times.len() - 1) * percent / 100];
        let row = |what: String, percent| {
            Row::new(what, at(&self.work, percent)).beside(CLOCK, at(&self.clock, percent))
        };
        let slow = row(format!("{what}: 99 frames in 100 within"), 99);
        let [work, clock] = [&self.work, &self.clock].map(|times| Figure::Time(at(times, 50)));
        let median = format!("half of them within {work}, {CLOCK} {clock}");
        table.row(slow.also(&median).within(MOST.0).memory(most_memory()));
        table.row(row("the longest".to_owned(), 100).within(MOST.1));
    }
}

/// Another machine, let into a network of the one whose window is open, and in step with it.
pub(crate) fn joined(
    profile: &Path,
    (screen, at): (&Screen, SocketAddr),
    network: NetworkId,
) -> Anyhow<Running> {
    Engine::init(profile, "Bo", "fr", &Protection::Open)?;
    let engine = screen.engine()?;
    let ana = (engine.view().me.device, at);
    let bo = Running::open(profile, vec![ana])?;
    let ticket = ticket(engine, network)?;
    let all = engine.digest(&network)?.len();
    bo.engine.call(Command::InviteAccept { ticket })?;
    bo.in_step(all)?;
    Ok(bo)
}

/// Another machine that writes in the page, twenty times a second.
struct Other {
    stop: Arc<AtomicBool>,
    writes: thread::JoinHandle<Result<usize, String>>,
}

impl Other {
    fn joins(
        profile: &Path,
        (screen, at): (&Screen, SocketAddr),
        network: NetworkId,
        page: DocId,
    ) -> Anyhow<Self> {
        let bo = joined(profile, (screen, at), network)?;
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = Arc::clone(&stop);
        let writes = thread::spawn(move || {
            let mut written = 0;
            while !stopped.load(Ordering::Relaxed) {
                let edit = insert(network, page, 100, "bo ".into());
                bo.engine.call(edit).map_err(|error| error.to_string())?;
                written += 3;
                thread::sleep(FRAME * 3);
            }
            // What was written last is on its way.
            thread::sleep(Duration::from_millis(500));
            bo.engine.close();
            Ok(written)
        });
        Ok(Self { stop, writes })
    }

    /// How many characters it wrote.
    fn stops(self) -> Anyhow<usize> {
        self.stop.store(true, Ordering::Relaxed);
        let written = self.writes.join().map_err(|_| "the other one failed")?;
        Ok(written?)
    }
}
