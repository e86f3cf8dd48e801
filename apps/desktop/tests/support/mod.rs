//! Driving the window without a window, and taking its picture: the same on every machine.
//!
//! Pictures lie in `tests/snapshots`. After a wanted change, `UPDATE_SNAPSHOTS=true cargo nextest run -p
//! tresse-desktop` redraws them; then look at each one.
#![allow(dead_code, reason = "each test file uses what it needs")]

pub(crate) mod looking;

use egui::Ui;
use egui_kittest::{Harness, SnapshotResults};
use tresse_desktop::theme;

/// One way in which a view is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Look {
    /// Dark colours.
    pub(crate) dark: bool,
    /// Points across and down; one pixel a point.
    pub(crate) size: [u16; 2],
}

/// A laptop of the village hall.
pub(crate) const SMALL: [u16; 2] = [1024, 700];
/// A desk.
pub(crate) const LARGE: [u16; 2] = [1600, 1000];

/// Every view is looked at in these.
pub(crate) const LOOKS: [Look; 4] = [
    Look {
        dark: false,
        size: SMALL,
    },
    Look {
        dark: true,
        size: SMALL,
    },
    Look {
        dark: false,
        size: LARGE,
    },
    Look {
        dark: true,
        size: LARGE,
    },
];

impl Look {
    /// Light, on the small screen: for tests of behaviour.
    pub(crate) const PLAIN: Self = LOOKS[0];

    /// The ending of a picture's name.
    pub(crate) fn name(self) -> String {
        let tone = if self.dark { "dark" } else { "light" };
        format!("{tone}-{}", self.size[0])
    }
}

/// A window that shows what `app` paints; `state` is at hand between frames.
pub(crate) fn window<'a, State: 'a>(
    look: Look,
    state: State,
    app: impl FnMut(&mut Ui, &mut State) + 'a,
) -> Harness<'a, State> {
    window_at(look, 1.0 / 4.0, state, app)
}

/// Like [`window`], with the time in seconds that passes from frame to frame.
pub(crate) fn window_at<'a, State: 'a>(
    look: Look,
    step: f32,
    state: State,
    mut app: impl FnMut(&mut Ui, &mut State) + 'a,
) -> Harness<'a, State> {
    let [width, height] = look.size.map(f32::from);
    let theme = if look.dark {
        egui::Theme::Dark
    } else {
        egui::Theme::Light
    };
    Harness::builder()
        .with_size([width, height])
        .with_pixels_per_point(1.0)
        .with_theme(theme)
        .with_render_cursor(false)
        .with_max_steps(24)
        .with_step_dt(step)
        .with_context_setup(move |ctx| theme::apply(ctx, look.dark))
        .build_ui_state(
            move |ui, state| {
                // The harness leaves a margin; a real window has none.
                let whole = egui::UiBuilder::new().max_rect(ui.ctx().content_rect());
                ui.scope_builder(whole, |ui| app(ui, state));
            },
            state,
        )
}

/// Takes the picture of a view in every look, each from a state of its own, after `prepare` has
/// brought it where it should be.
pub(crate) fn pictures<State>(
    name: &str,
    make: impl Fn() -> State,
    app: impl Fn(&mut Ui, &mut State),
    prepare: impl Fn(&mut Harness<'_, State>),
) {
    let mut results = SnapshotResults::new();
    for look in LOOKS {
        let mut harness = window(look, make(), &app);
        prepare(&mut harness);
        harness.run();
        results.add(harness.try_snapshot(format!("{name}-{}", look.name())));
    }
    results.unwrap();
}
