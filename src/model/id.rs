//! Record ids: UUIDs of version 7, which sort by creation. New ones are made
//! where a clock is at hand (`app`, `cli`), never here.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! record_ids {
    ($($(#[$doc:meta])* $name:ident;)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self)
            }
        }
    )+};
}

record_ids! {
    /// Id of a [`super::Company`].
    CompanyId;
    /// Id of an [`super::Instrument`].
    InstrumentId;
    /// Id of a [`super::Source`].
    SourceId;
    /// Id of a [`super::Figure`].
    FigureId;
    /// Id of a [`super::Deal`].
    DealId;
    /// Id of a [`super::Debt`].
    DebtId;
    /// Id of a [`super::Treasury`] event.
    TreasuryId;
    /// Id of a [`super::Note`].
    NoteId;
    /// Id of a [`super::Pin`].
    PinId;
}
