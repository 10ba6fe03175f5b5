//! The log of attempts as a table, newest first.

use uuid::Uuid;

use super::columns;
use crate::closed_set;
use crate::model::Attempt;
use crate::ui::widget::table::{self, Cell, Model, Row};
use crate::ui::{Cx, format};

closed_set! {
    /// A column of the log.
    Column {
        /// The colour of the instrument's line.
        Square = "square", "";
        /// When it ended.
        At = "at", "Time";
        /// Whose prices.
        Symbol = "symbol", "Symbol";
        /// Who was asked and what came of it.
        Result = "result", "Result";
        /// In words.
        Detail = "detail", "Detail";
        /// New or changed rows.
        Rows = "rows", "Rows";
        /// Rows that could not be taken.
        Skipped = "skipped", "Skipped";
    }
}

impl Column {
    fn title(self) -> table::Column {
        let (hint, width) = match self {
            Self::Square => ("", 32.0),
            Self::At => ("When the attempt ended", 98.0),
            Self::Symbol => ("Whose prices", 84.0),
            Self::Result => ("Who was asked and what came of it", 168.0),
            Self::Detail => ("What the provider said or did", 240.0),
            Self::Rows => ("Rows that were new or changed", 56.0),
            Self::Skipped => ("Rows that could not be taken", 64.0),
        };
        table::Column {
            code: self.code(),
            title: self.label(),
            hint,
            width,
            right: matches!(self, Self::Rows | Self::Skipped),
            grows: self == Self::Detail,
            sorts: false,
        }
    }

    fn cell(self, cx: &Cx<'_>, attempt: &Attempt) -> Cell {
        match self {
            Self::Square => {
                let instrument = cx.book.instrument(attempt.instrument);
                instrument.map_or(Cell::Blank, |one| Cell::Square(columns::colour(cx, one)))
            }
            Self::At => Cell::quiet(format::moment(attempt.at, cx.now)),
            Self::Symbol => Cell::text(symbol(cx, attempt)),
            Self::Result => columns::result(attempt),
            Self::Detail => Cell::quiet(attempt.detail.as_str()),
            Self::Rows => number(attempt.rows),
            Self::Skipped => number(attempt.skipped),
        }
    }
}

fn number(rows: usize) -> Cell {
    let cell = Cell::quiet(format::rows(rows));
    if rows == 0 { cell.dimmed() } else { cell }
}

fn symbol<'a>(cx: &'a Cx<'_>, attempt: &Attempt) -> &'a str {
    let instrument = cx.book.instrument(attempt.instrument);
    instrument.map_or("deleted", |instrument| instrument.symbol.as_str())
}

/// The attempts that contain the text.
pub fn model(cx: &Cx<'_>, text: &str) -> Model {
    let text = text.trim().to_lowercase();
    let matches = |attempt: &&Attempt| {
        let words = [
            symbol(cx, attempt),
            attempt.provider.label(),
            attempt.outcome.label(),
            &attempt.detail,
        ];
        words.iter().any(|word| word.to_lowercase().contains(&text))
    };
    let attempts = cx.status.attempts.iter().filter(matches).enumerate();
    let row = |(at, attempt): (usize, &Attempt)| {
        let cells = Column::ALL.iter().map(|column| column.cell(cx, attempt));
        Row {
            // Rows of a log are not selected: their place is identity enough.
            key: Uuid::from_u128(at as u128),
            label: format!(
                "{}, {}, {}",
                format::moment(attempt.at, cx.now),
                symbol(cx, attempt),
                format::attempt(attempt, cx.now)
            ),
            cells: cells.collect(),
        }
    };
    Model {
        columns: Column::ALL.iter().map(|column| column.title()).collect(),
        rows: attempts.map(row).collect(),
    }
}
