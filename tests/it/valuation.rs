//! What a company is worth: diluted shares, enterprise value and what stands
//! against it. Expected values are added up by hand.

pub(crate) mod world;

use gigawatch::analytics::noi::contracted_noi;
use gigawatch::analytics::switches::{ConvertBasis, ShareBasis, Switches};
use gigawatch::analytics::valuation::Valuation;
use gigawatch::analytics::warrants::{Exercise, exercise_price};
use gigawatch::analytics::{Answer, Input, derive};
use gigawatch::exchange::starter;
use gigawatch::model::debt::DebtKind;
use gigawatch::model::metric::Known;
use gigawatch::model::{Currency, Deal, Debt, Hedge};
use proptest::prelude::*;
use rust_decimal::Decimal;

use crate::backlog::{dec, start};
use crate::concentration::deal;
use crate::conflicts::{TODAY, starter_prices};

use world::World;

/// Value and hedge, or the reason.
pub(crate) fn shown(answer: &Answer<Decimal>) -> String {
    match answer {
        Ok(stated) => {
            let value = stated.value.round_dp(2).normalize();
            format!("{} {value}", stated.hedge.code())
        }
        Err(missing) => missing.0.clone(),
    }
}

fn remark(answer: &Answer<Decimal>) -> String {
    answer.clone().unwrap().remark.unwrap_or_default()
}

/// A company with all that EV needs: 100m shares at $20, debt and cash.
fn sound() -> World {
    let mut world = World::new();
    world.close = Some(20.0);
    world.figure(Known::BasicShares, "100000000");
    world.figure(Known::TotalDebt, "700000000");
    world.figure(Known::Cash, "300000000");
    world
}

const NO_BITCOIN: &str = "0";

#[test]
fn shares_are_diluted_by_what_is_stated() {
    let check = |figures: &[(Known, &str, &str)], expected: &str| {
        let mut world = World::new();
        world.figure(Known::BasicShares, "500");
        for (known, value, note) in figures {
            world.noted(*known, value, note);
        }
        let found = world.valuation().diluted_shares;
        assert_eq!(shown(&found), expected, "{figures:?}");
    };
    check(&[], "exact 500");
    check(&[(Known::ShareUnits, "30", "")], "exact 530");
    // METRICS: penny warrants count.
    check(&[(Known::PennyWarrants, "73.5", "")], "exact 573.5");
    check(
        &[(Known::Warrants, "41", "Google, at $0.01; pledged")],
        "exact 541",
    );
    // NVIDIA's at $70 are no penny warrants.
    check(
        &[(Known::Warrants, "30", "NVIDIA may buy at $70, about 2.1")],
        "exact 500",
    );
    // Of these it cannot be known: there may be more shares.
    check(
        &[(Known::Warrants, "24", "Shares to Google.")],
        "more_than 500",
    );
    // What is stated as penny warrants decides.
    check(
        &[
            (Known::Warrants, "24", "Shares to Google."),
            (Known::PennyWarrants, "24", ""),
        ],
        "exact 524",
    );
    let mut world = World::new();
    world.figure(Known::BasicShares, "500");
    let known = world.valuation();
    assert_eq!(
        remark(&known.diluted_shares),
        "no stock units or options are entered: none are counted; no penny warrants are stated: \
         none are counted"
    );
    known.share_units.unwrap_err();
}

#[test]
fn a_price_of_warrants_is_read_from_plain_words_only() {
    let check = |note: &str, expected: Option<&str>| {
        let expected = expected.map_or(Exercise::NotSaid, |price| Exercise::At(dec(price)));
        assert_eq!(exercise_price(note), expected, "{note}");
    };
    check("Google, at $0.01; pledged until then", Some("0.01"));
    check(
        "Shares that NVIDIA may buy at $70, about 2.1 billion",
        Some("70"),
    );
    check("at $1,000.", Some("1000"));
    check("Shares to Google.", None);
    check("worth $2 at most", None);
    check("at $0.01, then at $5", None);
    check("at $", None);
    check("at $…", None);
}

#[test]
fn diluted_shares_count_as_stated_where_no_basic_ones_are() {
    let mut world = World::new();
    world.close = Some(2.0);
    world.figure(Known::DilutedShares, "600");
    world.figure(Known::PennyWarrants, "50");
    let found = world.valuation();
    assert_eq!(shown(&found.diluted_shares), "exact 600");
    assert_eq!(
        remark(&found.diluted_shares),
        "diluted shares as stated, no basic shares are stated: nothing is added to them"
    );
    assert_eq!(shown(&found.market_cap_usd), "exact 1200");

    let found = World::new().valuation();
    assert_eq!(
        shown(&found.diluted_shares),
        "no basic or diluted shares are stated"
    );
}

fn convertible(conversion: Option<&str>, cap: Option<&str>) -> impl FnOnce(&mut Debt) {
    let (conversion, cap) = (conversion.map(dec), cap.map(dec));
    move |debt| {
        debt.kind = DebtKind::Convertible;
        debt.conversion_price = conversion;
        debt.cap_price = cap;
    }
}

/// A note that leaves the debt must not vanish from EV.
#[test]
fn stated_diluted_shares_are_a_lower_bound_where_a_note_counts_as_shares() {
    let of = |close, converts| {
        let mut world = World::new();
        world.close = Some(close);
        world.switches.converts = converts;
        world.figure(Known::DilutedShares, "100000000");
        world.figure(Known::Cash, "0");
        world.debt("1000000000", convertible(Some("20"), None));
        let found = world.valuation();
        [shown(&found.diluted_shares), shown(&found.ev_usd)]
    };
    let shares = ConvertBasis::IfConverted;
    let of_debt = of(30.0, ConvertBasis::AsDebt);
    assert_eq!(of_debt, ["exact 100000000", "exact 4000000000"]);
    let least = ["more_than 100000000", "more_than 3000000000"];
    assert_eq!(of(30.0, shares), least);
    assert_eq!(of(10.0, shares), ["exact 100000000", "exact 2000000000"]);
}

#[test]
fn convertibles_are_debt_or_shares_and_never_both() {
    let world = |close: f64| {
        let mut world = World::new();
        world.close = Some(close);
        world.figure(Known::BasicShares, "100000000");
        world.figure(Known::Cash, "0");
        world.debt("1000000000", convertible(Some("20"), None));
        world.debt("500000000", |_| {});
        world
    };
    let of = |close, converts| {
        let mut world = world(close);
        world.switches.converts = converts;
        let found = world.valuation();
        [
            shown(&found.convertible_shares),
            shown(&found.diluted_shares),
            shown(&found.ev_usd),
        ]
    };
    let debt = ConvertBasis::AsDebt;
    let shares = ConvertBasis::IfConverted;
    assert_eq!(
        of(30.0, debt),
        [
            "convertibles count as debt",
            "exact 100000000",
            // 3.0bn of shares and 1.5bn of debt.
            "exact 4500000000"
        ]
    );
    // 1bn ÷ 20 = 50m more shares at 30, and 0.5bn of debt.
    assert_eq!(
        of(30.0, shares),
        ["exact 50000000", "exact 150000000", "exact 5000000000"]
    );
    // Out of the money they stay debt.
    assert_eq!(
        of(20.0, shares),
        ["exact 0", "exact 100000000", "exact 3500000000"]
    );

    // A capped call to 25 takes back 50m × (25 − 20) ÷ 40 = 6.25m at 40.
    let mut capped = World::new();
    capped.close = Some(40.0);
    capped.figure(Known::BasicShares, "100000000");
    capped.switches.converts = shares;
    capped.debt("1000000000", convertible(Some("20"), Some("25")));
    capped.debt("1000000000", convertible(None, None));
    let found = capped.valuation();
    assert_eq!(shown(&found.convertible_shares), "more_than 43750000");
    assert_eq!(
        remark(&found.convertible_shares),
        "Notes count as shares, not as debt, less 6250000 that the capped call takes back; \
         without Notes: no conversion price is stated"
    );
    assert_eq!(shown(&found.diluted_shares), "more_than 143750000");
    assert_eq!(
        found.convertible_shares.unwrap().inputs.len(),
        2,
        "the note and the close"
    );
}

#[test]
fn interest_of_what_counts_as_shares_is_not_owed() {
    let interest = |converts| {
        let mut world = sound();
        world.switches.converts = converts;
        world.debt("1000", |debt| {
            convertible(Some("10"), None)(debt);
            debt.coupon = Some(gigawatch::model::debt::Coupon::Fixed(dec("0.01")));
        });
        world.debt("1000", |debt| {
            debt.coupon = Some(gigawatch::model::debt::Coupon::Fixed(dec("0.07")));
        });
        shown(&world.valuation().interest_usd)
    };
    assert_eq!(interest(ConvertBasis::AsDebt), "exact 80");
    assert_eq!(interest(ConvertBasis::IfConverted), "exact 70");
}

#[test]
fn enterprise_value_is_its_parts_and_says_what_is_not_entered() {
    let found = sound().holding(NO_BITCOIN).valuation();
    // 100m × 20 + 0.7bn − 0.3bn.
    assert_eq!(shown(&found.ev_usd), "exact 2400000000");
    let said = remark(&found.ev_usd);
    for part in ["preferred equity", "minority interest", "stock units"] {
        assert!(said.contains(&format!("no {part}")), "{said}");
    }

    let mut all = sound().holding("1000");
    all.figure(Known::PreferredEquity, "150000000");
    all.figure(Known::MinorityInterest, "50000000");
    all.figure(Known::BtcPledged, "200");
    all.bitcoin = Some(80_000.5);
    let found = all.valuation();
    // + 0.15bn + 0.05bn − 800 × 80,000.5.
    assert_eq!(shown(&found.btc_value_usd), "exact 64000400");
    assert_eq!(shown(&found.other_claims_usd), "exact 200000000");
    assert_eq!(shown(&found.ev_usd), "exact 2535999600");
    let inputs = found.ev_usd.unwrap().inputs;
    let figures = inputs.iter().filter(|of| matches!(of, Input::Figure(_)));
    let closes = inputs.iter().filter(|of| matches!(of, Input::Close { .. }));
    assert_eq!((figures.count(), closes.count()), (6, 2));
}

#[test]
fn what_every_company_has_must_be_known() {
    let check = |change: &dyn Fn(&mut World), expected: &str| {
        let mut world = sound().holding("1000");
        world.bitcoin = Some(80_000.0);
        change(&mut world);
        assert_eq!(shown(&world.valuation().ev_usd), expected);
    };
    check(&|_| {}, "exact 2320000000");
    check(
        &|world| world.without(Known::BasicShares),
        "market value: no basic or diluted shares are stated",
    );
    check(
        &|world| world.close = None,
        "market value: no prices of AAA: import a price file",
    );
    check(
        &|world| world.currency = Currency::CAD,
        "market value: the share is priced in CAD, which is not converted",
    );
    check(
        &|world| world.without(Known::TotalDebt),
        "debt: no debt is entered",
    );
    check(
        &|world| world.without(Known::Cash),
        "cash: no cash is stated",
    );
    // Bitcoin must not be counted twice.
    check(
        &|world| {
            world.without(Known::Cash);
            world.figure(Known::Liquidity, "533000000");
        },
        "cash: no cash alone is stated: liquidity holds Bitcoin as well, and restricted cash is \
         not free",
    );
    check(
        &|world| world.bitcoin = None,
        "Bitcoin: no prices of BTC-USD",
    );
    check(
        &|world| world.figure(Known::BtcPledged, "1001"),
        "Bitcoin: more Bitcoin are stated as pledged or lent than are held",
    );
    // What it may hold would be taken off.
    check(&|world| world.held = None, "up_to 2400000000");
    check(
        &|world| world.figure(Known::ShareUnits, "79228162514264337593543950335"),
        "market value: the amounts are out of range",
    );
}

#[test]
fn ratios_say_what_they_lack() {
    let mut world = sound().holding(NO_BITCOIN);
    world.deal(deal("Fluidstack | 6 | |"), |deal| {
        deal.critical_mw = Some(dec("240"));
        deal.noi_margin = Some(dec("0.8"));
    });
    let found = world.clone().valuation();
    assert_eq!(shown(&found.ev_per_mw_usd), "exact 10000000");
    assert_eq!(shown(&found.backlog_to_ev), "exact 2.5");
    assert_eq!(shown(&found.debt_per_mw_usd), "exact 2916666.67");
    // 6bn over ten years × 80 %.
    assert_eq!(shown(&found.noi_usd), "exact 480000000");
    assert_eq!(shown(&found.ev_to_noi), "exact 5");

    world.deal(deal("AWS | | |"), |_| {});
    let found = world.valuation();
    assert_eq!(shown(&found.ev_per_mw_usd), "up_to 10000000");
    assert_eq!(shown(&found.backlog_to_ev), "more_than 2.5");
    assert_eq!(shown(&found.ev_to_noi), "up_to 5");

    let found = sound().valuation();
    assert_eq!(shown(&found.backlog_to_ev), "backlog: no deal is entered");
    // More cash than everything else together: the ratio would mean nothing.
    let mut rich = sound().holding(NO_BITCOIN);
    rich.without(Known::Cash);
    rich.figure(Known::Cash, "5000000000");
    rich.deal(deal("Fluidstack | 6 | |"), |_| {});
    let found = rich.valuation();
    assert_eq!(shown(&found.ev_usd), "exact -2300000000");
    assert_eq!(
        shown(&found.backlog_to_ev),
        "EV is not above zero: the ratio would mean nothing"
    );
}

#[test]
fn contracted_noi_is_of_deals_that_state_a_margin() {
    let noi = |margin: Option<&str>, share: Option<&str>| {
        let mut deal = deal("Fluidstack | 6.7 | |");
        deal.noi_margin = margin.map(dec);
        deal.owned_share = share.map(dec);
        deal
    };
    let of = |deals: &[Deal], share| {
        let deals: Vec<&Deal> = deals.iter().collect();
        shown(&contracted_noi(&deals, share))
    };
    let (owned, whole) = (ShareBasis::Owned, ShareBasis::Whole);
    // METRICS: WULF 670 × 85 % = 570.
    assert_eq!(of(&[noi(Some("0.85"), None)], owned), "exact 569500000");
    let joint = [noi(Some("0.85"), Some("0.501"))];
    assert_eq!(of(&joint, owned), "exact 285319500");
    assert_eq!(of(&joint, whole), "exact 569500000");
    let both = [noi(Some("0.85"), None), noi(None, None)];
    assert_eq!(of(&both, owned), "more_than 569500000");
    assert_eq!(
        of(&[noi(None, None)], owned),
        "no deal states its value in USD, its term and its margin"
    );
    assert_eq!(of(&[], owned), "no deal is entered");
}

#[test]
fn the_starter_companies_are_worth_what_is_added_up_by_hand() {
    let book = starter::book().unwrap();
    let day = TODAY.parse().unwrap();
    let of = |symbol: &str, switches: Switches| -> Valuation {
        let derived = derive(&book, &starter_prices(), day, switches);
        let company = book.company_by_symbol(symbol).unwrap().id;
        derived.facts(company).unwrap().view.valuation.clone()
    };
    let plain = Switches::default();
    // Google's 73.5m at $0.01, of which 41.0m are a part.
    let wulf = of("WULF", plain);
    assert_eq!(shown(&wulf.diluted_shares), "about 572468677");
    assert_eq!(shown(&wulf.cash_usd), "exact 2619191040");
    assert_eq!(shown(&wulf.noi_usd), "more_than 569500000");
    // NVIDIA's 30m at $70 are left out, Cipher’s 24.2m count.
    let iren = of("IREN", plain);
    assert_eq!(shown(&iren.diluted_shares), "exact 394058648");
    // At $35.19.
    assert_eq!(shown(&iren.market_cap_usd), "exact 13866923823.12");
    assert_eq!(shown(&of("CIFR", plain).diluted_shares), "exact 439209298");
    // 550m at 13.64 are in the money, all other prices are above or unknown.
    let converts = Switches {
        converts: ConvertBasis::IfConverted,
        ..plain
    };
    let iren = of("IREN", converts);
    assert_eq!(shown(&iren.convertible_shares), "more_than 40322580.65");
    assert_eq!(
        shown(&of("GLXY", plain).ev_usd),
        "market value: no basic or diluted shares are stated"
    );
}

fn amount() -> impl Strategy<Value = Option<u64>> {
    prop::option::of(0..1_000_000_000_000_u64)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn enterprise_value_of_any_inputs_is_the_sum_by_hand(
        [basic, units, penny, debt, cash, preferred] in [amount(), amount(), amount(), amount(), amount(), amount()],
        [minority, pledged, held] in [amount(), amount(), amount()],
        close in prop::option::of(1_u32..1_000_000),
        bitcoin in prop::option::of(1_u32..20_000_000),
    ) {
        let mut world = World::new();
        let cents = |cents: u32| Decimal::new(cents.into(), 2);
        world.close = close.map(|close| f64::from(close) / 100.0);
        world.bitcoin = bitcoin.map(|close| f64::from(close) / 100.0);
        world.held = held.map(Decimal::from);
        let figures = [
            (Known::BasicShares, basic),
            (Known::ShareUnits, units),
            (Known::PennyWarrants, penny),
            (Known::TotalDebt, debt),
            (Known::Cash, cash),
            (Known::PreferredEquity, preferred),
            (Known::MinorityInterest, minority),
            (Known::BtcPledged, pledged),
        ];
        for (known, value) in figures {
            if let Some(value) = value {
                world.figure(known, &value.to_string());
            }
        }
        let found = world.valuation().ev_usd;
        let or_none = |value: Option<u64>| Decimal::from(value.unwrap_or_default());
        let expected = (|| {
            let shares = Decimal::from(basic?) + or_none(units) + or_none(penny);
            let value = shares * cents(close?) + Decimal::from(debt?) + or_none(preferred)
                + or_none(minority) - Decimal::from(cash?);
            let free = match held {
                None => Decimal::ZERO,
                Some(held) => Decimal::from(held) - or_none(pledged),
            };
            if free < Decimal::ZERO {
                return None;
            }
            let worth = if free.is_zero() { Decimal::ZERO } else { free * cents(bitcoin?) };
            Some(value - worth)
        })();
        prop_assert_eq!(found.as_ref().ok().map(|ev| ev.value), expected);
        if let Ok(ev) = found {
            let hedge = if held.is_some() { Hedge::Exact } else { Hedge::UpTo };
            prop_assert_eq!(ev.hedge, hedge);
        }
    }
}

#[test]
fn the_schedule_of_a_deal_shrinks_what_is_left_to_guarantee() {
    let mut world = sound().holding(NO_BITCOIN);
    world.deal(deal("Fluidstack | 10 | Google | 3"), |deal| {
        // Half of ten years is over.
        deal.rent_start = vec![start("2021-10-10", None)];
    });
    let found = world.valuation();
    assert_eq!(shown(&found.guaranteed_left_usd), "exact 5000000000");
    assert_eq!(shown(&found.backstop_cover), "exact 0.6");
}
