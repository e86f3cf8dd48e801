#![no_main]
//! See `tresse_fuzz::handshake`.
tresse_fuzz::target!(handshake);
