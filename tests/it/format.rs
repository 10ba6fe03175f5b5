//! Numbers and dates as they stand on the screen. Expected texts are written
//! with plain spaces; the thin gap before units is checked once.

use gigawatch::ui::format::{
    AxisStep, UNIT_GAP, age_days, axis_date, bytes, computed_megawatts, count, day_long, day_short,
    decimal, decimal_places, dollars, known, megawatts, money_compact, money_full, month_year,
    multiple, percent, points, power, price, rate_m_per_mw_year, share, weekday_day, years_months,
};
use jiff::civil::date;
use rust_decimal::Decimal;

fn plain(text: &str) -> String {
    text.replace(UNIT_GAP, " ")
}

fn dec(text: &str) -> Decimal {
    text.parse().unwrap()
}

#[test]
fn compact_money() {
    fn check(amount: &str, expected: &str) {
        assert_eq!(plain(&money_compact(dec(amount))), expected, "{amount}");
    }
    check("9800000000", "9.8 bn");
    check("7840000000", "7.84 bn");
    check("16800000000", "16.8 bn");
    check("28712000000", "28.7 bn");
    check("1020000000", "1.02 bn");
    check("310000000", "310 m");
    check("880000000", "880 m");
    check("950000", "950 k");
    check("999950000", "1 bn");
    check("999499999", "999 m");
    check("999500", "1 m");
    check("999.4", "999");
    check("999.5", "1 k");
    check("12.5", "12.5");
    check("0", "0");
    check("0.00", "0");
    check("-0", "0");
    check("-310000000", "−310 m");
    check("4512000000000", "4.51 tn");
    check("1234567890000000", "1,235 tn");
    check("1.125", "1.13");
    check("-1.125", "−1.13");
}

#[test]
fn exact_decimals() {
    fn check(amount: &str, expected: &str) {
        assert_eq!(plain(&money_full(dec(amount), "USD")), expected, "{amount}");
    }
    check("9800000000", "9,800,000,000 USD");
    check("9800000000.0", "9,800,000,000 USD");
    check("1992.5", "1,992.50 USD");
    check("0.125", "0.125 USD");
    check("-1234", "−1,234 USD");
    assert_eq!(decimal(dec("1992.50")), "1,992.5");
    assert_eq!(decimal(dec("100")), "100");
    assert_eq!(decimal(dec("1000")), "1,000");
    assert_eq!(decimal(dec("-123456")), "−123,456");
    assert_eq!(decimal(dec("-0.0")), "0");
    assert_eq!(decimal(Decimal::MAX).len(), 29 + 9);
    assert_eq!(decimal_places(dec("2.345"), 2), "2.35");
    assert_eq!(decimal_places(dec("-2.345"), 2), "−2.35");
    assert_eq!(decimal_places(dec("-0.004"), 2), "0.00");
    assert_eq!(decimal_places(dec("7"), 2), "7.00");
    assert_eq!(decimal_places(dec("999.995"), 2), "1,000.00");
}

#[test]
fn prices() {
    fn check(value: f64, expected: &str) {
        assert_eq!(price(value), expected, "{value}");
    }
    check(23.64, "23.64");
    check(35.19, "35.19");
    check(9.0, "9.00");
    check(2.675, "2.68");
    check(1234.5, "1,234.50");
    check(9999.996, "10,000");
    check(121_704.59, "121,705");
    check(0.082_149, "0.08215");
    check(0.5, "0.50");
    check(0.999_99, "1.00");
    check(0.0, "0.00");
    check(-0.0, "0.00");
    check(f64::NAN, "—");
    check(f64::INFINITY, "—");
    check(1e300, "—");
}

#[test]
fn percentages() {
    fn check(fraction: f64, places: u32, expected: &str) {
        assert_eq!(plain(&percent(fraction, places)), expected, "{fraction}");
    }
    check(0.83, 0, "+83 %");
    check(-0.07, 0, "−7 %");
    check(0.0, 0, "0 %");
    check(-0.004, 0, "0 %");
    check(0.004, 0, "0 %");
    check(0.005, 0, "+1 %");
    check(-0.005, 0, "−1 %");
    check(0.29, 0, "+29 %");
    check(0.1235, 1, "+12.4 %");
    check(15.8, 0, "+1,580 %");
    check(f64::NAN, 0, "—");
    assert_eq!(plain(&share(0.62)), "62 %");
    assert_eq!(plain(&share(0.003)), "0.3 %");
    assert_eq!(plain(&share(0.0096)), "1 %");
    assert_eq!(plain(&share(0.0)), "0 %");
    assert_eq!(plain(&share(1.0)), "100 %");
    assert_eq!(points(0.94), "+94");
    assert_eq!(points(-0.03), "−3");
    assert_eq!(points(-0.0001), "0");
}

#[test]
fn ratios_and_rates() {
    assert_eq!(plain(&multiple(5.2)), "5.2 ×");
    assert_eq!(plain(&multiple(1.25)), "1.3 ×");
    assert_eq!(plain(&multiple(123.4)), "123 ×");
    assert_eq!(plain(&multiple(0.04)), "0.04 ×");
    assert_eq!(plain(&multiple(0.4)), "0.4 ×");
    assert_eq!(plain(&multiple(0.0)), "0.0 ×");
    assert_eq!(plain(&multiple(f64::INFINITY)), "—");
    assert_eq!(plain(&megawatts(dec("1110"))), "1,110 MW");
    assert_eq!(plain(&megawatts(dec("352.0"))), "352 MW");
    assert_eq!(plain(&megawatts(dec("58.84"))), "58.8 MW");
    assert_eq!(plain(&computed_megawatts(dec("444.168"))), "444 MW");
    assert_eq!(plain(&computed_megawatts(dec("99.96"))), "100 MW");
    assert_eq!(plain(&computed_megawatts(dec("84.168"))), "84.2 MW");
    assert_eq!(plain(&power(dec("352"))), "352 MW");
    assert_eq!(plain(&power(dec("5000"))), "5 GW");
    assert_eq!(plain(&power(dec("999.6"))), "1 GW");
    assert_eq!(rate_m_per_mw_year(dec("1.856060606")), "1.86");
    assert_eq!(dollars(dec("154.67"), 0), "$155");
    assert_eq!(dollars(dec("127631.58"), 0), "$127,632");
    assert_eq!(dollars(dec("-154.7"), 2), "−$154.70");
    assert_eq!(known(None, money_compact), "—");
    assert_eq!(plain(&known(Some(dec("5")), money_compact)), "5");
}

#[test]
fn days_and_ages() {
    let friday = date(2026, 10, 9);
    assert_eq!(day_short(friday), "9 Oct");
    assert_eq!(day_long(friday), "9 Oct 2026");
    assert_eq!(weekday_day(friday), "Fri 9 Oct");
    assert_eq!(month_year(friday), "Oct 2026");
    assert_eq!(axis_date(friday, AxisStep::Day), "9 Oct");
    assert_eq!(axis_date(friday, AxisStep::Month), "Oct");
    assert_eq!(axis_date(date(2026, 1, 1), AxisStep::Month), "2026");
    assert_eq!(axis_date(friday, AxisStep::Year), "2026");
    let ages = [
        (0, "today"),
        (1, "1 d"),
        (12, "12 d"),
        (60, "60 d"),
        (61, "2 mo"),
        (152, "5 mo"),
        (365, "12 mo"),
        (730, "2 y"),
        (767, "2.1 y"),
        (-12, "in 12 d"),
    ];
    for (days, expected) in ages {
        assert_eq!(plain(&age_days(days)), expected, "{days}");
    }
    let terms = [
        (180, "15 y"),
        (90, "7 y 6 m"),
        (18, "18 m"),
        (12, "1 y"),
        (24, "2 y"),
        (6, "6 m"),
        (0, "0 m"),
    ];
    for (months, expected) in terms {
        assert_eq!(plain(&years_months(months)), expected, "{months}");
    }
}

#[test]
fn sizes_and_counts() {
    assert_eq!(plain(&bytes(512)), "512 B");
    assert_eq!(plain(&bytes(1_234)), "1.2 kB");
    assert_eq!(plain(&bytes(999_999)), "1 MB");
    assert_eq!(plain(&bytes(58_300_000)), "58.3 MB");
    assert_eq!(count(1, "row", "rows"), "1 row");
    assert_eq!(count(0, "row", "rows"), "0 rows");
    assert_eq!(count(1234, "row", "rows"), "1,234 rows");
    assert!(money_compact(dec("5000")).contains('\u{202F}'));
}

#[test]
fn fractions_round_half_away_from_zero_and_never_overflow() {
    let check = |value: &str, expected: &str| {
        let text = gigawatch::ui::format::fraction(value.parse().unwrap());
        assert_eq!(text, expected, "{value}");
    };
    check("0.12345", "12.35\u{202F}%");
    check("-0.12345", "−12.35\u{202F}%");
    check("-0.00001", "0\u{202F}%");
    check("79228162514264337593543950335", "—");
}
