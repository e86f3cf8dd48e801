//! The widgets that every view is made of: each carries its looks and its accessible name.

mod buttons;
mod fields;
mod marks;
mod surfaces;
mod text;

pub use buttons::{
    danger_button, icon_button, nav_item, primary_button, primary_icon_button, quiet_button,
    quiet_icon_button, tab, toggle_icon_button,
};
pub use fields::{check, choice, field, search_field, text_area, text_field};
pub use marks::{
    avatar, progress_bar, removable_tag, status_chip, status_dot, strand_color, tag, tag_toggle,
};
pub use surfaces::{
    card, card_button, dialogue, empty_state, message, page, panel_frame, rule, table_header,
};
pub use text::{caption, display, heading, muted, paragraph, strong, subheading, title};
