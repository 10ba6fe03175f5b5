//! The headless front end: reports, prices, import, export, backup and check,
//! with the numbers of the window. It must not draw, read the clock, reach the
//! network or print by itself: the outside comes as an argument, and output goes
//! where it is told.

pub mod args;
mod backup;
mod check;
mod export;
mod import;
mod import_book;
mod import_records;
mod json;
mod prices;
mod report;
pub mod switches;
mod text;
mod turn_line;
mod update;

use std::ffi::OsString;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context as _;
use clap::Parser as _;
use jiff::Zoned;

pub use args::Args;
use args::{Command, PricesCommand};

use crate::fetch::client::ClientError;
use crate::fetch::{Setup, World};
use crate::model::PricePolicy;
use crate::paths::Paths;
use crate::secrets::Keys;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Done.
    Done = 0,
    /// The request failed; a message on stderr says why.
    Failed = 1,
    /// Wrong usage; a message on stderr says what was not understood.
    Usage = 2,
    /// Done, but for some rows or symbols; they are listed on stderr.
    Rejected = 3,
}

/// What commands need of the outside.
pub struct Outside<'a> {
    /// The time.
    pub now: &'a Zoned,
    /// Whether a person watches stderr, and so is told how far it is.
    pub is_watched: bool,
    /// The user's keys to price providers.
    pub keys: &'a dyn Keys,
    /// Makes the way to the network, for commands that use it.
    pub network: &'a Network<'a>,
}

/// Makes the way to the network for providers at these addresses.
pub type Network<'a> = dyn Fn(&Setup, &PricePolicy) -> Result<Arc<dyn World>, ClientError> + 'a;

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// What a command has to say. Nothing is written before it is done, so that
/// half a report never meets a reader; only how far it is may be told on stderr.
struct Answer {
    /// For stdout.
    out: String,
    /// For stderr, a line each.
    complaints: Vec<String>,
    exit: Exit,
}

impl Answer {
    fn done(out: String) -> Self {
        Self {
            out,
            complaints: Vec::new(),
            exit: Exit::Done,
        }
    }
}

/// A failure whose remedy is another command line.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct Usage(String);

/// Reads the command line. `Err` is the end of it: help was asked for, or
/// something was not understood, and either has been written.
pub fn read(
    args: impl IntoIterator<Item = OsString>,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<Args, Exit> {
    Args::try_parse_from(args).map_err(|error| {
        let text = error.render().to_string();
        if error.use_stderr() {
            written(err.write_all(text.as_bytes()), Exit::Usage)
        } else {
            written(out.write_all(text.as_bytes()), Exit::Done)
        }
    })
}

/// Does what a command line asks for, but for opening the window. Reports are of
/// today unless the arguments name another day.
pub fn run(args: &Args, out: &mut dyn Write, err: &mut dyn Write, outside: &Outside<'_>) -> Exit {
    let answer = answer(args, err, outside).unwrap_or_else(|error| Answer {
        out: String::new(),
        complaints: vec![error.to_string()],
        exit: if error.is::<Usage>() {
            Exit::Usage
        } else {
            Exit::Failed
        },
    });
    let mut complaints = answer.complaints.join("\n");
    if !complaints.is_empty() {
        complaints.push('\n');
    }
    // Where stderr is closed there is nobody left to tell.
    drop(err.write_all(complaints.as_bytes()));
    let wrote = out
        .write_all(answer.out.as_bytes())
        .and_then(|()| out.flush());
    if let Err(error) = &wrote
        && error.kind() != io::ErrorKind::BrokenPipe
    {
        drop(writeln!(err, "The output could not be written ({error})"));
    }
    written(wrote, answer.exit)
}

/// The exit code after writing. A reader that has seen enough, as `head`, is
/// no failure.
fn written(result: io::Result<()>, exit: Exit) -> Exit {
    match result {
        Ok(()) => exit,
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => exit,
        Err(_) => Exit::Failed,
    }
}

/// Where things are kept, by the platform or all in the folder named.
pub fn paths(args: &Args) -> anyhow::Result<Paths> {
    match &args.global.data_dir {
        Some(folder) => Ok(Paths::in_one(folder)),
        None => Paths::of_platform()
            .context("This user has no home directory: name a folder with --data-dir"),
    }
}

/// What every command knows.
struct Place {
    folder: PathBuf,
    settings: PathBuf,
    now: Zoned,
    as_of: jiff::civil::Date,
}

fn answer(args: &Args, err: &mut dyn Write, outside: &Outside<'_>) -> anyhow::Result<Answer> {
    let (paths, now) = (paths(args)?, outside.now);
    let place = Place {
        settings: paths.settings_file(),
        folder: paths.data,
        now: now.clone(),
        as_of: args.global.as_of.unwrap_or_else(|| now.date()),
    };
    match &args.command {
        None => Err(Usage("No command: see gigawatch --help".to_owned()).into()),
        Some(Command::Report(report)) => report::run(&place, report),
        Some(Command::Prices(PricesCommand::List { json })) => prices::list(&place, *json),
        Some(Command::Prices(PricesCommand::Update(what))) => {
            update::run(&place, &args.global, what, outside, err)
        }
        Some(Command::Import(what)) => import::run(&place, what),
        Some(Command::Export(what)) => export::run(&place, what),
        Some(Command::Backup { dir }) => backup::backup(&place, dir.as_deref()),
        Some(Command::Restore { file }) => backup::restore(&place, file),
        Some(Command::Check) => check::run(&place),
    }
}
