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
    mut add: impl FnMut(&mut Ui, usize),
) {
    let key = Id::unique(("shown of", salt));
    let (known, heights) = ui.data_mut(|data| {
        let heights = data.get_temp_mut_or_default::<Arc<Mutex<Heights>>>(key.with("heights"));
        let heights = Arc::clone(heights);
        (data.get_temp::<usize>(key).unwrap_or_default(), heights)
    });
    let shown = first.max(known).max(wanted.map_or(0, |place| place + 1));
    if shown > known {
        ui.data_mut(|data| data.insert_temp(key, shown));
    }
    let entries = total.min(shown);
    let short = entries <= SHORT;
    let mut heights = heights.lock().unwrap_or_else(PoisonError::into_inner);
    let guess = 3.0 * theme::tokens(ui).size.control;
    for number in 0..entries {
        let here = wanted == Some(number);
        if short && !here {
            add(ui, number);
        } else {
            heights.near(ui, key.with(number), guess, here, |ui| add(ui, number));
        }
    }
    drop(heights);
    let left = total.saturating_sub(shown);
    if left > 0 && theme::quiet_button(ui, tr!(words, "and-more", count = left)).clicked() {
        ui.data_mut(|data| data.insert_temp(key, usize::MAX));
    }
}
