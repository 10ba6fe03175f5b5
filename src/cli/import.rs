//! `import prices`: what was read, what was taken and what was refused, nothing
//! of it in silence. Books are taken in by `import_book`, records by
//! `import_records`.

use std::fs;
use std::path::Path;

use anyhow::{anyhow, bail};
use jiff::Zoned;
use uuid::{NoContext, Timestamp, Uuid};

use super::args::{Import, ImportPrices};
use super::text::{counted, float, percent};
use super::{Answer, Exit, Place, Usage, import_book, import_records};
use crate::exchange::price_csv::{
    ColumnChoice, Columns, Differing, FileError, Format, Layout, MAX_BYTES, Options, PriceFile,
    detect, guess_symbol, parse,
};
use crate::exchange::price_import::{PlanError, PriceImport, Request, plan};
use crate::exchange::record_csv::Table;
use crate::model::{Book, InstrumentId, Prices};
use crate::session;
use crate::store::{FILE_NAME, PriceBatch, Store};

/// How many doubtful rows are listed before the rest is counted.
const DOUBTS_LISTED: usize = 20;

pub(super) fn run(place: &Place, what: &Import) -> anyhow::Result<Answer> {
    match what {
        Import::Prices(args) => prices(place, args),
        Import::Book { file, dry_run } => import_book::run(place, file, *dry_run),
        Import::Deals(args) => import_records::run(place, Table::Deals, args),
        Import::Debts(args) => import_records::run(place, Table::Debts, args),
        Import::Figures(args) => import_records::run(place, Table::Figures, args),
        Import::Treasury(args) => import_records::run(place, Table::Treasury, args),
    }
}

fn prices(place: &Place, args: &ImportPrices) -> anyhow::Result<Answer> {
    let bytes = read_file(&args.file)?;
    let name = file_name(&args.file);
    let wrong = |error: FileError| refused(&args.file, &error);
    let layout = detect(&bytes).map_err(wrong)?;
    let symbol = symbol(args, &name, &layout)?;
    let file = parse(&bytes, &options(place, args, &symbol, &layout)?).map_err(wrong)?;
    let mut complaints = complaints(&args.file, &file);
    if file.good.is_empty() {
        complaints.push(format!("{}: no row could be taken", args.file.display()));
        return Ok(Answer {
            out: String::new(),
            complaints,
            exit: Exit::Failed,
        });
    }
    let target = Target::open(place, args.dry_run)?;
    let stored = target.book.instrument_by_symbol(&symbol);
    let stored = stored.and_then(|instrument| target.prices.get(&instrument.symbol));
    let request = Request {
        symbol: &symbol,
        bars: &file.good,
        file_name: &name,
        keep_stored: args.keep_stored,
    };
    let new_id = InstrumentId(new_id(&place.now));
    let import = plan(&target.book, stored, &request, new_id).map_err(|error| match error {
        PlanError::BadSymbol(_) => anyhow::Error::new(Usage(error.to_string())),
        PlanError::BadBars(_) => anyhow!("{}: {error}", args.file.display()),
    })?;
    let out = told(&name, &symbol, &file, &import, args);
    complaints.extend(target.notices);
    if let Some(mut store) = target.store
        && !import.changes_nothing()
    {
        complaints.extend(copy_of_the_day(place, &store));
        let batch: PriceBatch = import.prices.into();
        store.apply(&import.change, &[batch], place.now.timestamp())?;
    }
    Ok(Answer {
        out,
        complaints,
        exit: if file.refused.is_empty() {
            Exit::Done
        } else {
            Exit::Rejected
        },
    })
}

/// The symbol named, else the one that the file tells.
fn symbol(args: &ImportPrices, name: &str, layout: &Layout) -> anyhow::Result<String> {
    let told = args.symbol.clone();
    let told = told.or_else(|| guess_symbol(name, &layout.tickers));
    told.ok_or_else(|| {
        let text = format!("Whose prices {name} holds is not clear: name the symbol with --symbol");
        Usage(text).into()
    })
}

fn options(
    place: &Place,
    args: &ImportPrices,
    symbol: &str,
    layout: &Layout,
) -> anyhow::Result<Options> {
    let columns = match (&args.date_column, &args.close_column) {
        (Some(day), Some(close)) => Some(chosen(layout, day, close)?),
        (_, None) | (None, _) => None,
    };
    let named = |ticker: &&String| ticker.eq_ignore_ascii_case(symbol);
    let known = layout.tickers.iter().find(named);
    Ok(Options {
        columns,
        ticker: args.ticker.clone().or_else(|| known.cloned()),
        date_order: args.day_order.map(Into::into),
        decimal: args.decimal.map(Into::into),
        // Where Bitcoin's day ends, in UTC, it may be tomorrow already.
        not_after: place.now.date().tomorrow().ok(),
        ..Options::default()
    })
}

/// The two columns chosen, with the others that the header names for certain.
fn chosen(layout: &Layout, day: &str, close: &str) -> anyhow::Result<ColumnChoice> {
    let (day, close) = (column(layout, day)?, column(layout, close)?);
    let rest = match layout.format {
        Format::Generic => Columns::default(),
        Format::YahooClassic
        | Format::Yfinance
        | Format::Stooq
        | Format::StooqPolish
        | Format::DateClose
        | Format::CoinGecko
        | Format::Nasdaq
        | Format::Named => layout.columns,
    };
    let other = |column: Option<usize>| column.filter(|at| *at != day && *at != close);
    Ok(ColumnChoice {
        day,
        close,
        adjusted: other(rest.adjusted),
        open: other(rest.open),
        high: other(rest.high),
        low: other(rest.low),
        volume: other(rest.volume),
    })
}

/// The position of a column, from 0, by its header or its number from 1.
fn column(layout: &Layout, typed: &str) -> anyhow::Result<usize> {
    let same = |name: &String| name.trim().eq_ignore_ascii_case(typed.trim());
    let by_name = layout.names.iter().position(same);
    let by_number = || typed.trim().parse::<usize>().ok()?.checked_sub(1);
    by_name.or_else(by_number).ok_or_else(|| {
        let names: Vec<_> = (0..layout.names.len())
            .map(|column| layout.column_name(column))
            .collect();
        let text = format!(
            "The file has no column “{typed}”: name one of {}, or its number from 1",
            names.join(", ")
        );
        Usage(text).into()
    })
}

/// Why nothing of a file was taken, and which flag decides it.
fn refused(path: &Path, error: &FileError) -> anyhow::Error {
    let flag = match error {
        FileError::ColumnsUnknown { .. } | FileError::NoSuchColumn { .. } => {
            Some("--date-column and --close-column")
        }
        FileError::SeveralTickers { .. } | FileError::NoSuchTicker { .. } => {
            Some("--symbol or --ticker")
        }
        FileError::DayOrder { .. } => Some("--day-order dmy or --day-order mdy"),
        FileError::DecimalMark { .. } => Some("--decimal comma or --decimal point"),
        FileError::Empty
        | FileError::NoRows { .. }
        | FileError::TooLarge { .. }
        | FileError::NotCsv(_)
        | FileError::LineTooLong { .. }
        | FileError::TooManyBadRows { .. } => None,
    };
    let with = flag.map_or_else(String::new, |flag| format!(" with {flag}"));
    anyhow!("{}: {error}{with}", path.display())
}

/// Every row that was not taken, and what is doubtful in others.
fn complaints(path: &Path, file: &PriceFile) -> Vec<String> {
    let path = path.display();
    let refused = file.refused.iter().map(|row| {
        let (line, column, reason, text) = (row.line, &row.column, &row.reason, &row.text);
        let quoted = if text.is_empty() {
            String::new()
        } else {
            format!(" (“{text}”)")
        };
        format!("{path}:{line}:{column}: {reason}{quoted}")
    });
    let close = file.layout.columns.close;
    let close = close.map_or_else(|| "close".to_owned(), |at| file.layout.column_name(at));
    let conflicts = file.conflicts.iter().map(|row| {
        format!(
            "{path}:{}:{close}: {} differs from {} on line {}, which was taken for {}",
            row.other_line, row.other_close, row.kept_close, row.kept_line, row.day
        )
    });
    let doubts = file.warnings.iter().take(DOUBTS_LISTED);
    let doubts = doubts.map(|warning| format!("{path}: taken, but doubtful: {warning}"));
    let more = file.warnings.len().saturating_sub(DOUBTS_LISTED);
    let more = (more > 0).then(|| format!("{path}: and {more} more doubtful rows"));
    refused.chain(conflicts).chain(doubts).chain(more).collect()
}

/// What an import says of itself on stdout.
fn told(
    name: &str,
    typed: &str,
    file: &PriceFile,
    import: &PriceImport,
    args: &ImportPrices,
) -> String {
    let rows = |count: usize| counted(count, "row", "rows");
    let overlap = &import.overlap;
    let mut lines = vec![format!("File: {name} ({})", file.layout.format.name())];
    let same = typed.eq_ignore_ascii_case(&import.symbol);
    lines.push(match (import.is_new, same) {
        (true, _) => format!("Symbol: {} (new)", import.symbol),
        (false, true) => format!("Symbol: {}", import.symbol),
        (false, false) => format!("Symbol: {} (formerly {typed})", import.symbol),
    });
    let data_lines = usize::try_from(file.data_lines).unwrap_or(usize::MAX);
    let span = file.good.first().zip(file.good.last());
    let span = span.map_or_else(String::new, |(first, last)| {
        format!(", {} to {}", first.day, last.day)
    });
    lines.push(format!("Read: {}{span}", rows(data_lines)));
    lines.push(format!("New: {}", rows(overlap.new_days)));
    lines.push(format!("Same as stored: {}", rows(overlap.same)));
    lines.push(differing(import, args.keep_stored));
    lines.push(format!("Repeated: {}", rows(file.duplicates.len())));
    lines.push(format!("Conflicting: {}", rows(file.conflicts.len())));
    if file.other_ticker_rows > 0 {
        lines.push(format!("Of other tickers: {}", file.other_ticker_rows));
    }
    lines.push(format!("Refused: {}", rows(file.refused.len())));
    lines.extend(
        file.layout
            .format
            .note()
            .map(|note| format!("Note: {note}")),
    );
    lines.push(if args.dry_run {
        format!(
            "Dry run, nothing was changed; it would {}",
            import.change.label
        )
    } else if import.changes_nothing() {
        "Nothing to do: all of it is stored already".to_owned()
    } else {
        format!("Done: {}", import.change.label)
    });
    lines.push(String::new());
    lines.join("\n")
}

fn differing(import: &PriceImport, keep_stored: bool) -> String {
    let differing = &import.overlap.differing;
    let count = counted(differing.len(), "row", "rows");
    let by = |row: &&Differing| ((row.file - row.stored) / row.stored).abs();
    let largest = differing.iter().max_by(|a, b| by(a).total_cmp(&by(b)));
    let Some(most) = largest else {
        return format!("Differing from stored: {count}");
    };
    let what = if keep_stored {
        "left as stored"
    } else {
        "replaced"
    };
    format!(
        "Differing from stored: {count}, {what}; most on {}: {} stored, {} in the file ({})",
        most.day,
        float(most.stored, 4),
        float(most.file, 4),
        percent(most.file / most.stored - 1.0)
    )
}

/// The book an import looks at, and the store if it is to be changed.
pub(super) struct Target {
    pub book: Book,
    pub prices: Prices,
    pub store: Option<Store>,
    pub notices: Vec<String>,
}

impl Target {
    /// Opens the book. Without one, a dry run looks at what a first start
    /// would make, and makes nothing.
    pub fn open(place: &Place, dry_run: bool) -> anyhow::Result<Self> {
        if dry_run && !place.folder.join(FILE_NAME).exists() {
            let (book, prices) = session::starter()?;
            return Ok(Self {
                book,
                prices,
                store: None,
                notices: Vec::new(),
            });
        }
        let opened = session::open(&place.folder, place.now.timestamp())?;
        Ok(Self {
            book: opened.book,
            prices: opened.prices,
            store: (!dry_run).then_some(opened.store),
            notices: opened.notices,
        })
    }
}

/// Keeps the copy of the day, as the window does when it opens. An import is
/// not refused for want of it, but its absence is told.
pub(super) fn copy_of_the_day(place: &Place, store: &Store) -> Option<String> {
    let failed = store.daily_backup(place.now.date()).err()?;
    Some(format!("The backup of the day was not made: {failed}"))
}

pub(super) fn file_name(path: &Path) -> String {
    path.file_name()
        .unwrap_or(path.as_os_str())
        .to_string_lossy()
        .into_owned()
}

pub(super) fn read_file(path: &Path) -> anyhow::Result<Vec<u8>> {
    let wrong = |error: std::io::Error| anyhow!("{} cannot be read ({error})", path.display());
    let size = fs::metadata(path).map_err(wrong)?.len();
    if size > MAX_BYTES as u64 {
        bail!(
            "{} has {size} bytes, more than the {MAX_BYTES} that are read",
            path.display()
        );
    }
    fs::read(path).map_err(wrong)
}

/// An id that sorts by the time it was made.
pub(super) fn new_id(now: &Zoned) -> Uuid {
    let now = now.timestamp();
    let seconds = u64::try_from(now.as_second()).unwrap_or_default();
    let nanos = u32::try_from(now.subsec_nanosecond()).unwrap_or_default();
    Uuid::new_v7(Timestamp::from_unix(NoContext, seconds, nanos))
}
