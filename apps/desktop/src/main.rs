//! Tresse: the window. See `tresse --help`.

use std::{
    process::ExitCode,
    sync::{Arc, PoisonError},
};

use clap::Parser as _;
use tresse_desktop::{
    app::{
        Launch, TresseApp,
        args::{Args, ThemeArg, ViewArg},
        guessed_language,
        notify::Notifications,
        prefs::ThemeChoice,
        shot::Outcome,
    },
    i18n::{I18n, Lang},
    theme, tr,
};
use tresse_engine::{NetOptions, Unlock};

fn main() -> ExitCode {
    let filter = tracing_subscriber::EnvFilter::try_from_env("TRESSE_LOG").unwrap_or_else(|_| {
        tracing_subscriber::EnvFilter::new("warn,swarm_discovery=error,iroh::address_lookup=error")
    });
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
    match run(Args::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            tracing::error!("{problem}");
            ExitCode::FAILURE
        }
    }
}

fn run(args: Args) -> Result<(), String> {
    let outcome = Outcome::default();
    let picture = args.screenshot.is_some();
    let lang = args.lang.and_then(|lang| Lang::from_code(lang.code()));
    let words = I18n::new(lang.unwrap_or_else(guessed_language));
    let profile = match args.profile {
        Some(profile) => profile,
        None => tresse_engine::default_profile()
            .ok_or("this system names no folder for application data: give one with --profile")?,
    };
    let launch = Launch {
        profile,
        lang,
        theme: args.theme.map(|theme| match theme {
            ThemeArg::Light => ThemeChoice::Light,
            ThemeArg::Dark => ThemeChoice::Dark,
        }),
        view: args.view,
        net: (!args.offline).then(NetOptions::default),
        keyring: (!picture).then(|| Unlock::default().keyring),
        machine: machine_name(),
        demo: picture && args.view != Some(ViewArg::Start),
        save_in: None,
        today: None,
        now: None,
        notifications: if picture {
            Notifications::Nowhere
        } else {
            Notifications::System
        },
        screenshot: args.screenshot.map(|path| (path, Arc::clone(&outcome))),
    };
    let size = args.size.unwrap_or([1280.0, 800.0]);
    let mut viewport = egui::ViewportBuilder::default()
        .with_title(tr!(words, "window-title"))
        .with_app_id("tresse")
        .with_inner_size(size)
        .with_drag_and_drop(true);
    if !picture {
        viewport = viewport.with_min_inner_size([720.0, 480.0]);
    }
    let options = eframe::NativeOptions {
        viewport,
        centered: true,
        ..eframe::NativeOptions::default()
    };
    eframe::run_native(
        "tresse",
        options,
        Box::new(move |cc| {
            let dark = launch.theme == Some(ThemeChoice::Dark);
            theme::apply(&cc.egui_ctx, dark);
            Ok(Box::new(TresseApp::new(&cc.egui_ctx, launch)))
        }),
    )
    .map_err(|error| format!("the window cannot open: {error}"))?;
    let taken = outcome
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .take();
    match taken {
        Some(outcome) => outcome.map_err(|problem| format!("no picture: {problem}")),
        None if picture => Err("no picture: the window was closed before it came to rest".into()),
        None => Ok(()),
    }
}

/// What the system calls this machine, without its domain.
fn machine_name() -> Option<String> {
    let name = gethostname::gethostname().into_string().ok()?;
    let name = name.split('.').next()?.trim();
    (!name.is_empty() && name != "localhost").then(|| name.to_owned())
}
