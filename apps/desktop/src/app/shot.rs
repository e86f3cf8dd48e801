//! A picture of the window by the window: taken once everything that was asked for has come and nothing has
//! changed for a moment.

use std::{
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, PoisonError,
        mpsc::{Receiver, sync_channel},
    },
};

use egui::{ColorImage, Context, ViewportCommand};

/// Seconds without a change before the picture is taken.
const STILL: f64 = 0.7;
/// Seconds after which it is taken, or given up, whatever moves.
const PATIENCE: f64 = 90.0;

/// How the picture went; shared with `main`, which makes the exit code of it.
pub type Outcome = Arc<Mutex<Option<Result<(), String>>>>;

/// A picture to take.
pub struct Shot {
    path: PathBuf,
    outcome: Outcome,
    state: State,
    began: Option<f64>,
}

enum State {
    Waiting {
        mark: u64,
        since: f64,
    },
    Asked {
        since: f64,
        picture: Receiver<Arc<ColorImage>>,
    },
    Writing,
    Over,
}

/// What the app should do.
pub enum Step {
    /// Nothing.
    Wait,
    /// Write this picture, away from the window's thread.
    Write(Arc<ColorImage>, PathBuf),
}

impl Shot {
    /// A picture that will lie at `path`.
    pub fn new(path: PathBuf, outcome: Outcome) -> Self {
        Self {
            path,
            outcome,
            state: State::Waiting {
                mark: 0,
                since: 0.0,
            },
            began: None,
        }
    }

    /// One pass. `busy` says that something is under way; `mark` changes when what is shown changes.
    pub fn pass(&mut self, ctx: &Context, busy: bool, mark: u64) -> Step {
        if matches!(self.state, State::Over) {
            return Step::Wait;
        }
        let now = ctx.input(|input| input.time);
        let began = *self.began.get_or_insert(now);
        ctx.request_repaint_after_secs(0.1);
        if now - began > PATIENCE && !matches!(self.state, State::Writing) {
            self.finish(ctx, Err("the window never came to rest".into()));
            return Step::Wait;
        }
        match &mut self.state {
            State::Waiting { mark: known, since } => {
                if busy || *known != mark || *since == 0.0 {
                    (*known, *since) = (mark, now);
                } else if now - *since > STILL {
                    let (give, picture) = sync_channel(1);
                    let waking = ctx.clone();
                    ctx.request_screenshot(move |image| {
                        if give.send(image).is_ok() {
                            waking.request_repaint();
                        }
                    });
                    self.state = State::Asked {
                        since: now,
                        picture,
                    };
                }
            }
            State::Asked { since, picture } => {
                if let Ok(image) = picture.try_recv() {
                    self.state = State::Writing;
                    return Step::Write(image, self.path.clone());
                }
                if now - *since > 10.0 {
                    self.finish(ctx, Err("the system gave no picture of the window".into()));
                }
            }
            State::Writing | State::Over => {}
        }
        Step::Wait
    }

    /// The picture was written, or could not be: the window closes.
    pub fn finish(&mut self, ctx: &Context, outcome: Result<(), String>) {
        self.state = State::Over;
        *self.outcome.lock().unwrap_or_else(PoisonError::into_inner) = Some(outcome);
        ctx.send_viewport_cmd(ViewportCommand::Close);
    }
}

/// Writes a picture as PNG.
pub fn write(image: &ColorImage, path: &Path) -> Result<(), String> {
    let [width, height] = image.size.map(|side| u32::try_from(side).unwrap_or(0));
    let bytes: Vec<u8> = image
        .pixels
        .iter()
        .flat_map(|pixel| pixel.to_opaque().to_array())
        .collect();
    image::RgbaImage::from_raw(width, height, bytes)
        .ok_or_else(|| "the picture has no size".to_owned())?
        .save_with_format(path, image::ImageFormat::Png)
        .map_err(|error| format!("{}: {error}", path.display()))
}
