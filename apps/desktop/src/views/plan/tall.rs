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
        let width = ui.available_width();
        if (self.width - width).abs() > 0.5 {
            // Texts wrap elsewhere now.
            self.known.clear();
            self.width = width;
        }
        ScrollArea::vertical()
            .id_salt(salt)
            .auto_shrink(false)
            .show(ui, |ui| {
                let clip = ui.clip_rect();
                for (id, thing) in things {
                    let top = ui.cursor().top();
                    let height = self.known.get(id).copied().unwrap_or(guess);
                    let seen = top < clip.bottom() && top + height > clip.top();
                    if !seen && wanted != Some(*id) {
                        ui.allocate_space(Vec2::new(width, height));
                        continue;
                    }
                    let shown = ui.push_id(*id, |ui| add(ui, thing)).response;
                    self.known.insert(*id, shown.rect.height());
                    if wanted == Some(*id) {
                        shown.scroll_to_me(Some(egui::Align::Center));
                    }
                }
            });
    }
}
