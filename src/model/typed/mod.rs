//! What people type into a field, read as one value: amounts, quantities,
//! power, terms, percentages, counts and dates. Each reader is a function of
//! the text alone and gives exactly what was meant or says, in words for the
//! person typing, what to write instead. Nothing is rounded, guessed or
//! completed from the clock. English is the convention for numbers: a point
//! before the fraction, commas between thousands.

mod amount;
mod count;
mod date;
mod date_token;
mod error;
mod hedge;
mod month_names;
mod number;
mod percent;
mod power;
mod quantity;
mod scale;
mod term;
mod text;

pub use amount::{Amount, amount};
pub use count::count;
pub use date::{day, partial_date};
pub use error::TypedError;
pub use hedge::{TypedHedge, split as split_hedge};
pub use number::decimal;
pub use percent::percent;
pub use power::{Power, PowerKind, megawatts, power};
pub use quantity::quantity;
pub use term::months;
