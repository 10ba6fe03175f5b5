//! What the switches count, on the starter book: one switch at a time moves what
//! it should and nothing else.

use gigawatch::analytics::derive;
use gigawatch::analytics::switches::{
    ConvertBasis, DebtBasis, LoadBasis, ShareBasis, Switches, ValueBasis,
};
use gigawatch::analytics::watchlist::WatchlistRow;
use gigawatch::exchange::starter;
use gigawatch::model::metric::{Known, MwStage};
use gigawatch::model::{Book, Change, Currency, Hedge, Metric, Money, Record};
use rust_decimal::Decimal;

use crate::conflicts::{TODAY, starter_prices};

/// Every way the switches can stand.
pub(crate) fn all_ways() -> Vec<Switches> {
    let mut all = vec![Switches::default()];
    let mut each = |change: &dyn Fn(&mut Switches)| {
        let switched = all.clone().into_iter().map(|mut switches| {
            change(&mut switches);
            switches
        });
        let switched: Vec<_> = switched.collect();
        all.extend(switched);
    };
    each(&|s| s.value = ValueBasis::WithOptions);
    each(&|s| s.share = ShareBasis::Whole);
    each(&|s| s.load = LoadBasis::Gross);
    each(&|s| s.debt = DebtBasis::Instruments);
    each(&|s| s.converts = ConvertBasis::IfConverted);
    all
}

fn row(book: &Book, symbol: &str, switches: Switches) -> WatchlistRow {
    let day = TODAY.parse().unwrap();
    let derived = derive(book, &starter_prices(), day, switches);
    let of = |row: &WatchlistRow| row.symbol.as_deref() == Some(symbol);
    derived.watchlist.into_iter().find(of).unwrap()
}

fn millions(value: &Decimal) -> String {
    (value / Decimal::from(1_000_000))
        .round_dp(1)
        .normalize()
        .to_string()
}

/// Backlog, debt and load of a company under switches: "16800 3250 597".
#[track_caller]
fn check(symbol: &str, change: impl Fn(&mut Switches), expected: &str) {
    let mut switches = Switches::default();
    change(&mut switches);
    let row = row(&starter::book().unwrap(), symbol, switches);
    let shown = [
        row.backlog_usd.map(|of| millions(&of.value)),
        row.debt_usd.map(|of| millions(&of.value)),
        row.contracted_mw.map(|of| of.value.normalize().to_string()),
    ];
    let shown = shown.map(|value| value.unwrap_or_else(|missing| missing.0));
    assert_eq!(shown.join(" | "), expected, "{symbol}");
}

#[test]
fn options_are_counted_only_when_switched_on() {
    // 9.8 + 7.0 and 25.1 + 17.7; of the third lease no value is known.
    check("HUT", |_| {}, "16800 | 7668.8 | 949");
    let with_options = |s: &mut Switches| s.value = ValueBasis::WithOptions;
    check("HUT", with_options, "42800 | 7668.8 | 949");
}

#[test]
fn a_joint_venture_counts_in_part_or_whole() {
    // 6.7bn + 50.1 % of 9.5bn; 360 MW + 50.1 % of 168 MW.
    check("WULF", |_| {}, "11459.5 | 5236.7 | 444.168");
    check(
        "WULF",
        |s| s.share = ShareBasis::Whole,
        "16200 | 5236.7 | 528",
    );
    // 5.1bn of its own, and 50.1 % or all of the joint venture's 1.3bn.
    let of_instruments = |share| {
        move |s: &mut Switches| {
            s.debt = DebtBasis::Instruments;
            s.share = share;
        }
    };
    check(
        "WULF",
        of_instruments(ShareBasis::Owned),
        "11459.5 | 5751.3 | 444.168",
    );
    check(
        "WULF",
        of_instruments(ShareBasis::Whole),
        "16200 | 6400 | 528",
    );
}

#[test]
fn load_is_critical_or_gross() {
    // 168 + 39; 244 + 56 + 300, for of the last only the gross load is stated.
    check("CIFR", |_| {}, "9330 | 5586.8 | 207");
    check("CIFR", |s| s.load = LoadBasis::Gross, "9330 | 5586.8 | 600");
}

#[test]
fn convertibles_in_the_money_leave_the_debt_when_they_count_as_shares() {
    let converted = |s: &mut Switches| s.converts = ConvertBasis::IfConverted;
    let instruments = |s: &mut Switches| s.debt = DebtBasis::Instruments;
    // Of its notes only the 550m that convert at 13.64 are in the money.
    check("IREN", |_| {}, "13100 | 7839.5 | 200");
    check("IREN", converted, "13100 | 7289.5 | 200");
    check("IREN", instruments, "13100 | 10490 | 200");
    let both = |s: &mut Switches| {
        instruments(s);
        converted(s);
    };
    check("IREN", both, "13100 | 9940 | 200");
}

#[test]
fn what_is_left_with_options_never_falls_below_what_is_left_of_the_base_term() {
    let book = starter::book().unwrap();
    let day = TODAY.parse().unwrap();
    let rows = |switches| derive(&book, &starter_prices(), day, switches).deals;
    let with = Switches {
        value: ValueBasis::WithOptions,
        ..Switches::default()
    };
    let mut more = 0;
    for (base, all) in rows(Switches::default()).iter().zip(&rows(with)) {
        assert_eq!(base.id, all.id);
        match (&base.remaining_usd, &all.remaining_usd) {
            (Ok(base), Ok(all)) => {
                assert!(all >= base);
                more += usize::from(all > base);
            }
            (base, all) => assert_eq!(base.is_err(), all.is_err()),
        }
    }
    assert!(more > 0);
}

#[test]
fn a_total_of_lower_bounds_stays_one() {
    let row = row(&starter::book().unwrap(), "CIFR", Switches::default());
    assert_eq!(row.contracted_mw.unwrap().hedge, Hedge::MoreThan);
}

/// What is divided by megawatts is divided by those of the ladder: two pages
/// never say two numbers for one thing.
#[test]
fn contracted_load_is_that_of_the_ladder_however_the_switches_stand() {
    let (book, prices) = (starter::book().unwrap(), starter_prices());
    let mut compared = 0;
    for switches in all_ways() {
        for day in ["2026-01-31", TODAY] {
            let derived = derive(&book, &prices, day.parse().unwrap(), switches);
            for facts in derived.all_facts() {
                let rung = facts.view.power.rung(MwStage::Contracted).unwrap();
                let rung = rung.told_on(switches.load);
                assert_eq!(
                    &facts.row.contracted_mw, rung,
                    "{} {switches:?}",
                    facts.row.company
                );
                compared += usize::from(rung.is_ok());
            }
        }
    }
    assert!(compared > 0);
}

/// An option in another currency than dollars adds nothing, but what the base
/// term is worth stays.
#[test]
fn options_in_another_currency_leave_the_base_term() {
    let mut book = starter::book().unwrap();
    let with = |switches: &mut Switches| switches.value = ValueBasis::WithOptions;
    let hut = |book: &Book| {
        let mut switches = Switches::default();
        with(&mut switches);
        row(book, "HUT", switches).backlog_usd.unwrap()
    };
    assert_eq!(millions(&hut(&book).value), "42800");
    let deals: Vec<_> = book.deals().cloned().collect();
    for mut deal in deals {
        deal.value_with_options = deal.value_with_options.map(|money| Money {
            currency: Currency::EUR,
            ..money
        });
        book.apply(&Change::put("euros", Record::Deal(deal)))
            .unwrap();
    }
    let hut = hut(&book);
    assert_eq!(millions(&hut.value), "16800");
    let remark = hut.remark.unwrap();
    assert!(
        remark.contains("of 2 deals no value with options is stated"),
        "{remark}"
    );
}

/// A note issued after the day of the stated total is not in it: it cannot be
/// taken off.
#[test]
fn a_convertible_newer_than_the_stated_total_is_not_taken_off_it() {
    let mut book = starter::book().unwrap();
    let converted = |s: &mut Switches| s.converts = ConvertBasis::IfConverted;
    check("IREN", converted, "13100 | 7289.5 | 200");
    let iren = book.company_by_symbol("IREN").unwrap().id;
    let totals: Vec<_> = book.figures().cloned().collect();
    for mut total in totals {
        let is_total = total.metric == Metric::Known(Known::TotalDebt);
        if is_total && total.subject.company() == Some(iren) {
            total.stated = Some("2026-10-01".parse().unwrap());
            book.apply(&Change::put("older", Record::Figure(total)))
                .unwrap();
        }
    }
    let notes: Vec<_> = book.debts().cloned().collect();
    for mut debt in notes {
        if debt.conversion_price.is_some() {
            debt.issued = Some("2026-10-09".parse().unwrap());
            book.apply(&Change::put("later", Record::Debt(debt)))
                .unwrap();
        }
    }
    let mut switches = Switches::default();
    converted(&mut switches);
    let debt = row(&book, "IREN", switches).debt_usd.unwrap();
    assert_eq!(millions(&debt.value), "7839.5");
    let remark = debt.remark.unwrap();
    assert!(
        remark.contains("1 convertible that counts as shares is newer than the stated total"),
        "{remark}"
    );
}
