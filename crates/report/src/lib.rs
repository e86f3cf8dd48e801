//! Tresse: report.
