//! egui's own style, filled from the tokens, so that its plain widgets belong too.

use egui::{
    Color32, CornerRadius, Margin, Shadow, Stroke, Style, TextStyle, Vec2, Visuals,
    style::{ScrollStyle, Selection, WidgetVisuals, Widgets},
};

use super::{fonts::Face, tokens::Tokens};

/// The style for one set of tokens.
pub(super) fn style(tokens: &Tokens) -> Style {
    let text = tokens.text;
    let mut style = Style {
        text_styles: [
            (TextStyle::Small, Face::Text.at(text.small)),
            (TextStyle::Body, Face::Text.at(text.body)),
            (TextStyle::Button, Face::Text.at(text.body)),
            (TextStyle::Heading, Face::Strong.at(text.heading)),
            (TextStyle::Monospace, Face::Code.at(text.code)),
        ]
        .into(),
        visuals: visuals(tokens),
        url_in_tooltip: true,
        ..Style::default()
    };
    let space = tokens.space;
    let spacing = &mut style.spacing;
    spacing.item_spacing = Vec2::splat(space.s);
    spacing.button_padding = Vec2::new(space.m, space.xs);
    spacing.interact_size = Vec2::splat(tokens.size.control);
    spacing.window_margin = Margin::same(space.xl as i8);
    spacing.menu_margin = Margin::same(space.s as i8);
    spacing.icon_width = tokens.size.icon;
    spacing.icon_width_inner = tokens.size.icon * 0.6;
    spacing.icon_spacing = space.s;
    spacing.tooltip_width = tokens.size.form * 0.7;
    spacing.text_edit_width = tokens.size.form;
    spacing.scroll = scroll(tokens);
    style.interaction.selectable_labels = false;
    style
}

/// Scroll bars that can always be seen, slim until they are wanted.
fn scroll(tokens: &Tokens) -> ScrollStyle {
    ScrollStyle {
        bar_width: tokens.space.s,
        floating_width: tokens.space.xs,
        foreground_color: true,
        handle_min_length: tokens.space.xl,
        dormant_background_opacity: 0.0,
        active_background_opacity: 0.0,
        interact_background_opacity: 0.0,
        dormant_handle_opacity: 0.35,
        active_handle_opacity: 0.5,
        interact_handle_opacity: 0.7,
        ..ScrollStyle::thin()
    }
}

fn visuals(tokens: &Tokens) -> Visuals {
    let c = &tokens.color;
    let base = if tokens.dark {
        Visuals::dark()
    } else {
        Visuals::light()
    };
    let cursor = Stroke::new(tokens.size.focus, c.accent);
    let radius = CornerRadius::same(tokens.radius.m);
    let mut visuals = Visuals {
        widgets: widgets(tokens),
        selection: Selection {
            bg_fill: c.selection,
            stroke: Stroke::new(tokens.size.focus, c.accent),
        },
        weak_text_color: Some(c.muted),
        hyperlink_color: c.accent,
        faint_bg_color: c.shade,
        extreme_bg_color: c.surface,
        text_edit_bg_color: Some(c.surface),
        code_bg_color: c.shade,
        warn_fg_color: c.warn,
        error_fg_color: c.bad,
        window_corner_radius: CornerRadius::same(tokens.radius.l),
        window_fill: c.surface,
        window_stroke: Stroke::new(tokens.size.line, c.line),
        window_shadow: shadow(tokens, 8),
        popup_shadow: shadow(tokens, 4),
        menu_corner_radius: radius,
        panel_fill: c.paper,
        disabled_alpha: 0.55,
        button_frame: true,
        interact_cursor: Some(egui::CursorIcon::PointingHand),
        ..base
    };
    visuals.text_cursor.stroke = cursor;
    visuals.ime_composition.active_underline_stroke = cursor;
    visuals
}

fn shadow(tokens: &Tokens, fall: i8) -> Shadow {
    Shadow {
        offset: [0, fall],
        blur: fall.unsigned_abs() * 3,
        spread: 0,
        color: Color32::from_black_alpha(if tokens.dark { 110 } else { 34 }),
    }
}

fn widgets(tokens: &Tokens) -> Widgets {
    let c = &tokens.color;
    let hairline = tokens.size.line;
    let plain = |fill: Color32, stroke: Stroke, ink: Color32| WidgetVisuals {
        bg_fill: fill,
        weak_bg_fill: fill,
        bg_stroke: stroke,
        corner_radius: CornerRadius::same(tokens.radius.m),
        fg_stroke: Stroke::new(hairline * 1.5, ink),
        expansion: 0.0,
    };
    let edge = Stroke::new(hairline, c.edge);
    Widgets {
        noninteractive: plain(c.paper, Stroke::new(hairline, c.line), c.ink),
        inactive: plain(c.surface, edge, c.ink),
        hovered: plain(c.hover, edge, c.ink),
        active: plain(c.hover, Stroke::new(tokens.size.focus, c.accent), c.ink),
        open: plain(c.hover, edge, c.ink),
    }
}
