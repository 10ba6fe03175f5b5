//! The `gigawatch` binary: reads the command line, then opens the window or
//! does what was asked for. Only here are the clock, the streams, the network
//! and the keyring taken.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, IsTerminal as _, Write as _};
use std::process::ExitCode;
use std::sync::{Arc, Mutex};

use gigawatch::app::{Network, Start, window};
use gigawatch::cli::{self, Args, Exit, Outside};
use gigawatch::fetch::client::{Client, ClientError, Options};
use gigawatch::fetch::{Setup, World};
use gigawatch::model::{PricePolicy, Provider};
use gigawatch::paths::Paths;
use gigawatch::secrets::{SystemKeys, SystemKeysOrSession};
use gigawatch::work::LateWake;
use jiff::Zoned;

/// A log larger than this, in bytes, begins anew.
const LOG_BYTES_MAX: u64 = 4 << 20;

fn main() -> ExitCode {
    let (mut out, mut err) = (io::stdout().lock(), io::stderr().lock());
    match cli::read(std::env::args_os(), &mut out, &mut err) {
        Err(ended) => ended.into(),
        Ok(args) if args.command.is_some() => {
            let outside = Outside {
                now: &now(),
                is_watched: io::stderr().is_terminal(),
                keys: &SystemKeys::default(),
                network: &|setup: &Setup, _: &PricePolicy| world(&setup.bases),
            };
            cli::run(&args, &mut out, &mut err, &outside).into()
        }
        Ok(args) => {
            // The window's threads may want to write, too.
            drop((out, err));
            open_window(&args).into()
        }
    }
}

fn open_window(args: &Args) -> Exit {
    if args.global.as_of.is_some() {
        // Where stderr is closed there is nobody left to tell.
        drop(writeln!(
            io::stderr(),
            "The window shows today; --as-of is for reports"
        ));
    }
    let opened = cli::paths(args).and_then(|paths| {
        log_to(&paths);
        let wake = LateWake::default();
        let start = Start {
            paths,
            clock: Arc::new(now),
            wake: wake.hook(),
            inline: false,
            network: network_of_window(args)?,
        };
        Ok(window::run(start, &wake)?)
    });
    match opened {
        Ok(()) => Exit::Done,
        Err(error) => {
            // Where stderr is closed there is nobody left to tell.
            drop(writeln!(io::stderr(), "{error}"));
            Exit::Failed
        }
    }
}

/// The network as the window may use it; none if the user wants none.
fn network_of_window(args: &Args) -> Result<Option<Network>, ClientError> {
    if args.global.offline {
        return Ok(None);
    }
    let bases = args.global.bases();
    Ok(Some(Network {
        world: world(&bases)?,
        keys: Arc::new(SystemKeysOrSession::default()),
        bases,
    }))
}

/// The real network, with providers at these addresses in place of their usual
/// ones. No provider of prices demands an e-mail address, so that none is told.
fn world(bases: &BTreeMap<Provider, String>) -> Result<Arc<dyn World>, ClientError> {
    let mut options = Options::new(Arc::new(|| now().timestamp()));
    options.plain = bases.values().cloned().collect();
    Ok(Arc::new(Client::new(options)?))
}

/// Writes the log to its file. A window without a log is better than none, so
/// that whatever fails here is passed over.
fn log_to(paths: &Paths) {
    let path = paths.log_file();
    let is_long = fs::metadata(&path).is_ok_and(|facts| facts.len() > LOG_BYTES_MAX);
    let file = fs::create_dir_all(&paths.state).and_then(|()| {
        File::options()
            .create(true)
            .write(true)
            .append(!is_long)
            .truncate(is_long)
            .open(path)
    });
    if let Ok(file) = file {
        let log = tracing_subscriber::fmt()
            .with_ansi(false)
            .with_writer(Mutex::new(file));
        drop(log.try_init());
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the one place where the clock is read"
)]
fn now() -> Zoned {
    Zoned::now()
}
