//! The closing round: a word from each.

use egui::{Id, Key, Ui};
use tresse_engine::{MeetingCommand, MeetingView};

use super::say::about;
use crate::{
    theme, tr,
    views::{Cx, parts::line},
};

/// Paints it; to a room, what was said is larger.
pub(super) fn ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &MeetingView, (locked, room): (bool, bool)) {
    let words = cx.words;
    theme::subheading(ui, tr!(words, "round-title"));
    theme::muted(ui, tr!(words, "round-hint"));
    if !locked {
        mine(ui, cx, view);
    }
    words_said(ui, cx, view, room);
}

/// What was said, by name.
fn words_said(ui: &mut Ui, cx: &Cx<'_>, view: &MeetingView, large: bool) {
    let t = theme::tokens(ui);
    let said = &view.sheet.round;
    if said.is_empty() {
        theme::muted(ui, tr!(cx.words, "round-none"));
        return;
    }
    for one in said {
        line(ui, |ui| {
            ui.spacing_mut().item_spacing.x = t.space.s;
            theme::avatar(ui, &one.name, t.size.control * 0.8);
            theme::muted(ui, one.name.as_str());
            if large {
                theme::heading(ui, one.word.as_str());
            } else {
                theme::strong(ui, one.word.as_str());
            }
        });
    }
}

/// My own word as it is being written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Typed {
    text: String,
    /// The word that the meeting held when that was last looked at.
    of: String,
}

impl Typed {
    /// Takes what the meeting holds now (said on another machine of mine, undone…), unless something else is being written.
    fn follow(&mut self, said: &str) {
        if self.of == said {
            return;
        }
        if self.text.trim() == self.of {
            said.clone_into(&mut self.text);
        }
        said.clone_into(&mut self.of);
    }
}

/// My own word.
fn mine(ui: &mut Ui, cx: &mut Cx<'_>, view: &MeetingView) {
    let t = theme::tokens(ui);
    let key = Id::unique(("round", view.id));
    let said = view.sheet.round.iter().find(|one| one.is_me);
    let said = said.map(|one| one.word.as_str()).unwrap_or_default();
    let mut typed: Typed = ui.data(|data| data.get_temp(key)).unwrap_or_default();
    typed.follow(said);
    ui.horizontal_wrapped(|ui| {
        let entry = ui
            .add(
                theme::line_edit(&mut typed.text)
                    .id(key.with("field"))
                    .char_limit(80)
                    .hint_text(tr!(cx.words, "round-mine-hint"))
                    .desired_width(t.size.column),
            )
            .accessible_name(tr!(cx.words, "round-mine"));
        let entered = entry.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        let differs = typed.text.trim() != said;
        let say = ui
            .add_enabled_ui(differs, |ui| {
                theme::quiet_button(ui, tr!(cx.words, "round-say"))
            })
            .inner;
        if differs && (say.clicked() || entered) {
            let word = typed.text.trim().to_owned();
            let say = about(cx, view.id, |network, meeting| MeetingCommand::RoundSay {
                network,
                meeting,
                word: Some(word),
            });
            cx.send(say);
        }
    });
    ui.data_mut(|data| data.insert_temp(key, typed));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn my_word_follows_the_meeting_unless_i_write_another() {
        let mut typed = Typed::default();
        typed.follow("Élan");
        assert_eq!(typed.text, "Élan");
        typed.text = "Élan et".into();
        typed.follow("Joie");
        assert_eq!(typed.text, "Élan et");
        // Once it is said, it is followed again.
        typed.follow("Élan et");
        typed.follow("");
        assert_eq!(typed.text, "");
    }
}
