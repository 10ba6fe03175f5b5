//! Bars to a CSV file in Yahoo's classic columns, which every tool reads.

use std::fmt::Write as _;

use crate::model::series::Bar;

const HEADER: &str = "Date,Open,High,Low,Close,Adj Close,Volume\n";

/// The bars as CSV, one line each, in their order; unknown values are empty.
/// Numbers are the shortest decimals of their value and read back the same; only
/// one of ten or more digits that is also an exact 32-bit float is narrowed then.
pub fn write_csv(bars: &[Bar]) -> String {
    let mut csv = String::with_capacity(HEADER.len() + bars.len() * 64);
    csv.push_str(HEADER);
    for bar in bars {
        put(&mut csv, format_args!("{}", bar.day));
        for value in [
            bar.open,
            bar.high,
            bar.low,
            Some(bar.close),
            bar.adjusted,
            bar.volume,
        ] {
            csv.push(',');
            if let Some(value) = value {
                put(&mut csv, format_args!("{value}"));
            }
        }
        csv.push('\n');
    }
    csv
}

fn put(csv: &mut String, value: std::fmt::Arguments<'_>) {
    let written = csv.write_fmt(value);
    debug_assert!(written.is_ok(), "writing to a string cannot fail");
}
