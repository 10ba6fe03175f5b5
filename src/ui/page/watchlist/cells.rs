//! The cells of the watchlist's columns: text, order, colours and tooltips.

use std::cmp::Ordering;

use egui::Ui;

use crate::analytics::freshness::Freshness;
use crate::analytics::measure::{Facts, Measure, MeasureUnit};
use crate::analytics::staleness::Limits;
use crate::analytics::watchlist::WatchlistRow;
use crate::analytics::{Answer, Missing, Stated};
use crate::model::Hedge;
use crate::ui::page::facts;
use crate::ui::price_state::{self, PriceState};
use crate::ui::widget::mark::Sign;
use crate::ui::widget::table::{Cell, Extras, Model, Row, Tone};
use crate::ui::widget::{caption, secondary};
use crate::ui::{Cx, format, provenance};

use super::columns::{self, Column, Own, Shown};
use super::scale;

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

fn own(cx: &Cx<'_>, row: &WatchlistRow, own: Own) -> Cell {
    match own {
        Own::Line => line_square(cx, row),
        Own::Company => {
            let symbol = row.symbol.clone().unwrap_or_else(|| "–".to_owned());
            Cell::Pair(symbol, row.company.clone())
        }
        Own::Day => match &row.last {
            Ok(last) => Cell::quiet(format::day_short(last.value.1)),
            Err(_) => Cell::unknown(),
        },
        Own::Spark => {
            let company = cx.book.company(row.company_id);
            let colour = company.map_or(cx.tokens.text2, |company| cx.company_colour(company));
            Cell::Spark(row.spark.clone(), colour)
        }
        Own::NextRent => answer(&row.next_rent_start, |value| format::partial_date(*value)),
        Own::Age => Cell::Age(row.oldest_figure_days, Limits::QUARTERLY),
    }
}

fn measure(facts: Facts<'_>, measure: Measure) -> Cell {
    let row = facts.row;
    // Money and load are exact: they are not shown by way of a float.
    if measure == Measure::Backlog {
        answer(&row.backlog_usd, |value| format::money_compact(*value))
    } else if measure == Measure::Debt {
        answer(&row.debt_usd, |value| format::money_compact(*value))
    } else if measure == Measure::ContractedMw {
        answer(&row.contracted_mw, |value| format::load(*value))
    } else if measure == Measure::ReturnYtd {
        // Over a year the tenths say little.
        change(&row.return_ytd, |value| format::percent(value, 0))
    } else {
        value(measure.unit(), &measure.of(facts))
    }
}

fn value(unit: MeasureUnit, found: &Answer<f64>) -> Cell {
    let text = |value: f64| match unit {
        // A column has no room for the tenths, which the pane tells.
        MeasureUnit::Fraction => format::share(value),
        MeasureUnit::Usd
        | MeasureUnit::Price
        | MeasureUnit::Change
        | MeasureUnit::Points
        | MeasureUnit::Multiple
        | MeasureUnit::Megawatts
        | MeasureUnit::UsdPerMw
        | MeasureUnit::Shares
        | MeasureUnit::Btc
        | MeasureUnit::Index => format::measure(unit, value),
    };
    match unit {
        MeasureUnit::Change | MeasureUnit::Points => change(found, text),
        MeasureUnit::Megawatts => {
            // Titles say "MW", so that values need not.
            answer(found, |value| format::load_of(*value))
        }
        MeasureUnit::Usd
        | MeasureUnit::Price
        | MeasureUnit::Fraction
        | MeasureUnit::Multiple
        | MeasureUnit::UsdPerMw
        | MeasureUnit::Shares
        | MeasureUnit::Btc
        | MeasureUnit::Index => answer(found, |value| text(*value)),
    }
}

fn formula(shown: &Shown, facts: Facts<'_>) -> Cell {
    match &shown.formula {
        Some(Ok(formula)) => {
            let unit = formula.unit();
            answer(&formula.of(facts), |value| format::in_unit(unit, *value))
        }
        Some(Err(_)) | None => Cell::unknown(),
    }
}

fn cell(cx: &Cx<'_>, facts: Facts<'_>, shown: &Shown) -> Cell {
    match &shown.column {
        Column::Own(column) => own(cx, facts.row, *column),
        Column::Measure(column) => measure(facts, *column),
        Column::Formula(_) => formula(shown, facts),
    }
}

/// The number of a cell, for order and colours.
fn number(facts: Facts<'_>, shown: &Shown) -> Option<f64> {
    let row = facts.row;
    let number = match &shown.column {
        Column::Own(own) => match own {
            Own::Line | Own::Company | Own::Spark => None,
            Own::Day => {
                let last = row.last.as_ref().ok();
                last.map(|last| crate::analytics::lines::day_number(last.value.1))
            }
            Own::NextRent => {
                let next = row.next_rent_start.as_ref().ok();
                next.map(|next| crate::analytics::lines::day_number(next.value.first_day()))
            }
            Own::Age => row.oldest_figure_days.map(|days| days as f64),
        },
        Column::Measure(measure) => measure.of(facts).ok().map(|stated| stated.value),
        Column::Formula(_) => match &shown.formula {
            Some(Ok(formula)) => formula.of(facts).ok().map(|stated| stated.value),
            Some(Err(_)) | None => None,
        },
    };
    number.filter(|number| number.is_finite())
}

/// The companies that match the filter, in the order chosen.
pub fn rows<'a>(cx: &'a Cx<'_>, filter: &str) -> Vec<Facts<'a>> {
    let filter = filter.trim().to_lowercase();
    let matches = |facts: &Facts<'_>| {
        let row = facts.row;
        let tags = cx
            .book
            .company(row.company_id)
            .map_or(&[][..], |company| &company.tags);
        let symbol = row.symbol.as_deref().unwrap_or_default().to_lowercase();
        symbol.contains(&filter)
            || row.company.to_lowercase().contains(&filter)
            || tags.iter().any(|tag| tag.to_lowercase().contains(&filter))
    };
    let rows: Vec<_> = cx.derived.all_facts().filter(matches).collect();
    let (Some(column), down) = columns::sort_of(cx.settings) else {
        return rows;
    };
    let shown = columns::prepared(column, cx.settings);
    let mut keyed: Vec<_> = rows
        .into_iter()
        .map(|facts| (number(facts, &shown), facts))
        .collect();
    let by_name = shown.column == Column::Own(Own::Company);
    keyed.sort_by(|(a, left), (b, right)| {
        if by_name {
            let name = |facts: &Facts<'a>| (&facts.row.symbol, &facts.row.company);
            let names = name(left).cmp(&name(right));
            return if down { names.reverse() } else { names };
        }
        compare(*a, *b, down)
    });
    keyed.into_iter().map(|(_, facts)| facts).collect()
}

/// Unknown values come last in either direction.
fn compare(a: Option<f64>, b: Option<f64>, down: bool) -> Ordering {
    match (a, b) {
        (Some(a), Some(b)) if down => b.total_cmp(&a),
        (Some(a), Some(b)) => a.total_cmp(&b),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => Ordering::Equal,
    }
}

/// The table of these companies, and what it has beside its model.
pub fn model(cx: &Cx<'_>, rows: &[Facts<'_>], columns: &[Shown]) -> (Model, Extras) {
    let has_day = columns
        .iter()
        .any(|shown| shown.column == Column::Own(Own::Day));
    let calm = !shows_late(cx, rows);
    let row = |facts: &Facts<'_>| {
        let sign = state_of(cx, facts.row).map(|state| state.sign);
        let sign = sign.filter(|sign| !(calm && *sign == Sign::Late));
        let cell = |shown: &Shown| {
            let cell = cell(cx, *facts, shown);
            // One mark a row: beside the day where it is shown.
            let marked = match &shown.column {
                Column::Own(own) => *own == Own::Day,
                Column::Measure(measure) => *measure == Measure::Close && !has_day,
                Column::Formula(_) => false,
            };
            cell.marked(sign.filter(|_| marked))
        };
        let cells: Vec<_> = columns.iter().map(cell).collect();
        Row {
            key: facts.row.company_id.0,
            label: in_words(columns, facts.row, &cells),
            cells,
        }
    };
    let mut model = Model {
        columns: columns.iter().map(Shown::head).collect(),
        rows: rows.iter().map(row).collect(),
    };
    let written = columns.iter().enumerate();
    let written = written.filter_map(|(at, shown)| Some((at, shown.written(cx.settings)?)));
    let extras = Extras {
        written: written.collect(),
        tints: scale::tint(cx, &mut model, columns, |shown| {
            rows.iter().map(|facts| number(*facts, shown)).collect()
        }),
        fixed: columns
            .iter()
            .take_while(|shown| shown.column.stays())
            .count(),
        ..Extras::default()
    };
    (model, extras)
}

/// Whether late rows are marked: only where another row is not late. A mark in
/// every row would tell nothing that the top bar does not say for all.
fn shows_late(cx: &Cx<'_>, rows: &[Facts<'_>]) -> bool {
    let coverage = |facts: &Facts<'_>| {
        let company = cx.book.company(facts.row.company_id)?;
        cx.coverage.get(&company.instrument?)
    };
    let mut fresh = rows.iter().filter_map(coverage);
    fresh.any(|coverage| match coverage.freshness {
        Freshness::Current | Freshness::Live => true,
        Freshness::Empty | Freshness::Behind { .. } => false,
    })
}

fn in_words(columns: &[Shown], row: &WatchlistRow, cells: &[Cell]) -> String {
    let mut words = format!(
        "{} {}",
        row.symbol.as_deref().unwrap_or_default(),
        row.company
    );
    for (shown, cell) in columns.iter().zip(cells) {
        match cell {
            Cell::Text(text, tone) if *tone != Tone::Dim => {
                words.extend([", ", shown.title.as_ref(), " ", text]);
            }
            Cell::Marked(text, _, sign) => {
                words.extend([", ", shown.title.as_ref(), " ", text, ", ", sign.word()]);
            }
            Cell::Blank
            | Cell::Text(..)
            | Cell::Pair(..)
            | Cell::Spark(..)
            | Cell::Age(..)
            | Cell::Toggle(..)
            | Cell::Square(_) => {}
        }
    }
    words
}

/// True if a cell of the column explains itself under the pointer.
pub const fn has_tip(column: &Column) -> bool {
    !column.stays()
}

/// Where the cell's figure comes from.
pub fn tip(ui: &mut Ui, cx: &Cx<'_>, facts: Facts<'_>, shown: &Shown) {
    let row = facts.row;
    let cell = match cell(cx, facts, shown) {
        Cell::Text(text, _) | Cell::Marked(text, ..) => text,
        Cell::Blank
        | Cell::Pair(..)
        | Cell::Spark(..)
        | Cell::Age(..)
        | Cell::Toggle(..)
        | Cell::Square(_) => String::new(),
    };
    let title = &shown.title;
    match &shown.column {
        Column::Own(own) => match own {
            Own::Line | Own::Company => {}
            Own::Day => close_tip(ui, cx, row, title, &cell),
            Own::NextRent => provenance::show(ui, cx, title, &cell, &row.next_rent_start),
            Own::Spark => {
                ui.label("Last 90 days of closes relative to Bitcoin");
            }
            Own::Age => {
                let age = format::known(row.oldest_figure_days, format::age_days);
                ui.label(format!("Oldest statement used in this row: {age}"));
            }
        },
        Column::Measure(Measure::Close) => close_tip(ui, cx, row, title, &cell),
        Column::Measure(measure) => {
            provenance::show(ui, cx, measure.label(), &cell, &measure.of(facts));
        }
        Column::Formula(name) => formula_tip(ui, cx, facts, shown, (name, &cell)),
    }
}

fn close_tip(ui: &mut Ui, cx: &Cx<'_>, row: &WatchlistRow, title: &str, cell: &str) {
    provenance::show(ui, cx, title, cell, &row.last);
    if let Some(state) = state_of(cx, row) {
        // Who was asked and when next is what one hovers for: all of it.
        let text = provenance::sentence(&state.text);
        facts::paragraph(ui, &text, cx.tokens.text1);
    }
}

/// The formula with its unit, and its terms with their values; then the
/// statements of all of them.
fn formula_tip(
    ui: &mut Ui,
    cx: &Cx<'_>,
    facts: Facts<'_>,
    shown: &Shown,
    (name, cell): (&str, &str),
) {
    match &shown.formula {
        Some(Ok(formula)) => {
            ui.set_max_width(420.0);
            let (text, unit) = (formula.expr().to_string(), formula.unit().name());
            secondary(ui, &cx.tokens, &text);
            caption(ui, &cx.tokens, &format!("Unit: {unit}"));
            for term in formula.terms(facts) {
                let value = format::measured(term.unit, &term.value);
                caption(ui, &cx.tokens, &format!("{}: {value}", term.name));
            }
            ui.add_space(crate::ui::theme::HALF);
            provenance::show(ui, cx, name, cell, &formula.of(facts));
        }
        Some(Err(error)) => {
            let missing: Answer<f64> = Err(Missing::because(error.to_string()));
            provenance::show(ui, cx, name, cell, &missing);
        }
        None => {}
    }
}
