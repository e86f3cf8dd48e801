#![no_main]
//! See `tresse_fuzz::act`.
tresse_fuzz::target!(act);
