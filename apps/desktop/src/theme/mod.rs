//! How Tresse looks: tokens, fonts, icons, the braid, and the widgets that every view is made of.
//!
//! [`apply`] once at start and again when the person changes between light and dark; then
//! [`tokens`] anywhere. Views hold no colour and no size of their own.

mod braid;
mod fonts;
mod icon;
mod style;
mod tokens;
mod widgets;

pub use braid::{braid_mark, braid_rule};
pub use fonts::Face;
pub use icon::Icon;
pub use tokens::{DARK, LIGHT, Palette, Radius, Size, Space, Tokens, Tone, Type};
pub use widgets::*;

/// Installs fonts and looks, and chooses light or dark.
pub fn apply(ctx: &egui::Context, dark: bool) {
    ctx.set_fonts(fonts::definitions());
    ctx.set_style_of(egui::Theme::Light, style::style(&LIGHT));
    ctx.set_style_of(egui::Theme::Dark, style::style(&DARK));
    choose(ctx, dark);
}

/// Changes between light and dark, fonts untouched.
pub fn choose(ctx: &egui::Context, dark: bool) {
    ctx.set_theme(if dark {
        egui::Theme::Dark
    } else {
        egui::Theme::Light
    });
}

/// The tokens of the theme that this part of the window is painted in.
pub fn tokens(ui: &egui::Ui) -> &'static Tokens {
    if ui.visuals().dark_mode {
        &DARK
    } else {
        &LIGHT
    }
}

/// The tokens of the theme in use, where there is no `Ui` yet.
pub fn tokens_of(ctx: &egui::Context) -> &'static Tokens {
    if ctx.global_style().visuals.dark_mode {
        &DARK
    } else {
        &LIGHT
    }
}
