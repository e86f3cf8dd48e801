//! What is carried by hand: a file with a network's work for somebody who is not reached by any network, and files that
//! were brought.

use std::{collections::VecDeque, path::PathBuf, sync::Arc};

use egui::Ui;
use tresse_engine::{
    BundleMade, BundleTaken, Progress,
    model::{DeviceId, NetworkId},
};

use super::{
    long_work::{LongWork, Outcome},
    members::machine_name,
};
use crate::{
    app::{
        asks::{Ask, Dialogue, Long, Pick},
        errors,
        text::file_name,
    },
    i18n::I18n,
    theme::{self, Icon, Tone},
    tr,
    views::Cx,
};

/// How the name of such a file ends.
pub const ENDING: &str = "tresse-bundle";

/// What the window knows of a file that is being made or taken in, and of those before it.
#[derive(Default)]
pub struct Carry {
    whom: Option<DeviceId>,
    /// How far it is, and what came of those before.
    pub work: LongWork,
    /// What is under way is made here, not taken in.
    making: bool,
    /// It was said that it takes long.
    announced: bool,
    waiting: VecDeque<(PathBuf, Option<NetworkId>)>,
}

impl Carry {
    /// A file is to be made, or looked at; none if another is under way.
    pub fn begin(&mut self, making: bool) -> Option<Arc<Progress>> {
        let progress = self.work.begin()?;
        self.making = making;
        self.announced = false;
        Some(progress)
    }

    /// A file with work in it is being taken in, which was not said before.
    pub fn takes_long(&mut self) -> bool {
        let Some(progress) = self.work.progress().filter(|_| !self.announced) else {
            return false;
        };
        self.announced = !self.making && progress.done().1 > 0;
        self.announced
    }

    /// This file comes after the one that is under way; it was brought while this network was shown.
    pub fn wait(&mut self, file: PathBuf, network: Option<NetworkId>) {
        self.waiting.push_back((file, network));
    }

    /// The next file that waits, if its turn has come.
    pub fn next_file(&mut self) -> Option<(PathBuf, Option<NetworkId>)> {
        match self.work.progress() {
            Some(_) => None,
            None => self.waiting.pop_front(),
        }
    }

    /// Asks what is under way to stop.
    pub fn stop(&mut self) {
        self.waiting.clear();
        self.work.stop();
    }

    /// The dialogue is shown anew, for this machine.
    pub fn fresh(&mut self, whom: Option<DeviceId>) {
        self.work.forget();
        self.whom = whom;
    }

    /// Paints the inside of the dialogue that makes a file.
    pub fn making(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let t = theme::tokens(ui);
        if self.shows(ui, cx.words, cx.asks) {
            return;
        }
        let words = cx.words;
        theme::paragraph(ui, tr!(words, "carry-explained"));
        ui.add_space(t.space.xs);
        let machines = machines(cx);
        if machines.is_empty() {
            theme::message(ui, Tone::Neutral, tr!(words, "carry-alone"), |_| {});
        } else {
            let mut options = vec![(None, tr!(words, "carry-anybody"))];
            let named = machines.into_iter();
            options.extend(named.map(|(device, name)| (Some(device), name)));
            theme::wide_choice(ui, tr!(words, "carry-whom"), &mut self.whom, &options);
            let explained = match self.whom {
                None => tr!(words, "carry-anybody-explained"),
                Some(_) => tr!(words, "carry-somebody-explained"),
            };
            theme::caption(ui, explained);
        }
        ui.add_space(t.space.s);
        ui.horizontal_wrapped(|ui| {
            let make = tr!(words, "carry-make");
            if theme::primary_icon_button(ui, Icon::Export, make).clicked() {
                cx.ask(Ask::MakeBundle {
                    network: cx.id(),
                    device: self.whom,
                    name: self.name_of_file(cx),
                });
            }
            if theme::quiet_button(ui, tr!(words, "cancel")).clicked() {
                cx.ask(Ask::Close);
            }
        });
    }

    fn name_of_file(&self, cx: &Cx<'_>) -> String {
        let network = file_name(&cx.net.name);
        let date = cx.today.to_string();
        let whom = self.whom.and_then(|device| owner(cx, &device));
        let name = if let Some(whom) = whom {
            let whom = file_name(&whom);
            tr!(
                cx.words,
                "carry-file-for",
                name = network,
                whom = whom,
                date = date
            )
        } else {
            tr!(cx.words, "carry-file", name = network, date = date)
        };
        format!("{name}.{ENDING}")
    }

    /// Paints the inside of the dialogue that tells what was brought.
    pub fn taking(&mut self, ui: &mut Ui, words: &I18n, asks: &mut Vec<Ask>) {
        if !self.shows(ui, words, asks) {
            asks.push(Ask::Close);
        }
    }

    /// Paints what is under way, or what came of it. `false`: there is neither.
    fn shows(&self, ui: &mut Ui, words: &I18n, asks: &mut Vec<Ask>) -> bool {
        let said = |_, (done, all)| {
            if self.making {
                tr!(words, "carry-making", done = done, all = all)
            } else {
                tr!(words, "carry-taking", done = done, all = all)
            }
        };
        self.work.shows(ui, words, (Long::Bundle, said), asks)
    }
}

/// The other machines that are in, with their person's name; my own too.
fn machines(cx: &Cx<'_>) -> Vec<(DeviceId, String)> {
    let mut all = Vec::new();
    for member in &cx.net.members.members {
        let inside = member.machines.iter().filter(|one| one.ended.is_none());
        let several = inside.clone().count() > 1;
        for machine in inside.filter(|one| !one.is_this) {
            let name = if several {
                let machine = machine_name(cx.words, machine);
                let member = member.name.clone();
                tr!(cx.words, "carry-machine", name = member, machine = machine)
            } else {
                member.name.clone()
            };
            all.push((machine.device, name));
        }
    }
    all
}

/// The name of the person whose machine it is.
fn owner(cx: &Cx<'_>, device: &DeviceId) -> Option<String> {
    let mut members = cx.net.members.members.iter();
    let owner = members.find(|member| member.devices.contains(device));
    owner.map(|member| member.name.clone())
}

/// What to say of a file that was made.
pub fn made(words: &I18n, name: &str, made: &BundleMade) -> Outcome {
    let name = name.to_owned();
    let said = if made.documents == 0 {
        tr!(words, "carry-made-nothing-new", name = name)
    } else {
        let (count, size) = (made.documents, size(words, made.bytes));
        tr!(words, "carry-made", name = name, count = count, size = size)
    };
    let mut outcome = Outcome::new(Tone::Good, said);
    outcome.more.push(tr!(words, "carry-made-next"));
    if !made.left_out.is_empty() {
        outcome.tone = Tone::Warn;
        let count = made.left_out.len();
        let left_out = tr!(words, "carry-left-out", count = count);
        outcome.more.push(left_out);
    }
    outcome
}

/// Most names said of who wrote what came.
const NAMED: usize = 8;

/// What to say of a file that was taken in; `name` is its network's.
pub fn taken(words: &I18n, name: &str, taken: &BundleTaken) -> Outcome {
    let name = name.to_owned();
    let (changes, people) = (taken.changes, taken.people.len());
    let mut outcome = Outcome::new(Tone::Good, String::new());
    outcome.said = if changes > 0 {
        let changes = tr!(words, "carry-changes", count = changes);
        let people = tr!(words, "carry-people", count = people);
        tr!(
            words,
            "carry-taken",
            changes = changes,
            people = people,
            name = name
        )
    } else if taken.acts > 0 || taken.documents > 0 {
        tr!(words, "carry-taken-acts", name = name)
    } else if taken.refused.is_empty() {
        tr!(words, "carry-taken-nothing", name = name)
    } else {
        tr!(words, "carry-taken-none", name = name)
    };
    if changes > 0 {
        let more = people.saturating_sub(NAMED);
        let shown = taken.people.iter().take(NAMED);
        let mut names = shown.cloned().collect::<Vec<_>>().join(", ");
        if more > 0 {
            names = tr!(words, "status-and-more", names = names, count = more);
        }
        outcome.more.push(tr!(words, "carry-by", names = names));
    }
    if changes > 0 || taken.acts > 0 {
        outcome.see = Some(taken.network);
    }
    if !taken.refused.is_empty() {
        outcome.tone = Tone::Warn;
        let count = taken.refused.len();
        let refused = tr!(words, "carry-refused", count = count);
        outcome.more.push(refused);
        let mut codes: Vec<_> = taken.refused.iter().map(|one| &one.code).collect();
        codes.sort();
        codes.dedup();
        let reasons = codes.into_iter();
        outcome
            .more
            .extend(reasons.map(|code| errors::sentence(words, code, code)));
    }
    outcome
}

/// What to say of a file that was not made or not taken in.
pub fn failed(words: &I18n, making: bool, code: &str, message: &str) -> Outcome {
    match (code, making) {
        ("stopped", true) => Outcome::new(Tone::Neutral, tr!(words, "carry-stopped-making")),
        ("stopped", false) => Outcome::new(Tone::Neutral, tr!(words, "carry-stopped-taking")),
        ("too-long", true) => Outcome::new(Tone::Bad, tr!(words, "carry-too-long-to-make")),
        ("too-long", false) => Outcome::new(Tone::Bad, tr!(words, "carry-too-long-to-take")),
        ("disk-full", true) => Outcome::new(Tone::Bad, tr!(words, "carry-no-room")),
        _ => Outcome::new(Tone::Bad, errors::sentence(words, code, message)),
    }
}

/// A size in words.
pub(crate) fn size(words: &I18n, bytes: usize) -> String {
    const KB: usize = 1000;
    const MB: usize = 1000 * KB;
    const GB: usize = 1000 * MB;
    if bytes < MB {
        tr!(words, "carry-size-kb", count = bytes.div_ceil(KB))
    } else if bytes >= 10 * GB || (bytes >= GB && bytes.is_multiple_of(GB)) {
        tr!(words, "carry-size-gb", count = bytes.div_ceil(GB))
    } else {
        tr!(words, "carry-size-mb", count = bytes.div_ceil(MB))
    }
}

/// The two ways, as a menu's entries.
pub fn ways(ui: &mut Ui, words: &I18n, network: NetworkId, asks: &mut Vec<Ask>) {
    let make = tr!(words, "command-export");
    if theme::quiet_icon_button(ui, Icon::Export, make).clicked() {
        asks.push(Ask::Show(Dialogue::Carry(network, None)));
        ui.close();
    }
    let take = tr!(words, "command-import");
    if theme::quiet_icon_button(ui, Icon::DownloadSimple, take).clicked() {
        asks.push(Ask::Pick(Pick::Import(Some(network))));
        ui.close();
    }
}
