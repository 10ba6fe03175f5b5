//! The columns of the deals: titles, cells and order. Tooltips are in the
//! sibling; nothing here is summed.

use rust_decimal::Decimal;

use crate::analytics::deals::DealRow;
use crate::closed_set;
use crate::model::deal::{DealKind, DealStatus};
use crate::model::{Day, Deal};
use crate::ui::page::list::Key;
use crate::ui::widget::table::{self, Cell, Model, Row, Tone};
use crate::ui::{Cx, Settings, format};

closed_set! {
    /// A column of the deals.
    Column {
        /// The company's colour.
        Square = "square", "";
        /// A sign where something is odd.
        Warning = "warnings", "⚠";
        /// Symbol and name.
        Company = "company", "Company";
        /// Who signed.
        Counterparty = "counterparty", "Counterparty";
        /// Where.
        Site = "site", "Site";
        /// When it became known.
        Announced = "announced", "Announced";
        /// Base value.
        Base = "base_value_usd", "Base value";
        /// The company's share.
        Owned = "owned_share", "Owned";
        /// Base value times the share.
        Attributable = "attributable_value_usd", "Counted";
        /// Critical IT load.
        CriticalMw = "critical_mw", "IT MW";
        /// Millions of dollars per MW and year.
        Rate = "rate_usd_m_per_mw_year", "$m/MW-y";
        /// What is not yet due.
        Remaining = "remaining_usd", "Remaining";
        /// First rent.
        RentStart = "rent_start", "Rent start";
        /// Base term.
        Term = "term_months", "Term";
        /// How far it has come.
        Status = "status", "Status";
        /// What kind of company the counterparty is.
        Class = "counterparty_class", "Class";
        /// What is sold.
        Kind = "kind", "Kind";
        /// Value with every option.
        WithOptions = "value_with_options_usd", "With options";
        /// Gross load.
        GrossMw = "gross_mw", "Gross MW";
        /// Dollars per kW and month.
        RateKwMonth = "rate_usd_per_kw_month", "$/kW-mo";
        /// Dollars per MWh.
        RateMwh = "rate_usd_per_mwh", "$/MWh";
    }
}

impl Column {
    const fn hint(self) -> &'static str {
        match self {
            Self::Square => "",
            Self::Warning => "Deals whose terms look odd",
            Self::Company => "Who is paid",
            Self::Counterparty => "Who signed",
            Self::Site => "Where",
            Self::Announced => "When it became known",
            Self::Base => "Contract value over the base term, the whole of a joint venture",
            Self::Owned => "The company's share of a joint venture",
            Self::Attributable => {
                "What counts by the switches: base value times the owned share, USD"
            }
            Self::CriticalMw => "Critical IT load, MW: what rates are computed on",
            Self::Rate => "Base value ÷ term ÷ critical IT load, $m per MW and year",
            Self::Remaining => "What of the counted value is not yet due, USD",
            Self::RentStart => "First rent, by the latest statement",
            Self::Term => "Base, non-cancellable term",
            Self::Status => "How far it has come",
            Self::Class => "What kind of company the counterparty is",
            Self::Kind => "What is sold: compare rates only within a kind",
            Self::WithOptions => "Value if every option is taken, never counted as backlog",
            Self::GrossMw => "Gross utility load, MW",
            Self::RateKwMonth => "The rate per kW of critical IT load and month, USD",
            Self::RateMwh => "The rate per MWh of critical IT load at full use, USD",
        }
    }

    const fn width(self) -> f32 {
        match self {
            Self::Square => 38.0,
            Self::Warning => 32.0,
            Self::Company => 142.0,
            Self::Counterparty => 150.0,
            Self::Site | Self::Kind => 148.0,
            Self::Announced | Self::Attributable | Self::Class | Self::WithOptions => 98.0,
            Self::Base => 86.0,
            Self::Owned | Self::Term => 66.0,
            Self::CriticalMw => 64.0,
            Self::GrossMw | Self::RateKwMonth | Self::RateMwh => 78.0,
            Self::Rate | Self::Remaining => 84.0,
            Self::RentStart => 126.0,
            Self::Status => 112.0,
        }
    }

    const fn right(self) -> bool {
        match self {
            Self::Square
            | Self::Warning
            | Self::Company
            | Self::Counterparty
            | Self::Site
            | Self::Status
            | Self::Class
            | Self::Kind => false,
            Self::Announced
            | Self::Base
            | Self::Owned
            | Self::Attributable
            | Self::CriticalMw
            | Self::Rate
            | Self::Remaining
            | Self::RentStart
            | Self::Term
            | Self::WithOptions
            | Self::GrossMw
            | Self::RateKwMonth
            | Self::RateMwh => true,
        }
    }

    /// True if the first click sorts the largest first.
    pub const fn starts_down(self) -> bool {
        self.right() || matches!(self, Self::Warning)
    }

    fn title(self) -> table::Column {
        table::Column {
            code: self.code(),
            title: self.label(),
            hint: self.hint(),
            width: self.width(),
            right: self.right(),
            grows: matches!(self, Self::Counterparty | Self::Site),
            sorts: self != Self::Square,
        }
    }

    /// What rows are compared by; none is not known.
    pub fn key(self, row: &DealRow) -> Option<Key> {
        let number = |value: Option<Decimal>| value.map(Key::Number);
        match self {
            Self::Square => None,
            Self::Warning => {
                let warnings = row.warnings.len();
                Key::place(warnings).filter(|_| warnings > 0)
            }
            Self::Company => Key::text(row.symbol.as_deref().unwrap_or(&row.company)),
            Self::Counterparty => Key::text(&row.counterparty),
            Self::Site => Key::text(row.site.as_deref().unwrap_or_default()),
            Self::Announced => Some(Key::date(row.announced)),
            // Amounts of different currencies are not compared.
            Self::Base => number(usd(row.base_value)),
            Self::Owned => number(Some(row.owned_share)),
            Self::Attributable => number(row.attributable_usd),
            Self::CriticalMw => number(row.critical_mw),
            Self::Rate => number(row.rates.usd_m_per_mw_year),
            Self::Remaining => number(row.remaining_usd.as_ref().ok().copied()),
            Self::RentStart => row.rent_start.map(Key::date),
            Self::Term => number(row.term_months.map(Decimal::from)),
            Self::Status => Key::among(DealStatus::ALL, &row.status),
            Self::Class => Key::text(row.class.label()),
            Self::Kind => {
                Key::among(DealKind::ALL, &row.kind).filter(|_| row.kind != DealKind::Unknown)
            }
            Self::WithOptions => number(usd(row.value_with_options)),
            Self::GrossMw => number(row.gross_mw),
            Self::RateKwMonth => number(row.rates.usd_per_kw_month),
            Self::RateMwh => number(row.rates.usd_per_mwh),
        }
    }

    /// The cell of a deal; `deal` is the record the row was made of.
    fn cell(self, cx: &Cx<'_>, row: &DealRow, deal: Option<&Deal>) -> Cell {
        let mw = format::load;
        match self {
            Self::Square => cx
                .book
                .company(row.company_id)
                .map_or(Cell::Blank, |company| {
                    Cell::Square(cx.company_colour(company))
                }),
            Self::Warning if row.warnings.is_empty() => Cell::Blank,
            Self::Warning => Cell::Text("⚠".to_owned(), Tone::Warn),
            Self::Company => match &row.symbol {
                Some(symbol) if row.counts => Cell::Pair(symbol.clone(), row.company.clone()),
                Some(symbol) => Cell::text(symbol.as_str()),
                None => Cell::text(row.company.as_str()),
            },
            Self::Counterparty => Cell::text(row.counterparty.as_str()),
            Self::Site => known(row.site.as_deref(), str::to_owned).quieter(),
            Self::Announced => Cell::quiet(format::partial_date(row.announced)),
            Self::Base => known(row.base_value, |value| {
                format::hedged(row.hedge, &format::money(value))
            }),
            Self::Owned if row.owned_share == Decimal::ONE => {
                Cell::Text(format::fraction(row.owned_share), Tone::Dim)
            }
            Self::Owned => Cell::text(format::fraction(row.owned_share)),
            Self::Attributable => known(row.attributable_usd, |value| {
                format::hedged(row.hedge, &format::money_compact(value))
            }),
            Self::CriticalMw => known(row.critical_mw, mw),
            Self::Rate => known(row.rates.usd_m_per_mw_year, format::rate_m_per_mw_year),
            Self::Remaining => known(
                row.remaining_usd.as_ref().ok().copied(),
                format::money_compact,
            ),
            Self::RentStart => rent_start(cx, row, deal),
            Self::Term => known(row.term_months, format::years_months),
            Self::Status if row.alternative_to.is_some() => Cell::quiet("Other telling"),
            Self::Status => Cell::quiet(row.status.label()),
            Self::Class => Cell::quiet(row.class.label()),
            Self::Kind if row.kind == DealKind::Unknown => Cell::unknown(),
            Self::Kind => Cell::quiet(row.kind.label()),
            Self::WithOptions => known(row.value_with_options, format::money).quieter(),
            Self::GrossMw => known(row.gross_mw, mw).quieter(),
            Self::RateKwMonth => whole(row.rates.usd_per_kw_month),
            Self::RateMwh => whole(row.rates.usd_per_mwh),
        }
    }
}

fn known<T>(value: Option<T>, text: impl FnOnce(T) -> String) -> Cell {
    value.map_or_else(Cell::unknown, |value| Cell::text(text(value)))
}

fn whole(rate: Option<Decimal>) -> Cell {
    known(rate, |rate| format::decimal_places(rate, 0))
}

fn usd(money: Option<crate::model::Money>) -> Option<Decimal> {
    let money = money.filter(|money| money.currency == crate::model::Currency::USD);
    money.map(|money| money.amount)
}

/// What the latest statement of the first rent did to the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moved {
    /// There is no earlier statement, or it said the same.
    Not,
    /// It starts later than was said before.
    Later,
    /// It starts earlier, or is told more exactly.
    Else,
}

/// Compares the latest statement of the first rent known by a day with the one
/// before.
pub fn moved(deal: &Deal, day: Day) -> Moved {
    let mut latest = deal.rent_starts_by(day).rev();
    let (Some(now), Some(before)) = (latest.next(), latest.next()) else {
        return Moved::Not;
    };
    if now.date == before.date {
        Moved::Not
    } else if now.date.last_day() > before.date.last_day() {
        Moved::Later
    } else {
        Moved::Else
    }
}

fn rent_start(cx: &Cx<'_>, row: &DealRow, deal: Option<&Deal>) -> Cell {
    let Some(start) = row.rent_start else {
        return Cell::unknown();
    };
    let text = format::partial_date(start);
    match deal.map_or(Moved::Not, |deal| moved(deal, cx.today)) {
        Moved::Not => Cell::text(text),
        Moved::Later => Cell::Text(format!("slipped {text}"), Tone::Warn),
        Moved::Else => Cell::text(format!("restated {text}")),
    }
}

/// The column sorted by and whether descending; newest first unless chosen.
pub fn sort_of(settings: &Settings) -> (Column, bool) {
    let chosen = settings.deals_sort.as_ref();
    chosen
        .and_then(|(code, down)| Some((Column::from_code(code)?, *down)))
        .unwrap_or((Column::Announced, true))
}

/// The table of these rows.
pub fn model(cx: &Cx<'_>, rows: &[&DealRow]) -> Model {
    let row = |row: &&DealRow| {
        let deal = cx.book.deal(row.id);
        let cell = |column: &Column| {
            let cell = column.cell(cx, row, deal);
            if row.counts { cell } else { cell.dimmed() }
        };
        let cells: Vec<_> = Column::ALL.iter().map(cell).collect();
        Row {
            key: row.id.0,
            label: in_words(row, &cells),
            cells,
        }
    };
    Model {
        columns: Column::ALL.iter().map(|column| column.title()).collect(),
        rows: rows.iter().map(row).collect(),
    }
}

fn in_words(row: &DealRow, cells: &[Cell]) -> String {
    let who = row.symbol.as_deref().unwrap_or(&row.company);
    let mut words = format!("{who} – {}", row.counterparty);
    // Square, warning, company and counterparty are said already or below.
    for (column, cell) in Column::ALL.iter().zip(cells).skip(4) {
        if let Cell::Text(text, _) = cell
            && text != format::UNKNOWN
        {
            words.extend([", ", column.label(), " ", text]);
        }
    }
    if row.alternative_to.is_some() {
        words.push_str(", other telling, not counted");
    }
    for (_, warning) in &row.warnings {
        words.extend([", ", warning]);
    }
    words
}
