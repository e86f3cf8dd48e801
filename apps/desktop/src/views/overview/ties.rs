//! Ties to other networks, and the dialogue in which one is made.

use egui::Ui;
use tresse_engine::{
    Command, OverviewView, RelationView,
    model::{Conflict, ConflictValue, FIELD_MAX, NetworkId, RelationKind},
};

use crate::{
    app::{
        asks::{Ask, Dialogue},
        place::{Place, Tab},
        toast::Toast,
    },
    i18n::I18n,
    theme::{self, Icon, Tone},
    tr,
    views::{
        Cx,
        confirm::buttons,
        fields::{Field, conflict_of},
        members::near,
        parts,
    },
};

/// A tie being made.
#[derive(Default)]
pub struct TieForm {
    other: Option<NetworkId>,
    kind: Option<RelationKind>,
    words: String,
}

/// How a network stands to another, in words.
pub(in crate::views) fn kind_name(words: &I18n, kind: RelationKind) -> String {
    match kind {
        RelationKind::PartOf => tr!(words, "tie-part-of"),
        RelationKind::HasPart => tr!(words, "tie-has-part"),
        RelationKind::Partner => tr!(words, "tie-partner"),
    }
}

/// Paints those that there are.
pub(super) fn ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &OverviewView) {
    let locked = cx.locked(cx.net.home.read_only);
    if view.relations.is_empty() && (locked || others(cx).is_empty()) {
        return;
    }
    theme::card(ui, |ui| {
        let t = theme::tokens(ui);
        theme::heading(ui, tr!(cx.words, "ties"));
        if view.relations.is_empty() {
            theme::muted(ui, tr!(cx.words, "ties-empty"));
        }
        let (salt, row) = (("ties", cx.id()), 2.0 * t.size.control);
        near(ui, salt, view.relations.len(), row, |ui, place| {
            ui.add_space(t.space.xs);
            one(ui, cx, &view.relations[place], locked);
        });
        if !locked && !others(cx).is_empty() {
            ui.add_space(t.space.xs);
            let add = tr!(cx.words, "tie-add");
            if theme::quiet_icon_button(ui, Icon::ShareNetwork, add).clicked() {
                cx.ask(Ask::Show(Dialogue::Tie(cx.id())));
            }
        }
    });
}

fn one(ui: &mut Ui, cx: &mut Cx<'_>, relation: &RelationView, locked: bool) {
    let t = theme::tokens(ui);
    let name = if relation.name.trim().is_empty() {
        tr!(cx.words, "untitled")
    } else {
        relation.name.clone()
    };
    ui.horizontal_top(|ui| {
        let room = if locked {
            0.0
        } else {
            t.size.control + t.space.s
        };
        let width = ui.available_width() - room;
        ui.vertical(|ui| {
            ui.set_width(width);
            ui.spacing_mut().item_spacing.y = 0.0;
            parts::line(ui, |ui| {
                theme::caption(ui, kind_name(cx.words, relation.kind));
                conflict(ui, cx, relation, &name, locked);
            });
            if relation.here {
                if ui.add(egui::Link::new(name.as_str())).clicked() {
                    cx.ask(Ask::Go(Place::Network(relation.other, Tab::Home)));
                }
            } else {
                theme::strong(ui, name.as_str());
            }
            if !relation.words.trim().is_empty() {
                theme::paragraph(ui, relation.words.as_str());
            }
        });
        let remove = tr!(cx.words, "tie-remove", name = name);
        if !locked && theme::icon_button(ui, Icon::X, remove).clicked() {
            let network = cx.id();
            cx.send(Command::RelationRemove {
                network,
                other: relation.other,
            });
            let toast = Toast::new(Tone::Neutral, tr!(cx.words, "tie-removed"));
            let back = Command::RelationSet {
                network,
                other: relation.other,
                kind: relation.kind,
                words: Some(relation.words.clone()).filter(|words| !words.is_empty()),
            };
            // The name comes from the network itself, so it can be written anew only where that is here.
            cx.ask(Ask::Tell(if relation.here {
                toast.with(tr!(cx.words, "bring-back"), Ask::Send(back))
            } else {
                toast
            }));
        }
    });
}

/// The mark of what several people said of a tie at once. One says a tie whole, so one chooses it whole: what each said of it stands
/// together. Only who has the other network can say it anew.
fn conflict(ui: &mut Ui, cx: &mut Cx<'_>, relation: &RelationView, name: &str, locked: bool) {
    let Some(said) = said_at_once(relation) else {
        return;
    };
    let (network, other) = (cx.id(), relation.other);
    let words = cx.words;
    let say = |value: &str| {
        let (kind, text) = apart(value);
        let kind = kind.map(|kind| kind_name(words, kind)).unwrap_or_default();
        if text.is_empty() {
            kind
        } else {
            tr!(words, "tie-said", kind = kind, words = text.to_owned())
        }
    };
    let label = tr!(words, "tie-with", name = name.to_owned());
    let mut field = Field::new(("tie", network, other), label, "");
    field.conflict = Some(&said);
    let shown = relation.kind;
    field
        .locked(locked || !relation.here)
        .mark(ui, cx, &say, move |value| {
            let (kind, text) = apart(value);
            Command::RelationSet {
                network,
                other,
                kind: kind.unwrap_or(shown),
                words: Some(text.to_owned()).filter(|text| !text.is_empty()),
            }
        });
}

/// A tie as one text: its kind, and on the next line what is said of it.
fn together(kind: &str, words: &str) -> String {
    format!("{kind}\n{words}")
}

fn apart(value: &str) -> (Option<RelationKind>, &str) {
    let (kind, words) = value.split_once('\n').unwrap_or((value, ""));
    (RelationKind::from_word(kind), words)
}

/// What each of several people said of a tie, whole, the one shown first; nothing where they agree.
fn said_at_once(relation: &RelationView) -> Option<Conflict> {
    let all = |field| conflict_of(&relation.conflicts, field).map_or(&[][..], |one| &one.values);
    let (kinds, texts) = (all("kind"), all("words"));
    let by = |values: &[ConflictValue], author, shown: &str| {
        let own = values.iter().find(|one| one.author == author);
        own.map_or_else(|| shown.to_owned(), |one| one.value.clone())
    };
    let mut values: Vec<ConflictValue> = Vec::new();
    for author in kinds.iter().chain(texts).map(|one| one.author) {
        if values.iter().all(|known| known.author != author) {
            let kind = by(kinds, author, relation.kind.word());
            let value = together(&kind, &by(texts, author, &relation.words));
            values.push(ConflictValue { value, author });
        }
    }
    let field = "tie".to_owned();
    (values.len() > 1).then_some(Conflict { field, values })
}

/// The other networks of this profile.
fn others(cx: &Cx<'_>) -> Vec<(Option<NetworkId>, String)> {
    let networks = cx.app.networks.iter().filter(|one| one.id != cx.id());
    let named = networks.map(|one| (Some(one.id), one.name.clone()));
    named.collect()
}

impl TieForm {
    /// Paints the dialogue's content.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let (t, words) = (theme::tokens(ui), cx.words);
        theme::muted(ui, tr!(words, "tie-explained"));
        ui.add_space(t.space.s);
        let others = others(cx);
        if self.other.is_none() {
            self.other = others.first().and_then(|(id, _)| *id);
        }
        let label = tr!(words, "tie-other");
        theme::wide_choice(ui, label, &mut self.other, &others);
        let mut kind = self.kind.unwrap_or(RelationKind::Partner);
        let kinds: Vec<_> = RelationKind::ALL
            .iter()
            .map(|kind| (*kind, kind_name(words, *kind)))
            .collect();
        theme::wide_choice(ui, tr!(words, "tie-kind"), &mut kind, &kinds);
        self.kind = Some(kind);
        let hint = tr!(words, "tie-words-hint");
        theme::text_field(ui, tr!(words, "tie-words"), &mut self.words, hint);
        let said = self.words.trim();
        let too_long = said.chars().count() > FIELD_MAX;
        if too_long {
            theme::caption(ui, tr!(words, "thread-too-long", max = FIELD_MAX));
        }
        ui.add_space(t.space.s);
        theme::message(ui, Tone::Accent, tr!(words, "tie-what-is-told"), |_| {});
        let other = self.other.filter(|_| !too_long);
        let command = other.map(|other| Command::RelationSet {
            network: cx.id(),
            other,
            kind,
            words: Some(said.to_owned()).filter(|said| !said.is_empty()),
        });
        buttons(ui, cx, tr!(words, "tie-make"), command);
    }
}
