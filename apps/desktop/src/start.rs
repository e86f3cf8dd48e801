//! Before there is anything to show: the first start, the passphrase, the choice between creating, joining and the demo, and
//! what is said when a profile cannot be opened.

pub mod add;
pub mod failed;
pub mod kinds;
pub mod locked;
pub mod qr;
pub mod welcome;
