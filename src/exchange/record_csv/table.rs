//! The tables: which columns each has and which of them a file must have. The
//! meaning of each column is told in `docs/files.md`.

use crate::closed_set;
use crate::model::{Book, Record, RecordKind};

closed_set! {
    /// A kind of records that has a CSV form.
    Table {
        /// [`crate::model::Deal`], one a row.
        Deals = "deals", "Deals";
        /// [`crate::model::Debt`], one a row.
        Debts = "debts", "Debts";
        /// [`crate::model::Figure`], one a row.
        Figures = "figures", "Figures";
        /// [`crate::model::Treasury`], one a row.
        Treasury = "treasury", "Treasury events";
    }
}

/// Whether a file must have a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// It must, and no cell of it may be empty.
    Must,
    /// It may be left out, and its cells may be empty.
    May,
    /// It is written for people and not read.
    ForPeople,
}

/// A column of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name in the header.
    pub name: &'static str,
    /// Whether a file must have it.
    pub need: Need,
}

const fn must(name: &'static str) -> Column {
    let need = Need::Must;
    Column { name, need }
}

const fn may(name: &'static str) -> Column {
    let need = Need::May;
    Column { name, need }
}

const fn for_people(name: &'static str) -> Column {
    let need = Need::ForPeople;
    Column { name, need }
}

const DEALS: &[Column] = &[
    may("id"),
    must("company"),
    must("counterparty"),
    must("counterparty_class"),
    may("obligor"),
    may("backstop"),
    must("kind"),
    may("site"),
    must("status"),
    must("announced"),
    may("rent_start"),
    may("term_months"),
    may("base_value"),
    may("base_value_hedge"),
    may("extension_options"),
    may("value_with_options"),
    may("escalator"),
    may("critical_mw"),
    may("gross_mw"),
    may("gpus"),
    may("owned_share"),
    may("noi_margin"),
    may("prepayment"),
    may("warrants"),
    may("phases"),
    may("alternative_to"),
    may("sources"),
    for_people("source_titles"),
    may("note"),
];

const DEBTS: &[Column] = &[
    may("id"),
    must("company"),
    may("issuer"),
    must("level"),
    must("name"),
    must("kind"),
    must("status"),
    may("principal"),
    may("principal_hedge"),
    may("drawn"),
    may("coupon"),
    may("coupon_reference"),
    may("coupon_floor"),
    may("issued"),
    may("matures"),
    may("amortisation"),
    may("schedule"),
    may("instalment"),
    may("instalment_every"),
    may("instalment_first"),
    may("conversion_price"),
    may("cap_price"),
    may("recourse"),
    may("site"),
    may("owned_share"),
    may("sources"),
    for_people("source_titles"),
    may("note"),
];

const FIGURES: &[Column] = &[
    may("id"),
    must("company"),
    must("metric"),
    must("value"),
    may("unit"),
    may("currency"),
    may("hedge"),
    may("time"),
    may("stated"),
    may("source"),
    for_people("source_title"),
    may("note"),
];

const TREASURY: &[Column] = &[
    may("id"),
    must("company"),
    must("kind"),
    may("btc"),
    may("proceeds"),
    may("hedge"),
    may("event"),
    may("disclosed"),
    may("source"),
    for_people("source_title"),
    may("note"),
];

impl Table {
    /// Its columns, as they are written.
    pub const fn columns(self) -> &'static [Column] {
        match self {
            Self::Deals => DEALS,
            Self::Debts => DEBTS,
            Self::Figures => FIGURES,
            Self::Treasury => TREASURY,
        }
    }

    /// The column of that name.
    pub fn column(self, name: &str) -> Option<Column> {
        let mut columns = self.columns().iter();
        columns.find(|column| column.name == name).copied()
    }

    /// The kind of its records.
    pub const fn kind(self) -> RecordKind {
        match self {
            Self::Deals => RecordKind::Deal,
            Self::Debts => RecordKind::Debt,
            Self::Figures => RecordKind::Figure,
            Self::Treasury => RecordKind::Treasury,
        }
    }

    /// What so many of its records are called: "1 deal", "7 figures".
    pub fn counted(self, count: usize) -> String {
        let (one, many) = match self {
            Self::Deals => ("deal", "deals"),
            Self::Debts => ("debt", "debts"),
            Self::Figures => ("figure", "figures"),
            Self::Treasury => ("treasury event", "treasury events"),
        };
        format!("{count} {}", if count == 1 { one } else { many })
    }

    /// The columns that tell a person which record a row is.
    pub(super) const fn title(self) -> [&'static str; 2] {
        match self {
            Self::Deals => ["company", "counterparty"],
            Self::Debts => ["company", "name"],
            Self::Figures => ["company", "metric"],
            Self::Treasury => ["company", "kind"],
        }
    }

    /// The column that no other table has, by which a header is recognised.
    pub(super) const fn tell_tale(self) -> &'static str {
        match self {
            Self::Deals => "counterparty",
            Self::Debts => "level",
            Self::Figures => "metric",
            Self::Treasury => "btc",
        }
    }

    /// Copies of its records in a book, in the order of their ids.
    pub fn records(self, book: &Book) -> Box<dyn Iterator<Item = Record> + '_> {
        match self {
            Self::Deals => Box::new(book.deals().cloned().map(Record::Deal)),
            Self::Debts => Box::new(book.debts().cloned().map(Record::Debt)),
            Self::Figures => Box::new(book.figures().cloned().map(Record::Figure)),
            Self::Treasury => Box::new(book.treasury().cloned().map(Record::Treasury)),
        }
    }
}
