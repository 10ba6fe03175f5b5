//! Everything a provider can do wrong: each has its own outcome, the second
//! provider takes over, and what is stored stays whole.

use gigawatch::cli::Exit;
use gigawatch::model::instrument::InstrumentKind;

use super::desk::{PriceDesk, SHARE, body, of};
use crate::fetch_fake::{instrument, nasdaq, yahoo};
use crate::loopback::{Loopback, Script};

const STORED: &[(&str, f64)] = &[("2026-11-18", 9.0), ("2026-11-19", 10.0)];
const NEWER: &[(&str, f64)] = &[
    ("2026-11-18", 9.0),
    ("2026-11-19", 10.0),
    ("2026-11-20", 11.0),
];
const SECOND: &str = "/api/quote/IREN";
const CRUMB: &str =
    r#"{"finance":{"result":null,"error":{"code":"Unauthorized","description":"Invalid Crumb"}}}"#;

/// One trouble of the first provider: who else has prices decides the exit.
#[track_caller]
fn check(trouble: &Script, outcome: &str, told: &str) {
    for is_second_well in [true, false] {
        let second = if is_second_well {
            body(nasdaq("IREN", NEWER))
        } else {
            Script::status(404)
        };
        let first = vec![body(yahoo("IREN", STORED, "")), trouble.clone()];
        let server = Loopback::routes([(SHARE, first), (SECOND, vec![second])]);
        let mut desk = PriceDesk::new(&server, "2026-11-20T12:00:00Z");
        desk.add(instrument(1, "IREN", InstrumentKind::Stock));
        desk.update(&[], Exit::Done);
        desk.set_time("2026-11-20T21:30:00Z");
        let exit = if is_second_well {
            Exit::Done
        } else {
            Exit::Failed
        };
        let line = of(&desk.update(&[], exit), "IREN").clone();
        let attempt = &line["attempts"][0];
        assert_eq!(attempt["provider"], "yahoo");
        assert_eq!(attempt["outcome"], outcome, "{line:#}");
        let detail = attempt["detail"].as_str().unwrap();
        assert!(detail.contains(told), "{detail}");
        assert_eq!(line["attempts"][1]["provider"], "nasdaq", "{line:#}");
        if is_second_well {
            assert_eq!(line["provider"], "nasdaq");
            assert_eq!(desk.closes("IREN"), [9.0, 10.0, 11.0]);
        } else {
            assert_eq!(line["last_day"], "2026-11-19");
            assert_eq!(desk.closes("IREN"), [9.0, 10.0]);
        }
    }
}

#[test]
fn not_found() {
    check(
        &Script::status(404),
        "unknown_symbol",
        "answered 404 Not Found",
    );
}

#[test]
fn not_allowed() {
    let crumb = Script::answer(401, "application/json", CRUMB);
    check(&crumb, "denied", "Invalid Crumb");
}

#[test]
fn a_web_page() {
    check(&Script::html(), "bad_body", "a web page instead of prices");
}

#[test]
fn a_body_that_ends_in_the_middle() {
    let reply = yahoo("IREN", NEWER, "").unwrap();
    check(
        &Script::truncated(reply.body),
        "unreachable",
        "broke off its answer",
    );
}

#[test]
fn a_whole_answer_of_half_a_body() {
    let mut half = yahoo("IREN", NEWER, "").unwrap().body;
    half.truncate(half.len() / 2);
    check(&Script::json(half), "bad_body", "ends in the middle");
}

#[test]
fn a_slow_drip() {
    check(&Script::Drip, "timed_out", "gave no whole answer");
}

#[test]
fn a_body_of_200_mb() {
    let huge = Script::Huge {
        bytes: 200_000_000,
        is_declared: true,
    };
    check(&huge, "bad_body", "sent more than");
}

#[test]
fn a_way_that_is_not_encrypted_is_not_gone() {
    let plain = Loopback::routes([("/", vec![body(yahoo("IREN", NEWER, ""))])]);
    let redirect = Script::redirect(&format!("{}/v8/finance/chart/IREN", plain.base()));
    check(&redirect, "bad_body", "which is not encrypted");
    assert_eq!(plain.targets(), Vec::<String>::new());
}

#[test]
fn asked_too_often() {
    check(
        &Script::status(429),
        "limited",
        "answered 429 Too Many Requests",
    );
}

/// A 429, then the command again at these times; how many requests have come
/// after each, with those of the first run.
fn quiet(answer: Script, again: &[(&str, usize)]) {
    let first = vec![
        body(yahoo("IREN", STORED, "")),
        answer,
        body(yahoo("IREN", NEWER, "")),
    ];
    let server = Loopback::routes([(SHARE, first)]);
    let mut desk = PriceDesk::new(&server, "2026-11-20T12:00:00Z");
    desk.settings("[prices]\noff = [\"nasdaq\", \"tiingo\"]\n");
    desk.add(instrument(1, "IREN", InstrumentKind::Stock));
    desk.update(&[], Exit::Done);
    desk.set_time("2026-11-20T22:00:00Z");
    let told = desk.update(&[], Exit::Failed);
    assert_eq!(of(&told, "IREN")["outcome"], "limited");
    let next_try = of(&told, "IREN")["attempts"][0]["next_try"].clone();
    assert_eq!(server.log().len(), 2, "a 429 is not asked again");
    for (now, asked) in again {
        desk.set_time(now);
        let is_quiet = *asked == 2;
        let exit = if is_quiet { Exit::Failed } else { Exit::Done };
        let told = desk.update(&["--rebuild"], exit);
        let line = of(&told, "IREN");
        assert_eq!(server.log().len(), *asked, "at {now}: {line:#}");
        if is_quiet {
            assert_eq!(line["outcome"], "quiet", "at {now}");
            assert_eq!(line["attempts"][0]["next_try"], next_try, "at {now}");
        } else {
            assert_eq!(desk.closes("IREN"), [9.0, 10.0, 11.0]);
        }
    }
}

#[test]
fn no_request_follows_a_429_within_the_quiet_time() {
    // Four hours where the host does not say how long.
    let again = [
        ("2026-11-20T22:00:01Z", 2),
        ("2026-11-21T01:59:00Z", 2),
        ("2026-11-21T02:01:00Z", 3),
    ];
    quiet(Script::status(429), &again);
}

#[test]
fn a_host_that_says_how_long_is_believed() {
    let again = [("2026-11-20T22:29:00Z", 2), ("2026-11-20T22:31:00Z", 3)];
    quiet(Script::status(429).with("Retry-After", "1800"), &again);
    // Also where it names the moment.
    let date = Script::status(429).with("Retry-After", "Fri, 20 Nov 2026 22:30:00 GMT");
    quiet(date, &again);
}

#[test]
fn some_fail_and_others_do_not() {
    let server = Loopback::routes([(SHARE, vec![body(yahoo("IREN", STORED, ""))])]);
    let desk = PriceDesk::new(&server, "2026-11-20T12:00:00Z");
    desk.add(instrument(1, "IREN", InstrumentKind::Stock));
    desk.add(instrument(2, "GONE", InstrumentKind::Stock));
    let ran = desk.run(&["prices", "update"]);
    assert_eq!(ran.exit, Exit::Rejected);
    assert!(ran.out.contains("IREN"), "{}", ran.out);
    assert!(
        ran.err.starts_with("GONE: Yahoo answered 404"),
        "{}",
        ran.err
    );
    assert!(ran.err.contains("; Nasdaq answered 404"), "{}", ran.err);
    assert_eq!(desk.closes("IREN"), [9.0, 10.0]);
}
