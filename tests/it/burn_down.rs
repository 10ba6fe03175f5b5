//! Backlog against debt on one time axis, coverage by site, slips of a start
//! and the report of it all, over the starter book and changes of it.

use gigawatch::analytics::burn_down::{Basis, BurnDown, burn_downs, total};
use gigawatch::analytics::coverage::{reported_coverage, site_coverages};
use gigawatch::analytics::delivered::delivered_share;
use gigawatch::analytics::grain::Grain;
use gigawatch::analytics::interest::References;
use gigawatch::analytics::start::{Slippage, months_to_revenue};
use gigawatch::analytics::statement::Statements;
use gigawatch::analytics::switches::{ConvertBasis, LoadBasis, ShareBasis, Switches, ValueBasis};
use gigawatch::exchange::starter;
use gigawatch::model::metric::{MwBasis, MwStage};
use gigawatch::model::{
    Bar, Book, Change, DealId, Figure, FigureId, Hedge, Metric, Op, PartialDate, Prices, Record,
    Series, Subject,
};
use jiff::ToSpan as _;
use rust_decimal::Decimal;
use serde_json::Value;
use uuid::Uuid;

use crate::backlog::{day, dec, start};
use crate::cli::Desk;

const TODAY: &str = "2026-11-21";

fn burning(book: &Book, on: &str, grain: Grain, switches: Switches) -> Vec<BurnDown> {
    burn_downs(&Basis {
        book,
        prices: &Prices::default(),
        references: &References::new(),
        as_of: day(on),
        grain,
        switches,
    })
}

fn of<'a>(all: &'a [BurnDown], symbol: &str) -> &'a BurnDown {
    let found = all.iter().find(|of| of.symbol.as_deref() == Some(symbol));
    found.unwrap()
}

fn all_switches() -> impl Iterator<Item = Switches> {
    let values = ValueBasis::ALL.iter();
    values.flat_map(|value| {
        ShareBasis::ALL.iter().map(|share| Switches {
            value: *value,
            share: *share,
            ..Switches::default()
        })
    })
}

#[test]
fn backlog_and_debt_fall_to_what_has_no_date() {
    let book = starter::book().unwrap();
    for grain in Grain::ALL {
        for switches in all_switches() {
            let all = burning(&book, TODAY, *grain, switches);
            for of in &all {
                let (mut rent, mut debt) = (of.rent_left_usd, of.wall.total().total());
                for at in &of.periods {
                    assert_eq!(rent - at.rent_due, at.rent_left);
                    assert_eq!(debt - at.debt_due.total(), at.debt_left);
                    assert!(at.rent_due >= Decimal::ZERO && at.rent_left >= Decimal::ZERO);
                    (rent, debt) = (at.rent_left, at.debt_left);
                }
                assert_eq!(rent, Decimal::ZERO);
                let stays = of.wall.undated.plus(&of.wall.overdue);
                assert_eq!(debt, stays.total());
            }
            let sums = total(&all);
            assert!(sums.iter().all(|sum| {
                let parts = all.iter().flat_map(|of| &of.periods);
                let same = parts.filter(|at| at.first_day == sum.first_day);
                same.map(|at| at.rent_due).sum::<Decimal>() == sum.rent_due
            }));
            let last = sums.last().unwrap().debt_left;
            let stays = all.iter().map(|of| of.wall.undated.total());
            assert_eq!(last, stays.sum());
        }
    }
}

#[test]
fn switches_change_what_they_say() {
    let book = starter::book().unwrap();
    let sums = |switches: Switches| {
        let all = burning(&book, TODAY, Grain::Quarter, switches);
        let hut = of(&all, "HUT");
        let wulf = of(&all, "WULF");
        (
            hut.rent_left_usd + hut.undated_usd(),
            wulf.undated_usd(),
            wulf.wall.total().total(),
        )
    };
    let plain = sums(Switches::default());
    assert_eq!(
        plain,
        (dec("16800000000"), dec("11459500000"), dec("5751300000"))
    );
    let options = sums(Switches {
        value: ValueBasis::WithOptions,
        ..Switches::default()
    });
    assert_eq!(
        (options.0, options.1),
        (dec("42800000000"), dec("20759500000"))
    );
    let whole = sums(Switches {
        share: ShareBasis::Whole,
        ..Switches::default()
    });
    assert_eq!((whole.1, whole.2), (dec("16200000000"), dec("6400000000")));
}

#[test]
fn convertibles_in_the_money_leave_the_wall_by_switch() {
    let book = starter::book().unwrap();
    let mut prices = Prices::default();
    let bar = Bar::close(day("2026-11-20"), 15.5);
    let series = Series::new(vec![bar]).unwrap();
    prices.by_symbol.insert("WULF".to_owned(), series);
    let switches = Switches {
        converts: ConvertBasis::IfConverted,
        ..Switches::default()
    };
    let all = burn_downs(&Basis {
        book: &book,
        prices: &prices,
        references: &References::new(),
        as_of: day(TODAY),
        grain: Grain::Year,
        switches,
    });
    let wulf = of(&all, "WULF");
    assert_eq!(wulf.converted.len(), 1);
    assert_eq!(wulf.wall.total().parent, dec("900000000"));
    let cifr = of(&all, "CIFR");
    assert_eq!(cifr.not_judged[0].1.0, "no conversion price is stated");
    let iren = of(&all, "IREN");
    let why = iren.not_judged.iter().map(|(_, why)| why.0.as_str());
    assert!(
        why.into_iter()
            .any(|why| why.starts_with("no close of the share"))
    );
}

/// What was not known on a day changes nothing before it: each burn-down is
/// that of a book without what was announced, stated or issued later.
#[test]
fn the_burn_down_of_a_day_knows_nothing_later() {
    let mut book = starter::book().unwrap();
    // A start that slipped, so that there is something to forget.
    let slipped = book.deals().find(|deal| !deal.rent_start.is_empty());
    let mut slipped = slipped.unwrap().clone();
    slipped
        .rent_start
        .push(start("2028-Q1", Some("2026-08-10")));
    let change = Change::new("slip", vec![Op::put(Record::Deal(slipped))]);
    book.apply(&change).unwrap();
    let mut on = day("2025-01-01");
    while on < day(TODAY) {
        let known_by = |date: PartialDate| date.first_day() <= on;
        let mut known = Book::default();
        let mut there: Vec<Record> = book.records().collect();
        there.retain(|record| {
            if let Record::Deal(deal) = record {
                known_by(deal.announced)
            } else if let Record::Debt(debt) = record {
                debt.issued.is_none_or(known_by)
            } else {
                true
            }
        });
        let ids: Vec<_> = there.iter().map(|record| record.key().id).collect();
        there.retain(|record| {
            let retold = book.deal(DealId(record.key().id));
            let retold = retold.and_then(|deal| deal.alternative_to);
            retold.is_none_or(|id| ids.contains(&id.0))
        });
        for record in &mut there {
            if let Record::Deal(deal) = record {
                deal.rent_start
                    .retain(|start| start.stated.is_none_or(known_by));
            }
        }
        known
            .apply(&Change::new(
                "known",
                there.into_iter().map(Op::put).collect(),
            ))
            .unwrap();
        let text = on.to_string();
        let then = |book: &Book| burning(book, &text, Grain::Quarter, Switches::default());
        assert_eq!(then(&known), then(&book), "{on}");
        on += 17.days();
    }
}

#[test]
fn sites_cover_their_interest_as_computed_apart() {
    let book = starter::book().unwrap();
    let check = |symbol: &str, site: &str, coverage: &str, hedge: Hedge, per_mw: Option<&str>| {
        let company = book.company_by_symbol(symbol).unwrap().id;
        let sites = site_coverages(&book, company, day(TODAY), &References::new());
        let at = sites.into_iter().find(|at| at.site.contains(site)).unwrap();
        let found = at.coverage.unwrap();
        assert_eq!(
            (found.value.round_dp(2), found.hedge),
            (dec(coverage), hedge),
            "{site}"
        );
        let found = at
            .debt_per_mw_usd
            .ok()
            .map(|mw| (mw.value / dec("1000000")).round_dp(1));
        assert_eq!(found, per_mw.map(dec), "{site}");
    };
    // METRICS: WULF 570 ÷ 248 = 2.30x, and where no margin is stated the rent
    // is an upper bound: HUT 467 ÷ 201, APLD 333 ÷ 145 < 2.30x.
    check("WULF", "Lake Mariner", "2.30", Hedge::Exact, Some("8.9"));
    check("HUT", "River Bend", "2.32", Hedge::UpTo, Some("13.3"));
    check("APLD", "Polaris Forge 2", "2.30", Hedge::UpTo, Some("10.8"));
    check("CIFR", "Barber Lake", "2.68", Hedge::UpTo, Some("8.4"));
    check("CIFR", "Black Pearl", "2.99", Hedge::UpTo, None);

    let reason = |symbol: &str, site: &str| {
        let company = book.company_by_symbol(symbol).unwrap().id;
        let sites = site_coverages(&book, company, day(TODAY), &References::new());
        let at = sites.into_iter().find(|at| at.site.contains(site)).unwrap();
        (
            at.interest_usd.map(|of| of.value),
            at.coverage.unwrap_err().0,
        )
    };
    // The loan is of Phase I; the deal does not say what of it that phase has.
    assert_eq!(
        reason("GLXY", "Helios"),
        (
            Ok(dec("101500000")),
            "NOI: no deal of this site is entered".to_owned()
        )
    );
}

#[test]
fn debt_a_megawatt_is_no_firmer_than_the_debt() {
    let mut book = starter::book().unwrap();
    let company = book.company_by_symbol("HUT").unwrap().id;
    let notes: Vec<_> = book
        .debts()
        .filter(|of| of.company == company)
        .cloned()
        .collect();
    for mut debt in notes {
        debt.principal_hedge = Hedge::About;
        book.apply(&Change::put("about", Record::Debt(debt)))
            .unwrap();
    }
    let sites = site_coverages(&book, company, day(TODAY), &References::new());
    let known = sites
        .iter()
        .filter_map(|at| at.debt_per_mw_usd.as_ref().ok());
    let hedges: Vec<Hedge> = known.map(|of| of.hedge).collect();
    assert_eq!(hedges, [Hedge::About]);
}

#[test]
fn reported_coverage_is_of_one_period() {
    let book = starter::book().unwrap();
    let statements = Statements::of(&book, day(TODAY));
    let of = |symbol: &str| {
        let company = book.company_by_symbol(symbol).unwrap().id;
        reported_coverage(company, &statements)
    };
    let wulf = of("WULF").unwrap();
    assert_eq!(
        (wulf.value.round_dp(3), wulf.hedge),
        (dec("0.313"), Hedge::UpTo)
    );
    assert!(wulf.remark.unwrap().contains("2026-03-31"));
    of("CIFR").unwrap_err();
}

#[test]
fn the_delivered_share_is_of_one_basis() {
    let mut book = starter::book().unwrap();
    let corz = book.company_by_symbol("CORZ").unwrap().id;
    let share = |book: &Book, load| {
        let statements = Statements::of(book, day(TODAY));
        delivered_share(corz, &statements, load)
    };
    let missing = share(&book, LoadBasis::Critical).unwrap_err();
    assert_eq!(missing.0, "no billing MW (critical IT) are stated");
    let figure = Figure {
        id: FigureId(Uuid::from_u128(1)),
        subject: Subject::Company(corz),
        metric: Metric::Megawatts(MwStage::Billing, MwBasis::Unstated),
        value: dec("243"),
        currency: None,
        hedge: Hedge::Exact,
        time: None,
        stated: Some("2026-03".parse().unwrap()),
        source: None,
        note: String::new(),
    };
    let change = Change::new("test", vec![Op::put(Record::Figure(figure))]);
    book.apply(&change).unwrap();
    // METRICS: 243 of 590 MW, 41 %.
    let found = share(&book, LoadBasis::Critical).unwrap();
    assert_eq!(found.value.round_dp(2), dec("0.41"));
    assert!(found.remark.is_some());
}

#[test]
fn months_are_counted_by_the_calendar() {
    let check = |start: &str, on: &str, expected: Result<(i32, i32), &str>| {
        let found = months_to_revenue(Some(start.parse().unwrap()), day(on));
        let found = found.map(|months| (months.least, months.most));
        assert_eq!(
            found.map_err(|missing| missing.0),
            expected.map_err(str::to_owned)
        );
    };
    // METRICS: CIFR 9, HUT 14 to 16.
    check("2026-08", "2025-11-03", Ok((9, 9)));
    check("2027-Q3", "2026-05-06", Ok((14, 16)));
    check("2027-Q3", "2027-08-01", Ok((0, 1)));
    check(
        "2027-Q3",
        "2027-10-01",
        Err("the stated rent start is past"),
    );
    months_to_revenue(None, day(TODAY)).unwrap_err();
}

#[test]
fn a_later_start_is_a_slip_and_a_preciser_one_is_not() {
    let check = |dates: &[&str], slips: usize, quarters: i32| {
        let starts: Vec<_> = dates
            .iter()
            .map(|date| start(date, Some("2026-05")))
            .collect();
        let found = Slippage::of(&starts);
        assert_eq!(
            (found.slips, found.quarters),
            (slips, quarters),
            "{dates:?}"
        );
        assert_eq!(found.steps.len(), dates.len().saturating_sub(1));
    };
    check(&[], 0, 0);
    check(&["2027-Q3"], 0, 0);
    check(&["2027-Q3", "2027-Q4"], 1, 1);
    check(&["2027", "2027-Q3", "2027-08-14"], 0, 0);
    check(&["2027-Q3", "2027-H2", "2027-Q4"], 1, 1);
    check(&["2027-Q3", "2028-Q1", "2027-Q4"], 1, 1);
    check(&["2027-Q1", "2027-Q3", "2028-Q1"], 2, 4);
    check(&["2027-08-01", "2027-09-15"], 1, 0);
    check(&["2027-Q4", "2027-Q3"], 0, -1);
}

#[test]
fn the_schedule_of_hut_as_text() {
    let desk = Desk::new();
    let text = desk.done(&["report", "schedule", "HUT", "--by", "year"]);
    let expected = include_str!("../golden/schedule_hut.txt");
    assert_eq!(text, expected);
    let quarters = desk.done(&["report", "schedule", "HUT"]);
    assert!(
        quarters.contains("\n2027-Q3        164.2          9,635.8 "),
        "{quarters}"
    );
}

#[test]
fn the_schedule_as_json_sums_to_the_companies() {
    let desk = Desk::new();
    let report = desk.json(&["report", "schedule", "--by", "year", "--with-options"]);
    assert_eq!(report["switches"]["value"], "with_options");
    assert_eq!(
        (&report["by"], &report["switches"]["share"]),
        (&"year".into(), &"owned".into())
    );
    let amount = |value: &Value| value.as_str().unwrap().parse::<Decimal>().unwrap();
    let sum = |list: &str, key: &str| -> Decimal {
        let rows = report[list].as_array().unwrap().iter();
        rows.filter(|row| row[key].is_string())
            .map(|row| amount(&row[key]))
            .sum()
    };
    assert_eq!(sum("rows", "rent_due_usd"), sum("total", "rent_due_usd"));
    assert_eq!(sum("rows", "debt_due_usd"), sum("total", "debt_due_usd"));
    assert_eq!(
        sum("rows", "rent_due_usd"),
        sum("companies", "rent_left_usd")
    );
    let dated = sum("companies", "debt_usd") - sum("companies", "debt_undated_usd");
    assert_eq!(sum("rows", "debt_due_usd"), dated);
    let deals = report["deals"].as_array().unwrap();
    let beacon = deals
        .iter()
        .find(|deal| deal["value_usd"] == "25100000000")
        .unwrap();
    assert_eq!(beacon["months_to_revenue_least"], 8);
    assert_eq!(
        (&beacon["first_day"], &beacon["last_day"]),
        (&"2027-07-01".into(), &"2057-06-30".into())
    );
    assert_eq!(beacon["rent_starts"][0]["date"], "2027-Q3");

    let known = ["report", "schedule", "GLXY", "--reference", "sofr=4.3%"];
    assert_eq!(
        desk.json(&known)["sites"][0]["interest_usd_a_year"],
        "126700000"
    );
    let wrong = desk.run(&["report", "schedule", "--reference", "SOFR"]);
    assert!(
        wrong.err.contains("write it like SOFR=4.3%"),
        "{}",
        wrong.err
    );
    let nobody = desk.run(&["report", "schedule", "XYZ"]);
    assert!(nobody.err.starts_with("No company “XYZ” is in the book"));
    let empty = Desk::empty();
    let text = empty.done(&["report", "schedule"]);
    assert!(
        text.ends_with("No deal that counts and no debt is entered\n"),
        "{text}"
    );
}
