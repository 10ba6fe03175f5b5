//! What was typed into a form, until it builds a record: the only way in. A
//! draft holds texts, picked members of closed sets and picked ids; `build`
//! gives a change with a valid record or every field error at once. No clock,
//! no randomness: the day and new ids are arguments.

mod check;
pub mod company;
mod coupon;
pub mod deal;
pub mod debt;
pub mod figure;
pub mod link;
pub mod note;
pub mod phase;
mod read;
mod rent_start;
pub mod repayment;
pub mod row;
pub mod source;
pub mod treasury;
pub mod who;
mod write;

use rust_decimal::Decimal;
use uuid::Uuid;

use self::check::Check;
use super::{
    Book, Change, CompanyId, Day, Hedge, Money, PartialDate, SourceId, Time, Unit, debt::Coupon,
};
use crate::closed_set;

pub use self::company::CompanyDraft;
pub use self::deal::{DealDraft, DealTerms};
pub use self::debt::DebtDraft;
pub use self::figure::{FigureDraft, MetricPick, SubjectPick};
pub use self::link::LinkDraft;
pub use self::note::NoteDraft;
pub use self::phase::PhaseDraft;
pub use self::repayment::RepaymentDraft;
pub use self::row::{RowDraft, RowField};
pub use self::source::SourceDraft;
pub use self::treasury::TreasuryDraft;

/// What a draft is read against.
#[derive(Clone, Copy, Debug)]
pub struct DraftCx<'a> {
    /// The book that names are looked up in.
    pub book: &'a Book,
    /// The day on which a revision counts as stated.
    pub today: Day,
}

/// Why a field does not build, in words to stand beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// The field's name, one of [`Draft::fields`] or of [`RowDraft::fields`].
    pub field: &'static str,
    /// The line of [`Draft::rows`] that it is of, counted from 0.
    pub row: Option<usize>,
    /// What is wrong and what to write instead.
    pub text: String,
}

/// What a field's text means while it is typed.
#[derive(Clone, Debug, PartialEq)]
pub enum Live {
    /// Nothing is typed. Whether something must be is for `build` to say.
    Empty,
    /// It is understood as this.
    Ok(Parsed),
    /// It is not understood, or out of range, for this reason.
    Err(String),
}

/// The meaning of a typed text.
#[derive(Clone, Debug, PartialEq)]
pub enum Parsed {
    /// An amount of money.
    Money(Money, Hedge),
    /// A number in a unit other than money.
    Number(Decimal, Unit, Hedge),
    /// A term in months.
    Months(u32),
    /// Power in MW.
    Megawatts(Decimal),
    /// A percentage, as a fraction.
    Fraction(Decimal),
    /// A whole number of things.
    Count(u64),
    /// A date as precise as it was typed.
    Date(PartialDate),
    /// A single day.
    Day(Day),
    /// An instant or a period.
    Time(Time),
    /// Interest of a debt.
    Coupon(Coupon),
    /// A company of the book.
    Company(CompanyId),
    /// A link that the book knows already.
    Source(SourceId),
    /// The text in the form in which it is kept: a symbol in capitals.
    Kept(String),
    /// Several texts, one by one.
    List(Vec<String>),
    /// Words, kept as they are.
    Text,
}

closed_set! {
    /// Whether a figure speaks of a point in time or of all of a period.
    TimeKind {
        /// A balance: debt on a day.
        Instant = "instant", "As of";
        /// A flow: revenue of a quarter.
        Period = "period", "Over";
    }
}

impl Parsed {
    /// The amount, if it is one.
    pub const fn money(&self) -> Option<Money> {
        if let Self::Money(money, _) = self {
            Some(*money)
        } else {
            None
        }
    }

    /// The load, if it is one.
    pub const fn megawatts(&self) -> Option<Decimal> {
        if let Self::Megawatts(megawatts) = self {
            Some(*megawatts)
        } else {
            None
        }
    }

    /// The term, if it is one.
    pub const fn months(&self) -> Option<u32> {
        if let Self::Months(months) = self {
            Some(*months)
        } else {
            None
        }
    }

    /// The date, if it is one.
    pub const fn date(&self) -> Option<PartialDate> {
        if let Self::Date(date) = self {
            Some(*date)
        } else {
            None
        }
    }
}

/// What every draft can do.
pub trait Draft {
    /// The names of its text fields, in the order of the form.
    fn fields(&self) -> &'static [&'static str];

    /// The text of a field.
    fn text(&self, field: &str) -> Option<&str>;

    /// The text of a field, to be typed into.
    fn text_mut(&mut self, field: &str) -> Option<&mut String>;

    /// The lines of its list, if it has one; one list at most.
    fn rows(&self) -> Vec<&dyn RowDraft> {
        Vec::new()
    }

    /// What the text of a field means; an unknown field is empty.
    fn live(&self, field: &str, cx: &DraftCx<'_>) -> Live;

    /// The change that adds or replaces the record, with a new source where
    /// one was pasted, or all that stands against it. `new_id` is asked once
    /// for every new record.
    fn build(
        &self,
        cx: &DraftCx<'_>,
        new_id: &mut dyn FnMut() -> Uuid,
    ) -> Result<Change, Vec<FieldError>>;
}

/// `fields`, `text` and `text_mut` of a [`Draft`] from the names of its text
/// fields, with those of its `link` after them where it has one.
macro_rules! text_fields {
    ($($field:ident)+) => {
        fn fields(&self) -> &'static [&'static str] {
            &[$(stringify!($field)),+]
        }

        fn text(&self, field: &str) -> Option<&str> {
            match field { $(stringify!($field) => Some(&self.$field),)+ _ => None }
        }

        fn text_mut(&mut self, field: &str) -> Option<&mut String> {
            match field { $(stringify!($field) => Some(&mut self.$field),)+ _ => None }
        }
    };
    ($($field:ident)+ + link) => {
        fn fields(&self) -> &'static [&'static str] {
            &[
                $(stringify!($field),)+
                "link", "source_title", "source_publisher", "source_published",
            ]
        }

        fn text(&self, field: &str) -> Option<&str> {
            match field {
                $(stringify!($field) => Some(&self.$field),)+
                other => self.link.text(other),
            }
        }

        fn text_mut(&mut self, field: &str) -> Option<&mut String> {
            match field {
                $(stringify!($field) => Some(&mut self.$field),)+
                other => self.link.text_mut(other),
            }
        }
    };
}
use text_fields;

/// "add" or "edit", as undo names what a draft does.
const fn verb(editing: bool) -> &'static str {
    if editing { "edit" } else { "add" }
}
