//! The tokens as an egui style, for egui's own widgets. It decides no colour.

use egui::style::{ScrollStyle, Selection, WidgetVisuals, Widgets};
use egui::{Color32, CornerRadius, Margin, Shadow, Stroke, Style, TextStyle, Visuals, vec2};

use super::size::{CAPTION, CONTROL, FOCUS, GRID, GUTTER, HAIRLINE, HALF, HEADING, RADIUS, TEXT};
use super::{Tokens, Weight, font};

/// Turns `style` into the look of `tokens`.
pub(super) fn apply(style: &mut Style, tokens: &Tokens) {
    style.text_styles = [
        (TextStyle::Small, font(CAPTION, Weight::Regular)),
        (TextStyle::Body, font(TEXT, Weight::Regular)),
        (TextStyle::Button, font(TEXT, Weight::Regular)),
        (TextStyle::Heading, font(HEADING, Weight::SemiBold)),
        (
            TextStyle::Monospace,
            egui::FontId::new(TEXT, egui::FontFamily::Monospace),
        ),
    ]
    .into();
    spacing(&mut style.spacing);
    style.visuals = visuals(tokens);
    style.animation_time = 0.1;
    // Numbers are copied from menus; a selectable label would eat row clicks.
    style.interaction.selectable_labels = false;
    style.interaction.tooltip_delay = 0.35;
}

fn spacing(spacing: &mut egui::Spacing) {
    spacing.item_spacing = vec2(GRID, GRID);
    spacing.window_margin = Margin::same(GUTTER as i8);
    spacing.menu_margin = Margin::same(GRID as i8);
    spacing.button_padding = vec2(12.0, HALF);
    spacing.interact_size = vec2(CONTROL, CONTROL);
    spacing.indent = GUTTER;
    spacing.icon_width = GUTTER;
    spacing.icon_width_inner = 10.0;
    spacing.icon_spacing = GRID;
    spacing.combo_width = 120.0;
    spacing.text_edit_width = 240.0;
    spacing.tooltip_width = 360.0;
    spacing.scroll = scroll();
}

/// Thin bars that have their own room. egui calls them floating only because
/// solid ones take the colour that check boxes are filled with.
fn scroll() -> ScrollStyle {
    ScrollStyle {
        floating: true,
        foreground_color: true,
        bar_width: 6.0,
        floating_width: 6.0,
        floating_allocated_width: 10.0,
        bar_inner_margin: 2.0,
        bar_outer_margin: 2.0,
        handle_min_length: 24.0,
        dormant_background_opacity: 0.0,
        active_background_opacity: 0.0,
        interact_background_opacity: 0.0,
        dormant_handle_opacity: 0.2,
        active_handle_opacity: 0.3,
        interact_handle_opacity: 0.5,
        ..ScrollStyle::solid()
    }
}

fn visuals(tokens: &Tokens) -> Visuals {
    let base = if tokens.dark {
        Visuals::dark()
    } else {
        Visuals::light()
    };
    let mut text_cursor = base.text_cursor.clone();
    text_cursor.stroke = Stroke::new(FOCUS, tokens.accent);
    Visuals {
        dark_mode: tokens.dark,
        override_text_color: None,
        weak_text_color: Some(tokens.text3),
        widgets: widgets(tokens),
        selection: Selection {
            bg_fill: tokens.marked,
            stroke: Stroke::new(HAIRLINE, tokens.text1),
        },
        hyperlink_color: tokens.accent,
        faint_bg_color: tokens.hover,
        extreme_bg_color: tokens.bg,
        text_edit_bg_color: Some(tokens.bg),
        code_bg_color: tokens.hover,
        warn_fg_color: tokens.warn,
        error_fg_color: tokens.error,
        window_corner_radius: CornerRadius::same(RADIUS),
        window_shadow: shadow(tokens),
        window_fill: tokens.raised,
        window_stroke: Stroke::new(HAIRLINE, tokens.line),
        window_highlight_topmost: false,
        menu_corner_radius: CornerRadius::same(RADIUS),
        panel_fill: tokens.panel,
        popup_shadow: shadow(tokens),
        text_cursor,
        striped: false,
        indent_has_left_vline: false,
        slider_trailing_fill: true,
        ..base
    }
}

fn widgets(tokens: &Tokens) -> Widgets {
    Widgets {
        noninteractive: state(tokens.panel, tokens.panel, tokens.line, tokens.text1),
        inactive: state(tokens.raised, tokens.bg, tokens.line, tokens.text1),
        hovered: state(tokens.hover, tokens.hover, tokens.edge, tokens.text1),
        // egui draws what has the focus as active, so this is the focus ring too.
        active: state(
            tokens.selected,
            tokens.selected,
            tokens.accent,
            tokens.text1,
        ),
        open: state(tokens.hover, tokens.hover, tokens.edge, tokens.text1),
    }
}

fn state(button: Color32, mark: Color32, edge: Color32, text: Color32) -> WidgetVisuals {
    WidgetVisuals {
        weak_bg_fill: button,
        bg_fill: mark,
        bg_stroke: Stroke::new(HAIRLINE, edge),
        corner_radius: CornerRadius::same(RADIUS),
        fg_stroke: Stroke::new(HAIRLINE, text),
        expansion: 0.0,
    }
}

fn shadow(tokens: &Tokens) -> Shadow {
    Shadow {
        offset: [0, 4],
        blur: 12,
        spread: 0,
        color: tokens.shadow,
    }
}
