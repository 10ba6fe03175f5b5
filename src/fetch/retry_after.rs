//! How long a host asks to be left alone: the value of `Retry-After`, in
//! seconds or as an HTTP date (RFC 9110, 10.2.3). Decides nothing.

use std::time::Duration;

use jiff::Timestamp;
use jiff::fmt::rfc2822;

/// The time from `now` on; zero if it names a moment that is over, none if it
/// is neither a number of seconds nor a date.
pub fn read(text: &str, now: Timestamp) -> Option<Duration> {
    let text = text.trim();
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        // More seconds than fit are more than anybody waits.
        let seconds: u32 = text.parse().unwrap_or(u32::MAX);
        return Some(Duration::from_secs(seconds.into()));
    }
    let until = rfc2822::parse(text).ok()?.timestamp();
    Some(between(now, until))
}

/// The time from one moment to a later one; zero if it is not later.
pub fn between(from: Timestamp, to: Timestamp) -> Duration {
    Duration::try_from(to.duration_since(from)).unwrap_or_default()
}
