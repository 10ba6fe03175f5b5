//! Why a typed text was refused, in words for the person who typed it. The
//! texts are fragments without a full stop, to stand beside a field.

/// Why a typed text is not a value. `text` is what was typed, shortened.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum TypedError {
    /// Nothing but blanks was typed.
    #[error("Nothing is typed: write {expected}")]
    Empty {
        /// Examples of what is understood.
        expected: &'static str,
    },
    /// More was typed than any value needs.
    #[error("{characters} characters are too many: write {expected}")]
    TooLong {
        /// How many characters were typed.
        characters: usize,
        /// Examples of what is understood.
        expected: &'static str,
    },
    /// The text has no form that this field knows.
    #[error("“{text}” is not understood: write {expected}")]
    NotUnderstood {
        /// What was typed.
        text: String,
        /// Examples of what is understood.
        expected: &'static str,
    },
    /// The text has two readings that people really use.
    #[error("{text} could be {} or {}: write {write}", .readings.0, .readings.1)]
    Ambiguous {
        /// What was typed.
        text: String,
        /// What it could mean.
        readings: (String, String),
        /// The clear ways to write either.
        write: String,
    },
    /// Separators of thousands stand where none belong.
    #[error("{text} has separators in unusual places: write {write}")]
    Grouping {
        /// What was typed.
        text: String,
        /// The number without separators.
        write: String,
    },
    /// The number is followed by a word that this field does not know.
    #[error("“{unit}” in “{text}” is not known here: write {expected}")]
    UnknownUnit {
        /// What was typed.
        text: String,
        /// The part that is not known.
        unit: String,
        /// Examples of what is understood.
        expected: &'static str,
    },
    /// Two different currencies are named.
    #[error("“{text}” names both {first} and {second}: write one currency")]
    TwoCurrencies {
        /// What was typed.
        text: String,
        /// The currency before the number.
        first: String,
        /// The currency after the number.
        second: String,
    },
    /// The number has more digits than an exact decimal can hold.
    #[error("{text} has more digits than can be kept exactly: write at most 28")]
    TooPrecise {
        /// What was typed.
        text: String,
    },
    /// The value is outside what this field can mean.
    #[error("{text} is out of range: write {limits}")]
    OutOfRange {
        /// What was typed.
        text: String,
        /// What is in range.
        limits: &'static str,
    },
    /// The value must be whole but is not.
    #[error("{text} is not {whole}: write {write}")]
    NotWhole {
        /// What was typed.
        text: String,
        /// What the value must be, such as "a whole number".
        whole: &'static str,
        /// The nearest whole values.
        write: String,
    },
    /// The calendar has no such date.
    #[error("There is no {text}: {reason}")]
    NoSuchDate {
        /// What was typed.
        text: String,
        /// Which part does not exist.
        reason: String,
    },
    /// The text gives a day or month without a clear year.
    #[error("“{text}” leaves the year unclear: write it in four digits, such as {write}")]
    YearUnclear {
        /// What was typed.
        text: String,
        /// An example with its year.
        write: String,
    },
    /// A fiscal year, which differs from company to company.
    #[error(
        "“{text}” is a fiscal year, which ends in different months for different companies: \
         write the calendar date, such as 2027 or Q3 2027"
    )]
    FiscalYear {
        /// What was typed.
        text: String,
    },
    /// A date too vague to have a first and a last day.
    #[error("“{text}” has no clear first and last day: write {write}")]
    Vague {
        /// What was typed.
        text: String,
        /// Clear dates that it may mean.
        write: String,
    },
    /// A partial date where a day is needed.
    #[error("“{text}” is not a single day: write it in full, such as 2027-08-14")]
    NotADay {
        /// What was typed.
        text: String,
    },
}
