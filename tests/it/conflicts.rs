//! Statements that disagree: what of the starter book is listed and what is
//! not, how hedges and times are compared, and what the user's decisions do.

mod decisions;
mod past;

use gigawatch::analytics::conflicts::range::{Fit, Hedged, fit, gap};
use gigawatch::analytics::conflicts::time::{When, kind_of, relation};
use gigawatch::analytics::conflicts::{Conflict, Number, Topic};
use gigawatch::analytics::switches::Switches;
use gigawatch::analytics::{Derived, derive};
use gigawatch::exchange::starter;
use gigawatch::model::figure::Hedge;
use gigawatch::model::{Bar, Book, Day, Metric, Prices, Series};
use rust_decimal::Decimal;

pub(crate) const TODAY: &str = "2026-10-10";

pub(crate) fn starter_prices() -> Prices {
    let closes = starter::closes().unwrap().into_iter();
    let series = closes.map(|(symbol, closes)| {
        let bars = closes.iter().map(|(day, close)| Bar::close(*day, *close));
        (symbol, Series::new(bars.collect()).unwrap())
    });
    Prices {
        by_symbol: series.collect(),
    }
}

pub(crate) fn on(book: &Book, day: &str) -> Derived {
    derive(
        book,
        &starter_prices(),
        day.parse::<Day>().unwrap(),
        Switches::default(),
    )
}

/// Of whom, about what, in what way, the two sides and the gap.
pub(crate) fn line(book: &Book, of: &Conflict) -> String {
    let company = of.subject.company().and_then(|id| book.company(id));
    let topic = match &of.topic {
        Topic::Metric(metric) => metric.code().into_owned(),
        Topic::Deal(_) => "deal".to_owned(),
        Topic::CoinPrice(_) => "coin price".to_owned(),
    };
    let side = |side: &gigawatch::analytics::conflicts::Side| {
        let value = match side.value {
            Number::Exact(value) => {
                format!("{} {}", side.hedge.code(), value.round_dp(3).normalize())
            }
            Number::Closes { low, high } => format!("closes {low:.0} to {high:.0}"),
        };
        let load = side.load_mw.map(|mw| format!(" for {mw} MW"));
        format!("{value}{}", load.unwrap_or_default())
    };
    format!(
        "{} | {topic} | {} | {} | {} | {:.3}",
        company.map_or("sector", |company| &company.name),
        of.kind.code(),
        side(&of.one),
        side(&of.other),
        of.gap
    )
}

fn lines(book: &Book, day: &str) -> Vec<String> {
    let derived = on(book, day);
    let conflicts = derived.conflicts.list.iter();
    conflicts.map(|of| line(book, of)).collect()
}

#[test]
fn the_starter_book_lists_what_disagrees_and_nothing_else() {
    let book = starter::book().unwrap();
    assert_eq!(
        lines(&book, TODAY),
        [
            "sector | stated_backlog | loose_bound | more_than 70000000000 | more_than 90000000000 | 0.222",
            "TeraWulf | ai_revenue_share | time_not_stated | about 0.27 | exact 0.618 | 0.563",
            "TeraWulf | owned_share | time_not_stated | exact 0.501 | exact 0.51 | 0.018",
            "Core Scientific | coin price | implied_price | about 87851.406 | closes 65882 to 70968 | 0.192",
            "Galaxy | deal | telling | about 15000000000 for 526 MW | about 4500000000 for 800 MW | 0.700",
        ]
    );
    let derived = on(&book, TODAY);
    assert_eq!(derived.conflicts.open(), 5);
    let sector = &derived.conflicts.list[0];
    assert_eq!((sector.one.also.len(), sector.other.also.len()), (0, 3));
    let left_out: Vec<_> = derived
        .conflicts
        .not_compared
        .iter()
        .map(|of| {
            let value = |id| book.figure(id).unwrap().value;
            format!(
                "{} {} {} {}",
                of.metric.code(),
                value(of.one),
                value(of.other),
                of.why.code()
            )
        })
        .collect();
    assert_eq!(
        left_out,
        ["interest_expense 3200000 33400000 period_not_stated"]
    );
}

#[test]
fn a_conflict_is_not_known_before_both_sides_are() {
    let book = starter::book().unwrap();
    let check = |day: &str, expected: usize| assert_eq!(lines(&book, day).len(), expected, "{day}");
    check("2025-12-28", 0);
    check("2025-12-29", 1);
    check("2026-06-04", 1);
    check("2026-06-05", 5);
}

#[test]
fn hedges_are_considered() {
    let read = |text: &str| {
        let (hedge, value) = text.split_once(' ').unwrap();
        Hedged {
            value: value.parse().unwrap(),
            hedge: Hedge::from_code(hedge).unwrap(),
        }
    };
    let check = |a: &str, b: &str, expected: Fit| {
        assert_eq!(fit(read(a), read(b)), expected, "{a} and {b}");
        assert_eq!(fit(read(b), read(a)), expected, "{b} and {a}");
    };
    check("exact 100", "exact 100", Fit::Agree);
    check("exact 100", "exact 101", Fit::Agree);
    check("exact 100", "exact 101.1", Fit::Apart);
    check("about 100", "exact 105", Fit::Agree);
    check("about 100", "exact 106.06", Fit::Agree);
    check("about 100", "exact 106.2", Fit::Apart);
    check("about 100", "about 110", Fit::Agree);
    check("about 100", "about 112", Fit::Apart);
    check("about -100", "exact -104", Fit::Agree);
    check("more_than 100", "exact 99", Fit::Agree);
    check("more_than 100", "exact 98.9", Fit::Apart);
    check("more_than 100", "exact 125", Fit::Agree);
    check("more_than 100", "exact 126", Fit::LooseBound);
    check("more_than 100", "more_than 126", Fit::LooseBound);
    check("more_than 18", "up_to 36", Fit::Agree);
    check("up_to 100", "exact 0", Fit::Agree);
    check("up_to 100", "exact 101", Fit::Agree);
    check("up_to 100", "exact 102", Fit::Apart);
    check("up_to 100", "exact -5", Fit::Apart);
    check("up_to -100", "exact -150", Fit::Agree);
    check("more_than 100", "up_to 90", Fit::Apart);
    check("planned 100", "planned 102", Fit::Apart);
    check("exact 0", "exact 0", Fit::Agree);
    check("exact 0", "exact 0.001", Fit::Apart);
}

/// Metric, the time and day of saying of two statements, and what they are.
const TIMES: &str = "
total_debt | 2026-03-31 said 2026-05-01 | 2026-04-30 said - | Same
total_debt | 2026-03-31 said 2026-05-01 | 2026-05-01 said - | Different
total_debt | 2026-03-31 said 2026-05-01 | - said 2026-04-20 | Same
total_debt | 2026-03-31 said - | - said 2026 | Perhaps
total_debt | 2026-Q1 said - | 2026-Q1 said - | Same
total_debt | 2026-Q1 said - | 2026-03-31 said - | Perhaps
total_debt | - said - | 2026-03-31 said - | Perhaps
btc_held | 2026 said 2026-03-01 | 2026-06-30 said - | Different
total_debt | plan 2026-12-31 said - | 2026-12-31 said - | Different
total_debt | plan 2026-12-31 said 2025-11 | plan 2026-12-31 said 2026-05 | Same
total_debt | plan 2026-12-31 said 2026-05 | plan - said 2026-05 | Different
interest_expense | 2026-01-01/2026-03-31 said - | 2025-07-01/2026-03-31 said - | Different
interest_expense | 2026-01-01/2026-03-31 said - | 2025-12-28/2026-03-28 said - | Same
interest_expense | 2026-01-01/2026-03-31 said - | 2026-02-01/2026-04-30 said - | Different
interest_expense | - said 2026-06-05 | - said 2026-06-05 | NoPeriod
interest_expense | - said 2026-06-05 | 2026-01-01/2026-03-31 said - | NoPeriod
interest_expense | - said 2026-06-05 | 2025-01-01/2025-03-31 said - | Different
ai_revenue_share | - said 2026-06-05 | 2026-01-01/2026-03-31 said - | Perhaps
ai_revenue_share | - said 2026-06-05 | 2025-01-01/2025-03-31 said - | Different
ai_revenue_share | - said 2026-06-05 | - said 2026-01-05 | Different
owned_share | - said 2025-10 | - said 2025-12-29 | Perhaps
";

#[test]
fn only_what_speaks_of_one_time_is_compared() {
    let read = |text: &str| {
        let (time, stated) = text.split_once(" said ").unwrap();
        let plan = time.strip_prefix("plan ");
        let written = |text: &str| Some(text.to_owned()).filter(|text| text != "-");
        let time = written(plan.unwrap_or(time)).map(|time| time.parse().unwrap());
        let stated = written(stated).map(|day| day.parse().unwrap());
        When::new(time, stated, plan.is_some())
    };
    for line in TIMES.trim().lines() {
        let parts: Vec<_> = line.split(" | ").collect();
        let [metric, a, b, expected] = parts[..] else {
            panic!("{line} has not four parts");
        };
        let kind = kind_of(&Metric::from_code(metric).unwrap());
        for (a, b) in [(a, b), (b, a)] {
            let found = relation(kind, &read(a), &read(b));
            assert_eq!(format!("{found:?}"), expected, "{line}");
        }
    }
}

/// How far apart two values are does not depend on which comes first.
#[test]
fn the_gap_is_of_the_larger_value() {
    let dec = |text: &str| text.parse::<Decimal>().unwrap();
    assert!((gap(dec("70"), dec("90")) - 2.0 / 9.0).abs() < 1e-12);
    assert!((gap(dec("90"), dec("70")) - 2.0 / 9.0).abs() < 1e-12);
    assert!((gap(dec("-1"), dec("1")) - 2.0).abs() < 1e-12);
    assert!(gap(dec("0"), dec("0")).abs() < 1e-12);
}
