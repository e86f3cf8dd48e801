//! Lists that show their first entries, and all of them when asked: then only those in sight are laid out.

use std::{
    hash::Hash,
    sync::{Arc, Mutex, PoisonError},
};

use egui::{Id, Ui};

use crate::{i18n::I18n, theme, tr, views::tall::Heights};

/// As many are laid out in any case, so that the keyboard goes through a short list from one end to the other.
const SHORT: usize = 30;

/// Paints the first entries of a list of `total`, and a button that shows the others; what was shown once stays. `add` paints the entry
/// with this number.
pub(in crate::views) fn bounded(
    ui: &mut Ui,
    words: &I18n,
    salt: impl Hash + std::fmt::Debug,
    first: usize,
    total: usize,
    add: impl FnMut(&mut Ui, usize),
) {
    bounded_to(ui, words, salt, (first, None), total, add);
}

/// The same; the entry `wanted` is shown however far down it is, and brought into sight.
pub(in crate::views) fn bounded_to(
    ui: &mut Ui,
    words: &I18n,
    salt: impl Hash + std::fmt::Debug,
    (first, wanted): (usize, Option<usize>),
    total: usize,
    add: impl FnMut(&mut Ui, usize),
) {
    let key = Id::unique(("shown of", salt));
    let known = ui.data(|data| data.get_temp::<usize>(key));
    let known = known.unwrap_or_default();
    let shown = first.max(known).max(wanted.map_or(0, |place| place + 1));
    if shown > known {
        ui.data_mut(|data| data.insert_temp(key, shown));
    }
    let guess = 3.0 * theme::tokens(ui).size.control;
    laid_out(ui, key, (total.min(shown), wanted), guess, add);
    let left = total.saturating_sub(shown);
    if left > 0 && theme::quiet_button(ui, tr!(words, "and-more", count = left)).clicked() {
        ui.data_mut(|data| data.insert_temp(key, usize::MAX));
    }
}

/// Paints all entries of a list of `total`, of a long one only those near what is in sight. `guess` is how high one is that was never seen.
pub(in crate::views) fn near(
    ui: &mut Ui,
    salt: impl Hash + std::fmt::Debug,
    total: usize,
    guess: f32,
    add: impl FnMut(&mut Ui, usize),
) {
    laid_out(ui, Id::unique(("all of", salt)), (total, None), guess, add);
}

fn laid_out(
    ui: &mut Ui,
    key: Id,
    (entries, wanted): (usize, Option<usize>),
    guess: f32,
    mut add: impl FnMut(&mut Ui, usize),
) {
    let heights = ui.data_mut(|data| {
        let heights = data.get_temp_mut_or_default::<Arc<Mutex<Heights>>>(key.with("heights"));
        Arc::clone(heights)
    });
    let short = entries <= SHORT;
    let mut heights = heights.lock().unwrap_or_else(PoisonError::into_inner);
    for number in 0..entries {
        let here = wanted == Some(number);
        if short && !here {
            // Under the name that it has where it is wanted: what it gave the keyboard to keeps it.
            ui.push_id(key.with(number), |ui| add(ui, number));
        } else {
            heights.near(ui, key.with(number), guess, here, |ui| add(ui, number));
        }
    }
}
