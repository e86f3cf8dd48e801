//! Dialogues over the window.

use egui::{Context, Ui};
use tresse_engine::{
    Command,
    model::{NetworkId, TITLE_MAX},
};

use super::{
    View,
    asks::{Ask, Dialogue},
    command::UiCommand,
    open::{Open, Shell, cx},
    prefs::{Prefs, ThemeChoice},
};
use crate::{
    i18n::{I18n, Lang},
    theme, tr,
    views::{
        self,
        parts::{self, columns, dialogue, firm_dialogue},
    },
};

impl Open {
    pub(super) fn dialogues(&mut self, ui: &mut Ui, shell: &Shell<'_>, asks: &mut Vec<Ask>) {
        let ctx = ui.ctx().clone();
        // It concerns two machines, and may come by itself.
        if self.linking.is_there(&self.view) {
            self.linking.ui(&ctx, shell.words, &self.view, asks);
            return;
        }
        let Some(shown) = self.dialogue.clone() else {
            return;
        };
        let words: &I18n = shell.words;
        let close = match &shown {
            Dialogue::Settings => self.settings(&ctx, words, *shell.prefs, asks),
            Dialogue::Passphrase => self.passphrase(&ctx, words, asks),
            Dialogue::Palette => {
                let (view, here) = (View::clone(&self.view), self.place);
                let today = self.clock.today();
                dialogue(&ctx, "palette", tr!(words, "command-palette"), |ui| {
                    self.palette.ui(ui, (words, today), &view, here, asks);
                })
            }
            Dialogue::Help => help(&ctx, words, asks),
            Dialogue::Digest => dialogue(&ctx, "digest", tr!(words, "digest"), |ui| {
                let now = self.clock.now();
                views::digest::ui(ui, words, &self.view, now, asks);
            }),
            Dialogue::Backup => dialogue(&ctx, "backup", tr!(words, "backup-title"), |ui| {
                let opens = self.engine.protection();
                let today = self.clock.today();
                self.backup.ui(ui, words, (&opens, today), asks);
            }),
            Dialogue::Rhythm => dialogue(&ctx, "rhythm", tr!(words, "digest-rhythm-title"), |ui| {
                views::digest::rhythm(ui, words, &self.view, asks);
            }),
            Dialogue::Meet => parts::wide_dialogue(&ctx, "meet", tr!(words, "reach-title"), |ui| {
                self.reach.ui(ui, words, &self.view, asks);
            }),
            Dialogue::Taking => dialogue(&ctx, "taking", tr!(words, "carry-title"), |ui| {
                self.carry.taking(ui, words, asks);
            }),
            Dialogue::NewPage(network) => self.new_page(&ctx, words, *network, asks),
            Dialogue::NewMeeting(network) => self.new_meeting(&ctx, words, *network, asks),
            Dialogue::Invite(network)
            | Dialogue::Carry(network, _)
            | Dialogue::Export(network)
            | Dialogue::Action(network, _)
            | Dialogue::History(network, _)
            | Dialogue::Differences(network, _)
            | Dialogue::Tie(network)
            | Dialogue::Frame(network)
            | Dialogue::Files(network)
            | Dialogue::Rules(network)
            | Dialogue::NewDecision(network)
            | Dialogue::PutToVote(network, _)
            | Dialogue::Decide(network, _) => self.about(&ctx, words, network, &shown, asks),
        };
        if close {
            asks.push(Ask::Close);
        }
    }

    fn settings(&mut self, ctx: &Context, words: &I18n, prefs: Prefs, asks: &mut Vec<Ask>) -> bool {
        dialogue(ctx, "settings", tr!(words, "settings"), |ui| {
            let t = theme::tokens(ui);
            let name = theme::text_field(ui, tr!(words, "your-name"), &mut self.typed, "");
            if name.lost_focus()
                && !self.typed.trim().is_empty()
                && self.typed.trim() != self.view.me.name
            {
                let name = Some(self.typed.trim().to_owned());
                asks.push(Ask::Send(Command::MeSet {
                    name,
                    lang: None,
                    internet: None,
                    relay: None,
                    lan: None,
                    presence: None,
                }));
            }
            let mut lang = words.lang();
            let mut wanted = prefs;
            columns(ui, 2, |ui, column| {
                if column == 0 {
                    let langs = Lang::ALL.map(|lang| (lang, lang.own_name().to_owned()));
                    if theme::choice(ui, tr!(words, "your-language"), &mut lang, &langs) {
                        asks.push(Ask::Speak(lang));
                    }
                    let sizes = Prefs::PERCENTS.map(|percent| {
                        (percent, tr!(words, "settings-percent", percent = percent))
                    });
                    let size = &mut wanted.text_percent;
                    theme::choice(ui, tr!(words, "settings-text-size"), size, &sizes);
                } else {
                    let themes = ThemeChoice::ALL.map(|choice| (choice, choice.name(words)));
                    theme::choice(ui, tr!(words, "settings-theme"), &mut wanted.theme, &themes);
                }
            });
            ui.add_space(t.space.s);
            self.networking(ui, words, asks);
            ui.add_space(t.space.s);
            views::passphrase::summary(ui, words, &self.engine.protection(), asks);
            if !self.view.networks.is_empty() {
                ui.add_space(t.space.s);
                views::backup::summary(ui, words, asks);
                ui.add_space(t.space.s);
                views::linking::summary(ui, words, asks);
            }
            ui.add_space(t.space.s);
            let mut presence = self.view.me.presence;
            theme::check(ui, &mut presence, tr!(words, "settings-presence"));
            if presence != self.view.me.presence {
                asks.push(Ask::Send(Command::MeSet {
                    name: None,
                    lang: None,
                    internet: None,
                    relay: None,
                    lan: None,
                    presence: Some(presence),
                }));
            }
            theme::caption(ui, tr!(words, "settings-presence-explained"));
            ui.add_space(t.space.s);
            ui.horizontal(|ui| {
                theme::strong(ui, tr!(words, "digest"));
                let usual = views::digest::usual(words, &self.view.digest.settings);
                let rhythm = theme::quiet_button(ui, tr!(words, "digest-rhythm"));
                if rhythm.on_hover_text(usual).clicked() {
                    asks.push(Ask::Show(Dialogue::Rhythm));
                }
            });
            theme::check(ui, &mut wanted.notify, tr!(words, "settings-notify"))
                .on_hover_text(tr!(words, "settings-notify-explained"));
            if wanted != prefs {
                asks.push(Ask::Prefer(wanted));
            }
            ui.add_space(t.space.s);
            views::nearby::ui(ui, words, &self.view, asks);
            ui.add_space(t.space.s);
            egui::CollapsingHeader::new(tr!(words, "settings-device")).show(ui, |ui| {
                theme::caption(
                    ui,
                    tr!(
                        words,
                        "settings-device-id",
                        id = self.view.me.device.short()
                    ),
                );
                for address in &self.view.status.addresses {
                    theme::caption(ui, address.as_str());
                }
            });
            ui.add_space(t.space.s);
            close_button(ui, words, asks);
        })
    }

    /// How others may be found.
    fn networking(&mut self, ui: &mut Ui, words: &I18n, asks: &mut Vec<Ask>) {
        let mut internet = self.view.me.internet;
        theme::check(ui, &mut internet, tr!(words, "settings-internet"));
        if internet != self.view.me.internet {
            asks.push(Ask::Send(Command::MeSet {
                name: None,
                lang: None,
                internet: Some(internet),
                relay: None,
                lan: None,
                presence: None,
            }));
        }
        theme::caption(ui, tr!(words, "settings-internet-explained"));
        if internet {
            self.relay.ui(ui, words, &self.view, asks);
        }
    }

    fn passphrase(&mut self, ctx: &Context, words: &I18n, asks: &mut Vec<Ask>) -> bool {
        let kinds = self.engine.protection();
        dialogue(ctx, "passphrase", tr!(words, "passphrase-title"), |ui| {
            self.passphrase.ui(ui, words, &kinds, self.keyring, asks);
        })
    }

    fn new_page(
        &mut self,
        ctx: &Context,
        words: &I18n,
        network: NetworkId,
        asks: &mut Vec<Ask>,
    ) -> bool {
        let said = Named {
            salt: "new page",
            head: tr!(words, "page-new"),
            label: tr!(words, "page-title"),
            hint: tr!(words, "page-title-hint"),
            make: tr!(words, "page-make"),
        };
        self.new_named(ctx, words, said, asks, |title| Ask::NewPage {
            network,
            title,
        })
    }

    fn new_meeting(
        &mut self,
        ctx: &Context,
        words: &I18n,
        network: NetworkId,
        asks: &mut Vec<Ask>,
    ) -> bool {
        let said = Named {
            salt: "new meeting",
            head: tr!(words, "meeting-new"),
            label: tr!(words, "meeting-title"),
            hint: tr!(words, "meeting-title-hint"),
            make: tr!(words, "meeting-make"),
        };
        self.new_named(ctx, words, said, asks, |title| Ask::NewMeeting {
            network,
            title,
        })
    }

    /// Asks for the title of something new.
    fn new_named(
        &mut self,
        ctx: &Context,
        words: &I18n,
        said: Named,
        asks: &mut Vec<Ask>,
        make_it: impl Fn(String) -> Ask,
    ) -> bool {
        dialogue(ctx, said.salt, said.head, |ui| {
            let t = theme::tokens(ui);
            let title = theme::text_field(ui, said.label, &mut self.typed, said.hint);
            // Asking for the focus first would hide that Enter just gave it up.
            let entered =
                title.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
            if !entered && ui.memory(|memory| memory.focused().is_none()) {
                title.request_focus();
            }
            let count = self.typed.trim().chars().count();
            let long = count > TITLE_MAX;
            if long {
                theme::caption(ui, parts::title_too_long(words, count));
            }
            ui.add_space(t.space.s);
            ui.horizontal(|ui| {
                let ready = !self.typed.trim().is_empty() && !long;
                let make = ui
                    .add_enabled_ui(ready, |ui| theme::primary_button(ui, said.make))
                    .inner;
                if ready && (make.clicked() || entered) {
                    asks.push(make_it(self.typed.trim().to_owned()));
                    asks.push(Ask::Close);
                }
                if theme::quiet_button(ui, tr!(words, "cancel")).clicked() {
                    asks.push(Ask::Close);
                }
            });
        })
    }

    /// A dialogue about a network that is here; true when it is over, or the network gone.
    fn about(
        &mut self,
        ctx: &Context,
        words: &I18n,
        network: &NetworkId,
        shown: &Dialogue,
        asks: &mut Vec<Ask>,
    ) -> bool {
        let view = View::clone(&self.view);
        let Some(net) = view.network(network) else {
            return true;
        };
        let clock = self.clock;
        let mut cx = cx(words, &view, net, &mut self.drafts, asks, self.time, clock);
        match shown {
            Dialogue::Invite(_) => self.invite.dialogue(ctx, &mut cx),
            Dialogue::Carry(..) => {
                let title = tr!(words, "carry-export-title");
                dialogue(ctx, "carry", title, |ui| self.carry.making(ui, &mut cx))
            }
            Dialogue::Export(_) => {
                let title = tr!(words, "export-title");
                dialogue(ctx, "export", title, |ui| self.export.ui(ui, &mut cx))
            }
            Dialogue::Action(_, action) => {
                let mut there = true;
                let close = dialogue(ctx, "action", tr!(words, "action"), |ui| {
                    there = views::plan::action_dialogue(ui, &mut cx, *action);
                });
                close || !there
            }
            Dialogue::History(_, doc) => {
                parts::wide_dialogue(ctx, "history", tr!(words, "history"), |ui| {
                    self.history.ui(ui, &mut cx, *doc);
                })
            }
            Dialogue::Differences(_, wanted) => {
                let title = tr!(words, "differences-charter");
                parts::wide_dialogue(ctx, "differences", title, |ui| {
                    let t = theme::tokens(ui);
                    let height = ui.ctx().content_rect().height() * 0.6;
                    egui::ScrollArea::vertical()
                        .max_height(height)
                        .show(ui, |ui| self.differences.ui(ui, &mut cx, wanted));
                    ui.add_space(t.space.s);
                    close_button(ui, cx.words, cx.asks);
                })
            }
            Dialogue::Tie(_) => firm_dialogue(ctx, "tie", tr!(words, "tie-title"), |ui| {
                self.tie.ui(ui, &mut cx);
            }),
            Dialogue::Frame(_) => dialogue(ctx, "frame", tr!(words, "frame-title"), |ui| {
                self.frame.ui(ui, &mut cx);
            }),
            Dialogue::Files(_) => dialogue(ctx, "files", tr!(words, "files-title"), |ui| {
                views::attachments::dialogue(ui, &mut cx);
            }),
            Dialogue::Rules(_) => dialogue(ctx, "rules", tr!(words, "meeting-charter"), |ui| {
                views::meetings::charter_rules(ui, &mut cx);
            }),
            Dialogue::NewDecision(_) => {
                dialogue(ctx, "decision", tr!(words, "decision-new"), |ui| {
                    self.new_decision.ui(ui, &mut cx);
                })
            }
            Dialogue::PutToVote(_, version) => {
                let title = tr!(words, "charter-vote-title");
                dialogue(ctx, "put to vote", title, |ui| {
                    self.put_to_vote.ui(ui, &mut cx, version.as_deref());
                })
            }
            Dialogue::Decide(_, decision) => {
                views::members::dialogue(ctx, &mut cx, &mut self.forms, decision)
            }
            Dialogue::Settings
            | Dialogue::Digest
            | Dialogue::Backup
            | Dialogue::Rhythm
            | Dialogue::Meet
            | Dialogue::Passphrase
            | Dialogue::Palette
            | Dialogue::Help
            | Dialogue::Taking
            | Dialogue::NewPage(_)
            | Dialogue::NewMeeting(_) => false,
        }
    }
}

/// What a dialogue says that asks for a title.
struct Named {
    salt: &'static str,
    head: String,
    label: String,
    hint: String,
    make: String,
}

fn close_button(ui: &mut Ui, words: &I18n, asks: &mut Vec<Ask>) {
    if theme::primary_button(ui, tr!(words, "done-button")).clicked() {
        asks.push(Ask::Close);
    }
}

/// Every command with its keys, from the one table.
fn help(ctx: &Context, words: &I18n, asks: &mut Vec<Ask>) -> bool {
    dialogue(ctx, "help", tr!(words, "help-title"), |ui| {
        let t = theme::tokens(ui);
        theme::muted(ui, tr!(words, "help-explained"));
        let height = ui.ctx().content_rect().height() * 0.55;
        egui::ScrollArea::vertical()
            .id_salt("help")
            .max_height(height)
            .show(ui, |ui| {
                egui::Grid::new("shortcuts")
                    .num_columns(2)
                    .min_row_height(t.size.control * 0.85)
                    .spacing([t.space.xl, t.space.xs])
                    .show(ui, |ui| {
                        for command in UiCommand::ALL {
                            ui.label(command.name(words));
                            theme::caption(ui, command.keys_text(words));
                            ui.end_row();
                        }
                    });
            });
        ui.add_space(t.space.s);
        close_button(ui, words, asks);
    })
}
