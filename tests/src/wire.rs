//! A bad line between two machines that have no other.

use crate::{Host, Talk, node};

/// A line that is late, loses packets, or is cut at a byte. Gone when dropped.
#[derive(Debug)]
pub struct Wire {
    talk: Talk,
    /// Where one end is dialled, `ADDR:PORT`.
    pub at: String,
}

impl Wire {
    /// Passes on at a machine what comes to the place `at` to the place `to`; options are those of `tresse-wire`.
    pub fn between(host: &Host, at: &str, to: &str, options: &[&str]) -> Self {
        let mut command = host.runs(node::own("tresse-wire"));
        command.args([at, to]).args(options);
        let mut talk = Talk::start("wire", &mut command);
        talk.hears("is ready", |line| line["ready"] == true);
        Self {
            talk,
            at: at.to_owned(),
        }
    }

    /// Whether it was cut by now.
    pub fn is_cut(&mut self) -> bool {
        let heard = self.talk.heard();
        heard.iter().any(|line| line["event"] == "cut")
    }

    /// Takes it away; how many packets it passed on, and lost.
    pub fn ends(mut self) -> (u64, u64) {
        self.talk.hang_up();
        let sum = self.talk.hears("sums up", |line| !line["passed"].is_null());
        let number = |name: &str| sum[name].as_u64().unwrap();
        (number("passed"), number("lost"))
    }
}
