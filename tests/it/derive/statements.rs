//! Which of several statements counts, how old it is, and of which periods a
//! ratio is.

use gigawatch::analytics::statement::{age_days, speaks_of};
use gigawatch::model::metric::Known;
use gigawatch::model::source::Grade;

use crate::backlog::{day, dec};

use super::making::*;
#[test]
fn the_newest_statement_counts_and_of_one_time_the_better_source() {
    use Grade::{Filing, News};
    let check = |known, on: &str, stated: &[(&str, Grade)], expected: Option<&str>| {
        let mut making = Making::new();
        for (text, grade) in stated {
            making.figure(known, text, *grade);
        }
        assert_eq!(
            making.chosen(known, on),
            expected.map(dec),
            "{stated:?} on {on}"
        );
    };
    let debt =
        |stated: &[(&str, Grade)], expected| check(Known::TotalDebt, TODAY, stated, expected);
    debt(&[], None);
    // Newest wins over a better but older one.
    let old = ("1 | exact | 2026-03-31 | 2026-05-01", Filing);
    debt(
        &[old, ("2 | about | 2026-05-31 | 2026-06-01", News)],
        Some("2"),
    );
    // Thirty days apart count as one time, thirty-one do not.
    debt(
        &[old, ("2 | about | 2026-04-30 | 2026-05-01", News)],
        Some("1"),
    );
    debt(
        &[old, ("2 | about | 2026-05-01 | 2026-05-02", News)],
        Some("2"),
    );
    // A plan never counts, nor what speaks of a time wholly ahead.
    debt(
        &[old, ("9 | planned | 2026-06-30 | 2026-06-30", Filing)],
        Some("1"),
    );
    debt(&[old, ("9 | exact | 2027 | 2026-06-30", Filing)], Some("1"));
    // A year not over is as old as the day on which it was told of.
    debt(&[("3 | exact | 2026 | 2026-01-10", Filing), old], Some("1"));
    // One without a time is of the day it was stated; one without any day loses.
    debt(&[old, ("4 | exact | | 2026-06-01", News)], Some("4"));
    debt(&[old, ("5 | exact | | ", Filing)], Some("1"));
    debt(&[("5 | exact | | ", Filing)], Some("5"));
    // What was stated later is not known yet.
    check(Known::TotalDebt, "2026-04-30", &[old], None);
    check(Known::TotalDebt, "2026-05-01", &[old], Some("1"));
    // A revenue without its period loses to one that has it, however old.
    let with = ("0.27 | exact | 2024-01-01/2024-03-31 | 2024-05-01", News);
    let without = ("0.71 | about | | 2026-06-01", Filing);
    check(Known::AiRevenueShare, TODAY, &[with, without], Some("0.27"));
    check(Known::AiRevenueShare, TODAY, &[without], Some("0.71"));
    // A quarter whose statement has no day is not known before it is over.
    let quarter = ("7 | exact | 2026-01-01/2026-03-31 | ", Filing);
    check(Known::TotalRevenue, "2026-03-30", &[quarter], None);
    check(Known::TotalRevenue, "2026-03-31", &[quarter], Some("7"));
}

#[test]
fn age_counts_from_the_time_spoken_of() {
    let check = |text: &str, expected: Option<i64>| {
        let mut making = Making::new();
        let id = making.figure(Known::Cash, text, Grade::News);
        let book = making.book();
        let age = age_days(book.figure(id).unwrap(), day(TODAY));
        assert_eq!(age, expected, "{text}");
    };
    check("1 | exact | 2026-03-31 | 2026-06-30", Some(92));
    check("1 | exact | 2026-01-01/2026-03-31 | 2026-06-30", Some(92));
    check("1 | exact | | 2026-06-30", Some(1));
    check("1 | exact | 2026 | 2026-06-30", Some(1));
    check("1 | planned | 2027 | 2026-06-30", Some(0));
    check("1 | exact | | ", None);
    let mut making = Making::new();
    let id = making.figure(Known::Cash, "1 | planned | 2027 | 2026-06-30", Grade::News);
    let spoken = speaks_of(making.book().figure(id).unwrap());
    assert_eq!(spoken, Some(day("2027-12-31")));
}

#[test]
fn the_ai_share_is_of_equal_periods() {
    use Known::{AiRevenue, AiRevenueShare, TotalRevenue};
    const Q4: &str = "exact | 2025-10-01/2025-12-31 | 2026-02-01";
    const Q1: &str = "exact | 2026-01-01/2026-03-31 | 2026-05-01";
    let check = |stated: &[(Known, &str, &str, Grade)], expected: Option<f64>| {
        let mut making = Making::new();
        for (known, value, rest, grade) in stated {
            making.figure(*known, &format!("{value} | {rest}"), *grade);
        }
        let share = making.row(TODAY).ai_revenue_share;
        assert_eq!(share.ok().map(|share| share.value), expected, "{stated:?}");
    };
    let filing = Grade::Filing;
    // Of two quarters never one over the other.
    check(
        &[
            (AiRevenue, "21", Q1, filing),
            (TotalRevenue, "34", Q4, filing),
        ],
        None,
    );
    let old = [
        (AiRevenue, "10", Q4, filing),
        (TotalRevenue, "40", Q4, filing),
    ];
    check(&old, Some(0.25));
    let new = [
        (AiRevenue, "21", Q1, filing),
        (TotalRevenue, "42", Q1, filing),
    ];
    check(&[old, new].concat(), Some(0.5));
    // A projection is no revenue.
    let plan = "planned | 2026-04-01/2026-06-30 | 2026-05-01";
    let plans = [
        (AiRevenue, "9", plan, filing),
        (TotalRevenue, "10", plan, filing),
    ];
    check(&[old, plans].concat(), Some(0.25));
    // The better source of a period counts, in whatever order they were entered.
    let news = (TotalRevenue, "80", Q4, Grade::News);
    check(&[old.as_slice(), &[news]].concat(), Some(0.25));
    check(&[&[news], old.as_slice()].concat(), Some(0.25));
    // A share told without its revenues counts if its period is newer.
    check(
        &[old.as_slice(), &[(AiRevenueShare, "0.7", Q1, filing)]].concat(),
        Some(0.7),
    );
    check(
        &[new.as_slice(), &[(AiRevenueShare, "0.7", Q4, filing)]].concat(),
        Some(0.5),
    );
    let undated = (AiRevenueShare, "0.7", "about | | 2026-06-01", filing);
    check(&[old.as_slice(), &[undated]].concat(), Some(0.25));
    // Nothing over nothing is no number.
    let none = [
        (AiRevenue, "0", Q1, filing),
        (TotalRevenue, "0", Q1, filing),
    ];
    check(&none, None);
}
