//! The starter book says what its sources say: every row is accounted for,
//! rates come out as computed apart, and nothing is counted twice.
#![expect(clippy::print_stdout, reason = "a test that was skipped must say so")]

use std::collections::BTreeMap;
use std::path::Path;

use gigawatch::exchange::{book_file, starter};
use gigawatch::model::deal::DealStatus;
use gigawatch::model::{Book, Change, Deal, Money, Op, Record, RecordKey, RecordKind};
use rust_decimal::Decimal;

const README: &str = include_str!("../../data/README.md");
const BOOK: &str = include_str!("../../data/starter_book.json");

/// Symbol, counterparty, site, basis of the load, and the rates in the order
/// of [`rates`], computed apart from the same statements.
const LEASE_RATES: &str = "\
HUT | Undisclosed | Beacon | critical | 1.86 | 155 | 212
HUT | Fluidstack | River Bend | critical | 1.90 | 159 | 217
WULF | Fluidstack | Abernathy | critical | 2.26 | 188 | 258
CIFR | Fluidstack | (Phase I) | critical | 1.79 | 149 | 204
CIFR | Fluidstack | (Phase II) | critical | 2.13 | 177 | 243
CIFR | Amazon | Black Pearl | gross | 1.22 | 102 | 140
GLXY | CoreWeave | Helios | critical | 1.90 | 158 | 217
GLXY | CoreWeave | Helios | gross | 1.25 | 104 | 143
APLD | CoreWeave | Polaris Forge 1 | critical | 1.83 | 153 | 209
APLD | Oracle | Polaris Forge 2 | critical | 1.67 | 139 | 190
APLD | hyperscaler | Delta Forge 1 | critical | 1.67 | 139 | 190
APLD | hyperscaler | Delta Forge 2 | critical | 1.65 | 138 | 188
RIOT | AMD | Rockdale | critical | 1.24 | 104 | 142
WYFI | Nscale | NC-1 | critical | 2.16 | 180 | 247
IREN | Microsoft | Childress | critical | 9.70 | 808 | 1107
IREN | NVIDIA | Childress | gross | 11.33 | 944 | 1294";

fn book() -> Book {
    starter::book().unwrap()
}

fn deals_of<'a>(book: &'a Book, symbol: &str) -> Vec<&'a Deal> {
    let company = book.company_by_symbol(symbol).unwrap().id;
    book.deals().filter(|d| d.company == company).collect()
}

fn deal<'a>(book: &'a Book, symbol: &str, counterparty: &str, site: &str) -> &'a Deal {
    let found: Vec<_> = deals_of(book, symbol)
        .into_iter()
        .filter(|deal| deal.counterparty.contains(counterparty))
        .filter(|deal| deal.site.as_deref().unwrap_or_default().contains(site))
        .filter(|deal| deal.alternative_to.is_none() && deal.base_value.is_some())
        .collect();
    assert_eq!(found.len(), 1, "{symbol} {counterparty} {site}");
    found[0]
}

fn dec(text: &str) -> Decimal {
    text.parse().unwrap()
}

/// Value over term over load: `$m per MW-year`, `$/kW-month`, `$/MWh`.
fn rates(deal: &Deal, mw: Option<Decimal>) -> [Decimal; 3] {
    let years = Decimal::from(deal.term_months.unwrap()) / dec("12");
    let yearly = deal.base_value.unwrap().amount / years / mw.unwrap();
    [
        yearly / dec("1000000"),
        yearly / dec("12000"),
        yearly / dec("8760"),
    ]
}

#[test]
fn the_file_is_exactly_what_the_program_writes() {
    assert_eq!(book_file::write(&book()).unwrap(), BOOK);
}

#[test]
fn there_are_as_many_records_as_the_readme_says() {
    let book = book();
    book.check().unwrap();
    let mut counts = BTreeMap::new();
    for record in book.records() {
        *counts.entry(record.key().kind).or_insert(0) += 1;
    }
    let of = |kind| counts.get(&kind).copied().unwrap_or(0);
    let others = book.deals().filter(|d| d.alternative_to.is_some()).count();
    let told = format!(
        "The book holds {} sources, {} instruments, {} companies, {} figures, {} deals ({} counted, {others} other tellings of them), {} debts and {} treasury events.",
        of(RecordKind::Source),
        of(RecordKind::Instrument),
        of(RecordKind::Company),
        of(RecordKind::Figure),
        of(RecordKind::Deal),
        of(RecordKind::Deal) - others,
        of(RecordKind::Debt),
        of(RecordKind::Treasury),
    );
    let readme = README.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(readme.contains(&told), "README does not say: {told}");
}

#[test]
fn companies_stand_in_watch_order_and_know_their_share() {
    let book = book();
    let mut companies: Vec<_> = book.companies().collect();
    companies.sort_by_key(|company| company.watch_order);
    let symbols: Vec<_> = companies
        .iter()
        .map(|c| book.symbol_of(c.id).unwrap())
        .collect();
    let expected = "IREN WULF CIFR HUT CORZ GLXY RIOT MARA CLSK BTDR KEEL HIVE APLD WYFI BTBT ABTC";
    assert_eq!(symbols.join(" "), expected);
    assert!(
        companies
            .iter()
            .all(|c| c.cik.as_ref().unwrap().len() == 10)
    );
    assert_eq!(
        book.company_by_symbol("BITF").unwrap().name,
        "Keel Infrastructure"
    );
    let benchmarks: Vec<_> = book
        .instruments()
        .filter(|i| i.benchmark)
        .map(|i| i.symbol.as_str())
        .collect();
    assert_eq!(benchmarks, ["BTC-USD", "SMH", "NVDA"]);
}

#[test]
fn lease_rates_come_out_as_computed_apart() {
    let book = book();
    for line in LEASE_RATES.lines() {
        let columns: Vec<_> = line.split(" | ").collect();
        let [symbol, counterparty, site, basis, per_mw, per_kw, per_mwh] = columns[..] else {
            panic!("{line} has not seven columns");
        };
        let deal = deal(&book, symbol, counterparty, site);
        let mw = if basis == "gross" {
            deal.gross_mw
        } else {
            deal.critical_mw
        };
        let [a, b, c] = rates(deal, mw);
        let got = [a.round_dp(2), b.round_dp(0), c.round_dp(0)];
        let expected = [dec(per_mw), dec(per_kw), dec(per_mwh)];
        assert_eq!(got, expected, "{line}");
    }
    // The first 200 MW at Lake Mariner stand beside the counted lease.
    let first = deals_of(&book, "WULF")
        .into_iter()
        .find(|d| d.alternative_to.is_some())
        .unwrap();
    assert_eq!(rates(first, first.critical_mw)[0].round_dp(2), dec("1.85"));
}

#[test]
fn beacon_point_and_microsoft_give_the_figures_shown_first() {
    let book = book();
    let beacon = deal(&book, "HUT", "Undisclosed", "Beacon");
    let [a, b, c] = rates(beacon, beacon.critical_mw);
    let got = [a.round_dp(3), b.round_dp(1), c.round_dp(1)];
    assert_eq!(got, [dec("1.856"), dec("154.7"), dec("211.9")]);
    let iren = deal(&book, "IREN", "Microsoft", "Childress");
    let per_gpu = iren.base_value.unwrap().amount / Decimal::from(iren.gpus.unwrap());
    assert_eq!(per_gpu.round_dp(0), dec("127632"));
}

#[test]
fn both_galaxy_statements_are_there_and_one_counts() {
    let book = book();
    let deals = deals_of(&book, "GLXY");
    let counted: Vec<_> = deals.iter().filter(|d| d.counts()).collect();
    assert_eq!(counted.len(), 1);
    assert_eq!(counted[0].critical_mw, Some(dec("526")));
    let usd = |deal: &Deal| deal.base_value.unwrap().amount;
    assert_eq!(usd(counted[0]), dec("15000000000"));
    let pair = deals.iter().find(|d| usd(d) == dec("4500000000")).unwrap();
    assert_eq!(pair.alternative_to, Some(counted[0].id));
    assert_eq!(rates(pair, pair.critical_mw)[0], dec("0.375"));
}

#[test]
fn nothing_is_counted_twice() {
    let book = book();
    let total = |symbol| -> Decimal {
        let deals = deals_of(&book, symbol).into_iter();
        let counted = deals.filter(|d| d.counts());
        counted
            .filter_map(|d| Some(d.base_value?.amount * d.owned_fraction()))
            .sum()
    };
    let cases = [
        ("IREN", "13100000000"),
        ("WULF", "11459500000"),
        ("CIFR", "9330000000"),
        ("HUT", "16800000000"),
        ("CORZ", "10000000000"),
        ("GLXY", "15000000000"),
        ("RIOT", "311000000"),
        ("APLD", "28700000000"),
        ("WYFI", "865000000"),
        ("MARA", "0"),
    ];
    for (symbol, expected) in cases {
        assert_eq!(total(symbol), dec(expected), "{symbol}");
    }
    for deal in book.deals() {
        if let Some(counted) = deal.alternative_to {
            assert!(book.deal(counted).unwrap().counts(), "{}", deal.note);
        }
        assert_ne!(deal.status, DealStatus::Ended);
    }
}

#[test]
fn unknown_is_blank_and_never_zero() {
    let book = book();
    let known = |money: Option<Money>| money.is_none_or(|m| m.amount > Decimal::ZERO);
    let positive = |number: Option<Decimal>| number.is_none_or(|n| n > Decimal::ZERO);
    for deal in book.deals() {
        assert!(
            known(deal.base_value) && known(deal.value_with_options),
            "{}",
            deal.note
        );
        assert!(
            known(deal.backstop) && known(deal.prepayment),
            "{}",
            deal.note
        );
        assert!(
            positive(deal.critical_mw) && positive(deal.gross_mw),
            "{}",
            deal.note
        );
        assert!(
            deal.term_months != Some(0) && deal.gpus != Some(0),
            "{}",
            deal.note
        );
        assert!(!deal.sources.is_empty(), "{}", deal.note);
    }
    for debt in book.debts() {
        assert!(known(debt.principal), "{}", debt.name);
        // The one facility stated to be undrawn.
        assert!(known(debt.drawn) || debt.name == "Revolving credit facility");
        assert!(!debt.sources.is_empty(), "{}", debt.name);
    }
    for figure in book.figures() {
        assert_ne!(figure.value, Decimal::ZERO, "{}", figure.note);
    }
    for event in book.treasury() {
        // The one holding stated to be none.
        let none = event.note.contains("[S041]");
        assert!(positive(event.btc) || none, "{}", event.note);
        assert!(
            event.btc.is_some() || event.proceeds.is_some(),
            "{}",
            event.note
        );
        assert!(
            event.source.is_some() && event.disclosed.is_some(),
            "{}",
            event.note
        );
    }
}

#[test]
fn every_figure_has_a_source_and_a_day() {
    let book = book();
    for figure in book.figures() {
        let source = book.source(figure.source.unwrap()).unwrap();
        let dated = figure.stated.is_some() || figure.time.is_some();
        let undated = source.published.is_none() && source.title.contains("(undated)");
        assert!(dated || undated, "{}", figure.note);
        assert_eq!(
            figure.currency.is_some(),
            figure.metric.unit() == gigawatch::model::Unit::Money,
            "{}",
            figure.note
        );
    }
}

#[test]
fn every_row_of_the_fact_files_is_accounted_for() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/domain");
    if !folder.exists() {
        println!("skipped: ../shared is not here");
        return;
    }
    let mut rows = 0;
    for name in ["FACTS.csv", "MORE_FACTS.csv"] {
        let mut reader = csv::Reader::from_path(folder.join(name)).unwrap();
        for row in reader.records() {
            let row = row.unwrap();
            let id = row.get(0).unwrap();
            let graded_d = row.get(row.len() - 1) == Some("D");
            let in_book = BOOK.contains(&format!("[{id}]"));
            let left_out = README
                .split(|c: char| !c.is_ascii_alphanumeric())
                .any(|word| word == id);
            assert!(in_book || left_out, "{id} is lost");
            assert!(!(graded_d && in_book), "{id} is graded D");
            rows += 1;
        }
    }
    assert_eq!(rows, 57 + 205);
}

#[test]
fn the_prices_are_what_the_note_says() {
    let closes = starter::closes().unwrap();
    assert_eq!(closes.len(), 19);
    let day = starter::last_day(&closes).unwrap();
    let note = format!("weekly starter prices to {}", day.strftime("%-d %b %Y"));
    assert_eq!(starter::PRICES_NOTE, note);
    let book = book();
    for symbol in closes.keys() {
        assert!(book.instrument_by_symbol(symbol).is_some(), "{symbol}");
    }
    assert_eq!(closes.get("WULF").unwrap().len(), 43);
    assert_eq!(closes.get("WULF").unwrap()[0].1, 11.75);
}

#[test]
fn restoring_brings_back_what_is_missing_and_only_that() {
    let mut book = book();
    assert_eq!(starter::restore_change(&book), Ok(None));
    let hut = book.company_by_symbol("HUT").unwrap().clone();
    let mut edited = book.company_by_symbol("WULF").unwrap().clone();
    edited.note = "mine".to_owned();
    let mut ops = book.delete_with_dependants(RecordKey::new(RecordKind::Company, hut.id.0));
    let gone = ops.len();
    ops.push(Op::put(Record::Company(edited)));
    book.apply(&Change::new("mine", ops)).unwrap();
    let restore = starter::restore_change(&book).unwrap().unwrap();
    assert_eq!(
        restore.label,
        format!("restore starter book ({gone} records)")
    );
    book.apply(&restore).unwrap();
    assert_eq!(book.company_by_symbol("HUT"), Some(&hut));
    assert_eq!(book.company_by_symbol("WULF").unwrap().note, "mine");
    assert_eq!(starter::restore_change(&book), Ok(None));
    // An empty book gets everything back.
    let all = starter::restore_change(&Book::default()).unwrap().unwrap();
    let mut fresh = Book::default();
    fresh.apply(&all).unwrap();
    assert_eq!(fresh, starter::book().unwrap());
}

#[test]
fn restoring_leaves_a_symbol_to_the_users_own_instrument() {
    let mut book = Book::default();
    let starter = starter::book().unwrap();
    let mut own = starter.instrument_by_symbol("IREN").unwrap().clone();
    own.id = "019b0000-0000-7000-8000-000000000001".parse().unwrap();
    let own_id = own.id;
    book.apply(&Change::put("own", Record::Instrument(own)))
        .unwrap();
    let restore = starter::restore_change(&book).unwrap().unwrap();
    book.apply(&restore).unwrap();
    assert_eq!(
        book.company_by_symbol("IREN").unwrap().instrument,
        Some(own_id)
    );
    assert_eq!(starter::restore_change(&book), Ok(None));
}
