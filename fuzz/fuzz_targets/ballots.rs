#![no_main]
//! See `tresse_fuzz::ballots`.
tresse_fuzz::target!(ballots);
