//! The past as it was: whatever the day, everything derived is what a book
//! without the later statements, decisions and prices gives; and what conflicts
//! does not depend on the order of records.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use gigawatch::analytics::conflicts::State;
use gigawatch::analytics::derive;
use gigawatch::analytics::statement::{event_known_by, known_by};
use gigawatch::analytics::switches::Switches;
use gigawatch::exchange::starter;
use gigawatch::model::figure::Hedge;
use gigawatch::model::pin::{Choice, PinScope, Told};
use gigawatch::model::{
    Book, Change, Currency, Day, Figure, FigureId, Metric, Op, Pin, PinId, Prices, Record, Series,
    Subject,
};
use jiff::ToSpan as _;
use jiff::civil::date;
use proptest::prelude::*;
use rust_decimal::Decimal;
use uuid::Uuid;

use super::{line, starter_prices};
use crate::switches::all_ways;

const FIRST: Day = date(2025, 9, 1);

static STARTER: LazyLock<Book> = LazyLock::new(|| starter::book().unwrap());

fn day(after: u16) -> Day {
    FIRST.checked_add(i64::from(after).days()).unwrap()
}

/// A figure of few values and days, so that many speak of one thing.
fn figure() -> impl Strategy<Value = Figure> {
    let metric = prop::sample::select(vec![
        "total_debt",
        "ai_revenue",
        "total_revenue",
        "ai_revenue_share",
        "interest_expense",
        "warrants",
        "owned_share",
        "btc_held",
        "mw_contracted_critical",
        "mw_contracted_gross",
        "mw_billing_critical",
        "mw_planned_unstated",
        "stated_backlog",
        "basic_shares",
        "penny_warrants",
        "preferred_equity",
        "cash",
        "btc_pledged",
    ]);
    let time = prop::option::of(prop::sample::select(vec![
        "2025-12-31",
        "2026-Q1",
        "2026",
        "2026-01-01/2026-03-31",
        "2025-10-01/2025-12-31",
        "2025-07-01/2026-03-31",
        "2026-03",
    ]));
    let hedge = prop::sample::select(Hedge::ALL);
    let stated = prop::option::of(0_u16..400);
    (
        metric,
        1_u8..6,
        hedge,
        time,
        stated,
        any::<bool>(),
        1_u128..u128::MAX / 2,
    )
        .prop_map(|(metric, value, hedge, time, stated, sector, id)| {
            let company = STARTER.companies().next().unwrap().id;
            let metric = Metric::from_code(metric).unwrap();
            let is_money = metric.unit() == gigawatch::model::Unit::Money;
            Figure {
                id: FigureId(Uuid::from_u128(id)),
                subject: if sector {
                    Subject::Sector
                } else {
                    Subject::Company(company)
                },
                metric,
                value: Decimal::from(value) * Decimal::TEN,
                currency: is_money.then_some(Currency::USD),
                hedge,
                time: time.map(|time| time.parse().unwrap()),
                stated: stated.and_then(|after| gigawatch::model::PartialDate::day(day(after))),
                source: None,
                note: String::new(),
            }
        })
}

/// A decision about the figures at two places, made so many days after the first.
type Decision = (u8, usize, usize, u16);

fn world(figures: &[Figure], decisions: &[Decision]) -> Book {
    let mut book = STARTER.clone();
    let put = figures
        .iter()
        .map(|figure| Op::put(Record::Figure(figure.clone())));
    book.apply(&Change::new("figures", put.collect())).unwrap();
    let all: Vec<(FigureId, Subject, Metric)> = figures
        .iter()
        .chain(book.figures().take(40))
        .map(|figure| (figure.id, figure.subject, figure.metric.clone()))
        .collect();
    let pins = decisions
        .iter()
        .zip(1_u128..)
        .map(|((kind, one, other, made), n)| {
            let (one, other) = (&all[one % all.len()], &all[other % all.len()]);
            let choice = match kind {
                0 => Choice::Use {
                    figure: one.0,
                    scope: PinScope::Always,
                },
                1 => Choice::Use {
                    figure: one.0,
                    scope: PinScope::ItsTime,
                },
                2 => Choice::UseComputed {
                    subject: one.1,
                    metric: one.2.clone(),
                },
                _ => Choice::BothStand {
                    one: Told::Figure(one.0),
                    other: Some(Told::Figure(other.0)),
                },
            };
            let id = PinId(Uuid::from_u128(n));
            Op::put(Record::Pin(Pin {
                id,
                choice,
                made: day(*made),
                note: String::new(),
            }))
        });
    let pins = pins.collect();
    book.apply(&Change::new("pins", pins)).unwrap();
    book
}

/// The book without what came after the day. A deal stays where another telling
/// of it was known: without it that telling would be a deal of its own.
fn without_later(book: &Book, as_of: Day) -> Book {
    let told: Vec<_> = book
        .deals()
        .filter(|deal| deal.announced.first_day() <= as_of)
        .filter_map(|deal| deal.alternative_to)
        .collect();
    let kept = |record: &Record| match record {
        Record::Figure(figure) => known_by(figure, as_of),
        Record::Deal(deal) => deal.announced.first_day() <= as_of || told.contains(&deal.id),
        Record::Debt(debt) => debt.issued.is_none_or(|issued| issued.first_day() <= as_of),
        Record::Treasury(event) => event_known_by(event, as_of),
        Record::Pin(pin) => pin.made <= as_of,
        Record::Note(note) => note.day <= as_of,
        Record::Source(_) | Record::Instrument(_) | Record::Company(_) => true,
    };
    let (mut keys, mut puts) = (BTreeSet::new(), Vec::new());
    for mut record in book.records().filter(kept) {
        if record.references().iter().any(|key| !keys.contains(key)) {
            continue;
        }
        if let Record::Deal(deal) = &mut record {
            deal.rent_start
                .retain(|start| start.stated.is_none_or(|day| day.first_day() <= as_of));
        }
        keys.insert(record.key());
        puts.push(Op::put(record));
    }
    let mut left = Book::default();
    left.apply(&Change::new("keep", puts)).unwrap();
    left
}

fn up_to(prices: &Prices, as_of: Day) -> Prices {
    let series = prices.by_symbol.iter().map(|(symbol, series)| {
        (
            symbol.clone(),
            Series::new(series.up_to(as_of).to_vec()).unwrap(),
        )
    });
    Prices {
        by_symbol: series.collect(),
    }
}

fn decisions() -> impl Strategy<Value = Vec<Decision>> {
    prop::collection::vec((0_u8..4, any::<usize>(), any::<usize>(), 0_u16..400), 0..12)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn nothing_of_what_came_later_shows(
        figures in prop::collection::vec(figure(), 0..30),
        decisions in decisions(),
        as_of in 0_u16..420,
        switches in prop::sample::select(all_ways()),
    ) {
        let (book, prices, as_of) = (world(&figures, &decisions), starter_prices(), day(as_of));
        let dialled = derive(&book, &prices, as_of, switches);
        let then = derive(&without_later(&book, as_of), &up_to(&prices, as_of), as_of, switches);
        prop_assert_eq!(&dialled.conflicts, &then.conflicts);
        prop_assert_eq!(&dialled.deals, &then.deals);
        prop_assert_eq!(&dialled.debt, &then.debt);
        prop_assert_eq!(dialled.prices_to, then.prices_to);
        prop_assert_eq!(&dialled.watchlist, &then.watchlist);
        prop_assert_eq!(&dialled.companies, &then.companies);
        prop_assert_eq!(&dialled.sector, &then.sector);
        prop_assert_eq!(&dialled, &then, "nothing else is derived");
    }

    #[test]
    fn conflicts_do_not_depend_on_order_and_never_hold_equals(
        figures in prop::collection::vec(figure(), 0..40),
    ) {
        let prices = starter_prices();
        let listed = |figures: &[Figure]| {
            let book = world(figures, &[]);
            let derived = derive(&book, &prices, day(420), Switches::default());
            let list = &derived.conflicts.list;
            for of in list {
                assert_ne!(of.one.value, of.other.value);
                assert_ne!(of.one.basis, of.other.basis);
                assert!(of.gap > 0.0 && of.state == State::Open);
            }
            let mut lines: Vec<_> = list.iter().map(|of| line(&book, of)).collect();
            lines.sort_unstable();
            lines.dedup();
            lines
        };
        // Of two revenues of one period the later entry counts: there ids matter.
        let mut figures = figures;
        figures.retain(|figure| !figure.metric.code().ends_with("_revenue"));
        let forward = listed(&figures);
        let mut turned = figures.clone();
        for figure in &mut turned {
            figure.id = FigureId(Uuid::from_u128(!figure.id.0.as_u128()));
        }
        prop_assert_eq!(forward, listed(&turned));
    }
}
