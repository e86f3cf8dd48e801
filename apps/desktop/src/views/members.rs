//! The people of a network: who they are, where they come from, what they bring and expect, with which machines; the
//! invitations that are still open; what is being decided together, by which rules, and what to know of the copies.

mod cards;
mod cases;
mod decide;
mod former;
mod invitations;
mod invite;
mod machines;
mod mandates;
mod mine;
mod more;
mod roles;
mod rules;
mod troubles;

use std::sync::Arc;

use egui::{Popup, Ui};
use jiff::civil::Date;
use tresse_engine::{MemberView, MembersView, PilotingAsked, model::Warning};

pub(super) use cards::engagement_name;
pub use decide::{Decision, Forms, dialogue};
pub use invite::Invite;
pub(super) use machines::name as machine_name;
pub(super) use mandates::role_name;
pub(super) use more::{bounded, near};
pub use roles::Spot;
pub(super) use roles::term_words;

use super::{
    Cx, carry,
    parts::{columns, empty},
};
use crate::{
    app::{
        asks::{Ask, Dialogue},
        text::fold,
    },
    i18n::I18n,
    theme::{self, Icon},
    tr,
};

/// More people than this and a field to look for somebody appears.
const MANY: usize = 8;

/// What the members' view remembers of one network.
#[derive(Default)]
pub struct MembersUi {
    query: String,
    focus_find: bool,
    /// The roles are shown, and not the people.
    roles: bool,
    threads: roles::ThreadsUi,
    /// What should be in sight among the roles, and have the keyboard.
    spot: Option<Spot>,
}

impl MembersUi {
    /// Goes to the search field.
    pub fn find(&mut self) {
        self.focus_find = true;
        self.roles = false;
    }

    /// Shows whom these letters find.
    pub fn look_for(&mut self, letters: String) {
        self.query = letters;
        self.roles = false;
    }

    /// Shows a role, or a conversation, among the roles.
    pub fn show_roles(&mut self, spot: Spot) {
        self.roles = true;
        self.spot = Some(spot);
    }

    /// Paints it.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let t = theme::tokens(ui);
        let view = Arc::clone(&cx.net.members);
        theme::page(ui, "members", 2.5 * t.size.form, |ui| {
            head(ui, cx);
            self.looks(ui, cx);
            ui.add_space(t.space.m);
            if self.roles {
                let spot = self.spot.take();
                roles::ui(ui, cx, &mut self.threads, spot.as_ref());
                return;
            }
            self.look_at_roles(ui, cx);
            troubles::ui(ui, cx, &view.troubles);
            cases::ui(ui, cx, &view);
            if let Some(me) = view.members.iter().find(|member| member.is_me) {
                mine::ui(ui, cx, me);
                ui.add_space(t.space.l);
            }
            invitations::ui(ui, cx, &view);
            self.others(ui, cx, &view);
            ui.add_space(t.space.m);
            together(ui, cx, &view);
            ui.add_space(t.space.m);
            former::ui(ui, cx, &view.former);
        });
    }

    /// People, or their roles.
    fn looks(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        ui.horizontal(|ui| {
            for (roles, name) in [
                (false, tr!(cx.words, "look-people")),
                (true, tr!(cx.words, "look-roles")),
            ] {
                if theme::tab(ui, name, self.roles == roles).clicked() {
                    self.roles = roles;
                }
            }
        });
    }

    /// Says that there is something to look at in the roles.
    fn look_at_roles(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        let count = roles::to_look_at(&cx.net.piloting);
        if count == 0 {
            return;
        }
        let said = tr!(cx.words, "roles-look-at", count = count);
        theme::message(ui, theme::Tone::Accent, said, |ui| {
            let see = tr!(cx.words, "roles-look-at-button");
            self.roles |= theme::quiet_button(ui, see).clicked();
        });
        ui.add_space(theme::tokens(ui).space.m);
    }

    fn others(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, view: &MembersView) {
        let t = theme::tokens(ui);
        let others = || view.members.iter().filter(|member| !member.is_me);
        let found: Vec<&MemberView> = others().filter(|member| self.finds(member)).collect();
        let count = others().count();
        theme::heading(ui, tr!(cx.words, "members-others", count = count));
        if view.members.len() > MANY || !self.query.is_empty() {
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
        if count == 0 && !cx.locked(false) {
            let hint = tr!(cx.words, "members-alone-hint");
            let invite = Some(tr!(cx.words, "invite-somebody"));
            if empty(ui, tr!(cx.words, "members-alone"), hint, invite) {
                cx.ask(Ask::Show(Dialogue::Invite(cx.id())));
            }
        } else if count > 0 && found.is_empty() {
            theme::muted(ui, tr!(cx.words, "members-nobody-found"));
        }
        cards::ui(ui, cx, &found);
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

fn head(ui: &mut Ui, cx: &mut Cx<'_>) {
    ui.horizontal(|ui| {
        theme::title(ui, tr!(cx.words, "tab-members"));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            // What is closed is carried to the others too.
            if cx.locked(false) {
                return by_hand(ui, cx);
            }
            let invite = theme::primary_icon_button(ui, Icon::UserPlus, tr!(cx.words, "invite"));
            if invite.clicked() {
                cx.ask(Ask::Show(Dialogue::Invite(cx.id())));
            }
            by_hand(ui, cx);
        });
    });
}

/// How to be in step without any network.
fn by_hand(ui: &mut Ui, cx: &mut Cx<'_>) {
    if !cx.net.members.writable {
        return;
    }
    let button = theme::quiet_icon_button(ui, Icon::ArrowsClockwise, tr!(cx.words, "carry-title"));
    let (words, network) = (cx.words, cx.id());
    Popup::menu(&button).show(|ui| carry::ways(ui, words, network, cx.asks));
}

/// The rules and the mandates, side by side where there is room.
fn together(ui: &mut Ui, cx: &mut Cx<'_>, view: &MembersView) {
    let t = theme::tokens(ui);
    if ui.available_width() > 2.4 * t.size.column {
        columns(ui, 2, |ui, number| match number {
            0 => rules::ui(ui, cx, &view.rules),
            _ => mandates::ui(ui, cx, &view.mandates),
        });
    } else {
        rules::ui(ui, cx, &view.rules);
        ui.add_space(t.space.s);
        mandates::ui(ui, cx, &view.mandates);
    }
}

/// What a role asks of me, in a sentence, and where among the roles it is.
pub(super) fn role_asked(cx: &Cx<'_>, asked: &PilotingAsked) -> (String, Spot) {
    roles::asked(cx, asked)
}

/// What is to be looked at in a role, in a sentence, and where among the roles it is.
pub(super) fn role_warning(cx: &Cx<'_>, warning: &Warning) -> (String, Spot) {
    roles::warning(cx, warning)
}

/// On which day something happened, here: « aujourd’hui », « le 24 nov. 2026 ».
pub(super) fn on_day(words: &I18n, today: Date, at: i64) -> String {
    match date(at) {
        Some(date) if date == today => tr!(words, "since-today"),
        Some(date) => tr!(
            words,
            "since-date",
            date = words.date_short(&date.to_string())
        ),
        None => String::new(),
    }
}

/// The same after « depuis »: "since today", "since 24 Nov 2026".
fn day(words: &I18n, today: Date, at: i64) -> String {
    match date(at) {
        Some(date) if date == today => tr!(words, "day-today"),
        Some(date) => tr!(
            words,
            "day-date",
            date = words.date_short(&date.to_string())
        ),
        None => String::new(),
    }
}

fn date(at: i64) -> Option<Date> {
    let at = jiff::Timestamp::from_millisecond(at).ok()?;
    Some(at.to_zoned_datetime(jiff::tz::TimeZone::system()).date())
}
