//! The rent schedule of a deal: to the cent, with escalators, partial dates,
//! phases, options and shares. Expected figures are computed apart.

use std::collections::BTreeMap;

use gigawatch::analytics::backlog::remaining;
use gigawatch::analytics::grain::Grain;
use gigawatch::analytics::options::extension_months;
use gigawatch::analytics::schedule::RentSchedule;
use gigawatch::analytics::switches::{ShareBasis, Switches, ValueBasis};
use gigawatch::model::{CompanyId, Currency, Day, Deal, Money, Phase};
use jiff::ToSpan as _;
use proptest::prelude::*;
use rust_decimal::Decimal;
use uuid::Uuid;

use crate::backlog::{bare_deal, day, dec, start};

const TODAY: &str = "2026-11-21";

fn leased(value: &str, months: u32, escalator: Option<&str>, from: &str) -> Deal {
    Deal {
        base_value: Some(Money::usd(dec(value))),
        term_months: Some(months),
        escalator: escalator.map(dec),
        rent_start: vec![start(from, None)],
        ..bare_deal(1, CompanyId(Uuid::from_u128(1)), "2026-05-06")
    }
}

fn phase(name: &str, value: Option<&str>, critical_mw: Option<&str>, from: &str) -> Phase {
    Phase {
        name: name.to_owned(),
        base_value: value.map(|value| Money::usd(dec(value))),
        critical_mw: critical_mw.map(dec),
        gross_mw: None,
        rent_start: vec![start(from, None)],
        term_months: None,
    }
}

fn whole() -> Switches {
    Switches {
        share: ShareBasis::Whole,
        ..Switches::default()
    }
}

fn with_options() -> Switches {
    Switches {
        value: ValueBasis::WithOptions,
        ..Switches::default()
    }
}

fn scheduled(deal: &Deal) -> RentSchedule {
    RentSchedule::of(deal, day(TODAY), Switches::default()).unwrap()
}

fn sum(rents: &BTreeMap<Day, Decimal>) -> Decimal {
    rents.values().sum()
}

#[test]
fn escalated_rent_by_month_sums_to_the_value_to_the_cent() {
    let schedule = scheduled(&leased("9800000000", 180, Some("0.03"), "2027-Q3"));
    let months = schedule.rents(Grain::Month);
    assert_eq!(months.len(), 180);
    assert_eq!(sum(&months), dec("9800000000"));
    assert!(months.values().all(|rent| rent.normalize().scale() <= 2));
    let from = |first: &str, last: &str| -> Decimal {
        months
            .range(day(first)..=day(last))
            .map(|(_, rent)| rent)
            .sum()
    };
    let millions = |rent: Decimal| (rent / dec("1000000")).round_dp(1);
    // The years of the lease, which begin on the first day of the quarter.
    assert_eq!(millions(from("2027-07-01", "2028-06-01")), dec("526.9"));
    assert_eq!(millions(from("2041-07-01", "2042-06-01")), dec("797.0"));
    // 31 of the 366 days of the first year: 29 February 2028 is one of them.
    assert_eq!(months[&day("2027-07-01")], dec("44629199.85"));
    for grain in [Grain::Quarter, Grain::Year] {
        assert_eq!(sum(&schedule.rents(grain)), dec("9800000000"));
    }
    let years = schedule.rents(Grain::Year);
    assert_eq!(
        (years.len(), years.keys().next()),
        (16, Some(&day("2027-01-01")))
    );
}

#[test]
fn level_rent_leaves_what_remaining_says() {
    let deal = leased("1000.01", 36, None, "2026-01-15");
    let schedule = scheduled(&deal);
    for on in [
        "2026-01-15",
        "2026-02-01",
        "2027-12-31",
        "2028-02-29",
        "2029-01-15",
    ] {
        let exact = remaining(&deal, day(on)).unwrap();
        assert_eq!(schedule.left_on(day(on)), exact.round_dp(2), "{on}");
    }
    let left = schedule.rents_from(day("2027-05-20"), Grain::Quarter);
    assert_eq!(sum(&left), schedule.left_on(day("2027-05-20")));
    assert_eq!(left.keys().next(), Some(&day("2027-04-01")));
    assert_eq!(
        schedule.rents_from(day("2031-01-01"), Grain::Month).len(),
        0
    );
}

#[test]
fn phases_run_by_themselves() {
    let mut deal = leased("4500", 12, None, "2026-01-01");
    deal.phases = vec![
        phase("I", Some("1200"), None, "2026-01-01"),
        phase("II", None, Some("200"), "2026-07-01"),
        Phase {
            term_months: Some(24),
            ..phase("III", None, Some("100"), "2027-01-01")
        },
    ];
    let schedule = scheduled(&deal);
    let values: Vec<_> = schedule.parts.iter().map(|part| part.value).collect();
    assert_eq!(values, [dec("1200"), dec("2200"), dec("1100")]);
    assert_eq!(
        schedule.remarks,
        ["the value of II, III is not stated: the rest of the base value is split by critical MW"]
    );
    let years = schedule.rents(Grain::Year);
    // Of phase II 184 of 365 days fall in 2026.
    let expected = [("2026", "2309.04"), ("2027", "1640.96"), ("2028", "550")];
    let found: Vec<_> = years
        .iter()
        .map(|(year, rent)| (year.year().to_string(), rent.normalize()))
        .collect();
    for ((year, rent), (expected_year, expected)) in found.iter().zip(expected) {
        assert_eq!((year.as_str(), *rent), (expected_year, dec(expected)));
    }
    assert_eq!(sum(&years), dec("4500"));
    assert_eq!(
        remaining(&deal, day("2027-01-01")).unwrap().round_dp(2),
        dec("2190.96")
    );
}

#[test]
fn what_a_phase_does_not_state_comes_from_the_deal_or_is_missing() {
    let mut deal = leased("300", 12, None, "2026-01-01");
    let bare = |name: &str| Phase {
        rent_start: Vec::new(),
        ..phase(name, None, None, "2026-01-01")
    };
    deal.phases = vec![phase("I", Some("100"), None, "2026-01-01"), bare("II")];
    let schedule = scheduled(&deal);
    assert_eq!(schedule.parts[1].value, dec("200"));
    assert_eq!(
        schedule.remarks,
        [
            "the value of II is not stated: it is the rest of the base value",
            "no rent start of II is stated: that of the deal counts"
        ]
    );
    let reason = |deal: &Deal| RentSchedule::of(deal, day(TODAY), whole()).unwrap_err().0;
    deal.rent_start.clear();
    assert_eq!(reason(&deal), "no rent start of II is stated");
    deal.phases.push(bare("III"));
    assert_eq!(
        reason(&deal),
        "neither the value nor the load of II is stated"
    );
    deal.phases[0].base_value = Some(Money::usd(dec("301")));
    let worth = "the phases whose value is stated are worth more than the whole";
    assert_eq!(reason(&deal), worth);
    deal.phases[0].base_value = Some(Money::new(dec("1"), Currency::EUR));
    assert_eq!(reason(&deal), "I is not in the currency of the base value");
}

#[test]
fn phases_that_do_not_sum_to_the_whole_name_what_is_suspicious() {
    let check = |change: &dyn Fn(&mut Deal), expected: &[(&str, &str)]| {
        let mut deal = Deal {
            critical_mw: Some(dec("526")),
            ..leased("15000000000", 180, None, "2026-Q2")
        };
        deal.phases = vec![
            phase("Phase I", Some("4500000000"), Some("133"), "2026-Q2"),
            phase("Phase II", Some("9000000000"), Some("260"), "2027"),
            phase("Phase III", Some("1500000000"), Some("133"), "2027"),
        ];
        change(&mut deal);
        let found = deal.phases_consistent();
        let found: Vec<_> = found.iter().map(|(f, text)| (*f, text.as_str())).collect();
        assert_eq!(found, expected);
    };
    check(&|_| {}, &[]);
    check(&|deal| deal.phases[2].base_value = None, &[]);
    check(&|deal| deal.critical_mw = None, &[]);
    check(&|deal| deal.phases.clear(), &[]);
    check(
        &|deal| deal.phases[1].critical_mw = Some(dec("526")),
        &[(
            "critical_mw",
            "the phases have 792 MW and the whole has 526 MW of critical IT load: Phase II has the \
             critical IT load of the whole: check it",
        )],
    );
    check(
        &|deal| {
            deal.phases.pop();
        },
        &[
            (
                "base_value",
                "the phases have 13500m and the whole has 15000m of base value: check whether a \
                 phase is missing or the base value counts more than the phases",
            ),
            (
                "critical_mw",
                "the phases have 393 MW and the whole has 526 MW of critical IT load: check whether \
                 a phase is missing or the critical IT load counts more than the phases",
            ),
        ],
    );
    check(
        &|deal| deal.base_value = Some(Money::usd(dec("4500000001"))),
        &[(
            "base_value",
            "the phases have 15000m and the whole has 4500.000001m of base value: check whether \
             the base value is that of one phase",
        )],
    );
}

#[test]
fn options_follow_the_base_term_if_they_count() {
    let deal = Deal {
        value_with_options: Some(Money::usd(dec("25100000000"))),
        extension_options: Some("three of 5 years".to_owned()),
        ..leased("9800000000", 180, None, "2027-Q3")
    };
    let schedule = RentSchedule::of(&deal, day(TODAY), with_options()).unwrap();
    assert_eq!(schedule.value(), dec("25100000000"));
    assert_eq!(schedule.end(), Some(day("2057-07-01")));
    assert_eq!(sum(&schedule.rents(Grain::Quarter)), dec("25100000000"));
    assert_eq!(schedule.left_on(day("2042-07-01")), dec("15300000000"));
    let vague = Deal {
        extension_options: Some("renewals to 30 years".to_owned()),
        ..deal.clone()
    };
    let schedule = RentSchedule::of(&vague, day(TODAY), with_options()).unwrap();
    assert_eq!(schedule.value(), dec("9800000000"));
    assert_eq!(schedule.undated_options.unwrap().0, dec("15300000000"));
    let without = Deal {
        value_with_options: None,
        ..deal
    };
    let schedule = RentSchedule::of(&without, day(TODAY), with_options()).unwrap();
    assert_eq!((schedule.remarks.len(), schedule.parts.len()), (1, 1));
}

#[test]
fn words_of_options_are_read_or_left_alone() {
    let check = |words: &str, months: Option<u32>| {
        assert_eq!(extension_months(words), months, "{words}");
    };
    check("three of 5 years", Some(180));
    check(" Two of 5 years ", Some(120));
    check("2 × 60 months", Some(120));
    check("one of 1 year", Some(12));
    for words in [
        "renewals to 30 years",
        "",
        "5 years",
        "0 of 5 years",
        "three of five moons",
    ] {
        check(words, None);
    }
    check("9999999 of 9999999 years", None);
}

#[test]
fn the_owned_share_is_split_to_the_cent() {
    let mut deal = leased("9500000000", 300, None, "2027-H1");
    deal.owned_share = Some(dec("0.501"));
    assert_eq!(scheduled(&deal).value(), dec("4759500000"));
    let all = RentSchedule::of(&deal, day(TODAY), whole()).unwrap();
    assert_eq!(all.value(), dec("9500000000"));
    deal.base_value = Some(Money::usd(dec("100.03")));
    deal.phases = ["I", "II", "III"]
        .map(|name| phase(name, None, Some("1"), "2027-01-01"))
        .to_vec();
    // 50.11503: whole cents by the largest remainder, the rest with the first.
    let values: Vec<_> = scheduled(&deal).parts.iter().map(|p| p.value).collect();
    assert_eq!(values, [dec("16.71503"), dec("16.7"), dec("16.7")]);
    assert_eq!(sum(&scheduled(&deal).rents(Grain::Month)), dec("50.11503"));
}

#[test]
fn a_slip_counts_from_the_day_it_was_stated() {
    let mut deal = leased("1200", 12, None, "2026-01-01");
    deal.phases = vec![Phase {
        rent_start: vec![
            start("2026-01-01", Some("2025-06-01")),
            start("2026-07-01", Some("2026-03-10")),
        ],
        ..phase("I", None, None, "2026-01-01")
    }];
    let first = |on: &str| {
        let schedule = RentSchedule::of(&deal, day(on), Switches::default());
        schedule.unwrap().first_day().unwrap()
    };
    assert_eq!(first("2026-03-09"), day("2026-01-01"));
    assert_eq!(first("2026-03-10"), day("2026-07-01"));
}

fn partial_date() -> impl Strategy<Value = String> {
    prop_oneof![
        (2024..2040_i16).prop_map(|year| year.to_string()),
        (2024..2040_i16, 1..=2).prop_map(|(year, half)| format!("{year}-H{half}")),
        (2024..2040_i16, 1..=4).prop_map(|(year, quarter)| format!("{year}-Q{quarter}")),
        (2024..2040_i16, 1..=12).prop_map(|(year, month)| format!("{year}-{month:02}")),
        (2024..2040_i16, 1..=12, 1..=28)
            .prop_map(|(year, month, day)| format!("{year}-{month:02}-{day:02}")),
    ]
}

prop_compose! {
    fn any_phase()(
        value in proptest::option::of(0_i64..40_000_000_000),
        load in 1_u32..900,
        from in partial_date(),
        months in proptest::option::of(1_u32..400),
    ) -> Phase {
        Phase {
            name: "Phase".to_owned(),
            base_value: value.map(|cents| Money::usd(Decimal::new(cents, 2))),
            critical_mw: Some(Decimal::from(load)),
            gross_mw: None,
            rent_start: vec![start(&from, None)],
            term_months: months,
        }
    }
}

prop_compose! {
    fn any_deal()(
        cents in 1_i64..2_000_000_000_000,
        months in 1_u32..400,
        escalator in proptest::option::of(-100_i64..150),
        from in partial_date(),
        share in proptest::option::of(1_i64..=1000),
        phases in proptest::collection::vec(any_phase(), 0..4),
        options in proptest::option::of(1_i64..2_000_000_000_000),
    ) -> Deal {
        let mut deal = leased("1", months, None, &from);
        deal.base_value = Some(Money::usd(Decimal::new(cents, 2)));
        deal.escalator = escalator.map(|g| Decimal::new(g, 3));
        deal.owned_share = share.map(|share| Decimal::new(share, 3));
        deal.phases = phases;
        deal.value_with_options = options.map(|more| Money::usd(Decimal::new(cents + more, 2)));
        deal.extension_options = Some("two of 5 years".to_owned());
        deal
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    /// Rent over the term sums to the base value to the cent, escalated or not,
    /// with partial dates and phases; months, quarters and years agree.
    #[test]
    fn rent_sums_to_the_value(deal in any_deal()) {
        for (switches, share) in [
            (whole(), Decimal::ONE),
            (Switches::default(), deal.owned_fraction()),
        ] {
            let Ok(schedule) = RentSchedule::of(&deal, day(TODAY), switches) else {
                // Only phases may leave nothing to schedule.
                prop_assert!(!deal.phases.is_empty());
                continue;
            };
            let value = deal.base_value.unwrap().amount * share;
            prop_assert_eq!(schedule.value(), value);
            for grain in Grain::ALL {
                let rents = schedule.rents(*grain);
                prop_assert_eq!(sum(&rents), value);
                prop_assert!(rents.values().all(|rent| *rent >= Decimal::ZERO));
            }
        }
    }

    /// What is left at the ends of periods never rises and never is below
    /// zero, with options, too; it is the value less the rent due before, and
    /// what `remaining` says within half a cent a part.
    #[test]
    fn the_burn_down_falls_to_zero(deal in any_deal(), from in 0_i64..8000, on in 0_i64..20_000) {
        let from = day("2024-01-01") + from.days();
        for switches in [whole(), Switches { value: ValueBasis::WithOptions, ..whole() }] {
            let Ok(schedule) = RentSchedule::of(&deal, day(TODAY), switches) else { continue };
            let mut before = schedule.left_on(from);
            for (period, rent) in schedule.rents_from(from, Grain::Month) {
                let left = schedule.left_on(Grain::Month.next(period).unwrap());
                prop_assert!(left >= Decimal::ZERO && left <= before);
                prop_assert_eq!(before - rent, left);
                before = left;
            }
            prop_assert_eq!(before, Decimal::ZERO);
        }
        let Ok(schedule) = RentSchedule::of(&deal, day(TODAY), whole()) else { return Ok(()) };
        let on = day("2024-01-01") + on.days();
        let off = (remaining(&deal, on).unwrap() - schedule.left_on(on)).abs();
        prop_assert!(off <= Decimal::new(5, 3) * Decimal::from(schedule.parts.len() as u64));
    }
}
