//! My own card, edited in place, with my machines and the way out.

use egui::Ui;
use tresse_engine::{
    Command, MemberView,
    model::{Photo, ProfileField},
};

use super::{Decision, cards::engagement_name, machines};
use crate::{
    app::asks::{Ask, Dialogue, Pick},
    theme::{self, Icon},
    tr,
    views::{Cx, fields::Field, parts::columns},
};

/// Paints it.
pub(super) fn ui(ui: &mut Ui, cx: &mut Cx<'_>, me: &MemberView) {
    theme::card(ui, |ui| {
        let t = theme::tokens(ui);
        ui.horizontal(|ui| {
            let photo = me.photo.as_ref().map(Photo::bytes);
            theme::portrait(ui, &me.name, photo, t.size.avatar);
            ui.vertical(|ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                theme::subheading(ui, tr!(cx.words, "members-me"));
                theme::caption(ui, tr!(cx.words, "members-me-explained"));
            });
        });
        ui.add_space(t.space.xs);
        fields(ui, cx, me);
        ui.add_space(t.space.s);
        let inside = me.machines.iter().filter(|one| one.ended.is_none());
        theme::caption(ui, tr!(cx.words, "machines-mine", count = inside.count()));
        machines::ui(ui, cx, &me.machines, true);
        if cx.net.members.writable {
            ui.add_space(t.space.xs);
            ui.horizontal_wrapped(|ui| what_one_can_do(ui, cx, me));
        }
    });
}

fn what_one_can_do(ui: &mut Ui, cx: &mut Cx<'_>, me: &MemberView) {
    let locked = cx.locked(false);
    let choose = tr!(cx.words, "photo-choose");
    if !locked
        && theme::quiet_icon_button(ui, Icon::Image, choose)
            .on_hover_text(tr!(cx.words, "photo-explained"))
            .clicked()
    {
        cx.ask(Ask::Pick(Pick::Photo(cx.id())));
    }
    if !locked
        && me.photo.is_some()
        && theme::quiet_button(ui, tr!(cx.words, "photo-remove")).clicked()
    {
        let network = cx.id();
        cx.send(Command::PhotoSet {
            network,
            picture: None,
        });
    }
    let link = tr!(cx.words, "link-another-ask");
    if theme::quiet_icon_button(ui, Icon::Laptop, link).clicked() {
        cx.ask(Ask::OfferLink);
    }
    let leave = tr!(cx.words, "network-leave");
    if theme::quiet_icon_button(ui, Icon::SignOut, leave).clicked() {
        cx.ask(Ask::Show(Dialogue::Decide(cx.id(), Decision::Leave)));
    }
}

fn fields(ui: &mut Ui, cx: &mut Cx<'_>, me: &MemberView) {
    let t = theme::tokens(ui);
    let (network, words, locked) = (cx.id(), cx.words, cx.locked(false));
    let set = move |field: ProfileField| {
        move |text: &str| Command::ProfileSet {
            network,
            field,
            value: (!text.is_empty()).then(|| text.to_owned()),
        }
    };
    let field = |key: ProfileField, label: String, value| {
        Field::new((network, "me", key.key()), label, value).locked(locked)
    };
    let three = ui.available_width() > 2.4 * t.size.column;
    let mut one = |ui: &mut Ui, key: ProfileField| {
        match key {
            ProfileField::Name => {
                field(key, tr!(words, "profile-name"), &me.name).line(ui, cx, set(key))
            }
            ProfileField::Organisation => {
                field(key, tr!(words, "profile-organisation"), &me.organisation)
                    .hint(tr!(words, "profile-organisation-hint"))
                    .line(ui, cx, set(key))
            }
            ProfileField::Engagement => {
                field(key, tr!(words, "profile-engagement"), &me.engagement)
                    .hint(tr!(words, "left-open"))
                    .pick(
                        ui,
                        cx,
                        &|word| engagement_name(words, word),
                        &|| ["", "volunteer", "employee"].map(str::to_owned).into(),
                        set(key),
                    )
            }
            ProfileField::Brings => field(key, tr!(words, "profile-brings"), &me.brings)
                .hint(tr!(words, "profile-brings-hint"))
                .lines(ui, cx, 2, set(key)),
            ProfileField::Expects => field(key, tr!(words, "profile-expects"), &me.expects)
                .hint(tr!(words, "profile-expects-hint"))
                .lines(ui, cx, 2, set(key)),
            ProfileField::AddedValue => {
                field(key, tr!(words, "profile-added-value"), &me.added_value)
                    .hint(tr!(words, "profile-added-value-hint"))
                    .lines(ui, cx, 2, set(key))
            }
            ProfileField::AddedValueOn => field(
                key,
                tr!(words, "profile-added-value-on"),
                &me.added_value_on,
            )
            .hint(tr!(words, "date-hint"))
            .date(ui, cx, set(key)),
        };
    };
    let above = [
        ProfileField::Name,
        ProfileField::Organisation,
        ProfileField::Engagement,
    ];
    let below = [ProfileField::Brings, ProfileField::Expects];
    let last = [ProfileField::AddedValue, ProfileField::AddedValueOn];
    if three {
        columns(ui, 3, |ui, number| one(ui, above[number]));
        for pair in [below, last] {
            ui.add_space(t.space.xs);
            columns(ui, 2, |ui, number| one(ui, pair[number]));
        }
    } else {
        for key in above.into_iter().chain(below).chain(last) {
            one(ui, key);
        }
    }
    looked_today(ui, cx, me);
}

/// What one's organisation expects was read again today: said with one click.
fn looked_today(ui: &mut Ui, cx: &mut Cx<'_>, me: &MemberView) {
    let today = cx.today.to_string();
    let stated = !me.added_value.trim().is_empty();
    if cx.locked(false) || !stated || me.added_value_on == today {
        return;
    }
    let button = tr!(cx.words, "profile-added-value-today");
    if theme::quiet_icon_button(ui, Icon::Check, button).clicked() {
        let network = cx.id();
        cx.send(Command::ProfileSet {
            network,
            field: ProfileField::AddedValueOn,
            value: Some(today),
        });
    }
}
