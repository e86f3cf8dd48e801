//! What the person chose about the window itself: theme, text size, whether the system notifies them. Kept in `window.json`
//! in the profile's folder; a missing or unreadable file means the defaults.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use crate::{i18n::I18n, tr};
use serde::{Deserialize, Serialize};

/// Light, dark, or whatever the system says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ThemeChoice {
    /// Dark text on light ground.
    Light,
    /// Light text on dark ground.
    Dark,
    /// As the system.
    #[default]
    System,
}

impl ThemeChoice {
    /// Every choice, in the order shown.
    pub const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// Its name, in words.
    pub fn name(self, words: &I18n) -> String {
        match self {
            Self::Light => tr!(words, "theme-light"),
            Self::Dark => tr!(words, "theme-dark"),
            Self::System => tr!(words, "theme-system"),
        }
    }

    /// What egui calls it.
    pub const fn preference(self) -> egui::ThemePreference {
        match self {
            Self::Light => egui::ThemePreference::Light,
            Self::Dark => egui::ThemePreference::Dark,
            Self::System => egui::ThemePreference::System,
        }
    }
}

/// Choices about the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Prefs {
    /// The theme.
    pub theme: ThemeChoice,
    /// Text size in percent.
    pub text_percent: u16,
    /// Have the system say when the digest has something to tell.
    pub notify: bool,
}

impl Default for Prefs {
    fn default() -> Self {
        Self {
            theme: ThemeChoice::System,
            text_percent: 100,
            notify: false,
        }
    }
}

impl Prefs {
    /// Text sizes that can be chosen, in percent.
    pub const PERCENTS: [u16; 7] = [80, 90, 100, 110, 125, 150, 200];

    fn path(profile: &Path) -> PathBuf {
        profile.join("window.json")
    }

    /// The choices kept in a profile.
    pub fn load(profile: &Path) -> Self {
        let Ok(bytes) = fs::read(Self::path(profile)) else {
            return Self::default();
        };
        match serde_json::from_slice::<Self>(&bytes) {
            Ok(mut prefs) => {
                prefs.text_percent = prefs.text_percent.clamp(60, 300);
                prefs
            }
            Err(error) => {
                tracing::warn!(%error, "window.json cannot be read; the defaults stand in");
                Self::default()
            }
        }
    }

    /// Keeps the choices in a profile.
    pub fn save(self, profile: &Path) -> io::Result<()> {
        let mut bytes = serde_json::to_vec_pretty(&self)?;
        bytes.push(b'\n');
        let beside = profile.join("window.json.new");
        fs::write(&beside, bytes)?;
        fs::rename(&beside, Self::path(profile))
    }

    /// The next larger (or smaller) text size.
    #[must_use]
    pub fn stepped(mut self, larger: bool) -> Self {
        let next = if larger {
            Self::PERCENTS
                .iter()
                .find(|step| **step > self.text_percent)
        } else {
            Self::PERCENTS
                .iter()
                .rev()
                .find(|step| **step < self.text_percent)
        };
        if let Some(next) = next {
            self.text_percent = *next;
        }
        self
    }

    /// The zoom that makes text this size.
    pub fn zoom(self) -> f32 {
        f32::from(self.text_percent) / 100.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn choices_are_found_again_and_a_broken_file_means_the_defaults() {
        let dir = tempfile::tempdir().unwrap();
        assert_eq!(Prefs::load(dir.path()), Prefs::default());
        let prefs = Prefs {
            theme: ThemeChoice::Dark,
            text_percent: 125,
            notify: true,
        };
        prefs.save(dir.path()).unwrap();
        assert_eq!(Prefs::load(dir.path()), prefs);
        fs::write(Prefs::path(dir.path()), b"{").unwrap();
        assert_eq!(Prefs::load(dir.path()), Prefs::default());
    }

    #[test]
    fn text_grows_and_shrinks_by_known_steps_and_stops_at_the_ends() {
        let mut prefs = Prefs::default();
        for _ in 0..20 {
            prefs = prefs.stepped(true);
        }
        assert_eq!(prefs.text_percent, 200);
        for _ in 0..20 {
            prefs = prefs.stepped(false);
        }
        assert_eq!(prefs.text_percent, 80);
    }
}
