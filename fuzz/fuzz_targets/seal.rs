#![no_main]
//! See `tresse_fuzz::seal`.
tresse_fuzz::target!(seal);
