//! The shared widgets: names for screen readers, mouse and keyboard, and a
//! gallery of all of them, left as pictures in the target directory.

use egui::{Color32, Key, Role, Ui, vec2};
use egui_kittest::kittest::Queryable as _;
use gigawatch::analytics::staleness::Limits;
use gigawatch::raster::render;
use gigawatch::ui::icon::{app_icon, bolt};
use gigawatch::ui::theme::{
    GUTTER, PANE_ROW, ROW, Scheme, Tokens, Weight, font, known_symbols, series_colour,
};
use gigawatch::ui::widget::{
    FieldRow, Tone, YearBar, big, caption, chip, hairline, hairline_below, heading, link, mark,
    primary_button, secondary, section, year_bars,
};

use crate::support::{dress, harness};

#[derive(Default)]
struct Form {
    value: String,
    counterparty: String,
    clicks: Vec<&'static str>,
    square_on: bool,
}

const BARS: [YearBar<'_>; 5] = [
    YearBar {
        year: "2029",
        value: "0.4",
        size: 0.4,
    },
    YearBar {
        year: "2030",
        value: "1.0",
        size: 1.0,
    },
    YearBar {
        year: "2031",
        value: "1.0",
        size: 1.0,
    },
    YearBar {
        year: "2032",
        value: "1.1",
        size: 1.1,
    },
    YearBar {
        year: "2033",
        value: "3.1",
        size: 3.1,
    },
];

fn brand_and_chips(ui: &mut Ui, tokens: &Tokens, form: &mut Form) {
    ui.horizontal(|ui| {
        let (rect, _) = ui.allocate_exact_size(vec2(16.0, 24.0), egui::Sense::hover());
        bolt(ui.painter(), rect, tokens.btc);
        heading(ui, tokens, "Gigawatch");
        ui.spacing_mut().item_spacing.x = 0.0;
        ui.add_space(GUTTER);
        for (text, selected) in [("1M", false), ("YTD", true), ("Max", false), ("Log", false)] {
            if chip(ui, tokens, text, selected).clicked() {
                form.clicks.push(text);
            }
        }
    });
}

fn table(ui: &mut Ui, tokens: &Tokens, form: &mut Form) {
    ui.spacing_mut().item_spacing.y = 0.0;
    hairline(ui, tokens);
    let names = known_symbols().chain(["BTC-USD"]);
    for (index, symbol) in names.enumerate() {
        let row = ui.horizontal(|ui| {
            ui.set_height(ROW);
            let colour = series_colour(symbol, tokens.dark);
            let on = if index == 0 {
                form.square_on
            } else {
                index % 4 != 3
            };
            let name = format!("Show {symbol} in the chart");
            let (at, _) = ui.allocate_exact_size(vec2(ROW, ROW), egui::Sense::hover());
            let id = ui.make_persistent_id(&name);
            let square = mark::square(ui, at, id, on, colour, &name, tokens);
            if square.clicked() && index == 0 {
                form.square_on = !form.square_on;
            }
            let text = egui::RichText::new(symbol).font(font(13.0, Weight::SemiBold));
            ui.allocate_ui(vec2(70.0, ROW), |ui| {
                ui.set_min_width(70.0);
                ui.label(text);
            });
            let values: Vec<f32> = (0..40u8)
                .map(|x| (f32::from(x) * 0.2 + index as f32).sin() + f32::from(x) * 0.04)
                .collect();
            let (at, _) = ui.allocate_exact_size(vec2(64.0, 20.0), egui::Sense::hover());
            mark::spark(ui.painter(), at, &values, colour);
            ui.colored_label(tokens.gain, "+83\u{202F}%");
            ui.colored_label(tokens.loss, "−7\u{202F}%");
            ui.colored_label(tokens.as_text(colour), symbol);
            let (at, _) = ui.allocate_exact_size(vec2(16.0, 16.0), egui::Sense::hover());
            let days = [Some(10), Some(150), Some(400), None][index % 4];
            mark::dot(ui.painter(), at.center(), days, Limits::QUARTERLY, tokens);
            let (at, _) = ui.allocate_exact_size(vec2(16.0, 16.0), egui::Sense::hover());
            let sign = [mark::Sign::Live, mark::Sign::Late, mark::Sign::Asks][index % 3];
            mark::sign(ui.painter(), at.center(), sign, tokens);
        });
        hairline_below(ui, tokens, row.response.rect);
    }
}

fn pane(ui: &mut Ui, tokens: &Tokens, form: &mut Form) {
    big(ui, tokens, "35.19");
    secondary(ui, tokens, "USD · 9 Oct");
    ui.allocate_ui(vec2(ui.available_width(), PANE_ROW), |ui| {
        caption(ui, tokens, "Weekly starter prices to 9 Oct 2026");
    });
    if section(ui, tokens, "Deals", Some("New deal…")).is_some_and(|r| r.clicked()) {
        form.clicks.push("New deal");
    }
    section(ui, tokens, "Debt by maturity", None);
    let colour = series_colour("IREN", tokens.dark);
    year_bars(ui, tokens, 110.0, colour, &BARS);
    if link(ui, tokens, "Compare").clicked() {
        form.clicks.push("Compare");
    }
}

fn fields(ui: &mut Ui, tokens: &Tokens, form: &mut Form) {
    ui.spacing_mut().item_spacing.y = 2.0;
    FieldRow {
        label: "Base contract value",
        unit: "USD",
        hint: "9.8b",
        message: Some((Tone::Hint, "= 9,800,000,000 USD")),
    }
    .show(ui, tokens, &mut form.value);
    FieldRow {
        hint: "Who signed",
        message: Some((Tone::Error, "The counterparty is missing. Type who signed.")),
        ..FieldRow::new("Counterparty")
    }
    .show(ui, tokens, &mut form.counterparty);
    FieldRow {
        unit: "MW",
        message: Some((
            Tone::Warn,
            "Outside the usual range for leases: is this gross power?",
        )),
        ..FieldRow::new("Critical IT load")
    }
    .show(ui, tokens, &mut "352".to_owned());
    ui.add_space(8.0);
    ui.horizontal_wrapped(|ui| {
        if primary_button(ui, tokens, "Save").clicked() {
            form.clicks.push("Save");
        }
        ui.add(egui::Button::new("Save and new"));
        ui.add_enabled_ui(false, |ui| {
            ui.add(egui::Button::new("Delete"));
            primary_button(ui, tokens, "Import");
            chip(ui, tokens, "3Y", false);
        });
        egui::ComboBox::from_id_salt("kind")
            .selected_text("Colocation")
            .show_ui(ui, |_| {})
            .response
            .accessible_name("Kind");
        ui.checkbox(&mut true, "Joint venture");
        ui.checkbox(&mut false, "Undisclosed");
    });
}

fn scrolled(ui: &mut Ui, tokens: &Tokens) {
    egui::ScrollArea::vertical()
        .id_salt("notes")
        .max_height(70.0)
        .auto_shrink([false, true])
        .show(ui, |ui| {
            for line in 1..9 {
                secondary(ui, tokens, &format!("Note {line}"));
            }
        });
}

fn gallery(ui: &mut Ui, form: &mut Form) {
    let tokens = Tokens::of(ui.visuals().dark_mode, Scheme::GreenRed);
    egui::Frame::NONE.inner_margin(GUTTER).show(ui, |ui| {
        brand_and_chips(ui, &tokens, form);
        ui.columns(2, |columns| {
            let [left, right] = columns else { return };
            table(left, &tokens, form);
            pane(right, &tokens, form);
            right.add_space(GUTTER);
            fields(right, &tokens, form);
            scrolled(right, &tokens);
        });
    });
}

fn form() -> Form {
    Form {
        value: "9.8b".to_owned(),
        square_on: true,
        ..Form::default()
    }
}

#[test]
fn the_gallery_is_drawn_in_both_themes() {
    for (dark, name) in [(true, "gallery-dark.png"), (false, "gallery-light.png")] {
        let mut form = form();
        let picture = render(dress(dark), vec2(900.0, 680.0), 1.0, 3, |ui| {
            gallery(ui, &mut form);
        });
        let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        std::fs::write(path, picture.to_png().unwrap()).unwrap();
        let background = picture.rgba.first_chunk::<4>().copied().unwrap();
        let panel = Tokens::of(dark, Scheme::GreenRed).panel;
        assert_eq!(background, panel.to_array(), "{name}");
    }
}

#[test]
fn everything_is_reached_by_mouse() {
    let mut harness = harness(900.0, 680.0, true).build_ui_state(gallery, form());
    harness.run();
    for name in ["Max", "Save"] {
        harness.get_by_role_and_label(Role::Button, name).click();
        harness.run();
    }
    harness.get_by_role_and_label(Role::Link, "Compare").click();
    harness.run();
    harness
        .get_by_role_and_label(Role::CheckBox, "Show IREN in the chart")
        .click();
    harness.run();
    assert_eq!(harness.state().clicks, ["Max", "Save", "Compare"]);
    assert!(!harness.state().square_on);
    harness.get_by_label("2033: 3.1");
    harness.get_by_role_and_label(Role::TextInput, "Base contract value");
}

#[test]
fn everything_is_reached_by_keyboard() {
    let mut harness = harness(900.0, 680.0, false).build_ui_state(gallery, form());
    harness.run();
    harness.get_by_role_and_label(Role::Button, "1M").focus();
    harness.run();
    let plain = harness.render().unwrap();
    harness.key_press(Key::Tab);
    harness.key_press(Key::Tab);
    harness.run();
    harness.key_press(Key::Space);
    harness.run();
    assert_eq!(harness.state().clicks, ["Max"]);
    assert!(plain != harness.render().unwrap(), "the focus ring moved");
}

#[test]
fn a_field_keeps_its_height() {
    let mut harness = harness(500.0, 200.0, true).build_ui_state(
        |ui, (text, bottom): &mut (String, f32)| {
            let tokens = Tokens::of(true, Scheme::GreenRed);
            let message = match text.as_str() {
                "" => None,
                "9.8b" => Some((Tone::Hint, "= 9,800,000,000 USD")),
                _ => Some((Tone::Error, "“x” is not an amount. Type a number, as 9.8b.")),
            };
            FieldRow {
                message,
                ..FieldRow::new("Value")
            }
            .show(ui, &tokens, text);
            *bottom = ui.min_rect().bottom();
        },
        (String::new(), 0.0),
    );
    harness.run();
    let empty = harness.state().1;
    for text in ["9.8b", "x", ""] {
        harness.state_mut().0 = text.to_owned();
        harness.run();
        assert_eq!(harness.state().1, empty, "{text:?}");
    }
}

#[test]
fn the_icon_is_readable() {
    let icon = app_icon().unwrap();
    assert_eq!((icon.width, icon.height), (256, 256));
    let corner = icon.rgba.first_chunk::<4>().copied().unwrap();
    assert_eq!(corner, Color32::TRANSPARENT.to_array());
}
