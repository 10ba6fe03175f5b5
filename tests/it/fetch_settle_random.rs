//! Whatever comes beside whatever is stored: no cliff that nobody confirmed is
//! ever made, and nothing is kept that did not come.

use std::collections::BTreeMap;

use gigawatch::fetch::settle::{Reach, settle};
use gigawatch::fetch::{Due, Quotes};
use gigawatch::model::feed::Extent;
use gigawatch::model::{Bar, Provider, Series};
use jiff::civil::{Date, date};
use jiff::{Timestamp, ToSpan as _};
use proptest::prelude::*;

use crate::fetch_fake::stock;

const FIRST: Date = date(2026, 9, 1);

/// Closes by days after the first; a few levels, so that jumps are frequent.
fn closes() -> impl Strategy<Value = BTreeMap<u8, u8>> {
    proptest::collection::btree_map(0_u8..60, 0_u8..4, 0..40)
}

fn bars(closes: &BTreeMap<u8, u8>) -> Vec<Bar> {
    let bar = |(after, level): (&u8, &u8)| {
        let day = FIRST.checked_add(i64::from(*after).days()).unwrap();
        Bar::close(day, [10.0, 11.0, 30.0, 31.0][usize::from(*level)])
    };
    closes.iter().map(bar).collect()
}

fn due(stored: &BTreeMap<u8, u8>, by: &str) -> Due {
    let bars = bars(stored);
    let mut due = stock(1, "IREN");
    due.feed.rows_by.insert(by.to_owned(), bars.len());
    if let (Some(by), Some(last)) = (Provider::from_code(by), bars.last()) {
        due.feed.last_of.insert(by, last.day);
    }
    due.series = Some(Series::new(bars).unwrap());
    due
}

/// What is stored afterwards, and whether each bar is new.
fn after(due: &Due, new: &[Bar], extent: Extent) -> BTreeMap<Date, (f64, bool)> {
    let stored = due.series.iter().flat_map(Series::bars);
    let first = new.first().map(|bar| bar.day);
    let stays = |bar: &&Bar| match extent {
        Extent::Days => true,
        Extent::FromFirst => first.is_none_or(|first| bar.day < first),
        Extent::Everything => false,
    };
    let mut after: BTreeMap<_, _> = stored
        .filter(stays)
        .map(|bar| (bar.day, (bar.close, false)))
        .collect();
    after.extend(new.iter().map(|bar| (bar.day, (bar.close, true))));
    after
}

proptest! {
    #[test]
    fn no_cliff_is_made(
        stored in closes(),
        came in closes(),
        by in prop_oneof![Just("yahoo"), Just("nasdaq"), Just("starter")],
        is_whole: bool,
    ) {
        let due = due(&stored, by);
        let quotes = Quotes { bars: bars(&came), ..Quotes::default() };
        let reach = if is_whole { Reach::Whole } else { Reach::Days };
        let now: Timestamp = "2026-12-01T12:00:00Z".parse().unwrap();
        let Ok(settled) = settle(&due, Provider::Yahoo, quotes.clone(), reach, now) else {
            prop_assert!(quotes.bars.is_empty());
            return Ok(());
        };
        let Some(fetched) = settled.fetched else {
            return Ok(());
        };
        let new = fetched.bars.bars();
        prop_assert!(new.iter().all(|bar| quotes.bars.contains(bar)));
        prop_assert_eq!(new.len() < quotes.bars.len(), fetched.question.is_some());
        let after = after(&due, new, fetched.extent);
        for ((a, (before, _)), (b, (close, is_new))) in after.iter().zip(after.iter().skip(1)) {
            let is_near = b.duration_since(*a).as_hours() <= 31 * 24;
            prop_assert!(!is_new || !is_near || (close / before - 1.0).abs() <= 0.6, "{a} {b}");
        }
    }
}
