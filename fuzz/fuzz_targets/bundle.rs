#![no_main]
//! See `tresse_fuzz::bundle`.
tresse_fuzz::target!(bundle);
