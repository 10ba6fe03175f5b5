//! What a deal pays per unit, and whether that is plausible. Rates are computed
//! on critical IT load only and never across kinds of deals.

use rust_decimal::{Decimal, RoundingStrategy};

use crate::model::deal::DealKind;
use crate::model::{Currency, Deal, Money};

/// Hours of a year, as rates per MWh are quoted (365 days).
const HOURS_A_YEAR: Decimal = Decimal::from_parts(8760, 0, 0, false, 0);
const MILLION: Decimal = Decimal::from_parts(1_000_000, 0, 0, false, 0);
const THOUSAND: Decimal = Decimal::from_parts(1000, 0, 0, false, 0);
const TWELVE: Decimal = Decimal::from_parts(12, 0, 0, false, 0);

/// The usual range of leases and colocation, $m a year per MW of critical IT
/// load: 1.0 to 2.6.
pub const LEASE_BAND: (Decimal, Decimal) = (
    Decimal::from_parts(10, 0, 0, false, 1),
    Decimal::from_parts(26, 0, 0, false, 1),
);
/// The usual range of GPU cloud, $m a year per MW of critical IT load: 6 to 14.
pub const GPU_BAND: (Decimal, Decimal) = (
    Decimal::from_parts(6, 0, 0, false, 0),
    Decimal::from_parts(14, 0, 0, false, 0),
);

/// The terms from which rates follow, as far as known.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Terms {
    /// Contract value over the base term.
    pub base_value: Option<Money>,
    /// Base term.
    pub term_months: Option<u32>,
    /// Critical IT load in MW.
    pub critical_mw: Option<Decimal>,
    /// Gross load in MW; only to explain what is suspicious.
    pub gross_mw: Option<Decimal>,
    /// GPUs delivered.
    pub gpus: Option<u64>,
}

impl From<&Deal> for Terms {
    fn from(deal: &Deal) -> Self {
        Self {
            base_value: deal.base_value,
            term_months: deal.term_months,
            critical_mw: deal.critical_mw,
            gross_mw: deal.gross_mw,
            gpus: deal.gpus,
        }
    }
}

/// Rates of a deal; each is none if one of its terms is missing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rates {
    /// Base value a year, USD.
    pub usd_per_year: Option<Decimal>,
    /// Base value ÷ term ÷ critical MW, in millions of USD per MW and year.
    pub usd_m_per_mw_year: Option<Decimal>,
    /// The same per kW and month, USD.
    pub usd_per_kw_month: Option<Decimal>,
    /// The same per MWh of critical IT load at full use, USD.
    pub usd_per_mwh: Option<Decimal>,
    /// Base value per GPU, USD.
    pub usd_per_gpu: Option<Decimal>,
}

/// Computes what the terms allow. Divides last, rounds nothing.
pub fn rates(terms: &Terms) -> Rates {
    let usd = terms
        .base_value
        .filter(|money| money.currency == Currency::USD);
    let value = usd.map(|money| money.amount);
    let months = terms
        .term_months
        .filter(|months| *months > 0)
        .map(Decimal::from);
    let mw = terms.critical_mw.filter(|mw| *mw > Decimal::ZERO);
    let per_year = || value?.checked_mul(TWELVE)?.checked_div(months?);
    let per_mw = |factor: Decimal, divisor: Decimal| {
        let below = months?.checked_mul(mw?)?.checked_mul(divisor)?;
        value?.checked_mul(factor)?.checked_div(below)
    };
    let per_gpu = || value?.checked_div(Decimal::from(terms.gpus.filter(|gpus| *gpus > 0)?));
    Rates {
        usd_per_year: per_year(),
        usd_m_per_mw_year: per_mw(TWELVE, MILLION),
        usd_per_kw_month: per_mw(Decimal::ONE, THOUSAND),
        usd_per_mwh: per_mw(TWELVE, HOURS_A_YEAR),
        usd_per_gpu: per_gpu(),
    }
}

/// How a rate compares with what deals of its kind usually pay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Plausibility {
    /// There is no rate to judge.
    Unknown,
    /// In the usual range of these deals: "leases", "GPU cloud".
    Usual(&'static str),
    /// Outside; the field that looks suspicious and what to check.
    Suspicious {
        /// The form field to look at first.
        field: &'static str,
        /// What is odd and what to check, in a sentence.
        text: String,
    },
}

/// Judges a rate by the band of the kind; a kind not stated may be in either.
pub fn plausibility(kind: DealKind, terms: &Terms) -> Plausibility {
    let Some(rate) = rates(terms).usd_m_per_mw_year else {
        return Plausibility::Unknown;
    };
    let within = |band: (Decimal, Decimal)| band.0 <= rate && rate <= band.1;
    let (band, name) = match kind {
        DealKind::GpuCloud | DealKind::ManagedCloud => (GPU_BAND, "GPU cloud"),
        DealKind::Unknown if within(GPU_BAND) => (GPU_BAND, "GPU cloud"),
        DealKind::PoweredShell | DealKind::Colocation | DealKind::Unknown => (LEASE_BAND, "leases"),
    };
    if within(band) {
        return Plausibility::Usual(name);
    }
    let shown = rate
        .round_dp_with_strategy(3, RoundingStrategy::MidpointAwayFromZero)
        .normalize();
    let range = format!(
        "the usual {} to {} for {name}",
        band.0.normalize(),
        band.1.normalize()
    );
    if rate < band.0 {
        let mw = terms.critical_mw.unwrap_or_default().normalize();
        return Plausibility::Suspicious {
            field: "critical_mw",
            text: format!(
                "{shown} $m per MW-year is below {range}: check whether {mw} MW is gross rather \
                 than critical IT load, or the whole campus against the value of one phase"
            ),
        };
    }
    let lease = matches!(
        kind,
        DealKind::PoweredShell | DealKind::Colocation | DealKind::Unknown
    );
    let (field, hint) = if lease && within(GPU_BAND) {
        ("kind", "it looks like GPU cloud: check the kind of deal")
    } else {
        (
            "base_value",
            "check whether the value includes options, and the term and the MW",
        )
    };
    Plausibility::Suspicious {
        field,
        text: format!("{shown} $m per MW-year is above {range}: {hint}"),
    }
}

/// Everything odd about a deal's terms, each with the field to look at.
pub fn warnings(
    kind: DealKind,
    terms: &Terms,
    with_options: Option<Money>,
) -> Vec<(&'static str, String)> {
    let mut found = Vec::new();
    if let Plausibility::Suspicious { field, text } = plausibility(kind, terms) {
        found.push((field, text));
    }
    if let (Some(critical), Some(gross)) = (terms.critical_mw, terms.gross_mw)
        && critical > gross
    {
        found.push((
            "gross_mw",
            format!(
                "critical IT load {} MW is more than gross {} MW: they may be swapped",
                critical.normalize(),
                gross.normalize()
            ),
        ));
    }
    if let (Some(base), Some(options)) = (terms.base_value, with_options)
        && base.currency == options.currency
        && options.amount < base.amount
    {
        found.push((
            "value_with_options",
            "the value with options is less than the base value: they may be swapped".to_owned(),
        ));
    }
    found
}
