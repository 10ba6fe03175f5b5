//! `report company`: everything known about one company by the day: its row of
//! the watchlist, figures, deals, debts, treasury and notes. What is derived of
//! all that is in `worth`.

use anyhow::anyhow;

use super::{Basis, Report, deals, debt, watchlist, worth, worth_text};
use crate::analytics::deals::DealRow;
use crate::analytics::statement::{Statements, age_days, event_known_by, known_by};
use crate::cli::json::{Object, Row, Value};
use crate::cli::text::{self, known, numbers, table, words};
use crate::model::{Book, Company, Debt, Figure, Note, PartialDate, Subject, Time, Treasury, Unit};

const KEYS: &[&str] = &[
    "metric",
    "name",
    "value",
    "unit",
    "currency",
    "hedge",
    "time",
    "stated",
    "age_days",
    "chosen",
    "source",
    "publisher",
    "url",
    "grade",
    "note",
    "notes",
    "reasons",
];

pub(super) fn report(basis: &Basis, symbol: &str) -> anyhow::Result<Report> {
    let company = find(&basis.book, symbol)?;
    let parts = Parts::of(basis, company);
    let statements = Statements::of(&basis.book, basis.as_of);
    let figures: Vec<Object> = parts
        .figures
        .iter()
        .map(|of| figure(basis, &statements, of))
        .collect();
    let text = as_text(basis, company, &parts, &statements);
    let list = |rows: Vec<Object>| Value::List(rows.into_iter().map(Value::Object).collect());
    let deals = parts.deals.iter().map(|of| deals::row(&basis.book, of));
    let row = basis.derived.facts(company.id);
    let row = row.map(|facts| watchlist::row(facts, &basis.live));
    let debt = basis.derived.debt.companies.iter();
    let debt = debt
        .filter(|row| row.company_id == company.id)
        .map(|row| debt::row(basis, row));
    let instruments = parts.debts.iter();
    let instruments = instruments.filter_map(|of| debt::instrument(&basis.book, of.id));
    let treasury = parts.treasury.iter().map(|of| event(&basis.book, of));
    let mut json: Object = vec![
        (
            "company".into(),
            Value::Object(identity(&basis.book, company)),
        ),
        ("row".into(), row.map_or(Value::Null, Value::Object)),
        ("figures".into(), list(figures.clone())),
        ("deals".into(), list(deals.collect())),
        (
            "debt".into(),
            debt.map(Value::Object).next().unwrap_or(Value::Null),
        ),
        ("instruments".into(), list(instruments.collect())),
        ("treasury".into(), list(treasury.collect())),
        (
            "notes".into(),
            list(parts.notes.iter().map(|of| note(of)).collect()),
        ),
    ];
    json.extend(worth::json(basis, company));
    Ok(Report {
        json,
        keys: KEYS,
        rows: figures,
        text,
    })
}

/// By present or former symbol, or by name.
pub(super) fn find<'a>(book: &'a Book, typed: &str) -> anyhow::Result<&'a Company> {
    let typed = typed.trim();
    let by_name = || {
        let is = |name: &String| name.eq_ignore_ascii_case(typed);
        book.companies()
            .find(|company| is(&company.name) || company.former_names.iter().any(is))
    };
    book.company_by_symbol(typed)
        .or_else(by_name)
        .ok_or_else(|| {
            let mut known: Vec<_> = book
                .companies()
                .map(|company| book.symbol_of(company.id).unwrap_or(&company.name))
                .collect();
            known.sort_unstable();
            anyhow!(
                "No company “{typed}” is in the book: name one of {}",
                known.join(", ")
            )
        })
}

/// A company's records known by the day.
struct Parts<'a> {
    figures: Vec<&'a Figure>,
    deals: Vec<&'a DealRow>,
    debts: Vec<&'a Debt>,
    treasury: Vec<&'a Treasury>,
    notes: Vec<&'a Note>,
}

impl<'a> Parts<'a> {
    fn of(basis: &'a Basis, company: &Company) -> Self {
        let (book, as_of) = (&basis.book, basis.as_of);
        let mine = |figure: &&Figure| figure.subject == Subject::Company(company.id);
        let mut figures: Vec<_> = book
            .figures()
            .filter(mine)
            .filter(|figure| known_by(figure, as_of))
            .collect();
        figures.sort_by_cached_key(|figure| {
            let time = figure.time.map(|time| time.last_day());
            (figure.metric.clone(), std::cmp::Reverse(time), figure.id)
        });
        let deals = basis.derived.deals.iter();
        let row = basis.derived.debt.companies.iter();
        let row = row.filter(|row| row.company_id == company.id);
        let mut treasury: Vec<_> = book
            .treasury()
            .filter(|of| of.company == company.id && event_known_by(of, as_of))
            .collect();
        treasury.sort_by_key(|of| (of.event.map(|time| time.last_day()), of.id));
        let mut notes: Vec<_> = book
            .notes()
            .filter(|note| note.company == company.id && note.day <= as_of)
            .collect();
        notes.sort_by_key(|note| (note.day, note.id));
        Self {
            figures,
            deals: deals.filter(|row| row.company_id == company.id).collect(),
            debts: row
                .flat_map(|row| row.instruments.iter().filter_map(|id| book.debt(*id)))
                .collect(),
            treasury,
            notes,
        }
    }
}

fn identity(book: &Book, company: &Company) -> Object {
    let mut row = Row::default();
    let symbol = book.symbol_of(company.id).map(Value::text);
    let text = |text: &Option<String>| text.as_ref().map(Value::text);
    row.put("name", Value::text(&company.name))
        .known("symbol", symbol, "no share is set for this company")
        .known("legal_name", text(&company.legal_name), "not entered")
        .put("former_names", Value::texts(&company.former_names))
        .known("cik", text(&company.cik), "not entered")
        .known("exchange", text(&company.exchange), "not entered")
        .known(
            "fiscal_year_end",
            text(&company.fiscal_year_end),
            "not entered",
        )
        .put("tags", Value::texts(&company.tags))
        .put("note", Value::text(&company.note));
    row.finish()
}

fn figure(basis: &Basis, statements: &Statements<'_>, of: &Figure) -> Object {
    let source = of.source.and_then(|id| basis.book.source(id));
    let text = |text: Option<&String>| text.filter(|text| !text.is_empty()).map(Value::text);
    let mut row = Row::default();
    row.put("metric", Value::text(of.metric.code()))
        .put("name", Value::text(&of.metric))
        .put("value", Value::exact(of.value))
        .put("unit", Value::text(of.metric.unit().code()))
        .put("currency", of.currency.map_or(Value::Null, Value::text))
        .put("hedge", Value::text(of.hedge.code()))
        .known("time", of.time.map(Value::text), "the source does not say")
        .known("stated", of.stated.map(Value::text), "not entered")
        .known(
            "age_days",
            age_days(of, basis.as_of).map(Value::Integer),
            "it has no date",
        )
        .put("chosen", Value::Bool(is_chosen(statements, of)));
    if let Some(choice) = choice_of(statements, of) {
        row.note("chosen", choice);
    }
    row.known(
        "source",
        text(source.map(|s| &s.title)),
        "no source is entered",
    )
    .known(
        "publisher",
        text(source.map(|s| &s.publisher)),
        "not entered",
    )
    .known(
        "url",
        text(source.and_then(|s| s.url.as_ref())),
        "not entered",
    )
    .known(
        "grade",
        source.map(|s| Value::text(s.grade.code())),
        "no source is entered",
    )
    .put("note", Value::text(&of.note));
    row.finish()
}

/// True if it is the statement that counts.
fn is_chosen(statements: &Statements<'_>, of: &Figure) -> bool {
    let chosen = statements.chosen(of.subject, &of.metric);
    chosen.is_some_and(|chosen| chosen.id == of.id)
}

/// That it counts by the user's choice, and why.
fn choice_of(statements: &Statements<'_>, of: &Figure) -> Option<String> {
    let choice = statements.remark_of(of);
    choice.filter(|_| is_chosen(statements, of))
}

fn event(book: &Book, of: &Treasury) -> Object {
    let source = of.source.and_then(|id| book.source(id));
    let mut row = Row::default();
    row.put("kind", Value::text(of.kind.code()))
        .known("btc", of.btc.map(Value::exact), "no amount is stated")
        .put("hedge", Value::text(of.hedge.code()))
        .known(
            "proceeds",
            of.proceeds.map(|money| Value::exact(money.amount)),
            "no amount of money is stated",
        )
        .put(
            "currency",
            of.proceeds
                .map_or(Value::Null, |money| Value::text(money.currency)),
        )
        .known("event", of.event.map(Value::text), "no day is stated")
        .known(
            "disclosed",
            of.disclosed.map(Value::text),
            "no day is stated",
        )
        .known(
            "source",
            source.map(|source| Value::text(&source.title)),
            "no source is entered",
        )
        .put("note", Value::text(&of.note));
    row.finish()
}

fn note(of: &Note) -> Object {
    vec![
        ("day".into(), Value::text(of.day)),
        ("text".into(), Value::text(&of.text)),
    ]
}

fn as_text(
    basis: &Basis,
    company: &Company,
    parts: &Parts<'_>,
    statements: &Statements<'_>,
) -> String {
    let symbol = basis.book.symbol_of(company.id).unwrap_or(text::UNKNOWN);
    let mut sections = vec![format!("{} ({symbol})\n", company.name)];
    let mut section = |title: &str, body: String| sections.push(format!("{title}\n{body}"));
    if !parts.figures.is_empty() {
        section("Figures", figures_text(basis, &parts.figures, statements));
    }
    if !parts.deals.is_empty() {
        let rows: Vec<DealRow> = parts.deals.iter().copied().cloned().collect();
        section("Deals", deals::as_text(&rows));
    }
    if !parts.debts.is_empty() {
        section("Debts", debt::instruments_text(&basis.book, &parts.debts));
    }
    if !parts.treasury.is_empty() {
        section("Treasury", treasury_text(&parts.treasury));
    }
    for (title, body) in worth_text::sections(basis, company) {
        section(title, body);
    }
    if !parts.notes.is_empty() {
        let notes = parts.notes.iter();
        let notes = notes.map(|note| text::wrapped(&format!("{}: {}", note.day, note.text), "  "));
        section("Notes", notes.collect());
    }
    sections.join("\n")
}

fn figures_text(basis: &Basis, figures: &[&Figure], statements: &Statements<'_>) -> String {
    let columns = [
        words("", 1),
        words("Figure", 30),
        numbers("Value"),
        words("Unit", 6),
        words("Of", 21),
        words("Stated", 10),
        words("Source", 30),
    ];
    let line = |of: &&Figure| {
        let source = of.source.and_then(|id| basis.book.source(id));
        let unit = match (of.metric.unit(), of.currency) {
            (Unit::Money, Some(currency)) => format!("{currency} m"),
            (Unit::Fraction, _) => "%".to_owned(),
            (unit, _) => unit.label().to_owned(),
        };
        vec![
            if is_chosen(statements, of) { "*" } else { "" }.to_owned(),
            of.metric.to_string(),
            text::hedged(of.hedge, &value(of)),
            unit,
            known(of.time, |time: Time| time.to_string()),
            known(of.stated, |date: PartialDate| date.to_string()),
            known(source, |source| source.title.clone()),
        ]
    };
    let mut text = table(&columns, &figures.iter().map(line).collect::<Vec<_>>());
    text.push_str("* the statement that counts\n");
    for of in figures {
        if let Some(choice) = choice_of(statements, of) {
            let value = text::hedged(of.hedge, &value(of));
            let line = format!("{} {value}: {choice}", of.metric);
            text.push_str(&text::wrapped(&line, "  "));
        }
    }
    text
}

fn value(of: &Figure) -> String {
    match of.metric.unit() {
        Unit::Money => text::millions(of.value),
        Unit::Fraction => known(
            of.value.checked_mul(rust_decimal::Decimal::ONE_HUNDRED),
            text::decimal,
        ),
        Unit::Btc
        | Unit::Megawatts
        | Unit::Count
        | Unit::ExahashPerSecond
        | Unit::JoulesPerTerahash
        | Unit::UsdPerMwh
        | Unit::Months => text::decimal(of.value),
    }
}

fn treasury_text(events: &[&Treasury]) -> String {
    let columns = [
        words("Event", 10),
        numbers("BTC"),
        numbers("Money $m"),
        words("On", 21),
        words("Disclosed", 10),
    ];
    let line = |of: &&Treasury| {
        vec![
            of.kind.label().to_owned(),
            known(of.btc, |btc| text::hedged(of.hedge, &text::decimal(btc))),
            known(of.proceeds, |money| text::millions(money.amount)),
            known(of.event, |time| time.to_string()),
            known(of.disclosed, |date| date.to_string()),
        ]
    };
    table(&columns, &events.iter().map(line).collect::<Vec<_>>())
}
