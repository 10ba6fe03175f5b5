//! Bitcoin of a company: what is held, what it fell by, what was sold, and coins
//! whose price the market did not pay on the days that are told.

use gigawatch::analytics::derive;
use gigawatch::analytics::switches::Switches;
use gigawatch::analytics::treasury::TreasuryView;
use gigawatch::exchange::starter;
use gigawatch::model::metric::Known;
use gigawatch::model::pin::{Choice, PinScope};
use gigawatch::model::treasury::TreasuryKind;
use gigawatch::model::{
    Bar, Change, CompanyId, FigureId, Hedge, Metric, Money, Pin, PinId, Prices, Record, Series,
    Subject, Treasury, TreasuryId,
};
use proptest::prelude::*;
use rust_decimal::Decimal;
use uuid::Uuid;

use crate::backlog::{day, dec};
use crate::conflicts::starter_prices;
use crate::small_book::{book, figure, shown};

const TODAY: &str = "2026-07-01";

/// An event of company 1 written as "kind | btc | USD | hedge | event | disclosed".
fn event(id: u128, text: &str) -> Record {
    let parts: Vec<_> = text.split('|').map(str::trim).collect();
    let [kind, btc, usd, hedge, event, disclosed] = parts[..] else {
        panic!("{text} has not six parts");
    };
    let written = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    Record::Treasury(Treasury {
        id: TreasuryId(Uuid::from_u128(id)),
        company: CompanyId(Uuid::from_u128(1)),
        kind: TreasuryKind::from_code(kind).unwrap(),
        btc: written(btc).map(|btc| dec(&btc)),
        proceeds: written(usd).map(|usd| Money::usd(dec(&usd))),
        hedge: Hedge::from_code(hedge).unwrap(),
        event: written(event).map(|event| event.parse().unwrap()),
        disclosed: written(disclosed).map(|disclosed| disclosed.parse().unwrap()),
        source: None,
        note: String::new(),
    })
}

fn held(id: u128, text: &str) -> Record {
    let subject = Subject::Company(CompanyId(Uuid::from_u128(1)));
    figure(id, subject, Metric::Known(Known::BtcHeld), text)
}

fn closes(closes: &[(&str, f64)]) -> Prices {
    let bars = closes.iter().map(|(on, close)| Bar::close(day(on), *close));
    let series = Series::new(bars.collect()).unwrap();
    Prices {
        by_symbol: [("BTC-USD".to_owned(), series)].into(),
    }
}

fn view_with(records: Vec<Record>, prices: &Prices) -> TreasuryView {
    let book = book(records);
    let derived = derive(&book, prices, day(TODAY), Switches::default());
    derived.companies[0].treasury.clone()
}

fn view(records: Vec<Record>) -> TreasuryView {
    view_with(records, &Prices::default())
}

fn events(texts: &[&str]) -> Vec<Record> {
    let events = texts.iter().zip(10..);
    events.map(|(text, id)| event(id, text)).collect()
}

#[test]
fn the_newest_holding_counts_and_the_fall_is_from_the_highest() {
    let check = |texts: &[&str], held: &str, fall: &str| {
        let view = view(events(texts));
        assert_eq!(shown(&view.held), held, "{texts:?}");
        assert_eq!(shown(&view.reduction_from_peak), fall, "{texts:?}");
        assert!(
            view.reduction
                .iter()
                .all(|(_, fall)| *fall >= Decimal::ZERO)
        );
    };
    let none = "none: no holding of Bitcoin is stated";
    check(&[], none, none);
    check(&["sale | 100 | | exact | 2026-01 | "], none, none);
    check(
        &["holding | 900 | | up_to | | 2026-04-21"],
        "up_to 900",
        "none: only one holding of Bitcoin is stated: the peak is not known",
    );
    let falling = [
        "holding | 35303 | | exact | 2026-03-31 | 2026-08",
        "holding | 52850 | | exact | 2025-09-30 | 2026-06",
        "holding | 38000 | | about | 2026-01-31 | 2026-02-04",
    ];
    // Disclosed after the day, the newest is not known yet.
    check(
        &falling,
        "about 38000",
        "about 14850: from 52850 BTC of 2025-09-30, the highest that is stated",
    );
    check(
        &[
            "holding | 31 | | exact | 2026-03-31 | 2026-06-22",
            "holding | 171 | | exact | 2026-05-31 | 2026-06-22",
        ],
        "exact 171",
        "exact 0: the holding of 2026-05-31 is the highest",
    );
    check(
        &[
            "holding | 2000 | | more_than | 2025-12-31 |",
            "holding | 1000 | | up_to | | 2026-04-21",
        ],
        "up_to 1000",
        "more_than 1000: from 2000 BTC of 2025-12-31, the highest that is stated",
    );
    // A plan is no holding.
    check(&["holding | 100000 | | planned | | 2026-04-21"], none, none);
}

#[test]
fn what_a_figure_and_an_event_say_alike_stands_once() {
    let mut records = events(&[
        "holding | 500 | | exact | 2026-03-31 | 2026-04-02",
        "holding | 500 | | exact | 2026-03-31 | 2026-05-02",
        "holding | 400 | | exact | 2026-04-30 | 2026-05-02",
    ]);
    records.push(held(50, "500 | exact | 2026-03-31 | 2026-04-09"));
    records.push(held(51, "450 | exact | 2026-03-31 | 2026-04-09"));
    records.push(held(52, "390 | exact | 2026-06-30 | 2026-06-30"));
    records.push(held(53, "9000 | planned | 2026-12-31 | 2026-06-30"));
    let view = view(records);
    let days = view.holdings.iter();
    let days: Vec<_> = days
        .map(|held| format!("{} {}", held.day, held.btc))
        .collect();
    let expected = [
        "2026-03-31 450",
        "2026-03-31 500",
        "2026-04-30 400",
        "2026-06-30 390",
    ];
    assert_eq!(days, expected);
    assert_eq!(shown(&view.held), "exact 390");
    assert_eq!(view.reduction.len(), 3);
}

#[test]
fn a_picked_holding_counts() {
    let of = |scope| {
        let mut records = events(&["holding | 500 | | exact | 2026-06-30 | 2026-06-30"]);
        records.push(held(50, "450 | exact | 2026-03-31 | 2026-04-09"));
        let mut book = book(records);
        let pin = Pin {
            id: PinId(Uuid::from_u128(200)),
            choice: Choice::Use {
                figure: FigureId(Uuid::from_u128(50)),
                scope,
            },
            made: day("2026-05-01"),
            note: String::new(),
        };
        book.apply(&Change::put("pick", Record::Pin(pin))).unwrap();
        let derived = derive(&book, &Prices::default(), day(TODAY), Switches::default());
        shown(&derived.companies[0].treasury.held)
    };
    assert_eq!(of(PinScope::Always), "exact 450: your choice of 2026-05-01");
    // What speaks of a later time takes over.
    assert_eq!(of(PinScope::ItsTime), "exact 500");
}

#[test]
fn no_coin_is_sold_twice() {
    let check = |texts: &[&str], expected: &str| {
        let view = view(events(texts));
        assert_eq!(shown(&view.sold_12m), expected, "{texts:?}");
    };
    check(&[], "none: no sale of Bitcoin is stated");
    check(
        &["sale | 100 | | exact | 2025-06-30 |"],
        "none: no sale of Bitcoin is stated of the twelve months up to 2026-07-01",
    );
    check(
        &["sale | | 9000000 | exact | 2026-05 |"],
        "none: no number of coins is stated of the sales of the twelve months up to 2026-07-01",
    );
    check(
        &[
            "sale | 100 | | exact | 2026-01 |",
            "sale | 50 | | about | 2026-02 |",
            "purchase | 7 | | exact | 2026-02 |",
        ],
        "about 150",
    );
    let quarter = "sale | 2385 | | exact | 2026-01-01/2026-03-31 | 2026-05";
    check(
        &[
            "sale | 1992 | | about | 2026-03 |",
            quarter,
            "sale | 1900 | | about | 2026-01 |",
            "sale | | 175000000 | exact | 2026-03 |",
        ],
        "exact 2385: 3 statements within 2026-01-01/2026-03-31 are part of its 2385 BTC",
    );
    // Two statements of the same days are one sale told twice.
    check(
        &[
            "sale | 90 | | exact | 2026-03-05 |",
            "sale | 100 | | exact | 2026-03-05 |",
        ],
        "exact 100: 1 statement within 2026-03-05 is part of its 100 BTC",
    );
    // Overlap in part: what lies outside is not known.
    check(
        &[quarter, "sale | 500 | | exact | 2026-03-15/2026-04-15 |"],
        "more_than 2385: without 1 sale whose days overlap those counted in part",
    );
    // The year began before the twelve months.
    check(
        &[
            "sale | 9000 | | exact | 2025-01-01/2025-12-31 |",
            "sale | 100 | | exact | 2026-02 |",
        ],
        "up_to 9100: part of those of 2025-01-01/2025-12-31 may be older",
    );
    check(
        &[
            "sale | 9000 | | exact | 2025-01-01/2025-12-31 |",
            "sale | 100 | | exact | 2025-11 |",
        ],
        "more_than 100: without 1 sale whose days overlap those counted in part",
    );
    check(
        &[
            "sale | 100 | | exact | | ",
            "sale | 10 | | exact | 2026-02 |",
        ],
        "more_than 10: without 1 sale whose coins or days are not stated",
    );
    // A sale of "2026" told in May is one up to May, and a plan is none.
    check(
        &[
            "sale | 10 | | exact | 2026 | 2026-05",
            "sale | 99 | | planned | 2026-05 | 2026-02",
        ],
        "exact 10",
    );
}

#[test]
fn a_price_off_the_market_asks_for_the_day() {
    let prices = closes(&[
        ("2026-02-27", 66000.0),
        ("2026-03-13", 71000.0),
        ("2026-03-27", 68000.0),
    ]);
    let check = |text: &str, expected: &str| {
        let view = view_with(events(&[text]), &prices);
        let flow = &view.flows[0];
        let market = flow.market_usd.as_ref().map(|market| market.value);
        let said = match market {
            Ok((low, high)) => format!("{low} to {high}"),
            Err(missing) => missing.to_string(),
        };
        let warning = flow.warning.as_deref().unwrap_or("fits");
        assert_eq!(format!("{said} | {warning}"), expected, "{text}");
    };
    check(
        "sale | 1992 | 175000000 | about | 2026-03 |",
        "66000 to 71000 | 87,851 USD a coin is 24 % above the closes of 66,000 to 71,000 from \
         2026-02-27 to 2026-03-27: event day or disclosure day?",
    );
    // Within 10 % of the highest close, exactly and by its hedge.
    check(
        "sale | 1 | 78000 | exact | 2026-03 |",
        "66000 to 71000 | fits",
    );
    check(
        "sale | 1 | 80000 | about | 2026-03 |",
        "66000 to 71000 | fits",
    );
    check(
        "sale | 1 | 90000 | more_than | 2026-03 |",
        "66000 to 71000 | fits",
    );
    check(
        "purchase | 2 | 100000 | exact | 2026-03-13 |",
        "71000 to 71000 | 50,000 USD a coin is 30 % below the close of 71,000 from 2026-03-13 to \
         2026-03-13: event day or disclosure day?",
    );
    check(
        "sale | 1 | 78200 | exact | | 2026-03",
        "the day of the event is not stated | fits",
    );
    check(
        "sale | 1 | 1 | exact | 2025-03 |",
        "no close of BTC-USD near 2025-03 | fits",
    );
    let view = view(events(&["sale | 1 | 1 | exact | 2026-03 |"]));
    let missing = view.flows[0].market_usd.as_ref().unwrap_err();
    assert_eq!(missing.0, "no prices of BTC-USD");
}

#[test]
fn the_price_a_coin_says_what_it_lacks() {
    let check = |text: &str, expected: &str| {
        let view = view(events(&[text]));
        assert_eq!(shown(&view.flows[0].implied_price), expected);
    };
    check(
        "sale | 2385 | 208300000 | exact | 2026-03 |",
        "exact 87337.5262",
    );
    check(
        "sale | 2385 | | exact | 2026-03 |",
        "none: no amount of money is stated",
    );
    check(
        "sale | | 5 | exact | 2026-03 |",
        "none: no number of coins is stated",
    );
    check(
        "sale | | | exact | 2026-03 |",
        "none: neither coins nor money are stated",
    );
    check(
        "sale | 0 | 5 | exact | 2026-03 |",
        "none: there are no coins to divide by",
    );
}

#[test]
fn the_starter_book_sells_each_coin_once_and_asks_about_one_day() {
    let book = starter::book().unwrap();
    let derived = derive(
        &book,
        &starter_prices(),
        day("2026-10-10"),
        Switches::default(),
    );
    let treasury = |symbol: &str| {
        let mut all = derived.all_facts();
        let facts = all.find(|facts| facts.row.symbol.as_deref() == Some(symbol));
        facts.unwrap().view.treasury.clone()
    };
    let core = treasury("CORZ");
    assert_eq!(
        shown(&core.sold_12m),
        "exact 2385: 3 statements within 2026-01-01/2026-03-31 are part of its 2385 BTC"
    );
    assert_eq!(core.sold, [(day("2026-03-31"), dec("2385"))]);
    let all = derived.companies.iter().flat_map(|of| &of.treasury.flows);
    let warnings: Vec<_> = all.filter_map(|flow| flow.warning.as_deref()).collect();
    assert_eq!(
        warnings,
        [
            "87,851 USD a coin is 24 % above the closes of 65,882 to 70,968 from 2026-02-27 to \
             2026-04-02: event day or disclosure day?"
        ]
    );
    let mara = treasury("MARA");
    // A fall of the stock and sales are two things: it bought, too.
    assert_eq!(
        shown(&mara.reduction_from_peak),
        "exact 17547: from 52850 BTC of 2025-09-30, the highest that is stated"
    );
    assert_eq!(shown(&mara.sold_12m), "about 15133");
    assert_eq!(
        shown(&treasury("RIOT").sold_12m),
        "about 3778: 1 statement within 2026-01-01/2026-03-31 is part of its 3778 BTC"
    );
    assert_eq!(shown(&treasury("IREN").held), "exact 0");
}

proptest! {
    /// Neither series ever falls below what it may, whatever is stated.
    #[test]
    fn reduction_is_never_negative_and_sales_never_more_than_all(
        holdings in prop::collection::vec((0_u32..60_000, 1_u8..=9), 0..8),
        sales in prop::collection::vec((1_u32..5000, 1_u8..=9, 0_u8..4), 0..8),
    ) {
        let held = holdings.iter().map(|(btc, month)| {
            format!("holding | {btc} | | exact | 2025-0{month} |")
        });
        let sold = sales.iter().map(|(btc, from, months)| {
            let to = (from + months).min(9);
            format!("sale | {btc} | | exact | 2025-0{from}-01/2025-0{to}-28 |")
        });
        let texts: Vec<String> = held.chain(sold).collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let view = view(events(&texts));
        prop_assert!(view.reduction.iter().all(|(_, fall)| *fall >= Decimal::ZERO));
        if let Ok(fall) = &view.reduction_from_peak {
            prop_assert!(fall.value >= Decimal::ZERO);
            prop_assert_eq!(fall.value, view.reduction.last().unwrap().1);
        }
        let all: Decimal = sales.iter().map(|(btc, ..)| Decimal::from(*btc)).sum();
        let sold = view.sold.last().map_or(Decimal::ZERO, |(_, sum)| *sum);
        prop_assert!(sold <= all);
        prop_assert!(view.sold.is_sorted_by(|a, b| a.0 <= b.0 && a.1 <= b.1));
        if let Ok(year) = &view.sold_12m {
            prop_assert!(year.value <= all);
        }
    }
}
