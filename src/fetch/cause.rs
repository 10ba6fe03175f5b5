//! Why a request failed, in a few words. What the HTTP library says names the
//! whole address, which may hold a key: none of that is passed on.

use std::error::Error;
use std::io;
use std::iter::successors;
use std::time::Duration;

use super::body::first_words;
use super::world::NetError;

/// The words for a failed request or a failed read of its body. `connect` is
/// how long a connection was waited for.
pub(super) fn cause(error: &reqwest::Error, connect: Duration) -> NetError {
    let kind = io_kind(error);
    if error.is_builder() {
        NetError::Unreachable("its address or a header cannot be sent".to_owned())
    } else if error.is_connect() {
        NetError::Unreachable(unreachable(error, kind, connect))
    } else {
        NetError::BrokeOff(broken(error, kind))
    }
}

fn unreachable(error: &reqwest::Error, kind: Option<io::ErrorKind>, connect: Duration) -> String {
    let said = all_words(error);
    if error.is_dns() {
        "its name cannot be resolved".to_owned()
    } else if error.is_timeout() {
        format!("no connection within {} s", connect.as_secs())
    } else if said.contains("certificate") {
        "its certificate is not trusted".to_owned()
    } else if said.contains("corrupt message") || said.contains("handshake") {
        "no encrypted connection came about".to_owned()
    } else if said.contains("tunnel") || said.contains("proxy") {
        "the proxy does not lead to it".to_owned()
    } else {
        kind.and_then(words_of)
            .map_or_else(|| last_words(error), str::to_owned)
    }
}

fn broken(error: &reqwest::Error, kind: Option<io::ErrorKind>) -> String {
    let said = all_words(error);
    if said.contains("end of file") || said.contains("message completed") {
        "the connection was closed before its end".to_owned()
    } else if said.contains("gzip") || said.contains("deflate") {
        "it cannot be unpacked".to_owned()
    } else {
        kind.and_then(words_of)
            .map_or_else(|| last_words(error), str::to_owned)
    }
}

/// The words for a fault of the operating system; none for a rare one.
fn words_of(kind: io::ErrorKind) -> Option<&'static str> {
    let list = [
        (
            io::ErrorKind::ConnectionRefused,
            "the connection was refused",
        ),
        (io::ErrorKind::ConnectionReset, "the connection was reset"),
        (io::ErrorKind::ConnectionAborted, "the connection was cut"),
        (io::ErrorKind::BrokenPipe, "the connection was cut"),
        (io::ErrorKind::NetworkUnreachable, "no network leads there"),
        (io::ErrorKind::HostUnreachable, "no network leads there"),
        (io::ErrorKind::NetworkDown, "the network is down"),
        (
            io::ErrorKind::UnexpectedEof,
            "the connection was closed before its end",
        ),
        (io::ErrorKind::PermissionDenied, "the system forbids it"),
    ];
    list.into_iter()
        .find_map(|(known, words)| (known == kind).then_some(words))
}

fn chain(error: &reqwest::Error) -> impl Iterator<Item = &(dyn Error + 'static)> {
    // The first one is left out: it names the whole address.
    successors(error.source(), |inner: &&(dyn Error + 'static)| {
        (**inner).source()
    })
}

fn io_kind(error: &reqwest::Error) -> Option<io::ErrorKind> {
    chain(error)
        .filter_map(|inner| inner.downcast_ref::<io::Error>())
        .map(io::Error::kind)
        .last()
}

fn all_words(error: &reqwest::Error) -> String {
    let all: Vec<_> = chain(error).map(ToString::to_string).collect();
    all.join(" ").to_lowercase()
}

/// What the innermost fault says: of the connection, not of the address.
fn last_words(error: &reqwest::Error) -> String {
    let last = chain(error)
        .filter(|inner| !inner.is::<reqwest::Error>())
        .last();
    last.map_or_else(
        || "the reason is not known".to_owned(),
        |inner| first_words(&inner.to_string()),
    )
}
