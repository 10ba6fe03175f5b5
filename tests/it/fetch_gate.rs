//! Manners towards a host: spacing, retries, `Retry-After`, quiet, giving up.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use gigawatch::fetch::gate::{Gate, Visit};
use gigawatch::fetch::verdict::Refusal;
use gigawatch::fetch::{Answer, BodyError, Cancel, NetError, Request, retry_after};
use gigawatch::model::{Outcome, Provider, Quiet};
use jiff::{SignedDuration, Timestamp};

use crate::fetch_fake::{FakeWorld, Reply, json, retry_after, status, timed_out, unreachable};

const NOON: &str = "2026-11-20T12:00:00Z";

/// A gate, what lies behind it, and what it said of quiet.
struct Setting {
    world: Arc<FakeWorld>,
    gate: Gate,
    cancel: Cancel,
    hushed: Mutex<Vec<Quiet>>,
}

impl Setting {
    fn new(provider: Provider, replies: impl IntoIterator<Item = Reply>) -> Self {
        let world = FakeWorld::new(NOON);
        world.script("/", replies);
        Self {
            world,
            gate: Gate::new(provider, None),
            cancel: Cancel::default(),
            hushed: Mutex::default(),
        }
    }

    /// A body is read as its own text; some texts are errors.
    fn ask(&self) -> Result<String, Refusal> {
        let visit = Visit {
            world: self.world.as_ref(),
            cancel: &self.cancel,
            hush: &|quiet| self.hushed.lock().unwrap().push(quiet),
        };
        let read = |body: &[u8]| match String::from_utf8(body.to_vec()).unwrap().as_str() {
            "limited" => Err(BodyError::Limited("slow down".to_owned())),
            "gone" => Err(BodyError::UnknownSymbol("no such symbol".to_owned())),
            "none" => Err(BodyError::NoData(String::new())),
            "key" => Err(BodyError::Denied("no such key".to_owned())),
            "words" => Err(BodyError::Text("words".to_owned())),
            "" => Err(BodyError::Empty),
            text => Ok(text.to_owned()),
        };
        self.gate
            .ask(&visit, &Request::get("https://host/".to_owned()), &read)
    }

    fn count(&self) -> usize {
        self.world.asked("/").len()
    }
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

#[test]
fn requests_are_spaced() {
    let check = |provider, least: f64, most: f64| {
        let setting = Setting::new(provider, [json("ok")]);
        for _ in 0..5 {
            assert_eq!(setting.ask().as_deref(), Ok("ok"));
        }
        let pauses = setting.world.pauses("/");
        assert_eq!(pauses.len(), 4);
        for pause in pauses {
            assert!((least..=most).contains(&pause), "{provider:?}: {pause}");
        }
    };
    check(Provider::Yahoo, 1.0, 1.7);
    check(Provider::Nasdaq, 1.0, 1.7);
    check(Provider::Tiingo, 1.0, 1.5);
    check(Provider::Ecb, 1.0, 1.5);
    check(Provider::Kraken, 1.0, 1.5);
    check(Provider::Coinbase, 0.2, 0.5);
    check(Provider::Bitstamp, 0.2, 0.5);
}

#[test]
fn threads_at_one_gate_wait_for_each_other() {
    let setting = Setting::new(Provider::Yahoo, [json("ok")]);
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| assert!(setting.ask().is_ok()));
        }
    });
    let pauses = setting.world.pauses("/");
    assert!(pauses.len() == 3 && pauses.iter().all(|pause| *pause >= 1.0));
}

#[test]
fn failures_that_may_pass_are_tried_again_with_growing_pauses() {
    let check = |failure: Reply, tries: usize, outcome: Outcome, detail: &str| {
        let setting = Setting::new(Provider::Coinbase, [failure]);
        let refusal = setting.ask().unwrap_err();
        assert_eq!(setting.count(), tries, "{detail}");
        assert_eq!(
            (refusal.outcome, refusal.detail.as_str()),
            (outcome, detail)
        );
        assert_eq!(refusal.next_try, None);
        let pauses = setting.world.pauses("/");
        let expected = [2.0..=2.7, 4.0..=5.2];
        for (pause, expected) in pauses.iter().zip(&expected) {
            assert!(expected.contains(pause), "{pause}");
        }
    };
    let broke_off = || Err(NetError::BrokeOff("end of file".to_owned()));
    let server = Outcome::ServerError;
    check(
        status(500, ""),
        3,
        server,
        "answered 500 Internal Server Error",
    );
    check(status(502, "words"), 3, server, "answered 502 Bad Gateway");
    check(
        broke_off(),
        3,
        Outcome::Unreachable,
        "broke off its answer (end of file)",
    );
    check(
        unreachable(),
        2,
        Outcome::Unreachable,
        "cannot be reached (no route)",
    );
    check(
        timed_out(),
        2,
        Outcome::TimedOut,
        "gave no whole answer within 30 s",
    );
    let setting = Setting::new(
        Provider::Coinbase,
        [broke_off(), status(503, ""), json("ok")],
    );
    assert_eq!(setting.ask().as_deref(), Ok("ok"));
    assert_eq!(setting.count(), 3);
}

#[test]
fn what_will_not_pass_is_not_tried_again() {
    let check = |reply: Reply, outcome: Outcome, detail: &str| {
        let setting = Setting::new(Provider::Tiingo, [reply]);
        let refusal = setting.ask().unwrap_err();
        assert_eq!(
            (refusal.outcome, refusal.detail.as_str()),
            (outcome, detail)
        );
        assert_eq!(setting.count(), 1);
        assert!(setting.hushed.lock().unwrap().is_empty());
    };
    let html = Ok(Answer {
        content_type: Some("Text/HTML; charset=utf-8".to_owned()),
        ..json("ok").unwrap()
    });
    let bad = Outcome::BadBody;
    check(html, bad, "answered with a web page instead of prices");
    check(json(""), bad, "answered with an empty body");
    check(
        json("gone"),
        Outcome::UnknownSymbol,
        "does not know the symbol: no such symbol",
    );
    check(
        status(404, "gone"),
        Outcome::UnknownSymbol,
        "does not know the symbol: no such symbol",
    );
    check(
        status(404, "words"),
        Outcome::UnknownSymbol,
        "answered 404 Not Found: “words”",
    );
    check(status(404, ""), bad, "answered 404 Not Found");
    check(status(404, "ok"), bad, "answered 404 Not Found");
    check(
        status(400, "none"),
        Outcome::NoData,
        "has no prices of those days",
    );
    check(status(304, ""), bad, "answered 304 Not Modified");
    check(
        status(401, "key"),
        Outcome::Denied,
        "refuses to answer: no such key",
    );
    check(
        status(401, "words"),
        Outcome::Denied,
        "answered 401 Unauthorized",
    );
    check(status(403, ""), Outcome::Denied, "answered 403 Forbidden");
    check(
        Err(NetError::TooLarge(64_000_000)),
        bad,
        "sent more than 64 MB",
    );
    check(
        Err(NetError::Insecure("http://host".to_owned())),
        bad,
        "leads to http://host, which is not encrypted",
    );
    check(Err(NetError::Cancelled), Outcome::Cancelled, "stopped");
}

#[test]
fn how_long_to_stay_away_is_read_in_both_forms() {
    let check = |text: &str, expected: Option<u64>| {
        let read = retry_after::read(text, at("2026-11-20T12:00:00Z"));
        assert_eq!(read, expected.map(Duration::from_secs), "{text}");
    };
    check("0", Some(0));
    check(" 120 ", Some(120));
    check("99999999999999999999999", Some(u64::from(u32::MAX)));
    check("Fri, 20 Nov 2026 12:30:00 GMT", Some(1800));
    check("Fri, 20 Nov 2026 11:30:00 GMT", Some(0));
    check("soon", None);
    check("-5", None);
    check("1.5", None);
    check("", None);
}

#[test]
fn asked_too_often_means_hours_of_quiet() {
    let check = |reply: Reply, until: &str, detail: &str| {
        let setting = Setting::new(Provider::Kraken, [reply, json("ok")]);
        let refusal = setting.ask().unwrap_err();
        assert_eq!(refusal.outcome, Outcome::Limited);
        assert_eq!(refusal.detail, detail);
        // The answer took a tenth of a second.
        let until = at(until) + SignedDuration::from_millis(100);
        assert_eq!(refusal.next_try, Some(until));
        let quiet = Quiet {
            provider: Provider::Kraken,
            until,
        };
        assert_eq!(*setting.hushed.lock().unwrap(), [quiet]);
        let refusal = setting.ask().unwrap_err();
        assert_eq!(refusal.outcome, Outcome::Quiet);
        assert_eq!(refusal.next_try, Some(until));
        setting.gate.begin_run();
        setting
            .world
            .advance(until.duration_since(at(NOON)) - SignedDuration::from_secs(1));
        assert_eq!(setting.ask().unwrap_err().outcome, Outcome::Quiet);
        assert_eq!(setting.count(), 1);
        setting.world.advance(SignedDuration::from_secs(1));
        assert_eq!(setting.ask().as_deref(), Ok("ok"));
    };
    let answer = "answered 429 Too Many Requests";
    let limited = || status(429, "words");
    check(limited(), "2026-11-20T16:00:00Z", answer);
    check(
        retry_after(limited(), "soon"),
        "2026-11-20T16:00:00Z",
        answer,
    );
    check(
        retry_after(limited(), "7200"),
        "2026-11-20T14:00:00Z",
        answer,
    );
    check(retry_after(limited(), "5"), "2026-11-20T12:10:00Z", answer);
    check(
        retry_after(limited(), "9000000"),
        "2026-11-21T12:00:00Z",
        answer,
    );
    check(
        json("limited"),
        "2026-11-20T16:00:00Z",
        "was asked too often: slow down",
    );
    check(
        status(503, "limited"),
        "2026-11-20T16:00:00Z",
        "was asked too often: slow down",
    );
    let setting = Setting::new(
        Provider::Kraken,
        [retry_after(limited(), "Fri, 20 Nov 2026 12:30:00 GMT")],
    );
    let until = setting.ask().unwrap_err().next_try.unwrap();
    assert_eq!(until, at("2026-11-20T12:30:00Z"));
}

#[test]
fn a_server_that_says_when_is_believed() {
    let busy = || status(503, "");
    let setting = Setting::new(Provider::Coinbase, [retry_after(busy(), "30"), json("ok")]);
    assert_eq!(setting.ask().as_deref(), Ok("ok"));
    assert!(setting.world.pauses("/")[0] >= 30.0);
    let setting = Setting::new(Provider::Coinbase, [retry_after(busy(), "600"), json("ok")]);
    let refusal = setting.ask().unwrap_err();
    assert_eq!(refusal.outcome, Outcome::ServerError);
    assert_eq!(refusal.detail, "answered 503 Service Unavailable");
    assert_eq!(refusal.next_try, Some(at("2026-11-20T12:10:00.1Z")));
    assert_eq!(setting.hushed.lock().unwrap().len(), 1);
    assert_eq!(setting.ask().unwrap_err().outcome, Outcome::Quiet);
    assert_eq!(setting.count(), 1);
}

#[test]
fn a_refusal_of_the_whole_network_is_an_hour_of_quiet() {
    for provider in [Provider::Yahoo, Provider::Nasdaq] {
        let setting = Setting::new(provider, [status(403, "")]);
        let refusal = setting.ask().unwrap_err();
        assert_eq!(refusal.outcome, Outcome::Denied);
        assert_eq!(refusal.next_try, Some(at("2026-11-20T13:00:00.1Z")));
        assert_eq!(setting.ask().unwrap_err().outcome, Outcome::Quiet);
        assert_eq!(setting.count(), 1);
    }
}

#[test]
fn a_host_in_trouble_is_given_up_for_the_run() {
    let check = |failure: Reply, requests: usize, outcome: Outcome| {
        let setting = Setting::new(Provider::Coinbase, [failure]);
        for _ in 0..16 {
            assert_eq!(setting.ask().unwrap_err().outcome, outcome);
        }
        assert_eq!(setting.count(), requests);
        let detail = setting.ask().unwrap_err().detail;
        assert!(
            detail.ends_with(", not asked again in this refresh"),
            "{detail}"
        );
        setting.gate.begin_run();
        setting.world.script("/", [json("ok")]);
        assert_eq!(setting.ask().as_deref(), Ok("ok"));
    };
    // Two tries, then one: a host in trouble is not tried twice again.
    check(unreachable(), 3, Outcome::Unreachable);
    check(timed_out(), 3, Outcome::TimedOut);
    check(status(500, ""), 4, Outcome::ServerError);
    check(status(401, ""), 2, Outcome::Denied);
}

#[test]
fn an_answer_between_two_troubles_counts() {
    let replies = [
        timed_out(),
        timed_out(),
        json("ok"),
        timed_out(),
        timed_out(),
        json("ok"),
    ];
    let setting = Setting::new(Provider::Coinbase, replies);
    let outcomes: Vec<bool> = (0..4).map(|_| setting.ask().is_ok()).collect();
    assert_eq!(outcomes, [false, true, false, true]);
}

#[test]
fn stored_quiet_holds_and_a_past_one_does_not() {
    let check = |until: &str, requests: usize| {
        let setting = Setting {
            gate: Gate::new(Provider::Yahoo, Some(at(until))),
            ..Setting::new(Provider::Yahoo, [json("ok")])
        };
        assert_eq!(setting.ask().is_ok(), requests == 1);
        assert_eq!(setting.count(), requests);
    };
    check("2026-11-20T12:00:01Z", 0);
    check("2026-11-20T12:00:00Z", 1);
    check("2026-11-19T12:00:00Z", 1);
}

#[test]
fn a_stopped_gate_asks_nothing() {
    let setting = Setting::new(Provider::Yahoo, [json("ok")]);
    setting.cancel.stop();
    assert_eq!(setting.ask().unwrap_err().outcome, Outcome::Cancelled);
    assert_eq!(setting.count(), 0);
}
