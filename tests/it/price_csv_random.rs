//! Price CSV files: the real ones, random ones and damaged ones.

#![expect(clippy::print_stdout, reason = "a test that was skipped must say so")]

use std::path::{Path, PathBuf};

use gigawatch::exchange::price_csv::{
    DateOrder, DecimalMark, FileError, Keep, Options, detect, guess_symbol, parse, write_csv,
};
use gigawatch::model::series::Bar;
use jiff::civil::date;
use proptest::prelude::*;

use crate::price_csv::assert_sound;

/// The real files, where they are at hand: none has a row that is refused but
/// for the one gap of Yahoo's Bitcoin file and the dividends, which are no prices.
#[test]
fn real_files_are_read_whole() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/prices");
    let Ok(folders) = std::fs::read_dir(&root) else {
        println!("skipped: ../shared is not here");
        return;
    };
    let files: Vec<PathBuf> = folders
        .flat_map(|folder| {
            std::fs::read_dir(folder.unwrap().path())
                .into_iter()
                .flatten()
        })
        .map(|file| file.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "csv"))
        .collect();
    assert!(files.len() > 40, "found only {}", files.len());
    for path in files {
        let name = path.file_name().unwrap().to_str().unwrap();
        let result = parse(&std::fs::read(&path).unwrap(), &Options::default());
        if name == "NVDA_dividends.csv" {
            assert!(
                matches!(result, Err(FileError::ColumnsUnknown { .. })),
                "{result:?}"
            );
            continue;
        }
        let file = result.unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        assert_sound(&file);
        assert_eq!(file.refused, [], "{}", path.display());
        assert_eq!(
            (file.duplicates.len(), file.conflicts.len(), file.unsorted),
            (0, 0, false),
            "{name}"
        );
        assert!(guess_symbol(name, &file.layout.tickers).is_some(), "{name}");
        let again = parse(write_csv(&file.good).as_bytes(), &Options::default()).unwrap();
        assert_eq!(again.good, file.good, "{name}");
    }
}

/// Prices of at most nine digits: longer ones may be read as widened 32-bit floats.
fn any_price() -> impl Strategy<Value = f64> {
    (1_u32..1_000_000_000).prop_map(|units| f64::from(units) / 1e4)
}

fn any_bars() -> impl Strategy<Value = Vec<Bar>> {
    let price = || proptest::option::of(any_price());
    let row = (
        any_price(),
        price(),
        price(),
        price(),
        price(),
        proptest::option::of(0_u64..1 << 53),
    );
    proptest::collection::btree_map((1_i16..=9999, 1_i8..=12, 1_i8..=28), row, 1..30).prop_map(
        |rows| {
            rows.into_iter()
                .map(
                    |((y, m, d), (close, adjusted, open, high, low, volume))| Bar {
                        day: date(y, m, d),
                        close,
                        adjusted,
                        open,
                        high,
                        low,
                        volume: volume.map(|units| units as f64),
                    },
                )
                .collect()
        },
    )
}

fn fixtures() -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/prices");
    let mut names: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    names.sort();
    names
        .iter()
        .map(|path| std::fs::read(path).unwrap())
        .collect()
}

/// Reads bytes in every way a person could; what comes out must be sound.
fn read_every_way(bytes: &[u8]) {
    let guess = detect(bytes).ok().and_then(|layout| layout.guess());
    let tickers = detect(bytes)
        .map(|layout| layout.tickers)
        .unwrap_or_default();
    for columns in [None, guess] {
        for (date_order, decimal, keep) in [
            (None, None, Keep::Last),
            (
                Some(DateOrder::DayFirst),
                Some(DecimalMark::Comma),
                Keep::First,
            ),
            (
                Some(DateOrder::MonthFirst),
                Some(DecimalMark::Point),
                Keep::Last,
            ),
        ] {
            let ticker = tickers.last().cloned();
            let options = Options {
                columns,
                ticker,
                date_order,
                decimal,
                keep,
                not_after: None,
            };
            if let Ok(file) = parse(bytes, &options) {
                assert_sound(&file);
            }
        }
    }
}

proptest! {
    #[test]
    fn what_is_written_reads_back_the_same(bars in any_bars()) {
        let file = parse(write_csv(&bars).as_bytes(), &Options::default()).unwrap();
        prop_assert_eq!(file.good, bars);
    }

    #[test]
    fn no_bytes_break_it(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        read_every_way(&bytes);
    }

    #[test]
    fn no_text_breaks_it(text in "(Date,Close\n)?([-0-9,.;:\t\"'a-zA-Z$/ é]{0,30}\r?\n){0,12}") {
        read_every_way(text.as_bytes());
    }

    #[test]
    fn no_damage_to_a_file_breaks_it(
        which in any::<prop::sample::Index>(),
        edits in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0_u8..4), 1..8),
    ) {
        let mut bytes = which.get(&fixtures()).clone();
        for (at, byte, edit) in edits {
            if bytes.is_empty() {
                break;
            }
            let at = at.index(bytes.len());
            match edit {
                0 => bytes[at] = byte,
                1 => bytes.insert(at, byte),
                2 => drop(bytes.remove(at)),
                _ => bytes.truncate(at),
            }
        }
        read_every_way(&bytes);
    }

    /// A 32-bit float widened to 64 reads as the decimal it was stored from.
    #[test]
    fn widened_floats_are_narrowed(cents in 1_u32..9_999_999) {
        let price = f64::from(cents) / 100.0;
        let widened = f64::from(price as f32);
        let file = parse(format!("Date,Close\n2026-01-02,{widened}\n").as_bytes(), &Options::default()).unwrap();
        let digits = widened.to_string().trim_start_matches(['0', '.']).bytes().filter(u8::is_ascii_digit).count();
        let expected = if digits > 9 { (price as f32).to_string().parse().unwrap() } else { widened };
        prop_assert_eq!(file.good[0].close, expected);
    }
}
