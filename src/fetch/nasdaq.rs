//! Stub.
use super::{Ask, BodyError, Quotes, Request};
use crate::model::instrument::InstrumentKind;
/// The provider's symbol of a canonical one; none if it cannot have it.
pub fn symbol(symbol: &str, kind: InstrumentKind) -> Option<String> {
    let _ = kind;
    Some(symbol.to_owned())
}
/// The request to make.
pub fn request(base: &str, ask: &Ask) -> Request {
    let _ = ask;
    Request::get(base.to_owned())
}
/// Reads a body.
pub fn parse(body: &[u8], ask: &Ask) -> Result<Quotes, BodyError> {
    let _ = (body, ask);
    Err(BodyError::Empty)
}
