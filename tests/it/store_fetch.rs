//! Fetched prices on disk: what they replace, what stays the user's own through
//! every undo and redo.

use std::collections::{BTreeMap, BTreeSet};

use gigawatch::model::feed::Extent;
use gigawatch::model::instrument::Instrument;
use gigawatch::model::{
    Bar, Change, Feed, Fetched, InstrumentId, Jump, Provider, Record, RecordKind, Series,
};
use gigawatch::store::{PriceBatch, Store, Stored};
use jiff::SignedDuration;
use tempfile::TempDir;

use super::store_script::{at, batch, day, id, instrument, open};

/// Closes by number of the day.
pub type Closes<'a> = &'a [(i64, f64)];

/// The instrument `AAA` of the scripts' book.
pub fn aaa() -> InstrumentId {
    InstrumentId(id(RecordKind::Instrument, 0))
}

/// Bars of which only the close is known.
pub fn series(closes: Closes<'_>) -> Series {
    let bars = closes.iter().map(|(n, close)| Bar::close(day(*n), *close));
    Series::new(bars.collect()).unwrap()
}

/// What Yahoo gave for `AAA`.
pub fn fetched(extent: Extent, closes: Closes<'_>) -> Fetched {
    Fetched {
        instrument: aaa(),
        provider: Provider::Yahoo,
        at: at(),
        bars: series(closes),
        events: Vec::new(),
        live: None,
        extent,
        question: None,
    }
}

/// What Yahoo gave for some days of `AAA`.
pub fn days(closes: Closes<'_>) -> Fetched {
    fetched(Extent::Days, closes)
}

/// Keeps a fetch; the file must be sound afterwards.
pub fn put(store: &mut Store, fetched: &Fetched) -> Stored {
    let stored = store.put_fetched(fetched, &[]).unwrap();
    assert_eq!(stored.series, store.load_series("AAA").unwrap());
    assert_eq!(store.check().unwrap(), Vec::<String>::new());
    stored
}

fn import(store: &mut Store, closes: Closes<'_>) {
    let batch = batch(0, "a.csv", series(closes));
    let change = Change::new("import", Vec::new());
    store.apply(&change, &[batch], at()).unwrap();
}

/// The closes of `AAA` in sight.
pub fn closes(store: &Store) -> Vec<(i64, f64)> {
    let series = store.load_series("AAA").unwrap().unwrap_or_default();
    let number = |bar: &Bar| bar.day.duration_since(day(0)).as_hours() / 24;
    let bars = series.bars().iter();
    bars.map(|bar| (number(bar), bar.close)).collect()
}

/// What is known of `AAA`.
pub fn feed(store: &Store) -> Feed {
    let feeds = store.load_feeds(at()).unwrap();
    feeds.get(aaa()).cloned().unwrap_or_default()
}

/// Who gave how many bars of `AAA`.
pub fn rows_by(store: &Store) -> Vec<(String, usize)> {
    feed(store).rows_by.into_iter().collect()
}

/// One step of a small story.
enum Do<'a> {
    Import(Closes<'a>),
    Fetch(Extent, Closes<'a>),
    Undo,
    Redo,
}

use Do::{Fetch, Import, Redo, Undo};
use Extent::{Days, Everything, FromFirst};

/// Runs a story in a new file and compares the closes at its end, also after
/// the file was opened again.
fn check(story: &[Do<'_>], expected: Closes<'_>) {
    let folder = TempDir::new().unwrap();
    let mut store = open(folder.path());
    for step in story {
        match step {
            Import(closes) => import(&mut store, closes),
            Fetch(extent, closes) => drop(put(&mut store, &fetched(*extent, closes))),
            Undo => assert!(store.undo(at()).unwrap().is_some()),
            Redo => assert!(store.redo(at()).unwrap().is_some()),
        }
        assert_eq!(store.check().unwrap(), Vec::<String>::new());
        let known = feed(&store).rows_by.values().sum::<usize>();
        assert_eq!(known, closes(&store).len());
    }
    assert_eq!(closes(&store), expected);
    drop(store);
    assert_eq!(closes(&open(folder.path())), expected);
}

#[test]
fn an_extent_says_what_else_stays() {
    let old: Closes<'_> = &[(1, 1.0), (2, 2.0), (3, 3.0), (4, 4.0)];
    let new: Closes<'_> = &[(2, 20.0), (3, 30.0), (5, 50.0)];
    let check = |extent, expected| check(&[Fetch(Days, old), Fetch(extent, new)], expected);
    check(Days, &[(1, 1.0), (2, 20.0), (3, 30.0), (4, 4.0), (5, 50.0)]);
    check(FromFirst, &[(1, 1.0), (2, 20.0), (3, 30.0), (5, 50.0)]);
    check(Everything, new);
    // Nothing is no reason to remove anything.
    for extent in [Days, FromFirst, Everything] {
        super::store_fetch::check(&[Fetch(Days, old), Fetch(extent, &[])], old);
    }
}

#[test]
fn the_users_own_days_stay_under_every_extent() {
    let own: Closes<'_> = &[(2, 2.0), (9, 9.0)];
    let new: Closes<'_> = &[(1, 10.0), (2, 20.0), (3, 30.0)];
    let all: Closes<'_> = &[(1, 10.0), (2, 2.0), (3, 30.0), (9, 9.0)];
    for extent in [Days, FromFirst, Everything] {
        check(&[Import(own), Fetch(extent, new)], all);
        // Taken back, they uncover what was fetched.
        check(&[Import(own), Fetch(extent, new), Undo], new);
        check(&[Import(own), Fetch(extent, new), Undo, Redo], all);
        check(&[Import(own), Undo, Fetch(extent, new), Redo], all);
        check(&[Import(own), Undo, Fetch(extent, new), Redo, Undo], new);
    }
    // Also through imports over imports.
    let second: Closes<'_> = &[(2, 2.5), (3, 3.5)];
    let both = [Import(own), Import(second), Fetch(Everything, new)];
    check(&both, &[(1, 10.0), (2, 2.5), (3, 3.5), (9, 9.0)]);
    let [a, b, c] = both;
    check(&[a, b, c, Undo], all);
    let story = [Import(own), Import(second), Fetch(Days, new), Undo, Undo];
    check(&story, new);
}

#[test]
fn no_close_from_before_a_restatement_comes_back() {
    let old: Closes<'_> = &[(1, 100.0), (2, 102.0), (3, 104.0), (4, 106.0)];
    let own: Closes<'_> = &[(1, 7.0), (3, 7.0)];
    // A split: every close is a tenth; the first day is not given any more.
    let new: Closes<'_> = &[(2, 10.2), (3, 10.4), (4, 10.6)];
    let story = |extent| [Fetch(Days, old), Import(own), Fetch(extent, new), Undo];
    check(&story(Everything), new);
    // What is earlier than the first of these days is not of the extent.
    let kept: Closes<'_> = &[(1, 100.0), (2, 10.2), (3, 10.4), (4, 10.6)];
    check(&story(FromFirst), kept);
    check(&story(Days), kept);
    // Nothing new was given for an own day: what waited there still does.
    check(
        &[
            Fetch(Days, old),
            Import(own),
            Fetch(Days, &[(4, 6.0), (5, 5.0)]),
            Undo,
        ],
        &[(1, 100.0), (2, 102.0), (3, 104.0), (4, 6.0), (5, 5.0)],
    );
    // Redo and undo again: the import still covers the new ones.
    check(
        &[
            Fetch(Days, old),
            Import(own),
            Undo,
            Fetch(Everything, new),
            Redo,
            Fetch(Everything, &[(2, 1.1), (3, 1.2)]),
            Undo,
        ],
        &[(2, 1.1), (3, 1.2)],
    );
}

#[test]
fn other_days_fetched_meanwhile_do_not_mind_an_undo() {
    check(
        &[
            Import(&[(1, 1.0), (2, 2.0)]),
            Fetch(Days, &[(3, 3.0), (4, 4.0)]),
            Undo,
        ],
        &[(3, 3.0), (4, 4.0)],
    );
    check(
        &[
            Fetch(Days, &[(1, 1.0)]),
            Import(&[(1, 5.0), (2, 5.0)]),
            Undo,
            Fetch(Days, &[(2, 2.0), (3, 3.0)]),
            Redo,
            Undo,
        ],
        &[(1, 1.0), (2, 2.0), (3, 3.0)],
    );
}

#[test]
fn a_fetch_is_no_change_and_drops_nothing_undone() {
    let folder = TempDir::new().unwrap();
    let mut store = open(folder.path());
    import(&mut store, &[(1, 1.0)]);
    store.undo(at()).unwrap();
    put(&mut store, &days(&[(1, 2.0)]));
    assert_eq!(store.undo_label().unwrap(), None);
    assert_eq!(store.redo_label().unwrap().as_deref(), Some("import"));
    assert_eq!(store.providers_of_last_bars().unwrap(), ["yahoo"]);
    store.redo(at()).unwrap();
    assert_eq!(store.providers_of_last_bars().unwrap(), ["file"]);
    let origins = store.price_origins("AAA").unwrap();
    assert_eq!(origins[0].file.as_deref(), Some("a.csv"));
}

#[test]
fn a_typed_close_is_the_users_own() {
    let folder = TempDir::new().unwrap();
    let mut store = open(folder.path());
    put(&mut store, &days(&[(1, 1.0), (2, 2.0), (3, 3.0)]));
    let typed = PriceBatch {
        instrument: aaa(),
        provider: "typed".to_owned(),
        file: None,
        bars: series(&[(2, 2.2)]),
    };
    let change = Change::new("close of AAA", Vec::new());
    store.apply(&change, &[typed], at()).unwrap();
    import(&mut store, &[(3, 3.3), (4, 4.0)]);
    let new = days(&[(1, 1.0), (2, 2.0), (3, 3.0), (4, 4.0), (5, 5.0)]);
    // The close of day 4 is the same, so only two stand against others.
    let stored = put(&mut store, &new);
    assert_eq!((stored.changed, stored.kept_own), (true, 2));
    let known = feed(&store);
    assert_eq!(known.own, BTreeSet::from([day(2), day(3), day(4)]));
    let by = |by: &str, n| (by.to_owned(), n);
    assert_eq!(
        rows_by(&store),
        [by("file", 2), by("typed", 1), by("yahoo", 2)]
    );
    assert_eq!(known.last_by.as_deref(), Some("yahoo"));
    assert_eq!(known.last_of, BTreeMap::from([(Provider::Yahoo, day(5))]));
    // Nothing is new to the layer below either.
    let again = put(&mut store, &new);
    assert_eq!((again.changed, again.kept_own), (false, 2));
    store.undo(at()).unwrap();
    store.undo(at()).unwrap();
    assert_eq!(feed(&store).own, BTreeSet::new());
    assert_eq!(rows_by(&store), [by("yahoo", 5)]);
}

#[test]
fn what_says_nothing_new_is_not_written() {
    let folder = TempDir::new().unwrap();
    let mut store = open(folder.path());
    let full = Bar {
        adjusted: Some(0.9),
        open: Some(1.1),
        high: Some(1.2),
        low: Some(0.8),
        volume: Some(500.0),
        ..Bar::close(day(1), 1.0)
    };
    let with = |extent, provider, bar: Bar| Fetched {
        bars: Series::new(vec![bar]).unwrap(),
        provider,
        ..fetched(extent, &[])
    };
    let origins = |store: &Store| store.price_origins("AAA").unwrap();
    put(&mut store, &with(Days, Provider::Yahoo, full));
    let before = origins(&store);
    let later = at() + SignedDuration::from_hours(1);
    let mut check = |extent, bar: Bar, expected: Bar| {
        let mut fetched = with(extent, Provider::Nasdaq, bar);
        fetched.at = later;
        let stored = put(&mut store, &fetched);
        let is_new = expected != full;
        assert_eq!(stored.changed, is_new);
        assert_eq!(stored.series.unwrap().bars(), [expected]);
        assert_eq!(feed(&store).fetched_at, Some(later));
        let last_of = feed(&store).last_of;
        if is_new {
            assert_eq!(last_of, BTreeMap::from([(Provider::Nasdaq, day(1))]));
            put(&mut store, &with(Everything, Provider::Yahoo, full));
        } else {
            assert_eq!(last_of, BTreeMap::from([(Provider::Yahoo, day(1))]));
            assert_eq!(origins(&store), before);
        }
        assert_eq!(origins(&store).len(), 1);
    };
    let close = Bar::close(day(1), 1.0);
    let open = Bar {
        adjusted: full.adjusted,
        open: Some(1.05),
        ..close
    };
    // The same, fewer values, no adjusted close though the volume is another.
    check(Days, full, full);
    check(Days, close, full);
    let volume = Some(7.0);
    check(FromFirst, Bar { volume, ..close }, full);
    check(Everything, full, full);
    // Another value; another close; all of a new footing.
    check(Days, open, open);
    let restated = Bar::close(day(1), 1.5);
    check(Days, restated, restated);
    check(Everything, close, close);
}

#[test]
fn a_close_in_cents_takes_no_place() {
    let penny: Closes<'_> = &[(1, 0.3049), (2, 0.315)];
    let cents: Closes<'_> = &[(1, 0.30), (2, 0.32), (3, 0.31)];
    let kept: Closes<'_> = &[(1, 0.3049), (2, 0.315), (3, 0.31)];
    check(&[Fetch(Days, penny), Fetch(Days, cents)], kept);
    check(&[Fetch(Days, penny), Fetch(FromFirst, cents)], kept);
    check(&[Fetch(Days, penny), Fetch(Everything, cents)], cents);
    check(
        &[Fetch(Days, cents), Fetch(Days, penny)],
        &[(1, 0.3049), (2, 0.315), (3, 0.31)],
    );
}

/// Where a fallback helped out, the first provider's adjusted closes come back.
#[test]
fn adjusted_closes_come_back_after_a_fallback() {
    let folder = TempDir::new().unwrap();
    let mut store = open(folder.path());
    let first = |closes: Closes<'_>| {
        let bars = closes.iter().map(|(n, close)| Bar {
            adjusted: Some(close * 0.9),
            ..Bar::close(day(*n), *close)
        });
        Fetched {
            bars: Series::new(bars.collect()).unwrap(),
            ..days(&[])
        }
    };
    let fallback = |closes: Closes<'_>| Fetched {
        provider: Provider::Nasdaq,
        ..days(closes)
    };
    put(&mut store, &first(&[(1, 5.0), (2, 5.125), (3, 5.25)]));
    put(&mut store, &fallback(&[(2, 5.12), (3, 5.25), (4, 5.5)]));
    put(
        &mut store,
        &first(&[(2, 5.125), (3, 5.25), (4, 5.5), (5, 5.6)]),
    );
    let series = store.load_series("AAA").unwrap().unwrap();
    let expected = first(&[(1, 5.0), (2, 5.125), (3, 5.25), (4, 5.5), (5, 5.6)]);
    assert_eq!(series, expected.bars);
    assert_eq!(rows_by(&store), [("yahoo".to_owned(), 5)]);
}

/// A history that ends at a question does not take away newer closes.
#[test]
fn what_is_stored_behind_a_question_stays() {
    let check = |extent: Extent, expected: Closes<'_>| {
        let folder = TempDir::new().unwrap();
        let mut store = open(folder.path());
        put(&mut store, &days(&[(1, 5.0), (2, 5.1), (3, 5.2), (4, 5.3)]));
        let jump = Jump {
            provider: Provider::Yahoo,
            day_before: day(2),
            before: 5.1,
            day: day(3),
            close: 520.0,
        };
        let cut = Fetched {
            question: Some(jump),
            ..fetched(extent, &[(0, 4.9), (2, 5.1)])
        };
        put(&mut store, &cut);
        assert_eq!(closes(&store), expected);
        assert_eq!(feed(&store).question, Some(jump));
    };
    check(FromFirst, &[(0, 4.9), (2, 5.1), (3, 5.2), (4, 5.3)]);
    // On another footing they mean nothing any more.
    check(Everything, &[(0, 4.9), (2, 5.1)]);
}

#[test]
fn a_live_bar_is_replaced_by_the_close_also_by_the_same_one() {
    let folder = TempDir::new().unwrap();
    let mut store = open(folder.path());
    let mut live = days(&[(1, 1.0), (2, 2.0)]);
    live.live = Some(day(2));
    assert!(put(&mut store, &live).changed);
    assert_eq!(feed(&store).live, Some(day(2)));
    assert!(!put(&mut store, &live).changed);
    // Imported over, it waits; taken back, it is live again.
    import(&mut store, &[(2, 9.0)]);
    assert_eq!(feed(&store).live, None);
    store.undo(at()).unwrap();
    assert_eq!(feed(&store).live, Some(day(2)));
    drop(store);
    let mut store = open(folder.path());
    assert_eq!(feed(&store).live, Some(day(2)));
    assert!(put(&mut store, &days(&[(2, 2.0)])).changed);
    assert_eq!(feed(&store).live, None);
    assert!(!put(&mut store, &days(&[(2, 2.0)])).changed);
}

#[test]
fn a_locked_instrument_keeps_all_it_has() {
    let folder = TempDir::new().unwrap();
    let mut store = open(folder.path());
    put(&mut store, &days(&[(1, 1.0), (2, 2.0)]));
    let Record::Instrument(plain) = instrument(0, "AAA") else {
        panic!("another record");
    };
    let locked = Instrument {
        locked: true,
        ..plain
    };
    let lock = Change::put("lock", Record::Instrument(locked));
    store.apply(&lock, &[], at()).unwrap();
    let before = feed(&store);
    let mut new = fetched(Everything, &[(2, 2.5), (3, 3.0), (1, 1.0)]);
    new.live = Some(day(3));
    let stored = put(&mut store, &new);
    assert_eq!((stored.changed, stored.kept_own), (false, 2));
    assert_eq!(closes(&store), [(1, 1.0), (2, 2.0)]);
    assert_eq!(feed(&store), before);
    store.undo(at()).unwrap();
    assert!(put(&mut store, &new).changed);
}

#[test]
fn many_fetches_leave_no_trace_but_their_bars() {
    let folder = TempDir::new().unwrap();
    let mut store = open(folder.path());
    for n in 1..30 {
        let mut live = days(&[(n, n as f64), (n + 1, 0.5)]);
        live.live = Some(day(n + 1));
        put(&mut store, &live);
    }
    // Each day's last word is a batch of one bar, but for the newest's two.
    let origins = store.price_origins("AAA").unwrap();
    assert_eq!(origins.len(), 29);
    assert_eq!(origins[0].bars, 2);
    assert_eq!(feed(&store).live, Some(day(30)));
    put(&mut store, &fetched(Everything, &[(1, 1.0)]));
    assert_eq!(store.price_origins("AAA").unwrap().len(), 1);
}
