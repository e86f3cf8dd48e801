//! Tresse: the window.
//!
//! The engine publishes immutable views; this crate paints them and sends commands back. It holds no
//! document of its own: what is here is looks ([`theme`]), words ([`i18n`]), the text editor
//! ([`editor`]) and the reading of Markdown ([`markdown`]).

pub mod app;
pub mod editor;
pub mod i18n;
pub mod markdown;
mod scroll;
pub mod start;
pub mod theme;
pub mod views;
