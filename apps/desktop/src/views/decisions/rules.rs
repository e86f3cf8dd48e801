//! Preparing a decision: how it is taken, what can be chosen, who is asked, until when; and what can still be done while it is open.

use egui::Ui;
use tresse_engine::{
    Command, DecisionCommand, DecisionView, Phase,
    model::{DecisionField, DocId, ItemId, Line, MemberId, Method, NetworkId},
};

use super::{ends::End, method_name, say, send};
use crate::{
    i18n::I18n,
    theme::{self, Icon, Tone},
    tr,
    views::{Cx, fields::Field, parts},
};

/// What is being typed.
#[derive(Default)]
pub(super) struct Form {
    option: String,
    criterion: String,
    end: End,
    why: String,
    people: bool,
}

/// What sets a field of a decision.
pub(super) fn set(
    network: NetworkId,
    decision: DocId,
    field: DecisionField,
) -> impl Fn(&str) -> Command + 'static {
    move |text: &str| {
        Command::Decision(DecisionCommand::Set {
            network,
            decision,
            field,
            value: (!text.is_empty()).then(|| text.to_owned()),
        })
    }
}

struct Fields<'a> {
    view: &'a DecisionView,
    locked: bool,
}

impl<'a> Fields<'a> {
    fn of(&self, cx: &Cx<'_>, field: DecisionField, label: String, value: &'a str) -> Field<'a> {
        Field::new((cx.id(), self.view.id, field.key()), label, value)
            .locked(self.locked)
            .conflict(&self.view.content.conflicts, field.key())
    }

    /// A rule of which a few forms are offered, the first being what it means without one.
    fn pick(
        &self,
        ui: &mut Ui,
        cx: &mut Cx<'_>,
        field: DecisionField,
        label: String,
        offered: &[(&str, String)],
    ) {
        let value = self.view.content.rule(field);
        let say = |value: &str| {
            let known = offered.iter().find(|(word, _)| *word == value);
            let otherwise = || match field {
                DecisionField::Threshold => say::threshold_words(cx.words, value),
                _ => value.to_owned(),
            };
            known.map_or_else(otherwise, |(_, words)| words.clone())
        };
        let options = || {
            let mut all: Vec<String> = offered.iter().map(|(word, _)| (*word).to_owned()).collect();
            if !all.iter().any(|word| word == value) {
                all.push(value.to_owned());
            }
            all
        };
        let none = offered.first().map(|(_, words)| words.clone());
        self.of(cx, field, label, value)
            .hint(none.unwrap_or_default())
            .pick(ui, cx, &say, &options, set(cx.id(), self.view.id, field));
    }
}

/// Paints what is prepared.
pub(super) fn draft(
    form: &mut Form,
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    view: &DecisionView,
    locked: bool,
) {
    let t = theme::tokens(ui);
    let fields = Fields { view, locked };
    // How a version of the charter is decided upon is not chosen here.
    let charters = view.about.is_some();
    theme::card(ui, |ui| {
        if charters {
            theme::muted(ui, tr!(cx.words, "decision-about-rule"));
            return;
        }
        what(ui, cx, &fields);
        if view.content.method.has_options() {
            ui.add_space(t.space.s);
            options(form, ui, cx, view, locked);
        }
        if view.content.method == Method::Criteria {
            ui.add_space(t.space.s);
            criteria(form, ui, cx, view, locked);
        }
        if view.content.method.has_ballots() {
            ui.add_space(t.space.s);
            how(ui, cx, &fields);
            people(form, ui, cx, view, locked);
        }
    });
    if view.content.method.has_ballots() && !locked {
        ui.add_space(t.space.s);
        start(form, ui, cx, view);
    }
}

fn what(ui: &mut Ui, cx: &mut Cx<'_>, fields: &Fields<'_>) {
    use DecisionField as F;
    let (network, id) = (cx.id(), fields.view.id);
    let words = cx.words;
    let method = fields.view.content.method;
    let say = |word: &str| {
        Method::from_word(word).map_or_else(|| word.to_owned(), |one| method_name(words, one))
    };
    let all = || {
        Method::ALL
            .iter()
            .map(|one| one.word().to_owned())
            .collect()
    };
    fields
        .of(cx, F::Method, tr!(words, "decision-method"), method.word())
        .pick(ui, cx, &say, &all, set(network, id, F::Method));
    fields
        .of(
            cx,
            F::Question,
            tr!(words, "decision-question"),
            &fields.view.content.question,
        )
        .hint(tr!(words, "decision-question-hint"))
        .lines(ui, cx, 2, set(network, id, F::Question));
}

/// The rules of the ballot, two beside each other.
fn how(ui: &mut Ui, cx: &mut Cx<'_>, fields: &Fields<'_>) {
    use DecisionField as F;
    let method = fields.view.content.method;
    let words = cx.words;
    parts::columns(ui, 2, |ui, column| {
        if column == 0 {
            match method {
                Method::Vote => vote(ui, cx, fields),
                Method::Advice => decider(ui, cx, fields),
                Method::ChooseSimple => {
                    number(ui, cx, fields, F::Most, tr!(words, "rule-most"), "1");
                }
                Method::ChooseDots => number(ui, cx, fields, F::Dots, tr!(words, "rule-dots"), "5"),
                Method::ChooseScore => number(ui, cx, fields, F::Max, tr!(words, "rule-max"), "5"),
                _ => {}
            }
            let quorum = fields.view.content.rule(F::Quorum);
            fields
                .of(cx, F::Quorum, tr!(words, "rule-quorum"), quorum)
                .hint(tr!(words, "rule-quorum-hint"))
                .line(ui, cx, set(cx.id(), fields.view.id, F::Quorum));
        } else {
            let come = tr!(words, "rule-reveal-come");
            let after = tr!(words, "rule-reveal-after");
            let offered = [("", come), ("after-close", after)];
            fields.pick(ui, cx, F::Reveal, tr!(words, "rule-reveal"), &offered);
            if method.may_hide_names() {
                let (shown, hidden) = (
                    tr!(words, "rule-names-shown"),
                    tr!(words, "rule-names-hidden"),
                );
                fields.pick(
                    ui,
                    cx,
                    F::Names,
                    tr!(words, "rule-names"),
                    &[("", shown), ("hidden", hidden)],
                );
            }
            theme::caption(ui, tr!(words, "rule-secrecy"));
        }
    });
}

fn vote(ui: &mut Ui, cx: &mut Cx<'_>, fields: &Fields<'_>) {
    use DecisionField as F;
    let words = cx.words;
    let offered = say::THRESHOLDS.map(|value| (value, say::threshold_words(words, value)));
    fields.pick(ui, cx, F::Threshold, tr!(words, "rule-threshold"), &offered);
    let offered = either(["cast", "members"], fields, F::ThresholdOf, |value| {
        say::threshold_of_words(words, value)
    });
    fields.pick(ui, cx, F::ThresholdOf, tr!(words, "rule-of"), &offered);
    let offered = either(["aside", "cast"], fields, F::Abstentions, |value| {
        say::abstentions_words(words, value)
    });
    fields.pick(ui, cx, F::Abstentions, tr!(words, "rule-abstain"), &offered);
    let rule = cx.net.charter.content.decision_rule.trim();
    if !rule.is_empty() {
        let rule = crate::app::text::cut(rule, 240);
        theme::caption(ui, tr!(words, "rule-charter", rule = rule));
    }
}

/// Both words of a rule of which the first is what nothing means: written nowhere, unless it is what the decision says.
fn either(
    [usual, other]: [&'static str; 2],
    fields: &Fields<'_>,
    field: DecisionField,
    say: impl Fn(&str) -> String,
) -> [(&'static str, String); 2] {
    let written = fields.view.content.rule(field) == usual;
    let first = if written { usual } else { "" };
    [(first, say(usual)), (other, say(other))]
}

/// Says where the decision departs from the charter, and, where it is still prepared, offers what the charter says.
pub(super) fn departs(ui: &mut Ui, cx: &mut Cx<'_>, view: &DecisionView, locked: bool) {
    if view.departs.is_empty() {
        return;
    }
    let said = view.departs.iter();
    let said = said.map(|one| say::rule_words(cx.words, one.rule, &one.charter));
    let rules = said
        .collect::<Vec<_>>()
        .join(tr!(cx.words, "rule-said-and").as_str());
    let text = tr!(cx.words, "decision-departs", rules = rules);
    let prepared = matches!(view.phase, Phase::Draft | Phase::Withdrawn);
    let take = tr!(cx.words, "decision-departs-take");
    let (network, decision) = (cx.id(), view.id);
    theme::message(ui, Tone::Neutral, text, |_| {});
    if prepared && !locked && theme::quiet_button(ui, take).clicked() {
        let follow = DecisionCommand::FollowCharter { network, decision };
        cx.send(Command::Decision(follow));
    }
    ui.add_space(theme::tokens(ui).space.s);
}

fn decider(ui: &mut Ui, cx: &mut Cx<'_>, fields: &Fields<'_>) {
    let nobody = (String::new(), tr!(cx.words, "rule-decider-none"));
    let members = cx.net.members.members.iter();
    let members = members.map(|one| (one.id.to_string(), one.name.clone()));
    let offered: Vec<(String, String)> = std::iter::once(nobody).chain(members).collect();
    let offered: Vec<(&str, String)> = offered
        .iter()
        .map(|(id, name)| (id.as_str(), name.clone()))
        .collect();
    fields.pick(
        ui,
        cx,
        DecisionField::Decider,
        tr!(cx.words, "rule-decider"),
        &offered,
    );
}

fn number(
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    fields: &Fields<'_>,
    field: DecisionField,
    label: String,
    usual: &str,
) {
    let value = fields.view.content.rule(field);
    fields
        .of(cx, field, label, value)
        .hint(usual.to_owned())
        .line(ui, cx, set(cx.id(), fields.view.id, field));
}

/// Which of both, and how it is said.
#[derive(Clone, Copy)]
enum Sort {
    Option,
    Criterion,
}

impl Sort {
    fn add(self, network: NetworkId, decision: DocId, text: String) -> DecisionCommand {
        match self {
            Self::Option => DecisionCommand::OptionAdd {
                network,
                decision,
                text,
            },
            Self::Criterion => DecisionCommand::CriterionAdd {
                network,
                decision,
                text,
            },
        }
    }

    fn set(self, network: NetworkId, decision: DocId, id: ItemId, text: String) -> DecisionCommand {
        match self {
            Self::Option => DecisionCommand::OptionSet {
                network,
                decision,
                option: id,
                text,
            },
            Self::Criterion => DecisionCommand::CriterionSet {
                network,
                decision,
                criterion: id,
                text,
            },
        }
    }

    fn remove(self, network: NetworkId, decision: DocId, id: ItemId) -> DecisionCommand {
        let restore = false;
        match self {
            Self::Option => DecisionCommand::OptionRemove {
                network,
                decision,
                option: id,
                restore,
            },
            Self::Criterion => DecisionCommand::CriterionRemove {
                network,
                decision,
                criterion: id,
                restore,
            },
        }
    }

    fn name(self, words: &I18n) -> String {
        match self {
            Self::Option => tr!(words, "decision-option"),
            Self::Criterion => tr!(words, "decision-criterion"),
        }
    }

    fn invites(self, words: &I18n) -> String {
        match self {
            Self::Option => tr!(words, "decision-option-add"),
            Self::Criterion => tr!(words, "decision-criterion-add"),
        }
    }
}

fn options(form: &mut Form, ui: &mut Ui, cx: &mut Cx<'_>, view: &DecisionView, locked: bool) {
    theme::subheading(ui, tr!(cx.words, "decision-options"));
    list(
        Sort::Option,
        &mut form.option,
        ui,
        cx,
        (view, &view.content.options),
        locked,
    );
}

fn criteria(form: &mut Form, ui: &mut Ui, cx: &mut Cx<'_>, view: &DecisionView, locked: bool) {
    theme::subheading(ui, tr!(cx.words, "decision-criteria"));
    list(
        Sort::Criterion,
        &mut form.criterion,
        ui,
        cx,
        (view, &view.content.criteria),
        locked,
    );
}

fn list(
    sort: Sort,
    typed: &mut String,
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    (view, lines): (&DecisionView, &[Line]),
    locked: bool,
) {
    let t = theme::tokens(ui);
    let (network, decision) = (cx.id(), view.id);
    for line in lines {
        ui.horizontal(|ui| {
            let room = t.size.control + t.space.s;
            let width = (ui.available_width() - room).max(t.size.control);
            ui.allocate_ui(egui::vec2(width, t.size.control), |ui| {
                let id = line.id;
                Field::new((decision, id, "text"), sort.name(cx.words), &line.text)
                    .needed()
                    .locked(locked)
                    .conflict(&line.conflicts, "text")
                    .cell(ui, cx, move |text| {
                        Command::Decision(sort.set(network, decision, id, text.to_owned()))
                    });
            });
            let label = tr!(cx.words, "decision-choice-remove", text = line.text.clone());
            if !locked && theme::icon_button(ui, Icon::X, label).clicked() {
                send(cx, sort.remove(network, decision, line.id));
            }
        });
    }
    if locked {
        return;
    }
    let label = sort.invites(cx.words);
    ui.horizontal(|ui| {
        let room = parts::button_width(ui, &tr!(cx.words, "decision-add")) + t.space.s;
        let width = (ui.available_width() - room).max(t.size.control);
        let edit = theme::line_edit(typed)
            .hint_text(label.clone())
            .desired_width(width);
        let field = ui.add(edit).accessible_name(label);
        let entered = field.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
        let add = theme::quiet_icon_button(ui, Icon::Plus, tr!(cx.words, "decision-add"));
        if (entered || add.clicked()) && !typed.trim().is_empty() && parts::title_fits(cx, typed) {
            let text = std::mem::take(typed).trim().to_owned();
            send(cx, sort.add(network, decision, text));
            field.request_focus();
        }
    });
}

/// Who is asked: everybody, or those who are named.
fn people(form: &mut Form, ui: &mut Ui, cx: &mut Cx<'_>, view: &DecisionView, locked: bool) {
    let t = theme::tokens(ui);
    ui.add_space(t.space.s);
    let named = &view.content.concerned;
    theme::subheading(ui, tr!(cx.words, "decision-people"));
    let said = if named.is_empty() {
        tr!(cx.words, "decision-people-all")
    } else {
        tr!(cx.words, "decision-people-some", count = named.len())
    };
    theme::muted(ui, said);
    if locked {
        return;
    }
    if !form.people && named.is_empty() {
        form.people = theme::quiet_button(ui, tr!(cx.words, "decision-people-choose")).clicked();
        return;
    }
    let (network, decision) = (cx.id(), view.id);
    let members: Vec<(MemberId, String)> = cx
        .net
        .members
        .members
        .iter()
        .map(|one| (one.id, one.name.clone()))
        .collect();
    ui.horizontal_wrapped(|ui| {
        for (member, name) in members {
            let on = named.contains(&member);
            if theme::tag_toggle(ui, name, on).clicked() {
                send(
                    cx,
                    DecisionCommand::Concern {
                        network,
                        decision,
                        member,
                        off: on,
                    },
                );
            }
        }
    });
}

/// The day and hour at which it ends, and the button that puts it to the members.
fn start(form: &mut Form, ui: &mut Ui, cx: &mut Cx<'_>, view: &DecisionView) {
    let t = theme::tokens(ui);
    theme::card(ui, |ui| {
        theme::subheading(ui, tr!(cx.words, "decision-start-title"));
        let closes = form.end.ui(ui, cx);
        if let Some(set) = view.content.closes.filter(|_| form.end.is_open()) {
            theme::caption(
                ui,
                tr!(cx.words, "decision-until", on = cx.words.moment(set)),
            );
        }
        ui.add_space(t.space.xs);
        let ready = closes.is_ok();
        let button = ui.add_enabled_ui(ready, |ui| {
            theme::primary_icon_button(ui, Icon::Handshake, tr!(cx.words, "decision-start"))
        });
        if button.inner.clicked()
            && let Ok(closes) = closes
        {
            let (network, decision) = (cx.id(), view.id);
            send(
                cx,
                DecisionCommand::Start {
                    network,
                    decision,
                    closes,
                },
            );
        }
    });
}

/// Step one of the criteria: everybody may bring some.
pub(super) fn collecting(
    form: &mut Form,
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    view: &DecisionView,
    locked: bool,
) {
    let t = theme::tokens(ui);
    theme::card(ui, |ui| {
        theme::heading(ui, tr!(cx.words, "criteria-step-collect"));
        theme::muted(ui, tr!(cx.words, "criteria-step-collect-hint"));
        ui.add_space(t.space.xs);
        criteria(form, ui, cx, view, locked);
        ui.add_space(t.space.s);
        options(form, ui, cx, view, locked);
        ui.add_space(t.space.s);
        if locked {
            return;
        }
        let ready = !view.content.criteria.is_empty();
        let next = ui.add_enabled_ui(ready, |ui| {
            theme::primary_icon_button(ui, Icon::ArrowRight, tr!(cx.words, "criteria-confront"))
        });
        if next.inner.clicked() {
            step(cx, view.id, "confront");
        }
    });
}

fn step(cx: &mut Cx<'_>, decision: DocId, step: &str) {
    let network = cx.id();
    send(
        cx,
        DecisionCommand::Set {
            network,
            decision,
            field: DecisionField::Step,
            value: Some(step.to_owned()),
        },
    );
}

/// What can be done with a decision that is open: end it, give it up, go back a step.
pub(super) fn under_way(form: &mut Form, ui: &mut Ui, cx: &mut Cx<'_>, view: &DecisionView) {
    let t = theme::tokens(ui);
    let (network, decision) = (cx.id(), view.id);
    ui.add_space(t.space.m);
    theme::card(ui, |ui| {
        theme::subheading(ui, tr!(cx.words, "decision-under-way"));
        if view.phase == Phase::Open {
            ui.horizontal_wrapped(|ui| {
                let end =
                    theme::quiet_icon_button(ui, Icon::LockSimple, tr!(cx.words, "decision-end"));
                if end
                    .on_hover_text(tr!(cx.words, "decision-end-hint"))
                    .clicked()
                {
                    send(cx, DecisionCommand::End { network, decision });
                }
                let back = tr!(cx.words, "criteria-collect-again");
                if view.content.method == Method::Criteria
                    && theme::quiet_icon_button(ui, Icon::ArrowLeft, back).clicked()
                {
                    step(cx, decision, "collect");
                }
            });
        }
        let hint = tr!(cx.words, "decision-why-hint");
        theme::text_field(ui, tr!(cx.words, "decision-why"), &mut form.why, hint);
        if theme::quiet_icon_button(ui, Icon::Prohibit, tr!(cx.words, "decision-withdraw"))
            .clicked()
        {
            let why = Some(std::mem::take(&mut form.why)).filter(|why| !why.trim().is_empty());
            send(
                cx,
                DecisionCommand::Withdraw {
                    network,
                    decision,
                    why,
                },
            );
        }
    });
}
