//! Who brings what to an item of the agenda.

use egui::Ui;
use tresse_engine::{
    MeetingCommand, MeetingView,
    model::{AgendaItem, DocId, ItemId, MemberId, NetworkId},
};

use crate::{
    theme::{self, Icon},
    tr,
    views::{Cx, fields::Field, parts::before_icons},
};

/// Paints it, set in by this much.
pub(super) fn ui(
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    view: &MeetingView,
    item: &AgendaItem,
    locked: bool,
    inset: f32,
) {
    let t = theme::tokens(ui);
    let (network, meeting, id) = (cx.id(), view.id, item.id);
    let net = std::sync::Arc::clone(cx.net);
    for brings in &item.brings {
        let member = brings.member;
        let name = net.members.name_of(&member);
        ui.horizontal(|ui| {
            ui.add_space(inset + t.space.s);
            let said = tr!(cx.words, "agenda-brings", name = name.clone());
            let font = theme::Face::Text.at(t.text.body);
            let said = theme::one_row(ui, &said, &font, 0.65 * ui.available_width());
            theme::muted(ui, said);
            let out = tr!(cx.words, "agenda-brings-out", name = name.clone());
            before_icons(ui, usize::from(!locked), |ui| {
                Field::new(
                    (network, meeting, id, member),
                    tr!(cx.words, "agenda-brings-what", name = name),
                    &brings.what,
                )
                .hint(tr!(cx.words, "agenda-brings-hint"))
                .locked(locked)
                .cell(ui, cx, move |text| {
                    bring(network, meeting, id, member, Some(text.to_owned()))
                });
            });
            if !locked && theme::icon_button(ui, Icon::X, out).clicked() {
                cx.send(bring(network, meeting, id, member, None));
            }
        });
    }
    if locked || item.carried.is_some() {
        return;
    }
    let options = || {
        let members = net.members.members.iter();
        let others = members.filter(|one| !item.brings.iter().any(|known| known.member == one.id));
        others.map(|one| one.id.to_string()).collect()
    };
    let say = |id: &str| {
        id.parse::<MemberId>()
            .map_or_else(|_| String::new(), |id| net.members.name_of(&id))
    };
    let me = cx.app.me.member;
    ui.horizontal(|ui| {
        ui.add_space(inset);
        let room = egui::vec2(ui.available_width().min(t.size.column), t.size.control);
        ui.allocate_ui(room, |ui| {
            let name = tr!(cx.words, "agenda-brings-add", title = item.title.clone());
            Field::new((network, meeting, id, "brings"), name, "")
                .hint(tr!(cx.words, "agenda-brings-who"))
                .pick_cell(ui, cx, &say, &options, move |member| {
                    // Only members' ids are offered.
                    let member = member.parse().unwrap_or(me);
                    bring(network, meeting, id, member, Some(String::new()))
                });
        });
    });
}

fn bring(
    network: NetworkId,
    meeting: DocId,
    item: ItemId,
    member: MemberId,
    what: Option<String>,
) -> tresse_engine::Command {
    MeetingCommand::AgendaBring {
        network,
        meeting,
        item,
        member,
        off: what.is_none(),
        what: what.unwrap_or_default(),
    }
    .into()
}
