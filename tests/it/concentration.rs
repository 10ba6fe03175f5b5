//! How much of a backlog rests on few names, by who signed and by whose credit
//! stands behind it, and how much of it is guaranteed.

use gigawatch::analytics::backstop::backstop_cover;
use gigawatch::analytics::concentration::{
    Concentration, by_obligor, by_signatory, concentrations,
};
use gigawatch::analytics::switches::{ShareBasis, Switches, ValueBasis};
use gigawatch::exchange::starter;
use gigawatch::model::{CompanyId, Currency, Deal, Hedge, Money};
use rust_decimal::Decimal;
use uuid::Uuid;

use crate::backlog::{bare_deal, day, dec, start};

const TODAY: &str = "2026-10-10";

/// A deal written as "who | billion | obligor | guaranteed billion", blanks unknown.
pub(crate) fn deal(text: &str) -> Deal {
    let parts: Vec<_> = text.split('|').map(str::trim).collect();
    let [who, value, obligor, backstop] = parts[..] else {
        panic!("{text} has not four parts");
    };
    let billions = |text: &str| {
        let known = Some(text).filter(|text| !text.is_empty());
        known.map(|text| Money::usd(dec(text) * dec("1000000000")))
    };
    let id = text.bytes().fold(7_u128, |id, byte| {
        id.wrapping_mul(31).wrapping_add(byte.into())
    });
    let mut deal = bare_deal(id, CompanyId(Uuid::from_u128(1)), "2025-08-14");
    who.clone_into(&mut deal.counterparty);
    deal.base_value = billions(value);
    deal.obligor = Some(obligor.to_owned()).filter(|name| !name.is_empty());
    deal.backstop = billions(backstop);
    // The rent lies ahead: nothing of the value is due yet.
    deal.rent_start = vec![start("2028-01-01", None)];
    deal.term_months = Some(120);
    deal
}

fn shown(concentration: &Concentration) -> String {
    let shares = concentration.shares.iter();
    let shares = shares.map(|share| {
        let percent = (share.fraction * Decimal::ONE_HUNDRED).round_dp(1);
        format!("{} {percent}", share.name)
    });
    let hhi = match &concentration.hhi {
        Ok(hhi) => format!("{} {}", hhi.hedge.code(), hhi.value.round()),
        Err(missing) => missing.0.clone(),
    };
    format!("{} = {hhi}", shares.collect::<Vec<_>>().join(", "))
}

/// The index of deals by signatory and by obligor.
#[track_caller]
fn check(deals: &[&str], signatory: &str, obligor: &str) {
    let deals: Vec<Deal> = deals.iter().map(|text| deal(text)).collect();
    let deals: Vec<&Deal> = deals.iter().collect();
    let switches = Switches::default();
    let found = by_signatory(&deals, day(TODAY), switches);
    assert_eq!(shown(&found), signatory);
    let by_credit = by_obligor(&deals, day(TODAY), switches);
    assert_eq!(shown(&by_credit), obligor);
    assert_eq!(
        concentrations(&deals, day(TODAY), switches),
        (found, by_credit)
    );
}

#[test]
fn the_index_is_the_sum_of_squared_percent_shares() {
    // METRICS: CoreWeave 31.0 %, Fluidstack and others 27.3 %, the tenant of
    // Beacon Point 20.9 %, Microsoft 20.7 %, together 2,576. Shares are written
    // to one place: 12.8 of 46.8 is 27.35 %.
    let named = [
        "CoreWeave | 10.0 | |",
        "coreweave  | 4.5 | |",
        "Fluidstack | 12.8 | |",
        "Beacon Point tenant | 9.8 | |",
        "Microsoft | 9.7 | |",
    ];
    let expected =
        "CoreWeave 31.0, Fluidstack 27.4, Beacon Point tenant 20.9, Microsoft 20.7 = exact 2576";
    check(&named, expected, expected);
    check(&["A | 1 | |"], "A 100 = exact 10000", "A 100 = exact 10000");
    check(&[], " = no deal is entered", " = no deal is entered");
    let none = " = there are only 2 deals whose value is not stated in USD";
    check(&["A | | |", "B | | |"], none, none);
    // What lacks a deal may be more or less concentrated.
    check(
        &["A | 3 | |", "B | 1 | |", "C | | |"],
        "A 75, B 25 = about 6250",
        "A 75, B 25 = about 6250",
    );
}

#[test]
fn an_obligor_stands_for_what_it_guarantees_and_no_more() {
    // Google up to its backstop, Fluidstack for the rest.
    check(
        &["Fluidstack | 6.7 | Google | 3.2", "Microsoft | 3.3 | |"],
        "Fluidstack 67.0, Microsoft 33.0 = exact 5578",
        "Fluidstack 35.0, Microsoft 33.0, Google 32.0 = exact 3338",
    );
    // Nobody guarantees more than is left.
    check(
        &["Fluidstack | 3 | Google | 5"],
        "Fluidstack 100 = exact 10000",
        "Google 100 = exact 10000",
    );
    // How much is not stated: all of it is the obligor's credit, and it is said.
    check(
        &["Fluidstack | 7 | Google |", "google | 3 | |"],
        "Fluidstack 70.0, google 30.0 = exact 5800",
        "Google 100 = about 10000",
    );
    let unstated = deal("Fluidstack | 7 | Google |");
    let found = by_obligor(&[&unstated], day(TODAY), Switches::default());
    assert_eq!(
        found.hhi.unwrap().remark.as_deref(),
        Some("how much Google guarantees is not stated: the whole counts as its credit")
    );
    // A guarantee in another currency is none in dollars.
    let mut euros = deal("Fluidstack | 7 | Google |");
    euros.backstop = Some(Money::new(dec("1"), Currency::EUR));
    let found = by_obligor(&[&euros], day(TODAY), Switches::default());
    assert_eq!(shown(&found), "Google 100 = about 10000");
}

#[test]
fn what_counts_is_what_is_left_by_the_switches() {
    let mut half_over = deal("A | 10 | |");
    half_over.rent_start = vec![start("2021-10-10", None)];
    let mut joint = deal("B | 10 | Google | 4");
    joint.owned_share = Some(dec("0.5"));
    joint.value_with_options = Some(Money::usd(dec("30000000000")));
    let deals = [&half_over, &joint];
    let on = |switches| shown(&by_signatory(&deals, day(TODAY), switches));
    assert_eq!(on(Switches::default()), "A 50.0, B 50.0 = exact 5000");
    let whole = Switches {
        share: ShareBasis::Whole,
        ..Switches::default()
    };
    assert_eq!(on(whole), "B 66.7, A 33.3 = exact 5556");
    let options = Switches {
        value: ValueBasis::WithOptions,
        ..Switches::default()
    };
    assert_eq!(on(options), "B 75, A 25 = exact 6250");
    // The guarantee of a joint venture is told of all of it, too.
    let credit = shown(&by_obligor(&deals, day(TODAY), Switches::default()));
    assert_eq!(credit, "A 50.0, B 30.0, Google 20.0 = exact 3800");

    // Nothing says when rent starts: all of the value counts, about.
    let mut undated = deal("C | 10 | |");
    undated.rent_start.clear();
    let found = by_signatory(&[&half_over, &undated], day(TODAY), Switches::default());
    assert_eq!(shown(&found), "C 66.7, A 33.3 = about 5556");
    assert_eq!(
        found.hhi.unwrap().remark.as_deref(),
        Some("the schedule of C is not known: all of the value counts")
    );
}

#[test]
fn backstop_cover_is_of_the_deals_that_are_guaranteed() {
    let check = |deals: &[&str], percent: &str| {
        let deals: Vec<Deal> = deals.iter().map(|text| deal(text)).collect();
        let deals: Vec<&Deal> = deals.iter().collect();
        let found = backstop_cover(&deals, day(TODAY), ShareBasis::Owned).cover;
        let found = found.map(|cover| {
            let percent = (cover.value * Decimal::ONE_HUNDRED).round();
            format!("{} {percent}", cover.hedge.code())
        });
        assert_eq!(
            found.unwrap_or_else(|missing| missing.0),
            percent,
            "{deals:?}"
        );
    };
    // METRICS: WULF 3.2 of 6.7, CIFR 1.73 of 3.83, Abernathy 1.3 of 9.5.
    check(&["Fluidstack | 6.7 | Google | 3.2"], "exact 48");
    check(&["Fluidstack | 3.83 | Google | 1.73"], "exact 45");
    check(&["Fluidstack | 9.5 | Google | 1.3"], "exact 14");
    // A deal that nobody guarantees is in neither sum.
    check(
        &["Fluidstack | 6.7 | Google | 3.2", "AWS | 5.5 | |"],
        "exact 48",
    );
    check(
        &["AWS | 5.5 | |"],
        "no deal is guaranteed by another company",
    );
    check(
        &["Fluidstack | 7 | Google |"],
        "the guaranteed amount or the value is not stated in USD",
    );
}

#[test]
fn the_starter_deals_are_covered_as_computed_apart() {
    let book = starter::book().unwrap();
    let of = |symbol: &str, site: &str| {
        let company = book.company_by_symbol(symbol).unwrap().id;
        let at = |deal: &&Deal| {
            let at = deal.site.as_deref().unwrap_or_default().contains(site);
            deal.company == company && deal.counts() && at
        };
        let deals: Vec<&Deal> = book.deals().filter(at).collect();
        let cover = backstop_cover(&deals, day(TODAY), ShareBasis::Owned).cover;
        cover.map(|cover| {
            let percent = (cover.value * Decimal::ONE_HUNDRED).round();
            (percent.to_string(), cover.hedge)
        })
    };
    let percent = |text: &str, hedge| Ok((text.to_owned(), hedge));
    // No rent start is stated: of what is left it may be more.
    assert_eq!(of("WULF", "Lake Mariner"), percent("48", Hedge::MoreThan));
    assert_eq!(of("WULF", "Abernathy"), percent("14", Hedge::MoreThan));
    // (3.2 + 50.1 % of 1.3) of (6.7 + 50.1 % of 9.5).
    assert_eq!(of("WULF", ""), percent("34", Hedge::MoreThan));
    of("HUT", "River Bend").unwrap_err();
}
