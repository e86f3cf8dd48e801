//! Long lists of things of different heights: only those in sight are laid out.

use std::collections::HashMap;

use egui::{Id, ScrollArea, Ui, Vec2};

/// How high each thing was when it was last seen.
#[derive(Default)]
pub(super) struct Heights {
    known: HashMap<Id, f32>,
    width: f32,
}

impl Heights {
    /// Scrolls over things, each with its name; `guess` is the height of one that was never seen. The one called
    /// `wanted` is brought into sight.
    pub(super) fn show<T>(
        &mut self,
        ui: &mut Ui,
        salt: &str,
        things: &[(Id, T)],
        guess: f32,
        wanted: Option<Id>,
        mut add: impl FnMut(&mut Ui, &T),
    ) {
        ScrollArea::vertical()
            .id_salt(salt)
            .auto_shrink(false)
            .show(ui, |ui| {
                for (id, thing) in things {
                    self.one(ui, *id, guess, wanted == Some(*id), |ui| add(ui, thing));
                }
            });
    }

    /// A thing in what scrolls around it: laid out where it is in sight, else room as high as it was when it was last seen.
    /// `wanted` is laid out wherever it is, and brought into sight.
    pub(super) fn one(
        &mut self,
        ui: &mut Ui,
        id: Id,
        guess: f32,
        wanted: bool,
        add: impl FnOnce(&mut Ui),
    ) {
        self.within(ui, id, (guess, 0.0), wanted, add);
    }

    /// The same, for entries that the keyboard goes through: what is less than the height of what is seen away is laid out too, so that
    /// there is always a next one to go to.
    pub(super) fn near(
        &mut self,
        ui: &mut Ui,
        id: Id,
        guess: f32,
        wanted: bool,
        add: impl FnOnce(&mut Ui),
    ) {
        let reach = ui.clip_rect().height();
        self.within(ui, id, (guess, reach), wanted, add);
    }

    fn within(
        &mut self,
        ui: &mut Ui,
        id: Id,
        (guess, reach): (f32, f32),
        wanted: bool,
        add: impl FnOnce(&mut Ui),
    ) {
        let width = ui.available_width();
        if (self.width - width).abs() > 0.5 {
            // Texts wrap elsewhere now.
            self.known.clear();
            self.width = width;
        }
        let (top, clip) = (ui.cursor().top(), ui.clip_rect());
        let height = self.known.get(&id).copied().unwrap_or(guess);
        let seen = top < clip.bottom() + reach && top + height > clip.top() - reach;
        if !seen && !wanted {
            ui.allocate_space(Vec2::new(width, height));
            return;
        }
        let shown = ui.push_id(id, add).response;
        self.known.insert(id, shown.rect.height());
        if wanted {
            shown.scroll_to_me(Some(egui::Align::Center));
        }
    }
}
