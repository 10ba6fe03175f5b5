//! The small marks on a share's line, as widgets over the chart: each has a
//! name, opens its record, and lists what it gathers.

use egui::{
    Align2, Color32, Painter, Pos2, Rect, Role, Sense, Shape, Stroke, Ui, WidgetInfo, pos2, vec2,
};

use crate::ui::theme::{self, Tokens, Weight};
use crate::ui::widget::{caption, focus_ring};
use crate::ui::{Action, Cx};

use super::events::{Cluster, Event, Glyph};

/// Half the size of a mark.
const HALF: f32 = 4.5;

/// Shows the marks; `colour` is the company's.
pub fn show(ui: &mut Ui, cx: &Cx<'_>, events: &[Event], clusters: &[Cluster], colour: Color32) {
    for cluster in clusters {
        let members: Vec<&Event> = cluster
            .members
            .iter()
            .filter_map(|index| events.get(*index))
            .collect();
        let Some(first) = members.first() else {
            continue;
        };
        let centre = pos2(cluster.at.0, cluster.at.1);
        let rect = Rect::from_center_size(centre, vec2(2.0 * HALF + 5.0, 2.0 * HALF + 5.0));
        let id = ui.make_persistent_id(("mark", first.record));
        let response = ui.interact(rect, id, Sense::click());
        response.widget_info(|| {
            let texts: Vec<_> = members.iter().map(|event| event.text.as_str()).collect();
            WidgetInfo::labeled(Role::Button, true, texts.join("; "))
        });
        let edge = if response.hovered() {
            cx.tokens.lifted(colour)
        } else {
            colour
        };
        match members.as_slice() {
            [event] => paint(ui.painter(), &cx.tokens, centre, event.glyph, edge),
            many => count(ui.painter(), &cx.tokens, centre, many.len(), edge),
        }
        focus_ring(ui, &cx.tokens, &response, rect, theme::RADIUS);
        let response = response.on_hover_ui(|ui| {
            ui.set_max_width(420.0);
            for event in &members {
                ui.label(&event.text);
            }
            let hint = match members.len() {
                1 => "Click to edit",
                _ => "Click to pick one",
            };
            caption(ui, &cx.tokens, hint);
        });
        if let [event] = members.as_slice() {
            if response.clicked() {
                cx.act(Action::Edit(event.record));
            }
        } else {
            egui::Popup::menu(&response).show(|ui| {
                for event in &members {
                    if ui.button(&event.text).clicked() {
                        cx.act(Action::Edit(event.record));
                        ui.close();
                    }
                }
            });
        }
    }
}

/// Paints one mark: a ring is a deal, a diamond a debt, a triangle coins bought
/// (up) or sold (down).
pub fn paint(painter: &Painter, tokens: &Tokens, at: Pos2, glyph: Glyph, colour: Color32) {
    let stroke = Stroke::new(1.5, colour);
    let shape = |points: Vec<Pos2>, stroke| Shape::convex_polygon(points, tokens.bg, stroke);
    let offset = |x: f32, y: f32| at + vec2(x * HALF, y * HALF);
    match glyph {
        Glyph::Deal => {
            painter.circle(at, HALF, tokens.bg, stroke);
        }
        Glyph::Debt => {
            let corners = [(0.0, -1.2), (1.2, 0.0), (0.0, 1.2), (-1.2, 0.0)];
            let points = corners.map(|(x, y)| offset(x, y)).to_vec();
            painter.add(shape(points, stroke));
        }
        Glyph::Bought | Glyph::Sold => {
            let up = if glyph == Glyph::Bought { 1.0 } else { -1.0 };
            let corners = [(0.0, -1.1 * up), (1.1, 0.9 * up), (-1.1, 0.9 * up)];
            let points = corners.map(|(x, y)| offset(x, y)).to_vec();
            painter.add(shape(points, Stroke::new(1.5, tokens.btc)));
        }
    }
}

/// Paints how many marks stand there.
fn count(painter: &Painter, tokens: &Tokens, at: Pos2, count: usize, colour: Color32) {
    painter.circle(at, HALF + 2.5, tokens.bg, Stroke::new(1.5, colour));
    let font = theme::font(theme::CAPTION, Weight::SemiBold);
    let text = if count > 9 {
        "9+".to_owned()
    } else {
        count.to_string()
    };
    painter.text(at, Align2::CENTER_CENTER, text, font, tokens.text1);
}

/// What the marks mean, in a line: each mark and its word.
pub fn legend(ui: &mut Ui, tokens: &Tokens, colour: Color32) {
    for (glyph, word) in [
        (Glyph::Deal, "deal"),
        (Glyph::Debt, "debt issued"),
        (Glyph::Bought, "BTC bought"),
        (Glyph::Sold, "sold"),
    ] {
        let (rect, _) = ui.allocate_exact_size(vec2(12.0, 14.0), Sense::hover());
        paint(ui.painter(), tokens, rect.center(), glyph, colour);
        caption(ui, tokens, word);
    }
}
