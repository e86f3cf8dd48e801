//! What the facilitation and the piloting say to each other. Everybody writes in their own notebook; what I wrote I can
//! reword.

use std::collections::BTreeMap;

use egui::{Context, TextEdit, Ui};
use tresse_engine::{
    Command, PilotingView, PostView, ThreadView,
    model::{FIELD_MAX, ItemId, TITLE_MAX},
};

use super::{Decision, Spot, ask, role_name};
use crate::{
    theme::{self, Icon, Tone},
    tr,
    views::{
        Cx,
        confirm::{buttons, day},
        fields::Field,
        parts,
    },
};

/// Conversations shown at first.
const FIRST: usize = 5;

/// What is being written. It stays until it is sent.
#[derive(Default)]
pub(in super::super) struct ThreadsUi {
    new: String,
    replies: BTreeMap<ItemId, String>,
}

/// An objective being made of a conversation.
#[derive(Default)]
pub(in super::super) struct ObjectiveDraft {
    thread: Option<ItemId>,
    title: String,
    deadline: String,
}

impl ThreadsUi {
    pub(super) fn ui(
        &mut self,
        ui: &mut Ui,
        cx: &mut Cx<'_>,
        view: &PilotingView,
        spot: Option<&Spot>,
    ) {
        let t = theme::tokens(ui);
        theme::heading(ui, tr!(cx.words, "threads-title"));
        theme::muted(ui, tr!(cx.words, "threads-explained"));
        ui.add_space(t.space.s);
        if view.threads.is_empty() {
            theme::muted(ui, tr!(cx.words, "threads-none"));
        }
        let (words, salt, total) = (cx.words, ("threads", cx.id()), view.threads.len());
        let wanted = |thread: &ThreadView| spot == Some(&Spot::Thread(thread.id));
        // One that is looked for is shown, however far down it is.
        let at = (FIRST, view.threads.iter().position(wanted));
        super::super::more::bounded_to(ui, words, salt, at, total, |ui, place| {
            let thread = &view.threads[place];
            theme::card(ui, |ui| {
                ui.push_id(("thread", thread.id), |ui| {
                    self.thread(ui, cx, view, thread);
                });
            });
            ui.add_space(t.space.s);
        });
        if !cx.locked(false) {
            let (label, hint) = (
                tr!(cx.words, "thread-new"),
                tr!(cx.words, "thread-new-hint"),
            );
            let send = tr!(cx.words, "thread-new-send");
            if let Some(text) = write(ui, cx, &mut self.new, &label, hint, send) {
                say(cx, text, None);
            }
        }
        ui.add_space(t.space.xl);
    }

    fn thread(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, view: &PilotingView, thread: &ThreadView) {
        let t = theme::tokens(ui);
        let (tone, state) = if thread.objective.is_some() {
            (Tone::Good, tr!(cx.words, "thread-became"))
        } else if thread.unanswered {
            (Tone::Warn, tr!(cx.words, "thread-waits"))
        } else {
            (Tone::Neutral, tr!(cx.words, "thread-answered"))
        };
        theme::status_chip(ui, tone, state);
        for said in &thread.posts {
            ui.add_space(t.space.xs);
            ui.push_id(said.id, |ui| post(ui, cx, view, said));
        }
        if cx.locked(false) {
            return;
        }
        ui.add_space(t.space.s);
        let first = thread.posts.first();
        let name = first.map(|first| view.name_of(&first.author));
        let label = tr!(cx.words, "thread-reply-to", name = name.unwrap_or_default());
        let reply = self.replies.entry(thread.id).or_default();
        let send = tr!(cx.words, "thread-reply-send");
        if let Some(text) = write(ui, cx, reply, &label, String::new(), send) {
            say(cx, text, Some(thread.id));
        }
        let make = tr!(cx.words, "thread-objective");
        if thread.objective.is_none() && theme::quiet_icon_button(ui, Icon::Target, make).clicked()
        {
            ask(cx, Decision::FeedbackObjective(thread.id));
        }
    }
}

fn say(cx: &mut Cx<'_>, text: String, thread: Option<ItemId>) {
    cx.send(Command::FeedbackAdd {
        network: cx.id(),
        text,
        thread,
    });
}

fn post(ui: &mut Ui, cx: &mut Cx<'_>, view: &PilotingView, said: &PostView) {
    let t = theme::tokens(ui);
    let (name, on) = (view.name_of(&said.author), cx.words.date_short(&said.on));
    let roles: Vec<String> = said
        .roles
        .iter()
        .map(|role| role_name(cx.words, role))
        .collect();
    let head = if roles.is_empty() {
        tr!(
            cx.words,
            "thread-said-plain",
            name = name.clone(),
            on = on.clone()
        )
    } else {
        let roles = roles.join(", ").to_lowercase();
        tr!(
            cx.words,
            "thread-said",
            name = name.clone(),
            roles = roles,
            on = on.clone()
        )
    };
    ui.horizontal_top(|ui| {
        theme::avatar(ui, &name, super::FACE * t.size.control);
        ui.vertical(|ui| {
            let mine = said.mine && !cx.locked(false);
            ui.horizontal(|ui| {
                theme::caption(ui, head);
                let back = tr!(cx.words, "thread-take-back", on = on.clone());
                if mine && theme::icon_button(ui, Icon::X, back).clicked() {
                    cx.send(Command::FeedbackRemove {
                        network: cx.id(),
                        feedback: said.id,
                        restore: false,
                    });
                }
            });
            if said.objective.is_some() && !said.objective_title.is_empty() {
                let title = said.objective_title.clone();
                theme::paragraph(ui, tr!(cx.words, "thread-made", name = name, title = title));
            } else if mine {
                let (network, id) = (cx.id(), said.id);
                let label = tr!(cx.words, "thread-mine", on = on);
                // What can be reworded begins where the others' words do.
                parts::hang(ui, t.space.s + t.size.focus, |ui| {
                    Field::new((network, "post", id), label, &said.text)
                        .needed()
                        .cell_lines(ui, cx, move |text| Command::FeedbackSet {
                            network,
                            feedback: id,
                            text: text.to_owned(),
                        });
                });
            } else {
                theme::paragraph(ui, said.text.as_str());
            }
        });
    });
}

/// A text being written, and its button; what is to be sent, once it is.
fn write(
    ui: &mut Ui,
    cx: &Cx<'_>,
    text: &mut String,
    label: &str,
    hint: String,
    send: String,
) -> Option<String> {
    theme::field(ui, label, |ui| {
        let width = ui.available_width().min(theme::tokens(ui).size.reading);
        ui.add(
            TextEdit::multiline(text)
                .desired_rows(2)
                .desired_width(width)
                .hint_text(hint),
        )
    });
    let too_long = text.chars().count() > FIELD_MAX;
    if too_long {
        theme::caption(ui, tr!(cx.words, "thread-too-long", max = FIELD_MAX));
    }
    let ready = !text.trim().is_empty() && !too_long;
    let button = ui.add_enabled_ui(ready, |ui| {
        let name = send.clone();
        let label = tr!(
            cx.words,
            "thread-send-named",
            send = name,
            label = label.to_owned()
        );
        theme::quiet_button(ui, send).accessible_name(label)
    });
    (ready && button.inner.clicked()).then(|| std::mem::take(text))
}

/// Paints the dialogue in which an objective is made of a conversation; true when it is over.
pub(super) fn objective(
    ctx: &Context,
    cx: &mut Cx<'_>,
    thread: ItemId,
    draft: &mut ObjectiveDraft,
) -> bool {
    if draft.thread != Some(thread) {
        *draft = ObjectiveDraft {
            thread: Some(thread),
            ..ObjectiveDraft::default()
        };
    }
    parts::firm_dialogue(
        ctx,
        "thread objective",
        tr!(cx.words, "thread-objective-title"),
        |ui| {
            let t = theme::tokens(ui);
            theme::muted(ui, tr!(cx.words, "thread-objective-explained"));
            ui.add_space(t.space.s);
            let label = tr!(cx.words, "thread-objective-name");
            theme::text_field(ui, label, &mut draft.title, "");
            let title = draft.title.trim();
            let too_long = title.chars().count() > TITLE_MAX;
            if too_long {
                theme::caption(ui, tr!(cx.words, "thread-too-long", max = TITLE_MAX));
            }
            let label = tr!(cx.words, "thread-objective-deadline");
            let hint = tr!(cx.words, "mandate-date-hint");
            theme::text_field(ui, label, &mut draft.deadline, hint);
            let deadline = day(ui, cx, &draft.deadline);
            let ready = !title.is_empty() && !too_long;
            let command =
                deadline
                    .ok()
                    .filter(|_| ready)
                    .map(|deadline| Command::FeedbackObjective {
                        network: cx.id(),
                        thread,
                        title: title.to_owned(),
                        deadline: deadline.map(|day| day.to_string()),
                    });
            let confirm = tr!(cx.words, "thread-objective-confirm");
            buttons(ui, cx, confirm, command);
        },
    )
}
