//! Random text in every reader of typed text: none may panic. What is printed
//! plainly is read back as it was.

use gigawatch::model::{
    date::{DateKind, Day, PartialDate, Time},
    money::Currency,
    typed::{self, TypedError},
};
use proptest::prelude::*;
use rust_decimal::Decimal;

/// Every reader on one text; values that come out obey their promises.
fn read_everything(text: &str) {
    let short = |result: Result<(), TypedError>| {
        if let Err(error) = result {
            assert!(error.to_string().chars().count() < 300, "{error}");
        }
    };
    short(typed::amount(text).map(drop));
    short(typed::decimal(text).map(drop));
    short(typed::quantity(text).map(drop));
    short(typed::power(text).map(|power| assert!(power.megawatts >= Decimal::ZERO)));
    short(typed::months(text).map(|months| assert!((1..=1200).contains(&months))));
    short(typed::percent(text).map(drop));
    short(typed::count(text).map(drop));
    short(typed::partial_date(text).map(|date| assert!(date.first_day() <= date.last_day())));
    short(typed::day(text).map(drop));
    drop(text.parse::<Time>());
    drop(text.parse::<Currency>());
}

fn any_date() -> impl Strategy<Value = PartialDate> {
    let year = 1900..=2200_i16;
    prop_oneof![
        year.clone().prop_map(DateKind::Year),
        (year.clone(), 1..=2_u8).prop_map(|(year, half)| DateKind::Half(year, half)),
        (year.clone(), 1..=4_u8).prop_map(|(year, quarter)| DateKind::Quarter(year, quarter)),
        (year.clone(), 1..=12_u8).prop_map(|(year, month)| DateKind::Month(year, month)),
        (year, 1..=12_i8, 1..=28_i8)
            .prop_map(|(year, month, day)| DateKind::Day(Day::constant(year, month, day))),
    ]
    .prop_filter_map("in range", PartialDate::new)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read_or_refused(text in any::<String>()) {
        read_everything(&text);
    }

    #[test]
    fn any_likely_text_is_read_or_refused(text in "[0-9.,'’ \u{a0}()+~≈<>≤$€₿%/eE−qQhHyYmMbBkGWTAugFYmid-]{0,24}") {
        read_everything(&text);
    }

    #[test]
    fn any_words_are_read_or_refused(
        words in proptest::collection::vec(
            prop_oneof![
                "[0-9]{1,5}",
                proptest::sample::select(vec![
                    "Aug", "of", "Q", "H", "half", "FY", "mid", "late", "bn", "m", "years", "USD", "$", "MW", "IT",
                    "%", "bps", "-", "/", ".", ",", "'", "e", "(", ")", "about", "th", "İ", "ß", "\u{feff}",
                ]).prop_map(str::to_owned),
            ],
            0..8,
        ),
        between in proptest::sample::select(vec!["", " "]),
    ) {
        read_everything(&words.join(between));
    }

    #[test]
    fn dates_come_back(date in any_date()) {
        prop_assert_eq!(date.to_string().parse::<PartialDate>().unwrap(), date);
        prop_assert_eq!(typed::partial_date(&date.to_string()).unwrap(), date);
        let json = serde_json::to_string(&Time::Period(date.as_period())).unwrap();
        prop_assert_eq!(serde_json::from_str::<Time>(&json).unwrap(), Time::Period(date.as_period()));
    }

    #[test]
    fn decimals_come_back(low in any::<u32>(), mid in any::<u32>(), high in any::<u32>(), minus in any::<bool>(), scale in 0..=28_u32) {
        let value = Decimal::from_parts(low, mid, high, minus, scale);
        prop_assert_eq!(typed::decimal(&value.to_string()).unwrap(), value);
        prop_assert_eq!(typed::amount(&format!("{value} USD")).unwrap().value, value);
    }
}

#[test]
fn very_long_texts_are_refused() {
    for piece in [
        "9", "9,999", "Q", "'", "é", "(", "1 ", "Aug ", "e9", "\u{200b}",
    ] {
        read_everything(&piece.repeat(10_000 / piece.len()));
        read_everything(&format!("1{}", piece.repeat(10_000 / piece.len())));
    }
}
