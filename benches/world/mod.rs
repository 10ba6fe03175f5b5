//! The synthetic book and prices that the benches share, larger than any real
//! watchlist: 60 companies, 600 deals, 6,000 figures, 180 debts and ten years
//! of daily closes. Made by formula, so that every run sees the same.

use std::error::Error;

use gigawatch::model::{Bar, Book, Change, Day, Op, Prices, Record, Series};
use jiff::ToSpan as _;
use jiff::civil::Weekday;
use serde_json::{Value, json};

use crate::walk::Walk;

/// The day on which the benches look at the book.
pub const TODAY: Day = Day::constant(2026, 10, 10);
/// Companies, each with a share and its prices.
pub const COMPANIES: usize = 60;
/// Deals a company.
const DEALS: usize = 10;
/// Figures a company: four metrics over 25 quarters.
const FIGURES: usize = 100;
/// Debts a company.
const DEBTS: usize = 3;
/// Sources that all records share.
const SOURCES: usize = 60;
/// Benchmarks; Bitcoin must be the first.
const BENCHMARKS: [&str; 3] = ["BTC-USD", "SMH", "NVDA"];

/// A book with prices.
pub struct World {
    /// The book.
    pub book: Book,
    /// Ten years of closes of every instrument.
    pub prices: Prices,
}

/// Builds the world.
pub fn build() -> Result<World, Box<dyn Error>> {
    let mut ops = Vec::new();
    for number in 0..SOURCES {
        ops.push(put("source", &source(number))?);
    }
    for (number, symbol) in BENCHMARKS.iter().enumerate() {
        ops.push(put(
            "instrument",
            &instrument(COMPANIES + number, symbol, true),
        )?);
    }
    for company in 0..COMPANIES {
        ops.push(put(
            "instrument",
            &instrument(company, &symbol(company), false),
        )?);
        ops.push(put("company", &company_record(company))?);
        for number in 0..FIGURES {
            ops.push(put("figure", &figure(company, number))?);
        }
        for number in 0..DEALS {
            ops.push(put("deal", &deal(company, number))?);
        }
        for number in 0..DEBTS {
            ops.push(put("debt", &debt(company, number))?);
        }
    }
    let mut book = Book::default();
    book.apply(&Change::new("synthetic book", ops))?;
    Ok(World {
        book,
        prices: prices()?,
    })
}

/// The symbol of a company: "QA" to "QZ", then "RA" and on.
pub fn symbol(company: usize) -> String {
    let letter = |number: usize| char::from(b'A' + (number % 26) as u8);
    format!("{}{}", letter(16 + company / 26), letter(company))
}

fn put(kind: &str, value: &Value) -> Result<Op, serde_json::Error> {
    let record: Record = serde_json::from_value(json!({ kind: value }))?;
    Ok(Op::put(record))
}

fn id(kind: usize, number: usize) -> String {
    format!("01900000-0000-7000-8000-{kind:02}00{number:08}")
}

fn usd(millions: usize) -> Value {
    json!({ "amount": format!("{millions}000000"), "currency": "USD" })
}

fn source(number: usize) -> Value {
    json!({
        "id": id(1, number), "title": format!("10-Q of company {number}"),
        "publisher": "Made for the benches", "grade": "filing", "published": "2026-08-06",
        "url": format!("https://example.org/filings/{number}"),
    })
}

fn instrument(number: usize, symbol: &str, benchmark: bool) -> Value {
    json!({
        "id": id(2, number), "symbol": symbol, "name": symbol, "kind": "stock",
        "currency": "USD", "benchmark": benchmark,
    })
}

fn company_record(company: usize) -> Value {
    json!({
        "id": id(3, company), "name": format!("Company {company} Digital"),
        "legal_name": format!("Company {company} Digital Holdings, Inc."), "exchange": "Nasdaq",
        "instrument": id(2, company), "watch_order": company, "tags": ["ai", "miner"],
    })
}

/// Four metrics in turn, a quarter older with each round.
fn figure(company: usize, number: usize) -> Value {
    let (metric, millions) = match number % 4 {
        0 => ("total_debt", 900 + 37 * company + number),
        1 => ("total_revenue", 150 + 3 * company + number),
        2 => ("ai_revenue", 40 + company + number),
        _ => ("cash", 300 + 11 * company + number),
    };
    let round = number / 4;
    let (year, quarter) = (2026 - (round + 2) / 4, 4 - (round + 2) % 4);
    json!({
        "id": id(4, company * FIGURES + number), "subject": { "company": id(3, company) },
        "metric": metric, "value": format!("{millions}000000"), "currency": "USD",
        "hedge": if number.is_multiple_of(7) { "about" } else { "exact" },
        "time": format!("{year}-Q{quarter}"), "source": id(1, (company + number) % SOURCES),
    })
}

fn deal(company: usize, number: usize) -> Value {
    let year = 2017 + number % 10;
    let month = 1 + (company + 5 * number) % 9;
    json!({
        "id": id(5, company * DEALS + number), "company": id(3, company),
        "counterparty": format!("Tenant {}", (company * 7 + number) % 40),
        "counterparty_class": "neocloud", "kind": "colocation", "status": "announced",
        "site": format!("Site {number}"), "announced": format!("{year}-{month:02}-15"),
        "rent_start": [{ "date": "2027-Q3" }], "term_months": 180,
        "base_value": usd(1500 + 100 * number + company), "base_value_hedge": "exact",
        "critical_mw": format!("{}", 100 + 8 * number), "gross_mw": format!("{}", 140 + 9 * number),
        "sources": [id(1, number % SOURCES)],
    })
}

fn debt(company: usize, number: usize) -> Value {
    json!({
        "id": id(6, company * DEBTS + number), "company": id(3, company), "level": "parent",
        "name": format!("{}.25 % notes {}", 1 + number, 2029 + number), "kind": "convertible",
        "status": "outstanding", "principal": usd(400 + 10 * company),
        "matures": format!("{}-06-15", 2029 + number), "sources": [id(1, number % SOURCES)],
    })
}

/// Ten years up to the day before [`TODAY`]: Bitcoin trades every day, all
/// else on weekdays.
fn prices() -> Result<Prices, Box<dyn Error>> {
    let mut prices = Prices::default();
    let shares = (0..COMPANIES).map(symbol);
    let symbols = BENCHMARKS
        .iter()
        .map(|symbol| (*symbol).to_owned())
        .chain(shares);
    for (seed, symbol) in symbols.enumerate() {
        let mut walk = Walk::new(seed as u64);
        let first = TODAY.checked_sub(10.years())?;
        let days = first.series(1.day()).take_while(|day| *day < TODAY);
        let traded = days.filter(|day| seed == 0 || !weekend(*day));
        let bars = traded.map(|day| Bar::close(day, walk.step())).collect();
        prices.by_symbol.insert(symbol, Series::new(bars)?);
    }
    Ok(prices)
}

/// Whether no share trades on that day.
pub fn weekend(day: Day) -> bool {
    matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
}
