//! Tresse: trust.
