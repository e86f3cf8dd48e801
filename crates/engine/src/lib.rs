//! Tresse's engine: commands in, immutable views out.

mod command;
mod view;

pub use command::{Command, TextEdit};
pub use tresse_model as model;
pub use view::*;
