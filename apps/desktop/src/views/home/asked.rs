//! What the network asks of me: to consent, to sign, to look again.

use egui::Ui;
use jiff::Span;
use tresse_engine::{DecisionRow, Phase};

use crate::{
    app::{
        asks::Ask,
        dates::from_iso,
        place::{Place, Tab},
    },
    theme, tr,
    views::{Cx, closing, members},
};

/// So many decisions are named at once.
const BALLOTS: usize = 8;
/// So many things to give back are.
const LOANS: usize = 8;

/// Paints it, if there is anything.
pub(super) fn ui(ui: &mut Ui, cx: &mut Cx<'_>) {
    let asked = asked(cx);
    let ends = closing::asked(cx);
    if (asked.is_empty() && ends.is_empty()) || !cx.net.members.writable {
        return;
    }
    theme::card(ui, |ui| {
        theme::heading(ui, tr!(cx.words, "asked-of-me"));
        for (sentence, ask) in asked {
            if ui.add(egui::Link::new(sentence)).clicked() {
                cx.ask(ask);
            }
        }
        for sentence in ends {
            if ui.add(egui::Link::new(sentence)).clicked() {
                cx.ask(Ask::OpenClosing(cx.id()));
            }
        }
    });
    ui.add_space(theme::tokens(ui).space.s);
}

fn asked(cx: &Cx<'_>) -> Vec<(String, Ask)> {
    // Of a closed network nothing more is asked than what its end asks.
    if cx.net.closing.is_closed() {
        return Vec::new();
    }
    let mut asked: Vec<(String, Ask)> = ballots(cx);
    asked.extend(to_give_back(cx));
    asked.extend(elsewhere(cx));
    asked
}

/// Decisions that wait for my ballot, those that nobody has counted, and those whose day to be looked at again has come.
fn ballots(cx: &Cx<'_>) -> Vec<(String, Ask)> {
    let (words, view) = (cx.words, &cx.net.decisions);
    let open = |row: &DecisionRow| Ask::OpenDecision(cx.id(), row.id);
    let title = |row: &DecisionRow| crate::app::text::cut(&row.title, 80);
    let waiting = view.asked.iter().filter_map(|id| view.get(id));
    let waiting = waiting.map(|row| (tr!(words, "asked-vote", title = title(row)), open(row)));
    let ended = view
        .decisions
        .iter()
        .filter(|row| row.phase == Phase::ToCount);
    let ended = ended.map(|row| (tr!(words, "asked-count", title = title(row)), open(row)));
    // Until another day is written, or none: who looked at it again says so by that.
    let today = cx.today.to_string();
    let due = |row: &&DecisionRow| {
        let taken = matches!(row.phase, Phase::Counted | Phase::Concluded);
        taken && !row.review.is_empty() && row.review <= today
    };
    let mut due: Vec<&DecisionRow> = view.decisions.iter().filter(due).collect();
    due.sort_by(|a, b| a.review.cmp(&b.review).then_with(|| a.id.cmp(&b.id)));
    let due = due.into_iter();
    let due = due.map(|row| {
        (
            tr!(words, "asked-look-again", title = title(row)),
            open(row),
        )
    });
    waiting.chain(ended).chain(due).take(BALLOTS).collect()
}

/// What I borrowed and was to give back before today.
fn to_give_back(cx: &Cx<'_>) -> Vec<(String, Ask)> {
    let (words, view) = (cx.words, &cx.net.resources);
    let due = view.mine_due.iter().filter_map(|(resource, loan)| {
        let row = view.resource(resource)?;
        let loan = row.loans.iter().find(|one| one.loan.id == *loan)?;
        let name = crate::app::text::cut(&row.resource.name, 80);
        let day = words.date_short(&loan.loan.until);
        let said = tr!(words, "asked-give-back", name = name, day = day);
        Some((said, Ask::OpenResource(cx.id(), *resource)))
    });
    due.take(LOANS).collect()
}

/// All else, and where it is.
fn elsewhere(cx: &Cx<'_>) -> Vec<(String, Ask)> {
    let (words, versions) = (cx.words, &cx.net.charter_versions);
    let to = |tab| Ask::Go(Place::Network(cx.id(), tab));
    let mut asked = Vec::new();
    for version in &versions.versions {
        let proposed = matches!(&*version.state, "pending" | "ready");
        if let Some(first) = version
            .consents
            .first()
            .filter(|_| proposed && !version.mine)
        {
            let name = first.name.clone();
            asked.push((
                tr!(words, "asked-charter-consent", name = name),
                to(Tab::Charter),
            ));
        }
    }
    if versions.adopted().is_some_and(|adopted| !adopted.signed) {
        asked.push((tr!(words, "asked-charter-sign"), to(Tab::Charter)));
    }
    for ask in &cx.net.meetings.to_answer {
        let title = ask.title.clone();
        asked.push((
            tr!(words, "date-to-answer", title = title),
            to(Tab::Meetings),
        ));
    }
    let me = cx.net.members.members.iter().find(|one| one.is_me);
    let decisions = members::asked(cx);
    if decisions > 0 {
        asked.push((
            tr!(words, "asked-decisions", count = decisions),
            to(Tab::Members),
        ));
    }
    let roles = members::roles_asked(cx).into_iter();
    asked.extend(roles.map(|(sentence, spot)| (sentence, Ask::OpenRoles(cx.id(), spot))));
    if cx.net.evaluation.asked > 0 {
        let period = cx.net.evaluation.pulse.period.as_ref();
        let until = period.map(|one| words.date(&one.until)).unwrap_or_default();
        asked.push((
            tr!(words, "asked-pulse", until = until),
            Ask::ShowPulse(cx.id()),
        ));
    }
    // What one's organisation expects is read again every year.
    let looked = me.and_then(|me| from_iso(&me.added_value_on));
    let year_ago = cx.today.checked_sub(Span::new().years(1)).ok();
    if looked
        .zip(year_ago)
        .is_some_and(|(looked, year_ago)| looked < year_ago)
    {
        asked.push((tr!(words, "asked-added-value"), to(Tab::Members)));
    }
    asked
}
