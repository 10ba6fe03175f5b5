//! The worked examples of the metrics, with the figures of their definitions:
//! rates of leases out of the report, coverage by backlog, shares of AI revenue,
//! and the gap between a share and Bitcoin. Those of schedules, sites,
//! convertibles and concentration stand with their features.

use gigawatch::analytics::pairs::{paired_closes, relative_strength};
use gigawatch::analytics::rates::{Terms, rates};
use gigawatch::analytics::returns::excess;
use gigawatch::exchange::starter;
use gigawatch::model::metric::Known;
use gigawatch::model::{Bar, Money, Series};

use crate::backlog::{day, dec};
use crate::cli::Desk;
use crate::concentration::deal;
use crate::statistics::close_to;
use crate::valuation::world::World;

/// Symbol, site, and $m per MW-year, $ per kW-month, $ per MWh of critical IT
/// load. The definitions round 188.49 of Abernathy up.
const LEASES: &str = "\
HUT | Beacon Point | 1.86 | 155 | 212
HUT | River Bend | 1.90 | 159 | 217
WULF | (CB-3, CB-4) | 1.85 | 154 | 211
WULF | Abernathy | 2.26 | 188 | 258
CIFR | (Phase I) | 1.79 | 149 | 204
CIFR | (Phase II) | 2.13 | 177 | 243
GLXY | Helios, Texas | 1.90 | 158 | 217
APLD | Polaris Forge 1 | 1.83 | 153 | 209
APLD | Polaris Forge 2 | 1.67 | 139 | 190
APLD | Delta Forge 1 | 1.67 | 139 | 190
APLD | Delta Forge 2 | 1.65 | 138 | 188
RIOT | Rockdale | 1.24 | 104 | 142
WYFI | NC-1 | 2.16 | 180 | 247
IREN | (Horizon 1–4) | 9.70 | 808 | 1107";

#[test]
fn the_table_of_lease_rates_comes_out_of_the_report() {
    let desk = Desk::new();
    let report = desk.json(&["report", "deals"]);
    let rows = report["rows"].as_array().unwrap();
    for line in LEASES.lines() {
        let parts: Vec<&str> = line.split(" | ").collect();
        let found = rows.iter().find(|row| {
            let is = |key: &str, text: &str| row[key].as_str().is_some_and(|of| of.contains(text));
            is("symbol", parts[0]) && is("site", parts[1]) && row["base_value_usd"].is_string()
        });
        let found = found.unwrap_or_else(|| panic!("no deal of {line}"));
        let rate = |key: &str, digits: usize| format!("{:.digits$}", found[key].as_f64().unwrap());
        let rates = [
            rate("rate_usd_m_per_mw_year", 2),
            rate("rate_usd_per_kw_month", 0),
            rate("rate_usd_per_mwh", 0),
        ];
        assert_eq!(rates.join(" | "), parts[2..].join(" | "), "{line}");
    }
}

#[test]
fn rates_of_terms_that_no_starter_deal_states() {
    // Core Scientific's CoreWeave contract: 10.2bn over 12 years for 590 MW.
    let corz = rates(&Terms {
        base_value: Some(Money::usd(dec("10200000000"))),
        term_months: Some(144),
        critical_mw: Some(dec("590")),
        ..Terms::default()
    });
    assert_eq!(corz.usd_m_per_mw_year.unwrap().round_dp(2), dec("1.44"));
    assert_eq!(corz.usd_per_kw_month.unwrap().round(), dec("120"));
    // Of IREN's GPUs: $2.91 an hour and 2.63 kW each; a year is 1.94bn.
    let iren = rates(&Terms {
        base_value: Some(Money::usd(dec("9700000000"))),
        term_months: Some(60),
        critical_mw: Some(dec("200")),
        gross_mw: None,
        gpus: Some(76_000),
    });
    let gpu = iren.usd_per_gpu.unwrap();
    assert_eq!(gpu.round(), dec("127632"));
    assert_eq!((gpu / dec("43800")).round_dp(2), dec("2.91"));
    assert_eq!(iren.usd_per_year, Some(dec("1940000000")));
}

#[test]
fn options_may_more_than_double_a_contract() {
    let book = starter::book().unwrap();
    let ratio = |symbol: &str, base: &str| {
        let company = book.company_by_symbol(symbol).unwrap().id;
        let mut deals = book.deals().filter(|deal| deal.company == company);
        let found = deals.find(|deal| deal.base_value == Some(Money::usd(dec(base))));
        let deal = found.unwrap();
        let options = deal.value_with_options.unwrap().amount;
        (options / deal.base_value.unwrap().amount).round_dp(2)
    };
    assert_eq!(ratio("HUT", "9800000000"), dec("2.56"));
    assert_eq!(ratio("HUT", "7000000000"), dec("2.53"));
    assert_eq!(ratio("WULF", "3700000000"), dec("2.35"));
}

#[test]
fn backlog_over_debt() {
    let check = |billions: &str, debt: &str, expected: &str| {
        let mut world = World::new();
        world.deal(deal(&format!("Tenant | {billions} | |")), |_| {});
        world.figure(Known::TotalDebt, debt);
        let found = world.row().backlog_to_debt.unwrap().value;
        let digits = expected.split_once('.').unwrap().1.len();
        assert_eq!(format!("{found:.digits$}"), expected, "{billions} {debt}");
    };
    // HUT against its project notes, WULF, CIFR without and with what is being
    // sold, CORZ, IREN before and after the debt of 2026.
    check("16.8", "3250000000", "5.2");
    check("12.8", "5700000000", "2.2");
    check("11.4", "5030000000", "2.3");
    check("11.4", "5840000000", "1.95");
    check("10.2", "3760000000", "2.7");
    check("9.7", "3700000000", "2.6");
    check("13.1", "9900000000", "1.3");
}

#[test]
fn the_share_of_ai_revenue_is_of_one_quarter() {
    let check = |ai: &str, total: &str, expected: &str| {
        let mut world = World::new();
        let quarter = Some("2026-01-01/2026-03-31".parse().unwrap());
        world.of_time(Known::AiRevenue, ai, quarter, "");
        world.of_time(Known::TotalRevenue, total, quarter, "");
        let share = world.row().ai_revenue_share.unwrap().value;
        assert_eq!(format!("{:.1}", share * 100.0), expected);
    };
    check("21000000", "34000000", "61.8");
    check("77500000", "115200000", "67.3");
    check("33200000", "167200000", "19.9");
    check("17000000", "184700000", "9.2");
}

#[test]
fn a_basket_that_rose_while_bitcoin_fell_is_73_points_ahead() {
    let of = |first: f64, last: f64| {
        let (from, to) = (day("2025-12-31"), day("2026-06-05"));
        Series::new(vec![Bar::close(from, first), Bar::close(to, last)]).unwrap()
    };
    // +56 % against −17 %: points are a difference, strength a ratio.
    let (basket, bitcoin) = (of(100.0, 156.0), of(100_000.0, 83_000.0));
    let (from, to) = (day("2025-12-31"), day("2026-06-05"));
    let ahead = excess(&basket, &bitcoin, from, to).unwrap();
    close_to("points", ahead.value, 0.73, 1e-12);
    let closes = paired_closes(&basket, &bitcoin, from, to).unwrap();
    let strength = relative_strength(&closes).last().unwrap().1;
    assert_eq!(format!("{strength:.2}"), "1.88");
}

#[test]
fn an_attributable_value_is_the_owned_share() {
    // METRICS: Abernathy 9.5bn × 50.1 % = 4.76bn; with 6.7bn 11.46bn.
    let mut world = World::new();
    world.deal(deal("Fluidstack | 6.7 | |"), |_| {});
    world.deal(deal("Fluidstack | 9.5 | |"), |deal| {
        deal.owned_share = Some(dec("0.501"));
    });
    let backlog = world.row().backlog_usd.unwrap().value / dec("1000000000");
    assert_eq!(backlog.round_dp(2), dec("11.46"));
}
