//! What a column of the watchlist is: one of the page's own, any measure, or a
//! formula that the user wrote; and which of them are shown, in which order. Its
//! cells are in the sibling.

use std::borrow::Cow;

use crate::analytics::formula::{Formula, FormulaError};
use crate::analytics::measure::{Measure, MeasureUnit};
use crate::analytics::switches::LoadBasis;
use crate::closed_set;
use crate::ui::Settings;
use crate::ui::widget::table::{self, Written};

closed_set! {
    /// A column that is no figure of measures.
    Own {
        /// Square that puts the line on or off.
        Line = "line", "";
        /// Symbol and name.
        Company = "company", "Company";
        /// Day of the last close.
        Day = "day", "Day";
        /// Small line relative to Bitcoin.
        Spark = "spark", "90 d";
        /// Next rent start.
        NextRent = "next_rent_start", "Next rent";
        /// Age of the oldest statement used.
        Age = "oldest_figure_days", "Age";
    }
}

/// A column of the watchlist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Column {
    /// One of the page's own.
    Own(Own),
    /// A measure.
    Measure(Measure),
    /// The formula of that name.
    Formula(String),
}

/// What the code of a formula's column begins with; its name follows.
const FORMULA: &str = "formula:";
/// The code under which contracted load was kept when it was always critical.
const CRITICAL_MW: &str = "contracted_critical_mw";
/// Width of a letter of a title, and of what stands beside it: padding and the
/// arrow of the order.
const LETTER: f32 = 6.7;
const BESIDE: f32 = 27.0;
/// Titles of formulas wider than this end with ….
const WIDEST: f32 = 190.0;

/// The columns where nothing was chosen.
pub const DEFAULT: [Column; 15] = [
    Column::Own(Own::Line),
    Column::Own(Own::Company),
    Column::Measure(Measure::Close),
    Column::Own(Own::Day),
    Column::Measure(Measure::Return1d),
    Column::Measure(Measure::ReturnYtd),
    Column::Measure(Measure::ExcessYtd),
    Column::Own(Own::Spark),
    Column::Measure(Measure::Backlog),
    Column::Measure(Measure::Debt),
    Column::Measure(Measure::BacklogToDebt),
    Column::Measure(Measure::ContractedMw),
    Column::Measure(Measure::AiRevenueShare),
    Column::Own(Own::NextRent),
    Column::Own(Own::Age),
];

impl Own {
    const fn hint(self) -> &'static str {
        match self {
            Self::Line => "",
            Self::Company => "Symbol and name",
            Self::Day => "Day of the last close",
            Self::Spark => "Last 90 days relative to Bitcoin",
            Self::NextRent => "Earliest stated first rent that is still to come",
            Self::Age => "Age of the oldest statement used in the row",
        }
    }

    const fn width(self) -> f32 {
        match self {
            Self::Line => 24.0,
            Self::Company => 68.0,
            Self::Day => 60.0,
            Self::Spark => 42.0,
            Self::NextRent => 72.0,
            Self::Age => 38.0,
        }
    }
}

impl Column {
    /// The code by which it is kept.
    pub fn code(&self) -> String {
        match self {
            Self::Own(own) => own.code().to_owned(),
            Self::Measure(measure) => measure.code().to_owned(),
            Self::Formula(name) => format!("{FORMULA}{name}"),
        }
    }

    /// The column kept by that code, if there is one.
    pub fn from_code(code: &str, settings: &Settings) -> Option<Self> {
        if let Some(name) = code.strip_prefix(FORMULA) {
            let mut written = settings.formulas.iter();
            let known = written.any(|formula| formula.name == name);
            return known.then(|| Self::Formula(name.to_owned()));
        }
        if code == CRITICAL_MW {
            return Some(Self::Measure(Measure::ContractedMw));
        }
        let own = Own::from_code(code).map(Self::Own);
        own.or_else(|| Measure::from_code(code).map(Self::Measure))
    }

    /// True for square and name, by which a row is found: they cannot be taken off.
    pub const fn stays(&self) -> bool {
        matches!(self, Self::Own(Own::Line | Own::Company))
    }

    /// The name by which lists offer it.
    pub fn name(&self) -> String {
        match self {
            Self::Own(own) => own.label().to_owned(),
            Self::Measure(measure) => measure.label().to_owned(),
            Self::Formula(name) => format!("f {name}"),
        }
    }

    /// What it shows, in a sentence.
    pub fn hint(&self, settings: &Settings) -> String {
        match self {
            Self::Own(own) => own.hint().to_owned(),
            Self::Measure(measure) => measure.formula().to_owned(),
            Self::Formula(name) => text_of(name, settings).to_owned(),
        }
    }

    /// True for a number, which can have colours.
    pub const fn is_number(&self) -> bool {
        match self {
            Self::Own(own) => matches!(own, Own::Age),
            Self::Measure(_) | Self::Formula(_) => true,
        }
    }
}

/// A column as it is shown: a formula is read already.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown {
    /// Which column.
    pub column: Column,
    /// The formula, if it is one.
    pub formula: Option<Result<Formula, FormulaError>>,
    /// Its title, which may depend on switches and neighbours; owned if the user
    /// wrote it.
    pub title: Cow<'static, str>,
}

impl Shown {
    fn of(column: Column, settings: &Settings, with_backlog: bool) -> Self {
        let formula = match &column {
            Column::Own(_) | Column::Measure(_) => None,
            Column::Formula(name) => Some(Formula::read(text_of(name, settings))),
        };
        let title = match &column {
            Column::Own(own) => Cow::Borrowed(own.label()),
            Column::Measure(measure) => Cow::Borrowed(title(*measure, settings, with_backlog)),
            Column::Formula(_) => Cow::Owned(column.name()),
        };
        Self {
            column,
            formula,
            title,
        }
    }

    /// The head of its column.
    pub fn head(&self) -> table::Column {
        let (code, hint, right) = match &self.column {
            Column::Own(own) => {
                let left = matches!(own, Own::Line | Own::Company | Own::Spark);
                (own.code(), own.hint(), !left)
            }
            Column::Measure(measure) => (measure.code(), measure.formula(), true),
            Column::Formula(_) => ("formula", "", true),
        };
        let title = match &self.title {
            Cow::Borrowed(title) => title,
            Cow::Owned(_) => "Formula",
        };
        table::Column {
            code,
            title,
            hint,
            width: self.width(),
            right,
            grows: self.column == Column::Own(Own::Company),
            sorts: !matches!(self.column, Column::Own(Own::Line | Own::Spark)),
        }
    }

    /// Its title if the user wrote it.
    pub fn written(&self, settings: &Settings) -> Option<Written> {
        match &self.title {
            Cow::Borrowed(_) => None,
            Cow::Owned(title) => Some(Written {
                code: self.column.code(),
                title: title.clone(),
                hint: self.column.hint(settings),
            }),
        }
    }

    fn width(&self) -> f32 {
        let title = self.title.chars().count() as f32 * LETTER + BESIDE;
        match &self.column {
            Column::Own(own) => own.width(),
            Column::Measure(measure) => {
                let usual = USUAL.iter().find(|(usual, _)| *usual == self.title);
                usual.map_or_else(|| title.max(of_unit(measure.unit())), |(_, width)| *width)
            }
            Column::Formula(_) => title.clamp(72.0, WIDEST),
        }
    }
}

/// Widths by title of the columns that are shown where nothing was chosen: they
/// fit into the smallest window.
const USUAL: [(&str, f32); 9] = [
    ("Close", 55.0),
    ("1D", 56.0),
    ("YTD", 62.0),
    ("vs BTC", 53.0),
    ("Backlog", 72.0),
    ("Debt", 60.0),
    ("÷ debt", 56.0),
    ("IT MW", 50.0),
    ("AI rev.", 48.0),
];

/// Room for a value of the unit.
const fn of_unit(unit: MeasureUnit) -> f32 {
    match unit {
        MeasureUnit::Usd | MeasureUnit::UsdPerMw | MeasureUnit::Shares | MeasureUnit::Price => 72.0,
        MeasureUnit::Megawatts | MeasureUnit::Btc | MeasureUnit::Index => 64.0,
        MeasureUnit::Change | MeasureUnit::Points | MeasureUnit::Fraction => 56.0,
        MeasureUnit::Multiple => 60.0,
    }
}

/// A title that is shorter than the measure's name where the column leaves no doubt.
fn title(measure: Measure, settings: &Settings, with_backlog: bool) -> &'static str {
    let load = match settings.switches.load {
        LoadBasis::Critical => "IT MW",
        LoadBasis::Gross => "Gross MW",
    };
    let shorter = [
        (Measure::AiRevenueShare, "AI rev."),
        (Measure::ReportedCoverage, "Coverage"),
        (Measure::HhiSignatory, "HHI signed"),
        (Measure::HhiObligor, "HHI credit"),
        (Measure::ContractedMw, load),
        (Measure::BacklogToDebt, "÷ debt"),
    ];
    let alone = measure == Measure::BacklogToDebt && !with_backlog;
    let short = shorter.iter().find(|(short, _)| *short == measure);
    short
        .filter(|_| !alone)
        .map_or_else(|| measure.label(), |(_, title)| *title)
}

fn text_of<'a>(name: &str, settings: &'a Settings) -> &'a str {
    let mut written = settings.formulas.iter();
    let found = written.find(|formula| formula.name == name);
    found.map_or("", |formula| &formula.text)
}

/// The columns of these codes, without those that are not known.
pub fn known(codes: &[String], settings: &Settings) -> Vec<Column> {
    let columns = codes.iter();
    columns
        .filter_map(|code| Column::from_code(code, settings))
        .collect()
}

/// The columns shown, in order: the chosen ones, or the default.
pub fn chosen(settings: &Settings) -> Vec<Column> {
    let chosen = known(&settings.watchlist_columns, settings);
    if chosen.is_empty() {
        DEFAULT.to_vec()
    } else {
        chosen
    }
}

/// A column, ready for its cells, whether it is shown or not.
pub fn prepared(column: Column, settings: &Settings) -> Shown {
    Shown::of(column, settings, false)
}

/// The columns shown, ready for their cells.
pub fn shown(settings: &Settings) -> Vec<Shown> {
    let columns = chosen(settings);
    let with_backlog = columns.contains(&Column::Measure(Measure::Backlog));
    let columns = columns.into_iter();
    columns
        .map(|column| Shown::of(column, settings, with_backlog))
        .collect()
}

/// Keeps columns as the chosen ones. Codes that this version does not know stay
/// where a later one finds them.
pub fn choose(settings: &mut Settings, columns: &[Column]) {
    let mut codes: Vec<_> = columns.iter().map(Column::code).collect();
    let before = settings.watchlist_columns.iter();
    let unknown = before.filter(|code| Column::from_code(code, settings).is_none());
    let unknown: Vec<_> = unknown.cloned().collect();
    if unknown.is_empty() && columns == DEFAULT {
        // Nothing chosen: a later version may have a better default.
        codes.clear();
    }
    codes.extend(unknown);
    settings.watchlist_columns = codes;
}

/// The column sorted by and whether descending; backlog, largest first, unless
/// chosen otherwise.
pub fn sort_of(settings: &Settings) -> (Option<Column>, bool) {
    match &settings.watchlist_sort {
        Some((code, down)) => (Column::from_code(code, settings), *down),
        None => (Some(Column::Measure(Measure::Backlog)), true),
    }
}
