//! The text of `report sector`: tables for people. What they show is put
//! together in `sector`; nothing is computed here.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::sector::{break_even, holders};
use super::{Basis, remark};
use crate::analytics::concentration::Concentration;
use crate::analytics::mining::{FLEET_J_TH, median_colocation};
use crate::analytics::sector::{Compared, Coverage, Split};
use crate::analytics::{Answer, Stated};
use crate::cli::text::{self, Footnotes, counted, hedged, known, numbers, table, words};
use crate::model::deal::{CounterpartyClass, DealKind};
use crate::model::{Metric, Unit};

/// How many names of a concentration are listed.
const NAMES: usize = 5;

pub(super) fn as_text(basis: &Basis) -> String {
    let parts = [
        coverage_text(basis),
        one_source_text(basis),
        splits_text(basis),
        megawatts_text(basis),
        bitcoin_text(basis),
        concentration_text(basis),
        mining_text(basis),
    ];
    let parts = parts.into_iter().filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join("\n")
}

fn coverage_text(basis: &Basis) -> String {
    let columns = [
        words("Stated of the sector", 34),
        numbers("Tracked"),
        numbers("Stated"),
        numbers("Coverage"),
        words("Of", 10),
        words("Source", 44),
    ];
    let mut notes = Footnotes::default();
    let mut lines = Vec::new();
    for of in &basis.derived.sector.coverage {
        let name = of.metric.to_string();
        notes.add("Tracked", &name, remark(&of.tracked));
        lines.extend(coverage_lines(basis, of, &name));
        let mut said = BTreeSet::new();
        for told in &of.stated {
            let Ok(Stated { remark, .. }) = &told.fraction else {
                continue;
            };
            let label = format!("{name} of {}", when(basis, told));
            if said.insert((label.clone(), remark.clone())) {
                notes.add("Coverage", &label, remark.clone());
            }
        }
    }
    if lines.is_empty() {
        return "Nothing is stated of the sector.\n".to_owned();
    }
    let notes = notes.render(basis.derived.sector.coverage.len());
    format!(
        "{}\nMoney in $m. Tracked is the sum of the companies in the book and never added to what \
         is stated.\n{notes}",
        table(&columns, &lines)
    )
}

fn coverage_lines(basis: &Basis, of: &Coverage, name: &str) -> Vec<Vec<String>> {
    let book = &basis.book;
    let stated = of.stated.iter().filter_map(|told| {
        let figure = book.figure(told.figure)?;
        let source = figure.source.and_then(|id| book.source(id));
        Some(vec![
            name.to_owned(),
            answered(&of.tracked, |value| amount(&of.metric, value)),
            hedged(figure.hedge, &amount(&of.metric, figure.value)),
            answered(&told.fraction, percent),
            when(basis, told),
            known(source, |source| source.title.clone()),
        ])
    });
    stated.collect()
}

/// The time a statement speaks of, else when it was said.
fn when(basis: &Basis, told: &Compared) -> String {
    let figure = basis.book.figure(told.figure);
    let time = figure.and_then(|figure| figure.time);
    let stated = figure.and_then(|figure| figure.stated);
    let text = time.map(|time| time.to_string());
    known(
        text.or_else(|| stated.map(|date| date.to_string())),
        |text| text,
    )
}

fn amount(metric: &Metric, value: Decimal) -> String {
    match metric.unit() {
        Unit::Money => text::millions(value),
        Unit::Fraction => percent(value),
        Unit::Btc
        | Unit::Megawatts
        | Unit::Count
        | Unit::ExahashPerSecond
        | Unit::JoulesPerTerahash
        | Unit::UsdPerMwh
        | Unit::Months => whole(value),
    }
}

fn one_source_text(basis: &Basis) -> String {
    let lines = basis.derived.sector.of_one_source.iter().map(|of| {
        let source = basis.book.source(of.source);
        let share = answered(&of.contracted_of_planned, percent);
        let per_mw = answered(&of.usd_per_mw, text::millions);
        let line = format!(
            "{} ({}): contracted {share} of planned MW, {per_mw} $m of contracts a MW",
            source.map_or("", |source| source.title.as_str()),
            of.day
        );
        text::wrapped(&line, "  ")
    });
    lines.collect()
}

fn splits_text(basis: &Basis) -> String {
    let sector = &basis.derived.sector;
    let class = |of: &Split<CounterpartyClass>| split_line("counterparty", of.key.label(), of);
    let kind = |of: &Split<DealKind>| split_line("kind", of.key.label(), of);
    let mut lines: Vec<_> = sector.by_class.iter().map(class).collect();
    lines.extend(sector.by_kind.iter().map(kind));
    if lines.is_empty() {
        return String::new();
    }
    let columns = [
        words("Tracked backlog by", 18),
        words("", 26),
        numbers("Value $m"),
        numbers("Part"),
        numbers("Deals"),
    ];
    let without = match sector.deals_without_value {
        0 => String::new(),
        n => {
            let deals = counted(n, "deal", "deals");
            format!("Without {deals} whose value in USD is not stated.\n")
        }
    };
    format!("{}{without}", table(&columns, &lines))
}

fn split_line<K>(by: &str, key: &str, of: &Split<K>) -> Vec<String> {
    vec![
        by.to_owned(),
        key.to_owned(),
        text::millions(of.value_usd),
        percent(of.fraction),
        of.deals.to_string(),
    ]
}

fn megawatts_text(basis: &Basis) -> String {
    let sector = &basis.derived.sector;
    let columns = [
        words("Tracked MW", 12),
        numbers("Gross"),
        numbers("Critical IT"),
        numbers("Basis not stated"),
    ];
    let mut notes = Footnotes::default();
    let mut lines = Vec::new();
    for (stage, (gross, critical)) in &sector.ladder {
        let unstated = sector.ladder_unstated.get(stage);
        let parts = [
            ("Gross", Some(gross)),
            ("Critical IT", Some(critical)),
            ("Basis not stated", unstated),
        ];
        let mut line = vec![stage.label().to_owned()];
        for (head, answer) in parts {
            let stated = answer.and_then(|answer| answer.as_ref().ok());
            notes.add(head, stage.label(), stated.and_then(|mw| mw.remark.clone()));
            line.push(known(answer, |mw| answered(mw, whole)));
        }
        lines.push(line);
    }
    format!(
        "{}{} where it is known of no company. What is on different bases is never added.\n{}",
        table(&columns, &lines),
        text::UNKNOWN,
        notes.render(sector.ladder.len())
    )
}

fn bitcoin_text(basis: &Basis) -> String {
    let derived = &basis.derived;
    let columns = [
        words("Symbol", 8),
        words("Company", 24),
        numbers("BTC held"),
        numbers("Off peak"),
        numbers("Sold, 12 months"),
    ];
    let mut notes = Footnotes::default();
    let lines = holders(derived).map(|facts| {
        let (row, treasury) = (facts.row, &facts.view.treasury);
        let name = row.symbol.as_ref().unwrap_or(&row.company);
        notes.add("BTC held", name, remark(&treasury.held));
        notes.add("Off peak", name, remark(&treasury.reduction_from_peak));
        notes.add("Sold", name, remark(&treasury.sold_12m));
        vec![
            known(row.symbol.as_ref(), Clone::clone),
            row.company.clone(),
            answered(&treasury.held, whole),
            answered(&treasury.reduction_from_peak, whole),
            answered(&treasury.sold_12m, whole),
        ]
    });
    let lines: Vec<_> = lines.collect();
    if lines.is_empty() {
        return String::new();
    }
    format!(
        "{}Off peak is a fall of the stock, not sales.\n{}",
        table(&columns, &lines),
        notes.render(lines.len())
    )
}

fn concentration_text(basis: &Basis) -> String {
    let sector = &basis.derived.sector;
    let line = |name: &str, of: &Concentration| {
        let names = of.shares.iter().take(NAMES);
        let names = names.map(|share| format!("{} {}", share.name, percent(share.fraction)));
        let names: Vec<_> = names.collect();
        let hhi = match &of.hhi {
            Ok(hhi) => hedged(hhi.hedge, &whole(hhi.value)),
            Err(missing) => format!("{} ({missing})", text::UNKNOWN),
        };
        let mut line = format!("Concentration (HHI) by {name}: {hhi}");
        if !names.is_empty() {
            line.push_str(": ");
            line.push_str(&names.join(", "));
        }
        text::wrapped(&line, "  ")
    };
    let signatory = sector.by_signatory.as_ref();
    let obligor = sector.by_obligor.as_ref();
    let lines = [
        signatory.map(|of| line("who signed", of)),
        obligor.map(|of| line("whose credit stands behind it", of)),
    ];
    lines.into_iter().flatten().collect()
}

fn mining_text(basis: &Basis) -> String {
    let rate = median_colocation(&basis.derived.deals);
    let (Ok(stated), Ok(even)) = (&rate, break_even(&rate)) else {
        return String::new();
    };
    let line = format!(
        "Break-even hashprice at {} J/TH for the median colocation rate of {} USD a MWh: {} USD per \
         PH/s and day; {}.",
        whole(FLEET_J_TH),
        whole(stated.value),
        whole(even.value),
        even.remark.unwrap_or_default()
    );
    text::wrapped(&line, "  ")
}

fn answered(answer: &Answer<Decimal>, text: impl Fn(Decimal) -> String) -> String {
    let shown = |stated: &Stated<Decimal>| hedged(stated.hedge, &text(stated.value));
    known(answer.as_ref().ok(), shown)
}

fn percent(fraction: Decimal) -> String {
    let percent = fraction.checked_mul(Decimal::ONE_HUNDRED);
    known(percent, |percent| format!("{}%", text::places(percent, 1)))
}

fn whole(value: Decimal) -> String {
    text::places(value, 0)
}
