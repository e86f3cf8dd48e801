#![no_main]
//! See `tresse_fuzz::packed`.
tresse_fuzz::target!(packed);
