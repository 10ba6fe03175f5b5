//! Stub.
use super::{Ask, BodyError, Quotes};
/// The address to ask.
pub fn url(base: &str, ask: &Ask) -> String {
    let _ = ask;
    base.to_owned()
}
/// Reads a body.
pub fn parse(body: &[u8], ask: &Ask) -> Result<Quotes, BodyError> {
    let _ = (body, ask);
    Err(BodyError::Empty)
}
