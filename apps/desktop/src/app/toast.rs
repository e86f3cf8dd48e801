//! Short messages that come and go at the window's edge: what happened, why, and often what can be done.

use egui::{Align2, Area, Context, Frame, Id, Margin, Order, Vec2};

use crate::{
    i18n::I18n,
    theme::{self, Icon, Tone},
    tr,
};

use super::asks::Ask;

/// Most messages shown at once; older ones give way.
const MOST: usize = 4;
/// Seconds that a message stays.
const SHORT: f64 = 6.0;
/// Seconds that a warning, an error or a message with something to do stays.
const LONG: f64 = 20.0;

/// One message.
#[derive(Debug)]
pub struct Toast {
    /// What it is about.
    pub tone: Tone,
    /// The message.
    pub text: String,
    /// A button's words, and what it asks for.
    pub action: Option<(String, Box<Ask>)>,
}

impl Toast {
    /// A message of this tone.
    pub fn new(tone: Tone, text: impl Into<String>) -> Self {
        Self {
            tone,
            text: text.into(),
            action: None,
        }
    }

    /// With a button.
    #[must_use]
    pub fn with(mut self, words: impl Into<String>, ask: Ask) -> Self {
        self.action = Some((words.into(), Box::new(ask)));
        self
    }
}

struct Shown {
    number: u64,
    toast: Toast,
    until: f64,
}

/// The messages on screen.
#[derive(Default)]
pub struct Toasts {
    next: u64,
    shown: Vec<Shown>,
}

impl Toasts {
    /// Shows one more.
    pub fn push(&mut self, toast: Toast, now: f64) {
        self.shown.retain(|shown| shown.toast.text != toast.text);
        let brief = toast.action.is_none() && matches!(toast.tone, Tone::Good | Tone::Neutral);
        let until = now + if brief { SHORT } else { LONG };
        self.shown.push(Shown {
            number: self.next,
            toast,
            until,
        });
        self.next += 1;
        if self.shown.len() > MOST {
            self.shown.remove(0);
        }
    }

    /// Takes all away.
    pub fn clear(&mut self) {
        self.shown.clear();
    }

    /// Paints them above the bottom right corner; what their buttons ask for is added to `asks`.
    pub fn ui(&mut self, ctx: &Context, words: &I18n, above: f32, asks: &mut Vec<Ask>) {
        let now = ctx.input(|input| input.time);
        self.shown.retain(|shown| shown.until > now);
        let Some(next) = self
            .shown
            .iter()
            .map(|shown| shown.until)
            .min_by(f64::total_cmp)
        else {
            return;
        };
        ctx.request_repaint_after_secs((next - now).max(0.1) as f32);
        let t = theme::tokens_of(ctx);
        let margin = t.space.l;
        let mut gone = None;
        Area::new(Id::unique("toasts"))
            .order(Order::Foreground)
            .anchor(Align2::RIGHT_BOTTOM, Vec2::new(-margin, -margin - above))
            .show(ctx, |ui| {
                let width = t
                    .size
                    .form
                    .min(ui.ctx().content_rect().width() - 2.0 * margin)
                    * 0.85;
                ui.set_width(width);
                for (place, shown) in self.shown.iter_mut().enumerate() {
                    let over = one(ui, words, &mut shown.toast, shown.number);
                    if over.closed || over.ask.is_some() {
                        gone = Some(place);
                    }
                    asks.extend(over.ask);
                }
            });
        if let Some(place) = gone {
            self.shown.remove(place);
        }
    }
}

struct Over {
    closed: bool,
    ask: Option<Ask>,
}

fn one(ui: &mut egui::Ui, words: &I18n, toast: &mut Toast, number: u64) -> Over {
    let t = theme::tokens(ui);
    let mut over = Over {
        closed: false,
        ask: None,
    };
    let icon = match toast.tone {
        Tone::Neutral | Tone::Accent => Icon::Info,
        Tone::Good => Icon::CheckCircle,
        Tone::Warn | Tone::Bad => Icon::Warning,
    };
    ui.push_id(number, |ui| {
        Frame::new()
            .fill(t.color.surface)
            .stroke((t.size.line, t.color.tone(toast.tone)))
            .corner_radius(t.radius.m)
            .shadow(ui.visuals().popup_shadow)
            .inner_margin(Margin::symmetric(t.space.m as i8, t.space.s as i8))
            .show(ui, |ui| {
                ui.set_width(ui.available_width());
                ui.horizontal_top(|ui| {
                    icon.show(ui, t.size.icon_large, t.color.tone(toast.tone));
                    let beside = t.size.control + ui.spacing().item_spacing.x;
                    ui.vertical(|ui| {
                        ui.set_width(ui.available_width() - beside);
                        let words = theme::paragraph(ui, toast.text.as_str());
                        ui.ctx().accesskit_node_builder(words.id, |node| {
                            node.set_live(egui::accesskit::Live::Polite);
                        });
                        if let Some((label, _)) = &toast.action
                            && theme::quiet_button(ui, label.as_str()).clicked()
                        {
                            over.ask = toast.action.take().map(|(_, ask)| *ask);
                        }
                    });
                    over.closed =
                        theme::icon_button(ui, Icon::X, tr!(words, "close-message")).clicked();
                });
            });
    });
    over
}
