//! The events of the Calendar page as a table: which are shown, titles and cells.

use uuid::Uuid;

use crate::analytics::agenda::{Event, EventKind, Whose};
use crate::analytics::start::months_to_revenue;
use crate::closed_set;
use crate::model::{CompanyId, RecordKey, RecordKind, SourceId};
use crate::ui::page::list::Key;
use crate::ui::widget::table::{self, Cell, Model, Row, Tone};
use crate::ui::{Cx, format, provenance};

closed_set! {
    /// A column of the Calendar page.
    Column {
        /// When.
        When = "when", "When";
        /// Of which company.
        Company = "company", "Company";
        /// What happens.
        What = "what", "What";
        /// To which deal or debt.
        Record = "record", "Deal or debt";
        /// Rent of a year, or principal.
        Amount = "amount", "Amount";
        /// Load.
        Load = "load", "MW";
        /// Months until then.
        Ahead = "ahead", "In";
        /// How the date has moved.
        Moved = "moved", "Moved";
    }
}

closed_set! {
    /// Which events are shown.
    Show {
        /// All.
        All = "all", "All";
        /// Rents.
        Rents = "rents", "Rents";
        /// Principal.
        Debt = "debt", "Maturities";
        /// Those of which no source says when.
        Undated = "undated", "Without a date";
    }
}

/// What an event must match to be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Filter {
    /// Which kinds.
    pub show: Show,
    /// Of which company.
    pub company: Option<CompanyId>,
}

impl Default for Filter {
    fn default() -> Self {
        Self {
            show: Show::All,
            company: None,
        }
    }
}

impl Filter {
    /// True if the event is shown; `text` is part of a name, in any case.
    pub fn matches(self, cx: &Cx<'_>, event: &Event, text: &str) -> bool {
        let kind = match (self.show, event.kind) {
            (Show::Undated, _) => event.date.is_none(),
            (Show::All, _)
            | (Show::Rents, EventKind::RentStarts | EventKind::RentEnds)
            | (Show::Debt, EventKind::Instalment | EventKind::Matures) => event.date.is_some(),
            (Show::Rents | Show::Debt, _) => false,
        };
        let company = self.company.is_none_or(|id| id == event.company_id);
        kind && company && {
            let text = text.trim().to_lowercase();
            let symbol = cx.book.symbol_of(event.company_id).unwrap_or_default();
            let names = [symbol, cx.company_name(event.company_id), &name(cx, event)];
            names.iter().any(|name| name.to_lowercase().contains(&text))
        }
    }
}

impl Column {
    const fn hint(self) -> &'static str {
        match self {
            Self::When => "As precisely as a source says it",
            Self::Company => "Symbol and name",
            Self::What => "What happens",
            Self::Record => "To which contract or instrument",
            Self::Amount => "Rent: average of a year. Debt: principal due. USD, by the switches",
            Self::Load => "Load of the deal or phase by the switches, MW",
            Self::Ahead => "Months until then",
            Self::Moved => "How the stated start of rent has moved",
        }
    }

    const fn width(self) -> f32 {
        match self {
            Self::When => 96.0,
            Self::What => 112.0,
            Self::Record => 190.0,
            Self::Amount | Self::Company => 78.0,
            Self::Load => 60.0,
            Self::Ahead => 76.0,
            Self::Moved => 150.0,
        }
    }

    /// The title as a table shows it.
    pub fn title(self) -> table::Column {
        table::Column {
            code: self.code(),
            title: self.label(),
            hint: self.hint(),
            width: self.width(),
            right: matches!(self, Self::Amount | Self::Load | Self::Ahead),
            grows: matches!(self, Self::Company | Self::Record),
            sorts: self != Self::Moved,
        }
    }

    /// Numbers and dates that matter more when large come first so.
    pub const fn starts_down(self) -> bool {
        matches!(self, Self::Amount | Self::Load)
    }

    /// What rows are sorted by.
    pub fn key(self, cx: &Cx<'_>, event: &Event) -> Option<Key> {
        match self {
            Self::When | Self::Ahead => event.date.map(Key::date),
            Self::Company => Key::text(cx.book.symbol_of(event.company_id).unwrap_or_default()),
            Self::What => Key::among(EventKind::ALL, &event.kind),
            Self::Record => Key::text(&name(cx, event)),
            Self::Amount => event.amount_usd.map(Key::Number),
            Self::Load => event.load_mw.map(Key::Number),
            Self::Moved => None,
        }
    }

    fn cell(self, cx: &Cx<'_>, event: &Event) -> Cell {
        match self {
            Self::When => match event.date {
                Some(date) if event.overdue => Cell::Text(format::partial_date(date), Tone::Warn),
                Some(date) => Cell::text(format::partial_date(date)),
                None => Cell::unknown(),
            },
            Self::Company => {
                let symbol = cx.book.symbol_of(event.company_id).unwrap_or("–");
                let name = cx.company_name(event.company_id);
                Cell::Pair(symbol.to_owned(), name.to_owned())
            }
            Self::What if event.overdue => Cell::Text("Due, not repaid".to_owned(), Tone::Warn),
            Self::What => match event.kind {
                EventKind::RentStarts => Cell::Text(event.kind.label().to_owned(), Tone::Gain),
                EventKind::Matures => Cell::text(event.kind.label()),
                EventKind::RentEnds | EventKind::Instalment => Cell::quiet(event.kind.label()),
            },
            Self::Record => Cell::text(name(cx, event)),
            Self::Amount => amount(event).map_or_else(Cell::unknown, Cell::text),
            Self::Load => match (event.load_mw, event.kind) {
                (Some(load), _) => Cell::text(format::load(load)),
                (None, EventKind::RentStarts | EventKind::RentEnds) => Cell::unknown(),
                (None, EventKind::Instalment | EventKind::Matures) => Cell::Blank,
            },
            Self::Ahead => match months_to_revenue(event.date, cx.today) {
                Ok(months) if months.least == months.most => {
                    Cell::quiet(format!("{} mo", months.least))
                }
                Ok(months) => Cell::quiet(format!("{}–{} mo", months.least, months.most)),
                Err(_) => Cell::unknown(),
            },
            Self::Moved => {
                let words = event.slippage.as_ref().and_then(format::slippage);
                words.map_or(Cell::Blank, |words| Cell::Text(words, Tone::Warn))
            }
        }
    }
}

/// Rent of a year, or principal.
fn amount(event: &Event) -> Option<String> {
    let amount = format::money_compact(event.amount_usd?);
    Some(match event.kind {
        EventKind::RentStarts | EventKind::RentEnds => format!("{amount}/y"),
        EventKind::Instalment | EventKind::Matures => amount,
    })
}

/// The deal or debt, and the phase.
pub fn name(cx: &Cx<'_>, event: &Event) -> String {
    let record = match event.of {
        Whose::Deal(id) => cx.book.deal(id).map(provenance::deal_name),
        Whose::Debt(id) => cx.book.debt(id).map(|debt| debt.name.clone()),
    };
    let record = record.unwrap_or_default();
    match &event.phase {
        Some(phase) => format!("{phase}, {record}"),
        None => record,
    }
}

/// The record behind an event.
pub const fn record(event: &Event) -> RecordKey {
    match event.of {
        Whose::Deal(id) => RecordKey::new(RecordKind::Deal, id.0),
        Whose::Debt(id) => RecordKey::new(RecordKind::Debt, id.0),
    }
}

/// Who says so.
pub fn sources<'a>(cx: &'a Cx<'_>, event: &Event) -> &'a [SourceId] {
    match event.of {
        Whose::Deal(id) => cx.book.deal(id).map_or(&[], |deal| &deal.sources),
        Whose::Debt(id) => cx.book.debt(id).map_or(&[], |debt| &debt.sources),
    }
}

/// A key of its own for each event of a record.
fn key(event: &Event, place: usize) -> Uuid {
    Uuid::from_u128(record(event).id.as_u128() ^ ((place as u128 + 1) << 64))
}

/// The table of these events, each with its place in the agenda.
pub fn model(cx: &Cx<'_>, events: &[(usize, &Event)]) -> Model {
    let columns = Column::ALL.iter().copied();
    let row = |(place, event): &(usize, &Event)| {
        let date = format::known(event.date, format::partial_date);
        let amount = amount(event).unwrap_or_else(|| format::UNKNOWN.to_owned());
        let label = format!(
            "{date}, {} {}, {}, {amount}",
            cx.company_name(event.company_id),
            event.kind.label().to_lowercase(),
            name(cx, event),
        );
        Row {
            key: key(event, *place),
            label,
            cells: columns
                .clone()
                .map(|column| column.cell(cx, event))
                .collect(),
        }
    };
    Model {
        columns: columns.clone().map(Column::title).collect(),
        rows: events.iter().map(row).collect(),
    }
}
