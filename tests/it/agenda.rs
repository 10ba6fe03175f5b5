//! What happens when: phases, instalments, what is overdue or has no date, the
//! owned part, and convertibles that count as shares.

use gigawatch::analytics::agenda::{Event, agenda};
use gigawatch::analytics::switches::{ConvertBasis, ShareBasis, Switches};
use gigawatch::model::deal::RentStart;
use gigawatch::model::debt::{DebtKind, DebtStatus};
use gigawatch::model::repayment::Interval;
use gigawatch::model::{Bar, Instalments, PartialDate, Phase, Prices, Series};

use crate::backlog::{day, dec};
use crate::derive::making::{Making, TODAY};

fn date(text: &str) -> PartialDate {
    text.parse().unwrap()
}

fn start(text: &str, stated: &str) -> RentStart {
    RentStart {
        date: date(text),
        stated: Some(date(stated)),
        source: None,
    }
}

fn phase(name: &str, value: &str, starts: &[RentStart]) -> Phase {
    Phase {
        name: name.to_owned(),
        base_value: Some(gigawatch::model::Money::usd(dec(value))),
        critical_mw: Some(dec("10")),
        gross_mw: None,
        term_months: None,
        rent_start: starts.to_vec(),
    }
}

/// `2027-Q3 rent_starts 40`, a line an event; what has no date comes last.
fn lines(making: Making, switches: Switches) -> Vec<String> {
    let closes = vec![Bar::close(day("2026-06-30"), 20.0)];
    let mut prices = Prices::default();
    let series = Series::new(closes).unwrap();
    prices.by_symbol.insert("AAA".to_owned(), series);
    let found = agenda(&making.book(), &prices, day(TODAY), switches);
    let line = |event: &Event| {
        let date = event
            .date
            .map_or_else(|| "?".to_owned(), |date| date.to_string());
        let amount = event
            .amount_usd
            .map(|amount| amount.normalize().to_string());
        let amount = amount.unwrap_or_else(|| "—".to_owned());
        let overdue = if event.overdue { " overdue" } else { "" };
        let slips = event.slippage.as_ref().map_or(0, |slippage| slippage.slips);
        let slips = if slips > 0 {
            format!(" slipped {slips}")
        } else {
            String::new()
        };
        format!("{date} {} {amount}{slips}{overdue}", event.kind.code())
    };
    found.dated.iter().chain(&found.undated).map(line).collect()
}

#[test]
fn each_phase_starts_by_itself_and_a_slip_is_seen() {
    let mut making = Making::new();
    making.deal(Some("300"), |deal| {
        deal.term_months = Some(120);
        deal.owned_share = Some(dec("0.5"));
        deal.rent_start = vec![start("2027-Q3", "2026-01-15")];
        deal.phases = vec![
            phase(
                "A",
                "100",
                &[
                    start("2027-Q1", "2026-01-15"),
                    start("2027-Q2", "2026-05-01"),
                ],
            ),
            phase("B", "200", &[]),
        ];
    });
    let owned = [
        "2027-Q2 rent_starts 5 slipped 1",
        "2027-Q3 rent_starts 10",
        "2037-06-30 rent_ends 15",
    ];
    assert_eq!(lines(making, Switches::default()), owned);
}

#[test]
fn the_whole_of_a_joint_venture_is_due_when_switched_on() {
    for (share, due) in [(ShareBasis::Owned, "50.1"), (ShareBasis::Whole, "100")] {
        let mut making = Making::new();
        making.debt(Some("100"), |debt| {
            debt.owned_share = Some(dec("0.501"));
            debt.matures = Some(date("2030"));
        });
        let switches = Switches {
            share,
            ..Switches::default()
        };
        assert_eq!(lines(making, switches), [format!("2030 matures {due}")]);
    }
}

#[test]
fn instalments_come_before_the_rest_and_what_is_past_is_overdue_only_at_maturity() {
    let mut making = Making::new();
    making.debt(Some("100"), |debt| {
        debt.issued = Some(date("2025-12-31"));
        debt.matures = Some(date("2027-06-30"));
        debt.instalments = Some(Instalments {
            fraction: dec("0.1"),
            every: Interval::Half,
            first: None,
        });
    });
    making.debt(Some("7"), |debt| debt.matures = Some(date("2026-03-31")));
    making.debt(Some("9"), |debt| {
        debt.matures = Some(date("2026-03-31"));
        debt.status = DebtStatus::Repaid;
    });
    making.debt(Some("3"), |_| {});
    making.debt(None, |debt| debt.matures = Some(date("2029")));
    let expected = [
        "2026-03-31 matures 7 overdue",
        "2026-12-31 instalment 10",
        "2027-06-30 matures 80",
        "2029 matures —",
        "? matures 3",
    ];
    assert_eq!(lines(making, Switches::default()), expected);
}

#[test]
fn a_convertible_that_counts_as_shares_is_never_due() {
    for (price, expected) in [("12.43", vec![]), ("25", vec!["2031-09-01 matures 100"])] {
        let mut making = Making::new();
        making.debt(Some("100"), |debt| {
            debt.kind = DebtKind::Convertible;
            debt.conversion_price = Some(dec(price));
            debt.matures = Some(date("2031-09-01"));
        });
        let switches = Switches {
            converts: ConvertBasis::IfConverted,
            ..Switches::default()
        };
        assert_eq!(lines(making, switches), expected, "{price}");
    }
}

#[test]
fn what_nobody_dates_is_not_lost_and_what_is_no_contract_is_not_there() {
    let mut making = Making::new();
    making.deal(Some("100"), |_| {});
    making.deal(None, |deal| {
        deal.rent_start = vec![start("2027-Q3", "2026-01-15")];
    });
    making.deal(Some("5"), |deal| {
        deal.status = gigawatch::model::deal::DealStatus::LetterOfIntent;
    });
    making.deal(Some("5"), |deal| deal.announced = date("2026-07-02"));
    assert_eq!(
        lines(making, Switches::default()),
        ["2027-Q3 rent_starts —", "? rent_starts —"]
    );
}
