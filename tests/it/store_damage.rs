//! Files that must not be opened or cannot be written, and the copies that help
//! then: nothing is lost, and every refusal says what to do.

use std::fs::{self, File};
use std::io::{Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use gigawatch::model::{Change, Op};
use gigawatch::store::{
    self, Access, BackupKind, FILE_NAME, OpenError, Store, StoreError, list_backups,
};
use jiff::civil::{Date, date};
use tempfile::TempDir;

use super::store_script::{at, bars, batch, deal, note, open, start};

const TODAY: Date = date(2026, 11, 21);

fn add_deal() -> Change {
    Change::new("add deal", vec![Op::put(deal(0, 0, &[0], None))])
}

/// Changes the file with SQL of the test's own.
fn tamper(folder: &Path, sql: &str) {
    let conn = rusqlite::Connection::open(folder.join(FILE_NAME)).unwrap();
    conn.execute_batch(sql).unwrap();
}

fn file_names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn a_newer_file_is_refused_with_its_version() {
    let folder = TempDir::new().unwrap();
    drop(open(folder.path()));
    tamper(folder.path(), "PRAGMA user_version = 99");
    let error = Store::open(folder.path(), at()).unwrap_err();
    assert!(matches!(error, OpenError::Newer { found: 99, .. }));
    let text = error.to_string();
    assert!(
        text.contains("version 99") && text.contains("update"),
        "{text}"
    );
}

#[test]
fn another_programs_file_is_refused_and_left_as_it_is() {
    for sql in ["PRAGMA application_id = 7", "CREATE TABLE mine (a)"] {
        let folder = TempDir::new().unwrap();
        tamper(folder.path(), sql);
        let before = fs::read(folder.path().join(FILE_NAME)).unwrap();
        let error = Store::open(folder.path(), at()).unwrap_err();
        assert!(matches!(error, OpenError::NotOurs { .. }), "{error}");
        assert_eq!(fs::read(folder.path().join(FILE_NAME)).unwrap(), before);
    }
}

/// Damages a file of records and prices and expects it to be named together
/// with the one copy of two that is good.
fn check_damage(name: &str, damage: impl Fn(&Path)) {
    let folder = TempDir::new().unwrap();
    let mut store = open(folder.path());
    let prices = [batch(0, "a.csv", bars(10_000, 3000, 10.0))];
    store.apply(&add_deal(), &prices, at()).unwrap();
    let good = store.daily_backup(TODAY).unwrap().unwrap();
    let bad = store.daily_backup(date(2026, 11, 22)).unwrap().unwrap();
    let book = store.load_book().unwrap();
    drop(store);
    fs::write(&bad, "not a database, but newer").unwrap();
    let path = folder.path().join(FILE_NAME);
    damage(&path);

    match Store::open(folder.path(), at()) {
        Err(error) => {
            let text = error.to_string();
            let OpenError::Damaged {
                newest_good_copy, ..
            } = error
            else {
                panic!("{name}: {text}");
            };
            assert_eq!(newest_good_copy.as_ref(), Some(&good), "{name}");
            let names = [FILE_NAME, "gigawatch-2026-11-21.sqlite"];
            assert!(names.iter().all(|n| text.contains(n)), "{name}: {text}");
        }
        Ok(_) => panic!("{name}: a damaged file was opened"),
    }
    let damaged = fs::read(&path).unwrap();
    let restored = store::restore(&good, folder.path(), at()).unwrap();
    let aside = restored.replaced.unwrap();
    assert_eq!(fs::read(aside).unwrap(), damaged, "{name}: kept as it was");
    let store = open(folder.path());
    assert_eq!(store.load_book().unwrap(), book, "{name}");
    assert_eq!(store.check().unwrap(), Vec::<String>::new());
}

#[test]
fn a_damaged_file_is_named_with_the_newest_good_copy() {
    let overwrite = |path: &Path, from: u64, bytes: usize| {
        let mut file = File::options().write(true).open(path).unwrap();
        file.seek(SeekFrom::Start(from)).unwrap();
        file.write_all(&vec![0xa5; bytes]).unwrap();
    };
    check_damage("no header", |path| overwrite(path, 0, 100));
    check_damage("schema", |path| overwrite(path, 100, 3000));
    check_damage("pages", |path| overwrite(path, 40_960, 40_960));
    check_damage("emptied", |path| fs::write(path, "").unwrap());
    check_damage("text", |path| fs::write(path, "lost + found").unwrap());
    check_damage("truncated", |path| {
        let length = fs::metadata(path).unwrap().len();
        let file = File::options().write(true).open(path).unwrap();
        file.set_len(length / 2).unwrap();
    });
    check_damage("cut within a page", |path| {
        let length = fs::metadata(path).unwrap().len();
        let file = File::options().write(true).open(path).unwrap();
        file.set_len(length - 1000).unwrap();
    });
}

#[test]
fn a_damaged_file_without_copies_says_so() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join(FILE_NAME), "lost + found").unwrap();
    let error = Store::open(folder.path(), at()).unwrap_err();
    assert!(error.to_string().contains("no good backup"), "{error}");
}

#[test]
fn what_should_never_be_there_is_found_by_check() {
    let check = |sql: &str, expected: &str| {
        let folder = TempDir::new().unwrap();
        let mut store = open(folder.path());
        let prices = [batch(0, "a.csv", bars(10_000, 30, 10.0))];
        store.apply(&add_deal(), &prices, at()).unwrap();
        drop(store);
        tamper(
            folder.path(),
            &format!("PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON; {sql}"),
        );
        // Some of it is found at the door already.
        let problems = match Store::open(folder.path(), at()) {
            Ok(opened) => opened.store.check().unwrap().join("\n"),
            Err(error) => error.to_string(),
        };
        assert!(problems.contains(expected), "{sql}: {problems}");
    };
    check("DELETE FROM source", "refers to a missing source");
    check("DELETE FROM deal_source", "are not those of its text");
    check("UPDATE company SET body = '{}'", "damaged");
    check(
        "UPDATE deal SET body = json_set(body, '$.term_months', 'ten')",
        "the deal",
    );
    check("UPDATE price SET close = -1 WHERE day = 10003", "damaged");
    check(
        "UPDATE price SET series = 7",
        "30 prices belong to no instrument",
    );
    check("UPDATE price SET batch = 7", "30 prices belong to no batch");
    check(
        "UPDATE price_tally SET rows = 29",
        "counts of prices are not",
    );
    check(
        "INSERT INTO price_event VALUES (1, 'yahoo', 1, 'dividend', '-1', '1')",
        "1 splits or dividends are not above zero",
    );
    check(
        "INSERT INTO price_event VALUES (9, 'yahoo', 1, 'dividend', '1', '1')",
        "refers to a missing price_series",
    );
    check(
        "INSERT INTO price_event VALUES (1, 'yahoo', 1, 'dividend', '1 USD', '1')",
        "price series cannot be read",
    );
    check(
        "INSERT INTO fetch_attempt VALUES (1, 'then', '', '', 'yahoo', 'updated', '', 0, 0, NULL)",
        "attempt to fetch prices cannot be read",
    );
    check(
        "INSERT INTO price_shadow (owner, origin, day, close) VALUES (1, 2, 9, 1)",
        "1 replaced prices wait for days that have no price",
    );
    check(
        "UPDATE change_log SET forward = '[1]'",
        "change 1 in the log",
    );
    check(
        "INSERT INTO change_log VALUES (0, '', '', '[]', '[]', 'undone', '')",
        "changes that are done come after",
    );
}

#[test]
fn a_second_instance_reads_only_and_sees_what_the_first_confirms() {
    let folder = TempDir::new().unwrap();
    let mut writer = open(folder.path());
    let opened = Store::open(folder.path(), at()).unwrap();
    let mut reader = opened.store;
    assert!(matches!(reader.access(), Access::ReadOnly { .. }));
    assert!(opened.notices[0].contains("another Gigawatch"));
    let change = add_deal();
    let error = reader.apply(&change, &[], at()).unwrap_err();
    assert!(matches!(error, StoreError::ReadOnly(_)), "{error}");
    assert!(error.to_string().contains("another Gigawatch"), "{error}");
    assert!(reader.undo(at()).is_err());
    assert_eq!(reader.daily_backup(TODAY).unwrap(), None);
    assert_eq!(reader.load_book().unwrap(), start());
    writer.apply(&change, &[], at()).unwrap();
    assert_eq!(reader.load_book().unwrap(), writer.load_book().unwrap());
    assert!(matches!(
        store::restore(Path::new("nowhere"), folder.path(), at()),
        Err(OpenError::Failed { .. })
    ));
    drop(writer);
    // The writer is gone, and the next to open is the writer.
    assert_eq!(open(folder.path()).access(), &Access::ReadWrite);
    assert_eq!(reader.load_book().unwrap().deals().count(), 1);
}

#[test]
fn a_folder_that_cannot_be_used_is_named() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "").unwrap();
    for path in [file.clone(), file.join("below")] {
        let error = Store::open(&path, at()).unwrap_err();
        assert!(matches!(error, OpenError::Folder { .. }), "{error}");
        assert!(error.to_string().contains("--data-dir"), "{error}");
    }
}

#[test]
fn what_stands_in_the_way_of_the_file_or_its_lock_is_no_panic() {
    let folder = TempDir::new().unwrap();
    fs::create_dir(folder.path().join(FILE_NAME)).unwrap();
    assert!(Store::open(folder.path(), at()).is_err());

    // A lock that cannot be had leaves a book to read.
    let folder = TempDir::new().unwrap();
    drop(open(folder.path()));
    fs::remove_file(folder.path().join(store::LOCK_NAME)).unwrap();
    fs::create_dir(folder.path().join(store::LOCK_NAME)).unwrap();
    let opened = Store::open(folder.path(), at()).unwrap();
    assert!(matches!(opened.store.access(), Access::ReadOnly { .. }));
    assert_eq!(opened.store.load_book().unwrap(), start());
}

#[cfg(unix)]
#[expect(clippy::print_stderr, reason = "a skipped test says so")]
#[test]
fn a_read_only_folder_gives_a_book_to_read_and_a_message() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("a folder? 100% #1");
    drop(open(&path));
    let allow = |path: &Path, mode| {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    };
    allow(&path, 0o555);
    if File::create(path.join("probe")).is_ok() {
        allow(&path, 0o755);
        eprintln!("skipped: this user may write anywhere");
        return;
    }
    // With the lock file there, and without.
    for name in ["", store::LOCK_NAME] {
        if !name.is_empty() {
            allow(&path, 0o755);
            fs::remove_file(path.join(name)).unwrap();
            allow(&path, 0o555);
        }
        let opened = Store::open(&path, at()).unwrap();
        let mut store = opened.store;
        assert!(opened.notices[0].contains("cannot be written"));
        assert_eq!(store.load_book().unwrap(), start());
        assert!(store.apply(&add_deal(), &[], at()).is_err());
        assert_eq!(store.load_book().unwrap(), start());
        assert_eq!(store.check().unwrap(), Vec::<String>::new());
    }
    // A file that is read-only in a folder that is not.
    allow(&path, 0o755);
    allow(&path.join(FILE_NAME), 0o444);
    let opened = Store::open(&path, at()).unwrap();
    assert!(matches!(opened.store.access(), Access::ReadOnly { .. }));
    assert_eq!(opened.store.load_book().unwrap(), start());
    drop(opened);
    // No book and no way to make one.
    fs::remove_file(path.join(FILE_NAME)).unwrap();
    allow(&path, 0o555);
    let error = Store::open(&path, at()).unwrap_err();
    assert!(matches!(error, OpenError::Folder { .. }), "{error}");
    allow(&path, 0o755);
}

/// Not a test of its own: changes the book in a folder until a write fails.
/// The message must say that nothing was changed, and it must be true.
#[expect(clippy::print_stdout, reason = "what the parent reads")]
#[test]
fn child_until_full() {
    let Some(folder) = std::env::var_os("GIGAWATCH_FULL_FOLDER") else {
        return;
    };
    let mut store = open(Path::new(&folder));
    for n in 0..10_000 {
        let before = (store.load_book().unwrap(), store.load_prices().unwrap());
        let prices = [batch(0, "a.csv", bars(n * 100, 500, 10.0))];
        let Err(error) = store.apply(&add_deal(), &prices, at()) else {
            continue;
        };
        let text = error.to_string();
        assert!(
            text.to_lowercase().contains("nothing was changed"),
            "{text}"
        );
        let after = (store.load_book().unwrap(), store.load_prices().unwrap());
        assert!(before == after, "half of a change is in the book");
        assert_eq!(store.check().unwrap(), Vec::<String>::new());
        println!("\nrefused {n}: {text}");
        return;
    }
    panic!("the disk is not full");
}

#[cfg(unix)]
#[test]
fn a_write_that_fails_gives_a_message_and_loses_nothing() {
    let folder = TempDir::new().unwrap();
    drop(open(folder.path()));
    // A process that may not write files beyond 512 kB, and is told so by an
    // error rather than by a signal.
    let output = std::process::Command::new("sh")
        .arg("-c")
        .arg("trap '' XFSZ; ulimit -f 1000; exec \"$0\" --exact store_damage::child_until_full --nocapture")
        .arg(std::env::current_exe().unwrap())
        .env("GIGAWATCH_FULL_FOLDER", folder.path())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}");
    let refused = said.lines().find_map(|line| line.strip_prefix("refused "));
    let confirmed: usize = refused.unwrap().split(':').next().unwrap().parse().unwrap();
    assert!(confirmed > 0, "{said}");

    let mut store = open(folder.path());
    assert_eq!(store.check().unwrap(), Vec::<String>::new());
    let mut undone = 0;
    while store.undo(at()).unwrap().is_some() {
        undone += 1;
    }
    assert_eq!(undone, confirmed, "what was confirmed, and nothing else");
}

#[test]
fn daily_copies_are_one_a_day_and_the_newest_ten() {
    let folder = TempDir::new().unwrap();
    let mut store = open(folder.path());
    store.apply(&add_deal(), &[], at()).unwrap();
    let backups = store::backup_folder(folder.path());
    fs::create_dir(&backups).unwrap();
    let kept = "gigawatch-v1-before-migration-2020-01-01T000000Z.sqlite";
    let asked = "gigawatch-2019-05-04-101112.sqlite";
    for name in [kept, asked, "notes.txt", "gigawatch-2020-13-01.sqlite"] {
        fs::write(backups.join(name), "").unwrap();
    }
    for n in 1..=12 {
        let day = date(2026, 11, n);
        assert!(store.daily_backup(day).unwrap().is_some());
        assert_eq!(store.daily_backup(day).unwrap(), None);
    }
    let listed = list_backups(folder.path()).unwrap();
    let days: Vec<Date> = listed.iter().map(|backup| backup.day).collect();
    let expected: Vec<Date> = (3..=12).rev().map(|n| date(2026, 11, n)).collect();
    assert_eq!(days[..10], expected);
    assert_eq!(listed.len(), 12, "only daily copies are let go");
    assert_eq!(listed[10].kind, BackupKind::BeforeMigration(1));
    assert_eq!(listed[11].kind, BackupKind::Asked);
    // One file each, readable as it stands, nothing else left in the folder.
    assert_eq!(file_names(&backups).len(), 14);
    store::verify_copy(&listed[0].path).unwrap();
    assert_eq!(file_names(&backups).len(), 14);
    let copy = TempDir::new().unwrap();
    fs::copy(&listed[0].path, copy.path().join(FILE_NAME)).unwrap();
    assert_eq!(
        open(copy.path()).load_book().unwrap(),
        store.load_book().unwrap()
    );
}

#[test]
fn a_copy_never_overwrites() {
    let folder = TempDir::new().unwrap();
    let store = open(folder.path());
    let path = folder.path().join("copy.sqlite");
    store.backup_to(&path).unwrap();
    let error = store.backup_to(&path).unwrap_err();
    assert!(matches!(error, StoreError::Exists(_)), "{error}");
    let nowhere = folder.path().join("nowhere/copy.sqlite");
    assert!(matches!(
        store.backup_to(&nowhere),
        Err(StoreError::Failed { .. })
    ));
}

/// A book with a deal, its backup, and then a note.
fn with_backup() -> (TempDir, PathBuf, Store) {
    let folder = TempDir::new().unwrap();
    let mut store = open(folder.path());
    store.apply(&add_deal(), &[], at()).unwrap();
    let backup = store.daily_backup(TODAY).unwrap().unwrap();
    let note = Change::new("add note", vec![Op::put(note(0, 0, "Later"))]);
    store.apply(&note, &[], at()).unwrap();
    (folder, backup, store)
}

#[test]
fn restoring_moves_the_book_aside() {
    let (folder, backup, store) = with_backup();
    let later = store.load_book().unwrap();
    let error = store::restore(&backup, folder.path(), at()).unwrap_err();
    assert!(matches!(error, OpenError::InUse { .. }), "{error}");
    drop(store);
    let restored = store::restore(&backup, folder.path(), at()).unwrap();
    let store = open(folder.path());
    assert_eq!(store.load_book().unwrap().notes().count(), 0);
    assert_eq!(store.undo_label().unwrap().as_deref(), Some("add deal"));
    drop(store);
    // And the way back: what was replaced is a copy like any other.
    let replaced = restored.replaced.unwrap();
    let soon = "2026-11-21T10:15:01Z".parse().unwrap();
    store::restore(&replaced, folder.path(), soon).unwrap();
    assert_eq!(open(folder.path()).load_book().unwrap(), later);
}

#[test]
fn a_bad_copy_is_not_restored() {
    let (folder, backup, store) = with_backup();
    let book = store.load_book().unwrap();
    drop(store);
    let mut bytes = Vec::new();
    File::open(&backup)
        .unwrap()
        .read_to_end(&mut bytes)
        .unwrap();
    bytes[20_480..40_960].fill(0xa5);
    fs::write(&backup, bytes).unwrap();
    let error = store::restore(&backup, folder.path(), at()).unwrap_err();
    assert!(error.to_string().contains("2026-11-21"), "{error}");
    assert_eq!(open(folder.path()).load_book().unwrap(), book);
}

#[test]
fn an_interrupted_restore_is_ended_at_the_next_start() {
    let (folder, backup, store) = with_backup();
    let later = store.load_book().unwrap();
    drop(store);
    let incoming = folder.path().join("gigawatch.sqlite.restoring");
    // Interrupted before the book was moved: nothing happened.
    fs::copy(&backup, &incoming).unwrap();
    let opened = Store::open(folder.path(), at()).unwrap();
    assert_eq!(opened.notices.len(), 1);
    assert_eq!(opened.store.load_book().unwrap(), later);
    drop(opened);
    assert!(!incoming.exists());
    // Interrupted after: the backup takes its place, and a log left behind
    // does not meet it.
    fs::copy(&backup, &incoming).unwrap();
    fs::rename(
        folder.path().join(FILE_NAME),
        folder.path().join("gigawatch.sqlite.replaced-x"),
    )
    .unwrap();
    fs::write(folder.path().join("gigawatch.sqlite-wal"), "old log").unwrap();
    let opened = Store::open(folder.path(), at()).unwrap();
    assert!(!opened.is_new);
    assert!(opened.notices[0].contains("now complete"));
    assert_eq!(opened.store.load_book().unwrap().notes().count(), 0);
}

#[test]
fn a_missing_book_with_backups_starts_anew_and_says_so() {
    let (folder, _, store) = with_backup();
    drop(store);
    fs::remove_file(folder.path().join(FILE_NAME)).unwrap();
    let opened = Store::open(folder.path(), at()).unwrap();
    assert!(opened.is_new);
    assert!(opened.notices[0].contains("gigawatch-2026-11-21.sqlite"));
}
