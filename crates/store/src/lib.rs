//! Tresse: store.
