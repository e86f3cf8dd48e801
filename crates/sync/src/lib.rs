//! Tresse: sync.
