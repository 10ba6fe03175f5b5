//! Debt by company: the total it states and the sum of its instruments, side
//! by side and never added.

use egui::Ui;
use rust_decimal::Decimal;

use crate::analytics::debt::CompanyDebt;
use crate::analytics::debt_gap::GapCause;
use crate::analytics::staleness::Limits;
use crate::analytics::statement::age_days;
use crate::analytics::{Answer, Input};
use crate::closed_set;
use crate::model::Figure;
use crate::ui::page::list::Key;
use crate::ui::widget::table::{self, Cell, Model, Row};
use crate::ui::widget::{caption, secondary};
use crate::ui::{Cx, format, provenance};

closed_set! {
    /// A column of the companies.
    Column {
        /// The company's colour.
        Square = "square", "";
        /// Symbol and name.
        Company = "company", "Company";
        /// What counts by the switches.
        Counted = "counted_usd", "Debt";
        /// The total it states.
        Stated = "stated_usd", "Stated total";
        /// The time that speaks of.
        AsOf = "stated_as_of", "As of";
        /// How old that is.
        Age = "stated_age_days", "Age";
        /// Sum of its outstanding instruments.
        Sum = "instruments_usd", "Sum of instruments";
        /// Sum less stated total.
        Difference = "difference_usd", "Instruments − stated";
        /// The part of the sum that joint ventures owe.
        JointVenture = "joint_venture_usd", "Of sum, JVs";
        /// How many instruments.
        Count = "instruments", "Instruments";
        /// Who stated the total.
        Source = "source", "Source of the stated total";
    }
}

impl Column {
    const fn hint(self) -> &'static str {
        match self {
            Self::Square => "",
            Self::Company => "Who owes",
            Self::Counted => "What counts by the switches, as on all other pages, USD",
            Self::Stated => "Total debt as the company or another source states it, USD",
            Self::AsOf => "The time the stated total speaks of",
            Self::Age => "Age of the stated total",
            Self::Sum => "Outstanding instruments entered below, joint ventures whole, USD",
            Self::JointVenture => "The part of the sum that joint ventures owe, USD",
            Self::Difference => "Sum of instruments less stated total: the two are not added",
            Self::Count => "Instruments entered, also proposed and repaid ones",
            Self::Source => "Who states the total",
        }
    }

    const fn width(self) -> f32 {
        match self {
            Self::Square => 38.0,
            Self::Company | Self::Difference => 130.0,
            Self::Sum => 122.0,
            Self::Counted => 78.0,
            Self::Stated => 94.0,
            Self::JointVenture => 88.0,
            Self::AsOf => 120.0,
            Self::Age => 46.0,
            Self::Count => 82.0,
            Self::Source => 186.0,
        }
    }

    fn title(self) -> table::Column {
        let right = !matches!(self, Self::Square | Self::Company | Self::Source);
        table::Column {
            code: self.code(),
            title: self.label(),
            hint: self.hint(),
            width: self.width(),
            right,
            grows: matches!(self, Self::Company | Self::Source),
            sorts: self != Self::Square,
        }
    }

    /// True if the first click sorts the largest first.
    pub const fn starts_down(self) -> bool {
        !matches!(self, Self::Company | Self::Source)
    }

    /// What rows are compared by; none is not known.
    pub fn key(self, cx: &Cx<'_>, row: &CompanyDebt) -> Option<Key> {
        let number = |answer: &Answer<Decimal>| answer.as_ref().ok().map(|a| Key::Number(a.value));
        match self {
            Self::Square => None,
            Self::Company => Key::text(row.symbol.as_deref().unwrap_or(&row.company)),
            Self::Counted => number(&row.counted_usd),
            Self::Stated => number(&row.stated_usd),
            Self::AsOf => stated(cx, row)
                .and_then(|figure| figure.time)
                .map(|time| Key::Days(time.last_day(), time.first_day())),
            Self::Age => stated(cx, row)
                .and_then(|figure| age_days(figure, cx.today))
                .map(|days| Key::Number(days.into())),
            Self::Sum => number(&row.instruments_usd),
            Self::JointVenture => {
                Some(Key::Number(row.joint_venture_usd)).filter(|_| row.instruments_usd.is_ok())
            }
            Self::Difference => number(&row.difference_usd()),
            Self::Count => Key::place(row.instruments.len()),
            Self::Source => Key::text(&source(cx, row).unwrap_or_default()),
        }
    }

    fn cell(self, cx: &Cx<'_>, row: &CompanyDebt) -> Cell {
        match self {
            Self::Square => cx
                .book
                .company(row.company_id)
                .map_or(Cell::Blank, |company| {
                    Cell::Square(cx.company_colour(company))
                }),
            Self::Company => match &row.symbol {
                Some(symbol) => Cell::Pair(symbol.clone(), row.company.clone()),
                None => Cell::text(row.company.as_str()),
            },
            Self::Counted => amount(&row.counted_usd),
            Self::Stated => amount(&row.stated_usd),
            Self::AsOf => match stated(cx, row) {
                Some(figure) => Cell::quiet(as_of(figure)),
                None => Cell::unknown(),
            },
            Self::Age => {
                let age = stated(cx, row).and_then(|figure| age_days(figure, cx.today));
                Cell::Age(age, Limits::QUARTERLY)
            }
            Self::Sum => amount(&row.instruments_usd),
            Self::JointVenture if row.joint_venture_usd.is_zero() => Cell::unknown(),
            Self::JointVenture => Cell::quiet(format::money_compact(row.joint_venture_usd)),
            Self::Difference => match row.difference_usd() {
                Ok(difference) => {
                    let text = signed(difference.value);
                    Cell::quiet(format::hedged(difference.hedge, &text))
                }
                Err(_) => Cell::unknown(),
            },
            Self::Count => Cell::quiet(format::decimal(row.instruments.len().into())),
            Self::Source => source(cx, row).map_or_else(Cell::unknown, Cell::quiet),
        }
    }
}

fn amount(answer: &Answer<Decimal>) -> Cell {
    match answer {
        Ok(sum) => Cell::text(format::hedged(sum.hedge, &format::money_compact(sum.value))),
        Err(_) => Cell::unknown(),
    }
}

/// Short money with a sign on either side of zero.
pub fn signed(amount: Decimal) -> String {
    let text = format::money_compact(amount);
    if amount > Decimal::ZERO {
        format!("+{text}")
    } else {
        text
    }
}

/// The figure that is the stated total.
pub fn stated<'a>(cx: &'a Cx<'_>, row: &CompanyDebt) -> Option<&'a Figure> {
    let inputs = &row.stated_usd.as_ref().ok()?.inputs;
    inputs.iter().find_map(|input| match input {
        Input::Figure(id) => cx.book.figure(*id),
        Input::Deal(_) | Input::Debt(_) | Input::Treasury(_) | Input::Close { .. } => None,
    })
}

/// The time a figure speaks of, or when it was said.
pub fn as_of(figure: &Figure) -> String {
    match (figure.time, figure.stated) {
        (Some(time), _) => format::time(time),
        (None, Some(date)) => format!("said {}", format::partial_date(date)),
        (None, None) => "not given".to_owned(),
    }
}

fn source(cx: &Cx<'_>, row: &CompanyDebt) -> Option<String> {
    let id = stated(cx, row)?.source?;
    Some(provenance::source_name(cx, id))
}

/// The table of these rows.
pub fn model(cx: &Cx<'_>, rows: &[&CompanyDebt]) -> Model {
    let row = |row: &&CompanyDebt| {
        let cells: Vec<_> = Column::ALL
            .iter()
            .map(|column| column.cell(cx, row))
            .collect();
        let mut label = row.symbol.clone().unwrap_or_else(|| row.company.clone());
        for (column, cell) in Column::ALL.iter().zip(&cells) {
            if let Cell::Text(text, _) = cell
                && text != format::UNKNOWN
            {
                label.extend([", ", column.label(), " ", text]);
            }
        }
        Row {
            key: row.company_id.0,
            label,
            cells,
        }
    };
    Model {
        columns: Column::ALL.iter().map(|column| column.title()).collect(),
        rows: rows.iter().map(row).collect(),
    }
}

/// True if a cell of the column explains itself.
pub const fn has_tip(column: Column) -> bool {
    !matches!(column, Column::Square | Column::Company | Column::Count)
}

/// Explains a cell; `shown` is its text.
pub fn tip(ui: &mut Ui, cx: &Cx<'_>, row: &CompanyDebt, column: Column, shown: &str) {
    match column {
        Column::Square | Column::Company | Column::Count => {}
        Column::Stated | Column::AsOf | Column::Age | Column::Source => {
            let value = match &row.stated_usd {
                Ok(sum) => format::hedged(sum.hedge, &format::money_compact(sum.value)),
                Err(_) => format::UNKNOWN.to_owned(),
            };
            provenance::show(ui, cx, Column::Stated.label(), &value, &row.stated_usd);
        }
        Column::Counted => {
            provenance::show(ui, cx, column.label(), shown, &row.counted_usd);
        }
        Column::Sum | Column::JointVenture => {
            let label = column.label();
            provenance::show(ui, cx, label, shown, &row.instruments_usd);
        }
        Column::Difference => {
            ui.set_max_width(420.0);
            ui.strong(format!("{}: {shown}", column.label()));
            match row.difference_usd() {
                Ok(difference) => secondary(ui, &cx.tokens, &explain(row, difference.value)),
                Err(missing) => secondary(ui, &cx.tokens, &provenance::sentence(&missing.0)),
            };
            caption(ui, &cx.tokens, "The two are told side by side, never added");
        }
    }
}

/// What a difference may come from: what is known of the instruments first.
pub fn explain(row: &CompanyDebt, difference: Decimal) -> String {
    let words = |of: &GapCause| {
        let amount = of.amount_usd.map(|amount| format!(" ({})", signed(amount)));
        let accounts = if of.explains {
            ", and that accounts for it"
        } else {
            ""
        };
        format!(
            "{}{}{accounts}",
            of.cause.words(),
            amount.unwrap_or_default()
        )
    };
    let causes: Vec<_> = row.gap.iter().map(words).collect();
    if !causes.is_empty() {
        return format!("The two may differ since {}", causes.join("; "));
    }
    if difference.is_zero() {
        "The instruments entered add up to the stated total".to_owned()
    } else if difference < Decimal::ZERO {
        "The instruments entered are less than the stated total: some are not entered, or repaid since"
            .to_owned()
    } else {
        "The instruments are more than the stated total: it may be older, or leave some out"
            .to_owned()
    }
}
