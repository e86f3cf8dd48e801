#![no_main]
//! See `tresse_fuzz::message`.
tresse_fuzz::target!(message);
