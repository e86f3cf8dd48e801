//! The people of a network: who they are, where they come from, what they bring and expect; and the
//! invitations that are still open.

mod invite;

use std::sync::Arc;

use egui::Ui;
use tresse_engine::{Command, InvitationView, MemberView, model::ProfileField};

pub use invite::Invite;

use super::{
    Cx,
    fields::Field,
    parts::{columns, empty},
};
use crate::{
    app::{
        asks::{Ask, Dialogue},
        text::fold,
    },
    i18n::I18n,
    theme::{self, Icon, Tone},
    tr,
};

/// More people than this and a field to look for somebody appears.
const MANY: usize = 8;

/// What the members' view remembers of one network.
#[derive(Default)]
pub struct MembersUi {
    query: String,
    focus_find: bool,
}

impl MembersUi {
    /// Goes to the search field.
    pub fn find(&mut self) {
        self.focus_find = true;
    }

    /// Paints it.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let t = theme::tokens(ui);
        let view = Arc::clone(&cx.net.members);
        theme::page(ui, "members", 2.5 * t.size.form, |ui| {
            ui.horizontal(|ui| {
                theme::title(ui, tr!(cx.words, "tab-members"));
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    if theme::primary_icon_button(ui, Icon::UserPlus, tr!(cx.words, "invite"))
                        .clicked()
                    {
                        cx.ask(Ask::Show(Dialogue::Invite(cx.id())));
                    }
                });
            });
            ui.add_space(t.space.m);
            let me = view.members.iter().find(|member| member.is_me);
            if let Some(me) = me {
                mine(ui, cx, me);
                ui.add_space(t.space.l);
            }
            invitations(ui, cx, &view.invitations);
            let others: Vec<&MemberView> = view
                .members
                .iter()
                .filter(|member| !member.is_me && self.finds(member))
                .collect();
            theme::heading(
                ui,
                tr!(
                    cx.words,
                    "members-others",
                    count = view.members.len().saturating_sub(1)
                ),
            );
            if view.members.len() > MANY {
                let find = theme::search_field(
                    ui,
                    tr!(cx.words, "members-search"),
                    &mut self.query,
                    t.size.column,
                );
                if std::mem::take(&mut self.focus_find) {
                    find.request_focus();
                }
            }
            if view.members.len() <= 1 {
                let hint = tr!(cx.words, "members-alone-hint");
                let invite = Some(tr!(cx.words, "invite-somebody"));
                if empty(ui, tr!(cx.words, "members-alone"), hint, invite) {
                    cx.ask(Ask::Show(Dialogue::Invite(cx.id())));
                }
            } else if others.is_empty() {
                theme::muted(ui, tr!(cx.words, "members-nobody-found"));
            }
            cards(ui, cx, &others);
        });
    }

    fn finds(&self, member: &MemberView) -> bool {
        let words = fold(self.query.trim());
        words.is_empty()
            || [
                &member.name,
                &member.organisation,
                &member.brings,
                &member.expects,
            ]
            .into_iter()
            .any(|text| fold(text).contains(&words))
    }
}

fn engagement_name(words: &I18n, word: &str) -> String {
    match word {
        "volunteer" => tr!(words, "engagement-volunteer"),
        "employee" => tr!(words, "engagement-employee"),
        other => other.to_owned(),
    }
}

/// My own card, edited in place.
fn mine(ui: &mut Ui, cx: &mut Cx<'_>, me: &MemberView) {
    let (network, words) = (cx.id(), cx.words);
    let set = move |field: ProfileField| {
        move |text: &str| Command::ProfileSet {
            network,
            field,
            value: (!text.is_empty()).then(|| text.to_owned()),
        }
    };
    let field = |key: ProfileField, label: String, value| {
        Field::new((network, "me", key.key()), label, value)
    };
    theme::card(ui, |ui| {
        let t = theme::tokens(ui);
        ui.horizontal(|ui| {
            theme::avatar(ui, &me.name, t.size.avatar);
            ui.vertical(|ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                theme::subheading(ui, tr!(words, "members-me"));
                theme::caption(ui, tr!(words, "members-me-explained"));
            });
        });
        ui.add_space(t.space.xs);
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
            };
        };
        let above = [
            ProfileField::Name,
            ProfileField::Organisation,
            ProfileField::Engagement,
        ];
        let below = [ProfileField::Brings, ProfileField::Expects];
        if three {
            columns(ui, 3, |ui, number| one(ui, above[number]));
            ui.add_space(t.space.xs);
            columns(ui, 2, |ui, number| one(ui, below[number]));
        } else {
            for key in above.into_iter().chain(below) {
                one(ui, key);
            }
        }
    });
}

fn invitations(ui: &mut Ui, cx: &mut Cx<'_>, open: &[InvitationView]) {
    if open.is_empty() {
        return;
    }
    let t = theme::tokens(ui);
    theme::card(ui, |ui| {
        theme::subheading(ui, tr!(cx.words, "invitations-open", count = open.len()));
        for (place, invitation) in open.iter().enumerate() {
            ui.horizontal_wrapped(|ui| {
                Icon::Ticket.show(ui, t.size.icon, t.color.muted);
                let by = cx.net.members.name_of(&invitation.by);
                let uses = invitation.uses_left;
                ui.label(tr!(cx.words, "invitation-line", name = by, uses = uses));
                theme::caption(ui, expiry(cx, invitation.expires));
                let revoke = tr!(cx.words, "invitation-revoke");
                let name = tr!(cx.words, "invitation-revoke-number", number = place + 1);
                if theme::quiet_button(ui, revoke)
                    .accessible_name(name)
                    .clicked()
                {
                    cx.send(Command::InviteRevoke {
                        network: cx.id(),
                        invitation: invitation.id.clone(),
                    });
                }
            });
        }
    });
    ui.add_space(t.space.l);
}

fn expiry(cx: &Cx<'_>, expires: i64) -> String {
    const DAY: i64 = 24 * 60 * 60 * 1000;
    let left = expires - cx.now;
    if left <= 0 {
        tr!(cx.words, "invitation-expired")
    } else if left < DAY {
        tr!(cx.words, "invitation-expires-today")
    } else {
        tr!(
            cx.words,
            "invitation-expires-days",
            count = (left + DAY / 2) / DAY
        )
    }
}

fn cards(ui: &mut Ui, cx: &mut Cx<'_>, members: &[&MemberView]) {
    let t = theme::tokens(ui);
    let count = ((ui.available_width() / (t.size.column * 1.2)) as usize).clamp(1, 3);
    for row in members.chunks(count) {
        columns(ui, count, |ui, number| {
            if let Some(member) = row.get(number) {
                card(ui, cx, member);
            }
        });
        ui.add_space(t.space.s);
    }
}

fn card(ui: &mut Ui, cx: &Cx<'_>, member: &MemberView) {
    let t = theme::tokens(ui);
    theme::card(ui, |ui| {
        ui.horizontal(|ui| {
            theme::avatar(ui, &member.name, t.size.avatar);
            ui.vertical(|ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                theme::strong(ui, member.name.as_str());
                let place = [
                    member.organisation.clone(),
                    engagement_name(cx.words, &member.engagement),
                ]
                .into_iter()
                .filter(|part| !part.is_empty())
                .collect::<Vec<_>>()
                .join(" · ");
                if !place.is_empty() {
                    theme::caption(ui, place);
                }
            });
        });
        if member.here {
            theme::status_chip(ui, Tone::Good, tr!(cx.words, "member-here"));
        }
        for (label, text) in [
            (tr!(cx.words, "profile-brings-short"), &member.brings),
            (tr!(cx.words, "profile-expects-short"), &member.expects),
        ] {
            if !text.is_empty() {
                theme::caption(ui, label);
                theme::paragraph(ui, text.as_str());
            }
        }
        let since = since(cx, member.since);
        let line = if let Some(by) = member.admitted_by {
            let by = cx.net.members.name_of(&by);
            tr!(cx.words, "member-admitted", name = by, when = since)
        } else {
            tr!(cx.words, "member-founder", when = since)
        };
        theme::caption(ui, line);
    });
}

fn since(cx: &Cx<'_>, at: i64) -> String {
    let date = jiff::Timestamp::from_millisecond(at)
        .map(|at| at.to_zoned_datetime(jiff::tz::TimeZone::system()).date());
    match date {
        Ok(date) if date == cx.today => tr!(cx.words, "since-today"),
        Ok(date) => tr!(
            cx.words,
            "since-date",
            date = cx.words.date_short(&date.to_string())
        ),
        Err(_) => String::new(),
    }
}
