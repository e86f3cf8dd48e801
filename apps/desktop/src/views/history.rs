//! A document's past: a line of time to move along, how the document stood at each step, what differs from any other moment, and
//! what can be put back.

mod dates;
mod plan;
mod sheet;
mod text;
mod timeline;

use std::sync::Arc;

use egui::{ScrollArea, Ui};
use tresse_engine::{
    ChangeGroup, CommandError, Engine, NetworkView, When,
    model::{DocId, DocKind, NetworkContent, NetworkId},
};

use self::dates::Dates;
pub use self::sheet::Sheet;
use super::Cx;
use crate::{
    app::asks::{Ask, Dialogue},
    i18n::I18n,
    theme::{self, Icon},
    tr,
};

/// Which two states of a document are wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    network: NetworkId,
    /// The document.
    doc: DocId,
    /// The older one.
    from: When,
    /// The newer one.
    to: When,
    /// Which state of the document here it was asked in: what can be put back hangs on that.
    asked_in: u64,
}

/// With what a moment is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Against {
    /// The step before.
    #[default]
    Before,
    /// The document as it is.
    Now,
    /// Two dates of the person's choice.
    Dates,
}

/// What is known of the past that is shown.
#[derive(Default)]
pub struct History {
    asked: Option<DocId>,
    groups: Option<Result<Vec<ChangeGroup>, String>>,
    /// Counted from the newest.
    chosen: usize,
    reveal: bool,
    against: Against,
    dates: Dates,
    /// The document as the view last had it, and how often that changed.
    seen: Option<Seen>,
    state: u64,
    /// Asked for and not yet answered: one at a time, so that who moves fast is not kept waiting for what they passed.
    under_way: Option<Wanted>,
    shown: Option<(Wanted, Result<Sheet, String>)>,
    /// Sheets seen a moment ago.
    kept: Vec<(Wanted, Sheet)>,
}

impl Wanted {
    /// How the document stood, as a sheet to read: asked of the engine and laid out on the calling thread.
    pub fn look(&self, engine: &Engine, words: &I18n) -> Result<Sheet, CommandError> {
        let compared = engine.compare(&self.network, &self.doc, &self.from, &self.to)?;
        Ok(match self.doc.kind() {
            Some(DocKind::Plan | DocKind::Watch | DocKind::Resources) => {
                plan::sheet(words, &compared)
            }
            _ => text::sheet(words, self.doc, self.network, &compared),
        })
    }
}

/// How many sheets are kept.
const KEPT: usize = 24;

/// The button that shows a document's history.
pub(super) fn button(ui: &mut Ui, cx: &mut Cx<'_>, doc: DocId) {
    let name = tr!(cx.words, "history");
    if theme::icon_button(ui, Icon::ClockCounterClockwise, name).clicked() {
        cx.ask(Ask::Show(Dialogue::History(cx.id(), doc)));
    }
}

impl History {
    /// Takes an answer.
    pub fn came(&mut self, doc: DocId, groups: Result<Vec<ChangeGroup>, String>) {
        if self.asked != Some(doc) {
            return;
        }
        // Who stands on a step stays on it when others came.
        let here = match &self.groups {
            Some(Ok(old)) if self.chosen > 0 => {
                old.get(self.chosen).map(|group| group.before.clone())
            }
            _ => None,
        };
        if let (Some(here), Ok(groups)) = (here, &groups) {
            let place = groups.iter().position(|group| group.before == here);
            self.chosen = place.unwrap_or(self.chosen);
        } else {
            self.chosen = 0;
        }
        self.groups = Some(groups);
    }

    /// Takes how the document stood.
    pub fn stood(&mut self, wanted: &Wanted, came: Result<Sheet, String>) {
        if self.under_way.as_ref() == Some(wanted) {
            self.under_way = None;
            let before = self.shown.take();
            let mut came = came;
            // The same moments, asked for once more because the document went on: the reader stays where they read.
            if let (Ok(sheet), Some((seen, Ok(old)))) = (&mut came, before)
                && (Wanted {
                    asked_in: wanted.asked_in,
                    ..seen
                }) == *wanted
            {
                sheet.read_on_from(&old);
            }
            self.shown = Some((wanted.clone(), came));
        }
    }

    /// What is under way will not be answered: it may be asked for again.
    pub fn not_answered(&mut self) {
        self.under_way = None;
    }

    /// Paints it, first asking for it.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, doc: DocId) {
        self.ask(cx, doc);
        let words = cx.words;
        let count = match &self.groups {
            None => return drop(theme::muted(ui, tr!(words, "differences-coming"))),
            Some(Err(sentence)) => return drop(theme::muted(ui, sentence.clone())),
            Some(Ok(groups)) if groups.is_empty() => {
                return drop(theme::muted(ui, tr!(words, "history-empty")));
            }
            Some(Ok(groups)) => groups.len(),
        };
        let t = theme::tokens(ui);
        let top = ui.min_rect().top();
        theme::muted(ui, tr!(words, "history-explained"));
        ui.add_space(t.space.s);
        self.choose(ui, words);
        ui.add_space(t.space.xs);
        if self.against == Against::Dates {
            self.dates.ui(ui, cx);
        } else {
            self.along(ui, words, count);
        }
        ui.add_space(t.space.s);
        let room = ui.ctx().content_rect().height() - 4.0 * t.space.xl;
        let height = (room - (ui.cursor().top() - top)).max(8.0 * t.size.control);
        let listed = self.against != Against::Dates && ui.available_width() >= 3.0 * t.size.column;
        ui.horizontal_top(|ui| {
            if listed {
                let size = egui::vec2(t.size.column, height);
                let down = egui::Layout::top_down(egui::Align::Min);
                ui.allocate_ui_with_layout(size, down, |ui| self.list(ui, words, height));
                ui.add_space(t.space.l);
            }
            ui.vertical(|ui| {
                ui.set_min_height(height);
                self.sheet(ui, cx, doc, height);
            });
        });
    }

    /// Asks for the steps, and again when the document is another.
    fn ask(&mut self, cx: &mut Cx<'_>, doc: DocId) {
        let seen = Seen::of(cx.net, doc);
        let changed = !self.seen.as_ref().is_some_and(|known| known.is(&seen));
        if self.asked != Some(doc) {
            *self = Self {
                asked: Some(doc),
                ..Self::default()
            };
        } else if !changed {
            return;
        }
        self.seen = Some(seen);
        self.state += 1;
        self.kept.clear();
        cx.ask(Ask::History(cx.id(), doc));
    }

    /// With what the moment is compared.
    fn choose(&mut self, ui: &mut Ui, words: &I18n) {
        ui.horizontal_wrapped(|ui| {
            for (against, name) in [
                (Against::Before, tr!(words, "past-before")),
                (Against::Now, tr!(words, "past-now")),
                (Against::Dates, tr!(words, "past-dates")),
            ] {
                if theme::tab(ui, name, self.against == against).clicked() {
                    self.against = against;
                }
            }
        });
    }

    /// The line of time, a step to each side, and where one is.
    fn along(&mut self, ui: &mut Ui, words: &I18n, count: usize) {
        let Some(Ok(groups)) = &self.groups else {
            return;
        };
        let t = theme::tokens(ui);
        self.chosen = self.chosen.min(count - 1);
        // The oldest is on the left.
        let mut at = count - 1 - self.chosen;
        ui.horizontal(|ui| {
            let older = ui.add_enabled_ui(at > 0, |ui| {
                theme::icon_button(ui, Icon::CaretLeft, tr!(words, "past-older")).clicked()
            });
            let newer_room = t.size.control + t.space.s;
            let width = (ui.available_width() - newer_room).max(t.size.column / 2.0);
            let moment = told(words, &groups[self.chosen]);
            let label = tr!(words, "past-time");
            let name = |place: usize| groups[count - 1 - place].name.as_str();
            timeline::ui(ui, width, &label, &moment, &mut at, count, name);
            let newer = ui.add_enabled_ui(at + 1 < count, |ui| {
                theme::icon_button(ui, Icon::CaretRight, tr!(words, "past-newer")).clicked()
            });
            if older.inner {
                at = at.saturating_sub(1);
            }
            if newer.inner {
                at = (at + 1).min(count - 1);
            }
        });
        let chosen = count - 1 - at;
        self.reveal |= chosen != self.chosen;
        self.chosen = chosen;
        let group = &groups[chosen];
        let changes = tr!(words, "history-changes", count = group.changes);
        let place = tr!(words, "past-place", at = at + 1, count = count);
        ui.horizontal_wrapped(|ui| {
            theme::strong(ui, told(words, group));
            theme::caption(ui, format!("{changes} · {place}"));
        });
    }

    /// The steps, newest first. Only those in sight are painted.
    fn list(&mut self, ui: &mut Ui, words: &I18n, height: f32) {
        let Some(Ok(groups)) = &self.groups else {
            return;
        };
        let t = theme::tokens(ui);
        let row = 2.0 * t.text.body * t.text.line + t.space.s;
        let mut area = ScrollArea::vertical()
            .id_salt("stretches")
            .max_height(height)
            .auto_shrink(false);
        if std::mem::take(&mut self.reveal) {
            let step = row + ui.spacing().item_spacing.y;
            area = area.vertical_scroll_offset((self.chosen as f32 * step - height / 2.0).max(0.0));
        }
        let chosen = &mut self.chosen;
        area.show_rows(ui, row, groups.len(), |ui, range| {
            for place in range {
                let group = &groups[place];
                let when = words.moment_short(group.to);
                let changes = tr!(words, "history-changes", count = group.changes);
                let under = format!("{when} · {changes}");
                let name = author(words, &group.name);
                if theme::two_lines(ui, row, &name, &under, place == *chosen).clicked() {
                    *chosen = place;
                }
            }
        });
    }

    /// The two states that are wanted now.
    fn wanted(&self, network: NetworkId, doc: DocId) -> Option<Wanted> {
        let Some(Ok(groups)) = &self.groups else {
            return None;
        };
        let group = groups.get(self.chosen)?;
        let (from, to) = match self.against {
            Against::Before => (
                When::Heads(group.before.clone()),
                When::Heads(group.heads.clone()),
            ),
            Against::Now => (When::Heads(group.heads.clone()), When::Now),
            Against::Dates => self.dates.chosen()?,
        };
        Some(Wanted {
            network,
            doc,
            from,
            to,
            asked_in: self.state,
        })
    }

    /// How the document stood.
    fn sheet(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, doc: DocId, height: f32) {
        let words = cx.words;
        let Some(wanted) = self.wanted(cx.id(), doc) else {
            theme::muted(ui, tr!(words, "past-dates-hint"));
            return;
        };
        self.look_up(cx, &wanted);
        match &mut self.shown {
            None => drop(theme::waiting(ui, tr!(words, "differences-coming"))),
            Some((_, Err(sentence))) => drop(theme::muted(ui, sentence.clone())),
            // What was shown stays until what is wanted has come: nothing flickers under a moving hand.
            Some((_, Ok(sheet))) => sheet.ui(ui, cx, height),
        }
    }

    /// Shows what was seen before, else asks for it.
    fn look_up(&mut self, cx: &mut Cx<'_>, wanted: &Wanted) {
        if self
            .shown
            .as_ref()
            .is_some_and(|(known, _)| known == wanted)
        {
            return;
        }
        if let Some(place) = self.kept.iter().position(|(known, _)| known == wanted) {
            let (known, sheet) = self.kept.remove(place);
            self.keep();
            self.shown = Some((known, Ok(sheet)));
            return;
        }
        if self.under_way.is_none() {
            self.keep();
            self.under_way = Some(wanted.clone());
            cx.ask(Ask::Past(wanted.clone()));
        }
    }

    /// Keeps a copy of what is shown, for whoever goes back to it.
    fn keep(&mut self) {
        if let Some((wanted, Ok(sheet))) = &self.shown
            && wanted.asked_in == self.state
            && !self.kept.iter().any(|(known, _)| known == wanted)
        {
            self.kept.push((wanted.clone(), sheet.clone()));
            if self.kept.len() > KEPT {
                self.kept.remove(0);
            }
        }
    }
}

/// A document as a view has it: equal pointers, equal content.
enum Seen {
    Charter(Arc<tresse_engine::CharterView>),
    Plan(Arc<tresse_engine::PlanView>),
    Page(Option<Arc<tresse_engine::PageView>>),
    Network(Box<NetworkContent>),
    Meeting(Option<Arc<tresse_engine::MeetingView>>),
    Decision(Option<Arc<tresse_engine::DecisionView>>),
    Watch(Arc<tresse_engine::WatchView>),
    Resources(Arc<tresse_engine::ResourcesView>),
}

impl Seen {
    fn of(net: &NetworkView, doc: DocId) -> Self {
        match doc.kind() {
            Some(DocKind::Charter) => Self::Charter(Arc::clone(&net.charter)),
            Some(DocKind::Plan) => Self::Plan(Arc::clone(&net.plan)),
            Some(DocKind::Network) => Self::Network(Box::new(net.home.network.clone())),
            Some(DocKind::Meeting) => Self::Meeting(net.meeting(&doc).cloned()),
            Some(DocKind::Decision) => Self::Decision(net.decision(&doc).cloned()),
            Some(DocKind::Watch) => Self::Watch(Arc::clone(&net.watch)),
            Some(DocKind::Resources) => Self::Resources(Arc::clone(&net.resources)),
            _ => Self::Page(net.page(&doc).cloned()),
        }
    }

    fn is(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Charter(a), Self::Charter(b)) => Arc::ptr_eq(a, b),
            (Self::Plan(a), Self::Plan(b)) => Arc::ptr_eq(a, b),
            (Self::Watch(a), Self::Watch(b)) => Arc::ptr_eq(a, b),
            (Self::Resources(a), Self::Resources(b)) => Arc::ptr_eq(a, b),
            (Self::Page(Some(a)), Self::Page(Some(b))) => Arc::ptr_eq(a, b),
            (Self::Network(a), Self::Network(b)) => a == b,
            (Self::Meeting(Some(a)), Self::Meeting(Some(b))) => Arc::ptr_eq(a, b),
            (Self::Decision(Some(a)), Self::Decision(Some(b))) => Arc::ptr_eq(a, b),
            (Self::Page(None), Self::Page(None))
            | (Self::Meeting(None), Self::Meeting(None))
            | (Self::Decision(None), Self::Decision(None)) => true,
            _ => false,
        }
    }
}

/// « 12 mars 2026 à 14:05, Ana ».
fn told(words: &I18n, group: &ChangeGroup) -> String {
    let when = words.moment(group.to);
    tr!(
        words,
        "past-moment",
        when = when,
        name = author(words, &group.name)
    )
}

/// A name, or that it is unknown.
fn author(words: &I18n, name: &str) -> String {
    if name.is_empty() {
        tr!(words, "history-nobody")
    } else {
        name.to_owned()
    }
}
