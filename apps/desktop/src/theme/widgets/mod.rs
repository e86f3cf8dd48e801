//! The widgets that every view is made of: each carries its looks and its accessible name.

mod buttons;
mod fields;
mod marks;
mod portrait;
mod rows;
mod surfaces;
mod text;

pub use buttons::{
    danger_button, icon_button, nav_item, primary_button, primary_icon_button, quiet_button,
    quiet_icon_button, tab, tab_of, toggle_icon_button, two_lines,
};
pub use fields::{
    check, choice, explained_choice, field, line_edit, long_choice, long_list, search_field,
    secret_field, text_field, wide_choice,
};
pub use marks::{
    avatar, progress_bar, removable_tag, status_chip, status_dot, strand_color, tag, tag_toggle,
};
pub use portrait::portrait;
pub use rows::{row_ground, row_lines, rows};
pub use surfaces::{
    card, card_button, dialogue, empty_state, message, page, panel_frame, rule, table_header,
    waiting,
};
pub use text::{caption, display, heading, muted, one_row, paragraph, strong, subheading, title};

/// Runs `add` with a changed style in the same `Ui`, so that a row still wraps where it should.
fn styled<R>(
    ui: &mut egui::Ui,
    change: impl FnOnce(&mut egui::Style),
    add: impl FnOnce(&mut egui::Ui) -> R,
) -> R {
    let before = std::sync::Arc::clone(ui.style());
    change(ui.style_mut());
    let result = add(ui);
    ui.set_style(before);
    result
}
