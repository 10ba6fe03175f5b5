//! The ladder of power: what statements and deals come to, that the two are never
//! added, and which deals bill.

use gigawatch::analytics::Answer;
use gigawatch::analytics::derive;
use gigawatch::analytics::power::Ladder;
use gigawatch::analytics::switches::{LoadBasis, ShareBasis, Switches};
use gigawatch::exchange::starter;
use gigawatch::model::deal::DealStatus;
use gigawatch::model::metric::{MwBasis, MwStage};
use gigawatch::model::pin::{Choice, PinScope};
use gigawatch::model::{
    Book, Change, CompanyId, Deal, FigureId, Metric, Phase, Pin, PinId, Prices, Record, Subject,
};
use proptest::prelude::*;
use rust_decimal::Decimal;
use uuid::Uuid;

use crate::backlog::{bare_deal, day, dec, start};
use crate::small_book::{book, figure, shown};

const TODAY: &str = "2026-07-01";

fn ladder_of(book: &Book, symbol: usize, switches: Switches) -> Ladder {
    let derived = derive(book, &Prices::default(), day(TODAY), switches);
    derived.companies[symbol].power.clone()
}

fn ladder(records: Vec<Record>) -> Ladder {
    ladder_of(&book(records), 0, Switches::default())
}

fn deal(id: u128, announced: &str, change: impl FnOnce(&mut Deal)) -> Record {
    let mut deal = bare_deal(id, CompanyId(Uuid::from_u128(1)), announced);
    change(&mut deal);
    Record::Deal(deal)
}

fn mw(id: u128, stage: MwStage, basis: MwBasis, text: &str) -> Record {
    let subject = Subject::Company(CompanyId(Uuid::from_u128(1)));
    figure(id, subject, Metric::Megawatts(stage, basis), text)
}

fn phase(name: &str, critical: Option<&str>, from: Option<&str>) -> Phase {
    Phase {
        name: name.to_owned(),
        base_value: None,
        critical_mw: critical.map(dec),
        gross_mw: None,
        rent_start: from.map(|from| start(from, None)).into_iter().collect(),
        term_months: None,
    }
}

#[test]
fn contracted_load_is_stated_or_the_sum_of_deals_never_both() {
    let check = |stated: &str, deals: &[(&str, Option<&str>)], expected: &str| {
        let mut records: Vec<_> = deals
            .iter()
            .zip(10..)
            .map(|((announced, load), id)| {
                deal(id, announced, |deal| deal.critical_mw = load.map(dec))
            })
            .collect();
        if !stated.is_empty() {
            records.push(mw(100, MwStage::Contracted, MwBasis::Critical, stated));
        }
        let ladder = ladder(records);
        let rung = ladder.rung(MwStage::Contracted).unwrap();
        assert_eq!(shown(&rung.critical), expected, "{stated} {deals:?}");
    };
    let old = [("2026-01-15", Some("200"))];
    check(
        "",
        &[],
        "none: no contracted MW (critical IT) are stated; no deal is entered",
    );
    check("", &old, "exact 200: the sum of the deals");
    check(
        "",
        &[("2026-01-15", Some("200")), ("2026-02-15", None)],
        "more_than 200: the sum of the deals; without 1 deal whose critical IT load is not stated",
    );
    check(
        "",
        &[("2026-01-15", None)],
        "none: no contracted MW (critical IT) are stated; there is only 1 deal whose critical IT \
         load is not stated",
    );
    check("597 | exact | | 2026-03-10", &[], "exact 597");
    check("200 | about | | 2026-03-10", &old, "about 200");
    // The statement is newer.
    check(
        "597 | exact | | 2026-03-10",
        &old,
        "exact 597: as stated; the deals sum to 200 MW",
    );
    // A deal is newer.
    let newer = [("2026-01-15", Some("300")), ("2026-05-15", Some("400"))];
    check(
        "597 | exact | | 2026-03-10",
        &newer,
        "exact 700: the sum of the deals, of which one is newer than the 597 MW stated of 2026-03-10",
    );
    // What is known to lack a part does not replace more.
    let lacking = [("2026-01-15", None), ("2026-05-15", Some("400"))];
    check(
        "597 | exact | | 2026-03-10",
        &lacking,
        "exact 597: as stated; the deals sum to 400 MW, without 1 deal whose critical IT load is \
         not stated",
    );
    // A deal whose load is not known makes no statement older.
    let vague = [("2026-01-15", Some("700")), ("2026-05-15", None)];
    check(
        "597 | exact | | 2026-03-10",
        &vague,
        "exact 597: as stated; the deals sum to 700 MW, without 1 deal whose critical IT load is \
         not stated",
    );
}

#[test]
fn what_the_user_picked_stays_whatever_is_newer() {
    let mut book = book(vec![
        mw(
            100,
            MwStage::Contracted,
            MwBasis::Critical,
            "597 | exact | | 2026-03-10",
        ),
        deal(10, "2026-05-15", |deal| deal.critical_mw = Some(dec("700"))),
    ]);
    let pin = Pin {
        id: PinId(Uuid::from_u128(200)),
        choice: Choice::Use {
            figure: FigureId(Uuid::from_u128(100)),
            scope: PinScope::Always,
        },
        made: day("2026-06-01"),
        note: "audited".to_owned(),
    };
    let before = ladder_of(&book, 0, Switches::default());
    book.apply(&Change::put("pick", Record::Pin(pin))).unwrap();
    let after = ladder_of(&book, 0, Switches::default());
    let of = |ladder: &Ladder| {
        let rung = ladder.rung(MwStage::Contracted).unwrap();
        rung.critical.as_ref().unwrap().value
    };
    assert_eq!((of(&before), of(&after)), (dec("700"), dec("597")));
}

#[test]
fn the_switch_of_ventures_changes_sums_and_statements_say_that_it_does_not() {
    let venture = |deal: &mut Deal| {
        deal.critical_mw = Some(dec("168"));
        deal.owned_share = Some(dec("0.501"));
    };
    let summed = book(vec![deal(10, "2026-01-15", venture)]);
    let of = |book: &Book, share| {
        let switches = Switches {
            share,
            ..Switches::default()
        };
        let ladder = ladder_of(book, 0, switches);
        let site = shown(&ladder.sites[0].contracted_critical);
        let rung = ladder.rung(MwStage::Contracted).unwrap();
        (shown(&rung.critical), site)
    };
    let sum = |mw: &str| {
        (
            format!("exact {mw}: the sum of the deals"),
            format!("exact {mw}"),
        )
    };
    assert_eq!(of(&summed, ShareBasis::Owned), sum("84.168"));
    assert_eq!(of(&summed, ShareBasis::Whole), sum("168"));
    let text = "168 | exact | | 2026-03-10";
    let stated = book(vec![
        deal(10, "2026-01-15", venture),
        mw(100, MwStage::Contracted, MwBasis::Critical, text),
    ]);
    let said = of(&stated, ShareBasis::Whole).0;
    let remark = "exact 168: the source does not say what part of joint ventures it counts";
    assert_eq!(said, remark);
}

/// Checks what bills, of the company and of the site, of a deal of 300 MW.
#[track_caller]
fn check_billing(change: &dyn Fn(&mut Deal), expected: &str) {
    let ladder = ladder(vec![deal(10, "2026-01-15", |deal| {
        deal.critical_mw = Some(dec("300"));
        change(deal);
    })]);
    let rung = ladder.rung(MwStage::Billing).unwrap();
    let said = shown(&rung.critical);
    let said = said.replace("no billing MW (critical IT) are stated; ", "");
    assert_eq!(said, expected);
    let site = shown(&ladder.sites[0].billing_critical);
    assert_eq!(
        said.replace(": the sum of the deals; ", ": ")
            .replace(": the sum of the deals", ""),
        site
    );
}

#[test]
fn billing_follows_from_status_and_starts() {
    let status = |status| move |deal: &mut Deal| deal.status = status;
    check_billing(
        &status(DealStatus::Announced),
        "none: no deal is ramping or billing",
    );
    check_billing(
        &|deal| deal.rent_start = vec![start("2026-Q2", None)],
        "none: no deal is ramping or billing, though the rent start of 1 deal is past",
    );
    check_billing(
        &status(DealStatus::Billing),
        "about 300: the sum of the deals",
    );
    check_billing(
        &|deal| {
            deal.status = DealStatus::Billing;
            deal.critical_mw = None;
        },
        "none: there is only 1 deal whose billing load is not stated",
    );
    check_billing(
        &status(DealStatus::Ramping),
        "none: there is only 1 deal whose billing load is not stated",
    );
    let ramping = |from: &'static str| {
        move |deal: &mut Deal| {
            deal.status = DealStatus::Ramping;
            deal.rent_start = vec![start(from, None)];
        }
    };
    check_billing(&ramping("2026-Q2"), "up_to 300: the sum of the deals");
    check_billing(
        &ramping("2026-Q3"),
        "none: there is only 1 deal whose billing load is not stated",
    );
}

#[test]
fn of_a_deal_that_is_ramping_the_phases_bill_whose_rent_has_begun() {
    let phased = |phases: Vec<Phase>| {
        move |deal: &mut Deal| {
            deal.status = DealStatus::Ramping;
            deal.rent_start = vec![start("2026-03", None)];
            deal.phases.clone_from(&phases);
        }
    };
    check_billing(
        &phased(vec![
            phase("I", Some("100"), Some("2026-04")),
            phase("II", Some("120"), Some("2026-08")),
            // That of the deal counts.
            phase("III", Some("80"), None),
        ]),
        "about 180: the sum of the deals",
    );
    check_billing(
        &phased(vec![
            phase("I", Some("100"), Some("2026-04")),
            phase("II", None, Some("2026-05")),
        ]),
        "more_than 100: the sum of the deals",
    );
    check_billing(
        &phased(vec![phase("I", Some("100"), Some("2026-12"))]),
        "none: there is only 1 deal whose billing load is not stated",
    );
}

#[test]
fn the_delivered_share_is_stated_or_of_the_rungs() {
    let share = |records| shown(&ladder(records).delivered_share);
    let contracted = || {
        mw(
            100,
            MwStage::Contracted,
            MwBasis::Critical,
            "590 | exact | | 2026-03",
        )
    };
    let text = "243 | exact | | 2026-03";
    let billing = mw(101, MwStage::Billing, MwBasis::Critical, text);
    assert_eq!(share(vec![contracted(), billing]), "exact 0.4119");
    let billing = deal(10, "2025-01-15", |deal| {
        deal.critical_mw = Some(dec("295"));
        deal.status = DealStatus::Billing;
    });
    assert_eq!(
        share(vec![contracted(), billing]),
        "about 0.5: billing: the sum of the deals; contracted: as stated; the deals sum to 295 MW"
    );
    assert_eq!(
        share(vec![contracted()]),
        "none: no billing MW (critical IT) are stated"
    );
}

#[test]
fn a_plan_is_what_is_stated_of_planned_load_and_counts_nowhere_else() {
    let of = |stage| {
        let text = "2800 | planned | 2028 | 2026-03";
        let ladder = ladder(vec![mw(100, stage, MwBasis::Gross, text)]);
        shown(&ladder.rung(stage).unwrap().gross)
    };
    assert_eq!(of(MwStage::Planned), "planned 2800");
    assert_eq!(
        of(MwStage::Energised),
        "none: no energised MW (gross) are stated"
    );
}

#[test]
fn sites_are_one_whatever_case_and_spaces_they_are_typed_in() {
    let at = |id, site: Option<&str>, critical: Option<&str>| {
        let site = site.map(str::to_owned);
        deal(id, "2026-01-15", |deal| {
            deal.site = site;
            deal.critical_mw = critical.map(dec);
        })
    };
    let ladder = ladder(vec![
        at(10, Some("River Bend"), Some("100")),
        at(11, Some("  river bend "), Some("45")),
        at(12, Some("Beacon"), Some("352")),
        at(13, None, None),
        at(14, Some(" "), Some("1")),
    ]);
    let sites = ladder.sites.iter();
    let sites: Vec<_> = sites
        .map(|site| (site.site.as_deref(), shown(&site.contracted_critical)))
        .collect();
    let without = "more_than 1: without 1 deal whose critical IT load is not stated";
    assert_eq!(
        sites,
        [
            (Some("Beacon"), "exact 352".to_owned()),
            (Some("River Bend"), "exact 145".to_owned()),
            (None, without.to_owned()),
        ]
    );
}

#[test]
fn the_starter_ladders_are_those_of_the_sources() {
    let book = starter::book().unwrap();
    let derived = derive(
        &book,
        &Prices::default(),
        day("2026-10-10"),
        Switches::default(),
    );
    let ladder = |symbol: &str| {
        let mut all = derived.all_facts();
        let facts = all.find(|facts| facts.row.symbol.as_deref() == Some(symbol));
        facts.unwrap().view.power.clone()
    };
    let check = |symbol: &str, stage, load, expected: &str| {
        let ladder = ladder(symbol);
        let said = shown(ladder.rung(stage).unwrap().on(load));
        assert_eq!(said, expected, "{symbol}");
    };
    let (critical, gross) = (LoadBasis::Critical, LoadBasis::Gross);
    let vague = "the source does not say whether it is gross or critical IT load";
    check("HUT", MwStage::Contracted, critical, "exact 949");
    check(
        "CIFR",
        MwStage::Contracted,
        gross,
        "exact 600: as stated; the deals sum to 600 MW, without 1 deal whose gross load is not stated",
    );
    check("GLXY", MwStage::Contracted, critical, "exact 526");
    check(
        "CORZ",
        MwStage::Contracted,
        critical,
        &format!("exact 590: {vague}"),
    );
    check(
        "HUT",
        MwStage::Planned,
        gross,
        &format!("about 8500: {vague}"),
    );
    check(
        "RIOT",
        MwStage::Approved,
        gross,
        &format!("exact 1700: {vague}"),
    );
    check(
        "IREN",
        MwStage::Secured,
        gross,
        &format!("exact 5000: {vague}"),
    );
    for symbol in ["HUT", "CIFR", "GLXY", "CORZ"] {
        assert_eq!(ladder(symbol).rungs.len(), MwStage::ALL.len());
    }

    // Gross over critical load of a site, as METRICS has it.
    let ratio = |symbol: &str, site: &str, expected: &str| {
        let sites = ladder(symbol).sites;
        let mut sites = sites.iter();
        let site = sites.find(|of| of.site.as_ref().is_some_and(|name| name.contains(site)));
        let ratio = site.unwrap().gross_to_critical().unwrap();
        assert_eq!(ratio.round_dp(2), dec(expected), "{symbol}");
    };
    ratio("CIFR", "(Phase I)", "1.45");
    ratio("GLXY", "Helios", "1.52");
    ratio("HUT", "River Bend", "1.35");
}

proptest! {
    /// Whatever is stated and signed, contracted load is one of the two, and what
    /// bills by deals is no more than their load.
    #[test]
    fn a_rung_is_never_more_than_its_parts(
        loads in prop::collection::vec((0_u32..2000, 0_u8..5, 1_u32..=100), 0..6),
        stated in prop::option::of(0_u32..5000),
    ) {
        let statuses = [
            DealStatus::LetterOfIntent,
            DealStatus::Announced,
            DealStatus::Ramping,
            DealStatus::Billing,
            DealStatus::Ended,
        ];
        let mut records: Vec<_> = loads.iter().zip(10..).map(|((load, status, share), id)| {
            deal(id, "2026-01-15", |deal| {
                deal.critical_mw = Some(Decimal::from(*load));
                deal.owned_share = Some(Decimal::new(i64::from(*share), 2));
                deal.status = statuses[usize::from(*status)];
                deal.rent_start = vec![start("2026-02", None)];
            })
        }).collect();
        if let Some(stated) = stated {
            let text = format!("{stated} | exact | | 2025-12-31");
            records.push(mw(100, MwStage::Contracted, MwBasis::Critical, &text));
        }
        let ladder = ladder(records);
        let sum = |ladder: &Ladder, pick: fn(&gigawatch::analytics::power::SiteLoad) -> &Answer<Decimal>| {
            let known = ladder.sites.iter().filter_map(|site| pick(site).as_ref().ok());
            known.map(|mw| mw.value).sum::<Decimal>()
        };
        let contracted = sum(&ladder, |site| &site.contracted_critical);
        let billing = sum(&ladder, |site| &site.billing_critical);
        prop_assert!(billing <= contracted);
        if let Ok(mw) = &ladder.rung(MwStage::Contracted).unwrap().critical {
            let is_stated = stated.is_some_and(|stated| mw.value == Decimal::from(stated));
            prop_assert!(is_stated || mw.value == contracted);
        }
        if let Ok(mw) = &ladder.rung(MwStage::Billing).unwrap().critical {
            prop_assert_eq!(mw.value, billing);
        }
    }
}
