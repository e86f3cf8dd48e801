//! When a resource was, is and will be lent; lending it and booking it ahead.

use egui::Ui;
use tresse_engine::{
    Command, LoanRow, ResourceCommand, ResourceRow,
    model::{ItemId, Loan, LoanField, MemberId},
};

use super::ResourcesUi;
use crate::{
    app::{asks::Ask, dates, toast::Toast},
    theme::{self, Icon, Tone},
    tr,
    views::{Cx, members::bounded, parts::columns},
};

/// So many loans are shown before more are asked for.
const FIRST: usize = 12;

/// A loan being written, or changed.
pub(super) struct Draft {
    /// The one that is changed; `None`: a new one.
    of: Option<Loan>,
    borrower: Option<MemberId>,
    from: String,
    until: String,
    purpose: String,
    /// It was just begun, and the keyboard is to go there.
    fresh: bool,
}

impl Draft {
    fn new(cx: &Cx<'_>) -> Self {
        Self {
            of: None,
            borrower: Some(cx.app.me.member),
            from: cx.words.date(&cx.today.to_string()),
            until: String::new(),
            purpose: String::new(),
            fresh: true,
        }
    }

    fn of(cx: &Cx<'_>, loan: &Loan) -> Self {
        Self {
            borrower: loan.borrower,
            from: cx.words.date(&loan.from),
            until: cx.words.date(&loan.until),
            purpose: loan.purpose.clone(),
            fresh: true,
            of: Some(loan.clone()),
        }
    }
}

pub(super) fn ui(
    shelf: &mut ResourcesUi,
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    row: &ResourceRow,
    locked: bool,
) {
    let t = theme::tokens(ui);
    theme::subheading(ui, tr!(cx.words, "loans"));
    if row.overlaps() {
        theme::message(ui, Tone::Warn, tr!(cx.words, "loan-overlap"), |_| {});
        ui.add_space(t.space.xs);
    }
    if row.loans.is_empty() {
        theme::muted(ui, tr!(cx.words, "loans-none"));
    }
    if !locked {
        if shelf.loan.is_some() {
            form(shelf, ui, cx, row);
        } else if theme::quiet_icon_button(ui, Icon::Handshake, tr!(cx.words, "loan-add")).clicked()
        {
            shelf.loan = Some(Draft::new(cx));
        }
    }
    let (words, salt) = (cx.words, ("loans", row.resource.id));
    bounded(ui, words, salt, FIRST, row.loans.len(), |ui, place| {
        one(shelf, ui, cx, row, &row.loans[place], locked);
    });
}

/// A loan: who has it from when until when, and what became of it.
fn one(
    shelf: &mut ResourcesUi,
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    row: &ResourceRow,
    loan: &LoanRow,
    locked: bool,
) {
    let t = theme::tokens(ui);
    let words = cx.words;
    let days = days(cx, &loan.loan);
    let name = match loan.name.as_str() {
        "" => tr!(words, "somebody"),
        name => name.to_owned(),
    };
    ui.add_space(t.space.s);
    ui.horizontal_top(|ui| {
        let icons = if locked { 0.0 } else { 2.0 };
        let room = icons * (t.size.control + ui.spacing().item_spacing.x);
        let width = ui.available_width() - room;
        ui.vertical(|ui| {
            ui.set_width(width);
            ui.spacing_mut().item_spacing.y = t.space.xs;
            theme::strong(
                ui,
                tr!(words, "loan-line", name = name.clone(), days = days.clone()),
            );
            let by = tr!(words, "loan-by", name = loan.writer.clone());
            let purpose = Some(loan.loan.purpose.clone()).filter(|text| !text.trim().is_empty());
            let by = Some(by).filter(|_| !loan.writer.is_empty());
            let said: Vec<String> = [purpose, by].into_iter().flatten().collect();
            if !said.is_empty() {
                theme::caption(ui, said.join(" · "));
            }
            marks(ui, cx, row, loan, (&name, locked));
        });
        if locked {
            return;
        }
        let change = tr!(
            words,
            "loan-change",
            name = name.clone(),
            days = days.clone()
        );
        if theme::icon_button(ui, Icon::PencilSimple, change).clicked() {
            shelf.loan = Some(Draft::of(cx, &loan.loan));
        }
        let take_out = tr!(
            words,
            "loan-remove",
            name = name.clone(),
            days = days.clone()
        );
        if theme::icon_button(ui, Icon::Trash, take_out).clicked() {
            remove(cx, row.resource.id, loan.loan.id, &name, &days);
        }
    });
}

fn days(cx: &Cx<'_>, loan: &Loan) -> String {
    let day = |day: &str| cx.words.date_short(day);
    if loan.until == loan.from {
        return tr!(cx.words, "loan-on", day = day(&loan.from));
    }
    if loan.until.is_empty() {
        return tr!(cx.words, "loan-from", day = day(&loan.from));
    }
    let (from, until) = (day(&loan.from), day(&loan.until));
    tr!(cx.words, "loan-from-until", from = from, until = until)
}

/// How the loan stands, and the button that says that it was given back.
fn marks(
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    row: &ResourceRow,
    loan: &LoanRow,
    (name, locked): (&str, bool),
) {
    let words = cx.words;
    let today = cx.today.to_string();
    let back = &loan.loan.back;
    ui.horizontal_wrapped(|ui| {
        if !back.is_empty() {
            let day = words.date_short(back);
            theme::status_chip(ui, Tone::Good, tr!(words, "loan-is-back", day = day));
        } else if loan.late {
            theme::status_chip(ui, Tone::Warn, tr!(words, "loan-late"));
        } else if loan.out {
            theme::status_chip(ui, Tone::Accent, tr!(words, "loan-running"));
        } else if loan.loan.from > today {
            theme::status_chip(ui, Tone::Neutral, tr!(words, "loan-booked"));
        }
        if loan.overlaps {
            theme::status_chip(ui, Tone::Warn, tr!(words, "loan-overlap-short"));
        }
        if locked || loan.loan.from > today {
            return;
        }
        let (network, resource, id) = (cx.id(), row.resource.id, loan.loan.id);
        let give = |off| {
            Command::Resource(ResourceCommand::GiveBack {
                network,
                resource,
                loan: id,
                on: None,
                off,
            })
        };
        if back.is_empty() && loan.out {
            let said = tr!(words, "loan-give-back");
            let named = tr!(words, "loan-give-back-of", name = name.to_owned());
            let button = theme::quiet_icon_button(ui, Icon::Check, said).accessible_name(named);
            if button.clicked() {
                cx.send(give(false));
                let told = tr!(words, "loan-given-back", what = row.resource.name.clone());
                let toast = Toast::new(Tone::Good, told)
                    .with(tr!(words, "loan-not-back"), Ask::Send(give(true)));
                cx.ask(Ask::Tell(toast));
            }
        }
    });
}

fn remove(cx: &mut Cx<'_>, resource: ItemId, loan: ItemId, name: &str, days: &str) {
    let network = cx.id();
    let remove = |restore| {
        Command::Resource(ResourceCommand::RemoveLoan {
            network,
            resource,
            loan,
            restore,
        })
    };
    cx.send(remove(false));
    let (name, days) = (name.to_owned(), days.to_owned());
    let told = tr!(cx.words, "loan-removed", name = name, days = days);
    let toast =
        Toast::new(Tone::Neutral, told).with(tr!(cx.words, "bring-back"), Ask::Send(remove(true)));
    cx.ask(Ask::Tell(toast));
}

/// To whom, from when until when, and what for.
fn form(shelf: &mut ResourcesUi, ui: &mut Ui, cx: &mut Cx<'_>, row: &ResourceRow) {
    let Some(draft) = &mut shelf.loan else {
        return;
    };
    let (t, words) = (theme::tokens(ui), cx.words);
    let mut over = false;
    theme::card(ui, |ui| {
        borrower(ui, cx, draft);
        let hint = || tr!(words, "mandate-date-hint");
        let fresh = std::mem::take(&mut draft.fresh);
        let (from, until) = (&mut draft.from, &mut draft.until);
        columns(ui, 2, |ui, column| match column {
            0 => {
                let field = theme::text_field(ui, tr!(words, "loan-begin"), from, hint());
                if fresh {
                    field.request_focus();
                    field.scroll_to_me(Some(egui::Align::Center));
                }
            }
            _ => {
                theme::text_field(ui, tr!(words, "loan-end"), until, hint());
            }
        });
        let hint = tr!(words, "loan-purpose-hint");
        theme::text_field(ui, tr!(words, "loan-purpose"), &mut draft.purpose, hint);
        let (asked, why) = match commands(cx, draft, row.resource.id) {
            Ok(commands) => (Some(commands), String::new()),
            Err(why) => (None, why),
        };
        if !why.is_empty() {
            theme::caption(ui, why);
        }
        ui.add_space(t.space.xs);
        ui.horizontal(|ui| {
            let said = match &draft.of {
                Some(_) => tr!(words, "loan-save"),
                None => tr!(words, "loan-lend"),
            };
            let lend = ui.add_enabled_ui(asked.is_some(), |ui| theme::primary_button(ui, said));
            if let Some(commands) = asked.filter(|_| lend.inner.clicked()) {
                for command in commands {
                    cx.send(Command::Resource(command));
                }
                over = true;
            }
            over |= theme::quiet_button(ui, tr!(words, "cancel")).clicked();
        });
    });
    if over {
        shelf.loan = None;
    }
}

/// Any member; of a loan of one who left, that one too, as long as nobody else is chosen.
fn borrower(ui: &mut Ui, cx: &Cx<'_>, draft: &mut Draft) {
    let members = &cx.net.members;
    let mut people: Vec<MemberId> = members.members.iter().map(|member| member.id).collect();
    let gone = draft.borrower.filter(|one| !people.contains(one));
    people.splice(0..0, gone);
    let chosen = draft.borrower.and_then(|one| {
        let mut all = people.iter();
        all.position(|other| *other == one)
    });
    let label = tr!(cx.words, "loan-borrower");
    let chosen = chosen.unwrap_or_default();
    let name = |at: usize| {
        people
            .get(at)
            .map(|one| members.name_of(one))
            .unwrap_or_default()
    };
    let picked = theme::long_choice(ui, label, chosen, people.len(), name);
    if let Some(picked) = picked {
        draft.borrower = people.get(picked).copied();
    }
}

/// What the form asks for; else why it cannot, in a sentence.
fn commands(cx: &Cx<'_>, draft: &Draft, resource: ItemId) -> Result<Vec<ResourceCommand>, String> {
    let words = cx.words;
    let network = cx.id();
    let day = |text: &str| dates::parse(text, cx.today).ok_or_else(|| tr!(words, "loan-no-day"));
    let from = day(&draft.from)?;
    let until = match draft.until.trim() {
        "" => None,
        until => Some(day(until)?),
    };
    if until.is_some_and(|until| until < from) {
        return Err(tr!(words, "error-ends-before-start"));
    }
    let (from, until) = (from.to_string(), until.map(|until| until.to_string()));
    let purpose = draft.purpose.trim();
    let Some(loan) = &draft.of else {
        return Ok(vec![ResourceCommand::Lend {
            network,
            resource,
            borrower: draft.borrower,
            from: Some(from),
            until,
            purpose: Some(purpose.to_owned()),
        }]);
    };
    let mut changes = Vec::new();
    if loan.from != from || loan.until != until.clone().unwrap_or_default() {
        changes.push(ResourceCommand::MoveLoan {
            network,
            resource,
            loan: loan.id,
            from,
            until,
        });
    }
    let mut set = |field, value: String| {
        changes.push(ResourceCommand::SetLoan {
            network,
            resource,
            loan: loan.id,
            field,
            value: Some(value),
        });
    };
    if loan.purpose != purpose {
        set(LoanField::Purpose, purpose.to_owned());
    }
    if let Some(borrower) = draft.borrower.filter(|_| loan.borrower != draft.borrower) {
        set(LoanField::Borrower, borrower.to_string());
    }
    Ok(changes)
}
