//! Who holds which role: a short list, and a form to give one.

use egui::Ui;
use jiff::civil::Date;
use tresse_engine::{Command, MAX_ROLE_BYTES, MandateView, model::MemberId};

use super::{Decision, more::bounded};
use crate::{
    app::asks::{Ask, Dialogue},
    i18n::I18n,
    theme::{self, Icon},
    tr,
    views::{Cx, confirm::day, parts::columns},
};

/// Most mandates shown at first.
const FIRST: usize = 8;
/// The roles that have a word of their own.
const ROLES: [&str; 5] = [
    "pilot",
    "coordinator",
    "facilitator",
    "secretary",
    "treasurer",
];

/// Paints the list.
pub(super) fn ui(ui: &mut Ui, cx: &mut Cx<'_>, mandates: &[MandateView]) {
    theme::card(ui, |ui| {
        theme::subheading(ui, tr!(cx.words, "mandates"));
        theme::caption(ui, tr!(cx.words, "mandates-explained"));
        if mandates.is_empty() {
            theme::muted(ui, tr!(cx.words, "mandates-none"));
        }
        let (words, salt) = (cx.words, ("mandates", cx.id()));
        bounded(ui, words, salt, FIRST, mandates.len(), |ui, place| {
            one(ui, cx, &mandates[place]);
        });
        if !cx.locked(false)
            && theme::quiet_icon_button(ui, Icon::Plus, tr!(cx.words, "mandate-give")).clicked()
        {
            cx.ask(Ask::Show(Dialogue::Decide(cx.id(), Decision::GiveMandate)));
        }
    });
}

fn one(ui: &mut Ui, cx: &mut Cx<'_>, mandate: &MandateView) {
    let t = theme::tokens(ui);
    let words = cx.words;
    let (role, name) = (
        role_name(words, &mandate.role),
        cx.net.members.name_of(&mandate.holder),
    );
    ui.horizontal_top(|ui| {
        let room = t.size.control + ui.spacing().item_spacing.x;
        let width = ui.available_width() - room;
        ui.vertical(|ui| {
            ui.set_width(width);
            ui.spacing_mut().item_spacing.y = 0.0;
            let line = tr!(
                words,
                "mandate-line",
                role = role.clone(),
                name = name.clone()
            );
            theme::paragraph(ui, line);
            let by = cx.net.members.name_of(&mandate.by);
            let noted = tr!(words, "mandate-noted-by", names = by);
            theme::caption(ui, format!("{} · {noted}", term(cx, mandate)));
        });
        let end = tr!(words, "mandate-end", role = role, name = name);
        if !cx.locked(false) && theme::icon_button(ui, Icon::X, end).clicked() {
            let decision = Decision::EndMandate(mandate.id.clone());
            cx.ask(Ask::Show(Dialogue::Decide(cx.id(), decision)));
        }
    });
}

/// A role in words; what is none of the known ones is said as it is.
pub(in crate::views) fn role_name(words: &I18n, role: &str) -> String {
    match role {
        "pilot" => tr!(words, "role-pilot"),
        "coordinator" => tr!(words, "role-coordinator"),
        "facilitator" => tr!(words, "role-facilitator"),
        "secretary" => tr!(words, "role-secretary"),
        "treasurer" => tr!(words, "role-treasurer"),
        other => other.to_owned(),
    }
}

fn term(cx: &Cx<'_>, mandate: &MandateView) -> String {
    let words = cx.words;
    // A mandate runs from day to day, not from an hour on: its days are those of UTC everywhere.
    let iso = |at: i64| {
        jiff::Timestamp::from_millisecond(at)
            .map(|at| {
                at.to_zoned_datetime(jiff::tz::TimeZone::UTC)
                    .date()
                    .to_string()
            })
            .unwrap_or_default()
    };
    let from = words.date_short(&iso(mandate.from));
    let Some(to) = mandate.to.map(iso) else {
        return tr!(words, "mandate-from", from = from);
    };
    let until = words.date_short(&to);
    let line = tr!(words, "mandate-from-to", from = from, to = until);
    if to < cx.today.to_string() {
        format!("{line} · {}", tr!(words, "mandate-over"))
    } else {
        line
    }
}

/// A mandate being given.
#[derive(Default)]
pub(super) struct Draft {
    /// One of [`ROLES`]; empty for another, written out.
    role: Option<&'static str>,
    other: String,
    holder: Option<MemberId>,
    from: Option<String>,
    to: String,
}

/// Paints the form; what it asks for, once it is complete.
pub(super) fn form(ui: &mut Ui, cx: &Cx<'_>, draft: &mut Draft) -> Option<Command> {
    let (t, words) = (theme::tokens(ui), cx.words);
    theme::muted(ui, tr!(words, "mandates-explained"));
    ui.add_space(t.space.xs);
    let mut role = draft.role.unwrap_or(ROLES[0]);
    let named = ROLES.map(|role| (role, role_name(words, role))).into_iter();
    let roles: Vec<(&str, String)> = named
        .chain([("", tr!(words, "mandate-role-other"))])
        .collect();
    theme::wide_choice(ui, tr!(words, "mandate-role"), &mut role, &roles);
    draft.role = Some(role);
    if role.is_empty() {
        let label = tr!(words, "mandate-role-text");
        theme::text_field(ui, label, &mut draft.other, "");
        if draft.other.trim().len() > MAX_ROLE_BYTES {
            theme::caption(ui, tr!(words, "error-bad-role"));
        }
    }
    let members = &cx.net.members.members;
    let holder = draft.holder;
    let place = members.iter().position(|one| match holder {
        Some(holder) => one.id == holder,
        None => one.is_me,
    });
    // Who left meanwhile is nobody, not somebody else.
    let place = place.unwrap_or(usize::MAX);
    let name = |at: usize| members.get(at).map(|one| one.name.clone());
    let label = tr!(words, "mandate-holder");
    let picked = theme::long_choice(ui, label, place, members.len(), |at| {
        name(at).unwrap_or_default()
    });
    let chosen = members.get(picked.unwrap_or(place)).map(|one| one.id);
    draft.holder = chosen.or(draft.holder);
    let hint = || tr!(words, "mandate-date-hint");
    let today = || words.date(&cx.today.to_string());
    let from = draft.from.get_or_insert_with(today);
    let to = &mut draft.to;
    let mut days = [Ok(None); 2];
    columns(ui, 2, |ui, column| {
        let (label, written) = match column {
            0 => (tr!(words, "mandate-begin"), &mut *from),
            _ => (tr!(words, "mandate-until"), &mut *to),
        };
        theme::text_field(ui, label, written, hint());
        days[column] = day(ui, cx, written);
    });
    let [Ok(from), Ok(to)] = days else {
        return None;
    };
    if from.is_some() && to.is_some() && to < from {
        theme::caption(ui, tr!(words, "error-ends-before-start"));
        return None;
    }
    command(cx, draft, chosen?, from, to)
}

/// What the form asks for, if it is complete.
fn command(
    cx: &Cx<'_>,
    draft: &Draft,
    holder: MemberId,
    from: Option<Date>,
    to: Option<Date>,
) -> Option<Command> {
    let role = match draft.role? {
        "" => draft.other.trim(),
        role => role,
    };
    if role.is_empty() || role.len() > MAX_ROLE_BYTES {
        return None;
    }
    Some(Command::MandateGive {
        network: cx.id(),
        role: role.to_owned(),
        holder,
        from: from?.to_string(),
        to: to.map(|to| to.to_string()),
    })
}
