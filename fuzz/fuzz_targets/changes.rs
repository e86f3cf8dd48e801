#![no_main]
//! See `tresse_fuzz::changes`.
tresse_fuzz::target!(changes);
