//! Small pieces of layout that several views share.

use egui::{Align, Layout, Ui};

use crate::theme;

/// Equal columns side by side, each laid out from its top left; `add` paints the one with this number.
pub(crate) fn columns(ui: &mut Ui, count: usize, mut add: impl FnMut(&mut Ui, usize)) {
    let gap = theme::tokens(ui).space.l;
    ui.scope(|ui| {
        let before = ui.spacing().item_spacing;
        ui.spacing_mut().item_spacing.x = gap;
        ui.columns(count, |uis| {
            for (number, ui) in uis.iter_mut().enumerate() {
                ui.spacing_mut().item_spacing = before;
                ui.with_layout(Layout::top_down(Align::Min), |ui| add(ui, number));
            }
        });
    });
}

/// A line of things that is no higher than they are.
pub(crate) fn line<R>(ui: &mut Ui, add: impl FnOnce(&mut Ui) -> R) -> R {
    ui.scope(|ui| {
        ui.spacing_mut().interact_size.y = 0.0;
        ui.horizontal_wrapped(add).inner
    })
    .inner
}
