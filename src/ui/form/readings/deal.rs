//! What follows from a deal while it is typed: rates and how they compare, the
//! backstop's cover, months to revenue, rent, and how its start has slipped.

use super::{Fact, Judged, draft_cx, sentences};
use crate::analytics::backlog::remaining;
use crate::analytics::doubts;
use crate::analytics::grain::Grain;
use crate::analytics::rates::{Plausibility, Rates, Terms, plausibility, rates};
use crate::analytics::schedule::RentSchedule;
use crate::analytics::start::{Slippage, months_to_revenue};
use crate::analytics::switches::{ShareBasis, Switches};
use crate::model::draft::DealDraft;
use crate::model::{Day, Deal, Money};
use crate::ui::widget::Tone;
use crate::ui::{Cx, format};

/// Reads the deal so far.
pub(super) fn judged(draft: &DealDraft, cx: &Cx<'_>) -> Judged {
    let Some(deal) = draft.so_far(&draft_cx(cx)) else {
        return Judged::default();
    };
    let terms = Terms::from(&deal);
    let needs = "Rates follow from base value, critical IT load and base term";
    let later = "Rent and months to revenue follow from base value, base term and rent start";
    let more = [
        backstop_cover(&deal, cx.today),
        months(&deal, cx.today),
        rent(&deal, cx.today),
    ];
    let phases = deal
        .phases
        .iter()
        .filter(|phase| phase.rent_start.len() > 1);
    Judged {
        facts: vec![
            Fact::of([rates_line(&rates(&terms))], needs),
            Fact::of(more, later),
        ],
        warnings: sentences(doubts::of_deal(&deal)),
        verdict: match plausibility(deal.kind, &terms) {
            Plausibility::Unknown => None,
            Plausibility::Usual(name) => {
                Some((Tone::Good, format!("in the usual range for {name}")))
            }
            Plausibility::Suspicious { text, .. } => Some((Tone::Warn, text)),
        },
        starts: (!deal.rent_start.is_empty() && draft.id.is_some()).then(|| {
            let slipped = format::slippage(&Slippage::of(&deal.rent_start));
            (format::rent_starts(&deal.rent_start), slipped)
        }),
        phase_starts: phases
            .map(|phase| {
                let told = format::rent_starts(&phase.rent_start);
                let slipped = format::slippage(&Slippage::of(&phase.rent_start));
                let slipped = slipped.map_or_else(String::new, |slipped| format!(", {slipped}"));
                format!("{}: {told}{slipped}", phase.name)
            })
            .collect(),
    }
}

/// "$1.86m per MW-year · $155 per kW-month · $212 per MWh (critical IT load)".
fn rates_line(rates: &Rates) -> Option<String> {
    let per_gpu = rates
        .usd_per_gpu
        .map(|usd| format!("{} per GPU", format::dollars(usd, 0)));
    let per_power = || {
        Some(format!(
            "${}m per MW-year · {} per kW-month · {} per MWh (critical IT load)",
            format::rate_m_per_mw_year(rates.usd_m_per_mw_year?),
            format::dollars(rates.usd_per_kw_month?, 0),
            format::dollars(rates.usd_per_mwh?, 0),
        ))
    };
    match (per_power(), per_gpu) {
        (Some(power), Some(gpu)) => Some(format!("{power} · {gpu}")),
        (power, gpu) => power.or(gpu),
    }
}

/// Guaranteed amount ÷ base value not yet due; the whole of it where that is not
/// known.
fn backstop_cover(deal: &Deal, today: Day) -> Option<String> {
    let (backstop, base) = (deal.backstop?, deal.base_value?);
    let left = remaining(deal, today).unwrap_or(base.amount);
    let cover = backstop.amount.checked_div(left)?;
    let what = if left == base.amount {
        "the base value"
    } else {
        "what is not yet due"
    };
    (backstop.currency == base.currency)
        .then(|| format!("backstop covers {} of {what}", format::fraction(cover)))
}

/// "9 months to revenue", "14 to 16 months to revenue".
fn months(deal: &Deal, today: Day) -> Option<String> {
    let own = deal.current_rent_start().map(|start| start.date);
    let of_phases = deal
        .phases
        .iter()
        .filter_map(|phase| phase.rent_start.last());
    let first = of_phases
        .map(|start| start.date)
        .chain(own)
        .min_by_key(|date| (date.first_day(), date.last_day()));
    let ahead = months_to_revenue(first, today).ok()?;
    let most = usize::try_from(ahead.most).ok()?;
    let most = format::count(most, "month", "months");
    Some(if ahead.least == ahead.most {
        format!("{most} to revenue")
    } else {
        format!("{} to {most} to revenue", ahead.least)
    })
}

/// "rent 163 m in 2027, 490 m in 2042": the first and last calendar year.
fn rent(deal: &Deal, today: Day) -> Option<String> {
    let whole = Switches {
        share: ShareBasis::Whole,
        ..Switches::default()
    };
    let schedule = RentSchedule::of(deal, today, whole).ok()?;
    let years = schedule.rents(Grain::Year);
    let told = |(day, rent): (&Day, &rust_decimal::Decimal)| {
        let rent = format::money(Money::new(*rent, schedule.currency));
        format!("{rent} in {}", day.year())
    };
    let (first, last) = (years.first_key_value()?, years.last_key_value()?);
    Some(if first.0 == last.0 {
        format!("rent {}", told(first))
    } else {
        format!("rent {}, {}", told(first), told(last))
    })
}
