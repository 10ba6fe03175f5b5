//! The command line as a whole: usage, exit codes, where output goes, the data
//! folder, backups. Run in this process, with a clock that stands still.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use gigawatch::cli::{self, Exit, Outside};
use gigawatch::secrets::SessionKeys;
use gigawatch::store::Store;
use jiff::Zoned;
use tempfile::TempDir;

/// A data folder that vanishes after the test.
pub(crate) struct Desk {
    pub(crate) root: TempDir,
}

/// What a command did.
pub(crate) struct Ran {
    pub(crate) exit: Exit,
    pub(crate) out: String,
    pub(crate) err: String,
}

pub(crate) fn now() -> Zoned {
    "2026-11-21T12:00:00[UTC]".parse().unwrap()
}

impl Desk {
    pub(crate) fn new() -> Self {
        Self {
            root: TempDir::new().unwrap(),
        }
    }

    /// A desk whose book is empty: no starter records, no prices.
    pub(crate) fn empty() -> Self {
        let desk = Self::new();
        let book = gigawatch::exchange::book_file::write(&gigawatch::model::Book::default());
        let file = desk.file("empty.json", book.unwrap());
        desk.done(&["import", "book", &file]);
        desk
    }

    pub(crate) fn data(&self) -> PathBuf {
        self.root.path().join("data")
    }

    /// Writes a file beside the data folder and gives its path.
    pub(crate) fn file(&self, name: &str, text: impl AsRef<[u8]>) -> String {
        let path = self.root.path().join(name);
        fs::write(&path, text).unwrap();
        path.display().to_string()
    }

    pub(crate) fn run(&self, args: &[&str]) -> Ran {
        run_in(&self.data(), args)
    }

    /// Runs what must succeed and gives what it wrote.
    #[track_caller]
    pub(crate) fn done(&self, args: &[&str]) -> String {
        let ran = self.run(args);
        assert_eq!(ran.exit, Exit::Done, "{args:?}: {}", ran.err);
        ran.out
    }

    /// Runs a report with `--json`.
    #[track_caller]
    pub(crate) fn json(&self, args: &[&str]) -> serde_json::Value {
        let args: Vec<&str> = args.iter().copied().chain(["--json"]).collect();
        serde_json::from_str(&self.done(&args)).unwrap()
    }
}

fn run_in(data: &Path, args: &[&str]) -> Ran {
    run_plain(all_args(data, args))
}

pub(crate) fn all_args(data: &Path, args: &[&str]) -> Vec<OsString> {
    let all: [&OsStr; 3] = [
        "gigawatch".as_ref(),
        "--data-dir".as_ref(),
        data.as_os_str(),
    ];
    let all = all.into_iter().chain(args.iter().map(AsRef::as_ref));
    all.map(OsString::from).collect()
}

/// An outside in which nobody watches and nothing can be asked.
pub(crate) fn cut_off(now: &Zoned) -> Outside<'_> {
    Outside {
        now,
        is_watched: false,
        keys: &*NO_KEYS,
        network: &|_, _| panic!("the network is not used here"),
    }
}

static NO_KEYS: LazyLock<SessionKeys> = LazyLock::new(SessionKeys::default);

fn run_plain(args: Vec<OsString>) -> Ran {
    run_outside(args, &cut_off(&now()))
}

pub(crate) fn run_outside(args: Vec<OsString>, outside: &Outside<'_>) -> Ran {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let exit = match cli::read(args, &mut out, &mut err) {
        Ok(args) => cli::run(&args, &mut out, &mut err, outside),
        Err(exit) => exit,
    };
    Ran {
        exit,
        out: String::from_utf8(out).unwrap(),
        err: String::from_utf8(err).unwrap(),
    }
}

#[track_caller]
fn check(desk: &Desk, args: &[&str], exit: Exit, told: &str) {
    let ran = desk.run(args);
    assert_eq!(ran.exit, exit, "{args:?}: {}{}", ran.out, ran.err);
    let stream = if exit == Exit::Done {
        &ran.out
    } else {
        &ran.err
    };
    assert!(stream.contains(told), "{args:?}: {stream}");
    if exit != Exit::Done {
        assert_eq!(ran.out, "", "{args:?}");
    }
}

#[test]
fn wrong_usage_ends_with_2_and_a_failed_request_with_1() {
    let desk = Desk::new();
    let csv = desk.file("prices.csv", "Date,Close\n2026-01-02,10\n");
    let words = desk.file("words.csv", "no\nprices\n");
    for (args, exit, told) in [
        (&["report"][..], Exit::Usage, "watchlist"),
        (&["report", "weather"], Exit::Usage, "weather"),
        (
            &["report", "deals", "--json", "--csv"],
            Exit::Usage,
            "--csv",
        ),
        (
            &["report", "deals", "--as-of", "03/04/2026"],
            Exit::Usage,
            "03/04/2026",
        ),
        (
            &[
                "report",
                "compare",
                "--from",
                "2026-06-05",
                "--to",
                "2026-06-05",
            ],
            Exit::Usage,
            "not after its base day 2026-06-05",
        ),
        (&["import", "prices", &csv], Exit::Usage, "--symbol"),
        (
            &["import", "prices", &csv, "--symbol", "no ticker"],
            Exit::Usage,
            "“no ticker” is no symbol",
        ),
        (
            &["import", "prices", "nowhere.csv"],
            Exit::Failed,
            "nowhere.csv cannot be read",
        ),
        (
            &["import", "prices", &words, "--symbol", "X"],
            Exit::Failed,
            "--date-column and --close-column",
        ),
        (&["import", "book", &csv], Exit::Failed, "not JSON"),
        (
            &["report", "company", "NOPE"],
            Exit::Failed,
            "name one of ABTC, APLD",
        ),
        (
            &["report", "compare", "--symbols", "NOPE"],
            Exit::Failed,
            "“NOPE”",
        ),
        (
            &["export", "prices", "-", "--symbol", "NOPE"],
            Exit::Failed,
            "No prices of “NOPE”",
        ),
        (
            &["restore", "nowhere.sqlite"],
            Exit::Failed,
            "no file nowhere.sqlite",
        ),
        (&["restore", &csv], Exit::Failed, "prices.csv"),
    ] {
        check(&desk, args, exit, told);
    }
}

#[test]
fn help_and_version_are_no_failures() {
    let help = |args: &[&str]| {
        let ran = run_plain(args.iter().map(OsString::from).collect());
        assert_eq!((ran.exit, ran.err.as_str()), (Exit::Done, ""));
        ran.out
    };
    let all = help(&["gigawatch", "--help"]);
    for word in [
        "report",
        "import",
        "export",
        "backup",
        "restore",
        "check",
        "--data-dir",
        "--as-of",
        "--offline",
        "Exit codes",
    ] {
        assert!(all.contains(word), "{word}: {all}");
    }
    let compare = help(&["gigawatch", "report", "compare", "--help"]);
    for word in [
        "--symbols",
        "--benchmark",
        "--from",
        "--to",
        "--json",
        "--csv",
    ] {
        assert!(compare.contains(word), "{word}: {compare}");
    }
    assert!(help(&["gigawatch", "--version"]).starts_with("gigawatch "));
}

#[test]
fn global_flags_are_accepted_anywhere() {
    let desk = Desk::new();
    let plain = desk.done(&[
        "--as-of",
        "2026-05-01",
        "--offline",
        "report",
        "--json",
        "deals",
    ]);
    let other = desk.done(&[
        "report",
        "deals",
        "--json",
        "--offline",
        "--as-of",
        "1 May 2026",
    ]);
    assert_eq!(plain, other);
}

/// A stream whose reader has gone, as of `head`, or whose disk is full.
struct Closed(io::ErrorKind);

impl Write for Closed {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(self.0.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_reader_that_has_seen_enough_is_no_failure() {
    let desk = Desk::new();
    let args = ["gigawatch", "report", "deals", "--data-dir"].map(OsString::from);
    let args = args.into_iter().chain([desk.data().into_os_string()]);
    let args = cli::read(args, &mut Vec::new(), &mut Vec::new()).unwrap();
    for (kind, exit, told) in [
        (io::ErrorKind::BrokenPipe, Exit::Done, ""),
        (
            io::ErrorKind::StorageFull,
            Exit::Failed,
            "The output could not be written",
        ),
    ] {
        let mut err = Vec::new();
        let exited = cli::run(&args, &mut Closed(kind), &mut err, &cut_off(&now()));
        assert_eq!(exited, exit);
        let err = String::from_utf8(err).unwrap();
        assert!(
            err.starts_with(told) && err.is_empty() == told.is_empty(),
            "{err}"
        );
    }
}

#[test]
fn reports_read_while_another_instance_writes() {
    let desk = Desk::new();
    desk.done(&["report", "deals"]);
    let window = Store::open(&desk.data(), now().timestamp()).unwrap().store;
    let ran = desk.run(&["report", "deals"]);
    assert_eq!((ran.exit, ran.err.as_str()), (Exit::Done, ""));
    let csv = desk.file("IREN.csv", "Date,Close\n2026-01-02,10\n");
    check(
        &desk,
        &["import", "prices", &csv],
        Exit::Failed,
        "another Gigawatch has this book open",
    );
    drop(window);
    desk.done(&["import", "prices", &csv]);
}

#[test]
fn a_book_is_copied_checked_and_restored() {
    let desk = Desk::new();
    let book = desk.data().join("gigawatch.sqlite");
    for command in ["check", "backup"] {
        check(&desk, &[command], Exit::Failed, "There is no book");
        assert!(!book.exists());
    }
    let before = desk.done(&["export", "book", "-"]);
    check(&desk, &["check"], Exit::Done, "is sound: 422 records, 79");
    let copies = desk.root.path().join("copies");
    let copy = desk.done(&["backup", &copies.display().to_string()]);
    let copy = copy.trim_end();
    assert!(
        copy.ends_with("gigawatch-2026-11-21-120000.sqlite"),
        "{copy}"
    );
    check(
        &desk,
        &["backup", &copies.display().to_string()],
        Exit::Failed,
        "exists already",
    );

    let other = desk.file("ETH-USD.csv", "Date,Close\n2026-01-02,3000\n");
    desk.done(&["import", "prices", &other]);
    assert_ne!(desk.done(&["export", "book", "-"]), before);
    let told = desk.done(&["restore", copy]);
    assert!(told.contains("The book before it is now"), "{told}");
    assert_eq!(desk.done(&["export", "book", "-"]), before);
}

#[test]
fn a_damaged_book_is_named_and_can_be_replaced() {
    let desk = Desk::new();
    desk.done(&["report", "deals"]);
    let copy = desk.done(&["backup"]);
    let book = desk.data().join("gigawatch.sqlite");
    fs::write(&book, "this is no database").unwrap();
    for args in [
        &["check"][..],
        &["report", "deals"],
        &["export", "book", "-"],
    ] {
        check(&desk, args, Exit::Failed, "gigawatch.sqlite");
    }
    desk.done(&["restore", copy.trim_end()]);
    check(&desk, &["check"], Exit::Done, "is sound: 422");
}

#[test]
fn an_export_replaces_files_but_no_database() {
    let desk = Desk::new();
    let file = desk.file("book.json", "an older export");
    let told = desk.done(&["export", "book", &file]);
    assert!(told.starts_with("Wrote 422 records to "), "{told}");
    assert!(
        fs::read_to_string(&file)
            .unwrap()
            .contains("gigawatch book")
    );
    let book = desk.data().join("gigawatch.sqlite").display().to_string();
    check(
        &desk,
        &["export", "book", &book],
        Exit::Failed,
        "is a database",
    );
    check(&desk, &["check"], Exit::Done, "is sound");
    let nowhere = desk.root.path().join("no/such/folder/book.json");
    let nowhere = nowhere.display().to_string();
    check(
        &desk,
        &["export", "book", &nowhere],
        Exit::Failed,
        "cannot be written",
    );
}
