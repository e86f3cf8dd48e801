//! What the program can be told on its command line.

use std::path::PathBuf;

use clap::{Parser, ValueEnum};

/// Tresse: a network's charter, plan and memory, on each member's own machine.
#[derive(Debug, Clone, Parser)]
#[command(name = "tresse", version)]
pub struct Args {
    /// The folder that holds the profile (by default, the system's place for application data).
    #[arg(long, value_name = "DIR")]
    pub profile: Option<PathBuf>,
    /// Saves a picture of the window once it has settled, then leaves. An empty profile is first filled
    /// with the demo, unless `--view start` is asked for.
    #[arg(long, value_name = "FILE")]
    pub screenshot: Option<PathBuf>,
    /// The window's size in points.
    #[arg(long, value_name = "WxH", value_parser = parse_size)]
    pub size: Option<[f32; 2]>,
    /// Light or dark, whatever the settings say.
    #[arg(long)]
    pub theme: Option<ThemeArg>,
    /// French or English, whatever the settings say.
    #[arg(long)]
    pub lang: Option<LangArg>,
    /// What to show first.
    #[arg(long)]
    pub view: Option<ViewArg>,
    /// Talks to no other machine.
    #[arg(long)]
    pub offline: bool,
}

/// `--theme`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ThemeArg {
    /// Dark text on light ground.
    Light,
    /// Light text on dark ground.
    Dark,
}

/// `--lang`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LangArg {
    /// French.
    Fr,
    /// English.
    En,
}

impl LangArg {
    /// The language's code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Fr => "fr",
            Self::En => "en",
        }
    }
}

/// `--view`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ViewArg {
    /// First start, or the choice between creating, joining and the demo.
    Start,
    /// The first network's first page.
    Home,
    /// The network at a glance.
    Overview,
    /// Whether it has met its purpose, and its end.
    Closing,
    /// Its charter.
    Charter,
    /// Its plan.
    Plan,
    /// Its meetings.
    Meetings,
    /// Its library.
    Library,
    /// Its watch.
    Watch,
    /// Its resources.
    Resources,
    /// Its decisions.
    Decisions,
    /// Its members.
    Members,
    /// Its evaluation.
    Evaluation,
}

fn parse_size(text: &str) -> Result<[f32; 2], String> {
    let sides = text.split_once(['x', 'X']).and_then(|(width, height)| {
        Some([width.parse::<u16>().ok()?, height.parse::<u16>().ok()?])
    });
    match sides {
        Some([width @ 320..=8000, height @ 240..=8000]) => {
            Ok([f32::from(width), f32::from(height)])
        }
        Some(_) => Err("a width from 320 to 8000 and a height from 240 to 8000".into()),
        None => Err("width and height with an x between, as in 1280x800".into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_whole_command_line_is_understood() {
        let args = Args::try_parse_from([
            "tresse",
            "--profile",
            "/p",
            "--screenshot",
            "a.png",
            "--size",
            "1600x1000",
            "--theme",
            "dark",
            "--lang",
            "en",
            "--view",
            "plan",
            "--offline",
        ])
        .unwrap();
        assert_eq!(args.size, Some([1600.0, 1000.0]));
        assert_eq!(args.view, Some(ViewArg::Plan));
        assert_eq!(args.theme, Some(ThemeArg::Dark));
        assert!(args.offline);
    }

    #[test]
    fn a_senseless_size_is_refused() {
        for size in ["", "x", "10x10", "1000", "99999x3", "axb"] {
            assert!(
                Args::try_parse_from(["tresse", "--size", size]).is_err(),
                "{size}"
            );
        }
    }
}
