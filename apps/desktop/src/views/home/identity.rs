//! What a network is: name, kind, membership, review date; and, while it is new, what to do first.

use egui::Ui;
use tresse_engine::{
    Command, HomeView,
    model::{DocId, DocKind, NetworkField, NetworkKind},
};

use super::frame;
use crate::{
    app::{
        asks::{Ask, Dialogue},
        command::UiCommand,
        place::{Place, Tab},
    },
    start::kinds,
    theme::{self, Icon},
    tr,
    views::{Cx, fields::Field},
};

/// A new network says what to do first.
pub(super) fn first_steps(ui: &mut Ui, cx: &mut Cx<'_>, home: &HomeView) {
    let network = cx.id();
    theme::card(ui, |ui| {
        theme::heading(ui, tr!(cx.words, "first-steps"));
        theme::muted(ui, tr!(cx.words, "first-steps-explained"));
        let steps = [
            (
                !home.network.purposes.is_empty(),
                tr!(cx.words, "first-step-charter"),
                Icon::Scroll,
                Ask::Go(Place::Network(network, Tab::Charter)),
            ),
            (
                !home.objectives.is_empty(),
                tr!(cx.words, "first-step-plan"),
                Icon::Target,
                Ask::Go(Place::Network(network, Tab::Plan)),
            ),
            (
                home.pages > 0,
                tr!(cx.words, "first-step-page"),
                Icon::FileText,
                Ask::Go(Place::Network(network, Tab::Library)),
            ),
            (
                home.members > 1,
                tr!(cx.words, "first-step-invite"),
                Icon::UserPlus,
                Ask::Do(UiCommand::Invite),
            ),
        ];
        ui.horizontal_wrapped(|ui| {
            for (done, words, icon, ask) in steps {
                let icon = if done { Icon::Check } else { icon };
                if theme::quiet_icon_button(ui, icon, words).clicked() {
                    cx.ask(ask);
                }
            }
        });
    });
}

/// Name, kind, membership, review date.
pub(super) fn details(ui: &mut Ui, cx: &mut Cx<'_>, home: &HomeView) {
    let (network, content, words) = (cx.id(), &home.network, cx.words);
    let locked = cx.locked(home.read_only);
    let set = move |field: NetworkField| {
        move |text: &str| Command::NetworkSet {
            network,
            field,
            value: Some(text.to_owned()),
        }
    };
    let field = |key: NetworkField, label: String, value| {
        Field::new((network, key.key()), label, value)
            .locked(locked)
            .conflict(&content.conflicts, key.key())
    };
    field(
        NetworkField::Name,
        tr!(words, "network-name"),
        &content.name,
    )
    .needed()
    .line(ui, cx, set(NetworkField::Name));
    kinds(ui, cx, home, locked);
    if !cx.net.overview.kind_words.is_empty() {
        let label = tr!(words, "network-kind-words");
        field(NetworkField::Kind, label, &content.kind).line(ui, cx, set(NetworkField::Kind));
    }
    field(
        NetworkField::Membership,
        tr!(words, "network-membership"),
        &content.membership,
    )
    .hint(tr!(words, "left-open"))
    .pick(
        ui,
        cx,
        &|word| match word {
            "open" => tr!(words, "membership-open"),
            "closed" => tr!(words, "membership-closed"),
            other => other.to_owned(),
        },
        &|| ["", "open", "closed"].map(str::to_owned).into(),
        set(NetworkField::Membership),
    );
    field(
        NetworkField::ReviewDate,
        tr!(words, "network-review"),
        &content.review_date,
    )
    .hint(tr!(words, "date-hint"))
    .date(ui, cx, set(NetworkField::ReviewDate));
    let document = DocId::singleton(&network, DocKind::Network);
    let past = tr!(words, "network-past");
    if theme::quiet_icon_button(ui, Icon::ClockCounterClockwise, past).clicked() {
        cx.ask(Ask::Show(Dialogue::History(network, document)));
    }
    let export = tr!(words, "command-export-files");
    if theme::quiet_icon_button(ui, Icon::Export, export).clicked() {
        cx.ask(Ask::Show(Dialogue::Export(network)));
    }
}

/// What the network is for, in any mix.
fn kinds(ui: &mut Ui, cx: &mut Cx<'_>, home: &HomeView, locked: bool) {
    let t = theme::tokens(ui);
    theme::caption(ui, tr!(cx.words, "network-kind"));
    for kind in NetworkKind::ALL.iter().copied() {
        let mut is = home.network.kinds.contains(&kind);
        ui.add_enabled_ui(!locked, |ui| {
            let name = kinds::name(cx.words, kind.word());
            if theme::check(ui, &mut is, name).changed() {
                let network = cx.id();
                let off = !is;
                cx.send(Command::NetworkKind { network, kind, off });
            }
        });
    }
    if !locked && !cx.net.frame.parts.is_empty() {
        frame::button(ui, cx);
    }
    ui.add_space(t.space.xs);
}
