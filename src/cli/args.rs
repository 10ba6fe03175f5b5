//! What can be typed after `gigawatch`. Declarations only: what is done with
//! them is in the files named after the commands. The comments are the help.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};

use super::switches::{SwitchArgs, reference};
use crate::exchange::price_csv::{DateOrder, DecimalMark};
use crate::fetch::client::check_base;
use crate::model::typed;
use crate::model::{Day, Provider};

/// Listed Bitcoin miners: AI backlog, debt and performance against Bitcoin
///
/// Without a command the window opens. The same binary reports, imports and
/// exports without one.
#[derive(Clone, Debug, Parser)]
#[command(name = "gigawatch", version, after_help = EXIT_CODES)]
pub struct Args {
    /// Accepted anywhere.
    #[command(flatten)]
    pub global: Global,
    /// What to do; without it the window opens.
    #[command(subcommand)]
    pub command: Option<Command>,
}

const EXIT_CODES: &str = "\
Exit codes: 0 done, 1 the request failed, 2 wrong usage, 3 done but for some
rows or symbols, listed on stderr with the reason.";

/// Flags accepted before and after any command.
#[derive(Clone, Debug, ClapArgs)]
pub struct Global {
    /// Folder of the book, settings and logs [default: the platform's]
    #[arg(long, global = true, value_name = "DIR")]
    pub data_dir: Option<PathBuf>,
    /// Show what was known on that day: prices up to it, figures and deals stated by then
    #[arg(long, global = true, value_name = "DAY", value_parser = day)]
    pub as_of: Option<Day>,
    /// Use no network
    #[arg(long, global = true)]
    pub offline: bool,
    /// Ask a provider at another address: https, or http on this machine; repeat it for others
    #[arg(long, global = true, value_name = "NAME=URL", value_parser = provider_url)]
    pub provider_url: Vec<ProviderUrl>,
}

impl Global {
    /// The addresses that take the place of the usual ones; of a provider named
    /// twice the last one counts.
    pub fn bases(&self) -> BTreeMap<Provider, String> {
        let named = self.provider_url.iter();
        named.map(|at| (at.provider, at.base.clone())).collect()
    }
}

/// Where a provider is to be asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProviderUrl {
    /// Which provider.
    pub provider: Provider,
    /// Its address without a slash at the end.
    pub base: String,
}

/// What to do.
#[derive(Clone, Debug, Subcommand)]
pub enum Command {
    /// Print what the pages of the window show
    Report(ReportArgs),
    /// Bring prices up to date, or say how far they reach
    #[command(subcommand)]
    Prices(PricesCommand),
    /// Take prices, records or a book from a file
    #[command(subcommand)]
    Import(Import),
    /// Write prices, records or the book to a file
    #[command(subcommand)]
    Export(Export),
    /// Copy the book, whole and checked, also while the window is open
    Backup {
        /// Folder for the copy [default: the backups in the data folder]
        dir: Option<PathBuf>,
    },
    /// Put a backup in the place of the book, which is moved aside
    Restore {
        /// The backup
        file: PathBuf,
    },
    /// Look for everything that should not be in the book's file
    Check,
}

/// A report and its form.
#[derive(Clone, Debug, ClapArgs)]
pub struct ReportArgs {
    /// Which report.
    #[command(subcommand)]
    pub report: Report,
    /// What counts.
    #[command(flatten)]
    pub switches: SwitchArgs,
    /// Print JSON, with stable keys
    #[arg(long, global = true, conflicts_with = "csv")]
    pub json: bool,
    /// Print CSV, a row a line, with the keys of the JSON as header
    #[arg(long, global = true)]
    pub csv: bool,
}

/// Which report.
#[derive(Clone, Debug, Subcommand)]
pub enum Report {
    /// One row a company: prices, backlog, debt, power, AI revenue
    Watchlist,
    /// Everything about one company
    Company {
        /// Symbol of its share, present or former, such as IREN
        symbol: String,
    },
    /// One row a deal with its rates, and totals
    Deals,
    /// Debt by company: stated totals beside the sums of instruments
    Debt,
    /// Rent due and backlog left against debt maturing, by period
    Schedule(Schedule),
    /// All companies beside what is stated of the sector
    Sector,
    /// Statements that disagree, with both values, sources and ages
    Conflicts {
        /// Only those that are not settled
        #[arg(long)]
        open: bool,
    },
    /// Returns, risk and a basket against a benchmark
    Compare(Compare),
}

/// Which schedule.
#[derive(Clone, Debug, ClapArgs)]
pub struct Schedule {
    /// Symbol of a company's share [default: all companies and their total]
    pub symbol: Option<String>,
    /// How long the periods are
    #[arg(long, value_enum, default_value = "quarter", value_name = "PERIOD")]
    pub by: By,
    /// A rate that floating coupons refer to, such as SOFR=4.3%; repeat it for others
    #[arg(long, value_name = "NAME=RATE", value_parser = reference)]
    pub reference: Vec<(String, rust_decimal::Decimal)>,
}

/// How long the periods of a schedule are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum By {
    /// Calendar months
    Month,
    /// Calendar quarters
    Quarter,
    /// Calendar years
    Year,
}

/// What to compare.
#[derive(Clone, Debug, ClapArgs)]
pub struct Compare {
    /// Symbols, separated by commas [default: the shares of all companies]
    #[arg(long, value_delimiter = ',', value_name = "SYM,SYM")]
    pub symbols: Vec<String>,
    /// What they are compared with
    #[arg(long, default_value = crate::analytics::derive::BITCOIN, value_name = "SYM")]
    pub benchmark: String,
    /// The day whose close, or the last one before it, is the base [default: the last day of the year before]
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub from: Option<Day>,
    /// The last day [default: that of the newest close]
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub to: Option<Day>,
}

/// What to do with prices.
#[derive(Clone, Debug, Subcommand)]
pub enum PricesCommand {
    /// Fetch what is missing from the providers
    Update(UpdateArgs),
    /// Say how far the prices of each instrument reach and how they came
    List {
        /// Print JSON, with stable keys
        #[arg(long)]
        json: bool,
    },
}

/// Which prices to fetch, and how much of them.
#[derive(Clone, Debug, ClapArgs)]
pub struct UpdateArgs {
    /// Symbols, separated by commas [default: all that are not locked]
    #[arg(long, value_delimiter = ',', value_name = "SYM,SYM")]
    pub symbols: Vec<String>,
    /// Fetch all days from this one on, whatever is stored, and what is missing before it
    #[arg(long, value_name = "DAY", value_parser = day, conflicts_with = "rebuild")]
    pub since: Option<Day>,
    /// Fetch the whole history anew
    #[arg(long)]
    pub rebuild: bool,
    /// Print JSON, with stable keys
    #[arg(long)]
    pub json: bool,
}

/// What to import.
#[derive(Clone, Debug, Subcommand)]
pub enum Import {
    /// Take daily prices of one instrument from a CSV file
    Prices(ImportPrices),
    /// Take the records of a book file; in an empty data folder it becomes the book
    Book {
        /// The book file
        file: PathBuf,
        /// Only say what would be done
        #[arg(long)]
        dry_run: bool,
    },
    /// Take deals from a CSV file
    Deals(ImportRecords),
    /// Take debts from a CSV file
    Debts(ImportRecords),
    /// Take figures from a CSV file
    Figures(ImportRecords),
    /// Take Bitcoin bought, sold or held from a CSV file
    Treasury(ImportRecords),
}

/// Which file of records to import.
#[derive(Clone, Debug, ClapArgs)]
pub struct ImportRecords {
    /// The CSV file; its header is documented, and an export shows it
    pub file: PathBuf,
    /// Only say what would be done
    #[arg(long)]
    pub dry_run: bool,
}

/// Which prices to import, and how to read them.
#[derive(Clone, Debug, ClapArgs)]
pub struct ImportPrices {
    /// The CSV file
    pub file: PathBuf,
    /// Whose prices they are [default: told by the file or its name]
    #[arg(long, value_name = "SYM")]
    pub symbol: Option<String>,
    /// Only say what would be done
    #[arg(long)]
    pub dry_run: bool,
    /// Leave the closes that are stored already as they are
    #[arg(long)]
    pub keep_stored: bool,
    /// How to read 03/04/2026
    #[arg(long, value_name = "ORDER")]
    pub day_order: Option<DayOrder>,
    /// How to read 1,234
    #[arg(long, value_name = "MARK")]
    pub decimal: Option<Decimal>,
    /// Which ticker to take from a file with several [default: the symbol]
    #[arg(long, value_name = "TICKER")]
    pub ticker: Option<String>,
    /// Header or number (from 1) of the column with the day
    #[arg(long, value_name = "COLUMN", requires = "close_column")]
    pub date_column: Option<String>,
    /// Header or number (from 1) of the column with the close
    #[arg(long, value_name = "COLUMN", requires = "date_column")]
    pub close_column: Option<String>,
}

/// Which part of `03/04/2026` comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DayOrder {
    /// Day, month, year
    Dmy,
    /// Month, day, year
    Mdy,
}

impl From<DayOrder> for DateOrder {
    fn from(order: DayOrder) -> Self {
        match order {
            DayOrder::Dmy => Self::DayFirst,
            DayOrder::Mdy => Self::MonthFirst,
        }
    }
}

/// What stands before the decimals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Decimal {
    /// 1,234.5
    Point,
    /// 1.234,5
    Comma,
}

impl From<Decimal> for DecimalMark {
    fn from(mark: Decimal) -> Self {
        match mark {
            Decimal::Point => Self::Point,
            Decimal::Comma => Self::Comma,
        }
    }
}

/// What to export. The file `-` is standard output.
#[derive(Clone, Debug, Subcommand)]
pub enum Export {
    /// Write the prices of one instrument as CSV
    Prices {
        /// The file to write, or - for standard output
        file: PathBuf,
        /// Whose prices
        #[arg(long, value_name = "SYM")]
        symbol: String,
    },
    /// Write all records as one JSON file
    Book {
        /// The file to write, or - for standard output
        file: PathBuf,
    },
    /// Write all deals as CSV
    Deals(ExportRecords),
    /// Write all debts as CSV
    Debts(ExportRecords),
    /// Write all figures as CSV
    Figures(ExportRecords),
    /// Write Bitcoin bought, sold or held as CSV
    Treasury(ExportRecords),
}

/// Where records are written to.
#[derive(Clone, Debug, ClapArgs)]
pub struct ExportRecords {
    /// The file to write, or - for standard output
    pub file: PathBuf,
}

/// A day as people type it; the message says what was not understood.
fn day(text: &str) -> Result<Day, String> {
    typed::day(text).map_err(|error| error.to_string())
}

/// A provider and where to ask it; the message says what was not understood.
fn provider_url(text: &str) -> Result<ProviderUrl, String> {
    let (name, base) = text
        .split_once('=')
        .ok_or_else(|| "write it like yahoo=http://127.0.0.1:8080".to_owned())?;
    let provider = Provider::from_code(&name.trim().to_lowercase()).ok_or_else(|| {
        let codes: Vec<&str> = Provider::ALL.iter().map(|known| known.code()).collect();
        format!("“{name}” is none of {}", codes.join(", "))
    })?;
    let base = check_base(base).map_err(|error| error.to_string())?;
    Ok(ProviderUrl { provider, base })
}
