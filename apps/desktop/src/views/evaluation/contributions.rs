//! What members gave: together, and each on a page of their own. By name; nobody is counted against anybody.

use std::sync::Arc;

use egui::{Id, Ui};
use tresse_engine::{
    Command, ContributionCommand, ContributionKind, ContributionsView, Given, MemberContributions,
    model::{Gift, MemberId, NetworkId},
};

use super::said;
use crate::{
    app::{asks::Ask, toast::Toast},
    i18n::{Args, I18n},
    theme::{self, Icon, Tone},
    tr,
    views::{Cx, fields::Field, tall::Heights},
};

/// What it remembers.
#[derive(Default)]
pub(super) struct ContributionsUi {
    /// Whose page is open.
    member: Option<MemberId>,
    new: String,
    asked: bool,
    people: Heights,
    own: Heights,
}

impl ContributionsUi {
    /// Nobody looks any more: they need not be put together.
    pub(super) fn leave(&mut self, network: NetworkId) -> Command {
        self.asked = false;
        Command::Contribution(ContributionCommand::Close { network })
    }

    pub(super) fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let t = theme::tokens(ui);
        let Some(view) = cx.net.contributions.clone() else {
            if !self.asked {
                self.asked = true;
                cx.send(Command::Contribution(ContributionCommand::Open {
                    network: cx.id(),
                }));
            }
            theme::waiting(ui, tr!(cx.words, "contributions-gathering"));
            return;
        };
        if let Some(one) = self.member.and_then(|member| view.of(&member)) {
            if theme::quiet_icon_button(ui, Icon::ArrowLeft, tr!(cx.words, "contributions-all"))
                .clicked()
            {
                self.member = None;
            }
            self.member(ui, cx, one);
            return;
        }
        theme::muted(ui, tr!(cx.words, "contributions-explained"));
        ui.add_space(t.space.s);
        theme::card(ui, |ui| {
            theme::subheading(ui, tr!(cx.words, "contributions-together"));
            if view.together.is_empty() {
                theme::muted(ui, tr!(cx.words, "contributions-none"));
            }
            for given in &view.together {
                theme::paragraph(ui, told(cx.words, given));
            }
        });
        ui.add_space(t.space.m);
        self.people(ui, cx, &view);
    }

    fn people(&mut self, ui: &mut Ui, cx: &Cx<'_>, view: &Arc<ContributionsView>) {
        let t = theme::tokens(ui);
        theme::heading(ui, tr!(cx.words, "contributions-people"));
        ui.add_space(t.space.xs);
        let guess = t.size.avatar + 2.0 * t.space.l;
        // Nobody stands there with nothing: what is not noted here may have been given all the same. I may add to mine.
        let told =
            |one: &&MemberContributions| one.is_me || !one.given.is_empty() || !one.own.is_empty();
        for one in view.members.iter().filter(told) {
            let id = Id::unique(("gave", one.member));
            let mut chosen = false;
            self.people
                .one(ui, id, guess, false, |ui| chosen = person(ui, cx, one));
            if chosen {
                self.member = Some(one.member);
            }
        }
    }

    /// One person's page.
    fn member(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, one: &MemberContributions) {
        let t = theme::tokens(ui);
        ui.add_space(t.space.s);
        ui.horizontal(|ui| {
            theme::avatar(ui, &one.name, t.size.avatar);
            theme::heading(ui, one.name.as_str());
        });
        ui.add_space(t.space.s);
        if one.given.is_empty() && one.own.is_empty() {
            theme::muted(ui, tr!(cx.words, "contributions-none-yet"));
        }
        for given in &one.given {
            theme::card(ui, |ui| kind(ui, cx, given));
            ui.add_space(t.space.s);
        }
        if one.is_me || !one.own.is_empty() {
            theme::card(ui, |ui| self.own(ui, cx, one));
        }
    }

    fn own(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, one: &MemberContributions) {
        let editable = one.is_me && !cx.locked(false);
        theme::subheading(ui, said(cx.words, "given-kind-own"));
        if editable {
            theme::muted(ui, tr!(cx.words, "contributions-own-hint"));
        }
        let guess = theme::tokens(ui).size.control;
        for gift in &one.own {
            let id = Id::unique(("gift", one.member, gift.id));
            self.own.one(ui, id, guess, false, |ui| {
                if editable {
                    own_row(ui, cx, gift);
                } else {
                    let on = cx.words.date_short(&gift.on);
                    ui.label(dated(&gift.text, &on));
                }
            });
        }
        if editable {
            self.add(ui, cx);
        }
    }

    fn add(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        ui.horizontal(|ui| {
            let name = tr!(cx.words, "contributions-new");
            let width = ui.available_width() * 0.7;
            let entry = ui
                .add(
                    theme::line_edit(&mut self.new)
                        .hint_text(tr!(cx.words, "contributions-new-hint"))
                        .desired_width(width),
                )
                .accessible_name(name);
            let enter = ui.input(|input| input.key_pressed(egui::Key::Enter));
            let entered = entry.lost_focus() && enter;
            let words = tr!(cx.words, "contributions-add");
            let pressed = theme::quiet_icon_button(ui, Icon::Plus, words).clicked();
            if (entered || pressed) && !self.new.trim().is_empty() {
                let text = std::mem::take(&mut self.new);
                cx.send(Command::Contribution(ContributionCommand::Add {
                    network: cx.id(),
                    text: text.trim().to_owned(),
                    on: None,
                }));
                entry.request_focus();
            }
        });
    }
}

/// A person on a card; true when their page is asked for.
fn person(ui: &mut Ui, cx: &Cx<'_>, one: &MemberContributions) -> bool {
    let t = theme::tokens(ui);
    let label = tr!(cx.words, "contributions-of", name = one.name.clone());
    let card = theme::card_button(ui, label, |ui| {
        ui.horizontal(|ui| {
            theme::avatar(ui, &one.name, t.size.avatar);
            ui.vertical(|ui| {
                theme::strong(ui, one.name.as_str());
                theme::caption(ui, kinds(cx.words, one));
            });
        });
    });
    ui.add_space(t.space.xs);
    card.response.clicked()
}

fn own_row(ui: &mut Ui, cx: &mut Cx<'_>, gift: &Gift) {
    let t = theme::tokens(ui);
    let (network, id) = (cx.id(), gift.id);
    ui.horizontal(|ui| {
        let width = ui.available_width() - t.size.control - t.space.s;
        ui.allocate_ui(egui::vec2(width, t.size.control), |ui| {
            ui.set_width(width);
            let on = cx.words.date_short(&gift.on);
            let name = tr!(cx.words, "contributions-one", on = on);
            Field::new((network, "gave", id), name, &gift.text)
                .needed()
                .conflict(&gift.conflicts, "text")
                .cell(ui, cx, move |text| {
                    Command::Contribution(ContributionCommand::Set {
                        network,
                        contribution: id,
                        text: text.to_owned(),
                    })
                });
        });
        let remove = tr!(cx.words, "contributions-remove", text = gift.text.clone());
        if theme::icon_button(ui, Icon::Trash, remove).clicked() {
            let remove = |restore| {
                Command::Contribution(ContributionCommand::Remove {
                    network,
                    contribution: id,
                    restore,
                })
            };
            cx.send(remove(false));
            let told = tr!(cx.words, "removed", what = gift.text.clone());
            let toast = Toast::new(Tone::Neutral, told)
                .with(tr!(cx.words, "bring-back"), Ask::Send(remove(true)));
            cx.ask(Ask::Tell(toast));
        }
    });
}

/// Things of one kind, by their names.
fn kind(ui: &mut Ui, cx: &mut Cx<'_>, given: &Given) {
    theme::subheading(ui, kind_name(cx.words, given.kind));
    if given.things.is_empty() {
        theme::paragraph(ui, told(cx.words, given));
    }
    for thing in &given.things {
        let on = cx.words.date_short(&thing.on);
        let title = if given.kind == ContributionKind::Roles {
            crate::views::members::role_name(cx.words, &thing.title)
        } else {
            thing.title.clone()
        };
        match thing.doc {
            Some(page) if given.kind == ContributionKind::Pages => {
                if ui.add(egui::Link::new(dated(&title, &on))).clicked() {
                    cx.ask(Ask::OpenPage(cx.id(), page));
                }
            }
            _ => {
                ui.label(dated(&title, &on));
            }
        }
    }
    let more = given.count.saturating_sub(given.things.len());
    if more > 0 && !given.things.is_empty() {
        theme::caption(ui, tr!(cx.words, "contributions-more", count = more));
    }
}

fn dated(title: &str, on: &str) -> String {
    if on.is_empty() {
        title.to_owned()
    } else {
        format!("{title} · {on}")
    }
}

fn kind_name(words: &I18n, kind: ContributionKind) -> String {
    said(words, &format!("given-kind-{}", kind.word()))
}

/// How many of a kind, in a sentence.
fn told(words: &I18n, given: &Given) -> String {
    let mut args = Args::new();
    args.set("count", given.count);
    words
        .find(&format!("given-{}", given.kind.word()), &args)
        .unwrap_or_default()
}

/// What somebody gave, by kinds and without numbers: a list of people is no ranking.
fn kinds(words: &I18n, one: &MemberContributions) -> String {
    let mut names: Vec<String> = one
        .given
        .iter()
        .map(|given| kind_name(words, given.kind))
        .collect();
    if !one.own.is_empty() {
        names.push(kind_name(words, ContributionKind::Own));
    }
    if names.is_empty() {
        tr!(words, "contributions-none-yet")
    } else {
        names.join(" · ")
    }
}
