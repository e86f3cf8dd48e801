//! Tresse.
