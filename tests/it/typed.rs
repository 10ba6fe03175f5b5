//! What people type, as values or as the refusal they read, in tables of
//! `typed => value or refusal`.

use std::fmt::Display;

use gigawatch::model::{
    money::{Currency, Money},
    typed::{self, Amount, TypedError, TypedHedge},
};
use rust_decimal::Decimal;

type Read<T> = fn(&str) -> Result<T, TypedError>;

/// Each line gives the value, shown plainly, or the exact text of its refusal.
fn check<T: Display>(read: Read<T>, table: &str) {
    for line in table.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (typed, expected) = line.split_once(" => ").unwrap_or((line, ""));
        assert_eq!(shown(read, typed), expected, "for {typed:?}");
    }
}

fn shown<T: Display>(read: Read<T>, typed: &str) -> String {
    match read(typed) {
        Ok(value) => value.to_string(),
        Err(error) => error.to_string(),
    }
}

/// An amount on one line: hedge, value, currency.
fn amount_line(typed: &str) -> Result<String, TypedError> {
    let Amount {
        value,
        currency,
        hedge,
    } = typed::amount(typed)?;
    let hedge = match hedge {
        None => "",
        Some(TypedHedge::About) => "about ",
        Some(TypedHedge::MoreThan) => "more than ",
        Some(TypedHedge::UpTo) => "up to ",
    };
    let currency = currency.map_or_else(String::new, |currency| format!(" {currency}"));
    Ok(format!("{hedge}{value}{currency}"))
}

#[test]
fn amounts() {
    check(
        amount_line,
        "
        9.8b => 9800000000
        9.8 bn => 9800000000
        9.8B => 9800000000
        $9.8 billion => 9800000000 USD
        9.8B USD => 9800000000 USD
        9.8bUSD => 9800000000 USD
        USD 9,800,000,000 => 9800000000 USD
        US$9.8b => 9800000000 USD
        9.8 billion US dollars => 9800000000 USD
        1,992 => 1992
        3.7bn => 3700000000
        310m => 310000000
        310 mm => 310000000
        310MM usd => 310000000 USD
        -544.3m => -544300000
        −544.3m => -544300000
        -$5m => -5000000 USD
        $-5m => -5000000 USD
        (5m) => -5000000
        ($5m) => -5000000 USD
        $(5m) => -5000000 USD
        950k => 950000
        1.5 trillion => 1500000000000
        1.5t => 1500000000000
        €5m => 5000000 EUR
        5 €m => 5000000 EUR
        5m€ => 5000000 EUR
        £1 => 1 GBP
        ¥1 => 1 JPY
        A$5 => 5 AUD
        C$5 => 5 CAD
        NOK 5 => 5 NOK
        MLN 5 => “MLN 5” is not understood: write an amount such as 9.8b, $9.8 billion or 9,800,000,000
        1e9 => 1000000000
        9.8\u{a0}b\u{200b} => 9800000000
        ",
    );
    for blank in ["", " ", "\u{a0}\u{200b}\t"] {
        assert_eq!(
            shown(amount_line, blank),
            "Nothing is typed: write an amount such as 9.8b, $9.8 billion or 9,800,000,000"
        );
    }
    let typed = typed::amount("9.8b").unwrap();
    assert_eq!(
        typed.money_or(Currency::USD),
        Money::usd(Decimal::from(9_800_000_000_u64))
    );
}

#[test]
fn amounts_hedged_or_refused() {
    check(
        amount_line,
        "
        ~$70bn => about 70000000000 USD
        ≈ 70bn => about 70000000000
        About 70 billion => about 70000000000
        roughly USD 5 => about 5 USD
        >5m => more than 5000000
        over $5m => more than 5000000 USD
        more than 5m => more than 5000000
        $5m+ => more than 5000000 USD
        <5m => up to 5000000
        ≤5m => up to 5000000
        <= 5m => up to 5000000
        up to 5m => up to 5000000
        under 5m => up to 5000000
        9.8x => “x” in “9.8x” is not known here: write an amount such as 9.8b, $9.8 billion or 9,800,000,000
        $5 EUR => “$5 EUR” names both USD and EUR: write one currency
        --5 => “--5” is not understood: write an amount such as 9.8b, $9.8 billion or 9,800,000,000
        (-5m) => “(-5m)” is not understood: write an amount such as 9.8b, $9.8 billion or 9,800,000,000
        1,5b => 1,5 could be 1.5 or 15: write 1.5 or 15
        ",
    );
}

#[test]
fn plain_numbers() {
    check(
        typed::decimal,
        "
        1992 => 1992
        1,992 => 1992
        1 992 000 => 1992000
        1\u{2009}992\u{202f}000 => 1992000
        1'992 => 1992
        1’992.5 => 1992.5
        1,234.5 => 1234.5
        1.234 => 1.234
        .5 => 0.5
        5. => 5
        0012 => 12
        1.50 => 1.5
        +5 => 5
        -0 => 0
        −5 => -5
        (12) => -12
        1e9 => 1000000000
        1.5E-3 => 0.0015
        0e99 => 0
        79,228,162,514,264,337,593,543,950,335 => 79228162514264337593543950335
        1.234,5 => 1.234,5 could be 1,234.5 or 1.2345: write 1234.5 or 1.2345
        1,5 => 1,5 could be 1.5 or 15: write 1.5 or 15
        12,34 => 12,34 could be 12.34 or 1,234: write 12.34 or 1234
        0,125 => 0,125 could be 0.125 or 125: write 0.125 or 125
        1234,567 => 1234,567 could be 1,234.567 or 1,234,567: write 1234.567 or 1234567
        1 234,5 => 1 234,5 could be 1,234.5 or 12,345: write 1234.5 or 12345
        1,23,456 => 1,23,456 has separators in unusual places: write 123456
        1.234.567 => 1.234.567 has separators in unusual places: write 1234567
        1.234.567,8 => 1.234.567,8 has separators in unusual places: write 1234567.8
        12,34.5 => 12,34.5 has separators in unusual places: write 1234.5
        1,234 567 => 1,234 567 has separators in unusual places: write 1234567
        1,234.567,8 => “1,234.567,8” is not understood: write a number such as 1992 or 1,234.5
        . => “.” is not understood: write a number such as 1992 or 1,234.5
        12 MW => “MW” in “12 MW” is not known here: write a number such as 1992 or 1,234.5
        five => “five” is not understood: write a number such as 1992 or 1,234.5
        ٣ => “٣” is not understood: write a number such as 1992 or 1,234.5
        1e29 => 1e29 is out of range: write a number below 79 octillion (28 digits)
        1e999999999999 => 1e999999999999 is out of range: write a number below 79 octillion (28 digits)
        0.12345678901234567890123456789 => 0.12345678901234567890123456789 has more digits than can be kept exactly: write at most 28
        1e-29 => 1e-29 has more digits than can be kept exactly: write at most 28
        ",
    );
    let long = "9".repeat(101);
    assert_eq!(
        shown(typed::decimal, &long),
        "101 characters are too many: write a number such as 1992 or 1,234.5"
    );
}

#[test]
fn quantities_of_bitcoin() {
    check(
        typed::quantity,
        "
        1,992 BTC => 1992
        ₿1992 => 1992
        BTC 0.5 => 0.5
        1992 => 1992
        1.9k btc => 1900
        -250 bitcoin => -250
        (250) => -250
        5 ETH => “ETH” in “5 ETH” is not known here: write a quantity such as 1,992 or 1,992 BTC
        ₿5 BTC => “BTC” in “₿5 BTC” is not known here: write a quantity such as 1,992 or 1,992 BTC
        ",
    );
}

/// Power on one line, its kind after it.
fn power_line(typed: &str) -> Result<String, TypedError> {
    let power = typed::power(typed)?;
    let kind = power
        .kind
        .map_or_else(String::new, |kind| format!(" {kind:?}"));
    Ok(format!("{}{kind}", power.megawatts))
}

#[test]
fn megawatts() {
    check(
        typed::megawatts,
        "
        352MW => 352
        352 MW => 352
        352mw => 352
        0.6 GW => 600
        600 MW IT => 600
        352 => 352
        1.2 gigawatts => 1200
        50000 kW => 50
        50,250 kW => 50.25
        0 => 0
        5 MWh => “MWh” in “5 MWh” is not known here: write power such as 352 MW or 0.6 GW
        5 TWh => “TWh” in “5 TWh” is not known here: write power such as 352 MW or 0.6 GW
        -5 => -5 is out of range: write power of zero or more
        ",
    );
    check(
        power_line,
        "
        600 MW IT => 600 Critical
        600 MW critical IT => 600 Critical
        0.8 GW gross => 800 Gross
        800 => 800
        ",
    );
}

#[test]
fn terms() {
    check(
        typed::months,
        "
        15y => 180
        15 years => 180
        15-year => 180
        15 yrs => 180
        180 months => 180
        180m => 180
        180 mo => 180
        7.5y => 90
        7y6m => 90
        7y 6m => 90
        7 years, 6 months => 90
        7 years and 6 months => 90
        100y => 1200
        15 => 15 could be years or months: write 15y or 15m
        7.55y => 7.55y is not a whole number of months: write 90m or 91m
        0.5m => 0.5m is not a whole number of months: write 1m
        0y => 0y is out of range: write a term from 1 month to 100 years
        101y => 101y is out of range: write a term from 1 month to 100 years
        -5y => “-5y” is not understood: write a term such as 15y, 180m or 7y6m
        7y18m => “7y18m” is not understood: write a term such as 15y, 180m or 7y6m
        6m7y => “7y” in “6m7y” is not known here: write a term such as 15y, 180m or 7y6m
        7y6 => “7y6” is not understood: write a term such as 15y, 180m or 7y6m
        3 weeks => “weeks” in “3 weeks” is not known here: write a term such as 15y, 180m or 7y6m
        7.0000000000000000000000000001y => 7.0000000000000000000000000001y has more digits than can be kept exactly: write at most 28
        ",
    );
}

#[test]
fn percentages() {
    check(
        typed::percent,
        "
        12.5% => 0.125
        12.5 % => 0.125
        12.5 percent => 0.125
        12.5 => 0.125
        0.125 % => 0.00125
        0 => 0
        1 => 0.01
        100 => 1
        -3 => -0.03
        (3%) => -0.03
        250 bps => 0.025
        250bp => 0.025
        0.125 => 0.125 could be 0.125 % or 12.5 %: write 0.125 % or 12.5 %
        -0.5 => -0.5 could be -0.5 % or -50 %: write -0.5 % or -50 %
        5 points => “points” in “5 points” is not known here: write a percentage such as 12.5 % or 250 bps
        ",
    );
}

#[test]
fn counts() {
    check(
        typed::count,
        "
        76,000 => 76000
        76k => 76000
        1.2m => 1200000
        0 => 0
        18446744073709551615 => 18446744073709551615
        18446744073709551616 => 18446744073709551616 is out of range: write a whole number from 0 to 18 quintillion
        -1 => -1 is out of range: write a whole number from 0 to 18 quintillion
        76.5 => 76.5 is not a whole number: write 76 or 77
        5 GPUs => “GPUs” in “5 GPUs” is not known here: write a whole number such as 76,000 or 76k
        ",
    );
}

const DATES: &str = "a date such as 2027-08-14, 14 Aug 2027, Aug 2027, Q3 2027, H1 2027 or 2027";

#[test]
fn dates_understood() {
    check(
        typed::partial_date,
        "
        Q3 2027 => 2027-Q3
        3Q27 => 2027-Q3
        3Q 2027 => 2027-Q3
        Q3'27 => 2027-Q3
        Q3’27 => 2027-Q3
        Q3-27 => 2027-Q3
        Q3/27 => 2027-Q3
        q3 27 => 2027-Q3
        2027-Q3 => 2027-Q3
        2027Q3 => 2027-Q3
        third quarter of 2027 => 2027-Q3
        H1 27 => 2027-H1
        1H 2027 => 2027-H1
        2027-H1 => 2027-H1
        second half of 2027 => 2027-H2
        2027 => 2027
        '27 => 2027
        2027-08 => 2027-08
        2027/8 => 2027-08
        08/2027 => 2027-08
        Aug 2027 => 2027-08
        Aug. 2027 => 2027-08
        Aug '27 => 2027-08
        August 2027 => 2027-08
        Sept 2027 => 2027-09
        14 Aug 2027 => 2027-08-14
        14 Aug 27 => 2027-08-14
        14-Aug-2027 => 2027-08-14
        Aug 14, 2027 => 2027-08-14
        August 14th, 2027 => 2027-08-14
        14 August 2027 => 2027-08-14
        2027-08-14 => 2027-08-14
        2027/08/14 => 2027-08-14
        2027 Aug 14 => 2027-08-14
        14.08.2027 => 2027-08-14
        14.8.27 => 2027-08-14
        03.04.2026 => 2026-04-03
        14/08/2027 => 2027-08-14
        08/14/2027 => 2027-08-14
        3/3/2026 => 2026-03-03
        29 Feb 2028 => 2028-02-29
        ",
    );
}

#[test]
fn dates_refused() {
    let not_understood = |text: &str| format!("“{text}” is not understood: write {DATES}");
    for text in [
        "soon",
        "2027-08-14T00:00",
        "Q327",
        "2027 08 14",
        "2027-08/14",
        "20270814",
        "-2027",
        "Q3--27",
        ".",
    ] {
        assert_eq!(shown(typed::partial_date, text), not_understood(text));
    }
    check(
        typed::partial_date,
        "
        03/04/2026 => 03/04/2026 could be 3 April 2026 or 4 March 2026: write 2026-04-03 or 2026-03-04
        3/4/26 => 3/4/26 could be 3 April 2026 or 4 March 2026: write 2026-04-03 or 2026-03-04
        03-04-2026 => 03-04-2026 could be 3 April 2026 or 4 March 2026: write 2026-04-03 or 2026-03-04
        Aug 27 => Aug 27 could be August 2027 or 27 August: write 2027-08 or a date with its year
        Aug 45 => “Aug 45” leaves the year unclear: write it in four digits, such as 2045-08
        27 Aug => “27 Aug” leaves the year unclear: write it in four digits, such as 2027-08-14
        27 => “27” leaves the year unclear: write it in four digits, such as 2027
        08/27 => “08/27” leaves the year unclear: write it in four digits, such as 2027-08 or 2027-08-14
        14-08-27 => “14-08-27” leaves the year unclear: write it in four digits, such as 2027-08-14
        Q3 => “Q3” leaves the year unclear: write it in four digits, such as Q3 2027
        mid-2027 => “mid-2027” has no clear first and last day: write Q2 2027, Q3 2027 or 2027
        early 2027 => “early 2027” has no clear first and last day: write Q1 2027, H1 2027 or 2027
        late 27 => “late 27” has no clear first and last day: write Q4 2027, H2 2027 or 2027
        mid-Aug 2027 => “mid-Aug 2027” has no clear first and last day: write it without “mid”
        late Q3 2027 => “late Q3 2027” has no clear first and last day: write it without “late”
        FY27 => “FY27” is a fiscal year, which ends in different months for different companies: write the calendar date, such as 2027 or Q3 2027
        Q3 FY2027 => “Q3 FY2027” is a fiscal year, which ends in different months for different companies: write the calendar date, such as 2027 or Q3 2027
        31 Feb 2027 => There is no 31 Feb 2027: February 2027 has the days 1 to 28
        2027-13 => There is no 2027-13: months are 1 to 12, not 13
        08.14.2027 => There is no 08.14.2027: months are 1 to 12, not 14
        13/25/2027 => There is no 13/25/2027: months are 1 to 12, not 13
        Q5 2027 => There is no Q5 2027: a year has the quarters Q1 to Q4
        H0 2027 => There is no H0 2027: a year has the halves H1 and H2
        1899 => 1899 is out of range: write a year from 1900 to 2200
        2201-01-01 => 2201-01-01 is out of range: write a year from 1900 to 2200
        ",
    );
    check(
        typed::day,
        "
        14 Aug 2027 => 2027-08-14
        Aug 2027 => “Aug 2027” is not a single day: write it in full, such as 2027-08-14
        tomorrow => “tomorrow” is not understood: write a day such as 2027-08-14 or 14 Aug 2027
        ",
    );
}
