#![no_main]
//! See `tresse_fuzz::ticket`.
tresse_fuzz::target!(ticket);
