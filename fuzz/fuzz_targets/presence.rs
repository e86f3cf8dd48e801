#![no_main]
//! See `tresse_fuzz::presence`.
tresse_fuzz::target!(presence);
