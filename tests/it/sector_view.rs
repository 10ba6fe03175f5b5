//! The sector: coverage of what is stated, splits, sums by stage, and mining
//! against AI on the same megawatt.

use gigawatch::analytics::mining::{break_even_hashprice, median_colocation, usd_per_mwh};
use gigawatch::analytics::sector::SectorView;
use gigawatch::analytics::switches::{ShareBasis, Switches, ValueBasis};
use gigawatch::analytics::{Derived, derive};
use gigawatch::exchange::starter;
use gigawatch::model::deal::CounterpartyClass;
use gigawatch::model::metric::{Known, MwBasis, MwStage};
use gigawatch::model::{Book, CompanyId, Metric, Money, Prices, Record, Subject};
use proptest::prelude::*;
use rust_decimal::Decimal;
use uuid::Uuid;

use crate::backlog::{bare_deal, day, dec};
use crate::conflicts::starter_prices;
use crate::small_book::{book, figure, shown};

fn on(book: &Book, date: &str, switches: Switches) -> Derived {
    derive(book, &Prices::default(), day(date), switches)
}

fn stated(id: u128, metric: Metric, text: &str) -> Record {
    figure(id, Subject::Sector, metric, text)
}

fn signed(id: u128, company: u128, announced: &str, value: Option<&str>) -> Record {
    let company = CompanyId(Uuid::from_u128(company));
    let mut deal = bare_deal(id, company, announced);
    deal.base_value = value.map(|value| Money::usd(dec(value)));
    Record::Deal(deal)
}

/// Each statement of a metric: "tracked | stated: fraction".
fn lines(book: &Book, sector: &SectorView, metric: &Metric) -> Vec<String> {
    let coverage = sector.coverage.iter().find(|of| of.metric == *metric);
    let Some(coverage) = coverage else {
        return Vec::new();
    };
    let line = |told: &gigawatch::analytics::sector::Compared| {
        let figure = book.figure(told.figure).unwrap();
        format!(
            "{} | {} {} | {}",
            shown(&coverage.tracked),
            figure.hedge.code(),
            figure.value,
            shown(&told.fraction)
        )
    };
    coverage.stated.iter().map(line).collect()
}

#[test]
fn tracked_stands_beside_each_statement_and_is_never_added() {
    let backlog = Metric::Known(Known::StatedBacklog);
    let book = book(vec![
        stated(
            50,
            backlog.clone(),
            "70000000000 | more_than | | 2026-03-01",
        ),
        stated(51, backlog.clone(), "90000000000 | exact | | 2026-05-19"),
        stated(52, backlog.clone(), "99000000000 | planned | | 2026-06-19"),
        signed(10, 1, "2026-01-15", Some("40000000000")),
        signed(11, 1, "2026-04-15", Some("5000000000")),
    ]);
    let derived = on(&book, "2026-07-01", Switches::default());
    let tracked = "more_than 45000000000: without 1 company";
    assert_eq!(
        lines(&book, &derived.sector, &backlog),
        [
            format!("{tracked} | exact 90000000000 | more_than 0.5"),
            format!(
                "{tracked} | more_than 70000000000 | about 0.6429: of it 5bn USD in 1 deal \
                 announced after 2026-03-01, of which it speaks"
            ),
        ]
    );
    // Of what nothing is tracked nothing is compared.
    let derived = on(&book, "2025-07-01", Switches::default());
    assert_eq!(derived.sector.coverage, []);
}

#[test]
fn the_starter_book_covers_what_is_stated_of_contracts() {
    let book = starter::book().unwrap();
    let derived = derive(
        &book,
        &starter_prices(),
        day("2026-06-05"),
        Switches::default(),
    );
    let all = lines(&book, &derived.sector, &Metric::Known(Known::StatedBacklog));
    let fraction = |stated: &str| {
        let line = all.iter().find(|line| line.contains(stated)).unwrap();
        line.rsplit('|').next().unwrap().trim().to_owned()
    };
    // 100,365.5 of more than 70 and 90 bn: the book tracks deals that they lack.
    assert!(all.iter().all(|line| line.starts_with("more_than 1003655")));
    assert_eq!(
        fraction("more_than 70000000000"),
        "about 1.4338: more is tracked than stated: it counts other contracts or days"
    );
    assert!(fraction("more_than 90000000000").starts_with("about 1.1152: "));
    assert_eq!(all.len(), 5);

    let sector = &derived.sector;
    let ratios = &sector.of_one_source;
    assert_eq!(ratios.len(), 1);
    // 3.7 of more than 27 GW, and more than 90 bn over them.
    assert_eq!(shown(&ratios[0].contracted_of_planned), "up_to 0.137");
    let per_mw = ratios[0].usd_per_mw.as_ref().unwrap();
    assert_eq!(per_mw.hedge.code(), "more_than");
    assert_eq!((per_mw.value / dec("1000000")).round_dp(1), dec("24.3"));

    let contracted = Metric::Megawatts(MwStage::Contracted, MwBasis::Unstated);
    let lines = lines(&book, sector, &contracted);
    assert_eq!(lines.len(), 1);
    let remark = "critical IT load, but of 1 company the source does not say what it counts";
    assert!(lines[0].contains(remark), "{}", lines[0]);
    let debts = sector.coverage.iter();
    let mut debts = debts.filter(|of| of.metric == Metric::Known(Known::TotalDebt));
    debts.next().unwrap().tracked.clone().unwrap();
}

#[test]
fn a_share_stands_beside_a_share() {
    let share = Metric::Known(Known::HyperscalerShare);
    let mut hyper = bare_deal(10, CompanyId(Uuid::from_u128(1)), "2026-01-15");
    hyper.base_value = Some(Money::usd(dec("3000")));
    hyper.counterparty_class = CounterpartyClass::Hyperscaler;
    let book = book(vec![
        stated(50, share.clone(), "0.3333 | about | | 2026"),
        Record::Deal(hyper),
        signed(11, 2, "2026-01-15", Some("1000")),
    ]);
    let derived = on(&book, "2026-07-01", Switches::default());
    assert_eq!(
        lines(&book, &derived.sector, &share),
        [
            "exact 0.75: of the value of deals | about 0.3333 | none: two shares stand beside \
             each other"
        ]
    );
}

#[test]
fn a_total_in_another_currency_is_not_compared() {
    let debt = Metric::Known(Known::StatedBacklog);
    let Record::Figure(mut told) = stated(50, debt.clone(), "70 | exact | | 2026-03-01") else {
        panic!("no figure");
    };
    told.currency = Some(gigawatch::model::Currency::EUR);
    let book = book(vec![
        Record::Figure(told),
        signed(10, 1, "2026-01-15", Some("35")),
    ]);
    let derived = on(&book, "2026-07-01", Switches::default());
    let line = lines(&book, &derived.sector, &debt).remove(0);
    assert!(
        line.ends_with("none: it is stated in EUR, not USD"),
        "{line}"
    );
}

#[test]
fn splits_follow_the_switches_and_say_what_they_lack() {
    let book = starter::book().unwrap();
    let of = |switches| on(&book, "2026-10-10", switches).sector;
    let base = of(Switches::default());
    let total = |sector: &SectorView| -> Decimal {
        sector.by_class.iter().map(|part| part.value_usd).sum()
    };
    let whole = of(Switches {
        share: ShareBasis::Whole,
        ..Switches::default()
    });
    let options = of(Switches {
        value: ValueBasis::WithOptions,
        ..Switches::default()
    });
    // The other half of Abernathy: 9.5 bn × 49.9 %.
    assert_eq!(total(&whole) - total(&base), dec("4740500000"));
    assert!(total(&options) > total(&base));
    assert_eq!(base.deals_without_value, 2);
    for sector in [&base, &whole, &options] {
        let kinds: Decimal = sector.by_kind.iter().map(|part| part.value_usd).sum();
        assert_eq!(kinds, total(sector));
        let parts: Decimal = sector.by_class.iter().map(|part| part.fraction).sum();
        assert_eq!(parts.round_dp(20), Decimal::ONE);
        assert!(
            sector
                .by_class
                .is_sorted_by(|a, b| a.value_usd >= b.value_usd)
        );
    }
    let first = &base.by_class[0];
    assert_eq!(first.key, CounterpartyClass::Neocloud);
    assert!(base.ladder.len() == MwStage::ALL.len());
    let reductions: Vec<_> = base.btc_reduction.iter().map(|(_, btc)| *btc).collect();
    assert_eq!(reductions, [dec("17547"), Decimal::ZERO]);
}

/// Formulas and figures of mining against AI: 63 $/MWh at a hashprice of 30 and
/// 20 J/TH; $1.85m per MW-year are $211 a MWh.
#[test]
fn a_megawatt_hour_by_hashing_or_by_rent() {
    let check = |hashprice: &str, efficiency: &str, expected: &str| {
        let earned = usd_per_mwh(dec(hashprice), dec(efficiency)).unwrap();
        assert_eq!(earned.round_dp(0), dec(expected));
        let back = break_even_hashprice(earned, dec(efficiency)).unwrap();
        assert_eq!(back.round_dp(9), dec(hashprice));
    };
    // 62.5, told as 63; rounded half to even it is 62.
    check("30", "15", "83");
    check("30.1", "20", "63");
    check("30", "25", "50");
    assert_eq!(usd_per_mwh(dec("30"), dec("20")), Some(dec("62.5")));
    assert_eq!(usd_per_mwh(dec("30"), Decimal::ZERO), None);
    assert_eq!(usd_per_mwh(Decimal::MAX, dec("0.0001")), None);
    let rent = dec("1850000") / dec("8760");
    assert_eq!(rent.round_dp(0), dec("211"));
    let even = break_even_hashprice(rent, dec("20")).unwrap();
    assert_eq!(even.round_dp(0), dec("101"));

    let book = starter::book().unwrap();
    let derived = on(&book, "2026-10-10", Switches::default());
    let median = median_colocation(&derived.deals).unwrap();
    assert_eq!(median.inputs.len(), 11);
    assert_eq!(median.value.round_dp(0), dec("209"));
    median_colocation(&[]).unwrap_err();
}

proptest! {
    /// The parts are the whole, and what is tracked is no more than what is
    /// signed, whatever is signed.
    #[test]
    fn parts_sum_to_what_is_tracked(
        values in prop::collection::vec((0_u64..20_000_000_000, 1_u128..=2, any::<bool>()), 0..8),
    ) {
        let deals = values.iter().zip(10..).map(|((value, company, known), id)| {
            let value = value.to_string();
            signed(id, *company, "2026-01-15", known.then_some(value.as_str()))
        });
        let backlog = Metric::Known(Known::StatedBacklog);
        let told = stated(50, backlog, "70000000000 | exact | | 2026-03-01");
        let book = book(deals.chain([told]).collect());
        let sector = on(&book, "2026-07-01", Switches::default()).sector;
        let parts: Decimal = sector.by_kind.iter().map(|part| part.value_usd).sum();
        let known: Vec<_> = values.iter().filter(|(.., known)| *known).collect();
        prop_assert_eq!(sector.deals_without_value, values.len() - known.len());
        match &sector.coverage[0].tracked {
            Ok(tracked) => prop_assert_eq!(tracked.value, parts),
            Err(_) => prop_assert!(known.is_empty()),
        }
        let signed: u64 = known.iter().map(|(value, ..)| *value).sum();
        prop_assert_eq!(parts, Decimal::from(signed));
    }
}
