//! Tresse: the window.
fn main() {}
