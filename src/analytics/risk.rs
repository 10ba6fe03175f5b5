//! Volatility and drawdown of one series over a span of closes. Takes bars,
//! never a clock; a span comes from [`crate::analytics::returns::span`].

use jiff::civil::{Date, Weekday};

use crate::analytics::reason::Reason;
use crate::analytics::returns::simple_returns;
use crate::model::series::Bar;

/// A median gap of more days than this means that closes are weekly.
const WEEKLY_GAP_DAYS: f64 = 4.0;
/// A median gap of more days than this means that closes are monthly.
const MONTHLY_GAP_DAYS: f64 = 20.0;

/// How often a series is observed, which is what annualising rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Frequency {
    /// Every day of the year, as Bitcoin trades.
    EveryDay,
    /// The days an exchange is open.
    ExchangeDays,
    /// About once a week.
    Weekly,
    /// About once a month.
    Monthly,
}

impl Frequency {
    /// Observations a year: 365, 252, 52 or 12.
    pub fn per_year(self) -> f64 {
        match self {
            Self::EveryDay => 365.0,
            Self::ExchangeDays => 252.0,
            Self::Weekly => 52.0,
            Self::Monthly => 12.0,
        }
    }

    /// How often `span` is observed, being a part of `series`.
    ///
    /// Weekly and monthly are read off the median gap of the span. Whether an
    /// instrument trades on weekends is a property of the instrument, so that
    /// is judged on the whole series: five days of Bitcoin need not hold a
    /// Sunday. `None` for fewer than two bars.
    pub fn of(series: &[Bar], span: &[Bar]) -> Option<Self> {
        let gap = median(gaps(span).collect())?;
        Some(if gap > MONTHLY_GAP_DAYS {
            Self::Monthly
        } else if gap > WEEKLY_GAP_DAYS {
            Self::Weekly
        } else if trades_on_weekends(series) {
            Self::EveryDay
        } else {
            Self::ExchangeDays
        })
    }
}

/// Sample standard deviation of the simple returns of `span` × √(observations
/// a year), as a fraction. `series` is the whole of which `span` is a part
/// (see [`Frequency::of`]). Takes two returns.
pub fn volatility_annualised(series: &[Bar], span: &[Bar]) -> Result<f64, Reason> {
    let returns = simple_returns(span);
    let have = returns.len();
    let (Some(deviation), Some(frequency)) =
        (sample_deviation(&returns), Frequency::of(series, span))
    else {
        return Err(Reason::TooFew { have, need: 2 });
    };
    Ok(deviation * frequency.per_year().sqrt())
}

/// The deepest fall from a high, on closes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Drawdown {
    /// Close at the trough over close at the peak, less 1: between −1 and 0.
    pub value: f64,
    /// The day of the high; of equal highs the latest.
    pub peak_day: Date,
    /// The day of the low; of equal lows the first. It is the peak's own day
    /// if the closes never fell.
    pub trough_day: Date,
    /// The first day after the trough with a close at or above the high, if
    /// there was one within the span.
    pub recovery_day: Option<Date>,
}

/// The deepest fall from a previous high within `bars`. Takes two closes.
pub fn max_drawdown(bars: &[Bar]) -> Result<Drawdown, Reason> {
    let [first, _, ..] = bars else {
        return Err(Reason::TooFew { have: 0, need: 1 });
    };
    let mut peak = first;
    let (mut worst_peak, mut worst_trough, mut worst) = (first, first, 0.0);
    for bar in bars {
        if bar.close >= peak.close {
            peak = bar;
        }
        let fall = bar.close / peak.close - 1.0;
        if fall < worst {
            (worst_peak, worst_trough, worst) = (peak, bar, fall);
        }
    }
    let recovery_day = bars
        .iter()
        .find(|bar| bar.day > worst_trough.day && bar.close >= worst_peak.close)
        .map(|bar| bar.day)
        .filter(|_| worst < 0.0);
    Ok(Drawdown {
        value: worst,
        peak_day: worst_peak.day,
        trough_day: worst_trough.day,
        recovery_day,
    })
}

/// Sample standard deviation, in two passes so that a large mean costs no
/// digits. `None` for fewer than two values.
pub fn sample_deviation(values: &[f64]) -> Option<f64> {
    if values.len() < 2 {
        return None;
    }
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let squares: f64 = values.iter().map(|v| (v - mean).powi(2)).sum();
    Some((squares / (n - 1.0)).sqrt())
}

/// Whether at least one in seven of the closes that follow another within a
/// few days falls on a weekend (for Bitcoin it is two in seven). One stray
/// Saturday row does not turn a stock into a coin, and a weekly close stated
/// on Sundays says nothing about trading.
fn trades_on_weekends(series: &[Bar]) -> bool {
    let (mut daily, mut weekend) = (0_usize, 0_usize);
    for (bar, gap) in series.iter().skip(1).zip(gaps(series)) {
        if gap <= WEEKLY_GAP_DAYS {
            daily += 1;
            let is_weekend = matches!(bar.day.weekday(), Weekday::Saturday | Weekday::Sunday);
            weekend += usize::from(is_weekend);
        }
    }
    weekend > 0 && weekend * 7 >= daily
}

/// Days between each bar and the next.
fn gaps(bars: &[Bar]) -> impl Iterator<Item = f64> {
    let days = bars.iter().zip(bars.iter().skip(1));
    days.map(|(a, b)| (b.day.duration_since(a.day).as_hours() / 24) as f64)
}

fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    let upper = *values.get(values.len() / 2)?;
    if values.len() % 2 == 1 {
        return Some(upper);
    }
    let lower = *values.get(values.len() / 2 - 1)?;
    Some(f64::midpoint(lower, upper))
}
