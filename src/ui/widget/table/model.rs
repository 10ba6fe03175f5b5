//! What a table paints: prepared once per revision, and also its text.

use egui::Color32;
use uuid::Uuid;

use crate::analytics::staleness::Limits;
use crate::ui::theme::Tokens;
use crate::ui::widget::mark::Sign;

/// A column.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// Stable code, for sorting and remembering.
    pub code: &'static str,
    /// Title; empty for a column of signs.
    pub title: &'static str,
    /// What it shows, for the pointer.
    pub hint: &'static str,
    /// Width in points; the widest column also takes what is left.
    pub width: f32,
    /// Numbers stand right.
    pub right: bool,
    /// True if this column grows with the window.
    pub grows: bool,
    /// True if a click on the title sorts.
    pub sorts: bool,
}

/// How a text is coloured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// The data.
    Primary,
    /// Beside the data.
    Secondary,
    /// Unknown, or of little weight.
    Dim,
    /// Up.
    Gain,
    /// Down.
    Loss,
    /// Look here.
    Warn,
}

impl Tone {
    /// The colour of the tone.
    pub fn colour(self, tokens: &Tokens) -> Color32 {
        match self {
            Self::Primary => tokens.text1,
            Self::Secondary => tokens.text2,
            Self::Dim => tokens.text3,
            Self::Gain => tokens.gain,
            Self::Loss => tokens.loss,
            Self::Warn => tokens.warn,
        }
    }

    /// Gain, loss or neither, by the sign of a shown number.
    pub fn of_change(shown: &str) -> Self {
        match shown.chars().next() {
            Some('+') => Self::Gain,
            Some('−') => Self::Loss,
            _ => Self::Secondary,
        }
    }
}

/// A cell, ready to be painted.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Nothing.
    Blank,
    /// A text.
    Text(String, Tone),
    /// A text with a mark at the left edge of the cell, where it moves nothing.
    Marked(String, Tone, Sign),
    /// A strong text and, beside it, a quiet one.
    Pair(String, String),
    /// A small line and its colour.
    Spark(Vec<f32>, Color32),
    /// A dot coloured by the age in days of what it stands for.
    Age(Option<i64>, Limits),
    /// A coloured square that is on or off, and its accessible name.
    Toggle(bool, Color32, String),
    /// A coloured square that only says whose row it is.
    Square(Color32),
}

impl Cell {
    /// Primary text.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into(), Tone::Primary)
    }

    /// Secondary text.
    pub fn quiet(text: impl Into<String>) -> Self {
        Self::Text(text.into(), Tone::Secondary)
    }

    /// The dim dash of the unknown.
    pub fn unknown() -> Self {
        Self::Text(crate::ui::format::UNKNOWN.to_owned(), Tone::Dim)
    }

    /// A signed text in the colour of its sign.
    pub fn change(text: String) -> Self {
        let tone = Tone::of_change(&text);
        Self::Text(text, tone)
    }

    /// A text with a mark beside it; anything else as it is.
    #[must_use]
    pub fn marked(self, sign: Option<Sign>) -> Self {
        match (self, sign) {
            (Self::Text(text, tone), Some(sign)) => Self::Marked(text, tone, sign),
            (cell, _) => cell,
        }
    }

    /// Primary text as secondary; anything else as it is.
    #[must_use]
    pub fn quieter(self) -> Self {
        self.toned(|tone| tone == Tone::Primary, Tone::Secondary)
    }

    /// Text without a meaning of its own as of little weight, for rows that do
    /// not count.
    #[must_use]
    pub fn dimmed(self) -> Self {
        self.toned(
            |tone| matches!(tone, Tone::Primary | Tone::Secondary),
            Tone::Dim,
        )
    }

    fn toned(mut self, from: impl Fn(Tone) -> bool, to: Tone) -> Self {
        if let Self::Text(_, tone) | Self::Marked(_, tone, _) = &mut self
            && from(*tone)
        {
            *tone = to;
        }
        self
    }
}

/// A row, ready to be painted.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Id of the record: the row keeps its identity through any sort.
    pub key: Uuid,
    /// The row in words, for screen readers and tests.
    pub label: String,
    /// One cell a column.
    pub cells: Vec<Cell>,
}

/// A table, ready to be painted.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Model {
    /// Columns from left to right.
    pub columns: Vec<Column>,
    /// Rows from top to bottom.
    pub rows: Vec<Row>,
}

impl Model {
    /// The place of the row with that key.
    pub fn row_of(&self, key: Uuid) -> Option<usize> {
        self.rows.iter().position(|row| row.key == key)
    }

    /// The table as text, for snapshots and the clipboard: tabs between cells.
    pub fn to_text(&self) -> String {
        let titles: Vec<_> = self.columns.iter().map(|column| column.title).collect();
        let mut lines = vec![titles.join("\t")];
        for row in &self.rows {
            let cells = row.cells.iter().map(|cell| match cell {
                Cell::Blank | Cell::Spark(..) | Cell::Square(_) => String::new(),
                Cell::Text(text, _) => text.clone(),
                Cell::Marked(text, _, sign) => format!("{text} ({})", sign.word()),
                Cell::Pair(strong, quiet) => format!("{strong} {quiet}"),
                Cell::Age(days, _) => days.map_or_else(String::new, |days| format!("{days} d")),
                Cell::Toggle(on, ..) => if *on { "on" } else { "off" }.to_owned(),
            });
            lines.push(cells.collect::<Vec<_>>().join("\t"));
        }
        lines.join("\n")
    }
}
