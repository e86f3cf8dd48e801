//! « Aller à… »: everything that can be reached, by a few letters of its name, without a mouse.
//!
//! It promises to answer at the letter, whatever the networks hold: names are gathered once for as long as the
//! networks stay as they are, and only the rows in sight are laid out.

mod entries;
mod filter;
mod texts;

use egui::{Button, Id, Key, Modifiers, Response, RichText, ScrollArea, Ui};
use jiff::civil::Date;
use tresse_engine::{Search, SearchHit};

use crate::{
    app::{View, asks::Ask, place::Place, text::fold},
    i18n::I18n,
    theme::{self, Icon},
    tr,
};
use entries::{Entries, Entry};
use filter::Filter;
use texts::Texts;

/// How many rows are in sight at most, and how many a page key passes.
const SEEN: usize = 12;

/// The state of « Aller à… » while it is open.
#[derive(Default)]
pub struct Palette {
    typed: String,
    /// Narrows what is looked for to texts of one kind, person or time.
    filter: Filter,
    /// The field for the letters.
    field: Option<Id>,
    entries: Entries,
    /// What `found` answers: the letters, which gathering of the names, and whether names are wanted at all.
    asked: Option<(String, u64, bool)>,
    /// Places in the entries, the best first.
    found: Vec<usize>,
    /// What has the words in its text, after what has them in its name.
    texts: Texts,
    /// Which of the found is chosen.
    at: usize,
    follow: bool,
    /// Arrows were used: what is chosen was chosen by the person.
    moved: bool,
}

impl Palette {
    /// Paints it; what is chosen is asked for, and it closes.
    pub fn ui(
        &mut self,
        ui: &mut Ui,
        (words, today): (&I18n, Date),
        view: &View,
        here: Place,
        asks: &mut Vec<Ask>,
    ) {
        let t = theme::tokens(ui);
        // Somebody who is at the filters moves among those.
        let typing = |id| ui.memory(|memory| memory.has_focus(id));
        let steps = if self.field.is_none_or(typing) {
            steps(ui)
        } else {
            0
        };
        let field = self.question(ui, words);
        let entered = (field.has_focus() || field.lost_focus())
            && ui.input(|input| input.key_pressed(Key::Enter));
        if ui.memory(|memory| memory.focused().is_none()) && !entered {
            field.request_focus();
        }
        self.field = Some(field.id);
        self.filter.ui(ui, words, today);
        let wanted = self.filter.search(self.typed.trim(), today);
        self.entries.gather(words, view, here);
        self.answer();
        // So many are read before a search answers.
        let unread = view.status.unread;
        let many = (unread > tresse_engine::CAUGHT_UP).then_some(unread);
        self.texts.ask(ui, (&wanted, many.is_some()), asks);
        let named = self.found.iter().map(|at| &self.entries.all[*at]);
        self.texts.show(words, view, &wanted, named);
        self.at = self.at.min(self.rows().saturating_sub(1));
        self.step(steps);
        ui.add_space(t.space.s);
        let clicked = self.list(ui, words, (&wanted, many));
        self.moved |= steps != 0;
        // A hand that is quicker than the eye does nothing that it did not ask for.
        let meant = entered && (self.moved || !self.typed.trim().is_empty());
        let chosen = clicked.or_else(|| meant.then_some(self.at));
        if let Some(entry) = chosen.and_then(|at| self.entry(at)) {
            asks.push(Ask::Close);
            asks.push(entry.ask());
        }
    }

    /// The field for the letters, and beside it what shows the filters.
    fn question(&mut self, ui: &mut Ui, words: &I18n) -> Response {
        let t = theme::tokens(ui);
        let label = tr!(words, "palette-label");
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = t.space.s;
            let width = ui.available_width() - t.size.control - t.space.s;
            let field = theme::search_field(ui, label, &mut self.typed, width);
            let name = tr!(words, "palette-filters");
            if theme::toggle_icon_button(ui, Icon::Funnel, name, self.filter.shown).clicked() {
                self.filter.toggle();
            }
            field
        })
        .inner
    }

    /// Takes what a search in the texts brought.
    pub fn found_in_texts(&mut self, search: Search, hits: Vec<SearchHit>) {
        self.texts.found(search, hits);
    }

    /// How many rows there are: names first, then texts.
    fn rows(&self) -> usize {
        self.found.len() + self.texts.shown().len()
    }

    fn entry(&self, row: usize) -> Option<&Entry> {
        match self.found.get(row) {
            Some(at) => self.entries.all.get(*at),
            None => self.texts.shown().get(row - self.found.len()),
        }
    }

    /// Works out what the letters find, where that is not known.
    fn answer(&mut self) {
        let names = !self.filter.is_set();
        let asked = (fold(self.typed.trim()), self.entries.gathered, names);
        if self.asked.as_ref() == Some(&asked) {
            return;
        }
        let letters: Vec<&str> = asked.0.split_whitespace().collect();
        let mut ranked: Vec<(Rank, usize)> = (0..)
            .zip(&self.entries.all)
            // A command has no author, and a name no day.
            .filter(|_| names)
            .filter_map(|(at, entry)| Some((entry.rank(&asked.0, &letters)?, at)))
            .collect();
        ranked.sort_unstable();
        self.found = ranked.into_iter().map(|(_, at)| at).collect();
        // Other letters ask another question; what arrives meanwhile does not move the choice.
        if self
            .asked
            .as_ref()
            .is_none_or(|(typed, ..)| *typed != asked.0)
        {
            self.at = 0;
            self.follow = true;
        }
        self.asked = Some(asked);
    }

    fn step(&mut self, by: isize) {
        let Some(last) = self.rows().checked_sub(1).filter(|_| by != 0) else {
            return;
        };
        self.at = match by {
            -1 if self.at == 0 => last,
            1 if self.at == last => 0,
            by => self.at.saturating_add_signed(by).min(last),
        };
        self.follow = true;
    }

    /// The rows; the one that was clicked. `unread`: so many documents are not searched yet.
    fn list(
        &mut self,
        ui: &mut Ui,
        words: &I18n,
        (wanted, unread): (&Search, Option<usize>),
    ) -> Option<usize> {
        let t = theme::tokens(ui);
        let height = t.size.control;
        let mut clicked = None;
        if self.rows() == 0 {
            let nothing = match (self.texts.answers(wanted), self.filter.is_set()) {
                (true, true) => tr!(words, "palette-nothing-filtered"),
                (true, false) => tr!(words, "palette-nothing"),
                (false, true) => tr!(words, "palette-filter-words"),
                (false, false) => tr!(words, "palette-no-name"),
            };
            theme::muted(ui, nothing);
        }
        let spacing = std::mem::replace(&mut ui.spacing_mut().item_spacing.y, t.space.xs);
        let step = height + t.space.xs;
        // The dialogue has a heading, a field and a line under the list, and must not scroll itself.
        let notes = if unread.is_some() { 6.0 } else { 5.0 };
        let above = notes * t.size.control + self.filter.height(t);
        let room = ui.ctx().content_rect().height() - 4.0 * t.space.xl - above;
        let seen = (room / step).floor().clamp(1.0, SEEN as f32);
        let mut area = ScrollArea::vertical()
            .id_salt("palette")
            .auto_shrink([false, true])
            .max_height(seen * step);
        if std::mem::take(&mut self.follow) {
            let middle = (self.at as f32 - (seen - 1.0) / 2.0).round() * step;
            area = area.vertical_scroll_offset(middle.max(0.0));
        }
        area.show_rows(ui, height, self.rows(), |ui, range| {
            for row in range {
                let Some(entry) = self.entry(row) else {
                    continue;
                };
                if line(ui, height, entry, row == self.at).clicked() {
                    clicked = Some(row);
                }
            }
        });
        ui.spacing_mut().item_spacing.y = spacing;
        ui.add_space(t.space.xs);
        if let Some(count) = unread {
            theme::caption(ui, tr!(words, "palette-unread", count = count));
        }
        theme::caption(ui, tr!(words, "palette-keys"));
        clicked
    }
}

/// One row: the name, and at the right what it is.
fn line(ui: &mut Ui, height: f32, entry: &Entry, chosen: bool) -> Response {
    let t = theme::tokens(ui);
    let kind = RichText::new(&entry.kind)
        .size(t.text.small)
        .color(t.color.muted);
    let button = Button::selectable(chosen, entry.name.as_str())
        .right_text(kind)
        .truncate()
        .min_size(egui::vec2(ui.available_width(), height));
    ui.add(button).accessible_name(entry.name.as_str())
}

/// How well an entry answers: less is better.
type Rank = u8;

/// How far the keys of this pass move the choice; they are used up, or the field would take them.
fn steps(ui: &Ui) -> isize {
    let page = SEEN.cast_signed() - 1;
    [
        (Key::ArrowDown, 1),
        (Key::ArrowUp, -1),
        (Key::PageDown, page),
        (Key::PageUp, -page),
    ]
    .into_iter()
    .map(|(key, by)| {
        let times = ui.input_mut(|input| input.count_and_consume_key(Modifiers::NONE, key));
        by * isize::try_from(times).unwrap_or(1)
    })
    .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_chosen_where_nothing_is_found() {
        let mut palette = Palette::default();
        palette.answer();
        palette.step(1);
        palette.step(-1);
        assert!(palette.entry(palette.at).is_none());
    }
}
