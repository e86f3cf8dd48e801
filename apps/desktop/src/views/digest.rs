//! The digest of what moved: what it tells now, in which rhythm, and the line about what came in.

use egui::{Role, Ui, WidgetInfo};
use tresse_engine::{
    AppView, ArrivedView, Command, DigestCommand, DigestSettings, NetworkDigest, NetworkDigestView,
    QuietHours, Rhythm, TimeOfDay, Topic,
};

use super::{home::way_to, parts::columns};
use crate::{
    app::{
        asks::{Ask, Dialogue},
        place::Tab,
    },
    i18n::I18n,
    theme::{self, Icon},
    tr,
};

/// As many people as are named in a line.
const NAMED: usize = 3;

/// What is told now.
pub(crate) fn ui(ui: &mut Ui, words: &I18n, app: &AppView, now: i64, asks: &mut Vec<Ask>) {
    let t = theme::tokens(ui);
    let digest = &app.digest;
    if digest.ready.is_empty() {
        theme::muted(ui, tr!(words, "digest-nothing"));
    }
    for network in &digest.ready {
        theme::subheading(ui, network.name.as_str());
        of_network(ui, words, network, now, asks);
        if network.more > 0 {
            theme::caption(ui, tr!(words, "since-more", count = network.more));
        }
        ui.add_space(t.space.s);
    }
    theme::caption(ui, usual(words, &digest.settings));
    ui.add_space(t.space.s);
    ui.horizontal(|ui| {
        if digest.ready.is_empty() {
            if theme::primary_button(ui, tr!(words, "done-button")).clicked() {
                asks.push(Ask::Close);
            }
        } else if theme::primary_button(ui, tr!(words, "digest-read"))
            .on_hover_text(tr!(words, "digest-read-explained"))
            .clicked()
        {
            asks.push(told(DigestCommand::Read { network: None }));
            asks.push(Ask::Close);
        }
        if theme::quiet_button(ui, tr!(words, "digest-rhythm")).clicked() {
            asks.push(Ask::Show(Dialogue::Rhythm));
        }
    });
}

fn told(command: DigestCommand) -> Ask {
    Ask::Send(Command::Digest(command))
}

fn of_network(
    ui: &mut Ui,
    words: &I18n,
    digest: &NetworkDigestView,
    now: i64,
    asks: &mut Vec<Ask>,
) {
    let t = theme::tokens(ui);
    for moved in &digest.moved {
        let (what, icon, ask) = way_to(words, digest.network, moved.doc, &moved.title);
        ui.horizontal(|ui| {
            icon.show(ui, t.size.icon, t.color.muted);
            ui.vertical(|ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                if ui.add(egui::Link::new(what)).clicked() {
                    asks.push(Ask::Close);
                    asks.push(ask);
                    asks.push(Ask::Send(Command::SeenMark {
                        network: digest.network,
                        documents: vec![moved.doc],
                    }));
                }
                let people = moved.people.iter().take(NAMED).map(|one| {
                    let name = if one.name.is_empty() {
                        tr!(words, "somebody")
                    } else {
                        one.name.clone()
                    };
                    let when = words.ago(one.at, now);
                    tr!(words, "recent-by", name = name, when = when)
                });
                theme::caption(ui, people.collect::<Vec<_>>().join(" · "));
            });
        });
    }
}

/// How I am usually told, in a sentence.
pub(crate) fn usual(words: &I18n, settings: &DigestSettings) -> String {
    let at = settings.at.to_string();
    match settings.rhythm {
        Rhythm::AtOnce => tr!(words, "digest-usual-at-once"),
        Rhythm::Daily => tr!(words, "digest-usual-daily", at = at),
        Rhythm::Weekly => tr!(words, "digest-usual-weekly", at = at),
        Rhythm::Never => tr!(words, "digest-usual-never"),
    }
}

/// How often and when I want to be told. Each choice holds at once.
pub(crate) fn rhythm(ui: &mut Ui, words: &I18n, app: &AppView, asks: &mut Vec<Ask>) {
    let t = theme::tokens(ui);
    let settings = &app.digest.settings;
    theme::muted(ui, tr!(words, "digest-rhythm-explained"));
    ui.add_space(t.space.s);
    let mut wanted = settings.clone();
    let hours: Vec<(TimeOfDay, String)> = hours(settings);
    columns(ui, 2, |ui, column| {
        if column == 0 {
            let rhythms = Rhythm::ALL.map(|rhythm| (rhythm, rhythm_name(words, rhythm)));
            let often = &mut wanted.rhythm;
            theme::choice(ui, tr!(words, "digest-often"), often, &rhythms);
        } else if matches!(settings.rhythm, Rhythm::Daily | Rhythm::Weekly) {
            let label = tr!(words, "digest-at");
            theme::choice(ui, label, &mut wanted.at, &hours);
        }
    });
    ui.add_space(t.space.s);
    let mut quiet = settings.quiet.is_some();
    theme::check(ui, &mut quiet, tr!(words, "digest-quiet"));
    wanted.quiet = quiet.then(|| settings.quiet.unwrap_or(NIGHT));
    if let Some(hold) = &mut wanted.quiet {
        columns(ui, 2, |ui, column| {
            if column == 0 {
                let label = tr!(words, "digest-quiet-from");
                theme::choice(ui, label, &mut hold.from, &hours);
            } else {
                let label = tr!(words, "digest-quiet-to");
                theme::choice(ui, label, &mut hold.to, &hours);
            }
        });
    }
    if wanted != *settings {
        let none = QuietHours {
            to: NIGHT.from,
            ..NIGHT
        };
        asks.push(told(DigestCommand::Set {
            rhythm: (wanted.rhythm != settings.rhythm).then_some(wanted.rhythm),
            at: (wanted.at != settings.at).then_some(wanted.at),
            quiet: (wanted.quiet != settings.quiet).then_some(wanted.quiet.unwrap_or(none)),
        }));
    }
    ui.add_space(t.space.s);
    for network in &app.networks {
        let id = ("digest of", network.id);
        egui::CollapsingHeader::new(network.name.as_str())
            .id_salt(id)
            .show(ui, |ui| {
                let own = settings.networks.get(&network.id);
                let own = own.cloned().unwrap_or_default();
                if let Some(NetworkDigest { rhythm, silent }) = one_network(ui, words, &own) {
                    asks.push(told(DigestCommand::Network {
                        network: network.id,
                        rhythm,
                        silent: silent.into_iter().collect(),
                    }));
                }
            });
    }
    ui.add_space(t.space.s);
    if theme::primary_button(ui, tr!(words, "done-button")).clicked() {
        asks.push(Ask::Close);
    }
}

/// The hours that are quiet when somebody first wants some.
const NIGHT: QuietHours = QuietHours {
    from: TimeOfDay::hour(20),
    to: TimeOfDay::hour(8),
};

/// Every full hour, and what else was set by other means.
fn hours(settings: &DigestSettings) -> Vec<(TimeOfDay, String)> {
    let mut hours: Vec<TimeOfDay> = (0..24).map(TimeOfDay::hour).collect();
    hours.push(settings.at);
    hours.extend(
        settings
            .quiet
            .iter()
            .flat_map(|quiet| [quiet.from, quiet.to]),
    );
    hours.sort_unstable();
    hours.dedup();
    hours.into_iter().map(|at| (at, at.to_string())).collect()
}

/// What one network is told of otherwise, if that was changed.
fn one_network(ui: &mut Ui, words: &I18n, own: &NetworkDigest) -> Option<NetworkDigest> {
    let mut wanted = own.clone();
    let mut rhythms = vec![(None, tr!(words, "digest-as-others"))];
    rhythms.extend(Rhythm::ALL.map(|rhythm| (Some(rhythm), rhythm_name(words, rhythm))));
    theme::choice(ui, tr!(words, "digest-often"), &mut wanted.rhythm, &rhythms);
    theme::caption(ui, tr!(words, "digest-topics"));
    ui.horizontal_wrapped(|ui| {
        for topic in Topic::ALL {
            let mut told = !own.silent.contains(&topic);
            let before = told;
            let name = topic_name(words, topic);
            let named = tr!(words, "digest-topic", topic = name.clone());
            theme::check(ui, &mut told, name)
                .widget_info(|| WidgetInfo::selected(Role::CheckBox, true, told, named.as_str()));
            if told && !before {
                wanted.silent.remove(&topic);
            } else if before && !told {
                wanted.silent.insert(topic);
            }
        }
    });
    (wanted != *own).then_some(wanted)
}

fn rhythm_name(words: &I18n, rhythm: Rhythm) -> String {
    match rhythm {
        Rhythm::AtOnce => tr!(words, "digest-at-once"),
        Rhythm::Daily => tr!(words, "digest-daily"),
        Rhythm::Weekly => tr!(words, "digest-weekly"),
        Rhythm::Never => tr!(words, "digest-never"),
    }
}

fn topic_name(words: &I18n, topic: Topic) -> String {
    match topic {
        Topic::Charter => Tab::Charter,
        Topic::Plan => Tab::Plan,
        Topic::Meetings => Tab::Meetings,
        Topic::Decisions => Tab::Decisions,
        Topic::Library => Tab::Library,
        Topic::Watch => Tab::Watch,
        Topic::Resources => Tab::Resources,
    }
    .name(words)
}

/// What came in at the last meeting with others, short enough for a line; and in full.
pub(crate) fn arrived(words: &I18n, arrived: &[ArrivedView]) -> (String, String) {
    let mut names: Vec<String> = arrived.iter().flat_map(|one| one.from.clone()).collect();
    names.sort_unstable();
    names.dedup();
    let said = match names.as_slice() {
        [one] => one.clone(),
        [one, other] => tr!(
            words,
            "arrived-two",
            one = one.clone(),
            other = other.clone()
        ),
        [one, rest @ ..] => tr!(
            words,
            "status-and-more",
            names = one.clone(),
            count = rest.len()
        ),
        [] => tr!(words, "somebody"),
    };
    let short = match arrived {
        [one] => what(words, one),
        all => tr!(words, "arrived-networks", count = all.len()),
    };
    let full = arrived.iter().map(|one| {
        let people = one.people.join(", ");
        let (name, what) = (one.name.clone(), what(words, one));
        if people.is_empty() {
            tr!(words, "arrived-line", name = name, what = what)
        } else {
            tr!(
                words,
                "arrived-line-people",
                name = name,
                what = what,
                people = people
            )
        }
    });
    let full = full.collect::<Vec<_>>().join("\n");
    (
        tr!(words, "arrived", names = words.owner(&said), what = short),
        full,
    )
}

fn what(words: &I18n, one: &ArrivedView) -> String {
    let mut parts = Vec::new();
    if one.documents > 0 {
        parts.push(tr!(words, "arrived-documents", count = one.documents));
    }
    if !one.people.is_empty() {
        parts.push(tr!(words, "arrived-people", count = one.people.len()));
    }
    if one.conflicts > 0 {
        parts.push(tr!(words, "arrived-conflicts", count = one.conflicts));
    }
    parts.join(", ")
}

/// The icon of the digest.
pub(crate) const ICON: Icon = Icon::EnvelopeSimple;
