//! A new instrument: symbol, name, kind and currency. Its id and its record are
//! made by the app.

use egui::{ComboBox, Context, Ui};

use super::{Pressed, buttons, modal};
use crate::closed_set;
use crate::model::instrument::InstrumentKind;
use crate::model::{Book, Currency};
use crate::ui::theme;
use crate::ui::widget::{FieldRow, Tone, caption, heading};
use crate::ui::{Action, Cx};

/// Longest symbol taken.
const LONGEST: usize = 32;

closed_set! {
    /// A field of the dialog.
    Field {
        /// Canonical symbol.
        Symbol = "symbol", "Symbol";
        /// Name as a list shows it.
        Name = "name", "Name";
        /// Currency of its prices.
        Currency = "currency", "Currency";
    }
}

/// The instrument being typed.
pub struct AddInstrument {
    /// Symbol as typed.
    pub symbol: String,
    /// Name as typed.
    pub name: String,
    /// What it is.
    pub kind: InstrumentKind,
    /// Currency as typed.
    pub currency: String,
    /// The user chose the kind: it no longer follows the symbol.
    kind_chosen: bool,
    submitted: bool,
    opened: bool,
}

impl Default for AddInstrument {
    fn default() -> Self {
        Self {
            symbol: String::new(),
            name: String::new(),
            kind: InstrumentKind::Stock,
            currency: Currency::USD.to_string(),
            kind_chosen: false,
            submitted: false,
            opened: false,
        }
    }
}

impl AddInstrument {
    /// The action that adds it, or the fields that are wrong and why.
    pub fn action(&self, book: &Book) -> Result<Action, Vec<(Field, String)>> {
        let symbol = symbol(&self.symbol, book);
        let name = match self.name.trim() {
            "" => Err("Type its name, such as IREN Limited".to_owned()),
            name => Ok(name.to_owned()),
        };
        let code = self.currency.trim().to_uppercase();
        let currency: Result<Currency, _> = code.parse();
        let currency = currency.map_err(|error| error.to_string());
        match (symbol, name, currency) {
            (Ok(symbol), Ok(name), Ok(currency)) => Ok(Action::AddInstrument {
                symbol,
                name,
                kind: self.kind,
                currency,
            }),
            (symbol, name, currency) => Err([
                (Field::Symbol, symbol.err()),
                (Field::Name, name.err()),
                (Field::Currency, currency.err()),
            ]
            .into_iter()
            .filter_map(|(field, error)| Some((field, error?)))
            .collect()),
        }
    }

    /// Takes kind and currency from a symbol that tells them: `ETH-USD` is a coin
    /// in dollars, `EURGBP=X` a currency in pounds.
    pub fn follow_symbol(&mut self) {
        let symbol = self.symbol.trim().to_uppercase();
        let told = told_by(&symbol);
        if !self.kind_chosen {
            self.kind = told.map_or(InstrumentKind::Stock, |(kind, _)| kind);
        }
        if let Some((_, currency)) = told {
            currency.clone_into(&mut self.currency);
        }
    }

    fn text_mut(&mut self, field: Field) -> &mut String {
        match field {
            Field::Symbol => &mut self.symbol,
            Field::Name => &mut self.name,
            Field::Currency => &mut self.currency,
        }
    }
}

/// Kind and currency that a symbol tells by its form, if it does.
fn told_by(symbol: &str) -> Option<(InstrumentKind, &str)> {
    let (kind, currency) = if let Some(pair) = symbol.strip_suffix("=X") {
        (InstrumentKind::Fx, pair.get(3..)?)
    } else if let Some((_, currency)) = symbol.split_once('-') {
        // A class of a share, as in BRK-B, is no currency.
        (InstrumentKind::Crypto, currency)
    } else {
        return symbol
            .starts_with('^')
            .then_some((InstrumentKind::Index, "USD"));
    };
    let is_code = currency.len() == 3 && currency.chars().all(|one| one.is_ascii_uppercase());
    is_code.then_some((kind, currency))
}

/// The canonical symbol of a typed one: capital letters, new to the book.
fn symbol(text: &str, book: &Book) -> Result<String, String> {
    let symbol = text.trim().to_uppercase();
    let plain = |letter: char| letter.is_ascii_alphanumeric() || ".-=^/".contains(letter);
    if symbol.is_empty() {
        return Err("Type its symbol, such as IREN, BTC-USD or EURUSD=X".to_owned());
    }
    if symbol.len() > LONGEST || !symbol.chars().all(plain) {
        return Err(format!(
            "“{symbol}” is no symbol: letters, digits and . - = ^ /"
        ));
    }
    match book.instrument_by_symbol(&symbol) {
        Some(known) if known.symbol == symbol => Err(format!("{symbol} is in the book already")),
        Some(known) => Err(format!("{symbol} is a former symbol of {}", known.symbol)),
        None => Ok(symbol),
    }
}

/// Shows the dialog.
pub fn show(ctx: &Context, cx: &Cx<'_>, dialog: &mut AddInstrument) {
    let mut pressed = None;
    let action = dialog.action(cx.book);
    let modal = modal(ctx, "Add an instrument", 440.0, |ui| {
        heading(ui, &cx.tokens, "Add an instrument");
        caption(
            ui,
            &cx.tokens,
            "A share, fund, coin or currency whose prices you want",
        );
        ui.add_space(theme::GRID);
        let errors = action.as_ref().err().map_or(&[][..], Vec::as_slice);
        let enter = fields(ui, cx, dialog, errors);
        let busy = cx.status.saving.then_some("Saving…");
        let why = cx.status.read_only.as_deref().or(busy).unwrap_or_default();
        pressed = buttons(ui, cx, "Add", why.is_empty(), why, false);
        if enter && why.is_empty() {
            pressed = Some(Pressed::Primary);
        }
    });
    match pressed {
        Some(Pressed::Primary) => match action {
            Ok(action) => {
                cx.act(Action::CloseDialog);
                cx.act(action);
            }
            Err(_) => dialog.submitted = true,
        },
        Some(Pressed::Cancel) => cx.act(Action::CloseDialog),
        None if modal.should_close() => cx.act(Action::CloseDialog),
        None => {}
    }
}

/// The fields; true if Enter was pressed in one.
fn fields(
    ui: &mut Ui,
    cx: &Cx<'_>,
    dialog: &mut AddInstrument,
    errors: &[(Field, String)],
) -> bool {
    ui.spacing_mut().item_spacing.y = 0.0;
    let first = !std::mem::replace(&mut dialog.opened, true);
    let mut left = false;
    for field in [Field::Symbol, Field::Name, Field::Currency] {
        if field == Field::Currency {
            kind(ui, cx, dialog);
        }
        let hint = match field {
            Field::Symbol => "IREN",
            Field::Name => "IREN Limited",
            Field::Currency => "USD",
        };
        let tried = dialog.submitted;
        let text = dialog.text_mut(field);
        // Nothing is wrong before something is typed.
        let shown = tried || !text.trim().is_empty();
        let error = errors.iter().find(|(of, _)| *of == field && shown);
        let row = FieldRow {
            hint,
            message: error.map(|(_, error)| (Tone::Error, error.as_str())),
            ..FieldRow::new(field.label())
        };
        let response = ui
            .push_id(field.code(), |ui| row.show(ui, &cx.tokens, text))
            .inner;
        if first && field == Field::Symbol {
            response.request_focus();
        }
        if field == Field::Symbol && response.changed() {
            dialog.follow_symbol();
        }
        left |= response.lost_focus();
    }
    ui.add_space(theme::GRID);
    left && ui.input(|input| input.key_pressed(egui::Key::Enter))
}

fn kind(ui: &mut Ui, cx: &Cx<'_>, dialog: &mut AddInstrument) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        let size = egui::vec2(theme::FIELD_LABEL, theme::CONTROL);
        let across = egui::Layout::left_to_right(egui::Align::Center);
        let label = ui.allocate_ui_with_layout(size, across, |ui| {
            ui.set_min_width(theme::FIELD_LABEL);
            ui.colored_label(cx.tokens.text2, "Kind")
        });
        let combo = ComboBox::from_id_salt("kind")
            .selected_text(dialog.kind.label())
            .width(theme::FIELD)
            .show_ui(ui, |ui| {
                for kind in InstrumentKind::ALL {
                    let choice = ui.selectable_value(&mut dialog.kind, *kind, kind.label());
                    dialog.kind_chosen |= choice.clicked();
                }
            });
        let shown = format!("Kind: {}", dialog.kind.label());
        combo
            .response
            .labelled_by(label.inner.id)
            .widget_info(|| egui::WidgetInfo::labeled(egui::Role::ComboBox, true, &shown));
    });
    ui.add_space(theme::MESSAGE);
}
