//! Lists that show their first entries, and more of them when asked.

use std::hash::Hash;

use egui::{Id, Ui};

use crate::{i18n::I18n, theme, tr};

/// Paints the first entries of a list of `total`, and a button that shows as many again; what was shown once stays. `add` paints the entry
/// with this number.
pub(in crate::views) fn bounded(
    ui: &mut Ui,
    words: &I18n,
    salt: impl Hash + std::fmt::Debug,
    first: usize,
    total: usize,
    mut add: impl FnMut(&mut Ui, usize),
) {
    let key = Id::unique(("shown of", salt));
    let before = ui.data(|data| data.get_temp::<usize>(key));
    let shown = before.unwrap_or(first).max(first);
    if before.is_none_or(|before| before < shown) {
        ui.data_mut(|data| data.insert_temp(key, shown));
    }
    for number in 0..total.min(shown) {
        add(ui, number);
    }
    let left = total.saturating_sub(shown);
    if left > 0 && theme::quiet_button(ui, tr!(words, "and-more", count = left)).clicked() {
        ui.data_mut(|data| data.insert_temp(key, shown.saturating_mul(2)));
    }
}
