//! The columns of the watchlist: titles, cells, order and tooltips.

use std::cmp::Ordering;

use egui::Ui;
use rust_decimal::prelude::ToPrimitive as _;

use crate::analytics::freshness::Freshness;
use crate::analytics::watchlist::WatchlistRow;
use crate::analytics::{Answer, Stated};
use crate::closed_set;
use crate::model::Hedge;
use crate::ui::page::facts;
use crate::ui::price_state::{self, PriceState};
use crate::ui::widget::mark::Sign;
use crate::ui::widget::table::{self, Cell, Model, Row, Tone};
use crate::ui::{Cx, Settings, format, provenance};

closed_set! {
    /// A column of the watchlist.
    Column {
        /// Square that puts the line on or off.
        Line = "line", "";
        /// Symbol and name.
        Company = "company", "Company";
        /// Last close.
        Close = "close", "Close";
        /// Day of the last close.
        Day = "day", "Day";
        /// Return of one day.
        Return1d = "return_1d", "1D";
        /// Return since the year began.
        ReturnYtd = "return_ytd", "YTD";
        /// The same against Bitcoin.
        Excess = "excess_return_ytd", "vs BTC";
        /// Small line relative to Bitcoin.
        Spark = "spark", "90 d";
        /// Backlog.
        Backlog = "backlog_usd", "Backlog";
        /// Debt.
        Debt = "debt_usd", "Debt";
        /// Backlog over debt.
        BacklogToDebt = "backlog_to_debt", "÷ debt";
        /// Contracted critical IT load.
        CriticalMw = "contracted_critical_mw", "IT MW";
        /// AI revenue share.
        AiShare = "ai_revenue_share", "AI rev.";
        /// Next rent start.
        NextRent = "next_rent_start", "Next rent";
        /// Age of the oldest statement used.
        Age = "oldest_figure_days", "Age";
    }
}

impl Column {
    const fn hint(self) -> &'static str {
        match self {
            Self::Line => "",
            Self::Company => "Symbol and name",
            Self::Close => "Last close in the share's currency",
            Self::Day => "Day of the last close",
            Self::Return1d => "Change from the close before",
            Self::ReturnYtd => "Change since the last close of the year before, without dividends",
            Self::Excess => "The same less Bitcoin's over the same days, in points",
            Self::Spark => "Last 90 days relative to Bitcoin",
            Self::Backlog => "Contract value over the base terms, owned share, USD",
            Self::Debt => "Stated total debt, else the sum of instruments, USD",
            Self::BacklogToDebt => "Backlog divided by debt",
            Self::CriticalMw => "Critical IT load under contract, MW",
            Self::AiShare => "AI revenue over total revenue of the same period",
            Self::NextRent => "Earliest stated first rent that is still to come",
            Self::Age => "Age of the oldest statement used in the row",
        }
    }

    const fn width(self) -> f32 {
        match self {
            Self::Line => 24.0,
            Self::Company => 68.0,
            Self::Close => 55.0,
            Self::ReturnYtd => 62.0,
            Self::Excess => 53.0,
            Self::Day | Self::Debt => 60.0,
            Self::Return1d | Self::BacklogToDebt => 56.0,
            Self::CriticalMw => 50.0,
            Self::AiShare => 48.0,
            Self::Spark => 42.0,
            Self::NextRent | Self::Backlog => 72.0,
            Self::Age => 38.0,
        }
    }

    const fn right(self) -> bool {
        !matches!(self, Self::Line | Self::Company | Self::Spark)
    }

    fn title(self) -> table::Column {
        table::Column {
            code: self.code(),
            title: self.label(),
            hint: self.hint(),
            width: self.width(),
            right: self.right(),
            grows: self == Self::Company,
            sorts: !matches!(self, Self::Line | Self::Spark),
        }
    }

    /// What is compared when sorting: numbers, or the text of a name.
    fn key(self, row: &WatchlistRow) -> Option<f64> {
        fn ok<T: Copy>(answer: &Answer<T>) -> Option<T> {
            answer.as_ref().ok().map(|stated| stated.value)
        }
        let number = |value: rust_decimal::Decimal| value.to_f64();
        match self {
            Self::Line | Self::Company | Self::Spark => None,
            Self::Close => ok(&row.last).map(|(close, _)| close),
            Self::Day => ok(&row.last).map(|(_, day)| crate::analytics::lines::day_number(day)),
            Self::Return1d => ok(&row.return_1d),
            Self::ReturnYtd => ok(&row.return_ytd),
            Self::Excess => ok(&row.excess_return_ytd),
            Self::Backlog => ok(&row.backlog_usd).and_then(number),
            Self::Debt => ok(&row.debt_usd).and_then(number),
            Self::BacklogToDebt => ok(&row.backlog_to_debt),
            Self::CriticalMw => ok(&row.contracted_critical_mw).and_then(number),
            Self::AiShare => ok(&row.ai_revenue_share),
            Self::NextRent => ok(&row.next_rent_start)
                .map(|date| crate::analytics::lines::day_number(date.first_day())),
            Self::Age => row.oldest_figure_days.map(|days| days as f64),
        }
    }

    fn cell(self, cx: &Cx<'_>, row: &WatchlistRow) -> Cell {
        match self {
            Self::Line => line_square(cx, row),
            Self::Company => {
                let symbol = row.symbol.clone().unwrap_or_else(|| "–".to_owned());
                Cell::Pair(symbol, row.company.clone())
            }
            Self::Close => answer(&row.last, |(close, _)| format::price(*close)),
            Self::Day => match &row.last {
                Ok(last) => Cell::quiet(format::day_short(last.value.1)),
                Err(_) => Cell::unknown(),
            },
            // From ten percent on the tenths say little.
            Self::Return1d => change(&row.return_1d, |value| {
                format::percent(value, u32::from(value.abs() < 0.0995))
            }),
            Self::ReturnYtd => change(&row.return_ytd, |value| format::percent(value, 0)),
            Self::Excess => change(&row.excess_return_ytd, format::points),
            Self::Spark => {
                let company = cx.book.company(row.company_id);
                let colour = company.map_or(cx.tokens.text2, |company| cx.company_colour(company));
                Cell::Spark(row.spark.clone(), colour)
            }
            Self::Backlog => answer(&row.backlog_usd, |value| format::money_compact(*value)),
            Self::Debt => answer(&row.debt_usd, |value| format::money_compact(*value)),
            Self::BacklogToDebt => answer(&row.backlog_to_debt, |value| format::multiple(*value)),
            Self::CriticalMw => answer(&row.contracted_critical_mw, |value| {
                format::decimal(value.normalize())
            }),
            Self::AiShare => answer(&row.ai_revenue_share, |value| format::share(*value)),
            Self::NextRent => answer(&row.next_rent_start, |value| format::partial_date(*value)),
            Self::Age => Cell::Age(row.oldest_figure_days),
        }
    }
}

/// What is to be said of the row's newest close, if anything.
fn state_of(cx: &Cx<'_>, row: &WatchlistRow) -> Option<PriceState> {
    let company = cx.book.company(row.company_id)?;
    price_state::of(cx, company.instrument?)
}

fn line_square(cx: &Cx<'_>, row: &WatchlistRow) -> Cell {
    let Some(symbol) = row.symbol.as_deref() else {
        return Cell::Blank;
    };
    let on = !cx.settings.lines_off.iter().any(|off| off == symbol);
    let company = cx.book.company(row.company_id);
    let colour = company.map_or(cx.tokens.text2, |company| cx.company_colour(company));
    Cell::Toggle(on, colour, format!("Line of {symbol}"))
}

/// A value with the sign of its hedge; "exactly" and "about" differ only in
/// the tooltip, so that columns stay calm, but bounds must be seen.
fn answer<T>(answer: &Answer<T>, text: impl Fn(&T) -> String) -> Cell {
    match answer {
        Ok(Stated { value, hedge, .. }) => match hedge {
            Hedge::Exact | Hedge::About => Cell::text(text(value)),
            Hedge::MoreThan | Hedge::UpTo | Hedge::Planned => {
                Cell::text(format::hedged(*hedge, &text(value)))
            }
        },
        Err(_) => Cell::unknown(),
    }
}

fn change(answer: &Answer<f64>, text: impl Fn(f64) -> String) -> Cell {
    match answer {
        Ok(stated) => Cell::change(text(stated.value)),
        Err(_) => Cell::unknown(),
    }
}

/// The columns shown, in order: the chosen ones, or all.
pub fn shown(settings: &Settings) -> Vec<Column> {
    let chosen: Vec<_> = settings
        .watchlist_columns
        .iter()
        .filter_map(|code| Column::from_code(code))
        .collect();
    if chosen.is_empty() {
        Column::ALL.to_vec()
    } else {
        chosen
    }
}

/// The rows that match the filter, in the order chosen.
pub fn rows<'a>(cx: &'a Cx<'_>, filter: &str) -> Vec<&'a WatchlistRow> {
    let filter = filter.trim().to_lowercase();
    let matches = |row: &&WatchlistRow| {
        let tags = cx
            .book
            .company(row.company_id)
            .map_or(&[][..], |company| &company.tags);
        let symbol = row.symbol.as_deref().unwrap_or_default().to_lowercase();
        symbol.contains(&filter)
            || row.company.to_lowercase().contains(&filter)
            || tags.iter().any(|tag| tag.to_lowercase().contains(&filter))
    };
    let mut rows: Vec<_> = cx.derived.watchlist.iter().filter(matches).collect();
    if let (Some(column), down) = sort_of(cx.settings) {
        rows.sort_by(|a, b| compare(column, down, a, b));
    }
    rows
}

/// Unknown values come last in either direction.
fn compare(column: Column, down: bool, a: &WatchlistRow, b: &WatchlistRow) -> Ordering {
    if column == Column::Company {
        let names = (&a.symbol, &a.company).cmp(&(&b.symbol, &b.company));
        return if down { names.reverse() } else { names };
    }
    match (column.key(a), column.key(b)) {
        (Some(a), Some(b)) => {
            if down {
                b.total_cmp(&a)
            } else {
                a.total_cmp(&b)
            }
        }
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => Ordering::Equal,
    }
}

/// The column sorted by and whether descending; backlog, largest first, unless
/// chosen otherwise.
pub fn sort_of(settings: &Settings) -> (Option<Column>, bool) {
    match &settings.watchlist_sort {
        Some((code, down)) => (Column::from_code(code), *down),
        None => (Some(Column::Backlog), true),
    }
}

/// Sorts by a column: numbers first descending, a second click turns round.
pub fn sort_by(cx: &Cx<'_>, code: &str) {
    let (column, down) = sort_of(cx.settings);
    let same = column.is_some_and(|column| column.code() == code);
    let down = if same {
        !down
    } else {
        code != Column::Company.code()
    };
    super::set(cx, |settings| {
        settings.watchlist_sort = Some((code.to_owned(), down));
    });
}

/// The table of these rows.
pub fn model(cx: &Cx<'_>, rows: &[&WatchlistRow]) -> Model {
    let columns = shown(cx.settings);
    let has_day = columns.contains(&Column::Day);
    let calm = !shows_late(cx, rows);
    let row = |row: &&WatchlistRow| {
        let sign = state_of(cx, row).map(|state| state.sign);
        let sign = sign.filter(|sign| !(calm && *sign == Sign::Late));
        let cell = |column: &Column| {
            let cell = column.cell(cx, row);
            // One mark a row: beside the day where it is shown.
            let marked = *column == Column::Day || (*column == Column::Close && !has_day);
            cell.marked(sign.filter(|_| marked))
        };
        let cells: Vec<_> = columns.iter().map(cell).collect();
        Row {
            key: row.company_id.0,
            label: in_words(&columns, row, &cells),
            cells,
        }
    };
    Model {
        columns: columns.iter().map(|column| column.title()).collect(),
        rows: rows.iter().map(row).collect(),
    }
}

/// Whether late rows are marked: only where another row is not late. A mark in
/// every row would tell nothing that the top bar does not say for all.
fn shows_late(cx: &Cx<'_>, rows: &[&WatchlistRow]) -> bool {
    let coverage = |row: &&WatchlistRow| {
        let company = cx.book.company(row.company_id)?;
        cx.coverage.get(&company.instrument?)
    };
    let mut fresh = rows.iter().filter_map(coverage);
    fresh.any(|coverage| match coverage.freshness {
        Freshness::Current | Freshness::Live => true,
        Freshness::Empty | Freshness::Behind { .. } => false,
    })
}

fn in_words(columns: &[Column], row: &WatchlistRow, cells: &[Cell]) -> String {
    let mut words = format!(
        "{} {}",
        row.symbol.as_deref().unwrap_or_default(),
        row.company
    );
    for (column, cell) in columns.iter().zip(cells) {
        match cell {
            Cell::Text(text, tone) if *tone != Tone::Dim => {
                words.extend([", ", column.label(), " ", text]);
            }
            Cell::Marked(text, _, sign) => {
                words.extend([", ", column.label(), " ", text, ", ", sign.word()]);
            }
            Cell::Blank
            | Cell::Text(..)
            | Cell::Pair(..)
            | Cell::Spark(..)
            | Cell::Age(_)
            | Cell::Toggle(..)
            | Cell::Square(_) => {}
        }
    }
    words
}

/// True if a cell of the column explains itself under the pointer.
pub fn has_tip(column: Column) -> bool {
    !matches!(column, Column::Line | Column::Company)
}

/// Where the cell's figure comes from.
pub fn tip(ui: &mut Ui, cx: &Cx<'_>, row: &WatchlistRow, column: Column) {
    let cell = match column.cell(cx, row) {
        Cell::Text(text, _) | Cell::Marked(text, ..) => text,
        Cell::Blank
        | Cell::Pair(..)
        | Cell::Spark(..)
        | Cell::Age(_)
        | Cell::Toggle(..)
        | Cell::Square(_) => String::new(),
    };
    let title = column.label();
    match column {
        Column::Line | Column::Company => {}
        Column::Close | Column::Day => {
            provenance::show(ui, cx, title, &cell, &row.last);
            if let Some(state) = state_of(cx, row) {
                // Who was asked and when next is what one hovers for: all of it.
                let text = provenance::sentence(&state.text);
                facts::paragraph(ui, &text, cx.tokens.text1);
            }
        }
        Column::Return1d => provenance::show(ui, cx, title, &cell, &row.return_1d),
        Column::ReturnYtd => provenance::show(ui, cx, title, &cell, &row.return_ytd),
        Column::Excess => provenance::show(ui, cx, title, &cell, &row.excess_return_ytd),
        Column::Backlog => provenance::show(ui, cx, title, &cell, &row.backlog_usd),
        Column::Debt => provenance::show(ui, cx, title, &cell, &row.debt_usd),
        Column::BacklogToDebt => provenance::show(ui, cx, title, &cell, &row.backlog_to_debt),
        Column::CriticalMw => provenance::show(ui, cx, title, &cell, &row.contracted_critical_mw),
        Column::AiShare => provenance::show(ui, cx, title, &cell, &row.ai_revenue_share),
        Column::NextRent => provenance::show(ui, cx, title, &cell, &row.next_rent_start),
        Column::Spark => {
            ui.label("Last 90 days of closes relative to Bitcoin");
        }
        Column::Age => {
            let age = format::known(row.oldest_figure_days, format::age_days);
            ui.label(format!("Oldest statement used in this row: {age}"));
        }
    }
}

/// Width of the menu of columns.
const CHOOSER: f32 = 200.0;

/// A menu that chooses and reorders the columns.
pub fn chooser(ui: &mut Ui, cx: &Cx<'_>) {
    ui.menu_button("Columns…", |ui| {
        // The arrows stand right: without a width they would stretch the menu.
        ui.set_max_width(CHOOSER);
        let columns = shown(cx.settings);
        let save = |columns: Vec<Column>| {
            super::set(cx, |settings| {
                settings.watchlist_columns = columns.iter().map(|c| c.code().to_owned()).collect();
            });
        };
        let others = Column::ALL
            .iter()
            .filter(|column| !columns.contains(column));
        for column in columns.iter().chain(others) {
            // The square and the name are what a row is found by.
            if matches!(column, Column::Line | Column::Company) {
                continue;
            }
            let at = columns.iter().position(|shown| shown == column);
            ui.horizontal(|ui| {
                let mut on = at.is_some();
                if ui
                    .checkbox(&mut on, column.label())
                    .on_hover_text(column.hint())
                    .changed()
                {
                    let mut new = columns.clone();
                    if on {
                        new.push(*column);
                    } else {
                        new.retain(|shown| shown != column);
                    }
                    save(new);
                }
                let Some(at) = at else { return };
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    for (sign, name, to) in [
                        ("↓", "later", at + 1),
                        ("↑", "earlier", at.saturating_sub(1)),
                    ] {
                        let button = ui.small_button(sign);
                        button.widget_info(|| {
                            egui::WidgetInfo::labeled(
                                egui::Role::Button,
                                true,
                                format!("Move {} {name}", column.label()),
                            )
                        });
                        if button.clicked() && (2..columns.len()).contains(&to) {
                            let mut new = columns.clone();
                            new.swap(at, to);
                            save(new);
                        }
                    }
                });
            });
        }
        ui.separator();
        if ui.button("All columns").clicked() {
            save(Vec::new());
            ui.close();
        }
    });
}
