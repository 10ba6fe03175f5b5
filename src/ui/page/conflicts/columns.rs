//! Conflicts as a table: which are shown, titles and cells.

use uuid::Uuid;

use crate::analytics::conflicts::{Conflict, NotCompared, Number, Side, State};
use crate::closed_set;
use crate::ui::page::list::{self, Key};
use crate::ui::widget::table::{self, Cell, Model, Row, Tone};
use crate::ui::{Cx, format, provenance};

use super::words;

closed_set! {
    /// A column of the Conflicts page.
    Column {
        /// Of whom.
        Subject = "subject", "Of";
        /// About what.
        Topic = "topic", "About";
        /// In what way.
        Kind = "kind", "How";
        /// One value.
        One = "one", "One says";
        /// The other.
        Other = "other", "The other";
        /// How far apart.
        Gap = "gap", "Gap";
        /// What was made of it.
        State = "state", "State";
    }
}

/// What a conflict must match to be shown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Filter {
    /// Part of a symbol, a name or what it is about, in any case.
    pub text: String,
    /// Only what is not settled.
    pub open_only: bool,
    /// What differs but is not compared, in the place of the conflicts.
    pub not_compared: bool,
}

impl Filter {
    /// True if the conflict is shown.
    pub fn matches(&self, cx: &Cx<'_>, of: &Conflict) -> bool {
        if self.open_only && of.state != State::Open {
            return false;
        }
        let text = self.text.trim().to_lowercase();
        let (symbol, name) = words::subject(cx, of);
        let all = [symbol, name, words::topic(cx, of)];
        all.iter().any(|word| word.to_lowercase().contains(&text))
    }
}

/// A number that is only to be sorted by.
fn place(value: f64) -> Option<Key> {
    value.to_string().parse().ok().map(Key::Number)
}

impl Column {
    const fn hint(self) -> &'static str {
        match self {
            Self::Subject => "Of whom the two speak",
            Self::Topic => "About what",
            Self::Kind => "In what way they disagree",
            Self::One => "The lower value; of a deal, the telling that counts",
            Self::Other => "What another source says",
            Self::Gap => "How far the two lie apart, as a share of the larger",
            Self::State => "Whether you settled it",
        }
    }

    const fn width(self) -> f32 {
        match self {
            Self::Subject => 74.0,
            Self::Topic => 146.0,
            Self::Kind => 180.0,
            Self::One | Self::Other => 136.0,
            Self::Gap => 56.0,
            Self::State => 80.0,
        }
    }

    /// How much room all columns need.
    pub fn room() -> f32 {
        Self::ALL.iter().map(|column| column.width()).sum()
    }

    fn title(self) -> table::Column {
        table::Column {
            code: self.code(),
            title: self.label(),
            hint: self.hint(),
            width: self.width(),
            right: matches!(self, Self::One | Self::Other | Self::Gap),
            grows: matches!(self, Self::Subject | Self::Topic | Self::Kind),
            sorts: true,
        }
    }

    /// What rows are sorted by.
    pub fn key(self, cx: &Cx<'_>, of: &Conflict) -> Option<Key> {
        let number = |side: &Side| match side.value {
            Number::Exact(value) => Some(Key::Number(value)),
            Number::Closes { low, .. } => place(low),
        };
        match self {
            Self::Subject => Key::text(&words::subject(cx, of).0),
            Self::Topic => Key::text(&words::topic(cx, of)),
            Self::Kind => Key::text(of.kind.label()),
            Self::One => number(&of.one),
            Self::Other => number(&of.other),
            Self::Gap => place(of.gap),
            Self::State => Key::text(words::state(of.state)),
        }
    }

    /// Whether the first click on its title puts the largest first.
    pub const fn starts_down(self) -> bool {
        matches!(self, Self::One | Self::Other | Self::Gap)
    }

    fn cell(self, cx: &Cx<'_>, of: &Conflict) -> Cell {
        match self {
            Self::Subject => {
                let (symbol, name) = words::subject(cx, of);
                Cell::Pair(symbol, name)
            }
            Self::Topic => Cell::text(words::topic(cx, of)),
            Self::Kind => Cell::quiet(provenance::sentence(of.kind.label())),
            Self::One => Cell::text(words::value(of, &of.one)),
            Self::Other => Cell::text(words::value(of, &of.other)),
            Self::Gap => Cell::quiet(format::share(of.gap)),
            Self::State => {
                let tone = match of.state {
                    State::Open => Tone::Warn,
                    State::Picked(_) | State::Explained(_) => Tone::Secondary,
                };
                Cell::Text(provenance::sentence(words::state(of.state)), tone)
            }
        }
    }
}

/// The table of these conflicts; a lean one leaves out what the pane says.
pub fn model(cx: &Cx<'_>, conflicts: &[&Conflict], lean: bool) -> Model {
    let columns = Column::ALL.iter().copied();
    let columns = columns.filter(|column| !(lean && *column == Column::Kind));
    let row = |of: &&Conflict| {
        let (_, name) = words::subject(cx, of);
        let label = format!(
            "{name}, {}: {} or {}, {}",
            words::topic(cx, of),
            words::value(of, &of.one),
            words::value(of, &of.other),
            words::state(of.state)
        );
        Row {
            key: words::key(of),
            label,
            cells: columns.clone().map(|column| column.cell(cx, of)).collect(),
        }
    };
    Model {
        columns: columns.clone().map(Column::title).collect(),
        rows: conflicts.iter().map(row).collect(),
    }
}

/// The table of what differs but is not compared, and why.
pub fn not_compared(cx: &Cx<'_>, text: &str) -> Model {
    const WHY: table::Column = table::Column {
        code: "why",
        title: "Not compared, since",
        hint: "Why the two are no conflict",
        width: 190.0,
        right: false,
        grows: true,
        sorts: false,
    };
    let columns = [Column::Subject, Column::Topic, Column::One, Column::Other];
    let titles = columns.map(|column| table::Column {
        sorts: false,
        ..column.title()
    });
    let text = text.trim().to_lowercase();
    let value = |id| format::known(cx.book.figure(id), format::figure);
    let row = |of: &NotCompared| {
        let (symbol, name) = words::whom(cx, of.subject);
        let (metric, why) = (of.metric.to_string(), of.why.label());
        let label = format!(
            "{name}, {metric}: {} or {}, {why}",
            value(of.one),
            value(of.other)
        );
        label.to_lowercase().contains(&text).then(|| Row {
            key: Uuid::from_u64_pair(list::hash(&of.one), list::hash(&of.other)),
            label,
            cells: vec![
                Cell::Pair(symbol, name),
                Cell::text(metric),
                Cell::text(value(of.one)),
                Cell::text(value(of.other)),
                Cell::quiet(provenance::sentence(why)),
            ],
        })
    };
    let rows = cx.derived.conflicts.not_compared.iter().filter_map(row);
    Model {
        rows: rows.collect(),
        columns: titles.into_iter().chain([WHY]).collect(),
    }
}
