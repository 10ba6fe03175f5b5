//! Daily prices of one instrument, and of all. Prices are kept as `f64`
//! because they feed statistics and charts alone; nothing here is ever turned
//! back into money. No provider, no file format, no clock.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use jiff::civil::Date;
use thiserror::Error;

/// The prices of one day, in the instrument's currency.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bar {
    /// The exchange's day; for an instrument that never closes, the UTC day.
    pub day: Date,
    /// Split-adjusted close, finite and above zero.
    pub close: f64,
    /// Close adjusted for splits and dividends, finite and above zero.
    pub adjusted: Option<f64>,
    /// First price of the day.
    pub open: Option<f64>,
    /// Highest price of the day.
    pub high: Option<f64>,
    /// Lowest price of the day.
    pub low: Option<f64>,
    /// Units traded, as the provider counts them; never negative.
    pub volume: Option<f64>,
}

impl Bar {
    /// A day of which only the close is known.
    pub fn close(day: Date, close: f64) -> Self {
        Self {
            day,
            close,
            adjusted: None,
            open: None,
            high: None,
            low: None,
            volume: None,
        }
    }

    /// Whether its close is that of `finer` rounded to cents, which is all that
    /// some providers print, also of a share for 30 cents.
    pub fn is_rounded_from(&self, finer: &Self) -> bool {
        // Room for the last bits of a difference.
        const HALF_A_CENT: f64 = 0.005_000_000_1;
        let is_in_cents = |close: f64| ((close * 100.0).round() / 100.0 - close).abs() < 1e-9;
        is_in_cents(self.close)
            && !is_in_cents(finer.close)
            && (self.close - finer.close).abs() <= HALF_A_CENT
    }

    fn validated(self) -> Result<Self, SeriesError> {
        let refuse = |field, value, rule| {
            Err(SeriesError::Value {
                day: self.day,
                field,
                value,
                rule,
            })
        };
        let closes = [
            ("close", Some(self.close)),
            ("adjusted close", self.adjusted),
        ];
        for (field, value) in closes {
            if let Some(value) = value.filter(|v| !v.is_finite() || *v <= 0.0) {
                return refuse(field, value, "a finite number above zero");
            }
        }
        // Providers print an opening price of 0 on days without one, so these
        // three are held to less than the closes.
        let rest = [
            ("open", self.open),
            ("high", self.high),
            ("low", self.low),
            ("volume", self.volume),
        ];
        for (field, value) in rest {
            if let Some(value) = value.filter(|v| !v.is_finite() || *v < 0.0) {
                return refuse(field, value, "a finite number, zero or more");
            }
        }
        Ok(self)
    }
}

/// Why a list of bars is not a series.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum SeriesError {
    /// A price or a volume that no market has.
    #[error("The {field} of {day} is {value}, but must be {rule}: correct or leave out that day")]
    Value {
        /// The day of the bar.
        day: Date,
        /// The field in the user's words.
        field: &'static str,
        /// What stands there.
        value: f64,
        /// What is allowed there.
        rule: &'static str,
    },
    /// Two bars of one day; which of them is right is for the user to say.
    #[error("{day} stands there twice, with closes of {first} and {second}: keep one of them")]
    Duplicate {
        /// The day that occurs twice.
        day: Date,
        /// The close of the bar that came first.
        first: f64,
        /// The close of the bar that came after it.
        second: f64,
    },
}

/// Daily bars in order of day, at most one a day, every one of them valid.
///
/// A series as known on an earlier day shares the bars: that costs no copy.
#[derive(Clone, Default)]
pub struct Series {
    all: Arc<Vec<Bar>>,
    /// How many of them, from the oldest on, are of this series.
    len: usize,
}

impl PartialEq for Series {
    fn eq(&self, other: &Self) -> bool {
        self.bars() == other.bars()
    }
}

impl fmt::Debug for Series {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.bars()).finish()
    }
}

impl Series {
    /// Sorts `bars` by day. Refuses a day that occurs twice, a close that is
    /// not a finite number above zero, and any other field that is negative
    /// or not finite.
    pub fn new(bars: Vec<Bar>) -> Result<Self, SeriesError> {
        let mut bars = bars
            .into_iter()
            .map(Bar::validated)
            .collect::<Result<Vec<_>, _>>()?;
        // A stable sort keeps "first" and "second" of a duplicate as given.
        bars.sort_by_key(|bar| bar.day);
        for (a, b) in bars.iter().zip(bars.iter().skip(1)) {
            if a.day == b.day {
                return Err(SeriesError::Duplicate {
                    day: a.day,
                    first: a.close,
                    second: b.close,
                });
            }
        }
        Ok(Self::of(bars))
    }

    fn of(bars: Vec<Bar>) -> Self {
        Self {
            len: bars.len(),
            all: Arc::new(bars),
        }
    }

    /// The series as it was known on a day: without later bars.
    #[must_use]
    pub fn known_on(&self, day: Date) -> Self {
        Self {
            len: self.up_to(day).len(),
            all: Arc::clone(&self.all),
        }
    }

    /// All bars, oldest first.
    pub fn bars(&self) -> &[Bar] {
        self.all.get(..self.len).unwrap_or_default()
    }

    /// Number of days with a close.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there is no close at all.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The oldest bar.
    pub fn first(&self) -> Option<&Bar> {
        self.bars().first()
    }

    /// The newest bar.
    pub fn last(&self) -> Option<&Bar> {
        self.bars().last()
    }

    /// The newest bar that is not later than `day`.
    pub fn at_or_before(&self, day: Date) -> Option<&Bar> {
        self.up_to(day).last()
    }

    /// The bars up to and including `day`: what was known on that day.
    pub fn up_to(&self, day: Date) -> &[Bar] {
        let bars = self.bars();
        let end = bars.partition_point(|bar| bar.day <= day);
        bars.get(..end).unwrap_or_default()
    }

    /// The bars of `from` to `to`, both included; none if `from` is later.
    pub fn between(&self, from: Date, to: Date) -> &[Bar] {
        let until = self.up_to(to);
        let start = until.partition_point(|bar| bar.day < from);
        until.get(start..).unwrap_or_default()
    }

    /// Adds `bars`; a day that is already there takes the new bar, because
    /// providers restate prices (splits, late corrections). Refuses what
    /// [`Series::new`] refuses, and then leaves the series as it was.
    pub fn merge(&mut self, bars: Vec<Bar>) -> Result<(), SeriesError> {
        let added = Self::new(bars)?;
        let mut merged = Vec::with_capacity(self.len + added.len);
        let mut kept = self.bars().iter().copied().peekable();
        for bar in added.bars().iter().copied() {
            while let Some(old) = kept.next_if(|old| old.day <= bar.day) {
                if old.day < bar.day {
                    merged.push(old);
                }
            }
            merged.push(bar);
        }
        merged.extend(kept);
        *self = Self::of(merged);
        Ok(())
    }
}

/// The prices of every instrument, by canonical symbol (`IREN`, `BTC-USD`).
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Prices {
    /// One series a symbol.
    pub by_symbol: BTreeMap<String, Series>,
}

impl Prices {
    /// The series of `symbol`, if there is one.
    pub fn get(&self, symbol: &str) -> Option<&Series> {
        self.by_symbol.get(symbol)
    }
}
