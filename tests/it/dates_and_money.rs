//! Dates, periods and money: what they know of the calendar and of each other,
//! and the text they are stored as.

use gigawatch::model::{
    date::{Day, PartialDate, Period, Time},
    money::{Currency, Money},
};
use rust_decimal::Decimal;

#[test]
fn partial_dates_know_their_days() {
    let table = [
        ("2027", "2027-01-01/2027-12-31", 365, 12),
        ("2028-H1", "2028-01-01/2028-06-30", 182, 6),
        ("2027-H2", "2027-07-01/2027-12-31", 184, 6),
        ("2027-Q1", "2027-01-01/2027-03-31", 90, 3),
        ("2027-Q4", "2027-10-01/2027-12-31", 92, 3),
        ("2028-02", "2028-02-01/2028-02-29", 29, 1),
        ("2027-08-14", "2027-08-14/2027-08-14", 1, 0),
    ];
    for (text, period, days, months) in table {
        let date: PartialDate = text.parse().unwrap();
        assert_eq!(date.to_string(), text);
        assert_eq!(date.as_period().to_string(), period);
        assert_eq!(date.as_period(), period.parse().unwrap());
        assert_eq!(date.as_period().days(), days, "{text}");
        assert_eq!(date.as_period().months_rounded(), months, "{text}");
        assert_eq!(date.is_day(), days == 1);
    }
    for text in [
        "",
        "27",
        "2027-H3",
        "2027-Q0",
        "2027-8",
        "2027-13",
        "2027-02-29",
        "+027",
        "1899",
        "2201",
        "2027-Q1-1",
        "2027-H1-",
    ] {
        assert!(text.parse::<PartialDate>().is_err(), "{text}");
    }
    assert_eq!(PartialDate::half(2027, 0), None);
    assert_eq!(PartialDate::quarter(2027, 255), None);
    assert_eq!(PartialDate::month(i16::MAX, 1), None);
    let mut dates = ["2027-08-14", "2028", "2027", "2027-H1", "2027-01"]
        .map(|text| text.parse::<PartialDate>().unwrap());
    dates.sort_by(PartialDate::cmp_by_first_day);
    assert_eq!(
        dates.map(|date| date.to_string()),
        ["2027-01", "2027-H1", "2027", "2027-08-14", "2028"]
    );
}

#[test]
fn stored_forms() {
    let instant: Time = serde_json::from_str("\"2027-Q3\"").unwrap();
    assert_eq!(
        instant,
        Time::Instant(PartialDate::quarter(2027, 3).unwrap())
    );
    let period: Time = serde_json::from_str("\"2026-01-01/2026-03-31\"").unwrap();
    assert_eq!(
        serde_json::to_string(&period).unwrap(),
        "\"2026-01-01/2026-03-31\""
    );
    assert_eq!(
        (instant.last_day(), period.first_day()),
        (Day::constant(2027, 9, 30), Day::constant(2026, 1, 1))
    );
    let error = serde_json::from_str::<Time>("\"2026-03-31/2026-01-01\"").unwrap_err();
    assert_eq!(
        error.to_string(),
        "“2026-03-31/2026-01-01” is not a period: write its first and last day, such as 2026-01-01/2026-03-31"
    );
    let fiscal_year = Period::new(Day::constant(2025, 6, 29), Day::constant(2026, 6, 27)).unwrap();
    assert_eq!(
        (fiscal_year.days(), fiscal_year.months_rounded()),
        (364, 12)
    );

    let money = Money::usd(Decimal::from(9_800_000_000_u64));
    let json = r#"{"amount":"9800000000","currency":"USD"}"#;
    assert_eq!(serde_json::to_string(&money).unwrap(), json);
    assert_eq!(serde_json::from_str::<Money>(json).unwrap(), money);
    assert_eq!(
        money.checked_add(money),
        Some(Money::usd(Decimal::from(19_600_000_000_u64)))
    );
    assert_eq!(money.checked_sub(money), Some(Money::usd(Decimal::ZERO)));
    assert_eq!(
        money.checked_add(Money::new(Decimal::ONE, Currency::EUR)),
        None
    );
    assert_eq!(
        Money::usd(Decimal::MAX).checked_add(Money::usd(Decimal::MAX)),
        None
    );
    assert_eq!(money.to_f64_lossy(), 9.8e9);
    assert!("usd".parse::<Currency>().is_err() && "US".parse::<Currency>().is_err());
}
