//! Many turns: quiet over runs and starts, dead networks, lanes side by side,
//! stopping.

use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

use gigawatch::fetch::{
    Answer, Cancel, Due, Fetcher, Gates, NetError, Progress, Request, Setup, World,
};
use gigawatch::model::{Outcome, Provider, Quiet};
use jiff::{SignedDuration, Timestamp};

use crate::fetch_fake::{
    FakeWorld, Reply, bitcoin, coinbase, fetcher, id, json, nasdaq, retry_after, run, run_until,
    status, stock, stored, timed_out, unreachable, yahoo,
};

/// Friday evening in New York, after the close.
const EVENING: &str = "2026-11-20T22:00:00Z";
const WEEK: [(&str, f64); 5] = [
    ("2026-11-16", 10.0),
    ("2026-11-17", 10.1),
    ("2026-11-18", 10.2),
    ("2026-11-19", 10.3),
    ("2026-11-20", 10.4),
];

/// A share with Yahoo's closes up to Wednesday.
fn until_wednesday(number: u128, symbol: &str) -> Due {
    stored(stock(number, symbol), "yahoo", &WEEK[..3])
}

fn limited() -> Reply {
    status(429, "Too Many Requests")
}

#[test]
fn nobody_asks_within_the_quiet_time() {
    let world = FakeWorld::new(EVENING);
    world.script(
        "yahoo",
        [yahoo("A", &WEEK, ""), retry_after(limited(), "3600")],
    );
    world.script("nasdaq", [nasdaq("X", &WEEK)]);
    let dues = || {
        (1..=6)
            .map(|n| until_wednesday(n, "IREN"))
            .collect::<Vec<_>>()
    };
    let first = fetcher(&world);
    let told = run(&first, dues());
    assert_eq!(told.done.len(), 6);
    // One answer, one refusal; four instruments were not asked for there.
    assert_eq!(world.asked("yahoo").len(), 2);
    assert_eq!(world.asked("nasdaq").len(), 5);
    let quiet = told.attempts();
    let quiet = quiet
        .iter()
        .filter(|text| *text == "yahoo quiet: not asked: it wants quiet");
    assert_eq!(quiet.count(), 4);
    // Neither the next run nor the next start asks.
    run(&first, dues());
    let next: Arc<dyn World> = Arc::<FakeWorld>::clone(&world);
    let next = Fetcher::new(next, Setup::default(), &told.quiet);
    run(&next, dues());
    assert_eq!(world.asked("yahoo").len(), 2);
    world.advance(SignedDuration::from_hours(1));
    world.script("yahoo", [yahoo("IREN", &WEEK, "")]);
    run(&next, dues());
    assert_eq!(world.asked("yahoo").len(), 8);
    assert!(world.pauses("yahoo").iter().all(|pause| *pause >= 1.0));
}

#[test]
fn a_quiet_time_is_never_longer_than_a_day() {
    let world = FakeWorld::new(EVENING);
    world.script("yahoo", [yahoo("IREN", &WEEK, "")]);
    let quiet = Quiet {
        provider: Provider::Yahoo,
        until: "2036-01-01T00:00:00Z".parse().unwrap(),
    };
    let outside: Arc<dyn World> = Arc::<FakeWorld>::clone(&world);
    let fetcher = Fetcher::new(outside, Setup::default(), &[quiet]);
    world.advance(SignedDuration::from_hours(24));
    run(&fetcher, vec![until_wednesday(1, "IREN")]);
    assert_eq!(world.asked("yahoo").len(), 1);
}

#[test]
fn a_dead_network_ends_soon() {
    let check = |failure: fn() -> Reply, outcome: Outcome, most: usize| {
        let world = FakeWorld::new(EVENING);
        world.script("https", [failure()]);
        let mut dues: Vec<Due> = (1..=16).map(|n| until_wednesday(n, "IREN")).collect();
        dues.push(bitcoin());
        let told = run(&fetcher(&world), dues);
        assert_eq!(told.done.len(), 17);
        let attempts: Vec<_> = told.done.iter().flat_map(|done| &done.attempts).collect();
        assert_eq!(attempts.len(), 34);
        assert!(attempts.iter().all(|attempt| attempt.outcome == outcome));
        let given_up = |detail: &str| detail.ends_with("not asked again in this refresh");
        let given_up = attempts.iter().filter(|attempt| given_up(&attempt.detail));
        assert_eq!(given_up.count(), 28);
        assert!(world.urls().len() <= most, "{}", world.urls().len());
        let took = world.now().duration_since(EVENING.parse().unwrap());
        assert!(took < SignedDuration::from_secs(30), "{took}");
    };
    // Three to each host of shares, two to each of coins.
    check(unreachable, Outcome::Unreachable, 10);
    check(timed_out, Outcome::TimedOut, 10);
}

#[test]
fn stopping_ends_what_runs_and_leaves_the_rest() {
    let world = FakeWorld::new(EVENING);
    world.script("yahoo", [yahoo("IREN", &WEEK, "")]);
    let cancel = Cancel::default();
    world.stop_at("RIOT", &cancel);
    let dues = vec![
        until_wednesday(1, "IREN"),
        until_wednesday(2, "RIOT"),
        until_wednesday(3, "MARA"),
    ];
    let told = run_until(&fetcher(&world), dues, &cancel);
    assert_eq!(told.began, [id(1), id(2)]);
    assert!(told.of(id(1)).fetched.is_some());
    let stopped = told.of(id(2));
    assert_eq!(stopped.attempts.len(), 1);
    assert_eq!(stopped.attempts[0].outcome, Outcome::Cancelled);
    assert_eq!(stopped.attempts[0].detail, "stopped");
    assert_eq!(world.urls().len(), 2);
    let told = run_until(&fetcher(&world), vec![until_wednesday(1, "IREN")], &cancel);
    assert!(told.began.is_empty() && told.done.is_empty());
}

#[test]
fn refreshes_that_follow_each_other_keep_the_manners() {
    let world = FakeWorld::new(EVENING);
    world.script(
        "yahoo",
        [yahoo("A", &WEEK, ""), yahoo("A", &WEEK, ""), limited()],
    );
    world.script("nasdaq", [nasdaq("X", &WEEK)]);
    let gates = Gates::default();
    // As the window does: a fetcher a refresh, with what the store knows of quiet.
    for number in 1..=4 {
        let outside: Arc<dyn World> = Arc::<FakeWorld>::clone(&world);
        let fetcher = Fetcher::through(gates.clone(), outside, Setup::default(), &[]);
        run(&fetcher, vec![until_wednesday(number, "IREN")]);
    }
    let pauses = world.pauses("yahoo");
    // The fourth refresh was within the quiet time that the third was told.
    assert_eq!(pauses.len(), 2);
    assert!(pauses.iter().all(|pause| *pause >= 1.0), "{pauses:?}");
}

/// A world in which Yahoo does not answer before `open` is told.
struct Held {
    inside: Arc<FakeWorld>,
    open: Mutex<bool>,
    opened: Condvar,
}

impl World for Held {
    fn now(&self) -> Timestamp {
        self.inside.now()
    }

    fn wait(&self, span: Duration, cancel: &Cancel) -> bool {
        self.inside.wait(span, cancel)
    }

    fn chance(&self) -> f64 {
        0.0
    }

    fn get(&self, request: &Request, cancel: &Cancel) -> Result<Answer, NetError> {
        if request.url.contains("yahoo") {
            let open = self.open.lock().unwrap();
            let patience = Duration::from_secs(20);
            let waited = self
                .opened
                .wait_timeout_while(open, patience, |open| !*open);
            assert!(
                !waited.unwrap().1.timed_out(),
                "the other lane waited for this one"
            );
        }
        self.inside.get(request, cancel)
    }
}

#[test]
fn lanes_do_not_wait_for_each_other() {
    let inside = FakeWorld::new(EVENING);
    inside.script("yahoo", [yahoo("IREN", &WEEK, "")]);
    inside.script("coinbase", [coinbase(&[("2026-11-19", 9.0)]), json("[]")]);
    let held = Arc::new(Held {
        inside,
        open: Mutex::new(false),
        opened: Condvar::new(),
    });
    let outside: Arc<dyn World> = Arc::<Held>::clone(&held);
    let fetcher = Fetcher::new(outside, Setup::default(), &[]);
    let order = Mutex::new(Vec::new());
    let dues = vec![until_wednesday(1, "IREN"), bitcoin()];
    fetcher.run(dues, &Cancel::default(), &|progress| {
        if let Progress::Done(done) = progress {
            order.lock().unwrap().push(done.instrument);
            // Only when the coin is over may the share be answered.
            *held.open.lock().unwrap() = true;
            held.opened.notify_all();
        }
    });
    assert_eq!(*order.lock().unwrap(), [id(99), id(1)]);
}
