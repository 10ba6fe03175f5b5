//! Addresses: which may be asked (https anywhere, plain http only on this very
//! machine), and how a text becomes part of one. Knows nothing of any one
//! provider and asks nobody.

use std::fmt::Write as _;
use std::net::IpAddr;

use reqwest::Url;
use thiserror::Error;

/// Why an address cannot take the place of a provider's.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum BaseError {
    /// It cannot be read.
    #[error("“{text}” is no web address ({reason}): write it like https://prices.example.org")]
    Unreadable {
        /// What was typed.
        text: String,
        /// What is wrong with it.
        reason: String,
    },
    /// It begins with something other than http or https.
    #[error("“{text}” begins with “{scheme}:”: only https works, and http on this machine")]
    Scheme {
        /// What was typed.
        text: String,
        /// What stands before the colon.
        scheme: String,
    },
    /// It is not encrypted and on another machine.
    #[error(
        "“{text}” is not encrypted: write https, or use a loopback address such as http://127.0.0.1:8080"
    )]
    Plain {
        /// What was typed.
        text: String,
    },
    /// It holds a name or a password, which are not shown.
    #[error(
        "The address of {host} holds a user name or password: leave everything before “@” away"
    )]
    User {
        /// Whose address it is.
        host: String,
    },
    /// It goes on where the provider's own part would begin.
    #[error("“{text}” holds “{mark}”: leave it and what follows away")]
    Tail {
        /// What was typed.
        text: String,
        /// Where the part begins that must not be there.
        mark: char,
    },
}

/// Checks an address that takes the place of a provider's: https, or http on
/// this machine. Gives it without a slash at the end.
pub fn check_base(text: &str) -> Result<String, BaseError> {
    let text = text.trim();
    let quoted = || text.to_owned();
    let url = Url::parse(text).map_err(|error| BaseError::Unreadable {
        text: quoted(),
        reason: error.to_string(),
    })?;
    // Before anything is quoted, lest a password be shown.
    if !url.username().is_empty() || url.password().is_some() {
        let host = url.host_str().unwrap_or_default().to_owned();
        return Err(BaseError::User { host });
    }
    match url.scheme() {
        "https" => {}
        "http" if is_loopback(&url) => {}
        "http" => return Err(BaseError::Plain { text: quoted() }),
        scheme => {
            return Err(BaseError::Scheme {
                text: quoted(),
                scheme: scheme.to_owned(),
            });
        }
    }
    for (part, mark) in [(url.query(), '?'), (url.fragment(), '#')] {
        if part.is_some() {
            let text = quoted();
            return Err(BaseError::Tail { text, mark });
        }
    }
    Ok(url.as_str().trim_end_matches('/').to_owned())
}

/// Whether the address is on this machine: 127.0.0.0/8, `::1` or `localhost`.
pub(super) fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost" || bare.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

/// Whether the address may be asked: encrypted, or one of `plain`, which are
/// the loopback addresses the user has named.
pub(super) fn may_be_asked(url: &Url, plain: &[Url]) -> bool {
    match url.scheme() {
        "https" => true,
        "http" => is_loopback(url) && plain.iter().any(|known| known.origin() == url.origin()),
        _ => false,
    }
}

/// The address as it may be shown: without what may hold a key or a password.
pub(super) fn shown(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    let port = url.port().map(|port| format!(":{port}"));
    format!(
        "{}://{host}{}{}",
        url.scheme(),
        port.unwrap_or_default(),
        url.path()
    )
}

/// A text as one part of a path or of a query: everything but letters, digits
/// and `-._~` is percent-encoded.
pub fn encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            write!(encoded, "%{byte:02X}").unwrap_or_default();
        }
    }
    encoded
}
