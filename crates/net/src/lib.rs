//! Tresse: net.
