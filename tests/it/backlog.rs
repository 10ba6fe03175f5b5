//! Rent schedules and what is left of a deal on a day; rates and whether they
//! are plausible. Expected figures are computed apart.

use gigawatch::analytics::backlog::remaining;
use gigawatch::analytics::rates::{Plausibility, Terms, plausibility, rates, warnings};
use gigawatch::model::deal::{CounterpartyClass, DealKind, DealStatus, RentStart};
use gigawatch::model::{CompanyId, Currency, Day, Deal, DealId, Hedge, Money};
use jiff::ToSpan as _;
use proptest::prelude::*;
use rust_decimal::Decimal;
use uuid::Uuid;

pub(crate) fn dec(text: &str) -> Decimal {
    text.parse().unwrap()
}

pub(crate) fn day(text: &str) -> Day {
    text.parse().unwrap()
}

/// A deal of which nothing is known but that it was announced.
pub(crate) fn bare_deal(id: u128, company: CompanyId, announced: &str) -> Deal {
    Deal {
        id: DealId(Uuid::from_u128(id)),
        company,
        counterparty: "Tenant".to_owned(),
        obligor: None,
        backstop: None,
        counterparty_class: CounterpartyClass::Undisclosed,
        kind: DealKind::PoweredShell,
        site: None,
        announced: announced.parse().unwrap(),
        rent_start: Vec::new(),
        term_months: None,
        base_value: None,
        base_value_hedge: Hedge::Exact,
        extension_options: None,
        value_with_options: None,
        escalator: None,
        critical_mw: None,
        gross_mw: None,
        gpus: None,
        owned_share: None,
        noi_margin: None,
        prepayment: None,
        warrants: None,
        phases: Vec::new(),
        status: DealStatus::Announced,
        alternative_to: None,
        sources: Vec::new(),
        note: String::new(),
    }
}

pub(crate) fn start(date: &str, stated: Option<&str>) -> RentStart {
    RentStart {
        date: date.parse().unwrap(),
        stated: stated.map(|day| day.parse().unwrap()),
        source: None,
    }
}

fn leased(value: &str, months: u32, escalator: Option<&str>, from: &str) -> Deal {
    Deal {
        base_value: Some(Money::usd(dec(value))),
        term_months: Some(months),
        escalator: escalator.map(dec),
        rent_start: vec![start(from, None)],
        ..bare_deal(1, CompanyId(Uuid::from_u128(1)), "2026-05-06")
    }
}

/// Rents of the years of a schedule, from what is left at their ends.
fn yearly(deal: &Deal, first: &str) -> Vec<Decimal> {
    let first = day(first);
    let years = i64::from(deal.term_months.unwrap() / 12);
    let left = |year: i64| remaining(deal, first + year.years()).unwrap();
    (0..years).map(|year| left(year) - left(year + 1)).collect()
}

#[test]
fn an_escalated_schedule_pays_what_the_formula_says() {
    let deal = leased("9800000000", 180, Some("0.03"), "2027-07-01");
    let rents = yearly(&deal, "2027-07-01");
    let millions = |rent: &Decimal| (rent / dec("1000000")).round_dp(1);
    assert_eq!(millions(&rents[0]), dec("526.9"));
    assert_eq!(millions(&rents[14]), dec("797.0"));
    let sum: Decimal = rents.iter().sum();
    assert_eq!(sum, dec("9800000000"), "the rents sum to the value");
    // rent₁ = TCV·g/((1+g)ⁿ−1), with the power multiplied out.
    let mut power = Decimal::ONE;
    for _ in 0..15 {
        power *= dec("1.03");
    }
    let first = dec("9800000000") * dec("0.03") / (power - Decimal::ONE);
    assert_eq!(rents[0].round_dp(6), first.round_dp(6));
}

#[test]
fn a_level_schedule_is_exact() {
    let deal = leased("9800000000", 180, None, "2027-07-01");
    let check = |on: &str, left: &str| {
        let found = remaining(&deal, day(on)).unwrap().round_dp(6);
        assert_eq!(found, dec(left), "{on}");
    };
    check("2027-06-30", "9800000000");
    check("2027-07-01", "9800000000");
    // A third of the term: no division rounds midway.
    check("2032-07-01", "6533333333.333333");
    check("2039-07-01", "1960000000");
    check("2042-06-30", "1789954.337900");
    check("2042-07-01", "0");
    check("2090-01-01", "0");
}

#[test]
fn a_term_may_end_within_a_year() {
    let deal = leased("3000", 30, None, "2026-01-01");
    assert_eq!(remaining(&deal, day("2027-01-01")).unwrap(), dec("1800"));
    assert_eq!(remaining(&deal, day("2028-01-01")).unwrap(), dec("600"));
    assert_eq!(remaining(&deal, day("2028-07-01")).unwrap(), dec("0"));
}

#[test]
fn what_is_not_known_is_said_and_is_no_number() {
    let reason = |deal: &Deal, on: &str| remaining(deal, day(on)).unwrap_err().0;
    let whole = leased("100", 12, None, "2027-01-01");
    let no_value = Deal {
        base_value: None,
        ..whole.clone()
    };
    assert_eq!(reason(&no_value, "2026-12-01"), "no base value is stated");
    let no_start = Deal {
        rent_start: Vec::new(),
        ..whole.clone()
    };
    assert_eq!(reason(&no_start, "2026-12-01"), "no rent start is stated");
    let no_term = Deal {
        term_months: None,
        ..whole
    };
    // Before the start the term does not matter.
    assert_eq!(remaining(&no_term, day("2027-01-01")).unwrap(), dec("100"));
    assert_eq!(reason(&no_term, "2027-01-02"), "no term is stated");
}

#[test]
fn absurd_schedules_have_a_reason_and_do_not_panic() {
    for escalator in ["-1", "-2", "-1000", "79228162514264337593543950335"] {
        let deal = leased("100", 36, Some(escalator), "2026-01-01");
        remaining(&deal, day("2027-06-01")).unwrap_err();
    }
    let endless = leased("100", u32::MAX, None, "2026-01-01");
    remaining(&endless, day("2027-06-01")).unwrap_err();
    let huge = leased("79228162514264337593543950335", 36, None, "2026-01-01");
    remaining(&huge, day("2027-06-01")).unwrap_err();
}

#[test]
fn a_slip_counts_from_the_day_it_was_stated() {
    let deal = Deal {
        rent_start: vec![
            start("2026-01-01", Some("2025-06-01")),
            start("2026-07-01", Some("2026-03-10")),
        ],
        ..leased("1200", 12, None, "2026-01-01")
    };
    // On 1 March nobody knew of the slip: 59 of 365 days were due.
    let left = remaining(&deal, day("2026-03-01")).unwrap().round_dp(4);
    assert_eq!(left, dec("1006.0274"));
    assert_eq!(remaining(&deal, day("2026-03-10")).unwrap(), dec("1200"));
    assert_eq!(deal.rent_starts_by(day("2026-03-09")).count(), 1);
    assert_eq!(deal.rent_starts_by(day("2026-03-10")).count(), 2);
    assert!(deal.rent_start_by(day("2025-05-31")).is_none());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    /// From one day to the next, what is left never grows.
    #[test]
    fn what_is_left_never_grows(
        value in 1_u64..100_000_000_000,
        months in 1_u32..400,
        escalator in -90_i64..200,
        from in 0_i32..3000,
        days in proptest::collection::vec(-500_i32..14_000, 2..20),
    ) {
        let first = day("2024-02-29") + i64::from(from).days();
        let growth = Decimal::new(escalator, 3).to_string();
        let deal = leased(&value.to_string(), months, Some(&growth), &first.to_string());
        let value = Decimal::from(value);
        let mut days = days;
        days.sort_unstable();
        let mut before = value;
        for later in days {
            let on = first + i64::from(later).days();
            let left = remaining(&deal, on).unwrap();
            prop_assert!(left <= before, "{on}: {left} after {before}");
            prop_assert!(left >= Decimal::ZERO);
            if later <= 0 {
                prop_assert_eq!(left, value);
            }
            if on >= first + i64::from(months).months() {
                prop_assert_eq!(left, Decimal::ZERO);
            }
            before = left;
        }
    }
}

/// One megawatt for a year, so that the value in millions is the rate.
fn of_rate(rate: &str) -> Terms {
    Terms {
        base_value: Some(Money::usd(dec(rate) * dec("1000000"))),
        term_months: Some(12),
        critical_mw: Some(Decimal::ONE),
        ..Terms::default()
    }
}

#[test]
fn rates_follow_from_value_term_and_load() {
    let terms = Terms {
        base_value: Some(Money::usd(dec("9800000000"))),
        term_months: Some(180),
        critical_mw: Some(dec("352")),
        gross_mw: None,
        gpus: Some(76_000),
    };
    let found = rates(&terms);
    let check = |found: Option<Decimal>, places: u32, expected: &str| {
        assert_eq!(found.unwrap().round_dp(places), dec(expected));
    };
    check(found.usd_per_year, 1, "653333333.3");
    check(found.usd_m_per_mw_year, 3, "1.856");
    check(found.usd_per_kw_month, 0, "155");
    check(found.usd_per_mwh, 0, "212");
    check(found.usd_per_gpu, 0, "128947");
    let none = Terms {
        term_months: Some(0),
        critical_mw: Some(Decimal::ZERO),
        gpus: Some(0),
        ..terms
    };
    assert_eq!(rates(&none), rates(&Terms::default()));
    let euros = Terms {
        base_value: Some(Money::new(dec("5"), Currency::EUR)),
        ..terms
    };
    assert_eq!(rates(&euros), rates(&Terms::default()));
}

#[test]
fn a_rate_on_the_edge_of_its_band_is_usual() {
    let check = |kind, rate: &str, expected: Result<&str, &str>| {
        let found = match plausibility(kind, &of_rate(rate)) {
            Plausibility::Usual(name) => Ok(name),
            Plausibility::Suspicious { field, .. } => Err(field),
            Plausibility::Unknown => panic!("{rate} is a rate"),
        };
        assert_eq!(found, expected, "{kind:?} at {rate}");
    };
    for kind in [
        DealKind::PoweredShell,
        DealKind::Colocation,
        DealKind::Unknown,
    ] {
        check(kind, "1.0", Ok("leases"));
        check(kind, "2.6", Ok("leases"));
        check(kind, "0.375", Err("critical_mw"));
        check(kind, "0.999999", Err("critical_mw"));
        check(kind, "2.600001", Err("base_value"));
        check(kind, "5.999999", Err("base_value"));
        check(kind, "14.000001", Err("base_value"));
    }
    check(DealKind::Colocation, "6", Err("kind"));
    check(DealKind::PoweredShell, "14", Err("kind"));
    check(DealKind::Unknown, "6", Ok("GPU cloud"));
    check(DealKind::Unknown, "14", Ok("GPU cloud"));
    for kind in [DealKind::GpuCloud, DealKind::ManagedCloud] {
        check(kind, "6", Ok("GPU cloud"));
        check(kind, "14", Ok("GPU cloud"));
        check(kind, "5.999999", Err("critical_mw"));
        check(kind, "14.000001", Err("base_value"));
    }
    let unknown = plausibility(DealKind::Colocation, &Terms::default());
    assert_eq!(unknown, Plausibility::Unknown);
}

#[test]
fn swapped_loads_and_values_are_warned_of() {
    let terms = Terms {
        critical_mw: Some(dec("330")),
        gross_mw: Some(dec("245")),
        base_value: Some(Money::usd(dec("25100000000"))),
        ..Terms::default()
    };
    let options = Some(Money::usd(dec("9800000000")));
    let fields: Vec<_> = warnings(DealKind::PoweredShell, &terms, options)
        .into_iter()
        .map(|(field, _)| field)
        .collect();
    assert_eq!(fields, ["gross_mw", "value_with_options"]);
}
