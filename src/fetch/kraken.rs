//! Stub.
use super::{Ask, BodyError, Quotes};
use crate::model::instrument::InstrumentKind;
/// The provider's symbol of a canonical one; none if it cannot have it.
pub fn symbol(symbol: &str, kind: InstrumentKind) -> Option<String> {
    let _ = kind;
    Some(symbol.to_owned())
}
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
