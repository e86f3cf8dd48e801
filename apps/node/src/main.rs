//! Tresse.
fn main() {}
