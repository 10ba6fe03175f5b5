//! What the watchlist, the deals and the debts of a book come to: which
//! statements count, what is left out of sums and how that is said, and that
//! the past shows nothing of what came later.

pub(crate) mod making;
mod statements;

use gigawatch::analytics::deals::{DealTotals, deal_rows};
use gigawatch::analytics::switches::Switches;
use gigawatch::analytics::{Input, derive};
use gigawatch::exchange::starter;
use gigawatch::model::deal::DealStatus;
use gigawatch::model::debt::{DebtLevel, DebtStatus};
use gigawatch::model::metric::Known;
use gigawatch::model::source::Grade;
use gigawatch::model::{Bar, Currency, Deal, Debt, Hedge, Money, Prices, Series};

use crate::backlog::{day, dec, start};

use making::*;
#[test]
fn backlog_counts_what_is_contracted_by_owned_share() {
    let none = Making::new().row(TODAY);
    assert_eq!(none.backlog_usd.unwrap_err().0, "no deal is entered");
    none.backlog_to_debt.unwrap_err();

    let mut making = Making::new();
    let main = making.deal(Some("6700000000"), |_| {});
    making.deal(Some("9500000000"), |deal| {
        deal.owned_share = Some(dec("0.501"));
        deal.value_with_options = Some(Money::usd(dec("20000000000")));
    });
    making.deal(Some("1"), |deal| deal.status = DealStatus::LetterOfIntent);
    making.deal(Some("2"), |deal| deal.status = DealStatus::Ended);
    making.deal(Some("4"), |deal| deal.alternative_to = Some(main));
    let backlog = making.row(TODAY).backlog_usd.unwrap();
    assert_eq!(backlog.value, dec("11459500000"));
    assert_eq!((backlog.hedge, backlog.remark), (Hedge::Exact, None));
    assert_eq!(backlog.inputs.len(), 2);
}

#[test]
fn a_sum_that_lacks_a_part_says_so() {
    use Hedge::{About, Exact, MoreThan, Planned, UpTo};
    let check = |hedges: &[Hedge], unknown: usize, expected: Hedge| {
        let mut making = Making::new();
        for hedge in hedges {
            making.deal(Some("10"), |deal| deal.base_value_hedge = *hedge);
        }
        for _ in 0..unknown {
            making.deal(None, |_| {});
        }
        let backlog = making.row(TODAY).backlog_usd.unwrap();
        assert_eq!(backlog.hedge, expected, "{hedges:?} and {unknown}");
        assert_eq!(backlog.remark.is_some(), unknown > 0);
    };
    check(&[Exact, Exact], 0, Exact);
    check(&[Exact, MoreThan], 0, MoreThan);
    check(&[UpTo, MoreThan], 0, About);
    check(&[Planned, About], 0, Planned);
    check(&[Exact, About], 1, MoreThan);
    check(&[Exact, Planned], 1, Planned);

    // In another currency it is not known in dollars.
    let mut making = Making::new();
    let euros = |deal: &mut Deal| deal.base_value = Some(Money::new(dec("5"), Currency::EUR));
    making.deal(None, euros);
    let reason = making.row(TODAY).backlog_usd.unwrap_err().0;
    assert_eq!(
        reason,
        "there is only 1 deal whose value is not stated in USD"
    );

    // The ratio says what its parts lack.
    let mut making = Making::new();
    making.deal(Some("10"), |_| {});
    making.deal(None, |_| {});
    making.figure(
        Known::TotalDebt,
        "4 | more_than | 2026-06-30 | 2026-06-30",
        Grade::Filing,
    );
    let ratio = making.row(TODAY).backlog_to_debt.unwrap();
    assert!((ratio.value - 2.5).abs() < 1e-12);
    // A lower bound over a lower bound bounds nothing.
    assert_eq!(ratio.hedge, About);
    let remark = "backlog: without 1 deal whose value is not stated in USD";
    assert_eq!(ratio.remark.as_deref(), Some(remark));
    let mut making = Making::new();
    making.deal(Some("10"), |_| {});
    making.figure(
        Known::TotalDebt,
        "0 | exact | 2026-06-30 | 2026-06-30",
        Grade::Filing,
    );
    making.row(TODAY).backlog_to_debt.unwrap_err();
}

#[test]
fn totals_of_deals_say_how_many_they_lack() {
    let mut making = Making::new();
    making.deal(Some("100"), |deal| {
        deal.owned_share = Some(dec("0.5"));
        deal.term_months = Some(12);
        deal.rent_start = vec![start("2027-01-01", None)];
        deal.critical_mw = Some(dec("20"));
    });
    making.deal(None, |_| {});
    making.deal(Some("7"), |deal| deal.status = DealStatus::LetterOfIntent);
    let rows = deal_rows(&making.book(), day(TODAY), Switches::default());
    let expected = DealTotals {
        deals: 2,
        without_value: 1,
        base_value_usd: dec("100"),
        attributable_usd: dec("50"),
        remaining_usd: dec("50"),
        without_remaining: 1,
        load_mw: dec("10"),
        without_load: 1,
        critical_mw: dec("20"),
        without_mw: 1,
    };
    assert_eq!(DealTotals::of(&rows), expected);
}

#[test]
fn nothing_is_left_of_what_is_no_contract() {
    let left = |status: DealStatus| {
        let mut making = Making::new();
        making.deal(Some("100"), |deal| {
            deal.status = status;
            deal.rent_start = vec![start("2027-01-01", None)];
        });
        let rows = deal_rows(&making.book(), day(TODAY), Switches::default());
        rows[0].remaining_usd.clone().map_err(|why| why.0)
    };
    assert_eq!(left(DealStatus::Announced), Ok(dec("100")));
    let ended = "the deal is over: nothing is due any more";
    assert_eq!(left(DealStatus::Ended), Err(ended.to_owned()));
    left(DealStatus::LetterOfIntent).unwrap_err();
}

#[test]
fn debt_is_told_two_ways() {
    let mut making = Making::new();
    let drawn = |deal: &mut Debt| {
        deal.principal_hedge = Hedge::UpTo;
        deal.drawn = Some(Money::usd(dec("50")));
        deal.matures = Some("2029".parse().unwrap());
    };
    making.debt(Some("300"), drawn);
    making.debt(Some("200"), |debt| debt.level = DebtLevel::JointVenture);
    making.debt(Some("1"), |debt| debt.status = DebtStatus::Proposed);
    making.debt(Some("2"), |debt| debt.status = DebtStatus::Repaid);
    making.debt(Some("4"), |debt| {
        debt.issued = Some("2026-08".parse().unwrap());
    });
    let row = making.debts();
    row.stated_usd.clone().unwrap_err();
    row.difference_usd().unwrap_err();
    let sum = row.instruments_usd.unwrap();
    // What is drawn is known exactly, whatever the facility is "up to".
    assert_eq!((sum.value, sum.hedge), (dec("250"), Hedge::Exact));
    assert_eq!(row.joint_venture_usd, dec("200"));
    assert_eq!(row.without_maturity_usd, dec("200"));
    assert_eq!(
        row.by_year.into_iter().collect::<Vec<_>>(),
        [(2029, dec("50"))]
    );
    assert_eq!(row.instruments.len(), 4, "one is issued later");

    let mut making = Making::new();
    making.debt(Some("100"), |_| {});
    making.debt(None, |_| {});
    let debt = making.row(TODAY).debt_usd.unwrap();
    assert_eq!((debt.value, debt.hedge), (dec("100"), Hedge::MoreThan));
    let remark = "sum of instruments; no total debt is stated; \
                  without 1 instrument whose amount is not known in USD";
    assert_eq!(debt.remark.as_deref(), Some(remark));

    let mut making = Making::new();
    making.debt(Some("100"), |_| {});
    making.figure(
        Known::TotalDebt,
        "130 | more_than | 2026-03-31 | 2026-05-01",
        Grade::Filing,
    );
    let row = making.derived(TODAY);
    assert_eq!(
        row.watchlist[0].debt_usd.as_ref().unwrap().value,
        dec("130")
    );
    assert_eq!(row.watchlist[0].oldest_figure_days, Some(92));
    let difference = row.debt.companies[0].difference_usd().unwrap();
    assert_eq!(
        (difference.value, difference.hedge),
        (dec("-30"), Hedge::UpTo)
    );
}

#[test]
fn the_next_rent_is_the_earliest_not_past() {
    use DealStatus::{Announced, Billing, LetterOfIntent, Ramping};
    let check = |deals: &[(&str, DealStatus)], expected: Result<&str, &str>| {
        let mut making = Making::new();
        for (date, status) in deals {
            making.deal(Some("1"), |deal| {
                deal.status = *status;
                deal.rent_start = date.split_terminator(' ').map(|d| start(d, None)).collect();
            });
        }
        let next = making.row(TODAY).next_rent_start;
        let found = next.map(|next| next.value.to_string()).map_err(|why| why.0);
        assert_eq!(
            found,
            expected.map(str::to_owned).map_err(str::to_owned),
            "{deals:?}"
        );
    };
    check(&[], Err("no deal is entered"));
    check(&[("", Announced)], Err("no rent start is stated"));
    check(&[("2026-08", Billing)], Err("all deals are billing"));
    check(&[("2026-08", LetterOfIntent)], Err("no deal is entered"));
    check(&[("2027", Announced), ("2026-12", Ramping)], Ok("2026-12"));
    check(&[("2026-07-01", Announced)], Ok("2026-07-01"));
    check(
        &[("2026-H2", Announced), ("2026-Q3", Announced)],
        Ok("2026-Q3"),
    );
    // The year is not over yet, and the latest statement counts.
    check(&[("2026", Announced)], Ok("2026"));
    check(&[("2026-06 2027-03", Announced)], Ok("2027-03"));
    let past = "no later start is stated; the last one was 2026-06";
    check(&[("2026-05", Announced), ("2026-06", Announced)], Err(past));
}

#[test]
fn the_past_shows_nothing_of_what_came_later() {
    let mut making = Making::new();
    making.deal(Some("100"), |deal| {
        deal.announced = "2026-01-15".parse().unwrap();
        deal.rent_start = vec![
            start("2026-09", Some("2026-01-15")),
            start("2027-03", Some("2026-06-10")),
        ];
    });
    making.deal(Some("7"), |deal| {
        deal.announced = "2026-06-20".parse().unwrap();
    });
    making.figure(
        Known::TotalDebt,
        "5 | exact | 2025-12-31 | 2026-02-01",
        Grade::Filing,
    );
    making.figure(
        Known::TotalDebt,
        "6 | exact | 2026-03-31 | 2026-06-15",
        Grade::Filing,
    );
    let book = making.book();
    let bars = |days: &[(&str, f64)]| {
        let bars = days.iter().map(|(on, close)| Bar::close(day(on), *close));
        Series::new(bars.collect()).unwrap()
    };
    let prices = Prices {
        by_symbol: [(
            "AAA".to_owned(),
            bars(&[("2026-05-29", 10.0), ("2026-06-30", 20.0)]),
        )]
        .into(),
    };
    let on = |text: &str| derive(&book, &prices, day(text), Switches::default());
    let check = |text: &str, backlog: &str, debt: &str, close: f64, next: &str| {
        let derived = on(text);
        let row = &derived.watchlist[0];
        assert_eq!(
            row.backlog_usd.as_ref().unwrap().value,
            dec(backlog),
            "{text}"
        );
        assert_eq!(row.debt_usd.as_ref().unwrap().value, dec(debt), "{text}");
        assert_eq!(
            row.last.as_ref().unwrap().value.0.to_bits(),
            close.to_bits()
        );
        assert_eq!(
            row.next_rent_start.as_ref().unwrap().value.to_string(),
            next
        );
        let slips = derived.deals.last().unwrap().rent_start_revisions;
        assert_eq!(slips, usize::from(next == "2027-03"));
    };
    check("2026-06-01", "100", "5", 10.0, "2026-09");
    check("2026-06-12", "100", "5", 10.0, "2027-03");
    check("2026-07-01", "107", "6", 20.0, "2027-03");
    let before = on("2026-01-14");
    assert!(before.deals.is_empty());
    before.watchlist[0].backlog_usd.clone().unwrap_err();
    before.watchlist[0].debt_usd.clone().unwrap_err();
    assert_eq!(before.prices_to, None);
}

/// Backlogs that the published statements come to, owned share, computed apart.
#[test]
fn the_starter_book_comes_to_the_published_backlogs() {
    let book = starter::book().unwrap();
    let derived = derive(
        &book,
        &Prices::default(),
        day("2026-10-01"),
        Switches::default(),
    );
    let check = |symbol: &str, expected: &str| {
        let row = derived.watchlist.iter();
        let row = row
            .clone()
            .find(|row| row.symbol.as_deref() == Some(symbol))
            .unwrap();
        let backlog = row.backlog_usd.as_ref().unwrap();
        let billions = (backlog.value / dec("1000000000")).round_dp(2).normalize();
        assert_eq!(billions, dec(expected), "{symbol}");
        let deals = backlog
            .inputs
            .iter()
            .filter(|input| matches!(input, Input::Deal(_)));
        assert_eq!(deals.count(), backlog.inputs.len());
    };
    check("WULF", "11.46");
    check("HUT", "16.8");
    check("CIFR", "9.33");
    check("GLXY", "15");
}
