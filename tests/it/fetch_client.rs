//! HTTP for prices against a server on this machine: each kind of fault, the
//! limits, giving up, and what is never asked or told.

use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::mpsc::sync_channel;
use std::thread;
use std::time::Duration;

use gigawatch::fetch::client::{Client, Contact, Options, USER_AGENT_OF_APP};
use gigawatch::fetch::{Answer, Cancel, NetError, Request, World as _};
use jiff::Timestamp;

use crate::loopback::{Loopback, PATIENCE, Script, gzip_bomb, gzip_of};

/// A cap on bodies that is soon reached.
const BODY_MAX: u64 = 1_000_000;

fn options(plain: &[&Loopback]) -> Options {
    Options {
        plain: plain.iter().map(|server| server.base()).collect(),
        // Long where a test waits for something else to end the call.
        connect: PATIENCE,
        whole: PATIENCE,
        body_max: BODY_MAX,
        ..Options::new(Arc::new(|| Timestamp::UNIX_EPOCH))
    }
}

fn client(server: &Loopback) -> Client {
    Client::new(options(&[server])).unwrap()
}

fn get(client: &Client, url: impl Into<String>) -> Result<Answer, NetError> {
    client.get(&Request::get(url.into()), &Cancel::default())
}

/// Asks a server that does this.
fn ask(script: Script) -> Result<Answer, NetError> {
    let server = Loopback::start(move |_| script.clone());
    get(&client(&server), server.base())
}

#[test]
fn every_status_is_an_answer_and_comes_whole() {
    let check = |script: Script, status: u16, media: &str, retry: Option<&str>, body: &[u8]| {
        let answer = ask(script).unwrap();
        assert_eq!(answer.status, status);
        assert_eq!(answer.content_type.as_deref(), Some(media));
        assert_eq!(answer.retry_after.as_deref(), retry);
        assert_eq!(answer.body, body);
    };
    let json = "application/json";
    check(Script::json("[1]"), 200, json, None, b"[1]");
    check(Script::gzip(gzip_of(b"[2]")), 200, json, None, b"[2]");
    check(Script::json(""), 200, json, None, b"");
    check(Script::status(404), 404, "text/plain", None, b"no data");
    check(Script::status(304), 304, "text/plain", None, b"");
    let limited = Script::status(429).with("Retry-After", "7");
    check(limited, 429, "text/plain", Some("7"), b"no data");
    check(Script::status(500), 500, "text/plain", None, b"no data");
    // It leads nowhere, so that it is the answer.
    check(Script::status(302), 302, "text/plain", None, b"no data");
    let Script::Answer(page) = Script::html() else {
        unreachable!("a page is an answer")
    };
    let media = "text/html; charset=utf-8";
    check(Script::html(), 200, media, None, &page.body);
}

#[test]
fn what_breaks_off_says_how() {
    let check = |script: Script, expected: &str| {
        let error = ask(script).unwrap_err();
        assert!(matches!(error, NetError::BrokeOff(_)), "{error:?}");
        assert_eq!(
            error.to_string(),
            format!("broke off its answer ({expected})")
        );
    };
    let early = "the connection was closed before its end";
    check(Script::truncated("[1, 2, 3]"), early);
    check(Script::Close, early);
    check(Script::gzip(b"no gzip".to_vec()), "it cannot be unpacked");
    let mut cut = gzip_of(b"[1, 2, 3]");
    cut.truncate(18);
    check(Script::gzip(cut), early);
    check(
        Script::status(302).with("Location", "http://["),
        "it leads to an address that is wrong: invalid IPv6 address",
    );
}

#[test]
fn who_cannot_be_reached_is_told_apart() {
    let check = |url: String, expected: &str| {
        let options = Options {
            plain: vec![url.clone()],
            ..options(&[])
        };
        let error = get(&Client::new(options).unwrap(), url).unwrap_err();
        assert!(matches!(error, NetError::Unreachable(_)), "{error:?}");
        assert_eq!(error.to_string(), format!("cannot be reached ({expected})"));
    };
    let server = Loopback::start(|_| Script::json("[]"));
    let (gone, port) = (server.base(), server.port());
    check(
        format!("https://127.0.0.1:{port}"),
        "no encrypted connection came about",
    );
    drop(server);
    check(gone, "the connection was refused");
    check(
        "no address".to_owned(),
        "its address is wrong: relative URL without a base",
    );
}

#[test]
fn a_body_that_is_too_large_is_not_taken() {
    let check = |script: Script| assert_eq!(ask(script), Err(NetError::TooLarge(BODY_MAX)));
    let bytes = 200_000_000;
    for is_declared in [true, false] {
        check(Script::Huge { bytes, is_declared });
    }
    // A few kilobytes that unpack to many megabytes.
    let bomb = gzip_bomb(20_000_000);
    assert!((bomb.len() as u64) < BODY_MAX);
    check(Script::gzip(bomb));
    let is_declared = true;
    let answer = ask(Script::Huge {
        bytes: BODY_MAX,
        is_declared,
    });
    assert_eq!(answer.unwrap().body.len() as u64, BODY_MAX);
}

#[test]
fn who_is_slow_is_given_up() {
    for script in [Script::Drip, Script::Hang] {
        let server = Loopback::start(move |_| script.clone());
        let whole = Duration::from_millis(300);
        let options = Options {
            whole,
            ..options(&[&server])
        };
        let error = get(&Client::new(options).unwrap(), server.base());
        assert_eq!(error, Err(NetError::TimedOut(whole)));
    }
}

#[test]
fn a_stop_ends_at_once_whatever_goes_on() {
    for script in [Script::Drip, Script::Hang] {
        let server = Loopback::start(move |_| script.clone());
        // So long that only the stop can end it.
        let options = Options {
            whole: PATIENCE * 100,
            ..options(&[&server])
        };
        let client = Arc::new(Client::new(options).unwrap());
        let cancel = Cancel::default();
        let (told, ended) = sync_channel(8);
        for n in 0..3 {
            let (client, cancel, told) = (Arc::clone(&client), cancel.clone(), told.clone());
            let request = Request::get(format!("{}/{n}", server.base()));
            let work = move || told.send(client.get(&request, &cancel)).unwrap();
            thread::Builder::new().spawn(work).unwrap();
        }
        let (client, waiting) = (Arc::clone(&client), cancel.clone());
        let work = move || {
            let is_over = client.wait(PATIENCE * 100, &waiting);
            assert!(!is_over);
            told.send(Err(NetError::Cancelled)).unwrap();
        };
        thread::Builder::new().spawn(work).unwrap();
        server.wait_for(3);
        cancel.stop();
        for _ in 0..4 {
            assert_eq!(ended.recv_timeout(PATIENCE), Ok(Err(NetError::Cancelled)));
        }
    }
}

#[test]
fn what_is_stopped_asks_nobody_and_waits_for_nothing() {
    let server = Loopback::start(|_| Script::json("[]"));
    let (client, cancel) = (client(&server), Cancel::default());
    assert!(client.wait(Duration::ZERO, &cancel));
    assert!(client.wait(Duration::from_millis(1), &cancel));
    cancel.stop();
    assert!(!client.wait(PATIENCE * 100, &cancel));
    let answer = client.get(&Request::get(server.base()), &cancel);
    assert_eq!(answer, Err(NetError::Cancelled));
    assert_eq!(server.log(), []);
}

#[test]
fn lanes_ask_side_by_side() {
    let server = Loopback::routes([
        ("/hang", vec![Script::Hang]),
        ("/", vec![Script::json("[]")]),
    ]);
    let (client, cancel) = (Arc::new(client(&server)), Cancel::default());
    let (hanging, stop) = (Arc::clone(&client), cancel.clone());
    let url = format!("{}/hang", server.base());
    let work = move || hanging.get(&Request::get(url), &stop);
    let lane = thread::Builder::new().spawn(work).unwrap();
    server.wait_for(1);
    for _ in 0..3 {
        assert!(get(&client, server.base()).is_ok());
    }
    cancel.stop();
    assert_eq!(lane.join().unwrap(), Err(NetError::Cancelled));
    assert!(get(&client, server.base()).is_ok());
}

#[test]
fn a_connection_is_used_again() {
    let server = Loopback::start(|_| Script::json("[]"));
    let client = client(&server);
    for _ in 0..3 {
        assert!(get(&client, server.base()).is_ok());
    }
    let connections: Vec<_> = server.log().iter().map(|seen| seen.connection).collect();
    assert_eq!(connections, [0, 0, 0]);
}

#[test]
fn a_connection_closed_meanwhile_is_no_fault() {
    // Says nothing of closing, and closes.
    let Script::Answer(reply) = Script::json("[]") else {
        unreachable!("json is an answer")
    };
    let server = Loopback::start(move |_| Script::Cut(reply.clone(), 2));
    let client = client(&server);
    for _ in 0..20 {
        assert!(get(&client, server.base()).is_ok());
        server.wait_for_closed();
    }
}

#[test]
fn nothing_is_asked_without_encryption_but_on_this_machine() {
    let (server, other) = (
        Loopback::start(|_| Script::json("[]")),
        Loopback::start(|_| Script::json("[]")),
    );
    let remote = Options {
        plain: vec![server.base(), "http://prices.invalid".to_owned()],
        ..options(&[])
    };
    let client = Client::new(remote).unwrap();
    let check = |url: &str, shown: &str| {
        let error = get(&client, url).unwrap_err();
        assert_eq!(error, NetError::Insecure(shown.to_owned()));
        assert_eq!(
            error.to_string(),
            format!("leads to {shown}, which is not encrypted")
        );
    };
    // Named by the user, but on another machine.
    check(
        "http://user:secret@prices.invalid/v8?key=secret#secret",
        "http://prices.invalid/v8",
    );
    check("http://10.0.0.1:80/a", "http://10.0.0.1/a");
    // On this machine, but not named.
    check(&other.base(), &format!("{}/", other.base()));
    check("ftp://127.0.0.1/a", "ftp://127.0.0.1/a");
    assert_eq!(other.log(), []);
}

#[test]
fn redirects_are_followed_with_care() {
    let other = Loopback::start(|_| Script::json("[]"));
    let elsewhere = Script::redirect(&format!("{}/there?b=1", other.base()));
    let server = Loopback::routes([
        ("/near", vec![Script::redirect("/there")]),
        ("/far", vec![elsewhere]),
        ("/there", vec![Script::json("[]")]),
        (
            "/plain",
            vec![Script::redirect("http://prices.invalid/v8?key=secret")],
        ),
        ("/file", vec![Script::redirect("file:///etc/passwd")]),
        ("/loop", vec![Script::redirect("/loop")]),
        ("/1", vec![Script::redirect("/2")]),
        ("/2", vec![Script::redirect("/3")]),
        ("/3", vec![Script::redirect("/4")]),
        ("/4", vec![Script::redirect("/5")]),
        ("/5", vec![Script::redirect("/6")]),
        ("/6", vec![Script::redirect("/there")]),
    ]);
    let client = Client::new(options(&[&server, &other])).unwrap();
    let follow = |path: &str| {
        let mut request = Request::get(format!("{}{path}?a=1", server.base()));
        request.headers = vec![("x-key", "secret".to_owned())];
        client.get(&request, &Cancel::default())
    };
    let insecure = |url: &str| Err(NetError::Insecure(url.to_owned()));
    assert_eq!(follow("/near").map(|answer| answer.status), Ok(200));
    assert_eq!(follow("/far").map(|answer| answer.status), Ok(200));
    assert_eq!(follow("/2").map(|answer| answer.status), Ok(200));
    assert_eq!(follow("/1"), Err(NetError::Redirects));
    assert_eq!(follow("/plain"), insecure("http://prices.invalid/v8"));
    assert_eq!(follow("/file"), insecure("file:///etc/passwd"));
    let asked = server.log().len();
    assert_eq!(follow("/loop"), Err(NetError::Redirects));
    // Once with the query and once without, not more often.
    assert_eq!(server.log().len(), asked + 2);
    // The key stays where it was meant for, and nobody learns whence one comes.
    let near = &server.log()[1];
    assert_eq!(near.header("x-key"), Some("secret"));
    let far = &other.log()[0];
    assert_eq!((far.path(), &*far.target), ("/there", "/there?b=1"));
    assert_eq!((far.header("x-key"), far.header("referer")), (None, None));
}

#[test]
fn the_app_says_its_name_and_sends_what_it_is_told_to() {
    let server = Loopback::start(|_| Script::json("[]").with("Set-Cookie", "a=b"));
    let with_contact = |host: &str| {
        let contact = Contact {
            mail: "me@example.org".to_owned(),
            hosts: vec![host.to_owned()],
        };
        let options = Options {
            contact: Some(contact),
            ..options(&[&server])
        };
        Client::new(options).unwrap()
    };
    let mut request = Request::get(format!("{}/a?b=c", server.base()));
    let cancel = Cancel::default();
    let client = with_contact("elsewhere.example.org");
    client.get(&request, &cancel).unwrap();
    request.headers = vec![("authorization", "Token secret".to_owned())];
    client.get(&request, &cancel).unwrap();
    request.headers = vec![("user-agent", "Another".to_owned())];
    client.get(&request, &cancel).unwrap();
    request.headers.clear();
    with_contact("127.0.0.1").get(&request, &cancel).unwrap();

    let log = server.log();
    let all = |name: &str| -> Vec<Vec<&str>> {
        let of = |at: usize| {
            let found = log[at].headers.iter().filter(|(known, _)| known == name);
            found.map(|(_, value)| value.as_str()).collect()
        };
        (0..log.len()).map(of).collect()
    };
    let name = format!(
        "Mozilla/5.0 (compatible; Gigawatch/{})",
        env!("CARGO_PKG_VERSION")
    );
    assert_eq!(USER_AGENT_OF_APP, name);
    let with_mail = format!("{name} me@example.org");
    let names = [
        vec![&*name],
        vec![&*name],
        vec!["Another"],
        vec![&*with_mail],
    ];
    assert_eq!(all("user-agent"), names);
    let keys = [vec![], vec!["Token secret"], vec![], vec![]];
    assert_eq!(all("authorization"), keys);
    assert_eq!(all("cookie"), [const { Vec::<&str>::new() }; 4]);
    assert_eq!(all("accept-encoding"), [const { ["gzip"] }; 4]);
    assert_eq!(server.targets()[0], "/a?b=c");
}

#[test]
fn a_key_that_cannot_be_sent_is_not_shown() {
    let server = Loopback::start(|_| Script::json("[]"));
    let mut request = Request::get(server.base());
    request.headers = vec![("authorization", "secret\nsecret".to_owned())];
    let error = client(&server)
        .get(&request, &Cancel::default())
        .unwrap_err();
    assert!(!error.to_string().contains("secret"), "{error}");
    let error = Client::new(Options {
        user_agent: "a\nb".to_owned(),
        ..options(&[])
    });
    assert!(error.is_err());
}

/// Runs when it is called by the tests of proxies, with the settings of a
/// proxy in its environment; alone it asks without one.
#[test]
fn this_machine_is_asked_without_a_proxy() {
    let server = Loopback::start(|_| Script::json("[]"));
    let address = server.base().replace("127.0.0.1", "localhost");
    for base in [server.base(), address] {
        let options = Options {
            plain: vec![base.clone()],
            ..options(&[])
        };
        let answer = get(&Client::new(options).unwrap(), base);
        assert_eq!(answer.map(|answer| answer.body), Ok(b"[]".to_vec()));
    }
    let proxy = std::env::var("HTTPS_PROXY").unwrap_or_default();
    if proxy.starts_with("http://127.0.0.1:") {
        let far = Client::new(options(&[])).unwrap();
        let error = get(&far, "https://prices.invalid/v8?key=secret").unwrap_err();
        assert_eq!(
            error.to_string(),
            "cannot be reached (the proxy does not lead to it)"
        );
    }
}

#[test]
fn the_systems_proxy_is_used_for_all_other_machines() {
    let proxy = Loopback::start(|_| Script::status(502));
    let mut child = Command::new(std::env::current_exe().unwrap());
    let name = "fetch_client::this_machine_is_asked_without_a_proxy";
    child
        .args(["--exact", name, "--test-threads=1"])
        .stdout(Stdio::null());
    for name in ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"] {
        child.env(name, proxy.base());
        child.env(name.to_lowercase(), proxy.base());
    }
    for name in ["NO_PROXY", "no_proxy"] {
        child.env_remove(name);
    }
    assert!(child.status().unwrap().success());
    let log = proxy.log();
    let asked: Vec<_> = log
        .iter()
        .map(|seen| (&*seen.method, &*seen.target))
        .collect();
    assert_eq!(asked, [("CONNECT", "prices.invalid:443")]);
}

#[test]
fn chance_is_spread_and_the_clock_is_given() {
    let client = Client::new(options(&[])).unwrap();
    let drawn: Vec<f64> = (0..1000).map(|_| client.chance()).collect();
    assert!(drawn.iter().all(|one| (0.0..1.0).contains(one)));
    // By chance alone, each of these fails once in 10^30 runs.
    for tenth in 0..10 {
        let is_in = |one: &&f64| (**one * 10.0) as usize == tenth;
        assert!(drawn.iter().filter(is_in).count() > 20);
    }
    assert_eq!(client.now(), Timestamp::UNIX_EPOCH);
}
