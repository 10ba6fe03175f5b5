//! Maturities of the instruments shown as bars by year. The sums are
//! `analytics`'; here they become text.

use egui::Ui;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use crate::analytics::debt::Maturities;
use crate::model::{Day, Debt};
use crate::ui::theme;
use crate::ui::widget::{YearBar, caption, year_bars};
use crate::ui::{Cx, format};

/// Height of the bars with their labels.
const HEIGHT: f32 = 108.0;
/// The least height for the bars and what stands below them.
const LOWEST: f32 = 240.0;
/// So many years without a maturity are drawn as such.
const LONGEST_GAP: i16 = 2;
const BILLION: Decimal = Decimal::from_parts(1_000_000_000, 0, 0, false, 0);

/// Bars, ready to be painted.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bars {
    title: String,
    bars: Vec<Bar>,
}

/// A bar: label below, label above, length.
#[derive(Clone, Debug, PartialEq)]
struct Bar(String, String, f32);

impl Bars {
    /// Bars of these instruments; those not outstanding are left out. A year
    /// or two without a maturity keep their place, a longer gap is "…".
    pub fn of(debts: &[&Debt], as_of: Day) -> Self {
        let maturities = Maturities::of(debts.iter().copied(), as_of);
        let mut bars = Vec::new();
        let mut before = None;
        for (year, owed) in &maturities.by_year {
            let gap = before.map_or(0, |before: i16| year - before - 1);
            if gap > LONGEST_GAP {
                bars.push(bar("…".to_owned(), None));
            } else {
                bars.extend((year - gap..*year).map(|year| bar(year.to_string(), None)));
            }
            bars.push(bar(year.to_string(), Some(*owed)));
            before = Some(*year);
        }
        if !maturities.not_stated_usd.is_zero() {
            bars.push(bar(
                "not stated".to_owned(),
                Some(maturities.not_stated_usd),
            ));
        }
        let count = format::count(
            maturities.instruments,
            "outstanding instrument",
            "outstanding instruments",
        );
        let sum = format::money_compact(maturities.total_usd());
        let without = match maturities.without_amount {
            0 => String::new(),
            lacking => format!(", {lacking} more without an amount in USD"),
        };
        Self {
            title: format!("Due by year, bn USD: {count}, {sum} in all{without}"),
            bars,
        }
    }

    /// The bars as text, for snapshots: a title and a line a bar.
    pub fn to_text(&self) -> String {
        let bars = self.bars.iter().map(|bar| format!("{}\t{}", bar.0, bar.1));
        std::iter::once(self.title.clone())
            .chain(bars)
            .collect::<Vec<_>>()
            .join("\n")
    }

    /// Shows the bars; none if nothing is owed, or no room would be left for
    /// the instruments.
    pub fn show(&self, ui: &mut Ui, cx: &Cx<'_>, colour: egui::Color32) {
        if self.bars.is_empty() || ui.available_height() < LOWEST {
            return;
        }
        caption(ui, &cx.tokens, &self.title);
        ui.add_space(theme::HALF);
        let bars: Vec<_> = self
            .bars
            .iter()
            .map(|Bar(year, value, size)| YearBar {
                year,
                value,
                size: *size,
            })
            .collect();
        year_bars(ui, &cx.tokens, HEIGHT, colour, &bars);
    }
}

fn bar(year: String, owed: Option<Decimal>) -> Bar {
    let Some(owed) = owed else {
        return Bar(year, String::new(), 0.0);
    };
    let billions = owed / BILLION;
    let text = if billions.round_dp(1).is_zero() {
        "< 0.1".to_owned()
    } else {
        format::decimal_places(billions, 1)
    };
    Bar(year, text, owed.to_f32().unwrap_or(0.0))
}
