//! Collects the values of a draft's fields, and every error on the way, so
//! that a form shows all of them at once.

use rust_decimal::Decimal;

use super::{Draft, DraftCx, FieldError, Live, Parsed};
use crate::model::{CompanyId, Day, Hedge, Money, PartialDate, Time, debt::Coupon};

/// Readers of fields that are declared as one kind of value.
macro_rules! readers {
    ($($name:ident: $type:ty = $pattern:pat => $value:expr;)+) => {$(
        pub fn $name(&self, field: &'static str) -> Option<$type> {
            let parsed = self.parsed(field)?;
            let $pattern = &parsed else {
                return mismatch(field, &parsed);
            };
            Some($value)
        }
    )+};
}

/// The fields of one draft being read.
pub(super) struct Check<'a> {
    draft: &'a dyn Draft,
    meanings: Vec<(&'static str, Live)>,
    rows: Vec<Vec<(&'static str, Live)>>,
    errors: Vec<FieldError>,
}

impl<'a> Check<'a> {
    /// Reads every field at once, so that no early return hides an error.
    pub fn new(draft: &'a dyn Draft, cx: &DraftCx<'_>) -> Self {
        let fields = draft.fields().iter();
        let meanings: Vec<_> = fields
            .map(|field| (*field, draft.live(field, cx)))
            .collect();
        let refused = meanings.iter().filter_map(|(field, live)| match live {
            Live::Err(text) => Some(FieldError {
                field,
                row: None,
                text: text.clone(),
            }),
            Live::Ok(_) | Live::Empty => None,
        });
        let errors = refused.collect();
        let mut check = Self {
            draft,
            meanings,
            rows: Vec::new(),
            errors,
        };
        for (place, row) in draft.rows().into_iter().enumerate() {
            let fields = row.fields().iter();
            let meanings: Vec<_> = fields.map(|of| (of.name, row.live(of.name))).collect();
            for (field, live) in &meanings {
                if let Live::Err(text) = live {
                    check.refuse_in(place, field, text);
                }
            }
            check.rows.push(meanings);
        }
        check
    }

    /// What is understood of a field of a line.
    pub fn in_row(&self, place: usize, field: &str) -> Option<&Parsed> {
        let (_, live) = self
            .rows
            .get(place)?
            .iter()
            .find(|(name, _)| *name == field)?;
        match live {
            Live::Ok(parsed) => Some(parsed),
            Live::Empty | Live::Err(_) => None,
        }
    }

    /// Notes what stands against a field of a line, which the text names.
    pub fn refuse_in(&mut self, place: usize, field: &'static str, text: &str) {
        let rows = self.draft.rows();
        let label = rows.get(place).map(|row| row.label(place, field));
        self.errors.push(FieldError {
            field,
            row: Some(place),
            text: format!("{}: {text}", label.unwrap_or_default()),
        });
    }

    /// Notes that a field of a line lacks its value, unless it was refused.
    pub fn require_in(&mut self, place: usize, field: &'static str, or_else: &str) {
        let here = |error: &FieldError| error.row == Some(place) && error.field == field;
        if self.in_row(place, field).is_none() && !self.errors.iter().any(here) {
            self.refuse_in(place, field, or_else);
        }
    }

    /// Notes what stands against a field.
    pub fn refuse(&mut self, field: &'static str, text: impl Into<String>) {
        self.errors.push(FieldError {
            field,
            row: None,
            text: text.into(),
        });
    }

    /// The value, or an error if there is none and none was noted yet.
    pub fn required<T>(
        &mut self,
        field: &'static str,
        value: Option<T>,
        or_else: &str,
    ) -> Option<T> {
        if value.is_none() && !self.errors.iter().any(|error| error.field == field) {
            self.refuse(field, or_else);
        }
        value
    }

    /// The value made of all fields, if nothing stands against any.
    pub fn done<T>(mut self, value: Option<T>) -> Result<T, Vec<FieldError>> {
        let fields = self.draft.fields();
        // Lines stand below all other fields.
        self.errors
            .sort_by_key(|error| (error.row, fields.iter().position(|f| *f == error.field)));
        match value {
            Some(value) if self.errors.is_empty() => Ok(value),
            Some(_) | None => {
                debug_assert!(!self.errors.is_empty(), "refused without a reason");
                Err(self.errors)
            }
        }
    }

    /// The meaning of a field that is understood.
    pub fn parsed(&self, field: &'static str) -> Option<Parsed> {
        let (_, live) = self.meanings.iter().find(|(name, _)| *name == field)?;
        match live {
            Live::Ok(parsed) => Some(parsed.clone()),
            Live::Empty | Live::Err(_) => None,
        }
    }

    /// The trimmed text, if there is any.
    pub fn text(&self, field: &'static str) -> Option<String> {
        let text = self.draft.text(field)?.trim();
        (!text.is_empty()).then(|| text.to_owned())
    }

    readers! {
        money: (Money, Hedge) = Parsed::Money(money, hedge) => (*money, *hedge);
        number: (Decimal, Hedge) = Parsed::Number(value, _, hedge) => (*value, *hedge);
        months: u32 = Parsed::Months(months) => *months;
        megawatts: Decimal = Parsed::Megawatts(megawatts) => *megawatts;
        fraction: Decimal = Parsed::Fraction(fraction) => *fraction;
        count: u64 = Parsed::Count(count) => *count;
        date: PartialDate = Parsed::Date(date) => *date;
        day: Day = Parsed::Day(day) => *day;
        time: Time = Parsed::Time(time) => *time;
        coupon: Coupon = Parsed::Coupon(coupon) => coupon.clone();
        company_named: CompanyId = Parsed::Company(id) => *id;
        kept: String = Parsed::Kept(text) => text.clone();
        several: Vec<String> = Parsed::List(items) => items.clone();
    }

    pub fn company(&mut self, field: &'static str) -> Option<CompanyId> {
        let company = self.company_named(field);
        self.required(field, company, "Write the company's name or symbol")
    }

    pub fn list(&self, field: &'static str) -> Vec<String> {
        self.several(field).unwrap_or_default()
    }

    /// The hedge of an amount that is marked as a plan. The two are one
    /// choice, so a plan must not be hedged as well.
    pub fn planned(&mut self, field: &'static str, hedge: Hedge, planned: bool) -> Hedge {
        match (planned, hedge) {
            (false, hedge) => hedge,
            (true, Hedge::Exact | Hedge::Planned) => Hedge::Planned,
            (true, Hedge::About | Hedge::MoreThan | Hedge::UpTo) => {
                self.refuse(
                    field,
                    format!(
                        "“{}” and a plan are one choice: take one of them back",
                        hedge.label()
                    ),
                );
                Hedge::Planned
            }
        }
    }
}

/// A field read as another kind than its draft declares: a bug of the draft.
fn mismatch<T>(field: &str, parsed: &Parsed) -> Option<T> {
    debug_assert!(false, "{field} is read as another kind than {parsed:?}");
    None
}
