//! The measures of a company as report values, by their codes, for the reports
//! of the watchlist and of a company. What they are is `analytics::measure`.

use super::Live;
use crate::analytics::Answer;
use crate::analytics::measure::{Facts, Measure, MeasureUnit};
use crate::cli::json::{Row, Value};
use crate::cli::text;
use crate::model::Hedge;
use rust_decimal::{Decimal, prelude::ToPrimitive as _};

/// The measures that stand in a row of the watchlist under other keys, or were
/// there before there were measures.
const TOLD: [Measure; 8] = [
    Measure::Close,
    Measure::Return1d,
    Measure::ReturnYtd,
    Measure::ExcessYtd,
    Measure::Backlog,
    Measure::BacklogToDebt,
    Measure::AiRevenueShare,
    Measure::Debt,
];

/// Adds all other measures by their codes, with their remarks or reasons.
pub(super) fn put(row: &mut Row, facts: Facts<'_>, live: &Live) {
    let all = Measure::ALL.iter().copied();
    for measure in all.filter(|measure| !TOLD.contains(measure)) {
        let Some(answer) = measure.exact(facts) else {
            continue;
        };
        row.answer(measure.code(), &answer, |of| value(measure.unit(), *of));
        let own = facts.row.symbol.as_deref().unwrap_or_default();
        if let Some(told) = live.remark(&answer, own) {
            row.note(measure.code(), told);
        }
    }
}

/// A value as JSON: money and shares to cents, loads and coins exact, the rest
/// as a number.
pub(super) fn value(unit: MeasureUnit, of: Decimal) -> Value {
    match unit {
        MeasureUnit::Usd | MeasureUnit::UsdPerMw | MeasureUnit::Shares => Value::cents(of),
        MeasureUnit::Megawatts | MeasureUnit::Btc => Value::exact(of),
        MeasureUnit::Price
        | MeasureUnit::Change
        | MeasureUnit::Points
        | MeasureUnit::Fraction
        | MeasureUnit::Multiple
        | MeasureUnit::Index => Value::ratio(of),
    }
}

/// How firmly measures hold, by code, where they are not exact.
pub(super) fn hedges(facts: Facts<'_>) -> Vec<(&'static str, Hedge)> {
    let all = Measure::ALL.iter().filter_map(|measure| {
        let stated = measure.of(facts).ok()?;
        Some((measure.code(), stated.hedge))
    });
    all.filter(|(_, hedge)| *hedge != Hedge::Exact).collect()
}

/// A value as text with its hedge, or a dash: "> 9,800.0".
pub(super) fn shown(unit: MeasureUnit, answer: &Answer<Decimal>) -> String {
    let Ok(stated) = answer else {
        return text::UNKNOWN.to_owned();
    };
    let of = stated.value;
    let shown = match unit {
        MeasureUnit::Usd | MeasureUnit::UsdPerMw | MeasureUnit::Shares => text::millions(of),
        MeasureUnit::Megawatts | MeasureUnit::Btc => text::decimal(of.round_dp(2)),
        MeasureUnit::Change | MeasureUnit::Points | MeasureUnit::Fraction => {
            let percent = of.to_f64().map(|of| text::float(of * 100.0, 1));
            text::known(percent, |percent| format!("{percent}%"))
        }
        MeasureUnit::Price | MeasureUnit::Multiple => text::places(of, 2),
        MeasureUnit::Index => text::places(of, 0),
    };
    text::hedged(stated.hedge, &shown)
}

/// What a shown value counts.
pub(super) const fn unit(unit: MeasureUnit) -> &'static str {
    match unit {
        MeasureUnit::Usd => "$m",
        MeasureUnit::UsdPerMw => "$m/MW",
        MeasureUnit::Shares => "m",
        MeasureUnit::Megawatts => "MW",
        MeasureUnit::Btc => "BTC",
        MeasureUnit::Change | MeasureUnit::Points | MeasureUnit::Fraction => "",
        MeasureUnit::Price | MeasureUnit::Multiple => "x",
        MeasureUnit::Index => "of 10,000",
    }
}
