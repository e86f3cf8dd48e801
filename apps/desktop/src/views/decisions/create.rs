//! A new decision: what it is called, and the method that it starts from, each with what it is for.

use egui::{ScrollArea, Ui};
use tresse_engine::model::Method;

use super::say::{method_for, method_name};
use crate::{app::asks::Ask, theme, tr, views::Cx};

/// What is being filled in.
#[derive(Default)]
pub struct NewDecision {
    title: String,
    /// Until something is chosen: what the charter says is usual, else consent.
    template: Option<Template>,
}

/// What a decision starts from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Template {
    Method(Method),
    PurposeMet,
    /// A date: a meeting finds it, and not a ballot.
    Date,
}

impl NewDecision {
    /// Paints the form.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let t = theme::tokens(ui);
        let usual = cx.net.charter_versions.rule.method;
        let usual = Template::Method(usual.unwrap_or(Method::Consent));
        let template = *self.template.get_or_insert(usual);
        let hint = tr!(cx.words, "decision-title-hint");
        let title = theme::text_field(ui, tr!(cx.words, "decision-title"), &mut self.title, hint);
        let entered = title.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
        if !entered && ui.memory(|memory| memory.focused().is_none()) {
            title.request_focus();
        }
        ui.add_space(t.space.s);
        theme::subheading(ui, tr!(cx.words, "decision-how"));
        let height = ui.ctx().content_rect().height() * 0.5;
        ScrollArea::vertical()
            .max_height(height)
            .id_salt("methods")
            .show(ui, |ui| {
                let words = cx.words;
                let mut one = |template, name, purpose| {
                    let chosen = &mut self.template;
                    theme::explained_choice(ui, chosen, Some(template), (name, purpose));
                };
                for method in Method::ALL {
                    let (name, purpose) = (method_name(words, *method), method_for(words, *method));
                    one(Template::Method(*method), name, purpose);
                }
                let purpose = tr!(words, "template-purpose-met-for");
                let name = tr!(words, "template-purpose-met");
                one(Template::PurposeMet, name, purpose);
                let name = tr!(words, "template-date");
                one(Template::Date, name, tr!(words, "template-date-for"));
            });
        ui.add_space(t.space.s);
        ui.horizontal(|ui| {
            let ready = !self.title.trim().is_empty() || template == Template::PurposeMet;
            let words = if template == Template::Date {
                tr!(cx.words, "decision-find-date")
            } else {
                tr!(cx.words, "decision-make")
            };
            let make = ui.add_enabled_ui(ready, |ui| theme::primary_button(ui, words));
            if ready
                && (make.inner.clicked() || entered)
                && crate::views::parts::title_fits(cx, &self.title)
            {
                let wish = std::mem::take(self).ask(cx, template);
                cx.ask(wish);
                cx.ask(Ask::Close);
            }
            if theme::quiet_button(ui, tr!(cx.words, "cancel")).clicked() {
                cx.ask(Ask::Close);
            }
        });
    }

    /// What makes what was filled in.
    fn ask(self, cx: &Cx<'_>, template: Template) -> Ask {
        let (network, title) = (cx.id(), self.title.trim().to_owned());
        let template = match template {
            Template::Method(method) => method.word().to_owned(),
            Template::PurposeMet => "purpose-met".to_owned(),
            Template::Date => return Ask::FindDate { network, title },
        };
        Ask::NewDecision {
            network,
            title,
            template,
        }
    }
}
