//! Gross sales of Bitcoin, each coin once: of statements whose days overlap, as a
//! month within its quarter, the one that covers more counts. Holdings are not
//! looked at: a fall of the stock is another series.

use rust_decimal::Decimal;

use super::flows::last_day;
use crate::analytics::answer::{hedge_of_sum, hedge_without};
use crate::analytics::backlog::days_between;
use crate::analytics::{Answer, Input, Missing, Stated};
use crate::model::treasury::TreasuryKind;
use crate::model::{Day, Hedge, Treasury};

/// A sale of a number of coins over some days.
#[derive(Clone, Copy)]
pub(super) struct Sale<'a> {
    event: &'a Treasury,
    btc: Decimal,
    first: Day,
    last: Day,
}

impl<'a> Sale<'a> {
    /// None if the coins or every day of it are not stated.
    fn of(event: &'a Treasury, as_of: Day) -> Option<Self> {
        let (first, last) = days(event, as_of)?;
        Some(Self {
            event,
            btc: event.btc?,
            first,
            last,
        })
    }

    fn overlaps(&self, other: &Self) -> bool {
        self.first <= other.last && other.first <= self.last
    }

    fn covers(&self, first: Day, last: Day) -> bool {
        self.first <= first && last <= self.last
    }

    /// The days as the source has them.
    fn time(&self) -> String {
        let told = || self.event.disclosed.map(|date| date.to_string());
        let time = self.event.event.map(|time| time.to_string());
        time.or_else(told).unwrap_or_default()
    }
}

/// The first and last day of an event: those of its disclosure where no others
/// are stated.
fn days(event: &Treasury, as_of: Day) -> Option<(Day, Day)> {
    let last = last_day(event)?.min(as_of);
    let happened = event.event.map(|time| time.first_day());
    let first = happened.or_else(|| event.disclosed.map(|date| date.first_day()))?;
    Some((first.min(last), last))
}

fn sales<'a>(events: &[&'a Treasury], as_of: Day) -> impl Iterator<Item = &'a Treasury> {
    let begun = move |event: &Treasury| {
        let first = event.event.map(|time| time.first_day());
        first.is_none_or(|first| first <= as_of)
    };
    let sales = events.iter().copied();
    sales.filter(move |event| {
        event.kind == TreasuryKind::Sale && event.hedge != Hedge::Planned && begun(event)
    })
}

/// Sales of which no two overlap, and what was left out for that.
#[derive(Default)]
struct Chosen<'a> {
    counted: Vec<Sale<'a>>,
    /// How many lie within each counted one, in the same order.
    within: Vec<usize>,
    /// Those that overlap a counted one but do not lie within it.
    crossing: usize,
}

impl<'a> Chosen<'a> {
    /// Takes what overlaps nothing that is counted, the longest first.
    fn take(&mut self, mut sales: Vec<Sale<'a>>) {
        sales.sort_by_key(|sale| {
            let length = days_between(sale.first, sale.last);
            (std::cmp::Reverse((length, sale.btc)), sale.event.id)
        });
        for sale in sales {
            if self.counted.iter().any(|counted| counted.overlaps(&sale)) {
                if !self.is_part(sale.first, sale.last) {
                    self.crossing += 1;
                }
            } else {
                self.counted.push(sale);
                self.within.push(0);
            }
        }
    }

    /// Whether days lie within a counted sale, which then knows of one more.
    fn is_part(&mut self, first: Day, last: Day) -> bool {
        let mut all = self.counted.iter().zip(&mut self.within);
        let found = all.find(|(counted, _)| counted.covers(first, last));
        found.is_some_and(|(_, within)| {
            *within += 1;
            true
        })
    }
}

/// All sales stated, each coin once, by their last day.
pub(super) fn told_once<'a>(events: &[&'a Treasury], as_of: Day) -> Vec<Sale<'a>> {
    let mut chosen = Chosen::default();
    let dated = sales(events, as_of).filter_map(|event| Sale::of(event, as_of));
    chosen.take(dated.collect());
    chosen
        .counted
        .sort_by_key(|sale| (sale.last, sale.event.id));
    chosen.counted
}

/// What was sold so far after each of the sales.
pub(super) fn cumulative(sales: &[Sale<'_>]) -> Vec<(Day, Decimal)> {
    let mut sum = Decimal::ZERO;
    let after = sales.iter().map(|sale| {
        sum = sum.saturating_add(sale.btc);
        (sale.last, sum)
    });
    after.collect()
}

/// Coins sold over the twelve months up to the day.
pub(super) fn of_twelve_months(events: &[&Treasury], as_of: Day) -> Answer<Decimal> {
    let before = as_of.saturating_sub(jiff::Span::new().years(1));
    if sales(events, as_of).next().is_none() {
        return Err(Missing::because("no sale of Bitcoin is stated"));
    }
    let all = sales(events, as_of).filter_map(|event| Sale::of(event, as_of));
    let recent = all.filter(|sale| sale.last > before);
    let (within, reaching): (Vec<_>, Vec<_>) = recent.partition(|sale| sale.first > before);
    let mut chosen = Chosen::default();
    chosen.take(within);
    let whole = chosen.counted.len();
    // What began earlier may be older coins: what is surely of the year goes first.
    chosen.take(reaching);
    let unknown = unknown(events, &mut chosen, before, as_of);
    if chosen.counted.is_empty() {
        let reason = if unknown > 0 {
            "no number of coins is stated of the sales of the twelve months up to"
        } else {
            "no sale of Bitcoin is stated of the twelve months up to"
        };
        return Err(Missing(format!("{reason} {as_of}")));
    }
    total(&chosen, whole, unknown)
}

/// Sales that may be of the year but of which coins or days are not stated, and
/// that are no part of what is counted.
fn unknown(events: &[&Treasury], chosen: &mut Chosen<'_>, before: Day, as_of: Day) -> usize {
    let mut unknown = 0;
    for event in sales(events, as_of) {
        let lacks = match days(event, as_of) {
            None => true,
            Some((first, last)) => {
                event.btc.is_none() && last > before && !chosen.is_part(first, last)
            }
        };
        unknown += usize::from(lacks);
    }
    unknown
}

/// The sum of what was chosen; those after the first `whole` began earlier.
fn total(chosen: &Chosen<'_>, whole: usize, unknown: usize) -> Answer<Decimal> {
    let mut coins = chosen.counted.iter().map(|sale| sale.btc);
    let sum = coins.try_fold(Decimal::ZERO, Decimal::checked_add);
    let sum = sum.ok_or_else(|| Missing::because("the sum is too large to compute with"))?;
    let inputs = chosen.counted.iter();
    let inputs = inputs.map(|sale| Input::Treasury(sale.event.id)).collect();
    let mut hedges: Vec<Hedge> = chosen.counted.iter().map(|s| s.event.hedge).collect();
    let mut remarks = Vec::new();
    for (sale, within) in chosen.counted.iter().zip(&chosen.within) {
        let (btc, time) = (sale.btc.normalize(), sale.time());
        match within {
            0 => {}
            1 => remarks.push(format!(
                "1 statement within {time} is part of its {btc} BTC"
            )),
            n => remarks.push(format!(
                "{n} statements within {time} are part of its {btc} BTC"
            )),
        }
    }
    for sale in chosen.counted.iter().skip(whole) {
        hedges.push(Hedge::UpTo);
        remarks.push(format!("part of those of {} may be older", sale.time()));
    }
    let of = |n: usize, what: &str| {
        let noun = if n == 1 { "sale" } else { "sales" };
        format!("without {n} {noun} {what}")
    };
    if chosen.crossing > 0 {
        remarks.push(of(
            chosen.crossing,
            "whose days overlap those counted in part",
        ));
    }
    if unknown > 0 {
        remarks.push(of(unknown, "whose coins or days are not stated"));
    }
    let hedge = hedge_of_sum(hedges);
    let lacking = chosen.crossing > 0 || unknown > 0;
    let hedge = if lacking { hedge_without(hedge) } else { hedge };
    let answer = Stated::exact(sum, inputs).hedged(hedge);
    Ok(if remarks.is_empty() {
        answer
    } else {
        answer.remarked(remarks.join("; "))
    })
}
