//! Ratios of sector totals that one source states together: their perimeter is
//! one, so that they may be divided. Totals of different sources may not.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::analytics::answer::hedge_of_ratio;
use crate::analytics::statement::{Statements, speaks_of};
use crate::analytics::{Answer, Input, Missing, Stated};
use crate::model::metric::{Known, MwBasis, MwStage};
use crate::model::{Currency, Day, Figure, Metric, SourceId, Subject};

/// What follows from the totals of one source.
#[derive(Clone, Debug, PartialEq)]
pub struct SourceRatios {
    /// The source.
    pub source: SourceId,
    /// The day its totals speak of.
    pub day: Day,
    /// Contracted ÷ planned load, as a fraction.
    pub contracted_of_planned: Answer<Decimal>,
    /// Contract value ÷ contracted load, USD a MW over the whole term.
    pub usd_per_mw: Answer<Decimal>,
}

/// The totals that are divided.
#[derive(Default)]
struct Totals<'a> {
    value: Option<&'a Figure>,
    contracted: Option<&'a Figure>,
    planned: Option<&'a Figure>,
}

/// Ratios of every source and day that states contracted load and one of the
/// others, newest first.
pub(super) fn ratios(statements: &Statements<'_>) -> Vec<SourceRatios> {
    let mut by: BTreeMap<(Day, SourceId), Totals<'_>> = BTreeMap::new();
    let wanted = [
        Metric::Known(Known::StatedBacklog),
        Metric::Megawatts(MwStage::Contracted, MwBasis::Unstated),
        Metric::Megawatts(MwStage::Planned, MwBasis::Unstated),
    ];
    for (place, metric) in wanted.iter().enumerate() {
        let figures = statements.all(Subject::Sector, metric).iter();
        for figure in figures.filter(|figure| statements.may_count(figure)) {
            let usd = figure
                .currency
                .is_none_or(|currency| currency == Currency::USD);
            let Some(key) = speaks_of(figure).zip(figure.source).filter(|_| usd) else {
                continue;
            };
            let totals = by.entry(key).or_default();
            match place {
                0 => totals.value = Some(figure),
                1 => totals.contracted = Some(figure),
                _ => totals.planned = Some(figure),
            }
        }
    }
    let newest_first = by.into_iter().rev();
    let ratios = newest_first.filter_map(|((day, source), totals)| {
        totals.contracted?;
        totals.value.or(totals.planned)?;
        Some(SourceRatios {
            source,
            day,
            contracted_of_planned: ratio(totals.contracted, totals.planned, "planned load"),
            usd_per_mw: ratio(totals.value, totals.contracted, "contract value"),
        })
    });
    ratios.collect()
}

fn ratio(above: Option<&Figure>, below: Option<&Figure>, lacks: &str) -> Answer<Decimal> {
    let (above, below) = above
        .zip(below)
        .ok_or_else(|| Missing(format!("the source states no {lacks}")))?;
    let value = above.value.checked_div(below.value);
    let value = value.ok_or_else(|| Missing::because("there is no load to divide by"))?;
    let inputs = vec![Input::Figure(above.id), Input::Figure(below.id)];
    Ok(Stated::exact(value, inputs).hedged(hedge_of_ratio(above.hedge, below.hedge)))
}
