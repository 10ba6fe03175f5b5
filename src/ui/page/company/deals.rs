//! The contracts of a company, newest first, each with its phases below it.

use egui::Ui;
use uuid::Uuid;

use crate::analytics::deals::DealRow;
use crate::analytics::start::{Slippage, months_to_revenue};
use crate::model::deal::{DealKind, DealStatus, RentStart};
use crate::model::{CompanyId, Deal, PartialDate, Phase, RecordKind};
use crate::ui::page::list;
use crate::ui::widget::table::{Cell, Column, Row, Tone};
use crate::ui::{Cx, format, provenance};

use super::rows::{Behind, Rows, WARNING, column, known, name, nothing, number, warning};
use super::tabs::State;

const COLUMNS: [Column; 12] = [
    column("warning", WARNING, "Deals whose terms look odd", 32.0),
    name(
        "counterparty",
        "Counterparty",
        "Who signed; phases stand below",
        132.0,
    ),
    name("site", "Site", "Where", 110.0),
    column(
        "kind",
        "Kind",
        "What is sold: compare rates only within a kind",
        160.0,
    ),
    number(
        "value",
        "Value",
        "Contract value over the base term, all of a joint venture",
        76.0,
    ),
    number("term", "Term", "Base, non-cancellable term", 62.0),
    number("mw", "IT MW", "Critical IT load", 58.0),
    number("rate", "$m/MW-y", "Value ÷ term ÷ critical IT load", 72.0),
    number(
        "start",
        "Rent start",
        "First rent, by the latest statement",
        90.0,
    ),
    column(
        "slip",
        "Slippage",
        "How often and how far the stated start has moved",
        156.0,
    ),
    number(
        "months",
        "Months",
        "Calendar months until the first rent",
        66.0,
    ),
    number(
        "left",
        "Remaining",
        "Value not yet due, the company's share",
        84.0,
    ),
];

/// The place of the column that may be left out.
const SLIPPAGE: usize = 9;

/// The deals of a company as rows.
pub fn rows(cx: &Cx<'_>, company: CompanyId) -> Rows {
    let mut rows = Rows::new(&COLUMNS);
    for row in cx
        .derived
        .deals
        .iter()
        .filter(|row| row.company_id == company)
    {
        let Some(deal) = cx.book.deal(row.id) else {
            continue;
        };
        rows.push(row.id.0, cells(cx, row, deal), behind(cx, row, deal));
        for (index, phase) in deal.phases.iter().enumerate() {
            let place = list::hash(&(row.id, index));
            let key = Uuid::from_u64_pair(list::hash(&row.id), place);
            let whole = Behind::of(cx, RecordKind::Deal, row.id.0, &deal.sources);
            let of_phase = Behind {
                tip: vec![format!("{} of {}", phase.name, provenance::deal_name(deal))],
                mark: None,
                ..whole
            };
            rows.push(key, phase_cells(cx, phase, row.counts), of_phase);
        }
    }
    // Where nothing has slipped its room is better used.
    let slips = |row: &Row| row.cells.get(SLIPPAGE) != Some(&Cell::Blank);
    if !rows.model.rows.iter().any(slips) {
        rows.model.columns.remove(SLIPPAGE);
        for row in &mut rows.model.rows {
            row.cells.remove(SLIPPAGE);
        }
    }
    rows
}

/// Shows the deals.
pub fn show(ui: &mut Ui, cx: &Cx<'_>, company: CompanyId, state: &mut State, scroll: bool) {
    let rows = state.deals.get();
    if rows.model.rows.is_empty() {
        let new = (RecordKind::Deal, company);
        return nothing(ui, cx, "No deal is entered", "New deal…", new);
    }
    rows.show(ui, cx, "company deals", &mut state.selected, scroll);
}

fn behind(cx: &Cx<'_>, row: &DealRow, deal: &Deal) -> Behind {
    let mut behind = Behind::of(cx, RecordKind::Deal, row.id.0, &deal.sources);
    behind.mark = (!row.warnings.is_empty()).then_some("terms look odd");
    behind.tip.push(provenance::deal_name(deal));
    if row.alternative_to.is_some() {
        behind
            .tip
            .push("Another telling of a deal, not counted".to_owned());
    }
    let warnings = row.warnings.iter();
    let warnings = warnings.map(|(_, text)| format!("⚠ {}", provenance::sentence(text)));
    behind.tip.extend(warnings);
    if deal.rent_starts_by(cx.today).count() > 1 {
        let starts = format::rent_starts(deal.rent_starts_by(cx.today));
        behind.tip.push(format!("Rent start: {starts}"));
    }
    if let Err(missing) = &row.remaining_usd {
        behind
            .tip
            .push(format!("Remaining is not known: {missing}"));
    }
    let sources = deal.sources.iter();
    behind
        .tip
        .extend(sources.map(|id| provenance::source_name(cx, *id)));
    if !deal.note.is_empty() {
        behind.tip.push(deal.note.clone());
    }
    behind
}

fn cells(cx: &Cx<'_>, row: &DealRow, deal: &Deal) -> Vec<Cell> {
    let value = row
        .base_value
        .map(|value| format::hedged(row.hedge, &format::money(value)));
    let kind = match row.kind {
        DealKind::Unknown => Cell::unknown(),
        DealKind::PoweredShell
        | DealKind::Colocation
        | DealKind::GpuCloud
        | DealKind::ManagedCloud => Cell::quiet(row.kind.label()),
    };
    let rate = row.rates.usd_m_per_mw_year;
    let left = row.remaining_usd.as_ref().ok().copied();
    let slippage = Slippage::of(deal.rent_starts_by(cx.today));
    let cells = vec![
        warning(!row.warnings.is_empty()),
        Cell::text(row.counterparty.as_str()),
        known(row.site.clone()).quieter(),
        kind,
        known(value),
        known(row.term_months.map(format::years_months)),
        known(row.critical_mw.map(format::load)),
        known(rate.map(format::rate_m_per_mw_year)),
        known(row.rent_start.map(format::partial_date)),
        slipped(&slippage),
        months(cx, row.rent_start, row.status),
        known(left.map(format::money_compact)),
    ];
    toned(cells, row.counts)
}

fn phase_cells(cx: &Cx<'_>, phase: &Phase, counts: bool) -> Vec<Cell> {
    let start = phase.rent_start_by(cx.today).map(|start| start.date);
    let by_today = |start: &&RentStart| start.known_by(cx.today);
    let slippage = Slippage::of(phase.rent_start.iter().filter(by_today));
    let blank = |text: Option<String>| text.map_or(Cell::Blank, Cell::quiet);
    let cells = vec![
        Cell::Blank,
        Cell::quiet(format!("    {}", phase.name)),
        Cell::Blank,
        Cell::Blank,
        blank(phase.base_value.map(format::money)),
        blank(phase.term_months.map(format::years_months)),
        blank(phase.critical_mw.map(format::load)),
        Cell::Blank,
        blank(start.map(format::partial_date)),
        slipped(&slippage),
        start.map_or(Cell::Blank, |start| {
            months(cx, Some(start), DealStatus::Announced).quieter()
        }),
        Cell::Blank,
    ];
    toned(cells, counts)
}

fn toned(cells: Vec<Cell>, counts: bool) -> Vec<Cell> {
    let tone = |cell: Cell| if counts { cell } else { cell.dimmed() };
    cells.into_iter().map(tone).collect()
}

fn months(cx: &Cx<'_>, start: Option<PartialDate>, status: DealStatus) -> Cell {
    if status == DealStatus::Billing {
        return Cell::quiet("billing");
    }
    match months_to_revenue(start, cx.today) {
        Ok(ahead) if ahead.least == ahead.most => Cell::text(ahead.least.to_string()),
        Ok(ahead) => Cell::text(format!("{}–{}", ahead.least, ahead.most)),
        // Stated and past is not the same as not stated.
        Err(_) if start.is_some() => Cell::quiet("past"),
        Err(_) => Cell::unknown(),
    }
}

/// "slipped once, +1 quarter", or nothing.
fn slipped(slippage: &Slippage) -> Cell {
    let Some(text) = format::slippage(slippage) else {
        return Cell::Blank;
    };
    let tone = if slippage.slips > 0 {
        Tone::Warn
    } else {
        Tone::Secondary
    };
    Cell::Text(text, tone)
}
