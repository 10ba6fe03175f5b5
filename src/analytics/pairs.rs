//! Two series seen together: only the days on which both have a close. So
//! Bitcoin's weekend falls into Monday. Bitcoin's close is that of the UTC
//! day, hours after New York's: a stated approximation.

use jiff::civil::Date;

use crate::analytics::reason::Reason;
use crate::model::series::Series;

/// A day on which both series have a close.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PairedClose {
    /// The day.
    pub day: Date,
    /// The instrument's close.
    pub own: f64,
    /// The benchmark's close.
    pub benchmark: f64,
}

/// The returns of both series between two days they share.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PairedReturn {
    /// The later of the two days.
    pub day: Date,
    /// The instrument's simple return.
    pub own: f64,
    /// The benchmark's simple return.
    pub benchmark: f64,
}

/// The days both series share, from the last one at or before `base_day` (else
/// the first one after it) up to `to`. Fails if they share fewer than two.
pub fn paired_closes(
    series: &Series,
    benchmark: &Series,
    base_day: Date,
    to: Date,
) -> Result<Vec<PairedClose>, Reason> {
    let mut others = benchmark.up_to(to).iter().peekable();
    let mut pairs: Vec<PairedClose> = Vec::new();
    for bar in series.up_to(to) {
        while others.next_if(|other| other.day < bar.day).is_some() {}
        if let Some(other) = others.next_if(|other| other.day == bar.day) {
            if bar.day <= base_day {
                // Only the last shared day up to the base day is wanted.
                pairs.clear();
            }
            pairs.push(PairedClose {
                day: bar.day,
                own: bar.close,
                benchmark: other.close,
            });
        }
    }
    if pairs.len() < 2 {
        return Err(Reason::NoOverlap);
    }
    Ok(pairs)
}

/// Simple returns of both series between consecutive shared days.
pub fn paired_returns(closes: &[PairedClose]) -> Vec<PairedReturn> {
    closes
        .iter()
        .zip(closes.iter().skip(1))
        .map(|(a, b)| PairedReturn {
            day: b.day,
            own: b.own / a.own - 1.0,
            benchmark: b.benchmark / a.benchmark - 1.0,
        })
        .collect()
}

/// Relative strength (Pᵢ/Pᵢ₀)/(B/B₀) on the shared days: above 1 the
/// instrument is ahead of the benchmark since the first of them.
pub fn relative_strength(closes: &[PairedClose]) -> Vec<(Date, f64)> {
    let Some(base) = closes.first() else {
        return Vec::new();
    };
    closes
        .iter()
        .map(|c| (c.day, (c.own / base.own) / (c.benchmark / base.benchmark)))
        .collect()
}
